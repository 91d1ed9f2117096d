//! From a file to what was recognised in it.

use std::path::Path;

use super::Import;
use super::mapping::Mapping;
use super::parts::parts;
use crate::definition::{Definitions, Register};
use crate::exchange::workbook::{Sheet, Workbook, WorkbookError};
use crate::wording::{Label, Message, Tell, english, message};

/// What asks for every sheet of the form.
pub const ALL: &str = "*";

/// Why nothing of a file can be imported.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{}", english(&self.message()))]
pub enum OpenError {
    /// The file is not read.
    File {
        /// Its name.
        file: String,
        /// Why.
        why: WorkbookError,
    },
    /// No line of it heads the columns of a register.
    NotRecognised {
        /// Its name.
        file: String,
        /// The register that was asked for, where one was.
        register: Label,
    },
}

impl Tell for OpenError {
    fn message(&self) -> Message {
        match self {
            OpenError::File { file, why } => {
                message!("import-file", file = file.clone(), why = why.message())
            }
            OpenError::NotRecognised { file, register } => {
                message!("import-not-recognised", file = file.clone(), register = register.clone())
            }
        }
    }
}

/// A file as its user calls it: by its name alone.
pub fn file_name(path: &Path) -> String {
    path.file_name().map_or_else(|| path.display().to_string(), |name| name.to_string_lossy().into_owned())
}

/// Whether all sheets of the form are asked for.
fn is_all(said: &str) -> bool {
    [ALL, "all", "全部"].iter().any(|word| word.eq_ignore_ascii_case(said.trim()))
}

/// The tables of a file.
pub fn read(path: &Path) -> Result<Workbook, OpenError> {
    Workbook::open(path).map_err(|why| OpenError::File { file: path.display().to_string(), why })
}

impl Import {
    /// The first table of a workbook that is recognised, or the one that is asked for by name or number. `known` is
    /// what a mapping says of its columns; that which was kept in the book's folder where there is none.
    pub fn of(
        (path, workbook): (&Path, &Workbook),
        definitions: &Definitions,
        (register, sheet): (Option<&Register>, Option<&str>),
        (known, book): (Option<&Mapping>, &Path),
    ) -> Result<Self, OpenError> {
        let file = file_name(path);
        let all = sheet.is_some_and(|said| is_all(said) && workbook.sheet(said).is_err());
        let sheets: Vec<&Sheet> = match sheet.filter(|_| !all) {
            Some(said) => {
                let wrong = |why| OpenError::File { file: file.clone(), why };
                vec![workbook.sheet(said).map_err(wrong)?]
            }
            None => workbook.sheets.iter().collect(),
        };
        let several = workbook.sheets.len() > 1;
        let name = |sheet: &Sheet| if several { format!("{file} {}", sheet.name) } else { file.clone() };
        let found =
            sheets.into_iter().find_map(|sheet| Self::recognise(&name(sheet), sheet, definitions, register));
        let register = register.map(|register| register.name.clone()).unwrap_or_default();
        let mut found = found.ok_or_else(|| OpenError::NotRecognised { file: file.clone(), register })?;
        let kept = known.cloned().or_else(|| Mapping::kept(book, &found));
        if let Some(register) = definitions.register(&found.layout.register) {
            (found.parts, found.loose) = parts(workbook, &found.sheet, register);
            found.join(&workbook.sheets, definitions, all);
            if all {
                found.name = file;
            }
            found.remembered = known.is_none() && kept.is_some();
            if let Some(mapping) = kept {
                mapping.apply(&mut found, register);
            }
        }
        Ok(found)
    }
}
