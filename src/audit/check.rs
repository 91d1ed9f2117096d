//! Looking a book over by its rules: what an auditor would find, from the data alone.

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;

use super::accept::Accepted;
use super::months::{begun, held, lacking, month_name};
use super::passages::open_passages;
use super::problems::{problems_of, text};
use super::stale::causes_in_short;
use super::terms::{bare_number, same_words};
use super::windows::{Met, drill_windows};
use crate::book::{Cell, Date, Entry, EntryKey, Plain, Row};
use crate::catalogue::Reading;
use crate::definition::{Asked, Check, Finds, Rule, Severity, Terms};
use crate::wording::{Message, message};

/// What one check came to.
#[derive(Debug, Clone)]
pub struct Looked<'d> {
    /// The rule that it belongs to.
    pub rule: &'d Rule,
    /// The check.
    pub check: &'d Check,
    /// How many entries it looked at.
    pub of: usize,
    /// What it found.
    pub found: Cow<'d, [Finding]>,
    /// What it found and somebody accepted as it is.
    pub accepted: Cow<'d, [Finding]>,
}

/// An entry that a check found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Finding {
    /// The entry.
    pub entry: EntryKey,
    /// Which part of it, in words.
    pub detail: Option<Message>,
    /// The first of the rows that are meant, by its place, where some are.
    pub row: Option<usize>,
}

impl Finding {
    /// An entry, and which part of it, in words.
    pub(super) fn new(entry: EntryKey, detail: Option<Message>) -> Self {
        Self { entry, detail, row: None }
    }
}

impl Looked<'_> {
    /// Whether it found what is not a mere question.
    pub fn fails(&self) -> bool {
        !self.found.is_empty() && self.check.severity != Severity::Question
    }
}

/// Every check of every rule, in the order of the rules.
pub fn look_over<'d>(reading: &Reading<'d>, today: NaiveDate) -> Vec<Looked<'d>> {
    look_for(reading, today, |_, _| true)
}

/// The checks that are wanted, in the order of the rules; no other is made.
pub fn look_for<'d>(
    reading: &Reading<'d>,
    today: NaiveDate,
    wanted: impl Fn(&Rule, &Check) -> bool,
) -> Vec<Looked<'d>> {
    let checks = reading.definitions.rules().iter();
    let checks = checks.flat_map(|rule| rule.checks.iter().map(move |check| (rule, check)));
    let checks = checks.filter(|(rule, check)| wanted(rule, check));
    let (looker, accepted) = (Looker { reading, today }, Accepted::on(reading, today));
    let look = |(rule, check): (&'d Rule, &'d Check)| {
        let keys = looker.matching(&check.register, check.of.as_ref());
        let of = keys.len();
        let holds = |finding: &Finding| accepted.holds(check, finding.entry, reading);
        let (accepted, found): (Vec<_>, Vec<_>) = looker.found(check, keys).into_iter().partition(holds);
        Looked { rule, check, of, found: found.into(), accepted: accepted.into() }
    };
    checks.map(look).collect()
}

/// The entries of a register that answer a query on a day; all where there is none.
pub(super) fn matching(
    reading: &Reading,
    register: &str,
    asked: Option<&Asked>,
    today: NaiveDate,
) -> Vec<EntryKey> {
    let mut keys = reading.book.entries(register).to_vec();
    keep(reading, register, asked, &mut keys, today);
    keys
}

fn keep(
    reading: &Reading,
    register: &str,
    asked: Option<&Asked>,
    keys: &mut Vec<EntryKey>,
    today: NaiveDate,
) {
    let Some((asked, known)) = asked.zip(reading.definitions.register(register)) else { return };
    // A query that cannot be read was refused with its file.
    let Ok(filter) = reading.filter(known, &asked.query, today) else { return keys.clear() };
    filter.prepare(reading.book, reading.definitions, reading.words).keep(register, keys);
}

pub(super) struct Looker<'r, 'd> {
    pub(super) reading: &'r Reading<'d>,
    pub(super) today: NaiveDate,
}

impl Looker<'_, '_> {
    /// The entries of a register that answer a query; all where there is none.
    pub(super) fn matching(&self, register: &str, asked: Option<&Asked>) -> Vec<EntryKey> {
        matching(self.reading, register, asked, self.today)
    }

    fn keep(&self, register: &str, asked: Option<&Asked>, keys: &mut Vec<EntryKey>) {
        keep(self.reading, register, asked, keys, self.today);
    }

    pub(super) fn found(&self, check: &Check, mut keys: Vec<EntryKey>) -> Vec<Finding> {
        let plain = |entry: &Entry, holds: bool| holds.then_some(Finding::new(entry.key, None));
        let said = |entry: &Entry, detail: Option<Message>| {
            detail.map(|detail| Finding::new(entry.key, Some(detail)))
        };
        match &check.finds {
            Finds::Query(asked) => {
                self.keep(&check.register, Some(asked), &mut keys);
                keys.into_iter().map(|entry| Finding::new(entry, None)).collect()
            }
            Finds::Vague(field) => self.each(&keys, |entry| {
                plain(entry, self.date(entry, field).is_some_and(|date| !date.is_day()))
            }),
            Finds::Late { date, link, than } => {
                self.each(&keys, |entry| said(entry, self.late(entry, date, link, than)))
            }
            Finds::Row { rows, filled, empty, is } => self.each(&keys, |entry| {
                self.rows_where(entry, rows, |row| lacks(row, (filled, empty), is.as_ref()))
            }),
            Finds::Bare { rows, text: column, before } => self.each(&keys, |entry| {
                let bare = |row: &Row| bare_number(text(row, column), before).is_some();
                self.rows_where(entry, rows, bare)
            }),
            Finds::Twice { rows, text: column } => {
                self.each(&keys, |entry| said(entry, self.twice(entry, rows, column)))
            }
            Finds::Copied { rows, text } => self.copied(&keys, rows, text),
            Finds::Same(field) => self.same(&keys, field),
            Finds::Unproved => self.each(&keys, |entry| said(entry, self.unproved(entry))),
            Finds::Judges(least) => self.each(&keys, |entry| {
                let made = self.reading.evaluation(entry);
                plain(entry, made.is_some_and(|made| made.occasion.by.len() < *least))
            }),
            Finds::Window => self.windows(&keys),
            Finds::Overdue => self.each(&keys, |entry| said(entry, self.overdue(entry))),
            Finds::Stale => self.each(&keys, |entry| {
                let causes = causes_in_short(self.reading, entry.key);
                said(entry, causes.map(|causes| message!("check-words", words = causes)))
            }),
            Finds::Months(months) => self.months(&keys, &held(self.reading, months, self.today)),
            Finds::Terms(terms) => self.each(&keys, |entry| said(entry, self.terms(entry, terms))),
            Finds::Presupposed(presupposed) => self.presupposed(&keys, presupposed),
            Finds::Uncovered(uncovered) => self.uncovered(&keys, uncovered),
            Finds::Unnamed(unnamed) => self.unnamed(&keys, unnamed),
            Finds::Rose(limit) => self.each(&keys, |entry| {
                let before = self.reading.year_before(entry);
                said(entry, before.filter(|before| before.rose > Some(*limit)).map(|before| before.words()))
            }),
            Finds::Lapsed(lapsed) => self.lapsed(&keys, lapsed),
            Finds::Repeated => self.each(&keys, |entry| said(entry, self.repeated(entry))),
            Finds::Balance(balance) => self.balance(&keys, balance),
            Finds::Near { text, registers } => self.near(&keys, text, registers),
        }
    }

    /// Entries that say the same as an earlier one.
    fn same(&self, keys: &[EntryKey], field: &str) -> Vec<Finding> {
        let mut seen: BTreeMap<String, EntryKey> = BTreeMap::new();
        let mut found = Vec::new();
        for entry in keys.iter().filter_map(|key| self.reading.book.entry(*key)) {
            let words = same_words(self.words(entry, field));
            if words.is_empty() {
                continue;
            }
            match seen.get(&words) {
                Some(first) => {
                    let first = self.reading.book.serial(*first).to_owned();
                    found.push(Finding::new(entry.key, Some(message!("check-words", words = first))));
                }
                None => drop(seen.insert(words, entry.key)),
            }
        }
        found
    }

    fn unproved(&self, entry: &Entry) -> Option<Message> {
        let evaluation = self.reading.evaluation(entry)?;
        let mismatch = evaluation.prove(self.reading.method(evaluation)?).err()?;
        let (kept, follows) = (mismatch.kept, mismatch.follows);
        Some(message!("check-unproved", kept = kept, follows = follows))
    }

    /// Windows that are over and in which nothing was held.
    fn windows(&self, keys: &[EntryKey]) -> Vec<Finding> {
        let plans = drill_windows(self.reading, self.today);
        let missed = plans.iter().filter(|plan| keys.contains(&plan.plan)).filter_map(|plan| {
            let missed = plan.windows.iter().filter(|(_, met)| *met == Met::Missed);
            let missed: Vec<String> =
                missed.map(|(window, _)| format!("{}..{}", window.from, window.to)).collect();
            let detail = message!("check-words", words = missed.join(" "));
            (!missed.is_empty()).then_some(Finding::new(plan.plan, Some(detail)))
        });
        missed.collect()
    }

    /// Months that are over and have nothing, from the first in which anything had it.
    pub(super) fn months(&self, keys: &[EntryKey], held: &BTreeMap<EntryKey, BTreeSet<i32>>) -> Vec<Finding> {
        let begun = begun(held);
        self.each(keys, |entry| {
            let own = held.get(&entry.key);
            let lacking = lacking(own, begun, self.today);
            let detail = match own {
                None => message!("check-never"),
                Some(_) if lacking.is_empty() => return None,
                Some(_) => {
                    let names: Vec<String> = lacking.into_iter().map(month_name).collect();
                    message!("check-words", words = names.join(" "))
                }
            };
            Some(Finding::new(entry.key, Some(detail)))
        })
    }

    fn overdue(&self, entry: &Entry) -> Option<Message> {
        let late = problems_of(self.reading, entry, self.today).into_iter().find(|problem| {
            problem.standing.is_open() && problem.due.is_some_and(|due| due.last() < self.today)
        })?;
        let due = late.due.map(|due| due.to_string()).unwrap_or_default();
        Some(message!("check-words", words = format!("{} {due}", late.words)))
    }

    pub(super) fn each(&self, keys: &[EntryKey], find: impl Fn(&Entry) -> Option<Finding>) -> Vec<Finding> {
        keys.iter().filter_map(|key| self.reading.book.entry(*key)).filter_map(find).collect()
    }

    pub(super) fn date(&self, entry: &Entry, field: &str) -> Option<Date> {
        match self.reading.book.cell(entry, field) {
            Cell::Date(date) => Some(*date),
            _ => None,
        }
    }

    pub(super) fn words(&self, entry: &Entry, field: &str) -> &str {
        match self.reading.book.cell(entry, field) {
            Cell::Text(id) => self.reading.book.text(*id),
            _ => "",
        }
    }

    fn rows<'e>(&self, entry: &'e Entry, field: &str) -> &'e [Row]
    where
        Self: 'e,
    {
        match self.reading.book.cell(entry, field) {
            Cell::Rows(rows) => rows,
            _ => &[],
        }
    }

    /// An entry with the numbers of the rows that are meant.
    fn rows_where(&self, entry: &Entry, field: &str, meant: impl Fn(&Row) -> bool) -> Option<Finding> {
        let rows = self.rows(entry, field).iter().enumerate();
        let rows: Vec<usize> = rows.filter(|(_, row)| meant(row)).map(|(at, _)| at).collect();
        let numbers: Vec<String> = rows.iter().map(|at| (at + 1).to_string()).collect();
        let row = Some(*rows.first()?);
        Some(Finding {
            row,
            ..Finding::new(entry.key, Some(message!("check-rows", rows = numbers.join(" "))))
        })
    }

    /// Certainly later: every day that the date may mean lies behind every day that the other may mean.
    fn late(&self, entry: &Entry, date: &str, link: &str, than: &str) -> Option<Message> {
        let own = self.date(entry, date)?;
        let Cell::Links(keys) = self.reading.book.cell(entry, link) else { return None };
        let others = keys.iter().filter_map(|key| self.reading.book.entry(*key));
        let before =
            others.filter_map(|other| self.date(other, than)).find(|day| own.first() > day.last())?;
        Some(message!("check-late", date = own.to_string(), than = before.to_string()))
    }

    fn twice(&self, entry: &Entry, field: &str, column: &str) -> Option<Message> {
        let mut seen = BTreeSet::new();
        let rows = self.rows(entry, field).iter().map(|row| text(row, column));
        let again = rows.filter(|words| !words.is_empty()).find(|words| !seen.insert(same_words(words)))?;
        Some(message!("check-words", words = again.to_owned()))
    }

    /// Entries whose rows say the same as those of an earlier one.
    fn copied(&self, keys: &[EntryKey], field: &str, column: &str) -> Vec<Finding> {
        let mut seen: BTreeMap<BTreeSet<String>, EntryKey> = BTreeMap::new();
        let mut found = Vec::new();
        for entry in keys.iter().filter_map(|key| self.reading.book.entry(*key)) {
            let rows = self.rows(entry, field).iter().map(|row| same_words(text(row, column)));
            let rows: BTreeSet<String> = rows.filter(|words| !words.is_empty()).collect();
            // One or two are no list that somebody copied.
            if rows.len() < 3 {
                continue;
            }
            match seen.get(&rows) {
                Some(first) => {
                    let first = self.reading.book.serial(*first).to_owned();
                    let detail = Some(message!("check-words", words = first));
                    found.push(Finding::new(entry.key, detail));
                }
                None => drop(seen.insert(rows, entry.key)),
            }
        }
        found
    }

    /// The words that nothing takes up, each with its line.
    fn terms(&self, entry: &Entry, terms: &Terms) -> Option<Message> {
        let open = open_passages(self.reading, entry, terms);
        let found: Vec<String> = open
            .into_iter()
            .map(|(line, words)| {
                let said = message!("check-line", line = line, words = words.join(" "));
                self.reading.wording.render(&said)
            })
            .collect();
        let comma = self.reading.wording.say("list-comma");
        (!found.is_empty()).then(|| message!("check-words", words = found.join(&comma)))
    }
}

/// Whether a row that is meant has some columns filled and another empty.
fn lacks(row: &Row, (filled, empty): (&[String], &str), is: Option<&(String, String)>) -> bool {
    let meant =
        is.is_none_or(|(column, code)| matches!(row.get(column), Some(Plain::Choice(is)) if is == code));
    meant && row.get(empty).is_none() && filled.iter().all(|column| row.get(column).is_some())
}
