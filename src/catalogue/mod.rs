//! Definitions and book together, made ready to be shown, ordered, entered and listed.
//!
//! A [`Reading`] is a book seen with its definitions in one language. It is cheap to make and holds
//! nothing of its own; both faces and the exports look at entries only through it.

mod change;
mod clauses;
mod clock;
mod counts;
mod draw;
mod enter;
mod example;
mod find;
mod found;
mod json;
mod listing;
mod net;
mod order;
mod outdated;
mod past;
mod questions;
mod ready;
mod rule_change;
mod rule_words;
mod running;
mod sheet;
mod show;
mod summary;
mod yearly;

pub use clauses::{Clause, clause, clauses};
pub use clock::{Course, Fields, Noted, Stamped, duration, seconds, stamp_text, time_of_day};
pub use counts::{Counts, Due};
pub use draw::{DrawError, DrawWanted, Drawn, USUAL, draw, seed_of};
pub use enter::{EntryError, NO, YES};
pub use find::{LookUp, Rank, clause_said};
pub use found::OpenFinding;
pub use listing::{Listing, ListingError, VIEWS, sort_by};
pub use net::{Became, Doing, Net, NetEntry, NetField, Tally};
pub use past::{PastTexts, Was};
pub use questions::{AUDITS, Looking, QUESTIONS, QUESTIONS_OPEN, STATUS};
pub use ready::ready;
pub use rule_change::{Case, RuleChange, Turn};
pub use rule_words::CaseWords;
pub use running::{odd_heads, too_long_note, too_many_heads};
pub use sheet::{Answer, Blank, Item};
pub use show::{Shown, Sign, UNSCORED};
pub use summary::{ASIDE, REVIEW, REVIEW_AHEAD, REVIEWED, Summary};
pub use yearly::YearBefore;

use chrono::{DateTime, FixedOffset, TimeZone};

use crate::book::{Book, Cell, Entry, EntryKey};
use crate::definition::{Definitions, Field, Register};
use crate::query::{Stale, Words};
use crate::scoring::{Evaluation, Method};
use crate::wording::{Lang, Wording};

/// A book seen with its definitions, in one language and on one clock.
#[derive(Clone, Copy)]
pub struct Reading<'a> {
    /// The entries.
    pub book: &'a Book,
    /// What they mean.
    pub definitions: &'a Definitions,
    /// The words of the entries, for searching.
    pub words: &'a Words,
    /// The sentences of the language.
    pub wording: &'static Wording,
    /// The language.
    pub lang: Lang,
    /// The book's clock.
    pub zone: FixedOffset,
    /// What is personal is withheld: such entries are called by the name of their register.
    pub veiled: bool,
}

impl<'a> Reading<'a> {
    /// Sees a book with its definitions in a language.
    pub fn new(
        (book, definitions, words): (&'a Book, &'a Definitions, &'a Words),
        lang: Lang,
        zone: FixedOffset,
    ) -> Self {
        Self { book, definitions, words, wording: lang.wording(), lang, zone, veiled: false }
    }

    /// Whether the entries of a register are withheld.
    pub fn withholds(&self, register: &Register) -> bool {
        self.veiled && register.form.personal
    }

    /// The register an entry lies in, while it is defined.
    pub fn register(&self, entry: &Entry) -> Option<&'a Register> {
        self.definitions.register(self.book.register_id(entry.register))
    }

    /// The title of an entry; of a deleted one the last it had.
    pub fn title(&self, key: EntryKey) -> String {
        let last = || self.book.tombstone(key).map(|gone| &gone.last);
        let Some(entry) = self.book.entry(key).or_else(last) else { return String::new() };
        let Some(register) = self.register(entry) else { return String::new() };
        if self.withholds(register) {
            return register.name.get(self.lang).to_owned();
        }
        match self.book.cell(entry, &register.title_field().id) {
            Cell::Text(id) => self.book.text(*id).to_owned(),
            _ => String::new(),
        }
    }

    /// The evaluation of an entry, where it has one.
    pub fn evaluation(&self, entry: &'a Entry) -> Option<&'a Evaluation> {
        let (_, field) = self.register(entry)?.evaluation()?;
        self.book.cell(entry, &field.id).evaluation()
    }

    /// The method and edition an evaluation was made by.
    pub fn method(&self, evaluation: &Evaluation) -> Option<&'a Method> {
        self.definitions.methods().edition(&evaluation.method, evaluation.edition)
    }

    /// The method by which an entry with these field values is to be evaluated now.
    pub fn method_for(&self, field: &Field, value_of: impl Fn(&str) -> Option<String>) -> Option<&'a Method> {
        let method = field.method(|id, code| value_of(id).as_deref() == Some(code))?;
        self.definitions.methods().get(method)
    }

    /// The method by which this entry is to be evaluated now.
    pub fn method_of(&self, entry: &Entry) -> Option<&'a Method> {
        let (_, field) = self.register(entry)?.evaluation()?;
        self.method_for(field, |id| match self.book.cell(entry, id) {
            Cell::Choice(code) => Some(self.book.text(*code).to_owned()),
            _ => None,
        })
    }

    /// Whether the evaluation of an entry rests on a rule that is in force no longer; none where it has none.
    pub fn is_outdated(&self, entry: &Entry) -> Option<bool> {
        let (_, field) = self.register(entry)?.evaluation()?;
        let evaluation = self.book.cell(entry, &field.id).evaluation()?;
        let holds = |id: &str, code: &str| matches!(self.book.cell(entry, id), Cell::Choice(here) if self.book.text(*here) == code);
        Some(self.definitions.is_outdated(field, &evaluation.judged, holds))
    }

    /// The entries that are to be looked at again, because something changed on which they rest.
    pub fn stale(&self) -> &'a Stale {
        self.words.stale(self.book, self.definitions)
    }

    /// Required fields of an entry that are still open.
    pub fn open_fields(&self, entry: &'a Entry) -> impl Iterator<Item = &'a Field> {
        let (book, register) = (self.book, self.register(entry));
        let fields = register.map_or(&[][..], |register| &register.fields);
        fields.iter().filter(move |field| field.required && book.cell(entry, &field.id).is_empty())
    }

    /// A moment on the book's clock.
    pub fn local(&self, seconds: i64) -> DateTime<FixedOffset> {
        self.zone.timestamp_opt(seconds, 0).single().unwrap_or_default()
    }

    fn level_rank(&self, evaluation: &Evaluation) -> Option<crate::scoring::Decimal> {
        let band = self.method(evaluation)?.band(&evaluation.level)?;
        // Listed entries stand before the others, whatever their methods call the level.
        Some(crate::scoring::Decimal::from(band.rank + if evaluation.listed { 1000 } else { 0 }))
    }
}
