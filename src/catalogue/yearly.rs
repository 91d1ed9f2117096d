//! What was used, against the same month of the year before.

use chrono::{Datelike, NaiveDate};

use super::Reading;
use crate::book::{Cell, Entry, EntryKey};
use crate::definition::Yearly;
use crate::scoring::Decimal;
use crate::wording::{Message, message};

/// An amount beside that of the same month a year before.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct YearBefore {
    /// The entry of the year before.
    pub entry: EntryKey,
    /// Its month, such as `2021-04`.
    pub month: String,
    /// How much it was then.
    pub amount: Decimal,
    /// The unit.
    pub unit: String,
    /// By how many per cent it rose since, to one place; none where it was nothing then.
    pub rose: Option<Decimal>,
}

impl Reading<'_> {
    /// The amount of an entry beside that of the year before, where its register compares and there is one.
    pub fn year_before(&self, entry: &Entry) -> Option<YearBefore> {
        let register = self.register(entry)?;
        let yearly = register.features.yearly.as_ref()?;
        let month = self.month_of(entry, yearly)?;
        let before = month.with_year(month.year().checked_sub(1)?)?;
        let others = self.book.entries(&register.id).iter().rev().filter_map(|key| self.book.entry(*key));
        let same = |other: &&Entry| {
            self.month_of(other, yearly) == Some(before)
                && yearly
                    .same
                    .iter()
                    .chain([&yearly.unit])
                    .all(|field| self.book.cell(entry, field) == self.book.cell(other, field))
        };
        let other = others.into_iter().find(same)?;
        let (now, then) = (self.amount(entry, yearly)?, self.amount(other, yearly)?);
        let rose = (now - then).checked_mul(Decimal::ONE_HUNDRED).and_then(|rose| rose.checked_div(then));
        Some(YearBefore {
            entry: other.key,
            month: before.format("%Y-%m").to_string(),
            amount: then,
            unit: match self.book.cell(other, &yearly.unit) {
                Cell::Text(unit) => self.book.text(*unit).to_owned(),
                _ => String::new(),
            },
            rose: rose.map(|rose| rose.round_dp(1)),
        })
    }

    /// Another entry of the same month and the same thing, entered before.
    pub fn same_month(&self, entry: &Entry) -> Option<EntryKey> {
        let register = self.register(entry)?;
        let yearly = register.features.yearly.as_ref()?;
        let month = self.month_of(entry, yearly)?;
        let before = self.book.entries(&register.id).iter().filter_map(|key| self.book.entry(*key));
        let same = |other: &&Entry| {
            let alike = |field: &String| self.book.cell(entry, field) == self.book.cell(other, field);
            other.key < entry.key
                && self.month_of(other, yearly) == Some(month)
                && yearly.same.iter().all(alike)
        };
        before.into_iter().find(same).map(|other| other.key)
    }

    /// The first day of the month that an entry is of.
    fn month_of(&self, entry: &Entry, yearly: &Yearly) -> Option<NaiveDate> {
        match self.book.cell(entry, &yearly.month) {
            Cell::Date(date) => date.first().with_day(1),
            _ => None,
        }
    }

    fn amount(&self, entry: &Entry, yearly: &Yearly) -> Option<Decimal> {
        match self.book.cell(entry, &yearly.amount) {
            Cell::Number(amount) => Some(*amount),
            _ => None,
        }
    }
}

impl YearBefore {
    /// What there is to say: the month and amount then, and by how much it rose or fell.
    pub fn words(&self) -> Message {
        let amount = self.amount.normalize().to_string();
        let (month, unit) = (self.month.clone(), self.unit.clone());
        let Some(rose) = self.rose else {
            return message!("year-before", month = month, amount = amount, unit = unit);
        };
        let sign = if rose > Decimal::ZERO { "+" } else { "" };
        let rose = format!("{sign}{}%", rose.normalize());
        message!("year-before-rose", month = month, amount = amount, unit = unit, rose = rose)
    }
}
