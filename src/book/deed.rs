//! A commit as a book takes it in: of everything that it says, what makes the book.
//!
//! Its words are lent by whoever has them: by a [`Commit`], or by the bytes of a journal. So a long past is read
//! without a copy of every word that was written over since.

use std::borrow::Cow;

use chrono::{DateTime, Utc};
use serde::Deserialize;

use super::{Act, Change, Commit, Date, EntryKey, FileRef, Row, Value, Way};
use crate::scoring::{Decimal, Evaluation};

/// The beginning of a commit.
#[derive(Debug, Clone, PartialEq)]
pub struct Opening<'a> {
    /// Its number.
    pub seq: u64,
    /// The moment.
    pub utc: DateTime<Utc>,
    /// The book's offset from UTC at that moment, in seconds to the east.
    pub offset: i32,
    /// The name shown for who made it.
    pub name: Cow<'a, str>,
    /// The program made it by itself.
    pub own: bool,
}

/// What happened to one entry.
#[derive(Debug, Clone, PartialEq, Deserialize)]
pub struct Deed<'a> {
    /// The entry.
    pub entry: EntryKey,
    /// The register it lies in.
    #[serde(borrow)]
    pub register: Cow<'a, str>,
    /// Its serial after the change (before it, where it was deleted).
    #[serde(borrow)]
    pub serial: Cow<'a, str>,
    /// What was done.
    pub act: Act,
    /// The fields and what stands there now.
    #[serde(borrow)]
    pub fields: Vec<Put<'a>>,
}

/// What stands in a field now.
#[derive(Debug, Clone, PartialEq, Deserialize)]
pub struct Put<'a> {
    /// The field's id.
    #[serde(borrow)]
    pub field: Cow<'a, str>,
    /// The value.
    #[serde(borrow)]
    pub to: Option<Lent<'a>>,
}

/// A [`Value`] whose words are lent.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[expect(missing_docs, reason = "they are those of a value")]
pub enum Lent<'a> {
    Text(#[serde(borrow)] Cow<'a, str>),
    Number(Decimal),
    Date(Date),
    YesNo(bool),
    Choice(#[serde(borrow)] Cow<'a, str>),
    Choices(Cow<'a, [String]>),
    Links(Cow<'a, [EntryKey]>),
    Evaluation(Cow<'a, Evaluation>),
    Rows(Cow<'a, [Row]>),
    Files(Cow<'a, [FileRef]>),
}

impl<'a> From<&'a Commit> for Opening<'a> {
    fn from(commit: &'a Commit) -> Self {
        let origin = &commit.origin;
        let (seq, utc, offset) = (commit.seq, origin.utc, origin.offset);
        Self { seq, utc, offset, name: origin.name.as_str().into(), own: commit.way == Way::Program }
    }
}

impl<'a> From<&'a Change> for Deed<'a> {
    fn from(change: &'a Change) -> Self {
        let Change { entry, register, serial, act, fields } = change;
        let fields = fields
            .iter()
            .map(|field| Put { field: field.field.as_str().into(), to: field.to.as_ref().map(Lent::from) });
        let (register, serial) = (register.as_str().into(), serial.as_str().into());
        Self { entry: *entry, register, serial, act: *act, fields: fields.collect() }
    }
}

impl<'a> From<&'a Value> for Lent<'a> {
    fn from(value: &'a Value) -> Self {
        match value {
            Value::Text(text) => Lent::Text(text.into()),
            Value::Number(number) => Lent::Number(*number),
            Value::Date(date) => Lent::Date(*date),
            Value::YesNo(yes) => Lent::YesNo(*yes),
            Value::Choice(code) => Lent::Choice(code.into()),
            Value::Choices(codes) => Lent::Choices(codes.into()),
            Value::Links(keys) => Lent::Links(keys.into()),
            Value::Evaluation(evaluation) => Lent::Evaluation(Cow::Borrowed(evaluation)),
            Value::Rows(rows) => Lent::Rows(rows.into()),
            Value::Files(files) => Lent::Files(files.into()),
        }
    }
}
