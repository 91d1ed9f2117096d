//! What there is for a clause: by command, by department, on its page, and one key from each piece.
#![allow(clippy::unwrap_used, clippy::indexing_slicing, clippy::panic)]

mod common;
#[path = "common/office.rs"]
mod office;
#[path = "common/terminal.rs"]
mod terminal;

use office::{ESC, F3, Office};
use serde_json::Value as Json;

fn json(office: &Office, args: &[&str]) -> Json {
    let (out, wrong, code) = office.run("en", &[args, &["--json"]].concat());
    assert_eq!(code, 0, "{wrong}");
    serde_json::from_str(&out).unwrap()
}

fn ids(all: &Json) -> Vec<&str> {
    all.as_array().unwrap().iter().map(|one| one["id"].as_str().unwrap()).collect()
}

#[test]
fn a_clause_shows_its_documents_records_findings_and_questions() {
    let office = Office::with_sample();
    assert_eq!(office.run("en", &["add", "questions", "question=演练记录在哪里？", "clause=8.2"]).2, 0);
    let evidence = json(&office, &["evidence", "E:8.2"]);
    assert_eq!(ids(&evidence["documents"]), ["OC-0004", "OC-0009"]);
    assert!(ids(&evidence["questions"])[0].starts_with("QU-"), "{evidence}");
    assert_eq!(ids(&evidence["findings"]), ["DR-2022-01", "FE-0005", "FE-0006", "FE-0007"]);
    let count = |register: &str| {
        let registers = evidence["registers"].as_array().unwrap();
        let found = registers.iter().find(|served| served["register"] == register).unwrap();
        (found["count"].as_u64().unwrap(), found["last"].as_str().unwrap_or_default().to_owned())
    };
    assert_eq!(count("drills").0, 2);
    assert!(count("plans").1.starts_with("2021-05-10"), "{:?}", count("plans"));
    assert!(!evidence["asks"]["E"]["zh"].as_str().unwrap().is_empty());
    // Both standards side by side, in the language; of one department only; as of a day.
    for (lang, words) in [
        ("zh", ["为潜在紧急情况准备", "应急演练  2 条", "火灾疏散演练"]),
        ("en", ["prepare for emergencies", "Emergency drills  2", "火灾疏散演练"]),
    ] {
        let (out, ..) = office.run(lang, &["evidence", "8.2"]);
        assert!(words.iter().all(|word| out.contains(word)), "{out}");
    }
    let aspects = |args: &[&str]| {
        let evidence = json(&office, &[&["evidence", "6.1.2"], args].concat());
        evidence["registers"]
            .as_array()
            .unwrap()
            .iter()
            .find(|served| served["register"] == "aspects")
            .unwrap()["count"]
            .clone()
    };
    let of = json(&office, &["list", "aspects", "部门:技术部"]).as_array().unwrap().len();
    assert_eq!(aspects(&["--department", "技术部"]), of);
    assert_eq!((aspects(&["--department", "DP-001"]), aspects(&[])), (Json::from(of), Json::from(17)));
    assert_eq!(aspects(&["--as-of", "#1"]), 0);
    for (args, exit, said) in [
        (&["evidence", "4.4"][..], 2, "4.2 5.2 5.3"),
        (&["evidence", "火灾"], 2, "8.2"),
        (&["evidence", "8.2", "--department", "技术步"], 1, "技术部"),
    ] {
        let (_, wrong, code) = office.run("en", args);
        assert!(code == exit && wrong.contains(said), "{args:?}: {code} {wrong}");
    }
}

#[test]
fn coverage_adds_up_to_what_each_clause_shows() {
    let office = Office::with_sample();
    let covered = json(&office, &["coverage"]);
    for row in covered.as_array().unwrap() {
        let clause = row["clause"].as_str().unwrap();
        for (department, cell) in [(None, &row["all"]), (Some("DP-001"), &row["departments"]["DP-001"])] {
            let args = department.map_or(vec![], |department| vec!["--department", department]);
            let evidence = json(&office, &[&["evidence", clause], &args[..]].concat());
            let entries: u64 = evidence["registers"]
                .as_array()
                .unwrap()
                .iter()
                .map(|served| served["count"].as_u64().unwrap())
                .sum();
            let pieces = entries + evidence["documents"].as_array().unwrap().len() as u64;
            assert_eq!(cell["evidence"], pieces, "{clause} {department:?}");
            assert_eq!(
                cell["findings"],
                evidence["findings"].as_array().unwrap().len(),
                "{clause} {department:?}"
            );
        }
    }
    let (out, ..) = office.run("zh", &["coverage"]);
    assert!(out.contains("8.2") && out.contains("技术部") && out.contains("*16 (4)"), "{out}");
}

#[test]
fn who_answers_for_a_clause_and_has_nothing_to_show_is_seen() {
    let office = Office::with_sample();
    let cell = |clause: &str, department: &str| {
        let covered = json(&office, &["coverage"]);
        let row = covered.as_array().unwrap().iter().find(|row| row["clause"] == clause).unwrap().clone();
        let cell = &row["departments"][department];
        (cell["answers"] == true, cell["hole"] == true, cell["evidence"].as_u64().unwrap())
    };
    // The technical department answers for what was audited in it, and can show no nonconformity.
    assert_eq!(cell("10.2", "DP-001"), (true, true, 0));
    assert!(!cell("10.2", "DP-002").0 && cell("10.2", "DP-002").2 > 0);
    assert!(cell("6.1.2", "DP-001").0 && !cell("6.1.2", "DP-001").1);
    let evidence = json(&office, &["evidence", "10.2"]);
    assert_eq!(evidence["answering"], serde_json::json!([{ "id": "DP-001", "evidence": 0 }]));
    let (out, ..) = office.run("en", &["evidence", "10.2"]);
    assert!(out.contains("DP-001  技术部  ! nothing to show"), "{out}");
    assert!(office.run("zh", &["coverage"]).0.contains("!*0"));
    // The first fills it; what another department is given is its own.
    let first = ["add", "nonconformities", "title=x", "date=2022-05-12", "department=DP-001"];
    assert_eq!(office.run("en", &first).2, 0);
    assert_eq!(cell("10.2", "DP-001"), (true, false, 1));
    assert_eq!(office.run("en", &["set", "DP-002", "clauses=S:5.2，E:8.1"]).2, 0);
    assert_eq!(cell("5.2", "DP-002"), (true, true, 0));
    assert_eq!((cell("8.1", "DP-002").0, cell("8.2", "DP-002").0), (true, false));
}

#[test]
fn the_matrix_of_clauses_and_departments_leads_to_each_clause() {
    let office = Office::with_sample();
    for (lang, home, heading, hole, answers) in [
        ("zh", "要办的事", "部门 2 个，缺口", "负责，却没有证据", "负责：技术部"),
        ("en", "To do", "2 departments", "has nothing to show", "Answering: 技术部"),
    ] {
        let mut terminal = office.start(lang, (80, 24), &[]);
        terminal.wait(home).press(":", "").send("coverage").wait("#").press("\r", heading);
        // Down to the monthly checks, over to the technical department.
        terminal.send("l").press_until("j", |terminal| terminal.screen().contains(hole));
        terminal.wait(answers);
        terminal.press("\r", "DP-001  技术部  !").send(ESC).wait(heading).send("q");
        assert_eq!(terminal.end(), 0);
    }
}

#[test]
fn twelve_departments_fit_by_moving_over_them() {
    let office = Office::with_sample();
    for number in 3..=12 {
        let title = format!("title=第{number}事业部");
        assert_eq!(office.run("en", &["add", "departments", &title, "clauses=10.2"]).2, 0);
    }
    let mut terminal = office.start("zh", (80, 24), &[]);
    terminal.wait("要办的事").press("#", "部门 12 个").wait("技术部").wait_gone("最近修改");
    assert!(!terminal.screen().contains("第12"), "{}", terminal.screen());
    terminal.send(&"l".repeat(12)).wait("第12").wait("<").wait("全部");
    terminal.send(&"h".repeat(12)).wait_gone("第12").press("q", "");
    assert_eq!(terminal.end(), 0);
}

#[test]
fn a_clause_is_a_page_away_from_every_screen() {
    let office = Office::with_sample();
    for (lang, size, home, asks) in [
        ("zh", (80, 24), "要办的事", "为潜在紧急情况准备"),
        ("en", (120, 40), "To do", "prepare for emergencies"),
    ] {
        let mut terminal = office.start(lang, size, &[]);
        terminal.wait(home).press(F3, "> ").send("8.2").wait("OC-0009").press("\r", asks).wait("OC-0004");
        // Each piece is one key away: a document, then a list.
        terminal.press("\t\t\r", "A/0").send(ESC).wait(asks);
        terminal.press("\t\t\r", "DR-2021-01").send(ESC).wait(asks);
    }
    // A question noted there is about the clause.
    let mut terminal = office.start("zh", (80, 24), &[]);
    terminal
        .wait("要办的事")
        .press(":", "命令")
        .send("10.2")
        .wait("条款")
        .press("\r", "不符合报告")
        .press("Q", "审核问题");
    terminal.send("有几份？\r").wait("QU-2022-01");
    drop(terminal);
    assert_eq!(json(&office, &["show", "QU-2022-01"])["fields"]["clause"], "10.2");
}
