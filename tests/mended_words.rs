//! What a newcomer stumbled over, by command, in the real program: each that its cause is gone.
#![allow(clippy::unwrap_used, clippy::indexing_slicing, clippy::panic, clippy::string_slice)]

mod common;
#[path = "common/office.rs"]
mod office;
#[path = "common/terminal.rs"]
mod terminal;

use office::Office;
use serde_json::Value as Json;

/// What a command prints, what it says beside, and its code.
/// What a command prints that has to succeed.
fn done(office: &Office, args: &[&str]) -> String {
    let (out, beside, code) = office.run("zh", args);
    assert_eq!(code, 0, "{args:?}: {beside}");
    out
}

fn json(office: &Office, args: &[&str]) -> Json {
    serde_json::from_str(&done(office, args)).unwrap()
}

#[test]
fn the_sample_has_one_clock() {
    let office = Office::with_sample();
    let before = json(&office, &["status", "--json"]);
    assert_eq!((&before["today"], &before["date_fixed"]), (&Json::from("2022-05-13"), &Json::from(true)));
    assert!(done(&office, &["status"]).contains("2022-05-13  示例，日期固定"));
    done(&office, &["set", "EA-0003", "controls=分开收集"]);
    done(&office, &["draw", "aspects", "--count", "2", "--note"]);
    // Its own day holds what was done on it.
    for today in ["today", "2022-05-13", "2022-05-13 23:59:59"] {
        let shown = done(&office, &["show", "EA-0003", "--as-of", today]);
        assert!(shown.contains("分开收集"), "{today}: {shown}");
    }
    assert!(!done(&office, &["show", "EA-0003", "--as-of", "2022-05-12"]).contains("分开收集"));
    let after = json(&office, &["status", "--json"]);
    let month = |status: &Json| status["months"]["2022-05"].as_u64().unwrap();
    assert_eq!(month(&after), month(&before) + 2);
    assert_eq!(after["months"].as_object().unwrap().len(), before["months"].as_object().unwrap().len());
    let asked = json(&office, &["list", "questions", "--json"]);
    let serial = asked.as_array().unwrap().last().unwrap()["id"].as_str().unwrap().to_owned();
    let history = done(&office, &["show", &serial, "--history"]);
    assert!(history.contains("2022-05-13") && !history.contains("2026"), "{history}");
    let changes = done(&office, &["changes", "--since", "2022-05-12"]);
    assert!(changes.contains("EA-0003") && changes.contains(&serial), "{changes}");
    // Undoing and proving go on, and the journal keeps the host's own moment.
    done(&office, &["undo"]);
    assert!(!done(&office, &["list", "questions", "--csv"]).contains(&serial));
    done(&office, &["verify"]);
    let journal = std::fs::read_to_string(office.book().join("journal/2022.jsonl")).unwrap();
    assert_eq!(journal.matches("\"real\":\"").count(), 3);
}

#[test]
fn what_is_new_names_who_added_it() {
    let office = Office::with_sample();
    done(&office, &["set", "EA-0001", "controls=分开收集"]);
    let changes = done(&office, &["changes", "--since", "2019-01-01"]);
    let line = changes.lines().find(|line| line.contains("EA-0001")).unwrap();
    assert!(line.starts_with("  + ") && line.contains("2021-05-10 14:20"), "{line}");
    assert!(line.contains("体系专员 #3"), "{line}");
    let told = json(&office, &["changes", "--since", "2019-01-01", "--json"]);
    let entry = |id: &str| {
        let all = told["registers"].as_array().unwrap().iter();
        let mut all = all.flat_map(|register| register["entries"].as_array().unwrap());
        all.find(|entry| entry["id"] == id).unwrap().clone()
    };
    assert_eq!(entry("EA-0001")["seq"], 3);
    // Of every other it is the last change, as before.
    let since = done(&office, &["changes", "--since", "#16"]);
    assert!(since.lines().any(|line| line.starts_with("  * EA-0001") && line.contains("#17")), "{since}");
}

/// Puts a second edition of the six factors in force, by which EA-0005 is significant, and carries over to it.
fn with_second_edition(office: &Office) {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/data/methods/aspect-sum6.toml");
    let text = std::fs::read_to_string(path).unwrap();
    let text = text.replace("edition = 1", "edition = 2").replace("from = \"15\"", "from = \"14\"");
    let file = office.folder.path().join("new.toml");
    std::fs::write(&file, text).unwrap();
    let why = ["--why", "门槛调低"];
    let apply = ["methods", "apply", file.to_str().unwrap(), "--approved-by", "总经理"];
    done(office, &[&apply[..], &why].concat());
    done(office, &[&["methods", "carry", "aspect-sum6"][..], &why].concat());
}

#[test]
fn a_change_of_the_edition_is_told() {
    let office = Office::with_sample();
    with_second_edition(&office);
    let history = done(&office, &["show", "EA-0005", "--history"]);
    let line = history.lines().find(|line| line.contains("重要") && line.contains("->")).unwrap();
    assert!(line.contains("一般") && line.contains("第 1 版 ->") && line.ends_with("第 2 版"), "{line}");
    // Where the verdict stays, the editions are all that is told.
    let history = done(&office, &["show", "EA-0003", "--history"]);
    assert!(
        history.lines().any(|line| line.contains("第 1 版, 2") && line.contains("-> 第 2 版, 2022-05-13"))
    );
    let changes = done(&office, &["changes", "--since", "#13"]);
    assert!(changes.contains("第 1 版 ->") && changes.contains("-> 第 2 版, 2022-05-13"), "{changes}");
}

#[test]
fn a_refusal_says_what_is_so() {
    let office = Office::with_sample();
    let refused = |args: &[&str]| {
        let (_, beside, code) = office.run("zh", args);
        assert!(code == 1 || code == 2, "{args:?}: {code} {beside}");
        beside
    };
    let said = refused(&["review", "EA-0001"]);
    assert!(said.contains("EA-0001 是环境因素，不是复评"), "{said}");
    let said = refused(&["show", "EA-0017", "--as-of", "2021-06-30"]);
    assert!(said.contains("2021-06-30 时还没有 EA-0017：它是 2021-08-20 由"), "{said}");
    let said = refused(&["show", "EA-0099", "--as-of", "2021-06-30"]);
    assert!(said.contains("没有条目「EA-0099」"), "{said}");
    let said = refused(&["show", "EA-0003", "--history=bogus"]);
    assert!(said.contains("没有「bogus」这一列。有：") && said.contains("控制措施（controls）"), "{said}");
    for args in
        [["show", "EA-0003", "--history=score"].as_slice(), &["restore", "EA-0003", "--field", "score"]]
    {
        let said = refused(&[args, &["--why", "y"][..usize::from(args[0] == "restore") * 2]].concat());
        assert!(said.contains("「分值（score）」是从「评价（evaluation）」算出来的"), "{said}");
    }
    // An old value is found behind a deletion and a restoring too.
    done(&office, &["set", "EA-0003", "controls=新"]);
    done(&office, &["delete", "EA-0003", "--why", "试"]);
    done(&office, &["restore", "EA-0003", "--why", "还在用"]);
    done(&office, &["restore", "EA-0003", "--field", "controls", "--why", "原来的对"]);
    let controls = json(&office, &["show", "EA-0003", "--json"])["fields"]["controls"].clone();
    assert!(controls.as_str().unwrap().starts_with("少用一次性塑料制品"), "{controls}");
    let en = office.run("en", &["show", "EA-0017", "--as-of", "#3"]).1;
    assert!(en.contains("EA-0017 was not there yet on 2021-05-10"), "{en}");
}

#[test]
fn what_serves_others_is_found_last_and_a_serial_without_its_zeros() {
    let office = Office::with_sample();
    // What was accepted carries the title of its entry.
    for (entry, title) in [("EA-0007", "潜在火灾"), ("EA-0003", "废塑料制品排放")] {
        let (title, entry) = (format!("title={title}"), format!("entry={entry}"));
        done(&office, &["add", "accepted", &title, &entry]);
    }
    let found = json(&office, &["find", "hz", "--json"]);
    let ids: Vec<&str> = found.as_array().unwrap().iter().filter_map(|hit| hit["id"].as_str()).collect();
    let at = |id: &str| ids.iter().position(|known| known.starts_with(id)).unwrap();
    assert!(at("EA-0007") < at("CF-"), "{ids:?}");
    let last = ids.iter().rposition(|id| id.starts_with("HZ-") || id.starts_with("EA-")).unwrap();
    assert!(at("CF-") > last, "{ids:?}");
    for (said, meant) in [("ea3", "EA-0003"), ("ＥＡ３", "EA-0003"), ("cf-1", "CF-0001")] {
        assert_eq!(json(&office, &["find", said, "--json"])[0]["id"], meant, "{said}");
    }
}

#[test]
fn rows_are_shown_how_they_are_written() {
    let office = Office::with_sample();
    for wrong in ["problems=x", "problems=[1]", "problems={\"a\":1}"] {
        let (_, beside, code) = office.run("zh", &["set", "DR-2022-01", wrong]);
        assert!(
            code == 2 && beside.contains("[{\"problem\":\"问题\",\"measure\":\"措施\""),
            "{code} {beside}"
        );
        // The example is one that is taken.
        let from = beside.find("[{").unwrap();
        let example = &beside[from..beside.find("}]").unwrap() + 2];
        done(&office, &["set", "DR-2022-01", &format!("problems={example}")]);
        done(&office, &["undo"]);
    }
}

#[test]
fn a_stamp_that_makes_no_sense_is_refused_unless_it_is_meant() {
    let office = Office::with_sample();
    let add = ["add", "drills", "title=演练", "plan=EP-001", "date=2022-04-01", "form=live"];
    let (out, beside, code) = office.run("zh", &add);
    assert!(code == 0 || out.is_empty(), "{beside}");
    let id = json(&office, &["list", "drills", "--json"]);
    let id =
        id.as_array().unwrap().iter().find(|drill| drill["fields"]["date"] == "2022-04-01").unwrap()["id"]
            .clone();
    let id = id.as_str().unwrap();
    done(&office, &["drill", "stamp", id, "1", "--at", "1000"]);
    for odd in ["0959", "0001", "2230"] {
        for args in [["stamp", id, "2"].as_slice(), &["end", id]] {
            let (_, beside, code) = office.run("zh", &[&["drill"], args, &["--at", odd]].concat());
            assert!(
                code == 2 && beside.contains("早于起点 10:00") && beside.contains("--anyway"),
                "{beside}"
            );
        }
    }
    let stamped = done(&office, &["drill", "stamp", id, "2", "--at", "0959", "--anyway"]);
    assert!(stamped.contains("09:59:00"), "{stamped}");
    done(&office, &["drill", "stamp", id, "3", "--at", "1003"]);
    done(&office, &["drill", "end", id, "--at", "1025"]);
}
