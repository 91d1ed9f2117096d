//! Commands for who sits beside an auditor: a sample that can be drawn again, and what was asked.

use std::io::Write;

use clap::ArgMatches;

use super::args::query;
use super::error::{CliError, Exit};
use super::{Call, output};
use crate::book::{EntryKey, Proposal, Way};
use crate::catalogue::{DrawWanted, Drawn, QUESTIONS, QUESTIONS_OPEN, Reading, USUAL, seed_of};
use crate::share::Session;
use crate::wording::message;

/// How wide the page of the closing meeting is.
const PAGE: usize = 80;

/// `draw REGISTER|VIEW [QUERY]…`
pub fn draw(call: &Call, matches: &ArgMatches, out: &mut dyn Write) -> Result<Exit, CliError> {
    let keep = matches.get_flag("note");
    let mut session = if keep { call.write()? } else { call.read()? };
    let now = call.surroundings.now;
    let today = session.today(now);
    let text = |id: &str| matches.get_one::<String>(id).cloned();
    let wanted = DrawWanted {
        count: matches.get_one::<usize>("count").copied().unwrap_or(USUAL),
        list: text("list").unwrap_or_default(),
        query: query(matches),
        seed: text("seed"),
    };
    let made = seed_of(now.timestamp_nanos_opt().unwrap_or_default());
    let drawn = call.reading(&session).draw(wanted, made, today);
    let mut drawn = drawn.map_err(|error| CliError::usage(&error))?;
    drawn.as_of = session.again(drawn.by_day, now);
    let kept = if keep { Some(note(call, &mut session, &drawn)?) } else { None };
    // What is kept lies in its book, whatever the folder is called.
    drawn.book = call.parsed.book.as_ref().map(|book| book.display().to_string());
    let reading = call.reading(&session);
    if matches.get_flag("json") {
        let mut json = reading.draw_json(&drawn);
        if let (Some(kept), Some(json)) = (kept, json.as_object_mut()) {
            json.insert("question".to_owned(), kept.into());
        }
        return Ok(output::json(out, &json)?);
    }
    print(&reading, &drawn, out)?;
    if let Some(kept) = kept {
        output::line(out, &call.lang.wording().render(&message!("draw-kept", serial = kept)))?;
    }
    Ok(Exit::Done)
}

/// Keeps a draw as a question; gives its serial.
fn note(call: &Call, session: &mut Session, drawn: &Drawn) -> Result<String, CliError> {
    let now = call.surroundings.now;
    let reading = call.reading(session);
    let looking = reading.draw_looking(drawn);
    let clause = reading.clause_of(&looking);
    let time = reading.local(now.timestamp()).format("%H:%M").to_string();
    let edit = reading.question((&clause, &looking.words), &looking, (session.today(now), &time));
    let done = session.commit(Proposal { way: Way::Command, why: None, edits: vec![edit] }, now)?;
    Ok(done.changes.first().map(|change| change.serial.clone()).unwrap_or_default())
}

fn print(reading: &Reading, drawn: &Drawn, out: &mut dyn Write) -> Result<(), CliError> {
    output::line(out, &reading.draw_title(drawn))?;
    for (key, number) in drawn.keys.iter().zip(1..) {
        let Some(entry) = reading.book.entry(*key) else { continue };
        let level = reading
            .evaluation(entry)
            .map(|evaluation| format!("  {} {}", reading.sign(entry).mark(), reading.level_text(evaluation)));
        let (serial, title) = (reading.book.serial(*key), reading.title(*key));
        let number = crate::text::pad_start(&number.to_string(), 3);
        output::line(out, &format!("{number}  {serial}  {title}{}", level.unwrap_or_default()))?;
    }
    for line in reading.draw_note(drawn) {
        output::line(out, &line)?;
    }
    Ok(())
}

/// `questions [QUERY]…`
pub fn questions(call: &Call, matches: &ArgMatches, out: &mut dyn Write) -> Result<Exit, CliError> {
    let session = call.read()?;
    let reading = call.reading(&session);
    let today = session.today(call.surroundings.now);
    let list = if matches.get_flag("open") { QUESTIONS_OPEN } else { QUESTIONS };
    let listing = reading.listing(list).map_err(|error| CliError::usage(&error))?;
    let mut keys: Vec<EntryKey> =
        reading.entries(&listing, &query(matches), today).map_err(|error| CliError::usage(&error))?;
    reading.by_clause(&mut keys);
    if matches.get_flag("json") {
        let entries = keys.iter().filter_map(|key| reading.book.entry(*key));
        return Ok(output::json(out, &entries.map(|entry| reading.json(entry)).collect())?);
    }
    let organisation = &session.settings().organisation;
    output::line(out, &format!("{}  {organisation}  {today}", reading.name(&listing)))?;
    for line in reading.closing(&keys, PAGE) {
        output::line(out, &line)?;
    }
    Ok(Exit::Done)
}
