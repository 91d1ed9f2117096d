//! What the registers hold and want.

use chrono::{Days, Months, NaiveDate};

use super::Reading;
use super::counts::{Counts, Due};
use crate::book::{EntryKey, Stamp};
use crate::definition::Register;

/// From how many days before it on a review wants an answer.
pub const REVIEW_AHEAD: u64 = 30;
/// The id of the field that holds the day of the next review.
pub const REVIEW: &str = "review";
/// The id of the field that holds the day of the last review.
pub const REVIEWED: &str = "reviewed";

/// The id of the field that holds the day until which a review set the entry aside.
pub const ASIDE: &str = "aside";

/// What one register holds and wants.
#[derive(Debug, Clone)]
pub struct Summary<'a> {
    /// The register.
    pub register: &'a Register,
    /// Live entries.
    pub entries: usize,
    /// Whether its entries are scored at all.
    pub scored: bool,
    /// Entries that their evaluation puts on the significant or major list.
    pub listed: usize,
    /// Entries without an evaluation.
    pub unrated: usize,
    /// Entries whose evaluation rests on a rule that is in force no longer.
    pub outdated: usize,
    /// Entries whose review is due within [`REVIEW_AHEAD`] days or past, or that nobody has looked at for as long
    /// as the book allows.
    pub review: usize,
    /// Entries with required fields still open.
    pub open: usize,
    /// Evaluations by the code of their level: as they are, and with the controls in place.
    pub levels: Vec<(String, [usize; 2])>,
    /// Listed entries by their department.
    pub departments: Vec<(EntryKey, usize)>,
    /// The last change of any entry.
    pub changed: Option<Stamp>,
}

impl Due {
    /// What will be due within [`REVIEW_AHEAD`] days, where evaluations last so many months.
    pub fn ahead(today: NaiveDate, months: u32) -> Self {
        let until = today.checked_add_days(Days::new(REVIEW_AHEAD)).unwrap_or(today);
        let limit = until.checked_sub_months(Months::new(months)).unwrap_or(until);
        Self { until, limit }
    }
}

impl<'a> Reading<'a> {
    /// What every register that has its line on the home page holds and wants.
    pub fn summary(&self, counts: &Counts, due: Due) -> Vec<Summary<'a>> {
        let registers = self.definitions.registers().iter().enumerate();
        let wanting = counts.due(due);
        let shown = registers.filter(|(_, register)| register.home);
        let summary = |(at, register): (usize, &'a Register)| {
            let counted = counts.register(at);
            let scored = register.evaluation().is_some();
            Summary {
                register,
                entries: counted.entries,
                scored,
                listed: counted.listed,
                unrated: if scored { counted.entries.saturating_sub(counted.rated) } else { 0 },
                outdated: counted.outdated,
                review: wanting.get(at).copied().unwrap_or(0),
                open: counted.open,
                levels: counted.levels.into_iter().collect(),
                departments: counted.departments.into_iter().collect(),
                changed: counted.changed,
            }
        };
        shown.map(summary).collect()
    }
}

impl Summary<'_> {
    /// How many evaluations have this level: as they are, and with the controls in place.
    pub fn at_level(&self, code: &str) -> [usize; 2] {
        self.levels.iter().find(|(level, _)| *level == code).map_or([0; 2], |(_, counts)| *counts)
    }
}
