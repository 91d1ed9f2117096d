//! What can be asked of an entry on any screen that shows one: why, a copy, a question, how it stands, that it
//! stays as it is, a sample.

use super::super::action::Action;
use super::super::layer::{Cx, Layer, Outcome};
use super::super::notice::{Notice, clipboard};
use super::audit;
use super::chain::Chain;
use super::draw::Draw;
use super::files::Files;
use super::handout::Handout;
use super::issue;
use super::noting::note;
use super::pack;
use super::page_why::why;
use super::plain::Plain;
use super::question::Question;
use super::raise::raise;
use super::remedy;
use super::settle::Settle;
use super::terms;
use super::unchanged::unchanged;
use crate::book::EntryKey;
use crate::catalogue::Looking;
use crate::wording::message;

/// Answers an action that no screen has an answer of its own to.
pub fn act(action: Action, mut looking: Looking, cx: &mut Cx) -> Outcome {
    // The history of a deleted entry is looked at too, but nothing can be asked of what is gone.
    looking.entries.retain(|key| cx.session.book().entry(*key).is_some());
    let here = looking.entries.first().copied();
    match action {
        Action::Why => match here.and_then(|key| why(key, cx)) {
            Some(page) => push(page),
            None => Outcome::Say(Notice::said(message!("not-scored"))),
        },
        Action::Copy => match here {
            Some(key) => copy(key, cx),
            None => Outcome::Say(Notice::said(message!("copy-nothing"))),
        },
        Action::Plain => Plain::list(&looking, cx).map_or(Outcome::Stay, push),
        Action::Question => push(Question::new(looking, cx)),
        Action::Settle => match Settle::new(looking.entries, cx) {
            Some(settle) => push(settle),
            // An entry with an open problem stands by that.
            None => match here.and_then(|key| remedy::close(key, None, cx)) {
                Some(asked) => push(asked),
                None => Outcome::Say(Notice::said(message!("no-status"))),
            },
        },
        Action::Chain => here.map_or(Outcome::Stay, |key| push(Chain::new(key, cx))),
        Action::Terms => match here.and_then(|key| terms::open(key, cx)) {
            Some(page) => push(page),
            None => Outcome::Say(Notice::said(message!("terms-not-here"))),
        },
        Action::Raise => raise(&looking.entries, None, cx),
        Action::Note => note(looking, cx),
        Action::Audit => audit::open(&looking, cx),
        Action::Unchanged => unchanged(&looking.entries, cx),
        Action::Draw => push(Draw::asking(&looking, cx)),
        Action::Issue => issue::issue(&looking, cx),
        Action::Pack => Outcome::Push(pack::asking(cx)),
        Action::Files => here.map_or(Outcome::Stay, |key| push(Files::new(key, cx))),
        Action::Handout => match Handout::new(&looking, cx) {
            Some(handout) => push(handout),
            None => Outcome::Say(Notice::said(message!("handout-nothing"))),
        },
        _ => Outcome::Stay,
    }
}

fn push(layer: impl Layer + 'static) -> Outcome {
    Outcome::Push(Box::new(layer))
}

/// The whole row first; the same key again copies only its number, then only the reason.
fn copy(key: EntryKey, cx: &mut Cx) -> Outcome {
    let reading = cx.reading();
    let (serial, title) = (reading.book.serial(key).to_owned(), reading.title(key));
    let mut parts = vec![format!("{serial}  {title}"), serial];
    if let Some(evaluation) = reading.book.entry(key).and_then(|entry| reading.evaluation(entry)) {
        let (level, reason) = (reading.level_text(evaluation), reading.reason(evaluation));
        if let Some(row) = parts.first_mut() {
            *row = format!("{row}  {level}  {reason}");
        }
        parts.push(format!("{level}: {reason}"));
    }
    let part = match cx.desk.habits.copied {
        Some((last, part)) if last == key => (part + 1) % parts.len(),
        _ => 0,
    };
    cx.desk.habits.copied = Some((key, part));
    let next = match (part + 1) % parts.len() {
        0 => "copy-next-row",
        1 => "copy-next-id",
        _ => "copy-next-reason",
    };
    let what = parts.into_iter().nth(part).unwrap_or_default();
    clipboard(&what);
    let key = cx.desk.keymap.keys(super::super::action::Scope::Table, Action::Copy);
    let key = key.into_iter().next().unwrap_or_default();
    let again =
        cx.desk.wording().render(&message!("copy-again", key = key, next = cx.desk.wording().say(next)));
    Outcome::Say(Notice::said(copied(what, Some(again), cx)))
}

/// Says what was copied and what the key does next; the first time also what tmux needs for it.
pub fn copied(what: String, next: Option<String>, cx: &mut Cx) -> crate::wording::Message {
    let tmux = if std::mem::take(&mut cx.desk.habits.tmux) { cx.say("copied-tmux") } else { String::new() };
    let more = [next.unwrap_or_default(), tmux];
    let more = more.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" ");
    message!("copied", what = what, more = more)
}
