//! What new users stumbled over, so that nobody does again.
#![allow(clippy::unwrap_used, clippy::indexing_slicing, clippy::panic)]

mod common;
#[path = "common/office.rs"]
mod office;
#[path = "common/terminal.rs"]
mod terminal;

use office::{ESC, F2, Office};

#[test]
fn a_field_of_many_is_emptied_only_on_purpose() {
    let office = Office::with_sample();
    let mut terminal = office.start("zh", (80, 24), &[]);
    terminal.wait("要办的事").press("1", "EA-0007").press("  ", "选了 2 条").press("b", "同时改哪一列");
    terminal.press("zrr\r", "2 条有值的照旧").press(F2, "没有改动");
    // Asked for by a key of its own, it says how many values go, and F4 keeps them still.
    terminal.press("b", "同时改哪一列").press("zrr\r", "2 条有值的照旧");
    terminal.press("\u{1b}[3~", "清空 2 条里的值").press("\u{1b}OS", "2 条有值的照旧");
    terminal.press("\u{1b}[3~", "清空 2 条里的值").press(F2, "已存 EA-0007 等 2 条");
    terminal.press("u", "已撤销").press("q", "");
    assert_eq!(terminal.end(), 0);
}

#[test]
fn what_is_typed_for_many_is_kept_as_a_draft() {
    let office = Office::with_sample();
    let mut terminal = office.start("en", (80, 24), &[]);
    terminal.wait("Registers").press("1", "EA-0007").press("  ", "2 marked").press("b", "Change which field");
    terminal.press("owner\r", "2 entries keep").press("facility office", "facility office");
    terminal.send(ESC);
    terminal.wait("a draft is kept").send(ESC).wait_gone("2 marked").send(ESC);
    terminal.wait("draft  Change 2 entries at once").press("\r", "going on with the draft");
    terminal.wait("facility office").press(F2, "saved EA-0007 and others, 2 in all").press("q", "");
    assert_eq!(terminal.end(), 0);
}

#[test]
fn what_stood_before_is_of_the_same_side_and_method() {
    let office = Office::with_sample();
    let mut terminal = office.start("zh", (80, 24), &[]);
    terminal.wait("要办的事").press("2", "HZ-0004").press("v", "评价  HZ-0004").press("r", "漏电   剩余");
    let row = |terminal: &terminal::Terminal, begins: &str| {
        let screen = terminal.screen();
        let line = screen.lines().find(|line| line.trim_start().starts_with(begins)).unwrap_or_default();
        line.split_whitespace().skip(1).take(2).map(str::to_owned).collect::<Vec<_>>()
    };
    assert_eq!(row(&terminal, "D "), ["45", "45"], "{}", terminal.screen());
    terminal.press("r", "漏电   固有");
    assert_eq!(row(&terminal, "D "), ["270", "270"], "{}", terminal.screen());
    terminal.press("o", "用哪个方法评价   4").press("风险矩阵", "> 风险矩阵").press("\r", "LS 风险矩阵法 第");
    assert_eq!(row(&terminal, "R "), ["--", "--"], "{}", terminal.screen());
    terminal.send("\u{3}");
    assert_eq!(terminal.end(), 0);
}

#[test]
fn what_cannot_be_seen_is_not_changed() {
    let office = Office::with_sample();
    let mut terminal = office.start("en", (80, 24), &[]);
    terminal.wait("Registers").press("1", "EA-0007").press("e", "EA-0007").press("\t", "Tab");
    terminal.resize(50, 10);
    terminal.wait("too small").send("unseen\u{1b}[200~pasted\u{1b}[201~");
    terminal.send(F2).resize(80, 24);
    terminal.wait_gone("too small").wait("EA-0007");
    let screen = terminal.screen();
    assert!(
        !screen.contains("unseen") && !screen.contains("pasted") && !screen.contains("saved"),
        "{screen}"
    );
    terminal.resize(50, 10);
    terminal.wait("too small").send("q");
    assert_eq!(terminal.end(), 0);
}

#[test]
fn nothing_is_done_to_marked_rows_that_are_not_shown() {
    let office = Office::with_sample();
    let mut terminal = office.start("zh", (80, 24), &[]);
    terminal.wait("要办的事").press("1", "EA-0007").press("  ", "选了 2 条");
    terminal.press("/kouz\r", "选了 1 条，没显示的 1 条不算");
    terminal.press("d", "删除 EA-0012 口罩的废弃，还有 1 条关联到它。为什么？").send(ESC);
    // Where none of them is shown, the key means the row under the cursor; shown again, they count again.
    terminal.wait_gone("为什么？").press("/\u{15}shlj\r", "选了 0 条，没显示的 2 条不算");
    terminal.press("ggd", "删除 EA-0005 生活垃圾的排放，还有 3 条关联到它。为什么？").send(ESC);
    terminal.wait_gone("为什么？").press("/\u{15}\r", "17 条   选了 2 条 ").press("b", "同时改哪一列");
    terminal.send(ESC);
    terminal.wait("选了 2 条").press("q", "");
    assert_eq!(terminal.end(), 0);
}

#[test]
fn undo_takes_nothing_back_behind_an_open_evaluation() {
    let office = Office::with_sample();
    let mut terminal = office.start("en", (80, 24), &[]);
    terminal.wait("Registers").open_list("departments", "DP-001").press("e", "title *");
    terminal.press("\u{15}renamed", "renamed").press(F2, "saved DP-001").send(ESC);
    terminal.wait("Registers").press("1", "EA-0007").press("v", "Evaluate").press("5u", "F4 steps back here");
    terminal.press("U", "F4 steps back here").send(ESC);
    terminal.wait("a draft is kept").press("u", "undone: DP-001").press("q", "");
    assert_eq!(terminal.end(), 0);
}

#[test]
fn a_choice_is_made_by_typing_its_name() {
    let office = Office::with_sample();
    let mut terminal = office.start("zh", (80, 24), &[]);
    let paste = |words: &str| format!("\u{1b}[200~{words}\u{1b}[201~");
    terminal.wait("要办的事").press("1", "EA-0007").press("e", "EA-0007").press("\t\t\t", "[紧急]");
    terminal
        .press("yic", "[异常]")
        .press("正", "[正常]")
        .press("x", "「状态」里没有「x」，有：正常 异常 紧急");
    terminal
        .press("9", "「状态」里没有「9」")
        .press(&paste("紧急"), "[紧急]")
        .press(&paste("大概"), "没有选项「大概」");
    // Of several, what is typed is found and Space puts it.
    terminal.press("\t\t能源 ", "[能源]").press(F2, "已存 EA-0007").press("q", "");
    assert_eq!(terminal.end(), 0);
}

#[test]
fn text_pasted_on_links_looks_for_them() {
    let office = Office::with_sample();
    let mut terminal = office.start("en", (80, 24), &[]);
    terminal
        .wait("Registers")
        .press("1", "EA-0007")
        .press("e", "AC-")
        .press("\u{1b}[200~办公\u{1b}[201~", "Link to");
    terminal.wait("> 办公").send(ESC);
    terminal.wait_gone("Link to").press("\t\tem", "no \"m\"").press("\u{3}", "");
    assert_eq!(terminal.end(), 0);
}

#[test]
fn what_changed_last_is_told_to_who_may_only_look_and_in_their_language() {
    let office = Office::with_sample();
    let mut set = std::process::Command::new(env!("CARGO_BIN_EXE_taizhang"));
    set.env("HOME", office.folder.path()).args(["--book", office.book().to_str().unwrap()]);
    assert!(set.args(["set", "HZ-0004", "routine=no"]).output().unwrap().status.success());
    // What changed last stands below what is due: a taller screen has room for it.
    let mut first = office.start("zh", (80, 50), &[]);
    first.wait("最近修改").wait("是 -> 否");
    let mut second = office.start("zh", (80, 50), &[]);
    second.wait("只读").wait("是 -> 否").press("L", "yes -> no").press("L", "是 -> 否");
    second.press("q", "");
    first.press("L", "yes -> no").press("q", "");
    assert_eq!((first.end(), second.end()), (0, 0));
}

#[test]
fn which_side_is_evaluated_is_said_in_every_width() {
    let office = Office::with_sample();
    let mut terminal = office.start("en", (80, 24), &[]);
    terminal.wait("Registers").press("1", "EA-0007").press("e", "aspect *").press("\t\u{15}", "was:");
    terminal.press(&"a very long name of an aspect ".repeat(4), "of an aspect").press(F2, "saved EA-0007");
    terminal.press("v", ">   initial  ");
    terminal.press("5", "").press("r", ">   residual  ").press("\u{1b}", "a draft is kept");
    terminal.press("v", ">   initial   draft  ");
    terminal.resize(60, 12);
    terminal.wait(">   initial   draft  ").press("\u{3}", "");
    assert_eq!(terminal.end(), 0);
}

#[test]
fn what_is_typed_into_a_cell_goes_on_in_the_whole_form_and_back() {
    let office = Office::with_sample();
    let mut terminal = office.start("zh", (80, 24), &[]);
    let kept = "草稿留着";
    terminal
        .wait("要办的事")
        .open_list("departments", "DP-001")
        .press("llE", "负责岗位")
        .press("甲", "技术部经理甲")
        .send(ESC);
    terminal.wait(kept).press("e", "名称 *").wait("技术部经理甲").wait("接着上次没存的草稿");
    // The whole form has it now, and the cell gets it back from there; saved, it is nowhere a draft.
    terminal.press("\t乙", "技术部经理甲乙").send(ESC);
    terminal.wait(kept).press("E", "技术部经理甲乙").press(F2, "已存 DP-001").send(ESC);
    terminal.wait("要办的事").wait_gone("草稿").press("q", "");
    assert_eq!(terminal.end(), 0);
}

#[test]
fn the_draft_of_a_new_entry_says_where_it_comes_back() {
    let office = Office::with_sample();
    let mut terminal = office.start("zh", (80, 24), &[]);
    terminal
        .wait("要办的事")
        .open_list("departments", "DP-001")
        .press("a", "新增  ")
        .press("新部门", "新部门")
        .send(ESC);
    terminal.wait("草稿留着，下次新增时接着填").press("a", "新部门").send("\u{3}");
    assert_eq!(terminal.end(), 0);
}

#[test]
fn small_stumbles_in_lists() {
    let office = Office::with_sample();
    let mut terminal = office.start("en", (80, 24), &[]);
    terminal.wait("Registers").press("1", "EA-0007").press("2\r", "life cycle").wait("EA-0012  口罩的废弃");
    terminal.send(ESC);
    // The names of factors are whole where there is room.
    terminal.wait("17 entries").resize(120, 40);
    terminal.wait("p pane").press("v", "now  before").wait("concern of interested parties");
    terminal.press("o", "choose  Esc back  F1 keys");
    terminal.press("aspect-use", "   aspect-use").press("\r", "aspect-use").press("\u{3}", "");
    assert_eq!(terminal.end(), 0);
}

#[test]
fn a_saved_view_is_called_by_its_name_and_deleted_where_it_is_listed() {
    let office = Office::with_sample();
    let mut terminal = office.start("en", (80, 24), &[]);
    terminal
        .wait("Registers")
        .press("1", "EA-0007")
        .press("/火灾\r", "1 / 17 entries")
        .press("S", "as a view called");
    terminal.press("Fires\r", "the view \"Fires\" is kept; V opens it").press("V", "Views and registers");
    terminal.press("Fires", "Delete deletes this view").press("\u{1b}[3~", "Delete VW-001 Fires. Why?");
    terminal.press("done\r", "deleted VW-001").wait("Nothing found").send(ESC);
    terminal.wait_gone("Nothing found").press("q", "");
    assert_eq!(terminal.end(), 0);
    assert_eq!(office.titles("views"), Vec::<String>::new());
}

#[test]
fn fields_are_called_by_their_names_and_dates_read_alike() {
    let office = Office::with_sample();
    let mut terminal = office.start("zh", (80, 24), &[]);
    terminal
        .wait("要办的事")
        .press("1", "EA-0007")
        .press("a", "新增  环境因素")
        .press(F2, "名称「环境因素」不能空着");
    terminal.send(ESC);
    terminal.wait_gone("不能空着").press("e", "EA-0007").press("\u{1b}[6~\u{1b}[6~\u{1b}[6~", "备注");
    terminal.press("\u{1b}[Z\u{1b}[Z\u{1b}[Z", "");
    terminal.press("\u{15}30d\t", "2022-06-12").send(ESC);
    terminal.wait("草稿留着").press("?", "PageDown").wait("Ctrl-d").press("q", "");
    assert_eq!(terminal.end(), 0);
    assert!(!terminal.screen().contains("Ctr>"));
}
