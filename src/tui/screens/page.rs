//! Pages to read: an entry, its history, why it has its level, what keys work.

mod goes;

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use super::super::action::{Action, Scope};
use super::super::layer::{Answer, Cx, Layer, Outcome};
use super::super::notice::Notice;
use super::super::paint::{Painter, title};
use super::super::theme::Role;
use super::ask::Ask;
use super::detail::{self, Line};
use super::evaluate::Evaluate;
use super::form::Form;
use super::page_why::why_lines;
use super::plain::Plain;
use super::{history, page_hints, page_month, page_round, remedy, start_drill};
use crate::book::{Edit, EntryKey, Proposal, Way};
use crate::catalogue::Looking;
use crate::wording::message;

/// A page of lines.
pub struct Page {
    subject: Subject,
    heading: String,
    /// What it says, a thing a line.
    said: Vec<Line>,
    /// The same in as many lines as the width takes.
    lines: Vec<Line>,
    /// Which of what it says each line is of.
    from: Vec<usize>,
    width: u16,
    cursor: usize,
    top: usize,
    height: usize,
    /// What it is about, where that is not one entry.
    looking: Looking,
    /// The one field whose history it is.
    only: Option<String>,
    /// What an answer brings back.
    restoring: Option<Proposal>,
}

/// What a page is about; it is read again when the book changed.
#[derive(Clone, Copy)]
pub(super) enum Subject {
    Entry(EntryKey),
    History(EntryKey),
    Why(EntryKey),
    Round(EntryKey),
    Month(i32),
    Drawn,
    /// Lines of another layer, some of which open something.
    Lines,
    /// Entries, to be opened.
    Listed,
    Still,
}

/// A page with an entry.
pub fn entry(key: EntryKey, cx: &Cx) -> Page {
    Page::new(Subject::Entry(key), cx)
}

/// A page with what happened to an entry.
pub fn history(key: EntryKey, cx: &Cx) -> Page {
    Page::new(Subject::History(key), cx)
}

/// A page with what a review round came to.
pub fn round(key: EntryKey, cx: &Cx) -> Page {
    Page::new(Subject::Round(key), cx)
}

/// A page with what was done in a month.
pub fn month(number: i32, cx: &Cx) -> Page {
    Page::new(Subject::Month(number), cx)
}

/// A page that does not change.
pub fn still(heading: String, said: Vec<Line>) -> Page {
    let mut page = Page { heading, said, ..Page::blank(Subject::Still) };
    page.lay_out();
    page
}

/// A page of another layer's lines, with a cursor on it.
pub fn lines() -> Page {
    Page::blank(Subject::Lines)
}

/// A page with what was drawn, which Enter opens.
pub fn drawn(heading: String, said: Vec<Line>, looking: Looking) -> Page {
    let mut page = Page { heading, said, looking, ..Page::blank(Subject::Drawn) };
    page.lay_out();
    page
}

/// A page with entries to open.
pub fn listed(heading: String, said: Vec<Line>) -> Page {
    let mut page = Page { subject: Subject::Listed, ..still(heading, said) };
    page.first_target();
    page
}

impl Page {
    fn blank(subject: Subject) -> Self {
        Self {
            subject,
            heading: String::new(),
            said: Vec::new(),
            lines: Vec::new(),
            from: Vec::new(),
            width: 80,
            cursor: 0,
            top: 0,
            height: 10,
            looking: Looking::default(),
            only: None,
            restoring: None,
        }
    }

    /// Other lines in place of those, with the cursor where it is.
    pub fn say(&mut self, heading: String, said: Vec<Line>) {
        (self.heading, self.said) = (heading, said);
        self.lay_out();
    }

    /// The line under the cursor.
    pub(super) fn here(&self) -> Option<&Line> {
        self.lines.get(self.cursor)
    }

    /// The number of what it says under the cursor.
    pub(super) fn said_here(&self) -> Option<usize> {
        self.from.get(self.cursor).copied()
    }

    /// Columns that labels take.
    fn labels(&self) -> usize {
        detail::label_room(&self.said, usize::from(self.width))
    }

    /// Columns that words have.
    fn room(&self) -> usize {
        usize::from(self.width).saturating_sub(self.labels() + 3).max(10)
    }

    /// Breaks what it says into lines that fit.
    fn lay_out(&mut self) {
        let room = self.room();
        let broken = self.said.iter().enumerate().flat_map(|(from, said)| {
            let ranges = crate::text::wrap(&said.text, room).into_iter().enumerate();
            ranges.map(move |(index, range)| {
                let text = said.text.get(range).unwrap_or("").to_owned();
                let first = index == 0;
                let label = if first { said.label.clone() } else { String::new() };
                (from, Line { label, text, target: said.target.filter(|_| first), ..*said })
            })
        });
        (self.from, self.lines) = broken.unzip();
        self.cursor = self.cursor.min(self.lines.len().saturating_sub(1));
    }

    /// Moves by pages: what was the last line is the one above the first.
    fn turn(&mut self, down: bool, pages: usize) -> Outcome {
        let by = self.height * pages;
        let last = self.lines.len().saturating_sub(self.height);
        if down {
            self.top = (self.top + by).min(last);
            self.go(self.cursor + by)
        } else {
            self.top = self.top.saturating_sub(by);
            self.go(self.cursor.saturating_sub(by))
        }
    }

    pub(super) fn new(subject: Subject, cx: &Cx) -> Self {
        let mut page = Self::blank(subject);
        page.read(cx);
        page
    }

    fn subject(&self) -> Option<EntryKey> {
        match self.subject {
            Subject::Entry(key) | Subject::History(key) | Subject::Why(key) | Subject::Round(key) => {
                Some(key)
            }
            Subject::Month(_) | Subject::Drawn | Subject::Lines | Subject::Listed | Subject::Still => None,
        }
    }

    fn read(&mut self, cx: &Cx) {
        let reading = cx.reading();
        let name = |key: EntryKey| format!("{}  {}", reading.book.serial(key), reading.title(key));
        match self.subject {
            Subject::Entry(key) => {
                self.heading = name(key);
                self.said = detail::lines(key, (usize::from(u16::MAX), usize::from(u16::MAX)), cx);
                // What labels take is known of all lines; what is left is there for tables.
                self.said = detail::lines(key, (usize::from(u16::MAX), self.room()), cx);
            }
            Subject::History(key) => {
                self.heading = format!("{}  {}", cx.say("history"), name(key));
                self.said = history::lines(key, self.only.as_deref(), cx);
            }
            Subject::Why(key) => {
                self.heading = format!("{}  {}", cx.say("why"), name(key));
                self.said = why_lines(key, cx);
            }
            Subject::Round(key) => {
                self.heading = format!("{}  {}", cx.say("review"), name(key));
                self.said = page_round::lines(key, cx);
            }
            Subject::Month(number) => (self.heading, self.said) = page_month::lines(number, cx),
            Subject::Drawn | Subject::Lines | Subject::Listed | Subject::Still => {}
        }
        self.lay_out();
    }

    /// Into what the line is about: an entry, what is left of one, or the history of one field.
    fn open(&self, cx: &Cx) -> Outcome {
        let Some(line) = self.lines.get(self.cursor) else { return Outcome::Stay };
        let book = cx.session.book();
        match (line.target, line.place, self.subject) {
            (Some(target), ..) if book.entry(target).is_some() => {
                Outcome::Push(Box::new(page_round::entry(target, cx)))
            }
            (Some(target), ..) if book.tombstone(target).is_some() => {
                Outcome::Push(Box::new(history(target, cx)))
            }
            (Some(_), ..) => Outcome::Say(Notice::said(message!("past-not-then"))),
            (None, Some(place), Subject::History(key)) if self.only.is_none() => {
                let Some(field) = history::field_at(key, place, cx) else { return Outcome::Stay };
                let mut page = Self { only: Some(field), ..Self::blank(self.subject) };
                page.read(cx);
                Outcome::Push(Box::new(page))
            }
            _ => Outcome::Stay,
        }
    }

    /// Asks whether what stood there before the change under the cursor is to come back.
    fn restore(&mut self, cx: &Cx) -> Outcome {
        let place = self.lines.get(self.cursor).and_then(|line| line.place);
        let (Subject::History(key), Some(place)) = (self.subject, place) else {
            return Outcome::Say(Notice::said(message!("restore-where")));
        };
        match history::bring_back(key, place, cx) {
            Ok((proposal, question)) => {
                self.restoring = Some(proposal);
                Outcome::Push(Box::new(Ask::text(question)))
            }
            Err(notice) => Outcome::Say(notice),
        }
    }

    fn go(&mut self, to: usize) -> Outcome {
        self.cursor = to.min(self.lines.len().saturating_sub(1));
        Outcome::Stay
    }
}

impl Layer for Page {
    fn scope(&self) -> Scope {
        Scope::Page
    }

    fn refresh(&mut self, cx: &mut Cx) {
        self.read(cx);
    }

    fn is_gone(&self, cx: &Cx) -> bool {
        let book = cx.session.book();
        match self.subject {
            Subject::Entry(key) | Subject::Why(key) | Subject::Round(key) => book.entry(key).is_none(),
            Subject::History(key) => book.serial(key).is_empty(),
            Subject::Month(_) | Subject::Drawn | Subject::Lines | Subject::Listed | Subject::Still => false,
        }
    }

    fn act(&mut self, action: Action, count: Option<usize>, cx: &mut Cx) -> Outcome {
        let by = count.unwrap_or(1);
        let push = |layer: Option<Box<dyn Layer>>| layer.map_or(Outcome::Pass, Outcome::Push);
        let key = self.subject();
        match action {
            Action::Up => self.go(self.cursor.saturating_sub(by)),
            Action::Down => self.go(self.cursor + by),
            Action::PageUp => self.turn(false, by),
            Action::PageDown => self.turn(true, by),
            Action::Top => self.go(0),
            Action::Bottom => self.go(usize::MAX),
            Action::Open => self.open(cx),
            Action::Restore => self.restore(cx),
            Action::Settle if let Some(row) = self.here().and_then(|line| line.problem) => {
                let asked = key.and_then(|key| remedy::close(key, Some(row), cx));
                push(asked.map(|asked| Box::new(asked) as Box<dyn Layer>))
            }
            Action::NextPart => {
                let links: Vec<usize> = (0..self.lines.len())
                    .filter(|at| self.lines.get(*at).is_some_and(|line| line.target.is_some()))
                    .collect();
                let next = links.iter().find(|at| **at > self.cursor).or(links.first()).copied();
                next.map_or(Outcome::Stay, |next| self.go(next))
            }
            Action::Edit => push(key.and_then(|key| Form::edit(key, cx)).map(|form| Box::new(form) as _)),
            Action::CopyAsNew => {
                push(key.and_then(|key| Form::copy(key, cx)).map(|form| Box::new(form) as _))
            }
            Action::Evaluate => match key.and_then(|key| Evaluate::entry(key, cx)) {
                Some(layer) => Outcome::Push(Box::new(layer)),
                None => Outcome::Say(Notice::said(message!("not-scored"))),
            },
            Action::History => push(key.map(|key| Box::new(history(key, cx)) as _)),
            Action::Review => page_round::review(key, cx),
            Action::Clock => start_drill::clock(key, cx),
            Action::Delete => {
                self.restoring = None;
                push(key.map(|key| Box::new(Ask::delete(&[key], cx)) as _))
            }
            Action::Plain => Outcome::Push(Box::new(Plain::page(&self.heading, &self.said, cx))),
            _ => Outcome::Pass,
        }
    }

    fn answered(&mut self, answer: Answer, cx: &mut Cx) -> Outcome {
        let (Answer::Text(why), Some(entry)) = (answer, self.subject()) else { return Outcome::Stay };
        let now = cx.now;
        if let Some(proposal) = self.restoring.take() {
            return Outcome::Say(match cx.session.commit(Proposal { why: Some(why), ..proposal }, now) {
                Ok(commit) => Notice::saved(&commit, cx),
                Err(error) => Notice::wrong(&error),
            });
        }
        let proposal = Proposal { way: Way::Screen, why: Some(why), edits: vec![Edit::Delete { entry }] };
        match cx.session.commit(proposal, now) {
            Ok(commit) => Outcome::CloseSaying(Notice::saved(&commit, cx)),
            Err(error) => Outcome::Say(Notice::wrong(&error)),
        }
    }

    fn looking(&self, _cx: &Cx) -> Looking {
        self.subject().map_or_else(|| self.looking.clone(), Looking::at)
    }

    fn draw(&mut self, buffer: &mut Buffer, area: Rect, cx: &Cx) {
        let mut painter = Painter::new(buffer, area);
        self.height = usize::from(area.height.saturating_sub(3)).max(1);
        if self.width != area.width {
            self.width = area.width;
            match self.subject {
                // Tables are laid out for the room that there is.
                Subject::Entry(_) => self.read(cx),
                _ => self.lay_out(),
            }
        }
        if self.cursor < self.top {
            self.top = self.cursor;
        } else if self.cursor >= self.top + self.height {
            self.top = self.cursor + 1 - self.height;
        }
        // Where it goes on below, it says how far one is.
        let (seen, all) = ((self.top + self.height).min(self.lines.len()), self.lines.len());
        let far = if all > self.height { format!("{seen} / {all}") } else { String::new() };
        title(&mut painter, &self.heading, "", &far, cx);
        let labels = u16::try_from(self.labels()).unwrap_or(0);
        for (y, (index, line)) in (2..area.height - 1).zip(self.lines.iter().enumerate().skip(self.top)) {
            painter.put_within(1, y, labels, &line.label, cx.desk.theme.style(Role::Dim));
            let look = cx.desk.theme.style(line.role.unwrap_or(Role::Text));
            painter.put(1 + labels + 1, y, &line.text, look);
            if index == self.cursor && !matches!(self.subject, Subject::Still) {
                painter.restyle(0, y, painter.width(), cx.desk.theme.style(Role::Cursor));
            }
        }
    }

    fn hints(&self, cx: &Cx) -> Vec<Action> {
        page_hints::of(self.subject, cx)
    }

    fn hint(&self, action: Action) -> Option<&'static str> {
        matches!((self.subject, action), (Subject::Round(_), Action::Edit)).then_some("fields")
    }
}
