//! Bringing back what once was: an old value, an old entry.
//!
//! Nothing is turned back: it is a commit like any other, and it names the one whose values it brings back.

use super::{Session, SessionError};
use crate::book::{Act, Change, Edit, EntryKey, FieldChange, Proposal, Refusal, SERIAL, Value, Way};
use crate::store::Past;

impl Session {
    /// The proposal that brings back what an entry was after the commit `from`, or one field of it; of a deleted
    /// entry, where no commit is named, what it was at last.
    pub fn restoring(
        &self,
        entry: EntryKey,
        field: Option<&str>,
        from: Option<u64>,
        why: Option<String>,
    ) -> Result<Proposal, SessionError> {
        let past = self.history(entry)?;
        let gone = self.book().tombstone(entry).is_some();
        let touches = |past: &&Past| field.is_none_or(|field| mentions(&past.change, field));
        let before = |last: &Past| last.commit.seq.saturating_sub(1);
        // Without a commit it is the last state that is not the present one.
        let serial = self.book().serial(entry).to_owned();
        let changed = |past: &&Past| field.is_none_or(|field| is_changed(past, field));
        let until = match (from, past.iter().rfind(changed), field) {
            (Some(from), ..) => from,
            (None, Some(last), _) => before(last),
            (None, None, Some(field)) => {
                return Err(Refusal::NeverOther { serial, field: field.to_owned() }.into());
            }
            (None, None, None) => 0,
        };
        let of = past.iter().rfind(|past| past.commit.seq <= until && touches(past));
        // A field that nobody had touched by then was empty, where the entry was there.
        let there = past.iter().rfind(|past| past.commit.seq <= until);
        let (Some(of), Some(then)) = (of.or(there).map(|past| past.commit.seq), values(&past, until)) else {
            return Err(Refusal::NothingThere(serial).into());
        };
        let edit = match field {
            Some(field) => {
                if gone {
                    return Err(Refusal::UnknownEntry(serial).into());
                }
                let value = match field {
                    SERIAL => Some(Value::Text(serial_at(&past, until).unwrap_or(serial))),
                    field => then.into_iter().find(|(id, _)| id == field).map(|(_, value)| value),
                };
                Edit::Set { entry, fields: vec![(field.to_owned(), value)] }
            }
            None if gone => Edit::Restore { entry, fields: then },
            None => Edit::Set { entry, fields: self.back_to(entry, then) },
        };
        Ok(Proposal { way: Way::RestoreOf(of), why, edits: vec![edit] })
    }

    /// Every field that has to change for an entry to be as it was.
    fn back_to(&self, entry: EntryKey, then: Vec<(String, Value)>) -> Vec<(String, Option<Value>)> {
        let book = self.book();
        let register = book.entry(entry).map(|entry| book.register_id(entry.register));
        let register = register.and_then(|register| self.definitions().register(register));
        let kept = |id: &str| {
            register.and_then(|register| register.features.kept.as_ref()).is_some_and(|kept| kept.has(id))
        };
        let now = book.entry(entry).into_iter().flat_map(|entry| book.fields(entry));
        let left = now.filter(|(id, _)| !then.iter().any(|(known, _)| known == id));
        let mut fields: Vec<_> = left.map(|(id, _)| (id.to_owned(), None)).collect();
        fields.extend(then.into_iter().map(|(id, value)| (id, Some(value))));
        // What only the program records stays as it is.
        fields.retain(|(id, _)| !kept(id));
        fields
    }
}

fn mentions(change: &Change, field: &str) -> bool {
    change.fields.iter().any(|one| one.field == field)
}

/// Whether a commit changed a field of an entry that was there.
fn is_changed(past: &Past, field: &str) -> bool {
    past.change.act == Act::Set && mentions(&past.change, field)
}

/// The serial after the commit `until`, where it was changed since: every change notes the one before it.
fn serial_at(past: &[Past], until: u64) -> Option<String> {
    let since = past.iter().filter(|past| past.commit.seq > until);
    let mut changes = since.flat_map(|past| &past.change.fields).filter(|one| one.field == SERIAL);
    match changes.next()?.from.as_ref()? {
        Value::Text(serial) => Some(serial.clone()),
        _ => None,
    }
}

/// What an entry held after the commit `until`; none where it was not there.
fn values(past: &[Past], until: u64) -> Option<Vec<(String, Value)>> {
    let mut fields: Option<Vec<(String, Value)>> = None;
    for past in past.iter().take_while(|past| past.commit.seq <= until) {
        if past.change.act == Act::Delete {
            fields = None;
            continue;
        }
        let held = fields.get_or_insert_default();
        for FieldChange { field, to, .. } in past.change.fields.iter().filter(|one| one.field != SERIAL) {
            held.retain(|(id, _)| id != field);
            held.extend(to.clone().map(|to| (field.clone(), to)));
        }
    }
    fields
}
