//! `pack PATH` and `pack verify PATH`.

use std::collections::BTreeSet;
use std::io::Write;
use std::path::Path;

use clap::ArgMatches;

use super::error::{CliError, Exit};
use super::evidence::{department_said, said as clause_said};
use super::{Call, output};
use crate::book::Point;
use crate::exchange::pack::{PackError, PackingError, Wanted, check, pack as made, write};
use crate::wording::{Tell as _, message};

impl From<PackError> for CliError {
    fn from(error: PackError) -> Self {
        let exit = match error {
            PackError::Refused { .. } => Exit::InputOutput,
            PackError::Unread { .. } | PackError::Twofold(_) => Exit::Damaged,
            PackError::Exists(_) | PackError::Inside(_) | PackError::Absent(_) | PackError::NoPack(_) => {
                Exit::Usage
            }
        };
        Self::new(exit, error.message())
    }
}

impl From<PackingError> for CliError {
    fn from(error: PackingError) -> Self {
        match error {
            PackingError::Handout(error) => error.into(),
            PackingError::Session(error) => error.into(),
            PackingError::Damaged => Self::new(Exit::Damaged, message!("pack-damaged")),
            PackingError::Nothing => Self::new(Exit::Usage, message!("pack-nothing")),
        }
    }
}

/// `pack DIR|FILE.zip`
pub fn pack(call: &Call, matches: &ArgMatches, out: &mut dyn Write) -> Result<Exit, CliError> {
    let path = matches.get_one::<String>("path").map_or(Path::new(""), Path::new);
    if path.exists() {
        return Err(PackError::Exists(path.display().to_string()).into());
    }
    let now = call.surroundings.now;
    let session = call.read()?;
    let present = call.read_now()?;
    let reading = call.reading(&session);
    let listed = |id: &str| -> Vec<String> {
        let said = matches.get_one::<String>(id).cloned().unwrap_or_default();
        said.split([',', '，']).map(str::trim).filter(|word| !word.is_empty()).map(str::to_owned).collect()
    };
    let departments =
        listed("departments").iter().map(|said| department_said(&reading, said)).collect::<Result<_, _>>()?;
    let clauses: BTreeSet<String> = listed("clauses")
        .iter()
        .map(|said| Ok(clause_said(said)?.number.clone()))
        .collect::<Result<_, CliError>>()?;
    let today = session.today(now);
    let since = match matches.get_one::<String>("since") {
        Some(said) => {
            let point = Point::typed(said, today, session.zone()).map_err(|error| CliError::usage(&error))?;
            present.seq_at(&point, now)?
        }
        // A year before: what happened since the last audit.
        None => today
            .checked_sub_months(chrono::Months::new(12))
            .map_or(Ok(0), |day| present.seq_at(&Point::Day(day), now))?,
    };
    let wanted = Wanted { departments, clauses, since, personal: matches.get_flag("personal") };
    let (files, lost) = made((&session, &present), &wanted, call.lang, now)?;
    let count = files.len() + 1;
    write(path, files, session.folder().path())?;
    let render = |message| call.lang.wording().render(&message);
    output::line(out, &render(message!("pack-written", count = count, file = path.display().to_string())))?;
    for file in &lost {
        output::line(out, &render(message!("pack-lost", file = file.clone())))?;
    }
    Ok(if lost.is_empty() { Exit::Done } else { Exit::Damaged })
}

/// `pack verify DIR|FILE.zip`
pub fn verify(call: &Call, matches: &ArgMatches, out: &mut dyn Write) -> Result<Exit, CliError> {
    let path = matches.get_one::<String>("path").map_or(Path::new(""), Path::new);
    let checked = check(path)?;
    let render = |message| call.lang.wording().render(&message);
    for (names, id) in [
        (&checked.changed, "pack-changed"),
        (&checked.missing, "pack-missing"),
        (&checked.besides, "pack-besides"),
    ] {
        for name in names {
            let word = call.lang.wording().say(id);
            output::line(out, &format!("{word}  {name}"))?;
        }
    }
    let wrong = checked.changed.len() + checked.missing.len() + checked.besides.len();
    output::line(out, &render(message!("pack-checked", whole = checked.whole, wrong = wrong)))?;
    Ok(if checked.holds() { Exit::Done } else { Exit::Damaged })
}
