//! The page of an audit in lines: its clauses in their order, each with what there is to show and what was noted.

use chrono::NaiveDate;

use super::audited::{AuditNote, Audited, AuditedClause};
use super::evidence::{Evidence, evidence_for};
use super::evidence_words::{EvidenceLine, Leads};
use crate::book::EntryKey;
use crate::catalogue::Reading;
use crate::wording::message;

/// A line of the page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AuditLine {
    /// Which of the clauses it is about; none of what stands behind them.
    pub clause: Option<usize>,
    /// What it is about; empty where it goes on.
    pub label: String,
    /// The words.
    pub words: String,
    /// Where it leads.
    pub to: AuditLeads,
}

/// Where a line leads.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum AuditLeads {
    /// To the page of its clause.
    Clause,
    /// To a note, by its place among the rows.
    Note(usize),
    /// To what there is for the clause.
    Evidence(Leads),
}

impl Audited<'_> {
    /// What it is called, with whom it is of and when.
    pub fn heading(&self, reading: &Reading) -> String {
        let entry = reading.book.entry(self.key);
        let words = |id: &str| entry.map(|entry| reading.words_at(entry, id)).unwrap_or_default();
        let departments: Vec<String> = self.departments.iter().map(|key| reading.link(*key)).collect();
        let parts = [
            reading.book.serial(self.key).to_owned(),
            reading.title(self.key),
            departments.join(&reading.wording.say("list-comma")),
            words(&self.feature.day),
        ];
        parts.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join("  ")
    }

    /// What there is to show for its clauses, of those that the program knows.
    pub fn evidence<'r>(&self, reading: &Reading<'r>, today: NaiveDate) -> Vec<Evidence<'r>> {
        let known: Vec<_> = self.clauses.iter().filter_map(AuditedClause::known).collect();
        evidence_for(reading, &known, &self.departments, today)
    }

    /// Every line of the page.
    pub fn lines(&self, reading: &Reading, today: NaiveDate) -> Vec<AuditLine> {
        let evidence = self.evidence(reading, today);
        let mut lines = Vec::new();
        for (at, clause) in self.clauses.iter().enumerate() {
            let held = evidence.iter().find(|evidence| evidence.clause.number == clause.number);
            let notes = self.notes_of(&clause.number);
            if at > 0 {
                lines.push(line(Some(at), "", String::new(), nowhere()));
            }
            let words = head(reading, held, notes.len());
            lines.push(line(Some(at), &clause.short(), words, AuditLeads::Clause));
            self.notes_in_lines(reading, Some(at), &notes, &mut lines);
            let held = held.map(|held| held.held(reading)).unwrap_or_default();
            lines.extend(held.into_iter().map(|EvidenceLine { label, words, to }| AuditLine {
                clause: Some(at),
                label,
                words,
                to: AuditLeads::Evidence(to),
            }));
        }
        let elsewhere: Vec<&AuditNote> = self.notes.iter().filter(|note| note.clause.is_empty()).collect();
        if !elsewhere.is_empty() {
            lines.push(line(None, "", String::new(), nowhere()));
            lines.push(line(None, "", reading.wording.say("audit-no-clause"), nowhere()));
            self.notes_in_lines(reading, None, &elsewhere, &mut lines);
        }
        lines
    }

    fn notes_in_lines(
        &self,
        reading: &Reading,
        clause: Option<usize>,
        notes: &[&AuditNote],
        lines: &mut Vec<AuditLine>,
    ) {
        let mut label = reading.wording.say("audit-notes");
        for note in notes {
            let words =
                format!("{}  {}", self.kind_name(reading, &note.kind), self.note_words(reading, note));
            lines.push(line(clause, &std::mem::take(&mut label), words, AuditLeads::Note(note.row)));
            for key in &note.entries {
                let words = format!("    {} {}", reading.book.serial(*key), reading.link(*key));
                lines.push(line(clause, "", words, AuditLeads::Evidence(Leads::Entry(*key))));
            }
            if let Some(key) = note.became {
                let words = format!("    -> {} {}", reading.book.serial(key), reading.link(key));
                lines.push(line(clause, "", words, AuditLeads::Evidence(Leads::Entry(key))));
            }
        }
    }

    /// The words of a note; with its department where several are audited, and with its clause where that is none.
    pub fn note_words(&self, reading: &Reading, note: &AuditNote) -> String {
        let department = note.department.filter(|_| self.departments.len() != 1);
        let odd = Some(note.said.clone()).filter(|said| note.clause.is_empty() && !said.is_empty());
        let parts = [odd, department.map(|key| reading.link(key)), Some(note.text.clone())];
        parts.into_iter().flatten().collect::<Vec<_>>().join("  ")
    }

    /// Entries by their numbers and titles.
    pub fn named(reading: &Reading, keys: &[EntryKey]) -> String {
        let name = |key: &EntryKey| format!("{} {}", reading.book.serial(*key), reading.link(*key));
        keys.iter().map(name).collect::<Vec<_>>().join("; ")
    }
}

/// The name of a clause, and how much there is for it.
fn head(reading: &Reading, held: Option<&Evidence>, notes: usize) -> String {
    let (name, pieces, holes) = match held {
        Some(held) => (held.clause.name.get(reading.lang).to_owned(), held.pieces(), held.open_findings()),
        None => (reading.wording.say("audit-clause-unknown"), 0, 0),
    };
    let counts = message!("audit-counts", notes = notes, pieces = pieces, holes = holes);
    format!("{name}  {}", reading.wording.render(&counts))
}

fn line(clause: Option<usize>, label: &str, words: String, to: AuditLeads) -> AuditLine {
    AuditLine { clause, label: label.to_owned(), words, to }
}

fn nowhere() -> AuditLeads {
    AuditLeads::Evidence(Leads::Nowhere)
}
