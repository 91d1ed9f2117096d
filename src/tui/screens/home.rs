//! Home: what wants an answer, the registers with their counts, and what changed last.
//!
//! Every figure opens the entries it counts.

use std::collections::BTreeMap;

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use super::super::action::{Action, Scope};
use super::super::draft::{Draft, Sheet};
use super::super::layer::{Basis, Cx, Layer, Outcome};
use super::super::notice::Notice;
use super::super::terminal::Key;
use super::evaluate::Evaluate;
use super::form::Form;
use super::grade::{self, Grade};
use super::home_rows::{self, draft_row};
use super::noting::Noting;
use super::question::Question;
use super::registers::Registers;
use super::review_start::{From, ReviewStart};
use super::sheet::CheckSheet;
use super::table::Table;
use super::{home_due, home_view, page, pick, review_draft};
use crate::book::{Change, EntryKey, Stamp};
use crate::definition::Kind;

use crate::wording::message;

/// How many drafts are shown at most; older ones come back when what they are of is opened.
const DRAFTS: usize = 4;

/// Home.
pub struct Home {
    pub(super) rows: Vec<Row>,
    pub(super) latest: Vec<Latest>,
    pub(super) cursor: usize,
    /// The figure of the row under the cursor.
    pub(super) figure: usize,
    /// What commits did, as far as they were read.
    changes: BTreeMap<(u64, EntryKey), Option<Change>>,
    /// The draft that one more key drops.
    dropping: Option<usize>,
    /// What was counted last, and of which state of the book.
    counted: (Option<Basis>, Vec<Row>),
}

/// A line that opens something.
#[derive(Clone)]
pub(super) struct Row {
    /// Which list its figures open.
    pub list: String,
    pub what: What,
    pub figures: Vec<Figure>,
}

#[derive(Clone)]
pub(super) enum What {
    /// Something typed was not saved.
    Draft { sheet: Sheet, at: i64, text: String },
    /// Entries want an answer.
    Due { text: String },
    /// Entries are to be looked at again, a figure a register.
    Stale { text: String },
    /// A register: its name and its last change.
    Register { name: String, changed: String },
    /// Registers besides the first ones, each a figure.
    Others,
    /// How many entries of a register lie at each level, as they are or with the controls in place.
    Levels { name: String, side: &'static str },
    /// How many entries on the lists lie with each department.
    Departments,
    /// How much was done in each of the last twelve months.
    Months { first: String, last: String },
    /// One of the latest changes, by its place among them.
    Change(usize),
}

/// A number that opens the entries it counts.
#[derive(Clone)]
pub(super) struct Figure {
    /// What it opens.
    pub opens: Opens,
    /// What it counts, where the heading does not say it.
    pub label: String,
    /// None where the register has no such thing.
    pub count: Option<usize>,
    /// Whether it wants an answer when it is not zero.
    pub listed: bool,
}

/// What a figure opens: exactly what it counts.
#[derive(Clone)]
pub(super) enum Opens {
    /// A list, narrowed by a query.
    List(String, String),
    /// What was done in a month.
    Month(i32),
    /// The page of all registers.
    Registers,
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
            changes: BTreeMap::new(),
            dropping: None,
            counted: (None, Vec::new()),
        };
        home.count(cx);
        home
    }

    fn count(&mut self, cx: &Cx) {
        let latest = cx.session.counts().latest().to_vec();
        // Drafts belong to the present.
        let present = cx.session.past().is_none();
        let drafts = if present { cx.desk.drafts.of_book() } else { Vec::new() };
        // The evaluation of an entry that is not there yet goes on inside its form.
        let inside = |draft: &Draft| {
            let form = Sheet { field: None, ..draft.sheet.clone() };
            let new = draft.sheet.copy || draft.sheet.entry.is_none();
            new && draft.sheet.field.is_some() && drafts.iter().any(|other| other.sheet == form)
        };
        let shown = drafts.iter().rev().filter(|draft| !inside(draft)).take(DRAFTS);
        let mut rows: Vec<Row> = shown.map(|draft| draft_row(draft, cx)).collect();
        rows.extend(home_due::running(cx));
        rows.extend(self.figures_of(cx).iter().cloned());
        let reading = cx.reading();
        let register = |key| {
            let entry = reading.book.entry(key);
            entry.map_or_else(String::new, |entry| reading.book.register_id(entry.register).to_owned())
        };
        let change = |(at, (_, key)): (usize, &(Stamp, EntryKey))| Row {
            list: register(*key),
            what: What::Change(at),
            figures: Vec::new(),
        };
        rows.extend(latest.iter().enumerate().map(change));
        let latest = latest.into_iter().map(|(stamp, key)| Latest { stamp, key, gist: String::new() });
        (self.rows, self.latest) = (rows, latest.collect());
        self.cursor = self.cursor.min(self.rows.len().saturating_sub(1));
    }

    /// The rows whose figures only a change of the book, or another day, can change.
    fn figures_of(&mut self, cx: &Cx) -> &[Row] {
        let counted = cx.basis();
        if self.counted.0.as_ref() != Some(&counted) {
            let due = cx.session.due(cx.now);
            let summaries = cx.reading().summary(cx.session.counts(), due);
            let mut rows = home_due::wanting(cx);
            rows.extend(home_rows::counted(&summaries, due, cx));
            self.counted = (Some(counted), rows);
        }
        &self.counted.1
    }

    /// Tells what the latest changes did; each is read once.
    fn tell(&mut self, cx: &Cx) {
        let places: Vec<_> = self.latest.iter().map(|latest| (latest.stamp.seq, latest.key)).collect();
        self.changes.retain(|place, _| places.contains(place));
        let fresh: Vec<_> = places.into_iter().filter(|place| !self.changes.contains_key(place)).collect();
        let read = cx.session.changes_at(&fresh);
        self.changes.extend(fresh.into_iter().zip(read));
        for latest in &mut self.latest {
            let change = self.changes.get(&(latest.stamp.seq, latest.key)).and_then(Option::as_ref);
            latest.gist = change.map(|change| cx.reading().gist(change)).unwrap_or_default();
        }
    }

    fn here(&self) -> Option<&Row> {
        self.rows.get(self.cursor)
    }

    fn open(&self, row: usize, figure: usize, cx: &Cx) -> Outcome {
        let Some(row) = self.rows.get(row) else { return Outcome::Stay };
        if let What::Draft { sheet, .. } = &row.what {
            let gone = || Outcome::Say(Notice::said(message!("draft-of-deleted")));
            return reopen(sheet, cx).map_or_else(gone, Outcome::Push);
        }
        if let What::Change(at) = row.what {
            let key = self.latest.get(at).map(|latest| latest.key);
            return key.map_or(Outcome::Stay, |key| Outcome::Push(Box::new(page::history(key, cx))));
        }
        match row.figures.get(figure).map(|figure| figure.opens.clone()) {
            Some(Opens::List(list, query)) => Outcome::Push(Box::new(Table::open(&list, &query, cx))),
            Some(Opens::Month(month)) => Outcome::Push(Box::new(page::month(month, cx))),
            Some(Opens::Registers) => Outcome::Push(Box::new(Registers::new(cx))),
            None => Outcome::Stay,
        }
    }

    /// The registers in the order of their numbers: the row and the figure that open each.
    pub(super) fn registers(&self) -> impl Iterator<Item = (usize, usize)> {
        let rows = self.rows.iter().enumerate();
        rows.flat_map(|(index, row)| {
            let registers = match row.what {
                What::Register { .. } => 1,
                What::Others => {
                    row.figures.iter().filter(|figure| matches!(figure.opens, Opens::List(..))).count()
                }
                _ => 0,
            };
            (0..registers).map(move |figure| (index, figure))
        })
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
                let register = self.registers().next().map_or(0, |(row, _)| row);
                let change = self.rows.iter().position(|row| matches!(row.what, What::Change(_)));
                let stops = [register, change.unwrap_or(0)];
                self.go(stops.into_iter().find(|stop| self.cursor < *stop).unwrap_or(0));
            }
            Action::Open => return self.open(self.cursor, self.figure, cx),
            Action::Views => return Outcome::Push(Box::new(pick::views(None, cx))),
            Action::Registers => return Outcome::Push(Box::new(Registers::new(cx))),
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
            Some((row, figure)) => self.open(row, figure, cx),
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
            Action::Check,
            Action::Registers,
            Action::Calendar,
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
    if let Some(question) = Question::restore(sheet, cx) {
        return Some(Box::new(question));
    }
    if review_draft::is_of_review(sheet) {
        return review_draft::reopen(sheet, cx);
    }
    let Some(serial) = &sheet.entry else {
        return Form::again(sheet, cx).map(|form| Box::new(form) as _);
    };
    let key = cx.session.book().key_of(serial)?;
    if let Some(noting) = Noting::reopen(sheet, cx) {
        return Some(Box::new(noting));
    }
    if let Some(filling) = CheckSheet::reopen(sheet, cx) {
        return Some(Box::new(filling));
    }
    if sheet.field.as_deref() == Some(grade::SHEET) {
        return Grade::open(key, cx).map(|layer| Box::new(layer) as _);
    }
    let others = sheet.others.iter().filter_map(|serial| cx.session.book().key_of(serial));
    let keys: Vec<EntryKey> = std::iter::once(key).chain(others).collect();
    let register = cx.session.definitions().register(&sheet.register)?;
    let field = sheet.field.as_ref().and_then(|id| register.fields.iter().position(|field| field.id == *id));
    let evaluation = |at: usize| {
        register.fields.get(at).is_some_and(|field| matches!(field.kind, Kind::Evaluation { .. }))
    };
    match field {
        _ if sheet.copy => Form::copy(key, cx).map(|form| Box::new(form) as _),
        Some(at) if evaluation(at) => Evaluate::entry(key, cx).map(|layer| Box::new(layer) as _),
        Some(at) if keys.len() > 1 => Form::bulk(&keys, at, cx).map(|form| Box::new(form) as _),
        Some(at) => Form::cell(key, at, cx).map(|form| Box::new(form) as _),
        None => Form::edit(key, cx).map(|form| Box::new(form) as _),
    }
}
