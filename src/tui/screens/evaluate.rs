//! Evaluating: the verdict moves with the keys.
//!
//! One key a factor. A scale whose values are not 1, 2, 3 … offers letters in the order shown, or the value
//! typed and confirmed; a digit never means another number than itself.

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};

use super::super::action::{Action, Scope};
use super::super::edit::Editor;
use super::super::layer::{Answer, Cx, Layer, Outcome};
use super::super::notice::Notice;
use super::super::paint::{Painter, title};
use super::super::terminal::{Code, Key};
use super::super::theme::Role;
use crate::book::{Edit, EntryKey, Proposal, Value, Way};
use crate::scoring::{Decimal, Evaluation, Factor, Factors, Given, Judgement, Method, ScoringError, Warning};
use crate::wording::{Tell, message};

/// An evaluation being made.
pub struct Evaluate {
    entry: Option<EntryKey>,
    method: Method,
    previous: Option<Evaluation>,
    initial: Factors,
    residual: Factors,
    /// Whether the residual is being given.
    with_controls: bool,
    direct: Option<String>,
    basis: Editor,
    by: Editor,
    /// A value being typed.
    typed: Editor,
    cursor: usize,
    released: bool,
    place: Option<Position>,
}

impl Evaluate {
    /// Of an entry; none where its register is not scored.
    pub fn entry(key: EntryKey, cx: &Cx) -> Option<Self> {
        let reading = cx.reading();
        let entry = reading.book.entry(key)?;
        let method = reading.method_of(entry)?;
        Some(Self { entry: Some(key), ..Self::inside(method, reading.evaluation(entry), cx) })
    }

    /// Inside a form, which saves it.
    pub fn inside(method: &Method, previous: Option<&Evaluation>, cx: &Cx) -> Self {
        let same = previous.filter(|previous| previous.method == method.id);
        let residual =
            same.and_then(|previous| previous.residual.as_ref()).map(|residual| residual.factors.clone());
        let by =
            previous.map(|previous| previous.occasion.by.join(&cx.say("list-comma"))).unwrap_or_default();
        Self {
            entry: None,
            method: method.clone(),
            previous: previous.cloned(),
            initial: same.map(|previous| previous.factors.clone()).unwrap_or_default(),
            residual: residual.unwrap_or_default(),
            with_controls: false,
            direct: same.and_then(|previous| previous.direct.clone()),
            basis: Editor::new(previous.map_or("", |previous| &previous.occasion.basis), false),
            by: Editor::new(&by, false),
            typed: Editor::default(),
            cursor: 0,
            released: false,
            place: None,
        }
    }

    fn factors(&self) -> &Factors {
        if self.with_controls { &self.residual } else { &self.initial }
    }

    fn set(&mut self, value: Decimal) {
        let Some(id) = self.method.factors.get(self.cursor).map(|factor| factor.id.clone()) else { return };
        let factors = if self.with_controls { &mut self.residual } else { &mut self.initial };
        factors.insert(id, value);
        self.direct = None;
        self.typed.set("");
        self.cursor += 1;
    }

    /// Rows: the factors, what it rests on, who took part.
    fn last(&self) -> usize {
        self.method.factors.len() + 1
    }

    fn on_words(&mut self) -> Option<&mut Editor> {
        match self.cursor.checked_sub(self.method.factors.len()) {
            Some(0) => Some(&mut self.basis),
            Some(_) => Some(&mut self.by),
            None => None,
        }
    }

    fn make(&self, cx: &Cx) -> Result<(Evaluation, Vec<Warning>), ScoringError> {
        let given = Given { factors: self.initial.clone(), direct: self.direct.clone() };
        let names = self.by.text().split([',', '，', '、', ';']).map(|name| name.trim().to_owned());
        let judgement = Judgement {
            by: names.filter(|name| !name.is_empty()).collect(),
            on: cx.today(),
            basis: self.basis.text().trim().to_owned(),
            residual: (!self.residual.is_empty()).then(|| self.residual.clone()),
            released: self.released,
        };
        Evaluation::make(&self.method, given, judgement, self.previous.as_ref())
    }

    fn save(&mut self, cx: &mut Cx) -> Outcome {
        self.take_typed();
        let evaluation = match self.make(cx) {
            Ok((evaluation, _)) => evaluation,
            Err(error) => {
                if let ScoringError::Missing(missing) = &error {
                    self.cursor = self
                        .method
                        .factors
                        .iter()
                        .position(|factor| missing.contains(&factor.id))
                        .unwrap_or(0);
                }
                return Outcome::Say(Notice::wrong(&error));
            }
        };
        let Some(entry) = self.entry else {
            return Outcome::Answer(Answer::Evaluation(Box::new(evaluation)));
        };
        let reading = cx.reading();
        let field = reading
            .book
            .entry(entry)
            .and_then(|entry| reading.register(entry))
            .and_then(|register| register.evaluation());
        let Some(id) = field.map(|(_, field)| field.id.clone()) else { return Outcome::Close };
        let fields = vec![(id, Some(Value::Evaluation(Box::new(evaluation))))];
        let now = cx.now;
        match cx
            .session
            .commit(Proposal { way: Way::Screen, why: None, edits: vec![Edit::Set { entry, fields }] }, now)
        {
            Ok(commit) => {
                let serial = commit.changes.first().map(|change| change.serial.clone()).unwrap_or_default();
                Outcome::CloseSaying(Notice::said(message!(
                    "saved-entry",
                    serial = serial,
                    count = 1_usize,
                    seq = commit.seq
                )))
            }
            Err(error) => Outcome::Say(Notice::wrong(&error)),
        }
    }

    /// Whether the values are 1, 2, 3 … so that a digit can be pressed for them.
    fn by_digit(factor: &Factor) -> bool {
        factor.scale.iter().all(|step| step.value.is_integer() && step.value < Decimal::TEN)
    }

    /// Takes the value that was typed into the factor under the cursor.
    fn take_typed(&mut self) -> bool {
        let said: String = self.typed.text().chars().map(crate::text::narrow).collect();
        match said.trim().parse() {
            Ok(value) => {
                self.set(value);
                true
            }
            Err(_) => false,
        }
    }

    fn type_value(&mut self, c: char) -> Outcome {
        let Some(factor) = self.method.factors.get(self.cursor) else { return Outcome::Stay };
        let by_digit = Self::by_digit(factor);
        let letter = c.is_ascii_lowercase().then(|| usize::from(c as u8 - b'a'));
        let step = letter.and_then(|at| factor.scale.get(at)).map(|step| step.value);
        match (c, step) {
            ('0'..='9', _) if by_digit && self.typed.text().is_empty() => {
                self.set(Decimal::from(c.to_digit(10).unwrap_or(0)));
            }
            ('0'..='9' | '.', _) => {
                self.typed.key(Key::plain(Code::Char(c)));
            }
            (_, Some(value)) if !by_digit => self.set(value),
            _ => {}
        }
        Outcome::Stay
    }

    fn draw_factor(&self, painter: &mut Painter, y: u16, index: usize, cx: &Cx) -> u16 {
        let style = |role| cx.desk.theme.style(role);
        let Some(factor) = self.method.factors.get(index) else { return y };
        let focused = index == self.cursor;
        let name = format!("{} {}", factor.id, factor.name.get(cx.lang()));
        painter.put_within(1, y, 20, &name, if focused { style(Role::Title) } else { style(Role::Text) });
        let value = self.factors().get(&factor.id).copied();
        let words = |value: Option<Decimal>| {
            value.map_or_else(|| "--".to_owned(), |value| value.normalize().to_string())
        };
        let shown = if focused && !self.typed.text().is_empty() {
            self.typed.text().to_owned()
        } else {
            words(value)
        };
        let look = if focused { style(Role::Cursor) } else { style(Role::Text) };
        painter.put_right(26, y, &shown, look);
        let before = self.previous.as_ref().filter(|previous| previous.method == self.method.id);
        let before = before.and_then(|previous| match (self.with_controls, &previous.residual) {
            (false, _) => previous.factors.get(&factor.id).copied(),
            (true, Some(residual)) => residual.factors.get(&factor.id).copied(),
            (true, None) => None,
        });
        painter.put_right(34, y, &words(before), style(Role::Dim));
        if !focused {
            let label =
                value.and_then(|value| factor.on_scale(value)).map_or("", |step| step.label.get(cx.lang()));
            painter.put(38, y, label, style(Role::Dim));
            return y + 1;
        }
        let by_digit = Self::by_digit(factor);
        let (mut row, mut x) = (y, 38);
        for (at, step) in factor.scale.iter().enumerate() {
            let key = if by_digit {
                step.value.normalize().to_string()
            } else {
                format!("{} {}", char::from(b'a' + u8::try_from(at).unwrap_or(25)), step.value.normalize())
            };
            let taken = value == Some(step.value);
            let label = step.label.get(cx.lang());
            let words = if taken { format!("[{key} {label}]") } else { format!(" {key} {label} ") };
            let width = u16::try_from(crate::text::width(&words)).unwrap_or(0);
            if x > 38 && (x + width >= painter.width() || !by_digit) {
                (row, x) = (row + 1, 38);
            }
            x = painter.put(x, row, &words, style(if taken { Role::Title } else { Role::Text })) + 1;
        }
        row + 1
    }

    fn draw_verdict(&self, painter: &mut Painter, y: u16, cx: &Cx) -> u16 {
        let style = |role| cx.desk.theme.style(role);
        let symbol = self.method.symbol.get(cx.lang());
        painter.put(1, y, symbol, style(Role::Text));
        painter.put(1, y + 1, &cx.say("level"), style(Role::Text));
        let previous = self.previous.as_ref();
        let before = previous.map(|previous| {
            previous.score.map_or_else(|| "--".to_owned(), |score| score.normalize().to_string())
        });
        painter.put_right(34, y, &before.unwrap_or_default(), style(Role::Dim));
        match self.make(cx) {
            Ok((evaluation, warnings)) => {
                let (score, level, listed) = match (&evaluation.residual, self.with_controls) {
                    (Some(residual), true) => (residual.score, &residual.level, residual.listed),
                    _ => (evaluation.score, &evaluation.level, evaluation.listed),
                };
                let band = self.method.band(level).map_or("", |band| band.label.get(cx.lang()));
                let score = score.map_or_else(|| "--".to_owned(), |score| score.normalize().to_string());
                painter.put_right(26, y, &score, style(Role::Title));
                let sign = if listed { "! " } else { "" };
                let role = if listed { Role::Accent } else { Role::Title };
                let end = painter.put(22, y + 1, &format!("{sign}{band}"), style(role));
                let reason = evaluation.reason(&self.method, cx.lang());
                painter.put((end + 3).max(38), y + 1, &reason, style(Role::Text));
                let warnings: Vec<String> =
                    warnings.iter().map(|warning| cx.render(&warning.message())).collect();
                painter.put(38, y, &warnings.join(" "), style(Role::Wrong));
            }
            Err(error) => {
                painter.put_right(26, y, "--", style(Role::Dim));
                painter.put(38, y + 1, &cx.render(&error.message()), style(Role::Dim));
            }
        }
        y + 2
    }
}

impl Layer for Evaluate {
    fn scope(&self) -> Scope {
        if self.cursor >= self.method.factors.len() { Scope::Form } else { Scope::Evaluate }
    }

    fn act(&mut self, action: Action, _count: Option<usize>, cx: &mut Cx) -> Outcome {
        match action {
            Action::Up => {
                self.typed.set("");
                self.cursor = self.cursor.saturating_sub(1);
            }
            Action::Down => {
                if !self.take_typed() {
                    self.cursor = (self.cursor + 1).min(self.last());
                }
            }
            Action::Save => return self.save(cx),
            Action::Back => return Outcome::Close,
            Action::StepBack => {
                let id = self
                    .cursor
                    .checked_sub(1)
                    .and_then(|at| self.method.factors.get(at))
                    .map(|factor| factor.id.clone());
                if let Some(id) = id {
                    self.cursor -= 1;
                    if self.with_controls {
                        self.residual.remove(&id)
                    } else {
                        self.initial.remove(&id)
                    };
                }
            }
            Action::Residual => {
                self.with_controls = !self.with_controls;
                self.cursor = 0;
            }
            Action::OtherMethod => {
                let methods: Vec<&Method> = cx.session.definitions().methods().newest().collect();
                let at = methods.iter().position(|method| method.id == self.method.id).unwrap_or(0);
                if let Some(next) = methods.get((at + 1) % methods.len().max(1)) {
                    let next = (*next).clone();
                    let (entry, previous) = (self.entry, self.previous.clone());
                    *self = Self { entry, ..Self::inside(&next, previous.as_ref(), cx) };
                }
            }
            Action::Direct => {
                let codes: Vec<&str> = self
                    .method
                    .direct
                    .iter()
                    .filter(|direct| direct.band.is_some())
                    .map(|direct| direct.code.as_str())
                    .collect();
                let at =
                    self.direct.as_deref().and_then(|code| codes.iter().position(|known| *known == code));
                self.direct = codes.get(at.map_or(0, |at| at + 1)).map(|code| (*code).to_owned());
                if self.direct.is_some() {
                    self.initial.clear();
                }
            }
            Action::Choose | Action::Left | Action::Right => {
                let code = match action {
                    Action::Choose => Code::Char(' '),
                    Action::Left => Code::Left,
                    _ => Code::Right,
                };
                if let Some(editor) = self.on_words() {
                    editor.key(Key::plain(code));
                }
            }
            _ => return Outcome::Pass,
        }
        Outcome::Stay
    }

    fn key(&mut self, key: Key, _cx: &mut Cx) -> Outcome {
        if let Some(editor) = self.on_words() {
            if key.code == Code::Enter {
                self.cursor = (self.cursor + 1).min(self.last());
            } else {
                editor.key(key);
            }
            return Outcome::Stay;
        }
        match (key.code, key.typed()) {
            (Code::Enter, _) => {
                if !self.take_typed() {
                    self.cursor += 1;
                }
                Outcome::Stay
            }
            (Code::Backspace, _) => {
                self.typed.key(key);
                Outcome::Stay
            }
            (_, Some(c)) => self.type_value(c),
            _ => Outcome::Stay,
        }
    }

    fn paste(&mut self, text: &str, _cx: &mut Cx) -> Outcome {
        if let Some(editor) = self.on_words() {
            editor.paste(text);
        }
        Outcome::Stay
    }

    fn draw(&mut self, buffer: &mut Buffer, area: Rect, cx: &Cx) {
        let mut painter = Painter::new(buffer, area);
        painter.clear();
        let style = |role| cx.desk.theme.style(role);
        let reading = cx.reading();
        let what = self
            .entry
            .map(|key| format!("{} {}", reading.book.serial(key), reading.title(key)))
            .unwrap_or_default();
        let mode = if self.with_controls { cx.say("residual") } else { String::new() };
        let method = format!(
            "{} {}",
            self.method.name.get(cx.lang()),
            cx.render(&message!("edition", edition = self.method.edition))
        );
        title(&mut painter, &format!("{}  {what}", cx.say("evaluate")), &mode, &method, cx);
        painter.put_right(26, 2, &cx.say("now"), style(Role::Dim));
        painter.put_right(34, 2, &cx.say("before"), style(Role::Dim));
        painter.put(38, 2, &cx.say("scale"), style(Role::Dim));
        let mut y = 3;
        for index in 0..self.method.factors.len() {
            y = self.draw_factor(&mut painter, y, index, cx);
        }
        if let Some(direct) = self.direct.as_deref().and_then(|code| self.method.direct(code)) {
            painter.put(
                1,
                y,
                &format!("{} {}", direct.code, direct.label.get(cx.lang())),
                style(Role::Accent),
            );
            y += 1;
        }
        y = self.draw_verdict(&mut painter, y + 1, cx) + 1;
        self.place = None;
        let first = self.method.factors.len();
        for (at, (id, editor)) in [("basis", &self.basis), ("by", &self.by)].into_iter().enumerate() {
            let focused = self.cursor == first + at;
            painter.put(1, y, &cx.say(id), style(if focused { Role::Title } else { Role::Dim }));
            painter.put(22, y, editor.text(), style(Role::Text));
            if focused {
                let before = editor.text().get(..editor.cursor()).map_or(0, crate::text::width);
                let x = 22 + u16::try_from(before).unwrap_or(0);
                self.place = Some(Position { x: x.min(area.width - 1), y });
            }
            y += 1;
        }
    }

    fn cursor(&self) -> Option<Position> {
        self.place
    }

    fn counts(&self) -> bool {
        false
    }

    fn hints(&self, _cx: &Cx) -> Vec<Action> {
        vec![
            Action::Save,
            Action::Down,
            Action::Residual,
            Action::Direct,
            Action::OtherMethod,
            Action::StepBack,
            Action::Back,
        ]
    }
}
