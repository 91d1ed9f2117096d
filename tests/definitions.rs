//! Definition files as an organisation writes them: what is wrong in one is told with its place and the mend,
//! what is right in one makes a register like those that come with the program.
#![allow(clippy::unwrap_used, clippy::indexing_slicing, clippy::panic)]

mod common;

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use serde::Deserialize;
use taizhang::catalogue::ready;
use taizhang::source::Problem;
use taizhang::store::{Folder, StoreError};
use taizhang::wording::{Lang, Tell};

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
    for kind in ["registers", "methods"] {
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
