//! Problems of an entry: open, measure done but not tried again, or closed, and why.
//!
//! A measure is not proof. A problem is closed only when its measure is done and confirmed, and a later drill or
//! another check names it.

use chrono::NaiveDate;

use crate::book::{Cell, Date, Entry, EntryKey, Plain, Row};
use crate::catalogue::Reading;
use crate::definition::{Problems, Register};
use crate::wording::{Message, message};

/// One problem.
#[derive(Debug, Clone)]
pub struct Problem {
    /// The entry it was found in.
    pub entry: EntryKey,
    /// Which row it is there, from 0.
    pub row: usize,
    /// What is wrong.
    pub words: String,
    /// Who does something about it.
    pub owner: String,
    /// Until when.
    pub due: Option<Date>,
    /// How far it is.
    pub standing: Standing,
}

/// How far a problem is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Standing {
    /// The measure is not done; this is what it lacks.
    Open(Vec<Lack>),
    /// The measure is done, and nothing shows that it works; the entries named do not.
    Untested(Vec<EntryKey>),
    /// Closed by a later entry, or by another check.
    Closed(String),
}

/// What a measure lacks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Lack {
    /// There is none.
    Measure,
    /// It is not done.
    Closed,
    /// It is to be done in the future only.
    Later,
    /// Nobody confirmed it.
    Confirmed,
    /// Who did it confirmed it too: nobody verifies what is his own.
    Own,
}

impl Standing {
    /// Whether it wants something still.
    pub fn is_open(&self) -> bool {
        !matches!(self, Standing::Closed(_))
    }

    /// The name scripts know it by.
    pub fn code(&self) -> &'static str {
        match self {
            Standing::Open(_) => "open",
            Standing::Untested(_) => "not-retested",
            Standing::Closed(_) => "closed",
        }
    }

    /// How far it is and why, in a sentence.
    pub fn message(&self, reading: &Reading) -> Message {
        match self {
            Standing::Open(lacks) => {
                let say = |lack: &Lack| {
                    reading.wording.say(match lack {
                        Lack::Measure => "lack-measure",
                        Lack::Closed => "lack-closed",
                        Lack::Later => "lack-later",
                        Lack::Confirmed => "lack-confirmed",
                        Lack::Own => "lack-own",
                    })
                };
                let lacks: Vec<String> = lacks.iter().map(say).collect();
                message!("problem-open", lacks = lacks.join(&reading.wording.say("list-comma")))
            }
            Standing::Untested(named) => {
                let named: Vec<&str> = named.iter().map(|key| reading.book.serial(*key)).collect();
                message!("problem-untested", named = named.join(" "))
            }
            Standing::Closed(by) => message!("problem-closed", by = by.clone()),
        }
    }
}

/// Every problem of every register that keeps them.
pub fn problems(reading: &Reading, today: NaiveDate) -> Vec<Problem> {
    let registers = reading.definitions.registers().iter();
    let keeping = registers.filter(|register| register.features.problems.is_some());
    let keys = keeping.flat_map(|register| reading.book.entries(&register.id));
    let entries = keys.filter_map(|key| reading.book.entry(*key));
    entries.flat_map(|entry| problems_of(reading, entry, today)).collect()
}

/// The problems of an entry.
pub fn problems_of(reading: &Reading, entry: &Entry, today: NaiveDate) -> Vec<Problem> {
    let Some(register) = reading.register(entry) else { return Vec::new() };
    let Some(names) = &register.features.problems else { return Vec::new() };
    let Cell::Rows(rows) = reading.book.cell(entry, &names.rows) else { return Vec::new() };
    let one = |(at, row): (usize, &Row)| Problem {
        entry: entry.key,
        row: at,
        words: text(row, &names.problem).to_owned(),
        owner: text(row, &names.owner).to_owned(),
        due: date(row, &names.due),
        standing: standing(reading, (register, names), entry, row, today),
    };
    rows.iter().enumerate().filter(|(_, row)| !row.0.is_empty()).map(one).collect()
}

/// How far a problem of an entry would be, were this its row; none where the entry keeps no problems.
pub fn standing_of(reading: &Reading, entry: &Entry, row: &Row, today: NaiveDate) -> Option<Standing> {
    let register = reading.register(entry)?;
    let names = register.features.problems.as_ref()?;
    Some(standing(reading, (register, names), entry, row, today))
}

fn standing(
    reading: &Reading,
    (register, names): (&Register, &Problems),
    entry: &Entry,
    row: &Row,
    today: NaiveDate,
) -> Standing {
    let closed = date(row, &names.closed);
    let (owner, confirmed) = (text(row, &names.owner).trim(), text(row, &names.confirmed).trim());
    let lacks = [
        (text(row, &names.measure).is_empty(), Lack::Measure),
        (closed.is_none(), Lack::Closed),
        (closed.is_some_and(|closed| closed.first() > today), Lack::Later),
        (confirmed.is_empty(), Lack::Confirmed),
        (!owner.is_empty() && owner == confirmed, Lack::Own),
    ];
    let lacks: Vec<Lack> = lacks.into_iter().filter(|(lacks, _)| *lacks).map(|(_, lack)| lack).collect();
    if !lacks.is_empty() {
        return Standing::Open(lacks);
    }
    let check = names.check.as_ref().map_or("", |check| text(row, check));
    if !check.is_empty() {
        return Standing::Closed(check.to_owned());
    }
    let named = match row.get(&names.retest) {
        Some(Plain::Links(keys)) => keys.as_slice(),
        _ => &[],
    };
    let day = |entry: &Entry| match reading.book.cell(entry, &names.day) {
        Cell::Date(date) => Some(date.first()),
        _ => None,
    };
    // It has to come after what it tries again, and after the measure; and to have taken place.
    let after = day(entry).max(closed.map(Date::first));
    let held = register.features.windows.as_ref().map(|windows| &windows.held);
    let of = register.features.windows.as_ref().map(|windows| &windows.of);
    // Another plan is another drill: it does not try again what failed in this one.
    let alike = |other: &Entry| {
        of.is_none_or(|of| match (reading.book.cell(entry, of), reading.book.cell(other, of)) {
            (Cell::Links(here), Cell::Links(there)) => here.iter().any(|plan| there.contains(plan)),
            (Cell::Links(_), _) => false,
            _ => true,
        })
    };
    let proves = |key: &&EntryKey| {
        reading.book.entry(**key).is_some_and(|other| {
            let later =
                day(other).is_some_and(|on| Some(on) >= after && on <= today && day(entry) < Some(on));
            later && alike(other) && held.is_none_or(|held| !reading.book.cell(other, held).is_empty())
        })
    };
    match named.iter().find(proves) {
        Some(key) => Standing::Closed(reading.book.serial(*key).to_owned()),
        None => Standing::Untested(named.to_vec()),
    }
}

/// The words in a column of a row.
pub fn text<'r>(row: &'r Row, column: &str) -> &'r str {
    match row.get(column) {
        Some(Plain::Text(words)) => words,
        _ => "",
    }
}

fn date(row: &Row, column: &str) -> Option<Date> {
    match row.get(column) {
        Some(Plain::Date(date)) => Some(*date),
        _ => None,
    }
}
