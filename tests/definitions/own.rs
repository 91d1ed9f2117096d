//! A register by a file alone, in the real program: its commands and screens, and what becomes of it when the
//! file breaks, shrinks or goes.

use std::fs;
use std::path::PathBuf;
use std::process::Command;

use serde_json::{Value as Json, json};

use crate::terminal::Terminal;
use crate::{WELLS, common};

/// A book that the program itself has made.
struct Office(tempfile::TempDir);

impl Office {
    fn new() -> Self {
        let office = Self(tempfile::tempdir().unwrap());
        drop(common::empty(&office.book()));
        office
    }

    fn book(&self) -> PathBuf {
        self.0.path().join("book")
    }

    fn with(self, text: &str) -> Self {
        self.write("wells", text);
        self
    }

    fn write(&self, name: &str, bytes: impl AsRef<[u8]>) {
        fs::write(self.book().join("registers").join(format!("{name}.toml")), bytes).unwrap();
    }

    /// Code, stdout and stderr of a command.
    fn run(&self, lang: &str, args: &[&str]) -> (i32, String, String) {
        let mut command = Command::new(env!("CARGO_BIN_EXE_taizhang"));
        command.env_clear().env("HOME", self.0.path()).env("LC_ALL", "C.UTF-8");
        let output =
            command.args(args).arg("--book").arg(self.book()).args(["--lang", lang]).output().unwrap();
        let text = |bytes: Vec<u8>| String::from_utf8(bytes).unwrap();
        (output.status.code().unwrap(), text(output.stdout), text(output.stderr))
    }

    /// What a command prints as JSON, with nothing to say beside it.
    fn json(&self, args: &[&str]) -> Json {
        let (code, out, wrong) = self.run("en", &[args, &["--json"]].concat());
        assert_eq!((code, wrong.as_str()), (0, ""), "{args:?}");
        serde_json::from_str(&out).unwrap()
    }

    fn ids(&self, args: &[&str]) -> Vec<String> {
        let list = self.json(args);
        list.as_array().unwrap().iter().map(|entry| entry["id"].as_str().unwrap().to_owned()).collect()
    }
}

/// Two wells and the department that has one of them.
fn wells() -> Office {
    let office = Office::new().with(WELLS);
    office.json(&["add", "departments", "title=技术部"]);
    office.json(&[
        "add",
        "水井",
        "名称=一号井",
        "深度=120.5",
        "drilled=2022-03",
        "owner=技术部",
        "samples=[{\"taken\":\"2022-05-01\",\"result\":\"合格\"}]",
    ]);
    office.json(&["add", "wells", "title=二号井", "depth=8", "状态=停用"]);
    office
}

#[test]
fn a_register_by_a_file_alone_answers_to_every_command() {
    let office = wells();
    let registers = office.json(&["registers"]);
    let own = registers.as_array().unwrap().iter().find(|register| register["id"] == "wells").unwrap();
    assert_eq!(
        (&own["entries"], &own["serial"], &own["form"]),
        (&json!(2), &json!("WL-{000}"), &json!("B-1"))
    );
    let fields = office.json(&["fields", "wells"]);
    let kinds: Vec<&str> =
        fields.as_array().unwrap().iter().map(|field| field["kind"].as_str().unwrap()).collect();
    let (typed, computed) = kinds.split_at(7);
    assert_eq!(typed, ["text", "number", "choice", "date", "links", "rows", "evaluation"]);
    assert!(!computed.is_empty() && computed.iter().all(|kind| *kind == "computed"), "{computed:?}");
    assert_eq!(fields[2]["choices"][1], json!({ "code": "closed", "zh": "停用", "en": "closed" }));
    let first = office.json(&["show", "WL-001"]);
    assert_eq!(first["fields"]["state"]["code"], "used", "the default");
    assert_eq!(first["fields"]["owner"][0]["id"], "DP-001");
    assert_eq!(first["fields"]["samples"][0], json!({ "taken": "2022-05-01", "result": "合格" }));
    // Lists, queries over labels and links, the view, pinyin.
    assert_eq!(office.ids(&["list", "wells"]), ["WL-001", "WL-002"]);
    assert_eq!(office.ids(&["list", "wells", "深度<100"]), ["WL-002"]);
    assert_eq!(office.ids(&["list", "deep-wells"]), ["WL-001"]);
    assert_eq!(office.ids(&["list", "深井", "state=closed"]), [""; 0]);
    assert_eq!(office.ids(&["list", "wells", "owner.title:技术"]), ["WL-001"]);
    assert_eq!(office.ids(&["list", "departments", "水井.深度>100"]), ["DP-001"]);
    assert_eq!(office.ids(&["find", "erhaojing"]), ["WL-002"]);
    let views = office.json(&["views"]);
    let view = views.as_array().unwrap().iter().find(|view| view["id"] == "deep-wells").unwrap();
    assert_eq!((&view["register"], &view["entries"]), (&json!("wells"), &json!(1)));
    // Changes, with history; the state picks the method.
    let method = |serial: &str| {
        let (_, _, wrong) = office.run("en", &["evaluate", serial, "X=1"]);
        wrong
    };
    assert!(
        method("WL-002").contains("L, S") && method("WL-001").contains("L, E, C"),
        "{}",
        method("WL-002")
    );
    let scored = office.json(&["evaluate", "WL-001", "L=3", "E=6", "C=15"]);
    assert_eq!(scored["fields"]["evaluation"]["score"], 270);
    assert_eq!(office.json(&["set", "WL-001", "depth=130", "--why", "复测"])["fields"]["depth"], 130);
    assert_eq!(office.json(&["undo"])["fields"]["depth"], 120.5);
    assert_eq!(office.json(&["redo"])["fields"]["depth"], 130);
    let (code, _, wrong) = office.run("en", &["set", "WL-001", "depth=501"]);
    assert!(code == 2 && wrong.contains("between 0 and 500"), "{wrong}");
    office.json(&["delete", "WL-002", "--why", "填埋"]);
    assert_eq!(office.ids(&["list", "wells"]), ["WL-001"]);
    let history = office.json(&["show", "WL-001", "--history"]);
    assert_eq!(history["history"].as_array().unwrap().len(), 5);
    assert_eq!(office.json(&["verify"])["findings"], json!([]));
}

#[test]
fn a_register_by_a_file_alone_has_its_table_form_and_filter() {
    let office = wells();
    let book = office.book();
    let args = ["--lang", "zh", "--book", book.to_str().unwrap()];
    let mut terminal = Terminal::start(office.0.path(), (100, 30), &[], &args);
    terminal
        .wait("要办的事")
        .press("V", "视图和台账")
        .press("水井", "> 水井")
        .press("\r", "WL-002")
        .wait("深度");
    terminal.press("/深度>100", "1 / 2 条").wait_gone("二号井").send("\u{1b}").wait("二号井");
    terminal.press("V", "深井").send("\u{1b}").wait_gone("视图和台账");
    terminal.press("a", "新增  水井").press("三号井", "三号井").press("\u{1b}OQ", "已存 WL-003");
    terminal.press("q", "").end();
    assert_eq!(office.json(&["show", "WL-003"])["fields"]["state"]["code"], "used");
}

#[test]
fn a_file_that_breaks_leaves_the_last_good_set_in_force() {
    let office = wells();
    let wide = WELLS.replace("\"depth\"]", "\"depth\"]\nzebra = 1");
    let query = WELLS.replace("depth>100", "dept>100");
    let gbk = WELLS.replacen("水井", "@", 1).into_bytes();
    let gbk: Vec<u8> =
        gbk.into_iter().flat_map(|byte| if byte == b'@' { vec![0xbe, 0xae] } else { vec![byte] }).collect();
    let cases = [
        (
            wide.into_bytes(),
            "registers/wells.toml:9:1: there is no key \"zebra\"",
            "registers/wells.toml:9:1：没有",
        ),
        (
            query.into_bytes(),
            "registers/wells.toml:69:10: the query is wrong: there is no column \"dept\"; did you mean \"depth\"?",
            "registers/wells.toml:69:10：条件写错：没有「dept」这一列，是「depth」吗？",
        ),
        (
            gbk,
            "registers/wells.toml:3:16: from here on this is not UTF-8",
            "registers/wells.toml:3:16：从这里起不是 UTF-8",
        ),
    ];
    for (bytes, en, zh) in cases {
        office.write("wells", bytes);
        for (lang, words, note) in [
            ("en", en, "taizhang: a definition file is wrong, the last good ones are in force: "),
            ("zh", zh, "taizhang: 定义文件有错，沿用上次好的："),
        ] {
            let (code, out, wrong) = office.run(lang, &["list", "deep-wells", "--json"]);
            assert_eq!(
                (code, serde_json::from_str::<Json>(&out).unwrap()[0]["id"].clone()),
                (0, json!("WL-001"))
            );
            assert!(wrong.starts_with(&format!("{note}{words}")), "{wrong}");
        }
        // It is written, too, by the last good rules.
        let (code, out, wrong) = office.run("en", &["set", "WL-002", "depth=501"]);
        assert!(
            code == 2 && out.is_empty() && wrong.contains(en) && wrong.contains("between 0 and 500"),
            "{code} {out} {wrong}"
        );
        let (code, _, wrong) = office.run("en", &["set", "WL-002", "owner=技术部", "--json"]);
        assert!(code == 0 && wrong.contains(en), "{wrong}");
        office.run("en", &["undo"]);
    }
    // The screen says it as well.
    let book = office.book();
    let args = ["--lang", "zh", "--book", book.to_str().unwrap()];
    let mut terminal = Terminal::start(office.0.path(), (160, 24), &[], &args);
    terminal
        .wait("registers/wells.toml:3:16")
        .press("V", "视图和台账")
        .press("水井", "> 水井")
        .press("\r", "WL-002")
        .press("q", "")
        .end();
    office.write("wells", WELLS.replace("max = 500", "max = 600"));
    assert_eq!(office.json(&["set", "WL-002", "depth=501"])["fields"]["depth"], 501);
}

#[test]
fn a_file_that_was_never_right_leaves_the_programs_own_in_force() {
    let office = Office::new();
    // Nothing is journalled of a book that was not opened since it was made.
    for entry in fs::read_dir(office.book().join("journal")).unwrap() {
        fs::remove_file(entry.unwrap().path()).unwrap();
    }
    let _ = fs::remove_dir_all(office.book().join("state"));
    let office = office.with("id = 1");
    let (code, out, wrong) = office.run("en", &["list", "aspects", "--json"]);
    assert_eq!((code, out.trim()), (0, "[]"));
    assert_eq!(
        wrong,
        "taizhang: a definition file is wrong and there are no last good ones, the program's own are in force: \
         registers/wells.toml:1:6: 1 does not fit here; this key takes a text in straight quotes, such as \"text\".\n"
    );
}

#[test]
fn what_leaves_a_definition_keeps_its_values() {
    let office = wells();
    let less = WELLS
        .replace("\"title\", \"depth\"]\nsort = [\"-depth\"]", "\"title\"]")
        .replace("depth>100 ", "")
        .replace("[[fields]]\nid = \"depth\"\nname = { zh = \"深度\", en = \"depth\" }\nkind = \"number\"\nunit = \"m\"\nmin = 0\nmax = 500\n\n", "")
        .replace("    { code = \"closed\", zh = \"停用\", en = \"closed\" },\n", "")
        .replace(" -state=closed", "")
        .replace("query = \"-state=closed\"", "query = \"\"")
        .replace("    { method = \"ls\", field = \"state\", is = \"closed\" },\n", "")
        .replace("    { id = \"result\", name = { zh = \"结果\", en = \"result\" }, kind = \"text\" },\n", "");
    office.write("wells", less);
    let (code, shown, wrong) = office.run("zh", &["show", "WL-002"]);
    assert_eq!((code, wrong.as_str()), (0, ""));
    assert!(
        shown.contains("closed（已停用）") && shown.contains("depth（旧）") && shown.contains("  8\n"),
        "{shown}"
    );
    let (_, shown, _) = office.run("en", &["show", "WL-001"]);
    assert!(
        shown.contains("depth (former)") && shown.contains("120.5") && shown.contains("2022-05-01  合格"),
        "{shown}"
    );
    let shown = office.json(&["show", "WL-002"]);
    assert_eq!(shown["fields"]["state"], json!({ "code": "closed", "former": true }));
    assert_eq!(shown["fields"]["depth"], json!({ "number": "8" }));
    let (_, history, _) = office.run("en", &["show", "WL-002", "--history"]);
    assert!(history.contains("depth: -- -> 8") && history.contains("closed (former)"), "{history}");
    // Another change does not touch them; what is former cannot be given anew.
    office.json(&["set", "WL-002", "drilled=2021"]);
    assert_eq!(office.json(&["show", "WL-002"])["fields"]["depth"], json!({ "number": "8" }));
    assert_eq!(office.run("en", &["set", "WL-001", "state=closed"]).0, 2);
    // The whole register leaves, and comes back with everything.
    fs::remove_file(office.book().join("registers/wells.toml")).unwrap();
    assert_eq!(office.run("en", &["list", "wells"]).0, 2);
    let (code, shown, _) = office.run("en", &["show", "WL-001"]);
    assert!(code == 0 && shown.contains("title (former)") && shown.contains("一号井"), "{shown}");
    office.write("wells", WELLS);
    assert_eq!(office.ids(&["list", "wells", "-depth:-"]), ["WL-001", "WL-002"]);
    assert_eq!(office.json(&["verify"])["findings"], json!([]));
}

#[test]
fn an_evaluation_is_shown_and_proved_by_the_edition_it_was_made_by() {
    let office = Office::new();
    let own = office.book().join("methods/lec.toml");
    let evaluate = |id: &str| {
        office.json(&["evaluate", id, "L=3", "E=6", "C=15", "--why", "x"])["fields"]["evaluation"].clone()
    };
    let kept = |id: &str| office.json(&["show", id])["fields"]["evaluation"].clone();
    let said = |evaluation: &Json| (evaluation["edition"].clone(), evaluation["level"]["code"].clone());
    for name in ["漏电", "短路"] {
        office.json(&["add", "hazards", &format!("hazard={name}"), "accident=fire"]);
    }
    let first = evaluate("HZ-0001");
    assert_eq!(said(&first), (json!(1), json!("high")));
    // The organisation writes an edition of its own, by which 270 is less.
    let text = include_str!("../../data/methods/lec.toml");
    let second = text.replace("edition = 1", "edition = 2").replace("from = \"160\"", "from = \"300\"");
    fs::write(&own, second.as_bytes()).unwrap();
    let anew = evaluate("HZ-0002");
    assert_eq!(said(&anew), (json!(2), json!("marked")));
    // Neither that, nor opening from the state, nor going back to the first edition makes either forgotten.
    for round in 0..3 {
        assert_eq!((kept("HZ-0001"), kept("HZ-0002")), (first.clone(), anew.clone()), "{round}");
        office.json(&["set", "HZ-0001", &format!("note=第 {round} 次")]);
        let (code, _, wrong) = office.run("zh", &["verify"]);
        assert_eq!((code, wrong.as_str()), (0, ""), "{round}");
        if round == 1 {
            fs::remove_file(&own).unwrap();
        }
    }
    assert_eq!(said(&evaluate("HZ-0002")), (json!(1), json!("high")));
}
