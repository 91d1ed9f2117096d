//! A sentence in the last line: what just happened, or why it did not.

use ratatui::layout::Rect;

use super::layer::Cx;
use super::paint::Painter;
use super::theme::Role;
use crate::book::{Act, Commit, Way};
use crate::wording::{Message, Tell, message};

/// A sentence to show until the next key.
#[derive(Debug, Clone)]
pub struct Notice {
    /// What it says.
    pub message: Message,
    /// Whether something went wrong.
    pub wrong: bool,
    /// Whether it is a help that the person asked for.
    pub asked_for: bool,
}

impl Notice {
    /// Writes it over the last lines, as many as it takes.
    pub fn draw(&self, painter: &mut Painter, cx: &Cx) {
        let text = cx.render(&self.message);
        let (width, height) = (painter.width(), painter.height());
        let lines = crate::text::wrap(&text, usize::from(width.saturating_sub(2)));
        let rows = u16::try_from(lines.len()).unwrap_or(1).clamp(1, height / 2);
        painter.part(Rect { x: 0, y: height - rows, width, height: rows }).clear();
        let style = cx.desk.theme.style(if self.wrong { Role::Wrong } else { Role::Text });
        for (y, line) in (height - rows..height).zip(lines) {
            painter.put(1, y, text.get(line).unwrap_or(""), style);
        }
    }

    /// Says what happened.
    pub fn said(message: Message) -> Self {
        Self { message, wrong: false, asked_for: false }
    }

    /// Says what a commit did: to which entry or how many, and what is still to be filled in there.
    pub fn saved(commit: &Commit, cx: &Cx) -> Self {
        let (count, seq) = (commit.changes.len(), commit.seq);
        let deletes = commit.changes.iter().all(|change| change.act == Act::Delete);
        let Some(first) = commit.changes.first() else { return Self::said(message!("nothing-changed")) };
        let serial = first.serial.clone();
        if deletes {
            return Self::said(message!("deleted-entry", serial = serial, count = count, seq = seq));
        }
        let reading = cx.session.present().reading(cx.lang());
        let open = reading.book.entry(first.entry).map_or(0, |entry| reading.open_fields(entry).count());
        if count == 1 && open > 0 {
            return Self::said(message!("saved-open", serial = serial, open = open, seq = seq));
        }
        Self::said(message!("saved-entry", serial = serial, count = count, seq = seq))
    }

    /// Says which change was taken back or done again, and what it had done.
    pub fn undone(commit: &Commit, cx: &Cx) -> Self {
        let (Way::UndoOf(of) | Way::RedoOf(of)) = commit.way else { return Self::saved(commit, cx) };
        let meant = cx.session.commit_at(of);
        let what = cx.reading().done(meant.as_ref().unwrap_or(commit)).trim_end().to_owned();
        Self::said(match commit.way {
            Way::UndoOf(_) => message!("undone", what = what),
            _ => message!("redone", what = what),
        })
    }

    /// Says what is wrong.
    pub fn refused(message: Message) -> Self {
        Self { message, wrong: true, asked_for: false }
    }

    /// A help that was asked for.
    pub fn help(message: Message) -> Self {
        Self { message, wrong: false, asked_for: true }
    }

    /// Says why it did not.
    pub fn wrong(error: &impl Tell) -> Self {
        Self::refused(error.message())
    }
}

/// Hands text to the clipboard of the terminal (OSC 52), which reaches the person's own machine over SSH.
pub fn clipboard(text: &str) {
    use std::io::Write;
    let mut out = std::io::stdout().lock();
    let _ = write!(out, "\x1b]52;c;{}\x07", base64(text.as_bytes()));
    let _ = out.flush();
}

fn base64(bytes: &[u8]) -> String {
    const LETTERS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let letter = |bits: u32| LETTERS.get((bits & 63) as usize).map_or('A', |letter| char::from(*letter));
    let mut text = String::new();
    for chunk in bytes.chunks(3) {
        let byte = |at: usize| u32::from(chunk.get(at).copied().unwrap_or(0));
        let bits = byte(0) << 16 | byte(1) << 8 | byte(2);
        let letters = [letter(bits >> 18), letter(bits >> 12), letter(bits >> 6), letter(bits)];
        text.extend(letters.iter().take(chunk.len() + 1));
        text.extend(std::iter::repeat_n('=', 3 - chunk.len()));
    }
    text
}

#[cfg(test)]
mod tests {
    #[test]
    fn writes_base64() {
        for (text, written) in [("", ""), ("f", "Zg=="), ("fo", "Zm8="), ("foo", "Zm9v"), ("火", "54Gr")] {
            assert_eq!(super::base64(text.as_bytes()), written);
        }
    }
}
