//! A form filled in, before it is a page, a text or a workbook.

/// A form filled in.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Paper {
    /// What it is called.
    pub title: String,
    /// What stands between the title and the first part: form number, edition, department.
    pub above: Vec<String>,
    /// Words across the page that it is not to be relied on, where that is so.
    pub banner: Option<String>,
    /// The parts from top to bottom.
    pub parts: Vec<Part>,
    /// The criteria and remarks under it.
    pub notes: Vec<String>,
    /// Who signs; with the name and day where that is known.
    pub signed: Vec<(String, String)>,
    /// Figures for a page, as SVG.
    pub figures: Vec<String>,
}

/// A part of a form.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Part {
    /// What stands over others.
    Heading(String),
    /// The same, below a heading.
    Under(String),
    /// A line of words.
    Line(String),
    /// Lines of labels with their words beside each other.
    Pairs(Vec<Vec<(String, String)>>),
    /// A table.
    Table(Table),
}

/// A table on a form.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Table {
    /// What stands over several columns; empty where nothing does.
    pub over: Vec<String>,
    /// What stands over each.
    pub heads: Vec<String>,
    /// How wide each is beside the others, in columns of a terminal.
    pub widths: Vec<u16>,
    /// The rows.
    pub rows: Vec<Vec<Cell>>,
}

/// A cell of a table.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Cell {
    /// The words.
    pub text: String,
    /// Where they stand.
    pub shown: Shown,
    /// Over how many rows it reaches; 0 where one above reaches over it.
    pub down: usize,
}

/// Where the words of a cell stand.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Shown {
    /// At the left.
    Left,
    /// In the middle: marks.
    Middle,
    /// At the right: numbers.
    Right,
}

/// What stands in a column of marks.
pub const MARK: &str = "√";

impl Table {
    /// Makes equal cells below each other in a column one.
    pub(super) fn merge(&mut self, at: usize) {
        let texts: Vec<String> = self
            .rows
            .iter()
            .map(|row| row.get(at).map(|cell| cell.text.clone()).unwrap_or_default())
            .collect();
        let mut first = 0;
        while first < texts.len() {
            let same = texts.iter().skip(first).take_while(|text| Some(*text) == texts.get(first)).count();
            let same = if texts.get(first).is_some_and(String::is_empty) { 1 } else { same };
            for (row, number) in self.rows.iter_mut().skip(first).zip(0..same) {
                if let Some(cell) = row.get_mut(at) {
                    cell.down = if number == 0 { same } else { 0 };
                }
            }
            first += same.max(1);
        }
    }
}
