//! What commands make of bad input: it is refused in words that help, and nothing of it acts on a terminal.
#![allow(clippy::unwrap_used, clippy::indexing_slicing, clippy::panic)]

mod common;

use std::ffi::OsStr;
use std::io::Write;
use std::os::unix::ffi::OsStrExt;
use std::process::{Command, Stdio};

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

#[test]
fn a_reason_is_given_in_words_or_not_at_all() {
    let book = Book::new();
    let before = book.commits();
    let rule = book.0.path().join("new.toml");
    let text = book.run(&["methods", "aspect-sum6", "--toml"]).1.replace("edition = 1", "edition = 2");
    std::fs::write(&rule, text).unwrap();
    let rule = rule.to_str().unwrap();
    for why in ["", " ", "\t\n", "\u{3000}", "\u{200b}\u{feff}", "\u{2800}", "\u{1b}"] {
        for args in [
            &["delete", "EA-0001"][..],
            &["restore", "EA-0018"],
            &["set", "EA-0001", "note=x"],
            &["add", "aspects", "aspect=x"],
            &["evaluate", "HZ-0002", "--by", "a"],
            &["methods", "carry", "aspect-sum6"],
            &["methods", "apply", rule, "--approved-by", "a"],
        ] {
            let wrong = book.refused(2, &[args, &["--why", why]].concat());
            assert!(wrong.contains("--why <TEXT> gives an empty reason"), "{args:?} {why:?}: {wrong}");
        }
    }
    let wrong = book.refused(2, &["methods", "apply", rule, "--why", "x", "--approved-by", " "]);
    assert!(wrong.contains("--approved-by <NAME> is empty"), "{wrong}");
    assert_eq!(book.commits(), before);
}

#[test]
fn what_is_empty_is_called_empty() {
    let book = Book::new();
    for (args, words) in [
        (&[""][..], "the command is empty"),
        (&["show", ""], "<ID> is empty"),
        (&["show", " "], "<ID> is empty"),
        (&["drill", ""], "the command is empty"),
        (&["drill", "stamp", "", "2"], "<ID> is empty"),
        (&["drill", "stamp", "DR-2022-01", ""], "<STEP> is empty"),
        (&["drill", "note", "DR-2022-01", "\u{200b}"], "There are no words to note"),
        (&["drill", "start", "EP-001", "--planned", ""], "--planned <N> is empty"),
        (&["list", ""], "<REGISTER|VIEW> is empty"),
        (&["list", "aspects", "--limit="], "--limit <N> is empty"),
        (&["list", "aspects", "--limit", ""], "--limit <N> is empty"),
        (&["list", "aspects", "--sort", ""], "--sort <COLUMN> is empty"),
        (&["changes", "--since", ""], "--since <DATE|#N|audit|review> is empty"),
        (&["changes", "", "--since", "#1"], "[REGISTER]... is empty"),
        (&["restore", "EA-0001", "--field", "", "--why", "x"], "--field <FIELD> is empty"),
        (&["score", "", "L=1"], "<METHOD[@EDITION]> is empty"),
        (&["methods", "try", ""], "<FILE> is empty"),
        (&["completions", ""], "<SHELL> is empty"),
        (&["path", ""], "an empty argument is not expected"),
        (&["path", "--book", ""], "--book <DIR> is empty"),
        (&["path", "--theme", ""], "--theme <NAME> is empty"),
        (&["path", "--lang", ""], "--lang <zh|en> is empty"),
        (&["help", ""], "the command is empty"),
        (&["set", "EA-0001", ""], "one of the arguments is empty"),
        (&["add", "aspects", "=x"], "one of the arguments is empty"),
        (&["init", "--empty", "--organisation", ""], "--organisation <NAME> is empty"),
    ] {
        let wrong = book.refused(2, args);
        assert!(wrong.contains(words) && !wrong.contains("none"), "{args:?}: {wrong}");
    }
    // A query that narrows nothing is one.
    assert_eq!(book.json(&["list", "aspects", ""]), book.json(&["list", "aspects"]));
}

#[test]
fn bytes_that_are_no_text_are_told_and_may_call_a_folder() {
    let book = Book::new();
    let odd = OsStr::from_bytes(b"a\xff\xfe");
    for args in
        [&["show"][..], &["list", "aspects"], &["set", "EA-0001"], &["draw", "hazards", "--seed"], &[]]
    {
        let (code, out, wrong) = said(book.program().args(["--lang", "en"]).args(args).arg(odd));
        assert!(code == 2 && out.is_empty(), "{args:?}: {code} {wrong}");
        assert!(wrong.contains("is not text in UTF-8") || wrong.contains("there is no command"), "{wrong}");
    }
    let folder = book.0.path().join(odd);
    std::os::unix::fs::symlink(book.0.path().join("book"), &folder).unwrap();
    let list = |command: &mut Command| said(command.args(["list", "aspects", "--lang", "en"]));
    let whole = list(&mut book.program());
    assert_eq!(list(book.program().arg("--book").arg(&folder)), whole);
    assert_eq!(list(book.program().env("TAIZHANG_BOOK", &folder)), whole);
}

#[test]
fn what_cannot_be_brought_back_is_told_by_its_id() {
    let book = Book::new();
    let restore =
        |code, args: &[&str]| book.refused(code, &[&["restore"][..], args, &["--why", "x"]].concat());
    let wrong = restore(2, &["EA-0001", "--from", "#1"]);
    assert!(
        wrong.contains("EA-0001 was not there then") && wrong.contains("show EA-0001 --history"),
        "{wrong}"
    );
    let wrong = restore(2, &["EA-0001", "--field", "id"]);
    assert!(wrong.contains("\"id\" of EA-0001 was never changed"), "{wrong}");
    let wrong = restore(2, &["EA-0001", "--field", "note"]);
    assert!(wrong.contains("of EA-0001 was never changed"), "{wrong}");
    let wrong = restore(2, &["EA-0001", "--field", "nosuch"]);
    assert!(wrong.contains("Environmental aspects (aspects) has no field \"nosuch\""), "{wrong}");
    let wrong = restore(2, &["EA-0001", "--field", "aspct"]);
    assert!(wrong.contains("did you mean \"aspect\""), "{wrong}");
    assert!(restore(2, &["EA-0001", "--field", "score"]).contains("is worked out"));
    assert!(restore(1, &["EA-0018", "--field", "note"]).contains("EA-0018 was deleted"));
    // A field that was empty is emptied again, and an id that was changed comes back.
    book.json(&["set", "EA-0001", "note=x"]);
    let back = book.json(&["restore", "EA-0001", "--field", "note", "--why", "x"]);
    assert_eq!(back["fields"]["note"], Json::Null);
    book.json(&["set", "EA-0001", "id=EA-0900"]);
    let back = book.json(&["restore", "EA-0900", "--field", "id", "--why", "x"]);
    assert_eq!(back["id"], "EA-0001");
}

#[test]
fn a_drill_takes_whole_people_short_notes_and_wide_digits() {
    let book = Book::new();
    for planned in ["1.5", "-1", "10000", "x", "4294967296", "0x10", "１．５"] {
        let wrong = book.refused(2, &["drill", "start", "EP-001", &format!("--planned={planned}")]);
        assert!(wrong.contains("a whole number of people, 0 to 9999"), "{planned}: {wrong}");
    }
    let drill = book.json(&["drill", "start", "EP-001", "--planned", "２３"]);
    let (id, heads) = (drill["id"].as_str().unwrap(), &drill["fields"]["planned"]);
    assert_eq!(heads, 23);
    let stamped = book.json(&["drill", "stamp", id, "２"]);
    assert!(!stamped["clock"][1]["time"].is_null(), "{stamped}");
    for step in ["0", "6", "-1", "99999999999999999999", "２２"] {
        let wrong = book.refused(2, &["drill", "stamp", "--", id, step]);
        assert!(wrong.contains("there is no step"), "{step}: {wrong}");
    }
    let wrong = book.refused(2, &["drill", "note", id, &"字".repeat(1_001)]);
    assert!(wrong.contains("has 1001 characters, at most 1000"), "{wrong}");
    let (code, out, _) = book.run(&["drill", "note", id, &"字".repeat(1_000)]);
    assert_eq!(code, 0);
    let wide: Vec<usize> = out.lines().map(|line| line.chars().count()).filter(|width| *width > 90).collect();
    assert_eq!(wide.len(), 1, "only the note's own line is long: {out}");
}

/// The text of a method in the book with some of it replaced, as a file.
fn method(book: &Book, replace: (&str, &str)) -> String {
    let text = book.run(&["methods", "aspect-sum6", "--toml"]).1;
    assert!(text.contains(replace.0), "{text}");
    let file = book.0.path().join("new.toml");
    std::fs::write(&file, text.replace(replace.0, replace.1)).unwrap();
    file.to_str().unwrap().to_owned()
}

#[test]
fn a_new_edition_is_held_to_what_can_follow_it() {
    let book = Book::new();
    for edition in ["1000000000", "4294967295"] {
        let file = method(&book, ("edition = 1\n", &format!("edition = {edition}\n")));
        for args in
            [&["methods", "try", &file][..], &["methods", "apply", &file, "--why", "x", "--approved-by", "a"]]
        {
            let wrong = book.refused(2, args);
            assert!(wrong.contains("editions go up to 999999999"), "{wrong}");
        }
    }
    let file = method(&book, ("edition = 1\n", "edition = 999999999\n"));
    let apply = ["methods", "apply", &file, "--why", "x", "--approved-by"];
    for (by, code) in [("a\tb", "U+0009"), ("a\u{202e}b", "U+202E"), ("a\u{1b}[0m", "U+001B")] {
        let wrong = book.refused(2, &[&apply[..], &[by]].concat());
        assert!(
            wrong.contains("--approved-by has an invisible character") && wrong.contains(code),
            "{wrong}"
        );
    }
    let wrong = book.refused(2, &["methods", "apply", &file, "--why", "a\nb", "--approved-by", "a"]);
    assert!(wrong.contains("--why has an invisible character U+000A"), "{wrong}");
    assert_eq!(book.run(&[&apply[..], &["a"]].concat()).0, 0);
    assert!(book.refused(2, &["methods", "try", &file]).contains("999999999"));
}

#[test]
fn a_folder_is_not_taken_for_a_file_that_is_missing() {
    let book = Book::new();
    let folder = book.0.path().to_str().unwrap().to_owned();
    for path in [folder.as_str(), "journal"] {
        let wrong = book.refused(2, &["methods", "try", path]);
        assert!(wrong.contains(&format!("{path} is a folder, not a file")), "{wrong}");
    }
    assert!(book.refused(2, &["methods", "try", "nosuch.toml"]).contains("There is no file"));
}

#[test]
fn a_distance_into_the_future_is_still_to_come() {
    let book = Book::new();
    for ahead in ["+1y", "1y", "＋１ｙ"] {
        for args in [["changes", "--since", ahead], ["list", "aspects", "--as-of"]] {
            let args = if args[2] == "--as-of" { [&args[..], &[ahead]].concat() } else { args.to_vec() };
            let wrong = book.refused(2, &args);
            assert!(wrong.contains("2023-05-13 is still to come"), "{args:?}: {wrong}");
        }
    }
}

#[test]
fn changes_by_nobody_name_who_there_is() {
    let book = Book::new();
    let wrong = book.refused(2, &["changes", "--since", "#0", "--by", "nobody"]);
    assert!(wrong.contains("nobody called \"nobody\" has changed anything. There are: "), "{wrong}");
    assert!(wrong.contains("体系专员"), "{wrong}");
    let wrong = book.refused(2, &["changes", "--since", "#0", "--by", "体系专原"]);
    assert!(wrong.contains("did you mean \"体系专员\"?"), "{wrong}");
    // Who did nothing in that time is there all the same.
    let (code, out, _) = book.run(&["changes", "--since", "#12", "--until", "#12", "--by", "体系专员"]);
    assert!(code == 0 && out.contains("0 commits"), "{out}");
}

#[test]
fn a_state_that_cannot_be_read_is_told_in_our_words_first() {
    let book = Book::new();
    std::fs::write(book.0.path().join("book/state/conf"), "\u{1b}[31mnonsense").unwrap();
    let (code, out, wrong) = book.run(&["verify"]);
    assert!(code == 1 && wrong.is_empty(), "{code} {wrong}");
    let said = out.lines().next().unwrap();
    assert!(
        said.starts_with("the state (state/ in the folder of the book) cannot be read. The journal"),
        "{said}"
    );
    assert!(
        said.contains("delete state/") && said.ends_with("What the storage said: sled: corrupted data."),
        "{said}"
    );
    let (code, _, wrong) = book.run(&["set", "EA-0001", "note=x"]);
    assert!(
        code == 0 && wrong.contains("nothing is lost. What was wrong with it: sled: corrupted"),
        "{wrong}"
    );
}

#[test]
fn no_member_of_an_emoji_family_is_lost() {
    let book = Book::new();
    let family = "👨\u{200d}👩\u{200d}👧\u{200d}👦";
    let kept = book.json(&["set", "EA-0001", &format!("note={family}")]);
    assert_eq!(kept["fields"]["note"], family);
    let (_, out, _) = book.run(&["show", "EA-0001"]);
    assert!(out.contains("👨👩👧👦") && !out.contains('\u{200d}'), "{out}");
}

/// What could be written and not be read again would make a damaged journal of a slip of the finger.
#[test]
fn a_far_date_is_refused_and_the_journal_stays_whole() {
    let book = Book::new();
    for far in ["+100000y", "-3000y", "100000m", "+7978y"] {
        let wrong = book.refused(2, &["set", "EA-0001", &format!("review={far}")]);
        assert!(wrong.contains("the year must lie between 1900 and 9999"), "{wrong}");
    }
    book.json(&["set", "EA-0001", "review=+7977y"]);
    assert_eq!(book.json(&["verify"])["findings"], serde_json::json!([]));
    assert_eq!(book.json(&["show", "EA-0001"])["fields"]["review"], "9999-05-13");
}

#[test]
fn an_id_and_a_title_can_be_seen_and_typed() {
    let book = Book::new();
    let long = "x".repeat(61);
    for id in ["", "\u{3000}", "\u{200b}", "a\u{1b}[31m", "a\u{200b}b", "a\u{202e}b", "a\nb", &long] {
        for args in [&["set", "EA-0001"][..], &["add", "aspects", "aspect=x"]] {
            let pair = format!("id={id}");
            // A new entry gets the next id where none is given.
            if args[0] == "add" && id.trim().is_empty() {
                continue;
            }
            let wrong = book.refused(2, &[args, &[&pair]].concat());
            assert!(wrong.contains("cannot be a serial") && !wrong.contains("none"), "{id:?}: {wrong}");
        }
    }
    let wrong = book.refused(2, &["set", "EA-0001", "aspect=\u{200b}"]);
    assert!(wrong.contains("must not be empty"), "{wrong}");
    assert_eq!(book.json(&["set", "EA-0001", "id=ZKDG/环-01（2）"])["id"], "ZKDG/环-01（2）");
}

#[test]
fn nothing_is_taken_twice_or_overlooked() {
    let book = Book::new();
    for (args, words) in [
        (&["add", "aspects", "aspect=a", "aspect=b"][..], "\"aspect\" is given twice"),
        (&["set", "EA-0001", "condition=normal", "状态=正常"], "is given twice"),
        (&["set", "EA-0001", "id=A-1", "id=A-2"], "is given twice"),
        (&["score", "lec", "L=3", "L=6", "E=6", "C=15"], "the factor L is given twice"),
        (&["score", "lec", "L=3_0", "E=6", "C=15"], "is not a number"),
        (&["score", "lec", "L=", "E=6", "C=15"], "the value \"\" of factor L"),
        (&["add", "aspects", "aspect=a", "--stdin"], "exclude each other"),
        (&["list", "aspects", "--columns", ","], "there is no column \"\""),
        (&["list", "aspects", "--sort=--score"], "there is no column \"-score\""),
        (&["list", "aspects", "--limit", "-1"], "--limit <N> cannot be \"-1\""),
        (&["draw", "hazards", "--count", "-1"], "--count <N> cannot be \"-1\""),
    ] {
        let wrong = book.refused(2, args);
        assert!(wrong.contains(words), "{args:?}: {wrong}");
    }
    assert_eq!(
        book.json(&["list", "aspects", "--sort", "-score，id"]),
        book.json(&["list", "aspects", "--sort", "-score,id"])
    );
    let many = "a|".repeat(50_000);
    assert!(book.refused(2, &["list", "aspects", &many]).contains("too many conditions; 1000 at most"));
}

#[test]
fn lines_from_other_programs_are_read_or_told() {
    let book = Book::new();
    let add = |bytes: &[u8]| {
        let mut command = book.program();
        command.args(["add", "aspects", "--stdin", "--lang", "en"]);
        let mut child =
            command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
        child.stdin.take().unwrap().write_all(bytes).unwrap();
        let output = child.wait_with_output().unwrap();
        (output.status.code().unwrap(), String::from_utf8(output.stderr).unwrap())
    };
    assert_eq!(add("\u{feff}{\"aspect\":\"a\"}\r\n\r\n{\"aspect\":\"b\"}".as_bytes()), (0, String::new()));
    let (code, wrong) = add(b"{\"aspect\":\"a\"}\n{\"aspect\":\"\xff\"}\n");
    assert!(code == 2 && wrong.contains("line 2: this is not text in UTF-8."), "{wrong}");
}

#[test]
fn a_reader_that_leaves_is_no_error_however_much_is_printed() {
    let book = Book::new();
    for args in
        [&["list", "aspects", "--json"][..], &["completions", "bash"], &["--help"], &["show", "EA-0001"]]
    {
        let (reader, writer) = std::io::pipe().unwrap();
        drop(reader);
        let output = book.program().args(args).stdout(writer).output().unwrap();
        assert_eq!((output.status.code(), output.stderr.len()), (Some(0), 0), "{args:?}");
    }
    // What was wrong is said all the same.
    let (reader, writer) = std::io::pipe().unwrap();
    drop(reader);
    assert_eq!(
        book.program().args(["show", "nosuch"]).stdout(writer).output().unwrap().status.code(),
        Some(1)
    );
    let (reader, writer) = std::io::pipe().unwrap();
    drop(reader);
    assert_eq!(
        book.program().args(["show", "nosuch"]).stderr(writer).output().unwrap().status.code(),
        Some(1)
    );
}

#[test]
fn people_days_and_options_are_what_they_should_be() {
    let book = Book::new();
    let before = book.commits();
    for (args, words) in [
        (&["evaluate", "HZ-0002", "--by", "，,、"][..], "--by <NAMES> is empty"),
        (&["evaluate", "HZ-0002", "--by", "a\u{1b}[1m"], "--by has an invisible character U+001B"),
        (&["methods", "carry", "lec", "--by", ","], "--by <NAMES> is empty"),
        (&["evaluate", "HZ-0002", "--on", "2022-03"], "\"2022-03\" is no day; write 2022-03-18"),
        (&["methods", "carry", "lec", "--on", "soon"], "\"soon\" is no day"),
        (&["methods", "lec", "--toml", "--json"], "exclude each other"),
        (&["init", "--sample", "--organisation", "x"], "exclude each other"),
        (&["methods", "try", "/dev/null"], "/dev/null is no ordinary file"),
        (&["set", "EA-0001", "impact=，,"], "there is no choice"),
        (&["set", "EA-0001", "documents=,"], "there is no \",\""),
        (&["drill"], "a command is missing behind it; there are start, stamp, note, end"),
    ] {
        let wrong = book.refused(2, args);
        assert!(wrong.contains(words), "{args:?}: {wrong}");
    }
    assert_eq!(book.commits(), before);
    let made = book.json(&["evaluate", "HZ-0002", "--by", "甲，,、乙,"]);
    assert_eq!(made["fields"]["evaluation"]["by"], serde_json::json!(["甲", "乙"]));
    assert_eq!(book.json(&["show", "ＥＡ－０００１"]), book.json(&["show", "EA-0001"]));
}

/// A value of another shape once sent the program round for ever, and a hash of another form out of the folder.
#[test]
fn values_of_another_shape_are_refused() {
    let book = Book::new();
    for value in ["1", "-7", "\"x\"", "true", "{}", "x", "[1]", "[[]]"] {
        let wrong = book.refused(2, &["set", "DR-2022-01", &format!("timeline={value}")]);
        assert!(wrong.contains("has the wrong shape; this field takes rows"), "{value}: {wrong}");
    }
    let register = "id = \"scans\"\nname = { zh = \"扫描件\", en = \"Scans\" }\nserial = \"SC-{000}\"\ntitle = \"title\"\n\
                    columns = [\"id\", \"title\"]\n\n[[fields]]\nid = \"title\"\nname = { zh = \"名称\", en = \"title\" }\n\
                    kind = \"text\"\n\n[[fields]]\nid = \"scan\"\nname = { zh = \"文件\", en = \"scan\" }\nkind = \"files\"\n";
    std::fs::write(book.0.path().join("book/registers/scans.toml"), register).unwrap();
    for hash in ["/dev/zero", "../book.toml", "", "ABC"] {
        let mut command = book.program();
        command
            .args(["add", "scans", "--stdin", "--lang", "en"])
            .stdin(Stdio::piped())
            .stderr(Stdio::piped());
        let mut child = command.spawn().unwrap();
        let line =
            format!("{{\"title\":\"a\",\"scan\":[{{\"name\":\"a\",\"size\":1,\"sha256\":\"{hash}\"}}]}}");
        child.stdin.take().unwrap().write_all(line.as_bytes()).unwrap();
        let output = child.wait_with_output().unwrap();
        assert_eq!(output.status.code(), Some(2), "{hash}");
    }
}
