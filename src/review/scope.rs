//! What a round looks at.

use chrono::{Months, NaiveDate};

use crate::book::EntryKey;
use crate::catalogue::{ASIDE, Reading};
use crate::definition::Register;
use crate::query::QueryProblem;

/// What a round looks at: a list and a query over it, as the record keeps them.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Scope {
    /// The id of a register or view; empty for every register that is scored.
    pub list: String,
    /// What it selects there, in the query language.
    pub query: String,
}

/// The registers whose entries can be reviewed: those that are scored.
pub fn reviewable<'a>(reading: &Reading<'a>) -> impl Iterator<Item = &'a Register> {
    let registers = reading.definitions.registers().iter();
    registers.filter(|register| register.home && register.evaluation().is_some())
}

/// Selects what is due in a list on a day: the day of the next review is there or past, or nobody has looked at the
/// evaluation for so many months and did not set it aside until later.
pub fn due(reading: &Reading, list: &str, today: NaiveDate, months: u32) -> String {
    let limit = today.checked_sub_months(Months::new(months)).unwrap_or(NaiveDate::MIN);
    let mut registers: Vec<&Register> =
        reading.listing(list).map(|listing| listing.register).into_iter().collect();
    if list.is_empty() {
        registers = reviewable(reading).collect();
    }
    // A register of one's own need not have the day.
    let aside = registers.iter().all(|register| register.field(ASIDE).is_some());
    let aside = if aside { format!(" (aside:- | aside<={today})") } else { String::new() };
    format!("review<={today} | (evaluated<={limit} (reviewed:- | reviewed<={limit}){aside})")
}

impl Scope {
    /// The entries it selects now, register by register, each in the order of its list. Over several registers
    /// one that has not a field of the query has nothing in it.
    pub fn members(&self, reading: &Reading, today: NaiveDate) -> Result<Vec<EntryKey>, QueryProblem> {
        let listings = if self.list.is_empty() {
            reviewable(reading).filter_map(|register| reading.listing(&register.id).ok()).collect()
        } else {
            Vec::from_iter(reading.listing(&self.list))
        };
        let (mut members, mut problem, mut read) = (Vec::new(), None, false);
        for listing in listings {
            match reading.entries(&listing, &self.query, today) {
                Ok(keys) => {
                    read = true;
                    members.extend(keys);
                }
                Err(unread) => problem = problem.or(Some(unread)),
            }
        }
        match problem {
            Some(problem) if !read => Err(problem),
            _ => Ok(members),
        }
    }
}
