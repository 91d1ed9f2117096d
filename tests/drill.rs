//! Drills: the clock by keys and by commands, the windows of plans, problems and what is due.
#![allow(clippy::unwrap_used, clippy::indexing_slicing, clippy::string_slice, clippy::panic)]

mod common;
#[path = "common/office.rs"]
mod office;
#[path = "common/terminal.rs"]
mod terminal;

use std::process::Command;
use std::sync::atomic::{AtomicI64, Ordering};
use std::time::Duration;

use chrono::TimeDelta;
use office::{ESC, F2, Office};
use ratatui::buffer::{Buffer, Cell};
use ratatui::layout::Rect;
use serde_json::Value as Json;
use taizhang::audit::{self, Standing};
use taizhang::share::Session;
use taizhang::tui::keymap::Keymap;
use taizhang::tui::terminal::{Depth, Input};
use taizhang::tui::theme::Theme;
use taizhang::tui::{App, Desk, Drafts, Habits, Looks, Start};
use taizhang::wording::Lang;
use terminal::Terminal;

fn run(office: &Office, lang: &str, args: &[&str]) -> (i32, String, String) {
    let mut command = Command::new(env!("CARGO_BIN_EXE_taizhang"));
    command.env("HOME", office.folder.path()).args(args).args(["--lang", lang, "--book"]).arg(office.book());
    let output = command.output().unwrap();
    let text = |bytes: &[u8]| String::from_utf8(bytes.to_vec()).unwrap();
    (output.status.code().unwrap(), text(&output.stdout), text(&output.stderr))
}

fn json(office: &Office, args: &[&str]) -> Json {
    let (code, out, wrong) = run(office, "en", &[args, &["--json"]].concat());
    assert_eq!(code, 0, "{args:?}: {wrong}");
    serde_json::from_str(&out).unwrap()
}

fn refused(office: &Office, args: &[&str], code: i32, words: &str) {
    let (left, _, wrong) = run(office, "en", args);
    assert_eq!(left, code, "{args:?}: {wrong}");
    assert!(wrong.contains(words), "{args:?}: {wrong}");
}

/// A drill on this day that nothing is stamped in.
fn planned(office: &Office, date: &str) {
    let day = format!("date={date}");
    let (code, _, wrong) = run(
        office,
        "zh",
        &[
            "add",
            "drills",
            "title=夜间演练",
            "plan=EP-001",
            &day,
            "form=live",
            "organiser=DP-002",
            "planned=23",
        ],
    );
    assert_eq!(code, 0, "{wrong}");
}

fn clock(office: &Office, lang: &str) -> Terminal {
    let mut terminal = office.start(lang, (80, 24), &[]);
    terminal.wait("2022-05-13").press("3", "DR-2022-01").press("gg", "DR-2022-02").send("t");
    terminal
}

#[test]
fn a_drill_is_kept_by_commands() {
    let office = Office::with_sample();
    let begun = json(&office, &["drill", "start", "EP-001", "--planned", "23", "--at", "100000"]);
    assert_eq!((&begun["id"], &begun["register"]), (&Json::from("DR-2022-02"), &Json::from("drills")));
    assert_eq!(begun["fields"]["date"], "2022-05-13");
    assert_eq!(
        (&begun["fields"]["start"], &begun["fields"]["planned"]),
        (&Json::from("10:00:00"), &Json::from(23))
    );
    assert_eq!(begun["fields"]["plan"][0]["id"], "EP-001");
    let id = "DR-2022-02";
    refused(&office, &["drill", "note", id, ""], 2, "after the id");
    let (code, help, wrong) = run(&office, "en", &["help", "drill", "stamp"]);
    assert!(code == 0 && help.contains("STEP"), "{wrong}");
    json(&office, &["drill", "stamp", id, "2", "--at", "10:00:41"]);
    let stamped = json(&office, &["drill", "stamp", id, "最后一人到达", "--at", "100730"]);
    let step = &stamped["clock"][2];
    assert_eq!((&step["after_seconds"], &step["over_seconds"]), (&Json::from(450), &Json::from(150)));
    json(&office, &["drill", "note", id, "东侧楼梯门锁闭", "--at", "1001"]);
    let (code, out, _) = run(&office, "en", &["drill", "stamp", id, "last one arrives", "--at", "100310"]);
    assert_eq!(code, 0);
    assert!(
        out.contains("last one arrives   10:03:10  +3:10  target 5:00") && !out.contains("over by"),
        "{out}"
    );
    let ended = json(&office, &["drill", "end", id, "actual=21", "conclusion=reached", "--at", "1025"]);
    assert_eq!(
        (&ended["fields"]["end"], &ended["fields"]["actual"]),
        (&Json::from("10:25"), &Json::from(21))
    );
    assert_eq!(ended["clock"][4]["after_seconds"], 1500);
    // The rows stand in the order of time, and the first stamp stays in the history.
    let times: Vec<&str> = ended["fields"]["timeline"]
        .as_array()
        .unwrap()
        .iter()
        .map(|row| row["time"].as_str().unwrap())
        .collect();
    assert_eq!(times, ["10:00:00", "10:00:41", "10:01", "10:03:10", "10:25"]);
    assert!(run(&office, "en", &["show", id, "--history"]).1.contains("10:07:30"));
    assert_eq!(run(&office, "en", &["verify"]).0, 0);
}

#[test]
fn what_cannot_be_stamped_is_said() {
    let office = Office::with_sample();
    refused(&office, &["drill", "stamp", "DR-2022-09", "1"], 1, "there is no entry");
    refused(&office, &["drill", "stamp", "DR-2022-01", "1", "--at", "25:00"], 2, "25:00");
    refused(
        &office,
        &["drill", "stamp", "DR-2022-01", "9", "--at", "1000"],
        2,
        "1 alarm, 2 evacuation begins",
    );
    refused(&office, &["drill", "stamp", "DR-2022-01", "1"], 2, "stamped already, at 10:00:00");
    refused(&office, &["drill", "note", "DR-2022-01", "late"], 2, "dated 2022-04-20, not today");
    refused(&office, &["drill", "start", "DR-2022-01"], 2, "begun already");
    refused(&office, &["drill", "start", "EA-0001"], 2, "EA-0001 has no clock");
    refused(&office, &["drill", "start", "EP-001", "--planned", "many"], 2, "many");
    refused(&office, &["drill", "end", "DR-2022-01", "conclusion=nonsense"], 2, "nonsense");
    refused(&office, &["drill"], 2, "");
    let before = json(&office, &["list", "drills"]);
    assert_eq!(before.as_array().unwrap().len(), 2);
}

#[test]
fn a_register_of_ones_own_switches_the_clock_on() {
    let office = Office::with_sample();
    let own = "id = \"tests\"\nname = { zh = \"泵试\", en = \"Pump tests\" }\nserial = \"PT-{000}\"\norder = 30\n\
        title = \"title\"\ncolumns = [\"id\", \"title\"]\n\n[clock]\nday = \"day\"\nrows = \"log\"\nstep = \"what\"\n\
        time = \"at\"\nnote = \"words\"\nsteps = [{ zh = \"开泵\", en = \"on\" }, { zh = \"关泵\", en = \"off\", target = 30 }]\n\n\
        [[fields]]\nid = \"title\"\nname = { zh = \"名称\", en = \"name\" }\nkind = \"text\"\n\n\
        [[fields]]\nid = \"day\"\nname = { zh = \"日期\", en = \"day\" }\nkind = \"date\"\n\n\
        [[fields]]\nid = \"log\"\nname = { zh = \"记录\", en = \"log\" }\nkind = \"rows\"\nfields = [\n\
        { id = \"what\", name = { zh = \"步骤\", en = \"what\" }, kind = \"text\" },\n\
        { id = \"at\", name = { zh = \"时间\", en = \"at\" }, kind = \"text\", time = true },\n\
        { id = \"words\", name = { zh = \"话\", en = \"words\" }, kind = \"text\" },\n]\n\n\
        [[fields]]\nid = \"note\"\nname = { zh = \"备注\", en = \"note\" }\nkind = \"text\"\n";
    std::fs::write(office.book().join("registers/tests.toml"), own).unwrap();
    assert_eq!(run(&office, "zh", &["add", "tests", "title=一号泵"]).0, 0);
    json(&office, &["drill", "start", "PT-001", "--at", "235950"]);
    let stamped = json(&office, &["drill", "stamp", "PT-001", "关泵", "--at", "000030"]);
    assert_eq!(
        (&stamped["clock"][1]["after_seconds"], &stamped["clock"][1]["over_seconds"]),
        (&Json::from(40), &Json::from(10))
    );
    assert_eq!(stamped["fields"]["day"], "2022-05-13");
}

#[test]
fn the_clock_goes_on_after_a_kill() {
    let office = Office::with_sample();
    planned(&office, "2022-05-13");
    let mut terminal = clock(&office, "zh");
    terminal.wait("未开始").wait("1 报警").wait("应到 23").press("1", "已过 00:00");
    terminal.press("+", "实到 1").press("++", "实到 3").wait("未到 20").press("-", "实到 2");
    terminal
        .press("n", "记一条")
        .press("东侧楼梯门锁闭\r", "东侧楼梯门锁闭")
        .press("p", "有什么问题")
        .press("门锁闭\r", "! 门锁闭");
    terminal.signal("-KILL");
    terminal.end();
    // What had shown was on disk; the clock has gone on meanwhile.
    std::thread::sleep(Duration::from_secs(2));
    let kept = json(&office, &["show", "DR-2022-02"]);
    assert_eq!(kept["fields"]["actual"], 2);
    assert_eq!(kept["fields"]["problems"][0]["problem"], "门锁闭");
    let first = kept["fields"]["timeline"][0]["time"].as_str().unwrap().to_owned();
    assert_eq!(kept["fields"]["start"], first.as_str());
    let mut again = clock(&office, "zh");
    again.wait("已过 ").wait(&first);
    let gone = again.screen().split("已过 ").nth(1).unwrap()[..5].to_owned();
    assert!(gone.as_str() >= "00:02", "{gone}");
    again.press("2", "+0:").press("u", "已撤销：DR-2022-02").wait_gone("+0:");
    // A stamp once taken back can be set by its time, and set right again.
    again
        .press("t", "「疏散开始」的时间")
        .press("nonsense\r", "nonsense")
        .wait("「疏散开始」的时间")
        .send(ESC);
    again.wait_gone("nonsense").press("2", "+0:").press("5", "用时 0");
    again.press("2", "已经打过点").press("\r", "评定  DR-2022-02").send(ESC);
    again.wait("用时").press("q", "");
    assert_eq!(again.end(), 0);
    assert_eq!(run(&office, "zh", &["verify"]).0, 0);
}

#[test]
fn a_plan_is_drilled_from_where_it_stands() {
    let office = Office::with_sample();
    let mut terminal = office.start("zh", (80, 24), &[]);
    terminal
        .wait("要办的事")
        .press("4", "EP-001")
        .press("t", "开始 EP-001 的一次新演练。名称？")
        .press("\r", "DR-2022-02  安全事故应急处理预案演练");
    terminal.wait("未开始").press("1", "已过 00:0").press("12", "+0:0").send(ESC);
    // It is seen from home and from its plan, and nobody begins another one unawares.
    terminal
        .wait("EP-002")
        .press("t", "EP-001 的演练 DR-2022-02 正在进行")
        .press("\r", "已过 00:0")
        .send(ESC);
    terminal.wait("EP-002").send(ESC);
    terminal.wait("1  计时正在进行，t 继续：DR-2022-02 安全事故应急处理预案演练").press("gg\r", "1 / 3 条");
    terminal.press("t", "已过 00:").press("q", "");
    assert_eq!(terminal.end(), 0);
    assert_eq!(json(&office, &["due"])[0]["what"], "running");
    refused(&office, &["drill", "start", "EP-001"], 2, "DR-2022-02 of EP-001 is running");
    json(&office, &["drill", "start", "EP-001", "--another", "--title", "again"]);
    let kept = json(&office, &["show", "DR-2022-02"]);
    assert_eq!(
        (&kept["fields"]["plan"][0]["id"], &kept["fields"]["date"]),
        (&Json::from("EP-001"), &Json::from("2022-05-13"))
    );
}

/// By how much the clock of the host in [`a_change_of_the_hosts_clock_does_not_bend_durations`] is wrong.
static WRONG_BY: AtomicI64 = AtomicI64::new(0);

#[test]
fn a_change_of_the_hosts_clock_does_not_bend_durations() {
    let office = Office::with_sample();
    planned(&office, "2022-05-13");
    let session = Session::new(common::open(&office.book()), common::who());
    let desk = Desk {
        lang: Lang::En,
        theme: Theme::builtin("default").unwrap(),
        keymap: Keymap::default(),
        pane: true,
        drafts: Drafts::default(),
        filters: Vec::new(),
        steady: None,
        config: None,
        habits: Habits::default(),
        looks: Looks::default(),
    };
    let clock = || common::moment() + TimeDelta::seconds(WRONG_BY.load(Ordering::Relaxed));
    let mut app = App::new(Start { session, desk, notes: Vec::new(), depth: Depth::None, clock });
    let mut press = |keys: &str| {
        for key in keys.split(' ') {
            app.input(Input::Key(key.parse().unwrap()));
        }
        let mut buffer = Buffer::empty(Rect::new(0, 0, 80, 24));
        app.draw(&mut buffer);
        buffer.content.iter().map(Cell::symbol).collect::<String>()
    };
    assert!(press("3 g g t 1").contains("running 00:00"));
    // Somebody sets the host an hour back, and then a day ahead; the clock is left and opened again too.
    WRONG_BY.store(-3600, Ordering::Relaxed);
    let shown = press("2");
    assert!(shown.contains("running 00:00") && !shown.contains("before the first stamp"), "{shown}");
    WRONG_BY.store(86_400, Ordering::Relaxed);
    let shown = press("Esc t 3");
    assert!(shown.contains("running 00:00") && !shown.contains("over by"), "{shown}");
}

#[test]
fn only_a_clock_that_runs_draws_by_itself() {
    let office = Office::with_sample();
    planned(&office, "2022-05-13");
    let mut terminal = clock(&office, "en");
    terminal.wait("not begun");
    let quiet = |terminal: &Terminal| {
        std::thread::sleep(Duration::from_millis(900));
        let before = terminal.bytes().len();
        std::thread::sleep(Duration::from_millis(2200));
        terminal.bytes().len() - before
    };
    assert_eq!(quiet(&terminal), 0, "nothing is stamped yet");
    terminal.press("1", "running 00:0");
    let ticks = quiet(&terminal);
    assert!((1..400).contains(&ticks), "{ticks} bytes in two seconds");
    terminal.press("?", "the drill clock.");
    assert_eq!(quiet(&terminal), 0, "it is not seen");
    terminal.send(ESC);
    terminal.wait("running").send(ESC);
    terminal.wait_gone("running");
    assert_eq!(quiet(&terminal), 0, "it was left");
    terminal.press("t", "running").press("5", "took");
    assert_eq!(quiet(&terminal), 0, "it is over");
    terminal.press("q", "");
    assert_eq!(terminal.end(), 0);
}

#[test]
fn a_drill_is_written_down_afterwards_in_the_same_place() {
    let office = Office::with_sample();
    planned(&office, "2022-05-10");
    let mut terminal = clock(&office, "en");
    terminal.wait("not begun").press("1", "It is dated 2022-05-10, not today").press("1000\r", "10:00:00");
    terminal
        .press("t", "Time of \"evacuation begins\"")
        .press("100130\r", "+1:30")
        .wait("target 1:00")
        .wait("! over by 0:30");
    // Heads are taken wherever a time is asked for, and stamp nothing.
    terminal.press("t", "last one arrives").press("20/23\r", "here 20").wait("expected 23");
    terminal.press("t", "Time of \"last one arrives\"").press("10:03:10\r", "+3:10");
    terminal.press("t", "all counted").press("100530\r", "+5:30");
    // A time before the first stamp is asked for twice.
    terminal.press("t", "all clear").press("0925\r", "09:25 is before the first stamp, 10:00");
    terminal.press("\u{15}1025\r", "took 25:00");
    // Behind the last step stands how many are here.
    terminal.press("t", "How many are here?").press("many\r", "many");
    // What is refused stays in the line; a number that is a time is none of heads.
    terminal
        .press("\u{15}100530\r", "no number of people")
        .press("\u{15}21/22\r", "here 21")
        .wait("expected 22")
        .wait("missing 1");
    // Of another day nothing is changed by one key.
    terminal.press("-", "not today. How many are here").send(ESC);
    terminal.wait_gone("not today").wait("here 21");
    terminal.press("v", "Grading").wait("1 fully workable");
    for (digit, chosen) in [("2", "[2 rough in places]"), ("1", "[1 fully met]")] {
        terminal.press(digit, chosen);
    }
    // The line is lost: what was chosen is there again.
    std::thread::sleep(Duration::from_millis(1200));
    terminal.signal("-KILL");
    terminal.end();
    let mut again = office.start("en", (80, 24), &[]);
    again
        .wait("DR-2022-02 夜间演练  Grading")
        .press("\r", "going on with the draft")
        .wait("[2 rough in places]");
    again.press("111111111121", "[1 not needed]").press(F2, "saved DR-2022-02").press("q", "");
    assert_eq!(again.end(), 0);
    let kept = json(&office, &["show", "DR-2022-02"]);
    let code = |field: &str| kept["fields"][field]["code"].as_str().unwrap().to_owned();
    assert_eq!(
        ["suitability", "adequacy", "presence", "effect", "conclusion", "revision"].map(code),
        ["rough", "full", "prompt", "reached", "mostly", "none"]
    );
    assert_eq!(kept["fields"]["end"], "10:25");
}

#[test]
fn what_is_due_is_listed_by_date() {
    let office = Office::with_sample();
    let all = json(&office, &["due"]);
    let said: Vec<(&str, &str, &str)> = all
        .as_array()
        .unwrap()
        .iter()
        .map(|due| {
            (
                due["what"].as_str().unwrap(),
                due["id"].as_str().unwrap(),
                due["due"].as_str().unwrap_or("9999"),
            )
        })
        .collect();
    assert!(said.contains(&("problem", "DR-2022-01", "2022-05-31")), "{said:?}");
    assert!(said.contains(&("drill", "EP-002", "2022-06-30")), "{said:?}");
    assert!(said.is_sorted_by_key(|(_, _, due)| *due), "{said:?}");
    let (code, out, _) = run(&office, "en", &["due"]);
    assert_eq!(code, 0);
    assert!(out.contains("2021 H2 met by DR-2021-01, 2022 H1 open, due by 2022-06-30"), "{out}");
    assert!(out.contains("东侧楼梯门锁闭, 综合办公室主任; open: not done, not confirmed"), "{out}");
    // A drill without a conclusion counts for nothing, and that is said.
    json(&office, &["drill", "start", "EP-002", "--at", "1000"]);
    let (_, out, _) = run(&office, "en", &["due"]);
    assert!(out.contains("DR-2022-02 does not count: it has no conclusion"), "{out}");
    json(&office, &["drill", "end", "DR-2022-02", "conclusion=reached", "--at", "1030"]);
    let (_, out, _) = run(&office, "zh", &["due", "--all"]);
    assert!(out.contains("2022 上半年 已练（DR-2022-02），2022-12-31 前要练"), "{out}");
    assert!(!json(&office, &["due"]).to_string().contains("EP-002"));
}

#[test]
fn a_problem_is_closed_by_a_later_drill_only() {
    let office = Office::with_sample();
    let standing = |office: &Office| {
        let session = Session::new(common::open(&office.book()), common::who());
        let reading = session.reading(Lang::En);
        let key = session.book().key_of("DR-2022-01").unwrap();
        let today = "2022-06-20".parse().unwrap();
        audit::problems_of(&reading, session.book().entry(key).unwrap(), today).remove(0).standing
    };
    let set = |row: &str| {
        let (code, _, wrong) = run(&office, "zh", &["set", "DR-2022-01", &format!("problems=[{row}]")]);
        assert_eq!(code, 0, "{wrong}");
    };
    assert!(matches!(standing(&office), Standing::Open(_)));
    let done =
        r#""problem": "门锁闭", "measure": "约定不上锁", "closed": "2022-05-20", "confirmed": "体系专员""#;
    set(&format!("{{{done}}}"));
    assert_eq!(standing(&office), Standing::Untested(Vec::new()));
    // An earlier drill proves nothing, nor does one without a conclusion.
    set(&format!("{{{done}, \"retest\": \"DR-2021-01\"}}"));
    assert!(matches!(standing(&office), Standing::Untested(named) if named.len() == 1));
    planned(&office, "2022-06-10");
    set(&format!("{{{done}, \"retest\": [\"DR-2021-01\", \"DR-2022-02\"]}}"));
    assert!(matches!(standing(&office), Standing::Untested(named) if named.len() == 2));
    assert_eq!(run(&office, "zh", &["set", "DR-2022-02", "conclusion=reached"]).0, 0);
    assert_eq!(standing(&office), Standing::Closed("DR-2022-02".to_owned()));
    // A drill of another plan tries something else; and nobody confirms what is his own.
    assert_eq!(run(&office, "zh", &["set", "DR-2022-02", "plan=EP-002"]).0, 0);
    assert!(matches!(standing(&office), Standing::Untested(named) if named.len() == 2));
    assert_eq!(run(&office, "zh", &["set", "DR-2022-02", "plan=EP-001"]).0, 0);
    set(&format!("{{{done}, \"owner\": \"体系专员\", \"retest\": \"DR-2022-02\"}}"));
    assert_eq!(standing(&office), Standing::Open(vec![audit::Lack::Own]));
    // Or another check, by name.
    set(&format!("{{{done}, \"check\": \"2022-06 月度检查\"}}"));
    assert_eq!(standing(&office), Standing::Closed("2022-06 月度检查".to_owned()));
}

#[test]
fn home_opens_what_its_figures_count() {
    let office = Office::with_sample();
    let mut terminal = office.start("zh", (80, 24), &[]);
    terminal
        .wait("1  应急预案：60 天内要演练，或已逾期")
        .wait("最早 2022-06-30")
        .wait("1  应急演练：问题还没关闭");
    let keys = usize::from(terminal.row("60 天内要演练") - terminal.row("要办的事") - 1);
    terminal.press(&format!("{}\r", "j".repeat(keys)), "1 / 2 条").wait("EP-002");
    terminal
        .wait("2022 上半年 还没练")
        .press(ESC, "要办的事")
        .press("j\r", "DR-2022-01")
        .wait("1 / 2 条")
        .wait("锁闭：未关闭：没做完、没人确认");
    terminal.press("q", "");
    assert_eq!(terminal.end(), 0);
}

/// The windows of a plan in words, as they stand on a day.
fn windows(office: &Office, plan: &str, today: &str) -> String {
    let session = Session::new(common::open(&office.book()), common::who());
    let reading = session.reading(Lang::En);
    let today = today.parse().unwrap();
    let key = session.book().key_of(plan).unwrap();
    let found = audit::windows_of(&reading, session.book().entry(key).unwrap(), today).unwrap();
    assert!(
        audit::drill_windows(&reading, today).iter().any(|other| other.plan == key && other.due == found.due)
    );
    found.words(&reading, today)
}

#[test]
fn two_drills_in_one_half_do_not_count_for_both() {
    let office = Office::with_sample();
    let held = |date: &str| {
        let day = format!("date={date}");
        let args = ["add", "drills", "title=演练", "plan=EP-001", &day, "conclusion=reached"];
        assert_eq!(run(&office, "zh", &args).0, 0);
    };
    assert_eq!(run(&office, "zh", &["set", "EP-001", "window=half-year", "approved=2021-01-01"]).0, 0);
    held("2022-06-30");
    let said = windows(&office, "EP-001", "2022-07-01");
    assert_eq!(
        said,
        "2021 H1 missed, H2 missed, 2022 H1 met by DR-2022-01 DR-2022-02, H2 open, due by 2022-12-31"
    );
    // At the turn of the year the open window becomes one that was missed, until a drill comes.
    let said = windows(&office, "EP-001", "2022-12-31");
    assert!(said.ends_with("H2 open, due by 2022-12-31"), "{said}");
    let said = windows(&office, "EP-001", "2023-01-01");
    assert!(said.ends_with("H2 missed, 2023 H1 open, overdue since 2022-12-31"), "{said}");
    held("2023-02");
    let said = windows(&office, "EP-001", "2023-02-28");
    assert!(said.ends_with("H2 missed, 2023 H1 met by DR-2023-01, due by 2023-12-31"), "{said}");
    // A year alone does not say which half; what lies ahead has not been held.
    held("2023");
    held("2023-05-01");
    let said = windows(&office, "EP-001", "2023-02-28");
    assert!(said.contains("DR-2023-02 does not count: its date is not exact enough"), "{said}");
    assert!(said.contains("DR-2023-03 does not count: it lies in the future"), "{said}");
}

#[test]
fn windows_of_a_year_and_of_a_leap_year() {
    let office = Office::with_sample();
    assert_eq!(windows(&office, "EP-001", "2022-05-13"), "2022 met by DR-2022-01, due by 2023-12-31");
    // Approved within 2021, it missed nothing in that year, and had to be drilled from then on.
    assert_eq!(
        windows(&office, "EP-001", "2023-12-31"),
        "2022 met by DR-2022-01, 2023 open, due by 2023-12-31"
    );
    assert_eq!(windows(&office, "EP-001", "2024-02-29"), "2023 missed, 2024 open, overdue since 2023-12-31");
    assert_eq!(
        windows(&office, "EP-002", "2024-02-29"),
        "2023 H1 missed, H2 missed, 2024 H1 open, overdue since 2023-06-30"
    );
    let (code, _, wrong) = run(
        &office,
        "zh",
        &["add", "drills", "title=演练", "plan=EP-002", "date=2024-02-29", "conclusion=reached"],
    );
    assert_eq!(code, 0, "{wrong}");
    assert!(
        windows(&office, "EP-002", "2024-02-29").ends_with("2024 H1 met by DR-2024-01, due by 2024-12-31")
    );
}

#[test]
fn a_drill_that_is_named_in_a_row_is_a_link() {
    let office = Office::with_sample();
    planned(&office, "2022-05-12");
    let row = r#"problems=[{"problem": "门锁闭", "retest": "夜间演练"}]"#;
    assert_eq!(run(&office, "zh", &["set", "DR-2022-01", row]).0, 0);
    let shown = json(&office, &["show", "DR-2022-01"]);
    assert_eq!(shown["fields"]["problems"][0]["retest"][0]["id"], "DR-2022-02");
    // In a form it stands by its number, and what is there stays as it is.
    let mut terminal = office.start("zh", (80, 24), &[]);
    terminal.wait("要办的事").press("3", "DR-2022-01").press("j", "问题 1 个").press("e", "演练名称");
    terminal.press("甲", "甲").press(F2, "已存 DR-2022-01").press("q", "");
    assert_eq!(terminal.end(), 0);
    let (_, _, wrong) = run(&office, "zh", &["delete", "DR-2022-02", "--why", "试"]);
    assert!(wrong.contains("1 条"), "{wrong}");
    assert_eq!(run(&office, "zh", &["set", "DR-2022-01", "place=5 层"]).0, 0);
    assert_eq!(run(&office, "zh", &["verify"]).0, 0);
}

#[test]
fn a_step_is_shown_in_the_language_of_who_reads() {
    let office = Office::with_sample();
    assert!(run(&office, "en", &["show", "DR-2022-01"]).1.contains("alarm  10:00:00"));
    assert!(run(&office, "zh", &["show", "DR-2022-01"]).1.contains("报警  10:00:00"));
}

/// A stamp shows only when it is on disk, and what was typed into a question stays there.
#[cfg(target_os = "linux")]
#[test]
fn a_full_disk_stamps_nothing_and_keeps_what_is_being_typed() {
    let office = Office::with_sample();
    let mut terminal = Terminal::start_on_small_disk(office.folder.path(), "zh", &office.book());
    terminal
        .wait("要办的事")
        .press("4", "EP-001")
        .press("t", "开始 EP-001 的一次新演练。名称？")
        .press("\r", "未开始");
    terminal.disk_full(true);
    terminal.press("1", "满").wait("未开始");
    terminal.press("p", "有什么问题？").press("门锁着\r", "满").wait("门锁着");
    terminal.disk_full(false);
    terminal.press("\r", "! 门锁着").press("1", "已过 00:0").press("q", "");
    assert_eq!(terminal.end(), 0);
    let kept = json(&office, &["show", "DR-2022-02"]);
    assert_eq!(kept["fields"]["problems"].as_array().unwrap().len(), 1);
}
