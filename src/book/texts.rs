//! Every text of a book, kept once.
//!
//! Registers repeat themselves: a hundred thousand entries hold far fewer different texts. Entries
//! hold numbers instead, so a search looks at each text once and memory stays small.

use std::hash::{BuildHasher, Hash};
use std::sync::Arc;

use hashbrown::{DefaultHashBuilder, HashTable};

use crate::scoring::{Evaluation, Judged, Occasion, Residual};

/// The number of a text in its [`Texts`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct TextId(pub(super) u32);

impl TextId {
    /// The number of no text.
    pub const NONE: TextId = TextId(u32::MAX);

    /// Position in tables that hold something for every text.
    pub fn index(self) -> usize {
        self.0 as usize
    }

    /// The number itself.
    pub fn number(self) -> u32 {
        self.0
    }
}

/// All that a book keeps once.
#[derive(Debug, Clone, Default)]
pub struct Pool {
    /// Its texts.
    pub texts: Texts,
    /// What was chosen and what came out.
    pub judged: Once<Judged>,
    /// Who evaluated, when, resting on what.
    pub occasions: Once<Occasion>,
    /// Evaluations with the controls in place.
    pub residuals: Once<Residual>,
}

impl Pool {
    /// The same evaluation, made of parts that are kept once.
    pub fn share(&mut self, evaluation: &Evaluation) -> Evaluation {
        Evaluation {
            judged: self.judged.share(&evaluation.judged),
            occasion: self.occasions.share(&evaluation.occasion),
            residual: evaluation.residual.as_ref().map(|residual| self.residuals.share(residual)),
        }
    }
}

/// The texts of a book. A text is never removed while the book is open, and numbers follow from the order
/// in which they came: the same commits give the same numbers.
#[derive(Debug, Clone, Default)]
pub struct Texts {
    /// All of them, one behind the other.
    bytes: String,
    /// Where each ends.
    ends: Vec<usize>,
    numbers: HashTable<u32>,
    hasher: DefaultHashBuilder,
}

impl Texts {
    /// The number of `text`, which is taken in where it is new.
    pub fn intern(&mut self, text: &str) -> TextId {
        self.id(text).unwrap_or_else(|| self.push(text))
    }

    /// Takes in a text that is known to be new.
    pub(super) fn push(&mut self, text: &str) -> TextId {
        let number = u32::try_from(self.ends.len()).unwrap_or(u32::MAX);
        self.bytes.push_str(text);
        self.ends.push(self.bytes.len());
        let Self { bytes, ends, numbers, hasher } = self;
        let hash = |number: &u32| hasher.hash_one(slice(bytes, ends, *number));
        numbers.insert_unique(hasher.hash_one(text), number, hash);
        TextId(number)
    }

    /// The number of `text`, where the book holds it.
    pub fn id(&self, text: &str) -> Option<TextId> {
        let same = |number: &u32| slice(&self.bytes, &self.ends, *number) == text;
        self.numbers.find(self.hasher.hash_one(text), same).copied().map(TextId)
    }

    /// The text with this number.
    pub fn get(&self, id: TextId) -> &str {
        slice(&self.bytes, &self.ends, id.0)
    }

    /// The texts with numbers from `first` on.
    pub fn from(&self, first: usize) -> impl Iterator<Item = &str> {
        (first..self.len())
            .map(|number| slice(&self.bytes, &self.ends, u32::try_from(number).unwrap_or(u32::MAX)))
    }

    /// The text with this number, if there is one; [`TextId::NONE`] stays what it is.
    pub fn numbered(&self, number: u32) -> Option<TextId> {
        let id = TextId(number);
        (id.index() < self.ends.len() || id == TextId::NONE).then_some(id)
    }

    /// How many different texts there are; numbers run from 0 to this.
    pub fn len(&self) -> usize {
        self.ends.len()
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.ends.is_empty()
    }
}

fn slice<'a>(bytes: &'a str, ends: &[usize], number: u32) -> &'a str {
    let number = number as usize;
    let begin = number.checked_sub(1).and_then(|before| ends.get(before)).copied().unwrap_or(0);
    ends.get(number).and_then(|end| bytes.get(begin..*end)).unwrap_or("")
}

/// Whatever else repeats itself, each kept once and numbered as it came.
#[derive(Debug, Clone)]
pub struct Once<T> {
    all: Vec<Arc<T>>,
    numbers: HashTable<u32>,
    hasher: DefaultHashBuilder,
}

impl<T> Default for Once<T> {
    fn default() -> Self {
        Self { all: Vec::new(), numbers: HashTable::new(), hasher: DefaultHashBuilder::default() }
    }
}

impl<T: Eq + Hash> Once<T> {
    /// The one that is kept of all that equal `item`.
    pub fn share(&mut self, item: &Arc<T>) -> Arc<T> {
        if let Some(kept) = self.number(item).and_then(|number| self.get(number)) {
            return Arc::clone(kept);
        }
        self.push(Arc::clone(item));
        Arc::clone(item)
    }

    /// Takes in one that is known to be new.
    pub(super) fn push(&mut self, item: Arc<T>) {
        let number = u32::try_from(self.all.len()).unwrap_or(u32::MAX);
        let Self { all, numbers, hasher } = self;
        let own = hasher.hash_one(&*item);
        all.push(item);
        let hash = |number: &u32| all.get(*number as usize).map_or(0, |item| hasher.hash_one(&**item));
        numbers.insert_unique(own, number, hash);
    }

    /// The number of an equal one.
    pub fn number(&self, item: &T) -> Option<u32> {
        let same = |number: &u32| self.get(*number).is_some_and(|kept| **kept == *item);
        self.numbers.find(self.hasher.hash_one(item), same).copied()
    }

    /// The one with this number.
    pub fn get(&self, number: u32) -> Option<&Arc<T>> {
        self.all.get(number as usize)
    }

    /// Those with numbers from `first` on.
    pub fn from(&self, first: usize) -> &[Arc<T>] {
        self.all.get(first..).unwrap_or(&[])
    }

    /// How many there are.
    pub fn len(&self) -> usize {
        self.all.len()
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.all.is_empty()
    }
}
