//! What home shows of the entries, kept with every commit: a change costs what it changed, however large the book.

use std::collections::BTreeMap;
use std::sync::Arc;

use chrono::NaiveDate;

use super::Reading;
use super::outdated::Rules;
use super::summary::{ASIDE, REVIEW, REVIEWED};
use crate::book::{Cell, Date, Entry, EntryKey, Stamp};
use crate::definition::Field;
use crate::scoring::{Judged, Residual};

/// How many of the latest changes are kept.
pub const LATEST: usize = 8;

/// What home shows of the entries.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Counts {
    /// What each entry adds, by its key.
    parts: Vec<Option<Part>>,
    /// By the place of the register in the definitions.
    registers: Vec<Counted>,
    /// The entries that changed last, deleted ones too, the newest first.
    latest: Vec<(Stamp, EntryKey)>,
}

/// What one register holds.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Counted {
    /// Live entries.
    pub entries: usize,
    /// Entries on the significant or major list.
    pub listed: usize,
    /// Entries with an evaluation.
    pub rated: usize,
    /// Entries whose evaluation rests on a rule that is in force no longer.
    pub outdated: usize,
    /// Entries with required fields still open.
    pub open: usize,
    /// Evaluations by the code of their level: as they are, and with the controls in place.
    pub levels: BTreeMap<String, [usize; 2]>,
    /// Listed entries by their department.
    pub departments: BTreeMap<EntryKey, usize>,
    /// The last change of any entry.
    pub changed: Option<Stamp>,
}

/// What one entry adds.
#[derive(Debug, Clone, PartialEq)]
struct Part {
    register: usize,
    open: bool,
    outdated: bool,
    review: Option<NaiveDate>,
    looked: Option<NaiveDate>,
    aside: Option<NaiveDate>,
    department: Option<EntryKey>,
    judged: Option<Arc<Judged>>,
    residual: Option<Arc<Residual>>,
}

/// Which entries count as due: those whose next review is before `until`, and those that nobody has evaluated or
/// reviewed since `limit`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Due {
    /// Reviews before this day.
    pub until: NaiveDate,
    /// Last looks before this day.
    pub limit: NaiveDate,
}

impl Due {
    /// Whether an entry is due: by the day of its next review, or by when somebody last looked at it, unless that
    /// was to set it aside until a later day.
    fn holds(self, part: &Part) -> bool {
        let lapsed = part.looked.is_some_and(|day| day < self.limit);
        let aside = part.aside.is_some_and(|day| day >= self.until);
        part.review.is_some_and(|day| day < self.until) || lapsed && !aside
    }
}

/// The later of the day of an evaluation and that on which it was confirmed. What was never evaluated has none:
/// it wants an evaluation, not a review.
fn last_look(evaluated: Option<NaiveDate>, reviewed: Option<Date>) -> Option<NaiveDate> {
    evaluated.map(|on| on.max(reviewed.map_or(on, Date::last)))
}

impl Reading<'_> {
    /// The day on which somebody last evaluated an entry or confirmed its evaluation.
    pub fn last_look(&self, entry: &Entry) -> Option<NaiveDate> {
        let reviewed = match self.book.cell(entry, REVIEWED) {
            Cell::Date(date) => Some(*date),
            _ => None,
        };
        last_look(self.evaluation(entry).map(|evaluation| evaluation.occasion.on), reviewed)
    }

    /// Counts everything once.
    pub fn counts(&self) -> Counts {
        let mut counts = Counts {
            registers: vec![Counted::default(); self.definitions.registers().len()],
            ..Counts::default()
        };
        // The latest keys first: after them few are among the latest changes.
        let entries = |id: &str| self.book.entries(id).iter().rev();
        let live = self.definitions.registers().iter().flat_map(|register| entries(&register.id));
        counts.update(self, live.copied());
        counts.update(self, self.book.tombstones().map(|(key, _)| key));
        counts
    }

    /// Where an entry's register keeps what counts; none where it is not defined.
    fn lens(&self, register: u16) -> Option<Lens> {
        let id = self.book.register_id(register);
        let at = self.definitions.registers().iter().position(|register| register.id == id)?;
        let register = self.definitions.registers().get(at)?;
        let slot = |field: &str| self.book.slot(id, field);
        let named = |field: Option<&Field>| field.and_then(|field| slot(&field.id));
        Some(Lens {
            at,
            home: register.home,
            required: register
                .fields
                .iter()
                .filter(|field| field.required)
                .map(|field| slot(&field.id))
                .collect(),
            review: slot(REVIEW),
            reviewed: slot(REVIEWED),
            aside: slot(ASIDE),
            department: named(register.department_field()),
            evaluation: named(register.evaluation().map(|(_, field)| field)),
            rules: Rules::of(self, register),
        })
    }
}

/// Where a register keeps what counts.
struct Lens {
    /// The place of the register in the definitions.
    at: usize,
    home: bool,
    required: Vec<Option<usize>>,
    review: Option<usize>,
    reviewed: Option<usize>,
    aside: Option<usize>,
    department: Option<usize>,
    evaluation: Option<usize>,
    rules: Rules,
}

impl Lens {
    fn part(&mut self, reading: &Reading, entry: &Entry) -> Part {
        let cell = |slot: Option<usize>| slot.map_or(&Cell::Empty, |slot| entry.cell(slot));
        let date = |slot| match cell(slot) {
            Cell::Date(date) => Some(*date),
            _ => None,
        };
        let department = match cell(self.department) {
            Cell::Links(keys) => keys.first().copied(),
            _ => None,
        };
        let evaluation = cell(self.evaluation).evaluation();
        let rules = &mut self.rules;
        let evaluated = evaluation.map(|evaluation| evaluation.occasion.on);
        Part {
            register: self.at,
            open: self.required.iter().any(|slot| cell(*slot).is_empty()),
            outdated: evaluation.is_some_and(|judged| rules.is_outdated(reading, entry, judged)),
            review: date(self.review).map(Date::first),
            looked: last_look(evaluated, date(self.reviewed)),
            aside: date(self.aside).map(Date::last),
            department,
            judged: evaluation.map(|evaluation| Arc::clone(&evaluation.judged)),
            residual: evaluation.and_then(|evaluation| evaluation.residual.clone()),
        }
    }
}

impl Counts {
    /// Counts these entries anew, whatever happened to them.
    pub fn update(&mut self, reading: &Reading, keys: impl Iterator<Item = EntryKey>) {
        let mut lenses: BTreeMap<u16, Option<Lens>> = BTreeMap::new();
        for key in keys {
            let (register, stamp) = match (reading.book.entry(key), reading.book.tombstone(key)) {
                (Some(entry), _) => (entry.register, entry.edited),
                (None, Some(gone)) => (gone.last.register, gone.deleted()),
                (None, None) => continue,
            };
            let lens = lenses.entry(register).or_insert_with(|| reading.lens(register));
            let Some(lens) = lens else { continue };
            self.replace(key, reading.book.entry(key).map(|entry| lens.part(reading, entry)));
            if let Some(counted) = self.registers.get_mut(lens.at)
                && counted.changed.is_none_or(|last| last.seq < stamp.seq)
            {
                counted.changed = Some(stamp);
            }
            if lens.home {
                self.note(stamp, key);
            }
        }
    }

    fn replace(&mut self, key: EntryKey, part: Option<Part>) {
        let index = key.0 as usize;
        if self.parts.len() <= index {
            self.parts.resize(index + 1, None);
        }
        let Some(place) = self.parts.get_mut(index) else { return };
        let before = std::mem::replace(place, part);
        let after = self.parts.get(index).and_then(Option::as_ref);
        for (part, add) in [(before.as_ref(), false), (after, true)] {
            if let Some((part, counted)) =
                part.and_then(|part| Some((part, self.registers.get_mut(part.register)?)))
            {
                counted.take(part, add);
            }
        }
    }

    /// What a register holds, by its place in the definitions.
    pub fn register(&self, at: usize) -> Counted {
        self.registers.get(at).cloned().unwrap_or_default()
    }

    /// How many entries are due, by the place of their register in the definitions.
    pub fn due(&self, due: Due) -> Vec<usize> {
        let mut counts = vec![0; self.registers.len()];
        for part in self.parts.iter().flatten().filter(|part| due.holds(part)) {
            if let Some(count) = counts.get_mut(part.register) {
                *count += 1;
            }
        }
        counts
    }

    /// The entries that changed last, deleted ones too, the newest first.
    pub fn latest(&self) -> &[(Stamp, EntryKey)] {
        &self.latest
    }

    fn note(&mut self, stamp: Stamp, key: EntryKey) {
        let full = self.latest.len() == LATEST;
        if full && self.latest.last().is_some_and(|(least, than)| (least.seq, *than) > (stamp.seq, key)) {
            return;
        }
        self.latest.retain(|(_, other)| *other != key);
        let at = self.latest.partition_point(|(other, than)| (other.seq, *than) > (stamp.seq, key));
        self.latest.insert(at, (stamp, key));
        self.latest.truncate(LATEST);
    }
}

impl Counted {
    fn take(&mut self, part: &Part, add: bool) {
        let put = |count: &mut usize| *count = if add { *count + 1 } else { count.saturating_sub(1) };
        put(&mut self.entries);
        if part.open {
            put(&mut self.open);
        }
        let Some(judged) = &part.judged else { return };
        put(&mut self.rated);
        if part.outdated {
            put(&mut self.outdated);
        }
        if judged.listed {
            put(&mut self.listed);
            if let Some(department) = part.department {
                put(self.departments.entry(department).or_default());
            }
        }
        let residual = part.residual.as_ref().map(|residual| &residual.level);
        for (side, level) in [(0, Some(&judged.level)), (1, residual)] {
            let Some(level) = level else { continue };
            // A code is copied only for the first of its kind.
            let counts = match self.levels.get_mut(level) {
                Some(counts) => counts,
                None => self.levels.entry(level.clone()).or_default(),
            };
            counts.get_mut(side).into_iter().for_each(put);
        }
        if !add {
            self.departments.retain(|_, count| *count > 0);
            self.levels.retain(|_, counts| *counts != [0; 2]);
        }
    }
}
