//! `check`: what an auditor would find, clause by clause.

use std::io::Write;

use clap::ArgMatches;
use serde_json::{Value as Json, json};

use super::error::{CliError, Exit};
use super::{Call, output};
use crate::audit::{CheckSum, Looked, clauses_in_short, look_over};
use crate::catalogue::Reading;
use crate::definition::Rule;
use crate::wording::{Tell, message};

/// `check [--clause C] [--register R]`
pub fn check(call: &Call, matches: &ArgMatches, out: &mut dyn Write) -> Result<Exit, CliError> {
    let session = call.read()?;
    let reading = call.reading(&session);
    let said = |id: &str| matches.get_one::<String>(id).map(|said| said.trim());
    let register = said("register")
        .map(|said| super::definitions::register_said(reading.definitions, said))
        .transpose()?;
    let mut looked = look_over(&reading, session.today(call.surroundings.now));
    if let Some(register) = register {
        looked.retain(|looked| looked.check.register == register.id);
    }
    if let Some(clause) = said("clause") {
        looked = of_clause(looked, clause, reading.definitions.rules())?;
    }
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
        output::line(out, &format!("  {severity}  {says}  {share}"))?;
        for finding in &looked.found {
            output::line(out, &format!("      {}", finding.words(&reading)))?;
        }
        let mend = message!("check-mend", mend = looked.check.mend.clone());
        output::line(out, &format!("      {}", reading.wording.render(&mend)))?;
    }
    output::line(out, &reading.wording.render(&CheckSum::of(&looked).message()))?;
    Ok(exit)
}

/// The checks of a clause, whatever standard it is said of.
fn of_clause<'d>(
    mut looked: Vec<Looked<'d>>,
    said: &str,
    rules: &[Rule],
) -> Result<Vec<Looked<'d>>, CliError> {
    let number = |clause: &str| clause.rsplit(':').next().unwrap_or_default().to_owned();
    let wanted = said.trim_start_matches(['E', 'S', 'e', 's', ':', '：']);
    let mut known: Vec<String> = Vec::new();
    for clause in rules.iter().flat_map(|rule| &rule.clauses) {
        if !known.contains(&number(clause)) {
            known.push(number(clause));
        }
    }
    if !known.iter().any(|known| known == wanted) {
        let what = message!("check-no-clause", said = said.to_owned(), known = known.join(" "));
        return Err(CliError::new(Exit::Usage, what));
    }
    looked.retain(|looked| looked.rule.clauses.iter().any(|clause| number(clause) == wanted));
    Ok(looked)
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
        "found": found.collect::<Vec<_>>(),
    })
}
