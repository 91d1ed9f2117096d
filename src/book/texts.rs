//! Every text of a book, kept once.
//!
//! Registers repeat themselves: a hundred thousand entries hold far fewer different texts. Entries
//! hold numbers instead, so a search looks at each text once and memory stays small.

use std::collections::HashMap;
use std::sync::Arc;

/// The number of a text in its [`Texts`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct TextId(u32);

impl TextId {
    /// The number of no text.
    pub const NONE: TextId = TextId(u32::MAX);

    /// Position in tables that hold something for every text.
    pub fn index(self) -> usize {
        self.0 as usize
    }
}

/// The texts of a book. A text is never removed while the book is open.
#[derive(Debug, Clone, Default)]
pub struct Texts {
    texts: Vec<Arc<str>>,
    ids: HashMap<Arc<str>, TextId>,
}

impl Texts {
    /// The number of `text`, which is taken in where it is new.
    pub fn intern(&mut self, text: &str) -> TextId {
        if let Some(id) = self.ids.get(text) {
            return *id;
        }
        let id = TextId(u32::try_from(self.texts.len()).unwrap_or(u32::MAX));
        let text: Arc<str> = text.into();
        self.texts.push(Arc::clone(&text));
        self.ids.insert(text, id);
        id
    }

    /// The number of `text`, where the book holds it.
    pub fn id(&self, text: &str) -> Option<TextId> {
        self.ids.get(text).copied()
    }

    /// The text with this number.
    pub fn get(&self, id: TextId) -> &str {
        self.texts.get(id.index()).map_or("", |text| text)
    }

    /// How many different texts there are; numbers run from 0 to this.
    pub fn len(&self) -> usize {
        self.texts.len()
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.texts.is_empty()
    }
}
