//! Commands that show what a book is made of: registers, fields, views, methods.

use std::io::Write;

use clap::ArgMatches;
use serde_json::{Value as Json, json};

use super::error::{CliError, Exit};
use super::{Call, output};
use crate::catalogue::UNSCORED;
use crate::definition::{Definitions, Derived, Field, Kind, Register};
use crate::scoring::{self, Method};
use crate::source::nearest;
use crate::store::Standing;
use crate::wording::{Lang, Tell, message};

/// The definitions of the book, or the built-in ones where there is no book.
pub fn definitions(call: &Call) -> Result<std::sync::Arc<Definitions>, CliError> {
    if call.folder()?.standing()? == Standing::Book {
        return Ok(call.read()?.definitions().clone());
    }
    let builtin = Definitions::builtin().map(Into::into);
    builtin.map_err(|problem| CliError::new(Exit::Damaged, problem.message()))
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
        let computed = |derived: Derived| {
            json!({
                "id": derived.id(),
                "name": label(&derived.name()),
                "kind": "computed",
                "required": false,
                "choices": [],
            })
        };
        let all = register.fields.iter().map(row).chain(register.derived().map(computed));
        return Ok(output::json(out, &all.collect())?);
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
    // What follows from the fields is listed and ordered by, and never typed.
    let computed = |derived: Derived| {
        let name = derived.name().get(call.lang).to_owned();
        vec![derived.id().to_owned(), name, "computed".to_owned(), String::new()]
    };
    let all = register.fields.iter().map(row).chain(register.derived().map(computed));
    Ok(output::table(out, &heads, &all.collect::<Vec<_>>())?)
}

/// The register a person named.
pub fn register<'d>(
    definitions: &'d Definitions,
    matches: &ArgMatches,
    argument: &str,
) -> Result<&'d Register, CliError> {
    register_said(definitions, matches.get_one::<String>(argument).map_or("", String::as_str))
}

/// The register that is meant by a word.
pub fn register_said<'d>(definitions: &'d Definitions, said: &str) -> Result<&'d Register, CliError> {
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
        "approved_by": method.approved.as_ref().map(|(by, _)| by),
        "approved_on": method.approved.as_ref().map(|(_, on)| on.to_string()),
        "why": method.why,
        "formula": method.formula.to_string(),
        "factors": factors.collect::<Vec<_>>(),
        "bands": bands.collect::<Vec<_>>(),
    })
}

/// What a method rests on: its document, who approved this edition and when, why it differs from the one before.
fn rule_basis(method: &Method, lang: Lang) -> Vec<String> {
    let wording = lang.wording();
    let basis = Some(method.basis.get(lang)).filter(|basis| !basis.is_empty());
    let basis = basis.map(|basis| format!("{}  {basis}", wording.say("basis")));
    let approved = method
        .approved
        .as_ref()
        .map(|(by, on)| wording.render(&message!("rule-approved", by = by.clone(), on = on.to_string())));
    let why = method.why.as_ref().map(|why| format!("{}  {why}", wording.say("rule-why")));
    [basis, approved, why].into_iter().flatten().collect()
}

/// `methods [ID]`
pub fn methods(call: &Call, matches: &ArgMatches, out: &mut dyn Write) -> Result<Exit, CliError> {
    let definitions = definitions(call)?;
    let lang = call.lang;
    let chosen: Vec<&Method> = match matches.get_one::<String>("method") {
        Some(id) => vec![definitions.methods().meant(id).map_err(|error| CliError::usage(&error))?],
        None => definitions.methods().all().collect(),
    };
    if matches.get_flag("toml") {
        for method in chosen {
            out.write_all(definitions.text_of(method).unwrap_or_default().as_bytes())?;
        }
        return Ok(Exit::Done);
    }
    if matches.get_flag("json") {
        return Ok(output::json(out, &chosen.into_iter().map(method_json).collect())?);
    }
    if let (Some(_), [method]) = (matches.get_one::<String>("method"), chosen.as_slice()) {
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
        for words in rule_basis(method, lang) {
            output::line(out, &words)?;
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
