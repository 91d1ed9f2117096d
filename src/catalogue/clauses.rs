//! What the clauses of the standards ask for, as data of the program's own.

use std::sync::LazyLock;

use serde::Deserialize;

use crate::wording::Label;

/// One clause of ISO 14001 and ISO 45001.
#[derive(Debug, Clone)]
pub struct Clause {
    /// Its number, e.g. `8.2`.
    pub number: String,
    /// What it is called.
    pub name: Label,
    /// What each standard asks, in this project's own words: `E`, `S`.
    pub asks: Vec<(char, Label)>,
    /// What is usually shown.
    pub show: Label,
}

#[derive(Deserialize)]
struct File {
    clauses: Vec<Raw>,
}

#[derive(Deserialize)]
struct Raw {
    number: String,
    name: Both,
    e: Option<Both>,
    s: Option<Both>,
    show: Both,
}

#[derive(Deserialize)]
struct Both {
    zh: String,
    en: String,
}

impl From<&Both> for Label {
    fn from(both: &Both) -> Self {
        Label::new(&both.zh, &both.en)
    }
}

static CLAUSES: LazyLock<Vec<Clause>> = LazyLock::new(|| {
    let file: Option<File> = toml::from_str(include_str!("../../data/clauses.toml")).ok();
    let clause = |raw: Raw| {
        let asks = [('E', raw.e.as_ref()), ('S', raw.s.as_ref())];
        let asks = asks.into_iter().filter_map(|(standard, asks)| Some((standard, Label::from(asks?))));
        Clause {
            asks: asks.collect(),
            name: (&raw.name).into(),
            show: (&raw.show).into(),
            number: raw.number,
        }
    };
    file.map(|file| file.clauses.into_iter().map(clause).collect()).unwrap_or_default()
});

/// Every clause, in its order.
pub fn clauses() -> &'static [Clause] {
    &CLAUSES
}

/// The clause with this number.
pub fn clause(number: &str) -> Option<&'static Clause> {
    clauses().iter().find(|clause| clause.number == number)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::definition::clause_order;

    #[test]
    fn each_clause_is_said_once_in_its_order() {
        let numbers: Vec<Vec<u32>> = clauses().iter().map(|clause| clause_order(&clause.number)).collect();
        assert!(numbers.len() > 15 && numbers.is_sorted_by(|a, b| a < b), "{numbers:?}");
        assert!(clauses().iter().all(|clause| !clause.asks.is_empty()));
        assert_eq!(clause("5.4").unwrap().asks.len(), 1);
    }
}
