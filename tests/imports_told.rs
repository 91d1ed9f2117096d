//! What of a list cannot be taken is told, with its place, and never just absent; what is no list is not waited for.
#![allow(clippy::unwrap_used, clippy::indexing_slicing, clippy::panic)]

mod common;
#[path = "common/office.rs"]
mod office;
#[path = "common/sheets.rs"]
mod sheets;
#[path = "common/terminal.rs"]
mod terminal;

use std::os::unix::fs::symlink;

use office::{F2, Office};
use sheets::Made;
use taizhang::exchange::{Line, Sheet, Workbook};

fn write(office: &Office, name: &str, text: &str) {
    std::fs::write(office.folder.path().join(name), text).unwrap();
}

/// An office with an empty book.
fn office() -> Office {
    let office = Office::new();
    drop(common::empty(&office.book()));
    office
}

/// What an import says, and what it leaves with.
fn import(office: &Office, args: &[&str]) -> (String, i32) {
    let (out, wrong, code) = office.run("zh", &[&["import"], args].concat());
    (format!("{out}{wrong}"), code)
}

#[test]
fn what_is_no_file_is_not_waited_for() {
    let office = Office::with_sample();
    let pipe = office.folder.path().join("pipe.csv");
    assert!(std::process::Command::new("mkfifo").arg(&pipe).status().unwrap().success());
    symlink("/dev/zero", office.folder.path().join("zero.csv")).unwrap();
    write(&office, "empty.pdf", "");
    for name in ["pipe.csv", "zero.csv"] {
        let (said, code) = import(&office, &[name, "--try"]);
        assert!(code == 2 && said.contains("设备或管道") && said.contains(name), "{said}");
    }
    for (name, why) in [
        ("pipe.csv", "设备或管道"),
        ("zero.csv", "设备或管道"),
        ("empty.pdf", "空的文件"),
        ("nowhere.pdf", "没有这个文件"),
    ] {
        let (_, wrong, code) = office.run("zh", &["attach", "DR-2022-01", name]);
        assert!(code == 2 && wrong.contains(why) && wrong.contains(name), "{wrong}");
    }
    // Larger than what is kept; what a process that was killed left half-way goes with the next.
    let film = std::fs::File::create(office.folder.path().join("film.mp4")).unwrap();
    film.set_len((256 << 20) + 1).unwrap();
    let (_, wrong, code) = office.run("zh", &["attach", "DR-2022-01", "film.mp4"]);
    assert!(code == 2 && wrong.contains("256 MB"), "{wrong}");
    std::fs::create_dir_all(office.book().join("files")).unwrap();
    std::fs::write(office.book().join("files/7.part"), "half").unwrap();
    write(&office, "plan.pdf", "plan");
    assert_eq!(office.run("zh", &["attach", "DR-2022-01", "plan.pdf"]).2, 0);
    assert_eq!(std::fs::read_dir(office.book().join("files")).unwrap().count(), 1);
}

#[test]
fn an_id_that_two_rows_have_takes_neither_until_one_goes() {
    let office = Office::with_sample();
    write(
        &office,
        "twice.csv",
        "编号,部门,负责人\nDP-001,总经办一,甲\nDP-001,总经办二,乙\nDP-009,新部门,丙\n",
    );
    let before = office.titles("departments");
    for args in [&["twice.csv", "--try"][..], &["twice.csv"]] {
        let (said, code) = import(&office, args);
        assert_eq!(code, 1, "{said}");
        assert!(said.contains("第 2 行 总经办一：编号 DP-001 不止一行有"), "{said}");
        assert!(said.contains("第 3 行 总经办二：编号 DP-001 不止一行有"), "{said}");
        assert!(said.contains("1 行的编号账簿里没有，用作新条目的编号：DP-009"), "{said}");
    }
    assert_eq!(office.titles("departments"), before);
    // On the screen one of them is taken out, and the other is the entry.
    for (lang, odd, done) in [
        ("zh", "编号 DP-001 不止一行有", "已导入"),
        ("en", "more than one line has the id DP-001", "imported"),
    ] {
        let office = Office::with_sample();
        write(&office, "twice.csv", "编号,部门,负责人\nDP-001,总经办一,甲\nDP-001,总经办二,乙\n");
        let mut terminal = office.start(lang, (80, 24), &[]);
        terminal.wait("?").press("I", "twice.csv").press("\r", "[1").wait("DP-001").press("\t", odd);
        terminal.press(F2, "[3").press(F2, odd);
        terminal.send("x").wait_gone(odd).wait("DP-001  总经办二  (").press(F2, "[3").press(F2, done);
        assert!(office.titles("departments").contains(&"总经办二".to_owned()));
        terminal.send("q");
        assert_eq!(terminal.end(), 0);
    }
}

#[test]
fn a_try_says_what_would_be_refused() {
    let office = Office::with_sample();
    // The serial of a hazard cannot be that of a department.
    write(&office, "odd.csv", "编号,部门\nDP-001,新名字\nHZ-0001,别的\n");
    for args in
        [&["odd.csv", "--register", "departments", "--try"][..], &["odd.csv", "--register", "departments"]]
    {
        let (said, code) = import(&office, args);
        assert!(code > 0 && said.contains("第 3 行不能写入") && said.contains("HZ-0001"), "{said}");
    }
    assert!(!office.titles("departments").contains(&"新名字".to_owned()));
}

#[test]
fn rows_of_one_title_are_the_same_the_next_time() {
    let office = office();
    let head = "危险源,事故,责任部门,备注\n";
    let rows = "漏电,触电,仓库,一号\n漏电,触电,仓库,二号\n漏电,触电,车间,三号\n";
    write(&office, "a.csv", &format!("{head}{rows}"));
    assert_eq!(import(&office, &["a.csv"]).1, 0);
    assert_eq!(office.titles("hazards").len(), 3);
    let (said, _) = import(&office, &["a.csv"]);
    assert!(said.contains("新增 0，修改 0，相同 3"), "{said}");
    // One of them changed: it is the one that is left.
    write(&office, "a.csv", &format!("{head}{}", rows.replace("二号", "二号楼")));
    let (said, code) = import(&office, &["a.csv"]);
    assert!(code == 0 && said.contains("新增 0，修改 1，相同 2"), "{said}");
    // Which of them one is that differs from all, nobody can know.
    write(&office, "a.csv", &format!("{head}漏电,触电,仓库,九号\n"));
    let (said, _) = import(&office, &["a.csv", "--try"]);
    assert!(said.contains("新增 1，修改 0，相同 0"), "{said}");
}

#[test]
fn what_lies_beyond_and_what_was_never_worked_out_is_named() {
    let office = office();
    let far = format!("部门,负责人{}远\n仓库,甲{}很远的字\n", ",".repeat(600), ",".repeat(600));
    write(&office, "far.csv", &far);
    let (said, code) = import(&office, &["far.csv", "--register", "departments"]);
    assert!(code == 0 && said.contains("第 2 行 第 512 列以后的格子，不取：很远的字"), "{said}");
    write(&office, "open.csv", "部门,负责人\n甲部,\"张\n乙部,李\n丙部,王\n");
    let (said, code) = import(&office, &["open.csv", "--register", "departments"]);
    assert!(code == 2 && said.contains("第 2 行起有一个引号没有收尾"), "{said}");
    assert_eq!(office.titles("departments"), ["仓库"]);
    // A mark for inches is no quote.
    write(&office, "inch.csv", "部门,负责人\n\"甲\n部\",5\" 管\n");
    assert_eq!(import(&office, &["inch.csv", "--register", "departments"]).1, 0);
}

#[test]
fn separated_values_give_back_what_only_looks_like_a_formula() {
    let office = Office::with_sample();
    for note in ["=1+1", "'=1+1", "-5", "''-5", "'quoted'"] {
        assert_eq!(office.run("zh", &["set", "DP-001", &format!("note={note}")]).2, 0);
        assert_eq!(office.run("zh", &["export", "departments", "--to", "d.csv"]).2, 0);
        let (said, _) = import(&office, &["d.csv", "--try"]);
        assert!(said.contains("新增 0，修改 0"), "{note}: {said}");
        std::fs::remove_file(office.folder.path().join("d.csv")).unwrap();
    }
}

#[test]
fn a_row_inside_an_entry_that_names_nobody_says_so() {
    let office = Office::with_sample();
    assert_eq!(office.run("zh", &["export", "programmes", "--to", "p.csv"]).2, 0);
    let path = office.folder.path().join("p.csv");
    let text = std::fs::read_to_string(&path).unwrap();
    let there = r#"[{""id"":""DP-001"",""title"":""技术部""}]"#;
    assert!(text.contains(there), "{text}");
    std::fs::write(&path, text.replace(there, r#"""没有的部"""#)).unwrap();
    let (said, _) = import(&office, &["p.csv", "--try"]);
    assert!(said.contains("读不了的格子") && said.contains("没有的部"), "{said}");
}

/// One form on a sheet for each department: its name over the table, or only as that of the sheet.
fn by_department(office: &Office) {
    let head: &[&str] = &["序号", "活动", "环境因素", "环境影响", "控制措施"];
    let sheet =
        |name: &'static str, rows: &'static [&'static [&'static str]]| Made { name, rows, merged: &[] };
    let first: &[&[&str]] = &[
        &["环境因素清单"],
        &["部门：技术部    日期：2022-03-15"],
        head,
        &["1", "编程", "用电", "资源消耗", "随手关灯"],
        &["2", "", "废纸", "固废", "回收"],
    ];
    let second: &[&[&str]] = &[
        head,
        &["0", "", "碎纸", "固废", "回收"],
        &["1", "会议", "废水瓶", "固废", "回收"],
        &["编制：甲", "审核：乙"],
    ];
    let third: &[&[&str]] = &[&["部门", "仓库"], head, &["1", "搬运", "包装废弃", "不是影响", "回收"]];
    let (first, second, third) = (first.to_vec().leak(), second.to_vec().leak(), third.to_vec().leak());
    let other: &[&[&str]] = &[&["姓名", "电话"], &["甲", "1"]];
    sheets::write(
        &office.folder.path().join("all.xlsx"),
        &[
            sheet("技术", first),
            sheet("综合办公室", second),
            Made { name: "通讯录", rows: other, merged: &[] },
            sheet("第三张", third),
        ],
    );
}

#[test]
fn one_form_on_several_sheets_is_taken_together_when_it_is_asked_for() {
    let office = Office::with_sample();
    by_department(&office);
    let (said, code) = import(&office, &["all.xlsx", "--try"]);
    assert!(code == 0 && said.contains("还有 2 张同样的表没有取：综合办公室、第三张"), "{said}");
    assert!(said.contains("新增 2，"), "{said}");
    let (said, code) = import(&office, &["all.xlsx", "--sheet", "all"]);
    assert!(code == 0 && said.contains("新增 5，"), "{said}");
    // What stands over one sheet is no activity of the next, and what stands over each is told.
    let (row, ..) = office.run("zh", &["list", "aspects", "碎纸", "--columns", "aspect,activity", "--csv"]);
    assert!(row.trim_end().ends_with("碎纸,"), "{row}");
    assert!(said.contains("第 第三张!1 行 表头以上，不取：部门  仓库"), "{said}");
    assert!(said.contains("第三张!D3 环境影响"), "what cannot be read is named with its sheet: {said}");
    assert!(said.contains("第 综合办公室!4 行 签名行"), "{said}");
    let (rows, ..) =
        office.run("zh", &["list", "aspects", "环境因素:用电", "--columns", "aspect,department", "--csv"]);
    assert!(rows.contains("用电,技术部"), "{rows}");
    for (aspect, department) in [("废水瓶", "综合办公室"), ("包装废弃", "仓库")] {
        let (rows, ..) =
            office.run("zh", &["list", "aspects", aspect, "--columns", "aspect,department", "--csv"]);
        assert!(rows.contains(&format!("{aspect},{department}")), "{rows}");
    }
    // By keys, in both languages.
    for (lang, size, told, all, new, done) in [
        ("zh", (80, 24), "还有 2 张同样的表", "同样的 3 张一起", "其余", "已导入"),
        ("en", (120, 40), "2 other sheets of this form", "all 3 of this form", "The rest", "imported"),
    ] {
        let office = Office::with_sample();
        by_department(&office);
        let before = office.titles("aspects").len();
        let mut terminal = office.start(lang, size, &[]);
        terminal.wait("?").press("I", "all.xlsx").press("\r", told);
        terminal.press("\r", all).send(all).press("\r", "技术, 综合办公室, 第三张").press("\t", new).send(F2);
        terminal.wait("[3").send(F2).wait(done).send("q");
        assert_eq!(terminal.end(), 0);
        assert_eq!(office.titles("aspects").len(), before + 5);
    }
}

#[test]
fn a_workbook_that_went_out_and_was_edited_comes_back_as_its_changes() {
    let office = Office::with_sample();
    assert_eq!(office.run("zh", &["export", "hazards", "--to", "h.xlsx"]).2, 0);
    let path = office.folder.path().join("h.xlsx");
    let book = Workbook::open(&path).unwrap();
    assert_eq!(book.sheets[1].name, "危险源·控制措施");
    // As Excel would save it: one name changed, one measure more for HZ-0004.
    let texts = |sheet: &Sheet, line: &Line| -> Vec<String> {
        let width = sheet.width();
        (0..width).map(|at| line.text(at).replace("漏电", "插座漏电")).collect()
    };
    let mut sheets: Vec<(String, Vec<Vec<String>>)> = book
        .sheets
        .iter()
        .map(|sheet| (sheet.name.clone(), sheet.lines.iter().map(|line| texts(sheet, line)).collect()))
        .collect();
    let mut more = sheets[1].1.iter().find(|row| row[0] == "HZ-0004").unwrap().clone();
    *more.last_mut().unwrap() = "每月试按漏电保护器".to_owned();
    sheets[1].1.push(more);
    let rows: Vec<Vec<Vec<&str>>> = sheets
        .iter()
        .map(|(_, rows)| rows.iter().map(|row| row.iter().map(String::as_str).collect()).collect())
        .collect();
    let rows: Vec<Vec<&[&str]>> = rows.iter().map(|rows| rows.iter().map(Vec::as_slice).collect()).collect();
    let made: Vec<Made> =
        sheets.iter().zip(&rows).map(|((name, _), rows)| Made { name, rows, merged: &[] }).collect();
    sheets::write(&path, &made);
    let (said, code) = import(&office, &["h.xlsx"]);
    assert!(code == 0 && said.contains("新增 0，修改 1，相同 13，不取 0"), "{said}");
    assert!(said.contains("HZ-0004  危险源: 漏电 -> 插座漏电"), "{said}");
    let (shown, ..) = office.run("zh", &["show", "HZ-0004"]);
    assert!(shown.contains("每月试按漏电保护器"), "{shown}");
}

#[test]
fn a_head_of_three_lines() {
    let office = office();
    let rows: &[&[&str]] = &[
        &["危险源辨识评价表"],
        &["序号", "危险源", "可能的事故", "风险评价", "", "", "", "", "责任部门"],
        &["", "", "", "作业条件危险性", "", "", "D值", "级别", ""],
        &["", "", "", "L", "E", "C", "", "", ""],
        &["1", "漏电", "触电", "1", "6", "15", "90", "显著危险", "仓库"],
    ];
    sheets::plain(&office.folder.path().join("three.xlsx"), rows);
    let (said, code) = import(&office, &["three.xlsx", "--try"]);
    assert!(code == 0 && said.contains("表头第 2-4 行"), "{said}");
    assert!(
        said.contains("因子 L") && said.contains("因子 C") && said.contains("1 行里 1 行与表里一致"),
        "{said}"
    );
}

/// Mistakes that stand in published tables: a sum of 7 called significant twice and not the third time, though the rows are
/// alike; a product that is none; one value with two levels in one table.
#[test]
fn mistakes_of_published_tables_are_found() {
    let office = office();
    let aspects = "序号,活动,环境因素,A,B,C,D,E,F,Σ,是否重要环境因素\n\
        1,办公,空调氟泄漏,2,1,1,1,1,1,7,是\n\
        2,办公,电脑光辐射,1,1,1,2,1,1,7,是\n\
        3,办公,复印机光辐射,1,1,1,2,1,1,7,否\n\
        4,办公,废旧灯管,3,2,3,3,3,2,16,是\n\
        5,办公,废纸,3,2,2,2,2,1,12,否\n";
    write(&office, "asp.csv", aspects);
    let (said, code) = import(&office, &["asp.csv", "--try"]);
    assert_eq!(code, 1, "{said}");
    for line in ["第 2 行 空调氟泄漏", "第 3 行 电脑光辐射", "不一致 2 行"] {
        assert!(said.contains(line), "{line}: {said}");
    }
    let hazards = "序号,危险源,L,E,C,D,危险级别\n\
        1,甲,3,3,7,42,一般危险\n2,乙,1,3,15,45,稍有危险\n3,丙,1,3,15,45,一般危险\n4,丁,3,1,15,45,一般危险\n\
        5,戊,1,6,15,90,显著危险\n6,己,1,3,3,9,稍有危险\n";
    write(&office, "lec.csv", hazards);
    let (said, code) = import(&office, &["lec.csv", "--try"]);
    assert_eq!(code, 1, "{said}");
    for line in ["第 2 行 甲：表里 分值 42", "是 63", "第 3 行 乙：表里 级别 稍有危险", "不一致 2 行"]
    {
        assert!(said.contains(line), "{line}: {said}");
    }
}

#[test]
fn the_words_of_the_method_in_use_are_its_own_and_unknown_ones_are_told() {
    let office = office();
    // All words are those of the method in use; two of them stand where they do not belong.
    let rows = "危险源,L,E,C,D,级别\n滑倒,3,6,3,54,一般危险\n触电,1,6,15,90,显著危险\n烫,3,3,7,63,稍有危险\n\
        久坐,6,10,1,60,一般危险\n登高,3,3,15,135,一般危险\n火,3,6,15,270,高度危险\n";
    write(&office, "own.csv", rows);
    let (said, code) = import(&office, &["own.csv", "--try"]);
    assert_eq!(code, 1, "{said}");
    for line in [
        "* LEC 作业条件危险性评价法：6 行里 4 行",
        "第 4 行 烫：表里 级别 稍有危险",
        "第 6 行 登高：表里 级别 一般危险",
    ] {
        assert!(said.contains(line), "{line}: {said}");
    }
    // A word that is no method's and stands for two bands alike is not checked, told, and kept.
    write(
        &office,
        "odd.csv",
        "危险源,L,E,C,D,级别\n甲,1,6,3,18,灰色\n乙,3,3,15,135,灰色\n丙,3,6,3,54,一般危险\n",
    );
    let (said, code) = import(&office, &["odd.csv"]);
    assert!(code == 0 && said.contains("第 3 行 乙：级别「灰色」对不上任何一级，没有核对"), "{said}");
    assert!(office.run("zh", &["show", "HZ-0002"]).0.contains("级别=灰色"));
    // Acceptable or not is a verdict, a level V is none.
    write(&office, "yes.csv", "危险源,L,E,C,D,级别\n丁,3,6,15,270,可接受\n戊,1,6,3,18,V\n");
    let (said, _) = import(&office, &["yes.csv", "--try"]);
    assert!(said.contains("第 2 行 丁：表里 级别 可接受") || said.contains("丁：表里 列入 否"), "{said}");
    assert!(said.contains("第 3 行 戊：级别「V」对不上任何一级"), "{said}");
}

#[test]
fn what_stands_beside_a_table_is_told_or_kept() {
    let office = Office::with_sample();
    let head: &[&str] = &["序号", "活动", "环境因素", "环境影响"];
    let first: &[&[&str]] = &[
        &["环境因素清单", "", "编号：JL-04"],
        head,
        &["1", "办公", "用水", "资源消耗", "", "表外批注"],
        &["2", "", "用气", "资源消耗"],
        &["3", "会务", "打印", "资源消耗"],
        &["4", "", "茶水", "固废"],
        &["合计", "", "共 4 项"],
    ];
    let other: &[&[&str]] = &[&["姓名", "电话"], &["甲", "1"]];
    let path = office.folder.path().join("beside.xlsx");
    // Only the first activity is merged; the second stands once over a blank.
    let merged: &[(u32, u16, u32, u16)] = &[(2, 1, 3, 1)];
    sheets::write(
        &path,
        &[Made { name: "清单", rows: first, merged }, Made { name: "通讯录", rows: other, merged: &[] }],
    );
    let (said, code) = import(&office, &["beside.xlsx"]);
    assert!(code == 0 && said.contains("新增 4，"), "{said}");
    for line in [
        "没有取的工作表：通讯录",
        "第 1 行 表头以上，不取：环境因素清单  编号：JL-04",
        "第 7 行 合计行，不取：合计  共 4 项",
    ] {
        assert!(said.contains(line), "{line}: {said}");
    }
    let (shown, ..) = office.run("zh", &["list", "aspects", "茶水", "--columns", "aspect,activity", "--csv"]);
    assert!(shown.contains("茶水,会务"), "{shown}");
    let (shown, ..) = office.run("zh", &["list", "aspects", "用水", "--columns", "aspect,note", "--csv"]);
    assert!(shown.contains("F：表外批注"), "{shown}");
    // Without an activity a row is nobody's until it is said: nothing is written over.
    write(&office, "bare.csv", "活动,环境因素,环境影响\n,电的消耗,资源消耗\n");
    let (said, _) = import(&office, &["bare.csv", "--register", "aspects", "--try"]);
    assert!(said.contains("新增 1，修改 0"), "{said}");
}

#[test]
fn rows_that_repeat_rows_astray_and_sheets_of_departments_are_told() {
    let office = office();
    write(&office, "twice.csv", "危险源,事故,备注\n漏电,触电,一\n漏电,触电,一\n烫伤,灼烫,\n");
    let (said, code) = import(&office, &["twice.csv"]);
    assert!(
        code == 0 && said.contains("新增 2，") && said.contains("第 3 行 漏电：和前面的一行是同一条"),
        "{said}"
    );
    // Nothing to take is not the same as all of it being there.
    write(&office, "empty.csv", "危险源,事故,备注\n,触电,一\n");
    let (said, _) = import(&office, &["empty.csv", "--register", "hazards"]);
    assert!(said.contains("没有一行能写入") && !said.contains("已经都有了"), "{said}");
    // Sheets that are called as departments are called make them; a problem that is none is none.
    let head: &[&str] = &["活动", "环境因素", "环境影响"];
    let (one, two): (&[&[&str]], &[&[&str]]) =
        (&[head, &["编程", "用电", "资源消耗"]], &[head, &["记账", "用纸", "资源消耗"]]);
    let path = office.folder.path().join("depts.xlsx");
    let sheet = |name, rows| Made { name, rows, merged: &[] };
    sheets::write(&path, &[sheet("研发部", one), sheet("财务室", two)]);
    let (said, _) = import(&office, &["depts.xlsx", "--try"]);
    assert!(said.contains("部门 1 条：研发部"), "{said}");
    let (said, code) = import(&office, &["depts.xlsx", "--sheet", "all"]);
    assert!(code == 0 && said.contains("部门 2 条：研发部、财务室"), "{said}");
    let rows = "演练名称,演练日期,存在问题\n疏散,2022-03-01,无\n触电,2022-04-01,灭火器过期\n";
    write(&office, "drills.csv", rows);
    let (said, code) = import(&office, &["drills.csv", "--register", "drills"]);
    assert_eq!(code, 0, "{said}");
    let (first, second) =
        (office.run("zh", &["show", "DR-2022-01"]).0, office.run("zh", &["show", "DR-2022-02"]).0);
    assert!(!first.contains("问题：无") && second.contains("灭火器过期"), "{first}{second}");
    // Markdown is no list of ours.
    write(&office, "list.md", "# 清单\n\n| 危险源 | 事故 |\n| --- | --- |\n| 漏电 | 触电 |\n");
    let (said, code) = import(&office, &["list.md", "--register", "hazards", "--try"]);
    assert!(code == 2 && said.contains("Markdown"), "{said}");
}

#[test]
fn a_decision_is_taken_back_a_step_is_one_step_and_deleting_asks_why() {
    for (lang, first, change, why, done) in [
        ("zh", "[1 列]", "再按一次 Enter 才换", "要删除", "删除 13"),
        ("en", "[1 Columns]", "Enter once more changes it", "to be deleted", "deleted 13"),
    ] {
        let office = Office::with_sample();
        // Two sheets of one form: of one entry that is there, another is new.
        let head: &[&str] = &["编号", "危险源", "事故", "备注"];
        let one: &[&[&str]] = &[head, &["HZ-0004", "漏电", "触电", "改过"], &["", "新的", "火灾", "x"]];
        let two: &[&[&str]] = &[head, &["", "又一个", "火灾", "y"]];
        sheets::write(
            &office.folder.path().join("two.xlsx"),
            &[Made { name: "甲", rows: one, merged: &[] }, Made { name: "乙", rows: two, merged: &[] }],
        );
        let mut terminal = office.start(lang, (100, 30), &[]);
        terminal.wait("?").press("I", "two.xlsx").press("\r", first).press("\t", "HZ-0004");
        // u takes back what was decided here, and nothing of the book.
        let seq = office.run("zh", &["status", "--json"]).0;
        terminal.send("x").wait_gone("漏电  (").press("u", "漏电  (").send("u");
        assert_eq!(office.run("zh", &["status", "--json"]).0, seq);
        // Another sheet begins anew, which is said first; Esc goes back one step at a time.
        terminal.send("x").wait_gone("漏电  (").press("\u{1b}", first).press("\r", change);
        terminal.press("\t", "HZ-0004").press("u", "漏电  (");
        // What is not in the file goes only when it is said twice, and why.
        terminal.press("\t", "F2").send("\u{1b}[B").wait("13");
        let mut tries = 0;
        while !terminal.screen().contains(why) && tries < 6 {
            terminal.send("j\r");
            std::thread::sleep(std::time::Duration::from_millis(200));
            tries += 1;
        }
        assert!(terminal.screen().contains(why), "{}", terminal.screen());
        terminal.send(F2).wait(if lang == "zh" { "为什么" } else { "Why?" });
        assert_eq!(office.titles("hazards").len(), 14);
        terminal.press("整理\r", done).send("q");
        assert_eq!(terminal.end(), 0);
        assert_eq!(office.titles("hazards").len(), 2);
    }
}
