//! The draft of an evaluation, whichever screen it is made on.

use super::super::draft::{DraftField, Sheet};
use super::super::layer::Cx;
use super::filling::{Filling, Kept};
use crate::book::EntryKey;
use crate::scoring::Evaluation;
use crate::wording::{Message, message};

/// Whether an evaluation goes on with a draft.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Restored {
    /// There was none.
    No,
    /// It does.
    Yes,
    /// It does, and somebody evaluated the entry since the draft was typed.
    Overtaken,
}

/// What a draft of an entry's evaluation is of; none where its register is not scored.
pub fn sheet(key: EntryKey, cx: &Cx) -> Option<Sheet> {
    let reading = cx.reading();
    let register = reading.register(reading.book.entry(key)?)?;
    let field = Some(register.evaluation()?.1.id.clone());
    let entry = Some(reading.book.serial(key).to_owned());
    Some(Sheet { register: register.id.clone(), entry, field, ..Sheet::default() })
}

/// Goes on with the draft where there is one.
pub fn restore(filling: &mut Filling, sheet: &Sheet, cx: &Cx) -> Restored {
    let draft = cx.desk.drafts.find(sheet);
    let fields = draft.into_iter().flat_map(|draft| draft.fields);
    let Some(field) = fields.into_iter().find(|field| Some(&field.id) == sheet.field.as_ref()) else {
        return Restored::No;
    };
    let Ok(kept) = serde_json::from_value::<Kept>(field.typed) else { return Restored::No };
    let Some(method) = cx.session.definitions().methods().get(&kept.method) else { return Restored::No };
    filling.restore(kept, method);
    let overtaken = serde_json::to_value(&filling.previous).is_ok_and(|now| now != field.over);
    if overtaken { Restored::Overtaken } else { Restored::Yes }
}

/// Keeps what was filled in; where nothing was, there is no draft.
pub fn keep(filling: &Filling, sheet: &Sheet, cx: &Cx) {
    if !filling.changed() {
        return cx.desk.drafts.forget(sheet);
    }
    let json = |value: serde_json::Result<serde_json::Value>| value.unwrap_or_default();
    let typed = json(serde_json::to_value(filling.kept()));
    let over = json(serde_json::to_value(&filling.previous));
    let id = sheet.field.clone().unwrap_or_default();
    cx.desk.drafts.keep_field(sheet, cx.now.timestamp(), DraftField { id, typed, over });
}

/// The question why an evaluation turns the one before: none where both come to the same level.
pub fn turned(before: Option<&Evaluation>, after: &Evaluation, cx: &Cx) -> Option<Message> {
    let before = before.filter(|before| before.level != after.level || before.listed != after.listed)?;
    let what = match (before.listed, after.listed) {
        (false, true) => "review-flip-on",
        (true, false) => "review-flip-off",
        _ => "review-flip-level",
    };
    Some(message!("ask-review-flip", what = cx.say(what)))
}
