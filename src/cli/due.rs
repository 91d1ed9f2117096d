//! `due`: what is due, by date.

use std::io::Write;

use clap::ArgMatches;
use serde_json::{Value as Json, json};

use super::error::{CliError, Exit};
use super::{Call, output};
use crate::audit::{Due, Duty, Met, PlanWindows, Uncounted, due as all_due};
use crate::catalogue::Reading;
use crate::wording::message;

/// `due [--all|--days N]`
pub fn due(call: &Call, matches: &ArgMatches, out: &mut dyn Write) -> Result<Exit, CliError> {
    let session = call.read()?;
    let reading = call.reading(&session);
    let today = session.today(call.surroundings.now);
    let days = matches.get_one::<usize>("days").copied();
    let all = matches.get_flag("all") || days.is_some();
    let mut found = all_due(&reading, today, session.settings().review_months, all);
    // What nobody set a day for is due at once.
    let near = |due: &Due, days: usize| {
        due.days(today).is_none_or(|left| left <= i64::try_from(days).unwrap_or(i64::MAX))
    };
    found.retain(|due| days.is_none_or(|days| near(due, days)));
    let time = reading.local(call.surroundings.now.timestamp()).time();
    let running = reading.running(today, time);
    if matches.get_flag("json") {
        let runs = running.iter().map(|key| {
            let (id, title) = (reading.book.serial(*key), reading.title(*key));
            json!({ "id": id, "title": title, "due": today.to_string(), "days": 0, "what": "running" })
        });
        let rows = found.iter().map(|due| due_json(&reading, due, due.days(today)));
        return Ok(output::json(out, &runs.chain(rows).collect())?);
    }
    let heads = ["cli-due", "cli-days", "cli-id", "cli-what"].map(|id| reading.wording.say(id));
    let row = |due: &Due| {
        let days = due.days(today);
        let what = match &due.what {
            Duty::Drill(plan) => {
                let words = plan.words(&reading, today);
                message!("due-drill-what", title = reading.title(due.entry), words = words)
            }
            Duty::Problem(problem) => {
                let how = problem.standing.message(&reading);
                let (words, owner) = (problem.words.clone(), problem.owner.clone());
                message!("due-problem-what", words = words, owner = owner, how = how)
            }
            Duty::Review => message!("due-review-what", title = reading.title(due.entry)),
            Duty::Dated(what) => {
                message!("due-dated-what", what = what.clone(), title = reading.title(due.entry))
            }
        };
        vec![
            due.on.map_or_else(|| "--".to_owned(), |on| on.to_string()),
            days.map_or_else(|| "--".to_owned(), |days| days.to_string()),
            reading.book.serial(due.entry).to_owned(),
            reading.wording.render(&what),
        ]
    };
    let runs = running.iter().map(|key| {
        let serial = reading.book.serial(*key).to_owned();
        let what = message!("due-running-what", title = reading.title(*key));
        vec![today.to_string(), "0".to_owned(), serial, reading.wording.render(&what)]
    });
    Ok(output::table(out, &heads, &runs.chain(found.iter().map(row)).collect::<Vec<_>>())?)
}

fn due_json(reading: &Reading, due: &Due, days: Option<i64>) -> Json {
    let mut shown = json!({
        "id": reading.book.serial(due.entry),
        "title": reading.title(due.entry),
        "due": due.on.map(|on| on.to_string()),
        "days": days,
    });
    let more = match &due.what {
        Duty::Drill(plan) => plan_json(reading, plan),
        Duty::Problem(problem) => json!({
            "what": "problem",
            "problem": problem.words,
            "row": problem.row + 1,
            "owner": problem.owner,
            "standing": problem.standing.code(),
        }),
        Duty::Review => json!({ "what": "review" }),
        Duty::Dated(what) => json!({ "what": "dated", "duty": { "zh": what.zh(), "en": what.en() } }),
    };
    if let (Json::Object(shown), Json::Object(more)) = (&mut shown, more) {
        shown.extend(more);
    }
    shown
}

fn plan_json(reading: &Reading, plan: &PlanWindows) -> Json {
    let windows = plan.windows.iter().map(|(window, met)| {
        let state = match met {
            Met::By(_) => "met",
            Met::Open => "open",
            Met::Missed => "missed",
            Met::NotAsked => "not-asked",
        };
        let by: Vec<&str> = match met {
            Met::By(keys) => keys.iter().map(|key| reading.book.serial(*key)).collect(),
            _ => Vec::new(),
        };
        json!({ "from": window.from.to_string(), "to": window.to.to_string(), "state": state, "by": by })
    });
    let uncounted = plan.uncounted.iter().map(|(key, why)| {
        let why = match why {
            Uncounted::NotHeld => "no-conclusion",
            Uncounted::Later => "not-yet",
            Uncounted::Vague => "date-vague",
        };
        json!({ "id": reading.book.serial(*key), "why": why })
    });
    json!({ "what": "drill", "windows": windows.collect::<Vec<_>>(), "uncounted": uncounted.collect::<Vec<_>>() })
}
