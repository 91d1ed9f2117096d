//! Rows inside entries that stand in sheets of their own beside the list, as an export writes them.

use std::collections::BTreeMap;

use super::words::plain;
use crate::definition::{Derived, Field, Kind, Register};
use crate::exchange::export::PART;
use crate::exchange::workbook::{Cell, Sheet, Workbook};

/// The rows of one field, by the serial of the entry: of each row the cells that hold something, by column.
pub type Inside = BTreeMap<String, Vec<BTreeMap<usize, Cell>>>;

/// The rows inside the entries of a sheet, by field; a field whose sheet is there and holds nothing of an entry has none.
pub fn parts(
    workbook: &Workbook,
    sheet: &Sheet,
    register: &Register,
) -> (BTreeMap<usize, Inside>, Vec<(usize, String)>) {
    let (mut found, mut loose) = (BTreeMap::new(), Vec::new());
    for other in &workbook.sheets {
        let Some((whole, part)) = other.name.split_once(PART) else { continue };
        // A name that was cut to what Excel takes is known by its beginning.
        if !sheet.name.starts_with(whole.trim()) && !whole.trim().starts_with(sheet.name.trim()) {
            continue;
        }
        let rows = register.fields.iter().enumerate().find_map(|(index, field)| match &field.kind {
            Kind::Rows(columns) if is_called(field, part) => Some((index, columns)),
            _ => None,
        });
        if let Some((index, columns)) = rows {
            found.insert(index, inside(other, columns, &mut loose));
        }
    }
    (found, loose)
}

/// Whether a sheet is called as those are that hold rows inside entries.
pub(super) fn is_part(name: &str) -> bool {
    name.contains(PART)
}

/// Whether a name, perhaps cut and perhaps in both languages, is that of a field.
fn is_called(field: &Field, said: &str) -> bool {
    let said = plain(said);
    let both = format!("{}/{}", plain(field.name.zh()), plain(field.name.en()));
    [plain(field.name.zh()), plain(field.name.en()), both.clone()].contains(&said)
        || said.len() > 6 && both.starts_with(&said)
}

fn inside(sheet: &Sheet, columns: &[Field], loose: &mut Vec<(usize, String)>) -> Inside {
    let mut lines = sheet.lines.iter();
    let Some(head) = lines.next() else { return Inside::new() };
    let serial = head
        .filled()
        .find(|(_, cell)| cell.text.split('/').any(|part| Derived::Serial.answers_to(part.trim())));
    let serial = serial.map_or(0, |(at, _)| at);
    let meant: Vec<(usize, usize)> = head
        .filled()
        .filter_map(|(at, cell)| {
            let column = columns.iter().position(|column| {
                column.answers_to(cell.text.trim())
                    || cell.text.split('/').any(|part| column.answers_to(part.trim()))
            });
            Some((at, column.filter(|_| at != serial)?))
        })
        .collect();
    let mut inside = Inside::new();
    for line in lines {
        if line.text(serial).is_empty() {
            loose.push((line.number, format!("{}  {}", sheet.name, line.words())));
            continue;
        }
        let cells = meant.iter().filter_map(|(at, column)| {
            let cell = line.cells.get(*at).filter(|cell| !cell.text.trim().is_empty())?;
            Some((*column, cell.clone()))
        });
        inside.entry(line.text(serial).to_owned()).or_default().push(cells.collect());
    }
    inside
}
