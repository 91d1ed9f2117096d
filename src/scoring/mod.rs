//! Scoring: methods are data, scores are exact decimals, and every verdict says which rule fired.
//!
//! A [`Method`] turns factors into a score, a level and a verdict; an [`Evaluation`] keeps what was
//! chosen and what came out, with the edition of the method, so that it can be proved again.

mod approval;
mod builtin;
mod evaluation;
mod formula;
mod json;
mod load;
mod method;
mod raw;
mod verdict;

pub use approval::approve;
pub use builtin::builtin;
pub use evaluation::{Evaluation, Factors, Judged, Judgement, Mismatch, Occasion, Residual, StatedVerdict};
pub use json::{json_number, to_json};
pub use method::{Band, Bound, Direct, Factor, Method, Methods, ScaleValue, UnknownMethod, Veto};
pub use rust_decimal::Decimal;
pub use verdict::{Given, Rule, ScoringError, Verdict, Warning};

#[cfg(test)]
mod tests;
