//! The journal: every commit ever, one year a file.

use std::path::{Path, PathBuf};

use chrono::Datelike;

use super::chain::{self, Define, Header, Line};
use super::damage::Damage;
use super::disk::Disk;
use super::error::StoreError;
use crate::book::{Change, Commit, EntryKey};
use crate::wording::message;

/// How far the journal goes.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Head {
    /// The number of the last commit; 0 before the first.
    pub seq: u64,
    /// Its hash; empty before the first.
    pub hash: String,
}

/// Where a commit begins.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Position {
    /// The year that names the file.
    pub year: i32,
    /// Bytes from its beginning.
    pub offset: u64,
}

/// One change with the commit it was part of.
#[derive(Debug, Clone, PartialEq)]
pub struct Past {
    /// The commit, without its changes.
    pub commit: Commit,
    /// The change.
    pub change: Change,
}

/// The journal of one book.
pub struct Journal {
    folder: PathBuf,
    disk: Box<dyn Disk>,
    head: Head,
    next: Position,
    stopped: bool,
}

impl Journal {
    /// The journal in a folder, as far as `head`; what follows goes to `next`.
    pub fn new(folder: PathBuf, disk: Box<dyn Disk>, head: Head, next: Position) -> Self {
        Self { folder, disk, head, next, stopped: false }
    }

    /// The folder of its files.
    pub fn folder(&self) -> &Path {
        &self.folder
    }

    /// The last commit.
    pub fn head(&self) -> &Head {
        &self.head
    }

    /// Where the next commit goes, if the year does not change.
    pub fn next(&self) -> Position {
        self.next
    }

    /// Writes a commit and syncs it. When this returns, it lasts. Gives the place where it begins.
    pub fn append(&mut self, commit: &Commit, defines: &[Define]) -> Result<Position, StoreError> {
        if self.stopped {
            return Err(StoreError::Stopped);
        }
        let year = commit.origin.utc.year().max(self.next.year);
        let position = if year == self.next.year { self.next } else { Position { year, offset: 0 } };
        let file = self.file(year);
        let io = |error| StoreError::io(&file, error);
        let (bytes, hash) = chain::encode(commit, defines, &self.head.hash)
            .map_err(|error| io(std::io::Error::other(error)))?;
        // Somebody else cut the file, or wrote to it: nothing is put behind what this program does not know.
        self.expect(&file, position.offset)?;
        if let Err(error) = self.disk.append(&file, &bytes) {
            // What got there was never acknowledged; a journal that cannot be cut back is not written again.
            if self.disk.truncate(&file, position.offset).is_err() {
                self.stopped = true;
            }
            return Err(io(error));
        }
        let synced = self.disk.sync(&file).and_then(|()| match position.offset {
            0 => self.disk.sync_folder(&self.folder),
            _ => Ok(()),
        });
        if let Err(error) = synced {
            // After a failed sync nobody knows what is on the disk.
            self.stopped = true;
            return Err(io(error));
        }
        let end = position.offset + bytes.len() as u64;
        self.expect(&file, end)?;
        self.head = Head { seq: commit.seq, hash };
        self.next = Position { offset: end, ..position };
        Ok(position)
    }

    /// Goes on only where the file is the one that was written, and as long as it was left.
    fn expect(&mut self, file: &Path, length: u64) -> Result<(), StoreError> {
        if self.disk.is_same(file, length).map_err(|error| StoreError::io(file, error))? {
            return Ok(());
        }
        self.stopped = true;
        Err(StoreError::Replaced(file.display().to_string()))
    }

    /// Takes over what another process left: an unfinished last append is cut off, and what was read is made to
    /// last, for that process may have been killed before its sync, and from now on the commit is shown.
    pub fn take_over(&mut self, torn: Option<Position>) -> Result<(), StoreError> {
        if let Some(torn) = torn {
            let file = self.file(torn.year);
            self.disk.truncate(&file, torn.offset).map_err(|error| StoreError::io(&file, error))?;
        }
        if self.head.seq == 0 {
            return Ok(());
        }
        let file = self.file(self.next.year);
        let synced = self.disk.sync(&file).and_then(|()| self.disk.sync_folder(&self.folder));
        synced.map_err(|error| StoreError::io(&file, error))
    }

    /// The commit that begins at a position; with `only` what it did to that entry, whatever else it did.
    pub fn commit_at(&self, position: Position, only: Option<EntryKey>) -> Result<Commit, StoreError> {
        let file = self.file(position.year);
        read_commit(&file, position.offset, only)
    }

    fn file(&self, year: i32) -> PathBuf {
        self.folder.join(file_name(year))
    }
}

/// The file of a year.
pub fn file_name(year: i32) -> String {
    format!("{year:04}.jsonl")
}

/// How the line of a change begins, before the number of its entry.
const CHANGE: &[u8] = br#"{"change":{"entry":"#;

/// The commit that begins at an offset of a file; with `only` what it did to that entry.
pub fn read_commit(path: &Path, offset: u64, only: Option<EntryKey>) -> Result<Commit, StoreError> {
    let (mut header, mut changes) = (None, Vec::new());
    // An import has thousands of lines; of those that are not asked for no more is read than whose they are.
    let number = only.map(|entry| format!("{},", entry.0));
    let others = |line: &[u8]| match (line.strip_prefix(CHANGE), &number) {
        (Some(rest), Some(number)) => !rest.starts_with(number.as_bytes()),
        _ => false,
    };
    read_lines(path, offset, others, |line| match line {
        Line::Commit(begun) => header = Some(begun),
        Line::Change(change) => changes.push(change),
        Line::Define(_) | Line::End(_) => {}
    })?;
    header.map(|header: Header| header.commit(changes)).ok_or_else(|| unreadable(path))
}

/// The definition files that the commit at an offset puts in force.
pub fn read_defines(path: &Path, offset: u64) -> Result<Vec<Define>, StoreError> {
    let mut defines = Vec::new();
    let others = |line: &[u8]| line.starts_with(CHANGE);
    read_lines(path, offset, others, |line| {
        if let Line::Define(define) = line {
            defines.push(define);
        }
    })?;
    Ok(defines)
}

/// Hands over the lines of the commit at an offset, its end too, but for those that are skipped.
fn read_lines(
    path: &Path,
    offset: u64,
    skipped: impl Fn(&[u8]) -> bool,
    mut each: impl FnMut(Line),
) -> Result<(), StoreError> {
    use std::io::{BufRead, BufReader, Seek, SeekFrom};
    let io = |error| StoreError::io(path, error);
    let mut file = std::fs::File::open(path).map_err(io)?;
    file.seek(SeekFrom::Start(offset)).map_err(io)?;
    for line in BufReader::new(file).split(b'\n') {
        let line = line.map_err(io)?;
        if skipped(&line) {
            continue;
        }
        let line = serde_json::from_slice(&line).map_err(|_| unreadable(path))?;
        let end = matches!(line, Line::End(_));
        each(line);
        if end {
            return Ok(());
        }
    }
    Err(unreadable(path))
}

fn unreadable(path: &Path) -> StoreError {
    Damage::of(path, message!("journal-unreadable")).into()
}

/// The years that a journal has files of, oldest first.
pub fn years(folder: &Path, disk: &dyn Disk) -> Result<Vec<i32>, StoreError> {
    let names = disk.list(folder).map_err(|error| StoreError::io(folder, error))?;
    let mut years: Vec<i32> =
        names.iter().filter_map(|name| name.strip_suffix(".jsonl")?.parse().ok()).collect();
    years.sort_unstable();
    Ok(years)
}
