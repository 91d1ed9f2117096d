//! Lists of other programs: each shape in which real forms come is read as a person reads it, what cannot be read is named
//! with its place, and nothing is written but in one commit that can be taken back.
#![allow(clippy::unwrap_used, clippy::indexing_slicing, clippy::panic)]

mod common;
#[path = "common/office.rs"]
mod office;
#[path = "common/sheets.rs"]
mod sheets;
#[path = "common/terminal.rs"]
mod terminal;

use std::path::PathBuf;

use office::{ESC, F2, Office};
use serde_json::Value as Json;
use sheets::{Made, plain, write};

/// An office with an empty book.
fn office() -> Office {
    let office = Office::new();
    drop(common::empty(&office.book()));
    office
}

fn file(office: &Office, name: &str) -> PathBuf {
    office.folder.path().join(name)
}

fn json(office: &Office, args: &[&str]) -> Json {
    let (out, wrong, code) = office.run("zh", &[args, &["--json"]].concat());
    assert!(code < 2, "{args:?}: {wrong}");
    serde_json::from_str(&out).unwrap_or_else(|error| panic!("{error}: {out}{wrong}"))
}

/// What a file would come to.
fn tried(office: &Office, name: &str) -> Json {
    json(office, &["import", name, "--try"])
}

/// Imports a file; statements that differ are kept as they are stated.
fn imported(office: &Office, name: &str) {
    let (out, wrong, code) = office.run("zh", &["import", name, "--verdicts", "stated"]);
    assert_eq!(code, 0, "{out}{wrong}");
}

/// Fields of every entry of a register, as they are shown.
fn rows(office: &Office, register: &str, columns: &str) -> Vec<Vec<String>> {
    let (out, wrong, code) =
        office.run("zh", &["list", register, "--columns", columns, "--sort", "id", "--csv"]);
    assert_eq!(code, 0, "{wrong}");
    let mut reader = csv::Reader::from_reader(out.as_bytes());
    reader.records().map(|record| record.unwrap().iter().map(str::to_owned).collect()).collect()
}

fn unread(tried: &Json) -> Vec<String> {
    let rows = tried["rows"].as_array().unwrap().iter();
    rows.flat_map(|row| {
        row["unread"].as_array().unwrap().iter().map(|cell| cell.as_str().unwrap().to_owned())
    })
    .collect()
}

fn differs(tried: &Json) -> Vec<(u64, String)> {
    let rows = tried["rows"].as_array().unwrap().iter();
    rows.filter_map(|row| Some((row["line"].as_u64()?, row["differs"].as_str()?.to_owned()))).collect()
}

fn counts(tried: &Json) -> [u64; 4] {
    ["new", "changed", "same", "left"].map(|name| tried["counts"][name].as_u64().unwrap())
}

/// The form with two lines of heads, marks in columns, activities merged downwards and signatures below.
const ASPECTS: &[&[&str]] = &[
    &["环境因素识别与影响评价表"],
    &["表单编号：QP-07-01", "", "", "", "", "", "部门：办公室"],
    &[
        "序号",
        "活动/产品/服务",
        "环境因素",
        "状态",
        "",
        "",
        "环境影响",
        "",
        "评价因子",
        "",
        "",
        "",
        "",
        "",
        "Σ",
        "是否重要",
        "现有控制措施",
        "责任岗位",
    ],
    &["", "", "", "正常", "异常", "紧急", "大气", "固废", "A", "B", "C", "D", "E", "F"],
    &[
        "1",
        "办公",
        "废纸",
        "√",
        "",
        "",
        "",
        "√",
        "3",
        "2",
        "1",
        "2",
        "2",
        "1",
        "11",
        "否",
        "双面打印",
        "前台",
    ],
    &["2", "", "硒鼓", "√", "", "", "", "√", "3", "3", "3", "3", "3", "2", "17", "是", "回收"],
    &["3", "", "潜在火灾", "", "", "√", "√", "√", "1", "3", "5", "4", "2", "5", "20", "√", "灭火器"],
    &[],
    &["4", "出差", "尾气", "√", "", "", "√", "", "2", "3", "2", "2", "2", "2", "13", "", "拼车"],
    &["编制：甲", "", "", "审核：乙", "", "", "", "", "批准：丙  2021年11月21日"],
];
const ASPECTS_MERGED: &[(u32, u16, u32, u16)] = &[
    (0, 0, 0, 16),
    (2, 0, 3, 0),
    (2, 1, 3, 1),
    (2, 2, 3, 2),
    (2, 3, 2, 5),
    (2, 6, 2, 7),
    (2, 8, 2, 13),
    (4, 1, 6, 1),
];

#[test]
fn a_form_with_two_lines_of_heads_marks_and_merged_activities() {
    let office = office();
    write(&file(&office, "a.xlsx"), &[Made { name: "表", rows: ASPECTS, merged: ASPECTS_MERGED }]);
    assert_eq!(counts(&tried(&office, "a.xlsx")), [4, 0, 0, 0]);
    imported(&office, "a.xlsx");
    assert_eq!(
        rows(&office, "aspects", "activity,aspect,condition,impact,score,level,evaluated"),
        [
            ["办公", "废纸", "正常", "固废", "11", "一般", "2021-11-21"],
            ["办公", "硒鼓", "正常", "固废", "17", "重要", "2021-11-21"],
            ["办公", "潜在火灾", "紧急", "大气 固废", "20", "重要", "2021-11-21"],
            ["出差", "尾气", "正常", "大气", "13", "一般", "2021-11-21"],
        ]
    );
    // A column of which nothing is known is kept as words.
    assert_eq!(rows(&office, "aspects", "note")[0], ["责任岗位：前台"]);
    assert_eq!(office.titles("activities"), ["出差", "办公"]);
    assert_eq!(office.run("zh", &["list", "significant-aspects"]).0.lines().count(), 3);
    // All of it is one change, and one undo takes all of it back.
    assert_eq!(office.run("zh", &["undo"]).2, 0);
    assert!(office.titles("aspects").is_empty() && office.titles("activities").is_empty());
}

#[test]
fn sections_totals_heads_again_and_remarks_are_no_entries() {
    let office = office();
    let rows_made: &[&[&str]] = &[
        &["序号", "危险源", "事故类型", "L", "E", "C", "D", "等级"],
        &["一、办公活动"],
        &["1", "漏电", "触电", "1", "6", "15", "90", "显著"],
        &["2", "审核时绊倒", "跌落", "1", "3", "3", "9", "稍有"],
        &["（二）出差"],
        &["序号", "危险源", "事故类型", "L", "E", "C", "D", "等级"],
        &["3", "交通事故", "车辆伤害", "1", "3", "40", "120", "显著危险"],
        &["4", "", "", "1", "1", "1", "1"],
        &["合计", "", "", "", "", "", "219"],
        &["注：L 可能性，E 频繁程度，C 后果"],
    ];
    plain(&file(&office, "h.xlsx"), rows_made);
    let tried = tried(&office, "h.xlsx");
    // The line without a name is said to be left.
    assert_eq!((counts(&tried), differs(&tried)), ([3, 0, 0, 1], vec![]));
    imported(&office, "h.xlsx");
    assert_eq!(
        rows(&office, "hazards", "activity,hazard,accident,score"),
        [
            ["办公活动", "漏电", "触电", "90"],
            ["办公活动", "审核时绊倒", "跌落", "9"],
            ["出差", "交通事故", "车辆伤害", "120"]
        ]
    );
    let told = office.run("zh", &["import", "h.xlsx", "--try"]).0;
    for line in [
        "第 5 行 分段：（二）出差",
        "第 6 行 重复的表头",
        "第 8 行 没有名称，不取",
        "第 9 行 合计行",
        "第 10 行 说明",
    ] {
        assert!(told.contains(line), "{line} in {told}");
    }
}

#[test]
fn several_sheets_of_which_the_first_is_a_cover() {
    let office = office();
    let cover: &[&[&str]] = &[&["管理体系文件"], &["版本", "A/0"]];
    let drills: &[&[&str]] = &[
        &["演练名称", "演练日期", "演练地点"],
        &["疏散演练", "2021.11.21", "一楼"],
        &["灭火演练", "２０２１年９月", "停车场"],
        &["夜间演练", "2021-13-40", "大厅"],
    ];
    let sheets =
        [Made { name: "封面", rows: cover, merged: &[] }, Made { name: "演练", rows: drills, merged: &[] }];
    write(&file(&office, "d.xlsx"), &sheets);
    let tried = tried(&office, "d.xlsx");
    assert_eq!(unread(&tried), ["B4 演练日期：「2021-13-40」没有这个月，月份是 1 到 12。"]);
    imported(&office, "d.xlsx");
    assert_eq!(
        rows(&office, "drills", "title,date,place"),
        [["疏散演练", "2021-11-21", "一楼"], ["灭火演练", "2021-09", "停车场"], ["夜间演练", "", "大厅"]]
    );
    assert_eq!(rows(&office, "drills", "title,note")[2][1], "演练日期：2021-13-40");
    let (_, wrong, code) = office.run("zh", &["import", "d.xlsx", "--sheet", "封面", "--try"]);
    assert_eq!(code, 2, "{wrong}");
    assert!(wrong.contains("没有认出"), "{wrong}");
    let (_, wrong, code) = office.run("zh", &["import", "d.xlsx", "--sheet", "封底", "--try"]);
    assert!(code == 2 && wrong.contains("有：封面, 演练"), "{wrong}");
}

#[test]
fn numbers_as_text_wide_digits_and_days_counted_from_1900() {
    let office = office();
    let rows_made: &[&[&str]] = &[
        &["危险源", "L（可能性）", "E", "C 后果", "D=LEC", "风险等级", "评价日期"],
        &["漏电", "'１", "'6", "'15", "'90", "显著危险，需要整改", "44521"],
        &["烫伤", "0.5", "6", "3", "9", "稍有危险", "@44521"],
        &["碰撞", "1", "很高", "3", "9", "稍有危险", "2021/9/3"],
    ];
    plain(&file(&office, "n.xlsx"), rows_made);
    let tried = tried(&office, "n.xlsx");
    assert_eq!(unread(&tried), ["C4 E：「很高」不是数，写成 12 或 0.5。"]);
    imported(&office, "n.xlsx");
    assert_eq!(
        rows(&office, "hazards", "hazard,score,level,evaluated"),
        [
            ["漏电", "90", "显著", "2021-11-21"],
            ["烫伤", "9", "稍有", "2021-11-21"],
            // What is stated is kept, although not all factors can be read.
            ["碰撞", "9", "稍有", "2021-09-03"]
        ]
    );
}

#[test]
fn separated_values_of_an_old_system_in_its_encoding() {
    let office = office();
    let text = "活动;环境因素;状态;级别\r\n办公;\"废纸;废书\";正常;一般\r\n;硒鼓;正常状态;重要\r\n出差;尾气;偶尔;一般\r\n";
    let (bytes, ..) = encoding_rs::GBK.encode(text);
    std::fs::write(file(&office, "g.csv"), &bytes).unwrap();
    let tried = tried(&office, "g.csv");
    assert_eq!(unread(&tried), ["C4 状态：没有选项「偶尔」，可选：正常, 异常, 紧急。"]);
    assert_eq!(tried["counts"]["bare"], 3);
    imported(&office, "g.csv");
    // What stands once for several lines is filled down where nothing says that cells are merged.
    assert_eq!(
        rows(&office, "aspects", "activity,aspect,condition,level,reason"),
        [
            ["办公", "废纸;废书", "正常", "一般", "照原表，没有因子可算"],
            ["办公", "硒鼓", "正常", "重要", "照原表，没有因子可算"],
            ["出差", "尾气", "", "一般", "照原表，没有因子可算"]
        ]
    );
    assert_eq!(office.run("zh", &["verify"]).2, 0);
}

#[test]
fn workbooks_of_the_old_excel_and_of_open_document() {
    let office = office();
    std::fs::copy("tests/files/hazards.xls", file(&office, "h.xls")).unwrap();
    imported(&office, "h.xls");
    let expected = [["打印", "打印机漏电", "90"], ["打印", "卡纸伤手", "63"]];
    assert_eq!(rows(&office, "hazards", "activity,hazard,score"), expected);
    // The same as OpenDocument, under a wrong name: nothing of it is new.
    let cell = |text: &str| {
        format!("<table:table-cell office:value-type=\"string\"><text:p>{text}</text:p></table:table-cell>")
    };
    let number = |text: &str| {
        format!(
            "<table:table-cell office:value-type=\"float\" office:value=\"{text}\"><text:p>{text}</text:p></table:table-cell>"
        )
    };
    let row = |cells: String| format!("<table:table-row>{cells}</table:table-row>");
    let head = row(["活动", "危险源", "L", "E", "C", "D"].map(cell).concat());
    let one = row([cell("打印"), cell("打印机漏电"), ["1", "6", "15", "90"].map(number).concat()].concat());
    let two = row([
        "<table:covered-table-cell/>".to_owned(),
        cell("卡纸伤手"),
        ["3", "3", "7", "64"].map(number).concat(),
    ]
    .concat());
    let content = format!(
        "<?xml version=\"1.0\"?><office:document-content xmlns:office=\"urn:oasis:names:tc:opendocument:xmlns:office:1.0\" xmlns:table=\"urn:oasis:names:tc:opendocument:xmlns:table:1.0\" xmlns:text=\"urn:oasis:names:tc:opendocument:xmlns:text:1.0\"><office:body><office:spreadsheet><table:table table:name=\"S\">{head}{one}{two}</table:table></office:spreadsheet></office:body></office:document-content>"
    );
    let mut archive = zip::ZipWriter::new(std::fs::File::create(file(&office, "h.csv")).unwrap());
    let parts = [
        ("mimetype", "application/vnd.oasis.opendocument.spreadsheet"),
        ("META-INF/manifest.xml", "<manifest/>"),
        ("content.xml", &content),
    ];
    for (name, text) in parts {
        archive.start_file(name, zip::write::SimpleFileOptions::default()).unwrap();
        std::io::Write::write_all(&mut archive, text.as_bytes()).unwrap();
    }
    archive.finish().unwrap();
    let tried = tried(&office, "h.csv");
    assert_eq!(counts(&tried), [0, 1, 1, 0]);
    assert!(differs(&tried)[0].1.starts_with("表里 分值 64；按因子 L3 E3 C7 是 63"), "{tried}");
}

#[test]
fn json_of_a_script_and_of_the_program_itself() {
    let office = office();
    std::fs::write(
        file(&office, "p.jsonl"),
        "{\"title\":\"前台\",\"head\":\"甲\"}\n{\"title\":\"仓库\",\"颜色\":\"红\"}\n",
    )
    .unwrap();
    let (out, wrong, code) = office.run("en", &["import", "p.jsonl", "--register", "departments"]);
    assert_eq!(code, 0, "{out}{wrong}");
    assert_eq!(
        rows(&office, "departments", "title,head,note"),
        [["前台", "甲", ""], ["仓库", "", "颜色: 红"]]
    );
    // What the program itself prints comes to nothing new.
    let own = office.run("zh", &["list", "departments", "--json"]).0;
    std::fs::write(file(&office, "own.json"), own).unwrap();
    assert_eq!(counts(&tried(&office, "own.json")), [0, 0, 2, 0]);
    std::fs::write(file(&office, "torn.json"), "[{\"title\":\"a\"},").unwrap();
    let (_, wrong, code) = office.run("zh", &["import", "torn.json", "--try"]);
    assert!(code == 2 && wrong.contains("JSON 第 1 行"), "{wrong}");
}

#[test]
fn an_english_matrix_with_residual_risk() {
    let office = office();
    let rows_made: &[&[&str]] = &[
        &[
            "#",
            "Activity",
            "Hazard",
            "Consequence",
            "L",
            "S",
            "Risk score",
            "Risk level",
            "Existing controls",
            "Residual",
            "",
            "",
        ],
        &["", "", "", "", "", "", "", "", "", "L", "S", "Risk score"],
        &["1", "Printing", "Electric shock", "electric shock", "3", "5", "15", "high", "RCD", "1", "5", "5"],
        &["2", "Printing", "Paper cut", "other", "4", "1", "4", "low", "", "4", "1", "4"],
        &[
            "3",
            "Travel",
            "Road accident",
            "vehicle accident",
            "2",
            "5",
            "12",
            "moderate",
            "rest",
            "1",
            "5",
            "5",
        ],
    ];
    let merged: &[(u32, u16, u32, u16)] = &[(0, 9, 0, 11)];
    write(&file(&office, "m.xlsx"), &[Made { name: "Risk", rows: rows_made, merged }]);
    let tried = office.run("en", &["import", "m.xlsx", "--try", "--json"]).0;
    let tried: Json = serde_json::from_str(&tried).unwrap();
    assert_eq!(differs(&tried).len(), 1, "{tried}");
    assert!(differs(&tried)[0].1.starts_with("stated score 12; its factors L2 S5 give 10"), "{tried}");
    imported(&office, "m.xlsx");
    assert_eq!(
        rows(&office, "hazards", "hazard,accident,score,residual-score,method"),
        [
            ["Electric shock", "触电", "15", "5", "ls@1"],
            ["Paper cut", "其他伤害", "4", "4", "ls@1"],
            ["Road accident", "车辆伤害", "12", "5", "ls@1"]
        ]
    );
}

/// A list of hazards with five mistakes as published tables have them: a product that is wrong, one score in two levels, a
/// judgement with factors, factors that are not all there, a mark against the score.
const WRONG: &[&[&str]] = &[
    &["危险源", "判别依据", "L", "E", "C", "D", "级别", "重大"],
    &["甲", "", "3", "3", "7", "42", "3", ""],
    &["乙", "", "1", "6", "3", "18", "5", ""],
    &["丙", "", "3", "6", "1", "18", "5", ""],
    &["丁", "", "1", "6", "3", "18", "3", ""],
    &["戊", "", "1", "3", "7", "21", "3", ""],
    &["己", "", "3", "3", "3", "27", "3", ""],
    &["庚", "IV", "3", "6", "15", "270", "1", "√"],
    &["辛", "", "1", "6", "", "18", "5", ""],
    &["壬", "", "1", "3", "1", "3", "5", "√"],
    &["癸", "IV", "", "", "", "", "", "√"],
];

#[test]
fn every_verdict_is_worked_out_again_and_the_person_decides() {
    let office = office();
    plain(&file(&office, "w.xlsx"), WRONG);
    let (told, _, code) = office.run("zh", &["import", "w.xlsx", "--try"]);
    assert_eq!(code, 1);
    assert!(told.contains("级别「3」当作") && told.contains("级别「5」当作 稍有危险"), "{told}");
    let tried = tried(&office, "w.xlsx");
    let lines: Vec<u64> = differs(&tried).into_iter().map(|(line, _)| line).collect();
    assert_eq!(lines, [2, 5, 8, 9, 10], "{told}");
    // Undecided, nothing is written.
    let (_, wrong, code) = office.run("zh", &["import", "w.xlsx"]);
    assert!(code == 1 && wrong.contains("5 行的评价与表里写的不一致"), "{wrong}");
    assert!(office.titles("hazards").is_empty());
    // As stated: marked so wherever the reason is told, and the book proves itself all the same.
    imported(&office, "w.xlsx");
    let stated = rows(&office, "hazards", "hazard,score,level,reason");
    assert_eq!(stated[0], ["甲", "42", "一般", "照原表；按因子是 D 63 一般危险"]);
    assert_eq!(stated[3][..3], ["丁", "18", "一般"]);
    assert_eq!(office.run("zh", &["verify"]).2, 0);
    // As computed: what was stated is kept in words.
    assert_eq!(office.run("zh", &["undo"]).2, 0);
    assert_eq!(office.run("zh", &["import", "w.xlsx", "--verdicts", "computed"]).2, 0);
    let computed = rows(&office, "hazards", "hazard,score,level,note");
    assert_eq!(computed[0], ["甲", "63", "一般", "原表评价：L=3 E=3 C=7 分值=42 级别=3 列入=否"]);
    assert_eq!(computed[6][..2], ["庚", "--"], "a judgement with factors follows from nothing");
    assert_eq!(computed[8][..3], ["壬", "3", "稍有"]);
    // Left open: to be evaluated anew.
    assert_eq!(office.run("zh", &["undo"]).2, 0);
    assert_eq!(office.run("zh", &["import", "w.xlsx", "--verdicts", "open"]).2, 0);
    assert_eq!(rows(&office, "hazards", "hazard,level")[0][1], "未评");
    assert_eq!(rows(&office, "hazards", "hazard,level")[1][1], "稍有");
}

#[test]
fn what_fits_the_factors_is_proposed_with_its_share() {
    let office = office();
    // Factors at 1, 4 and 6, over 20 or the law at its top: the five-factor method.
    let rows_made: &[&[&str]] = &[
        &["环境因素", "a", "b", "c", "d", "e", "f", "评价等级"],
        &["废水", "4", "4", "6", "4", "4", "22", "重要"],
        &["废纸", "1", "1", "6", "1", "1", "10", "一般"],
        &["超标噪声", "1", "1", "1", "1", "6", "10", "重要"],
        &["用水", "4", "4", "4", "4", "4", "20", "一般"],
    ];
    plain(&file(&office, "f.xlsx"), rows_made);
    let told = office.run("zh", &["import", "f.xlsx", "--try"]).0;
    assert!(told.contains("* 五因子法（1、4、6）：4 行里 4 行与表里一致"), "{told}");
    imported(&office, "f.xlsx");
    assert_eq!(
        rows(&office, "aspects", "aspect,score,level"),
        [["废水", "22", "重要"], ["废纸", "10", "一般"], ["超标噪声", "10", "重要"], ["用水", "20", "一般"]]
    );
}

#[test]
fn an_edited_list_comes_back_like_a_merge() {
    let office = Office::with_sample();
    let (list, _, _) =
        office.run("zh", &["list", "hazards", "--columns", "id,hazard,accident,owner,note", "--csv"]);
    let before = rows(&office, "hazards", "id,hazard,owner");
    let mut lines: Vec<String> = list.lines().map(str::to_owned).collect();
    let at = |lines: &[String], id: &str| lines.iter().position(|line| line.starts_with(id)).unwrap();
    // One is edited, one is taken out, one is added; the rest is the same.
    let edited = at(&lines, "HZ-0002");
    lines[edited] = lines[edited].replace("火灾,火灾", "火灾,爆炸");
    let gone = at(&lines, "HZ-0014");
    lines.remove(gone);
    lines.push(",新的危险源,触电,,".to_owned());
    std::fs::write(file(&office, "back.csv"), lines.join("\r\n")).unwrap();
    let (told, wrong, code) = office.run("zh", &["import", "back.csv", "--try"]);
    assert_eq!(code, 0, "{told}{wrong}");
    assert!(told.contains("HZ-0002  事故: 火灾 -> 爆炸"), "{told}");
    assert!(told.contains("文件里没有的 1 条（留着不动；--delete-missing 才删）：HZ-0014"), "{told}");
    assert!(told.contains("新增 1，修改 1，相同"), "{told}");
    assert_eq!(office.run("zh", &["import", "back.csv"]).2, 0);
    assert_eq!(rows(&office, "hazards", "id,hazard,owner").len(), before.len() + 1);
    assert_eq!(office.run("zh", &["import", "back.csv", "--delete-missing"]).2, 0);
    assert!(office.run("zh", &["show", "HZ-0014"]).1.contains("已"), "it is said to be deleted");
    // Once more, and there is nothing to do.
    let (_, said, code) = office.run("zh", &["import", "back.csv"]);
    assert!(code == 0 && said.contains("已经都有了"), "{said}");
}

#[test]
fn hostile_cells_stay_text_and_wrecks_get_a_sentence() {
    let office = office();
    let long = "长".repeat(30_000);
    let rows_made: &[&[&str]] = &[
        &["部门", "负责人", "职责"],
        &["'=cmd|'/C calc'!A0", "甲\u{7}\u{202e}乙", "x"],
        &["仓库", "乙", &long],
    ];
    plain(&file(&office, "e.xlsx"), rows_made);
    let (_, wrong, code) = office.run("zh", &["import", "e.xlsx", "--register", "departments"]);
    assert!(code == 2 && wrong.contains("第 3 行不能写入") && wrong.contains("60 kB"), "{wrong}");
    assert!(office.titles("departments").is_empty());
    plain(&file(&office, "e.xlsx"), &rows_made[..2]);
    let (out, wrong, code) = office.run("zh", &["import", "e.xlsx", "--register", "departments"]);
    assert_eq!(code, 0, "{wrong}");
    assert!(!out.contains('\u{7}') && !out.contains('\u{202e}'), "{out:?}");
    assert_eq!(office.titles("departments"), ["=cmd|'/C calc'!A0"]);
    for (name, bytes, said) in [
        ("cut.xlsx", &b"PK\x03\x04\x00\x00"[..], "文件坏了"),
        ("page.xls", b"<html><body><table>", "HTML"),
        ("empty.csv", b"", "空的"),
        ("noise.csv", b"\x00\x01\x02\x80\xff", "编码"),
        ("letter.docx", b"%PDF-1.4", "PDF"),
    ] {
        std::fs::write(file(&office, name), bytes).unwrap();
        let (_, wrong, code) = office.run("zh", &["import", name, "--try"]);
        assert!(code == 2 && wrong.contains(said) && wrong.contains(name), "{name}: {wrong}");
    }
    // Cells that are one and hold much: a small file that would be hundreds of megabytes.
    let line: &[&str] = &["x"];
    let much: &[&str] = &["仓库", &long];
    let rows: Vec<&[&str]> = [rows_made[0], much].into_iter().chain(std::iter::repeat_n(line, 300)).collect();
    write(&file(&office, "one.xlsx"), &[Made { name: "S", rows: &rows, merged: &[(1, 1, 301, 500)] }]);
    let (_, wrong, code) = office.run("zh", &["import", "one.xlsx", "--try"]);
    assert!(code == 2 && wrong.contains("单元格太多"), "{wrong}");
    let (_, wrong, code) = office.run("zh", &["import", "nowhere.xlsx", "--try"]);
    assert!(code == 5 && wrong.contains("nowhere.xlsx"), "{wrong}");
}

#[test]
fn what_a_person_says_of_a_form_is_known_the_next_time() {
    let office = office();
    let first: &[&[&str]] = &[&["危险源", "牵头"], &["漏电", "甲"]];
    let next: &[&[&str]] = &[&["危险源", "牵头"], &["烫伤", "乙"]];
    plain(&file(&office, "one.xlsx"), first);
    plain(&file(&office, "two.xlsx"), next);
    let map = "register = \"hazards\"\n[columns]\n\"牵头\" = \"owner\"\n";
    std::fs::write(file(&office, "map.toml"), map).unwrap();
    let (out, wrong, code) = office.run("zh", &["import", "one.xlsx", "--map", "map.toml"]);
    assert_eq!(code, 0, "{out}{wrong}");
    imported(&office, "two.xlsx");
    assert_eq!(rows(&office, "hazards", "hazard,owner"), [["漏电", "甲"], ["烫伤", "乙"]]);
    std::fs::write(file(&office, "map.toml"), "register = 3").unwrap();
    let (_, wrong, code) = office.run("zh", &["import", "one.xlsx", "--map", "map.toml"]);
    assert!(code == 2 && wrong.contains("map.toml:1"), "{wrong}");
}

#[test]
fn by_keys_from_the_file_to_the_list() {
    for (lang, size, choose, columns, left, ready, done, undone) in [
        (
            "zh",
            (80, 24),
            "导入哪个文件",
            "[1 列]",
            ["待定 5 行", "待定 4 行", "待定 3 行", "还有 3 行"],
            "F2 写入：一次修改",
            "已导入：第 2 次修改",
            "已撤销",
        ),
        (
            "en",
            (120, 40),
            "Import which file",
            "[1 Columns]",
            [
                "undecided evaluations: 5",
                "undecided evaluations: 4",
                "undecided evaluations: 3",
                "Enter goes there",
            ],
            "F2 writes it",
            "imported as change 2",
            "undone",
        ),
    ] {
        let office = office();
        plain(&file(&office, "w.xlsx"), WRONG);
        let mut terminal = office.start(lang, size, &[]);
        terminal.wait("?").press("I", choose).wait("w.xlsx").press("\r", columns).wait("L");
        // One as computed, one as stated; then it is too early to write, and the way back is one key.
        terminal.press("\t", left[0]).send("j").press("2", left[1]).press("1", left[2]);
        terminal.press("\t", left[3]).send(F2).wait(left[2]);
        assert!(office.titles("hazards").is_empty());
        terminal.send("A").wait_gone(left[2]).press("\t", ready).press(F2, done);
        assert_eq!(office.titles("hazards").len(), 10);
        let levels = rows(&office, "hazards", "hazard,score");
        assert_eq!((levels[0][1].as_str(), levels[3][1].as_str(), levels[8][1].as_str()), ("63", "18", "3"));
        terminal.press("u", undone).send("q");
        assert_eq!(terminal.end(), 0);
        assert!(office.titles("hazards").is_empty());
    }
}

#[test]
fn a_wreck_is_told_on_the_screen_and_another_file_chosen() {
    let office = office();
    std::fs::write(file(&office, "page.xls"), "<html><table>").unwrap();
    let mut terminal = office.start("zh", (80, 24), &[]);
    terminal.wait("?").press("I", "导入哪个文件").wait("page.xls").press("\r", "这其实是 HTML 文件");
    terminal
        .send(ESC)
        .wait_gone("HTML")
        .press("I", "导入哪个文件")
        .send("/nowhere.csv")
        .press("\r", "nowhere.csv");
    terminal.send(ESC).wait_gone("nowhere").send("q");
    assert_eq!(terminal.end(), 0);
}
