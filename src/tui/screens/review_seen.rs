//! What of an entry was on the screen long enough to be seen: nothing else is confirmed.

use std::time::Instant;

use super::review::{Review, SEEN};
use super::review_view::Shown;
use crate::review::Mark;

impl Review {
    /// Notes what was drawn just now.
    pub(super) fn note_seen(&mut self, shown: &Shown) {
        let (now, row) = (Instant::now(), &mut self.row);
        row.shown.get_or_insert(now);
        row.top = shown.top;
        row.seen.resize(row.filling.as_ref().map_or(0, |filling| filling.method.factors.len()), None);
        for (at, seen) in row.seen.iter_mut().enumerate() {
            if (shown.top..shown.end).contains(&at) {
                seen.get_or_insert(now);
            } else {
                // What was there for less than a look was not seen.
                *seen = seen.filter(|since| since.elapsed() >= SEEN);
            }
        }
    }

    /// The first factor that was never shown.
    pub(super) fn unseen(&self) -> Option<usize> {
        self.row.seen.iter().position(Option::is_none)
    }

    /// Shows factors that were not on the screen, if there are any, from the first of them on; says whether.
    pub(super) fn show_unseen(&mut self) -> bool {
        let Some(first) = self.unseen() else {
            return self.row.seen.iter().flatten().any(|since| since.elapsed() < SEEN);
        };
        if let Some(filling) = &mut self.row.filling {
            (filling.cursor, self.row.top) = (first, first);
        }
        true
    }

    /// Whether a value is being typed.
    pub(super) fn is_typing(&self) -> bool {
        self.row.filling.as_ref().is_some_and(|filling| !filling.typed.text().is_empty())
    }

    /// Whether every entry came to something and this is the last.
    pub(super) fn is_at_end(&self) -> bool {
        self.at + 1 >= self.round.items.len() && self.round.next_pending(0).is_none()
    }

    /// Whether it waits to be looked at.
    pub(super) fn is_pending(&self) -> bool {
        self.item().is_some_and(|item| item.mark == Mark::Pending)
    }
}
