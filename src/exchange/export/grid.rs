//! Entries as cells: a column for each field, several for an evaluation, and a table of its own for rows inside an entry.

use super::Tongue;
use crate::book::{Date, Entry, EntryKey, Plain, Row, Value};
use crate::catalogue::Reading;
use crate::definition::{Derived, Field, Kind, Register};
use crate::scoring::{Decimal, Evaluation, Factors, Method};
use crate::wording::Label;

/// What stands between the name of a table and that of a part of it.
pub const PART: char = '·';

/// A table of cells.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Grid {
    /// Its name.
    pub name: String,
    /// Its heads.
    pub heads: Vec<String>,
    /// Its rows.
    pub rows: Vec<Vec<Out>>,
    /// Tables of rows that stand inside its entries; each begins with the serial of the entry.
    pub parts: Vec<Grid>,
}

/// A cell.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Out {
    /// Nothing.
    Empty,
    /// Words.
    Text(String),
    /// A number.
    Number(Decimal),
    /// A day.
    Day(Date),
    /// Rows that stand in a table of their own where there is one: in words, and as JSON that comes back.
    Rows(String, String),
}

impl Out {
    /// The words of a cell; rows as people read them.
    pub fn words(&self) -> String {
        match self {
            Out::Empty => String::new(),
            Out::Text(text) | Out::Rows(text, _) => text.clone(),
            Out::Number(number) => number.to_string(),
            Out::Day(date) => date.to_string(),
        }
    }

    fn text(text: String) -> Self {
        if text.is_empty() { Out::Empty } else { Out::Text(text) }
    }
}

impl Grid {
    /// The entries of a register in a language.
    pub fn of(reading: &Reading, register: &Register, keys: &[EntryKey], tongue: Tongue) -> Self {
        let entries: Vec<&Entry> = keys.iter().filter_map(|key| reading.book.entry(*key)).collect();
        let writer = Writer { reading, register, tongue };
        let factors = Kinds::of(reading, &entries);
        let mut heads = vec![tongue.label(&Derived::Serial.name())];
        let mut parts = Vec::new();
        for field in &register.fields {
            match &field.kind {
                Kind::Evaluation { .. } => heads.extend(factors.heads(tongue)),
                Kind::Rows(columns) => {
                    heads.push(tongue.label(&field.name));
                    parts.push(writer.part(field, columns, &entries));
                }
                _ => heads.push(tongue.label(&field.name)),
            }
        }
        let rows = entries.iter().map(|entry| writer.row(entry, &factors)).collect();
        let parts = parts.into_iter().filter(|part: &Grid| !part.rows.is_empty()).collect();
        Self { name: register.name.get(tongue.lang()).to_owned(), heads, rows, parts }
    }
}

struct Writer<'a> {
    reading: &'a Reading<'a>,
    register: &'a Register,
    tongue: Tongue,
}

impl Writer<'_> {
    fn row(&self, entry: &Entry, factors: &Kinds) -> Vec<Out> {
        let mut cells = vec![Out::Text(self.reading.book.text(entry.serial).to_owned())];
        for field in &self.register.fields {
            let value = self.reading.book.value(entry, &field.id);
            match (&field.kind, value) {
                (Kind::Evaluation { .. }, value) => {
                    let evaluation = match &value {
                        Some(Value::Evaluation(evaluation)) => Some(&**evaluation),
                        _ => None,
                    };
                    cells.extend(factors.cells(evaluation, self.reading, self.tongue));
                }
                (_, Some(value)) => cells.push(self.cell(field, &value)),
                (_, None) => cells.push(Out::Empty),
            }
        }
        cells
    }

    fn cell(&self, field: &Field, value: &Value) -> Out {
        match value {
            Value::Text(text) => Out::text(text.clone()),
            Value::Number(number) => Out::Number(*number),
            Value::Date(date) => Out::Day(*date),
            Value::YesNo(yes) => Out::Text(self.tongue.say(if *yes { "yes" } else { "no" })),
            Value::Choice(code) => Out::Text(self.choice(field, code)),
            Value::Choices(codes) => {
                let labels: Vec<String> = codes.iter().map(|code| self.choice(field, code)).collect();
                // A label may hold any sign that parts words; none holds a line's end.
                Out::text(labels.join("\n"))
            }
            Value::Links(keys) => {
                let link = |key: &EntryKey| {
                    format!("{} {}", self.reading.book.serial(*key), self.reading.title(*key))
                };
                Out::text(keys.iter().map(link).collect::<Vec<_>>().join("\n"))
            }
            Value::Rows(rows) => {
                let words: Vec<String> = rows.iter().map(|row| self.reading.row(field, row)).collect();
                Out::Rows(words.join("\n"), self.reading.json_value(field, value).to_string())
            }
            Value::Files(files) => {
                Out::text(files.iter().map(|file| file.name.clone()).collect::<Vec<_>>().join("\n"))
            }
            Value::Evaluation(_) => Out::Empty,
        }
    }

    fn choice(&self, field: &Field, code: &str) -> String {
        field.choice(code).map_or_else(|| code.to_owned(), |choice| self.tongue.label(&choice.label))
    }

    /// The rows inside the entries, under the serial of each.
    fn part(&self, field: &Field, columns: &[Field], entries: &[&Entry]) -> Grid {
        let serial = self.tongue.label(&Derived::Serial.name());
        let heads =
            std::iter::once(serial).chain(columns.iter().map(|column| self.tongue.label(&column.name)));
        let mut rows = Vec::new();
        for entry in entries {
            let Some(Value::Rows(inside)) = self.reading.book.value(entry, &field.id) else { continue };
            rows.extend(inside.iter().map(|row| self.inside(entry, columns, row)));
        }
        // A name that is too long for a sheet is cut: it stands in one language only.
        let lang = self.tongue.lang();
        let name = format!("{}{PART}{}", self.register.name.get(lang), field.name.get(lang));
        Grid { name, heads: heads.collect(), rows, parts: Vec::new() }
    }

    fn inside(&self, entry: &Entry, columns: &[Field], row: &Row) -> Vec<Out> {
        let serial = Out::Text(self.reading.book.text(entry.serial).to_owned());
        let cell = |column: &Field| {
            row.get(&column.id).map_or(Out::Empty, |plain: &Plain| self.cell(column, &plain.clone().into()))
        };
        std::iter::once(serial).chain(columns.iter().map(cell)).collect()
    }
}

/// The factors that the evaluations of a table have, whatever their methods.
struct Kinds {
    factors: Vec<String>,
    residual: Vec<String>,
}

impl Kinds {
    fn of(reading: &Reading, entries: &[&Entry]) -> Self {
        let mut kinds = Self { factors: Vec::new(), residual: Vec::new() };
        for evaluation in entries.iter().filter_map(|entry| reading.evaluation(entry)) {
            let order = |factors: &Factors| -> Vec<String> {
                let method = reading.method(evaluation);
                let known = method
                    .into_iter()
                    .flat_map(|method: &Method| &method.factors)
                    .map(|factor| factor.id.clone());
                known.filter(|id| factors.contains_key(id)).collect()
            };
            add(&mut kinds.factors, order(&evaluation.factors));
            if let Some(residual) = &evaluation.residual {
                add(&mut kinds.residual, order(&residual.factors));
            }
        }
        kinds
    }

    fn heads(&self, tongue: Tongue) -> Vec<String> {
        let name = |derived: Derived| tongue.label(&derived.name());
        let mut heads = vec![name(Derived::Method), tongue.say("import-direct")];
        heads.extend(self.factors.iter().cloned());
        heads.extend([name(Derived::Score), name(Derived::Level), name(Derived::Listed)]);
        heads.extend(["import-on", "import-by", "import-from"].map(|id| tongue.say(id)));
        let residual =
            |id: &String| tongue.label(&Label::new(&format!("剩余 {id}"), &format!("residual {id}")));
        heads.extend(self.residual.iter().map(residual));
        heads.extend([name(Derived::ResidualScore), name(Derived::ResidualLevel)]);
        heads
    }

    fn cells(&self, evaluation: Option<&Evaluation>, reading: &Reading, tongue: Tongue) -> Vec<Out> {
        let width = self.factors.len() + self.residual.len() + 10;
        let Some(evaluation) = evaluation else { return vec![Out::Empty; width] };
        let method = reading.method(evaluation);
        let level = |code: &str| {
            let band = method.and_then(|method| method.band(code));
            Out::Text(band.map_or_else(|| code.to_owned(), |band| tongue.label(&band.label)))
        };
        let score = |score: Option<Decimal>| score.map_or(Out::Empty, |score| Out::Number(score.normalize()));
        let factor = |factors: &Factors, id: &String| {
            let value = factors.iter().find(|(known, _)| known.eq_ignore_ascii_case(id));
            value.map_or(Out::Empty, |(_, value)| Out::Number(value.normalize()))
        };
        let direct = evaluation.direct.clone().unwrap_or_default();
        let mut cells =
            vec![Out::Text(format!("{}@{}", evaluation.method, evaluation.edition)), Out::text(direct)];
        cells.extend(self.factors.iter().map(|id| factor(&evaluation.factors, id)));
        let listed = Out::Text(tongue.say(if evaluation.listed { "yes" } else { "no" }));
        cells.extend([score(evaluation.score), level(&evaluation.level), listed]);
        cells.extend([
            Out::Day(Date::day(evaluation.occasion.on)),
            Out::text(evaluation.occasion.by.join("、")),
            Out::text(evaluation.occasion.basis.clone()),
        ]);
        let residual = evaluation.residual.as_ref();
        cells.extend(
            self.residual
                .iter()
                .map(|id| residual.map_or(Out::Empty, |residual| factor(&residual.factors, id))),
        );
        cells.push(score(residual.and_then(|residual| residual.score)));
        cells.push(residual.map_or(Out::Empty, |residual| level(&residual.level)));
        cells
    }
}

/// The factors that the evaluations of entries have, in the order of their methods.
pub(crate) fn factor_ids(reading: &Reading, entries: &[&Entry]) -> Vec<String> {
    Kinds::of(reading, entries).factors
}

fn add(known: &mut Vec<String>, more: Vec<String>) {
    for id in more {
        if !known.iter().any(|other| other.eq_ignore_ascii_case(&id)) {
            known.push(id);
        }
    }
}
