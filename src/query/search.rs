//! Where a needle is looked for: in every word of the book at once, or in those of an entry when it is asked.

use std::sync::Arc;

use super::compile::Filter;
use super::index::{Hits, Index, Words};
use super::matching::Prepared;
use super::needle::Needle;
use crate::book::{Book, EntryKey, TextId};
use crate::definition::Definitions;
use crate::scoring::Judged;

/// The words of a book, and how they are looked through.
pub(super) enum Search<'a> {
    /// Each distinct word once, for many entries: which of them each needle is in.
    Whole(&'a Index, Vec<Hits>),
    /// Those of the entry that is asked, for a few.
    Each(&'a Index),
}

impl<'a> Search<'a> {
    /// Looks through all words for the needles of a filter.
    pub(super) fn whole(
        filter: &Filter,
        (book, definitions): (&'a Book, &'a Definitions),
        words: &'a Words,
    ) -> Self {
        let index = words.of(book, definitions);
        Search::Whole(
            index,
            filter.needles.iter().map(|needle| index.hits(needle, book, definitions)).collect(),
        )
    }
}

impl Prepared<'_> {
    /// Whether a needle stands anywhere in an entry, or in one field of it.
    pub(super) fn says(&self, number: usize, key: EntryKey, field: Option<usize>) -> bool {
        match &self.search {
            Some(Search::Whole(index, hits)) => hits.get(number).is_some_and(|hits| match field {
                Some(field) => index.in_field(key, field, hits),
                None => index.anywhere(key, hits),
            }),
            Some(Search::Each(index)) => self
                .needle(number)
                .is_some_and(|needle| index.says((key, field), needle, (self.book, self.definitions))),
            None => false,
        }
    }

    /// Whether a needle stands in a text of the book.
    pub(super) fn says_text(&self, number: usize, text: TextId) -> bool {
        match &self.search {
            Some(Search::Whole(_, hits)) => hits.get(number).is_some_and(|hits| hits.text(text)),
            Some(Search::Each(_)) => {
                self.needle(number).is_some_and(|needle| needle.matches(self.book.text(text)))
            }
            None => false,
        }
    }

    /// Whether a needle stands in the level of a judgement.
    pub(super) fn says_level(&self, number: usize, judged: &Arc<Judged>) -> bool {
        match &self.search {
            Some(Search::Whole(index, hits)) => {
                hits.get(number).is_some_and(|hits| index.level(judged, hits))
            }
            Some(Search::Each(index)) => {
                self.needle(number).is_some_and(|needle| index.level_says(judged, needle))
            }
            None => false,
        }
    }

    fn needle(&self, number: usize) -> Option<&Needle> {
        self.filter.needles.get(number)
    }
}
