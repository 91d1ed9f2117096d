//! The calendar of everything that is due: what is overdue first, then month by month; narrowed by person and department,
//! each duty one key from its entry and few from being done.

use chrono::{Days, NaiveDate};
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use super::super::action::{Action, Scope};
use super::super::layer::{Answer, Basis, Cx, Layer, Outcome};
use super::super::notice::Notice;
use super::ask::{Ask, Asking, Take};
use super::detail::Line;
use super::due_people::{Narrow, choices};
use super::due_view;
use super::form::Form;
use super::pick::Pick;
use super::plain::Plain;
use super::sheet::CheckSheet;
use super::{page_round, remedy};
use crate::audit::{self, Duty, Monthly, kind_of, month_name};
use crate::book::{Cell, Date, Edit, Entry, EntryKey, Months, Proposal, Value, Way};
use crate::catalogue::{Looking, Reading, STATUS};
use crate::wording::{Label, message};

/// How many days ahead one may look; behind the last comes everything.
const AHEAD: [u64; 5] = [7, 30, 60, 90, 365];
/// Which of them is looked at first: as far ahead as home looks.
const FIRST: usize = 2;

/// The calendar.
pub struct Calendar {
    /// Everything that is due, however far off.
    every: Vec<audit::Due>,
    /// What is shown of it.
    pub(super) rows: Vec<Row>,
    pub(super) cursor: usize,
    pub(super) top: usize,
    pub(super) height: usize,
    ahead: usize,
    pub(super) person: Option<String>,
    pub(super) department: Option<EntryKey>,
    /// What the list for narrowing offers, while it is open.
    offered: Vec<Narrow>,
    basis: Basis,
}

/// A line.
pub(super) enum Row {
    /// What the lines below it have in common, and how many they are.
    Heading(Group, usize),
    /// A duty.
    Duty(Box<audit::Due>),
}

/// What duties have in common.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Group {
    /// Their day is past.
    Overdue,
    /// They are due in this month, by its number.
    Month(i32),
    /// They have no day.
    Dayless,
}

impl Calendar {
    /// Everything that is due soon, for everybody.
    pub fn new(cx: &Cx) -> Self {
        let mut calendar = Self {
            every: Vec::new(),
            rows: Vec::new(),
            cursor: 0,
            top: 0,
            height: 10,
            ahead: FIRST,
            person: None,
            department: None,
            offered: Vec::new(),
            basis: cx.basis(),
        };
        calendar.read(cx);
        calendar
    }

    fn read(&mut self, cx: &Cx) {
        let months = cx.session.settings().review_months;
        self.every = audit::due(&cx.reading(), cx.today(), months, true);
        // A department that was deleted narrows nothing any longer.
        self.department = self.department.filter(|key| cx.session.book().entry(*key).is_some());
        self.narrow(cx);
    }

    /// How many days ahead is looked; none for everything.
    pub(super) fn days(&self) -> Option<u64> {
        AHEAD.get(self.ahead).copied()
    }

    fn narrow(&mut self, cx: &Cx) {
        let today = cx.today();
        let until = self.days().and_then(|days| today.checked_add_days(Days::new(days)));
        let shown = |due: &&audit::Due| {
            let soon = due.on.is_none_or(|on| until.is_none_or(|until| on <= until));
            let person = self.person.as_ref().is_none_or(|person| due.is_of(person));
            soon && person && self.department.is_none_or(|department| due.departments.contains(&department))
        };
        let mut rows: Vec<Row> = Vec::new();
        let mut last = None;
        let all: Vec<&audit::Due> = self.every.iter().filter(shown).collect();
        for due in &all {
            let group = group(due.on, today);
            if last != Some(group) {
                let count = all.iter().filter(|other| self::group(other.on, today) == group).count();
                rows.push(Row::Heading(group, count));
                last = Some(group);
            }
            rows.push(Row::Duty(Box::new((*due).clone())));
        }
        self.rows = rows;
        self.go(self.cursor, true);
    }

    /// The duties that are shown.
    pub(super) fn duties(&self) -> impl Iterator<Item = &audit::Due> {
        self.rows.iter().filter_map(|row| match row {
            Row::Duty(due) => Some(&**due),
            Row::Heading(..) => None,
        })
    }

    /// The duty under the cursor.
    pub(super) fn here(&self) -> Option<&audit::Due> {
        match self.rows.get(self.cursor)? {
            Row::Duty(due) => Some(due),
            Row::Heading(..) => None,
        }
    }

    /// To a row, or the nearest duty behind or before it.
    fn go(&mut self, to: usize, down: bool) {
        let is = |at: &usize| matches!(self.rows.get(*at), Some(Row::Duty(_)));
        let to = to.min(self.rows.len().saturating_sub(1));
        let (behind, before) = ((to..self.rows.len()).find(is), (0..=to).rev().find(is));
        let found = if down { behind.or(before) } else { before.or(behind) };
        self.cursor = found.unwrap_or(0);
    }

    /// To the first duty of the next group, or of the first again.
    fn next_group(&mut self) {
        let heads = self.rows.iter().enumerate().filter(|(_, row)| matches!(row, Row::Heading(..)));
        let heads: Vec<usize> = heads.map(|(at, _)| at).collect();
        let next = heads.iter().find(|at| **at > self.cursor).or(heads.first()).copied();
        self.go(next.unwrap_or(0), true);
    }

    /// Into the entry; where a record of a month is lacking, into the form of a new one.
    fn open(&self, cx: &mut Cx) -> Outcome {
        let Some(due) = self.here() else { return Outcome::Stay };
        match &due.what {
            Duty::Month(monthly) if cx.session.read_only().is_none() => record(due.entry, monthly, cx),
            _ => Outcome::Push(Box::new(page_round::entry(due.entry, cx))),
        }
    }

    /// Says that the duty under the cursor is done, in the way that it has.
    fn done(&self, cx: &mut Cx) -> Outcome {
        let Some(due) = self.here() else { return Outcome::Stay };
        match &due.what {
            Duty::Dated(dated) if dated.again && dated.done.is_none() => match cx.session.read_only() {
                Some(why) => Outcome::Say(Notice::refused(why)),
                None => Form::copy(due.entry, cx).map_or(Outcome::Stay, |form| Outcome::Push(Box::new(form))),
            },
            Duty::Dated(dated) => match &dated.done {
                Some(field) => ask(due.entry, field, &dated.what, cx),
                None => Outcome::Say(Notice::said(message!("due-done-none"))),
            },
            Duty::Problem(problem) => match remedy::close(due.entry, Some(problem.row), cx) {
                Some(asking) => Outcome::Push(Box::new(asking)),
                None => Outcome::Stay,
            },
            Duty::Month(monthly) => record(due.entry, monthly, cx),
            Duty::Review => Outcome::Say(Notice::said(message!("due-done-review"))),
            Duty::Drill(_) => Outcome::Say(Notice::said(message!("due-done-drill"))),
        }
    }

    /// Offers everybody and every department that has something to do.
    fn offer(&mut self, cx: &Cx) -> Outcome {
        let (items, offered) = choices(&self.every, cx).into_iter().unzip();
        self.offered = offered;
        Outcome::Push(Box::new(Pick::new(cx.say("due-whose"), items)))
    }

    fn plain(&self, cx: &Cx) -> Outcome {
        let reading = cx.reading();
        let line = |row: &Row| match row {
            Row::Heading(group, count) => Line::new("", due_view::heading(*group, *count, cx)),
            Row::Duty(due) => {
                let day = due.on.map_or_else(|| "--".to_owned(), |on| on.to_string());
                let what = cx.render(&due.message(&reading, cx.today()));
                let words = format!("{}  {what}  {}", reading.book.serial(due.entry), due.who);
                Line::new(&day, words.trim_end())
            }
        };
        let said: Vec<Line> = self.rows.iter().map(line).collect();
        Outcome::Push(Box::new(Plain::page(&due_view::title_words(self, cx), &said, cx)))
    }
}

/// To which group a day belongs.
fn group(on: Option<NaiveDate>, today: NaiveDate) -> Group {
    match on {
        None => Group::Dayless,
        Some(on) if on < today => Group::Overdue,
        Some(on) => Group::Month(Months::number(on)),
    }
}

/// The form of the record that a month lacks, with what is known of it.
fn record(key: EntryKey, monthly: &Monthly, cx: &mut Cx) -> Outcome {
    if let Some(why) = cx.session.read_only() {
        return Outcome::Say(Notice::refused(why));
    }
    let reading = cx.reading();
    let counts = &monthly.counts;
    let Some(register) = reading.definitions.register(&counts.register) else { return Outcome::Stay };
    let kind = kind_of(&reading, counts);
    // The present month is looked at by its checklist, where there is one; what is over is only written down.
    let over = monthly.month < Months::number(cx.today());
    let template = checklist(&reading, key, monthly).filter(|_| !over);
    if let Some(sheet) = template.and_then(|template| CheckSheet::open(template, cx)) {
        return Outcome::Push(Box::new(sheet));
    }
    let name = kind.map_or(&register.name, |(_, choice)| &choice.label).get(cx.lang()).to_owned();
    let month = month_name(monthly.month);
    let title = message!("due-month-title", title = reading.title(key), month = month.clone(), what = name);
    // Of a month that is over only the month is known.
    let day = if over { month.parse().ok() } else { Some(Date::day(cx.today())) };
    let mut values = vec![
        (register.title_field().id.clone(), Value::Text(cx.render(&title))),
        (counts.link.clone(), Value::Links(vec![key])),
    ];
    values.extend(day.map(|day| (counts.date.clone(), Value::Date(day))));
    values.extend(kind.map(|(field, choice)| (field.id.clone(), Value::Choice(choice.code.clone()))));
    let origin = format!("{} {} {month}", reading.book.serial(key), counts.link);
    let form = Form::filled(&counts.register, &origin, &values, cx);
    form.map_or(Outcome::Stay, |form| Outcome::Push(Box::new(form)))
}

/// The template of the records that a month lacks: of the same department and kind, and in use.
fn checklist(reading: &Reading, key: EntryKey, monthly: &Monthly) -> Option<EntryKey> {
    let counts = &monthly.counts;
    let sheet = reading.definitions.register(&counts.register)?.features.sheet.as_ref()?;
    let there = |here: &str| sheet.copies.iter().find(|(field, _)| field == here).map(|(_, there)| there);
    let (department, kind) = (there(&counts.link)?, kind_of(reading, counts));
    let fits = |entry: &Entry| {
        let own = matches!(reading.book.cell(entry, department), Cell::Links(keys) if keys.contains(&key));
        let of_kind = kind.is_none_or(|(field, choice)| {
            there(&field.id).is_some_and(|there| {
                matches!(reading.book.cell(entry, there), Cell::Choice(code) if reading.book.text(*code) == choice.code)
            })
        });
        own && of_kind && !is_withdrawn(reading, entry)
    };
    let all = reading.book.entries(&sheet.templates).iter();
    all.copied().find(|key| reading.book.entry(*key).is_some_and(fits))
}

/// Whether an entry stands otherwise than new ones do.
fn is_withdrawn(reading: &Reading, entry: &Entry) -> bool {
    let usual = reading.register(entry).and_then(|register| register.field(STATUS)?.default.as_deref());
    match (reading.book.cell(entry, STATUS), usual) {
        (Cell::Choice(code), Some(usual)) => reading.book.text(*code) != usual,
        _ => false,
    }
}

/// Asks on which day it was done; today is there already.
fn ask(entry: EntryKey, field: &str, what: &Label, cx: &Cx) -> Outcome {
    let reading = cx.reading();
    let register = reading.book.entry(entry).and_then(|entry| reading.register(entry));
    let name = register.and_then(|register| register.field(field)).map(|field| field.name.clone());
    let serial = reading.book.serial(entry).to_owned();
    let question =
        message!("due-done-ask", entry = serial, what = what.clone(), field = name.unwrap_or_default());
    let ask = Ask::filled(question, &cx.today().to_string());
    Outcome::Push(Box::new(Asking::new(ask, Done { entry, field: field.to_owned() })))
}

/// A duty being done.
struct Done {
    entry: EntryKey,
    field: String,
}

impl Take for Done {
    fn take(&mut self, words: &str, cx: &mut Cx) -> Outcome {
        let Ok(date) = Date::typed(words, cx.today()) else {
            return Outcome::Say(Notice::refused(message!("due-done-date")));
        };
        if date.first() > cx.today() {
            return Outcome::Say(Notice::refused(message!("remedy-later")));
        }
        let fields = vec![(self.field.clone(), Some(Value::Date(date)))];
        let (now, edits) = (cx.now, vec![Edit::Set { entry: self.entry, fields }]);
        match cx.session.commit(Proposal { way: Way::Screen, why: None, edits }, now) {
            Ok(commit) => Outcome::Saved(Notice::saved(&commit, cx), Some(self.entry)),
            Err(error) => Outcome::Say(Notice::wrong(&error)),
        }
    }

    fn is_gone(&self, cx: &Cx) -> bool {
        cx.session.book().entry(self.entry).is_none()
    }
}

impl Layer for Calendar {
    fn scope(&self) -> Scope {
        Scope::Due
    }

    fn refresh(&mut self, cx: &mut Cx) {
        let basis = cx.basis();
        if self.basis != basis {
            self.basis = basis;
            self.read(cx);
        }
    }

    fn act(&mut self, action: Action, count: Option<usize>, cx: &mut Cx) -> Outcome {
        let by = count.unwrap_or(1);
        match action {
            Action::Up => self.go(self.cursor.saturating_sub(by), false),
            Action::Down => self.go(self.cursor + by, true),
            Action::PageUp => self.go(self.cursor.saturating_sub(self.height), false),
            Action::PageDown => self.go(self.cursor + self.height, true),
            Action::Top => self.go(0, true),
            Action::Bottom => self.go(usize::MAX, false),
            Action::NextPart => self.next_group(),
            Action::Left | Action::Right => {
                let further = action == Action::Right;
                self.ahead =
                    if further { (self.ahead + 1).min(AHEAD.len()) } else { self.ahead.saturating_sub(1) };
                self.narrow(cx);
            }
            Action::Open => return self.open(cx),
            Action::Done => return self.done(cx),
            Action::Filter => return self.offer(cx),
            Action::Plain => return self.plain(cx),
            Action::Edit => {
                let form = self.here().and_then(|due| Form::edit(due.entry, cx));
                return form.map_or(Outcome::Stay, |form| Outcome::Push(Box::new(form)));
            }
            Action::Calendar => {}
            _ => return Outcome::Pass,
        }
        Outcome::Stay
    }

    fn answered(&mut self, answer: Answer, cx: &mut Cx) -> Outcome {
        let Answer::Picked(at) = answer else { return Outcome::Stay };
        match self.offered.get(at) {
            Some(Narrow::Person(name)) => self.person = Some(name.clone()),
            Some(Narrow::Department(key)) => self.department = Some(*key),
            Some(Narrow::Nothing) => (self.person, self.department) = (None, None),
            None => return Outcome::Stay,
        }
        self.cursor = 0;
        self.narrow(cx);
        Outcome::Stay
    }

    fn looking(&self, _cx: &Cx) -> Looking {
        self.here().map_or_else(Looking::default, |due| Looking::at(due.entry))
    }

    fn draw(&mut self, buffer: &mut Buffer, area: Rect, cx: &Cx) {
        due_view::draw(self, buffer, area, cx);
    }

    fn hints(&self, _cx: &Cx) -> Vec<Action> {
        vec![
            Action::Open,
            Action::Done,
            Action::Filter,
            Action::Left,
            Action::Right,
            Action::NextPart,
            Action::Edit,
            Action::Settle,
            Action::Back,
        ]
    }
}
