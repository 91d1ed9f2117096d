//! What is to be looked at again because something changed: marked with the cause, until somebody changes it, reviews
//! it, or says that it stays as it is.
#![allow(clippy::unwrap_used, clippy::indexing_slicing, clippy::panic)]

mod common;
#[path = "common/office.rs"]
mod office;
#[path = "common/terminal.rs"]
mod terminal;

use office::{ESC, Office};

use serde_json::Value as Json;

/// What a command prints and says, and its code.
fn done(office: &Office, args: &[&str]) {
    let (out, wrong, code) = office.run("zh", args);
    assert_eq!(code, 0, "{args:?}: {out}{wrong}");
}

fn json(office: &Office, args: &[&str]) -> Json {
    serde_json::from_str(&office.run("zh", &[args, &["--json"]].concat()).0).unwrap()
}

/// What is to be looked at in a register, each with the numbers of its causes.
fn stale(office: &Office, args: &[&str]) -> Vec<String> {
    let all = json(office, &[&["stale"], args].concat());
    let line = |entry: &Json| {
        let causes = entry["causes"].as_array().unwrap().iter().map(|cause| cause["id"].as_str().unwrap());
        format!("{} {}", entry["id"].as_str().unwrap(), causes.collect::<Vec<_>>().join(" "))
    };
    all.as_array().unwrap().iter().map(line).collect()
}

/// Longer than a row of a round has to be on the screen before a key confirms it.
const SEEN: std::time::Duration = std::time::Duration::from_millis(200);
const ASPECTS: [&str; 2] = ["--register", "aspects"];

#[test]
fn a_changed_document_marks_its_aspects_until_a_key_says_unchanged() {
    let office = Office::with_sample();
    done(&office, &["set", "OC-0004", "edition=A/1", "--why", "换版"]);
    let mut terminal = office.start("zh", (80, 24), &[]);
    terminal.wait("要办的事").wait("有变化，待复核：  环境因素 1   危险源 9").press("1", "EA-0007");
    // The sign on the row, the cause below, and the key in the hints.
    terminal.wait("?EA-0007").wait("? 待复核：OC-0004 安全事故应急预案 版本有改").wait("= 不变");
    terminal.press("\r", "生命周期").wait("待复核         OC-0004 安全事故应急预案 版本有改").send(ESC);
    terminal.wait_gone("生命周期").press("=", "EA-0007：OC-0004").wait("不变：为什么？");
    terminal.press("只改了格式\r", "谁看的，哪一天？").press("\r", "看过，不变：EA-0007。");
    terminal.wait_gone("?EA-0007").wait_gone("待复核：");
    // Undone, it is to be looked at again; done again, it is not.
    terminal.press("u", "已撤销").wait("?EA-0007").press("U", "已重做").wait_gone("?EA-0007");
    terminal.press("=", "这里没有待复核的变化").press("q", "");
    assert_eq!(terminal.end(), 0);
    assert!(stale(&office, &ASPECTS).is_empty());
    let kept = json(&office, &["list", "unchanged"]);
    let fields = &kept[0]["fields"];
    assert_eq!((&fields["why"], &fields["on"]), (&Json::from("只改了格式"), &Json::from("2022-05-13")));
    assert_eq!(fields["entry"][0]["id"], "EA-0007");
    assert!(fields["title"].as_str().unwrap().contains("OC-0004 安全事故应急预案 版本有改，2022-05-13"));
    // What changes later marks it again.
    done(&office, &["set", "OC-0004", "status=draft"]);
    assert_eq!(stale(&office, &ASPECTS), ["EA-0007 OC-0004"]);
    done(&office, &["set", "EA-0007", "controls=禁烟标识；灭火器每月检查"]);
    assert!(stale(&office, &ASPECTS).is_empty());
}

#[test]
fn marked_rows_are_said_to_be_unchanged_together_and_home_opens_what_it_counts() {
    let office = Office::with_sample();
    done(&office, &["set", "OC-0008", "edition=A/1"]);
    let mut terminal = office.start("en", (80, 24), &[]);
    let count = stale(&office, &["--register", "hazards"]).len();
    terminal.wait(&format!("  hazards {count}   plans 1"));
    let screen = terminal.screen();
    let down = screen.lines().take_while(|line| !line.contains("Changed, to look at")).count() - 3;
    terminal.press(&format!("{}l", "j".repeat(down)), "").press("\r", &format!("{count} / 14 entries"));
    terminal.wait("? look again: OC-0008").press("*", &format!("{count} marked"));
    terminal.press("=", &format!("{count} entries that are to be looked at stay as they are: why?"));
    terminal.press("typos only\r", "Who looked, and on which day?");
    terminal
        .press("\u{15}2022-05-13\r", "Say who looked")
        .press("\u{15}safety officer 2021-01-01\r", "something changed after");
    terminal
        .press("\u{15}safety officer\r", "Looked at, unchanged: HZ-")
        .wait("Nothing matches")
        .press("q", "");
    assert_eq!(terminal.end(), 0);
    assert!(stale(&office, &["--register", "hazards"]).is_empty());
    let kept = json(&office, &["list", "unchanged"]);
    assert_eq!(kept.as_array().unwrap().len(), count);
    assert_eq!(kept[0]["fields"]["by"], "safety officer");
}

#[test]
fn what_an_inspection_a_nonconformity_and_a_drill_find_marks_what_they_name() {
    let office = Office::with_sample();
    // The drill of April came short: its plan is to be looked at, until somebody does.
    let plans = ["--register", "plans"];
    assert_eq!(stale(&office, &plans), ["EP-001 DR-2022-01"]);
    done(&office, &["set", "EP-001", "edition=A/1"]);
    assert!(stale(&office, &plans).is_empty());
    // Now everything that goes by the plan is.
    assert!(stale(&office, &ASPECTS).contains(&"EA-0007 EP-001".to_owned()));
    done(&office, &["unchanged", "EA-0007", "--why", "评价不受影响"]);
    let items = r#"items=[{"of":["EA-0007"],"result":"fail"},{"of":["EA-0002"],"result":"pass"}]"#;
    let sheet = ["add", "inspections", "title=五月检查", "date=2022-05-13", "kind=monthly", "by=体系专员"];
    done(&office, &[&sheet[..], &["department=DP-001", "result=problems", items]].concat());
    assert_eq!(stale(&office, &ASPECTS), ["EA-0007 IN-2022-001"]);
    let nc = [
        "add",
        "nonconformities",
        "title=灭火器过期",
        "date=2022-05-13",
        "source=inspection",
        "owner=综合办公室主任",
    ];
    done(&office, &[&nc[..], &["due=2022-05-31", "department=DP-002", "about=EA-0007,EA-0002"]].concat());
    assert_eq!(stale(&office, &ASPECTS), ["EA-0002 NC-2022-01", "EA-0007 NC-2022-01 IN-2022-001"]);
    done(&office, &["unchanged", "EA-0002", "EA-0007", "--why", "已换灭火器", "--by", "技术部经理"]);
    done(&office, &["set", "NC-2022-01", "status=acting"]);
    assert!(stale(&office, &ASPECTS).is_empty(), "how far it is asks nobody to look");
    done(&office, &["set", "NC-2022-01", "cause=没有列入月度检查"]);
    assert_eq!(stale(&office, &ASPECTS).len(), 2);
}

#[test]
fn a_change_an_incident_and_a_law_reach_what_they_are_about_unless_they_were_only_written_down_late() {
    let office = Office::with_sample();
    assert!(stale(&office, &ASPECTS).is_empty());
    let change =
        ["add", "changes", "title=换楼层", "kind=site", "department=DP-001", "of=AC-001", "owner=技术部经理"];
    // What was before the aspects were evaluated is no news to them, whenever it is written down.
    done(&office, &[&change[..], &["date=2022-03-01", "due=2022-06-30"]].concat());
    assert!(stale(&office, &ASPECTS).is_empty());
    done(&office, &[&change[..], &["date=2022-05-13", "due=2022-06-30"]].concat());
    let all = stale(&office, &ASPECTS);
    assert!(all.len() == 7 && all.contains(&"EA-0007 CH-2022-03".to_owned()), "{all:?}");
    done(&office, &["set", "LW-0002", "articles=第十七条、第二十条"]);
    assert!(stale(&office, &ASPECTS).contains(&"EA-0002 LW-0002 CH-2022-03".to_owned()));
    // How far a change or an incident is, and that a law was looked up, is no news.
    done(&office, &["unchanged", "EA-0002", "--why", "条文早已执行"]);
    done(&office, &["set", "LW-0002", "looked=2022-05-13"]);
    done(&office, &["set", "CH-2022-03", "assessment=看过", "due=2022-07-31"]);
    assert!(!stale(&office, &ASPECTS).iter().any(|line| line.starts_with("EA-0002")));
    let incident =
        ["add", "incidents", "title=开水烫伤", "date=2022-05-13", "kind=injury", "department=DP-001"];
    done(&office, &[&incident[..], &["about=HZ-0006", "place=茶水间", "due=2022-06-13"]].concat());
    let hazards = stale(&office, &["--register", "hazards"]);
    assert!(
        hazards.contains(&"HZ-0006 IC-2022-01 CH-2022-03 CH-2022-02 CH-2022-01".to_owned()),
        "{hazards:?}"
    );
    done(&office, &["unchanged", "HZ-0006", "--why", "评价已含烫伤"]);
    done(&office, &["set", "IC-2022-01", "immediate=冷水冲洗"]);
    assert!(!stale(&office, &["--register", "hazards"]).iter().any(|line| line.starts_with("HZ-0006")));
}

#[test]
fn an_auditor_asks_about_listed_ones_and_a_past_day_shows_its_own_marks() {
    let office = Office::with_sample();
    let asked = || -> Vec<String> {
        let looked = json(&office, &["check"]);
        let of = |check: &&Json| {
            ["aspect-to-look-at", "hazard-to-look-at"].contains(&check["check"].as_str().unwrap())
        };
        let checks = looked.as_array().unwrap().iter().filter(of);
        let found = checks.flat_map(|check| check["found"].as_array().unwrap().clone());
        found
            .map(|finding| {
                format!("{} {}", finding["id"].as_str().unwrap(), finding["detail"].as_str().unwrap())
            })
            .collect()
    };
    // Home office began after the hazards were evaluated, and nobody looked at them since.
    assert!(
        asked().len() == 1 && asked()[0].starts_with("HZ-0002 （CH-2022-01 多数员工居家办公 新增"),
        "{:?}",
        asked()
    );
    done(&office, &["set", "AC-001", "place=办公楼 6 层"]);
    let found = asked();
    assert!(found.len() >= 3 && found[0].contains("AC-001 办公活动 地点有改，2022-05-13"), "{found:?}");
    // A past day has the marks that it had.
    assert!(stale(&office, &["--as-of", "2022-05-12", ASPECTS[0], ASPECTS[1]]).is_empty());
    assert!(stale(&office, &["--as-of", "2022-05-13", ASPECTS[0], ASPECTS[1]]).len() > 6);
    assert_eq!(stale(&office, &["--as-of", "2022-05-11"]), ["EP-001 DR-2022-01"]);
    assert_eq!(stale(&office, &["--as-of", "2022-04-19"]), Vec::<String>::new());
    let mut terminal = office.start("en", (100, 200), &[]);
    terminal
        .wait("Registers")
        .press("!", "changes were looked at")
        .wait("was not looked at since something changed");
    terminal.send(ESC);
    terminal
        .wait("Registers")
        .press("1", "?EA-0007")
        .press("@", "As of when?")
        .press("2022-05-12\r", "2022-05-12");
    terminal.wait_gone("?EA-0007").press("=", "read").press("q", "");
    assert_eq!(terminal.end(), 0);
}

#[test]
fn a_review_takes_the_marked_ones_says_what_changed_and_clears_them() {
    let office = Office::with_sample();
    done(&office, &["set", "OC-0004", "edition=A/1"]);
    let mut terminal = office.start("zh", (80, 24), &[]);
    terminal.wait("要办的事").press("1", "EA-0007").press("R", "待复核的").press("待复核\r", "1 条");
    terminal.press("\r", "1 / 1").wait("此后").wait("OC-0004 安全事故应急预案 版本有改");
    std::thread::sleep(SEEN);
    terminal.press("\r", "上次复评以来").wait("维持 1").send("\u{3}");
    assert_eq!(terminal.end(), 0);
    assert!(stale(&office, &ASPECTS).is_empty());
}

#[test]
fn what_is_said_is_the_programs_to_record_and_wrong_words_are_told() {
    let office = Office::with_sample();
    let refused = |args: &[&str], words: &str| {
        let (_, said, code) = office.run("zh", args);
        assert!(code != 0 && said.contains(words), "{args:?} {code}: {said}");
    };
    refused(&["unchanged", "EA-0001", "--why", "试"], "EA-0001 没有待复核的变化");
    refused(&["unchanged", "EA-0999", "--why", "试"], "EA-0999");
    refused(&["add", "unchanged", "entry=EA-0001"], "不能手加");
    done(&office, &["set", "OC-0004", "edition=A/1"]);
    refused(
        &["unchanged", "EA-0007", "--why", "试", "--on", "2022-05-12"],
        "2022-05-12 以后还有变化（2022-05-13）",
    );
    refused(&["unchanged", "EA-0007", "--why", "试", "--on", "2022-05-14"], "还没到");
    done(&office, &["unchanged", "EA-0007", "--why", "格式", "--on", "2022-05-13", "--by", "技术部经理"]);
    refused(&["set", "UC-0001", "why=别的"], "不能手改");
    let list = json(&office, &["list", "aspects", "stale:yes"]);
    assert_eq!(list.as_array().unwrap().len(), 0);
    let (out, _, _) = office.run("zh", &["list", "plans", "待复核:是", "--columns", "id,stale"]);
    assert!(out.contains("待复核") && out.contains("EP-001") && !out.contains("EP-002"), "{out}");
    done(&office, &["delete", "OC-0003", "--why", "并入别的文件"]);
    let (out, _, _) = office.run("en", &["stale", "--register", "aspects"]);
    assert!(out.contains("OC-0003 废弃物管理办法 was deleted, 2022-05-13"), "{out}");
}
