//! What one is asked beside an auditor: finding, why, questions, copies, samples. In the real program.
#![allow(clippy::unwrap_used, clippy::indexing_slicing, clippy::panic)]

mod common;
#[path = "common/office.rs"]
mod office;
#[path = "common/terminal.rs"]
mod terminal;

use std::process::Command;

use office::{ESC, F2, F3, Office};
use serde_json::Value as Json;

const F7: &str = "\u{1b}[18~";
const F8: &str = "\u{1b}[19~";
const UP: &str = "\u{1b}[A";

fn call(office: &Office, lang: &str, args: &[&str]) -> (i32, String, String) {
    let mut command = Command::new(env!("CARGO_BIN_EXE_taizhang"));
    command.env("HOME", office.folder.path()).args(["--lang", lang, "--book"]).arg(office.book());
    let output = command.args(args).output().unwrap();
    let text = |bytes: &[u8]| String::from_utf8(bytes.to_vec()).unwrap();
    (output.status.code().unwrap(), text(&output.stdout), text(&output.stderr))
}

fn said(office: &Office, args: &[&str]) -> String {
    let (code, out, error) = call(office, "zh", args);
    assert_eq!((code, error.as_str()), (0, ""), "{args:?}");
    out
}

fn json(office: &Office, args: &[&str]) -> Json {
    serde_json::from_str(&said(office, args)).unwrap()
}

fn ids(found: &Json) -> Vec<&str> {
    found.as_array().unwrap().iter().filter_map(|one| one["id"].as_str()).collect()
}

#[test]
fn find_goes_by_number_title_pinyin_and_then_the_rest() {
    let office = Office::with_sample();
    // An entry by its number, and behind it the audit in which it was shown.
    assert_eq!(ids(&json(&office, &["find", "ea-0012", "--json"])), ["EA-0012", "AU-2022-01"]);
    let found = json(&office, &["find", "口罩", "--json"]);
    assert_eq!(ids(&found)[..2], ["EA-0011", "EA-0012"]);
    assert!(ids(&found).len() > 2, "{found}");
    let found = json(&office, &["find", "文件.编号:OC-0003", "--json"]);
    assert!(ids(&found).contains(&"EA-0002") && !ids(&found).contains(&"EA-0007"), "{found}");
    let (code, _, error) = call(&office, "zh", &["find", "文献.编号:OC-0003"]);
    assert_eq!(code, 2);
    assert!(error.contains("文献"), "{error}");
}

#[test]
fn find_knows_what_stands_there_no_longer() {
    let office = Office::with_sample();
    said(&office, &["set", "OC-0003", "title=固体废物管理办法"]);
    let found = json(&office, &["find", "废弃物管理办法", "--json"]);
    let was = found.as_array().unwrap().iter().find(|one| one["id"] == "OC-0003").unwrap();
    assert_eq!(was["was"]["text"], "废弃物管理办法");
    assert_eq!(was["was"]["field"], "title");
    // Put back, it is no past any longer.
    said(&office, &["undo"]);
    let found = json(&office, &["find", "废弃物管理办法", "--json"]);
    let is = found.as_array().unwrap().iter().find(|one| one["id"] == "OC-0003").unwrap();
    assert_eq!(is["was"], Json::Null);
    let found = said(&office, &["find", "废纸的排放"]);
    assert!(
        found.contains("EA-0018  废纸的排放（已删除）") && found.contains("（到 2021-12-03）"),
        "{found}"
    );
    // What is deleted is found by its number too.
    let found = said(&office, &["find", "ea-0018"]);
    assert!(found.contains("EA-0018  废纸的排放（已删除）"), "{found}");
    let mut terminal = office.start("zh", (80, 24), &[]);
    terminal.wait("要办的事").press(F3, "键入").press("EA-0018", "废纸的排放（已删除）").send(ESC);
    terminal.wait("要办的事").press("q", "");
    assert_eq!(terminal.end(), 0);
}

#[test]
fn a_clause_leads_to_what_answers_it() {
    let office = Office::with_sample();
    let found = json(&office, &["find", "E:8.2", "--json"]);
    let (code, _, error) = call(&office, "zh", &["find", "O:8.2"]);
    assert!(code == 2 && error.contains("E:8.2") && error.contains("S:8.2"), "{error}");
    let list = |id: &str| found.as_array().unwrap().iter().find(|one| one["list"] == id).cloned();
    assert_eq!(list("plans").unwrap()["count"], 2);
    assert_eq!(list("drills").unwrap()["count"], 2);
    assert_eq!(list("aspects"), None);
    let mut terminal = office.start("zh", (80, 24), &[]);
    terminal.wait("要办的事").press(F3, "键入就筛选").press("6.1.2", "重大危险源清单").wait("2 条");
    // The clause itself comes first, its registers after it.
    terminal.press("\u{1b}[B\r", "环境因素   17 条").press("q", "");
    assert_eq!(terminal.end(), 0);
}

#[test]
fn look_ups_come_back_and_can_be_pinned() {
    let office = Office::with_sample();
    let mut terminal = office.start("zh", (80, 24), &[]);
    terminal.wait("要办的事").press(F3, "键入就筛选").press("废纸的", "原：废纸的排放").wait("到 2021-12-03");
    terminal.press("\r", "历史  EA-0018").send(ESC);
    terminal.wait_gone("历史").send("\u{15}");
    terminal.press("墨盒", "EA-0002").press("\r", "EA-0002  废旧墨盒的排放").send(ESC);
    terminal.wait("找 ").press(F2, "「墨盒」放在最前面了").send(ESC);
    terminal.wait("要办的事").press("q", "");
    assert_eq!(terminal.end(), 0);
    let mut again = office.start("zh", (80, 24), &[]);
    again.wait("要办的事").press("/", "常用         墨盒").wait("用过         废纸的");
    // Enter looks it up again, and Up brings the others back into the line.
    again.press("\r", "> 墨盒").wait("EA-0002").send("\u{15}");
    again.wait("键入就筛选").press(UP, "> 废纸的").press(UP, "> 墨盒").send(ESC);
    again.wait("要办的事").press("q", "");
    assert_eq!(again.end(), 0);
}

#[test]
fn why_tells_the_rule_and_the_evaluations_before() {
    let office = Office::with_sample();
    let mut terminal = office.start("zh", (80, 24), &[]);
    terminal.wait("要办的事").press("1", "EA-0002").press("jjw", "为什么  EA-0002").press("G", "此前评价过");
    terminal.wait("六因子法 第 1 版").wait("一般").send(ESC);
    // Also of what is being evaluated, found or filled in.
    terminal.wait_gone("为什么").press("v", "评价  EA-0002").press("w", "为什么  EA-0002").send(ESC);
    terminal.wait_gone("规则").wait("发生频率").send(ESC);
    terminal.wait("环境因素   17 条").press(F3, "键入就筛选").press("潜在火灾", "EA-0007");
    terminal.press(F8, "为什么  EA-0007").send(ESC);
    terminal.wait_gone("规则").wait("> 潜在火灾").send(ESC);
    terminal.wait("环境因素   17 条").press("e", "活动 *").press(F8, "为什么  EA-0002").send(ESC);
    terminal.wait_gone("规则").wait("活动 *").send(ESC);
    terminal.wait("环境因素   17 条").press("q", "");
    assert_eq!(terminal.end(), 0);
}

#[test]
fn a_question_is_noted_with_what_is_on_screen_and_answered() {
    let office = Office::with_sample();
    said(
        &office,
        &[
            "add",
            "audits",
            "title=年度审核",
            "type=certification",
            "date=2022-05-13",
            "end=2022-05-14",
            "auditors=审核员",
        ],
    );
    let mut terminal = office.start("zh", (80, 24), &[]);
    terminal.wait("要办的事").press("1", "EA-0007").press("/", "条").press("车辆\r", "EA-0008");
    terminal.press("Q", "EA-0008 车辆油品的泄露  环境因素  车辆").wait("6.1.2");
    terminal.press("车从哪里来？", "车从哪里来？").press("\r", "已存 QU-2022-01");
    terminal.send(ESC);
    terminal.wait("环境因素   17 条").send(ESC);
    terminal
        .wait("审核问题：还没有答")
        .open_list("questions", "车从哪里来？")
        .press("z", "3 观察项")
        .press("3", "答复，可以不写");
    terminal.press("用客户的车，见 OC-0003", "OC-0003").press("\r", "已存 QU-2022-01").wait("观察项");
    terminal.press("Y", "答复：用客户的车，见 OC-0003").wait("看了：EA-0008 车辆油品的泄露").press("q", "");
    assert_eq!(terminal.end(), 0);
    let questions = json(&office, &["questions", "--json"]);
    let fields = &questions[0]["fields"];
    assert_eq!(fields["shown"][0]["id"], "EA-0008");
    assert_eq!((fields["list"].as_str(), fields["filter"].as_str()), (Some("aspects"), Some("车辆")));
    assert_eq!((fields["clause"].as_str(), fields["asked"].as_str()), (Some("6.1.2"), Some("2022-05-13")));
    assert_eq!(fields["audit"][0]["title"], "年度审核");
    assert_eq!(fields["asked-by"], "审核员");
    assert_eq!(fields["status"]["code"], "observation");
    assert_eq!(fields["evidence"][0]["id"], "OC-0003");
    let page = said(&office, &["questions"]);
    assert!(page.contains("\nAU-2022-02 年度审核\n\n6.1.2\n  QU-2022-01  05-13 "), "{page}");
    assert!(page.contains("共 1 问：待答 0，已答 0，撤回 0，观察项 1，不符合 0"), "{page}");
    assert!(!said(&office, &["questions", "--open"]).contains("QU-2022-01"));
    said(&office, &["verify"]);
}

#[test]
fn a_question_is_not_lost_and_can_be_asked_anywhere() {
    let office = Office::with_sample();
    let mut terminal = office.start("en", (80, 24), &[]);
    terminal.wait("Registers").press("Q", "no entry with it").press("who is in charge", "who is in charge");
    terminal.send(ESC);
    // Home goes on with it; another question is a fresh one, about what is on screen then.
    terminal.wait("draft").wait("home goes on with it").press("3", "DR-2021-01");
    terminal.press("Q", "Audit question  DR-2022-01").press("who took part", "who took part");
    assert!(!terminal.screen().contains("in charge"), "{}", terminal.screen());
    terminal.press("\r", "saved QU-2022-01").send(ESC);
    // Even where letters are text there is a key for it.
    terminal.wait("To do").press(F3, "type").press("dr-2022", "DR-2022").press(F7, "Audit question  DR-2022");
    terminal.press("\t\u{15}", "Clause").press("8.2\t", "8.2").press("where is it", "where is it").send(ESC);
    // Each is kept by itself, with what was on screen when it was asked.
    terminal.wait_gone("Clause").send(ESC);
    terminal.wait("where is it").wait("who is in charge").press("gg\r", "going on").wait("DR-2022-01");
    terminal.press("\r", "saved QU-2022-02").press("gg\r", "no entry with it");
    terminal.press("\r", "saved QU-2022-03").press("q", "");
    assert_eq!(terminal.end(), 0);
    let shown = json(&office, &["questions", "--json"]);
    let of = |id: &str| shown.as_array().unwrap().iter().find(|one| one["id"] == id).cloned().unwrap();
    assert_eq!(of("QU-2022-02")["fields"]["shown"][0]["id"], "DR-2022-01");
    assert!(of("QU-2022-03")["fields"]["shown"][0].is_null());
    let page = call(&office, "en", &["questions"]).1;
    assert!(page.contains("No clause given") && page.contains("8.2\n  QU-2022-01"), "{page}");
    assert!(page.contains("3 asked: 3 open"), "{page}");
}

#[test]
fn a_copy_is_the_row_then_the_number_then_the_reason() {
    let office = Office::with_sample();
    let mut terminal = office.start("zh", (80, 24), &[("TMUX", "/tmp/x,1,0")]);
    terminal.wait("要办的事").press("1", "EA-0007").press("y", "已复制：EA-0007  潜在火灾  重要");
    terminal
        .wait("set-clipboard on")
        .press("y", "已复制：EA-0007   ")
        .press("y", "已复制：重要: 合计 17 >= 15");
    // What tmux needs is said once; where there is nothing to copy, that is said.
    assert!(!terminal.screen().contains("set-clipboard"), "{}", terminal.screen());
    // Another key between them begins anew.
    terminal.press("jky", "已复制：EA-0007  潜在火灾  重要");
    let bytes = terminal.bytes();
    // `EA-0007` in base64, behind the sequence that terminals take for the clipboard.
    let id = b"\x1b]52;c;RUEtMDAwNw==\x07";
    assert!(bytes.windows(id.len()).any(|part| part == id));
    terminal.press("Y", "! 重要").press("y", "已复制：全文").press("q", "");
    assert_eq!(terminal.end(), 0);
    let mut outside = office.start("en", (80, 24), &[]);
    outside.wait("Registers").press("1", "EA-0007").press("y", "Copied: EA-0007");
    assert!(!outside.screen().contains("tmux"));
    outside.press("\r", "EA-0007").press("Y", "aspect: 潜在火灾").send(ESC);
    outside.wait_gone("aspect: 潜在火灾").send(ESC);
    outside.wait("e edit  a add").send(ESC);
    outside.wait("To do").press("?", "Keys and help").press("y", "no entry here to copy").press("q", "");
    assert_eq!(outside.end(), 0);
}

#[test]
fn a_sample_is_drawn_again_by_its_seed() {
    let office = Office::with_sample();
    let draw =
        |more: &[&str]| json(&office, &[&["draw", "hazards", "--count", "4", "--json"][..], more].concat());
    let first = draw(&["--seed", "42"]);
    assert_eq!(ids(&first["entries"]), ["HZ-0003", "HZ-0012", "HZ-0010", "HZ-0013"]);
    assert_eq!(
        (&first["population"], &first["seed"], first["commit"].is_u64()),
        (&14.into(), &"42".into(), true)
    );
    assert_eq!(draw(&["--seed", "42"]), first);
    assert_ne!(ids(&draw(&["--seed", "43"])["entries"]), ids(&first["entries"]));
    // Without a seed one is made and told, and draws the same again.
    let made = draw(&["部门:技术部", "-级别:稍有"]);
    let again = draw(&["部门:技术部", "-级别:稍有", "--seed", made["seed"].as_str().unwrap()]);
    assert_eq!(ids(&made["entries"]), ids(&again["entries"]));
    // One of the past says so, and is drawn again from there.
    let then = said(&office, &["draw", "hazards", "--seed", "42", "--as-of", "2021-12-31"]);
    assert!(then.contains("--seed 42 --as-of '#9'"), "{then}");
    assert_eq!(said(&office, &["draw", "hazards", "--seed", "42", "--as-of", "2021-12-31"]), then);
    let text = said(&office, &["draw", "hazards", "--seed", "a b", "--note"]);
    assert!(
        text.contains("taizhang draw hazards --count 5 --seed 'a b'") && text.contains("QU-2022-01"),
        "{text}"
    );
    assert_eq!(json(&office, &["questions", "--json"])[0]["fields"]["shown"].as_array().unwrap().len(), 5);
    assert_eq!(call(&office, "zh", &["draw", "hazards", "--count", "0"]).0, 2);
    assert_eq!(call(&office, "zh", &["draw", "nothing"]).0, 2);
}

#[test]
fn a_sample_is_drawn_by_keys_and_kept_as_a_question() {
    let office = Office::with_sample();
    let mut terminal = office.start("zh", (80, 24), &[]);
    terminal.wait("要办的事").press(":", "键入就筛选").press("draw 4 hazards 部门:技术部 #42", "draw 4");
    terminal.press("\r", "抽样 4 / 14 条  危险源").wait("种子 42").wait("HZ-0013");
    terminal.press("Q", "条款").press("\r", "已存 QU-2022-01").press("j\r", "事故");
    terminal.wait("HZ-0012  往返").send(ESC);
    terminal.wait("种子 42").send(ESC);
    terminal
        .wait("要办的事")
        .press("1", "EA-0007")
        .press("%", "5 aspects")
        .press("\r", "抽样 5 / 17 条  环境因素");
    terminal.send(ESC);
    terminal.wait_gone("种子").press("%", "5 aspects").press(" 部门:(\r", "括号").send(ESC);
    terminal.wait_gone("5 aspects").press("q", "");
    assert_eq!(terminal.end(), 0);
    let kept = json(&office, &["questions", "--json"]);
    assert_eq!(kept[0]["fields"]["shown"].as_array().unwrap().len(), 4);
    assert!(kept[0]["fields"]["note"].as_str().unwrap().contains("种子 42"), "{kept}");
}

#[test]
fn a_question_of_two_clauses_is_told_under_both_and_home_guesses_none() {
    let office = Office::with_sample();
    said(&office, &["add", "questions", "title=先问的", "clause=6.1.2 8.1", "asked=2022-05-13"]);
    said(&office, &["add", "questions", "title=后问的", "clause=8.1", "asked=2022-05-13"]);
    let page = said(&office, &["questions"]);
    let under = |clause: &str| {
        let part = page.split("\n\n").find(|part| part.starts_with(&format!("{clause}\n"))).unwrap_or("");
        (part.contains("先问的"), part.contains("后问的"))
    };
    assert_eq!((under("6.1.2"), under("8.1")), ((true, false), (true, true)), "{page}");
    assert!(page.contains("共 2 问"), "{page}");
    let mut terminal = office.start("zh", (80, 24), &[]);
    terminal.wait("要办的事").press("Q", "条款").wait("不带条目");
    assert!(!terminal.screen().contains("8.1"), "{}", terminal.screen());
    terminal.send(ESC);
    terminal.wait_gone("条款").press("1", "EA-0007").press("%", "5 aspects").press("\r", "种子");
    terminal.press("Q", "环境因素：").press("看记录\r", "已存 QU-2022-03").press("q", "");
    assert_eq!(terminal.end(), 0);
    let asked = said(&office, &["questions"]);
    assert!(asked.contains("环境因素：看记录"), "{asked}");
}

/// A question can come to anything an auditor makes of it, and only what is open still waits.
#[test]
fn a_question_is_settled_in_every_way() {
    let office = Office::with_sample();
    for (at, title) in ["答了的", "观察的", "不符合的", "撤回的", "没答的"].iter().enumerate()
    {
        said(&office, &["add", "questions", &format!("title={title}"), "asked=2022-05-13", "clause=8.1"]);
        assert_eq!(json(&office, &["questions", "--open", "--json"]).as_array().unwrap().len(), at + 1);
    }
    let mut terminal = office.start("zh", (80, 24), &[]);
    terminal.wait("要办的事").open_list("questions", "QU-2022-05").press("gg", "").press("z", "2 已答");
    terminal.press("2", "答复").press("看过记录\r", "已存 QU-2022-01");
    for (key, serial) in [("3", "QU-2022-02"), ("4", "QU-2022-03"), ("5", "QU-2022-04")] {
        terminal
            .press("j", "")
            .press("z", "2 已答")
            .press(key, "答复")
            .press("\r", &format!("已存 {serial}"));
    }
    terminal.press("q", "");
    assert_eq!(terminal.end(), 0);
    let all = json(&office, &["questions", "--json"]);
    let status = |at: usize| all[at]["fields"]["status"]["code"].as_str().unwrap().to_owned();
    let came: Vec<String> = (0..5).map(status).collect();
    assert_eq!(came, ["answered", "observation", "nonconformity", "withdrawn", "open"]);
    let open = json(&office, &["questions", "--open", "--json"]);
    assert_eq!((open.as_array().unwrap().len(), &open[0]["id"]), (1, &"QU-2022-05".into()));
    assert!(said(&office, &["questions"]).contains("共 5 问：待答 1，已答 1，撤回 1，观察项 1，不符合 1"));
}
