//! The full screen: taken from the terminal, read, written, and given back.

use std::io::Write;
use std::sync::mpsc::{Receiver, Sender, channel};
use std::time::Duration;

use chrono::{DateTime, Utc};
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use super::layer::Desk;
use super::screens::{Choice, Welcome};
use super::terminal::{Depth, Guard, Input, Writer, read_keys, read_signals};
use crate::share::Session;
use crate::wording::Message;

/// What the screen starts with.
pub struct Start {
    /// The book.
    pub session: Session,
    /// Looks and habits.
    pub desk: Desk,
    /// What the person should know at once.
    pub notes: Vec<Message>,
    /// How many colours there are.
    pub depth: Depth,
    /// The clock.
    pub clock: fn() -> DateTime<Utc>,
}

/// Why the screen was left.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Leave {
    /// The person wanted to.
    Quit,
    /// A signal.
    Signal(i32),
    /// The terminal is gone.
    Gone,
}

/// What the last frame showed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Shown {
    /// There was none yet.
    Nothing,
    /// That the window is too small.
    TooSmall,
    /// The top layer.
    Layers,
}

/// The full screen and what comes in from it, until it is dropped.
pub struct Screen {
    pub(super) came: Receiver<Input>,
    _inbox: Sender<Input>,
    _guard: Guard,
}

impl Screen {
    /// Takes the terminal. A bare Esc waits `esc_wait` for the rest of a sequence that a slow line has split.
    pub fn open(esc_wait: Duration) -> std::io::Result<Self> {
        let (inbox, came) = channel();
        read_signals(inbox.clone(), Guard::leave)?;
        let guard = Guard::enter()?;
        read_keys(inbox.clone(), esc_wait)?;
        Ok(Self { came, _inbox: inbox, _guard: guard })
    }
}

/// Writes a frame at once.
pub(super) fn put_out(frame: &str) -> std::io::Result<()> {
    let mut out = std::io::stdout().lock();
    out.write_all(frame.as_bytes())?;
    out.flush()
}

/// Shows the welcome where there is no book yet; gives what was chosen, or nothing where it was left.
pub fn welcome(welcome: &mut Welcome, depth: Depth, screen: &Screen) -> std::io::Result<Option<Choice>> {
    let mut writer = Writer::new(depth);
    loop {
        let (columns, rows) = crossterm::terminal::size()?;
        let mut buffer = Buffer::empty(Rect::new(0, 0, columns, rows));
        welcome.draw(&mut buffer);
        put_out(writer.frame(buffer, None))?;
        match screen.came.recv() {
            Ok(Input::Key(key)) => match welcome.key(key.narrowed()) {
                Some(Choice::Leave) => return Ok(None),
                Some(choice) => return Ok(Some(choice)),
                None => {}
            },
            Ok(Input::Resize | Input::Back) => writer.forget(),
            Ok(Input::Paste(_)) => {}
            Ok(Input::Leave(signal)) => {
                Guard::leave();
                std::process::exit(128 + signal);
            }
            Ok(Input::Gone) | Err(_) => return Ok(None),
        }
    }
}
