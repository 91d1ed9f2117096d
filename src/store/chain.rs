//! The lines of a journal and how they are chained.

use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use crate::book::{Change, Commit, Origin, Way};
use crate::definition::SourceKind;

/// The format this program writes. It is raised when an older program must not write what it reads; a field more,
/// which such a program passes over, raises nothing.
pub const FORMAT: u32 = 1;

/// One line of a journal.
#[derive(Debug, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Line {
    /// The beginning of a commit.
    Commit(Header),
    /// A definition file in force from this commit on.
    Define(Define),
    /// One change.
    Change(Change),
    /// The end of a commit.
    End(End),
}

/// The beginning of a commit.
#[derive(Debug, Serialize, Deserialize)]
pub struct Header {
    /// The format of its lines.
    pub format: u32,
    /// Its number.
    pub seq: u64,
    /// The hash of the commit before it; empty for the first.
    pub prev: String,
    /// Who, when and where.
    #[serde(flatten)]
    pub origin: Origin,
    /// The clock stood before the commit before.
    #[serde(default)]
    pub clock_went_back: bool,
    /// By which way. [`Way::RestoreOf`] never stands here but in `restores`: a program that knows no more than this
    /// field reads the commit as one made on the screen, and its hash holds all the same.
    pub way: Way,
    /// The commit whose values this one brought back.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub restores: Option<u64>,
    /// The reason given.
    pub why: Option<String>,
    /// The hash of the definitions in force.
    pub definitions: String,
}

/// A definition file.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Define {
    /// What it defines.
    pub kind: SourceKind,
    /// Its name.
    pub name: String,
    /// Its text; none where it is in force no longer.
    pub text: Option<String>,
}

/// The end of a commit.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct End {
    /// The number of the commit.
    pub seq: u64,
    /// How many lines it has, this one aside.
    pub lines: usize,
    /// SHA-256 over the hash before and the bytes of its lines, in hex.
    pub hash: String,
    /// CRC-32 of each line: where the hash does not hold, they tell which line changed. Older journals have none.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub sums: Vec<u32>,
}

impl Header {
    /// The header of a commit.
    pub fn of(commit: &Commit, prev: &str) -> Self {
        let (way, restores) = match commit.way {
            Way::RestoreOf(seq) => (Way::Screen, Some(seq)),
            ref way => (way.clone(), None),
        };
        Self {
            format: FORMAT,
            seq: commit.seq,
            prev: prev.to_owned(),
            origin: commit.origin.clone(),
            clock_went_back: commit.clock_went_back,
            way,
            restores,
            why: commit.why.clone(),
            definitions: commit.definitions.clone(),
        }
    }

    /// The commit with its changes.
    pub fn commit(self, changes: Vec<Change>) -> Commit {
        Commit {
            seq: self.seq,
            origin: self.origin,
            clock_went_back: self.clock_went_back,
            way: self.restores.map_or(self.way, Way::RestoreOf),
            why: self.why,
            definitions: self.definitions,
            changes,
        }
    }
}

/// The hash of a commit: over the hash before it and the raw bytes of its lines.
pub fn hash(prev: &str, lines: &[u8]) -> String {
    let mut sha = Sha256::new();
    sha.update(prev.as_bytes());
    sha.update(lines);
    hex(&sha.finalize())
}

/// The sum of each line.
pub fn sums(lines: &[u8]) -> Vec<u32> {
    lines.split_inclusive(|byte| *byte == b'\n').map(crc32fast::hash).collect()
}

/// Bytes as the digits of a hash.
pub fn hex(bytes: &[u8]) -> String {
    use std::fmt::Write;
    bytes.iter().fold(String::with_capacity(64), |mut hex, byte| {
        let _ = write!(hex, "{byte:02x}");
        hex
    })
}

/// The lines of a commit as they are written, and its hash.
pub fn encode(commit: &Commit, defines: &[Define], prev: &str) -> serde_json::Result<(Vec<u8>, String)> {
    let mut bytes = Vec::new();
    let put = |line: &Line, bytes: &mut Vec<u8>| -> serde_json::Result<()> {
        serde_json::to_writer(&mut *bytes, line)?;
        bytes.push(b'\n');
        Ok(())
    };
    put(&Line::Commit(Header::of(commit, prev)), &mut bytes)?;
    for define in defines {
        put(&Line::Define(define.clone()), &mut bytes)?;
    }
    for change in &commit.changes {
        put(&Line::Change(change.clone()), &mut bytes)?;
    }
    let hash = hash(prev, &bytes);
    let sums = sums(&bytes);
    let end = End { seq: commit.seq, lines: sums.len(), hash: hash.clone(), sums };
    put(&Line::End(end), &mut bytes)?;
    Ok((bytes, hash))
}
