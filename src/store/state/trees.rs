//! Opening sled: behind `catch_unwind`, without what a kill left half written, and with patience.

use std::fs;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::Path;
use std::time::{Duration, Instant};

use super::{Unusable, unusable};

/// How long a lock of sled's may outlive who had it.
const LINGERS: Duration = Duration::from_secs(2);

/// The database and its trees: pages, commits, history, meta.
pub type Trees = (sled::Db, sled::Tree, sled::Tree, sled::Tree, sled::Tree);

/// sled's own lock outlives a close by moments: a task of its pool, or a process that is just being started and
/// still holds what it inherited, keeps the file. Our lock says that nobody else has the book, so waiting is right.
pub fn open(folder: &Path) -> Result<Trees, Unusable> {
    remove_half_written(folder);
    let until = Instant::now() + LINGERS;
    loop {
        match catch_unwind(AssertUnwindSafe(|| open_trees(folder))) {
            Ok(Ok(trees)) => return Ok(trees),
            Ok(Err(error)) if is_locked(&error) && Instant::now() < until => {
                std::thread::sleep(Duration::from_millis(5));
            }
            Ok(Err(error)) => return Err(unusable(&error)),
            Err(_) => return Err(Unusable::new("panic")),
        }
    }
}

fn open_trees(folder: &Path) -> sled::Result<Trees> {
    let config = sled::Config::new().path(folder).cache_capacity(64 * 1024 * 1024).flush_every_ms(None);
    let db = config.open()?;
    let tree = |name: &str| db.open_tree(name);
    let (pages, commits) = (tree("pages")?, tree("commits")?);
    let (history, meta) = (tree("history")?, tree("meta")?);
    Ok((db, pages, commits, history, meta))
}

/// sled tells a lock that somebody has by its text alone.
fn is_locked(error: &sled::Error) -> bool {
    matches!(error, sled::Error::Io(error) if error.to_string().contains("could not acquire lock"))
}

/// A kill while sled opens can leave half a snapshot, which would make every later open fail.
fn remove_half_written(folder: &Path) {
    let Ok(entries) = fs::read_dir(folder) else { return };
    for entry in entries.flatten() {
        if entry.file_name().to_string_lossy().ends_with(".generating") {
            let _ = fs::remove_file(entry.path());
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_lock_that_lingers_is_waited_for() {
        let folder = tempfile::tempdir().unwrap();
        let first = open(folder.path()).unwrap();
        let leaving = std::thread::spawn(move || {
            std::thread::sleep(Duration::from_millis(150));
            drop(first);
        });
        assert!(open(folder.path()).is_ok());
        leaving.join().unwrap();
    }
}
