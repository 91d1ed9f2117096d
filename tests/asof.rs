//! A look at a past day shows what a book of that day shows, by every command, and leaves the book as it is, by every key.
#![allow(clippy::unwrap_used, clippy::indexing_slicing, clippy::panic)]

mod common;
#[path = "common/office.rs"]
mod office;
#[path = "common/terminal.rs"]
mod terminal;

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use office::{ESC, Office};
use taizhang::tui::action::{Action, Scope};
use taizhang::tui::keymap::Keymap;

fn run(home: &Path, book: &Path, args: &[&str]) -> (String, i32) {
    let mut command = Command::new(env!("CARGO_BIN_EXE_taizhang"));
    command.env("HOME", home).args(["--lang", "en", "--book"]).arg(book).args(args);
    let output = command.output().unwrap();
    let out = String::from_utf8(output.stdout).unwrap();
    // A draw says of which day it is; that is the one difference.
    let lines = out.lines().filter(|line| !line.trim_start().starts_with("\"as_of\""));
    (lines.collect::<Vec<_>>().join("\n"), output.status.code().unwrap())
}

/// The book as its folder was after the commit `seq`, with that day as today.
fn book_of(whole: &Path, to: &Path, seq: usize) {
    fs::create_dir_all(to.join("journal")).unwrap();
    let (mut commits, mut day) = (0, String::new());
    let mut files: Vec<PathBuf> =
        fs::read_dir(whole.join("journal")).unwrap().map(|file| file.unwrap().path()).collect();
    files.sort();
    for file in files {
        let mut kept = String::new();
        for line in fs::read_to_string(&file).unwrap().lines() {
            if let Some(rest) = line.strip_prefix("{\"commit\"") {
                commits += 1;
                let utc = rest.split("\"utc\":\"").nth(1).unwrap().split('"').next().unwrap();
                let utc: chrono::DateTime<chrono::Utc> = utc.parse().unwrap();
                if commits <= seq {
                    day = (utc + chrono::TimeDelta::hours(8)).format("%Y-%m-%d").to_string();
                }
            }
            if commits <= seq {
                kept.push_str(line);
                kept.push('\n');
            }
        }
        if !kept.is_empty() {
            fs::write(to.join("journal").join(file.file_name().unwrap()), kept).unwrap();
        }
    }
    let marker = fs::read_to_string(whole.join("book.toml")).unwrap();
    let own = marker.lines().find(|line| line.starts_with("today")).unwrap();
    fs::write(to.join("book.toml"), marker.replace(own, &format!("today = \"{day}\""))).unwrap();
}

#[test]
fn every_look_at_a_commit_is_the_look_at_the_book_of_then() {
    let office = Office::with_sample();
    let (home, whole) = (office.folder.path(), office.book());
    for args in [
        &["delete", "HZ-0004", "--why", "试"][..],
        &["add", "aspects", "aspect=粉尘"],
        &["delete", "EA-0002", "--why", "试"],
    ] {
        assert_eq!(run(home, &whole, args).1, 0, "{args:?}");
    }
    let looks: &[&[&str]] = &[
        &["registers", "--json"],
        &["fields", "aspects", "--json"],
        &["views", "--json"],
        &["views"],
        &["methods", "--json"],
        &["list", "aspects", "--json"],
        &["list", "aspects"],
        &["list", "significant-aspects", "--csv"],
        &["list", "hazards", "部门:技术部", "--json"],
        &["list", "drills", "--json"],
        &["list", "documents", "--json"],
        &["find", "火灾", "--json"],
        &["find", "漏电"],
        &["show", "EA-0002", "--json", "--history"],
        &["show", "HZ-0004", "--history"],
        &["show", "DR-2022-01"],
        &["draw", "hazards", "--count", "4", "--seed", "s", "--json"],
        &["status"],
        &["status", "--line"],
        &["status", "--json"],
        &["due", "--json"],
        &["reviews", "--json"],
        &["questions", "--json"],
    ];
    for seq in [1, 3, 9, 11, 14, 15] {
        let then = home.join(format!("then-{seq}"));
        book_of(&whole, &then, seq);
        for look in looks {
            let now = run(home, &whole, &[look, &["--as-of", &format!("#{seq}")][..]].concat());
            // Of an entry that there was not yet, both say so.
            assert_eq!(now, run(home, &then, look), "commit {seq}: {look:?}");
        }
    }
}

#[test]
fn no_key_writes_into_a_past() {
    let office = Office::with_sample();
    let read = || {
        let files = fs::read_dir(office.book().join("journal")).unwrap();
        let mut files: Vec<_> =
            files.flatten().map(|file| (file.path(), fs::read(file.path()).unwrap())).collect();
        files.sort();
        files
    };
    let before = read();
    let mut terminal = office.start("zh", (80, 24), &[]);
    terminal.wait("要办的事").press("@", "看哪天的样子").press("2021-12-31\r", "截至 2021-12-31");
    let keymap = Keymap::default();
    let mut pressed = Vec::new();
    for (scope, leads) in [(Scope::Home, ""), (Scope::Table, "1"), (Scope::Page, "\r")] {
        if !leads.is_empty() {
            terminal.press(leads, if leads == "1" { "17 条" } else { "历史" });
        }
        // A question about a past is kept in the present.
        let writes = Action::ALL.iter().filter(|action| action.writes() && **action != Action::Question);
        for action in writes {
            let keys = keymap.keys(scope, *action);
            for key in keys.iter().filter(|key| key.chars().count() == 1) {
                pressed.push(*action);
                terminal.press(key, "不能改").send("j").wait_gone("不能改");
            }
        }
    }
    for action in [Action::Add, Action::Edit, Action::Evaluate, Action::Delete, Action::Undo, Action::Review]
    {
        assert!(pressed.contains(&action), "{action}");
    }
    terminal.send(ESC).wait("截至 2021-12-31");
    drop(terminal);
    assert_eq!(read(), before);
}
