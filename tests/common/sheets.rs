//! Workbooks made up for tests.
#![allow(dead_code, clippy::unwrap_used)]

use std::path::Path;

use rust_xlsxwriter::{Format, Workbook};

/// A sheet: its name, its rows, and the cells that are one, each as first row, first column, last row, last column.
pub struct Made<'a> {
    pub name: &'a str,
    pub rows: &'a [&'a [&'a str]],
    pub merged: &'a [(u32, u16, u32, u16)],
}

/// Writes a workbook. What reads as a number is one, unless a `'` stands before it; `@44521` is a day that is shown as one.
pub fn write(path: &Path, sheets: &[Made]) {
    let mut book = Workbook::new();
    for made in sheets {
        let sheet = book.add_worksheet();
        sheet.set_name(made.name).unwrap();
        for (first, left, last, right) in made.merged {
            sheet.merge_range(*first, *left, *last, *right, "", &Format::new()).unwrap();
        }
        for (row, cells) in (0..).zip(made.rows) {
            for (column, text) in (0..).zip(*cells) {
                if text.is_empty() {
                    continue;
                }
                if let Some(day) = text.strip_prefix('@') {
                    let format = Format::new().set_num_format("yyyy-mm-dd");
                    sheet
                        .write_number_with_format(row, column, day.parse::<f64>().unwrap(), &format)
                        .unwrap();
                } else if let Ok(number) = text.parse::<f64>() {
                    sheet.write_number(row, column, number).unwrap();
                } else {
                    sheet.write_string(row, column, text.strip_prefix('\'').unwrap_or(text)).unwrap();
                }
            }
        }
    }
    book.save(path).unwrap();
}

/// A workbook of one sheet without merged cells.
pub fn plain(path: &Path, rows: &[&[&str]]) {
    write(path, &[Made { name: "Sheet1", rows, merged: &[] }]);
}
