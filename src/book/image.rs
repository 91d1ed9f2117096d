//! The book as its state keeps it: what it knows of every key, and what it keeps once, by number.
//!
//! Numbers of texts, judgements and slots follow from the order of the commits alone. So whatever was kept
//! after one commit fits the book after any later one, and a start need not read, look up or parse
//! what repeats itself.

use super::{Book, Entry, EntryKey, Month, Pool, Shelf, Slot, TextId, Tombstone};
use crate::scoring::{Judged, Occasion, Residual};

/// How much a book holds of what only ever grows.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Extent {
    /// Registers and the fields they met.
    pub shape: usize,
    /// Texts.
    pub texts: usize,
    /// Judgements.
    pub judged: usize,
    /// Occasions of evaluation.
    pub occasions: usize,
    /// Residual evaluations.
    pub residuals: usize,
    /// Commits of people.
    pub commits: u64,
}

/// What a book knows of a key.
#[derive(Debug, Clone, Copy)]
pub enum Kept<'a> {
    /// Nothing: it was never given.
    Vacant,
    /// An entry.
    Live(&'a Entry),
    /// A deleted entry.
    Gone(&'a Tombstone),
}

impl Book {
    /// How much it holds of what only ever grows.
    pub fn extent(&self) -> Extent {
        Extent {
            shape: self.shelves.iter().map(|shelf| 1 + shelf.fields.len()).sum(),
            texts: self.pool.texts.len(),
            judged: self.pool.judged.len(),
            occasions: self.pool.occasions.len(),
            residuals: self.pool.residuals.len(),
            commits: self.months.commits(),
        }
    }

    /// What it keeps once.
    pub fn pool(&self) -> &Pool {
        &self.pool
    }

    /// The registers that ever had an entry, each with the fields it met, in the order of their slots.
    pub fn shape(&self) -> impl Iterator<Item = (&str, &[String])> {
        self.shelves.iter().map(|shelf| (shelf.register.as_str(), shelf.fields.as_slice()))
    }

    /// What it knows of a key, and the serials the entry had before.
    pub fn kept(&self, key: EntryKey) -> (Kept<'_>, &[TextId]) {
        let kept = match self.slots.get(key.0 as usize) {
            None | Some(Slot::Vacant) => Kept::Vacant,
            Some(Slot::Live(entry)) => Kept::Live(entry),
            Some(Slot::Gone(tombstone)) => Kept::Gone(tombstone),
        };
        (kept, self.former.get(&key).map_or(&[], Vec::as_slice))
    }
}

/// What was kept of a key: an entry or what remains of it, with the serials it had before.
#[derive(Debug)]
pub enum Restored {
    /// An entry.
    Live(Entry, Vec<TextId>),
    /// A deleted entry.
    Gone(Tombstone, Vec<TextId>),
}

/// A book being made of what its state kept. First come the shape and what is kept once, each in the order
/// of its numbers, then the entries in the order of their keys. What does not fit is refused.
#[derive(Debug, Default)]
pub struct Restore(Book);

impl Restore {
    /// The next register with its fields.
    pub fn shelf(&mut self, register: String, fields: Vec<String>) {
        self.0.shelves.push(Shelf { register, fields, entries: Vec::new() });
    }

    /// The next text.
    pub fn text(&mut self, text: &str) {
        self.0.pool.texts.push(text);
    }

    /// The next judgement.
    pub fn judged(&mut self, judged: Judged) {
        self.0.pool.judged.push(judged.into());
    }

    /// The next occasion.
    pub fn occasion(&mut self, occasion: Occasion) {
        self.0.pool.occasions.push(occasion.into());
    }

    /// The next residual evaluation.
    pub fn residual(&mut self, residual: Residual) {
        self.0.pool.residuals.push(residual.into());
    }

    /// What was done in a month.
    pub fn month(&mut self, number: i32, month: Month) {
        self.0.months.put(number, month);
    }

    /// What was kept once so far.
    pub fn pool(&self) -> &Pool {
        &self.0.pool
    }

    /// What is known of the next key.
    pub fn entry(&mut self, restored: Restored) -> Option<()> {
        match restored {
            Restored::Live(entry, former) => {
                let key = entry.key;
                let shelf = self.0.shelves.get_mut(usize::from(entry.register))?;
                let follows = shelf.entries.last().is_none_or(|last| *last < key);
                if entry.cells.len() > shelf.fields.len() || !follows {
                    return None;
                }
                shelf.entries.push(key);
                self.serials(key, entry.serial, former)?;
                self.0.set_slot(key, Slot::Live(entry));
            }
            Restored::Gone(tombstone, former) => {
                let key = tombstone.last.key;
                let shelf = self.0.shelves.get(usize::from(tombstone.last.register))?;
                if tombstone.last.cells.len() > shelf.fields.len() {
                    return None;
                }
                self.serials(key, tombstone.last.serial, former)?;
                self.0.set_slot(key, Slot::Gone(tombstone));
            }
        }
        Some(())
    }

    fn serials(&mut self, key: EntryKey, serial: TextId, former: Vec<TextId>) -> Option<()> {
        let known = self.0.pool.texts.len();
        if key.0 == 0 || former.iter().chain([&serial]).any(|id| id.index() >= known) {
            return None;
        }
        for id in former.iter().chain([&serial]) {
            self.0.serials.insert(*id, key);
        }
        if !former.is_empty() {
            self.0.former.insert(key, former);
        }
        Some(())
    }

    /// The book, as far as the commit `seq`.
    pub fn finish(mut self, seq: u64, last_utc: i64) -> Book {
        (self.0.seq, self.0.last_utc) = (seq, last_utc);
        self.0
    }
}
