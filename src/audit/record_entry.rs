//! Entries in a record: in a table, or one with all that stands in it.

use super::record::{Block, paper_name};
use crate::book::{Cell, Entry, EntryKey, Plain, Row};
use crate::catalogue::{Reading, Sign, UNSCORED};
use crate::definition::{Column, Field, Kind, Register};
use crate::wording::message;

/// Entries of a register under these columns.
pub fn table(reading: &Reading, register: &Register, keys: &[EntryKey], columns: &[Column]) -> Block {
    let head = |column: &Column| register.column_name(*column).get(reading.lang).to_owned();
    let entries = keys.iter().filter_map(|key| reading.book.entry(*key));
    let row = |entry: &Entry| columns.iter().map(|column| cell(reading, register, entry, *column)).collect();
    Block::Table(columns.iter().map(head).collect(), entries.map(row).collect())
}

/// What stands in a column, links with their serials, a level with its sign; what is empty is seen to be so.
fn cell(reading: &Reading, register: &Register, entry: &Entry, column: Column) -> String {
    let field = if let Column::Field(index) = column { register.fields.get(index) } else { None };
    let words = match field {
        Some(field) if matches!(field.kind, Kind::Links { .. }) => reading.words_at(entry, &field.id),
        Some(field) => match reading.book.cell(entry, &field.id) {
            Cell::Rows(rows) => {
                rows.iter().map(|row| of_row(reading, field, row)).collect::<Vec<_>>().join("\n")
            }
            _ => reading.field(field, entry).text,
        },
        None => {
            let shown = reading.column(register, entry, column);
            let sign = if shown.sign == Sign::None { "" } else { shown.sign.mark() };
            format!("{sign} {}", shown.text).trim().to_owned()
        }
    };
    if words.is_empty() { UNSCORED.to_owned() } else { words }
}

/// An entry with all that stands in it.
pub fn in_full(reading: &Reading, entry: &Entry) -> Vec<Block> {
    let Some(register) = reading.register(entry) else { return Vec::new() };
    let form = register.form.number.as_deref().unwrap_or_default();
    let name = format!("{} {}", reading.book.text(entry.serial), reading.title(entry.key));
    let paper = format!("{} {form}", paper_name(register, reading));
    let mut blocks = vec![Block::Group(format!("{name}  {}", paper.trim_end()))];
    let title = &register.title_field().id;
    for field in register.fields.iter().filter(|field| field.id != *title) {
        let label = field.name.get(reading.lang).to_owned();
        match (&field.kind, reading.book.cell(entry, &field.id)) {
            (Kind::Evaluation { .. }, _) => blocks.push(Block::Said(label, evaluation(reading, entry))),
            (_, Cell::Empty) if field.required => blocks.push(Block::Said(label, UNSCORED.to_owned())),
            (_, Cell::Empty) => {}
            (Kind::Rows(columns), Cell::Rows(rows)) => {
                blocks.extend([Block::Said(label, String::new()), rows_table(reading, columns, rows)]);
            }
            _ => blocks.push(Block::Said(label, reading.words_at(entry, &field.id))),
        }
    }
    for (id, words) in reading.former(entry) {
        blocks.push(Block::Said(id, words));
    }
    blocks
}

/// An evaluation with its method, its day and who took part.
fn evaluation(reading: &Reading, entry: &Entry) -> String {
    let words = reading.evaluated(entry);
    let field = reading.register(entry).and_then(Register::evaluation);
    let found = field.and_then(|(_, field)| reading.book.cell(entry, &field.id).evaluation());
    let Some(evaluation) = found else { return words };
    let method = reading.method(evaluation).map(|method| method.name.clone()).unwrap_or_default();
    let on = evaluation.occasion.on.to_string();
    let how = message!("verdict-method", method = method, edition = evaluation.edition, on = on);
    let by = evaluation.occasion.by.join(&reading.wording.say("list-comma"));
    let by = if by.is_empty() { by } else { reading.wording.render(&message!("verdict-by", by = by)) };
    let basis = &evaluation.occasion.basis;
    format!("{words}\n{}{by}\n{basis}", reading.wording.render(&how)).trim_end().to_owned()
}

/// Rows inside an entry under those of their columns that hold anything.
fn rows_table(reading: &Reading, columns: &[Field], rows: &[Row]) -> Block {
    let holds = |column: &&Field| rows.iter().any(|row| row.get(&column.id).is_some());
    let columns: Vec<&Field> = columns.iter().filter(holds).collect();
    let heads = columns.iter().map(|column| column.name.get(reading.lang).to_owned()).collect();
    let row = |row: &Row| columns.iter().map(|column| of_cell(reading, column, row)).collect();
    Block::Table(heads, rows.iter().map(row).collect())
}

/// A row in one line.
fn of_row(reading: &Reading, field: &Field, row: &Row) -> String {
    let columns = if let Kind::Rows(columns) = &field.kind { columns.as_slice() } else { &[] };
    let cells = columns.iter().map(|column| of_cell(reading, column, row));
    cells.filter(|cell| !cell.is_empty()).collect::<Vec<_>>().join("  ")
}

fn of_cell(reading: &Reading, column: &Field, row: &Row) -> String {
    match row.get(&column.id) {
        Some(Plain::Links(keys)) => super::audited::Audited::named(reading, keys),
        Some(cell) => reading.plain(column, cell),
        None => String::new(),
    }
}
