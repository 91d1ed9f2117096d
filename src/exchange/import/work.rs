//! All rows worked out by one method.

use std::collections::BTreeMap;

use chrono::NaiveDate;

use super::Import;
use super::heading::Target;
use super::judge::{Judge, Pick, Verdict, learned};
use super::plan::Share;
use super::take::{Meant, Taken};
use crate::book::Value;
use crate::catalogue::Reading;
use crate::definition::{Field, Register};

/// Works all rows out by a method.
pub(super) struct Work<'a> {
    pub import: &'a Import,
    pub register: &'a Register,
    pub reading: &'a Reading<'a>,
    pub field: &'a Field,
    pub on: NaiveDate,
}

/// What came of it.
pub(super) struct Worked {
    pub verdicts: Vec<(Verdict, Option<(String, String)>)>,
    pub learned: BTreeMap<(String, String), String>,
    pub share: Share,
}

impl Work<'_> {
    pub(super) fn all(&self, pick: &Pick, taken: &[(usize, Taken)]) -> Worked {
        let none = BTreeMap::new();
        // First without knowing what the list calls its levels, to learn that; then with it.
        let blind = self.judge(pick, &none, taken);
        let words = taken.iter().zip(&blind).filter_map(|((_, taken), (verdict, ..))| {
            let computed = match verdict {
                Verdict::Agrees(evaluation) => evaluation,
                Verdict::Differs(difference) => difference.computed.as_ref().ok()?,
                _ => return None,
            };
            Some((computed.method.clone(), taken.stated.level.clone()?, computed.level.clone()))
        });
        let methods = self.reading.definitions.methods();
        let learned = learned(|id| methods.get(id), words);
        let judged = if learned.is_empty() { blind } else { self.judge(pick, &learned, taken) };
        let mut share = Share::default();
        for ((_, taken), (verdict, _)) in taken.iter().zip(&judged) {
            let (worked, agrees) = match verdict {
                Verdict::Agrees(_) => (true, true),
                Verdict::Differs(difference) => (difference.computed.is_ok(), false),
                _ => (false, false),
            };
            share.worked += usize::from(worked);
            share.of += usize::from(worked && taken.stated.says());
            share.agree += usize::from(worked && agrees && taken.stated.says());
        }
        Worked { verdicts: judged, learned, share }
    }

    fn judge(
        &self,
        pick: &Pick,
        learned: &BTreeMap<(String, String), String>,
        taken: &[(usize, Taken)],
    ) -> Vec<(Verdict, Option<(String, String)>)> {
        let judge = Judge { reading: self.reading, field: self.field, pick, learned, on: self.on };
        let one = |(line, taken): &(usize, Taken)| {
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
            let basis = self.basis(*line);
            (judge.judge(&taken.stated, method, &basis, previous), implied)
        };
        taken.iter().map(one).collect()
    }

    fn choice(&self, taken: &Taken, id: &str) -> Option<String> {
        match taken.fields.get(&self.register.field_index(id)?)?.as_ref()? {
            Meant::Value(Value::Choice(code)) => Some(code.clone()),
            _ => None,
        }
    }

    /// What an imported evaluation rests on: the file and the line, unless the list itself says what each rests on.
    fn basis(&self, line: usize) -> String {
        if self.import.layout.column(&Target::Basis).is_some() {
            return String::new();
        }
        let message = crate::wording::message!("import-basis", name = self.import.name.clone(), line = line);
        self.reading.wording.render(&message)
    }
}
