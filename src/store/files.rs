//! Files beside a book: each content once, under its SHA-256.

use std::fs::{self, DirBuilder, File, OpenOptions};
use std::io::{self, Read, Write};
use std::os::unix::fs::{DirBuilderExt, OpenOptionsExt};
use std::path::Path;

use sha2::{Digest as _, Sha256};

use super::chain;
use super::error::StoreError;
use super::folder::Folder;
use crate::book::FileRef;
use crate::wording::{Tell as _, message};

const FILES: &str = "files";

/// The largest file that is kept, in bytes: a scan or a photo, not a film.
const LARGEST: u64 = 256 << 20;
/// What a file is called that is not whole yet.
const PART: &str = "part";

impl Folder {
    /// Keeps a copy of a file; when this returns, it lasts. A commit that names it comes after.
    pub fn keep(&self, path: &Path) -> Result<FileRef, StoreError> {
        let why = match fs::metadata(path) {
            Err(error) => Some(error.message()),
            Ok(about) if about.is_dir() => Some(message!("system-folder")),
            Ok(about) if !about.is_file() => Some(message!("store-device")),
            Ok(about) if about.len() == 0 => Some(message!("store-empty-file")),
            Ok(about) if about.len() > LARGEST => Some(message!("store-large-file", most = LARGEST >> 20)),
            Ok(_) => None,
        };
        if let Some(why) = why {
            return Err(StoreError::NotKept { path: path.display().to_string(), why });
        }
        let source = File::open(path).map_err(|error| StoreError::io(path, error))?;
        let files = self.join(FILES);
        let part = files.join(format!("{}.{PART}", std::process::id()));
        let copied = Self::prepare(&files).and_then(|()| copied(source, &part));
        let done = copied.and_then(|(size, sha256)| {
            let name = path.file_name().unwrap_or_default().to_string_lossy();
            let name = name.chars().map(|c| if c.is_control() { '_' } else { c }).collect();
            let kept = FileRef { name, size, sha256 };
            if self.holds(&kept) {
                fs::remove_file(&part)?;
            } else {
                // Under its own name only when it is whole.
                fs::rename(&part, files.join(&kept.sha256))?;
                File::open(&files)?.sync_all()?;
                File::open(self.path())?.sync_all()?;
            }
            Ok(kept)
        });
        done.map_err(|error| {
            let _ = fs::remove_file(&part);
            StoreError::io(&files, error)
        })
    }

    /// Makes the folder of files, and clears it of what a process that was killed left half-way.
    fn prepare(files: &Path) -> io::Result<()> {
        DirBuilder::new().recursive(true).mode(0o700).create(files)?;
        for entry in fs::read_dir(files)? {
            let path = entry?.path();
            if path.extension().is_some_and(|ending| ending == PART) {
                fs::remove_file(path)?;
            }
        }
        Ok(())
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
}

/// Copies a file and makes it last; gives its size and its SHA-256.
fn copied(mut source: File, to: &Path) -> io::Result<(u64, String)> {
    let mut file = OpenOptions::new().write(true).create_new(true).mode(0o600).open(to)?;
    let (mut sha, mut size, mut buffer) = (Sha256::new(), 0, vec![0; 1 << 16]);
    loop {
        let read = source.read(&mut buffer)?;
        let bytes = buffer.get(..read).unwrap_or_default();
        if bytes.is_empty() {
            file.sync_all()?;
            return Ok((size, chain::hex(&sha.finalize())));
        }
        sha.update(bytes);
        file.write_all(bytes)?;
        size += bytes.len() as u64;
    }
}
