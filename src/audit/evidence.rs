//! What there is for a clause: documents, records, what is still open, what auditors asked before.

use chrono::NaiveDate;

use super::accept::ACCEPTED;
use super::check::{Finding, Looked, look_for};
use super::coverage::pieces_of;
use super::departments::{answering, departments_of};
use crate::book::{Cell, Entry, EntryKey};
use crate::catalogue::{Clause, Listing, QUESTIONS, Reading};
use crate::definition::{DEPARTMENTS, Register, Rule, View, clause_number, clauses_named};

/// The register of control documents.
pub(super) const DOCUMENTS: &str = "documents";
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
    /// How many entries its rules looked at; where they looked at none, finding none says nothing.
    pub looked: usize,
    /// What auditors asked about it.
    pub questions: Vec<EntryKey>,
    /// The departments that answer for it, each with how many pieces of evidence it has.
    pub answering: Vec<(EntryKey, usize)>,
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
    pub fn open_findings(&self) -> usize {
        self.found.iter().map(|looked| looked.found.len()).sum()
    }
}

/// What a book has for a clause on a day; of one department only, where one is named. `looked` is what the checks of its
/// rules came to, and perhaps others.
pub fn evidence<'d>(
    reading: &Reading<'d>,
    clause: &'static Clause,
    department: Option<EntryKey>,
    (today, looked): (NaiveDate, &[Looked<'d>]),
) -> Evidence<'d> {
    let answering = pieces_of(reading, clause, &answering(reading, &clause.number));
    let lies = |entry: &Entry| department.is_none_or(|department| lies_with(reading, entry, department));
    Evidence { answering, ..gather(reading, clause, (&lies, false), (today, looked)) }
}

/// What there is to show in an audit of these departments, of several clauses, looked over once.
pub fn evidence_for<'d>(
    reading: &Reading<'d>,
    clauses: &[&'static Clause],
    departments: &[EntryKey],
    today: NaiveDate,
) -> Vec<Evidence<'d>> {
    let wanted = |rule: &Rule| clauses.iter().any(|clause| rule.is_for(&clause.number));
    let looked = look_for(reading, today, |rule, _| wanted(rule));
    let shown = |entry: &Entry| is_shown(reading, entry, departments);
    clauses.iter().map(|clause| gather(reading, clause, (&shown, true), (today, &looked))).collect()
}

fn gather<'d>(
    reading: &Reading<'d>,
    clause: &'static Clause,
    (lies, company): (&dyn Fn(&Entry) -> bool, bool),
    (today, looked): (NaiveDate, &[Looked<'d>]),
) -> Evidence<'d> {
    let book = reading.book;
    let naming = |register: &str| {
        let entries = book.entries(register).iter().filter_map(|key| book.entry(*key));
        let named = entries.filter(|entry| names(reading, entry, &clause.number) && lies(entry));
        named.map(|entry| entry.key).collect::<Vec<_>>()
    };
    let serves = |register: &&Register| serves(register, &clause.number);
    // Documents that name the clause stand by themselves; their register is told where none does.
    let mut documents = naming(DOCUMENTS);
    if let Some(register) = reading.definitions.register(DOCUMENTS).filter(|_| company) {
        keep_recorded(reading, register, &mut documents, today);
    }
    let told = |register: &&Register| register.id != DOCUMENTS || documents.is_empty();
    let registers = reading.definitions.registers().iter().filter(serves).filter(told);
    let served = registers.map(|register| {
        let entries = book.entries(&register.id).iter().filter_map(|key| book.entry(*key));
        let entries: Vec<&Entry> = entries.filter(|entry| lies(entry)).collect();
        let views = reading.listings().into_iter();
        let views = views.filter(|listing| listing.register.id == register.id && listing.id != register.id);
        let counted = views.map(|listing| {
            let keys = reading.entries(&listing, "", today).unwrap_or_default();
            // A list of the company's is told whole in an audit.
            let recorded = |view: &View| view.id == listing.id && view.record.is_some();
            let whole = company && register.views.iter().any(recorded);
            let counts = |entry: &&Entry| whole || lies(entry);
            let count = keys.iter().filter_map(|key| book.entry(*key)).filter(counts).count();
            (listing, count)
        });
        Served {
            register,
            entries: entries.len(),
            last: entries.iter().map(|entry| entry.edited.at).max(),
            views: counted.collect(),
        }
    });
    let asked = looked.iter().filter(|looked| looked.rule.is_for(&clause.number));
    let served = served.collect();
    Evidence {
        clause,
        documents,
        served,
        found: found(reading, asked.clone(), lies),
        looked: asked.map(|looked| looked.of).sum(),
        questions: naming(QUESTIONS),
        answering: Vec::new(),
    }
}

/// Of what checks came to, what is of the entries that count.
fn found<'l, 'd: 'l>(
    reading: &Reading,
    looked: impl Iterator<Item = &'l Looked<'d>>,
    lies: &dyn Fn(&Entry) -> bool,
) -> Vec<Looked<'d>> {
    let mut found: Vec<Looked> = looked.cloned().collect();
    for looked in &mut found {
        let stays = |finding: &Finding| reading.book.entry(finding.entry).is_some_and(lies);
        // What is kept for all screens is copied only where something of it is left out.
        if !looked.found.iter().all(stays) {
            looked.found.to_mut().retain(stays);
        }
    }
    found.retain(|looked| !looked.found.is_empty());
    found
}

/// Whether a register's entries are evidence for a clause. What only the program makes is none by itself.
pub(super) fn serves(register: &Register, number: &str) -> bool {
    let kept = register.features.kept.as_ref().is_some_and(|kept| kept.entries);
    let own = register.form.clauses.iter().any(|own| clause_number(own) == number);
    own && register.id != ACCEPTED && !kept
}

/// Whether an entry names a clause.
pub(super) fn names(reading: &Reading, entry: &Entry, number: &str) -> bool {
    NAMED.iter().any(|field| match reading.book.cell(entry, field) {
        Cell::Text(text) => clauses_named(reading.book.text(*text)).any(|said| clause_number(said) == number),
        _ => false,
    })
}

/// Whether an entry concerns a department, or is it.
fn lies_with(reading: &Reading, entry: &Entry, department: EntryKey) -> bool {
    departments_of(reading, entry.key).contains(&department)
}

/// Keeps those entries of a register that an audit record tells of.
pub(super) fn keep_recorded(
    reading: &Reading,
    register: &Register,
    keys: &mut Vec<EntryKey>,
    today: NaiveDate,
) {
    let of = register.features.record.as_ref().and_then(|record| record.of.as_ref());
    if let Some(filter) = of.and_then(|of| reading.filter(register, &of.query, today).ok()) {
        filter.prepare(reading.book, reading.definitions, reading.words).keep(&register.id, keys);
    }
}

/// Whether an entry is shown in an audit of these departments: it concerns one, or it is the company's as a document or
/// a plan is. In an audit of none every entry is.
pub fn is_shown(reading: &Reading, entry: &Entry, departments: &[EntryKey]) -> bool {
    let whole = |register: &Register| register.features.record.as_ref().is_some_and(|record| record.whole);
    departments.is_empty()
        || reading.register(entry).is_some_and(whole)
        || concerns(reading, entry, departments) != Some(false)
}

/// Whether an entry concerns one of these departments: it lies with it, names it among others, or is it. Nothing is said of
/// one that cannot name any.
fn concerns(reading: &Reading, entry: &Entry, departments: &[EntryKey]) -> Option<bool> {
    let register = reading.register(entry)?;
    if register.id == DEPARTMENTS {
        return Some(departments.contains(&entry.key));
    }
    let mut fields = register.department_fields().peekable();
    fields.peek()?;
    let names = |id: &str| reading.book.cell(entry, id).links(None).any(|key| departments.contains(&key));
    Some(fields.any(|field| names(&field.id)))
}
