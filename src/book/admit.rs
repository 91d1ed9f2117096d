//! Checking a proposal: the only door through which a change enters a book.

use std::collections::{BTreeMap, BTreeSet};

use chrono::Datelike;

use super::gate::passes;
use super::{
    Act, Book, Change, Commit, Edit, EntryKey, FieldChange, Origin, Plain, Proposal, Refusal, SERIAL, Value,
};
use crate::definition::{Definitions, Field, Kind, Register};
use crate::source::nearest;
use crate::text::{clean, shows_nothing};

/// The largest entry, in bytes of its JSON.
pub const LARGEST_ENTRY: usize = 60_000;
/// The longest serial, in characters: it stands in lists and is typed.
const LONGEST_SERIAL: usize = 60;

impl Book {
    /// Checks a proposal against this book and makes it the next commit: keys and serials are given,
    /// the present values noted. The book itself does not change.
    pub fn admit(
        &self,
        proposal: Proposal,
        definitions: &Definitions,
        origin: Origin,
    ) -> Result<Commit, Refusal> {
        let mut desk = Desk {
            book: self,
            definitions,
            year: origin.local().year(),
            next: self.next_key(),
            given: BTreeMap::new(),
            taken: BTreeSet::new(),
            new: BTreeMap::new(),
        };
        let mut changes = Vec::new();
        let mut touched = BTreeSet::new();
        for edit in proposal.edits {
            if let Some(change) = desk.change(edit)? {
                if !touched.insert(change.entry) {
                    return Err(Refusal::Twice(change.serial));
                }
                changes.push(change);
            }
        }
        if changes.is_empty() {
            return Err(Refusal::NothingChanged);
        }
        Ok(Commit {
            seq: self.seq + 1,
            clock_went_back: origin.utc.timestamp() < self.last_utc,
            origin,
            way: proposal.way,
            why: proposal.why.filter(|why| !shows_nothing(why)),
            definitions: definitions.hash().to_owned(),
            changes,
        })
    }
}

/// What is known while one proposal is worked through.
struct Desk<'a> {
    book: &'a Book,
    definitions: &'a Definitions,
    year: i32,
    next: EntryKey,
    /// The highest counter of each series, once looked up.
    given: BTreeMap<String, u32>,
    /// Serials that this proposal uses.
    taken: BTreeSet<String>,
    /// Entries that this proposal adds, with their registers; later ones may link to them.
    new: BTreeMap<EntryKey, String>,
}

impl<'a> Desk<'a> {
    fn change(&mut self, edit: Edit) -> Result<Option<Change>, Refusal> {
        match edit {
            Edit::Add { register, fields } => self.add(&register, fields).map(Some),
            Edit::Set { entry, fields } => self.set(entry, fields),
            Edit::Delete { entry } => self.delete(entry).map(Some),
            Edit::Restore { entry, fields } => self.restore(entry, fields).map(Some),
        }
    }

    fn add(&mut self, register: &str, fields: Vec<(String, Value)>) -> Result<Change, Refusal> {
        let register = self.register(register)?;
        let mut fields: Vec<_> = fields.into_iter().map(|(id, value)| (id, Some(value))).collect();
        let serial = match fields.iter().position(|(id, _)| id == SERIAL).map(|at| fields.swap_remove(at)) {
            Some((_, Some(Value::Text(serial)))) if !serial.trim().is_empty() => {
                self.free_serial(serial.trim(), None)?
            }
            _ => {
                let year = dated(register, &fields).unwrap_or(self.year);
                self.next_serial(register, year)
            }
        };
        let entry = self.next;
        self.next = EntryKey(entry.0 + 1);
        self.new.insert(entry, register.id.clone());
        let changed = self.checked(register, fields, &BTreeMap::new())?;
        Self::title_stands(register, &changed, None)?;
        small_enough(&changed)?;
        let whole = changed.iter().filter_map(|change| Some((change.field.clone(), change.to.clone()?)));
        passes(register, &changed, &whole.collect())?;
        Ok(Change { entry, register: register.id.clone(), serial, act: Act::Add, fields: changed })
    }

    fn set(
        &mut self,
        key: EntryKey,
        fields: Vec<(String, Option<Value>)>,
    ) -> Result<Option<Change>, Refusal> {
        let entry = self.book.entry(key).ok_or_else(|| Refusal::UnknownEntry(self.named(key)))?;
        let register = self.register(self.book.register_id(entry.register))?;
        let before: BTreeMap<String, Value> = self
            .book
            .fields(entry)
            .filter_map(|(id, cell)| Some((id.to_owned(), cell.value(self.book.texts())?)))
            .collect();
        let (serials, fields): (Vec<_>, Vec<_>) = fields.into_iter().partition(|(id, _)| id == SERIAL);
        let mut changed = self.checked(register, fields, &before)?;
        Self::title_stands(register, &changed, Some(&before))?;
        let mut serial = self.book.text(entry.serial).to_owned();
        if let Some((_, Some(Value::Text(wanted)))) = serials.into_iter().next()
            && wanted.trim() != serial
        {
            let wanted = self.free_serial(wanted.trim(), Some(key))?;
            let from = Some(Value::Text(std::mem::replace(&mut serial, wanted.clone())));
            changed.push(FieldChange { field: SERIAL.to_owned(), from, to: Some(Value::Text(wanted)) });
        }
        if changed.is_empty() {
            return Ok(None);
        }
        let mut after = before;
        for change in &changed {
            match &change.to {
                Some(value) => after.insert(change.field.clone(), value.clone()),
                None => after.remove(&change.field),
            };
        }
        passes(register, &changed, &after)?;
        let whole: Vec<_> =
            after.into_iter().map(|(field, to)| FieldChange { field, from: None, to: Some(to) }).collect();
        small_enough(&whole)?;
        Ok(Some(Change { entry: key, register: register.id.clone(), serial, act: Act::Set, fields: changed }))
    }

    fn delete(&self, key: EntryKey) -> Result<Change, Refusal> {
        let entry = self.book.entry(key).ok_or_else(|| Refusal::UnknownEntry(self.named(key)))?;
        let gone = |(id, cell): (&str, &super::Cell)| FieldChange {
            field: id.to_owned(),
            from: cell.value(self.book.texts()),
            to: None,
        };
        Ok(Change {
            entry: key,
            register: self.book.register_id(entry.register).to_owned(),
            serial: self.book.text(entry.serial).to_owned(),
            act: Act::Delete,
            fields: self.book.fields(entry).map(gone).collect(),
        })
    }

    fn restore(&self, key: EntryKey, fields: Vec<(String, Value)>) -> Result<Change, Refusal> {
        let gone = self.book.tombstone(key).ok_or_else(|| Refusal::NotDeleted(self.named(key)))?;
        // What comes back was checked when it was entered; the rules may have changed since.
        let back = |(field, to)| FieldChange { field, from: None, to: Some(to) };
        Ok(Change {
            entry: key,
            register: self.book.register_id(gone.last.register).to_owned(),
            serial: self.book.text(gone.last.serial).to_owned(),
            act: Act::Restore,
            fields: fields.into_iter().map(back).collect(),
        })
    }

    /// An entry as people call it: by its serial, which a deleted one keeps.
    fn named(&self, key: EntryKey) -> String {
        match self.book.serial(key) {
            "" => key.to_string(),
            serial => serial.to_owned(),
        }
    }

    fn register(&self, id: &str) -> Result<&'a Register, Refusal> {
        self.definitions.register(id).ok_or_else(|| Refusal::UnknownRegister(id.to_owned()))
    }

    /// The wanted values as changes; what would stay as it is falls out.
    fn checked(
        &self,
        register: &Register,
        fields: Vec<(String, Option<Value>)>,
        before: &BTreeMap<String, Value>,
    ) -> Result<Vec<FieldChange>, Refusal> {
        let mut changed = Vec::new();
        for (id, value) in fields {
            let from = before.get(&id).cloned();
            let to = value.map(tidy).filter(|value| !value.is_empty());
            if from == to {
                continue;
            }
            match register.field(&id) {
                Some(field) => {
                    if let Some(value) = &to {
                        self.fits(field, value, from.as_ref())?;
                    }
                }
                // A field that left the definition can still be emptied, or put back by an undo.
                None if from.is_some() || to.is_none() => {}
                None => return Err(unknown_field(register, id)),
            }
            changed.push(FieldChange { field: id, from, to });
        }
        Ok(changed)
    }

    fn fits(&self, field: &Field, value: &Value, from: Option<&Value>) -> Result<(), Refusal> {
        let known =
            |code: &String| field.choice(code).is_some() || from.is_some_and(|from| holds(from, code));
        let unknown = |code: &String| Refusal::UnknownChoice { field: field.id.clone(), code: code.clone() };
        match (&field.kind, value) {
            (Kind::Text { .. }, Value::Text(_))
            | (Kind::Number { .. }, Value::Number(_))
            | (Kind::YesNo, Value::YesNo(_))
            | (Kind::Files, Value::Files(_)) => Ok(()),
            (Kind::Date, Value::Date(date)) if date.is_kept() => Ok(()),
            (Kind::Date, Value::Date(date)) => Err(Refusal::FarDate(date.to_string())),
            (Kind::Choice(_), Value::Choice(code)) if known(code) => Ok(()),
            (Kind::Choice(_), Value::Choice(code)) => Err(unknown(code)),
            (Kind::Choices(_), Value::Choices(codes)) => match codes.iter().find(|code| !known(code)) {
                Some(code) => Err(unknown(code)),
                None => Ok(()),
            },
            (Kind::Links { to, many, .. }, Value::Links(keys)) => {
                self.links_fit(field, to, *many, keys, from)
            }
            (Kind::Evaluation { .. }, Value::Evaluation(evaluation)) => {
                let method = self.definitions.methods().edition(&evaluation.method, evaluation.edition);
                let proved = method.is_some_and(|method| evaluation.prove(method).is_ok());
                if proved { Ok(()) } else { Err(Refusal::Unproved(field.id.clone())) }
            }
            (Kind::Rows(columns), Value::Rows(rows)) => {
                let cells = rows.iter().flat_map(|row| row.0.iter());
                for (id, cell) in cells {
                    let column = columns.iter().find(|column| column.id == *id);
                    let column = column.ok_or_else(|| Refusal::UnknownField {
                        register: field.id.clone(),
                        field: id.clone(),
                        nearest: nearest(id, columns.iter().map(|column| column.id.as_str()))
                            .unwrap_or("")
                            .to_owned(),
                    })?;
                    self.fits(column, &cell.clone().into(), linked_before(from, id).as_ref())?;
                }
                Ok(())
            }
            (kind, _) => Err(Refusal::WrongKind { field: field.id.clone(), kind: kind.name() }),
        }
    }

    fn links_fit(
        &self,
        field: &Field,
        to: &[String],
        many: bool,
        keys: &[EntryKey],
        from: Option<&Value>,
    ) -> Result<(), Refusal> {
        if keys.len() > 1 && !many {
            return Err(Refusal::OneLink(field.id.clone()));
        }
        let before = match from {
            Some(Value::Links(keys)) => keys.as_slice(),
            _ => &[],
        };
        let leads = |key: &EntryKey| {
            before.contains(key)
                || self.new.get(key).is_some_and(|register| to.contains(register))
                || self.book.entry(*key).is_some_and(|entry| {
                    to.iter().any(|register| register == self.book.register_id(entry.register))
                })
        };
        match keys.iter().find(|key| !leads(key)) {
            Some(entry) => Err(Refusal::BadLink { field: field.id.clone(), entry: self.named(*entry) }),
            None => Ok(()),
        }
    }

    fn title_stands(
        register: &Register,
        changed: &[FieldChange],
        before: Option<&BTreeMap<String, Value>>,
    ) -> Result<(), Refusal> {
        let title = &register.title_field().id;
        let now = match changed.iter().find(|change| change.field == *title) {
            Some(change) => change.to.is_some(),
            None => before.is_some_and(|before| before.contains_key(title)),
        };
        if now { Ok(()) } else { Err(Refusal::NoTitle(title.clone())) }
    }

    fn free_serial(&mut self, serial: &str, by: Option<EntryKey>) -> Result<String, Refusal> {
        if shows_nothing(serial) || clean(serial) != serial || serial.chars().count() > LONGEST_SERIAL {
            return Err(Refusal::BadSerial(serial.to_owned()));
        }
        let other = self.book.key_of(serial).is_some_and(|key| Some(key) != by);
        if other || !self.taken.insert(serial.to_owned()) {
            return Err(Refusal::SerialTaken(serial.to_owned()));
        }
        Ok(serial.to_owned())
    }

    fn next_serial(&mut self, register: &Register, year: i32) -> String {
        let (book, pattern) = (self.book, &register.serial);
        let highest = self.given.entry(pattern.prefix(year)).or_insert_with(|| {
            let counters = book.serials().filter_map(|(serial, _)| pattern.counter(year, book.text(serial)));
            counters.max().unwrap_or(0)
        });
        loop {
            *highest += 1;
            let serial = pattern.make(year, *highest);
            if self.taken.insert(serial.clone()) {
                return serial;
            }
        }
    }
}

/// The year that a record is of: that of the first date which every entry must have, where it has one. A drill
/// of December that is written down in January keeps its year.
fn dated(register: &Register, fields: &[(String, Option<Value>)]) -> Option<i32> {
    let mut dates = register.fields.iter().filter(|field| field.required && matches!(field.kind, Kind::Date));
    let id = &dates.next()?.id;
    match fields.iter().find(|(field, _)| field == id)? {
        (_, Some(Value::Date(date))) => Some(date.year()),
        _ => None,
    }
}

fn unknown_field(register: &Register, field: String) -> Refusal {
    let near =
        nearest(&field, register.fields.iter().map(|field| field.id.as_str())).unwrap_or("").to_owned();
    Refusal::UnknownField { register: register.id.clone(), field, nearest: near }
}

/// What is kept: no blanks at the ends of a text, no empty lines at its end, one kind of line end.
pub(super) fn tidy(value: Value) -> Value {
    match value {
        Value::Text(text) if shows_nothing(&text) => Value::Text(String::new()),
        Value::Text(text) => Value::Text(text.replace("\r\n", "\n").replace('\r', "\n").trim().to_owned()),
        other => other,
    }
}

/// Whether a former choice stood here before: it may stay although the list has lost it.
fn holds(value: &Value, code: &String) -> bool {
    match value {
        Value::Choice(before) => before == code,
        Value::Choices(before) => before.contains(code),
        _ => false,
    }
}

/// What the rows that stood here linked to in a column: it may stay although the entry is gone by now.
fn linked_before(from: Option<&Value>, column: &str) -> Option<Value> {
    let Some(Value::Rows(rows)) = from else { return None };
    let links = rows.iter().filter_map(|row| match row.get(column) {
        Some(Plain::Links(keys)) => Some(keys.iter().copied()),
        _ => None,
    });
    Some(Value::Links(links.flatten().collect()))
}

fn small_enough(fields: &[FieldChange]) -> Result<(), Refusal> {
    let bytes =
        fields.iter().filter_map(|change| serde_json::to_vec(&change.to).ok()).map(|json| json.len()).sum();
    if bytes > LARGEST_ENTRY { Err(Refusal::TooLarge { bytes }) } else { Ok(()) }
}
