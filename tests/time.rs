//! Looking back, comparing and bringing back, by command and by key, in the real program.
#![allow(clippy::unwrap_used, clippy::indexing_slicing, clippy::panic, clippy::string_slice)]

mod common;
#[path = "common/office.rs"]
mod office;
#[path = "common/terminal.rs"]
mod terminal;

use office::{ESC, Office};
use serde_json::Value as Json;
use taizhang::book::{Date, Edit, Proposal, Value, Way};
use taizhang::share::Session;

/// What a command prints, what it says beside, and its code.
fn json(office: &Office, args: &[&str]) -> Json {
    let (out, beside, code) = office.run("en", args);
    assert_eq!(code, 0, "{beside}");
    serde_json::from_str(&out).unwrap()
}

#[test]
fn commands_show_the_book_as_of_a_day_a_moment_or_a_commit() {
    let office = Office::with_sample();
    let score = |as_of: &str| {
        let shown = json(&office, &["show", "EA-0002", "--json", "--as-of", as_of]);
        (shown["fields"]["evaluation"]["score"].to_string(), shown["fields"]["evaluation"]["listed"].clone())
    };
    assert_eq!(score("2021-12-31"), ("13".to_owned(), Json::from(false)));
    assert_eq!(score("2022-05-12 16:19"), ("13".to_owned(), Json::from(false)));
    for now in ["2022-05-12 16:20", "2022-05-12", "#13", "13", "2022-05"] {
        assert_eq!(score(now), ("16".to_owned(), Json::from(true)), "{now}");
    }
    // The list of the significant ones is that of the day, and so is what is found.
    let listed = |as_of: &str| {
        let list = json(&office, &["list", "significant-aspects", "--json", "--as-of", as_of]);
        list.as_array().unwrap().len()
    };
    assert_eq!((listed("#3"), listed("2021-12-31"), listed("2022-05-12")), (1, 2, 3));
    let found = json(&office, &["find", "EA-0012", "--json", "--as-of", "2021-06-01"]);
    assert_eq!(found.as_array().unwrap().len(), 0);
    // What stood there until later is no past of that day.
    let later = json(&office, &["find", "废纸的排放", "--json"]);
    assert!(later.as_array().unwrap().iter().any(|hit| hit["was"] != Json::Null), "{later}");
    let then = json(&office, &["find", "废纸的排放", "--json", "--as-of", "2021-06-01"]);
    assert!(then.as_array().unwrap().iter().all(|hit| hit["was"] == Json::Null), "{then}");
    // Before the first change there is nothing, and it says so.
    let (out, beside, code) = office.run("zh", &["list", "aspects", "--as-of", "2019-01-01"]);
    assert_eq!((out.lines().count(), code), (1, 0));
    assert!(beside.contains("还什么都没有；第一次修改是 2021-05-10"), "{beside}");
    for (wrong, said, exit) in
        [("2031-01-01", "还没有到", 2), ("#99", "最后一次是 #16", 1), ("那天", "写 2021-05-31", 2)]
    {
        let (_, beside, code) = office.run("zh", &["list", "aspects", "--as-of", wrong]);
        assert_eq!(code, exit, "{wrong}");
        assert!(beside.contains(said), "{beside}");
    }
    // A damaged journal is named here too.
    let file = office.book().join("journal/2022.jsonl");
    let whole = std::fs::read_to_string(&file).unwrap();
    std::fs::write(&file, whole.replacen("漏电保护器", "漏电保护机", 1)).unwrap();
    let (out, beside, code) = office.run("zh", &["list", "aspects", "--as-of", "2021-12-31"]);
    assert!(out.contains("EA-0007") && beside.contains("2022.jsonl"), "{beside}");
    assert_eq!(code, 3);
}

#[test]
fn changes_are_told_by_register_and_add_up() {
    let office = Office::with_sample();
    let told = json(&office, &["changes", "--since", "2021-12-31", "--json"]);
    let counts = &told["counts"];
    let sum: u64 = ["new", "changed", "reevaluated", "same", "removed", "passing"]
        .iter()
        .map(|kind| counts[kind].as_u64().unwrap())
        .sum();
    assert_eq!((counts["touched"].as_u64().unwrap(), sum), (81, 81));
    assert_eq!((counts["flipped"].as_u64(), counts["reevaluated"].as_u64()), (Some(1), Some(7)));
    let aspects = &told["registers"][0];
    assert_eq!(aspects["register"], "aspects");
    let flipped =
        aspects["entries"].as_array().unwrap().iter().find(|entry| entry["flipped"] == true).unwrap();
    assert_eq!((&flipped["id"], &flipped["became"]), (&Json::from("EA-0002"), &Json::from("changed")));
    let field = &flipped["fields"][0];
    assert_eq!((&field["from"]["score"], &field["to"]["score"]), (&Json::from(13), &Json::from(16)));
    assert_eq!(field["seq"], 13);
    // Registers that only serve others tell what changed in them too; what was deleted has its title.
    assert_eq!(office.run("zh", &["add", "audits", "title=年度内审", "date=2022-05-12"]).2, 0);
    let (out, ..) = office.run("zh", &["changes", "--since", "#13"]);
    assert!(out.contains("+ AU-2022-02 年度内审"), "{out}");
    assert_eq!(office.run("zh", &["delete", "AU-2022-02", "--why", "试"]).2, 0);
    assert_eq!(office.run("zh", &["delete", "EA-0009", "--why", "试"]).2, 0);
    let (out, ..) = office.run("zh", &["changes", "--since", "#13"]);
    assert!(out.contains("EA-0009 废弃方案的丢弃") && out.contains("AU-2022-02 年度内审"), "{out}");
    assert_eq!(office.run("zh", &["undo"]).2, 0);
    // Of a time, of a register, of a person.
    let (out, ..) = office.run("zh", &["changes", "hazards", "--since", "2021-12-31"]);
    assert!(out.contains("HZ-0004 漏电") && !out.contains("EA-0002"), "{out}");
    let until = json(&office, &["changes", "--since", "#9", "--until", "2022-03-31", "--json"]);
    assert_eq!((&until["until"], &until["counts"]["flipped"]), (&Json::from(10), &Json::from(0)));
    let by = json(&office, &["changes", "--since", "#9", "--by", "综合办公室", "--json"]);
    assert_eq!(by["counts"]["touched"], 7);
    assert_eq!(by["registers"][0]["entries"][0]["id"], "DR-2022-01");
    let empty = Office::new();
    assert_eq!(empty.run("zh", &["init", "--empty"]).2, 0);
    for (office, since, said) in [
        (&empty, "audit", "还没有记过内审"),
        (&empty, "review", "还没有结束过的复评"),
        (&office, "昨天的昨天", "写 2021-05-31"),
    ] {
        let (_, beside, code) = office.run("zh", &["changes", "--since", since]);
        assert_eq!(code, 2);
        assert!(beside.contains(said), "{beside}");
    }
    let (_, beside, code) = office.run("en", &["changes", "--since", "#9", "--until", "#5"]);
    assert!(code == 2 && beside.contains("backwards"), "{beside}");
}

#[test]
fn the_last_audit_and_the_last_review_are_points_in_time() {
    let office = Office::with_sample();
    let register = |id: &str, zh: &str, fields: &str| {
        let text = format!(
            "id = \"{id}\"\nname = {{ zh = \"{zh}\", en = \"{id}\" }}\nserial = \"{}-{{000}}\"\norder = 50\n\
             title = \"title\"\ncolumns = [\"id\", \"title\"]\n\n[[fields]]\nid = \"title\"\n\
             name = {{ zh = \"名称\", en = \"name\" }}\nkind = \"text\"\n\n{fields}\n[[fields]]\nid = \"note\"\n\
             name = {{ zh = \"备注\", en = \"note\" }}\nkind = \"text\"\n",
            id[..2].to_uppercase()
        );
        std::fs::write(office.book().join(format!("registers/{id}.toml")), text).unwrap();
    };
    register(
        "audits",
        "内审",
        "[[fields]]\nid = \"date\"\nname = { zh = \"日期\", en = \"date\" }\nkind = \"date\"\n",
    );
    for args in [
        ["add", "audits", "title=一", "date=2021-06-30"],
        ["add", "audits", "title=二", "date=2022-04-01"],
        ["add", "audits", "title=来年", "date=2032-04-01"],
    ] {
        assert_eq!(office.run("zh", &args).2, 0, "{args:?}");
    }
    let mut session = Session::new(common::open(&office.book()), common::who());
    for (title, field, day) in [("一", "ended", "2022-03-15"), ("开着", "begun", "2022-05-01")] {
        let day = Date::typed(day, session.today(common::moment())).unwrap();
        let title = ("title".to_owned(), Value::Text(title.to_owned()));
        let fields = vec![title, (field.to_owned(), Value::Date(day))];
        let edits = vec![Edit::Add { register: "reviews".to_owned(), fields }];
        session.record(Proposal { way: Way::Screen, why: None, edits }, chrono::Utc::now()).unwrap();
    }
    drop(session);
    let since = |said: &str| json(&office, &["changes", "--since", said, "--json"])["since"].clone();
    assert_eq!((since("audit"), since("review")), (Json::from(10), Json::from(10)));
}

#[test]
fn what_was_comes_back_by_command() {
    let office = Office::with_sample();
    let (out, ..) = office.run("zh", &["show", "EA-0002", "--history=评价"]);
    assert!(out.contains("-> 16 重要") && out.matches("复评日期").count() == 1, "{out}");
    let (out, beside, code) =
        office.run("zh", &["restore", "EA-0002", "--field", "评价", "--from", "2021-12-31", "--why", "误判"]);
    assert_eq!(code, 0, "{beside}");
    assert!(out.contains("已放回第 3 次修改时的样子") && out.contains("13"), "{out}");
    let history = json(&office, &["show", "EA-0002", "--history", "--json"]);
    let last = history["history"].as_array().unwrap().last().unwrap();
    assert_eq!((&last["way"]["restore-of"], &last["why"]), (&Json::from(3), &Json::from("误判")));
    // A deleted entry.
    assert_eq!(office.run("zh", &["delete", "HZ-0004", "--why", "试"]).2, 0);
    let (_, beside, code) = office.run("zh", &["show", "HZ-0004"]);
    assert!(code == 1 && beside.contains("taizhang restore HZ-0004"), "{beside}");
    let (out, _, code) = office.run("zh", &["restore", "HZ-0004", "--why", "删错了"]);
    assert!(code == 0 && out.contains("漏电"), "{out}");
    // Once it is back, its id alone takes back nothing more; nor is anything put back without a reason.
    let (_, beside, code) = office.run("zh", &["restore", "HZ-0004", "--why", "再来"]);
    assert!(code == 2 && beside.contains("没有被删除") && beside.contains("--from"), "{beside}");
    let (_, beside, code) = office.run("zh", &["restore", "EA-0002", "--from", "#3"]);
    assert!(code == 2 && beside.contains("--why"), "{beside}");
    let (_, beside, code) = office.run("zh", &["restore", "HZ-0004", "--from", "#1", "--why", "试"]);
    assert!(code != 0 && beside.contains("那时还没有"), "{beside}");
    assert_eq!(office.run("zh", &["verify"]).2, 0);
}

#[test]
fn a_past_day_is_looked_at_by_keys() {
    let office = Office::with_sample();
    let mut terminal = office.start("zh", (80, 24), &[]);
    terminal.wait("要办的事").press("1", "EA-0002").wait("17 条");
    terminal.press("@", "看哪天的样子").press("2021-12-31\r", "截至 2021-12-31 #9").wait("只读");
    // The whole title line is reversed, and no key writes.
    assert!([0, 45, 79].iter().all(|column| terminal.reversed(0, *column)), "{}", terminal.screen());
    terminal.press("j", "D 与今天比").press("e", "不能改").press("u", "不能改");
    // Nor does one that only leads there: nobody is asked twice before it is refused.
    terminal
        .press("j", "D 与今天比")
        .press("R", "不能改")
        .press("M", "评价方法")
        .press("a", "不能改")
        .send(ESC);
    terminal.wait_gone("评价方法");
    terminal.press("/废旧墨盒\r", "1 / 17 条").press("H", "首次识别和评价");
    assert!(!terminal.screen().contains("墨盒用量"), "{}", terminal.screen());
    terminal.send(ESC);
    terminal.wait("1 / 17 条").press("]", "#10  2022-03-15 16:40").wait("截至 2022-03-15 #10");
    terminal.press("[", "截至 2021-12-03 #9").press("D", "改了什么").wait("级别翻转").send(ESC);
    terminal.wait_gone("改了什么").press("@", "回到今天").send("\r");
    terminal.wait_gone("截至").wait("EA-0002");
    assert!(!terminal.reversed(0, 40));
    // A moment is named with its time.
    terminal.press("@", "看哪天").press("2021-05-12 09:00\r", "截至 2021-05-12 09:00 #").press("@\r", "");
    terminal.wait_gone("截至");
    // Before everything there is nothing; Esc on home is today again.
    terminal.send(ESC);
    terminal.wait_gone("1 / 17 条").send(ESC);
    terminal.wait("要办的事").press("@", "看哪天的样子").press("2019-01-01\r", "还什么都没有").send(ESC);
    terminal
        .wait("回到今天")
        .wait("要办的事")
        .press("@", "看哪天")
        .press("2031-01-01\r", "还没有到")
        .send(ESC);
    terminal.wait_gone("看哪天").press("q", "");
    assert_eq!(terminal.end(), 0);
}

#[test]
fn a_past_day_is_looked_at_in_english() {
    let office = Office::with_sample();
    let mut terminal = office.start("en", (80, 24), &[]);
    terminal.wait("To do").press("1", "EA-0002").press("@2021-12-31\r", "as of 2021-12-31 #9");
    terminal.press("e", "cannot be changed").press("D", "verdict flipped").send(ESC);
    terminal.wait_gone("verdict flipped").press("@", "Empty or Esc: today").send(ESC);
    terminal.wait_gone("as of 2021").press("q", "");
    assert_eq!(terminal.end(), 0);
}

#[test]
fn what_changed_leads_to_what_was_deleted_and_brings_it_back() {
    let office = Office::with_sample();
    assert_eq!(office.run("zh", &["delete", "EA-0009", "--why", "试"]).2, 0);
    let mut terminal = office.start("zh", (80, 24), &[]);
    terminal.wait("要办的事").press("D", "从何时起改了什么").press("#13\r", "删除").wait("- EA-0009");
    // The cursor is on the first entry, not on its heading.
    terminal.press("\r", "历史  EA-0009").press("B", "恢复 EA-0009").press("删错了\r", "已存 EA-0009");
    terminal.wait("放回第").send(ESC);
    terminal.wait_gone("放回第");
    // One value of an entry, from its history.
    terminal.wait("改了什么").send(ESC);
    terminal.wait("要办的事").press("1", "EA-0002").press("/废旧墨盒\r", "1 / 17 条").press("H", "墨盒用量");
    terminal.press("jj", "").press("B", "放回「13 一般").press("误判\r", "已存 EA-0002").send(ESC);
    terminal.wait_gone("放回第").press("q", "");
    assert_eq!(terminal.end(), 0);
    let shown = json(&office, &["show", "EA-0002", "--json"]);
    assert_eq!(shown["fields"]["evaluation"]["score"], 13);
    assert!(office.titles("aspects").contains(&"废弃方案的丢弃".to_owned()));
    assert_eq!(office.run("zh", &["verify"]).2, 0);
}

#[test]
fn a_form_is_not_left_for_the_past() {
    let office = Office::with_sample();
    let mut terminal = office.start("zh", (80, 24), &[]);
    terminal
        .wait("要办的事")
        .press("1", "EA-0007")
        .press("v", "发生频率")
        .press("@", "先存好或离开")
        .send(ESC);
    terminal.wait_gone("发生频率").press("q", "");
    assert_eq!(terminal.end(), 0);
}
