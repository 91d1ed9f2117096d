//! The book as a state machine: history replays to it, and an undo takes back exactly what was done.
#![allow(clippy::unwrap_used, clippy::indexing_slicing, clippy::panic)]

mod common;

use std::collections::BTreeMap;

use common::{moment, origin};
use proptest::prelude::*;
use taizhang::book::{Book, Commit, Edit, EntryKey, Kept, Proposal, Refusal, Value, Way};
use taizhang::definition::Definitions;

/// What to do: an act, which entry, which field, and words.
type Step = (u8, usize, usize, String);

const FIELDS: [&str; 3] = ["title", "head", "duties"];

/// What a book knows of each key: register, serial, and values where the entry is live.
type Known = Option<(String, String, Option<BTreeMap<String, Option<Value>>>)>;

fn kept(book: &Book) -> Vec<Known> {
    let known = |key: EntryKey| {
        let register = |register: u16| book.register_id(register).to_owned();
        match book.kept(key).0 {
            Kept::Vacant => None,
            Kept::Gone(gone) => Some((register(gone.last.register), book.serial(key).to_owned(), None)),
            Kept::Live(entry) => {
                let values = book.fields(entry).map(|(id, cell)| (id.to_owned(), cell.value(book.texts())));
                Some((register(entry.register), book.serial(key).to_owned(), Some(values.collect())))
            }
        }
    };
    (1..book.next_key().0).map(|key| known(EntryKey(key))).collect()
}

fn edit(book: &Book, (act, entry, field, words): &Step) -> Edit {
    let keys = book.entries("departments");
    let key = keys.get(entry % keys.len().max(1)).copied();
    let value = Value::Text(words.clone());
    match (act % 4, key) {
        (0, Some(entry)) => Edit::Delete { entry },
        (1, Some(entry)) => Edit::Set { entry, fields: vec![("id".to_owned(), Some(value))] },
        (2 | 3, Some(entry)) => {
            Edit::Set { entry, fields: vec![(FIELDS[field % 3].to_owned(), Some(value))] }
        }
        _ => Edit::Add { register: "departments".to_owned(), fields: vec![("title".to_owned(), value)] },
    }
}

fn admit(book: &Book, definitions: &Definitions, edits: Vec<Edit>) -> Result<Commit, Refusal> {
    book.admit(Proposal { way: Way::Command, why: None, edits }, definitions, origin(moment()))
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]
    #[test]
    fn history_replays_to_the_book_and_undo_takes_back_what_was_done(
        steps in proptest::collection::vec((any::<u8>(), 0usize..6, 0usize..3, "[a-z甲乙丙 ]{0,4}"), 1..30),
    ) {
        let definitions = Definitions::builtin().unwrap();
        let (mut book, mut history) = (Book::default(), Vec::new());
        for (number, step) in steps.iter().enumerate() {
            let step = if number % 3 == 0 { (4, 0, 0, format!("部门{number}")) } else { step.clone() };
            let step = if number % 3 == 0 { Edit::Add { register: "departments".to_owned(), fields: vec![("title".to_owned(), Value::Text(step.3))] } } else { edit(&book, &step) };
            let before = kept(&book);
            let Ok(commit) = admit(&book, &definitions, vec![step]) else { continue };
            let mut tried = book.clone();
            tried.apply(&commit).unwrap();
            let back = admit(&tried, &definitions, commit.inverse()).unwrap();
            tried.apply(&back).unwrap();
            let mut after = kept(&tried);
            // What was added and taken back leaves its key behind, so that it is never given again.
            after.truncate(before.len());
            prop_assert_eq!(after, before, "{:?}", commit);
            book.apply(&commit).unwrap();
            history.push(commit);
        }
        let mut again = Book::default();
        for commit in &history {
            let line = serde_json::to_string(commit).unwrap();
            again.apply(&serde_json::from_str(&line).unwrap()).unwrap();
        }
        prop_assert_eq!(kept(&again), kept(&book));
        prop_assert_eq!(again.seq(), book.seq());
    }
}

fn add(book: &mut Book, definitions: &Definitions, fields: &[(&str, Value)]) -> Result<EntryKey, Refusal> {
    let fields = fields.iter().map(|(id, value)| ((*id).to_owned(), value.clone())).collect();
    let commit = admit(book, definitions, vec![Edit::Add { register: "departments".to_owned(), fields }])?;
    book.apply(&commit).unwrap();
    Ok(commit.changes[0].entry)
}

fn words(text: &str) -> Value {
    Value::Text(text.to_owned())
}

#[test]
fn keys_and_serials_are_never_given_again() {
    let definitions = Definitions::builtin().unwrap();
    let mut book = Book::default();
    let first = add(&mut book, &definitions, &[("title", words("甲"))]).unwrap();
    let gone = admit(&book, &definitions, vec![Edit::Delete { entry: first }]).unwrap();
    book.apply(&gone).unwrap();
    let second = add(&mut book, &definitions, &[("title", words("乙"))]).unwrap();
    assert_eq!((book.serial(first), book.serial(second)), ("DP-001", "DP-002"));
    let renumbered =
        vec![Edit::Set { entry: second, fields: vec![("id".to_owned(), Some(words("DP-050")))] }];
    let renumbered = admit(&book, &definitions, renumbered).unwrap();
    book.apply(&renumbered).unwrap();
    // The old serial still finds it, belongs to nobody else, and the series goes on behind the new one.
    assert_eq!((book.key_of("DP-002"), book.key_of("dp-050")), (Some(second), Some(second)));
    assert_eq!(
        add(&mut book, &definitions, &[("id", words("DP-002")), ("title", words("丙"))]),
        Err(Refusal::SerialTaken("DP-002".to_owned()))
    );
    let third = add(&mut book, &definitions, &[("title", words("丙"))]).unwrap();
    assert_eq!(book.serial(third), "DP-051");
}

#[test]
fn only_the_title_is_demanded_and_nothing_grows_beyond_its_limit() {
    let definitions = Definitions::builtin().unwrap();
    let mut book = Book::default();
    assert_eq!(
        add(&mut book, &definitions, &[("head", words("x"))]),
        Err(Refusal::NoTitle("title".to_owned()))
    );
    assert_eq!(
        add(&mut book, &definitions, &[("title", words("  "))]),
        Err(Refusal::NoTitle("title".to_owned()))
    );
    let large =
        add(&mut book, &definitions, &[("title", words("x")), ("duties", words(&"长".repeat(25_000)))]);
    assert!(matches!(large, Err(Refusal::TooLarge { bytes }) if bytes > 60_000));
    assert!(matches!(
        add(&mut book, &definitions, &[("title", Value::YesNo(true))]),
        Err(Refusal::WrongKind { .. })
    ));
    let key = add(&mut book, &definitions, &[("title", words("x"))]).unwrap();
    let twice = |words: Value| Edit::Set { entry: key, fields: vec![("head".to_owned(), Some(words))] };
    assert!(matches!(
        admit(&book, &definitions, vec![twice(words("a")), twice(words("b"))]),
        Err(Refusal::Twice(_))
    ));
    assert_eq!(
        admit(&book, &definitions, vec![Edit::Set { entry: key, fields: vec![] }]),
        Err(Refusal::NothingChanged)
    );
}
