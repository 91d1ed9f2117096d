//! Proving a book: the chain, the state, every evaluation and every file.

use std::collections::BTreeMap;
use std::time::Duration;

use super::codec::{Page, pages};
use super::damage::Damage;
use super::disk::RealDisk;
use super::error::StoreError;
use super::folder::Folder;
use super::journal::{Head, Position};
use super::load::{fit, known};
use super::lock::{Holder, Lock};
use super::open::boot_id;
use super::replay::replay;
use super::state::{State, Unusable};
use super::waypoint::Waypoints;
use crate::book::{Book, Cell, FileRef, Value};
use crate::definition::{Definitions, SourceFile};
use crate::scoring::Mismatch;
use crate::wording::{Message, Tell, message};

/// What proving a book came to.
#[derive(Debug)]
pub struct Report {
    /// The last sound commit.
    pub head: Head,
    /// Live entries.
    pub entries: usize,
    /// Evaluations that were worked out again.
    pub evaluations: usize,
    /// Whether the state was held against the journal.
    pub state: Compared,
    /// What does not hold.
    pub findings: Vec<Finding>,
}

/// Whether the state was held against the journal.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Compared {
    /// It was.
    Yes,
    /// There is none; the next opening makes it.
    NoState,
    /// It was not, and why.
    Not(Message),
}

/// Something that does not hold.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Finding {
    /// The journal is damaged.
    Journal(Damage),
    /// The state does not say what the journal says.
    State(Message),
    /// The state cannot be read: what the storage said.
    Unreadable(String),
    /// An evaluation does not follow from its factors.
    Evaluation {
        /// The entry's serial.
        serial: String,
        /// What is kept and what follows.
        mismatch: Mismatch,
    },
    /// A file that an entry names is not there as it was.
    File {
        /// The entry's serial.
        serial: String,
        /// The file's name.
        name: String,
        /// Where its content belongs.
        place: String,
    },
    /// The method of an evaluation is not defined any longer, so it cannot be proved.
    NoMethod {
        /// The entry's serial.
        serial: String,
        /// The method and its edition.
        method: String,
    },
}

impl Tell for Finding {
    fn message(&self) -> Message {
        match self {
            Finding::Journal(damage) => damage.message(),
            Finding::Unreadable(said) => message!("finding-unreadable", said = said.clone()),
            Finding::State(what) => message!("finding-state", what = what.clone()),
            Finding::Evaluation { serial, mismatch } => message!(
                "finding-evaluation",
                serial = serial.clone(),
                kept = mismatch.kept.clone(),
                follows = mismatch.follows.clone()
            ),
            Finding::File { serial, name, place } => {
                message!("finding-file", serial = serial.clone(), name = name.clone(), place = place.clone())
            }
            Finding::NoMethod { serial, method } => {
                message!("finding-no-method", serial = serial.clone(), method = method.clone())
            }
        }
    }
}

/// Walks the chain, replays it, holds the state against it where no other process has the book, and works out
/// every evaluation again.
pub fn verify(folder: &Folder) -> Result<Report, StoreError> {
    folder.settings()?;
    // The lock is held as long as the state is looked at.
    let (_lock, state, mut compared) = match look(folder) {
        Ok(Some((lock, state))) => (Some(lock), Some(state), Compared::Yes),
        Ok(None) => (None, None, Compared::NoState),
        Err(why) => (None, None, Compared::Not(why)),
    };
    let known = state.as_ref().map(known).unwrap_or_default();
    let (mut book, mut then, mut ways) = (Book::default(), None, Vec::new());
    // Every file that an entry ever named: the past is proved by it too.
    let mut named: BTreeMap<String, (String, String)> = BTreeMap::new();
    let waypoints = Waypoints::beside(&folder.join("journal"));
    let laid = waypoints.numbers();
    let whole = (Position::default(), Head::default());
    let replayed = replay(&folder.join("journal"), &RealDisk::default(), whole, |commit, head, _| {
        fit(&mut book, &commit)?;
        for change in &commit.changes {
            let files = change.fields.iter().filter_map(|field| match &field.to {
                Some(Value::Files(files)) => Some(files),
                _ => None,
            });
            for file in files.flatten() {
                named.insert(file.sha256.clone(), (change.serial.clone(), file.name.clone()));
            }
        }
        if commit.seq == known.seq {
            then = Some(pages(&book)).filter(|_| head.hash == known.hash);
        }
        if laid.binary_search(&commit.seq).is_ok() {
            let same = waypoints.pages(commit.seq, &head.hash).map(|(pages, _)| pages) == pages(&book);
            ways.extend(Some(message!("state-other-waypoint", seq = commit.seq)).filter(|_| !same));
        }
        Ok(())
    })?;
    let lost = || Damage::lost(&folder.join("journal"), &known, &replayed, known.seq == 0 || then.is_some());
    let damage = replayed.damage.clone().or_else(lost);
    let mut findings: Vec<Finding> = damage.map(Finding::Journal).into_iter().collect();
    match state {
        // Then the state may be the last witness of what was there: nothing says to delete it.
        Some(_) if !findings.is_empty() && then.is_none() => {
            compared = Compared::Not(message!("state-beyond-damage"));
        }
        Some(Err(unusable)) => findings.push(Finding::Unreadable(unusable.why)),
        // sled starts anew over damage of which it makes nothing: then there is nothing to hold against the journal.
        Some(Ok(state)) if state.meta().seq == 0 => compared = Compared::NoState,
        Some(Ok(state)) => findings.extend(disagreement(&state, then.flatten())),
        None => {}
    }
    findings.extend(ways.into_iter().map(Finding::State));
    let files = replayed.defined.into_iter().map(|((kind, name), text)| SourceFile { kind, name, text });
    let mut definitions = Definitions::from_files(files.collect())?;
    definitions.remember(&replayed.past);
    let evaluations = prove(&book, &definitions, &mut findings);
    findings.extend(missing_files(&book, named, folder));
    Ok(Report { head: replayed.head, entries: book.len(), evaluations, state: compared, findings })
}

/// The state to be looked at with the lock that keeps others from it, or what makes it unusable; nothing
/// where there is none.
#[expect(clippy::type_complexity, reason = "read in one place only")]
fn look(folder: &Folder) -> Result<Option<(Lock, Result<State, Unusable>)>, Message> {
    let place = folder.join("state");
    if !place.exists() {
        return Ok(None);
    }
    folder.refuse_network().map_err(|error| error.message())?;
    let since = chrono::Local::now().format("%Y-%m-%d %H:%M").to_string();
    let holder = Holder { user: "verify".to_owned(), pid: std::process::id(), since, boot: boot_id() };
    let lock = Lock::take(&folder.join("lock"), &holder, Duration::ZERO).map_err(|error| error.message())?;
    Ok(Some((lock, State::look(&place))))
}

/// Where the state differs from the pages of the book as it was at the state's last commit. What the journal has
/// beyond it the next opening adds.
fn disagreement(state: &State, pages: Option<Vec<Page>>) -> Option<Finding> {
    let (meta, pages) = (state.meta(), pages?);
    match state.check().and_then(|()| state.differing(&pages)) {
        Err(unusable) => Some(Finding::Unreadable(unusable.why)),
        Ok(differing) if differing.is_empty() && meta.count == pages.len() as u64 => None,
        Ok(differing) => Some(Finding::State(message!("state-other-pages", count = differing.len().max(1)))),
    }
}

/// Works out every evaluation again; gives how many there are.
fn prove(book: &Book, definitions: &Definitions, findings: &mut Vec<Finding>) -> usize {
    let mut evaluations = 0;
    for key in book.registers().flat_map(|register| book.entries(register)) {
        let Some(entry) = book.entry(*key) else { continue };
        for (_, cell) in book.fields(entry) {
            let Some(evaluation) = cell.evaluation() else { continue };
            let serial = book.serial(*key).to_owned();
            evaluations += 1;
            let Some(method) = definitions.methods().edition(&evaluation.method, evaluation.edition) else {
                let method = format!("{}@{}", evaluation.method, evaluation.edition);
                findings.push(Finding::NoMethod { serial, method });
                continue;
            };
            let proved = evaluation.prove(method);
            findings.extend(proved.err().map(|mismatch| Finding::Evaluation { serial, mismatch }));
        }
    }
    evaluations
}

/// Files that entries name, or once named, and that are not there as they were.
fn missing_files(
    book: &Book,
    mut named: BTreeMap<String, (String, String)>,
    folder: &Folder,
) -> Vec<Finding> {
    let mut missing = Vec::new();
    for key in book.registers().flat_map(|register| book.entries(register)) {
        let Some(entry) = book.entry(*key) else { continue };
        for (_, cell) in book.fields(entry) {
            let Cell::Files(files) = cell else { continue };
            files.iter().for_each(|file| _ = named.remove(&file.sha256));
            missing.extend(files.iter().filter(|file| !folder.holds(file)).map(|file| Finding::File {
                serial: book.serial(*key).to_owned(),
                name: file.name.clone(),
                place: format!("files/{}", file.sha256),
            }));
        }
    }
    for (sha256, (serial, name)) in named {
        let file = FileRef { name, size: 0, sha256 };
        if !folder.holds(&file) {
            let place = format!("files/{}", file.sha256);
            missing.push(Finding::File { serial, name: file.name, place });
        }
    }
    missing
}

#[cfg(test)]
mod tests {
    use super::super::state::{News, Place};
    use super::super::trial::{MARKER, origin};
    use super::*;
    use crate::book::{Edit, Proposal, Value, Way};

    fn add(folder: &Folder, title: &str) -> Book {
        let mut opened = crate::store::open(folder, &origin(), Duration::ZERO).unwrap();
        let fields = vec![("title".to_owned(), Value::Text(title.to_owned()))];
        let edits = vec![Edit::Add { register: "departments".to_owned(), fields }];
        let proposal = Proposal { way: Way::Command, why: None, edits };
        let commit = opened.book.admit(proposal, &opened.definitions, origin()).unwrap();
        opened.access.write(&commit).unwrap();
        opened.book.apply(&commit).unwrap();
        opened.access.keep(&opened.book, &commit);
        opened.book
    }

    #[test]
    fn a_state_that_says_something_else_is_found() {
        let (here, there) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
        let (here, there) = (Folder::at(here.path()), Folder::at(there.path()));
        for folder in [&here, &there] {
            folder.create(MARKER).unwrap();
        }
        assert_eq!(verify(&here).unwrap().state, Compared::NoState);
        add(&here, "甲");
        let other = add(&there, "乙");
        let report = verify(&here).unwrap();
        assert_eq!((report.state, report.findings), (Compared::Yes, vec![]));
        // Pages of another book under the head of this one: sound in themselves, and wrong.
        let mut state = State::look(&here.join("state")).unwrap();
        let meta = state.meta().clone();
        let place = Place {
            head: Head { seq: meta.seq, hash: meta.hash.clone() },
            next: Position { year: meta.year, offset: meta.offset },
            last_utc: meta.last_utc,
        };
        state.keep(&place, &News { pages: pages(&other).unwrap(), ..News::default() }).unwrap();
        state.check().unwrap();
        state.close(String::new());
        let findings = verify(&here).unwrap().findings;
        assert!(matches!(findings.as_slice(), [Finding::State(_)]), "{findings:?}");
        // A state deleted is made anew.
        std::fs::remove_dir_all(here.join("state")).unwrap();
        add(&here, "丙");
        assert_eq!(verify(&here).unwrap().findings, []);
        // The state of another book.
        std::fs::remove_dir_all(here.join("state")).unwrap();
        std::fs::rename(there.join("state"), here.join("state")).unwrap();
        let report = verify(&here).unwrap();
        assert!(matches!(report.findings.as_slice(), [Finding::Journal(_)]), "{report:?}");
        assert!(matches!(report.state, Compared::Not(_)));
    }

    #[test]
    fn a_state_that_somebody_has_is_not_compared() {
        let folder = tempfile::tempdir().unwrap();
        let folder = Folder::at(folder.path());
        folder.create(MARKER).unwrap();
        let held = crate::store::open(&folder, &origin(), Duration::ZERO).unwrap();
        let report = verify(&folder).unwrap();
        assert!(matches!(report.state, Compared::Not(_)) && report.findings.is_empty(), "{report:?}");
        drop(held);
        assert_eq!(verify(&folder).unwrap().state, Compared::Yes);
    }
}
