//! The marked rows of a table.

use std::collections::BTreeSet;

use super::super::action::Action;
use super::table::Table;
use crate::book::EntryKey;

impl Table {
    /// The marked rows that are shown, or the one under the cursor. A mark that a filter hides waits until its
    /// row is shown again: nothing is done to what is not seen.
    pub(super) fn chosen(&self) -> Vec<EntryKey> {
        let seen: BTreeSet<EntryKey> = self.seen_marks().collect();
        if seen.is_empty() { self.here().into_iter().collect() } else { seen.into_iter().collect() }
    }

    /// The marked rows that are shown.
    pub(super) fn seen_marks(&self) -> impl Iterator<Item = EntryKey> {
        let all = if self.marked.is_empty() { &[][..] } else { &self.keys };
        all.iter().copied().filter(|key| self.marked.contains(key))
    }

    /// Takes the marks of the rows that are shown away.
    pub(super) fn forget_seen_marks(&mut self) {
        let seen: BTreeSet<EntryKey> = self.seen_marks().collect();
        self.marked.retain(|key| !seen.contains(key));
    }

    /// Marks rows; says whether the action was one that marks.
    pub(super) fn marks(&mut self, action: Action) -> bool {
        match (action, self.here()) {
            (Action::Mark, Some(key)) => {
                if !self.marked.remove(&key) {
                    self.marked.insert(key);
                }
                self.view.moved(Action::Down, None, (self.keys.len(), 0));
            }
            (Action::MarkAll, _) => {
                let all = self.keys.iter().all(|key| self.marked.contains(key));
                if all {
                    self.forget_seen_marks();
                } else {
                    self.marked.extend(&self.keys);
                }
            }
            _ => return false,
        }
        true
    }
}
