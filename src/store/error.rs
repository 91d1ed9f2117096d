//! What can go wrong with a book on disk: what, where, and the mend.

use std::io;
use std::path::Path;

use super::damage::Damage;
use super::lock::Holder;
use crate::book::ApplyError;
use crate::source::Problem;
use crate::wording::{Message, Tell, english, message};

/// What kind of trouble an error is; commands exit by it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Class {
    /// The folder was named wrongly or is no book.
    Usage,
    /// The data are damaged.
    Damaged,
    /// Somebody else has the book.
    Locked,
    /// The disk or the system refuses.
    InputOutput,
}

/// What went wrong.
#[derive(Debug, thiserror::Error)]
#[error("{}", english(&self.message()))]
pub enum StoreError {
    /// There is no book in the folder.
    NoBook(String),
    /// The folder would lie in one that is not there.
    NoParent {
        /// What is not there.
        path: String,
        /// The nearest folder that is.
        nearest: String,
    },
    /// There is a book already.
    Exists(String),
    /// The folder holds other things.
    NotEmpty(String),
    /// `book.toml` or a definition is wrong.
    Problem(Box<Problem>),
    /// Another process has the book.
    Locked(Box<Holder>),
    /// The journal was written by a newer program.
    Newer {
        /// The format it has.
        format: u32,
    },
    /// The journal is damaged.
    Damaged(Box<Damage>),
    /// The disk is full.
    Full(String),
    /// The system refused.
    Io {
        /// The file or folder.
        path: String,
        /// What it said.
        error: io::Error,
    },
    /// A file is none that can be kept.
    NotKept {
        /// The file.
        path: String,
        /// What it is.
        why: Message,
    },
    /// The folder lies on a network disk, where locks and syncs do not hold.
    Network(String),
    /// Nothing can be written any more until the book is opened again.
    Stopped,
    /// The book was opened for reading only.
    ReadOnly(Message),
    /// The storage does not answer.
    Stuck,
    /// A commit does not fit the book.
    Apply(ApplyError),
    /// The folder was moved or replaced while it was open.
    Replaced(String),
}

impl StoreError {
    /// What kind of trouble it is.
    pub fn class(&self) -> Class {
        match self {
            StoreError::NoBook(_)
            | StoreError::NoParent { .. }
            | StoreError::Exists(_)
            | StoreError::NotEmpty(_)
            | StoreError::NotKept { .. }
            | StoreError::Problem(_) => Class::Usage,
            StoreError::Locked(_) => Class::Locked,
            StoreError::Newer { .. } | StoreError::Damaged(_) | StoreError::Apply(_) => Class::Damaged,
            _ => Class::InputOutput,
        }
    }

    /// What the system said of a path.
    pub fn io(path: &Path, error: io::Error) -> Self {
        let path = path.display().to_string();
        match error.kind() {
            io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded | io::ErrorKind::FileTooLarge => {
                StoreError::Full(path)
            }
            _ => StoreError::Io { path, error },
        }
    }
}

impl From<Problem> for StoreError {
    fn from(problem: Problem) -> Self {
        StoreError::Problem(Box::new(problem))
    }
}

impl From<ApplyError> for StoreError {
    fn from(error: ApplyError) -> Self {
        StoreError::Apply(error)
    }
}

impl Tell for StoreError {
    fn message(&self) -> Message {
        match self {
            StoreError::NoBook(path) => message!("store-no-book", path = path.clone()),
            StoreError::NoParent { path, nearest } => {
                message!("store-no-parent", path = path.clone(), nearest = nearest.clone())
            }
            StoreError::Exists(path) => message!("store-exists", path = path.clone()),
            StoreError::NotEmpty(path) => message!("store-not-empty", path = path.clone()),
            StoreError::Problem(problem) => problem.message(),
            StoreError::Locked(holder) => holder.message(),
            StoreError::Newer { format } => message!("store-newer", format = *format),
            StoreError::Damaged(damage) => damage.message(),
            StoreError::Full(path) => message!("store-full", path = path.clone()),
            StoreError::Io { path, error } => {
                message!("store-io", path = path.clone(), said = error.message())
            }
            StoreError::NotKept { path, why } => {
                message!("store-io", path = path.clone(), said = why.clone())
            }
            StoreError::Network(path) => message!("store-network", path = path.clone()),
            StoreError::Stopped => message!("store-stopped"),
            StoreError::ReadOnly(why) => message!("store-read-only", why = why.clone()),
            StoreError::Stuck => message!("store-stuck"),
            StoreError::Apply(error) => message!("store-apply", said = error.to_string()),
            StoreError::Replaced(path) => message!("store-replaced", path = path.clone()),
        }
    }
}
