//! A file on its way: read beside the screen, then here to be looked through.

use std::path::PathBuf;
use std::sync::mpsc::{Receiver, TryRecvError, channel};

use crate::exchange::Workbook;
use crate::exchange::import::{OpenError, read};

/// A file on its way.
pub(super) enum Coming {
    /// It is read.
    Read(Receiver<Result<Workbook, OpenError>>),
    /// It is here; that it is looked through is said before that is done.
    Here(Result<Workbook, OpenError>),
}

/// What became of it.
pub(super) enum Moved {
    /// It is to be looked through now.
    Here(Result<Workbook, OpenError>),
    /// It is still on its way.
    Still(Coming),
}

impl Coming {
    /// Begins to read a file.
    pub(super) fn begin(path: PathBuf) -> Self {
        let (done, coming) = channel();
        // Whoever left no longer listens; then what was read is thrown away.
        std::thread::spawn(move || drop(done.send(read(&path))));
        Coming::Read(coming)
    }

    /// Whether it has been read.
    pub(super) fn is_here(&self) -> bool {
        matches!(self, Coming::Here(_))
    }

    /// One step further: from being read to being here, from there to whoever looks through it.
    pub(super) fn step(self) -> Moved {
        match self {
            Coming::Here(came) => Moved::Here(came),
            Coming::Read(coming) => Moved::Still(match coming.try_recv() {
                Err(TryRecvError::Empty) => Coming::Read(coming),
                Err(TryRecvError::Disconnected) => Coming::Here(Ok(Workbook::default())),
                Ok(came) => Coming::Here(came),
            }),
        }
    }
}
