//! What only the program records: no hand writes it, takes it away, or makes it up.

use super::admit::tidy;
use super::{Book, Edit, EntryKey, Refusal, Value};
use crate::definition::{Definitions, Kept, Register};

impl Book {
    /// Whether these changes may be made by hand: none of them touches what a register leaves to the program. What
    /// stays as it is is no change.
    pub fn by_hand(&self, edits: &[Edit], definitions: &Definitions) -> Result<(), Refusal> {
        edits.iter().try_for_each(|edit| match edit {
            Edit::Add { register, fields } => {
                let Some(kept) = definitions.register(register).and_then(kept) else { return Ok(()) };
                if kept.entries {
                    return Err(Refusal::KeptRegister { instead: kept.instead.clone() });
                }
                fields
                    .iter()
                    .filter(|(_, value)| !value.is_empty())
                    .try_for_each(|(id, _)| self.field_by_hand(None, kept, id))
            }
            Edit::Set { entry, fields } => {
                let Some(kept) = self.left_to_program(*entry, definitions) else { return Ok(()) };
                let stands = |id: &str| self.entry(*entry).and_then(|entry| self.value(entry, id));
                let same = |id: &str, value: &Option<Value>| {
                    value.clone().map(tidy).filter(|value| !value.is_empty()) == stands(id)
                };
                fields
                    .iter()
                    .filter(|(id, value)| !same(id, value))
                    .filter(|(id, value)| !ends(kept, id, value.as_ref()))
                    .try_for_each(|(id, _)| self.field_by_hand(Some(*entry), kept, id))
            }
            Edit::Delete { entry } => {
                let Some(kept) = self.left_to_program(*entry, definitions) else { return Ok(()) };
                if self.stands_for_good(*entry, kept) {
                    let (serial, instead) = (self.serial(*entry).to_owned(), kept.instead.clone());
                    return Err(Refusal::KeptEntry { serial, instead });
                }
                Ok(())
            }
            // It was there already.
            Edit::Restore { .. } => Ok(()),
        })
    }

    /// Whether a hand may change this field of an entry, or of a new one.
    pub fn field_by_hand(&self, entry: Option<EntryKey>, kept: &Kept, id: &str) -> Result<(), Refusal> {
        let (field, instead) = (id.to_owned(), kept.instead.clone());
        if kept.has(id) {
            return Err(Refusal::KeptField { field, instead });
        }
        let frozen = kept.frozen.iter().any(|frozen| frozen == id);
        if frozen && entry.is_some_and(|entry| self.stands_for_good(entry, kept)) {
            return Err(Refusal::Frozen { field, instead });
        }
        Ok(())
    }

    /// Whether an entry has become a record that stays.
    fn stands_for_good(&self, entry: EntryKey, kept: &Kept) -> bool {
        let holds = |id: &String| self.entry(entry).is_some_and(|entry| !self.cell(entry, id).is_empty());
        kept.from.as_ref().is_some_and(holds)
    }

    fn left_to_program<'d>(&self, entry: EntryKey, definitions: &'d Definitions) -> Option<&'d Kept> {
        let register = self.register_id(self.entry(entry)?.register);
        definitions.register(register).and_then(kept)
    }
}

/// Whether a value is the one by which a hand may end what stands.
fn ends(kept: &Kept, id: &str, value: Option<&Value>) -> bool {
    kept.end.as_ref().is_some_and(|(field, code)| {
        field == id && matches!(value, Some(Value::Choice(said)) if said == code)
    })
}

fn kept(register: &Register) -> Option<&Kept> {
    register.features.kept.as_ref()
}
