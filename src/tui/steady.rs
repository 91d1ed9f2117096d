//! A clock that nobody sets: it takes the host's time once and goes on by itself, so that durations hold when
//! the host's clock is changed under way.
//!
//! It lives as long as the program. A program that is started anew goes on from the first stamp on disk by the host's
//! clock: what was set there between shows in the durations, and a wrong stamp is set right by typing its time.
//! While the host itself sleeps, this clock stands still.

use std::time::{Duration, Instant};

use chrono::{DateTime, TimeDelta, Utc};

use crate::book::EntryKey;

/// Such a clock, for as long as an entry is stamped by it.
#[derive(Debug, Clone, Copy)]
pub struct Steady {
    entry: EntryKey,
    begun: DateTime<Utc>,
    at: Instant,
}

impl Steady {
    /// Goes on from this moment of the host's clock.
    pub fn begin(entry: EntryKey, now: DateTime<Utc>) -> Self {
        Self { entry, begun: now, at: Instant::now() }
    }

    /// Whether it was begun for this entry.
    pub fn is_of(&self, entry: EntryKey) -> bool {
        self.entry == entry
    }

    /// The moment by this clock.
    pub fn now(&self) -> DateTime<Utc> {
        let gone = TimeDelta::from_std(self.at.elapsed()).unwrap_or_default();
        self.begun.checked_add_signed(gone).unwrap_or(self.begun)
    }

    /// How long it is until its next second begins.
    pub fn until_next_second(&self) -> Duration {
        let gone = u64::from(self.now().timestamp_subsec_millis() % 1000);
        // A little later, so that the second is there for certain.
        Duration::from_millis(1002 - gone)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_goes_on_from_the_moment_it_was_given() {
        let begun = DateTime::from_timestamp(1_652_400_000, 0).unwrap();
        let steady = Steady::begin(EntryKey(1), begun);
        assert!(steady.now() >= begun && steady.is_of(EntryKey(1)) && !steady.is_of(EntryKey(2)));
        assert!(steady.until_next_second() <= Duration::from_millis(1002));
    }
}
