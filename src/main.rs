//! The program: arguments choose a face, the face decides the exit code.

mod start;

use std::io::Write;
use std::process::ExitCode;

use taizhang::cli::{self, CliError, Exit};

fn main() -> ExitCode {
    // Whatever is made, sled's files too, is for its user alone.
    rustix::process::umask(rustix::fs::Mode::from_raw_mode(0o077));
    let surroundings = start::surroundings();
    let parsed = match cli::parse(std::env::args_os(), surroundings.lang) {
        Ok(Ok(parsed)) => parsed,
        Ok(Err(help)) => {
            let done = match std::io::stdout().write_all(help.as_bytes()) {
                // Nobody reads any further: that is no error.
                Err(error) if error.kind() == std::io::ErrorKind::BrokenPipe => Ok(Exit::Done),
                written => written.map(|()| Exit::Done).map_err(CliError::from),
            };
            return finish(done, surroundings.lang);
        }
        Err(error) => {
            return finish(Err(error), cli::said_lang(std::env::args_os()).unwrap_or(surroundings.lang));
        }
    };
    let lang = parsed.lang.unwrap_or(surroundings.lang);
    if parsed.name.is_empty() {
        return match start::screen(&parsed, &surroundings) {
            Ok(code) => ExitCode::from(code),
            Err(error) => finish(Err(error), start::spoken(lang)),
        };
    }
    // Commands show no colours; a mistyped name is told all the same.
    if parsed.theme.is_some()
        && let Err(error) = start::theme(&parsed, true)
    {
        return finish(Err(error), lang);
    }
    let mut out = std::io::BufWriter::new(std::io::stdout().lock());
    let done = cli::run(&parsed, &surroundings, &mut out);
    // Nobody reads any further: that is no error.
    let flushed = match out.flush() {
        Err(error) if error.kind() == std::io::ErrorKind::BrokenPipe => return ExitCode::SUCCESS,
        flushed => flushed,
    };
    finish(done.and_then(|exit| flushed.map(|()| exit).map_err(CliError::from)), lang)
}

fn finish(done: Result<Exit, CliError>, lang: taizhang::wording::Lang) -> ExitCode {
    match done {
        Ok(exit) => ExitCode::from(exit as u8),
        Err(error) => {
            cli::say(&error.message, lang);
            ExitCode::from(error.exit as u8)
        }
    }
}
