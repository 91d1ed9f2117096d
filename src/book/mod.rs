//! The book: every entry of every register, changed only by commits.
//!
//! A book is a state machine. The same commits in the same order give the same book, whoever applies
//! them: the screen, a second process that reads the journal, or `verify`. It does no I/O and knows no clock.

mod admit;
mod apply;
mod commit;
mod date;
mod deed;
mod entry;
mod gate;
mod image;
mod kept;
mod months;
mod point;
mod refusal;
mod texts;
mod value;

pub use apply::ApplyError;
pub use commit::{Act, Change, Commit, Edit, FieldChange, Origin, Proposal, SERIAL, Way};
pub use date::{Date, NotADate, shift};
pub use deed::{Deed, Lent, Opening, Put};
pub use entry::{Cell, Earlier, Entry, Few, Stamp};
pub use gate::Lack;
pub use image::{Extent, Kept, Restore, Restored};
pub use months::{Month, Months};
pub use point::{NoPoint, Point};
pub use refusal::Refusal;
pub use texts::{Once, Pool, TextId, Texts};
pub use value::{EntryKey, FileRef, Plain, Row, Value};

use std::collections::HashMap;

/// One organisation's entries at one moment.
#[derive(Debug, Clone, Default)]
pub struct Book {
    pool: Pool,
    shelves: Vec<Shelf>,
    slots: Vec<Slot>,
    serials: Serials,
    /// Every serial an entry had, where it had more than one.
    former: HashMap<EntryKey, Vec<TextId>>,
    /// How much was done in which month.
    months: Months,
    seq: u64,
    last_utc: i64,
}

/// The entries of one register.
#[derive(Debug, Clone, Default)]
struct Shelf {
    register: String,
    /// Field ids in the order in which the book met them; a field that left the definition keeps its place.
    fields: Vec<String>,
    /// Live entries by key.
    entries: Vec<EntryKey>,
}

/// Which entry has or had a serial.
#[derive(Debug, Clone, Default)]
struct Serials {
    /// The entry, by the number of the text; zero where the text is no serial.
    entries: Vec<EntryKey>,
    /// Every serial, as they came.
    all: Vec<TextId>,
}

impl Serials {
    fn entry(&self, serial: TextId) -> Option<EntryKey> {
        self.entries.get(serial.index()).copied().filter(|key| key.0 > 0)
    }

    fn insert(&mut self, serial: TextId, key: EntryKey) {
        if serial == TextId::NONE {
            return;
        }
        if self.entries.len() <= serial.index() {
            self.entries.resize(serial.index() + 1, EntryKey(0));
        }
        if let Some(entry) = self.entries.get_mut(serial.index()) {
            if entry.0 == 0 {
                self.all.push(serial);
            }
            *entry = key;
        }
    }
}

/// What the book knows of a key.
#[derive(Debug, Clone)]
enum Slot {
    /// Never given.
    Vacant,
    /// An entry.
    Live(Entry),
    /// An entry that was deleted.
    Gone(Tombstone),
}

/// What remains of a deleted entry: what others that link to it call it still.
#[derive(Debug, Clone, PartialEq)]
pub struct Tombstone {
    /// The entry as it was; what touched it last deleted it.
    pub last: Entry,
}

impl Tombstone {
    /// When it was deleted and by whom.
    pub fn deleted(&self) -> Stamp {
        self.last.edited
    }
}

impl Book {
    /// The texts.
    pub fn texts(&self) -> &Texts {
        &self.pool.texts
    }

    /// The words behind a number.
    pub fn text(&self, id: TextId) -> &str {
        self.pool.texts.get(id)
    }

    /// The number of the last commit applied; 0 before the first.
    pub fn seq(&self) -> u64 {
        self.seq
    }

    /// The latest moment of any commit, in seconds since 1970, UTC.
    pub fn last_utc(&self) -> i64 {
        self.last_utc
    }

    /// How much was done in which month.
    pub fn months(&self) -> &Months {
        &self.months
    }

    /// The entry with this key, where it is live.
    pub fn entry(&self, key: EntryKey) -> Option<&Entry> {
        match self.slots.get(key.0 as usize)? {
            Slot::Live(entry) => Some(entry),
            Slot::Vacant | Slot::Gone(_) => None,
        }
    }

    /// What remains of this key, where its entry was deleted.
    pub fn tombstone(&self, key: EntryKey) -> Option<&Tombstone> {
        match self.slots.get(key.0 as usize)? {
            Slot::Gone(tombstone) => Some(tombstone),
            Slot::Vacant | Slot::Live(_) => None,
        }
    }

    /// Every deleted key.
    pub fn tombstones(&self) -> impl Iterator<Item = (EntryKey, &Tombstone)> {
        self.slots.iter().zip(0..).filter_map(|(slot, key)| match slot {
            Slot::Gone(tombstone) => Some((EntryKey(key), tombstone)),
            Slot::Vacant | Slot::Live(_) => None,
        })
    }

    /// What commits after this number added, changed, deleted or brought back, oldest first.
    pub fn touched_since(&self, seq: u64) -> impl Iterator<Item = &Entry> {
        let last = self.slots.iter().filter_map(|slot| match slot {
            Slot::Live(entry) => Some(entry),
            Slot::Gone(gone) => Some(&gone.last),
            Slot::Vacant => None,
        });
        last.filter(move |entry| entry.edited.seq > seq)
    }

    /// The entry that has or once had this serial; case does not matter. A deleted one is found too.
    pub fn key_of(&self, serial: &str) -> Option<EntryKey> {
        let serial = serial.trim();
        let find = |serial: &str| self.serials.entry(self.pool.texts.id(serial)?);
        find(serial).or_else(|| find(&serial.to_uppercase()))
    }

    /// Every serial, past ones too, with its entry.
    pub fn serials(&self) -> impl Iterator<Item = (TextId, EntryKey)> + '_ {
        self.serials.all.iter().filter_map(|serial| Some((*serial, self.serials.entry(*serial)?)))
    }

    /// Keys of the live entries of a register, oldest first.
    pub fn entries(&self, register: &str) -> &[EntryKey] {
        self.shelf(register).map_or(&[], |(_, shelf)| &shelf.entries)
    }

    /// Live entries of a register that name one in a field, or in a column of its rows, oldest first.
    pub fn naming(&self, to: EntryKey, register: &str, field: &str, column: Option<&str>) -> Vec<EntryKey> {
        let names = |key: &&EntryKey| {
            self.entry(**key).is_some_and(|other| self.cell(other, field).links(column).any(|key| key == to))
        };
        self.entries(register).iter().filter(names).copied().collect()
    }

    /// Number of live entries of all registers.
    pub fn len(&self) -> usize {
        self.shelves.iter().map(|shelf| shelf.entries.len()).sum()
    }

    /// Whether there is no live entry.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// The id of the register that an entry or tombstone names.
    pub fn register_id(&self, register: u16) -> &str {
        self.shelves.get(usize::from(register)).map_or("", |shelf| &shelf.register)
    }

    /// Ids of the registers that ever had an entry.
    pub fn registers(&self) -> impl Iterator<Item = &str> {
        self.shelves.iter().map(|shelf| shelf.register.as_str())
    }

    /// Where the book keeps a field: the slot for [`Entry::cell`]; none while no entry ever had it.
    pub fn slot(&self, register: &str, field: &str) -> Option<usize> {
        self.shelf(register)?.1.fields.iter().position(|id| id == field)
    }

    /// The slots of these fields of a register, a bit a slot, for [`Entry::changed_in`].
    pub fn slots<'f>(&self, register: &str, fields: impl Iterator<Item = &'f str>) -> u64 {
        let known = fields.filter_map(|field| self.slot(register, field));
        known.fold(0, |slots, slot| slots | entry::bit(slot))
    }

    /// The fields an entry has values in, with their ids, also those that left the definition.
    pub fn fields<'a>(&'a self, entry: &'a Entry) -> impl Iterator<Item = (&'a str, &'a Cell)> {
        let names = self.shelves.get(usize::from(entry.register)).map_or(&[][..], |shelf| &shelf.fields);
        let filled =
            |(name, cell): (&'a String, &'a Cell)| (!cell.is_empty()).then_some((name.as_str(), cell));
        names.iter().zip(entry.cells.iter()).filter_map(filled)
    }

    /// What stands in a field of an entry, in the form that travels.
    pub fn value(&self, entry: &Entry, field: &str) -> Option<Value> {
        self.cell(entry, field).value(&self.pool.texts)
    }

    /// What stands in a field of an entry.
    pub fn cell<'a>(&self, entry: &'a Entry, field: &str) -> &'a Cell {
        let slot = self.slot(self.register_id(entry.register), field);
        slot.map_or(&Cell::Empty, |slot| entry.cell(slot))
    }

    /// The serial of an entry, also of a deleted one; empty for a key never given.
    pub fn serial(&self, key: EntryKey) -> &str {
        match self.slots.get(key.0 as usize) {
            Some(Slot::Live(entry)) => self.text(entry.serial),
            Some(Slot::Gone(gone)) => self.text(gone.last.serial),
            Some(Slot::Vacant) | None => "",
        }
    }

    /// The key that the next new entry gets.
    pub fn next_key(&self) -> EntryKey {
        EntryKey(u32::try_from(self.slots.len().max(1)).unwrap_or(u32::MAX))
    }

    fn shelf(&self, register: &str) -> Option<(usize, &Shelf)> {
        self.shelves.iter().enumerate().find(|(_, shelf)| shelf.register == register)
    }
}
