//! Issued lists: a view with number and edition, bound by a hash to the rows, definitions and methods that it had. The book
//! keeps every past, so what was issued can be read again, and told from what is true today.

mod standing;

use chrono::{DateTime, Utc};

pub use standing::{Since, Standing, since_words};

use crate::book::{Commit, Edit, Entry, EntryKey, Proposal, Value, Way};
use crate::catalogue::{Listing, Reading};
use crate::scoring::Decimal;
use crate::share::{Session, SessionError};
use crate::wording::{Lang, Message, Tell, english, message};
use standing::{rows, seal};

/// The register of issued lists.
pub const ISSUED: &str = "issued";

/// Why a list is not issued.
#[derive(Debug, thiserror::Error)]
#[error("{}", english(&self.message()))]
pub enum IssueError {
    /// It is no issued list, or none that can be issued once more.
    NoDraft(String),
    /// Its view is not there.
    NoView(String),
    /// The view holds nothing.
    Nothing(String),
    /// The edition was given out already: number and edition.
    Used(String, String),
    /// It would be signed on a day that has not come: the field and the day.
    Ahead(&'static str, String),
    /// The book or the store refuses.
    Session(#[from] SessionError),
}

impl Tell for IssueError {
    fn message(&self) -> Message {
        match self {
            IssueError::NoDraft(entry) => message!("issue-no-draft", entry = entry.clone()),
            IssueError::NoView(said) => message!("issue-no-view", said = said.clone()),
            IssueError::Nothing(list) => message!("issue-nothing", list = list.clone()),
            IssueError::Used(number, edition) => {
                message!("issue-used", number = number.clone(), edition = edition.clone())
            }
            IssueError::Ahead(_, day) => message!("issue-ahead", day = day.clone()),
            IssueError::Session(error) => error.message(),
        }
    }
}

impl IssueError {
    /// The field of the draft that a person would mend, by its id.
    pub fn field(&self) -> Option<&str> {
        match self {
            IssueError::NoView(_) => Some("view"),
            IssueError::Used(..) => Some("edition"),
            IssueError::Ahead(id, _) => Some(id),
            IssueError::Session(SessionError::Refused(refusal)) => refusal.field(),
            _ => None,
        }
    }
}

/// An issued list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Issued {
    /// Its entry.
    pub key: EntryKey,
    /// The view.
    pub view: String,
    /// Its number and edition.
    pub number: String,
    /// See [`Issued::number`].
    pub edition: String,
    /// The change of the book as of which it was issued; none for a draft.
    pub at: Option<u64>,
    /// The day on which it was.
    pub on: Option<chrono::NaiveDate>,
    /// The hash that binds it.
    pub seal: String,
    /// Its state.
    pub status: String,
}

impl Issued {
    /// What an entry says of an issued list.
    pub fn of(reading: &Reading, entry: &Entry) -> Option<Self> {
        (reading.book.register_id(entry.register) == ISSUED).then_some(())?;
        let text = |id: &str| match reading.book.value(entry, id) {
            Some(Value::Text(text) | Value::Choice(text)) => text,
            _ => String::new(),
        };
        let at = match reading.book.value(entry, "at") {
            Some(Value::Number(number)) => u64::try_from(number).ok(),
            _ => None,
        };
        Some(Self {
            key: entry.key,
            view: text("view"),
            number: text("number"),
            edition: text("edition"),
            at,
            on: match reading.book.value(entry, "issued-on") {
                Some(Value::Date(day)) => Some(day.first()),
                _ => None,
            },
            seal: text("seal"),
            status: text("status"),
        })
    }

    /// Every issue of a view, the latest first.
    pub fn all(reading: &Reading, view: &str) -> Vec<Self> {
        let entries = reading.book.entries(ISSUED).iter().filter_map(|key| reading.book.entry(*key));
        let same = |issued: &Issued| reading.listing(&issued.view).is_ok_and(|listing| listing.id == view);
        let mut all: Vec<Self> = entries.filter_map(|entry| Self::of(reading, entry)).filter(same).collect();
        all.sort_by_key(|issued| std::cmp::Reverse(issued.at.unwrap_or(u64::MAX)));
        all
    }

    /// Why it is no longer in force; nothing of one that is.
    pub fn over(&self) -> Option<Message> {
        let edition = self.edition.clone();
        match self.status.as_str() {
            "issued" => None,
            "withdrawn" => Some(message!("issue-withdrawn", edition = edition)),
            _ => Some(message!("issue-superseded", edition = edition)),
        }
    }

    /// The issue of a view that is in force.
    pub fn in_force(reading: &Reading, view: &str) -> Option<Self> {
        Self::all(reading, view).into_iter().find(|issued| issued.status == "issued")
    }
}

/// The edition after one: `A/0`, `A/1`, ...; the first where there is none.
pub fn next_edition(before: Option<&str>) -> String {
    let next = before.and_then(|before| {
        let digits = before.len() - before.trim_end_matches(|c: char| c.is_ascii_digit()).len();
        let (head, number) = before.split_at_checked(before.len() - digits)?;
        Some(format!("{head}{}", number.parse::<u32>().ok()? + 1))
    });
    next.unwrap_or_else(|| "A/0".to_owned())
}

/// What a new draft of a list begins with.
pub fn draft(
    reading: &Reading,
    listing: &Listing,
    who: &str,
    today: chrono::NaiveDate,
) -> Vec<(String, Value)> {
    // What was withdrawn has used up its edition too.
    let before = Issued::all(reading, &listing.id).into_iter().find(|issued| issued.at.is_some());
    let text = |id: &str, text: String| (id.to_owned(), Value::Text(text));
    let form = &listing.register.form.number;
    let number =
        before.as_ref().map(|before| before.number.clone()).or_else(|| form.clone()).unwrap_or_default();
    vec![
        text("title", reading.name(listing).to_owned()),
        text("view", listing.id.clone()),
        text("number", number),
        text("edition", next_edition(before.as_ref().map(|before| before.edition.as_str()))),
        text("prepared-by", who.to_owned()),
        ("prepared".to_owned(), Value::Date(crate::book::Date::day(today))),
        ("status".to_owned(), Value::Choice("draft".to_owned())),
    ]
}

/// Issues a draft, or a list with these fields at once: it is bound to what it holds, the edition before is superseded, and
/// what changed since that one is written down.
pub fn issue(
    session: &mut Session,
    (key, fields): (Option<EntryKey>, Vec<(String, Value)>),
    (way, lang): (Way, Lang),
    now: DateTime<Utc>,
) -> Result<Commit, IssueError> {
    let reading = session.reading(lang);
    let known = key.and_then(|key| reading.book.entry(key)).and_then(|entry| Issued::of(&reading, entry));
    if let Some(known) = known.as_ref().filter(|known| known.at.is_some()) {
        return Err(IssueError::NoDraft(reading.book.serial(known.key).to_owned()));
    }
    let said = |id: &str| {
        fields.iter().find(|(field, _)| field == id).and_then(|(_, value)| match value {
            Value::Text(text) => Some(text.clone()),
            _ => None,
        })
    };
    let view = known.as_ref().map(|known| known.view.clone()).or_else(|| said("view")).unwrap_or_default();
    let listing = reading.listing(&view).map_err(|_| IssueError::NoView(view.clone()))?;
    let rows = rows(&reading, &listing, session, now);
    if rows.is_empty() {
        return Err(IssueError::Nothing(reading.name(&listing).to_owned()));
    }
    may_be_signed(&reading, known.as_ref(), &fields, session.today(now))?;
    let before = Issued::in_force(&reading, &listing.id);
    let changes = match &before {
        Some(before) => {
            let since = before.standing(session, lang, now)?.map(|standing| standing.since);
            let words = since_words(&since.unwrap_or_default(), &reading).join("\n");
            let from = message!("issue-changes", from = before.edition.clone(), what = words);
            Some(reading.wording.render(&from))
        }
        None => None,
    };
    let mut set: Vec<(String, Value)> = fields;
    set.retain(|(id, _)| id != "status");
    set.push(("status".to_owned(), Value::Choice("issued".to_owned())));
    set.push(("rows".to_owned(), Value::Number(Decimal::from(rows.len()))));
    set.push(("at".to_owned(), Value::Number(Decimal::from(reading.book.seq()))));
    let day = crate::book::Date::day(session.today(now));
    set.push(("issued-on".to_owned(), Value::Date(day)));
    set.push(("seal".to_owned(), Value::Text(seal(&reading, &listing, &rows))));
    set.extend(changes.map(|changes| ("changes".to_owned(), Value::Text(changes))));
    let made = match known {
        Some(known) => {
            let fields = set.into_iter().map(|(id, value)| (id, Some(value))).collect();
            Edit::Set { entry: known.key, fields }
        }
        None => Edit::Add { register: ISSUED.to_owned(), fields: set },
    };
    let superseded = before.map(|before| Edit::Set {
        entry: before.key,
        fields: vec![("status".to_owned(), Some(Value::Choice("superseded".to_owned())))],
    });
    let edits = std::iter::once(made).chain(superseded).collect();
    Ok(session.record(Proposal { way, why: None, edits }, now)?)
}

/// What was issued by a commit, in words.
pub fn done_words(reading: &Reading, done: &Commit) -> Option<Message> {
    let entry = reading.book.entry(done.changes.first()?.entry)?;
    let issued = Issued::of(reading, entry)?;
    let rows = match reading.book.value(entry, "rows") {
        Some(Value::Number(rows)) => usize::try_from(rows).unwrap_or(0),
        _ => 0,
    };
    Some(message!(
        "issue-done",
        title = format!("{} {}", reading.book.serial(entry.key), reading.title(entry.key)),
        edition = issued.edition,
        number = issued.number,
        rows = rows,
        seq = done.seq
    ))
}

/// An edition is given out once, and nobody signs ahead of the day.
fn may_be_signed(
    reading: &Reading,
    draft: Option<&Issued>,
    fields: &[(String, Value)],
    today: chrono::NaiveDate,
) -> Result<(), IssueError> {
    let entry = draft.and_then(|draft| reading.book.entry(draft.key));
    let value = |id: &str| {
        let said = fields.iter().find(|(field, _)| field == id).map(|(_, value)| value.clone());
        said.or_else(|| reading.book.value(entry?, id))
    };
    let text = |id: &str| match value(id) {
        Some(Value::Text(text)) => text.trim().to_owned(),
        _ => String::new(),
    };
    for id in ["prepared", "checked", "approved"] {
        if let Some(Value::Date(day)) = value(id)
            && day.first() > today
        {
            return Err(IssueError::Ahead(id, day.to_string()));
        }
    }
    let (number, edition) = (text("number"), text("edition"));
    let mut issued = reading.book.entries(ISSUED).iter().filter_map(|key| reading.book.entry(*key));
    let same = |issued: Issued| issued.at.is_some() && issued.number == number && issued.edition == edition;
    if issued.any(|entry| Issued::of(reading, entry).is_some_and(same)) {
        return Err(IssueError::Used(number, edition));
    }
    Ok(())
}

/// The draft of a view that waits to be issued.
pub fn waiting(reading: &Reading, view: &str) -> Option<EntryKey> {
    let all = Issued::all(reading, view);
    all.iter().find(|issued| issued.at.is_none() && issued.status == "draft").map(|issued| issued.key)
}
