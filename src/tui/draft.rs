//! Drafts: what was typed and not yet saved, kept in the person's own folder on every pause.

use std::fs;
use std::io::Write;
use std::os::unix::fs::OpenOptionsExt;
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

/// What a draft is of.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Sheet {
    /// The register.
    pub register: String,
    /// The serial of the entry; none for a new one.
    pub entry: Option<String>,
    /// The serials of the others, where one field of several is changed.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub others: Vec<String>,
    /// Whether it is a new entry that began as a copy of that one.
    #[serde(default)]
    pub copy: bool,
    /// The one field; none for the whole form.
    #[serde(default)]
    pub field: Option<String>,
}

/// A sheet that was not saved.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Draft {
    /// The folder of the book it is for.
    pub book: String,
    /// What it is of.
    #[serde(flatten)]
    pub sheet: Sheet,
    /// When it was kept, in seconds since 1970 UTC.
    #[serde(default)]
    pub at: i64,
    /// What was typed.
    pub fields: Vec<DraftField>,
}

/// A field of a draft.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct DraftField {
    /// Its id.
    pub id: String,
    /// What was typed, as JSON of the value.
    pub typed: serde_json::Value,
    /// What stood there when it was typed.
    pub over: serde_json::Value,
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

    /// Keeps what was typed, in place of an earlier draft of the same sheet. A draft that cannot be kept is
    /// not: the sheet is on screen still.
    pub fn keep(&self, sheet: Sheet, at: i64, fields: Vec<DraftField>) {
        let draft = Draft { book: self.book.clone(), sheet, at, fields };
        let mut drafts = self.all();
        let known = drafts.iter().find(|other| self.is_of(other, &draft.sheet));
        if known.is_some_and(|known| known.fields == draft.fields) {
            return;
        }
        drafts.retain(|other| !self.is_of(other, &draft.sheet));
        drafts.push(draft);
        self.write(&drafts);
    }

    /// Keeps one field in the draft of a sheet; what else is in it stays.
    pub fn keep_field(&self, sheet: &Sheet, at: i64, field: DraftField) {
        let mut fields = self.find(sheet).map(|draft| draft.fields).unwrap_or_default();
        match fields.iter_mut().find(|known| known.id == field.id) {
            Some(known) => *known = field,
            None => fields.push(field),
        }
        self.keep(sheet.clone(), at, fields);
    }

    /// Forgets the draft of a sheet.
    pub fn forget(&self, sheet: &Sheet) {
        self.forget_all(std::slice::from_ref(sheet));
    }

    /// Forgets the drafts of several sheets.
    pub fn forget_all(&self, sheets: &[Sheet]) {
        let mut drafts = self.all();
        let before = drafts.len();
        drafts.retain(|draft| !sheets.iter().any(|sheet| self.is_of(draft, sheet)));
        if drafts.len() < before {
            self.write(&drafts);
        }
    }

    /// What was typed into one field of a sheet, in words.
    pub fn words(&self, sheet: &Sheet, id: &str) -> Option<String> {
        let field = self.find(sheet)?.fields.into_iter().find(|field| field.id == id)?;
        field.typed.as_str().map(str::to_owned)
    }

    /// Forgets one field in the draft of a sheet.
    pub fn forget_field(&self, sheet: &Sheet, id: &str) {
        let mut drafts = self.all();
        let before = drafts.clone();
        for draft in drafts.iter_mut().filter(|draft| self.is_of(draft, sheet)) {
            draft.fields.retain(|field| field.id != id);
        }
        drafts.retain(|draft| !draft.fields.is_empty());
        if drafts != before {
            self.write(&drafts);
        }
    }

    /// The draft of a sheet.
    pub fn find(&self, sheet: &Sheet) -> Option<Draft> {
        self.all().into_iter().find(|draft| self.is_of(draft, sheet))
    }

    /// The drafts of this book, the latest last.
    pub fn of_book(&self) -> Vec<Draft> {
        let mut drafts = self.all();
        drafts.retain(|draft| draft.book == self.book);
        drafts
    }

    fn is_of(&self, draft: &Draft, sheet: &Sheet) -> bool {
        draft.book == self.book && draft.sheet == *sheet
    }

    fn all(&self) -> Vec<Draft> {
        let text = self.path().and_then(|path| fs::read_to_string(path).ok());
        text.and_then(|text| serde_json::from_str(&text).ok()).unwrap_or_default()
    }

    fn path(&self) -> Option<PathBuf> {
        self.folder.as_ref().map(|folder| folder.join("drafts.json"))
    }

    fn write(&self, drafts: &[Draft]) {
        let (Some(path), Ok(text)) = (self.path(), serde_json::to_vec(drafts)) else { return };
        put(&path, &text);
    }
}

/// Puts a file of the person's own in the place of the one before; where that fails, the one before stays.
pub(super) fn put(path: &Path, text: &[u8]) {
    let beside = path.with_extension("new");
    let _ = fs::create_dir_all(path.parent().unwrap_or(Path::new(".")));
    let file = fs::OpenOptions::new().write(true).create(true).truncate(true).mode(0o600).open(&beside);
    if file.and_then(|mut file| file.write_all(text)).is_ok() {
        let _ = fs::rename(&beside, path);
    }
}
