//! The lines of a journal, read only as far as they are needed.

use std::borrow::Cow;
use std::io::BufRead;

use chrono::{DateTime, NaiveDate, Utc};
use serde::Deserialize;

use super::chain;
use crate::book::{Act, Change, Commit, EntryKey, FieldChange, Origin, Value, Way};

/// How many bytes are read in one go.
const SOME: usize = 128 * 1024;

/// What kind of line it is, by how it begins.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// The beginning of a commit.
    Commit,
    /// A definition.
    Define,
    /// The end of a commit.
    End,
    /// A change, or what this program does not know.
    Other,
}

impl Kind {
    /// The kind of a line.
    pub fn of(line: &[u8]) -> Self {
        match line {
            [b'{', b'"', b'c', b'o', ..] => Kind::Commit,
            [b'{', b'"', b'd', ..] => Kind::Define,
            [b'{', b'"', b'e', ..] => Kind::End,
            _ => Kind::Other,
        }
    }
}

/// What a line gives.
pub enum Piece {
    /// A commit begins; its changes are still to come.
    Begin(Box<Commit>),
    /// One of its changes.
    Change(Change),
    /// It ends.
    End,
}

/// A line, as far as the book needs it.
#[derive(Deserialize)]
#[serde(rename_all = "lowercase")]
enum Line<'a> {
    Commit(#[serde(borrow)] Header<'a>),
    Change(Changed),
}

#[derive(Deserialize)]
struct Header<'a> {
    seq: u64,
    utc: DateTime<Utc>,
    offset: i32,
    #[serde(borrow)]
    name: Cow<'a, str>,
    way: Way,
}

#[derive(Deserialize)]
struct Changed {
    entry: EntryKey,
    register: String,
    serial: String,
    act: Act,
    fields: Vec<ChangedField>,
}

#[derive(Deserialize)]
struct ChangedField {
    field: String,
    to: Option<Value>,
}

/// The lines, each with the byte that ends it.
pub fn lines(bytes: &[u8]) -> impl Iterator<Item = &[u8]> {
    let mut rest = bytes;
    std::iter::from_fn(move || {
        let before = rest;
        // The standard library looks for the end of a line by the quickest means of the machine here.
        let length = rest.skip_until(b'\n').ok().filter(|length| *length > 0)?;
        before.get(..length)
    })
}

/// The bytes in parts of about the same size that end with a line each.
pub fn goes(bytes: &[u8]) -> impl Iterator<Item = &[u8]> {
    let mut rest = bytes;
    std::iter::from_fn(move || {
        let before = rest;
        let mut behind = rest.get(SOME..).unwrap_or(&[]);
        let more = behind.skip_until(b'\n').ok()?;
        let (go, left) = before.split_at_checked(SOME + more).unwrap_or((before, &[]));
        rest = left;
        (!go.is_empty()).then_some(go)
    })
}

/// The moment of a commit, from its first line.
pub fn moment(line: &[u8]) -> Option<DateTime<Utc>> {
    if let Some(moment) = after(line, br#""utc":""#).and_then(quick) {
        return Some(moment);
    }
    match serde_json::from_slice(line) {
        Ok(Line::Commit(header)) => Some(header.utc),
        _ => None,
    }
}

/// The commits of a file, whose hashes hold.
pub struct Link {
    /// The hash that the first follows.
    pub prev: String,
    /// The number of the first.
    pub first: u64,
    /// The number of the last.
    pub last: u64,
    /// The hash of the last.
    pub hash: String,
}

/// Follows the chain of a file by its hashes alone; none where it breaks or something is left over.
pub fn link(bytes: &[u8]) -> Option<Link> {
    let word = |line: &[u8], mark: &[u8]| {
        let text = after(line, mark)?.split(|byte| *byte == b'"').next()?;
        String::from_utf8(text.to_vec()).ok()
    };
    let (mut link, mut begin, mut at): (Option<Link>, _, _) = (None, None, 0);
    for line in lines(bytes) {
        match Kind::of(line) {
            Kind::Commit => {
                let (seq, prev) = (number(line)?, word(line, br#""prev":""#)?);
                let open = link.get_or_insert(Link {
                    prev: prev.clone(),
                    first: seq,
                    last: seq.checked_sub(1)?,
                    hash: prev.clone(),
                });
                if begin.is_some() || prev != open.hash || seq != open.last + 1 {
                    return None;
                }
                begin = Some(at);
            }
            Kind::End => {
                let open = link.as_mut()?;
                let hash = chain::hash(&open.hash, bytes.get(begin.take()?..at)?);
                if word(line, br#""hash":""#)? != hash || !line.ends_with(b"\n") {
                    return None;
                }
                (open.hash, open.last) = (hash, open.last + 1);
            }
            Kind::Define | Kind::Other => {
                begin?;
            }
        }
        at += line.len();
    }
    link.filter(|_| begin.is_none())
}

/// What follows some bytes that stand in the line.
fn after<'a>(line: &'a [u8], mark: &[u8]) -> Option<&'a [u8]> {
    let at = line.windows(mark.len()).position(|part| part == mark)?;
    line.get(at + mark.len()..)
}

/// A moment without fractions of a second, as journals have it.
fn quick(text: &[u8]) -> Option<DateTime<Utc>> {
    let [text @ .., b'Z', b'"'] = text.get(..21)? else { return None };
    let number = |from: usize, to: usize| {
        let digits = text.get(from..to)?.iter();
        digits.map(|digit| char::from(*digit).to_digit(10)).try_fold(0, |sum, digit| Some(sum * 10 + digit?))
    };
    let day = NaiveDate::from_ymd_opt(i32::try_from(number(0, 4)?).ok()?, number(5, 7)?, number(8, 10)?)?;
    Some(day.and_hms_opt(number(11, 13)?, number(14, 16)?, number(17, 19)?)?.and_utc())
}

/// The beginning of a commit as far as the book needs it: its number, its moment on the book's clock, the name of
/// who made it, and whether the program did it by itself.
fn begun(line: &[u8]) -> Option<Commit> {
    let quickly = || {
        let utc = quick(after(line, br#""utc":""#)?)?;
        let name = after(line, br#""name":""#)?.split(|byte| *byte == b'"').next()?;
        // What is written otherwise in JSON than it reads is left to the reader of JSON.
        let plain = (!name.contains(&b'\\')).then_some(name)?;
        let offset = after(line, br#""offset":"#)?.split(|byte| *byte == b',').next()?;
        let offset = std::str::from_utf8(offset).ok()?.parse().ok()?;
        let program = after(line, br#""way":"program""#).is_some();
        Some((number(line)?, utc, offset, std::str::from_utf8(plain).ok()?.to_owned(), program))
    };
    let (seq, utc, offset, name, own) = match quickly() {
        Some(read) => read,
        None => match serde_json::from_slice(line).ok()? {
            Line::Commit(Header { seq, utc, offset, name, way }) => {
                (seq, utc, offset, name.into_owned(), way == Way::Program)
            }
            Line::Change(_) => return None,
        },
    };
    let none = String::new;
    let (user, host, program) = (none(), none(), none());
    let origin = Origin { utc, offset, user, name, host, program };
    let way = if own { Way::Program } else { Way::Screen };
    let (definitions, changes) = (none(), Vec::new());
    Some(Commit { seq, origin, clock_went_back: false, way, why: None, definitions, changes })
}

/// The number of a commit, from its first line.
fn number(line: &[u8]) -> Option<u64> {
    let digits = after(line, br#""seq":"#)?.split(|byte| *byte == b',').next()?;
    std::str::from_utf8(digits).ok()?.parse().ok()
}

/// The lines as far as the book needs them: of who and why only the name and the moment, of values only those
/// that stand there now.
pub fn read_lightly(bytes: &[u8]) -> Option<Vec<Piece>> {
    let piece = |line| {
        Some(match Kind::of(line) {
            Kind::End => Piece::End,
            Kind::Commit => Piece::Begin(Box::new(begun(line)?)),
            _ => match serde_json::from_slice(line).ok()? {
                Line::Commit(_) => return None,
                Line::Change(Changed { entry, register, serial, act, fields }) => {
                    let whole = |ChangedField { field, to }| FieldChange { field, from: None, to };
                    let fields = fields.into_iter().map(whole).collect();
                    Piece::Change(Change { entry, register, serial, act, fields })
                }
            },
        })
    };
    lines(bytes).filter(|line| Kind::of(line) != Kind::Define).map(piece).collect()
}

/// The lines as they were written.
pub fn read_whole(bytes: &[u8]) -> Option<Vec<Piece>> {
    let piece = |line| {
        Some(match serde_json::from_slice(line).ok()? {
            chain::Line::Commit(header) => Piece::Begin(Box::new(header.commit(Vec::new()))),
            chain::Line::Change(change) => Piece::Change(change),
            chain::Line::Define(_) => return None,
            chain::Line::End(_) => Piece::End,
        })
    };
    lines(bytes).filter(|line| Kind::of(line) != Kind::Define).map(piece).collect()
}
