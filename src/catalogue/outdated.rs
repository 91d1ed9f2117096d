//! Which evaluations rest on a rule that is in force no longer, for many entries at once.

use std::sync::Arc;

use hashbrown::HashMap;

use super::Reading;
use crate::book::{Cell, Entry, TextId};
use crate::definition::{Kind, Register};
use crate::scoring::Evaluation;

/// The rules of a register. Registers repeat themselves: each judgement is looked at once for each choice that
/// decides which method serves an entry. It is for one look at a book; what it knows does not outlive a change.
pub struct Rules {
    /// Where the choices lie that decide which method serves an entry.
    choices: Vec<usize>,
    known: HashMap<(usize, Option<TextId>), bool>,
}

impl Rules {
    /// The rules of a register.
    pub fn of(reading: &Reading, register: &Register) -> Self {
        let rules = match register.evaluation().map(|(_, field)| &field.kind) {
            Some(Kind::Evaluation { methods }) => methods.as_slice(),
            _ => &[],
        };
        let fields = rules.iter().filter_map(|rule| Some(&rule.when.as_ref()?.0));
        let mut choices: Vec<usize> =
            fields.filter_map(|field| reading.book.slot(&register.id, field)).collect();
        choices.dedup();
        Self { choices, known: HashMap::new() }
    }

    /// Whether the evaluation of an entry rests on a rule that is in force no longer.
    pub fn is_outdated(&mut self, reading: &Reading, entry: &Entry, evaluation: &Evaluation) -> bool {
        let look = || reading.is_outdated(entry) == Some(true);
        let code = match self.choices.as_slice() {
            [] => None,
            [slot] => match entry.cell(*slot) {
                Cell::Choice(code) => Some(*code),
                _ => None,
            },
            _ => return look(),
        };
        let judged = Arc::as_ptr(&evaluation.judged).addr();
        *self.known.entry((judged, code)).or_insert_with(look)
    }
}
