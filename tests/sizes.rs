//! How large the parts of the house are: what is larger than it should be is listed here with its reason.
//!
//! `cargo test --test sizes -- --nocapture` prints the report. These are signals, not limits: a part that grows over
//! one is split, or says here why it is better whole.
#![allow(clippy::unwrap_used, clippy::panic)]

use std::fs;
use std::path::{Path, PathBuf};

/// Lines of a file, its tests aside.
const FILE: usize = 400;
/// Lines of a function, from its name to its closing brace.
const FUNCTION: usize = 60;
/// Fields of a struct.
const STRUCT: usize = 12;

/// What may be larger, and why.
const JUSTIFIED: &[(&str, &str)] = &[
    (
        "exchange/import/stated.rs::Stated",
        "one field for each thing that a row of a list may state of its evaluation; all may be absent",
    ),
    (
        "definition/raw.rs::RawField",
        "one field for each key a [[fields]] table may have: flattened parts would lose the places of keys",
    ),
    (
        "definition/raw.rs::RawRegister",
        "one field for each key a register's file may have: flattened parts would lose the places of keys",
    ),
    (
        "definition/mod.rs::Register",
        "a register's whole file, one field for each thing that it says: parts of it have names of their own already",
    ),
    (
        "definition/features.rs::Features",
        "one field for each thing that a register may switch on: each is a part with a name of its own already",
    ),
    (
        "cli/commands.rs",
        "the table of the commands, each with its arguments: one who looks for a command looks here",
    ),
    ("definition/feature_tables.rs::Raw", "one field for each table that a register may switch on"),
    ("definition/sheet.rs::RawSheet", "one field for each key of [sheet], with its place"),
    (
        "definition/check_load.rs::finds",
        "one line for each thing a check may look for: that exactly one is said is seen where all stand",
    ),
    (
        "definition/load.rs::load",
        "a register's file from its top to its end, where each step needs what the one before read",
    ),
    ("scoring/method.rs::Method", "a method's whole file, one field for each thing that it says"),
    ("scoring/raw.rs::RawMethod", "one field for each key of a method's file, with its place"),
    (
        "definition/check_raw.rs::RawFinds",
        "one field for each thing a check may look for, of which a file names one: an enum would lose the places of mistakes",
    ),
    ("exchange/import/words.rs::Words", "one field for each list of words in data/import.toml"),
    (
        "store/state/meta.rs::Meta",
        "what the state says of itself, kept by name: a flat record of single facts",
    ),
];

struct Part {
    name: String,
    size: usize,
    most: usize,
}

fn files(folder: &Path, all: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            files(&path, all);
        } else if path.extension().is_some_and(|ext| ext == "rs") {
            all.push(path);
        }
    }
}

fn indent(line: &str) -> usize {
    line.len() - line.trim_start().len()
}

/// The lines from a beginning to the brace that closes it, in code that rustfmt has laid out.
fn extent<'a>(lines: &'a [&'a str], at: usize) -> &'a [&'a str] {
    let first = lines.get(at).unwrap();
    let closes = |line: &&str| indent(line) == indent(first) && line.trim_start().starts_with('}');
    let rest = lines.get(at + 1..).unwrap();
    let one_line = first.ends_with('}') || first.ends_with(';');
    let length = if one_line { 0 } else { rest.iter().position(closes).map_or(0, |end| end + 1) };
    lines.get(at..=at + length).unwrap()
}

fn name_after<'a>(line: &'a str, word: &str) -> Option<&'a str> {
    let mut words = line.split_whitespace();
    words.find(|part| *part == word)?;
    let name = words.next()?.split(['(', '<', '{', ';']).next()?;
    (!name.is_empty()).then_some(name)
}

fn parts(name: &str, text: &str) -> Vec<Part> {
    let whole: Vec<&str> = text.lines().collect();
    let end = whole.iter().position(|line| *line == "#[cfg(test)]").unwrap_or(whole.len());
    let lines = whole.get(..end).unwrap();
    let mut all = vec![Part { name: name.to_owned(), size: lines.len(), most: FILE }];
    for (at, line) in lines.iter().enumerate() {
        let code = line.trim_start();
        if code.starts_with("//") {
            continue;
        }
        let item = |word: &str| name_after(code, word).map(|inner| format!("{name}::{inner}"));
        let begins = |words: &[&str]| words.iter().any(|word| code.starts_with(word));
        if begins(&["fn ", "pub fn ", "pub(super) fn ", "pub(crate) fn ", "const fn "]) {
            let size = extent(lines, at).len();
            all.extend(item("fn").map(|name| Part { name, size, most: FUNCTION }));
        }
        if begins(&["struct ", "pub struct ", "pub(super) struct "]) && code.ends_with('{') {
            let inner = extent(lines, at).iter().map(|line| line.trim_start());
            let fields = inner.skip(1).filter(|line| {
                !line.starts_with(['/', '#', '}']) && line.contains(": ") && line.ends_with(',')
            });
            let size = fields.count();
            all.extend(item("struct").map(|name| Part { name, size, most: STRUCT }));
        }
    }
    all
}

#[test]
fn what_is_large_is_justified() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut paths = Vec::new();
    files(&root, &mut paths);
    paths.sort();
    let mut all = Vec::new();
    for path in &paths {
        let name = path.strip_prefix(&root).unwrap().display().to_string();
        all.extend(parts(&name, &fs::read_to_string(path).unwrap()));
    }
    let of = |most: usize| all.iter().filter(move |part| part.most == most);
    for (what, most) in [("files", FILE), ("functions", FUNCTION), ("structs", STRUCT)] {
        let (count, largest) = (of(most).count(), of(most).map(|part| part.size).max().unwrap_or(0));
        let total: usize = of(most).map(|part| part.size).sum();
        println!(
            "{count} {what}, {} on average, the largest {largest} (signal at {most})",
            total / count.max(1)
        );
    }
    let large: Vec<&Part> = all.iter().filter(|part| part.size > part.most).collect();
    let reason = |part: &Part| JUSTIFIED.iter().find(|(name, _)| *name == part.name).map(|(_, why)| *why);
    for part in &large {
        println!("{:>5}  {}  {}", part.size, part.name, reason(part).unwrap_or("NOT JUSTIFIED"));
    }
    let open: Vec<&str> =
        large.iter().filter(|part| reason(part).is_none()).map(|part| part.name.as_str()).collect();
    assert!(open.is_empty(), "larger than they should be, and nothing says why: {open:?}");
    let idle = JUSTIFIED.iter().filter(|(name, _)| !large.iter().any(|part| part.name == *name));
    let idle: Vec<&str> = idle.map(|(name, _)| *name).collect();
    assert!(idle.is_empty(), "justified and no longer large: {idle:?}");
}

#[test]
fn the_measure_measures() {
    let text = format!(
        "struct A {{\n{}}}\n\nfn long() {{\n{}}}\n",
        "    a: u8,\n".repeat(13),
        "    x();\n".repeat(70)
    );
    let large = parts("a.rs", &text).into_iter().filter(|part| part.size > part.most).map(|part| part.name);
    assert_eq!(large.collect::<Vec<_>>(), ["a.rs::A", "a.rs::long"]);
}
