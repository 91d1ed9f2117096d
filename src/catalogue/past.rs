//! What once stood in entries and stands there no longer, for searching.

use super::Reading;
use crate::book::{Act, Change, EntryKey, Plain, TextId, Texts, Value};
use crate::query::Needle;

/// Every text that a change took away.
#[derive(Debug, Default)]
pub struct PastTexts {
    texts: Texts,
    all: Vec<Gone>,
}

#[derive(Debug)]
struct Gone {
    entry: EntryKey,
    field: TextId,
    text: TextId,
    at: i64,
}

/// An old text that was found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Was {
    /// The entry it stood in.
    pub entry: EntryKey,
    /// The field's id.
    pub field: String,
    /// The text.
    pub text: String,
    /// When it went, in seconds since 1970 UTC.
    pub at: i64,
}

impl PastTexts {
    /// Takes in what a change of this moment took away.
    pub fn take(&mut self, change: &Change, at: i64) {
        if !matches!(change.act, Act::Set | Act::Delete) {
            return;
        }
        for field in &change.fields {
            let Some(from) = &field.from else { continue };
            let id = self.texts.intern(&field.field);
            for text in texts_of(from) {
                let text = self.texts.intern(&text);
                self.all.push(Gone { entry: change.entry, field: id, text, at });
            }
        }
    }

    /// The latest old text of each entry in which every needle is found and which stands there no longer,
    /// latest first; entries that are `known` already are passed over.
    pub fn find(&self, needles: &[Needle], reading: &Reading, known: impl Fn(EntryKey) -> bool) -> Vec<Was> {
        if needles.is_empty() {
            return Vec::new();
        }
        let hit: Vec<bool> =
            self.texts.from(0).map(|text| needles.iter().all(|needle| needle.matches(text))).collect();
        let mut found: Vec<Was> = Vec::new();
        let mut seen = std::collections::HashSet::new();
        for gone in self.all.iter().rev() {
            let holds = hit.get(gone.text.index()).is_some_and(|hit| *hit);
            if !holds || seen.contains(&gone.entry) || known(gone.entry) {
                continue;
            }
            let (field, text) = (self.texts.get(gone.field), self.texts.get(gone.text));
            let entry = reading.book.entry(gone.entry);
            let now = entry.and_then(|entry| reading.book.value(entry, field));
            if now.is_some_and(|now| texts_of(&now).iter().any(|now| now == text)) {
                continue;
            }
            seen.insert(gone.entry);
            found.push(Was {
                entry: gone.entry,
                field: field.to_owned(),
                text: text.to_owned(),
                at: gone.at,
            });
        }
        found
    }

    /// How many there are.
    pub fn len(&self) -> usize {
        self.all.len()
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.all.is_empty()
    }
}

/// The words of a value that people search for by heart; choices and levels would find everything that ever
/// had them.
fn texts_of(value: &Value) -> Vec<String> {
    match value {
        Value::Text(text) => vec![text.clone()],
        Value::Number(number) => vec![number.to_string()],
        Value::Date(date) => vec![date.to_string()],
        Value::Files(files) => files.iter().map(|file| file.name.clone()).collect(),
        Value::Rows(rows) => {
            let cells = rows.iter().flat_map(|row| &row.0);
            let words = cells.filter_map(|(_, cell)| match cell {
                Plain::Text(text) => Some(text.clone()),
                _ => None,
            });
            words.collect()
        }
        _ => Vec::new(),
    }
}
