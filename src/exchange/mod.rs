//! Books in and out: the sample, what is due as a calendar, and records as documents; files of other programs come here too.

pub mod attached;
mod calendar;
mod document;
mod evaluate;
pub mod export;
pub mod form;
pub mod handout;
pub mod import;
pub mod issue;
pub mod pack;
mod sample;
mod workbook;

pub use calendar::{Calendar, Event};
pub use document::{markdown, plain};
pub use evaluate::{EvaluateError, Wanted, evaluate, factors};
pub use sample::{MARKER as SAMPLE_MARKER, MENDED_MARKER, Sample, SampleError};
pub use workbook::{Area, Cell, CellKind, Line, READER, Sheet, SheetPart, Workbook, WorkbookError};
