//! The book as pages of bytes: `[format][crc32 of format and payload][payload]`.
//!
//! The payload is bincode of a frozen structure. It does not describe itself and turns flipped bits into
//! other valid values, hence the checksum, the exact length, the limit, and one structure per format that
//! is never edited. What may still grow (judgements, rows, files) lies in it as JSON.
//!
//! A page holds neighbours: texts by number, entries by key. An entry holds numbers of texts, never texts.

mod cells;

use std::collections::BTreeSet;

use bincode::config::{Configuration, Limit, LittleEndian, Varint};
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};

use self::cells::{CellV2, decode_cell, encode_cell};
use crate::book::{
    Book, Earlier, Entry, EntryKey, Extent, Kept, Month, Once, Pool, Restore, Restored, Stamp, TextId,
    Tombstone,
};

/// The format of pages this program writes; a state of another one is made anew.
pub const FORMAT: u8 = 5;
/// The largest page: as many of the largest texts as it may hold.
const LIMIT: usize = 8 << 20;
const CONFIG: Configuration<LittleEndian, Varint, Limit<LIMIT>> =
    bincode::config::standard().with_limit::<LIMIT>();
const TEXTS: usize = 128;
const SHARED: usize = 32;
const ENTRIES: u32 = 32;
/// From so many pages on it pays to share the work.
const MANY: usize = 100;

/// What pages hold, in the order in which they are read back. Numbers from 64 on are set aside for the pages of
/// past days (checkpoints); a program that does not know a number makes the state anew.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
#[repr(u8)]
pub enum Family {
    /// Registers and the fields they met: one page.
    Shape,
    /// Texts.
    Texts,
    /// Judgements.
    Judged,
    /// Occasions of evaluation.
    Occasions,
    /// Residual evaluations.
    Residuals,
    /// How much was done in which month: one page.
    Months,
    /// Entries.
    Entries,
}

/// The name of a page.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct PageKey(pub Family, pub u32);

/// A page with its bytes.
pub type Page = (PageKey, Vec<u8>);

/// Bytes that are not what this program wrote.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Undecodable;

impl PageKey {
    /// The name as five bytes, in the order of names.
    pub fn bytes(self) -> [u8; 5] {
        let [a, b, c, d] = self.1.to_be_bytes();
        [self.0 as u8, a, b, c, d]
    }

    /// The name in five bytes.
    pub fn read(bytes: [u8; 5]) -> Option<Self> {
        use Family::{Entries, Judged, Months, Occasions, Residuals, Shape, Texts};
        let [family, number @ ..] = bytes;
        let family =
            [Shape, Texts, Judged, Occasions, Residuals, Months, Entries].get(usize::from(family))?;
        Some(Self(*family, u32::from_be_bytes(number)))
    }
}

/// A page of entries: what is known of each key, and the cells of all of them, one behind the other.
#[derive(Default, Serialize, Deserialize)]
struct EntriesV5 {
    kept: Vec<KeptV5>,
    cells: Vec<CellV2>,
}

#[derive(Serialize, Deserialize)]
enum KeptV5 {
    Vacant,
    /// An entry and the number of its cells.
    Live(HeadV5, u32),
    /// The same of a deleted one.
    Gone(HeadV5, u32),
}

#[derive(Serialize, Deserialize)]
struct HeadV5 {
    register: u16,
    serial: u32,
    former: Vec<u32>,
    seq: u64,
    at: i64,
    by: u32,
    earlier: Vec<EarlierV5>,
}

/// Number, moment and author of a commit, and the slots of which it is the last change.
type EarlierV5 = (u64, i64, u32, u64);

/// The number of a month, its commits, the first and the last of them.
type MonthV3 = (i32, u64, u64, u64);

/// Every page of a book.
pub fn pages(book: &Book) -> Option<Vec<Page>> {
    changed_pages(book, Extent::default(), (1..book.next_key().0).map(EntryKey))
}

/// The pages of a book that differ from what they were when it held `before`, if only `touched` changed since;
/// nothing where one cannot be read again.
pub fn changed_pages(
    book: &Book,
    before: Extent,
    touched: impl Iterator<Item = EntryKey>,
) -> Option<Vec<Page>> {
    let (now, pool) = (book.extent(), book.pool());
    let mut pages = Vec::new();
    if now.shape != before.shape {
        let shape: Vec<_> = book.shape().collect();
        pages.push((PageKey(Family::Shape, 0), seal(&shape)?));
    }
    for number in before.texts / TEXTS..now.texts.div_ceil(TEXTS).max(before.texts / TEXTS) {
        let texts: Vec<&str> = pool.texts.from(number * TEXTS).take(TEXTS).collect();
        pages.push((key(Family::Texts, number)?, seal(&texts)?));
    }
    shared(Family::Judged, &pool.judged, before.judged, &mut pages)?;
    shared(Family::Occasions, &pool.occasions, before.occasions, &mut pages)?;
    shared(Family::Residuals, &pool.residuals, before.residuals, &mut pages)?;
    if now.commits != before.commits {
        let months = book.months().iter();
        let months: Vec<MonthV3> = months.map(|(number, m)| (number, m.commits, m.first, m.last)).collect();
        pages.push((PageKey(Family::Months, 0), seal(&months)?));
    }
    let numbers: BTreeSet<u32> = touched.map(|key| key.0 / ENTRIES).collect();
    for number in numbers {
        let mut entries = EntriesV5::default();
        for key in number * ENTRIES..(number + 1) * ENTRIES {
            entry(book, EntryKey(key), &mut entries)?;
        }
        pages.push((PageKey(Family::Entries, number), seal(&entries)?));
    }
    Some(pages)
}

fn shared<T: Serialize + Eq + std::hash::Hash>(
    family: Family,
    once: &Once<T>,
    before: usize,
    pages: &mut Vec<Page>,
) -> Option<()> {
    for number in before / SHARED..once.len().div_ceil(SHARED) {
        let items = once.from(number * SHARED).iter().take(SHARED);
        let json: Option<Vec<String>> = items.map(|item| serde_json::to_string(&**item).ok()).collect();
        pages.push((key(family, number)?, seal(&json?)?));
    }
    Some(())
}

fn key(family: Family, number: usize) -> Option<PageKey> {
    Some(PageKey(family, u32::try_from(number).ok()?))
}

fn seal(payload: &impl Serialize) -> Option<Vec<u8>> {
    let mut bytes = vec![FORMAT, 0, 0, 0, 0];
    let payload = bincode::serde::encode_to_vec(payload, CONFIG).ok()?;
    if payload.len() > LIMIT {
        return None;
    }
    bytes.extend(payload);
    let sum = checksum(bytes.get(5..)?).to_le_bytes();
    bytes.get_mut(1..5)?.copy_from_slice(&sum);
    Some(bytes)
}

fn payload(bytes: &[u8]) -> Result<&[u8], Undecodable> {
    let (format, rest) = bytes.split_first().ok_or(Undecodable)?;
    let (sum, payload) = rest.split_first_chunk::<4>().ok_or(Undecodable)?;
    if *format != FORMAT || u32::from_le_bytes(*sum) != checksum(payload) {
        return Err(Undecodable);
    }
    Ok(payload)
}

/// Whether the bytes are a page, whole and unharmed.
pub fn check(bytes: &[u8]) -> Result<(), Undecodable> {
    payload(bytes).map(|_| ())
}

fn open<'a, T: Deserialize<'a>>(bytes: &'a [u8]) -> Result<T, Undecodable> {
    let payload = payload(bytes)?;
    let (value, read) = bincode::serde::borrow_decode_from_slice(payload, CONFIG).map_err(|_| Undecodable)?;
    if read == payload.len() { Ok(value) } else { Err(Undecodable) }
}

/// The book that these pages make, in the order of their names; its last commit is still to be said.
pub fn restore(pages: &[Page]) -> Result<Restore, Undecodable> {
    let (shared, entries) = pages.split_at(pages.partition_point(|(page, _)| page.0 != Family::Entries));
    let mut book = Restore::default();
    for (page, bytes) in shared {
        match page.0 {
            Family::Shape => {
                for (register, fields) in open::<Vec<(String, Vec<String>)>>(bytes)? {
                    book.shelf(register, fields);
                }
            }
            Family::Texts => open::<Vec<&str>>(bytes)?.into_iter().for_each(|text| book.text(text)),
            Family::Judged => restore_shared(bytes, |judged| book.judged(judged))?,
            Family::Occasions => restore_shared(bytes, |occasion| book.occasion(occasion))?,
            Family::Residuals => restore_shared(bytes, |residual| book.residual(residual))?,
            Family::Months => {
                for (number, commits, first, last) in open::<Vec<MonthV3>>(bytes)? {
                    book.month(number, Month { commits, first, last });
                }
            }
            Family::Entries => return Err(Undecodable),
        }
    }
    for restored in restore_entries(entries, book.pool())? {
        book.entry(restored).ok_or(Undecodable)?;
    }
    Ok(book)
}

/// Entries in the order of their keys. Most of the work of a start is here, so every processor helps.
fn restore_entries(pages: &[Page], pool: &Pool) -> Result<Vec<Restored>, Undecodable> {
    let helpers = std::thread::available_parallelism().map_or(1, usize::from).min(4);
    let decode = |pages: &[Page]| -> Result<Vec<Restored>, Undecodable> {
        let mut entries = Vec::with_capacity(pages.len() * ENTRIES as usize);
        for (page, bytes) in pages {
            let EntriesV5 { kept, cells } = open(bytes)?;
            let mut cells = cells.into_iter();
            for (kept, key) in kept.into_iter().zip(page.1 * ENTRIES..) {
                entries.extend(restore_entry(kept, EntryKey(key), &mut cells, pool)?);
            }
            if cells.next().is_some() {
                return Err(Undecodable);
            }
        }
        Ok(entries)
    };
    if pages.len() < MANY {
        return decode(pages);
    }
    std::thread::scope(|scope| {
        let parts = pages.chunks(pages.len().div_ceil(helpers));
        let threads: Vec<_> = parts.map(|part| scope.spawn(move || decode(part))).collect();
        let mut entries = Vec::with_capacity(pages.len() * ENTRIES as usize);
        for thread in threads {
            entries.extend(thread.join().map_err(|_| Undecodable)??);
        }
        Ok(entries)
    })
}

fn restore_shared<T: DeserializeOwned>(bytes: &[u8], mut each: impl FnMut(T)) -> Result<(), Undecodable> {
    for json in open::<Vec<&str>>(bytes)? {
        each(serde_json::from_str(json).map_err(|_| Undecodable)?);
    }
    Ok(())
}

/// The checksum in the bytes, which also stands for them in the digest of the state.
pub fn stored_checksum(bytes: &[u8]) -> u32 {
    bytes.get(1..5).and_then(|sum| sum.try_into().ok()).map_or(0, u32::from_le_bytes)
}

fn checksum(payload: &[u8]) -> u32 {
    let mut crc = crc32fast::Hasher::new();
    crc.update(&[FORMAT]);
    crc.update(payload);
    crc.finalize()
}

fn entry(book: &Book, key: EntryKey, page: &mut EntriesV5) -> Option<()> {
    let (kept, former) = book.kept(key);
    let mut encode = |Entry { register, serial, edited, earlier, cells, .. }: &Entry| {
        for cell in cells {
            page.cells.push(encode_cell(cell, book.pool())?);
        }
        let head = HeadV5 {
            register: *register,
            serial: number(*serial),
            former: former.iter().copied().map(number).collect(),
            seq: edited.seq,
            at: edited.at,
            by: number(edited.by),
            earlier: earlier.iter().map(kept_earlier).collect(),
        };
        Some((head, u32::try_from(cells.len()).ok()?))
    };
    let kept = match kept {
        Kept::Vacant => KeptV5::Vacant,
        Kept::Live(entry) => encode(entry).map(|(head, count)| KeptV5::Live(head, count))?,
        Kept::Gone(Tombstone { last }) => encode(last).map(|(head, count)| KeptV5::Gone(head, count))?,
    };
    page.kept.push(kept);
    Some(())
}

fn restore_entry(
    kept: KeptV5,
    key: EntryKey,
    rest: &mut std::vec::IntoIter<CellV2>,
    pool: &Pool,
) -> Result<Option<Restored>, Undecodable> {
    let mut decode = |head: &HeadV5, count: u32| -> Result<Entry, Undecodable> {
        let count = usize::try_from(count).ok().filter(|count| *count <= rest.len()).ok_or(Undecodable)?;
        let mut cells = Vec::with_capacity(count);
        for cell in rest.take(count) {
            cells.push(decode_cell(cell, pool)?);
        }
        let edited = Stamp { seq: head.seq, at: head.at, by: text(head.by, pool)? };
        let earlier =
            head.earlier.iter().map(|kept| restore_earlier(*kept, pool)).collect::<Result<_, _>>()?;
        let (register, serial, cells) = (head.register, text(head.serial, pool)?, cells.into());
        Ok(Entry { key, register, serial, edited, earlier, cells })
    };
    Ok(match kept {
        KeptV5::Vacant => None,
        KeptV5::Live(head, count) => Some(Restored::Live(decode(&head, count)?, texts(head.former, pool)?)),
        KeptV5::Gone(head, count) => {
            let tombstone = Tombstone { last: decode(&head, count)? };
            Some(Restored::Gone(tombstone, texts(head.former, pool)?))
        }
    })
}

fn kept_earlier(Earlier { stamp, slots }: &Earlier) -> EarlierV5 {
    (stamp.seq, stamp.at, number(stamp.by), *slots)
}

fn restore_earlier((seq, at, by, slots): EarlierV5, pool: &Pool) -> Result<Earlier, Undecodable> {
    Ok(Earlier { stamp: Stamp { seq, at, by: text(by, pool)? }, slots })
}

fn number(id: TextId) -> u32 {
    id.number()
}

fn text(number: u32, pool: &Pool) -> Result<TextId, Undecodable> {
    pool.texts.numbered(number).ok_or(Undecodable)
}

fn texts<C: FromIterator<TextId>>(numbers: Vec<u32>, pool: &Pool) -> Result<C, Undecodable> {
    numbers.into_iter().map(|number| text(number, pool)).collect()
}

#[cfg(test)]
mod tests;
