//! An entry as the book holds it: small, with every text kept once.

use std::ops::Deref;

use super::texts::{Pool, TextId, Texts};
use super::{Date, EntryKey, FileRef, Lent, Plain, Row, Value};
use crate::scoring::{Decimal, Evaluation};

/// What stands in a field, the small way. [`Value`] is the way it travels.
#[derive(Debug, Clone, PartialEq, Default)]
pub enum Cell {
    /// Nothing.
    #[default]
    Empty,
    /// Words.
    Text(TextId),
    /// An exact number.
    Number(Decimal),
    /// A date.
    Date(Date),
    /// Yes or no.
    YesNo(bool),
    /// The code of a choice.
    Choice(TextId),
    /// The codes of several choices.
    Choices(Few<TextId>),
    /// Other entries.
    Links(Few<EntryKey>),
    /// An evaluation.
    Evaluation(Box<Evaluation>),
    /// A small table.
    Rows(Box<[Row]>),
    /// Files.
    Files(Box<[FileRef]>),
}

/// Mostly one: then it needs no room elsewhere.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Few<T> {
    /// One.
    One(T),
    /// None or several.
    Many(Box<[T]>),
}

impl<T> Deref for Few<T> {
    type Target = [T];

    fn deref(&self) -> &[T] {
        match self {
            Few::One(one) => std::slice::from_ref(one),
            Few::Many(many) => many,
        }
    }
}

impl<T> FromIterator<T> for Few<T> {
    fn from_iter<I: IntoIterator<Item = T>>(items: I) -> Self {
        let mut items = items.into_iter();
        match (items.next(), items.next()) {
            (Some(one), None) => Few::One(one),
            (first, second) => Few::Many(first.into_iter().chain(second).chain(items).collect()),
        }
    }
}

/// When something was last changed and by whom.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Stamp {
    /// The number of the commit.
    pub seq: u64,
    /// Its moment in seconds since 1970, UTC.
    pub at: i64,
    /// The name shown for who made it.
    pub by: TextId,
}

/// Fields of an entry that none of its later changes touched.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Earlier {
    /// Their last change.
    pub stamp: Stamp,
    /// Which they are, a bit a slot; slots beyond share the last bit.
    pub slots: u64,
}

/// One row of a register.
#[derive(Debug, Clone, PartialEq)]
pub struct Entry {
    /// Its key.
    pub key: EntryKey,
    /// Position of its register in the book.
    pub register: u16,
    /// The serial people see.
    pub serial: TextId,
    /// The last change.
    pub edited: Stamp,
    /// Fields that the last change did not touch, by theirs; none where it made the whole entry.
    pub earlier: Box<[Earlier]>,
    /// The values by slot (see [`super::Book::slot`]); missing ones at the end are empty.
    pub cells: Box<[Cell]>,
}

impl Entry {
    /// What stands in a slot.
    pub fn cell(&self, slot: usize) -> &Cell {
        self.cells.get(slot).unwrap_or(&Cell::Empty)
    }

    /// The last change of what stands in a slot; of one that never held anything, that which made the entry.
    pub fn changed(&self, slot: usize) -> Stamp {
        let of = |earlier: &&Earlier| earlier.slots & bit(slot) != 0;
        self.earlier.iter().find(of).map_or(self.edited, |earlier| earlier.stamp)
    }

    /// The last change of what stands in any of these slots, a bit a slot (see [`super::Book::slots`]).
    pub fn changed_in(&self, slots: u64) -> Option<Stamp> {
        let known = self.earlier.iter().fold(0, |slots, earlier| slots | earlier.slots);
        let last = Earlier { stamp: self.edited, slots: !known };
        let touching = self.earlier.iter().chain([&last]).filter(|earlier| earlier.slots & slots != 0);
        touching.map(|earlier| earlier.stamp).max_by_key(|stamp| stamp.seq)
    }

    /// What made the entry, or brought it back after it was deleted.
    pub fn began(&self) -> Stamp {
        self.earlier.iter().map(|earlier| earlier.stamp).min_by_key(|stamp| stamp.seq).unwrap_or(self.edited)
    }

    /// Which fields have which last change, once another one touched these slots.
    pub(super) fn after(&self, touched: impl Iterator<Item = usize>) -> Box<[Earlier]> {
        let touched = touched.fold(0, |slots, slot| slots | bit(slot));
        let known = self.earlier.iter().fold(0, |slots, earlier| slots | earlier.slots);
        let last = Earlier { stamp: self.edited, slots: !known };
        let all = self.earlier.iter().copied().chain([last]);
        let left = all.map(|earlier| Earlier { slots: earlier.slots & !touched, ..earlier });
        left.filter(|earlier| earlier.slots != 0).collect()
    }
}

/// The bit of a slot.
pub(super) fn bit(slot: usize) -> u64 {
    1 << slot.min(63)
}

impl Cell {
    /// The small form of a value.
    pub fn keep<'a>(value: impl Into<Lent<'a>>, pool: &mut Pool) -> Self {
        let texts = &mut pool.texts;
        match value.into() {
            Lent::Text(text) => Cell::Text(texts.intern(&text)),
            Lent::Number(number) => Cell::Number(number),
            Lent::Date(date) => Cell::Date(date),
            Lent::YesNo(yes) => Cell::YesNo(yes),
            Lent::Choice(code) => Cell::Choice(texts.intern(&code)),
            Lent::Choices(codes) => Cell::Choices(codes.iter().map(|code| texts.intern(code)).collect()),
            Lent::Links(keys) => Cell::Links(keys.iter().copied().collect()),
            Lent::Evaluation(evaluation) => Cell::Evaluation(Box::new(pool.share(&evaluation))),
            Lent::Rows(rows) => Cell::Rows(rows.into_owned().into()),
            Lent::Files(files) => Cell::Files(files.into_owned().into()),
        }
    }

    /// The entries that are named here; with a column, in that column of the rows.
    pub fn links(&self, column: Option<&str>) -> impl Iterator<Item = EntryKey> {
        let within = |row: &Row| match column.and_then(|column| row.get(column)) {
            Some(Plain::Links(keys)) => keys.clone(),
            _ => Vec::new(),
        };
        let keys = match (self, column) {
            (Cell::Links(keys), None) => keys.to_vec(),
            (Cell::Rows(rows), Some(_)) => rows.iter().flat_map(within).collect(),
            _ => Vec::new(),
        };
        keys.into_iter()
    }

    /// The value that travels, or nothing where nothing stands.
    pub fn value(&self, texts: &Texts) -> Option<Value> {
        let words = |id: &TextId| texts.get(*id).to_owned();
        Some(match self {
            Cell::Empty => return None,
            Cell::Text(id) => Value::Text(words(id)),
            Cell::Number(number) => Value::Number(*number),
            Cell::Date(date) => Value::Date(*date),
            Cell::YesNo(yes) => Value::YesNo(*yes),
            Cell::Choice(id) => Value::Choice(words(id)),
            Cell::Choices(ids) => Value::Choices(ids.iter().map(words).collect()),
            Cell::Links(keys) => Value::Links(keys.to_vec()),
            Cell::Evaluation(evaluation) => Value::Evaluation(Box::new(Evaluation::clone(evaluation))),
            Cell::Rows(rows) => Value::Rows(rows.to_vec()),
            Cell::Files(files) => Value::Files(files.to_vec()),
        })
    }

    /// Whether nothing stands here.
    pub fn is_empty(&self) -> bool {
        matches!(self, Cell::Empty)
    }

    /// The evaluation, where it is one.
    pub fn evaluation(&self) -> Option<&Evaluation> {
        match self {
            Cell::Evaluation(evaluation) => Some(evaluation),
            _ => None,
        }
    }
}
