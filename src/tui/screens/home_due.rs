//! What home says of drills that are due and of problems that are open: each line opens the entries it counts.

use super::super::layer::Cx;
use super::home::{Figure, Opens, Row, What};
use crate::audit::{Wanting, opening};
use crate::book::EntryKey;
use crate::definition::{Column, Derived, Register};
use crate::query::{column_word, value_word};
use crate::wording::{Message, message};

/// Clocks that run: nothing is more urgent. A past day has none.
pub(super) fn running(cx: &Cx) -> Vec<Row> {
    if cx.session.past().is_some() {
        return Vec::new();
    }
    let reading = cx.reading();
    let row = |key: EntryKey| {
        let register = reading.register(reading.book.entry(key)?)?;
        let serial = reading.book.serial(key).to_owned();
        let text = message!("due-running", serial = serial.clone(), title = reading.title(key));
        Some(line(register, &[serial], cx.render(&text), cx))
    };
    let time = reading.local(cx.now.timestamp()).time();
    reading.running(cx.today(), time).into_iter().filter_map(row).collect()
}

/// A line that opens the entries with these serials.
fn line(register: &Register, serials: &[String], text: String, cx: &Cx) -> Row {
    let quoted: Vec<_> = serials.iter().map(|serial| value_word(serial)).collect();
    let column = register.column_name(Column::Derived(Derived::Serial));
    let query = format!("{}={}", column_word(column.get(cx.lang())), quoted.join(","));
    let figure = Figure {
        opens: Opens::List(register.id.clone(), query),
        label: String::new(),
        count: Some(serials.len()),
        listed: true,
    };
    Row { list: register.id.clone(), what: What::Due { text }, figures: vec![figure] }
}

/// Drills that are to be held, problems that are open, other dates that are near or past, and months without a record.
pub(super) fn wanting(cx: &Cx) -> Vec<Row> {
    let reading = cx.reading();
    let all =
        opening(&reading, cx.today()).into_iter().zip([Want::Drill, Want::Problem, Want::Dated, Want::Month]);
    let all = all.flat_map(|(found, want)| found.into_iter().map(move |found| (found, want)));
    let row = |((id, keys, on), want): (Wanting, Want)| {
        let register = reading.definitions.register(&id)?;
        let earliest = on.map(|on| cx.render(&message!("home-earliest", on = on.to_string())));
        let text = format!("{}  {}", cx.render(&said(register, want)), earliest.unwrap_or_default());
        let serials: Vec<String> = keys.iter().map(|key| reading.book.serial(*key).to_owned()).collect();
        Some(line(register, &serials, text.trim_end().to_owned(), cx))
    };
    all.filter_map(row).collect()
}

/// What entries want.
#[derive(Clone, Copy)]
enum Want {
    Drill,
    Problem,
    Dated,
    Month,
}

fn said(register: &Register, want: Want) -> Message {
    let name = register.name.clone();
    match want {
        Want::Drill => message!("due-drills", register = name),
        Want::Problem => message!("due-problems", register = name),
        Want::Dated => message!("due-dated", register = name),
        Want::Month => message!("due-months", register = name),
    }
}
