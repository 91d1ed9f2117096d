//! The form: a new entry, a whole entry, one cell, or one field of many entries.

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};

use super::super::action::{Action, Scope};
use super::super::draft::Sheet;
use super::super::layer::{Answer, Cx, Layer, Outcome};
use super::super::notice::Notice;
use super::super::terminal::{Code, Key};
use super::evaluate::{Evaluate, Subject};
use super::form_field::{FormField, Way};
use super::form_target::Target;
use super::{form_view, pick};
use crate::book::Value;
use crate::catalogue::Looking;
use crate::definition::Kind;
use crate::wording::{Tell, message};

/// A form.
pub struct Form {
    pub(super) target: Target,
    pub(super) register: String,
    pub(super) fields: Vec<FormField>,
    pub(super) cursor: usize,
    pub(super) top: usize,
    pub(super) before: Vec<(usize, FormField)>,
    pub(super) place: Option<Position>,
    pub(super) restored: bool,
}

impl Form {
    pub(super) fn heading(&self, cx: &Cx) -> String {
        let reading = cx.reading();
        let register = reading.definitions.register(&self.register);
        let name = register.map_or("", |register| register.name.get(cx.lang()));
        match &self.target {
            Target::New | Target::From(..) | Target::Copy(_) => {
                cx.render(&message!("form-new", register = name))
            }
            Target::Entry(key) | Target::Cell(key) => {
                format!("{}  {}", reading.book.serial(*key), reading.title(*key))
            }
            Target::Many(keys) => cx.render(&message!("form-bulk", count = keys.len())),
        }
    }

    pub(super) fn changes(&self) -> usize {
        self.fields.iter().filter(|field| field.changed()).count()
    }

    fn here(&mut self) -> Option<&mut FormField> {
        self.fields.get_mut(self.cursor)
    }

    /// Why no key changes the field under the cursor: only the program records it.
    fn kept(&self, cx: &Cx) -> Option<Outcome> {
        let register = cx.session.definitions().register(&self.register)?;
        let (id, kept) = (&self.fields.get(self.cursor)?.field.id, register.features.kept.as_ref()?);
        let entry = match &self.target {
            Target::Entry(entry) | Target::Cell(entry) => Some(*entry),
            _ => None,
        };
        let refusal = cx.session.book().field_by_hand(entry, kept, id).err()?;
        let what = cx.reading().with_names(refusal.message(), Some(&self.register));
        Some(Outcome::Say(Notice::refused(what)))
    }

    /// Notes a field as it is before a key changes it.
    fn note(&mut self) {
        if let Some(field) = self.fields.get(self.cursor) {
            let same = self.before.last().is_some_and(|(at, noted)| {
                *at == self.cursor
                    && (&noted.editor, &noted.value, noted.bulk) == (&field.editor, &field.value, field.bulk)
            });
            if !same {
                self.before.push((self.cursor, field.clone()));
            }
        }
        let over = self.before.len().saturating_sub(500);
        self.before.drain(..over);
    }

    fn go(&mut self, to: usize, cx: &Cx) -> Outcome {
        if let Some(field) = self.here() {
            field.settle(cx);
        }
        self.cursor = to.min(self.fields.len().saturating_sub(1));
        Outcome::Stay
    }

    /// Puts a choice or takes it away, or moves among the choices; in words it types.
    fn choose(&mut self, action: Action, cx: &Cx) -> Outcome {
        if let (Action::Choose, Some(refused)) = (action, self.kept(cx)) {
            return refused;
        }
        let way = self.fields.get(self.cursor).map_or(Way::Nothing, FormField::way);
        self.note();
        let code = match action {
            Action::Choose => Code::Char(' '),
            Action::Left => Code::Left,
            _ => Code::Right,
        };
        let Some(field) = self.here() else { return Outcome::Stay };
        match (way, action) {
            (Way::Words, _) => {
                field.key(Key::plain(code), cx);
            }
            (Way::Choosing, Action::Choose) => field.choose(cx),
            (Way::Choosing, Action::Left) => field.move_caret(-1, cx),
            (Way::Choosing, _) => field.move_caret(1, cx),
            (_, Action::Choose) => return self.open_field(None, cx),
            _ => {}
        }
        Outcome::Stay
    }

    fn open_field(&mut self, typed: Option<&str>, cx: &Cx) -> Outcome {
        let Some(field) = self.fields.get(self.cursor) else { return Outcome::Stay };
        match (&field.field.kind, field.way()) {
            (Kind::Links { to, many, .. }, _) => {
                let taken = match &field.value {
                    Some(Value::Links(keys)) => keys.clone(),
                    _ => Vec::new(),
                };
                let mut pick = pick::entries(to, taken, *many, cx);
                if let Some(typed) = typed {
                    pick.paste_text(typed);
                }
                self.note();
                Outcome::Push(Box::new(pick))
            }
            (_, Way::Evaluating) => {
                let previous = match &field.value {
                    Some(Value::Evaluation(evaluation)) => Some(evaluation.as_ref().clone()),
                    _ => None,
                };
                let value_of = |id: &str| {
                    let field = self.fields.iter().find(|field| field.field.id == id)?;
                    match &field.value {
                        Some(Value::Choice(code)) => Some(code.clone()),
                        _ => None,
                    }
                };
                let method = cx.reading().method_for(&field.field, value_of);
                match method {
                    Some(method) => {
                        let sheet = Sheet { field: Some(field.field.id.clone()), ..self.sheet(cx) };
                        let subject = Subject { entry: None, name: self.heading(cx), sheet };
                        Outcome::Push(Box::new(Evaluate::of(subject, method, previous.as_ref(), cx)))
                    }
                    None => Outcome::Stay,
                }
            }
            _ => Outcome::Stay,
        }
    }
}

impl Layer for Form {
    fn scope(&self) -> Scope {
        Scope::Form
    }

    fn act(&mut self, action: Action, _count: Option<usize>, cx: &mut Cx) -> Outcome {
        match action {
            // Inside words of several lines the arrows go by lines first.
            Action::LineUp | Action::LineDown
                if self.here().is_some_and(|field| field.by_line(action == Action::LineDown)) =>
            {
                return Outcome::Stay;
            }
            Action::Up | Action::LineUp => return self.go(self.cursor.saturating_sub(1), cx),
            Action::Down | Action::LineDown => return self.go(self.cursor + 1, cx),
            Action::PageUp => return self.go(self.cursor.saturating_sub(6), cx),
            Action::PageDown => return self.go(self.cursor + 6, cx),
            Action::Save => return self.save(None, cx),
            Action::StepBack => {
                if let Some((at, field)) = self.before.pop() {
                    self.cursor = at;
                    if let Some(place) = self.fields.get_mut(at) {
                        *place = field;
                    }
                }
            }
            Action::FieldHelp => {
                let help = self.fields.get(self.cursor).map(|field| field.help(cx));
                return Outcome::Say(Notice::help(help.unwrap_or_else(|| message!("field-no-help"))));
            }
            Action::Evaluate => {
                if let Some(at) = self.fields.iter().position(|field| field.way() == Way::Evaluating) {
                    self.go(at, cx);
                    return self.open_field(None, cx);
                }
                return Outcome::Say(Notice::said(message!("not-scored")));
            }
            Action::Back => {
                self.keep_draft(cx);
                return if self.changes() > 0 && !self.is_as_begun(cx) {
                    let kept = match self.target {
                        Target::New | Target::From(..) => message!("draft-kept-new"),
                        Target::Many(_) | Target::Copy(_) => message!("draft-kept-many"),
                        _ => message!("draft-kept"),
                    };
                    Outcome::CloseSaying(Notice::said(kept))
                } else {
                    Outcome::Close
                };
            }
            Action::Choose | Action::Left | Action::Right => return self.choose(action, cx),
            _ => return Outcome::Pass,
        }
        Outcome::Stay
    }

    fn key(&mut self, key: Key, cx: &mut Cx) -> Outcome {
        let moves = matches!(key.code, Code::Home | Code::End);
        if key.code != Code::Enter
            && !moves
            && let Some(refused) = self.kept(cx)
        {
            return refused;
        }
        let way = self.fields.get(self.cursor).map_or(Way::Nothing, FormField::way);
        let lines = self.fields.get(self.cursor).is_some_and(|field| {
            matches!(field.field.kind, Kind::Text { lines: true, .. } | Kind::Rows(_) | Kind::Files)
        });
        let blank = self.here().is_some_and(|field| field.bulk.is_some() && field.is_blank());
        match (way, key.code) {
            (Way::Picking | Way::Evaluating, Code::Enter) => self.open_field(None, cx),
            (Way::Words, Code::Enter) if lines => {
                self.note();
                if let Some(field) = self.here() {
                    field.key(key, cx);
                }
                Outcome::Stay
            }
            (_, Code::Enter) if self.fields.len() == 1 => self.save(None, cx),
            (_, Code::Enter) => self.go(self.cursor + 1, cx),
            // A field of several entries shows nothing of what they hold: that goes only by a key of its own.
            (_, Code::Backspace | Code::Delete) if blank => {
                self.note();
                if let Some(field) = self.here() {
                    field.clear(true);
                }
                Outcome::Stay
            }
            (Way::Picking | Way::Choosing | Way::Evaluating, Code::Backspace | Code::Delete) => {
                self.note();
                if let Some(field) = self.here() {
                    field.put(None, cx);
                }
                Outcome::Stay
            }
            (Way::Picking, _) => match key.typed() {
                Some(c) => self.open_field(Some(&c.to_string()), cx),
                None => Outcome::Stay,
            },
            _ => {
                self.note();
                let Some(field) = self.here() else { return Outcome::Stay };
                if field.key(key, cx) || key.typed().is_none() {
                    return Outcome::Stay;
                }
                Outcome::Say(Notice::refused(field.not_typed(key, cx)))
            }
        }
    }

    fn paste(&mut self, text: &str, cx: &mut Cx) -> Outcome {
        if let Some(refused) = self.kept(cx) {
            return refused;
        }
        self.note();
        match self.here() {
            Some(field) if field.way() == Way::Picking => self.open_field(Some(text), cx),
            Some(field) => {
                let wrong = field.paste(text, cx);
                wrong.map_or(Outcome::Stay, |wrong| Outcome::Say(Notice::refused(wrong)))
            }
            None => Outcome::Stay,
        }
    }

    fn answered(&mut self, answer: Answer, cx: &mut Cx) -> Outcome {
        let value = match answer {
            Answer::Text(why) => return self.save(Some(why), cx),
            Answer::Entries(keys) => Value::Links(keys),
            Answer::Evaluation(evaluation) => {
                let id = self.fields.get(self.cursor).map(|field| field.field.id.clone());
                cx.desk.drafts.forget(&Sheet { field: id, ..self.sheet(cx) });
                Value::Evaluation(evaluation)
            }
            Answer::Picked(_) => return Outcome::Stay,
        };
        if let Some(field) = self.here() {
            field.put(Some(value), cx);
        }
        self.go(self.cursor + 1, cx)
    }

    fn draw(&mut self, buffer: &mut Buffer, area: Rect, cx: &Cx) {
        form_view::draw(self, buffer, area, cx);
    }

    fn cursor(&self) -> Option<Position> {
        self.place
    }

    fn hints(&self, _cx: &Cx) -> Vec<Action> {
        let evaluated = self.fields.iter().any(|field| field.way() == Way::Evaluating);
        let mut hints = vec![Action::Save, Action::Down, Action::Choose, Action::StepBack];
        hints.extend(evaluated.then_some(Action::Evaluate));
        hints.extend([Action::FieldHelp, Action::Back]);
        hints
    }

    fn looking(&self, _cx: &Cx) -> Looking {
        match &self.target {
            Target::Entry(key) | Target::Cell(key) => Looking::at(*key),
            Target::Many(keys) => Looking { entries: keys.clone(), ..Looking::default() },
            Target::New | Target::From(..) | Target::Copy(_) => Looking::default(),
        }
    }

    fn keep_draft(&mut self, cx: &mut Cx) {
        self.keep(cx);
    }
}
