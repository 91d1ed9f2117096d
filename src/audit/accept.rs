//! Findings that somebody accepted as they are: who, why, until when. They come back on the day after, and as soon as
//! the entry is changed.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{Months, NaiveDate};

use crate::book::{Cell, Date, Edit, EntryKey, Value};
use crate::catalogue::Reading;
use crate::definition::Check;
use crate::scoring::Decimal;

/// The register of what was accepted.
pub const ACCEPTED: &str = "accepted";
/// For how many months a finding is accepted where no day is said.
pub const USUAL_MONTHS: u32 = 12;

/// What is accepted on a day: the checks and entries, each with the last change of the entry that counts.
#[derive(Default)]
pub struct Accepted(BTreeMap<(String, EntryKey), u64>);

impl Accepted {
    /// What a book has accepted on a day.
    pub fn on(reading: &Reading, today: NaiveDate) -> Self {
        let book = reading.book;
        let mut accepted = BTreeMap::new();
        for entry in book.entries(ACCEPTED).iter().filter_map(|key| book.entry(*key)) {
            let Cell::Date(until) = book.cell(entry, "until") else { continue };
            let (Cell::Text(check), Cell::Links(keys)) =
                (book.cell(entry, "check"), book.cell(entry, "entry"))
            else {
                continue;
            };
            let Cell::Number(seen) = book.cell(entry, "seen") else { continue };
            let seen = seen.to_string().parse().unwrap_or(0);
            for key in keys.iter().filter(|_| today <= until.last()) {
                let last: &mut u64 = accepted.entry((book.text(*check).to_owned(), *key)).or_default();
                *last = seen.max(*last);
            }
        }
        Self(accepted)
    }

    /// What is accepted otherwise than before: the entries by their checks.
    pub(super) fn turned(&self, before: &Self) -> BTreeMap<String, BTreeSet<EntryKey>> {
        let mut turned: BTreeMap<String, BTreeSet<EntryKey>> = BTreeMap::new();
        for (here, there) in [(self, before), (before, self)] {
            let other = here.0.iter().filter(|(what, seen)| there.0.get(what) != Some(seen));
            other.for_each(|((check, entry), _)| _ = turned.entry(check.clone()).or_default().insert(*entry));
        }
        turned
    }

    /// Whether a finding is accepted.
    pub fn holds(&self, check: &Check, entry: EntryKey, reading: &Reading) -> bool {
        let changed = reading.book.entry(entry).map_or(u64::MAX, |entry| entry.edited.seq);
        !self.0.is_empty() && self.0.get(&(check.id.clone(), entry)).is_some_and(|seen| changed <= *seen)
    }
}

/// The edit that accepts a finding until a day.
pub fn accept(
    reading: &Reading,
    (check, entry): (&Check, EntryKey),
    (why, by): (&str, &str),
    until: Date,
) -> Edit {
    let text = |text: &str| Value::Text(text.to_owned());
    let seen = reading.book.entry(entry).map_or(0, |entry| entry.edited.seq);
    let title = format!("{}：{}", reading.title(entry), check.says.get(reading.lang));
    let fields = [
        ("title", text(&title)),
        ("check", text(&check.id)),
        ("entry", Value::Links(vec![entry])),
        ("why", text(why)),
        ("by", text(by)),
        ("until", Value::Date(until)),
        ("seen", Value::Number(Decimal::from(seen))),
    ];
    let fields = fields.map(|(field, value)| (field.to_owned(), value)).to_vec();
    Edit::Add { register: ACCEPTED.to_owned(), fields }
}

/// Until when a finding is accepted that is accepted on a day, where nobody says so.
pub fn usually_until(today: NaiveDate) -> Date {
    Date::day(today.checked_add_months(Months::new(USUAL_MONTHS)).unwrap_or(today))
}
