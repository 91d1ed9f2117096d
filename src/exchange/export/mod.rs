//! Lists as files: everything that their entries hold, in a shape that comes back unchanged by an import.

mod grid;
mod pages;
mod workbook;

use crate::book::EntryKey;
use crate::catalogue::Reading;
use crate::definition::Register;
use crate::wording::{Label, Lang, Message, Tell, english, message};

pub(crate) use grid::factor_ids;
pub use grid::{Grid, Out, PART};
pub(crate) use pages::{escaped, page};
pub(crate) use workbook::{fixed as fixed_properties, refused, sheet_name};

/// In which language a file is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Tongue {
    /// In one.
    One(Lang),
    /// In both, the Chinese first.
    Both,
}

/// What a file is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Format {
    /// Excel.
    Xlsx,
    /// Comma-separated, with a mark by which Excel knows the encoding.
    Csv,
    /// The program's own JSON.
    Json,
    /// Markdown.
    Markdown,
    /// A page to look at or print.
    Html,
    /// Plain text in columns.
    Text,
}

/// Why a list is not written to a file.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{}", english(&self.message()))]
pub enum ExportError {
    /// The ending says nothing.
    Ending(String),
    /// A cell is longer than a cell of Excel may be.
    LongCell {
        /// The entry.
        serial: String,
        /// The column.
        column: String,
    },
    /// The writer refuses.
    Refused(String),
}

impl Tell for ExportError {
    fn message(&self) -> Message {
        match self {
            ExportError::Ending(said) => message!("export-ending", said = said.clone()),
            ExportError::LongCell { serial, column } => {
                message!("export-long-cell", serial = serial.clone(), column = column.clone())
            }
            ExportError::Refused(why) => message!("export-refused", why = why.clone()),
        }
    }
}

impl Tongue {
    /// A name.
    pub fn label(self, label: &Label) -> String {
        match self {
            Tongue::One(lang) => label.get(lang).to_owned(),
            Tongue::Both if label.zh() == label.en() => label.zh().to_owned(),
            Tongue::Both => format!("{} / {}", label.zh(), label.en()),
        }
    }

    /// A sentence without parts.
    pub fn say(self, id: &'static str) -> String {
        match self {
            Tongue::One(lang) => lang.wording().say(id),
            Tongue::Both => self.label(&Label::new(&Lang::Zh.wording().say(id), &Lang::En.wording().say(id))),
        }
    }

    /// The language of what stands in one only.
    pub fn lang(self) -> Lang {
        match self {
            Tongue::One(lang) => lang,
            Tongue::Both => Lang::Zh,
        }
    }
}

impl Format {
    /// What a file is by what its name ends in.
    pub fn of(path: &std::path::Path) -> Result<Self, ExportError> {
        let ending = path.extension().map(|ending| ending.to_string_lossy().to_lowercase());
        match ending.as_deref() {
            Some("xlsx") => Ok(Format::Xlsx),
            Some("csv") => Ok(Format::Csv),
            Some("json") => Ok(Format::Json),
            Some("md") => Ok(Format::Markdown),
            Some("html" | "htm") => Ok(Format::Html),
            Some("txt") => Ok(Format::Text),
            _ => Err(ExportError::Ending(path.display().to_string())),
        }
    }
}

/// The bytes of a file with these entries of a register, under a title.
pub fn export(
    reading: &Reading,
    (register, keys): (&Register, &[EntryKey]),
    title: &Label,
    (format, tongue): (Format, Tongue),
) -> Result<Vec<u8>, ExportError> {
    if format == Format::Json {
        let entries = keys.iter().filter_map(|key| reading.book.entry(*key));
        let all: serde_json::Value = entries.map(|entry| reading.json(entry)).collect();
        let mut text =
            serde_json::to_string_pretty(&all).map_err(|error| ExportError::Refused(error.to_string()))?;
        text.push('\n');
        return Ok(text.into_bytes());
    }
    let grid = Grid::of(reading, register, keys, tongue);
    match format {
        Format::Xlsx => workbook::write(&grid),
        Format::Csv => pages::csv(&grid),
        Format::Markdown => Ok(pages::markdown(&grid, &tongue.label(title)).into_bytes()),
        Format::Html => Ok(pages::html(&grid, &tongue.label(title), tongue).into_bytes()),
        _ => Ok(pages::text(&grid, &tongue.label(title)).into_bytes()),
    }
}
