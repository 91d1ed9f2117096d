//! What the drill clock asks for in words: a time, how many are here, a note, a problem. What is refused stays in the
//! line to be mended: no digit of it falls on the clock below and stamps a step.

use super::super::layer::{Answer, Cx, Outcome};
use super::super::notice::Notice;
use super::ask::Take;
use crate::book::{Cell, Edit, EntryKey, Plain, Proposal, Row, Value, Way};
use crate::catalogue::{Course, Fields, odd_heads, too_long_note, too_many_heads};
use crate::definition::Register;
use crate::wording::{Message, Tell, message};
use chrono::{NaiveDate, NaiveTime};

/// What is asked for.
pub(super) enum Asked {
    /// A note, at this time.
    Note(String),
    Problem,
    /// The time of a step.
    Time(usize),
    Heads,
}

/// Takes what was asked for; it hands down the step that it stamped.
pub(super) struct ClockAsk {
    entry: EntryKey,
    asked: Asked,
    /// The book's today and the time when it was asked.
    moment: (NaiveDate, NaiveTime),
    /// What was typed and is hardly meant; the same once more is taken.
    doubted: Option<String>,
}

impl ClockAsk {
    pub(super) fn new(entry: EntryKey, asked: Asked, moment: (NaiveDate, NaiveTime)) -> Self {
        Self { entry, asked, moment, doubted: None }
    }

    fn course<'a>(&self, cx: &'a Cx) -> Option<Course<'a>> {
        let reading = cx.reading();
        reading.course(reading.book.entry(self.entry)?)
    }

    fn register<'a>(&self, cx: &'a Cx) -> Option<&'a Register> {
        let reading = cx.reading();
        reading.register(reading.book.entry(self.entry)?)
    }

    fn time(&self, at: usize, text: &str, cx: &Cx) -> Result<Fields, (Message, bool)> {
        let (Some(course), Some(register)) = (self.course(cx), self.register(cx)) else {
            return Ok(Vec::new());
        };
        let Some(column) = register.stamp_column() else { return Ok(Vec::new()) };
        let entered = cx.reading().enter(column, text, cx.today());
        let Some(Value::Text(time)) = entered.map_err(|error| (error.message(), false))? else {
            return Err((message!("enter-not-a-time", said = text.to_owned()), false));
        };
        let doubt = course.doubt(at, &time, self.moment);
        match doubt.filter(|_| self.doubted.as_deref() != Some(text)) {
            Some(doubt) => Err((message!("clock-doubt", what = cx.render(&doubt)), true)),
            None => Ok(course.stamp(at, &time, cx.lang(), cx.today())),
        }
    }

    /// How many are here, and behind a stroke how many were expected.
    fn heads(&self, text: &str, cx: &Cx) -> Result<Fields, (Message, bool)> {
        let heads = self.course(cx).and_then(|course| course.clock.heads.clone());
        let (Some([planned, actual]), Some(register)) = (heads, self.register(cx)) else {
            return Ok(Vec::new());
        };
        let narrow: String = text.chars().map(crate::text::narrow).collect();
        let (here, expected) = narrow.split_once('/').map_or((narrow.as_str(), None), |(a, b)| (a, Some(b)));
        let mut fields = Fields::new();
        for (id, said) in [(actual.clone(), Some(here)), (planned.clone(), expected)] {
            let (Some(field), Some(said)) = (register.field(&id), said) else { continue };
            let value = cx.reading().enter(field, said, cx.today());
            let value = value.map_err(|error| (error.message(), false))?;
            if let Some(many) = too_many_heads(value.as_ref()) {
                return Err((many, false));
            }
            fields.extend(value.map(|value| (id, Some(value))));
        }
        let typed =
            |id: &String| fields.iter().find(|(known, _)| known == id).and_then(|(_, value)| value.as_ref());
        let expected = match typed(&planned) {
            Some(Value::Number(expected)) => Some(*expected),
            _ => self.course(cx).and_then(|course| course.heads.first().copied().flatten()),
        };
        let odd = odd_heads(typed(&actual), expected).filter(|_| self.doubted.as_deref() != Some(text));
        if let Some(odd) = odd {
            return Err((message!("clock-doubt", what = cx.render(&odd)), true));
        }
        Ok(fields)
    }

    fn problem(&self, text: &str, cx: &Cx) -> Fields {
        let reading = cx.reading();
        let problems = self.register(cx).and_then(|register| register.features.problems.as_ref());
        let (Some(problems), Some(entry)) = (problems, reading.book.entry(self.entry)) else {
            return Vec::new();
        };
        let mut rows = match reading.book.cell(entry, &problems.rows) {
            Cell::Rows(rows) => rows.to_vec(),
            _ => Vec::new(),
        };
        rows.push(Row(vec![(problems.problem.clone(), Plain::Text(text.to_owned()))]));
        vec![(problems.rows.clone(), Some(Value::Rows(rows)))]
    }
}

impl Take for ClockAsk {
    fn is_gone(&self, cx: &Cx) -> bool {
        self.course(cx).is_none()
    }

    fn take(&mut self, text: &str, cx: &mut Cx) -> Outcome {
        // Heads are written as no time is: they are taken whatever was asked for.
        let heads = matches!(self.asked, Asked::Time(_)) && text.contains(['/', '／']);
        let fields = match &self.asked {
            Asked::Note(_) if let Some(long) = too_long_note(text) => Err((long, false)),
            Asked::Note(time) => Ok(self.course(cx).map_or_else(Vec::new, |course| course.note(time, text))),
            Asked::Problem => Ok(self.problem(text, cx)),
            Asked::Time(_) if heads => self.heads(text, cx),
            Asked::Time(at) => self.time(*at, text, cx),
            Asked::Heads => self.heads(text, cx),
        };
        let fields = match fields {
            Ok(fields) => fields,
            Err((message, doubt)) => {
                self.doubted = doubt.then(|| text.to_owned());
                return Outcome::Say(Notice::refused(message));
            }
        };
        let (now, edits) = (cx.now, vec![Edit::Set { entry: self.entry, fields }]);
        match cx.session.commit(Proposal { way: Way::Screen, why: None, edits }, now) {
            Ok(_) => match self.asked {
                Asked::Time(at) if !heads => Outcome::Answer(Answer::Picked(at)),
                _ => Outcome::Close,
            },
            Err(error) => Outcome::Say(Notice::wrong(&error)),
        }
    }
}
