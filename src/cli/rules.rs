//! Commands that change a rule: `methods try`, `methods apply`, `methods carry`.

use std::io::Write;

use clap::ArgMatches;
use serde_json::json;

use super::args::{on, people};
use super::error::{CliError, Exit};
use super::{Call, output};
use crate::book::Way;
use crate::catalogue::{Case, Reading, RuleChange, Turn};
use crate::scoring::Method;
use crate::share::Approval;
use crate::source::code_point;
use crate::text::{acts, shows_nothing};
use crate::wording::message;

/// `methods try FILE`: what a new edition would say; nothing is written.
pub fn try_rule(call: &Call, matches: &ArgMatches, out: &mut dyn Write) -> Result<Exit, CliError> {
    let session = call.read()?;
    let rule = session.new_rule(&text(matches, "file"))?;
    let change = session.try_rule(&rule.method, call.surroundings.now);
    let reading = call.reading(&session);
    if matches.get_flag("json") {
        return Ok(output::json(out, &reading.rule_json(&change, &rule.method))?);
    }
    let before = reading.definitions.methods().get(&rule.method.id).map_or(0, |before| before.edition);
    let (method, path) = (rule.method.name.clone(), rule.path.clone());
    let head =
        message!("rule-head", method = method, from = before, to = rule.method.edition, path = path.clone());
    output::line(out, &call.lang.wording().render(&head))?;
    compare(&reading, &change, &rule.method, out)?;
    output::line(out, &call.lang.wording().render(&message!("rule-tried", path = path)))?;
    Ok(Exit::Done)
}

/// `methods apply FILE --why TEXT --approved-by NAME`: a new edition comes into force.
pub fn apply(call: &Call, matches: &ArgMatches, out: &mut dyn Write) -> Result<Exit, CliError> {
    // They are written into the method's file, where no such character may stand.
    for option in ["approved-by", "why"] {
        if let Some(c) = text(matches, option).chars().find(|c| acts(*c)) {
            let (argument, code) = (format!("--{option}"), code_point(c));
            return Err(CliError::new(Exit::Usage, message!("cli-unseen", argument = argument, code = code)));
        }
    }
    let mut session = call.write()?;
    let rule = session.new_rule(&text(matches, "file"))?;
    let now = call.surroundings.now;
    let on = on(matches, session.today(now))?.unwrap_or_else(|| session.today(now));
    let approval = Approval { by: text(matches, "approved-by"), on, why: text(matches, "why") };
    if shows_nothing(&approval.by) || shows_nothing(&approval.why) {
        return Err(CliError::new(Exit::Usage, message!("rule-wants-words")));
    }
    let commit = session.put_in_force(&rule, &approval, (Way::Command, call.lang), now)?;
    let id = rule.method.id.as_str();
    let left = session.left_behind(id, &[], on)?.cases.len();
    if matches.get_flag("json") {
        let done = json!({ "method": id, "edition": rule.method.edition, "file": rule.place(), "commit": commit.seq, "outdated": left });
        return Ok(output::json(out, &done)?);
    }
    let (method, place) = (rule.method.name.clone(), rule.place());
    let done = message!(
        "rule-applied",
        method = method,
        edition = rule.method.edition,
        place = place,
        seq = commit.seq,
        count = left
    );
    output::line(out, &call.lang.wording().render(&done))?;
    if left > 0 {
        output::line(out, &call.lang.wording().render(&message!("rule-carry-how", id = id)))?;
    }
    Ok(Exit::Done)
}

/// `methods carry ID`: evaluations by older editions are made again where the factors carry over.
pub fn carry(call: &Call, matches: &ArgMatches, out: &mut dyn Write) -> Result<Exit, CliError> {
    let mut session = call.write()?;
    let (id, now) = (text(matches, "method"), call.surroundings.now);
    let on = on(matches, session.today(now))?.unwrap_or_else(|| session.today(now));
    let mut by = people(matches)?;
    if by.is_empty() {
        by.push(session.shown_name().to_owned());
    }
    let change = session.left_behind(&id, &by, on)?;
    let why = Some(text(matches, "why")).filter(|why| !why.is_empty());
    let commit = session.carry(&id, &change, (Way::Command, why), now)?;
    let reading = call.reading(&session);
    let method = reading.definitions.methods().meant(&id).map_err(|error| CliError::usage(&error))?;
    let (over, by_hand) = change.by_hand();
    if matches.get_flag("json") {
        let mut shown = reading.rule_json(&change, method);
        if let Some(shown) = shown.as_object_mut() {
            shown.insert("commit".to_owned(), commit.seq.into());
            shown.insert("carried".to_owned(), over.len().into());
        }
        return Ok(output::json(out, &shown)?);
    }
    let flips: Vec<&Case> = over.iter().copied().filter(|case| case.turn.flips()).collect();
    let (count, flipped) = (over.len(), flips.len());
    let done =
        message!("rule-carried", count = count, edition = method.edition, flips = flipped, seq = commit.seq);
    output::line(out, &call.lang.wording().render(&done))?;
    cases(&reading, &flips, method, out)?;
    if !by_hand.is_empty() {
        let words = message!("rule-by-hand", count = by_hand.len());
        output::line(out, &call.lang.wording().render(&words))?;
        cases(&reading, &by_hand, method, out)?;
    }
    Ok(Exit::Done)
}

/// What becomes of the entries: how many of each kind, and by name what is not as it was.
fn compare(
    reading: &Reading,
    change: &RuleChange,
    new: &Method,
    out: &mut dyn Write,
) -> Result<(), CliError> {
    output::line(out, &reading.rule_counts(change))?;
    for turn in Turn::ALL.into_iter().filter(|turn| !matches!(turn, Turn::Same | Turn::Direct)) {
        let these: Vec<&Case> = change.with(turn).collect();
        if !these.is_empty() {
            output::line(out, &reading.turn_words(turn, these.len()))?;
            cases(reading, &these, new, out)?;
        }
    }
    let off: Vec<&Case> = change
        .with(Turn::Same)
        .chain(change.with(Turn::Direct))
        .filter(|case| !case.by_hand.is_empty())
        .collect();
    if !off.is_empty() {
        let words = message!("rule-by-hand", count = off.len());
        output::line(out, &reading.wording.render(&words))?;
        cases(reading, &off, new, out)?;
    }
    Ok(())
}

fn cases(reading: &Reading, cases: &[&Case], new: &Method, out: &mut dyn Write) -> Result<(), CliError> {
    for case in cases {
        let words = reading.case_words(case, new);
        output::line(out, &format!("  {}  {}", words.name, words.levels))?;
        let reasons = if words.after.is_empty() || words.after == words.before {
            words.before
        } else {
            format!("{}  ->  {}", words.before, words.after)
        };
        output::line(out, &format!("      {reasons}"))?;
        if !words.by_hand.is_empty() {
            output::line(out, &format!("      {}", words.by_hand))?;
        }
    }
    Ok(())
}

fn text(matches: &ArgMatches, id: &str) -> String {
    matches.get_one::<String>(id).map_or("", |text| text.trim()).to_owned()
}
