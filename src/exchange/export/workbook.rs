//! Excel, by `rust_xlsxwriter`.

use rust_xlsxwriter::{Format, FormatAlign, FormatBorder, Workbook, Worksheet, XlsxError};

use super::ExportError;
use super::grid::{Grid, Out};
use crate::scoring::Decimal;

/// The most characters of a cell of Excel.
const LONGEST: usize = 32_767;
/// The most characters of the name of a sheet.
const LONGEST_NAME: usize = 31;
/// The widest column, in characters.
const WIDEST: u16 = 48;

/// A workbook with a sheet for the table and one for each of its parts.
pub(super) fn write(grid: &Grid) -> Result<Vec<u8>, ExportError> {
    let mut book = Workbook::new();
    // Without the moment at which it is made the same data are the same bytes.
    book.set_properties(&fixed());
    let mut names: Vec<String> = Vec::new();
    for table in std::iter::once(grid).chain(&grid.parts) {
        let sheet = book.add_worksheet();
        let mut name = sheet_name(&table.name);
        // Two names may be one once they are cut.
        while names.contains(&name) {
            name = format!("{} {}", name.chars().take(LONGEST_NAME - 4).collect::<String>(), names.len());
        }
        sheet.set_name(&name).map_err(refused)?;
        names.push(name);
        fill(sheet, table)?;
    }
    book.save_to_buffer().map_err(refused)
}

/// Properties that do not say when.
pub(crate) fn fixed() -> rust_xlsxwriter::DocProperties {
    let first = rust_xlsxwriter::ExcelDateTime::from_ymd(2000, 1, 1).unwrap_or_default();
    rust_xlsxwriter::DocProperties::new().set_creation_datetime(&first)
}

#[expect(clippy::needless_pass_by_value, reason = "it is what map_err hands over")]
pub(crate) fn refused(error: XlsxError) -> ExportError {
    ExportError::Refused(error.to_string())
}

/// The name of a sheet as Excel takes it.
pub(crate) fn sheet_name(name: &str) -> String {
    let name: String = name.chars().map(|c| if "[]:*?/\\'".contains(c) { ' ' } else { c }).collect();
    name.chars().take(LONGEST_NAME).collect::<String>().trim().to_owned()
}

fn fill(sheet: &mut Worksheet, table: &Grid) -> Result<(), ExportError> {
    let head = Format::new()
        .set_bold()
        .set_text_wrap()
        .set_align(FormatAlign::Top)
        .set_border_bottom(FormatBorder::Thin);
    let text = Format::new().set_text_wrap().set_align(FormatAlign::Top);
    let day = Format::new().set_num_format("yyyy-mm-dd").set_align(FormatAlign::Top);
    // Rows that have a table of their own do not stand here once more.
    let apart = |at: usize| table.rows.iter().any(|row| matches!(row.get(at), Some(Out::Rows(..))));
    let columns: Vec<usize> = (0..table.heads.len()).filter(|at| !apart(*at)).collect();
    for (column, at) in (0_u16..).zip(&columns) {
        let name = table.heads.get(*at).map_or("", String::as_str);
        sheet.write_string_with_format(0, column, name, &head).map_err(refused)?;
        let cells = table.rows.iter().filter_map(|row| row.get(*at)).map(Out::words);
        let lines = cells
            .filter_map(|words| words.lines().map(crate::text::width).max())
            .chain([crate::text::width(name)]);
        let widest = u16::try_from(lines.max().unwrap_or(0)).unwrap_or(WIDEST).min(WIDEST);
        sheet.set_column_width(column, f64::from(widest + 2)).map_err(refused)?;
        for (row, cells) in (1_u32..).zip(&table.rows) {
            let long = |words: &str| words.chars().count() > LONGEST;
            let cell = cells.get(*at).unwrap_or(&Out::Empty);
            if long(&cell.words()) {
                let serial = cells.first().map(Out::words).unwrap_or_default();
                return Err(ExportError::LongCell { serial, column: name.to_owned() });
            }
            put(sheet, (row, column), cell, (&text, &day)).map_err(refused)?;
        }
    }
    sheet.set_freeze_panes(1, 1).map_err(refused)?;
    let last = u32::try_from(table.rows.len()).unwrap_or(u32::MAX);
    let right = u16::try_from(columns.len()).unwrap_or(1).saturating_sub(1);
    sheet.autofilter(0, 0, last, right).map_err(refused)?;
    Ok(())
}

/// Writes a cell. Words are always a text, whatever they begin with: nothing of the book becomes a formula.
pub(super) fn put(
    sheet: &mut Worksheet,
    (row, column): (u32, u16),
    cell: &Out,
    (text, day): (&Format, &Format),
) -> Result<(), XlsxError> {
    match cell {
        Out::Empty => {}
        Out::Number(number) => match exact(*number) {
            Some(value) => _ = sheet.write_number_with_format(row, column, value, text)?,
            None => _ = sheet.write_string_with_format(row, column, number.to_string(), text)?,
        },
        Out::Day(date) => {
            let parts = match date.parts() {
                (year, Some(month), Some(on)) => u16::try_from(year).ok().map(|year| (year, month, on)),
                _ => None,
            };
            match parts
                .and_then(|(year, month, on)| rust_xlsxwriter::ExcelDateTime::from_ymd(year, month, on).ok())
            {
                Some(moment) => _ = sheet.write_datetime_with_format(row, column, &moment, day)?,
                // A month is no day.
                None => _ = sheet.write_string_with_format(row, column, date.to_string(), text)?,
            }
        }
        other => _ = sheet.write_string_with_format(row, column, other.words(), text)?,
    }
    Ok(())
}

/// A number as a spreadsheet keeps it, where that is the same number.
fn exact(number: Decimal) -> Option<f64> {
    let value: f64 = number.to_string().parse().ok()?;
    let back = Decimal::from_scientific(&format!("{value:.14e}")).ok()?;
    (back == number).then_some(value)
}
