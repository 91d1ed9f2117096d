//! Home: what wants an answer, the registers with their counts, and what changed last.
//!
//! Every figure opens the entries it counts.

use std::collections::BTreeMap;

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use super::super::action::{Action, Scope};
use super::super::draft::{Draft, Sheet};
use super::super::layer::{Cx, Layer, Outcome};
use super::super::notice::Notice;
use super::super::terminal::Key;
use super::evaluate::Evaluate;
use super::form::Form;
use super::review_start::{From, ReviewStart};
use super::table::Table;
use super::{home_view, pick};
use crate::book::{EntryKey, Stamp};
use crate::catalogue::{REVIEW, REVIEW_AHEAD, Summary};
use crate::definition::{Column, Derived, Kind, Register};
use crate::scoring::Method;
use crate::wording::{Message, message};

/// How many drafts are shown at most; older ones come back when what they are of is opened.
const DRAFTS: usize = 4;
/// How many of the latest changes are shown at most.
const LATEST: usize = 8;

/// Home.
pub struct Home {
    pub(super) rows: Vec<Row>,
    pub(super) latest: Vec<Latest>,
    pub(super) cursor: usize,
    /// The figure of the row under the cursor.
    pub(super) figure: usize,
    /// What commits did, as far as they were read.
    gists: BTreeMap<(u64, EntryKey), String>,
    /// The draft that one more key drops.
    dropping: Option<usize>,
}

/// A line that opens something.
pub(super) struct Row {
    /// Which list its figures open.
    pub list: String,
    pub what: What,
    pub figures: Vec<Figure>,
}

pub(super) enum What {
    /// Something typed was not saved.
    Draft { sheet: Sheet, at: i64, text: String },
    /// Entries want an answer.
    Due { text: String },
    /// A register: its name and its last change.
    Register { name: String, changed: String },
    /// How many entries of a register lie at each level, as they are or with the controls in place.
    Levels { name: String, side: &'static str },
}

/// A number that opens the entries it counts.
pub(super) struct Figure {
    /// Narrows the list to what is counted.
    pub query: String,
    /// What it counts, where the heading does not say it.
    pub label: String,
    /// None where the register has no such thing.
    pub count: Option<usize>,
    /// Whether it wants an answer when it is not zero.
    pub listed: bool,
}

/// One of the latest changes.
pub(super) struct Latest {
    pub stamp: Stamp,
    pub key: EntryKey,
    pub gist: String,
}

impl Home {
    /// Home as the book is now; what the latest changes did is told at the first refresh.
    pub fn new(cx: &Cx) -> Self {
        let mut home = Self {
            rows: Vec::new(),
            latest: Vec::new(),
            cursor: 0,
            figure: 0,
            gists: BTreeMap::new(),
            dropping: None,
        };
        home.count(cx);
        home
    }

    fn count(&mut self, cx: &Cx) {
        let (summaries, latest) = cx.reading().summary(cx.today(), LATEST);
        let drafts = cx.desk.drafts.of_book();
        // The evaluation of an entry that is not there yet goes on inside its form.
        let inside = |draft: &Draft| {
            let form = Sheet { field: None, ..draft.sheet.clone() };
            let new = draft.sheet.copy || draft.sheet.entry.is_none();
            new && draft.sheet.field.is_some() && drafts.iter().any(|other| other.sheet == form)
        };
        let shown = drafts.iter().rev().filter(|draft| !inside(draft)).take(DRAFTS);
        let mut rows: Vec<Row> = shown.map(|draft| draft_row(draft, cx)).collect();
        rows.extend(summaries.iter().flat_map(|summary| due_rows(summary, cx)));
        rows.extend(summaries.iter().map(|summary| register_row(summary, cx)));
        rows.extend(summaries.iter().flat_map(|summary| level_rows(summary, cx)));
        let latest = latest.into_iter().map(|(stamp, key)| Latest { stamp, key, gist: String::new() });
        (self.rows, self.latest) = (rows, latest.collect());
        self.cursor = self.cursor.min(self.rows.len().saturating_sub(1));
    }

    /// Tells what the latest changes did; each is read once.
    fn tell(&mut self, cx: &Cx) {
        if cx.session.read_only().is_some() {
            return;
        }
        let mut known = std::mem::take(&mut self.gists);
        for latest in &mut self.latest {
            let place = (latest.stamp.seq, latest.key);
            let read = || Some(cx.reading().gist(&cx.session.change_at(place.0, place.1).ok()??));
            latest.gist = known.remove(&place).or_else(read).unwrap_or_default();
            self.gists.insert(place, latest.gist.clone());
        }
    }

    fn here(&self) -> Option<&Row> {
        self.rows.get(self.cursor)
    }

    fn open(&self, row: usize, figure: usize, cx: &Cx) -> Outcome {
        let Some(row) = self.rows.get(row) else { return Outcome::Stay };
        if let What::Draft { sheet, .. } = &row.what {
            return reopen(sheet, cx).map_or(Outcome::Stay, Outcome::Push);
        }
        let query = row.figures.get(figure).map_or("", |figure| &figure.query);
        Outcome::Push(Box::new(Table::open(&row.list, query, cx)))
    }

    /// The rows of the registers.
    pub(super) fn registers(&self) -> impl Iterator<Item = usize> {
        let rows = self.rows.iter().enumerate();
        rows.filter(|(_, row)| matches!(row.what, What::Register { .. })).map(|(index, _)| index)
    }

    fn go(&mut self, to: usize) {
        self.cursor = to.min(self.rows.len().saturating_sub(1));
        self.figure = 0;
    }

    /// Drops the draft under the cursor, when asked twice.
    fn drop_draft(&mut self, asked: bool, cx: &Cx) -> Outcome {
        let Some(Row { what: What::Draft { sheet, .. }, .. }) = self.here() else { return Outcome::Pass };
        if asked {
            cx.desk.drafts.forget(sheet);
            self.count(cx);
            return Outcome::Say(Notice::said(message!("draft-dropped")));
        }
        self.dropping = Some(self.cursor);
        Outcome::Say(Notice::said(message!("draft-drop-again")))
    }
}

impl Layer for Home {
    fn scope(&self) -> Scope {
        Scope::Home
    }

    fn refresh(&mut self, cx: &mut Cx) {
        self.count(cx);
        self.tell(cx);
    }

    fn act(&mut self, action: Action, count: Option<usize>, cx: &mut Cx) -> Outcome {
        let by = count.unwrap_or(1);
        let dropping = self.dropping.take();
        match action {
            Action::Up => self.go(self.cursor.saturating_sub(by)),
            Action::Down => self.go(self.cursor + by),
            Action::Top => self.go(0),
            Action::Bottom => self.go(usize::MAX),
            Action::Left => self.figure = self.figure.saturating_sub(by),
            Action::Right => {
                let last = self.here().map_or(0, |row| row.figures.len().saturating_sub(1));
                self.figure = (self.figure + by).min(last);
            }
            Action::NextPart => {
                let first = self.registers().next().unwrap_or(0);
                self.go(if self.cursor < first { first } else { 0 });
            }
            Action::Open => return self.open(self.cursor, self.figure, cx),
            Action::Views => return Outcome::Push(Box::new(pick::views(cx))),
            Action::Review => return Outcome::Push(Box::new(ReviewStart::new(From::default(), cx))),
            Action::Delete => return self.drop_draft(dropping == Some(self.cursor), cx),
            Action::Add => {
                let form = self.here().and_then(|row| Form::add(&row.list, cx));
                return form.map_or(Outcome::Stay, |form| Outcome::Push(Box::new(form)));
            }
            _ => return Outcome::Pass,
        }
        Outcome::Stay
    }

    fn key(&mut self, key: Key, cx: &mut Cx) -> Outcome {
        let digit = key.typed().and_then(|c| c.to_digit(10)).and_then(|digit| usize::try_from(digit).ok());
        let Some(number) = digit.and_then(|digit| digit.checked_sub(1)) else { return Outcome::Stay };
        match self.registers().nth(number) {
            Some(row) => self.open(row, 0, cx),
            None => Outcome::Stay,
        }
    }

    fn draw(&mut self, buffer: &mut Buffer, area: Rect, cx: &Cx) {
        home_view::draw(self, buffer, area, cx);
    }

    fn hints(&self, _cx: &Cx) -> Vec<Action> {
        let mut hints = vec![Action::Open, Action::NextPart];
        match self.here() {
            Some(Row { what: What::Draft { .. }, .. }) => hints.push(Action::Delete),
            Some(row) if row.figures.len() > 1 => hints.push(Action::Right),
            _ => {}
        }
        hints.extend([
            Action::Review,
            Action::Find,
            Action::Views,
            Action::Command,
            Action::Undo,
            Action::Language,
            Action::Quit,
        ]);
        hints
    }
}

/// The sheet that a draft is of, which then goes on with it.
fn reopen(sheet: &Sheet, cx: &Cx) -> Option<Box<dyn Layer>> {
    let Some(serial) = &sheet.entry else {
        return Form::add(&sheet.register, cx).map(|form| Box::new(form) as _);
    };
    let key = cx.session.book().key_of(serial)?;
    let register = cx.session.definitions().register(&sheet.register)?;
    let field = sheet.field.as_ref().and_then(|id| register.fields.iter().position(|field| field.id == *id));
    let evaluation = |at: usize| {
        register.fields.get(at).is_some_and(|field| matches!(field.kind, Kind::Evaluation { .. }))
    };
    match field {
        _ if sheet.copy => Form::copy(key, cx).map(|form| Box::new(form) as _),
        Some(at) if evaluation(at) => Evaluate::entry(key, cx).map(|layer| Box::new(layer) as _),
        Some(at) => Form::cell(key, at, cx).map(|form| Box::new(form) as _),
        None => Form::edit(key, cx).map(|form| Box::new(form) as _),
    }
}

fn draft_row(draft: &Draft, cx: &Cx) -> Row {
    let Draft { sheet, at, fields, .. } = draft;
    let reading = cx.reading();
    let register = reading.definitions.register(&sheet.register);
    let name = register.map_or("", |register| register.name.get(cx.lang()));
    let key = sheet.entry.as_ref().and_then(|serial| reading.book.key_of(serial));
    let mut text = match (&sheet.entry, key) {
        (Some(serial), Some(key)) if !sheet.copy => format!("{serial} {}", reading.title(key)),
        _ => {
            let title = register.map(|register| &register.title_field().id);
            let typed = fields.iter().find(|field| Some(&field.id) == title);
            let typed = typed.and_then(|field| field.typed.as_str()).unwrap_or_default();
            format!("{}  {typed}", cx.render(&message!("form-new", register = name)))
        }
    };
    let field = sheet.field.as_ref().and_then(|id| register?.field(id));
    if let Some(field) = field {
        text = format!("{text}  {}", field.name.get(cx.lang()));
    }
    Row {
        list: sheet.register.clone(),
        what: What::Draft { sheet: sheet.clone(), at: *at, text },
        figures: Vec::new(),
    }
}

/// What wants an answer in a register; each opens the entries meant.
fn due_rows(summary: &Summary, cx: &Cx) -> Vec<Row> {
    let register = summary.register;
    let name = || register.name.clone();
    let field = |id: &str| register.field(id).map_or("", |field| field.name.get(cx.lang())).to_owned();
    let evaluation = register.evaluation().map_or("", |(_, field)| field.name.get(cx.lang()));
    let open = register.column_name(Column::Derived(Derived::Open));
    let all: [(usize, String, Message); 3] = [
        (
            summary.review,
            format!("{}<{REVIEW_AHEAD}d", quoted(&field(REVIEW))),
            message!("due-review", register = name()),
        ),
        (summary.unrated, format!("{}:-", quoted(evaluation)), message!("due-evaluation", register = name())),
        (summary.open, format!("{}>0", quoted(open.get(cx.lang()))), message!("due-open", register = name())),
    ];
    let wanting = all.into_iter().filter(|(count, _, _)| *count > 0);
    let row = |(count, query, text): (usize, String, Message)| Row {
        list: register.id.clone(),
        what: What::Due { text: cx.render(&text) },
        figures: vec![Figure { query, label: String::new(), count: Some(count), listed: true }],
    };
    wanting.map(row).collect()
}

fn register_row(summary: &Summary, cx: &Cx) -> Row {
    let reading = cx.reading();
    let changed = summary.changed.map_or_else(String::new, |stamp| {
        format!("{}  {}", home_view::when(cx, stamp.at), reading.book.text(stamp.by))
    });
    let column = |derived| {
        let name = summary.register.column_name(Column::Derived(derived));
        quoted(name.get(cx.lang()))
    };
    let evaluation = summary.register.evaluation().map_or("", |(_, field)| field.name.get(cx.lang()));
    let figure = |query: String, count: Option<usize>, listed: bool| Figure {
        query,
        label: String::new(),
        count,
        listed,
    };
    let scored = |count: usize| summary.scored.then_some(count);
    let mut figures = vec![figure(String::new(), Some(summary.entries), false)];
    if summary.scored {
        let listed = format!("{}:{}", column(Derived::Listed), cx.say("yes"));
        figures.push(figure(listed, scored(summary.listed), true));
        figures.push(figure(format!("{}:-", quoted(evaluation)), scored(summary.unrated), false));
    }
    let name = summary.register.name.get(cx.lang()).to_owned();
    Row { list: summary.register.id.clone(), what: What::Register { name, changed }, figures }
}

/// How many entries lie at each level, where there are more than two; with the controls where any has a residual.
fn level_rows(summary: &Summary, cx: &Cx) -> Vec<Row> {
    let Some(method) = main_method(summary.register, cx).filter(|method| method.bands.len() > 2) else {
        return Vec::new();
    };
    let side = |(side, name, column): (usize, &'static str, Derived)| {
        let counts = method.bands.iter().map(|band| {
            let count = summary.at_level(&band.code).get(side).copied().unwrap_or(0);
            let label = band.short.get(cx.lang()).to_owned();
            let column = summary.register.column_name(Column::Derived(column));
            let query = format!("{}={}", quoted(column.get(cx.lang())), quoted(&label));
            Figure { query, label, count: Some(count), listed: band.listed }
        });
        let figures: Vec<Figure> = counts.collect();
        let name_of = summary.register.name.get(cx.lang()).to_owned();
        let what = What::Levels { name: if side == 0 { name_of } else { String::new() }, side: name };
        (figures.iter().any(|figure| figure.count > Some(0))).then(|| Row {
            list: summary.register.id.clone(),
            what,
            figures,
        })
    };
    let sides = [(0, "initial", Derived::Level), (1, "residual", Derived::ResidualLevel)];
    sides.into_iter().filter_map(side).collect()
}

/// The method that serves most entries of a register: the first it names.
fn main_method<'a>(register: &Register, cx: &'a Cx) -> Option<&'a Method> {
    let (_, field) = register.evaluation()?;
    let Kind::Evaluation { methods } = &field.kind else { return None };
    cx.session.definitions().methods().get(&methods.first()?.method)
}

/// A word of a query, in quotes where it would fall into pieces.
fn quoted(word: &str) -> String {
    if word.contains(|c: char| c.is_whitespace() || "()|-:<>=!\"".contains(c)) {
        format!("\"{word}\"")
    } else {
        word.to_owned()
    }
}
