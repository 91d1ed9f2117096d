//! The state: the present entries in sled, so that a book opens without reading its past.
//!
//! sled 0.34.7 forgets what was not synced without a word, panics over some damage and hangs when it is used
//! wrongly. So it never holds the only copy; it is opened behind `catch_unwind`, trusted only when head,
//! count and digest agree with what it holds, and thrown away otherwise. No type of sled leaves this file.

use std::fs;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};
use sled::Transactional;
use sled::transaction::ConflictableTransactionError;

use super::codec;
use super::journal::{Head, Position};
use crate::book::{Book, EntryKey, Kept};

/// The largest piece of a value; larger ones would go to files that sled never syncs.
const PIECE: usize = 4_000;
/// Pieces that the largest entry takes.
const PIECES: u8 = 17;

/// The state cannot be used; it is made anew from the journal.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unusable(pub String);

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
    /// How many keys it keeps, deleted ones too.
    pub count: u64,
    /// A sum over every key and the checksum of its bytes.
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
}

/// An entry that changed, for the state; its bytes are made here.
pub type Changed = (EntryKey, String, Kept);

/// The open state.
pub struct State {
    folder: PathBuf,
    db: sled::Db,
    entries: sled::Tree,
    commits: sled::Tree,
    history: sled::Tree,
    meta: sled::Tree,
    now: Meta,
}

impl State {
    /// Opens the state in a folder, an empty one where there is none.
    pub fn open(folder: &Path, boot: &str) -> Result<Self, Unusable> {
        remove_half_written(folder);
        let opened = catch_unwind(AssertUnwindSafe(|| {
            let config =
                sled::Config::new().path(folder).cache_capacity(64 * 1024 * 1024).flush_every_ms(None);
            let db = config.open()?;
            let tree = |name: &str| db.open_tree(name);
            let (entries, commits) = (tree("entries")?, tree("commits")?);
            let (history, meta) = (tree("history")?, tree("meta")?);
            Ok((db, entries, commits, history, meta))
        }));
        let (db, entries, commits, history, meta) = match opened {
            Ok(Ok(trees)) => trees,
            Ok(Err(error)) => return Err(unusable(&error)),
            Err(_) => return Err(Unusable("panic".to_owned())),
        };
        let now = match meta.get("now").map_err(|error| unusable(&error))? {
            Some(bytes) => serde_json::from_slice(&bytes).map_err(|error| Unusable(error.to_string()))?,
            None => Meta::default(),
        };
        let state = Self { folder: folder.to_owned(), db, entries, commits, history, meta, now };
        // After another start of the machine pages may be gone that were written before it.
        if !state.now.clean && state.now.seq > 0 && state.now.boot != boot {
            return Err(Unusable("not closed before the machine was started anew".to_owned()));
        }
        Ok(state)
    }

    /// What it says of itself.
    pub fn meta(&self) -> &Meta {
        &self.now
    }

    /// Marks it as in use, at this start of the machine.
    pub fn begin(&mut self, boot: &str) -> Result<(), Unusable> {
        self.now.clean = false;
        boot.clone_into(&mut self.now.boot);
        self.meta.insert("now", self.meta_bytes()).map(|_| ()).map_err(|error| unusable(&error))
    }

    /// Whether sled came back empty although files were there.
    pub fn was_lost(&self) -> bool {
        self.db.was_recovered()
    }

    /// Whether count and digest agree with the entries, and every entry can be read.
    pub fn check(&self) -> Result<(), Unusable> {
        self.each(|_, _, _| ())
    }

    /// The book as the state has it, if count and digest agree.
    pub fn load(&self) -> Result<Book, Unusable> {
        let mut book = Book::default();
        self.each(|key, register, kept| book.take_in(key, &register, kept))?;
        book.taken_in(self.now.seq, self.now.last_utc);
        Ok(book)
    }

    fn each(&self, mut each: impl FnMut(EntryKey, String, Kept)) -> Result<(), Unusable> {
        let (mut count, mut digest) = (0, 0_u64);
        let mut whole: Option<(u32, Vec<u8>)> = None;
        let mut finish = |key: u32, bytes: &[u8]| -> Result<(), Unusable> {
            let (register, kept) = codec::decode(bytes).map_err(|_| Unusable(format!("entry {key}")))?;
            count += 1;
            digest = digest.wrapping_add(mix(key, codec::stored_checksum(bytes)));
            each(EntryKey(key), register, kept);
            Ok(())
        };
        for item in &self.entries {
            // An iterator that met an error repeats it for ever: stop at the first.
            let (key, piece) = item.map_err(|error| unusable(&error))?;
            let Some((number, [_])) = key.split_first_chunk::<4>() else {
                return Err(Unusable("key".to_owned()));
            };
            let number = u32::from_be_bytes(*number);
            match &mut whole {
                Some((open, bytes)) if *open == number => bytes.extend_from_slice(&piece),
                _ => {
                    if let Some((done, bytes)) = whole.replace((number, piece.to_vec())) {
                        finish(done, &bytes)?;
                    }
                }
            }
        }
        if let Some((done, bytes)) = whole {
            finish(done, &bytes)?;
        }
        if (count, digest) == (self.now.count, self.now.digest) {
            return Ok(());
        }
        Err(Unusable(format!("{count} entries where {} were kept", self.now.count)))
    }

    /// Takes in what the journal has beyond it, some entries at a time; the head comes with the last of them.
    pub fn catch_up(
        &mut self,
        head: (&Head, Position, i64),
        positions: &[(u64, Position)],
        touched: &[(u64, EntryKey)],
        book: &Book,
    ) -> Result<(), Unusable> {
        if positions.is_empty() {
            return Ok(());
        }
        let mut left = touched.chunks(500).peekable();
        let before = Head { seq: self.now.seq, hash: self.now.hash.clone() };
        let place = Position { year: self.now.year, offset: self.now.offset };
        let last_utc = self.now.last_utc;
        let mut positions = positions.chunks(500).peekable();
        while left.peek().is_some() || positions.peek().is_some() {
            let touched = left.next().unwrap_or(&[]);
            let some = positions.next().unwrap_or(&[]);
            let kept = |(seq, key): &(u64, EntryKey)| {
                book.kept(*key).map(|(register, kept)| (*seq, (*key, register, kept)))
            };
            let changed: Vec<(u64, Changed)> = touched.iter().filter_map(kept).collect();
            let done = left.peek().is_none() && positions.peek().is_none();
            self.keep(if done { head } else { (&before, place, last_utc) }, some, &changed)?;
        }
        Ok(())
    }

    /// Takes in what a commit changed, all of it or nothing, together with the head.
    pub fn keep(
        &mut self,
        (head, next, last_utc): (&Head, Position, i64),
        positions: &[(u64, Position)],
        changed: &[(u64, Changed)],
    ) -> Result<(), Unusable> {
        let mut now = self.now.clone();
        (now.seq, now.hash, now.year, now.offset) = (head.seq, head.hash.clone(), next.year, next.offset);
        now.last_utc = last_utc;
        let mut puts = Vec::new();
        for (_, (key, register, kept)) in changed {
            let bytes =
                codec::encode(register, kept).ok_or_else(|| Unusable(format!("entry {key} is too large")))?;
            if let Some(before) = self.entries.get(piece_key(key.0, 0)).map_err(|error| unusable(&error))? {
                now.digest = now.digest.wrapping_sub(mix(key.0, codec::stored_checksum(&before)));
            } else {
                now.count += 1;
            }
            now.digest = now.digest.wrapping_add(mix(key.0, codec::stored_checksum(&bytes)));
            puts.push((key.0, bytes));
        }
        let meta = serde_json::to_vec(&now).map_err(|error| Unusable(error.to_string()))?;
        // Inside the closure only its own trees: anything else hangs for ever.
        let trees = (&self.entries, &self.commits, &self.history, &self.meta);
        let kept = trees.transaction(|(entries, commits, history, own)| {
            for (key, bytes) in &puts {
                let mut pieces = bytes.chunks(PIECE);
                for number in 0..PIECES {
                    match pieces.next() {
                        Some(piece) => entries.insert(piece_key(*key, number).as_slice(), piece)?,
                        None => match entries.remove(piece_key(*key, number).as_slice())? {
                            Some(_) => continue,
                            None => break,
                        },
                    };
                }
            }
            for (seq, position) in positions {
                let place = [position.year.to_be_bytes().as_slice(), &position.offset.to_be_bytes()].concat();
                commits.insert(seq.to_be_bytes().as_slice(), place)?;
            }
            for (seq, (key, _, _)) in changed {
                history.insert([key.0.to_be_bytes().as_slice(), &seq.to_be_bytes()].concat(), &[])?;
            }
            own.insert("now", meta.as_slice())?;
            Ok::<(), ConflictableTransactionError<()>>(())
        });
        kept.map_err(|error| Unusable(format!("{error:?}")))?;
        self.now = now;
        Ok(())
    }

    /// Where a commit begins in the journal.
    pub fn position(&self, seq: u64) -> Option<Position> {
        let place = self.commits.get(seq.to_be_bytes()).ok()??;
        let (year, offset) = place.split_first_chunk::<4>()?;
        Some(Position {
            year: i32::from_be_bytes(*year),
            offset: u64::from_be_bytes(offset.try_into().ok()?),
        })
    }

    /// Numbers of the commits that changed an entry, oldest first.
    pub fn history(&self, entry: EntryKey) -> Vec<u64> {
        let found = self.history.scan_prefix(entry.0.to_be_bytes());
        // An iterator that met an error repeats it for ever: stop at the first.
        let keys = found.keys().map_while(Result::ok);
        keys.filter_map(|key| Some(u64::from_be_bytes(key.get(4..)?.try_into().ok()?))).collect()
    }

    /// Writes what is pending; not yet a sync.
    pub fn flush(&self) {
        let _ = self.db.flush();
    }

    /// Notes the definitions that the journal holds.
    pub fn defined(&mut self, hash: &str) {
        hash.clone_into(&mut self.now.definitions);
    }

    /// Closes in order: everything is written and synced, and marked so, with the looks of the journal's files.
    pub fn close(mut self, files: String) {
        (self.now.clean, self.now.files) = (true, files);
        let _ = self.meta.insert("now", self.meta_bytes());
        let db = self.folder.join("db");
        let flushed = self.db.flush().is_ok();
        // sled's own flush does not reach the disk on Linux; our own sync of its file does.
        if !flushed || fs::File::open(&db).and_then(|file| file.sync_data()).is_err() {
            self.now.clean = false;
            let _ = self.meta.insert("now", self.meta_bytes());
        }
        let _ = catch_unwind(AssertUnwindSafe(move || drop(self)));
    }

    fn meta_bytes(&self) -> Vec<u8> {
        serde_json::to_vec(&self.now).unwrap_or_default()
    }
}

/// Moves an unusable state aside; only the last one is kept.
pub fn move_aside(folder: &Path) -> std::io::Result<()> {
    let aside = folder.with_extension("damaged");
    if aside.exists() {
        fs::remove_dir_all(&aside)?;
    }
    if folder.exists() { fs::rename(folder, aside) } else { Ok(()) }
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

fn piece_key(key: u32, piece: u8) -> [u8; 5] {
    let [a, b, c, d] = key.to_be_bytes();
    [a, b, c, d, piece]
}

/// Spreads a key and a checksum over 64 bits (the finisher of `SplitMix64`), so that a sum of them shows any change.
fn mix(key: u32, checksum: u32) -> u64 {
    let mut mixed = (u64::from(key) << 32 | u64::from(checksum)).wrapping_add(0x9e37_79b9_7f4a_7c15);
    mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    mixed ^ (mixed >> 31)
}

fn unusable(error: &sled::Error) -> Unusable {
    Unusable(error.to_string())
}
