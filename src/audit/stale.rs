//! What is said of entries that are to be looked at again, and the edits by which somebody says that they stay as
//! they are. Which entries those are, and why, [`crate::query::Stale`] knows.

use chrono::NaiveDate;

use crate::book::{Date, Edit, Entry, EntryKey, Value};
use crate::catalogue::Reading;
use crate::query::Cause;
use crate::scoring::Decimal;
use crate::wording::{Message, message};

/// The register of what was looked at and stays as it is.
pub const UNCHANGED: &str = "unchanged";
/// How many changed fields, and how many causes, are named.
const MOST: usize = 3;

/// That entries stay as they are.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unchanged {
    /// Why.
    pub why: String,
    /// Who says so.
    pub by: String,
    /// On which day.
    pub on: NaiveDate,
    /// The number of the last commit that was seen: what changes later is not covered.
    pub seen: u64,
}

/// What changed, when and by whom: number, title, the names of the fields.
pub fn cause_words(reading: &Reading, cause: &Cause) -> String {
    let (id, title) = (reading.book.serial(cause.entry).to_owned(), reading.title(cause.entry));
    let on = reading.local(cause.last.at).format("%Y-%m-%d").to_string();
    let by = reading.book.text(cause.last.by).to_owned();
    let how = match reading.book.entry(cause.entry) {
        None => message!("stale-deleted"),
        Some(entry) if entry.began() == cause.last => message!("stale-added"),
        Some(entry) if entry.began().seq > cause.since => message!("stale-added-changed"),
        Some(entry) => {
            let fields = changed(reading, entry, cause.since);
            let named: Vec<&str> = fields.iter().take(MOST).map(String::as_str).collect();
            let (named, more) = (named.join(&reading.wording.say("stale-comma")), fields.len() > MOST);
            message!("stale-changed", fields = named, count = fields.len(), more = usize::from(more))
        }
    };
    let how = reading.wording.render(&how);
    reading.wording.render(&message!("stale-cause", id = id, title = title, how = how, on = on, by = by))
}

/// The names of the fields that changed after a commit and whose change counts.
fn changed(reading: &Reading, entry: &Entry, since: u64) -> Vec<String> {
    let Some(register) = reading.register(entry) else { return Vec::new() };
    let loud = register.fields.iter().filter(|field| !register.features.looks.quiet.contains(&field.id));
    let later = loud.filter(|field| {
        let slot = reading.book.slot(&register.id, &field.id);
        slot.is_some_and(|slot| entry.changed(slot).seq > since)
    });
    later.map(|field| field.name.get(reading.lang).to_owned()).collect()
}

/// Why an entry is to be looked at again, in one line: the latest change, and how many more there are. None where it
/// is not.
pub fn causes_in_short(reading: &Reading, entry: EntryKey) -> Option<String> {
    let mut causes = reading.stale().causes(entry);
    let first = cause_words(reading, causes.next()?);
    Some(reading.wording.render(&message!("stale-short", first = first, more = causes.len())))
}

/// The edits that say that these entries stay as they are; nothing is said of those that need no look.
pub fn unchanged(reading: &Reading, entries: &[EntryKey], said: &Unchanged) -> Vec<Edit> {
    let edit = |entry: &EntryKey| {
        let causes = reading.stale().causes(*entry);
        let words: Vec<String> = causes.take(MOST).map(|cause| cause_words(reading, cause)).collect();
        let title = format!("{}: {}", reading.book.serial(*entry), words.join("; "));
        let text = |text: &str| Value::Text(text.to_owned());
        let fields = [
            ("title", text(&title)),
            ("entry", Value::Links(vec![*entry])),
            ("why", text(&said.why)),
            ("by", text(&said.by)),
            ("on", Value::Date(Date::day(said.on))),
            ("seen", Value::Number(Decimal::from(said.seen))),
        ];
        let fields = fields.map(|(field, value)| (field.to_owned(), value)).to_vec();
        Edit::Add { register: UNCHANGED.to_owned(), fields }
    };
    entries.iter().filter(|entry| reading.stale().holds(**entry)).map(edit).collect()
}

/// Why nobody can have looked at these entries on a day: it is still to come, or something changed after it.
pub fn not_looked_on(
    reading: &Reading,
    entries: &[EntryKey],
    on: NaiveDate,
    today: NaiveDate,
) -> Option<Message> {
    if on > today {
        return Some(message!("stale-day-to-come", on = on.to_string()));
    }
    let latest = entries.iter().filter_map(|entry| reading.stale().causes(*entry).next());
    let latest = latest.map(|cause| reading.local(cause.last.at).date_naive()).max()?;
    (on < latest).then(|| message!("stale-day-before", on = on.to_string(), changed = latest.to_string()))
}
