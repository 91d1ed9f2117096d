//! The first start: no book yet. Nothing is written before the choice.

use std::path::PathBuf;

use ratatui::buffer::Buffer;

use super::super::paint::Painter;
use super::super::terminal::{Code, Key};
use super::super::theme::{Role, Theme};
use crate::wording::{Lang, Message};

/// What was chosen.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Choice {
    /// The sample.
    Sample,
    /// An empty book.
    Empty,
    /// Neither.
    Leave,
}

/// The welcome.
pub struct Welcome {
    /// The language, which a key changes.
    pub lang: Lang,
    /// Where the book will be.
    pub folder: PathBuf,
    /// The look.
    pub theme: Theme,
    /// What went wrong with the last choice.
    pub wrong: Option<Message>,
    cursor: usize,
}

const CHOICES: [Choice; 3] = [Choice::Sample, Choice::Empty, Choice::Leave];

impl Welcome {
    /// A welcome to a book that will be at `folder`.
    pub fn new(lang: Lang, folder: PathBuf, theme: Theme) -> Self {
        Self { lang, folder, theme, wrong: None, cursor: 0 }
    }

    /// Takes a key.
    pub fn key(&mut self, key: Key) -> Option<Choice> {
        self.wrong = None;
        match key.code {
            Code::Char('1') => return Some(Choice::Sample),
            Code::Char('2') => return Some(Choice::Empty),
            Code::Char('3' | 'q') | Code::Esc => return Some(Choice::Leave),
            Code::Char('c') if key.ctrl => return Some(Choice::Leave),
            Code::Char('L') => self.lang = self.lang.other(),
            Code::Down | Code::Char('j') => self.cursor = (self.cursor + 1).min(CHOICES.len() - 1),
            Code::Up | Code::Char('k') => self.cursor = self.cursor.saturating_sub(1),
            Code::Enter => return CHOICES.get(self.cursor).copied(),
            _ => {}
        }
        None
    }

    /// Draws itself.
    pub fn draw(&self, buffer: &mut Buffer) {
        let area = buffer.area;
        let mut painter = Painter::new(buffer, area);
        let wording = self.lang.wording();
        let style = |role| self.theme.style(role);
        painter.put(4, 1, &wording.say("welcome-name"), style(Role::Title));
        painter.put(4, 3, &wording.say("welcome-question"), style(Role::Text));
        let rows = [
            ("1", wording.say("welcome-sample"), wording.say("welcome-sample-what")),
            ("2", wording.say("welcome-empty"), wording.say("welcome-empty-what")),
            ("3", wording.say("welcome-leave"), String::new()),
        ];
        for (index, (number, name, what)) in rows.iter().enumerate() {
            let y = 5 + u16::try_from(index).unwrap_or(0);
            let look = style(if index == self.cursor { Role::Cursor } else { Role::Text });
            painter.put(6, y, &format!("{number}  {}", crate::text::pad_end(name, 16)), look);
            painter.put(27, y, what, style(Role::Dim));
        }
        let folder = self.folder.display().to_string();
        let labels = ["welcome-folder", "welcome-elsewhere"].map(|id| wording.say(id));
        let widest = labels.iter().map(|label| crate::text::width(label)).max().unwrap_or(0);
        let x = 4 + u16::try_from(widest).unwrap_or(20) + 2;
        for (y, (label, words)) in
            (9..).zip(labels.iter().zip([folder, wording.say("welcome-elsewhere-how")]))
        {
            painter.put(4, y, label, style(Role::Dim));
            painter.put(x, y, &words, style(Role::Text));
        }
        if let Some(wrong) = &self.wrong {
            let text = wording.render(wrong);
            let lines = crate::text::wrap(&text, usize::from(area.width.saturating_sub(8)));
            for (y, line) in (12..).zip(lines) {
                painter.put(4, y, text.get(line).unwrap_or(""), style(Role::Wrong));
            }
        }
        painter.put(1, area.height.saturating_sub(1), &wording.say("welcome-hints"), style(Role::Hint));
    }
}
