//! A list that narrows while one types: the one model behind picking, finding and commands.

use ratatui::layout::Position;
use ratatui::style::Style;

use super::action::Action;
use super::edit::Editor;
use super::layer::Cx;
use super::paint::Painter;
use super::terminal::Key;
use super::theme::Role;

/// What is typed, and which row of how many is meant.
#[derive(Default)]
pub struct Chooser {
    /// What is typed.
    pub editor: Editor,
    /// The row meant.
    pub cursor: usize,
    top: usize,
    page: usize,
    place: Option<Position>,
}

impl Chooser {
    /// Nothing typed, with the cursor on a row.
    pub fn on(cursor: usize) -> Self {
        Self { cursor, ..Self::default() }
    }

    /// Moves among so many rows; says whether the action was one that moves.
    pub fn moved(&mut self, action: Action, rows: usize) -> bool {
        let last = rows.saturating_sub(1);
        let page = self.page.max(1);
        self.cursor = match action {
            Action::Up => self.cursor.saturating_sub(1),
            Action::Down => self.cursor + 1,
            Action::PageUp => self.cursor.saturating_sub(page),
            Action::PageDown => self.cursor + page,
            _ => return false,
        }
        .min(last);
        true
    }

    /// Takes a key; says whether something else is typed now, which leads to the first row.
    pub fn typed(&mut self, key: Key) -> bool {
        let before = self.editor.text().to_owned();
        let taken = self.editor.key(key);
        let other = before != self.editor.text();
        if other {
            self.cursor = 0;
        }
        taken && other
    }

    /// Takes pasted text.
    pub fn paste(&mut self, text: &str) {
        self.editor.paste(text);
        self.cursor = 0;
    }

    /// Draws the line that is typed, behind a prompt; while it is empty it says what typing does.
    pub fn draw_line(
        &mut self,
        painter: &mut Painter,
        prompt: &str,
        marked: (&[std::ops::Range<usize>], Style),
        cx: &Cx,
    ) {
        let style = |role| cx.desk.theme.style(role);
        painter.put(1, 1, prompt, style(Role::Dim));
        let room = painter.width().saturating_sub(4);
        if self.editor.text().is_empty() {
            painter.put(3, 1, &cx.say("type-to-narrow"), style(Role::Dim));
        }
        self.place = Some(painter.put_typed((3, 1), room, &self.editor, style(Role::Text), marked));
    }

    /// The rows in sight with their lines on the screen, from line 3 on down to before `end`; says so where
    /// there are none.
    pub fn window(&mut self, painter: &mut Painter, (rows, end): (usize, u16), cx: &Cx) -> Vec<(u16, usize)> {
        self.page = usize::from(end.saturating_sub(3)).max(1);
        self.top = self.top.min(self.cursor).max((self.cursor + 1).saturating_sub(self.page));
        if rows == 0 {
            painter.put(3, 3, &cx.say("nothing-found"), cx.desk.theme.style(Role::Dim));
        }
        (3..end).zip(self.top..rows).collect()
    }

    /// Draws the rows in sight: what each is, and at the right what is said of it.
    pub fn draw_rows(
        &mut self,
        painter: &mut Painter,
        rows: (usize, u16),
        cx: &Cx,
        words: impl Fn(usize) -> Option<(String, String)>,
    ) {
        let style = |role| cx.desk.theme.style(role);
        for (y, at) in self.window(painter, rows, cx) {
            let Some((words, aside)) = words(at) else { continue };
            let begin = painter.put_right(painter.width() - 1, y, &aside, style(Role::Dim));
            painter.put_within(3, y, begin.saturating_sub(5), &words, style(Role::Text));
            if at == self.cursor {
                painter.restyle(0, y, painter.width(), style(Role::Cursor));
            }
        }
    }

    /// Where the real cursor stands.
    pub fn place(&self) -> Option<Position> {
        self.place
    }
}
