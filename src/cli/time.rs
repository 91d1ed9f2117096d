//! Commands that look into the past and bring something back from it.

use std::io::Write;

use clap::ArgMatches;
use serde_json::{Value as Json, json};

use super::error::{CliError, Exit};
use super::{Call, output, values, writing};
use crate::book::{EntryKey, Point, SERIAL, Value};
use crate::catalogue::{Became, NetEntry, NetField, Reading, Tally};
use crate::definition::{Column, Derived, Register};
use crate::share::Session;
use crate::source::nearest;
use crate::store;
use crate::wording::{Lang, message};

/// The book as of a point.
pub fn as_of(call: &Call, said: &str) -> Result<Session, CliError> {
    let present = present(call)?;
    let now = call.surroundings.now;
    let point = Point::typed(said, present.today(now), present.zone());
    let past = present.as_of(&point.map_err(|error| CliError::usage(&error))?, now)?;
    if let Some(shown) = past.past() {
        if shown.seq == 0 {
            let first = shown.begins().map(|utc| utc.with_timezone(&past.zone()).date_naive().to_string());
            let (day, first) = (shown.day.to_string(), first.unwrap_or_default());
            call.say(&message!("past-nothing", day = day, first = first));
        }
        if shown.other_definitions {
            call.say(&message!("past-other-definitions"));
        }
    }
    Ok(past)
}

/// The way to the past. Where the chain does not hold, the book is read in full and says what is wrong.
fn present(call: &Call) -> Result<Session, CliError> {
    match store::look_back(&call.folder()?)? {
        Some(opened) => {
            call.tell(&opened.notes);
            Ok(Session::new(opened, call.surroundings.who.clone()))
        }
        None => call.read_now(),
    }
}

/// `changes [REGISTER]… --since POINT [--until POINT] [--by NAME]`
pub fn changes(call: &Call, matches: &ArgMatches, out: &mut dyn Write) -> Result<Exit, CliError> {
    let present = present(call)?;
    let now = call.surroundings.now;
    let today = present.today(now);
    let text = |id: &str| matches.get_one::<String>(id).map(String::as_str);
    let last = Point::Commit(present.last_seq()?);
    let latest = present.as_of(&last, now)?;
    let point =
        |said: &str| call.reading(&latest).since(said, today).map_err(|error| CliError::usage(&error));
    let since = point(text("since").unwrap_or_default())?;
    let until = text("until").map_or(Ok(last), point)?;
    let (from, to) = (present.seq_at(&since, now)?, present.seq_at(&until, now)?);
    if from > to {
        let what = message!("changes-backwards", since = from, until = to);
        return Err(CliError::new(Exit::Usage, what));
    }
    let then = if until == last { latest } else { present.as_of(&until, now)? };
    let reading = call.reading(&then);
    let wanted: Vec<String> = matches
        .get_many::<String>("registers")
        .into_iter()
        .flatten()
        .map(|said| Ok(super::definitions::register_said(then.definitions(), said)?.id.clone()))
        .collect::<Result<_, CliError>>()?;
    let by = text("by").map(str::trim);
    let net = present.net(from, to, by)?;
    let commits = net.commits();
    if let Some(by) = by.filter(|_| commits == 0) {
        known_author(&present, by)?;
    }
    let mut entries = net.entries();
    entries.retain(|entry| wanted.is_empty() || wanted.contains(&entry.register));
    if matches.get_flag("json") {
        return Ok(output::json(out, &told(&reading, (from, to), &entries))?);
    }
    let head = message!("changes-head", since = from, until = to, commits = commits, entries = entries.len());
    output::line(out, &call.lang.wording().render(&head))?;
    for (register, entries) in reading.by_register(&entries) {
        let name = register.map_or_else(
            || entries.first().map_or("", |entry| &entry.register),
            |register| register.name.get(call.lang),
        );
        output::line(out, "")?;
        let tally = Tally::of(entries.iter().copied());
        output::line(out, &format!("{name}  {}", reading.tally(&tally)))?;
        for entry in entries {
            print_entry(&reading, entry, out)?;
        }
    }
    Ok(Exit::Done)
}

/// Holds that somebody of this name has changed anything, or could: who did nothing in a while is no mistake.
fn known_author(present: &Session, by: &str) -> Result<(), CliError> {
    /// More names than a sentence holds.
    const MOST: usize = 12;
    let names = present.authors()?;
    let same = |name: &String| name.to_lowercase() == by.to_lowercase();
    if names.iter().any(same) {
        return Ok(());
    }
    let near = nearest(by, names.iter().map(String::as_str)).unwrap_or("").to_owned();
    let more = if names.len() > MOST { ", ..." } else { "" };
    let known: Vec<String> = names.into_iter().take(MOST).collect();
    let known = format!("{}{more}", known.join(", "));
    let what = message!("changes-by-nobody", said = by.to_owned(), nearest = near, known = known);
    Err(CliError::new(Exit::Usage, what))
}

fn print_entry(reading: &Reading, entry: &NetEntry, out: &mut dyn Write) -> Result<(), CliError> {
    let sign = entry.became.sign();
    let who = |last| reading.doing(last);
    let flipped = if entry.flipped { reading.wording.say("net-flipped-mark") } else { String::new() };
    let head = format!("  {sign} {} {}  {flipped}", entry.serial, reading.net_title(entry));
    output::line(out, &format!("{}  {}", head.trim_end(), who(&entry.last)))?;
    if matches!(entry.became, Became::Changed | Became::Reevaluated) {
        for field in &entry.fields {
            let (name, from, to) = reading.net_field(entry, field);
            // Who did it stands above, unless it was somebody else, or at another time.
            let other = if field.last == entry.last { String::new() } else { who(&field.last) };
            output::line(out, format!("      {name}: {from} -> {to}  {other}").trim_end())?;
        }
    }
    Ok(())
}

fn told(reading: &Reading, (since, until): (u64, u64), entries: &[NetEntry]) -> Json {
    let counts = |tally: Tally| {
        let mut counts = json!({ "touched": tally.touched(), "flipped": tally.flipped });
        for became in Became::ALL {
            if let Json::Object(counts) = &mut counts {
                counts.insert(became.id().to_owned(), Json::from(tally.count(became)));
            }
        }
        counts
    };
    let registers = reading.by_register(entries).into_iter().map(|(_, entries)| {
        let id = entries.first().map_or("", |entry| &entry.register);
        json!({
            "register": id,
            "counts": counts(Tally::of(entries.iter().copied())),
            "entries": entries.iter().map(|entry| entry_json(reading, entry)).collect::<Vec<_>>(),
        })
    });
    json!({
        "since": since,
        "until": until,
        "counts": counts(Tally::of(entries.iter())),
        "registers": registers.collect::<Vec<_>>(),
    })
}

fn entry_json(reading: &Reading, entry: &NetEntry) -> Json {
    let register = reading.definitions.register(&entry.register);
    let value = |field: &NetField, value: &Option<Value>| {
        let defined = register.and_then(|register| register.field(&field.field));
        match (value, defined) {
            (Some(value), Some(defined)) => reading.json_value(defined, value),
            (Some(Value::Text(text)), None) => Json::from(text.as_str()),
            (value, _) => serde_json::to_value(value).unwrap_or(Json::Null),
        }
    };
    let fields = entry.fields.iter().map(|field| {
        json!({
            "field": field.field,
            "from": value(field, &field.from),
            "to": value(field, &field.to),
            "seq": field.last.seq,
            "at": field.last.origin.local().to_rfc3339(),
            "by": field.last.origin.name,
            "why": field.last.why,
        })
    });
    json!({
        "id": entry.serial,
        "title": reading.net_title(entry),
        "became": entry.became.id(),
        "flipped": entry.flipped,
        "seq": entry.last.seq,
        "at": entry.last.origin.local().to_rfc3339(),
        "by": entry.last.origin.name,
        "why": entry.last.why,
        "fields": fields.collect::<Vec<_>>(),
    })
}

/// `restore ID [--field FIELD] [--from POINT] --why TEXT`
pub fn restore(call: &Call, matches: &ArgMatches, out: &mut dyn Write) -> Result<Exit, CliError> {
    let mut session = call.write()?;
    let now = call.surroundings.now;
    let text = |id: &str| matches.get_one::<String>(id).map(String::as_str);
    let reading = call.reading(&session);
    let said = text("id").unwrap_or_default();
    let key = match super::reading::key(&reading, said) {
        // Of a deleted entry no single field comes back.
        Some(key) if text("field").is_none() => key,
        _ => super::reading::entry(&reading, said)?,
    };
    // Only what is deleted comes back by its id alone: a mistyped one must not take back what was done last.
    if reading.book.entry(key).is_some() && text("field").is_none() && text("from").is_none() {
        let serial = reading.book.serial(key).to_owned();
        return Err(CliError::new(Exit::Usage, message!("restore-not-deleted", serial = serial)));
    }
    let field = text("field").map(|said| field_of(&reading, key, said)).transpose()?;
    let from = match text("from") {
        Some(said) => {
            let point = Point::typed(said, session.today(now), session.zone());
            Some(session.seq_at(&point.map_err(|error| CliError::usage(&error))?, now)?)
        }
        None => None,
    };
    let id = reading.book.entry(key).map(|entry| reading.book.register_id(entry.register).to_owned());
    let wrong = |session: &Session, error| writing::with_fields_named(call, session, id.as_slice(), error);
    let proposal = session.restoring(key, field.as_deref(), from, text("why").map(str::to_owned));
    let proposal = proposal.map_err(|error| wrong(&session, error))?;
    let done = session.commit(proposal, now).map_err(|error| wrong(&session, error))?;
    writing::print(call, &session, &done, matches, out)
}

/// The id of the field of an entry that is meant.
pub fn field_of(reading: &Reading, key: EntryKey, said: &str) -> Result<String, CliError> {
    let book = reading.book;
    let place = book.entry(key).map(|entry| entry.register);
    let place = place.or_else(|| book.tombstone(key).map(|gone| gone.last.register));
    let register: Option<&Register> =
        place.and_then(|register| reading.definitions.register(book.register_id(register)));
    let name =
        |register: &Register| super::beside(register.name.get(reading.lang), &register.id, reading.lang);
    match register.and_then(|register| Some((register, register.column(said)?))) {
        Some((register, Column::Field(index))) => {
            Ok(register.fields.get(index).map(|field| field.id.clone()).unwrap_or_default())
        }
        Some((_, Column::Derived(Derived::Serial))) => Ok(SERIAL.to_owned()),
        _ if said == SERIAL => Ok(SERIAL.to_owned()),
        Some((register, column)) => Err(derived(register, column, reading.lang)),
        None => {
            let words = register.map(Register::column_words).unwrap_or_default();
            let near = nearest(said, words.iter().map(String::as_str)).unwrap_or("").to_owned();
            let fields = register.map_or(&[][..], |register| register.fields.as_slice());
            let known: Vec<String> = fields.iter().map(|field| super::named(field, reading.lang)).collect();
            let known = known.join(&reading.wording.say("list-comma"));
            let (register, field) = (register.map(name).unwrap_or_default(), said.to_owned());
            let what = message!(
                "cli-unknown-field",
                register = register,
                field = field,
                nearest = near,
                known = known
            );
            Err(CliError::new(Exit::Usage, what))
        }
    }
}

/// A column that follows from the evaluation is no field of its own: the evaluation is what changes and comes back.
fn derived(register: &Register, column: Column, lang: Lang) -> CliError {
    let own = matches!(column, Column::Derived(Derived::Open | Derived::Changed));
    let Some((_, evaluation)) = register.evaluation().filter(|_| !own) else {
        return values::computed(register, column, lang);
    };
    let field = super::beside(register.column_name(column).get(lang), register.column_id(column), lang);
    let from = super::named(evaluation, lang);
    CliError::new(
        Exit::Usage,
        message!("cli-derived", field = field, from = from, id = evaluation.id.clone()),
    )
}
