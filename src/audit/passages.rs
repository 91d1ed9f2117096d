//! Passages of a contract: its lines with words on environment, safety or information security, and what a review says of
//! each.
//!
//! A passage is known by its words, not by its number: a line that is put in above it changes nothing, another wording is
//! another passage and wants to be confirmed anew.

use super::terms::{places, same_words, standing};
use crate::book::{Cell, Date, Entry, EntryKey, Plain, Row};
use crate::catalogue::Reading;
use crate::definition::{Check, Confirmed, Finds, Kind, Rule, Subject, Terms};
use crate::wording::Label;

/// A line with words about one thing.
#[derive(Debug, Clone)]
pub struct Passage<'d> {
    /// The rule whose words were found.
    pub rule: &'d Rule,
    /// The check of it.
    pub check: &'d Check,
    /// What the words are about.
    pub subject: &'d Subject,
    /// Whether a review has to confirm it; what has not is shown apart.
    pub asked: bool,
    /// The number of its line, from 1.
    pub line: usize,
    /// The words with the character of the line at which each begins, from 1.
    pub words: Vec<(usize, &'d str)>,
    /// The whole line.
    pub text: String,
    /// What a review says of it.
    pub standing: Confirmation,
}

/// What a review says of a passage.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Confirmation {
    /// Nothing that is enough.
    Open,
    /// It applies.
    Applies {
        /// The review and the row, from 0.
        at: (EntryKey, usize),
        /// What is required.
        says: String,
        /// Who sees to it.
        owner: String,
        /// By what.
        control: Vec<EntryKey>,
    },
    /// It has no effect.
    Without {
        /// The review.
        review: EntryKey,
        /// Why.
        reason: String,
        /// Who says so.
        by: String,
        /// When.
        on: Option<Date>,
    },
}

/// A subject of which nothing stands in the text.
#[derive(Debug, Clone)]
pub struct NoneFound<'d> {
    /// The check that looked for it.
    pub check: &'d Check,
    /// The subject.
    pub subject: &'d Subject,
    /// Whether there is no text at all to look through.
    pub empty: bool,
    /// What the review says of that, and which review; empty where nobody looked.
    pub said: Option<(EntryKey, String)>,
}

/// The checks that look for words in a text of a register's entries.
pub fn term_checks<'d>(
    reading: &Reading<'d>,
    register: &str,
) -> impl Iterator<Item = (&'d Rule, &'d Check, &'d Terms)> {
    let checks = reading.definitions.rules().iter();
    let checks = checks.flat_map(|rule| rule.checks.iter().map(move |check| (rule, check)));
    checks.filter(move |(_, check)| check.register == register).filter_map(|(rule, check)| {
        match &check.finds {
            Finds::Terms(terms) => Some((rule, check, &**terms)),
            _ => None,
        }
    })
}

/// What a subject is called where reviews say of which kind a row is.
pub fn subject_label<'d>(reading: &Reading<'d>, check: &Check, is: &str) -> Option<&'d Label> {
    let Finds::Terms(terms) = &check.finds else { return None };
    let rows = reading.definitions.register(&terms.register)?.field(&terms.rows)?;
    let Kind::Rows(columns) = &rows.kind else { return None };
    let kind = columns.iter().find(|column| column.id == terms.kind)?;
    kind.choice(is).map(|choice| &choice.label)
}

/// Every passage of an entry, what has to be confirmed first.
pub fn passages<'d>(reading: &Reading<'d>, entry: &Entry) -> Vec<Passage<'d>> {
    let register = reading.book.register_id(entry.register);
    let mut found = Vec::new();
    for asked in [true, false] {
        for (rule, check, terms) in term_checks(reading, register) {
            let text = words(reading, entry, &terms.text);
            let reviews = reviews(reading, entry, terms);
            for subject in if asked { &terms.subjects } else { &terms.apart } {
                for (text, line) in text.lines().zip(1..) {
                    let words = places(text, &subject.words, &subject.not_beside);
                    if words.is_empty() {
                        continue;
                    }
                    let words = words.into_iter().map(|(at, word)| (at, word.as_str())).collect();
                    let standing = confirmation(reading, &reviews, terms, (subject, text));
                    let text = text.trim().to_owned();
                    found.push(Passage { rule, check, subject, asked, line, words, text, standing });
                }
            }
        }
    }
    found
}

/// The subjects of which nothing stands in the text of an entry.
pub fn none_found<'d>(reading: &Reading<'d>, entry: &Entry) -> Vec<NoneFound<'d>> {
    let register = reading.book.register_id(entry.register);
    let mut none = Vec::new();
    for (_, check, terms) in term_checks(reading, register) {
        let text = words(reading, entry, &terms.text);
        let reviews = reviews(reading, entry, terms);
        for subject in &terms.subjects {
            let Some(field) = &subject.none else { continue };
            if text.lines().any(|line| !standing(line, &subject.words, &subject.not_beside).is_empty()) {
                continue;
            }
            let said = |key: &EntryKey| {
                let said = words(reading, reading.book.entry(*key)?, field);
                (!said.is_empty()).then(|| (*key, said.to_owned()))
            };
            none.push(NoneFound {
                check,
                subject,
                empty: text.trim().is_empty(),
                said: reviews.iter().rev().find_map(said),
            });
        }
    }
    none
}

/// The passages that a check asks for and no review takes up: each line with its words.
pub(super) fn open_passages(reading: &Reading, entry: &Entry, terms: &Terms) -> Vec<(usize, Vec<String>)> {
    let text = words(reading, entry, &terms.text);
    let reviews = reviews(reading, entry, terms);
    let mut open = Vec::new();
    for subject in &terms.subjects {
        for (line, number) in text.lines().zip(1..) {
            let words = standing(line, &subject.words, &subject.not_beside);
            let taken = || confirmation(reading, &reviews, terms, (subject, line)) != Confirmation::Open;
            if !words.is_empty() && !taken() {
                open.push((number, words));
            }
        }
    }
    open
}

/// The entries that review this one.
pub fn reviews(reading: &Reading, entry: &Entry, terms: &Terms) -> Vec<EntryKey> {
    reading.book.naming(entry.key, &terms.register, &terms.link, None)
}

/// What reviews say of a line about a subject.
fn confirmation(
    reading: &Reading,
    reviews: &[EntryKey],
    terms: &Terms,
    (subject, line): (&Subject, &str),
) -> Confirmation {
    let Some(confirmed) = &terms.confirmed else { return by_kind(reading, reviews, terms, subject) };
    for review in reviews.iter().rev().filter_map(|key| reading.book.entry(*key)) {
        let own = rows(reading, review, &terms.rows).iter().enumerate();
        let found = own.filter(|(_, row)| is_of(row, &terms.kind, subject)).find_map(|(at, row)| {
            let enough = quotes(row, &confirmed.quote, line);
            enough.then(|| applies((review.key, at), row, confirmed)).flatten()
        });
        let found = found.or_else(|| without(reading, review, confirmed, (subject, line)));
        if let Some(found) = found {
            return found;
        }
    }
    Confirmation::Open
}

/// A row of the kind, or a word that there is nothing, takes up all lines of it where nothing says how each is
/// confirmed.
fn by_kind(reading: &Reading, reviews: &[EntryKey], terms: &Terms, subject: &Subject) -> Confirmation {
    for review in reviews.iter().filter_map(|key| reading.book.entry(*key)) {
        let taken =
            rows(reading, review, &terms.rows).iter().position(|row| is_of(row, &terms.kind, subject));
        if let Some(at) = taken {
            let (says, owner, control) = (String::new(), String::new(), Vec::new());
            return Confirmation::Applies { at: (review.key, at), says, owner, control };
        }
        let none = subject.none.as_ref().filter(|none| !reading.book.cell(review, none).is_empty());
        if let Some(none) = none {
            let reason = words(reading, review, none).to_owned();
            return Confirmation::Without { review: review.key, reason, by: String::new(), on: None };
        }
    }
    Confirmation::Open
}

/// A row that says who sees to it and by what.
fn applies(at: (EntryKey, usize), row: &Row, confirmed: &Confirmed) -> Option<Confirmation> {
    let owner = text(row, &confirmed.owner).trim().to_owned();
    let control = match row.get(&confirmed.control) {
        Some(Plain::Links(keys)) => keys.clone(),
        _ => Vec::new(),
    };
    let says = text(row, &confirmed.says).to_owned();
    let enough = !owner.is_empty() && !control.is_empty();
    enough.then_some(Confirmation::Applies { at, says, owner, control })
}

/// A row that says why the line has no effect, and who found that.
fn without(
    reading: &Reading,
    review: &Entry,
    confirmed: &Confirmed,
    (subject, line): (&Subject, &str),
) -> Option<Confirmation> {
    let names = &confirmed.without;
    let row = rows(reading, review, &names.rows)
        .iter()
        .find(|row| is_of(row, &names.kind, subject) && quotes(row, &names.quote, line))?;
    let (reason, by) = (text(row, &names.reason).trim().to_owned(), text(row, &names.by).trim().to_owned());
    let on = match row.get(&names.on) {
        Some(Plain::Date(date)) => Some(*date),
        _ => None,
    };
    let enough = !reason.is_empty() && !by.is_empty();
    enough.then_some(Confirmation::Without { review: review.key, reason, by, on })
}

fn is_of(row: &Row, kind: &str, subject: &Subject) -> bool {
    matches!(row.get(kind), Some(Plain::Choice(code)) if *code == subject.is)
}

fn quotes(row: &Row, quote: &str, line: &str) -> bool {
    same_words(text(row, quote)) == same_words(line)
}

fn words<'a>(reading: &Reading<'a>, entry: &Entry, field: &str) -> &'a str {
    match reading.book.cell(entry, field) {
        Cell::Text(id) => reading.book.text(*id),
        _ => "",
    }
}

/// The rows of a field.
pub(super) fn rows<'e>(reading: &Reading, entry: &'e Entry, field: &str) -> &'e [Row] {
    match reading.book.cell(entry, field) {
        Cell::Rows(rows) => rows,
        _ => &[],
    }
}

fn text<'r>(row: &'r Row, column: &str) -> &'r str {
    super::problems::text(row, column)
}
