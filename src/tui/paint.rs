//! Putting text on the screen: the only place where words meet cells.
//!
//! Whatever a user typed goes through [`crate::text::clean`] here, so no control character, direction
//! mark or stray combining mark reaches the terminal, and nothing is wider than it was measured.

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};
use ratatui::style::Style;

use super::action::{Action, Scope};
use super::edit::Editor;
use super::layer::{Cx, Layer};
use super::theme::Role;
use crate::text;
use crate::wording::message;

/// Paints into one part of the screen.
pub struct Painter<'a> {
    buffer: &'a mut Buffer,
    area: Rect,
}

impl<'a> Painter<'a> {
    /// Paints into `area`; what reaches outside is cut.
    pub fn new(buffer: &'a mut Buffer, area: Rect) -> Self {
        let area = area.intersection(buffer.area);
        Self { buffer, area }
    }

    /// The part painted into.
    pub fn area(&self) -> Rect {
        self.area
    }

    /// Columns from the left edge.
    pub fn width(&self) -> u16 {
        self.area.width
    }

    /// Rows from the top edge.
    pub fn height(&self) -> u16 {
        self.area.height
    }

    /// Writes `words` at `x`, `y` within the part, at most up to its right edge, cut with `>`.
    /// Returns the column after the last one written.
    pub fn put(&mut self, x: u16, y: u16, words: &str, style: Style) -> u16 {
        let room = self.area.width.saturating_sub(x);
        self.put_within(x, y, room, words, style)
    }

    /// Writes `words` into at most `room` columns.
    pub fn put_within(&mut self, x: u16, y: u16, room: u16, words: &str, style: Style) -> u16 {
        let room = room.min(self.area.width.saturating_sub(x));
        if y >= self.area.height || room == 0 {
            return x;
        }
        let clean = text::clean(words);
        let cut = text::cut(&clean, usize::from(room));
        let mut column = x;
        for (grapheme, width) in text::graphemes(&cut) {
            let width = u16::try_from(width).unwrap_or(1);
            if let Some(cell) = self.buffer.cell_mut((self.area.x + column, self.area.y + y)) {
                cell.set_symbol(grapheme).set_style(style);
            }
            for behind in 1..width {
                if let Some(cell) = self.buffer.cell_mut((self.area.x + column + behind, self.area.y + y)) {
                    cell.reset();
                    cell.set_style(style);
                }
            }
            column += width;
        }
        column
    }

    /// Writes `words` so that they end before column `right`.
    pub fn put_right(&mut self, right: u16, y: u16, words: &str, style: Style) -> u16 {
        let width = u16::try_from(text::width(&text::clean(words))).unwrap_or(u16::MAX);
        let x = right.saturating_sub(width);
        self.put_within(x, y, right.saturating_sub(x), words, style);
        x
    }

    /// Writes `words` and gives the parts at these byte ranges another style besides.
    pub fn put_marked(
        &mut self,
        (x, y): (u16, u16),
        room: u16,
        words: &str,
        style: Style,
        (spans, mark): (&[std::ops::Range<usize>], Style),
    ) -> u16 {
        let end = self.put_within(x, y, room, words, style);
        for span in spans {
            let before = words.get(..span.start).map_or(0, |before| text::width(&text::clean(before)));
            let inside = words.get(span.clone()).map_or(0, |inside| text::width(&text::clean(inside)));
            let from = x.saturating_add(u16::try_from(before).unwrap_or(u16::MAX));
            let to = from.saturating_add(u16::try_from(inside).unwrap_or(0)).min(end);
            self.restyle(from, y, to.saturating_sub(from), mark);
        }
        end
    }

    /// Writes a line that is being typed, with the end in sight that the cursor stands at; gives the place of
    /// the real cursor.
    pub fn put_typed(
        &mut self,
        (x, y): (u16, u16),
        room: u16,
        editor: &Editor,
        style: Style,
        marked: (&[std::ops::Range<usize>], Style),
    ) -> Position {
        let before = editor.text().get(..editor.cursor()).map_or(0, text::width);
        let hidden = (before + 1).saturating_sub(usize::from(room));
        let (mut start, mut skipped) = (0, 0);
        for (grapheme, width) in text::graphemes(editor.text()) {
            if skipped >= hidden {
                break;
            }
            (start, skipped) = (start + grapheme.len(), skipped + width);
        }
        let inside = |span: &std::ops::Range<usize>| {
            Some(span.start.checked_sub(start)?..span.end.checked_sub(start)?)
        };
        let spans: Vec<_> = marked.0.iter().filter_map(inside).collect();
        let words = editor.text().get(start..).unwrap_or("");
        self.put_marked((x, y), room, words, style, (&spans, marked.1));
        let column = u16::try_from(before.saturating_sub(skipped)).unwrap_or(u16::MAX);
        let x = x.saturating_add(column).min(self.area.width.saturating_sub(1));
        Position { x: self.area.x + x, y: self.area.y + y }
    }

    /// Gives cells that are already there another style besides.
    pub fn restyle(&mut self, x: u16, y: u16, width: u16, style: Style) {
        let row = Rect { x: self.area.x + x, y: self.area.y + y, width, height: 1 };
        self.buffer.set_style(row.intersection(self.area), style);
    }

    /// Empties a part, also where a wide character reaches over its edge.
    pub fn clear(&mut self) {
        for y in self.area.top()..self.area.bottom() {
            if let Some(x) = self.area.left().checked_sub(1)
                && let Some(cell) = self.buffer.cell_mut((x, y))
                && text::width(cell.symbol()) > 1
            {
                cell.set_symbol(" ");
            }
            for x in self.area.left()..self.area.right() {
                if let Some(cell) = self.buffer.cell_mut((x, y)) {
                    cell.reset();
                }
            }
        }
    }

    /// A smaller part of this one.
    pub fn part(&mut self, part: Rect) -> Painter<'_> {
        let area = Rect { x: self.area.x + part.x, y: self.area.y + part.y, ..part }.intersection(self.area);
        Painter { buffer: self.buffer, area }
    }
}

/// The first line: where one is at the left, how many in the middle, what it depends on at the right.
pub fn title(painter: &mut Painter, left: &str, middle: &str, right: &str, cx: &Cx) {
    let style = cx.desk.theme.style(Role::Title);
    let width = painter.width();
    let past = cx.session.past().map(|shown| {
        let (day, seq) = (shown.of(cx.session.zone()), shown.seq);
        cx.render(&message!("past-title", day = day, seq = seq, rest = middle.to_owned()))
    });
    let middle = past.as_deref().unwrap_or(middle);
    // That nothing can be written, and why, stands there as long as it is so.
    let sign = match cx.session.read_only() {
        Some(_) if cx.session.is_damaged() => Some(cx.say("damaged-read-only")),
        Some(_) if past.is_none() => Some(cx.say("read-only")),
        _ => None,
    };
    let right = &[sign.as_deref().unwrap_or_default(), right].join("  ");
    let right = right.trim();
    // Which day it is of is worth more than the order of the rows.
    let needed = text::width(left) + text::width(middle) + text::width(right) + 7;
    let tight = right.is_empty() || needed > usize::from(width);
    let read_only = past.as_ref().filter(|_| tight).map(|_| sign.unwrap_or_else(|| cx.say("read-only")));
    let right = read_only.as_deref().unwrap_or(right);
    let begin = painter.put_right(width.saturating_sub(1), 0, right, cx.desk.theme.style(Role::Dim));
    let end =
        painter.put_within(1, 0, begin.saturating_sub(if right.is_empty() { 1 } else { 3 }), left, style);
    if !middle.is_empty() {
        let at = end + 3;
        painter.put_within(at, 0, begin.saturating_sub(at + 2), middle, cx.desk.theme.style(Role::Text));
    }
    // One look says that this is not today.
    if past.is_some() {
        painter.restyle(0, 0, width, cx.desk.theme.style(Role::Cursor));
    }
}

/// Of the actions worth a hint those that are possible now: a past is looked at only, and left again.
fn possible(scope: Scope, actions: &[Action], cx: &Cx) -> Vec<Action> {
    if !scope.takes_everywhere() {
        return actions.to_vec();
    }
    let mut possible = match cx.session.past() {
        Some(_) => vec![Action::Changes, Action::CommitBefore, Action::CommitAfter, Action::AsOf],
        None => Vec::new(),
    };
    possible.extend(actions.iter().filter(|action| cx.may(**action)));
    possible
}

/// The last line: the most useful keys here, as many as fit; the last of them is always the help.
pub fn hints(painter: &mut Painter, layer: &dyn Layer, cx: &Cx) {
    let (scope, actions) = (layer.scope(), &layer.hints(cx));
    let y = painter.height().saturating_sub(1);
    let key = |action: Action| {
        let keys = cx.desk.keymap.keys(scope, action);
        // A key may do the same action and still mean something nearer here: Enter keeps a filter.
        let (wording, here) = (cx.desk.wording(), format!("{}-{}", action.id(), scope.id()));
        let here = wording.has(&format!("hint-{here}")).then_some(here);
        let usual = here.as_deref().unwrap_or(action.id());
        let word = wording.say_dynamic("hint", layer.hint(action).unwrap_or(usual));
        keys.first().map(|key| format!("{key} {word}"))
    };
    let actions = &possible(scope, actions, cx);
    let help = key(Action::Help);
    let kept = help.as_deref().map_or(0, |help| text::width(help) + 2);
    let room = usize::from(painter.width()).saturating_sub(kept + 2);
    let mut line = String::new();
    for hint in actions.iter().filter(|action| **action != Action::Help).filter_map(|action| key(*action)) {
        let longer = if line.is_empty() { hint } else { format!("{line}  {hint}") };
        if text::width(&longer) > room {
            break;
        }
        line = longer;
    }
    if let Some(help) = help {
        line = if line.is_empty() { help } else { format!("{line}  {help}") };
    }
    let width = painter.width();
    painter.part(Rect { x: 0, y, width, height: 1 }).clear();
    painter.put(1, y, &line, cx.desk.theme.style(Role::Hint));
}
