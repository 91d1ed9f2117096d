//! Reading a journal: every commit in its order, each proved by the chain, up to the first that does not hold.

use std::collections::BTreeMap;
use std::path::Path;

use super::chain::{self, Define, End, FORMAT, Header, Line};
use super::damage::Damage;
use super::disk::Disk;
use super::error::StoreError;
use super::journal::{Head, Position, file_name, years};
use crate::book::Commit;
use crate::definition::SourceKind;
use crate::wording::{Message, message};

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
