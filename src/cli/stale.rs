//! `stale`: what is to be looked at again because something changed, and why. `unchanged`: it stays as it is.

use std::io::Write;

use clap::ArgMatches;
use serde_json::{Value as Json, json};

use super::args::day;
use super::error::{CliError, Exit};
use super::{Call, output};
use crate::audit::{self, Unchanged, cause_words, not_looked_on};
use crate::book::{EntryKey, Proposal, Way};
use crate::catalogue::Reading;
use crate::wording::message;

/// `stale [--register R]`
pub fn stale(call: &Call, matches: &ArgMatches, out: &mut dyn Write) -> Result<Exit, CliError> {
    let session = call.read()?;
    let reading = call.reading(&session);
    let said = matches.get_one::<String>("register");
    let wanted = said.map(|said| super::definitions::register_said(reading.definitions, said)).transpose()?;
    let all = reading.stale().registers();
    let registers = reading.definitions.registers().iter();
    let registers = registers.filter(|register| wanted.is_none_or(|wanted| wanted.id == register.id));
    let keys: Vec<EntryKey> =
        registers.filter_map(|register| all.get(&register.id)).flatten().copied().collect();
    if matches.get_flag("json") {
        return Ok(output::json(out, &keys.iter().map(|key| as_json(&reading, *key)).collect())?);
    }
    for key in &keys {
        output::line(out, &format!("{}  {}", reading.book.serial(*key), reading.title(*key)))?;
        for cause in reading.stale().causes(*key) {
            output::line(out, &format!("    {}", cause_words(&reading, cause)))?;
        }
    }
    output::line(out, &reading.wording.render(&message!("stale-sum", count = keys.len())))?;
    Ok(Exit::Done)
}

fn as_json(reading: &Reading, key: EntryKey) -> Json {
    let register = reading.book.entry(key).map(|entry| reading.book.register_id(entry.register));
    let causes = reading.stale().causes(key).map(|cause| {
        json!({
            "id": reading.book.serial(cause.entry),
            "title": reading.title(cause.entry),
            "deleted": reading.book.entry(cause.entry).is_none(),
            "commit": cause.last.seq,
            "at": reading.local(cause.last.at).to_rfc3339(),
            "by": reading.book.text(cause.last.by),
            "words": cause_words(reading, cause),
        })
    });
    let causes: Vec<Json> = causes.collect();
    json!({ "id": reading.book.serial(key), "register": register, "title": reading.title(key), "causes": causes })
}

/// `unchanged ID… --why TEXT [--by NAME] [--on DATE]`: these entries were looked at and stay as they are.
pub fn unchanged(call: &Call, matches: &ArgMatches, out: &mut dyn Write) -> Result<Exit, CliError> {
    let mut session = call.write()?;
    let now = call.surroundings.now;
    let today = session.today(now);
    let text = |id: &str| matches.get_one::<String>(id).map_or("", |said| said.trim());
    let on = day(matches, "on", today)?.unwrap_or(today);
    let reading = call.reading(&session);
    let mut entries: Vec<EntryKey> = Vec::new();
    for said in matches.get_many::<String>("ids").into_iter().flatten() {
        let entry = super::reading::entry(&reading, said)?;
        if !reading.stale().holds(entry) {
            let entry = reading.book.serial(entry).to_owned();
            return Err(CliError::new(Exit::Unknown, message!("stale-not", entry = entry)));
        }
        if !entries.contains(&entry) {
            entries.push(entry);
        }
    }
    if let Some(wrong) = not_looked_on(&reading, &entries, on, today) {
        return Err(CliError::new(Exit::Usage, wrong));
    }
    let by = Some(text("by")).filter(|by| !by.is_empty()).unwrap_or(session.shown_name()).to_owned();
    let said = Unchanged { why: text("why").to_owned(), by, on, seen: reading.book.seq() };
    let serials: Vec<&str> = entries.iter().map(|entry| reading.book.serial(*entry)).collect();
    let done = message!("stale-unchanged", entries = serials.join(" "));
    let edits = audit::unchanged(&reading, &entries, &said);
    session.record(Proposal { way: Way::Command, why: Some(said.why.clone()), edits }, now)?;
    Ok(output::line(out, &call.lang.wording().render(&done))?)
}
