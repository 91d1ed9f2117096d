//! Every clause by department: how much evidence there is, who answers for it, and where nothing is to be shown.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use super::super::action::{Action, Scope};
use super::super::layer::{Basis, Cx, Layer, Outcome};
use super::super::paint::{Painter, title};
use super::super::theme::Role;
use super::clause::ClausePage;
use crate::audit::{Cover, Covered, answering, coverage};
use crate::book::EntryKey;
use crate::catalogue::Looking;
use crate::definition::DEPARTMENTS;
use crate::wording::message;

/// Columns of the number of a clause, and of its number and name where there is room for the least.
const NUMBER: u16 = 7;
const LABEL: u16 = 26;
/// The least and the most columns of a figure.
const NARROW: u16 = 8;
const WIDE: u16 = 16;

/// The matrix.
pub struct Coverage {
    departments: Vec<EntryKey>,
    rows: Vec<Covered>,
    /// The row and the column under the cursor; the first column is that of all.
    at: (usize, usize),
    top: usize,
    /// The first department in sight.
    left: usize,
    height: usize,
    basis: Basis,
}

impl Coverage {
    /// Every clause by every department.
    pub fn new(cx: &Cx) -> Self {
        let (departments, rows) = (Vec::new(), Vec::new());
        let mut shown =
            Self { departments, rows, at: (0, 0), top: 0, left: 0, height: 10, basis: cx.basis() };
        shown.read(cx);
        shown
    }

    fn read(&mut self, cx: &Cx) {
        self.departments = cx.session.book().entries(DEPARTMENTS).to_vec();
        self.rows = cx.looked(|reading, looked| coverage(reading, &self.departments, looked));
        self.go(self.at);
    }

    fn go(&mut self, (row, column): (usize, usize)) {
        self.at = (row.min(self.rows.len().saturating_sub(1)), column.min(self.departments.len()));
    }

    /// The department under the cursor; none in the column of all.
    fn department(&self) -> Option<EntryKey> {
        self.departments.get(self.at.1.checked_sub(1)?).copied()
    }

    fn open(&self, cx: &Cx) -> Outcome {
        let Some(row) = self.rows.get(self.at.0) else { return Outcome::Stay };
        Outcome::Push(Box::new(ClausePage::of(row.clause, self.department(), cx)))
    }

    /// Columns of a figure, and how many departments are in sight beside the column of all.
    fn columns(&self, room: u16) -> (u16, usize) {
        let all = u16::try_from(self.departments.len() + 1).unwrap_or(u16::MAX);
        let covers = self.rows.iter().flat_map(|row| std::iter::once(&row.all).chain(&row.of));
        let widest = covers.map(|cover| cover.words().len()).max().unwrap_or(0);
        // A blank stands between two figures, however many they count.
        let least = u16::try_from(widest + 2).unwrap_or(WIDE).clamp(NARROW, WIDE);
        let cell = (room / all.max(1)).clamp(least, WIDE);
        (cell, usize::from((room / cell).saturating_sub(1)).min(self.departments.len()))
    }

    /// What is under the cursor, in words.
    fn quiet(&self, cx: &Cx) -> [String; 2] {
        let reading = cx.reading();
        let Some(row) = self.rows.get(self.at.0) else { return [String::new(), String::new()] };
        let cover = self.at.1.checked_sub(1).map_or(Some(&row.all), |at| row.of.get(at)).copied();
        let cover = cover.unwrap_or_default();
        let whose = self.department().map_or_else(|| cx.say("coverage-all"), |key| reading.title(key));
        let counts = cx.render(&message!("evidence-sum", pieces = cover.pieces, holes = cover.findings));
        let hole = if cover.is_hole() { cx.say("coverage-hole") } else { String::new() };
        let (number, name) = (&row.clause.number, row.clause.name.get(cx.lang()));
        let first = format!("{number} {name}  {whose}  {counts}");
        let names: Vec<String> =
            answering(&reading, number).into_iter().map(|key| reading.title(key)).collect();
        let second = if names.is_empty() {
            cx.say("coverage-nobody")
        } else {
            cx.render(&message!("coverage-answers", names = names.join(&cx.say("list-comma"))))
        };
        [first, format!("{hole}  {second}").trim_start().to_owned()]
    }

    fn head(&self, painter: &mut Painter, label: u16, (cell, seen): (u16, usize), cx: &Cx) {
        let style = cx.desk.theme.style(Role::Header);
        let reading = cx.reading();
        let width = usize::from(painter.width().saturating_sub(2));
        painter.put(1, 2, &crate::text::pad_end("", width), style);
        let names = self.departments.iter().skip(self.left).take(seen).map(|key| reading.title(*key));
        for (name, at) in std::iter::once(cx.say("coverage-all")).chain(names).zip(0..) {
            let name = crate::text::cut(&name, usize::from(cell - 1)).into_owned();
            painter.put_right(label + (at + 1) * cell, 2, &name, style);
        }
        // That there are more to the left or the right is seen.
        let (before, behind) = (self.left > 0, self.left + seen < self.departments.len());
        if before {
            painter.put_right(label + cell + 1, 2, "<", style);
        }
        if behind {
            painter.put_right(painter.width() - 1, 2, ">", style);
        }
    }
}

impl Layer for Coverage {
    fn scope(&self) -> Scope {
        Scope::Matrix
    }

    fn refresh(&mut self, cx: &mut Cx) {
        let basis = cx.basis();
        if self.basis != basis {
            self.basis = basis;
            self.read(cx);
        }
    }

    fn act(&mut self, action: Action, count: Option<usize>, cx: &mut Cx) -> Outcome {
        let (by, (row, column)) = (count.unwrap_or(1), self.at);
        match action {
            Action::Up => self.go((row.saturating_sub(by), column)),
            Action::Down => self.go((row + by, column)),
            Action::PageUp => self.go((row.saturating_sub(self.height), column)),
            Action::PageDown => self.go((row + self.height, column)),
            Action::Top => self.go((0, column)),
            Action::Bottom => self.go((usize::MAX, column)),
            Action::Left => self.go((row, column.saturating_sub(by))),
            Action::Right => self.go((row, column + by)),
            Action::Open => return self.open(cx),
            Action::Coverage => {}
            _ => return Outcome::Pass,
        }
        Outcome::Stay
    }

    fn looking(&self, _cx: &Cx) -> Looking {
        let clause = self.rows.get(self.at.0).map(|row| row.clause.number.clone()).unwrap_or_default();
        Looking { entries: self.department().into_iter().collect(), clause, ..Looking::default() }
    }

    fn draw(&mut self, buffer: &mut Buffer, area: Rect, cx: &Cx) {
        let mut painter = Painter::new(buffer, area);
        painter.clear();
        let style = |role| cx.desk.theme.style(role);
        let holes = self.rows.iter().flat_map(|row| &row.of).filter(|cover| cover.is_hole()).count();
        let middle = cx.render(&message!(
            "coverage-count",
            clauses = self.rows.len(),
            departments = self.departments.len(),
            holes = holes
        ));
        title(&mut painter, &cx.say("coverage-heading"), &middle, "", cx);
        self.height = usize::from(area.height.saturating_sub(6)).max(1);
        self.top = self.top.min(self.at.0).max((self.at.0 + 1).saturating_sub(self.height));
        let label = LABEL.max(area.width / 3);
        let (cell, seen) = self.columns(area.width.saturating_sub(label + 2));
        // The column of all stays; of the departments those around the cursor are in sight.
        let column = self.at.1.saturating_sub(1);
        self.left = self.left.min(column).max((column + 1).saturating_sub(seen));
        self.left = self.left.min(self.departments.len().saturating_sub(seen));
        self.head(&mut painter, label, (cell, seen), cx);
        let rows = self.rows.iter().enumerate().skip(self.top).take(self.height);
        for (y, (at, row)) in (3..).zip(rows) {
            painter.put(1, y, &row.clause.number, style(Role::Text));
            let name = row.clause.name.get(cx.lang());
            painter.put_within(1 + NUMBER, y, label - NUMBER - 1, name, style(Role::Text));
            let covers = row.of.iter().enumerate().skip(self.left).take(seen);
            let covers = covers.map(|(column, cover)| (column + 1, cover));
            for ((column, cover), place) in std::iter::once((0, &row.all)).chain(covers).zip(0..) {
                let end = label + (place + 1) * cell;
                let begin = painter.put_right(end, y, &cover.words(), style(role(*cover, column)));
                if (at, column) == self.at {
                    painter.restyle(begin, y, end - begin, style(Role::Cursor));
                }
            }
        }
        let last = area.height.saturating_sub(3);
        for (y, words) in (last..).zip(self.quiet(cx)) {
            painter.put(1, y, &words, style(if y == last { Role::Text } else { Role::Dim }));
        }
    }

    fn hints(&self, _cx: &Cx) -> Vec<Action> {
        vec![Action::Open, Action::Left, Action::Right, Action::Check, Action::Back]
    }
}

fn role(cover: Cover, column: usize) -> Role {
    match cover {
        cover if column > 0 && cover.is_hole() => Role::Accent,
        cover if cover.answers && column > 0 => Role::Title,
        Cover { pieces: 0, findings: 0, .. } => Role::Dim,
        _ => Role::Text,
    }
}
