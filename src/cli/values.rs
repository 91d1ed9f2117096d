//! What a call gives to be kept: `FIELD=VALUE` pairs, files, and lines of standard input.

use std::io::BufRead;
use std::path::Path;

use clap::ArgMatches;
use serde_json::Value as Json;

use super::args::pairs;
use super::error::{CliError, Exit};
use super::{Call, beside, named};
use crate::book::{SERIAL, Value};
use crate::catalogue::{EntryError, Reading};
use crate::definition::{Column, Kind, Register};
use crate::source::nearest;
use crate::wording::{Lang, message};

/// `FIELD=VALUE` pairs with the files that they name kept: `FIELD=@PATH,@PATH`. What comes from standard input
/// names none, since it may come from anywhere.
pub fn pairs_with_files(
    call: &Call,
    register: &Register,
    matches: &ArgMatches,
) -> Result<Vec<(String, Json)>, CliError> {
    let kept = |name: &str, value: &str| -> Result<Option<Json>, CliError> {
        let field = match register.column(name) {
            Some(Column::Field(index)) => register.fields.get(index),
            _ => None,
        };
        let files = field.is_some_and(|field| matches!(field.kind, Kind::Files));
        let Some(paths) = value.strip_prefix('@').filter(|_| files) else { return Ok(None) };
        let folder = call.folder()?;
        let keep = |path: &str| -> Result<Json, CliError> {
            Ok(serde_json::to_value(folder.keep(Path::new(path))?).unwrap_or_default())
        };
        paths.split(",@").map(keep).collect::<Result<Json, CliError>>().map(Some)
    };
    let with_files = |(name, value): (String, String)| {
        let json = kept(&name, &value)?;
        Ok((name, json.unwrap_or(Json::from(value))))
    };
    pairs(matches)?.into_iter().map(with_files).collect()
}

/// The values of `FIELD=VALUE` pairs; `FIELD=` clears.
pub fn values(
    reading: &Reading,
    register: &Register,
    pairs: Vec<(String, Json)>,
    today: chrono::NaiveDate,
) -> Result<Vec<(String, Option<Value>)>, CliError> {
    let mut fields = Vec::new();
    for (said, json) in pairs {
        let twice = |field| Err(CliError::new(Exit::Usage, message!("cli-field-twice", field = field)));
        if said == SERIAL {
            if fields.iter().any(|(id, _)| id == SERIAL) {
                return twice(said);
            }
            let serial = json.as_str().map(|serial| Value::Text(serial.to_owned()));
            fields.push((said, serial));
            continue;
        }
        let field = match register.column(&said) {
            Some(Column::Field(index)) => register.fields.get(index),
            Some(column @ Column::Derived(_)) => {
                return Err(computed(register, column, reading.lang));
            }
            None => None,
        };
        let field = field.ok_or_else(|| {
            let words = register.column_words();
            let near = nearest(&said, words.iter().map(String::as_str)).unwrap_or("").to_owned();
            CliError::new(
                Exit::Usage,
                message!(
                    "book-unknown-field",
                    register = beside(register.name.get(reading.lang), &register.id, reading.lang),
                    field = said.clone(),
                    nearest = near
                ),
            )
        })?;
        let value = match &json {
            Json::String(text) if !matches!(field.kind, Kind::Evaluation { .. }) => {
                reading.enter(field, text, today)
            }
            json => reading.enter_json(field, json, today),
        };
        let wrong = |error: EntryError| {
            let what = crate::wording::Tell::message(&error);
            CliError::new(
                Exit::Usage,
                message!("cli-bad-field", field = named(field, reading.lang), what = what),
            )
        };
        if fields.iter().any(|(id, _)| *id == field.id) {
            return twice(named(field, reading.lang));
        }
        fields.push((field.id.clone(), value.map_err(wrong)?));
    }
    Ok(fields)
}

/// A column is worked out, so nothing can be put there.
pub fn computed(register: &Register, column: Column, lang: Lang) -> CliError {
    let name = beside(register.column_name(column).get(lang), register.column_id(column), lang);
    CliError::new(Exit::Usage, message!("cli-computed", field = name))
}

/// A line of standard input by its number, with what it gives.
pub type Row = (usize, Vec<(String, Json)>);

/// What the lines of standard input give.
pub fn lines() -> Result<Vec<Row>, CliError> {
    let mut rows = Vec::new();
    for (bytes, number) in std::io::stdin().lock().split(b'\n').zip(1_usize..) {
        let bytes = bytes?;
        let wrong = |what| Err(CliError::new(Exit::Usage, what));
        let Ok(line) = std::str::from_utf8(&bytes) else {
            return wrong(message!("cli-line", line = number, what = message!("cli-line-not-utf8")));
        };
        // Some programs mark the beginning of what they write.
        let line = line.strip_prefix('\u{feff}').filter(|_| number == 1).unwrap_or(line);
        if line.trim().is_empty() {
            continue;
        }
        match serde_json::from_str::<Json>(line) {
            Ok(Json::Object(object)) => rows.push((number, object.into_iter().collect())),
            _ => return wrong(message!("cli-not-an-object", line = number)),
        }
    }
    Ok(rows)
}
