//! taizhang 台账: the registers of an ISO 14001 / ISO 45001 management system, kept in a terminal.
//!
//! The house, from the roof down; arrows only go down (`tests/layers.rs` holds it):
//!
//! - [`tui`], [`cli`]: the two faces, a screen and commands.
//! - [`exchange`]: the sample and evaluations by name; files of other programs come here.
//! - [`share`]: one person's hold on a book, and the one way to change it.
//! - [`store`]: the journal, which is the truth, and the state, which is quick.
//! - [`review`]: review rounds: their scope, their outcomes, what they came to.
//! - [`audit`]: what is due, which evidence met it, and what is still open.
//! - [`catalogue`]: book and definitions together, ready to be shown, ordered, entered and listed.
//! - [`query`]: the query language.
//! - [`book`]: entries, values, commits; a state machine without any I/O.
//! - [`definition`]: registers as data.
//! - [`scoring`]: methods, verdicts and their reasons.
//! - [`source`]: definition files with places for what is wrong in them.
//! - [`wording`]: every sentence the program says, in Chinese and English.
//! - [`text`]: width, cutting, wrapping, collation.

pub mod audit;
pub mod book;
pub mod catalogue;
pub mod cli;
pub mod definition;
pub mod exchange;
pub mod query;
pub mod review;
pub mod scoring;
pub mod share;
pub mod source;
pub mod store;
pub mod text;
pub mod tui;
pub mod wording;
