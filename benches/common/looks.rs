//! What it costs to look a book over by its rules: all of it, and after one commit only what that can have changed.

use std::path::Path;
use std::time::Instant;

use taizhang::audit::{Follow, accept, look_over};
use taizhang::book::{Date, Edit, EntryKey, Proposal, Value, Way};
use taizhang::share::Session;
use taizhang::wording::Lang;

use crate::{Report, median, millis, of};

type Change = fn(&Session, usize) -> Edit;

/// A change each of what one check rests on, of what many rest on, and of what is accepted.
const CHANGES: [(&str, Change); 6] = [
    ("checks after a note is changed", |session, round| {
        set(first(session, "aspects"), "note", text(&format!("第 {round} 次")))
    }),
    ("checks after a state is changed", |session, round| {
        let code = ["emergency", "normal"][round % 2];
        set(first(session, "aspects"), "condition", Value::Choice(code.to_owned()))
    }),
    ("checks after an aspect is added", |session, _| {
        let (book, like) = (session.book(), session.book().entry(first(session, "aspects")).unwrap());
        let fields = book.fields(like).map(|(id, _)| (id.to_owned(), book.value(like, id).unwrap()));
        Edit::Add { register: "aspects".to_owned(), fields: fields.collect() }
    }),
    ("checks after a department is renamed", |session, round| {
        set(first(session, "departments"), "title", text(&format!("第 {round} 车间")))
    }),
    ("checks after a role is added", |_, round| {
        let fields = vec![("title".to_owned(), text(&format!("岗位 {round}")))];
        Edit::Add { register: "roles".to_owned(), fields }
    }),
    ("checks after a finding is accepted", |session, round| {
        let (reading, today) = (session.reading(Lang::Zh), session.today(super::now()));
        let looked = look_over(&reading, today);
        let most = looked.iter().max_by_key(|looked| looked.found.len()).unwrap();
        let finding = (most.check, most.found[round].entry);
        accept(&reading, finding, ("看过", "bench"), Date::day(today))
    }),
];

fn first(session: &Session, register: &str) -> EntryKey {
    session.book().entries(register)[0]
}

fn text(words: &str) -> Value {
    Value::Text(words.to_owned())
}

fn set(entry: EntryKey, field: &str, value: Value) -> Edit {
    Edit::Set { entry, fields: vec![(field.to_owned(), Some(value))] }
}

pub fn measure(book: &Path, rows: usize, report: &Report) {
    let mut session = super::open(book);
    let today = session.today(super::now());
    session.warm();
    let whole = (0..5).map(|_| {
        let begin = Instant::now();
        assert!(!look_over(&session.reading(Lang::Zh), today).is_empty());
        millis(begin.elapsed())
    });
    let budget = Some(of(rows, 1_000.0, 1_000.0, 5_000.0));
    report.line("every check, all entries", median(whole), "ms", budget);
    let mut follow = Follow::default();
    let begin = Instant::now();
    follow.follow(&session.reading(Lang::Zh), today);
    report.line("the same, to be followed", millis(begin.elapsed()), "ms", budget);
    for (what, change) in CHANGES {
        let mut took = Vec::new();
        for round in 0..21 {
            let edits = vec![change(&session, round)];
            session.commit(Proposal { way: Way::Screen, why: None, edits }, super::now()).unwrap();
            let begin = Instant::now();
            follow.follow(&session.reading(Lang::Zh), today);
            took.push(millis(begin.elapsed()));
        }
        let most = took.iter().copied().fold(0.0, f64::max);
        report.line(what, median(took.into_iter()), "ms", Some(10.0));
        report.line("the same at worst", most, "ms", None);
    }
    let begin = Instant::now();
    let looked =
        follow.looked(&session.reading(Lang::Zh)).iter().map(|looked| looked.found.len()).sum::<usize>();
    report.line(&format!("{looked} findings handed on"), millis(begin.elapsed()), "ms", None);
}
