//! Definitions that come into force: how they reach the journal, and the folder beside it.
//!
//! A rule that is changed from inside the program is first laid aside in its folder, then journalled with reason and
//! approver, and only then put in place. Whoever dies in between leaves either a file laid aside that the journal
//! does not know, which the next opening throws away, or one that the journal has, which the next opening puts
//! in place: a change never happens without its reason, and a reason is never lost.

use std::collections::BTreeMap;
use std::fs::{self, DirBuilder, File, OpenOptions};
use std::io::{self, Write};
use std::os::unix::fs::{DirBuilderExt, OpenOptionsExt};
use std::path::{Path, PathBuf};

use super::access::Access;
use super::chain::Define;
use super::error::StoreError;
use super::folder::Folder;
use crate::book::{Book, Commit, Origin, Way};
use crate::catalogue::ready;
use crate::definition::{Definitions, SourceFile, SourceKind};

/// The texts of definition files that the journal has in force.
pub type Defined = BTreeMap<(SourceKind, String), String>;

/// Begins the name of a file laid aside, and ends it.
const ASIDE: (&str, &str) = (".", ".next");

/// What the journal has to be told so that it has `now` in force in place of `before`.
pub fn defines(before: &Defined, now: &[SourceFile]) -> Vec<Define> {
    let key = |file: &SourceFile| (file.kind, file.name.clone());
    let changed = now.iter().filter(|file| before.get(&key(file)) != Some(&file.text));
    let define = |kind, name, text| Define { kind, name, text };
    let changed = changed.map(|file| define(file.kind, file.name.clone(), Some(file.text.clone())));
    let gone = before.keys().filter(|before| !now.iter().any(|file| key(file) == **before));
    changed.chain(gone.map(|(kind, name)| define(*kind, name.clone(), None))).collect()
}

/// The files as the journal would have them.
pub fn defined(files: &[SourceFile]) -> Defined {
    files.iter().map(|file| ((file.kind, file.name.clone()), file.text.clone())).collect()
}

/// Methods among `before` that `now` has other texts for, or none.
pub fn leaving(before: &Defined, now: &[SourceFile]) -> Vec<String> {
    let stays = |text: &String| now.iter().any(|file| file.text == *text);
    let methods = before.iter().filter(|((kind, _), _)| *kind == SourceKind::Method);
    methods.map(|(_, text)| text).filter(|text| !stays(text)).cloned().collect()
}

impl Access {
    /// Journals definitions that differ from `before`, and nothing else: the one way in which they come into force.
    /// Gives the commit.
    pub fn define(
        &mut self,
        book: &mut Book,
        (before, now): (&Defined, &Definitions),
        origin: Origin,
        (way, why): (Way, Option<String>),
    ) -> Result<Commit, StoreError> {
        let commit = Commit {
            seq: book.seq() + 1,
            clock_went_back: origin.utc.timestamp() < book.last_utc(),
            origin,
            way,
            why,
            definitions: now.hash().to_owned(),
            changes: Vec::new(),
        };
        self.write_with(&commit, defines(before, now.sources()))?;
        book.apply(&commit)?;
        self.keep_defined(book, &commit, leaving(before, now.sources()));
        Ok(commit)
    }
}

impl Folder {
    /// The organisation's definitions as the journal has them: what is laid aside and journalled counts as in place.
    pub fn own_definitions(&self, defined: &Defined) -> Result<Definitions, StoreError> {
        let mut files = self.definitions()?;
        for file in self.laid_aside() {
            if is_journalled(&file, defined) {
                files.retain(|other| (other.kind, &other.name) != (file.kind, &file.name));
                files.push(file);
            }
        }
        Ok(ready(files)?)
    }

    /// Lays a definition aside, whole and synced, until the journal has it.
    pub fn lay_aside(&self, file: &SourceFile) -> Result<(), StoreError> {
        let (folder, path) = (self.join(file.kind.folder()), self.aside(file.kind, &file.name));
        let written = || -> io::Result<()> {
            DirBuilder::new().recursive(true).mode(0o700).create(&folder)?;
            let mut out =
                OpenOptions::new().write(true).create(true).truncate(true).mode(0o600).open(&path)?;
            out.write_all(file.text.as_bytes())?;
            out.sync_all()?;
            File::open(&folder)?.sync_all()?;
            File::open(self.path())?.sync_all()
        };
        written().map_err(|error| StoreError::io(&path, error))
    }

    /// Whether anything was laid aside and not put in place.
    pub fn is_unsettled(&self) -> bool {
        !self.laid_aside().is_empty()
    }

    /// Puts in place what was laid aside and journalled, and throws the rest away.
    pub fn settle(&self, defined: &Defined) -> Result<(), StoreError> {
        for file in self.laid_aside() {
            let (folder, aside) = (self.join(file.kind.folder()), self.aside(file.kind, &file.name));
            let settled = if is_journalled(&file, defined) {
                fs::rename(&aside, folder.join(&file.name))
            } else {
                fs::remove_file(&aside)
            };
            let settled = settled.and_then(|()| File::open(&folder)?.sync_all());
            settled.map_err(|error| StoreError::io(&aside, error))?;
        }
        Ok(())
    }

    fn laid_aside(&self) -> Vec<SourceFile> {
        SourceKind::ALL.into_iter().flat_map(|kind| aside_in(&self.join(kind.folder()), kind)).collect()
    }

    fn aside(&self, kind: SourceKind, name: &str) -> PathBuf {
        self.join(kind.folder()).join(format!("{}{name}{}", ASIDE.0, ASIDE.1))
    }
}

fn is_journalled(file: &SourceFile, defined: &Defined) -> bool {
    defined.get(&(file.kind, file.name.clone())) == Some(&file.text)
}

/// What is laid aside in a folder; a file that was torn while it was written is no text the journal has.
fn aside_in(folder: &Path, kind: SourceKind) -> Vec<SourceFile> {
    let entries = fs::read_dir(folder).into_iter().flatten().flatten();
    let file = |entry: fs::DirEntry| {
        let name = entry.file_name().to_string_lossy().into_owned();
        let name = name.strip_prefix(ASIDE.0)?.strip_suffix(ASIDE.1)?.to_owned();
        let text = String::from_utf8_lossy(&fs::read(entry.path()).ok()?).into_owned();
        Some(SourceFile { kind, name, text })
    };
    entries.filter_map(file).collect()
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::super::trial::{MARKER, origin};
    use super::*;
    use crate::store::{Opened, open};

    fn opened(folder: &Folder) -> Opened {
        open(folder, &origin(), Duration::from_secs(5)).unwrap()
    }

    fn second_edition() -> SourceFile {
        let (_, text) = crate::scoring::builtin().iter().find(|(name, _)| *name == "lec.toml").unwrap();
        let text = text.replace("edition = 1", "edition = 2");
        SourceFile { kind: SourceKind::Method, name: "lec.toml".to_owned(), text }
    }

    fn edition(opened: &Opened) -> u32 {
        opened.definitions.methods().get("lec").unwrap().edition
    }

    fn book() -> (tempfile::TempDir, Folder) {
        let place = tempfile::tempdir().unwrap();
        let folder = Folder::at(place.path());
        folder.create(MARKER).unwrap();
        drop(opened(&folder));
        (place, folder)
    }

    #[test]
    fn what_was_laid_aside_and_never_journalled_never_happened() {
        let (_place, folder) = book();
        folder.lay_aside(&second_edition()).unwrap();
        assert!(folder.is_unsettled());
        // Who only looks changes nothing and sees what is in force.
        assert_eq!(edition(&crate::store::read(&folder).unwrap()), 1);
        assert!(folder.is_unsettled());
        let again = opened(&folder);
        assert_eq!((edition(&again), again.book.seq(), folder.is_unsettled()), (1, 1, false));
        assert!(folder.definitions().unwrap().is_empty());
        // Half a file is none.
        drop(again);
        fs::write(folder.aside(SourceKind::Method, "lec.toml"), "id = \"le").unwrap();
        assert_eq!((edition(&opened(&folder)), folder.is_unsettled()), (1, false));
    }

    #[test]
    fn what_the_journal_has_is_put_in_place_by_the_next_opening() {
        let (_place, folder) = book();
        let mut first = opened(&folder);
        let file = second_edition();
        folder.lay_aside(&file).unwrap();
        let now = first.definitions.with(file.clone()).unwrap();
        let before = defined(first.definitions.sources());
        let way = (Way::Command, Some("门槛".to_owned()));
        let commit = first.access.define(&mut first.book, (&before, &now), origin(), way).unwrap();
        // Here the program dies: the file is not in place, the journal has it with its reason.
        drop(first);
        assert_eq!(edition(&crate::store::read(&folder).unwrap()), 2);
        let again = opened(&folder);
        assert_eq!((edition(&again), again.book.seq(), folder.is_unsettled()), (2, commit.seq, false));
        assert_eq!(folder.definitions().unwrap(), [file]);
        assert_eq!(again.access.commit_at(commit.seq, None).unwrap().why.as_deref(), Some("门槛"));
        assert!(again.definitions.methods().edition("lec", 1).is_some(), "old evaluations are proved by it");
        drop(again);
        // And from the state alone.
        let third = opened(&folder);
        assert_eq!((edition(&third), third.book.seq()), (2, commit.seq));
        assert!(third.definitions.methods().edition("lec", 1).is_some());
    }
}
