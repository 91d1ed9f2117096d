//! `check`: what an auditor would find, clause by clause.

use std::io::Write;

use clap::ArgMatches;
use serde_json::{Value as Json, json};

use super::args::day;
use super::error::{CliError, Exit};
use super::{Call, output};
use crate::audit::{self, CheckSum, Looked, clauses_in_short, look_for, usually_until};
use crate::book::{Date, Proposal, Way};
use crate::catalogue::Reading;
use crate::definition::{Rule, clause_number, clause_order};
use crate::source::nearest;
use crate::wording::{Tell, message};

/// `check [--clause C] [--register R]`
pub fn check(call: &Call, matches: &ArgMatches, out: &mut dyn Write) -> Result<Exit, CliError> {
    let session = call.read()?;
    let reading = call.reading(&session);
    let said = |id: &str| matches.get_one::<String>(id).map(|said| said.trim());
    let register = said("register")
        .map(|said| super::definitions::register_said(reading.definitions, said))
        .transpose()?;
    let clause = said("clause").map(|said| clause_of_rules(said, reading.definitions.rules())).transpose()?;
    let looked = look_for(&reading, session.today(call.surroundings.now), |rule, check| {
        register.is_none_or(|register| check.register == register.id)
            && clause.is_none_or(|clause| rule.is_for(clause))
    });
    let exit = if looked.iter().any(Looked::fails) { Exit::Unknown } else { Exit::Done };
    if matches.get_flag("json") {
        output::json(out, &looked.iter().map(|looked| as_json(&reading, looked)).collect())?;
        return Ok(exit);
    }
    let mut rule = "";
    for looked in looked.iter().filter(|looked| !looked.found.is_empty()) {
        if rule != looked.rule.id {
            if !rule.is_empty() {
                output::line(out, "")?;
            }
            let clauses = clauses_in_short(&looked.rule.clauses);
            output::line(out, &format!("{clauses}  {}", looked.rule.name.get(call.lang)))?;
            rule = &looked.rule.id;
        }
        let (severity, says) =
            (reading.wording.say(looked.severity_name()), looked.check.says.get(call.lang));
        let share = reading.wording.render(&looked.share(&reading));
        output::line(out, &format!("  {severity}  {says}  {share}  {}", looked.check.id))?;
        for finding in looked.found.iter() {
            output::line(out, &format!("      {}", finding.words(&reading)))?;
        }
        let mend = message!("check-mend", mend = looked.check.mend.clone());
        output::line(out, &format!("      {}", reading.wording.render(&mend)))?;
    }
    output::line(out, &reading.wording.render(&CheckSum::of(&looked).message()))?;
    Ok(exit)
}

/// `accept CHECK ID --why TEXT [--until DATE]`: a finding is accepted as it is.
pub fn accept(call: &Call, matches: &ArgMatches, out: &mut dyn Write) -> Result<Exit, CliError> {
    let mut session = call.write()?;
    let now = call.surroundings.now;
    let today = session.today(now);
    let said = |id: &str| matches.get_one::<String>(id).map_or("", |said| said.trim());
    let (id, why) = (said("check"), said("why"));
    let until = day(matches, "until", today)?.map_or_else(|| usually_until(today), Date::day);
    if until.last() < today {
        let what = message!("check-until-past", until = until.to_string());
        return Err(CliError::new(Exit::Usage, what));
    }
    let reading = call.reading(&session);
    let entry = super::reading::entry(&reading, said("id"))?;
    let looked = look_for(&reading, today, |_, check| check.id == id);
    let Some(looked) = looked.first() else {
        let known = reading.definitions.rules().iter().flat_map(|rule| &rule.checks);
        let near = nearest(id, known.map(|check| check.id.as_str())).unwrap_or("");
        let what = message!("check-unknown", said = id.to_owned(), nearest = near.to_owned());
        return Err(CliError::new(Exit::Usage, what));
    };
    let serial = reading.book.serial(entry).to_owned();
    if !looked.found.iter().chain(looked.accepted.iter()).any(|finding| finding.entry == entry) {
        let what = message!("check-not-found", check = id.to_owned(), entry = serial);
        return Err(CliError::new(Exit::Unknown, what));
    }
    let edit = audit::accept(&reading, (looked.check, entry), (why, session.shown_name()), until);
    let proposal = Proposal { way: Way::Command, why: Some(why.to_owned()), edits: vec![edit] };
    session.commit(proposal, now)?;
    let done = message!("check-accepted", entry = serial, until = until.to_string());
    Ok(output::line(out, &call.lang.wording().render(&done))?)
}

/// The number of a clause that rules are for, whatever standard it is said of.
fn clause_of_rules<'s>(said: &'s str, rules: &[Rule]) -> Result<&'s str, CliError> {
    let wanted = said.trim_start_matches(['E', 'S', 'e', 's', ':', '：']);
    let mut known: Vec<String> = Vec::new();
    for clause in rules.iter().flat_map(|rule| &rule.clauses) {
        if !known.iter().any(|known| known == clause_number(clause)) {
            known.push(clause_number(clause).to_owned());
        }
    }
    known.sort_by_cached_key(|clause| clause_order(clause));
    if !known.iter().any(|known| known == wanted) {
        let what = message!("check-no-clause", said = said.to_owned(), known = known.join(" "));
        return Err(CliError::new(Exit::Usage, what));
    }
    Ok(wanted)
}

fn as_json(reading: &Reading, looked: &Looked) -> Json {
    let found = looked.found.iter().map(|finding| {
        let detail = finding.detail.as_ref().map(|detail| reading.wording.render(detail));
        let (id, title) = (reading.book.serial(finding.entry), reading.title(finding.entry));
        json!({ "id": id, "title": title, "detail": detail })
    });
    json!({
        "check": looked.check.id,
        "rule": looked.rule.id,
        "clauses": looked.rule.clauses,
        "severity": looked.check.severity.id(),
        "register": looked.check.register,
        "of": looked.of,
        "says": { "zh": looked.check.says.zh(), "en": looked.check.says.en() },
        "mend": { "zh": looked.check.mend.zh(), "en": looked.check.mend.en() },
        "field": looked.check.field,
        "accepted": looked.accepted.iter().map(|finding| reading.book.serial(finding.entry)).collect::<Vec<_>>(),
        "found": found.collect::<Vec<_>>(),
    })
}
