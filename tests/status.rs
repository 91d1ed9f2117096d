//! `status`: its figures are those of the lists, and a book that cannot be counted whole says so before any figure.
#![allow(clippy::unwrap_used, clippy::indexing_slicing, clippy::panic)]

mod common;

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use serde_json::Value as Json;

struct Book(tempfile::TempDir);

impl Book {
    fn with_sample() -> Self {
        let book = Self(tempfile::tempdir().unwrap());
        drop(common::sample(&book.path()));
        book
    }

    fn path(&self) -> PathBuf {
        self.0.path().join("book")
    }

    fn run(&self, lang: &str, args: &[&str]) -> (i32, String, String) {
        let output = run_on(self.0.path(), &self.path(), lang, args);
        let text = |bytes: &[u8]| String::from_utf8(bytes.to_vec()).unwrap();
        (output.status.code().unwrap(), text(&output.stdout), text(&output.stderr))
    }

    fn json(&self, args: &[&str]) -> Json {
        let (code, out, wrong) = self.run("en", &[args, &["--json"]].concat());
        assert_eq!(code, 0, "{args:?}: {wrong}");
        serde_json::from_str(&out).unwrap_or_else(|error| panic!("{error}: {out}"))
    }

    fn count(&self, args: &[&str]) -> u64 {
        self.json(args).as_array().unwrap().len() as u64
    }
}

fn run_on(home: &Path, book: &Path, lang: &str, args: &[&str]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_taizhang"));
    command.env_clear().env("HOME", home).env("LC_ALL", "C.UTF-8").env("USER", "tester");
    command.args(args).arg("--book").arg(book).args(["--lang", lang]).output().unwrap()
}

#[test]
fn each_figure_is_what_the_lists_hold() {
    let book = Book::with_sample();
    for args in [
        ["add", "aspects", "aspect=粉尘"],
        ["add", "hazards", "hazard=高温"],
        ["add", "questions", "question=谁签的字？"],
    ] {
        let (code, out, wrong) = book.run("en", &args);
        assert_eq!(code, 0, "{args:?}: {out}{wrong}");
    }
    let nc = ["add", "nonconformities", "title=门锁闭", "date=2022-04-20", "source=drill", "owner=x"];
    for due in ["due=2022-05-20", "due=2022-05-01", "due=2022-12-31"] {
        let (code, _, wrong) = book.run("en", &[&nc[..], &["department=DP-002", due]].concat());
        assert_eq!(code, 0, "{wrong}");
    }
    assert_eq!(book.run("en", &["set", "CT-003", "until=2022-06-01"]).0, 0);
    let status = book.json(&["status"]);
    let due = book.json(&["due"]);
    let due = |what: &str, register: &str| {
        let of = |row: &&Json| row["what"] == what && row["id"].as_str().unwrap().starts_with(register);
        due.as_array().unwrap().iter().filter(of).count() as u64
    };
    assert!(status["damaged"].is_null());
    for register in status["registers"].as_array().unwrap() {
        let id = register["id"].as_str().unwrap();
        assert_eq!(register["entries"], book.count(&["list", id]), "{id}");
        assert_eq!(register["incomplete"], book.count(&["list", id, "open>0"]), "{id}");
        let stale = ["aspects", "hazards", "plans", "documents", "requirements"].contains(&id);
        let count = if stale { book.count(&["list", id, "stale:yes"]).into() } else { Json::Null };
        assert_eq!(register["stale"], count, "{id}");
        if register["listed"].is_null() {
            continue;
        }
        assert_eq!(register["listed"], book.count(&["list", id, "listed:yes"]), "{id}");
        assert_eq!(register["unrated"], book.count(&["list", id, "evaluation:-"]), "{id}");
        let prefix = if id == "aspects" { "EA" } else { "HZ" };
        assert_eq!(register["review_due"], due("review", prefix), "{id}");
        for (level, counts) in register["levels"].as_object().unwrap() {
            let of = book.count(&["list", id, &format!("level={level}")]);
            assert_eq!(counts["initial"], of, "{id} {level}");
        }
        for (department, listed) in register["listed_by_department"].as_object().unwrap() {
            let query = format!("listed:yes department={department}");
            assert_eq!(*listed, book.count(&["list", id, &query]), "{id} {department}");
        }
    }
    assert_eq!(status["drills_due"], due("drill", ""));
    assert_eq!((due("dated", "NC"), due("dated", "CT")), (2, 1));
    // An entry with several dates is counted once.
    let near = |what: &str| {
        let due = book.json(&["due", "--days", "30"]);
        let ids = due.as_array().unwrap().iter().filter(|row| row["what"] == what);
        let ids = ids.map(|row| row["id"].as_str().unwrap().to_owned());
        ids.collect::<std::collections::BTreeSet<_>>().len() as u64
    };
    assert_eq!((&status["dated_due"], &status["months_due"]), (&near("dated").into(), &near("month").into()));
    let within = |days: &str| {
        let due = book.json(&["due", "--days", days]);
        let own = |row: &&Json| ["NC-", "CT-"].iter().any(|own| row["id"].as_str().unwrap().starts_with(own));
        due.as_array().unwrap().iter().filter(|row| row["what"] == "dated").filter(own).count()
    };
    assert_eq!((within("0"), within("7"), within("300")), (1, 2, 4));
    let (_, out, _) = book.run("zh", &["due"]);
    assert!(out.contains("完成纠正措施：门锁闭") && out.contains("合同到期：手机银行月末冲刺活动"), "{out}");
    assert_eq!(status["open_reviews"], book.count(&["list", "open-reviews"]));
    assert_eq!(status["open_questions"], book.count(&["list", "questions-open"]));
    let drills = book.json(&["list", "drills"]);
    let unclosed = |drill: &&Json| {
        let problems = drill["fields"]["problems"].as_array();
        problems.is_some_and(|problems| problems.iter().any(|problem| problem["closed"].is_null()))
    };
    assert_eq!(status["open_problems"], drills.as_array().unwrap().iter().filter(unclosed).count() as u64);
    assert!(status["open_questions"] == 1 && status["open_problems"] == 1);
    assert!(status["registers"][0]["unrated"] == 1 && status["registers"][1]["unrated"] == 1);
    for lang in ["zh", "en"] {
        let (code, line, wrong) = book.run(lang, &["status", "--line"]);
        assert!(code == 0 && wrong.is_empty() && line.lines().count() == 1, "{line}{wrong}");
        let figures: Vec<&str> =
            line.split(|c: char| !c.is_ascii_digit()).filter(|n| !n.is_empty()).collect();
        assert_eq!(figures.len(), 8, "{line}");
        assert!(figures.contains(&"14"), "{line}");
    }
}

#[test]
fn a_damaged_book_says_so_before_its_figures() {
    let book = Book::with_sample();
    let file = book.path().join("journal/2022.jsonl");
    let whole = fs::read_to_string(&file).unwrap();
    let broken = whole.replacen("\"field\"", "\"fIeld\"", 1);
    let line = whole.lines().position(|line| line.contains("\"field\"")).unwrap() + 1;
    let cut = whole.get(..whole.trim_end().rfind("{\"commit\"").unwrap()).unwrap();
    for (harm, line) in [(broken.as_str(), Some(line)), (cut, None)] {
        fs::write(&file, harm).unwrap();
        for (lang, first) in [("zh", "! 账簿损坏"), ("en", "! damaged")] {
            let (code, out, wrong) = book.run(lang, &["status", "--line"]);
            assert!(code == 3 && out.lines().count() == 1, "{code}: {out}");
            assert!(
                out.starts_with(first) && out.contains("2022.jsonl") && wrong.contains("2022.jsonl"),
                "{out}"
            );
            let (code, out, _) = book.run(lang, &["status"]);
            assert!(code == 3 && out.starts_with(first), "{out}");
        }
        let (code, out, _) = book.run("en", &["status", "--json"]);
        let said: Json = serde_json::from_str(&out).unwrap();
        assert_eq!(code, 3);
        assert_eq!(said["damaged"]["line"].as_u64().map(|line| usize::try_from(line).unwrap()), line);
        assert!(said["damaged"]["file"].as_str().unwrap().ends_with("2022.jsonl"));
        assert!(said["damaged"]["message"].as_str().unwrap().contains("backup"), "{said}");
        // Every look leaves so, also one at a day behind the damage.
        for args in [&["list", "aspects"][..], &["find", "火灾"], &["list", "aspects", "--as-of", "#13"]] {
            let (code, _, wrong) = book.run("en", args);
            assert!(code == 3 && wrong.contains("2022.jsonl"), "{args:?}: {code} {wrong}");
        }
        let (code, _, wrong) = book.run("en", &["add", "aspects", "aspect=x"]);
        assert!(code == 3 && wrong.contains("2022.jsonl"), "{code} {wrong}");
        assert_eq!(fs::read_to_string(&file).unwrap(), harm);
        let (code, out, _) = book.run("en", &["verify"]);
        assert!(code == 3 && out.contains("2022.jsonl"), "{out}");
        assert!(line.is_none() || !out.contains("delete state/"), "{out}");
    }
}

#[test]
fn where_there_is_no_book_there_are_no_figures_and_one_that_is_held_is_counted() {
    let book = Book::with_sample();
    let nothing = run_on(book.0.path(), &book.0.path().join("nothing"), "en", &["status", "--line"]);
    assert!(nothing.status.code() == Some(2) && nothing.stdout.is_empty());
    let before = book.run("en", &["status", "--line"]);
    let held = common::open(&book.path());
    assert_eq!(book.run("en", &["status", "--line"]), before);
    drop(held);
}
