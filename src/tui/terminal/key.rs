//! Keys, as they are written in `keys.toml` and in hints.

use std::fmt;
use std::str::FromStr;

use crossterm::event::{KeyCode, KeyEvent, KeyEventKind, KeyModifiers};

/// A key with what is held down besides.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Key {
    /// The key; a letter with shift is the capital letter.
    pub code: Code,
    /// Ctrl is held.
    pub ctrl: bool,
    /// Alt is held.
    pub alt: bool,
}

/// A key by itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Code {
    /// A character.
    Char(char),
    /// A function key.
    F(u8),
    /// Enter.
    Enter,
    /// Escape.
    Esc,
    /// Backspace.
    Backspace,
    /// Tab.
    Tab,
    /// Tab with shift.
    BackTab,
    /// Delete.
    Delete,
    /// Insert.
    Insert,
    /// Up.
    Up,
    /// Down.
    Down,
    /// Left.
    Left,
    /// Right.
    Right,
    /// Home.
    Home,
    /// End.
    End,
    /// Page up.
    PageUp,
    /// Page down.
    PageDown,
}

const NAMES: [(&str, Code); 15] = [
    ("Enter", Code::Enter),
    ("Esc", Code::Esc),
    ("Backspace", Code::Backspace),
    ("Tab", Code::Tab),
    ("BackTab", Code::BackTab),
    ("Delete", Code::Delete),
    ("Insert", Code::Insert),
    ("Up", Code::Up),
    ("Down", Code::Down),
    ("Left", Code::Left),
    ("Right", Code::Right),
    ("Home", Code::Home),
    ("End", Code::End),
    ("PageUp", Code::PageUp),
    ("PageDown", Code::PageDown),
];

impl Key {
    /// A key with nothing held.
    pub fn plain(code: Code) -> Self {
        Self { code, ctrl: false, alt: false }
    }

    /// The key of a terminal event; nothing for a release or a key without meaning here.
    pub fn of(event: KeyEvent) -> Option<Self> {
        if event.kind == KeyEventKind::Release {
            return None;
        }
        let code = match event.code {
            KeyCode::Char(c) => Code::Char(c),
            KeyCode::F(number) => Code::F(number),
            KeyCode::Enter => Code::Enter,
            KeyCode::Esc => Code::Esc,
            KeyCode::Backspace => Code::Backspace,
            KeyCode::Tab if event.modifiers.contains(KeyModifiers::SHIFT) => Code::BackTab,
            KeyCode::Tab => Code::Tab,
            KeyCode::BackTab => Code::BackTab,
            KeyCode::Delete => Code::Delete,
            KeyCode::Insert => Code::Insert,
            KeyCode::Up => Code::Up,
            KeyCode::Down => Code::Down,
            KeyCode::Left => Code::Left,
            KeyCode::Right => Code::Right,
            KeyCode::Home => Code::Home,
            KeyCode::End => Code::End,
            KeyCode::PageUp => Code::PageUp,
            KeyCode::PageDown => Code::PageDown,
            _ => return None,
        };
        let held = |modifier| event.modifiers.contains(modifier);
        Some(Self { code, ctrl: held(KeyModifiers::CONTROL), alt: held(KeyModifiers::ALT) })
    }

    /// The character it types, where it types one.
    pub fn typed(self) -> Option<char> {
        match self.code {
            Code::Char(c) if !self.ctrl && !self.alt => Some(c),
            _ => None,
        }
    }

    /// The same with a full-width character from a Chinese keyboard narrowed, so that `：` is `:`.
    #[must_use]
    pub fn narrowed(self) -> Self {
        match self.code {
            Code::Char(c) => Self { code: Code::Char(crate::text::narrow(c)), ..self },
            _ => self,
        }
    }
}

impl FromStr for Key {
    type Err = ();

    fn from_str(text: &str) -> Result<Self, ()> {
        let (mut rest, mut ctrl, mut alt) = (text, false, false);
        loop {
            if let Some(behind) = rest.strip_prefix("Ctrl-").filter(|behind| !behind.is_empty()) {
                (rest, ctrl) = (behind, true);
            } else if let Some(behind) = rest.strip_prefix("Alt-").filter(|behind| !behind.is_empty()) {
                (rest, alt) = (behind, true);
            } else {
                break;
            }
        }
        let mut chars = rest.chars();
        let code = match (chars.next(), chars.as_str()) {
            (Some(only), "") => Code::Char(only),
            (Some('F'), number) => Code::F(number.parse().ok().filter(|n| (1..=24).contains(n)).ok_or(())?),
            _ if rest == "Space" => Code::Char(' '),
            _ => NAMES.iter().find(|(name, _)| *name == rest).map(|(_, code)| *code).ok_or(())?,
        };
        Ok(Self { code, ctrl, alt })
    }
}

impl fmt::Display for Key {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.ctrl {
            f.write_str("Ctrl-")?;
        }
        if self.alt {
            f.write_str("Alt-")?;
        }
        match self.code {
            Code::Char(' ') => f.write_str("Space"),
            Code::Char(c) => write!(f, "{c}"),
            Code::F(number) => write!(f, "F{number}"),
            code => f.write_str(NAMES.iter().find(|(_, other)| *other == code).map_or("", |(name, _)| name)),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_what_it_writes() {
        for text in ["a", "G", "?", "Space", "Ctrl-p", "Alt-Ctrl-x", "F2", "Esc", "PageDown", "BackTab"] {
            let key: Key = text.parse().unwrap();
            assert_eq!(key.to_string().parse::<Key>(), Ok(key));
        }
        for wrong in ["", "F0", "F99", "Nope", "Ctrl-Nope"] {
            assert_eq!(wrong.parse::<Key>(), Err(()), "{wrong}");
        }
    }
}
