//! What entries say, held against what stands in other registers: what is presupposed and not there, what is there and
//! nobody speaks of, people without a post, titles that are nearly another one.

use std::collections::{BTreeMap, BTreeSet};

use super::check::{Finding, Looker};
use super::terms::{same_words, standing};
use crate::book::{Cell, Entry, EntryKey, Value};
use crate::definition::{Balance, Lapsed, Presupposed, Uncovered, Unnamed};
use crate::scoring::Decimal;
use crate::source::distance;
use crate::wording::{Message, message};

/// Titles shorter than this differ in little and mean something else.
const LONG: usize = 6;
/// How many characters they begin with.
const ALIKE: usize = 2;
/// In how many characters nearly the same titles differ at most.
const SLIP: usize = 2;

impl Looker<'_, '_> {
    /// Entries whose words presuppose something of a kind that no entry of another register is of.
    pub(super) fn presupposed(&self, keys: &[EntryKey], presupposed: &Presupposed) -> Vec<Finding> {
        let there = self.matching(&presupposed.register, presupposed.of.as_ref());
        let there = there.iter().filter_map(|key| self.reading.book.entry(*key));
        let kinds: BTreeSet<&str> = there.flat_map(|other| self.codes(other, &presupposed.kind)).collect();
        self.presupposed_beside(keys, presupposed, |code| kinds.contains(code.as_str()))
    }

    /// The same where it is known which kinds are there.
    pub(super) fn presupposed_beside(
        &self,
        keys: &[EntryKey],
        presupposed: &Presupposed,
        is_there: impl Fn(&String) -> bool,
    ) -> Vec<Finding> {
        let lacking = presupposed.needs.iter().filter(|(code, _)| !is_there(code));
        let words: Vec<String> = lacking.flat_map(|(_, words)| words).cloned().collect();
        self.each(keys, |entry| {
            let found = standing(self.words(entry, &presupposed.text), &words, &[]);
            Some(with_words(entry, found.into_iter().next()?))
        })
    }

    /// Entries of a kind that no entry of another register speaks of.
    pub(super) fn uncovered(&self, keys: &[EntryKey], uncovered: &Uncovered) -> Vec<Finding> {
        let book = self.reading.book;
        let others = book.entries(&uncovered.register).iter().filter_map(|key| book.entry(*key));
        let mut spoken = BTreeSet::new();
        others.for_each(|other| spoken.extend(self.speaks_of(other, uncovered)));
        self.uncovered_beside(keys, uncovered, |need| spoken.contains(need))
    }

    /// The kinds that an entry of the other register speaks of, by their place among those that are needed.
    pub(super) fn speaks_of(&self, other: &Entry, uncovered: &Uncovered) -> Vec<usize> {
        let text = self.words(other, &uncovered.text).to_lowercase();
        let spoken = |words: &[String]| words.iter().any(|word| text.contains(&word.to_lowercase()));
        let needs = uncovered.needs.iter().enumerate();
        needs.filter(|(_, (_, words))| spoken(words)).map(|(need, _)| need).collect()
    }

    /// The same as [`Self::uncovered`] where it is known of which kinds somebody speaks.
    pub(super) fn uncovered_beside(
        &self,
        keys: &[EntryKey],
        uncovered: &Uncovered,
        is_spoken: impl Fn(&usize) -> bool,
    ) -> Vec<Finding> {
        let open = uncovered.needs.iter().enumerate().filter(|(need, _)| !is_spoken(need));
        let open: BTreeMap<&str, &str> =
            open.filter_map(|(_, (code, words))| Some((code.as_str(), words.first()?.as_str()))).collect();
        self.each(keys, |entry| {
            let word = self.codes(entry, &uncovered.kind).into_iter().find_map(|code| open.get(code))?;
            Some(with_words(entry, (*word).to_owned()))
        })
    }

    /// Entries that name people for whom no entry stands. Where nobody keeps such entries there is nothing to hold
    /// them against.
    pub(super) fn unnamed(&self, keys: &[EntryKey], unnamed: &Unnamed) -> Vec<Finding> {
        self.unnamed_beside(keys, unnamed, self.known(unnamed).as_ref())
    }

    /// The people for whom entries stand; none where nobody keeps such entries.
    pub(super) fn known(&self, unnamed: &Unnamed) -> Option<BTreeSet<String>> {
        let (first, others) = unnamed.registers.split_first()?;
        if self.reading.book.entries(first).is_empty() {
            return None;
        }
        let own = self.matching(first, unnamed.of.as_ref());
        let own = own.into_iter().map(|key| self.reading.title(key));
        let others = self.titles(others).into_iter().map(|(_, title)| title);
        Some(own.chain(others).map(|title| same_words(&title)).collect())
    }

    /// The same as [`Self::unnamed`] where it is known who is there.
    pub(super) fn unnamed_beside(
        &self,
        keys: &[EntryKey],
        unnamed: &Unnamed,
        known: Option<&BTreeSet<String>>,
    ) -> Vec<Finding> {
        let Some(known) = known else { return Vec::new() };
        self.each(keys, |entry| {
            let people = self.words(entry, &unnamed.text).split(['、', '，', ',', ';', '；', '\n']);
            let mut people = people.map(str::trim).filter(|name| !name.is_empty());
            let unknown = people.find(|name| !known.contains(&same_words(name)))?;
            Some(with_words(entry, unknown.to_owned()))
        })
    }

    /// Entries whose title is another one but for a slip. Only titles that begin alike are held against each other, so that
    /// two procedures of one pattern are not; and figures are no slip: last year's list is another list.
    pub(super) fn near(&self, keys: &[EntryKey], text: &str, registers: &[String]) -> Vec<Finding> {
        let own = keys.iter().filter_map(|key| self.reading.book.entry(*key));
        let own = own.map(|entry| (entry.key, self.words(entry, text).to_owned()));
        let mut groups: BTreeMap<String, Vec<(EntryKey, String)>> = BTreeMap::new();
        for (key, title) in own.chain(self.titles(registers)) {
            let title: String = same_words(&title).chars().filter(|c| !c.is_ascii_digit()).collect();
            if title.chars().count() >= LONG {
                groups.entry(title.chars().take(ALIKE).collect()).or_default().push((key, title));
            }
        }
        let near = |key: EntryKey| {
            groups.values().find_map(|group| {
                let (_, title) = group.iter().find(|(other, _)| *other == key)?;
                let slip = |other: &str| other != title && distance(other, title) <= SLIP;
                group.iter().find(|(_, other)| slip(other)).map(|(other, _)| *other)
            })
        };
        self.each(keys, |entry| {
            let other = near(entry.key)?;
            let words = format!("{} {}", self.reading.book.serial(other), self.reading.title(other));
            Some(with_words(entry, words))
        })
    }

    /// The entry of the same month and thing that was there before.
    pub(super) fn repeated(&self, entry: &Entry) -> Option<Message> {
        let before = self.reading.same_month(entry)?;
        Some(message!("check-words", words = self.reading.book.serial(before).to_owned()))
    }

    /// All of them, where what they have to see to was not done in the last months: with the day on which it was last.
    pub(super) fn lapsed(&self, keys: &[EntryKey], lapsed: &Lapsed) -> Vec<Finding> {
        let done = self.matching(&lapsed.register, lapsed.of.as_ref());
        let done = done.iter().filter_map(|key| self.date(self.reading.book.entry(*key)?, &lapsed.date));
        // A month that is not told to the day may have been its last.
        let last = done.filter(|date| date.first() <= self.today).max_by_key(|date| date.last());
        let from = self.today.checked_sub_months(chrono::Months::new(lapsed.months));
        if last.is_some_and(|last| from.is_none_or(|from| last.last() >= from)) {
            return Vec::new();
        }
        let detail = match last {
            Some(last) => message!("check-last", on = last.to_string()),
            None => message!("check-never"),
        };
        keys.iter().map(|entry| Finding::new(*entry, Some(detail.clone()))).collect()
    }

    /// Entries with which more had gone out than had come in, in the order of their days.
    pub(super) fn balance(&self, keys: &[EntryKey], balance: &Balance) -> Vec<Finding> {
        let book = self.reading.book;
        let mut entries: Vec<&Entry> = keys.iter().filter_map(|key| book.entry(*key)).collect();
        let day = |entry: &Entry| match book.cell(entry, &balance.date) {
            Cell::Date(date) => Some(date.first()),
            _ => None,
        };
        let (field, code) = &balance.out;
        let out =
            |entry: &Entry| matches!(book.cell(entry, field), Cell::Choice(said) if book.text(*said) == code);
        // What came in on a day can go out on it.
        entries.sort_by_key(|entry| (day(entry), out(entry), entry.key));
        let mut stored: Vec<(Vec<Option<Value>>, Decimal)> = Vec::new();
        let mut found = Vec::new();
        for entry in entries {
            let Cell::Number(amount) = book.cell(entry, &balance.amount) else { continue };
            let same: Vec<_> = balance.same.iter().map(|field| book.value(entry, field)).collect();
            let at = stored.iter().position(|(known, _)| *known == same).unwrap_or_else(|| {
                stored.push((same, Decimal::ZERO));
                stored.len() - 1
            });
            let Some((_, left)) = stored.get_mut(at) else { continue };
            *left = if out(entry) { *left - *amount } else { *left + *amount };
            if *left < Decimal::ZERO {
                found.push(with_words(entry, left.normalize().to_string()));
                // Told once; what follows is reckoned from nothing.
                *left = Decimal::ZERO;
            }
        }
        found
    }

    /// Every entry of registers, with its title.
    fn titles(&self, registers: &[String]) -> Vec<(EntryKey, String)> {
        let keys = registers.iter().flat_map(|register| self.reading.book.entries(register));
        keys.map(|key| (*key, self.reading.title(*key))).collect()
    }

    /// The codes of a choice field, of one or of many.
    pub(super) fn codes<'e>(&'e self, entry: &'e Entry, field: &str) -> Vec<&'e str> {
        let book = self.reading.book;
        match book.cell(entry, field) {
            Cell::Choice(code) => vec![book.text(*code)],
            Cell::Choices(codes) => codes.iter().map(|code| book.text(*code)).collect(),
            _ => Vec::new(),
        }
    }
}

fn with_words(entry: &Entry, words: String) -> Finding {
    Finding::new(entry.key, Some(message!("check-words", words = words)))
}
