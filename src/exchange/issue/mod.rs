//! Issued lists: a view with number and edition, bound by a hash to the rows, definitions and methods that it had. The book
//! keeps every past, so what was issued can be read again, and told from what is true today.

mod signing;
mod standing;

use chrono::{DateTime, Utc};

pub use signing::next_edition;
pub use standing::{Since, Standing, since_words};

use crate::book::{Commit, Edit, Entry, EntryKey, Proposal, Value, Way};
use crate::catalogue::{Listing, Reading};
use crate::exchange::form::Forms;
use crate::scoring::Decimal;
use crate::share::{Session, SessionError};
use crate::source::Problem;
use crate::wording::{Lang, Message, Tell, english, message};
use signing::{may_be_signed, named, proposed};
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
    /// Another list has the number: the number and that list.
    Taken(String, String),
    /// It would be approved before a row of it was judged: the row and the day.
    Early(String, String),
    /// It would be approved before the edition that it follows: that edition and its day.
    Before(String, String),
    /// It would be signed on a day that has not come: the field and the day.
    Ahead(&'static str, String),
    /// A form of the company's own is wrong.
    Form(#[from] Problem),
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
            IssueError::Taken(number, list) => {
                message!("issue-taken", number = number.clone(), list = list.clone())
            }
            IssueError::Early(row, day) => message!("issue-early", row = row.clone(), day = day.clone()),
            IssueError::Before(edition, day) => {
                message!("issue-before", edition = edition.clone(), day = day.clone())
            }
            IssueError::Ahead(_, day) => message!("issue-ahead", day = day.clone()),
            IssueError::Form(problem) => problem.message(),
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
            IssueError::Taken(..) => Some("number"),
            IssueError::Early(..) | IssueError::Before(..) => Some("approved"),
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
    /// The hash of the form that it was printed on.
    pub form: String,
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
            form: text("form"),
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
        let (number, edition) = (self.number.clone(), self.edition.clone());
        match self.status.as_str() {
            "issued" => None,
            "withdrawn" => Some(message!("issue-withdrawn", number = number, edition = edition)),
            _ => Some(message!("issue-superseded", number = number, edition = edition)),
        }
    }

    /// The issue of a view that is in force.
    pub fn in_force(reading: &Reading, view: &str) -> Option<Self> {
        Self::all(reading, view).into_iter().find(|issued| issued.status == "issued")
    }
}

/// What a new draft of a list begins with.
pub fn draft(
    (session, reading): (&Session, &Reading),
    (listing, number): (&Listing, Option<&str>),
    today: chrono::NaiveDate,
) -> Result<Vec<(String, Value)>, SessionError> {
    let (number, edition) = proposed(session, reading, (listing, number))?;
    let text = |id: &str, text: String| (id.to_owned(), Value::Text(text));
    Ok(vec![
        text("title", reading.name(listing).to_owned()),
        text("view", listing.id.clone()),
        text("number", number),
        text("edition", edition),
        text("prepared-by", session.shown_name().to_owned()),
        ("prepared".to_owned(), Value::Date(crate::book::Date::day(today))),
        ("status".to_owned(), Value::Choice("draft".to_owned())),
    ])
}

/// Issues a draft, or a list with these fields at once: it is bound to what it holds, the edition before is superseded, and
/// what changed since that one is written down.
pub fn issue(
    session: &mut Session,
    (key, mut fields): (Option<EntryKey>, Vec<(String, Value)>),
    (way, lang): (Way, Lang),
    now: DateTime<Utc>,
) -> Result<Commit, IssueError> {
    let reading = session.reading(lang);
    let known = key.and_then(|key| reading.book.entry(key)).and_then(|entry| Issued::of(&reading, entry));
    if let Some(known) = known.as_ref().filter(|known| known.at.is_some() || known.status != "draft") {
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
    named(&reading, &mut fields);
    let keys: Vec<EntryKey> = rows.keys().copied().collect();
    let today = session.today(now);
    may_be_signed((session, &reading), (&listing, known.as_ref()), &fields, (&keys, today))?;
    let before = Issued::in_force(&reading, &listing.id);
    let changes = before.as_ref().map(|before| changes_since(session, &reading, before, now)).transpose()?;
    let mut set: Vec<(String, Value)> = fields;
    set.retain(|(id, _)| id != "status");
    set.push(("status".to_owned(), Value::Choice("issued".to_owned())));
    set.push(("rows".to_owned(), Value::Number(Decimal::from(rows.len()))));
    set.push(("at".to_owned(), Value::Number(Decimal::from(reading.book.seq()))));
    let day = crate::book::Date::day(session.today(now));
    set.push(("issued-on".to_owned(), Value::Date(day)));
    let forms = Forms::of(&reading, Some(session.folder().path()));
    forms.sound(Some(&listing.id))?;
    if let Some(form) = forms.list(&listing.id) {
        set.push(("form".to_owned(), Value::Text(form.hash.clone())));
    }
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

/// What changed since an edition, as the next one tells it.
fn changes_since(
    session: &Session,
    reading: &Reading,
    before: &Issued,
    now: DateTime<Utc>,
) -> Result<String, SessionError> {
    let since = before.standing(session, reading.lang, now)?.map(|standing| standing.since);
    let words = since_words(&since.unwrap_or_default(), reading).join("\n");
    let from = message!("issue-changes", from = before.edition.clone(), what = words);
    Ok(reading.wording.render(&from))
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

/// The draft of a view that waits to be issued.
pub fn waiting(reading: &Reading, view: &str) -> Option<EntryKey> {
    let all = Issued::all(reading, view);
    all.iter().find(|issued| issued.at.is_none() && issued.status == "draft").map(|issued| issued.key)
}
