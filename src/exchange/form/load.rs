//! Reading forms; each name in one is resolved when it is read.

use std::path::{Path, PathBuf};

use serde::Deserialize;
use sha2::{Digest as _, Sha256};
use toml::Spanned;

use crate::catalogue::{Listing, Reading, sort_by};
use crate::definition::{Column, Kind, Register, SortBy};
use crate::source::{Problem, RawLabel, Source, decode, nearest};
use crate::store::hex;
use crate::wording::{Label, message};

/// The folder of a company's own forms, in the folder of its book.
const FOLDER: &str = "forms";

macro_rules! forms {
    ($($name:literal),* $(,)?) => {
        &[$(($name, include_str!(concat!("../../../data/forms/", $name)))),*]
    };
}

const FORMS: &[(&str, &str)] = forms![
    "audits.toml",
    "aspects.toml",
    "significant-aspects.toml",
    "epidemic-aspects.toml",
    "hazards.toml",
    "major-hazards.toml",
    "drills.toml",
    "inspections.toml",
    "nonconformities.toml",
    "requirements.toml",
];

/// The forms of a book.
#[derive(Debug, Clone, Default)]
pub struct Forms {
    forms: Vec<Form>,
    /// The company's own that are wrong: what each is of, as far as that can be told, and why.
    wrong: Vec<(String, Problem)>,
}

/// A form.
#[derive(Debug, Clone)]
pub struct Form {
    /// The register or view it is of.
    pub of: String,
    /// The SHA-256 of its file.
    pub hash: String,
    /// What it is called, where that is not the form title of the register or the name of the view.
    pub title: Option<Label>,
    /// Its number, where it has one of its own.
    pub number: Option<String>,
    /// Its edition, where it has one of its own.
    pub edition: Option<String>,
    /// The order of its rows.
    pub sort: Vec<SortBy>,
    /// The column of which equal cells below each other are one.
    pub group: Option<Column>,
    /// Whether the criteria of the method stand under it.
    pub criteria: bool,
    /// Who signs: names of messages `sign-NAME`.
    pub signed: Vec<String>,
    /// The columns of a list.
    pub columns: Vec<FormColumn>,
    /// The parts of a record.
    pub parts: Vec<FormPart>,
}

/// A column of a list.
#[derive(Debug, Clone)]
pub struct FormColumn {
    /// What stands over several columns.
    pub over: Option<Label>,
    /// What stands over this one, where that is not the name of the column.
    pub head: Option<Label>,
    /// What stands in it.
    pub what: What,
    /// How wide it is beside the others.
    pub width: u16,
}

/// What stands in a column.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum What {
    /// The number of the row.
    Number,
    /// A column of the register.
    Column(Column),
    /// A mark where a field has a choice: the index of the field, the code.
    Tick(usize, String),
    /// A column for each factor of the method.
    Factors,
}

/// A part of a record.
#[derive(Debug, Clone)]
pub struct FormPart {
    /// What stands over it.
    pub head: Option<Label>,
    /// Fields, those of one line beside each other, by their index.
    pub pairs: Vec<Vec<usize>>,
    /// A field whose rows are a table.
    pub table: Option<usize>,
    /// Whether the record of an audit is told here, clause by clause.
    pub record: bool,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawForm {
    of: Spanned<String>,
    title: Option<RawLabel>,
    number: Option<String>,
    edition: Option<String>,
    #[serde(default)]
    sort: Vec<Spanned<String>>,
    group: Option<Spanned<String>>,
    #[serde(default)]
    criteria: bool,
    #[serde(default)]
    signed: Vec<Spanned<String>>,
    #[serde(default)]
    columns: Vec<RawColumn>,
    #[serde(default)]
    parts: Vec<RawPart>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawColumn {
    over: Option<RawLabel>,
    head: Option<RawLabel>,
    what: Spanned<String>,
    #[serde(default = "usual")]
    width: u16,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawPart {
    head: Option<RawLabel>,
    #[serde(default)]
    pairs: Vec<Vec<Spanned<String>>>,
    table: Option<Spanned<String>>,
    record: Option<Spanned<bool>>,
}

fn usual() -> u16 {
    10
}

/// Who may sign.
pub const SIGNERS: &[&str] = &[
    "prepared",
    "checked",
    "approved",
    "recorded",
    "inspected",
    "department-head",
    "found-by",
    "verified",
    "reviewed",
];

impl Forms {
    /// The forms that the program brings and those beside a book. One that is wrong stands in nobody's way: what it is of
    /// is asked for by [`Forms::sound`].
    pub fn of(reading: &Reading, book: Option<&Path>) -> Self {
        let own = book.map(|book| files_in(&book.join(FOLDER))).unwrap_or_default();
        let (mut forms, mut wrong, mut replaced) = (Vec::new(), Vec::new(), Vec::new());
        for path in own {
            let file = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
            let name = format!("{FOLDER}/{file}");
            let text = decode(&name, std::fs::read(&path).unwrap_or_default());
            let of = text.as_ref().ok().and_then(|text| of_said(text));
            match text.and_then(|text| read(&name, &text, reading)) {
                Ok(form) => {
                    forms.push(form);
                    replaced.push(file);
                }
                Err(problem) => wrong.push((of.unwrap_or_else(|| file.replace(".toml", "")), problem)),
            }
        }
        // A register that the company took away takes its forms along.
        let brought = FORMS.iter().filter(|(name, _)| !replaced.iter().any(|file| file == name));
        let brought = brought.filter_map(|(name, text)| read(name, text, reading).ok());
        Self { forms: brought.chain(forms).collect(), wrong }
    }

    /// Whether the company's own form of a list or register is right, where there is one; of any where none is named.
    pub fn sound(&self, id: Option<&str>) -> Result<(), Problem> {
        let wrong = self.wrong.iter().find(|(of, _)| id.is_none_or(|id| of == id));
        wrong.map_or(Ok(()), |(_, problem)| Err(problem.clone()))
    }

    /// The form of a list.
    pub fn list(&self, id: &str) -> Option<&Form> {
        self.forms.iter().rev().find(|form| form.of == id && !form.columns.is_empty())
    }

    /// The form of one record of a register.
    pub fn record(&self, register: &str) -> Option<&Form> {
        self.forms.iter().rev().find(|form| form.of == register && !form.parts.is_empty())
    }
}

/// The forms in a folder, by name.
fn files_in(folder: &Path) -> Vec<PathBuf> {
    let files = std::fs::read_dir(folder).into_iter().flatten().flatten().map(|file| file.path());
    let mut files: Vec<PathBuf> =
        files.filter(|path| path.extension().is_some_and(|end| end == "toml")).collect();
    files.sort();
    files
}

/// What a file says that it is a form of, whatever else is wrong in it.
fn of_said(text: &str) -> Option<String> {
    let line = text.lines().find(|line| line.trim_start().starts_with("of"))?;
    let (_, said) = line.split_once('=')?;
    Some(said.trim().trim_matches(['"', '\'']).to_owned())
}

/// The register that a form is of, by its own name or that of a view.
fn register_of<'a>(said: &str, reading: &Reading<'a>) -> Option<&'a Register> {
    let listing: Option<Listing<'a>> = reading.listing(said).ok();
    listing.map(|listing| listing.register)
}

fn read(name: &str, text: &str, reading: &Reading) -> Result<Form, Problem> {
    let source = Source::new(name, text);
    let raw: RawForm = source.parse()?;
    let register = register_of(raw.of.get_ref(), reading).ok_or_else(|| {
        let said = raw.of.get_ref().clone();
        source.problem(raw.of.span(), message!("form-no-list", said = said))
    })?;
    let reader = FormReader { source: &source, register };
    let label = |raw: &Option<RawLabel>| raw.as_ref().map(|raw| source.label(raw)).transpose();
    let mut columns = Vec::new();
    for raw in &raw.columns {
        let (over, head) = (label(&raw.over)?, label(&raw.head)?);
        columns.push(FormColumn { over, head, what: reader.what(&raw.what)?, width: raw.width.clamp(2, 80) });
    }
    let mut parts = Vec::new();
    for raw in &raw.parts {
        let pairs = raw.pairs.iter().map(|line| line.iter().map(|id| reader.field(id)).collect());
        let table = raw.table.as_ref().map(|id| reader.table(id)).transpose()?;
        let (head, pairs) = (label(&raw.head)?, pairs.collect::<Result<_, _>>()?);
        parts.push(FormPart { head, pairs, table, record: reader.record(raw.record.as_ref())? });
    }
    let sort = raw.sort.iter().map(|said| reader.sort(said)).collect::<Result<_, _>>()?;
    let signed = raw.signed.iter().map(|said| reader.signer(said)).collect::<Result<_, _>>()?;
    Ok(Form {
        hash: hex(&Sha256::digest(text.as_bytes())),
        of: raw.of.get_ref().clone(),
        title: label(&raw.title)?,
        number: raw.number,
        edition: raw.edition,
        sort,
        group: raw.group.as_ref().map(|said| reader.column(said)).transpose()?,
        criteria: raw.criteria,
        signed,
        columns,
        parts,
    })
}

struct FormReader<'a> {
    source: &'a Source<'a>,
    register: &'a Register,
}

impl FormReader<'_> {
    fn unknown(&self, said: &Spanned<String>) -> Problem {
        let words = self.register.column_words();
        let near = nearest(said.get_ref(), words.iter().map(String::as_str)).unwrap_or("").to_owned();
        let said_words = said.get_ref().clone();
        self.source.problem(said.span(), message!("form-no-column", said = said_words, nearest = near))
    }

    fn column(&self, said: &Spanned<String>) -> Result<Column, Problem> {
        self.register.column(said.get_ref()).ok_or_else(|| self.unknown(said))
    }

    fn field(&self, said: &Spanned<String>) -> Result<usize, Problem> {
        self.register.field_index(said.get_ref()).ok_or_else(|| self.unknown(said))
    }

    fn table(&self, said: &Spanned<String>) -> Result<usize, Problem> {
        let index = self.field(said)?;
        let rows = self.register.fields.get(index).is_some_and(|field| matches!(field.kind, Kind::Rows(_)));
        if rows { Ok(index) } else { Err(self.unknown(said)) }
    }

    fn record(&self, said: Option<&Spanned<bool>>) -> Result<bool, Problem> {
        let Some(said) = said.filter(|said| *said.get_ref()) else { return Ok(false) };
        match self.register.features.audit {
            Some(_) => Ok(true),
            None => Err(self.source.problem(said.span(), message!("form-no-record"))),
        }
    }

    fn what(&self, said: &Spanned<String>) -> Result<What, Problem> {
        match said.get_ref().as_str() {
            "#" => return Ok(What::Number),
            "factors" if self.register.evaluation().is_some() => return Ok(What::Factors),
            _ => {}
        }
        if let Some((field, code)) = said.get_ref().split_once('=') {
            let index = self.register.field_index(field).ok_or_else(|| self.unknown(said))?;
            let known = self.register.fields.get(index).is_some_and(|field| field.choice(code).is_some());
            return if known { Ok(What::Tick(index, code.to_owned())) } else { Err(self.unknown(said)) };
        }
        self.column(said).map(What::Column)
    }

    fn sort(&self, said: &Spanned<String>) -> Result<SortBy, Problem> {
        sort_by(self.register, said.get_ref()).ok_or_else(|| self.unknown(said))
    }

    fn signer(&self, said: &Spanned<String>) -> Result<String, Problem> {
        if SIGNERS.contains(&said.get_ref().as_str()) {
            return Ok(said.get_ref().clone());
        }
        let (words, known) = (said.get_ref().clone(), SIGNERS.join(", "));
        Err(self.source.problem(said.span(), message!("form-no-signer", said = words, known = known)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::book::Book;
    use crate::definition::Definitions;
    use crate::query::Words;
    use crate::wording::Lang;

    #[test]
    fn what_ships_is_sound_and_a_mistake_is_named_with_its_place() {
        let (book, words) = (Book::default(), Words::default());
        let definitions = Definitions::builtin().unwrap();
        let zone = chrono::FixedOffset::east_opt(28_800).unwrap();
        let reading = Reading::new((&book, &definitions, &words), Lang::Zh, zone);
        for (name, text) in FORMS {
            let form = read(name, text, &reading).unwrap_or_else(|problem| panic!("{problem}"));
            assert!(form.columns.is_empty() != form.parts.is_empty(), "{name}");
        }
        let wrong =
            read("f.toml", "of = \"aspects\"\n[[columns]]\nwhat = \"aspekt\"\n", &reading).unwrap_err();
        assert_eq!((wrong.line, wrong.column), (3, 8));
    }
}
