//! Rows inside an entry as lines of words.

use std::path::Path;

use super::super::layer::Cx;
use crate::book::{FileRef, Plain, Row, Value};
use crate::definition::{Field, Kind};
use crate::text::narrow;
use crate::wording::{Message, Tell, message};

/// Rows as lines of cells with `|` between.
pub fn text(field: &Field, rows: &[Row], cx: &Cx) -> String {
    let Kind::Rows(columns) = &field.kind else { return String::new() };
    let reading = cx.reading();
    let cell = |row: &Row, column: &Field| {
        match row.get(&column.id) {
            // Two entries may have one title; what is read again must be certain.
            Some(Plain::Links(keys)) => {
                keys.iter().map(|key| reading.book.serial(*key)).collect::<Vec<_>>().join(", ")
            }
            // A unit is said by the heading; it could not be read again.
            Some(Plain::Number(number)) => number.to_string(),
            cell => cell.map(|cell| reading.plain(column, cell)).unwrap_or_default(),
        }
    };
    let line = |row: &Row| {
        let cells: Vec<String> =
            columns.iter().map(|column| cell(row, column).replace(['\n', '|'], " ")).collect();
        cells.join(" | ").trim_end_matches([' ', '|']).to_owned()
    };
    rows.iter().map(line).collect::<Vec<_>>().join("\n")
}

/// How rows are written: the columns in their order, with what is meant by each, and a row as an example.
pub fn help(columns: &[Field], cx: &Cx) -> Message {
    let reading = cx.reading();
    let said = |column: &Field| {
        let name = column.name.get(cx.lang()).to_owned();
        let kind = match &column.kind {
            Kind::Date => Some(cx.say("column-date")),
            Kind::Number { .. } => Some(cx.say("column-number")),
            Kind::Links { .. } => Some(cx.say("column-links")),
            Kind::Choice(choices) | Kind::Choices(choices) => {
                let labels: Vec<&str> = choices.iter().map(|choice| choice.label.get(cx.lang())).collect();
                Some(labels.join("/"))
            }
            _ => None,
        };
        match column.help.as_ref().map(|help| help.get(cx.lang()).to_owned()).or(kind) {
            Some(help) => cx.render(&message!("column-help", name = name, help = help)),
            None => name,
        }
    };
    let cell = |column: &Field| reading.example_cell(column, cx.today());
    let said: Vec<String> = columns.iter().map(said).collect();
    let cells: Vec<String> = columns.iter().map(cell).collect();
    message!("field-help-rows", columns = said.join(" | "), example = cells.join(" | "))
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

/// The names of files, one a line.
pub fn names(files: &[FileRef]) -> String {
    files.iter().map(|file| file.name.as_str()).collect::<Vec<_>>().join("\n")
}

/// Files by lines: the name of one that is kept already, or the path of one to be kept now.
pub fn files(text: &str, now: Option<&Value>, cx: &Cx) -> Result<Value, Message> {
    let known = match now {
        Some(Value::Files(files)) => files.as_slice(),
        _ => &[],
    };
    let lines = text.lines().map(str::trim).filter(|line| !line.is_empty());
    let file = |line: &str| match known.iter().find(|file| file.name == line) {
        Some(file) => Ok(file.clone()),
        None => cx.session.keep_file(Path::new(line)).map_err(|error| error.message()),
    };
    lines.map(file).collect::<Result<Vec<FileRef>, Message>>().map(Value::Files)
}
