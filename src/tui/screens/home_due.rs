//! What home says of drills that are due and of problems that are open: each line opens the entries it counts.

use super::super::layer::Cx;
use super::home::{Figure, Opens, Row, What};
use super::home_rows::quoted;
use crate::audit::{Wanting, opening};
use crate::definition::{Column, Derived, Register};
use crate::wording::{Message, message};

/// The lines.
pub(super) fn rows(cx: &Cx) -> Vec<Row> {
    let reading = cx.reading();
    let [drills, problems] = opening(&reading, cx.today());
    let drills = drills.into_iter().map(|found| (found, true));
    let problems = problems.into_iter().map(|found| (found, false));
    let row = |((id, keys, on), drill): (Wanting, bool)| {
        let register = reading.definitions.register(&id)?;
        let earliest = on.map(|on| cx.render(&message!("home-earliest", on = on.to_string())));
        let text = format!("{}  {}", cx.render(&said(register, drill)), earliest.unwrap_or_default());
        let serials: Vec<String> = keys.iter().map(|key| quoted_serial(reading.book.serial(*key))).collect();
        let column = register.column_name(Column::Derived(Derived::Serial));
        let query = format!("{}={}", quoted(column.get(cx.lang())), serials.join(","));
        let figure = Figure {
            opens: Opens::List(register.id.clone(), query),
            label: String::new(),
            count: Some(keys.len()),
            listed: true,
        };
        let what = What::Due { text: text.trim_end().to_owned() };
        Some(Row { list: register.id.clone(), what, figures: vec![figure] })
    };
    drills.chain(problems).filter_map(row).collect()
}

fn said(register: &Register, drill: bool) -> Message {
    let name = register.name.clone();
    if drill { message!("due-drills", register = name) } else { message!("due-problems", register = name) }
}

/// A serial among others: only what would end it needs quotes.
fn quoted_serial(serial: &str) -> String {
    let plain = serial.chars().all(|c| c.is_alphanumeric() || "-_./".contains(c));
    if plain { serial.to_owned() } else { quoted(serial) }
}
