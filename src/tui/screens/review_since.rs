//! What happened to an entry, and to what its evaluation rests on, since it was last looked at.

use super::super::layer::Cx;
use super::detail::Line;
use crate::audit;
use crate::book::{Cell, Entry, EntryKey, Value};
use crate::catalogue::{ASIDE, REVIEW, REVIEWED};
use crate::definition::{Field, Kind, Register};
use crate::review::OUTCOMES;

/// How many changes are told at most.
const MOST: usize = 60;

/// The changes of an entry and of what it watches since its last evaluation or review, the latest first.
pub fn since(key: EntryKey, cx: &Cx) -> Vec<Line> {
    let reading = cx.reading();
    let Some(entry) = reading.book.entry(key) else { return Vec::new() };
    let Some(from) = reading.last_look(entry) else { return Vec::new() };
    let mut told: Vec<(i64, Line)> = Vec::new();
    let day = |seconds: i64| reading.local(seconds).date_naive();
    if let Ok(past) = cx.session.history(key) {
        for past in past {
            let at = past.commit.origin.utc.timestamp();
            // What a round itself writes is no news.
            let own = |id: &str| [REVIEW, REVIEWED, ASIDE].contains(&id);
            let news = past
                .change
                .fields
                .iter()
                .any(|field| !own(&field.field) && !matches!(field.to, Some(Value::Evaluation(_))));
            if day(at) > from && (news || past.change.fields.is_empty()) {
                told.push((at, Line::new(&day(at).to_string(), reading.gist(&past.change))));
            }
        }
    }
    let causes = reading.stale().causes(key);
    for there in watched(entry, |there| day(there.edited.at) > from, cx) {
        // What asks for this look is told below, with what changed in it.
        if !causes.clone().any(|cause| cause.entry == there.key) {
            let words = format!("{} {}", reading.book.serial(there.key), reading.title(there.key));
            let line = Line::new(&day(there.edited.at).to_string(), words);
            told.push((there.edited.at, Line { target: Some(there.key), ..line }));
        }
    }
    for cause in causes {
        let line = Line::new(&day(cause.last.at).to_string(), audit::cause_words(&reading, cause));
        told.push((cause.last.at, Line { target: Some(cause.entry), ..line }));
    }
    told.reverse();
    told.sort_by_key(|(at, _)| std::cmp::Reverse(*at));
    told.into_iter().take(MOST).map(|(_, line)| line).collect()
}

/// What an entry's watched links lead to, and what links to that (the drills of its plan, say), as far as it is
/// news: that is asked first, for it costs least.
fn watched<'a>(entry: &Entry, news: impl Fn(&Entry) -> bool, cx: &'a Cx) -> Vec<&'a Entry> {
    let (reading, key) = (cx.reading(), entry.key);
    let fields = reading.register(entry).map_or(&[][..], |register| &register.fields);
    let mut near = Vec::new();
    for field in fields.iter().filter(|field| matches!(field.kind, Kind::Links { watch: true, .. })) {
        if let Cell::Links(keys) = reading.book.cell(entry, &field.id) {
            near.extend(keys.iter().copied());
        }
    }
    let mut all: Vec<&Entry> = near.iter().filter_map(|key| reading.book.entry(*key)).collect();
    all.retain(|there| news(there));
    // What is scored itself, or only serves a round, is no news behind a plan or a document; nor is what names it in
    // passing, as each fire extinguisher does its plan.
    let telling = |register: &Register, field: &Field| {
        let held = register.features.windows.as_ref().is_some_and(|windows| windows.of == field.id);
        held || matches!(field.kind, Kind::Links { watch: true, .. })
    };
    for register in reading.definitions.registers() {
        if register.evaluation().is_some() || register.id == OUTCOMES {
            continue;
        }
        let fields: Vec<&Field> = register.fields.iter().filter(|field| telling(register, field)).collect();
        let entries = if fields.is_empty() { &[][..] } else { reading.book.entries(&register.id) };
        for there in entries.iter().filter_map(|other| reading.book.entry(*other)).filter(|there| news(there))
        {
            let names = |field: &&Field| {
                reading.book.cell(there, &field.id).links(None).any(|to| near.contains(&to) || to == key)
            };
            if !near.contains(&there.key) && fields.iter().any(names) {
                all.push(there);
            }
        }
    }
    all
}
