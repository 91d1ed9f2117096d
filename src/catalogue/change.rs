//! What a change did, in words.

use super::{Reading, UNSCORED};
use crate::book::{Act, Cell, Change, Commit, FieldChange, Value};
use crate::definition::Field;
use crate::scoring::{Evaluation, Method};
use crate::wording::message;

/// As many entries with the same done to them are named, and as many different things.
const MOST: usize = 8;
/// The field by which what only serves other registers says whom.
const SERVED: &str = "entry";

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
        let (mut from, mut to) = (words(&field.from), words(&field.to));
        if let (Some(editions), Some(Value::Evaluation(old)), Some(Value::Evaluation(new))) =
            (self.editions(field), &field.from, &field.to)
        {
            // Where nothing but the edition and the day is another, they are all that is told.
            let only = self.verdict_words(old) == self.verdict_words(new);
            for (words, edition, one) in [(&mut from, editions.0, old), (&mut to, editions.1, new)] {
                let rest = if only { one.occasion.on.to_string() } else { std::mem::take(words) };
                *words = if only { format!("{edition}, {rest}") } else { format!("{rest}, {edition}") };
            }
        }
        (name, from, to)
    }

    /// By which edition of which method it was judged and is judged, where that is another one.
    fn editions(&self, field: &FieldChange) -> Option<(String, String)> {
        let (Some(Value::Evaluation(from)), Some(Value::Evaluation(to))) = (&field.from, &field.to) else {
            return None;
        };
        if (&from.method, from.edition) == (&to.method, to.edition) {
            return None;
        }
        let words = |one: &Evaluation| {
            let edition = self.wording.render(&message!("edition", edition = one.edition));
            let method = Some(one).filter(|_| from.method != to.method);
            let name = |method: &Method| format!("{} {edition}", method.name.get(self.lang));
            method.and_then(|one| self.method(one)).map_or_else(|| edition.clone(), name)
        };
        Some((words(from), words(to)))
    }

    fn changed_value(&self, field: Option<&Field>, value: Option<&Value>) -> String {
        match (value, field) {
            (None, _) => UNSCORED.to_owned(),
            (Some(Value::Evaluation(evaluation)), Some(_)) => {
                format!("{}, {}", self.verdict_words(evaluation), evaluation.occasion.on)
            }
            (Some(value), Some(field)) => self.value(field, value),
            (Some(value), None) => self.former_value(value),
        }
    }

    /// What was judged: score, level, factors, and what remains.
    fn verdict_words(&self, evaluation: &Evaluation) -> String {
        let (score, level) = (score(evaluation).unwrap_or_default(), self.level_text(evaluation));
        let factors = evaluation.factor_words(self.method(evaluation));
        let residual = self.residual_text(evaluation);
        let residual = residual.map_or_else(String::new, |residual| format!(", {residual}"));
        format!("{score} {level} ({factors}){residual}")
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
        let editions = self.editions(first).filter(|editions| editions.0 != from);
        let editions = editions.map(|(from, to)| format!(" ({from} -> {to})")).unwrap_or_default();
        let gist = format!("{name} {} -> {}{editions}", line(&from), line(&to));
        match change.fields.len() {
            0 | 1 => gist,
            count => format!("{gist} {}", self.wording.render(&message!("and-more", count = count - 1))),
        }
    }

    /// What a commit did, in words: the entries that had the same done to them together. What only serves other
    /// registers is left out where it is not all, and is called by the entry that it serves.
    pub fn done(&self, commit: &Commit) -> String {
        let serves =
            |change: &&Change| self.definitions.register(&change.register).is_some_and(|it| !it.home);
        let all = commit.changes.iter().rev();
        let mut told: Vec<&Change> = all.clone().filter(|change| !serves(change)).collect();
        if told.is_empty() {
            told = all.collect();
        }
        let mut groups: Vec<(String, Vec<&Change>)> = Vec::new();
        for change in told {
            let gist = self.gist(change);
            match groups.iter_mut().find(|(other, _)| *other == gist) {
                Some((_, group)) => group.push(change),
                None => groups.push((gist, vec![change])),
            }
        }
        let names = |group: &[&Change]| {
            let mut names: Vec<String> = group.iter().take(MOST).map(|change| self.called(change)).collect();
            let more = group.len().saturating_sub(MOST);
            names
                .extend((more > 0).then(|| self.wording.render(&message!("and-more-entries", count = more))));
            names.join(" ")
        };
        let left: usize = groups.iter().skip(MOST).map(|(_, group)| group.len()).sum();
        let told = groups.iter().take(MOST);
        let mut told: Vec<String> = told.map(|(gist, group)| format!("{} {gist}", names(group))).collect();
        told.extend((left > 0).then(|| self.wording.render(&message!("and-more-entries", count = left))));
        told.join("; ")
    }

    /// The serial of what changed, or of the entry that it only serves.
    fn called(&self, change: &Change) -> String {
        let register = self.definitions.register(&change.register);
        let serves = register.filter(|register| !register.home).and(self.book.entry(change.entry));
        match serves.map(|entry| self.book.cell(entry, SERVED)) {
            Some(Cell::Links(keys)) if keys.len() == 1 => {
                keys.first().map_or_else(String::new, |key| self.book.serial(*key).to_owned())
            }
            _ => change.serial.clone(),
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
        if from.score == to.score && from.edition != to.edition {
            let edition = |one: &Evaluation| self.wording.render(&message!("edition", edition = one.edition));
            return (self.wording.say("rules-edition"), edition(from), edition(to));
        }
        let symbol = self.method(to).map_or_else(String::new, |m| m.symbol.get(self.lang).to_owned());
        (symbol, said(score(from)), said(score(to)))
    }
}

fn score(evaluation: &Evaluation) -> Option<String> {
    evaluation.score.map(|score| score.normalize().to_string())
}
