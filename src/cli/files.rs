//! `attach ID FILE...` and `files ID`: what an entry rests on.

use std::io::Write;
use std::path::{Path, PathBuf};

use clap::ArgMatches;
use serde_json::{Value as Json, json};

use super::error::{CliError, Exit};
use super::reading::entry;
use super::writing::commit;
use super::{Call, output};
use crate::exchange::attached::{
    AttachError, attach as attached_edit, attached, copy_out, detach, distinct, size,
};
use crate::exchange::handout::HandoutError;
use crate::store::StoreError;
use crate::wording::{Tell as _, message};

impl From<AttachError> for CliError {
    fn from(error: AttachError) -> Self {
        match error {
            AttachError::Store(error) => error.into(),
            AttachError::Mended(_) => Self::new(Exit::Done, error.message()),
            AttachError::Lost(_) => Self::new(Exit::Damaged, error.message()),
            other => Self::new(Exit::Usage, other.message()),
        }
    }
}

/// `attach ID FILE...`, `attach ID --remove NAME`
pub fn attach(call: &Call, matches: &ArgMatches, out: &mut dyn Write) -> Result<Exit, CliError> {
    let mut session = call.write()?;
    let reading = call.reading(&session);
    let key = entry(&reading, matches.get_one::<String>("id").map_or("", String::as_str))?;
    let paths: Vec<PathBuf> =
        matches.get_many::<String>("files").into_iter().flatten().map(PathBuf::from).collect();
    let edit = match matches.get_one::<String>("remove") {
        Some(name) => detach(&reading, key, name)?,
        None => attached_edit(&session, &reading, key, &paths)?,
    };
    commit(call, &mut session, matches, vec![edit], out)
}

/// `files ID [--to FOLDER]`
pub fn files(call: &Call, matches: &ArgMatches, out: &mut dyn Write) -> Result<Exit, CliError> {
    let session = call.read()?;
    let reading = call.reading(&session);
    let key = entry(&reading, matches.get_one::<String>("id").map_or("", String::as_str))?;
    let all = attached(&session, &reading, key)?;
    let lost = all.iter().any(|file| !file.whole);
    let exit = if lost { Exit::Damaged } else { Exit::Done };
    if let Some(folder) = matches.get_one::<String>("to") {
        std::fs::create_dir_all(folder).map_err(|error| StoreError::io(Path::new(folder), error))?;
        let names = distinct(all.iter().map(|file| &file.file));
        for (file, name) in all.iter().zip(names) {
            if !file.whole {
                call.say(&AttachError::Lost(file.file.name.clone()).message());
                continue;
            }
            let copied = copy_out(&session, &file.file, &Path::new(folder).join(name));
            let path = copied.map_err(|error| match error {
                HandoutError::Exists(file) => {
                    CliError::new(Exit::Usage, message!("handout-exists", file = file))
                }
                error => error.into(),
            })?;
            output::line(out, &path.display().to_string())?;
        }
        return Ok(exit);
    }
    if matches.get_flag("json") {
        let one = |file: &crate::exchange::attached::Attached| {
            json!({
                "name": file.file.name, "size": file.file.size, "sha256": file.file.sha256, "type": file.kind,
                "by": file.added.as_ref().map(|(by, _)| by), "at": file.added.as_ref().map(|(_, at)| at),
                "whole": file.whole,
            })
        };
        output::json(out, &all.iter().map(one).collect::<Json>())?;
        return Ok(exit);
    }
    if all.is_empty() {
        call.say(&message!("files-no-files"));
    }
    for file in &all {
        let (by, at) = file.added.clone().unwrap_or_default();
        let state = if file.whole { String::new() } else { call.lang.wording().say("files-lost") };
        let line = message!(
            "files-line",
            name = file.file.name.clone(),
            size = size(file.file.size),
            at = at,
            by = by,
            hash = file.file.sha256.chars().take(12).collect::<String>(),
            state = state
        );
        output::line(out, &call.lang.wording().render(&line))?;
    }
    Ok(exit)
}
