//! Making a commit true.

use super::{
    Act, Book, Cell, Commit, Deed, Entry, EntryKey, Lent, Opening, Shelf, Slot, Stamp, TextId, Tombstone,
};

/// A commit does not fit the book it is applied to; the journal or the state is damaged.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ApplyError {
    /// Its number does not follow the book's.
    #[error("commit {found} where {expected} was due")]
    Order {
        /// The number that was due.
        expected: u64,
        /// The number found.
        found: u64,
    },
    /// It changes or deletes an entry that is not there, or adds one that is.
    #[error("commit {seq} does not fit entry {entry}")]
    Entry {
        /// The commit.
        seq: u64,
        /// The entry.
        entry: EntryKey,
    },
}

impl Book {
    /// Applies the next commit. A commit that does not fit leaves the book unusable: drop it.
    pub fn apply(&mut self, commit: &Commit) -> Result<(), ApplyError> {
        let stamp = self.begin(&commit.into())?;
        commit.changes.iter().try_for_each(|change| self.go_on(change.into(), stamp))
    }

    /// Begins the next commit. Its deeds must all follow with this stamp before the book is looked at.
    pub fn begin(&mut self, commit: &Opening) -> Result<Stamp, ApplyError> {
        let expected = self.seq + 1;
        if commit.seq != expected {
            return Err(ApplyError::Order { expected, found: commit.seq });
        }
        let at = commit.utc.timestamp();
        let by = self.pool.texts.intern(&commit.name);
        self.months.take(commit);
        self.seq = commit.seq;
        self.last_utc = self.last_utc.max(at);
        Ok(Stamp { seq: commit.seq, at, by })
    }

    /// Applies what the commit that has begun did to an entry.
    pub fn go_on(&mut self, deed: Deed, stamp: Stamp) -> Result<(), ApplyError> {
        let entry = deed.entry;
        self.apply_deed(deed, stamp).ok_or(ApplyError::Entry { seq: stamp.seq, entry })
    }

    fn apply_deed(&mut self, change: Deed, stamp: Stamp) -> Option<()> {
        let key = change.entry;
        let shelf = self.shelf_at(&change.register);
        let serial = self.pool.texts.intern(&change.serial);
        let index = key.0 as usize;
        let slot = match change.act {
            Act::Add | Act::Restore => {
                let free = match self.slots.get(index) {
                    None | Some(Slot::Vacant) => change.act == Act::Add && index > 0,
                    Some(Slot::Gone(_)) => change.act == Act::Restore,
                    Some(Slot::Live(_)) => false,
                };
                let mut cells = Vec::new();
                for put in change.fields.into_iter().filter(|put| put.field != super::SERIAL) {
                    self.put(shelf, &mut cells, &put.field, put.to);
                }
                self.list(shelf, key);
                let register = u16::try_from(shelf).ok()?;
                let (earlier, cells) = (Box::default(), cells.into());
                free.then_some(Slot::Live(Entry { key, register, serial, edited: stamp, earlier, cells }))?
            }
            Act::Set => {
                let Some(Slot::Live(entry)) = self.slots.get_mut(index) else { return None };
                let serial_now = entry.serial;
                let mut entry = std::mem::replace(entry, blank(key, serial_now));
                let mut cells = std::mem::take(&mut entry.cells).into_vec();
                let mut touched = Vec::new();
                for put in change.fields.into_iter().filter(|put| put.field != super::SERIAL) {
                    touched.extend(self.put(shelf, &mut cells, &put.field, put.to));
                }
                let earlier = entry.after(touched.into_iter());
                Slot::Live(Entry { serial, edited: stamp, earlier, cells: cells.into(), ..entry })
            }
            Act::Delete => {
                let last = Entry { serial, edited: stamp, ..self.entry(key)?.clone() };
                if let Some(shelf) = self.shelves.get_mut(shelf) {
                    shelf.entries.retain(|other| *other != key);
                }
                Slot::Gone(Tombstone { last })
            }
        };
        self.remember(serial, key);
        self.set_slot(key, slot);
        Some(())
    }

    /// Puts a value into its slot, and says which that is; the register learns fields it has not met.
    fn put(
        &mut self,
        shelf: usize,
        cells: &mut Vec<Cell>,
        field: &str,
        value: Option<Lent>,
    ) -> Option<usize> {
        let fields = self.shelves.get_mut(shelf).map(|shelf| &mut shelf.fields)?;
        let slot = fields.iter().position(|id| id == field).unwrap_or_else(|| {
            fields.push(field.to_owned());
            fields.len() - 1
        });
        if cells.len() <= slot {
            cells.resize(slot + 1, Cell::Empty);
        }
        if let Some(cell) = cells.get_mut(slot) {
            *cell = value.map_or(Cell::Empty, |value| Cell::keep(value, &mut self.pool));
        }
        Some(slot)
    }

    /// Every serial an entry ever had finds it.
    pub(super) fn remember(&mut self, serial: TextId, key: EntryKey) {
        self.serials.insert(serial, key);
        let before = match self.slots.get(key.0 as usize) {
            Some(Slot::Live(entry)) => Some(entry.serial),
            Some(Slot::Gone(gone)) => Some(gone.last.serial),
            Some(Slot::Vacant) | None => None,
        };
        if let Some(before) = before.filter(|before| *before != serial && *before != TextId::NONE) {
            let former = self.former.entry(key).or_default();
            if !former.contains(&before) {
                former.push(before);
            }
        }
    }

    pub(super) fn list(&mut self, shelf: usize, key: EntryKey) {
        if let Some(shelf) = self.shelves.get_mut(shelf)
            && let Err(at) = shelf.entries.binary_search(&key)
        {
            shelf.entries.insert(at, key);
        }
    }

    pub(super) fn set_slot(&mut self, key: EntryKey, slot: Slot) {
        let index = key.0 as usize;
        if self.slots.len() <= index {
            self.slots.resize_with(index + 1, || Slot::Vacant);
        }
        if let Some(place) = self.slots.get_mut(index) {
            *place = slot;
        }
    }

    fn shelf_at(&mut self, register: &str) -> usize {
        if let Some((index, _)) = self.shelf(register) {
            return index;
        }
        self.shelves.push(Shelf { register: register.to_owned(), ..Shelf::default() });
        self.shelves.len() - 1
    }
}

/// Stands in for an entry while it is changed.
fn blank(key: EntryKey, serial: TextId) -> Entry {
    let nobody = Stamp { seq: 0, at: 0, by: TextId::NONE };
    Entry { key, register: 0, serial, edited: nobody, earlier: Box::default(), cells: Box::default() }
}
