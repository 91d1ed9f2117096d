//! Departments: which one an entry lies with, who heads it, and which clauses it answers for.

use crate::book::{Cell, Entry, EntryKey};
use crate::catalogue::Reading;
use crate::definition::{DEPARTMENTS, Register, clause_number, clauses_named};

/// The field that says who heads a department.
const HEAD: &str = "head";
/// The field that names the clauses that a department answers for.
const CLAUSES: &str = "clauses";

/// The departments that an entry concerns, each once; a department concerns itself.
pub fn departments_of(reading: &Reading, key: EntryKey) -> Vec<EntryKey> {
    let Some(entry) = reading.book.entry(key) else { return Vec::new() };
    if reading.book.register_id(entry.register) == DEPARTMENTS {
        return vec![key];
    }
    let fields = reading.register(entry).into_iter().flat_map(Register::department_fields);
    let mut named: Vec<EntryKey> = Vec::new();
    for key in fields.flat_map(|field| reading.book.cell(entry, &field.id).links(None)) {
        if !named.contains(&key) {
            named.push(key);
        }
    }
    named
}

/// Who heads a department; empty where nothing says so.
pub fn head_of(reading: &Reading, department: EntryKey) -> String {
    reading.book.entry(department).map_or_else(String::new, |entry| text(reading, entry, HEAD).to_owned())
}

/// Whether a department says that it answers for a clause of this number.
pub fn answers_for(reading: &Reading, department: EntryKey, number: &str) -> bool {
    let Some(entry) = reading.book.entry(department) else { return false };
    clauses_named(text(reading, entry, CLAUSES)).any(|said| clause_number(said) == number)
}

/// The clauses that a department says it answers for, as they are written.
pub fn clauses_of<'d>(reading: &Reading<'d>, department: EntryKey) -> &'d str {
    reading.book.entry(department).map_or("", |entry| text(reading, entry, CLAUSES))
}

/// The departments that answer for a clause of this number.
pub fn answering(reading: &Reading, number: &str) -> Vec<EntryKey> {
    let all = reading.book.entries(DEPARTMENTS).iter().copied();
    all.filter(|department| answers_for(reading, *department, number)).collect()
}

fn text<'a>(reading: &Reading<'a>, entry: &Entry, field: &str) -> &'a str {
    match reading.book.cell(entry, field) {
        Cell::Text(text) => reading.book.text(*text),
        _ => "",
    }
}
