//! Who has a book: our own lock beside the data, so that a second one can be told.

use std::fs::{File, OpenOptions, TryLockError};
use std::io::{Read, Seek, Write};
use std::os::unix::fs::OpenOptionsExt;
use std::path::Path;
use std::time::{Duration, Instant};

use serde::{Deserialize, Serialize};

use super::error::StoreError;
use crate::wording::{Message, Tell, message};

/// How long a look at a book may keep a writer waiting.
const LOOK: Duration = Duration::from_secs(2);

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

    /// Keeps writers away for a moment without taking the lock; none where somebody has it.
    pub fn peek(path: &Path) -> Option<Peek> {
        let file = File::open(path).ok()?;
        file.try_lock_shared().ok()?;
        Some(Peek { file })
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
        let begun = Instant::now();
        let until = begun + wait;
        loop {
            match file.try_lock() {
                Ok(()) => break,
                Err(TryLockError::WouldBlock) if Instant::now() < until => {
                    std::thread::sleep(Duration::from_millis(20));
                }
                // Who only looks is gone in a moment.
                Err(TryLockError::WouldBlock) if begun.elapsed() < LOOK && Self::peek(path).is_some() => {
                    std::thread::sleep(Duration::from_millis(2));
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

/// A look at a book that nobody has; whoever wants to write waits until it is over.
#[derive(Debug)]
pub struct Peek {
    file: File,
}

impl Drop for Peek {
    fn drop(&mut self) {
        let _ = self.file.unlock();
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_writer_waits_for_a_look_and_not_for_a_writer() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("lock");
        let take = || Lock::take(&path, &Holder::default(), Duration::ZERO);
        drop(take().unwrap());
        let looking = Lock::peek(&path).unwrap();
        let done = std::thread::spawn(move || {
            std::thread::sleep(Duration::from_millis(100));
            drop(looking);
        });
        let writer = take().unwrap();
        done.join().unwrap();
        assert!(Lock::peek(&path).is_none());
        assert!(matches!(take(), Err(StoreError::Locked(_))));
        drop(writer);
        assert!(Lock::peek(&path).is_some());
    }
}
