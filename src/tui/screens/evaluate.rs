//! Evaluating: the verdict moves with the keys.
//!
//! One key a factor. A scale whose values are not 1, 2, 3 … offers letters in the order shown, or the value
//! typed and confirmed; a digit never means another number than itself.

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};

use super::super::action::{Action, Scope};
use super::super::draft::Sheet;
use super::super::layer::{Answer, Cx, Layer, Outcome};
use super::super::notice::Notice;
use super::super::terminal::{Code, Key};
use super::ask::Ask;
use super::filling::{Filling, by_digit};
use super::filling_draft::{self, Restored, turned};
use super::{evaluate_view, page_why, pick};
use crate::book::{Edit, EntryKey, Proposal, Value, Way};
use crate::catalogue::Looking;
use crate::scoring::{Decimal, Evaluation, Method, Warning};
use crate::wording::{Tell, message, sentences};

/// An evaluation being made.
pub struct Evaluate {
    pub(super) subject: Subject,
    pub(super) filling: Filling,
    pub(super) draft: Restored,
    /// What the layer above was asked for.
    asked: Asked,
    /// What is odd has been said once.
    warned: bool,
    place: Option<Position>,
}

/// What is evaluated.
pub struct Subject {
    /// The entry; none where a form saves it.
    pub entry: Option<EntryKey>,
    /// Its name.
    pub name: String,
    /// What a draft of it is of.
    pub sheet: Sheet,
}

/// What the layer above is asked for.
enum Asked {
    Method,
    Direct,
    /// Why the level changes.
    Why(Box<Evaluation>),
}

impl Evaluate {
    /// Of an entry; none where its register is not scored.
    pub fn entry(key: EntryKey, cx: &Cx) -> Option<Self> {
        let reading = cx.reading();
        let entry = reading.book.entry(key)?;
        let method = reading.method_of(entry)?;
        let name = format!("{} {}", reading.book.serial(key), reading.title(key));
        let sheet = filling_draft::sheet(key, cx)?;
        Some(Self::of(Subject { entry: Some(key), name, sheet }, method, reading.evaluation(entry), cx))
    }

    /// Of a subject by a method; goes on with a draft where there is one.
    pub fn of(subject: Subject, method: &Method, previous: Option<&Evaluation>, cx: &Cx) -> Self {
        let mut filling = Filling::new(method, previous, &cx.say("list-comma"));
        let draft = filling_draft::restore(&mut filling, &subject.sheet, cx);
        Self { subject, filling, draft, asked: Asked::Method, warned: false, place: None }
    }

    /// The methods that may judge it, those of the register's own rules first.
    fn methods<'a>(&self, cx: &'a Cx) -> Vec<&'a Method> {
        let definitions = cx.session.definitions();
        let register = definitions.register(&self.subject.sheet.register);
        let field = self.subject.sheet.field.as_ref().and_then(|id| register?.field(id));
        field.map(|field| definitions.methods_fit_for(field)).unwrap_or_default()
    }

    fn set(&mut self, value: Decimal) -> Outcome {
        self.filling.set(value).map_or_else(|error| Outcome::Say(Notice::wrong(&error)), |()| Outcome::Stay)
    }

    /// Takes the value that was typed into the factor under the cursor; nothing where none was typed.
    fn take_typed(&mut self) -> Option<Outcome> {
        let said = self.filling.typed.text().trim().to_owned();
        if said.is_empty() {
            return None;
        }
        if let Some(value) = self.filling.typing() {
            return Some(self.set(value));
        }
        let factor = self.filling.factor().map(|factor| factor.id.clone()).unwrap_or_default();
        let message = message!("evaluate-not-a-number", factor = factor, said = said);
        Some(Outcome::Say(Notice::refused(message)))
    }

    fn type_value(&mut self, c: char) -> Outcome {
        let Some(factor) = self.filling.factor() else { return Outcome::Stay };
        let by_digit = by_digit(factor);
        let letter = c.is_ascii_lowercase().then(|| usize::from(c as u8 - b'a'));
        let step = letter.and_then(|at| factor.scale.get(at)).map(|step| step.value);
        match (c, step) {
            (' ' | '\u{3000}', _) => self.take_typed().unwrap_or(Outcome::Stay),
            ('0'..='9', _) if by_digit && self.filling.typed.text().is_empty() => {
                self.set(Decimal::from(c.to_digit(10).unwrap_or(0)))
            }
            ('0'..='9' | '.', _) => {
                self.filling.typed.key(Key::plain(Code::Char(c)));
                Outcome::Stay
            }
            (_, Some(value)) if !by_digit => self.set(value),
            _ => Outcome::Stay,
        }
    }

    /// What is odd about it, said before it is saved all the same.
    fn odd(&self, warnings: &[Warning], cx: &Cx) -> Option<Notice> {
        let mut words: Vec<String> =
            warnings.iter().map(Warning::message).map(|what| cx.render(&what)).collect();
        if self.draft == Restored::Overtaken {
            words.push(cx.say("draft-overtaken"));
        }
        if words.is_empty() {
            return None;
        }
        let key = cx.desk.keymap.keys(self.scope(), Action::Save).into_iter().next().unwrap_or_default();
        Some(Notice::refused(message!("odd-save-again", what = sentences(&words), key = key)))
    }

    fn save(&mut self, warned: bool, cx: &mut Cx) -> Outcome {
        if let Some(outcome @ Outcome::Say(_)) = self.take_typed() {
            return outcome;
        }
        let (evaluation, warnings) = match self.filling.make(cx.today()) {
            Ok(made) => made,
            Err(error) => {
                self.filling.cursor = self.filling.row_of(&error);
                return Outcome::Say(Notice::wrong(&error));
            }
        };
        if let Some(odd) = self.odd(&warnings, cx).filter(|_| !warned) {
            self.warned = true;
            return Outcome::Say(odd);
        }
        let Some(entry) = self.subject.entry else {
            // Who asked forgets the draft when it is written there.
            self.keep_draft(cx);
            return Outcome::Answer(Answer::Evaluation(Box::new(evaluation)));
        };
        // What is taken off the list by hand has its reason already.
        let question = turned(self.filling.previous.as_ref(), &evaluation, cx);
        if let Some(question) = question.filter(|_| !self.filling.filled.released) {
            self.keep_draft(cx);
            self.asked = Asked::Why(Box::new(evaluation));
            return Outcome::Push(Box::new(Ask::text(question).kept(&self.subject.sheet, "why", cx)));
        }
        self.write(entry, evaluation, None, cx)
    }

    fn write(
        &mut self,
        entry: EntryKey,
        evaluation: Evaluation,
        why: Option<String>,
        cx: &mut Cx,
    ) -> Outcome {
        let Some(id) = self.subject.sheet.field.clone() else { return Outcome::Close };
        let fields = vec![(id, Some(Value::Evaluation(Box::new(evaluation))))];
        let edits = vec![Edit::Set { entry, fields }];
        let now = cx.now;
        match cx.session.commit(Proposal { way: Way::Screen, why, edits }, now) {
            Ok(commit) => {
                cx.desk.drafts.forget(&self.subject.sheet);
                Outcome::Saved(Notice::saved(&commit, cx), Some(entry))
            }
            Err(error) => Outcome::Say(Notice::wrong(&error)),
        }
    }

    fn move_by(&mut self, action: Action) -> Outcome {
        let at = self.filling.cursor;
        let to = if action == Action::Up { at.saturating_sub(1) } else { at + 1 };
        if let Some(outcome @ Outcome::Say(_)) = self.take_typed() {
            return outcome;
        }
        self.filling.cursor = to.min(self.filling.last_row());
        Outcome::Stay
    }
}

impl Layer for Evaluate {
    fn scope(&self) -> Scope {
        if self.filling.cursor >= self.filling.basis_row() { Scope::Form } else { Scope::Evaluate }
    }

    fn act(&mut self, action: Action, _count: Option<usize>, cx: &mut Cx) -> Outcome {
        let warned = std::mem::take(&mut self.warned);
        match action {
            Action::Up | Action::Down => return self.move_by(action),
            Action::Save => return self.save(warned, cx),
            Action::Back if !self.filling.typed.text().is_empty() => self.filling.typed.set(""),
            Action::Back => {
                self.keep_draft(cx);
                let kept = || Outcome::CloseSaying(Notice::said(message!("draft-kept")));
                return if self.filling.changed() { kept() } else { Outcome::Close };
            }
            Action::StepBack => self.filling.step_back(),
            Action::Residual => {
                self.filling.with_controls = !self.filling.with_controls;
                self.filling.cursor = 0;
                self.filling.typed.set("");
            }
            Action::OtherMethod => {
                self.asked = Asked::Method;
                return Outcome::Push(Box::new(pick::methods(self.methods(cx).into_iter(), cx)));
            }
            Action::Direct if self.filling.method.direct.is_empty() => {
                return Outcome::Say(Notice::said(message!("evaluate-no-direct")));
            }
            Action::Direct => {
                self.asked = Asked::Direct;
                return Outcome::Push(Box::new(pick::direct(&self.filling.method, cx)));
            }
            Action::Release if !self.filling.may_release(cx.today()) => {
                return Outcome::Say(Notice::said(message!("evaluate-nothing-to-release")));
            }
            Action::Release => self.filling.release(),
            // What stands is explained wherever it is looked at; what is filled in, only here.
            Action::Why => {
                let page = page_why::filled(&self.subject.name, &self.filling, cx);
                return page.map_or(Outcome::Pass, |page| Outcome::Push(Box::new(page)));
            }
            // What was saved elsewhere is not taken back from here.
            Action::Undo | Action::Redo => {
                let key = cx.desk.keymap.keys(self.scope(), Action::StepBack).into_iter().next();
                let key = key.unwrap_or_default();
                return Outcome::Say(Notice::said(message!("evaluate-undo", key = key)));
            }
            Action::Choose => self.filling.type_words(Key::plain(Code::Char(' '))),
            Action::Left => self.filling.type_words(Key::plain(Code::Left)),
            Action::Right => self.filling.type_words(Key::plain(Code::Right)),
            _ => return Outcome::Pass,
        }
        Outcome::Stay
    }

    fn key(&mut self, key: Key, _cx: &mut Cx) -> Outcome {
        self.warned = false;
        let next = (self.filling.cursor + 1).min(self.filling.last_row());
        if self.filling.words().is_some() {
            match key.code {
                Code::Enter => self.filling.cursor = next,
                _ => self.filling.type_words(key),
            }
            return Outcome::Stay;
        }
        match (key.code, key.typed()) {
            (Code::Enter, _) => {
                if let Some(outcome) = self.take_typed() {
                    return outcome;
                }
                self.filling.cursor = next;
            }
            (Code::Backspace, _) if self.filling.typed.text().is_empty() => self.filling.unset(),
            (Code::Backspace, _) => {
                self.filling.typed.key(key);
            }
            (_, Some(c)) => return self.type_value(c),
            _ => {}
        }
        Outcome::Stay
    }

    fn paste(&mut self, text: &str, _cx: &mut Cx) -> Outcome {
        if self.filling.words().is_some() {
            self.filling.note();
        }
        if let Some(editor) = self.filling.words() {
            editor.paste(text);
        }
        Outcome::Stay
    }

    fn answered(&mut self, answer: Answer, cx: &mut Cx) -> Outcome {
        match (std::mem::replace(&mut self.asked, Asked::Method), answer) {
            (Asked::Method, Answer::Picked(at)) => {
                if let Some(method) = self.methods(cx).get(at) {
                    self.filling.switch(method, &cx.say("list-comma"));
                }
            }
            (Asked::Direct, Answer::Picked(at)) => self.filling.judge(at),
            (Asked::Why(evaluation), Answer::Text(why)) => {
                if let Some(entry) = self.subject.entry {
                    return self.write(entry, *evaluation, Some(why), cx);
                }
            }
            _ => {}
        }
        Outcome::Stay
    }

    fn draw(&mut self, buffer: &mut Buffer, area: Rect, cx: &Cx) {
        self.place = evaluate_view::draw(self, buffer, area, cx);
    }

    fn cursor(&self) -> Option<Position> {
        self.place
    }

    fn counts(&self) -> bool {
        false
    }

    fn looking(&self, _cx: &Cx) -> Looking {
        self.subject.entry.map(Looking::at).unwrap_or_default()
    }

    fn hints(&self, cx: &Cx) -> Vec<Action> {
        let mut hints = vec![Action::Save];
        hints.extend(self.filling.may_release(cx.today()).then_some(Action::Release));
        hints.extend([Action::Down, Action::Residual]);
        hints.extend((!self.filling.method.direct.is_empty()).then_some(Action::Direct));
        hints.extend([Action::OtherMethod, Action::StepBack, Action::Back]);
        hints
    }

    fn keep_draft(&mut self, cx: &mut Cx) {
        filling_draft::keep(&self.filling, &self.subject.sheet, cx);
    }
}
