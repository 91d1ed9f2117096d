//! What happened to an entry, and bringing back what once stood there.

use super::super::layer::Cx;
use super::super::notice::Notice;
use super::super::theme::Role;
use super::detail::{Line, Place};
use crate::book::{Act, EntryKey, Proposal, Way};
use crate::wording::{Message, message};

/// What happened to an entry, the latest first; to one of its fields, where one is named.
pub fn lines(key: EntryKey, only: Option<&str>, cx: &Cx) -> Vec<Line> {
    let reading = cx.reading();
    let past = match cx.session.history(key) {
        Ok(past) => past,
        Err(error) => return vec![Line::new("", error.to_string()).role(Role::Wrong)],
    };
    let mut lines = Vec::new();
    for past in past.iter().rev() {
        let at = past.commit.origin.local().format("%Y-%m-%d %H:%M").to_string();
        let act = match past.change.act {
            Act::Add => "act-add",
            Act::Set => "act-set",
            Act::Delete => "act-delete",
            Act::Restore => "act-restore",
        };
        let way = match &past.commit.way {
            Way::UndoOf(seq) => cx.render(&message!("way-undo", seq = *seq)),
            Way::RedoOf(seq) => cx.render(&message!("way-redo", seq = *seq)),
            Way::RestoreOf(seq) => cx.render(&message!("way-restore", seq = *seq)),
            _ => String::new(),
        };
        let why = past
            .commit
            .why
            .as_ref()
            .map(|why| cx.render(&message!("because", why = why.clone())))
            .unwrap_or_default();
        let head = format!("{at}  {}  {}  {way}{why}", past.commit.origin.name, cx.say(act));
        let seq = past.commit.seq;
        if only.is_some_and(|only| !past.change.fields.iter().any(|field| field.field == only)) {
            continue;
        }
        let place = |field| Some(Place { seq, field });
        lines.push(Line { place: place(None), ..Line::new("", head.trim_end()).role(Role::Title) });
        for (at, field) in past.change.fields.iter().enumerate() {
            if only.is_some_and(|only| field.field != only) {
                continue;
            }
            let (label, from, to) = reading.field_change(&past.change, field);
            let text = match past.change.act {
                Act::Set => format!("{from} -> {to}"),
                Act::Delete => from,
                Act::Add | Act::Restore => to,
            };
            lines.push(Line { place: place(Some(at)), ..Line::new(&label, text) });
        }
        lines.push(Line::default());
    }
    lines
}

/// The id of the field that a line is about.
pub fn field_at(key: EntryKey, place: Place, cx: &Cx) -> Option<String> {
    let change = cx.session.changes_at(&[(place.seq, key)]).pop()??;
    Some(change.fields.get(place.field?)?.field.clone())
}

/// The proposal that brings back what stood there before a change, and the question that says so. Of an entry that
/// was new then, it is what it was given; a deleted entry comes back as a whole.
pub fn bring_back(key: EntryKey, place: Place, cx: &Cx) -> Result<(Proposal, Message), Notice> {
    let session = &*cx.session;
    let reading = cx.reading();
    let serial = reading.book.serial(key).to_owned();
    let of = |proposal: &Proposal| match proposal.way {
        Way::RestoreOf(of) => of,
        _ => 0,
    };
    let wrong = |error| Notice::wrong(&error);
    if reading.book.tombstone(key).is_some() {
        let proposal = session.restoring(key, None, None, None).map_err(wrong)?;
        let question = message!("ask-restore-entry", serial = serial, of = of(&proposal));
        return Ok((proposal, question));
    }
    let change = session.changes_at(&[(place.seq, key)]).pop().flatten();
    let change = change.ok_or_else(|| Notice::said(message!("nothing-changed")))?;
    let begins = matches!(change.act, Act::Add | Act::Restore);
    let until = if begins { place.seq } else { place.seq.saturating_sub(1) };
    let field = place.field.and_then(|at| change.fields.get(at));
    let proposal = session.restoring(key, field.map(|field| field.field.as_str()), Some(until), None);
    let proposal = proposal.map_err(wrong)?;
    let question = match field {
        Some(field) => {
            let (name, from, to) = reading.field_change(&change, field);
            let value = crate::text::cut(if begins { &to } else { &from }, 20).into_owned();
            message!("ask-restore-field", serial = serial, field = name, value = value, of = of(&proposal))
        }
        None => message!("ask-restore-whole", serial = serial, of = of(&proposal)),
    };
    Ok((proposal, question))
}
