//! What may stand in a field of an entry, as it travels: in commits, forms and JSON.
//!
//! Inside the [`super::Book`] values are kept smaller (see [`super::Cell`]).

use std::fmt;

use serde::{Deserialize, Serialize};

use super::Date;
use crate::scoring::{Decimal, Evaluation};

/// The key of an entry: it never changes and is never given again.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(transparent)]
pub struct EntryKey(pub u32);

impl fmt::Display for EntryKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.0)
    }
}

/// What stands in a field.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Value {
    /// Words.
    Text(String),
    /// An exact number, as it was entered.
    Number(Decimal),
    /// A date with its precision.
    Date(Date),
    /// Yes or no.
    YesNo(bool),
    /// The code of one choice.
    Choice(String),
    /// The codes of several choices, in the order of the list.
    Choices(Vec<String>),
    /// Keys of other entries.
    Links(Vec<EntryKey>),
    /// An evaluation.
    Evaluation(Box<Evaluation>),
    /// A small table.
    Rows(Vec<Row>),
    /// Files kept beside the book.
    Files(Vec<FileRef>),
}

/// One row of a small table inside an entry: column id and cell, empty cells left out.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Row(pub Vec<(String, Plain)>);

impl Row {
    /// The cell of a column.
    pub fn get(&self, column: &str) -> Option<&Plain> {
        self.0.iter().find(|(id, _)| id == column).map(|(_, cell)| cell)
    }
}

/// A cell of a row: what a [`Value`] may be, without tables inside tables.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Plain {
    /// Words.
    Text(String),
    /// An exact number.
    Number(Decimal),
    /// A date with its precision.
    Date(Date),
    /// Yes or no.
    YesNo(bool),
    /// The code of one choice.
    Choice(String),
    /// The codes of several choices.
    Choices(Vec<String>),
    /// Keys of other entries.
    Links(Vec<EntryKey>),
}

impl From<Plain> for Value {
    fn from(plain: Plain) -> Self {
        match plain {
            Plain::Text(text) => Value::Text(text),
            Plain::Number(number) => Value::Number(number),
            Plain::Date(date) => Value::Date(date),
            Plain::YesNo(yes) => Value::YesNo(yes),
            Plain::Choice(code) => Value::Choice(code),
            Plain::Choices(codes) => Value::Choices(codes),
            Plain::Links(keys) => Value::Links(keys),
        }
    }
}

impl TryFrom<Value> for Plain {
    type Error = ();

    /// Fails for what cannot stand inside a row.
    fn try_from(value: Value) -> Result<Self, ()> {
        Ok(match value {
            Value::Text(text) => Plain::Text(text),
            Value::Number(number) => Plain::Number(number),
            Value::Date(date) => Plain::Date(date),
            Value::YesNo(yes) => Plain::YesNo(yes),
            Value::Choice(code) => Plain::Choice(code),
            Value::Choices(codes) => Plain::Choices(codes),
            Value::Links(keys) => Plain::Links(keys),
            Value::Evaluation(_) | Value::Rows(_) | Value::Files(_) => return Err(()),
        })
    }
}

/// A file kept beside the book, known by its content.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct FileRef {
    /// Its name when it was added.
    pub name: String,
    /// Its size in bytes.
    pub size: u64,
    /// SHA-256 of its content, in hex.
    pub sha256: String,
}

impl FileRef {
    /// Whether the hash has the form of one. It names a file in the folder of the book and nothing beyond.
    pub fn is_sound(&self) -> bool {
        let digit = |byte: u8| byte.is_ascii_digit() || (b'a'..=b'f').contains(&byte);
        self.sha256.len() == 64 && self.sha256.bytes().all(digit)
    }
}

impl Value {
    /// The kind's name, as in definition files and the journal.
    pub fn kind(&self) -> &'static str {
        match self {
            Value::Text(_) => "text",
            Value::Number(_) => "number",
            Value::Date(_) => "date",
            Value::YesNo(_) => "yes-no",
            Value::Choice(_) => "choice",
            Value::Choices(_) => "choices",
            Value::Links(_) => "links",
            Value::Evaluation(_) => "evaluation",
            Value::Rows(_) => "rows",
            Value::Files(_) => "files",
        }
    }

    /// Whether it says nothing: such a value is not kept.
    pub fn is_empty(&self) -> bool {
        match self {
            Value::Text(text) => text.trim().is_empty(),
            Value::Choice(code) => code.is_empty(),
            Value::Choices(codes) => codes.is_empty(),
            Value::Links(keys) => keys.is_empty(),
            Value::Rows(rows) => rows.iter().all(|row| row.0.is_empty()),
            Value::Files(files) => files.is_empty(),
            Value::Number(_) | Value::Date(_) | Value::YesNo(_) | Value::Evaluation(_) => false,
        }
    }
}
