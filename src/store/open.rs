//! Opening a book: from the state where it can be trusted, from the journal otherwise.

use std::sync::Arc;
use std::time::Duration;

use super::access::Access;
use super::damage::Damage;
use super::define::{Defined, defines, leaving};
use super::disk::RealDisk;
use super::error::StoreError;
use super::folder::{Folder, Settings};
use super::journal::{Head, Journal};
use super::load::{begin, fingerprint, glance, known, load, replay_after, witness};
use super::lock::{Holder, Lock};
use super::replay::Replayed;
use super::thread::Writer;
use super::timeline::Timeline;
use super::waypoint::{Waypoints, length};
use crate::book::{Book, Origin, Way};
use crate::definition::{Definitions, SourceFile};
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
    /// The organisation's definitions are wrong and there are no last good ones; the program's own are in force.
    NoDefinitions(Message),
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
            Note::Damaged(damage) => damage.message(),
            Note::BrokenDefinitions(problem) => {
                message!("note-broken-definitions", problem = problem.clone())
            }
            Note::NoDefinitions(problem) => message!("note-no-definitions", problem = problem.clone()),
            Note::Locked(holder) => message!("note-locked", holder = holder.message()),
            Note::Newer(format) => StoreError::Newer { format: *format }.message(),
            Note::Unwritable(why) => message!("note-unwritable", why = why.clone()),
        }
    }
}

/// Opens a book for writing; waits for another process at most `wait`. Where it cannot be written it is
/// opened for reading, and a note says why.
pub fn open(folder: &Folder, origin: &Origin, wait: Duration) -> Result<Opened, StoreError> {
    let settings = folder.settings()?;
    folder.refuse_network()?;
    let since = origin.local().format("%Y-%m-%d %H:%M").to_string();
    let holder = Holder { user: origin.user.clone(), pid: std::process::id(), since, boot: boot_id() };
    match Lock::take(&folder.join("lock"), &holder, wait) {
        Ok(lock) => writing(folder, settings, origin, &holder.boot, lock),
        Err(StoreError::Locked(holder)) => {
            let why = holder.message();
            reading(folder, settings, why, vec![Note::Locked(*holder)], &Head::default())
        }
        Err(error @ (StoreError::Full(_) | StoreError::Io { .. })) => {
            let notes = vec![Note::Unwritable(error.message())];
            reading(folder, settings, error.message(), notes, &witness(folder).0)
        }
        Err(error) => Err(error),
    }
}

/// The same of a book that nobody else has.
fn writing(
    folder: &Folder,
    settings: Settings,
    origin: &Origin,
    boot: &str,
    lock: Lock,
) -> Result<Opened, StoreError> {
    let (own, state) = begin(folder, boot);
    // A rule whose change was cut short is in force or not by what the journal says of it.
    let unsettled = folder.is_unsettled();
    let trusted = own.as_ref().ok().map(Definitions::hash).filter(|_| !unsettled);
    let known = known(&state);
    let mut loaded = load(folder, boot, state, trusted)?;
    if let Some(note) = not_to_go_on(&loaded.replayed) {
        return reading(folder, settings, note.message(), vec![note], &known);
    }
    let Replayed { head, next, torn, defined, past, .. } = loaded.replayed;
    let mut journal = Journal::new(folder.join("journal"), Box::new(RealDisk::default()), head, next);
    if !loaded.from_state {
        journal.take_over(torn)?;
        loaded.notes.extend(torn.map(|_| Note::TornCut));
    }
    let own = match folder.settle(&defined) {
        Ok(()) if unsettled => folder.own_definitions(&defined),
        Ok(()) => own,
        Err(error) => {
            let notes = vec![Note::Unwritable(error.message())];
            return reading(folder, settings, error.message(), notes, &known);
        }
    };
    let (mut definitions, note) = in_force(own, &defined)?;
    loaded.notes.extend(note);
    loaded.state.iter_mut().for_each(|state| state.remember(&past));
    definitions.remember(&past);
    definitions.remember(&leaving(&defined, definitions.sources()));
    let writer =
        Writer::start(journal, loaded.state, lock).map_err(|error| StoreError::io(folder.path(), error))?;
    let mut book = loaded.book;
    let place = folder.join("journal");
    // A replay laid on its way what was due.
    if loaded.from_state && length(&place) >= Waypoints::beside(&place).due() {
        writer.lay(book.clone());
    }
    let mut access = Access::Writing { writer, journal: place, kept: book.extent() };
    // A state that was trusted holds the same definitions: nothing is to be journalled.
    let journalled = if loaded.from_state {
        Ok(())
    } else {
        let origin = dated(origin, &settings, &book);
        journal_definitions(&mut access, &mut book, &definitions, &defined, origin)
    };
    if let Err(error) = journalled {
        // The first thing to write failed: a full or read-only disk. The book can still be read.
        drop(access);
        let notes = vec![Note::Unwritable(error.message())];
        return reading(folder, settings, error.message(), notes, &known);
    }
    Ok(Opened { book, definitions, settings, access, notes: loaded.notes })
}

/// Why a journal must not be written behind what was read of it.
fn not_to_go_on(replayed: &Replayed) -> Option<Note> {
    let damage = replayed.damage.clone().map(Note::Damaged);
    damage.or_else(|| replayed.newer.map(Note::Newer))
}

/// Opens a book for reading: from the state where nobody has the book and it can be trusted, else from the
/// journal, for which no lock is needed.
pub fn read(folder: &Folder) -> Result<Opened, StoreError> {
    let settings = folder.settings()?;
    if let Ok(mut definitions) = folder.own_definitions(&Defined::new())
        && let Some((book, past)) = glance(folder, &definitions)
    {
        definitions.remember(&past);
        let journal = folder.join("journal");
        let (why, looks) = (message!("store-reading"), fingerprint(&journal));
        let access = Access::Reading { journal, why, looks, taken: false };
        return Ok(Opened { book, definitions, settings, access, notes: Vec::new() });
    }
    reading(folder, settings, message!("store-reading"), Vec::new(), &witness(folder).0)
}

/// The way to the past of a book, with no entries as yet: quicker than [`read`], since only the chain is
/// proved. None where it does not hold; then [`read`] says what is wrong.
pub fn look_back(folder: &Folder) -> Result<Option<Opened>, StoreError> {
    let settings = folder.settings()?;
    let (known, untouched) = witness(folder);
    let last = if untouched { known.seq } else { u64::MAX };
    let Ok(timeline) = Timeline::read(&folder.join("journal"), last) else { return Ok(None) };
    let follows = known.seq == 0 || timeline.hash_of(known.seq).is_some_and(|hash| hash == known.hash);
    // A journal that nobody touched was proved when it was written.
    if !follows || !(untouched || timeline.is_proved()?) {
        return Ok(None);
    }
    let (defined, past) = timeline.defined_at(timeline.seq())?;
    let (definitions, note) = in_force_with(folder, &defined, &past)?;
    let seq = timeline.seq();
    let access = Access::Past { timeline: Arc::new(timeline), seq, why: message!("store-reading") };
    let book = Book::default();
    Ok(Some(Opened { book, definitions, settings, access, notes: note.into_iter().collect() }))
}

fn reading(
    folder: &Folder,
    settings: Settings,
    why: Message,
    mut notes: Vec<Note>,
    known: &Head,
) -> Result<Opened, StoreError> {
    let journal = folder.join("journal");
    let looks = fingerprint(&journal);
    let (book, replayed, _) = replay_after(&journal, known, None)?;
    if let Some(damage) = &replayed.damage
        && !notes.iter().any(|note| matches!(note, Note::Damaged(_)))
    {
        notes.push(Note::Damaged(damage.clone()));
    }
    if let Some(format) = replayed.newer
        && !notes.iter().any(|note| matches!(note, Note::Newer(_)))
    {
        notes.push(Note::Newer(format));
    }
    let (definitions, note) = defined_by(folder, &replayed)?;
    notes.extend(note);
    let taken = notes.iter().any(|note| matches!(note, Note::Locked(_)));
    let access = Access::Reading { journal, why, looks, taken };
    Ok(Opened { book, definitions, settings, access, notes })
}

/// The definitions that a journal and the folder beside it have in force, with what was in force once.
pub fn defined_by(folder: &Folder, replayed: &Replayed) -> Result<(Definitions, Option<Note>), StoreError> {
    in_force_with(folder, &replayed.defined, &replayed.past)
}

fn in_force_with(
    folder: &Folder,
    defined: &Defined,
    past: &[String],
) -> Result<(Definitions, Option<Note>), StoreError> {
    let (mut definitions, note) = in_force(folder.own_definitions(defined), defined)?;
    definitions.remember(past);
    definitions.remember(&leaving(defined, definitions.sources()));
    Ok((definitions, note))
}

/// The definitions in force: the program's with the organisation's own over them; the last journalled ones
/// where those are wrong; the program's alone where this program cannot read the last ones either.
fn in_force(
    own: Result<Definitions, StoreError>,
    defined: &Defined,
) -> Result<(Definitions, Option<Note>), StoreError> {
    match own {
        Ok(definitions) => Ok((definitions, None)),
        Err(problem) => {
            let problem = problem.message();
            let last = defined.iter().map(|((kind, name), text)| SourceFile {
                kind: *kind,
                name: name.clone(),
                text: text.clone(),
            });
            let last: Vec<SourceFile> = last.collect();
            let last = (!last.is_empty()).then(|| Definitions::from_files(last)).and_then(Result::ok);
            match last {
                Some(definitions) => Ok((definitions, Some(Note::BrokenDefinitions(problem)))),
                None => Ok((Definitions::builtin()?, Some(Note::NoDefinitions(problem)))),
            }
        }
    }
}

/// Journals the definitions that changed since they were last journalled, so that a past day is seen with
/// the words and rules of that day.
fn journal_definitions(
    access: &mut Access,
    book: &mut Book,
    definitions: &Definitions,
    defined: &Defined,
    origin: Origin,
) -> Result<(), StoreError> {
    if defines(defined, definitions.sources()).is_empty() {
        access.settle(book, definitions.hash());
        return Ok(());
    }
    access.define(book, (defined, definitions), origin, (Way::Program, None)).map(|_| ())
}

/// Where the book's date is fixed, what the program journals is of that day too; but a book that is begun before it,
/// as the sample is, begins then.
fn dated(origin: &Origin, settings: &Settings, book: &Book) -> Origin {
    let begins = |day| book.seq() == 0 && origin.local().date_naive() < day;
    match settings.today {
        Some(day) if !begins(day) => origin.clone().on(day, book.last_utc()),
        _ => origin.clone(),
    }
}

/// The name of this start of the machine.
pub fn boot_id() -> String {
    std::fs::read_to_string("/proc/sys/kernel/random/boot_id")
        .map(|id| id.trim().to_owned())
        .unwrap_or_default()
}
