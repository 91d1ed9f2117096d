//! A nonconformity made of what is on screen: one key, with the links filled in.

use super::super::layer::{Cx, Outcome};
use super::super::notice::Notice;
use super::form::Form;
use crate::book::{Cell, Date, EntryKey, Value};
use crate::definition::Register;
use crate::wording::message;

/// The form of a new nonconformity about these entries; of a finding its words and its clause.
pub fn raise(entries: &[EntryKey], found: Option<(&str, &str)>, cx: &Cx) -> Outcome {
    let reading = cx.reading();
    let mut registers = reading.definitions.registers().iter();
    let raising = registers.find_map(|register| Some((register, register.features.raise.as_ref()?)));
    let Some((register, raise)) = raising else {
        return Outcome::Say(Notice::said(message!("raise-nowhere")));
    };
    // What the register keeps is no reason for another of its kind.
    let about: Vec<EntryKey> =
        entries.iter().copied().filter(|key| lies_elsewhere(*key, register, cx)).collect();
    let Some(first) = about.first().and_then(|key| reading.book.entry(*key)) else {
        return Outcome::Say(Notice::said(message!("raise-what", register = register.name.clone())));
    };
    let department = reading.register(first).and_then(Register::department_field);
    let department = department.and_then(|field| match reading.book.cell(first, &field.id) {
        Cell::Links(to) => Some(Value::Links(to.to_vec())),
        _ => None,
    });
    let text = |text: &str| Value::Text(text.to_owned());
    // What an inspection found, in its own words; a finding of a check only says that it was left.
    let open = reading.open_findings(first).into_iter().next();
    let mut about = about.clone();
    if let Some(open) = &open {
        about.extend(open.of.iter().copied().filter(|key| lies_elsewhere(*key, register, cx)));
    }
    let title = open.as_ref().map(|open| open.words.as_str()).or(found.map(|(words, _)| words));
    let mut values = vec![
        (Some(&raise.title), title.map(text)),
        (Some(&raise.day), Some(Value::Date(Date::day(cx.today())))),
        (Some(&raise.about), Some(Value::Links(about))),
        (Some(&raise.department), department),
        (raise.clause.as_ref(), found.map(|(_, clause)| text(clause))),
    ];
    if let (Some((field, code)), Some(_)) = (&raise.found, found) {
        values.push((Some(field), Some(Value::Choice(code.clone()))));
    }
    let values = values.into_iter().filter_map(|(field, value)| Some((field?.clone(), value?)));
    let values: Vec<(String, Value)> = values.collect();
    let words = found.map_or("", |(words, _)| words);
    let origin = format!("{} {words}", reading.book.serial(first.key));
    Form::filled(&register.id, origin.trim_end(), &values, cx)
        .map_or(Outcome::Stay, |form| Outcome::Push(Box::new(form)))
}

fn lies_elsewhere(key: EntryKey, register: &Register, cx: &Cx) -> bool {
    let entry = cx.session.book().entry(key);
    entry.is_some_and(|entry| cx.session.book().register_id(entry.register) != register.id)
}
