//! Workbooks of Excel, old and new, and of `OpenDocument`, by `calamine`.

use std::collections::BTreeMap;
use std::io::Cursor;

use calamine::{
    Data, DataRef, Dimensions, ExcelDateTime, Ods, Range, Reader, SheetType, SheetVisible, Xls, Xlsx,
    XlsxFormulaMetadata,
};
use chrono::{NaiveDateTime, NaiveTime};

use super::{Area, Cell, CellKind, LAST_COLUMN, Line, MOST_CELLS, MOST_TEXT, Sheet, WorkbookError};
use crate::scoring::Decimal;
use crate::wording::Tell as _;

/// The name of the thread that reads a workbook: what goes wrong there is told as a sentence, not as a panic.
pub const READER: &str = "workbook";

/// A wreck may break the reader itself: that is a sentence too. The reader has a thread of its own, of whose end
/// [`READER`] tells nothing on the screen.
fn guarded<T: Send>(read: impl FnOnce() -> Result<T, WorkbookError> + Send) -> Result<T, WorkbookError> {
    std::thread::scope(|scope| {
        let thread = std::thread::Builder::new().name(READER.to_owned());
        let running =
            thread.spawn_scoped(scope, read).map_err(|error| WorkbookError::Refused(error.message()))?;
        running.join().unwrap_or(Err(WorkbookError::Broken))
    })
}

fn broken(error: impl std::fmt::Display) -> WorkbookError {
    if error.to_string().to_lowercase().contains("password") {
        WorkbookError::Encrypted
    } else {
        WorkbookError::Broken
    }
}

/// Sheets that can be seen stand before those that are hidden.
fn in_order<R: Reader<Cursor<S>>, S: AsRef<[u8]>>(book: &R) -> Vec<String> {
    let tables = || book.sheets_metadata().iter().filter(|sheet| sheet.typ == SheetType::WorkSheet);
    let seen = tables().filter(|sheet| sheet.visible == SheetVisible::Visible);
    let hidden = tables().filter(|sheet| sheet.visible != SheetVisible::Visible);
    seen.chain(hidden).map(|sheet| sheet.name.clone()).collect()
}

pub(super) fn xlsx(bytes: &[u8]) -> Result<Vec<Sheet>, WorkbookError> {
    guarded(|| {
        let mut book: Xlsx<_> = Xlsx::new(Cursor::new(bytes)).map_err(broken)?;
        let mut pen = Pen::default();
        let mut sheets = Vec::new();
        for name in in_order(&book) {
            let mut page = Page::default();
            // Cell by cell: what lies between two far corners is never laid out.
            let mut cells = book.worksheet_cells_reader(&name).map_err(broken)?;
            while let Some(found) = cells.next_cell_with_formula_metadata().map_err(broken)? {
                // A formula whose result was never kept is not nothing.
                let cell = match (found.value, found.formula) {
                    (DataRef::Empty, Some(formula)) => unworked(formula),
                    (value, _) => self::cell(value),
                };
                pen.put(&mut page, found.pos, cell)?;
            }
            drop(cells);
            let merged = book.merge_cells_by_sheet_name(&name).unwrap_or_default();
            sheets.push(page.sheet(&name, &merged));
        }
        Ok(sheets)
    })
}

pub(super) fn xls(bytes: &[u8]) -> Result<Vec<Sheet>, WorkbookError> {
    guarded(|| {
        let mut book: Xls<_> = Xls::new(Cursor::new(bytes)).map_err(broken)?;
        let mut pen = Pen::default();
        let mut sheets = Vec::new();
        for name in in_order(&book) {
            let page = pen.range(&book.worksheet_range(&name).map_err(broken)?)?;
            let merged = book.merge_cells_by_sheet_name(&name).unwrap_or_default();
            sheets.push(page.sheet(&name, &merged));
        }
        Ok(sheets)
    })
}

pub(super) fn ods(bytes: &[u8]) -> Result<Vec<Sheet>, WorkbookError> {
    guarded(|| {
        let mut book: Ods<_> = Ods::new(Cursor::new(bytes)).map_err(broken)?;
        let mut pen = Pen::default();
        let mut sheets = Vec::new();
        for name in in_order(&book) {
            sheets.push(pen.range(&book.worksheet_range(&name).map_err(broken)?)?.sheet(&name, &[]));
        }
        Ok(sheets)
    })
}

/// A sheet while it is read: lines may come in any order.
#[derive(Default)]
struct Page {
    lines: BTreeMap<usize, Line>,
    sheet: Sheet,
}

impl Page {
    fn sheet(self, name: &str, merged: &[Dimensions]) -> Sheet {
        let place = |(row, column): (u32, u32)| (index(row) + 1, index(column));
        let area = |merged: &Dimensions| Area { first: place(merged.start), last: place(merged.end) };
        Sheet {
            name: name.to_owned(),
            lines: self.lines.into_values().collect(),
            merged: merged.iter().map(area).collect(),
            ..self.sheet
        }
    }
}

fn index(number: u32) -> usize {
    usize::try_from(number).unwrap_or(usize::MAX)
}

/// Writes cells down and keeps count of them.
#[derive(Default)]
struct Pen {
    cells: usize,
    text: usize,
}

impl Pen {
    fn range(&mut self, range: &Range<Data>) -> Result<Page, WorkbookError> {
        let (top, left) = range.start().unwrap_or_default();
        let mut page = Page::default();
        for (row, column, data) in range.used_cells() {
            let place = (row.saturating_add(index(top)), column.saturating_add(index(left)));
            let small = |number: usize| u32::try_from(number).unwrap_or(u32::MAX);
            self.put(&mut page, (small(place.0), small(place.1)), self::cell(referred(data)))?;
        }
        Ok(page)
    }

    fn put(&mut self, page: &mut Page, (row, column): (u32, u32), cell: Cell) -> Result<(), WorkbookError> {
        if cell.kind == CellKind::Empty {
            return Ok(());
        }
        self.cells += 1;
        self.text += cell.text.len();
        if self.cells > MOST_CELLS || self.text > MOST_TEXT {
            return Err(WorkbookError::Cells);
        }
        let (number, column) = (index(row) + 1, index(column));
        if column > LAST_COLUMN {
            page.sheet.put_beyond(number, &cell.text);
            return Ok(());
        }
        let line = page.lines.entry(number).or_insert_with(|| Line { number, cells: Vec::new() });
        if line.cells.len() <= column {
            line.cells.resize(column + 1, Cell::default());
        }
        if let Some(place) = line.cells.get_mut(column) {
            *place = cell;
        }
        Ok(())
    }
}

/// What a cell holds, whichever way its sheet was read.
fn referred(data: &Data) -> DataRef<'_> {
    match data {
        Data::Empty => DataRef::Empty,
        Data::String(text) => DataRef::SharedString(text),
        Data::Int(number) => DataRef::Int(*number),
        Data::Float(number) => DataRef::Float(*number),
        Data::Bool(truth) => DataRef::Bool(*truth),
        Data::DateTime(moment) => DataRef::DateTime(*moment),
        Data::DateTimeIso(text) => DataRef::DateTimeIso(text.clone()),
        Data::DurationIso(text) => DataRef::DurationIso(text.clone()),
        Data::Error(error) => DataRef::Error(error.clone()),
    }
}

/// A formula that no program has worked out.
fn unworked(formula: XlsxFormulaMetadata) -> Cell {
    let text = match formula {
        XlsxFormulaMetadata::Normal { formula } | XlsxFormulaMetadata::Shared { formula, .. } => formula,
        _ => String::new(),
    };
    Cell { text: format!("={text}"), kind: CellKind::Error }
}

fn cell(data: DataRef) -> Cell {
    let of = |text: String, kind| Cell { text, kind };
    match data {
        DataRef::Empty => Cell::default(),
        DataRef::String(text) => Cell::text(&text),
        DataRef::SharedString(text) => Cell::text(text),
        DataRef::Int(number) => of(number.to_string(), CellKind::Number),
        DataRef::Float(number) => of(number_text(number), CellKind::Number),
        DataRef::Bool(truth) => of(if truth { "TRUE" } else { "FALSE" }.to_owned(), CellKind::Truth),
        DataRef::DateTime(moment) => of(moment_text(&moment), CellKind::Date),
        DataRef::DateTimeIso(text) => {
            // `2022-03-18T00:00:00`: a day without its midnight.
            let text = text.split_once("T00:00:00").map_or_else(|| text.clone(), |(day, _)| day.to_owned());
            of(text.replace('T', " "), CellKind::Date)
        }
        DataRef::DurationIso(text) => of(duration_text(&text), CellKind::Text),
        DataRef::Error(error) => of(error.to_string(), CellKind::Error),
    }
}

/// A number as a sheet shows it: fifteen digits, which is what it keeps.
pub(super) fn number_text(number: f64) -> String {
    let exact = format!("{number:.14e}");
    match Decimal::from_scientific(&exact) {
        Ok(decimal) => decimal.normalize().to_string(),
        Err(_) => number.to_string(),
    }
}

fn moment_text(moment: &ExcelDateTime) -> String {
    let Some(at) = moment.as_datetime() else { return number_text(moment.as_f64()) };
    if moment.as_f64() < 1.0 {
        return time_text(at.time());
    }
    day_text(at)
}

/// A day, with its time where it has one.
fn day_text(at: NaiveDateTime) -> String {
    let day = at.date().format("%Y-%m-%d").to_string();
    if at.time() == NaiveTime::MIN { day } else { format!("{day} {}", time_text(at.time())) }
}

fn time_text(time: NaiveTime) -> String {
    let text = time.format("%H:%M:%S").to_string();
    text.strip_suffix(":00").map_or_else(|| text.clone(), str::to_owned)
}

/// `PT09H30M00S`: a time of day in `OpenDocument`.
fn duration_text(text: &str) -> String {
    let parts = text.trim_start_matches("PT").split(['H', 'M', 'S']).filter(|part| !part.is_empty());
    let parts: Vec<&str> = parts.collect();
    let shown = parts.join(":");
    if parts.len() == 3 {
        shown.strip_suffix(":00").map_or_else(|| shown.clone(), str::to_owned)
    } else {
        shown
    }
}

/// The day that a number counts from 1900 as Excel does, where it may be one: from 1954 to 2118.
pub(crate) fn counted_day(number: &str) -> Option<String> {
    let number: f64 = number.parse().ok()?;
    if !(20_000.0..80_000.0).contains(&number) {
        return None;
    }
    let moment = ExcelDateTime::new(number, calamine::ExcelDateTimeType::DateTime, false);
    moment.as_datetime().map(day_text)
}
