//! What has to be there month by month: which months have it, and which have not.

use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;

use super::check::matching;
use crate::book::{self, Cell, Date, Entry, EntryKey};
use crate::catalogue::Reading;
use crate::definition::{Choice, Field, Months};

/// The months, by their numbers, in which there is something, for whatever it is there for.
pub fn held(reading: &Reading, months: &Months, today: NaiveDate) -> BTreeMap<EntryKey, BTreeSet<i32>> {
    let book = reading.book;
    let mut held: BTreeMap<EntryKey, BTreeSet<i32>> = BTreeMap::new();
    let entries = matching(reading, &months.register, months.of.as_ref(), today);
    for entry in entries.iter().filter_map(|key| book.entry(*key)) {
        for (key, month) in held_by(reading, entry, months) {
            held.entry(key).or_default().insert(month);
        }
    }
    held
}

/// For what an entry is there, and in which month.
pub(super) fn held_by(reading: &Reading, entry: &Entry, months: &Months) -> Vec<(EntryKey, i32)> {
    let Cell::Date(date) = reading.book.cell(entry, &months.date) else { return Vec::new() };
    let Cell::Links(to) = reading.book.cell(entry, &months.link) else { return Vec::new() };
    let month = book::Months::number(date.first());
    to.iter().map(|key| (*key, month)).collect()
}

/// The first month in which anything has what it should; from then on it is asked of all.
pub fn begun(held: &BTreeMap<EntryKey, BTreeSet<i32>>) -> Option<i32> {
    held.values().filter_map(BTreeSet::first).min().copied()
}

/// The months that are over and have nothing, from the one in which it began.
pub fn lacking(held: Option<&BTreeSet<i32>>, begun: Option<i32>, today: NaiveDate) -> Vec<i32> {
    let Some(begun) = begun else { return Vec::new() };
    let lacks = |month: &i32| held.is_none_or(|held| !held.contains(month));
    (begun..book::Months::number(today)).filter(lacks).collect()
}

/// A month as it is written: `2022-05`.
pub fn month_name(number: i32) -> String {
    format!("{:04}-{:02}", number.div_euclid(12), number.rem_euclid(12) + 1)
}

/// The last day of a month.
pub fn month_end(number: i32) -> NaiveDate {
    let month = u8::try_from(number.rem_euclid(12) + 1).unwrap_or(12);
    Date::of_parts(number.div_euclid(12), month, 0).map_or(NaiveDate::MAX, Date::last)
}

/// Of which kind an entry has to be to count, where the rule says it by one choice alone: its field and the choice.
pub fn kind_of<'d>(reading: &Reading<'d>, months: &Months) -> Option<(&'d Field, &'d Choice)> {
    let (field, code) = months.of.as_ref()?.query.split_once('=')?;
    let field = reading.definitions.register(&months.register)?.field(field.trim())?;
    field.choice(code.trim()).map(|choice| (field, choice))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn months_are_told_and_end_with_their_days() {
        let number = book::Months::number("2024-02-10".parse().unwrap());
        assert_eq!(month_name(number), "2024-02");
        assert_eq!(month_end(number).to_string(), "2024-02-29");
        assert_eq!(month_end(number - 2).to_string(), "2023-12-31");
    }

    #[test]
    fn months_lack_from_the_one_in_which_it_began_up_to_the_one_that_is_over() {
        let day = |text: &str| text.parse::<NaiveDate>().unwrap();
        let number = |text: &str| book::Months::number(day(text));
        let held = BTreeSet::from([number("2021-11-30"), number("2022-02-01")]);
        let begun = begun(&BTreeMap::from([(EntryKey(1), held.clone())]));
        let names = |today: &str| {
            lacking(Some(&held), begun, day(today)).into_iter().map(month_name).collect::<Vec<_>>()
        };
        assert_eq!(names("2022-04-30"), ["2021-12", "2022-01", "2022-03"]);
        assert_eq!(names("2022-05-01"), ["2021-12", "2022-01", "2022-03", "2022-04"]);
        // What never had one lacks them all; before it began nothing is asked.
        assert_eq!(lacking(None, begun, day("2022-01-01")), [number("2021-11-30"), number("2021-12-30")]);
        assert_eq!(lacking(None, None, day("2022-05-01")), Vec::<i32>::new());
    }
}
