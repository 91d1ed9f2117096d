//! What changes took away, read from the journal in one quick walk: most lines only bring something, and of those
//! no more is read than that.

use std::path::Path;

use super::chain::{Header, Line};
use super::disk::{Disk, RealDisk};
use super::error::StoreError;
use crate::book::Change;

/// How the line of a change begins.
const CHANGE: &str = r#"{"change":"#;
/// How the first line of a commit begins.
const COMMIT: &str = r#"{"commit":"#;
/// How the last line of a commit begins.
const END: &str = r#"{"end":"#;
/// Something stood there before.
const FROM: &str = r#""from":{"#;

/// Hands over each change that took something away, with its moment in seconds since 1970 UTC. What cannot be
/// read is passed over: that is for `verify` to tell.
pub fn went(journal: &Path, mut each: impl FnMut(&Change, i64)) -> Result<(), StoreError> {
    let disk = RealDisk::default();
    let mut names = disk.list(journal).map_err(|error| StoreError::io(journal, error))?;
    names.retain(|name| name.strip_suffix(".jsonl").is_some());
    names.sort();
    for name in names {
        let file = journal.join(name);
        let bytes = disk.read(&file).map_err(|error| StoreError::io(&file, error))?;
        let text = String::from_utf8_lossy(&bytes);
        // A commit counts only with its last line.
        let (mut head, mut changes) = (None, Vec::new());
        for line in text.lines() {
            if line.starts_with(CHANGE) {
                changes.extend(Some(line).filter(|line| line.contains(FROM)));
            } else if line.starts_with(COMMIT) {
                (head, changes) = (Some(line), Vec::new());
            } else if line.starts_with(END) && !changes.is_empty() {
                tell(head, &std::mem::take(&mut changes), &mut each);
            }
        }
    }
    Ok(())
}

fn tell(head: Option<&str>, changes: &[&str], each: &mut impl FnMut(&Change, i64)) {
    let head = head.and_then(|head| serde_json::from_str(head).ok());
    let Some(Line::Commit(Header { origin, .. })) = head else { return };
    for change in changes {
        if let Ok(Line::Change(change)) = serde_json::from_str(change) {
            each(&change, origin.utc.timestamp());
        }
    }
}
