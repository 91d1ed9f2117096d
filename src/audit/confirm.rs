//! Confirming a passage of a contract: what is written into its review.

use chrono::NaiveDate;

use super::passages::{NoneFound, Passage, reviews, rows};
use super::problems::text;
use crate::book::{Date, Edit, Entry, EntryKey, Plain, Row, Value};
use crate::catalogue::Reading;
use crate::definition::{Check, Confirmed, Finds, Terms};
use crate::wording::{Message, message};

/// What a reviewer says of a passage.
#[derive(Debug, Clone)]
pub enum Says {
    /// It applies: what is required, who sees to it, by what.
    Applies {
        /// What is required.
        requirement: String,
        /// Who sees to it.
        owner: String,
        /// By what it is controlled.
        control: Vec<EntryKey>,
    },
    /// It has no effect, and why.
    Without {
        /// Why.
        reason: String,
    },
}

/// The change that writes what a reviewer says of a passage into the last review of the entry; or why it cannot be
/// written.
pub fn confirm(
    reading: &Reading,
    (entry, passage): (&Entry, &Passage),
    says: &Says,
    (by, today): (&str, NaiveDate),
) -> Result<Edit, Message> {
    let (terms, review) = place(reading, entry, passage.check)?;
    let Some(confirmed) = &terms.confirmed else { return Err(message!("terms-not-confirmable")) };
    match says {
        Says::Applies { owner, .. } if owner.trim().is_empty() => Err(message!("terms-owner-lacks")),
        Says::Applies { control, .. } if control.is_empty() => Err(message!("terms-control-lacks")),
        Says::Without { reason } if reason.trim().is_empty() => Err(message!("terms-reason-lacks")),
        Says::Applies { requirement, owner, control } => {
            let mut all = rows(reading, review, &terms.rows).to_vec();
            let at = written(&all, terms, confirmed, passage);
            let cells = [
                (&terms.kind, Plain::Choice(passage.subject.is.clone())),
                (&confirmed.says, Plain::Text(requirement.trim().to_owned())),
                (&confirmed.owner, Plain::Text(owner.trim().to_owned())),
                (&confirmed.control, Plain::Links(control.clone())),
                (&confirmed.quote, Plain::Text(passage.text.clone())),
            ];
            put(&mut all, at, cells);
            Ok(set(review, vec![(terms.rows.clone(), all)], without_it(reading, review, confirmed, passage)))
        }
        Says::Without { reason } => {
            let names = &confirmed.without;
            let mut all = rows(reading, review, &names.rows).to_vec();
            let is = |row: &Row| is_quoted(row, (&names.kind, &names.quote), passage);
            let at = all.iter().position(is);
            let cells = [
                (&names.kind, Plain::Choice(passage.subject.is.clone())),
                (&names.quote, Plain::Text(passage.text.clone())),
                (&names.reason, Plain::Text(reason.trim().to_owned())),
                (&names.by, Plain::Text(by.to_owned())),
                (&names.on, Plain::Date(Date::day(today))),
            ];
            put(&mut all, at, cells);
            // What has no effect is no requirement any longer.
            let mut own = rows(reading, review, &terms.rows).to_vec();
            let before = own.len();
            own.retain(|row| !is_quoted(row, (&terms.kind, &confirmed.quote), passage));
            let taken = (own.len() < before).then(|| (terms.rows.clone(), own));
            Ok(set(review, vec![(names.rows.clone(), all)], taken))
        }
    }
}

/// The change that says of subjects that nothing of them stands in the text: who looked, and when.
pub fn confirm_none(
    reading: &Reading,
    entry: &Entry,
    none: &[&NoneFound],
    (by, today): (&str, NaiveDate),
) -> Result<Edit, Message> {
    let Some(first) = none.first() else { return Err(message!("terms-none-open")) };
    let (_, review) = place(reading, entry, first.check)?;
    let words = message!("terms-none-words", by = by.to_owned(), on = today.to_string());
    let words = reading.wording.render(&words);
    let fields = none.iter().filter_map(|none| none.subject.none.clone());
    let fields = fields.map(|field| (field, Some(Value::Text(words.clone())))).collect();
    Ok(Edit::Set { entry: review.key, fields })
}

/// What is likely required, and by whom: from the row that takes the passage up already, or one of its kind that quotes
/// none.
pub fn likely(reading: &Reading, entry: &Entry, passage: &Passage) -> (String, String, Vec<EntryKey>) {
    let nothing = || (passage.text.clone(), String::new(), Vec::new());
    let Ok((terms, review)) = place(reading, entry, passage.check) else { return nothing() };
    let Some(confirmed) = &terms.confirmed else { return nothing() };
    let all = rows(reading, review, &terms.rows);
    let Some(row) = written(all, terms, confirmed, passage).and_then(|at| all.get(at)) else {
        return nothing();
    };
    let control = match row.get(&confirmed.control) {
        Some(Plain::Links(keys)) => keys.clone(),
        _ => Vec::new(),
    };
    let says = Some(text(row, &confirmed.says).to_owned()).filter(|says| !says.is_empty());
    (says.unwrap_or_else(|| passage.text.clone()), text(row, &confirmed.owner).to_owned(), control)
}

/// The terms of a check, and the last review of an entry.
fn place<'d>(
    reading: &Reading<'d>,
    entry: &Entry,
    check: &'d Check,
) -> Result<(&'d Terms, &'d Entry), Message> {
    let Finds::Terms(terms) = &check.finds else { return Err(message!("terms-not-confirmable")) };
    let review = reviews(reading, entry, terms).last().and_then(|key| reading.book.entry(*key));
    let serial = reading.book.serial(entry.key).to_owned();
    let name = reading.definitions.register(&terms.register).map(|register| register.name.clone());
    let lacks = || message!("terms-no-review", entry = serial, register = name.unwrap_or_default());
    review.map(|review| (&**terms, review)).ok_or_else(lacks)
}

/// The row that quotes the passage; else one of its kind that quotes none, which somebody wrote before.
fn written(all: &[Row], terms: &Terms, confirmed: &Confirmed, passage: &Passage) -> Option<usize> {
    let quoted = all.iter().position(|row| is_quoted(row, (&terms.kind, &confirmed.quote), passage));
    let kind =
        |row: &Row| matches!(row.get(&terms.kind), Some(Plain::Choice(code)) if *code == passage.subject.is);
    quoted.or_else(|| all.iter().position(|row| kind(row) && text(row, &confirmed.quote).is_empty()))
}

fn is_quoted(row: &Row, (kind, quote): (&str, &str), passage: &Passage) -> bool {
    let same = super::terms::same_words(text(row, quote)) == super::terms::same_words(&passage.text);
    same && matches!(row.get(kind), Some(Plain::Choice(code)) if *code == passage.subject.is)
}

/// Puts cells into a row, or into a new one behind all.
fn put<const N: usize>(all: &mut Vec<Row>, at: Option<usize>, cells: [(&String, Plain); N]) {
    let mut row = at.and_then(|at| all.get(at).cloned()).unwrap_or_default();
    for (id, cell) in cells {
        row.0.retain(|(known, _)| known != id);
        row.0.push((id.clone(), cell));
    }
    match at.and_then(|at| all.get_mut(at)) {
        Some(there) => *there = row,
        None => all.push(row),
    }
}

/// The rows without effect but for this passage, where it is among them: it applies now.
fn without_it(
    reading: &Reading,
    review: &Entry,
    confirmed: &Confirmed,
    passage: &Passage,
) -> Option<(String, Vec<Row>)> {
    let names = &confirmed.without;
    let mut all = rows(reading, review, &names.rows).to_vec();
    let before = all.len();
    all.retain(|row| !is_quoted(row, (&names.kind, &names.quote), passage));
    (all.len() < before).then(|| (names.rows.clone(), all))
}

fn set(review: &Entry, first: Vec<(String, Vec<Row>)>, more: Option<(String, Vec<Row>)>) -> Edit {
    let value = |rows: Vec<Row>| (!rows.is_empty()).then_some(Value::Rows(rows));
    let fields = first.into_iter().chain(more).map(|(field, rows)| (field, value(rows)));
    Edit::Set { entry: review.key, fields: fields.collect() }
}
