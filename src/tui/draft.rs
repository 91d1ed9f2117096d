//! Drafts: what was typed and not yet saved, kept in the person's own folder on every pause.

use std::fs;
use std::os::unix::fs::OpenOptionsExt;
use std::path::PathBuf;

use serde::{Deserialize, Serialize};

/// A form that was not saved.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Draft {
    /// The folder of the book it is for.
    pub book: String,
    /// The register.
    pub register: String,
    /// The serial of the entry; none for a new one.
    pub entry: Option<String>,
    /// Field ids with what was typed, as JSON of the value.
    pub fields: Vec<(String, serde_json::Value)>,
}

/// Where drafts are kept.
#[derive(Debug, Clone, Default)]
pub struct Drafts {
    /// The person's state folder; none where there is none to write to.
    folder: Option<PathBuf>,
    book: String,
}

impl Drafts {
    /// Keeps drafts of a book in a folder.
    pub fn new(folder: Option<PathBuf>, book: String) -> Self {
        Self { folder, book }
    }

    /// The book they are for.
    pub fn book(&self) -> &str {
        &self.book
    }

    /// Keeps the draft, in place of an earlier one of the same form. A draft that cannot be kept is not:
    /// the form is on screen still.
    pub fn keep(&self, draft: &Draft) {
        let Some(path) = self.path() else { return };
        let mut drafts = self.all();
        drafts.retain(|other| !same_form(other, draft));
        drafts.push(draft.clone());
        Self::write(&path, &drafts);
    }

    /// Forgets the draft of a form.
    pub fn forget(&self, register: &str, entry: Option<&str>) {
        let Some(path) = self.path() else { return };
        let mut drafts = self.all();
        let before = drafts.len();
        let book = &self.book;
        drafts.retain(|draft| {
            !(draft.book == *book && draft.register == register && draft.entry.as_deref() == entry)
        });
        if drafts.len() < before {
            Self::write(&path, &drafts);
        }
    }

    /// The drafts of this book, the latest last.
    pub fn of_book(&self) -> Vec<Draft> {
        let mut drafts = self.all();
        drafts.retain(|draft| draft.book == self.book);
        drafts
    }

    fn all(&self) -> Vec<Draft> {
        let text = self.path().and_then(|path| fs::read_to_string(path).ok());
        text.and_then(|text| serde_json::from_str(&text).ok()).unwrap_or_default()
    }

    fn path(&self) -> Option<PathBuf> {
        self.folder.as_ref().map(|folder| folder.join("drafts.json"))
    }

    fn write(path: &std::path::Path, drafts: &[Draft]) {
        use std::io::Write;
        let Some(folder) = path.parent() else { return };
        let Ok(text) = serde_json::to_vec(drafts) else { return };
        let beside = path.with_extension("new");
        let _ = fs::create_dir_all(folder);
        let file = fs::OpenOptions::new().write(true).create(true).truncate(true).mode(0o600).open(&beside);
        if file.and_then(|mut file| file.write_all(&text)).is_ok() {
            let _ = fs::rename(&beside, path);
        }
    }
}

fn same_form(a: &Draft, b: &Draft) -> bool {
    (&a.book, &a.register, &a.entry) == (&b.book, &b.register, &b.entry)
}
