//! The form: a new entry, a whole entry, one cell, or one field of many entries.

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};

use super::super::action::{Action, Scope};
use super::super::draft::{DraftField, Sheet};
use super::super::layer::{Answer, Cx, Layer, Outcome};
use super::super::notice::Notice;
use super::super::paint::{Painter, title};
use super::super::terminal::{Code, Key};
use super::super::theme::Role;
use super::evaluate::{Evaluate, Subject};
use super::form_field::{FormField, Way};
use super::pick;
use crate::book::{Edit, EntryKey, Proposal, Value, Way as By};
use crate::definition::Kind;
use crate::wording::message;

/// A form.
pub struct Form {
    target: Target,
    register: String,
    fields: Vec<FormField>,
    cursor: usize,
    top: usize,
    before: Vec<(usize, FormField)>,
    place: Option<Position>,
    restored: bool,
}

/// What saving changes.
#[derive(Clone)]
enum Target {
    New,
    Copy(EntryKey),
    Entry(EntryKey),
    Cell(EntryKey),
    Many(Vec<EntryKey>),
}

impl Form {
    /// A new entry of a register.
    pub fn add(register: &str, cx: &Cx) -> Option<Self> {
        let reading = cx.reading();
        let defined = reading.definitions.register(register)?;
        let fields = defined.fields.iter().map(|field| {
            let default = field
                .default
                .as_deref()
                .and_then(|text| reading.enter(field, text, cx.today()).ok().flatten());
            FormField::new(field, default.clone(), default, cx)
        });
        Some(Self::with(Target::New, register, fields.collect(), cx))
    }

    /// The same with a name for the new entry, where none was typed before.
    #[must_use]
    pub fn with_title(mut self, title: &str, cx: &Cx) -> Self {
        let id = cx.session.definitions().register(&self.register).map(|register| &register.title_field().id);
        let field = self.fields.iter_mut().find(|field| Some(&field.field.id) == id);
        if let Some(field) = field.filter(|field| field.editor.text().is_empty()) {
            field.editor.set(title.trim());
            field.settle(cx);
        }
        self
    }

    /// A new entry like this one; what was judged about that one does not come along.
    pub fn copy(key: EntryKey, cx: &Cx) -> Option<Self> {
        let reading = cx.reading();
        let entry = reading.book.entry(key)?;
        let register = reading.register(entry)?;
        let fields = register.fields.iter().map(|field| {
            let judged = matches!(field.kind, Kind::Evaluation { .. } | Kind::Files);
            let value = if judged { None } else { reading.book.value(entry, &field.id) };
            FormField::new(field, value.clone(), value, cx)
        });
        Some(Self::with(Target::Copy(key), &register.id, fields.collect(), cx))
    }

    /// A whole entry.
    pub fn edit(key: EntryKey, cx: &Cx) -> Option<Self> {
        let reading = cx.reading();
        let entry = reading.book.entry(key)?;
        let register = reading.register(entry)?;
        let fields = register.fields.iter().map(|field| {
            let value = reading.book.value(entry, &field.id);
            FormField::new(field, value.clone(), value, cx)
        });
        Some(Self::with(Target::Entry(key), &register.id, fields.collect(), cx))
    }

    /// One field of an entry.
    pub fn cell(key: EntryKey, index: usize, cx: &Cx) -> Option<Self> {
        let reading = cx.reading();
        let entry = reading.book.entry(key)?;
        let register = reading.register(entry)?;
        let field = register.fields.get(index)?;
        let value = reading.book.value(entry, &field.id);
        let fields = vec![FormField::new(field, value.clone(), value, cx)];
        Some(Self::with(Target::Cell(key), &register.id, fields, cx))
    }

    /// One field of many entries.
    pub fn bulk(keys: &[EntryKey], index: usize, cx: &Cx) -> Option<Self> {
        let reading = cx.reading();
        let register = reading.register(reading.book.entry(*keys.first()?)?)?;
        let field = register.fields.get(index)?;
        if matches!(field.kind, Kind::Evaluation { .. } | Kind::Files) {
            return None;
        }
        let fields = vec![FormField::new(field, None, None, cx)];
        Some(Self::with(Target::Many(keys.to_vec()), &register.id, fields, cx))
    }

    /// A form with a draft of it brought back, where there is one.
    fn with(target: Target, register: &str, fields: Vec<FormField>, cx: &Cx) -> Self {
        let mut form = Self {
            target,
            register: register.to_owned(),
            fields,
            cursor: 0,
            top: 0,
            before: Vec::new(),
            place: None,
            restored: false,
        };
        let Some(draft) = form.sheet(cx).and_then(|sheet| cx.desk.drafts.find(&sheet)) else { return form };
        for DraftField { id, typed, over } in draft.fields {
            let Some(at) = form.fields.iter().position(|field| field.field.id == id) else { continue };
            let Some(field) = form.fields.get_mut(at) else { continue };
            form.before.push((at, field.clone()));
            let since = serde_json::to_value(&field.original).is_ok_and(|now| now != over);
            match serde_json::from_value::<Option<Value>>(typed.clone()) {
                Ok(value) => field.put(value, cx),
                // Words that could not be read yet.
                Err(_) => field.editor.set(typed.as_str().unwrap_or_default()),
            }
            if since {
                let now = field.original.as_ref().map(|value| cx.reading().value(&field.field, value));
                field.overtaken = Some(message!("draft-overtaken-by", value = now.unwrap_or_default()));
            }
            form.restored = true;
        }
        form
    }

    /// What a draft of it is of; none where none is kept.
    fn sheet(&self, cx: &Cx) -> Option<Sheet> {
        let serial = |key: EntryKey| Some(cx.session.book().serial(key).to_owned());
        let (entry, copy, field) = match &self.target {
            Target::New => (None, false, None),
            Target::Copy(key) => (serial(*key), true, None),
            Target::Entry(key) => (serial(*key), false, None),
            Target::Cell(key) => {
                (serial(*key), false, self.fields.first().map(|field| field.field.id.clone()))
            }
            Target::Many(_) => return None,
        };
        Some(Sheet { register: self.register.clone(), entry, copy, field })
    }

    fn heading(&self, cx: &Cx) -> String {
        let reading = cx.reading();
        let register = reading.definitions.register(&self.register);
        let name = register.map_or("", |register| register.name.get(cx.lang()));
        match &self.target {
            Target::New | Target::Copy(_) => cx.render(&message!("form-new", register = name)),
            Target::Entry(key) | Target::Cell(key) => {
                format!("{}  {}", reading.book.serial(*key), reading.title(*key))
            }
            Target::Many(keys) => cx.render(&message!("form-bulk", count = keys.len())),
        }
    }

    fn changes(&self) -> usize {
        self.fields.iter().filter(|field| field.changed()).count()
    }

    fn here(&mut self) -> Option<&mut FormField> {
        self.fields.get_mut(self.cursor)
    }

    /// Notes a field as it is before a key changes it.
    fn note(&mut self) {
        if let Some(field) = self.fields.get(self.cursor) {
            let same = self.before.last().is_some_and(|(at, noted)| {
                *at == self.cursor && noted.editor == field.editor && noted.value == field.value
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

    fn save(&mut self, cx: &mut Cx) -> Outcome {
        for field in &mut self.fields {
            field.settle(cx);
        }
        if let Some(wrong) = self.fields.iter().position(|field| field.error.is_some()) {
            self.cursor = wrong;
            let Some(field) = self.fields.get(wrong) else { return Outcome::Stay };
            let (name, what) = (field.field.name.clone(), field.error.clone());
            return what.map_or(Outcome::Stay, |what| {
                Outcome::Say(Notice::refused(message!("field-wrong", field = name, what = what)))
            });
        }
        // What somebody else wrote meanwhile is not written over without a word.
        if let Some(at) = self.fields.iter().position(|field| field.overtaken.is_some() && field.changed()) {
            self.cursor = at;
            let key = cx.desk.keymap.keys(Scope::Form, Action::Save).into_iter().next().unwrap_or_default();
            self.fields.iter_mut().for_each(|field| field.overtaken = None);
            let what = message!("odd-save-again", what = cx.say("draft-overtaken"), key = key);
            return Outcome::Say(Notice::refused(what));
        }
        let changed = || self.fields.iter().filter(|field| field.changed());
        let set = || changed().map(|field| (field.field.id.clone(), field.value.clone())).collect::<Vec<_>>();
        let edits = match &self.target {
            Target::New | Target::Copy(_) => {
                let fields = self
                    .fields
                    .iter()
                    .filter_map(|field| Some((field.field.id.clone(), field.value.clone()?)));
                vec![Edit::Add { register: self.register.clone(), fields: fields.collect() }]
            }
            Target::Entry(entry) | Target::Cell(entry) => vec![Edit::Set { entry: *entry, fields: set() }],
            Target::Many(keys) => {
                let fields: Vec<_> =
                    self.fields.iter().map(|field| (field.field.id.clone(), field.value.clone())).collect();
                keys.iter().map(|entry| Edit::Set { entry: *entry, fields: fields.clone() }).collect()
            }
        };
        if matches!(self.target, Target::Entry(_) | Target::Cell(_)) && self.changes() == 0 {
            self.forget_draft(cx);
            return Outcome::CloseSaying(Notice::said(message!("nothing-changed")));
        }
        let now = cx.now;
        match cx.session.commit(Proposal { way: By::Screen, why: None, edits }, now) {
            Ok(commit) => {
                self.forget_draft(cx);
                let entry = commit.changes.first().map(|change| change.entry);
                Outcome::Saved(Notice::saved(&commit, cx), entry)
            }
            // The form keeps what was typed; it can be saved again when the cause is gone.
            Err(error) => {
                self.keep_draft(cx);
                Outcome::Say(Notice::wrong(&error))
            }
        }
    }

    fn forget_draft(&mut self, cx: &Cx) {
        let Some(sheet) = self.sheet(cx) else { return };
        let evaluating = self.fields.iter().find(|field| field.way() == Way::Evaluating);
        if let Some(field) = evaluating {
            cx.desk.drafts.forget(&Sheet { field: Some(field.field.id.clone()), ..sheet.clone() });
        }
        cx.desk.drafts.forget(&sheet);
        for field in &mut self.fields {
            field.original.clone_from(&field.value);
        }
    }

    fn open_field(&mut self, typed: Option<char>, cx: &Cx) -> Outcome {
        let Some(field) = self.fields.get(self.cursor) else { return Outcome::Stay };
        match (&field.field.kind, field.way()) {
            (Kind::Links { to, many }, _) => {
                let taken = match &field.value {
                    Some(Value::Links(keys)) => keys.clone(),
                    _ => Vec::new(),
                };
                let mut pick = pick::entries(to, taken, *many, cx);
                if let Some(c) = typed {
                    pick.paste_text(&c.to_string());
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
                        let Some(sheet) = self.sheet(cx) else { return Outcome::Stay };
                        let sheet = Sheet { field: Some(field.field.id.clone()), ..sheet };
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
        let way = self.fields.get(self.cursor).map_or(Way::Nothing, FormField::way);
        match action {
            Action::Up => return self.go(self.cursor.saturating_sub(1), cx),
            Action::Down => return self.go(self.cursor + 1, cx),
            Action::PageUp => return self.go(self.cursor.saturating_sub(6), cx),
            Action::PageDown => return self.go(self.cursor + 6, cx),
            Action::Save => return self.save(cx),
            Action::StepBack => {
                if let Some((at, field)) = self.before.pop() {
                    self.cursor = at;
                    if let Some(place) = self.fields.get_mut(at) {
                        *place = field;
                    }
                }
            }
            Action::FieldHelp => {
                let help = self.fields.get(self.cursor).and_then(|field| field.field.help.clone());
                let what = match help {
                    Some(help) => message!("field-help", help = help),
                    None => message!("field-no-help"),
                };
                return Outcome::Say(Notice::help(what));
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
                let kept = self.changes() > 0 && !matches!(self.target, Target::Many(_));
                return if kept {
                    Outcome::CloseSaying(Notice::said(message!("draft-kept")))
                } else {
                    Outcome::Close
                };
            }
            Action::Choose | Action::Left | Action::Right => {
                self.note();
                let code = match action {
                    Action::Choose => Code::Char(' '),
                    Action::Left => Code::Left,
                    _ => Code::Right,
                };
                let Some(field) = self.here() else { return Outcome::Stay };
                match (way, action) {
                    (Way::Words, _) => {
                        field.editor.key(Key::plain(code));
                    }
                    (Way::Choosing, Action::Choose) => field.choose(cx),
                    (Way::Choosing, Action::Left) => field.move_caret(-1, cx),
                    (Way::Choosing, _) => field.move_caret(1, cx),
                    (_, Action::Choose) => return self.open_field(None, cx),
                    _ => {}
                }
            }
            _ => return Outcome::Pass,
        }
        Outcome::Stay
    }

    fn key(&mut self, key: Key, cx: &mut Cx) -> Outcome {
        let way = self.fields.get(self.cursor).map_or(Way::Nothing, FormField::way);
        let lines = self
            .fields
            .get(self.cursor)
            .is_some_and(|field| matches!(field.field.kind, Kind::Text { lines: true } | Kind::Rows(_)));
        match (way, key.code) {
            (Way::Picking | Way::Evaluating, Code::Enter) => self.open_field(None, cx),
            (Way::Words, Code::Enter) if lines => {
                self.note();
                if let Some(field) = self.here() {
                    field.key(key, cx);
                }
                Outcome::Stay
            }
            (_, Code::Enter) if self.fields.len() == 1 => self.save(cx),
            (_, Code::Enter) => self.go(self.cursor + 1, cx),
            (Way::Picking | Way::Choosing | Way::Evaluating, Code::Backspace | Code::Delete) => {
                self.note();
                if let Some(field) = self.here() {
                    field.put(None, cx);
                }
                Outcome::Stay
            }
            (Way::Picking, _) => match key.typed() {
                Some(c) => self.open_field(Some(c), cx),
                None => Outcome::Stay,
            },
            _ => {
                self.note();
                if let Some(field) = self.here() {
                    field.key(key, cx);
                }
                Outcome::Stay
            }
        }
    }

    fn paste(&mut self, text: &str, cx: &mut Cx) -> Outcome {
        self.note();
        if let Some(field) = self.here()
            && field.way() == Way::Words
        {
            field.editor.paste(text);
            field.settle(cx);
        }
        Outcome::Stay
    }

    fn answered(&mut self, answer: Answer, cx: &mut Cx) -> Outcome {
        let value = match answer {
            Answer::Entries(keys) => Value::Links(keys),
            Answer::Evaluation(evaluation) => Value::Evaluation(evaluation),
            _ => return Outcome::Stay,
        };
        if let Some(field) = self.here() {
            field.put(Some(value), cx);
        }
        self.go(self.cursor + 1, cx)
    }

    fn draw(&mut self, buffer: &mut Buffer, area: Rect, cx: &Cx) {
        let mut painter = Painter::new(buffer, area);
        let heading = self.heading(cx);
        let changed = self.changes();
        let state = match (self.restored, changed) {
            (true, _) => cx.say("draft-restored"),
            (false, 0) => String::new(),
            (false, count) => cx.render(&message!("form-changed", count = count)),
        };
        title(&mut painter, &heading, "", &state, cx);
        self.place = None;
        let room = area.height.saturating_sub(3);
        let height = |at: usize| {
            self.fields.get(at).map_or(0, |field| field.height(area.width, at == self.cursor, cx))
        };
        self.top = self.top.min(self.cursor);
        while self.top < self.cursor && (self.top..=self.cursor).map(height).sum::<u16>() > room {
            self.top += 1;
        }
        let mut y = 2;
        for (at, field) in self.fields.iter().enumerate().skip(self.top) {
            let rows = field.height(area.width, at == self.cursor, cx);
            if y + rows > area.height - 1 && at != self.cursor {
                break;
            }
            if at == self.cursor && matches!(field.way(), Way::Picking | Way::Evaluating) {
                painter.put(0, y, ">", cx.desk.theme.style(Role::Accent));
            }
            let place = field.draw(&mut painter, y, at == self.cursor, cx);
            self.place = self.place.or(place);
            y += rows;
        }
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

    fn keep_draft(&mut self, cx: &mut Cx) {
        let Some(sheet) = self.sheet(cx) else { return };
        for field in &mut self.fields {
            field.settle(cx);
        }
        let typed = |field: &FormField| match &field.error {
            Some(_) => serde_json::Value::from(field.editor.text()),
            None => serde_json::to_value(&field.value).unwrap_or_default(),
        };
        let changed = self.fields.iter().filter(|field| field.changed() || field.error.is_some());
        let draft = |field: &FormField| DraftField {
            id: field.field.id.clone(),
            typed: typed(field),
            over: serde_json::to_value(&field.original).unwrap_or_default(),
        };
        let fields: Vec<DraftField> = changed.map(draft).collect();
        if fields.is_empty() {
            return cx.desk.drafts.forget(&sheet);
        }
        cx.desk.drafts.keep(sheet, cx.now.timestamp(), fields);
    }
}
