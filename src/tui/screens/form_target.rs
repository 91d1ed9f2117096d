//! What a form is of: a new entry, a copy, an entry, one cell, many; and the draft of it.

use super::super::draft::{DraftField, Sheet};
use super::super::layer::Cx;
use super::form::Form;
use super::form_field::{Bulk, FormField, Way};
use crate::book::{Cell, Date, Entry, EntryKey, Value};
use crate::definition::Kind;
use crate::wording::message;

/// What saving changes.
#[derive(Clone)]
pub(super) enum Target {
    /// A new entry.
    New,
    /// A new entry that began with some values, because of what these words name: its drafts are its own.
    From(String, Vec<(String, Value)>),
    /// A new entry that began as a copy.
    Copy(EntryKey),
    /// An entry.
    Entry(EntryKey),
    /// One field of an entry.
    Cell(EntryKey),
    /// One field of several.
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

    /// The same with some values in it already, because of what `origin` names.
    pub fn filled(register: &str, origin: &str, values: &[(String, Value)], cx: &Cx) -> Option<Self> {
        let reading = cx.reading();
        let defined = reading.definitions.register(register)?;
        let fields = defined.fields.iter().map(|field| {
            let given = values.iter().find(|(id, _)| *id == field.id).map(|(_, value)| value.clone());
            let usual = || reading.enter(field, field.default.as_deref()?, cx.today()).ok().flatten();
            let start = given.or_else(usual);
            FormField::new(field, None, start, cx)
        });
        let fields: Vec<FormField> = fields.collect();
        let begun = fields.iter().filter_map(|field| Some((field.field.id.clone(), field.value.clone()?)));
        let target = Target::From(origin.to_owned(), begun.collect());
        Some(Self::with(target, register, fields, cx))
    }

    /// A new entry that a draft is of.
    pub fn again(sheet: &Sheet, cx: &Cx) -> Option<Self> {
        match sheet.others.first() {
            Some(origin) => Self::filled(&sheet.register, origin, &[], cx),
            None => Self::add(&sheet.register, cx),
        }
    }

    /// Whether a new entry holds no more than it began with.
    pub(super) fn is_as_begun(&self, cx: &Cx) -> bool {
        let Target::From(_, begun) = &self.target else { return false };
        let value = |id: &str| begun.iter().find(|(known, _)| known == id).map(|(_, value)| value);
        self.fields.iter().all(|field| field.holds(value(&field.field.id), cx))
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
            let kept = register.features.kept.as_ref().is_some_and(|kept| kept.has(&field.id));
            let again = register.features.again.as_ref();
            let fresh = again.is_some_and(|again| again.fresh.contains(&field.id));
            let value = match again.filter(|again| again.day == field.id) {
                // As exact as it was: a month stays a month.
                Some(_) => Some(Value::Date(match reading.book.value(entry, &field.id) {
                    Some(Value::Date(before)) => before.like(cx.today()),
                    _ => Date::day(cx.today()),
                })),
                None if judged || kept || fresh => None,
                None => reading.book.value(entry, &field.id),
            };
            FormField::new(field, value.clone(), value, cx)
        });
        Some(Self::with(Target::Copy(key), &register.id, fields.collect(), cx))
    }

    /// A whole entry.
    pub fn edit(key: EntryKey, cx: &Cx) -> Option<Self> {
        Self::edit_towards(key, &[], cx)
    }

    /// A whole entry with some values already changed, not yet saved.
    pub fn edit_towards(key: EntryKey, values: &[(&str, Value)], cx: &Cx) -> Option<Self> {
        let reading = cx.reading();
        let entry = reading.book.entry(key)?;
        let register = reading.register(entry)?;
        let fields = register.fields.iter().map(|field| {
            let value = reading.book.value(entry, &field.id);
            let now = values.iter().find(|(id, _)| *id == field.id).map(|(_, value)| value.clone());
            FormField::new(field, value.clone(), now.or(value), cx)
        });
        Some(Self::with(Target::Entry(key), &register.id, fields.collect(), cx))
    }

    /// The same with the cursor on a field.
    #[must_use]
    pub fn at(mut self, field: &str) -> Self {
        let found = self.fields.iter().position(|known| known.field.id == field);
        self.cursor = found.unwrap_or(self.cursor);
        self
    }

    /// On this field, and in it on the line of a row.
    #[must_use]
    pub fn at_row(self, field: &str, row: Option<usize>) -> Self {
        let mut form = self.at(field);
        let at = form.cursor;
        if let (Some(row), Some(field)) = (row, form.fields.get_mut(at)) {
            field.editor.go_to_line(row);
        }
        form
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
        let entries: Option<Vec<&Entry>> = keys.iter().map(|key| reading.book.entry(*key)).collect();
        let entries = entries?;
        let register = reading.register(entries.first()?)?;
        let field = register.fields.get(index)?;
        if matches!(field.kind, Kind::Evaluation { .. } | Kind::Files) {
            return None;
        }
        // One entry shows what it holds.
        if let [key] = keys {
            return Self::cell(*key, index, cx);
        }
        let holds = |entry: &&&Entry| !matches!(reading.book.cell(entry, &field.id), Cell::Empty);
        let bulk = Bulk { held: entries.iter().filter(holds).count(), clear: false };
        let mut field = FormField::new(field, None, None, cx);
        field.bulk = Some(bulk);
        Some(Self::with(Target::Many(keys.to_vec()), &register.id, vec![field], cx))
    }

    /// A form with a draft of it brought back, where there is one.
    fn with(target: Target, register: &str, mut fields: Vec<FormField>, cx: &Cx) -> Self {
        // What only the program writes has no place to type; what it wrote is there to be read.
        let register_of = cx.session.definitions().register(register);
        if let Some(kept) = register_of.and_then(|register| register.features.kept.as_ref())
            && fields.len() > 1
        {
            fields.retain(|field| !kept.has(&field.field.id) || field.original.is_some());
        }
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
        form.restore(cx);
        form
    }

    /// What a draft of it is of.
    pub(super) fn sheet(&self, cx: &Cx) -> Sheet {
        let serial = |key: &EntryKey| cx.session.book().serial(*key).to_owned();
        let keys = match &self.target {
            Target::New | Target::From(..) => &[],
            Target::Copy(key) | Target::Entry(key) | Target::Cell(key) => std::slice::from_ref(key),
            Target::Many(keys) => keys.as_slice(),
        };
        let one = matches!(self.target, Target::Cell(_) | Target::Many(_));
        let field = self.fields.first().filter(|_| one).map(|field| field.field.id.clone());
        let origin = if let Target::From(origin, _) = &self.target { Some(origin.clone()) } else { None };
        Sheet {
            register: self.register.clone(),
            entry: keys.first().map(serial),
            others: keys.iter().skip(1).map(serial).chain(origin).collect(),
            copy: matches!(self.target, Target::Copy(_)),
            field,
        }
    }

    /// Brings a draft of it back, where there is one; each field is one step to go back.
    pub(super) fn restore(&mut self, cx: &Cx) {
        let whole = Sheet { field: None, ..self.sheet(cx) };
        let sheets = match &self.target {
            // What was typed into one cell goes on in the whole form, and the other way round.
            Target::Entry(_) => std::iter::once(whole).chain(self.cell_sheets(cx)).collect(),
            Target::Cell(_) => vec![whole, self.sheet(cx)],
            _ => vec![self.sheet(cx)],
        };
        let mut drafts = cx.desk.drafts.of_book();
        drafts.retain(|draft| sheets.contains(&draft.sheet));
        drafts.sort_by_key(|draft| draft.sheet.field.is_some());
        for DraftField { id, typed, over } in drafts.into_iter().flat_map(|draft| draft.fields) {
            let Some(at) = self.fields.iter().position(|field| field.field.id == id) else { continue };
            let Some(field) = self.fields.get_mut(at) else { continue };
            self.before.push((at, field.clone()));
            let since = serde_json::to_value(&field.original).is_ok_and(|now| now != over);
            match (typed.as_str(), serde_json::from_value::<Option<Value>>(typed.clone())) {
                (Some(words), _) => field.editor.set(words),
                (None, value) => field.put(value.ok().flatten(), cx),
            }
            field.clear(field.is_blank());
            if since {
                let now = field.original.as_ref().map(|value| cx.reading().value(&field.field, value));
                field.overtaken = Some(message!("draft-overtaken-by", value = now.unwrap_or_default()));
            }
            self.restored = true;
        }
    }

    /// What drafts of its cells alone are of, where it is of a whole entry. Evaluations are drafts of their own.
    fn cell_sheets(&self, cx: &Cx) -> Vec<Sheet> {
        let fields = self.fields.iter().filter(|field| field.way() != Way::Evaluating);
        let fields = fields.filter(|_| matches!(self.target, Target::Entry(_)));
        fields.map(|field| Sheet { field: Some(field.field.id.clone()), ..self.sheet(cx) }).collect()
    }

    /// Forgets what is in its hands now, kept before: drafts of its cells, its field in that of the whole entry.
    fn forget_parts(&self, cx: &Cx) {
        cx.desk.drafts.forget_all(&self.cell_sheets(cx));
        let sheet = self.sheet(cx);
        if let (Target::Cell(_), Some(id)) = (&self.target, &sheet.field) {
            cx.desk.drafts.forget_field(&Sheet { field: None, ..sheet.clone() }, id);
        }
    }

    /// Keeps what was typed; where nothing is other than it was, nothing is kept.
    pub(super) fn keep(&self, cx: &Cx) {
        self.forget_parts(cx);
        let sheet = self.sheet(cx);
        // Words as they are typed: half a date is not read before its end.
        let typed = |field: &FormField| match field.way() {
            _ if field.bulk.is_some_and(|bulk| bulk.clear) => serde_json::Value::Null,
            Way::Words => serde_json::Value::from(field.editor.text()),
            _ => serde_json::to_value(&field.value).unwrap_or_default(),
        };
        let draft = |field: &FormField| DraftField {
            id: field.field.id.clone(),
            typed: typed(field),
            over: serde_json::to_value(&field.original).unwrap_or_default(),
        };
        let changed = self.fields.iter().filter(|field| field.changed() || field.error.is_some());
        let fields: Vec<DraftField> = changed.map(draft).collect();
        if fields.is_empty() || self.is_as_begun(cx) {
            return cx.desk.drafts.forget(&sheet);
        }
        cx.desk.drafts.keep(sheet, cx.now.timestamp(), fields);
    }

    /// Forgets the drafts of it: it was saved.
    pub(super) fn forget_draft(&mut self, cx: &Cx) {
        self.forget_parts(cx);
        let sheet = self.sheet(cx);
        let evaluating = self.fields.iter().find(|field| field.way() == Way::Evaluating);
        if let Some(field) = evaluating {
            cx.desk.drafts.forget(&Sheet { field: Some(field.field.id.clone()), ..sheet.clone() });
        }
        cx.desk.drafts.forget(&sheet);
        for field in &mut self.fields {
            field.original.clone_from(&field.value);
        }
    }
}
