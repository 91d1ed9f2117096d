//! Reading one register from its TOML file.
//!
//! What the file says by name about itself (columns, title, order) is resolved here; what it says
//! about other files (methods, linked registers) waits for [`super::Definitions::assemble`], and what
//! needs the query language or the forms of entry waits for the catalogue.

use std::ops::Range;

use toml::Spanned;

use super::chain::RawLink;
use super::feature_tables::{self, Far};
use super::raw::{RawForm, RawRegister, RawView};
use super::read::{Condition, Reader, unknown_column};
use super::sheet::RawSheet;
use super::stale::{RawLooks, RawStale};
use super::{Column, Field, Form, Kind, Register, SerialPattern, SortBy, Table, View};
use crate::source::{Problem, Source};
use crate::wording::message;

/// A register with the words in it that meet other files.
pub struct Loaded {
    /// The register.
    pub register: Register,
    /// The ids of the register and its views.
    pub ids: Vec<Spanned<String>>,
    /// Every other word that means the register or one of its views, with the id of what it means.
    pub words: Vec<(Spanned<String>, String)>,
    /// Registers that its fields link to.
    pub to: Vec<Spanned<String>>,
    /// Methods that it is evaluated by.
    pub methods: Vec<Spanned<String>>,
    /// Fields that registers it links to must have.
    pub far: Vec<Far>,
    /// Where its serial pattern stands.
    pub serial: Range<usize>,
    /// The steps of its chain, which lead into other registers.
    pub chain: Vec<RawLink>,
    /// How its entries are made of templates, which lie in another register.
    pub sheet: Option<RawSheet>,
    /// What marks its entries, which leads into other registers too.
    pub stale: Option<RawStale>,
    /// By which code of another register what is found here says where.
    pub source: Option<Spanned<String>>,
}

/// Reads the register in `text`; `file` is named in problems.
pub fn load(file: &str, text: &str) -> Result<Loaded, Problem> {
    let source = Source::new(file, text);
    let raw: RawRegister = source.parse()?;
    source.identifier(&raw.id)?;
    let id = raw.id.get_ref().clone();
    let name = source.label(&raw.name)?;
    let also = source.lines(&raw.also)?;
    let serial = SerialPattern::parse(raw.serial.get_ref()).ok_or_else(|| {
        let said = raw.serial.get_ref().clone();
        source.problem(raw.serial.span(), message!("definition-bad-serial", said = said))
    })?;
    let form = read_form(&source, &raw.form)?;
    let read = Reader::read(&source, raw.fields)?;
    let (title, mut fields) = (title(&source, &raw.title, &read.fields)?, read.fields);
    let table = Table { columns: Vec::new(), sort: Vec::new() };
    let recorded = raw.record.as_ref().and_then(|record| record.columns.clone());
    let tables = feature_tables::Raw {
        clock: raw.clock,
        windows: raw.windows,
        problems: raw.problems,
        gates: raw.gates,
        raise: raw.raise,
        kept: raw.kept,
        yearly: raw.yearly,
        again: raw.again,
        unfilled: raw.unfilled,
        found: raw.found,
        dues: raw.due,
        audit: raw.audit,
        record: raw.record,
        looks: RawLooks { quiet: raw.quiet, looked: raw.looked, marked: raw.stale.is_some() },
    };
    let said = tables.found.as_ref().and_then(|found| found.source.clone());
    let (features, far) = feature_tables::read(&source, &fields, tables)?;
    features.clock.iter().for_each(|clock| clock.name_steps(&mut fields));
    let (id, order, home, file, views) = (id.clone(), raw.order, raw.home, file.to_owned(), Vec::new());
    let mut register =
        Register { id, file, name, also, serial, form, order, home, title, fields, table, views, features };
    let id = register.id.clone();
    for condition in &read.conditions {
        check_condition(&source, &register, condition)?;
    }
    register.table = Table {
        columns: columns(&source, &register, &raw.columns)?,
        sort: sort(&source, &register, &raw.sort)?,
    };
    let recorded = recorded.map(|names| columns(&source, &register, &names)).transpose()?;
    if let Some(record) = &mut register.features.record {
        record.columns = recorded.unwrap_or_else(|| register.table.columns.clone());
    }
    let serial = raw.serial.span();
    let mut ids = vec![raw.id];
    let words = [raw.name.zh, raw.name.en].into_iter().chain(raw.also).map(|word| (word, id.clone()));
    let mut words: Vec<_> = words.collect();
    for view in raw.views {
        register.views.push(read_view(&source, &register, &view)?);
        let owner = view.id.get_ref().clone();
        words.extend([view.name.zh, view.name.en].map(|word| (word, owner.clone())));
        ids.push(view.id);
    }
    let (to, methods) = (read.to, read.methods);
    let (chain, sheet, stale) = (raw.chain, raw.sheet, raw.stale);
    Ok(Loaded { register, ids, words, to, methods, far, serial, chain, sheet, stale, source: said })
}

fn read_form(source: &Source, raw: &RawForm) -> Result<Form, Problem> {
    let line = |said: &Option<Spanned<String>>| said.as_ref().map(|said| source.line(said)).transpose();
    let clauses = clauses(source, &raw.clauses)?;
    let title = raw.title.as_ref().map(|title| source.label(title)).transpose()?;
    let (number, edition) = (line(&raw.number)?, line(&raw.edition)?);
    let (retention_years, personal) = (raw.retention_years, raw.personal);
    Ok(Form { title, number, edition, clauses, retention_years, personal })
}

/// Clauses as `E:6.1.2` or `S:8.2`.
pub fn clauses(source: &Source, said: &[Spanned<String>]) -> Result<Vec<String>, Problem> {
    let clauses = source.lines(said)?;
    for (clause, raw) in clauses.iter().zip(said) {
        let number = clause.strip_prefix("E:").or_else(|| clause.strip_prefix("S:")).unwrap_or("");
        let part = |part: &str| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit());
        if !number.split('.').all(part) {
            let what = message!("definition-bad-clause", said = clause.clone());
            return Err(source.problem(raw.span(), what));
        }
    }
    Ok(clauses)
}

fn title(source: &Source, said: &Spanned<String>, fields: &[Field]) -> Result<usize, Problem> {
    let known = || fields.iter().map(|field| field.id.as_str());
    let title = known().position(|id| id == said.get_ref());
    let title = title.ok_or_else(|| unknown_column(source, said.get_ref(), said.span(), known()))?;
    match fields.get(title).map(|field| &field.kind) {
        Some(Kind::Text { .. }) => Ok(title),
        _ => Err(source.problem(said.span(), message!("definition-title-not-text"))),
    }
}

fn read_view(source: &Source, register: &Register, raw: &RawView) -> Result<View, Problem> {
    source.identifier(&raw.id)?;
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
    Ok(View {
        id: raw.id.get_ref().clone(),
        name: source.label(&raw.name)?,
        query: raw.query.get_ref().clone(),
        query_at: raw.query.span(),
        table,
        note: raw.note.as_ref().map(|note| source.label(note)).transpose()?,
        record: raw.record.as_ref().map(|names| columns(source, register, names)).transpose()?,
    })
}

fn columns(
    source: &Source,
    register: &Register,
    names: &Spanned<Vec<Spanned<String>>>,
) -> Result<Vec<Column>, Problem> {
    if names.get_ref().is_empty() {
        return Err(source.problem(names.span(), message!("definition-no-columns")));
    }
    let mut columns = Vec::new();
    for name in names.get_ref() {
        let column = column(source, register, name.get_ref(), name.span())?;
        once(source, &columns, column, name)?;
        columns.push(column);
    }
    Ok(columns)
}

fn sort(source: &Source, register: &Register, names: &[Spanned<String>]) -> Result<Vec<SortBy>, Problem> {
    let mut order: Vec<SortBy> = Vec::new();
    for name in names {
        let (descending, word) = match name.get_ref().strip_prefix('-') {
            Some(word) => (true, word),
            None => (false, name.get_ref().as_str()),
        };
        let column = column(source, register, word, name.span())?;
        let before: Vec<Column> = order.iter().map(|by| by.column).collect();
        once(source, &before, column, name)?;
        order.push(SortBy { column, descending });
    }
    Ok(order)
}

fn once(source: &Source, before: &[Column], column: Column, name: &Spanned<String>) -> Result<(), Problem> {
    if before.contains(&column) {
        return Err(source.problem(name.span(), message!("source-twice", said = name.get_ref().clone())));
    }
    Ok(())
}

fn column(source: &Source, register: &Register, word: &str, at: Range<usize>) -> Result<Column, Problem> {
    register.column(word).ok_or_else(|| {
        let words = register.column_words();
        unknown_column(source, word, at, words.iter().map(String::as_str))
    })
}

/// A rule that picks a method must speak of a choice field and of a code it has.
fn check_condition(source: &Source, register: &Register, condition: &Condition) -> Result<(), Problem> {
    let (field, is) = condition;
    let ids = register.fields.iter().map(|field| field.id.as_str());
    let found = register
        .field(field.get_ref())
        .ok_or_else(|| unknown_column(source, field.get_ref(), field.span(), ids))?;
    let Kind::Choice(choices) = &found.kind else {
        let what = message!("definition-rule-not-choice", said = field.get_ref().clone());
        return Err(source.problem(field.span(), what));
    };
    if choices.iter().any(|choice| choice.code == *is.get_ref()) {
        return Ok(());
    }
    Err(super::read::unknown_choice(source, is, choices))
}
