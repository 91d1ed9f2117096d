//! A rule's file as it is written, with the place of whatever may be wrong.

use std::num::NonZero;

use serde::Deserialize;
use toml::Spanned;

use crate::scoring::Decimal;
use crate::source::RawLabel;

/// A word with its place.
pub type Word = Spanned<String>;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RawRule {
    pub id: Word,
    pub name: RawLabel,
    pub clauses: Vec<Word>,
    pub checks: Vec<RawCheck>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RawCheck {
    pub id: Word,
    pub register: Word,
    pub of: Option<Word>,
    pub severity: Word,
    pub says: RawLabel,
    pub mend: RawLabel,
    pub field: Option<Word>,
    pub goes: Option<RawGoes>,
    pub finds: Spanned<RawFinds>,
}

/// One of these says what is looked for.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RawFinds {
    pub query: Option<Word>,
    pub vague: Option<Word>,
    pub late: Option<RawLate>,
    pub row: Option<RawRow>,
    pub bare: Option<RawBare>,
    pub twice: Option<RawColumn>,
    pub copied: Option<RawColumn>,
    pub same: Option<Word>,
    pub unproved: Option<Spanned<bool>>,
    pub judges: Option<Spanned<usize>>,
    pub window: Option<Spanned<bool>>,
    pub overdue: Option<Spanned<bool>>,
    pub stale: Option<Spanned<bool>>,
    pub months: Option<RawMonths>,
    pub terms: Option<RawTerms>,
    pub presupposed: Option<RawPresupposed>,
    pub uncovered: Option<RawUncovered>,
    pub unnamed: Option<RawNamed>,
    pub near: Option<RawNamed>,
    pub rose: Option<Spanned<Decimal>>,
    pub lapsed: Option<RawLapsed>,
    pub repeated: Option<Spanned<bool>>,
    pub balance: Option<RawBalance>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RawMonths {
    pub register: Word,
    pub link: Word,
    pub date: Word,
    pub of: Option<Word>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RawLate {
    pub date: Word,
    pub link: Word,
    pub than: Word,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RawRow {
    pub rows: Word,
    pub filled: Vec<Word>,
    pub empty: Word,
    pub is: Option<[Word; 2]>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RawBare {
    pub rows: Word,
    pub text: Word,
    pub before: Vec<Word>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RawColumn {
    pub rows: Word,
    pub text: Word,
}

#[derive(Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct RawTerms {
    pub text: Word,
    pub register: Word,
    pub link: Word,
    pub rows: Word,
    pub kind: Word,
    pub subjects: Vec<RawSubject>,
    #[serde(default)]
    pub apart: Vec<RawSubject>,
    pub confirmed: Option<RawConfirmed>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RawConfirmed {
    pub quote: Word,
    pub says: Word,
    pub owner: Word,
    pub control: Word,
    pub without: RawWithout,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RawWithout {
    pub rows: Word,
    pub kind: Word,
    pub quote: Word,
    pub reason: Word,
    pub by: Word,
    pub on: Word,
}

#[derive(Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct RawSubject {
    pub is: Word,
    pub none: Option<Word>,
    pub words: Vec<Word>,
    #[serde(default)]
    pub not_beside: Vec<Word>,
}

#[derive(Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct RawPresupposed {
    pub text: Word,
    pub register: Word,
    pub kind: Word,
    pub of: Option<Word>,
    pub needs: Vec<RawNeed>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RawUncovered {
    pub kind: Word,
    pub register: Word,
    pub text: Word,
    pub needs: Vec<RawNeed>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RawBalance {
    pub way: Word,
    pub out: Word,
    pub amount: Word,
    pub same: Vec<Word>,
    pub date: Word,
}

/// What another register has to have had in the last months.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RawLapsed {
    pub register: Word,
    pub date: Word,
    pub of: Option<Word>,
    pub months: NonZero<u32>,
}

/// A text here that is held against the titles of registers.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RawNamed {
    pub text: Word,
    pub registers: Vec<Word>,
    pub of: Option<Word>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RawNeed {
    pub code: Word,
    pub words: Vec<Word>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RawGoes {
    pub register: Word,
    pub link: Word,
    pub field: Word,
}
