//! What the system says when it refuses, in the words of the person instead of its own.

use std::io::{Error, ErrorKind};

use super::{Message, Tell};
use crate::message;

impl Tell for Error {
    fn message(&self) -> Message {
        match self.kind() {
            ErrorKind::NotFound => message!("system-not-found"),
            ErrorKind::PermissionDenied => message!("system-no-right"),
            ErrorKind::ReadOnlyFilesystem => message!("system-read-only"),
            ErrorKind::StorageFull | ErrorKind::QuotaExceeded => message!("system-full"),
            ErrorKind::FileTooLarge => message!("system-large"),
            ErrorKind::IsADirectory => message!("system-folder"),
            ErrorKind::NotADirectory => message!("system-no-folder"),
            ErrorKind::AlreadyExists => message!("system-there"),
            ErrorKind::InvalidFilename => message!("system-name"),
            ErrorKind::InvalidData | ErrorKind::UnexpectedEof => message!("system-broken"),
            _ => message!("system-other", said = self.to_string()),
        }
    }
}
