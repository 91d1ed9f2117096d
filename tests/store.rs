//! What is acknowledged stays, whatever happens to the files.
#![allow(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::string_slice,
    clippy::panic,
    clippy::type_complexity
)]

mod common;

use std::fs;
use std::io::{BufRead, BufReader};
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::Duration;

use common::{empty, moment, open, origin, sample};
use taizhang::book::{Edit, Proposal, Value, Way};
use taizhang::share::{Session, SessionError};
use taizhang::store::{self, Class, Compared, Damage, Finding, Folder, Note, StoreError};

fn add(session: &mut Session, title: &str) -> Result<u64, SessionError> {
    let fields = vec![("aspect".to_owned(), Value::Text(title.to_owned()))];
    let edits = vec![Edit::Add { register: "aspects".to_owned(), fields }];
    session.commit(Proposal { way: Way::Command, why: None, edits }, moment()).map(|commit| commit.seq)
}

fn journal(book: &Path) -> PathBuf {
    let mut files: Vec<PathBuf> =
        fs::read_dir(book.join("journal")).unwrap().map(|entry| entry.unwrap().path()).collect();
    files.sort();
    files.pop().unwrap()
}

fn titles(session: &Session) -> usize {
    session.book().entries("aspects").len()
}

/// Copies a folder with what is in it.
fn copy(from: &Path, to: &Path) {
    let _ = fs::remove_dir_all(to);
    fs::create_dir_all(to).unwrap();
    for entry in fs::read_dir(from).unwrap().flatten() {
        let to = to.join(entry.file_name());
        if entry.path().is_dir() {
            copy(&entry.path(), &to);
        } else {
            fs::copy(entry.path(), to).unwrap();
        }
    }
}

#[test]
fn a_torn_end_is_cut_off_wherever_it_was_torn() {
    let folder = tempfile::tempdir().unwrap();
    let (book, kept) = (folder.path().join("book"), folder.path().join("state"));
    let mut session = empty(&book);
    add(&mut session, "一").unwrap();
    drop(session);
    let before = fs::read(journal(&book)).unwrap().len();
    copy(&book.join("state"), &kept);
    add(&mut Session::new(open(&book), common::who()), "二").unwrap();
    let file = journal(&book);
    let whole = fs::read(&file).unwrap();
    for length in (before + 1..whole.len()).step_by(7).chain([whole.len() - 1]) {
        // A change that was never finished was never confirmed, so the state does not know it.
        fs::write(&file, &whole[..length]).unwrap();
        copy(&kept, &book.join("state"));
        let opened = open(&book);
        assert!(opened.notes.contains(&Note::TornCut), "cut at {length}: {:?}", opened.notes);
        let mut session = Session::new(opened, common::who());
        assert_eq!(titles(&session), 1);
        add(&mut session, "三").unwrap();
        drop(session);
        assert_eq!(store::verify(&Folder::at(&book)).unwrap().findings, []);
    }
}

/// The first note of damage, if any.
fn damage(notes: &[Note]) -> Option<Damage> {
    notes.iter().find_map(|note| if let Note::Damaged(damage) = note { Some(damage.clone()) } else { None })
}

#[test]
fn a_journal_that_lost_what_was_confirmed_is_damaged_and_no_number_is_given_again() {
    let folder = tempfile::tempdir().unwrap();
    let (kept, book) = (folder.path().join("kept"), folder.path().join("book"));
    drop(sample(&kept));
    let other = folder.path().join("other");
    drop(empty(&other));
    let last = fs::read_to_string(journal(&kept)).unwrap();
    let end = last.trim_end().rfind("{\"commit\"").unwrap();
    copy(&kept, &book);
    let file = journal(&book);
    let harms: Vec<(&str, Box<dyn Fn()>)> = vec![
        ("the last commit", Box::new(|| fs::write(&file, &last[..end]).unwrap())),
        ("the last line", Box::new(|| fs::write(&file, &last[..last.len() - 300]).unwrap())),
        ("all of the year", Box::new(|| fs::write(&file, b"").unwrap())),
        ("the newest file", Box::new(|| fs::remove_file(&file).unwrap())),
        ("everything", Box::new(|| fs::remove_dir_all(book.join("journal")).unwrap())),
        ("another journal", Box::new(|| copy(&other.join("journal"), &book.join("journal")))),
    ];
    for (harm, happens) in harms {
        copy(&kept, &book);
        happens();
        let left: Vec<_> = fs::read_dir(book.join("journal")).into_iter().flatten().flatten().collect();
        let left: Vec<Vec<u8>> = left.iter().map(|entry| fs::read(entry.path()).unwrap()).collect();
        for opened in [open(&book), store::read(&Folder::at(&book)).unwrap()] {
            let damage = damage(&opened.notes).unwrap_or_else(|| panic!("{harm}: {:?}", opened.notes));
            assert!(damage.line.is_none(), "{harm}: {damage:?}");
            let mut session = Session::new(opened, common::who());
            let refused = add(&mut session, "x");
            assert!(matches!(refused, Err(SessionError::Store(StoreError::ReadOnly(_)))), "{harm}");
        }
        assert!(store::look_back(&Folder::at(&book)).unwrap().is_none(), "{harm}");
        let report = store::verify(&Folder::at(&book)).unwrap();
        assert!(matches!(&report.findings[..], [Finding::Journal(_)]), "{harm}: {report:?}");
        assert!(matches!(report.state, Compared::Not(_)), "{harm}: {report:?}");
        let after: Vec<_> = fs::read_dir(book.join("journal")).into_iter().flatten().flatten().collect();
        assert!(after.iter().map(|entry| fs::read(entry.path()).unwrap()).eq(left), "{harm}");
        // Who has no backup accepts the loss by deleting the witness.
        fs::remove_dir_all(book.join("state")).unwrap();
        assert!(open(&book).access.read_only().is_none(), "{harm}");
    }
}

#[test]
fn a_missing_file_is_named_by_what_stood_in_it() {
    let folder = tempfile::tempdir().unwrap();
    let book = folder.path().join("book");
    drop(sample(&book));
    fs::remove_file(book.join("journal/2021.jsonl")).unwrap();
    let damage = damage(&open(&book).notes).unwrap();
    assert!(damage.file.ends_with("journal") && damage.line.is_none(), "{damage:?}");
    let said = taizhang::wording::english(&damage.what);
    assert!(said.starts_with("commits 1 to ") && said.contains("before 2022.jsonl"), "{said}");
}

#[test]
fn what_another_program_cut_or_added_meanwhile_stops_writing() {
    let folder = tempfile::tempdir().unwrap();
    let book = folder.path().join("book");
    let mut session = empty(&book);
    add(&mut session, "一").unwrap();
    let file = journal(&book);
    let whole = fs::read(&file).unwrap();
    for other in [&whole[..whole.len() - 10], &[&whole[..], b"x"].concat()] {
        fs::write(&file, other).unwrap();
        assert!(matches!(add(&mut session, "二"), Err(SessionError::Store(_))));
        assert_eq!(fs::read(&file).unwrap(), other);
        fs::write(&file, &whole).unwrap();
        drop(session);
        session = Session::new(open(&book), common::who());
        assert_eq!(titles(&session), 1);
    }
}

#[test]
fn damage_in_the_middle_is_named_and_nothing_is_written_behind_it() {
    let folder = tempfile::tempdir().unwrap();
    let book = folder.path().join("book");
    drop(sample(&book));
    let file = book.join("journal/2021.jsonl");
    let whole = fs::read_to_string(&file).unwrap();
    let line = whole.lines().position(|line| line.contains("废旧墨盒")).unwrap() + 1;
    fs::write(&file, whole.replacen("废旧墨盒", "废旧墨合", 1)).unwrap();
    let opened = open(&book);
    let damage = damage(&opened.notes).expect("the damage is said");
    assert!(damage.file.ends_with("2021.jsonl") && damage.line == Some(line), "{damage:?}");
    let mut session = Session::new(opened, common::who());
    assert!(session.book().entries("departments").len() == 2 && titles(&session) == 0);
    assert!(matches!(add(&mut session, "x"), Err(SessionError::Store(StoreError::ReadOnly(_)))));
    assert!(!store::verify(&Folder::at(&book)).unwrap().findings.is_empty());
}

#[test]
fn a_flipped_byte_names_its_line() {
    let folder = tempfile::tempdir().unwrap();
    let book = folder.path().join("book");
    drop(sample(&book));
    let file = book.join("journal/2022.jsonl");
    let whole = fs::read(&file).unwrap();
    // The very last byte too: a line that ends in another byte is damage, no append that was never finished.
    for at in (0..whole.len()).step_by(23).chain([whole.len() - 1]) {
        let mut flipped = whole.clone();
        flipped[at] ^= 1 << (at % 7);
        fs::write(&file, &flipped).unwrap();
        let line = whole[..at].split(|byte| *byte == b'\n').count();
        let findings = store::verify(&Folder::at(&book)).unwrap().findings;
        let [Finding::Journal(damage)] = findings.as_slice() else { panic!("byte {at}: {findings:?}") };
        assert!(
            damage.file.ends_with("2022.jsonl") && damage.line == Some(line),
            "byte {at} in {line}: {damage:?}"
        );
    }
}

#[test]
fn a_journal_without_sums_of_lines_is_read_and_names_the_commit() {
    let folder = tempfile::tempdir().unwrap();
    let book = folder.path().join("book");
    drop(sample(&book));
    for year in ["2021", "2022"] {
        let file = book.join(format!("journal/{year}.jsonl"));
        let whole = fs::read_to_string(&file).unwrap();
        let plain = |line: &str| match line.split_once(",\"sums\"") {
            Some((before, _)) if line.starts_with("{\"end\"") => format!("{before}}}}}\n"),
            _ => format!("{line}\n"),
        };
        fs::write(&file, whole.lines().map(plain).collect::<String>()).unwrap();
    }
    assert_eq!(store::verify(&Folder::at(&book)).unwrap().findings, []);
    let file = book.join("journal/2022.jsonl");
    let whole = fs::read_to_string(&file).unwrap();
    let header = whole.lines().position(|line| line.starts_with("{\"commit\"")).unwrap() + 1;
    fs::write(&file, whole.replacen("\"field\"", "\"field\" ", 1)).unwrap();
    let findings = store::verify(&Folder::at(&book)).unwrap().findings;
    assert!(
        matches!(&findings[..], [Finding::Journal(damage)] if damage.line == Some(header)),
        "{findings:?}"
    );
}

#[test]
fn a_state_made_anew_is_trusted_from_the_next_opening_on() {
    let folder = tempfile::tempdir().unwrap();
    let book = folder.path().join("book");
    drop(sample(&book));
    drop(open(&book));
    fs::remove_dir_all(book.join("state")).unwrap();
    drop(open(&book));
    // Damage that names, sizes and times do not show: only who reads the journal meets it.
    let file = book.join("journal/2021.jsonl");
    let modified = fs::metadata(&file).unwrap().modified().unwrap();
    let whole = fs::read_to_string(&file).unwrap();
    fs::write(&file, whole.replacen("废旧墨盒", "废旧墨合", 1)).unwrap();
    fs::File::options().write(true).open(&file).unwrap().set_modified(modified).unwrap();
    let opened = open(&book);
    assert!(opened.notes.is_empty() && opened.access.read_only().is_none(), "{:?}", opened.notes);
    assert_eq!(opened.book.entries("aspects").len(), 17);
    drop(opened);
    let report = store::verify(&Folder::at(&book)).unwrap();
    assert!(matches!(&report.findings[..], [Finding::Journal(_)]), "{:?}", report.findings);
    assert!(matches!(report.state, Compared::Not(_)));
}

#[test]
fn the_state_heals_whatever_happens_to_it() {
    let folder = tempfile::tempdir().unwrap();
    let book = folder.path().join("book");
    drop(sample(&book));
    let state = book.join("state");
    let db = state.join("db");
    let harms: Vec<(&str, Box<dyn Fn()>)> = vec![
        ("deleted", Box::new(|| fs::remove_dir_all(&state).unwrap())),
        ("emptied", Box::new(|| fs::write(&db, b"").unwrap())),
        ("cut", Box::new(|| fs::write(&db, &fs::read(&db).unwrap()[..1000]).unwrap())),
        (
            "flipped",
            Box::new(|| {
                let mut bytes = fs::read(&db).unwrap();
                for at in (0..bytes.len()).step_by(997) {
                    bytes[at] ^= 0x40;
                }
                fs::write(&db, bytes).unwrap();
            }),
        ),
        ("half a snapshot", Box::new(|| fs::write(state.join("snap.1.generating"), b"half").unwrap())),
        (
            "no snapshot",
            Box::new(|| {
                for entry in fs::read_dir(&state).unwrap().flatten() {
                    if entry.file_name().to_string_lossy().starts_with("snap.") {
                        fs::remove_file(entry.path()).unwrap();
                    }
                }
            }),
        ),
    ];
    for (harm, happens) in harms {
        happens();
        let mut session = Session::new(open(&book), common::who());
        let before = titles(&session);
        assert!(session.read_only().is_none(), "{harm}");
        add(&mut session, harm).unwrap();
        assert_eq!(titles(&session), before + 1, "{harm}");
        let key = session.book().key_of("EA-0002").unwrap();
        assert!(session.history(key).unwrap().len() >= 2, "{harm}");
        drop(session);
    }
    let session = Session::new(open(&book), common::who());
    assert_eq!(titles(&session), 17 + 6);
    drop(session);
    let report = store::verify(&Folder::at(&book)).unwrap();
    assert_eq!((report.state, report.findings), (Compared::Yes, vec![]));
}

#[test]
fn a_second_one_is_told_who_has_it_and_may_look() {
    let folder = tempfile::tempdir().unwrap();
    let book = folder.path().join("book");
    let first = sample(&book);
    let second = store::open(&Folder::at(&book), &origin(moment()), Duration::ZERO).unwrap();
    let Some(Note::Locked(holder)) = second.notes.first() else { panic!("{:?}", second.notes) };
    assert_eq!((holder.user.as_str(), holder.pid), ("tester", std::process::id()));
    let mut second = Session::new(second, common::who());
    assert_eq!(titles(&second), 17);
    assert!(matches!(add(&mut second, "x"), Err(SessionError::Store(StoreError::ReadOnly(_)))));
    drop(first);
    assert!(Session::new(open(&book), common::who()).read_only().is_none());
}

#[test]
fn a_newer_format_is_read_and_not_written() {
    let folder = tempfile::tempdir().unwrap();
    let book = folder.path().join("book");
    drop(empty(&book));
    let marker = fs::read_to_string(book.join("book.toml")).unwrap();
    fs::write(book.join("book.toml"), marker.replace("format = 1", "format = 2")).unwrap();
    let error = store::open(&Folder::at(&book), &origin(moment()), Duration::ZERO).err().unwrap();
    assert_eq!(error.class(), Class::Damaged);
    assert!(error.to_string().contains("newer"), "{error}");
}

#[test]
fn a_clock_that_went_back_never_reorders() {
    let folder = tempfile::tempdir().unwrap();
    let book = folder.path().join("book");
    let mut session = empty(&book);
    add(&mut session, "一").unwrap();
    let fields = vec![("aspect".to_owned(), Value::Text("二".to_owned()))];
    let edits = vec![Edit::Add { register: "aspects".to_owned(), fields }];
    let earlier = moment() - chrono::Duration::days(400);
    let commit = session.commit(Proposal { way: Way::Command, why: None, edits }, earlier).unwrap();
    assert!(commit.clock_went_back && commit.seq == 3);
    drop(session);
    let session = Session::new(open(&book), common::who());
    assert_eq!((session.book().seq(), titles(&session)), (3, 2));
}

#[test]
fn wrong_definitions_leave_the_last_good_ones_in_force() {
    let folder = tempfile::tempdir().unwrap();
    let book = folder.path().join("book");
    let session = sample(&book);
    let good = session.definitions().hash().to_owned();
    drop(session);
    fs::write(book.join("registers/aspects.toml"), "id = \"aspects\"\nnonsense = 1\n").unwrap();
    let opened = open(&book);
    assert!(opened.notes.iter().any(|note| matches!(note, Note::BrokenDefinitions(_))), "{:?}", opened.notes);
    assert_eq!(opened.definitions.hash(), good);
    drop(opened);
    // A register of the organisation's own, by a file alone.
    fs::remove_file(book.join("registers/aspects.toml")).unwrap();
    let meters = "id = \"gauges\"\nname = { zh = \"电表\", en = \"Gauges\" }\nserial = \"GA-{000}\"\ntitle = \"title\"\ncolumns = [\"id\", \"title\", \"kwh\"]\n\n[[fields]]\nid = \"title\"\nname = { zh = \"名称\", en = \"title\" }\nkind = \"text\"\nrequired = true\n\n[[fields]]\nid = \"kwh\"\nname = { zh = \"读数\", en = \"reading\" }\nkind = \"number\"\nunit = \"kWh\"\n\n[[views]]\nid = \"big-gauges\"\nname = { zh = \"大户\", en = \"Big ones\" }\nquery = \"kwh>100\"\n";
    fs::write(book.join("registers/gauges.toml"), meters).unwrap();
    let mut session = Session::new(open(&book), common::who());
    for (title, kwh) in [("一层", "90"), ("二层", "1200.5")] {
        let fields = vec![
            ("title".to_owned(), Value::Text(title.to_owned())),
            ("kwh".to_owned(), Value::Number(kwh.parse().unwrap())),
        ];
        let edits = vec![Edit::Add { register: "gauges".to_owned(), fields }];
        session.commit(Proposal { way: Way::Command, why: None, edits }, moment()).unwrap();
    }
    let reading = session.reading(taizhang::wording::Lang::Zh);
    let listing = reading.listing("大户").unwrap();
    let keys = reading.entries(&listing, "", session.today(moment())).unwrap();
    assert_eq!(keys.iter().map(|key| reading.book.serial(*key)).collect::<Vec<_>>(), ["GA-002"]);
    assert_eq!(reading.json(reading.book.entry(keys[0]).unwrap())["fields"]["kwh"], 1200.5);
}

fn program(book: &Path) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_taizhang"));
    command.arg("--book").arg(book).args(["--lang", "en"]);
    command
}

/// Whatever the mask of the host lets through, nobody else gets at a book: not into its folders, not at its journal.
#[test]
fn only_its_user_can_read_a_book() {
    let folder = tempfile::tempdir().unwrap();
    let book = folder.path().join("book");
    for words in [&["init"][..], &["add", "aspects", "aspect=first"]] {
        let mut command = Command::new("sh");
        command.args(["-c", "umask 000; exec \"$@\"", "sh", env!("CARGO_BIN_EXE_taizhang"), "--book"]);
        let done = command.arg(&book).args(["--lang", "en"]).args(words).output().unwrap();
        assert!(done.status.success(), "{}", String::from_utf8_lossy(&done.stderr));
    }
    let mode = |path: &Path| fs::metadata(path).unwrap().permissions().mode() & 0o777;
    for inner in ["", "journal", "registers", "methods"] {
        assert_eq!(mode(&book.join(inner)), 0o700, "{inner:?}");
    }
    assert_eq!(mode(&journal(&book)), 0o600);
}

/// The writer is killed at random moments; every entry it had confirmed is there afterwards.
#[test]
fn nothing_confirmed_is_lost_by_a_kill() {
    let folder = tempfile::tempdir().unwrap();
    let book = folder.path().join("book");
    drop(empty(&book));
    // The kills are aimed at twice the time that an undisturbed run takes on this machine.
    let begin = std::time::Instant::now();
    assert!(program(&book).args(["add", "aspects", "aspect=first"]).output().unwrap().status.success());
    let range = u64::try_from(begin.elapsed().as_micros()).unwrap() * 2;
    let mut confirmed = Vec::new();
    let mut seed = 12_345_u64;
    for round in 0..200 {
        let title = format!("round {round}");
        let mut child = program(&book)
            .args(["add", "aspects", &format!("aspect={title}")])
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
        std::thread::sleep(Duration::from_micros((seed >> 33) % range));
        let _ = child.kill();
        let first = BufReader::new(child.stdout.take().unwrap()).lines().next();
        child.wait().unwrap();
        if first.is_some_and(|line| line.is_ok_and(|line| line.contains(&title))) {
            confirmed.push(title);
        }
    }
    let session = Session::new(open(&book), common::who());
    let reading = session.reading(taizhang::wording::Lang::En);
    let there: Vec<String> =
        session.book().entries("aspects").iter().map(|key| reading.title(*key)).collect();
    let lost: Vec<&String> = confirmed.iter().filter(|title| !there.contains(title)).collect();
    assert!(lost.is_empty(), "{lost:?} of {}", confirmed.len());
    assert!(
        !confirmed.is_empty() && confirmed.len() < 200,
        "{} rounds were confirmed: the kills miss",
        confirmed.len()
    );
    drop(session);
    assert_eq!(store::verify(&Folder::at(&book)).unwrap().findings, []);
}

/// A file may not grow beyond a limit: what does not fit is refused, reading goes on, and later it works again.
#[test]
fn a_full_disk_refuses_and_loses_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let book = folder.path().join("book");
    let mut session = empty(&book);
    add(&mut session, "before").unwrap();
    drop(session);
    // No file may grow beyond a kilobyte: neither a new year's journal nor the state.
    let script = "trap '' XFSZ; ulimit -f 1; exec \"$0\" \"$@\"";
    let long = format!("aspect={}", "长".repeat(900));
    let output = Command::new("bash")
        .args([
            "-c",
            script,
            env!("CARGO_BIN_EXE_taizhang"),
            "--lang",
            "en",
            "add",
            "aspects",
            &long,
            "--book",
        ])
        .arg(&book)
        .output()
        .unwrap();
    let said = String::from_utf8_lossy(&output.stderr).into_owned();
    assert_eq!(output.status.code(), Some(5), "{said}");
    assert!(said.contains("full"), "{said}");
    let listed = program(&book).args(["list", "aspects", "--json"]).output().unwrap();
    assert!(String::from_utf8_lossy(&listed.stdout).contains("before"));
    let mut session = Session::new(open(&book), common::who());
    add(&mut session, "after").unwrap();
    assert_eq!(titles(&session), 2);
}

#[test]
fn a_look_from_the_state_says_what_the_journal_says_and_leaves_it_as_it_was() {
    let folder = tempfile::tempdir().unwrap();
    let book = folder.path().join("book");
    drop(sample(&book));
    drop(open(&book));
    let list = || {
        let output = program(&book).args(["list", "hazards", "--json"]).output().unwrap();
        assert!(output.status.success() && output.stderr.is_empty(), "{output:?}");
        output.stdout
    };
    let from_state = list();
    assert_eq!(list(), from_state);
    let opened = open(&book);
    assert!(opened.notes.is_empty(), "{:?}", opened.notes);
    // Beside somebody who has the book, and without a state, the journal answers.
    assert_eq!(list(), from_state);
    drop(opened);
    fs::rename(book.join("state"), book.join("away")).unwrap();
    assert_eq!(list(), from_state);
    // What was written since is seen: the state that is put back is behind.
    let mut session = Session::new(open(&book), common::who());
    add(&mut session, "新").unwrap();
    drop(session);
    fs::remove_dir_all(book.join("state")).unwrap();
    fs::rename(book.join("away"), book.join("state")).unwrap();
    let output = program(&book).args(["list", "aspects", "--json"]).output().unwrap();
    assert!(String::from_utf8_lossy(&output.stdout).contains("\"新\""));
    drop(open(&book));
    assert_eq!(store::verify(&Folder::at(&book)).unwrap().findings, []);
}
