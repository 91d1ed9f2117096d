//! An entry on its clock: which steps are stamped, how long after the first, and what a stamp changes.
//!
//! A stamp is a time of day in a row of the entry. Durations are reckoned between such times on one clock, over
//! midnight too; whoever stamps gives the time, so that it can come from a clock that nobody sets.

use chrono::{NaiveDate, NaiveTime, Timelike};

use super::Reading;
use crate::book::{Cell, Date, Entry, EntryKey, Plain, Row, Value};
use crate::definition::{Clock, Field, Kind, Register, Step};
use crate::scoring::Decimal;
use crate::wording::{Lang, message};

/// Seconds of a day.
const DAY: i64 = 86_400;

/// An entry on its clock.
#[derive(Debug, Clone)]
pub struct Course<'a> {
    /// What is stamped, and where.
    pub clock: &'a Clock,
    /// The usual steps, in their order.
    pub steps: Vec<Stamped<'a>>,
    /// Every other row: what was noted, in the order of time.
    pub notes: Vec<Noted>,
    /// How many were expected, and how many are there.
    pub heads: [Option<Decimal>; 2],
    rows: Vec<Row>,
    day: Option<NaiveDate>,
}

/// A usual step, stamped or not.
#[derive(Debug, Clone)]
pub struct Stamped<'a> {
    /// The step.
    pub step: &'a Step,
    /// When it was, in seconds of the day.
    pub time: Option<i64>,
    /// In how many seconds it should have been reached: as it was when it was stamped, else as it is now.
    pub target: Option<i64>,
    /// How many seconds after the first stamp; below zero where it stands before it.
    pub after: Option<i64>,
}

/// Something noted with its time.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Noted {
    /// The time as it is kept; empty where there is none.
    pub time: String,
    /// The words.
    pub words: String,
}

/// Fields and what shall stand in them.
pub type Fields = Vec<(String, Option<Value>)>;

impl Stamped<'_> {
    /// How many seconds it was over its target.
    pub fn over(&self) -> Option<i64> {
        Some(self.after? - self.target?).filter(|over| *over > 0)
    }
}

impl<'a> Reading<'a> {
    /// The entry on the clock of its register, where that has one.
    pub fn course(&self, entry: &Entry) -> Option<Course<'a>> {
        let clock = self.register(entry)?.features.clock.as_ref()?;
        let cell = |id: &String| self.book.cell(entry, id);
        let rows = match cell(&clock.into.rows) {
            Cell::Rows(rows) => rows.to_vec(),
            _ => Vec::new(),
        };
        let number = |id: Option<&String>| match id.map(cell) {
            Some(Cell::Number(number)) => Some(*number),
            _ => None,
        };
        let heads = [0, 1].map(|at| number(clock.heads.as_ref().and_then(|heads| heads.get(at))));
        let day = match cell(&clock.day) {
            Cell::Date(date) if date.is_day() => Some(date.first()),
            _ => None,
        };
        Some(Course::new(clock, rows, heads, day))
    }
}

impl<'a> Reading<'a> {
    /// The register with a clock whose entries are due for this one, and the field that links here.
    pub fn drilled_by(&self, plan: &Entry) -> Option<(&'a Register, &'a Field)> {
        let id = self.book.register_id(plan.register);
        self.definitions.registers().iter().find_map(|register| {
            register.features.clock.as_ref()?;
            let field = register.field(&register.features.windows.as_ref()?.of)?;
            let leads = matches!(&field.kind, Kind::Links { to, .. } if to.iter().any(|to| to == id));
            leads.then_some((register, field))
        })
    }

    /// What a new drill of a plan is called, unless somebody says otherwise.
    pub fn drill_title(&self, plan: EntryKey) -> String {
        self.wording.render(&message!("drill-of", plan = self.title(plan)))
    }
}

impl Clock {
    /// The fields of a new drill of a plan on a day.
    pub fn begin(
        &self,
        (register, link): (&Register, &Field),
        plan: EntryKey,
        title: &str,
        day: NaiveDate,
    ) -> Fields {
        vec![
            (register.title_field().id.clone(), Some(Value::Text(title.to_owned()))),
            (link.id.clone(), Some(Value::Links(vec![plan]))),
            (self.day.clone(), Some(Value::Date(Date::day(day)))),
        ]
    }
}

impl<'a> Course<'a> {
    /// A course that nothing is stamped in yet.
    pub fn begun(clock: &'a Clock, day: NaiveDate) -> Self {
        Self::new(clock, Vec::new(), [None; 2], Some(day))
    }

    fn new(clock: &'a Clock, rows: Vec<Row>, heads: [Option<Decimal>; 2], day: Option<NaiveDate>) -> Self {
        let mut steps: Vec<Stamped> = clock
            .steps
            .iter()
            .map(|step| {
                let row = rows.iter().find(|row| is_of(row, clock, step));
                let target = match clock.into.target.as_ref().and_then(|target| row?.get(target)) {
                    Some(Plain::Number(number)) => i64::try_from(number.round()).ok(),
                    _ => step.target.map(i64::from),
                };
                Stamped { step, time: row.and_then(|row| time_of(row, clock)), target, after: None }
            })
            .collect();
        let first = steps.iter().find_map(|step| step.time);
        for step in &mut steps {
            step.after = step.time.zip(first).map(|(time, first)| between(first, time));
        }
        let notes = rows.iter().filter(|row| !clock.steps.iter().any(|step| is_of(row, clock, step)));
        let words = |row: &Row| {
            let parts = [words_in(row, &clock.into.step), words_in(row, &clock.into.note)];
            parts.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join("  ")
        };
        let noted = |row: &Row| Noted { time: words_in(row, &clock.into.time).to_owned(), words: words(row) };
        // What was noted while a step was stamped stands beside it, and is worth reading too.
        let mut notes: Vec<Noted> = notes.map(noted).collect();
        let beside = rows.iter().filter(|row| clock.steps.iter().any(|step| is_of(row, clock, step)));
        notes.extend(beside.map(|row| Noted {
            time: words_in(row, &clock.into.time).to_owned(),
            words: words_in(row, &clock.into.note).to_owned(),
        }));
        notes.retain(|note| !note.words.is_empty());
        let place = |note: &Noted| seconds(&note.time).zip(first).map(|(time, first)| between(first, time));
        notes.sort_by_key(|note| place(note).unwrap_or(i64::MAX));
        Self { clock, steps, notes, heads, rows, day }
    }

    /// When the first stamp was, in seconds of the day.
    pub fn first(&self) -> Option<i64> {
        self.steps.iter().find_map(|step| step.time)
    }

    /// The day it is of.
    pub fn day(&self) -> Option<NaiveDate> {
        self.day
    }

    /// The first step without a stamp.
    pub fn next(&self) -> Option<usize> {
        self.steps.iter().position(|step| step.time.is_none())
    }

    /// Whether the last step is stamped: then it is over.
    pub fn is_over(&self) -> bool {
        self.steps.last().is_some_and(|step| step.time.is_some())
    }

    /// How long it took, where it is over.
    pub fn took(&self) -> Option<i64> {
        self.steps.last()?.after
    }

    /// How many seconds have gone since the first stamp at a moment of a day; none where it is not going on.
    pub fn gone(&self, today: NaiveDate, time: NaiveTime) -> Option<i64> {
        if self.is_over() {
            return None;
        }
        let days = today.signed_duration_since(self.day?).num_days();
        let now = i64::from(time.num_seconds_from_midnight());
        let gone = days * DAY + now - self.first()?;
        let gone = match days {
            // A book whose today stands still passes midnight within its day.
            0 if gone < -DAY / 2 => gone + DAY,
            // The host's clock was set back while nobody looked: it runs, but how long is not known.
            0 if gone < 0 => 0,
            _ => gone,
        };
        (0..DAY).contains(&gone).then_some(gone)
    }

    /// Whether a moment of this day is one to stamp: the day is its own, or it went on over midnight.
    pub fn is_today(&self, today: NaiveDate, time: NaiveTime) -> bool {
        self.day.is_none_or(|day| day == today) || self.gone(today, time).is_some()
    }

    /// The step that people mean by a number or by either name.
    pub fn step_meant(&self, word: &str) -> Option<usize> {
        let digits: String = word.trim().chars().map(crate::text::narrow).collect();
        let number = digits.parse::<usize>().ok().and_then(|number| number.checked_sub(1));
        let by_name = || self.clock.steps.iter().position(|step| step.answers_to(word));
        number.filter(|number| *number < self.steps.len()).or_else(by_name)
    }

    /// What a stamp of a step changes: its row, the day where there is none, and when it all began or ended.
    pub fn stamp(&self, at: usize, time: &str, lang: Lang, today: NaiveDate) -> Fields {
        let Some(Stamped { step, .. }) = self.steps.get(at) else { return Vec::new() };
        let into = &self.clock.into;
        let mut rows = self.rows.clone();
        let known = rows.iter_mut().find(|row| is_of(row, self.clock, step));
        let cell = Plain::Text(time.to_owned());
        if let Some(row) = known {
            match row.0.iter_mut().find(|(id, _)| *id == into.time) {
                Some((_, time)) => *time = cell,
                None => row.0.push((into.time.clone(), cell)),
            }
        } else {
            let name = Plain::Text(step.name.get(lang).to_owned());
            let mut row = Row(vec![(into.step.clone(), name), (into.time.clone(), cell)]);
            if let (Some(column), Some(target)) = (&into.target, step.target) {
                row.0.push((column.clone(), Plain::Number(Decimal::from(target))));
            }
            rows.push(row);
        }
        let mut fields = self.with_rows(rows);
        if self.day.is_none() {
            fields.push((self.clock.day.clone(), Some(Value::Date(Date::day(today)))));
        }
        let [start, end] = &self.clock.ends;
        let (is_first, is_last) =
            (self.steps.iter().take(at).all(|step| step.time.is_none()), at + 1 == self.steps.len());
        for (field, _) in [(start, is_first), (end, is_last)].into_iter().filter(|(_, here)| *here) {
            fields.extend(field.clone().map(|field| (field, Some(Value::Text(time.to_owned())))));
        }
        fields
    }

    /// What a note changes.
    pub fn note(&self, time: &str, words: &str) -> Fields {
        let into = &self.clock.into;
        let cells = [(into.time.clone(), time), (into.note.clone(), words)];
        let mut rows = self.rows.clone();
        rows.push(Row(cells.map(|(column, cell)| (column, Plain::Text(cell.to_owned()))).to_vec()));
        self.with_rows(rows)
    }

    /// What one more or one less changes.
    pub fn more_heads(&self, by: i64) -> Option<Fields> {
        let [_, actual] = self.clock.heads.as_ref()?;
        let now = self.heads.get(1).copied().flatten().unwrap_or_default() + Decimal::from(by);
        (now >= Decimal::ZERO).then(|| vec![(actual.clone(), Some(Value::Number(now)))])
    }

    /// The ids of every field that the clock writes to, but for those that are graded.
    pub fn writes_to(&self) -> impl Iterator<Item = &str> {
        let ends = self.clock.ends.iter().flatten();
        let heads = self.clock.heads.iter().flatten();
        ends.chain(heads).chain([&self.clock.into.rows, &self.clock.day]).map(String::as_str)
    }

    /// The rows in the order of time.
    fn with_rows(&self, mut rows: Vec<Row>) -> Fields {
        let step = |step: &Step| rows.iter().find(|row| is_of(row, self.clock, step));
        let first = self.clock.steps.iter().find_map(|one| time_of(step(one)?, self.clock));
        let place = |row: &Row| time_of(row, self.clock).zip(first).map(|(time, first)| between(first, time));
        rows.sort_by_key(|row| place(row).unwrap_or(i64::MAX));
        vec![(self.clock.into.rows.clone(), Some(Value::Rows(rows)))]
    }
}

/// A time of day as it is stamped.
pub fn stamp_text(time: NaiveTime) -> String {
    time.format("%H:%M:%S").to_string()
}

/// A time of day that is counted in seconds, as it is stamped.
pub fn time_of_day(seconds: i64) -> String {
    format!("{:02}:{:02}:{:02}", seconds / 3600, seconds / 60 % 60, seconds % 60)
}

/// The seconds of the day of a kept time, `10:00` or `10:00:41`.
pub fn seconds(time: &str) -> Option<i64> {
    let mut parts = time.split(':').map(|part| part.parse::<i64>().ok());
    let (hour, minute) = (parts.next()??, parts.next()??);
    Some(hour * 3600 + minute * 60 + parts.next().unwrap_or(Some(0))?)
}

/// From one time of the day to another: what seems half a day back or more has passed midnight.
pub(super) fn between(first: i64, time: i64) -> i64 {
    let forward = (time - first).rem_euclid(DAY);
    if forward > DAY / 2 { forward - DAY } else { forward }
}

fn words_in<'r>(row: &'r Row, column: &str) -> &'r str {
    match row.get(column) {
        Some(Plain::Text(words)) => words,
        _ => "",
    }
}

fn is_of(row: &Row, clock: &Clock, step: &Step) -> bool {
    step.answers_to(words_in(row, &clock.into.step))
}

fn time_of(row: &Row, clock: &Clock) -> Option<i64> {
    seconds(words_in(row, &clock.into.time))
}

impl Register {
    /// The column for the time of a stamp.
    pub fn stamp_column(&self) -> Option<&Field> {
        let into = &self.features.clock.as_ref()?.into;
        let Kind::Rows(columns) = &self.field(&into.rows)?.kind else { return None };
        columns.iter().find(|column| column.id == into.time)
    }
}

/// A duration as people read it: `3:10`, `1:05:10`, `-0:30`.
pub fn duration(seconds: i64) -> String {
    let (sign, left) = (if seconds < 0 { "-" } else { "" }, seconds.unsigned_abs());
    let (hours, minutes, seconds) = (left / 3600, left / 60 % 60, left % 60);
    match hours {
        0 => format!("{sign}{minutes}:{seconds:02}"),
        hours => format!("{sign}{hours}:{minutes:02}:{seconds:02}"),
    }
}

#[cfg(test)]
impl Course<'_> {
    /// The same with one more stamp.
    pub(super) fn with_stamp(&self, at: usize, time: &str, lang: Lang, day: NaiveDate) -> Self {
        let fields = self.stamp(at, time, lang, day);
        let rows = fields.into_iter().find_map(|(_, value)| match value {
            Some(Value::Rows(rows)) => Some(rows),
            _ => None,
        });
        Self::new(self.clock, rows.unwrap_or_default(), [None; 2], Some(day))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::definition::Definitions;

    fn time(text: &str) -> NaiveTime {
        NaiveTime::parse_from_str(text, "%H:%M:%S").unwrap()
    }

    fn day(day: u32) -> NaiveDate {
        NaiveDate::from_ymd_opt(2022, 5, day).unwrap()
    }

    /// The clock with these stamps made, one after the other.
    fn with<'a>(clock: &'a Clock, stamps: &[(usize, &str)]) -> Course<'a> {
        let mut course = Course::begun(clock, day(13));
        for (at, time) in stamps {
            let fields = course.stamp(*at, time, Lang::En, day(13));
            let Some(Value::Rows(rows)) = &fields[0].1 else { panic!() };
            course = Course::new(clock, rows.clone(), [None; 2], Some(day(13)));
        }
        course
    }

    #[test]
    fn durations_pass_midnight_and_stand_before_the_first_stamp_too() {
        let definitions = Definitions::builtin().unwrap();
        let clock = definitions.register("drills").unwrap().features.clock.as_ref().unwrap();
        let course = with(clock, &[(0, "23:59:30"), (1, "00:00:15"), (2, "00:06:00")]);
        let after: Vec<_> = course.steps.iter().map(|step| step.after).collect();
        assert_eq!(after, [Some(0), Some(45), Some(390), None, None]);
        assert_eq!(course.steps[1].over(), None);
        assert_eq!(course.steps[2].over(), Some(90));
        assert_eq!(course.gone(day(14), time("00:10:00")), Some(630));
        // The day of a sample stands still.
        assert_eq!(course.gone(day(13), time("00:10:00")), Some(630));
        assert!(course.is_today(day(14), time("00:10:00")) && !course.is_today(day(16), time("00:10:00")));
        let course = with(clock, &[(0, "10:00"), (1, "09:59:30")]);
        assert_eq!(course.gone(day(13), time("09:58:00")), Some(0));
        assert_eq!(course.steps[1].after, Some(-30));
        assert_eq!(
            (duration(-30), duration(190), duration(3910)),
            ("-0:30".into(), "3:10".into(), "1:05:10".into())
        );
    }

    #[test]
    fn a_correction_moves_its_row_and_what_begins_and_ends() {
        let definitions = Definitions::builtin().unwrap();
        let clock = definitions.register("drills").unwrap().features.clock.as_ref().unwrap();
        let course = with(clock, &[(0, "10:00:00"), (1, "10:02:00"), (2, "10:01:00")]);
        let kept: Vec<_> = course.rows.iter().map(|row| words_in(row, "time")).collect();
        assert_eq!(kept, ["10:00:00", "10:01:00", "10:02:00"]);
        let fields = course.stamp(0, "09:59:00", Lang::Zh, day(13));
        assert!(fields.contains(&("start".to_owned(), Some(Value::Text("09:59:00".to_owned())))));
        // The row keeps the name that it was given.
        let Some(Value::Rows(rows)) = &fields[0].1 else { panic!() };
        assert_eq!(words_in(&rows[0], "step"), "alarm");
        let fields = course.stamp(4, "10:20:00", Lang::Zh, day(13));
        assert!(fields.iter().any(|(id, _)| id == "end") && !fields.iter().any(|(id, _)| id == "start"));
        assert!(course.gone(day(13), time("10:20:00")).is_some());
        assert_eq!(with(clock, &[(0, "10:00:00"), (4, "10:20:00")]).gone(day(13), time("10:21:00")), None);
    }

    #[test]
    fn steps_are_meant_by_number_or_name() {
        let definitions = Definitions::builtin().unwrap();
        let clock = definitions.register("drills").unwrap().features.clock.as_ref().unwrap();
        let course = Course::begun(clock, day(13));
        let meant = ["1", "5", "6", "0", "清点完毕", "All counted", "x"].map(|word| course.step_meant(word));
        assert_eq!(meant, [Some(0), Some(4), None, None, Some(3), Some(3), None]);
    }
}
