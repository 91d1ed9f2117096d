//! What the registers hold and want, counted in one walk over the entries.

use chrono::{Days, NaiveDate};

use super::Reading;
use crate::book::{Cell, Entry, EntryKey, Stamp};
use crate::definition::Register;
use crate::scoring::Evaluation;

/// From how many days before it on a review wants an answer.
pub const REVIEW_AHEAD: u64 = 30;
/// The id of the field that holds the day of the next review.
pub const REVIEW: &str = "review";

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
    /// Entries whose review is due within [`REVIEW_AHEAD`] days or past.
    pub review: usize,
    /// Entries with required fields still open.
    pub open: usize,
    /// Evaluations by the code of their level: as they are, and with the controls in place.
    pub levels: Vec<(&'a str, [usize; 2])>,
    /// The last change of any entry.
    pub changed: Option<Stamp>,
}

impl<'a> Reading<'a> {
    /// What every register that has its line on the home page holds and wants on a day, and the `most` entries that changed last,
    /// deleted ones too.
    pub fn summary(&self, today: NaiveDate, most: usize) -> (Vec<Summary<'a>>, Vec<(Stamp, EntryKey)>) {
        let mut latest = Latest { most, newest: Vec::new() };
        let registers = self.definitions.registers().iter().filter(|register| register.home);
        let summaries: Vec<Summary> =
            registers.map(|register| self.summary_of(register, today, &mut latest)).collect();
        let serves = |register: u16| {
            let register = self.definitions.register(self.book.register_id(register));
            register.is_some_and(|register| !register.home)
        };
        let gone = self.book.tombstones().filter(|(_, tombstone)| !serves(tombstone.register));
        gone.for_each(|(key, tombstone)| latest.take(tombstone.deleted, key));
        (summaries, latest.newest)
    }

    fn summary_of(&self, register: &'a Register, today: NaiveDate, latest: &mut Latest) -> Summary<'a> {
        let slot = |field: &str| self.book.slot(&register.id, field);
        let evaluation = register.evaluation().map(|(_, field)| slot(&field.id));
        let review = slot(REVIEW);
        let required: Vec<Option<usize>> =
            register.fields.iter().filter(|field| field.required).map(|field| slot(&field.id)).collect();
        let until = today.checked_add_days(Days::new(REVIEW_AHEAD)).unwrap_or(today);
        let mut summary = Summary {
            register,
            entries: 0,
            scored: evaluation.is_some(),
            listed: 0,
            unrated: 0,
            review: 0,
            open: 0,
            levels: Vec::new(),
            changed: None,
        };
        let empty = |entry: &Entry, slot: Option<usize>| slot.is_none_or(|slot| entry.cell(slot).is_empty());
        for entry in self.book.entries(&register.id).iter().filter_map(|key| self.book.entry(*key)) {
            summary.entries += 1;
            if let Some(slot) = evaluation {
                match slot.and_then(|slot| entry.cell(slot).evaluation()) {
                    Some(evaluation) => summary.count(evaluation),
                    None => summary.unrated += 1,
                }
            }
            if let Some(Cell::Date(date)) = review.map(|slot| entry.cell(slot)) {
                summary.review += usize::from(date.first() < until);
            }
            summary.open += usize::from(required.iter().any(|slot| empty(entry, *slot)));
            if summary.changed.is_none_or(|last| last.seq < entry.edited.seq) {
                summary.changed = Some(entry.edited);
            }
            latest.take(entry.edited, entry.key);
        }
        summary
    }
}

impl<'a> Summary<'a> {
    fn count(&mut self, evaluation: &'a Evaluation) {
        self.listed += usize::from(evaluation.listed);
        let residual = evaluation.residual.as_ref().map(|residual| residual.level.as_str());
        for (side, level) in [(0, Some(evaluation.level.as_str())), (1, residual)] {
            let Some(level) = level else { continue };
            let at = self.levels.iter().position(|(known, _)| *known == level).unwrap_or_else(|| {
                self.levels.push((level, [0; 2]));
                self.levels.len() - 1
            });
            if let Some(count) = self.levels.get_mut(at).and_then(|(_, counts)| counts.get_mut(side)) {
                *count += 1;
            }
        }
    }

    /// How many evaluations have this level: as they are, and with the controls in place.
    pub fn at_level(&self, code: &str) -> [usize; 2] {
        self.levels.iter().find(|(level, _)| *level == code).map_or([0; 2], |(_, counts)| *counts)
    }
}

/// The newest changes, newest first.
struct Latest {
    most: usize,
    newest: Vec<(Stamp, EntryKey)>,
}

impl Latest {
    fn take(&mut self, stamp: Stamp, key: EntryKey) {
        if self.newest.len() == self.most
            && self.newest.last().is_none_or(|(least, _)| least.seq >= stamp.seq)
        {
            return;
        }
        let at = self.newest.partition_point(|(other, _)| other.seq >= stamp.seq);
        self.newest.insert(at, (stamp, key));
        self.newest.truncate(self.most);
    }
}
