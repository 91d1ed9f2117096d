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
        let until = from.unwrap_or_else(|| past.iter().rfind(touches).map_or(0, before));
        let of = past.iter().rfind(|past| past.commit.seq <= until && touches(past));
        let of = of.ok_or(Refusal::NothingThere(entry))?.commit.seq;
        let then = values(&past, until).ok_or(Refusal::NothingThere(entry))?;
        let edit = match field {
            Some(field) => {
                if gone {
                    return Err(Refusal::UnknownEntry(entry).into());
                }
                let value = then.into_iter().find(|(id, _)| id == field).map(|(_, value)| value);
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
        let now = book.entry(entry).into_iter().flat_map(|entry| book.fields(entry));
        let left = now.filter(|(id, _)| !then.iter().any(|(known, _)| known == id));
        let mut fields: Vec<_> = left.map(|(id, _)| (id.to_owned(), None)).collect();
        fields.extend(then.into_iter().map(|(id, value)| (id, Some(value))));
        fields
    }
}

fn mentions(change: &Change, field: &str) -> bool {
    change.fields.iter().any(|one| one.field == field)
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
