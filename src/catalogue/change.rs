//! What a change did, in words.

use super::{Reading, UNSCORED};
use crate::book::{Act, Change, FieldChange, Value};
use crate::definition::Field;
use crate::scoring::Evaluation;
use crate::wording::message;

impl Reading<'_> {
    /// A field of a change: its name, what stood there and what stands there now.
    pub fn field_change(&self, change: &Change, field: &FieldChange) -> (String, String, String) {
        self.field_change_in(&change.register, field)
    }

    /// The same of a register's entry.
    pub fn field_change_in(&self, register: &str, field: &FieldChange) -> (String, String, String) {
        let register = self.definitions.register(register);
        let defined = register.and_then(|register| register.field(&field.field));
        let name = defined.map_or_else(|| field.field.clone(), |field| field.name.get(self.lang).to_owned());
        let words = |value: &Option<Value>| self.changed_value(defined, value.as_ref());
        (name, words(&field.from), words(&field.to))
    }

    fn changed_value(&self, field: Option<&Field>, value: Option<&Value>) -> String {
        match (value, field) {
            (None, _) => UNSCORED.to_owned(),
            (Some(Value::Evaluation(evaluation)), Some(_)) => {
                let (score, level) = (score(evaluation).unwrap_or_default(), self.level_text(evaluation));
                let factors = evaluation.factor_words(self.method(evaluation));
                let residual = self.residual_text(evaluation);
                let residual = residual.map_or_else(String::new, |residual| format!(", {residual}"));
                format!("{score} {level} ({factors}){residual}, {}", evaluation.occasion.on)
            }
            (Some(value), Some(field)) => self.value(field, value),
            (Some(value), None) => self.former_value(value),
        }
    }

    /// A change in a few words: the level where that changed, else the first field, from what to what.
    pub fn gist(&self, change: &Change) -> String {
        match change.act {
            Act::Add => return self.wording.say("act-add"),
            Act::Delete => return self.wording.say("act-delete"),
            Act::Restore => return self.wording.say("act-restore"),
            Act::Set => {}
        }
        let evaluated = |field: &&FieldChange| matches!(&field.to, Some(Value::Evaluation(_)));
        let Some(first) = change.fields.iter().find(evaluated).or(change.fields.first()) else {
            return String::new();
        };
        let (name, from, to) = match (&first.from, &first.to) {
            (Some(Value::Evaluation(from)), Some(Value::Evaluation(to))) => self.evaluation_change(from, to),
            (None, Some(Value::Evaluation(to))) => {
                (self.wording.say("level"), UNSCORED.to_owned(), self.level_text(to))
            }
            _ => self.field_change(change, first),
        };
        if from == to {
            return format!("{} {name} {to}", self.wording.say("evaluated-again"));
        }
        let line = |text: &str| text.split('\n').next().unwrap_or_default().to_owned();
        let gist = format!("{name} {} -> {}", line(&from), line(&to));
        match change.fields.len() {
            0 | 1 => gist,
            count => format!("{gist} {}", self.wording.render(&message!("and-more", count = count - 1))),
        }
    }

    /// The level, else the score, else what remains with the controls.
    fn evaluation_change(&self, from: &Evaluation, to: &Evaluation) -> (String, String, String) {
        let residual = |evaluation: &Evaluation| {
            evaluation
                .residual
                .as_ref()
                .and_then(|residual| residual.score)
                .map(|s| s.normalize().to_string())
        };
        let said = |score: Option<String>| score.unwrap_or_else(|| UNSCORED.to_owned());
        if (&from.method, &from.level) != (&to.method, &to.level) {
            return (self.wording.say("level"), self.level_text(from), self.level_text(to));
        }
        if residual(from) != residual(to) && from.score == to.score {
            return (self.wording.say("residual"), said(residual(from)), said(residual(to)));
        }
        let symbol = self.method(to).map_or_else(String::new, |m| m.symbol.get(self.lang).to_owned());
        (symbol, said(score(from)), said(score(to)))
    }
}

fn score(evaluation: &Evaluation) -> Option<String> {
    evaluation.score.map(|score| score.normalize().to_string())
}
