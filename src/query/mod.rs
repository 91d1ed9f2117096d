//! The query language: one for the filter line, views, commands and checks.
//!
//! [`parse`] keeps every place, so that a mistake is underlined where it stands; [`compile`] resolves every
//! name against the definitions; a [`Filter`] prepared for a book
//! looks at each distinct word once.

mod bits;
mod compare;
mod compile;
mod follow;
mod index;
mod matching;
mod narrow;
mod needle;
mod parse;
mod print;
mod reach;
mod rows;
mod search;
mod stale;
mod tally;

pub use compile::{Filter, compile};
pub use follow::{Changes, Followed};
pub use index::{Index, Words};
pub use matching::Prepared;
pub use needle::Needle;
pub use parse::{Node, Op, Piece, Term, parse};
pub use print::{column_word, value_word};
pub use stale::{Cause, Stale};
pub use tally::Tally;

use std::ops::Range;

use crate::wording::{Message, Tell};

/// A mistake in a query: where it stands, in bytes, and how to mend it.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{}", crate::wording::english(.what))]
pub struct QueryProblem {
    /// The place.
    pub span: Range<usize>,
    /// What is wrong and the mend.
    pub what: Message,
}

impl Tell for QueryProblem {
    fn message(&self) -> Message {
        self.what.clone()
    }
}

#[cfg(test)]
mod tests;
