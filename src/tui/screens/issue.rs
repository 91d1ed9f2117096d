//! Issuing a list: a draft of it, its issue, and what changed since.

use super::super::layer::{Cx, Outcome};
use super::super::notice::Notice;
use super::super::theme::Role;
use super::detail::Line;
use super::form::Form;
use super::page;
use crate::book::{EntryKey, Way};
use crate::catalogue::Looking;
use crate::exchange::issue::{ISSUED, Issued, done_words, draft, issue as issue_list, since_words, waiting};
use crate::wording::message;

/// On a draft: it is issued. On an issue: what changed since. On any other list: the form of a draft.
pub fn issue(looking: &Looking, cx: &mut Cx) -> Outcome {
    let reading = cx.reading();
    let here = looking.entries.first().and_then(|key| reading.book.entry(*key));
    match here.and_then(|entry| Issued::of(&reading, entry)) {
        Some(issued) if issued.at.is_none() => seal(issued.key, cx),
        Some(issued) => since(&issued, cx),
        None => begin(looking, cx),
    }
}

/// The form of a draft, with what is known of the list.
fn begin(looking: &Looking, cx: &mut Cx) -> Outcome {
    let reading = cx.reading();
    let entry = || {
        let entry = reading.book.entry(*looking.entries.first()?)?;
        Some(reading.book.register_id(entry.register).to_owned())
    };
    let list = Some(looking.list.clone()).filter(|list| !list.is_empty()).or_else(entry).unwrap_or_default();
    let Ok(listing) = reading.listing(&list) else {
        return Outcome::Say(Notice::said(message!("issue-no-view", said = list)));
    };
    // One that waits already is gone on with.
    if let Some(key) = waiting(&reading, &listing.id) {
        return seal(key, cx);
    }
    let values = match draft((cx.session, &reading), (&listing, None), cx.today()) {
        Ok(values) => values,
        Err(error) => return Outcome::Say(Notice::wrong(&error)),
    };
    let form = Form::filled(ISSUED, &listing.id, &values, cx);
    let next = Notice::said(message!("issue-begin"));
    form.map_or(Outcome::Stay, |form| Outcome::PushSaying(Box::new(form), next))
}

/// Issues a draft, or goes to the first field that it lacks.
fn seal(key: EntryKey, cx: &mut Cx) -> Outcome {
    let (lang, now) = (cx.lang(), cx.now);
    match issue_list(cx.session, (Some(key), Vec::new()), (Way::Screen, lang), now) {
        Ok(done) => {
            done_words(&cx.reading(), &done).map_or(Outcome::Stay, |said| Outcome::Say(Notice::said(said)))
        }
        Err(error) => {
            let message = cx.reading().with_names(crate::wording::Tell::message(&error), Some(ISSUED));
            let field = error.field().unwrap_or_default();
            match Form::edit(key, cx).filter(|_| !field.is_empty()).map(|form| form.at(field)) {
                Some(form) => Outcome::PushSaying(Box::new(form), Notice::refused(message)),
                None => Outcome::Say(Notice::refused(message)),
            }
        }
    }
}

/// A page with what is not as it was issued.
fn since(issued: &Issued, cx: &Cx) -> Outcome {
    let (lang, now) = (cx.lang(), cx.now);
    let (holds, since) = match issued.standing(cx.session, lang, now) {
        Ok(Some(standing)) => (standing.holds, standing.since),
        Ok(None) => return Outcome::Stay,
        Err(error) => return Outcome::Say(Notice::wrong(&error)),
    };
    let (number, edition, count) = (issued.number.clone(), issued.edition.clone(), since.count());
    let head = match (holds, issued.over(), count) {
        (false, ..) => message!("issue-broken", number = number, edition = edition),
        (_, Some(over), _) => over,
        (_, _, 0) => message!("issue-same", number = number, edition = edition),
        _ => message!("issue-since", number = number, edition = edition, count = count),
    };
    let reading = cx.reading();
    let role = if holds && count == 0 { Role::Text } else { Role::Accent };
    let mut lines = vec![Line::new("", cx.render(&head)).role(role), Line::default()];
    let rows = since.new.iter().chain(&since.gone).copied().chain(since.changed.iter().map(|(key, _)| *key));
    for (key, words) in rows.zip(since_words(&since, &reading)) {
        lines.push(Line { target: Some(key), ..Line::new("", words) });
    }
    let list = format!("{} {}", reading.book.serial(issued.key), reading.title(issued.key));
    let heading = cx.render(&message!("issue-page", list = list));
    Outcome::Push(Box::new(page::listed(heading, lines)))
}
