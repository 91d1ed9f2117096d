//! Commands that change something. Each prints the entry as it now is.

use std::io::Write;

use clap::ArgMatches;
use serde_json::Value as Json;

use super::args::{on, pairs, people};
use super::definitions::register;
use super::error::{CliError, Exit};
use super::reading::{entry, print_entry};
use super::values::{lines, pairs_with_files, values};
use super::{Call, empty_marker, make_mended, make_sample, named, output};
use crate::book::{Act, Change, Commit, Edit, Proposal, Value, Way};
use crate::catalogue::Reading;
use crate::definition::Register;
use crate::exchange::{self, Wanted};
use crate::review::Standing;
use crate::scoring::Evaluation;
use crate::share::{Session, SessionError, UndoError};
use crate::wording::{Arg, Message, message};

/// `init`
pub fn init(call: &Call, matches: &ArgMatches, out: &mut dyn Write) -> Result<Exit, CliError> {
    let folder = call.folder()?;
    if let Some(which) = matches.get_one::<String>("sample") {
        let make = if which == "mended" { make_mended } else { make_sample };
        make(&folder, &call.surroundings.who)?;
    } else {
        let name = matches.get_one::<String>("organisation").cloned();
        let name = name.unwrap_or_else(|| call.lang.wording().say("organisation"));
        folder.create(&empty_marker(&name, call.surroundings.now.date_naive(), call.surroundings.offset))?;
        call.write()?;
    }
    Ok(output::line(out, &folder.path().display().to_string())?)
}

/// Writes and prints what was changed.
pub(super) fn commit(
    call: &Call,
    session: &mut Session,
    matches: &ArgMatches,
    edits: Vec<Edit>,
    out: &mut dyn Write,
) -> Result<Exit, CliError> {
    let done = committed(call, session, matches, edits)?;
    print(call, session, &done, matches, out)
}

/// Writes what was changed.
pub(super) fn committed(
    call: &Call,
    session: &mut Session,
    matches: &ArgMatches,
    edits: Vec<Edit>,
) -> Result<Commit, CliError> {
    let why = matches.try_get_one::<String>("why").ok().flatten().cloned();
    let registers: Vec<String> = edits.iter().filter_map(|edit| register_of(session, edit)).collect();
    let proposal = Proposal { way: Way::Command, why, edits };
    let done = session.commit(proposal, call.surroundings.now);
    done.map_err(|error| with_fields_named(call, session, &registers, error))
}

fn register_of(session: &Session, edit: &Edit) -> Option<String> {
    let book = session.book();
    match edit {
        Edit::Add { register, .. } => Some(register.clone()),
        Edit::Set { entry, .. } => Some(book.register_id(book.entry(*entry)?.register).to_owned()),
        _ => None,
    }
}

/// An error whose sentence calls a field by its name beside its id.
pub(super) fn with_fields_named(
    call: &Call,
    session: &Session,
    registers: &[String],
    error: SessionError,
) -> CliError {
    let mut error = CliError::from(error);
    for (name, arg) in &mut error.message.args {
        let Arg::Text(id) = arg else { continue };
        let register = registers.iter().filter_map(|register| session.definitions().register(register));
        let field = register.filter(|_| *name == "field").find_map(|register| register.field(id));
        if let Some(field) = field {
            *arg = Arg::Text(named(field, call.lang));
        }
    }
    error
}

/// Prints every entry that a commit changed, as it now is.
pub fn print(
    call: &Call,
    session: &Session,
    done: &Commit,
    matches: &ArgMatches,
    out: &mut dyn Write,
) -> Result<Exit, CliError> {
    let reading = call.reading(session);
    let json = matches.get_flag("json");
    let mut all = Vec::new();
    for change in &done.changes {
        let key = change.entry;
        if !json && let Some(happened) = happened(&reading, done, change) {
            output::line(out, &call.lang.wording().render(&happened))?;
        }
        match reading.book.entry(key) {
            Some(entry) if json => all.push(reading.json(entry)),
            Some(entry) => print_entry(&reading, entry, out)?,
            None if json => all.push(serde_json::json!({ "id": reading.book.serial(key), "deleted": true })),
            None => {}
        }
    }
    match (json, done.changes.len() > 1, all.pop()) {
        (true, false, Some(only)) => Ok(output::json(out, &only)?),
        (true, _, last) => {
            all.extend(last);
            Ok(output::json(out, &Json::from(all))?)
        }
        _ => Ok(Exit::Done),
    }
}

/// What was done to an entry, where the entry alone does not tell it.
fn happened(reading: &Reading, done: &Commit, change: &Change) -> Option<Message> {
    let serial = change.serial.clone();
    let register = reading.definitions.register(&change.register);
    let title = register.map_or("", |register| &register.title_field().id);
    let title = change.fields.iter().find(|field| field.field == title);
    let title = match title.and_then(|field| field.from.as_ref()) {
        Some(Value::Text(title)) => title.clone(),
        _ => String::new(),
    };
    match (&done.way, change.act) {
        (Way::UndoOf(_), Act::Delete) => Some(message!("undone-add", serial = serial, title = title)),
        (Way::UndoOf(_), Act::Restore | Act::Add) => Some(message!("undone-delete", serial = serial)),
        (Way::UndoOf(_), Act::Set) => Some(message!("undone-set", serial = serial)),
        (Way::RedoOf(_), Act::Delete) => Some(message!("redone-delete", serial = serial, title = title)),
        (Way::RedoOf(_), Act::Restore | Act::Add) => Some(message!("redone-add", serial = serial)),
        (Way::RedoOf(_), Act::Set) => Some(message!("redone-set", serial = serial)),
        (Way::RestoreOf(of), _) => Some(message!("restored", serial = serial, of = *of)),
        (_, Act::Delete) => Some(message!("done-delete", serial = serial, title = title)),
        _ => None,
    }
}

/// `add REGISTER FIELD=VALUE…` or `--stdin` with a JSON object a line.
pub fn add(call: &Call, matches: &ArgMatches, out: &mut dyn Write) -> Result<Exit, CliError> {
    let mut session = call.write()?;
    let definitions = session.definitions().clone();
    let register = register(&definitions, matches, "register")?;
    let today = session.today(call.surroundings.now);
    let stdin = matches.get_flag("stdin");
    let rows = if stdin { lines()? } else { vec![(0, pairs_with_files(call, register, matches)?)] };
    // What is wrong in one of many lines says in which, and that none was taken.
    let in_line = |line: usize, error: CliError| {
        let told = |what| CliError::new(error.exit, message!("cli-line", line = line, what = what));
        if stdin { told(error.message) } else { error }
    };
    let reading = call.reading(&session);
    let (mut edits, mut lines) = (Vec::new(), Vec::new());
    for (line, row) in rows {
        edits.push(added(&reading, register, row, today).map_err(|error| in_line(line, error))?);
        lines.push(line);
    }
    let all = edits.clone();
    // One that is made of a finding is named in the row of it; the key of the next entry is known for one alone.
    if let [Edit::Add { fields, .. }] = edits.as_slice() {
        let besides = reading.taken_up(register, fields, None);
        edits.extend(besides);
    }
    commit(call, &mut session, matches, edits, out).map_err(|error| {
        let refused = |(_, edit): &(usize, &Edit)| {
            let proposal = Proposal { way: Way::Command, why: None, edits: vec![(*edit).clone()] };
            let origin = session.origin(call.surroundings.now);
            let by_hand = session.book().by_hand(&proposal.edits, &definitions);
            by_hand.is_err() || session.book().admit(proposal, &definitions, origin).is_err()
        };
        match lines.into_iter().zip(&all).find(refused) {
            Some((line, _)) => in_line(line, error),
            None => error,
        }
    })
}

/// A new entry with what a row gives, and the defaults of what it leaves open.
fn added(
    reading: &Reading,
    register: &Register,
    row: Vec<(String, Json)>,
    today: chrono::NaiveDate,
) -> Result<Edit, CliError> {
    let mut fields: Vec<(String, Value)> = Vec::new();
    let column = |said: &String| register.column(said).map(|column| register.column_id(column).to_owned());
    let given: Vec<String> = row.iter().filter_map(|(said, _)| column(said)).collect();
    let defaults = register.fields.iter().filter(|field| !given.contains(&field.id));
    for field in defaults {
        if let Some(value) =
            field.default.as_deref().and_then(|text| reading.enter(field, text, today).ok().flatten())
        {
            fields.push((field.id.clone(), value));
        }
    }
    let values = values(reading, register, row, today)?;
    fields.extend(values.into_iter().filter_map(|(id, value)| Some((id, value?))));
    Ok(Edit::Add { register: register.id.clone(), fields })
}

/// `set ID FIELD=VALUE…`
pub fn set(call: &Call, matches: &ArgMatches, out: &mut dyn Write) -> Result<Exit, CliError> {
    let mut session = call.write()?;
    let today = session.today(call.surroundings.now);
    let reading = call.reading(&session);
    let key = entry(&reading, matches.get_one::<String>("id").map_or("", String::as_str))?;
    let register = reading.book.entry(key).and_then(|entry| reading.register(entry));
    let register = register.ok_or_else(|| CliError::no_entry("", ""))?;
    let given = pairs_with_files(call, register, matches)?;
    let fields = values(&reading, register, given, today)?;
    commit(call, &mut session, matches, vec![Edit::Set { entry: key, fields }], out)
}

/// `evaluate ID FACTOR=VALUE…`
pub fn evaluate(call: &Call, matches: &ArgMatches, out: &mut dyn Write) -> Result<Exit, CliError> {
    let mut session = call.write()?;
    let today = session.today(call.surroundings.now);
    let reading = call.reading(&session);
    let text = |id: &str| matches.get_one::<String>(id).cloned();
    let key = entry(&reading, &text("id").unwrap_or_default())?;
    let found = reading.book.entry(key).ok_or_else(|| CliError::no_entry("", ""))?;
    let register = reading.register(found).ok_or_else(|| CliError::no_entry("", ""))?;
    let (on, by) = (on(matches, today)?, people(matches)?);
    let given = pairs(matches)?;
    let residual = matches.get_flag("residual");
    let wanted = Wanted {
        method: text("method"),
        factors: if residual { Vec::new() } else { given.clone() },
        direct: text("direct"),
        on,
        by,
        basis: text("basis"),
        residual: residual.then_some(given),
        release: matches.get_flag("release"),
    };
    let kind = |field: &str| match reading.book.value(found, field) {
        Some(Value::Choice(code)) => Some(code),
        _ => None,
    };
    let made = exchange::evaluate(&reading, register, Some(found), kind, (&wanted, today));
    let (field, value, warnings) = made.map_err(|error| CliError::usage(&error))?;
    // What is taken off the list by hand has its reason already.
    if !wanted.release && text("why").is_none_or(|why| crate::text::shows_nothing(&why)) {
        wants_no_reason(&reading, reading.evaluation(found), &value)?;
    }
    for warning in &warnings {
        call.say(&crate::wording::Tell::message(warning));
    }
    commit(
        call,
        &mut session,
        matches,
        vec![Edit::Set { entry: key, fields: vec![(field, Some(value))] }],
        out,
    )
}

/// A level that changes is not written without a reason.
fn wants_no_reason(reading: &Reading, before: Option<&Evaluation>, value: &Value) -> Result<(), CliError> {
    let (Some(before), Value::Evaluation(after)) = (before, value) else { return Ok(()) };
    if before.level == after.level && before.listed == after.listed {
        return Ok(());
    }
    let words = |evaluation| Standing::of(Some(evaluation)).words(reading);
    let (from, to) = (words(before), words(after));
    Err(CliError::new(Exit::Usage, message!("cli-evaluate-why", from = from, to = to)))
}

/// `delete ID --why TEXT`
pub fn delete(call: &Call, matches: &ArgMatches, out: &mut dyn Write) -> Result<Exit, CliError> {
    let mut session = call.write()?;
    let key = entry(&call.reading(&session), matches.get_one::<String>("id").map_or("", String::as_str))?;
    let links = call.reading(&session).linking(&[key]);
    if links > 0 {
        call.say(&message!("cli-delete-linked", count = links));
    }
    commit(call, &mut session, matches, vec![Edit::Delete { entry: key }], out)
}

/// `undo` and `redo`
pub fn undo(call: &Call, name: &str, matches: &ArgMatches, out: &mut dyn Write) -> Result<Exit, CliError> {
    let mut session = call.write()?;
    let now = call.surroundings.now;
    let done = if name == "undo" { session.undo(now) } else { session.redo(now) };
    let done = done.map_err(|error| {
        let book = session.book();
        let register = match &error {
            SessionError::Undo(UndoError::InTheWay { serial, .. }) => {
                book.key_of(serial).and_then(|key| book.entry(key)).map(|entry| entry.register)
            }
            _ => None,
        };
        let register = register.map(|register| book.register_id(register).to_owned());
        with_fields_named(call, &session, register.as_slice(), error)
    })?;
    print(call, &session, &done, matches, out)
}
