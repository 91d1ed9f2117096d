//! Rows inside an entry: in a sheet of their own, as JSON, or as lines of a cell.

use std::collections::BTreeMap;

use super::take::{Leads, Meant, Reader, Taken, Unread};
use super::words::words;
use crate::book::{Plain, Row, Value};
use crate::catalogue::EntryError;
use crate::definition::{Field, Kind};
use crate::exchange::workbook::{Cell, json_words};

impl Reader<'_> {
    /// Rows of a field that stand in a sheet of their own.
    pub(super) fn inside(&self, index: usize, rows: Option<&Vec<BTreeMap<usize, Cell>>>, taken: &mut Taken) {
        let Some(field) = self.register.fields.get(index) else { return };
        let Kind::Rows(columns) = &field.kind else { return };
        let mut all = Vec::new();
        for cells in rows.into_iter().flatten() {
            let mut row = Row::default();
            for (at, column) in columns.iter().enumerate() {
                let Some(cell) = cells.get(&at) else { continue };
                match self.settled(column, cell) {
                    Ok(Some(plain)) => row.0.push((column.id.clone(), plain)),
                    Ok(None) => {}
                    Err(why) => {
                        let (name, text) = (column.name.get(self.reading.lang).to_owned(), cell.text.clone());
                        let of = format!("{} {name}", field.name.get(self.reading.lang));
                        taken.problems.push(Unread { at: usize::MAX, of, said: text.clone(), why });
                        taken.notes.push((name, text));
                    }
                }
            }
            all.push(row);
        }
        taken
            .fields
            .insert(index, Some(all).filter(|all| !all.is_empty()).map(|all| Meant::Value(Value::Rows(all))));
    }

    /// What a cell of a row inside an entry means: it links only to entries that are there.
    fn settled(&self, column: &Field, cell: &Cell) -> Result<Option<Plain>, EntryError> {
        let leads = match self.value(column, cell)? {
            Some(Meant::Links(leads)) => leads,
            Some(Meant::Value(value)) => return Ok(Plain::try_from(value).ok()),
            None => return Ok(None),
        };
        let mut keys = Vec::new();
        for lead in leads {
            match lead {
                Leads::There(key) => keys.push(key),
                Leads::New(register, title) => keys.push(self.reading.linked(&[register], &title)?),
            }
        }
        Ok(Some(Plain::Links(keys)))
    }

    /// Rows as JSON, as an export to separated values has them; each cell is read as one of a list.
    pub(super) fn json_rows(
        &self,
        field: &Field,
        columns: &[Field],
        text: &str,
    ) -> Result<Value, EntryError> {
        let wrong = || EntryError::NotRows { example: self.reading.example_rows(columns, self.today) };
        let objects: Vec<serde_json::Map<String, serde_json::Value>> =
            serde_json::from_str(text).map_err(|_| wrong())?;
        let mut rows = Vec::new();
        for object in objects {
            let mut row = Row::default();
            for column in columns {
                let Some((_, json)) = object.iter().find(|(said, _)| column.answers_to(said)) else {
                    continue;
                };
                let cell = Cell::text(&json_words(json));
                if let Some(plain) = self.settled(column, &cell)? {
                    row.0.push((column.id.clone(), plain));
                }
            }
            if object.keys().any(|said| !columns.iter().any(|column| column.answers_to(said))) {
                // It names the column that there is not.
                self.reading.enter(field, text, self.today)?;
            }
            rows.push(row);
        }
        Ok(Value::Rows(rows))
    }
}

/// Lines of text as rows: each line is what the first column of words holds.
pub(super) fn rows(columns: &[Field], text: &str) -> Option<Value> {
    let named = |field: &&Field| matches!(field.kind, Kind::Text { time: false, .. });
    let column = columns.iter().find(named)?;
    let lines = text.lines().map(str::trim).filter(|line| !line.is_empty() && !words().is_nothing(line));
    let row = |line: &str| Row(vec![(column.id.clone(), Plain::Text(line.to_owned()))]);
    Some(Value::Rows(lines.map(row).collect()))
}
