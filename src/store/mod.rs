//! The store: the journal is the truth, the state is a quick way to open.
//!
//! A commit is acknowledged once its lines are in `journal/YEAR.jsonl`, chained by SHA-256 and synced. The
//! entries also lie in sled (`state/`), from which a book opens without reading its whole past, and which is
//! made anew from the journal whenever it is behind, damaged or gone. Neither sled nor bincode is known
//! outside the one module that uses it.

mod access;
mod chain;
mod codec;
mod damage;
mod define;
mod disk;
mod error;
mod files;
mod folder;
mod hands;
mod journal;
mod lines;
mod load;
mod lock;
mod loose;
mod open;
mod replay;
mod state;
mod thread;
mod timeline;
mod verify;
mod waypoint;
mod went;

pub use access::Access;
pub use chain::{Define, hex};
pub use damage::Damage;
pub use define::{Defined, defined};
pub use disk::{Disk, RealDisk};
pub use error::{Class, StoreError};
pub use folder::{Folder, Settings, Standing, read_definition};
pub use journal::{Head, Journal, Past, Position};
pub use lock::Holder;
pub use open::{Note, Opened, look_back, open, read};
pub use replay::{Replayed, replay};
pub use timeline::{Mark, Timeline};
pub use verify::{Compared, Finding, Report, verify};
pub use went::Went;

/// What the tests of this room share.
#[cfg(test)]
mod trial {
    use crate::book::Origin;

    /// The settings of a new book.
    pub const MARKER: &str =
        "format = 1\norganisation = \"甲\"\ncreated = \"2022-01-01\"\nzone = \"+08:00\"\n";

    /// Who writes.
    pub fn origin() -> Origin {
        let word = |word: &str| word.to_owned();
        let utc = chrono::DateTime::from_timestamp(1_652_400_000, 0).unwrap();
        let program = word("0");
        Origin { utc, offset: 0, user: word("t"), name: word("t"), host: word("h"), program, real: None }
    }
}
