//! What is due: drills, open problems and reviews, by their dates.

use std::collections::BTreeMap;

use chrono::{Days, Months, NaiveDate};

use super::problems::{Problem, problems};
use super::windows::{PlanWindows, drill_windows};
use crate::book::{Cell, Date, Entry, EntryKey};
use crate::catalogue::{ASIDE, Due as Ahead, REVIEW, Reading};
use crate::wording::Label;

/// From how many days before its last day on a drill wants to be held.
pub const DRILL_AHEAD: u64 = 60;

/// From how many days before its date on something else counts as near.
pub const DATED_AHEAD: u64 = 30;

/// Something that is due.
#[derive(Debug, Clone)]
pub struct Due {
    /// The entry it is about.
    pub entry: EntryKey,
    /// Until when; none where nobody set a day.
    pub on: Option<NaiveDate>,
    /// What is to be done.
    pub what: Duty,
}

/// What is to be done.
#[derive(Debug, Clone)]
pub enum Duty {
    /// A plan is to be drilled.
    Drill(PlanWindows),
    /// A problem is to be closed.
    Problem(Problem),
    /// An entry is to be reviewed.
    Review,
    /// Something else is to be done until a date of the entry.
    Dated(Label),
}

impl Due {
    /// How many days are left; below zero where it is overdue.
    pub fn days(&self, today: NaiveDate) -> Option<i64> {
        Some(self.on?.signed_duration_since(today).num_days())
    }
}

/// What is due on a day or soon after it, the earliest first; whatever has no day comes last. An evaluation lasts so
/// many months. With `all` also what is far off.
pub fn due(reading: &Reading, today: NaiveDate, months: u32, all: bool) -> Vec<Due> {
    let until = today.checked_add_days(Days::new(DRILL_AHEAD)).filter(|_| !all).unwrap_or(NaiveDate::MAX);
    let mut found = drills(reading, today, until);
    let open = problems(reading, today).into_iter().filter(|problem| problem.standing.is_open());
    found.extend(open.map(|problem| Due {
        entry: problem.entry,
        on: problem.due.map(Date::last),
        what: Duty::Problem(problem),
    }));
    found.extend(reviews(reading, today, months, all));
    found.extend(dated(reading, today).into_iter().filter(|due| due.on.is_some_and(|on| on <= until)));
    found.sort_by_key(|due| (due.on.unwrap_or(NaiveDate::MAX), due.entry));
    found
}

/// Reviews as home counts them: by their own day, or where nobody has looked for as long as the book allows.
fn reviews(reading: &Reading, today: NaiveDate, months: u32, all: bool) -> Vec<Due> {
    let ahead = if all {
        Ahead { until: NaiveDate::MAX, limit: NaiveDate::MAX }
    } else {
        Ahead::ahead(today, months)
    };
    let mut found = Vec::new();
    for register in reading.definitions.registers().iter().filter(|register| register.home) {
        let date = |entry: &Entry, field: &str| match reading.book.cell(entry, field) {
            Cell::Date(date) => Some(*date),
            _ => None,
        };
        for entry in reading.book.entries(&register.id).iter().filter_map(|key| reading.book.entry(*key)) {
            let own = date(entry, REVIEW).filter(|day| day.first() < ahead.until).map(Date::last);
            let lasts = reading.last_look(entry).filter(|day| *day < ahead.limit);
            let lasts = lasts.and_then(|day| day.checked_add_months(Months::new(months)));
            // What a review set aside until a day is not due before it.
            let aside = date(entry, ASIDE).map(Date::last);
            let lasts = lasts.map(|day| aside.map_or(day, |aside| day.max(aside)));
            let lasts = lasts.filter(|day| all || aside.is_none() || *day < ahead.until);
            let on = own.into_iter().chain(lasts).min();
            found.extend(on.map(|on| Due { entry: entry.key, on: Some(on), what: Duty::Review }));
        }
    }
    found
}

fn drills(reading: &Reading, today: NaiveDate, until: NaiveDate) -> Vec<Due> {
    let plans = drill_windows(reading, today).into_iter().filter(|plan| plan.due <= until);
    plans.map(|plan| Due { entry: plan.plan, on: Some(plan.due), what: Duty::Drill(plan) }).collect()
}

/// What registers say is to be done until a date.
fn dated(reading: &Reading, today: NaiveDate) -> Vec<Due> {
    let mut found = Vec::new();
    for register in reading.definitions.registers() {
        for deadline in &register.features.dues {
            let mut keys = reading.book.entries(&register.id).to_vec();
            if let Some(asked) = &deadline.of {
                // A query that cannot be read was refused with its file.
                let Ok(filter) = reading.filter(register, &asked.query, today) else { continue };
                filter
                    .prepare(reading.book, reading.definitions, reading.words)
                    .keep(&register.id, &mut keys);
            }
            let entries = keys.iter().filter_map(|key| reading.book.entry(*key));
            found.extend(entries.filter_map(|entry| match reading.book.cell(entry, &deadline.date) {
                Cell::Date(date) => {
                    let what = Duty::Dated(deadline.what.clone());
                    Some(Due { entry: entry.key, on: Some(date.last()), what })
                }
                _ => None,
            }));
        }
    }
    found
}

/// Entries of one register that want something: its id, they, and the earliest day.
pub type Wanting = (String, Vec<EntryKey>, Option<NaiveDate>);

/// The entries that want a drill soon, those with open problems, and those with another date that is near or past, by
/// their registers: what home counts and opens.
pub fn opening(reading: &Reading, today: NaiveDate) -> [Vec<Wanting>; 3] {
    let until = today.checked_add_days(Days::new(DRILL_AHEAD)).unwrap_or(today);
    let soon = drills(reading, today, until).into_iter().map(|due| (due.entry, due.on));
    let open = problems(reading, today).into_iter().filter(|problem| problem.standing.is_open());
    let open = open.map(|problem| (problem.entry, problem.due.map(Date::last)));
    let near = today.checked_add_days(Days::new(DATED_AHEAD)).unwrap_or(today);
    let dated = dated(reading, today).into_iter().filter(|due| due.on.is_some_and(|on| on <= near));
    let dated = dated.map(|due| (due.entry, due.on));
    [by_register(reading, soon), by_register(reading, open), by_register(reading, dated)]
}

fn by_register(
    reading: &Reading,
    found: impl Iterator<Item = (EntryKey, Option<NaiveDate>)>,
) -> Vec<Wanting> {
    let mut all: BTreeMap<String, (Vec<EntryKey>, Option<NaiveDate>)> = BTreeMap::new();
    for (key, on) in found {
        let Some(entry) = reading.book.entry(key) else { continue };
        let (keys, earliest) = all.entry(reading.book.register_id(entry.register).to_owned()).or_default();
        // What one entry wants comes together.
        if keys.last() != Some(&key) {
            keys.push(key);
        }
        *earliest = earliest.iter().copied().chain(on).min();
    }
    all.into_iter().map(|(register, (keys, on))| (register, keys, on)).collect()
}
