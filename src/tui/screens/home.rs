//! Home: what wants an answer, the registers with their counts, and what changed last.

use chrono::Datelike;
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use super::super::action::{Action, Scope};
use super::super::layer::{Cx, Layer, Outcome};
use super::super::paint::{Painter, title};
use super::super::terminal::Key;
use super::super::theme::Role;
use super::form::Form;
use super::pick;
use super::table::Table;
use crate::book::{EntryKey, Stamp};
use crate::catalogue::{REVIEW, REVIEW_AHEAD, Summary};
use crate::wording::message;

/// How many of the latest changes are shown at most.
const LATEST: usize = 8;

/// Home.
pub struct Home {
    rows: Vec<Row>,
    latest: Vec<(String, String, String)>,
    cursor: usize,
}

/// A line that opens something.
struct Row {
    /// Which list, and narrowed by what.
    list: String,
    query: String,
    what: What,
}

enum What {
    /// So many entries want an answer.
    Due { count: usize, text: String },
    /// A register: its name, entries, listed, not rated, last change.
    Register { name: String, entries: usize, listed: Option<usize>, unrated: Option<usize>, changed: String },
}

impl Home {
    /// Home as the book is now.
    pub fn new(cx: &mut Cx) -> Self {
        let mut home = Self { rows: Vec::new(), latest: Vec::new(), cursor: 0 };
        home.refresh(cx);
        home
    }

    fn open(&self, cx: &Cx, index: usize) -> Outcome {
        let Some(row) = self.rows.get(index) else { return Outcome::Stay };
        Outcome::Push(Box::new(Table::open(&row.list, &row.query, cx)))
    }

    fn registers(&self) -> impl Iterator<Item = (usize, &Row)> {
        self.rows.iter().enumerate().filter(|(_, row)| matches!(row.what, What::Register { .. }))
    }

    /// What wants an answer in a register; each opens the entries meant.
    fn due(summary: &Summary, cx: &Cx) -> Vec<Row> {
        let name = || summary.register.name.clone();
        let all = [
            (summary.review, format!("{REVIEW}<{REVIEW_AHEAD}d"), message!("due-review", register = name())),
            (summary.unrated, "evaluation:-".to_owned(), message!("due-evaluation", register = name())),
            (summary.open, "open>0".to_owned(), message!("due-open", register = name())),
        ];
        let wanting = all.into_iter().filter(|(count, _, _)| *count > 0);
        let row = |(count, query, text)| Row {
            list: summary.register.id.clone(),
            query,
            what: What::Due { count, text: cx.render(&text) },
        };
        wanting.map(row).collect()
    }
}

impl Layer for Home {
    fn scope(&self) -> Scope {
        Scope::Home
    }

    fn refresh(&mut self, cx: &mut Cx) {
        let reading = cx.reading();
        let (summaries, latest) = reading.summary(cx.today(), LATEST);
        let mut rows: Vec<Row> = summaries.iter().flat_map(|summary| Self::due(summary, cx)).collect();
        rows.extend(summaries.iter().map(|summary| {
            let changed = summary.changed.map_or_else(String::new, |stamp| {
                format!("{}  {}", when(cx, stamp.at), reading.book.text(stamp.by))
            });
            let what = What::Register {
                name: summary.register.name.get(cx.lang()).to_owned(),
                entries: summary.entries,
                listed: summary.scored.then_some(summary.listed),
                unrated: summary.scored.then_some(summary.unrated),
                changed,
            };
            Row { list: summary.register.id.clone(), query: String::new(), what }
        }));
        let latest = latest.into_iter().map(|(stamp, key)| said(stamp, key, cx)).collect();
        (self.rows, self.latest) = (rows, latest);
        self.cursor = self.cursor.min(self.rows.len().saturating_sub(1));
    }

    fn act(&mut self, action: Action, count: Option<usize>, cx: &mut Cx) -> Outcome {
        let last = self.rows.len().saturating_sub(1);
        let by = count.unwrap_or(1);
        match action {
            Action::Up => self.cursor = self.cursor.saturating_sub(by),
            Action::Down => self.cursor = (self.cursor + by).min(last),
            Action::Top => self.cursor = 0,
            Action::Bottom => self.cursor = last,
            Action::NextPart => {
                let first = self.registers().next().map_or(0, |(index, _)| index);
                self.cursor = if self.cursor < first { first } else { 0 };
            }
            Action::Open | Action::Right => return self.open(cx, self.cursor),
            Action::Views => return Outcome::Push(Box::new(pick::views(cx))),
            Action::Add => {
                let row = self.rows.get(self.cursor);
                return row
                    .and_then(|row| Form::add(&row.list, cx))
                    .map_or(Outcome::Stay, |form| Outcome::Push(Box::new(form)));
            }
            _ => return Outcome::Pass,
        }
        Outcome::Stay
    }

    fn key(&mut self, key: Key, cx: &mut Cx) -> Outcome {
        let digit = key.typed().and_then(|c| c.to_digit(10)).and_then(|digit| usize::try_from(digit).ok());
        let Some(number) = digit.filter(|digit| *digit > 0) else { return Outcome::Stay };
        match self.registers().nth(number - 1).map(|(index, _)| index) {
            Some(index) => self.open(cx, index),
            None => Outcome::Stay,
        }
    }

    fn draw(&mut self, buffer: &mut Buffer, area: Rect, cx: &Cx) {
        let mut painter = Painter::new(buffer, area);
        let style = |role| cx.desk.theme.style(role);
        let today = cx.today();
        let day = format!(
            "{today} {}",
            cx.desk.wording().say_dynamic("weekday", &today.weekday().number_from_monday().to_string())
        );
        let right = match cx.session.read_only() {
            Some(_) => format!("{}  {day}", cx.say("read-only")),
            None => format!("{}  {day}", cx.session.shown_name()),
        };
        title(&mut painter, &cx.session.settings().organisation, "", &right, cx);
        let mut y = 2;
        let width = painter.width();
        let heading = |painter: &mut Painter, y: u16, text: &str| {
            let text = crate::text::pad_end(text, usize::from(width.saturating_sub(2)));
            painter.put(1, y, &text, style(Role::Header));
        };
        let due = self.rows.iter().take_while(|row| matches!(row.what, What::Due { .. })).count();
        if due > 0 {
            heading(&mut painter, y, &cx.say("home-due"));
            y += 1;
        }
        for (index, row) in self.rows.iter().enumerate() {
            let look = style(if index == self.cursor { Role::Cursor } else { Role::Text });
            match &row.what {
                What::Due { count, text } => {
                    painter.put_right(5, y, &count.to_string(), style(Role::Accent));
                    painter.put(7, y, text, style(Role::Text));
                }
                What::Register { name, entries, listed, unrated, changed } => {
                    if index == due {
                        y += u16::from(due > 0);
                        heading(&mut painter, y, "");
                        painter.put(1, y, &cx.say("home-registers"), style(Role::Header));
                        for (right, id) in [(31, "home-entries"), (41, "home-listed"), (51, "home-unrated")] {
                            painter.put_right(right, y, &cx.say(id), style(Role::Header));
                        }
                        painter.put(55, y, &cx.say("home-changed"), style(Role::Header));
                        y += 1;
                    }
                    painter.put(1, y, &format!("{} {name}", index - due + 1), style(Role::Text));
                    painter.put_right(31, y, &entries.to_string(), style(Role::Text));
                    let listed_look = if listed.is_some_and(|n| n > 0) { Role::Accent } else { Role::Text };
                    painter.put_right(
                        41,
                        y,
                        &listed.map_or("--".to_owned(), |n| {
                            if n > 0 { format!("! {n}") } else { "0".to_owned() }
                        }),
                        style(listed_look),
                    );
                    painter.put_right(
                        51,
                        y,
                        &unrated.map_or("--".to_owned(), |n| n.to_string()),
                        style(Role::Text),
                    );
                    painter.put(55, y, changed, style(Role::Dim));
                }
            }
            if index == self.cursor {
                painter.restyle(0, y, width, look);
            }
            y += 1;
        }
        if !self.latest.is_empty() && y + 3 < painter.height() {
            y += 1;
            heading(&mut painter, y, &cx.say("home-latest"));
            for (at, what, who) in &self.latest {
                y += 1;
                if y + 1 >= painter.height() {
                    break;
                }
                painter.put(3, y, at, style(Role::Dim));
                let begin = painter.put_right(width.saturating_sub(1), y, who, style(Role::Dim));
                painter.put_within(16, y, begin.saturating_sub(18), what, style(Role::Text));
            }
        }
    }

    fn hints(&self, _cx: &Cx) -> Vec<Action> {
        vec![
            Action::Open,
            Action::NextPart,
            Action::Find,
            Action::Views,
            Action::Command,
            Action::Undo,
            Action::Language,
            Action::Quit,
        ]
    }
}

/// A change in words: when, what, who.
fn said(stamp: Stamp, key: EntryKey, cx: &Cx) -> (String, String, String) {
    let reading = cx.reading();
    let book = reading.book;
    let title = if book.entry(key).is_some() { reading.title(key) } else { cx.say("deleted") };
    (when(cx, stamp.at), format!("{}  {title}", book.serial(key)), book.text(stamp.by).to_owned())
}

/// A moment in few columns: the time of today, the day of this year, or the month.
pub fn when(cx: &Cx, seconds: i64) -> String {
    let at = cx.reading().local(seconds);
    let today = cx.today();
    match (at.date_naive() == today, at.year() == today.year()) {
        (true, _) => at.format("%H:%M").to_string(),
        (false, true) => at.format("%m-%d %H:%M").to_string(),
        (false, false) => at.format("%Y-%m-%d").to_string(),
    }
}
