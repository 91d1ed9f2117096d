//! What asks for another look at the entries of a register, and which entries say that somebody took one.
//!
//! A register with a table `[stale]` marks its entries when something changes on which they rest: what their links
//! with `watch = true` lead to, and, by `[[stale.from]]`, entries of other registers that name them. A table
//! `[looked]` makes the entries of a register looks at what they name.

use serde::Deserialize;
use toml::Spanned;

use super::assemble::ANYWHERE;
use super::chain::{place, register};
use super::feature_tables::{Names, Word, check_kind};
use super::read::{unknown_choice, unknown_column};
use super::{Asked, Kind, Register};
use crate::source::{Problem, Source};
use crate::wording::message;

/// How looks at the entries of a register are kept.
#[derive(Debug, Clone, Default)]
pub struct Looks {
    /// Fields whose change asks nobody for another look at what rests on an entry, and is no look at the entry itself.
    pub quiet: Vec<String>,
    /// Its entries are marked when something changes on which they rest.
    pub stale: Option<Stale>,
    /// Its entries say that somebody looked at others.
    pub looked: Option<Looked>,
}

/// What asks for another look at the entries of a register beside its watched links.
#[derive(Debug, Clone, Default)]
pub struct Stale {
    /// Entries of other registers that name them.
    pub from: Vec<Cause>,
}

/// Entries of another register that name an entry and ask for another look at it. Names are ids.
#[derive(Debug, Clone)]
pub struct Cause {
    /// The register.
    pub register: String,
    /// Its field that names the entry.
    pub field: String,
    /// The column of its rows.
    pub column: Option<String>,
    /// The choice column that says which of those rows count, and its code; all of them where there is none.
    pub row: Option<(String, String)>,
    /// Which of its entries count; all where there is no query.
    pub when: Option<Asked>,
    /// Its date: an entry that was only written down later, of a day before the last change of the one that it names, is
    /// no news.
    pub date: Option<String>,
    /// The link field of the entry that leads to what is named, where that is not the entry itself.
    pub through: Option<String>,
}

/// Entries that say that somebody looked at others. Names are ids of fields.
#[derive(Debug, Clone)]
pub struct Looked {
    /// What was looked at.
    pub of: String,
    /// Which entries say so; all where there is no query.
    pub when: Option<Asked>,
    /// The number of the last commit that was seen then; that of the entry itself where nothing says it.
    pub seen: Option<String>,
}

/// What a register's file says of looks and stands in the register itself.
pub struct RawLooks {
    pub quiet: Vec<Word>,
    pub looked: Option<RawLooked>,
    /// Whether its entries are marked.
    pub marked: bool,
}

#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RawStale {
    #[serde(default)]
    pub from: Vec<RawCause>,
}

#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RawCause {
    pub register: Word,
    pub by: Word,
    pub row: Option<RawRow>,
    pub when: Option<Word>,
    pub date: Option<Word>,
    pub through: Option<Word>,
}

#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RawRow {
    pub column: Word,
    pub is: Word,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RawLooked {
    pub of: Word,
    pub when: Option<Word>,
    pub seen: Option<Word>,
}

/// Reads the causes of a register, once all registers are known.
pub fn causes(
    source: &Source,
    here: &Register,
    raw: &RawStale,
    registers: &[&Register],
) -> Result<Stale, Problem> {
    let cause = |raw: &RawCause| {
        let from = register(source, &raw.register, registers)?;
        let (field, column) = place(source, from, &raw.by)?;
        let through = raw.through.as_ref().map(|said| through(source, here, said)).transpose()?;
        let targets = match &through {
            Some((_, to)) => to.as_slice(),
            None => std::slice::from_ref(&here.id),
        };
        leads(source, from, (&field, column.as_deref()), &raw.by, targets)?;
        let row = raw.row.as_ref().map(|row| rows_where(source, from, (&field, column.as_ref()), row));
        let fields = Names { source, fields: &from.fields };
        let date = fields.maybe(raw.date.as_ref(), "date")?;
        let (register, row, when) = (from.id.clone(), row.transpose()?, asked(raw.when.as_ref()));
        let through = through.map(|(field, _)| field);
        Ok(Cause { register, field, column, row, when, date, through })
    };
    Ok(Stale { from: raw.from.iter().map(cause).collect::<Result<_, Problem>>()? })
}

/// A link field of the register, and the registers that it leads to.
fn through(source: &Source, here: &Register, said: &Word) -> Result<(String, Vec<String>), Problem> {
    let names = Names { source, fields: &here.fields };
    let field = names.field(said, "links")?;
    match &field.kind {
        Kind::Links { to, .. } => Ok((field.id.clone(), to.clone())),
        _ => Ok((field.id.clone(), Vec::new())),
    }
}

/// A link that does not lead to one of these registers would never mark anything.
fn leads(
    source: &Source,
    from: &Register,
    (field, column): (&str, Option<&str>),
    said: &Word,
    targets: &[String],
) -> Result<(), Problem> {
    let kind = from.field(field).map(|field| &field.kind);
    let kind = match (kind, column) {
        (Some(Kind::Rows(columns)), Some(id)) => {
            columns.iter().find(|column| column.id == id).map(|column| &column.kind)
        }
        (kind, _) => kind,
    };
    match kind {
        Some(Kind::Links { to, .. }) if to.iter().any(|id| targets.contains(id) || id == ANYWHERE) => Ok(()),
        _ => {
            let (said_word, to) = (said.get_ref().clone(), targets.join(", "));
            let what = message!("definition-leads-elsewhere", said = said_word, to = to);
            Err(source.problem(said.span(), what))
        }
    }
}

/// The choice column, and one of its codes, by which rows are told apart.
fn rows_where(
    source: &Source,
    register: &Register,
    (field, column): (&str, Option<&String>),
    raw: &RawRow,
) -> Result<(String, String), Problem> {
    let columns = match register.field(field).map(|field| &field.kind) {
        Some(Kind::Rows(columns)) if column.is_some() => columns.as_slice(),
        _ => return Err(source.problem(raw.column.span(), message!("definition-row-of-rows"))),
    };
    let ids = columns.iter().map(|column| column.id.as_str());
    let said = raw.column.get_ref();
    let found = columns.iter().find(|column| column.id == *said);
    let found = found.ok_or_else(|| unknown_column(source, said, raw.column.span(), ids))?;
    check_kind(source, &raw.column, found, "choice")?;
    match found.choice(raw.is.get_ref()) {
        Some(choice) => Ok((found.id.clone(), choice.code.clone())),
        None => Err(unknown_choice(source, &raw.is, found.kind.choices())),
    }
}

/// What the table `[looked]` names.
pub fn looked(names: &Names, raw: &RawLooked) -> Result<Looked, Problem> {
    let (of, seen) = (names.id(&raw.of, "links")?, names.maybe(raw.seen.as_ref(), "number")?);
    Ok(Looked { of, when: asked(raw.when.as_ref()), seen })
}

fn asked(query: Option<&Word>) -> Option<Asked> {
    query.map(|query| Asked { query: query.get_ref().clone(), at: Spanned::span(query) })
}
