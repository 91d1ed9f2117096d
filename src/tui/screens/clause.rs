//! A clause: what it asks, and what there is for it, each thing one key away.

use std::collections::BTreeMap;

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use super::super::action::{Action, Scope};
use super::super::layer::{Basis, Cx, Layer, Outcome};
use super::super::theme::Role;
use super::checks::Checks;
use super::detail::Line;
use super::page::{self, Page};
use super::table::Table;
use crate::audit::{Evidence, Leads, evidence};
use crate::book::EntryKey;
use crate::catalogue::{Clause, Looking, Reading};
use crate::definition::{Column, DEPARTMENTS, Derived};
use crate::query::{column_word, value_word};
use crate::wording::message;

/// The page of a clause.
pub struct ClausePage {
    clause: &'static Clause,
    /// Only what this department has.
    department: Option<EntryKey>,
    page: Page,
    /// What was read.
    basis: Basis,
    /// Where lines lead, by their number among the lines that are said.
    leads: BTreeMap<usize, Leads>,
}

impl ClausePage {
    /// The page of this clause.
    pub fn new(clause: &'static Clause, cx: &Cx) -> Self {
        Self::of(clause, None, cx)
    }

    /// The page of this clause narrowed to a department.
    pub fn of(clause: &'static Clause, department: Option<EntryKey>, cx: &Cx) -> Self {
        let (page, basis, leads) = (page::lines(), cx.basis(), BTreeMap::new());
        let mut shown = Self { clause, department, page, basis, leads };
        shown.read(cx);
        shown
    }

    fn read(&mut self, cx: &Cx) {
        cx.looked(|reading, looked| {
            let found = evidence(reading, self.clause, self.department, (cx.today(), looked));
            self.say(reading, &found, cx);
        });
    }

    fn say(&mut self, reading: &Reading, found: &Evidence, cx: &Cx) {
        self.leads.clear();
        let mut said = Vec::new();
        for line in found.lines(reading) {
            let target = if let Leads::Entry(key) = line.to { Some(key) } else { None };
            let role = if line.to == Leads::Nowhere { Role::Dim } else { Role::Text };
            if line.to != Leads::Nowhere {
                self.leads.insert(said.len(), line.to);
            }
            said.push(Line { target, ..Line::new(&line.label, line.words) }.role(role));
        }
        let (pieces, holes) = (found.pieces(), found.open_findings());
        let counts = cx.render(&message!("evidence-sum", pieces = pieces, holes = holes));
        let department = self.department.map(|key| format!("  {}", reading.title(key))).unwrap_or_default();
        let name = self.clause.name.get(cx.lang());
        let heading = format!("{}  {name}{department}  {counts}", self.clause.number);
        self.page.say(heading, said);
    }

    /// Selects in a list what lies with the department.
    fn narrowing(&self, list: &str, cx: &Cx) -> String {
        let reading = cx.reading();
        let Some(department) = self.department else { return String::new() };
        let Ok(listing) = reading.listing(list) else { return String::new() };
        let serial = value_word(reading.book.serial(department)).into_owned();
        if listing.register.id == DEPARTMENTS {
            let column = listing.register.column_name(Column::Derived(Derived::Serial));
            return format!("{}={serial}", column_word(column.get(cx.lang())));
        }
        let field = listing.register.department_field();
        field.map(|field| format!("{}={serial}", column_word(field.name.get(cx.lang())))).unwrap_or_default()
    }

    fn open(&mut self, cx: &mut Cx) -> Outcome {
        match self.page.said_here().and_then(|at| self.leads.get(&at)) {
            Some(Leads::List(list)) => {
                let query = self.narrowing(list, cx);
                Outcome::Push(Box::new(Table::open(list, &query, cx)))
            }
            Some(Leads::Checks) => Outcome::Push(Box::new(Checks::new(cx))),
            Some(Leads::Entry(_)) => self.page.act(Action::Open, None, cx),
            Some(Leads::Nowhere) | None => Outcome::Stay,
        }
    }
}

impl Layer for ClausePage {
    fn scope(&self) -> Scope {
        Scope::Page
    }

    fn is_gone(&self, cx: &Cx) -> bool {
        self.department.is_some_and(|key| cx.session.book().entry(key).is_none())
    }

    fn refresh(&mut self, cx: &mut Cx) {
        let basis = cx.basis();
        if self.basis != basis {
            self.basis = basis;
            self.read(cx);
        }
    }

    fn act(&mut self, action: Action, count: Option<usize>, cx: &mut Cx) -> Outcome {
        match action {
            Action::Open => self.open(cx),
            Action::NextPart => {
                self.page.next_of(&self.leads);
                Outcome::Stay
            }
            action => self.page.act(action, count, cx),
        }
    }

    fn looking(&self, _cx: &Cx) -> Looking {
        let entries = self.page.here().and_then(|line| line.target).into_iter().collect();
        Looking { entries, clause: self.clause.number.clone(), ..Looking::default() }
    }

    fn draw(&mut self, buffer: &mut Buffer, area: Rect, cx: &Cx) {
        self.page.draw(buffer, area, cx);
    }

    fn hints(&self, _cx: &Cx) -> Vec<Action> {
        vec![Action::Open, Action::NextPart, Action::Question, Action::Plain, Action::Back]
    }
}
