//! `status`: what home shows, for a look without the screen, a monitor, or the banner of a login.

use std::io::{self, Write};

use chrono::NaiveDate;
use clap::ArgMatches;
use serde_json::{Value as Json, json};

use super::error::{CliError, Exit};
use super::{Call, output};
use crate::audit::opening;
use crate::book::Months;
use crate::catalogue::{QUESTIONS_OPEN, Reading, Summary};
use crate::review::Round;
use crate::share::Session;
use crate::wording::{Lang, Message, Tell, message};

/// `status [--line|--json]`
pub fn status(call: &Call, matches: &ArgMatches, out: &mut dyn Write) -> Result<Exit, CliError> {
    let session = call.read()?;
    let reading = call.reading(&session);
    let now = call.surroundings.now;
    let summaries = reading.summary(session.counts(), session.due(now));
    let wanting = Wanting::of(&reading, session.today(now));
    if matches.get_flag("json") {
        let status = whole(call, &session, &summaries, &wanting);
        return Ok(output::json(out, &status)?);
    }
    // Figures of a damaged book count only what can be read: that comes before them.
    let damaged = call.damaged.borrow().as_ref().map(|damage| {
        let what = message!("status-damaged", place = damage.place(), seq = reading.book.seq());
        call.lang.wording().render(&what)
    });
    if matches.get_flag("line") {
        let sum = |of: fn(&Summary) -> usize| summaries.iter().map(of).sum::<usize>();
        let line = message!(
            "status-line",
            organisation = session.settings().organisation.clone(),
            review = sum(|summary| summary.review),
            unrated = sum(|summary| summary.unrated),
            open = sum(|summary| summary.open),
            outdated = sum(|summary| summary.outdated),
            drills = wanting.drills,
            problems = wanting.problems,
            questions = wanting.questions,
            rounds = wanting.rounds
        );
        let line = call.lang.wording().render(&line);
        let whole: Vec<String> = damaged.into_iter().chain([line]).collect();
        return Ok(output::line(out, &whole.join(" "))?);
    }
    if let Some(damaged) = damaged {
        output::line(out, &damaged)?;
    }
    let fixed = if session.is_date_fixed() {
        format!("  {}", call.lang.wording().say("date-fixed"))
    } else {
        String::new()
    };
    output::line(out, &format!("{}  {}{fixed}", session.settings().organisation, session.today(now)))?;
    table(&summaries, call.lang, out)?;
    output::line(out, &call.lang.wording().render(&wanting.said()))?;
    let last = Months::number(session.today(now));
    let months: Vec<String> =
        (last - 11..=last).map(|month| reading.book.months().get(month).commits.to_string()).collect();
    Ok(output::line(out, &format!("{}  {}", call.lang.wording().say("home-months"), months.join(" ")))?)
}

/// Every figure by its name.
fn whole(call: &Call, session: &Session, summaries: &[Summary], wanting: &Wanting) -> Json {
    let reading = call.reading(session);
    let months = reading.book.months().iter().map(|(number, month)| {
        let name = format!("{:04}-{:02}", number.div_euclid(12), number.rem_euclid(12) + 1);
        (name, Json::from(month.commits))
    });
    let registers: Json = summaries.iter().map(|summary| as_json(summary, &reading)).collect();
    let damaged = call.damaged.borrow();
    let damaged = damaged.as_ref().map(|damage| {
        let said = call.lang.wording().render(&damage.message());
        json!({ "file": damage.file, "line": damage.line, "message": said })
    });
    json!({
        "damaged": damaged,
        "organisation": session.settings().organisation,
        "today": session.today(call.surroundings.now).to_string(),
        "date_fixed": session.is_date_fixed(),
        "commits": reading.book.seq(),
        "open_reviews": wanting.rounds,
        "drills_due": wanting.drills,
        "open_problems": wanting.problems,
        "dated_due": wanting.dated,
        "months_due": wanting.months,
        "open_questions": wanting.questions,
        "stale": wanting.stale,
        "registers": registers,
        "months": Json::Object(months.collect()),
    })
}

/// What each register asks for, a line each.
fn table(summaries: &[Summary], lang: Lang, out: &mut dyn Write) -> io::Result<()> {
    let heads = [
        "cli-register",
        "cli-entries",
        "home-listed",
        "home-unrated",
        "status-due",
        "status-open",
        "status-outdated",
    ];
    let heads = heads.map(|id| lang.wording().say(id));
    let row = |summary: &Summary| {
        let scored = |count: usize| if summary.scored { count.to_string() } else { "--".to_owned() };
        vec![
            summary.register.name.get(lang).to_owned(),
            summary.entries.to_string(),
            scored(summary.listed),
            scored(summary.unrated),
            scored(summary.review),
            summary.open.to_string(),
            scored(summary.outdated),
        ]
    };
    output::table(out, &heads, &summaries.iter().map(row).collect::<Vec<_>>()).map(|_| ())
}

/// What wants somebody and belongs to no single register.
struct Wanting {
    rounds: usize,
    drills: usize,
    problems: usize,
    /// Entries with another date that is near or past.
    dated: usize,
    /// Departments, or whatever else, that lack what has to be there for a month.
    months: usize,
    /// Questions of auditors that have no answer.
    questions: usize,
    /// Entries that are to be looked at again.
    stale: usize,
}

impl Wanting {
    fn of(reading: &Reading, today: NaiveDate) -> Self {
        let [drills, problems, dated, months] = opening(reading, today)
            .map(|wanting| wanting.iter().map(|(_, entries, _)| entries.len()).sum::<usize>());
        let asked = reading.listing(QUESTIONS_OPEN).ok();
        let open = asked.and_then(|open| reading.entries(&open, "", today).ok());
        Wanting {
            rounds: Round::open(reading).len(),
            drills,
            problems,
            dated,
            months,
            questions: open.map_or(0, |open| open.len()),
            stale: reading.stale().registers().values().map(Vec::len).sum(),
        }
    }

    fn said(&self) -> Message {
        message!(
            "status-wanting",
            rounds = self.rounds,
            drills = self.drills,
            problems = self.problems,
            dated = self.dated,
            months = self.months,
            questions = self.questions,
            stale = self.stale
        )
    }
}

/// Entries of a register that are to be looked at again.
fn stale(reading: &Reading, register: &str) -> usize {
    reading.stale().registers().get(register).map_or(0, Vec::len)
}

fn as_json(summary: &Summary, reading: &Reading) -> Json {
    let scored = |count: usize| if summary.scored { Json::from(count) } else { Json::Null };
    let levels = summary.levels.iter().map(|(code, [initial, residual])| {
        (code.clone(), json!({ "initial": initial, "residual": residual }))
    });
    let departments = summary.departments.iter();
    let departments =
        departments.map(|(key, listed)| (reading.book.serial(*key).to_owned(), Json::from(*listed)));
    json!({
        "id": summary.register.id,
        "entries": summary.entries,
        "listed": scored(summary.listed),
        "unrated": scored(summary.unrated),
        "outdated": scored(summary.outdated),
        "review_due": scored(summary.review),
        "stale": summary.register.features.looks.stale.as_ref().map(|_| stale(reading, &summary.register.id)),
        "incomplete": summary.open,
        "levels": Json::Object(levels.collect()),
        "listed_by_department": Json::Object(departments.collect()),
    })
}
