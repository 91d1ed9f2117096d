//! The drill clock: digits stamp the steps, and each stamp is on disk when it shows.
//!
//! It shows nothing that does not stand in the entry, so it goes on after a kill as if nothing had been. Only the
//! running time is its own: once a second one line is drawn again, while it runs and while it is seen.

use std::time::Duration;

use chrono::{NaiveDate, NaiveTime};
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use super::super::action::{Action, Scope};
use super::super::layer::{Answer, Cx, Layer, Outcome};
use super::super::notice::Notice;
use super::super::steady::Steady;
use super::super::terminal::Key;
use super::ask::{Ask, Asking};
use super::clock_ask::{Asked, ClockAsk};
use super::form::Form;
use super::grade::Grade;
use super::{clock_view, page};
use crate::book::{Act, Commit, Edit, EntryKey, Proposal, Way};
use crate::catalogue::{Course, Fields, stamp_text};
use crate::definition::Register;
use crate::wording::message;

/// The clock of an entry.
pub struct Clock {
    pub(super) entry: EntryKey,
    /// A step, or behind the last one how many are here.
    pub(super) cursor: usize,
    steady: Steady,
    /// Whether it ran when it was last drawn.
    runs: bool,
}

impl Clock {
    /// The clock of an entry; none where its register has none. One that runs already keeps its time.
    pub fn open(entry: EntryKey, cx: &mut Cx) -> Option<Self> {
        let steady = cx.desk.steady.filter(|steady| steady.is_of(entry));
        let steady = steady.unwrap_or_else(|| Steady::begin(entry, cx.now));
        let mut clock = Self { entry, cursor: 0, steady, runs: false };
        let (today, time) = clock.moment(cx);
        let course = clock.course(cx)?;
        let (runs, next) = (course.gone(today, time).is_some(), course.next());
        clock.cursor = next.unwrap_or(0);
        if !runs {
            clock.steady = Steady::begin(entry, cx.now);
        }
        cx.desk.steady = Some(clock.steady);
        Some(clock)
    }

    pub(super) fn course<'a>(&self, cx: &'a Cx) -> Option<Course<'a>> {
        let reading = cx.reading();
        reading.course(reading.book.entry(self.entry)?)
    }

    fn register<'a>(&self, cx: &'a Cx) -> Option<&'a Register> {
        let reading = cx.reading();
        reading.register(reading.book.entry(self.entry)?)
    }

    /// The book's today and the time of day, by the clock that nobody sets.
    pub(super) fn moment(&self, cx: &Cx) -> (NaiveDate, NaiveTime) {
        let now = self.steady.now();
        let time = now.with_timezone(&cx.session.zone()).time();
        (cx.session.today(now), time)
    }

    /// Takes the host's time anew while nothing runs.
    fn wind(&mut self, cx: &mut Cx) {
        let (today, time) = self.moment(cx);
        if self.course(cx).is_some_and(|course| course.gone(today, time).is_none()) {
            self.steady = Steady::begin(self.entry, cx.now);
            cx.desk.steady = Some(self.steady);
        }
    }

    /// Stamps a step with the present time; where the entry is of another day the time is asked for.
    fn stamp(&mut self, at: usize, cx: &mut Cx) -> Outcome {
        self.wind(cx);
        let (today, time) = self.moment(cx);
        let Some(course) = self.course(cx) else { return Outcome::Close };
        let Some(step) = course.steps.get(at) else { return Outcome::Stay };
        let name = step.step.name.get(cx.lang()).to_owned();
        if step.time.is_some() {
            return Outcome::Say(Notice::said(message!("clock-stamped-already", step = name)));
        }
        if !course.is_today(today, time) {
            let day = course.day().map(|day| day.to_string()).unwrap_or_default();
            let question = message!("clock-ask-time-day", step = name, day = day);
            return self.ask(Asked::Time(at), Ask::text(question), cx);
        }
        let fields = course.stamp(at, &stamp_text(time), cx.lang(), today);
        self.commit(fields, Some(at), cx)
    }

    fn ask(&self, asked: Asked, ask: Ask, cx: &Cx) -> Outcome {
        Outcome::Push(Box::new(Asking::new(ask, ClockAsk::new(self.entry, asked, self.moment(cx)))))
    }

    /// Writes what was stamped, and goes on to the step after it.
    fn commit(&mut self, fields: Fields, stamped: Option<usize>, cx: &mut Cx) -> Outcome {
        let (now, entry) = (cx.now, self.entry);
        let edits = vec![Edit::Set { entry, fields }];
        match cx.session.commit(Proposal { way: Way::Screen, why: None, edits }, now) {
            Ok(_) => {
                if let Some(at) = stamped {
                    self.go(at + 1, cx);
                }
                Outcome::Stay
            }
            Err(error) => Outcome::Say(Notice::wrong(&error)),
        }
    }

    fn go(&mut self, to: usize, cx: &Cx) {
        let course = self.course(cx);
        let last = course.map_or(0, |course| {
            (course.steps.len() + usize::from(course.clock.heads.is_some())).saturating_sub(1)
        });
        self.cursor = to.min(last);
    }

    /// One more or one less; of another day the number is asked for, as the times are.
    fn more_heads(&mut self, by: i64, cx: &mut Cx) -> Outcome {
        let (today, time) = self.moment(cx);
        let Some(course) = self.course(cx) else { return Outcome::Close };
        if course.clock.heads.is_some() && !course.is_today(today, time) {
            let day = course.day().map(|day| day.to_string()).unwrap_or_default();
            let ask = Ask::text(message!("clock-ask-heads-day", day = day));
            return self.ask(Asked::Heads, ask, cx);
        }
        match course.more_heads(by) {
            Some(fields) => self.commit(fields, None, cx),
            None => Outcome::Stay,
        }
    }

    /// Takes back what was stamped here last; what was changed elsewhere since stands in the way.
    fn step_back(&mut self, cx: &mut Cx) -> Outcome {
        let last = match cx.session.undoable() {
            Ok(last) => last,
            Err(error) => return Outcome::Say(Notice::wrong(&error)),
        };
        if !last.is_some_and(|last| self.is_stamp(&last, cx)) {
            return Outcome::Say(Notice::said(message!("clock-nothing-to-undo")));
        }
        let now = cx.now;
        match cx.session.undo(now) {
            Ok(undone) => {
                self.cursor = self.course(cx).and_then(|course| course.next()).unwrap_or(self.cursor);
                Outcome::Say(Notice::undone(&undone, cx))
            }
            Err(error) => Outcome::Say(Notice::wrong(&error)),
        }
    }

    fn is_stamp(&self, commit: &Commit, cx: &Cx) -> bool {
        let Some(course) = self.course(cx) else { return false };
        let problems = self.register(cx).and_then(|register| register.features.problems.as_ref());
        let ours = |field: &str| {
            course.writes_to().any(|id| id == field)
                || problems.is_some_and(|problems| problems.rows == field)
        };
        let [change] = commit.changes.as_slice() else { return false };
        change.entry == self.entry
            && change.act == Act::Set
            && change.fields.iter().all(|one| ours(&one.field))
    }

    /// Asks for the time of the step under the cursor, or how many are here.
    fn ask_time(&self, cx: &Cx) -> Outcome {
        let Some(course) = self.course(cx) else { return Outcome::Close };
        match course.steps.get(self.cursor) {
            Some(step) => {
                let name = step.step.name.get(cx.lang()).to_owned();
                self.ask(Asked::Time(self.cursor), Ask::text(message!("clock-ask-time", step = name)), cx)
            }
            None => self.ask(Asked::Heads, Ask::text(message!("clock-ask-heads")), cx),
        }
    }

    fn ask_note(&mut self, cx: &mut Cx) -> Outcome {
        self.wind(cx);
        // What is noted happened when the key was pressed, not when the words were written.
        let time = stamp_text(self.moment(cx).1);
        let question = message!("clock-ask-note", time = time.clone());
        self.ask(Asked::Note(time), Ask::text(question), cx)
    }

    /// The next step, and behind the last one the grading.
    fn enter(&mut self, cx: &mut Cx) -> Outcome {
        let steps = self.course(cx).map_or(0, |course| course.steps.len());
        if self.cursor + 1 < steps {
            self.go(self.cursor + 1, cx);
            return Outcome::Stay;
        }
        self.grade(cx)
    }

    fn grade(&self, cx: &Cx) -> Outcome {
        match Grade::open(self.entry, cx) {
            Some(grade) => Outcome::Push(Box::new(grade)),
            None => Outcome::Say(Notice::said(message!("grade-nothing"))),
        }
    }
}

impl Layer for Clock {
    fn scope(&self) -> Scope {
        Scope::Clock
    }

    fn is_gone(&self, cx: &Cx) -> bool {
        self.course(cx).is_none()
    }

    fn act(&mut self, action: Action, count: Option<usize>, cx: &mut Cx) -> Outcome {
        let by = count.unwrap_or(1);
        match action {
            Action::Up => self.cursor = self.cursor.saturating_sub(by),
            Action::Down => self.go(self.cursor + by, cx),
            Action::Open => return self.enter(cx),
            Action::HeadsMore => return self.more_heads(1, cx),
            Action::HeadsFewer => return self.more_heads(-1, cx),
            Action::ClockTime => return self.ask_time(cx),
            Action::ClockNote => return self.ask_note(cx),
            Action::ClockProblem
                if self.register(cx).is_none_or(|register| register.features.problems.is_none()) =>
            {
                return Outcome::Say(Notice::said(message!("clock-no-problems")));
            }
            Action::ClockProblem => {
                return self.ask(Asked::Problem, Ask::text(message!("clock-ask-problem")), cx);
            }
            Action::Undo => return self.step_back(cx),
            Action::Evaluate => return self.grade(cx),
            Action::Edit => {
                return Form::edit(self.entry, cx)
                    .map_or(Outcome::Stay, |form| Outcome::Push(Box::new(form)));
            }
            Action::History => return Outcome::Push(Box::new(page::history(self.entry, cx))),
            _ => return Outcome::Pass,
        }
        Outcome::Stay
    }

    fn key(&mut self, key: Key, cx: &mut Cx) -> Outcome {
        let digit = key.typed().and_then(|c| c.to_digit(10)).and_then(|digit| usize::try_from(digit).ok());
        match digit.and_then(|digit| digit.checked_sub(1)) {
            Some(at) => self.stamp(at, cx),
            None => Outcome::Stay,
        }
    }

    fn answered(&mut self, answer: Answer, cx: &mut Cx) -> Outcome {
        if let Answer::Picked(stamped) = answer {
            self.go(stamped + 1, cx);
        }
        Outcome::Stay
    }

    fn wake(&self) -> Option<Duration> {
        self.runs.then(|| self.steady.until_next_second())
    }

    fn draw(&mut self, buffer: &mut Buffer, area: Rect, cx: &Cx) {
        self.runs = clock_view::draw(self, buffer, area, cx);
    }

    fn hints(&self, _cx: &Cx) -> Vec<Action> {
        vec![
            Action::HeadsMore,
            Action::ClockTime,
            Action::ClockNote,
            Action::ClockProblem,
            Action::Undo,
            Action::Evaluate,
            Action::Back,
        ]
    }
}
