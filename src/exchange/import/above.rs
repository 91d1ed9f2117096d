//! What stands over a table and holds for all of its rows, and sheets of one form as one table.

use super::layout::Layout;
use super::take::{Reader, Taken};
use super::words::{plain, words};
use crate::definition::{Definitions, Kind, Register};
use crate::exchange::workbook::{Area, Cell, Line, Sheet, SheetPart};

/// A sheet, or one of several that are read as one.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Above {
    /// The first of its lines.
    pub from: usize,
    /// What the lines above its head say that its department is.
    pub department: Option<String>,
    /// Its name.
    pub sheet: String,
    /// The lines over its head: their numbers and words.
    pub over: Vec<(usize, String)>,
}

impl Above {
    /// What stands over the head of a sheet, whose lines begin with this number.
    pub(super) fn of(sheet: &Sheet, layout: &Layout, register: &Register, from: usize) -> Self {
        let lines = sheet.lines.get(..layout.head.start).unwrap_or_default();
        let department = lines.iter().find_map(|line| department(line, register));
        let over = lines.iter().map(|line| (line.number + from, line.words())).collect();
        Self { from, department, sheet: sheet.name.trim().to_owned(), over }
    }
}

impl Reader<'_> {
    /// Whose a row is by what stands over its table, or by the name of its sheet where a department is called so.
    pub(super) fn under(&self, line: usize, taken: &mut Taken) {
        let field = self.register.department_field();
        let Some((index, field)) =
            field.and_then(|field| Some((self.register.field_index(&field.id)?, field)))
        else {
            return;
        };
        let Some(above) = self.above.iter().rfind(|above| above.from <= line) else { return };
        let Kind::Links { to, .. } = &field.kind else { return };
        // A sheet that is called as a department is called is one, also where nobody has it yet.
        let office = |name: &str| words().offices.iter().any(|end| plain(name).ends_with(end.as_str()));
        let by_sheet = || {
            let name = Some(&above.sheet).filter(|name| !name.is_empty())?;
            (self.reading.linked(to, name).is_ok() || office(name)).then_some(name)
        };
        let department = above.department.as_ref().or_else(by_sheet);
        if let Some(name) = department.filter(|_| !matches!(taken.fields.get(&index), Some(Some(_))))
            && let Ok(value) = self.value(field, &Cell::text(name))
        {
            taken.fields.insert(index, value);
        }
    }
}

/// `部门：技术部`, in one cell or in two.
fn department(line: &Line, register: &Register) -> Option<String> {
    let field = register.department_field()?;
    let is_label = |text: &str| {
        let text = text.trim().trim_end_matches([':', '：']).trim_end();
        !text.is_empty() && (words().department.contains(&plain(text)) || field.answers_to(text))
    };
    let mut cells = line.filled().map(|(_, cell)| cell.text.trim()).peekable();
    while let Some(cell) = cells.next() {
        // Several things may stand in one cell, a few blanks apart.
        let said = cell.split("  ").flat_map(|part| part.split("\u{3000}\u{3000}")).flat_map(str::lines);
        for part in said {
            if let Some((label, words)) = part.split_once(['：', ':'])
                && is_label(label)
                && !words.trim().is_empty()
            {
                return Some(words.trim().to_owned());
            }
        }
        if is_label(cell)
            && let Some(next) = cells.peek().filter(|next| !next.contains(['：', ':']))
        {
            return Some((*next).to_owned());
        }
    }
    None
}

/// The other sheets that have the form of this one: the same columns at the same places.
pub(super) fn alike<'w>(
    sheets: &'w [Sheet],
    (first, layout): (&Sheet, &Layout),
    (definitions, register): (&Definitions, &Register),
) -> Vec<(&'w Sheet, Layout)> {
    let heads = |layout: &Layout| -> Vec<(usize, String)> {
        layout.columns.iter().map(|column| (column.at, plain(&column.heading.words()))).collect()
    };
    let others = sheets.iter().filter(|other| other.name != first.name);
    let recognised =
        others.filter_map(|other| Some((other, Layout::recognise(other, definitions, Some(register))?)));
    recognised.filter(|(_, other)| heads(other) == heads(layout)).collect()
}

/// Sheets of one form as one table: the lines below the heads of the others follow those of the first.
pub(super) fn joined(first: &Sheet, others: &[(&Sheet, Layout)]) -> Sheet {
    let mut all = first.clone();
    all.parts = vec![SheetPart { from: 0, name: first.name.clone() }];
    for (number, (sheet, layout)) in (1..).zip(others) {
        let from = number * SheetPart::APART;
        all.parts.push(SheetPart { from, name: sheet.name.clone() });
        let lines = sheet.lines.get(layout.head.end..).unwrap_or_default();
        let below = lines.first().map_or(usize::MAX, |line| line.number);
        let moved = |line: &Line| Line { number: line.number + from, cells: line.cells.clone() };
        all.lines.extend(lines.iter().map(moved));
        let place = |(line, column): (usize, usize)| (line + from, column);
        let areas = sheet.merged.iter().filter(|area| area.first.0 >= below);
        all.merged.extend(areas.map(|area| Area { first: place(area.first), last: place(area.last) }));
        all.beyond.extend(sheet.beyond.iter().map(|(line, words)| (line + from, words.clone())));
    }
    all.name = all.parts.iter().map(|part| part.name.as_str()).collect::<Vec<_>>().join(", ");
    all
}
