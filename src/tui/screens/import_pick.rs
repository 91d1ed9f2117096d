//! What can be chosen in an import: a file, a sheet, a register, a method, what a column holds, which entry a row is.

use super::super::layer::Cx;
use super::pick::{self, Pick};
use crate::book::EntryKey;
use crate::definition::Kind;
use crate::exchange::Workbook;
use crate::exchange::import::{Import, Pick as Method, Plan, Planned, Target, telling};
use crate::wording::message;

fn names(heading: &'static str, names: &[String], cx: &Cx) -> Pick {
    let names: Vec<&str> = names.iter().map(String::as_str).collect();
    pick::names(cx.say(heading), &names)
}

/// The same, as a list that is there already.
pub fn named(heading: &'static str, all: &[String], cx: &Cx) -> Pick {
    names(heading, all, cx)
}

/// The choices of the field that a column fills; none where it is no list to choose one from.
pub fn choices(import: &Import, at: usize, cx: &Cx) -> Vec<String> {
    let column = import.layout.columns.iter().find(|column| column.at == at);
    let register = cx.session.definitions().register(&import.layout.register);
    let field = match (column.map(|column| &column.target), register) {
        (Some(Target::Field(index)), Some(register)) => register.fields.get(*index),
        _ => None,
    };
    let field = field.filter(|field| matches!(field.kind, Kind::Choice(_)));
    let choices = field.into_iter().flat_map(|field| field.kind.choices());
    choices.map(|choice| choice.label.get(cx.lang()).to_owned()).collect()
}

/// The sheets of a file.
pub fn sheets(workbook: &Workbook, import: Option<&Import>, cx: &Cx) -> Pick {
    let mut all: Vec<String> = workbook.sheets.iter().map(|sheet| sheet.name.clone()).collect();
    // Behind them, those of one form together.
    let alike = import.map_or(0, |import| import.others.len());
    if alike > 0 {
        all.push(cx.render(&message!("import-all-sheets", count = alike + 1)));
    }
    names("import-which-sheet", &all, cx)
}

/// The registers that take entries by hand.
pub fn registers(cx: &Cx) -> (Pick, Vec<String>) {
    let all = cx.session.definitions().registers().iter();
    let all: Vec<_> = all.filter(|register| !crate::exchange::import::by_program(register)).collect();
    let words: Vec<String> = all.iter().map(|register| register.name.get(cx.lang()).to_owned()).collect();
    (
        names("import-which-register", &words, cx),
        all.into_iter().map(|register| register.id.clone()).collect(),
    )
}

/// The methods that may judge the rows, with how far each agrees.
pub fn methods(import: &Import, plan: &Plan, cx: &Cx) -> (Pick, Vec<Method>) {
    let reading = cx.reading();
    let Some(register) = reading.definitions.register(&import.layout.register) else {
        return (names("import-which-method", &[], cx), Vec::new());
    };
    let words: Vec<String> = plan
        .shares
        .iter()
        .map(|(pick, share)| cx.render(&telling::share(pick, *share, register, &reading)))
        .collect();
    (names("import-which-method", &words, cx), plan.shares.iter().map(|(pick, _)| pick.clone()).collect())
}

/// All that a column may hold.
pub fn targets(import: &Import, at: usize, cx: &Cx) -> (Pick, Vec<Target>) {
    let reading = cx.reading();
    let column = import.layout.columns.iter().find(|column| column.at == at);
    let leaf = column.map(|column| column.heading.leaf.clone()).unwrap_or_default();
    let mut targets = vec![Target::Note, Target::Nothing];
    let register = reading.definitions.register(&import.layout.register);
    if let Some(register) = register {
        let fields = register.fields.iter().enumerate();
        let able = fields.filter(|(_, field)| !matches!(field.kind, Kind::Evaluation { .. } | Kind::Files));
        targets.extend(able.map(|(index, _)| Target::Field(index)));
        targets.push(Target::Serial);
        if register.evaluation().is_some() {
            targets.extend([Target::Factor(leaf.clone()), Target::Score, Target::Level, Target::Listed]);
            targets.extend([Target::Direct, Target::Method, Target::On, Target::By, Target::Basis]);
            targets.extend([Target::Residual(leaf), Target::ResidualScore, Target::ResidualLevel]);
        }
        for (index, field) in register.fields.iter().enumerate() {
            let ticks = field.kind.choices().iter().map(|choice| Target::Tick(index, choice.code.clone()));
            targets.extend(ticks);
        }
    }
    let words: Vec<String> = register
        .map(|register| targets.iter().map(|target| target.words(register, &reading)).collect())
        .unwrap_or_default();
    (names("import-which-target", &words, cx), targets)
}

/// A new entry, or one of those that a row may be.
pub fn alike(row: &Planned, cx: &Cx) -> (Pick, Vec<EntryKey>) {
    let reading = cx.reading();
    let mut words = vec![cx.render(&message!("import-as-new", title = row.title.clone()))];
    words.extend(
        row.known.like.iter().map(|key| format!("{}  {}", reading.book.serial(*key), reading.title(*key))),
    );
    (names("import-which-entry", &words, cx), row.known.like.clone())
}
