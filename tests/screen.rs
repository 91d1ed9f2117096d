//! The real program in a real terminal: keys in, screen out.
#![allow(clippy::unwrap_used, clippy::indexing_slicing, clippy::panic)]

mod common;
#[path = "common/office.rs"]
mod office;
#[path = "common/terminal.rs"]
mod terminal;

use office::{ESC, F2, F3, Office};
use taizhang::share::Session;
use taizhang::store::{self, Folder};

#[test]
fn one_key_leads_from_nothing_to_the_sample() {
    let office = Office::new();
    let mut terminal = office.start("zh", (80, 24), &[]);
    terminal.wait("这里还没有账簿");
    assert!(!office.book().exists(), "nothing is written before the choice");
    terminal.press("L", "There is no book here yet").press("L", "这里还没有账簿");
    terminal.press("1", "示例软件公司").wait("环境因素").wait("2022-05-13 周五");
    terminal.press("1", "潜在火灾").wait("! 重要：合计 17 >= 15（A1 B3 C5 D3 E3 F2）。");
    assert!(terminal.reversed(terminal.row("EA-0007"), 3), "the row under the cursor is reversed");
    terminal.press("q", "");
    assert_eq!(terminal.end(), 0);
    let restored = String::from_utf8_lossy(&terminal.bytes()).into_owned();
    assert!(
        restored.contains("\u{1b}[?1049l")
            && restored.contains("\u{1b}[?25h")
            && restored.contains("\u{1b}[?2004l")
    );
}

#[test]
fn an_entry_goes_from_keys_to_disk_to_screen() {
    let office = Office::with_sample();
    let mut terminal = office.start("zh", (80, 24), &[]);
    terminal.wait("要办的事").press("1", "EA-0007").press("a", "新增  环境因素");
    // The activity is picked by pinyin, the name typed in Chinese.
    terminal.press("bghd", "办公活动").press("\r", "AC-001 办公活动");
    terminal.press("废旧电池的排放", "废旧电池的排放").press(F2, "已存 EA-0019");
    terminal.wait("废旧电池的排放");
    // What is open is said, and stands in nobody's way.
    terminal.press("G", "待填");
    terminal.press("u", "已撤销：EA-0019").wait_gone("废旧电池");
    terminal.press("U", "已重做：EA-0019").wait("废旧电池的排放");
    terminal.send("q");
    assert_eq!(terminal.end(), 0);
    assert!(office.titles("aspects").contains(&"废旧电池的排放".to_owned()));
    assert_eq!(store::verify(&Folder::at(&office.book())).unwrap().findings, []);
}

#[test]
fn a_filter_narrows_with_every_key_and_says_its_mistakes() {
    let office = Office::with_sample();
    let mut terminal = office.start("zh", (80, 24), &[]);
    terminal.wait("要办的事").press("1", "EA-0007").press("/", "Tab 补全");
    terminal.press("kouz", "2 / 17 条").wait("口罩的废弃");
    let ((row, column), hidden) = terminal.cursor();
    assert_eq!((row, column, hidden), (22, 5, false), "the real cursor stands where the text is typed");
    terminal.send("\u{15}").press("影想:土壤", "没有「影想」这一列，是「影响」吗？");
    terminal.send("\u{15}").press("状态:不存在", "「状态」里没有「不存在」，有：正常 异常 紧急");
    terminal.send("\u{15}").press("影响：土壤 -状态：异常", "2 / 17 条");
    terminal
        .press("\r", "/ 影响：土壤")
        .press("S", "存为视图")
        .press("土壤类\r", "已存视图「土壤类」，V 打开。u 撤销");
    terminal.press("V", "视图和台账").wait("土壤类");
    terminal.send(ESC);
    terminal.wait_gone("视图和台账").send("q");
    assert_eq!(terminal.end(), 0);
    assert_eq!(office.titles("views"), ["土壤类"]);
}

#[test]
fn the_verdict_moves_with_the_keys() {
    let office = Office::with_sample();
    let mut terminal = office.start("zh", (80, 24), &[]);
    terminal.wait("要办的事").press("1", "EA-0007").press("/shlj\r", "2 / 17 条").press("v", "合计 14 < 15");
    terminal
        .press("5j5", "! 重要")
        .wait("合计 18 >= 15")
        .press(F2, "要列入清单。为什么？")
        .press("换了清运商\r", "已存 EA-0005")
        .wait("! 重要：合计 18 >= 15");
    terminal.press("H", "14 一般").wait("18 重要");
    terminal.send(ESC);
    // A scale that is not 1..n takes letters.
    terminal.wait("/ shlj").send(ESC);
    terminal.wait_gone("/ shlj").send(ESC);
    terminal.wait("要办的事").press("2", "HZ-0004").press("v", "D 270 >= 160").press("a", "D 900 >= 320");
    terminal.send(ESC);
    terminal.wait("D 270 >= 160").send("q");
    assert_eq!(terminal.end(), 0);
}

#[test]
fn a_value_off_the_scale_is_asked_for_twice_and_nonsense_refused() {
    let office = Office::with_sample();
    let mut terminal = office.start("zh", (80, 24), &[]);
    terminal.wait("要办的事").press("2", "HZ-0004").press("v", "D 270 >= 160");
    terminal.press("3615\r", "L=3615 没有意义：取值在 0.1 到 10 之间。").wait(" 3615 ");
    terminal.send(ESC);
    terminal.wait_gone("3615").press("5\r", "D 450 >= 320").wait("L=5 不在取值表上。");
    terminal.press(F2, "再按 F2 照存。").press(F2, "级别变了。为什么？");
    // What was typed in answer stays too.
    terminal.press("新增一处\r", "已存 HZ-0004");
    // What was chosen and not saved is a draft, and home offers it.
    terminal.press("vaa", "D 1500 >= 320").send(ESC);
    terminal.wait("草稿留着").send(ESC);
    terminal.wait("草稿  HZ-0004").press("\r", "D 1500 >= 320").wait("固有   草稿");
    // Step by step back to what stands, and then there is no draft any more.
    terminal.press("\u{1b}OS", "D 450 >= 320").send(ESC);
    terminal.wait_gone("草稿").send("q");
    assert_eq!(terminal.end(), 0);
}

#[test]
fn an_aspect_leaves_the_list_for_concern_alone_only_with_a_reason() {
    let office = Office::with_sample();
    let mut terminal = office.start("zh", (80, 24), &[]);
    terminal.wait("要办的事").press("1", "EA-0007").press("/墨盒\r", "1 / 17 条").press("v", "合计 16 >= 15");
    terminal.press("jjj11", "合计 13 < 15，但只有法规或关注因子降低，").wait("保留在清单上");
    terminal.press("x", "一般").press(F2, "请在依据里写明理由").press("供应商已回收", "供应商已回收");
    terminal.press(F2, "已存 EA-0002").wait("一般：合计 13 < 15").send("q");
    assert_eq!(terminal.end(), 0);
}

#[test]
fn every_figure_of_home_opens_what_it_counts() {
    let office = Office::with_sample();
    let mut set = std::process::Command::new(env!("CARGO_BIN_EXE_taizhang"));
    set.env("HOME", office.folder.path()).args(["--book", office.book().to_str().unwrap()]);
    assert!(set.args(["set", "HZ-0004", "routine=no"]).output().unwrap().status.success());
    // What the latest changes did is told, where the screen has room below what is due.
    let mut terminal = office.start("zh", (80, 50), &[]);
    terminal.wait("最近修改").wait("常规活动 是 -> 否");
    terminal.press("\t", "").press("l\r", "/ 列入:是").wait("3 / 17 条").send(ESC);
    terminal.wait("要办的事").press("jjjjjl", "").press("\r", "/ 级别=高度").wait("2 / 14 条");
    terminal.send("q");
    assert_eq!(terminal.end(), 0);
}

#[test]
fn english_without_colour_loses_nothing() {
    let office = Office::with_sample();
    let mut terminal = office.start("en", (120, 40), &[("NO_COLOR", "1")]);
    terminal
        .wait("To do")
        .press("2", "HZ-0004")
        .wait("! high: D 270 >= 160 (L3 E6 C15).  residual 45 ordinary");
    // The entry stands beside the table.
    terminal.wait("unusual but possible").press("p", "");
    terminal.wait_gone("unusual but possible");
    let bytes = String::from_utf8_lossy(&terminal.bytes()).into_owned();
    for colour in ["\u{1b}[0;31", "\u{1b}[0;1;31", ";31m", ";36m", ";38;5;", ";38;2;"] {
        assert!(!bytes.contains(colour), "{colour:?} was written");
    }
    assert!(terminal.reversed(terminal.row("HZ-0004"), 2));
    // A question is told what a question takes, a filter what a filter does.
    terminal.press("d", "Why").press("\u{1b}OP", "A question: Enter when it is answered");
    assert!(!terminal.screen().contains("pinyin"));
    terminal.send(ESC);
    terminal.wait("Why").send(ESC);
    terminal.wait_gone("Why").press("/\u{1b}OP", "it narrows while you type").wait("pinyin").send(ESC);
    terminal.wait_gone("pinyin").send(ESC);
    terminal.wait("Enter open").press("?", "Keys and help").send("q");
    assert_eq!(terminal.end(), 0);
}

#[test]
fn any_size_is_survived() {
    let office = Office::with_sample();
    let mut terminal = office.start("zh", (80, 24), &[]);
    terminal.wait("要办的事").press("1", "EA-0007");
    for (columns, rows) in [
        (1, 1),
        (2, 50),
        (300, 5),
        (40, 10),
        (59, 12),
        (60, 11),
        (60, 12),
        (120, 1),
        (300, 100),
        (119, 24),
        (120, 40),
    ] {
        terminal.resize(columns, rows);
        std::thread::sleep(std::time::Duration::from_millis(40));
    }
    terminal.resize(40, 10);
    terminal.wait("窗口太小：要 60x12，现在 40x10。");
    terminal.resize(80, 24);
    terminal.wait("潜在火灾").send("q");
    assert_eq!(terminal.end(), 0);
}

#[test]
fn a_paste_is_one_text_and_brings_no_commands() {
    let office = Office::with_sample();
    let mut terminal = office.start("zh", (80, 24), &[]);
    terminal.wait("要办的事").open_list("departments", "DP-001").press("a", "新增  部门");
    let hostile = "一行\n二行\t\u{1b}[31m=cmd|' /C calc'!A0 q";
    terminal.send(&format!("\u{1b}[200~{hostile}\u{1b}[201~"));
    terminal.wait("一行 二行").press(F2, "已存 DP-003").wait("=cmd");
    terminal.send("q");
    assert_eq!(terminal.end(), 0);
    assert!(office.titles("departments").iter().any(|title| title.contains("=cmd|' /C calc'!A0 q")));
}

#[test]
fn every_signal_leaves_the_terminal_as_it_was() {
    for (signal, code) in [("-HUP", 129), ("-TERM", 143), ("-INT", 130), ("-QUIT", 131)] {
        let office = Office::with_sample();
        let mut terminal = office.start("zh", (80, 24), &[]);
        terminal.wait("要办的事").signal(signal);
        assert_eq!(terminal.end(), code, "{signal}");
        assert!(String::from_utf8_lossy(&terminal.bytes()).contains("\u{1b}[?1049l"), "{signal}");
    }
}

#[test]
fn a_lost_line_leaves_no_orphan_and_keeps_the_draft() {
    let office = Office::with_sample();
    let mut terminal = office.start("zh", (80, 24), &[]);
    terminal.wait("要办的事").press("1", "EA-0007").press("e", "活动 *");
    terminal.press("\t", "").press("（办公室）", "潜在火灾（办公室）");
    terminal.hang_up();
    terminal.signal("-HUP");
    assert_ne!(terminal.end(), 0);
    let mut again = office.start("zh", (80, 24), &[]);
    again.wait("草稿  EA-0007 潜在火灾").press("\r", "接着上次没存的草稿").wait("潜在火灾（办公室）");
    again.press(F2, "已存 EA-0007").wait_gone("草稿").send("q");
    assert_eq!(again.end(), 0);
    assert!(office.titles("aspects").contains(&"潜在火灾（办公室）".to_owned()));
}

#[test]
fn a_killed_program_loses_at_most_the_last_pause() {
    let office = Office::with_sample();
    let mut terminal = office.start("zh", (80, 24), &[]);
    terminal
        .wait("要办的事")
        .open_list("departments", "DP-001")
        .press("a", "新增  部门")
        .press("采购部", "采购部");
    std::thread::sleep(std::time::Duration::from_millis(1200));
    terminal.signal("-KILL");
    terminal.end();
    let mut again = office.start("zh", (80, 24), &[]);
    again.wait("要办的事").open_list("departments", "DP-001").press("a", "采购部").send("q");
    assert_eq!(Session::new(open_reading(&office), common::who()).book().entries("departments").len(), 2);
}

fn open_reading(office: &Office) -> store::Opened {
    store::read(&Folder::at(&office.book())).unwrap()
}

#[test]
fn a_second_screen_is_told_and_may_look() {
    let office = Office::with_sample();
    let mut first = office.start("zh", (80, 24), &[]);
    first.wait("要办的事");
    let mut second = office.start("zh", (80, 24), &[]);
    second.wait("正在使用账簿").wait("只读").press("1", "潜在火灾").press("a", "正在使用账簿");
    second.press("j", "潜在火灾").press("R", "正在使用账簿").send(ESC);
    second.wait("要办的事").press("4", "EP-001").press("t", "正在使用账簿").send(ESC);
    second.wait("要办的事").press("1", "潜在火灾");
    // What the first one writes the second one sees at its next step.
    first
        .open_list("departments", "DP-001")
        .press("a", "新增  部门")
        .press("采购部", "采购部")
        .press(F2, "已存 DP-003");
    second.send(ESC);
    second.wait("要办的事").open_list("departments", "DP-003").wait("采购部");
}

#[test]
fn find_goes_everywhere_by_pinyin() {
    let office = Office::with_sample();
    let mut terminal = office.start("zh", (80, 24), &[]);
    terminal.wait("要办的事").press(F3, "清单").press("yjcl", "安全事故应急处理预案");
    terminal.send("\u{15}").press("ea-0002", "废旧墨盒的排放").press("\r", "六因子法 第 1 版");
    terminal.press("w", "E >= 5 单项判定为重要").send("q");
    assert_eq!(terminal.end(), 0);
}

#[test]
fn a_full_width_colon_is_a_colon_and_a_torn_escape_a_key() {
    let office = Office::with_sample();
    let mut terminal = office.start("zh", (80, 24), &[("SSH_TTY", "/dev/pts/0")]);
    terminal.wait("要办的事").press("：", "到第一行").send(ESC);
    terminal.wait("要办的事").press("1", "EA-0007");
    let before = terminal.row("EA-0012");
    terminal.send(ESC);
    std::thread::sleep(std::time::Duration::from_millis(25));
    terminal.send("[B").wait("合计 17 >= 15（A5 B2 C2 D4 E2 F2）");
    assert!(terminal.reversed(before, 3), "Esc, [ and B with a gap between are the arrow");
    terminal.send("q");
    assert_eq!(terminal.end(), 0);
}

#[test]
fn nothing_is_written_when_nothing_happens() {
    let office = Office::with_sample();
    let mut terminal = office.start("zh", (80, 24), &[]);
    terminal.wait("要办的事");
    std::thread::sleep(std::time::Duration::from_millis(300));
    let before = terminal.bytes().len();
    std::thread::sleep(std::time::Duration::from_secs(2));
    assert_eq!(terminal.bytes().len(), before);
}

#[test]
fn where_no_screen_can_be_shown_it_says_why() {
    let office = Office::with_sample();
    for (variables, words) in [
        (&[("TERM", "dumb")][..], "不能移动光标"),
        (&[("LC_ALL", "zh_CN.GBK")][..], "the locale is not UTF-8"),
    ] {
        let mut terminal = office.start("zh", (100, 24), variables);
        assert_eq!(terminal.end(), 2);
        terminal.wait(words);
    }
}
