//! Writing a pack and checking it: every file by its SHA-256, as `sha256sum -c` reads it.

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};
use std::fs::{self, File};
use std::io::{Cursor, Read, Write as _};
use std::path::{Path, PathBuf};

use sha2::{Digest, Sha256};
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, DateTime, ZipArchive, ZipWriter};

use super::Files;
use crate::exchange::handout::{HandoutError, beside, save};
use crate::store::hex;
use crate::wording::{Message, Tell, english, message};

/// The list of all files with their hashes.
const SUMS: &str = "SHA256SUMS";
/// The most that is read of that list, in bytes.
const MOST_SUMS: u64 = 64 << 20;

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
        why: Message,
    },
    /// It is there and cannot be read as one.
    Unread {
        /// The file.
        file: String,
        /// Why.
        why: Message,
    },
    /// It would lie in the folder of the book.
    Inside(String),
    /// Two files in it are called alike.
    Twofold(String),
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
            PackError::Inside(file) => message!("pack-inside", file = file.clone()),
            PackError::Twofold(file) => message!("pack-twofold", file = file.clone()),
            PackError::Absent(file) => message!("pack-absent", file = file.clone()),
            PackError::NoPack(file) => message!("pack-none", file = file.clone()),
        }
    }
}

impl From<HandoutError> for PackError {
    fn from(error: HandoutError) -> Self {
        match error {
            HandoutError::Exists(file) => Self::Exists(file),
            HandoutError::NotWritten { file, why } => Self::Refused { file, why },
            other => Self::Refused { file: String::new(), why: other.message() },
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

/// Adds the list of hashes; each line is one that `sha256sum -c` reads.
fn sealed(mut files: Files) -> Files {
    let lines: Vec<String> =
        files.iter().map(|(path, bytes)| format!("{}  {path}", hex(&Sha256::digest(bytes)))).collect();
    let lines = lines.join("\n") + "\n";
    files.insert(SUMS.to_owned(), lines.into_bytes());
    files
}

/// Writes a pack: into one file where its name ends in `.zip`, else into a new folder. Nothing is written over, and what is
/// not whole does not stay.
pub fn write(path: &Path, files: Files, book: &Path) -> Result<(), PackError> {
    let beside = beside(path);
    if let Some(there) = [path, &beside].into_iter().find(|path| path.exists()) {
        return Err(PackError::Exists(there.display().to_string()));
    }
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty());
    if let Some(folder) = folder.filter(|folder| !folder.is_dir()) {
        return Err(PackError::Absent(folder.display().to_string()));
    }
    let place = fs::canonicalize(folder.unwrap_or(Path::new(".")));
    let inside = |place: &Path| fs::canonicalize(book).is_ok_and(|book| place.starts_with(book));
    if place.is_ok_and(|place| inside(&place)) {
        return Err(PackError::Inside(path.display().to_string()));
    }
    let files = sealed(files);
    let file = || path.display().to_string();
    if path.extension().is_some_and(|ending| ending.eq_ignore_ascii_case("zip")) {
        let bytes =
            zipped(&files).map_err(|error| PackError::Refused { file: file(), why: error.message() })?;
        return save(path, &bytes, false).map_err(PackError::from);
    }
    let made = fs::create_dir(&beside);
    let done = made.and_then(|()| {
        laid_out(&beside, &files).and_then(|()| fs::rename(&beside, path)).inspect_err(|_| {
            let _ = fs::remove_dir_all(&beside);
        })
    });
    done.map_err(|error| PackError::Refused { file: file(), why: error.message() })
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
fn zipped(files: &Files) -> std::io::Result<Vec<u8>> {
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

/// Checks a pack against its own list. Nothing that lies elsewhere is opened: a link is not the file that was packed.
pub fn check(path: &Path) -> Result<Checked, PackError> {
    let file = || path.display().to_string();
    let about = fs::metadata(path).map_err(|_| PackError::Absent(file()))?;
    let unread = |error: std::io::Error| PackError::Unread { file: file(), why: error.message() };
    let mut held = if about.is_dir() {
        Held::folder(path).map_err(unread)?
    } else if about.is_file() {
        let held = Held::archive(path).map_err(unread)?;
        // Which of two would be unpacked nobody knows.
        if matches!(&held, Held::Archive(archive) if archive.has_duplicate_names()) {
            return Err(PackError::Twofold(file()));
        }
        held
    } else {
        return Err(PackError::NoPack(file()));
    };
    let names = held.names();
    if !names.contains(SUMS) {
        return Err(PackError::NoPack(file()));
    }
    let sums = held.read(SUMS).map_err(unread)?;
    let (mut checked, mut listed) = (Checked::default(), BTreeMap::new());
    for line in String::from_utf8_lossy(&sums).lines() {
        // Of text or binary, as `sha256sum` writes either.
        let parts = line.split_at_checked(64).and_then(|(sum, name)| {
            let name = name.strip_prefix("  ").or_else(|| name.strip_prefix(" *"))?;
            sum.bytes().all(|byte| byte.is_ascii_hexdigit()).then(|| (name.to_owned(), sum.to_lowercase()))
        });
        let doubtful = parts.is_none_or(|(name, sum)| listed.insert(name, sum).is_some());
        if doubtful && !checked.changed.iter().any(|name| name == SUMS) {
            checked.changed.push(SUMS.to_owned());
        }
    }
    if listed.is_empty() {
        return Err(PackError::NoPack(file()));
    }
    for (name, sum) in &listed {
        if !names.contains(name) {
            checked.missing.push(name.clone());
        } else if held.sum(name).is_ok_and(|found| found == *sum) {
            checked.whole += 1;
        } else {
            checked.changed.push(name.clone());
        }
    }
    checked.besides = names.into_iter().filter(|name| name != SUMS && !listed.contains_key(name)).collect();
    checked.besides.extend(held.besides());
    Ok(checked)
}

/// A pack that is read.
enum Held {
    /// A folder: the files in it, and what is neither file nor folder.
    Folder(PathBuf, BTreeSet<String>, Vec<String>),
    /// One file.
    Archive(Box<ZipArchive<File>>),
}

impl Held {
    fn folder(root: &Path) -> std::io::Result<Self> {
        let (mut files, mut others, mut todo) = (BTreeSet::new(), Vec::new(), vec![root.to_path_buf()]);
        while let Some(folder) = todo.pop() {
            for entry in fs::read_dir(&folder)? {
                let entry = entry?;
                let (path, kind) = (entry.path(), entry.file_type()?);
                let name = path.strip_prefix(root).unwrap_or(&path).to_string_lossy().into_owned();
                if kind.is_dir() {
                    todo.push(path);
                } else if kind.is_file() {
                    files.insert(name);
                } else {
                    others.push(name);
                }
            }
        }
        Ok(Self::Folder(root.to_path_buf(), files, others))
    }

    fn archive(path: &Path) -> std::io::Result<Self> {
        Ok(Self::Archive(Box::new(ZipArchive::new(File::open(path)?)?)))
    }

    /// The files.
    fn names(&self) -> BTreeSet<String> {
        match self {
            Self::Folder(_, files, _) => files.clone(),
            Self::Archive(archive) => {
                let names = archive.file_names().filter_map(Result::ok);
                names.filter(|name| !name.ends_with('/')).map(Cow::into_owned).collect()
            }
        }
    }

    /// What is no file and was never packed.
    fn besides(&self) -> Vec<String> {
        match self {
            Self::Folder(_, _, others) => others.clone(),
            Self::Archive(_) => Vec::new(),
        }
    }

    fn sum(&mut self, name: &str) -> std::io::Result<String> {
        let mut sha = Sha256::new();
        self.pour(name, u64::MAX, &mut |bytes| sha.update(bytes))?;
        Ok(hex(&sha.finalize()))
    }

    fn read(&mut self, name: &str) -> std::io::Result<Vec<u8>> {
        let mut bytes = Vec::new();
        self.pour(name, MOST_SUMS, &mut |more| bytes.extend_from_slice(more))?;
        Ok(bytes)
    }

    fn pour(&mut self, name: &str, most: u64, to: &mut dyn FnMut(&[u8])) -> std::io::Result<()> {
        match self {
            Self::Folder(root, ..) => pour(File::open(root.join(name))?.take(most), to),
            Self::Archive(archive) => pour(archive.by_name(name)?.take(most), to),
        }
    }
}

/// Reads to the end, a part at a time.
fn pour(mut from: impl Read, to: &mut dyn FnMut(&[u8])) -> std::io::Result<()> {
    let mut buffer = vec![0; 1 << 16];
    loop {
        let read = from.read(&mut buffer)?;
        if read == 0 {
            return Ok(());
        }
        to(buffer.get(..read).unwrap_or_default());
    }
}
