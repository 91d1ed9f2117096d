//! An audit laid out: which clauses it looks at, for which departments, and what was noted.
//!
//! Any register that names its fields in `[audit]` holds audits. What stands in its rows is what the auditor wrote down;
//! everything else is worked out from the book.

use std::collections::BTreeSet;

use chrono::NaiveDate;

use super::departments::clauses_of;
use crate::book::{Cell, Edit, Entry, EntryKey, Plain, Row, Value};
use crate::catalogue::{Clause, QUESTIONS, Reading, clause, clause_said};
use crate::definition::{Audit, Choice, Field, Found, Kind, Register, clause_order, clauses_named};

/// An audit with its feature and what stands in it.
#[derive(Debug)]
pub struct Audited<'d> {
    /// The entry.
    pub key: EntryKey,
    /// Its register.
    pub register: &'d Register,
    /// What its fields mean.
    pub feature: &'d Audit,
    /// The audited departments; of none, the whole organisation is audited.
    pub departments: Vec<EntryKey>,
    /// The clauses in the order of the audit, and those that notes and questions name besides.
    pub clauses: Vec<AuditedClause>,
    /// What was noted, in the order in which it was.
    pub notes: Vec<AuditNote>,
}

/// A clause of an audit.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AuditedClause {
    /// Its number, e.g. `8.2`.
    pub number: String,
    /// The standards it is audited by: `E`, `S` or both.
    pub standards: String,
}

/// Something that was noted.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AuditNote {
    /// Its place among the rows.
    pub row: usize,
    /// The number of its clause; empty where none was given.
    pub clause: String,
    /// The clause as it was written.
    pub said: String,
    /// The department, where one was given.
    pub department: Option<EntryKey>,
    /// The code of its kind.
    pub kind: String,
    /// The words.
    pub text: String,
    /// What it rests on, also what was deleted since.
    pub entries: Vec<EntryKey>,
    /// What was made of it.
    pub became: Option<EntryKey>,
}

impl AuditedClause {
    /// What is known of it; none for a clause that the program knows nothing of.
    pub fn known(&self) -> Option<&'static Clause> {
        clause(&self.number)
    }

    /// Its standards and number, e.g. `ES5.3`.
    pub fn short(&self) -> String {
        format!("{}{}", self.standards, self.number)
    }
}

impl<'d> Audited<'d> {
    /// The audit that an entry is; none where its register has no audits.
    pub fn read(reading: &Reading<'d>, key: EntryKey) -> Option<Self> {
        let entry = reading.book.entry(key)?;
        let register = reading.register(entry)?;
        let feature = register.features.audit.as_ref()?;
        let departments: Vec<EntryKey> = reading.book.cell(entry, &feature.departments).links(None).collect();
        let notes = notes(reading, entry, (feature, &register.features.found));
        let mut clauses = named(reading, entry, feature);
        // A note is told under its clause, whether that was planned or not.
        let asked = asked(reading, key).into_iter().flat_map(|(clauses, _)| clauses);
        let besides: BTreeSet<(Vec<u32>, String)> = asked
            .chain(notes.iter().map(|note| note.clause.clone()))
            .filter(|number| !number.is_empty() && !clauses.iter().any(|known| known.number == *number))
            .map(|number| (clause_order(&number), number))
            .collect();
        for (order, number) in besides {
            // Where the audit goes in the order of the standard, they do too.
            let behind = clauses.iter().rposition(|known| clause_order(&known.number) < order);
            let sorted = clauses.is_sorted_by_key(|known| clause_order(&known.number));
            let at = if sorted { behind.map_or(0, |at| at + 1) } else { clauses.len() };
            clauses.insert(at, standing(reading, entry, feature, None, number));
        }
        Some(Self { key, register, feature, departments, clauses, notes })
    }

    /// What was noted about a clause, in the order of the kinds and, within one, as it was noted.
    pub fn notes_of(&self, number: &str) -> Vec<&AuditNote> {
        let mut notes: Vec<&AuditNote> = self.notes.iter().filter(|note| note.clause == number).collect();
        notes.sort_by_key(|note| self.place_of(&note.kind));
        notes
    }

    /// Where a kind stands among the kinds.
    fn place_of(&self, kind: &str) -> usize {
        self.kinds().iter().position(|choice| choice.code == kind).unwrap_or(usize::MAX)
    }

    /// The kinds of notes.
    pub fn kinds(&self) -> &'d [Choice] {
        self.column(&self.feature.notes.kind).map_or(&[], |column| column.kind.choices())
    }

    /// A column of the notes.
    pub fn column(&self, id: &str) -> Option<&'d Field> {
        let rows = self.register.field(&self.feature.notes.rows)?;
        let columns = if let Kind::Rows(columns) = &rows.kind { columns.as_slice() } else { &[] };
        columns.iter().find(|column| column.id == id)
    }

    /// What a kind is called in the language; its code where it left the list.
    pub fn kind_name(&self, reading: &Reading, code: &str) -> String {
        let column = self.column(&self.feature.notes.kind);
        column.map_or_else(|| code.to_owned(), |column| reading.choice_label(column, code))
    }

    /// The edit that takes a note; what it names by its number stands among its entries too.
    pub fn note(&self, reading: &Reading, note: &AuditNote) -> Edit {
        let into = &self.feature.notes;
        let entry = reading.book.entry(self.key);
        let mut rows = match entry.map(|entry| reading.book.cell(entry, &into.rows)) {
            Some(Cell::Rows(rows)) => rows.to_vec(),
            _ => Vec::new(),
        };
        let mut entries = note.entries.clone();
        let may = |key: &EntryKey| self.may_rest_on(reading, *key);
        entries.extend(reading.named_in(&note.text).into_iter().filter(|key| !note.entries.contains(key)));
        entries.retain(may);
        let text = |text: &str| Some(Plain::Text(text.to_owned())).filter(|_| !text.is_empty());
        let links = |keys: Vec<EntryKey>| Some(Plain::Links(keys.clone())).filter(|_| !keys.is_empty());
        let department =
            into.department.as_ref().map(|id| (id, links(note.department.into_iter().collect())));
        let cells = [
            Some((&into.clause, text(&note.said))),
            department,
            Some((&into.kind, Some(Plain::Choice(note.kind.clone())))),
            Some((&into.text, text(&note.text))),
            Some((&into.entries, links(entries))),
        ];
        let cells = cells.into_iter().flatten().filter_map(|(id, cell)| Some((id.clone(), cell?)));
        rows.push(Row(cells.collect()));
        Edit::Set { entry: self.key, fields: vec![(into.rows.clone(), Some(Value::Rows(rows)))] }
    }

    /// Whether notes may name an entry.
    pub fn may_rest_on(&self, reading: &Reading, key: EntryKey) -> bool {
        let Some(entry) = reading.book.entry(key) else { return false };
        let register = reading.book.register_id(entry.register);
        self.sources().iter().any(|id| id == register)
    }

    /// The registers whose entries notes may name.
    pub fn sources(&self) -> &'d [String] {
        match self.column(&self.feature.notes.entries).map(|column| &column.kind) {
            Some(Kind::Links { to, .. }) => to,
            _ => &[],
        }
    }

    /// What was kept as an auditor's question of this audit about a clause; an empty number asks for those about none.
    pub fn questions_of(&self, reading: &Reading, number: &str) -> Vec<EntryKey> {
        let about = |clauses: &[String]| match number {
            "" => clauses.is_empty(),
            number => clauses.iter().any(|clause| clause == number),
        };
        asked(reading, self.key)
            .into_iter()
            .filter(|(clauses, _)| about(clauses))
            .map(|(_, key)| key)
            .collect()
    }
}

/// The audit in progress on a day: the latest that has begun and is not over.
pub fn audit_in_progress(reading: &Reading, today: NaiveDate) -> Option<EntryKey> {
    let registers = reading.definitions.registers().iter();
    let audits = registers.filter_map(|register| Some((register, register.features.audit.as_ref()?)));
    let days = audits.flat_map(|(register, feature)| {
        let entries = reading.book.entries(&register.id).iter().filter_map(|key| reading.book.entry(*key));
        entries.filter_map(move |entry| Some((audit_days(reading, entry, feature)?, entry.key)))
    });
    let now = days.filter(|((first, last), _)| *first <= today && today <= *last);
    now.max_by_key(|((first, _), key)| (*first, *key)).map(|(_, key)| key)
}

/// The first and the last day of an audit.
pub fn audit_days(reading: &Reading, entry: &Entry, feature: &Audit) -> Option<(NaiveDate, NaiveDate)> {
    let date = |field: &str| match reading.book.cell(entry, field) {
        Cell::Date(date) => Some(*date),
        _ => None,
    };
    let first = date(&feature.day)?;
    let last = feature.end.as_ref().and_then(|end| date(end)).unwrap_or(first);
    Some((first.first(), last.last()))
}

/// The clauses that an entry names, in its order; else those that its departments answer for; else the usual ones.
fn named(reading: &Reading, entry: &Entry, feature: &Audit) -> Vec<AuditedClause> {
    let own = match reading.book.cell(entry, &feature.clauses) {
        Cell::Text(text) => reading.book.text(*text).to_owned(),
        _ => String::new(),
    };
    let departments = reading.book.cell(entry, &feature.departments).links(None);
    let answered: Vec<&str> = departments.map(|department| clauses_of(reading, department)).collect();
    let said = [own, answered.join(" "), feature.usual.join(" ")];
    let said = said.into_iter().find(|said| !said.trim().is_empty()).unwrap_or_default();
    let mut clauses: Vec<AuditedClause> = Vec::new();
    for said in clauses_named(&said) {
        // On paper both standards stand before one number: ES5.3.
        let both = ["ES", "es"].iter().find_map(|both| said.strip_prefix(both));
        let Some((standard, number)) = clause_said(both.unwrap_or(said)).or_else(|| glued(said)) else {
            continue;
        };
        match clauses.iter_mut().find(|clause| clause.number == number) {
            Some(clause) => {
                let more = standing(reading, entry, feature, standard, number).standards;
                clause.standards = ["E", "S"]
                    .into_iter()
                    .filter(|one| clause.standards.contains(one) || more.contains(one))
                    .collect();
            }
            None => clauses.push(standing(reading, entry, feature, standard, number)),
        }
    }
    clauses
}

/// A clause as `E8.1`.
fn glued(said: &str) -> Option<(Option<char>, String)> {
    let mut letters = said.chars();
    let standard = letters.next()?.to_ascii_uppercase();
    let (_, number) = clause_said(letters.as_str())?;
    "ES".contains(standard).then_some((Some(standard), number))
}

/// A clause by the standards that are audited and that have it.
fn standing(
    reading: &Reading,
    entry: &Entry,
    feature: &Audit,
    only: Option<char>,
    number: String,
) -> AuditedClause {
    let chosen = match feature.standards.as_ref().map(|field| reading.book.cell(entry, field)) {
        Some(Cell::Choices(codes)) => codes.iter().map(|code| reading.book.text(*code)).collect::<String>(),
        _ => "ES".to_owned(),
    };
    let has = |standard: &char| {
        clause(&number).is_none_or(|known| known.asks.iter().any(|(own, _)| own == standard))
    };
    let audited = |standard: &char| chosen.contains(*standard) && only.is_none_or(|only| only == *standard);
    let standards = ['E', 'S'].into_iter().filter(|standard| has(standard) && audited(standard)).collect();
    AuditedClause { number, standards }
}

fn notes(reading: &Reading, entry: &Entry, (feature, found): (&Audit, &Option<Found>)) -> Vec<AuditNote> {
    let into = &feature.notes;
    let Cell::Rows(rows) = reading.book.cell(entry, &into.rows) else { return Vec::new() };
    let becomes = found.as_ref().filter(|found| found.rows == into.rows).map(|found| &found.becomes);
    let note = |(row, cells): (usize, &Row)| {
        let text = |id: &str| match cells.get(id) {
            Some(Plain::Text(text) | Plain::Choice(text)) => text.clone(),
            _ => String::new(),
        };
        let links = |id: &str| match cells.get(id) {
            Some(Plain::Links(keys)) => keys.clone(),
            _ => Vec::new(),
        };
        let said = text(&into.clause);
        let clause = clauses_named(&said).next().and_then(|said| clause_said(said).or_else(|| glued(said)));
        AuditNote {
            row,
            clause: clause.map_or_else(String::new, |(_, number)| number),
            said: said.clone(),
            department: into.department.as_ref().and_then(|id| links(id).first().copied()),
            kind: text(&into.kind),
            text: text(&into.text),
            entries: links(&into.entries),
            became: becomes.and_then(|id| links(id).first().copied()),
        }
    };
    rows.iter().enumerate().map(note).collect()
}

/// What was kept as an auditor's question of an audit, with the numbers of its clauses.
fn asked(reading: &Reading, audit: EntryKey) -> Vec<(Vec<String>, EntryKey)> {
    let book = reading.book;
    let clauses = |key: EntryKey| {
        let said = book.entry(key).map(|entry| reading.words_at(entry, "clause")).unwrap_or_default();
        clauses_named(&said).filter_map(clause_said).map(|(_, number)| number).collect()
    };
    book.naming(audit, QUESTIONS, "audit", None).into_iter().map(|key| (clauses(key), key)).collect()
}
