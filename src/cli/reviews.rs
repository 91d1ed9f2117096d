//! Commands about review rounds: `reviews` and `review`.

use std::io::Write;

use clap::ArgMatches;
use serde_json::Value as Json;

use super::error::{CliError, Exit};
use super::{Call, output};
use crate::book::EntryKey;
use crate::catalogue::Reading;
use crate::review::{REVIEWS, Report, Round};
use crate::source::nearest;
use crate::text;
use crate::wording::message;

/// `reviews`: every round, the newest first, with how far it is.
pub fn reviews(call: &Call, matches: &ArgMatches, out: &mut dyn Write) -> Result<Exit, CliError> {
    let session = call.read()?;
    let reading = call.reading(&session);
    let rounds: Vec<Round> =
        reading.book.entries(REVIEWS).iter().rev().filter_map(|key| Round::read(&reading, *key)).collect();
    if matches.get_flag("json") {
        let all: Json = rounds.iter().map(|round| Report::of(&reading, round).json(&reading)).collect();
        return Ok(output::json(out, &all)?);
    }
    let heads = ["cli-id", "cli-title", "review-when", "review-result"];
    let heads = heads.map(|id| call.lang.wording().say(id));
    let row = |round: &Round| {
        let lines = Report::of(&reading, round).lines(&reading);
        let words = |label: &str| {
            let line = lines.iter().find(|(about, ..)| about == label);
            line.map(|(_, words, _)| words.clone()).unwrap_or_default()
        };
        let serial = reading.book.serial(round.key).to_owned();
        let [_, _, when, result] = &heads;
        vec![serial, reading.title(round.key), words(when), words(result)]
    };
    Ok(output::table(out, &heads, &rounds.iter().map(row).collect::<Vec<_>>())?)
}

/// `review ID`: what a round came to.
pub fn review(call: &Call, matches: &ArgMatches, out: &mut dyn Write) -> Result<Exit, CliError> {
    let session = call.read()?;
    let reading = call.reading(&session);
    let round = meant(matches, &reading)?;
    let report = Report::of(&reading, &round);
    if matches.get_flag("json") {
        return Ok(output::json(out, &report.json(&reading))?);
    }
    output::line(out, &format!("{}  {}", reading.book.serial(round.key), reading.title(round.key)))?;
    let lines = report.lines(&reading);
    let width = lines.iter().map(|(label, ..)| text::width(label)).max().unwrap_or(0);
    for (label, words, _) in lines {
        output::line(out, format!("{}  {words}", text::pad_end(&label, width)).trim_end())?;
    }
    Ok(Exit::Done)
}

fn meant(matches: &ArgMatches, reading: &Reading) -> Result<Round, CliError> {
    let said = matches.get_one::<String>("id").map_or("", String::as_str);
    let key = super::reading::key(reading, said);
    if let Some(register) = key.and_then(|key| reading.register(reading.book.entry(key)?))
        && register.id != REVIEWS
    {
        let (serial, register) = (said.trim().to_owned(), register.name.clone());
        return Err(CliError::new(
            Exit::Unknown,
            message!("cli-no-round", serial = serial, register = register),
        ));
    }
    key.and_then(|key: EntryKey| Round::read(reading, key)).ok_or_else(|| {
        let rounds = reading.book.entries(REVIEWS).iter().map(|key| reading.book.serial(*key));
        let near = nearest(said, rounds).unwrap_or("").to_owned();
        CliError::new(Exit::Unknown, message!("cli-no-entry", said = said.to_owned(), nearest = near))
    })
}
