//! Lists of other programs as entries of a register: what was recognised, what it would change, and one commit.
//!
//! An [`Import`] is a table with what was recognised of it and what a person decided; a [`Plan`] follows from it and the
//! book, always anew and without changing either. Nothing is written before its edits are handed to the session.

mod above;
mod aside;
mod body;
mod carry;
mod edits;
mod heading;
mod judge;
mod layout;
mod links;
mod mapping;
mod matching;
mod open;
mod parts;
mod plan;
mod rows;
mod same;
mod stated;
mod take;
pub mod telling;
mod words;
mod work;

use std::collections::{BTreeMap, BTreeSet};

pub use above::Above;
pub use body::{Body, Row, RowKind};
pub use carry::{ImportError, carry_out, may};
pub use edits::Edits;
pub use heading::{Heading, Sure, Target};
pub use judge::{Difference, Part, Pick, Verdict, picks};
pub use layout::{Column, Layout, by_program, methods};
pub use mapping::Mapping;
pub use open::{ALL, OpenError, file_name, read};
pub use plan::{Counts, Fate, Plan, Planned, Share};
pub use stated::Stated;
pub use take::{Leads, Meant, Taken, Unread};

use crate::book::EntryKey;
use crate::definition::{Definitions, Register};
use crate::exchange::workbook::Sheet;

/// A table, what was recognised of it, and what a person decided.
#[derive(Debug, Clone)]
pub struct Import {
    /// The file, and the sheet where it has several: what entries of it rest on.
    pub name: String,
    /// The table.
    pub sheet: Sheet,
    /// What tells its form from others, as it was recognised.
    pub shape: String,
    /// What its columns hold.
    pub layout: Layout,
    /// Its lines below the head.
    pub body: Body,
    /// Rows inside its entries that stand in sheets of their own, by the index of their field.
    pub parts: BTreeMap<usize, parts::Inside>,
    /// Rows of those sheets that name no entry: line and words.
    pub loose: Vec<(usize, String)>,
    /// What stands over its table, or over each of those that are read as one.
    pub above: Vec<Above>,
    /// Other sheets of the same form, which are not in it.
    pub others: Vec<String>,
    /// Sheets of the file that hold something else.
    pub unlike: Vec<String>,
    /// What its columns mean was taken from the import before.
    pub remembered: bool,
    /// What was decided.
    pub decisions: Decisions,
}

/// What a person decided of an import.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Decisions {
    /// Where the name of a section goes: the index of a field.
    pub section: Option<usize>,
    /// By which method the rows are worked out; the one that fits most where nothing is said.
    pub pick: Option<Pick>,
    /// What stands for a text of a column instead.
    pub mends: BTreeMap<(usize, String), String>,
    /// What is kept of every row whose statement differs.
    pub all: Option<Keep>,
    /// The same of single rows, by their line.
    pub each: BTreeMap<usize, Keep>,
    /// Lines that are not taken.
    pub left_out: BTreeSet<usize>,
    /// Which entry a line is, or that it is a new one.
    pub same_as: BTreeMap<usize, Option<EntryKey>>,
    /// Entries that are not in the file go.
    pub delete_missing: bool,
}

/// What is kept of a row whose stated evaluation differs from what follows.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Keep {
    /// As stated, marked so.
    Stated,
    /// As it follows.
    Computed,
    /// Neither: it is to be evaluated anew.
    Open,
}

impl Import {
    /// Recognises a table; nothing where none of its lines heads a register's columns.
    pub fn recognise(
        name: &str,
        sheet: &Sheet,
        definitions: &Definitions,
        register: Option<&Register>,
    ) -> Option<Self> {
        let layout = Layout::recognise(sheet, definitions, register)?;
        let register = definitions.register(&layout.register)?;
        let body = Body::of(sheet, &layout, register);
        let decisions = Decisions { section: section(&layout, &body, register), ..Decisions::default() };
        let shape = layout.shape();
        Some(Self {
            name: name.to_owned(),
            sheet: sheet.clone(),
            shape,
            body,
            parts: BTreeMap::new(),
            loose: Vec::new(),
            above: vec![Above::of(sheet, &layout, register, 0)],
            others: Vec::new(),
            unlike: Vec::new(),
            remembered: false,
            decisions,
            layout,
        })
    }

    /// The other sheets that have its form: with it as one table, or only named.
    fn join(&mut self, sheets: &[Sheet], definitions: &Definitions, all: bool) {
        let Some(register) = definitions.register(&self.layout.register) else { return };
        let others = above::alike(sheets, (&self.sheet, &self.layout), (definitions, register));
        let taken =
            |name: &str| name == self.sheet.name || others.iter().any(|(sheet, _)| sheet.name == name);
        let unlike = sheets.iter().map(|sheet| sheet.name.clone());
        self.unlike = unlike.filter(|name| !taken(name) && !parts::is_part(name)).collect();
        if !all {
            self.others = others.iter().map(|(sheet, _)| sheet.name.clone()).collect();
            return;
        }
        self.sheet = above::joined(&self.sheet, &others);
        let places = self.sheet.parts.iter().skip(1).zip(&others);
        self.above
            .extend(places.map(|(part, (sheet, layout))| Above::of(sheet, layout, register, part.from)));
        self.body = Body::of(&self.sheet, &self.layout, register);
        self.decisions.section = section(&self.layout, &self.body, register);
    }

    /// What is decided, and what the columns hold.
    pub fn decided(&self) -> (Decisions, Layout) {
        (self.decisions.clone(), self.layout.clone())
    }

    /// What was decided before, and what the columns held.
    pub fn restore(&mut self, decisions: Decisions, layout: Layout, register: &Register) {
        (self.decisions, self.layout) = (decisions, layout);
        self.body = Body::of(&self.sheet, &self.layout, register);
    }

    /// Takes a column for something else; whatever else was taken for that is kept as words.
    pub fn set(&mut self, at: usize, target: &Target, register: &Register) {
        let alone = !matches!(target, Target::Nothing | Target::Note);
        for column in &mut self.layout.columns {
            if column.at == at {
                (column.target, column.sure) = (target.clone(), None);
            } else if alone && column.target == *target {
                (column.target, column.sure) = (Target::Note, None);
            }
        }
        self.body = Body::of(&self.sheet, &self.layout, register);
    }
}

/// Where the names of sections go: to the field that groups the entries of the register, as an activity stands over its
/// aspects, unless that has a column; then they are kept as words.
fn section(layout: &Layout, body: &Body, register: &Register) -> Option<usize> {
    body.rows.iter().any(|row| row.kind == RowKind::Section).then_some(())?;
    let group = matching::group(register)?;
    layout.column(&Target::Field(group)).is_none().then_some(group)
}
