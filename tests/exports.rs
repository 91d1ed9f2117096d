//! Lists as files: what goes out comes back unchanged, nothing in it acts, and the company's forms look as on paper.
#![allow(clippy::unwrap_used, clippy::indexing_slicing, clippy::panic)]

mod common;
#[path = "common/office.rs"]
mod office;
#[path = "common/terminal.rs"]
mod terminal;

use std::path::PathBuf;

use office::Office;
use serde_json::Value as Json;
use taizhang::exchange::{CellKind, Workbook};

fn file(office: &Office, name: &str) -> PathBuf {
    office.folder.path().join(name)
}

fn json(office: &Office, args: &[&str]) -> Json {
    let (out, wrong, code) = office.run("zh", &[args, &["--json"]].concat());
    assert!(code < 2, "{args:?}: {wrong}");
    serde_json::from_str(&out).unwrap_or_else(|error| panic!("{error}: {out}{wrong}"))
}

fn done(office: &Office, args: &[&str]) -> String {
    let (out, wrong, code) = office.run("zh", args);
    assert_eq!(code, 0, "{args:?}: {out}{wrong}");
    out
}

fn registers(office: &Office) -> Vec<(String, u64)> {
    let all = json(office, &["registers"]);
    let one = |register: &Json| {
        (register["id"].as_str().unwrap().to_owned(), register["entries"].as_u64().unwrap())
    };
    all.as_array().unwrap().iter().map(one).collect()
}

#[test]
fn every_register_comes_back_as_it_went_out() {
    let office = Office::with_sample();
    let registers: Vec<(String, u64)> =
        registers(&office).into_iter().filter(|(_, entries)| *entries > 0).collect();
    assert!(registers.len() > 25);
    for (register, entries) in registers {
        for (name, lang) in
            [("z.xlsx", "zh"), ("e.xlsx", "en"), ("b.xlsx", "both"), ("z.csv", "zh"), ("e.json", "en")]
        {
            let out = done(&office, &["export", &register, "--to", name, "--lang", lang, "--overwrite"]);
            assert!(out.contains(&entries.to_string()), "{out}");
            let tried = json(&office, &["import", name, "--register", &register, "--try"]);
            let counts = &tried["counts"];
            let told = || format!("{register} {name}: {tried}");
            assert_eq!(counts["same"], entries, "{}", told());
            assert_eq!(
                (&counts["new"], &counts["unread"], &counts["differs"]),
                (&0.into(), &0.into(), &0.into()),
                "{}",
                told()
            );
        }
    }
}

#[test]
fn an_empty_book_gets_the_same_registers() {
    let office = Office::with_sample();
    // What only the program records is not written by hand; it is the business of the review round.
    let kept = |entry: &Json| {
        let mut fields = entry["fields"].as_object().unwrap().clone();
        for field in ["reviewed", "aside", "attachments"] {
            fields.remove(field);
        }
        (entry["id"].clone(), fields)
    };
    let all = |office: &Office, register: &str| -> Vec<_> {
        json(office, &["list", register, "--sort", "id"]).as_array().unwrap().iter().map(kept).collect()
    };
    let order = ["departments", "activities", "documents", "plans", "assets", "aspects", "hazards"];
    for lang in ["zh", "en"] {
        let other = Office::new();
        drop(common::empty(&other.book()));
        for register in order {
            let path = file(&office, "out.xlsx").display().to_string();
            done(&office, &["export", register, "--to", &path, "--lang", lang, "--overwrite"]);
            done(&other, &["import", &path, "--register", register]);
            assert_eq!(all(&other, register), all(&office, register), "{register} {lang}");
        }
        assert_eq!(
            done(&other, &["list", "significant-aspects"]),
            done(&office, &["list", "significant-aspects"])
        );
        done(&other, &["verify"]);
    }
}

#[test]
fn nothing_in_a_file_acts() {
    let office = Office::new();
    drop(common::empty(&office.book()));
    for title in ["=cmd|'/C calc'!A0", "+1", "-1", "@SUM(1)", "<script>alert(1)</script>", "a|b # *c*"] {
        done(&office, &["add", "departments", &format!("title={title}")]);
    }
    for name in ["d.xlsx", "d.csv", "d.json", "d.md", "d.html", "d.txt"] {
        done(&office, &["export", "departments", "--to", name]);
    }
    let text = |name: &str| std::fs::read_to_string(file(&office, name)).unwrap();
    let csv = text("d.csv");
    assert!(
        csv.starts_with('\u{feff}') && csv.contains("'=cmd|'/C calc'!A0") && csv.contains("'@SUM(1)"),
        "{csv}"
    );
    assert!(!csv.lines().any(|line| line.contains(",=") || line.contains(",@")), "{csv}");
    assert!(text("d.html").contains("&lt;script&gt;") && !text("d.html").contains("<script"));
    assert!(text("d.md").contains("a\\|b # \\*c\\*"), "{}", text("d.md"));
    // In a workbook they are texts: no cell has a formula.
    let bytes = std::fs::read(file(&office, "d.xlsx")).unwrap();
    let mut archive = zip::ZipArchive::new(std::io::Cursor::new(bytes.as_slice())).unwrap();
    let mut sheet = String::new();
    std::io::Read::read_to_string(&mut archive.by_name("xl/worksheets/sheet1.xml").unwrap(), &mut sheet)
        .unwrap();
    assert!(!sheet.contains("<f>"), "{sheet}");
    let book = Workbook::read(&bytes).unwrap();
    assert!(book.sheets[0].lines.iter().skip(1).all(|line| line.cells[1].kind == CellKind::Text));
    // The same data are the same bytes.
    done(&office, &["export", "departments", "--to", "again.xlsx"]);
    assert_eq!(bytes, std::fs::read(file(&office, "again.xlsx")).unwrap());
}

#[test]
fn a_file_that_is_there_stays_and_a_wrong_ending_is_told() {
    let office = Office::with_sample();
    done(&office, &["export", "aspects", "部门:技术部", "级别:重要", "--to", "a.csv"]);
    let mut csv = csv::Reader::from_path(file(&office, "a.csv")).unwrap();
    assert_eq!(csv.records().count(), 2);
    let (_, wrong, code) = office.run("zh", &["export", "aspects", "--to", "a.csv"]);
    assert!(code == 2 && wrong.contains("--overwrite"), "{wrong}");
    let (_, wrong, code) = office.run("en", &["export", "aspects", "--to", "a.doc"]);
    assert!(code == 2 && wrong.contains(".xlsx"), "{wrong}");
    let (_, wrong, code) = office.run("zh", &["export", "aspects", "--to", "nowhere/a.csv"]);
    assert!(code == 5 && wrong.contains("nowhere/a.csv"), "{wrong}");
    // As it was on a day.
    done(&office, &["export", "aspects", "--to", "then.json", "--as-of", "2021-06-01"]);
    let then: Json =
        serde_json::from_str(&std::fs::read_to_string(file(&office, "then.json")).unwrap()).unwrap();
    assert_eq!(then.as_array().unwrap().len(), 10);
}

#[test]
fn the_forms_of_the_company_as_text() {
    let office = Office::with_sample();
    for (name, args) in [
        ("aspects-zh", vec!["print", "aspects"]),
        ("hazards-zh", vec!["print", "hazards", "--width", "100"]),
        ("major-hazards-en", vec!["print", "major-hazards", "--lang", "en", "--width", "132"]),
        ("significant-both", vec!["print", "significant-aspects", "--lang", "both"]),
        ("epidemic-zh", vec!["print", "epidemic-aspects", "--width", "80"]),
        ("drill-zh", vec!["print", "DR-2022-01", "--width", "90"]),
        ("review-zh", vec!["print", "RR-2021-01", "--width", "100"]),
        ("contracts-zh", vec!["print", "contracts", "--width", "80"]),
        ("audit-zh", vec!["print", "AU-2022-01", "--width", "100"]),
        ("training-en", vec!["print", "TR-2022-01", "--lang", "en", "--width", "80"]),
        ("aspects-narrow", vec!["print", "aspects", "--width", "60"]),
        ("hazards-narrow", vec!["print", "hazards", "--width", "40", "--lang", "en"]),
    ] {
        let out = done(&office, &args);
        let most =
            args.iter().position(|arg| *arg == "--width").map_or(120, |at| args[at + 1].parse().unwrap());
        for line in out.lines() {
            assert!(taizhang::text::width(line) <= most, "{name}: {line}");
        }
        insta::assert_snapshot!(name, out);
    }
}

#[test]
fn a_form_is_a_page_and_a_workbook_with_merged_heads() {
    let office = Office::with_sample();
    done(&office, &["export", "hazards", "--form", "--to", "h.html"]);
    let page = std::fs::read_to_string(file(&office, "h.html")).unwrap();
    for part in [
        "<h1>危险源辩识和评价表</h1>",
        "表单编号：ZKDG-ESJL-43",
        "版本：A/0",
        "部门：技术部",
        "<th colspan=\"5\">风险评价</th>",
        "<td rowspan=\"9\">办公活动</td>",
        "D = L * E * C",
        "高度危险 &gt;= 160",
        "编制：",
        "size: A4 landscape",
        "display: table-header-group",
        "<svg ",
    ] {
        assert!(page.contains(part), "{part}");
    }
    // It asks nothing of the network.
    assert!(
        !page.contains("http://")
            || page.matches("http").count() == page.matches("http://www.w3.org/2000/svg").count()
    );
    done(&office, &["export", "hazards", "--form", "--to", "h.xlsx"]);
    let book = Workbook::open(&file(&office, "h.xlsx")).unwrap();
    let sheet = &book.sheets[0];
    assert_eq!(sheet.lines[0].text(0), "危险源辩识和评价表");
    assert_eq!((sheet.lines[2].text(4), sheet.lines[3].text(4)), ("风险评价", "L"));
    assert!(
        sheet.merged.iter().any(|area| area.first == (5, 1) && area.last == (13, 1)),
        "{:?}",
        sheet.merged
    );
    // Its pages are numbered, and the heads stand on each.
    let unpacked = |name: &str| {
        let mut archive =
            zip::ZipArchive::new(std::fs::File::open(file(&office, "h.xlsx")).unwrap()).unwrap();
        std::io::read_to_string(archive.by_name(name).unwrap()).unwrap()
    };
    let sheet_xml = unpacked("xl/worksheets/sheet1.xml");
    assert!(sheet_xml.contains("&amp;R&amp;P / &amp;N") && sheet_xml.contains("landscape"), "{sheet_xml}");
    assert!(unpacked("xl/workbook.xml").contains("Print_Titles"));
    assert!(page.contains("counter(page)"));
    // The form itself can be read back, as those of other offices can.
    let tried = json(&office, &["import", "h.xlsx", "--try"]);
    assert_eq!((&tried["register"], &tried["counts"]["new"]), (&"hazards".into(), &0.into()), "{tried}");
    let (_, wrong, code) = office.run("zh", &["print", "hazards", "--to", "h.csv"]);
    assert!(code == 2 && wrong.contains(".html"), "{wrong}");
}

#[test]
fn a_company_changes_its_forms_beside_its_data() {
    let office = Office::with_sample();
    let folder = office.book().join("forms");
    std::fs::create_dir_all(&folder).unwrap();
    let own = "of = \"aspects\"\ntitle = { zh = \"我们的表\", en = \"Our form\" }\nnumber = \"X-1\"\nsigned = [\"checked\"]\n[[columns]]\nwhat = \"aspect\"\n[[columns]]\nwhat = \"level\"\n";
    std::fs::write(folder.join("aspects.toml"), own).unwrap();
    let out = done(&office, &["print", "aspects"]);
    assert!(out.contains("我们的表") && out.contains("表单编号：X-1") && !out.contains("编制"), "{out}");
    std::fs::write(folder.join("aspects.toml"), own.replace("\"level\"", "\"levle\"")).unwrap();
    let (_, wrong, code) = office.run("zh", &["print", "aspects"]);
    assert!(code == 2 && wrong.contains("forms/aspects.toml:8:8") && wrong.contains("level"), "{wrong}");
    // It stands in no other form's way, but a pack has all of them.
    assert!(done(&office, &["print", "hazards"]).contains("ZKDG-ESJL-43"));
    let (_, wrong, code) = office.run("zh", &["pack", "p"]);
    assert!(code == 2 && wrong.contains("forms/aspects.toml:8:8"), "{wrong}");
    // A part of a list says that it is one; a form narrower than it can be told is refused.
    assert!(done(&office, &["print", "hazards", "事故:触电"]).contains("筛选：事故:触电"));
    assert!(done(&office, &["print", "hazards", "事故:没有"]).contains("（没有条目）"));
    let (_, wrong, code) = office.run("zh", &["print", "hazards", "--width", "39"]);
    assert!(code == 2 && wrong.contains("40"), "{wrong}");
    let (_, wrong, code) = office.run("zh", &["export", "hazards", "--to", "nowhere/h.csv"]);
    assert!(code == 5 && wrong.contains("没有文件夹 nowhere"), "{wrong}");
}

#[test]
fn by_keys_a_list_and_a_record() {
    for (lang, list, ways, form, where_to, written) in [
        ("zh", "环境因素", "导出、打印", "公司表格，纯文本", "写到哪个文件", "已写 17 条"),
        (
            "en",
            "Environmental",
            "Export and print",
            "the company's form, plain",
            "Write it to",
            "17 entries written",
        ),
    ] {
        let office = Office::with_sample();
        let mut terminal = office.start(lang, (80, 24), &[]);
        terminal.wait(list).press("1", "EA-0007").press("X", ways).wait(form);
        terminal.send("\u{1b}[B\u{1b}[B\u{1b}[B").press("\r", where_to).wait(".txt");
        terminal.send("\u{15}").send("~/a.txt").press("\r", written);
        assert!(std::fs::read_to_string(file(&office, "a.txt")).unwrap().contains("ZKDG/JL-BG-04"));
        // Once more to the same name: it is not written over, and the name can be mended where it stands.
        terminal
            .press("X", ways)
            .send("txt")
            .press("\r", where_to)
            .send("\u{15}~/a.txt")
            .press("\r", "a.txt");
        terminal.send("\u{15}~/b.txt").press("\r", written);
        terminal.press("\r", "EA-0007").press("X", ways).press("\r", ".html").send("\u{15}~/e.html\r");
        terminal.wait("e.html").press("X", ways).send("\u{1b}[B\u{1b}[B\u{1b}[B").press("\r", ".html");
        terminal.send("\u{15}~/both.html\r").wait("both.html").send("q");
        assert_eq!(terminal.end(), 0);
        assert!(std::fs::read_to_string(file(&office, "e.html")).unwrap().contains("EA-0007"));
        let both = std::fs::read_to_string(file(&office, "both.html")).unwrap();
        assert!(both.contains("环境因素") && both.contains("department"), "{both}");
    }
}
