//! The sample: a software company's registers with two years of dated changes.
//!
//! Its files are commits as people would have made them; they go through the same door as any other
//! change. The rows are those of a real audit record; their values are illustrative.

use chrono::{DateTime, FixedOffset, NaiveDate, Utc};
use serde::Deserialize;
use serde_json::{Map, Value as Json};

use super::evaluate::{EvaluateError, Wanted, evaluate};
use crate::book::{Edit, EntryKey, Origin, Proposal, SERIAL, Value, Way};
use crate::catalogue::{EntryError, Reading};
use crate::definition::{Kind, Register};
use crate::share::{Session, SessionError};
use crate::source::Problem;
use crate::wording::Lang;

/// `book.toml` of the sample.
pub const MARKER: &str = include_str!("../../data/sample/book.toml");

macro_rules! commits {
    ($($name:literal),* $(,)?) => {
        &[$(($name, include_str!(concat!("../../data/sample/", $name)))),*]
    };
}

const COMMITS: &[(&str, &str)] = commits![
    "01-2021-05-10-foundations.toml",
    "02-2021-05-10-aspects.toml",
    "03-2021-05-12-hazards.toml",
    "04-2021-07-15-drill.toml",
    "05-2021-08-20-epidemic.toml",
    "06-2021-11-02-controls.toml",
    "07-2021-12-01-double.toml",
    "08-2021-12-03-delete.toml",
    "09-2022-03-15-review.toml",
    "10-2022-04-20-drill.toml",
    "11-2022-05-12-breaker.toml",
    "12-2022-05-12-cartridges.toml",
    "13-2022-05-12-records.toml",
    "14-2022-05-12-folders.toml",
    "15-2022-05-13-audit.toml",
];

/// `book.toml` of the sample in which something was done about what an auditor found.
pub const MENDED_MARKER: &str = include_str!("../../data/sample/mended/book.toml");
/// What was done.
const MENDED: &[(&str, &str)] =
    commits!["mended/2022-05-20.toml", "mended/2022-05-27.toml", "mended/2022-05-27-looked.toml"];

/// A dated commit of the sample, as its file has it.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    at: DateTime<FixedOffset>,
    by: String,
    user: String,
    why: Option<String>,
    #[serde(default)]
    add: Vec<Map<String, Json>>,
    #[serde(default)]
    set: Vec<Map<String, Json>>,
    #[serde(default)]
    delete: Vec<Map<String, Json>>,
}

/// The commits of the sample.
#[derive(Debug, Default)]
pub struct Sample;

/// Why the sample cannot be laid out: a mistake of the program's own data.
#[derive(Debug, thiserror::Error)]
pub enum SampleError {
    /// A file is wrong.
    #[error(transparent)]
    Problem(#[from] Problem),
    /// A value is wrong.
    #[error("{file}: {field}: {error}")]
    Value {
        /// The file.
        file: String,
        /// The field.
        field: String,
        /// What is wrong.
        error: EntryError,
    },
    /// An evaluation is wrong.
    #[error("{file}: {error}")]
    Evaluate {
        /// The file.
        file: String,
        /// What is wrong.
        error: EvaluateError,
    },
    /// A name is wrong.
    #[error("{file}: unknown {said}")]
    Unknown {
        /// The file.
        file: String,
        /// What was said.
        said: String,
    },
    /// The book or the store refuses.
    #[error(transparent)]
    Session(#[from] SessionError),
}

impl Sample {
    /// The moment before its first commit, at which a sample book is made.
    pub fn begins() -> DateTime<Utc> {
        DateTime::from_timestamp(1_620_606_000, 0).unwrap_or_default()
    }

    /// Lays the sample out in an empty book.
    pub fn lay_out(session: &mut Session) -> Result<(), SampleError> {
        Self::lay(session, COMMITS)
    }

    /// The same, and what was done about the findings of its auditor.
    pub fn lay_out_mended(session: &mut Session) -> Result<(), SampleError> {
        Self::lay(session, COMMITS)?;
        Self::lay(session, MENDED)
    }

    fn lay(session: &mut Session, commits: &[(&str, &str)]) -> Result<(), SampleError> {
        for (name, text) in commits {
            let file: File = crate::source::parse(name, text)?;
            let origin = Origin {
                utc: file.at.to_utc(),
                offset: file.at.offset().local_minus_utc(),
                user: file.user.clone(),
                name: file.by.clone(),
                real: None,
                ..session.origin(file.at.to_utc())
            };
            let edits = edits(name, &file, session)?;
            session.commit_as(Proposal { way: Way::Sample, why: file.why.clone(), edits }, origin)?;
        }
        Ok(())
    }
}

fn edits(name: &str, file: &File, session: &Session) -> Result<Vec<Edit>, SampleError> {
    let reading = session.reading(Lang::Zh);
    let day = file.at.date_naive();
    let unknown = |said: &str| SampleError::Unknown { file: name.to_owned(), said: said.to_owned() };
    let mut edits = Vec::new();
    // A row may name one that stands before it in the same file.
    let mut ahead = Ahead { reading, next: session.book().next_key(), given: Vec::new() };
    for row in &file.add {
        let register = row.get("register").and_then(Json::as_str).unwrap_or_default();
        let register = reading.definitions.register(register).ok_or_else(|| unknown(register))?;
        let fields = ahead.fields(name, register, row, None, day)?;
        ahead.give(row.get(SERIAL).and_then(Json::as_str).unwrap_or_default(), &register.id);
        let fields = fields.into_iter().filter_map(|(id, value)| Some((id, value?))).collect();
        edits.push(Edit::Add { register: register.id.clone(), fields });
    }
    for row in file.set.iter().chain(&file.delete) {
        let serial = row.get(SERIAL).and_then(Json::as_str).unwrap_or_default();
        let key = reading.book.key_of(serial).ok_or_else(|| unknown(serial))?;
        let entry = reading.book.entry(key).ok_or_else(|| unknown(serial))?;
        if row.len() == 1 {
            edits.push(Edit::Delete { entry: key });
            continue;
        }
        let register = reading.register(entry).ok_or_else(|| unknown(serial))?;
        let mut fields = ahead.fields(name, register, row, Some(key), day)?;
        fields.retain(|(id, _)| id != SERIAL);
        edits.push(Edit::Set { entry: key, fields });
    }
    Ok(edits)
}

/// Rows of one file, of which later ones may link to earlier ones before they have been committed.
struct Ahead<'a> {
    reading: Reading<'a>,
    next: EntryKey,
    given: Vec<(String, String, EntryKey)>,
}

impl Ahead<'_> {
    fn give(&mut self, serial: &str, register: &str) {
        self.given.push((serial.to_owned(), register.to_owned(), self.next));
        self.next = EntryKey(self.next.0 + 1);
    }

    fn fields(
        &self,
        file: &str,
        register: &Register,
        row: &Map<String, Json>,
        key: Option<EntryKey>,
        day: NaiveDate,
    ) -> Result<Vec<(String, Option<Value>)>, SampleError> {
        let mut fields = Vec::new();
        for (id, json) in row.iter().filter(|(id, _)| *id != "register") {
            if id == SERIAL {
                fields.push((id.clone(), json.as_str().map(|serial| Value::Text(serial.to_owned()))));
                continue;
            }
            let unknown = || SampleError::Unknown { file: file.to_owned(), said: id.clone() };
            let field = register.field(id).ok_or_else(unknown)?;
            let value = match (&field.kind, json) {
                (Kind::Evaluation { .. }, Json::Object(given)) => {
                    Some(self.evaluation(file, register, row, given, key)?)
                }
                (Kind::Links { .. }, json) => match self.links(json) {
                    Some(keys) => Some(Value::Links(keys)),
                    None => self.value(file, field, json, day)?,
                },
                _ => self.value(file, field, json, day)?,
            };
            fields.push((id.clone(), value));
        }
        Ok(fields)
    }

    fn value(
        &self,
        file: &str,
        field: &crate::definition::Field,
        json: &Json,
        day: NaiveDate,
    ) -> Result<Option<Value>, SampleError> {
        let wrong = |error| SampleError::Value { file: file.to_owned(), field: field.id.clone(), error };
        self.reading.enter_json(field, json, day).map_err(wrong)
    }

    /// Links to rows of the same file, where all of them are.
    fn links(&self, json: &Json) -> Option<Vec<EntryKey>> {
        let words: Vec<&str> = match json {
            Json::Array(words) => words.iter().filter_map(Json::as_str).collect(),
            Json::String(word) => vec![word],
            _ => return None,
        };
        let found =
            |word: &&str| self.given.iter().find(|(serial, _, _)| serial == word).map(|(_, _, key)| *key);
        words.iter().map(found).collect()
    }

    fn evaluation(
        &self,
        file: &str,
        register: &Register,
        row: &Map<String, Json>,
        given: &Map<String, Json>,
        key: Option<EntryKey>,
    ) -> Result<Value, SampleError> {
        let numbers = |name: &str| -> Vec<(String, String)> {
            let Some(Json::Object(numbers)) = given.get(name) else { return Vec::new() };
            let text = |json: &Json| json.as_str().map_or_else(|| json.to_string(), str::to_owned);
            numbers.iter().map(|(id, json)| (id.clone(), text(json))).collect()
        };
        let words = |name: &str| given.get(name).and_then(Json::as_str);
        let by = given
            .get("by")
            .and_then(Json::as_array)
            .map(|by| by.iter().filter_map(Json::as_str).map(str::to_owned).collect());
        let wanted = Wanted {
            method: words("method").map(str::to_owned),
            factors: numbers("factors"),
            direct: words("direct").map(str::to_owned),
            on: words("on").and_then(|on| on.parse().ok()),
            by: by.unwrap_or_default(),
            basis: words("basis").map(str::to_owned),
            residual: given.contains_key("residual").then(|| numbers("residual")),
            release: false,
        };
        let entry = key.and_then(|key| self.reading.book.entry(key));
        let kind = |field: &str| match row.get(field).and_then(Json::as_str) {
            Some(code) => Some(code.to_owned()),
            None => match self.reading.book.value(entry?, field) {
                Some(Value::Choice(code)) => Some(code),
                _ => None,
            },
        };
        let made = evaluate(&self.reading, register, entry, kind, (&wanted, NaiveDate::default()));
        made.map(|(_, value, _)| value)
            .map_err(|error| SampleError::Evaluate { file: file.to_owned(), error })
    }
}
