//! One field of a form: what stands in it, how keys change it, and how it is shown.

use ratatui::layout::Position;

use super::super::edit::Editor;
use super::super::layer::Cx;
use super::super::paint::Painter;
use super::super::terminal::Key;
use super::super::theme::Role;
use crate::book::{Plain, Row, Value};
use crate::definition::{Field, Kind};
use crate::text::narrow;
use crate::wording::{Lang, Message, Tell, message};

/// Columns that labels take.
pub const LABELS: u16 = 18;

/// A field while it is filled in.
#[derive(Clone)]
pub struct FormField {
    /// What it is.
    pub field: Field,
    /// What stood in it when the form was opened.
    pub original: Option<Value>,
    /// What stands in it; for words, what they last meant.
    pub value: Option<Value>,
    /// The words being typed.
    pub editor: Editor,
    /// The choice under the caret.
    pub caret: usize,
    /// What is wrong with what was typed.
    pub error: Option<Message>,
    /// What somebody else wrote there since the draft was typed.
    pub overtaken: Option<Message>,
    /// The words of the original.
    before: String,
}

/// How a field is filled in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Way {
    /// By typing.
    Words,
    /// By choosing from a list in place.
    Choosing,
    /// By picking entries.
    Picking,
    /// By evaluating.
    Evaluating,
    /// Not here.
    Nothing,
}

impl FormField {
    /// A field with what stands in it now and what the form starts with.
    pub fn new(field: &Field, original: Option<Value>, start: Option<Value>, cx: &Cx) -> Self {
        let lines = matches!(field.kind, Kind::Text { lines: true } | Kind::Rows(_));
        let mut made = Self {
            field: field.clone(),
            original,
            value: start,
            editor: Editor::new("", lines),
            caret: 0,
            error: None,
            overtaken: None,
            before: String::new(),
        };
        made.before = made.words(made.original.as_ref(), cx);
        made.show(cx);
        made
    }

    /// A value as it is typed.
    fn words(&self, value: Option<&Value>, cx: &Cx) -> String {
        match value {
            Some(Value::Text(text)) => text.clone(),
            Some(Value::Number(number)) => number.to_string(),
            Some(Value::Date(date)) => date.to_string(),
            Some(Value::Rows(rows)) => rows_text(&self.field, rows, cx),
            _ => String::new(),
        }
    }

    /// Puts the value into words again.
    fn show(&mut self, cx: &Cx) {
        let text = self.words(self.value.as_ref(), cx);
        self.editor.set(&text);
        self.caret = match &self.value {
            Some(Value::Choice(code)) => {
                self.options(cx.lang()).iter().position(|(known, _)| known == code).unwrap_or(0)
            }
            Some(Value::YesNo(yes)) => usize::from(!*yes),
            _ => 0,
        };
    }

    /// How it is filled in.
    pub fn way(&self) -> Way {
        match self.field.kind {
            Kind::Text { .. } | Kind::Number { .. } | Kind::Date | Kind::Rows(_) => Way::Words,
            Kind::Choice(_) | Kind::Choices(_) | Kind::YesNo => Way::Choosing,
            Kind::Links { .. } => Way::Picking,
            Kind::Evaluation { .. } => Way::Evaluating,
            Kind::Files => Way::Nothing,
        }
    }

    /// Whether something else stands in it than when the form was opened.
    pub fn changed(&self) -> bool {
        let empty = |value: &Option<Value>| value.as_ref().is_none_or(Value::is_empty);
        if self.way() == Way::Words && self.editor.text().trim() != self.before.trim() {
            return true;
        }
        self.value != self.original && !(empty(&self.value) && empty(&self.original))
    }

    /// Another value, as if it had been typed.
    pub fn put(&mut self, value: Option<Value>, cx: &Cx) {
        self.value = value.filter(|value| !value.is_empty());
        self.error = None;
        self.show(cx);
    }

    /// Reads what was typed; what cannot be read stays and says why.
    pub fn settle(&mut self, cx: &Cx) {
        if self.way() != Way::Words {
            return;
        }
        let text = self.editor.text().to_owned();
        let read = match &self.field.kind {
            Kind::Rows(columns) => read_rows(columns, &text, cx).map(Some),
            _ => cx.reading().enter(&self.field, &text, cx.today()).map_err(|error| error.message()),
        };
        match read {
            Ok(value) => {
                self.value = value.filter(|value| !value.is_empty());
                self.error = None;
                // A date such as +3m is shown as the day it means.
                if matches!(self.field.kind, Kind::Date | Kind::Number { .. }) {
                    self.show(cx);
                }
            }
            Err(error) => self.error = Some(error),
        }
    }

    /// Takes a key that types.
    pub fn key(&mut self, key: Key, cx: &Cx) -> bool {
        match self.way() {
            Way::Words => {
                // While it is being mended nobody is scolded; leaving the field reads it again.
                self.error = None;
                self.editor.key(key)
            }
            Way::Choosing => match key.narrowed().typed().and_then(|c| c.to_digit(10)) {
                Some(number) if number > 0 => {
                    self.caret = (number as usize - 1).min(self.options(cx.lang()).len().saturating_sub(1));
                    self.choose(cx);
                    true
                }
                _ => false,
            },
            _ => false,
        }
    }

    /// Moves the caret among the choices.
    pub fn move_caret(&mut self, by: isize, cx: &Cx) {
        let last = self.options(cx.lang()).len().saturating_sub(1);
        let fresh = self.value.is_none();
        self.caret = self.caret.saturating_add_signed(by).min(last);
        // One of a list: moving is choosing.
        if matches!(self.field.kind, Kind::Choice(_) | Kind::YesNo) {
            if fresh && by > 0 {
                self.caret = 0;
            }
            self.take();
        }
    }

    /// Takes the choice under the caret, or leaves it where it was taken.
    pub fn choose(&mut self, cx: &Cx) {
        let Some((code, _)) = self.options(cx.lang()).get(self.caret).cloned() else { return };
        match (&self.field.kind, &mut self.value) {
            (Kind::Choices(_), Some(Value::Choices(codes))) => {
                match codes.iter().position(|taken| *taken == code) {
                    Some(at) => {
                        codes.remove(at);
                    }
                    None => codes.push(code),
                }
                let order: Vec<&str> =
                    self.field.kind.choices().iter().map(|choice| choice.code.as_str()).collect();
                codes.sort_by_key(|code| order.iter().position(|known| known == code));
                if codes.is_empty() {
                    self.value = None;
                }
            }
            (Kind::Choices(_), _) => self.value = Some(Value::Choices(vec![code])),
            (Kind::Choice(_), Some(Value::Choice(taken))) if *taken == code && !self.field.required => {
                self.value = None;
            }
            _ => self.take(),
        }
    }

    fn take(&mut self) {
        self.value = match &self.field.kind {
            Kind::YesNo => Some(Value::YesNo(self.caret == 0)),
            kind => kind.choices().get(self.caret).map(|choice| Value::Choice(choice.code.clone())),
        };
    }

    fn options(&self, lang: Lang) -> Vec<(String, String)> {
        match &self.field.kind {
            Kind::YesNo => {
                let wording = lang.wording();
                vec![("yes".to_owned(), wording.say("yes")), ("no".to_owned(), wording.say("no"))]
            }
            kind => kind
                .choices()
                .iter()
                .map(|choice| (choice.code.clone(), choice.label.get(lang).to_owned()))
                .collect(),
        }
    }

    fn is_taken(&self, code: &str) -> bool {
        match &self.value {
            Some(Value::Choice(taken)) => taken == code,
            Some(Value::Choices(taken)) => taken.iter().any(|taken| taken == code),
            Some(Value::YesNo(yes)) => (code == "yes") == *yes,
            _ => false,
        }
    }

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
        let error = u16::from(self.below(focused, cx).is_some());
        u16::try_from(lines).unwrap_or(u16::MAX).clamp(1, 12) + error
    }

    /// The line below: what is wrong, else how rows are written.
    fn below(&self, focused: bool, cx: &Cx) -> Option<(Role, String)> {
        if let Some(wrong) = self.error.as_ref().or(self.overtaken.as_ref()) {
            return Some((Role::Wrong, cx.render(wrong)));
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
        painter.put_within(1, y, LABELS - 1, &label, look);
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
            let below = y + self.height(width, focused, cx) - 1;
            painter.put(LABELS, below, &words, style(role));
        } else if self.changed()
            && let Some(original) = &self.original
            && matches!(
                self.field.kind,
                Kind::Text { lines: false }
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
        if focused && self.way() == Way::Nothing {
            painter.restyle(LABELS, y, width - LABELS, style(Role::Cursor));
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

/// Rows as lines of cells with `|` between.
fn rows_text(field: &Field, rows: &[Row], cx: &Cx) -> String {
    let Kind::Rows(columns) = &field.kind else { return String::new() };
    let reading = cx.reading();
    let cell = |row: &Row, column: &Field| {
        row.get(&column.id).map(|cell| reading.plain(column, cell)).unwrap_or_default()
    };
    let line = |row: &Row| {
        let cells: Vec<String> =
            columns.iter().map(|column| cell(row, column).replace(['\n', '|'], " ")).collect();
        cells.join(" | ").trim_end_matches([' ', '|']).to_owned()
    };
    rows.iter().map(line).collect::<Vec<_>>().join("\n")
}

fn read_rows(columns: &[Field], text: &str, cx: &Cx) -> Result<Value, Message> {
    let reading = cx.reading();
    let mut rows = Vec::new();
    for (number, line) in text.lines().enumerate().filter(|(_, line)| !line.trim().is_empty()) {
        let mut row = Row::default();
        let mut cells = line.split(|c| narrow(c) == '|').map(str::trim);
        for column in columns {
            let Some(cell) = cells.next() else { break };
            let value = reading.enter(column, cell, cx.today()).map_err(|error| {
                message!(
                    "row-problem",
                    row = number + 1,
                    column = column.name.clone(),
                    what = error.message()
                )
            })?;
            if let Some(plain) = value.and_then(|value| Plain::try_from(value).ok()) {
                row.0.push((column.id.clone(), plain));
            }
        }
        if cells.next().is_some() {
            return Err(message!("row-too-many", row = number + 1, count = columns.len()));
        }
        rows.push(row);
    }
    Ok(Value::Rows(rows))
}
