//! `evidence` and `coverage`: what there is for a clause, and for all of them by department.

use std::io::Write;

use clap::ArgMatches;
use serde_json::{Value as Json, json};

use super::error::{CliError, Exit};
use super::{Call, output};
use crate::audit::{self, Cover, Covered, Evidence, EvidenceLine, look_for, look_over};
use crate::book::EntryKey;
use crate::catalogue::{Clause, Reading, clause, clause_said, clauses};
use crate::definition::DEPARTMENTS;
use crate::source::nearest;
use crate::wording::message;

/// `evidence CLAUSE [--department D]`
pub fn evidence(call: &Call, matches: &ArgMatches, out: &mut dyn Write) -> Result<Exit, CliError> {
    let session = call.read()?;
    let reading = call.reading(&session);
    let clause = said(matches.get_one::<String>("clause").map_or("", |said| said.trim()))?;
    let department = matches.get_one::<String>("department");
    let department = department.map(|said| department_said(&reading, said.trim())).transpose()?;
    let today = session.today(call.surroundings.now);
    let looked = look_for(&reading, today, |rule, _| rule.is_for(&clause.number));
    let evidence = audit::evidence(&reading, clause, department, (today, &looked));
    if matches.get_flag("json") {
        return Ok(output::json(out, &as_json(&reading, &evidence))?);
    }
    output::line(out, &format!("{}  {}", clause.number, clause.name.get(call.lang)))?;
    let rows: Vec<Vec<String>> = evidence
        .lines(&reading)
        .into_iter()
        .map(|EvidenceLine { label, words, .. }| vec![label, words])
        .collect();
    Ok(output::rows(out, &rows)?)
}

/// `coverage`
pub fn coverage(call: &Call, matches: &ArgMatches, out: &mut dyn Write) -> Result<Exit, CliError> {
    let session = call.read()?;
    let reading = call.reading(&session);
    let departments = reading.book.entries(DEPARTMENTS).to_vec();
    let looked = look_over(&reading, session.today(call.surroundings.now));
    let covered = audit::coverage(&reading, &departments, &looked);
    if matches.get_flag("json") {
        let cell = |cover: &Cover| {
            json!({
                "evidence": cover.pieces,
                "findings": cover.findings,
                "answers": cover.answers,
                "hole": cover.is_hole(),
            })
        };
        let row = |covered: &Covered| {
            let of = departments.iter().zip(&covered.of);
            let of = of.map(|(key, cover)| (reading.book.serial(*key).to_owned(), cell(cover)));
            let of = of.collect::<serde_json::Map<_, _>>();
            json!({ "clause": covered.clause.number, "all": cell(&covered.all), "departments": of })
        };
        return Ok(output::json(out, &covered.iter().map(row).collect())?);
    }
    let mut heads = vec![String::new(), String::new(), reading.wording.say("coverage-all")];
    heads.extend(departments.iter().map(|key| reading.title(*key)));
    let row = |covered: &Covered| {
        let name = crate::text::cut(covered.clause.name.get(call.lang), 30).into_owned();
        let cells = std::iter::once(&covered.all).chain(&covered.of).map(|cover| cover.words());
        [covered.clause.number.clone(), name].into_iter().chain(cells).collect()
    };
    output::table(out, &heads, &covered.iter().map(row).collect::<Vec<_>>())?;
    Ok(output::line(out, &reading.wording.say("coverage-how"))?)
}

/// The clause that is meant by `8.2` or `E:8.2`.
pub(super) fn said(said: &str) -> Result<&'static Clause, CliError> {
    let meant = clause_said(said).and_then(|(_, number)| clause(&number));
    meant.ok_or_else(|| {
        let known = clauses().iter().map(|clause| clause.number.as_str()).collect::<Vec<_>>().join(" ");
        CliError::new(Exit::Usage, message!("evidence-no-clause", said = said.to_owned(), known = known))
    })
}

/// The department that is meant by an id or a name.
pub(super) fn department_said(reading: &Reading, said: &str) -> Result<EntryKey, CliError> {
    let all = reading.book.entries(DEPARTMENTS);
    let meant = |key: &&EntryKey| {
        reading.book.serial(**key).eq_ignore_ascii_case(said) || reading.title(**key) == said
    };
    all.iter().find(meant).copied().ok_or_else(|| {
        let titles: Vec<String> = all.iter().map(|key| reading.title(*key)).collect();
        CliError::no_entry(said, nearest(said, titles.iter().map(String::as_str)).unwrap_or(""))
    })
}

/// What there is for a clause.
pub(super) fn as_json(reading: &Reading, evidence: &Evidence) -> Json {
    let entry = |key: &EntryKey| json!({ "id": reading.book.serial(*key), "title": reading.title(*key) });
    let asks = evidence.clause.asks.iter();
    let asks =
        asks.map(|(standard, asks)| (standard.to_string(), json!({ "zh": asks.zh(), "en": asks.en() })));
    let served = evidence.served.iter().map(|served| {
        let views = served.views.iter();
        let views = views.map(|(listing, count)| json!({ "list": listing.id, "count": count }));
        let last = served.last.map(|last| reading.local(last).to_rfc3339());
        json!({ "register": served.register.id, "count": served.entries, "last": last, "views": views.collect::<Vec<_>>() })
    });
    let found = evidence.found.iter().flat_map(|looked| {
        looked.found.iter().map(move |finding| {
            let (id, says) = (reading.book.serial(finding.entry), &looked.check.says);
            json!({ "check": looked.check.id, "severity": looked.check.severity.id(), "id": id, "zh": says.zh(), "en": says.en() })
        })
    });
    json!({
        "clause": evidence.clause.number,
        "asks": asks.collect::<serde_json::Map<_, _>>(),
        "answering": evidence
            .answering
            .iter()
            .map(|(key, pieces)| json!({ "id": reading.book.serial(*key), "evidence": pieces }))
            .collect::<Vec<_>>(),
        "documents": evidence.documents.iter().map(entry).collect::<Vec<_>>(),
        "registers": served.collect::<Vec<_>>(),
        "findings": found.collect::<Vec<_>>(),
        "questions": evidence.questions.iter().map(entry).collect::<Vec<_>>(),
    })
}
