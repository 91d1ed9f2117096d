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
    "assets.toml",
    "contracts.toml",
    "requirements.toml",
    "accepted.toml",
    "unchanged.toml",
    "nonconformities.toml",
    "inspections.toml",
    "roles.toml",
    "certificates.toml",
    "objectives.toml",
    "incidents.toml",
    "indicators.toml",
    "equipment.toml",
    "laws.toml",
    "compliance.toml",
    "parties.toml",
    "notices.toml",
    "training.toml",
    "suppliers.toml",
    "waste.toml",
    "changes.toml",
    "programmes.toml",
    "management.toml",
    "consultation.toml",
    "health.toml",
    "meters.toml",
    "protection.toml",
    "checklists.toml",
    "issued.toml",
];

macro_rules! checks {
    ($($name:literal),* $(,)?) => {
        &[$(($name, include_str!(concat!("../../data/checks/", $name)))),*]
    };
}

const CHECKS: &[(&str, &str)] = checks![
    "r01.toml", "r02.toml", "r07.toml", "r08.toml", "r09.toml", "r10.toml", "r11.toml", "r12.toml",
    "r13.toml", "r14.toml", "r15.toml", "r16.toml", "r17.toml", "r18.toml", "r19.toml", "r20.toml",
    "r21.toml", "r22.toml", "r23.toml", "r24.toml", "r25.toml", "r26.toml", "r27.toml", "r28.toml",
    "r29.toml", "r30.toml", "r31.toml", "r32.toml", "r33.toml", "r34.toml", "r35.toml", "r36.toml",
    "r37.toml", "r38.toml", "r39.toml", "r40.toml", "r41.toml", "r42.toml",
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
    let checks = CHECKS.iter().map(file(SourceKind::Check));
    registers.chain(scoring::builtin().iter().map(file(SourceKind::Method))).chain(checks).collect()
}
