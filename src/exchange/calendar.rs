//! What is due as a calendar (RFC 5545).
//!
//! Duties are events of a whole day, not to-dos: a `VTODO` would know that a duty can be done, but most calendars of an
//! office (Outlook, those of phones and of mail services) drop it on import without a word.

use std::fmt::Write as _;

use chrono::{DateTime, Days, NaiveDate, Utc};
use sha2::{Digest, Sha256};

/// Octets that a line may have at most, its end aside (RFC 5545, 3.1).
const LINE: usize = 75;

/// What belongs to the calendar as a whole.
#[derive(Debug, Clone)]
pub struct Calendar {
    /// Its name.
    pub name: String,
    /// What tells the book from others: it goes into the name of every event.
    pub book: String,
    /// The moment at which it is made.
    pub made: DateTime<Utc>,
    /// How many changes the book has: a later calendar of it has more or as many.
    pub changes: u64,
}

/// Something that is due on a day.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Event {
    /// Names the duty, the same in every calendar of the book: so an event replaces the one that was there.
    pub duty: String,
    /// The day.
    pub on: NaiveDate,
    /// What is to be done.
    pub summary: String,
    /// What else is to be known.
    pub more: String,
    /// What it belongs to.
    pub category: String,
}

impl Calendar {
    /// The text of a calendar with these events.
    pub fn text(&self, events: &[Event]) -> String {
        let mut lines = Lines::default();
        lines.plain("BEGIN:VCALENDAR");
        lines.plain("VERSION:2.0");
        lines.plain(&format!("PRODID:-//taizhang//{}//ZH", env!("CARGO_PKG_VERSION")));
        lines.plain("CALSCALE:GREGORIAN");
        lines.plain("METHOD:PUBLISH");
        lines.text("X-WR-CALNAME", &self.name);
        let mut before: Vec<&str> = Vec::new();
        for event in events {
            let again = before.iter().filter(|duty| **duty == event.duty).count();
            before.push(&event.duty);
            self.event(&mut lines, event, again);
        }
        lines.plain("END:VCALENDAR");
        lines.0
    }

    fn event(&self, lines: &mut Lines, event: &Event, again: usize) {
        let day = |day: NaiveDate| day.format("%Y%m%d").to_string();
        lines.plain("BEGIN:VEVENT");
        lines.plain(&format!("UID:{}@taizhang", self.uid(&event.duty, again)));
        lines.plain(&format!("DTSTAMP:{}", self.made.format("%Y%m%dT%H%M%SZ")));
        lines.plain(&format!("SEQUENCE:{}", self.changes));
        lines.plain(&format!("DTSTART;VALUE=DATE:{}", day(event.on)));
        // The end is not part of the event: a day ends with the next.
        let next = event.on.checked_add_days(Days::new(1)).unwrap_or(event.on);
        lines.plain(&format!("DTEND;VALUE=DATE:{}", day(next)));
        lines.text("SUMMARY", &event.summary);
        if !event.more.is_empty() {
            lines.text("DESCRIPTION", &event.more);
        }
        lines.text("CATEGORIES", &event.category);
        // A deadline does not make anybody busy all day.
        lines.plain("TRANSP:TRANSPARENT");
        lines.plain("END:VEVENT");
    }

    /// The name of an event: of the book and of the duty alone; two duties of one name are counted.
    fn uid(&self, duty: &str, again: usize) -> String {
        let mut sha = Sha256::new();
        for part in [self.book.as_str(), duty, &again.to_string()] {
            sha.update((part.len() as u64).to_be_bytes());
            sha.update(part);
        }
        sha.finalize().iter().take(16).fold(String::new(), |hex, byte| hex + &format!("{byte:02x}"))
    }
}

/// Lines that end as the standard wants it and are folded where they are too long.
#[derive(Default)]
struct Lines(String);

impl Lines {
    /// A property whose value is a text.
    fn text(&mut self, name: &str, value: &str) {
        self.plain(&format!("{name}:{}", escaped(value)));
    }

    /// A line as it is, folded between characters; what goes on begins with a blank, which counts.
    fn plain(&mut self, line: &str) {
        let mut used = 0;
        for c in line.chars() {
            if used + c.len_utf8() > LINE {
                self.0.push_str("\r\n ");
                used = 1;
            }
            self.0.push(c);
            used += c.len_utf8();
        }
        self.0.push_str("\r\n");
    }
}

/// A text as a value: what has a meaning there is escaped, what acts on a screen is left out.
fn escaped(value: &str) -> String {
    let mut text = String::new();
    for c in value.replace("\r\n", "\n").chars() {
        match c {
            '\\' | ';' | ',' => {
                let _ = write!(text, "\\{c}");
            }
            '\n' => text.push_str("\\n"),
            '\t' => text.push(' '),
            c if crate::text::acts(c) => {}
            c => text.push(c),
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    fn calendar(changes: u64) -> Calendar {
        let made = DateTime::from_timestamp(1_652_400_000, 0).unwrap();
        Calendar { name: "甲，乙;丙".to_owned(), book: "book".to_owned(), made, changes }
    }

    fn event(duty: &str, summary: &str) -> Event {
        Event {
            duty: duty.to_owned(),
            on: "2022-12-31".parse().unwrap(),
            summary: summary.to_owned(),
            more: String::new(),
            category: "危险源".to_owned(),
        }
    }

    /// The lines with what was folded put together again.
    fn unfolded(text: &str) -> Vec<String> {
        text.replace("\r\n ", "").split("\r\n").map(str::to_owned).collect()
    }

    #[test]
    fn lines_are_folded_between_characters_and_end_as_they_must() {
        let summary = "应急演练，".repeat(40) + "a,b;c\\d\r\ne\u{7}f";
        let text = calendar(7).text(&[event("EP-001 drill", &summary)]);
        for line in text.split("\r\n") {
            assert!(line.len() <= LINE && !line.contains(['\n', '\r']), "{line}");
        }
        assert!(text.ends_with("END:VCALENDAR\r\n"));
        let lines = unfolded(&text);
        let said = lines.iter().find_map(|line| line.strip_prefix("SUMMARY:")).unwrap();
        assert_eq!(said, "应急演练，".repeat(40) + "a\\,b\\;c\\\\d\\nef");
        for line in [
            "DTSTAMP:20220513T000000Z",
            "DTSTART;VALUE=DATE:20221231",
            "DTEND;VALUE=DATE:20230101",
            "SEQUENCE:7",
            "X-WR-CALNAME:甲，乙\\;丙",
        ] {
            assert!(lines.iter().any(|other| other == line), "{line} in {lines:?}");
        }
    }

    #[test]
    fn a_duty_keeps_its_name_and_no_two_share_one() {
        let uids = |calendar: &Calendar, events: &[Event]| {
            let lines = unfolded(&calendar.text(events)).into_iter();
            lines.filter(|line| line.starts_with("UID:")).collect::<Vec<_>>()
        };
        let (one, other) = (event("EA-0001 review", "一"), event("EA-0002 review", "二"));
        let before = uids(&calendar(1), &[one.clone(), other.clone()]);
        let later = Event { on: "2023-12-31".parse().unwrap(), ..one.clone() };
        assert_eq!(uids(&calendar(2), &[other, later]), [before[1].clone(), before[0].clone()]);
        let twice = uids(&calendar(1), &[one.clone(), one.clone()]);
        assert!(twice[0] == before[0] && twice[1] != twice[0], "{twice:?}");
        let elsewhere = Calendar { book: "other".to_owned(), ..calendar(1) };
        assert_ne!(uids(&elsewhere, &[one]), [before[0].clone()]);
    }
}
