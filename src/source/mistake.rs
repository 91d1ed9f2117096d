//! What the TOML reader says of a file, in words for people who do not write programs.

use std::ops::Range;

use toml::de::{DeTable, Error};

use super::nearest;
use crate::text::narrow;
use crate::wording::{Message, message};

/// How the reader's words begin, and the sentence for them.
const SYNTAX: [(&str, &str); 31] = [
    ("duplicate key", "source-key-twice"),
    ("cannot extend", "source-key-twice"),
    ("string values must be quoted", "source-unquoted"),
    ("key with no value", "source-no-value"),
    ("missing value", "source-no-value"),
    ("missing assignment", "source-no-value"),
    ("extra `=`", "source-extra"),
    ("unexpected `=`", "source-extra"),
    ("extra assignment", "source-extra"),
    ("unexpected key or value", "source-extra"),
    ("unexpected content", "source-extra"),
    ("invalid key-value pair", "source-no-key"),
    ("invalid inline table element", "source-no-comma"),
    ("missing array opening", "source-stray-bracket"),
    ("missing inline table opening", "source-stray-bracket"),
    ("unclosed", "source-open-bracket"),
    ("missing comma", "source-no-comma"),
    ("extra comma", "source-extra-comma"),
    ("missing escaped", "source-escape"),
    ("too few unicode", "source-escape"),
    ("invalid value", "source-escape"),
    ("invalid unquoted key", "source-bad-key"),
    ("unquoted keys", "source-bad-key"),
    ("missing key", "source-bad-key"),
    ("keys cannot", "source-bad-key"),
    ("invalid basic string", "source-open-text"),
    ("invalid literal string", "source-open-text"),
    ("invalid multi-line", "source-open-text"),
    ("carriage return", "source-lone-return"),
    ("cannot recurse", "source-too-deep"),
    ("invalid boolean", "source-unquoted"),
];

/// The first mistake of a text that `error` refused: a slip of writing before a wrong value.
pub fn first(text: &str, error: &Error) -> (Range<usize>, Message) {
    let (_, slips) = DeTable::parse_recoverable(text);
    let start = |slip: &Error| slip.span().map_or(0, |at| at.start);
    let slip = slips.into_iter().min_by_key(start);
    let at = slip.as_ref().unwrap_or(error).span().unwrap_or(0..0);
    let here = text.get(at.clone()).unwrap_or("");
    let what = match &slip {
        Some(slip) => {
            let next = text.get(at.start..).and_then(|rest| rest.trim_start().chars().next());
            next.and_then(strange).unwrap_or_else(|| syntax(slip.message(), here, next))
        }
        None => shape(error.message(), here),
    };
    (at, what)
}

/// A character that stands in the way by itself: one that is not seen, or a wide form of a sign.
fn strange(c: char) -> Option<Message> {
    let narrow = narrow(c);
    if c.is_control() && !"\r\n".contains(c) {
        Some(invisible(c))
    } else if narrow != c && narrow.is_ascii_punctuation() && !"\"'".contains(narrow) {
        Some(message!("source-wide", said = c.to_string(), narrow = narrow.to_string()))
    } else {
        None
    }
}

/// A slip of writing, by what the reader said of it.
fn syntax(said: &str, here: &str, next: Option<char>) -> Message {
    let known = SYNTAX.iter().find(|(begins, _)| said.starts_with(begins)).map(|(_, id)| *id);
    let id = match known {
        Some("source-unquoted") if here.is_empty() => "source-no-value",
        // A new group begins where a key of the last one was looked for.
        Some("source-bad-key") if next == Some('[') => "source-open-bracket",
        Some("source-unquoted") if ["true", "false"].contains(&here.to_lowercase().as_str()) => {
            "source-truth"
        }
        // A number, and behind it what belongs in another line.
        Some("source-unquoted") if here.starts_with(|c: char| c.is_ascii_digit()) && here.contains(' ') => {
            "source-extra"
        }
        Some(id) => id,
        None if said.contains("number") || said.contains("leading zero") || said.contains("sign") => {
            "source-bad-number"
        }
        None => "source-toml",
    };
    let said = here.trim_matches(['\u{201c}', '\u{201d}', '\u{2018}', '\u{2019}', '"', '\'']);
    Message { id, args: vec![("said", snippet(said).into())] }
}

/// How a character is named that cannot be shown: `U+202E`.
pub fn code_point(character: char) -> String {
    format!("U+{:04X}", u32::from(character))
}

/// A character that is not seen but acts.
pub fn invisible(character: char) -> Message {
    message!("source-invisible", code = code_point(character))
}

/// A value of another shape than its key asks for.
fn shape(said: &str, here: &str) -> Message {
    let quoted = || said.split('`').nth(1).unwrap_or("").to_owned();
    if said.starts_with("unknown field") {
        let known: Vec<&str> = said.split('`').skip(3).step_by(2).collect();
        let near = nearest(&quoted(), known.iter().copied()).unwrap_or("").to_owned();
        return message!("source-unknown-key", said = quoted(), nearest = near, known = known.join(", "));
    }
    if said.starts_with("missing field") {
        return message!("source-missing-key", key = quoted());
    }
    let wanted = said.rsplit_once(", expected ").map_or("", |(_, wanted)| wanted);
    if wanted == "a sequence" && here.starts_with('[') {
        return message!("source-single-bracket", said = snippet(here));
    }
    match wanted_words(wanted) {
        Some(wanted) => message!("source-wrong-value", said = snippet(here), wanted = wanted),
        None => message!("source-bad-value", said = snippet(here)),
    }
}

/// What a key asks for.
fn wanted_words(wanted: &str) -> Option<Message> {
    let most = match wanted {
        "u8" => Some(u64::from(u8::MAX)),
        "u16" => Some(u64::from(u16::MAX)),
        "u32" => Some(u64::from(u32::MAX)),
        _ => None,
    };
    Some(match (wanted, most) {
        (_, Some(most)) => message!("source-wants-whole", most = most.to_string()),
        ("a string", _) => message!("source-wants-text"),
        ("a boolean", _) => message!("source-wants-yes"),
        ("a sequence", _) => message!("source-wants-list"),
        ("struct RawLabel", _) => message!("source-wants-label"),
        (wanted, _) if wanted.contains("Decimal") => message!("source-wants-number"),
        (wanted, _) if wanted.starts_with("struct") || wanted == "a map" => message!("source-wants-group"),
        _ => return None,
    })
}

/// The beginning of what stands at a place, short enough for a sentence.
fn snippet(here: &str) -> String {
    const MOST: usize = 24;
    let line = here.lines().next().unwrap_or("").trim();
    let short: String = line.chars().take(MOST).collect();
    if short.len() < line.len() || here.contains('\n') { short + "..." } else { short }
}
