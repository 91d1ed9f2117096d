//! What there is for a clause: documents, records, what is still open, what auditors asked before.

use chrono::NaiveDate;

use super::accept::ACCEPTED;
use super::check::{Looked, look_for, look_over};
use crate::book::{Cell, Entry, EntryKey};
use crate::catalogue::{Clause, Listing, QUESTIONS, Reading};
use crate::definition::{Register, clause_number, clauses_named};

/// The register of control documents.
const DOCUMENTS: &str = "documents";
/// The field in which documents and questions name clauses.
const NAMED: [&str; 2] = ["clauses", "clause"];

/// What there is for a clause.
#[derive(Debug)]
pub struct Evidence<'d> {
    /// The clause.
    pub clause: &'static Clause,
    /// Documents that name it.
    pub documents: Vec<EntryKey>,
    /// Registers that serve it.
    pub served: Vec<Served<'d>>,
    /// Checks of its rules that found something.
    pub found: Vec<Looked<'d>>,
    /// What auditors asked about it.
    pub questions: Vec<EntryKey>,
}

/// A register that serves a clause.
#[derive(Debug)]
pub struct Served<'d> {
    /// The register.
    pub register: &'d Register,
    /// How many entries it has.
    pub entries: usize,
    /// When one of them was changed last, in seconds since 1970 UTC.
    pub last: Option<i64>,
    /// Its views with how many each has.
    pub views: Vec<(Listing<'d>, usize)>,
}

impl Evidence<'_> {
    /// How many pieces of evidence there are: documents and entries.
    pub fn pieces(&self) -> usize {
        self.documents.len() + self.served.iter().map(|served| served.entries).sum::<usize>()
    }

    /// How many findings stand open.
    pub fn holes(&self) -> usize {
        self.found.iter().map(|looked| looked.found.len()).sum()
    }
}

/// What a book has for a clause on a day; of one department only, where one is named.
pub fn evidence<'d>(
    reading: &Reading<'d>,
    clause: &'static Clause,
    department: Option<EntryKey>,
    today: NaiveDate,
) -> Evidence<'d> {
    let looked = look_for(reading, today, |rule, _| rule.is_for(&clause.number));
    gather(reading, clause, department, (today, &looked))
}

/// The same for every clause and department, looked over once: for each clause what there is in all, and by department.
pub fn coverage<'d>(
    reading: &Reading<'d>,
    departments: &[EntryKey],
    today: NaiveDate,
) -> Vec<(&'static Clause, Vec<Evidence<'d>>)> {
    let looked = look_over(reading, today);
    let row = |clause: &'static Clause| {
        let of = std::iter::once(None).chain(departments.iter().copied().map(Some));
        (clause, of.map(|department| gather(reading, clause, department, (today, &looked))).collect())
    };
    crate::catalogue::clauses().iter().map(row).collect()
}

fn gather<'d>(
    reading: &Reading<'d>,
    clause: &'static Clause,
    department: Option<EntryKey>,
    (today, looked): (NaiveDate, &[Looked<'d>]),
) -> Evidence<'d> {
    let book = reading.book;
    let lies = |entry: &Entry| department.is_none_or(|department| lies_with(reading, entry, department));
    let naming = |register: &str| {
        let entries = book.entries(register).iter().filter_map(|key| book.entry(*key));
        let named = entries.filter(|entry| names(reading, entry, &clause.number) && lies(entry));
        named.map(|entry| entry.key).collect::<Vec<_>>()
    };
    let serves =
        |register: &&Register| register.form.clauses.iter().any(|own| clause_number(own) == clause.number);
    // Documents that name the clause stand by themselves; their register is told where none does.
    let documents = naming(DOCUMENTS);
    // What only the program makes is no evidence by itself.
    let kept = |register: &Register| register.features.kept.as_ref().is_some_and(|kept| kept.entries);
    let told = |register: &&Register| {
        let other = register.id != DOCUMENTS || documents.is_empty();
        other && register.id != ACCEPTED && !kept(register)
    };
    let registers = reading.definitions.registers().iter().filter(serves).filter(told);
    let served = registers.map(|register| {
        let entries = book.entries(&register.id).iter().filter_map(|key| book.entry(*key));
        let entries: Vec<&Entry> = entries.filter(|entry| lies(entry)).collect();
        let views = reading.listings().into_iter();
        let views = views.filter(|listing| listing.register.id == register.id && listing.id != register.id);
        let counted = views.map(|listing| {
            let keys = reading.entries(&listing, "", today).unwrap_or_default();
            let count = keys.iter().filter_map(|key| book.entry(*key)).filter(|entry| lies(entry)).count();
            (listing, count)
        });
        Served {
            register,
            entries: entries.len(),
            last: entries.iter().map(|entry| entry.edited.at).max(),
            views: counted.collect(),
        }
    });
    let mut found: Vec<Looked> =
        looked.iter().filter(|looked| looked.rule.is_for(&clause.number)).cloned().collect();
    for looked in &mut found {
        looked.found.retain(|finding| book.entry(finding.entry).is_some_and(lies));
    }
    found.retain(|looked| !looked.found.is_empty());
    let served = served.collect();
    Evidence { clause, documents, served, found, questions: naming(QUESTIONS) }
}

/// Whether an entry names a clause.
fn names(reading: &Reading, entry: &Entry, number: &str) -> bool {
    NAMED.iter().any(|field| match reading.book.cell(entry, field) {
        Cell::Text(text) => clauses_named(reading.book.text(*text)).any(|said| clause_number(said) == number),
        _ => false,
    })
}

/// Whether an entry lies with a department, is it, or leads to nothing that says so.
fn lies_with(reading: &Reading, entry: &Entry, department: EntryKey) -> bool {
    if entry.key == department {
        return true;
    }
    let field = reading.register(entry).and_then(Register::department_field);
    field.is_some_and(
        |field| matches!(reading.book.cell(entry, &field.id), Cell::Links(to) if to.contains(&department)),
    )
}
