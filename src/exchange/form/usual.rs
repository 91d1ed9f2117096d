//! The form of what the company has no form for: the columns of the list, or every field of the record.

use super::load::{FormColumn, FormPart, What};
use crate::catalogue::Listing;
use crate::definition::{Column, Field, Kind, Register};

/// A column of the screen that is wider holds more than a few words.
const SHORT: u16 = 16;

impl FormColumn {
    /// The columns of a list without a form, numbered.
    pub(super) fn plain(listing: &Listing) -> Vec<Self> {
        let number = Self { over: None, head: None, what: What::Number, width: 4 };
        let width = |column: &Column| match column {
            Column::Field(index) => {
                listing.register.fields.get(*index).map_or(10, |field| field.width.max(4))
            }
            Column::Derived(_) => 10,
        };
        let column = |column: &Column| Self {
            over: None,
            head: None,
            what: What::Column(*column),
            width: width(column),
        };
        std::iter::once(number).chain(listing.table.columns.iter().map(column)).collect()
    }
}

impl FormPart {
    /// Every field of a register: short ones two in a line, rows as tables.
    pub(super) fn plain(register: &Register) -> Vec<Self> {
        let mut parts: Vec<Self> = Vec::new();
        // Whether the last line has room for another one.
        let mut open = false;
        for (index, field) in register.fields.iter().enumerate() {
            if let Kind::Rows(_) = field.kind {
                let head = Some(field.name.clone());
                parts.push(Self { head, pairs: Vec::new(), table: Some(index), record: false });
                continue;
            }
            if parts.last().is_none_or(|last| last.table.is_some()) {
                parts.push(Self { head: None, pairs: Vec::new(), table: None, record: false });
                open = false;
            }
            let short = is_short(field);
            let Some(last) = parts.last_mut() else { continue };
            match last.pairs.last_mut().filter(|_| short && open) {
                Some(line) => line.push(index),
                None => last.pairs.push(vec![index]),
            }
            open = short && !open;
        }
        parts
    }
}

/// Whether the words of a field are few: a day, a choice, a number, a name.
fn is_short(field: &Field) -> bool {
    match &field.kind {
        Kind::Text { lines, .. } => !lines && field.width <= SHORT,
        Kind::Date | Kind::YesNo | Kind::Number { .. } | Kind::Choice(_) => true,
        Kind::Links { many, .. } => !many,
        _ => false,
    }
}
