//! `terms` and `confirm`: what stands in the terms of a contract, and what a reviewer says of each line.

use std::io::Write;

use clap::ArgMatches;
use serde_json::{Value as Json, json};

use super::error::{CliError, Exit};
use super::{Call, output};
use crate::audit::{
    Confirmation, NoneFound, Passage, Says, confirm as confirmation, confirm_none, none_found, passages,
    subject_label, subject_name, term_checks,
};
use crate::book::{Edit, Entry, EntryKey, Proposal, Way};
use crate::catalogue::Reading;
use crate::definition::Check;
use crate::wording::{Label, Message, Tell, message};

/// `terms ID`
pub fn terms(call: &Call, matches: &ArgMatches, out: &mut dyn Write) -> Result<Exit, CliError> {
    let session = call.read()?;
    let reading = call.reading(&session);
    let entry = entry(&reading, matches)?;
    let (found, none) = (passages(&reading, entry), none_found(&reading, entry));
    if matches.get_flag("json") {
        let found: Vec<Json> = found.iter().map(|passage| as_json(&reading, passage)).collect();
        let none: Vec<Json> = none.iter().map(|none| none_json(&reading, none)).collect();
        return Ok(output::json(out, &json!({ "passages": found, "none": none }))?);
    }
    let say = |what: Message| reading.wording.render(&what);
    let mut rows = Vec::new();
    for passage in &found {
        rows.push(vec![
            passage.line.to_string(),
            subject_name(&reading, passage.check, &passage.subject.is),
            passage.places(&reading),
            passage.rule.id.to_uppercase(),
            // What to press stands on the screen.
            say(if passage.is_open() { message!("terms-open-line") } else { passage.said(&reading).1 }),
            passage.text.clone(),
        ]);
    }
    for none in &none {
        let said = none.message(&reading);
        let kind = subject_name(&reading, none.check, &none.subject.is);
        rows.push(vec!["--".to_owned(), kind, String::new(), String::new(), say(said), String::new()]);
    }
    let heads = [
        "terms-head-line",
        "terms-head-kind",
        "terms-head-words",
        "terms-head-rule",
        "terms-head-said",
        "terms-head-text",
    ];
    let heads = heads.map(|id| reading.wording.say(id));
    Ok(output::table(out, &heads, &rows)?)
}

/// `confirm ID LINE [--kind K] --owner NAME --control IDS [--requirement TEXT]`, or `--no-effect TEXT`, or `confirm ID --none`.
pub fn confirm(call: &Call, matches: &ArgMatches, out: &mut dyn Write) -> Result<Exit, CliError> {
    let mut session = call.write()?;
    let now = call.surroundings.now;
    let today = session.today(now);
    let by = matches.get_one::<String>("by").map_or(session.shown_name(), |by| by.trim()).to_owned();
    let reading = call.reading(&session);
    let entry = entry(&reading, matches)?;
    let edit = if matches.get_flag("none") {
        let all = none_found(&reading, entry);
        let kind = matches.get_one::<String>("kind").map(|said| said.trim());
        let meant = all.iter().filter(|none| {
            none.said.is_none()
                && kind.is_none_or(|kind| is_called(&reading, none.check, &none.subject.is, kind))
        });
        confirm_none(&reading, entry, &meant.collect::<Vec<_>>(), (&by, today))
    } else {
        let passage = passage_said(&reading, entry, matches)?;
        let says = says(&reading, &passage, matches)?;
        confirmation(&reading, (entry, &passage), &says, (&by, today))
    };
    let edit = edit.map_err(|why| CliError::new(Exit::Usage, why))?;
    let review = match &edit {
        Edit::Set { entry, .. } => *entry,
        _ => entry.key,
    };
    session.commit(Proposal { way: Way::Command, why: None, edits: vec![edit] }, now)?;
    let done = message!("terms-confirmed", review = session.book().serial(review).to_owned());
    Ok(output::line(out, &call.lang.wording().render(&done))?)
}

/// The entry that is named; its register must have terms.
fn entry<'r>(reading: &Reading<'r>, matches: &ArgMatches) -> Result<&'r Entry, CliError> {
    let said = matches.get_one::<String>("id").map_or("", |said| said.trim());
    let key = super::reading::entry(reading, said)?;
    let entry = reading.book.entry(key).ok_or_else(|| CliError::no_entry(said, ""))?;
    if term_checks(reading, reading.book.register_id(entry.register)).next().is_none() {
        return Err(CliError::new(Exit::Usage, message!("terms-not-here")));
    }
    Ok(entry)
}

/// The passage in the line that is named; where two are, the kind tells which.
fn passage_said<'d>(
    reading: &Reading<'d>,
    entry: &Entry,
    matches: &ArgMatches,
) -> Result<Passage<'d>, CliError> {
    let line = matches.get_one::<usize>("line").copied().unwrap_or(0);
    let kind = matches.get_one::<String>("kind").map(|said| said.trim());
    let asked: Vec<Passage> = passages(reading, entry).into_iter().filter(|passage| passage.asked).collect();
    let known: Vec<String> = asked
        .iter()
        .map(|passage| {
            format!("{} {}", passage.line, subject_name(reading, passage.check, &passage.subject.is))
        })
        .collect();
    let mut meant = asked.into_iter().filter(|passage| {
        let called = |kind: &str| is_called(reading, passage.check, &passage.subject.is, kind);
        passage.line == line && kind.is_none_or(called)
    });
    match (meant.next(), meant.next()) {
        (Some(passage), None) => Ok(passage),
        (Some(_), Some(_)) => Err(CliError::new(Exit::Usage, message!("terms-which", line = line))),
        _ => {
            let known = known.join(&reading.wording.say("list-comma"));
            Err(CliError::new(Exit::Unknown, message!("terms-no-line", line = line, known = known)))
        }
    }
}

/// What is said of a passage.
fn says(reading: &Reading, passage: &Passage, matches: &ArgMatches) -> Result<Says, CliError> {
    let said = |id: &str| matches.get_one::<String>(id).map(|said| said.trim().to_owned());
    if let Some(reason) = said("no-effect") {
        return Ok(Says::Without { reason });
    }
    let registers = passage.controls(reading);
    let control = said("control").unwrap_or_default();
    let control = control.split([',', '，', '、', ' ']).map(str::trim).filter(|word| !word.is_empty());
    let control = control.map(|word| {
        reading.linked(&registers, word).map_err(|error| CliError::new(Exit::Usage, error.message()))
    });
    Ok(Says::Applies {
        requirement: said("requirement").unwrap_or_else(|| passage.text.clone()),
        owner: said("owner").unwrap_or_default(),
        control: control.collect::<Result<Vec<EntryKey>, _>>()?,
    })
}

/// Whether a word means this subject: its code, or its name in either language.
fn is_called(reading: &Reading, check: &Check, is: &str, said: &str) -> bool {
    let label = subject_label(reading, check, is);
    is == said || label.is_some_and(|label| label.zh() == said || label.en().eq_ignore_ascii_case(said))
}

fn kind_json(reading: &Reading, check: &Check, is: &str) -> Json {
    let label = subject_label(reading, check, is);
    json!({ "code": is, "zh": label.map(Label::zh), "en": label.map(Label::en) })
}

fn as_json(reading: &Reading, passage: &Passage) -> Json {
    let words = passage.words.iter().map(|(at, word)| json!({ "word": word, "at": at }));
    let mut shown = json!({
        "line": passage.line,
        "text": passage.text,
        "words": words.collect::<Vec<_>>(),
        "kind": kind_json(reading, passage.check, &passage.subject.is),
        "rule": passage.rule.id,
        "check": passage.check.id,
        "file": passage.rule.file,
        "to_confirm": passage.asked,
    });
    let more = match &passage.standing {
        _ if !passage.asked => json!({ "standing": "shown" }),
        Confirmation::Open => json!({ "standing": "open" }),
        Confirmation::Applies { at: (review, row), says, owner, control } => json!({
            "standing": "applies",
            "review": reading.book.serial(*review),
            "row": row + 1,
            "requirement": says,
            "owner": owner,
            "control": control.iter().map(|key| reading.book.serial(*key)).collect::<Vec<_>>(),
        }),
        Confirmation::Without { review, reason, by, on } => json!({
            "standing": "no-effect",
            "review": reading.book.serial(*review),
            "reason": reason,
            "by": by,
            "on": on.map(|on| on.to_string()),
        }),
    };
    if let (Json::Object(shown), Json::Object(more)) = (&mut shown, more) {
        shown.extend(more);
    }
    shown
}

fn none_json(reading: &Reading, none: &NoneFound) -> Json {
    json!({
        "kind": kind_json(reading, none.check, &none.subject.is),
        "check": none.check.id,
        "said": none.said.as_ref().map(|(_, words)| words),
        "review": none.said.as_ref().map(|(review, _)| reading.book.serial(*review)),
    })
}
