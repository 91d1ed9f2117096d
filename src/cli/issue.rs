//! `issue LIST` and `issued`: controlled lists, and what changed since.

use std::io::Write;

use clap::ArgMatches;
use serde_json::{Value as Json, json};

use super::error::{CliError, Exit};
use super::writing::with_fields_named;
use super::{Call, output};
use crate::book::{Value, Way};
use crate::catalogue::Reading;
use crate::exchange::issue::{
    ISSUED, IssueError, Issued, done_words, draft, issue as issue_list, since_words,
};
use crate::share::Session;
use crate::wording::{Tell as _, message};

/// The options that are fields of an issued list.
const FIELDS: &[&str] =
    &["number", "edition", "prepared-by", "prepared", "checked-by", "checked", "approved-by", "approved"];

/// `issue LIST|ID --number N --prepared-by NAME ...`
pub fn issue(call: &Call, matches: &ArgMatches, out: &mut dyn Write) -> Result<Exit, CliError> {
    let mut session = call.write()?;
    let now = call.surroundings.now;
    let today = session.today(now);
    let said = matches.get_one::<String>("list").map_or("", String::as_str);
    let reading = call.reading(&session);
    let key = super::reading::key(&reading, said).filter(|key| {
        reading.book.entry(*key).is_some_and(|entry| reading.book.register_id(entry.register) == ISSUED)
    });
    let mut fields = if key.is_some() {
        Vec::new()
    } else {
        let listing = reading.listing(said).map_err(|error| CliError::usage(&error))?;
        let number = matches.get_one::<String>("number").map(|number| number.trim());
        let mut fields = draft((&session, &reading), (&listing, number), today)?;
        // Who signs when is said, not guessed.
        fields.retain(|(id, _)| !matches!(id.as_str(), "prepared-by" | "prepared"));
        fields
    };
    for id in FIELDS {
        if let Some(text) = matches.get_one::<String>(id) {
            fields.retain(|(field, _)| field != id);
            fields.extend(value(&reading, id, text, today)?.map(|value| ((*id).to_owned(), value)));
        }
    }
    let done = issue_list(&mut session, (key, fields), (Way::Command, call.lang), now);
    let done = done.map_err(|error| match error {
        IssueError::Session(error) => with_fields_named(call, &session, &[ISSUED.to_owned()], error),
        other => CliError::usage(&other),
    })?;
    let reading = call.reading(&session);
    let made = done.changes.first().and_then(|change| reading.book.entry(change.entry));
    match (made, done_words(&reading, &done)) {
        (Some(entry), _) if matches.get_flag("json") => Ok(output::json(out, &reading.json(entry))?),
        (_, Some(said)) => Ok(output::line(out, &reading.wording.render(&said))?),
        _ => Ok(Exit::Done),
    }
}

fn value(
    reading: &Reading,
    id: &str,
    text: &str,
    today: chrono::NaiveDate,
) -> Result<Option<Value>, CliError> {
    let field = reading.definitions.register(ISSUED).and_then(|register| register.field(id));
    let Some(field) = field else { return Ok(None) };
    reading.enter(field, text, today).map_err(|error| {
        let field = field.name.get(reading.lang).to_owned();
        CliError::new(Exit::Usage, message!("cli-bad-field", field = field, what = error.message()))
    })
}

/// `issued [LIST]`
pub fn issued(call: &Call, matches: &ArgMatches, out: &mut dyn Write) -> Result<Exit, CliError> {
    let session = call.read()?;
    let reading = call.reading(&session);
    let wanted = matches.get_one::<String>("list");
    let wanted =
        wanted.map(|said| reading.listing(said)).transpose().map_err(|error| CliError::usage(&error))?;
    let entries = reading.book.entries(ISSUED).iter().filter_map(|key| reading.book.entry(*key));
    let all: Vec<Issued> = match &wanted {
        Some(listing) => Issued::all(&reading, &listing.id),
        None => entries.filter_map(|entry| Issued::of(&reading, entry)).collect(),
    };
    if all.is_empty() && !matches.get_flag("json") {
        return Ok(output::line(out, &reading.wording.say("issue-none"))?);
    }
    let (mut exit, mut objects) = (Exit::Done, Vec::new());
    for one in &all {
        let stood = stands(call, &session, one)?;
        exit = if stood.broken { Exit::Damaged } else { exit };
        if matches.get_flag("json") {
            objects.push(json!({
                "id": reading.book.serial(one.key), "view": one.view, "number": one.number, "edition": one.edition,
                "status": one.status, "as-of": one.at, "seal": one.seal, "holds": !stood.broken, "changed": stood.count,
            }));
            continue;
        }
        output::line(
            out,
            &format!("{}  {}  {}", reading.book.serial(one.key), reading.title(one.key), stood.words),
        )?;
        for line in &stood.lines {
            output::line(out, &format!("    {line}"))?;
        }
    }
    if matches.get_flag("json") {
        output::json(out, &Json::from(objects))?;
    }
    Ok(exit)
}

/// How an issued list stands: in words, with what changed since.
struct Stands {
    words: String,
    lines: Vec<String>,
    count: usize,
    broken: bool,
}

fn stands(call: &Call, session: &Session, one: &Issued) -> Result<Stands, CliError> {
    let now = call.surroundings.now;
    let (number, edition) = (one.number.clone(), one.edition.clone());
    let render = |message| call.lang.wording().render(&message);
    let plain = |words| Stands { words, lines: Vec::new(), count: 0, broken: false };
    let Some(standing) = one.standing(session, call.lang, now)? else {
        return Ok(plain(render(message!("issue-draft", number = number, edition = edition))));
    };
    if !standing.holds {
        let words = render(message!("issue-broken", number = number, edition = edition));
        return Ok(Stands { broken: true, ..plain(words) });
    }
    if let Some(over) = one.over() {
        return Ok(plain(render(over)));
    }
    let since = standing.since;
    let count = since.count();
    if count == 0 {
        return Ok(plain(render(message!("issue-same", number = number, edition = edition))));
    }
    let words = render(message!("issue-since", number = number, edition = edition, count = count));
    Ok(Stands { words, lines: since_words(&since, &call.reading(session)), count, broken: false })
}
