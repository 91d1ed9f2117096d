//! The lines below a head: which of them are entries, and what the others are.

use std::collections::BTreeMap;

use super::heading::Target;
use super::layout::Layout;
use super::words::{plain, words};
use crate::book::Date;
use crate::definition::{Kind, Register};
use crate::exchange::workbook::{CellKind, Line, Sheet};

/// A line below the head.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Row {
    /// The line, with what is merged filled in.
    pub line: Line,
    /// What it is.
    pub kind: RowKind,
    /// The line of a section that it stands under.
    pub section: Option<String>,
    /// Columns whose cell was empty and got what stands above.
    pub inherited: Vec<usize>,
}

/// What a line below the head is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RowKind {
    /// An entry.
    Entry,
    /// What stands over the entries of a section.
    Section,
    /// The head once more, at the top of a page.
    Head,
    /// Who prepared, checked and approved.
    Signed,
    /// A sum of others.
    Total,
    /// A remark on the table.
    Remark,
    /// Something that names no entry.
    Untitled,
    /// What stands behind the last column that is read.
    Beyond,
    /// What stands over the head.
    Above,
    /// A row of a sheet beside, of an entry that is not in the file.
    Astray,
}

/// The lines of a table below its head.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Body {
    /// From top to bottom.
    pub rows: Vec<Row>,
    /// The day that the signatures name, where they do: the list was made on it.
    pub signed: Option<Date>,
}

impl Body {
    /// The lines below the head of a table.
    pub fn of(sheet: &Sheet, layout: &Layout, register: &Register) -> Self {
        let mut sheet = sheet.clone();
        let lines = sheet.lines.get(layout.head.end..).unwrap_or_default();
        let (Some(first), Some(last)) = (lines.first(), lines.last()) else { return Self::default() };
        let (first, last) = (first.number, last.number);
        let unmerged: BTreeMap<usize, Line> = lines.iter().map(|line| (line.number, line.clone())).collect();
        sheet.spread(first..=last);
        let known = Known::of(layout, register, &sheet);
        let parts = sheet.parts.clone();
        let heads: Vec<String> = layout.columns.iter().map(|column| plain(&column.heading.leaf)).collect();
        let (mut rows, mut section, mut signed) = (Vec::new(), None::<String>, None);
        let mut above: BTreeMap<usize, crate::exchange::workbook::Cell> = BTreeMap::new();
        let mut part = None;
        for line in sheet.lines.split_off(layout.head.end) {
            // What stood over the rows of one sheet does not stand over those of the next.
            let here = parts.iter().rposition(|part| part.from <= line.number);
            if here != part {
                (part, section) = (here, None);
                above.clear();
            }
            // What is one cell over the whole line is one word, not one in every column.
            let plain_line = unmerged.get(&line.number).unwrap_or(&line);
            let kind = known.kind(plain_line, &line, layout, &heads);
            if kind == RowKind::Signed {
                signed = signed.or_else(|| day_of(plain_line));
            }
            let entry = matches!(kind, RowKind::Entry | RowKind::Untitled);
            let mut row = Row {
                line: if entry { line } else { plain_line.clone() },
                kind,
                section: None,
                inherited: Vec::new(),
            };
            match kind {
                RowKind::Section => {
                    section = row.line.filled().next().map(|(_, cell)| numberless(&cell.text));
                    above.clear();
                }
                RowKind::Entry => {
                    row.section.clone_from(&section);
                    known.inherit(&mut row, &mut above, sheet.merged.is_empty());
                }
                _ => {}
            }
            rows.push(row);
        }
        Self { rows, signed }
    }

    /// The entries.
    pub fn entries(&self) -> impl Iterator<Item = &Row> {
        self.rows.iter().filter(|row| row.kind == RowKind::Entry)
    }
}

/// Which columns tell what a line is.
struct Known {
    title: Option<usize>,
    /// Columns that link to other entries: what stands once for several lines.
    links: Vec<usize>,
    /// That of them which every entry must have.
    group: Option<usize>,
    /// The column that numbers the lines.
    numbered: Option<usize>,
    /// The column of serials.
    serial: Option<usize>,
    /// Lines of which one cell reaches over several columns.
    wide: std::collections::BTreeSet<usize>,
}

impl Known {
    fn of(layout: &Layout, register: &Register, sheet: &Sheet) -> Self {
        let linked = |index: usize| {
            register.fields.get(index).is_some_and(|field| matches!(field.kind, Kind::Links { .. }))
        };
        let links = layout
            .columns
            .iter()
            .filter(|column| matches!(column.target, Target::Field(index) if linked(index)));
        let title = layout.column(&Target::Field(register.title)).map(|column| column.at);
        let before = |at: &usize| title.is_none_or(|title| *at < title);
        Self {
            title,
            links: links.map(|column| column.at).filter(before).collect(),
            group: super::matching::group(register)
                .and_then(|group| layout.column(&Target::Field(group)))
                .map(|column| column.at),
            serial: layout.column(&Target::Serial).map(|column| column.at),
            numbered: layout.column(&Target::Nothing).map(|column| column.at),
            wide: sheet
                .merged
                .iter()
                .filter(|area| area.last.1 > area.first.1)
                .map(|area| area.first.0)
                .collect(),
        }
    }

    fn kind(&self, line: &Line, filled: &Line, layout: &Layout, heads: &[String]) -> RowKind {
        let title = self.title.map_or("", |at| filled.text(at));
        let first = line.filled().next().map_or(String::new(), |(_, cell)| plain(&cell.text));
        let cells = line.filled().count();
        let begins = |list: &[String]| list.iter().any(|word| first.starts_with(word.as_str()));
        let said = line.filled().filter(|(at, cell)| {
            let place = layout.columns.iter().position(|column| column.at == *at);
            place.and_then(|place| heads.get(place)).is_some_and(|head| *head == plain(&cell.text))
        });
        if cells >= 2 && said.count() * 2 > cells {
            return RowKind::Head;
        }
        // A name may begin as a signature does (审核时的用电): with its own cells beside it, it is a name.
        let alone = self.title.map_or(cells <= 2, |at| line.text(at).is_empty() || cells <= 2);
        if begins(&words().signed) && (alone || line.text(0).contains(['：', ':']) || signs(line) >= 2) {
            return RowKind::Signed;
        }
        // `合计` where the number or the name stands: what is beside it is a sum, and no name.
        let at = line.filled().next().map(|(at, _)| at);
        if begins(&words().total) && (title.is_empty() || at == self.numbered || at == self.title) {
            return RowKind::Total;
        }
        if cells == 1 && begins(&words().remark) {
            return RowKind::Remark;
        }
        if cells == 1 && layout.columns.len() > 1 && self.is_section(line) {
            return RowKind::Section;
        }
        // What reaches over several columns and stands over nothing is told of the whole list.
        if cells == 1 && layout.columns.len() > 1 && self.wide.contains(&line.number) {
            return RowKind::Remark;
        }
        // A row with its serial is an entry, whatever was taken out of it.
        let serial = self.serial.map_or("", |at| line.text(at));
        if title.is_empty() && serial.is_empty() { RowKind::Untitled } else { RowKind::Entry }
    }

    /// Whether the only cell of a line stands over the entries below: it reaches over several columns, is numbered as a
    /// section, or stands where no name stands.
    fn is_section(&self, line: &Line) -> bool {
        line.filled().all(|(at, cell)| {
            let number = Some(at) == self.numbered && cell.text.trim().parse::<f64>().is_ok();
            let short = cell.text.chars().count() <= 40 && cell.kind == CellKind::Text && !number;
            let marked = self.wide.contains(&line.number) || numberless(&cell.text) != cell.text.trim();
            short && (marked || Some(at) != self.title)
        })
    }

    /// What stands once for several lines also holds for those below.
    fn inherit(
        &self,
        row: &mut Row,
        above: &mut BTreeMap<usize, crate::exchange::workbook::Cell>,
        unmerged: bool,
    ) {
        // Where cells are merged, only what every entry must have is filled down besides.
        for at in self.links.iter().filter(|at| unmerged || Some(**at) == self.group) {
            let here = row.line.cells.get(*at).filter(|cell| cell.kind != CellKind::Empty).cloned();
            match (here, above.get(at)) {
                (Some(cell), _) => {
                    above.insert(*at, cell);
                }
                (None, Some(cell)) => {
                    if row.line.cells.len() <= *at {
                        row.line.cells.resize(*at + 1, crate::exchange::workbook::Cell::default());
                    }
                    if let Some(place) = row.line.cells.get_mut(*at) {
                        *place = cell.clone();
                        row.inherited.push(*at);
                    }
                }
                (None, None) => {}
            }
        }
    }
}

/// How many of a line's cells begin as signatures do.
fn signs(line: &Line) -> usize {
    let begins = |text: &str| words().signed.iter().any(|word| plain(text).starts_with(word.as_str()));
    line.filled().filter(|(_, cell)| begins(&cell.text)).count()
}

/// The day that a line of signatures names.
fn day_of(line: &Line) -> Option<Date> {
    line.filled().find_map(|(_, cell)| {
        let narrow: String = cell.text.chars().map(crate::text::narrow).collect();
        let begin = narrow.find(|c: char| c.is_ascii_digit())?;
        let rest = narrow.get(begin..)?;
        let end = rest.find(|c: char| !(c.is_ascii_digit() || "-/.年月日".contains(c))).unwrap_or(rest.len());
        let said = rest.get(..end)?;
        said.parse::<Date>().ok().filter(|date| date.is_day())
    })
}

/// A section's name without the number before it: `一、办公活动`, `(2) 出差`.
fn numberless(text: &str) -> String {
    let text = text.trim();
    let rest =
        text.trim_start_matches(|c: char| c.is_ascii_digit() || "一二三四五六七八九十（）()".contains(c));
    match rest.strip_prefix(['、', '.', '．', ' ', ')', '）', ':', '：']) {
        Some(rest) if !rest.trim().is_empty() => rest.trim().to_owned(),
        _ if text.starts_with(['（', '(']) && !rest.trim().is_empty() => rest.trim().to_owned(),
        _ => text.to_owned(),
    }
}
