//! Reading one register from its TOML file.
//!
//! What the file says by name about itself (columns, title, order) is resolved here; what it says
//! about other files (methods, linked registers) waits for [`super::Definitions::assemble`].

use std::ops::Range;

use serde::Deserialize;
use toml::Spanned;

use super::{Choice, Column, Field, Form, Kind, MethodRule, Register, SerialPattern, SortBy, Table, View};
use crate::scoring::Decimal;
use crate::source::{Problem, Source, nearest};
use crate::wording::{Label, message};

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawRegister {
    id: Spanned<String>,
    name: Label,
    #[serde(default)]
    also: Vec<String>,
    serial: Spanned<String>,
    #[serde(default)]
    form: RawForm,
    #[serde(default = "last")]
    order: u32,
    title: Spanned<String>,
    columns: Vec<Spanned<String>>,
    #[serde(default)]
    sort: Vec<Spanned<String>>,
    fields: Vec<Spanned<RawField>>,
    #[serde(default)]
    views: Vec<RawView>,
}

#[derive(Deserialize, Default)]
#[serde(deny_unknown_fields)]
struct RawForm {
    number: Option<String>,
    edition: Option<String>,
    #[serde(default)]
    clauses: Vec<String>,
    retention_years: Option<u32>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawField {
    id: Spanned<String>,
    name: Label,
    kind: Spanned<String>,
    #[serde(default)]
    also: Vec<String>,
    #[serde(default)]
    required: bool,
    default: Option<Spanned<String>>,
    help: Option<Label>,
    width: Option<u16>,
    #[serde(default)]
    lines: bool,
    unit: Option<String>,
    min: Option<Decimal>,
    max: Option<Decimal>,
    #[serde(default)]
    choices: Vec<RawChoice>,
    #[serde(default)]
    to: Vec<String>,
    #[serde(default)]
    many: bool,
    #[serde(default)]
    methods: Vec<RawRule>,
    #[serde(default)]
    fields: Vec<Spanned<RawField>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawChoice {
    code: Spanned<String>,
    zh: String,
    en: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawRule {
    method: String,
    field: Option<Spanned<String>>,
    is: Option<Spanned<String>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawView {
    id: Spanned<String>,
    name: Label,
    query: Spanned<String>,
    columns: Option<Vec<Spanned<String>>>,
    sort: Option<Vec<Spanned<String>>>,
    note: Option<Label>,
}

fn last() -> u32 {
    u32::MAX
}

/// Reads the register in `text`; `file` is only named in problems.
pub fn load(file: &str, text: &str) -> Result<Register, Problem> {
    let source = Source::new(file, text);
    let raw: RawRegister = source.parse()?;
    identifier(&source, &raw.id)?;
    let serial = SerialPattern::parse(raw.serial.get_ref()).ok_or_else(|| {
        let said = raw.serial.get_ref().clone();
        source.problem(raw.serial.span(), message!("definition-bad-serial", said = said))
    })?;
    let fields = read_fields(&source, raw.fields, false)?;
    let title = fields.iter().position(|field| field.id == *raw.title.get_ref());
    let title = title.ok_or_else(|| unknown_field(&source, &raw.title, &fields))?;
    let mut register = Register {
        id: raw.id.into_inner(),
        name: raw.name,
        also: raw.also,
        serial,
        form: Form {
            number: raw.form.number,
            edition: raw.form.edition,
            clauses: raw.form.clauses,
            retention_years: raw.form.retention_years,
        },
        order: raw.order,
        title,
        fields,
        table: Table { columns: Vec::new(), sort: Vec::new() },
        views: Vec::new(),
    };
    check_title(&source, &register, &raw.title)?;
    check_rules(&source, &register, &raw.columns)?;
    register.table.columns = columns(&source, &register, &raw.columns)?;
    register.table.sort = sort(&source, &register, &raw.sort)?;
    for view in raw.views {
        let view = read_view(&source, &register, view)?;
        register.views.push(view);
    }
    Ok(register)
}

fn read_view(source: &Source, register: &Register, raw: RawView) -> Result<View, Problem> {
    identifier(source, &raw.id)?;
    let table = Table {
        columns: match &raw.columns {
            Some(names) => columns(source, register, names)?,
            None => register.table.columns.clone(),
        },
        sort: match &raw.sort {
            Some(names) => sort(source, register, names)?,
            None => register.table.sort.clone(),
        },
    };
    let query_at = raw.query.span();
    let id = raw.id.into_inner();
    Ok(View { id, name: raw.name, query: raw.query.into_inner(), query_at, table, note: raw.note })
}

fn columns(source: &Source, register: &Register, names: &[Spanned<String>]) -> Result<Vec<Column>, Problem> {
    names.iter().map(|name| column(source, register, name.get_ref(), name.span())).collect()
}

fn sort(source: &Source, register: &Register, names: &[Spanned<String>]) -> Result<Vec<SortBy>, Problem> {
    let read = |name: &Spanned<String>| {
        let (descending, word) = match name.get_ref().strip_prefix('-') {
            Some(word) => (true, word),
            None => (false, name.get_ref().as_str()),
        };
        Ok(SortBy { column: column(source, register, word, name.span())?, descending })
    };
    names.iter().map(read).collect()
}

fn column(source: &Source, register: &Register, word: &str, at: Range<usize>) -> Result<Column, Problem> {
    register.column(word).ok_or_else(|| {
        let words = register.column_words();
        let near = nearest(word, words.iter().map(String::as_str)).unwrap_or("").to_owned();
        source.problem(at, message!("definition-unknown-column", said = word.to_owned(), nearest = near))
    })
}

fn unknown_field(source: &Source, word: &Spanned<String>, fields: &[Field]) -> Problem {
    let near = nearest(word.get_ref(), fields.iter().map(|field| field.id.as_str())).unwrap_or("").to_owned();
    let said = word.get_ref().clone();
    source.problem(word.span(), message!("definition-unknown-column", said = said, nearest = near))
}

fn check_title(source: &Source, register: &Register, title: &Spanned<String>) -> Result<(), Problem> {
    match register.title_field().kind {
        Kind::Text { .. } => Ok(()),
        _ => Err(source.problem(title.span(), message!("definition-title-not-text"))),
    }
}

/// A rule that picks a method must speak of a choice field and of a code it has.
fn check_rules(source: &Source, register: &Register, columns: &[Spanned<String>]) -> Result<(), Problem> {
    let Some((_, Field { kind: Kind::Evaluation { methods }, .. })) = register.evaluation() else {
        return Ok(());
    };
    let at = columns.first().map_or(0..0, Spanned::span);
    for rule in methods {
        let Some((field, code)) = &rule.when else { continue };
        if register.field(field).and_then(|field| field.choice(code)).is_none() {
            let said = format!("{field} = {code}");
            return Err(source.problem(at, message!("definition-bad-rule", said = said)));
        }
    }
    Ok(())
}

/// Ids stand in file names, commands and queries: lower-case ASCII letters, digits and `-`.
fn identifier(source: &Source, id: &Spanned<String>) -> Result<(), Problem> {
    let text = id.get_ref();
    let fits = text.starts_with(|first: char| first.is_ascii_lowercase())
        && text.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-');
    if fits {
        return Ok(());
    }
    Err(source.problem(id.span(), message!("definition-bad-id", said = text.clone())))
}

fn read_fields(
    source: &Source,
    raw: Vec<Spanned<RawField>>,
    inside_rows: bool,
) -> Result<Vec<Field>, Problem> {
    let mut fields: Vec<Field> = Vec::new();
    for raw in raw {
        let id_at = raw.get_ref().id.span();
        let field = read_field(source, raw, inside_rows)?;
        if fields.iter().any(|other| other.id == field.id) {
            return Err(source.problem(id_at, message!("definition-twice", said = field.id)));
        }
        fields.push(field);
    }
    Ok(fields)
}

const KINDS: [&str; 10] =
    ["text", "number", "date", "yes-no", "choice", "choices", "links", "evaluation", "rows", "files"];

fn read_field(source: &Source, raw: Spanned<RawField>, inside_rows: bool) -> Result<Field, Problem> {
    let whole = raw.span();
    let raw = raw.into_inner();
    identifier(source, &raw.id)?;
    misplaced(source, &raw)?;
    let kind = match raw.kind.get_ref().as_str() {
        "text" => Kind::Text { lines: raw.lines },
        "number" => Kind::Number { unit: raw.unit, min: raw.min, max: raw.max },
        "date" => Kind::Date,
        "yes-no" => Kind::YesNo,
        "choice" => Kind::Choice(read_choices(source, raw.choices, &whole)?),
        "choices" => Kind::Choices(read_choices(source, raw.choices, &whole)?),
        "links" if raw.to.is_empty() => {
            return Err(source.problem(whole, message!("definition-links-nowhere")));
        }
        "links" => Kind::Links { to: raw.to, many: raw.many },
        "evaluation" | "rows" | "files" if inside_rows => {
            return Err(source.problem(raw.kind.span(), message!("definition-rows-plain")));
        }
        "evaluation" => Kind::Evaluation { methods: read_rules(source, raw.methods, &whole)? },
        "rows" if raw.fields.is_empty() => {
            return Err(source.problem(whole, message!("definition-rows-empty")));
        }
        "rows" => Kind::Rows(read_fields(source, raw.fields, true)?),
        "files" => Kind::Files,
        other => {
            let near = nearest(other, KINDS).unwrap_or("").to_owned();
            let what = message!("definition-unknown-kind", said = other.to_owned(), nearest = near);
            return Err(source.problem(raw.kind.span(), what));
        }
    };
    let field = Field {
        id: raw.id.into_inner(),
        name: raw.name,
        also: raw.also,
        width: raw.width.unwrap_or(default_width(&kind)),
        kind,
        required: raw.required,
        default: raw.default.as_ref().map(|default| default.get_ref().clone()),
        help: raw.help,
    };
    if let (Kind::Choice(_), Some(default)) = (&field.kind, &raw.default)
        && field.choice(default.get_ref()).is_none()
    {
        let said = default.get_ref().clone();
        return Err(source.problem(default.span(), message!("definition-bad-default", said = said)));
    }
    Ok(field)
}

/// A key that means nothing for the kind of its field is a mistake, not decoration.
fn misplaced(source: &Source, raw: &RawField) -> Result<(), Problem> {
    let kind = raw.kind.get_ref().as_str();
    let present = [
        (!raw.choices.is_empty(), "choices", ["choice", "choices"].contains(&kind)),
        (!raw.to.is_empty() || raw.many, "to", kind == "links"),
        (!raw.methods.is_empty(), "methods", kind == "evaluation"),
        (!raw.fields.is_empty(), "fields", kind == "rows"),
        (raw.lines, "lines", kind == "text"),
        (raw.unit.is_some() || raw.min.is_some() || raw.max.is_some(), "unit, min, max", kind == "number"),
    ];
    match present.iter().find(|(given, _, allowed)| *given && !allowed) {
        Some((_, key, _)) if KINDS.contains(&kind) => {
            let what = message!("definition-misplaced", key = (*key).to_owned(), kind = kind.to_owned());
            Err(source.problem(raw.kind.span(), what))
        }
        _ => Ok(()),
    }
}

fn read_choices(source: &Source, raw: Vec<RawChoice>, at: &Range<usize>) -> Result<Vec<Choice>, Problem> {
    if raw.is_empty() {
        return Err(source.problem(at.clone(), message!("definition-no-choices")));
    }
    let mut choices: Vec<Choice> = Vec::new();
    for choice in raw {
        let code = choice.code.get_ref();
        if choices.iter().any(|other| other.code == *code) {
            return Err(source.problem(choice.code.span(), message!("definition-twice", said = code.clone())));
        }
        let label = Label::new(&choice.zh, &choice.en);
        choices.push(Choice { code: choice.code.into_inner(), label });
    }
    Ok(choices)
}

fn read_rules(source: &Source, raw: Vec<RawRule>, at: &Range<usize>) -> Result<Vec<MethodRule>, Problem> {
    if raw.is_empty() {
        return Err(source.problem(at.clone(), message!("definition-no-methods")));
    }
    raw.into_iter()
        .map(|rule| match (rule.field, rule.is) {
            (Some(field), Some(is)) => {
                Ok(MethodRule { method: rule.method, when: Some((field.into_inner(), is.into_inner())) })
            }
            (None, None) => Ok(MethodRule { method: rule.method, when: None }),
            (Some(half), None) | (None, Some(half)) => {
                Err(source.problem(half.span(), message!("definition-half-rule")))
            }
        })
        .collect()
}

fn default_width(kind: &Kind) -> u16 {
    match kind {
        Kind::Text { lines: true } | Kind::Rows(_) | Kind::Files => 24,
        Kind::Text { lines: false } => 20,
        Kind::Number { .. } | Kind::YesNo | Kind::Choice(_) => 8,
        Kind::Date | Kind::Links { .. } => 10,
        Kind::Choices(_) | Kind::Evaluation { .. } => 12,
    }
}
