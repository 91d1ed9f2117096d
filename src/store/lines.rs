//! The lines of a journal, read only as far as they are needed.

use std::borrow::Cow;
use std::io::BufRead;

use chrono::{DateTime, NaiveDate, Utc};
use serde::Deserialize;

use super::chain;
use crate::book::{Change, Commit, Deed, Opening, Way};

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

/// What a line gives; what is lent is lent by its bytes.
pub enum Piece<'a> {
    /// A commit begins; its changes are still to come.
    Begin(Box<Commit>),
    /// One of its changes.
    Change(Change),
    /// It ends.
    End,
    /// A commit begins, as far as the book needs it; its deeds are still to come.
    Opening(Opening<'a>),
    /// One of its deeds.
    Deed(Deed<'a>),
}

/// A line, as far as the book needs it.
#[derive(Deserialize)]
#[serde(rename_all = "lowercase")]
enum Line<'a> {
    Commit(#[serde(borrow)] Header<'a>),
    Change(#[serde(borrow)] Deed<'a>),
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
pub fn begun(line: &[u8]) -> Option<Opening<'_>> {
    let quickly = || {
        let utc = after(line, br#""utc":""#)?;
        let offset = after(utc, br#""offset":"#)?;
        let name = after(offset, br#""name":""#)?;
        let way = after(name, br#""way":"#)?;
        let name = name.split(|byte| *byte == b'"').next()?;
        // What is written otherwise in JSON than it reads is left to the reader of JSON.
        let plain = (!name.contains(&b'\\')).then_some(name)?;
        let offset = offset.split(|byte| *byte == b',').next()?;
        let offset = std::str::from_utf8(offset).ok()?.parse().ok()?;
        let own = way.starts_with(br#""program""#);
        let name = Cow::Borrowed(std::str::from_utf8(plain).ok()?);
        Some(Opening { seq: number(line)?, utc: quick(utc)?, offset, name, own })
    };
    quickly().or_else(|| match serde_json::from_slice(line).ok()? {
        Line::Commit(Header { seq, utc, offset, name, way }) => {
            Some(Opening { seq, utc, offset, name, own: way == Way::Program })
        }
        Line::Change(_) => None,
    })
}

/// The number of a commit, from its first line.
fn number(line: &[u8]) -> Option<u64> {
    let digits = after(line, br#""seq":"#)?.split(|byte| *byte == b',').next()?;
    std::str::from_utf8(digits).ok()?.parse().ok()
}

/// A change as far as the book needs it: of values only those that stand there now.
pub fn change(line: &[u8]) -> Option<Deed<'_>> {
    match serde_json::from_slice(line) {
        Ok(Line::Change(deed)) => Some(deed),
        _ => None,
    }
}

/// The lines as they were written.
pub fn read_whole(bytes: &[u8]) -> Option<Vec<Piece<'_>>> {
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
