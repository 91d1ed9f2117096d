//! An office: a home, a book, and the program in a terminal.
#![allow(dead_code, clippy::unwrap_used)]

use std::path::PathBuf;
use std::process::Command;

use taizhang::share::Session;
use tempfile::TempDir;

use crate::common::{self, open, sample};
use crate::terminal::Terminal;

pub const ESC: &str = "\u{1b}";
pub const F2: &str = "\u{1b}OQ";
pub const F3: &str = "\u{1b}OR";
pub const F5: &str = "\u{1b}[15~";

/// A home with a book in it, and the real program over it.
pub struct Office {
    pub folder: TempDir,
}

impl Office {
    pub fn new() -> Self {
        Self { folder: tempfile::tempdir().unwrap() }
    }

    pub fn with_sample() -> Self {
        let office = Self::new();
        drop(sample(&office.book()));
        office
    }

    pub fn book(&self) -> PathBuf {
        self.folder.path().join("book")
    }

    pub fn start(&self, lang: &str, size: (u16, u16), variables: &[(&str, &str)]) -> Terminal {
        let book = self.book();
        Terminal::start(
            self.folder.path(),
            size,
            variables,
            &["--lang", lang, "--book", book.to_str().unwrap()],
        )
    }

    /// Runs a command on the book; gives what it prints, what it says beside that, and its exit code.
    pub fn run(&self, lang: &str, args: &[&str]) -> (String, String, i32) {
        let mut command = Command::new(env!("CARGO_BIN_EXE_taizhang"));
        command.env("HOME", self.folder.path()).args(["--lang", lang, "--book"]).arg(self.book());
        let output = command.current_dir(self.folder.path()).args(args).output().unwrap();
        let text = |bytes: &[u8]| String::from_utf8(bytes.to_vec()).unwrap();
        (text(&output.stdout), text(&output.stderr), output.status.code().unwrap())
    }

    pub fn titles(&self, register: &str) -> Vec<String> {
        let session = Session::new(open(&self.book()), common::who());
        let reading = session.reading(taizhang::wording::Lang::Zh);
        session.book().entries(register).iter().map(|key| reading.title(*key)).collect()
    }
}
