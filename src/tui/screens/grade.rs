//! Grading by number keys: a line for each choice with its options numbered; a digit chooses and goes on.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use serde_json::Value as Json;

use super::super::action::{Action, Scope};
use super::super::draft::{DraftField, Sheet};
use super::super::layer::{Cx, Layer, Outcome};
use super::super::notice::Notice;
use super::super::paint::{Painter, title};
use super::super::terminal::{Code, Key};
use super::super::theme::Role;
use crate::book::{Cell, Edit, EntryKey, Proposal, Value, Way};
use crate::definition::Field;
use crate::text::width;
use crate::wording::message;

/// What a draft of a grading is of, in place of a field; no field has such an id.
pub const SHEET: &str = "clock.graded";
/// The most columns that labels take.
const LABELS: usize = 20;

/// The grading of an entry.
pub struct Grade {
    entry: EntryKey,
    sheet: Sheet,
    lines: Vec<Line>,
    cursor: usize,
    top: usize,
    /// What stood where before each key.
    steps: Vec<(usize, Option<String>)>,
    restored: bool,
}

/// One choice.
struct Line {
    field: String,
    before: Option<String>,
    now: Option<String>,
}

impl Grade {
    /// The grading of an entry; none where nothing is graded. It goes on with its draft.
    pub fn open(entry: EntryKey, cx: &Cx) -> Option<Self> {
        let reading = cx.reading();
        let found = reading.book.entry(entry)?;
        let register = reading.register(found)?;
        let graded = &register.features.clock.as_ref()?.graded;
        let line = |field: &String| {
            let before = match reading.book.cell(found, field) {
                Cell::Choice(code) => Some(reading.book.text(*code).to_owned()),
                _ => None,
            };
            Line { field: field.clone(), now: before.clone(), before }
        };
        let lines: Vec<Line> = graded.iter().map(line).collect();
        let serial = Some(reading.book.serial(entry).to_owned());
        let sheet = Sheet {
            register: register.id.clone(),
            entry: serial,
            field: Some(SHEET.to_owned()),
            ..Sheet::default()
        };
        let (cursor, top, steps) = (0, 0, Vec::new());
        let mut grade = Self { entry, sheet, lines, cursor, top, steps, restored: false };
        grade.restore(cx);
        grade.cursor = grade.lines.iter().position(|line| line.now.is_none()).unwrap_or(0);
        (!grade.lines.is_empty()).then_some(grade)
    }

    /// Goes on with a draft, but for what somebody chose since.
    fn restore(&mut self, cx: &Cx) {
        for field in cx.desk.drafts.find(&self.sheet).into_iter().flat_map(|draft| draft.fields) {
            let line = self.lines.iter_mut().find(|line| line.field == field.id);
            if let Some(line) = line.filter(|line| Json::from(line.before.clone()) == field.over) {
                line.now = field.typed.as_str().map(str::to_owned);
                self.restored = true;
            }
        }
    }

    fn field<'a>(&self, at: usize, cx: &'a Cx) -> Option<&'a Field> {
        let register = cx.session.definitions().register(&self.sheet.register)?;
        register.field(&self.lines.get(at)?.field)
    }

    fn changed(&self) -> impl Iterator<Item = &Line> {
        self.lines.iter().filter(|line| line.now != line.before)
    }

    fn choose(&mut self, code: Option<String>) {
        let at = self.cursor;
        if let Some(line) = self.lines.get_mut(at) {
            self.steps.push((at, std::mem::replace(&mut line.now, code)));
        }
    }

    fn step_back(&mut self) {
        let Some((at, code)) = self.steps.pop() else { return };
        self.cursor = at;
        if let Some(line) = self.lines.get_mut(at) {
            line.now = code;
        }
    }

    fn go(&mut self, to: usize) {
        self.cursor = to.min(self.lines.len().saturating_sub(1));
    }

    fn save(&mut self, cx: &mut Cx) -> Outcome {
        let value = |line: &Line| (line.field.clone(), line.now.clone().map(Value::Choice));
        let fields: Vec<_> = self.changed().map(value).collect();
        if fields.is_empty() {
            return Outcome::Close;
        }
        let (now, entry) = (cx.now, self.entry);
        let edits = vec![Edit::Set { entry, fields }];
        match cx.session.commit(Proposal { way: Way::Screen, why: None, edits }, now) {
            Ok(commit) => {
                cx.desk.drafts.forget(&self.sheet);
                Outcome::Saved(Notice::saved(&commit, cx), Some(entry))
            }
            Err(error) => Outcome::Say(Notice::wrong(&error)),
        }
    }

    /// The options of a choice with their digits; the chosen one stands in brackets.
    fn options(&self, at: usize, cx: &Cx) -> Vec<(String, bool)> {
        let now = self.lines.get(at).and_then(|line| line.now.as_ref());
        let Some(field) = self.field(at, cx) else { return Vec::new() };
        let option = |(digit, choice): (u32, &crate::definition::Choice)| {
            let (label, taken) = (choice.label.get(cx.lang()), now == Some(&choice.code));
            let words = if taken { format!("[{digit} {label}]") } else { format!(" {digit} {label} ") };
            (words, taken)
        };
        (1..).zip(field.kind.choices()).map(option).collect()
    }

    /// The lines that a choice takes: all options in one, or on several under the cursor, else only the chosen.
    fn rows(&self, at: usize, room: u16, cx: &Cx) -> Vec<Vec<(String, bool)>> {
        let options = self.options(at, cx);
        let mut rows: Vec<Vec<(String, bool)>> = vec![Vec::new()];
        let mut used = 0;
        for option in options.iter().cloned() {
            let wide = width(&option.0);
            if used > 0 && used + wide > usize::from(room) {
                rows.push(Vec::new());
                used = 0;
            }
            used += wide;
            rows.last_mut().into_iter().for_each(|row| row.push(option.clone()));
        }
        if rows.len() > 1 && at != self.cursor {
            rows = vec![options.into_iter().filter(|(_, taken)| *taken).collect()];
        }
        rows
    }
}

impl Layer for Grade {
    fn scope(&self) -> Scope {
        Scope::Grade
    }

    fn is_gone(&self, cx: &Cx) -> bool {
        cx.session.book().entry(self.entry).is_none()
    }

    fn act(&mut self, action: Action, count: Option<usize>, cx: &mut Cx) -> Outcome {
        let by = count.unwrap_or(1);
        match action {
            Action::Up => self.go(self.cursor.saturating_sub(by)),
            Action::Down | Action::Open => self.go(self.cursor + by),
            Action::StepBack | Action::Undo => self.step_back(),
            Action::Save => return self.save(cx),
            Action::Back => {
                self.keep_draft(cx);
                let kept = || Outcome::CloseSaying(Notice::said(message!("draft-kept")));
                return if self.changed().next().is_some() { kept() } else { Outcome::Close };
            }
            _ => return Outcome::Pass,
        }
        Outcome::Stay
    }

    fn key(&mut self, key: Key, cx: &mut Cx) -> Outcome {
        if key.code == Code::Backspace {
            self.choose(None);
        }
        let digit = key.typed().and_then(|c| c.to_digit(10)).and_then(|digit| usize::try_from(digit).ok());
        let choices = self.field(self.cursor, cx).map_or(&[][..], |field| field.kind.choices());
        let chosen = digit.and_then(|digit| choices.get(digit.checked_sub(1)?));
        if let Some(code) = chosen.map(|choice| choice.code.clone()) {
            self.choose(Some(code));
            self.go(self.cursor + 1);
        }
        Outcome::Stay
    }

    fn draw(&mut self, buffer: &mut Buffer, area: Rect, cx: &Cx) {
        let mut painter = Painter::new(buffer, area);
        painter.clear();
        let style = |role| cx.desk.theme.style(role);
        let reading = cx.reading();
        let name = format!("{} {}", reading.book.serial(self.entry), reading.title(self.entry));
        let state = match (self.restored, self.changed().count()) {
            (true, _) => cx.say("draft-restored"),
            (false, 0) => String::new(),
            (false, count) => cx.render(&message!("form-changed", count = count)),
        };
        title(&mut painter, &format!("{}  {name}", cx.say("grade")), "", &state, cx);
        let labels: Vec<&str> = (0..self.lines.len())
            .map(|at| self.field(at, cx).map_or("", |field| field.name.get(cx.lang())))
            .collect();
        let wide = labels.iter().map(|label| width(label)).max().unwrap_or(0).min(LABELS) + 2;
        let labelled = u16::try_from(wide).unwrap_or(0);
        let room = painter.width().saturating_sub(labelled);
        let height = usize::from(painter.height().saturating_sub(3));
        let tall =
            |grade: &Self| (grade.top..=grade.cursor).map(|at| grade.rows(at, room, cx).len()).sum::<usize>();
        self.top = self.top.min(self.cursor);
        while self.top < self.cursor && tall(self) > height {
            self.top += 1;
        }
        let (mut y, last) = (2, painter.height().saturating_sub(1));
        for (at, label) in labels.iter().enumerate().skip(self.top) {
            let focused = at == self.cursor;
            let label = format!("{}{label}", if focused { ">" } else { " " });
            for (index, row) in self.rows(at, room, cx).into_iter().enumerate() {
                if y >= last {
                    return;
                }
                if index == 0 {
                    let role = if focused { Role::Title } else { Role::Dim };
                    painter.put_within(0, y, labelled - 1, &label, style(role));
                }
                let mut x = labelled;
                for (words, taken) in row {
                    x = painter.put(x, y, &words, style(if taken { Role::Title } else { Role::Text }));
                }
                y += 1;
            }
        }
    }

    fn hints(&self, _cx: &Cx) -> Vec<Action> {
        vec![Action::Save, Action::Down, Action::StepBack, Action::Back]
    }

    fn keep_draft(&mut self, cx: &mut Cx) {
        let field = |line: &Line| DraftField {
            id: line.field.clone(),
            typed: Json::from(line.now.clone()),
            over: Json::from(line.before.clone()),
        };
        let fields: Vec<DraftField> = self.changed().map(field).collect();
        if fields.is_empty() {
            return cx.desk.drafts.forget(&self.sheet);
        }
        cx.desk.drafts.keep(self.sheet.clone(), cx.now.timestamp(), fields);
    }
}
