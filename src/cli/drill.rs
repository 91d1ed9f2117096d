//! `drill start|stamp|note|end`: the clock by commands. Each prints how the drill stands.
//!
//! A command takes the time from the host's clock, or as it is typed. Any register with a clock will do.

use std::io::Write;

use chrono::{NaiveDate, NaiveTime};
use clap::ArgMatches;
use serde_json::{Value as Json, json};

use super::error::{CliError, Exit};
use super::reading::entry;
use super::values::{pairs_with_files, values};
use super::writing::committed;
use super::{Call, output};
use crate::book::{Edit, EntryKey, Value};
use crate::catalogue::{
    Course, Fields, Reading, duration, stamp_text, time_of_day, too_long_note, too_many_heads,
};
use crate::definition::{Field, Register};
use crate::share::Session;
use crate::wording::message;

/// `drill start|stamp|note|end`
pub fn drill(call: &Call, name: &str, matches: &ArgMatches, out: &mut dyn Write) -> Result<Exit, CliError> {
    let mut session = call.write()?;
    let now = session.reading(call.lang).local(call.surroundings.now.timestamp());
    let moment = (session.today(call.surroundings.now), now.time());
    let reading = call.reading(&session);
    let key = entry(&reading, matches.get_one::<String>("id").map_or("", String::as_str))?;
    let edit = match name {
        "start" => start(&reading, key, matches, moment)?,
        "stamp" => stamp(call, &reading, key, matches, moment)?,
        "note" => note(&reading, key, matches, moment)?,
        "end" => end(call, &reading, key, matches, moment)?,
        _ => return Err(CliError::new(Exit::Usage, message!("cli-wrong-call"))),
    };
    let done = committed(call, &mut session, matches, vec![edit])?;
    print(call, &session, done.changes.first().map(|change| change.entry), matches, out)
}

/// The book's today and the time of day.
type Moment = (NaiveDate, NaiveTime);

/// The entry on its clock, with its register.
fn course<'a>(reading: &Reading<'a>, key: EntryKey) -> Result<(&'a Register, Course<'a>), CliError> {
    let found = reading.book.entry(key);
    let on_clock = found.and_then(|entry| Some((reading.register(entry)?, reading.course(entry)?)));
    let serial = reading.book.serial(key).to_owned();
    on_clock.ok_or_else(|| CliError::new(Exit::Usage, message!("drill-no-clock", serial = serial)))
}

/// The time that is given, as it is kept; else the time of the host, where the entry is of today.
fn time(
    reading: &Reading,
    register: &Register,
    course: &Course,
    matches: &ArgMatches,
    (today, now): Moment,
) -> Result<String, CliError> {
    if let Some(said) = matches.get_one::<String>("at") {
        return typed_time(reading, register, said, today);
    }
    if course.is_today(today, now) {
        return Ok(stamp_text(now));
    }
    let day = course.day().map(|day| day.to_string()).unwrap_or_default();
    Err(CliError::new(Exit::Usage, message!("drill-other-day-cli", day = day)))
}

fn typed_time(
    reading: &Reading,
    register: &Register,
    said: &str,
    today: NaiveDate,
) -> Result<String, CliError> {
    let column = register.stamp_column().ok_or_else(|| CliError::no_entry("", ""))?;
    match reading.enter(column, said, today) {
        Ok(Some(Value::Text(time))) => Ok(time),
        Ok(_) => Err(CliError::new(Exit::Usage, message!("enter-not-a-time", said = said.to_owned()))),
        Err(error) => Err(CliError::usage(&error)),
    }
}

fn start(reading: &Reading, key: EntryKey, matches: &ArgMatches, moment: Moment) -> Result<Edit, CliError> {
    let found = reading.book.entry(key).ok_or_else(|| CliError::no_entry("", ""))?;
    let planned = matches.get_one::<String>("planned");
    let title = matches.get_one::<String>("title");
    if reading.course(found).is_none()
        && let Some((register, plan)) = reading.drilled_by(found)
    {
        let running = reading.running_of(key, moment.0, moment.1).filter(|_| !matches.get_flag("another"));
        if let Some(running) = running {
            let (drill, plan) = (reading.book.serial(running), reading.book.serial(key));
            let what = message!("drill-runs", drill = drill.to_owned(), plan = plan.to_owned());
            return Err(CliError::new(Exit::Usage, what));
        }
        return start_new(reading, (register, plan), key, (title, planned), (matches, moment));
    }
    let (register, course) = course(reading, key)?;
    if let Some(first) = course.first() {
        let serial = reading.book.serial(key).to_owned();
        let at = duration(first);
        return Err(CliError::new(Exit::Usage, message!("drill-begun", serial = serial, at = at)));
    }
    let time = time(reading, register, &course, matches, moment)?;
    let mut fields = course.stamp(0, &time, reading.lang, moment.0);
    fields.extend(heads(reading, register, planned, moment.0)?);
    fields.extend(title.map(|title| (register.title_field().id.clone(), Some(Value::Text(title.clone())))));
    Ok(Edit::Set { entry: key, fields })
}

/// A new entry of the register whose clock drills this plan.
fn start_new(
    reading: &Reading,
    (register, link): (&Register, &Field),
    plan: EntryKey,
    (title, planned): (Option<&String>, Option<&String>),
    (matches, moment): (&ArgMatches, Moment),
) -> Result<Edit, CliError> {
    let none = || CliError::no_entry(reading.book.serial(plan), "");
    let clock = register.features.clock.as_ref().ok_or_else(none)?;
    let course = Course::begun(clock, moment.0);
    let time = time(reading, register, &course, matches, moment)?;
    let title = title.cloned().unwrap_or_else(|| reading.drill_title(plan));
    let mut fields = clock.begin((register, link), plan, &title, moment.0);
    fields.extend(heads(reading, register, planned, moment.0)?);
    fields.extend(course.stamp(0, &time, reading.lang, moment.0));
    let fields = fields.into_iter().filter_map(|(id, value)| Some((id, value?))).collect();
    Ok(Edit::Add { register: register.id.clone(), fields })
}

/// How many are expected, where that is given.
fn heads(
    reading: &Reading,
    register: &Register,
    planned: Option<&String>,
    today: NaiveDate,
) -> Result<Fields, CliError> {
    let heads = register.features.clock.as_ref().and_then(|clock| clock.heads.as_ref());
    let field = heads.and_then(|[planned, _]| register.field(planned));
    let (Some(said), Some(field)) = (planned, field) else { return Ok(Vec::new()) };
    match reading.enter(field, said, today) {
        Ok(value) if too_many_heads(value.as_ref()).is_none() => Ok(vec![(field.id.clone(), value)]),
        _ => {
            let what = message!("drill-planned", said = said.trim().to_owned());
            Err(CliError::new(Exit::Usage, what))
        }
    }
}

fn stamp(
    call: &Call,
    reading: &Reading,
    key: EntryKey,
    matches: &ArgMatches,
    moment: Moment,
) -> Result<Edit, CliError> {
    let (register, course) = course(reading, key)?;
    let said = matches.get_one::<String>("step").map_or("", String::as_str);
    let names = course.steps.iter().map(|one| one.step.name.get(reading.lang));
    let at = course.step_meant(said).ok_or_else(|| {
        let known: Vec<String> = names.clone().zip(1..).map(|(name, at)| format!("{at} {name}")).collect();
        let known = known.join(&reading.wording.say("list-comma"));
        CliError::new(Exit::Usage, message!("drill-no-step", said = said.to_owned(), known = known))
    })?;
    if let Some(time) = course.steps.get(at).and_then(|step| step.time)
        && !matches.contains_id("at")
    {
        let name = names.clone().nth(at).unwrap_or_default().to_owned();
        return Err(CliError::new(
            Exit::Usage,
            message!("drill-stamped", step = name, at = time_of_day(time)),
        ));
    }
    let time = time(reading, register, &course, matches, moment)?;
    in_order(&course, (at, &time), matches)?;
    if let Some(doubt) = course.doubt(at, &time, moment) {
        call.say(&doubt);
    }
    Ok(Edit::Set { entry: key, fields: course.stamp(at, &time, reading.lang, moment.0) })
}

/// Refuses a time that makes no sense among the others, unless it is meant anyway: a command cannot ask once more.
fn in_order(course: &Course, (at, time): (usize, &str), matches: &ArgMatches) -> Result<(), CliError> {
    match course.out_of_order(at, time).filter(|_| !matches.get_flag("anyway")) {
        Some(odd) => Err(CliError::new(Exit::Usage, message!("drill-odd", what = odd))),
        None => Ok(()),
    }
}

fn note(reading: &Reading, key: EntryKey, matches: &ArgMatches, moment: Moment) -> Result<Edit, CliError> {
    let (register, course) = course(reading, key)?;
    let words = matches.get_one::<String>("text").map_or("", String::as_str).trim();
    if crate::text::shows_nothing(words) {
        return Err(CliError::new(Exit::Usage, message!("drill-note-empty")));
    }
    if let Some(long) = too_long_note(words) {
        return Err(CliError::new(Exit::Usage, long));
    }
    let time = time(reading, register, &course, matches, moment)?;
    Ok(Edit::Set { entry: key, fields: course.note(&time, words) })
}

/// Stamps the last step where that is not done, and sets the fields given.
fn end(
    call: &Call,
    reading: &Reading,
    key: EntryKey,
    matches: &ArgMatches,
    moment: Moment,
) -> Result<Edit, CliError> {
    let (register, course) = course(reading, key)?;
    let mut fields = Vec::new();
    if !course.is_over() || matches.contains_id("at") {
        let time = time(reading, register, &course, matches, moment)?;
        let last = course.steps.len().saturating_sub(1);
        in_order(&course, (last, &time), matches)?;
        fields = course.stamp(last, &time, reading.lang, moment.0);
    }
    let given = values(reading, register, pairs_with_files(call, register, matches)?, moment.0)?;
    // What is given stands over what the clock sets.
    fields.retain(|(id, _)| given.iter().all(|(other, _)| other != id));
    fields.extend(given);
    Ok(Edit::Set { entry: key, fields })
}

fn print(
    call: &Call,
    session: &Session,
    key: Option<EntryKey>,
    matches: &ArgMatches,
    out: &mut dyn Write,
) -> Result<Exit, CliError> {
    let reading = call.reading(session);
    let Some(found) = key.and_then(|key| reading.book.entry(key)) else { return Ok(Exit::Done) };
    let Some(course) = reading.course(found) else { return Ok(Exit::Done) };
    if matches.get_flag("json") {
        let mut shown = reading.json(found);
        if let Json::Object(object) = &mut shown {
            object.insert("clock".to_owned(), steps_json(&course));
        }
        return Ok(output::json(out, &shown)?);
    }
    output::line(out, &format!("{}  {}", reading.book.text(found.serial), reading.title(found.key)))?;
    let mut rows = Vec::new();
    for (at, one) in course.steps.iter().enumerate() {
        let plus = |after: i64| format!("{}{}", if after < 0 { "" } else { "+" }, duration(after));
        let target = one.target.map(|target| message!("clock-target", within = duration(target)));
        let over = one.over().map(|over| message!("clock-over", by = duration(over)));
        let say = |what: Option<crate::wording::Message>| what.map(|what| reading.wording.render(&what));
        rows.push(vec![
            format!("  {}", at + 1),
            one.step.name.get(call.lang).to_owned(),
            one.time.map_or_else(|| "--".to_owned(), time_of_day),
            one.after.filter(|after| *after != 0).map(plus).unwrap_or_default(),
            say(target).unwrap_or_default(),
            say(over).map(|over| format!("! {over}")).unwrap_or_default(),
        ]);
    }
    rows.extend(course.notes.iter().map(|note| vec![String::new(), note.words.clone(), note.time.clone()]));
    output::rows(out, &rows)?;
    Ok(Exit::Done)
}

fn steps_json(course: &Course) -> Json {
    let step = |(at, one): (usize, &crate::catalogue::Stamped)| {
        json!({
            "step": at + 1,
            "name": { "zh": one.step.name.zh(), "en": one.step.name.en() },
            "time": one.time.map(time_of_day),
            "after_seconds": one.after,
            "target_seconds": one.target,
            "over_seconds": one.over(),
        })
    };
    course.steps.iter().enumerate().map(step).collect()
}
