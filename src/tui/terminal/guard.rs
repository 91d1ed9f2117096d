//! Entering and leaving the terminal's full screen, whatever happens in between.

use std::io::{Write, stdout};
use std::sync::atomic::{AtomicBool, Ordering};

use crossterm::terminal::{disable_raw_mode, enable_raw_mode};

use crate::wording::{Message, Tell, english, message};

static ENTERED: AtomicBool = AtomicBool::new(false);

/// The full screen, until it is dropped.
#[derive(Debug)]
pub struct Guard(());

/// Why no screen can be shown here.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("{}", english(&self.message()))]
pub enum Unfit {
    /// Input or output is no terminal.
    NoTerminal,
    /// The terminal cannot move its cursor.
    Dumb,
    /// The locale is not UTF-8.
    NotUtf8,
}

impl Tell for Unfit {
    fn message(&self) -> Message {
        match self {
            Unfit::NoTerminal => message!("terminal-none"),
            Unfit::Dumb => message!("terminal-dumb"),
            Unfit::NotUtf8 => message!("terminal-not-utf8"),
        }
    }
}

/// Whether a screen can be shown, by what the environment says: TERM and the locale in force.
pub fn fit(is_terminal: bool, term: Option<&str>, locale: &str) -> Result<(), Unfit> {
    if !is_terminal {
        return Err(Unfit::NoTerminal);
    }
    if term.is_none_or(|term| term.is_empty() || term == "dumb") {
        return Err(Unfit::Dumb);
    }
    let charset = locale.to_ascii_lowercase().replace('-', "");
    if charset.contains("utf8") { Ok(()) } else { Err(Unfit::NotUtf8) }
}

impl Guard {
    /// Enters the full screen; a panic leaves it before it prints.
    pub fn enter() -> std::io::Result<Self> {
        let before = std::panic::take_hook();
        std::panic::set_hook(Box::new(move |panic| {
            // sled's own panics are caught and healed; only those of the screen thread end the program.
            if std::thread::current().name() == Some("main") {
                Self::leave();
            }
            before(panic);
        }));
        Self::resume()?;
        Ok(Self(()))
    }

    /// Enters again after another program had the terminal.
    pub fn resume() -> std::io::Result<()> {
        enable_raw_mode()?;
        ENTERED.store(true, Ordering::SeqCst);
        // Alternate screen, bracketed paste, no cursor.
        write("\x1b[?1049h\x1b[?2004h\x1b[?25l\x1b[2J")
    }

    /// Leaves; safe to call at any time from any thread, and twice.
    pub fn leave() {
        if ENTERED.swap(false, Ordering::SeqCst) {
            let _ = write("\x1b[?2026l\x1b[r\x1b[0m\x1b[?2004l\x1b[?1049l\x1b[?25h");
            let _ = disable_raw_mode();
        }
    }
}

impl Drop for Guard {
    fn drop(&mut self) {
        Self::leave();
    }
}

fn write(sequence: &str) -> std::io::Result<()> {
    let mut out = stdout().lock();
    out.write_all(sequence.as_bytes())?;
    out.flush()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn says_why_no_screen_can_be_shown() {
        assert_eq!(fit(true, Some("xterm"), "zh_CN.UTF-8"), Ok(()));
        assert_eq!(fit(true, Some("xterm"), "C.utf8"), Ok(()));
        assert_eq!(fit(false, Some("xterm"), "zh_CN.UTF-8"), Err(Unfit::NoTerminal));
        assert_eq!(fit(true, Some("dumb"), "zh_CN.UTF-8"), Err(Unfit::Dumb));
        assert_eq!(fit(true, None, "zh_CN.UTF-8"), Err(Unfit::Dumb));
        assert_eq!(fit(true, Some("xterm"), "zh_CN.GBK"), Err(Unfit::NotUtf8));
    }
}
