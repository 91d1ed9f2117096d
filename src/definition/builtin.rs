//! The definitions the program brings along, from `data/`.

use super::{SourceFile, SourceKind};
use crate::scoring;

macro_rules! registers {
    ($($name:literal),* $(,)?) => {
        &[$(($name, include_str!(concat!("../../data/registers/", $name)))),*]
    };
}

const REGISTERS: &[(&str, &str)] = registers![
    "aspects.toml",
    "hazards.toml",
    "drills.toml",
    "plans.toml",
    "documents.toml",
    "departments.toml",
    "activities.toml",
    "audits.toml",
    "questions.toml",
    "views.toml",
    "reviews.toml",
    "outcomes.toml",
];

/// Every built-in definition file.
pub fn builtin() -> Vec<SourceFile> {
    let file = |kind| {
        move |(name, text): &(&str, &str)| SourceFile {
            kind,
            name: (*name).to_owned(),
            text: (*text).to_owned(),
        }
    };
    let registers = REGISTERS.iter().map(file(SourceKind::Register));
    registers.chain(scoring::builtin().iter().map(file(SourceKind::Method))).collect()
}
