//! Opening a book: from the state where it can be trusted, from the journal otherwise.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use std::time::Duration;

use super::chain::Define;
use super::disk::RealDisk;
use super::error::StoreError;
use super::folder::{Folder, Settings};
use super::journal::{Damage, Head, Journal, Past, Position, Replayed, replay};
use super::lock::{Holder, Lock};
use super::state::{Changed, Meta, State, Unusable, move_aside};
use super::thread::Writer;
use crate::book::{Book, Commit, EntryKey, Origin, Way};
use crate::definition::{Definitions, SourceFile, SourceKind};
use crate::source::Problem;
use crate::wording::{Message, Tell, message};

/// An opened book.
pub struct Opened {
    /// The entries.
    pub book: Book,
    /// The definitions in force.
    pub definitions: Definitions,
    /// What the book says of its organisation.
    pub settings: Settings,
    /// The way to the store.
    pub access: Access,
    /// What the person should know.
    pub notes: Vec<Note>,
}

/// Something that happened while a book was opened.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Note {
    /// An unfinished last append was cut off; it was never acknowledged.
    TornCut,
    /// The state was made anew from the journal.
    Rebuilt(String),
    /// The journal is damaged; the book can be read up to there.
    Damaged(Damage),
    /// The organisation's definitions are wrong; the last good ones are in force.
    BrokenDefinitions(Message),
    /// Another process has the book.
    Locked(Holder),
    /// The journal holds a newer format.
    Newer(u32),
    /// The disk does not take anything; the book can be read.
    Unwritable(Message),
}

impl Tell for Note {
    fn message(&self) -> Message {
        match self {
            Note::TornCut => message!("note-torn-cut"),
            Note::Rebuilt(why) => message!("note-rebuilt", why = why.clone()),
            Note::Damaged(damage) => StoreError::Damaged {
                file: damage.file.clone(),
                line: damage.line,
                what: damage.what.clone(),
            }
            .message(),
            Note::BrokenDefinitions(problem) => {
                message!("note-broken-definitions", problem = problem.clone())
            }
            Note::Locked(holder) => message!("note-locked", holder = holder.message()),
            Note::Newer(format) => StoreError::Newer { format: *format }.message(),
            Note::Unwritable(why) => message!("note-unwritable", why = why.clone()),
        }
    }
}

/// The way to the store.
pub enum Access {
    /// Reading and writing.
    Writing {
        /// The storage thread.
        writer: Writer,
        /// The journal's folder.
        journal: std::path::PathBuf,
    },
    /// Reading from the journal only.
    Reading {
        /// The journal's folder.
        journal: std::path::PathBuf,
        /// Why nothing can be written.
        why: Message,
    },
}

impl Access {
    /// Why nothing can be written, where that is so.
    pub fn read_only(&self) -> Option<&Message> {
        match self {
            Access::Writing { .. } => None,
            Access::Reading { why, .. } => Some(why),
        }
    }

    /// Writes a commit; when this returns, it lasts.
    pub fn write(&self, commit: &Commit) -> Result<(), StoreError> {
        match self {
            Access::Writing { writer, .. } => writer.append(commit, Vec::new()).map(|_| ()),
            Access::Reading { why, .. } => Err(StoreError::ReadOnly(why.clone())),
        }
    }

    /// Hands what a written commit changed to the state.
    pub fn keep(&self, book: &Book, commit: &Commit) {
        if let Access::Writing { writer, .. } = self {
            writer.keep(changed(book, commit), book.last_utc(), &commit.definitions);
        }
    }

    /// What happened to an entry, oldest first.
    pub fn history(&self, entry: EntryKey) -> Result<Vec<Past>, StoreError> {
        if let Access::Writing { writer, .. } = self
            && let Ok(past) = writer.history(entry)
        {
            return Ok(past);
        }
        let mut past = Vec::new();
        self.each(|commit| past.extend(past_of(commit, entry)))?;
        Ok(past)
    }

    /// The commit with this number.
    pub fn commit_at(&self, seq: u64) -> Result<Commit, StoreError> {
        if let Access::Writing { writer, .. } = self
            && let Ok(commit) = writer.commit_at(seq)
        {
            return Ok(commit);
        }
        let mut found = None;
        self.each(|commit| {
            if commit.seq == seq {
                found = Some(commit);
            }
        })?;
        found.ok_or(StoreError::Stopped)
    }

    fn each(&self, mut each: impl FnMut(Commit)) -> Result<(), StoreError> {
        let (Access::Reading { journal, .. } | Access::Writing { journal, .. }) = self;
        let whole = (Position::default(), Head::default());
        replay(journal, &RealDisk::default(), whole, |commit, _, _| {
            each(commit);
            Ok(())
        })?;
        Ok(())
    }
}

/// The change of one entry in a commit, with the commit around it.
pub fn past_of(mut commit: Commit, entry: EntryKey) -> Option<Past> {
    let at = commit.changes.iter().position(|change| change.entry == entry)?;
    let change = commit.changes.swap_remove(at);
    commit.changes.clear();
    Some(Past { commit, change })
}

fn changed(book: &Book, commit: &Commit) -> Vec<(u64, Changed)> {
    let keys: BTreeSet<EntryKey> = commit.changes.iter().map(|change| change.entry).collect();
    let kept = |key| book.kept(key).map(|(register, kept)| (commit.seq, (key, register, kept)));
    keys.into_iter().filter_map(kept).collect()
}

/// Opens a book for writing; waits for another process at most `wait`. Where it cannot be written it is
/// opened for reading, and a note says why.
pub fn open(folder: &Folder, origin: &Origin, wait: Duration) -> Result<Opened, StoreError> {
    let settings = folder.settings()?;
    folder.refuse_network()?;
    let since = origin.local().format("%Y-%m-%d %H:%M").to_string();
    let holder = Holder { user: origin.user.clone(), pid: std::process::id(), since, boot: boot_id() };
    let lock = match Lock::take(&folder.join("lock"), &holder, wait) {
        Ok(lock) => lock,
        Err(StoreError::Locked(holder)) => {
            let why = holder.message();
            return reading(folder, settings, why, vec![Note::Locked(*holder)]);
        }
        Err(error @ (StoreError::Full(_) | StoreError::Io { .. })) => {
            return reading(folder, settings, error.message(), vec![Note::Unwritable(error.message())]);
        }
        Err(error) => return Err(error),
    };
    let own = Definitions::assemble(folder.definitions()?);
    let mut loaded = load(folder, &holder.boot, own.as_ref().ok().map(Definitions::hash))?;
    if let Some(damage) = loaded.replayed.damage.take() {
        let note = Note::Damaged(damage);
        return reading(folder, settings, note.message(), vec![note]);
    }
    if let Some(format) = loaded.replayed.newer {
        let note = Note::Newer(format);
        return reading(folder, settings, note.message(), vec![note]);
    }
    let Replayed { head, next, torn, defined, .. } = loaded.replayed;
    let mut journal = Journal::new(folder.join("journal"), Box::new(RealDisk::default()), head, next);
    if let Some(torn) = torn {
        journal.cut(torn)?;
        loaded.notes.push(Note::TornCut);
    }
    let (definitions, note) = in_force(own, &defined)?;
    loaded.notes.extend(note);
    let writer =
        Writer::start(journal, loaded.state, lock).map_err(|error| StoreError::io(folder.path(), error))?;
    let mut book = loaded.book;
    // A state that was trusted holds the same definitions: nothing is to be journalled.
    let journalled = if loaded.from_state {
        Ok(())
    } else {
        journal_definitions(&writer, &mut book, &definitions, &defined, origin)
    };
    if let Err(error) = journalled {
        // The first thing to write failed: a full or read-only disk. The book can still be read.
        drop(writer);
        return reading(folder, settings, error.message(), vec![Note::Unwritable(error.message())]);
    }
    Ok(Opened {
        book,
        definitions,
        settings,
        access: Access::Writing { writer, journal: folder.join("journal") },
        notes: loaded.notes,
    })
}

/// Opens a book for reading: from the journal, without any lock.
pub fn read(folder: &Folder) -> Result<Opened, StoreError> {
    let settings = folder.settings()?;
    reading(folder, settings, message!("store-reading"), Vec::new())
}

fn reading(
    folder: &Folder,
    settings: Settings,
    why: Message,
    mut notes: Vec<Note>,
) -> Result<Opened, StoreError> {
    let journal = folder.join("journal");
    let (book, replayed) = replay_all(&journal)?;
    if let Some(damage) = &replayed.damage
        && !notes.iter().any(|note| matches!(note, Note::Damaged(_)))
    {
        notes.push(Note::Damaged(damage.clone()));
    }
    let (definitions, note) = in_force(Definitions::assemble(folder.definitions()?), &replayed.defined)?;
    notes.extend(note);
    Ok(Opened { book, definitions, settings, access: Access::Reading { journal, why }, notes })
}

/// The whole journal as a book.
pub fn replay_all(journal: &Path) -> Result<(Book, Replayed), StoreError> {
    let mut book = Book::default();
    let whole = (Position::default(), Head::default());
    let replayed = replay(journal, &RealDisk::default(), whole, |commit, _, _| fit(&mut book, &commit))?;
    Ok((book, replayed))
}

fn fit(book: &mut Book, commit: &Commit) -> Result<(), Message> {
    book.apply(commit).map_err(|error| message!("store-apply", said = error.to_string()))
}

struct Loaded {
    /// The state was trusted, so the journal was not read.
    from_state: bool,
    book: Book,
    state: Option<State>,
    replayed: Replayed,
    notes: Vec<Note>,
}

/// The book from the journal, whose whole chain is checked, and the state brought up to it.
fn load(folder: &Folder, boot: &str, definitions: Option<&str>) -> Result<Loaded, StoreError> {
    let (place, journal) = (folder.join("state"), folder.join("journal"));
    let mut state = State::open(&place, boot);
    if let Some(loaded) = from_state(&mut state, boot, &journal, definitions) {
        return Ok(loaded);
    }
    let known = state.as_ref().map(|state| state.meta().clone()).unwrap_or_default();
    let (book, replayed, later) = replay_after(&journal, &known)?;
    if replayed.damage.is_some() {
        return Ok(Loaded { from_state: false, book, state: None, replayed, notes: Vec::new() });
    }
    let why = match &state {
        Err(unusable) => Some(unusable.0.clone()),
        Ok(state) if !later.follows => Some(format!("commit {} is not in the journal", state.meta().seq)),
        Ok(state) if known.seq == 0 && replayed.head.seq > 0 && state.was_lost() => Some("lost".to_owned()),
        Ok(state) => state.check().err().map(|unusable| unusable.0),
    };
    let Some(why) = why else {
        let state = state.ok().and_then(|state| bring_up(state, boot, &book, &replayed, &later));
        return Ok(Loaded { from_state: false, book, state, replayed, notes: Vec::new() });
    };
    drop(state);
    let notes = vec![Note::Rebuilt(why)];
    let fresh = move_aside(&place).ok().and_then(|()| State::open(&place, boot).ok());
    let (_, _, all) = replay_after(&journal, &Meta::default())?;
    let state = fresh.and_then(|state| bring_up(state, boot, &book, &replayed, &all));
    Ok(Loaded { from_state: false, book, state, replayed, notes })
}

/// The book from the state alone, where it was closed in order, nobody has touched the journal's files since,
/// and the same definitions are in force. What such a look cannot see, `verify` finds.
fn from_state(
    state: &mut Result<State, Unusable>,
    boot: &str,
    journal: &Path,
    definitions: Option<&str>,
) -> Option<Loaded> {
    let open = state.as_ref().ok()?;
    let meta = open.meta().clone();
    let same = meta.clean
        && meta.seq > 0
        && meta.files == fingerprint(journal)
        && definitions == Some(&meta.definitions);
    let book = same.then(|| open.load().ok()).flatten()?;
    let mut state = std::mem::replace(state, Err(Unusable("taken".to_owned()))).ok()?;
    let began = state.begin(boot).is_ok();
    let (head, next) =
        (Head { seq: meta.seq, hash: meta.hash }, Position { year: meta.year, offset: meta.offset });
    let replayed = Replayed { head, next, ..Replayed::default() };
    Some(Loaded { from_state: true, book, state: began.then_some(state), replayed, notes: Vec::new() })
}

/// What the files of a journal look like: names, sizes, times and inodes.
pub fn fingerprint(journal: &Path) -> String {
    use std::os::unix::fs::MetadataExt;
    let Ok(entries) = std::fs::read_dir(journal) else { return String::new() };
    let look = |entry: std::fs::DirEntry| {
        let meta = entry.metadata().ok()?;
        let name = entry.file_name().to_string_lossy().into_owned();
        Some(format!("{name} {} {}.{} {}", meta.len(), meta.mtime(), meta.mtime_nsec(), meta.ino()))
    };
    let mut files: Vec<String> = entries.flatten().filter_map(look).collect();
    files.sort();
    files.join("\n")
}

/// What the journal has beyond the state.
#[derive(Default)]
struct Later {
    /// Where its commits begin.
    positions: Vec<(u64, Position)>,
    /// What they changed.
    touched: Vec<(u64, EntryKey)>,
    /// The state's last commit is one of this journal.
    follows: bool,
}

fn replay_after(journal: &Path, known: &Meta) -> Result<(Book, Replayed, Later), StoreError> {
    let (mut book, mut later) = (Book::default(), Later { follows: known.seq == 0, ..Later::default() });
    let whole = (Position::default(), Head::default());
    let replayed = replay(journal, &RealDisk::default(), whole, |commit, head, position| {
        if commit.seq == known.seq {
            later.follows = head.hash == known.hash;
        }
        if commit.seq > known.seq {
            later.positions.push((commit.seq, position));
            later.touched.extend(commit.changes.iter().map(|change| (commit.seq, change.entry)));
        }
        fit(&mut book, &commit)
    })?;
    Ok((book, replayed, later))
}

/// The state with everything that the journal has beyond it; none where the disk does not take it.
fn bring_up(mut state: State, boot: &str, book: &Book, replayed: &Replayed, later: &Later) -> Option<State> {
    state.begin(boot).ok()?;
    let head = (&replayed.head, replayed.next, book.last_utc());
    state.catch_up(head, &later.positions, &later.touched, book).ok()?;
    Some(state)
}

/// The definitions in force: the program's with the organisation's own over them; the last journalled ones
/// where those are wrong.
fn in_force(
    own: Result<Definitions, Problem>,
    defined: &BTreeMap<(SourceKind, String), String>,
) -> Result<(Definitions, Option<Note>), StoreError> {
    match own {
        Ok(definitions) => Ok((definitions, None)),
        Err(problem) => {
            let note = Note::BrokenDefinitions(problem.message());
            let last = defined.iter().map(|((kind, name), text)| SourceFile {
                kind: *kind,
                name: name.clone(),
                text: text.clone(),
            });
            let last: Vec<SourceFile> = last.collect();
            let definitions =
                if last.is_empty() { Definitions::builtin()? } else { Definitions::from_files(last)? };
            Ok((definitions, Some(note)))
        }
    }
}

/// Journals the definitions that changed since they were last journalled, so that a past day is seen with
/// the words and rules of that day.
fn journal_definitions(
    writer: &Writer,
    book: &mut Book,
    definitions: &Definitions,
    defined: &BTreeMap<(SourceKind, String), String>,
    origin: &Origin,
) -> Result<(), StoreError> {
    let now: BTreeMap<(SourceKind, String), &str> = definitions
        .sources()
        .iter()
        .map(|file| ((file.kind, file.name.clone()), file.text.as_str()))
        .collect();
    let mut defines: Vec<Define> = now
        .iter()
        .filter(|(key, text)| defined.get(*key).map(String::as_str) != Some(**text))
        .map(|((kind, name), text)| Define {
            kind: *kind,
            name: name.clone(),
            text: Some((*text).to_owned()),
        })
        .collect();
    let gone = defined.keys().filter(|key| !now.contains_key(key));
    defines.extend(gone.map(|(kind, name)| Define { kind: *kind, name: name.clone(), text: None }));
    if defines.is_empty() {
        return Ok(());
    }
    // A sample's past comes after this; the definitions must not stand in its way in time.
    let commit = Commit {
        seq: book.seq() + 1,
        clock_went_back: origin.utc.timestamp() < book.last_utc(),
        origin: origin.clone(),
        way: Way::Program,
        why: None,
        definitions: definitions.hash().to_owned(),
        changes: Vec::new(),
    };
    writer.append(&commit, defines)?;
    book.apply(&commit)?;
    writer.keep(Vec::new(), book.last_utc(), definitions.hash());
    Ok(())
}

fn boot_id() -> String {
    std::fs::read_to_string("/proc/sys/kernel/random/boot_id")
        .map(|id| id.trim().to_owned())
        .unwrap_or_default()
}
