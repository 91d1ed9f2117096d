//! Who says what, and how many say it: what holds of a book is brought up to date by whatever changed in it.

use std::collections::BTreeMap;
use std::hash::Hash;

use hashbrown::HashMap;

use crate::book::{EntryKey, Few};

/// Things that entries say, each with how many say it. A thing holds as long as anybody says it.
#[derive(Debug)]
pub struct Tally<T> {
    /// What each entry says, where that is kept.
    said: HashMap<EntryKey, Few<T>>,
    counts: HashMap<T, usize>,
}

impl<T> Default for Tally<T> {
    fn default() -> Self {
        Self { said: HashMap::new(), counts: HashMap::new() }
    }
}

impl<T: Clone + Eq + Hash + Ord> Tally<T> {
    /// Whether anybody says it.
    pub fn has(&self, thing: &T) -> bool {
        self.counts.contains_key(thing)
    }

    /// Everything that anybody says.
    pub fn things(&self) -> impl Iterator<Item = &T> {
        self.counts.keys()
    }

    /// Counts what is said once and for all.
    pub fn count(&mut self, things: impl Iterator<Item = T>) {
        things.for_each(|thing| *self.counts.entry(thing).or_default() += 1);
    }

    /// What an entry says from now on, in place of what it said before. Gives what holds now and did not, and what held
    /// and does no longer.
    pub fn put(&mut self, entry: EntryKey, things: Vec<T>) -> Vec<T> {
        let before = self.said.get(&entry).map_or(&[][..], |few| few);
        if *before == *things {
            return Vec::new();
        }
        let before = before.to_vec();
        let held: BTreeMap<T, bool> =
            before.iter().chain(&things).map(|thing| (thing.clone(), self.has(thing))).collect();
        for thing in &before {
            if let Some(count) = self.counts.get_mut(thing) {
                *count -= 1;
                if *count == 0 {
                    self.counts.remove(thing);
                }
            }
        }
        self.count(things.iter().cloned());
        if things.is_empty() {
            self.said.remove(&entry);
        } else {
            self.said.insert(entry, things.into_iter().collect());
        }
        held.into_iter().filter(|(thing, held)| self.has(thing) != *held).map(|(thing, _)| thing).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_thing_holds_as_long_as_anybody_says_it() {
        let mut tally = Tally::default();
        assert_eq!(tally.put(EntryKey(1), vec!["a", "b"]), ["a", "b"]);
        assert_eq!(tally.put(EntryKey(2), vec!["b", "b"]), [""; 0]);
        assert_eq!(tally.put(EntryKey(1), vec!["c"]), ["a", "c"]);
        assert!(tally.has(&"b") && tally.has(&"c") && !tally.has(&"a"));
        assert_eq!(tally.put(EntryKey(2), Vec::new()), ["b"]);
        assert_eq!(tally.put(EntryKey(3), Vec::new()), [""; 0]);
        assert_eq!(tally.things().collect::<Vec<_>>(), [&"c"]);
    }
}
