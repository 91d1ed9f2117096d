//! What a command says when it fails, and with which code it leaves.

use crate::book::{NoPoint, Refusal};
use crate::share::SessionError;
use crate::store::{Class, StoreError};
use crate::wording::{Message, Tell, message};

/// The code a command leaves with.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[repr(u8)]
pub enum Exit {
    /// Done; also where nothing was found.
    Done = 0,
    /// No such entry, or a check that failed.
    Unknown = 1,
    /// Called wrongly: an unknown name, a bad value.
    Usage = 2,
    /// The data are damaged.
    Damaged = 3,
    /// Somebody else has the book.
    Locked = 4,
    /// The disk or the system refuses.
    InputOutput = 5,
}

/// Why a command failed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CliError {
    /// The code.
    pub exit: Exit,
    /// What to say.
    pub message: Message,
}

impl CliError {
    /// An error with a code.
    pub fn new(exit: Exit, message: Message) -> Self {
        Self { exit, message }
    }

    /// Called wrongly.
    pub fn usage(error: &impl Tell) -> Self {
        Self::new(Exit::Usage, error.message())
    }

    /// Words that are no sentence of ours.
    pub fn plain(exit: Exit, said: &str) -> Self {
        Self::new(exit, message!("cli-plain", said = said.to_owned()))
    }

    /// There is no such entry.
    pub fn no_entry(said: &str, nearest: &str) -> Self {
        Self::new(
            Exit::Unknown,
            message!("cli-no-entry", said = said.to_owned(), nearest = nearest.to_owned()),
        )
    }
}

impl From<StoreError> for CliError {
    fn from(error: StoreError) -> Self {
        let exit = match error.class() {
            Class::Usage => Exit::Usage,
            Class::Damaged => Exit::Damaged,
            Class::Locked => Exit::Locked,
            Class::InputOutput => Exit::InputOutput,
        };
        Self::new(exit, error.message())
    }
}

impl From<SessionError> for CliError {
    fn from(error: SessionError) -> Self {
        match error {
            SessionError::Store(error) => error.into(),
            SessionError::Refused(Refusal::UnknownEntry(_))
            | SessionError::Undo(_)
            | SessionError::Point(NoPoint::Commit { .. }) => Self::new(Exit::Unknown, error.message()),
            SessionError::Refused(_) | SessionError::Rule(_) | SessionError::Point(_) => {
                Self::new(Exit::Usage, error.message())
            }
        }
    }
}

impl From<std::io::Error> for CliError {
    fn from(error: std::io::Error) -> Self {
        Self::new(Exit::InputOutput, error.message())
    }
}
