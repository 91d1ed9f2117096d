//! What hangs on an entry of a register, step by step: an aspect on its control document, that on what inspections say
//! of it, those on nonconformities. A step that leads nowhere may be a hole.

use serde::Deserialize;
use toml::Spanned;

use super::feature_tables::check_kind;
use super::read::unknown_column;
use super::{Asked, Field, Kind, Register};
use crate::source::{Problem, RawLabel, Source, nearest};
use crate::wording::{Label, message};

/// One step of a chain.
#[derive(Debug, Clone)]
pub struct Link {
    /// Where it leads.
    pub way: LinkWay,
    /// What is said where it leads nowhere; nothing where that is no hole.
    pub hole: Option<Label>,
    /// Only for these entries it is one; for all where there is no query.
    pub when: Option<Asked>,
}

/// Where a step leads. Names are ids; with a column the link stands in the rows of the field.
#[derive(Debug, Clone)]
pub enum LinkWay {
    /// To what a field of the entry names.
    To {
        /// The field.
        field: String,
        /// The column of its rows.
        column: Option<String>,
    },
    /// To entries of another register that name the entry.
    From {
        /// The register.
        register: String,
        /// Its field.
        field: String,
        /// The column of its rows.
        column: Option<String>,
    },
}

/// A step as it is written: `to` a field of its own, or `from` a register `by` a field there.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RawLink {
    pub to: Option<Spanned<String>>,
    pub from: Option<Spanned<String>>,
    pub by: Option<Spanned<String>>,
    pub hole: Option<RawLabel>,
    pub when: Option<Spanned<String>>,
}

/// Reads the steps of a register, once all registers are known.
pub fn links(
    source: &Source,
    here: &Register,
    raw: &[RawLink],
    registers: &[&Register],
) -> Result<Vec<Link>, Problem> {
    let link = |raw: &RawLink| {
        let way = match (&raw.to, &raw.from, &raw.by) {
            (Some(to), None, None) => {
                let (field, column) = place(source, here, to)?;
                LinkWay::To { field, column }
            }
            (None, Some(from), Some(by)) => {
                let register = register(source, from, registers)?;
                let (field, column) = place(source, register, by)?;
                LinkWay::From { register: register.id.clone(), field, column }
            }
            (to, from, by) => {
                let at = to.as_ref().or(from.as_ref()).or(by.as_ref()).map_or(0..0, Spanned::span);
                return Err(source.problem(at, message!("definition-link-way")));
            }
        };
        Ok(Link {
            way,
            hole: raw.hole.as_ref().map(|hole| source.label(hole)).transpose()?,
            when: raw.when.as_ref().map(|when| Asked { query: when.get_ref().clone(), at: when.span() }),
        })
    };
    raw.iter().map(link).collect()
}

/// The register that is named.
pub fn register<'r>(
    source: &Source,
    said: &Spanned<String>,
    registers: &[&'r Register],
) -> Result<&'r Register, Problem> {
    let found = registers.iter().find(|register| register.id == *said.get_ref());
    found.copied().ok_or_else(|| {
        let ids: Vec<&str> = registers.iter().map(|register| register.id.as_str()).collect();
        let near = nearest(said.get_ref(), ids.iter().copied()).unwrap_or("").to_owned();
        let (word, known) = (said.get_ref().clone(), ids.join(", "));
        let what = message!("definition-unknown-register", said = word, nearest = near, known = known);
        source.problem(said.span(), what)
    })
}

/// A link field, or a link column of rows as `rows.column`.
pub fn place(
    source: &Source,
    register: &Register,
    said: &Spanned<String>,
) -> Result<(String, Option<String>), Problem> {
    let (field, column) = match said.get_ref().split_once('.') {
        Some((field, column)) => (field, Some(column)),
        None => (said.get_ref().as_str(), None),
    };
    let among = |fields: &[Field], id: &str, kind: &str| {
        let ids = fields.iter().map(|field| field.id.as_str());
        let found = fields.iter().find(|field| field.id == id);
        let found = found.ok_or_else(|| unknown_column(source, id, said.span(), ids))?;
        check_kind(source, said, found, kind).map(|()| found.clone())
    };
    let Some(column) = column else {
        return Ok((among(&register.fields, field, "links")?.id, None));
    };
    let rows = among(&register.fields, field, "rows")?;
    let columns = if let Kind::Rows(columns) = &rows.kind { columns.as_slice() } else { &[] };
    Ok((rows.id.clone(), Some(among(columns, column, "links")?.id)))
}
