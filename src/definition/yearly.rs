//! Entries that are read month by month and held against the same month of the year before, such as meters.

use serde::Deserialize;
use toml::Spanned;

use super::feature_tables::Names;
use crate::source::Problem;

/// Which entries of a register are held against which. Names are ids of fields.
#[derive(Debug, Clone)]
pub struct Yearly {
    /// The month.
    pub month: String,
    /// How much.
    pub amount: String,
    /// In which unit; amounts in two units are not compared.
    pub unit: String,
    /// What has to be the same in both.
    pub same: Vec<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RawYearly {
    pub month: Spanned<String>,
    pub amount: Spanned<String>,
    pub unit: Spanned<String>,
    pub same: Vec<Spanned<String>>,
}

impl Yearly {
    /// Reads the table; its names have to be fields of the right kinds.
    pub(super) fn read(names: &Names, raw: &RawYearly) -> Result<Self, Problem> {
        Ok(Self {
            month: names.id(&raw.month, "date")?,
            amount: names.id(&raw.amount, "number")?,
            unit: names.id(&raw.unit, "text")?,
            same: raw.same.iter().map(|said| names.id(said, "")).collect::<Result<_, _>>()?,
        })
    }
}
