//! A row as an example: what stands in each column, so that it can be seen how rows are written.

use chrono::{Datelike, NaiveDate};
use serde_json::{Map, Value as Json};

use super::Reading;
use crate::definition::{Field, Kind};

impl Reading<'_> {
    /// What could stand in a column: for words the name of the column.
    pub fn example_cell(&self, column: &Field, today: NaiveDate) -> String {
        match &column.kind {
            Kind::Date => today.to_string(),
            Kind::Number { .. } => "1".to_owned(),
            Kind::Text { time: true, .. } => "10:00:41".to_owned(),
            Kind::YesNo => "yes".to_owned(),
            Kind::Choice(choices) | Kind::Choices(choices) => {
                choices.first().map_or_else(String::new, |choice| choice.label.get(self.lang).to_owned())
            }
            Kind::Links { to, .. } => {
                let there = to.iter().find_map(|to| self.book.entries(to).last());
                let first = || to.first().and_then(|to| self.definitions.register(to));
                let made =
                    || first().map(|register| register.serial.make(today.year(), 1)).unwrap_or_default();
                there.map_or_else(made, |key| self.book.serial(*key).to_owned())
            }
            _ => column.name.get(self.lang).to_owned(),
        }
    }

    /// A row as JSON takes it, in the brackets of a list.
    pub fn example_rows(&self, columns: &[Field], today: NaiveDate) -> String {
        let cell = |column: &Field| (column.id.clone(), Json::from(self.example_cell(column, today)));
        let row: Map<String, Json> = columns.iter().map(cell).collect();
        Json::from(vec![Json::Object(row)]).to_string()
    }
}
