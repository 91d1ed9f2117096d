//! The record of an audit, from data alone and in the order of a record on paper: who and when, then clause by clause the
//! documents in force, the registers with the entries of the audited departments, the lists of the whole company, what was
//! shown, seen, said and asked; at the end what is to be put right, and the conclusion.

use chrono::NaiveDate;

use super::audited::{AuditNote, Audited, AuditedClause};
use super::evidence::{DOCUMENTS, is_shown, keep_recorded, names, serves};
use super::record_entry::{in_full, table};
use crate::book::{Cell, Entry, EntryKey};
use crate::catalogue::{Listing, Reading, STATUS};
use crate::definition::{Column, Register};
use crate::wording::message;

/// A part of a record.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Block {
    /// What the whole is called.
    Title(String),
    /// A part of it, such as a clause.
    Part(String),
    /// What a table or a list is of.
    Heading(String),
    /// What a group of a table has in common.
    Group(String),
    /// A label with words, which may have several lines.
    Said(String, String),
    /// One of a list.
    Item(String),
    /// A sentence by itself.
    Line(String),
    /// A table: its heads, and rows of as many cells.
    Table(Vec<String>, Vec<Vec<String>>),
}

/// The record of an audit, with the name of the organisation, as the book is on a day.
pub fn record(reading: &Reading, audited: &Audited, (organisation, day): (&str, NaiveDate)) -> Vec<Block> {
    let mut made = Made { reading, audited, day, told: Vec::new(), blocks: Vec::new() };
    made.head(organisation);
    made.all();
    made.blocks
}

/// The same without its head: clause by clause, and what is to be put right.
pub fn record_of_clauses(reading: &Reading, audited: &Audited, day: NaiveDate) -> Vec<Block> {
    let mut made = Made { reading, audited, day, told: Vec::new(), blocks: Vec::new() };
    made.all();
    made.blocks
}

/// A record being made.
struct Made<'a, 'd> {
    reading: &'a Reading<'d>,
    audited: &'a Audited<'d>,
    day: NaiveDate,
    /// Entries that were told with all that stands in them.
    told: Vec<EntryKey>,
    blocks: Vec<Block>,
}

impl Made<'_, '_> {
    fn say(&self, id: &'static str) -> String {
        self.reading.wording.say(id)
    }

    fn put(&mut self, block: Block) {
        self.blocks.push(block);
    }

    fn all(&mut self) {
        // What the letters before the clauses mean, said once.
        if self.audited.clauses.iter().any(|clause| !clause.standards.is_empty()) {
            self.put(Block::Line(self.say("record-standards")));
        }
        for clause in &self.audited.clauses {
            self.clause(clause);
        }
        self.without_clause();
        self.end();
    }

    /// Who was audited, by whom, when.
    fn head(&mut self, organisation: &str) {
        let (reading, audited) = (self.reading, self.audited);
        let (serial, title) = (reading.book.serial(audited.key), reading.title(audited.key));
        let name = paper_name(audited.register, reading);
        self.put(Block::Title(format!("{name}  {serial}  {title}")));
        self.put(Block::Said(self.say("record-organisation"), organisation.to_owned()));
        let Some(entry) = reading.book.entry(audited.key) else { return };
        for field in audited.feature.head.iter().filter_map(|id| audited.register.field(id)) {
            let words = if field.id == audited.feature.clauses {
                audited.clauses.iter().map(AuditedClause::short).collect::<Vec<_>>().join(" ")
            } else {
                reading.words_at(entry, &field.id)
            };
            if !words.is_empty() {
                self.put(Block::Said(field.name.get(reading.lang).to_owned(), words));
            }
        }
        self.put(Block::Said(self.say("record-as-of"), self.day.to_string()));
    }

    fn clause(&mut self, clause: &AuditedClause) {
        let name = clause.known().map_or("", |known| known.name.get(self.reading.lang));
        self.put(Block::Part(format!("{} {name}", clause.short()).trim_end().to_owned()));
        self.documents(&clause.number);
        self.registers(&clause.number);
        self.notes(&self.audited.notes_of(&clause.number), &clause.number);
    }

    /// The documents in force that name the clause, with their numbers.
    fn documents(&mut self, number: &str) {
        let reading = self.reading;
        let Some(register) = reading.definitions.register(DOCUMENTS) else { return };
        let keys: Vec<EntryKey> = self.recorded(register);
        let keys = keys.iter().filter_map(|key| reading.book.entry(*key));
        let keys: Vec<EntryKey> =
            keys.filter(|entry| names(reading, entry, number)).map(|entry| entry.key).collect();
        if keys.is_empty() {
            return;
        }
        self.put(Block::Heading(self.say("record-documents")));
        self.table(register, &keys, columns(register));
    }

    /// The registers whose form serves the clause: the entries of the audited departments, then the company's lists.
    fn registers(&mut self, number: &str) {
        let reading = self.reading;
        let serving = |register: &&Register| {
            register.id != DOCUMENTS && serves(register, number) && !reading.withholds(register)
        };
        let registers: Vec<&Register> = reading.definitions.registers().iter().filter(serving).collect();
        for register in registers {
            self.register(register);
            for view in register.views.iter().filter(|view| view.record.is_some()) {
                let Ok(listing) = reading.listing(&view.id) else { continue };
                self.view(&listing, view.record.as_deref().unwrap_or_default());
            }
        }
    }

    /// The entries of a register that the record is of, in the order in which they were made.
    fn recorded(&self, register: &Register) -> Vec<EntryKey> {
        let reading = self.reading;
        let entries = reading.book.entries(&register.id).iter().filter_map(|key| reading.book.entry(*key));
        let shown = entries.filter(|entry| is_shown(reading, entry, &self.audited.departments));
        let mut keys: Vec<EntryKey> = shown.map(|entry| entry.key).collect();
        keep_recorded(reading, register, &mut keys, self.day);
        keys
    }

    fn register(&mut self, register: &Register) {
        let reading = self.reading;
        let keys = self.recorded(register);
        let all = reading.book.entries(&register.id).len();
        let counts = match (keys.len(), self.audited.departments.is_empty()) {
            (count, false) if count != all => message!("record-count-of", count = count, all = all),
            (count, _) => message!("record-count", count = count),
        };
        let form = [register.form.number.as_deref(), register.form.edition.as_deref()];
        let form = form.into_iter().flatten().collect::<Vec<_>>().join(" ");
        let parts = [paper_name(register, reading), form, reading.wording.render(&counts)];
        let parts: Vec<String> = parts.into_iter().filter(|part| !part.is_empty()).collect();
        self.put(Block::Heading(parts.join("  ")));
        let by = register.features.record.as_ref().and_then(|record| record.by.as_ref());
        for (group, keys) in grouped(reading, by, &keys) {
            if !group.is_empty() {
                self.put(Block::Group(group));
            }
            self.table(register, &keys, columns(register));
        }
    }

    /// A list of the whole company, in its order.
    fn view(&mut self, listing: &Listing, columns: &[Column]) {
        let keys = self.reading.entries(listing, "", self.day).unwrap_or_default();
        let counts = self.reading.wording.render(&message!("record-whole", count = keys.len()));
        self.put(Block::Heading(format!("{}  {counts}", self.reading.name(listing))));
        self.table(listing.register, &keys, columns);
    }

    fn table(&mut self, register: &Register, keys: &[EntryKey], columns: &[Column]) {
        if !keys.is_empty() {
            self.put(table(self.reading, register, keys, columns));
        }
    }

    /// What was noted, by kinds in their order, with what was kept as an auditor's question beside its kind.
    fn notes(&mut self, notes: &[&AuditNote], number: &str) {
        let (reading, audited) = (self.reading, self.audited);
        let questions = audited.questions_of(reading, number);
        let kinds = audited.kinds();
        let asked = audited.feature.notes.asked.as_deref();
        for choice in kinds {
            let of: Vec<&AuditNote> = notes.iter().copied().filter(|note| note.kind == choice.code).collect();
            let asked = if asked == Some(choice.code.as_str()) { questions.as_slice() } else { &[] };
            self.kind(choice.label.get(reading.lang), &of, asked);
            if choice.code == audited.feature.notes.shown {
                for key in of.iter().flat_map(|note| &note.entries) {
                    self.shown(*key);
                }
            }
        }
        // A kind may have left the list since, and questions may have no kind.
        let known = |note: &AuditNote| kinds.iter().any(|choice| choice.code == note.kind);
        let strange: Vec<&AuditNote> = notes.iter().copied().filter(|note| !known(note)).collect();
        let asked = if asked.is_none() { questions.as_slice() } else { &[] };
        self.kind(&self.say("audit-notes"), &strange, asked);
    }

    /// Notes of one kind and questions, under its name; nothing where there are none.
    fn kind(&mut self, name: &str, notes: &[&AuditNote], questions: &[EntryKey]) {
        if notes.is_empty() && questions.is_empty() {
            return;
        }
        self.put(Block::Heading(name.to_owned()));
        for note in notes {
            let words = self.audited.note_words(self.reading, note);
            self.put(Block::Item(with_entries(self.reading, &words, &note.entries)));
        }
        for key in questions {
            self.question(*key);
        }
    }

    /// A question with how it stands, its answer and what proves it.
    fn question(&mut self, key: EntryKey) {
        let reading = self.reading;
        let Some(entry) = reading.book.entry(key) else { return };
        let words = |id: &str| reading.words_at(entry, id);
        let head = format!("{} {}  {}", reading.book.serial(key), reading.title(key), words(STATUS));
        self.put(Block::Item(head.trim_end().to_owned()));
        let Some(register) = reading.register(entry) else { return };
        for id in ["shown", "answer", "answered", "answered-by", "evidence"] {
            let label = register.field(id).map_or("", |field| field.name.get(reading.lang)).to_owned();
            if !words(id).is_empty() {
                self.put(Block::Said(label, words(id)));
            }
        }
    }

    /// An entry that was shown, with all that stands in it, once.
    fn shown(&mut self, key: EntryKey) {
        let Some(entry) = self.reading.book.entry(key).filter(|_| !self.told.contains(&key)) else { return };
        self.told.push(key);
        if self.reading.register(entry).is_some_and(|register| self.reading.withholds(register)) {
            return;
        }
        self.blocks.extend(in_full(self.reading, entry));
    }

    fn without_clause(&mut self) {
        let audited = self.audited;
        let notes: Vec<&AuditNote> = audited.notes.iter().filter(|note| note.clause.is_empty()).collect();
        if notes.is_empty() && audited.questions_of(self.reading, "").is_empty() {
            return;
        }
        self.put(Block::Part(self.say("audit-no-clause")));
        self.notes(&notes, "");
    }

    /// What is to be put right, in the order of the clauses; what was made of it; the conclusion.
    fn end(&mut self) {
        let (reading, audited) = (self.reading, self.audited);
        self.put(Block::Part(self.say("record-observed")));
        let into = &audited.feature.notes;
        let mut rows: Vec<Vec<String>> = Vec::new();
        for clause in audited.clauses.iter().map(Some).chain([None]) {
            let number = clause.map_or("", |clause| clause.number.as_str());
            let observed = |note: &&&AuditNote| into.observed.contains(&note.kind);
            for note in audited.notes_of(number).iter().filter(observed) {
                rows.push(vec![
                    (rows.len() + 1).to_string(),
                    clause.map_or_else(|| note.said.clone(), AuditedClause::short),
                    audited.kind_name(reading, &note.kind),
                    audited.note_words(reading, note),
                    Audited::named(reading, &note.entries),
                    note.became.map_or_else(String::new, |key| reading.book.serial(key).to_owned()),
                ]);
            }
        }
        if rows.is_empty() {
            self.put(Block::Line(self.say("evidence-none")));
        } else {
            let becomes = audited.register.features.found.as_ref().map(|found| &found.becomes);
            // Where nothing became of anything, no column says so.
            let becomes = becomes.filter(|_| rows.iter().any(|row| row.last() != Some(&String::new())));
            if becomes.is_none() {
                for row in &mut rows {
                    row.pop();
                }
            }
            let columns =
                [Some(&into.clause), Some(&into.kind), Some(&into.text), Some(&into.entries), becomes];
            let names = columns
                .into_iter()
                .flatten()
                .filter_map(|id| audited.column(id))
                .map(|column| column.name.get(reading.lang).to_owned());
            self.put(Block::Table(std::iter::once("#".to_owned()).chain(names).collect(), rows));
        }
        self.raised();
        self.put(Block::Part(audited_name(audited, &audited.feature.conclusion, reading)));
        let entry = reading.book.entry(audited.key);
        let words =
            entry.map(|entry| reading.words_at(entry, &audited.feature.conclusion)).unwrap_or_default();
        self.put(Block::Line(if words.is_empty() { self.say("record-not-filled") } else { words }));
    }

    /// The nonconformities that name the audit.
    fn raised(&mut self) {
        let reading = self.reading;
        for register in reading.definitions.registers() {
            let Some(field) = register.features.raise.as_ref().and_then(|raise| raise.audit.as_ref()) else {
                continue;
            };
            let keys = reading.book.naming(self.audited.key, &register.id, field, None);
            if keys.is_empty() {
                continue;
            }
            self.put(Block::Heading(register.name.get(reading.lang).to_owned()));
            self.table(register, &keys, columns(register));
        }
    }
}

/// What a register is called on paper.
pub(super) fn paper_name(register: &Register, reading: &Reading) -> String {
    register.form.title.as_ref().unwrap_or(&register.name).get(reading.lang).to_owned()
}

fn audited_name(audited: &Audited, field: &str, reading: &Reading) -> String {
    audited.register.field(field).map_or_else(String::new, |field| field.name.get(reading.lang).to_owned())
}

/// The columns by which a record tells a register.
fn columns(register: &Register) -> &[Column] {
    register.features.record.as_ref().map_or(&register.table.columns, |record| &record.columns)
}

/// Entries in groups by what stands in a field, in the order in which those come first.
fn grouped(reading: &Reading, by: Option<&String>, keys: &[EntryKey]) -> Vec<(String, Vec<EntryKey>)> {
    let words = |entry: &Entry, field: &String| match reading.book.cell(entry, field) {
        Cell::Empty => UNGROUPED.to_owned(),
        _ => reading.words_at(entry, field),
    };
    let mut groups: Vec<(String, Vec<EntryKey>)> = Vec::new();
    for key in keys {
        let group = by.zip(reading.book.entry(*key)).map(|(by, entry)| words(entry, by)).unwrap_or_default();
        match groups.iter_mut().find(|(known, _)| *known == group) {
            Some((_, keys)) => keys.push(*key),
            None => groups.push((group, vec![*key])),
        }
    }
    groups
}

/// What is said of entries that lie in no group.
const UNGROUPED: &str = crate::catalogue::UNSCORED;

/// Words with the entries that they rest on.
fn with_entries(reading: &Reading, words: &str, entries: &[EntryKey]) -> String {
    if entries.is_empty() {
        return words.to_owned();
    }
    let entries = Audited::named(reading, entries);
    reading.wording.render(&message!("record-entries", words = words.to_owned(), entries = entries))
}
