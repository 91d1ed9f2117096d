//! A book from its state or its journal, and the state brought up to the journal.

use std::collections::BTreeSet;
use std::path::Path;
use std::thread::JoinHandle;

use super::codec::{PageKey, pages};
use super::damage::Damage;
use super::define::Defined;
use super::disk::RealDisk;
use super::error::StoreError;
use super::folder::Folder;
use super::journal::{Head, Position};
use super::lock::Lock;
use super::open::Note;
use super::replay::{Replayed, replay};
use super::state::{News, Place, State, Unusable, move_aside};
use super::waypoint::{Measure, Waypoints};
use crate::book::{Book, Commit, EntryKey};
use crate::definition::Definitions;
use crate::wording::{Message, message};

/// The last commit that a state knows, also where it cannot be used.
pub fn known(state: &Result<State, Unusable>) -> Head {
    state.as_ref().map_or_else(|unusable| unusable.known.clone(), |state| state.meta().head())
}

/// The last commit that was confirmed, as far as the state of a book tells, and whether nobody has touched the journal
/// since; none where it tells nothing or somebody has it, who looks for himself.
pub fn witness(folder: &Folder) -> (Head, bool) {
    let place = folder.join("state");
    let Some(_peek) = Lock::peek(&folder.join("lock")).filter(|_| place.exists()) else {
        return (Head::default(), false);
    };
    let state = State::look(&place);
    let (known, untouched) =
        (known(&state), state.as_ref().is_ok_and(|state| is_untouched(state, &folder.join("journal"))));
    let _ = state.map(State::leave);
    (known, untouched)
}

/// Applies a commit to the book, or says why it does not fit.
pub fn fit(book: &mut Book, commit: &Commit) -> Result<(), Message> {
    book.apply(commit).map_err(|error| message!("store-apply", said = error.to_string()))
}

/// What loading came to.
pub struct Loaded {
    /// The state was trusted, so the journal was not read.
    pub from_state: bool,
    /// The entries.
    pub book: Book,
    /// The state, where it can be used.
    pub state: Option<State>,
    /// What reading the journal came to.
    pub replayed: Replayed,
    /// What the person should know.
    pub notes: Vec<Note>,
}

/// The organisation's definitions and the state, made ready side by side: neither needs the other.
pub fn begin(folder: &Folder, boot: &str) -> (Result<Definitions, StoreError>, Result<State, Unusable>) {
    let own = || folder.own_definitions(&Defined::new());
    std::thread::scope(|scope| {
        let reading = scope.spawn(own);
        let state = State::open(&folder.join("state"), boot);
        (reading.join().unwrap_or_else(|_| own()), state)
    })
}

/// The book from the state where it can be trusted; from the journal otherwise, whose whole chain is checked
/// then, and the state brought up to it.
pub fn load(
    folder: &Folder,
    boot: &str,
    mut state: Result<State, Unusable>,
    definitions: Option<&str>,
) -> Result<Loaded, StoreError> {
    let (place, journal) = (folder.join("state"), folder.join("journal"));
    if let Some(loaded) = from_state(&mut state, boot, &journal, definitions) {
        return Ok(loaded);
    }
    let known = known(&state);
    let waypoints = Waypoints::beside(&journal);
    let (book, replayed, later) = replay_after(&journal, &known, state.is_ok().then_some(&waypoints))?;
    let (head, next, last_utc) = (replayed.head.clone(), replayed.next, book.last_utc());
    let to = Place { head, next, last_utc };
    let mut loaded = Loaded { from_state: false, book, state: None, replayed, notes: Vec::new() };
    if loaded.replayed.damage.is_some() {
        return Ok(loaded);
    }
    let why = match &state {
        Err(unusable) => Some(unusable.why.clone()),
        Ok(state) if known.seq == 0 && to.head.seq > 0 && state.was_lost() => Some("lost".to_owned()),
        Ok(state) => state.check().err().map(|unusable| unusable.why),
    };
    let Some(why) = why else {
        loaded.state = state.ok().and_then(|state| bring_up(state, boot, &loaded.book, &to, later));
        return Ok(loaded);
    };
    drop(state);
    loaded.notes.push(Note::Rebuilt(why));
    let fresh = move_aside(&place).ok().and_then(|()| State::open(&place, boot).ok());
    let (_, _, all) = replay_after(&journal, &Head::default(), Some(&waypoints))?;
    loaded.state = fresh.and_then(|state| bring_up(state, boot, &loaded.book, &to, all));
    Ok(loaded)
}

/// The book from the state alone, only to be read: where nobody has it and the state can be trusted. With the texts of
/// methods that were in force once.
pub fn glance(folder: &Folder, definitions: &Definitions) -> Option<(Book, Vec<String>)> {
    let (place, journal) = (folder.join("state"), folder.join("journal"));
    if !place.exists() || folder.is_unsettled() {
        return None;
    }
    let peek = Lock::peek(&folder.join("lock"))?;
    let state = State::look(&place).ok()?;
    let book = is_current(&state, &journal, Some(definitions.hash())).then(|| state.load().ok()).flatten();
    let past = state.meta().past.clone();
    state.leave();
    drop(peek);
    Some((book?, past))
}

/// Whether a state was closed in order and nobody has touched the journal's files since.
fn is_untouched(state: &State, journal: &Path) -> bool {
    let meta = state.meta();
    meta.clean && meta.seq > 0 && meta.files == fingerprint(journal)
}

/// The same, and the same definitions are in force.
fn is_current(state: &State, journal: &Path, definitions: Option<&str>) -> bool {
    is_untouched(state, journal) && definitions == Some(&state.meta().definitions)
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
    let book = is_current(open, journal, definitions).then(|| open.load().ok()).flatten()?;
    let mut state = std::mem::replace(state, Err(Unusable::new("taken"))).ok()?;
    let began = state.begin(boot).is_ok();
    let (head, next) =
        (Head { seq: meta.seq, hash: meta.hash }, Position { year: meta.year, offset: meta.offset });
    let replayed = Replayed { head, next, past: meta.past, ..Replayed::default() };
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
pub struct Later {
    /// Where its commits begin.
    pub positions: Vec<(u64, Position)>,
    /// What they changed.
    pub touched: Vec<(u64, EntryKey)>,
}

/// The whole journal as a book, with what it has beyond the last commit that is known to have been in it. One that
/// does not go through that commit is damaged. Waypoints that are due are laid on the way.
pub fn replay_after(
    journal: &Path,
    known: &Head,
    lay: Option<&Waypoints>,
) -> Result<(Book, Replayed, Later), StoreError> {
    let (mut book, mut later, mut follows) = (Book::default(), Later::default(), known.seq == 0);
    let (mut way, mut next) = (Measure::of(journal), lay.map_or(u64::MAX, Waypoints::due));
    let mut writing: Option<JoinHandle<()>> = None;
    let whole = (Position::default(), Head::default());
    let mut replayed = replay(journal, &RealDisk::default(), whole, |commit, head, position| {
        if commit.seq == known.seq {
            follows = head.hash == known.hash;
        }
        if commit.seq > known.seq {
            later.positions.push((commit.seq, position));
            later.touched.extend(commit.changes.iter().map(|change| (commit.seq, change.entry)));
        }
        fit(&mut book, &commit)?;
        if let Some(waypoints) = lay {
            let read = way.to(position);
            if read >= next {
                // Written by another hand while the replay goes on; one at a time.
                writing.take().map(JoinHandle::join);
                let (waypoints, book, head) = (waypoints.clone(), book.clone(), head.clone());
                next = read + waypoints.apart;
                writing = Some(std::thread::spawn(move || waypoints.keep(&book, &head, read)));
            }
        }
        Ok(())
    })?;
    writing.map(JoinHandle::join);
    if replayed.damage.is_none() {
        replayed.damage = Damage::lost(journal, known, &replayed, follows);
    }
    Ok((book, replayed, later))
}

/// The state with everything that the journal has beyond it; none where the disk does not take it.
fn bring_up(mut state: State, boot: &str, book: &Book, to: &Place, later: Later) -> Option<State> {
    state.begin(boot).ok()?;
    if later.positions.is_empty() {
        return Some(state);
    }
    let mut pages = pages(book)?;
    let differing: BTreeSet<PageKey> = state.differing(&pages).ok()?.into_iter().collect();
    pages.retain(|(page, _)| differing.contains(page));
    let news = News { pages, positions: later.positions, touched: later.touched };
    state.catch_up(to, &news).ok()?;
    Some(state)
}
