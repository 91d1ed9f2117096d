//! Words in a definition file that people see or type: ids, codes, names, and places inside them.

use std::ops::Range;

use serde::Deserialize;
use toml::Spanned;

use super::mistake::invisible;
use super::{Problem, Source};
use crate::wording::{Label, message};

/// A name in both languages, as it stands in a file.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RawLabel {
    /// The Chinese.
    pub zh: Spanned<String>,
    /// The English.
    pub en: Spanned<String>,
}

impl Source<'_> {
    /// An id as it stands in file names, commands and queries: lower-case ASCII letters, digits and `-`.
    pub fn identifier(&self, id: &Spanned<String>) -> Result<(), Problem> {
        let text = id.get_ref();
        let fits = text.starts_with(|first: char| first.is_ascii_lowercase())
            && text.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-');
        if fits {
            return Ok(());
        }
        Err(self.problem(id.span(), message!("source-bad-id", said = text.clone())))
    }

    /// A code as it is kept in entries and typed in queries and lists: letters and digits, with `-` `_` `.` inside.
    pub fn code(&self, code: &Spanned<String>) -> Result<(), Problem> {
        let text = code.get_ref();
        let fits = text.starts_with(char::is_alphanumeric)
            && text.chars().all(|c| c.is_alphanumeric() || "-_.".contains(c));
        if fits {
            return Ok(());
        }
        Err(self.problem(code.span(), message!("source-bad-code", said = text.clone())))
    }

    /// A line that people see: not blank, and with nothing in it that acts unseen.
    pub fn line(&self, said: &Spanned<String>) -> Result<String, Problem> {
        let text = said.get_ref();
        if text.trim().is_empty() {
            return Err(self.problem(said.span(), message!("source-blank")));
        }
        let acts = |c: char| {
            let turns = '\u{202a}'..='\u{202e}';
            let isolates = '\u{2066}'..='\u{2069}';
            c.is_control() || turns.contains(&c) || isolates.contains(&c) || "\u{200e}\u{200f}".contains(c)
        };
        match text.char_indices().find(|(_, c)| acts(*c)) {
            Some((at, c)) => Err(self.problem(self.inside(&said.span(), at), invisible(c))),
            None => Ok(text.clone()),
        }
    }

    /// Lines, none of them twice.
    pub fn lines(&self, said: &[Spanned<String>]) -> Result<Vec<String>, Problem> {
        let mut lines = Vec::new();
        for line in said {
            let text = self.line(line)?;
            if lines.contains(&text) {
                return Err(self.problem(line.span(), message!("source-twice", said = text)));
            }
            lines.push(text);
        }
        Ok(lines)
    }

    /// A name in both languages.
    pub fn label(&self, raw: &RawLabel) -> Result<Label, Problem> {
        self.label_of(&raw.zh, &raw.en)
    }

    /// The same from two keys of their own.
    pub fn label_of(&self, zh: &Spanned<String>, en: &Spanned<String>) -> Result<Label, Problem> {
        Ok(Label::new(&self.line(zh)?, &self.line(en)?))
    }

    /// Where something stands that begins `offset` bytes into the text whose quotes stand at `at`.
    pub fn inside(&self, at: &Range<usize>, offset: usize) -> Range<usize> {
        let raw = self.text.get(at.clone()).unwrap_or("");
        let long = raw.starts_with("\"\"\"") || raw.starts_with("'''");
        let quotes = if long { 3 } else { 1 };
        let body = raw.get(quotes..).unwrap_or("");
        // A line break right behind three quotes is not part of the text.
        let broken = body.strip_prefix("\r\n").or_else(|| body.strip_prefix('\n'));
        let begins = broken.filter(|_| long).unwrap_or(body);
        let mut left = offset;
        let mut rest = begins;
        while left > 0 && !rest.is_empty() {
            let (written, meant) = letter(rest, raw.starts_with('"'));
            left = left.saturating_sub(meant);
            rest = rest.get(written..).unwrap_or("");
        }
        let place = at.end - rest.len();
        place..place
    }
}

/// How many bytes the first letter of `rest` takes in the file, and how many in the text that it means.
fn letter(rest: &str, escapes: bool) -> (usize, usize) {
    let mut letters = rest.chars();
    let first = letters.next().map_or(1, char::len_utf8);
    if !(escapes && rest.starts_with('\\')) {
        return (first, first);
    }
    let digits = match letters.next() {
        Some('x') => 2,
        Some('u') => 4,
        Some('U') => 8,
        Some(blank) if blank.is_whitespace() => {
            let behind = letters.as_str().trim_start();
            return (rest.len() - behind.len(), 0);
        }
        other => return (1 + other.map_or(0, char::len_utf8), 1),
    };
    let code = rest.get(2..2 + digits).and_then(|code| u32::from_str_radix(code, 16).ok());
    (2 + digits, code.and_then(char::from_u32).map_or(1, char::len_utf8))
}
