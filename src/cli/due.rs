//! `due`: what is due, by date.

use std::collections::BTreeSet;
use std::fs;
use std::io::Write;
use std::path::PathBuf;

use chrono::NaiveDate;
use clap::ArgMatches;
use serde_json::{Value as Json, json};

use super::error::{CliError, Exit};
use super::evidence::department_said;
use super::{Call, output};
use crate::audit::{Due, Duty, Met, PlanWindows, Uncounted, due as all_due, month_name};
use crate::catalogue::Reading;
use crate::exchange::{Calendar, Event};
use crate::share::Session;
use crate::wording::{Message, Tell as _, message};

/// `due [--all|--days N] [--person NAME] [--department D] [--json|--ics [--output FILE]]`
pub fn due(call: &Call, matches: &ArgMatches, out: &mut dyn Write) -> Result<Exit, CliError> {
    let session = call.read()?;
    let reading = call.reading(&session);
    let today = session.today(call.surroundings.now);
    let days = matches.get_one::<usize>("days").copied();
    let ics = matches.get_flag("ics");
    // A calendar is looked at for longer than a list.
    let all = matches.get_flag("all") || days.is_some() || ics;
    let every = all_due(&reading, today, session.settings().review_months, true);
    let mut found =
        if all { every.clone() } else { all_due(&reading, today, session.settings().review_months, false) };
    // What nobody set a day for is due at once.
    let near = |due: &Due, days: usize| {
        due.days(today).is_none_or(|left| left <= i64::try_from(days).unwrap_or(i64::MAX))
    };
    found.retain(|due| days.is_none_or(|days| near(due, days)));
    let narrowed = narrow(call, &reading, &mut found, &every, matches)?;
    if ics {
        return calendar(call, (&session, &reading), &found, matches, out);
    }
    let time = reading.local(call.surroundings.now.timestamp()).time();
    // A clock that runs is everybody's.
    let running = if narrowed { Vec::new() } else { reading.running(today, time) };
    if matches.get_flag("json") {
        let runs = running.iter().map(|key| {
            let (id, title) = (reading.book.serial(*key), reading.title(*key));
            json!({ "id": id, "title": title, "due": today.to_string(), "days": 0, "what": "running" })
        });
        let rows = found.iter().map(|due| due_json(&reading, due, due.days(today)));
        return Ok(output::json(out, &runs.chain(rows).collect())?);
    }
    let heads = ["cli-due", "cli-days", "cli-id", "cli-who", "cli-what"].map(|id| reading.wording.say(id));
    let row = |due: &Due| {
        let days = due.days(today);
        vec![
            due.on.map_or_else(|| "--".to_owned(), |on| on.to_string()),
            days.map_or_else(|| "--".to_owned(), |days| days.to_string()),
            reading.book.serial(due.entry).to_owned(),
            if due.who.is_empty() { "--".to_owned() } else { due.who.clone() },
            reading.wording.render(&due.message(&reading, today)),
        ]
    };
    let runs = running.iter().map(|key| {
        let serial = reading.book.serial(*key).to_owned();
        let what = message!("due-running-what", title = reading.title(*key));
        let (due, days, who) = (today.to_string(), "0".to_owned(), "--".to_owned());
        vec![due, days, serial, who, reading.wording.render(&what)]
    });
    Ok(output::table(out, &heads, &runs.chain(found.iter().map(row)).collect::<Vec<_>>())?)
}

/// Keeps what a person or a department has to do; says whether either was named.
fn narrow(
    call: &Call,
    reading: &Reading,
    found: &mut Vec<Due>,
    every: &[Due],
    matches: &ArgMatches,
) -> Result<bool, CliError> {
    let person = matches.get_one::<String>("person").map(|said| said.trim());
    if let Some(person) = person {
        // Nobody of that name is told from somebody who has nothing to do now.
        if !every.iter().any(|due| due.is_of(person)) {
            call.say(&nobody(reading, person, every));
        }
        found.retain(|due| due.is_of(person));
    }
    let department = matches.get_one::<String>("department");
    let department = department.map(|said| department_said(reading, said.trim())).transpose()?;
    found.retain(|due| department.is_none_or(|department| due.departments.contains(&department)));
    Ok(person.is_some() || department.is_some())
}

/// That nothing is ever due for somebody, and for whom something is.
fn nobody(reading: &Reading, said: &str, every: &[Due]) -> Message {
    let known: BTreeSet<&str> = every.iter().flat_map(Due::people).collect();
    let known: Vec<&str> = known.into_iter().collect();
    let known = known.join(&reading.wording.say("list-comma"));
    message!("due-nobody", said = said.to_owned(), known = known)
}

/// Prints what is due as a calendar, or writes it to a file.
fn calendar(
    call: &Call,
    (session, reading): (&Session, &Reading),
    found: &[Due],
    matches: &ArgMatches,
    out: &mut dyn Write,
) -> Result<Exit, CliError> {
    let now = call.surroundings.now;
    let today = session.today(now);
    let events: Vec<Event> = found.iter().map(|due| event(reading, due, today)).collect();
    let name = session.settings().organisation.clone();
    let (book, changes) = (identity(session), reading.book.seq());
    let text = Calendar { name, book, made: now, changes }.text(&events);
    let Some(file) = matches.get_one::<PathBuf>("output") else {
        write!(out, "{text}")?;
        return Ok(Exit::Done);
    };
    let shown = file.display().to_string();
    fs::write(file, text).map_err(|error| {
        let what = message!("due-not-written", file = shown.clone(), error = error.message());
        CliError::new(Exit::InputOutput, what)
    })?;
    let done = message!("due-written", count = events.len(), file = shown);
    Ok(output::line(out, &reading.wording.render(&done))?)
}

/// What tells this book from others, for as long as it lives: who began it where and when.
fn identity(session: &Session) -> String {
    let begun = session
        .commit_at(1)
        .map(|first| format!("{} {} {}", first.origin.utc, first.origin.user, first.origin.host));
    begun.unwrap_or_else(|_| session.settings().organisation.clone())
}

fn event(reading: &Reading, due: &Due, today: NaiveDate) -> Event {
    let say = |what: Message| reading.wording.render(&what);
    let departments: Vec<String> = due.departments.iter().map(|key| reading.title(*key)).collect();
    let departments = departments.join(&reading.wording.say("list-comma"));
    let late = due.on.filter(|on| *on < today);
    let more = [
        (!due.who.is_empty()).then(|| say(message!("due-more-who", who = due.who.clone()))),
        (!departments.is_empty()).then(|| say(message!("due-more-department", departments = departments))),
        late.map(|on| say(message!("due-more-late", on = on.to_string()))),
        due.on.is_none().then(|| reading.wording.say("due-more-none")),
    ];
    let entry = reading.book.entry(due.entry);
    let register = entry.and_then(|entry| reading.register(entry));
    Event {
        duty: due.name(reading),
        // What nobody set a day for is due at once.
        on: due.on.unwrap_or(today),
        summary: format!("{} {}", reading.book.serial(due.entry), say(due.message(reading, today))),
        more: more.into_iter().flatten().collect::<Vec<_>>().join("\n"),
        category: register.map_or("", |register| register.name.get(reading.lang)).to_owned(),
    }
}

fn due_json(reading: &Reading, due: &Due, days: Option<i64>) -> Json {
    let mut shown = json!({
        "id": reading.book.serial(due.entry),
        "title": reading.title(due.entry),
        "due": due.on.map(|on| on.to_string()),
        "days": days,
        "who": if due.who.is_empty() { Json::Null } else { Json::from(due.who.clone()) },
        "departments": due.departments.iter().map(|key| reading.book.serial(*key)).collect::<Vec<_>>(),
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
        Duty::Dated(dated) => json!({
            "what": "dated",
            "duty": { "zh": dated.what.zh(), "en": dated.what.en() },
            "done_field": dated.done,
        }),
        Duty::Month(monthly) => json!({
            "what": "month",
            "month": month_name(monthly.month),
            "check": monthly.check,
            "register": monthly.counts.register,
        }),
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
