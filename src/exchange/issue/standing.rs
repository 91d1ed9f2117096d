//! How an issued list stands: what it was bound to, whether the book of then still gives that, and what changed since.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;

use chrono::{DateTime, Utc};
use sha2::{Digest, Sha256};

use super::Issued;
use crate::book::{EntryKey, Point, Value};
use crate::catalogue::{Listing, Reading};
use crate::share::{Session, SessionError};
use crate::store::hex;
use crate::wording::{Lang, message};

/// The rows of a list, each as what it holds, by field, as the journal writes it.
pub(super) type Rows = BTreeMap<EntryKey, BTreeMap<String, String>>;

/// Fields that are no content of a list: they change while it says the same.
const ASIDE: &[&str] = &["note", "kept", "attachments", "review", "owner"];

/// What of a list is not as it was issued.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Since {
    /// Rows that came.
    pub new: Vec<EntryKey>,
    /// Rows that left it.
    pub gone: Vec<EntryKey>,
    /// Rows that changed: which fields.
    pub changed: Vec<(EntryKey, Vec<String>)>,
}

impl Since {
    /// How many rows differ.
    pub fn count(&self) -> usize {
        self.new.len() + self.gone.len() + self.changed.len()
    }

    fn between(then: &Rows, now: &Rows) -> Self {
        let new = now.keys().filter(|key| !then.contains_key(key)).copied().collect();
        let gone = then.keys().filter(|key| !now.contains_key(key)).copied().collect();
        let mut since = Self { new, gone, changed: Vec::new() };
        for (key, after) in now {
            let Some(before) = then.get(key) else { continue };
            let ids: BTreeSet<&String> = before.keys().chain(after.keys()).collect();
            let fields: Vec<String> =
                ids.into_iter().filter(|id| before.get(*id) != after.get(*id)).cloned().collect();
            if !fields.is_empty() {
                since.changed.push((*key, fields));
            }
        }
        since
    }
}

impl Issued {
    /// The list as it was issued: the book of then, on the day of the issue.
    fn then(&self, session: &Session, now: DateTime<Utc>) -> Result<Option<Session>, SessionError> {
        let Some(at) = self.at else { return Ok(None) };
        let then = match self.on {
            Some(day) => session.after(at, day, now)?,
            None => session.as_of(&Point::Commit(at), now)?,
        };
        Ok(Some(then))
    }

    /// How it stands: whether the book of then gives the hash that was recorded, and what is not as it was. None of a
    /// draft.
    pub fn standing(
        &self,
        session: &Session,
        lang: Lang,
        now: DateTime<Utc>,
    ) -> Result<Option<Standing>, SessionError> {
        let Some(then) = self.then(session, now)? else { return Ok(None) };
        let rows = |session: &Session| {
            let reading = session.reading(lang);
            let listing = reading.listing(&self.view).ok()?;
            let rows = rows(&reading, &listing, session, now);
            let seal = seal(&reading, &listing, &rows);
            Some((rows, seal))
        };
        let (before, sealed) = rows(&then).unwrap_or_default();
        let (after, _) = rows(session.present()).unwrap_or_default();
        let since = Since::between(&before, &after);
        Ok(Some(Standing { then, holds: sealed == self.seal, since }))
    }
}

/// How an issued list stands.
pub struct Standing {
    /// The book as it was when it was issued.
    pub then: Session,
    /// Whether that gives the hash that was recorded.
    pub holds: bool,
    /// What is not as it was.
    pub since: Since,
}

/// What the rows of a list hold, without what changes no list: notes, places of papers, dates of reviews.
pub(super) fn rows(reading: &Reading, listing: &Listing, session: &Session, now: DateTime<Utc>) -> Rows {
    let today = session.today(now);
    let keys = reading.entries(listing, "", today).unwrap_or_default();
    let kept = listing.register.features.kept.as_ref();
    let aside = |id: &str| ASIDE.contains(&id) || kept.is_some_and(|kept| kept.has(id));
    let words = |value: Value| match value {
        // That it was evaluated again with the same result changes no list.
        Value::Evaluation(evaluation) => {
            serde_json::to_string(&(&*evaluation.judged, evaluation.residual.as_deref()))
        }
        value => serde_json::to_string(&value),
    };
    let one = |key: EntryKey| {
        let entry = reading.book.entry(key)?;
        let fields = reading.book.fields(entry).filter(|(id, _)| !aside(id));
        let values = fields
            .filter_map(|(id, cell)| Some((id.to_owned(), words(cell.value(reading.book.texts())?).ok()?)));
        Some((key, values.collect()))
    };
    keys.into_iter().filter_map(one).collect()
}

/// The hash of what a list holds: its view and query, the definitions and methods in force, and each row in the order of
/// keys, as the journal writes values.
pub(super) fn seal(reading: &Reading, listing: &Listing, rows: &Rows) -> String {
    let mut text =
        format!("taizhang-list 1\n{}\n{}\n{}\n", listing.id, listing.query, reading.definitions.hash());
    for (key, values) in rows {
        // An evaluation names its method and edition.
        let _ = writeln!(text, "{} {key}", reading.book.serial(*key));
        for (id, value) in values {
            let _ = writeln!(text, "  {id} {value}");
        }
    }
    hex(&Sha256::digest(text.as_bytes()))
}

/// What is not as it was issued, a row a line.
pub fn since_words(since: &Since, reading: &Reading) -> Vec<String> {
    let name = |key: &EntryKey| format!("{} {}", reading.book.serial(*key), reading.title(*key));
    let render = |message| reading.wording.render(&message);
    let fields = |key: &EntryKey, ids: &[String]| {
        let register = reading.book.entry(*key).and_then(|entry| reading.register(entry));
        let names = ids.iter().map(|id| {
            let field = register.and_then(|register| register.field(id));
            field.map_or(id.as_str(), |field| field.name.get(reading.lang)).to_owned()
        });
        names.collect::<Vec<_>>().join("、")
    };
    let new = since.new.iter().map(|key| render(message!("issue-new", entry = name(key))));
    let gone = since.gone.iter().map(|key| render(message!("issue-gone", entry = name(key))));
    let changed = since
        .changed
        .iter()
        .map(|(key, ids)| render(message!("issue-changed", entry = name(key), fields = fields(key, ids))));
    new.chain(gone).chain(changed).collect()
}
