use chrono::{NaiveDate, TimeZone, Utc};
use proptest::prelude::*;

use super::*;
use crate::book::{Book, Date, Edit, EntryKey, Origin, Plain, Proposal, Row, Value, Way};
use crate::definition::Definitions;

fn origin() -> Origin {
    let text = String::new;
    let utc = Utc.with_ymd_and_hms(2022, 5, 13, 1, 0, 0).unwrap();
    Origin { utc, offset: 28800, user: text(), name: text(), host: text(), program: text(), real: None }
}

fn add(book: &mut Book, definitions: &Definitions, register: &str, fields: Vec<(&str, Value)>) -> EntryKey {
    let fields = fields.into_iter().map(|(id, value)| (id.to_owned(), value)).collect();
    let proposal = Proposal {
        way: Way::Command,
        why: None,
        edits: vec![Edit::Add { register: register.to_owned(), fields }],
    };
    let commit = book.admit(proposal, definitions, origin()).unwrap();
    book.apply(&commit).unwrap();
    commit.changes[0].entry
}

fn words(text: &str) -> Value {
    Value::Text(text.to_owned())
}

fn code(text: &str) -> Value {
    Value::Choice(text.to_owned())
}

fn problem(text: &str, due: &str) -> Row {
    let due = Plain::Date(due.parse().unwrap());
    Row(vec![("problem".to_owned(), Plain::Text(text.to_owned())), ("due".to_owned(), due)])
}

fn office() -> (Book, Definitions) {
    let definitions = Definitions::builtin().unwrap();
    let mut book = Book::default();
    let mut add = |register, fields| add(&mut book, &definitions, register, fields);
    let department = add("departments", vec![("title", words("技术部"))]);
    let activity = add("activities", vec![("title", words("办公活动"))]);
    let plan = add("plans", vec![("title", words("安全事故应急预案"))]);
    let day: Date = "2022-06-01".parse().unwrap();
    add(
        "aspects",
        vec![
            ("aspect", words("废旧墨盒的排放")),
            ("condition", code("normal")),
            ("impact", Value::Choices(vec!["waste".into(), "land".into()])),
            ("activity", Value::Links(vec![activity])),
            ("department", Value::Links(vec![department])),
            ("review", Value::Date(day)),
        ],
    );
    add(
        "aspects",
        vec![
            ("aspect", words("潜在火灾")),
            ("condition", code("emergency")),
            ("plans", Value::Links(vec![plan])),
            ("review", Value::Date("2023-03".parse().unwrap())),
        ],
    );
    add("aspects", vec![("aspect", words("电的消耗")), ("kind", code("use"))]);
    add(
        "drills",
        vec![
            ("title", words("疏散演练")),
            ("plan", Value::Links(vec![plan])),
            ("date", Value::Date("2022-04-20".parse().unwrap())),
            (
                "problems",
                Value::Rows(vec![problem("楼梯门锁闭", "2022-05-01"), problem("集合点太近", "2022-06-30")]),
            ),
        ],
    );
    (book, definitions)
}

fn found(query: &str) -> Vec<String> {
    let (book, definitions) = office();
    let today = NaiveDate::from_ymd_opt(2022, 5, 13).unwrap();
    let register = definitions.register("aspects");
    let filter = compile(&parse(query).unwrap(), &definitions, register, today)
        .unwrap_or_else(|p| panic!("{query}: {p}"));
    let words = Words::default();
    let prepared = filter.prepare(&book, &definitions, &words);
    let entries = book.entries("aspects").iter().filter_map(|key| book.entry(*key));
    entries.filter(|entry| prepared.matches(entry)).map(|entry| book.text(entry.serial).to_owned()).collect()
}

#[test]
fn means_what_people_mean() {
    for (query, serials) in [
        ("", &["EA-0001", "EA-0002", "EA-0003"][..]),
        ("墨盒", &["EA-0001"]),
        ("mohe", &["EA-0001"]),
        ("hz", &["EA-0002"]),
        ("状态:正常", &["EA-0001"]),
        ("状态：正常", &["EA-0001"]),
        ("state:normal", &["EA-0001"]),
        ("condition=emergency", &["EA-0002"]),
        ("状态:正常,紧急", &["EA-0001", "EA-0002"]),
        ("-状态:紧急", &["EA-0001", "EA-0003"]),
        ("状态:正常 | 火灾", &["EA-0001", "EA-0002"]),
        ("状态:正常 or 火灾", &["EA-0001", "EA-0002"]),
        ("not (墨盒 或 火灾)", &["EA-0003"]),
        ("影响:土壤", &["EA-0001"]),
        ("影响:-", &["EA-0002", "EA-0003"]),
        ("影响:*", &["EA-0001"]),
        ("部门:技术部", &["EA-0001"]),
        ("部门:jsb", &["EA-0001"]),
        ("编号:EA-0002", &["EA-0002"]),
        ("ea-0003", &["EA-0003"]),
        ("复评日期<30d", &["EA-0001"]),
        ("复评日期>=2022-07", &["EA-0002"]),
        ("复评日期=2023-03", &["EA-0002"]),
        ("复评日期=2022-06", &["EA-0001"]),
        ("预案.名称:安全", &["EA-0002"]),
        ("预案.演练.日期>2022-01-01", &["EA-0002"]),
        ("预案.演练.日期>2022-05-01", &[]),
        ("预案.演练.问题.问题:楼梯门", &["EA-0002"]),
        ("预案.演练.problems.due<today", &["EA-0002"]),
        ("预案.演练.problems.due<2022-05-01", &[]),
        ("预案.演练.problems.due=2022-06", &["EA-0002"]),
        ("预案.演练.problems.closed:-", &["EA-0002"]),
        ("预案.演练.problems.closed:*", &[]),
        ("-预案.演练.problems.problem=集合点太近", &["EA-0001", "EA-0003"]),
        ("分值>=15", &[]),
        ("evaluation:-", &["EA-0001", "EA-0002", "EA-0003"]),
        ("open>0", &["EA-0001", "EA-0002", "EA-0003"]),
        ("“废旧墨盒”", &["EA-0001"]),
        ("\"旧 墨\"", &[]),
        ("状态:", &["EA-0001", "EA-0002", "EA-0003"]),
        ("类别:资源", &["EA-0003"]),
    ] {
        assert_eq!(found(query), serials, "{query}");
    }
}

#[test]
fn a_name_with_blanks_stands_in_quotes() {
    for (query, printed) in [
        ("\"residual level\"=ordinary", "\"residual level\"=ordinary"),
        ("“residual level”＝ordinary x", "\"residual level\"=ordinary x"),
        ("plans.\"drill window\":year", "plans.\"drill window\":year"),
        ("\"emergency plans\".drills.date>2021-05-13", "\"emergency plans\".drills.date>2021-05-13"),
        ("\"a b\" c", "\"a b\" c"),
        ("\"a b\".c", "\"a b\" .c"),
        ("态.“\"*", "态. \"\" \"*\""),
        ("3.5", "3.5"),
    ] {
        assert_eq!(parse(query).unwrap().to_string(), printed, "{query}");
    }
}

#[test]
fn says_where_a_mistake_stands_and_the_mend() {
    let definitions = Definitions::builtin().unwrap();
    let today = NaiveDate::from_ymd_opt(2022, 5, 13).unwrap();
    let problem = |query: &str| {
        let register = definitions.register("aspects");
        parse(query).and_then(|node| compile(&node, &definitions, register, today)).map(|_| ()).unwrap_err()
    };
    for (query, span, zh) in [
        ("状态:正常 影想:土壤", 14..20, "没有「影想」这一列，是「影响」吗？"),
        ("(墨盒", 0..1, "这个括号没有合上，加上 )。"),
        ("墨盒)", 6..7, "多了一个右括号，去掉它。"),
        ("\"墨盒", 0..1, "这个引号没有合上，加上 \"。"),
        ("状态>3", 0..8, "「状态」不能比大小，用 : 或 =。"),
        ("分值>高", 7..10, "「高」不是数，写成 12 或 0.5。"),
        ("复评日期<明天", 13..19, "「明天」不是日期；写成 2022-03-18、2022-03、今天、30d、+3m。"),
        (":x", 0..1, "这里缺列名，如 状态:正常；要找这个符号就加引号。"),
    ] {
        let problem = problem(query);
        assert_eq!(problem.span, span, "{query}");
        assert_eq!(crate::wording::Lang::Zh.wording().render(&problem.what), zh, "{query}");
    }
}

#[test]
fn over_all_registers_a_missing_field_matches_nothing() {
    let (book, definitions) = office();
    let today = NaiveDate::from_ymd_opt(2022, 5, 13).unwrap();
    let filter = compile(&parse("plan:安全").unwrap(), &definitions, None, today).unwrap();
    let words = Words::default();
    let prepared = filter.prepare(&book, &definitions, &words);
    let all = definitions.registers().iter().flat_map(|register| book.entries(&register.id));
    let hits: Vec<&str> = all
        .filter_map(|key| book.entry(*key))
        .filter(|entry| prepared.matches(entry))
        .map(|entry| book.text(entry.serial))
        .collect();
    assert_eq!(hits, ["EA-0002", "DR-2022-01"]);
    assert!(compile(&parse("nonsense:x").unwrap(), &definitions, None, today).is_err());
}

#[test]
fn a_wide_minus_that_is_no_minus_is_printed_as_a_word() {
    for text in ["a|\"\"－", "状\"－\"<a"] {
        let printed = parse(text).unwrap().to_string();
        assert_eq!(parse(&printed).unwrap().to_string(), printed);
    }
}

#[test]
fn typing_on_narrows() {
    let narrows = |now: &str, before: &str| parse(now).unwrap().narrows(&parse(before).unwrap());
    for (now, before) in [
        ("火", ""),
        ("火灾", "火"),
        ("huoz", "huo"),
        ("火 部门:技", "火"),
        ("火 部门:技", "火 部门:"),
        ("a|bc", "a|b"),
        ("-x ab", "-x a"),
    ] {
        assert!(narrows(now, before), "{now} after {before}");
    }
    for (now, before) in [
        ("火", "火灾"),
        ("-xy", "-x"),
        ("a|b", "a"),
        ("状态:", "状态"),
        ("分值>1", "分值>10"),
        ("状态=正常", "状态:正常"),
        ("部门:a,b", "部门:a"),
    ] {
        assert!(!narrows(now, before), "{now} after {before}");
    }
}

proptest! {
    #[test]
    fn what_narrows_finds_no_more(before in "[a-z火墨耗状态影响部门分值:=<>| -]{0,8}", more in "[a-z灾盒:正常 0-9]{0,4}") {
        let (book, definitions) = office();
        let today = NaiveDate::from_ymd_opt(2022, 5, 13).unwrap();
        let found = |query: &str| {
            let node = parse(query).ok()?;
            let filter = compile(&node, &definitions, definitions.register("aspects"), today).ok()?;
            let words = Words::default();
            let prepared = filter.prepare(&book, &definitions, &words);
            let keys = book.entries("aspects").iter().copied();
            let keys: Vec<EntryKey> = keys.filter(|key| prepared.matches(book.entry(*key).unwrap())).collect();
            Some((node, keys))
        };
        if let (Some((wide, all)), Some((narrow, some))) = (found(&before), found(&format!("{before}{more}")))
            && narrow.narrows(&wide)
        {
            prop_assert!(some.iter().all(|key| all.contains(key)), "{:?} {:?}", all, some);
        }
    }

    #[test]
    fn any_text_has_an_answer_and_a_place(text in "[a-z:=<>()|\\-\", 状态：“”（）－或非.*]{0,30}") {
        match parse(&text) {
            Ok(node) => {
                let printed = node.to_string();
                let again = parse(&printed);
                prop_assert!(again.is_ok(), "{} -> {}", text, printed);
                prop_assert_eq!(again.unwrap().to_string(), printed);
            }
            Err(problem) => prop_assert!(text.get(problem.span.clone()).is_some(), "{:?}", problem),
        }
    }
}
