//! An entry as JSON: the same in every language, stable for scripts.

use serde_json::{Map, Value as Json, json};

use super::Reading;
use crate::book::{Cell, Entry, EntryKey, Plain, Value};
use crate::definition::{Column, Derived, Field, Kind, Register};
use crate::scoring;

impl Reading<'_> {
    /// An entry as one object: `id`, `register`, `fields`; `null` for a field that is empty.
    pub fn json(&self, entry: &Entry) -> Json {
        let fields = self.json_fields(self.register(entry), entry);
        json!({
            "id": self.book.text(entry.serial),
            "register": self.book.register_id(entry.register),
            "fields": fields,
        })
    }

    /// A column of an entry as JSON.
    pub fn json_column(&self, register: &Register, entry: &Entry, column: Column) -> Json {
        match column {
            Column::Field(index) => match register.fields.get(index) {
                Some(field) => self.json_cell(field, self.book.cell(entry, &field.id)),
                None => Json::Null,
            },
            Column::Derived(derived) => self.json_derived(entry, derived),
        }
    }

    fn json_fields(&self, register: Option<&Register>, entry: &Entry) -> Map<String, Json> {
        let mut fields = Map::new();
        for field in register.iter().flat_map(|register| &register.fields) {
            fields.insert(field.id.clone(), self.json_cell(field, self.book.cell(entry, &field.id)));
        }
        // What stands in a field that left the definition is kept and shown as it was entered.
        let left = |id: &str| register.is_none_or(|register| register.field(id).is_none());
        for (id, cell) in self.book.fields(entry).filter(|(id, _)| left(id)) {
            let value = cell.value(self.book.texts());
            fields.insert(id.to_owned(), serde_json::to_value(value).unwrap_or(Json::Null));
        }
        fields
    }

    fn json_cell(&self, field: &Field, cell: &Cell) -> Json {
        match cell.value(self.book.texts()) {
            Some(value) => self.json_value(field, &value),
            None => Json::Null,
        }
    }

    /// A value as JSON: choices with code and labels, links with serial and title.
    pub fn json_value(&self, field: &Field, value: &Value) -> Json {
        match value {
            Value::Text(text) => Json::from(text.as_str()),
            Value::Number(number) => scoring::json_number(*number),
            Value::Date(date) => Json::from(date.to_string()),
            Value::YesNo(yes) => Json::from(*yes),
            Value::Choice(code) => json_choice(field, code),
            Value::Choices(codes) => codes.iter().map(|code| json_choice(field, code)).collect(),
            Value::Links(keys) => keys.iter().map(|key| self.json_link(*key)).collect(),
            Value::Evaluation(evaluation) => match self.method(evaluation) {
                Some(method) => scoring::to_json(evaluation, method),
                None => Json::Null,
            },
            Value::Rows(rows) => {
                let Kind::Rows(columns) = &field.kind else { return Json::Null };
                let row = |cells: &[(String, Plain)]| -> Json {
                    let cell = |(id, cell): &(String, Plain)| {
                        let column = columns.iter().find(|column| column.id == *id);
                        let value = Value::from(cell.clone());
                        let json = column.map_or_else(
                            || serde_json::to_value(&value).unwrap_or(Json::Null),
                            |column| self.json_value(column, &value),
                        );
                        (id.clone(), json)
                    };
                    Json::Object(cells.iter().map(cell).collect())
                };
                rows.iter().map(|cells| row(&cells.0)).collect()
            }
            Value::Files(files) => serde_json::to_value(files).unwrap_or(Json::Null),
        }
    }

    fn json_link(&self, key: EntryKey) -> Json {
        let deleted = self.book.tombstone(key).is_some();
        let mut link = json!({ "id": self.book.serial(key), "title": self.title(key) });
        if let (true, Json::Object(link)) = (deleted, &mut link) {
            link.insert("deleted".to_owned(), Json::from(true));
        }
        link
    }

    fn json_derived(&self, entry: &Entry, derived: Derived) -> Json {
        let evaluation = self.evaluation(entry);
        let score = |score: Option<scoring::Decimal>| score.map_or(Json::Null, scoring::json_number);
        match derived {
            Derived::Score => score(evaluation.and_then(|evaluation| evaluation.score)),
            Derived::ResidualScore => score(
                evaluation
                    .and_then(|evaluation| evaluation.residual.as_ref())
                    .and_then(|residual| residual.score),
            ),
            Derived::Listed => evaluation.map_or(Json::Null, |evaluation| Json::from(evaluation.listed)),
            Derived::Outdated => self.is_outdated(entry).map_or(Json::Null, Json::from),
            Derived::Open => Json::from(self.open_fields(entry).count()),
            Derived::Stale => Json::from(self.stale().holds(entry.key)),
            Derived::Level => {
                evaluation.map_or(Json::Null, |evaluation| Json::from(evaluation.level.as_str()))
            }
            other => match self.derived_text(entry, other) {
                empty if empty.is_empty() => Json::Null,
                text => Json::from(text),
            },
        }
    }
}

fn json_choice(field: &Field, code: &str) -> Json {
    match field.choice(code) {
        Some(choice) => json!({ "code": code, "zh": choice.label.zh(), "en": choice.label.en() }),
        None => json!({ "code": code, "former": true }),
    }
}
