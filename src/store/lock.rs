//! Who has a book: our own lock beside the data, so that a second one can be told.

use std::fs::{File, OpenOptions, TryLockError};
use std::io::{Read, Seek, Write};
use std::os::unix::fs::OpenOptionsExt;
use std::path::Path;
use std::time::{Duration, Instant};

use serde::{Deserialize, Serialize};

use super::error::StoreError;
use crate::wording::{Message, Tell, message};

/// Who has the book, since when.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct Holder {
    /// The system user.
    pub user: String,
    /// The process.
    pub pid: u32,
    /// Since when, on the clock of the host.
    pub since: String,
    /// Names this start of the machine: after another start, what was not synced may be gone.
    pub boot: String,
}

impl Tell for Holder {
    fn message(&self) -> Message {
        message!(
            "store-locked",
            user = self.user.clone(),
            pid = self.pid.to_string(),
            since = self.since.clone()
        )
    }
}

/// The lock; it goes when this does, also when the process is killed.
#[derive(Debug)]
pub struct Lock {
    file: File,
    /// Who had it before, where that one did not leave in order.
    pub before: Option<Holder>,
}

impl Lock {
    /// Whether nobody has it; a lock that cannot be looked at counts as taken.
    pub fn is_free(path: &Path) -> bool {
        File::open(path).is_ok_and(|file| file.try_lock().is_ok())
    }

    /// Takes the lock, trying for at most `wait`.
    pub fn take(path: &Path, holder: &Holder, wait: Duration) -> Result<Self, StoreError> {
        let io = |error| StoreError::io(path, error);
        let mut file = OpenOptions::new()
            .read(true)
            .write(true)
            .create(true)
            .truncate(false)
            .mode(0o600)
            .open(path)
            .map_err(io)?;
        let until = Instant::now() + wait;
        loop {
            match file.try_lock() {
                Ok(()) => break,
                Err(TryLockError::WouldBlock) if Instant::now() < until => {
                    std::thread::sleep(Duration::from_millis(20));
                }
                Err(TryLockError::WouldBlock) => {
                    return Err(StoreError::Locked(Box::new(read(&mut file).unwrap_or_default())));
                }
                Err(TryLockError::Error(error)) => return Err(io(error)),
            }
        }
        let before = read(&mut file);
        let text = serde_json::to_string(holder).unwrap_or_default();
        file.set_len(0)
            .and_then(|()| file.rewind())
            .and_then(|()| file.write_all(text.as_bytes()))
            .map_err(io)?;
        Ok(Self { file, before })
    }
}

impl Drop for Lock {
    /// Said, not left to the closing of the file: a process that is just being started may still hold a copy.
    fn drop(&mut self) {
        let _ = self.file.unlock();
    }
}

fn read(file: &mut File) -> Option<Holder> {
    let mut text = String::new();
    file.rewind().ok()?;
    file.read_to_string(&mut text).ok()?;
    serde_json::from_str(&text).ok()
}
