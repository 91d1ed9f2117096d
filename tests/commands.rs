//! The commands as scripts meet them: what they print, and with which code they leave.
#![allow(clippy::unwrap_used, clippy::indexing_slicing, clippy::panic)]

mod common;

use std::fs;
use std::io::Write;
use std::path::Path;
use std::process::{Command, Output, Stdio};

use serde_json::Value as Json;

struct Book(tempfile::TempDir);

impl Book {
    fn new() -> Self {
        let book = Self(tempfile::tempdir().unwrap());
        drop(common::sample(&book.0.path().join("book")));
        book
    }

    fn command(&self, lang: &str, args: &[&str]) -> Command {
        let mut command = program(self.0.path());
        command.args(args).arg("--book").arg(self.0.path().join("book")).args(["--lang", lang]);
        command
    }

    fn run(&self, args: &[&str]) -> (i32, String, String) {
        said(&self.command("en", args).output().unwrap())
    }

    fn json(&self, args: &[&str]) -> Json {
        let (code, out, wrong) = self.run(&[args, &["--json"]].concat());
        assert_eq!(code, 0, "{args:?}: {wrong}");
        serde_json::from_str(&out).unwrap_or_else(|error| panic!("{error}: {out}"))
    }
}

fn program(home: &Path) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_taizhang"));
    command.env_clear().env("HOME", home).env("LC_ALL", "C.UTF-8");
    command
}

fn said(output: &Output) -> (i32, String, String) {
    let text = |bytes: &[u8]| String::from_utf8(bytes.to_vec()).unwrap();
    (output.status.code().unwrap(), text(&output.stdout), text(&output.stderr))
}

fn ids(list: &Json) -> Vec<&str> {
    list.as_array().unwrap().iter().map(|entry| entry["id"].as_str().unwrap()).collect()
}

#[test]
fn an_entry_is_the_same_json_in_every_language() {
    let book = Book::new();
    let shown = book.json(&["show", "EA-0002"]);
    assert_eq!(shown["register"], "aspects");
    assert_eq!(
        shown["fields"]["condition"],
        serde_json::json!({ "code": "normal", "zh": "正常", "en": "normal" })
    );
    let evaluation = &shown["fields"]["evaluation"];
    assert_eq!(
        (&evaluation["method"], &evaluation["edition"], &evaluation["score"]),
        (&"aspect-sum6".into(), &1.into(), &16.into())
    );
    assert_eq!(
        evaluation["level"],
        serde_json::json!({ "code": "significant", "zh": "重要", "en": "significant" })
    );
    assert_eq!(evaluation["reason"], serde_json::json!({ "zh": "合计 16 >= 15", "en": "total 16 >= 15" }));
    assert_eq!(evaluation["factors"]["A"], 3);
    let (_, zh, _) = said(&book.command("zh", &["show", "EA-0002", "--json"]).output().unwrap());
    assert_eq!(serde_json::from_str::<Json>(&zh).unwrap(), shown);
    assert_eq!(ids(&book.json(&["list", "significant-aspects"])), ["EA-0007", "EA-0012", "EA-0002"]);
    assert_eq!(ids(&book.json(&["list", "major-hazards"])), ["HZ-0004", "HZ-0002"]);
}

#[test]
fn what_is_changed_is_printed_and_can_be_undone() {
    let book = Book::new();
    let added =
        book.json(&["add", "aspects", "aspect=废旧电池的排放", "activity=办公活动", "影响=固废,land"]);
    assert_eq!((&added["id"], &added["fields"]["kind"]["code"]), (&"EA-0019".into(), &"pollution".into()));
    assert_eq!(added["fields"]["impact"].as_array().unwrap().len(), 2);
    let scored = book.json(&[
        "evaluate",
        "EA-0019",
        "a=5",
        "B=5",
        "C=2",
        "D=1",
        "E=1",
        "F=1",
        "--by",
        "技术部经理,体系专员",
    ]);
    assert_eq!(
        (&scored["fields"]["evaluation"]["score"], &scored["fields"]["evaluation"]["listed"]),
        (&15.into(), &true.into())
    );
    let residual = book.json(&["evaluate", "HZ-0005", "--residual", "L=0.2", "E=6", "C=40"]);
    assert_eq!(residual["fields"]["evaluation"]["residual"]["score"], 48);
    let set = book.json(&["set", "EA-0019", "review=+12m", "owner=", "--why", "年度"]);
    assert_eq!(set["fields"]["review"], "2023-05-13");
    assert_eq!(book.json(&["undo"])["fields"]["review"], Json::Null);
    assert_eq!(book.json(&["redo"])["fields"]["review"], "2023-05-13");
    book.json(&["delete", "EA-0019", "--why", "试"]);
    assert_eq!(book.run(&["show", "EA-0019"]).0, 1);
    assert_eq!(book.json(&["undo"])["fields"]["aspect"], "废旧电池的排放");
    let history = book.json(&["show", "EA-0019", "--history"]);
    assert!(history["history"].as_array().unwrap().len() >= 6);
    assert_eq!(book.json(&["verify"])["findings"], serde_json::json!([]));
}

#[test]
fn a_mistake_says_what_was_meant_and_changes_nothing() {
    let book = Book::new();
    let before = book.json(&["verify"])["commits"].clone();
    for (args, code, words) in [
        (&["set", "EA-0099", "aspect=x"][..], 1, "did you mean"),
        (&["set", "EA-0001", "aspct=x"], 2, "did you mean \"aspect\""),
        (&["set", "EA-0001", "score=3"], 2, "use evaluate"),
        (&["set", "EA-0001", "review=2023-02-29"], 2, "month 2 has 28 days"),
        (&["set", "EA-0001", "condition=normel"], 2, "did you mean \"normal\""),
        (&["set", "EA-0001", "activity=食堂"], 2, "there is no \"食堂\""),
        (&["set", "EA-0001", "aspect="], 2, "must not be empty"),
        (&["list", "aspekts"], 2, "did you mean"),
        (&["list", "aspects", "影想:土壤"], 2, "did you mean \"影响\""),
        (&["list", "aspects", "--colums", "id"], 2, "--columns"),
        (&["evaluate", "EA-0001", "A=3"], 2, "missing"),
        (&["score", "lec", "L=3", "E=6", "X=1"], 2, "X"),
        (&["score", "lec", "L=3", "E=6", "C=much"], 2, "not a number"),
        (&["undo"], 1, "left to undo"),
    ] {
        let (exit, out, wrong) = book.run(args);
        assert!(exit == code && wrong.contains(words) && out.is_empty(), "{args:?}: {exit} {wrong}");
    }
    assert_eq!(book.json(&["verify"])["commits"], before);
    let nothing =
        program(book.0.path()).args(["list", "aspects", "--book", "/nonexistent/book"]).output().unwrap();
    assert_eq!(nothing.status.code(), Some(2));
    assert_eq!(book.json(&["list", "aspects", "没有这样的"]), serde_json::json!([]));
}

#[test]
fn a_query_may_exclude_and_lines_come_in_as_one_commit() {
    let book = Book::new();
    assert_eq!(ids(&book.json(&["list", "aspects", "-状态:正常"])), ["EA-0007", "EA-0008"]);
    assert_eq!(ids(&book.json(&["find", "预案.编号:EP-002", "-plan:-"])), ["HZ-0009", "DR-2021-01"]);
    let rows = "{\"aspect\":\"一\"}\n{\"aspect\":\"二\",\"impact\":[\"air\"]}\n";
    let feed = |rows: &str| {
        let mut child = book
            .command("en", &["add", "aspects", "--stdin", "--json"])
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        child.stdin.take().unwrap().write_all(rows.as_bytes()).unwrap();
        said(&child.wait_with_output().unwrap())
    };
    let before = book.json(&["verify"])["commits"].as_u64().unwrap();
    let (code, out, _) = feed(rows);
    assert_eq!((code, ids(&serde_json::from_str(&out).unwrap()).len()), (0, 2));
    assert_eq!(book.json(&["verify"])["commits"].as_u64().unwrap(), before + 1);
    let (code, _, wrong) = feed("{\"aspect\":\"三\"}\nnonsense\n");
    assert!(code == 2 && wrong.contains("line 2"), "{wrong}");
    assert_eq!(book.json(&["list", "aspects", "三"]), serde_json::json!([]));
}

#[test]
fn scoring_needs_no_book() {
    let home = tempfile::tempdir().unwrap();
    let run = |args: &[&str]| said(&program(home.path()).args(args).output().unwrap());
    let (code, out, _) = run(&["score", "lec", "L=0.2", "E=6", "C=100", "--json"]);
    let verdict: Json = serde_json::from_str(&out).unwrap();
    assert_eq!((code, &verdict["score"], &verdict["level"]["code"]), (0, &120.into(), &"marked".into()));
    let (_, out, _) = run(&["score", "lec", "L=5", "E=3", "C=10", "--lang", "zh"]);
    assert!(out.contains("150  显著危险") && out.contains("L=5 不在取值表上"), "{out}");
    assert!(run(&["--help"]).1.contains("verify"));
    assert!(run(&["completions", "bash"]).1.contains("taizhang"));
    assert!(run(&["man"]).1.contains("taizhang"));
}

#[test]
fn a_locked_book_is_read_and_not_written() {
    let book = Book::new();
    let _held = common::open(&book.0.path().join("book"));
    assert_eq!(ids(&book.json(&["list", "drills"])), ["DR-2022-01", "DR-2021-01"]);
    let (code, _, wrong) = book.run(&["set", "EA-0001", "owner=x"]);
    assert!(code == 4 && wrong.contains("tester"), "{code} {wrong}");
}

#[test]
fn damage_is_told_by_every_reading_command() {
    let book = Book::new();
    let file = book.0.path().join("book/journal/2022.jsonl");
    let mut bytes = fs::read(&file).unwrap();
    let third = bytes.split_inclusive(|byte| *byte == b'\n').take(2).map(<[u8]>::len).sum::<usize>();
    let at = third + bytes[third..].windows(5).position(|words| words == b"entry").unwrap();
    bytes[at] ^= 1;
    fs::write(&file, bytes).unwrap();
    for args in [
        &["list", "aspects"][..],
        &["list", "significant-aspects", "--json"],
        &["find", "huozai"],
        &["show", "HZ-0001"],
        &["show", "EA-0001", "--history"],
        &["registers"],
        &["views"],
        &["fields", "aspects"],
        &["methods"],
    ] {
        let (code, out, wrong) = book.run(args);
        assert!(code == 3 && !out.is_empty(), "{args:?}: {code} {out}");
        assert!(wrong.contains("2022.jsonl is damaged at line 3") && wrong.contains("backup"), "{wrong}");
    }
    // What stood behind the damage is not there: that is no typing mistake.
    assert_eq!(book.run(&["show", "DR-2022-01"]).0, 3);
    assert_eq!(book.run(&["set", "EA-0001", "owner=x"]).0, 3);
    let (code, out, _) = book.run(&["verify"]);
    let lines: Vec<&str> = out.lines().collect();
    assert!(code == 3 && lines[0].contains("line 3"), "{out}");
    assert!(lines[1].starts_with("the state was not compared"), "{out}");
    assert!(lines[2].starts_with("1 do not hold"), "{out}");
}

/// The lines of the README's commands, run as they stand there.
#[test]
fn the_commands_of_the_readme_work_in_their_order() {
    let commands = include_str!("../README.md").split("\n## Commands").nth(1).unwrap();
    let blocks = commands.split("```sh\n").skip(1).map(|rest| rest.split("```").next().unwrap());
    let home = tempfile::tempdir().unwrap();
    std::os::unix::fs::symlink(env!("CARGO_BIN_EXE_taizhang"), home.path().join("taizhang")).unwrap();
    let path = format!("{}:/usr/bin:/bin", home.path().display());
    let lines: Vec<&str> =
        blocks.inspect(|block| assert!(block.lines().count() > 8, "{block}")).flat_map(str::lines).collect();
    assert!(lines.len() > 20, "{lines:?}");
    for line in lines {
        let mut bash = Command::new("/bin/bash");
        bash.env_clear().env("HOME", home.path()).env("PATH", &path).env("LC_ALL", "C.UTF-8");
        bash.current_dir(home.path());
        let (code, out, wrong) = said(&bash.args(["-c", line]).output().unwrap());
        let printed = !out.is_empty() || line.contains(" > ");
        assert!(code == 0 && wrong.is_empty() && printed, "{line}: {code} {wrong}");
        if line.contains("--sort -score") {
            let ids: Vec<&str> = out.lines().skip(1).filter_map(|row| row.split(',').next()).collect();
            let same =
                ["list", "aspects", "部门:技术部", "分值>=13", "-状态:紧急", "--sort=-score", "--json"];
            let same = said(&program(home.path()).args(same).output().unwrap()).1;
            assert_eq!(ids, self::ids(&serde_json::from_str(&same).unwrap()));
        }
    }
}

#[test]
fn a_deleted_entry_says_so() {
    let book = Book::new();
    for args in [&["show", "EA-0018"][..], &["show", "ea-0018"], &["set", "EA-0018", "owner=x"]] {
        let (code, _, wrong) = book.run(args);
        assert!(code == 1 && wrong.contains("EA-0018 was deleted on 2021-12-03 by 体系专员"), "{wrong}");
        assert!(
            wrong.contains("taizhang show EA-0018 --history") && wrong.contains("taizhang restore EA-0018"),
            "{wrong}"
        );
    }
    let (code, out, _) = book.run(&["show", "EA-0018", "--history"]);
    assert!(
        code == 0 && out.starts_with("EA-0018  废纸的排放 (deleted)") && out.contains("与 EA-0001 重复"),
        "{out}"
    );
    // Of the near ones only those that are there are named.
    let (_, _, wrong) = book.run(&["show", "EA-00018"]);
    assert!(wrong.contains("did you mean") && !wrong.contains("\"EA-0018\""), "{wrong}");
}

#[test]
fn what_was_done_is_said_in_fitting_words() {
    let book = Book::new();
    let first = |args: &[&str]| {
        let (code, out, wrong) = book.run(args);
        assert_eq!(code, 0, "{args:?}: {wrong}");
        out.lines().next().unwrap().to_owned()
    };
    first(&["add", "aspects", "aspect=废旧电池"]);
    assert_eq!(
        first(&["undo"]),
        "taken back: EA-0019 \"废旧电池\" is not there any longer. taizhang redo adds it again."
    );
    assert_eq!(first(&["redo"]), "added again, EA-0019:");
    first(&["set", "EA-0019", "note=x"]);
    assert_eq!(first(&["undo"]), "taken back, EA-0019 is again as it was:");
    assert_eq!(first(&["redo"]), "changed again, EA-0019 now is:");
    assert_eq!(
        first(&["delete", "EA-0019", "--why", "y"]),
        "deleted: EA-0019 \"废旧电池\". taizhang undo brings it back."
    );
    assert_eq!(first(&["undo"]), "brought back, EA-0019 is there again:");
    assert_eq!(first(&["redo"]), "deleted again: EA-0019 \"废旧电池\".");
}

#[test]
fn a_field_is_called_by_its_name_beside_its_id() {
    let book = Book::new();
    for (args, words) in [
        (&["set", "EA-0001", "condition=飞"][..], "「状态（condition）」：没有选项「飞」"),
        (&["set", "EA-0001", "aspect="], "「环境因素（aspect）」不能空着"),
        (&["set", "EA-0001", "score=3"], "「分值（score）」是算出来的"),
        (&["set", "EA-0001", "nope=3"], "环境因素（aspects）"),
        (&["add", "aspects", "note=x"], "「环境因素（aspect）」不能空着"),
    ] {
        let (code, _, wrong) = said(&book.command("zh", args).output().unwrap());
        assert!(code == 2 && wrong.contains(words), "{args:?}: {code} {wrong}");
    }
}

#[test]
fn a_state_that_disagrees_is_a_check_that_failed() {
    let book = Book::new();
    book.json(&["set", "EA-0001", "note=x"]);
    let state = |book: &Book| book.0.path().join("book/state");
    let db = state(&book).join("db");
    let mut bytes = fs::read(&db).unwrap();
    bytes.iter_mut().step_by(97).for_each(|byte| *byte ^= 0x40);
    fs::write(&db, bytes).unwrap();
    let (code, out, _) = book.run(&["verify"]);
    // Which bytes are hit depends on how the index happens to lie: it disagrees, or it cannot be read at all.
    let told =
        ["the state (state/) disagrees", "the state (state/ in the folder of the book) cannot be read"];
    assert!(code == 1 && told.iter().any(|told| out.contains(told)), "{code} {out}");
    assert!(out.contains("delete state/") && out.lines().last().unwrap().starts_with("1 do not"), "{out}");
    fs::remove_dir_all(state(&book)).unwrap();
    book.json(&["set", "EA-0001", "note=y"]);
    let verified = book.json(&["verify"]);
    assert_eq!((&verified["state_compared"], &verified["findings"]), (&true.into(), &serde_json::json!([])));
    let _held = common::open(&book.0.path().join("book"));
    let (code, out, _) = book.run(&["verify"]);
    assert!(code == 0 && out.contains("the state was not compared: tester (process"), "{code} {out}");
}

#[test]
fn a_file_is_kept_by_its_content_and_proved() {
    let book = Book::new();
    let folder = book.0.path().join("book");
    let register = "id = \"scans\"\nname = { zh = \"扫描件\", en = \"Scans\" }\nserial = \"SC-{000}\"\ntitle = \"title\"\n\
                    columns = [\"id\", \"title\"]\n\n[[fields]]\nid = \"title\"\nname = { zh = \"名称\", en = \"title\" }\n\
                    kind = \"text\"\nrequired = true\n\n[[fields]]\nid = \"scan\"\nname = { zh = \"原件\", en = \"scan\" }\nkind = \"files\"\n";
    fs::write(folder.join("registers/scans.toml"), register).unwrap();
    let (one, two) = (book.0.path().join("一.pdf"), book.0.path().join("二.pdf"));
    fs::write(&one, "abc").unwrap();
    fs::write(&two, "def").unwrap();
    let named = format!("scan=@{},@{}", one.display(), two.display());
    let added = book.json(&["add", "scans", "title=合同", &named]);
    let first = &added["fields"]["scan"][0];
    assert_eq!((&first["name"], &first["size"]), (&"一.pdf".into(), &3.into()));
    let hash = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";
    assert_eq!(
        (first["sha256"].as_str(), added["fields"]["scan"].as_array().unwrap().len()),
        (Some(hash), 2)
    );
    let kept = folder.join("files").join(hash);
    assert_eq!(fs::read(&kept).unwrap(), b"abc");
    let mode = std::os::unix::fs::PermissionsExt::mode(&fs::metadata(&kept).unwrap().permissions());
    assert_eq!(mode & 0o777, 0o600);
    fs::remove_file(&one).unwrap();
    assert_eq!(book.run(&["verify"]).0, 0);
    fs::write(&kept, "abd").unwrap();
    let (code, out, _) = book.run(&["verify"]);
    assert!(code == 1 && out.starts_with("SC-001: the file \"一.pdf\" is not in files/ba78"), "{code} {out}");
    let (code, _, wrong) = book.run(&["set", "SC-001", "scan=@/nonexistent"]);
    assert!(code == 2 && wrong.contains("/nonexistent: there is no such file"), "{code} {wrong}");
}

#[test]
fn a_record_has_a_time_of_day_and_the_number_of_its_own_year() {
    let book = Book::new();
    for (said, kept) in
        [("9:30", "09:30"), ("0945", "09:45"), ("9点5分", "09:05"), ("１０：００：４１", "10:00:41")]
    {
        let shown = book.json(&["set", "DR-2022-01", &format!("start={said}")]);
        assert_eq!(shown["fields"]["start"], kept, "{said}");
    }
    for nonsense in ["25:99", "9", "930pm", "10:60", "1:2:3:4", "早上", "12345"] {
        let (code, _, wrong) = book.run(&["set", "DR-2022-01", &format!("start={nonsense}")]);
        assert_eq!(code, 2, "{nonsense}");
        assert!(wrong.contains("is not a time of day; write 09:30"), "{wrong}");
    }
    // A drill of December that is written down later keeps its year.
    for (date, id) in [("2021-12-30", "DR-2021-02"), ("2020-12-30", "DR-2020-01"), ("2022-06", "DR-2022-02")]
    {
        let drill = book.json(&["add", "drills", "title=灭火演练", &format!("date={date}")]);
        assert_eq!(drill["id"], id);
    }
}
