//! Loss of power: what was not synced is gone, and everything acknowledged is there.
#![allow(clippy::unwrap_used, clippy::indexing_slicing, clippy::panic)]

mod common;

use std::collections::{BTreeMap, BTreeSet};
use std::io;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex};

use common::{moment, origin};
use proptest::prelude::*;
use taizhang::book::{Book, Commit, Edit, Proposal, Value, Way};
use taizhang::definition::Definitions;
use taizhang::store::{Disk, Head, Journal, Position, replay};

/// Files in memory: what was written, how much of it is synced, which names are.
#[derive(Default, Clone)]
struct Memory(Arc<Mutex<State>>);

#[derive(Default)]
struct State {
    files: BTreeMap<PathBuf, (Vec<u8>, usize)>,
    names: BTreeSet<PathBuf>,
    fail_sync: bool,
    room: Option<usize>,
}

impl Memory {
    /// The power goes: unsynced bytes are kept only as far as `kept` says, unsynced names are gone.
    fn lose_power(&self, kept: usize) {
        let mut state = self.0.lock().unwrap();
        let names = state.names.clone();
        state.files.retain(|path, _| names.contains(path));
        for (bytes, synced) in state.files.values_mut() {
            bytes.truncate((*synced + kept).min(bytes.len()).max(*synced));
            *synced = bytes.len();
        }
    }
}

impl Disk for Memory {
    fn list(&self, _folder: &Path) -> io::Result<Vec<String>> {
        let state = self.0.lock().unwrap();
        Ok(state.files.keys().map(|path| path.file_name().unwrap().to_string_lossy().into_owned()).collect())
    }

    fn read(&self, file: &Path) -> io::Result<Vec<u8>> {
        Ok(self.0.lock().unwrap().files.get(file).map(|(bytes, _)| bytes.clone()).unwrap_or_default())
    }

    fn append(&mut self, file: &Path, bytes: &[u8]) -> io::Result<()> {
        let mut state = self.0.lock().unwrap();
        let room = state.room;
        let (held, _) = state.files.entry(file.to_owned()).or_default();
        let fits = room.map_or(bytes.len(), |room| room.saturating_sub(held.len()).min(bytes.len()));
        held.extend(&bytes[..fits]);
        if fits < bytes.len() { Err(io::ErrorKind::StorageFull.into()) } else { Ok(()) }
    }

    fn sync(&mut self, file: &Path) -> io::Result<()> {
        let mut state = self.0.lock().unwrap();
        if state.fail_sync {
            return Err(io::Error::other("sync"));
        }
        if let Some((bytes, synced)) = state.files.get_mut(file) {
            *synced = bytes.len();
        }
        Ok(())
    }

    fn sync_folder(&mut self, _folder: &Path) -> io::Result<()> {
        let mut state = self.0.lock().unwrap();
        let names: Vec<PathBuf> = state.files.keys().cloned().collect();
        state.names.extend(names);
        Ok(())
    }

    fn truncate(&mut self, file: &Path, length: u64) -> io::Result<()> {
        if let Some((bytes, synced)) = self.0.lock().unwrap().files.get_mut(file) {
            bytes.truncate(usize::try_from(length).unwrap());
            *synced = (*synced).min(bytes.len());
        }
        Ok(())
    }

    fn is_same(&self, _file: &Path, _length: u64) -> io::Result<bool> {
        Ok(true)
    }
}

fn commit(book: &mut Book, definitions: &Definitions, title: &str, year: i64) -> Commit {
    let fields = vec![("title".to_owned(), Value::Text(title.to_owned()))];
    let proposal = Proposal {
        way: Way::Command,
        why: None,
        edits: vec![Edit::Add { register: "departments".to_owned(), fields }],
    };
    let commit =
        book.admit(proposal, definitions, origin(moment() + chrono::Duration::days(366 * year))).unwrap();
    book.apply(&commit).unwrap();
    commit
}

fn journal(disk: &Memory) -> Journal {
    Journal::new(PathBuf::from("j"), Box::new(disk.clone()), Head::default(), Position::default())
}

fn titles(disk: &Memory) -> (Vec<String>, bool) {
    let mut titles = Vec::new();
    let whole = (Position::default(), Head::default());
    let replayed = replay(Path::new("j"), disk, whole, |commit, _, _| {
        titles.push(format!("{:?}", commit.changes[0].fields[0].to));
        Ok(())
    });
    (titles, replayed.unwrap().damage.is_none())
}

proptest! {
    #[test]
    fn every_acknowledged_commit_survives(years in proptest::collection::vec(0i64..2, 1..12), failing in any::<bool>(), kept in 0usize..900) {
        let definitions = Definitions::builtin().unwrap();
        let (disk, mut book) = (Memory::default(), Book::default());
        let mut journal = journal(&disk);
        let mut acknowledged = 0;
        for (number, year) in years.iter().enumerate() {
            let last = number + 1 == years.len();
            disk.0.lock().unwrap().fail_sync = failing && last;
            let commit = commit(&mut book, &definitions, &format!("部门 {number}"), *year);
            acknowledged += usize::from(journal.append(&commit, &[]).is_ok());
        }
        disk.lose_power(kept);
        let (titles, sound) = titles(&disk);
        prop_assert!(sound);
        prop_assert!(titles.len() >= acknowledged, "{} of {}", titles.len(), acknowledged);
    }
}

#[test]
fn what_a_reopened_book_shows_lasts() {
    let definitions = Definitions::builtin().unwrap();
    let (disk, mut book) = (Memory::default(), Book::default());
    disk.0.lock().unwrap().fail_sync = true;
    // Killed after the write, before the sync: never confirmed, but whoever opens the book next sees it.
    assert!(journal(&disk).append(&commit(&mut book, &definitions, "甲", 0), &[]).is_err());
    disk.0.lock().unwrap().fail_sync = false;
    let whole = (Position::default(), Head::default());
    let replayed = replay(Path::new("j"), &disk, whole, |_, _, _| Ok(())).unwrap();
    assert_eq!(replayed.head.seq, 1);
    let mut journal = Journal::new(PathBuf::from("j"), Box::new(disk.clone()), replayed.head, replayed.next);
    journal.take_over(replayed.torn).unwrap();
    disk.lose_power(0);
    assert_eq!(titles(&disk).0.len(), 1);
}

#[test]
fn a_failed_sync_stops_writing() {
    let definitions = Definitions::builtin().unwrap();
    let (disk, mut book) = (Memory::default(), Book::default());
    let mut journal = journal(&disk);
    disk.0.lock().unwrap().fail_sync = true;
    let first = commit(&mut book, &definitions, "甲", 0);
    assert!(journal.append(&first, &[]).is_err());
    disk.0.lock().unwrap().fail_sync = false;
    assert!(journal.append(&first, &[]).is_err(), "nobody knows what is on the disk after a failed sync");
}

#[test]
fn a_full_disk_leaves_the_journal_whole() {
    let definitions = Definitions::builtin().unwrap();
    let (disk, mut book) = (Memory::default(), Book::default());
    let mut journal = journal(&disk);
    let first = commit(&mut book, &definitions, "甲", 0);
    journal.append(&first, &[]).unwrap();
    let before = disk.read(Path::new("j/2022.jsonl")).unwrap().len();
    let second = commit(&mut book, &definitions, "乙", 0);
    for room in [before, before + 1, before + 100] {
        disk.0.lock().unwrap().room = Some(room);
        assert!(journal.append(&second, &[]).is_err());
        assert_eq!(disk.read(Path::new("j/2022.jsonl")).unwrap().len(), before);
    }
    disk.0.lock().unwrap().room = None;
    journal.append(&second, &[]).unwrap();
    assert_eq!(titles(&disk).0.len(), 2);
}
