//! A sheet made of a template: what is to be looked at, how it went the last time, and the entry it becomes.

use chrono::{Datelike, NaiveDate};

use super::Reading;
use crate::book::{Cell, Date, Entry, EntryKey, Plain, Row, Value};
use crate::definition::{Register, Sheet};

/// A sheet that is to be filled in.
#[derive(Debug, Clone)]
pub struct Blank<'a> {
    /// The register that it goes into.
    pub register: &'a Register,
    /// How it is made.
    pub sheet: &'a Sheet,
    /// Its template.
    pub template: EntryKey,
    /// The day.
    pub day: NaiveDate,
    /// What is to be looked at, in order.
    pub items: Vec<Item>,
    /// The sheet before, of the same template.
    pub before: Option<EntryKey>,
}

/// One thing to look at.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Item {
    /// What it is, in words.
    pub words: String,
    /// The entries that it is of.
    pub of: Vec<EntryKey>,
    /// How it went the last time: the code of the result, and what was wrong.
    pub before: Option<(String, String)>,
}

/// How an item went.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Answer {
    /// The code of the result; none as long as nobody looked.
    pub result: Option<String>,
    /// What is wrong.
    pub problem: String,
}

impl<'a> Reading<'a> {
    /// The register whose sheets are made of an entry.
    pub fn made_of(&self, template: &Entry) -> Option<(&'a Register, &'a Sheet)> {
        let here = self.book.register_id(template.register);
        let sheets = self.definitions.registers().iter();
        sheets
            .filter_map(|register| Some((register, register.features.sheet.as_ref()?)))
            .find(|(_, sheet)| sheet.templates == here)
    }

    /// The sheet of a template on a day: its items, what is significant besides where the template asks for it, and
    /// how each went the last time.
    pub fn blank(&self, template: EntryKey, day: NaiveDate) -> Option<Blank<'a>> {
        let entry = self.book.entry(template)?;
        let (register, sheet) = self.made_of(entry)?;
        let before = self.sheet_before((register, sheet), template, day);
        let mut items: Vec<Item> = Vec::new();
        for row in self.rows_of(entry, &sheet.items.listed) {
            items.push(Item {
                words: text(row, &sheet.items.item),
                of: links(row, &sheet.items.of),
                before: None,
            });
        }
        items.retain(|item| !item.words.is_empty() || !item.of.is_empty());
        for key in self.besides(entry, sheet, day) {
            if !items.iter().any(|item| item.of.contains(&key)) {
                items.push(Item { words: self.title(key), of: vec![key], before: None });
            }
        }
        let last: Vec<Row> = before
            .and_then(|key| self.book.entry(key))
            .map(|entry| self.rows_of(entry, &sheet.items.rows).to_vec())
            .unwrap_or_default();
        for item in &mut items {
            let row = last.iter().find(|row| {
                links(row, &sheet.items.of) == item.of && text(row, &sheet.items.item) == item.words
            });
            item.before = row.and_then(|row| match row.get(&sheet.items.result) {
                Some(Plain::Choice(code)) => Some((code.clone(), text(row, &sheet.items.problem))),
                _ => None,
            });
        }
        Some(Blank { register, sheet, template, day, items, before })
    }

    /// The latest sheet of the template up to a day.
    fn sheet_before(
        &self,
        (register, sheet): (&Register, &Sheet),
        template: EntryKey,
        day: NaiveDate,
    ) -> Option<EntryKey> {
        let made = self.book.naming(template, &register.id, &sheet.template, None);
        let dated = made.into_iter().filter_map(|key| {
            let entry = self.book.entry(key)?;
            match self.book.cell(entry, &sheet.day) {
                Cell::Date(date) if date.first() <= day => Some((date.first(), key)),
                _ => None,
            }
        });
        dated.max().map(|(_, key)| key)
    }

    /// The entries of the views that a template takes in, of its department.
    fn besides(&self, template: &Entry, sheet: &Sheet, day: NaiveDate) -> Vec<EntryKey> {
        let Some(besides) = &sheet.besides else { return Vec::new() };
        if !matches!(self.book.cell(template, &besides.asked), Cell::YesNo(true)) {
            return Vec::new();
        }
        let departments = match self.book.cell(template, &besides.department) {
            Cell::Links(keys) => keys.to_vec(),
            _ => Vec::new(),
        };
        let of_it = |key: &EntryKey, register: &Register| {
            let field = register.department_field()?;
            match self.book.cell(self.book.entry(*key)?, &field.id) {
                Cell::Links(keys) => Some(keys.iter().any(|key| departments.contains(key))),
                _ => None,
            }
        };
        let listings = besides.views.iter().filter_map(|view| self.listing(view).ok());
        listings
            .flat_map(|listing| {
                // The query of a view was read with its file.
                let mut keys = self.entries(&listing, "", day).unwrap_or_default();
                keys.retain(|key| of_it(key, listing.register).unwrap_or(false));
                keys
            })
            .collect()
    }

    fn rows_of<'e>(&self, entry: &'e Entry, field: &str) -> &'e [Row]
    where
        'a: 'e,
    {
        match self.book.cell(entry, field) {
            Cell::Rows(rows) => rows,
            _ => &[],
        }
    }
}

impl Blank<'_> {
    /// The sheet that was made of the template in the same month already, and its day.
    pub fn this_month(&self, reading: &Reading) -> Option<(EntryKey, Date)> {
        let before = self.before?;
        let Cell::Date(date) = reading.book.cell(reading.book.entry(before)?, &self.sheet.day) else {
            return None;
        };
        let month = |day: NaiveDate| (day.year(), day.month());
        (month(date.first()) == month(self.day)).then_some((before, *date))
    }

    /// Whether a result is one that asks for the problem.
    pub fn fails(&self, answer: &Answer) -> bool {
        answer.result.as_ref() == Some(&self.sheet.items.fail)
    }

    /// The fields of the entry that the sheet becomes, with how each item went.
    pub fn fields(&self, reading: &Reading, answers: &[Answer], assessment: &str) -> Vec<(String, Value)> {
        let (sheet, items) = (self.sheet, &self.sheet.items);
        let mut fields: Vec<(String, Value)> = Vec::new();
        if let Some(template) = reading.book.entry(self.template) {
            for (here, there) in &sheet.copies {
                let value = reading.book.value(template, there);
                fields.extend(value.map(|value| (here.clone(), value)));
            }
        }
        let title = &self.register.title_field().id;
        for (_, value) in fields.iter_mut().filter(|(field, _)| field == title) {
            if let Value::Text(words) = value {
                *words = format!("{words} {}", self.day.format("%Y-%m"));
            }
        }
        let row = |(item, answer): (&Item, &Answer)| {
            let mut cells = vec![(items.item.clone(), Plain::Text(item.words.clone()))];
            if !item.of.is_empty() {
                cells.push((items.of.clone(), Plain::Links(item.of.clone())));
            }
            cells.extend(answer.result.clone().map(|code| (items.result.clone(), Plain::Choice(code))));
            if self.fails(answer) && !answer.problem.is_empty() {
                cells.push((items.problem.clone(), Plain::Text(answer.problem.clone())));
            }
            Row(cells)
        };
        let rows: Vec<Row> = self.items.iter().zip(answers).map(row).collect();
        let failed = answers.iter().any(|answer| self.fails(answer));
        let outcome = if failed { &sheet.outcome.fail } else { &sheet.outcome.pass };
        fields.push((sheet.template.clone(), Value::Links(vec![self.template])));
        fields.push((sheet.day.clone(), Value::Date(Date::day(self.day))));
        fields.push((items.rows.clone(), Value::Rows(rows)));
        fields.push((sheet.outcome.field.clone(), Value::Choice(outcome.clone())));
        let assessed = sheet.assessment.as_ref().filter(|_| !assessment.trim().is_empty());
        fields.extend(assessed.map(|field| (field.clone(), Value::Text(assessment.trim().to_owned()))));
        fields
    }
}

fn text(row: &Row, column: &str) -> String {
    match row.get(column) {
        Some(Plain::Text(text)) => text.clone(),
        _ => String::new(),
    }
}

fn links(row: &Row, column: &str) -> Vec<EntryKey> {
    match row.get(column) {
        Some(Plain::Links(keys)) => keys.clone(),
        _ => Vec::new(),
    }
}
