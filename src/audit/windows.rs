//! Windows of the year in which a plan has to be drilled: which drill met which, and when the next is due.
//!
//! Two drills in one half-year do not count for both: each window needs one that lies in it.

use std::collections::HashMap;

use chrono::{Datelike, NaiveDate};

use crate::book::{Book, Cell, Date, Entry, EntryKey};
use crate::catalogue::Reading;
use crate::definition::{Kind, Register, Windows};
use crate::wording::{Arg, Message, message};

/// A part of a year.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Window {
    /// The year.
    pub year: i32,
    /// Which part of it, from 1; 0 for the whole year.
    pub part: u32,
    /// Its first day.
    pub from: NaiveDate,
    /// Its last day.
    pub to: NaiveDate,
    /// Months that it has.
    months: u32,
}

/// How a window stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Met {
    /// By these.
    By(Vec<EntryKey>),
    /// Not yet.
    Open,
    /// Not, and it is over.
    Missed,
    /// Not, and nothing was asked: the plan was not there when it began.
    NotAsked,
}

/// A drill that counts for no window, and why.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Uncounted {
    /// It has no conclusion yet.
    NotHeld,
    /// It lies in the future.
    Later,
    /// Its date is not exact enough to say which window it lies in.
    Vague,
}

/// A plan with its windows of last year and this.
#[derive(Debug, Clone)]
pub struct PlanWindows {
    /// The plan.
    pub plan: EntryKey,
    /// The windows, oldest first, up to the present one.
    pub windows: Vec<(Window, Met)>,
    /// Drills of it that count for none.
    pub uncounted: Vec<(EntryKey, Uncounted)>,
    /// Until when the next drill is to be held; it has passed where one was missed and none was held since.
    pub due: NaiveDate,
}

/// The last day of a month counted from January of a year.
fn end_of(year: i32, month: u32) -> NaiveDate {
    let (year, month) = if month > 12 { (year + 1, month - 12) } else { (year, month) };
    Date::of_parts(year, u8::try_from(month).unwrap_or(12), 0).map_or(NaiveDate::MAX, Date::last)
}

impl Window {
    /// The window of so many months that a day lies in.
    fn with(day: NaiveDate, months: u32) -> Self {
        Self::nth(day.year(), day.month0() / months, months)
    }

    fn nth(year: i32, at: u32, months: u32) -> Self {
        let part = if months == 12 { 0 } else { at + 1 };
        let from = NaiveDate::from_ymd_opt(year, at * months + 1, 1).unwrap_or(NaiveDate::MIN);
        Self { year, part, from, to: end_of(year, (at + 1) * months), months }
    }

    fn next(self) -> Self {
        self.to.succ_opt().map_or(self, |day| Self::with(day, self.months))
    }

    /// Its name within the year: H1, Q3, 05; nothing for the year.
    pub fn name(&self) -> Message {
        let part = self.part.to_string();
        match self.months {
            12 => message!("window-year"),
            6 if self.part == 1 => message!("window-first-half"),
            6 => message!("window-second-half"),
            3 => message!("window-quarter", part = part),
            _ => message!("window-month", part = part),
        }
    }
}

/// Months of a window by the code of the choice.
fn months(code: &str) -> Option<u32> {
    match code {
        "year" => Some(12),
        "half-year" => Some(6),
        "quarter" => Some(3),
        "month" => Some(1),
        _ => None,
    }
}

/// Every plan that has windows, with them.
pub fn drill_windows(reading: &Reading, today: NaiveDate) -> Vec<PlanWindows> {
    let mut all = Vec::new();
    for (register, windows) in with_windows(reading) {
        let drills = Drills::read(reading, register, windows);
        let plans = targets(register, windows).into_iter().flat_map(|id| reading.book.entries(id));
        let plans = plans.filter_map(|key| reading.book.entry(*key));
        all.extend(plans.filter_map(|plan| drills.of_plan(reading.book, plan, today)));
    }
    all
}

/// The windows of one plan.
pub fn windows_of(reading: &Reading, plan: &Entry, today: NaiveDate) -> Option<PlanWindows> {
    let id = reading.book.register_id(plan.register);
    let leads = |(register, windows): &(&Register, &Windows)| targets(register, windows).contains(&id);
    let (register, windows) = with_windows(reading).find(leads)?;
    Drills::read(reading, register, windows).of_plan(reading.book, plan, today)
}

fn with_windows<'a>(reading: &Reading<'a>) -> impl Iterator<Item = (&'a Register, &'a Windows)> {
    let registers = reading.definitions.registers().iter();
    registers.filter_map(|register| Some((register, register.features.windows.as_ref()?)))
}

fn targets<'a>(register: &'a Register, windows: &Windows) -> Vec<&'a str> {
    match register.field(&windows.of).map(|field| &field.kind) {
        Some(Kind::Links { to, .. }) => to.iter().map(String::as_str).collect(),
        _ => Vec::new(),
    }
}

/// A drill: its day, and whether it has what it needs to count.
type Held = (EntryKey, Option<Date>, bool);

/// The drills of a register by their plans, looked at once.
struct Drills<'a> {
    windows: &'a Windows,
    by_plan: HashMap<EntryKey, Vec<Held>>,
}

impl<'a> Drills<'a> {
    fn read(reading: &Reading, register: &Register, windows: &'a Windows) -> Self {
        let book = reading.book;
        let slots = [&windows.of, &windows.day, &windows.held].map(|field| book.slot(&register.id, field));
        let mut by_plan: HashMap<EntryKey, Vec<Held>> = HashMap::new();
        for drill in book.entries(&register.id).iter().filter_map(|key| book.entry(*key)) {
            let [of, day, held] = slots.map(|slot| slot.map_or(&Cell::Empty, |slot| drill.cell(slot)));
            let Cell::Links(plans) = of else { continue };
            let day = match day {
                Cell::Date(date) => Some(*date),
                _ => None,
            };
            for plan in plans.iter() {
                by_plan.entry(*plan).or_default().push((drill.key, day, !held.is_empty()));
            }
        }
        Self { windows, by_plan }
    }

    fn of_plan(&self, book: &Book, plan: &Entry, today: NaiveDate) -> Option<PlanWindows> {
        let Cell::Choice(code) = book.cell(plan, &self.windows.every) else { return None };
        let months = months(book.text(*code))?;
        let since = match self.windows.since.as_ref().map(|since| book.cell(plan, since)) {
            Some(Cell::Date(date)) => Some(date.first()),
            _ => None,
        };
        let (mut counted, mut uncounted) = (Vec::new(), Vec::new());
        for drill in self.by_plan.get(&plan.key).into_iter().flatten() {
            match counts(drill, months, today) {
                Ok(window) => counted.push((window, drill.0)),
                Err(why) => uncounted.extend(why.map(|why| (drill.0, why))),
            }
        }
        let present = Window::with(today, months);
        let mut window = Window::nth(today.year() - 1, 0, months);
        let mut all = Vec::new();
        while window.from <= present.from {
            let met: Vec<EntryKey> =
                counted.iter().filter(|(other, _)| *other == window).map(|(_, key)| *key).collect();
            // Who had no plan when a window began, or does not say since when, missed nothing in it.
            let asked = since.is_some_and(|since| since <= window.from);
            let state = match (met.is_empty(), window == present) {
                (false, _) => Met::By(met),
                (true, true) => Met::Open,
                (true, false) if asked => Met::Missed,
                (true, false) => Met::NotAsked,
            };
            all.push((window, state));
            window = window.next();
        }
        let due = due(&all, present);
        Some(PlanWindows { plan: plan.key, windows: all, uncounted, due })
    }
}

/// The window that a drill counts for, or why for none; a drill without any date says nothing.
fn counts((_, day, held): &Held, months: u32, today: NaiveDate) -> Result<Window, Option<Uncounted>> {
    let day = day.ok_or(None)?;
    if day.first() > today {
        return Err(Some(Uncounted::Later));
    }
    if !held {
        return Err(Some(Uncounted::NotHeld));
    }
    let window = Window::with(day.first(), months);
    if day.last() > window.to { Err(Some(Uncounted::Vague)) } else { Ok(window) }
}

/// The end of the last window that was missed, unless a drill came after it; else of the present one where that is
/// open, else of the next.
fn due(all: &[(Window, Met)], present: Window) -> NaiveDate {
    let since = all.iter().rev().take_while(|(_, met)| !matches!(met, Met::By(_)));
    let missed = since.filter(|(_, met)| *met == Met::Missed).last();
    match (missed, all.last()) {
        (Some((window, _)), _) | (None, Some((window, Met::Open))) => window.to,
        _ => present.next().to,
    }
}

impl PlanWindows {
    /// How the windows stand and until when the next drill is due, in a sentence.
    pub fn words(&self, reading: &Reading, today: NaiveDate) -> String {
        let mut parts = Vec::new();
        let mut year = None;
        for (window, met) in self.windows.iter().filter(|(_, met)| *met != Met::NotAsked) {
            let named = if year == Some(window.year) { String::new() } else { window.year.to_string() };
            year = Some(window.year);
            let by = match met {
                Met::By(keys) => {
                    keys.iter().map(|key| reading.book.serial(*key)).collect::<Vec<_>>().join(" ")
                }
                _ => String::new(),
            };
            let state = match met {
                Met::By(_) => message!("window-met", by = by),
                Met::Missed => message!("window-missed"),
                Met::Open | Met::NotAsked => message!("window-open"),
            };
            let name = reading.wording.render(&window.name());
            let words = [named, name, reading.wording.render(&state)];
            parts
                .push(words.into_iter().filter(|word| !word.trim().is_empty()).collect::<Vec<_>>().join(" "));
        }
        let on = self.due.to_string();
        parts.push(reading.wording.render(&if self.due < today {
            message!("window-overdue", on = on)
        } else {
            message!("window-due", on = on)
        }));
        let comma = reading.wording.say("windows-comma");
        let mut words = parts.join(&comma);
        for (key, why) in &self.uncounted {
            let why = match why {
                Uncounted::NotHeld => message!("uncounted-not-held"),
                Uncounted::Later => message!("uncounted-later"),
                Uncounted::Vague => message!("uncounted-vague"),
            };
            let serial = reading.book.serial(*key).to_owned();
            let said = message!("window-uncounted", by = serial, why = Arg::from(why));
            words.push_str(&comma);
            words.push_str(&reading.wording.render(&said));
        }
        words
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    #[test]
    fn windows_end_with_their_months() {
        for (on, months, from, to, part) in [
            ("2022-01-01", 12, "2022-01-01", "2022-12-31", 0),
            ("2022-12-31", 12, "2022-01-01", "2022-12-31", 0),
            ("2022-06-30", 6, "2022-01-01", "2022-06-30", 1),
            ("2022-07-01", 6, "2022-07-01", "2022-12-31", 2),
            ("2022-12-31", 6, "2022-07-01", "2022-12-31", 2),
            ("2024-02-29", 3, "2024-01-01", "2024-03-31", 1),
            ("2024-02-29", 1, "2024-02-01", "2024-02-29", 2),
            ("2023-02-28", 1, "2023-02-01", "2023-02-28", 2),
            ("2022-12-31", 1, "2022-12-01", "2022-12-31", 12),
        ] {
            let window = Window::with(day(on), months);
            assert_eq!((window.from, window.to, window.part), (day(from), day(to), part), "{on} {months}");
            assert_eq!(window.next().from, day(to).succ_opt().unwrap(), "{on} {months}");
        }
    }

    #[test]
    fn what_was_missed_is_due_until_a_drill_comes() {
        let half = |year, at| Window::nth(year, at, 6);
        let by = || Met::By(vec![EntryKey(1)]);
        let present = half(2022, 0);
        for (first, second, third, on) in [
            (by(), by(), by(), "2022-12-31"),
            (by(), by(), Met::Open, "2022-06-30"),
            (by(), Met::Missed, Met::Open, "2021-12-31"),
            (Met::Missed, Met::Missed, Met::Open, "2021-06-30"),
            (Met::Missed, by(), Met::Open, "2022-06-30"),
            (Met::Missed, Met::Missed, by(), "2022-12-31"),
            (Met::NotAsked, Met::NotAsked, Met::Open, "2022-06-30"),
        ] {
            let all = [(half(2021, 0), first), (half(2021, 1), second), (present, third)];
            assert_eq!(due(&all, present), day(on), "{all:?}");
        }
    }
}
