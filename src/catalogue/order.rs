//! The order of rows.
//!
//! Text sorts as people look it up (Chinese by pinyin, numbers inside text by value), levels by how bad
//! they are, dates and numbers by value. What is empty or unscored comes last, whichever way the order goes;
//! rows that tie stay in the order of their serials.

use std::cmp::Ordering;
use std::collections::HashMap;

use super::Reading;
use crate::book::{Cell, Entry, EntryKey, TextId};
use crate::definition::{Column, Derived, Kind, Register, SortBy};
use crate::scoring::Decimal;
use crate::text::{CollationKey, collate};

/// What a row is ordered by in one column.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
enum Rank {
    Number(Decimal),
    Day(crate::book::Date),
    Words(CollationKey),
}

impl Reading<'_> {
    /// `keys` in this order.
    pub fn order(&self, register: &Register, sort: &[SortBy], keys: &mut [EntryKey]) {
        let mut words = Collated::default();
        let serial = SortBy { column: Column::Derived(Derived::Serial), descending: false };
        let all: Vec<SortBy> = sort.iter().copied().chain([serial]).collect();
        let mut rows: Vec<(Vec<Option<Rank>>, EntryKey)> = keys
            .iter()
            .filter_map(|key| self.book.entry(*key))
            .map(|entry| {
                let ranks = all.iter().map(|by| self.rank(register, entry, by.column, &mut words));
                (ranks.collect(), entry.key)
            })
            .collect();
        rows.sort_by(|(a, _), (b, _)| compare(&all, a, b));
        for (place, (_, key)) in keys.iter_mut().zip(rows) {
            *place = key;
        }
    }

    fn rank(&self, register: &Register, entry: &Entry, column: Column, words: &mut Collated) -> Option<Rank> {
        let field = match column {
            Column::Derived(derived) => return self.derived_rank(entry, derived, words),
            Column::Field(index) => register.fields.get(index)?,
        };
        match self.book.cell(entry, &field.id) {
            Cell::Empty => None,
            Cell::Number(number) => Some(Rank::Number(*number)),
            Cell::Date(date) => Some(Rank::Day(*date)),
            Cell::YesNo(yes) => Some(Rank::Number(Decimal::from(u8::from(*yes)))),
            Cell::Text(id) => Some(Rank::Words(words.of(self, *id))),
            Cell::Choice(id) => Some(self.choice_rank(&field.kind, *id, words)),
            Cell::Choices(ids) => ids.first().map(|id| self.choice_rank(&field.kind, *id, words)),
            Cell::Links(keys) => keys.first().map(|key| Rank::Words(collate::key(&self.title(*key)))),
            Cell::Evaluation(evaluation) => self.level_rank(evaluation).map(Rank::Number),
            Cell::Rows(rows) => Some(Rank::Number(Decimal::from(rows.len()))),
            Cell::Files(files) => Some(Rank::Number(Decimal::from(files.len()))),
        }
    }

    /// A list keeps the order its definition gives it; a former choice comes after it.
    fn choice_rank(&self, kind: &Kind, code: TextId, words: &mut Collated) -> Rank {
        let at = kind.choices().iter().position(|choice| choice.code == self.book.text(code));
        at.map_or_else(|| Rank::Words(words.of(self, code)), |at| Rank::Number(Decimal::from(at)))
    }

    fn derived_rank(&self, entry: &Entry, derived: Derived, words: &mut Collated) -> Option<Rank> {
        if derived == Derived::Serial {
            return Some(Rank::Words(words.of(self, entry.serial)));
        }
        if derived == Derived::Changed {
            return Some(Rank::Number(Decimal::from(entry.edited.seq)));
        }
        if derived == Derived::Open {
            return Some(Rank::Number(Decimal::from(self.open_fields(entry).count())));
        }
        let evaluation = self.evaluation(entry)?;
        match derived {
            Derived::Score => evaluation.score.map(Rank::Number),
            Derived::Level => self.level_rank(evaluation).map(Rank::Number),
            Derived::Listed => Some(Rank::Number(Decimal::from(u8::from(evaluation.listed)))),
            Derived::EvaluatedOn => Some(Rank::Day(crate::book::Date::day(evaluation.occasion.on))),
            Derived::ResidualScore => evaluation.residual.as_ref()?.score.map(Rank::Number),
            Derived::ResidualLevel => {
                let residual = evaluation.residual.as_ref()?;
                self.method(evaluation)?
                    .band(&residual.level)
                    .map(|band| Rank::Number(Decimal::from(band.rank)))
            }
            _ => Some(Rank::Words(collate::key(&self.derived_text(entry, derived)))),
        }
    }
}

fn compare(sort: &[SortBy], a: &[Option<Rank>], b: &[Option<Rank>]) -> Ordering {
    for ((a, b), by) in a.iter().zip(b).zip(sort) {
        let order = match (a, b) {
            (None, None) => Ordering::Equal,
            (None, Some(_)) => return Ordering::Greater,
            (Some(_), None) => return Ordering::Less,
            (Some(a), Some(b)) if by.descending => b.cmp(a),
            (Some(a), Some(b)) => a.cmp(b),
        };
        if order != Ordering::Equal {
            return order;
        }
    }
    Ordering::Equal
}

/// Each text is collated once: registers repeat themselves.
#[derive(Default)]
struct Collated(HashMap<TextId, CollationKey>);

impl Collated {
    fn of(&mut self, reading: &Reading, id: TextId) -> CollationKey {
        self.0.entry(id).or_insert_with(|| collate::key(reading.book.text(id))).clone()
    }
}
