//! Changing a rule: trying an edition, putting it in force, and carrying evaluations over, in the real program.
#![allow(clippy::unwrap_used, clippy::indexing_slicing, clippy::panic)]

mod common;
#[path = "common/office.rs"]
mod office;
#[path = "common/terminal.rs"]
mod terminal;

use std::path::PathBuf;
use std::process::{Command, Stdio};
use std::time::Duration;

use office::{ESC, F2, Office};
use serde_json::Value as Json;

fn command(office: &Office, lang: &str, args: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_taizhang"));
    command.env_clear().env("HOME", office.folder.path()).env("LC_ALL", "C.UTF-8");
    command.args(["--lang", lang, "--book"]).arg(office.book()).args(args);
    command
}

fn run(office: &Office, lang: &str, args: &[&str]) -> (i32, String, String) {
    let output = command(office, lang, args).output().unwrap();
    let text = |bytes: &[u8]| String::from_utf8(bytes.to_vec()).unwrap();
    (output.status.code().unwrap(), text(&output.stdout), text(&output.stderr))
}

fn json(office: &Office, args: &[&str]) -> Json {
    let (code, out, wrong) = run(office, "en", &[args, &["--json"]].concat());
    assert_eq!(code, 0, "{args:?}: {wrong}");
    serde_json::from_str(&out).unwrap_or_else(|error| panic!("{error}: {out}"))
}

fn ids(list: &Json) -> Vec<&str> {
    list.as_array().unwrap().iter().map(|entry| entry["id"].as_str().unwrap()).collect()
}

/// The built-in six-factor method with changes, as a file beside the book.
fn edition(office: &Office, name: &str, changes: &[(&str, &str)]) -> PathBuf {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/data/methods/aspect-sum6.toml");
    let text = std::fs::read_to_string(path).unwrap();
    let text = changes.iter().fold(text, |text, (from, to)| {
        assert!(text.contains(from), "{from}");
        text.replace(from, to)
    });
    let path = office.folder.path().join(name);
    std::fs::write(&path, text).unwrap();
    path
}

const SECOND: (&str, &str) = ("edition = 1", "edition = 2");
/// A bound of 14 makes EA-0005 significant, which has 14; one of 17 drops EA-0002, which has 16.
const LOWER: (&str, &str) = ("from = \"15\"", "from = \"14\"");
const HIGHER: (&str, &str) = ("from = \"15\"", "from = \"17\"");

#[test]
fn trying_names_who_changes_and_writes_nothing() {
    let office = Office::with_sample();
    let file = edition(&office, "new.toml", &[SECOND, LOWER]);
    let path = file.to_str().unwrap();
    let before = json(&office, &["verify"])["commits"].clone();
    let tried = json(&office, &["methods", "try", path]);
    let counts = tried["counts"].as_object().unwrap();
    let sum: u64 = counts.values().map(|count| count.as_u64().unwrap()).sum();
    assert_eq!(Some(sum), tried["entries"].as_u64(), "{tried}");
    assert_eq!(tried["cases"].as_array().unwrap().len() as u64, sum);
    let turned = |turn: &str| {
        let cases = tried["cases"].as_array().unwrap().iter();
        cases.filter(|case| case["turn"] == turn).map(|case| case["id"].as_str().unwrap()).collect::<Vec<_>>()
    };
    assert_eq!((turned("listed"), turned("dropped").len()), (vec!["EA-0005"], 0), "{tried}");
    assert_eq!(counts["direct"], turned("direct").len());
    let (code, zh, _) = run(&office, "zh", &["methods", "try", path]);
    assert_eq!(code, 0);
    for words in [
        "第 1 版 -> 第 2 版",
        "EA-0005  生活垃圾的排放  一般 -> ! 重要",
        "合计 14 < 15  ->  合计 14 >= 14",
        "什么也没有写",
    ] {
        assert!(zh.contains(words), "{words} in\n{zh}");
    }
    let dropping = edition(&office, "higher.toml", &[SECOND, HIGHER]);
    let (_, en, _) = run(&office, "en", &["methods", "try", dropping.to_str().unwrap()]);
    for words in
        ["drop out of the list", "EA-0002", "total 16 >= 15  ->  total 16 < 17", "nothing was written"]
    {
        assert!(en.contains(words), "{words} in\n{en}");
    }
    assert_eq!(json(&office, &["verify"])["commits"], before);
    assert_eq!(std::fs::read_dir(office.book().join("methods")).unwrap().count(), 0);
}

#[test]
fn the_text_in_force_is_given_to_be_changed() {
    let office = Office::with_sample();
    let (code, text, _) = run(&office, "zh", &["methods", "aspect-sum6", "--toml"]);
    assert_eq!(code, 0);
    std::fs::write(office.book().join("new.toml"), text.replace("edition = 1", "edition = 2")).unwrap();
    let tried = json(&office, &["methods", "try", "new.toml"]);
    assert_eq!((&tried["entries"], &tried["counts"]["same"]), (&11.into(), &11.into()));
}

#[test]
fn a_bad_file_is_refused_with_its_place_and_the_mend() {
    let office = Office::with_sample();
    let file = edition(&office, "bad.toml", &[SECOND, ("from = \"15\"", "from = 15x")]);
    let (code, _, wrong) = run(&office, "zh", &["methods", "try", file.to_str().unwrap()]);
    let text = std::fs::read_to_string(&file).unwrap();
    let line = text.lines().position(|line| line == "from = 15x").unwrap() + 1;
    assert!(code == 2 && wrong.contains(&format!("bad.toml:{line}:8")), "{code} {wrong}");
    let file = edition(&office, "same.toml", &[LOWER]);
    let apply = ["methods", "apply", file.to_str().unwrap(), "--why", "x", "--approved-by", "y"];
    let (code, _, wrong) = run(&office, "zh", &apply);
    assert!(code == 2 && wrong.contains("现在是第 1 版") && wrong.contains("改成 2"), "{wrong}");
    let (code, _, wrong) = run(&office, "en", &["methods", "try", "nowhere.toml"]);
    assert!(code == 2 && wrong.contains("nowhere.toml"), "{wrong}");
    let (code, _, wrong) = run(&office, "en", &["methods", "apply", file.to_str().unwrap(), "--why", "x"]);
    assert!(code == 2 && wrong.contains("--approved-by"), "{wrong}");
    assert_eq!(json(&office, &["verify"])["findings"], serde_json::json!([]));
}

#[test]
fn a_rule_is_changed_with_reason_and_approver_and_old_evaluations_say_so() {
    let office = Office::with_sample();
    let file = edition(&office, "new.toml", &[SECOND, LOWER]);
    let apply =
        ["methods", "apply", file.to_str().unwrap(), "--why", "管得严一点", "--approved-by", "总经理"];
    let done = json(&office, &[&apply[..], &["--on", "2022-05-10"]].concat());
    assert_eq!((&done["edition"], &done["file"]), (&2.into(), &"methods/aspect-sum6.toml".into()));
    let kept = std::fs::read_to_string(office.book().join("methods/aspect-sum6.toml")).unwrap();
    assert!(
        kept.contains("approved_by = \"总经理\"") && kept.contains("approved_on = \"2022-05-10\""),
        "{kept}"
    );
    let journals = std::fs::read_dir(office.book().join("journal")).unwrap();
    let all: String = journals.map(|file| std::fs::read_to_string(file.unwrap().path()).unwrap()).collect();
    let why = "管得严一点 (six-factor sum, edition 1 to 2, approved by 总经理 on 2022-05-10)";
    assert_eq!(all.matches(why).count(), 1, "one commit, with its reason");
    let method = &json(&office, &["methods", "aspect-sum6"])[0];
    assert_eq!((&method["edition"], &method["approved_by"]), (&2.into(), &"总经理".into()));
    // Old evaluations stand as they were, and say so.
    let shown = json(&office, &["show", "EA-0005"]);
    let evaluation = &shown["fields"]["evaluation"];
    assert_eq!((&evaluation["edition"], &evaluation["listed"]), (&1.into(), &false.into()));
    let (_, text, _) = run(&office, "zh", &["show", "EA-0005"]);
    assert!(text.contains("按第 1 版评价，现在是第 2 版"), "{text}");
    let outdated = json(&office, &["list", "aspects", "outdated:yes"]);
    assert_eq!(done["outdated"], outdated.as_array().unwrap().len());
    assert!(ids(&outdated).contains(&"EA-0005"));
    assert_eq!(json(&office, &["list", "hazards", "旧版:是"]), serde_json::json!([]));
    assert_eq!(json(&office, &["verify"])["findings"], serde_json::json!([]));
    // A rule is not taken back by undo, nor is what stands before it while it is the newest.
    let (code, _, wrong) = run(&office, "zh", &["undo"]);
    assert!(code != 0 && wrong.contains("规则"), "{code} {wrong}");
    assert_eq!(json(&office, &["methods", "aspect-sum6"])[0]["edition"], 2);
}

#[test]
fn what_carries_over_is_evaluated_again_and_the_rest_is_left_to_people() {
    let office = Office::with_sample();
    // No third step of A any longer: whoever stands on it is for a person; EA-0005 has 14.
    let step = "    { value = \"3\", zh = \"每月\", en = \"monthly\" },\n";
    let file = edition(&office, "new.toml", &[SECOND, LOWER, (step, "")]);
    json(&office, &["methods", "apply", file.to_str().unwrap(), "--why", "x", "--approved-by", "y"]);
    let outdated = json(&office, &["list", "aspects", "outdated:yes"]).as_array().unwrap().len();
    let (code, _, wrong) = run(&office, "zh", &["methods", "carry", "aspect-sum6"]);
    assert!(code == 2 && wrong.contains("EA-0005") && wrong.contains("请写明原因"), "{wrong}");
    let carry = ["methods", "carry", "aspect-sum6", "--why", "门槛降到 14", "--by", "甲,乙"];
    let done = json(&office, &carry);
    let left = json(&office, &["list", "aspects", "outdated:yes"]);
    let by_hand = done["cases"].as_array().unwrap().iter().filter(|case| !case["by_hand"].is_null()).count();
    assert_eq!(done["carried"], outdated - by_hand, "{done}");
    assert_eq!(left.as_array().unwrap().len(), by_hand);
    assert!(by_hand > 0 && ids(&left).contains(&"EA-0002"), "{left}");
    let evaluation = &json(&office, &["show", "EA-0005"])["fields"]["evaluation"];
    assert_eq!((&evaluation["edition"], &evaluation["listed"]), (&2.into(), &true.into()));
    assert_eq!(evaluation["by"], serde_json::json!(["甲", "乙"]));
    let history = json(&office, &["show", "EA-0005", "--history"]);
    assert!(history["history"].as_array().unwrap().iter().any(|past| past["why"] == "门槛降到 14"));
    let (code, _, wrong) = run(&office, "zh", &["methods", "carry", "aspect-sum6"]);
    assert!(code == 2 && wrong.contains("都要人工重评"), "{wrong}");
    assert_eq!(json(&office, &["verify"])["findings"], serde_json::json!([]));
    // One commit: one undo takes all of it back.
    json(&office, &["undo"]);
    assert_eq!(json(&office, &["list", "aspects", "outdated:yes"]).as_array().unwrap().len(), outdated);
}

/// Whenever the program dies while a rule is changed, either nothing has happened, or all of it with its reason.
#[test]
fn a_rule_changed_by_a_program_that_is_killed_is_changed_with_its_reason_or_not_at_all() {
    let office = Office::with_sample();
    let mut now = 1;
    for round in 0..24_u64 {
        let next = format!("edition = {}", now + 1);
        let file = edition(&office, "new.toml", &[("edition = 1", &next), LOWER]);
        let why = format!("reason-{round};");
        let args = ["methods", "apply", file.to_str().unwrap(), "--why", &why, "--approved-by", "y"];
        let mut child = command(&office, "en", &args).stdout(Stdio::null()).spawn().unwrap();
        std::thread::sleep(Duration::from_millis(round * 6));
        let _ = child.kill();
        child.wait().unwrap();
        let edition = json(&office, &["methods", "aspect-sum6"])[0]["edition"].as_u64().unwrap();
        // Opening for writing settles it; what is seen does not change by that.
        run(&office, "en", &["set", "EA-0001", &format!("note={round}")]);
        assert_eq!(json(&office, &["methods", "aspect-sum6"])[0]["edition"].as_u64(), Some(edition));
        let journals = std::fs::read_dir(office.book().join("journal")).unwrap();
        let all: String =
            journals.map(|file| std::fs::read_to_string(file.unwrap().path()).unwrap()).collect();
        let reasons = all.matches(&format!("\"why\":\"{why}")).count();
        assert_eq!(reasons, usize::from(edition > now), "round {round}");
        now = edition;
        let methods = std::fs::read_dir(office.book().join("methods")).unwrap();
        let aside =
            methods.filter(|file| file.as_ref().unwrap().file_name().to_string_lossy().starts_with('.'));
        assert_eq!(aside.count(), 0);
    }
    assert_eq!(json(&office, &["verify"])["findings"], serde_json::json!([]));
}

#[test]
fn a_rule_is_tried_and_put_in_force_by_keys() {
    let office = Office::with_sample();
    let file = edition(&office, "new.toml", &[SECOND, LOWER]);
    std::fs::copy(&file, office.book().join("草案.toml")).unwrap();
    let mut terminal = office.start("zh", (80, 24), &[]);
    terminal.wait("要办的事").press("M", "评价方法").wait("六因子法").press("a", "新一版的方法文件在哪里");
    terminal.press("没有.toml\r", "没有文件 没有.toml");
    terminal
        .press("a", "新一版的方法文件在哪里")
        .press("草案.toml\r", "第 1 版 -> 第 2 版")
        .wait("新列入清单 1 条");
    terminal.wait("生活垃圾的排放  一般 -> ! 重要");
    terminal
        .press(F2, "为什么改？")
        .press("严一点\r", "谁批准的？")
        .press("总经理\r", "已启用 六因子法 第 2 版");
    terminal.wait("按旧版评价的").wait("总经理，2022-05-13").wait("严一点");
    // Home has it, and the figure opens exactly those.
    terminal.send(ESC);
    terminal.wait("版次").send(ESC);
    terminal.wait("环境因素：按旧版规则评价，要重评");
    // Carrying over asks why, since a level changes.
    terminal.press("M", "版次").press("\r", "按旧版评价的").press("v", "有的条目级别会变。为什么？");
    terminal.press("门槛低了\r", "已按第 2 版重评").wait_gone("按旧版评价的");
    terminal.send(ESC);
    terminal.wait("版次").send(ESC);
    terminal.wait("要办的事").wait_gone("按旧版规则评价").press("q", "");
    assert_eq!(terminal.end(), 0);
    assert_eq!(json(&office, &["verify"])["findings"], serde_json::json!([]));
    assert_eq!(json(&office, &["show", "EA-0005"])["fields"]["evaluation"]["listed"], true);
}

#[test]
fn what_rests_on_an_older_edition_is_seen_from_home_and_on_its_page() {
    let office = Office::with_sample();
    let file = edition(&office, "new.toml", &[SECOND, HIGHER]);
    json(&office, &["methods", "apply", file.to_str().unwrap(), "--why", "x", "--approved-by", "y"]);
    let mut terminal = office.start("en", (80, 24), &[]);
    terminal.wait("judged by an older edition of the rule");
    let row = terminal.row("judged by an older edition of the rule");
    let count: usize = terminal
        .screen()
        .lines()
        .nth(row.into())
        .unwrap()
        .split_whitespace()
        .next()
        .unwrap()
        .parse()
        .unwrap();
    while !terminal.reversed(row, 0) && !terminal.reversed(row, 4) && !terminal.reversed(row, 5) {
        terminal.send("j");
        std::thread::sleep(Duration::from_millis(50));
    }
    terminal.press("\r", &format!("{count} / 17 entries")).wait("older edition, evaluate again");
    terminal.press("w", "edition 2 is in force: evaluate again").press("q", "");
    assert_eq!(terminal.end(), 0);
    let listed = json(&office, &["list", "aspects", "outdated:yes"]);
    assert_eq!(listed.as_array().unwrap().len(), count);
}
