//! Which entry of the book a row is.

use std::collections::{BTreeMap, BTreeSet};

use super::Import;
use super::same::same;
use super::take::{Leads, Meant, Taken};
use super::words::plain;
use crate::book::{EntryKey, Value};
use crate::catalogue::Reading;
use crate::definition::{Kind, Register};
use crate::source::distance;

/// Above this many comparisons no likeness is looked for.
const MOST_COMPARED: usize = 4_000_000;
/// Above this many of one title nothing is compared.
const MOST_PAIRED: usize = 40_000;
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
    /// Those have its very title, in the group that it names.
    pub twins: bool,
    /// It names a serial that the register has not.
    pub foreign: bool,
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

    /// The entry that each row is, as far as that is known or was said.
    pub fn find_all(&self, rows: &[(usize, Taken)], import: &Import) -> Vec<Match> {
        let mut found: Vec<Match> = rows.iter().map(|(_, taken)| self.find(taken)).collect();
        for ((line, _), known) in rows.iter().zip(&mut found) {
            if let Some(chosen) = import.decisions.same_as.get(line) {
                *known = Match { entry: *chosen, twins: false, ..std::mem::take(known) };
            }
        }
        self.pair(&mut found, rows, import);
        found
    }

    /// Rows of which several entries have the title: each is the first that says what the row says and no other row is;
    /// the others in their order, where they are as many as the entries that are left.
    fn pair(&self, found: &mut [Match], rows: &[(usize, Taken)], import: &Import) {
        let mut claimed: BTreeSet<EntryKey> = found.iter().filter_map(|known| known.entry).collect();
        let mut twins: BTreeMap<Vec<EntryKey>, Vec<usize>> = BTreeMap::new();
        for (at, known) in found.iter().enumerate().filter(|(_, known)| known.twins) {
            twins.entry(known.like.clone()).or_default().push(at);
        }
        let mut pairs = Vec::new();
        for (entries, rows_of) in twins {
            if entries.len().saturating_mul(rows_of.len()) > MOST_PAIRED {
                continue;
            }
            let mut open = Vec::new();
            for at in rows_of {
                let says = |key: &&EntryKey| {
                    !claimed.contains(*key)
                        && rows.get(at).is_some_and(|(_, taken)| self.says(taken, **key, import))
                };
                match entries.iter().find(says) {
                    Some(key) => {
                        claimed.insert(*key);
                        pairs.push((at, *key));
                    }
                    None => open.push(at),
                }
            }
            let left: Vec<EntryKey> = entries.into_iter().filter(|key| !claimed.contains(key)).collect();
            if left.len() == open.len() {
                claimed.extend(&left);
                pairs.extend(open.into_iter().zip(left));
            }
        }
        for (at, key) in pairs {
            if let Some(known) = found.get_mut(at) {
                *known = Match { entry: Some(key), ..Match::default() };
            }
        }
    }

    /// Whether an entry has in its fields what a row says of them.
    fn says(&self, taken: &Taken, key: EntryKey, import: &Import) -> bool {
        let Some(entry) = self.reading.book.entry(key) else { return false };
        taken.fields.iter().filter(|(_, meant)| meant.is_some()).all(|(index, meant)| {
            self.register.fields.get(*index).is_none_or(|field| {
                same(self.reading.book.value(entry, &field.id).as_ref(), meant.as_ref(), import)
            })
        })
    }

    /// The entry that a row is.
    fn find(&self, taken: &Taken) -> Match {
        if let Some(serial) = &taken.serial
            && let Some(key) = self.reading.book.key_of(serial)
            && self.lies_here(key)
        {
            return Match { entry: Some(key), by_serial: true, ..Match::default() };
        }
        let Some(Some(Meant::Value(Value::Text(title)))) = taken.fields.get(&self.register.title) else {
            return Match { foreign: taken.serial.is_some(), ..Match::default() };
        };
        // A serial that the book has not is that of a new entry, whatever it is called.
        if taken.serial.is_some() {
            return Match { like: self.like(&plain(title)), foreign: true, ..Match::default() };
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
        // Whose column for the group is empty may be of any of them.
        let groupless = self.group.is_some_and(|group| matches!(taken.fields.get(&group), Some(None)));
        match same.as_slice() {
            [_, ..] if groupless => Match { like: same, ..Match::default() },
            [only] => Match { entry: Some(*only), ..Match::default() },
            [] => Match { like: self.like(&title), ..Match::default() },
            several => Match { like: several.to_vec(), twins: true, ..Match::default() },
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
