//! What comes from the terminal, read on a thread of its own so that nothing waits in vain.

use std::sync::mpsc::Sender;
use std::thread;
use std::time::Duration;

use crossterm::event::{Event, poll, read};
use signal_hook::consts::{SIGCONT, SIGHUP, SIGINT, SIGQUIT, SIGTERM};
use signal_hook::iterator::Signals;

use super::key::{Code, Key};

/// The largest paste, in bytes; what is beyond is cut off.
const LARGEST_PASTE: usize = 1_000_000;

/// Something that came in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Input {
    /// A key.
    Key(Key),
    /// Pasted text, without control characters but line ends.
    Paste(String),
    /// The terminal has another size.
    Resize,
    /// A signal to leave.
    Leave(i32),
    /// The program was brought back.
    Back,
    /// Nothing can be read any more.
    Gone,
}

/// Starts reading keys. A bare Esc waits this long for the rest of a sequence that a slow line has split.
pub fn read_keys(inbox: Sender<Input>, esc_wait: Duration) -> std::io::Result<()> {
    thread::Builder::new().name("keys".to_owned()).spawn(move || {
        loop {
            let event = read();
            let gone = event.is_err();
            let mut came = Vec::new();
            match event {
                Ok(Event::Key(key)) => came.extend(keys(Key::of(key), esc_wait)),
                Ok(Event::Paste(text)) => came.push(Input::Paste(tidy(&text))),
                Ok(Event::Resize(..)) => came.push(Input::Resize),
                Ok(_) => {}
                Err(_) => came.push(Input::Gone),
            }
            if came.into_iter().any(|input| inbox.send(input).is_err()) || gone {
                return;
            }
        }
    })?;
    Ok(())
}

/// A key, or the one that a split sequence means.
fn keys(key: Option<Key>, esc_wait: Duration) -> Vec<Input> {
    let Some(key) = key else { return Vec::new() };
    if key != Key::plain(Code::Esc) {
        return vec![Input::Key(key)];
    }
    let mut split = Vec::new();
    while let Some(next) = next_key(esc_wait) {
        split.push(next);
        let Some(rest) = split.iter().map(|key| key.typed()).collect::<Option<String>>() else { break };
        if let Some(code) = sequence(&rest) {
            return vec![Input::Key(Key::plain(code))];
        }
        if !"[O".starts_with(|first| rest.starts_with(first)) && !rest.starts_with('O') || rest.len() > 4 {
            break;
        }
    }
    std::iter::once(key).chain(split).map(Input::Key).collect()
}

fn next_key(wait: Duration) -> Option<Key> {
    while poll(wait).unwrap_or(false) {
        if let Ok(Event::Key(key)) = read()
            && let Some(key) = Key::of(key)
        {
            return Some(key);
        }
    }
    None
}

/// What stands behind the Esc of a key.
fn sequence(rest: &str) -> Option<Code> {
    Some(match rest {
        "[A" | "OA" => Code::Up,
        "[B" | "OB" => Code::Down,
        "[C" | "OC" => Code::Right,
        "[D" | "OD" => Code::Left,
        "[H" | "OH" | "[1~" => Code::Home,
        "[F" | "OF" | "[4~" => Code::End,
        "[2~" => Code::Insert,
        "[3~" => Code::Delete,
        "[5~" => Code::PageUp,
        "[6~" => Code::PageDown,
        "[Z" => Code::BackTab,
        "OP" => Code::F(1),
        "OQ" => Code::F(2),
        "OR" => Code::F(3),
        "OS" => Code::F(4),
        _ => return None,
    })
}

fn tidy(text: &str) -> String {
    let text = text.replace("\r\n", "\n").replace('\r', "\n");
    let end = (0..=LARGEST_PASTE.min(text.len())).rev().find(|at| text.is_char_boundary(*at)).unwrap_or(0);
    text.get(..end).unwrap_or("").chars().filter(|c| !c.is_control() || matches!(c, '\n' | '\t')).collect()
}

/// Starts listening to signals. The app has two seconds to leave in order; then it is over.
pub fn read_signals(inbox: Sender<Input>, leave: impl Fn() + Send + 'static) -> std::io::Result<()> {
    let mut signals = Signals::new([SIGHUP, SIGTERM, SIGINT, SIGQUIT, SIGCONT])?;
    thread::Builder::new().name("signals".to_owned()).spawn(move || {
        for signal in signals.forever() {
            if signal == SIGCONT {
                let _ = inbox.send(Input::Back);
                continue;
            }
            let _ = inbox.send(Input::Leave(signal));
            thread::sleep(Duration::from_secs(2));
            leave();
            std::process::exit(128 + signal);
        }
    })?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_paste_brings_no_control_characters() {
        assert_eq!(tidy("甲\r\n乙\u{1b}[31m\t丙\u{0}"), "甲\n乙[31m\t丙");
        assert_eq!(tidy(&"汉".repeat(500_000)).len() % 3, 0);
    }
}
