//! `sheet`: what a checklist asks for, and the check that is made of it.

use std::io::Write;

use chrono::NaiveDate;
use clap::ArgMatches;
use serde_json::{Value as Json, json};

use super::error::{CliError, Exit};
use super::reading::entry;
use super::writing::commit;
use super::{Call, output};
use crate::book::{Date, Edit, Value};
use crate::catalogue::{Answer, Blank, Reading};
use crate::definition::Kind;
use crate::share::Session;
use crate::wording::message;

/// `sheet ID [--fail N=PROBLEM]… [--none N]… [--pass-rest]`: with results it becomes an entry, else it is shown.
pub fn sheet(call: &Call, matches: &ArgMatches, out: &mut dyn Write) -> Result<Exit, CliError> {
    let said =
        |name: &str| matches.get_many::<String>(name).into_iter().flatten().cloned().collect::<Vec<_>>();
    let (failed, none, pass) = (said("fail"), said("none"), matches.get_flag("pass-rest"));
    if failed.is_empty() && none.is_empty() && !pass {
        let session = call.read()?;
        let reading = call.reading(&session);
        let blank = blank(call, &session, &reading, matches)?;
        return if matches.get_flag("json") {
            as_json(&reading, &blank, out)
        } else {
            as_table(&reading, &blank, out)
        };
    }
    let mut session = call.write()?;
    let reading = call.reading(&session);
    let blank = blank(call, &session, &reading, matches)?;
    if let Some((key, on)) = blank.this_month(&reading) {
        let serial = reading.book.serial(key).to_owned();
        call.say(&message!("sheet-this-month", serial = serial, on = on.to_string()));
    }
    let answers = answers(&blank, &failed, &none, pass)?;
    let assessment = matches.get_one::<String>("assessment").map_or("", String::as_str);
    let mut fields = blank.fields(&reading, &answers, assessment);
    by(&blank, &mut fields, session.shown_name());
    let edits = vec![Edit::Add { register: blank.register.id.clone(), fields }];
    commit(call, &mut session, matches, edits, out)
}

fn blank<'a>(
    call: &Call,
    session: &Session,
    reading: &Reading<'a>,
    matches: &ArgMatches,
) -> Result<Blank<'a>, CliError> {
    let key = entry(reading, matches.get_one::<String>("id").map_or("", String::as_str))?;
    let today = session.today(call.surroundings.now);
    let day = matches.get_one::<String>("on").map_or(Ok(today), |said| day(said, today))?;
    let serial = reading.book.serial(key).to_owned();
    let none = || CliError::new(Exit::Usage, message!("sheet-none", serial = serial));
    reading.blank(key, day).ok_or_else(none)
}

/// The day of a sheet: a whole one, and none to come.
fn day(said: &str, today: NaiveDate) -> Result<NaiveDate, CliError> {
    let wrong = || CliError::new(Exit::Usage, message!("sheet-day", said = said.to_owned()));
    let date = Date::typed(said, today).map_err(|_| wrong())?;
    let whole = date.is_day() && date.first() <= today;
    if whole { Ok(date.first()) } else { Err(wrong()) }
}

/// How each item went, by its number.
fn answers(blank: &Blank, failed: &[String], none: &[String], pass: bool) -> Result<Vec<Answer>, CliError> {
    let items = &blank.sheet.items;
    let rest = Answer { result: pass.then(|| items.pass.clone()), problem: String::new() };
    let mut answers = vec![rest; blank.items.len()];
    let count = blank.items.len();
    let wrong = |said: &str| {
        CliError::new(Exit::Usage, message!("sheet-number", said = said.to_owned(), count = count))
    };
    let at = |said: &str| said.trim().parse::<usize>().ok().and_then(|number| number.checked_sub(1));
    for said in failed {
        let (number, problem) = said.split_once('=').ok_or_else(|| wrong(said))?;
        let answer = at(number).and_then(|at| answers.get_mut(at)).ok_or_else(|| wrong(said))?;
        let problem = problem.trim().to_owned();
        if problem.is_empty() {
            return Err(CliError::new(Exit::Usage, message!("sheet-no-problem")));
        }
        *answer = Answer { result: Some(items.fail.clone()), problem };
    }
    let other = other(blank);
    for said in none {
        let answer = at(said).and_then(|at| answers.get_mut(at)).ok_or_else(|| wrong(said))?;
        *answer = Answer { result: other.clone(), problem: String::new() };
    }
    match answers.iter().filter(|answer| answer.result.is_none()).count() {
        0 => Ok(answers),
        open => Err(CliError::new(Exit::Usage, message!("sheet-open-cli", count = open))),
    }
}

/// The result that is neither passed nor failed.
fn other(blank: &Blank) -> Option<String> {
    let items = &blank.sheet.items;
    let Some(Kind::Rows(columns)) = blank.register.field(&items.rows).map(|rows| &rows.kind) else {
        return None;
    };
    let column = columns.iter().find(|column| column.id == items.result)?;
    let mut codes = column.kind.choices().iter().map(|choice| &choice.code);
    codes.find(|code| **code != items.pass && **code != items.fail).cloned()
}

/// Where the template names nobody who checks, whoever enters it does.
fn by(blank: &Blank, fields: &mut Vec<(String, Value)>, name: &str) {
    let lacking = blank.sheet.copies.iter().map(|(here, _)| here).filter(|here| {
        let field = blank.register.field(here);
        field.is_some_and(|field| field.required && matches!(field.kind, Kind::Text { .. }))
            && !fields.iter().any(|(id, _)| id == *here)
    });
    let own: Vec<_> = lacking.map(|id| (id.clone(), Value::Text(name.to_owned()))).collect();
    fields.extend(own);
}

fn as_json(reading: &Reading, blank: &Blank, out: &mut dyn Write) -> Result<Exit, CliError> {
    let item = |(number, item): (usize, &crate::catalogue::Item)| {
        let of: Vec<&str> = item.of.iter().map(|key| reading.book.serial(*key)).collect();
        let (before, problem) = item.before.clone().unzip();
        json!({ "number": number, "item": item.words, "of": of, "before": before, "problem": problem })
    };
    let items = (1..).zip(&blank.items).map(item).collect();
    Ok(output::json(out, &Json::Array(items))?)
}

fn as_table(reading: &Reading, blank: &Blank, out: &mut dyn Write) -> Result<Exit, CliError> {
    let items = &blank.sheet.items;
    let rows = blank.register.field(&items.rows);
    let label = |code: &str| match rows.map(|rows| &rows.kind) {
        Some(Kind::Rows(columns)) => {
            let column = columns.iter().find(|column| column.id == items.result);
            let choice = column.and_then(|column| column.choice(code));
            choice.map_or_else(String::new, |choice| choice.label.get(reading.lang).to_owned())
        }
        _ => String::new(),
    };
    let row = |(number, item): (usize, &crate::catalogue::Item)| {
        let of: Vec<&str> = item.of.iter().map(|key| reading.book.serial(*key)).collect();
        let before = item.before.as_ref().map(|(code, problem)| format!("{} {problem}", label(code)));
        vec![
            number.to_string(),
            item.words.clone(),
            of.join(" "),
            before.unwrap_or_default().trim().to_owned(),
        ]
    };
    let heads =
        ["sheet-number-head", "sheet-item", "sheet-of", "sheet-before"].map(|id| reading.wording.say(id));
    let rows: Vec<Vec<String>> = (1..).zip(&blank.items).map(row).collect();
    Ok(output::table(out, &heads, &rows)?)
}
