//! One person's hold on a book.

use std::cell::OnceCell;
use std::sync::Arc;

use chrono::{DateTime, FixedOffset, NaiveDate, Utc};

use crate::book::{Book, Change, Commit, EntryKey, FileRef, NoPoint, Origin, Proposal, Refusal, Way};
use crate::catalogue::{Counts, Due, PastTexts, Reading};
use crate::definition::Definitions;
use crate::query::Words;
use crate::store::{Access, Defined, Folder, Note, Opened, Past, Settings, StoreError, Went};
use crate::wording::{Lang, Message, Tell};

/// Who is at the keys; it enters from outside.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Who {
    /// The system user.
    pub user: String,
    /// The host.
    pub host: String,
}

/// Why a change did not happen. Nothing has changed then.
#[derive(Debug, thiserror::Error)]
pub enum SessionError {
    /// The book refuses it.
    #[error(transparent)]
    Refused(#[from] Refusal),
    /// The store could not keep it.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// There is nothing to undo or redo, or something stands in the way.
    #[error(transparent)]
    Undo(#[from] super::UndoError),
    /// A rule is not changed.
    #[error(transparent)]
    Rule(#[from] super::RuleError),
    /// There is no such point in the past.
    #[error(transparent)]
    Point(#[from] NoPoint),
}

impl Tell for SessionError {
    fn message(&self) -> Message {
        match self {
            SessionError::Refused(refusal) => refusal.message(),
            SessionError::Store(error) => error.message(),
            SessionError::Undo(error) => error.message(),
            SessionError::Rule(error) => error.message(),
            SessionError::Point(error) => error.message(),
        }
    }
}

/// One person's hold on a book: its entries, their meaning, and the way to the store.
pub struct Session {
    pub(super) book: Book,
    pub(super) words: Words,
    /// Counted at first use, then kept with every commit.
    pub(super) counts: OnceCell<Counts>,
    pub(super) definitions: Arc<Definitions>,
    pub(super) settings: Settings,
    pub(super) access: Access,
    pub(super) who: Who,
    /// The book says itself what today is.
    pub(super) fixed: bool,
    /// The journal is damaged: only what is sound of it is here.
    pub(super) damaged: bool,
    /// What once stood in entries, once somebody looked for it, and the walk that still reads it.
    pub(super) past: Option<(PastTexts, Option<Went>)>,
    /// The past that this is, where it is not the present.
    pub(super) shown: Option<super::Shown>,
    /// The present, held while a past stands in its place.
    pub(super) present: Option<Box<Session>>,
}

impl Session {
    /// Takes hold of an opened book.
    pub fn new(opened: Opened, who: Who) -> Self {
        let Opened { book, definitions, settings, access, notes } = opened;
        let (words, counts, past) = (Words::default(), OnceCell::new(), None);
        let definitions = Arc::new(definitions);
        let damaged = notes.iter().any(|note| matches!(note, Note::Damaged(_)));
        let (shown, present, fixed) = (None, None, settings.today.is_some());
        Self { book, words, counts, definitions, settings, access, who, fixed, damaged, past, shown, present }
    }

    /// The entries.
    pub fn book(&self) -> &Book {
        &self.book
    }

    /// What they mean.
    pub fn definitions(&self) -> &Arc<Definitions> {
        &self.definitions
    }

    /// What the book says of its organisation.
    pub fn settings(&self) -> &Settings {
        &self.settings
    }

    /// Who is at the keys.
    pub fn who(&self) -> &Who {
        &self.who
    }

    /// The name shown for who is at the keys.
    pub fn shown_name(&self) -> &str {
        self.settings.people.get(&self.who.user).unwrap_or(&self.who.user)
    }

    /// Why nothing can be written, where that is so.
    pub fn read_only(&self) -> Option<Message> {
        self.access.read_only().cloned()
    }

    /// Whether the journal is damaged, and only what is sound of it is here.
    pub fn is_damaged(&self) -> bool {
        self.damaged
    }

    /// Whether another process had the book, which only could be read therefore, and has left it.
    pub fn is_free_again(&self) -> bool {
        self.access.is_free_again()
    }

    /// The day from which whatever is due is reckoned: the book's own, or the day of `now`.
    pub fn today(&self, now: DateTime<Utc>) -> NaiveDate {
        self.settings.today.unwrap_or_else(|| now.with_timezone(&self.zone()).date_naive())
    }

    /// Whether the book says itself what today is, as a sample does.
    pub fn is_date_fixed(&self) -> bool {
        self.fixed
    }

    /// The book's clock.
    pub fn zone(&self) -> FixedOffset {
        self.settings.zone
    }

    /// The book seen in a language.
    pub fn reading(&self, lang: Lang) -> Reading<'_> {
        Reading::new((&self.book, &self.definitions, &self.words), lang, self.zone())
    }

    /// What home shows of the entries.
    pub fn counts(&self) -> &Counts {
        self.counts.get_or_init(|| self.reading(Lang::En).counts())
    }

    /// What is due soon, by the cadence of the book.
    pub fn due(&self, now: DateTime<Utc>) -> Due {
        Due::ahead(self.today(now), self.settings.review_months)
    }

    /// Makes ready what the first search needs, while nobody waits for it.
    pub fn warm(&self) {
        self.words.of(&self.book, &self.definitions);
    }

    /// Makes a change by hand: it is checked, written and synced, and then true. Returns it as it was written. What a
    /// register leaves to the program is refused.
    pub fn commit(&mut self, proposal: Proposal, now: DateTime<Utc>) -> Result<Commit, SessionError> {
        self.book.by_hand(&proposal.edits, &self.definitions)?;
        self.record(proposal, now)
    }

    /// Whether a change by hand would be taken; nothing changes by asking.
    pub fn may(&self, proposal: Proposal, now: DateTime<Utc>) -> Result<(), Refusal> {
        self.book.by_hand(&proposal.edits, &self.definitions)?;
        self.book.admit(proposal, &self.definitions, self.origin(now)).map(|_| ())
    }

    /// Makes a change that the program itself records.
    pub fn record(&mut self, proposal: Proposal, now: DateTime<Utc>) -> Result<Commit, SessionError> {
        let origin = self.origin(now);
        self.commit_as(proposal, origin)
    }

    /// The same with an origin of the caller's, for a sample whose changes are dated.
    pub fn commit_as(&mut self, proposal: Proposal, origin: Origin) -> Result<Commit, SessionError> {
        let commit = self.book.admit(proposal, &self.definitions, origin)?;
        self.access.write(&commit)?;
        // The store has it; a book that cannot follow its own journal must not be shown any longer.
        self.book.apply(&commit).map_err(StoreError::from)?;
        self.access.keep(&self.book, &commit);
        let changed = commit.changes.iter().map(|change| change.entry);
        self.words.update(&self.book, &self.definitions, changed);
        let zone = self.zone();
        if let Some(counts) = self.counts.get_mut() {
            let reading = Reading::new((&self.book, &self.definitions, &self.words), Lang::En, zone);
            counts.update(&reading, commit.changes.iter().map(|change| change.entry));
        }
        match &mut self.past {
            Some((past, None)) => {
                commit.changes.iter().for_each(|change| past.take(change, commit.origin.utc.timestamp()));
            }
            // A walk under way may have passed the place where this is written.
            walking => *walking = None,
        }
        Ok(commit)
    }

    /// Journals definitions in place of those before, and reads everything by them from here on.
    pub(super) fn define(
        &mut self,
        (before, definitions): (&Defined, Definitions),
        origin: Origin,
        why: (Way, Option<String>),
    ) -> Result<Commit, StoreError> {
        let commit = self.access.define(&mut self.book, (before, &definitions), origin, why)?;
        (self.words, self.counts, self.past) = (Words::default(), OnceCell::new(), None);
        self.definitions = Arc::new(definitions);
        Ok(commit)
    }

    /// The folder of the book.
    pub fn folder(&self) -> Folder {
        self.access.folder()
    }

    /// Who and when, for a change made at `now`: in a book whose date is fixed it is on that day.
    pub fn origin(&self, now: DateTime<Utc>) -> Origin {
        let origin = Origin {
            utc: now,
            offset: self.zone().local_minus_utc(),
            user: self.who.user.clone(),
            name: self.shown_name().to_owned(),
            host: self.who.host.clone(),
            program: env!("CARGO_PKG_VERSION").to_owned(),
            real: None,
        };
        match self.settings.today {
            Some(day) => origin.on(day, self.book.last_utc()),
            None => origin,
        }
    }

    /// Keeps a copy of a file beside the book, for an entry that will name it.
    pub fn keep_file(&self, path: &std::path::Path) -> Result<FileRef, StoreError> {
        self.access.keep_file(path)
    }

    /// Looks at the journal again where it is only read; says whether another process has changed the book.
    pub fn renew(&mut self) -> bool {
        let Some((book, definitions)) = self.access.renewed() else { return false };
        (self.book, self.definitions, self.words) = (book, Arc::new(definitions), Words::default());
        (self.counts, self.past) = (OnceCell::new(), None);
        true
    }

    /// Reads on in what once stood in entries, over so many commits; says whether there may be more to read.
    pub fn read_past(&mut self, commits: usize) -> Result<bool, StoreError> {
        let (texts, walk) = match &mut self.past {
            Some(past) => past,
            past => past.insert((PastTexts::default(), Some(self.access.went()?))),
        };
        let Some(going) = walk else { return Ok(false) };
        let more = going.step(commits, |change, at| texts.take(change, at))?;
        if !more {
            *walk = None;
        }
        Ok(more)
    }

    /// What once stood in entries and stands there no longer, once all of it is read.
    pub fn past_texts(&self) -> Option<&PastTexts> {
        self.past.as_ref().filter(|(_, walk)| walk.is_none()).map(|(texts, _)| texts)
    }

    /// What happened to an entry, oldest first.
    pub fn history(&self, entry: EntryKey) -> Result<Vec<Past>, StoreError> {
        self.access.history(entry)
    }

    /// The commit with this number.
    pub fn commit_at(&self, seq: u64) -> Result<Commit, StoreError> {
        self.access.commit_at(seq, None)
    }

    /// What commits with these numbers did to these entries, in the same order.
    pub fn changes_at(&self, places: &[(u64, EntryKey)]) -> Vec<Option<Change>> {
        self.access.changes_at(places)
    }
}
