//! What the findings of a check rest on, and which entries it has to look at again when that changes.

use std::collections::{BTreeMap, BTreeSet};
use std::hash::Hash;

use super::check::{Finding, Looker};
use super::months::held_by;
use crate::book::{Entry, EntryKey};
use crate::definition::{Asked, Check, Finds};
use crate::query::{Cause, Changes, Followed, Tally};

/// What the findings of a check rest on besides the entries themselves.
pub(super) enum Ground {
    /// Nothing: each entry is looked at alone.
    Own,
    /// What the entries link to in a field, by its index.
    Linked(usize),
    /// What a query reaches.
    Query(Followed),
    /// For what there is something in which month.
    Months(Sources<(EntryKey, i32)>),
    /// Why entries are to be looked at again: of each the latest cause, and how many there are.
    Stale(BTreeMap<EntryKey, (Cause, usize)>),
    /// What takes up the entries: of each the entry that does, and its last change.
    Terms(Sources<(EntryKey, EntryKey, u64)>),
    /// Kinds that are there.
    Presupposed(Sources<String>),
    /// Kinds of which somebody speaks, by their place among those that are needed.
    Uncovered(Sources<usize>),
    /// People for whom entries stand.
    Unnamed(Option<Followed>, Option<BTreeSet<String>>),
    /// All entries that are looked at, held against each other, and those of these registers.
    Whole(Vec<String>),
}

/// What entries of a register say, kept up to date.
pub(super) struct Sources<T> {
    register: String,
    of: Option<Followed>,
    tally: Tally<T>,
}

/// Begins to follow a query, where there is one: of these entries, which are live, keeps those that answer it.
pub(super) fn followed(
    looker: &Looker,
    register: &str,
    asked: Option<&Asked>,
    keys: &mut Vec<EntryKey>,
) -> Option<Followed> {
    let reading = looker.reading;
    let known = reading.definitions.register(register)?;
    // A query that cannot be read was refused with its file.
    let filter = reading.filter(known, &asked?.query, looker.today).ok()?;
    Some(Followed::begin(filter, register, (reading.book, reading.definitions, reading.words), keys))
}

impl<T: Clone + Eq + Hash + Ord> Sources<T> {
    fn begin(
        looker: &Looker,
        register: &str,
        asked: Option<&Asked>,
        says: impl Fn(&Entry) -> Vec<T>,
    ) -> Self {
        let book = looker.reading.book;
        let mut keys = book.entries(register).to_vec();
        let of = followed(looker, register, asked, &mut keys);
        let mut tally = Tally::default();
        for entry in keys.iter().filter_map(|key| book.entry(*key)) {
            tally.put(entry.key, says(entry));
        }
        Self { register: register.to_owned(), of, tally }
    }

    /// Brings it up to date; gives what is said now and was not, or the other way round.
    fn follow(&mut self, looker: &Looker, now: &Changes, says: impl Fn(&Entry) -> Vec<T>) -> Vec<T> {
        let book = looker.reading.book;
        let mut dirty: BTreeSet<EntryKey> = now.of(&self.register).iter().copied().collect();
        dirty.extend(self.of.iter_mut().flat_map(|of| of.follow(now)));
        now.looked_at(dirty.len());
        let mut live: Vec<EntryKey> =
            dirty.iter().copied().filter(|key| book.entry(*key).is_some()).collect();
        if let Some(of) = &mut self.of {
            of.keep(&mut live, now);
        }
        let mut turned = Vec::new();
        for key in dirty {
            let entry = book.entry(key).filter(|_| live.contains(&key));
            turned.extend(self.tally.put(key, entry.map(&says).unwrap_or_default()));
        }
        turned
    }
}

impl Ground {
    /// Looks at entries of the check's register for the first time.
    pub(super) fn begin(looker: &Looker, check: &Check, keys: &[EntryKey]) -> (Self, Vec<Finding>) {
        let mut keys = keys.to_vec();
        if let Finds::Query(asked) = &check.finds
            && let Some(query) = followed(looker, &check.register, Some(asked), &mut keys)
        {
            let found = keys.into_iter().map(|entry| Finding::new(entry, None)).collect();
            return (Ground::Query(query), found);
        }
        let ground = Self::of(looker, check);
        let found = ground.found(looker, check, keys);
        (ground, found)
    }

    fn of(looker: &Looker, check: &Check) -> Self {
        let reading = looker.reading;
        let own = reading.definitions.register(&check.register);
        let linked = |field: &str| {
            let at = own.and_then(|own| own.fields.iter().position(|known| known.id == field));
            at.map_or(Ground::Own, Ground::Linked)
        };
        match &check.finds {
            Finds::Query(_)
            | Finds::Vague(_)
            | Finds::Row { .. }
            | Finds::Bare { .. }
            | Finds::Twice { .. }
            | Finds::Unproved
            | Finds::Judges(_) => Ground::Own,
            Finds::Late { link, .. } => linked(link),
            // Whether a problem is closed depends on what its row names.
            Finds::Overdue => {
                let problems = own.and_then(|own| own.features.problems.as_ref());
                problems.map_or(Ground::Own, |problems| linked(&problems.rows))
            }
            Finds::Months(months) => {
                let says = |entry: &Entry| held_by(reading, entry, months);
                Ground::Months(Sources::begin(looker, &months.register, months.of.as_ref(), says))
            }
            Finds::Terms(terms) => {
                let says = |entry: &Entry| takes_up(looker, entry, &terms.link);
                Ground::Terms(Sources::begin(looker, &terms.register, None, says))
            }
            Finds::Presupposed(there) => {
                let says = |entry: &Entry| kinds(looker, entry, &there.kind);
                Ground::Presupposed(Sources::begin(looker, &there.register, there.of.as_ref(), says))
            }
            Finds::Uncovered(uncovered) => {
                let says = |entry: &Entry| looker.speaks_of(entry, uncovered);
                Ground::Uncovered(Sources::begin(looker, &uncovered.register, None, says))
            }
            Finds::Unnamed(unnamed) => {
                let of = unnamed.registers.first().and_then(|first| {
                    followed(looker, first, unnamed.of.as_ref(), &mut reading.book.entries(first).to_vec())
                });
                Ground::Unnamed(of, looker.known(unnamed))
            }
            Finds::Stale => Ground::Stale(causes(looker, &check.register)),
            Finds::Window => {
                let holding = reading.definitions.registers().iter();
                let holding = holding.filter(|register| register.features.windows.is_some());
                Ground::Whole(holding.map(|register| register.id.clone()).collect())
            }
            Finds::Lapsed(lapsed) => Ground::Whole(vec![lapsed.register.clone()]),
            Finds::Near { registers, .. } => Ground::Whole(registers.clone()),
            Finds::Copied { .. } | Finds::Same(_) | Finds::Repeated | Finds::Balance(_) | Finds::Rose(_) => {
                Ground::Whole(Vec::new())
            }
        }
    }

    /// Brings it up to date, and adds the entries that have to be looked at again to those that changed themselves.
    /// Says whether all of them have to.
    pub(super) fn follow(
        &mut self,
        looker: &Looker,
        check: &Check,
        now: &Changes,
        dirty: &mut BTreeSet<EntryKey>,
    ) -> bool {
        let touched = |registers: &[String]| registers.iter().any(|register| !now.of(register).is_empty());
        match (self, &check.finds) {
            (Ground::Linked(field), _) => dirty.extend(now.linking(&check.register, Some(*field))),
            (Ground::Query(query), _) => dirty.extend(query.follow(now)),
            (Ground::Months(held), Finds::Months(months)) => {
                let before = begins(&held.tally);
                let turned = held.follow(looker, now, |entry| held_by(looker.reading, entry, months));
                dirty.extend(turned.into_iter().map(|(key, _)| key));
                // From the month in which it began on it is asked of all.
                return begins(&held.tally) != before;
            }
            (Ground::Terms(taken), Finds::Terms(terms)) => {
                let turned = taken.follow(looker, now, |entry| takes_up(looker, entry, &terms.link));
                dirty.extend(turned.into_iter().map(|(key, ..)| key));
            }
            (Ground::Presupposed(there), Finds::Presupposed(presupposed)) => {
                let says = |entry: &Entry| kinds(looker, entry, &presupposed.kind);
                return !there.follow(looker, now, says).is_empty();
            }
            (Ground::Uncovered(spoken), Finds::Uncovered(uncovered)) => {
                let says = |entry: &Entry| looker.speaks_of(entry, uncovered);
                return !spoken.follow(looker, now, says).is_empty();
            }
            (Ground::Unnamed(of, known), Finds::Unnamed(unnamed)) => {
                let otherwise = of.as_mut().is_some_and(|of| !of.follow(now).is_empty());
                if otherwise || touched(&unnamed.registers) {
                    let before = std::mem::replace(known, looker.known(unnamed));
                    return *known != before;
                }
            }
            (Ground::Stale(known), _) => {
                let before = std::mem::replace(known, causes(looker, &check.register));
                // A cause is told by its number and title, which may have changed without it.
                let told =
                    known.iter().filter(|(key, why)| before.get(key) != Some(why) || now.has(why.0.entry));
                dirty.extend(told.map(|(key, _)| *key));
                dirty.extend(before.keys().filter(|key| !known.contains_key(key)));
            }
            (Ground::Whole(registers), _) => {
                return !dirty.is_empty() || touched(registers);
            }
            _ => {}
        }
        false
    }

    /// What is found in these entries, which are live.
    pub(super) fn found(&self, looker: &Looker, check: &Check, keys: Vec<EntryKey>) -> Vec<Finding> {
        match (self, &check.finds) {
            _ if keys.is_empty() => Vec::new(),
            (Ground::Months(held), Finds::Months(_)) => {
                let mut months: BTreeMap<EntryKey, BTreeSet<i32>> = BTreeMap::new();
                held.tally
                    .things()
                    .for_each(|(key, month)| _ = months.entry(*key).or_default().insert(*month));
                looker.months(&keys, &months)
            }
            (Ground::Presupposed(there), Finds::Presupposed(presupposed)) => {
                looker.presupposed_beside(&keys, presupposed, |code| there.tally.has(code))
            }
            (Ground::Uncovered(spoken), Finds::Uncovered(uncovered)) => {
                looker.uncovered_beside(&keys, uncovered, |need| spoken.tally.has(need))
            }
            (Ground::Unnamed(_, known), Finds::Unnamed(unnamed)) => {
                looker.unnamed_beside(&keys, unnamed, known.as_ref())
            }
            _ => looker.found(check, keys),
        }
    }

    /// The same where a query is followed.
    pub(super) fn found_again(
        &mut self,
        looker: &Looker,
        check: &Check,
        mut keys: Vec<EntryKey>,
        now: &Changes,
    ) -> Vec<Finding> {
        now.looked_at(keys.len());
        if let Ground::Query(query) = self {
            query.keep(&mut keys, now);
            return keys.into_iter().map(|entry| Finding::new(entry, None)).collect();
        }
        self.found(looker, check, keys)
    }

    /// Whether the entries are held against each other, so that none is looked at without all others.
    pub(super) fn is_whole(&self) -> bool {
        matches!(self, Ground::Whole(_))
    }
}

/// What an entry takes up by a link, with its last change, so that every change of it is another.
fn takes_up(looker: &Looker, entry: &Entry, link: &str) -> Vec<(EntryKey, EntryKey, u64)> {
    let links = looker.reading.book.cell(entry, link).links(None);
    links.map(|key| (key, entry.key, entry.edited.seq)).collect()
}

/// The first month in which anything has what it should.
fn begins(held: &Tally<(EntryKey, i32)>) -> Option<i32> {
    held.things().map(|(_, month)| *month).min()
}

/// The entries of a register that are to be looked at again.
fn causes(looker: &Looker, register: &str) -> BTreeMap<EntryKey, (Cause, usize)> {
    let stale = looker.reading.stale();
    let entries = stale.registers().get(register).into_iter().flatten();
    let cause = |key: &EntryKey| {
        let mut causes = stale.causes(*key);
        Some((*key, (*causes.next()?, causes.len())))
    };
    entries.filter_map(cause).collect()
}

fn kinds(looker: &Looker, entry: &Entry, field: &str) -> Vec<String> {
    looker.codes(entry, field).into_iter().map(str::to_owned).collect()
}
