//! Dates as people know them: a day, or only a month or a year, and the value says which.

use std::fmt;
use std::str::FromStr;

use chrono::{Datelike, Months, NaiveDate};
use serde::{Deserialize, Serialize};

/// A date with the precision it was given in: `2022-03-18`, `2022-03` or `2022`.
///
/// Dates order by time; a month comes before its days, a year before its months.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Date {
    year: i32,
    month: Option<u8>,
    day: Option<u8>,
}

/// The years that a date may have. Another could not be read again where it was written.
const YEARS: std::ops::RangeInclusive<i32> = 1900..=9999;

/// What was said is not a date.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NotADate {
    /// It has not the form of one.
    Form,
    /// It lies in a year before 1900 or after 9999.
    Far,
    /// There is no such month.
    Month,
    /// The month has only so many days.
    Day {
        /// The month, 1 to 12.
        month: u8,
        /// Its last day.
        last: u8,
    },
}

impl Date {
    /// The date of this day.
    pub fn day(day: NaiveDate) -> Self {
        let small = |number: u32| u8::try_from(number).ok();
        Self { year: day.year(), month: small(day.month()), day: small(day.day()) }
    }

    /// Year, month and day, as far as they are named.
    pub fn parts(self) -> (i32, Option<u8>, Option<u8>) {
        (self.year, self.month, self.day)
    }

    /// The date of these parts, zero for a part that is not named; nothing where there is no such date.
    pub fn of_parts(year: i32, month: u8, day: u8) -> Option<Self> {
        let named = |part: u8| (part > 0).then_some(part);
        NaiveDate::from_ymd_opt(year, u32::from(month.max(1)), u32::from(day.max(1)))?;
        (day == 0 || month > 0).then_some(Self { year, month: named(month), day: named(day) })
    }

    /// The first day that it may mean.
    pub fn first(self) -> NaiveDate {
        let (month, day) = (self.month.unwrap_or(1), self.day.unwrap_or(1));
        NaiveDate::from_ymd_opt(self.year, u32::from(month), u32::from(day)).unwrap_or(NaiveDate::MIN)
    }

    /// The last day that it may mean.
    pub fn last(self) -> NaiveDate {
        let step = match (self.month, self.day) {
            (_, Some(_)) => return self.first(),
            (Some(_), None) => Months::new(1),
            (None, _) => Months::new(12),
        };
        self.first().checked_add_months(step).and_then(|next| next.pred_opt()).unwrap_or(NaiveDate::MAX)
    }

    /// Another day as exactly as this one is told: to the day, to the month or to the year.
    #[must_use]
    pub fn like(self, day: NaiveDate) -> Self {
        let whole = Self::day(day);
        Self { year: whole.year, month: self.month.and(whole.month), day: self.day.and(whole.day) }
    }

    /// Whether it names a single day.
    pub fn is_day(self) -> bool {
        self.day.is_some()
    }

    /// The year.
    pub fn year(self) -> i32 {
        self.year
    }

    /// Whether it can be written and read again: years have four digits and begin with 1900.
    pub fn is_kept(self) -> bool {
        YEARS.contains(&self.year)
    }

    /// Reads what a person types in a form: a date in any usual form, `today`/`今天`, or a distance from
    /// `today` such as `+3m`, `-10d`, `+1y`, `30d`.
    pub fn typed(text: &str, today: NaiveDate) -> Result<Self, NotADate> {
        let text: String = text.trim().chars().map(crate::text::narrow).collect();
        if matches!(text.to_lowercase().as_str(), "yesterday" | "昨天" | "zt") {
            return today.pred_opt().map(Self::day).ok_or(NotADate::Form);
        }
        if matches!(text.to_lowercase().as_str(), "today" | "今天" | "jt") {
            return Ok(Self::day(today));
        }
        match text
            .strip_prefix('+')
            .map(|rest| (rest, 1))
            .or_else(|| text.strip_prefix('-').map(|rest| (rest, -1)))
        {
            Some((rest, sign)) => match shift(today, rest, sign).map(Self::day) {
                Some(far) if !far.is_kept() => Err(NotADate::Far),
                near => near.ok_or(NotADate::Form),
            },
            None => text.parse().or_else(|error| {
                // `5-10` is a day of this year.
                let this_year: Result<Self, NotADate> = format!("{}-{text}", today.year()).parse();
                let day = this_year.ok();
                let day = day.filter(|date| date.is_day() && text.contains(['-', '/', '.', '月']));
                // As a filter takes it; `3月` is a month of no year and no distance.
                let ahead = || shift(today, text.as_str(), 1).filter(|_| text.is_ascii()).map(Self::day);
                match day.or_else(ahead) {
                    Some(far) if !far.is_kept() => Err(NotADate::Far),
                    near => near.ok_or(error),
                }
            }),
        }
    }
}

/// `today` moved by a distance such as `3m`; `sign` is 1 or -1.
pub fn shift(today: NaiveDate, distance: &str, sign: i64) -> Option<NaiveDate> {
    let digits = distance.trim_end_matches(|c: char| !c.is_ascii_digit());
    let count: u32 = digits.parse().ok().filter(|count| *count <= 100_000)?;
    let months = |factor: u32| {
        let months = Months::new(count.checked_mul(factor)?);
        if sign < 0 { today.checked_sub_months(months) } else { today.checked_add_months(months) }
    };
    let days =
        |factor: i64| today.checked_add_signed(chrono::Duration::days(sign * i64::from(count) * factor));
    match distance.strip_prefix(digits)? {
        "d" | "天" | "日" => days(1),
        "w" | "周" | "星期" => days(7),
        "m" | "月" | "个月" => months(1),
        "y" | "年" => months(12),
        _ => None,
    }
}

impl FromStr for Date {
    type Err = NotADate;

    fn from_str(text: &str) -> Result<Self, NotADate> {
        let text = text.trim().trim_end_matches(['日', '月', '年', '号']);
        let parts: Vec<&str> = text.split(['-', '/', '.', '年', '月']).map(str::trim).collect();
        let parts = match parts.as_slice() {
            [whole] if whole.len() == 8 && whole.is_ascii() => {
                let (year, rest) = whole.split_at(4);
                let (month, day) = rest.split_at(2);
                vec![year, month, day]
            }
            _ => parts,
        };
        let number = |part: Option<&&str>, longest: usize| match part {
            None => Ok(None),
            Some(part)
                if part.len() <= longest && !part.is_empty() && part.bytes().all(|b| b.is_ascii_digit()) =>
            {
                part.parse::<u16>().map(Some).map_err(|_| NotADate::Form)
            }
            Some(_) => Err(NotADate::Form),
        };
        let year = number(parts.first(), 4)?
            .filter(|year| YEARS.contains(&i32::from(*year)))
            .ok_or(NotADate::Form)?;
        let small = |number: Option<u16>| number.map(|n| u8::try_from(n).unwrap_or(u8::MAX));
        let (month, day) = (small(number(parts.get(1), 2)?), small(number(parts.get(2), 2)?));
        if parts.len() > 3 {
            return Err(NotADate::Form);
        }
        let date = Self { year: i32::from(year), month, day };
        let Some(month) = month else { return Ok(date) };
        if !(1..=12).contains(&month) {
            return Err(NotADate::Month);
        }
        let last = Self { day: None, ..date }.last();
        let last = u8::try_from(last.day()).unwrap_or(31);
        match day {
            Some(day) if day == 0 || day > last => Err(NotADate::Day { month, last }),
            _ => Ok(date),
        }
    }
}

impl fmt::Display for Date {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:04}", self.year)?;
        for part in [self.month, self.day].into_iter().flatten() {
            write!(f, "-{part:02}")?;
        }
        Ok(())
    }
}

impl Serialize for Date {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Date {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        text.parse().map_err(|_| serde::de::Error::custom("not a date"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn today() -> NaiveDate {
        NaiveDate::from_ymd_opt(2022, 5, 13).unwrap()
    }

    #[test]
    fn reads_the_usual_forms_and_keeps_the_precision() {
        for (typed, kept) in [
            ("2022-03-18", "2022-03-18"),
            ("2022/3/18", "2022-03-18"),
            ("2022.3.18", "2022-03-18"),
            ("20220318", "2022-03-18"),
            ("2022年3月18日", "2022-03-18"),
            ("2022年3月", "2022-03"),
            ("2022-03", "2022-03"),
            ("2022", "2022"),
            ("today", "2022-05-13"),
            ("今天", "2022-05-13"),
            ("昨天", "2022-05-12"),
            ("+3m", "2022-08-13"),
            ("＋１ｙ", "2023-05-13"),
            ("-13d", "2022-04-30"),
        ] {
            assert_eq!(Date::typed(typed, today()).unwrap().to_string(), kept, "{typed}");
        }
    }

    #[test]
    fn says_what_is_wrong() {
        assert_eq!(Date::typed("2023-03-32", today()), Err(NotADate::Day { month: 3, last: 31 }));
        assert_eq!(Date::typed("2023-02-29", today()), Err(NotADate::Day { month: 2, last: 28 }));
        assert_eq!(Date::typed("2023-13", today()), Err(NotADate::Month));
        for far in ["+8000y", "-200y", "100000m", "+100000y"] {
            assert_eq!(Date::typed(far, today()), Err(NotADate::Far), "{far}");
        }
        for wrong in ["", "x", "2023-", "22-3-1", "2023-1-1-1", "+m", "+3", "+3x", "１２"] {
            assert_eq!(Date::typed(wrong, today()), Err(NotADate::Form), "{wrong}");
        }
    }

    #[test]
    fn a_month_spans_its_days() {
        let month: Date = "2024-02".parse().unwrap();
        assert_eq!((month.first().day(), month.last().day()), (1, 29));
        assert!(month < "2024-02-01".parse().unwrap());
        assert!(month > "2024-01-31".parse().unwrap());
    }
}
