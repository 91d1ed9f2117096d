//! What hangs on an entry, step by step, and where a link is missing: by command, and by key to fill it.
#![allow(clippy::unwrap_used, clippy::indexing_slicing, clippy::panic)]

mod common;
#[path = "common/office.rs"]
mod office;
#[path = "common/terminal.rs"]
mod terminal;

use office::{ESC, F2, F3, Office};
use serde_json::Value as Json;

/// The chain of an entry: depth, step, id, whether it is a hole.
fn chain(office: &Office, args: &[&str]) -> Vec<(u64, String, String, bool)> {
    let (out, wrong, code) = office.run("en", &[&["chain", "--json"], args].concat());
    assert_eq!(code, 0, "{wrong}");
    let lines: Json = serde_json::from_str(&out).unwrap();
    let line = |line: &Json| {
        let words = |name: &str| line[name].as_str().unwrap_or_default().trim().to_owned();
        (line["depth"].as_u64().unwrap(), words("step"), words("id"), line["hole"] == true)
    };
    lines.as_array().unwrap().iter().map(line).collect()
}

fn holes(office: &Office, id: &str) -> Vec<String> {
    chain(office, &[id]).into_iter().filter(|line| line.3).map(|line| line.1).collect()
}

#[test]
fn a_chain_goes_from_the_aspect_to_the_problem_of_a_drill() {
    let office = Office::with_sample();
    let words = |depth: u64, step: &str, id: &str, hole: bool| (depth, step.to_owned(), id.to_owned(), hole);
    assert_eq!(
        chain(&office, &["EA-0007"]),
        [
            words(0, "", "EA-0007", false),
            words(1, "documents", "OC-0004", false),
            words(1, "plans", "EP-001", false),
            words(2, "Emergency drills", "DR-2022-01", false),
            words(3, "problem", "", false),
            words(1, "Objectives and programmes", "OB-2022-01", false),
            words(1, "Inspections", "", true),
        ]
    );
    assert_eq!(chain(&office, &["CT-002"])[1], words(1, "Requirement reviews", "RR-2021-02", false));
    assert_eq!(holes(&office, "CT-003"), ["Requirement reviews"]);
    // What is not listed and no emergency has no holes; a past has its own chain.
    assert_eq!(holes(&office, "EA-0006"), [""; 0]);
    assert_eq!(chain(&office, &["EA-0007", "--as-of", "#9"]).len(), 5);
    let (out, ..) = office.run("zh", &["chain", "EA-0007"]);
    assert!(
        out.contains("    应急演练  DR-2022-01  火灾疏散演练\n      问题  东侧楼梯门锁闭  未关闭"),
        "{out}"
    );
    assert!(out.contains("检查  -- 没有检查过"), "{out}");
    // An inspection and its nonconformity hang on it; what is deleted says so; a circle ends.
    for args in [
        &[
            "add",
            "nonconformities",
            "title=灭火器过期",
            "date=2022-05-10",
            "source=inspection",
            "department=DP-002",
            "owner=x",
            "due=2022-06-30",
        ][..],
        &[
            "add",
            "inspections",
            "title=五月检查",
            "date=2022-05-10",
            "kind=monthly",
            "department=DP-002",
            "by=y",
            "result=problems",
            r#"items=[{"item":"灭火器","of":["EA-0007"],"result":"fail","problem":"过期","nonconformity":["NC-2022-01"]}]"#,
        ],
        &["set", "NC-2022-01", "about=IN-2022-001,EA-0007"],
        &["delete", "OC-0004", "--why", "试"],
    ] {
        let (out, wrong, code) = office.run("en", args);
        assert_eq!(code, 0, "{args:?}: {out}{wrong}");
    }
    let lines = chain(&office, &["EA-0007"]);
    assert!(lines.contains(&words(1, "Inspections", "IN-2022-001", false)), "{lines:?}");
    assert!(lines.contains(&words(2, "nonconformity", "NC-2022-01", false)), "{lines:?}");
    // What failed beside it is no hole of what passed.
    let items = r#"items=[{"item":"灭火器","of":["EA-0007"],"result":"fail","problem":"过期","nonconformity":["NC-2022-01"]},{"item":"墨盒","of":["EA-0002"],"result":"fail","problem":"散放"},{"item":"油","of":["EA-0012"],"result":"pass"}]"#;
    assert_eq!(office.run("en", &["set", "IN-2022-001", items]).2, 0);
    assert_eq!(holes(&office, "EA-0007"), [""; 0]);
    assert!(holes(&office, "EA-0002").contains(&"nonconformity".to_owned()));
    assert!(!holes(&office, "EA-0012").contains(&"nonconformity".to_owned()));
    let (out, ..) = office.run("en", &["chain", "EA-0007"]);
    let documents = out.lines().find(|line| line.trim_start().starts_with("documents")).unwrap().to_owned();
    assert!(documents.contains("OC-0004") && documents.contains("deleted"), "{documents}");
    assert_eq!(office.run("en", &["chain", "EA-0099"]).2, 1);
}

#[test]
fn a_missing_link_is_filled_where_it_is_seen() {
    let office = Office::with_sample();
    let mut terminal = office.start("zh", (80, 24), &[]);
    terminal.wait("要办的事").press("1", "EA-0007").press("c", "没有检查过").wait("东侧楼梯门锁闭");
    // Each thing is one key away.
    terminal.press("\r", "H 历史").send(ESC).wait("没有检查过");
    drop(terminal);
    assert_eq!(office.run("zh", &["set", "EA-0007", "plans="]).2, 0);
    let mut terminal = office.start("en", (80, 24), &[]);
    terminal.wait("To do").press("1", "EA-0007").press("c", "an emergency without a plan");
    // The document first, then the hole: Enter opens the form where the plan goes.
    terminal.press("\t\r", "F2 save").send("安全事故").wait("EP-001").send("\r").wait_gone("没有找到");
    terminal.send(F2).wait("never inspected").wait_gone("without a plan").wait("EP-001");
    drop(terminal);
    assert_eq!(holes(&office, "EA-0007"), ["Inspections"]);
    // A contract without a review makes one, already about it.
    let mut terminal = office.start("zh", (80, 24), &[]);
    terminal.wait("要办的事").press(F3, "> ").send("CT-003").wait("手机银行月末").press("\r", "合同上写");
    terminal.press("c", "没有服务要求评审").press("\r", "评审内容").wait("CT-003");
    drop(terminal);
    // The same where a row names it: the row is there already, and the department.
    let mut terminal = office.start("zh", (80, 40), &[]);
    terminal.wait("要办的事").press("1", "EA-0007").press("c", "没有检查过");
    terminal.press("G\r", "检查内容").wait("EA-0007").wait("技术部");
}
