//! Issued lists: bound to what they held, told from what is true today.
#![allow(clippy::unwrap_used, clippy::indexing_slicing, clippy::panic)]

mod common;
#[path = "common/office.rs"]
mod office;
#[path = "common/terminal.rs"]
mod terminal;

use chrono::TimeDelta;
use office::{ESC, F2, Office};
use serde_json::Value as Json;
use taizhang::book::{Date, Edit, Proposal, Value, Way};
use taizhang::exchange::issue::{Issued, draft, issue};
use taizhang::wording::Lang;

const SIGNED: &[&str] = &[
    "--number",
    "QD-01",
    "--prepared-by",
    "甲",
    "--prepared",
    "2022-05-10",
    "--checked-by",
    "乙",
    "--checked",
    "2022-05-11",
    "--approved-by",
    "丙",
    "--approved",
    "2022-05-12",
];

fn done(office: &Office, args: &[&str]) -> String {
    let (out, wrong, code) = office.run("zh", args);
    assert_eq!(code, 0, "{args:?}: {out}{wrong}");
    out
}

fn refused(office: &Office, args: &[&str], said: &str) {
    let (out, wrong, code) = office.run("zh", args);
    assert!(code == 2 && wrong.contains(said), "{args:?}: {out}{wrong}");
}

fn stand(office: &Office) -> Vec<(String, String, u64, bool)> {
    let all: Json = serde_json::from_str(&done(office, &["issued", "--json"])).unwrap();
    let one = |issue: &Json| {
        let word = |name: &str| issue[name].as_str().unwrap().to_owned();
        (
            word("edition"),
            word("status"),
            issue["changed"].as_u64().unwrap(),
            issue["holds"].as_bool().unwrap(),
        )
    };
    all.as_array().unwrap().iter().map(one).collect()
}

#[test]
fn a_list_is_bound_to_what_it_held() {
    let office = Office::with_sample();
    let issue = [&["issue", "significant-aspects"], SIGNED].concat();
    assert!(done(&office, &issue).contains("A/0（QD-01），3 条"));
    assert_eq!(stand(&office), [("A/0".to_owned(), "issued".to_owned(), 0, true)]);
    let print = done(&office, &["print", "IS-0001"]);
    for part in [
        "清单编号：QD-01",
        "版本：A/0",
        "编制： 甲 2022-05-10",
        "批准： 丙 2022-05-12",
        "校验和：",
        "潜在火灾",
    ] {
        assert!(print.contains(part), "{part}: {print}");
    }
    assert!(!print.contains("!!"), "{print}");
    // Notes and reviews change no list; a measure does, and so does a row that leaves it.
    done(&office, &["set", "EA-0007", "note=x", "owner=某人"]);
    assert_eq!(stand(&office)[0].2, 0);
    done(&office, &["set", "EA-0007", "controls=新的措施"]);
    done(&office, &["delete", "EA-0012", "--why", "疫情过去"]);
    let told = done(&office, &["issued"]);
    assert!(
        told.contains("发布后改了 2 行")
            && told.contains("去掉 EA-0012")
            && told.contains("修改 EA-0007 潜在火灾（控制措施）"),
        "{told}"
    );
    let late = done(&office, &["print", "IS-0001"]);
    assert!(
        late.contains("不是现行内容：A/0 发布后改了 2 行")
            && late.contains("口罩的废弃")
            && !late.contains("新的措施"),
        "{late}"
    );
    assert!(
        done(&office, &["print", "significant-aspects"])
            .contains("非受控打印：现行的是 QD-01 A/0，发布后改了 2 行")
    );
    // The next edition says what changed; the one before is withdrawn and can be read all the same.
    let next = [&["issue", "重要环境因素清单"], SIGNED].concat();
    assert!(done(&office, &next).contains("A/1（QD-01），2 条"));
    assert_eq!(stand(&office).iter().map(|one| one.1.as_str()).collect::<Vec<_>>(), ["superseded", "issued"]);
    assert!(done(&office, &["show", "IS-0002"]).contains("比 A/0：去掉 EA-0012"));
    let old = done(&office, &["print", "IS-0001", "--to", "old.html"]);
    assert!(old.contains("old.html"));
    let page = std::fs::read_to_string(office.folder.path().join("old.html")).unwrap();
    assert!(
        page.contains("<p class=\"late\">已换版：QD-01 A/0 不再有效</p>") && page.contains("口罩的废弃"),
        "{page}"
    );
    // One that is no longer used is withdrawn by hand, and by nothing else; it has used up its edition.
    refused(&office, &["set", "IS-0002", "status=draft"], "已经定下");
    done(&office, &["set", "IS-0002", "status=withdrawn", "--why", "疫情结束"]);
    assert!(done(&office, &["print", "IS-0002"]).contains("已作废：QD-01 A/1 不再有效"));
    assert!(!done(&office, &["print", "significant-aspects"]).contains("非受控打印"));
    refused(&office, &[&next[..], &["--edition", "A/1"]].concat(), "A/1 已经发布过");
    assert!(done(&office, &next).contains("A/2（QD-01），2 条"));
    done(&office, &["undo"]);
    done(&office, &["undo"]);
    // One undo takes the new edition back, and the old one is in force again.
    done(&office, &["undo"]);
    assert_eq!(stand(&office), [("A/0".to_owned(), "issued".to_owned(), 2, true)]);
    done(&office, &["verify"]);
}

#[test]
fn a_list_that_asks_for_today_is_bound_to_the_day_of_its_issue() {
    let folder = tempfile::tempdir().unwrap();
    let mut session = common::empty(&folder.path().join("book"));
    let (made, issued) = (common::moment(), common::moment() + TimeDelta::days(9));
    let ends = Value::Date(Date::day(session.today(made) + TimeDelta::days(3)));
    let fields = [("title", Value::Text("证书".to_owned())), ("until", ends), ("status", choice("valid"))];
    let fields = fields.map(|(id, value)| (id.to_owned(), value)).to_vec();
    let edits = vec![Edit::Add { register: "certificates".to_owned(), fields }];
    session.commit(Proposal { way: Way::Command, why: None, edits }, made).unwrap();
    // It ended after the last change of the book and before the list was issued.
    let reading = session.reading(Lang::Zh);
    let listing = reading.listing("certificates-expired").unwrap();
    let mut fields = draft((&session, &reading), (&listing, None), session.today(issued)).unwrap();
    for (id, value) in [("number", "N"), ("checked-by", "乙"), ("approved-by", "丙")] {
        fields.retain(|(field, _)| field != id);
        fields.push((id.to_owned(), Value::Text(value.to_owned())));
    }
    let day = Value::Date(Date::day(session.today(issued)));
    fields.extend(["checked", "approved"].map(|id| (id.to_owned(), day.clone())));
    let commit = issue(&mut session, (None, fields), (Way::Command, Lang::Zh), issued).unwrap();
    let reading = session.reading(Lang::Zh);
    let entry = reading.book.entry(commit.changes[0].entry).unwrap();
    let stands = Issued::of(&reading, entry).unwrap().standing(&session, Lang::Zh, issued).unwrap().unwrap();
    assert!(stands.holds && stands.since.count() == 0);
}

fn choice(code: &str) -> Value {
    Value::Choice(code.to_owned())
}

#[test]
fn who_signs_and_when_is_held_to() {
    let office = Office::with_sample();
    let with = |name: &str, value: &str| -> Vec<String> {
        let mut args: Vec<String> =
            [&["issue", "major-hazards"], SIGNED].concat().iter().map(|arg| (*arg).to_owned()).collect();
        let at = args.iter().position(|arg| arg == name).unwrap();
        args[at + 1] = value.to_owned();
        args
    };
    let try_with = |name: &str, value: &str, said: &str| {
        let args = with(name, value);
        refused(&office, &args.iter().map(String::as_str).collect::<Vec<_>>(), said);
    };
    try_with("--approved-by", "甲", "编制人和批准人要是两个人");
    try_with("--checked", "2022-05-01", "审核日期");
    try_with("--approved", "2022-05-10", "批准日期");
    try_with("--approved", "2022-13-10", "批准日期");
    refused(&office, &["issue", "major-hazards"], "先填");
    refused(&office, &["issue", "nothing-here"], "nothing-here");
    refused(&office, &["print", "IS-0009"], "没有条目 IS-0009");
    refused(&office, &["issue", "incidents", "--number", "x"], "没有条目");
    // Nobody writes a seal by hand, nor issues without one.
    refused(&office, &["add", "issued", "title=x", "edition=A/0", "seal=1"], "由程序记录");
    refused(&office, &["add", "issued", "title=x", "edition=A/0", "status=issued"], "校验和");
    assert!(stand(&office).is_empty());
    // What was signed stays as it was signed; where the paper lies may be said later.
    done(&office, &with("--prepared-by", "外人").iter().map(String::as_str).collect::<Vec<_>>());
    refused(&office, &["set", "IS-0001", "approved-by=外人"], "已经定下，不能手改");
    refused(&office, &["set", "IS-0001", "edition=B/0"], "要改就发布下一版");
    refused(&office, &["delete", "IS-0001", "--why", "x"], "由程序记录");
    refused(&office, &["set", "IS-0001", "status=draft"], "已经定下");
    done(&office, &["set", "IS-0001", "kept=二号柜"]);
    // An edition is given out once, and nobody signs ahead of the day.
    let again: Vec<String> =
        with("--prepared-by", "甲").into_iter().chain(["--edition", "A/0"].map(str::to_owned)).collect();
    refused(&office, &again.iter().map(String::as_str).collect::<Vec<_>>(), "QD-01 A/0 已经发布过");
    try_with("--approved", "2022-05-14", "还没有到");
    // Who is among no roles is asked about.
    let (found, ..) = office.run("zh", &["check"]);
    assert!(found.contains("签字的人，在岗的岗位里没有") && found.contains("IS-0001"), "{found}");
}

#[test]
fn by_keys_from_a_view_to_its_issue() {
    let office = Office::with_sample();
    let mut terminal = office.start("zh", (80, 24), &[]);
    terminal.wait("要办的事").open_list("significant-aspects", "EA-0012");
    // P on a list is the form of a draft of it.
    terminal
        .press("P", "填全以后在清单上按 P 发布")
        .wait("视图")
        .wait("significant-aspects")
        .wait("A/0")
        .press(F2, "已存 IS-0001");
    // The draft that waits is gone on with: P wants what is missing, and begins where that is.
    terminal
        .press("P", "先填")
        .wait("审核人")
        .send("乙\t")
        .send("2022-05-13\t")
        .send("丙\t")
        .send("2022-05-13")
        .press(F2, "已存 IS-0001");
    terminal.press("P", "已发布 IS-0001");
    terminal.send(ESC).wait("要办的事").open_list("issued", "IS-0001");
    assert_eq!(stand(&office), [("A/0".to_owned(), "issued".to_owned(), 0, true)]);
    terminal.press("P", "与发布时一致").send(ESC).wait_gone("与发布时一致");
    // What was issued is handed out as it was issued.
    terminal.press("\r", "校验和").press("X", "导出、打印").press("\r", ".html").send("\u{15}~/is.html\r");
    terminal.wait("is.html").send("q");
    assert_eq!(terminal.end(), 0);
    let page = std::fs::read_to_string(office.folder.path().join("is.html")).unwrap();
    assert!(page.contains("潜在火灾") && page.contains("丙 2022-05-13"), "{page}");
}

#[test]
fn what_stands_in_the_way_of_an_issue_is_where_the_form_begins() {
    let office = Office::with_sample();
    done(&office, &[&["issue", "major-hazards"], SIGNED].concat());
    let mut terminal = office.start("zh", (80, 24), &[]);
    terminal.wait("要办的事").open_list("major-hazards", "HZ-0002");
    // A draft with an edition that was given out, and no place to type what only the program writes.
    terminal.press("P", "A/1");
    assert!(!terminal.screen().contains("校验和"), "{}", terminal.screen());
    terminal.send("\t\t\u{15}A/0").press(F2, "已存 IS-0002");
    // P finds it used and stands on it.
    terminal.press("P", "已经发布过").send("\u{15}A/9").press(F2, "已存 IS-0002").send("q");
    assert_eq!(terminal.end(), 0);
    assert!(office.run("zh", &["show", "IS-0002"]).0.contains("A/9"));
}

#[test]
fn a_seal_that_the_book_of_then_does_not_give_is_told() {
    let office = Office::with_sample();
    done(&office, &[&["issue", "significant-aspects"], SIGNED].concat());
    // Only the program writes a seal: here it is made to write another.
    let mut session = taizhang::share::Session::new(common::open(&office.book()), common::who());
    let key = session.book().key_of("IS-0001").unwrap();
    let fields = vec![("seal".to_owned(), Some(Value::Text("0".repeat(64))))];
    let edits = vec![Edit::Set { entry: key, fields }];
    session.record(Proposal { way: Way::Command, why: None, edits }, common::moment()).unwrap();
    drop(session);
    let (out, _, code) = office.run("zh", &["issued"]);
    assert!(code == 3 && out.contains("校验和对不上"), "{out}");
    assert!(done(&office, &["print", "IS-0001"]).contains("校验和对不上"));
}

#[test]
fn an_edition_that_was_taken_back_is_used_up_and_a_number_is_of_one_list() {
    let office = Office::with_sample();
    let issue = [&["issue", "significant-aspects"], SIGNED].concat();
    done(&office, &issue);
    done(&office, &["undo"]);
    // Paper of it may be about: the same edition is refused, and the next one is what is proposed.
    refused(&office, &[&issue[..], &["--edition", "a/0"]].concat(), "已经发布过");
    assert!(done(&office, &issue).contains("A/1（QD-01）"));
    refused(&office, &[&["issue", "major-hazards"], SIGNED].concat(), "清单编号 QD-01 已是 IS-0002");
    // Nobody signs unnamed; a role by its serial is the role.
    refused(&office, &["issue", "major-hazards", "--number", "QD-02"], "编制人");
    let with = |from: &[&'static str], name: &str, value: &'static str| -> Vec<&'static str> {
        let mut args = from.to_vec();
        let at = args.iter().position(|arg| *arg == name).unwrap();
        args[at + 1] = value;
        args
    };
    let hazards = [&["issue", "major-hazards"], SIGNED].concat();
    let hazards = with(&hazards, "--number", "QD-02");
    let alone = with(&with(&hazards, "--prepared-by", "体系专员"), "--approved-by", "PO-004");
    refused(&office, &alone, "要是两个人");
    // Nothing is approved before it was judged.
    let early = ["--prepared", "--checked", "--approved"];
    let early = early.iter().fold(hazards.clone(), |args, name| with(&args, name, "2020-01-01"));
    refused(&office, &early, "批准日期不能更早");
    done(&office, &hazards);
    // A draft that was withdrawn is not issued; one that waits can be printed to be checked.
    done(&office, &["add", "issued", "title=法规清单", "number=QD-03", "edition=A/0", "view=laws"]);
    let paper = done(&office, &["print", "IS-0004"]);
    assert!(paper.contains("QD-03 A/0：草案") && paper.contains("LW-"), "{paper}");
    done(&office, &["set", "IS-0004", "status=withdrawn"]);
    refused(&office, &[&["issue", "IS-0004"], &SIGNED[2..]].concat(), "不能发布");
}

#[test]
fn a_form_that_changed_after_the_issue_is_said_and_the_signatures_stay() {
    let office = Office::with_sample();
    done(&office, &[&["issue", "significant-aspects"], SIGNED].concat());
    assert!(!done(&office, &["print", "IS-0001"]).contains("表格样式在发布以后改过"));
    let folder = office.book().join("forms");
    std::fs::create_dir_all(&folder).unwrap();
    let own = "of = \"significant-aspects\"\n[[columns]]\nwhat = \"aspect\"\n";
    std::fs::write(folder.join("significant-aspects.toml"), own).unwrap();
    let paper = done(&office, &["print", "IS-0001"]);
    for part in ["表格样式在发布以后改过", "编制： 甲 2022-05-10", "批准： 丙 2022-05-12"]
    {
        assert!(paper.contains(part), "{part}: {paper}");
    }
}
