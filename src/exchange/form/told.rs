//! A record that is told, as parts of a form.

use super::paper::{Cell, Part, Shown, Table};
use crate::audit::Block;
use crate::text::width;

/// The widest column of a table, in columns of a terminal.
const WIDEST: usize = 30;
/// The narrowest.
const NARROWEST: usize = 4;

/// What is told, part by part; the title is that of the form.
pub(super) fn parts(blocks: Vec<Block>) -> Vec<Part> {
    let mut parts: Vec<Part> = Vec::new();
    for block in blocks {
        let part = match block {
            Block::Title(_) => continue,
            Block::Part(words) => Part::Heading(words),
            Block::Heading(words) => Part::Under(words),
            Block::Group(words) | Block::Line(words) => Part::Line(words),
            Block::Item(words) => Part::Line(format!("- {words}")),
            Block::Said(label, words) => {
                let line = vec![(label, words)];
                match parts.last_mut() {
                    Some(Part::Pairs(lines)) => {
                        lines.push(line);
                        continue;
                    }
                    _ => Part::Pairs(vec![line]),
                }
            }
            Block::Table(heads, rows) => Part::Table(table(heads, rows)),
        };
        parts.push(part);
    }
    parts
}

fn table(heads: Vec<String>, rows: Vec<Vec<String>>) -> Table {
    let wide = |at: usize| {
        let cells = rows.iter().filter_map(|row| row.get(at)).chain(heads.get(at));
        let widest = cells.flat_map(|cell| cell.lines()).map(width).max().unwrap_or(NARROWEST);
        u16::try_from(widest.clamp(NARROWEST, WIDEST)).unwrap_or(u16::MAX)
    };
    let widths = (0..heads.len()).map(wide).collect();
    let cell = |text: String| Cell { text, shown: Shown::Left, down: 1 };
    let over = vec![String::new(); heads.len()];
    let rows = rows.into_iter().map(|row| row.into_iter().map(cell).collect()).collect();
    Table { over, heads, widths, rows }
}
