//! A check made by its checklist: what it lists and what is significant in its department, how each went the last time,
//! and few keys to the end. By key and by command, and in a register of one's own.
#![allow(clippy::unwrap_used, clippy::indexing_slicing, clippy::panic)]

mod common;
#[path = "common/office.rs"]
mod office;
#[path = "common/terminal.rs"]
mod terminal;

use office::{ESC, F2, Office};
use serde_json::Value as Json;

fn json(office: &Office, args: &[&str]) -> Json {
    let (out, wrong, code) = office.run("en", args);
    assert_eq!(code, 0, "{args:?}: {wrong}");
    serde_json::from_str(&out).unwrap()
}

/// The rows of a check: what was looked at, of what, how it went, what was wrong.
fn rows(check: &Json) -> Vec<(String, Vec<String>, String, String)> {
    let text = |value: &Json| value.as_str().unwrap_or_default().to_owned();
    let row = |row: &Json| {
        let of = row["of"].as_array().into_iter().flatten().map(|link| text(&link["id"])).collect();
        (text(&row["item"]), of, text(&row["result"]["code"]), text(&row["problem"]))
    };
    check["fields"]["items"].as_array().unwrap().iter().map(row).collect()
}

#[test]
fn a_monthly_check_takes_a_few_keys_and_shows_the_month_before() {
    let office = Office::with_sample();
    let mut terminal = office.start("zh", (80, 24), &[]);
    terminal.wait("要办的事").press(":", "命令").press("检查表", "检查表").send("\r");
    terminal.wait("CL-001").press("t", "检查  CL-001 技术部月度检查表").wait("0 / 4");
    // One fails and says why, the rest pass; what is said of the whole is likely already.
    terminal.press("2", "问题：潜在火灾").press("楼道堆纸箱\r", "1 / 4").press("A", "3 项记为合格");
    terminal.press(F2, "考核结果").wait("1 项要整改").press("\r", "已存 IN-2022-001");
    let check = json(&office, &["show", "IN-2022-001", "--json"]);
    assert_eq!(check["fields"]["title"], "技术部月度检查表 2022-05");
    assert_eq!(check["fields"]["result"]["code"], "problems");
    assert_eq!(check["fields"]["assessment"], "1 项要整改");
    assert_eq!(check["fields"]["by"], "体系专员");
    assert_eq!(check["fields"]["department"][0]["id"], "DP-001");
    let words = |said: &str| said.to_owned();
    let of = |id: &str| vec![id.to_owned()];
    let expected = [
        (words("潜在火灾"), of("EA-0007"), words("fail"), words("楼道堆纸箱")),
        (words("废旧墨盒的排放"), of("EA-0002"), words("pass"), String::new()),
        (words("漏电"), of("HZ-0004"), words("pass"), String::new()),
        (words("火灾"), of("HZ-0002"), words("pass"), String::new()),
    ];
    let mut found = rows(&check);
    found.sort();
    let mut expected = expected.to_vec();
    expected.sort();
    assert_eq!(found, expected);
    // The next one has it beside, with what was wrong.
    terminal.press("t", "0 / 4").wait("上次 IN-2022-001：楼道堆纸箱");
    // What is left open is no result; a draft goes on where it was, also after a kill.
    terminal.press("1", "1 / 4").press(F2, "还有 3 项没有结果").send(ESC).wait("草稿");
    terminal.child.kill().unwrap();
    let mut terminal = office.start("zh", (80, 24), &[]);
    terminal.wait("草稿  CL-001 技术部月度检查表  检查").press("\r", "1 / 4").press("A", "3 项记为合格");
    terminal.press(F2, "考核结果").wait("合格").press("\r", "已存 IN-2022-002").press("q", "");
    assert_eq!(terminal.end(), 0);
    assert_eq!(json(&office, &["show", "IN-2022-002", "--json"])["fields"]["result"]["code"], "passed");
}

#[test]
fn what_fails_becomes_a_nonconformity_in_one_key_and_its_row_says_so() {
    let office = Office::with_sample();
    let made = office.run("zh", &["sheet", "CL-001", "--fail", "1=楼道堆纸箱", "--pass-rest"]);
    assert_eq!(made.2, 0, "{}", made.1);
    // A second sheet in a month is said to be one, by command and by key.
    let again = office.run("zh", &["sheet", "CL-001", "--pass-rest"]);
    assert!(again.2 == 0 && again.1.contains("这个月已经做过一张：IN-2022-001，2022-05-13"), "{}", again.1);
    assert_eq!(office.run("zh", &["undo"]).2, 0);
    let mut terminal = office.start("zh", (80, 24), &[]);
    terminal.wait("要办的事").open_list("checklists", "CL-001").press("t", "这个月已经做过一张：IN-2022-001");
    drop(terminal);
    let mut terminal = office.start("zh", (80, 24), &[]);
    terminal.wait("要办的事").press("6", "IN-2022-001").press("N", "事实").wait("楼道堆纸箱").wait("EA-0007");
    terminal.press(F2, "已存 NC-2022-01");
    // All that failed has one: N goes there, and does not begin another.
    terminal.press("N", "NC-2022-01  楼道堆纸箱").wait("来源");
    drop(terminal);
    let linked = || {
        let check = json(&office, &["show", "IN-2022-001", "--json"]);
        let rows = check["fields"]["items"].as_array().unwrap().iter();
        let ids = rows.filter_map(|row| row["nonconformity"][0]["id"].as_str().map(str::to_owned));
        ids.collect::<Vec<_>>()
    };
    assert_eq!(linked(), ["NC-2022-01"]);
    let made = json(&office, &["show", "NC-2022-01", "--json"]);
    assert_eq!(made["fields"]["source"]["code"], "inspection");
    // One undo takes back both; by command the same, where the row is named by being the only one.
    let undo = || assert_eq!(office.run("en", &["undo"]).2, 0);
    undo();
    assert_eq!(linked(), Vec::<String>::new());
    let nc =
        ["add", "nonconformities", "title=纸箱", "date=2022-05-13", "source=inspection", "department=DP-001"];
    let (_, wrong, code) =
        office.run("en", &[&nc[..], &["owner=技术部经理", "due=2022-05-31", "about=IN-2022-001"]].concat());
    assert_eq!(code, 0, "{wrong}");
    assert_eq!(linked().len(), 1);
    undo();
    assert_eq!(linked(), Vec::<String>::new());
}

#[test]
fn the_same_by_command() {
    let office = Office::with_sample();
    let (out, _, code) = office.run("en", &["sheet", "CL-001"]);
    assert!(
        code == 0 && out.contains("EA-0007") && out.contains("HZ-0004") && !out.contains("EA-0012"),
        "{out}"
    );
    let items = json(&office, &["sheet", "CL-001", "--json"]);
    let fire = items.as_array().unwrap().iter().position(|item| item["of"][0] == "HZ-0002").unwrap() + 1;
    let fail = format!("{fire}=通道堵塞");
    for (args, said) in [
        (&["sheet", "CL-001", "--fail", "9=x", "--pass-rest"][..], "1 to 4"),
        (&["sheet", "CL-001", "--fail", "1= ", "--pass-rest"], "what is wrong"),
        (&["sheet", "CL-001", "--fail", &fail], "3 items have no result"),
        (&["sheet", "CL-001", "--pass-rest", "--on", "2022-06-01"], "no day up to today"),
        (&["sheet", "EA-0001"], "no checklist"),
    ] {
        let (_, wrong, code) = office.run("en", args);
        assert!(code == 2 && wrong.contains(said), "{args:?} {code}: {wrong}");
    }
    assert_eq!(office.titles("inspections"), Vec::<String>::new());
    let made =
        ["sheet", "CL-001", "--fail", &fail, "--none", "1", "--pass-rest", "--on", "2022-04-28", "--json"];
    let made = json(&office, &made);
    let made = made.as_array().and_then(|made| made.first()).unwrap_or(&made).clone();
    assert_eq!(made["fields"]["date"], "2022-04-28");
    assert_eq!(made["fields"]["result"]["code"], "problems");
    let (out, ..) = office.run("zh", &["sheet", "CL-001"]);
    assert!(out.contains("不合格 通道堵塞"), "{out}");
    // What becomes significant is an item from then on, and what stands in the list itself comes first.
    let (_, wrong, code) =
        office.run("en", &["evaluate", "EA-0005", "A=5", "B=2", "C=1", "D=2", "E=5", "F=2", "--why", "x"]);
    assert_eq!(code, 0, "{wrong}");
    let (_, wrong, code) = office.run("en", &["set", "CL-001", r#"items=[{"item":"桌面整洁"}]"#]);
    assert_eq!(code, 0, "{wrong}");
    let items = json(&office, &["sheet", "CL-001", "--json"]);
    assert_eq!(items[0]["item"], "桌面整洁");
    assert!(items.as_array().unwrap().iter().any(|item| item["of"][0] == "EA-0005"), "{items}");
}

#[test]
fn a_register_of_ones_own_has_sheets_too_and_a_mistake_is_named_with_its_place() {
    let office = Office::new();
    drop(common::empty(&office.book()));
    let round = "id = \"rounds\"\nname = { zh = \"巡楼\", en = \"Rounds\" }\nserial = \"WR-{000}\"\ntitle = \"title\"\ncolumns = [\"id\", \"title\"]\n\n\
        [sheet]\ntemplate = \"route\"\nday = \"day\"\ncopies = [[\"title\", \"title\"]]\nrows = \"points\"\nlisted = \"items\"\nitem = \"item\"\nof = \"of\"\n\
        result = \"found\"\npass = \"ok\"\nfail = \"bad\"\nproblem = \"what\"\noutcome = \"whole\"\noutcome-pass = \"ok\"\noutcome-fail = \"bad\"\n\n\
        [[fields]]\nid = \"title\"\nname = { zh = \"名称\", en = \"title\" }\nkind = \"text\"\n\n[[fields]]\nid = \"day\"\nname = { zh = \"日期\", en = \"day\" }\nkind = \"date\"\n\n\
        [[fields]]\nid = \"route\"\nname = { zh = \"路线\", en = \"route\" }\nkind = \"links\"\nto = [\"routes\"]\n\n\
        [[fields]]\nid = \"whole\"\nname = { zh = \"结论\", en = \"whole\" }\nkind = \"choice\"\nchoices = [{ code = \"ok\", zh = \"好\", en = \"fine\" }, { code = \"bad\", zh = \"坏\", en = \"bad\" }]\n\n\
        [[fields]]\nid = \"points\"\nname = { zh = \"点位\", en = \"points\" }\nkind = \"rows\"\nfields = [\n\
        { id = \"item\", name = { zh = \"点\", en = \"point\" }, kind = \"text\" },\n{ id = \"of\", name = { zh = \"针对\", en = \"of\" }, kind = \"links\", to = [\"assets\"], many = true },\n\
        { id = \"found\", name = { zh = \"情况\", en = \"found\" }, kind = \"choice\", choices = [{ code = \"ok\", zh = \"好\", en = \"fine\" }, { code = \"bad\", zh = \"坏\", en = \"bad\" }] },\n\
        { id = \"what\", name = { zh = \"问题\", en = \"what\" }, kind = \"text\" },\n]\n";
    let route = "id = \"routes\"\nname = { zh = \"巡楼路线\", en = \"Routes\" }\nserial = \"RT-{000}\"\ntitle = \"title\"\ncolumns = [\"id\", \"title\"]\n\n\
        [[fields]]\nid = \"title\"\nname = { zh = \"名称\", en = \"title\" }\nkind = \"text\"\n\n[[fields]]\nid = \"items\"\nname = { zh = \"点位\", en = \"points\" }\nkind = \"rows\"\nfields = [\n\
        { id = \"item\", name = { zh = \"点\", en = \"point\" }, kind = \"text\" },\n{ id = \"of\", name = { zh = \"针对\", en = \"of\" }, kind = \"links\", to = [\"assets\"], many = true },\n]\n";
    let folder = office.book().join("registers");
    std::fs::create_dir_all(&folder).unwrap();
    std::fs::write(folder.join("routes.toml"), route).unwrap();
    std::fs::write(folder.join("rounds.toml"), round).unwrap();
    let added = ["add", "routes", "title=夜间", r#"items=[{"item":"泵房"},{"item":"电梯机房"}]"#];
    let (_, wrong, code) = office.run("en", &added);
    assert_eq!(code, 0, "{wrong}");
    let (_, wrong, code) = office.run("en", &["sheet", "RT-001", "--fail", "2=漏水", "--pass-rest"]);
    assert_eq!(code, 0, "{wrong}");
    let made = json(&office, &["show", "WR-001", "--json"]);
    assert_eq!(made["fields"]["whole"]["code"], "bad");
    assert_eq!(made["fields"]["points"][1]["what"], "漏水");
    // Its template is no link, its code is none of the column's.
    for (good, bad, said) in [
        ("template = \"route\"", "template = \"title\"", "rounds.toml:8:"),
        ("pass = \"ok\"\nfail", "pass = \"fine\"\nfail", "rounds.toml:16:"),
        ("listed = \"items\"", "listed = \"points\"", "rounds.toml:12:"),
    ] {
        std::fs::write(folder.join("rounds.toml"), round.replacen(good, bad, 1)).unwrap();
        let (_, wrong, _) = office.run("en", &["list", "rounds"]);
        assert!(wrong.contains(said), "{bad}: {wrong}");
    }
}

#[test]
fn rows_are_asked_by_their_columns_in_either_language() {
    let office = Office::new();
    assert_eq!(office.run("en", &["init", "--sample=mended"]).2, 0);
    for (query, ids) in [
        ("items.result=fail", &["IN-2022-002"][..]),
        ("检查项.结果:不合格", &["IN-2022-002"]),
        ("-items.result=fail", &["IN-2022-001"]),
        ("items.nonconformity=NC-2022-01", &["IN-2022-002"]),
        ("items.problem:上锁 items.of:EA-0004", &["IN-2022-002"]),
    ] {
        let (out, wrong, code) = office.run("zh", &["list", "inspections", query, "--json"]);
        assert_eq!(code, 0, "{wrong}");
        let listed: serde_json::Value = serde_json::from_str(&out).unwrap();
        let listed: Vec<&str> =
            listed.as_array().unwrap().iter().map(|entry| entry["id"].as_str().unwrap()).collect();
        assert_eq!(listed, ids, "{query}");
    }
    let (_, wrong, code) = office.run("zh", &["list", "inspections", "items.resul=fail"]);
    assert!(code == 2 && wrong.contains("「result」"), "{code} {wrong}");
    // Whoever reads the views reads them in their language.
    let mut terminal = office.start("zh", (120, 60), &[]);
    terminal.wait("要办的事").press("V", "检查项.结果=不合格");
}
