//! Waypoints: the book as it was after some commits, so that a past day is not read from the first commit on.
//!
//! Like the state they only make the journal quicker to read, lie in its folder (`state/past`), and are made anew with
//! it. One is a line of JSON and the pages of a book as the state has them. It counts only where its bytes are whole and
//! the journal has that commit with that hash.

use std::fs::{self, DirBuilder, File, OpenOptions};
use std::io::{self, BufRead, BufReader, Read, Write};
use std::os::unix::fs::{DirBuilderExt, OpenOptionsExt};
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

use super::codec::{self, Page, PageKey, pages, restore};
use super::journal::{Head, Position, file_name};
use crate::book::Book;

/// How many bytes the journal grows from one waypoint to the next: a second of reading is some ten times that.
pub const APART: u64 = 16 << 20;

/// The waypoints of a book.
#[derive(Debug, Clone)]
pub struct Waypoints {
    folder: PathBuf,
    /// How many bytes of the journal lie from one to the next.
    pub apart: u64,
}

/// What a waypoint says of itself.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
struct Label {
    /// The format of its pages.
    format: u8,
    /// The commit after which the book was so.
    seq: u64,
    /// The hash of that commit.
    hash: String,
    /// The latest moment of any commit until then.
    last_utc: i64,
    /// How far the journal had been read when it was reached, in bytes from the first of its first file.
    read: u64,
    /// CRC-32 of what follows this line.
    sum: u32,
}

impl Waypoints {
    /// Those of the book whose journal lies in a folder.
    pub fn beside(journal: &Path) -> Self {
        Self { folder: journal.parent().unwrap_or(journal).join("state").join("past"), apart: APART }
    }

    /// The numbers of the commits after which there is one, in their order.
    pub fn numbers(&self) -> Vec<u64> {
        let Ok(entries) = fs::read_dir(&self.folder) else { return Vec::new() };
        let number = |entry: fs::DirEntry| entry.file_name().to_str()?.strip_suffix(".pages")?.parse().ok();
        let mut numbers: Vec<u64> = entries.flatten().filter_map(number).collect();
        numbers.sort_unstable();
        numbers
    }

    /// How far the journal was read at the last one; 0 where there is none.
    fn reached(&self) -> u64 {
        let label = self.numbers().last().and_then(|last| self.open(*last));
        label.map_or(0, |(label, _)| label.read)
    }

    /// How far the journal has to be read for the next one.
    pub fn due(&self) -> u64 {
        self.reached() + self.apart
    }

    /// The pages after the commit `seq`, if they are whole and that commit has this hash.
    pub fn pages(&self, seq: u64, hash: &str) -> Option<(Vec<Page>, i64)> {
        let (label, mut behind) = self.open(seq)?;
        if label.format != codec::FORMAT || label.seq != seq || label.hash != hash {
            return None;
        }
        let mut body = Vec::new();
        behind.read_to_end(&mut body).ok().filter(|_| crc32fast::hash(&body) == label.sum)?;
        let (mut pages, mut rest) = (Vec::new(), body.as_slice());
        while let Some((key, behind)) = rest.split_first_chunk::<5>() {
            let (length, behind) = behind.split_first_chunk::<4>()?;
            let (page, left) = behind.split_at_checked(usize::try_from(u32::from_le_bytes(*length)).ok()?)?;
            pages.push((PageKey::read(*key)?, page.to_vec()));
            rest = left;
        }
        rest.is_empty().then_some((pages, label.last_utc))
    }

    /// The book after the commit `seq`, likewise.
    pub fn book(&self, seq: u64, hash: &str) -> Option<Book> {
        let (pages, last_utc) = self.pages(seq, hash)?;
        Some(restore(&pages).ok()?.finish(seq, last_utc))
    }

    /// Keeps a book as it is after the commit `head`, where the journal was read so far. Without it nothing is lost,
    /// so the disk may refuse.
    pub fn keep(&self, book: &Book, head: &Head, read: u64) {
        let Some(pages) = pages(book) else { return };
        let mut body = Vec::new();
        for (key, bytes) in pages {
            let Ok(length) = u32::try_from(bytes.len()) else { return };
            body.extend_from_slice(&key.bytes());
            body.extend_from_slice(&length.to_le_bytes());
            body.extend_from_slice(&bytes);
        }
        let label = Label {
            format: codec::FORMAT,
            seq: head.seq,
            hash: head.hash.clone(),
            last_utc: book.last_utc(),
            read,
            sum: crc32fast::hash(&body),
        };
        let place = self.place(head.seq);
        if self.write(&place, &label, &body).is_err() {
            let _ = fs::remove_file(place.with_extension("new"));
        }
    }

    fn write(&self, place: &Path, label: &Label, body: &[u8]) -> io::Result<()> {
        DirBuilder::new().recursive(true).mode(0o700).create(&self.folder)?;
        let fresh = place.with_extension("new");
        let mut file = OpenOptions::new().write(true).create(true).truncate(true).mode(0o600).open(&fresh)?;
        serde_json::to_writer(&mut file, label)?;
        file.write_all(b"\n")?;
        file.write_all(body)?;
        fs::rename(&fresh, place)
    }

    fn open(&self, seq: u64) -> Option<(Label, BufReader<File>)> {
        let mut file = BufReader::new(File::open(self.place(seq)).ok()?);
        let mut label = String::new();
        file.read_line(&mut label).ok()?;
        Some((serde_json::from_str(&label).ok()?, file))
    }

    fn place(&self, seq: u64) -> PathBuf {
        self.folder.join(format!("{seq:010}.pages"))
    }
}

/// How far a position is from the first byte of a journal.
#[derive(Debug, Default)]
pub struct Measure {
    journal: PathBuf,
    year: Option<i32>,
    before: u64,
}

impl Measure {
    /// For the journal in a folder.
    pub fn of(journal: &Path) -> Self {
        Self { journal: journal.to_owned(), year: None, before: 0 }
    }

    /// The bytes before a position, when positions come in their order.
    pub fn to(&mut self, position: Position) -> u64 {
        if self.year != Some(position.year) {
            let left = self.year.map(|year| fs::metadata(self.journal.join(file_name(year))));
            self.before += left.and_then(Result::ok).map_or(0, |file| file.len());
            self.year = Some(position.year);
        }
        self.before + position.offset
    }
}

/// The bytes of a journal in all.
pub fn length(journal: &Path) -> u64 {
    let files = fs::read_dir(journal).into_iter().flatten().flatten();
    files.filter_map(|file| Some(file.metadata().ok()?.len())).sum()
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::super::load::replay_after;
    use super::super::timeline::Timeline;
    use super::super::trial::{MARKER, origin};
    use super::super::{Finding, Folder, open, verify};
    use super::*;
    use crate::book::{Edit, Entry, EntryKey, Kept, Proposal, Value, Way};

    /// A book of some commits that add, change and delete.
    fn book(folder: &Folder) {
        folder.create(MARKER).unwrap();
        let mut opened = open(folder, &origin(), Duration::ZERO).unwrap();
        for number in 0..60_u32 {
            let (field, value) = ("title".to_owned(), Value::Text(format!("部门 {number}")));
            let edit = match number % 5 {
                3 => Edit::Set { entry: EntryKey(number / 2), fields: vec![(field, Some(value))] },
                4 => Edit::Delete { entry: EntryKey(number / 2) },
                _ => Edit::Add { register: "departments".to_owned(), fields: vec![(field, value)] },
            };
            let proposal = Proposal { way: Way::Command, why: Some("x".to_owned()), edits: vec![edit] };
            let Ok(commit) = opened.book.admit(proposal, &opened.definitions, origin()) else { continue };
            opened.access.write(&commit).unwrap();
            opened.book.apply(&commit).unwrap();
            opened.access.keep(&opened.book, &commit);
        }
    }

    /// What a book says, whatever numbers it keeps its texts by.
    fn told(book: &Book) -> Vec<String> {
        let entry = |entry: &Entry| {
            let fields =
                book.fields(entry).map(|(field, cell)| format!("{field}={:?}", cell.value(book.texts())));
            let fields: Vec<String> = fields.collect();
            format!(
                "{} {:?} {} {fields:?}",
                book.text(entry.serial),
                entry.edited.seq,
                book.text(entry.edited.by)
            )
        };
        let kept = (1..book.next_key().0).map(|key| match book.kept(EntryKey(key)).0 {
            Kept::Vacant => "none".to_owned(),
            Kept::Live(live) => entry(live),
            Kept::Gone(gone) => format!("gone {:?} {}", gone.deleted(), entry(&gone.last)),
        });
        let whole = format!("{} {} {:?}", book.seq(), book.last_utc(), book.months());
        kept.chain([whole]).collect()
    }

    #[test]
    fn a_past_is_the_same_from_a_waypoint_as_from_the_first_commit() {
        let folder = tempfile::tempdir().unwrap();
        let folder = Folder::at(folder.path());
        book(&folder);
        let journal = folder.join("journal");
        let plain = Timeline::read(&journal, u64::MAX).unwrap();
        let ways = Waypoints { apart: 3_000, ..Waypoints::beside(&journal) };
        replay_after(&journal, &Head::default(), Some(&ways)).unwrap();
        let numbers = ways.numbers();
        assert!(numbers.len() > 3 && plain.seq() > 40, "{numbers:?}");
        assert_eq!(verify(&folder).unwrap().findings, []);
        let expected = |seq| {
            let mut book = Book::default();
            plain.lead(&mut book, seq).unwrap();
            told(&book)
        };
        for seq in 0..=plain.seq() {
            // Of a timeline that was asked before, the book made then goes on.
            let timeline = Timeline::read(&journal, u64::MAX).unwrap();
            assert_eq!(told(&timeline.from_waypoint(Book::default(), seq).unwrap()), expected(seq), "{seq}");
            assert_eq!(told(&plain.book_at(seq).unwrap()), expected(seq), "{seq}");
        }
        // One that is harmed, and one of another journal, are passed by and told.
        let (first, last) = (ways.place(numbers[0]), ways.place(*numbers.last().unwrap()));
        let mut bytes = fs::read(&last).unwrap();
        *bytes.last_mut().unwrap() ^= 1;
        fs::write(&last, bytes).unwrap();
        fs::copy(ways.place(numbers[1]), &first).unwrap();
        for seq in [numbers[0], plain.seq()] {
            let timeline = Timeline::read(&journal, u64::MAX).unwrap();
            assert_eq!(told(&timeline.from_waypoint(Book::default(), seq).unwrap()), expected(seq));
        }
        let findings = verify(&folder).unwrap().findings;
        assert!(matches!(&findings[..], [Finding::State(_), Finding::State(_)]), "{findings:?}");
    }
}
