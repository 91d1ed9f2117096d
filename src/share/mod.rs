//! Who owns the store, and the one way in which a face changes the book.
//!
//! A [`Session`] is one person's hold on a book. It checks a proposal, has the storage thread write it,
//! and only then makes it true; a face never touches the store. Several sessions on one book come to this
//! same door from other processes.

mod authors;
mod past;
mod restore;
mod rules;
mod session;
mod undo;

pub use past::Shown;
pub use rules::{Approval, NewRule, RuleError, flips};
pub use session::{Session, SessionError, Who};
pub use undo::UndoError;
