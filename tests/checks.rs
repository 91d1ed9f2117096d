//! What the program finds by itself, from the data alone: in the sample what its auditor found, and nothing where
//! nothing is wrong. Each rule is about fields, links and word lists, so other companies have their own traps.
#![allow(clippy::unwrap_used, clippy::indexing_slicing, clippy::panic)]

mod common;
#[path = "common/office.rs"]
mod office;
#[path = "common/terminal.rs"]
mod terminal;

use std::process::Command;

use office::{ESC, F2, Office};
use serde_json::Value as Json;

fn run(office: &Office, lang: &str, args: &[&str]) -> (String, String, i32) {
    let mut command = Command::new(env!("CARGO_BIN_EXE_taizhang"));
    command.env("HOME", office.folder.path()).args(["--lang", lang, "--book"]).arg(office.book());
    let output = command.args(args).output().unwrap();
    let text = |bytes: &[u8]| String::from_utf8(bytes.to_vec()).unwrap();
    (text(&output.stdout), text(&output.stderr), output.status.code().unwrap())
}

fn done(office: &Office, args: &[&str]) {
    let (out, wrong, code) = run(office, "en", args);
    assert_eq!(code, 0, "{args:?}: {out}{wrong}");
}

/// What is found: check and entry.
fn found(office: &Office) -> Vec<(String, String)> {
    let (out, wrong, _) = run(office, "en", &["check", "--json"]);
    let looked: Json = serde_json::from_str(&out).unwrap_or_else(|error| panic!("{error}: {out}{wrong}"));
    let mut found = Vec::new();
    for check in looked.as_array().unwrap() {
        for finding in check["found"].as_array().unwrap() {
            let words = |value: &Json| value.as_str().unwrap().to_owned();
            found.push((words(&check["check"]), words(&finding["id"])));
        }
    }
    found.sort();
    found
}

fn pairs(pairs: &[(&str, &str)]) -> Vec<(String, String)> {
    let mut pairs: Vec<_> = pairs.iter().map(|(check, id)| ((*check).to_owned(), (*id).to_owned())).collect();
    pairs.sort();
    pairs
}

const AS_FOUND: &[(&str, &str)] = &[
    // The auditor's three observations.
    ("aspect-without-asset", "EA-0008"),
    ("hazard-without-work", "HZ-0010"),
    ("terms-not-reviewed", "CT-002"),
    // What the record shows besides.
    ("dust-without-work", "HZ-0011"),
    ("contract-number", "CT-002"),
    ("contract-number", "CT-003"),
    ("contract-number", "CT-004"),
    ("contract-day", "CT-001"),
    ("contract-day", "CT-004"),
    ("contract-review", "CT-003"),
    ("contract-review", "CT-004"),
    ("law-twice", "RR-2021-01"),
    ("law-twice", "RR-2021-02"),
    ("laws-copied", "RR-2021-02"),
    ("value-without-unit", "RR-2021-01"),
    ("number-without-unit", "RR-2021-01"),
];

#[test]
fn the_sample_is_found_as_its_auditor_found_it() {
    let office = Office::with_sample();
    assert_eq!(found(&office), pairs(AS_FOUND));
    let (out, _, code) = run(&office, "zh", &["check"]);
    assert_eq!(code, 1);
    for words in
        ["环境因素 1 / 17", "CT-002  2022年手机银行开门红活动", "第 1 行 环境保护", "第 2 行 安全防护"]
    {
        assert!(out.contains(words), "{words}: {out}");
    }
    // Of a clause, of a register, as of a day.
    let (out, ..) = run(&office, "en", &["check", "--clause", "6.1.2"]);
    assert!(out.contains("EA-0008") && !out.contains("CT-"), "{out}");
    let (out, ..) = run(&office, "en", &["check", "--register", "合同"]);
    assert!(out.contains("CT-002") && !out.contains("EA-0008") && !out.contains("RR-"), "{out}");
    let (out, _, code) = run(&office, "en", &["check", "--register", "contracts", "--as-of", "2022-04-19"]);
    assert!(code == 0 && !out.contains("CT-"), "{out}");
    let (_, wrong, code) = run(&office, "en", &["check", "--clause", "4.4"]);
    assert!(code == 2 && wrong.contains("6.1.2 8.1"), "{wrong}");
}

/// The sample with something done about everything that was found.
fn mended() -> Office {
    let office = Office::with_sample();
    let laws = |review: &str, laws: &str| done(&office, &["set", review, laws]);
    for args in [
        &["delete", "EA-0008", "--why", "公司没有车辆"][..],
        &["delete", "HZ-0010", "--why", "没有货物搬运"],
        &["delete", "HZ-0011", "--why", "没有产生粉尘的作业"],
        &["set", "CT-001", "signed=2021-09-06"],
        &["set", "CT-002", "registration=HT-2021-12"],
        &["set", "CT-003", "registration=HT-2022-03"],
        &["set", "CT-004", "registration=HT-2022-04", "signed=2022-03-28"],
    ] {
        done(&office, args);
    }
    for (contract, day) in [("CT-003", "2022-03-10"), ("CT-004", "2022-03-21")] {
        let (contract, day) = (format!("contract={contract}"), format!("date={day}"));
        done(
            &office,
            &["add", "requirements", "title=补评审", &contract, &day, "decision=同意", "decided-by=总经理"],
        );
    }
    laws(
        "RR-2021-01",
        r#"laws=[{"law":"中国软件行业基本公约"},{"law":"商用密码管理条例"},{"law":"保守国家秘密法"}]"#,
    );
    laws("RR-2021-02", r#"laws=[{"law":"环境保护法"},{"law":"安全生产法"},{"law":"消防法"}]"#);
    done(
        &office,
        &[
            "set",
            "RR-2021-01",
            r#"items=[{"kind":"technical","requirement":"建设服务30日内完成","value":30,"unit":"日"}]"#,
        ],
    );
    let items = r#"items=[{"kind":"environment","requirement":"国家环境保护标准","clause":"3.4","owner":"技术部经理"},{"kind":"safety","requirement":"安全防护措施","clause":"3.5","owner":"技术部经理"}]"#;
    done(&office, &["set", "RR-2021-02", items]);
    office
}

/// A command that spoils something, and what is found then.
type Spoilt<'a> = (&'a [&'a str], &'a [(&'a str, &'a str)]);

#[test]
fn where_something_was_done_about_everything_nothing_is_found_and_undoing_any_of_it_shows_exactly_that() {
    let office = mended();
    assert_eq!(found(&office), []);
    let (out, _, code) = run(&office, "en", &["check"]);
    assert!(code == 0 && out.contains("0 missing, 0 contradictions"), "{out}");
    let all = |kind: &str| format!(r#"items=[{{"kind":"{kind}","requirement":"x"}}]"#);
    let (environment, technical) = (all("environment"), all("technical"));
    let spoilt: &[Spoilt] = &[
        (&["set", "CT-003", "registration="], &[("contract-number", "CT-003")]),
        (&["set", "CT-001", "signed=2021-09"], &[("contract-day", "CT-001")]),
        (&["delete", "RR-2022-02", "--why", "试"], &[("contract-review", "CT-004")]),
        (&["set", "RR-2022-01", "date=2022-03-19"], &[("review-late", "RR-2022-01")]),
        (&["set", "RR-2022-01", "decided-by="], &[("review-decision", "RR-2022-01")]),
        (&["set", "RR-2021-02", &environment], &[("terms-not-reviewed", "CT-002")]),
        (&["set", "RR-2021-02", &technical], &[("terms-not-reviewed", "CT-002")]),
        (
            &["set", "RR-2021-02", r#"laws=[{"law":"《消防法》"},{"law":"消防 法"}]"#],
            &[("law-twice", "RR-2021-02")],
        ),
        (
            &[
                "set",
                "RR-2021-02",
                r#"laws=[{"law":"中国软件行业基本公约"},{"law":"保守国家秘密法"},{"law":"《商用密码管理条例》"}]"#,
            ],
            &[("laws-copied", "RR-2021-02")],
        ),
        (
            &["set", "RR-2021-01", r#"items=[{"requirement":"响应","value":2}]"#],
            &[("value-without-unit", "RR-2021-01")],
        ),
        (
            &["set", "RR-2021-01", r#"items=[{"requirement":"15以内交付"}]"#],
            &[("number-without-unit", "RR-2021-01")],
        ),
        (&["add", "aspects", "aspect=汽车尾气的排放"], &[("aspect-without-asset", "EA-0019")]),
        (&["add", "hazards", "hazard=货物装卸时砸伤"], &[("hazard-without-work", "HZ-0015")]),
        (&["set", "EA-0007", "documents=", "plans="], &[("significant-without-control", "EA-0007")]),
        (&["set", "HZ-0002", "documents=", "plans="], &[("major-without-control", "HZ-0002")]),
    ];
    for (args, expected) in spoilt {
        done(&office, args);
        assert_eq!(found(&office), pairs(expected), "{args:?}");
        done(&office, &["undo"]);
    }
    assert_eq!(found(&office), []);
    // What the words mean beside others, and what somebody put aside by name.
    done(
        &office,
        &["set", "RR-2021-02", &technical, "no-environment=技术部经理 2022-05-16 看过", "no-safety=同上"],
    );
    done(&office, &["set", "CT-001", "terms=系统的网络安全防护、数据安全防护措施；测试环境要求"]);
    assert_eq!(found(&office), []);
}

#[test]
fn another_business_has_its_own_traps() {
    let office = Office::new();
    drop(common::empty(&office.book()));
    // A property manager has vehicles and goods to move; its print shop raises dust.
    for args in [
        &["add", "departments", "title=工程部"][..],
        &["add", "assets", "title=巡逻车", "kind=vehicle"],
        &["add", "activities", "title=维修", "work=goods,dust,height"],
        &["add", "aspects", "aspect=车辆尾气的排放"],
        &["add", "aspects", "aspect=食堂油烟的排放"],
        &["add", "hazards", "hazard=搬运设备时砸伤"],
        &["add", "hazards", "hazard=打磨粉尘吸入"],
        &["add", "hazards", "hazard=高处坠落"],
        &["add", "hazards", "hazard=焊接灼伤"],
    ] {
        done(&office, args);
    }
    assert_eq!(
        found(&office),
        pairs(&[("aspect-without-asset", "EA-0002"), ("hazard-without-work", "HZ-0004")])
    );
    // A car that was sold is there no longer.
    done(&office, &["set", "AS-0001", "status=scrapped"]);
    assert!(found(&office).contains(&("aspect-without-asset".to_owned(), "EA-0001".to_owned())));
    // A rule of one's own, and one of the program's with other words.
    let own = "id = \"own\"\nname = { zh = \"自己的\", en = \"own\" }\nclauses = [\"E:9.1.1\"]\n\n[[checks]]\nid = \"place\"\n\
        register = \"assets\"\nseverity = \"question\"\nfinds = { query = \"place:-\" }\nsays = { zh = \"没写地点\", en = \"has no place\" }\n\
        mend = { zh = \"填地点\", en = \"give the place\" }\nfield = \"place\"\n";
    std::fs::create_dir_all(office.book().join("checks")).unwrap();
    std::fs::write(office.book().join("checks/own.toml"), own).unwrap();
    assert!(found(&office).contains(&("place".to_owned(), "AS-0001".to_owned())));
    let (out, ..) = run(&office, "zh", &["check", "--clause", "E:9.1.1"]);
    assert!(out.contains("没写地点") && out.contains("AS-0001  巡逻车"), "{out}");
}

#[test]
fn a_finding_leads_to_its_entry_and_to_the_field_to_mend() {
    let office = Office::with_sample();
    for (lang, home, heading, page, nothing) in [
        ("zh", "要办的事", "缺少 4，矛盾 6", "H 历史", "没有合同编号"),
        ("en", "To do", "4 missing, 6", "H history", "neither a number"),
    ] {
        let mut terminal = office.start(lang, (80, 24), &[]);
        terminal.wait(home).press("!", heading).wait("EA-0008");
        terminal.press("\r", page).send(ESC).wait(nothing);
        // Three on is the contract without a number: e opens its form where the number goes.
        terminal.send("\t\t\t").press("e", "F2");
        if lang == "zh" {
            terminal.send("HT-2021-12").wait("HT-2021-12").press(F2, "缺少 3，矛盾 6");
            terminal.press("u", "缺少 4，矛盾 6");
        }
    }
}
