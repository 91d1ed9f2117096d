//! What a register may switch on beside its fields: a clock that stamps, windows in which something is due,
//! and problems that are to be closed. Each names the fields it works with.

use super::{Asked, Audit, Field, Found, Kind, Link, Looks, Recorded, Sheet, Yearly};
use crate::wording::{Label, Lang};

/// What a register has switched on.
#[derive(Debug, Clone, Default)]
pub struct Features {
    /// Its entries are kept by a clock.
    pub clock: Option<Clock>,
    /// Its entries are due, again and again, for what they link to.
    pub windows: Option<Windows>,
    /// Its entries hold problems that are to be closed.
    pub problems: Option<Problems>,
    /// What some choices want before they may be taken.
    pub gates: Vec<Gate>,
    /// Its entries are made of others in one key.
    pub raise: Option<Raise>,
    /// What hangs on its entries.
    pub chain: Vec<Link>,
    /// Until when something is to be done about its entries.
    pub dues: Vec<Deadline>,
    /// What in it only the program records.
    pub kept: Option<Kept>,
    /// Its entries are made of templates, item by item.
    pub sheet: Option<Sheet>,
    /// What is found in its rows becomes entries of another.
    pub found: Option<Found>,
    /// What a new entry does not take over from the one that it is made like.
    pub again: Option<Again>,
    /// Its entries are held against those of the year before.
    pub yearly: Option<Yearly>,
    /// Its entries are audits.
    pub audit: Option<Audit>,
    /// How an audit record tells of it.
    pub record: Option<Recorded>,
    /// What may be missing, where it is said why.
    pub unfilled: Vec<Unfilled>,
    /// What asks for another look at its entries, and whether they are looks at others.
    pub looks: Looks,
}

/// What only the program records: no hand writes it.
#[derive(Debug, Clone)]
pub struct Kept {
    /// The fields.
    pub fields: Vec<String>,
    /// Whether only the program makes entries.
    pub entries: bool,
    /// Once this field holds something, no hand deletes the entry.
    pub from: Option<String>,
    /// Fields that no hand changes from then on.
    pub frozen: Vec<String>,
    /// The one of those, and its choice, by which a hand may still end what stands.
    pub end: Option<(String, String)>,
    /// What to do instead.
    pub instead: Label,
}

impl Kept {
    /// Whether only the program writes this field.
    pub fn has(&self, field: &str) -> bool {
        self.fields.iter().any(|id| id == field)
    }
}

/// A field that there may be nothing for, such as the number of a contract: empty, it is never a blank that looks fine.
#[derive(Debug, Clone)]
pub struct Unfilled {
    /// The field.
    pub field: String,
    /// The text that says why there is none.
    pub why: String,
}

/// An entry that is made again and again, such as a hand-over of waste: what is of one time only. Names are ids of fields.
#[derive(Debug, Clone)]
pub struct Again {
    /// The day, which is today's in a new one.
    pub day: String,
    /// What is left empty in a new one.
    pub fresh: Vec<String>,
}

/// Until when something is to be done about an entry, and who answers for it. Names are ids of fields.
#[derive(Debug, Clone)]
pub struct Deadline {
    /// When.
    pub when: When,
    /// Only for these entries; for all where there is no query.
    pub of: Option<Asked>,
    /// What is to be done.
    pub what: Label,
    /// Who does it: words, or links.
    pub owner: Option<String>,
    /// The date that says it was done.
    pub done: Option<String>,
    /// Only the latest entry among those that say the same in these fields has it; all where there is none.
    pub newest: Option<Vec<String>>,
}

/// When something is due.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum When {
    /// On a date of the entry.
    On(String),
    /// Again and again, counted from the last time.
    Again {
        /// The date of the last time.
        since: String,
        /// The date that it is counted from before the first time.
        first: Option<String>,
        /// After how many months.
        months: Option<u32>,
        /// The number of months that the entry says itself.
        own: Option<String>,
    },
}

impl Deadline {
    /// The date that names the duty among those of an entry.
    pub fn date(&self) -> &str {
        match &self.when {
            When::On(date) => date,
            When::Again { since, .. } => since,
        }
    }
}

/// How an entry is made of what is on screen. Every name is the id of a field.
#[derive(Debug, Clone)]
pub struct Raise {
    /// What is wrong, in words.
    pub title: String,
    /// The day.
    pub day: String,
    /// What it is about.
    pub about: String,
    /// Whom it concerns.
    pub department: String,
    /// The clause of a finding.
    pub clause: Option<String>,
    /// The choice field, and its code, that say that a check found it.
    pub found: Option<(String, String)>,
    /// The same for what an audit found.
    pub audited: Option<(String, String)>,
    /// The audit that found it.
    pub audit: Option<String>,
}

/// What has to be there before a choice may be taken. Every name is the id of a field.
#[derive(Debug, Clone)]
pub struct Gate {
    /// The choice field.
    pub field: String,
    /// The code that is guarded.
    pub code: String,
    /// What must not be empty.
    pub needs: Vec<String>,
    /// Pairs of people who must not be one.
    pub apart: Vec<[String; 2]>,
    /// Pairs of dates of which the second must not lie before the first.
    pub order: Vec<[String; 2]>,
}

impl Gate {
    /// Every field that it speaks of.
    pub fn names(&self) -> impl Iterator<Item = &String> {
        let pairs = self.apart.iter().chain(&self.order).flatten();
        std::iter::once(&self.field).chain(&self.needs).chain(pairs)
    }
}

/// Stamps steps into the rows of an entry. Every name is the id of a field of the register, or of a column of
/// its rows.
#[derive(Debug, Clone)]
pub struct Clock {
    /// The day of the entry: only on that day the clock runs.
    pub day: String,
    /// When it began and when it ended, in fields of their own.
    pub ends: [Option<String>; 2],
    /// How many were expected, and how many are there.
    pub heads: Option<[String; 2]>,
    /// Where stamps go.
    pub into: Stamps,
    /// The usual steps, in their order.
    pub steps: Vec<Step>,
    /// The choice fields that are graded at the end, in their order.
    pub graded: Vec<String>,
}

/// The rows that stamps go into.
#[derive(Debug, Clone)]
pub struct Stamps {
    /// The field.
    pub rows: String,
    /// The column with the name of the step.
    pub step: String,
    /// The column with the time of day.
    pub time: String,
    /// The column for words.
    pub note: String,
    /// The column that keeps the target of the step, in seconds.
    pub target: Option<String>,
}

/// One usual step.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Step {
    /// Its name.
    pub name: Label,
    /// In how many seconds after the first stamp it should be reached.
    pub target: Option<u32>,
}

impl Clock {
    /// Lets the column of the steps know their names.
    pub(super) fn name_steps(&self, fields: &mut [Field]) {
        let rows = fields.iter_mut().filter(|field| field.id == self.into.rows);
        let columns = rows.filter_map(|field| match &mut field.kind {
            Kind::Rows(columns) => Some(columns),
            _ => None,
        });
        for column in columns.flatten().filter(|column| column.id == self.into.step) {
            column.known = self.steps.iter().map(|step| step.name.clone()).collect();
        }
    }
}

impl Step {
    /// Whether people may mean this step by `word`.
    pub fn answers_to(&self, word: &str) -> bool {
        let word = word.trim();
        self.name.get(Lang::Zh) == word || self.name.get(Lang::En).eq_ignore_ascii_case(word)
    }
}

/// In which windows of the year there has to be an entry for each of the things it links to.
#[derive(Debug, Clone)]
pub struct Windows {
    /// The field that links to what it is due for.
    pub of: String,
    /// The choice field there that says how often: `year`, `half-year`, `quarter` or `month`.
    pub every: String,
    /// The date there from which on it is due.
    pub since: Option<String>,
    /// The day of the entry.
    pub day: String,
    /// The field without which the entry does not count yet.
    pub held: String,
}

/// Where the problems of an entry stand, and what says how far they are. Every name but the first two is the id of
/// a column.
#[derive(Debug, Clone)]
pub struct Problems {
    /// The day of the entry.
    pub day: String,
    /// The rows.
    pub rows: String,
    /// What is wrong.
    pub problem: String,
    /// What is done about it.
    pub measure: String,
    /// Who does it.
    pub owner: String,
    /// Until when.
    pub due: String,
    /// When it was done.
    pub closed: String,
    /// Who confirmed that.
    pub confirmed: String,
    /// The later entries in which it was tried again.
    pub retest: String,
    /// Or another check, by name.
    pub check: Option<String>,
}
