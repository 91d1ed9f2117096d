//! The program: arguments choose a face, the face decides the exit code.

mod start;

use std::io::{ErrorKind, Write};
use std::process::ExitCode;

use taizhang::cli::{self, CliError, Exit};

fn main() -> ExitCode {
    // Whatever is made, sled's files too, is for its user alone.
    rustix::process::umask(rustix::fs::Mode::from_raw_mode(0o077));
    // What a wreck of a file does to its reader is told as a sentence.
    let before = std::panic::take_hook();
    std::panic::set_hook(Box::new(move |panic| {
        if std::thread::current().name() != Some(taizhang::exchange::READER) {
            before(panic);
        }
    }));
    let surroundings = start::surroundings();
    let parsed = match cli::parse(std::env::args_os(), surroundings.lang) {
        Ok(Ok(parsed)) => parsed,
        Ok(Err(help)) => {
            let written = Heard(std::io::stdout().lock()).write_all(help.as_bytes());
            return finish(written.map(|()| Exit::Done).map_err(CliError::from), surroundings.lang);
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
    let mut out = std::io::BufWriter::new(Heard(std::io::stdout().lock()));
    let done = cli::run(&parsed, &surroundings, &mut out);
    let flushed = out.flush();
    finish(done.and_then(|exit| flushed.map(|()| exit).map_err(CliError::from)), lang)
}

/// Output whose reader may leave: that is no error, and the command goes on as if it were heard to the end.
struct Heard<W>(W);

impl<W: Write> Heard<W> {
    fn gone<T>(done: std::io::Result<T>, instead: T) -> std::io::Result<T> {
        match done {
            Err(error) if error.kind() == ErrorKind::BrokenPipe => Ok(instead),
            done => done,
        }
    }
}

impl<W: Write> Write for Heard<W> {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        Self::gone(self.0.write(bytes), bytes.len())
    }

    fn flush(&mut self) -> std::io::Result<()> {
        Self::gone(self.0.flush(), ())
    }
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
