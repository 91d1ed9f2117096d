//! The journal as a line of time: the book as it was after any commit.
//!
//! A past day is read from the journal anew, by the same state machine, from the last waypoint before it on. It is
//! quick because less is done: the chain was proved when the book was opened, so no hash is worked out; of a line
//! only that is read which makes the book that is wanted, and what was written over before is passed by; and
//! lines are read on all processors, and applied in their order.

use std::collections::BTreeMap;
use std::fs::File;
use std::io::{self, Read, Seek, SeekFrom};
use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};

use chrono::{DateTime, FixedOffset, TimeDelta, TimeZone, Utc};

use super::chain::{Define, Line};
use super::damage::Damage;
use super::disk::{Disk, RealDisk};
use super::error::StoreError;
use super::hands::in_order;
use super::journal::{Past, Position, file_name, read_commit, read_defines, years};
use super::lines::{Kind, Link, Piece, goes, lines, link, moment, read_whole};
use super::loose::{loosen, settle, tighten};
use super::waypoint::Waypoints;
use crate::book::{ApplyError, Book, Commit, EntryKey, Point, Stamp};
use crate::definition::SourceKind;
use crate::wording::message;

/// From how many commits before a past the next steps back are made.
const STEPS: u64 = 200;

/// Where every commit begins and when it was made.
pub struct Timeline {
    folder: PathBuf,
    waypoints: Waypoints,
    marks: Vec<Mark>,
    /// A book made a little before the last one asked for: whoever steps back goes on from there.
    before: Mutex<Option<Book>>,
}

/// What is known of a commit without reading what it did.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Mark {
    /// Where it begins.
    pub position: Position,
    /// Where it ends in the same file.
    pub end: u64,
    /// Its moment.
    pub utc: DateTime<Utc>,
    /// Definitions changed with it.
    pub defines: bool,
}

impl Timeline {
    /// The commits of a journal up to `last`, which is the last one that was proved.
    pub fn read(folder: &Path, last: u64) -> Result<Self, StoreError> {
        let mut timeline = Self {
            folder: folder.to_owned(),
            waypoints: Waypoints::beside(folder),
            marks: Vec::new(),
            before: Mutex::default(),
        };
        let years = years(folder, &RealDisk::default())?;
        let read = |year| (year, bytes(folder, year).map(|bytes| marks(&bytes, year)));
        in_order(years, read, |(year, read)| {
            let (marks, whole) = read?;
            timeline.marks.extend(marks);
            // Behind the last one that was proved, another program may just be writing.
            if !whole && timeline.seq() < last { Err(timeline.damaged(year)) } else { Ok(()) }
        })?;
        timeline.marks.truncate(usize::try_from(last).unwrap_or(usize::MAX));
        Ok(timeline)
    }

    /// The folder of the journal.
    pub fn folder(&self) -> &Path {
        &self.folder
    }

    /// Whether the chain of hashes holds from the first commit to the last, and nothing follows it.
    pub fn is_proved(&self) -> Result<bool, StoreError> {
        let years = self.by_year((0, self.seq()));
        let proved: Result<Vec<Option<Link>>, StoreError> = std::thread::scope(|scope| {
            let hands: Vec<_> =
                years.iter().map(|(year, _)| scope.spawn(|| Ok(link(&self.bytes(*year)?)))).collect();
            let failed = || StoreError::Stopped;
            hands.into_iter().map(|hand| hand.join().map_err(|_| failed())?).collect()
        });
        let (mut head, mut seq) = (String::new(), 0);
        Ok(proved?.into_iter().all(|link| {
            let holds = link.as_ref().is_some_and(|link| link.prev == head && link.first == seq + 1);
            if let Some(link) = link {
                (head, seq) = (link.hash, link.last);
            }
            holds
        }))
    }

    /// The hash of the commit with this number, as its last line says.
    pub fn hash_of(&self, seq: u64) -> Option<String> {
        let mark = self.mark(seq)?;
        let path = self.folder.join(file_name(mark.position.year));
        let commit = section(&path, mark.position.offset, mark.end).ok()?;
        match serde_json::from_slice(lines(&commit).last()?).ok()? {
            Line::End(end) => Some(end.hash),
            Line::Commit(_) | Line::Define(_) | Line::Change(_) => None,
        }
    }

    /// The number of the last commit.
    pub fn seq(&self) -> u64 {
        self.marks.len() as u64
    }

    /// What is known of the commit with this number.
    pub fn mark(&self, seq: u64) -> Option<&Mark> {
        self.marks.get(usize::try_from(seq.checked_sub(1)?).ok()?)
    }

    /// The last commit that was made at a point or before it; 0 where none was. Where a clock once went back,
    /// the order of the commits decides.
    pub fn seq_at(&self, point: &Point, zone: FixedOffset) -> u64 {
        let until = match point {
            Point::Commit(seq) => return (*seq).min(self.seq()),
            Point::Moment(moment) => *moment,
            Point::Day(day) => {
                let end = day.succ_opt().and_then(|next| next.and_hms_opt(0, 0, 0));
                let end = end.and_then(|end| zone.from_local_datetime(&end).single());
                end.map_or(DateTime::<Utc>::MAX_UTC, |end| end.to_utc() - TimeDelta::nanoseconds(1))
            }
        };
        self.marks.iter().rposition(|mark| mark.utc <= until).map_or(0, |at| at as u64 + 1)
    }

    /// The book after the commit `seq`.
    pub fn book_at(&self, seq: u64) -> Result<Book, StoreError> {
        let mut before = self.before.lock().unwrap_or_else(PoisonError::into_inner);
        let book = before.take().filter(|book| book.seq() <= seq).unwrap_or_default();
        let first = seq.saturating_sub(STEPS).max(book.seq());
        let mut book = self.from_waypoint(book, first)?;
        *before = Some(book.clone());
        self.lead(&mut book, seq)?;
        Ok(book)
    }

    /// The book after the commit `seq`, led on from a book before it, or from a waypoint where one is nearer.
    pub fn from_waypoint(&self, book: Book, seq: u64) -> Result<Book, StoreError> {
        let mut numbers = self.waypoints.numbers();
        numbers.retain(|number| (book.seq() + 1..=seq).contains(number));
        // One that does not hold is passed by.
        let held = |number: &u64| self.waypoints.book(*number, &self.hash_of(*number)?);
        let mut book = numbers.iter().rev().find_map(held).unwrap_or(book);
        self.lead(&mut book, seq)?;
        Ok(book)
    }

    /// Leads a book on to the commit `seq`.
    pub fn lead(&self, book: &mut Book, seq: u64) -> Result<(), StoreError> {
        let damaged = |error: ApplyError| -> StoreError {
            Damage::of(&self.folder, message!("store-apply", said = error.to_string())).into()
        };
        let files = self.files((book.seq(), seq))?;
        let mut loose = Vec::new();
        in_order(
            pieces(&files),
            |(year, go)| (year, loosen(go)),
            |go| {
                loose.push(go);
                Ok(())
            },
        )?;
        settle(loose.iter_mut().map(|(_, go)| go));
        let mut open: Option<Stamp> = None;
        in_order(
            loose,
            |(year, go)| (year, tighten(go)),
            |(year, pieces)| {
                for piece in pieces.ok_or_else(|| self.damaged(year))? {
                    match piece {
                        Piece::Opening(opening) => open = Some(book.begin(&opening).map_err(damaged)?),
                        Piece::Deed(deed) => {
                            let stamp = open.ok_or_else(|| self.damaged(year))?;
                            book.go_on(deed, stamp).map_err(damaged)?;
                        }
                        Piece::Begin(_) | Piece::Change(_) | Piece::End => {}
                    }
                }
                Ok(())
            },
        )
    }

    /// Every commit after `since` up to `until`, whole and in order.
    pub fn commits(
        &self,
        (since, until): (u64, u64),
        mut each: impl FnMut(Commit),
    ) -> Result<(), StoreError> {
        let mut open: Option<Commit> = None;
        for file in self.by_year((since, until)) {
            let file = self.file(file)?;
            in_order(
                pieces([&file]),
                |(year, go)| (year, read_whole(go)),
                |(year, pieces)| {
                    for piece in pieces.ok_or_else(|| self.damaged(year))? {
                        match (piece, &mut open) {
                            (Piece::Begin(commit), _) => open = Some(*commit),
                            (Piece::Change(change), Some(open)) => open.changes.push(change),
                            (Piece::End, _) => open.take().into_iter().for_each(&mut each),
                            (Piece::Change(_), None) => return Err(self.damaged(year)),
                            (Piece::Opening(_) | Piece::Deed(_), _) => {}
                        }
                    }
                    Ok(())
                },
            )?;
        }
        Ok(())
    }

    /// The definition files in force after the commit `seq`, and the methods that were in force before.
    #[expect(clippy::type_complexity, reason = "what a replay gives too")]
    pub fn defined_at(
        &self,
        seq: u64,
    ) -> Result<(BTreeMap<(SourceKind, String), String>, Vec<String>), StoreError> {
        let (mut defined, mut past) = (BTreeMap::new(), Vec::new());
        let until = usize::try_from(seq).unwrap_or(usize::MAX);
        for mark in self.marks.iter().take(until).filter(|mark| mark.defines) {
            let path = self.folder.join(file_name(mark.position.year));
            for define in read_defines(&path, mark.position.offset)? {
                let Define { kind, name, text } = define;
                let left = match text {
                    Some(text) => defined.insert((kind, name), text),
                    None => defined.remove(&(kind, name)),
                };
                past.extend(left.filter(|_| kind == SourceKind::Method));
            }
        }
        Ok((defined, past))
    }

    /// The commit with this number, or only what it did to an entry.
    pub fn commit_at(&self, seq: u64, only: Option<EntryKey>) -> Result<Commit, StoreError> {
        let mark = self.mark(seq).ok_or(StoreError::Stopped)?;
        read_commit(&self.folder.join(file_name(mark.position.year)), mark.position.offset, only)
    }

    /// What happened to an entry up to the commit `seq`, oldest first.
    pub fn history(&self, entry: EntryKey, seq: u64) -> Result<Vec<Past>, StoreError> {
        let begins = format!("{{\"change\":{{\"entry\":{},", entry.0);
        let mut past = Vec::new();
        for (year, marks) in self.by_year((0, seq)) {
            let bytes = self.bytes(year)?;
            for (mark, number) in marks {
                let commit = part(&bytes, mark.position.offset, mark.end);
                if lines(commit).any(|line| line.starts_with(begins.as_bytes())) {
                    past.extend(super::access::past_of(self.commit_at(number, Some(entry))?, entry));
                }
            }
        }
        Ok(past)
    }

    /// The lines of the commits after `since` up to `until`, each file with its year.
    fn files(&self, range: (u64, u64)) -> Result<Vec<(i32, Vec<u8>)>, StoreError> {
        let mut files = Vec::new();
        in_order(
            self.by_year(range),
            |file| self.file(file),
            |file| {
                files.push(file?);
                Ok(())
            },
        )?;
        Ok(files)
    }

    /// The lines of these commits, with their year.
    fn file(&self, (year, marks): (i32, Vec<(Mark, u64)>)) -> Result<(i32, Vec<u8>), StoreError> {
        let ends = marks.first().zip(marks.last());
        let (from, to) = ends.map_or((0, 0), |(first, last)| (first.0.position.offset, last.0.end));
        let path = self.folder.join(file_name(year));
        Ok((year, section(&path, from, to).map_err(|error| StoreError::io(&path, error))?))
    }

    /// The commits after `since` up to `until` with their numbers, one file after the other.
    fn by_year(&self, (since, until): (u64, u64)) -> Vec<(i32, Vec<(Mark, u64)>)> {
        let index = |seq: u64| usize::try_from(seq).unwrap_or(usize::MAX);
        let wanted = self.marks.get(index(since)..index(until).min(self.marks.len())).unwrap_or(&[]);
        let mut years: Vec<(i32, Vec<(Mark, u64)>)> = Vec::new();
        for (mark, number) in wanted.iter().zip(since + 1..) {
            match years.last_mut() {
                Some((year, marks)) if *year == mark.position.year => marks.push((*mark, number)),
                _ => years.push((mark.position.year, vec![(*mark, number)])),
            }
        }
        years
    }

    fn bytes(&self, year: i32) -> Result<Vec<u8>, StoreError> {
        bytes(&self.folder, year)
    }

    fn damaged(&self, year: i32) -> StoreError {
        Damage::of(&self.folder.join(file_name(year)), message!("journal-unreadable")).into()
    }
}

/// The commits of a file up to the first that cannot be read; says whether there is none such.
fn marks(bytes: &[u8], year: i32) -> (Vec<Mark>, bool) {
    let (mut marks, mut at): (Vec<Mark>, u64) = (Vec::new(), 0);
    for line in lines(bytes) {
        match Kind::of(line) {
            Kind::Commit => {
                let Some(utc) = moment(line) else { return (marks, false) };
                marks.push(Mark { position: Position { year, offset: at }, end: at, utc, defines: false });
            }
            Kind::Define => {
                if let Some(mark) = marks.last_mut() {
                    mark.defines = true;
                }
            }
            Kind::End | Kind::Other => {}
        }
        at += line.len() as u64;
        if let Some(mark) = marks.last_mut() {
            mark.end = at;
        }
    }
    (marks, true)
}

fn bytes(folder: &Path, year: i32) -> Result<Vec<u8>, StoreError> {
    let file = folder.join(file_name(year));
    RealDisk::default().read(&file).map_err(|error| StoreError::io(&file, error))
}

/// The bytes of a file from one place to another.
fn section(path: &Path, from: u64, to: u64) -> io::Result<Vec<u8>> {
    let mut file = File::open(path)?;
    file.seek(SeekFrom::Start(from))?;
    let length = to.saturating_sub(from);
    let mut bytes = Vec::with_capacity(usize::try_from(length).unwrap_or(0));
    file.take(length).read_to_end(&mut bytes)?;
    Ok(bytes)
}

/// The parts of files, each with its year.
fn pieces<'a>(files: impl IntoIterator<Item = &'a (i32, Vec<u8>)>) -> Vec<(i32, &'a [u8])> {
    files.into_iter().flat_map(|(year, bytes)| goes(bytes).map(|go| (*year, go))).collect()
}

fn part(bytes: &[u8], from: u64, to: u64) -> &[u8] {
    let at = |offset: u64| usize::try_from(offset).unwrap_or(usize::MAX);
    bytes.get(at(from)..at(to)).unwrap_or(&[])
}
