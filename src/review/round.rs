//! A round as it stands.

use std::collections::{HashMap, HashSet};

use super::{OUTCOMES, REVIEWS};
use crate::book::{Cell, Entry, EntryKey};
use crate::catalogue::Reading;

/// What came of an entry in a round.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Mark {
    /// Not looked at yet.
    Pending,
    /// The evaluation stands.
    Kept,
    /// It was evaluated anew.
    Changed,
    /// It is to be talked about, by somebody, until some day.
    Aside,
    /// The evaluation stands, together with all the rest and without a look at each.
    Unseen,
}

impl Mark {
    const ALL: [(Mark, &'static str); 5] = [
        (Mark::Pending, "pending"),
        (Mark::Kept, "kept"),
        (Mark::Changed, "changed"),
        (Mark::Aside, "aside"),
        (Mark::Unseen, "unseen"),
    ];

    /// The code of the choice in the register of outcomes.
    pub fn code(self) -> &'static str {
        Mark::ALL.iter().find(|(mark, _)| *mark == self).map_or("", |(_, code)| code)
    }

    fn read(code: &str) -> Self {
        Mark::ALL.iter().find(|(_, known)| *known == code).map_or(Mark::Pending, |(mark, _)| *mark)
    }
}

/// One entry in a round.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Item {
    /// Its entry in the register of outcomes.
    pub outcome: EntryKey,
    /// The entry that is reviewed.
    pub entry: EntryKey,
    /// What came of it.
    pub mark: Mark,
    /// Its entry was deleted since.
    pub gone: bool,
}

/// A round and what is in it, in the order in which it is gone through.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Round {
    /// Its entry in the register of rounds.
    pub key: EntryKey,
    /// What is in it.
    pub items: Vec<Item>,
}

/// How many entries of a round came to what.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Tally {
    /// All of them.
    pub total: usize,
    /// The evaluation stands.
    pub kept: usize,
    /// Evaluated anew.
    pub changed: usize,
    /// Set aside.
    pub aside: usize,
    /// Kept without a look at each.
    pub unseen: usize,
    /// Deleted before they were looked at.
    pub gone: usize,
}

impl Tally {
    /// How many are still to be looked at.
    pub fn pending(&self) -> usize {
        self.total.saturating_sub(self.done() + self.gone)
    }

    /// How many came to something.
    pub fn done(&self) -> usize {
        self.kept + self.changed + self.aside + self.unseen
    }
}

impl Round {
    /// The round with this key; none where there is no such round.
    pub fn read(reading: &Reading, key: EntryKey) -> Option<Self> {
        let book = reading.book;
        let entry = book.entry(key)?;
        if book.register_id(entry.register) != REVIEWS {
            return None;
        }
        let outcomes = book.entries(OUTCOMES).iter().filter_map(|key| book.entry(*key));
        let items = outcomes
            .filter(|outcome| link(book.cell(outcome, "review")) == Some(key))
            .filter_map(|outcome| Some((outcome, link(book.cell(outcome, "entry"))?)))
            .map(|(outcome, entry)| item(reading, outcome, entry));
        Some(Self { key, items: items.collect() })
    }

    /// Looks at the book again.
    pub fn refresh(&mut self, reading: &Reading) {
        for known in &mut self.items {
            if let Some(outcome) = reading.book.entry(known.outcome) {
                *known = item(reading, outcome, known.entry);
            }
        }
    }

    /// The rounds that are still open, the newest first.
    pub fn open(reading: &Reading) -> Vec<EntryKey> {
        let rounds = reading.book.entries(REVIEWS).iter().rev().copied();
        rounds.filter(|key| Self::is_open(reading, *key)).collect()
    }

    /// Whether a round is there and has not ended.
    pub fn is_open(reading: &Reading, key: EntryKey) -> bool {
        let entry = reading.book.entry(key);
        entry.is_some_and(|entry| reading.book.cell(entry, "ended").is_empty())
    }

    /// How many came to what.
    pub fn tally(&self) -> Tally {
        let mut tally = Tally { total: self.items.len(), ..Tally::default() };
        for item in &self.items {
            match item.mark {
                Mark::Pending if item.gone => tally.gone += 1,
                Mark::Pending => {}
                Mark::Kept => tally.kept += 1,
                Mark::Changed => tally.changed += 1,
                Mark::Aside => tally.aside += 1,
                Mark::Unseen => tally.unseen += 1,
            }
        }
        tally
    }

    /// The place of the first entry from `from` on, and then from the beginning, that is still to be looked at.
    pub fn next_pending(&self, from: usize) -> Option<usize> {
        let waits =
            |at: &usize| self.items.get(*at).is_some_and(|item| item.mark == Mark::Pending && !item.gone);
        (from..self.items.len()).chain(0..from).find(waits)
    }

    /// The entries that wait in open rounds other than this one, and the newest round in which each waits.
    pub fn waiting_elsewhere(reading: &Reading, but: Option<EntryKey>) -> HashMap<EntryKey, EntryKey> {
        let book = reading.book;
        let open: HashSet<EntryKey> =
            Self::open(reading).into_iter().filter(|key| Some(*key) != but).collect();
        let mut waiting = HashMap::new();
        if open.is_empty() {
            return waiting;
        }
        for outcome in book.entries(OUTCOMES).iter().filter_map(|key| book.entry(*key)) {
            let round = link(book.cell(outcome, "review")).filter(|round| open.contains(round));
            let (Some(round), Some(entry)) = (round, link(book.cell(outcome, "entry"))) else { continue };
            if item(reading, outcome, entry).mark == Mark::Pending {
                waiting.insert(entry, round);
            }
        }
        waiting
    }
}

fn item(reading: &Reading, outcome: &Entry, entry: EntryKey) -> Item {
    let mark = match reading.book.cell(outcome, "outcome") {
        Cell::Choice(code) => Mark::read(reading.book.text(*code)),
        _ => Mark::Pending,
    };
    Item { outcome: outcome.key, entry, mark, gone: reading.book.entry(entry).is_none() }
}

fn link(cell: &Cell) -> Option<EntryKey> {
    match cell {
        Cell::Links(keys) => keys.first().copied(),
        _ => None,
    }
}
