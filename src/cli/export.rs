//! `export LIST --to FILE` and `print LIST|ID`: a list as a file, or on the company's form.

use std::io::Write;
use std::path::Path;

use clap::ArgMatches;

use super::error::{CliError, Exit};
use super::{Call, output};
use crate::book::EntryKey;
use crate::catalogue::{Listing, Reading};
use crate::exchange::export::{Format, Tongue};
use crate::exchange::form::plain;
use crate::exchange::handout::{HandoutError, Thing, WIDTH, in_full, on_paper, paper_of, save};
use crate::share::Session;
use crate::wording::{Lang, Tell as _, message};

impl From<HandoutError> for CliError {
    fn from(error: HandoutError) -> Self {
        let exit = match error {
            HandoutError::NotWritten { .. } => Exit::InputOutput,
            _ => Exit::Usage,
        };
        Self::new(exit, error.message())
    }
}

/// `export LIST [QUERY] --to FILE`
pub fn export(call: &Call, matches: &ArgMatches, out: &mut dyn Write) -> Result<Exit, CliError> {
    let path = matches.get_one::<String>("to").map_or(Path::new(""), Path::new);
    let format = Format::of(path).map_err(|error| CliError::usage(&error))?;
    let session = call.read()?;
    let reading = call.reading(&session);
    let (listing, keys) = wanted(call, &session, &reading, matches)?;
    let tongue = tongue(call, matches);
    let bytes = if matches.get_flag("form") {
        let query = query(matches);
        let thing = Thing::List(&listing, &keys, &query);
        on_paper(&paper_of(&session, &reading, thing, tongue, call.surroundings.now)?.0, format, tongue)?
    } else {
        in_full(&reading, (&listing, &keys), (format, tongue))?
    };
    save(path, &bytes, matches.get_flag("overwrite"))?;
    written(call, keys.len(), path, out)
}

/// The narrowest paper that a form is told on, in columns.
const NARROWEST_PAPER: usize = 40;

/// `print LIST|ID [QUERY]`
pub fn print(call: &Call, matches: &ArgMatches, out: &mut dyn Write) -> Result<Exit, CliError> {
    let session = call.read()?;
    let reading = call.reading(&session);
    let (tongue, now) = (tongue(call, matches), call.surroundings.now);
    let said = matches.get_one::<String>("list").map_or("", String::as_str);
    let record = super::reading::key(&reading, said).and_then(|key| reading.book.entry(key));
    let (paper, count) = if let Some(entry) = record {
        paper_of(&session, &reading, Thing::Record(entry), tongue, now)?
    } else {
        let (listing, keys) = wanted(call, &session, &reading, matches)?;
        paper_of(&session, &reading, Thing::List(&listing, &keys, &query(matches)), tongue, now)?
    };
    let Some(path) = matches.get_one::<String>("to").map(Path::new) else {
        let width = matches.get_one::<usize>("width").copied().unwrap_or(WIDTH);
        if width < NARROWEST_PAPER {
            return Err(CliError::new(Exit::Usage, message!("form-narrow", least = NARROWEST_PAPER)));
        }
        for line in plain(&paper, width) {
            writeln!(out, "{line}")?;
        }
        return Ok(Exit::Done);
    };
    let format = Format::of(path).map_err(|error| CliError::usage(&error))?;
    save(path, &on_paper(&paper, format, tongue)?, matches.get_flag("overwrite"))?;
    written(call, count, path, out)
}

fn written(call: &Call, count: usize, path: &Path, out: &mut dyn Write) -> Result<Exit, CliError> {
    let done = message!("export-written", count = count, file = path.display().to_string());
    Ok(output::line(out, &call.lang.wording().render(&done))?)
}

/// The list that is asked for and its entries.
fn wanted<'r>(
    call: &Call,
    session: &Session,
    reading: &Reading<'r>,
    matches: &ArgMatches,
) -> Result<(Listing<'r>, Vec<EntryKey>), CliError> {
    let said = matches.get_one::<String>("list").map_or("", String::as_str);
    let listing = reading.listing(said).map_err(|error| CliError::usage(&error))?;
    let today = session.today(call.surroundings.now);
    let keys = reading.entries(&listing, &query(matches), today).map_err(|error| CliError::usage(&error))?;
    Ok((listing, keys))
}

/// What narrows the list that is asked for.
fn query(matches: &ArgMatches) -> String {
    let words = matches.get_many::<String>("query").into_iter().flatten();
    words.map(String::as_str).collect::<Vec<_>>().join(" ")
}

/// The language of a file: that which is asked for, or that of the command.
pub fn tongue(call: &Call, matches: &ArgMatches) -> Tongue {
    match matches.get_one::<String>("lang").map(String::as_str) {
        Some("both") => Tongue::Both,
        Some("en") => Tongue::One(Lang::En),
        Some("zh") => Tongue::One(Lang::Zh),
        _ => Tongue::One(call.lang),
    }
}
