//! Sheets: entries that are made of a template, item by item, such as the monthly check. What an item is of and how it
//! went stands in rows; what is significant can be taken in besides what the template lists.

use serde::Deserialize;
use toml::Spanned;

use super::feature_tables::Names;
use super::read::unknown_column;
use super::{Kind, Register};
use crate::source::{Problem, Source};
use crate::wording::message;

type Word = Spanned<String>;

/// How entries of a register are made of templates. Names are ids of fields, or of columns of rows.
#[derive(Debug, Clone)]
pub struct Sheet {
    /// The field that links to the template.
    pub template: String,
    /// The register of the templates.
    pub templates: String,
    /// The day.
    pub day: String,
    /// What is taken over from the template: a field here, and the field there.
    pub copies: Vec<(String, String)>,
    /// Where the items stand.
    pub items: Items,
    /// How the whole went.
    pub outcome: Outcome,
    /// What is said of it in the end.
    pub assessment: Option<String>,
    /// What is taken in besides the items of the template.
    pub besides: Option<Besides>,
}

/// The rows of items: those of the sheet, whose first two columns the template's rows have too.
#[derive(Debug, Clone)]
pub struct Items {
    /// The rows of the sheet.
    pub rows: String,
    /// The rows of the template.
    pub listed: String,
    /// What is looked at.
    pub item: String,
    /// Which entries it is of.
    pub of: String,
    /// The choice column with the result.
    pub result: String,
    /// The code that says that it is as it should be.
    pub pass: String,
    /// The code that says that it is not.
    pub fail: String,
    /// What is wrong.
    pub problem: String,
}

/// How a sheet went.
#[derive(Debug, Clone)]
pub struct Outcome {
    /// The choice field.
    pub field: String,
    /// The code where nothing failed.
    pub pass: String,
    /// The code where something did.
    pub fail: String,
}

/// Entries of views that are items too, where the template says so.
#[derive(Debug, Clone)]
pub struct Besides {
    /// The yes-or-no field of the template that asks for them.
    pub asked: String,
    /// The field of the template that says of which department they have to be.
    pub department: String,
    /// The views, by id.
    pub views: Vec<String>,
}

#[derive(Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct RawSheet {
    pub template: Word,
    pub day: Word,
    #[serde(default)]
    pub copies: Vec<Spanned<Vec<Word>>>,
    pub rows: Word,
    pub listed: Word,
    pub item: Word,
    pub of: Word,
    pub result: Word,
    pub pass: Word,
    pub fail: Word,
    pub problem: Word,
    pub outcome: Word,
    pub outcome_pass: Word,
    pub outcome_fail: Word,
    pub assessment: Option<Word>,
    pub besides: Option<RawBesides>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RawBesides {
    pub asked: Word,
    pub department: Word,
    pub views: Vec<Word>,
}

/// Reads the sheet of a register, once all registers are known.
pub fn sheet(
    source: &Source,
    here: &Register,
    raw: &RawSheet,
    registers: &[&Register],
) -> Result<Sheet, Problem> {
    let own = Names { source, fields: &here.fields };
    let link = own.field(&raw.template, "links")?;
    let templates = match &link.kind {
        Kind::Links { to, .. } => registers.iter().find(|register| to.first() == Some(&register.id)),
        _ => None,
    };
    let lost = || source.problem(raw.template.span(), message!("definition-no-template"));
    let templates = templates.ok_or_else(lost)?;
    let there = Names { source, fields: &templates.fields };
    let (columns, listed) = (own.columns(&raw.rows)?, there.columns(&raw.listed)?);
    let copies = raw.copies.iter().map(|pair| match pair.get_ref().as_slice() {
        [field, from] => Ok((own.id(field, "")?, there.id(from, "")?)),
        _ => Err(source.problem(pair.span(), message!("definition-pair"))),
    });
    let result = |code| columns.coded((&raw.result, code)).map(|(_, code)| code);
    let outcome = |code| own.coded((&raw.outcome, code)).map(|(_, code)| code);
    listed.id(&raw.item, "text")?;
    listed.id(&raw.of, "links")?;
    let besides = |raw: &RawBesides| {
        Ok(Besides {
            asked: there.id(&raw.asked, "yes-no")?,
            department: there.id(&raw.department, "links")?,
            views: views(source, &raw.views, registers)?,
        })
    };
    Ok(Sheet {
        template: link.id.clone(),
        templates: templates.id.clone(),
        day: own.id(&raw.day, "date")?,
        copies: copies.collect::<Result<_, _>>()?,
        items: Items {
            rows: raw.rows.get_ref().clone(),
            listed: raw.listed.get_ref().clone(),
            item: columns.id(&raw.item, "text")?,
            of: columns.id(&raw.of, "links")?,
            pass: result(&raw.pass)?,
            fail: result(&raw.fail)?,
            result: raw.result.get_ref().clone(),
            problem: columns.id(&raw.problem, "text")?,
        },
        outcome: Outcome {
            pass: outcome(&raw.outcome_pass)?,
            fail: outcome(&raw.outcome_fail)?,
            field: raw.outcome.get_ref().clone(),
        },
        assessment: raw.assessment.as_ref().map(|said| own.id(said, "text")).transpose()?,
        besides: raw.besides.as_ref().map(besides).transpose()?,
    })
}

/// Views by id, each of some register.
fn views(source: &Source, said: &[Word], registers: &[&Register]) -> Result<Vec<String>, Problem> {
    let known: Vec<&str> =
        registers.iter().flat_map(|register| register.views.iter().map(|view| view.id.as_str())).collect();
    let view = |word: &Word| {
        if known.contains(&word.get_ref().as_str()) {
            return Ok(word.get_ref().clone());
        }
        Err(unknown_column(source, word.get_ref(), word.span(), known.iter().copied()))
    };
    said.iter().map(view).collect()
}
