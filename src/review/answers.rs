//! What scoring again cannot find, asked at the end of a round: is there anything new, topic by topic.

use super::REVIEWS;
use crate::book::{EntryKey, Plain, Row, Value};
use crate::catalogue::Reading;
use crate::definition::{Field, Kind};
use crate::wording::Lang;

/// The answers of a round; every topic of the register's definition has its row.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Answers {
    /// Topic by topic.
    pub rows: Vec<Answer>,
}

/// The answer to one topic.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Answer {
    /// The code of the topic.
    pub topic: String,
    /// Whether there is anything new; none where it was not answered.
    pub found: Option<bool>,
    /// What is new.
    pub what: String,
}

impl Answers {
    /// The answers that a round has so far.
    pub fn of(reading: &Reading, round: EntryKey) -> Self {
        let field = reading.definitions.register(REVIEWS).and_then(|register| register.field("asked"));
        let topics =
            field.and_then(|field| column(field, "topic")).map_or(&[][..], |topic| topic.kind.choices());
        let value = reading.book.entry(round).and_then(|round| reading.book.value(round, "asked"));
        let known = match value {
            Some(Value::Rows(rows)) => rows,
            _ => Vec::new(),
        };
        let answer = |code: &str| {
            let row = known.iter().find(|row| choice(row, "topic") == Some(code));
            let found = row.and_then(|row| choice(row, "answer")).map(|answer| answer == "found");
            let what = match row.and_then(|row| row.get("what")) {
                Some(Plain::Text(what)) => what.clone(),
                _ => String::new(),
            };
            Answer { topic: code.to_owned(), found, what }
        };
        Self { rows: topics.iter().map(|topic| answer(&topic.code)).collect() }
    }

    /// As the register keeps them; what is not answered has no row.
    pub fn value(&self) -> Option<Value> {
        let row = |answer: &Answer| {
            let code = if answer.found? { "found" } else { "none" };
            let mut cells = vec![
                ("topic".to_owned(), Plain::Choice(answer.topic.clone())),
                ("answer".to_owned(), Plain::Choice(code.to_owned())),
            ];
            if !answer.what.is_empty() {
                cells.push(("what".to_owned(), Plain::Text(answer.what.clone())));
            }
            Some(Row(cells))
        };
        let rows: Vec<Row> = self.rows.iter().filter_map(row).collect();
        (!rows.is_empty()).then_some(Value::Rows(rows))
    }
}

impl Answer {
    /// The topic in words; `field` is the one that keeps the answers.
    pub fn topic_words(&self, field: Option<&Field>, lang: Lang) -> String {
        let choice =
            field.and_then(|field| column(field, "topic")).and_then(|topic| topic.choice(&self.topic));
        choice.map_or_else(|| self.topic.clone(), |choice| choice.label.get(lang).to_owned())
    }
}

fn column<'f>(field: &'f Field, id: &str) -> Option<&'f Field> {
    match &field.kind {
        Kind::Rows(columns) => columns.iter().find(|column| column.id == id),
        _ => None,
    }
}

fn choice<'r>(row: &'r Row, column: &str) -> Option<&'r str> {
    match row.get(column) {
        Some(Plain::Choice(code)) => Some(code),
        _ => None,
    }
}
