//! Finding anything: entries of every register, views and registers, in one list, best first.

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};

use super::super::action::{Action, Scope};
use super::super::edit::Editor;
use super::super::layer::{Cx, Layer, Outcome};
use super::super::paint::{Painter, title};
use super::super::terminal::Key;
use super::super::theme::Role;
use super::page;
use super::table::Table;
use crate::book::EntryKey;
use crate::query::{self, Filter, Needle, QueryProblem};
use crate::wording::message;

/// At most this many hits are kept.
const MOST: usize = 500;

/// Finding anything.
pub struct Find {
    editor: Editor,
    hits: Vec<Hit>,
    filter: Option<Filter>,
    problem: Option<QueryProblem>,
    cursor: usize,
    top: usize,
    place: Option<Position>,
}

struct Hit {
    left: String,
    title: String,
    right: String,
    to: To,
}

enum To {
    Entry(EntryKey),
    List(String),
}

impl Find {
    /// Nothing typed yet.
    pub fn new(cx: &Cx) -> Self {
        let mut find = Self {
            editor: Editor::default(),
            hits: Vec::new(),
            filter: None,
            problem: None,
            cursor: 0,
            top: 0,
            place: None,
        };
        find.look(cx);
        find
    }

    fn look(&mut self, cx: &Cx) {
        let reading = cx.reading();
        let text = self.editor.text();
        let needle = Needle::new(text);
        let compiled =
            query::parse(text).and_then(|node| query::compile(&node, reading.definitions, None, cx.today()));
        self.cursor = 0;
        match compiled {
            Err(problem) => {
                self.problem = Some(problem);
                return;
            }
            Ok(filter) => (self.filter, self.problem) = (Some(filter), None),
        }
        let Some(filter) = &self.filter else { return };
        let prepared = filter.prepare(reading.book, reading.definitions, reading.words);
        let mut hits: Vec<(u8, Hit)> = Vec::new();
        for listing in reading.listings() {
            let name = reading.name(&listing).to_owned();
            if needle.matches(&name) || needle.matches(&listing.id) {
                let count = reading.entries(&listing, "", cx.today()).map_or(0, |keys| keys.len());
                let right = cx.render(&message!("rows", count = count));
                let rank = if text.is_empty() { 0 } else { 2 };
                hits.push((rank, Hit { left: cx.say("list"), title: name, right, to: To::List(listing.id) }));
            }
        }
        if !text.trim().is_empty() {
            for register in reading.definitions.registers() {
                let name = register.name.get(cx.lang());
                for entry in
                    reading.book.entries(&register.id).iter().filter_map(|key| reading.book.entry(*key))
                {
                    if !prepared.matches(entry) {
                        continue;
                    }
                    let (left, title) =
                        (reading.book.text(entry.serial).to_owned(), reading.title(entry.key));
                    let rank = match () {
                        () if left.eq_ignore_ascii_case(text.trim()) => 0,
                        () if needle.matches(&left) => 1,
                        () if title.contains(text.trim()) => 1,
                        () if needle.matches(&title) => 2,
                        () => 3,
                    };
                    let level = reading.evaluation(entry).map(|evaluation| {
                        format!("{} {}", reading.sign(entry).mark(), reading.level_text(evaluation))
                    });
                    let right = format!("{name}  {}", level.unwrap_or_default());
                    hits.push((rank, Hit { left, title, right, to: To::Entry(entry.key) }));
                    if hits.len() >= MOST {
                        break;
                    }
                }
            }
        }
        hits.sort_by_key(|(rank, _)| *rank);
        self.hits = hits.into_iter().map(|(_, hit)| hit).collect();
    }
}

impl Layer for Find {
    fn scope(&self) -> Scope {
        Scope::Pick
    }

    fn refresh(&mut self, cx: &mut Cx) {
        self.look(cx);
    }

    fn act(&mut self, action: Action, _count: Option<usize>, cx: &mut Cx) -> Outcome {
        let last = self.hits.len().saturating_sub(1);
        match action {
            Action::Up => self.cursor = self.cursor.saturating_sub(1),
            Action::Down => self.cursor = (self.cursor + 1).min(last),
            Action::PageUp => self.cursor = self.cursor.saturating_sub(10),
            Action::PageDown => self.cursor = (self.cursor + 10).min(last),
            Action::Open => {
                return match self.hits.get(self.cursor).map(|hit| &hit.to) {
                    Some(To::Entry(key)) => Outcome::Push(Box::new(page::entry(*key, cx))),
                    Some(To::List(list)) => Outcome::Replace(Box::new(Table::open(list, "", cx))),
                    None => Outcome::Stay,
                };
            }
            Action::Back => return Outcome::Close,
            _ => return Outcome::Pass,
        }
        Outcome::Stay
    }

    fn key(&mut self, key: Key, cx: &mut Cx) -> Outcome {
        if self.editor.key(key) {
            self.look(cx);
        }
        Outcome::Stay
    }

    fn paste(&mut self, text: &str, cx: &mut Cx) -> Outcome {
        self.editor.paste(text);
        self.look(cx);
        Outcome::Stay
    }

    fn draw(&mut self, buffer: &mut Buffer, area: Rect, cx: &Cx) {
        let mut painter = Painter::new(buffer, area);
        let style = |role| cx.desk.theme.style(role);
        let count = cx.render(&message!("rows", count = self.hits.len()));
        title(&mut painter, &cx.say("find"), "", &count, cx);
        let spans: Vec<_> = self.problem.iter().map(|problem| problem.span.clone()).collect();
        let room = painter.width().saturating_sub(4);
        painter.put(1, 1, ">", style(Role::Dim));
        let mark = (&spans[..], style(Role::Wrong));
        self.place = Some(painter.put_typed((3, 1), room, &self.editor, style(Role::Text), mark));
        let page = usize::from(area.height.saturating_sub(5)).max(1);
        self.top = self.top.min(self.cursor).max((self.cursor + 1).saturating_sub(page));
        for (y, (line, hit)) in (3..area.height - 2).zip(self.hits.iter().enumerate().skip(self.top)) {
            painter.put_within(1, y, 12, &hit.left, style(Role::Dim));
            let begin = painter.put_right(painter.width() - 1, y, &hit.right, style(Role::Dim));
            let spans = self.filter.as_ref().map(|filter| filter.spans(&hit.title)).unwrap_or_default();
            painter.put_marked(
                (14, y),
                begin.saturating_sub(16),
                &hit.title,
                style(Role::Text),
                (&spans, style(Role::Match)),
            );
            if line == self.cursor {
                painter.restyle(0, y, painter.width(), style(Role::Cursor));
            }
        }
        if let Some(problem) = &self.problem {
            painter.put(1, area.height - 2, &cx.render(&problem.what), style(Role::Wrong));
        }
    }

    fn cursor(&self) -> Option<Position> {
        self.place
    }

    fn hints(&self, _cx: &Cx) -> Vec<Action> {
        vec![Action::Open, Action::Up, Action::Down, Action::Back]
    }
}
