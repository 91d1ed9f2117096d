//! taizhang 台账: the registers of an ISO 14001 / ISO 45001 management system, kept in a terminal.
//!
//! The house, from the roof down; arrows only go down (`tests/layers.rs` holds it):
//!
//! - [`text`]: width, cutting, wrapping, collation.
//! - [`wording`]: every sentence the program says, in Chinese and English.
//! - [`scoring`]: methods and evaluations.

pub mod book;
pub mod catalogue;
pub mod cli;
pub mod definition;
pub mod exchange;
pub mod query;
pub mod scoring;
pub mod share;
pub mod source;
pub mod store;
pub mod text;
pub mod tui;
pub mod wording;
