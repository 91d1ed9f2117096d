//! A point in the past of a book, as a person names it.

use chrono::{DateTime, FixedOffset, NaiveDate, NaiveDateTime, TimeDelta, TimeZone, Utc};

use super::Date;
use crate::wording::{Message, Tell, message};

/// A point in the past of a book.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Point {
    /// The end of a day on the book's clock.
    Day(NaiveDate),
    /// A moment.
    Moment(DateTime<Utc>),
    /// After the commit with this number; 0 is before the first.
    Commit(u64),
}

/// What was said names no point in the past.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{}", crate::wording::english(&self.message()))]
pub enum NoPoint {
    /// It has none of the forms.
    Form(String),
    /// There are not so many commits.
    Commit {
        /// The number said.
        seq: u64,
        /// The last one.
        last: u64,
    },
    /// That is still to come.
    Future(String),
    /// No audit is recorded before today.
    NoAudit,
    /// No review round was closed yet.
    NoReview,
}

impl Tell for NoPoint {
    fn message(&self) -> Message {
        match self {
            NoPoint::Form(said) => message!("point-form", said = said.clone()),
            NoPoint::Commit { seq, last } => message!("point-commit", seq = *seq, last = *last),
            NoPoint::Future(said) => message!("point-future", said = said.clone()),
            NoPoint::NoAudit => message!("point-no-audit"),
            NoPoint::NoReview => message!("point-no-review"),
        }
    }
}

impl Point {
    /// The point that a person means: a date in any usual form (a month means its last day), `-10d` or `today`;
    /// a date with a time of day; `#12` or a bare number for a commit.
    pub fn typed(text: &str, today: NaiveDate, zone: FixedOffset) -> Result<Self, NoPoint> {
        let said: String = text.trim().chars().map(crate::text::narrow).collect();
        let number = said.strip_prefix('#').unwrap_or(&said);
        if let Ok(seq) = number.trim().parse() {
            return Ok(Point::Commit(seq));
        }
        if let Some(moment) = moment(&said, zone) {
            return Ok(Point::Moment(moment));
        }
        match Date::typed(&said, today) {
            // A distance counts from today, and no real clock that runs ahead of it brings the day nearer.
            Ok(date) if date.first() > today && Date::typed(&said, NaiveDate::MIN) != Ok(date) => {
                Err(NoPoint::Future(date.to_string()))
            }
            // Of a month or a year that has begun, as far as it has come.
            Ok(date) if date.first() <= today => Ok(Point::Day(date.last().min(today))),
            Ok(date) => Ok(Point::Day(date.last())),
            Err(_) => Err(NoPoint::Form(text.trim().to_owned())),
        }
    }
}

/// A date with a time of day. Without seconds, the whole minute is meant: that is how moments are shown.
fn moment(said: &str, zone: FixedOffset) -> Option<DateTime<Utc>> {
    if let Ok(moment) = DateTime::parse_from_rfc3339(said) {
        return Some(moment.to_utc());
    }
    let said = said.replace(['T', 't'], " ").replace(['/', '.'], "-");
    let minute = NaiveDateTime::parse_from_str(&said, "%Y-%m-%d %H:%M");
    let minute = minute.map(|minute| minute + TimeDelta::milliseconds(59_999));
    let second = NaiveDateTime::parse_from_str(&said, "%Y-%m-%d %H:%M:%S");
    let second = second.map(|second| second + TimeDelta::milliseconds(999));
    Some(zone.from_local_datetime(&minute.or(second).ok()?).single()?.to_utc())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_point_is_named_in_several_ways() {
        let zone = FixedOffset::east_opt(8 * 3600).unwrap();
        let day = |text: &str| text.parse::<NaiveDate>().unwrap();
        let typed = |text: &str| Point::typed(text, day("2022-05-13"), zone);
        for (said, meant) in [
            ("2021-05-31", "2021-05-31"),
            ("2021/5/31", "2021-05-31"),
            ("2021-05", "2021-05-31"),
            ("2022-05", "2022-05-13"),
            ("-3d", "2022-05-10"),
            ("today", "2022-05-13"),
            ("今天", "2022-05-13"),
        ] {
            assert_eq!(typed(said), Ok(Point::Day(day(meant))), "{said}");
        }
        for said in ["12", "#12", "＃12"] {
            assert_eq!(typed(said), Ok(Point::Commit(12)), "{said}");
        }
        let utc = |text: &str| Ok(Point::Moment(text.parse().unwrap()));
        assert_eq!(typed("2021-05-31 14:00"), utc("2021-05-31T06:00:59.999Z"));
        assert_eq!(typed("2021-05-31T14:00:30"), utc("2021-05-31T06:00:30.999Z"));
        assert_eq!(typed("2021-05-31T14:00:30+00:00"), utc("2021-05-31T14:00:30Z"));
        // A distance from a today that stands still leads nowhere yet, whatever the clock of the host says.
        for ahead in ["+1y", "1d", "12-31"] {
            assert!(matches!(typed(ahead), Err(NoPoint::Future(_))), "{ahead}");
        }
        for wrong in ["", "then", "2021-02-30", "2021-05-31 25:00"] {
            assert_eq!(typed(wrong), Err(NoPoint::Form(wrong.to_owned())));
        }
    }
}
