//! The book as pages of bytes: `[format][crc32 of format and payload][payload]`.
//!
//! The payload is bincode of a frozen structure. It does not describe itself and turns flipped bits into
//! other valid values, hence the checksum, the exact length, the limit, and one structure per format that
//! is never edited. What may still grow (judgements, rows, files) lies in it as JSON.
//!
//! A page holds neighbours: texts by number, entries by key. An entry holds numbers of texts, never texts.

use std::collections::BTreeSet;
use std::sync::Arc;

use bincode::config::{Configuration, Limit, LittleEndian, Varint};
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};

use crate::book::{
    Book, Cell, Date, Entry, EntryKey, Extent, Kept, Once, Pool, Restore, Stamp, TextId, Tombstone,
};
use crate::scoring::{Decimal, Evaluation};

/// The format of pages this program writes; a state of another one is made anew.
pub const FORMAT: u8 = 2;
/// The largest page: as many of the largest texts as it may hold.
const LIMIT: usize = 8 << 20;
const CONFIG: Configuration<LittleEndian, Varint, Limit<LIMIT>> =
    bincode::config::standard().with_limit::<LIMIT>();
const TEXTS: usize = 128;
const SHARED: usize = 32;
const ENTRIES: u32 = 32;

/// What pages hold, in the order in which they are read back.
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
        use Family::{Entries, Judged, Occasions, Residuals, Shape, Texts};
        let [family, number @ ..] = bytes;
        let family = [Shape, Texts, Judged, Occasions, Residuals, Entries].get(usize::from(family))?;
        Some(Self(*family, u32::from_be_bytes(number)))
    }
}

#[derive(Serialize, Deserialize)]
enum KeptV2 {
    Vacant,
    Live(EntryV2),
    Gone(GoneV2),
}

#[derive(Serialize, Deserialize)]
struct EntryV2 {
    register: u16,
    serial: u32,
    former: Vec<u32>,
    seq: u64,
    at: i64,
    by: u32,
    cells: Vec<CellV2>,
}

#[derive(Serialize, Deserialize)]
struct GoneV2 {
    register: u16,
    serial: u32,
    former: Vec<u32>,
    seq: u64,
    at: i64,
    by: u32,
}

/// Grows at the end only.
#[derive(Serialize, Deserialize)]
enum CellV2 {
    Empty,
    Text(u32),
    Number([u8; 16]),
    Date(i32, u8, u8),
    YesNo(bool),
    Choice(u32),
    Choices(Vec<u32>),
    Links(Vec<u32>),
    Evaluation { judged: u32, occasion: u32, residual: Option<u32> },
    Json(String),
}

/// Every page of a book.
pub fn pages(book: &Book) -> Option<Vec<Page>> {
    changed_pages(book, Extent::default(), (0..book.next_key().0).map(EntryKey))
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
    let numbers: BTreeSet<u32> = touched.map(|key| key.0 / ENTRIES).collect();
    for number in numbers {
        let keys = (number * ENTRIES..(number + 1) * ENTRIES).map(EntryKey);
        let kept: Option<Vec<KeptV2>> = keys.map(|key| entry(book, key)).collect();
        pages.push((PageKey(Family::Entries, number), seal(&kept?)?));
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

/// Puts what a page holds into a book that is being restored.
pub fn restore(page: PageKey, bytes: &[u8], book: &mut Restore) -> Result<(), Undecodable> {
    match page.0 {
        Family::Shape => {
            for (register, fields) in open::<Vec<(String, Vec<String>)>>(bytes)? {
                book.shelf(register, fields);
            }
        }
        Family::Texts => {
            for text in open::<Vec<&str>>(bytes)? {
                book.text(text).ok_or(Undecodable)?;
            }
        }
        Family::Judged => restore_shared(bytes, |judged| book.judged(judged))?,
        Family::Occasions => restore_shared(bytes, |occasion| book.occasion(occasion))?,
        Family::Residuals => restore_shared(bytes, |residual| book.residual(residual))?,
        Family::Entries => {
            for (kept, key) in open::<Vec<KeptV2>>(bytes)?.into_iter().zip(page.1 * ENTRIES..) {
                restore_entry(kept, EntryKey(key), book).ok_or(Undecodable)?;
            }
        }
    }
    Ok(())
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

fn entry(book: &Book, key: EntryKey) -> Option<KeptV2> {
    let (kept, former) = book.kept(key);
    let former = former.iter().copied().map(number).collect();
    Some(match kept {
        Kept::Vacant => KeptV2::Vacant,
        Kept::Live(Entry { register, serial, edited: Stamp { seq, at, by }, cells, .. }) => {
            let cells: Option<Vec<CellV2>> =
                cells.iter().map(|cell| encode_cell(cell, book.pool())).collect();
            let (serial, by, cells) = (number(*serial), number(*by), cells?);
            KeptV2::Live(EntryV2 { register: *register, serial, former, seq: *seq, at: *at, by, cells })
        }
        Kept::Gone(Tombstone { register, serial, deleted: Stamp { seq, at, by } }) => {
            let (serial, by) = (number(*serial), number(*by));
            KeptV2::Gone(GoneV2 { register: *register, serial, former, seq: *seq, at: *at, by })
        }
    })
}

fn restore_entry(kept: KeptV2, key: EntryKey, book: &mut Restore) -> Option<()> {
    match kept {
        KeptV2::Vacant => Some(()),
        KeptV2::Live(EntryV2 { register, serial, former, seq, at, by, cells }) => {
            let pool = book.pool();
            let cells: Option<Box<[Cell]>> = cells.into_iter().map(|cell| decode_cell(cell, pool)).collect();
            let (serial, by) = (text(serial, pool)?, text(by, pool)?);
            let former = texts(former, pool)?;
            let edited = Stamp { seq, at, by };
            book.entry(Entry { key, register, serial, edited, cells: cells? }, former)
        }
        KeptV2::Gone(GoneV2 { register, serial, former, seq, at, by }) => {
            let pool = book.pool();
            let (serial, by) = (text(serial, pool)?, text(by, pool)?);
            let former = texts(former, pool)?;
            book.gone(key, Tombstone { register, serial, deleted: Stamp { seq, at, by } }, former)
        }
    }
}

fn number(id: TextId) -> u32 {
    id.number()
}

fn text(number: u32, pool: &Pool) -> Option<TextId> {
    pool.texts.numbered(number)
}

fn texts<C: FromIterator<TextId>>(numbers: Vec<u32>, pool: &Pool) -> Option<C> {
    numbers.into_iter().map(|number| text(number, pool)).collect()
}

fn encode_cell(cell: &Cell, pool: &Pool) -> Option<CellV2> {
    Some(match cell {
        Cell::Empty => CellV2::Empty,
        Cell::Text(id) => CellV2::Text(number(*id)),
        Cell::Number(exact) => CellV2::Number(exact.serialize()),
        Cell::Date(date) => {
            let (year, month, day) = date.parts();
            CellV2::Date(year, month.unwrap_or(0), day.unwrap_or(0))
        }
        Cell::YesNo(yes) => CellV2::YesNo(*yes),
        Cell::Choice(id) => CellV2::Choice(number(*id)),
        Cell::Choices(ids) => CellV2::Choices(ids.iter().copied().map(number).collect()),
        Cell::Links(keys) => CellV2::Links(keys.iter().map(|key| key.0).collect()),
        Cell::Evaluation(evaluation) => CellV2::Evaluation {
            judged: pool.judged.number(&evaluation.judged)?,
            occasion: pool.occasions.number(&evaluation.occasion)?,
            residual: match &evaluation.residual {
                Some(residual) => Some(pool.residuals.number(residual)?),
                None => None,
            },
        },
        Cell::Rows(_) | Cell::Files(_) => CellV2::Json(serde_json::to_string(&cell.value(&pool.texts)).ok()?),
    })
}

fn decode_cell(cell: CellV2, pool: &Pool) -> Option<Cell> {
    Some(match cell {
        CellV2::Empty => Cell::Empty,
        CellV2::Text(number) => Cell::Text(text(number, pool)?),
        CellV2::Number(bytes) => Cell::Number(Decimal::deserialize(bytes)),
        CellV2::Date(year, month, day) => Cell::Date(Date::of_parts(year, month, day)?),
        CellV2::YesNo(yes) => Cell::YesNo(yes),
        CellV2::Choice(number) => Cell::Choice(text(number, pool)?),
        CellV2::Choices(numbers) => Cell::Choices(texts(numbers, pool)?),
        CellV2::Links(keys) => Cell::Links(keys.into_iter().map(EntryKey).collect()),
        CellV2::Evaluation { judged, occasion, residual } => Cell::Evaluation(Box::new(Evaluation {
            judged: Arc::clone(pool.judged.get(judged)?),
            occasion: Arc::clone(pool.occasions.get(occasion)?),
            residual: match residual {
                Some(residual) => Some(Arc::clone(pool.residuals.get(residual)?)),
                None => None,
            },
        })),
        CellV2::Json(json) => match serde_json::from_str(&json).ok()? {
            crate::book::Value::Rows(rows) => Cell::Rows(rows.into()),
            crate::book::Value::Files(files) => Cell::Files(files.into()),
            _ => return None,
        },
    })
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::book::{Act, Change, Commit, FieldChange, FileRef, Origin, Plain, Row, Value, Way};
    use crate::scoring::{Given, Judgement};

    fn commit(seq: u64, changes: Vec<Change>) -> Commit {
        let word = |word: &str| word.to_owned();
        let origin = Origin {
            utc: chrono::DateTime::from_timestamp(1_652_000_000, 0).unwrap(),
            offset: 28_800,
            user: word("user"),
            name: word("体系专员"),
            host: word("host"),
            program: word("0"),
        };
        let (way, definitions) = (Way::Screen, String::new());
        Commit { seq, origin, clock_went_back: false, way, why: None, definitions, changes }
    }

    fn change(entry: u32, act: Act, serial: &str, fields: Vec<(&str, Option<Value>)>) -> Change {
        let fields =
            fields.into_iter().map(|(field, to)| FieldChange { field: field.to_owned(), from: None, to });
        let (entry, register) =
            (EntryKey(entry), if entry % 5 == 3 { "drills" } else { "aspects" }.to_owned());
        Change { entry, register, serial: serial.to_owned(), act, fields: fields.collect() }
    }

    fn evaluation() -> Value {
        let methods = crate::definition::Definitions::builtin().unwrap();
        let method = methods.methods().get("lec").unwrap();
        let factors = |l: &str| {
            [("L", l), ("E", "6"), ("C", "15")]
                .map(|(id, value)| (id.to_owned(), value.parse().unwrap()))
                .into()
        };
        let (given, residual) = (Given { factors: factors("3"), direct: None }, Some(factors("0.5")));
        let on = chrono::NaiveDate::from_ymd_opt(2022, 3, 18).unwrap();
        let judgement =
            Judgement {
                by: vec!["甲".to_owned()], on, basis: "现场".to_owned(), residual, released: false
            };
        Value::Evaluation(Box::new(Evaluation::make(method, given, judgement, None).unwrap().0))
    }

    /// One value of every kind.
    fn values() -> Vec<(&'static str, Option<Value>)> {
        let text = |words: &str| words.to_owned();
        let row = Row(vec![(text("step"), Plain::Text(text("疏散")))]);
        let file = FileRef { name: text("a.pdf"), size: 7, sha256: text("00") };
        vec![
            ("aspect", Some(Value::Text(text("潜在火灾")))),
            ("amount", Some(Value::Number("0.50".parse().unwrap()))),
            ("review", Some(Value::Date("2022-03".parse().unwrap()))),
            ("met", Some(Value::YesNo(true))),
            ("condition", Some(Value::Choice(text("emergency")))),
            ("impact", Some(Value::Choices(vec![text("air"), text("land")]))),
            ("activity", Some(Value::Links(vec![EntryKey(9)]))),
            ("evaluation", Some(evaluation())),
            ("steps", Some(Value::Rows(vec![row]))),
            ("files", Some(Value::Files(vec![file]))),
        ]
    }

    fn book() -> Book {
        let mut book = Book::default();
        let changes = vec![
            change(1, Act::Add, "EA-7", values()),
            change(3, Act::Add, "ED-1", vec![("title", Some(Value::Text("演练".to_owned())))]),
            change(40, Act::Add, "EA-40", vec![("aspect", Some(Value::Text("x".to_owned())))]),
        ];
        book.apply(&commit(1, changes)).unwrap();
        let changes = vec![change(1, Act::Set, "EA-0007", vec![]), change(3, Act::Delete, "ED-1", vec![])];
        book.apply(&commit(2, changes)).unwrap();
        book
    }

    fn restored(pages: &[Page]) -> Result<Book, Undecodable> {
        let mut book = Restore::default();
        for (page, bytes) in pages {
            restore(*page, bytes, &mut book)?;
        }
        Ok(book.finish(2, 1_652_000_000))
    }

    #[test]
    fn the_bytes_of_format_2_never_change() {
        let hex = |bytes: &[u8]| bytes.iter().fold(String::new(), |hex, byte| hex + &format!("{byte:02x}"));
        let pages = pages(&book()).unwrap();
        let lines: Vec<String> =
            pages.iter().map(|(page, bytes)| format!("{page:?} {}", hex(bytes))).collect();
        insta::assert_snapshot!(lines.join("\n"));
    }

    #[test]
    fn a_book_comes_back_from_its_pages() {
        let before = book();
        let kept = pages(&before).unwrap();
        let after = restored(&kept).unwrap();
        assert_eq!(pages(&after).unwrap(), kept);
        assert_eq!(after.key_of("EA-7"), Some(EntryKey(1)), "a former serial still finds its entry");
        assert_eq!(after.serial(EntryKey(1)), "EA-0007");
        let fields = |book: &Book| -> Vec<Value> {
            book.fields(book.entry(EntryKey(1)).unwrap())
                .filter_map(|(_, cell)| cell.value(book.texts()))
                .collect()
        };
        assert_eq!(fields(&after), fields(&before));
        assert!(after.tombstone(EntryKey(3)).is_some());
        assert_eq!(after.next_key(), EntryKey(41));
    }

    #[test]
    fn no_flipped_bit_and_no_cut_goes_unseen() {
        for (page, bytes) in pages(&book()).unwrap() {
            for at in 0..bytes.len() * 8 {
                let mut flipped = bytes.clone();
                flipped[at / 8] ^= 1 << (at % 8);
                assert_eq!(check(&flipped), Err(Undecodable), "bit {at} of {page:?}");
            }
            for length in 0..bytes.len() {
                assert_eq!(check(&bytes[..length]), Err(Undecodable));
            }
        }
    }

    #[test]
    fn numbers_that_lead_nowhere_are_refused() {
        let mut pages = pages(&book()).unwrap();
        let at = pages.iter().position(|(page, _)| page.0 == Family::Texts).unwrap();
        pages.remove(at);
        assert!(restored(&pages).is_err());
    }

    proptest! {
        /// Keeping only what each commit changed gives the same pages as keeping everything at the end.
        #[test]
        fn changed_pages_are_enough(steps in proptest::collection::vec((1u32..90, 0usize..10, "[a-d]{1,2}"), 1..40)) {
            let (mut book, mut kept) = (Book::default(), std::collections::BTreeMap::new());
            for (seq, (key, field, words)) in (1..).zip(steps) {
                let before = book.extent();
                let act = if book.entry(EntryKey(key)).is_some() { Act::Set } else { Act::Add };
                let value = if field == 0 { Value::Text(words) } else { values().swap_remove(field).1.unwrap() };
                let name = values()[field].0;
                let changes = vec![change(key, act, &format!("S-{key}"), vec![(name, Some(value))])];
                book.apply(&commit(seq, changes)).unwrap();
                kept.extend(changed_pages(&book, before, [EntryKey(key)].into_iter()).unwrap());
            }
            let kept: Vec<Page> = kept.into_iter().collect();
            let whole: Vec<Page> = pages(&book).unwrap();
            for page in &kept {
                prop_assert!(whole.contains(page));
            }
            let again = restored(&kept).unwrap();
            prop_assert_eq!(pages(&again).unwrap(), whole);
        }
    }
}
