//! The values of factors in a review: typed, by a digit, or step by step.

use super::super::layer::Outcome;
use super::super::notice::Notice;
use super::filling::Filling;
use super::review::Review;
use crate::scoring::Decimal;
use crate::wording::message;

impl Review {
    /// Takes the value that was typed into the factor under the cursor; nothing where none was typed.
    pub(super) fn take_typed(&mut self) -> Option<Outcome> {
        let filling = self.row.filling.as_mut()?;
        let said = filling.typed.text().trim().to_owned();
        if said.is_empty() {
            return None;
        }
        let factor = filling.factor().map(|factor| factor.id.clone()).unwrap_or_default();
        Some(match filling.typing() {
            Some(value) => set(filling, value),
            None => {
                Outcome::Say(Notice::refused(message!("evaluate-not-a-number", factor = factor, said = said)))
            }
        })
    }

    /// One step up or down the scale of the factor under the cursor.
    pub(super) fn step(&mut self, up: bool) -> Outcome {
        let Some(filling) = &mut self.row.filling else { return Outcome::Stay };
        let Some(factor) = filling.factor() else { return Outcome::Stay };
        let mut values: Vec<Decimal> = factor.scale.iter().map(|step| step.value).collect();
        values.sort();
        let now = filling.factors().get(&factor.id).copied();
        let next = match now {
            None => values.first(),
            Some(now) if up => values.iter().find(|value| **value > now),
            Some(now) => values.iter().rev().find(|value| **value < now),
        };
        let (Some(next), cursor) = (next.copied(), filling.cursor) else { return Outcome::Stay };
        let outcome = set(filling, next);
        filling.cursor = cursor;
        outcome
    }
}

/// Gives the factor under the cursor a value; the cursor stays among the factors.
pub(super) fn set(filling: &mut Filling, value: Decimal) -> Outcome {
    let outcome = match filling.set(value) {
        Ok(()) => Outcome::Stay,
        Err(error) => Outcome::Say(Notice::wrong(&error)),
    };
    filling.cursor = filling.cursor.min(filling.method.factors.len().saturating_sub(1));
    outcome
}
