//! What is different between two points of a book's past: the commits between them, summed up.
//!
//! Every entry that any of them touched counts once, as exactly one kind; so the counts add up.

use std::collections::BTreeMap;

use chrono::NaiveDate;

use super::{ASIDE, AUDITS, REVIEW, REVIEWED, Reading};
use crate::book::{Act, Cell, Change, Commit, EntryKey, NoPoint, Origin, Point, SERIAL, Value};
use crate::definition::Register;
use crate::scoring::Evaluation;
use crate::wording::message;

/// What became of an entry.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Became {
    /// It is new, or there again.
    New,
    /// Fields have other values.
    Changed,
    /// It is gone.
    Removed,
    /// It was evaluated or reviewed again and has the same verdict; nothing else changed but the day of its next
    /// review.
    Reevaluated,
    /// It was changed and is again as it was.
    Same,
    /// It came and went.
    Passing,
}

impl Became {
    /// Every kind, in the order in which they are told.
    pub const ALL: [Became; 6] =
        [Became::New, Became::Changed, Became::Removed, Became::Reevaluated, Became::Same, Became::Passing];

    /// Its name in the messages `net-ID`.
    pub fn id(self) -> &'static str {
        match self {
            Became::New => "new",
            Became::Changed => "changed",
            Became::Reevaluated => "reevaluated",
            Became::Same => "same",
            Became::Removed => "removed",
            Became::Passing => "passing",
        }
    }

    /// Its sign in lists.
    pub fn sign(self) -> &'static str {
        match self {
            Became::New => "+",
            Became::Changed => "*",
            Became::Reevaluated | Became::Same | Became::Passing => "=",
            Became::Removed => "-",
        }
    }
}

/// Who did something, when and why.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Doing {
    /// The number of the commit.
    pub seq: u64,
    /// Who and when.
    pub origin: Origin,
    /// The reason given.
    pub why: Option<String>,
}

/// A field, from what to what over the whole time.
#[derive(Debug, Clone, PartialEq)]
pub struct NetField {
    /// The field's id.
    pub field: String,
    /// What stood there first.
    pub from: Option<Value>,
    /// What stands there at the end.
    pub to: Option<Value>,
    /// The last change of it.
    pub last: Doing,
}

impl NetField {
    /// Both evaluations, where it holds such.
    fn evaluations(&self) -> Option<(Option<&Evaluation>, Option<&Evaluation>)> {
        let of = |value: &'_ Option<Value>| matches!(value, Some(Value::Evaluation(_)));
        if !of(&self.from) && !of(&self.to) {
            return None;
        }
        Some((evaluation(self.from.as_ref()), evaluation(self.to.as_ref())))
    }
}

fn evaluation(value: Option<&Value>) -> Option<&Evaluation> {
    match value {
        Some(Value::Evaluation(evaluation)) => Some(evaluation),
        _ => None,
    }
}

/// What became of one entry.
#[derive(Debug, Clone, PartialEq)]
pub struct NetEntry {
    /// The entry.
    pub entry: EntryKey,
    /// Its register.
    pub register: String,
    /// Its serial at the end.
    pub serial: String,
    /// What became of it.
    pub became: Became,
    /// Its verdict is another: it came on the significant or major list, or left it.
    pub flipped: bool,
    /// Its fields; of an entry that is new or gone all of them.
    pub fields: Vec<NetField>,
    /// Of one that is new what added it, of every other the last change.
    pub last: Doing,
}

/// Changes being summed up.
#[derive(Debug, Default)]
pub struct Net {
    entries: BTreeMap<EntryKey, Sum>,
    commits: usize,
}

#[derive(Debug)]
struct Sum {
    there_before: bool,
    there_now: bool,
    /// What added it, or brought it back, last.
    came: Doing,
    entry: NetEntry,
}

impl Net {
    /// Takes in the next commit.
    pub fn take(&mut self, commit: &Commit) {
        self.commits += 1;
        let doing = Doing { seq: commit.seq, origin: commit.origin.clone(), why: commit.why.clone() };
        for change in &commit.changes {
            let sum = self.entries.entry(change.entry).or_insert_with(|| Sum::begin(change, &doing));
            sum.take(change, &doing);
        }
    }

    /// How many commits were taken in.
    pub fn commits(&self) -> usize {
        self.commits
    }

    /// What became of every entry touched, in the order of their keys.
    pub fn entries(self) -> Vec<NetEntry> {
        self.entries.into_values().map(Sum::finish).collect()
    }
}

impl Sum {
    fn begin(change: &Change, doing: &Doing) -> Self {
        let there = matches!(change.act, Act::Set | Act::Delete);
        let entry = NetEntry {
            entry: change.entry,
            register: change.register.clone(),
            serial: change.serial.clone(),
            became: Became::Same,
            flipped: false,
            fields: Vec::new(),
            last: doing.clone(),
        };
        Self { there_before: there, there_now: there, came: doing.clone(), entry }
    }

    fn take(&mut self, change: &Change, doing: &Doing) {
        match change.act {
            Act::Add | Act::Restore => {
                self.there_now = true;
                doing.clone_into(&mut self.came);
            }
            Act::Delete => self.there_now = false,
            Act::Set => {}
        }
        change.serial.clone_into(&mut self.entry.serial);
        self.entry.last = doing.clone();
        for field in &change.fields {
            let (to, last) = (field.to.clone(), doing.clone());
            let known = self.entry.fields.iter_mut().find(|known| known.field == field.field);
            if let Some(known) = known {
                (known.to, known.last) = (to, last);
            } else {
                let (field, from) = (field.field.clone(), field.from.clone());
                self.entry.fields.push(NetField { field, from, to, last });
            }
        }
    }

    fn finish(self) -> NetEntry {
        let Self { there_before, there_now, came, mut entry } = self;
        let passing = !there_before && !there_now;
        entry.fields.retain(|field| passing || field.from != field.to);
        let again = |field: &NetField| match field.evaluations() {
            Some((Some(from), Some(to))) => {
                let residual = |one: &Evaluation| one.residual.as_ref().map(|residual| residual.score);
                (&from.method, &from.level, from.listed, from.score, residual(from))
                    == (&to.method, &to.level, to.listed, to.score, residual(to))
            }
            _ => false,
        };
        let confirmed = |field: &NetField| again(field) || field.field == REVIEWED;
        let beside = |field: &NetField| confirmed(field) || [REVIEW, ASIDE].contains(&field.field.as_str());
        entry.became = match (there_before, there_now) {
            (false, true) => Became::New,
            (true, false) => Became::Removed,
            (false, false) => Became::Passing,
            _ if entry.fields.is_empty() => Became::Same,
            _ if entry.fields.iter().any(confirmed) && entry.fields.iter().all(beside) => Became::Reevaluated,
            _ => Became::Changed,
        };
        if entry.became == Became::New {
            entry.last = came;
        }
        let listed = |evaluation: Option<&Evaluation>| evaluation.is_some_and(|one| one.listed);
        let flips =
            |field: &NetField| field.evaluations().is_some_and(|(from, to)| listed(from) != listed(to));
        entry.flipped = entry.became == Became::Changed && entry.fields.iter().any(flips);
        entry
    }
}

/// How many entries of each kind, and how many verdicts flipped among the changed ones.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Tally {
    /// By kind, in the order of [`Became::ALL`].
    pub kinds: [usize; 6],
    /// Flipped verdicts.
    pub flipped: usize,
}

impl Tally {
    /// Counts entries.
    pub fn of<'e>(entries: impl Iterator<Item = &'e NetEntry>) -> Self {
        let mut tally = Self::default();
        for entry in entries {
            for (kind, count) in Became::ALL.into_iter().zip(&mut tally.kinds) {
                *count += usize::from(kind == entry.became);
            }
            tally.flipped += usize::from(entry.flipped);
        }
        tally
    }

    /// How many of a kind.
    pub fn count(&self, became: Became) -> usize {
        let mut kinds = Became::ALL.into_iter().zip(self.kinds);
        kinds.find(|(kind, _)| *kind == became).map_or(0, |(_, count)| count)
    }

    /// All of them.
    pub fn touched(&self) -> usize {
        self.kinds.iter().sum()
    }
}

/// The register whose latest entry says when the last audit was, and its field.
const LAST_AUDIT: (&str, &str) = (AUDITS, "date");
/// The register whose latest closed entry says when the last review was, and the field that closes it.
const LAST_REVIEW: (&str, &str) = ("reviews", "ended");

impl Reading<'_> {
    /// The point since which changes are asked for: as [`Point::typed`], or `audit` or `review` for the last one.
    pub fn since(&self, text: &str, today: NaiveDate) -> Result<Point, NoPoint> {
        let said = text.trim().to_lowercase();
        let before = |point: &Point| match point {
            Point::Day(day) => *day < today,
            _ => true,
        };
        match said.as_str() {
            "audit" | "内审" | "审核" => {
                self.latest(LAST_AUDIT).into_iter().rfind(before).ok_or(NoPoint::NoAudit)
            }
            "review" | "复评" => self.latest(LAST_REVIEW).pop().ok_or(NoPoint::NoReview),
            _ => Point::typed(text, today, self.zone),
        }
    }

    /// The points that stand in a field of a register, the earliest first.
    fn latest(&self, (register, field): (&str, &str)) -> Vec<Point> {
        let entries = self.book.entries(register).iter().filter_map(|key| self.book.entry(*key));
        let mut points: Vec<Point> = entries
            .filter_map(|entry| match self.book.cell(entry, field) {
                Cell::Date(date) => Some(Point::Day(date.last())),
                Cell::Text(id) => Point::typed(self.book.text(*id), NaiveDate::default(), self.zone).ok(),
                _ => None,
            })
            .filter(|point| !matches!(point, Point::Commit(_)))
            .collect();
        points.sort_by_key(|point| match point {
            Point::Day(day) => (*day, None),
            Point::Moment(utc) => (utc.with_timezone(&self.zone).date_naive(), Some(*utc)),
            Point::Commit(_) => (NaiveDate::MIN, None),
        });
        points
    }

    /// Entries by their registers, in the order of home, flipped verdicts first; registers that are defined no
    /// longer come last.
    pub fn by_register<'e>(&self, entries: &'e [NetEntry]) -> Vec<(Option<&Register>, Vec<&'e NetEntry>)> {
        let known =
            self.definitions.registers().iter().map(|register| (Some(register), register.id.as_str()));
        let mut left: Vec<&str> = entries.iter().map(|entry| entry.register.as_str()).collect();
        left.retain(|id| self.definitions.register(id).is_none());
        left.sort_unstable();
        left.dedup();
        let all = known.chain(left.into_iter().map(|id| (None, id)));
        let of = |id: &str| {
            let mut of: Vec<&NetEntry> = entries.iter().filter(|entry| entry.register == id).collect();
            of.sort_by_key(|entry| (!entry.flipped, entry.became));
            of
        };
        all.map(|(register, id)| (register, of(id))).filter(|(_, entries)| !entries.is_empty()).collect()
    }

    /// Counts in words; what there is none of is left out.
    pub fn tally(&self, tally: &Tally) -> String {
        let counted = |kind: Became| {
            let count = tally.count(kind);
            (count > 0).then(|| format!("{} {count}", self.wording.say_dynamic("net", kind.id())))
        };
        // What an auditor asks first stands first.
        let flipped = self.wording.render(&message!("net-flipped", count = tally.flipped));
        let flipped = (tally.flipped > 0).then_some(flipped);
        flipped.into_iter().chain(Became::ALL.into_iter().filter_map(counted)).collect::<Vec<_>>().join("  ")
    }

    /// When something was done, by whom, in which commit and why.
    pub fn doing(&self, doing: &Doing) -> String {
        let at = doing.origin.utc.with_timezone(&self.zone).format("%Y-%m-%d %H:%M");
        let why = doing.why.as_ref().map(|why| self.wording.render(&message!("because", why = why.clone())));
        format!("{at} {} #{}  {}", doing.origin.name, doing.seq, why.unwrap_or_default())
            .trim_end()
            .to_owned()
    }

    /// What an entry that was touched is called: its title now, or the last it had.
    pub fn net_title(&self, entry: &NetEntry) -> String {
        if self.book.entry(entry.entry).is_some() {
            return self.title(entry.entry);
        }
        let title = self.definitions.register(&entry.register).map(|register| &register.title_field().id);
        let field = entry.fields.iter().find(|field| Some(&field.field) == title);
        match field.map(|field| field.to.as_ref().or(field.from.as_ref())) {
            Some(Some(Value::Text(text))) => text.clone(),
            // Deleting it changed no field; what is left of it still knows.
            _ if self.book.tombstone(entry.entry).is_some() => self.link(entry.entry),
            _ => String::new(),
        }
    }

    /// A field of an entry that was touched, in words: its name, what stood there first, what stands there now.
    pub fn net_field(&self, entry: &NetEntry, field: &NetField) -> (String, String, String) {
        let change = crate::book::FieldChange {
            field: field.field.clone(),
            from: field.from.clone(),
            to: field.to.clone(),
        };
        let (name, from, to) = self.field_change_in(&entry.register, &change);
        let name = if field.field == SERIAL { self.wording.say("net-serial") } else { name };
        (name, from, to)
    }
}
