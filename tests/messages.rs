//! Both languages say the same things, every sentence is used, and none uses characters that break a column.
#![allow(clippy::unwrap_used, clippy::indexing_slicing, clippy::string_slice)]

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

use taizhang::wording::{Lang, SENTENCES};

/// Families whose names come from tables.
const FAMILIES: [&str; 9] =
    ["chapter-", "action-", "hint-", "weekday-", "scope-what-", "sign-", "command-", "option-", "net-"];

fn sentences(text: &str) -> BTreeMap<String, String> {
    let mut found: BTreeMap<String, String> = BTreeMap::new();
    let mut last = String::new();
    for line in text.lines().filter(|line| !line.starts_with('#')) {
        match line.split_once(" = ") {
            Some((id, value)) if !line.starts_with([' ', '}']) => {
                id.clone_into(&mut last);
                assert!(found.insert(last.clone(), value.to_owned()).is_none(), "{id} stands twice");
            }
            _ => found.entry(last.clone()).or_default().push_str(line),
        }
    }
    found.remove("");
    found
}

fn parts(value: &str) -> BTreeSet<String> {
    value
        .split('$')
        .skip(1)
        .map(|rest| rest.chars().take_while(|c| c.is_alphanumeric() || *c == '-').collect())
        .collect()
}

fn sources(folder: &Path, all: &mut String) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            sources(&path, all);
        } else if path.extension().is_some_and(|ext| ext == "rs") {
            all.push_str(&fs::read_to_string(path).unwrap());
        }
    }
}

#[test]
fn both_languages_say_the_same_things() {
    for (room, zh, en) in SENTENCES {
        let (zh, en) = (sentences(zh), sentences(en));
        let ids = |map: &BTreeMap<String, String>| map.keys().cloned().collect::<Vec<_>>();
        assert_eq!(ids(&zh), ids(&en), "{room}");
        for (id, value) in &zh {
            assert_eq!(parts(value), parts(&en[id]), "{id}");
            for lang in [Lang::Zh, Lang::En] {
                assert!(lang.wording().has(id), "{id} cannot be read in {lang:?}");
            }
        }
    }
}

#[test]
fn every_sentence_is_used_and_every_used_one_exists() {
    let mut code = String::new();
    sources(&Path::new(env!("CARGO_MANIFEST_DIR")).join("src"), &mut code);
    let all: BTreeSet<String> = SENTENCES.iter().flat_map(|(_, zh, _)| sentences(zh).into_keys()).collect();
    for id in &all {
        let family = FAMILIES.iter().any(|family| id.starts_with(family));
        assert!(family || code.contains(&format!("\"{id}\"")), "{id} is used nowhere");
    }
    for call in ["message!(", ".say("] {
        for at in code.match_indices(call).map(|(at, _)| at + call.len()) {
            let rest = code[at..].trim_start();
            if let Some(id) = rest.strip_prefix('"').and_then(|rest| rest.split('"').next()) {
                assert!(
                    all.contains(id) || id == "id" || id.contains("message!") || id == "book-no-title",
                    "{id} does not exist"
                );
            }
        }
    }
}

#[test]
fn nothing_is_written_whose_width_is_in_doubt() {
    for (_, zh, en) in SENTENCES {
        for text in [zh, en] {
            let doubtful = text.chars().find(|c| "─│…·→①②③▲█●○—“”‘’×≥≤".contains(*c));
            assert_eq!(
                doubtful,
                None,
                "{:?}",
                text.lines().find(|line| doubtful.is_some_and(|c| line.contains(c)))
            );
        }
    }
}
