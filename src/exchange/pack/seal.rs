//! Writing a pack and checking it: every file by its SHA-256, as `sha256sum -c` reads it.

use std::fs::{self, File};
use std::io::{Cursor, Read, Write};
use std::path::{Path, PathBuf};

use sha2::{Digest, Sha256};
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, DateTime, ZipArchive, ZipWriter};

use super::Files;
use crate::wording::{Message, Tell, english, message};

/// The list of all files with their hashes.
const SUMS: &str = "SHA256SUMS";
/// The most that is read of a pack, in bytes.
const MOST: u64 = 1 << 30;

/// Why a pack is not written or not read.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{}", english(&self.message()))]
pub enum PackError {
    /// It is there already.
    Exists(String),
    /// The system refuses.
    Refused {
        /// The file.
        file: String,
        /// Why.
        why: String,
    },
    /// It is there and cannot be read as one.
    Unread {
        /// The file.
        file: String,
        /// Why.
        why: String,
    },
    /// It is not there.
    Absent(String),
    /// It is no pack.
    NoPack(String),
}

impl Tell for PackError {
    fn message(&self) -> Message {
        match self {
            PackError::Exists(file) => message!("pack-exists", file = file.clone()),
            PackError::Refused { file, why } => {
                message!("export-not-written", file = file.clone(), error = why.clone())
            }
            PackError::Unread { file, why } => {
                message!("pack-unread", file = file.clone(), why = why.clone())
            }
            PackError::Absent(file) => message!("pack-absent", file = file.clone()),
            PackError::NoPack(file) => message!("pack-none", file = file.clone()),
        }
    }
}

/// What a check of a pack came to.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Checked {
    /// How many files are as they were.
    pub whole: usize,
    /// Files that are not as they were.
    pub changed: Vec<String>,
    /// Files that are gone.
    pub missing: Vec<String>,
    /// Files that nobody put there.
    pub besides: Vec<String>,
}

impl Checked {
    /// Whether all of it is as it was.
    pub fn holds(&self) -> bool {
        self.changed.is_empty() && self.missing.is_empty() && self.besides.is_empty()
    }
}

fn hash(bytes: &[u8]) -> String {
    Sha256::digest(bytes).iter().fold(String::new(), |hex, byte| hex + &format!("{byte:02x}"))
}

/// Adds the list of hashes; each line is one that `sha256sum -c` reads.
fn sealed(mut files: Files) -> Files {
    let lines: Vec<String> = files.iter().map(|(path, bytes)| format!("{}  {path}", hash(bytes))).collect();
    let lines = lines.join("\n") + "\n";
    files.insert(SUMS.to_owned(), lines.into_bytes());
    files
}

/// Writes a pack: into one file where its name ends in `.zip`, else into a new folder. Nothing is written over.
pub fn write(path: &Path, files: Files) -> Result<(), PackError> {
    if path.exists() {
        return Err(PackError::Exists(path.display().to_string()));
    }
    let files = sealed(files);
    let refused = |error: &dyn std::fmt::Display| PackError::Refused {
        file: path.display().to_string(),
        why: error.to_string(),
    };
    let packed = path.extension().is_some_and(|ending| ending.eq_ignore_ascii_case("zip"));
    let beside = path.with_extension("part");
    let done = if packed {
        let bytes = zipped(&files).map_err(|error| refused(&error))?;
        fs::write(&beside, bytes)
    } else {
        laid_out(&beside, &files)
    };
    done.and_then(|()| fs::rename(&beside, path)).map_err(|error| {
        let _ = if packed { fs::remove_file(&beside) } else { fs::remove_dir_all(&beside) };
        refused(&error)
    })
}

fn laid_out(folder: &Path, files: &Files) -> std::io::Result<()> {
    for (name, bytes) in files {
        let path = folder.join(name);
        fs::create_dir_all(path.parent().unwrap_or(folder))?;
        fs::write(path, bytes)?;
    }
    Ok(())
}

/// One file of all, in the order of their paths and of no moment.
fn zipped(files: &Files) -> zip::result::ZipResult<Vec<u8>> {
    let options = SimpleFileOptions::default()
        .compression_method(CompressionMethod::Deflated)
        .last_modified_time(DateTime::default())
        .unix_permissions(0o644);
    let mut archive = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, bytes) in files {
        archive.start_file(name.as_str(), options)?;
        archive.write_all(bytes)?;
    }
    Ok(archive.finish()?.into_inner())
}

/// Checks a pack against its own list.
pub fn check(path: &Path) -> Result<Checked, PackError> {
    let none = || PackError::NoPack(path.display().to_string());
    if !path.exists() {
        return Err(PackError::Absent(path.display().to_string()));
    }
    let files = if path.is_dir() { folder(path) } else { archive(path) }
        .map_err(|why| PackError::Unread { file: path.display().to_string(), why })?;
    let sums = files.get(SUMS).and_then(|bytes| std::str::from_utf8(bytes).ok()).ok_or_else(none)?;
    let listed: Vec<(&str, &str)> = sums.lines().filter_map(|line| line.split_once("  ")).collect();
    let mut checked = Checked::default();
    for (sum, name) in &listed {
        match files.get(*name) {
            None => checked.missing.push((*name).to_owned()),
            Some(bytes) if hash(bytes) == *sum => checked.whole += 1,
            Some(_) => checked.changed.push((*name).to_owned()),
        }
    }
    let known = |name: &String| name == SUMS || listed.iter().any(|(_, other)| other == name);
    checked.besides = files.keys().filter(|name| !known(name)).cloned().collect();
    Ok(checked)
}

fn folder(path: &Path) -> Result<Files, String> {
    let (mut files, mut todo): (Files, Vec<PathBuf>) = (Files::new(), vec![path.to_path_buf()]);
    while let Some(folder) = todo.pop() {
        for entry in fs::read_dir(&folder).map_err(|error| error.to_string())?.flatten() {
            let here = entry.path();
            if here.is_dir() {
                todo.push(here);
            } else {
                let name = here.strip_prefix(path).unwrap_or(&here).to_string_lossy().into_owned();
                files.insert(name, fs::read(&here).map_err(|error| error.to_string())?);
            }
        }
    }
    Ok(files)
}

fn archive(path: &Path) -> Result<Files, String> {
    let words = |error: &dyn std::fmt::Display| error.to_string();
    let mut archive =
        ZipArchive::new(File::open(path).map_err(|error| words(&error))?).map_err(|error| words(&error))?;
    let (mut files, mut total) = (Files::new(), 0);
    for at in 0..archive.len() {
        let part = archive.by_index(at).map_err(|error| words(&error))?;
        let name = part.name().map_err(|error| words(&error))?.into_owned();
        let mut bytes = Vec::new();
        let read = part.take(MOST - total + 1).read_to_end(&mut bytes);
        read.map_err(|error| format!("{name}: {error}"))?;
        total += bytes.len() as u64;
        if total > MOST {
            return Err("> 1 GB".to_owned());
        }
        files.insert(name, bytes);
    }
    Ok(files)
}
