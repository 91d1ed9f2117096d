//! Printing: aligned columns that respect wide characters, CSV, JSON.

use std::io::{self, Write};

use serde_json::Value as Json;

use super::error::Exit;
use crate::text;

/// Prints one line.
pub fn line(out: &mut dyn Write, words: &str) -> io::Result<Exit> {
    writeln!(out, "{}", text::clean(words))?;
    Ok(Exit::Done)
}

/// Prints JSON, readable.
pub fn json(out: &mut dyn Write, value: &Json) -> io::Result<Exit> {
    let mut shown = String::new();
    for c in serde_json::to_string_pretty(value)?.chars() {
        // Such a character stands in a string only; written so, it is the same to who reads JSON.
        if c != '\n' && text::acts(c) {
            let mut units = [0; 2];
            shown.extend(c.encode_utf16(&mut units).iter().map(|unit| format!("\\u{unit:04x}")));
        } else {
            shown.push(c);
        }
    }
    writeln!(out, "{shown}")?;
    Ok(Exit::Done)
}

/// Prints rows in aligned columns, under their heads.
pub fn table(out: &mut dyn Write, heads: &[String], rows: &[Vec<String>]) -> io::Result<Exit> {
    let all: Vec<Vec<String>> = std::iter::once(heads.to_vec()).chain(rows.iter().cloned()).collect();
    self::rows(out, &all)
}

/// The widest that one cell makes its column; a longer one goes beyond it in its own line alone.
const WIDEST: usize = 60;

/// Prints rows in aligned columns.
pub fn rows(out: &mut dyn Write, rows: &[Vec<String>]) -> io::Result<Exit> {
    let clean = |cell: &String| text::clean(cell).into_owned();
    let rows: Vec<Vec<String>> = rows.iter().map(|row| row.iter().map(clean).collect()).collect();
    let width = |at: usize| {
        let cells = rows.iter().filter_map(|row| row.get(at)).map(|cell| text::width(cell));
        cells.filter(|width| *width <= WIDEST).max().unwrap_or(0)
    };
    let widths: Vec<usize> = (0..rows.iter().map(Vec::len).max().unwrap_or(0)).map(width).collect();
    for row in &rows {
        let cells: Vec<String> = row
            .iter()
            .zip(&widths)
            .map(|(cell, width)| text::pad_end(cell, (*width).max(text::width(cell))))
            .collect();
        writeln!(out, "{}", cells.join("  ").trim_end())?;
    }
    Ok(Exit::Done)
}

/// Prints rows as CSV (RFC 4180). A cell that a spreadsheet would take for a formula is shown as text.
pub fn csv(out: &mut dyn Write, heads: &[String], rows: &[Vec<String>]) -> io::Result<Exit> {
    for row in std::iter::once(heads).chain(rows.iter().map(Vec::as_slice)) {
        let cells: Vec<String> = row.iter().map(|cell| cell_of(cell)).collect();
        write!(out, "{}\r\n", cells.join(","))?;
    }
    Ok(Exit::Done)
}

fn cell_of(cell: &str) -> String {
    // Lines and tabs are what a cell may hold; anything else that acts would act on a terminal.
    let held = |c: char| if text::acts(c) && !"\n\r\t".contains(c) { '?' } else { c };
    let cell: String = cell.chars().map(held).collect();
    let number = cell.parse::<f64>().is_ok();
    let formula =
        cell.starts_with(['=', '+', '-', '@', '\t', '\r']) && !number && !cell.chars().all(|c| c == '-');
    let cell = if formula { format!("'{cell}") } else { cell };
    if cell.contains([',', '"', '\n', '\r']) { format!("\"{}\"", cell.replace('"', "\"\"")) } else { cell }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_align_and_formulas_stay_text() {
        let mut out = Vec::new();
        let words = |words: [&str; 2]| words.map(str::to_owned).to_vec();
        table(&mut out, &words(["编号", "a"]), &[words(["x", "汉字"]), words(["longer", "b"])]).unwrap();
        assert_eq!(String::from_utf8(out).unwrap(), "编号    a\nx       汉字\nlonger  b\n");
        let (mut out, long) = (Vec::new(), "x".repeat(WIDEST + 1));
        rows(&mut out, &[words([&long, "b"]), words(["short", "b"])]).unwrap();
        assert_eq!(String::from_utf8(out).unwrap(), format!("{long}  b\nshort  b\n"));
        let mut out = Vec::new();
        csv(
            &mut out,
            &words(["a", "b"]),
            &[words(["=cmd|' /C calc'!A0", "say \"hi\", you"]), words(["-5", "--"])],
        )
        .unwrap();
        assert_eq!(
            String::from_utf8(out).unwrap(),
            "a,b\r\n'=cmd|' /C calc'!A0,\"say \"\"hi\"\", you\"\r\n-5,--\r\n"
        );
    }
}
