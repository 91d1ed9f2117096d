//! What the program finds by itself, from the data alone: in the sample what its auditor found, and nothing where
//! nothing is wrong. Each rule is about fields, links and word lists, so other companies have their own traps.
#![allow(clippy::unwrap_used, clippy::indexing_slicing, clippy::panic, clippy::type_complexity)]

mod common;
#[path = "common/office.rs"]
mod office;
#[path = "common/terminal.rs"]
mod terminal;

use std::process::Command;

use office::{ESC, F2, Office};
use serde_json::Value as Json;

fn done(office: &Office, args: &[&str]) {
    let (out, wrong, code) = office.run("en", args);
    assert_eq!(code, 0, "{args:?}: {out}{wrong}");
}

/// What is found: check and entry.
fn found(office: &Office) -> Vec<(String, String)> {
    let (out, wrong, _) = office.run("en", &["check", "--json"]);
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

/// How many findings stand before one, in the order of the page.
fn before(office: &Office, check: &str, id: &str) -> usize {
    let (out, ..) = office.run("en", &["check", "--json"]);
    let looked: Json = serde_json::from_str(&out).unwrap();
    let each = looked.as_array().unwrap().iter().flat_map(|check| {
        let found = check["found"].as_array().unwrap().iter();
        found.map(|finding| (check["check"].as_str().unwrap(), finding["id"].as_str().unwrap()))
    });
    each.into_iter().position(|finding| finding == (check, id)).unwrap()
}

/// How many findings weigh so much.
fn weighing(office: &Office, severity: &str) -> usize {
    let (out, ..) = office.run("en", &["check", "--json"]);
    let looked: Json = serde_json::from_str(&out).unwrap();
    let checks = looked.as_array().unwrap().iter().filter(|check| check["severity"] == severity);
    checks.map(|check| check["found"].as_array().unwrap().len()).sum()
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
    // What a year without a review and two departments leave open.
    ("aspect-stale", "EA-0010"),
    ("hazard-stale", "HZ-0001"),
    ("hazard-stale", "HZ-0002"),
    ("hazard-stale", "HZ-0003"),
    ("hazard-stale", "HZ-0005"),
    ("hazard-stale", "HZ-0006"),
    ("hazard-stale", "HZ-0007"),
    ("hazard-stale", "HZ-0008"),
    ("hazard-stale", "HZ-0009"),
    ("hazard-stale", "HZ-0010"),
    ("hazard-stale", "HZ-0011"),
    ("hazard-stale", "HZ-0012"),
    ("hazard-stale", "HZ-0013"),
    ("hazard-stale", "HZ-0014"),
    ("no-emergency-aspect", "DP-002"),
    ("duty-to-identify", "DP-002"),
    ("plan-to-revise", "DR-2022-01"),
    ("month-not-inspected", "DP-001"),
    ("month-not-inspected", "DP-002"),
    // What the registers beside them show: who was not told, what has no licence, slip or date, what nobody assessed.
    ("hazardous-not-significant", "EA-0004"),
    ("activity-without-aspect", "AC-005"),
    ("activity-without-hazard", "AC-002"),
    ("activity-without-hazard", "AC-003"),
    ("activity-without-hazard", "AC-004"),
    ("work-without-hazard", "AC-001"),
    ("work-without-hazard", "AC-003"),
    ("asset-without-aspect", "AS-0002"),
    ("criteria-not-approved", "OC-0006"),
    ("meter-without-aspect", "MT-0005"),
    ("meter-without-aspect", "MT-0006"),
    ("meter-without-aspect", "MT-0007"),
    ("meter-without-aspect", "MT-0008"),
    ("party-not-told", "IP-003"),
    ("equipment-not-checked", "FE-0005"),
    ("equipment-not-checked", "FE-0006"),
    ("equipment-not-checked", "FE-0007"),
    ("title-nearly-another", "OC-0004"),
    ("preventive-action", "OC-0014"),
    ("waste-licence", "SP-001"),
    ("waste-slip", "WT-2022-002"),
    ("change-not-assessed", "CH-2022-01"),
    ("change-not-approved", "CH-2022-01"),
    ("significant-not-inspected", "EA-0002"),
    ("significant-not-inspected", "EA-0007"),
    ("significant-not-inspected", "EA-0012"),
    ("major-not-inspected", "HZ-0002"),
    ("major-not-inspected", "HZ-0004"),
    // Most work at home since March, and the hazard of fire was evaluated the year before.
    ("hazard-to-look-at", "HZ-0002"),
    ("criteria-not-approved", "OC-0007"),
    ("criteria-not-approved", "OC-0008"),
];

#[test]
fn the_sample_is_found_as_its_auditor_found_it() {
    let office = Office::with_sample();
    assert_eq!(found(&office), pairs(AS_FOUND));
    let (out, _, code) = office.run("zh", &["check"]);
    assert_eq!(code, 1);
    for words in
        ["环境因素 1 / 17", "CT-002  2022年手机银行开门红活动", "第 1 行 环境保护", "第 2 行 安全防护"]
    {
        assert!(out.contains(words), "{words}: {out}");
    }
    // Of a clause, of a register, as of a day.
    let (out, ..) = office.run("en", &["check", "--clause", "6.1.2"]);
    assert!(out.contains("EA-0008") && !out.contains("CT-"), "{out}");
    let (out, ..) = office.run("en", &["check", "--register", "合同"]);
    assert!(out.contains("CT-002") && !out.contains("EA-0008") && !out.contains("RR-"), "{out}");
    let (out, _, code) = office.run("en", &["check", "--register", "contracts", "--as-of", "2022-04-19"]);
    assert!(code == 0 && !out.contains("CT-"), "{out}");
    let (_, wrong, code) = office.run("en", &["check", "--clause", "4.4"]);
    assert!(
        code == 2
            && wrong
                .contains("5.3 6.1.2 6.1.3 6.2 7.2 7.3 7.4 7.5 8.1 8.1.3 8.1.4 8.2 9.1.1 9.1.2 9.2 9.3 10.2"),
        "{wrong}"
    );
}

/// The sample with something done about everything that was found.
fn mended() -> Office {
    let office = Office::new();
    done(&office, &["init", "--sample=mended"]);
    office
}

const ENVIRONMENT: &str = r#"items=[{"kind":"environment","requirement":"x"}]"#;
const TECHNICAL: &str = r#"items=[{"kind":"technical","requirement":"x"}]"#;

/// What is done to the mended book, and exactly what is found then.
const SPOILT: &[(&[&str], &[(&str, &str)])] = &[
    (&["set", "CT-003", "registration="], &[("contract-number", "CT-003")]),
    (&["set", "CT-001", "signed=2021-09"], &[("contract-day", "CT-001")]),
    (&["delete", "RR-2022-02", "--why", "试"], &[("contract-review", "CT-004")]),
    (&["set", "RR-2022-01", "date=2022-03-19"], &[("review-late", "RR-2022-01")]),
    (&["set", "RR-2022-01", "decided-by="], &[("review-decision", "RR-2022-01")]),
    (&["set", "RR-2021-02", ENVIRONMENT], &[("terms-not-reviewed", "CT-002")]),
    (&["set", "RR-2021-02", TECHNICAL], &[("terms-not-reviewed", "CT-002")]),
    (
        &["set", "RR-2021-02", r#"laws=[{"law":"《消防法》"},{"law":"消防 法"}]"#],
        &[("law-twice", "RR-2021-02")],
    ),
    (
        &[
            "set",
            "RR-2021-02",
            r#"laws=[{"law":"中国软件行业基本公约"},{"law":"中华人民共和国网络安全法"},{"law":"《商用密码管理条例》"}]"#,
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
    (
        &["add", "aspects", "aspect=汽车尾气的排放"],
        &[
            ("aspect-without-asset", "EA-0022"),
            ("aspect-incomplete", "EA-0022"),
            ("aspect-unrated", "EA-0022"),
        ],
    ),
    (
        &["add", "hazards", "hazard=货物装卸时砸伤"],
        &[
            ("hazard-without-work", "HZ-0016"),
            ("hazard-incomplete", "HZ-0016"),
            ("hazard-unrated", "HZ-0016"),
        ],
    ),
    (&["evaluate", "HZ-0006", "--on", "2021-05-12"], &[("hazard-stale", "HZ-0006")]),
    (&["evaluate", "EA-0001", "--by", "体系专员"], &[("aspect-alone", "EA-0001")]),
    (
        &["set", "DP-001", "duties=", "head="],
        &[("department-duties", "DP-001"), ("department-head", "DP-001")],
    ),
    (&["set", "DP-001", "duties=技术服务"], &[("duty-to-identify", "DP-001")]),
    (&["set", "EA-0007", "plans="], &[("emergency-without-plan", "EA-0007")]),
    (&["set", "HZ-0002", "plans="], &[("major-without-plan", "HZ-0002")]),
    (&["set", "EP-002", "window=year", "approved=2020-12-31"], &[]),
    (&["set", "DR-2021-01", "plan=EP-001"], &[("plan-not-drilled", "EP-002")]),
    (&["set", "DR-2022-01", "revision="], &[("drill-revision", "DR-2022-01")]),
    (&["set", "DR-2022-01", "revision=needed"], &[("plan-to-revise", "DR-2022-01")]),
    (&["set", "DR-2022-01", "actual="], &[("drill-incomplete", "DR-2022-01")]),
    (
        &["set", "DR-2022-01", r#"problems=[{"problem":"门锁闭","due":"2022-05-01"}]"#],
        &[
            ("drill-problem-open", "DR-2022-01"),
            ("drill-problem-bare", "DR-2022-01"),
            ("drill-problem-owner", "DR-2022-01"),
        ],
    ),
    (
        &["set", "IN-2022-001", "date=2022-03-31"],
        &[("month-not-inspected", "DP-001"), ("month-not-inspected", "DP-002")],
    ),
    (
        &["delete", "IN-2022-002", "--why", "试"],
        &[
            ("month-not-inspected", "DP-002"),
            ("significant-not-inspected", "EA-0004"),
            ("significant-not-inspected", "EA-0012"),
        ],
    ),
    (
        &[
            "set",
            "IN-2022-002",
            "result=problems",
            r#"items=[{"item":"灭火器","result":"fail","problem":"过期"}]"#,
        ],
        &[
            ("failed-without-nc", "IN-2022-002"),
            ("significant-not-inspected", "EA-0004"),
            ("significant-not-inspected", "EA-0012"),
        ],
    ),
    (&["set", "IN-2022-002", "by=", "result=problems"], &[("inspection-incomplete", "IN-2022-002")]),
    (&["set", "NC-2022-01", "status=verifying", "due=2022-05-10"], &[("nc-overdue", "NC-2022-01")]),
    (&["set", "NC-2022-01", "status=open", "owner="], &[("nc-incomplete", "NC-2022-01")]),
    (&["set", "NC-2022-01", "effect=not"], &[("nc-not-effective", "NC-2022-01")]),
    (
        &[
            "add",
            "nonconformities",
            "title=门又锁了",
            "date=2022-05-12",
            "source=inspection",
            "department=DP-002",
            "owner=综合办公室主任",
            "due=2022-06-30",
            "again=NC-2022-01",
        ],
        &[("nc-again", "NC-2022-02")],
    ),
    (&["set", "OC-0002", "title=《技术服务人员操作行为规范》"], &[("document-title-twice", "OC-0002")]),
    (&["set", "CT-002", "number=2021年KJZX字第0008号"], &[("contract-number-twice", "CT-002")]),
    (
        &["set", "EA-0007", "documents=", "plans="],
        &[("significant-without-control", "EA-0007"), ("emergency-without-plan", "EA-0007")],
    ),
    (
        &["set", "HZ-0002", "documents=", "plans="],
        &[
            ("major-without-control", "HZ-0002"),
            ("major-without-plan", "HZ-0002"),
            ("operational-without-document", "HZ-0002"),
        ],
    ),
    // What stands in the other registers.
    (&["set", "AC-005", "considered="], &[("activity-without-aspect", "AC-005")]),
    (
        &["set", "AC-002", "considered="],
        &[("activity-without-aspect", "AC-002"), ("activity-without-hazard", "AC-002")],
    ),
    (&["set", "HZ-0015", "hazard=久坐"], &[("work-without-hazard", "AC-001")]),
    (&["set", "EA-0021", "aspect=报废"], &[("asset-without-aspect", "AS-0002")]),
    (&["add", "assets", "title=冷库", "kind=hvac", "status=in-use"], &[("asset-without-aspect", "AS-0007")]),
    (&["set", "OC-0006", "approved="], &[("criteria-not-approved", "OC-0006")]),
    (&["set", "HZ-0015", r#"controls=[{"measure":"提醒"}]"#], &[("control-without-level", "HZ-0015")]),
    (
        &["set", "HZ-0002", r#"controls=[{"level":"administrative","measure":"禁烟"}]"#],
        &[("major-by-rules-alone", "HZ-0002")],
    ),
    (&["set", "MT-0005", "of="], &[("meter-without-aspect", "MT-0005")]),
    (&["set", "SP-001", "licence="], &[("waste-licence", "SP-001")]),
    (&["set", "SP-001", "licence-until=2022-05-01"], &[("waste-licence-ended", "SP-001")]),
    (&["set", "WT-2022-002", "slip="], &[("waste-slip", "WT-2022-002")]),
    (&["set", "WT-2022-002", "received="], &[("waste-receiver", "WT-2022-002")]),
    (&["set", "WT-2022-002", "kind=hazardous"], &[("waste-code", "WT-2022-002")]),
    (&["set", "SP-001", "status=ended"], &[("waste-to-unlicensed", "WT-2022-002")]),
    (&["delete", "NT-2022-02", "--why", "x"], &[("party-not-told", "IP-003")]),
    (&["set", "FE-0005", "checked="], &[("equipment-not-checked", "FE-0005")]),
    (&["set", "FE-0009", "until=2022-05-01"], &[("equipment-expired", "FE-0009")]),
    (&["set", "SP-003", "evaluated=2021-05-01"], &[("supplier-not-evaluated", "SP-003")]),
    (&["set", "OB-2022-01", "target="], &[("objective-vague", "OB-2022-01")]),
    (&["set", "OB-2022-01", "programme="], &[("objective-without-programme", "OB-2022-01")]),
    (&["set", "OB-2022-01", "results="], &[("objective-not-measured", "OB-2022-01")]),
    (&["set", "OB-2022-01", "due=2022-05-01"], &[("objective-overdue", "OB-2022-01")]),
    (&["set", "KI-001", "unit="], &[("indicator-vague", "KI-001")]),
    (&["set", "KI-001", "values="], &[("indicator-not-measured", "KI-001")]),
    (
        &["set", "KI-001", r#"values=[{"date":"2022-04-30","value":"3"}]"#],
        &[("indicator-not-analysed", "KI-001")],
    ),
    (&["set", "ME-001", "until=2022-05-01"], &[("calibration-ended", "ME-001")]),
    (&["set", "LW-0001", "looked=2021-05-01"], &[("law-not-looked-up", "LW-0001")]),
    (&["set", "LW-0001", "applies="], &[("law-without-articles", "LW-0001")]),
    (
        &[
            "set",
            "CE-2022-01",
            r#"items=[{"law":"LW-0001","result":"met"},{"law":"LW-0002","result":"met"},{"law":"LW-0003","result":"met"}]"#,
        ],
        &[("law-not-evaluated", "LW-0004")],
    ),
    (&["set", "MR-2021-01", r#"outputs=[{"decision":"试跳"}]"#], &[("decision-not-done", "MR-2021-01")]),
    (&["set", "CT-001", "terms="], &[("terms-not-kept", "CT-001")]),
    (&["set", "IN-2022-002", "result=passed"], &[("passed-with-a-failure", "IN-2022-002")]),
    (&["set", "IN-2022-001", "result=problems"], &[("problems-without-a-failure", "IN-2022-001")]),
    (
        &[
            "set",
            "IN-2022-001",
            "result=problems",
            r#"items=[{"item":"油盒","of":["EA-0002","EA-0007","HZ-0002","HZ-0004"],"result":"fail"}]"#,
        ],
        &[
            ("failed-without-words", "IN-2022-001"),
            ("aspect-to-look-at", "EA-0002"),
            ("aspect-to-look-at", "EA-0007"),
            ("hazard-to-look-at", "HZ-0002"),
            ("hazard-to-look-at", "HZ-0004"),
        ],
    ),
    (
        &["audit", "note", "AU-2021-01", "8.2", "不符合", "演练没有记录"],
        &[("audit-finding-without-nc", "AU-2021-01")],
    ),
    (&["set", "AP-2022-01", "status=done", "approved-by="], &[("programme-not-approved", "AP-2022-01")]),
    (&["delete", "MR-2021-01", "--why", "x"], &[("no-management-review", "PO-001")]),
    (&["set", "MR-2021-01", "date=2021-04"], &[("no-management-review", "PO-001")]),
    (&["delete", "AU-2021-01", "--why", "x"], &[("no-internal-audit", "PO-004")]),
    // What is listed and goes by a document is to be looked at when that changes.
    (&["set", "OC-0014", "status=current"], &[("preventive-action", "OC-0014")]),
    (
        &["set", "IN-2022-001", r#"items=[{"item":"门","result":"pass"}]"#],
        &[
            ("major-not-inspected", "HZ-0002"),
            ("major-not-inspected", "HZ-0004"),
            ("significant-not-inspected", "EA-0002"),
            ("significant-not-inspected", "EA-0007"),
        ],
    ),
    (&["set", "EA-0001", "owner=张三"], &[("aspect-owner-unknown", "EA-0001")]),
    (&["set", "DP-001", "head=张三"], &[("department-head-unknown", "DP-001")]),
    (&["set", "OB-2022-01", "owner=张三、总经理"], &[("objective-owner-unknown", "OB-2022-01")]),
    (&["set", "NC-2022-01", "owner=张三"], &[("nonconformity-owner-unknown", "NC-2022-01")]),
    (&["set", "HZ-0001", "owner=张三"], &[("hazard-owner-unknown", "HZ-0001")]),
    (&["set", "HZ-0009", "plans="], &[("plan-without-need", "EP-002")]),
    (
        &["evaluate", "EA-0004", "A=1", "B=1", "C=1", "D=1", "E=1", "F=1", "--why", "x"],
        &[("aspect-alone", "EA-0004"), ("hazardous-not-significant", "EA-0004")],
    ),
    (&["set", "CR-0001", "until=2022-05-01"], &[("certificate-ended", "CR-0001")]),
    (&["set", "FE-0001", "checked=2021-01-01"], &[("equipment-check-late", "FE-0001")]),
];

#[test]
fn where_something_was_done_about_everything_nothing_is_found_and_undoing_any_of_it_shows_exactly_that() {
    let office = mended();
    assert_eq!(found(&office), []);
    let (out, _, code) = office.run("en", &["check"]);
    assert!(code == 0 && out.contains("0 missing, 0 contradictions"), "{out}");
    for (args, expected) in SPOILT {
        done(&office, args);
        assert_eq!(found(&office), pairs(expected), "{args:?}");
        done(&office, &["undo"]);
    }
    assert_eq!(found(&office), []);
    // Two trainings told both departments: one is left out of both.
    done(&office, &["set", "TR-2022-01", "department=DP-001"]);
    assert_eq!(found(&office), []);
    done(&office, &["set", "TR-2022-02", "department=DP-001"]);
    assert_eq!(found(&office), pairs(&[("department-not-trained", "DP-002")]));
    done(&office, &["undo"]);
    assert_eq!(found(&office), []);
    // What the words mean beside others, and what somebody put aside by name.
    done(&office, &["set", "RR-2021-02", TECHNICAL]);
    done(&office, &["confirm", "CT-002", "1", "--no-effect", "办公场所没有这类作业"]);
    done(&office, &["confirm", "CT-002", "2", "--owner", "技术部经理", "--control", "OC-0001"]);
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
    let fits = || {
        let mut found = found(&office);
        found.retain(|(check, _)| check.contains("-without-"));
        found
    };
    // Nothing hangs on the activity itself yet: that is another matter.
    done(&office, &["set", "AC-001", "considered=工程部 2022-05-01"]);
    assert_eq!(fits(), pairs(&[("aspect-without-asset", "EA-0002"), ("hazard-without-work", "HZ-0004")]));
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
    let (out, ..) = office.run("zh", &["check", "--clause", "E:9.1.1"]);
    assert!(out.contains("没写地点") && out.contains("AS-0001  巡逻车"), "{out}");
}

#[test]
fn a_nonconformity_is_closed_only_when_somebody_else_saw_that_it_works() {
    let office = Office::with_sample();
    let nc = ["add", "nonconformities", "title=楼梯门锁闭", "date=2022-04-20", "source=drill"];
    done(&office, &[&nc[..], &["department=DP-002", "owner=主任", "due=2022-05-31"]].concat());
    let all = ["status=closed", "correction=开锁", "cause=无人管", "action=每月检查", "done=2022-05-01"];
    let verified = |by: &str, on: &str| {
        let (by, on) = (format!("verified-by={by}"), format!("verified={on}"));
        office.run("zh", &[&["set", "NC-2022-01"], &all[..], &[&by, &on, "effect=effective"]].concat())
    };
    for ((_, wrong, code), said) in [
        (office.run("zh", &["set", "NC-2022-01", "status=closed"]), "先填 纠正、原因分析、纠正措施"),
        (verified("主任", "2022-05-08"), "责任人和验证人要是两个人"),
        (verified("体系专员", "2022-04-30"), "验证日期早于完成日期"),
    ] {
        assert!(code == 2 && wrong.contains("还不能选「已关闭」") && wrong.contains(said), "{code} {wrong}");
    }
    assert_eq!(verified("体系专员", "2022-05-08").2, 0);
    // What is closed stays so: its cause cannot be taken away, a note can be added.
    assert_eq!(office.run("zh", &["set", "NC-2022-01", "cause="]).2, 2);
    assert_eq!(office.run("zh", &["set", "NC-2022-01", "note=x"]).2, 0);
    // Closing it by its digit leads to the first thing that is missing, with the choice taken already.
    done(
        &office,
        &[
            "add",
            "nonconformities",
            "title=灭火器过期",
            "date=2022-04-20",
            "source=inspection",
            "department=DP-002",
            "owner=主任",
            "due=2022-05-31",
        ],
    );
    let mut terminal = office.start("zh", (80, 40), &[]);
    terminal.wait("要办的事").press("7", "NC-2022-02").send("j").press("z", "1 ").send("4");
    terminal.wait("先填 纠正").wait("原：待处理").send("换新的").press("\t", "换新的");
    terminal.send(F2).wait("先填 原因分析").send(ESC).wait_gone("原：待处理");
    drop(terminal);
    // The form says the same, and keeps what was typed.
    done(&office, &["set", "NC-2022-01", "status=open", "effect="]);
    let mut terminal = office.start("zh", (80, 24), &[]);
    terminal
        .wait("要办的事")
        .press(":", "命令")
        .press("没关闭", "没关闭的不符合")
        .send("\r")
        .wait("NC-2022-01");
    terminal
        .press("e", "有效性")
        .send(&"\t".repeat(16))
        .send("已")
        .press(F2, "还不能选「已关闭」")
        .wait("有效性");
}

#[test]
fn a_nonconformity_is_one_key_from_what_is_wrong() {
    let office = Office::with_sample();
    let mut terminal = office.start("zh", (80, 24), &[]);
    // From a finding, with its words; from an entry; from marked rows.
    terminal
        .wait("要办的事")
        .press("!", "自查  查了")
        .send(&"\t".repeat(before(&office, "aspect-without-asset", "EA-0008")))
        .press("N", "车辆油品的泄露  （车辆）  以基础");
    let missing = weighing(&office, "missing");
    terminal.send(F2).wait("NC-2022-01").wait(&format!("缺少 {}", missing + 1));
    drop(terminal);
    let (out, ..) = office.run("en", &["show", "NC-2022-01", "--json"]);
    let made: Json = serde_json::from_str(&out).unwrap();
    let id = |field: &str| made["fields"][field][0]["id"].clone();
    assert_eq!((id("about"), id("department")), (Json::from("EA-0008"), Json::from("DP-001")), "{made}");
    let fields = &made["fields"];
    assert_eq!((&fields["clause"], &fields["source"]["code"]), (&Json::from("6.1.2"), &Json::from("check")));
    assert_eq!(
        (&made["fields"]["date"], &made["fields"]["status"]["code"]),
        (&Json::from("2022-05-13"), &Json::from("open"))
    );
    let mut terminal = office.start("en", (80, 24), &[]);
    terminal.wait("To do").press("3", "DR-2022-01").press("N", "found on").send("fire door locked");
    terminal.press(F2, "NC-2022-02").wait("DR-2022-01");
    drop(terminal);
    let (out, ..) = office.run("en", &["list", "nonconformities", "about:DR-2022-01", "--json"]);
    assert!(out.contains("fire door locked"), "{out}");
}

#[test]
fn what_was_left_of_one_finding_is_not_taken_for_another() {
    let office = Office::with_sample();
    let mut terminal = office.start("zh", (80, 24), &[]);
    // A form that was only opened leaves nothing; one with words is a draft of that finding alone.
    terminal.wait("要办的事").press("!", "自查  查了");
    terminal.send(&"\t".repeat(before(&office, "aspect-without-asset", "EA-0008"))).press("N", "F2 存");
    terminal
        .wait("车辆油品的泄露")
        .send(ESC)
        .wait_gone("F2 存")
        .send("\t")
        .press("N", "F2 存")
        .wait("产品搬运不当");
    terminal
        .send("\u{5}，没有货物")
        .wait("没有货物")
        .send(ESC)
        .wait_gone("F2 存")
        .send("\t")
        .press("N", "F2 存");
    terminal.wait("粉尘吸入").wait_gone("没有货物").send(ESC).wait_gone("F2 存");
    // Home goes on with the one that was begun.
    terminal.send(ESC).wait("要办的事").wait("草稿").wait("产品搬运不当");
    terminal.send("gg").press("\r", "F2 存").wait("产品搬运不当").wait("没有货物");
    terminal.send(ESC).wait_gone("F2 存").send("q");
    assert_eq!(terminal.end(), 0);
    // A contract that was not reviewed leads to its new review, one whose review says too little to that.
    let mut terminal = office.start("zh", (80, 24), &[]);
    terminal
        .wait("要办的事")
        .press("!", "自查  查了")
        .send(&"\t".repeat(before(&office, "contract-review", "CT-004")))
        .press("e", "评审内容")
        .wait("CT-004");
    terminal.send(ESC).wait_gone("F2 存").send("\t").press("e", "手机银行开门红服务要求评审");
}

#[test]
fn the_findings_are_narrowed_by_any_word_of_them() {
    let office = Office::with_sample();
    let all = found(&office).len();
    let mut terminal = office.start("zh", (80, 24), &[]);
    terminal.wait("要办的事").press("!", "自查  查了");
    // By entry, by pinyin of a title, by weight and clause together; what nothing is of says so.
    for (words, first, count) in [
        ("CT-002", "CT-002", found(&office).iter().filter(|(_, id)| id == "CT-002").count()),
        ("banyun", "HZ-0010", 2),
        ("矛盾 6.1.2", "EA-0008", 2),
    ] {
        terminal.press("/", "筛选：").send(&format!("\u{15}{words}\r"));
        terminal.wait(&format!("「{words}」{count} / {all}")).wait(first);
    }
    terminal.press("/", "筛选：").send("\u{15}没有这种\r").wait("没有哪一条是「没有这种」的");
    // Esc shows all again, and then leaves.
    terminal.send(ESC).wait("自查  查了").send(ESC).wait("要办的事");
    // A contradiction under 6.1.2 is mended from the narrowed page, which stays narrowed.
    terminal.press("!", "自查  查了").press("/", "筛选：").send("EA-0008\r").wait(&format!("1 / {all}"));
    terminal.press("e", "环境因素").send("\u{15}办公用纸的消耗").send(F2).wait(&format!("0 / {}", all - 1));
}

#[test]
fn who_considered_it_and_found_none_is_believed() {
    let office = Office::with_sample();
    for (check, set) in [
        ("no-emergency-aspect", ["set", "DP-002", "considered=综合办公室主任 2022-05-12：没有"]),
        ("asset-without-aspect", ["set", "AS-0002", "considered=技术部经理 2022-05-12：没有"]),
        ("activity-without-hazard", ["set", "AC-002", "considered=技术部经理 2022-05-12：没有"]),
    ] {
        let of = || found(&office).iter().filter(|found| found.0 == check && found.1 == set[1]).count();
        assert_eq!(of(), 1, "{check}");
        done(&office, &set);
        assert_eq!(of(), 0, "{check}");
    }
}

#[test]
fn mending_begins_in_the_row_that_is_meant() {
    let office = Office::with_sample();
    let items = r#"items=[{"item":"配电箱","result":"pass"},{"item":"灭火器","result":"fail","problem":"过期"},{"item":"通道","result":"pass"}]"#;
    let sheet =
        ["add", "inspections", "title=五月检查", "date=2022-05-12", "kind=monthly", "department=DP-001"];
    done(&office, &[&sheet[..], &["by=体系专员", "result=problems", items]].concat());
    let mut terminal = office.start("zh", (80, 24), &[]);
    terminal
        .wait("要办的事")
        .press("!", "自查  查了")
        .send(&"\t".repeat(before(&office, "failed-without-nc", "IN-2022-001")))
        .press("e", "配电箱");
    let ((row, _), _) = terminal.cursor();
    let screen = terminal.screen();
    let line = screen.lines().nth(usize::from(row)).unwrap();
    assert!(line.contains("灭火器") && line.contains("过期"), "{line} in {screen}");
}

#[test]
fn what_somebody_accepted_is_silent_until_its_day_or_a_change() {
    let office = Office::with_sample();
    let open = |id: &str| found(&office).iter().filter(|(_, entry)| entry == id).count();
    let accept = |args: &[&str]| office.run("en", &[&["accept"], args].concat());
    assert_eq!(open("CT-003"), 2);
    let (out, wrong, code) =
        accept(&["contract-number", "CT-003", "--why", "the customer gives none", "--until", "2022-12-31"]);
    assert!(code == 0 && out.contains("until 2022-12-31: CT-003"), "{out}{wrong}");
    assert_eq!(open("CT-003"), 1);
    let (out, ..) = office.run("en", &["check"]);
    assert!(out.contains("1 accepted as they are"), "{out}");
    let (out, ..) = office.run("en", &["list", "accepted", "--json"]);
    assert!(out.contains("the customer gives none") && out.contains("\"by\""), "{out}");
    // What is not found needs no acceptance; a reason, a check, an entry and a day have to be right.
    for (args, exit, said) in [
        (&["contract-number", "CT-001", "--why", "x"][..], 1, "does not find"),
        (&["contract-numbr", "CT-003", "--why", "x"], 2, "contract-number"),
        (&["contract-number", "CT-099", "--why", "x"], 1, "CT-099"),
        (&["contract-number", "CT-004", "--why", " "], 2, "why"),
        (&["contract-number", "CT-004", "--why", "x", "--until", "2022-01-01"], 2, "past"),
    ] {
        let (_, wrong, code) = accept(args);
        assert!(code == exit && wrong.contains(said), "{args:?}: {code} {wrong}");
    }
    // It comes back with the day, and with a change.
    done(&office, &["set", "CF-0001", "until=2022-05-12"]);
    assert_eq!(open("CT-003"), 2);
    done(&office, &["undo"]);
    assert_eq!(open("CT-003"), 1);
    done(&office, &["set", "CT-003", "note=x"]);
    assert_eq!(open("CT-003"), 2);
    // By key: a day first ends it, and a day alone is no reason.
    let questions = weighing(&office, "question");
    let mut terminal = office.start("zh", (80, 24), &[]);
    terminal
        .wait("要办的事")
        .press("!", "自查  查了")
        .press("x", "为什么")
        .press("2022-06-30\r", "只写了日期")
        .press(" 下月补\r", "到 2022-06-30 为止：DP-002");
    terminal.wait(&format!("疑问 {}", questions - 1)).wait("接受现状的 1");
    drop(terminal);
    assert_eq!(open("DP-002"), 2);
}

#[test]
fn a_finding_leads_to_its_entry_and_to_the_field_to_mend() {
    let office = Office::with_sample();
    for (lang, home, heading, page, nothing) in [
        ("zh", "要办的事", "自查  查了", "H 历史", "没有合同编号"),
        ("en", "To do", "contradictions", "H history", "neither a number"),
    ] {
        let (missing, tabs) = (weighing(&office, "missing"), before(&office, "contract-number", "CT-002"));
        let mut terminal = office.start(lang, (80, 24), &[]);
        terminal.wait(home).press("!", heading).wait("DP-002");
        terminal.press("\r", page).send(ESC).wait(heading);
        // From the contract without a number e opens its form where the number goes.
        terminal.send(&"\t".repeat(tabs)).wait(nothing).press("e", "F2");
        if lang == "zh" {
            terminal.send("HT-2021-12").wait("HT-2021-12").press(F2, &format!("缺少 {}，", missing - 1));
            terminal.press("u", &format!("缺少 {missing}，"));
        }
    }
}

#[test]
fn a_long_finding_is_cut_short_and_opens_as_a_list() {
    let office = Office::new();
    drop(common::empty(&office.book()));
    let lines: Vec<String> = (0..120).map(|number| format!("{{\"hazard\":\"危险 {number}\"}}\n")).collect();
    let mut command = Command::new(env!("CARGO_BIN_EXE_taizhang"));
    command
        .env("HOME", office.folder.path())
        .arg("--book")
        .arg(office.book())
        .args(["add", "hazards", "--stdin"]);
    let mut child =
        command.stdin(std::process::Stdio::piped()).stdout(std::process::Stdio::null()).spawn().unwrap();
    std::io::Write::write_all(&mut child.stdin.take().unwrap(), lines.concat().as_bytes()).unwrap();
    assert!(child.wait().unwrap().success());
    assert_eq!(found(&office).iter().filter(|(check, _)| check == "hazard-unrated").count(), 120);
    let mut terminal = office.start("zh", (80, 60), &[]);
    terminal.wait("要办的事").press("!", "还有 80 条");
    // The line behind the forty that are told opens all of them.
    terminal.send(&"j".repeat(40)).send("\r").wait("120 条").wait("HZ-0001");
}

#[test]
fn whoever_has_emergencies_took_part_in_a_drill() {
    let office = mended();
    done(&office, &["set", "DR-2021-01", "departments=DP-002"]);
    assert_eq!(found(&office), []);
    done(&office, &["set", "DR-2022-01", "departments=DP-002"]);
    assert_eq!(found(&office), pairs(&[("department-not-drilled", "DP-001")]));
}

/// An empty book whose day stands still.
fn dated() -> Office {
    let office = Office::new();
    let marker = format!("{}today = \"2022-05-13\"\n", common::EMPTY_MARKER);
    taizhang::store::Folder::at(&office.book()).create(&marker).unwrap();
    drop(common::open(&office.book()));
    office
}

#[test]
fn a_print_shop_has_traps_of_its_own() {
    let office = dated();
    // A print shop: what is there and what is done has to be spoken of, in its own words.
    for args in [
        &["add", "departments", "title=印刷车间", "head=车间主任", "duties=识别危险源"][..],
        &["add", "roles", "title=车间主任", "department=DP-001", "kind=manager", "status=active"],
        &["add", "assets", "title=胶印机", "kind=machine", "status=in-use"],
        &["add", "assets", "title=空调", "kind=hvac", "status=in-use"],
        &["add", "activities", "title=胶印", "department=DP-001", "work=machines,chemicals"],
        &[
            "add",
            "aspects",
            "aspect=油墨废桶的废弃",
            "activity=AC-001",
            "department=DP-001",
            "owner=车间主任",
        ],
        &["add", "hazards", "hazard=机械伤害：滚筒夹手", "activity=AC-001", "owner=车间副主任"],
        &[
            "add",
            "suppliers",
            "title=危废公司",
            "service=waste",
            "status=used",
            "licence=X-1",
            "licence-until=2023-01-01",
        ],
        &[
            "add",
            "waste",
            "title=废油墨桶",
            "date=2022-04-02",
            "way=out",
            "kind=hazardous",
            "amount=3",
            "unit=只",
            "by=x",
            "department=DP-001",
            "contractor=SP-001",
            "received=y",
            "code=900-253-12",
        ],
        &["add", "documents", "title=印刷设备安全操作规程", "status=current", "approved=2021-01-01"],
        &["add", "documents", "title=印刷设备安全操作规定", "status=current", "approved=2021-01-01"],
        &["add", "documents", "title=2022年设备检修计划", "status=current", "approved=2022-01-01"],
        &["add", "documents", "title=2021年设备检修计划", "status=current", "approved=2021-01-01"],
    ] {
        done(&office, args);
    }
    let of = |wanted: &[&str]| {
        let mut found = found(&office);
        found.retain(|(check, _)| wanted.contains(&check.as_str()));
        found
    };
    let wanted = [
        "work-without-hazard",
        "asset-without-aspect",
        "waste-slip",
        "waste-licence",
        "hazard-owner-unknown",
        "aspect-owner-unknown",
    ];
    let wanted = [&wanted[..], &["title-nearly-another", "activity-without-hazard"]].concat();
    assert_eq!(
        of(&wanted),
        pairs(&[
            ("work-without-hazard", "AC-001"),
            ("asset-without-aspect", "AS-0002"),
            ("waste-slip", "WT-2022-001"),
            ("hazard-owner-unknown", "HZ-0001"),
            ("title-nearly-another", "OC-0001"),
            ("title-nearly-another", "OC-0002"),
        ])
    );
    // Somebody considered it, a chemical is spoken of, the slip came.
    done(&office, &["set", "AS-0002", "considered=车间主任 2022-05-01"]);
    done(&office, &["add", "hazards", "hazard=油墨溶剂等化学品吸入", "activity=AC-001", "owner=车间主任"]);
    done(&office, &["set", "WT-2022-001", "slip=LD-1"]);
    done(&office, &["set", "HZ-0001", "owner=车间主任"]);
    done(&office, &["set", "OC-0002", "title=质量手册"]);
    assert_eq!(of(&wanted), []);
}

#[test]
fn a_hospital_office_has_traps_of_its_own() {
    // A hospital office: people are told, obligations are looked up, what is metered is an aspect.
    let office = dated();
    for args in [
        &["add", "departments", "title=医院办公室"][..],
        &[
            "add",
            "parties",
            "title=病人家属",
            "kind=visitor",
            "needs=安静、防感染",
            "tell=yes",
            "department=DP-001",
        ],
        &["add", "parties", "title=卫生主管部门", "kind=authority", "needs=守法", "department=DP-001"],
        &[
            "add",
            "laws",
            "title=医疗废物管理条例",
            "kind=regulation",
            "subject=environment",
            "status=current",
            "applies=分类收集",
            "department=DP-001",
            "looked=2022-01-01",
        ],
        &[
            "add",
            "meters",
            "what=water",
            "title=门诊水表",
            "month=2022-04",
            "department=DP-001",
            "amount=90",
            "unit=m3",
        ],
        &[
            "add",
            "changes",
            "title=发热门诊改建",
            "date=2022-04-01",
            "kind=site",
            "reason=x",
            "department=DP-001",
            "owner=x",
            "status=running",
        ],
        &[
            "add",
            "changes",
            "title=换系统",
            "date=2022-06-01",
            "kind=process",
            "reason=x",
            "department=DP-001",
            "owner=x",
            "status=planned",
        ],
    ] {
        done(&office, args);
    }
    let mut found = found(&office);
    found.retain(|(_, id)| !id.starts_with("DP-"));
    assert_eq!(
        found,
        pairs(&[
            ("change-not-approved", "CH-2022-01"),
            ("change-not-assessed", "CH-2022-01"),
            ("law-not-evaluated", "LW-0001"),
            ("meter-without-aspect", "MT-0001"),
            ("party-not-told", "IP-001"),
        ])
    );
}

#[test]
fn a_change_that_runs_unassessed_is_found_and_how_far_it_is_asks_nobody_to_look_again() {
    for (emptied, check) in [("assessment=", "change-not-assessed"), ("approved=", "change-not-approved")] {
        let office = mended();
        done(&office, &["set", "CH-2022-01", emptied]);
        assert_eq!(found(&office), pairs(&[(check, "CH-2022-01")]));
    }
}

#[test]
fn whatever_rests_on_a_document_or_a_plan_that_changed_is_to_be_looked_at() {
    for (id, changed, check) in [
        ("OC-0004", "title=安全事故应急预案", "title-nearly-another"),
        ("EP-001", "approved=", "plan-not-approved"),
    ] {
        let office = mended();
        done(&office, &["set", id, changed]);
        let marked = [
            (check, id),
            ("aspect-to-look-at", "EA-0007"),
            ("hazard-to-look-at", "HZ-0002"),
            ("hazard-to-look-at", "HZ-0004"),
        ];
        assert_eq!(found(&office), pairs(&marked));
    }
}
