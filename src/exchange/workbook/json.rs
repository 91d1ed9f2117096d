//! JSON and JSON lines: a list of objects, or one object a line.

use std::collections::BTreeSet;

use serde_json::{Map, Value as Json};

use super::{Cell, CellKind, Line, MOST_CELLS, Sheet, WorkbookError};

/// The table of a JSON text; nothing where the text is none.
pub(super) fn sheet(text: &str) -> Option<Result<Sheet, WorkbookError>> {
    let begin = text.trim_start_matches('\u{feff}').trim_start();
    match begin.chars().next()? {
        '[' => Some(whole(begin)),
        '{' => Some(lines(text)),
        _ => None,
    }
}

fn whole(text: &str) -> Result<Sheet, WorkbookError> {
    let all: Vec<Json> = serde_json::from_str(text).map_err(|error| WorkbookError::Json(error.line()))?;
    let numbered = all.into_iter().enumerate().map(|(at, json)| (at + 1, json));
    table(numbered.collect())
}

fn lines(text: &str) -> Result<Sheet, WorkbookError> {
    // One object over several lines is a list of one.
    if let Ok(only @ Json::Object(_)) = serde_json::from_str(text) {
        return table(vec![(1, only)]);
    }
    let numbered = text.lines().enumerate().filter(|(_, line)| !line.trim().is_empty());
    let read = |(at, line): (usize, &str)| {
        let json = serde_json::from_str(line.trim_start_matches('\u{feff}'));
        json.map(|json| (at + 1, json)).map_err(|_| WorkbookError::Json(at + 1))
    };
    table(numbered.map(read).collect::<Result<_, _>>()?)
}

/// Objects as lines below their keys.
fn table(objects: Vec<(usize, Json)>) -> Result<Sheet, WorkbookError> {
    let (mut heads, mut known) = (Vec::new(), BTreeSet::new());
    let mut rows = Vec::new();
    for (number, json) in objects {
        let Json::Object(object) = json else { return Err(WorkbookError::Json(number)) };
        let object = flat(object);
        for key in object.keys() {
            if known.insert(key.clone()) {
                heads.push(key.clone());
            }
        }
        rows.push((number, object));
        if heads.len().saturating_mul(rows.len()) > MOST_CELLS {
            return Err(WorkbookError::Cells);
        }
    }
    let head = Line { number: 0, cells: heads.iter().map(|head| Cell::text(head)).collect() };
    let line = |(number, object): (usize, Map<String, Json>)| Line {
        number,
        cells: heads.iter().map(|head| object.get(head).map(cell).unwrap_or_default()).collect(),
    };
    let lines = std::iter::once(head).chain(rows.into_iter().map(line)).collect();
    Ok(Sheet { lines, ..Sheet::default() })
}

/// The program's own JSON keeps the fields of an entry apart from its id, and an evaluation in an object of its own.
fn flat(mut object: Map<String, Json>) -> Map<String, Json> {
    if let Some(Json::Object(_)) = object.get("fields") {
        let fields = object.remove("fields");
        object.remove("register");
        if let Some(Json::Object(fields)) = fields {
            object.extend(fields);
        }
    }
    let judged =
        |json: &Json| ["method", "edition", "factors", "level"].iter().all(|key| json.get(key).is_some());
    let names: Vec<String> =
        object.iter().filter(|(_, json)| judged(json)).map(|(name, _)| name.clone()).collect();
    for name in names {
        if let Some(Json::Object(evaluation)) = object.remove(&name) {
            judgement(&evaluation, &mut object);
        }
    }
    object
}

/// An evaluation as the columns of a list.
fn judgement(evaluation: &Map<String, Json>, object: &mut Map<String, Json>) {
    let word = |name: &str| evaluation.get(name).map(words).unwrap_or_default();
    let method = format!("{}@{}", word("method"), word("edition"));
    object.insert("method".to_owned(), Json::from(method));
    let factors = |from: Option<&Json>, before: &str, object: &mut Map<String, Json>| {
        for (id, value) in from.and_then(Json::as_object).into_iter().flatten() {
            object.insert(format!("{before}{id}"), value.clone());
        }
    };
    factors(evaluation.get("factors"), "", object);
    for (name, column) in [
        ("direct", "direct"),
        ("score", "score"),
        ("level", "level"),
        ("listed", "listed"),
        ("on", "evaluated"),
        ("by", "evaluated by"),
        ("basis", "basis"),
    ] {
        object.insert(column.to_owned(), evaluation.get(name).cloned().unwrap_or_default());
    }
    if let Some(residual) = evaluation.get("residual").filter(|residual| residual.is_object()) {
        factors(residual.get("factors"), "residual ", object);
    }
}

fn cell(json: &Json) -> Cell {
    let kind = match json {
        Json::Null => CellKind::Empty,
        Json::Number(_) => CellKind::Number,
        Json::Bool(_) => CellKind::Truth,
        _ => CellKind::Text,
    };
    Cell { text: words(json), kind }
}

/// A word, or the code or id of an object that has one; rows and whatever else has parts stay JSON.
pub(crate) fn words(json: &Json) -> String {
    match json {
        Json::Null => String::new(),
        Json::String(text) => text.clone(),
        Json::Object(object) => match object.get("code").or_else(|| object.get("id")) {
            Some(Json::String(word)) => word.clone(),
            _ => json.to_string(),
        },
        Json::Array(parts) => {
            let plain = |part: &Json| {
                part.is_string() || part.get("code").or_else(|| part.get("id")).is_some_and(Json::is_string)
            };
            if !parts.is_empty() && parts.iter().all(plain) {
                parts.iter().map(words).collect::<Vec<_>>().join("\n")
            } else if parts.is_empty() {
                String::new()
            } else {
                json.to_string()
            }
        }
        other => other.to_string(),
    }
}
