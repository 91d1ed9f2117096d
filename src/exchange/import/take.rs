//! From the cells of a line to the values of an entry: each cell is read as a form would read it, or named with its mend.

use std::collections::BTreeMap;

use chrono::NaiveDate;

use super::body::Row;
use super::heading::Target;
use super::judge::Stated;
use super::layout::{Column, Layout};
use super::parts::Inside;
use super::words::words;
use crate::book::{Date, EntryKey, NotADate, Plain, Row as BookRow, Value};
use crate::catalogue::{EntryError, Reading};
use crate::definition::{Field, Kind, Register};
use crate::exchange::workbook::{Cell, CellKind, counted_day, json_words};

/// What a line says of an entry.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Taken {
    /// The serial that it names.
    pub serial: Option<String>,
    /// The fields that have a column, by their index; none for an empty cell.
    pub fields: BTreeMap<usize, Option<Meant>>,
    /// What it says of the evaluation.
    pub stated: Stated,
    /// Cells that could not be read.
    pub problems: Vec<Unread>,
    /// What is kept as words: heading and text.
    pub notes: Vec<(String, String)>,
}

/// A value, or links of which some lead to entries that are to be made.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Meant {
    /// A value.
    Value(Value),
    /// Links.
    Links(Vec<Leads>),
}

/// Where a link leads.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum Leads {
    /// To an entry.
    There(EntryKey),
    /// To one that is to be made: register and title.
    New(String, String),
}

/// A cell that could not be read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unread {
    /// The column.
    pub at: usize,
    /// What stands there.
    pub text: String,
    /// Why it cannot be read.
    pub why: EntryError,
}

/// What reads the cells of a table.
pub struct Reader<'a> {
    /// The book that is imported into.
    pub reading: &'a Reading<'a>,
    /// The register.
    pub register: &'a Register,
    /// The day of the import.
    pub today: NaiveDate,
    /// What stands for a text of a column instead: the person's own mends.
    pub mends: &'a BTreeMap<(usize, String), String>,
    /// Where a section's name goes.
    pub section: Option<usize>,
    /// Rows inside the entries that stand in sheets of their own.
    pub parts: &'a BTreeMap<usize, Inside>,
}

impl Reader<'_> {
    /// Reads a line.
    pub fn take(&self, row: &Row, layout: &Layout) -> Taken {
        let mut taken = Taken::default();
        let mut ticked: BTreeMap<usize, Vec<String>> = BTreeMap::new();
        for column in &layout.columns {
            let cell = row.line.cells.get(column.at).cloned().unwrap_or_default();
            let mended = self.mends.get(&(column.at, cell.text.trim().to_owned()));
            let cell = mended.map_or(cell, |text| Cell::text(text));
            self.cell(column, &cell, &mut taken, &mut ticked);
        }
        for (index, codes) in ticked {
            self.ticked(index, codes, &mut taken);
        }
        if let Some(section) = &row.section {
            self.section(section, &mut taken);
        }
        if let Some(serial) = taken.serial.clone() {
            for (index, inside) in self.parts {
                self.inside(*index, inside.get(&serial), &mut taken);
            }
        }
        taken
    }

    /// Rows of a field that stand in a sheet of their own.
    fn inside(&self, index: usize, rows: Option<&Vec<BTreeMap<usize, Cell>>>, taken: &mut Taken) {
        let Some(field) = self.register.fields.get(index) else { return };
        let Kind::Rows(columns) = &field.kind else { return };
        let mut all = Vec::new();
        for cells in rows.into_iter().flatten() {
            let mut row = BookRow::default();
            for (at, column) in columns.iter().enumerate() {
                let Some(cell) = cells.get(&at) else { continue };
                match self.value(column, cell).map(|meant| meant.and_then(settled)) {
                    Ok(Some(plain)) => row.0.push((column.id.clone(), plain)),
                    Ok(None) => {}
                    Err(why) => {
                        let (name, text) = (column.name.get(self.reading.lang).to_owned(), cell.text.clone());
                        taken.problems.push(Unread { at: usize::MAX, text: text.clone(), why });
                        taken.notes.push((name, text));
                    }
                }
            }
            all.push(row);
        }
        taken
            .fields
            .insert(index, Some(all).filter(|all| !all.is_empty()).map(|all| Meant::Value(Value::Rows(all))));
    }

    /// What stands over a section: the value of its field, or words.
    fn section(&self, section: &str, taken: &mut Taken) {
        let field = self.section.and_then(|index| Some((index, self.register.fields.get(index)?)));
        let open = field.filter(|(index, _)| !matches!(taken.fields.get(index), Some(Some(_))));
        match open.map(|(index, field)| (index, self.value(field, &Cell::text(section)))) {
            Some((index, Ok(value))) => {
                taken.fields.insert(index, value);
            }
            _ => taken.notes.push((self.reading.wording.say("import-line-section"), section.to_owned())),
        }
    }

    fn cell(
        &self,
        column: &Column,
        cell: &Cell,
        taken: &mut Taken,
        ticked: &mut BTreeMap<usize, Vec<String>>,
    ) {
        let text = cell.text.trim();
        let heading = || column.heading.words();
        if cell.kind == CellKind::Error && column.target != Target::Nothing {
            let why = EntryError::Formula(text.to_owned());
            taken.problems.push(Unread { at: column.at, text: text.to_owned(), why });
            return taken.notes.push((heading(), text.to_owned()));
        }
        match &column.target {
            Target::Nothing => {}
            Target::Note if text.is_empty() => {}
            Target::Note => taken.notes.push((heading(), text.to_owned())),
            Target::Serial => taken.serial = Some(text.to_owned()).filter(|text| !text.is_empty()),
            Target::Tick(index, code) => {
                let codes = ticked.entry(*index).or_default();
                match words().mark(text) {
                    Some(true) => codes.push(code.clone()),
                    Some(false) => {}
                    None if text.is_empty() => {}
                    // A mark of one's own (△) or words: that it is marked is certain, what it says is kept.
                    None => {
                        codes.push(code.clone());
                        taken.notes.push((heading(), text.to_owned()));
                    }
                }
            }
            Target::Field(index) => {
                let Some(field) = self.register.fields.get(*index) else { return };
                match self.value(field, cell) {
                    Ok(value) => {
                        taken.fields.insert(*index, value);
                    }
                    Err(why) => {
                        taken.problems.push(Unread { at: column.at, text: text.to_owned(), why });
                        taken.notes.push((heading(), text.to_owned()));
                    }
                }
            }
            target => {
                if let Some(why) = taken.stated.take(target, cell) {
                    taken.problems.push(Unread { at: column.at, text: text.to_owned(), why });
                    taken.notes.push((heading(), text.to_owned()));
                }
            }
        }
    }

    /// Columns of marks for one field: any of them, or the only one.
    fn ticked(&self, index: usize, mut codes: Vec<String>, taken: &mut Taken) {
        let Some(field) = self.register.fields.get(index) else { return };
        let order = |code: &String| field.kind.choices().iter().position(|choice| choice.code == *code);
        codes.sort_by_key(order);
        codes.dedup();
        let value = match (&field.kind, codes.as_slice()) {
            (_, []) => None,
            (Kind::Choices(_), _) => Some(Meant::Value(Value::Choices(codes))),
            (_, [first]) => Some(Meant::Value(Value::Choice(first.clone()))),
            // One may be chosen and several are marked: the first, and what else is marked in words.
            (_, [first, ..]) => {
                let label = |code: &String| {
                    field.choice(code).map_or("", |choice| choice.label.get(self.reading.lang))
                };
                let all: Vec<&str> = codes.iter().map(label).collect();
                taken.notes.push((field.name.get(self.reading.lang).to_owned(), all.join(" ")));
                Some(Meant::Value(Value::Choice(first.clone())))
            }
        };
        taken.fields.insert(index, value);
    }

    /// What a cell means in a field; nothing for an empty one.
    fn value(&self, field: &Field, cell: &Cell) -> Result<Option<Meant>, EntryError> {
        let text = cell.text.trim();
        if text.is_empty() {
            return Ok(None);
        }
        let plain = |value: Value| Ok(Some(Meant::Value(value)));
        match &field.kind {
            Kind::Date => plain(Value::Date(date(cell)?)),
            Kind::YesNo => match words().mark(text) {
                Some(yes) => plain(Value::YesNo(yes)),
                None => Err(EntryError::NotYesNo(text.to_owned())),
            },
            Kind::Choices(_) => {
                self.choices(field, text).map(|codes| Some(Meant::Value(Value::Choices(codes))))
            }
            Kind::Choice(_) => self.choice(field, text).map(|code| Some(Meant::Value(Value::Choice(code)))),
            Kind::Links { to, many, .. } => {
                self.links(to, *many, text).map(|links| Some(Meant::Links(links)))
            }
            Kind::Rows(columns) if text.starts_with('[') => {
                self.json_rows(field, columns, text).map(|rows| Some(Meant::Value(rows)))
            }
            Kind::Rows(columns) => match rows(columns, text) {
                Some(value) => plain(value),
                None => Err(EntryError::NotRows { example: self.reading.example_rows(columns, self.today) }),
            },
            Kind::Number { unit: Some(unit), .. } => {
                let bare = text.strip_suffix(unit.as_str()).map_or(text, str::trim_end);
                Ok(self.reading.enter(field, bare, self.today)?.map(Meant::Value))
            }
            _ => Ok(self.reading.enter(field, text, self.today)?.map(Meant::Value)),
        }
    }

    /// Rows as JSON, as an export to separated values has them; each cell is read as one of a list.
    fn json_rows(&self, field: &Field, columns: &[Field], text: &str) -> Result<Value, EntryError> {
        let wrong = || EntryError::NotRows { example: self.reading.example_rows(columns, self.today) };
        let objects: Vec<serde_json::Map<String, serde_json::Value>> =
            serde_json::from_str(text).map_err(|_| wrong())?;
        let mut rows = Vec::new();
        for object in objects {
            let mut row = BookRow::default();
            for column in columns {
                let Some((_, json)) = object.iter().find(|(said, _)| column.answers_to(said)) else {
                    continue;
                };
                let cell = Cell::text(&json_words(json));
                if let Some(plain) = self.value(column, &cell)?.and_then(settled) {
                    row.0.push((column.id.clone(), plain));
                }
            }
            if object.keys().any(|said| !columns.iter().any(|column| column.answers_to(said))) {
                // It names the column that there is not.
                self.reading.enter(field, text, self.today)?;
            }
            rows.push(row);
        }
        Ok(Value::Rows(rows))
    }

    /// One choice: as a form takes it, or with words around it (`紧急状态`).
    fn choice(&self, field: &Field, text: &str) -> Result<String, EntryError> {
        let both = |choice: &&crate::definition::Choice| {
            format!("{} / {}", choice.label.zh(), choice.label.en()) == text
        };
        if let Some(choice) = field.choice_meant(text).or_else(|| field.kind.choices().iter().find(both)) {
            return Ok(choice.code.clone());
        }
        let plain = super::words::plain(text);
        let named = |label: &str| label.chars().count() > 1 && plain.starts_with(&super::words::plain(label));
        let mut found =
            field.kind.choices().iter().filter(|choice| named(choice.label.zh()) || named(choice.label.en()));
        match (found.next(), found.next()) {
            (Some(only), None) => Ok(only.code.clone()),
            _ => match self.reading.enter(field, text, self.today)? {
                Some(Value::Choice(code)) => Ok(code),
                _ => Err(EntryError::Shape(field.kind.name())),
            },
        }
    }

    /// Several choices, however they are parted; blanks part what is no name as a whole.
    fn choices(&self, field: &Field, text: &str) -> Result<Vec<String>, EntryError> {
        let lines = text.lines().map(str::trim).filter(|line| !line.is_empty());
        let whole = lines.map(|line| {
            field.choice_meant(line).map_or_else(
                || self.choice(field, line).ok().filter(|_| line.contains(" / ")),
                |choice| Some(choice.code.clone()),
            )
        });
        if let Some(codes) = whole.collect::<Option<Vec<String>>>() {
            return Ok(in_order(field, &codes));
        }
        let parts: Vec<&str> = text
            .split([',', '，', '、', ';', '；', '/', '\n', '|', '+'])
            .map(str::trim)
            .filter(|part| !part.is_empty())
            .collect();
        let mut codes = Vec::new();
        for part in parts {
            match self.choice(field, part) {
                Ok(code) => codes.push(code),
                Err(error) if part.contains(char::is_whitespace) => {
                    for word in part.split_whitespace() {
                        codes.push(self.choice(field, word).map_err(|_| error.clone())?);
                    }
                }
                Err(error) => return Err(error),
            }
        }
        Ok(in_order(field, &codes))
    }

    /// Links by serial or title; a title that nobody has is that of an entry to be made, where its register asks for no
    /// more than a title.
    fn links(&self, to: &[String], many: bool, text: &str) -> Result<Vec<Leads>, EntryError> {
        if let Ok(key) = self.reading.linked(to, text) {
            return Ok(vec![Leads::There(key)]);
        }
        // As an export writes them: a line each, the serial before the title, also of one that was deleted.
        let serials = text.lines().map(str::trim).filter(|line| !line.is_empty()).map(|line| {
            let key = self.reading.book.key_of(line.split_whitespace().next()?)?;
            let gone = self.reading.book.tombstone(key).is_some();
            (gone || self.reading.linked(to, self.reading.book.serial(key)).is_ok())
                .then_some(Leads::There(key))
        });
        if let Some(leads) = serials.collect::<Option<Vec<Leads>>>() {
            return Ok(leads);
        }
        let parts: Vec<&str> = if many {
            text.split(['、', '，', ',', ';', '；', '\n'])
                .map(str::trim)
                .filter(|part| !part.is_empty())
                .collect()
        } else {
            vec![text]
        };
        let one = |word: &str| {
            // `EA-0001 纸`: the serial before the title, as lists show it.
            let serial = word.split_whitespace().next().unwrap_or(word);
            match self
                .reading
                .linked(to, word)
                .or_else(|error| self.reading.linked(to, serial).map_err(|_| error))
            {
                Ok(key) => Ok(Leads::There(key)),
                Err(EntryError::NoSuchEntry { .. }) if self.may_make(to) && word.chars().count() <= 60 => {
                    let register = to.first().cloned().unwrap_or_default();
                    Ok(Leads::New(register, word.to_owned()))
                }
                Err(error) => Err(error),
            }
        };
        parts.into_iter().map(one).collect()
    }

    /// Whether an entry that is only named can be made: one register, of which nothing but the title is required.
    fn may_make(&self, to: &[String]) -> bool {
        let [only] = to else { return false };
        let register = self.reading.definitions.register(only);
        register.is_some_and(|register| {
            let title = &register.title_field().id;
            !super::layout::by_program(register)
                && register
                    .fields
                    .iter()
                    .all(|field| !field.required || field.id == *title || field.default.is_some())
        })
    }
}

/// Codes in the order of the list, each once.
fn in_order(field: &Field, codes: &[String]) -> Vec<String> {
    let order = field.kind.choices().iter().map(|choice| &choice.code);
    order.filter(|code| codes.contains(code)).cloned().collect()
}

/// What may stand in a row: links only to entries that are there.
fn settled(meant: Meant) -> Option<Plain> {
    match meant {
        Meant::Value(value) => Plain::try_from(value).ok(),
        Meant::Links(leads) => {
            let there = |lead: Leads| match lead {
                Leads::There(key) => Some(key),
                Leads::New(..) => None,
            };
            Some(Plain::Links(leads.into_iter().filter_map(there).collect()))
        }
    }
}

/// A date as lists have it: written out, or counted by a spreadsheet. What leaves the year open is none.
pub fn date(cell: &Cell) -> Result<Date, EntryError> {
    let text = cell.text.trim();
    let narrow: String = text.chars().map(crate::text::narrow).collect();
    let wrong = |why: NotADate| EntryError::NotADate { said: text.to_owned(), why };
    // A moment: the day is what counts.
    let day =
        narrow.split_once(' ').filter(|(_, time)| time.contains(':')).map_or(narrow.as_str(), |(day, _)| day);
    let counted = || counted_day(day).and_then(|day| day.split(' ').next().and_then(|day| day.parse().ok()));
    let bare = day.bytes().all(|byte| byte.is_ascii_digit() || byte == b'.');
    match day.parse::<Date>() {
        Ok(date) => Ok(date),
        Err(why) => counted().filter(|_| bare).ok_or_else(|| wrong(why)),
    }
}

/// Lines of text as rows: each line is what the first column of words holds.
fn rows(columns: &[Field], text: &str) -> Option<Value> {
    let words = |field: &&Field| matches!(field.kind, Kind::Text { time: false, .. });
    let column = columns.iter().find(words)?;
    let lines = text.lines().map(str::trim).filter(|line| !line.is_empty());
    let row = |line: &str| BookRow(vec![(column.id.clone(), Plain::Text(line.to_owned()))]);
    Some(Value::Rows(lines.map(row).collect()))
}
