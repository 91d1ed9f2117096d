//! The one way to the files of a journal, so that a loss of power can be played out in tests.

use std::fs::{DirBuilder, File, OpenOptions};
use std::io::{self, Write};
use std::os::unix::fs::{DirBuilderExt, MetadataExt, OpenOptionsExt};
use std::path::{Path, PathBuf};

/// What the journal asks of a disk.
pub trait Disk: Send {
    /// Names of the files in a folder; none where there is no such folder.
    fn list(&self, folder: &Path) -> io::Result<Vec<String>>;
    /// The whole of a file.
    fn read(&self, file: &Path) -> io::Result<Vec<u8>>;
    /// Adds to the end of a file, which is made where it is not there.
    fn append(&mut self, file: &Path, bytes: &[u8]) -> io::Result<()>;
    /// Makes what was added last.
    fn sync(&mut self, file: &Path) -> io::Result<()>;
    /// Makes the names in a folder last.
    fn sync_folder(&mut self, folder: &Path) -> io::Result<()>;
    /// Cuts a file off.
    fn truncate(&mut self, file: &Path, length: u64) -> io::Result<()>;
    /// Whether the file appended to is still the one its path names, and as long as it was left.
    fn is_same(&self, file: &Path, length: u64) -> io::Result<bool>;
}

/// The file system.
#[derive(Debug, Default)]
pub struct RealDisk {
    open: Option<(PathBuf, File)>,
}

impl RealDisk {
    fn file(&mut self, path: &Path) -> io::Result<&mut File> {
        if self.open.as_ref().is_none_or(|(open, _)| open != path) {
            let open = || OpenOptions::new().append(true).create(true).mode(0o600).open(path);
            let file = open().or_else(|error| match (error.kind(), path.parent()) {
                // The folder of a journal that was deleted; not the one around it, which may have been moved.
                (io::ErrorKind::NotFound, Some(folder)) => {
                    DirBuilder::new().mode(0o700).create(folder).and_then(|()| open())
                }
                _ => Err(error),
            })?;
            self.open = Some((path.to_owned(), file));
        }
        self.open.as_mut().map(|(_, file)| file).ok_or_else(|| io::Error::other("no open file"))
    }
}

impl Disk for RealDisk {
    fn list(&self, folder: &Path) -> io::Result<Vec<String>> {
        match std::fs::read_dir(folder) {
            Ok(entries) => {
                entries.map(|entry| Ok(entry?.file_name().to_string_lossy().into_owned())).collect()
            }
            Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(Vec::new()),
            Err(error) => Err(error),
        }
    }

    fn read(&self, file: &Path) -> io::Result<Vec<u8>> {
        std::fs::read(file)
    }

    fn append(&mut self, file: &Path, bytes: &[u8]) -> io::Result<()> {
        self.file(file)?.write_all(bytes)
    }

    fn sync(&mut self, file: &Path) -> io::Result<()> {
        self.file(file)?.sync_data()
    }

    fn sync_folder(&mut self, folder: &Path) -> io::Result<()> {
        File::open(folder)?.sync_all()
    }

    fn truncate(&mut self, file: &Path, length: u64) -> io::Result<()> {
        let file = self.file(file)?;
        file.set_len(length)?;
        file.sync_all()
    }

    fn is_same(&self, file: &Path, length: u64) -> io::Result<bool> {
        let named = match std::fs::metadata(file) {
            Ok(named) => Some(named),
            Err(error) if error.kind() == io::ErrorKind::NotFound => None,
            Err(error) => return Err(error),
        };
        let as_long = named.as_ref().map_or(0, std::fs::Metadata::len) == length;
        let Some((_, open)) = self.open.as_ref().filter(|(path, _)| path == file) else { return Ok(as_long) };
        let held = open.metadata()?;
        let same = named.is_some_and(|named| (named.dev(), named.ino()) == (held.dev(), held.ino()));
        Ok(same && as_long)
    }
}
