//! The way from an opened book to its store.

use std::collections::BTreeSet;
use std::sync::Arc;

use super::chain::Define;
use super::codec::changed_pages;
use super::disk::RealDisk;
use super::error::StoreError;
use super::folder::Folder;
use super::journal::{Head, Past, Position};
use super::load::{fingerprint, replay_after};
use super::lock::Lock;
use super::open::defined_by;
use super::replay::replay;
use super::thread::{Keep, Writer};
use super::timeline::Timeline;
use super::went::Went;
use crate::book::{Book, Change, Commit, EntryKey, Extent, FileRef};
use crate::definition::Definitions;
use crate::wording::Message;

/// The way to the store.
pub enum Access {
    /// Reading and writing.
    Writing {
        /// The storage thread.
        writer: Writer,
        /// The journal's folder.
        journal: std::path::PathBuf,
        /// How much of what only grows the state has.
        kept: Extent,
    },
    /// Reading from the journal only.
    Reading {
        /// The journal's folder.
        journal: std::path::PathBuf,
        /// Why nothing can be written.
        why: Message,
        /// What the journal's files looked like when they were read.
        looks: String,
        /// Whether that is because another process has the book.
        taken: bool,
    },
    /// A past of the book; nothing of it changes.
    Past {
        /// Where its commits lie.
        timeline: Arc<Timeline>,
        /// The last commit that is in it.
        seq: u64,
        /// Why nothing can be written.
        why: Message,
    },
}

impl Access {
    /// Why nothing can be written, where that is so.
    pub fn read_only(&self) -> Option<&Message> {
        match self {
            Access::Writing { .. } => None,
            Access::Reading { why, .. } | Access::Past { why, .. } => Some(why),
        }
    }

    /// The folder of the journal.
    pub fn journal(&self) -> &std::path::Path {
        match self {
            Access::Reading { journal, .. } | Access::Writing { journal, .. } => journal,
            Access::Past { timeline, .. } => timeline.folder(),
        }
    }

    /// Writes a commit; when this returns, it lasts.
    pub fn write(&self, commit: &Commit) -> Result<(), StoreError> {
        self.write_with(commit, Vec::new())
    }

    /// The same with definitions in force from this commit on.
    pub fn write_with(&self, commit: &Commit, defines: Vec<Define>) -> Result<(), StoreError> {
        match self {
            Access::Writing { writer, .. } => writer.append(commit, defines).map(|_| ()),
            Access::Reading { why, .. } | Access::Past { why, .. } => Err(StoreError::ReadOnly(why.clone())),
        }
    }

    /// Hands what a written commit changed to the state.
    pub fn keep(&mut self, book: &Book, commit: &Commit) {
        let touched = commit.changes.iter().map(|change| (commit.seq, change.entry));
        self.hand(book, touched.collect(), &commit.definitions, Vec::new());
    }

    /// The same for a commit that brought definitions into force, with the methods that left by it.
    pub(super) fn keep_defined(&mut self, book: &Book, commit: &Commit, left: Vec<String>) {
        self.hand(book, Vec::new(), &commit.definitions, left);
    }

    /// Tells the state which definitions the journal holds.
    pub fn settle(&mut self, book: &Book, definitions: &str) {
        self.hand(book, Vec::new(), definitions, Vec::new());
    }

    fn hand(&mut self, book: &Book, touched: Vec<(u64, EntryKey)>, definitions: &str, left: Vec<String>) {
        if let Access::Writing { writer, kept, .. } = self {
            let pages = changed_pages(book, *kept, touched.iter().map(|(_, key)| *key));
            *kept = book.extent();
            let (last_utc, definitions) = (book.last_utc(), definitions.to_owned());
            writer.keep(Keep { pages, touched, last_utc, definitions, left });
        }
    }

    /// Keeps a copy of a file beside the book; when this returns, it lasts.
    pub fn keep_file(&self, path: &std::path::Path) -> Result<FileRef, StoreError> {
        match self.read_only() {
            Some(why) => Err(StoreError::ReadOnly(why.clone())),
            None => self.folder().keep(path),
        }
    }

    /// The folder of the book.
    pub fn folder(&self) -> Folder {
        let journal = self.journal();
        Folder::at(journal.parent().unwrap_or(journal))
    }

    /// Whether another process had the book and has left it.
    pub fn is_free_again(&self) -> bool {
        let Access::Reading { journal, taken: true, .. } = self else { return false };
        journal.parent().is_some_and(|folder| Lock::is_free(&folder.join("lock")))
    }

    /// The book anew with its definitions, where it is only read and its journal has changed since.
    pub fn renewed(&mut self) -> Option<(Book, Definitions)> {
        let folder = self.folder();
        let Access::Reading { journal, looks, .. } = self else { return None };
        let now = fingerprint(journal);
        if *looks == now {
            return None;
        }
        let (book, replayed, _) = replay_after(journal, &Head::default(), None).ok()?;
        // What is damaged now shows less than is on the screen: that stays until the book is opened again.
        if replayed.damage.is_some() {
            return None;
        }
        let (definitions, _) = defined_by(&folder, &replayed).ok()?;
        *looks = now;
        Some((book, definitions))
    }

    /// What happened to an entry, oldest first.
    pub fn history(&self, entry: EntryKey) -> Result<Vec<Past>, StoreError> {
        if let Access::Past { timeline, seq, .. } = self {
            return timeline.history(entry, *seq);
        }
        if let Access::Writing { writer, .. } = self
            && let Ok(past) = writer.history(entry)
        {
            return Ok(past);
        }
        let mut past = Vec::new();
        self.each(|commit| past.extend(past_of(commit, entry)))?;
        Ok(past)
    }

    /// The commit with this number, or only what it did to an entry.
    pub fn commit_at(&self, seq: u64, only: Option<EntryKey>) -> Result<Commit, StoreError> {
        if let Access::Past { timeline, .. } = self {
            return timeline.commit_at(seq, only);
        }
        if let Access::Writing { writer, .. } = self
            && let Ok(commit) = writer.commit_at(seq, only)
        {
            return Ok(commit);
        }
        let mut found = None;
        self.each(|commit| {
            if commit.seq == seq {
                found = Some(commit);
            }
        })?;
        found.ok_or(StoreError::Stopped)
    }

    /// A walk over what changes took away.
    pub fn went(&self) -> Result<Went, StoreError> {
        let until = if let Access::Past { seq, .. } = self { *seq } else { u64::MAX };
        Went::new(self.journal(), until)
    }

    /// What commits with these numbers did to these entries, in the same order; the journal is read once where
    /// nothing says where they begin.
    pub fn changes_at(&self, places: &[(u64, EntryKey)]) -> Vec<Option<Change>> {
        let of = |commit: Commit, entry| commit.changes.into_iter().find(|change| change.entry == entry);
        if let Access::Writing { .. } | Access::Past { .. } = self {
            let read = |(seq, entry): &(u64, EntryKey)| of(self.commit_at(*seq, Some(*entry)).ok()?, *entry);
            return places.iter().map(read).collect();
        }
        let mut found = vec![None; places.len()];
        let wanted: BTreeSet<u64> = places.iter().map(|(seq, _)| *seq).collect();
        if wanted.is_empty() {
            return found;
        }
        let _ = self.each(|commit| {
            if wanted.contains(&commit.seq) {
                for ((seq, entry), found) in places.iter().zip(&mut found) {
                    let change = commit.changes.iter().find(|change| change.entry == *entry);
                    *found = change.filter(|_| *seq == commit.seq).cloned().or(found.take());
                }
            }
        });
        found
    }

    fn each(&self, mut each: impl FnMut(Commit)) -> Result<(), StoreError> {
        let whole = (Position::default(), Head::default());
        replay(self.journal(), &RealDisk::default(), whole, |commit, _, _| {
            each(commit);
            Ok(())
        })?;
        Ok(())
    }
}

/// The change of one entry in a commit, with the commit around it.
pub fn past_of(mut commit: Commit, entry: EntryKey) -> Option<Past> {
    let at = commit.changes.iter().position(|change| change.entry == entry)?;
    let change = commit.changes.swap_remove(at);
    commit.changes.clear();
    Some(Past { commit, change })
}
