//! What only the program records is not written, made or taken away by hand, by command or on a form.
#![allow(clippy::unwrap_used, clippy::indexing_slicing, clippy::panic)]

mod common;
#[path = "common/office.rs"]
mod office;
#[path = "common/terminal.rs"]
mod terminal;

use std::process::Command;

use office::{ESC, F2, Office};
use serde_json::Value as Json;

/// What a command prints and says, and its code.
fn run(office: &Office, args: &[&str]) -> (String, String, i32) {
    let mut command = Command::new(env!("CARGO_BIN_EXE_taizhang"));
    command.env("HOME", office.folder.path()).args(["--lang", "zh", "--book"]).arg(office.book());
    let output = command.args(args).output().unwrap();
    let text = |bytes: &[u8]| String::from_utf8(bytes.to_vec()).unwrap();
    (text(&output.stdout), text(&output.stderr), output.status.code().unwrap())
}

fn json(office: &Office, args: &[&str]) -> Json {
    serde_json::from_str(&run(office, args).0).unwrap()
}

fn refused(office: &Office, args: &[&str], words: &str) {
    let (_, said, code) = run(office, args);
    assert!(code != 0 && said.contains(words), "{args:?} {code}: {said}");
}

/// A round over the two listed hazards, kept at once and ended.
fn with_a_round() -> Office {
    let office = Office::with_sample();
    let mut terminal = office.start("zh", (80, 24), &[]);
    terminal.wait("要办的事").press("2", "HZ-0004").press("R", "复评什么").press("\r", "2 条");
    terminal.press("\r", "1 / 2").press("*", "还有 2 条没看").press("2 同去年\r", "上次复评以来");
    terminal.send("0000000").wait("F2 结束复评").press(F2, "下次复评").press(ESC, "14").press("q", "");
    assert_eq!(terminal.end(), 0);
    office
}

#[test]
fn a_round_and_its_outcomes_are_not_changed_by_command() {
    let office = with_a_round();
    let before = json(&office, &["review", "RV-2022-01", "--json"]);
    let hand = "不能手";
    refused(&office, &["set", "RV-2022-01", "ended=2022-01-01"], "结束（ended） 由程序记录，不能手改。用 R");
    refused(&office, &["set", "RV-2022-01", "结束="], hand);
    refused(&office, &["set", "RO-00001", "outcome=kept"], hand);
    refused(&office, &["set", "RO-00001", "reason=看过"], hand);
    refused(&office, &["delete", "RO-00001", "--why", "试"], "RO-00001 由程序记录，不能手删");
    refused(&office, &["delete", "RV-2022-01", "--why", "试"], "不能手删");
    refused(&office, &["add", "outcomes", "title=一"], "不能手加");
    refused(&office, &["set", "EA-0001", "last reviewed=2030-01-01"], "上次复评（reviewed） 由程序记录");
    refused(&office, &["add", "aspects", "aspect=一", "reviewed=2022-05-01"], hand);
    refused(&office, &["restore", "HZ-0004", "--field", "reviewed", "--why", "试"], hand);
    refused(&office, &["restore", "RV-2022-01", "--field", "ended", "--why", "试"], hand);
    assert_eq!(json(&office, &["review", "RV-2022-01", "--json"]), before);
    // What people say of it is theirs, and an undo takes back what was recorded.
    assert_eq!(run(&office, &["set", "RV-2022-01", "participants=总经理"]).2, 0);
    assert_eq!(run(&office, &["set", "RO-00001", "note=见会议记录"]).2, 0);
    for _ in 0..2 {
        assert_eq!(run(&office, &["undo"]).2, 0);
    }
    assert_eq!(run(&office, &["undo"]).2, 0, "the end of the round");
    assert_eq!(json(&office, &["show", "RV-2022-01", "--json"])["fields"]["ended"], Json::Null);
    assert_eq!(run(&office, &["verify"]).2, 0);
}

#[test]
fn a_form_refuses_it_where_it_would_be_typed() {
    let office = with_a_round();
    let mut terminal = office.start("zh", (80, 24), &[]);
    terminal.wait("要办的事").press(":", "").press("复评记录", "复评记录").press("\r", "RV-2022-01");
    terminal.press("e", "名称").press("\t\t", "").press("2", "结束 由程序记录，不能手改").send(ESC);
    terminal.wait("Enter 打开").press("d", "为什么").press("试\r", "不能手删").press("q", "");
    assert_eq!(terminal.end(), 0);
    // A copy comes without it.
    let mut terminal = office.start("zh", (80, 24), &[]);
    terminal.wait("要办的事").press("2", "HZ-0004").press("A", "新增").press(F2, "15 条").press("q", "");
    assert_eq!(terminal.end(), 0);
    assert_eq!(json(&office, &["show", "HZ-0015", "--json"])["fields"]["reviewed"], Json::Null);
}

#[test]
fn any_register_can_leave_fields_to_the_program() {
    let office = Office::with_sample();
    let folder = office.book().join("registers");
    std::fs::create_dir_all(&folder).unwrap();
    let register = |kept: &str| {
        let text = format!(
            "id = \"gauges\"\nname = {{ zh = \"采集表\", en = \"Gauges\" }}\nserial = \"GA-{{000}}\"\n\
             title = \"name\"\ncolumns = [\"id\", \"name\"]\n\n[[fields]]\nid = \"name\"\n\
             name = {{ zh = \"名称\", en = \"name\" }}\nkind = \"text\"\n\n[[fields]]\nid = \"read\"\n\
             name = {{ zh = \"读数\", en = \"reading\" }}\nkind = \"number\"\n\n[kept]\nfields = [\"{kept}\"]\n\
             instead = {{ zh = \"由采集程序写入。\", en = \"The collector writes it.\" }}\n"
        );
        std::fs::write(folder.join("gauges.toml"), text).unwrap();
    };
    register("raed");
    let (_, said, _) = run(&office, &["list", "aspects"]);
    assert!(said.contains("raed") && said.contains("read"), "{said}");
    register("read");
    assert_eq!(run(&office, &["add", "gauges", "name=水表"]).2, 0);
    refused(&office, &["set", "GA-001", "read=3"], "由采集程序写入。");
}
