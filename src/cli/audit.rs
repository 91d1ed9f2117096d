//! `audit show|note|record`: an audit with its evidence, what is noted in it, and its record.

use std::io::Write;
use std::path::Path;

use chrono::NaiveDate;
use clap::ArgMatches;
use serde_json::{Value as Json, json};

use super::error::{CliError, Exit};
use super::evidence::as_json as evidence_json;
use super::reading::entry;
use super::writing::committed;
use super::{Call, output};
use crate::audit::{AuditNote, Audited, AuditedClause, audit_days, record};
use crate::book::{EntryKey, Value};
use crate::catalogue::{Reading, clause_said};
use crate::definition::Field;
use crate::exchange::{markdown, plain};
use crate::share::Session;
use crate::source::nearest;
use crate::wording::{Tell as _, message};

/// How wide a record in plain text is: as wide as any terminal.
const PAGE: usize = 80;

/// `audit show|note|record`
pub fn audit(call: &Call, name: &str, matches: &ArgMatches, out: &mut dyn Write) -> Result<Exit, CliError> {
    match name {
        "note" => note(call, matches, out),
        "record" => made(call, matches, out),
        _ => show(call, matches, out),
    }
}

/// The audit that is meant by a serial.
fn meant<'r>(reading: &Reading<'r>, matches: &ArgMatches) -> Result<Audited<'r>, CliError> {
    let key = entry(reading, matches.get_one::<String>("id").map_or("", String::as_str))?;
    Audited::read(reading, key).ok_or_else(|| {
        let serial = reading.book.serial(key).to_owned();
        CliError::new(Exit::Usage, message!("audit-none-here", serial = serial))
    })
}

/// `audit show ID`
fn show(call: &Call, matches: &ArgMatches, out: &mut dyn Write) -> Result<Exit, CliError> {
    let session = call.read()?;
    let reading = call.reading(&session);
    let audited = meant(&reading, matches)?;
    if matches.get_flag("json") {
        let today = session.today(call.surroundings.now);
        return Ok(output::json(out, &as_json(&reading, &audited, today))?);
    }
    print(call, &session, &audited, |_| true, out)
}

/// The audit with its notes and what there is for each clause.
fn as_json(reading: &Reading, audited: &Audited, today: NaiveDate) -> Json {
    let ids = |keys: &[EntryKey]| keys.iter().map(|key| reading.book.serial(*key)).collect::<Vec<_>>();
    let note = |note: &&AuditNote| {
        json!({
            "clause": note.said,
            "department": note.department.map(|key| reading.book.serial(key)),
            "kind": note.kind,
            "text": note.text,
            "entries": ids(&note.entries),
            "nonconformity": note.became.map(|key| reading.book.serial(key)),
        })
    };
    let notes = |number: &str| audited.notes_of(number).iter().map(note).collect::<Vec<_>>();
    let evidence = audited.evidence(reading, today);
    let clause = |clause: &AuditedClause| {
        let held = evidence.iter().find(|held| held.clause.number == clause.number);
        json!({
            "clause": clause.number,
            "standards": clause.standards,
            "notes": notes(&clause.number),
            "evidence": held.map(|held| evidence_json(reading, held)),
        })
    };
    json!({
        "id": reading.book.serial(audited.key),
        "title": reading.title(audited.key),
        "departments": ids(&audited.departments),
        "clauses": audited.clauses.iter().map(clause).collect::<Vec<_>>(),
        "notes": notes(""),
    })
}

/// Prints the page, or those of its clauses that are wanted.
fn print(
    call: &Call,
    session: &Session,
    audited: &Audited,
    wanted: impl Fn(Option<usize>) -> bool,
    out: &mut dyn Write,
) -> Result<Exit, CliError> {
    let reading = call.reading(session);
    output::line(out, &audited.heading(&reading))?;
    let lines = audited.lines(&reading, session.today(call.surroundings.now)).into_iter();
    let lines = lines.filter(|line| wanted(line.clause));
    Ok(output::rows(out, &lines.map(|line| vec![line.label, line.words]).collect::<Vec<_>>())?)
}

/// `audit note ID CLAUSE KIND TEXT`
fn note(call: &Call, matches: &ArgMatches, out: &mut dyn Write) -> Result<Exit, CliError> {
    let mut session = call.write()?;
    let today = session.today(call.surroundings.now);
    let reading = call.reading(&session);
    let audited = meant(&reading, matches)?;
    let said = |id: &str| matches.get_one::<String>(id).map_or("", |said| said.trim());
    let clause = clause(call, &audited, said("clause"))?;
    if crate::text::shows_nothing(said("text")) {
        return Err(CliError::new(Exit::Usage, message!("audit-note-empty")));
    }
    let into = &audited.feature.notes;
    let links = |column: &Field, id: &str| -> Result<Vec<EntryKey>, CliError> {
        let Some(said) = matches.get_one::<String>(id) else { return Ok(Vec::new()) };
        match reading.enter(column, said, today).map_err(|error| CliError::usage(&error))? {
            Some(Value::Links(keys)) => Ok(keys),
            _ => Ok(Vec::new()),
        }
    };
    let entries = audited.column(&into.entries).map(|column| links(column, "entries")).transpose()?;
    let department = into.department.as_ref().and_then(|id| audited.column(id));
    let department = department.map(|column| links(column, "department")).transpose()?;
    let department = department.unwrap_or_default().first().copied();
    if let Some(department) = department {
        is_audited(&reading, &audited, department)?;
    }
    let alone = audited.departments.first().copied().filter(|_| audited.departments.len() == 1);
    let note = AuditNote {
        row: 0,
        said: clause.clone(),
        clause,
        department: department.or(alone),
        kind: kind(&audited, &reading, said("kind"))?,
        text: said("text").to_owned(),
        entries: entries.unwrap_or_default(),
        became: None,
    };
    let edit = audited.note(&reading, &note);
    let key = audited.key;
    committed(call, &mut session, matches, vec![edit])?;
    let reading = call.reading(&session);
    let Some(audited) = Audited::read(&reading, key) else { return Ok(Exit::Done) };
    if matches.get_flag("json") {
        let entry = reading.book.entry(key).map(|entry| reading.json(entry));
        return Ok(output::json(out, &entry.unwrap_or_default())?);
    }
    let at = audited.clauses.iter().position(|clause| clause.number == note.clause);
    print(call, &session, &audited, |clause| clause == at, out)
}

/// The clause that is meant. One that no standard has is a slip of the finger, not a wider audit.
fn clause(call: &Call, audited: &Audited, said: &str) -> Result<String, CliError> {
    let known = audited.clauses.iter().map(|clause| clause.number.as_str()).collect::<Vec<_>>().join(" ");
    let meant = clause_said(said).map(|(_, number)| number);
    let Some(meant) = meant.filter(|number| crate::catalogue::clause(number).is_some()) else {
        let what = message!("audit-bad-clause", said = said.to_owned(), known = known);
        return Err(CliError::new(Exit::Usage, what));
    };
    if !audited.clauses.iter().any(|clause| clause.number == meant) {
        call.say(&message!("audit-clause-besides", clause = meant.clone(), known = known));
    }
    Ok(meant)
}

/// A note is of a department that is audited; where none is named, all are.
fn is_audited(reading: &Reading, audited: &Audited, department: EntryKey) -> Result<(), CliError> {
    if audited.departments.is_empty() || audited.departments.contains(&department) {
        return Ok(());
    }
    let names: Vec<String> = audited.departments.iter().map(|key| reading.link(*key)).collect();
    let names = names.join(&reading.wording.say("list-comma"));
    let what = message!("audit-not-audited", department = reading.link(department), names = names);
    Err(CliError::new(Exit::Usage, what))
}

/// The code of the kind that is meant by a code or a name in either language.
fn kind(audited: &Audited, reading: &Reading, said: &str) -> Result<String, CliError> {
    let column = audited.column(&audited.feature.notes.kind);
    let meant = column.and_then(|column| column.choice_meant(said));
    meant.map(|choice| choice.code.clone()).ok_or_else(|| {
        let names = audited.kinds().iter().map(|choice| choice.label.get(reading.lang));
        let near = nearest(said, names.clone()).unwrap_or("").to_owned();
        let known = names.collect::<Vec<_>>().join(" ");
        let what = message!("audit-no-kind", said = said.to_owned(), nearest = near, known = known);
        CliError::new(Exit::Usage, what)
    })
}

/// `audit record ID [--format markdown|plain] [--output FILE]`
fn made(call: &Call, matches: &ArgMatches, out: &mut dyn Write) -> Result<Exit, CliError> {
    let session = call.read()?;
    let reading = call.reading(&session);
    let audited = meant(&reading, matches)?;
    let today = session.today(call.surroundings.now);
    let blocks = record(&reading, &audited, (&session.settings().organisation, today));
    let file = matches.get_one::<String>("output").filter(|file| *file != "-").map(Path::new);
    let text = file.is_some_and(|file| file.extension().is_some_and(|end| end.eq_ignore_ascii_case("txt")));
    let format = matches.get_one::<String>("format").map(String::as_str);
    let document = match format.unwrap_or(if text { "plain" } else { "markdown" }) {
        "plain" => plain(&blocks, reading.wording, PAGE).join("\n") + "\n",
        _ => markdown(&blocks, reading.wording),
    };
    // What is told of a past audit is what stands there now, unless its day is asked for.
    let entry = reading.book.entry(audited.key);
    let days = entry.and_then(|entry| audit_days(&reading, entry, audited.feature));
    if let Some((_, last)) = days.filter(|(_, last)| *last < today && session.past().is_none()) {
        call.say(&message!("record-later", today = today.to_string(), last = last.to_string()));
    }
    if let Some(file) = file {
        std::fs::File::create_new(file).and_then(|mut kept| kept.write_all(document.as_bytes())).map_err(
            |error| {
                let path = file.display().to_string();
                match error.kind() {
                    std::io::ErrorKind::AlreadyExists => {
                        CliError::new(Exit::Usage, message!("plain-there", path = path))
                    }
                    _ => CliError::new(
                        Exit::InputOutput,
                        message!("plain-not-kept", path = path, why = error.message()),
                    ),
                }
            },
        )?;
        return Ok(output::line(out, &file.display().to_string())?);
    }
    out.write_all(document.as_bytes())?;
    Ok(Exit::Done)
}
