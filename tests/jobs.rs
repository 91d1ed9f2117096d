//! What an admin does all day, by keys, in the real program.
#![allow(clippy::unwrap_used, clippy::indexing_slicing, clippy::panic)]

mod common;
#[path = "common/office.rs"]
mod office;
#[path = "common/terminal.rs"]
mod terminal;

use std::process::Command;

use office::{ESC, F2, F3, F5, Office};
use terminal::Terminal;

fn command(office: &Office, args: &[&str]) {
    let mut command = Command::new(env!("CARGO_BIN_EXE_taizhang"));
    command.env("HOME", office.folder.path()).args(["--lang", "zh", "--book"]).arg(office.book());
    assert!(command.args(args).output().unwrap().status.success(), "{args:?}");
}

#[test]
fn what_is_deleted_is_named_with_what_hangs_on_it() {
    let office = Office::with_sample();
    let mut terminal = office.start("zh", (80, 24), &[]);
    terminal
        .wait("要办的事")
        .open_list("activities", "AC-001")
        .press("d", "删除 AC-001 办公活动，还有 17 条关联到它。为什么？");
    terminal.send(ESC);
    terminal.wait_gone("为什么？").press("q", "");
    assert_eq!(terminal.end(), 0);
    assert!(office.titles("activities").contains(&"办公活动".to_owned()));
}

#[test]
fn marked_rows_are_changed_together_once() {
    let office = Office::with_sample();
    let mut terminal = office.start("zh", (80, 24), &[]);
    terminal.wait("要办的事").press("1", "EA-0007").press("  ", "选了 2 条").press("b", "同时改哪一列");
    terminal.press("zrr\r", "同时改 2 条").press("总务", "总务").press(F2, "已存 EA-0007 等 2 条");
    // The marks have done their work: the next key means the row under the cursor.
    terminal
        .wait_gone("选了 2 条")
        .press("d", "删除 EA-0007 潜在火灾，还有 4 条关联到它。为什么？")
        .send(ESC);
    terminal
        .wait_gone("为什么？")
        .press("u", "EA-0012 责任人 综合办公室主任 -> 总务; EA-0007 责任人 技术部经理")
        .press("q", "");
    assert_eq!(terminal.end(), 0);
}

#[test]
fn the_column_under_the_cursor_never_leaves_the_screen() {
    let office = Office::with_sample();
    let mut terminal = office.start("zh", (80, 24), &[]);
    terminal.wait("要办的事").press("2", "HZ-0004");
    for (keys, heading) in [("llllll", "剩余分值"), ("l", "剩余级别"), ("hhhhhh", "活动"), ("ll", "事故")]
    {
        terminal.press(keys, heading).wait("级别");
    }
    // The cell is edited where it stands, and Enter is enough.
    terminal.press("E", "事故 *").press("3\r", "已存 HZ-0004").press("q", "");
    assert_eq!(terminal.end(), 0);
}

#[test]
fn an_empty_book_is_filled_from_the_first_form() {
    let office = Office::new();
    command(&office, &["init", "--empty"]);
    let mut terminal = office.start("zh", (80, 24), &[]);
    terminal.wait("台账").press("1", "还没有条目").press("a", "新增  环境因素").press("\r", "没有找到");
    terminal.press("办公", "办公").press(F5, "新增  活动").wait("办公").press(F2, "已存 AC-001");
    terminal.press("\r", "AC-001 办公").press("废纸", "废纸").press(F2, "项必填空着");
    terminal.wait("EA-0001").press("q", "");
    assert_eq!(terminal.end(), 0);
    assert_eq!(
        (office.titles("activities"), office.titles("aspects")),
        (vec!["办公".to_owned()], vec!["废纸".to_owned()])
    );
}

#[test]
fn a_draft_does_not_write_over_what_somebody_wrote_since() {
    let office = Office::with_sample();
    let mut terminal = office.start("zh", (80, 24), &[]);
    terminal
        .wait("要办的事")
        .open_list("departments", "DP-001")
        .press("e", "名称 *")
        .press("甲", "技术部甲")
        .send(ESC);
    terminal.wait("草稿留着").press("q", "");
    assert_eq!(terminal.end(), 0);
    command(&office, &["set", "DP-001", "title=技术中心"]);
    let mut again = office.start("zh", (80, 24), &[]);
    again.wait("草稿  DP-001 技术中心").press("\r", "技术部甲").wait("这之后改成了：技术中心");
    again.press(F2, "这之后别人改过。再按 F2 照存。").press(F2, "已存 DP-001").press("q", "");
    assert_eq!(again.end(), 0);
}

#[test]
fn find_shows_where_the_words_stand_and_previews() {
    let office = Office::with_sample();
    let mut terminal = office.start("zh", (80, 24), &[]);
    terminal.wait("要办的事").press(F3, "键入就筛选").press("触电急救", "HZ-0004").wait("触电急救按应急预案");
    terminal.press("\u{1b}[B", "").press("\t", "E 暴露频繁程度").press("\t", "");
    terminal.wait_gone("E 暴露频繁程度").send("\u{15}");
    terminal.press("peise", "换一种配色").press("\r", "配色：mono").press("q", "");
    assert_eq!(terminal.end(), 0);
    let kept = std::fs::read_to_string(office.folder.path().join(".config/taizhang/theme")).unwrap();
    assert_eq!(kept, "mono");
}

#[test]
fn it_can_be_stopped_and_brought_back() {
    let office = Office::with_sample();
    let mut shell = Terminal::shell(office.folder.path());
    let program = env!("CARGO_BIN_EXE_taizhang");
    shell.wait("shell>").send(&format!("{program} --lang zh --book {}\r", office.book().display()));
    shell.wait("要办的事").press("1", "潜在火灾").send("\u{1a}");
    shell.wait_gone("潜在火灾").wait("shell>").press("echo still $((40+2))\r", "still 42");
    shell.press("fg\r", "潜在火灾").press("j", "EA-0012").send("q");
    shell.wait_gone("潜在火灾").press("exit\r", "");
    assert_eq!(shell.end(), 0);
}

#[test]
fn the_draft_of_a_copy_opens_the_copy() {
    let office = Office::with_sample();
    let mut terminal = office.start("zh", (80, 24), &[]);
    terminal
        .wait("要办的事")
        .press("1", "EA-0007")
        .press("A", "新增  环境因素")
        .press("\t二号", "潜在火灾二号");
    // Half an evaluation inside it, and the line is lost.
    terminal.press("\u{1b}[17~", "评价  新增").press("1", "还缺因子");
    std::thread::sleep(std::time::Duration::from_millis(1200));
    terminal.signal("-KILL");
    terminal.end();
    let mut again = office.start("zh", (80, 24), &[]);
    again.wait("草稿  新增  环境因素  潜在火灾二号").press("\r", "接着上次没存的草稿");
    assert_eq!(again.screen().matches("草稿").count(), 1, "{}", again.screen());
    again.press("\u{1b}[17~", "评价  新增").wait("固有   草稿").send(ESC);
    again.wait("接着上次没存的草稿").press(F2, "已存 EA-0019").press("q", "");
    assert_eq!(again.end(), 0);
    let titles = office.titles("aspects");
    assert!(
        titles.contains(&"潜在火灾".to_owned()) && titles.contains(&"潜在火灾二号".to_owned()),
        "{titles:?}"
    );
}

#[test]
fn who_may_only_look_is_told_when_the_book_is_free_again() {
    let office = Office::with_sample();
    let mut first = office.start("zh", (80, 24), &[]);
    first.wait("要办的事");
    let mut second = office.start("zh", (80, 24), &[]);
    second.wait("只读").press("a", "正在使用账簿");
    first.press("q", "");
    assert_eq!(first.end(), 0);
    second.press("a", "现在没有别人在用了：退出再打开就能改。").press("q", "");
    assert_eq!(second.end(), 0);
}

#[test]
fn what_is_typed_is_seen_on_the_smallest_screen() {
    let office = Office::with_sample();
    let mut terminal = office.start("zh", (60, 12), &[]);
    terminal.wait("要办的事").press("1", "EA-0007").press("v", "发生频率").press("\t\t\t\t\t\t\t", "依据");
    terminal.press("演练已做", "演练已做").send(ESC);
    terminal.wait("草稿留着").press("q", "");
    assert_eq!(terminal.end(), 0);
}

#[test]
fn every_field_can_be_scrolled_to() {
    let office = Office::with_sample();
    let mut terminal = office.start("zh", (80, 24), &[]);
    terminal
        .wait("要办的事")
        .press("1", "EA-0007")
        .press("lllllllllllllll", "责任部门")
        .wait("分值")
        .wait("级别");
    terminal.press("hhhhhhhhhhhhhhh", "活动").press("q", "");
    assert_eq!(terminal.end(), 0);
}

#[test]
fn a_file_is_named_in_a_form_and_kept_with_the_book() {
    let office = Office::new();
    command(&office, &["init", "--empty"]);
    let definition = "id = \"papers\"\nname = { zh = \"证照\", en = \"Papers\" }\nserial = \"PA-{000}\"\norder = 30\n\
        title = \"title\"\ncolumns = [\"id\", \"title\"]\n\n[[fields]]\nid = \"title\"\nname = { zh = \"名称\", en = \"name\" }\n\
        kind = \"text\"\n\n[[fields]]\nid = \"scan\"\nname = { zh = \"扫描件\", en = \"scan\" }\nkind = \"files\"\n\n\
        [[fields]]\nid = \"note\"\nname = { zh = \"备注\", en = \"note\" }\nkind = \"text\"\n";
    std::fs::write(office.book().join("registers/papers.toml"), definition).unwrap();
    let scan = office.folder.path().join("证.txt");
    std::fs::write(&scan, "许可证").unwrap();
    let mut terminal = office.start("zh", (80, 24), &[]);
    terminal
        .wait("台账")
        .press("V", "视图和台账")
        .press("证照", "> 证照")
        .press("\r", "还没有条目")
        .press("a", "名称")
        .press("排污许可证\t/nowhere\t", "没有这个文件");
    terminal.send("\u{1b}[Z\u{15}").press(scan.to_str().unwrap(), "证.txt").press(F2, "已存 PA-001");
    terminal.press("\r", "证.txt").press("q", "");
    assert_eq!(terminal.end(), 0);
    let kept: Vec<_> = std::fs::read_dir(office.book().join("files")).unwrap().collect();
    assert_eq!(kept.len(), 1);
    assert_eq!(std::fs::read_to_string(kept[0].as_ref().unwrap().path()).unwrap(), "许可证");
    command(&office, &["verify"]);
}
