//! An entry that is to be looked at again stays as it is: why, who says so, and on which day. One commit, also for
//! several entries.

use super::super::layer::{Cx, Outcome};
use super::super::notice::Notice;
use super::ask::{Ask, Asking, Take};
use crate::audit::{self, causes_in_short, not_looked_on};
use crate::book::{Date, EntryKey, Proposal, Way};
use crate::wording::{Message, message};

/// Entries that are said to stay as they are.
#[derive(Clone)]
pub struct Unchanged {
    entries: Vec<EntryKey>,
    /// The last commit that was there when it was asked.
    seen: u64,
    /// Why, once that was said.
    why: Option<String>,
}

/// Asks why those of these entries that are to be looked at stay as they are.
pub fn unchanged(entries: &[EntryKey], cx: &Cx) -> Outcome {
    let reading = cx.reading();
    let stale = entries.iter().copied().filter(|key| reading.stale().holds(*key));
    let entries: Vec<EntryKey> = stale.collect();
    let Some(first) = entries.first() else { return Outcome::Say(Notice::said(message!("stale-nothing"))) };
    let question = match entries.len() {
        1 => message!(
            "stale-why",
            entry = reading.book.serial(*first).to_owned(),
            cause = causes_in_short(&reading, *first).unwrap_or_default()
        ),
        count => message!("stale-why-many", count = count),
    };
    let asked = Unchanged { entries, seen: reading.book.seq(), why: None };
    Outcome::Push(Box::new(Asking::new(Ask::text(question), asked)))
}

impl Unchanged {
    /// Who, and the day behind the name where one is said.
    fn said(&self, words: &str, cx: &Cx) -> Result<audit::Unchanged, Message> {
        let today = cx.today();
        let (name, last) = words.rsplit_once(char::is_whitespace).unwrap_or(("", words));
        let day = Date::typed(last, today).ok().filter(|date| date.is_day());
        let (by, on) = day.map_or((words, today), |day| (name, day.first()));
        if by.trim().is_empty() {
            return Err(message!("stale-who-too"));
        }
        if let Some(wrong) = not_looked_on(&cx.reading(), &self.entries, on, today) {
            return Err(wrong);
        }
        let why = self.why.clone().unwrap_or_default();
        Ok(audit::Unchanged { why, by: by.trim().to_owned(), on, seen: self.seen })
    }

    fn save(&self, said: &audit::Unchanged, cx: &mut Cx) -> Outcome {
        let now = cx.now;
        let edits = audit::unchanged(&cx.reading(), &self.entries, said);
        let serials: Vec<&str> = self.entries.iter().map(|key| cx.session.book().serial(*key)).collect();
        let done = message!("stale-unchanged", entries = serials.join(" "));
        let proposal = Proposal { way: Way::Screen, why: Some(said.why.clone()), edits };
        match cx.session.record(proposal, now) {
            Ok(_) => Outcome::Saved(Notice::said(done), self.entries.first().copied()),
            Err(error) => Outcome::Say(Notice::wrong(&error)),
        }
    }
}

impl Take for Unchanged {
    fn take(&mut self, words: &str, cx: &mut Cx) -> Outcome {
        if self.why.is_none() {
            let likely = format!("{} {}", cx.session.shown_name(), cx.today());
            let asked = Self { why: Some(words.to_owned()), ..self.clone() };
            let ask = Ask::filled(message!("stale-who"), &likely);
            return Outcome::Replace(Box::new(Asking::new(ask, asked)));
        }
        match self.said(words, cx) {
            Ok(said) => self.save(&said, cx),
            Err(wrong) => Outcome::Say(Notice::refused(wrong)),
        }
    }

    fn is_gone(&self, cx: &Cx) -> bool {
        self.entries.iter().any(|key| !cx.reading().stale().holds(*key))
    }
}
