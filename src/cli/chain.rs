//! `chain`: what hangs on an entry, and where a link is missing.

use std::io::Write;

use clap::ArgMatches;
use serde_json::{Value as Json, json};

use super::error::{CliError, Exit};
use super::{Call, output, reading};
use crate::audit;

/// `chain ID`
pub fn chain(call: &Call, matches: &ArgMatches, out: &mut dyn Write) -> Result<Exit, CliError> {
    let session = call.read()?;
    let seen = call.reading(&session);
    let key = reading::entry(&seen, matches.get_one::<String>("id").map_or("", String::as_str))?;
    let lines = audit::chain(&seen, key, session.today(call.surroundings.now));
    if matches.get_flag("json") {
        let line = |line: &audit::ChainLine| {
            let id = line.entry.map(|key| seen.book.serial(key));
            json!({ "depth": line.depth, "step": line.name, "id": id, "words": line.words, "hole": line.fill.is_some() })
        };
        return Ok(output::json(out, &lines.iter().map(line).collect::<Json>())?);
    }
    for line in &lines {
        let name = if line.name.is_empty() { String::new() } else { format!("{}  ", line.name) };
        output::line(out, &format!("{}{name}{}", "  ".repeat(line.depth), line.words))?;
    }
    Ok(Exit::Done)
}
