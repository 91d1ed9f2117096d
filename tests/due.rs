//! What is due and who answers for it: by command, as a calendar for other programs, and on the screen.
#![allow(clippy::unwrap_used, clippy::indexing_slicing, clippy::panic)]

mod common;
#[path = "common/office.rs"]
mod office;
#[path = "common/terminal.rs"]
mod terminal;

use office::{ESC, F2, Office};
use serde_json::Value as Json;

fn done(office: &Office, args: &[&str]) {
    let (out, wrong, code) = office.run("en", args);
    assert_eq!(code, 0, "{args:?}: {out}{wrong}");
}

/// What is due: kind, entry and day.
fn due(office: &Office, args: &[&str]) -> Vec<(String, String, String)> {
    let (out, wrong, code) = office.run("en", &[&["due", "--json"], args].concat());
    assert_eq!(code, 0, "{wrong}");
    let rows: Json = serde_json::from_str(&out).unwrap();
    let words = |row: &Json, name: &str| row[name].as_str().unwrap_or("--").to_owned();
    let row = |row: &Json| (words(row, "what"), words(row, "id"), words(row, "due"));
    rows.as_array().unwrap().iter().map(row).collect()
}

fn of(what: &str, id: &str, on: &str) -> (String, String, String) {
    (what.to_owned(), id.to_owned(), on.to_owned())
}

/// The sample with a nonconformity whose action is due, one that is overdue and one that waits for its verifier.
fn with_actions() -> Office {
    let office = Office::with_sample();
    let nc = ["add", "nonconformities", "date=2022-04-20", "source=drill"];
    let office_head = ["department=DP-002", "owner=办公室主任"];
    done(&office, &[&nc[..], &office_head, &["title=门锁闭", "due=2022-05-20"]].concat());
    done(&office, &[&nc[..], &office_head, &["title=灯不亮", "due=2022-05-01"]].concat());
    let tech = ["department=DP-001", "owner=项目经理", "title=线路老化", "due=2022-05-31"];
    let waits = ["done=2022-05-10", "verified-by=体系专员，办公室主任"];
    done(&office, &[&nc[..], &tech, &waits].concat());
    office
}

#[test]
fn counts_and_ends_work_on_every_page() {
    let office = Office::with_sample();
    let mut terminal = office.start("zh", (80, 24), &[]);
    terminal.wait("要办的事").press("C", "逾期").send("gg").send("3j").wait(" 复评 电脑的辐射\n");
    terminal
        .send(ESC)
        .wait("每月修改")
        .press("#", "条款和部门")
        .press("G", " 10.2 不符合和纠正措施")
        .press("gg", " 4.2 相关方");
    terminal.press("5j", " 6.1.2 ");
    // A page that goes on below says how far one is.
    terminal.send(ESC).wait("每月修改").press("1", "EA-0007").press("\r", "21 / 27").press("G", "27 / 27");
}

#[test]
fn each_duty_says_who_answers_for_it() {
    let office = with_actions();
    let person = |name: &str| due(&office, &["--person", name]);
    // The owner until the action is done, then whoever verifies; where nobody is named, the head of the department.
    let own: Vec<_> = person("办公室主任").into_iter().filter(|(what, ..)| what == "dated").collect();
    assert_eq!(
        own,
        [
            of("dated", "NC-2022-02", "2022-05-01"),
            of("dated", "NC-2022-01", "2022-05-20"),
            of("dated", "NC-2022-03", "2022-05-31"),
        ]
    );
    let head = person("综合办公室主任");
    assert!(head.contains(&of("drill", "EP-002", "2022-06-30")), "{head:?}");
    assert!(head.contains(&of("month", "DP-002", "2022-05-31")), "{head:?}");
    assert!(!head.contains(&of("month", "DP-001", "2022-05-31")), "{head:?}");
    assert!(!person("项目经理").iter().any(|(what, ..)| what == "dated"));
    let narrowed = due(&office, &["--department", "技术部"]);
    assert!(narrowed.contains(&of("month", "DP-001", "2022-05-31")), "{narrowed:?}");
    assert!(!narrowed.iter().any(|(_, id, _)| id == "DP-002" || id == "NC-2022-01"), "{narrowed:?}");
    let (out, ..) = office.run("zh", &["due"]);
    assert!(out.contains("完成纠正措施：灯不亮") && out.contains("办公室主任"), "{out}");
    assert!(out.contains("月度检查 2022-05：技术部"), "{out}");
    // A name that nobody has is told from somebody who has nothing to do.
    let (out, wrong, code) = office.run("zh", &["due", "--person", "办公市主任"]);
    assert!(code == 0 && !out.contains("NC-") && wrong.contains("体系专员"), "{out}{wrong}");
    let (_, wrong, code) = office.run("en", &["due", "--department", "技术步"]);
    assert!(code == 1 && wrong.contains("技术部"), "{wrong}");
}

#[test]
fn a_month_without_its_check_is_due_and_stays_so() {
    let office = Office::with_sample();
    let months = || {
        let mut all = due(&office, &["--all"]);
        all.retain(|(what, ..)| what == "month");
        all
    };
    // Nothing was ever checked: only the month that is still running can be done.
    assert_eq!(months(), [of("month", "DP-001", "2022-05-31"), of("month", "DP-002", "2022-05-31")]);
    let check = |date: &str| {
        let date = format!("date={date}");
        let values = ["title=检查", "kind=monthly", "department=DP-001", "by=体系专员", "result=passed"];
        let items = r#"items=[{"item":"x","result":"pass"}]"#;
        done(&office, &[&["add", "inspections", &date, items][..], &values].concat());
    };
    check("2022-02-25");
    // From the first month that any has on, it is asked of all.
    assert_eq!(
        months(),
        [
            of("month", "DP-002", "2022-02-28"),
            of("month", "DP-001", "2022-03-31"),
            of("month", "DP-002", "2022-03-31"),
            of("month", "DP-001", "2022-04-30"),
            of("month", "DP-002", "2022-04-30"),
            of("month", "DP-001", "2022-05-31"),
            of("month", "DP-002", "2022-05-31"),
        ]
    );
    check("2022-04");
    check("2022-05-12");
    let own = |id: &str| {
        let mut all = months();
        all.retain(|(_, entry, _)| entry == id);
        all
    };
    assert_eq!(own("DP-001"), [of("month", "DP-001", "2022-03-31")]);
    assert_eq!(own("DP-002").len(), 4);
    // Somebody said why there was none in March.
    done(&office, &["accept", "month-not-inspected", "DP-001", "--why", "封控"]);
    assert_eq!(own("DP-001"), []);
    assert_eq!(own("DP-002").len(), 4);
}

#[test]
fn a_contract_may_want_a_report_again_and_again() {
    let office = Office::with_sample();
    let reports = || {
        let mut all = due(&office, &["--all"]);
        all.retain(|(_, id, _)| id.starts_with("CT-"));
        all
    };
    assert_eq!(reports(), []);
    // Counted from its begin, then from the last report; at once where it says neither.
    done(&office, &["set", "CT-001", "reports=1"]);
    assert_eq!(reports(), [of("dated", "CT-001", "--")]);
    done(&office, &["set", "CT-001", "from=2022-01-31"]);
    assert_eq!(reports(), [of("dated", "CT-001", "2022-02-28")]);
    done(&office, &["set", "CT-001", "reported=2022-05-05", "owner=客户经理"]);
    assert_eq!(reports(), [of("dated", "CT-001", "2022-06-05")]);
    assert_eq!(due(&office, &["--all", "--person", "客户经理"]), reports());
    done(&office, &["set", "CT-001", "reports=3"]);
    assert_eq!(reports(), [of("dated", "CT-001", "2022-08-05")]);
    // What has ended wants none.
    done(&office, &["set", "CT-001", "until=2022-04-01"]);
    assert_eq!(reports(), []);
}

#[test]
fn any_register_can_say_what_is_due_again() {
    let office = Office::with_sample();
    let folder = office.book().join("registers");
    std::fs::create_dir_all(&folder).unwrap();
    let register = |due: &str| {
        let text = format!(
            "id = \"gauges\"\nname = {{ zh = \"量具\", en = \"Gauges\" }}\nserial = \"GG-{{000}}\"\n\
             title = \"name\"\ncolumns = [\"id\", \"name\"]\n\n[[due]]\n{due}\n\
             what = {{ zh = \"检定\", en = \"calibrate\" }}\n\n[[fields]]\nid = \"name\"\n\
             name = {{ zh = \"名称\", en = \"name\" }}\nkind = \"text\"\n\n[[fields]]\nid = \"calibrated\"\n\
             name = {{ zh = \"检定日期\", en = \"calibrated\" }}\nkind = \"date\"\n\n[[fields]]\nid = \"interval\"\n\
             name = {{ zh = \"周期\", en = \"interval\" }}\nkind = \"number\"\n"
        );
        std::fs::write(folder.join("gauges.toml"), text).unwrap();
    };
    for (wrong, said) in [
        ("since = \"calibrated\"", "a deadline is a date"),
        ("date = \"calibrated\"\nevery = 12", "a deadline is a date"),
        ("date = \"calibrated\"\nsince = \"calibrated\"\nevery = 12", "a deadline is a date"),
        ("since = \"calibrated\"\nevery = 0", "1 to 1200"),
        ("since = \"calibrated\"\nmonths = \"name\"", "here a number field is needed"),
        ("since = \"calibarted\"\nevery = 12", "did you mean \"calibrated\""),
        ("since = \"calibrated\"\nevery = 12\nowner = \"interval\"", "here a text field is needed"),
    ] {
        register(wrong);
        let (_, error, _) = office.run("en", &["list", "aspects"]);
        assert!(error.contains("registers/gauges.toml:") && error.contains(said), "{wrong}: {error}");
    }
    register("since = \"calibrated\"\nevery = 12\nmonths = \"interval\"");
    done(&office, &["add", "gauges", "name=水表", "calibrated=2021-06-15"]);
    done(&office, &["add", "gauges", "name=噪声计", "calibrated=2022-02-28", "interval=6"]);
    done(&office, &["add", "gauges", "name=台秤"]);
    let meters = |args: &[&str]| {
        let mut all = due(&office, args);
        all.retain(|(_, id, _)| id.starts_with("GG-"));
        all
    };
    let (water, noise, scales) = (
        of("dated", "GG-001", "2022-06-15"),
        of("dated", "GG-002", "2022-08-28"),
        of("dated", "GG-003", "--"),
    );
    assert_eq!(meters(&["--all"]), [water.clone(), noise, scales.clone()]);
    assert_eq!(meters(&[]), [water, scales.clone()]);
    assert_eq!(meters(&["--days", "7"]), [scales]);
    // On the screen d and Enter say that it was done today: the next time is a year from now.
    let mut terminal = office.start("zh", (80, 24), &[]);
    terminal.wait("要办的事").press("C", "60 天内").send("G").wait("d 填检定日期");
    terminal.press("d", "检定日期是哪一天").press("\r", "已存 GG-003").press("q", "");
    assert_eq!(terminal.end(), 0);
    assert_eq!(meters(&["--all"])[2], of("dated", "GG-003", "2023-05-13"));
}

/// The properties of each event of a calendar, with what was folded put together again.
fn events(text: &str) -> Vec<Vec<(String, String)>> {
    let whole = text.replace("\r\n ", "");
    let events = whole.split("BEGIN:VEVENT\r\n").skip(1);
    let events = events.map(|event| event.split("END:VEVENT").next().unwrap().split("\r\n"));
    let pair = |line: &str| line.split_once(':').map(|(name, value)| (name.to_owned(), value.to_owned()));
    events.map(|lines| lines.filter_map(pair).collect()).collect()
}

fn property<'e>(event: &'e [(String, String)], name: &str) -> &'e str {
    event.iter().find(|(known, _)| known == name).map_or("", |(_, value)| value)
}

#[test]
fn a_calendar_can_be_imported_again_and_again() {
    let office = with_actions();
    let (text, wrong, code) = office.run("zh", &["due", "--ics"]);
    assert_eq!(code, 0, "{wrong}");
    assert!(text.starts_with("BEGIN:VCALENDAR\r\nVERSION:2.0\r\n") && text.ends_with("END:VCALENDAR\r\n"));
    for line in text.split("\r\n") {
        assert!(line.len() <= 75 && !line.contains('\n'), "{line}");
    }
    let all = events(&text);
    let count = due(&office, &["--all"]).len();
    assert!(count > 30 && all.len() == count, "{} of {count}", all.len());
    let uids = |all: &[Vec<(String, String)>]| {
        let mut uids: Vec<String> = all.iter().map(|event| property(event, "UID").to_owned()).collect();
        uids.sort();
        uids
    };
    let mut once = uids(&all);
    once.dedup();
    assert_eq!(once.len(), all.len());
    let find = |all: &[Vec<(String, String)>], words: &str| {
        all.iter().find(|event| property(event, "SUMMARY").contains(words)).unwrap().clone()
    };
    let late = find(&all, "灯不亮");
    assert_eq!(property(&late, "SUMMARY"), "NC-2022-02 完成纠正措施：灯不亮");
    assert_eq!(property(&late, "DTSTART;VALUE=DATE"), "20220501");
    assert_eq!(property(&late, "DTEND;VALUE=DATE"), "20220502");
    assert!(property(&late, "DESCRIPTION").contains("责任人：办公室主任\\n部门：综合办公室\\n"), "{late:?}");
    assert!(property(&late, "DTSTAMP").ends_with('Z'));
    // What was put off has the same name and another day; so has it in another language and after its action.
    done(&office, &["set", "NC-2022-02", "due=2022-07-01"]);
    let moved = events(&office.run("en", &["due", "--ics"]).0);
    assert_eq!(uids(&moved), uids(&all));
    let later = find(&moved, "灯不亮");
    assert_eq!(property(&later, "UID"), property(&late, "UID"));
    assert_eq!(property(&later, "DTSTART;VALUE=DATE"), "20220701");
    let sequence = |event: &[(String, String)]| property(event, "SEQUENCE").parse::<u64>().unwrap();
    assert!(sequence(&later) > sequence(&late));
    // Another book of the same organisation is another calendar.
    let other = Office::new();
    drop(common::empty(&other.book()));
    done(&other, &["add", "contracts", "title=x", "until=2022-06-01", "--json"]);
    let (foreign, ..) = other.run("zh", &["due", "--ics"]);
    assert!(uids(&events(&foreign)).iter().all(|uid| !uids(&all).contains(uid)));
    // For one person, into a file.
    let file = office.folder.path().join("due.ics");
    let args = ["due", "--ics", "--person", "体系专员", "--days", "30", "--output", file.to_str().unwrap()];
    let (out, ..) = office.run("zh", &args);
    assert!(out.contains("due.ics"), "{out}");
    let written = events(&std::fs::read_to_string(&file).unwrap());
    assert!(written.iter().any(|event| property(event, "SUMMARY").contains("验证并关闭不符合：线路老化")));
    assert!(written.len() < all.len());
    for (args, exit, said) in [
        (&["due", "--output", "x.ics"][..], 2, "--ics"),
        (&["due", "--ics", "--json"], 2, "exclude each other"),
        (&["due", "--ics", "--output", "/nowhere/at/all.ics"], 5, "/nowhere/at/all.ics"),
    ] {
        let (_, wrong, code) = office.run("en", args);
        assert!(code == exit && wrong.contains(said), "{args:?}: {code} {wrong}");
    }
}

#[test]
fn the_calendar_on_the_screen_leads_to_each_duty_and_closes_it() {
    let office = with_actions();
    for (lang, size, home, heading, overdue, whose) in [
        ("zh", (80, 24), "要办的事", "60 天内", "逾期  ", "谁的事"),
        ("en", (120, 40), "To do", "within 60 days", "overdue  ", "Whose"),
    ] {
        let mut terminal = office.start(lang, size, &[]);
        terminal.wait(home).press("C", heading).wait(overdue).wait("NC-2022-02");
        terminal.press("/", whose).send("主任").wait("办公室主任").send("\r").wait_gone(whose);
        terminal.wait("NC-2022-02").press("\r", "2022-05-01").wait("H").send(ESC).wait(heading);
        terminal.send("q");
        assert_eq!(terminal.end(), 0);
    }
    let mut terminal = office.start("zh", (80, 24), &[]);
    // By name, then nearer: a week.
    terminal
        .wait("要办的事")
        .press(":", "命令")
        .send("期限")
        .press("\r", "60 天内")
        .send("hh")
        .wait("7 天内");
    terminal.press("/", "谁的事").send("办公室主任").send("\r").wait("办公室主任").wait("NC-2022-01");
    // The action was done today: two keys. Then it waits for whoever verifies it, and that has no date to fill in.
    terminal.press("/", "谁的事").send("所有人\r").wait_gone("谁的事").wait("技术部经理").press("q", "");
    assert_eq!(terminal.end(), 0);
    let mut terminal = office.start("zh", (80, 24), &[]);
    terminal
        .wait("要办的事")
        .press("C", "60 天内")
        .press("/", "谁的事")
        .send("bgszr")
        .wait("办公室主任")
        .send("\r");
    terminal.wait("d 填完成日期").press("d", "NC-2022-02 完成纠正措施：完成日期是哪一天").wait("2022-05-13");
    terminal.send("\u{15}2022-06-01\r").wait("这一天还没到").send("\u{15}x\r").wait("写日期");
    terminal.send("\u{15}today\r").wait("已存 NC-2022-02").wait_gone("逾期");
    terminal.send("j").send("G").press("d", "没有写明哪个日期算办完");
    terminal.press("u", "已撤销").wait("逾期").press("q", "");
    assert_eq!(terminal.end(), 0);
    // A month without its check: Enter opens a new one with department, kind, title and day.
    let mut terminal = office.start("zh", (80, 24), &[]);
    terminal.wait("要办的事").press("C", "60 天内").press("/", "谁的事").send("技术部经理").send("\r");
    terminal.wait_gone("谁的事");
    terminal.press_until("j", |terminal| terminal.screen().contains("Enter 新建一条"));
    terminal.press("\r", "技术部月度检查表");
    terminal.press("A", "F2 存").press(F2, "考核结果").press("\r", "60 天内").press("q", "");
    assert_eq!(terminal.end(), 0);
    let months = due(&office, &["--all"]).into_iter().filter(|(what, ..)| what == "month");
    assert_eq!(months.collect::<Vec<_>>(), [of("month", "DP-002", "2022-05-31")]);
}
