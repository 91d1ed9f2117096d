//! Passages of a contract in words: the same on the screen and in print.

use super::passages::{Confirmation, NoneFound, Passage, subject_label};
use crate::book::EntryKey;
use crate::catalogue::Reading;
use crate::definition::{Check, Finds, Kind};
use crate::wording::{Message, message};

/// A subject as the rows of the review call it.
pub fn subject_name(reading: &Reading, check: &Check, is: &str) -> String {
    subject_label(reading, check, is).map_or(is, |label| label.get(reading.lang)).to_owned()
}

impl Passage<'_> {
    /// Whether somebody has to say something of it still.
    pub fn is_open(&self) -> bool {
        self.asked && self.standing == Confirmation::Open
    }

    /// The words with their places, one after the other.
    pub fn places(&self, reading: &Reading) -> String {
        let said = self.words.iter().map(|(at, word)| {
            let said = message!("terms-word", at = *at, word = (*word).to_owned());
            reading.wording.render(&said)
        });
        said.collect::<Vec<_>>().join("  ")
    }

    /// What a review says of it, and which review.
    pub fn said(&self, reading: &Reading) -> (Option<EntryKey>, Message) {
        match &self.standing {
            _ if !self.asked => (None, message!("terms-only-shown")),
            Confirmation::Open => (None, message!("terms-open")),
            Confirmation::Applies { at: (review, row), says, owner, control } => {
                let control: Vec<&str> = control.iter().map(|key| reading.book.serial(*key)).collect();
                let said = message!(
                    "terms-said-applies",
                    review = reading.book.serial(*review).to_owned(),
                    row = row + 1,
                    says = says.clone(),
                    owner = owner.clone(),
                    control = control.join(" ")
                );
                (Some(*review), said)
            }
            Confirmation::Without { review, reason, by, on } => {
                let said = message!(
                    "terms-said-without",
                    review = reading.book.serial(*review).to_owned(),
                    reason = reason.clone(),
                    by = by.clone(),
                    on = on.map(|on| on.to_string()).unwrap_or_default()
                );
                (Some(*review), said)
            }
        }
    }

    /// The registers whose entries may control what is required; none where no line is confirmed by itself.
    pub fn controls(&self, reading: &Reading) -> Vec<String> {
        let Finds::Terms(terms) = &self.check.finds else { return Vec::new() };
        let register = reading.definitions.register(&terms.register);
        let rows = register.and_then(|register| register.field(&terms.rows));
        let Some(Kind::Rows(columns)) = rows.map(|rows| &rows.kind) else { return Vec::new() };
        let control = terms.confirmed.as_ref().map(|confirmed| &confirmed.control);
        match columns.iter().find(|column| Some(&column.id) == control).map(|column| &column.kind) {
            Some(Kind::Links { to, .. }) => to.clone(),
            _ => Vec::new(),
        }
    }
}

impl NoneFound<'_> {
    /// What the review says of it.
    pub fn message(&self, reading: &Reading) -> Message {
        match &self.said {
            Some((review, words)) => {
                let review = reading.book.serial(*review).to_owned();
                message!("terms-none-said", words = words.clone(), review = review)
            }
            None if self.empty => message!("terms-none-kept"),
            None => message!("terms-none"),
        }
    }
}
