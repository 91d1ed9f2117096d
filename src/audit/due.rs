//! What is due: drills, open problems, reviews, months, and whatever registers say by a date.

use std::collections::BTreeMap;

use chrono::{Days, Months, NaiveDate};

use super::accept::Accepted;
use super::check::matching;
use super::departments::{departments_of, head_of};
use super::months::{begun, held, lacking, month_end};
use super::problems::{Problem, problems};
use super::windows::{PlanWindows, drill_windows};
use crate::book::{self, Cell, Date, Entry, EntryKey};
use crate::catalogue::{ASIDE, Due as Ahead, REVIEW, Reading};
use crate::definition::{self, Deadline, Finds, Register, When};
use crate::scoring::Decimal;
use crate::wording::Label;

/// From how many days before its last day on a drill wants to be held.
pub const DRILL_AHEAD: u64 = 60;

/// From how many days before its date on something else counts as near.
pub const DATED_AHEAD: u64 = 30;

/// The field that says who answers for an entry that is to be reviewed.
const OWNER: &str = "owner";

/// Something that is due.
#[derive(Debug, Clone)]
pub struct Due {
    /// The entry it is about.
    pub entry: EntryKey,
    /// Until when; none where nobody set a day.
    pub on: Option<NaiveDate>,
    /// What is to be done.
    pub what: Duty,
    /// Who answers for it: who is named, else the head of the department; empty where nothing says so.
    pub who: String,
    /// The departments it lies with.
    pub departments: Vec<EntryKey>,
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
    Dated(Dated),
    /// Something is to be there for a month.
    Month(Monthly),
}

/// Something that a register says is to be done.
#[derive(Debug, Clone)]
pub struct Dated {
    /// What.
    pub what: Label,
    /// The date by which it is known among the duties of its entry: the id of a field.
    pub date: String,
    /// The date that says it was done.
    pub done: Option<String>,
    /// Whether it is done by a new entry like this one.
    pub again: bool,
}

/// Something that has to be there for a month.
#[derive(Debug, Clone)]
pub struct Monthly {
    /// The month, by its number.
    pub month: i32,
    /// The check that asks for it.
    pub check: String,
    /// What counts for it.
    pub counts: definition::Months,
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
    found.extend(open.map(|problem| {
        let (entry, on, owner) = (problem.entry, problem.due.map(Date::last), problem.owner.clone());
        answered(reading, entry, on, (Duty::Problem(problem), owner))
    }));
    found.extend(reviews(reading, today, months, all));
    found.extend(dated(reading, today).into_iter().filter(|due| due.on.is_none_or(|on| on <= until)));
    found.extend(monthly(reading, today));
    found.sort_by_key(|due| (due.on.unwrap_or(NaiveDate::MAX), due.entry));
    found
}

/// A duty with who answers for it.
fn answered(reading: &Reading, key: EntryKey, on: Option<NaiveDate>, (what, owner): (Duty, String)) -> Due {
    let departments = departments_of(reading, key);
    let who = if owner.trim().is_empty() {
        let mut heads: Vec<String> = departments.iter().map(|key| head_of(reading, *key)).collect();
        heads.retain(|head| !head.trim().is_empty());
        heads.join(&reading.wording.say("list-comma"))
    } else {
        owner.trim().to_owned()
    };
    Due { entry: key, on, what, who, departments }
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
        for entry in reading.book.entries(&register.id).iter().filter_map(|key| reading.book.entry(*key)) {
            let own = date(reading, entry, REVIEW).filter(|day| day.first() < ahead.until).map(Date::last);
            let lasts = reading.last_look(entry).filter(|day| *day < ahead.limit);
            let lasts = lasts.and_then(|day| day.checked_add_months(Months::new(months)));
            // What a review set aside until a day is not due before it.
            let aside = date(reading, entry, ASIDE).map(Date::last);
            let lasts = lasts.map(|day| aside.map_or(day, |aside| day.max(aside)));
            let lasts = lasts.filter(|day| all || aside.is_none() || *day < ahead.until);
            let on = own.into_iter().chain(lasts).min();
            let due =
                |on| answered(reading, entry.key, Some(on), (Duty::Review, said(reading, entry, OWNER)));
            found.extend(on.map(due));
        }
    }
    found
}

fn drills(reading: &Reading, today: NaiveDate, until: NaiveDate) -> Vec<Due> {
    let plans = drill_windows(reading, today).into_iter().filter(|plan| plan.due <= until);
    let due =
        |plan: PlanWindows| answered(reading, plan.plan, Some(plan.due), (Duty::Drill(plan), String::new()));
    plans.map(due).collect()
}

/// What registers say is to be done.
fn dated(reading: &Reading, today: NaiveDate) -> Vec<Due> {
    let mut found = Vec::new();
    for register in reading.definitions.registers() {
        for deadline in &register.features.dues {
            let mut keys = matching(reading, &register.id, deadline.of.as_ref(), today);
            if let Some(same) = &deadline.newest {
                keep_newest(reading, register, same, &mut keys);
            }
            for entry in keys.iter().filter_map(|key| reading.book.entry(*key)) {
                let on = match falls(reading, entry, deadline) {
                    Some(Falls::On(day)) => Some(day),
                    Some(Falls::Now) => None,
                    None => continue,
                };
                let owner = deadline.owner.as_ref().map(|owner| said(reading, entry, owner));
                let (what, date) = (deadline.what.clone(), deadline.date().to_owned());
                let again = deadline.newest.is_some();
                let duty = Duty::Dated(Dated { what, date, done: deadline.done.clone(), again });
                found.push(answered(reading, entry.key, on, (duty, owner.unwrap_or_default())));
            }
        }
    }
    found
}

/// Keeps of those entries that say the same in some fields the latest: what it asks for is asked once. Where the
/// register does not say which date that goes by, the one entered last.
fn keep_newest(reading: &Reading, register: &Register, same: &[String], keys: &mut Vec<EntryKey>) {
    let book = reading.book;
    let said = |entry: &Entry| same.iter().map(|field| book.value(entry, field)).collect::<Vec<_>>();
    let day = |entry: &Entry| date(reading, entry, &register.features.again.as_ref()?.day).map(Date::last);
    let of = |key: &EntryKey| book.entry(*key);
    let later = |one: &Entry, other: &Entry| (day(one), one.key) > (day(other), other.key);
    let all: Vec<&Entry> = book.entries(&register.id).iter().filter_map(of).collect();
    keys.retain(|key| {
        let Some(entry) = of(key) else { return false };
        !all.iter().any(|other| later(other, entry) && said(other) == said(entry))
    });
}

/// When a duty falls due.
enum Falls {
    /// At once: it was never done, and nothing says from when it counts.
    Now,
    /// On a day.
    On(NaiveDate),
}

/// When a duty of an entry falls due; none where it does not at all.
fn falls(reading: &Reading, entry: &Entry, deadline: &Deadline) -> Option<Falls> {
    match &deadline.when {
        When::On(field) => Some(Falls::On(date(reading, entry, field)?.last())),
        When::Again { since, first, months, own } => {
            let own = own.as_ref().and_then(|own| match reading.book.cell(entry, own) {
                Cell::Number(number) => whole(*number),
                _ => None,
            });
            let months = Months::new(own.or(*months)?);
            let before = || date(reading, entry, first.as_ref()?);
            let last = date(reading, entry, since).or_else(before);
            let next = |last: Date| last.last().checked_add_months(months).unwrap_or(NaiveDate::MAX);
            Some(last.map_or(Falls::Now, |last| Falls::On(next(last))))
        }
    }
}

/// A number of months; none where it is no whole number above zero.
fn whole(number: Decimal) -> Option<u32> {
    number.normalize().to_string().parse().ok().filter(|months| *months > 0)
}

/// What has to be there for the present month, and for months that are over, unless somebody accepted that there is
/// nothing.
fn monthly(reading: &Reading, today: NaiveDate) -> Vec<Due> {
    let checks = reading.definitions.rules().iter().flat_map(|rule| &rule.checks);
    let accepted = Accepted::on(reading, today);
    let present = book::Months::number(today);
    let mut found = Vec::new();
    for check in checks {
        let Finds::Months(counts) = &check.finds else { continue };
        let held = held(reading, counts, today);
        let begun = begun(&held);
        for key in matching(reading, &check.register, check.of.as_ref(), today) {
            let held = held.get(&key);
            let mut months = lacking(held, begun, today);
            if accepted.holds(check, key, reading) {
                months.clear();
            }
            months.extend(held.is_none_or(|held| !held.contains(&present)).then_some(present));
            found.extend(months.into_iter().map(|month| {
                let monthly = Monthly { month, check: check.id.clone(), counts: counts.clone() };
                answered(reading, key, Some(month_end(month)), (Duty::Month(monthly), String::new()))
            }));
        }
    }
    found
}

fn date(reading: &Reading, entry: &Entry, field: &str) -> Option<Date> {
    match reading.book.cell(entry, field) {
        Cell::Date(date) => Some(*date),
        _ => None,
    }
}

/// What a field says, in words: a text, or what is linked to.
fn said(reading: &Reading, entry: &Entry, field: &str) -> String {
    match reading.book.cell(entry, field) {
        Cell::Text(text) => reading.book.text(*text).to_owned(),
        Cell::Links(keys) => {
            let titles: Vec<String> = keys.iter().map(|key| reading.title(*key)).collect();
            titles.join(&reading.wording.say("list-comma"))
        }
        _ => String::new(),
    }
}

/// Entries of one register that want something: its id, they, and the earliest day.
pub type Wanting = (String, Vec<EntryKey>, Option<NaiveDate>);

/// The entries that want a drill soon, those with open problems, those with another date that is near or past, and those
/// for which something is to be there for a month, by their registers: what home counts and opens.
pub fn opening(reading: &Reading, today: NaiveDate) -> [Vec<Wanting>; 4] {
    let until = today.checked_add_days(Days::new(DRILL_AHEAD)).unwrap_or(today);
    let soon = drills(reading, today, until).into_iter().map(|due| (due.entry, due.on));
    let open = problems(reading, today).into_iter().filter(|problem| problem.standing.is_open());
    let open = open.map(|problem| (problem.entry, problem.due.map(Date::last)));
    let near = today.checked_add_days(Days::new(DATED_AHEAD)).unwrap_or(today);
    let dated = dated(reading, today).into_iter().filter(|due| due.on.is_none_or(|on| on <= near));
    let dated = dated.map(|due| (due.entry, due.on));
    let monthly = monthly(reading, today).into_iter().map(|due| (due.entry, due.on));
    [
        by_register(reading, soon),
        by_register(reading, open),
        by_register(reading, dated),
        by_register(reading, monthly),
    ]
}

fn by_register(
    reading: &Reading,
    found: impl Iterator<Item = (EntryKey, Option<NaiveDate>)>,
) -> Vec<Wanting> {
    let mut all: BTreeMap<String, (Vec<EntryKey>, Option<NaiveDate>)> = BTreeMap::new();
    for (key, on) in found {
        let Some(entry) = reading.book.entry(key) else { continue };
        let (keys, earliest) = all.entry(reading.book.register_id(entry.register).to_owned()).or_default();
        keys.push(key);
        *earliest = earliest.iter().copied().chain(on).min();
    }
    // An entry that wants several things comes once.
    let once = |(register, (mut keys, on)): (String, (Vec<EntryKey>, Option<NaiveDate>))| {
        keys.sort_unstable();
        keys.dedup();
        (register, keys, on)
    };
    all.into_iter().map(once).collect()
}
