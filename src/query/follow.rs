//! A query that is kept up to date with a book: after a commit only those entries are asked again whose answer it can
//! have changed.

use std::cell::{Cell, RefCell};
use std::collections::{BTreeMap, BTreeSet};
use std::rc::Rc;

use super::compile::Filter;
use super::index::Words;
use super::matching::{Prepared, Room};
use super::search::Search;
use super::tally::Tally;
use crate::book::{Book, Entry, EntryKey, Plain};
use crate::definition::{Definitions, Field, Kind};

/// What changed in a book since it was last looked at, and what was asked about that so far.
pub struct Changes<'a> {
    book: &'a Book,
    definitions: &'a Definitions,
    words: &'a Words,
    rooms: Rc<[Room<'a>]>,
    /// Entries that were added, changed, deleted or brought back, by their register.
    touched: BTreeMap<&'a str, Vec<EntryKey>>,
    /// Entries of a register that link to one of them, each with the index of the field.
    linking: RefCell<BTreeMap<String, Vec<(EntryKey, usize)>>>,
    looked_at: Cell<usize>,
}

impl<'a> Changes<'a> {
    /// What changed after the commit with this number.
    pub fn since(seq: u64, book: &'a Book, definitions: &'a Definitions, words: &'a Words) -> Self {
        let mut touched: BTreeMap<&str, Vec<EntryKey>> = BTreeMap::new();
        for entry in book.touched_since(seq) {
            touched.entry(book.register_id(entry.register)).or_default().push(entry.key);
        }
        let rooms = Room::all(book, definitions);
        Self {
            book,
            definitions,
            words,
            rooms,
            touched,
            linking: RefCell::default(),
            looked_at: Cell::new(0),
        }
    }

    /// What changed in a register.
    pub fn of(&self, register: &str) -> &[EntryKey] {
        self.touched.get(register).map_or(&[], Vec::as_slice)
    }

    /// Whether an entry changed.
    pub fn has(&self, entry: EntryKey) -> bool {
        self.touched.values().any(|touched| touched.binary_search(&entry).is_ok())
    }

    /// Entries of a register that link to whatever changed: anywhere, or in one field, by its index.
    pub fn linking(&self, register: &str, field: Option<usize>) -> BTreeSet<EntryKey> {
        let mut known = self.linking.borrow_mut();
        let linking = known.entry(register.to_owned()).or_insert_with(|| self.find_linking(register));
        let there = linking.iter().filter(|(_, index)| field.is_none_or(|field| field == *index));
        there.map(|(key, _)| *key).collect()
    }

    fn find_linking(&self, register: &str) -> Vec<(EntryKey, usize)> {
        let Some(room) = self.book.registers().position(|id| id == register) else { return Vec::new() };
        let Some(room) = self.rooms.get(room) else { return Vec::new() };
        let leading = |field: &Field| match &field.kind {
            Kind::Links { .. } => true,
            Kind::Rows(columns) => columns.iter().any(|column| matches!(column.kind, Kind::Links { .. })),
            _ => false,
        };
        let fields: Vec<usize> =
            (0..).zip(room.fields).filter(|(_, field)| leading(field)).map(|(at, _)| at).collect();
        let touched: BTreeSet<EntryKey> = self.touched.values().flatten().copied().collect();
        let mut found = Vec::new();
        for entry in self.book.entries(register).iter().filter_map(|key| self.book.entry(*key)) {
            let leads = fields.iter().filter(|at| leads_to(room, entry, **at, &touched));
            found.extend(leads.map(|at| (entry.key, *at)));
        }
        found
    }

    /// Notes that so many entries are looked at.
    pub fn looked_at(&self, entries: usize) {
        self.looked_at.set(self.looked_at.get() + entries);
    }

    /// How many entries were looked at so far, one as often as somebody looked.
    pub fn effort(&self) -> usize {
        self.looked_at.get()
    }
}

/// Whether a field of an entry, or its rows, name one of these.
fn leads_to(room: &Room, entry: &Entry, at: usize, to: &BTreeSet<EntryKey>) -> bool {
    use crate::book::Cell;
    match room.cell(entry, at) {
        Cell::Links(keys) => keys.iter().any(|key| to.contains(key)),
        Cell::Rows(rows) => {
            let mut cells = rows.iter().flat_map(|row| &row.0);
            cells.any(
                |(_, cell)| matches!(cell, Plain::Links(keys) if keys.iter().any(|key| to.contains(key))),
            )
        }
        _ => false,
    }
}

/// A filter over one register with what it reaches over links, as of the last look.
#[derive(Debug)]
pub struct Followed {
    filter: Filter,
    register: String,
    reached: Vec<Tally<EntryKey>>,
    /// What was to be looked at again, where the filter asks that.
    marked: BTreeSet<EntryKey>,
}

impl Followed {
    /// Begins to follow a filter; of these entries of the register, which are live, keeps those that match.
    pub fn begin(
        filter: Filter,
        register: &str,
        (book, definitions, words): (&Book, &Definitions, &Words),
        keys: &mut Vec<EntryKey>,
    ) -> Self {
        let search = (!filter.needles.is_empty()).then(|| Search::whole(&filter, (book, definitions), words));
        let mut prepared = filter.over((book, definitions), Room::all(book, definitions), search);
        prepared.stale = filter.asks_stale.then(|| words.stale(book, definitions));
        prepared.reach_all(true);
        prepared.keep(register, keys);
        let marked = prepared.stale.iter().flat_map(|stale| stale.entries()).collect();
        let reached = prepared.reached;
        Self { filter, register: register.to_owned(), reached, marked }
    }

    /// Brings it up to date; gives the entries that may match otherwise than before, those that changed themselves
    /// among them.
    pub fn follow(&mut self, now: &Changes) -> BTreeSet<EntryKey> {
        let mut dirty: BTreeSet<EntryKey> = now.of(&self.register).iter().copied().collect();
        let register = self.register.clone();
        let before = std::mem::take(&mut self.marked);
        let mut marked = BTreeSet::new();
        dirty.extend(self.with(now, |prepared, filter| {
            marked = prepared.stale.iter().flat_map(|stale| stale.entries()).collect();
            prepared.turned = before.symmetric_difference(&marked).copied().collect();
            let tests = filter.registers.iter();
            tests.flat_map(|(_, test)| prepared.renew(test, &register, now)).collect::<Vec<_>>()
        }));
        self.marked = marked;
        dirty
    }

    /// Of some entries of the register, which are live, keeps those that match.
    pub fn keep(&mut self, keys: &mut Vec<EntryKey>, now: &Changes) {
        if keys.is_empty() {
            return;
        }
        self.with(now, |prepared, _| {
            keys.retain(|key| now.book.entry(*key).is_some_and(|entry| prepared.matches(entry)));
        });
    }

    /// Lends what is reached to a filter that is made ready for a few entries.
    fn with<T>(&mut self, now: &Changes, work: impl FnOnce(&mut Prepared, &Filter) -> T) -> T {
        let search =
            (!self.filter.needles.is_empty()).then(|| Search::Each(now.words.of(now.book, now.definitions)));
        let mut prepared = self.filter.over((now.book, now.definitions), Rc::clone(&now.rooms), search);
        prepared.stale = self.filter.asks_stale.then(|| now.words.stale(now.book, now.definitions));
        prepared.reached = std::mem::take(&mut self.reached);
        let done = work(&mut prepared, &self.filter);
        self.reached = prepared.reached;
        done
    }
}
