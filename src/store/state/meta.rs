//! What a state says of itself, and what is known of one that cannot be used.

use serde::{Deserialize, Serialize};

use super::super::journal::Head;

/// What the state says of itself.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Meta {
    /// The number of the last commit in it.
    pub seq: u64,
    /// The hash of that commit.
    pub hash: String,
    /// The year of the journal file that goes on.
    pub year: i32,
    /// Where it goes on there.
    pub offset: u64,
    /// The format of its pages.
    #[serde(default)]
    pub format: u8,
    /// How many pages it keeps.
    pub count: u64,
    /// A sum over every page's name and checksum.
    pub digest: u64,
    /// The latest moment of any commit.
    pub last_utc: i64,
    /// The start of the machine at which it was opened.
    pub boot: String,
    /// It was closed in order and synced.
    pub clean: bool,
    /// What the journal's files looked like then: names, sizes, times, inodes.
    #[serde(default)]
    pub files: String,
    /// The hash of the definitions that the journal holds.
    #[serde(default)]
    pub definitions: String,
    /// Texts of methods that were in force once.
    #[serde(default)]
    pub past: Vec<String>,
}

impl Meta {
    /// The last commit in it.
    pub fn head(&self) -> Head {
        Head { seq: self.seq, hash: self.hash.clone() }
    }
}

/// The state cannot be used; it is made anew from the journal.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unusable {
    /// Why.
    pub why: String,
    /// The last commit that it knows of all the same: it was in the journal once.
    pub known: Head,
}

impl Unusable {
    /// A state of which nothing is known.
    pub fn new(why: impl Into<String>) -> Self {
        Self { why: why.into(), known: Head::default() }
    }
}
