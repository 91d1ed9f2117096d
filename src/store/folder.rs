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
pub struct Folder {
    path: PathBuf,
    network: bool,
}

/// What lies at a path.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Standing {
    /// A book.
    Book,
    /// Nothing, or an empty folder.
    Free,
    /// A folder with other things in it.
    Other,
}

/// What a book says of its organisation.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Settings {
    /// The organisation.
    pub organisation: String,
    /// The book's clock; a date is a day on it.
    pub zone: FixedOffset,
    /// The day from which whatever is due is reckoned, where it is not the clock's (a sample).
    pub today: Option<NaiveDate>,
    /// After how many months an evaluation is to be looked at again.
    pub review_months: u32,
    /// Names shown for system users.
    pub people: BTreeMap<String, String>,
}

/// Once a year, where the book says nothing else: no standard fixes it, most procedures do.
const REVIEW_MONTHS: u32 = 12;

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Raw {
    format: u32,
    organisation: String,
    created: String,
    zone: toml::Spanned<String>,
    today: Option<toml::Spanned<String>>,
    review_months: Option<toml::Spanned<u32>>,
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
        let review_months = match raw.review_months {
            None => REVIEW_MONTHS,
            Some(months) if (1..=120).contains(months.get_ref()) => *months.get_ref(),
            Some(months) => {
                let what = message!("book-bad-review-months", said = months.get_ref().to_string());
                return Err(source.problem(months.span(), what).into());
            }
        };
        Ok(Self { organisation: raw.organisation, zone, today, review_months, people: raw.people })
    }
}

impl Folder {
    /// The folder at a path, whatever is there.
    pub fn at(path: &Path) -> Self {
        Self { path: path.to_owned(), network: false }
    }

    /// The same, also on a network disk, for a person who knows that nobody else opens it there.
    #[must_use]
    pub fn on_network(mut self, allowed: bool) -> Self {
        self.network = allowed;
        self
    }

    /// Its path.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// A path inside it.
    pub fn join(&self, name: &str) -> PathBuf {
        self.path.join(name)
    }

    /// What lies here; an error where the system does not let one see.
    pub fn standing(&self) -> Result<Standing, StoreError> {
        let marker = self.join(MARKER);
        match fs::metadata(&marker) {
            Ok(_) => return Ok(Standing::Book),
            Err(error) if error.kind() == ErrorKind::NotFound => {}
            Err(error) => return Err(StoreError::io(&self.path, error)),
        }
        match fs::read_dir(&self.path).map(|mut entries| entries.next().is_some()) {
            Ok(true) => Ok(Standing::Other),
            Ok(false) => Ok(Standing::Free),
            Err(error) if error.kind() == ErrorKind::NotFound => Ok(Standing::Free),
            Err(error) => Err(StoreError::io(&self.path, error)),
        }
    }

    /// Refuses a path whose parent folder is not there: a slip of the finger.
    pub fn demand_parent(&self) -> Result<(), StoreError> {
        let named = |path: &Path| !path.as_os_str().is_empty();
        let Some(parent) = self.path.parent().filter(|parent| named(parent) && !parent.exists()) else {
            return Ok(());
        };
        // What cannot be seen is told when the folder itself is looked at.
        if fs::metadata(parent).is_err_and(|error| error.kind() != ErrorKind::NotFound) {
            return Ok(());
        }
        let nearest = parent.ancestors().find(|folder| named(folder) && folder.exists());
        let nearest = nearest.unwrap_or(Path::new(".")).display().to_string();
        Err(StoreError::NoParent { path: parent.display().to_string(), nearest })
    }

    /// What the book says of its organisation; refuses a folder that is none.
    pub fn settings(&self) -> Result<Settings, StoreError> {
        let marker = self.join(MARKER);
        match fs::read(&marker) {
            Ok(bytes) => Settings::parse(MARKER, &decode(MARKER, bytes)?),
            Err(error) if error.kind() == ErrorKind::NotFound => {
                Err(StoreError::NoBook(self.path.display().to_string()))
            }
            Err(error) => Err(StoreError::io(&marker, error)),
        }
    }

    /// Makes a new book here, for its user alone; a folder with other things in it is refused.
    pub fn create(&self, marker: &str) -> Result<(), StoreError> {
        let path = || self.path.display().to_string();
        Settings::parse(MARKER, marker)?;
        match self.standing()? {
            Standing::Book => return Err(StoreError::Exists(path())),
            Standing::Other => return Err(StoreError::NotEmpty(path())),
            Standing::Free => self.refuse_network()?,
        }
        let io = |error| StoreError::io(&self.path, error);
        DirBuilder::new().recursive(true).mode(0o700).create(&self.path).map_err(io)?;
        fs::set_permissions(&self.path, fs::Permissions::from_mode(0o700)).map_err(io)?;
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
            .and_then(|()| fs::File::open(&self.path)?.sync_all())
            .map_err(|error| StoreError::io(&file, error))
    }

    /// Refuses a network disk, where locks and syncs do not hold, unless it was allowed.
    pub fn refuse_network(&self) -> Result<(), StoreError> {
        // A folder that is still to be made will lie where its nearest parent does.
        let there = self.path.ancestors().find(|path| path.exists()).unwrap_or(Path::new("."));
        let Ok(stat) = rustix::fs::statfs(there) else { return Ok(()) };
        #[expect(clippy::useless_conversion, reason = "the type differs between platforms")]
        let network = is_network(i64::from(stat.f_type));
        if network && !self.network {
            Err(StoreError::Network(self.path.display().to_string()))
        } else {
            Ok(())
        }
    }

    /// The organisation's own definitions.
    pub fn definitions(&self) -> Result<Vec<SourceFile>, StoreError> {
        let mut files = Vec::new();
        for kind in SourceKind::ALL {
            let folder = self.join(kind.folder());
            let Ok(entries) = fs::read_dir(&folder) else { continue };
            for entry in entries {
                let path = entry.map_err(|error| StoreError::io(&folder, error))?.path();
                let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
                let toml = path.extension().is_some_and(|extension| extension == "toml");
                if toml && !name.starts_with('.') && path.is_file() {
                    files.push(SourceFile::read(kind, name, read_definition(&path)?)?);
                }
            }
        }
        files.sort_by(|a, b| (a.kind, &a.name).cmp(&(b.kind, &b.name)));
        Ok(files)
    }
}

/// The bytes of a definition file, wherever it lies.
pub fn read_definition(path: &Path) -> Result<Vec<u8>, StoreError> {
    read_up_to(path, LARGEST).map_err(|error| StoreError::io(path, error))
}

/// The bytes of a file, at most one more than `most`.
fn read_up_to(path: &Path, most: usize) -> std::io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    fs::File::open(path)?.take(most as u64 + 1).read_to_end(&mut bytes)?;
    Ok(bytes)
}

/// Whether a kind of file system, as statfs(2) gives it, lies behind a network or a program.
fn is_network(kind: i64) -> bool {
    // NFS, SMB, CIFS, SMB2, FUSE, 9p, AFS, Ceph, CODA.
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
    // Some platforms give it signed, in 32 bits.
    NETWORK.contains(&(kind & 0xffff_ffff))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn network_disks_are_told_from_local_ones() {
        let signed = |kind: u32| i64::from(kind.cast_signed());
        for kind in [0x6969, 0xff53_4d42, signed(0xff53_4d42), signed(0xfe53_4d42), 0x6573_5546] {
            assert!(is_network(kind), "{kind:x}");
        }
        // ext4, XFS, Btrfs, tmpfs, overlay, ZFS.
        for kind in [0xef53, 0x5846_5342, 0x9123_683e, 0x0102_1994, 0x794c_7630, 0x2fc1_2fc1] {
            assert!(!is_network(kind), "{kind:x}");
        }
    }

    #[test]
    fn a_path_in_a_folder_that_is_not_there_is_refused_with_the_nearest_one() {
        let home = tempfile::tempdir().unwrap();
        let there = home.path().display().to_string();
        let refused = Folder::at(&home.path().join("a/b/c")).demand_parent();
        let Err(StoreError::NoParent { path, nearest }) = refused else { panic!("{refused:?}") };
        assert_eq!((path, nearest), (format!("{there}/a/b"), there));
        for sound in ["book", "book/", "."] {
            Folder::at(&home.path().join(sound)).demand_parent().unwrap();
        }
        Folder::at(Path::new("book")).demand_parent().unwrap();
    }
}
