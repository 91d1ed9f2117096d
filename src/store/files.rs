//! Files beside a book: each content once, under its SHA-256.

use std::fs::{self, DirBuilder, File, OpenOptions};
use std::io::{self, Write};
use std::os::unix::fs::{DirBuilderExt, OpenOptionsExt};
use std::path::Path;

use super::chain;
use super::error::StoreError;
use super::folder::Folder;
use crate::book::FileRef;

const FILES: &str = "files";

impl Folder {
    /// Keeps a copy of a file; when this returns, it lasts. A commit that names it comes after.
    pub fn keep(&self, path: &Path) -> Result<FileRef, StoreError> {
        let content = fs::read(path).map_err(|error| StoreError::io(path, error))?;
        let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
        let kept = FileRef { name, size: content.len() as u64, sha256: chain::hash("", &content) };
        if !self.holds(&kept) {
            let files = self.join(FILES);
            self.write(&files, &kept.sha256, &content).map_err(|error| StoreError::io(&files, error))?;
        }
        Ok(kept)
    }

    /// Whether the content of a file is here, as it was.
    pub fn holds(&self, file: &FileRef) -> bool {
        self.content(file).is_some()
    }

    /// The content of a file that is here as it was.
    pub fn content(&self, file: &FileRef) -> Option<Vec<u8>> {
        let content = fs::read(self.join(FILES).join(&file.sha256)).ok().filter(|_| file.is_sound())?;
        (chain::hash("", &content) == file.sha256).then_some(content)
    }

    fn write(&self, files: &Path, name: &str, content: &[u8]) -> io::Result<()> {
        DirBuilder::new().recursive(true).mode(0o700).create(files)?;
        // Under its own name only when it is whole.
        let (part, whole) = (files.join(format!("{name}.part")), files.join(name));
        let mut file = OpenOptions::new().write(true).create(true).truncate(true).mode(0o600).open(&part)?;
        file.write_all(content)?;
        file.sync_all()?;
        fs::rename(&part, &whole)?;
        File::open(files)?.sync_all()?;
        File::open(self.path())?.sync_all()
    }
}
