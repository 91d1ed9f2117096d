//! An audit from the auditor's chair: its clauses in their order, each with what there is to show and what was noted.

use std::collections::BTreeMap;

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use super::super::action::{Action, Scope};
use super::super::layer::{Basis, Cx, Layer, Outcome};
use super::super::notice::Notice;
use super::super::theme::Role;
use super::checks::Checks;
use super::clause::ClausePage;
use super::detail::Line;
use super::form::Form;
use super::noting::Noting;
use super::page::{self, Page};
use super::plain::Plain;
use super::raise::{Found, raise};
use super::table::Table;
use crate::audit::{AuditLeads, AuditLine, AuditNote, Audited, Leads, audit_in_progress, record};
use crate::book::{Date, EntryKey, Value};
use crate::catalogue::Looking;
use crate::exchange::{markdown, plain};
use crate::wording::message;

/// How wide a record is told, as the command prints it.
const RECORD: usize = 80;

/// The page of an audit.
pub struct AuditPage {
    key: EntryKey,
    page: Page,
    /// What was read.
    basis: Basis,
    lines: Vec<AuditLine>,
    /// The clauses, by their numbers.
    clauses: Vec<String>,
    notes: Vec<AuditNote>,
}

/// The audit that is looked at; else the one in progress; else the form of a new one.
pub fn open(looking: &Looking, cx: &Cx) -> Outcome {
    let reading = cx.reading();
    let looked_at = looking.entries.iter().copied().chain(looking.audit);
    let meant = looked_at.into_iter().find(|key| Audited::read(&reading, *key).is_some());
    if let Some(key) = meant.or_else(|| audit_in_progress(&reading, cx.today())) {
        return Outcome::Push(Box::new(AuditPage::new(key, cx)));
    }
    let mut registers = reading.definitions.registers().iter();
    let audits = registers.find_map(|register| Some((register, register.features.audit.as_ref()?)));
    let Some((register, feature)) = audits.filter(|_| cx.may(Action::Add)) else {
        return Outcome::Say(Notice::said(message!("audit-none-now")));
    };
    let today = (feature.day.clone(), Value::Date(Date::day(cx.today())));
    match Form::filled(&register.id, &register.id, &[today], cx) {
        Some(form) => Outcome::PushSaying(Box::new(form), Notice::said(message!("audit-new"))),
        None => Outcome::Stay,
    }
}

impl AuditPage {
    /// The page of this audit.
    pub fn new(key: EntryKey, cx: &Cx) -> Self {
        let (page, basis) = (page::lines(), cx.basis());
        let mut shown = Self { key, page, basis, lines: Vec::new(), clauses: Vec::new(), notes: Vec::new() };
        shown.read(cx);
        shown
    }

    fn read(&mut self, cx: &Cx) {
        let reading = cx.reading();
        let Some(audited) = Audited::read(&reading, self.key) else { return };
        self.lines = audited.lines(&reading, cx.today());
        self.clauses = audited.clauses.iter().map(|clause| clause.number.clone()).collect();
        let said = self.lines.iter().map(|line| {
            let (target, role) = match &line.to {
                AuditLeads::Clause => (None, Role::Title),
                AuditLeads::Evidence(Leads::Entry(key)) => (Some(*key), Role::Text),
                AuditLeads::Evidence(Leads::Nowhere) => (None, Role::Dim),
                AuditLeads::Note(_) | AuditLeads::Evidence(_) => (None, Role::Text),
            };
            Line { target, ..Line::new(&line.label, line.words.clone()) }.role(role)
        });
        self.page.say(audited.heading(&reading), said.collect());
        self.notes = audited.notes;
    }

    fn here(&self) -> Option<&AuditLine> {
        self.lines.get(self.page.said_here()?)
    }

    /// The note under the cursor, or the one whose entry is.
    fn note_here(&self) -> Option<&AuditNote> {
        let AuditLeads::Note(row) = self.here()?.to else { return None };
        self.notes.iter().find(|note| note.row == row)
    }

    /// The number of the clause under the cursor; empty behind the last one.
    fn clause_here(&self) -> &str {
        let clause = self.here().and_then(|line| self.clauses.get(line.clause?));
        clause.map_or("", String::as_str)
    }

    fn open(&mut self, cx: &mut Cx) -> Outcome {
        match self.here().map(|line| line.to.clone()) {
            Some(AuditLeads::Clause) => match crate::catalogue::clause(self.clause_here()) {
                Some(clause) => {
                    // Of one department alone, the clause is asked of it.
                    let audited = Audited::read(&cx.reading(), self.key);
                    let only = audited.map(|audited| audited.departments.clone()).unwrap_or_default();
                    let only = only.first().copied().filter(|_| only.len() == 1);
                    Outcome::Push(Box::new(ClausePage::of(clause, only, cx)))
                }
                None => Outcome::Stay,
            },
            Some(AuditLeads::Note(_)) => self.edit(cx),
            Some(AuditLeads::Evidence(Leads::List(list))) => {
                Outcome::Push(Box::new(Table::open(&list, "", cx)))
            }
            Some(AuditLeads::Evidence(Leads::Checks)) => Outcome::Push(Box::new(Checks::new(cx))),
            Some(AuditLeads::Evidence(Leads::Entry(_))) => self.page.act(Action::Open, None, cx),
            Some(AuditLeads::Evidence(Leads::Nowhere)) | None => Outcome::Stay,
        }
    }

    /// The form of the audit; from a note, on the notes.
    fn edit(&self, cx: &Cx) -> Outcome {
        let notes = Audited::read(&cx.reading(), self.key).map(|audited| audited.feature.notes.rows.clone());
        let form = Form::edit(self.key, cx);
        let form = form.map(|form| match notes.filter(|_| self.note_here().is_some()) {
            Some(notes) => form.at(&notes),
            None => form,
        });
        form.map_or(Outcome::Stay, |form| Outcome::Push(Box::new(form)))
    }

    /// A note about the clause under the cursor, with the entry under it.
    fn note(&self, cx: &Cx) -> Outcome {
        let entries = self.page.here().and_then(|line| line.target).into_iter().collect();
        match Noting::new(self.key, self.clause_here(), entries, cx) {
            Some(noting) => Outcome::Push(Box::new(noting)),
            None => Outcome::Stay,
        }
    }

    /// A nonconformity of the note under the cursor; of any other line, about its entry.
    fn raise(&self, cx: &Cx) -> Outcome {
        let Some(note) = self.note_here() else { return Outcome::Pass };
        let reading = cx.reading();
        // One is made of it already.
        if let Some(became) = note.became.filter(|key| reading.book.entry(*key).is_some()) {
            return Outcome::Push(Box::new(page::entry(became, cx)));
        }
        let Some(audited) = Audited::read(&reading, self.key) else { return Outcome::Stay };
        if !audited.feature.notes.observed.contains(&note.kind) {
            let kinds = &audited.feature.notes.observed;
            let names: Vec<String> = kinds.iter().map(|code| audited.kind_name(&reading, code)).collect();
            return Outcome::Say(Notice::said(message!("audit-raise-kind", kinds = names.join(" "))));
        }
        let department = note
            .department
            .or_else(|| audited.departments.first().copied().filter(|_| audited.departments.len() == 1));
        let found = Found { words: &note.text, clause: &note.clause, audit: Some(self.key), department };
        raise(&note.entries, Some(&found), cx)
    }

    /// The record, to be read, copied or kept as a file.
    fn record(&self, cx: &Cx) -> Outcome {
        let reading = cx.reading();
        let Some(audited) = Audited::read(&reading, self.key) else { return Outcome::Stay };
        let organisation = &cx.session.settings().organisation;
        let blocks = record(&reading, &audited, (organisation, cx.today()));
        let name = format!("{}.md", reading.book.serial(self.key));
        let marked = markdown(&blocks, reading.wording);
        Outcome::Push(Box::new(Plain::document(plain(&blocks, reading.wording, RECORD), name, marked)))
    }

    /// To the next clause.
    fn next_clause(&mut self) -> Outcome {
        let heads = self.lines.iter().enumerate().filter(|(_, line)| line.to == AuditLeads::Clause);
        let heads: BTreeMap<usize, &AuditLine> = heads.collect();
        self.page.next_of(&heads);
        Outcome::Stay
    }
}

impl Layer for AuditPage {
    fn scope(&self) -> Scope {
        Scope::Page
    }

    fn refresh(&mut self, cx: &mut Cx) {
        let basis = cx.basis();
        if self.basis != basis {
            self.basis = basis;
            self.read(cx);
        }
    }

    fn is_gone(&self, cx: &Cx) -> bool {
        Audited::read(&cx.reading(), self.key).is_none()
    }

    fn act(&mut self, action: Action, count: Option<usize>, cx: &mut Cx) -> Outcome {
        match action {
            Action::Open => self.open(cx),
            Action::Edit => self.edit(cx),
            Action::Note => self.note(cx),
            Action::Raise => self.raise(cx),
            Action::NextPart => self.next_clause(),
            Action::Plain => self.record(cx),
            Action::History => Outcome::Push(Box::new(page::history(self.key, cx))),
            Action::Audit => Outcome::Stay,
            action => self.page.act(action, count, cx),
        }
    }

    fn looking(&self, _cx: &Cx) -> Looking {
        let entries = self.page.here().and_then(|line| line.target).into_iter().collect();
        let clause = self.clause_here().to_owned();
        Looking { entries, clause, audit: Some(self.key), ..Looking::default() }
    }

    fn draw(&mut self, buffer: &mut Buffer, area: Rect, cx: &Cx) {
        self.page.draw(buffer, area, cx);
    }

    fn hints(&self, _cx: &Cx) -> Vec<Action> {
        let note = self.note_here().is_some();
        let raise = note.then_some(Action::Raise);
        let mut hints = vec![Action::Open, Action::Note, Action::Question];
        hints.extend(raise);
        hints.extend([Action::NextPart, Action::Plain, Action::Edit, Action::Back]);
        hints
    }

    fn hint(&self, action: Action) -> Option<&'static str> {
        match action {
            Action::NextPart => Some("next-clause"),
            Action::Plain => Some("record"),
            Action::Note => Some("note-audit"),
            _ => None,
        }
    }
}
