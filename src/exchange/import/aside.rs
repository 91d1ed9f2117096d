//! What of a file is no row of its own: lines of other kinds, rows that repeat, rows of sheets beside that are of nobody.

use std::collections::BTreeSet;

use super::Import;
use super::body::RowKind;
use super::heading::Target;
use super::take::Taken;
use crate::definition::Register;
use crate::wording::Lang;

/// Lines that are no entries: where, what they are, their words.
pub(super) fn others(import: &Import) -> Vec<(String, RowKind, String)> {
    let place = |line: usize| import.sheet.place(line);
    let rows = import.body.rows.iter().filter(|row| row.kind != RowKind::Entry);
    let words = rows.map(|row| (place(row.line.number), row.kind, row.line.words()));
    let above = import.above.iter().flat_map(|above| &above.over);
    let above = above.map(|(line, words)| (place(*line), RowKind::Above, words.clone()));
    let beyond = import.sheet.beyond.iter();
    above
        .chain(words)
        .chain(beyond.map(|(line, words)| (place(*line), RowKind::Beyond, words.clone())))
        .collect()
}

/// Rows of sheets beside that are of entries which are not in the file.
pub(super) fn astray(
    import: &Import,
    register: &Register,
    (taken, lang): (&[(usize, Taken)], Lang),
) -> Vec<(String, RowKind, String)> {
    let here: BTreeSet<&String> = taken.iter().filter_map(|(_, taken)| taken.serial.as_ref()).collect();
    let name = |index: &usize| {
        register.fields.get(*index).map_or_else(String::new, |field| field.name.get(lang).to_owned())
    };
    let parts = import.parts.iter();
    let rows = parts.flat_map(|(index, inside)| inside.keys().map(move |serial| (index, serial)));
    let gone = rows.filter(|(_, serial)| !here.contains(serial));
    gone.map(|(index, serial)| (name(index), RowKind::Astray, serial.clone())).collect()
}

/// Which rows say in every cell what an earlier one says, but for their number.
pub(super) fn repeats(import: &Import) -> Vec<bool> {
    let columns: Vec<usize> = import
        .layout
        .columns
        .iter()
        .filter(|column| column.target != Target::Nothing)
        .map(|column| column.at)
        .collect();
    let mut seen = BTreeSet::new();
    let rows = import.body.entries().map(|row| {
        let cells: Vec<&str> = columns.iter().map(|at| row.line.text(*at)).collect();
        !seen.insert((import.sheet.part(row.line.number), row.section.as_deref(), cells))
    });
    rows.collect()
}
