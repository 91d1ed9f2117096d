//! What new users stumbled over in the commands, so that nobody does again.
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

    fn command(&self, lang: &str, args: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_taizhang"));
        command.env_clear().env("HOME", self.0.path()).env("LC_ALL", "C.UTF-8");
        command.args(args).arg("--book").arg(self.0.path().join("book")).args(["--lang", lang]);
        command
    }

    fn run(&self, args: &[&str]) -> (i32, String, String) {
        let output = self.command("en", args).output().unwrap();
        let text = |bytes: &[u8]| String::from_utf8(bytes.to_vec()).unwrap();
        (output.status.code().unwrap(), text(&output.stdout), text(&output.stderr))
    }

    fn json(&self, args: &[&str]) -> Json {
        let (code, out, wrong) = self.run(&[args, &["--json"]].concat());
        assert_eq!(code, 0, "{args:?}: {wrong}");
        serde_json::from_str(&out).unwrap_or_else(|error| panic!("{error}: {out}"))
    }
}

#[test]
fn an_evaluation_by_command_keeps_the_residual() {
    let book = Book::new();
    let before = book.json(&["show", "HZ-0002"])["fields"]["evaluation"]["residual"].clone();
    assert!(!before["score"].is_null(), "{before}");
    let after = book.json(&["evaluate", "HZ-0002", "L=6", "E=6", "C=15", "--why", "x"]);
    assert_eq!(after["fields"]["evaluation"]["residual"], before);
    // Also where only who took part is said anew.
    let after = book.json(&["evaluate", "HZ-0002", "--by", "a"]);
    assert_eq!(after["fields"]["evaluation"]["residual"], before);
    let (code, _, said) = book.run(&["evaluate", "HZ-0002", "L=0.1", "E=0.5", "C=1", "--why", "x"]);
    assert_eq!(code, 0);
    assert!(said.contains("residual score is above"), "{said}");
    // A residual of nothing is no residual.
    let (code, _, said) = book.run(&["evaluate", "HZ-0002", "--residual"]);
    assert_eq!(code, 2);
    assert!(said.contains("factors still missing"), "{said}");
}

/// A level that changes wants a reason, and says from which to which; the reason stands in the history.
#[test]
fn a_level_that_changes_wants_a_reason() {
    let book = Book::new();
    let before = book.json(&["show", "EA-0002"]);
    let factors = ["A=1", "B=2", "C=3", "D=2", "E=3", "F=3"];
    let (code, _, said) = book.run(&[&["evaluate", "EA-0002"][..], &factors].concat());
    assert_eq!(code, 2);
    assert!(said.contains("from 16 ! significant to 14 general") && said.contains("--why"), "{said}");
    let (code, _, _) = book.run(&[&["evaluate", "EA-0002", "--why", " "][..], &factors].concat());
    assert_eq!((code, book.json(&["show", "EA-0002"])), (2, before));
    book.json(&[&["evaluate", "EA-0002", "--why", "another supplier"][..], &factors].concat());
    let (_, out, _) = book.run(&["show", "EA-0002", "--history"]);
    assert!(out.contains("another supplier"), "{out}");
    // The level that stands may be found again without one.
    book.json(&["evaluate", "EA-0002", "A=1", "B=2", "C=3", "D=2", "E=3", "F=2"]);
}

#[test]
fn a_method_judges_only_what_it_is_made_for() {
    let book = Book::new();
    let aspects = ["a=1", "b=1", "c=1", "d=1", "e=1"];
    let (code, _, said) =
        book.run(&[&["evaluate", "HZ-0002", "--method", "aspect-146"][..], &aspects].concat());
    assert_eq!(code, 2);
    assert!(said.contains("does not judge") && said.contains("these do: lec, lec-en, ls, mes"), "{said}");
    let (code, _, said) = book.run(&["evaluate", "HZ-0002", "--method", "ls", "L=2", "S=3", "--why", "x"]);
    assert_eq!(code, 0, "{said}");
    // An organisation's own method that says nothing of its subject may judge anything, as before.
    let own = std::fs::read_to_string("data/methods/ls.toml").unwrap();
    let own = own.replace("subject = \"hazard\"\n", "").replace("id = \"ls\"", "id = \"own\"");
    std::fs::write(book.0.path().join("book/methods/own.toml"), own).unwrap();
    for entry in ["HZ-0002", "EA-0002"] {
        let (code, _, said) = book.run(&["evaluate", entry, "--method", "own", "L=2", "S=3", "--why", "x"]);
        assert_eq!(code, 0, "{said}");
    }
}

#[test]
fn a_deleted_entry_is_still_called_by_its_name() {
    let book = Book::new();
    let name = book.json(&["show", "AC-002"])["fields"]["title"].as_str().unwrap().to_owned();
    let linking = book.json(&["list", "aspects", &format!("activity:{name}")])[0]["id"].clone();
    assert_eq!(book.run(&["delete", "AC-002", "--why", "x"]).0, 0);
    let (_, out, _) = book.run(&["show", linking.as_str().unwrap()]);
    assert!(out.contains(&format!("{name} (deleted)")), "{out}");
    let link = book.json(&["show", linking.as_str().unwrap()])["fields"]["activity"][0].clone();
    assert_eq!((link["id"].as_str(), link["title"].as_str()), (Some("AC-002"), Some(name.as_str())));
    // Also where the state is made anew from the journal, and where it is called by a name it got later.
    std::fs::remove_dir_all(book.0.path().join("book/state")).unwrap();
    let (_, out, _) = book.run(&["show", linking.as_str().unwrap()]);
    assert!(out.contains(&format!("{name} (deleted)")), "{out}");
    let (code, out, said) = book.run(&["undo"]);
    assert_eq!(code, 0, "{said}");
    assert!(out.contains(&name) && !out.contains("(deleted)"), "{out}");
}

#[test]
fn the_residual_is_told_in_words_too() {
    let book = Book::new();
    let (_, out, _) = book.run(&["show", "HZ-0004", "--history"]);
    assert!(out.contains("270 >= 160 (L3 E6 C15), residual 45 "), "{out}");
    let figures = out.lines().any(|line| line.contains("residual 90 ") && line.contains("-> 270"));
    assert!(figures && out.contains("(L3 E6 C15)"), "{out}");
    let (_, out, _) = book.run(&["evaluate", "HZ-0004", "--residual", "L=0.2", "E=6", "C=15"]);
    assert!(out.contains("residual 18 "), "{out}");
}

#[test]
fn what_is_wrong_in_one_of_many_lines_says_in_which() {
    let book = Book::new();
    let add = |lines: &str| {
        let mut command = book.command("en", &["add", "departments", "--stdin"]);
        let pipe = std::process::Stdio::piped;
        let mut child = command.stdin(pipe()).stdout(pipe()).stderr(pipe()).spawn().unwrap();
        std::io::Write::write_all(&mut child.stdin.take().unwrap(), lines.as_bytes()).unwrap();
        let output = child.wait_with_output().unwrap();
        (output.status.code().unwrap(), String::from_utf8(output.stderr).unwrap())
    };
    let before = book.json(&["list", "departments"]);
    for wrong in ["{\"titel\":\"b\"}", "{\"head\":\"b\"}", "{\"title\":3.5e999}", "[]"] {
        let (code, said) = add(&format!("{{\"title\":\"a\"}}\n\n{wrong}\n{{\"title\":\"c\"}}\n"));
        assert_eq!(code, 2, "{said}");
        assert!(said.contains("line 3") && said.to_lowercase().contains("nothing was changed"), "{said}");
    }
    assert_eq!(book.json(&["list", "departments"]), before);
}

#[test]
fn a_column_or_choice_that_there_is_not_says_which_there_are() {
    let book = Book::new();
    for args in [["--columns", "id,foo"], ["--sort", "-foo"]] {
        let (code, _, said) = book.run(&[&["list", "aspects"][..], &args].concat());
        assert_eq!(code, 2);
        assert!(said.contains("residual-score") && !said.contains("quote"), "{said}");
    }
    let (_, out, _) = book.run(&["fields", "aspects"]);
    let fields = book.json(&["fields", "aspects"]);
    for id in ["id", "score", "level", "residual-score"] {
        assert!(
            out.lines().any(|line| line.starts_with(&format!("{id} ")) && line.contains("computed")),
            "{out}"
        );
        assert!(
            fields.as_array().unwrap().iter().any(|field| field["id"] == id && field["kind"] == "computed")
        );
    }
    let (code, out, said) = book.run(&["list", "aspects", "condition:zz"]);
    assert_eq!(code, 0, "{out}");
    assert!(said.contains("normal abnormal emergency"), "{said}");
    assert_eq!(book.run(&["list", "aspects", "condition:normal", "-condition:zz"]).2, "");
}

#[test]
fn the_folder_of_the_book_is_told_as_json_too() {
    let book = Book::new();
    let told = book.json(&["path"]);
    assert!(told["book"] == true && told["path"].as_str().unwrap().ends_with("/book"), "{told}");
}
