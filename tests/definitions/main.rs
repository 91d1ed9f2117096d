//! Definition files as an organisation writes them: what is wrong in one is told with its place and the mend,
//! what is right in one makes a register like those that come with the program.
#![allow(clippy::unwrap_used, clippy::indexing_slicing, clippy::panic)]

#[path = "../common/mod.rs"]
mod common;
mod own;
#[path = "../common/terminal.rs"]
mod terminal;

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use proptest::prelude::*;
use serde::Deserialize;
use taizhang::catalogue::ready;
use taizhang::definition::{Definitions, SourceFile, builtin};
use taizhang::source::{LARGEST, Problem};
use taizhang::store::{Folder, StoreError};
use taizhang::wording::{Lang, Tell};

/// A register with a field of nearly every kind, as an organisation writes it.
const WELLS: &str = include_str!("../right/wells.toml");

/// What a wrong file must be told: its place and the sentence in both languages.
#[derive(Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
struct Told {
    at: String,
    zh: String,
    en: String,
}

/// By folder and name of the file.
type Table = BTreeMap<String, BTreeMap<String, Told>>;

fn wrong() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/wrong")
}

/// A book whose only own definition is this file.
fn book_with(kind: &str, name: &str, bytes: &[u8]) -> tempfile::TempDir {
    let book = tempfile::tempdir().unwrap();
    fs::create_dir(book.path().join(kind)).unwrap();
    fs::write(book.path().join(kind).join(format!("{name}.toml")), bytes).unwrap();
    book
}

/// What the program says of such a book's definitions.
fn refused(kind: &str, name: &str, bytes: &[u8]) -> Option<Problem> {
    let book = book_with(kind, name, bytes);
    match Folder::at(book.path()).definitions() {
        Ok(own) => ready(own).err(),
        Err(StoreError::Problem(problem)) => Some(*problem),
        Err(error) => panic!("{kind}/{name}: {error}"),
    }
}

fn told(kind: &str, name: &str, problem: &Problem) -> Told {
    let said = |lang: Lang, colon: &str| {
        let place = format!("{kind}/{name}.toml:{}:{}{colon}", problem.line, problem.column);
        let said = lang.wording().render(&problem.message());
        said.strip_prefix(&place).unwrap_or_else(|| panic!("{said} does not begin with {place}")).to_owned()
    };
    Told {
        at: format!("{}:{}", problem.line, problem.column),
        zh: said(Lang::Zh, "："),
        en: said(Lang::En, ": "),
    }
}

#[test]
fn every_wrong_file_gets_its_message() {
    let mut expected: Table =
        toml::from_str(&fs::read_to_string(wrong().join("messages.toml")).unwrap()).unwrap();
    let mut failures = Vec::new();
    for kind in ["registers", "methods", "checks"] {
        for entry in fs::read_dir(wrong().join(kind)).unwrap() {
            let path = entry.unwrap().path();
            let name = path.file_stem().unwrap().to_str().unwrap().to_owned();
            let expected = expected.get_mut(kind).and_then(|table| table.remove(&name));
            match (refused(kind, &name, &fs::read(&path).unwrap()), expected) {
                (None, _) => failures.push(format!("{kind}/{name} is taken")),
                (Some(problem), expected) => {
                    let told = told(kind, &name, &problem);
                    if expected.as_ref() != Some(&told) {
                        let Told { at, zh, en } = told;
                        let [zh, en] = [zh, en].map(toml::Value::String);
                        failures.push(format!("[{kind}.{name}]\nat = {at:?}\nzh = {zh}\nen = {en}"));
                    }
                }
            }
        }
    }
    let left: Vec<String> = expected
        .iter()
        .flat_map(|(kind, table)| table.keys().map(move |name| format!("{kind}/{name}")))
        .collect();
    failures.sort();
    assert!(left.is_empty(), "these files are not there: {left:?}");
    assert!(failures.is_empty(), "{}", failures.join("\n\n"));
}

#[test]
fn a_file_larger_than_any_definition_is_refused() {
    let large = [WELLS.as_bytes(), &vec![b'#'; LARGEST]].concat();
    let problem = refused("registers", "wells", &large).unwrap();
    assert_eq!(
        problem.to_string(),
        "registers/wells.toml:1:1: the file is larger than 1 MB, which no definition is; take away what does not \
         belong in it, or move it elsewhere."
    );
}

#[test]
fn a_right_file_is_taken_however_its_lines_end() {
    let marked = format!("\u{feff}{WELLS}");
    let windows = WELLS.replace('\n', "\r\n");
    for text in [WELLS, &marked, &windows, &format!("{marked}\n# 完")] {
        assert_eq!(refused("registers", "wells", text.as_bytes()), None);
    }
    // A name of one's own for the file, and what is no definition beside it.
    let book = book_with("registers", "水井", WELLS.as_bytes());
    fs::write(book.path().join("registers/notes.txt"), "nonsense").unwrap();
    fs::write(book.path().join("registers/.wells.toml.swp"), "nonsense").unwrap();
    fs::create_dir(book.path().join("registers/old.toml")).unwrap();
    let definitions = ready(Folder::at(book.path()).definitions().unwrap()).unwrap();
    assert!(definitions.register("wells").is_some());
}

/// What may stand where a value stood.
const NONSENSE: [&str; 6] = ["", "-1", "\"\\u001b\"", "[]", "{ zh = 1 }", "\"不存在\""];

/// A text without one line, or with nonsense for the value in it.
fn spoilt(text: &str) -> Vec<(usize, String)> {
    let lines: Vec<&str> = text.lines().collect();
    let mut all = Vec::new();
    for (index, line) in lines.iter().enumerate() {
        let with = |line: Option<String>| {
            let before = lines[..index].iter().map(|line| (*line).to_owned());
            let behind = lines[index + 1..].iter().map(|line| (*line).to_owned());
            before.chain(line).chain(behind).collect::<Vec<_>>().join("\n")
        };
        all.push((index, with(None)));
        if let Some((key, _)) = line.split_once(" = ") {
            all.extend(NONSENSE.iter().map(|value| (index, with(Some(format!("{key} = {value}"))))));
        }
    }
    all
}

#[test]
fn no_spoilt_line_of_what_ships_is_met_without_a_place() {
    let mut refused = 0;
    for file in builtin() {
        for (count, (line, text)) in spoilt(&file.text).into_iter().enumerate() {
            let spoilt = SourceFile { text: text.clone(), ..file.clone() };
            // The file alone fails at what it says of others; all of them together take their time.
            let read =
                if count % 64 == 0 { ready(vec![spoilt]) } else { Definitions::from_files(vec![spoilt]) };
            let Err(problem) = read else { continue };
            refused += 1;
            let place = (1..=text.lines().count() + 1).contains(&problem.line) && problem.column > 0;
            assert!(place, "{} without line {}: {problem}", file.path(), line + 1);
            let plain = !["source-toml", "source-bad-value"].contains(&problem.what.id);
            assert!(plain, "{} with another line {}: {problem}", file.path(), line + 1);
        }
    }
    assert!(refused > 1000, "only {refused} were refused: is the test blind?");
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(256))]
    #[test]
    fn no_slip_of_a_finger_is_met_without_a_place(
        file in 0..builtin().len(),
        at in any::<prop::sample::Index>(),
        slip in "[\"'\\[\\]{}=,#\\\\\n ０“，甲x]{0,3}",
        gone in 0usize..4,
    ) {
        let file = builtin().remove(file);
        let letters: Vec<char> = file.text.chars().collect();
        let at = at.index(letters.len());
        let (before, behind) = (&letters[..at], letters.get(at + gone..).unwrap_or_default());
        let text: String = before.iter().copied().chain(slip.chars()).chain(behind.iter().copied()).collect();
        let lines = text.matches('\n').count() + 1;
        if let Err(problem) = Definitions::from_files(vec![SourceFile { text, ..file }]) {
            prop_assert!((1..=lines).contains(&problem.line) && problem.column > 0, "{}", problem);
            for lang in [Lang::Zh, Lang::En] {
                let said = lang.wording().render(&problem.message());
                prop_assert!(!said.contains("expected") && !said.contains('`'), "{}", said);
            }
        }
    }
}
