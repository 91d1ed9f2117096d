//! Rows inside an entry, in words: a small table where there is room for one, else each row as a sentence.

use super::super::layer::Cx;
use super::super::theme::Role;
use super::detail::Line;
use crate::book::{EntryKey, Plain, Row, Value};
use crate::definition::{Field, Kind};
use crate::text::{pad_end, width, wrap};

/// Between two columns.
const GAP: usize = 2;
/// How narrow a column of words may become.
const LEAST: usize = 8;

/// The rows of a field under its label, in lines of so many columns.
pub fn row_lines(lines: &mut Vec<Line>, field: &Field, rows: &[Row], room: usize, cx: &Cx) {
    let all = if let Kind::Rows(columns) = &field.kind { columns.as_slice() } else { &[] };
    let filled = |column: &&Field| rows.iter().any(|row| row.get(&column.id).is_some());
    let columns: Vec<&Field> = all.iter().filter(filled).collect();
    let cells: Vec<Vec<String>> =
        rows.iter().map(|row| columns.iter().map(|column| words(row, column, cx)).collect()).collect();
    let label = field.name.get(cx.lang());
    let Some(widths) = widths(&columns, &cells, room, cx) else {
        return sentences(lines, field, rows, room, cx);
    };
    let heads: Vec<String> = columns.iter().map(|column| column.name.get(cx.lang()).to_owned()).collect();
    lines.push(Line::new(label, laid_out(&heads, &widths).concat()).role(Role::Dim));
    for (row, cells) in rows.iter().zip(&cells) {
        for (at, text) in laid_out(cells, &widths).into_iter().enumerate() {
            let target = leads_to(row, &columns).filter(|_| at == 0);
            lines.push(Line { target, ..Line::new("", text) });
        }
    }
}

/// Each row as a sentence.
fn sentences(lines: &mut Vec<Line>, field: &Field, rows: &[Row], room: usize, cx: &Cx) {
    let reading = cx.reading();
    let columns: Vec<&Field> = match &field.kind {
        Kind::Rows(columns) => columns.iter().collect(),
        _ => Vec::new(),
    };
    for (index, row) in rows.iter().enumerate() {
        let text = reading.row(field, row);
        for (at, range) in wrap(&text, room).into_iter().enumerate() {
            let label = if index == 0 && at == 0 { field.name.get(cx.lang()) } else { "" };
            let target = leads_to(row, &columns).filter(|_| at == 0);
            lines.push(Line { target, ..Line::new(label, text.get(range).unwrap_or("")) });
        }
    }
}

/// A cell in words; what it links to by number, as the number alone is certain and short.
fn words(row: &Row, column: &Field, cx: &Cx) -> String {
    let reading = cx.reading();
    match row.get(&column.id) {
        None => String::new(),
        Some(Plain::Links(keys)) => {
            keys.iter().map(|key| reading.book.serial(*key)).collect::<Vec<_>>().join(" ")
        }
        Some(cell) => reading.value(column, &Value::from(cell.clone())),
    }
}

/// Where a row leads: what became of it stands last.
fn leads_to(row: &Row, columns: &[&Field]) -> Option<EntryKey> {
    let links = columns.iter().rev().filter_map(|column| match row.get(&column.id) {
        Some(Plain::Links(keys)) => keys.first().copied(),
        _ => None,
    });
    links.into_iter().next()
}

/// How wide each column is; none where there is no room for all of them. Words give way, the longest first; what is
/// short by nature does not.
fn widths(columns: &[&Field], cells: &[Vec<String>], room: usize, cx: &Cx) -> Option<Vec<usize>> {
    let widest = |(at, column): (usize, &&Field)| {
        let head = width(column.name.get(cx.lang()));
        cells.iter().filter_map(|row| row.get(at)).map(|words| width(words)).max().unwrap_or(0).max(head)
    };
    let natural: Vec<usize> = columns.iter().enumerate().map(widest).collect();
    let least = |(column, natural): (&&Field, usize)| match column.kind {
        Kind::Text { .. } | Kind::Choices(_) => natural.min(LEAST.max(width(column.name.get(cx.lang())))),
        Kind::Links { .. } => natural.min("EA-0000-000".len()),
        _ => natural,
    };
    let least: Vec<usize> = columns.iter().zip(natural.iter().copied()).map(least).collect();
    // No column is wider than this, but for what does not give way.
    let within = |most: usize| -> Vec<usize> {
        natural.iter().zip(&least).map(|(natural, least)| most.min(*natural).max(*least)).collect()
    };
    let gaps = GAP * columns.len().saturating_sub(1);
    let fits = |most: usize| within(most).iter().sum::<usize>() + gaps <= room;
    // However long a text is, halving finds the widest that fits.
    let (mut most, mut over) = (0, room + 1);
    if !fits(most) {
        return None;
    }
    while over - most > 1 {
        let middle = most.midpoint(over);
        if fits(middle) { most = middle } else { over = middle }
    }
    Some(within(most))
}

/// Cells side by side, each within its width, in as many lines as the longest takes.
fn laid_out(cells: &[String], widths: &[usize]) -> Vec<String> {
    let parts: Vec<Vec<&str>> = cells
        .iter()
        .zip(widths)
        .map(|(cell, wide)| wrap(cell, *wide).into_iter().filter_map(|part| cell.get(part)).collect())
        .collect();
    let tall = parts.iter().map(Vec::len).max().unwrap_or(0);
    let line = |at: usize| {
        let cells = parts.iter().zip(widths);
        let cells = cells.map(|(part, wide)| pad_end(part.get(at).unwrap_or(&""), wide + GAP));
        cells.collect::<String>().trim_end().to_owned()
    };
    (0..tall).map(line).collect()
}
