//! From what a person typed, or a script sent, to a value: the one reader for forms, commands and the sample.
//!
//! A choice is entered by its code or by either label, a date in any usual form, a link by serial or
//! exact title. What cannot be read gets a sentence with the nearest valid word.

use chrono::NaiveDate;
use serde_json::Value as Json;

use super::Reading;
use crate::book::{Date, EntryKey, FileRef, NotADate, Plain, Row, Value};
use crate::definition::{Field, Kind};
use crate::scoring::Decimal;
use crate::source::nearest;
use crate::wording::{Message, Tell, message};

/// Why something typed cannot stand in a field.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{}", crate::wording::english(&self.message()))]
pub enum EntryError {
    /// Not a number.
    NotANumber(String),
    /// Below or above what makes sense.
    OutOfRange {
        /// The least value, or nothing.
        min: String,
        /// The greatest value, or nothing.
        max: String,
    },
    /// Not a date.
    NotADate {
        /// What was said.
        said: String,
        /// What is wrong with it.
        why: NotADate,
    },
    /// Not a time of day.
    NotATime(String),
    /// Neither yes nor no.
    NotYesNo(String),
    /// No such choice.
    NotAChoice {
        /// What was said.
        said: String,
        /// The nearest choice, or nothing.
        nearest: String,
        /// Every choice, for a short list.
        all: String,
    },
    /// No such entry.
    NoSuchEntry {
        /// What was said.
        said: String,
        /// The names of the registers looked in.
        registers: String,
    },
    /// Several entries have this title.
    Ambiguous {
        /// What was said.
        said: String,
        /// Their serials.
        serials: String,
    },
    /// A row names a column that the field has not.
    NoSuchColumn {
        /// What was said.
        said: String,
        /// The nearest column, or nothing.
        nearest: String,
    },
    /// The JSON has another shape than the field.
    Shape(&'static str),
    /// Rows are wanted, as in this example.
    NotRows {
        /// A list of one row in JSON.
        example: String,
    },
    /// An evaluation is made by `evaluate`, not typed.
    Computed,
    /// A formula of a spreadsheet that came to nothing.
    Formula(String),
}

impl Tell for EntryError {
    fn message(&self) -> Message {
        match self {
            EntryError::NotANumber(said) => message!("enter-not-a-number", said = said.clone()),
            EntryError::OutOfRange { min, max } => {
                message!("enter-out-of-range", min = min.clone(), max = max.clone())
            }
            EntryError::NotADate { said, why: NotADate::Form } => {
                message!("enter-not-a-date", said = said.clone())
            }
            EntryError::NotADate { said, why: NotADate::Far } => {
                message!("enter-date-far", said = said.clone())
            }
            EntryError::NotADate { said, why: NotADate::Month } => {
                message!("enter-no-such-month", said = said.clone())
            }
            EntryError::NotADate { said, why: NotADate::Day { month, last } } => {
                let (month, last) = (month.to_string(), last.to_string());
                message!("enter-no-such-day", said = said.clone(), month = month, last = last)
            }
            EntryError::NotATime(said) => message!("enter-not-a-time", said = said.clone()),
            EntryError::NotYesNo(said) => message!("enter-not-yes-no", said = said.clone()),
            EntryError::NotAChoice { said, nearest, all } => {
                message!(
                    "enter-not-a-choice",
                    said = said.clone(),
                    nearest = nearest.clone(),
                    all = all.clone()
                )
            }
            EntryError::NoSuchEntry { said, registers } => {
                message!("enter-no-such-entry", said = said.clone(), registers = registers.clone())
            }
            EntryError::Ambiguous { said, serials } => {
                message!("enter-ambiguous", said = said.clone(), serials = serials.clone())
            }
            EntryError::NoSuchColumn { said, nearest } => {
                message!("enter-no-such-column", said = said.clone(), nearest = nearest.clone())
            }
            EntryError::Shape(kind) => message!("enter-shape", kind = (*kind).to_owned()),
            EntryError::NotRows { example } => message!("enter-not-rows", example = example.clone()),
            EntryError::Computed => message!("enter-computed"),
            EntryError::Formula(said) => message!("enter-formula", said = said.clone()),
        }
    }
}

impl Reading<'_> {
    /// The value a person means by `text` in `field`; nothing for an empty text.
    pub fn enter(&self, field: &Field, text: &str, today: NaiveDate) -> Result<Option<Value>, EntryError> {
        let text = text.trim();
        if text.is_empty() {
            return Ok(None);
        }
        let value = match &field.kind {
            Kind::Text { time: true, .. } => Value::Text(time(text)?),
            Kind::Text { .. } => Value::Text(text.to_owned()),
            Kind::Number { min, max, .. } => Value::Number(number(text, *min, *max)?),
            Kind::Date => {
                let said = || text.to_owned();
                Value::Date(
                    Date::typed(text, today).map_err(|why| EntryError::NotADate { said: said(), why })?,
                )
            }
            Kind::YesNo => Value::YesNo(yes_no(text)?),
            Kind::Choice(_) => Value::Choice(self.choice(field, text)?),
            Kind::Choices(_) => Value::Choices(self.choices(field, words(text))?),
            Kind::Links { to, .. } => {
                let keys: Result<_, _> = words(text).map(|word| self.linked(to, word)).collect();
                Value::Links(keys?)
            }
            Kind::Rows(columns) => match serde_json::from_str(text) {
                // Only a list: a number or word would come back here as it is, for ever.
                Ok(json @ (Json::Array(_) | Json::Null)) => return self.enter_json(field, &json, today),
                _ => return Err(self.not_rows(columns, today)),
            },
            Kind::Files => return Err(EntryError::Shape("files")),
            Kind::Evaluation { .. } => return Err(EntryError::Computed),
        };
        Ok(Some(value))
    }

    /// The value that JSON means in `field`: text in the forms of [`Reading::enter`], numbers, truth
    /// values, lists for what may hold several, objects for rows; `null` clears.
    pub fn enter_json(
        &self,
        field: &Field,
        json: &Json,
        today: NaiveDate,
    ) -> Result<Option<Value>, EntryError> {
        let shape = || match &field.kind {
            Kind::Rows(columns) => self.not_rows(columns, today),
            kind => EntryError::Shape(kind.name()),
        };
        match (&field.kind, json) {
            (_, Json::Null) => Ok(None),
            (Kind::Evaluation { .. }, _) => Err(EntryError::Computed),
            (Kind::Rows(columns), Json::Array(rows)) => {
                let rows: Result<Vec<_>, _> =
                    rows.iter().map(|row| self.enter_row(columns, row, today)).collect();
                Ok(Some(Value::Rows(rows?)))
            }
            (Kind::Files, Json::Array(files)) => {
                let files: Result<Vec<FileRef>, _> =
                    files.iter().map(|file| serde_json::from_value(file.clone())).collect();
                let files = files.ok().filter(|files| files.iter().all(FileRef::is_sound));
                files.map(|files| Some(Value::Files(files))).ok_or_else(shape)
            }
            (Kind::Choices(_), Json::Array(words)) => {
                let words: Option<Vec<&str>> = words.iter().map(said_of).collect();
                Ok(Some(Value::Choices(self.choices(field, words.ok_or_else(shape)?.into_iter())?)))
            }
            (Kind::Links { to, .. }, Json::Array(words)) => {
                let words: Option<Vec<&str>> = words.iter().map(said_of).collect();
                let keys: Result<_, _> =
                    words.ok_or_else(shape)?.into_iter().map(|word| self.linked(to, word)).collect();
                Ok(Some(Value::Links(keys?)))
            }
            (Kind::YesNo, Json::Bool(yes)) => Ok(Some(Value::YesNo(*yes))),
            (_, Json::Number(number)) => self.enter(field, &number.to_string(), today),
            (_, json) => self.enter(field, said_of(json).ok_or_else(shape)?, today),
        }
    }

    /// The entry a person means by a serial (present or past) or by an exact title, among these registers.
    pub fn linked(&self, registers: &[String], word: &str) -> Result<EntryKey, EntryError> {
        let word = word.trim();
        let lies_there = |key: &EntryKey| {
            let entry = self.book.entry(*key);
            entry.is_some_and(|entry| registers.iter().any(|id| id == self.book.register_id(entry.register)))
        };
        if let Some(key) = self.book.key_of(word).filter(lies_there) {
            return Ok(key);
        }
        let titled: Vec<EntryKey> = registers
            .iter()
            .flat_map(|register| self.book.entries(register))
            .filter(|key| self.title(**key) == word)
            .copied()
            .collect();
        match titled.as_slice() {
            [only] => Ok(*only),
            [] => {
                let names = registers.iter().filter_map(|id| self.definitions.register(id));
                let names: Vec<&str> = names.map(|register| register.name.get(self.lang)).collect();
                // A row may name an entry of any register: that says it.
                let names = if names.len() > 6 { self.wording.say("anywhere") } else { names.join(", ") };
                Err(EntryError::NoSuchEntry { said: word.to_owned(), registers: names })
            }
            several => {
                let serials: Vec<&str> = several.iter().map(|key| self.book.serial(*key)).collect();
                Err(EntryError::Ambiguous { said: word.to_owned(), serials: serials.join(", ") })
            }
        }
    }

    fn choice(&self, field: &Field, word: &str) -> Result<String, EntryError> {
        field.choice_meant(word).map(|choice| choice.code.clone()).ok_or_else(|| {
            let choices = field.kind.choices();
            let words = choices
                .iter()
                .flat_map(|choice| [choice.code.as_str(), choice.label.zh(), choice.label.en()]);
            let nearest = nearest(word, words).unwrap_or("").to_owned();
            let all: Vec<&str> = choices.iter().map(|choice| choice.label.get(self.lang)).collect();
            EntryError::NotAChoice { said: word.to_owned(), nearest, all: all.join(", ") }
        })
    }

    /// Codes in the order of the list, each once.
    fn choices<'w>(
        &self,
        field: &Field,
        words: impl Iterator<Item = &'w str>,
    ) -> Result<Vec<String>, EntryError> {
        let meant: Result<Vec<String>, _> = words.map(|word| self.choice(field, word)).collect();
        let meant = meant?;
        let order = field.kind.choices().iter().map(|choice| &choice.code);
        Ok(order.filter(|code| meant.contains(code)).cloned().collect())
    }

    fn not_rows(&self, columns: &[Field], today: NaiveDate) -> EntryError {
        EntryError::NotRows { example: self.example_rows(columns, today) }
    }

    fn enter_row(&self, columns: &[Field], json: &Json, today: NaiveDate) -> Result<Row, EntryError> {
        let Json::Object(cells) = json else { return Err(self.not_rows(columns, today)) };
        for said in cells.keys() {
            if !columns.iter().any(|column| column.answers_to(said)) {
                let nearest =
                    nearest(said, columns.iter().map(|column| column.id.as_str())).unwrap_or("").to_owned();
                return Err(EntryError::NoSuchColumn { said: said.clone(), nearest });
            }
        }
        let mut row = Row::default();
        for column in columns {
            let Some((_, json)) = cells.iter().find(|(said, _)| column.answers_to(said)) else { continue };
            let value = self.enter_json(column, json, today)?.filter(|value| !value.is_empty());
            if let Some(plain) = value.and_then(|value| Plain::try_from(value).ok()) {
                row.0.push((column.id.clone(), plain));
            }
        }
        Ok(row)
    }
}

/// The word in JSON text, or the code in an object that carries one, as the program's own JSON does.
fn said_of(json: &Json) -> Option<&str> {
    match json {
        Json::String(text) => Some(text),
        Json::Object(object) => object.get("code").or_else(|| object.get("id"))?.as_str(),
        _ => None,
    }
}

/// The same where something was typed: commas alone are no list of nothing, they are wrong as a whole.
fn words(text: &str) -> impl Iterator<Item = &str> {
    let whole = list(text).next().is_none().then_some(text);
    list(text).chain(whole)
}

/// The parts of a list typed in one line.
fn list(text: &str) -> impl Iterator<Item = &str> {
    text.split([',', '，', '、', ';', '；']).map(str::trim).filter(|word| !word.is_empty())
}

fn number(text: &str, min: Option<Decimal>, max: Option<Decimal>) -> Result<Decimal, EntryError> {
    let plain: String = text.chars().map(crate::text::narrow).filter(|c| *c != ',').collect();
    // What reads numbers passes over underscores.
    let plain = Some(plain.trim()).filter(|plain| !plain.contains('_'));
    let number = plain.and_then(|plain| plain.parse::<Decimal>().ok());
    let number = number.ok_or_else(|| EntryError::NotANumber(text.to_owned()))?;
    if min.is_some_and(|min| number < min) || max.is_some_and(|max| number > max) {
        let words = |bound: Option<Decimal>| bound.map(|bound| bound.to_string()).unwrap_or_default();
        return Err(EntryError::OutOfRange { min: words(min), max: words(max) });
    }
    Ok(number)
}

/// Words for yes and no, in either language.
pub const YES: [&str; 6] = ["yes", "y", "true", "1", "是", "有"];
/// See [`YES`].
pub const NO: [&str; 7] = ["no", "n", "false", "0", "否", "无", "不是"];

/// A time of day as people write it (`9:30`, `0930`, `9点30分`, `10:00:41`), as `09:30` or `10:00:41`.
fn time(text: &str) -> Result<String, EntryError> {
    let wrong = || EntryError::NotATime(text.to_owned());
    let plain: String = text.chars().map(crate::text::narrow).collect();
    let plain = plain.trim().trim_end_matches(['分', '秒', '点', '时']);
    let mut parts: Vec<&str> = plain.split([':', '.', '点', '时', '分']).map(str::trim).collect();
    let whole = plain.to_owned();
    if let (1, 3 | 4 | 6, true) = (parts.len(), whole.len(), whole.bytes().all(|byte| byte.is_ascii_digit()))
    {
        let (hour, rest) = whole.split_at(if whole.len() == 3 { 1 } else { 2 });
        let (minute, second) = rest.split_at(2);
        parts = [hour, minute, second].into_iter().filter(|part| !part.is_empty()).collect();
    }
    let number = |part: &&str, most: u8| {
        let digits = (1..=2).contains(&part.len()) && part.bytes().all(|byte| byte.is_ascii_digit());
        part.parse::<u8>().ok().filter(|number| digits && *number <= most).ok_or_else(wrong)
    };
    match parts.as_slice() {
        // `9点`, but not a bare 9, which could be anything.
        [hour] if text.contains(['点', '时']) => Ok(format!("{:02}:00", number(hour, 23)?)),
        [hour, minute] => Ok(format!("{:02}:{:02}", number(hour, 23)?, number(minute, 59)?)),
        [hour, minute, second] => {
            Ok(format!("{:02}:{:02}:{:02}", number(hour, 23)?, number(minute, 59)?, number(second, 59)?))
        }
        _ => Err(wrong()),
    }
}

fn yes_no(text: &str) -> Result<bool, EntryError> {
    let word = text.to_lowercase();
    match (YES.contains(&word.as_str()), NO.contains(&word.as_str())) {
        (true, _) => Ok(true),
        (_, true) => Ok(false),
        _ => Err(EntryError::NotYesNo(text.to_owned())),
    }
}
