//! From a key to what it means on the screen that is on top.

use super::super::keymap::Meaning;
use super::super::notice::Notice;
use super::super::terminal::{Code, Key};
use super::App;

impl App {
    /// Answers a key: what it means here, what it begins, or what it counts.
    pub(super) fn key(&mut self, key: Key) {
        let read = self.notice.take().is_some_and(|notice| notice.asked_for);
        self.notice = self.notes.pop_front().map(Notice::said);
        // Esc puts a help away before it leaves.
        if read && key == Key::plain(Code::Esc) {
            return;
        }
        let Some(scope) = self.layers.last().map(|layer| layer.scope()) else { return };
        // A Chinese keyboard types `：` where `:` is meant, unless text is typed.
        let key = if scope.is_text() { key } else { key.narrowed() };
        if self.counts(key) {
            return;
        }
        self.keys.push(key);
        match self.desk.keymap.meaning(scope, &self.keys) {
            Meaning::Action(action) => {
                self.keys.clear();
                let count = self.count.take();
                self.act(action, count);
            }
            Meaning::Begun => {}
            Meaning::Nothing => {
                let keys = std::mem::take(&mut self.keys);
                self.count = None;
                for key in keys {
                    self.with_top(|layer, cx| layer.key(key, cx));
                }
            }
        }
    }

    /// Takes a digit as part of a count where rows are counted.
    fn counts(&mut self, key: Key) -> bool {
        let top = self.layers.last();
        let digit = key.typed().and_then(|c| c.to_digit(10)).and_then(|digit| usize::try_from(digit).ok());
        match (top, digit) {
            (Some(top), Some(digit))
                if top.counts() && self.keys.is_empty() && (digit > 0 || self.count.is_some()) =>
            {
                let count = self.count.unwrap_or(0).saturating_mul(10).saturating_add(digit).min(10_000_000);
                self.count = Some(count);
                true
            }
            _ if key == Key::plain(Code::Esc) && (self.count.take().is_some() || !self.keys.is_empty()) => {
                self.keys.clear();
                true
            }
            _ => false,
        }
    }
}
