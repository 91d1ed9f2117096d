//! Reading the tables `[[due]]`: a date of the entry, or a number of months since one; who does it; what says it is done.

use serde::Deserialize;
use toml::Spanned;

use super::Asked;
use super::feature_tables::Names;
use super::features::{Deadline, When};
use crate::source::{Problem, RawLabel};
use crate::wording::message;

type Word = Spanned<String>;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RawDeadline {
    pub date: Option<Word>,
    pub since: Option<Word>,
    pub first: Option<Word>,
    pub every: Option<Spanned<u32>>,
    pub months: Option<Word>,
    pub of: Option<Word>,
    pub owner: Option<Word>,
    pub done: Option<Word>,
    pub newest: Option<Vec<Word>>,
    pub what: RawLabel,
}

/// The longest time between two times of one duty: a century.
const LONGEST: u32 = 1200;

impl Names<'_> {
    /// One table; `raw` knows where it stands.
    pub(super) fn deadline(&self, raw: &Spanned<RawDeadline>) -> Result<Deadline, Problem> {
        let (at, raw) = (raw.span(), raw.get_ref());
        let of = raw.of.as_ref().map(|of| Asked { query: of.get_ref().clone(), at: of.span() });
        let owner = raw.owner.as_ref().map(|said| self.owner(said)).transpose()?;
        let done = self.maybe(raw.done.as_ref(), "date")?;
        let again = raw.first.is_some() || raw.every.is_some() || raw.months.is_some();
        let counted = raw.every.is_some() || raw.months.is_some();
        let (when, done) = match (&raw.date, &raw.since) {
            (Some(date), None) if !again => (When::On(self.id(date, "date")?), done),
            (None, Some(since)) if counted => {
                let since = self.id(since, "date")?;
                // Doing it again is what it is counted from the next time.
                let done = done.or_else(|| Some(since.clone()));
                (self.counted(since, raw)?, done)
            }
            _ => return Err(self.source.problem(at, message!("definition-due-when"))),
        };
        let newest = raw.newest.as_ref().map(|said| said.iter().map(|said| self.id(said, "")).collect());
        let newest = newest.transpose()?;
        Ok(Deadline { when, of, what: self.source.label(&raw.what)?, owner, done, newest })
    }

    fn counted(&self, since: String, raw: &RawDeadline) -> Result<When, Problem> {
        if let Some(every) = raw.every.as_ref().filter(|every| !(1..=LONGEST).contains(every.get_ref())) {
            let what = message!("definition-due-months", said = *every.get_ref(), most = LONGEST);
            return Err(self.source.problem(every.span(), what));
        }
        Ok(When::Again {
            since,
            first: self.maybe(raw.first.as_ref(), "date")?,
            months: raw.every.as_ref().map(|every| *every.get_ref()),
            own: self.maybe(raw.months.as_ref(), "number")?,
        })
    }

    /// Who does it is said in words, or by what the entry links to.
    fn owner(&self, said: &Word) -> Result<String, Problem> {
        match self.field(said, "links") {
            Ok(field) => Ok(field.id.clone()),
            Err(_) => self.id(said, "text"),
        }
    }
}
