//! Tests over links: which entries they reach, worked out once or brought up to date.

use std::collections::BTreeSet;

use super::compile::{Ask, Place, Test};
use super::follow::Changes;
use super::matching::Prepared;
use super::tally::Tally;
use crate::book::{Entry, EntryKey};
use crate::definition::{Column, Derived};

impl Prepared<'_> {
    /// Works out what every test over links reaches; `keeps` what each entry adds to it, where it is to be brought up
    /// to date later.
    pub(super) fn reach_all(&mut self, keeps: bool) {
        self.reached.clear();
        self.reached.resize_with(self.filter.hops, Tally::default);
        for (_, test) in &self.filter.registers {
            self.reach(test, keeps);
        }
    }

    /// Innermost first.
    fn reach(&mut self, test: &Test, keeps: bool) {
        let (hop, tally) = match test {
            Test::All(tests) | Test::Any(tests) => {
                return tests.iter().for_each(|test| self.reach(test, keeps));
            }
            Test::Not(inner) => return self.reach(inner, keeps),
            Test::Forward(hop, _, targets) => {
                let mut tally = Tally::default();
                for (register, inner) in targets {
                    self.reach(inner, keeps);
                    for entry in self.answering(register, inner) {
                        add(&mut tally, entry.key, vec![entry.key], keeps);
                    }
                }
                (*hop, tally)
            }
            Test::Backward(hop, register, places, inner) => {
                self.reach(inner, keeps);
                let mut tally = Tally::default();
                for entry in self.answering(register, inner) {
                    add(&mut tally, entry.key, self.links(entry, places), keeps);
                }
                (*hop, tally)
            }
            Test::Words(_)
            | Test::Column(..)
            | Test::Row(..)
            | Test::Factor(..)
            | Test::Nothing
            | Test::Everything => return,
        };
        if let Some(place) = self.reached.get_mut(hop) {
            *place = tally;
        }
    }

    /// Brings what a test over links reaches up to a book in which something changed. Gives the entries of the
    /// register, and perhaps others, that may answer the test otherwise than before, besides those that changed
    /// themselves.
    pub(super) fn renew(&mut self, test: &Test, register: &str, now: &Changes) -> BTreeSet<EntryKey> {
        match test {
            Test::All(tests) | Test::Any(tests) => {
                tests.iter().flat_map(|test| self.renew(test, register, now)).collect()
            }
            Test::Not(inner) => self.renew(inner, register, now),
            // What an entry links to is meant by its number and title, which may have changed.
            Test::Words(_) => now.linking(register, None),
            Test::Column(Column::Field(index), Ask::Contains(_) | Ask::Is(_))
            | Test::Row(index, _, Ask::Contains(_) | Ask::Is(_)) => now.linking(register, Some(*index)),
            Test::Column(Column::Derived(derived), _) => self.turned_by(*derived),
            Test::Column(Column::Field(_), _)
            | Test::Row(..)
            | Test::Factor(..)
            | Test::Nothing
            | Test::Everything => BTreeSet::new(),
            Test::Forward(hop, index, targets) => {
                let mut turned = BTreeSet::new();
                for (target, inner) in targets {
                    for key in self.dirty(inner, target, now) {
                        let things = if self.answers(inner, target, key) { vec![key] } else { Vec::new() };
                        turned.extend(self.put(*hop, key, things));
                    }
                }
                self.linking_in(register, *index, &turned)
            }
            Test::Backward(hop, from, places, inner) => {
                let mut turned = BTreeSet::new();
                for key in self.dirty(inner, from, now) {
                    let entry = self.book.entry(key).filter(|_| self.answers(inner, from, key));
                    let things = entry.map(|entry| self.links(entry, places)).unwrap_or_default();
                    turned.extend(self.put(*hop, key, things));
                }
                turned
            }
        }
    }

    /// The entries of a register that have to be asked again.
    fn dirty(&mut self, test: &Test, register: &str, now: &Changes) -> BTreeSet<EntryKey> {
        let mut dirty = self.renew(test, register, now);
        let here = |entry: &Entry| self.book.register_id(entry.register) == register;
        dirty.retain(|key| self.book.entry(*key).is_some_and(here));
        dirty.extend(now.of(register));
        now.looked_at(dirty.len());
        dirty
    }

    fn put(&mut self, hop: usize, key: EntryKey, things: Vec<EntryKey>) -> Vec<EntryKey> {
        self.reached.get_mut(hop).map(|tally| tally.put(key, things)).unwrap_or_default()
    }

    /// Whether a key is a live entry of a register that answers.
    fn answers(&self, test: &Test, register: &str, key: EntryKey) -> bool {
        let entry = self.book.entry(key);
        entry.is_some_and(|entry| self.book.register_id(entry.register) == register) && self.test(test, key)
    }

    fn answering<'s>(&'s self, register: &str, test: &'s Test) -> impl Iterator<Item = &'s Entry> {
        let entries = self.book.entries(register).iter().filter_map(|key| self.book.entry(*key));
        entries.filter(|entry| self.test(test, entry.key))
    }

    /// Where the places of an entry lead.
    fn links(&self, entry: &Entry, places: &[Place]) -> Vec<EntryKey> {
        let cells = places.iter().filter_map(|(index, column)| Some((self.at(entry, *index)?.1, column)));
        cells.flat_map(|(cell, column)| cell.links(column.as_deref())).collect()
    }

    /// Entries of a register that link to one of these in a field.
    fn linking_in(&self, register: &str, index: usize, to: &BTreeSet<EntryKey>) -> BTreeSet<EntryKey> {
        if to.is_empty() {
            return BTreeSet::new();
        }
        let entries = self.book.entries(register).iter().filter_map(|key| self.book.entry(*key));
        let leads = |entry: &&Entry| {
            self.at(entry, index).is_some_and(|(_, cell)| cell.links(None).any(|key| to.contains(&key)))
        };
        entries.filter(leads).map(|entry| entry.key).collect()
    }

    /// The entries, besides those that changed, of which something derived is otherwise: none, as long as it is derived
    /// of an entry alone.
    fn turned_by(&self, derived: Derived) -> BTreeSet<EntryKey> {
        match derived {
            Derived::Stale => self.turned.clone(),
            Derived::Serial
            | Derived::Score
            | Derived::Level
            | Derived::Listed
            | Derived::Reason
            | Derived::Method
            | Derived::EvaluatedOn
            | Derived::ResidualScore
            | Derived::ResidualLevel
            | Derived::Outdated
            | Derived::Open
            | Derived::Changed => BTreeSet::new(),
        }
    }
}

fn add(tally: &mut Tally<EntryKey>, entry: EntryKey, things: Vec<EntryKey>, keeps: bool) {
    if keeps {
        tally.put(entry, things);
    } else {
        tally.count(things.into_iter());
    }
}
