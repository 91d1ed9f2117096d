//! Editing a text: the one model behind every field that takes words.

use std::ops::Range;

use super::terminal::{Code, Key};
use crate::text::{self, graphemes};

/// A text with a cursor in it. The cursor stands between graphemes, never inside one.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Editor {
    text: String,
    /// Bytes before the cursor.
    cursor: usize,
    lines: bool,
}

impl Editor {
    /// An editor with the cursor at the end; `lines` lets Enter make lines.
    pub fn new(text: &str, lines: bool) -> Self {
        Self { text: text.to_owned(), cursor: text.len(), lines }
    }

    /// The text.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// Another text, with the cursor at its end.
    pub fn set(&mut self, text: &str) {
        *self = Self::new(text, self.lines);
    }

    /// To the end of a line, by its place; of the last one where there are fewer.
    pub fn go_to_line(&mut self, at: usize) {
        let ends = self.text.match_indices('\n').map(|(end, _)| end);
        self.cursor = ends.chain([self.text.len()]).nth(at).unwrap_or(self.text.len());
    }

    /// Bytes before the cursor.
    pub fn cursor(&self) -> usize {
        self.cursor
    }

    /// Takes a key; says whether it was one for a text.
    pub fn key(&mut self, key: Key) -> bool {
        if let Some(c) = key.typed() {
            self.insert(c.encode_utf8(&mut [0; 4]));
            return true;
        }
        match (key.code, key.ctrl) {
            (Code::Enter, false) if self.lines => self.insert("\n"),
            (Code::Left, false) => self.cursor -= self.before(),
            (Code::Right, false) => self.cursor += self.behind(),
            (Code::Home, _) | (Code::Char('a'), true) => self.cursor = self.line().start,
            (Code::End, _) | (Code::Char('e'), true) => self.cursor = self.line().end,
            (Code::Backspace, false) | (Code::Char('h'), true) => {
                let length = self.before();
                self.remove(self.cursor - length..self.cursor);
            }
            (Code::Delete, false) | (Code::Char('d'), true) => {
                self.remove(self.cursor..self.cursor + self.behind());
            }
            (Code::Char('u'), true) => self.remove(self.line().start..self.cursor),
            (Code::Char('k'), true) => self.remove(self.cursor..self.line().end),
            (Code::Char('w'), true) => {
                let before = self.text.get(..self.cursor).unwrap_or("").trim_end();
                let blank = before.char_indices().rev().find(|(_, c)| c.is_whitespace());
                let from = blank.map_or(0, |(at, c)| at + c.len_utf8());
                self.remove(from..self.cursor);
            }
            _ => return false,
        }
        true
    }

    /// Goes one line up or down, to the same column or the end of the line; says whether there was one.
    pub fn by_line(&mut self, down: bool) -> bool {
        let line = self.line();
        let column = text::width(self.text.get(line.start..self.cursor).unwrap_or(""));
        let start = if down {
            line.end + 1
        } else {
            let Some(end) = line.start.checked_sub(1) else { return false };
            self.text.get(..end).and_then(|before| before.rfind('\n')).map_or(0, |at| at + 1)
        };
        let Some(rest) = self.text.get(start..) else { return false };
        let other = rest.split('\n').next().unwrap_or("");
        let mut at = 0;
        let mut columns = 0;
        for (grapheme, width) in graphemes(other) {
            if columns + width > column {
                break;
            }
            (at, columns) = (at + grapheme.len(), columns + width);
        }
        self.cursor = start + at;
        true
    }

    /// Takes pasted text; line ends become blanks where there is one line only.
    pub fn paste(&mut self, text: &str) {
        let text = if self.lines { text.replace('\t', " ") } else { text.replace(['\n', '\t'], " ") };
        self.insert(&text);
    }

    /// Puts `with` in place of a range.
    pub fn replace(&mut self, range: Range<usize>, with: &str) {
        self.remove(range);
        self.insert(with);
    }

    /// The lines in so many columns, and where the cursor stands among them: column and line.
    pub fn wrapped(&self, columns: usize) -> (Vec<Range<usize>>, (usize, usize)) {
        let lines = text::wrap(&self.text, columns);
        let at = lines.iter().rposition(|line| line.start <= self.cursor).unwrap_or(0);
        let column =
            lines.get(at).and_then(|line| self.text.get(line.start..self.cursor)).map_or(0, text::width);
        (lines, (column, at))
    }

    fn insert(&mut self, text: &str) {
        self.text.insert_str(self.cursor, text);
        self.cursor += text.len();
    }

    fn remove(&mut self, range: Range<usize>) {
        let start = range.start;
        self.text.replace_range(range, "");
        self.cursor = start;
    }

    fn before(&self) -> usize {
        graphemes(self.text.get(..self.cursor).unwrap_or("")).last().map_or(0, |(last, _)| last.len())
    }

    fn behind(&self) -> usize {
        graphemes(self.text.get(self.cursor..).unwrap_or("")).next().map_or(0, |(first, _)| first.len())
    }

    fn line(&self) -> Range<usize> {
        let before = self.text.get(..self.cursor).unwrap_or("");
        let behind = self.text.get(self.cursor..).unwrap_or("");
        let start = before.rfind('\n').map_or(0, |at| at + 1);
        start..self.cursor + behind.find('\n').unwrap_or(behind.len())
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn press(editor: &mut Editor, keys: &str) {
        for key in keys.split(' ') {
            assert!(editor.key(key.parse().unwrap()), "{key}");
        }
    }

    #[test]
    fn edits_by_what_is_seen_as_one_character() {
        let mut editor = Editor::new("汉e\u{301}", false);
        press(&mut editor, "Backspace 字 Left Left a");
        assert_eq!(editor.text(), "a汉字");
        press(&mut editor, "End Ctrl-w");
        assert_eq!(editor.text(), "");
        editor.paste("一\n二\t三");
        assert_eq!(editor.text(), "一 二 三");
    }

    #[test]
    fn knows_where_the_cursor_is_among_wrapped_lines() {
        let mut editor = Editor::new("更换时由综合办公室收回", true);
        assert_eq!(editor.wrapped(12).1, (10, 1));
        press(&mut editor, "Enter a");
        assert_eq!(editor.wrapped(12).1, (1, 2));
    }

    proptest! {
        #[test]
        fn never_stands_inside_a_character(text in "\\PC{0,12}", keys in proptest::collection::vec(0usize..9, 0..40)) {
            const KEYS: [&str; 9] = ["a", "Left", "Right", "Backspace", "Delete", "Home", "End", "Ctrl-w", "Ctrl-u"];
            let mut editor = Editor::new(&text, false);
            for key in keys {
                editor.key(KEYS[key].parse().unwrap());
                prop_assert!(editor.text().is_char_boundary(editor.cursor()));
            }
        }
    }

    #[test]
    fn goes_by_lines_to_the_same_column() {
        let mut editor = Editor::new("甲乙丙\nab\n一二三四", true);
        assert!(!editor.by_line(true));
        assert!(editor.by_line(false));
        assert_eq!(editor.text().get(..editor.cursor()), Some("甲乙丙\nab"));
        assert!(editor.by_line(false));
        assert_eq!(editor.text().get(..editor.cursor()), Some("甲"));
        assert!(!editor.by_line(false));
        assert!(editor.by_line(true) && editor.by_line(true));
        assert_eq!(editor.text().get(..editor.cursor()), Some("甲乙丙\nab\n一"));
        assert!(!Editor::new("one", false).by_line(true));
    }
}
