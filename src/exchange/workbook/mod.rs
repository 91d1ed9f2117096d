//! Tables of other programs as cells of text: what an office has on its first day.
//!
//! Nothing in a file is run or followed: a formula is its last result, a link to another file is passed over, and a
//! cell that begins with `=` is text. A file is measured before it is read, so that one that unpacks to gigabytes or
//! names a cell in the last corner of a sheet costs a sentence and no memory.

mod delimited;
mod excel;
mod guard;
mod json;
mod sniff;

#[cfg(test)]
mod tests;

pub(crate) use delimited::is_acting;
pub use excel::READER;
pub(crate) use excel::counted_day;
pub(crate) use json::words as json_words;

use std::collections::BTreeMap;
use std::path::Path;

use crate::wording::{Message, Tell, english, message};

/// The largest file that is read, in bytes.
const LARGEST_FILE: u64 = 64 << 20;
/// The most that the parts of a packed file may come to, in bytes.
const MOST_UNPACKED: u64 = 128 << 20;
/// The most text that the cells of a file may come to, in bytes: one long text may stand in many cells.
const MOST_TEXT: usize = 64 << 20;
/// The most cells that hold something.
const MOST_CELLS: usize = 2_000_000;
/// The last column that is read, from 0: no form is wider.
const LAST_COLUMN: usize = 511;
/// So much of what stands behind it is shown, in bytes.
const MOST_BEYOND: usize = 60;

/// The tables of a file.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Workbook {
    /// The sheets that hold something, in the order of the file.
    pub sheets: Vec<Sheet>,
}

/// One table.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Sheet {
    /// Its name; none in a file that has only one.
    pub name: String,
    /// The lines that hold something, from top to bottom.
    pub lines: Vec<Line>,
    /// Cells that are one.
    pub merged: Vec<Area>,
    /// What stands behind the last column that is read: the lines with their words.
    pub beyond: BTreeMap<usize, String>,
    /// The sheets that it is made of, where it is several in one; their lines begin anew.
    pub parts: Vec<SheetPart>,
}

/// One of several sheets that are read as one.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct SheetPart {
    /// What is added to the numbers of its lines.
    pub from: usize,
    /// Its name.
    pub name: String,
}

impl SheetPart {
    /// How far apart the lines of one sheet are from those of the next.
    pub const APART: usize = 1 << 28;
}

/// One line of a table.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Line {
    /// Its number in the file, from 1, as the other program shows it.
    pub number: usize,
    /// Its cells from the first column to the last that holds something.
    pub cells: Vec<Cell>,
}

/// One cell.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Cell {
    /// What it shows.
    pub text: String,
    /// What it was.
    pub kind: CellKind,
}

/// What a cell was in its file.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum CellKind {
    /// Nothing.
    #[default]
    Empty,
    /// Words.
    Text,
    /// A number; it may be a day counted from 1900.
    Number,
    /// A moment that the file says is one.
    Date,
    /// True or false.
    Truth,
    /// A formula that came to nothing, such as `#REF!`.
    Error,
}

/// A block of cells that are one: line numbers from 1, columns from 0, both ends within.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Area {
    /// First line and column.
    pub first: (usize, usize),
    /// Last line and column.
    pub last: (usize, usize),
}

/// Why a file is not read.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{}", english(&self.message()))]
pub enum WorkbookError {
    /// The system refuses.
    Refused(Message),
    /// It is a device or a pipe.
    NoFile,
    /// It is a folder.
    Folder,
    /// It is larger than what is read.
    LargeFile(u64),
    /// It unpacks to more than what is read.
    Unpacks,
    /// It names more cells than are read.
    Cells,
    /// Its text has more cells than are read.
    Long,
    /// It is closed with a password.
    Encrypted,
    /// It is something else: a page, a letter, a picture.
    Other(&'static str),
    /// It is damaged.
    Broken,
    /// A quote has no end: the line where it begins.
    Quote(usize),
    /// Its text is in no known encoding.
    Encoding,
    /// JSON that is no table, or cannot be read: the line.
    Json(usize),
    /// It holds nothing.
    Empty,
    /// It has no sheet of that name.
    NoSheet {
        /// What was said.
        said: String,
        /// The sheets it has.
        known: String,
    },
}

impl Tell for WorkbookError {
    fn message(&self) -> Message {
        let mega = |bytes: u64| (bytes >> 20).to_string();
        match self {
            WorkbookError::Refused(why) => message!("workbook-refused", why = why.clone()),
            WorkbookError::Folder => message!("workbook-folder"),
            WorkbookError::LargeFile(bytes) => {
                message!("workbook-large", size = mega(*bytes), most = mega(LARGEST_FILE))
            }
            WorkbookError::Unpacks => message!("workbook-unpacks", most = mega(MOST_UNPACKED)),
            WorkbookError::Cells => message!("workbook-cells", most = MOST_CELLS),
            WorkbookError::Long => message!("workbook-long", most = MOST_CELLS),
            WorkbookError::Encrypted => message!("workbook-encrypted"),
            WorkbookError::Other(kind) => message!("workbook-other", kind = *kind),
            WorkbookError::NoFile => message!("workbook-no-file"),
            WorkbookError::Broken => message!("workbook-broken"),
            WorkbookError::Quote(line) => message!("workbook-quote", line = *line),
            WorkbookError::Encoding => message!("workbook-encoding"),
            WorkbookError::Json(line) => message!("workbook-json", line = *line),
            WorkbookError::Empty => message!("workbook-empty"),
            WorkbookError::NoSheet { known, .. } if known.is_empty() => message!("workbook-one-sheet"),
            WorkbookError::NoSheet { said, known } => {
                message!("workbook-no-sheet", said = said.clone(), known = known.clone())
            }
        }
    }
}

impl Workbook {
    /// Reads a file, whatever its name ends in: what it is follows from its first bytes.
    pub fn open(path: &Path) -> Result<Self, WorkbookError> {
        let refused = |error: std::io::Error| WorkbookError::Refused(error.message());
        let about = std::fs::metadata(path).map_err(refused)?;
        if about.is_dir() {
            return Err(WorkbookError::Folder);
        }
        if !about.is_file() {
            return Err(WorkbookError::NoFile);
        }
        if about.len() > LARGEST_FILE {
            return Err(WorkbookError::LargeFile(about.len()));
        }
        Self::read(&std::fs::read(path).map_err(refused)?)
    }

    /// Reads the bytes of a file.
    pub fn read(bytes: &[u8]) -> Result<Self, WorkbookError> {
        let mut sheets = match sniff::format(bytes)? {
            sniff::Format::Xlsx => excel::xlsx(bytes)?,
            sniff::Format::Xls => excel::xls(bytes)?,
            sniff::Format::Ods => excel::ods(bytes)?,
            sniff::Format::Text => {
                let text = delimited::decoded(bytes)?;
                vec![match json::sheet(&text) {
                    Some(sheet) => sheet?,
                    None => delimited::sheet(&text)?,
                }]
            }
        };
        for sheet in &mut sheets {
            sheet.tidy();
            sheet.may_spread()?;
        }
        sheets.retain(|sheet| !sheet.lines.is_empty() || !sheet.beyond.is_empty());
        if sheets.is_empty() { Err(WorkbookError::Empty) } else { Ok(Self { sheets }) }
    }

    /// The sheet of this name, or of this number from 1.
    pub fn sheet(&self, said: &str) -> Result<&Sheet, WorkbookError> {
        let said = said.trim();
        let numbered = || said.parse::<usize>().ok().and_then(|at| self.sheets.get(at.checked_sub(1)?));
        let named = self.sheets.iter().find(|sheet| sheet.name.trim().eq_ignore_ascii_case(said));
        named.or_else(numbered).ok_or_else(|| {
            let known: Vec<&str> = self.sheets.iter().map(|sheet| sheet.name.as_str()).collect();
            WorkbookError::NoSheet { said: said.to_owned(), known: known.join(", ") }
        })
    }
}

impl Sheet {
    /// Leaves out what shows nothing.
    fn tidy(&mut self) {
        for line in &mut self.lines {
            for cell in &mut line.cells {
                if crate::text::shows_nothing(&cell.text) {
                    *cell = Cell::default();
                }
            }
            let used =
                line.cells.iter().rposition(|cell| cell.kind != CellKind::Empty).map_or(0, |at| at + 1);
            line.cells.truncate(used);
        }
        self.lines.retain(|line| !line.cells.is_empty());
    }

    /// Keeps in mind what stands behind the last column that is read.
    fn put_beyond(&mut self, line: usize, text: &str) {
        if crate::text::shows_nothing(text) {
            return;
        }
        let words = self.beyond.entry(line).or_default();
        if words.len() < MOST_BEYOND {
            let blank = if words.is_empty() { "" } else { "  " };
            *words = format!("{words}{blank}{}", crate::text::cut(text.trim(), MOST_BEYOND));
        }
    }

    /// Which of several sheets a line is of.
    pub fn part(&self, line: usize) -> Option<&str> {
        self.parts.iter().rfind(|part| part.from <= line).map(|part| part.name.as_str())
    }

    /// A line as people find it: by its number, behind the sheet's name where there are several.
    pub fn place(&self, line: usize) -> String {
        match self.parts.iter().rfind(|part| part.from <= line) {
            Some(part) => format!("{}!{}", part.name, line - part.from),
            None => line.to_string(),
        }
    }

    /// How many columns it has.
    pub fn width(&self) -> usize {
        self.lines.iter().map(|line| line.cells.len()).max().unwrap_or(0)
    }

    /// The lines of an area that are there: where they begin and how many they are.
    fn lines_of(&self, area: &Area) -> (usize, usize) {
        let from = self.lines.partition_point(|line| line.number < area.first.0);
        let to = self.lines.partition_point(|line| line.number <= area.last.0);
        (from, to.saturating_sub(from))
    }

    /// What stands in cells that are one is kept in each of them: a small file can say much of that.
    fn may_spread(&self) -> Result<(), WorkbookError> {
        let (mut cells, mut text) = (0, 0);
        for area in &self.merged {
            let (from, lines) = self.lines_of(area);
            let first = self.lines.get(from).filter(|line| line.number == area.first.0);
            let Some(cell) = first.and_then(|line| line.cells.get(area.first.1)) else { continue };
            let across = area.last.1.min(LAST_COLUMN).saturating_sub(area.first.1) + 1;
            cells += lines * across;
            text += lines * across * cell.text.len();
            if cells > MOST_CELLS || text > MOST_TEXT {
                return Err(WorkbookError::Cells);
            }
        }
        Ok(())
    }

    /// Cells that are one, down and across, each get what stands in the first of them; only within these lines.
    pub fn spread(&mut self, lines: std::ops::RangeInclusive<usize>) {
        for area in self.merged.clone() {
            let first = area.first;
            let (from, count) = self.lines_of(&area);
            let Some(cell) = self.lines.get(from).filter(|line| line.number == first.0) else { continue };
            let Some(cell) = cell.cells.get(first.1).filter(|cell| cell.kind != CellKind::Empty).cloned()
            else {
                continue;
            };
            let here = self.lines.iter_mut().skip(from).take(count);
            for line in here.filter(|line| lines.contains(&line.number)) {
                let last = area.last.1.min(LAST_COLUMN);
                if line.cells.len() <= last {
                    line.cells.resize(last + 1, Cell::default());
                }
                for at in first.1..=last {
                    if let Some(here) = line.cells.get_mut(at).filter(|here| here.kind == CellKind::Empty) {
                        *here = cell.clone();
                    }
                }
            }
        }
    }
}

impl Line {
    /// What a column shows; nothing beyond the last.
    pub fn text(&self, column: usize) -> &str {
        self.cells.get(column).map_or("", |cell| cell.text.trim())
    }

    /// All that it shows.
    pub fn words(&self) -> String {
        let cells: Vec<&str> = self.filled().map(|(_, cell)| cell.text.trim()).collect();
        cells.join("  ")
    }

    /// The columns that hold something.
    pub fn filled(&self) -> impl Iterator<Item = (usize, &Cell)> {
        self.cells.iter().enumerate().filter(|(_, cell)| cell.kind != CellKind::Empty)
    }
}

impl Cell {
    /// Words.
    pub fn text(text: &str) -> Self {
        let kind = if text.is_empty() { CellKind::Empty } else { CellKind::Text };
        Self { text: text.to_owned(), kind }
    }
}
