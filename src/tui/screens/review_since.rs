//! What happened to an entry, and to what its evaluation rests on, since it was last looked at.

use chrono::NaiveDate;

use super::super::layer::Cx;
use super::detail::Line;
use crate::book::{Cell, Date, EntryKey, Value};
use crate::catalogue::{REVIEW, REVIEWED};
use crate::definition::Kind;
use crate::review::OUTCOMES;

/// How many changes are told at most.
const MOST: usize = 6;

/// The changes of an entry and of what it watches since its last evaluation or review, the latest first.
pub fn since(key: EntryKey, cx: &Cx) -> Vec<Line> {
    let reading = cx.reading();
    let Some(entry) = reading.book.entry(key) else { return Vec::new() };
    let Some(from) = last_look(key, cx) else { return Vec::new() };
    let mut told: Vec<(i64, Line)> = Vec::new();
    let day = |seconds: i64| reading.local(seconds).date_naive();
    if let Ok(past) = cx.session.history(key) {
        for past in past {
            let at = past.commit.origin.utc.timestamp();
            // What a round itself writes is no news.
            let own = |id: &str| [REVIEW, REVIEWED].contains(&id);
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
    for other in watched(key, cx) {
        let Some(there) = reading.book.entry(other).filter(|there| day(there.edited.at) > from) else {
            continue;
        };
        let words = format!("{} {}", reading.book.serial(other), reading.title(other));
        let line = Line { target: Some(other), ..Line::new(&day(there.edited.at).to_string(), words) };
        told.push((there.edited.at, line));
    }
    let _ = entry;
    told.sort_by_key(|(at, _)| std::cmp::Reverse(*at));
    told.into_iter().take(MOST).map(|(_, line)| line).collect()
}

/// The day on which somebody last evaluated an entry or confirmed its evaluation.
fn last_look(key: EntryKey, cx: &Cx) -> Option<NaiveDate> {
    let reading = cx.reading();
    let entry = reading.book.entry(key)?;
    let evaluated = reading.evaluation(entry).map(|evaluation| evaluation.occasion.on);
    let reviewed = match reading.book.cell(entry, REVIEWED) {
        Cell::Date(day) => Some(Date::last(*day)),
        _ => None,
    };
    evaluated.max(reviewed)
}

/// What an entry's watched links lead to, and what links to that: the drills of its plan, say.
fn watched(key: EntryKey, cx: &Cx) -> Vec<EntryKey> {
    let reading = cx.reading();
    let Some(entry) = reading.book.entry(key) else { return Vec::new() };
    let fields = reading.register(entry).map_or(&[][..], |register| &register.fields);
    let mut near = Vec::new();
    for field in fields.iter().filter(|field| matches!(field.kind, Kind::Links { watch: true, .. })) {
        if let Cell::Links(keys) = reading.book.cell(entry, &field.id) {
            near.extend(keys.iter().copied());
        }
    }
    let mut all = near.clone();
    let others = reading.definitions.registers().iter();
    // What is scored itself, or only serves a round, is no news behind a plan or a document.
    let others = others.filter(|register| register.evaluation().is_none() && register.id != OUTCOMES);
    for other in others.flat_map(|register| reading.book.entries(&register.id)) {
        let Some(there) = reading.book.entry(*other) else { continue };
        let links = |cell: &Cell| matches!(cell, Cell::Links(to) if to.iter().any(|to| near.contains(to) || *to == key));
        if reading.book.fields(there).any(|(_, cell)| links(cell)) && !all.contains(other) {
            all.push(*other);
        }
    }
    all
}
