//! Commands that work something out again: `score` and `verify`.

use std::io::Write;

use clap::ArgMatches;
use serde_json::{Value as Json, json};

use super::args::pairs;
use super::definitions::definitions;
use super::error::{CliError, Exit};
use super::{Call, output};
use crate::catalogue::UNSCORED;
use crate::exchange::{self, Wanted};
use crate::scoring::{self, Evaluation, Given, Judgement};
use crate::store::{self, Compared, Finding};
use crate::wording::{Lang, Tell, message};

/// `score METHOD FACTOR=VALUE…`
pub fn score(call: &Call, matches: &ArgMatches, out: &mut dyn Write) -> Result<Exit, CliError> {
    let definitions = definitions(call)?;
    let said = matches.get_one::<String>("method").map_or("", String::as_str);
    let method = definitions.methods().meant(said).map_err(|error| CliError::usage(&error))?;
    let wanted = Wanted { factors: pairs(matches)?, ..Wanted::default() };
    let factors = exchange::factors(method, &wanted.factors).map_err(|error| CliError::usage(&error))?;
    let given = Given { factors, direct: matches.get_one::<String>("direct").cloned() };
    let on = call.surroundings.now.date_naive();
    let judgement = Judgement { by: Vec::new(), on, basis: String::new(), residual: None, released: false };
    let (evaluation, warnings) =
        Evaluation::make(method, given, judgement, None).map_err(|error| CliError::usage(&error))?;
    if matches.get_flag("json") {
        return Ok(output::json(out, &scoring::to_json(&evaluation, method))?);
    }
    let level = method.band(&evaluation.level).map_or("", |band| band.label.get(call.lang));
    let sign = if evaluation.listed { "! " } else { "" };
    let score = evaluation.score.map_or_else(|| UNSCORED.to_owned(), |score| score.normalize().to_string());
    output::line(out, &format!("{score}  {sign}{level}  {}", evaluation.reason(method, call.lang)))?;
    for warning in warnings {
        output::line(out, &call.lang.wording().render(&warning.message()))?;
    }
    Ok(Exit::Done)
}

/// `verify`
pub fn verify(call: &Call, matches: &ArgMatches, out: &mut dyn Write) -> Result<Exit, CliError> {
    let report = store::verify(&call.folder()?)?;
    let words = |lang: Lang, finding: &Finding| lang.wording().render(&finding.message());
    let exit = match () {
        () if report.findings.is_empty() => Exit::Done,
        () if report.findings.iter().any(|finding| matches!(finding, Finding::Journal(_))) => Exit::Damaged,
        () => Exit::Unknown,
    };
    if matches.get_flag("json") {
        let findings: Vec<Json> = report
            .findings
            .iter()
            .map(|finding| json!({ "zh": words(Lang::Zh, finding), "en": words(Lang::En, finding) }))
            .collect();
        let shown = json!({ "commits": report.head.seq, "head": report.head.hash, "entries": report.entries, "evaluations": report.evaluations, "state_compared": report.state == Compared::Yes, "findings": findings });
        output::json(out, &shown)?;
        return Ok(exit);
    }
    for finding in &report.findings {
        output::line(out, &words(call.lang, finding))?;
    }
    let mut say = |message| output::line(out, &call.lang.wording().render(&message));
    if let Compared::Not(why) = report.state {
        say(message!("verify-not-compared", why = why))?;
    }
    let (commits, head) = (report.head.seq, report.head.hash);
    let (entries, evaluations) = (report.entries, report.evaluations);
    say(match report.findings.len() {
        0 => {
            message!("verified", commits = commits, entries = entries, evaluations = evaluations, head = head)
        }
        findings => message!(
            "verify-failed",
            findings = findings,
            commits = commits,
            entries = entries,
            evaluations = evaluations,
            head = head
        ),
    })?;
    Ok(exit)
}
