//! The risk matrix: how many entries stand at each level, initial and with the controls in place, and where two
//! factors cross. Every figure opens the entries it counts.

use std::collections::BTreeMap;

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use super::super::action::{Action, Scope};
use super::super::layer::{Cx, Layer, Outcome};
use super::super::paint::{Painter, title};
use super::super::theme::Role;
use super::table::Table;
use crate::catalogue::Listing;
use crate::definition::{Derived, Register};
use crate::query::{column_word, value_word};
use crate::scoring::{Decimal, Evaluation, Factor, Method};
use crate::text::pad_start;
use crate::wording::message;

/// Columns that the names of rows take, and each figure.
const LABEL: u16 = 26;
const CELL: u16 = 8;
/// Columns that a figure takes under a word.
const WIDE: u16 = 10;

/// The matrix of a list.
pub struct Matrix {
    list: String,
    heading: String,
    lines: Vec<Line>,
    /// The line and the figure under the cursor.
    at: (usize, usize),
    top: usize,
    height: usize,
}

/// A line: words, and figures in columns.
#[derive(Default)]
struct Line {
    words: String,
    role: Option<Role>,
    figures: Vec<Figure>,
    /// Columns that each figure takes.
    cell: u16,
}

/// A number, or a word over a column.
struct Figure {
    words: String,
    role: Role,
    /// Selects what is counted; none where there is nothing to open.
    query: Option<String>,
}

impl Matrix {
    /// The levels of a list, method by method.
    pub fn new(list: &str, cx: &Cx) -> Self {
        let mut matrix = Self {
            list: list.to_owned(),
            heading: String::new(),
            lines: Vec::new(),
            at: (0, 0),
            top: 0,
            height: 10,
        };
        matrix.read(cx);
        matrix.at.0 = matrix.next(0, true).unwrap_or(0);
        matrix
    }

    fn read(&mut self, cx: &Cx) {
        let reading = cx.reading();
        let Ok(listing) = reading.listing(&self.list) else { return };
        let keys = reading.entries(&listing, "", cx.today()).unwrap_or_default();
        let evaluations: Vec<_> =
            keys.iter().filter_map(|key| reading.evaluation(reading.book.entry(*key)?)).collect();
        let mut by_method: BTreeMap<(&str, u32), Vec<_>> = BTreeMap::new();
        for evaluation in &evaluations {
            by_method.entry((&evaluation.method, evaluation.edition)).or_default().push(*evaluation);
        }
        self.lines = Vec::new();
        for ((id, edition), evaluations) in by_method {
            let Some(method) = reading.definitions.methods().edition(id, edition) else { continue };
            let part = Part { method, listing: &listing, evaluations: &evaluations };
            self.lines.push(Line::words(method.name.get(cx.lang()).to_owned(), Role::Title));
            self.lines.extend(part.levels(cx));
            self.lines.push(Line::default());
            self.lines.extend(part.grid(cx));
            self.lines.push(Line::default());
        }
        let unrated = keys.len() - evaluations.len();
        let words = cx.render(&message!("matrix-unrated", count = unrated, total = keys.len()));
        self.lines.push(Line::words(words, Role::Text));
        self.heading = format!("{}  {}", reading.name(&listing), cx.say("matrix"));
    }

    /// The nearest line from here on, or back, that has a figure to open.
    fn next(&self, from: usize, down: bool) -> Option<usize> {
        let opens = |at: &usize| {
            self.lines.get(*at).is_some_and(|line| line.figures.iter().any(|f| f.query.is_some()))
        };
        if down { (from..self.lines.len()).find(opens) } else { (0..=from).rev().find(opens) }
    }

    /// Columns that the names of rows take: what they need, as far as the figures leave it.
    fn label(&self, width: u16) -> u16 {
        let rows = || self.lines.iter().filter(|line| !line.figures.is_empty());
        let needed = rows().map(|line| crate::text::width(&line.words)).max().unwrap_or(0) + 1;
        let figures = rows().map(|line| line.cell * u16::try_from(line.figures.len()).unwrap_or(0)).max();
        let left = width.saturating_sub(figures.unwrap_or(0) + 1);
        u16::try_from(needed).unwrap_or(LABEL).clamp(LABEL, left.max(LABEL))
    }

    fn go(&mut self, to: Option<usize>) {
        if let Some(to) = to {
            let column = self.at.1;
            self.at = (to, self.opening(to).min_by_key(|at| at.abs_diff(column)).unwrap_or(0));
        }
    }

    /// The figures of a line that open something.
    fn opening(&self, line: usize) -> impl Iterator<Item = usize> {
        let figures = self.lines.get(line).map_or(&[][..], |line| &line.figures);
        figures.iter().enumerate().filter(|(_, figure)| figure.query.is_some()).map(|(at, _)| at)
    }
}

impl Line {
    fn words(words: String, role: Role) -> Self {
        Self { words, role: Some(role), ..Self::default() }
    }
}

/// The evaluations of a list by one edition of a method.
struct Part<'a> {
    method: &'a Method,
    listing: &'a Listing<'a>,
    evaluations: &'a [&'a Evaluation],
}

impl Part<'_> {
    /// Selects what has this level by this edition of the method, with the columns by their names.
    fn query(&self, derived: Derived, level: &str, cx: &Cx) -> String {
        let column = |derived: Derived| column_word(derived.name().get(cx.lang())).into_owned();
        format!("{}={} {}", column(derived), value_word(level), self.edition(cx))
    }

    fn edition(&self, cx: &Cx) -> String {
        let name = Derived::Method.name();
        let column = column_word(name.get(cx.lang()));
        format!("{column}={}@{}", self.method.id, self.method.edition)
    }

    /// How many lie at each level, as they are and with the controls in place.
    fn levels(&self, cx: &Cx) -> Vec<Line> {
        let head = |id| Figure { words: cx.say(id), role: Role::Header, query: None };
        let mut lines = vec![Line {
            words: String::new(),
            role: Some(Role::Header),
            figures: vec![head("initial"), head("residual")],
            cell: WIDE,
        }];
        for band in &self.method.bands {
            let initial = self.evaluations.iter().filter(|one| one.level == band.code).count();
            let residual = self
                .evaluations
                .iter()
                .filter(|one| one.residual.as_ref().is_some_and(|residual| residual.level == band.code));
            let short = band.short.get(cx.lang());
            let figure = |count: usize, derived: Derived| Figure {
                words: count.to_string(),
                role: if band.listed && count > 0 { Role::Accent } else { Role::Text },
                query: Some(self.query(derived, short, cx)),
            };
            let sign = if band.listed && initial > 0 { "! " } else { "  " };
            lines.push(Line {
                words: format!("{sign}{}", band.label.get(cx.lang())),
                role: (band.listed && initial > 0).then_some(Role::Accent),
                figures: vec![
                    figure(initial, Derived::Level),
                    figure(residual.count(), Derived::ResidualLevel),
                ],
                cell: WIDE,
            });
        }
        lines
    }

    /// How many lie where two factors cross: the first, and the third, which is the harm wherever there are three.
    fn grid(&self, cx: &Cx) -> Vec<Line> {
        let [first, .., last] = self.method.factors.as_slice() else { return Vec::new() };
        let across = self.method.factors.get(2).unwrap_or(last);
        let columns = self.values(across);
        let head = |value: &Decimal| Figure {
            words: value.normalize().to_string(),
            role: Role::Header,
            query: None,
        };
        let mut lines = vec![Line {
            words: format!("{} \\ {}", first.name.get(cx.lang()), across.name.get(cx.lang())),
            role: Some(Role::Header),
            figures: columns.iter().map(head).collect(),
            cell: CELL,
        }];
        for row in self.values(first).iter().rev() {
            let label = first.on_scale(*row).map_or("", |step| step.label.get(cx.lang()));
            let figures = columns.iter().map(|column| self.cell((first, *row), (across, *column), cx));
            lines.push(Line {
                words: format!("{} {label}", pad_start(&row.normalize().to_string(), 5)),
                role: None,
                figures: figures.collect(),
                cell: CELL,
            });
        }
        lines
    }

    fn cell(
        &self,
        (first, row): (&Factor, Decimal),
        (across, column): (&Factor, Decimal),
        cx: &Cx,
    ) -> Figure {
        let value = |one: &Evaluation, factor: &Factor| one.factors.get(&factor.id).copied();
        let here = |one: &&&Evaluation| (value(one, first), value(one, across)) == (Some(row), Some(column));
        let (count, listed) = (
            self.evaluations.iter().filter(here).count(),
            self.evaluations.iter().filter(here).any(|one| one.listed),
        );
        if count == 0 {
            return Figure { words: ".".to_owned(), role: Role::Dim, query: None };
        }
        let name = |factor: &Factor| named(factor, self.listing.register, cx);
        let (row, column, edition) = (row.normalize(), column.normalize(), self.edition(cx));
        let query = format!("{}={row} {}={column} {edition}", name(first), name(across));
        Figure {
            words: format!("{}{count}", if listed { "! " } else { "" }),
            role: if listed { Role::Accent } else { Role::Text },
            query: Some(query),
        }
    }

    /// The values of a factor's scale and those chosen besides, in order.
    fn values(&self, factor: &Factor) -> Vec<Decimal> {
        let chosen = self.evaluations.iter().filter_map(|one| one.factors.get(&factor.id).copied());
        let mut values: Vec<Decimal> = factor.scale.iter().map(|step| step.value).chain(chosen).collect();
        values.sort();
        values.dedup();
        values
    }
}

/// How a query names a factor: by its name, and by its id where a column has that name.
fn named(factor: &Factor, register: &Register, cx: &Cx) -> String {
    let name = factor.name.get(cx.lang());
    column_word(if register.column(name).is_some() { &factor.id } else { name }).into_owned()
}

impl Layer for Matrix {
    fn scope(&self) -> Scope {
        Scope::Matrix
    }

    fn refresh(&mut self, cx: &mut Cx) {
        self.read(cx);
        self.go(self.next(self.at.0, true).or_else(|| self.next(self.at.0, false)));
    }

    fn is_gone(&self, cx: &Cx) -> bool {
        cx.reading().listing(&self.list).is_err()
    }

    fn act(&mut self, action: Action, count: Option<usize>, cx: &mut Cx) -> Outcome {
        let by = count.unwrap_or(1);
        match action {
            Action::Up => self.go(self.at.0.checked_sub(by).and_then(|to| self.next(to, false))),
            Action::Down => self.go(self.next(self.at.0 + by, true)),
            Action::Top => self.go(self.next(0, true)),
            Action::Bottom => self.go(self.next(self.lines.len().saturating_sub(1), false)),
            Action::PageUp => self.go(self.next(self.at.0.saturating_sub(self.height), true)),
            Action::PageDown => {
                let last = self.next(self.lines.len().saturating_sub(1), false);
                self.go(self.next(self.at.0 + self.height, true).or(last));
            }
            Action::Left | Action::Right => {
                let (line, column) = self.at;
                let next = if action == Action::Left {
                    self.opening(line).filter(|at| *at < column).last()
                } else {
                    self.opening(line).find(|at| *at > column)
                };
                self.at.1 = next.unwrap_or(column);
            }
            Action::Open => {
                let figure = self.lines.get(self.at.0).and_then(|line| line.figures.get(self.at.1));
                let query = figure.and_then(|figure| figure.query.clone());
                return query.map_or(Outcome::Stay, |query| {
                    Outcome::Push(Box::new(Table::open(&self.list, &query, cx)))
                });
            }
            _ => return Outcome::Pass,
        }
        Outcome::Stay
    }

    fn draw(&mut self, buffer: &mut Buffer, area: Rect, cx: &Cx) {
        let mut painter = Painter::new(buffer, area);
        painter.clear();
        let style = |role| cx.desk.theme.style(role);
        title(&mut painter, &self.heading, "", "", cx);
        self.height = usize::from(area.height.saturating_sub(3)).max(1);
        // The heading over the figures stays in sight.
        let first = self.at.0.saturating_sub(2);
        self.top = self.top.min(first).max((self.at.0 + 1).saturating_sub(self.height));
        let label = self.label(painter.width());
        for (y, (index, line)) in (2..area.height - 1).zip(self.lines.iter().enumerate().skip(self.top)) {
            let look = style(line.role.unwrap_or(Role::Text));
            if line.role == Some(Role::Header) {
                let width = usize::from(painter.width().saturating_sub(2));
                painter.put(1, y, &crate::text::pad_end("", width), look);
            }
            // What has no figures behind it takes the line.
            let room = if line.figures.is_empty() { painter.width() } else { label };
            painter.put_within(1, y, room, &line.words, look);
            for (figure, at) in line.figures.iter().zip(0..) {
                let end = label + (at + 1) * line.cell;
                let begin = painter.put_right(end, y, &figure.words, style(figure.role));
                if (index, usize::from(at)) == self.at {
                    painter.restyle(begin, y, end - begin, style(Role::Cursor));
                }
            }
        }
    }

    fn hints(&self, _cx: &Cx) -> Vec<Action> {
        vec![Action::Open, Action::Left, Action::Right, Action::Back]
    }
}
