//! What one has looked for: the last look-ups, and those that are pinned, kept in the person's own folder.

use std::path::PathBuf;

use serde::{Deserialize, Serialize};

use super::draft;

/// How many look-ups are kept that nobody pinned.
const KEPT: usize = 20;

/// The look-ups of one book.
#[derive(Debug, Clone, Default)]
pub struct LookUps {
    folder: Option<PathBuf>,
    book: String,
    /// Pinned ones, in the order in which they were pinned.
    pub pinned: Vec<String>,
    /// Others, the latest last.
    pub used: Vec<String>,
}

/// The look-ups of a book, as the file has them.
#[derive(Debug, Clone, Serialize, Deserialize)]
struct Kept {
    book: String,
    #[serde(default)]
    pinned: Vec<String>,
    #[serde(default)]
    used: Vec<String>,
}

impl LookUps {
    /// Those of a book, kept in a folder.
    pub fn new(folder: Option<PathBuf>, book: String) -> Self {
        let mut look_ups = Self { folder, book, ..Self::default() };
        if let Some(kept) = look_ups.all().into_iter().find(|kept| kept.book == look_ups.book) {
            (look_ups.pinned, look_ups.used) = (kept.pinned, kept.used);
        }
        look_ups
    }

    /// Remembers one that led somewhere.
    pub fn remember(&mut self, text: &str) {
        let text = text.trim();
        if text.is_empty() || self.pinned.iter().any(|pinned| pinned == text) {
            return;
        }
        self.used.retain(|used| used != text);
        self.used.push(text.to_owned());
        let over = self.used.len().saturating_sub(KEPT);
        self.used.drain(..over);
        self.write();
    }

    /// Pins one, or lets it go where it is pinned; says whether it is pinned now.
    pub fn pin(&mut self, text: &str) -> bool {
        let text = text.trim();
        let before = self.pinned.len();
        self.pinned.retain(|pinned| pinned != text);
        let pins = before == self.pinned.len();
        if pins {
            self.pinned.push(text.to_owned());
            self.used.retain(|used| used != text);
            self.write();
        } else {
            self.remember(text);
        }
        pins
    }

    /// Pinned ones first, then the others, the latest first.
    pub fn shown(&self) -> Vec<(bool, String)> {
        let pinned = self.pinned.iter().map(|text| (true, text.clone()));
        pinned.chain(self.used.iter().rev().map(|text| (false, text.clone()))).collect()
    }

    fn all(&self) -> Vec<Kept> {
        let text = self.path().and_then(|path| std::fs::read_to_string(path).ok());
        text.and_then(|text| serde_json::from_str(&text).ok()).unwrap_or_default()
    }

    fn path(&self) -> Option<PathBuf> {
        self.folder.as_ref().map(|folder| folder.join("lookups.json"))
    }

    fn write(&self) {
        let Some(path) = self.path() else { return };
        let mut all = self.all();
        all.retain(|kept| kept.book != self.book);
        let (book, pinned, used) = (self.book.clone(), self.pinned.clone(), self.used.clone());
        all.push(Kept { book, pinned, used });
        if let Ok(text) = serde_json::to_vec(&all) {
            draft::put(&path, &text);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pinned_ones_stand_first_and_last() {
        let folder = tempfile::tempdir().unwrap();
        let open = |book: &str| LookUps::new(Some(folder.path().to_owned()), book.to_owned());
        let mut look_ups = open("a");
        for text in ["墨盒", " 6.1.2 ", "墨盒", ""] {
            look_ups.remember(text);
        }
        assert!(look_ups.pin("6.1.2"));
        open("b").remember("火灾");
        let words = |look_ups: &LookUps| {
            let shown = look_ups.shown().into_iter();
            shown.map(|(pinned, text)| format!("{}{text}", if pinned { "*" } else { "" })).collect::<Vec<_>>()
        };
        assert_eq!(words(&open("a")), ["*6.1.2", "墨盒"]);
        assert!(!open("a").pin("6.1.2"));
        assert_eq!(words(&open("a")), ["6.1.2", "墨盒"]);
        assert_eq!(words(&open("b")), ["火灾"]);
    }
}
