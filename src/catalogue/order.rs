//! The order of rows.
//!
//! Text sorts as people look it up (Chinese by pinyin, numbers inside text by value), levels by how bad
//! they are, dates and numbers by value. What is empty or unscored comes last, whichever way the order goes;
//! rows that tie stay in the order of their serials.

use std::cmp::Ordering;
use std::sync::Arc;

use hashbrown::HashMap;

use super::Reading;
use crate::book::{Cell, Date, Entry, EntryKey, TextId};
use crate::definition::{Column, Derived, Kind, Register, SortBy};
use crate::scoring::{Decimal, Evaluation};
use crate::text::{CollationKey, collate};

/// What a row is ordered by in one column. Registers repeat themselves: each distinct one is placed once.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
enum Rank {
    Number(Decimal),
    Day(Date),
    Text(TextId),
    Words(String),
}

/// The place of what is empty: behind everything.
const LAST: u32 = u32::MAX;

impl Reading<'_> {
    /// `keys` in this order.
    pub fn order(&self, register: &Register, sort: &[SortBy], keys: &mut [EntryKey]) {
        let mut entries: Vec<&Entry> = keys.iter().filter_map(|key| self.book.entry(*key)).collect();
        let by_serial =
            |a: &&Entry, b: &&Entry| collate::compare(self.book.text(a.serial), self.book.text(b.serial));
        // Serials are mostly given in the order of the keys.
        if !entries.is_sorted_by(|a, b| by_serial(a, b) != Ordering::Greater) {
            entries.sort_by(by_serial);
        }
        let columns: Vec<Vec<u32>> = sort.iter().map(|by| self.places(register, *by, &entries)).collect();
        let mut rows: Vec<usize> = (0..entries.len()).collect();
        rows.sort_by(|a, b| {
            let place = |column: &[u32], row: usize| column.get(row).copied().unwrap_or(LAST);
            let orders = columns.iter().map(|column| place(column, *a).cmp(&place(column, *b)));
            orders.into_iter().find(|order| order.is_ne()).unwrap_or(Ordering::Equal)
        });
        for (key, entry) in keys.iter_mut().zip(rows.into_iter().filter_map(|row| entries.get(row))) {
            *key = entry.key;
        }
    }

    /// For each of these entries, which stand in the order of their serials, its place in a column.
    fn places(&self, register: &Register, by: SortBy, entries: &[&Entry]) -> Vec<u32> {
        let mut judged: HashMap<usize, Option<Rank>> = HashMap::new();
        let ranks: Vec<Option<Rank>> = match by.column {
            Column::Derived(Derived::Serial) => {
                (0..entries.len()).map(|row| Some(Rank::Number(Decimal::from(row)))).collect()
            }
            Column::Derived(derived @ (Derived::Level | Derived::Score | Derived::Listed)) => {
                let mut rank = |entry: &&Entry| {
                    let evaluation = self.evaluation(entry)?;
                    let address = Arc::as_ptr(&evaluation.judged).addr();
                    judged.entry(address).or_insert_with(|| self.derived_rank(entry, derived)).clone()
                };
                entries.iter().map(&mut rank).collect()
            }
            Column::Derived(derived) => {
                entries.iter().map(|entry| self.derived_rank(entry, derived)).collect()
            }
            Column::Field(index) => {
                let Some(field) = register.fields.get(index) else { return Vec::new() };
                let slot = self.book.slot(&register.id, &field.id);
                let cell = |entry: &Entry| slot.map_or(Cell::Empty, |slot| entry.cell(slot).clone());
                entries.iter().map(|entry| self.field_rank(&field.kind, &cell(entry))).collect()
            }
        };
        self.placed(&ranks, by.descending)
    }

    fn placed(&self, ranks: &[Option<Rank>], descending: bool) -> Vec<u32> {
        let mut places: HashMap<&Rank, u32> = HashMap::new();
        for rank in ranks.iter().flatten() {
            places.insert(rank, 0);
        }
        let mut distinct: Vec<(Sortable, &Rank)> =
            places.keys().map(|rank| (self.sortable(rank), *rank)).collect();
        distinct.sort_by(|(a, _), (b, _)| if descending { b.cmp(a) } else { a.cmp(b) });
        for ((_, rank), number) in distinct.iter().zip(0..) {
            places.insert(rank, number);
        }
        let place =
            |rank: &Option<Rank>| rank.as_ref().and_then(|rank| places.get(rank)).copied().unwrap_or(LAST);
        ranks.iter().map(place).collect()
    }

    fn sortable(&self, rank: &Rank) -> Sortable {
        match rank {
            Rank::Number(number) => Sortable::Number(*number),
            Rank::Day(date) => Sortable::Day(*date),
            Rank::Text(id) => Sortable::Words(collate::key(self.book.text(*id))),
            Rank::Words(words) => Sortable::Words(collate::key(words)),
        }
    }

    fn field_rank(&self, kind: &Kind, cell: &Cell) -> Option<Rank> {
        match cell {
            Cell::Empty => None,
            Cell::Number(number) => Some(Rank::Number(*number)),
            Cell::Date(date) => Some(Rank::Day(*date)),
            Cell::YesNo(yes) => Some(Rank::Number(Decimal::from(u8::from(*yes)))),
            Cell::Text(id) => Some(Rank::Text(*id)),
            Cell::Choice(id) => Some(self.choice_rank(kind, *id)),
            Cell::Choices(ids) => ids.first().map(|id| self.choice_rank(kind, *id)),
            Cell::Links(keys) => keys.first().map(|key| Rank::Words(self.title(*key))),
            Cell::Evaluation(evaluation) => self.level_rank(evaluation).map(Rank::Number),
            Cell::Rows(rows) => Some(Rank::Number(Decimal::from(rows.len()))),
            Cell::Files(files) => Some(Rank::Number(Decimal::from(files.len()))),
        }
    }

    /// A list keeps the order its definition gives it; a former choice comes after it.
    fn choice_rank(&self, kind: &Kind, code: TextId) -> Rank {
        let at = kind.choices().iter().position(|choice| choice.code == self.book.text(code));
        at.map_or(Rank::Text(code), |at| Rank::Number(Decimal::from(at)))
    }

    fn derived_rank(&self, entry: &Entry, derived: Derived) -> Option<Rank> {
        let number = |number: u64| Some(Rank::Number(Decimal::from(number)));
        match derived {
            Derived::Serial => return Some(Rank::Text(entry.serial)),
            Derived::Changed => return number(entry.edited.seq),
            Derived::Open => return number(self.open_fields(entry).count() as u64),
            Derived::Stale => return number(u64::from(self.stale().holds(entry.key))),
            _ => {}
        }
        let evaluation = self.evaluation(entry)?;
        match derived {
            Derived::Score => evaluation.score.map(Rank::Number),
            Derived::Level => self.level_rank(evaluation).map(Rank::Number),
            Derived::Listed => number(u64::from(evaluation.listed)),
            Derived::EvaluatedOn => Some(Rank::Day(Date::day(evaluation.occasion.on))),
            Derived::ResidualScore => evaluation.residual.as_ref()?.score.map(Rank::Number),
            Derived::ResidualLevel => self.residual_rank(evaluation).map(Rank::Number),
            _ => Some(Rank::Words(self.derived_text(entry, derived))),
        }
    }

    fn residual_rank(&self, evaluation: &Evaluation) -> Option<Decimal> {
        let residual = evaluation.residual.as_ref()?;
        self.method(evaluation)?.band(&residual.level).map(|band| Decimal::from(band.rank))
    }
}

#[derive(PartialEq, Eq, PartialOrd, Ord)]
enum Sortable {
    Number(Decimal),
    Day(Date),
    Words(CollationKey),
}
