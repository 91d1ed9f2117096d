//! What commands make of bad input: it is refused in words that help, and nothing of it acts on a terminal.
#![allow(clippy::unwrap_used, clippy::indexing_slicing, clippy::panic)]

mod common;

use std::process::Command;

use serde_json::Value as Json;

struct Book(tempfile::TempDir);

impl Book {
    fn new() -> Self {
        let book = Self(tempfile::tempdir().unwrap());
        drop(common::sample(&book.0.path().join("book")));
        book
    }

    fn program(&self) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_taizhang"));
        command.env_clear().env("HOME", self.0.path()).env("LC_ALL", "C.UTF-8");
        command.env("TAIZHANG_BOOK", self.0.path().join("book"));
        command
    }

    fn run(&self, args: &[&str]) -> (i32, String, String) {
        said(self.program().args(["--lang", "en"]).args(args))
    }

    /// What is said of a call that is refused with this code.
    fn refused(&self, code: i32, args: &[&str]) -> String {
        let (exit, out, wrong) = self.run(args);
        assert!(exit == code && out.is_empty(), "{args:?}: {exit} {out} {wrong}");
        assert_eq!(wrong.lines().count(), 1, "{args:?}: {wrong}");
        wrong
    }

    fn json(&self, args: &[&str]) -> Json {
        let (code, out, wrong) = self.run(&[args, &["--json"]].concat());
        assert_eq!(code, 0, "{args:?}: {wrong}");
        serde_json::from_str(&out).unwrap_or_else(|error| panic!("{error}: {out}"))
    }

    fn commits(&self) -> Json {
        self.json(&["verify"])["commits"].clone()
    }
}

fn said(command: &mut Command) -> (i32, String, String) {
    let output = command.output().unwrap();
    let text = |bytes: &[u8]| String::from_utf8(bytes.to_vec()).unwrap();
    (output.status.code().unwrap(), text(&output.stdout), text(&output.stderr))
}

#[test]
fn nothing_of_an_argument_acts_on_a_terminal() {
    let book = Book::new();
    let bad = "a\u{1b}[31m\u{9b}2J\u{7}\u{202e}b";
    let pair = format!("note={bad}");
    let option = format!("--{bad}");
    let folder = format!("/nonexistent/{bad}");
    for args in [
        &[bad][..],
        &[&option],
        &["list", &option],
        &["list", bad],
        &["list", "aspects", bad],
        &["list", "aspects", "--sort", bad],
        &["list", "aspects", "--limit", bad],
        &["help", bad],
        &["show", bad],
        &["show", "EA-0001", "--history=\u{1b}c"],
        &["set", "EA-0001", &pair],
        &["set", "EA-0001", bad],
        &["show", "EA-0001"],
        &["show", "EA-0001", "--json"],
        &["list", "aspects", "--columns", "id,note", "--csv"],
        &["find", bad],
        &["score", bad, "L=1"],
        &["changes", "--since", bad],
        &["list", "aspects", "--as-of", bad],
        &["methods", "try", bad],
        &["drill", "stamp", "DR-2022-01", bad],
        &["--theme", bad, "path"],
        &["path", "--book", &folder],
        &["list", "aspects", "--book", &folder],
    ] {
        let (_, out, wrong) = book.run(args);
        let acts = |c: char| c.is_control() && c != '\n' && c != '\r' || c == '\u{202e}';
        assert!(!out.contains(acts) && !wrong.contains(acts), "{args:?}: {out:?} {wrong:?}");
    }
    // JSON writes it in another way and means the same.
    assert_eq!(book.json(&["show", "EA-0001"])["fields"]["note"], bad);
}
