//! From the cells of a line to the values of an entry: each cell is read as a form would read it, or named with its mend.

use std::cell::RefCell;
use std::collections::BTreeMap;

use chrono::NaiveDate;

use super::Above;
use super::body::Row;
use super::heading::Target;
use super::layout::{Column, Layout};
use super::parts::Inside;
use super::rows::rows;
use super::stated::Stated;
use super::telling::letter;
use super::words::words;
use crate::book::{Date, EntryKey, NotADate, Value};
use crate::catalogue::{EntryError, Reading};
use crate::definition::{Field, Kind, Register};
use crate::exchange::workbook::{Cell, CellKind, counted_day};

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

impl Taken {
    /// A cell that could not be read: its text goes into the note.
    fn unread(&mut self, at: usize, (heading, said): (String, &str), why: EntryError) {
        self.problems.push(Unread { at, of: String::new(), said: said.to_owned(), why });
        self.notes.push((heading, said.to_owned()));
    }
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
    /// The column; none that there is where it stands elsewhere.
    pub at: usize,
    /// What it is of, where it stands elsewhere.
    pub of: String,
    /// What stands in the file.
    pub said: String,
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
    /// What stands over the table.
    pub above: &'a [Above],
    /// Where words lead, once they were looked up: one activity stands in many rows.
    pub known: RefCell<Links>,
}

/// Where words lead, by the registers they may lead to.
pub type Links = BTreeMap<(String, String), Result<Vec<Leads>, EntryError>>;

impl Reader<'_> {
    /// Reads a line.
    pub fn take(&self, row: &Row, layout: &Layout) -> Taken {
        let mut taken = Taken::default();
        let mut ticked: BTreeMap<usize, Vec<String>> = BTreeMap::new();
        for column in &layout.columns {
            let cell = row.line.cells.get(column.at).cloned().unwrap_or_default();
            let said = cell.text.trim().to_owned();
            let mended = self.mends.get(&(column.at, said.clone()));
            let cell = mended.map_or(cell, |text| Cell::text(text));
            self.cell((column, &said), &cell, &mut taken, &mut ticked);
        }
        // What stands in a column that nothing heads is kept too.
        let headed = |at: &usize| layout.columns.iter().any(|column| column.at == *at);
        for (at, cell) in row.line.filled().filter(|(at, _)| !headed(at)) {
            taken.notes.push((letter(at), cell.text.trim().to_owned()));
        }
        for (index, codes) in ticked {
            self.ticked(index, codes, &mut taken);
        }
        if let Some(section) = &row.section {
            self.section(section, &mut taken);
        }
        self.under(row.line.number, &mut taken);
        if let Some(serial) = taken.serial.clone() {
            for (index, inside) in self.parts {
                self.inside(*index, inside.get(&serial), &mut taken);
            }
        }
        taken
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
        (column, said): (&Column, &str),
        cell: &Cell,
        taken: &mut Taken,
        ticked: &mut BTreeMap<usize, Vec<String>>,
    ) {
        let text = cell.text.trim();
        let heading = || match column.heading.words() {
            words if words.is_empty() => letter(column.at),
            words => words,
        };
        if cell.kind == CellKind::Error && column.target != Target::Nothing {
            return taken.unread(column.at, (heading(), said), EntryError::Formula(text.to_owned()));
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
                    Err(why) => taken.unread(column.at, (heading(), said), why),
                }
            }
            target => {
                if let Some(why) = taken.stated.take(target, cell) {
                    taken.unread(column.at, (heading(), said), why);
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
                let said = all.join(" ");
                let why = EntryError::NotAChoice {
                    said: said.clone(),
                    nearest: String::new(),
                    all: all.join(", "),
                };
                let of = field.name.get(self.reading.lang).to_owned();
                taken.problems.push(Unread { at: usize::MAX, of: of.clone(), said: said.clone(), why });
                taken.notes.push((of, said));
                Some(Meant::Value(Value::Choice(first.clone())))
            }
        };
        taken.fields.insert(index, value);
    }

    /// What a cell means in a field; nothing for an empty one.
    pub(super) fn value(&self, field: &Field, cell: &Cell) -> Result<Option<Meant>, EntryError> {
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

    /// One choice: as a form takes it, or with words around it (`紧急状态`).
    fn choice(&self, field: &Field, text: &str) -> Result<String, EntryError> {
        let both = |choice: &&crate::definition::Choice| {
            format!("{} / {}", choice.label.zh(), choice.label.en()) == text
        };
        if let Some(choice) = field.choice_meant(text).or_else(|| field.kind.choices().iter().find(both)) {
            return Ok(choice.code.clone());
        }
        // `紧急状态`: a choice with words behind it, but never one of several that stand there.
        let single = !text.contains([',', '，', '、', ';', '；', '/', '\n', '|', '+', '或'])
            && !text.contains(char::is_whitespace);
        let plain = super::words::plain(text);
        let named = |label: &str| {
            single && label.chars().count() > 1 && plain.starts_with(&super::words::plain(label))
        };
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
}

/// Codes in the order of the list, each once.
fn in_order(field: &Field, codes: &[String]) -> Vec<String> {
    let order = field.kind.choices().iter().map(|choice| &choice.code);
    order.filter(|code| codes.contains(code)).cloned().collect()
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
