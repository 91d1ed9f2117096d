//! The folder of a book: what makes it one, and what it says of its organisation.

use std::collections::BTreeMap;
use std::fs::{self, DirBuilder};
use std::io::{ErrorKind, Read};
use std::os::unix::fs::{DirBuilderExt, PermissionsExt};
use std::path::{Path, PathBuf};

use chrono::{FixedOffset, NaiveDate};
use serde::{Deserialize, Serialize};

use super::error::StoreError;
use crate::definition::{SourceFile, SourceKind};
use crate::source::{LARGEST, Source, decode};
use crate::wording::message;

/// The file that makes a folder a book.
pub const MARKER: &str = "book.toml";

/// The folder of a book.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Folder(PathBuf);

/// What a book says of its organisation.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Settings {
    /// The organisation.
    pub organisation: String,
    /// The book's clock; a date is a day on it.
    pub zone: FixedOffset,
    /// The day from which whatever is due is reckoned, where it is not the clock's (a sample).
    pub today: Option<NaiveDate>,
    /// Names shown for system users.
    pub people: BTreeMap<String, String>,
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Raw {
    format: u32,
    organisation: String,
    created: String,
    zone: toml::Spanned<String>,
    today: Option<toml::Spanned<String>>,
    #[serde(default)]
    people: BTreeMap<String, String>,
}

impl Settings {
    /// Reads `book.toml`.
    pub fn parse(file: &str, text: &str) -> Result<Self, StoreError> {
        let source = Source::new(file, text);
        let raw: Raw = source.parse()?;
        if raw.format > super::chain::FORMAT {
            return Err(StoreError::Newer { format: raw.format });
        }
        let zone = raw.zone.get_ref().parse().map_err(|_| {
            source.problem(raw.zone.span(), message!("book-bad-zone", said = raw.zone.get_ref().clone()))
        })?;
        let today = raw.today.map(|today| {
            today.get_ref().parse().map_err(|_| {
                source.problem(today.span(), message!("book-bad-today", said = today.get_ref().clone()))
            })
        });
        let today = today.transpose()?;
        Ok(Self { organisation: raw.organisation, zone, today, people: raw.people })
    }
}

impl Folder {
    /// The folder at a path, whatever is there.
    pub fn at(path: &Path) -> Self {
        Self(path.to_owned())
    }

    /// Its path.
    pub fn path(&self) -> &Path {
        &self.0
    }

    /// A path inside it.
    pub fn join(&self, name: &str) -> PathBuf {
        self.0.join(name)
    }

    /// Whether a book lies here.
    pub fn is_book(&self) -> bool {
        self.join(MARKER).is_file()
    }

    /// What the book says of its organisation; refuses a folder that is none.
    pub fn settings(&self) -> Result<Settings, StoreError> {
        let marker = self.join(MARKER);
        match fs::read(&marker) {
            Ok(bytes) => Settings::parse(MARKER, &decode(MARKER, bytes)?),
            Err(error) if error.kind() == ErrorKind::NotFound => {
                Err(StoreError::NoBook(self.0.display().to_string()))
            }
            Err(error) => Err(StoreError::io(&marker, error)),
        }
    }

    /// Makes a new book here, for its user alone; a folder with other things in it is refused.
    pub fn create(&self, marker: &str) -> Result<(), StoreError> {
        let path = || self.0.display().to_string();
        Settings::parse(MARKER, marker)?;
        if self.is_book() {
            return Err(StoreError::Exists(path()));
        }
        let io = |error| StoreError::io(&self.0, error);
        if fs::read_dir(&self.0).is_ok_and(|mut entries| entries.next().is_some()) {
            return Err(StoreError::NotEmpty(path()));
        }
        DirBuilder::new().recursive(true).mode(0o700).create(&self.0).map_err(io)?;
        fs::set_permissions(&self.0, fs::Permissions::from_mode(0o700)).map_err(io)?;
        for inner in ["journal", "registers", "methods"] {
            let inner = self.join(inner);
            DirBuilder::new()
                .recursive(true)
                .mode(0o700)
                .create(&inner)
                .map_err(|error| StoreError::io(&inner, error))?;
        }
        let file = self.join(MARKER);
        let written = fs::write(&file, marker).and_then(|()| fs::File::open(&file)?.sync_all());
        written
            .and_then(|()| fs::File::open(&self.0)?.sync_all())
            .map_err(|error| StoreError::io(&file, error))
    }

    /// Refuses a network disk: locks and syncs do not hold there.
    pub fn refuse_network(&self) -> Result<(), StoreError> {
        // Magic numbers of statfs(2): NFS, SMB, CIFS, SMB2, FUSE, 9p, AFS, Ceph, CODA.
        const NETWORK: [i64; 9] = [
            0x6969,
            0x517b,
            0xff53_4d42,
            0xfe53_4d42,
            0x6573_5546,
            0x0102_1997,
            0x5346_414f,
            0x00c3_6400,
            0x7375_7245,
        ];
        let Ok(stat) = rustix::fs::statfs(&self.0) else { return Ok(()) };
        #[expect(clippy::useless_conversion, reason = "the type differs between platforms")]
        let kind = i64::from(stat.f_type) & 0xffff_ffff;
        if NETWORK.contains(&kind) { Err(StoreError::Network(self.0.display().to_string())) } else { Ok(()) }
    }

    /// The organisation's own definitions.
    pub fn definitions(&self) -> Result<Vec<SourceFile>, StoreError> {
        let mut files = Vec::new();
        for kind in [SourceKind::Register, SourceKind::Method] {
            let folder = self.join(kind.folder());
            let Ok(entries) = fs::read_dir(&folder) else { continue };
            for entry in entries {
                let path = entry.map_err(|error| StoreError::io(&folder, error))?.path();
                let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
                let toml = path.extension().is_some_and(|extension| extension == "toml");
                if toml && !name.starts_with('.') && path.is_file() {
                    let bytes = read_up_to(&path, LARGEST).map_err(|error| StoreError::io(&path, error))?;
                    files.push(SourceFile::read(kind, name, bytes)?);
                }
            }
        }
        files.sort_by(|a, b| (a.kind, &a.name).cmp(&(b.kind, &b.name)));
        Ok(files)
    }
}

/// The bytes of a file, at most one more than `most`.
fn read_up_to(path: &Path, most: usize) -> std::io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    fs::File::open(path)?.take(most as u64 + 1).read_to_end(&mut bytes)?;
    Ok(bytes)
}
