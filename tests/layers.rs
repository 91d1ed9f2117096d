//! Arrows only go down: no room uses one above it.
#![allow(clippy::unwrap_used, clippy::indexing_slicing)]

use std::fs;
use std::path::{Path, PathBuf};

/// From the ground up. Rooms on one floor do not use each other.
const FLOORS: [&[&str]; 12] = [
    &["text"],
    &["wording"],
    &["source"],
    &["scoring"],
    &["definition"],
    &["book"],
    &["query"],
    &["catalogue"],
    &["review", "audit"],
    &["store"],
    &["share"],
    &["exchange"],
];
const FACES: [&str; 2] = ["cli", "tui"];

fn floor(room: &str) -> Option<usize> {
    if FACES.contains(&room) {
        return Some(FLOORS.len());
    }
    FLOORS.iter().position(|rooms| rooms.contains(&room))
}

fn files(folder: &Path, all: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            files(&path, all);
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            all.push(path);
        }
    }
}

#[test]
fn no_arrow_goes_up() {
    let src = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut all = Vec::new();
    files(&src, &mut all);
    let mut arrows = 0;
    let mut wrong = Vec::new();
    for file in all {
        let inside = file.strip_prefix(&src).unwrap();
        let room = inside.iter().next().unwrap().to_str().unwrap().trim_end_matches(".rs").to_owned();
        let Some(own) = floor(&room) else { continue };
        let text = fs::read_to_string(&file).unwrap();
        // Tests may look anywhere.
        let code = text.split("#[cfg(test)]\nmod tests {").next().unwrap();
        if inside.ends_with("tests.rs") {
            continue;
        }
        for used in code.split("crate::").skip(1) {
            let used: String = used.chars().take_while(|c| c.is_ascii_lowercase() || *c == '_').collect();
            let Some(other) = floor(&used) else { continue };
            arrows += 1;
            if other > own || other == own && used != room {
                wrong.push(format!("{} uses {used}", inside.display()));
            }
        }
    }
    assert!(arrows > 100, "only {arrows} arrows were seen: is the test blind?");
    assert!(wrong.is_empty(), "{wrong:#?}");
}
