//! Commands that look at entries.

use std::io::Write;

use clap::ArgMatches;
use serde_json::{Value as Json, json};

use super::args::query;
use super::error::{CliError, Exit};
use super::{Call, named, output, time};
use crate::book::EntryKey;
use crate::catalogue::{Reading, sort_by};
use crate::definition::{Column, Derived, Kind};
use crate::share::Session;
use crate::source::nearest;
use crate::store;
use crate::wording::message;

/// `path`
pub fn path(call: &Call, matches: &ArgMatches, out: &mut dyn Write) -> Result<Exit, CliError> {
    let folder = call.folder()?;
    let path = folder.path().display().to_string();
    if matches.get_flag("json") {
        let there = folder.standing()? == store::Standing::Book;
        return Ok(output::json(out, &json!({ "path": path, "book": there }))?);
    }
    Ok(output::line(out, &path)?)
}

/// `list REGISTER|VIEW [QUERY]…`
pub fn list(call: &Call, matches: &ArgMatches, out: &mut dyn Write) -> Result<Exit, CliError> {
    let session = call.read()?;
    let reading = call.reading(&session);
    let said = matches.get_one::<String>("list").map_or("", String::as_str);
    let mut listing = reading.listing(said).map_err(|error| CliError::usage(&error))?;
    let register = listing.register;
    let known = || register.columns().map(|column| register.column_id(column)).collect::<Vec<_>>().join(", ");
    let column = |word: &str| {
        register.column(word).ok_or_else(|| {
            let words = register.column_words();
            let near = nearest(word, words.iter().map(String::as_str)).unwrap_or("").to_owned();
            CliError::new(
                Exit::Usage,
                message!("cli-unknown-column", said = word.to_owned(), nearest = near, known = known()),
            )
        })
    };
    if let Some(columns) = matches.get_one::<String>("columns") {
        listing.table.columns =
            columns.split([',', '，']).map(|word| column(word.trim())).collect::<Result<_, _>>()?;
    }
    if let Some(sort) = matches.get_one::<String>("sort") {
        let words = || sort.split([',', '，']).map(str::trim);
        for word in words() {
            column(word.strip_prefix('-').unwrap_or(word))?;
        }
        listing.table.sort = words().filter_map(|word| sort_by(register, word)).collect();
    }
    let today = session.today(call.surroundings.now);
    let text = query(matches);
    let mut keys = reading.entries(&listing, &text, today).map_err(|error| CliError::usage(&error))?;
    if let Some(none) = keys.is_empty().then(|| reading.no_such_choice(register, &text)).flatten() {
        call.say(&none);
    }
    if let Some(limit) = matches.get_one::<usize>("limit") {
        keys.truncate(*limit);
    }
    let entries = || keys.iter().filter_map(|key| reading.book.entry(*key));
    if matches.get_flag("json") {
        return Ok(output::json(out, &entries().map(|entry| reading.json(entry)).collect())?);
    }
    let heads: Vec<String> = listing
        .table
        .columns
        .iter()
        .map(|column| register.column_name(*column).get(call.lang).to_owned())
        .collect();
    let csv = matches.get_flag("csv");
    let cell = |entry, column: &Column| {
        let shown = reading.column(register, entry, *column);
        let level = matches!(column, Column::Derived(Derived::Level));
        let text = if csv { shown.text } else { crate::text::cut(&shown.text, 40).into_owned() };
        if level && !csv { format!("{} {text}", shown.sign.mark()) } else { text }
    };
    let rows: Vec<Vec<String>> = entries()
        .map(|entry| listing.table.columns.iter().map(|column| cell(entry, column)).collect())
        .collect();
    if csv { Ok(output::csv(out, &heads, &rows)?) } else { Ok(output::table(out, &heads, &rows)?) }
}

/// The entry with this id.
pub fn entry(reading: &Reading, said: &str) -> Result<EntryKey, CliError> {
    let book = reading.book;
    match key(reading, said) {
        Some(key) if book.entry(key).is_some() => Ok(key),
        Some(key) => Err(deleted(reading, key)),
        None => {
            let live = book.serials().filter(|(_, key)| book.entry(*key).is_some());
            let serials: Vec<&str> = live.map(|(serial, _)| book.text(serial)).collect();
            Err(CliError::no_entry(said, nearest(said, serials).unwrap_or("")))
        }
    }
}

/// The key of an entry, present or past, by its id, also as a Chinese keyboard writes it.
pub fn key(reading: &Reading, said: &str) -> Option<EntryKey> {
    let narrow = || said.chars().map(crate::text::narrow).collect::<String>();
    reading.book.key_of(said).or_else(|| reading.book.key_of(&narrow()))
}

fn deleted(reading: &Reading, key: EntryKey) -> CliError {
    let serial = reading.book.serial(key);
    let Some(gone) = reading.book.tombstone(key) else { return CliError::no_entry(serial, "") };
    let date = reading.local(gone.deleted().at).format("%Y-%m-%d").to_string();
    let by = reading.book.text(gone.deleted().by).to_owned();
    CliError::new(Exit::Unknown, message!("cli-deleted", serial = serial.to_owned(), date = date, by = by))
}

/// Of a past that is looked at: that the entry came only later, and when.
fn not_yet(session: &Session, said: &str) -> Result<Option<CliError>, CliError> {
    let Some(shown) = session.past() else { return Ok(None) };
    let narrow: String = said.trim().chars().map(crate::text::narrow).collect();
    let Some(added) = session.added(&narrow)?.filter(|added| added.commit.seq > shown.seq) else {
        return Ok(None);
    };
    let (origin, seq) = (&added.commit.origin, added.commit.seq);
    let what = message!(
        "cli-not-yet",
        serial = added.change.serial.clone(),
        day = shown.of(session.zone()),
        added = origin.local().format("%Y-%m-%d").to_string(),
        by = origin.name.clone(),
        seq = seq
    );
    Ok(Some(CliError::new(Exit::Unknown, what)))
}

/// `show ID`
pub fn show(call: &Call, matches: &ArgMatches, out: &mut dyn Write) -> Result<Exit, CliError> {
    let session = call.read()?;
    let reading = call.reading(&session);
    let said = matches.get_one::<String>("id").map_or("", String::as_str);
    let narrowed = matches.get_one::<String>("history");
    let history = narrowed.is_some();
    // The history of a deleted entry can be shown too.
    let key = match entry(&reading, said) {
        Ok(key) => key,
        Err(error) => match self::key(&reading, said).filter(|_| history) {
            Some(key) => key,
            None => return Err(not_yet(&session, said)?.unwrap_or(error)),
        },
    };
    let mut past = if history { session.history(key)? } else { Vec::new() };
    if let Some(said) = narrowed.filter(|said| !said.is_empty()) {
        let field = time::field_of(&reading, key, said)?;
        for past in &mut past {
            past.change.fields.retain(|change| change.field == field);
        }
        past.retain(|past| !past.change.fields.is_empty());
    }
    if matches.get_flag("json") {
        let mut shown = reading.book.entry(key).map_or_else(
            || json!({ "id": reading.book.serial(key), "deleted": true }),
            |entry| reading.json(entry),
        );
        if let (true, Json::Object(object)) = (history, &mut shown) {
            object.insert("history".to_owned(), past.iter().map(|past| past_json(&reading, past)).collect());
        }
        return Ok(output::json(out, &shown)?);
    }
    if let Some(found) = reading.book.entry(key) {
        print_entry(&reading, found, out)?;
    } else {
        output::line(out, &format!("{}  {}", reading.book.serial(key), reading.link(key)))?;
    }
    for past in &past {
        let at = past.commit.origin.local().format("%Y-%m-%d %H:%M");
        let why = past.commit.why.clone().unwrap_or_default();
        output::line(out, &format!("{at}  {}  #{}  {why}", past.commit.origin.name, past.commit.seq))?;
        for change in &past.change.fields {
            let register = reading.definitions.register(&past.change.register);
            let field = register.and_then(|register| register.field(&change.field));
            let name = field.map_or_else(|| change.field.clone(), |field| named(field, call.lang));
            let (_, from, to) = reading.field_change(&past.change, change);
            output::line(out, &format!("    {name}: {from} -> {to}"))?;
        }
    }
    Ok(Exit::Done)
}

fn past_json(reading: &Reading, past: &store::Past) -> Json {
    let register = reading.definitions.register(&past.change.register);
    let value = |field: &str, value: &Option<crate::book::Value>| match (
        value,
        register.and_then(|register| register.field(field)),
    ) {
        (Some(value), Some(field)) => reading.json_value(field, value),
        (Some(value), None) => serde_json::to_value(value).unwrap_or(Json::Null),
        (None, _) => Json::Null,
    };
    let fields = past.change.fields.iter().map(|change| {
        json!({ "field": change.field, "from": value(&change.field, &change.from), "to": value(&change.field, &change.to) })
    });
    json!({
        "seq": past.commit.seq,
        "at": past.commit.origin.local().to_rfc3339(),
        "user": past.commit.origin.user,
        "by": past.commit.origin.name,
        "act": past.change.act,
        "way": past.commit.way,
        "why": past.commit.why,
        "fields": fields.collect::<Vec<_>>(),
    })
}

/// Prints an entry, a field a line.
pub fn print_entry(
    reading: &Reading,
    entry: &crate::book::Entry,
    out: &mut dyn Write,
) -> Result<(), CliError> {
    output::line(out, &format!("{}  {}", reading.book.text(entry.serial), reading.title(entry.key)))?;
    let fields = reading.register(entry).map_or(&[][..], |register| register.fields.as_slice());
    let former: Vec<(String, String)> = reading
        .former(entry)
        .into_iter()
        .map(|(id, words)| (reading.wording.render(&message!("former-field", field = id)), words))
        .collect();
    let names = fields.iter().map(|field| field.name.get(reading.lang));
    let names = names.chain(former.iter().map(|(name, _)| name.as_str()));
    let width = names.map(crate::text::width).max().unwrap_or(0);
    for field in fields {
        let name = crate::text::pad_end(field.name.get(reading.lang), width);
        let words = match &field.kind {
            Kind::Evaluation { .. } => reading.evaluated(entry),
            _ => reading.field(field, entry).text,
        };
        if words.is_empty() && !field.required {
            continue;
        }
        output::line(out, &format!("  {name}  {words}"))?;
        if let (Kind::Evaluation { .. }, Some(outdated)) = (&field.kind, reading.outdated_words(entry)) {
            output::line(out, &format!("  {}  {outdated}", crate::text::pad_end("", width)))?;
        }
    }
    for (name, words) in former {
        output::line(out, &format!("  {}  {words}", crate::text::pad_end(&name, width)))?;
    }
    if let Some(before) = reading.year_before(entry) {
        output::line(out, &format!("  {}", reading.wording.render(&before.words())))?;
    }
    Ok(())
}
