//! Books in and out: for now the sample; files of other programs come here too.

mod evaluate;
mod sample;

pub use evaluate::{EvaluateError, Wanted, evaluate, factors};
pub use sample::{MARKER as SAMPLE_MARKER, MENDED_MARKER, Sample, SampleError};
