//! The chain of an entry: what hangs on it, what hangs on that, and where a link is missing.

use std::collections::BTreeSet;

use chrono::NaiveDate;

use super::problems::problems_of;
use crate::book::{Cell, Entry, EntryKey, Plain, Row, Value};
use crate::catalogue::{Reading, STATUS};
use crate::definition::{Kind, Link, LinkWay, Register};
use crate::wording::{Label, message};

/// How many steps are followed.
const DEEPEST: usize = 5;

/// A line of a chain.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ChainLine {
    /// How many steps from the entry it is.
    pub depth: usize,
    /// What the step is called; empty of the entry itself.
    pub name: String,
    /// What is there, or what is missing.
    pub words: String,
    /// The entry that is there.
    pub entry: Option<EntryKey>,
    /// How a hole is filled.
    pub fill: Option<Fill>,
}

/// How a missing link is filled.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Fill {
    /// By a field of an entry.
    Field(EntryKey, String),
    /// By a new entry of a register that names this one.
    New {
        /// The register.
        register: String,
        /// The entry that is named.
        entry: EntryKey,
        /// What it says from the start: whom it names, and the same department.
        values: Vec<(String, Value)>,
    },
}

/// The chain of an entry on a day, a line each; the entry itself first.
pub fn chain(reading: &Reading, entry: EntryKey, today: NaiveDate) -> Vec<ChainLine> {
    let mut walk = Walk {
        reading,
        today,
        seen: BTreeSet::new(),
        told: BTreeSet::new(),
        path: Vec::new(),
        lines: Vec::new(),
    };
    walk.entry(entry, String::new(), (0, None));
    walk.lines
}

/// A field, or a column of its rows.
type Place<'a> = (&'a str, Option<&'a str>);

struct Walk<'r, 'd> {
    reading: &'r Reading<'d>,
    today: NaiveDate,
    /// What was followed already: a second time it is only named.
    seen: BTreeSet<EntryKey>,
    /// Which entries are told below which.
    told: BTreeSet<(EntryKey, EntryKey)>,
    /// From the first entry to the one that is told.
    path: Vec<EntryKey>,
    lines: Vec<ChainLine>,
}

impl Walk<'_, '_> {
    /// An entry that was reached so far in, by that field of its own where another's link was walked backwards: that
    /// field leads only back, and to others of the same standing.
    fn entry(&mut self, key: EntryKey, name: String, (depth, by): (usize, Option<Place>)) {
        let words = self.words(key);
        self.lines.push(ChainLine { depth, name, words, entry: Some(key), fill: None });
        let (reading, fresh) = (self.reading, self.seen.insert(key));
        let Some(entry) = reading.book.entry(key).filter(|_| fresh && depth < DEEPEST) else { return };
        let Some(register) = reading.register(entry) else { return };
        self.path.push(key);
        let ahead = |link: &&Link| match (&link.way, by) {
            (LinkWay::To { field, column }, Some(by)) => (field.as_str(), column.as_deref()) != by,
            _ => true,
        };
        for link in register.features.chain.iter().filter(ahead) {
            self.link(entry, register, link, (depth + 1, by));
        }
        self.path.pop();
        for problem in problems_of(reading, entry, self.today) {
            let how = reading.wording.render(&problem.standing.message(reading));
            let words = format!("{}  {how}", problem.words);
            let name = reading.wording.say("chain-problem");
            self.lines.push(ChainLine { depth: depth + 1, name, words, entry: None, fill: None });
        }
    }

    fn link(&mut self, entry: &Entry, register: &Register, link: &Link, (depth, by): (usize, Option<Place>)) {
        let (found, name) = match &link.way {
            LinkWay::To { field, column } => {
                let place = (field.as_str(), column.as_deref());
                (self.named(entry, place, by), name_of(register, field, column.as_deref()))
            }
            LinkWay::From { register, field, column } => {
                let other = self.reading.definitions.register(register);
                let name = other.map(|other| other.name.clone()).unwrap_or_default();
                (self.reading.book.naming(entry.key, register, field, column.as_deref()), name)
            }
        };
        let back = match &link.way {
            LinkWay::From { field, column, .. } => Some((field.as_str(), column.as_deref())),
            LinkWay::To { .. } => None,
        };
        let (name, none) = (name.get(self.reading.lang).to_owned(), found.is_empty());
        for key in found {
            // Neither what it hangs on itself, nor what an earlier step named already.
            if self.path.contains(&key) || !self.told.insert((entry.key, key)) {
                continue;
            }
            self.entry(key, name.clone(), (depth, back));
        }
        let hole = link.hole.as_ref().filter(|_| none && self.counts(entry, register, link, by));
        let Some(hole) = hole else { return };
        let fill = match &link.way {
            LinkWay::To { field, .. } => Fill::Field(entry.key, field.clone()),
            LinkWay::From { register, field, column } => Fill::New {
                register: register.clone(),
                entry: entry.key,
                values: self.given(entry, register, (field, column.as_deref())),
            },
        };
        let words = self.reading.wording.render(&message!("chain-hole", hole = hole.clone()));
        self.lines.push(ChainLine { depth, name, words, entry: None, fill: Some(fill) });
    }

    /// What a new entry says from the start that names this one in a field or a row.
    fn given(&self, entry: &Entry, register: &str, (field, column): Place) -> Vec<(String, Value)> {
        let keys = vec![entry.key];
        let named = match column {
            None => Value::Links(keys),
            Some(column) => Value::Rows(vec![Row(vec![(column.to_owned(), Plain::Links(keys))])]),
        };
        let of = |register: &Register| register.department_field().map(|field| field.id.clone());
        let place = self.reading.definitions.register(register).and_then(of);
        let own = self.reading.register(entry).and_then(of);
        let department = own.and_then(|own| self.reading.book.value(entry, &own));
        let department = place.zip(department).filter(|(place, _)| place != field);
        std::iter::once((field.to_owned(), named)).chain(department).collect()
    }

    /// Whether a link that is missing is missed in this entry. Of rows that were reached by another of their columns only
    /// those count that name the entry before: what failed beside them is no hole of its own.
    fn counts(&self, entry: &Entry, register: &Register, link: &Link, by: Option<Place>) -> bool {
        if let (LinkWay::To { field, column: Some(_) }, Some((rows, Some(by)))) = (&link.way, by)
            && rows == field
            && let Some(before) = self.path.iter().rev().nth(1)
        {
            let open = self.reading.open_findings(entry);
            let rows = match self.reading.book.cell(entry, field) {
                Cell::Rows(rows) => rows.as_ref(),
                _ => &[],
            };
            let names = |at: usize| {
                let cell = rows.get(at).and_then(|row| row.get(by));
                matches!(cell, Some(Plain::Links(keys)) if keys.contains(before))
            };
            return open.iter().any(|finding| names(finding.row));
        }
        let Some(when) = &link.when else { return true };
        let filter = self.reading.filter(register, &when.query, self.today);
        filter.is_ok_and(|filter| {
            filter.prepare(self.reading.book, self.reading.definitions, self.reading.words).matches(entry)
        })
    }

    /// What a field names; what is deleted too. Of rows that were reached by another of their columns, only what those
    /// rows name that name the entry before: the others are about something else.
    fn named(&self, entry: &Entry, (field, column): Place, by: Option<Place>) -> Vec<EntryKey> {
        let cell = self.reading.book.cell(entry, field);
        let before = self.path.iter().rev().nth(1);
        let mut keys: Vec<_> = match (cell, column, by, before) {
            (Cell::Rows(rows), Some(column), Some((rows_by, Some(by))), Some(before)) if rows_by == field => {
                let links = |row: &Row, column: &str| match row.get(column) {
                    Some(Plain::Links(keys)) => keys.clone(),
                    _ => Vec::new(),
                };
                let of = rows.iter().filter(|row| links(row, by).contains(before));
                of.flat_map(|row| links(row, column)).collect()
            }
            _ => cell.links(column).collect(),
        };
        keys.sort_unstable();
        keys.dedup();
        keys
    }

    /// An entry as it stands: number, title, level or state; of a deleted one who deleted it and when.
    fn words(&self, key: EntryKey) -> String {
        let reading = self.reading;
        let Some(entry) = reading.book.entry(key) else {
            let Some(gone) = reading.book.tombstone(key) else { return String::new() };
            let date = reading.local(gone.deleted().at).format("%Y-%m-%d").to_string();
            let (by, id) =
                (reading.book.text(gone.deleted().by).to_owned(), reading.book.serial(key).to_owned());
            let what = message!("chain-deleted", id = id, title = reading.title(key), date = date, by = by);
            return reading.wording.render(&what);
        };
        let mut words = vec![reading.book.serial(key).to_owned(), reading.title(key)];
        if let Some(evaluation) = reading.evaluation(entry) {
            words.push(format!("{} {}", reading.sign(entry).mark(), reading.level_text(evaluation)));
        }
        let field = reading.register(entry).and_then(|register| register.field(STATUS));
        if let (Some(field), Cell::Choice(code)) = (field, reading.book.cell(entry, STATUS))
            && let Some(choice) = field.choice(reading.book.text(*code))
        {
            words.push(choice.label.get(reading.lang).to_owned());
        }
        words.join("  ")
    }
}

fn name_of(register: &Register, field: &str, column: Option<&str>) -> Label {
    let field = register.field(field);
    let within = column.and_then(|column| match field.map(|field| &field.kind) {
        Some(Kind::Rows(columns)) => columns.iter().find(|known| known.id == column),
        _ => None,
    });
    within.or(field).map(|field| field.name.clone()).unwrap_or_default()
}
