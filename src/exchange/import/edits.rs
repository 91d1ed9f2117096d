//! From a plan to the edits of one commit.

use std::collections::BTreeMap;

use super::judge::Verdict;
use super::plan::{Fate, Plan, Planned};
use super::take::{Leads, Meant};
use super::{Import, Keep, Target};
use crate::book::{Book, Edit, EntryKey, SERIAL, Value};
use crate::catalogue::Reading;
use crate::definition::{Kind, Register};
use crate::wording::message;

/// Where what has no column of its own is kept.
const NOTE: &str = "note";

/// The edits of a plan, with the line that each comes from.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Edits {
    /// The edits.
    pub edits: Vec<Edit>,
    /// The line of each; none of what is made or deleted besides.
    pub lines: Vec<Option<usize>>,
}

impl Plan {
    /// The edits that carry it out; entries that rows name come first, so that they can be linked to.
    pub fn edits(
        &self,
        import: &Import,
        book: &Book,
        register: &Register,
        title_of: impl Fn(&str) -> Option<String>,
    ) -> Edits {
        let mut edits = Edits::default();
        let mut made: BTreeMap<(&str, &str), EntryKey> = BTreeMap::new();
        let mut next = book.next_key().0;
        for (register, title) in &self.makes {
            let Some(field) = title_of(register) else { continue };
            made.insert((register, title), EntryKey(next));
            next += 1;
            let fields = vec![(field, Value::Text(title.clone()))];
            edits.edits.push(Edit::Add { register: register.clone(), fields });
            edits.lines.push(None);
        }
        let value = |meant: &Meant| match meant {
            Meant::Value(value) => value.clone(),
            Meant::Links(leads) => {
                let key = |lead: &Leads| match lead {
                    Leads::There(key) => Some(*key),
                    Leads::New(register, title) => made.get(&(register.as_str(), title.as_str())).copied(),
                };
                Value::Links(leads.iter().filter_map(key).collect())
            }
        };
        for row in self.rows.iter().filter(|row| row.is_taken()) {
            let fields = row.changes.iter().map(|(id, meant)| (id.clone(), meant.as_ref().map(value)));
            let known = row.known.entry.filter(|_| row.fate == Fate::Changed);
            edits.edits.push(if let Some(entry) = known {
                Edit::Set { entry, fields: fields.collect() }
            } else {
                let fields = fields.filter_map(|(id, value)| Some((id, value?)));
                let serial = row.taken.serial.clone().map(|serial| (SERIAL.to_owned(), Value::Text(serial)));
                Edit::Add {
                    register: register.id.clone(),
                    fields: serial.into_iter().chain(fields).collect(),
                }
            });
            edits.lines.push(Some(row.line));
        }
        if import.decisions.delete_missing {
            for entry in &self.missing {
                edits.edits.push(Edit::Delete { entry: *entry });
                edits.lines.push(None);
            }
        }
        edits
    }
}

/// The values that a row brings: those of its columns, its evaluation, and what is kept as words. An empty cell clears a
/// field only where the row is known by its serial, as one of an edited export is.
pub(super) fn brings(
    row: &Planned,
    import: &Import,
    register: &Register,
    reading: &Reading,
) -> Vec<(String, Option<Meant>)> {
    let mut brings: Vec<(String, Option<Meant>)> = Vec::new();
    for (index, meant) in &row.taken.fields {
        let Some(field) = register.fields.get(*index) else { continue };
        if (meant.is_some() || row.known.by_serial) && field.id != NOTE {
            brings.push((field.id.clone(), meant.clone()));
        }
    }
    let (evaluation, words) = evaluation(row, reading);
    let emptied = row.verdict == Verdict::None && row.known.by_serial && tells_evaluations(import);
    if let Some((_, field)) = register.evaluation()
        && (evaluation.is_some() || emptied)
    {
        brings.push((field.id.clone(), evaluation.map(Meant::Value)));
    }
    if let Some(note) = note(row, import, register, reading, words) {
        brings.push((NOTE.to_owned(), note.map(|text| Meant::Value(Value::Text(text)))));
    }
    brings
}

/// Whether a list has columns for all that an evaluation is made of: then nothing in them is none.
fn tells_evaluations(import: &Import) -> bool {
    let has = |target: &Target| import.layout.column(target).is_some();
    import.layout.columns.iter().any(|column| matches!(column.target, Target::Factor(_)))
        && has(&Target::Level)
}

/// The evaluation that is kept of a row, and what of its statement would be lost with it.
fn evaluation(row: &Planned, reading: &Reading) -> (Option<Value>, Option<String>) {
    let value =
        |evaluation: &crate::scoring::Evaluation| Some(Value::Evaluation(Box::new(evaluation.clone())));
    match (&row.verdict, row.keep) {
        (Verdict::None, _) => (None, None),
        (Verdict::Agrees(evaluation), _) if row.strange => (value(evaluation), Some(statement(row, reading))),
        (Verdict::Agrees(evaluation) | Verdict::Bare(evaluation), _) => (value(evaluation), None),
        (Verdict::Differs(difference), Some(Keep::Stated)) => match &difference.stated {
            Some(stated) => (value(stated), None),
            None => (None, Some(statement(row, reading))),
        },
        (Verdict::Differs(difference), Some(Keep::Computed)) => match &difference.computed {
            Ok(computed) => (value(computed), Some(statement(row, reading))),
            Err(_) => (None, Some(statement(row, reading))),
        },
        (Verdict::Differs(_) | Verdict::Unworked(_), _) => (None, Some(statement(row, reading))),
    }
}

/// What the list said of an evaluation, in words.
pub(super) fn statement(row: &Planned, reading: &Reading) -> String {
    let stated = &row.taken.stated;
    let mut parts: Vec<String> =
        stated.factors.iter().map(|(label, value)| format!("{label}={value}")).collect();
    let say = |id| reading.wording.say(id);
    parts.extend(stated.direct.iter().map(|code| format!("{}={code}", say("import-direct"))));
    parts.extend(stated.score.iter().map(|score| format!("{}={score}", say("import-score"))));
    parts.extend(stated.level.iter().map(|level| format!("{}={level}", say("import-level"))));
    if let Some(listed) = stated.listed {
        parts.push(format!("{}={}", say("import-listed"), say(if listed { "yes" } else { "no" })));
    }
    let message = message!("import-stated", what = parts.join(" "));
    reading.wording.render(&message)
}

/// The note with what has no place else; nothing where the row says nothing of it.
#[expect(clippy::option_option, reason = "no note said, a note to be cleared, and a note are three things")]
fn note(
    row: &Planned,
    import: &Import,
    register: &Register,
    reading: &Reading,
    statement: Option<String>,
) -> Option<Option<String>> {
    let field = register.fields.iter().position(|field| field.id == NOTE);
    let field = field.filter(|index| {
        register.fields.get(*index).is_some_and(|field| matches!(field.kind, Kind::Text { .. }))
    })?;
    let column = import.layout.column(&Target::Field(field)).is_some();
    let text = |value: Option<Value>| match value {
        Some(Value::Text(text)) => text,
        _ => String::new(),
    };
    let stands = row.known.entry.and_then(|key| reading.book.entry(key));
    let stands = text(stands.and_then(|entry| reading.book.value(entry, NOTE)));
    let said = match row.taken.fields.get(&field) {
        Some(Some(Meant::Value(Value::Text(text)))) => Some(text.clone()),
        _ if column && row.known.by_serial => Some(String::new()),
        _ => None,
    };
    let line = |(heading, text): &(String, String)| {
        reading.wording.render(&message!("import-note", heading = heading.clone(), text = text.clone()))
    };
    let lines: Vec<String> = row.taken.notes.iter().map(line).chain(statement).collect();
    if said.is_none() && lines.is_empty() {
        return None;
    }
    let mut note = said.unwrap_or(stands);
    for line in lines {
        if !note.lines().any(|known| known == line) && !note.contains(&line) {
            note = if note.is_empty() { line } else { format!("{note}\n{line}") };
        }
    }
    Some(Some(note).filter(|note| !note.is_empty()))
}
