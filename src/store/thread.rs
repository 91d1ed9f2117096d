//! The one thread that touches journal and state, behind channels with a time limit.

use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender, channel};
use std::thread::JoinHandle;
use std::time::{Duration, Instant};

use super::chain::Define;
use super::codec::Page;
use super::error::StoreError;
use super::journal::{Head, Journal, Past};
use super::lock::Lock;
use super::state::{News, Place, State};
use super::waypoint::{Waypoints, length};
use crate::book::{Book, Commit, EntryKey};

/// How long an answer may take before the storage counts as stuck.
const PATIENCE: Duration = Duration::from_secs(10);
/// How long after a commit the state is flushed at the latest.
const FLUSH_AFTER: Duration = Duration::from_millis(500);

enum Job {
    Append(Box<Commit>, Vec<Define>, Sender<Result<Head, StoreError>>),
    Keep(Keep),
    Lay(Box<Book>),
    History(EntryKey, Sender<Result<Vec<Past>, StoreError>>),
    CommitAt(u64, Option<EntryKey>, Sender<Result<Commit, StoreError>>),
    Close,
}

/// What a written commit changed, for the state.
pub struct Keep {
    /// Pages that changed; nothing where one is too large to be read again.
    pub pages: Option<Vec<Page>>,
    /// Which commit changed which entry.
    pub touched: Vec<(u64, EntryKey)>,
    /// The latest moment of any commit.
    pub last_utc: i64,
    /// The hash of the definitions that the journal holds.
    pub definitions: String,
    /// Texts of methods that are in force no longer from this commit on.
    pub left: Vec<String>,
}

/// The way to the storage thread.
pub struct Writer {
    jobs: Sender<Job>,
    thread: Option<JoinHandle<()>>,
}

struct Storage {
    journal: Journal,
    state: Option<State>,
    _lock: Lock,
    /// Commits written whose entries the state has not got yet.
    written: Vec<(u64, super::journal::Position)>,
    flush_at: Option<Instant>,
}

impl Writer {
    /// Starts the thread.
    pub fn start(journal: Journal, state: Option<State>, lock: Lock) -> std::io::Result<Self> {
        let (jobs, inbox) = channel();
        let storage = Storage { journal, state, _lock: lock, written: Vec::new(), flush_at: None };
        let thread =
            std::thread::Builder::new().name("storage".to_owned()).spawn(move || storage.run(&inbox))?;
        Ok(Self { jobs, thread: Some(thread) })
    }

    /// Writes a commit; when this returns, it lasts.
    pub fn append(&self, commit: &Commit, defines: Vec<Define>) -> Result<Head, StoreError> {
        self.ask(|reply| Job::Append(Box::new(commit.clone()), defines, reply))
    }

    /// Hands the entries that a written commit changed to the state; nobody waits for it.
    pub fn keep(&self, keep: Keep) {
        let _ = self.jobs.send(Job::Keep(keep));
    }

    /// Hands over the book as it is after the last commit, to lay a waypoint; nobody waits for it.
    pub fn lay(&self, book: Book) {
        let _ = self.jobs.send(Job::Lay(Box::new(book)));
    }

    /// What happened to an entry.
    pub fn history(&self, entry: EntryKey) -> Result<Vec<Past>, StoreError> {
        self.ask(|reply| Job::History(entry, reply))
    }

    /// The commit with this number, or only what it did to an entry.
    pub fn commit_at(&self, seq: u64, only: Option<EntryKey>) -> Result<Commit, StoreError> {
        self.ask(|reply| Job::CommitAt(seq, only, reply))
    }

    fn ask<T>(&self, job: impl FnOnce(Sender<Result<T, StoreError>>) -> Job) -> Result<T, StoreError> {
        let (reply, answer) = channel();
        self.jobs.send(job(reply)).map_err(|_| StoreError::Stopped)?;
        match answer.recv_timeout(PATIENCE) {
            Ok(answer) => answer,
            Err(RecvTimeoutError::Timeout) => Err(StoreError::Stuck),
            Err(RecvTimeoutError::Disconnected) => Err(StoreError::Stopped),
        }
    }
}

impl Drop for Writer {
    fn drop(&mut self) {
        let _ = self.jobs.send(Job::Close);
        if let Some(thread) = self.thread.take() {
            let _ = thread.join();
        }
    }
}

impl Storage {
    fn run(mut self, inbox: &Receiver<Job>) {
        loop {
            let job = match self.flush_at {
                None => inbox.recv().map_err(|_| RecvTimeoutError::Disconnected),
                Some(at) => inbox.recv_timeout(at.saturating_duration_since(Instant::now())),
            };
            match job {
                Ok(Job::Append(commit, defines, reply)) => {
                    let written = self.append(&commit, &defines);
                    let _ = reply.send(written);
                }
                Ok(Job::Keep(keep)) => self.keep(keep),
                Ok(Job::Lay(book)) => self.lay(&book),
                Ok(Job::History(entry, reply)) => {
                    let _ = reply.send(self.history(entry));
                }
                Ok(Job::CommitAt(seq, only, reply)) => {
                    let _ = reply.send(self.commit_at(seq, only));
                }
                Err(RecvTimeoutError::Timeout) => {
                    self.flush_at = None;
                    if let Some(state) = &self.state {
                        state.flush();
                    }
                }
                Ok(Job::Close) | Err(RecvTimeoutError::Disconnected) => break,
            }
        }
        if let Some(state) = self.state.take() {
            state.close(super::load::fingerprint(self.journal.folder()));
        }
    }

    fn append(&mut self, commit: &Commit, defines: &[Define]) -> Result<Head, StoreError> {
        let position = self.journal.append(commit, defines)?;
        self.written.push((commit.seq, position));
        Ok(self.journal.head().clone())
    }

    fn keep(&mut self, keep: Keep) {
        let Some(state) = &mut self.state else { return };
        state.defined(&keep.definitions, &keep.left);
        let place =
            Place { head: self.journal.head().clone(), next: self.journal.next(), last_utc: keep.last_utc };
        let taken = keep.pages.is_some_and(|pages| {
            let news = News { pages, positions: std::mem::take(&mut self.written), touched: keep.touched };
            state.keep(&place, &news).is_ok()
        });
        // A state that cannot follow (a full disk, say) is left behind; the next open makes it good.
        if taken {
            self.flush_at.get_or_insert(Instant::now() + FLUSH_AFTER);
        } else {
            self.state = None;
        }
    }

    fn lay(&self, book: &Book) {
        let (journal, head) = (self.journal.folder(), self.journal.head());
        if self.state.is_some() && book.seq() == head.seq {
            Waypoints::beside(journal).keep(book, head, length(journal));
        }
    }

    fn history(&self, entry: EntryKey) -> Result<Vec<Past>, StoreError> {
        let Some(state) = &self.state else { return Err(StoreError::Stopped) };
        let mut past = Vec::new();
        for seq in state.history(entry) {
            past.extend(super::access::past_of(self.commit_at(seq, Some(entry))?, entry));
        }
        Ok(past)
    }

    fn commit_at(&self, seq: u64, only: Option<EntryKey>) -> Result<Commit, StoreError> {
        let recent = self.written.iter().find(|(written, _)| *written == seq).map(|(_, position)| *position);
        let position = recent.or_else(|| self.state.as_ref()?.position(seq)).ok_or(StoreError::Stopped)?;
        self.journal.commit_at(position, only)
    }
}
