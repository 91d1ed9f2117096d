//! Which entry of the book a row is.

use std::collections::BTreeMap;

use super::take::{Leads, Meant, Taken};
use super::words::plain;
use crate::book::{EntryKey, Value};
use crate::catalogue::Reading;
use crate::definition::{Kind, Register};
use crate::source::distance;

/// Above this many comparisons no likeness is looked for.
const MOST_COMPARED: usize = 4_000_000;
/// How many like entries are named.
const NAMED: usize = 3;

/// The field that groups the entries of a register: the first link that each must have. One title may stand once in
/// each group.
pub fn group(register: &Register) -> Option<usize> {
    register
        .fields
        .iter()
        .position(|field| field.required && matches!(field.kind, Kind::Links { many: false, .. }))
}

/// The entries of a register by what rows know them by.
pub struct Known<'a> {
    reading: &'a Reading<'a>,
    register: &'a Register,
    titled: BTreeMap<String, Vec<EntryKey>>,
    /// The field that groups entries.
    group: Option<usize>,
    /// Whether likeness is looked for.
    likens: bool,
}

/// Which entry a row is.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Match {
    /// The entry.
    pub entry: Option<EntryKey>,
    /// It is known by its serial.
    pub by_serial: bool,
    /// Entries that it may be, where none is certain.
    pub like: Vec<EntryKey>,
}

impl<'a> Known<'a> {
    /// The entries of a register; `rows` is how many rows will ask.
    pub fn of(reading: &'a Reading<'a>, register: &'a Register, rows: usize) -> Self {
        let mut titled: BTreeMap<String, Vec<EntryKey>> = BTreeMap::new();
        let entries = reading.book.entries(&register.id);
        for key in entries {
            titled.entry(plain(&reading.title(*key))).or_default().push(*key);
        }
        let group = group(register);
        let likens = rows.saturating_mul(titled.len()) <= MOST_COMPARED;
        Self { reading, register, titled, group, likens }
    }

    /// The entry that a row is.
    pub fn find(&self, taken: &Taken) -> Match {
        if let Some(serial) = &taken.serial
            && let Some(key) = self.reading.book.key_of(serial)
            && self.lies_here(key)
        {
            return Match { entry: Some(key), by_serial: true, like: Vec::new() };
        }
        let Some(Some(Meant::Value(Value::Text(title)))) = taken.fields.get(&self.register.title) else {
            return Match::default();
        };
        // A serial that the book has not is that of a new entry, whatever it is called.
        if taken.serial.is_some() {
            return Match { like: self.like(&plain(title)), ..Match::default() };
        }
        let title = plain(title);
        let same: Vec<EntryKey> = self
            .titled
            .get(&title)
            .into_iter()
            .flatten()
            .copied()
            .filter(|key| self.grouped(*key, taken))
            .collect();
        match same.as_slice() {
            [only] => Match { entry: Some(*only), by_serial: false, like: Vec::new() },
            [] => Match { like: self.like(&title), ..Match::default() },
            several => Match { like: several.to_vec(), ..Match::default() },
        }
    }

    fn lies_here(&self, key: EntryKey) -> bool {
        let entry = self.reading.book.entry(key);
        entry.is_some_and(|entry| self.reading.book.register_id(entry.register) == self.register.id)
    }

    /// Whether an entry stands in the group that the row names, where it names one.
    fn grouped(&self, key: EntryKey, taken: &Taken) -> bool {
        let Some(index) = self.group else { return true };
        let Some(Some(Meant::Links(leads))) = taken.fields.get(&index) else { return true };
        let Some(field) = self.register.fields.get(index) else { return true };
        let Some(entry) = self.reading.book.entry(key) else { return false };
        let Some(Value::Links(here)) = self.reading.book.value(entry, &field.id) else { return true };
        leads.iter().all(|lead| matches!(lead, Leads::There(key) if here.contains(key)))
    }

    /// Entries whose titles differ from this one in few letters, or hold it.
    fn like(&self, title: &str) -> Vec<EntryKey> {
        if !self.likens || title.chars().count() < 3 {
            return self.titled.get(title).cloned().unwrap_or_default();
        }
        let length = title.chars().count();
        let near = |other: &str| {
            let longer = length.max(other.chars().count());
            other == title
                || longer - length.min(other.chars().count()) <= longer / 4
                    && distance(title, other) * 4 <= longer
                || other.chars().count() >= 3 && (title.contains(other) || other.contains(title))
        };
        let found = self.titled.iter().filter(|(other, _)| near(other));
        found.flat_map(|(_, keys)| keys.iter().copied()).take(NAMED).collect()
    }
}
