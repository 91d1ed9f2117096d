//! What the pages promise.

use proptest::prelude::*;

use super::*;
use crate::book::{Act, Change, Commit, FieldChange, FileRef, Origin, Plain, Row, Value, Way};
use crate::scoring::{Evaluation, Given, Judgement};

fn commit(seq: u64, changes: Vec<Change>) -> Commit {
    let word = |word: &str| word.to_owned();
    let origin = Origin {
        utc: chrono::DateTime::from_timestamp(1_652_000_000, 0).unwrap(),
        offset: 28_800,
        user: word("user"),
        name: word("体系专员"),
        host: word("host"),
        program: word("0"),
        real: None,
    };
    let (way, definitions) = (Way::Screen, String::new());
    Commit { seq, origin, clock_went_back: false, way, why: None, definitions, changes }
}

fn change(entry: u32, act: Act, serial: &str, fields: Vec<(&str, Option<Value>)>) -> Change {
    let fields =
        fields.into_iter().map(|(field, to)| FieldChange { field: field.to_owned(), from: None, to });
    let (entry, register) = (EntryKey(entry), if entry % 5 == 3 { "drills" } else { "aspects" }.to_owned());
    Change { entry, register, serial: serial.to_owned(), act, fields: fields.collect() }
}

fn evaluation() -> Value {
    let methods = crate::definition::Definitions::builtin().unwrap();
    let method = methods.methods().get("lec").unwrap();
    let factors = |l: &str| {
        [("L", l), ("E", "6"), ("C", "15")].map(|(id, value)| (id.to_owned(), value.parse().unwrap())).into()
    };
    let (given, residual) = (Given { factors: factors("3"), direct: None }, Some(factors("0.5")));
    let on = chrono::NaiveDate::from_ymd_opt(2022, 3, 18).unwrap();
    let judgement =
        Judgement { by: vec!["甲".to_owned()], on, basis: "现场".to_owned(), residual, released: false };
    Value::Evaluation(Box::new(Evaluation::make(method, given, judgement, None).unwrap().0))
}

/// One value of every kind, made once: a judgement reads all that the program brings along.
static VALUES: std::sync::LazyLock<Vec<(&'static str, Option<Value>)>> = std::sync::LazyLock::new(values);

fn values() -> Vec<(&'static str, Option<Value>)> {
    let text = |words: &str| words.to_owned();
    let row = Row(vec![(text("step"), Plain::Text(text("疏散")))]);
    let file = FileRef { name: text("a.pdf"), size: 7, sha256: text("00") };
    vec![
        ("aspect", Some(Value::Text(text("潜在火灾")))),
        ("amount", Some(Value::Number("0.50".parse().unwrap()))),
        ("review", Some(Value::Date("2022-03".parse().unwrap()))),
        ("met", Some(Value::YesNo(true))),
        ("condition", Some(Value::Choice(text("emergency")))),
        ("impact", Some(Value::Choices(vec![text("air"), text("land")]))),
        ("activity", Some(Value::Links(vec![EntryKey(9)]))),
        ("evaluation", Some(evaluation())),
        ("steps", Some(Value::Rows(vec![row]))),
        ("files", Some(Value::Files(vec![file]))),
    ]
}

fn book() -> Book {
    let mut book = Book::default();
    let changes = vec![
        change(1, Act::Add, "EA-7", values()),
        change(3, Act::Add, "ED-1", vec![("title", Some(Value::Text("演练".to_owned())))]),
        change(40, Act::Add, "EA-40", vec![("aspect", Some(Value::Text("x".to_owned())))]),
    ];
    book.apply(&commit(1, changes)).unwrap();
    let changes = vec![change(1, Act::Set, "EA-0007", vec![]), change(3, Act::Delete, "ED-1", vec![])];
    book.apply(&commit(2, changes)).unwrap();
    book
}

fn restored(pages: &[Page]) -> Result<Book, Undecodable> {
    Ok(restore(pages)?.finish(2, 1_652_000_000))
}

#[test]
fn the_bytes_of_format_5_never_change() {
    let hex = |bytes: &[u8]| bytes.iter().fold(String::new(), |hex, byte| hex + &format!("{byte:02x}"));
    let pages = pages(&book()).unwrap();
    let lines: Vec<String> = pages.iter().map(|(page, bytes)| format!("{page:?} {}", hex(bytes))).collect();
    insta::assert_snapshot!(lines.join("\n"));
}

#[test]
fn a_book_comes_back_from_its_pages() {
    let before = book();
    let kept = pages(&before).unwrap();
    let after = restored(&kept).unwrap();
    assert_eq!(pages(&after).unwrap(), kept);
    assert_eq!(after.key_of("EA-7"), Some(EntryKey(1)), "a former serial still finds its entry");
    assert_eq!(after.serial(EntryKey(1)), "EA-0007");
    let fields = |book: &Book| -> Vec<Value> {
        book.fields(book.entry(EntryKey(1)).unwrap())
            .filter_map(|(_, cell)| cell.value(book.texts()))
            .collect()
    };
    assert_eq!(fields(&after), fields(&before));
    let gone = after.tombstone(EntryKey(3)).unwrap();
    let last: Vec<Value> =
        after.fields(&gone.last).filter_map(|(_, cell)| cell.value(after.texts())).collect();
    assert_eq!(last, [Value::Text("演练".to_owned())], "a deleted entry keeps its name");
    assert_eq!(after.next_key(), EntryKey(41));
}

#[test]
fn no_flipped_bit_and_no_cut_goes_unseen() {
    for (page, bytes) in pages(&book()).unwrap() {
        for at in 0..bytes.len() * 8 {
            let mut flipped = bytes.clone();
            flipped[at / 8] ^= 1 << (at % 8);
            assert_eq!(check(&flipped), Err(Undecodable), "bit {at} of {page:?}");
        }
        for length in 0..bytes.len() {
            assert_eq!(check(&bytes[..length]), Err(Undecodable));
        }
    }
}

#[test]
fn numbers_that_lead_nowhere_are_refused() {
    let mut pages = pages(&book()).unwrap();
    let at = pages.iter().position(|(page, _)| page.0 == Family::Texts).unwrap();
    pages.remove(at);
    assert!(restored(&pages).is_err());
}

proptest! {
    /// Keeping only what each commit changed gives the same pages as keeping everything at the end.
    #[test]
    fn changed_pages_are_enough(steps in proptest::collection::vec((1u32..90, 0usize..10, "[a-d]{1,2}"), 1..40)) {
        let (mut book, mut kept) = (Book::default(), std::collections::BTreeMap::new());
        let values = VALUES.clone();
        for (seq, (key, field, words)) in (1..).zip(steps) {
            let before = book.extent();
            let act = if book.entry(EntryKey(key)).is_some() { Act::Set } else { Act::Add };
            let value = if field == 0 { Value::Text(words) } else { values[field].1.clone().unwrap() };
            let name = values[field].0;
            let changes = vec![change(key, act, &format!("S-{key}"), vec![(name, Some(value))])];
            book.apply(&commit(seq, changes)).unwrap();
            kept.extend(changed_pages(&book, before, [EntryKey(key)].into_iter()).unwrap());
        }
        let kept: Vec<Page> = kept.into_iter().collect();
        let whole: Vec<Page> = pages(&book).unwrap();
        for page in &kept {
            prop_assert!(whole.contains(page));
        }
        let again = restored(&kept).unwrap();
        prop_assert_eq!(pages(&again).unwrap(), whole);
    }
}
