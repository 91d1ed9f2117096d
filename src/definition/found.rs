//! What is found row by row in an entry, and becomes an entry of its own, such as the items of an inspection that fail.

use serde::Deserialize;
use toml::Spanned;

use super::feature_tables::Names;
use crate::source::Problem;

/// Where the findings of an entry stand. Every name but the first is the id of a column.
#[derive(Debug, Clone)]
pub struct Found {
    /// The rows.
    pub rows: String,
    /// What was found, in words.
    pub problem: String,
    /// The link to what became of it.
    pub becomes: String,
    /// The entries that it is of.
    pub of: Option<String>,
    /// The choice column, and its codes, by which a row says that it is a finding; any row with words where there is none.
    pub failed: Option<(String, Vec<String>)>,
    /// The code by which what becomes of it says where it was found.
    pub source: Option<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RawFound {
    pub rows: Spanned<String>,
    pub problem: Spanned<String>,
    pub becomes: Spanned<String>,
    pub of: Option<Spanned<String>>,
    pub result: Option<Spanned<String>>,
    pub fail: Option<Vec<Spanned<String>>>,
    pub source: Option<Spanned<String>>,
}

impl Found {
    /// Reads the table; its names have to be columns of the right kinds.
    pub(super) fn read(names: &Names, raw: &RawFound) -> Result<Self, Problem> {
        let columns = names.columns(&raw.rows)?;
        let failed = |(column, codes): (&Spanned<String>, &Vec<Spanned<String>>)| {
            let codes = codes.iter().map(|code| Ok(columns.coded((column, code))?.1));
            Ok((columns.id(column, "choice")?, codes.collect::<Result<_, Problem>>()?))
        };
        Ok(Self {
            rows: raw.rows.get_ref().clone(),
            problem: columns.id(&raw.problem, "text")?,
            becomes: columns.id(&raw.becomes, "links")?,
            of: raw.of.as_ref().map(|said| columns.id(said, "links")).transpose()?,
            source: raw.source.as_ref().map(|said| said.get_ref().clone()),
            failed: raw.result.as_ref().zip(raw.fail.as_ref()).map(failed).transpose()?,
        })
    }
}
