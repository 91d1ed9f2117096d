//! Evaluating: the verdict moves with the keys.
//!
//! One key a factor. A scale whose values are not 1, 2, 3 … offers letters in the order shown, or the value
//! typed and confirmed; a digit never means another number than itself.

use std::collections::BTreeMap;

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};
use serde::{Deserialize, Serialize};

use super::super::action::{Action, Scope};
use super::super::draft::Sheet;
use super::super::edit::Editor;
use super::super::layer::{Answer, Cx, Layer, Outcome};
use super::super::notice::Notice;
use super::super::terminal::{Code, Key};
use super::{evaluate_view, pick};
use crate::book::{Edit, EntryKey, Proposal, Value, Way};
use crate::scoring::{
    Decimal, Evaluation, Factor, Factors, Given, Judgement, Method, Rule, ScoringError, Warning,
};
use crate::wording::{Tell, message};

/// An evaluation being made.
pub struct Evaluate {
    pub(super) subject: Subject,
    pub(super) method: Method,
    pub(super) previous: Option<Evaluation>,
    pub(super) filled: Filled,
    /// What was filled in before each key that changed it, and where the cursor was.
    before: Vec<(Filled, usize)>,
    /// What was filled in under other methods.
    others: BTreeMap<String, Filled>,
    /// Whether the residual is being given.
    pub(super) with_controls: bool,
    /// A value being typed.
    pub(super) typed: Editor,
    pub(super) cursor: usize,
    /// What is odd has been said once.
    warned: bool,
    pub(super) restored: bool,
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

/// What a person fills in.
#[derive(Clone, PartialEq, Default)]
pub(super) struct Filled {
    pub initial: Factors,
    pub residual: Factors,
    pub direct: Option<String>,
    pub released: bool,
    pub basis: Editor,
    pub by: Editor,
}

/// What a draft keeps.
#[derive(Serialize, Deserialize)]
struct Kept {
    method: String,
    initial: Factors,
    residual: Factors,
    direct: Option<String>,
    released: bool,
    basis: String,
    by: String,
}

impl Filled {
    /// What stands in the evaluation before, where it was by the same method.
    fn from(method: &Method, previous: Option<&Evaluation>, cx: &Cx) -> Self {
        let same = previous.filter(|previous| previous.method == method.id);
        let residual = same.and_then(|same| same.residual.as_ref()).map(|residual| residual.factors.clone());
        let by = previous.map(|previous| previous.occasion.by.join(&cx.say("list-comma")));
        Self {
            initial: same.map(|same| same.factors.clone()).unwrap_or_default(),
            residual: residual.unwrap_or_default(),
            direct: same.and_then(|same| same.direct.clone()),
            released: false,
            basis: Editor::new(previous.map_or("", |previous| &previous.occasion.basis), false),
            by: Editor::new(&by.unwrap_or_default(), false),
        }
    }
}

impl Evaluate {
    /// Of an entry; none where its register is not scored.
    pub fn entry(key: EntryKey, cx: &Cx) -> Option<Self> {
        let reading = cx.reading();
        let entry = reading.book.entry(key)?;
        let method = reading.method_of(entry)?;
        let serial = reading.book.serial(key).to_owned();
        let name = format!("{serial} {}", reading.title(key));
        let register = reading.register(entry)?;
        let field = register.evaluation().map(|(_, field)| field.id.clone());
        let sheet = Sheet { register: register.id.clone(), entry: Some(serial), copy: false, field };
        Some(Self::of(Subject { entry: Some(key), name, sheet }, method, reading.evaluation(entry), cx))
    }

    /// Of a subject by a method; goes on with a draft where there is one.
    pub fn of(subject: Subject, method: &Method, previous: Option<&Evaluation>, cx: &Cx) -> Self {
        let mut made = Self {
            method: method.clone(),
            previous: previous.cloned(),
            filled: Filled::from(method, previous, cx),
            before: Vec::new(),
            others: BTreeMap::new(),
            with_controls: false,
            typed: Editor::default(),
            cursor: 0,
            warned: false,
            restored: false,
            place: None,
            subject,
        };
        made.restore(cx);
        made
    }

    fn restore(&mut self, cx: &Cx) {
        let draft = cx.desk.drafts.find(&self.subject.sheet);
        let kept = draft.and_then(|draft| draft.fields.into_iter().next());
        let Some(kept) = kept.and_then(|(_, json)| serde_json::from_value::<Kept>(json).ok()) else { return };
        let Some(method) = cx.session.definitions().methods().get(&kept.method) else { return };
        self.note();
        self.method = method.clone();
        self.filled = Filled {
            initial: kept.initial,
            residual: kept.residual,
            direct: kept.direct,
            released: kept.released,
            basis: Editor::new(&kept.basis, false),
            by: Editor::new(&kept.by, false),
        };
        self.restored = true;
    }

    /// Notes what is filled in before a key changes it.
    fn note(&mut self) {
        self.before.push((self.filled.clone(), self.cursor));
    }

    fn changed(&self) -> bool {
        self.before.first().is_some_and(|(first, _)| *first != self.filled)
    }

    pub(super) fn factors(&self) -> &Factors {
        if self.with_controls { &self.filled.residual } else { &self.filled.initial }
    }

    fn factor(&self) -> Option<&Factor> {
        self.method.factors.get(self.cursor)
    }

    /// Gives the factor under the cursor a value and goes on to the next; a value that means nothing stays
    /// typed and says so.
    fn set(&mut self, value: Decimal) -> Outcome {
        let Some(factor) = self.factor() else { return Outcome::Stay };
        if let Err(error) = factor.judge(value) {
            return Outcome::Say(Notice::wrong(&error));
        }
        let id = factor.id.clone();
        self.note();
        let factors = if self.with_controls { &mut self.filled.residual } else { &mut self.filled.initial };
        factors.insert(id, value);
        self.filled.direct = None;
        self.typed.set("");
        self.cursor += 1;
        Outcome::Stay
    }

    /// Rows: the factors, what it rests on, who took part.
    fn last(&self) -> usize {
        self.method.factors.len() + 1
    }

    fn on_words(&mut self) -> Option<&mut Editor> {
        match self.cursor.checked_sub(self.method.factors.len()) {
            Some(0) => Some(&mut self.filled.basis),
            Some(_) => Some(&mut self.filled.by),
            None => None,
        }
    }

    fn type_words(&mut self, key: Key) {
        self.note();
        if let Some(editor) = self.on_words() {
            editor.key(key);
        }
        // A key that changed nothing is nothing to step back over.
        if self.before.last().is_some_and(|(before, _)| *before == self.filled) {
            self.before.pop();
        }
    }

    pub(super) fn make(&self, cx: &Cx) -> Result<(Evaluation, Vec<Warning>), ScoringError> {
        let filled = &self.filled;
        let given = Given { factors: filled.initial.clone(), direct: filled.direct.clone() };
        let names = filled.by.text().split([',', '，', '、', ';']).map(|name| name.trim().to_owned());
        let judgement = Judgement {
            by: names.filter(|name| !name.is_empty()).collect(),
            on: cx.today(),
            basis: filled.basis.text().trim().to_owned(),
            residual: (!filled.residual.is_empty()).then(|| filled.residual.clone()),
            released: filled.released,
        };
        Evaluation::make(&self.method, given, judgement, self.previous.as_ref())
    }

    fn save(&mut self, warned: bool, cx: &mut Cx) -> Outcome {
        if let Some(outcome @ Outcome::Say(_)) = self.take_typed() {
            return outcome;
        }
        let (evaluation, warnings) = match self.make(cx) {
            Ok(made) => made,
            Err(error) => {
                self.cursor = self.place_of(&error);
                return Outcome::Say(Notice::wrong(&error));
            }
        };
        if !warnings.is_empty() && !warned {
            self.warned = true;
            let words: Vec<String> = warnings.iter().map(|warning| cx.render(&warning.message())).collect();
            let key = cx.desk.keymap.keys(self.scope(), Action::Save).into_iter().next();
            let (what, key) = (words.join(" "), key.unwrap_or_default());
            let message = message!("evaluate-odd", what = what, key = key);
            return Outcome::Say(Notice { message, wrong: true });
        }
        let Some(entry) = self.subject.entry else {
            cx.desk.drafts.forget(&self.subject.sheet);
            return Outcome::Answer(Answer::Evaluation(Box::new(evaluation)));
        };
        let book = cx.session.book();
        let register = book.entry(entry).and_then(|entry| cx.reading().register(entry));
        let Some((_, field)) = register.and_then(|register| register.evaluation()) else {
            return Outcome::Close;
        };
        let fields = vec![(field.id.clone(), Some(Value::Evaluation(Box::new(evaluation))))];
        let edits = vec![Edit::Set { entry, fields }];
        let now = cx.now;
        match cx.session.commit(Proposal { way: Way::Screen, why: None, edits }, now) {
            Ok(commit) => {
                cx.desk.drafts.forget(&self.subject.sheet);
                let serial = commit.changes.first().map(|change| change.serial.clone()).unwrap_or_default();
                let saved = message!("saved-entry", serial = serial, count = 1_usize, seq = commit.seq);
                Outcome::CloseSaying(Notice::said(saved))
            }
            Err(error) => Outcome::Say(Notice::wrong(&error)),
        }
    }

    /// The row in which a mistake is mended.
    fn place_of(&self, error: &ScoringError) -> usize {
        let factors = &self.method.factors;
        match error {
            ScoringError::Missing(missing) => {
                factors.iter().position(|factor| missing.contains(&factor.id)).unwrap_or(0)
            }
            ScoringError::ReleaseWithoutReason => factors.len(),
            _ => self.cursor,
        }
    }

    /// Whether the values are 1, 2, 3 … so that a digit can be pressed for them.
    pub(super) fn by_digit(factor: &Factor) -> bool {
        factor.scale.iter().all(|step| step.value.is_integer() && step.value < Decimal::TEN)
    }

    /// Takes the value that was typed into the factor under the cursor; nothing where none was typed.
    fn take_typed(&mut self) -> Option<Outcome> {
        let said: String = self.typed.text().chars().map(crate::text::narrow).collect();
        if said.trim().is_empty() {
            return None;
        }
        if let Ok(value) = said.trim().parse() {
            return Some(self.set(value));
        }
        let factor = self.factor().map(|factor| factor.id.clone()).unwrap_or_default();
        let message = message!("evaluate-not-a-number", factor = factor, said = said);
        Some(Outcome::Say(Notice { message, wrong: true }))
    }

    fn type_value(&mut self, c: char) -> Outcome {
        let Some(factor) = self.factor() else { return Outcome::Stay };
        let by_digit = Self::by_digit(factor);
        let letter = c.is_ascii_lowercase().then(|| usize::from(c as u8 - b'a'));
        let step = letter.and_then(|at| factor.scale.get(at)).map(|step| step.value);
        match (c, step) {
            ('0'..='9', _) if by_digit && self.typed.text().is_empty() => {
                self.set(Decimal::from(c.to_digit(10).unwrap_or(0)))
            }
            ('0'..='9' | '.', _) => {
                self.typed.key(Key::plain(Code::Char(c)));
                Outcome::Stay
            }
            (_, Some(value)) if !by_digit => self.set(value),
            _ => Outcome::Stay,
        }
    }

    /// Goes on by another method; what was filled in under this one comes back with it.
    fn switch(&mut self, method: &Method, cx: &Cx) {
        if method.id == self.method.id {
            return;
        }
        let (basis, by) = (self.filled.basis.clone(), self.filled.by.clone());
        let known = self.others.remove(&method.id);
        let next = known.unwrap_or_else(|| Filled::from(method, self.previous.as_ref(), cx));
        let left = std::mem::replace(&mut self.filled, Filled { basis, by, ..next });
        let left = (std::mem::replace(&mut self.method, method.clone()).id, left);
        self.others.insert(left.0, left.1);
        self.before.clear();
        (self.cursor, self.with_controls) = (0, false);
        self.typed.set("");
    }

    /// The next direct judgement, after the last none.
    fn next_direct(&mut self) {
        let deciding = self.method.direct.iter().filter(|direct| direct.band.is_some());
        let codes: Vec<String> = deciding.map(|direct| direct.code.clone()).collect();
        let at = self.filled.direct.as_ref().and_then(|code| codes.iter().position(|known| known == code));
        self.note();
        self.filled.direct = codes.get(at.map_or(0, |at| at + 1)).cloned();
        if self.filled.direct.is_some() {
            self.filled.initial.clear();
        }
    }

    /// Takes it off the list, or leaves it there again: the cursor goes to the reason.
    fn release(&mut self, cx: &Cx) -> Outcome {
        let kept = self.make(cx).is_ok_and(|(evaluation, _)| evaluation.rule == Rule::Kept);
        if !kept && !self.filled.released {
            return Outcome::Say(Notice::said(message!("evaluate-nothing-to-release")));
        }
        self.note();
        self.filled.released = !self.filled.released;
        if self.filled.released {
            let old = self.previous.as_ref().map(|previous| previous.occasion.basis.as_str());
            if old == Some(self.filled.basis.text()) {
                self.filled.basis.set("");
            }
            self.cursor = self.method.factors.len();
        }
        Outcome::Stay
    }
}

impl Layer for Evaluate {
    fn scope(&self) -> Scope {
        if self.cursor >= self.method.factors.len() { Scope::Form } else { Scope::Evaluate }
    }

    fn act(&mut self, action: Action, _count: Option<usize>, cx: &mut Cx) -> Outcome {
        let warned = std::mem::take(&mut self.warned);
        match action {
            Action::Up | Action::Down => {
                let to = if action == Action::Up { self.cursor.saturating_sub(1) } else { self.cursor + 1 };
                if let Some(outcome @ Outcome::Say(_)) = self.take_typed() {
                    return outcome;
                }
                self.cursor = to.min(self.last());
            }
            Action::Save => return self.save(warned, cx),
            Action::Back if !self.typed.text().is_empty() => self.typed.set(""),
            Action::Back => {
                self.keep_draft(cx);
                let kept = || Outcome::CloseSaying(Notice::said(message!("draft-kept")));
                return if self.changed() { kept() } else { Outcome::Close };
            }
            Action::StepBack => {
                if let Some((filled, cursor)) = self.before.pop() {
                    (self.filled, self.cursor) = (filled, cursor);
                }
            }
            Action::Residual => {
                self.with_controls = !self.with_controls;
                self.cursor = 0;
                self.typed.set("");
            }
            Action::OtherMethod => {
                let methods = cx.session.definitions().methods();
                return Outcome::Push(Box::new(pick::methods(methods.newest(), cx)));
            }
            Action::Direct if self.method.direct.is_empty() => {
                return Outcome::Say(Notice::said(message!("evaluate-no-direct")));
            }
            Action::Direct => self.next_direct(),
            Action::Release => return self.release(cx),
            Action::Choose => self.type_words(Key::plain(Code::Char(' '))),
            Action::Left => self.type_words(Key::plain(Code::Left)),
            Action::Right => self.type_words(Key::plain(Code::Right)),
            _ => return Outcome::Pass,
        }
        Outcome::Stay
    }

    fn key(&mut self, key: Key, _cx: &mut Cx) -> Outcome {
        self.warned = false;
        if self.on_words().is_some() {
            if key.code == Code::Enter {
                self.cursor = (self.cursor + 1).min(self.last());
            } else {
                self.type_words(key);
            }
            return Outcome::Stay;
        }
        match (key.code, key.typed()) {
            (Code::Enter, _) => self.take_typed().unwrap_or_else(|| {
                self.cursor += 1;
                Outcome::Stay
            }),
            (Code::Backspace, _) => {
                self.typed.key(key);
                Outcome::Stay
            }
            (_, Some(c)) => self.type_value(c),
            _ => Outcome::Stay,
        }
    }

    fn paste(&mut self, text: &str, _cx: &mut Cx) -> Outcome {
        self.note();
        if let Some(editor) = self.on_words() {
            editor.paste(text);
        }
        Outcome::Stay
    }

    fn answered(&mut self, answer: Answer, cx: &mut Cx) -> Outcome {
        if let Answer::Picked(at) = answer
            && let Some(method) = cx.session.definitions().methods().newest().nth(at)
        {
            let method = method.clone();
            self.switch(&method, cx);
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

    fn hints(&self, cx: &Cx) -> Vec<Action> {
        let mut hints = vec![Action::Save, Action::Down, Action::Residual];
        let kept = self.make(cx).is_ok_and(|(evaluation, _)| evaluation.rule == Rule::Kept);
        if kept || self.filled.released {
            hints.insert(1, Action::Release);
        }
        if !self.method.direct.is_empty() {
            hints.push(Action::Direct);
        }
        hints.extend([Action::OtherMethod, Action::StepBack, Action::Back]);
        hints
    }

    fn keep_draft(&mut self, cx: &mut Cx) {
        if !self.changed() {
            return cx.desk.drafts.forget(&self.subject.sheet);
        }
        let filled = self.filled.clone();
        let kept = Kept {
            method: self.method.id.clone(),
            initial: filled.initial,
            residual: filled.residual,
            direct: filled.direct,
            released: filled.released,
            basis: filled.basis.text().to_owned(),
            by: filled.by.text().to_owned(),
        };
        let json = serde_json::to_value(kept).unwrap_or_default();
        let at = cx.now.timestamp();
        cx.desk.drafts.keep(self.subject.sheet.clone(), at, vec![("evaluation".to_owned(), json)]);
    }
}
