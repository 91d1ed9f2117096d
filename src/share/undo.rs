//! Taking back one's own changes, further and further, and doing them again.
//!
//! Nothing is erased: an undo is a commit like any other and says which one it takes back. What can be
//! undone next follows from the journal alone, so it works across sessions.

use chrono::{DateTime, Utc};

use super::{Session, SessionError};
use crate::book::{Act, Book, Change, Commit, EntryKey, Proposal, SERIAL, Value, Way};
use crate::store::Past;
use crate::wording::{Message, Tell, message};

/// How many commits back an undo looks for one of one's own.
const FURTHEST: u64 = 10_000;

/// Why nothing was undone or redone.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{}", crate::wording::english(&self.message()))]
pub enum UndoError {
    /// There is no change of one's own left to take back.
    NothingToUndo,
    /// Nothing was taken back that could be done again.
    NothingToRedo,
    /// The last change put a rule in force, which only another edition takes back.
    Rule {
        /// The commit.
        seq: u64,
    },
    /// A later change touched the same place.
    InTheWay {
        /// The entry's serial.
        serial: String,
        /// The field's id, or nothing where the whole entry is meant.
        field: String,
        /// The commit that should be taken back.
        seq: u64,
        /// The later change: its commit, when, and by whom; nothing where it cannot be found.
        later: String,
    },
}

impl Tell for UndoError {
    fn message(&self) -> Message {
        match self {
            UndoError::NothingToUndo => message!("undo-nothing"),
            UndoError::NothingToRedo => message!("redo-nothing"),
            UndoError::Rule { seq } => message!("undo-rule", seq = seq.to_string()),
            UndoError::InTheWay { serial, field, seq, later } => message!(
                "undo-in-the-way",
                serial = serial.clone(),
                field = field.clone(),
                seq = seq.to_string(),
                later = later.clone()
            ),
        }
    }
}

impl Session {
    /// Takes back the last change of this user that is not taken back yet.
    pub fn undo(&mut self, now: DateTime<Utc>) -> Result<Commit, SessionError> {
        let last = self.undoable()?.ok_or(UndoError::NothingToUndo)?;
        if last.changes.is_empty() {
            return Err(UndoError::Rule { seq: last.seq }.into());
        }
        self.reverse(&last, Way::UndoOf(last.seq), now)
    }

    /// The change that [`Session::undo`] would take back.
    pub fn undoable(&self) -> Result<Option<Commit>, SessionError> {
        let mut skip = 0_u32;
        self.find_own(|commit| match commit.way {
            Way::UndoOf(_) => {
                skip += 1;
                Step::On
            }
            // The program's own commits (definitions, sample) are nobody's to take back.
            Way::Program | Way::Sample => Step::On,
            // A rule stands in the way: it is taken back by another edition of it, which somebody approves.
            _ if commit.changes.is_empty() => Step::Here,
            _ if skip > 0 => {
                skip -= 1;
                Step::On
            }
            _ => Step::Here,
        })
    }

    /// Does again what was last taken back, unless something new was done since.
    pub fn redo(&mut self, now: DateTime<Utc>) -> Result<Commit, SessionError> {
        let mut skip = 0_u32;
        let last = self.find_own(|commit| match commit.way {
            Way::RedoOf(_) => {
                skip += 1;
                Step::On
            }
            Way::UndoOf(_) if skip > 0 => {
                skip -= 1;
                Step::On
            }
            Way::UndoOf(_) => Step::Here,
            _ if commit.changes.is_empty() => Step::On,
            _ => Step::Stop,
        })?;
        let last = last.ok_or(UndoError::NothingToRedo)?;
        let way = Way::RedoOf(last.undoes().unwrap_or(last.seq));
        self.reverse(&last, way, now)
    }

    fn reverse(&mut self, commit: &Commit, way: Way, now: DateTime<Utc>) -> Result<Commit, SessionError> {
        if let Some((entry, error)) = in_the_way(self.book(), commit) {
            return Err(self.told(entry, error).into());
        }
        self.record(Proposal { way, why: None, edits: commit.inverse() }, now)
    }

    /// The same with the later change that stands in the way.
    fn told(&self, entry: EntryKey, error: UndoError) -> UndoError {
        let UndoError::InTheWay { serial, field, seq, .. } = error else { return error };
        let past = self.history(entry).unwrap_or_default();
        let touches = |past: &&Past| {
            let fields = &past.change.fields;
            past.commit.seq > seq && (field.is_empty() || fields.iter().any(|one| one.field == field))
        };
        let later = past.iter().rfind(touches).map(|past| {
            let at = past.commit.origin.local().format("%Y-%m-%d %H:%M");
            format!("#{} {at} {}", past.commit.seq, past.commit.origin.name)
        });
        UndoError::InTheWay { serial, field, seq, later: later.unwrap_or_default() }
    }

    fn find_own(&self, mut step: impl FnMut(&Commit) -> Step) -> Result<Option<Commit>, SessionError> {
        let head = self.book().seq();
        for seq in (1..=head).rev().take(usize::try_from(FURTHEST).unwrap_or(usize::MAX)) {
            let commit = self.commit_at(seq)?;
            if commit.origin.user != self.who().user {
                continue;
            }
            match step(&commit) {
                Step::On => {}
                Step::Here => return Ok(Some(commit)),
                Step::Stop => return Ok(None),
            }
        }
        Ok(None)
    }
}

enum Step {
    On,
    Here,
    Stop,
}

/// The place where the book no longer is as `commit` left it.
fn in_the_way(book: &Book, commit: &Commit) -> Option<(EntryKey, UndoError)> {
    let at = |change: &Change, field: &str| {
        let (serial, field, later) = (change.serial.clone(), field.to_owned(), String::new());
        (change.entry, UndoError::InTheWay { serial, field, seq: commit.seq, later })
    };
    commit.changes.iter().find_map(|change| {
        let entry = book.entry(change.entry);
        match (change.act, entry) {
            (Act::Delete, None) => None,
            (Act::Add | Act::Restore, Some(entry)) if entry.edited.seq == commit.seq => None,
            (Act::Set | Act::Add | Act::Restore, Some(entry)) => change.fields.iter().find_map(|field| {
                let now = match field.field.as_str() {
                    SERIAL => Some(Value::Text(book.text(entry.serial).to_owned())),
                    id => book.value(entry, id),
                };
                (now != field.to).then(|| at(change, &field.field))
            }),
            _ => Some(at(change, "")),
        }
    })
}
