//! A method's file as it is written, with the place of whatever may be wrong.

use serde::Deserialize;
use toml::Spanned;

use super::Decimal;
use crate::source::RawLabel;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RawMethod {
    pub id: Spanned<String>,
    pub edition: Spanned<u32>,
    pub subject: Option<Spanned<String>>,
    pub name: RawLabel,
    pub basis: RawLabel,
    pub approved_by: Option<Spanned<String>>,
    /// A date of TOML's own, or one in quotes.
    pub approved_on: Option<Spanned<toml::Value>>,
    pub why: Option<Spanned<String>>,
    pub symbol: RawLabel,
    pub formula: Spanned<String>,
    pub factors: Spanned<Vec<RawFactor>>,
    pub bands: Spanned<Vec<RawBand>>,
    #[serde(default)]
    pub vetoes: Vec<RawVeto>,
    #[serde(default)]
    pub direct: Vec<RawDirect>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RawFactor {
    pub id: Spanned<String>,
    pub name: RawLabel,
    #[serde(default)]
    pub concern: bool,
    pub scale: Spanned<Vec<RawScale>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RawScale {
    pub value: Spanned<Decimal>,
    pub zh: Spanned<String>,
    pub en: Spanned<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RawBand {
    pub code: Spanned<String>,
    pub zh: Spanned<String>,
    pub en: Spanned<String>,
    pub short: Option<RawLabel>,
    pub rank: Spanned<u32>,
    #[serde(default)]
    pub listed: bool,
    pub from: Option<Spanned<Decimal>>,
    pub over: Option<Spanned<Decimal>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RawVeto {
    pub factors: Spanned<Vec<Spanned<String>>>,
    pub at: Spanned<Decimal>,
    pub band: Spanned<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RawDirect {
    pub code: Spanned<String>,
    pub zh: Spanned<String>,
    pub en: Spanned<String>,
    pub band: Option<Spanned<String>>,
}
