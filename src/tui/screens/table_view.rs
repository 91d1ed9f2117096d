//! How a table looks.

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};

use super::super::action::Action;
use super::super::layer::Cx;
use super::super::paint::{Painter, title};
use super::super::theme::Role;
use super::detail;
use super::table::{Table, WIDE};
use super::table_columns::{Placed, place_with};
use crate::book::{Entry, EntryKey};
use crate::catalogue::{Listing, Sign};
use crate::definition::{Column, Derived, Kind};
use crate::wording::message;

/// Where the eye is.
#[derive(Default)]
pub struct View {
    /// The row.
    pub cursor: usize,
    /// The first row in sight.
    pub top: usize,
    /// How many columns have left to the left.
    pub left: usize,
    /// The column under the column cursor, by its place in the list.
    pub column: usize,
    /// How many rows are in sight.
    pub page: usize,
    /// How wide the screen is.
    pub width: u16,
    /// Where text is typed.
    pub place: Option<Position>,
}

impl View {
    /// Moves among so many rows and columns; says whether the action was one that moves.
    pub fn moved(&mut self, action: Action, count: Option<usize>, (rows, columns): (usize, usize)) -> bool {
        let (at, by) = (self.cursor, count.unwrap_or(1));
        let row = |count: Option<usize>, else_to| count.map_or(else_to, |row| row.saturating_sub(1));
        let to = match action {
            Action::Up => at.saturating_sub(by),
            Action::Down => at + by,
            Action::PageUp => at.saturating_sub(self.page * by),
            Action::PageDown => at + self.page * by,
            Action::Top => row(count, 0),
            Action::Bottom => row(count, usize::MAX),
            Action::Left => {
                self.column = self.column.saturating_sub(by);
                at
            }
            Action::Right => {
                self.column = (self.column + by).min(columns.saturating_sub(1));
                at
            }
            _ => return false,
        };
        self.cursor = to.min(rows.saturating_sub(1));
        true
    }
}

/// Draws it, and notes where things stand.
pub fn draw(table: &mut Table, buffer: &mut Buffer, area: Rect, cx: &Cx) {
    let mut painter = Painter::new(buffer, area);
    let Some(listing) = table.listing(cx) else { return };
    let view = &mut table.view;
    (view.place, view.width) = (None, area.width);
    view.page = usize::from(area.height.saturating_sub(5)).max(1);
    view.top = view.top.min(view.cursor).max((view.cursor + 1).saturating_sub(view.page));
    title(&mut painter, &table.name, &how_many(table, cx), &depends_on(&listing, cx), cx);
    let beside = cx.desk.pane && area.width >= WIDE;
    let room = if beside { area.width * 3 / 5 } else { area.width };
    let place = (table.view.left, table.view.column);
    let (left, placed) = place_with(listing.register, &listing.table.columns, room, place, cx.desk.lang);
    table.view.left = left;
    let mut rows = painter.part(Rect { x: 0, y: 0, width: room, height: area.height });
    draw_head(table, &mut rows, &placed, &listing, cx);
    draw_rows(table, &mut rows, &placed, &listing, cx);
    if let Some(key) = table.here() {
        if beside {
            let (x, height) = (room + 2, area.height.saturating_sub(5));
            let pane = Rect { x, y: 1, width: area.width - room - 3, height };
            detail::draw(&mut painter.part(pane), key, cx);
        }
        let lines = detail::why(key, usize::from(area.width.saturating_sub(2)), cx);
        for (y, (role, line)) in (area.height - 3..).zip(lines) {
            painter.put(1, y, &line, cx.desk.theme.style(role));
        }
    }
    draw_filter(table, &mut painter, cx);
}

/// How many rows of how many, how many are marked, and the filter.
fn how_many(table: &Table, cx: &Cx) -> String {
    let (count, total) = (table.keys.len(), table.all.0.len());
    let mut parts = vec![cx.render(&if count == total {
        message!("rows", count = total)
    } else {
        message!("rows-of", count = count, total = total)
    })];
    if !table.marked.is_empty() {
        let seen = table.seen_marks().count();
        parts.push(cx.render(&message!("marked", count = seen, hidden = table.marked.len() - seen)));
    }
    if !table.filtering.kept.is_empty() && table.filtering.typing.is_none() {
        parts.push(format!("/ {}", table.filtering.kept));
    }
    parts.join("   ")
}

/// The order, the day that counts as today, and whether one may only look.
fn depends_on(listing: &Listing, cx: &Cx) -> String {
    let sorted = listing.table.sort.first().map(|by| {
        let name = listing.register.column_name(by.column);
        let number = right(listing, by.column) || matches!(by.column, Column::Derived(Derived::Level));
        cx.render(&match (by.descending, number) {
            (true, true) => message!("sorted-down", column = name),
            (true, false) => message!("sorted-back", column = name),
            (false, _) => message!("sorted-up", column = name),
        })
    });
    let today =
        cx.session.settings().today.filter(|_| cx.session.past().is_none()).map(|today| today.to_string());
    let reading = cx.session.read_only().map(|_| cx.say("read-only"));
    [sorted, today, reading].into_iter().flatten().collect::<Vec<_>>().join("  ")
}

/// Whether a column holds numbers, which stand at the right.
fn right(listing: &Listing, column: Column) -> bool {
    match column {
        Column::Field(index) => {
            let field = listing.register.fields.get(index);
            field.is_some_and(|field| matches!(field.kind, Kind::Number { .. }))
        }
        Column::Derived(derived) => {
            matches!(derived, Derived::Score | Derived::ResidualScore | Derived::Open)
        }
    }
}

fn draw_head(table: &Table, painter: &mut Painter, placed: &[Placed], listing: &Listing, cx: &Cx) {
    let style = |role| cx.desk.theme.style(role);
    let room = usize::from(painter.width().saturating_sub(2));
    painter.put(1, 1, &crate::text::pad_end("", room), style(Role::Header));
    for Placed { column, x, width, index } in placed {
        let name = listing.register.column_name(*column);
        let words = name.get(cx.desk.lang);
        let here = *index == table.view.column;
        let look = if here { style(Role::Header).patch(style(Role::Title)) } else { style(Role::Header) };
        if right(listing, *column) {
            let end = painter.width().min(x + width);
            painter.put_right(end, 1, &crate::text::cut(words, usize::from(*width)), look);
        } else {
            painter.put_within(*x, 1, *width, words, look);
        }
    }
}

fn draw_rows(table: &Table, painter: &mut Painter, placed: &[Placed], listing: &Listing, cx: &Cx) {
    let style = |role| cx.desk.theme.style(role);
    let view = &table.view;
    let shown = table.keys.iter().enumerate().skip(view.top).take(view.page);
    for (y, (at, key)) in (2..).zip(shown) {
        let Some(entry) = cx.reading().book.entry(*key) else { continue };
        let marked = table.marked.contains(key);
        if marked {
            painter.put(0, y, "*", style(Role::Accent));
        } else if cx.reading().stale().holds(*key) {
            painter.put(0, y, "?", style(Role::Accent));
        }
        let look = style(if marked { Role::Marked } else { Role::Text });
        for column in placed {
            draw_cell(table, painter, (*column, y), (entry, look), listing, cx);
        }
        if at == view.cursor {
            painter.restyle(0, y, painter.width(), style(Role::Cursor));
            let cell = placed.iter().find(|column| column.index == view.column);
            if let Some(cell) = cell.filter(|cell| cell.index > 0) {
                painter.restyle(cell.x, y, cell.width, style(Role::Match));
            }
        }
    }
    if table.keys.is_empty() {
        let words = match (table.all.0.is_empty(), cx.session.past()) {
            (true, Some(_)) => "past-table-empty",
            (true, None) => "table-empty",
            (false, _) => "table-nothing-matches",
        };
        painter.put(1, 3, &cx.say(words), style(Role::Dim));
    }
}

fn draw_cell(
    table: &Table,
    painter: &mut Painter,
    (placed, y): (Placed, u16),
    (entry, look): (&Entry, ratatui::style::Style),
    listing: &Listing,
    cx: &Cx,
) {
    let style = |role| cx.desk.theme.style(role);
    let Placed { column, x, width, .. } = placed;
    let shown = cx.reading().column(listing.register, entry, column);
    if shown.right {
        // A number that is cut off reads like another number.
        let fits = crate::text::width(&shown.text) <= usize::from(width);
        let words = if fits { shown.text } else { "#".repeat(usize::from(width)) };
        painter.put_right(x + width, y, &words, look);
        return;
    }
    let level = matches!(column, Column::Derived(Derived::Level));
    let words = if level { format!("{} {}", shown.sign.mark(), shown.text) } else { shown.text };
    let look = if level && shown.sign == Sign::Listed { style(Role::Accent) } else { look };
    let matcher = table.filtering.matcher.as_ref();
    let spans = matcher.map(|matcher| matcher.spans(&words)).unwrap_or_default();
    painter.put_marked((x, y), width, &words, look, (&spans, style(Role::Match)));
}

/// The line in which a filter is typed, and above it what is wrong with it.
fn draw_filter(table: &mut Table, painter: &mut Painter, cx: &Cx) {
    let Some(editor) = &table.filtering.typing else { return };
    let (width, y) = (painter.width(), painter.height().saturating_sub(2));
    let style = |role| cx.desk.theme.style(role);
    painter.part(Rect { x: 0, y, width, height: 1 }).clear();
    let problem = table.filtering.problem.as_ref();
    let count = match problem {
        Some(_) => "--".to_owned(),
        None => cx.render(&message!("rows", count = table.keys.len())),
    };
    let right = painter.put_right(width.saturating_sub(1), y, &count, style(Role::Dim));
    let spans: Vec<_> = problem.iter().map(|problem| problem.span.clone()).collect();
    let mark = (spans.as_slice(), style(Role::Wrong));
    let room = right.saturating_sub(3);
    table.view.place = Some(painter.put_typed((1, y), room, editor, style(Role::Text), mark));
    let wrong = problem.map(|problem| &problem.what).or(table.filtering.hint.as_ref());
    if let Some(wrong) = wrong {
        painter.part(Rect { x: 0, y: y - 1, width, height: 1 }).clear();
        painter.put(1, y - 1, &cx.render(wrong), style(Role::Wrong));
    }
}

impl Table {
    /// The entry under the cursor.
    pub(super) fn here(&self) -> Option<EntryKey> {
        self.keys.get(self.view.cursor).copied()
    }
}
