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

#[test]
fn a_draw_can_be_made_again_as_it_is_printed() {
    let book = Book::new();
    let long = "7".repeat(101);
    for (seed, words) in [
        ("", "is empty"),
        (" \u{3000}", "is empty"),
        ("\u{200b}", "is empty"),
        (&long, "has 101 characters, at most 100"),
        ("a\u{1b}[31m", "U+001B"),
        ("a\nb", "U+000A"),
        ("a\u{202e}b", "U+202E"),
        ("a\u{200b}b", "U+200B"),
        ("\u{9b}2J", "U+009B"),
    ] {
        let wrong = book.refused(2, &["draw", "hazards", "--seed", seed]);
        assert!(wrong.contains(words), "{seed:?}: {wrong}");
    }
    assert!(book.refused(2, &["draw", "hazards", "a\u{200b}b"]).contains("query has a character"));
    std::os::unix::fs::symlink(env!("CARGO_BIN_EXE_taizhang"), book.0.path().join("taizhang")).unwrap();
    let named = book.0.path().join("book 'of' \"it\"");
    std::os::unix::fs::symlink(book.0.path().join("book"), &named).unwrap();
    let ordinary = named.to_str().unwrap();
    for args in [
        &["--seed", "42"][..],
        &["--seed=-x", "--count=３"],
        &["--seed", "it's a $HOME `x` \"y\" \\ !", "--count", "2"],
        &["--seed", "种子", "部门:技术部", "-状态:紧急"],
        &["--seed", "1", "-状态:紧急"],
        &["--seed", "1", "--", "-h"],
        &["--seed", "1", "a\tb"],
        &["--seed", "1", "'a' | \"b\"", "--as-of", "#12"],
        &["--seed", "1", "--book", ordinary],
    ] {
        let (code, out, wrong) = book.run(&[&["draw", "hazards"][..], args].concat());
        assert_eq!(code, 0, "{args:?}: {wrong}");
        let (_, again) = out.split_once("To draw it again: ").unwrap();
        let mut shell = Command::new("/bin/sh");
        shell.env_clear().env("HOME", book.0.path()).env("LANG", "en").env("LC_ALL", "C.UTF-8");
        if !args.contains(&"--book") {
            shell.env("TAIZHANG_BOOK", book.0.path().join("book"));
        }
        shell.env("PATH", book.0.path()).args(["-c", again.lines().next().unwrap()]);
        let (code, same, wrong) = said(&mut shell);
        assert_eq!((code, &same), (0, &out), "{args:?}: {wrong}");
    }
}

#[test]
fn a_draw_of_more_than_there_are_says_so() {
    let book = Book::new();
    let (_, out, _) = book.run(&["draw", "hazards", "--count", "1000"]);
    assert!(out.contains("1000 were wanted and only 14 are there"), "{out}");
    let (_, out, _) = book.run(&["draw", "hazards", "--count", "14"]);
    assert!(!out.contains("were wanted"), "{out}");
}
