//! Clocks that run, and times that are hardly meant.

use chrono::{Days, NaiveDate, NaiveTime, Timelike};

use super::clock::between;
use super::{Course, Reading, seconds};
use crate::book::{Cell, EntryKey, Value};
use crate::scoring::Decimal;
use crate::wording::{Message, message};

/// More heads than any drill counts: a time was typed in their place.
const MOST_HEADS: i64 = 9_999;
/// The longest note on a clock, in characters: a page is written elsewhere, and kept as a file.
const LONGEST_NOTE: usize = 1_000;
/// How far ahead of the host's clock a stamp may be, in seconds: people's watches differ.
const SLACK: i64 = 60;

impl Reading<'_> {
    /// The entries whose clock runs at a moment, in the order of their registers.
    pub fn running(&self, today: NaiveDate, now: NaiveTime) -> Vec<EntryKey> {
        let yesterday = today.checked_sub_days(Days::new(1)).unwrap_or(today);
        let mut running = Vec::new();
        for register in self.definitions.registers() {
            let Some(clock) = &register.features.clock else { continue };
            for key in self.book.entries(&register.id) {
                let Some(entry) = self.book.entry(*key) else { continue };
                // Most are of other days; those need no course.
                let Cell::Date(date) = self.book.cell(entry, &clock.day) else { continue };
                if ![yesterday, today].contains(&date.first()) {
                    continue;
                }
                if self.course(entry).is_some_and(|course| course.gone(today, now).is_some()) {
                    running.push(*key);
                }
            }
        }
        running
    }

    /// The one of them that drills a plan, the latest first.
    pub fn running_of(&self, plan: EntryKey, today: NaiveDate, now: NaiveTime) -> Option<EntryKey> {
        let (_, link) = self.drilled_by(self.book.entry(plan)?)?;
        let drills = |key: &EntryKey| {
            let entry = self.book.entry(*key);
            let links = entry.map(|entry| self.book.cell(entry, &link.id));
            matches!(links, Some(Cell::Links(plans)) if plans.contains(&plan))
        };
        self.running(today, now).into_iter().rfind(drills)
    }
}

impl Course<'_> {
    /// The first step that is stamped, but for one, with its time.
    fn first_but(&self, at: usize) -> Option<(usize, i64)> {
        let mut others = self.steps.iter().enumerate().filter(|(other, _)| *other != at);
        others.find_map(|(other, step)| Some((other, step.time?)))
    }

    /// Why a time of a step makes no sense among the others: it lies before the first stamp, or half a day and more
    /// behind it, which is the same.
    pub fn out_of_order(&self, at: usize, time: &str) -> Option<Message> {
        let (said, (other, first)) = (seconds(time)?, self.first_but(at)?);
        let earlier = if at < other { between(said, first) < 0 } else { between(first, said) < 0 };
        let first = format!("{:02}:{:02}", first / 3600, first / 60 % 60);
        earlier.then(|| {
            if at < other {
                message!("clock-doubt-after", time = time.to_owned(), first = first)
            } else {
                message!("clock-doubt-before", time = time.to_owned(), first = first)
            }
        })
    }

    /// Why a time of a step is hardly meant: it makes no sense among the others, or is still to come.
    pub fn doubt(&self, at: usize, time: &str, (today, now): (NaiveDate, NaiveTime)) -> Option<Message> {
        if let Some(odd) = self.out_of_order(at, time) {
            return Some(odd);
        }
        let (said, first) = (seconds(time)?, self.first_but(at));
        let present = i64::from(now.num_seconds_from_midnight());
        let to_come = match self.gone(today, now) {
            Some(gone) => first.is_some_and(|(_, first)| between(first, said) > gone + SLACK),
            None => self.day() == Some(today) && said > present + SLACK,
        };
        let now = now.format("%H:%M").to_string();
        to_come.then(|| message!("clock-doubt-to-come", time = time.to_owned(), now = now))
    }
}

/// Why a note on the clock is none: it is longer than [`LONGEST_NOTE`] characters.
pub fn too_long_note(words: &str) -> Option<Message> {
    let count = words.chars().count();
    (count > LONGEST_NOTE).then(|| message!("drill-note-long", count = count, most = LONGEST_NOTE))
}

/// Why a number of heads is hardly meant: it is more than twice as many as were expected, or where nobody said how many,
/// so many that it looks like a time.
pub fn odd_heads(here: Option<&Value>, expected: Option<Decimal>) -> Option<Message> {
    /// From here on four digits are more often a time.
    const LIKE_A_TIME: i64 = 1_000;
    let Some(Value::Number(here)) = here else { return None };
    let most = expected.map_or(Decimal::from(LIKE_A_TIME - 1), |expected| expected + expected);
    let said = expected.map(|expected| expected.normalize().to_string());
    let here_said = here.normalize().to_string();
    (*here > most && *here > Decimal::from(9))
        .then(|| message!("clock-heads-odd", here = here_said, expected = said.unwrap_or_default()))
}

/// Why a number of heads is none: it is a time, a part of a person, or a slip of the finger.
pub fn too_many_heads(value: Option<&Value>) -> Option<Message> {
    let Some(Value::Number(number)) = value else { return None };
    let sane = number.is_integer() && *number >= Decimal::ZERO && *number <= Decimal::from(MOST_HEADS);
    (!sane).then(|| message!("clock-heads-many", said = number.normalize().to_string()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::definition::Definitions;
    use crate::wording::Lang;

    #[test]
    fn a_time_before_the_first_stamp_or_still_to_come_is_doubted() {
        let definitions = Definitions::builtin().unwrap();
        let clock = definitions.register("drills").unwrap().features.clock.as_ref().unwrap();
        let day = NaiveDate::from_ymd_opt(2022, 5, 13).unwrap();
        let at = |time: &str| (day, NaiveTime::parse_from_str(time, "%H:%M").unwrap());
        let course = Course::begun(clock, day);
        assert!(course.doubt(0, "21:04:00", at("21:05")).is_none());
        assert!(course.doubt(0, "23:59:00", at("21:05")).is_some());
        let course = course.with_stamp(0, "21:04:00", Lang::En, day);
        for (step, time, doubted) in [
            (4, "10:03:00", true),
            (1, "21:04:30", false),
            (1, "23:59:00", true),
            (0, "20:59:00", false),
            (2, "21:05:40", false),
        ] {
            assert_eq!(course.doubt(step, time, at("21:05")).is_some(), doubted, "{step} {time}");
        }
        let course = course.with_stamp(1, "21:06:00", Lang::En, day);
        assert!(course.doubt(0, "21:07:00", at("21:08")).is_some());
        // Over midnight nothing is before the first stamp.
        assert!(course.doubt(2, "00:10:00", at("00:10")).is_none());
        let number = |number: i64| Value::Number(Decimal::from(number));
        assert!(too_many_heads(Some(&number(9_999))).is_none());
        assert!(too_many_heads(Some(&number(210_459))).is_some());
        assert!(too_many_heads(Some(&Value::Number(Decimal::new(15, 1)))).is_some());
        assert!(too_many_heads(Some(&Value::Number(Decimal::new(150, 1)))).is_none());
        let odd = |here: i64, expected: Option<i64>| {
            odd_heads(Some(&number(here)), expected.map(Decimal::from)).is_some()
        };
        assert!(odd(9_999, Some(23)) && odd(47, Some(23)) && odd(1_003, None));
        assert!(!odd(46, Some(23)) && !odd(21, Some(23)) && !odd(999, None) && !odd(9, Some(0)));
        assert!(too_long_note(&"字".repeat(1_000)).is_none());
        assert!(too_long_note(&"字".repeat(1_001)).is_some());
    }
}
