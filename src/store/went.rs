//! What changes took away, read from the journal in one quick walk: most lines only bring something, and of those
//! no more is read than that. The walk goes in steps, so that keys are answered between them.

use std::collections::VecDeque;
use std::ops::Range;
use std::path::{Path, PathBuf};

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

/// A walk over a journal as it was when the walk began.
pub struct Went {
    /// The last commit that counts.
    until: u64,
    files: VecDeque<PathBuf>,
    /// The file that is walked over, and how far.
    text: String,
    at: usize,
}

impl Went {
    /// Before the first line; commits after `until` are passed over.
    pub fn new(journal: &Path, until: u64) -> Result<Self, StoreError> {
        let names = RealDisk::default().list(journal).map_err(|error| StoreError::io(journal, error))?;
        let years = names.iter().filter(|name| name.strip_suffix(".jsonl").is_some());
        let mut files: Vec<PathBuf> = years.map(|name| journal.join(name)).collect();
        files.sort();
        Ok(Self { until, files: files.into(), text: String::new(), at: 0 })
    }

    /// Hands over the next so many commits' changes that took something away, each with its moment in seconds
    /// since 1970 UTC; says whether there may be more. What cannot be read is passed over: `verify` tells of it.
    pub fn step(&mut self, commits: usize, mut each: impl FnMut(&Change, i64)) -> Result<bool, StoreError> {
        // A commit counts only with its last line.
        let (mut done, mut head, mut changes) = (0, 0..0, Vec::new());
        while done < commits {
            let Some(line) = self.text.get(self.at..).and_then(|rest| rest.split_inclusive('\n').next())
            else {
                match self.files.pop_front() {
                    Some(file) => self.open(&file)?,
                    None => return Ok(false),
                }
                continue;
            };
            let place = self.at..self.at + line.len();
            self.at = place.end;
            if line.starts_with(CHANGE) {
                changes.extend(Some(place).filter(|_| line.contains(FROM)));
            } else if line.starts_with(COMMIT) {
                (head, changes) = (place, Vec::new());
            } else if line.starts_with(END) {
                self.tell(head.clone(), &std::mem::take(&mut changes), &mut each);
                done += 1;
            }
        }
        Ok(true)
    }

    fn open(&mut self, file: &Path) -> Result<(), StoreError> {
        let bytes = RealDisk::default().read(file).map_err(|error| StoreError::io(file, error))?;
        self.text = String::from_utf8(bytes)
            .unwrap_or_else(|error| String::from_utf8_lossy(error.as_bytes()).into_owned());
        self.at = 0;
        Ok(())
    }

    fn tell(&self, head: Range<usize>, changes: &[Range<usize>], each: &mut impl FnMut(&Change, i64)) {
        let read = |place: Range<usize>| serde_json::from_str(self.text.get(place)?).ok();
        if changes.is_empty() {
            return;
        }
        let Some(Line::Commit(Header { origin, seq, .. })) = read(head) else { return };
        if seq > self.until {
            return;
        }
        for change in changes {
            if let Some(Line::Change(change)) = read(change.clone()) {
                each(&change, origin.utc.timestamp());
            }
        }
    }
}
