//! The state: the present entries in sled, so that a book opens without reading its past.
//!
//! sled 0.34.7 forgets what was not synced without a word, panics over some damage and hangs when it is used
//! wrongly. So it never holds the only copy; it is opened behind `catch_unwind`, trusted only when head,
//! count and digest agree with what it holds, and thrown away otherwise. No type of sled leaves this module.

mod keys;
mod meta;
mod trees;

use std::collections::BTreeMap;
use std::fs;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};

use sled::Transactional;
use sled::transaction::ConflictableTransactionError;

use self::keys::{history_key, mix, piece_key, place_bytes};
pub use self::meta::{Meta, Unusable};
use super::codec::{self, Page, PageKey, Undecodable};
use super::journal::{Head, Position};
use crate::book::{Book, EntryKey};

/// The largest piece of a value; larger ones would go to files that sled never syncs.
const PIECE: usize = 4_000;

/// How far a book goes: its last commit, where the journal goes on, the latest moment of any commit.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Place {
    /// The last commit.
    pub head: Head,
    /// Where the next one goes.
    pub next: Position,
    /// The latest moment of any commit.
    pub last_utc: i64,
}

/// What the state has to take in.
#[derive(Debug, Clone, Default)]
pub struct News {
    /// Pages that changed.
    pub pages: Vec<Page>,
    /// Where commits begin in the journal.
    pub positions: Vec<(u64, Position)>,
    /// Which commit changed which entry.
    pub touched: Vec<(u64, EntryKey)>,
}

/// The open state.
pub struct State {
    folder: PathBuf,
    db: sled::Db,
    pages: sled::Tree,
    commits: sled::Tree,
    history: sled::Tree,
    meta: sled::Tree,
    now: Meta,
}

impl State {
    /// Opens the state in a folder, an empty one where there is none, to go on with it.
    pub fn open(folder: &Path, boot: &str) -> Result<Self, Unusable> {
        let state = Self::look(folder)?;
        // After another start of the machine pages may be gone that were written before it.
        if !state.now.clean && state.now.seq > 0 && state.now.boot != boot {
            let why = "not closed before the machine was started anew".to_owned();
            return Err(Unusable { why, known: state.now.head() });
        }
        Ok(state)
    }

    /// The same only to look at it.
    pub fn look(folder: &Path) -> Result<Self, Unusable> {
        let (db, pages, commits, history, meta) = trees::open(folder)?;
        let now = match meta.get("now").map_err(|error| unusable(&error))? {
            Some(bytes) => {
                serde_json::from_slice(&bytes).map_err(|error| Unusable::new(error.to_string()))?
            }
            None => Meta::default(),
        };
        let state = Self { folder: folder.to_owned(), db, pages, commits, history, meta, now };
        if state.now.seq > 0 && state.now.format != codec::FORMAT {
            return Err(Unusable { why: format!("format {}", state.now.format), known: state.now.head() });
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

    /// Whether count and digest agree with the pages, and each page is whole.
    pub fn check(&self) -> Result<(), Unusable> {
        guarded(|| self.each(|_, bytes| codec::check(bytes)))
    }

    /// The book as the state has it, if count and digest agree.
    pub fn load(&self) -> Result<Book, Unusable> {
        guarded(|| {
            let mut pages = Vec::new();
            self.each(|page, bytes| {
                pages.push((page, bytes.to_vec()));
                Ok(())
            })?;
            let book = codec::restore(&pages).map_err(|Undecodable| Unusable::new("pages"))?;
            Ok(book.finish(self.now.seq, self.now.last_utc))
        })
    }

    /// The names of pages that the state keeps otherwise, or not at all.
    pub fn differing(&self, pages: &[Page]) -> Result<Vec<PageKey>, Unusable> {
        let mut kept = BTreeMap::new();
        guarded(|| {
            self.each(|page, bytes| {
                kept.insert(page, codec::stored_checksum(bytes));
                Ok(())
            })
        })?;
        let differs = |(page, bytes): &&Page| kept.get(page) != Some(&codec::stored_checksum(bytes));
        Ok(pages.iter().filter(differs).map(|(page, _)| *page).collect())
    }

    fn each(&self, mut each: impl FnMut(PageKey, &[u8]) -> Result<(), Undecodable>) -> Result<(), Unusable> {
        let (mut count, mut digest) = (0, 0_u64);
        let mut whole: Option<(PageKey, Vec<u8>)> = None;
        let mut finish = |page: PageKey, bytes: &[u8]| -> Result<(), Unusable> {
            each(page, bytes).map_err(|Undecodable| Unusable::new(format!("page {page:?}")))?;
            count += 1;
            digest = digest.wrapping_add(mix(page, codec::stored_checksum(bytes)));
            Ok(())
        };
        for item in &self.pages {
            // An iterator that met an error repeats it for ever: stop at the first.
            let (key, piece) = item.map_err(|error| unusable(&error))?;
            let name = key.split_first_chunk::<5>().filter(|(_, piece)| piece.len() == 2);
            let page = name.and_then(|(name, _)| PageKey::read(*name));
            let page = page.ok_or_else(|| Unusable::new("name of a page"))?;
            match &mut whole {
                Some((open, bytes)) if *open == page => bytes.extend_from_slice(&piece),
                _ => {
                    if let Some((done, bytes)) = whole.replace((page, piece.to_vec())) {
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
        Err(Unusable::new(format!("{count} pages where {} were kept", self.now.count)))
    }

    /// Takes in much, some at a time; the head comes with the last of it.
    pub fn catch_up(&mut self, to: &Place, news: &News) -> Result<(), Unusable> {
        const SOME: usize = 500;
        if self.now.seq == 0 && self.now.count == 0 {
            return self.fill(to, news);
        }
        let here = Place {
            head: self.now.head(),
            next: Position { year: self.now.year, offset: self.now.offset },
            last_utc: self.now.last_utc,
        };
        let most = news.pages.len().max(news.positions.len()).max(news.touched.len());
        let mut rounds = (0..most).step_by(SOME).peekable();
        while let Some(from) = rounds.next() {
            let some = News {
                pages: part(&news.pages, from, SOME),
                positions: part(&news.positions, from, SOME),
                touched: part(&news.touched, from, SOME),
            };
            self.keep(if rounds.peek().is_none() { to } else { &here }, &some)?;
        }
        Ok(())
    }

    /// Takes in everything where nothing was kept yet. Half of it would be of no use, and is made anew: so it is
    /// written straight, and the head comes last.
    fn fill(&mut self, to: &Place, news: &News) -> Result<(), Unusable> {
        let mut now = self.at(to);
        let put = |tree: &sled::Tree, key: &[u8], value: &[u8]| {
            tree.insert(key, value).map(drop).map_err(|error| unusable(&error))
        };
        for (page, bytes) in &news.pages {
            for (piece, number) in bytes.chunks(PIECE).zip(0..) {
                put(&self.pages, &piece_key(*page, number), piece)?;
            }
            now.count += 1;
            now.digest = now.digest.wrapping_add(mix(*page, codec::stored_checksum(bytes)));
        }
        for (seq, position) in &news.positions {
            put(&self.commits, &seq.to_be_bytes(), &place_bytes(*position))?;
        }
        for (seq, key) in &news.touched {
            put(&self.history, &history_key(*seq, *key), &[])?;
        }
        self.now = now;
        put(&self.meta, b"now", &self.meta_bytes())
    }

    /// What it says of itself with the head at a place.
    fn at(&self, place: &Place) -> Meta {
        let mut now = self.now.clone();
        (now.format, now.last_utc) = (codec::FORMAT, place.last_utc);
        (now.seq, now.hash) = (place.head.seq, place.head.hash.clone());
        (now.year, now.offset) = (place.next.year, place.next.offset);
        now
    }

    /// Takes in what changed, all of it or nothing, together with the head.
    pub fn keep(&mut self, place: &Place, news: &News) -> Result<(), Unusable> {
        let mut now = self.at(place);
        for (page, bytes) in &news.pages {
            if let Some(before) = self.pages.get(piece_key(*page, 0)).map_err(|error| unusable(&error))? {
                now.digest = now.digest.wrapping_sub(mix(*page, codec::stored_checksum(&before)));
            } else {
                now.count += 1;
            }
            now.digest = now.digest.wrapping_add(mix(*page, codec::stored_checksum(bytes)));
        }
        let meta = serde_json::to_vec(&now).map_err(|error| Unusable::new(error.to_string()))?;
        // Inside the closure only its own trees: anything else hangs for ever.
        let trees = (&self.pages, &self.commits, &self.history, &self.meta);
        let kept = trees.transaction(|(pages, commits, history, own)| {
            for (page, bytes) in &news.pages {
                let mut pieces = bytes.chunks(PIECE);
                for number in 0..=u16::MAX {
                    let key = piece_key(*page, number);
                    match pieces.next() {
                        Some(piece) => pages.insert(key.as_slice(), piece)?,
                        None => match pages.remove(key.as_slice())? {
                            Some(_) => continue,
                            None => break,
                        },
                    };
                }
            }
            for (seq, position) in &news.positions {
                commits.insert(seq.to_be_bytes().as_slice(), place_bytes(*position).as_slice())?;
            }
            for (seq, key) in &news.touched {
                history.insert(history_key(*seq, *key).as_slice(), &[])?;
            }
            own.insert("now", meta.as_slice())?;
            Ok::<(), ConflictableTransactionError<()>>(())
        });
        kept.map_err(|error| Unusable::new(format!("{error:?}")))?;
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

    /// Notes the definitions that the journal holds, and methods that are in force no longer.
    pub fn defined(&mut self, hash: &str, left: &[String]) {
        hash.clone_into(&mut self.now.definitions);
        self.now.past.extend_from_slice(left);
    }

    /// Notes the methods that were in force once.
    pub fn remember(&mut self, past: &[String]) {
        past.clone_into(&mut self.now.past);
    }

    /// Leaves it as it was.
    pub fn leave(self) {
        let _ = catch_unwind(AssertUnwindSafe(move || drop(self)));
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

fn part<T: Clone>(all: &[T], from: usize, most: usize) -> Vec<T> {
    all.iter().skip(from).take(most).cloned().collect()
}

/// What sled says, without the traces that it leaves empty.
fn unusable(error: &sled::Error) -> Unusable {
    Unusable::new(match error {
        sled::Error::Corruption { at: Some(at), .. } => format!("sled: corrupted data at {at}"),
        sled::Error::Corruption { at: None, .. } => "sled: corrupted data".to_owned(),
        other => format!("sled: {other}"),
    })
}

/// sled panics over some damage.
fn guarded<T>(read: impl FnOnce() -> Result<T, Unusable>) -> Result<T, Unusable> {
    catch_unwind(AssertUnwindSafe(read)).unwrap_or_else(|_| Err(Unusable::new("panic")))
}
