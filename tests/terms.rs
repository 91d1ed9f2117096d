//! What stands in the terms of a contract: every line with words on environment or safety is confirmed by its review, and
//! only that satisfies the check.
#![allow(clippy::unwrap_used, clippy::indexing_slicing, clippy::panic)]

mod common;
#[path = "common/office.rs"]
mod office;
#[path = "common/terminal.rs"]
mod terminal;

use office::{ESC, Office};
use serde_json::Value as Json;

fn done(office: &Office, args: &[&str]) {
    let (out, wrong, code) = office.run("en", args);
    assert_eq!(code, 0, "{args:?}: {out}{wrong}");
}

fn json(office: &Office, args: &[&str]) -> Json {
    let (out, wrong, code) = office.run("en", &[args, &["--json"]].concat());
    assert!(code < 2, "{args:?}: {wrong}");
    serde_json::from_str(&out).unwrap_or_else(|error| panic!("{error}: {out}{wrong}"))
}

/// The lines of a contract that are to be confirmed: line, kind, how they stand.
fn lines(office: &Office, id: &str) -> Vec<(u64, String, String)> {
    let terms = json(office, &["terms", id]);
    let words = |passage: &Json| {
        let (kind, standing) = (passage["kind"]["code"].as_str(), passage["standing"].as_str());
        (passage["line"].as_u64().unwrap(), kind.unwrap().to_owned(), standing.unwrap().to_owned())
    };
    terms["passages"].as_array().unwrap().iter().map(words).collect()
}

fn line(line: u64, kind: &str, standing: &str) -> (u64, String, String) {
    (line, kind.to_owned(), standing.to_owned())
}

/// What the check of terms finds.
fn found(office: &Office) -> Vec<String> {
    let looked = json(office, &["check", "--register", "contracts"]);
    let check =
        looked.as_array().unwrap().iter().find(|check| check["check"] == "terms-not-reviewed").unwrap();
    let found = check["found"].as_array().unwrap().iter();
    found
        .map(|finding| format!("{} {}", finding["id"].as_str().unwrap(), finding["detail"].as_str().unwrap()))
        .collect()
}

#[test]
fn each_line_is_found_with_its_place_and_information_security_stands_apart() {
    let office = Office::with_sample();
    assert_eq!(
        lines(&office, "CT-002"),
        [line(1, "environment", "open"), line(2, "safety", "open"), line(1, "security", "shown")]
    );
    let terms = json(&office, &["terms", "CT-002"]);
    let first = &terms["passages"][0];
    assert_eq!((&first["rule"], &first["file"]), (&Json::from("r20"), &Json::from("checks/r20.toml")));
    assert_eq!(first["words"], serde_json::json!([{ "word": "环境保护", "at": 22 }]));
    // Only information security: neither environment nor safety stands there.
    assert_eq!(lines(&office, "CT-001"), [line(2, "security", "shown"), line(3, "security", "shown")]);
    let none: Vec<Json> = json(&office, &["terms", "CT-001"])["none"].as_array().unwrap().clone();
    assert!(none.len() == 2 && none.iter().all(|none| none["said"].is_null()), "{none:?}");
    let (out, ..) = office.run("zh", &["terms", "CT-002"]);
    assert!(out.contains("R20") && out.contains("环境保护") && out.contains("另计"), "{out}");
    for (args, exit, said) in [
        (&["terms", "EA-0001"][..], 2, "contracts have one"),
        (&["terms", "CT-099"], 1, "CT-099"),
        (&["confirm", "CT-002", "3", "--no-effect", "x"], 1, "1 environment"),
        (&["confirm", "CT-002", "2", "--owner", "x"], 2, "control"),
        (&["confirm", "CT-002", "2", "--control", "OC-0001"], 2, "owner"),
        (&["confirm", "CT-002", "2", "--owner", "x", "--control", "OC-0999"], 2, "OC-0999"),
        (&["confirm", "CT-002", "2", "--kind", "environment", "--no-effect", "x"], 1, "2 safety"),
        (&["confirm", "CT-003", "--none"], 2, "make one"),
        (&["confirm", "CT-002", "--none"], 2, "nothing of which"),
        (&["confirm", "CT-002"], 2, "LINE"),
    ] {
        let (_, wrong, code) = office.run("en", args);
        assert!(code == exit && wrong.contains(said), "{args:?}: {code} {wrong}");
    }
    assert_eq!(found(&office).len(), 1);
}

#[test]
fn the_check_is_satisfied_by_what_was_confirmed_and_by_nothing_else() {
    let office = Office::with_sample();
    let open = |lines: &str| vec![format!("CT-002 ({lines})")];
    assert_eq!(found(&office), open("line 1 环境保护, line 2 安全防护 防护措施"));
    // A row of the kind alone, and a word that there is nothing, are not enough.
    let bare =
        r#"items=[{"kind":"environment","requirement":"x"},{"kind":"safety","requirement":"y","owner":"z"}]"#;
    done(&office, &["set", "RR-2021-02", bare, "no-environment=看过", "no-safety=看过"]);
    assert_eq!(found(&office), open("line 1 环境保护, line 2 安全防护 防护措施"));
    // One line applies: the row that was there is taken, and keeps its words.
    let applies = ["--owner", "技术部经理", "--control", "OC-0001，OC-0008", "--requirement", "保护人员"];
    done(&office, &[&["confirm", "CT-002", "2"][..], &applies].concat());
    assert_eq!(found(&office), open("line 1 环境保护"));
    let review = json(&office, &["show", "RR-2021-02"]);
    let items = review["fields"]["items"].as_array().unwrap();
    assert_eq!(items.len(), 2, "{items:?}");
    assert_eq!(
        (&items[1]["requirement"], &items[1]["owner"]),
        (&Json::from("保护人员"), &Json::from("技术部经理"))
    );
    assert!(items[1]["term"].as_str().unwrap().contains("安全防护措施"), "{items:?}");
    // The other has no effect, for a reason.
    done(
        &office,
        &["confirm", "CT-002", "1", "--kind", "环境", "--no-effect", "只是办公", "--by", "体系专员"],
    );
    assert_eq!(found(&office), Vec::<String>::new());
    let passage = &json(&office, &["terms", "CT-002"])["passages"][0];
    assert_eq!(
        (&passage["standing"], &passage["reason"], &passage["by"], &passage["on"]),
        (
            &Json::from("no-effect"),
            &Json::from("只是办公"),
            &Json::from("体系专员"),
            &Json::from("2022-05-13")
        )
    );
    // Another line above changes nothing; another wording is another line; a new line is open.
    let old = json(&office, &["show", "CT-002"])["fields"]["terms"].as_str().unwrap().to_owned();
    let terms = |text: &str| done(&office, &["set", "CT-002", &format!("terms={text}")]);
    terms(&format!("第一条 定义。\n{old}"));
    assert_eq!(found(&office), Vec::<String>::new());
    assert_eq!(lines(&office, "CT-002")[0], line(2, "environment", "no-effect"));
    terms(&format!("{old}\n第九条 施工人员的人身安全由乙方负责。"));
    assert_eq!(found(&office), open("line 4 人身"));
    terms(&old.replace("必要的", "一切"));
    assert_eq!(found(&office), open("line 2 安全防护 防护措施"));
    terms(&old);
    // Said otherwise, it takes the place of what was said; taken away, the line is open again.
    done(&office, &["confirm", "CT-002", "2", "--no-effect", "没有派人"]);
    assert_eq!(lines(&office, "CT-002")[1], line(2, "safety", "no-effect"));
    let items = json(&office, &["show", "RR-2021-02"])["fields"]["items"].as_array().unwrap().len();
    assert_eq!((items, found(&office)), (1, Vec::new()));
    done(&office, &[&["confirm", "CT-002", "2"][..], &applies].concat());
    assert_eq!(lines(&office, "CT-002")[1], line(2, "safety", "applies"));
    let rows = json(&office, &["show", "RR-2021-02"])["fields"]["no-effect"].as_array().unwrap().len();
    assert_eq!(rows, 1);
    done(&office, &["set", "RR-2021-02", "no-effect="]);
    assert_eq!(found(&office), open("line 1 环境保护"));
}

#[test]
fn where_nothing_stands_somebody_says_that_he_looked() {
    let office = Office::with_sample();
    let none = || {
        let terms = json(&office, &["terms", "CT-001"]);
        let said =
            terms["none"].as_array().unwrap().iter().map(|none| none["said"].as_str().map(str::to_owned));
        said.collect::<Vec<_>>()
    };
    done(&office, &["confirm", "CT-001", "--none", "--kind", "safety", "--by", "体系专员"]);
    let said = Some("体系专员 2022-05-13 looked: nothing in the terms".to_owned());
    assert_eq!(none(), [None, said.clone()]);
    done(&office, &["confirm", "CT-001", "--none", "--by", "体系专员"]);
    assert_eq!(none(), [said.clone(), said]);
    // What is pasted later has to be confirmed all the same.
    done(&office, &["set", "CT-001", "terms=乙方负责废弃物的处置。"]);
    assert_eq!(
        found(&office),
        ["CT-001 (line 1 废弃物)", "CT-002 (line 1 环境保护, line 2 安全防护 防护措施)"]
    );
}

#[test]
fn a_line_is_confirmed_by_key() {
    let office = Office::with_sample();
    for (lang, size, home, heading, open, apart) in [
        ("zh", (80, 24), "要办的事", "3 处，未确认 2", "未确认：Enter", "信息安全  另计"),
        (
            "en",
            (120, 40),
            "To do",
            "3 found, 2 to confirm",
            "to confirm: Enter",
            "information security  apart",
        ),
    ] {
        let mut terminal = office.start(lang, size, &[]);
        terminal.wait(home).press(":", "").send("contracts\r").wait("CT-002");
        terminal.press("/", "").send("CT-002\r").wait("1 / 4").press("W", heading).wait(open).wait(apart);
        terminal.send("q");
        assert_eq!(terminal.end(), 0);
    }
    let mut terminal = office.start("zh", (80, 24), &[]);
    terminal.wait("要办的事").press("\u{1b}OR", "> ").send("CT-002").wait("开门红活动");
    terminal.press("\r", "顾客").press("W", "3 处，未确认 2").wait("第 1 行").wait("第 22 字「环境保护」");
    // The first has no effect; the second applies, with owner and control.
    terminal
        .press("\r", "没有影响")
        .send("\u{1b}[B\r")
        .wait("为什么没有影响")
        .send("只是办公\r")
        .wait("未确认 1");
    terminal
        .send("\t\t")
        .press("\r", "适用，列为要求")
        .send("\r")
        .wait("要求是什么")
        .send("\r")
        .wait("责任人？");
    terminal.wait("技术部经理").send("\r").wait("关联").send("OC-0001").wait("操作行为规范").send("\r");
    terminal
        .wait("未确认 0")
        .wait("适用：第三条 5")
        .wait("控制 OC-0001")
        .send(ESC)
        .wait("顾客")
        .press("q", "");
    assert_eq!(terminal.end(), 0);
    assert_eq!(found(&office), Vec::<String>::new());
    // A contract without a review leads to a new one.
    let mut terminal = office.start("zh", (80, 24), &[]);
    terminal.wait("要办的事").press("\u{1b}OR", "> ").send("CT-003").wait("月末冲刺").press("\r", "顾客");
    terminal.press("W", "0 处，未确认 2").press("\r", "这份合同还没有评审").wait("评审内容").wait("CT-003");
    drop(terminal);
    // Where nothing stands, a name and Enter.
    let mut terminal = office.start("zh", (80, 24), &[]);
    terminal.wait("要办的事").press("\u{1b}OR", "> ").send("CT-001").wait("积分商城").press("\r", "顾客");
    terminal.press("W", "2 处，未确认 2").press("\r", "谁看过").send("\u{15}体系专员\r").wait("未确认 1");
    terminal.wait("体系专员 2022-05-13 看过：条款里没有").press("q", "");
    assert_eq!(terminal.end(), 0);
}

#[test]
fn where_no_terms_are_kept_nothing_is_said_to_be_missing_in_them() {
    let office = Office::with_sample();
    let (out, ..) = office.run("zh", &["terms", "CT-003"]);
    assert!(out.contains("没有贴条款原文，无从查找") && !out.contains("条款里没有找到"), "{out}");
    let (out, ..) = office.run("zh", &["terms", "CT-001"]);
    assert!(out.contains("条款里没有找到") && !out.contains("没有贴条款原文"), "{out}");
}

#[test]
fn a_missing_number_is_never_a_blank_that_looks_fine() {
    let office = Office::with_sample();
    let add = ["add", "contracts", "title=新合同", "signed=2022-05", "customer=丙银行", "department=DP-001"];
    assert_eq!(office.run("zh", &add).2, 0);
    let mut terminal = office.start("zh", (80, 24), &[]);
    terminal.wait("要办的事").press("8", "CT-005");
    // With a reason it is 无; without, it is open.
    let line = |terminal: &terminal::Terminal, id: &str| {
        let screen = terminal.screen();
        screen.lines().find(|line| line.contains(id)).unwrap().to_owned()
    };
    assert!(line(&terminal, "CT-002").contains("开门红活动         无"), "{}", terminal.screen());
    assert!(
        line(&terminal, "CT-005").contains("新合同                           -"),
        "{}",
        terminal.screen()
    );
    terminal.press("/", "").send("CT-002\r").wait("1 / 5").press("\r", "无编号的原因");
    assert!(line(&terminal, "合同编号").contains("无"), "{}", terminal.screen());
    // What stands there is not changed by that: nothing is found as nothing.
    let listed = office.run("zh", &["list", "contracts", "number:-", "--json"]).0;
    let listed: Json = serde_json::from_str(&listed).unwrap();
    assert_eq!(listed.as_array().unwrap().len(), 4);
    assert!(listed.as_array().unwrap().iter().all(|contract| contract["fields"]["number"].is_null()));
}
