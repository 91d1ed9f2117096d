//! What a list may be signed as: numbers and editions that are free, days in their order, names of people.

use std::collections::BTreeSet;

use chrono::NaiveDate;

use super::{ISSUED, IssueError, Issued};
use crate::book::{EntryKey, Value};
use crate::catalogue::{Listing, Reading};
use crate::share::{Session, SessionError};

/// Who signs, and the days.
const NAMES: [&str; 3] = ["prepared-by", "checked-by", "approved-by"];
const DAYS: [&str; 3] = ["prepared", "checked", "approved"];

/// The edition after one: `A/0`, `A/1`, ...; the first where there is none.
pub fn next_edition(before: Option<&str>) -> String {
    let next = before.and_then(|before| {
        let digits = before.len() - before.trim_end_matches(|c: char| c.is_ascii_digit()).len();
        let (head, number) = before.split_at_checked(before.len() - digits)?;
        Some(format!("{head}{}", number.parse::<u32>().ok()? + 1))
    });
    next.unwrap_or_else(|| "A/0".to_owned())
}

/// The editions that were ever given out under a number, also by issues that were taken back: paper of them may be about.
fn given_out(session: &Session, number: &str) -> Result<BTreeSet<String>, SessionError> {
    let book = session.book();
    let lies = |key: &EntryKey| {
        let entry = book.entry(*key).or_else(|| book.tombstone(*key).map(|gone| &gone.last));
        entry.is_some_and(|entry| book.register_id(entry.register) == ISSUED)
    };
    let mut editions = BTreeSet::new();
    for key in (1..book.next_key().0).map(EntryKey).filter(lies) {
        let (mut here, mut edition) = (String::new(), String::new());
        for past in session.history(key)? {
            let mut sealed = false;
            for change in &past.change.fields {
                match (change.field.as_str(), &change.to) {
                    ("number", Some(Value::Text(text))) => here.clone_from(text),
                    ("edition", Some(Value::Text(text))) => edition.clone_from(text),
                    ("seal", Some(_)) => sealed = true,
                    _ => {}
                }
            }
            if sealed && here == number {
                editions.insert(edition.to_lowercase());
            }
        }
    }
    Ok(editions)
}

/// The number, unless one is said, and the edition that a new draft of a list begins with: those of its last issue, one further; of a list that
/// was never issued the number of its form, where no other list has it.
pub(super) fn proposed(
    session: &Session,
    reading: &Reading,
    (listing, said): (&Listing, Option<&str>),
) -> Result<(String, String), SessionError> {
    // What was withdrawn has used up its edition too.
    let before = Issued::all(reading, &listing.id).into_iter().find(|issued| issued.at.is_some());
    let form = || {
        let number = listing.register.form.number.clone().unwrap_or_default();
        Some(number).filter(|number| other_list(reading, number, &listing.id).is_none()).unwrap_or_default()
    };
    let usual = || before.as_ref().map_or_else(form, |before| before.number.clone());
    let number = said.map_or_else(usual, str::to_owned);
    let used = given_out(session, &number)?;
    let mut edition = next_edition(before.as_ref().map(|before| before.edition.as_str()));
    while used.contains(&edition.to_lowercase()) {
        edition = next_edition(Some(&edition));
    }
    Ok((number, edition))
}

/// Another list that was issued under a number.
fn other_list(reading: &Reading, number: &str, view: &str) -> Option<String> {
    let entries = reading.book.entries(ISSUED).iter().filter_map(|key| reading.book.entry(*key));
    let other = |issued: &Issued| {
        let same = reading.listing(&issued.view).is_ok_and(|listing| listing.id == view);
        issued.at.is_some() && issued.number == number && !same
    };
    let issued = entries.filter_map(|entry| Issued::of(reading, entry)).find(other)?;
    Some(format!("{} {}", reading.book.serial(issued.key), reading.title(issued.key)))
}

/// A person who is named by the serial of an entry is called as it is.
pub(super) fn named(reading: &Reading, fields: &mut [(String, Value)]) {
    for (_, value) in fields.iter_mut().filter(|(id, _)| NAMES.contains(&id.as_str())) {
        if let Value::Text(text) = value
            && let Some(key) = reading.book.key_of(text.trim())
        {
            *text = reading.title(key);
        }
    }
}

/// A number belongs to one list, an edition is given out once, nobody signs ahead of the day, and nothing is approved
/// before what it holds was judged, nor before the edition that it follows.
pub(super) fn may_be_signed(
    (session, reading): (&Session, &Reading),
    (listing, draft): (&Listing, Option<&Issued>),
    fields: &[(String, Value)],
    (rows, today): (&[EntryKey], NaiveDate),
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
    let day = |id: &str| match value(id) {
        Some(Value::Date(day)) => Some(day),
        _ => None,
    };
    for id in DAYS {
        if let Some(day) = day(id).filter(|day| day.first() > today) {
            return Err(IssueError::Ahead(id, day.to_string()));
        }
    }
    let (number, edition) = (text("number"), text("edition"));
    if number.is_empty() || edition.is_empty() {
        // What is missing is said by the gate.
        return Ok(());
    }
    if let Some(list) = other_list(reading, &number, &listing.id) {
        return Err(IssueError::Taken(number, list));
    }
    if given_out(session, &number)?.contains(&edition.to_lowercase()) {
        return Err(IssueError::Used(number, edition));
    }
    let Some(approved) = day("approved") else { return Ok(()) };
    let judged = rows.iter().filter_map(|key| {
        let evaluation = reading.evaluation(reading.book.entry(*key)?)?;
        Some((evaluation.occasion.on, *key))
    });
    if let Some((on, key)) = judged.max().filter(|(on, _)| *on > approved.last()) {
        let row = format!("{} {}", reading.book.serial(key), reading.title(key));
        return Err(IssueError::Early(row, on.to_string()));
    }
    let before = Issued::in_force(reading, &listing.id);
    let before =
        before.and_then(|before| match reading.book.value(reading.book.entry(before.key)?, "approved") {
            Some(Value::Date(day)) if day.first() > approved.last() => Some((before.edition, day)),
            _ => None,
        });
    match before {
        Some((edition, day)) => Err(IssueError::Before(edition, day.to_string())),
        None => Ok(()),
    }
}
