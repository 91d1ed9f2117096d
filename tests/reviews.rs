//! A review round by keys, in the real program: begun, dropped in the middle, gone on with, ended.
#![allow(clippy::unwrap_used, clippy::indexing_slicing, clippy::panic)]

mod common;
#[path = "common/office.rs"]
mod office;
#[path = "common/terminal.rs"]
mod terminal;

use std::process::{Command, Output};
use std::time::{Duration, Instant};

use office::{ESC, F2, Office};
use serde_json::Value as Json;
use taizhang::review::{OUTCOMES, Round, Scope, due};
use taizhang::share::Session;
use taizhang::wording::Lang;
use terminal::Terminal;

/// Longer than an entry has to be on the screen before a key confirms it.
const SEEN: Duration = Duration::from_millis(250);

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

#[test]
fn a_round_goes_on_after_a_dropped_line_and_ends_with_what_it_came_to() {
    let office = Office::with_sample();
    let mut terminal = office.start("zh", (80, 24), &[]);
    terminal.wait("要办的事").press("1", "EA-0007").press("R", "复评什么").press("全部", "17");
    terminal.press("\r", "17 条，下次 2023-05-13").press("\r", "1 / 17").wait("EA-0007  潜在火灾");
    // What the plan of the fire came to since: the drill.
    terminal.wait("DR-2022-01");
    let confirm = |terminal: &mut Terminal, words: &str| {
        std::thread::sleep(SEEN);
        terminal.send("\r");
        // On a busy machine it may have come before the row was looked at: then nothing was confirmed by it.
        let until = Instant::now() + SEEN * 12;
        while !terminal.screen().contains(words) && Instant::now() < until {
            std::thread::sleep(SEEN / 10);
        }
        if !terminal.screen().contains(words) {
            terminal.press("\r", words);
        }
    };
    confirm(&mut terminal, "2 / 17");
    terminal.wait("维持 1  改评 0  待议 0");
    // A changed factor moves the verdict; nothing is written before it is confirmed, and a flip wants a reason.
    confirm(&mut terminal, "3 / 17");
    terminal.wait("EA-0002").press("1", "14 一般").wait("原：16 ! 重要");
    confirm(&mut terminal, "这一条要移出清单。为什么？");
    terminal.press("换了供方\r", "4 / 17");
    terminal.wait("维持 2  改评 1  待议 0");
    terminal.press("x", "为什么待议？").press("等物业\r", "交给谁").press("总务\r", "到哪一天");
    terminal.press("2022-13-01\r", "没有这个月").press("+14d\r", "5 / 17").wait("维持 2  改评 1  待议 1");
    terminal.hang_up();
    terminal.signal("-HUP");
    assert_ne!(terminal.end(), 0);
    // The same row is on the screen, and what was done is done.
    let mut terminal = office.start("zh", (80, 24), &[]);
    terminal.wait("要办的事").wait("1  复评没做完");
    let aside = json(&office, &["show", "EA-0005", "--json"]);
    assert_eq!(
        (&aside["fields"]["review"], &aside["fields"]["reviewed"]),
        (&"2022-05-27".into(), &Json::Null)
    );
    terminal.press("R", "接着 RV-2022-01").wait("还有 13 / 17").press("\r", "5 / 17");
    terminal.wait("维持 2  改评 1  待议 1");
    // Back to an outcome, which can be changed until the end; forth again.
    terminal.press("k", "4 / 17").wait("已列待议  交 总务 到 2022-05-27");
    confirm(&mut terminal, "5 / 17");
    terminal.wait("维持 3  改评 1  待议 0");
    for at in 6..=17 {
        confirm(&mut terminal, &format!("{at} / 17"));
    }
    confirm(&mut terminal, "结束复评");
    terminal.wait("复评 17 / 17：维持 16，改评 1，待议 0");
    terminal.press(F2, "还有没回答的").send("0000");
    terminal.press("n", "有什么新的？").press("新增一家保洁\r", "有  新增一家保洁");
    // What was said is not taken back in passing.
    terminal.press("k0", "再按一次 0").send("j00");
    terminal.press(F2, "下次复评").wait("- EA-0002").send(ESC);
    terminal.wait_gone("下次复评").press("q", "");
    assert_eq!(terminal.end(), 0);
    let round = json(&office, &["review", "RV-2022-01", "--json"]);
    assert_eq!(round["counts"]["kept"], 16);
    assert_eq!(round["counts"]["pending"], 0);
    assert_eq!(round["dropped"][0]["id"], "EA-0002");
    assert_eq!(
        round["fields"]["participants"],
        "tester".replace("tester", round["fields"]["by"].as_str().unwrap())
    );
    let outcomes = round["outcomes"].as_array().unwrap();
    let changed = outcomes.iter().find(|outcome| outcome["outcome"] == "changed").unwrap();
    assert_eq!(
        (&changed["before"], &changed["after"], &changed["flipped"], &changed["reason"]),
        (
            &Json::from("16 significant ! aspect-sum6@1"),
            &Json::from("14 general aspect-sum6@1"),
            &Json::from(true),
            &Json::from("换了供方")
        )
    );
    let asked = round["fields"]["asked"].as_array().unwrap();
    assert_eq!((asked.len(), asked[4]["what"].as_str()), (7, Some("新增一家保洁")));
    // The entries know it.
    let kept = json(&office, &["show", "EA-0007", "--json"]);
    assert_eq!(
        (&kept["fields"]["reviewed"], &kept["fields"]["review"]),
        (&"2022-05-13".into(), &"2023-05-13".into())
    );
    assert_eq!(kept["fields"]["evaluation"]["on"], "2022-03-15");
    assert!(run(&office, &["verify"]).status.success());
}

#[test]
fn keys_typed_ahead_confirm_only_what_was_on_the_screen() {
    let office = Office::with_sample();
    let mut terminal = office.start("en", (80, 24), &[]);
    terminal.wait("To do").press("1", "EA-0007").press("R", "What to review").press("all", "17");
    terminal.press("\r", "17 entries").press("\r", "1 / 17").wait("since");
    std::thread::sleep(SEEN);
    // A burst confirms the one entry that was looked at, whatever was typed ahead of the next.
    terminal.press("\r\r\r\r\r", "2 / 17").wait("kept 1");
    std::thread::sleep(SEEN);
    terminal.press("\r", "3 / 17").wait("kept 2");
    let kept = json(&office, &["list", "outcomes", "outcome=kept", "--json"]);
    assert_eq!(kept.as_array().unwrap().len(), 2);
    terminal.press("u", "undone: EA-0012").wait("kept 1").press(ESC, "16 of 17 to go").press("q", "");
    assert_eq!(terminal.end(), 0);
}

#[test]
fn what_is_filled_in_and_not_confirmed_is_not_lost_nor_kept_by_the_way() {
    let office = Office::with_sample();
    let mut terminal = office.start("zh", (80, 24), &[]);
    terminal
        .wait("要办的事")
        .press("2", "HZ-0004")
        .press("R", "复评什么")
        .press("全部", "14")
        .press("\r", "14 条");
    terminal.press("\r", "1 / 14").wait("HZ-0004").wait("剩余 45 一般");
    // A level higher on the same list turns the verdict too.
    terminal.press("\u{1b}[C", "540 ! 极其").send("j");
    terminal.wait("2 / 14").press("k", "1 / 14").wait("540 ! 极其").wait("草稿");
    terminal.press("*", "HZ-0004 改了还没存");
    std::thread::sleep(SEEN);
    terminal.press("\r", "这一条级别变了。为什么？").press("新增一处配电箱\r", "2 / 14").wait("改评 1");
    // Back to what it was before the round: nothing has changed by it.
    terminal.press("k", "1 / 14").wait("已改评").press("\u{1b}[D", "270 ! 高度");
    std::thread::sleep(SEEN);
    terminal
        .press("\r", "级别变了")
        .press("看错了\r", "2 / 14")
        .wait("维持 1  改评 0")
        .press(ESC, "RV-2022-01 停在这里");
    terminal.press("q", "");
    assert_eq!(terminal.end(), 0);
    let shown = json(&office, &["show", "HZ-0004", "--json"]);
    assert_eq!(shown["fields"]["evaluation"]["basis"], "看错了");
}

#[test]
fn the_rest_is_kept_at_once_only_with_its_number_and_a_reason() {
    let office = Office::with_sample();
    let mut terminal = office.start("zh", (80, 24), &[]);
    terminal
        .wait("要办的事")
        .press("2", "HZ-0004")
        .press("R", "复评什么")
        .press("\r", "2 条")
        .press("\r", "1 / 2");
    terminal.press("*", "还有 2 条没看").send(ESC);
    terminal.wait_gone("没看").press("*", "还有 2 条没看").press("3 同去年\r", "要写对条数 2");
    // What was written still stands, to be mended.
    terminal.wait("3 同去年").press("\u{15}2\r", "").wait_gone("同去年").wait("要写对条数 2");
    terminal.press("\u{15}2 同去年\r", "结束复评").wait("未逐条看一并维持 2").send(ESC);
    terminal.wait_gone("结束复评").press("q", "");
    assert_eq!(terminal.end(), 0);
    let round = json(&office, &["review", "RV-2022-01", "--json"]);
    assert_eq!((&round["counts"]["unseen"], &round["counts"]["kept"]), (&2.into(), &0.into()));
    assert_eq!(round["outcomes"][0]["reason"], "同去年");
}

#[test]
fn an_entry_that_waits_in_two_rounds_is_noticed() {
    let office = Office::with_sample();
    let mut terminal = office.start("zh", (80, 24), &[]);
    terminal
        .wait("要办的事")
        .press("1", "EA-0007")
        .press("R", "复评什么")
        .press("\r", "3 条")
        .press("\r", "1 / 3");
    terminal.press(ESC, "RV-2022-01 停在这里，还有 3 / 3 条").press("  ", "选了 2 条").press("R", "选中的行");
    terminal.press("选中", "2").press("\r", "其中 2 条也在 RV-2022-01 中等着").press("技术部经理\r", "1 / 2");
    terminal.wait("也在 RV-2022-01 中等着复评").press(ESC, "RV-2022-02 停在这里").press("q", "");
    assert_eq!(terminal.end(), 0);
    let listed = String::from_utf8(run(&office, &["reviews"]).stdout).unwrap();
    assert!(listed.contains("RV-2022-02") && listed.contains("复评 0 / 3"), "{listed}");
}

#[test]
fn who_may_only_look_is_told_so_and_nothing_is_begun() {
    let office = Office::with_sample();
    let held = Session::new(common::open(&office.book()), common::who());
    let mut terminal = office.start("zh", (80, 24), &[]);
    terminal.wait("要办的事").press("1", "EA-0007").press("R", "正在使用账簿");
    assert!(!terminal.screen().contains("复评什么"), "{}", terminal.screen());
    terminal.press("q", "");
    assert_eq!(terminal.end(), 0);
    drop(held);
    assert_eq!(json(&office, &["reviews", "--json"]), Json::Array(Vec::new()));
    let output = run(&office, &["review", "RV-2022-09"]);
    assert_eq!(output.status.code(), Some(1));
    assert!(String::from_utf8_lossy(&output.stderr).contains("RV-2022-09"));
}

#[test]
fn what_is_due_follows_the_cadence_of_the_book() {
    let folder = tempfile::tempdir().unwrap();
    let session = common::sample(&folder.path().join("book"));
    let reading = session.reading(Lang::Zh);
    let today = session.today(common::moment());
    let count = |months: u32| {
        let scope = Scope { list: String::new(), query: due(&reading, "", today, months) };
        scope.members(&reading, today).unwrap().len()
    };
    // Thirteen hazards were evaluated on 2021-05-12, one of them again; one aspect since long before.
    assert_eq!((count(12), count(120)), (14, 0));
    assert!(count(1) > 20, "{}", count(1));
    assert!(reading.book.entries(OUTCOMES).is_empty() && Round::open(&reading).is_empty());
}

/// What the disk refuses comes back as it was typed, and is written when there is room again; nothing else is.
#[cfg(target_os = "linux")]
#[test]
fn a_full_disk_in_a_round_loses_nothing_that_was_typed_and_records_nothing_else() {
    let office = Office::with_sample();
    let mut terminal = Terminal::start_on_small_disk(office.folder.path(), "zh", &office.book());
    terminal
        .wait("要办的事")
        .press("1", "EA-0007")
        .press("R", "复评什么")
        .press("\r", "3 条")
        .press("\r", "1 / 3");
    let outcome = |at: usize| json(&office, &["review", "RV-2022-01", "--json"])["outcomes"][at].clone();
    // Set aside: the last question stands again, and Enter tries once more.
    terminal.disk_full(true);
    terminal.press("x", "为什么").press("等房东答复\r", "谁").press("综合办公室\r", "到哪一天");
    terminal.press("2022-06-30\r", "满").wait("到哪一天").wait("2022-06-30").wait("1 / 3");
    terminal.press("\r", "满").disk_full(false);
    terminal.press("\r", "2 / 3").wait("待议 1");
    let aside = outcome(0);
    assert_eq!((&aside["outcome"], &aside["reason"]), (&"aside".into(), &"等房东答复".into()));
    assert_eq!((&aside["to"], &aside["until"]), (&"综合办公室".into(), &"2022-06-30".into()));
    // Kept with a note: the note stays on the row.
    terminal.disk_full(true);
    terminal.press("n", "备注").press("现场看过\r", "现场看过");
    std::thread::sleep(SEEN);
    terminal.press("\r", "满").wait("2 / 3").wait("现场看过").wait("维持 0");
    assert_eq!(outcome(1)["outcome"], "pending");
    terminal.disk_full(false);
    std::thread::sleep(SEEN);
    terminal.press("\r", "3 / 3").wait("维持 1");
    assert_eq!(outcome(1)["reason"], "现场看过");
    // The rest at once: the number and the reason stand again.
    terminal.disk_full(true);
    terminal.press("*", "还有 1 条没看").press("1 同去年\r", "满").wait("1 同去年").wait("还有 1 条没看");
    terminal.disk_full(false);
    terminal.press("\r", "上次复评以来").send(ESC);
    terminal.wait_gone("上次复评以来").press("q", "");
    assert_eq!(terminal.end(), 0);
    assert_eq!(json(&office, &["verify", "--json"])["findings"], serde_json::json!([]));
}

/// Whatever a round is begun over, it is what a list of the same query holds, and the record keeps that query.
#[test]
fn a_round_over_a_filter_a_department_or_what_changed_is_that_list() {
    let scopes = [
        ("现在的筛选", None, "状态:紧急"),
        ("技术部", None, "部门.编号:DP-001"),
        ("某一天", Some("2022-01-01\r"), "changed>=2022-01-01"),
    ];
    for (row, day, query) in scopes {
        let office = Office::with_sample();
        let listed = json(&office, &["list", "aspects", query, "--json"]).as_array().unwrap().len();
        assert!(listed > 0 && listed < 17, "{query}: {listed}");
        let mut terminal = office.start("zh", (80, 24), &[]);
        terminal.wait("要办的事").press("1", "EA-0007");
        if row == "现在的筛选" {
            terminal.press("/", "Tab").press(&format!("{query}\r"), &format!("{listed} / 17"));
        }
        terminal.press("R", "复评什么").press(row, row).press("\r", "");
        if let Some(day) = day {
            terminal.wait("从哪一天").press(day, "");
        }
        terminal
            .wait(&format!("{listed} 条"))
            .press("\r", &format!("1 / {listed}"))
            .press(ESC, "停在这里，还有");
        terminal.press("q", "");
        assert_eq!(terminal.end(), 0);
        let round = json(&office, &["show", "RV-2022-01", "--json"]);
        let (list, kept) = (&round["fields"]["list"], round["fields"]["query"].as_str().unwrap());
        assert_eq!((list, &round["fields"]["count"]), (&"aspects".into(), &listed.into()));
        let again = json(&office, &["list", "aspects", kept, "--json"]).as_array().unwrap().len();
        assert_eq!(again, listed, "{kept}");
    }
}

/// How long an evaluation lasts stands in the settings of the book, twelve months where it does not.
#[test]
fn the_settings_of_the_book_say_how_long_an_evaluation_lasts() {
    let office = Office::with_sample();
    let due = |office: &Office| {
        let status = json(office, &["status", "--json"]);
        status["registers"][0]["review_due"].as_u64().unwrap()
    };
    let twelve = due(&office);
    let marker = office.book().join("book.toml");
    let settings = std::fs::read_to_string(&marker).unwrap();
    std::fs::write(&marker, settings.replacen("format = 1\n", "format = 1\nreview_months = 1\n", 1)).unwrap();
    let one = due(&office);
    // All but the one that was evaluated yesterday.
    assert_eq!((twelve, one), (1, 16));
    let mut terminal = office.start("zh", (80, 24), &[]);
    terminal.wait("16  环境因素：30 天内要复评").press("1", "EA-0007").press("R", "1 个月没再看过");
    terminal.send(ESC);
    terminal.wait_gone("复评什么").press("q", "");
    assert_eq!(terminal.end(), 0);
    std::fs::write(&marker, settings.replacen("format = 1\n", "format = 1\nreview_months = 0\n", 1)).unwrap();
    let output = run(&office, &["status"]);
    let said = String::from_utf8_lossy(&output.stderr).into_owned();
    assert!(
        !output.status.success() && said.contains("book.toml:4:17") && said.contains("1 到 120"),
        "{said}"
    );
}

/// A note goes with the outcome; the whole form can be opened and comes back to the same row.
#[test]
fn a_note_and_the_form_belong_to_the_row() {
    let office = Office::with_sample();
    let mut terminal = office.start("zh", (80, 24), &[]);
    terminal
        .wait("要办的事")
        .press("1", "EA-0007")
        .press("R", "复评什么")
        .press("\r", "3 条")
        .press("\r", "1 / 3");
    terminal.press("n", "备注").press("看过现场\r", "看过现场");
    terminal.press("e", "控制措施 *").press(F2, "").wait("1 / 3").wait("看过现场");
    std::thread::sleep(SEEN);
    terminal.press("\r", "2 / 3").wait("维持 1").press("k", "1 / 3").wait("看过现场");
    terminal.press("n", "备注").press("\u{15}看过两次\r", "看过两次");
    std::thread::sleep(SEEN);
    terminal.press("\r", "2 / 3").press(ESC, "RV-2022-01 停在这里").press("q", "");
    assert_eq!(terminal.end(), 0);
    let round = json(&office, &["review", "RV-2022-01", "--json"]);
    assert_eq!(round["outcomes"][0]["reason"], "看过两次");
    assert_eq!((&round["counts"]["kept"], &round["counts"]["pending"]), (&1.into(), &2.into()));
}
