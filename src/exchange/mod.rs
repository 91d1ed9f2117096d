//! Books in and out: the sample, and what is due as a calendar; files of other programs come here too.

mod calendar;
mod evaluate;
mod sample;

pub use calendar::{Calendar, Event};
pub use evaluate::{EvaluateError, Wanted, evaluate, factors};
pub use sample::{MARKER as SAMPLE_MARKER, MENDED_MARKER, Sample, SampleError};
