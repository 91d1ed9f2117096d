//! Definition files as sources: what is wrong in one is named with its place and the mend.

mod decode;
mod mistake;
mod nearest;
mod words;

use std::fmt;
use std::ops::Range;

use serde::de::DeserializeOwned;

use crate::wording::{Message, Tell, english, message};

pub use decode::{LARGEST, decode};
pub use mistake::code_point;
pub use nearest::{distance, nearest};
pub use words::RawLabel;

/// The text of a file under its name.
#[derive(Debug, Clone, Copy)]
pub struct Source<'a> {
    file: &'a str,
    text: &'a str,
}

/// A mistake in a file: where, what and how to mend it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Problem {
    /// The file as it was named.
    pub file: String,
    /// The line, from 1.
    pub line: usize,
    /// The column, from 1, in characters.
    pub column: usize,
    /// What is wrong and how to mend it.
    pub what: Message,
}

impl<'a> Source<'a> {
    /// A source; a byte order mark at its beginning is not part of it.
    pub fn new(file: &'a str, text: &'a str) -> Self {
        Self { file, text: text.strip_prefix('\u{feff}').unwrap_or(text) }
    }

    /// Reads the TOML in it.
    pub fn parse<T: DeserializeOwned>(&self) -> Result<T, Problem> {
        toml::from_str(self.text).map_err(|error| {
            let (at, what) = mistake::first(self.text, &error);
            self.problem(at, what)
        })
    }

    /// A problem at a place in the text, given in bytes.
    pub fn problem(&self, at: Range<usize>, what: Message) -> Problem {
        let before = self.text.get(..at.start).unwrap_or(self.text);
        let line = before.matches('\n').count() + 1;
        let column = before.rsplit('\n').next().unwrap_or("").chars().count() + 1;
        Problem { file: self.file.to_owned(), line, column, what }
    }
}

/// Reads the TOML in a file.
pub fn parse<T: DeserializeOwned>(file: &str, text: &str) -> Result<T, Problem> {
    Source::new(file, text).parse()
}

impl Tell for Problem {
    fn message(&self) -> Message {
        let place = format!("{}:{}:{}", self.file, self.line, self.column);
        message!("source-problem", place = place, what = self.what.clone())
    }
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&english(&self.message()))
    }
}

impl std::error::Error for Problem {}
