//! From one frame to the next in as few bytes as the terminal allows.
//!
//! The stock backend takes each cell for one column and moves the cursor after every Chinese character; a
//! writer that adds up the widths of what it wrote needs no move. Rows that only moved are scrolled by the
//! terminal itself, blank tails are erased, and a style is said once a run. Every frame is one write inside
//! a synchronized update, and a frame equal to the last is no byte at all.

use std::fmt::Write as _;

use hashbrown::DefaultHashBuilder;
use ratatui::buffer::{Buffer, Cell};
use ratatui::layout::{Position, Rect};
use ratatui::style::{Color, Modifier};

use super::rows::{Look, Move, WORTH_MOVING, blank_tail, changed, find_move, hash, hashes};
use crate::text;

/// How many colours the terminal has.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Depth {
    /// None.
    None,
    /// The sixteen of ANSI.
    Ansi,
    /// 256.
    Indexed,
    /// All.
    True,
}

impl Depth {
    /// The depth that the environment tells of.
    pub fn detect(no_color: bool, colorterm: &str, term: &str) -> Self {
        match () {
            () if no_color => Depth::None,
            () if matches!(colorterm, "truecolor" | "24bit") => Depth::True,
            () if term.contains("256") => Depth::Indexed,
            () => Depth::Ansi,
        }
    }
}

/// Writes frames.
pub struct Writer {
    depth: Depth,
    last: Option<Shown>,
    /// A buffer to draw the next frame in.
    spare: Option<Buffer>,
    /// Makes rows comparable.
    builder: DefaultHashBuilder,
    cursor: Option<Position>,
    out: String,
    /// Where the terminal's cursor is, while that is known.
    at: Option<(u16, u16)>,
    style: Look,
}

/// A frame as the terminal shows it, with the hash of each row.
struct Shown {
    buffer: Buffer,
    rows: Vec<u64>,
}

impl Writer {
    /// A writer for a terminal whose screen is blank.
    pub fn new(depth: Depth) -> Self {
        Self {
            depth,
            last: None,
            spare: None,
            builder: DefaultHashBuilder::default(),
            cursor: None,
            out: String::new(),
            at: None,
            style: Look::default(),
        }
    }

    /// An empty buffer for the next frame.
    pub fn blank(&mut self, area: Rect) -> Buffer {
        match self.spare.take() {
            Some(mut spare) if spare.area == area => {
                spare.content.fill(Cell::EMPTY);
                spare
            }
            _ => Buffer::empty(area),
        }
    }

    /// The next frame is painted whole.
    pub fn forget(&mut self) {
        self.last = None;
    }

    /// The bytes that turn the last frame into this one; the real cursor stands at `cursor` or is hidden.
    pub fn frame(&mut self, next: Buffer, cursor: Option<Position>) -> &str {
        self.out.clear();
        (self.at, self.style) = (None, Look::default());
        let mut last = match self.last.take() {
            Some(last) if last.buffer.area == next.area => last,
            _ => {
                self.out.push_str("\x1b[0m\x1b[2J");
                self.cursor = None;
                let buffer = Buffer::empty(next.area);
                Shown { rows: hashes(&buffer, &self.builder), buffer }
            }
        };
        let rows = hashes(&next, &self.builder);
        self.scroll(&mut last, &rows);
        let unequal = last.rows.iter().zip(&rows).map(|(shown, meant)| shown != meant);
        for (y, _) in (0..next.area.height).zip(unequal).filter(|(_, unequal)| *unequal) {
            self.row(&last.buffer, &next, y);
        }
        self.look(Look::default());
        let moved = !self.out.is_empty();
        if cursor != self.cursor || (moved && cursor.is_some()) {
            match cursor {
                Some(Position { x, y }) => {
                    let _ = write!(self.out, "\x1b[{};{}H", y + 1, x + 1);
                    if self.cursor.is_none() {
                        self.out.push_str("\x1b[?25h");
                    }
                }
                None => self.out.push_str("\x1b[?25l"),
            }
        }
        if moved && self.cursor.is_some() {
            // While cells are written the cursor would be seen running about.
            self.out.insert_str(0, "\x1b[?25l");
            if cursor.is_some() {
                self.out.push_str("\x1b[?25h");
            }
        }
        self.cursor = cursor;
        self.spare = Some(std::mem::replace(&mut last.buffer, next));
        self.last = Some(Shown { rows, ..last });
        if !self.out.is_empty() {
            self.out.insert_str(0, "\x1b[?2026h");
            self.out.push_str("\x1b[?2026l");
        }
        &self.out
    }

    /// Has the terminal move rows that only moved; `last` then is what the terminal shows.
    fn scroll(&mut self, last: &mut Shown, after: &[u64]) {
        let changed = last.rows.iter().zip(after).filter(|(before, after)| before != after);
        if changed.count() < WORTH_MOVING {
            return;
        }
        let Some(Move { top, bottom, by }) = find_move(&last.rows, after) else { return };
        let count = by.unsigned_abs();
        let _ = write!(
            self.out,
            "\x1b[{};{}r\x1b[{count}{}\x1b[r",
            top + 1,
            bottom + 1,
            if by > 0 { 'S' } else { 'T' }
        );
        let width = usize::from(last.buffer.area.width);
        let (top, end) = (usize::from(top), usize::from(bottom) + 1);
        let count = usize::try_from(count).unwrap_or(0).min(end - top);
        let (Some(cells), Some(rows)) =
            (last.buffer.content.get_mut(top * width..end * width), last.rows.get_mut(top..end))
        else {
            return;
        };
        // What moves in is blank.
        let blank = hash(&vec![Cell::EMPTY; width], &self.builder);
        let fresh = if by > 0 {
            cells.rotate_left(count * width);
            rows.rotate_left(count);
            end - top - count..end - top
        } else {
            cells.rotate_right(count * width);
            rows.rotate_right(count);
            0..count
        };
        if let (Some(cells), Some(rows)) =
            (cells.get_mut(fresh.start * width..fresh.end * width), rows.get_mut(fresh))
        {
            cells.fill(Cell::EMPTY);
            rows.fill(blank);
        }
    }

    fn row(&mut self, last: &Buffer, next: &Buffer, y: u16) {
        let area = next.area;
        let changed = changed(last, next, y);
        let Some(first) = changed.iter().position(|changed| *changed) else { return };
        let tail = blank_tail(next, y);
        let end = changed.iter().rposition(|changed| *changed).map_or(0, |last| last + 1);
        let mut x = first;
        while x < end {
            if x >= tail {
                self.go(u16::try_from(x).unwrap_or(0), y, area, next);
                self.look(Look::default());
                self.out.push_str("\x1b[K");
                return;
            }
            if !changed.get(x).copied().unwrap_or(false) {
                x += 1;
                continue;
            }
            let column = u16::try_from(x).unwrap_or(0);
            self.go(column, y, area, next);
            x += usize::from(self.put(column, y, area, next));
        }
    }

    /// Writes the cell at `x`; gives the columns it takes.
    fn put(&mut self, x: u16, y: u16, area: Rect, next: &Buffer) -> u16 {
        let Some(cell) = next.cell((area.x + x, area.y + y)) else { return 1 };
        self.look(Look::of(cell));
        let symbol = if cell.symbol().is_empty() { " " } else { cell.symbol() };
        let width = u16::try_from(text::width(symbol)).unwrap_or(1).max(1);
        if x + width > area.width {
            // Half of a wide character at the edge: a terminal would wrap it.
            self.out.push(' ');
            self.at = None;
            return 1;
        }
        self.out.push_str(symbol);
        // In the last column the terminal waits with the wrap: the place is not certain.
        self.at = (x + width < area.width).then_some((x + width, y));
        width
    }

    /// Brings the cursor to a cell the short way.
    fn go(&mut self, x: u16, y: u16, area: Rect, next: &Buffer) {
        match self.at {
            Some(at) if at == (x, y) => {}
            Some((from, row)) if row == y && from < x => {
                let gap = x - from;
                let same = |x: u16| {
                    next.cell((area.x + x, area.y + y))
                        .is_some_and(|cell| Look::of(cell) == self.style && cell.symbol().len() == 1)
                };
                if gap <= 3 && (from..x).all(same) {
                    for x in from..x {
                        self.put(x, y, area, next);
                    }
                } else {
                    let _ = write!(self.out, "\x1b[{gap}C");
                }
            }
            _ if x == 0 => {
                let _ = write!(self.out, "\x1b[{}H", y + 1);
            }
            _ => {
                let _ = write!(self.out, "\x1b[{};{}H", y + 1, x + 1);
            }
        }
        self.at = Some((x, y));
    }

    /// Says how what follows looks, in the fewest bytes: plain is `ESC [ m`, and only what is not plain yet has
    /// to become so first.
    fn look(&mut self, look: Look) {
        if look == self.style {
            return;
        }
        self.out.push_str("\x1b[");
        let begin = self.out.len();
        if self.style != Look::default() && look != Look::default() {
            self.out.push_str(";0");
        }
        for (modifier, code) in [
            (Modifier::BOLD, 1),
            (Modifier::DIM, 2),
            (Modifier::ITALIC, 3),
            (Modifier::UNDERLINED, 4),
            (Modifier::REVERSED, 7),
            (Modifier::CROSSED_OUT, 9),
        ] {
            if look.modifier.contains(modifier) {
                let _ = write!(self.out, ";{code}");
            }
        }
        self.colour(look.fg, 30);
        self.colour(look.bg, 40);
        // Each code came with a `;` before it.
        if self.out.len() > begin {
            self.out.remove(begin);
        }
        self.out.push('m');
        self.style = look;
    }

    /// `base` is 30 for the foreground, 40 for the background.
    fn colour(&mut self, colour: Color, base: u8) {
        let ansi = match colour {
            Color::Reset => return,
            Color::Black => 0,
            Color::Red => 1,
            Color::Green => 2,
            Color::Yellow => 3,
            Color::Blue => 4,
            Color::Magenta => 5,
            Color::Cyan => 6,
            Color::Gray => 7,
            Color::DarkGray => 60,
            Color::LightRed => 61,
            Color::LightGreen => 62,
            Color::LightYellow => 63,
            Color::LightBlue => 64,
            Color::LightMagenta => 65,
            Color::LightCyan => 66,
            Color::White => 67,
            Color::Rgb(r, g, b) if self.depth == Depth::True => {
                let _ = write!(self.out, ";{};2;{r};{g};{b}", base + 8);
                return;
            }
            Color::Indexed(index) if matches!(self.depth, Depth::True | Depth::Indexed) => {
                let _ = write!(self.out, ";{};5;{index}", base + 8);
                return;
            }
            Color::Rgb(r, g, b) if self.depth == Depth::Indexed => {
                let step = |part: u8| u16::from(part) * 5 / 255;
                let index = 16 + 36 * step(r) + 6 * step(g) + step(b);
                let _ = write!(self.out, ";{};5;{index}", base + 8);
                return;
            }
            Color::Rgb(r, g, b) => nearest_ansi(r, g, b),
            Color::Indexed(index) => index.min(7),
        };
        if self.depth != Depth::None {
            let _ = write!(self.out, ";{}", base + ansi);
        }
    }
}

/// The colour of the eight nearest to one of all.
fn nearest_ansi(r: u8, g: u8, b: u8) -> u8 {
    let on = |part: u8| u8::from(part > 127);
    on(r) | on(g) << 1 | on(b) << 2
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use ratatui::style::Style;

    use super::*;

    const WORDS: [&str; 8] = [
        "",
        "废旧墨盒的排放",
        "EA-0002 a",
        "火",
        "👨\u{200d}👩\u{200d}👧x",
        "汉a字b",
        "      x",
        "reversed 反",
    ];

    fn put(buffer: &mut Buffer, x: u16, y: u16, words: &str, style: Style) {
        let area = buffer.area;
        crate::tui::paint::Painter::new(buffer, area).put(x, y, words, style);
    }

    fn style(number: usize) -> Style {
        match number % 4 {
            0 => Style::new(),
            1 => Style::new().add_modifier(Modifier::REVERSED),
            2 => Style::new().fg(Color::Red).add_modifier(Modifier::BOLD),
            _ => Style::new().add_modifier(Modifier::UNDERLINED),
        }
    }

    fn screen(parser: &vt100::Parser) -> Vec<(String, bool, bool, bool, vt100::Color)> {
        let screen = parser.screen();
        let (rows, columns) = screen.size();
        let (rows, columns) = (rows.get(), columns.get());
        let cells = (0..rows).flat_map(|y| (0..columns).map(move |x| (y, x)));
        cells
            .filter_map(|(y, x)| screen.cell(y, x))
            .filter(|cell| !cell.is_wide_continuation())
            .map(|cell| {
                let text = if cell.has_contents() { cell.contents() } else { " " };
                (text.to_owned(), cell.inverse(), cell.bold(), cell.underline(), cell.fgcolor())
            })
            .collect()
    }

    fn parser(width: u16, height: u16) -> vt100::Parser {
        let size = |n| std::num::NonZeroU16::new(n).unwrap();
        vt100::Parser::new(size(height), size(width), 0)
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(300))]
        #[test]
        fn any_sequence_of_frames_ends_as_a_full_repaint(
            width in 4u16..30, height in 3u16..12,
            frames in proptest::collection::vec((any::<bool>(), 0u16..4, proptest::collection::vec((0u16..28, 0u16..12, 0usize..8, 0usize..4), 0..8)), 1..8),
        ) {
            let mut writer = Writer::new(Depth::Ansi);
            let mut terminal = parser(width, height);
            let mut buffer = Buffer::empty(Rect::new(0, 0, width, height));
            for (scrolls, by, puts) in frames {
                if scrolls && by < height {
                    let cells = usize::from(width) * usize::from(by);
                    buffer.content.rotate_left(cells);
                }
                for (x, y, word, look) in puts {
                    if x < width && y < height {
                        put(&mut buffer, x, y, WORDS[word], style(look));
                    }
                }
                terminal.process(writer.frame(buffer.clone(), None).as_bytes());
                let mut whole = parser(width, height);
                whole.process(Writer::new(Depth::Ansi).frame(buffer.clone(), None).as_bytes());
                prop_assert_eq!(screen(&terminal), screen(&whole));
                prop_assert_eq!(writer.frame(buffer.clone(), None), "");
            }
        }
    }

    /// A bare table of Chinese cells at 120x40 with the whole row reversed and its reason below.
    fn table(first: u16, cursor: u16) -> Buffer {
        let mut buffer = Buffer::empty(Rect::new(0, 0, 120, 40));
        put(&mut buffer, 1, 0, "环境因素   100000 条", Style::new().add_modifier(Modifier::BOLD));
        for y in 0..36 {
            let row = first + y;
            let look = if row == cursor { style(1) } else { Style::new() };
            let words = format!(
                " EA-{row:04}  办公活动{row}    废旧墨盒的排放{row}        正常  固废 土壤       {}   ! 重要",
                row % 30
            );
            put(&mut buffer, 0, y + 2, &crate::text::pad_end(&words, 120), look);
        }
        put(&mut buffer, 1, 38, &format!("! 重要：合计 {cursor} >= 15（A3 B2 C3 D2 E3 F3）。"), Style::new());
        buffer
    }

    #[test]
    fn moving_costs_few_bytes() {
        let mut writer = Writer::new(Depth::Ansi);
        let mut bytes = |first, cursor| writer.frame(table(first, cursor), None).len();
        bytes(0, 5);
        let down = bytes(0, 6);
        bytes(0, 35);
        let scroll = bytes(1, 36);
        let page = bytes(37, 72);
        assert!(down <= 400 && scroll <= 450 && page <= 4_600, "down {down}, scroll {scroll}, page {page}");
    }
}
