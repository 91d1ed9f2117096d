//! What is wrong with a journal: where, and how to mend it.

use std::path::Path;

use super::error::StoreError;
use super::journal::{Head, file_name};
use super::replay::Replayed;
use crate::wording::{Message, Tell, message};

/// What is wrong in a journal, and where. What comes before it is sound.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Damage {
    /// The file, or the folder where a file of it is missing.
    pub file: String,
    /// The line, from 1; none where what is wrong is that something is missing.
    pub line: Option<usize>,
    /// What is wrong; where no line is named, with the mend.
    pub what: Message,
}

impl Damage {
    /// Damage that no line shows.
    pub fn of(path: &Path, what: Message) -> Self {
        Self { file: path.display().to_string(), line: None, what }
    }

    /// A journal that lost what was confirmed: the state knows a commit of it, `known`, that the journal does not
    /// have, or has otherwise. A commit reaches the state only after it was synced to the journal, so what the state
    /// knows was confirmed to somebody. None where the journal goes through that commit (`follows`).
    pub fn lost(journal: &Path, known: &Head, replayed: &Replayed, follows: bool) -> Option<Self> {
        if follows {
            return None;
        }
        let (last, known) = (replayed.head.seq, known.seq);
        let what = if last < known {
            message!("journal-lost-end", last = last, known = known)
        } else {
            message!("journal-other-commit", known = known)
        };
        let file = journal.join(file_name(replayed.next.year));
        Some(Self::of(if last == 0 { journal } else { &file }, what))
    }
}

impl Damage {
    /// The file and the line, in short.
    pub fn place(&self) -> String {
        self.line.map_or_else(|| self.file.clone(), |line| format!("{}:{line}", self.file))
    }
}

impl Tell for Damage {
    fn message(&self) -> Message {
        let (file, what) = (self.file.clone(), self.what.clone());
        match self.line {
            Some(line) => message!("store-damaged", file = file, line = line, what = what),
            None => message!("store-damaged-file", file = file, what = what),
        }
    }
}

impl From<Damage> for StoreError {
    fn from(damage: Damage) -> Self {
        StoreError::Damaged(Box::new(damage))
    }
}
