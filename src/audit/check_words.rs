//! What checks came to, in words: the same on the screen and in print.

use super::check::{Finding, Looked};
use crate::catalogue::Reading;
use crate::definition::Severity;
use crate::wording::{Message, Tell, message};

/// How much was looked for, and what came of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct CheckSum {
    /// How many checks there are.
    pub checks: usize,
    /// What was found, by its weight.
    pub found: [usize; 3],
    /// What was found and is accepted as it is.
    pub accepted: usize,
}

impl CheckSum {
    /// Of these checks.
    pub fn of(looked: &[Looked]) -> Self {
        let of = |severity: Severity| {
            let these = looked.iter().filter(|looked| looked.check.severity == severity);
            these.map(|looked| looked.found.len()).sum::<usize>()
        };
        let accepted = looked.iter().map(|looked| looked.accepted.len()).sum();
        Self { checks: looked.len(), found: Severity::ALL.map(|(severity, _)| of(severity)), accepted }
    }
}

impl Tell for CheckSum {
    fn message(&self) -> Message {
        let [missing, contradictions, questions] = self.found;
        message!(
            "check-sum",
            checks = self.checks,
            missing = missing,
            contradictions = contradictions,
            questions = questions,
            accepted = self.accepted
        )
    }
}

impl Looked<'_> {
    /// How much it weighs, by its name.
    pub fn severity_name(&self) -> &'static str {
        severity_of(self.check.severity)
    }

    /// How many were found of how many, in which register.
    pub fn share(&self, reading: &Reading) -> Message {
        let register = reading.definitions.register(&self.check.register);
        let name = register.map(|register| register.name.clone()).unwrap_or_default();
        message!("check-share", found = self.found.len(), of = self.of, register = name)
    }
}

impl Finding {
    /// The entry by its id and title, with the part that is meant.
    pub fn words(&self, reading: &Reading) -> String {
        let (serial, title) = (reading.book.serial(self.entry), reading.title(self.entry));
        match &self.detail {
            Some(detail) => format!("{serial}  {title}  {}", reading.wording.render(detail)),
            None => format!("{serial}  {title}"),
        }
    }
}

/// A weight by its name.
pub fn severity_of(severity: Severity) -> &'static str {
    match severity {
        Severity::Missing => "check-missing",
        Severity::Contradiction => "check-contradiction",
        Severity::Question => "check-question",
    }
}

/// Clauses as people say them: `8.1` where both standards have it, else `E:8.1`.
pub fn clauses_in_short(clauses: &[String]) -> String {
    let mut short: Vec<String> = Vec::new();
    for clause in clauses {
        let Some((standard, number)) = clause.split_once(':') else { continue };
        let other = if standard == "E" { "S" } else { "E" };
        let both = clauses.iter().any(|clause| *clause == format!("{other}:{number}"));
        let said = if both { number.to_owned() } else { clause.clone() };
        if !short.contains(&said) {
            short.push(said);
        }
    }
    short.join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_clause_of_both_standards_is_said_once() {
        let clauses = ["E:8.1", "S:8.1", "E:6.1.3"].map(str::to_owned);
        assert_eq!(clauses_in_short(&clauses), "8.1 E:6.1.3");
    }
}
