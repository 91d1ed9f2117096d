//! What a review round came to, and going on with it.

use super::super::layer::{Cx, Outcome};
use super::super::notice::Notice;
use super::detail::Line;
use super::page::{self, Page};
use super::review::Review;
use super::review_start::{From, ReviewStart};
use crate::book::EntryKey;
use crate::review::{REVIEWS, Report, Round};
use crate::wording::message;

/// A round: on with it where it is open, else what it came to. Of any other entry, a round over it alone.
pub fn review(key: Option<EntryKey>, cx: &Cx) -> Outcome {
    let Some(key) = key else { return Outcome::Pass };
    let Some(entry) = cx.session.book().entry(key) else { return Outcome::Pass };
    let register = cx.session.book().register_id(entry.register).to_owned();
    if register != REVIEWS && cx.reading().method_of(entry).is_none() {
        return Outcome::Say(Notice::said(message!("not-scored")));
    }
    if register != REVIEWS {
        let from = From { list: register, filter: String::new(), marked: vec![key] };
        return Outcome::Push(Box::new(ReviewStart::new(from, cx)));
    }
    match Review::resume(key, cx) {
        Some(layer) => Outcome::Push(layer),
        None => Outcome::Push(Box::new(page::round(key, cx))),
    }
}

/// An entry to read: a round that has ended is what it came to.
pub fn entry(key: EntryKey, cx: &Cx) -> Page {
    let reading = cx.reading();
    let ended = Round::read(&reading, key).is_some() && !Round::is_open(&reading, key);
    if ended { page::round(key, cx) } else { page::entry(key, cx) }
}

/// What a round came to.
pub fn lines(key: EntryKey, cx: &Cx) -> Vec<Line> {
    let reading = cx.reading();
    let lines = Round::read(&reading, key).map(|round| Report::of(&reading, &round).lines(&reading));
    let line = |(label, words, target): (String, String, Option<EntryKey>)| Line {
        target,
        ..Line::new(&label, words)
    };
    lines.unwrap_or_default().into_iter().map(line).collect()
}
