//! Rows inside an entry as lines of words.

use super::super::layer::Cx;
use crate::book::{Plain, Row, Value};
use crate::definition::{Field, Kind};
use crate::text::narrow;
use crate::wording::{Message, Tell, message};

/// Rows as lines of cells with `|` between.
pub fn text(field: &Field, rows: &[Row], cx: &Cx) -> String {
    let Kind::Rows(columns) = &field.kind else { return String::new() };
    let reading = cx.reading();
    let cell = |row: &Row, column: &Field| {
        row.get(&column.id).map(|cell| reading.plain(column, cell)).unwrap_or_default()
    };
    let line = |row: &Row| {
        let cells: Vec<String> =
            columns.iter().map(|column| cell(row, column).replace(['\n', '|'], " ")).collect();
        cells.join(" | ").trim_end_matches([' ', '|']).to_owned()
    };
    rows.iter().map(line).collect::<Vec<_>>().join("\n")
}

/// Rows from such lines; a blank line is none.
pub fn read(columns: &[Field], text: &str, cx: &Cx) -> Result<Value, Message> {
    let reading = cx.reading();
    let mut rows = Vec::new();
    for (number, line) in text.lines().enumerate().filter(|(_, line)| !line.trim().is_empty()) {
        let mut row = Row::default();
        let mut cells = line.split(|c| narrow(c) == '|').map(str::trim);
        for column in columns {
            let Some(cell) = cells.next() else { break };
            let value = reading.enter(column, cell, cx.today()).map_err(|error| {
                message!(
                    "row-problem",
                    row = number + 1,
                    column = column.name.clone(),
                    what = error.message()
                )
            })?;
            if let Some(plain) = value.and_then(|value| Plain::try_from(value).ok()) {
                row.0.push((column.id.clone(), plain));
            }
        }
        if cells.next().is_some() {
            return Err(message!("row-too-many", row = number + 1, count = columns.len()));
        }
        rows.push(row);
    }
    Ok(Value::Rows(rows))
}
