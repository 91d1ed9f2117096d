//! Why a proposal is refused; nothing has changed then.

use super::gate::Lack;
use crate::wording::{Label, Message, Tell, message};

/// Why a proposal is refused.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{}", crate::wording::english(&self.message()))]
pub enum Refusal {
    /// There is no such register.
    UnknownRegister(String),
    /// There is no such entry, or it is deleted: its serial, where it ever had one.
    UnknownEntry(String),
    /// The register has no such field.
    UnknownField {
        /// The register's id.
        register: String,
        /// What was said.
        field: String,
        /// The nearest field there is, or nothing.
        nearest: String,
    },
    /// The value is of another kind than the field.
    WrongKind {
        /// The field's id.
        field: String,
        /// The kind it has.
        kind: &'static str,
    },
    /// The list has no such choice.
    UnknownChoice {
        /// The field's id.
        field: String,
        /// The code.
        code: String,
    },
    /// A link leads to an entry that is not there, or to a register where it may not lead.
    BadLink {
        /// The field's id.
        field: String,
        /// The entry's serial, or its key where it has none.
        entry: String,
    },
    /// A date that could not be read again where it is written.
    FarDate(String),
    /// Only one link may stand here.
    OneLink(String),
    /// The title, which alone is demanded, is empty.
    NoTitle(String),
    /// A serial that cannot be read off and typed: empty, too long, or with characters that are not seen.
    BadSerial(String),
    /// The serial belongs to another entry.
    SerialTaken(String),
    /// The entry would be larger than it may be.
    TooLarge {
        /// Its size in bytes.
        bytes: usize,
    },
    /// A stored evaluation does not follow from its factors.
    Unproved(String),
    /// Nothing would change.
    NothingChanged,
    /// A restored entry, by its serial, is not deleted.
    NotDeleted(String),
    /// The entry, by its serial, was not there at the time from which something is to be brought back.
    NothingThere(String),
    /// A field never was anything else, so nothing can be brought back.
    NeverOther {
        /// The entry's serial.
        serial: String,
        /// The field's id.
        field: String,
    },
    /// Only the program writes the field.
    KeptField {
        /// The field's id.
        field: String,
        /// What to do instead.
        instead: Label,
    },
    /// The field of a record that stays as it is.
    Frozen {
        /// The field's id.
        field: String,
        /// What to do instead.
        instead: Label,
    },
    /// Only the program makes such entries.
    KeptRegister {
        /// What to do instead.
        instead: Label,
    },
    /// The entry is a record that no hand deletes.
    KeptEntry {
        /// The entry's serial.
        serial: String,
        /// What to do instead.
        instead: Label,
    },
    /// One proposal changes the same entry twice.
    Twice(String),
    /// A choice that wants something else first: its name, what it wants, and the field to go to.
    Gate(Box<(Label, Lack, String)>),
}

impl Refusal {
    /// The field that a person would mend, by its id.
    pub fn field(&self) -> Option<&str> {
        match self {
            Refusal::NoTitle(id)
            | Refusal::OneLink(id)
            | Refusal::WrongKind { field: id, .. }
            | Refusal::UnknownChoice { field: id, .. }
            | Refusal::BadLink { field: id, .. }
            | Refusal::KeptField { field: id, .. }
            | Refusal::Frozen { field: id, .. } => Some(id),
            Refusal::Gate(gate) => Some(&gate.2),
            _ => None,
        }
    }
}

impl Tell for Refusal {
    fn message(&self) -> Message {
        match self {
            Refusal::UnknownRegister(said) => message!("book-unknown-register", said = said.clone()),
            Refusal::UnknownEntry(entry) => message!("book-unknown-entry", entry = entry.clone()),
            Refusal::UnknownField { register, field, nearest } => message!(
                "book-unknown-field",
                register = register.clone(),
                field = field.clone(),
                nearest = nearest.clone()
            ),
            Refusal::WrongKind { field, kind } => {
                message!("book-wrong-kind", field = field.clone(), kind = (*kind).to_owned())
            }
            Refusal::UnknownChoice { field, code } => {
                message!("book-unknown-choice", field = field.clone(), code = code.clone())
            }
            Refusal::BadLink { field, entry } => {
                message!("book-bad-link", field = field.clone(), entry = entry.clone())
            }
            Refusal::FarDate(said) => message!("enter-date-far", said = said.clone()),
            Refusal::OneLink(field) => message!("book-one-link", field = field.clone()),
            Refusal::NoTitle(field) => message!("book-no-title", field = field.clone()),
            Refusal::BadSerial(said) => {
                let said = crate::text::cut(said, 60).into_owned();
                message!("book-bad-serial", said = said)
            }
            Refusal::SerialTaken(serial) => message!("book-serial-taken", serial = serial.clone()),
            Refusal::TooLarge { bytes } => {
                message!("book-too-large", kilobytes = bytes.div_ceil(1000).to_string())
            }
            Refusal::Unproved(field) => message!("book-unproved", field = field.clone()),
            Refusal::NothingChanged => message!("book-nothing-changed"),
            Refusal::Gate(gate) => {
                let (choice, lack, _) = &**gate;
                let lack = match lack.clone() {
                    Lack::Empty(fields) => message!("gate-empty", fields = fields),
                    Lack::Alone(one, other) => message!("gate-alone", one = one, other = other),
                    Lack::Early(first, then) => message!("gate-early", first = first, then = then),
                };
                message!("book-gate", choice = choice.clone(), lack = lack)
            }
            Refusal::Twice(serial) => message!("book-twice", serial = serial.clone()),
            Refusal::NothingThere(serial) => message!("book-nothing-there", serial = serial.clone()),
            Refusal::NeverOther { serial, field } => {
                message!("book-never-other", serial = serial.clone(), field = field.clone())
            }
            Refusal::KeptField { field, instead } => {
                message!("book-kept-field", field = field.clone(), instead = instead.clone())
            }
            Refusal::Frozen { field, instead } => {
                message!("book-frozen", field = field.clone(), instead = instead.clone())
            }
            Refusal::KeptRegister { instead } => message!("book-kept-register", instead = instead.clone()),
            Refusal::KeptEntry { serial, instead } => {
                message!("book-kept-entry", serial = serial.clone(), instead = instead.clone())
            }
            Refusal::NotDeleted(entry) => message!("book-not-deleted", entry = entry.clone()),
        }
    }
}
