//! Any command by name: what the keys do, by words or pinyin.

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};

use super::super::action::{Action, Scope};
use super::super::edit::Editor;
use super::super::layer::{Cx, Layer, Outcome};
use super::super::paint::{Painter, title};
use super::super::terminal::Key;
use super::super::theme::Role;
use super::table::Table;
use crate::query::Needle;

/// The commands that work on the screen below.
pub struct Palette {
    scope: Scope,
    editor: Editor,
    shown: Vec<Item>,
    cursor: usize,
    place: Option<Position>,
}

enum Item {
    Action(Action),
    List(String, String),
}

impl Palette {
    /// The commands of a scope.
    pub fn new(scope: Scope, cx: &Cx) -> Self {
        let mut palette =
            Self { scope, editor: Editor::default(), shown: Vec::new(), cursor: 0, place: None };
        palette.narrow(cx);
        palette
    }

    fn narrow(&mut self, cx: &Cx) {
        let needle = Needle::new(self.editor.text());
        let named = |action: &Action| {
            needle.matches(&cx.desk.wording().say_dynamic("action", action.id()))
                || needle.matches(action.id())
        };
        let actions = cx.desk.keymap.actions(self.scope).into_iter();
        let moves =
            |action: &Action| matches!(action, Action::Up | Action::Down | Action::Left | Action::Right);
        let mut shown: Vec<Item> =
            actions.filter(|action| !moves(action) && named(action)).map(Item::Action).collect();
        let reading = cx.reading();
        for listing in reading.listings() {
            let name = reading.name(&listing).to_owned();
            if needle.matches(&name) || needle.matches(&listing.id) {
                shown.push(Item::List(listing.id, name));
            }
        }
        self.shown = shown;
        self.cursor = 0;
    }
}

impl Layer for Palette {
    fn scope(&self) -> Scope {
        Scope::Pick
    }

    fn act(&mut self, action: Action, _count: Option<usize>, cx: &mut Cx) -> Outcome {
        let last = self.shown.len().saturating_sub(1);
        match action {
            Action::Up => self.cursor = self.cursor.saturating_sub(1),
            Action::Down => self.cursor = (self.cursor + 1).min(last),
            Action::PageUp => self.cursor = self.cursor.saturating_sub(10),
            Action::PageDown => self.cursor = (self.cursor + 10).min(last),
            Action::Open => {
                return match self.shown.get(self.cursor) {
                    Some(Item::Action(action)) => Outcome::Do(*action),
                    Some(Item::List(id, _)) => Outcome::Replace(Box::new(Table::open(id, "", cx))),
                    None => Outcome::Stay,
                };
            }
            Action::Back => return Outcome::Close,
            _ => return Outcome::Pass,
        }
        Outcome::Stay
    }

    fn key(&mut self, key: Key, cx: &mut Cx) -> Outcome {
        if self.editor.key(key) {
            self.narrow(cx);
        }
        Outcome::Stay
    }

    fn draw(&mut self, buffer: &mut Buffer, area: Rect, cx: &Cx) {
        let mut painter = Painter::new(buffer, area);
        painter.clear();
        let style = |role| cx.desk.theme.style(role);
        title(&mut painter, &cx.say("commands"), "", "", cx);
        painter.put(1, 1, ":", style(Role::Dim));
        let (room, look) = (painter.width().saturating_sub(4), style(Role::Text));
        self.place = Some(painter.put_typed((3, 1), room, &self.editor, look, (&[], look)));
        let page = usize::from(area.height.saturating_sub(5)).max(1);
        let top = (self.cursor + 1).saturating_sub(page);
        for (y, (line, item)) in (3..area.height - 2).zip(self.shown.iter().enumerate().skip(top)) {
            let (words, keys) = match item {
                Item::Action(action) => {
                    let keys = cx.desk.keymap.keys(self.scope, *action).join("  ");
                    (cx.desk.wording().say_dynamic("action", action.id()), keys)
                }
                Item::List(_, name) => (name.clone(), cx.say("list")),
            };
            painter.put(3, y, &words, style(Role::Text));
            painter.put_right(painter.width() - 1, y, &keys, style(Role::Dim));
            if line == self.cursor {
                painter.restyle(0, y, painter.width(), style(Role::Cursor));
            }
        }
    }

    fn cursor(&self) -> Option<Position> {
        self.place
    }

    fn hints(&self, _cx: &Cx) -> Vec<Action> {
        vec![Action::Open, Action::Up, Action::Down, Action::Back]
    }
}
