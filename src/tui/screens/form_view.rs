//! How a form and its fields look.

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};

use super::super::layer::Cx;
use super::super::paint::{Painter, title};
use super::super::theme::Role;
use super::form::Form;
use super::form_field::{Bulk, FormField, Way};
use crate::book::Value;
use crate::definition::Kind;
use crate::wording::message;

/// Columns that labels take.
const LABELS: u16 = 20;

/// Draws a form, and notes where text is typed.
pub fn draw(form: &mut Form, buffer: &mut Buffer, area: Rect, cx: &Cx) {
    let mut painter = Painter::new(buffer, area);
    let heading = form.heading(cx);
    let changed = form.changes();
    let state = match (form.restored, changed) {
        (true, _) => cx.say("draft-restored"),
        (false, 0) => String::new(),
        (false, count) => cx.render(&message!("form-changed", count = count)),
    };
    title(&mut painter, &heading, "", &state, cx);
    form.place = None;
    let room = area.height.saturating_sub(3);
    let height =
        |at: usize| form.fields.get(at).map_or(0, |field| field.height(area.width, at == form.cursor, cx));
    form.top = form.top.min(form.cursor);
    while form.top < form.cursor && (form.top..=form.cursor).map(height).sum::<u16>() > room {
        form.top += 1;
    }
    let mut y = 2;
    for (at, field) in form.fields.iter().enumerate().skip(form.top) {
        let rows = field.height(area.width, at == form.cursor, cx);
        if y + rows > area.height - 1 && at != form.cursor {
            break;
        }
        if at == form.cursor && matches!(field.way(), Way::Picking | Way::Evaluating) {
            painter.put(0, y, ">", cx.desk.theme.style(Role::Accent));
        }
        let place = field.draw(&mut painter, y, at == form.cursor, cx);
        form.place = form.place.or(place);
        y += rows;
    }
}

fn wrapped(words: &str, room: u16) -> Vec<std::ops::Range<usize>> {
    crate::text::wrap(words, usize::from(room))
}

impl FormField {
    /// How many rows it takes in so many columns.
    pub fn height(&self, width: u16, focused: bool, cx: &Cx) -> u16 {
        let room = width.saturating_sub(LABELS + 1);
        let lines = match self.way() {
            Way::Words => self.editor.wrapped(usize::from(room)).0.len(),
            Way::Choosing if focused => self.rows_of_options(room, cx).len(),
            Way::Picking => match &self.value {
                Some(Value::Links(keys)) => keys.len(),
                _ => 1,
            },
            _ => 1,
        };
        let error = self.below(focused, cx).map_or(0, |(_, words)| wrapped(&words, room).len());
        let error = u16::try_from(error).unwrap_or(1);
        u16::try_from(lines).unwrap_or(u16::MAX).clamp(1, 12) + error
    }

    /// The line below: what is wrong, else how rows are written.
    fn below(&self, focused: bool, cx: &Cx) -> Option<(Role, String)> {
        if let Some(wrong) = self.error.as_ref().or(self.overtaken.as_ref()) {
            return Some((Role::Wrong, cx.render(wrong)));
        }
        match self.bulk {
            Some(Bulk { held, clear: true }) => {
                return Some((Role::Wrong, cx.render(&message!("bulk-clears", count = held))));
            }
            Some(Bulk { held, .. }) if self.is_blank() => {
                return Some((Role::Dim, cx.render(&message!("bulk-blank", count = held))));
            }
            _ => {}
        }
        let Kind::Rows(columns) = &self.field.kind else { return None };
        let names: Vec<&str> = columns.iter().map(|column| column.name.get(cx.lang())).collect();
        let how = || cx.render(&message!("row-columns", columns = names.join(" | ")));
        focused.then(|| (Role::Dim, how()))
    }

    fn rows_of_options(&self, room: u16, cx: &Cx) -> Vec<Vec<usize>> {
        let mut rows = vec![Vec::new()];
        let mut used = 0;
        for (index, (_, label)) in self.options(cx.lang()).iter().enumerate() {
            let width = crate::text::width(label) + 4;
            if used + width > usize::from(room) && used > 0 {
                rows.push(Vec::new());
                used = 0;
            }
            used += width;
            if let Some(row) = rows.last_mut() {
                row.push(index);
            }
        }
        rows
    }

    /// Draws it at a row; gives the place of the real cursor where words are typed.
    pub fn draw(&self, painter: &mut Painter, y: u16, focused: bool, cx: &Cx) -> Option<Position> {
        let style = |role| cx.desk.theme.style(role);
        let mark = if self.field.required { " *" } else { "" };
        let label = format!("{}{mark}", self.field.name.get(cx.lang()));
        let look = if focused { style(Role::Title) } else { style(Role::Dim) };
        painter.put_within(1, y, LABELS - 2, &label, look);
        let width = painter.width();
        let place = match self.way() {
            Way::Words => self.draw_words(painter, y, focused, cx),
            Way::Choosing => {
                self.draw_choices(painter, y, focused, cx);
                None
            }
            _ => {
                self.draw_value(painter, y, cx);
                None
            }
        };
        if let Some((role, words)) = self.below(focused, cx) {
            let lines = wrapped(&words, width.saturating_sub(LABELS + 1));
            let rows = u16::try_from(lines.len()).unwrap_or(1);
            let below = y + self.height(width, focused, cx) - rows;
            for (y, line) in (below..).zip(lines) {
                painter.put(LABELS, y, words.get(line).unwrap_or(""), style(role));
            }
        } else if self.changed()
            && let Some(original) = &self.original
            && matches!(
                self.field.kind,
                Kind::Text { lines: false, .. }
                    | Kind::Number { .. }
                    | Kind::Date
                    | Kind::Choice(_)
                    | Kind::YesNo
            )
        {
            let was = cx.render(&message!("was", value = cx.reading().value(&self.field, original)));
            let end = LABELS + u16::try_from(crate::text::width(self.editor.text())).unwrap_or(0);
            if usize::from(end) + crate::text::width(&was) + 3 < usize::from(width) {
                painter.put_right(width - 1, y, &was, style(Role::Dim));
            }
        }
        place
    }

    fn draw_words(&self, painter: &mut Painter, y: u16, focused: bool, cx: &Cx) -> Option<Position> {
        let room = painter.width().saturating_sub(LABELS + 1);
        let (lines, (column, line)) = self.editor.wrapped(usize::from(room));
        let first = line.saturating_sub(11);
        for (row, range) in (y..y + 12).zip(lines.iter().skip(first)) {
            let words = self.editor.text().get(range.clone()).unwrap_or("");
            painter.put_within(LABELS, row, room, words, cx.desk.theme.style(Role::Text));
        }
        if !focused {
            return None;
        }
        let (column, line) = (u16::try_from(column).unwrap_or(0), u16::try_from(line - first).unwrap_or(0));
        let area = painter.area();
        Some(Position { x: area.x + (LABELS + column).min(area.width - 1), y: area.y + y + line })
    }

    fn draw_choices(&self, painter: &mut Painter, y: u16, focused: bool, cx: &Cx) {
        let style = |role| cx.desk.theme.style(role);
        let options = self.options(cx.lang());
        if !focused {
            let taken: Vec<&str> = options
                .iter()
                .filter(|(code, _)| self.is_taken(code))
                .map(|(_, label)| label.as_str())
                .collect();
            if taken.is_empty() && self.value.is_some() {
                self.draw_value(painter, y, cx);
            }
            painter.put(LABELS, y, &taken.join("  "), style(Role::Text));
            return;
        }
        let room = painter.width().saturating_sub(LABELS + 1);
        for (row, indexes) in (y..).zip(self.rows_of_options(room, cx)) {
            let mut x = LABELS;
            for index in indexes {
                let Some((code, label)) = options.get(index) else { continue };
                let taken = self.is_taken(code);
                let words = if taken { format!("[{label}]") } else { format!(" {label} ") };
                let look = match (index == self.caret, taken) {
                    (true, _) => style(Role::Cursor),
                    (false, true) => style(Role::Title),
                    (false, false) => style(Role::Text),
                };
                x = painter.put(x, row, &words, look) + 2;
            }
        }
    }

    fn draw_value(&self, painter: &mut Painter, y: u16, cx: &Cx) {
        let reading = cx.reading();
        let style = |role| cx.desk.theme.style(role);
        match &self.value {
            Some(Value::Links(keys)) => {
                for (row, key) in (y..).zip(keys) {
                    painter.put(
                        LABELS,
                        row,
                        &format!("{} {}", reading.book.serial(*key), reading.link(*key)),
                        style(Role::Text),
                    );
                }
            }
            Some(Value::Evaluation(evaluation)) => {
                let sign = if evaluation.listed { "! " } else { "" };
                let score = evaluation.score.map(|score| score.normalize().to_string()).unwrap_or_default();
                let words = format!(
                    "{score}  {sign}{}  {}",
                    reading.level_text(evaluation),
                    reading.reason(evaluation)
                );
                let role = if evaluation.listed { Role::Accent } else { Role::Text };
                painter.put(LABELS, y, &words, style(role));
            }
            Some(value) => {
                painter.put(LABELS, y, &reading.value(&self.field, value), style(Role::Text));
            }
            None => {
                let id = match self.way() {
                    Way::Picking => "press-enter-to-link",
                    Way::Evaluating => "press-enter-to-evaluate",
                    _ => return,
                };
                painter.put(LABELS, y, &cx.say(id), style(Role::Dim));
            }
        }
    }
}
