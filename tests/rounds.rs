//! What a round keeps, shows and refuses, by keys and by command, in the real program.
#![allow(clippy::unwrap_used, clippy::indexing_slicing, clippy::panic)]

mod common;
#[path = "common/office.rs"]
mod office;
#[path = "common/terminal.rs"]
mod terminal;

use std::process::{Command, Output};
use std::time::Duration;

use office::{ESC, F2, Office};
use serde_json::Value as Json;
use terminal::Terminal;

/// Longer than an entry has to be on the screen before a key confirms it.
const SEEN: Duration = Duration::from_millis(80);
const F4: &str = "\u{1b}OS";
/// Longer than the pause after which what was typed is kept.
const PAUSE: Duration = Duration::from_secs(1);

fn run(office: &Office, args: &[&str]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_taizhang"));
    command.env("HOME", office.folder.path()).args(["--lang", "zh", "--book"]).arg(office.book());
    command.args(args).output().unwrap()
}

fn json(office: &Office, args: &[&str]) -> Json {
    let output = run(office, args);
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    serde_json::from_slice(&output.stdout).unwrap()
}

/// A round over what is listed of the first or second register, with its first entry on the screen.
fn begun(office: &Office, number: &str) -> Terminal {
    let (first, total) = if number == "1" { ("EA-0007", 3) } else { ("HZ-0004", 2) };
    let mut terminal = office.start("zh", (80, 24), &[]);
    terminal.wait("要办的事").press(number, first).press("R", "复评什么");
    terminal.press("\r", &format!("{total} 条")).press("\r", &format!("1 / {total}"));
    terminal
}

fn confirm(terminal: &mut Terminal, words: &str) {
    std::thread::sleep(SEEN);
    terminal.press("\r", words);
}

fn killed(mut terminal: Terminal) {
    terminal.signal("-KILL");
    terminal.end();
}

#[test]
fn what_was_said_about_a_row_is_a_draft_of_it_from_enter_on() {
    let office = Office::with_sample();
    let mut terminal = begun(&office, "1");
    terminal.press("n", "备注").press("看过现场\r", "看过现场");
    terminal.press("j", "2 / 3").wait_gone("看过现场").press("k", "1 / 3").wait("看过现场").wait("草稿");
    // Confirmed with Enter and killed at once.
    terminal.press("n", "备注").press("，换过灭火器\r", "看过现场，换过灭火器");
    killed(terminal);
    let mut terminal = office.start("zh", (80, 24), &[]);
    terminal.wait("EA-0007 潜在火灾  复评").press("\r", "1 / 3");
    terminal.wait("看过现场，换过灭火器").wait("草稿").press("*", "EA-0007 改了还没存");
    // What is being typed is one after a pause; so are the answers to a row of questions.
    terminal.press("x", "为什么待议？").press("等物业\r", "交给谁").press("总务", "总务");
    std::thread::sleep(PAUSE);
    killed(terminal);
    let mut terminal = office.start("zh", (80, 24), &[]);
    terminal.wait("要办的事").press("R", "接着 RV-2022-01").press("\r", "1 / 3");
    terminal.press("x", "等物业").press("\r", "总务").press("\r", "到哪一天").press(ESC, "改取值");
    confirm(&mut terminal, "2 / 3");
    terminal.press("k", "已维持").wait("看过现场，换过灭火器");
    assert!(!terminal.screen().contains("草稿"));
    terminal.press(ESC, "停在这里，还有").press("q", "");
    assert_eq!(terminal.end(), 0);
    let round = json(&office, &["review", "RV-2022-01", "--json"]);
    assert_eq!(round["outcomes"][0]["reason"], "看过现场，换过灭火器");
    let mut terminal = office.start("zh", (80, 24), &[]);
    terminal.wait("要办的事");
    assert!(!terminal.screen().contains("草稿"), "{}", terminal.screen());
}

#[test]
fn an_evaluation_made_on_its_own_screen_is_not_lost_with_the_question_it_leads_to() {
    let office = Office::with_sample();
    let mut terminal = begun(&office, "1");
    // What is changed on the row goes on there, and comes back.
    terminal.press("111", "原：17").press("v", "依据").wait("草稿").press(ESC, "没有存").wait("草稿");
    terminal.press("v", "依据").press(F2, "为什么？").send(ESC);
    terminal.wait_gone("为什么？").wait("草稿");
    std::thread::sleep(SEEN);
    terminal.press("\r", "为什么？").press("换了供方\r", "2 / 3").wait("改评 1");
    terminal.press(ESC, "停在这里，还有").press("q", "");
    assert_eq!(terminal.end(), 0);
}

/// Nothing is confirmed that was not on the screen: what happened since gives way first, then what is known; factors that
/// still do not fit are counted, and Enter shows them before it confirms.
#[test]
fn every_factor_was_on_the_screen_before_it_is_confirmed() {
    let office = Office::with_sample();
    for at in 1..=6 {
        let note = format!(
            "controls=灭火器每月检查，第 {at} 次修订，物业检查消火栓、烟感和喷淋，公司配合；每年疏散演练"
        );
        assert!(run(&office, &["set", "EA-0007", &note]).status.success());
    }
    let mut terminal = office.start("en", (80, 24), &[]);
    terminal.wait("To do").press("1", "EA-0007").press("R", "What to review").press("\r", "3 entries");
    terminal.press("\r", "1 / 3").wait(" more").wait("F difficulty").wait("significant: total 17");
    assert!(terminal.screen().contains("Enter keep"), "{}", terminal.screen());
    terminal.press("\u{1b}[B", "surroundings]").press(ESC, "stops here").press("q", "");
    assert_eq!(terminal.end(), 0);
    let mut terminal = office.start("en", (60, 12), &[]);
    terminal.wait("To do").press("R", "go on with RV-2022-01").press("\r", "1 / 3").wait("2 more below");
    terminal.wait("Enter see the rest");
    std::thread::sleep(SEEN);
    terminal.press("\r", "2 more above").wait("F difficulty").wait("1 / 3").wait("kept 0").wait("Enter keep");
    confirm(&mut terminal, "2 / 3");
    terminal.wait("kept 1").press(ESC, "stops here").press("q", "");
    assert_eq!(terminal.end(), 0);
}

#[test]
fn a_round_that_is_through_is_ended_from_its_last_row_too() {
    let office = Office::with_sample();
    let mut terminal = begun(&office, "1");
    // Changed in this round: what stood before it is still to be read, and the row is not offered to be kept.
    terminal.press("2", "18 ! 重要");
    confirm(&mut terminal, "2 / 3");
    terminal.press("k", "已改评").wait("A 发生频率              2       1").wait("Enter 下一条");
    confirm(&mut terminal, "2 / 3");
    confirm(&mut terminal, "3 / 3");
    confirm(&mut terminal, "结束复评");
    for key in ["\r", "j", F2] {
        terminal.send(ESC);
        terminal.wait("3 / 3").wait("Enter 结束复评");
        std::thread::sleep(SEEN);
        terminal.press(key, "上次复评以来");
    }
    terminal.send(ESC);
    terminal.wait("3 / 3").press(ESC, "停在这里").press("q", "");
    assert_eq!(terminal.end(), 0);
}

#[test]
fn while_a_number_is_typed_the_footer_says_what_enter_and_esc_do() {
    let office = Office::with_sample();
    let mut terminal = begun(&office, "2");
    terminal.wait("Enter 维持原评价").press("6", "Enter 取这个值").wait("Esc 不要这个值");
    terminal.press("\r", "540 ! 极其").wait("存改评").press(F4, "Enter 维持原评价");
    terminal.press("1", "Enter 取这个值").send(ESC);
    terminal.wait("Enter 维持原评价").wait("D 270");
    // A number that makes no sense is got rid of by F4, or digit by digit; it is not left behind unsaid.
    terminal.press("20220610", "20220610").press("\r", "没有意义").press(F4, "Enter 维持原评价");
    terminal.press("20220610", "20220610").press("j", "没有意义").wait("1 / 2").press("\u{7f}", "2022061 没");
    terminal.press(&"\u{7f}".repeat(7), "Enter 维持原评价").wait("D 270").press(ESC, "停在这里，还有");
    terminal.press("q", "");
    assert_eq!(terminal.end(), 0);
}

/// The form that holds an evaluation asks the same as its own screen, and so nothing turns without a reason.
#[test]
fn a_form_whose_evaluation_turns_asks_why() {
    let office = Office::with_sample();
    let mut terminal = office.start("zh", (80, 24), &[]);
    terminal
        .wait("要办的事")
        .press("1", "EA-0007")
        .press("e", "控制措施")
        .press("\u{1b}[17~", "评价  EA-0007");
    terminal.press("111", "合计 11 < 15").press(F2, "改 1 处").press(F2, "要移出清单。为什么？").send(ESC);
    terminal.wait_gone("为什么？").press(F2, "要移出清单。为什么？").press("搬走了\r", "已存 EA-0007");
    terminal.press("H", "搬走了").press("q", "");
    assert_eq!(terminal.end(), 0);
}

/// What a round set aside until a day is due on that day: not before it, though nobody looked at it for a year.
#[test]
fn what_is_set_aside_until_a_day_is_due_on_that_day() {
    let office = Office::with_sample();
    let due = |args: &[&str]| {
        let all = json(&office, &[&["due", "--json"], args].concat());
        let found = all.as_array().unwrap().iter().find(|due| due["id"] == "HZ-0002");
        found.map(|due| due["due"].as_str().unwrap().to_owned())
    };
    let count = || json(&office, &["status", "--json"])["registers"][1]["review_due"].clone();
    assert_eq!((due(&[]).as_deref(), count()), (Some("2022-05-12"), 13.into()));
    for (until, soon, left) in [("2022-05-20", Some("2022-05-20"), 13), ("2022-09-01", None, 12)] {
        let mut terminal = begun(&office, "2");
        confirm(&mut terminal, "2 / 2");
        terminal.press("x", "为什么待议？").press("等物业\r", "交给谁").press("总务\r", "到哪一天");
        terminal.press(&format!("{until}\r"), "上次复评以来").send("0000000").wait("F2 结束复评");
        terminal.press(F2, "下次复评").press(ESC, "HZ-0014").press("q", "");
        assert_eq!(terminal.end(), 0);
        assert_eq!((due(&[]).as_deref(), count()), (soon, left.into()), "{until}");
        assert_eq!(due(&["--all"]).as_deref(), Some(until));
        // The line of home opens as many as it counts.
        let mut terminal = office.start("zh", (80, 24), &[]);
        terminal.wait(&format!("{left}  危险源：30 天内要复评")).send("q");
        assert_eq!(terminal.end(), 0);
    }
    // A look at it is a look at it.
    let mut terminal = begun(&office, "2");
    confirm(&mut terminal, "2 / 2");
    confirm(&mut terminal, "上次复评以来");
    terminal.send(ESC);
    terminal.wait("2 / 2").press(ESC, "停在这里").press("q", "");
    assert_eq!(terminal.end(), 0);
    assert_eq!(due(&["--all"]).as_deref(), Some("2023-05-13"));
    assert_eq!(json(&office, &["show", "HZ-0002", "--json"])["fields"]["aside"], Json::Null);
}

/// The record of a round that has ended opens as what it came to; `w` in a row explains what is being made of it.
#[test]
fn a_round_that_has_ended_opens_as_its_result_and_a_new_score_is_explained() {
    let office = Office::with_sample();
    let mut terminal = begun(&office, "1");
    terminal.press("2", "18 ! 重要").press("w", "合计 18 >= 15").wait("合计 17 >= 15").send(ESC);
    terminal.wait("存改评").press(F4, "维持原评价").press("w", "规则").send(ESC);
    terminal.wait("维持原评价").press("*", "还有 3 条没看").press("3 同去年\r", "上次复评以来");
    terminal.send("0000000").wait("F2 结束复评").press(F2, "下次复评").press(ESC, "EA-0012").send(ESC);
    terminal
        .wait("要办的事")
        .open_list("reviews", "RV-2022-01")
        .press("\r", "未逐条看一并维持 3")
        .wait("e 看字段");
    terminal.press("e", "范围的条件").send(ESC);
    terminal.wait("未逐条看一并维持 3").press("H", "历史").press("q", "");
    assert_eq!(terminal.end(), 0);
}

/// Nothing that is to be read is cut where there is room for it, and what there is no room for is counted.
#[test]
fn lists_questions_and_the_end_of_a_round_say_all_of_it() {
    let office = Office::with_sample();
    let mut terminal = begun(&office, "2");
    terminal
        .press(ESC, "停在这里，还有")
        .press("R", "接着 RV-2022-01 2022 年度 重要和重大，危险源")
        .send(ESC);
    // Marked rows come before a round that waits.
    terminal.wait_gone("复评什么").press("  ", "选了 2 条").press("R", "选中的行");
    assert!(terminal.row("选中的行") < terminal.row("接着 RV-2022-01"), "{}", terminal.screen());
    terminal.press(ESC, "选了 2 条").press("R", "选中的行").press("全部", "14").press("\r", "在 RV-2022-01");
    terminal.wait("人？\n").press("\r", "1 / 14").press("*", "还有 14 条没看");
    terminal.press("14 同去年\r", "上次复评以来").wait("现在列入 2 条").wait("下次复评").wait("另有 ");
    terminal.press("\r", "HZ-0014").send(ESC);
    terminal.wait("上次复评以来").press(ESC, "停在这里").press("q", "");
    assert_eq!(terminal.end(), 0);
}
