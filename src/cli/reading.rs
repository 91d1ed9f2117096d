//! Commands that only look.

use std::io::Write;

use clap::ArgMatches;
use serde_json::{Value as Json, json};

use super::args::{pairs, query};
use super::error::{CliError, Exit};
use super::{Call, output};
use crate::book::EntryKey;
use crate::catalogue::{Reading, UNSCORED, sort_by};
use crate::definition::{Column, Definitions, Derived, Field, Kind, Register};
use crate::exchange::{self, Wanted};
use crate::query::{compile, parse};
use crate::scoring::{self, Evaluation, Given, Judgement, Method};
use crate::source::nearest;
use crate::store::{self, Finding};
use crate::wording::{Lang, Tell, message};

/// The definitions of the book, or the built-in ones where there is no book.
fn definitions(call: &Call) -> Result<std::sync::Arc<Definitions>, CliError> {
    match call.read() {
        Ok(session) => Ok(session.definitions().clone()),
        Err(_) if !call.folder().is_book() => Definitions::builtin()
            .map(Into::into)
            .map_err(|problem| CliError::new(Exit::Damaged, problem.message())),
        Err(error) => Err(error),
    }
}

fn label(label: &crate::wording::Label) -> Json {
    json!({ "zh": label.zh(), "en": label.en() })
}

/// `registers`
pub fn registers(call: &Call, matches: &ArgMatches, out: &mut dyn Write) -> Result<Exit, CliError> {
    let session = call.read()?;
    let count = |register: &Register| session.book().entries(&register.id).len();
    let all = session.definitions().registers();
    if matches.get_flag("json") {
        let row = |register: &Register| {
            json!({
                "id": register.id,
                "name": label(&register.name),
                "form": register.form.number,
                "edition": register.form.edition,
                "clauses": register.form.clauses,
                "serial": register.serial.pattern(),
                "entries": count(register),
            })
        };
        return Ok(output::json(out, &all.iter().map(row).collect())?);
    }
    let heads = ["cli-register", "cli-name", "cli-form", "cli-entries"].map(|id| call.lang.wording().say(id));
    let row = |register: &Register| {
        let form = register.form.number.clone().unwrap_or_default();
        vec![register.id.clone(), register.name.get(call.lang).to_owned(), form, count(register).to_string()]
    };
    Ok(output::table(out, &heads, &all.iter().map(row).collect::<Vec<_>>())?)
}

/// `fields REGISTER`
pub fn fields(call: &Call, matches: &ArgMatches, out: &mut dyn Write) -> Result<Exit, CliError> {
    let definitions = definitions(call)?;
    let register = register(&definitions, matches, "register")?;
    if matches.get_flag("json") {
        let row = |field: &Field| {
            let choices = field.kind.choices().iter();
            json!({
                "id": field.id,
                "name": label(&field.name),
                "kind": field.kind.name(),
                "required": field.required,
                "choices": choices.map(|choice| json!({ "code": choice.code, "zh": choice.label.zh(), "en": choice.label.en() })).collect::<Vec<_>>(),
            })
        };
        return Ok(output::json(out, &register.fields.iter().map(row).collect())?);
    }
    let heads = ["cli-field", "cli-name", "cli-kind", "cli-values"].map(|id| call.lang.wording().say(id));
    let row = |field: &Field| {
        let choices: Vec<String> = match &field.kind {
            Kind::Links { to, .. } => to.clone(),
            Kind::Rows(columns) => columns.iter().map(|column| column.id.clone()).collect(),
            kind => kind
                .choices()
                .iter()
                .map(|choice| format!("{}={}", choice.code, choice.label.get(call.lang)))
                .collect(),
        };
        let mark = if field.required { "*" } else { "" };
        vec![
            format!("{}{mark}", field.id),
            field.name.get(call.lang).to_owned(),
            field.kind.name().to_owned(),
            choices.join(" "),
        ]
    };
    Ok(output::table(out, &heads, &register.fields.iter().map(row).collect::<Vec<_>>())?)
}

/// The register a person named.
pub fn register<'d>(
    definitions: &'d Definitions,
    matches: &ArgMatches,
    argument: &str,
) -> Result<&'d Register, CliError> {
    let said = matches.get_one::<String>(argument).map_or("", String::as_str);
    definitions.register_meant(said).ok_or_else(|| {
        let words = definitions
            .registers()
            .iter()
            .flat_map(|register| [register.id.as_str(), register.name.zh(), register.name.en()]);
        let near = nearest(said, words).unwrap_or("").to_owned();
        CliError::new(Exit::Usage, message!("list-unknown", said = said.to_owned(), nearest = near))
    })
}

/// `views`
pub fn views(call: &Call, matches: &ArgMatches, out: &mut dyn Write) -> Result<Exit, CliError> {
    let session = call.read()?;
    let reading = call.reading(&session);
    let views = reading.listings().into_iter().filter(|listing| listing.id != listing.register.id);
    let today = session.today(call.surroundings.now);
    let mut rows = Vec::new();
    let mut all = Vec::new();
    for view in views {
        let count = reading.entries(&view, "", today).map_or(0, |keys| keys.len());
        all.push(json!({ "id": view.id, "name": label(&view.name), "register": view.register.id, "query": view.query, "entries": count }));
        rows.push(vec![
            view.id.clone(),
            reading.name(&view).to_owned(),
            view.register.id.clone(),
            view.query.clone(),
            count.to_string(),
        ]);
    }
    if matches.get_flag("json") {
        return Ok(output::json(out, &Json::from(all))?);
    }
    let heads = ["cli-view", "cli-name", "cli-register", "cli-query", "cli-entries"]
        .map(|id| call.lang.wording().say(id));
    Ok(output::table(out, &heads, &rows)?)
}

fn method_json(method: &Method) -> Json {
    let scale = |step: &scoring::ScaleValue| json!({ "value": scoring::json_number(step.value), "zh": step.label.zh(), "en": step.label.en() });
    let factors = method.factors.iter().map(|factor| {
        json!({ "id": factor.id, "name": label(&factor.name), "scale": factor.scale.iter().map(scale).collect::<Vec<_>>() })
    });
    let bands = method.bands.iter().map(|band| {
        json!({ "code": band.code, "zh": band.label.zh(), "en": band.label.en(), "listed": band.listed, "bound": band.bound.map(scoring::Bound::words) })
    });
    json!({
        "id": method.id,
        "edition": method.edition,
        "name": label(&method.name),
        "basis": label(&method.basis),
        "formula": method.formula.to_string(),
        "factors": factors.collect::<Vec<_>>(),
        "bands": bands.collect::<Vec<_>>(),
    })
}

/// `methods [ID]`
pub fn methods(call: &Call, matches: &ArgMatches, out: &mut dyn Write) -> Result<Exit, CliError> {
    let definitions = definitions(call)?;
    let lang = call.lang;
    let chosen: Vec<&Method> = match matches.get_one::<String>("id") {
        Some(id) => vec![definitions.methods().meant(id).map_err(|error| CliError::usage(&error))?],
        None => definitions.methods().all().collect(),
    };
    if matches.get_flag("json") {
        return Ok(output::json(out, &chosen.into_iter().map(method_json).collect())?);
    }
    if let (Some(_), [method]) = (matches.get_one::<String>("id"), chosen.as_slice()) {
        output::line(out, &format!("{}@{}  {}", method.id, method.edition, method.name.get(lang)))?;
        output::line(out, &format!("{} = {}", method.symbol.get(lang), method.formula))?;
        for factor in &method.factors {
            output::line(out, &format!("{}  {}", factor.id, factor.name.get(lang)))?;
            for step in &factor.scale {
                output::line(out, &format!("    {:>5}  {}", step.value.normalize(), step.label.get(lang)))?;
            }
        }
        for band in &method.bands {
            let bound = band.bound.map_or_else(|| UNSCORED.to_owned(), scoring::Bound::words);
            output::line(
                out,
                &format!("{} {:<8}  {}", if band.listed { "!" } else { " " }, bound, band.label.get(lang)),
            )?;
        }
        return Ok(Exit::Done);
    }
    let heads = ["cli-method", "cli-name", "cli-formula"].map(|id| lang.wording().say(id));
    let row = |method: &&Method| {
        vec![
            format!("{}@{}", method.id, method.edition),
            method.name.get(lang).to_owned(),
            method.formula.to_string(),
        ]
    };
    Ok(output::table(out, &heads, &chosen.iter().map(row).collect::<Vec<_>>())?)
}

/// `list REGISTER|VIEW [QUERY]…`
pub fn list(call: &Call, matches: &ArgMatches, out: &mut dyn Write) -> Result<Exit, CliError> {
    let session = call.read()?;
    let reading = call.reading(&session);
    let said = matches.get_one::<String>("list").map_or("", String::as_str);
    let mut listing = reading.listing(said).map_err(|error| CliError::usage(&error))?;
    let register = listing.register;
    let column = |word: &str| {
        register.column(word).ok_or_else(|| {
            let words = register.column_words();
            let near = nearest(word, words.iter().map(String::as_str)).unwrap_or("").to_owned();
            CliError::new(
                Exit::Usage,
                message!("definition-unknown-column", said = word.to_owned(), nearest = near),
            )
        })
    };
    if let Some(columns) = matches.get_one::<String>("columns") {
        listing.table.columns =
            columns.split([',', '，']).map(|word| column(word.trim())).collect::<Result<_, _>>()?;
    }
    if let Some(sort) = matches.get_one::<String>("sort") {
        for word in sort.split(',') {
            column(word.trim().trim_start_matches('-'))?;
        }
        listing.table.sort = sort.split(',').filter_map(|word| sort_by(register, word.trim())).collect();
    }
    let today = session.today(call.surroundings.now);
    let text = query(matches);
    let mut keys = reading.entries(&listing, &text, today).map_err(|error| CliError::usage(&error))?;
    if let Some(limit) = matches.get_one::<usize>("limit") {
        keys.truncate(*limit);
    }
    let entries = || keys.iter().filter_map(|key| reading.book.entry(*key));
    if matches.get_flag("json") {
        return Ok(output::json(out, &entries().map(|entry| reading.json(entry)).collect())?);
    }
    let heads: Vec<String> = listing
        .table
        .columns
        .iter()
        .map(|column| register.column_name(*column).get(call.lang).to_owned())
        .collect();
    let csv = matches.get_flag("csv");
    let cell = |entry, column: &Column| {
        let shown = reading.column(register, entry, *column);
        let level = matches!(column, Column::Derived(Derived::Level));
        let text = if csv { shown.text } else { crate::text::cut(&shown.text, 40).into_owned() };
        if level && !csv { format!("{} {text}", shown.sign.mark()) } else { text }
    };
    let rows: Vec<Vec<String>> = entries()
        .map(|entry| listing.table.columns.iter().map(|column| cell(entry, column)).collect())
        .collect();
    if csv { Ok(output::csv(out, &heads, &rows)?) } else { Ok(output::table(out, &heads, &rows)?) }
}

/// `find QUERY…`
pub fn find(call: &Call, matches: &ArgMatches, out: &mut dyn Write) -> Result<Exit, CliError> {
    let session = call.read()?;
    let reading = call.reading(&session);
    let today = session.today(call.surroundings.now);
    let text = query(matches);
    let filter = parse(&text)
        .and_then(|node| compile(&node, reading.definitions, None, today))
        .map_err(|error| CliError::usage(&error))?;
    let prepared = filter.prepare(reading.book, reading.definitions, reading.words);
    let keys = reading.definitions.registers().iter().flat_map(|register| reading.book.entries(&register.id));
    let found: Vec<_> =
        keys.filter_map(|key| reading.book.entry(*key)).filter(|entry| prepared.matches(entry)).collect();
    if matches.get_flag("json") {
        return Ok(output::json(out, &found.into_iter().map(|entry| reading.json(entry)).collect())?);
    }
    let heads = ["cli-id", "cli-title", "cli-register", "cli-level"].map(|id| call.lang.wording().say(id));
    let row = |entry: &crate::book::Entry| {
        let name = reading.register(entry).map_or("", |register| register.name.get(call.lang));
        let level = reading
            .evaluation(entry)
            .map(|evaluation| format!("{} {}", reading.sign(entry).mark(), reading.level_text(evaluation)));
        vec![
            reading.book.text(entry.serial).to_owned(),
            reading.title(entry.key),
            name.to_owned(),
            level.unwrap_or_default(),
        ]
    };
    Ok(output::table(out, &heads, &found.into_iter().map(row).collect::<Vec<_>>())?)
}

/// The entry with this id.
pub fn entry(reading: &Reading, said: &str) -> Result<EntryKey, CliError> {
    let key = reading.book.key_of(said).filter(|key| reading.book.entry(*key).is_some());
    key.ok_or_else(|| {
        let serials: Vec<&str> =
            reading.book.serials().map(|(serial, _)| reading.book.text(serial)).collect();
        CliError::no_entry(said, nearest(said, serials).unwrap_or(""))
    })
}

/// `show ID`
pub fn show(call: &Call, matches: &ArgMatches, out: &mut dyn Write) -> Result<Exit, CliError> {
    let session = call.read()?;
    let reading = call.reading(&session);
    let said = matches.get_one::<String>("id").map_or("", String::as_str);
    let history = matches.get_flag("history");
    // The history of a deleted entry can be shown too.
    let key = match entry(&reading, said) {
        Ok(key) => key,
        Err(error) => reading.book.key_of(said).filter(|_| history).ok_or(error)?,
    };
    let past = if history { session.history(key)? } else { Vec::new() };
    if matches.get_flag("json") {
        let mut shown = reading.book.entry(key).map_or_else(
            || json!({ "id": reading.book.serial(key), "deleted": true }),
            |entry| reading.json(entry),
        );
        if let (true, Json::Object(object)) = (history, &mut shown) {
            object.insert("history".to_owned(), past.iter().map(|past| past_json(&reading, past)).collect());
        }
        return Ok(output::json(out, &shown)?);
    }
    if let Some(found) = reading.book.entry(key) {
        print_entry(&reading, found, out)?;
    }
    for past in &past {
        let at = past.commit.origin.local().format("%Y-%m-%d %H:%M");
        let why = past.commit.why.clone().unwrap_or_default();
        output::line(out, &format!("{at}  {}  #{}  {why}", past.commit.origin.name, past.commit.seq))?;
        for change in &past.change.fields {
            let words = |value: &Option<crate::book::Value>| {
                let field = reading
                    .definitions
                    .register(&past.change.register)
                    .and_then(|register| register.field(&change.field));
                match (value, field) {
                    (Some(value), Some(field)) => reading.value(field, value),
                    (Some(value), None) => reading.former_value(value),
                    (None, _) => UNSCORED.to_owned(),
                }
            };
            output::line(
                out,
                &format!("    {}: {} -> {}", change.field, words(&change.from), words(&change.to)),
            )?;
        }
    }
    Ok(Exit::Done)
}

fn past_json(reading: &Reading, past: &store::Past) -> Json {
    let register = reading.definitions.register(&past.change.register);
    let value = |field: &str, value: &Option<crate::book::Value>| match (
        value,
        register.and_then(|register| register.field(field)),
    ) {
        (Some(value), Some(field)) => reading.json_value(field, value),
        (Some(value), None) => serde_json::to_value(value).unwrap_or(Json::Null),
        (None, _) => Json::Null,
    };
    let fields = past.change.fields.iter().map(|change| {
        json!({ "field": change.field, "from": value(&change.field, &change.from), "to": value(&change.field, &change.to) })
    });
    json!({
        "seq": past.commit.seq,
        "at": past.commit.origin.local().to_rfc3339(),
        "user": past.commit.origin.user,
        "by": past.commit.origin.name,
        "act": past.change.act,
        "way": past.commit.way,
        "why": past.commit.why,
        "fields": fields.collect::<Vec<_>>(),
    })
}

/// Prints an entry, a field a line.
pub fn print_entry(
    reading: &Reading,
    entry: &crate::book::Entry,
    out: &mut dyn Write,
) -> Result<(), CliError> {
    output::line(out, &format!("{}  {}", reading.book.text(entry.serial), reading.title(entry.key)))?;
    let fields = reading.register(entry).map_or(&[][..], |register| register.fields.as_slice());
    let former: Vec<(String, String)> = reading
        .former(entry)
        .into_iter()
        .map(|(id, words)| (reading.wording.render(&message!("former-field", field = id)), words))
        .collect();
    let names = fields.iter().map(|field| field.name.get(reading.lang));
    let names = names.chain(former.iter().map(|(name, _)| name.as_str()));
    let width = names.map(crate::text::width).max().unwrap_or(0);
    for field in fields {
        let name = crate::text::pad_end(field.name.get(reading.lang), width);
        let words = match (&field.kind, reading.evaluation(entry)) {
            (Kind::Evaluation { .. }, Some(evaluation)) => {
                let score = evaluation
                    .score
                    .map_or_else(|| UNSCORED.to_owned(), |score| score.normalize().to_string());
                let sign = reading.sign(entry).mark();
                format!(
                    "{score} {sign} {}: {} ({})",
                    reading.level_text(evaluation),
                    reading.reason(evaluation),
                    evaluation.factor_words(reading.method(evaluation))
                )
            }
            (Kind::Evaluation { .. }, None) => format!("{UNSCORED} {}", reading.wording.say("unscored")),
            _ => reading.field(field, entry).text,
        };
        if words.is_empty() && !field.required {
            continue;
        }
        output::line(out, &format!("  {name}  {words}"))?;
    }
    for (name, words) in former {
        output::line(out, &format!("  {}  {words}", crate::text::pad_end(&name, width)))?;
    }
    Ok(())
}

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
    let report = store::verify(&call.folder())?;
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
        let shown = json!({ "commits": report.head.seq, "head": report.head.hash, "entries": report.entries, "evaluations": report.evaluations, "findings": findings });
        output::json(out, &shown)?;
        return Ok(exit);
    }
    let summary = message!(
        "verified",
        commits = report.head.seq,
        entries = report.entries,
        evaluations = report.evaluations,
        head = report.head.hash.clone()
    );
    output::line(out, &call.lang.wording().render(&summary))?;
    for finding in &report.findings {
        output::line(out, &words(call.lang, finding))?;
    }
    Ok(exit)
}
