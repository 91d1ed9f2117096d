//! Every register, by the chapter of the standards that it serves, with what it holds.

use std::collections::BTreeMap;

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use super::super::action::{Action, Scope};
use super::super::layer::{Basis, Cx, Layer, Outcome};
use super::super::paint::{Painter, title};
use super::super::theme::Role;
use super::form::Form;
use super::table::Table;
use crate::definition::{Register, clause_number};
use crate::wording::message;

/// How wide a column of names stands.
const COLUMN: u16 = 40;
/// The first line of the lists.
const FIRST: u16 = 2;

/// The chapters of the standards that ask for something.
const CHAPTERS: std::ops::RangeInclusive<u32> = 4..=10;
/// Stands for registers of no chapter.
const OTHER: u32 = u32::MAX;

/// The page of all registers.
pub struct Registers {
    lines: Vec<Line>,
    basis: Basis,
    /// The line of the register under the cursor.
    cursor: usize,
    /// The first of the columns that are shown.
    left: usize,
    /// How many lines a column has, as it was drawn last.
    height: usize,
}

/// A line of a column.
enum Line {
    /// A chapter of the standards.
    Chapter(String),
    /// A register: its id, its name and how many entries it holds.
    Register(String, String, usize),
    /// Air between chapters.
    Gap,
}

impl Registers {
    /// Every register as the book is now.
    pub fn new(cx: &Cx) -> Self {
        let mut page = Self { lines: Vec::new(), basis: cx.basis(), cursor: 0, left: 0, height: 1 };
        page.read(cx);
        page.cursor = page.lines.iter().position(Line::is_register).unwrap_or(0);
        page
    }

    fn read(&mut self, cx: &Cx) {
        let reading = cx.reading();
        let mut chapters: BTreeMap<u32, Vec<&Register>> = BTreeMap::new();
        for register in reading.definitions.registers() {
            chapters.entry(chapter(register)).or_default().push(register);
        }
        self.lines.clear();
        for (number, registers) in chapters {
            if !self.lines.is_empty() {
                self.lines.push(Line::Gap);
            }
            let number = if number == OTHER { "other".to_owned() } else { number.to_string() };
            let name = cx.desk.wording().say_dynamic("chapter", &number);
            self.lines.push(Line::Chapter(name));
            let line = |register: &&Register| {
                let count = reading.book.entries(&register.id).len();
                Line::Register(register.id.clone(), register.name.get(cx.lang()).to_owned(), count)
            };
            self.lines.extend(registers.iter().map(line));
        }
    }

    fn here(&self) -> Option<&str> {
        match self.lines.get(self.cursor) {
            Some(Line::Register(id, ..)) => Some(id),
            _ => None,
        }
    }

    /// To the register that lies nearest to a line, in the direction of the move.
    fn go(&mut self, to: usize) {
        let to = to.min(self.lines.len().saturating_sub(1));
        let is_register = |at: &usize| self.lines.get(*at).is_some_and(Line::is_register);
        let found = if to >= self.cursor {
            (to..self.lines.len()).find(is_register).or_else(|| (0..=to).rev().find(is_register))
        } else {
            (0..=to).rev().find(is_register).or_else(|| (to..self.lines.len()).find(is_register))
        };
        self.cursor = found.unwrap_or(self.cursor);
    }

    /// The lines as they stand in columns: a gap is none at the head of one, and a chapter none at its foot.
    fn columns(&self) -> Vec<Vec<usize>> {
        let mut columns: Vec<Vec<usize>> = vec![Vec::new()];
        for (at, line) in self.lines.iter().enumerate() {
            let taken = columns.last().map_or(0, Vec::len);
            let wants = if matches!(line, Line::Chapter(_)) { 2 } else { 1 };
            if taken + wants > self.height && taken > 0 {
                columns.push(Vec::new());
            }
            let fresh = columns.last().is_none_or(Vec::is_empty);
            if !(fresh && matches!(line, Line::Gap)) {
                columns.last_mut().into_iter().for_each(|column| column.push(at));
            }
        }
        columns
    }
}

impl Line {
    fn is_register(&self) -> bool {
        matches!(self, Line::Register(..))
    }
}

/// The chapter that a register serves first; those that serve none stand at the end.
fn chapter(register: &Register) -> u32 {
    let first = register.form.clauses.first().map(|clause| clause_number(clause));
    first
        .and_then(|number| number.split('.').next()?.parse().ok())
        .filter(|chapter| CHAPTERS.contains(chapter))
        .unwrap_or(OTHER)
}

impl Layer for Registers {
    fn scope(&self) -> Scope {
        Scope::Page
    }

    fn refresh(&mut self, cx: &mut Cx) {
        let basis = cx.basis();
        if self.basis != basis {
            self.basis = basis;
            self.read(cx);
            self.go(self.cursor);
        }
    }

    fn act(&mut self, action: Action, count: Option<usize>, cx: &mut Cx) -> Outcome {
        let by = count.unwrap_or(1);
        match action {
            Action::Up => self.go(self.cursor.saturating_sub(by)),
            Action::Down => self.go(self.cursor + by),
            Action::Left | Action::PageUp => self.go(self.cursor.saturating_sub(self.height)),
            Action::Right | Action::PageDown => self.go(self.cursor + self.height),
            Action::Top => self.go(0),
            Action::Bottom => self.go(usize::MAX),
            Action::NextPart => {
                let next = self.lines.iter().skip(self.cursor).position(|line| matches!(line, Line::Gap));
                self.go(next.map_or(0, |ahead| self.cursor + ahead));
            }
            Action::Open => {
                let table = self.here().map(|id| Table::open(id, "", cx));
                return table.map_or(Outcome::Stay, |table| Outcome::Push(Box::new(table)));
            }
            Action::Add => {
                let form = self.here().and_then(|id| Form::add(id, cx));
                return form.map_or(Outcome::Stay, |form| Outcome::Push(Box::new(form)));
            }
            _ => return Outcome::Pass,
        }
        Outcome::Stay
    }

    fn draw(&mut self, buffer: &mut Buffer, area: Rect, cx: &Cx) {
        let mut painter = Painter::new(buffer, area);
        painter.clear();
        let style = |role| cx.desk.theme.style(role);
        let count = self.lines.iter().filter(|line| line.is_register()).count();
        let right = cx.render(&message!("registers-count", count = count));
        title(&mut painter, &cx.say("registers-all"), "", &right, cx);
        self.height = usize::from(painter.height().saturating_sub(FIRST + 1)).max(1);
        let columns = self.columns();
        let shown = usize::from(painter.width() / COLUMN).max(1);
        let own = columns.iter().position(|column| column.contains(&self.cursor)).unwrap_or(0);
        self.left = self.left.min(own).max((own + 1).saturating_sub(shown));
        for (place, column) in columns.iter().skip(self.left).take(shown).enumerate() {
            let x = u16::try_from(place).unwrap_or(0) * COLUMN;
            for (y, at) in (FIRST..).zip(column) {
                match self.lines.get(*at) {
                    Some(Line::Chapter(name)) => {
                        let name = crate::text::pad_end(name, usize::from(COLUMN - 4));
                        painter.put_within(x + 1, y, COLUMN - 4, &name, style(Role::Header));
                    }
                    Some(Line::Register(_, name, count)) => {
                        let (role, dim) = if *at == self.cursor {
                            (Role::Cursor, Role::Cursor)
                        } else {
                            (Role::Text, if *count == 0 { Role::Dim } else { Role::Text })
                        };
                        painter.put_within(
                            x + 1,
                            y,
                            COLUMN - 10,
                            &crate::text::pad_end(name, usize::from(COLUMN - 10)),
                            style(role),
                        );
                        let count = if *count == 0 { "--".to_owned() } else { count.to_string() };
                        painter.put_right(x + COLUMN - 3, y, &crate::text::pad_start(&count, 6), style(dim));
                    }
                    Some(Line::Gap) | None => {}
                }
            }
        }
    }

    fn hints(&self, _cx: &Cx) -> Vec<Action> {
        vec![Action::Open, Action::NextPart, Action::Right, Action::Find, Action::Command, Action::Back]
    }
}
