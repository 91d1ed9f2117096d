//! Definitions made ready for use: what they say in the query language and in the forms of entry is read
//! when they are loaded, so that a mistake is told with its place and never met at first use.

use chrono::{FixedOffset, NaiveDate, Offset, Utc};

use super::Reading;
use crate::book::Book;
use crate::definition::{
    Asked, Check, Definitions, Derived, Field, Finds, Kind, Register, Rule, SourceFile, View,
};
use crate::query::{self, Term, Words};
use crate::source::Problem;
use crate::wording::{Lang, Tell, message};

/// The built-in definitions with the organisation's own over them, checked to the last word.
pub fn ready(own: Vec<SourceFile>) -> Result<Definitions, Problem> {
    let definitions = Definitions::assemble(own)?;
    let (book, words) = (Book::default(), Words::default());
    let zone: FixedOffset = Utc.fix();
    let reading = Reading::new((&book, &definitions, &words), Lang::En, zone);
    for register in definitions.registers() {
        register.fields.iter().try_for_each(|field| check_default(&reading, register, field))?;
        register.views.iter().try_for_each(|view| check_view(&reading, register, view))?;
        let asked = register.features.chain.iter().filter_map(|link| link.when.as_ref());
        let asked = asked.chain(register.features.dues.iter().filter_map(|due| due.of.as_ref()));
        let asked = asked.chain(register.features.record.iter().filter_map(|record| record.of.as_ref()));
        asked.into_iter().try_for_each(|asked| check_asked(&reading, register, &register.file, asked))?;
        check_looks(&reading, register)?;
    }
    for rule in definitions.rules() {
        rule.checks.iter().try_for_each(|check| check_rule(&reading, rule, check))?;
    }
    Ok(definitions)
}

/// What marks entries, and what counts as a look at them; neither can ask which are marked.
fn check_looks(reading: &Reading, register: &Register) -> Result<(), Problem> {
    let causes = register.features.looks.stale.iter().flat_map(|stale| &stale.from);
    let causes = causes.filter_map(|from| Some((from.register.as_str(), from.when.as_ref()?)));
    let looked = register.features.looks.looked.as_ref().and_then(|looked| looked.when.as_ref());
    for (id, asked) in causes.chain(looked.map(|asked| (register.id.as_str(), asked))) {
        let Some(other) = reading.definitions.register(id) else { continue };
        check_asked(reading, other, &register.file, asked)?;
        let marks = |term: &&Term| term.path.iter().any(|piece| Derived::Stale.answers_to(&piece.word));
        let node = query::parse(&asked.query).ok();
        if let Some(term) = node.as_ref().and_then(|node| node.terms().into_iter().find(marks)) {
            let what = message!("definition-asks-stale");
            return Err(reading.definitions.problem(&register.file, &asked.at, term.span.start, what));
        }
    }
    Ok(())
}

/// Every query of a check is read once.
fn check_rule(reading: &Reading, rule: &Rule, check: &Check) -> Result<(), Problem> {
    let own = (check.register.as_str(), check.of.as_ref());
    let found = match &check.finds {
        Finds::Query(asked) => (check.register.as_str(), Some(asked)),
        Finds::Months(months) => (months.register.as_str(), months.of.as_ref()),
        Finds::Unnamed(unnamed) => {
            (unnamed.registers.first().map_or("", String::as_str), unnamed.of.as_ref())
        }
        Finds::Lapsed(lapsed) => (lapsed.register.as_str(), lapsed.of.as_ref()),
        Finds::Presupposed(presupposed) => (presupposed.register.as_str(), presupposed.of.as_ref()),
        _ => own,
    };
    for (register, asked) in [own, found] {
        let (Some(register), Some(asked)) = (reading.definitions.register(register), asked) else { continue };
        check_asked(reading, register, &rule.file, asked)?;
    }
    Ok(())
}

fn check_asked(reading: &Reading, register: &Register, file: &str, asked: &Asked) -> Result<(), Problem> {
    match reading.filter(register, &asked.query, NaiveDate::default()) {
        Ok(_) => Ok(()),
        Err(problem) => {
            let what = message!("definition-bad-query", what = problem.what);
            Err(reading.definitions.problem(file, &asked.at, problem.span.start, what))
        }
    }
}

fn check_view(reading: &Reading, register: &Register, view: &View) -> Result<(), Problem> {
    match reading.filter(register, &view.query, NaiveDate::default()) {
        Ok(_) => Ok(()),
        Err(problem) => {
            let what = message!("definition-bad-query", what = problem.what);
            Err(reading.definitions.problem(&register.file, &view.query_at, problem.span.start, what))
        }
    }
}

/// A default must be what a person could type; whether a linked entry is there, only the book knows.
fn check_default(reading: &Reading, register: &Register, field: &Field) -> Result<(), Problem> {
    let Some(default) = field.default.as_deref().filter(|_| !matches!(field.kind, Kind::Links { .. })) else {
        return Ok(());
    };
    match reading.enter(field, default, NaiveDate::default()) {
        Ok(_) => Ok(()),
        Err(error) => {
            let what = message!("definition-bad-default", what = error.message());
            Err(reading.definitions.problem(&register.file, &field.default_at, 0, what))
        }
    }
}
