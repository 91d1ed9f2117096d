//! What a newcomer stumbled over on the screen, in the real program: each that its cause is gone.
#![allow(clippy::unwrap_used, clippy::indexing_slicing, clippy::panic, clippy::string_slice)]

mod common;
#[path = "common/office.rs"]
mod office;
#[path = "common/terminal.rs"]
mod terminal;

use std::process::Command;

use office::Office;
use serde_json::Value as Json;

/// What a command prints that has to succeed.
fn done(office: &Office, args: &[&str]) -> String {
    let mut command = Command::new(env!("CARGO_BIN_EXE_taizhang"));
    command.env("HOME", office.folder.path()).args(["--lang", "zh", "--book"]).arg(office.book());
    let output = command.args(args).output().unwrap();
    assert!(output.status.success(), "{args:?}: {}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).unwrap()
}

fn json(office: &Office, args: &[&str]) -> Json {
    serde_json::from_str(&done(office, args)).unwrap()
}

#[test]
fn a_question_about_a_past_is_kept_in_the_present() {
    let office = Office::with_sample();
    let mut terminal = office.start("zh", (80, 24), &[]);
    terminal.wait("示例，日期固定").press("1", "潜在火灾").press("@", "看哪天的样子");
    terminal.press("2021-06-30\r", "截至 2021-06-30").press("Q", "条款").wait("审核问题");
    terminal.press("当时谁评的", "当时谁评的").press("\r", "已存 QU-2022-01");
    // The screen stays where it was.
    terminal.press("j", "截至 2021-06-30").press("a", "不能改");
    terminal.send("q");
    assert_eq!(terminal.end(), 0);
    let asked = &json(&office, &["list", "questions", "--json"])[0]["fields"];
    assert_eq!(asked["asked"], "2022-05-13");
    assert!(asked["title"].as_str().unwrap().contains("当时谁评的"), "{asked}");
    assert!(asked["note"].as_str().unwrap().starts_with("截至 2021-06-30 #"), "{asked}");
    assert_eq!((asked["list"].as_str(), asked["shown"].as_array().unwrap().len()), (Some("aspects"), 1));
    done(&office, &["verify"]);
}

#[test]
fn a_draw_is_drawn_again_from_the_book_that_it_was_drawn_from() {
    let office = Office::with_sample();
    let drawn = |text: &str| {
        let rows = text.lines().filter(|line| line.contains("EA-"));
        rows.map(|line| line.split_whitespace().nth(1).unwrap().to_owned()).collect::<Vec<_>>()
    };
    let first = done(&office, &["draw", "aspects", "--count", "5", "--seed", "7", "状态:正常"]);
    assert!(first.contains("--as-of '#16'"), "{first}");
    let mut terminal = office.start("zh", (120, 40), &[]);
    terminal.wait("要办的事").press(":", "键入就筛选").press("draw 5 aspects 状态:正常 #7", "draw 5");
    terminal.press("\r", "种子 7").wait("--as-of '#16'").press("Q", "条款").press("\r", "已存 QU-2022-01");
    terminal.press("q", "");
    assert_eq!(terminal.end(), 0);
    assert!(json(&office, &["questions", "--json"]).to_string().contains("--as-of '#16'"));
    // Once the book has changed, it is another draw; the printed line still makes the same.
    let all = drawn(&first);
    done(&office, &["delete", &all[0], "--why", "试"]);
    let args = ["draw", "aspects", "状态:正常", "--count", "5", "--seed", "7"];
    assert_ne!(drawn(&done(&office, &args)), all);
    assert_eq!(drawn(&done(&office, &[&args[..], &["--as-of", "#16"]].concat())), all);
}

#[test]
fn a_draw_that_counts_from_today_keeps_its_moment() {
    let office = Office::with_sample();
    // The last commit is of the day before the fixed one: after it alone nothing would be due in seventeen days.
    let book = office.book().join("book.toml");
    let text = std::fs::read_to_string(&book).unwrap();
    std::fs::write(&book, text.replace("today = \"2022-05-13\"", "today = \"2022-05-14\"")).unwrap();
    let args = ["draw", "aspects", "复评<=+17d", "--count", "3", "--seed", "7"];
    let text = done(&office, &args);
    let at = text.split("--as-of '").nth(1).unwrap().split('\'').next().unwrap();
    assert!(at.starts_with("2022-05-14 "), "{text}");
    let again = done(&office, &[&args[..], &["--as-of", at]].concat());
    assert_eq!(again.lines().take(2).collect::<Vec<_>>(), text.lines().take(2).collect::<Vec<_>>());
    assert!(again.contains("EA-0010"), "{again}");
}

#[test]
fn undoing_names_what_was_undone() {
    let office = Office::with_sample();
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/data/methods/aspect-sum6.toml");
    let text = std::fs::read_to_string(path).unwrap();
    let text = text.replace("edition = 1", "edition = 2").replace("from = \"15\"", "from = \"14\"");
    let file = office.folder.path().join("new.toml");
    std::fs::write(&file, text).unwrap();
    let why = ["--why", "门槛调低", "--approved-by", "总经理"];
    done(&office, &[&["methods", "apply", file.to_str().unwrap()][..], &why].concat());
    done(&office, &["methods", "carry", "aspect-sum6", "--why", "门槛调低"]);
    let mut terminal = office.start("zh", (80, 24), &[]);
    terminal
        .wait("要办的事")
        .press("1", "潜在火灾")
        .press("u", "EA-0005 级别 一般 -> 重要 (第 1 版 -> 第 2 版)");
    let screen = terminal.screen();
    assert!(screen.contains("版次 第 1 版 -> 第 2 版") && screen.contains("另有 "), "{screen}");
    terminal.send("q");
    assert_eq!(terminal.end(), 0);
}

#[test]
fn a_damaged_book_says_so_as_long_as_it_is_seen() {
    let office = Office::with_sample();
    let file = office.book().join("journal/2022.jsonl");
    let whole = std::fs::read_to_string(&file).unwrap();
    std::fs::write(&file, whole.replacen("\"field\"", "\"fIeld\"", 1)).unwrap();
    let mut terminal = office.start("zh", (80, 24), &[]);
    terminal.wait("2022.jsonl").press("j", "Enter 打开").wait("损坏，只读");
    terminal.press("1", "环境影响").wait("损坏，只读");
    // What cannot be done is not offered, and the key says why.
    let screen = terminal.screen();
    assert!(screen.contains("/ 筛选") && !screen.contains("a 新增") && !screen.contains("e 改"), "{screen}");
    terminal.press("a", "2022.jsonl").press("j", "/ 筛选").press("\r", "生命周期").wait("损坏，只读");
    let screen = terminal.screen();
    assert!(!screen.contains("e 改") && !screen.contains("v 评价"), "{screen}");
    terminal.send("\u{3}");
    assert_eq!(terminal.end(), 0);
}

#[test]
fn labels_stand_apart_from_what_they_label() {
    let office = Office::with_sample();
    done(&office, &["drill", "start", "EP-001"]);
    let mut terminal = office.start("en", (80, 24), &[]);
    // The word that matters is not the one that is cut.
    terminal.wait("1  clock running, t goes on: DR-2022-02").press("2", "HZ-0004").press("m", "Risk matrix");
    terminal
        .wait("initial  residual")
        .wait("might well be expected   ")
        .wait("LEC (Fine-Kinney), Chinese bands");
    terminal.press("q", "");
    assert_eq!(terminal.end(), 0);
    let mut terminal = office.start("en", (80, 40), &[]);
    terminal.wait("To do").press("3", "DR-2022-01").press("G", "DR-2022-01").press("e", "division of tasks");
    let screen = terminal.wait("rescue, logistics").screen();
    let after =
        |label: &str| screen.lines().find_map(|line| Some(line.split_once(label)?.1.to_owned())).unwrap();
    for label in ["division of tasks", "rescue, logistics"] {
        assert!(after(label).starts_with("  "), "{screen}");
    }
    terminal.send("\u{3}");
    assert_eq!(terminal.end(), 0);
    let mut terminal = office.start("zh", (120, 40), &[]);
    terminal.wait("要办的事").press("1", "EA-0007").wait("D 相关方关注 ").wait("E 法规符合性 ").send("q");
    assert_eq!(terminal.end(), 0);
    let mut terminal = office.start("en", (120, 40), &[]);
    terminal.wait("To do").press("2", "HZ-0004").wait("C consequence").send("q");
    assert_eq!(terminal.end(), 0);
    // What is wrong with a point in time is read whole.
    let mut terminal = office.start("en", (60, 20), &[]);
    terminal.wait("To do").press("@", "As of when").press("bogus\r", "no date, time or number").wait("#12.");
    terminal.send("\u{3}");
    assert_eq!(terminal.end(), 0);
}

#[test]
fn a_problem_is_closed_from_its_page() {
    let office = Office::with_sample();
    let mut terminal = office.start("zh", (80, 24), &[]);
    terminal.wait("要办的事").press("3", "DR-2022-01").press("\r", "参加部门").wait("z 状态");
    terminal.press("z", "措施哪天做完的").wait("2022-05-13").press("\u{15}2022-06-01\r", "还没到");
    terminal.press("\u{15}2022-05-10\r", "谁确认的");
    let owner = json(&office, &["show", "DR-2022-01", "--json"])["fields"]["problems"][0]["owner"].clone();
    let owner = owner.as_str().unwrap().to_owned();
    terminal.press(&format!("{owner}\r"), "责任人不能自己确认").press("\u{15}体系专员\r", "哪次演练复验过");
    // An earlier drill, or one of another plan, proves nothing.
    terminal.press("DR-2021-01\r", "不算复验").press("\u{15}四月安全检查\r", "已关闭，四月安全检查 复验");
    terminal.press("j", "参加部门").send("q");
    assert_eq!(terminal.end(), 0);
    let status = json(&office, &["status", "--json"]);
    assert_eq!(status["open_problems"], 0, "{status}");
    done(&office, &["verify"]);
}

#[test]
fn a_field_of_rows_says_how_they_are_written() {
    let office = Office::with_sample();
    let mut terminal = office.start("zh", (150, 44), &[]);
    terminal.wait("要办的事").press("3", "DR-2022-01").press("e", "演练名称 *");
    let drills = include_str!("../data/registers/drills.toml");
    let before = drills.split("id = \"problems\"").next().unwrap().matches("[[fields]]").count() - 1;
    terminal.press(&"\t".repeat(before), "| 复验演练 | 复查记录");
    terminal
        .press("\u{1b}OP", "例：问题 | 措施 | 责任人 | 2022-05-13")
        .wait("措施做完的那天")
        .wait("不能是责任人自己");
    terminal.send("\u{3}");
    assert_eq!(terminal.end(), 0);
}

#[test]
fn more_heads_than_likely_are_asked_for_once_more() {
    let office = Office::with_sample();
    done(&office, &["drill", "start", "EP-001", "--planned", "23"]);
    let mut terminal = office.start("zh", (80, 24), &[]);
    terminal.wait("计时正在进行").press("3", "DR-2022-02").press("t", "应到 23");
    terminal.press("jjjjjt", "实到几人").press("9999\r", "应到是 23 人").press("\r", "实到 9999");
    terminal.press("t", "实到几人").press("21\r", "实到 21");
    terminal.send("\u{3}");
    assert_eq!(terminal.end(), 0);
}

#[test]
fn the_page_of_the_closing_meeting_is_a_command_of_the_screen() {
    let office = Office::with_sample();
    for (title, status) in [("培训记录呢", "answered"), ("油品台账呢", "withdrawn"), ("灭火器呢", "open")]
    {
        let (title, status) = (format!("title={title}"), format!("status={status}"));
        done(&office, &["add", "questions", &title, "clause=7.2", "asked=2022-05-13", &status]);
    }
    let printed = done(&office, &["questions"]);
    assert!(printed.contains("共 3 问：待答 1，已答 1，撤回 1，观察项 0"), "{printed}");
    for said in ["末次", "closing", "moci"] {
        let mut terminal = office.start("zh", (100, 40), &[]);
        terminal.wait("要办的事").press(":", "键入就筛选").press(said, "末次会议：审核问题按条款列出");
        terminal.press("\r", "共 3 问");
        let screen = terminal.screen();
        for line in printed.lines().filter(|line| !line.trim().is_empty()) {
            assert!(screen.contains(line.trim_end()), "{line}\n{screen}");
        }
        terminal.send("\u{3}");
        assert_eq!(terminal.end(), 0);
    }
}

#[test]
fn the_plain_view_of_a_table_has_the_heads_of_its_columns() {
    let office = Office::with_sample();
    let mut terminal = office.start("zh", (80, 24), &[]);
    terminal.wait("要办的事").press("3", "DR-2022-01").press("Y", "应急演练  2 条");
    let screen = terminal.screen();
    let lines: Vec<&str> = screen.lines().map(str::trim_end).collect();
    assert!(lines[2].starts_with("编号  日期  演练名称  应急预案"), "{screen}");
    assert!(lines[3].starts_with("DR-2022-01  2022-04-20  火灾疏散演练"), "{screen}");
    terminal.send("q");
    assert_eq!(terminal.end(), 0);
}
