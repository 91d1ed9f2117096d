use chrono::{TimeZone, Utc};

use super::*;
use crate::book::{Date, Edit, Origin, Proposal, Value, Way};
use crate::definition::{SourceFile, SourceKind};

/// A book that is changed by short words.
struct Office {
    book: Book,
    definitions: Definitions,
}

fn text(words: &str) -> Value {
    Value::Text(words.to_owned())
}

fn code(code: &str) -> Value {
    Value::Choice(code.to_owned())
}

fn to(keys: &[EntryKey]) -> Value {
    Value::Links(keys.to_vec())
}

fn item(of: EntryKey, result: &str) -> Row {
    let cell = |id: &str, plain| (id.to_owned(), plain);
    Row(vec![cell("of", Plain::Links(vec![of])), cell("result", Plain::Choice(result.to_owned()))])
}

impl Office {
    fn new() -> Self {
        Self { book: Book::default(), definitions: Definitions::builtin().unwrap() }
    }

    fn commit(&mut self, edits: Vec<Edit>) -> Vec<EntryKey> {
        let word = String::new;
        let day = i64::try_from(self.book.seq()).unwrap();
        let utc = Utc.with_ymd_and_hms(2022, 5, 1, 1, 0, 0).unwrap() + chrono::TimeDelta::days(day);
        let name = "体系专员".to_owned();
        let origin =
            Origin { utc, offset: 28800, user: word(), name, host: word(), program: word(), real: None };
        let proposal = Proposal { way: Way::Command, why: None, edits };
        let commit = self.book.admit(proposal, &self.definitions, origin).unwrap();
        self.book.apply(&commit).unwrap();
        commit.changes.iter().map(|change| change.entry).collect()
    }

    fn add(&mut self, register: &str, fields: &[(&str, Value)]) -> EntryKey {
        let fields = fields.iter().map(|(id, value)| ((*id).to_owned(), value.clone())).collect();
        self.commit(vec![Edit::Add { register: register.to_owned(), fields }])[0]
    }

    fn set(&mut self, entry: EntryKey, field: &str, value: Value) {
        self.commit(vec![Edit::Set { entry, fields: vec![(field.to_owned(), Some(value))] }]);
    }

    /// The causes of an entry by their serials.
    fn causes(&self, entry: EntryKey) -> Vec<&str> {
        let words = Words::default();
        let stale = words.stale(&self.book, &self.definitions);
        stale.causes(entry).map(|cause| self.book.serial(cause.entry)).collect()
    }

    /// Serials of the aspects that answer a query.
    fn asked(&self, query: &str) -> Vec<&str> {
        let words = Words::default();
        let today = NaiveDate::from_ymd_opt(2022, 5, 13).unwrap();
        let node = parse(query).unwrap();
        let filter = compile(&node, &self.definitions, self.definitions.register("aspects"), today).unwrap();
        let prepared = filter.prepare(&self.book, &self.definitions, &words);
        let entries = self.book.entries("aspects").iter().filter_map(|key| self.book.entry(*key));
        let found = entries.filter(|entry| prepared.matches(entry));
        found.map(|entry| self.book.text(entry.serial)).collect()
    }

    fn unchanged(&mut self, entry: EntryKey, seen: u64) -> EntryKey {
        let seen = Value::Number(seen.into());
        let on = Value::Date("2022-05-13".parse::<Date>().unwrap());
        let words = [("title", text("x")), ("why", text("x")), ("by", text("x"))];
        let fields = [("entry", to(&[entry])), ("on", on), ("seen", seen)];
        self.add("unchanged", &[&words[..], &fields[..]].concat())
    }
}

#[test]
fn a_change_of_what_is_watched_marks_until_it_is_looked_at() {
    let mut office = Office::new();
    let document = office.add("documents", &[("title", text("废弃物管理办法"))]);
    let aspect = office.add("aspects", &[("aspect", text("墨盒")), ("documents", to(&[document]))]);
    let other = office.add("aspects", &[("aspect", text("纸"))]);
    assert!(office.causes(aspect).is_empty());
    // A note is no change that counts, a serial is none; another edition is one.
    office.set(document, "note", text("放在二号柜"));
    office.set(document, "id", text("OC-0100"));
    assert!(office.causes(aspect).is_empty());
    office.set(document, "edition", text("A/1"));
    assert_eq!((office.causes(aspect), office.causes(other)), (vec!["OC-0100"], vec![]));
    office.set(document, "note", text("放在三号柜"));
    assert_eq!(office.causes(aspect), ["OC-0100"], "a later note does not hide the edition");
    assert_eq!((office.asked("stale:yes"), office.asked("待复核:否")), (vec!["EA-0001"], vec!["EA-0002"]));
    // A note of its own is no look, a change is.
    office.set(aspect, "note", text("要看"));
    assert_eq!(office.causes(aspect), ["OC-0100"]);
    office.set(aspect, "controls", text("交有资质单位"));
    assert!(office.causes(aspect).is_empty());
    // So is what is said of it, for what was seen then and no longer.
    office.set(document, "edition", text("A/2"));
    let seen = office.book.seq();
    office.set(document, "status", code("draft"));
    let said = office.unchanged(aspect, seen);
    assert_eq!(office.causes(aspect), ["OC-0100"], "the status was not seen");
    office.commit(vec![Edit::Delete { entry: said }]);
    office.unchanged(aspect, office.book.seq());
    assert!(office.causes(aspect).is_empty());
    // What is gone asks too, and what comes back.
    office.commit(vec![Edit::Delete { entry: document }]);
    assert_eq!(office.causes(aspect), ["OC-0100"]);
}

#[test]
fn a_change_in_the_same_commit_is_no_cause() {
    let mut office = Office::new();
    let document = office.add("documents", &[("title", text("废弃物管理办法"))]);
    let aspect = office.add("aspects", &[("aspect", text("墨盒")), ("documents", to(&[document]))]);
    let set = |entry, field: &str, value| Edit::Set { entry, fields: vec![(field.to_owned(), Some(value))] };
    office.commit(vec![set(document, "edition", text("A/1")), set(aspect, "controls", text("新办法"))]);
    assert!(office.causes(aspect).is_empty());
}

#[test]
fn only_the_rows_that_count_ask_for_a_look() {
    let mut office = Office::new();
    let wrong = office.add("aspects", &[("aspect", text("墨盒"))]);
    let right = office.add("aspects", &[("aspect", text("纸"))]);
    let items = vec![item(wrong, "fail"), item(right, "pass")];
    let sheet = office.add("inspections", &[("title", text("五月检查")), ("items", Value::Rows(items))]);
    let number = office.book.serial(sheet).to_owned();
    assert_eq!((office.causes(wrong), office.causes(right)), (vec![number.as_str()], vec![]));
    office.set(sheet, "assessment", text("整改"));
    office.unchanged(wrong, office.book.seq());
    office.set(sheet, "by", text("另一人"));
    assert!(office.causes(wrong).is_empty(), "who inspected is no news about the aspect");
    // The sheet is changed: what it says of an entry may be another thing now.
    office.set(sheet, "items", Value::Rows(vec![item(wrong, "fail"), item(right, "fail")]));
    assert_eq!((office.causes(wrong), office.causes(right)), (vec![number.as_str()], vec![number.as_str()]));
}

#[test]
fn only_entries_that_answer_the_query_ask_for_a_look() {
    let mut office = Office::new();
    let plan = office.add("plans", &[("title", text("安全事故应急预案"))]);
    let drill = office.add("drills", &[("title", text("疏散演练")), ("plan", to(&[plan]))]);
    assert!(office.causes(plan).is_empty(), "it has come to nothing yet");
    office.set(drill, "conclusion", code("failed"));
    assert_eq!(office.causes(plan), [office.book.serial(drill)]);
    office.set(drill, "revision", code("none"));
    assert!(office.causes(plan).is_empty(), "it was decided that the plan stays");
}

#[test]
fn the_outcome_of_a_review_is_a_look_unless_the_entry_was_set_aside() {
    let mut office = Office::new();
    let document = office.add("documents", &[("title", text("废弃物管理办法"))]);
    let aspect = office.add("aspects", &[("aspect", text("墨盒")), ("documents", to(&[document]))]);
    office.set(document, "edition", text("A/1"));
    let fields = [("title", text("x")), ("entry", to(&[aspect])), ("outcome", code("pending"))];
    let outcome = office.add("outcomes", &fields);
    office.set(outcome, "outcome", code("aside"));
    assert_eq!(office.causes(aspect).len(), 1);
    office.set(outcome, "outcome", code("kept"));
    assert!(office.causes(aspect).is_empty());
    office.set(document, "edition", text("A/2"));
    assert_eq!(office.causes(aspect).len(), 1);
    office.set(outcome, "note", text("备注"));
    assert_eq!(office.causes(aspect).len(), 1, "a note about a look is not another look");
}

#[test]
fn a_register_of_ones_own_is_marked_by_what_it_names() {
    let own = |name: &str, text: &str| SourceFile {
        kind: SourceKind::Register,
        name: name.to_owned(),
        text: text.to_owned(),
    };
    let laws = "id = \"norms\"\nname = { zh = \"规范\", en = \"Norms\" }\nserial = \"NM-{000}\"\ntitle = \"title\"\ncolumns = [\"id\", \"title\"]\nquiet = [\"note\"]\n[[fields]]\nid = \"title\"\nname = { zh = \"名称\", en = \"title\" }\nkind = \"text\"\n[[fields]]\nid = \"note\"\nname = { zh = \"备注\", en = \"note\" }\nkind = \"text\"\n";
    let duties = "id = \"upkeep\"\nname = { zh = \"保养\", en = \"Upkeep\" }\nserial = \"UK-{000}\"\ntitle = \"title\"\ncolumns = [\"id\", \"title\", \"stale\"]\n[stale]\n[[fields]]\nid = \"title\"\nname = { zh = \"名称\", en = \"title\" }\nkind = \"text\"\n[[fields]]\nid = \"articles\"\nname = { zh = \"条文\", en = \"articles\" }\nkind = \"rows\"\nfields = [{ id = \"law\", name = { zh = \"规范\", en = \"norm\" }, kind = \"links\", to = [\"norms\"], watch = true }]\n";
    let files = vec![own("norms.toml", laws), own("upkeep.toml", duties)];
    let mut office = Office { book: Book::default(), definitions: Definitions::assemble(files).unwrap() };
    let law = office.add("norms", &[("title", text("固废法"))]);
    let row = Row(vec![("law".to_owned(), Plain::Links(vec![law]))]);
    let duty = office.add("upkeep", &[("title", text("分类")), ("articles", Value::Rows(vec![row]))]);
    office.set(law, "note", text("x"));
    assert!(office.causes(duty).is_empty());
    office.set(law, "title", text("固体废物污染环境防治法"));
    assert_eq!(office.causes(duty), ["NM-001"]);
}

#[test]
fn all_that_rest_on_one_are_marked_in_the_order_of_their_keys() {
    let mut office = Office::new();
    let document = office.add("documents", &[("title", text("节能降耗管理办法"))]);
    let aspect = |number: usize| Edit::Add {
        register: "aspects".to_owned(),
        fields: vec![
            ("aspect".to_owned(), text(&format!("电的消耗 {number}"))),
            ("documents".to_owned(), to(&[document])),
        ],
    };
    let aspects = office.commit((0..2_000).map(aspect).collect());
    office.set(document, "edition", text("A/1"));
    let words = Words::default();
    let stale = words.stale(&office.book, &office.definitions);
    assert_eq!(stale.registers()["aspects"], aspects);
    assert_eq!(stale.causes(aspects[1_999]).len(), 1);
}
