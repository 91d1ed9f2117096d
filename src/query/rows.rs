//! Matching what stands in rows.

use super::compare::{compare_days, compare_numbers};
use super::compile::Ask;
use super::matching::Prepared;
use crate::book::Plain;
use crate::definition::Field;

impl Prepared<'_> {
    /// A cell of a row.
    pub(super) fn plain(&self, field: &Field, cell: Option<&Plain>, ask: &Ask) -> bool {
        let Some(cell) = cell else { return matches!(ask, Ask::Empty) };
        match (ask, cell) {
            (Ask::Filled, _) => true,
            (Ask::Number(op, numbers), Plain::Number(number)) => compare_numbers(*op, *number, numbers),
            (Ask::Day(op, days), Plain::Date(date)) => compare_days(*op, (date.first(), date.last()), days),
            (Ask::YesNo(wanted), Plain::YesNo(yes)) => wanted.contains(yes),
            (Ask::Contains(numbers), cell) => {
                self.plain_says(field, cell, |text| self.filter.contains(numbers, text))
            }
            (Ask::Is(words), cell) => {
                self.plain_says(field, cell, |text| words.contains(&text.to_lowercase()))
            }
            _ => false,
        }
    }

    /// Whether one of the words by which a cell of a row is meant is one that is looked for.
    fn plain_says(&self, field: &Field, cell: &Plain, is: impl Fn(&str) -> bool) -> bool {
        let code = |code: &String| {
            let labels = field.choice(code).map(|choice| [choice.label.zh(), choice.label.en()]);
            is(code) || labels.into_iter().flatten().any(&is)
        };
        match cell {
            Plain::Text(text) => is(text),
            Plain::Choice(one) => code(one),
            Plain::Choices(some) => some.iter().any(code),
            Plain::Links(keys) => keys.iter().any(|key| self.link_is(*key, &is)),
            Plain::Number(number) => is(&number.normalize().to_string()),
            Plain::Date(date) => is(&date.to_string()),
            Plain::YesNo(_) => false,
        }
    }
}
