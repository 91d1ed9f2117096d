//! Files of an entry: each with who added it and when, and whether its content is here as it was.

use std::path::{Path, PathBuf};

use crate::book::{Edit, EntryKey, FileRef, Value};
use crate::catalogue::Reading;
use crate::definition::{Field, Kind, Register};
use crate::share::Session;
use crate::store::{Past, StoreError};
use crate::wording::{Message, Tell, english, message};

/// Why a file is not attached or not handed out.
#[derive(Debug, thiserror::Error)]
#[error("{}", english(&self.message()))]
pub enum AttachError {
    /// The register of the entry has no place for files.
    NoPlace(String),
    /// It is attached already, under this name.
    There(String),
    /// No file of the entry is called so: what was said, and those it has.
    NotThere(String, String),
    /// Several files of the entry are called so: the name, and their hashes.
    Several(String, String),
    /// It is attached already; its content, which was gone, is back.
    Mended(String),
    /// The content is gone or is not as it was.
    Lost(String),
    /// The store or the system refuses.
    Store(#[from] StoreError),
}

impl Tell for AttachError {
    fn message(&self) -> Message {
        match self {
            AttachError::NoPlace(register) => message!("attach-no-place", register = register.clone()),
            AttachError::There(name) => message!("attach-there", name = name.clone()),
            AttachError::NotThere(said, known) => {
                message!("attach-not-there", said = said.clone(), known = known.clone())
            }
            AttachError::Several(name, hashes) => {
                message!("attach-several", name = name.clone(), hashes = hashes.clone())
            }
            AttachError::Mended(name) => message!("attach-mended", name = name.clone()),
            AttachError::Lost(name) => message!("attach-lost", name = name.clone()),
            AttachError::Store(error) => error.message(),
        }
    }
}

/// A file of an entry.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Attached {
    /// The file.
    pub file: FileRef,
    /// What it is, by the ending of its name.
    pub kind: String,
    /// Who added it, and when on the book's clock; nothing where the journal does not tell.
    pub added: Option<(String, String)>,
    /// Whether its content is here as it was.
    pub whole: bool,
}

/// The field of a register that holds files.
pub fn place(register: &Register) -> Option<&Field> {
    register.fields.iter().find(|field| matches!(field.kind, Kind::Files))
}

/// The files of an entry, in the order in which they were added.
pub fn attached(session: &Session, reading: &Reading, key: EntryKey) -> Result<Vec<Attached>, StoreError> {
    let field = reading.book.entry(key).and_then(|entry| reading.register(entry)).and_then(place);
    let files = files_of(reading, key, field);
    let past = if files.is_empty() { Vec::new() } else { session.history(key)? };
    let folder = session.folder();
    let one = |file: FileRef| Attached {
        kind: kind(&file.name),
        added: field.and_then(|field| added(&past, &field.id, &file)),
        whole: folder.holds(&file),
        file,
    };
    Ok(files.into_iter().map(one).collect())
}

fn files_of(reading: &Reading, key: EntryKey, field: Option<&Field>) -> Vec<FileRef> {
    let value =
        reading.book.entry(key).zip(field).and_then(|(entry, field)| reading.book.value(entry, &field.id));
    match value {
        Some(Value::Files(files)) => files,
        _ => Vec::new(),
    }
}

/// The first change after which a file stood there.
fn added(past: &[Past], field: &str, file: &FileRef) -> Option<(String, String)> {
    let holds = |past: &&Past| {
        past.change.fields.iter().any(|change| {
            change.field == field && matches!(&change.to, Some(Value::Files(files)) if files.contains(file))
        })
    };
    let origin = &past.iter().find(holds)?.commit.origin;
    Some((origin.name.clone(), origin.local().format("%Y-%m-%d %H:%M").to_string()))
}

/// What a file is, by the ending of its name, in capitals.
fn kind(name: &str) -> String {
    Path::new(name).extension().map(|ending| ending.to_string_lossy().to_uppercase()).unwrap_or_default()
}

/// Keeps files for an entry; the edit names them beside those that are there.
pub fn attach(
    session: &Session,
    reading: &Reading,
    key: EntryKey,
    paths: &[PathBuf],
) -> Result<Edit, AttachError> {
    let register = reading.book.entry(key).and_then(|entry| reading.register(entry));
    let name = register.map(|register| register.name.get(reading.lang).to_owned()).unwrap_or_default();
    let field = register.and_then(place).ok_or(AttachError::NoPlace(name))?;
    let mut files = files_of(reading, key, Some(field));
    let lost: Vec<String> =
        files.iter().filter(|file| !session.folder().holds(file)).map(|file| file.sha256.clone()).collect();
    for path in paths {
        let kept = session.keep_file(path)?;
        if let Some(there) = files.iter().find(|file| file.sha256 == kept.sha256) {
            let name = there.name.clone();
            let mended = lost.contains(&kept.sha256);
            return Err(if mended { AttachError::Mended(name) } else { AttachError::There(name) });
        }
        files.push(kept);
    }
    Ok(Edit::Set { entry: key, fields: vec![(field.id.clone(), Some(Value::Files(files)))] })
}

/// Takes the file of this name, or of this hash, off an entry; its content stays for the past.
pub fn detach(reading: &Reading, key: EntryKey, said: &str) -> Result<Edit, AttachError> {
    let field = reading.book.entry(key).and_then(|entry| reading.register(entry)).and_then(place);
    let mut files = files_of(reading, key, field);
    let called: Vec<&str> =
        files.iter().filter(|file| file.name == said).map(|file| file.sha256.as_str()).collect();
    if called.len() > 1 {
        return Err(AttachError::Several(said.to_owned(), called.join(" ")));
    }
    let found = files.iter().position(|file| file.name == said || file.sha256 == said);
    let Some((at, field)) = found.zip(field) else {
        let names: Vec<&str> = files.iter().map(|file| file.name.as_str()).collect();
        return Err(AttachError::NotThere(said.to_owned(), names.join(", ")));
    };
    files.remove(at);
    let left = Some(Value::Files(files)).filter(|value| !value.is_empty());
    Ok(Edit::Set { entry: key, fields: vec![(field.id.clone(), left)] })
}

/// A size as people read it.
pub fn size(bytes: u64) -> String {
    if bytes < 1 << 20 { format!("{} kB", bytes.div_ceil(1024)) } else { format!("{} MB", bytes >> 20) }
}

/// What files of one entry are called beside each other: names that lead nowhere else, no two alike.
pub fn distinct<'f>(files: impl Iterator<Item = &'f FileRef>) -> Vec<String> {
    let mut given: Vec<String> = Vec::new();
    for file in files {
        let name = super::handout::file_name(&file.name);
        let (stem, ending) = match name.rsplit_once('.') {
            Some((stem, ending)) => (stem.to_owned(), format!(".{ending}")),
            None => (name.clone(), String::new()),
        };
        let others = (2..).map(|number| format!("{stem}-{number}{ending}"));
        given.extend(std::iter::once(name).chain(others).find(|name| !given.contains(name)));
    }
    given
}

/// Copies a file out to a folder, or to a path; one that is there stays. Gives the path.
pub fn copy_out(
    session: &Session,
    file: &FileRef,
    to: &Path,
) -> Result<PathBuf, super::handout::HandoutError> {
    // A name is a name and no way to somewhere else.
    let name = Path::new(&file.name).file_name().unwrap_or(file.sha256.as_ref());
    let path = if to.is_dir() { to.join(name) } else { to.to_path_buf() };
    if !to.is_dir() && to.to_string_lossy().ends_with('/') {
        let why = message!("system-no-parent", folder = to.display().to_string());
        return Err(super::handout::HandoutError::NotWritten { file: file.name.clone(), why });
    }
    let content = session.folder().content(file);
    let content = content.ok_or_else(|| super::handout::HandoutError::NotWritten {
        file: path.display().to_string(),
        why: AttachError::Lost(file.name.clone()).message(),
    })?;
    super::handout::save(&path, &content, false)?;
    Ok(path)
}
