//! What goes out to somebody: a list or a record in a format, on the company's form or with all that it holds.

use std::path::{Path, PathBuf};

use chrono::{DateTime, NaiveDate, Utc};

use super::export::{ExportError, Format, Tongue, export};
use super::form::{Forms, Paper, figures, html, list, plain, record, xlsx};
use super::issue::{ISSUED, Issued};
use crate::book::{Entry, EntryKey};
use crate::catalogue::{Listing, Reading};
use crate::share::{Session, SessionError};
use crate::source::Problem;
use crate::wording::{Lang, Message, Tell, english, message};

/// Columns of a plain text, unless it is said: a page of A4 across, printed small.
pub const WIDTH: usize = 120;

/// Why nothing is handed out.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{}", english(&self.message()))]
pub enum HandoutError {
    /// The file cannot be made.
    Export(#[from] ExportError),
    /// A form of the company's own is wrong.
    Form(#[from] Problem),
    /// The past cannot be read, or a list that was issued is there no more.
    Told(Message),
    /// A form is no table of separated values.
    NoForm,
    /// The file is there already.
    Exists(String),
    /// The system refuses to write it.
    NotWritten {
        /// The file.
        file: String,
        /// Why.
        why: Message,
    },
}

impl Tell for HandoutError {
    fn message(&self) -> Message {
        match self {
            HandoutError::Export(error) => error.message(),
            HandoutError::Form(problem) => problem.message(),
            HandoutError::Told(message) => message.clone(),
            HandoutError::NoForm => message!("form-format"),
            HandoutError::Exists(file) => message!("export-exists", file = file.clone()),
            HandoutError::NotWritten { file, why } => {
                message!("export-not-written", file = file.clone(), error = why.clone())
            }
        }
    }
}

impl From<SessionError> for HandoutError {
    fn from(error: SessionError) -> Self {
        Self::Told(error.message())
    }
}

/// What is handed out on paper.
#[derive(Clone, Copy)]
pub enum Thing<'a> {
    /// A list with these of its entries, and what it was narrowed by.
    List(&'a Listing<'a>, &'a [EntryKey], &'a str),
    /// One record; an issued list is the list as it was issued.
    Record(&'a Entry),
}

/// A thing on paper, with the number of entries on it. A list of which an edition is in force says that this is another
/// paper.
pub fn paper_of(
    session: &Session,
    reading: &Reading,
    thing: Thing,
    tongue: Tongue,
    now: DateTime<Utc>,
) -> Result<(Paper, usize), HandoutError> {
    let forms = Forms::of(reading, Some(session.folder().path()));
    match thing {
        Thing::List(listing, keys, query) => {
            forms.sound(Some(&listing.id))?;
            let mut paper = list_paper(reading, (listing, keys), &forms, tongue);
            if !query.trim().is_empty() {
                let narrowed = tongue.say("form-narrowed");
                paper.above.push(format!("{narrowed}{}{}", tongue.colon(), query.trim()));
            }
            if keys.is_empty() {
                paper.notes.push(tongue.say("pack-empty"));
            }
            if session.past().is_none() {
                paper.notes.extend(uncontrolled(session, &listing.id, tongue.lang(), now)?);
            }
            Ok((paper, keys.len()))
        }
        Thing::Record(entry) => {
            forms.sound(Some(reading.book.register_id(entry.register)))?;
            // A draft without a list is a record like others.
            let issued = Issued::of(reading, entry)
                .filter(|issued| issued.at.is_some() || reading.listing(&issued.view).is_ok());
            let issued = issued
                .map(|issued| issued_paper(session, &issued, &forms, (tongue, reading.veiled), now))
                .transpose()?;
            Ok(issued
                .unwrap_or_else(|| (record_paper(reading, entry, &forms, (tongue, session.today(now))), 1)))
        }
    }
}

/// A list on its form, with its figures.
pub fn list_paper(
    reading: &Reading,
    (listing, keys): (&Listing, &[EntryKey]),
    forms: &Forms,
    tongue: Tongue,
) -> Paper {
    let paper = list(reading, listing, keys, forms.list(&listing.id), tongue);
    Paper { figures: figures(reading, listing, keys, tongue), ..paper }
}

/// A record on its form.
pub fn record_paper(
    reading: &Reading,
    entry: &Entry,
    forms: &Forms,
    (tongue, today): (Tongue, NaiveDate),
) -> Paper {
    let form = forms.record(reading.book.register_id(entry.register));
    record(reading, entry, form, (tongue, today)).unwrap_or_default()
}

/// A list as it was issued, and how many rows it had: the rows of then, its number and edition, who signed it and when;
/// across the page where it is no longer what is true. A draft is the list as it is now.
pub fn issued_paper(
    session: &Session,
    issued: &Issued,
    forms: &Forms,
    (tongue, veiled): (Tongue, bool),
    now: DateTime<Utc>,
) -> Result<(Paper, usize), HandoutError> {
    forms.sound(Some(&issued.view))?;
    let lang = tongue.lang();
    let standing = issued.standing(session, lang, now)?;
    // A draft is the list as it is, for those who check it.
    let then = standing.as_ref().map_or(session, |standing| &standing.then);
    let reading = Reading { veiled, ..then.reading(lang) };
    let present = session.reading(lang);
    let no_view = |_| HandoutError::Told(message!("issue-no-view", said = issued.view.clone()));
    let listing = reading.listing(&issued.view).map_err(no_view)?;
    let keys = reading.entries(&listing, "", then.today(now)).unwrap_or_default();
    let mut paper = list_paper(&reading, (&listing, &keys), forms, tongue);
    let entry = session.book().entry(issued.key);
    let text = |id: &str| {
        let field = present.definitions.register(ISSUED).and_then(|register| register.field(id));
        entry.zip(field).map(|(entry, field)| present.field(field, entry).text).unwrap_or_default()
    };
    let said = |id: &'static str, words: &str| format!("{}{}{words}", tongue.say(id), tongue.colon());
    let department = paper.above.pop().filter(|_| paper.above.len() > 1);
    paper.above = vec![said("form-list-number", &issued.number), said("form-edition", &issued.edition)];
    paper.above.extend(department);
    paper.title = text("title");
    let signers = ["prepared", "checked", "approved"].into_iter();
    let signature = |id: &str| format!("{} {}", text(&format!("{id}-by")), text(id));
    paper.signed = signers.map(|id| (tongue.signer(id), signature(id))).collect();
    let render = |message: &Message| lang.wording().render(message);
    let (number, edition) = (issued.number.clone(), issued.edition.clone());
    let Some(standing) = &standing else {
        paper.banner = Some(render(&message!("issue-draft", number = number, edition = edition)));
        return Ok((paper, keys.len()));
    };
    paper.notes.push(said("form-seal", &issued.seal));
    if forms.list(&listing.id).is_some_and(|form| !issued.form.is_empty() && form.hash != issued.form) {
        paper.notes.push(render(&message!("issue-other-form")));
    }
    let count = standing.since.count();
    paper.banner = if !standing.holds {
        Some(render(&message!("issue-broken", number = number, edition = edition)))
    } else if let Some(over) = issued.over() {
        Some(render(&over))
    } else if count > 0 {
        let day = session.present().today(now).to_string();
        Some(render(&message!("issue-late", edition = edition, count = count, day = day)))
    } else {
        None
    };
    Ok((paper, keys.len()))
}

/// What a print of a view says that has an issue in force: that this is another paper, and how far it differs.
fn uncontrolled(
    session: &Session,
    view: &str,
    lang: Lang,
    now: DateTime<Utc>,
) -> Result<Option<String>, SessionError> {
    let reading = session.reading(lang);
    let Some(issued) = Issued::in_force(&reading, view) else { return Ok(None) };
    let count = issued.standing(session, lang, now)?.map_or(0, |standing| standing.since.count());
    let note =
        message!("issue-uncontrolled", number = issued.number, edition = issued.edition, count = count);
    Ok(Some(lang.wording().render(&note)))
}

/// A form in the format of a file.
pub fn on_paper(paper: &Paper, format: Format, tongue: Tongue) -> Result<Vec<u8>, HandoutError> {
    match format {
        Format::Html => Ok(html(paper, tongue).into_bytes()),
        Format::Xlsx => Ok(xlsx(paper)?),
        Format::Text => Ok((plain(paper, WIDTH).join("\n") + "\n").into_bytes()),
        Format::Csv | Format::Json | Format::Markdown => Err(HandoutError::NoForm),
    }
}

/// All that the entries of a list hold, in the format of a file.
pub fn in_full(
    reading: &Reading,
    (listing, keys): (&Listing, &[EntryKey]),
    (format, tongue): (Format, Tongue),
) -> Result<Vec<u8>, HandoutError> {
    Ok(export(reading, (listing.register, keys), &listing.name, (format, tongue))?)
}

/// Words as the name of a file: nothing in them leads elsewhere.
pub fn file_name(words: &str) -> String {
    // Windows takes none of these either.
    let leads = |c: char| "/\\\n\r\t<>:\"|?*".contains(c) || crate::text::acts(c);
    let name: String = words.chars().map(|c| if leads(c) { '_' } else { c }).collect();
    if name.trim_matches(['.', ' ']).is_empty() { "_".repeat(name.len().max(1)) } else { name }
}

/// Where a thing is written before it is whole.
pub fn beside(path: &Path) -> PathBuf {
    let mut name = path.file_name().unwrap_or_default().to_os_string();
    name.push(".part");
    path.with_file_name(name)
}

/// Writes a file whole or not at all; one that is there stays unless it is said.
pub fn save(path: &Path, bytes: &[u8], over: bool) -> Result<(), HandoutError> {
    let file = path.display().to_string();
    if !over && path.exists() {
        return Err(HandoutError::Exists(file));
    }
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty());
    if let Some(folder) = folder.filter(|folder| !folder.exists()) {
        let why = message!("system-no-parent", folder = folder.display().to_string());
        return Err(HandoutError::NotWritten { file, why });
    }
    let beside = beside(path);
    let done = std::fs::write(&beside, bytes).and_then(|()| std::fs::rename(&beside, path));
    done.map_err(|error| {
        let _ = std::fs::remove_file(&beside);
        HandoutError::NotWritten { file, why: error.message() }
    })
}
