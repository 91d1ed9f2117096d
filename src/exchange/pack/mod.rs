//! The audit pack: registers, issued lists, evidence by clause, files, changes, questions and findings, in a folder or one
//! file that can be checked without this program. The same data give the same bytes.

mod contents;
mod seal;

use std::collections::{BTreeMap, BTreeSet};

pub use contents::{PackingError, pack};
pub use seal::{Checked, PackError, check, write};

use crate::book::EntryKey;

/// The files of a pack by their paths, in the order of those.
pub type Files = BTreeMap<String, Vec<u8>>;

/// What is asked for.
#[derive(Debug, Clone, Default)]
pub struct Wanted {
    /// The departments whose evidence is told; all where none is named.
    pub departments: Vec<EntryKey>,
    /// The clauses whose evidence is told; all where none is named.
    pub clauses: BTreeSet<String>,
    /// The change after which the history begins.
    pub since: u64,
    /// What is personal too.
    pub personal: bool,
}
