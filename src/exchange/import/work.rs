//! All rows worked out by one method.

use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;

use super::Import;
use super::heading::Target;
use super::judge::{Judge, Meanings, Pick, Verdict, learned};
use super::plan::Share;
use super::take::{Meant, Taken};
use super::words::{plain, words};
use crate::book::Value;
use crate::catalogue::Reading;
use crate::definition::{Field, Register};
use crate::wording::message;

/// Works all rows out by a method.
pub(super) struct Work<'a> {
    register: &'a Register,
    reading: &'a Reading<'a>,
    field: &'a Field,
    on: NaiveDate,
    meanings: Meanings,
    /// What the evaluation of each row rests on, where the row does not say it.
    bases: Vec<String>,
}

/// The verdict of a row, and the field with the choice that it implies.
pub(super) type Judged = (Verdict, Option<(String, String)>);

/// What came of it.
pub(super) struct Worked {
    pub verdicts: Vec<Judged>,
    pub learned: BTreeMap<(String, String), String>,
    pub share: Share,
    /// Rows that name a level of which the method knows nothing.
    pub strange: Vec<bool>,
}

impl<'a> Work<'a> {
    /// Of these rows; `on` is the day of those that name none.
    pub(super) fn of(
        import: &Import,
        register: &'a Register,
        reading: &'a Reading<'a>,
        taken: &[(usize, Taken)],
        on: NaiveDate,
    ) -> Option<Self> {
        let (_, field) = register.evaluation()?;
        let columns = import.layout.columns.iter();
        let labels: Vec<&str> = columns
            .filter_map(|column| match &column.target {
                Target::Factor(label) | Target::Residual(label) => Some(label.as_str()),
                _ => None,
            })
            .collect();
        let levels: BTreeSet<&str> =
            taken.iter().filter_map(|(_, taken)| taken.stated.level.as_deref()).collect();
        let levels: Vec<&str> = levels.into_iter().collect();
        let methods = reading.definitions.methods_fit_for(field);
        let meanings = Meanings::of(&methods, &labels, &levels);
        // A list that says itself what each rests on may say nothing.
        let says = import.layout.column(&Target::Basis).is_some();
        let basis = |line: usize| {
            let message =
                message!("import-basis", name = import.name.clone(), line = import.sheet.place(line));
            if says { String::new() } else { reading.wording.render(&message) }
        };
        let bases = taken.iter().map(|(line, _)| basis(*line)).collect();
        Some(Self { register, reading, field, on, meanings, bases })
    }

    pub(super) fn all(&self, pick: &Pick, taken: &[(usize, Taken)]) -> Worked {
        let none = BTreeMap::new();
        // First without knowing what the list calls its levels, to learn that; then with it.
        let blind = self.judge(pick, &none, taken);
        let stated = taken.iter().zip(&blind).filter_map(|((_, taken), (verdict, ..))| {
            let computed = match verdict {
                Verdict::Agrees(evaluation) => evaluation,
                Verdict::Differs(difference) => difference.computed.as_ref().ok()?,
                _ => return None,
            };
            Some((computed.method.clone(), taken.stated.level.clone()?, computed.level.clone()))
        });
        let learned = learned(&self.meanings, stated);
        let judged = if learned.is_empty() { blind } else { self.judge(pick, &learned, taken) };
        let (mut share, mut strange) = (Share::default(), Vec::new());
        for (at, ((_, taken), (verdict, _))) in taken.iter().zip(&judged).enumerate() {
            // A level of whose name a method knows nothing does not speak for it.
            let known = |method: &str| {
                taken.stated.level.as_deref().is_none_or(|level| {
                    self.meanings.band(method, level).is_some()
                        || learned.contains_key(&(method.to_owned(), plain(level)))
                        || words().verdict(level).is_some()
                })
            };
            let (worked, agrees) = match verdict {
                Verdict::Agrees(evaluation) => {
                    let known = known(&evaluation.method);
                    strange.push(!known);
                    (true, known)
                }
                Verdict::Differs(difference) => (difference.computed.is_ok(), false),
                _ => (false, false),
            };
            strange.resize(at + 1, false);
            share.worked += usize::from(worked);
            share.of += usize::from(worked && taken.stated.says());
            share.agree += usize::from(worked && agrees && taken.stated.says());
        }
        Worked { verdicts: judged, learned, share, strange }
    }

    fn judge(
        &self,
        pick: &Pick,
        learned: &BTreeMap<(String, String), String>,
        taken: &[(usize, Taken)],
    ) -> Vec<Judged> {
        let judge = Judge {
            reading: self.reading,
            field: self.field,
            pick,
            learned,
            on: self.on,
            meanings: &self.meanings,
        };
        let one = |((_, taken), basis): (&(usize, Taken), &String)| {
            let entry = taken.serial.as_deref().and_then(|serial| self.reading.book.key_of(serial));
            let entry = entry.and_then(|key| self.reading.book.entry(key));
            let previous = entry.and_then(|entry| self.reading.book.cell(entry, &self.field.id).evaluation());
            let kind = |id: &str| {
                self.choice(taken, id).or_else(|| match self.reading.book.value(entry?, id) {
                    Some(Value::Choice(code)) => Some(code),
                    _ => None,
                })
            };
            let Some((method, implied)) = judge.method(&taken.stated, kind) else {
                return (Verdict::None, None);
            };
            (judge.judge(&taken.stated, method, basis, previous), implied)
        };
        taken.iter().zip(&self.bases).map(one).collect()
    }

    fn choice(&self, taken: &Taken, id: &str) -> Option<String> {
        match taken.fields.get(&self.register.field_index(id)?)?.as_ref()? {
            Meant::Value(Value::Choice(code)) => Some(code.clone()),
            _ => None,
        }
    }
}
