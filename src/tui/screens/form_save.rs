//! Saving a form: what is wrong or overtaken first, then one commit; what is refused stays to be mended.

use super::super::action::{Action, Scope};
use super::super::layer::{Cx, Layer, Outcome};
use super::super::notice::Notice;
use super::ask::Ask;
use super::filling_draft::turned;
use super::form::Form;
use super::form_target::Target;
use crate::book::{Edit, Proposal, Value, Way as By};
use crate::share::SessionError;
use crate::wording::{Message, Tell, message};

impl Form {
    /// Saves what is filled in; `why` where a level turns.
    pub(super) fn save(&mut self, why: Option<String>, cx: &mut Cx) -> Outcome {
        for field in &mut self.fields {
            field.settle(cx);
        }
        if let Some(wrong) = self.fields.iter().position(|field| field.error.is_some()) {
            self.cursor = wrong;
            let Some(field) = self.fields.get(wrong) else { return Outcome::Stay };
            let (name, what) = (field.field.name.clone(), field.error.clone());
            return what.map_or(Outcome::Stay, |what| {
                Outcome::Say(Notice::refused(message!("field-wrong", field = name, what = what)))
            });
        }
        // What somebody else wrote meanwhile is not written over without a word.
        if let Some(at) = self.fields.iter().position(|field| field.overtaken.is_some() && field.changed()) {
            self.cursor = at;
            let key = cx.desk.keymap.keys(Scope::Form, Action::Save).into_iter().next().unwrap_or_default();
            self.fields.iter_mut().for_each(|field| field.overtaken = None);
            let what = message!("odd-save-again", what = cx.say("draft-overtaken"), key = key);
            return Outcome::Say(Notice::refused(what));
        }
        let edits = self.edits(cx);
        if !matches!(self.target, Target::New | Target::From(..) | Target::Copy(_)) && self.changes() == 0 {
            self.forget_draft(cx);
            return Outcome::CloseSaying(Notice::said(message!("nothing-changed")));
        }
        if let Some(question) = self.turned(cx).filter(|_| why.is_none()) {
            self.keep_draft(cx);
            return Outcome::Push(Box::new(Ask::text(question)));
        }
        let now = cx.now;
        match cx.session.commit(Proposal { way: By::Screen, why, edits }, now) {
            Ok(commit) => {
                self.forget_draft(cx);
                let entry = commit.changes.first().map(|change| change.entry);
                Outcome::Saved(Notice::saved(&commit, cx), entry)
            }
            // The form keeps what was typed; it can be saved again when the cause is gone.
            Err(error) => {
                self.keep_draft(cx);
                if let SessionError::Refused(refusal) = &error
                    && let Some(id) = refusal.field()
                {
                    let field = self.fields.iter().position(|field| field.field.id == id);
                    self.cursor = field.unwrap_or(self.cursor);
                }
                let what = cx.reading().with_names(error.message(), Some(&self.register));
                Outcome::Say(Notice::refused(what))
            }
        }
    }

    /// What saving changes.
    fn edits(&self, cx: &Cx) -> Vec<Edit> {
        let changed = || self.fields.iter().filter(|field| field.changed());
        let set = || changed().map(|field| (field.field.id.clone(), field.value.clone())).collect::<Vec<_>>();
        match &self.target {
            Target::New | Target::From(..) | Target::Copy(_) => {
                let fields = self
                    .fields
                    .iter()
                    .filter_map(|field| Some((field.field.id.clone(), field.value.clone()?)));
                let fields: Vec<_> = fields.collect();
                let register = cx.session.definitions().register(&self.register);
                // What it was begun with, behind the number.
                let begun = match &self.target {
                    Target::From(origin, _) => origin.split_once(' ').map(|(_, words)| words),
                    _ => None,
                };
                let besides = register.map(|register| cx.reading().taken_up(register, &fields, begun));
                let add = Edit::Add { register: self.register.clone(), fields };
                std::iter::once(add).chain(besides.into_iter().flatten()).collect()
            }
            Target::Entry(entry) | Target::Cell(entry) => vec![Edit::Set { entry: *entry, fields: set() }],
            Target::Many(keys) => {
                keys.iter().map(|entry| Edit::Set { entry: *entry, fields: set() }).collect()
            }
        }
    }

    /// The question why the level changes, where it does.
    fn turned(&self, cx: &Cx) -> Option<Message> {
        self.fields.iter().find_map(|field| match (&field.original, &field.value) {
            (Some(Value::Evaluation(before)), Some(Value::Evaluation(after))) => {
                turned(Some(before), after, cx)
            }
            _ => None,
        })
    }
}
