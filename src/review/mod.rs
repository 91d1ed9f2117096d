//! Review rounds: which entries are looked at again, what comes of each, and what it all came to.
//!
//! A round is an entry of the register `reviews`. For each entry in it there is one in the register `outcomes`,
//! made when the round begins: what belongs to it is fixed from then on, whatever its scope would select
//! later, and a dropped line finds it again where it was. Every outcome is one commit, together with what it
//! changes in the entry that was reviewed.

mod answers;
mod deeds;
mod report;
mod round;
mod scope;
mod standing;

pub use answers::{Answer, Answers};
pub use deeds::{Asked, Begin, Settled, answered, begin, close, rest, settle};
pub use report::{Changed, Report};
pub use round::{Item, Mark, Round, Tally};
pub use scope::{Scope, due, reviewable};
pub use standing::Standing;

/// The register of rounds.
pub const REVIEWS: &str = "reviews";
/// The register of what came of each entry.
pub const OUTCOMES: &str = "outcomes";
