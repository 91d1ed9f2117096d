//! Rows of cells compared: which are equal, which moved, which columns differ.

use std::hash::{BuildHasher, Hash, Hasher};

use hashbrown::DefaultHashBuilder;
use ratatui::buffer::{Buffer, Cell};
use ratatui::style::{Color, Modifier};

use crate::text;

/// What a cell looks like, its symbol aside.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub struct Look {
    /// The foreground.
    pub fg: Color,
    /// The background.
    pub bg: Color,
    /// Bold, reversed and the like.
    pub modifier: Modifier,
}

impl Look {
    /// That of a cell.
    pub fn of(cell: &Cell) -> Self {
        Self { fg: cell.fg, bg: cell.bg, modifier: cell.modifier }
    }
}

/// A block of rows that moved.
pub struct Move {
    /// Its first row before or after, whichever is higher.
    pub top: u16,
    /// Its last row before or after, whichever is lower.
    pub bottom: u16,
    /// Rows up; negative is down.
    pub by: i32,
}

/// So many rows have to be saved from rewriting before the terminal is told to move any.
pub const WORTH_MOVING: usize = 3;

/// What a row looks like, in one number: its symbols, and its looks where they change.
pub fn hash(row: &[Cell], builder: &DefaultHashBuilder) -> u64 {
    let mut hasher = builder.build_hasher();
    let mut look = Look::default();
    for (x, cell) in (0_u32..).zip(row) {
        let here = Look::of(cell);
        if here != look {
            (x, here).hash(&mut hasher);
            look = here;
        }
        let symbol = cell.symbol().as_bytes();
        let mut short = [0; 4];
        match short.get_mut(..symbol.len()) {
            Some(bytes) => {
                bytes.copy_from_slice(symbol);
                hasher.write_u32(u32::from_le_bytes(short));
            }
            None => symbol.hash(&mut hasher),
        }
    }
    hasher.finish()
}

/// The same for every row.
pub fn hashes(buffer: &Buffer, builder: &DefaultHashBuilder) -> Vec<u64> {
    let rows = buffer.content.chunks(usize::from(buffer.area.width).max(1));
    rows.map(|row| hash(row, builder)).collect()
}

/// The block of rows that moved, where moving it is worth it.
pub fn find_move(before: &[u64], after: &[u64]) -> Option<Move> {
    let height = i32::try_from(after.len()).ok()?;
    let at = |rows: &[u64], y: i32| usize::try_from(y).ok().and_then(|y| rows.get(y).copied());
    let mut best: Option<(usize, Move)> = None;
    for by in (1..height).flat_map(|by| [by, -by]) {
        let mut y = 0;
        while y < height {
            let (begin, mut saved) = (y, 0_usize);
            while y < height && at(before, y + by).is_some() && at(before, y + by) == at(after, y) {
                saved += usize::from(at(before, y) != at(after, y));
                y += 1;
            }
            if saved >= WORTH_MOVING && best.as_ref().is_none_or(|(most, _)| saved > *most) {
                let (top, bottom) = if by > 0 { (begin, y - 1 + by) } else { (begin + by, y - 1) };
                let row = |y: i32| u16::try_from(y).ok();
                best = Some((saved, Move { top: row(top)?, bottom: row(bottom)?, by }));
            }
            y += 1;
        }
    }
    best.map(|(_, found)| found)
}

fn row_of(buffer: &Buffer, y: u16) -> &[Cell] {
    let width = usize::from(buffer.area.width);
    let from = usize::from(y) * width;
    buffer.content.get(from..from + width).unwrap_or_default()
}

/// The columns of a row that have to be written.
pub fn changed(last: &Buffer, next: &Buffer, y: u16) -> Vec<bool> {
    let (before, after) = (row_of(last, y), row_of(next, y));
    let wide = |cell: Option<&Cell>| {
        cell.is_some_and(|cell| cell.symbol().len() > 1 && text::width(cell.symbol()) > 1)
    };
    let mut columns = vec![false; after.len()];
    let mut mark = |x: usize| {
        if let Some(column) = columns.get_mut(x) {
            *column = true;
        }
    };
    let mut x = 0;
    while x < after.len() {
        let (old, new) = (before.get(x), after.get(x));
        let width = if wide(new) { 2 } else { 1 };
        let behind = width == 2 && before.get(x + 1) != after.get(x + 1);
        if old != new || behind {
            mark(x);
            // Overwriting half of a wide character takes its other half with it.
            if wide(old) {
                mark(x + 1);
            }
            if width == 2 && wide(before.get(x + 1)) {
                mark(x + 2);
            }
        }
        x += width;
    }
    columns
}

/// The column from which a row is blank and plain.
pub fn blank_tail(next: &Buffer, y: u16) -> usize {
    let plain = |cell: &&Cell| {
        matches!(cell.symbol(), " " | "") && cell.bg == Color::Reset && cell.modifier.is_empty()
    };
    let row = row_of(next, y);
    row.len() - row.iter().rev().take_while(plain).count()
}
