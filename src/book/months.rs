//! How much was done in which month: kept with every commit, never counted again.

use std::collections::BTreeMap;

use chrono::{Datelike, NaiveDate};

use super::Opening;
use super::commit::local;

/// What was done in one month.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Month {
    /// How many commits of people.
    pub commits: u64,
    /// The first of them.
    pub first: u64,
    /// The last of them.
    pub last: u64,
}

/// Months by their number: twelve times the year and the month from 0 to 11.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Months(BTreeMap<i32, Month>);

impl Months {
    /// The number of the month that a day is in.
    pub fn number(day: NaiveDate) -> i32 {
        day.year() * 12 + i32::try_from(day.month0()).unwrap_or(0)
    }

    /// What was done in a month.
    pub fn get(&self, number: i32) -> Month {
        self.0.get(&number).copied().unwrap_or_default()
    }

    /// Every month in which something was done.
    pub fn iter(&self) -> impl Iterator<Item = (i32, Month)> + '_ {
        self.0.iter().map(|(number, month)| (*number, *month))
    }

    /// How many commits of people there are.
    pub fn commits(&self) -> u64 {
        self.0.values().map(|month| month.commits).sum()
    }

    /// Takes a commit in; what the program did by itself is nobody's work.
    pub(super) fn take(&mut self, commit: &Opening) {
        if commit.own {
            return;
        }
        let month = self.0.entry(Self::number(local(commit.utc, commit.offset).date_naive())).or_default();
        if month.commits == 0 {
            month.first = commit.seq;
        }
        (month.commits, month.last) = (month.commits + 1, commit.seq);
    }

    /// Puts a month in as it was kept.
    pub(super) fn put(&mut self, number: i32, month: Month) {
        self.0.insert(number, month);
    }
}
