//! Audits: the table `[audit]` that says which fields one is made of, and what records of them tell of other registers.

use serde::Deserialize;
use toml::Spanned;

use super::feature_tables::Names;
use super::{Asked, Column, Kind};
use crate::source::Problem;
use crate::wording::message;

/// What an audit is made of. Every name is the id of a field of the register.
#[derive(Debug, Clone)]
pub struct Audit {
    /// The first day.
    pub day: String,
    /// The last day, where there is more than one.
    pub end: Option<String>,
    /// The audited departments.
    pub departments: String,
    /// The clauses, in words.
    pub clauses: String,
    /// The numbers of the clauses that are meant where neither an entry nor its departments name any.
    pub usual: Vec<String>,
    /// The standards, with the codes `E` and `S`.
    pub standards: Option<String>,
    /// What a record begins with, in its order.
    pub head: Vec<String>,
    /// What a record ends with.
    pub conclusion: String,
    /// What was noted clause by clause.
    pub notes: AuditNotes,
}

/// The rows that notes of an audit go into. Every name but the first is the id of a column, or a code of its kinds.
#[derive(Debug, Clone)]
pub struct AuditNotes {
    /// The field.
    pub rows: String,
    /// The number of the clause.
    pub clause: String,
    /// The department, where the audit is of several.
    pub department: Option<String>,
    /// What it is: a record tells notes in the order of these choices.
    pub kind: String,
    /// The words.
    pub text: String,
    /// The entries that it rests on.
    pub entries: String,
    /// The code of what was shown: a record tells its entries with all that stands in them.
    pub shown: String,
    /// The code of a question: what is kept as an auditor's question is told with it.
    pub asked: Option<String>,
    /// The codes of what is left to be put right, told once more at the end.
    pub observed: Vec<String>,
}

/// How an audit record tells of a register's entries.
#[derive(Debug, Clone, Default)]
pub struct Recorded {
    /// The field by which they are grouped.
    pub by: Option<String>,
    /// Only these entries; all where there is no query.
    pub of: Option<Asked>,
    /// Whether all of them are told, whatever department is audited.
    pub whole: bool,
    /// The columns; those of its table where none are named.
    pub columns: Vec<Column>,
}

type Word = Spanned<String>;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RawAudit {
    pub day: Word,
    pub end: Option<Word>,
    pub departments: Word,
    pub clauses: Word,
    pub usual: Vec<Word>,
    pub standards: Option<Word>,
    pub head: Vec<Word>,
    pub conclusion: Word,
    pub notes: RawNotes,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RawNotes {
    pub rows: Word,
    pub clause: Word,
    pub department: Option<Word>,
    pub kind: Word,
    pub text: Word,
    pub entries: Word,
    pub shown: Word,
    pub asked: Option<Word>,
    #[serde(default)]
    pub observed: Vec<Word>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RawRecord {
    pub by: Option<Word>,
    pub of: Option<Word>,
    #[serde(default)]
    pub whole: bool,
    pub columns: Option<Spanned<Vec<Word>>>,
}

impl Audit {
    /// Reads the table; its names have to be fields and columns of the right kinds.
    pub(super) fn read(names: &Names, raw: &RawAudit) -> Result<Self, Problem> {
        let standards = raw.standards.as_ref().map(|said| standards(names, said)).transpose()?;
        raw.usual.iter().try_for_each(|said| number(names, said))?;
        names.source.lines(&raw.head)?;
        Ok(Self {
            day: names.id(&raw.day, "date")?,
            end: names.maybe(raw.end.as_ref(), "date")?,
            departments: names.id(&raw.departments, "links")?,
            clauses: names.id(&raw.clauses, "text")?,
            usual: names.source.lines(&raw.usual)?,
            standards,
            head: raw.head.iter().map(|said| names.id(said, "")).collect::<Result<_, _>>()?,
            conclusion: names.id(&raw.conclusion, "text")?,
            notes: AuditNotes::read(names, &raw.notes)?,
        })
    }
}

impl AuditNotes {
    fn read(names: &Names, raw: &RawNotes) -> Result<Self, Problem> {
        let columns = names.columns(&raw.rows)?;
        let code = |said: &Word| columns.coded((&raw.kind, said)).map(|(_, code)| code);
        Ok(Self {
            rows: raw.rows.get_ref().clone(),
            clause: columns.id(&raw.clause, "text")?,
            department: columns.maybe(raw.department.as_ref(), "links")?,
            kind: columns.id(&raw.kind, "choice")?,
            text: columns.id(&raw.text, "text")?,
            entries: columns.id(&raw.entries, "links")?,
            shown: code(&raw.shown)?,
            asked: raw.asked.as_ref().map(code).transpose()?,
            observed: raw.observed.iter().map(code).collect::<Result<_, _>>()?,
        })
    }
}

impl Recorded {
    /// Reads the table. Its columns may be derived, which the register knows when it is whole.
    pub(super) fn read(names: &Names, raw: &RawRecord) -> Result<Self, Problem> {
        let by = raw.by.as_ref().map(|said| grouping(names, said)).transpose()?;
        let of = raw.of.as_ref().map(|of| Asked { query: of.get_ref().clone(), at: of.span() });
        Ok(Self { by, of, whole: raw.whole, columns: Vec::new() })
    }
}

/// The field of the standards: what is chosen there has to be known.
fn standards(names: &Names, said: &Word) -> Result<String, Problem> {
    let field = names.field(said, "choices")?;
    let codes: Vec<&str> = field.kind.choices().iter().map(|choice| choice.code.as_str()).collect();
    if codes == ["E", "S"] {
        return Ok(field.id.clone());
    }
    Err(names.source.problem(said.span(), message!("definition-standards", said = field.id.clone())))
}

/// A clause by its number alone.
fn number(names: &Names, said: &Word) -> Result<(), Problem> {
    let part = |part: &str| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit());
    if said.get_ref().split('.').all(part) {
        return Ok(());
    }
    let what = message!("definition-bad-number", said = said.get_ref().clone());
    Err(names.source.problem(said.span(), what))
}

/// The field by which a record groups entries: one that holds one thing of an entry.
fn grouping(names: &Names, said: &Word) -> Result<String, Problem> {
    let field = names.field(said, "")?;
    match field.kind {
        Kind::Links { .. } | Kind::Choice(_) | Kind::Text { .. } | Kind::Date => Ok(field.id.clone()),
        _ => {
            let (name, is) = (said.get_ref().clone(), field.kind.name().to_owned());
            let what = message!("definition-other-kind", said = name, is = is, kind = "links");
            Err(names.source.problem(said.span(), what))
        }
    }
}
