//! `export LIST --to FILE`: a list as a file.

use std::fs;
use std::io::Write;
use std::path::Path;

use clap::ArgMatches;

use super::error::{CliError, Exit};
use super::{Call, output};
use crate::catalogue::Listing;
use crate::exchange::export::{Format, Tongue, export as made};
use crate::wording::{Lang, message};

/// `export LIST [QUERY] --to FILE`
pub fn export(call: &Call, matches: &ArgMatches, out: &mut dyn Write) -> Result<Exit, CliError> {
    let path = matches.get_one::<String>("to").map_or(Path::new(""), Path::new);
    let format = Format::of(path).map_err(|error| CliError::usage(&error))?;
    let session = call.read()?;
    let reading = call.reading(&session);
    let said = matches.get_one::<String>("list").map_or("", String::as_str);
    let listing: Listing = reading.listing(said).map_err(|error| CliError::usage(&error))?;
    let today = session.today(call.surroundings.now);
    let query: Vec<&str> =
        matches.get_many::<String>("query").into_iter().flatten().map(String::as_str).collect();
    let keys = reading.entries(&listing, &query.join(" "), today).map_err(|error| CliError::usage(&error))?;
    let tongue = tongue(call, matches);
    let bytes = made(&reading, (listing.register, &keys), &listing.name, (format, tongue));
    let bytes = bytes.map_err(|error| CliError::usage(&error))?;
    write(path, &bytes, matches.get_flag("overwrite"))?;
    let file = path.display().to_string();
    Ok(output::line(
        out,
        &call.lang.wording().render(&message!("export-written", count = keys.len(), file = file)),
    )?)
}

/// The language of a file: that which is asked for, or that of the command.
pub fn tongue(call: &Call, matches: &ArgMatches) -> Tongue {
    match matches.get_one::<String>("in").map(String::as_str) {
        Some("both") => Tongue::Both,
        Some("en") => Tongue::One(Lang::En),
        Some("zh") => Tongue::One(Lang::Zh),
        _ => Tongue::One(call.lang),
    }
}

/// Writes a file whole or not at all; one that is there stays unless it is said.
pub fn write(path: &Path, bytes: &[u8], over: bool) -> Result<(), CliError> {
    let file = path.display().to_string();
    if !over && path.exists() {
        return Err(CliError::new(Exit::Usage, message!("export-exists", file = file)));
    }
    let beside = path.with_extension("part");
    let done = fs::write(&beside, bytes).and_then(|()| fs::rename(&beside, path));
    done.map_err(|error| {
        let _ = fs::remove_file(&beside);
        CliError::new(
            Exit::InputOutput,
            message!("export-not-written", file = file, error = error.to_string()),
        )
    })
}
