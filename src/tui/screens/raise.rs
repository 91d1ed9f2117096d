//! A nonconformity made of what is on screen: one key, with the links filled in.

use super::super::layer::{Cx, Outcome};
use super::super::notice::Notice;
use super::form::Form;
use crate::book::{Cell, Date, EntryKey, Value};
use crate::definition::Register;
use crate::wording::message;

/// The form of a new nonconformity about these entries, in words where there are any.
pub fn raise(entries: &[EntryKey], words: &str, cx: &Cx) -> Outcome {
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
    let title = Some(words.to_owned()).filter(|words| !words.is_empty()).map(Value::Text);
    let values = [
        (&raise.title, title),
        (&raise.day, Some(Value::Date(Date::day(cx.today())))),
        (&raise.about, Some(Value::Links(about))),
        (&raise.department, department),
    ];
    let values = values.into_iter().filter_map(|(field, value)| Some((field.clone(), value?))).collect();
    Form::filled(&register.id, values, cx).map_or(Outcome::Stay, |form| Outcome::Push(Box::new(form)))
}

fn lies_elsewhere(key: EntryKey, register: &Register, cx: &Cx) -> bool {
    let entry = cx.session.book().entry(key);
    entry.is_some_and(|entry| cx.session.book().register_id(entry.register) != register.id)
}
