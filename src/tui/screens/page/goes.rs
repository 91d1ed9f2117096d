//! Where the cursor of a page goes.

use std::collections::BTreeMap;

use super::Page;

impl Page {
    /// To the next of those lines that are said which lead somewhere, by their numbers.
    pub(in crate::tui::screens) fn next_of<T>(&mut self, leads: &BTreeMap<usize, T>) {
        let here = self.said_here().unwrap_or(0);
        let next = leads.range(here + 1..).next().or_else(|| leads.iter().next()).map(|(at, _)| *at);
        self.cursor = self.from.iter().position(|from| Some(*from) == next).unwrap_or(self.cursor);
    }

    /// To the first of those lines that are said which are about something.
    pub(in crate::tui::screens) fn first_of<T>(&mut self, about: &BTreeMap<usize, T>) {
        let first = about.keys().next();
        self.cursor = self.from.iter().position(|from| Some(from) == first).unwrap_or(0);
    }

    /// To the first line that opens something.
    pub(in crate::tui::screens) fn first_target(&mut self) {
        self.cursor = self.lines.iter().position(|line| line.target.is_some()).unwrap_or(0);
    }
}
