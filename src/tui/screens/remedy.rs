//! Closing a problem: when its measure was done, who confirmed it, and which later entry or check shows that it works.
//!
//! Each answer is held against what closes a problem before the next is asked; what is refused stays to be mended.

use super::super::layer::{Cx, Outcome};
use super::super::notice::Notice;
use super::ask::{Ask, Asking, Take};
use super::detail::problem_line;
use crate::audit::{Lack, Problem, Standing, problems_of, standing_of};
use crate::book::{Cell, Edit, EntryKey, Plain, Proposal, Row, Value, Way};
use crate::definition::{Field, Kind, Problems, Register};
use crate::wording::{Message, Tell, message};

/// A problem being closed.
#[derive(Clone)]
pub struct Remedy {
    entry: EntryKey,
    row: usize,
    /// The words of the problem: another in its place is another problem.
    words: String,
    step: Step,
    /// What was answered, by the ids of the columns.
    cells: Vec<(String, Plain)>,
}

/// What is asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Step {
    Measure,
    Closed,
    Confirmed,
    Proof,
}

/// Asks how a problem of an entry was closed: the one in this row, else the first that is open; none where there is
/// none such.
pub fn close(entry: EntryKey, row: Option<usize>, cx: &Cx) -> Option<Asking<Remedy>> {
    let reading = cx.reading();
    let problems = problems_of(&reading, reading.book.entry(entry)?, cx.today());
    let open = |problem: &&Problem| problem.standing.is_open();
    let problem = match row {
        Some(row) => problems.iter().find(|problem| problem.row == row)?,
        None => problems.iter().find(open)?,
    };
    let lacks = match &problem.standing {
        Standing::Open(lacks) => lacks.as_slice(),
        _ => &[],
    };
    let step = if lacks.contains(&Lack::Measure) { Step::Measure } else { Step::Closed };
    let (row, words) = (problem.row, problem.words.clone());
    Some(Remedy { entry, row, words, step, cells: Vec::new() }.asking(cx))
}

impl Remedy {
    /// The register, how it keeps problems, and the columns of a problem.
    fn place<'a>(&self, cx: &'a Cx) -> Option<(&'a Register, &'a Problems, &'a [Field])> {
        let reading = cx.reading();
        let register = reading.register(reading.book.entry(self.entry)?)?;
        let problems = register.features.problems.as_ref()?;
        let Kind::Rows(columns) = &register.field(&problems.rows)?.kind else { return None };
        Some((register, problems, columns))
    }

    /// The row as it is with what was answered; none where another problem stands there.
    fn with_answers(&self, cx: &Cx) -> Option<(Vec<Row>, Row)> {
        let (_, problems, _) = self.place(cx)?;
        let reading = cx.reading();
        let Cell::Rows(rows) = reading.book.cell(reading.book.entry(self.entry)?, &problems.rows) else {
            return None;
        };
        let mut rows = rows.to_vec();
        let row = rows.get_mut(self.row)?;
        let same = matches!(row.get(&problems.problem), Some(Plain::Text(words)) if *words == self.words);
        for (id, cell) in &self.cells {
            row.0.retain(|(known, _)| known != id);
            row.0.push((id.clone(), cell.clone()));
        }
        let row = row.clone();
        same.then_some((rows, row))
    }

    fn standing(&self, row: &Row, cx: &Cx) -> Option<Standing> {
        let reading = cx.reading();
        standing_of(&reading, reading.book.entry(self.entry)?, row, cx.today())
    }

    /// The question of this step, with what is likely in it.
    fn asking(self, cx: &Cx) -> Asking<Self> {
        let words = self.words.clone();
        let row = self.with_answers(cx).map(|(_, row)| row).unwrap_or_default();
        let there = |column: Option<&String>| match column.and_then(|column| row.get(column)) {
            Some(Plain::Text(words)) => words.clone(),
            Some(Plain::Date(date)) => date.to_string(),
            _ => String::new(),
        };
        let problems = self.place(cx).map(|(_, problems, _)| problems);
        let (question, likely) = match self.step {
            Step::Measure => (message!("remedy-measure", words = words), String::new()),
            Step::Closed => {
                let closed = there(problems.map(|problems| &problems.closed));
                let today = || cx.today().to_string();
                let closed = Some(closed).filter(|closed| !closed.is_empty()).unwrap_or_else(today);
                (message!("remedy-closed", words = words), closed)
            }
            Step::Confirmed => {
                let owner = there(problems.map(|problems| &problems.owner));
                let confirmed = there(problems.map(|problems| &problems.confirmed));
                (message!("remedy-confirmed", words = words, owner = owner), confirmed)
            }
            Step::Proof => {
                let check = there(problems.and_then(|problems| problems.check.as_ref()));
                let likely = if check.is_empty() { self.later(cx) } else { check };
                (message!("remedy-proof", words = words), likely)
            }
        };
        let ask = Ask::filled(question, &likely);
        Asking::new(if self.step == Step::Proof { ask.optional() } else { ask }, self)
    }

    /// The last entry by which it would be closed; empty where there is none.
    fn later(&self, cx: &Cx) -> String {
        let reading = cx.reading();
        let Some((register, problems, _)) = self.place(cx) else { return String::new() };
        let proves = |key: &&EntryKey| {
            let mut tried = self.clone();
            tried.cells.push((problems.retest.clone(), Plain::Links(vec![**key])));
            let row = tried.with_answers(cx).map(|(_, row)| row);
            row.and_then(|row| tried.standing(&row, cx)).is_some_and(|standing| !standing.is_open())
        };
        let last = reading.book.entries(&register.id).iter().rev().find(proves);
        last.map_or_else(String::new, |key| reading.book.serial(*key).to_owned())
    }

    /// What was answered as cells of the row.
    fn read(&self, said: &str, cx: &Cx) -> Result<Vec<(String, Plain)>, Message> {
        let Some((_, problems, columns)) = self.place(cx) else { return Ok(Vec::new()) };
        let reading = cx.reading();
        let enter = |id: &String| {
            let column = columns.iter().find(|column| column.id == *id);
            let value = column.map(|column| reading.enter(column, said, cx.today())).transpose();
            let value = value.map_err(|error| error.message())?.flatten();
            let cell = value.and_then(|value| Plain::try_from(value).ok());
            Ok(cell.map(|cell| (id.clone(), cell)).into_iter().collect::<Vec<_>>())
        };
        match self.step {
            Step::Measure => enter(&problems.measure),
            Step::Closed => enter(&problems.closed),
            Step::Confirmed => enter(&problems.confirmed),
            // What names entries is where it was tried again; everything else is another check.
            Step::Proof => match (enter(&problems.retest), &problems.check) {
                (Err(_), Some(check)) => enter(check),
                (retest, _) => retest,
            },
        }
    }

    /// Why what was answered does not do.
    fn refusal(&self, cx: &Cx) -> Option<Message> {
        let Some((_, row)) = self.with_answers(cx) else { return Some(message!("remedy-gone")) };
        match (self.step, self.standing(&row, cx)?) {
            (Step::Closed, Standing::Open(lacks)) if lacks.contains(&Lack::Later) => {
                Some(message!("remedy-later"))
            }
            (Step::Confirmed, Standing::Open(lacks)) if lacks.contains(&Lack::Own) => {
                Some(message!("remedy-own"))
            }
            (Step::Proof, Standing::Untested(named)) if !named.is_empty() => {
                let named: Vec<&str> = named.iter().map(|key| cx.session.book().serial(*key)).collect();
                Some(message!("remedy-no-proof", named = named.join(" ")))
            }
            _ => None,
        }
    }

    fn save(&self, cx: &mut Cx) -> Outcome {
        let rows = self.place(cx).map(|(_, problems, _)| problems.rows.clone());
        let (Some(id), Some((rows, _))) = (rows, self.with_answers(cx)) else {
            return Outcome::CloseSaying(Notice::refused(message!("remedy-gone")));
        };
        let fields = vec![(id, Some(Value::Rows(rows)))];
        let (now, edits) = (cx.now, vec![Edit::Set { entry: self.entry, fields }]);
        match cx.session.commit(Proposal { way: Way::Screen, why: None, edits }, now) {
            Ok(_) => {
                let reading = cx.reading();
                let entry = reading.book.entry(self.entry);
                let problems =
                    entry.map(|entry| problems_of(&reading, entry, cx.today())).unwrap_or_default();
                let problem = problems.iter().find(|problem| problem.row == self.row);
                let serial = reading.book.serial(self.entry).to_owned();
                let how = problem.map(|problem| cx.render(&problem_line(problem, cx))).unwrap_or_default();
                Outcome::Saved(
                    Notice::said(message!("remedy-saved", serial = serial, how = how)),
                    Some(self.entry),
                )
            }
            Err(error) => Outcome::Say(Notice::wrong(&error)),
        }
    }
}

impl Take for Remedy {
    fn is_gone(&self, cx: &Cx) -> bool {
        self.with_answers(cx).is_none()
    }

    fn take(&mut self, words: &str, cx: &mut Cx) -> Outcome {
        let mut next = self.clone();
        match self.read(words, cx) {
            Ok(cells) => next.cells.extend(cells),
            Err(message) => return Outcome::Say(Notice::refused(message)),
        }
        if let Some(refusal) = next.refusal(cx) {
            return Outcome::Say(Notice::refused(refusal));
        }
        next.step = match self.step {
            Step::Measure => Step::Closed,
            Step::Closed => Step::Confirmed,
            Step::Confirmed => Step::Proof,
            Step::Proof => return next.save(cx),
        };
        Outcome::Replace(Box::new(next.asking(cx)))
    }
}
