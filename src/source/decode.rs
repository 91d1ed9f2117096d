//! From the bytes of a file to its text.

use super::{Problem, Source};
use crate::wording::message;

/// The most bytes that a definition file may have.
pub const LARGEST: usize = 1 << 20;

/// The text of a file; refuses what is larger than [`LARGEST`] or not UTF-8.
pub fn decode(file: &str, bytes: Vec<u8>) -> Result<String, Problem> {
    if bytes.len() > LARGEST {
        return Err(Source::new(file, "").problem(0..0, message!("source-too-large")));
    }
    String::from_utf8(bytes).map_err(|error| {
        let good = error.as_bytes().get(..error.utf8_error().valid_up_to()).unwrap_or_default();
        let text = String::from_utf8_lossy(good);
        let source = Source::new(file, &text);
        source.problem(source.text.len()..source.text.len(), message!("source-not-utf8"))
    })
}
