//! Which entries are to be looked at again, because something changed on which they rest.
//!
//! An entry of a register with a table `[stale]` rests on what its links with `watch = true` lead to, and on the
//! entries of other registers that the table names. It is to be looked at as soon as one of them changed in a commit
//! after its own last change and after the last look that somebody took: an entry of a register with a table
//! `[looked]`, such as "unchanged" or the outcome of a review.
//!
//! What counts as a change: another value in any field that is not `quiet` in its register, of a cause as of the
//! entry itself; a new entry that names it; the deletion of what it links to. What does not: a change in the same
//! commit, another serial, a field that left the definition, and what was only looked at. A change that was taken
//! back counts: it was there, and somebody may have gone by it. A new entry that names it may say by a `date` what day it
//! speaks of: written down after the last change of the entry, of a day before that, it is no news.
//!
//! It follows from the book alone. A query that says which entries count reckons its relative dates from the day of the
//! last commit, so a mark never comes or goes by itself.

use std::cmp::Reverse;
use std::collections::BTreeMap;

use chrono::{DateTime, NaiveDate};
use hashbrown::HashMap;

use super::{Words, compile, parse};
use crate::book::{Book, Cell, Date, Entry, EntryKey, Plain, Row, Stamp};
use crate::definition::{Asked, Cause as From, Definitions, Kind, Looked, Register};

/// The entries that are to be looked at again.
#[derive(Debug, Default)]
pub struct Stale {
    /// Why, all that belongs to one entry together, in the order of their keys.
    causes: Vec<(EntryKey, Cause)>,
    /// The entries by register, in the order of their keys.
    registers: BTreeMap<String, Vec<EntryKey>>,
}

/// Why an entry is to be looked at again: something changed on which it rests.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Cause {
    /// What changed; it may have been deleted.
    pub entry: EntryKey,
    /// Its last change that counts.
    pub last: Stamp,
    /// The number of the commit up to which everything was seen: later changes count.
    pub since: u64,
}

impl Stale {
    /// Why an entry is to be looked at again, the latest change first; nothing where it is not.
    pub fn causes(&self, entry: EntryKey) -> impl ExactSizeIterator<Item = &Cause> + Clone {
        let from = self.causes.partition_point(|(key, _)| *key < entry);
        let to = self.causes.partition_point(|(key, _)| *key <= entry);
        self.causes.get(from..to).unwrap_or(&[]).iter().map(|(_, cause)| cause)
    }

    /// Whether an entry is to be looked at again.
    pub fn holds(&self, entry: EntryKey) -> bool {
        self.causes.binary_search_by_key(&entry, |(key, _)| *key).is_ok()
    }

    /// The entries that are, by their register.
    pub fn registers(&self) -> &BTreeMap<String, Vec<EntryKey>> {
        &self.registers
    }

    /// All of them, in no order.
    pub(super) fn entries(&self) -> impl Iterator<Item = EntryKey> {
        self.registers.values().flatten().copied()
    }

    /// Works it out for a whole book.
    pub(super) fn of(book: &Book, definitions: &Definitions, words: &Words) -> Self {
        let day = DateTime::from_timestamp(book.last_utc(), 0).unwrap_or_default().date_naive();
        let counts = book.registers().map(|id| definitions.register(id).map_or(0, |own| loud(book, own)));
        let ground = Ground { book, definitions, words, day, counts: counts.collect() };
        let mut found = Found::default();
        for register in definitions.registers() {
            let Some(stale) = &register.features.looks.stale else { continue };
            ground.watched(register, &mut found);
            for from in &stale.from {
                ground.naming(register, from, &mut found);
            }
        }
        if !found.causes.is_empty() {
            for register in definitions.registers() {
                register
                    .features
                    .looks
                    .looked
                    .iter()
                    .for_each(|looked| ground.looks(register, looked, &mut found));
            }
        }
        let mut stale = Self { causes: found.left(), ..Self::default() };
        for (key, _) in &stale.causes {
            let Some(entry) = book.entry(*key) else { continue };
            let register = book.register_id(entry.register);
            let keys = match stale.registers.get_mut(register) {
                Some(keys) => keys,
                None => stale.registers.entry(register.to_owned()).or_default(),
            };
            if keys.last() != Some(key) {
                keys.push(*key);
            }
        }
        stale
    }
}

/// The fields of a register whose change counts, a bit a slot.
fn loud(book: &Book, register: &Register) -> u64 {
    let fields = register.fields.iter().map(|field| field.id.as_str());
    book.slots(
        &register.id,
        fields.filter(|id| !register.features.looks.quiet.iter().any(|quiet| quiet == id)),
    )
}

/// What changed, and up to which commit everything was seen, by the numbers of the keys.
#[derive(Default)]
struct Found {
    causes: Vec<(EntryKey, Cause)>,
    since: Vec<u64>,
}

impl Found {
    fn note(&mut self, key: EntryKey, since: u64, (entry, last): (EntryKey, Stamp)) {
        if last.seq <= since || entry == key {
            return;
        }
        let at = key.0 as usize;
        if self.since.len() <= at {
            self.since.resize(at + 1, 0);
        }
        self.since.iter_mut().skip(at).take(1).for_each(|known| *known = since);
        self.causes.push((key, Cause { entry, last, since }));
    }

    /// The same of an entry that names this one: of a day before the last change it is no news.
    fn hear(&mut self, key: EntryKey, since: Stamp, news: &News) {
        let day = DateTime::from_timestamp(since.at, 0).unwrap_or_default().date_naive();
        if news.written.is_none_or(|of| of.last() >= day) {
            self.note(key, since.seq, (news.entry, news.last));
        }
    }

    /// Somebody looked at an entry; that matters where something changed.
    fn look(&mut self, key: EntryKey, seen: u64) {
        if let Some(known) = self.since.get_mut(key.0 as usize).filter(|known| **known > 0) {
            *known = seen.max(*known);
        }
    }

    /// What nobody looked at since, by entry, the latest first.
    fn left(self) -> Vec<(EntryKey, Cause)> {
        let Self { mut causes, since } = self;
        causes.retain_mut(|(key, cause)| {
            cause.since = since.get(key.0 as usize).copied().unwrap_or(0);
            cause.last.seq > cause.since
        });
        causes.sort_unstable_by_key(|(key, cause)| (*key, Reverse(cause.last.seq), cause.entry));
        causes.dedup_by_key(|(key, cause)| (*key, cause.entry));
        causes
    }
}

/// An entry that names others.
#[derive(Clone, Copy)]
struct News {
    entry: EntryKey,
    last: Stamp,
    /// The day it speaks of, where nothing but writing it down has happened to it.
    written: Option<Date>,
}

struct Ground<'a> {
    book: &'a Book,
    definitions: &'a Definitions,
    words: &'a Words,
    day: NaiveDate,
    /// The slots that count, by the place of the register in the book.
    counts: Vec<u64>,
}

impl Ground<'_> {
    /// The last change of an entry that counts.
    fn last(&self, entry: &Entry) -> Option<Stamp> {
        let slots = self.counts.get(usize::from(entry.register)).copied().unwrap_or(0);
        entry.changed_in(slots)
    }

    /// The last change of what is linked to: where it was deleted, that.
    fn last_of(&self, key: EntryKey) -> Option<Stamp> {
        match self.book.entry(key) {
            Some(entry) => self.last(entry),
            None => self.book.tombstone(key).map(crate::book::Tombstone::deleted),
        }
    }

    fn live(&self, register: &str) -> impl Iterator<Item = &Entry> {
        self.book.entries(register).iter().filter_map(|key| self.book.entry(*key))
    }

    /// What the watched links of a register lead to.
    fn watched(&self, register: &Register, found: &mut Found) {
        let mut places: Vec<(usize, Option<&str>)> = Vec::new();
        for field in &register.fields {
            let Some(slot) = self.book.slot(&register.id, &field.id) else { continue };
            match &field.kind {
                Kind::Links { watch: true, .. } => places.push((slot, None)),
                Kind::Rows(columns) => {
                    let columns = columns
                        .iter()
                        .filter(|column| matches!(column.kind, Kind::Links { watch: true, .. }));
                    places.extend(columns.map(|column| (slot, Some(column.id.as_str()))));
                }
                _ => {}
            }
        }
        // Many entries rest on the same few.
        let mut known: HashMap<EntryKey, Option<Stamp>> = HashMap::new();
        for entry in self.live(&register.id) {
            let Some(since) = self.last(entry) else { continue };
            let mut note = |key: EntryKey| {
                if let Some(last) = *known.entry(key).or_insert_with(|| self.last_of(key)) {
                    found.note(entry.key, since.seq, (key, last));
                }
            };
            for (slot, column) in &places {
                match entry.cell(*slot) {
                    Cell::Links(keys) if column.is_none() => keys.iter().copied().for_each(&mut note),
                    cell => cell.links(*column).for_each(&mut note),
                }
            }
        }
    }

    /// The entries of another register that name some of this one, or what a field of this one names.
    fn naming(&self, register: &Register, from: &From, found: &mut Found) {
        let Some(slot) = self.book.slot(&from.register, &from.field) else { return };
        let date = from.date.as_ref().and_then(|date| self.book.slot(&from.register, date));
        let through = from.through.as_ref().map(|through| self.book.slot(&register.id, through));
        let mut others: HashMap<EntryKey, Vec<News>> = HashMap::new();
        for other in self.answering(&from.register, from.when.as_ref()) {
            let Some(last) = self.last(other) else { continue };
            let news = News { entry: other.key, last, written: written_late(other, last, date) };
            for key in named(other.cell(slot), from) {
                let entry = self.book.entry(key);
                let here = entry.filter(|entry| self.book.register_id(entry.register) == register.id);
                match (through, here.and_then(|entry| self.last(entry))) {
                    (None, Some(since)) => found.hear(key, since, &news),
                    (None, None) => {}
                    (Some(_), _) => others.entry(key).or_default().push(news),
                }
            }
        }
        let Some(Some(slot)) = through.filter(|_| !others.is_empty()) else { return };
        for entry in self.live(&register.id) {
            let Some(since) = self.last(entry) else { continue };
            let all = entry.cell(slot).links(None).filter_map(|key| others.get(&key));
            all.flatten().for_each(|news| found.hear(entry.key, since, news));
        }
    }

    /// Looks that somebody took, of entries on which something changed.
    fn looks(&self, register: &Register, looked: &Looked, found: &mut Found) {
        let Some(slot) = self.book.slot(&register.id, &looked.of) else { return };
        let seen = looked.seen.as_ref().and_then(|seen| self.book.slot(&register.id, seen));
        for look in self.answering(&register.id, looked.when.as_ref()) {
            let since = match seen.map(|seen| look.cell(seen)) {
                Some(Cell::Number(number)) => u64::try_from(number.trunc().mantissa()).ok(),
                // Whatever was there before it.
                _ => self.last(look).map(|last| last.seq),
            };
            if let (Some(since), Cell::Links(keys)) = (since, look.cell(slot)) {
                keys.iter().for_each(|key| found.look(*key, since));
            }
        }
    }

    /// The entries of a register that answer a query; all where there is none. One that cannot be read was refused
    /// with its file.
    fn answering(&self, register: &str, asked: Option<&Asked>) -> Vec<&Entry> {
        let Some(asked) = asked else { return self.live(register).collect() };
        let (node, known) = (parse(&asked.query), self.definitions.register(register));
        let filter = node.and_then(|node| compile(&node, self.definitions, known, self.day));
        let Ok(filter) = filter else { return Vec::new() };
        let prepared = filter.prepare_with(None, self.book, self.definitions, self.words);
        self.live(register).filter(|entry| prepared.matches(entry)).collect()
    }
}

/// The date of an entry to which nothing happened but that it was written down.
fn written_late(entry: &Entry, last: Stamp, date: Option<usize>) -> Option<Date> {
    match date.map(|slot| entry.cell(slot)) {
        Some(Cell::Date(date)) if entry.began() == last => Some(*date),
        _ => None,
    }
}

/// The entries that a cell names; in rows only in those that count.
fn named(cell: &Cell, from: &From) -> Vec<EntryKey> {
    let (Cell::Rows(rows), Some(column)) = (cell, &from.column) else {
        return cell.links(from.column.as_deref()).collect();
    };
    let counts = |row: &&Row| match &from.row {
        Some((column, code)) => matches!(row.get(column), Some(Plain::Choice(is)) if is == code),
        None => true,
    };
    let keys = rows.iter().filter(counts).filter_map(|row| match row.get(column) {
        Some(Plain::Links(keys)) => Some(keys.iter().copied()),
        _ => None,
    });
    keys.flatten().collect()
}

#[cfg(test)]
mod tests;
