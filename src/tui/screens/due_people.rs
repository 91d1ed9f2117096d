//! By whom the calendar can be narrowed: everybody and every department that has something to do.

use std::collections::BTreeMap;

use super::super::layer::Cx;
use super::pick::{Item, Then};
use crate::audit::Due;
use crate::book::EntryKey;
use crate::text::collate;

/// What narrows the calendar.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Narrow {
    /// Nothing: it is everybody's.
    Nothing,
    /// A person.
    Person(String),
    /// A department.
    Department(EntryKey),
}

/// Everything that may narrow it, with how much each has to do: nothing first, then people, then departments.
pub(super) fn choices(every: &[Due], cx: &Cx) -> Vec<(Item, Narrow)> {
    let (mut people, mut departments) = (BTreeMap::new(), BTreeMap::new());
    for due in every {
        for person in due.people() {
            *people.entry(person).or_insert(0_usize) += 1;
        }
        for department in &due.departments {
            *departments.entry(*department).or_insert(0_usize) += 1;
        }
    }
    let mut people: Vec<(&str, usize)> = people.into_iter().collect();
    people.sort_by(|(one, _), (other, _)| collate::compare(one, other));
    let mut all = vec![(cx.say("due-everybody"), cx.say("due-everybody"), every.len(), Narrow::Nothing)];
    let person = |(name, count): (&str, usize)| {
        (name.to_owned(), cx.say("due-person"), count, Narrow::Person(name.to_owned()))
    };
    all.extend(people.into_iter().map(person));
    let reading = cx.reading();
    let department = |(key, count): (EntryKey, usize)| {
        (reading.title(key), cx.say("due-department"), count, Narrow::Department(key))
    };
    all.extend(departments.into_iter().map(department));
    let item = |(at, (left, kind, count, narrow)): (usize, (String, String, usize, Narrow))| {
        let middle = if narrow == Narrow::Nothing { String::new() } else { kind };
        (Item { left, middle, right: count.to_string(), then: Then::Position(at) }, narrow)
    };
    all.into_iter().enumerate().map(item).collect()
}
