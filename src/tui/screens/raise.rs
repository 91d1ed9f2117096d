//! A nonconformity made of what is on screen: one key, with the links filled in.

use super::super::layer::{Cx, Outcome};
use super::super::notice::Notice;
use super::form::Form;
use super::page;
use crate::book::{Date, Entry, EntryKey, Value};
use crate::definition::Register;
use crate::wording::message;

/// What was found, and by what.
pub struct Found<'f> {
    /// In words.
    pub words: &'f str,
    /// The clause.
    pub clause: &'f str,
    /// The audit that found it; where there is none, a check did.
    pub audit: Option<EntryKey>,
    /// The department, where that is known of it.
    pub department: Option<EntryKey>,
}

/// The form of a new nonconformity about these entries; of what was found its words, its clause and who found it.
pub fn raise(entries: &[EntryKey], found: Option<&Found>, cx: &Cx) -> Outcome {
    let reading = cx.reading();
    let mut registers = reading.definitions.registers().iter();
    let raising = registers.find_map(|register| Some((register, register.features.raise.as_ref()?)));
    let Some((register, raise)) = raising else {
        return Outcome::Say(Notice::said(message!("raise-nowhere")));
    };
    // What the register keeps is no reason for another of its kind.
    let about: Vec<EntryKey> =
        entries.iter().copied().filter(|key| lies_elsewhere(*key, register, cx)).collect();
    let first = about.first().and_then(|key| reading.book.entry(*key));
    // An audit is not what it is about, but where it was found.
    let is_audit =
        |entry: &&Entry| reading.register(entry).is_some_and(|register| register.features.audit.is_some());
    let noted = found.and_then(|found| found.audit);
    let audit = noted.or(first.filter(is_audit).map(|entry| entry.key));
    // What an auditor saw needs no entry to be about.
    if first.is_none() && audit.is_none() {
        return Outcome::Say(Notice::said(message!("raise-what", register = register.name.clone())));
    }
    let own = || reading.book.value(first?, &reading.register(first?)?.department_field()?.id);
    let department = found.and_then(|found| found.department).map(|key| Value::Links(vec![key])).or_else(own);
    let text = |text: &str| Value::Text(text.to_owned());
    // What an inspection found, in its own words; a finding of a check only says that it was left.
    let open =
        first.filter(|_| noted.is_none()).and_then(|first| reading.open_findings(first).into_iter().next());
    // Whatever failed in it has one already: that is what is meant.
    if let (Some(became), None, None) = (first.and_then(|first| reading.became(first)), &open, found) {
        return Outcome::Push(Box::new(page::entry(became, cx)));
    }
    let mut about: Vec<EntryKey> = about.into_iter().filter(|key| Some(*key) != audit).collect();
    if let Some(open) = &open {
        about.extend(open.of.iter().copied().filter(|key| lies_elsewhere(*key, register, cx)));
    }
    let title = open.as_ref().map(|open| open.words.as_str()).or(found.map(|found| found.words));
    let mut values = vec![
        (Some(&raise.title), title.map(text)),
        (Some(&raise.day), Some(Value::Date(Date::day(cx.today())))),
        (Some(&raise.about), Some(Value::Links(about))),
        (Some(&raise.department), department),
        (raise.clause.as_ref(), found.map(|found| text(found.clause))),
        (raise.audit.as_ref(), audit.map(|key| Value::Links(vec![key]))),
    ];
    let looked = first.filter(|_| open.is_some() && found.is_none());
    let source = match found {
        _ if audit.is_some() => raise.audited.clone(),
        Some(_) => raise.found.clone(),
        None => looked.and_then(|looked| source_of(looked, register, cx)),
    };
    if let Some((field, code)) = &source {
        values.push((Some(field), Some(Value::Choice(code.clone()))));
    }
    let values = values.into_iter().filter_map(|(field, value)| Some((field?.clone(), value?)));
    let values: Vec<(String, Value)> = values.filter(|(_, value)| !value.is_empty()).collect();
    let words = found.map_or("", |found| found.words);
    let origin = reading.book.serial(first.map(|first| first.key).or(audit).unwrap_or(EntryKey(0)));
    let origin = format!("{origin} {words}");
    Form::filled(&register.id, origin.trim_end(), &values, cx)
        .map_or(Outcome::Stay, |form| Outcome::Push(Box::new(form)))
}

/// Where what was found in an entry was found: the field for that and the code.
fn source_of(looked: &Entry, register: &Register, cx: &Cx) -> Option<(String, String)> {
    let reading = cx.reading();
    let code = reading.register(looked)?.features.found.as_ref()?.source.clone()?;
    let (field, _) = register.features.raise.as_ref()?.found.as_ref()?;
    Some((field.clone(), code))
}

fn lies_elsewhere(key: EntryKey, register: &Register, cx: &Cx) -> bool {
    let entry = cx.session.book().entry(key);
    entry.is_some_and(|entry| cx.session.book().register_id(entry.register) != register.id)
}
