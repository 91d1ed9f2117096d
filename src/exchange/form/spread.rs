//! A form as a workbook: heads of two lines, merged cells, A4 across, the head on every page, page n of m.

use rust_xlsxwriter::{Format, FormatAlign, FormatBorder, Workbook, Worksheet, XlsxError};

use super::paper::{Paper, Part, Shown, Table};
use crate::exchange::export::{ExportError, fixed_properties, refused, sheet_name};
use crate::text::width;

/// The workbook of a form.
pub fn xlsx(paper: &Paper) -> Result<Vec<u8>, ExportError> {
    let mut book = Workbook::new();
    book.set_properties(&fixed_properties());
    let sheet = book.add_worksheet();
    sheet.set_name(sheet_name(&paper.title)).map_err(refused)?;
    Pen::new(paper).write(sheet, paper).map_err(refused)?;
    book.save_to_buffer().map_err(refused)
}

struct Pen {
    last: u16,
    row: u32,
    /// Whether there is but one table.
    alone: bool,
    head: Format,
    text: Format,
    middle: Format,
    plain: Format,
}

impl Pen {
    fn new(paper: &Paper) -> Self {
        let across = paper.parts.iter().map(|part| match part {
            Part::Table(table) => table.heads.len(),
            Part::Pairs(lines) => lines.iter().map(Vec::len).max().unwrap_or(1) * 2,
            Part::Heading(_) | Part::Under(_) | Part::Line(_) => 1,
        });
        let tables = || paper.parts.iter().filter(|part| matches!(part, Part::Table(_)));
        let last = u16::try_from(across.max().unwrap_or(1)).unwrap_or(1).saturating_sub(1).max(1);
        let boxed = Format::new().set_border(FormatBorder::Thin).set_text_wrap().set_align(FormatAlign::Top);
        Self {
            last,
            row: 0,
            alone: tables().count() == 1,
            head: boxed
                .clone()
                .set_bold()
                .set_align(FormatAlign::Center)
                .set_align(FormatAlign::VerticalCenter),
            middle: boxed.clone().set_align(FormatAlign::Center),
            text: boxed,
            plain: Format::new().set_text_wrap().set_align(FormatAlign::Top),
        }
    }

    fn write(&mut self, sheet: &mut Worksheet, paper: &Paper) -> Result<(), XlsxError> {
        sheet.set_paper_size(9).set_landscape().set_print_fit_to_pages(1, 0).set_footer("&R&P / &N");
        let title = Format::new().set_bold().set_font_size(14).set_align(FormatAlign::Center);
        if let Some(banner) = &paper.banner {
            let late = title.clone().set_font_color("#AA0000").set_border(FormatBorder::Medium);
            self.across(sheet, banner, &late)?;
        }
        for (column, width) in (0_u16..).zip(widths(paper)) {
            sheet.set_column_width(column, f64::from(width) * 1.1 + 1.0)?;
        }
        self.across(sheet, &paper.title, &title)?;
        let plain = self.plain.clone();
        self.across(sheet, &paper.above.join("    "), &plain)?;
        for part in &paper.parts {
            match part {
                Part::Heading(words) | Part::Under(words) => {
                    let bold = Format::new().set_bold();
                    self.across(sheet, words, &bold)?;
                }
                Part::Line(words) => self.words(sheet, words)?,
                Part::Pairs(lines) => self.pairs(sheet, lines)?,
                Part::Table(table) => self.table(sheet, table)?,
            }
        }
        for note in &paper.notes {
            self.words(sheet, note)?;
        }
        self.row += 1;
        let signed: Vec<String> = paper.signed.iter().map(|(who, name)| format!("{who} {name}")).collect();
        self.across(sheet, &signed.join("                    "), &plain)
    }

    /// Words over the whole width, as high as they need.
    fn words(&mut self, sheet: &mut Worksheet, words: &str) -> Result<(), XlsxError> {
        let plain = self.plain.clone();
        self.across(sheet, words, &plain)?;
        let lines = words.lines().map(|line| width(line) / 110 + 1).sum::<usize>().max(1);
        sheet.set_row_height(self.row - 1, 15.0 * f64::from(u32::try_from(lines).unwrap_or(1)))?;
        Ok(())
    }

    /// One cell over the whole width.
    fn across(&mut self, sheet: &mut Worksheet, words: &str, format: &Format) -> Result<(), XlsxError> {
        sheet.merge_range(self.row, 0, self.row, self.last, words, format)?;
        self.row += 1;
        Ok(())
    }

    fn pairs(&mut self, sheet: &mut Worksheet, lines: &[Vec<(String, String)>]) -> Result<(), XlsxError> {
        for line in lines {
            let each = (usize::from(self.last) + 1) / line.len().max(1);
            for (at, (label, words)) in line.iter().enumerate() {
                let column = |at: usize| u16::try_from(at).unwrap_or(0).min(self.last);
                let (first, end) = (
                    column(at * each),
                    if at + 1 == line.len() { self.last } else { column((at + 1) * each - 1) },
                );
                sheet.write_string_with_format(self.row, first, label, &self.head)?;
                let from = first + 1;
                if from < end {
                    sheet.merge_range(self.row, from, self.row, end, words, &self.text)?;
                } else {
                    sheet.write_string_with_format(self.row, from.min(end), words, &self.text)?;
                }
            }
            self.row += 1;
        }
        Ok(())
    }

    fn table(&mut self, sheet: &mut Worksheet, table: &Table) -> Result<(), XlsxError> {
        let two = table.over.iter().any(|over| !over.is_empty());
        let first = self.row;
        let mut column = 0_u16;
        let mut at = 0;
        while let Some(head) = table.heads.get(at) {
            let over = table.over.get(at).map_or("", String::as_str);
            let across =
                table.over.iter().skip(at).take_while(|other| !over.is_empty() && *other == over).count();
            if two && across > 0 {
                let last = column + u16::try_from(across).unwrap_or(1) - 1;
                if last > column {
                    sheet.merge_range(first, column, first, last, over, &self.head)?;
                } else {
                    sheet.write_string_with_format(first, column, over, &self.head)?;
                }
                for (below, leaf) in (column..).zip(table.heads.iter().skip(at).take(across)) {
                    sheet.write_string_with_format(first + 1, below, leaf, &self.head)?;
                }
                (column, at) = (last + 1, at + across);
            } else {
                if two {
                    sheet.merge_range(first, column, first + 1, column, head, &self.head)?;
                } else {
                    sheet.write_string_with_format(first, column, head, &self.head)?;
                }
                (column, at) = (column + 1, at + 1);
            }
        }
        self.row += if two { 2 } else { 1 };
        // The head of the only table stands on every page.
        if self.alone {
            sheet.set_repeat_rows(first, self.row - 1)?;
        }
        for row in &table.rows {
            for (column, cell) in (0_u16..).zip(row) {
                let format = if cell.shown == Shown::Left { &self.text } else { &self.middle };
                let last = self.row + u32::try_from(cell.down).unwrap_or(1).saturating_sub(1);
                let number = cell.text.parse::<f64>().ok().filter(|_| cell.shown != Shown::Left);
                match (cell.down, number) {
                    (0, _) => {}
                    (1, Some(number)) => {
                        sheet.write_number_with_format(self.row, column, number, format)?;
                    }
                    (1, None) => {
                        sheet.write_string_with_format(self.row, column, &cell.text, format)?;
                    }
                    _ => {
                        sheet.merge_range(self.row, column, last, column, &cell.text, format)?;
                    }
                }
            }
            self.row += 1;
        }
        Ok(())
    }
}

/// How wide each column is: as the widest of those of the tables that stand in it.
fn widths(paper: &Paper) -> Vec<u16> {
    let mut widths: Vec<u16> = Vec::new();
    for part in &paper.parts {
        let Part::Table(table) = part else { continue };
        widths.resize(widths.len().max(table.widths.len()), 0);
        for (widest, width) in widths.iter_mut().zip(&table.widths) {
            *widest = (*widest).max(*width);
        }
    }
    widths
}
