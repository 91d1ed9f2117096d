//! Registers as data: what a register is, which fields it has, and which words it answers to.
//!
//! A definition is read from TOML, checked as a whole ([`Definitions::assemble`]) and
//! never changed afterwards. Every name that one definition uses of another is resolved here, so a
//! mistake is refused with its place when the file is read and never met at first use. What a definition
//! says in the query language and in the forms of entry is read at the same time, by the catalogue.

mod assemble;
mod audit;
mod builtin;
mod chain;
mod check;
mod check_load;
mod check_raw;
mod check_terms;
mod clause;
mod column;
mod due_table;
mod feature_tables;
mod features;
mod field;
mod found;
mod join;
mod load;
mod load_all;
mod raw;
mod read;
mod serial;
mod sheet;
mod stale;
mod yearly;

pub use assemble::{Definitions, SourceFile, SourceKind};
pub use audit::{Audit, AuditNotes, Recorded};
pub use builtin::builtin;
pub use chain::{Link, LinkWay};
pub use check::{
    Asked, Balance, Check, Confirmed, Finds, Goes, Lapsed, Months, Presupposed, Rule, Severity, Subject,
    Terms, Uncovered, Unnamed, Without,
};
pub use clause::{clause_number, clause_order, clauses_named};
pub use column::{Column, Derived};
pub use features::{
    Again, Clock, Deadline, Features, Gate, Kept, Problems, Raise, Stamps, Step, Unfilled, When, Windows,
};
pub use field::{Choice, Field, Kind, MethodRule};
pub use found::Found;
pub use serial::SerialPattern;
pub use sheet::{Besides, Items, Outcome, Sheet};
pub use stale::{Cause, Looked, Looks, Stale};
pub use yearly::Yearly;

use crate::wording::{Label, Lang};

/// One kind of entries: its columns, its form, its numbers and its saved views.
#[derive(Debug, Clone)]
pub struct Register {
    /// The name used by commands and the journal, e.g. `aspects`.
    pub id: String,
    /// The file it was read from, e.g. `registers/aspects.toml`.
    pub file: String,
    /// The name on screen and paper, e.g. 环境因素.
    pub name: Label,
    /// Other words by which people call it.
    pub also: Vec<String>,
    /// How record serials are made, e.g. `EA-{0000}`.
    pub serial: SerialPattern,
    /// The form, its edition, and the clauses it serves.
    pub form: Form,
    /// Position in lists and on the number keys; registers without one come last.
    pub order: u32,
    /// Whether it has its line on the home page; what only serves other registers has none.
    pub home: bool,
    /// Index of the field that names an entry.
    pub title: usize,
    /// The fields in the order of the form.
    pub fields: Vec<Field>,
    /// What the table shows at first, and the order it is in.
    pub table: Table,
    /// Saved queries over this register.
    pub views: Vec<View>,
    /// What it has switched on beside its fields.
    pub features: Features,
}

/// The paper side of a register: three different numbers that are easily mixed up.
#[derive(Debug, Clone, Default)]
pub struct Form {
    /// What the form is called on paper (表格名称), where that is not the register's name.
    pub title: Option<Label>,
    /// Form number (表单编号), e.g. `ZKDG/JL-BG-04`; the organisation's own.
    pub number: Option<String>,
    /// Edition of the form, e.g. `A/0`.
    pub edition: Option<String>,
    /// Clauses of ISO 14001 (`E:`) and ISO 45001 (`S:`) it gives evidence for.
    pub clauses: Vec<String>,
    /// How many years records are kept.
    pub retention_years: Option<u32>,
    /// Its entries are of persons: they leave the house only where that is asked for.
    pub personal: bool,
}

/// Columns and order of a table.
#[derive(Debug, Clone)]
pub struct Table {
    /// The columns, left to right.
    pub columns: Vec<Column>,
    /// The columns that order the rows, most important first.
    pub sort: Vec<SortBy>,
}

/// One column that orders rows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct SortBy {
    /// The column.
    pub column: Column,
    /// From high to low; whatever is empty or unscored comes last either way.
    pub descending: bool,
}

/// A named query with columns and order; the list of significant aspects is one.
#[derive(Debug, Clone)]
pub struct View {
    /// The name used by commands, unique among registers and views.
    pub id: String,
    /// The name on screen and paper.
    pub name: Label,
    /// What it selects, in the query language.
    pub query: String,
    /// Where the query stands in its file, for messages about it.
    pub query_at: std::ops::Range<usize>,
    /// Its columns and order.
    pub table: Table,
    /// A sentence to show under its title.
    pub note: Option<Label>,
    /// The columns under which an audit record tells all of it, whatever department is audited; none where it does not.
    pub record: Option<Vec<Column>>,
}

/// The register of departments.
pub const DEPARTMENTS: &str = "departments";

impl Register {
    /// The field with this id.
    pub fn field(&self, id: &str) -> Option<&Field> {
        self.fields.iter().find(|field| field.id == id)
    }

    /// The field that says which department an entry lies with.
    pub fn department_field(&self) -> Option<&Field> {
        let leads = |kind: &Kind| matches!(kind, Kind::Links { to, many: false, .. } if to.iter().all(|id| id == DEPARTMENTS));
        self.fields.iter().find(|field| leads(&field.kind))
    }

    /// Every field that says whom an entry concerns: links to departments and to nothing else, one or many.
    pub fn department_fields(&self) -> impl Iterator<Item = &Field> {
        let leads =
            |kind: &Kind| matches!(kind, Kind::Links { to, .. } if to.iter().all(|id| id == DEPARTMENTS));
        self.fields.iter().filter(move |field| leads(&field.kind))
    }

    /// Position of the field with this id.
    pub fn field_index(&self, id: &str) -> Option<usize> {
        self.fields.iter().position(|field| field.id == id)
    }

    /// The field that names an entry.
    pub fn title_field(&self) -> &Field {
        // `load` refuses a register without its title field.
        self.fields.get(self.title).unwrap_or_else(|| unreachable!("title is an index of fields"))
    }

    /// The first field that holds an evaluation, where the register is scored.
    pub fn evaluation(&self) -> Option<(usize, &Field)> {
        self.fields.iter().enumerate().find(|(_, field)| matches!(field.kind, Kind::Evaluation { .. }))
    }

    /// Whether people may mean this register by `word`: its id, either name, or another word for it.
    pub fn answers_to(&self, word: &str) -> bool {
        let word = word.trim();
        self.id.eq_ignore_ascii_case(word)
            || self.name.get(Lang::Zh) == word
            || self.name.get(Lang::En).eq_ignore_ascii_case(word)
            || self.also.iter().any(|also| also.eq_ignore_ascii_case(word))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_ships_is_sound() {
        let definitions = Definitions::builtin().unwrap_or_else(|problem| panic!("{problem}"));
        let ids: Vec<&str> = definitions.registers().iter().map(|register| register.id.as_str()).collect();
        assert_eq!(
            ids,
            [
                "aspects",
                "hazards",
                "drills",
                "plans",
                "documents",
                "inspections",
                "nonconformities",
                "contracts",
                "requirements",
                "laws",
                "compliance",
                "objectives",
                "departments",
                "activities",
                "roles",
                "certificates",
                "training",
                "consultation",
                "health",
                "assets",
                "incidents",
                "indicators",
                "equipment",
                "meters",
                "parties",
                "notices",
                "suppliers",
                "waste",
                "changes",
                "protection",
                "questions",
                "audits",
                "programmes",
                "management",
                "reviews",
                "checklists",
                "views",
                "outcomes",
                "accepted",
                "issued",
                "unchanged"
            ]
        );
        for register in definitions.registers() {
            assert!(register.field("note").is_some(), "{} has no note", register.id);
            for field in &register.fields {
                assert!(field.name.zh() != field.name.en(), "{}.{} lacks a language", register.id, field.id);
                // A query that names what every entry has by itself must not hit a field of that name.
                let shadows = register.derived().any(|derived| field.answers_to(derived.name().zh()));
                assert!(!shadows, "{}.{} is called like what every entry has", register.id, field.id);
            }
        }
    }
}
