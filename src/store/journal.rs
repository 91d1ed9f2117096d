//! The journal: every commit ever, one year a file.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use chrono::Datelike;

use super::chain::{self, Define, End, FORMAT, Header, Line};
use super::damage::Damage;
use super::disk::Disk;
use super::error::StoreError;
use crate::book::{Change, Commit, EntryKey};
use crate::definition::SourceKind;
use crate::wording::{Message, message};

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

/// What reading a journal came to.
#[derive(Debug, Default)]
pub struct Replayed {
    /// The last sound commit.
    pub head: Head,
    /// The definition files in force at the end.
    pub defined: BTreeMap<(SourceKind, String), String>,
    /// Texts of methods that were in force once: evaluations made by them are proved by them.
    pub past: Vec<String>,
    /// Where the journal goes on.
    pub next: Position,
    /// An unfinished last append: it was never acknowledged.
    pub torn: Option<Position>,
    /// Damage; reading stopped there.
    pub damage: Option<Damage>,
    /// A format this program does not know was met and read as far as understood.
    pub newer: Option<u32>,
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

/// Reads the journal in `folder` from `from` on, which follows `head`, and hands over each sound commit.
pub fn replay(
    folder: &Path,
    disk: &dyn Disk,
    (from, head): (Position, Head),
    mut each: impl FnMut(Commit, &Head, Position) -> Result<(), Message>,
) -> Result<Replayed, StoreError> {
    let mut years = years(folder, disk)?;
    years.retain(|year| *year >= from.year);
    let mut replayed = Replayed { head, next: from, ..Replayed::default() };
    let last = years.last().copied();
    for year in years {
        let file = folder.join(file_name(year));
        let bytes = disk.read(&file).map_err(|error| StoreError::io(&file, error))?;
        let offset = if year == from.year { from.offset } else { 0 };
        let mut reader = Reader { file: &file, year, bytes: &bytes, replayed: &mut replayed };
        reader.read(usize::try_from(offset).unwrap_or(usize::MAX), Some(year) == last, &mut each);
        if replayed.damage.is_some() || replayed.torn.is_some() {
            break;
        }
    }
    Ok(replayed)
}

struct Reader<'a> {
    file: &'a Path,
    year: i32,
    bytes: &'a [u8],
    replayed: &'a mut Replayed,
}

impl Reader<'_> {
    fn read(
        &mut self,
        from: usize,
        last: bool,
        each: &mut impl FnMut(Commit, &Head, Position) -> Result<(), Message>,
    ) {
        let mut begin = from;
        while begin < self.bytes.len() {
            let position = Position { year: self.year, offset: begin as u64 };
            match self.commit(begin) {
                Ok(Some((commit, end, defines))) => {
                    let seq = commit.seq;
                    for define in defines {
                        let key = (define.kind, define.name);
                        let left = match define.text {
                            Some(text) => self.replayed.defined.insert(key, text),
                            None => self.replayed.defined.remove(&key),
                        };
                        self.replayed.past.extend(left.filter(|_| define.kind == SourceKind::Method));
                    }
                    self.replayed.head.seq = seq;
                    if let Err(what) = each(commit, &self.replayed.head, position) {
                        return self.damaged(begin, what);
                    }
                    begin = end;
                    self.replayed.next = Position { year: self.year, offset: begin as u64 };
                }
                Ok(None) if last => {
                    self.replayed.torn = Some(position);
                    return;
                }
                Ok(None) => return self.damaged(begin, message!("journal-cut")),
                Err((at, what)) => return self.damaged(at, what),
            }
        }
    }

    /// Notes damage, where none was named already.
    fn damaged(&mut self, at: usize, what: Message) {
        let before = self.bytes.get(..at).unwrap_or(self.bytes);
        let line = Some(before.split(|byte| *byte == b'\n').count());
        self.replayed.damage.get_or_insert_with(|| Damage { line, ..Damage::of(self.file, what) });
    }

    /// The commit that begins at `begin` and where it ends; nothing where the file ends within it.
    #[expect(clippy::type_complexity, reason = "read in one place only")]
    fn commit(&mut self, begin: usize) -> Result<Option<(Commit, usize, Vec<Define>)>, (usize, Message)> {
        let mut at = begin;
        let (mut header, mut defines, mut changes): (Option<Header>, _, _) = (None, Vec::new(), Vec::new());
        loop {
            let rest = self.bytes.get(at..).unwrap_or(&[]);
            let Some(length) = rest.iter().position(|byte| *byte == b'\n') else {
                // A whole line that ends in another byte was finished once: damage, of which nothing is cut off.
                let whole =
                    rest.split_last().is_some_and(|(_, line)| serde_json::from_slice::<Line>(line).is_ok());
                return if whole { Err((at, message!("journal-wrong-hash"))) } else { Ok(None) };
            };
            let line = rest.get(..length).unwrap_or(&[]);
            let unreadable =
                |error: serde_json::Error| (at, message!("journal-not-a-line", column = error.column()));
            match (serde_json::from_slice(line).map_err(unreadable)?, &header) {
                (Line::Commit(begun), None) => {
                    self.follows(&begun, at).map_err(|what| (at, what))?;
                    header = Some(begun);
                }
                (Line::Define(define), Some(_)) => defines.push(define),
                (Line::Change(change), Some(_)) => changes.push(change),
                (Line::End(end), Some(begun)) => {
                    let exact = begun.format <= FORMAT;
                    self.ends((begin, at), &end, exact.then_some(line))?;
                    let commit = header.take().map(|header| header.commit(changes));
                    return Ok(commit.map(|commit| (commit, at + length + 1, defines)));
                }
                (Line::Commit(_), Some(_)) | (_, None) => return Err((at, message!("journal-out-of-place"))),
            }
            at += length + 1;
        }
    }

    fn follows(&mut self, header: &Header, at: usize) -> Result<(), Message> {
        if header.format > FORMAT {
            self.replayed.newer = Some(header.format);
        }
        let head = &self.replayed.head;
        let due = head.seq + 1;
        if at == 0 && header.seq > due {
            // What is missing stood in a file before, so this one is not to blame.
            let next = file_name(self.year);
            let what = message!("journal-missing-file", from = due, to = header.seq - 1, next = next);
            self.replayed.damage = Some(Damage::of(self.file.parent().unwrap_or(self.file), what));
        }
        if header.seq != due {
            return Err(message!("journal-gap", expected = due, found = header.seq));
        }
        if header.prev == head.hash { Ok(()) } else { Err(message!("journal-broken-chain")) }
    }

    /// Proves the commit in `begin..at` by its closing line, and that line, where its form is known, by the
    /// commit: no byte is free to change. What does not hold is named with the line that changed.
    fn ends(
        &mut self,
        (begin, at): (usize, usize),
        end: &End,
        closing: Option<&[u8]>,
    ) -> Result<(), (usize, Message)> {
        let raw = self.bytes.get(begin..at).unwrap_or(&[]);
        let head = &mut self.replayed.head;
        let (lines, hash) = (chain::sums(raw), chain::hash(&head.hash, raw));
        let sums = if end.sums.is_empty() { Vec::new() } else { lines.clone() };
        let due = End { seq: head.seq + 1, lines: lines.len(), hash, sums };
        if end.hash != due.hash {
            return Err(self.changed((begin, at), end, &lines));
        }
        let known = Line::End(due);
        let same = closing.is_none_or(|closing| serde_json::to_vec(&known).is_ok_and(|due| due == closing));
        match known {
            Line::End(due) if same && due == *end => head.hash = due.hash,
            _ => return Err((at, message!("journal-wrong-hash"))),
        }
        Ok(())
    }

    /// The line of a commit that is not what it was; its first one where nothing tells them apart.
    fn changed(&self, (begin, at): (usize, usize), end: &End, lines: &[u32]) -> (usize, Message) {
        if end.sums.is_empty() {
            let count = end.lines.max(1);
            return (begin, message!("journal-wrong-commit", lines = count));
        }
        let same = lines.iter().zip(&end.sums).take_while(|(line, sum)| line == sum).count();
        let raw = self.bytes.get(begin..at).unwrap_or(&[]);
        let before = raw.split_inclusive(|byte| *byte == b'\n').take(same).map(<[u8]>::len).sum::<usize>();
        (begin + before, message!("journal-wrong-hash"))
    }
}
