//! Separated values, Markdown, pages and plain text.

use std::fmt::Write as _;

use super::grid::{Grid, Out};
use super::{ExportError, Tongue};
use crate::audit::Block;
use crate::exchange::document;
use crate::exchange::workbook::is_acting;
use crate::text::clean;

/// Columns of a plain text that is to be printed.
const COLUMNS: usize = 132;

/// Separated values. A mark at the beginning tells Excel the encoding; what it would take for a formula gets a `'`.
pub(super) fn csv(grid: &Grid) -> Result<Vec<u8>, ExportError> {
    let refused = |error: csv::Error| ExportError::Refused(error.to_string());
    let bytes = "\u{feff}".as_bytes().to_vec();
    let mut writer = csv::WriterBuilder::new().terminator(csv::Terminator::CRLF).from_writer(bytes);
    writer.write_record(&grid.heads).map_err(refused)?;
    for row in &grid.rows {
        writer.write_record(row.iter().map(guarded)).map_err(refused)?;
    }
    writer.into_inner().map_err(|error| ExportError::Refused(error.to_string()))
}

fn guarded(cell: &Out) -> String {
    match cell {
        Out::Rows(_, json) => json.clone(),
        Out::Text(text) if is_acting(text) => format!("'{text}"),
        other => other.words(),
    }
}

fn blocks(grid: &Grid, title: &str) -> Vec<Block> {
    // Columns in which nothing stands take no room on paper.
    let used: Vec<usize> = (0..grid.heads.len())
        .filter(|at| grid.rows.iter().any(|row| row.get(*at).is_some_and(|cell| *cell != Out::Empty)))
        .collect();
    let heads = used.iter().filter_map(|at| grid.heads.get(*at).cloned()).collect();
    let row =
        |row: &Vec<Out>| used.iter().map(|at| row.get(*at).map(Out::words).unwrap_or_default()).collect();
    vec![Block::Title(title.to_owned()), Block::Table(heads, grid.rows.iter().map(row).collect())]
}

pub(super) fn markdown(grid: &Grid, title: &str) -> String {
    document::markdown(&blocks(grid, title), crate::wording::Lang::Zh.wording())
}

pub(super) fn text(grid: &Grid, title: &str) -> String {
    let lines = document::plain(&blocks(grid, title), crate::wording::Lang::Zh.wording(), COLUMNS);
    lines.join("\n") + "\n"
}

/// A page that needs nothing besides.
pub(super) fn html(grid: &Grid, title: &str, tongue: Tongue) -> String {
    let mut body = format!("<h1>{}</h1>\n", escaped(title));
    for block in blocks(grid, title) {
        let Block::Table(heads, rows) = block else { continue };
        body.push_str("<table>\n<thead><tr>");
        for head in &heads {
            let _ = write!(body, "<th>{}</th>", escaped(head));
        }
        body.push_str("</tr></thead>\n<tbody>\n");
        for row in &rows {
            body.push_str("<tr>");
            for cell in row {
                let _ = write!(body, "<td>{}</td>", escaped(cell));
            }
            body.push_str("</tr>\n");
        }
        body.push_str("</tbody>\n</table>\n");
    }
    page(title, &body, tongue)
}

/// A whole page around what stands on it; it asks nothing of the network and prints on A4 across.
pub(crate) fn page(title: &str, body: &str, tongue: Tongue) -> String {
    let style = include_str!("../../../data/forms/page.css");
    let lang = match tongue {
        Tongue::One(lang) => lang.code(),
        Tongue::Both => "zh",
    };
    format!(
        "<!DOCTYPE html>\n<html lang=\"{lang}\">\n<head>\n<meta charset=\"utf-8\">\n<meta name=\"viewport\" content=\"width=device-width\">\n<title>{}</title>\n<style>\n{style}</style>\n</head>\n<body>\n{body}</body>\n</html>\n",
        escaped(title)
    )
}

/// Text that a page takes for text; its line ends are breaks.
pub(crate) fn escaped(text: &str) -> String {
    let mut out = String::new();
    for (at, line) in text.split('\n').enumerate() {
        if at > 0 {
            out.push_str("<br>");
        }
        for c in clean(line).chars() {
            match c {
                '&' => out.push_str("&amp;"),
                '<' => out.push_str("&lt;"),
                '>' => out.push_str("&gt;"),
                '"' => out.push_str("&quot;"),
                '\'' => out.push_str("&#39;"),
                c => out.push(c),
            }
        }
    }
    out
}
