//! Many commits at once, as far as the book after the last of them needs them.
//!
//! Most of what a long past says was written over since. So the lines are first taken apart without being read,
//! then followed back from the end to see which values still stand there, and only those are read. A value that
//! is not read counts as none until the later one comes: every commit is applied, in its order.

use std::io::BufRead;

use hashbrown::HashMap;

use super::lines::{Kind, Piece, begun, change, lines};
use crate::book::{Act, Deed, EntryKey, Put};

/// A field begins so; nothing else does, for inside of words every quotation mark has a backslash before it.
const FIELD: &[u8] = br#""field":""#;

/// A part of a line.
pub enum Loose<'a> {
    /// The beginning of a commit.
    Commit(&'a [u8]),
    /// The beginning of a change, whose fields follow: of which entry, in which register, its serial, the act.
    Deed(EntryKey, &'a str, &'a str, Act),
    /// A field that still stands there, as JSON.
    Put(&'a str, &'a [u8]),
    /// A field that is written over later.
    Over(&'a str),
    /// A change that was not taken apart.
    Whole(&'a [u8]),
}

/// Takes lines apart.
pub fn loosen(bytes: &[u8]) -> Vec<Loose<'_>> {
    let mut all = Vec::with_capacity(bytes.len() / 128);
    for line in lines(bytes) {
        match Kind::of(line) {
            Kind::Commit => all.push(Loose::Commit(line)),
            Kind::Define | Kind::End => {}
            Kind::Other => {
                let before = all.len();
                if apart(line, &mut all).is_none() {
                    all.truncate(before);
                    all.push(Loose::Whole(line));
                }
            }
        }
    }
    all
}

/// Takes a change apart as this program writes it.
fn apart<'a>(line: &'a [u8], all: &mut Vec<Loose<'a>>) -> Option<()> {
    let rest = line.strip_prefix(br#"{"change":{"entry":"#)?;
    let (entry, rest) = until(rest, b',')?;
    let (register, rest) = until(rest.strip_prefix(br#""register":""#)?, b'"')?;
    let (serial, rest) = until(rest.strip_prefix(br#","serial":""#)?, b'"')?;
    let (act, rest) = until(rest.strip_prefix(br#","act":""#)?, b'"')?;
    let mut rest = rest.strip_prefix(br#","fields":["#)?.strip_suffix(b"]}}\n")?;
    let act = match act {
        b"add" => Act::Add,
        b"set" => Act::Set,
        b"restore" => Act::Restore,
        b"delete" => Act::Delete,
        _ => return None,
    };
    let entry = EntryKey(std::str::from_utf8(entry).ok()?.parse().ok()?);
    all.push(Loose::Deed(entry, plain(register)?, plain(serial)?, act));
    // Nothing that stood in a deleted entry is needed to delete it.
    while act != Act::Delete && !rest.is_empty() {
        let (field, left) = rest.split_at_checked(next(rest))?;
        let (name, _) = until(field.strip_prefix(b"{")?.strip_prefix(FIELD)?, b'"')?;
        all.push(Loose::Put(plain(name)?, field.strip_suffix(b",").unwrap_or(field)));
        rest = left;
    }
    Some(())
}

/// Where the field ends with which these bytes begin.
fn next(bytes: &[u8]) -> usize {
    let mut rest = bytes.get(1..).unwrap_or(&[]);
    while let Ok(1..) = rest.skip_until(b'{') {
        if rest.starts_with(FIELD) {
            return bytes.len() - rest.len() - 1;
        }
    }
    bytes.len()
}

/// What stands before a byte and what behind it.
fn until(bytes: &[u8], end: u8) -> Option<(&[u8], &[u8])> {
    let at = bytes.iter().position(|byte| *byte == end)?;
    Some((bytes.get(..at)?, bytes.get(at + 1..)?))
}

/// Words that read as they are written in JSON.
fn plain(words: &[u8]) -> Option<&str> {
    std::str::from_utf8(words).ok().filter(|words| !words.contains('\\'))
}

/// Follows the commits back from the end, and marks the values that are written over later.
pub fn settle<'a: 'b, 'b>(goes: impl DoubleEndedIterator<Item = &'b mut Vec<Loose<'a>>>) {
    let mut numbers: HashMap<&'a str, u32> = HashMap::new();
    let mut stand: HashMap<EntryKey, u128> = HashMap::new();
    for go in goes.rev() {
        let mut end = go.len();
        while let Some(begin) = go.get(..end).and_then(|go| go.iter().rposition(|part| !part.is_field())) {
            if let Some([Loose::Deed(entry, ..), fields @ ..]) = go.get_mut(begin..end) {
                let stand = stand.entry(*entry).or_default();
                for part in fields.iter_mut().rev() {
                    let Loose::Put(field, _) = *part else { continue };
                    let count = u32::try_from(numbers.len()).unwrap_or(u32::MAX);
                    // Of fields beyond what a number counts every value is read.
                    let bit = 1_u128.checked_shl(*numbers.entry(field).or_insert(count)).unwrap_or(0);
                    if *stand & bit != 0 {
                        *part = Loose::Over(field);
                    }
                    *stand |= bit;
                }
            }
            end = begin;
        }
    }
}

impl Loose<'_> {
    fn is_field(&self) -> bool {
        matches!(self, Loose::Put(..) | Loose::Over(_))
    }
}

/// Reads what was taken apart.
pub fn tighten(go: Vec<Loose<'_>>) -> Option<Vec<Piece<'_>>> {
    let mut pieces = Vec::with_capacity(go.len());
    for part in go {
        let put = match part {
            Loose::Commit(line) => {
                pieces.push(Piece::Opening(begun(line)?));
                continue;
            }
            Loose::Deed(entry, register, serial, act) => {
                let (register, serial, fields) = (register.into(), serial.into(), Vec::new());
                pieces.push(Piece::Deed(Deed { entry, register, serial, act, fields }));
                continue;
            }
            Loose::Whole(line) => {
                pieces.push(Piece::Deed(change(line)?));
                continue;
            }
            Loose::Put(_, bytes) => serde_json::from_slice(bytes).ok()?,
            Loose::Over(field) => Put { field: field.into(), to: None },
        };
        let Some(Piece::Deed(deed)) = pieces.last_mut() else { return None };
        deed.fields.push(put);
    }
    Some(pieces)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::book::Lent;

    fn line(entry: u32, act: &str, fields: &[(&str, &str)]) -> String {
        let field = |(field, to): &(&str, &str)| format!(r#"{{"field":"{field}","from":null,"to":{to}}}"#);
        let fields: Vec<String> = fields.iter().map(field).collect();
        let head = format!(r#""entry":{entry},"register":"aspects","serial":"EA-{entry}","act":"{act}""#);
        format!("{{\"change\":{{{head},\"fields\":[{}]}}}}\n", fields.join(","))
    }

    /// What is read of these lines: entry, field, and the words where they are read.
    fn told(lines: &[String], parts: usize) -> Vec<(u32, String, Option<String>)> {
        let bytes: Vec<String> = lines.chunks(parts).map(<[String]>::concat).collect();
        let mut goes: Vec<_> = bytes.iter().map(|bytes| loosen(bytes.as_bytes())).collect();
        settle(goes.iter_mut());
        let mut told = Vec::new();
        for piece in goes.into_iter().flat_map(|go| tighten(go).unwrap()) {
            let Piece::Deed(deed) = piece else { continue };
            for put in deed.fields {
                let words = put.to.map(|to| match to {
                    Lent::Text(text) => text.into_owned(),
                    other => format!("{other:?}"),
                });
                told.push((deed.entry.0, put.field.into_owned(), words));
            }
        }
        told
    }

    #[test]
    fn only_what_still_stands_is_read() {
        let text = |words: &str| format!(r#"{{"text":"{words}"}}"#);
        let odd = r#"{ \"field\":\"note\"} \u4e00"#;
        let lines = [
            line(1, "add", &[("title", &text("a")), ("note", &text("b"))]),
            line(2, "add", &[("title", &text("c")), ("note", "null")]),
            line(1, "set", &[("title", &text(odd))]),
            line(2, "delete", &[("title", "null")]),
            line(1, "set", &[("note", "null")]),
        ];
        let own = |words: &str| Some(words.to_owned());
        let expected = vec![
            (1, "title".to_owned(), None),
            (1, "note".to_owned(), None),
            (2, "title".to_owned(), own("c")),
            (2, "note".to_owned(), None),
            (1, "title".to_owned(), own(r#"{ "field":"note"} 一"#)),
            (1, "note".to_owned(), None),
        ];
        for parts in 1..=lines.len() {
            assert_eq!(told(&lines, parts), expected);
        }
    }

    #[test]
    fn what_is_written_otherwise_is_read_all_the_same() {
        let text = |words: &str| format!(r#"{{"text":"{words}"}}"#);
        let plain = line(1, "set", &[("title", &text("a"))]);
        for other in [plain.replace("EA-1", "EA\\u002d1"), plain.replace("\"act\"", " \"act\"")] {
            assert!(matches!(loosen(other.as_bytes()).as_slice(), [Loose::Whole(_)]));
            let title = (1, "title".to_owned());
            let (a, b) = (Some("a".to_owned()), Some("b".to_owned()));
            let later = line(1, "set", &[("title", &text("b"))]);
            assert_eq!(told(&[other, later], 1), [(title.0, title.1.clone(), a), (title.0, title.1, b)]);
        }
        assert!(tighten(loosen(b"{\"change\":{\"entry\":1,\"regi")).is_none());
    }
}
