//! A past day is exactly what the first commits make, and what is told of the time between adds up.
#![allow(clippy::unwrap_used, clippy::indexing_slicing, clippy::panic, clippy::string_slice)]

mod common;

use std::collections::BTreeMap;
use std::path::Path;

use chrono::{NaiveDate, TimeDelta};
use common::{empty, moment, open, sample, who};
use taizhang::book::{Act, Book, Commit, Edit, EntryKey, Kept, Months, Point, Proposal, Value, Way};
use taizhang::catalogue::{Became, Tally};
use taizhang::share::Session;
use taizhang::store::{Head, Position, RealDisk, Timeline, look_back, replay};
use taizhang::wording::Lang;

/// Everything a book says of an entry, whatever numbers it keeps its texts by.
type Told = BTreeMap<EntryKey, (bool, String, String, (u64, i64, String), Vec<(String, Value)>, Vec<String>)>;

fn fields_of(book: &Book, entry: &taizhang::book::Entry) -> Vec<(String, Value)> {
    let value =
        |(id, cell): (&str, &taizhang::book::Cell)| (id.to_owned(), cell.value(book.texts()).unwrap());
    let mut fields: Vec<_> = book.fields(entry).map(value).collect();
    fields.sort_by(|a, b| a.0.cmp(&b.0));
    fields
}

fn told(book: &Book) -> (u64, i64, EntryKey, Told, BTreeMap<String, EntryKey>, Months) {
    let mut all = Told::new();
    for key in (1..book.next_key().0).map(EntryKey) {
        let (kept, former) = book.kept(key);
        let former: Vec<String> = former.iter().map(|id| book.text(*id).to_owned()).collect();
        let said = |register: u16, serial, stamp: taizhang::book::Stamp| {
            let stamp = (stamp.seq, stamp.at, book.text(stamp.by).to_owned());
            (book.register_id(register).to_owned(), book.text(serial).to_owned(), stamp)
        };
        let row = match kept {
            Kept::Vacant => continue,
            Kept::Live(entry) => {
                let (register, serial, stamp) = said(entry.register, entry.serial, entry.edited);
                assert!(book.entries(&register).contains(&key));
                (true, register, serial, stamp, fields_of(book, entry), former)
            }
            Kept::Gone(gone) => {
                let (register, serial, stamp) = said(gone.last.register, gone.last.serial, gone.deleted());
                assert!(!book.entries(&register).contains(&key));
                (false, register, serial, stamp, fields_of(book, &gone.last), former)
            }
        };
        all.insert(key, row);
    }
    let serials = book.serials().map(|(serial, key)| (book.text(serial).to_owned(), key)).collect();
    (book.seq(), book.last_utc(), book.next_key(), all, serials, book.months().clone())
}

fn commits(folder: &Path) -> Vec<Commit> {
    let mut commits = Vec::new();
    let whole = (Position::default(), Head::default());
    replay(&folder.join("journal"), &RealDisk::default(), whole, |commit, _, _| {
        commits.push(commit);
        Ok(())
    })
    .unwrap();
    commits
}

/// A book in which everything happens: entries come, change, are renumbered, go and come back.
fn restless(folder: &Path, seed: u64) -> Session {
    let mut session = empty(folder);
    let mut state = seed;
    let mut dice = move |bound: u64| {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (state >> 33) % bound
    };
    let registers = ["departments", "activities", "documents"];
    let mut gone: BTreeMap<EntryKey, Vec<(String, Value)>> = BTreeMap::new();
    for round in 0..80 {
        let register = registers[usize::try_from(dice(3)).unwrap()].to_owned();
        let live: Vec<EntryKey> =
            registers.iter().flat_map(|register| session.book().entries(register)).copied().collect();
        let text = |words: String| Value::Text(words);
        let title = ("title".to_owned(), text(format!("名 {}", dice(9))));
        let some = |dice: u64| live.get(usize::try_from(dice).unwrap()).copied();
        let picked = some(dice(live.len().max(1) as u64));
        let edits = match (dice(10), picked) {
            (0..=3, _) | (_, None) => vec![
                Edit::Add { register: register.clone(), fields: vec![title.clone()] },
                Edit::Add { register, fields: vec![title] },
            ],
            (4..=6, Some(entry)) => {
                let note = (dice(3) > 0).then(|| text(format!("注 {}", dice(4))));
                vec![Edit::Set { entry, fields: vec![(title.0, Some(title.1)), ("note".to_owned(), note)] }]
            }
            (7, Some(entry)) => {
                let serial = text(format!("N-{}", dice(20)));
                vec![Edit::Set { entry, fields: vec![("id".to_owned(), Some(serial))] }]
            }
            (8, Some(entry)) => vec![Edit::Delete { entry }],
            (_, Some(_)) => match gone.pop_first() {
                Some((entry, fields)) => vec![Edit::Restore { entry, fields }],
                None => continue,
            },
        };
        let utc = moment() + TimeDelta::hours(round * 7 + 1);
        if let Ok(commit) = session.commit(Proposal { way: Way::Screen, why: None, edits }, utc) {
            for change in commit.changes.iter().filter(|change| change.act == Act::Delete) {
                let fields = change.fields.iter();
                let kept = fields.filter_map(|field| Some((field.field.clone(), field.from.clone()?)));
                gone.insert(change.entry, kept.collect());
            }
        }
    }
    session
}

#[test]
fn a_past_is_what_the_first_commits_make() {
    for seed in [1, 2, 3] {
        let folder = tempfile::tempdir().unwrap();
        let session = restless(folder.path(), seed);
        let all = commits(folder.path());
        assert!(all.len() > 40, "{}", all.len());
        let acts = [Act::Set, Act::Delete, Act::Restore];
        let did = |act| all.iter().flat_map(|commit| &commit.changes).any(|change| change.act == act);
        assert!(acts.into_iter().all(did), "seed {seed}");
        let timeline = Timeline::read(&folder.path().join("journal"), u64::MAX).unwrap();
        assert!(timeline.is_proved().unwrap());
        assert_eq!(timeline.seq(), all.len() as u64);
        let (mut expected, mut led) = (Book::default(), Book::default());
        for commit in &all {
            expected.apply(commit).unwrap();
            let seq = commit.seq;
            assert_eq!(told(&timeline.book_at(seq).unwrap()), told(&expected), "seed {seed}, commit {seq}");
            timeline.lead(&mut led, seq).unwrap();
            assert_eq!(told(&led), told(&expected));
            assert_eq!(timeline.mark(seq).unwrap().utc, commit.origin.utc);
            assert_eq!(timeline.seq_at(&Point::Moment(commit.origin.utc), session.zone()), seq);
            assert_eq!(timeline.commit_at(seq, None).unwrap(), *commit);
        }
        assert_eq!(told(&expected), told(session.book()));
        // What happened to an entry ends where the past ends.
        let key = EntryKey(1);
        let whole = session.history(key).unwrap();
        let half = all.len() as u64 / 2;
        let until: Vec<_> = whole.into_iter().filter(|past| past.commit.seq <= half).collect();
        assert!(!until.is_empty());
        assert_eq!(session.as_of(&Point::Commit(half), moment()).unwrap().history(key).unwrap(), until);
    }
}

#[test]
fn every_kind_of_value_stands_there_as_it_did() {
    let folder = tempfile::tempdir().unwrap();
    drop(sample(folder.path()));
    let timeline = Timeline::read(&folder.path().join("journal"), u64::MAX).unwrap();
    let mut expected = Book::default();
    for commit in commits(folder.path()) {
        expected.apply(&commit).unwrap();
        assert_eq!(told(&timeline.book_at(commit.seq).unwrap()), told(&expected), "{}", commit.seq);
    }
    assert!(!expected.pool().judged.is_empty());
}

#[test]
fn what_became_of_entries_adds_up() {
    let folder = tempfile::tempdir().unwrap();
    let session = restless(folder.path(), 7);
    let all = commits(folder.path());
    let last = all.len() as u64;
    for since in (0..last).step_by(5) {
        for until in (since..=last).step_by(11) {
            let entries = session.net(since, until, None).unwrap().entries();
            let (before, after) = (session.book_at(since).unwrap(), session.book_at(until).unwrap());
            let touched: std::collections::BTreeSet<EntryKey> = all
                .iter()
                .filter(|commit| commit.seq > since && commit.seq <= until)
                .flat_map(|commit| commit.changes.iter().map(|change| change.entry))
                .collect();
            let tally = Tally::of(entries.iter());
            assert_eq!((tally.touched(), entries.len()), (touched.len(), touched.len()));
            let fields = |book: &Book, key| {
                let entry = book.entry(key)?;
                let value =
                    |(id, cell): (&str, &taizhang::book::Cell)| (id.to_owned(), cell.value(book.texts()));
                let mut fields: Vec<_> = book.fields(entry).map(value).collect();
                fields.push(("id".to_owned(), Some(Value::Text(book.serial(key).to_owned()))));
                fields.sort_by(|a, b| a.0.cmp(&b.0));
                Some(fields)
            };
            for entry in &entries {
                let became = match (fields(&before, entry.entry), fields(&after, entry.entry)) {
                    (None, None) => Became::Passing,
                    (None, Some(_)) => Became::New,
                    (Some(_), None) => Became::Removed,
                    (Some(then), Some(now)) if then == now => Became::Same,
                    _ => Became::Changed,
                };
                assert_eq!(entry.became, became, "{} between {since} and {until}", entry.serial);
            }
        }
    }
    // Of one person only.
    assert_eq!(session.net(0, last, Some("nobody")).unwrap().entries(), Vec::new());
    assert!(!session.net(0, last, Some("Tester")).unwrap().entries().is_empty());
}

#[test]
fn the_screen_goes_back_and_comes_back() {
    let folder = tempfile::tempdir().unwrap();
    let mut session = sample(folder.path());
    let now = moment();
    let head = session.book().seq();
    let day = |text: &str| Point::Day(text.parse::<NaiveDate>().unwrap());
    session.go_back(&day("2021-12-31"), now).unwrap();
    assert_eq!(session.past().unwrap().seq, 9);
    assert_eq!(session.today(now).to_string(), "2021-12-31");
    assert!(session.read_only().is_some());
    let entry = session.book().entries("aspects")[0];
    let refused =
        session.commit(Proposal { way: Way::Screen, why: None, edits: vec![Edit::Delete { entry }] }, now);
    assert!(refused.is_err());
    assert_eq!(session.step(true).unwrap().unwrap().seq, 10);
    assert_eq!(session.step(false).unwrap().unwrap().seq, 9);
    session.go_back(&day("2020-01-01"), now).unwrap();
    assert_eq!((session.past().unwrap().seq, session.book().is_empty()), (0, true));
    assert!(session.go_back(&day("2040-01-01"), now).is_err());
    assert!(session.go_back(&Point::Commit(head + 1), now).is_err());
    assert!(session.come_back());
    assert!(!session.come_back());
    assert_eq!((session.book().seq(), session.read_only().is_none()), (head, true));
    session
        .commit(Proposal { way: Way::Screen, why: None, edits: vec![Edit::Delete { entry }] }, now)
        .unwrap();
}

#[test]
fn definitions_are_those_of_the_day() {
    let folder = tempfile::tempdir().unwrap();
    drop(empty(folder.path()));
    let register = "id = \"keys\"\nname = { zh = \"钥匙\", en = \"Keys\" }\nserial = \"KY-{000}\"\norder = 30\n\
        title = \"title\"\ncolumns = [\"id\", \"title\"]\n\n[[fields]]\nid = \"title\"\n\
        name = { zh = \"名称\", en = \"name\" }\nkind = \"text\"\n\n[[fields]]\nid = \"note\"\n\
        name = { zh = \"备注\", en = \"note\" }\nkind = \"text\"\n";
    std::fs::write(folder.path().join("registers/keys.toml"), register).unwrap();
    let session = Session::new(open(folder.path()), who());
    assert!(session.definitions().register("keys").is_some());
    let before = session.as_of(&Point::Commit(1), moment()).unwrap();
    assert!(before.definitions().register("keys").is_none());
    assert!(before.definitions().register("aspects").is_some());
    let after = session.as_of(&Point::Commit(2), moment()).unwrap();
    assert!(after.definitions().register("keys").is_some());
}

#[test]
fn a_broken_chain_is_not_proved() {
    let folder = tempfile::tempdir().unwrap();
    drop(sample(folder.path()));
    let book = taizhang::store::Folder::at(folder.path());
    assert!(look_back(&book).unwrap().is_some());
    let file = folder.path().join("journal/2021.jsonl");
    let whole = std::fs::read_to_string(&file).unwrap();
    for (what, broken) in [
        ("a value", whole.replacen("办公活动", "办公活劝", 1)),
        ("a line too few", whole.split_inclusive('\n').skip(1).collect()),
        ("cut off", whole[..whole.len() - 5].to_owned()),
        ("another number", whole.replacen("\"seq\":2,", "\"seq\":3,", 1)),
    ] {
        std::fs::write(&file, broken).unwrap();
        assert!(look_back(&book).unwrap().is_none(), "{what}");
    }
    std::fs::write(&file, whole).unwrap();
    assert!(look_back(&book).unwrap().is_some());
}

#[test]
fn what_was_is_brought_back_and_names_where_it_came_from() {
    let folder = tempfile::tempdir().unwrap();
    let mut session = sample(folder.path());
    let now = moment();
    let key = session.book().key_of("EA-0002").unwrap();
    let level = |session: &Session| {
        let reading = session.reading(Lang::En);
        let evaluation = reading.evaluation(reading.book.entry(key).unwrap()).unwrap();
        (evaluation.listed, evaluation.score.unwrap().to_string())
    };
    assert_eq!(level(&session), (true, "16".to_owned()));
    let back = session.restoring(key, Some("evaluation"), Some(9), Some("误判".to_owned())).unwrap();
    let done = session.commit(back, now).unwrap();
    assert_eq!(done.way, Way::RestoreOf(3));
    assert_eq!(level(&session), (false, "13".to_owned()));
    // An older program reads it as made on the screen; the journal says which commit it was, and is proved.
    let line = std::fs::read_to_string(folder.path().join("journal").join("2022.jsonl")).unwrap();
    assert!(line.contains("\"way\":\"screen\",\"restores\":3,"));
    assert_eq!(commits(folder.path()).last().unwrap().way, Way::RestoreOf(3));
    session.undo(now).unwrap();
    assert_eq!(level(&session), (true, "16".to_owned()));
    // A deleted entry comes back as it was.
    let gone = session.book().tombstones().next().map(|(key, _)| key).unwrap();
    let back = session.restoring(gone, None, None, None).unwrap();
    assert!(session.restoring(gone, Some("note"), None, None).is_err());
    session.commit(back, now).unwrap();
    assert!(session.book().entry(gone).is_some());
    assert!(session.restoring(gone, None, Some(1), None).is_err());
}

#[test]
fn an_undo_says_which_change_stands_in_its_way() {
    let folder = tempfile::tempdir().unwrap();
    let mut session = sample(folder.path());
    let now = moment();
    let entry = session.book().key_of("EA-0002").unwrap();
    let set = |words: &str| Proposal {
        way: Way::Screen,
        why: None,
        edits: vec![Edit::Set {
            entry,
            fields: vec![("note".to_owned(), Some(Value::Text(words.to_owned())))],
        }],
    };
    let own = session.commit(set("一"), now).unwrap().seq;
    drop(session);
    let other = taizhang::share::Who { user: "other".to_owned(), host: "host".to_owned() };
    let mut theirs = Session::new(open(folder.path()), other);
    let later = theirs.commit(set("二"), now).unwrap().seq;
    drop(theirs);
    let mut session = Session::new(open(folder.path()), who());
    let said = session.undo(now).unwrap_err().to_string();
    assert!(said.contains(&format!("#{later} ")) && said.contains("other"), "{said}");
    assert!(said.contains(&format!("commit {own} cannot")), "{said}");
}
