//! What is said about a row of a round and not confirmed yet: a draft of the outcome that it will stand in.
//!
//! The factors are a draft of the entry's evaluation, whichever screen they are changed on.

use super::super::draft::{DraftField, Sheet};
use super::super::layer::{Cx, Layer};
use super::filling_draft;
use super::review::{Review, Row};
use crate::book::{Cell, EntryKey};
use crate::review::{Item, OUTCOMES, REVIEWS};

/// The draft of a row, in place of a field.
pub const ROW: &str = "review.row";
/// The draft of what is answered about a whole round, in place of a field.
pub const ROUND: &str = "review.round";

/// The note, taken with Enter.
const NOTE: &str = "note";
/// That the evaluation was made on its own screen.
const WHOLE: &str = "whole";
/// The note while it is typed.
pub const NOTE_TYPED: &str = "note-typed";

/// What the draft of a row is of.
pub fn row(outcome: EntryKey, cx: &Cx) -> Sheet {
    of(OUTCOMES, outcome, ROW, cx)
}

/// What the draft of answers about a whole round is of.
pub fn round(round: EntryKey, cx: &Cx) -> Sheet {
    of(REVIEWS, round, ROUND, cx)
}

fn of(register: &str, key: EntryKey, field: &str, cx: &Cx) -> Sheet {
    let entry = Some(cx.session.book().serial(key).to_owned());
    Sheet { register: register.to_owned(), entry, field: Some(field.to_owned()), ..Sheet::default() }
}

/// Whether a draft is of a row or of a round.
pub fn is_of_review(sheet: &Sheet) -> bool {
    matches!(sheet.field.as_deref(), Some(ROW | ROUND))
}

/// The round that a draft is of, where it is still open, at the row that it is of.
pub fn reopen(sheet: &Sheet, cx: &Cx) -> Option<Box<dyn Layer>> {
    let book = cx.session.book();
    let key = book.key_of(sheet.entry.as_ref()?)?;
    if sheet.register == REVIEWS {
        return Review::resume(key, cx);
    }
    let Cell::Links(round) = book.cell(book.entry(key)?, "review") else { return None };
    let mut review = Review::open(*round.first()?, cx)?;
    review.at = review.round.items.iter().position(|item| item.outcome == key)?;
    review.load(cx);
    Some(Box::new(review))
}

/// Goes on with what was said about a row and not confirmed.
pub(super) fn restore(row: &mut Row, sheet: &Sheet, cx: &Cx) {
    let draft = cx.desk.drafts.find(sheet);
    for field in draft.into_iter().flat_map(|draft| draft.fields) {
        match (field.id.as_str(), field.typed.as_str()) {
            (NOTE, Some(note)) => note.clone_into(&mut row.note),
            (WHOLE, _) => row.whole = true,
            _ => {}
        }
    }
    row.noted = row.note != row.said;
}

fn keep(row: &Row, sheet: &Sheet, cx: &Cx) {
    let drafts = &cx.desk.drafts;
    let kept = [
        (NOTE, row.note != row.said, serde_json::Value::from(row.note.as_str())),
        (WHOLE, row.whole, serde_json::Value::from(true)),
    ];
    for (id, is, typed) in kept {
        if is {
            let over = serde_json::Value::from(row.said.as_str());
            drafts.keep_field(sheet, cx.now.timestamp(), DraftField { id: id.to_owned(), typed, over });
        } else {
            drafts.forget_field(sheet, id);
        }
    }
}

/// Forgets what was said about the rows of a round that has ended, and about the whole of it.
pub fn forget(key: EntryKey, items: &[Item], cx: &Cx) {
    let rows = items.iter().map(|item| row(item.outcome, cx));
    cx.desk.drafts.forget_all(&rows.chain([round(key, cx)]).collect::<Vec<_>>());
}

impl Review {
    /// Keeps what is filled in and said about the row on the screen.
    pub(super) fn keep(&self, cx: &Cx) {
        let (Some(item), None) = (self.item(), &self.waiting) else { return };
        keep(&self.row, &row(item.outcome, cx), cx);
        if let (Some(filling), Some(sheet)) = (&self.row.filling, filling_draft::sheet(item.entry, cx)) {
            filling_draft::keep(filling, &sheet, cx);
        }
    }

    /// Takes a note, which is a draft from here on.
    pub(super) fn note(&mut self, note: String, cx: &Cx) {
        self.row.note = note;
        self.keep(cx);
        if let Some(item) = self.item() {
            cx.desk.drafts.forget_field(&row(item.outcome, cx), NOTE_TYPED);
        }
    }

    /// Whether an outcome or its entry has a draft.
    pub(super) fn is_draft(item: &Item, cx: &Cx) -> bool {
        let sheets = [Some(row(item.outcome, cx)), filling_draft::sheet(item.entry, cx)];
        let drafts = cx.desk.drafts.of_book();
        sheets.into_iter().flatten().any(|sheet| drafts.iter().any(|draft| draft.sheet == sheet))
    }

    /// Forgets the drafts of a row that was written.
    pub(super) fn forget(item: &Item, cx: &Cx) {
        let factors = filling_draft::sheet(item.entry, cx);
        let sheets: Vec<Sheet> = factors.into_iter().chain([row(item.outcome, cx)]).collect();
        cx.desk.drafts.forget_all(&sheets);
    }

    /// The draft of the row on the screen.
    pub(super) fn sheet(&self, cx: &Cx) -> Sheet {
        self.item().map(|item| row(item.outcome, cx)).unwrap_or_default()
    }
}
