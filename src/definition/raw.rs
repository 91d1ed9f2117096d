//! A register's file as it is written, with the place of whatever may be wrong.

use serde::Deserialize;
use toml::Spanned;

use super::audit::{RawAudit, RawRecord};
use super::chain::RawLink;
use super::due_table::RawDeadline;
use super::feature_tables::{
    RawAgain, RawClock, RawGate, RawKept, RawProblems, RawRaise, RawUnfilled, RawWindows,
};
use super::found::RawFound;
use super::sheet::RawSheet;
use super::stale::{RawLooked, RawStale};
use super::yearly::RawYearly;
use crate::scoring::Decimal;
use crate::source::RawLabel;

type Words = Vec<Spanned<String>>;

/// One struct, however many keys, for the same reason as [`RawField`].
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RawRegister {
    pub id: Spanned<String>,
    pub name: RawLabel,
    #[serde(default)]
    pub also: Words,
    pub serial: Spanned<String>,
    #[serde(default)]
    pub form: RawForm,
    #[serde(default = "last")]
    pub order: u32,
    #[serde(default = "yes")]
    pub home: bool,
    pub title: Spanned<String>,
    pub columns: Spanned<Words>,
    #[serde(default)]
    pub sort: Words,
    pub fields: Vec<RawField>,
    #[serde(default)]
    pub views: Vec<RawView>,
    pub clock: Option<RawClock>,
    pub windows: Option<RawWindows>,
    pub problems: Option<RawProblems>,
    #[serde(default)]
    pub gates: Vec<RawGate>,
    pub raise: Option<RawRaise>,
    #[serde(default)]
    pub chain: Vec<RawLink>,
    pub kept: Option<RawKept>,
    #[serde(default)]
    pub due: Vec<Spanned<RawDeadline>>,
    pub sheet: Option<RawSheet>,
    pub yearly: Option<RawYearly>,
    pub again: Option<RawAgain>,
    #[serde(default)]
    pub unfilled: Vec<RawUnfilled>,
    pub found: Option<RawFound>,
    pub audit: Option<RawAudit>,
    pub record: Option<RawRecord>,
    #[serde(default)]
    pub quiet: Words,
    pub stale: Option<RawStale>,
    pub looked: Option<RawLooked>,
}

fn last() -> u32 {
    u32::MAX
}

fn yes() -> bool {
    true
}

#[derive(Deserialize, Default)]
#[serde(deny_unknown_fields)]
pub struct RawForm {
    pub number: Option<Spanned<String>>,
    pub edition: Option<Spanned<String>>,
    #[serde(default)]
    pub clauses: Words,
    pub retention_years: Option<u32>,
    #[serde(default)]
    pub personal: bool,
    pub title: Option<RawLabel>,
}

/// One struct, however many keys: all of them may stand side by side in a file, and which of them mean
/// something for a kind is told with their place.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RawField {
    pub id: Spanned<String>,
    pub name: RawLabel,
    pub kind: Spanned<String>,
    #[serde(default)]
    pub also: Words,
    #[serde(default)]
    pub required: bool,
    pub default: Option<Spanned<String>>,
    pub help: Option<RawLabel>,
    pub width: Option<Spanned<u16>>,
    pub lines: Option<Spanned<bool>>,
    pub time: Option<Spanned<bool>>,
    pub unit: Option<Spanned<String>>,
    pub min: Option<Spanned<Decimal>>,
    pub max: Option<Spanned<Decimal>>,
    pub choices: Option<Spanned<Vec<RawChoice>>>,
    pub to: Option<Spanned<Words>>,
    pub many: Option<Spanned<bool>>,
    pub watch: Option<Spanned<bool>>,
    pub methods: Option<Spanned<Vec<RawRule>>>,
    pub fields: Option<Spanned<Vec<RawField>>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RawChoice {
    pub code: Spanned<String>,
    pub zh: Spanned<String>,
    pub en: Spanned<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RawRule {
    pub method: Spanned<String>,
    pub field: Option<Spanned<String>>,
    pub is: Option<Spanned<String>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RawView {
    pub id: Spanned<String>,
    pub name: RawLabel,
    pub query: Spanned<String>,
    pub columns: Option<Spanned<Words>>,
    pub sort: Option<Words>,
    pub note: Option<RawLabel>,
    pub record: Option<Spanned<Words>>,
}
