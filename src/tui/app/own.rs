//! What the app itself answers: actions that mean the same on every screen.

use super::App;
use crate::share::SessionError;
use crate::tui::action::{Action, Scope};
use crate::tui::layer::{Cx, Layer};
use crate::tui::notice::Notice;
use crate::tui::screen::Leave;
use crate::tui::screens;
use crate::wording::{Tell, message};

impl App {
    /// Actions that mean the same on every screen.
    pub(super) fn own(&mut self, action: Action) {
        let cx = Cx { session: &mut self.session, desk: &mut self.desk, now: (self.clock)() };
        match action {
            Action::Quit => self.leave = Some(Leave::Quit),
            Action::Suspend => self.suspend = true,
            Action::Redraw => self.writer.forget(),
            Action::Language => {
                cx.desk.lang = cx.desk.lang.other();
                cx.desk.remember();
                self.refresh();
            }
            Action::Theme => {
                cx.desk.theme = cx.desk.theme.next();
                cx.desk.remember();
                let name = cx.desk.theme.name().to_owned();
                self.notice = Some(Notice::said(message!("theme-now", name = name)));
            }
            Action::Help => {
                let scope = self.layers.last().map_or(Scope::Everywhere, |layer| layer.scope());
                let help = screens::page_help::help(scope, &cx);
                self.layers.push(Box::new(help));
            }
            Action::Find => {
                let scope = self.layers.last().map_or(Scope::Everywhere, |layer| layer.scope());
                let find = screens::find::Find::new(scope, &cx);
                self.layers.push(Box::new(find));
            }
            Action::Check | Action::Calendar | Action::Coverage | Action::Methods | Action::Import => {
                let page = page(action, &cx);
                self.layers.extend(page);
            }
            Action::Command => {
                let scope = self.layers.last().map_or(Scope::Everywhere, |layer| layer.scope());
                let palette = screens::palette::Palette::new(scope, &cx);
                self.layers.push(Box::new(palette));
            }
            Action::Undo | Action::Redo => {
                let mut cx = cx;
                let notice = undo(action, &mut cx);
                self.notice = Some(notice);
                self.refresh();
            }
            Action::AsOf | Action::Changes | Action::CommitBefore | Action::CommitAfter => {
                self.travel(action);
            }
            Action::Back if self.layers.len() > 1 => {
                self.layers.pop();
                self.refresh();
            }
            Action::Back => self.leave_past(),
            action => {
                let mut cx = cx;
                let shown = self.layers.iter().rev().map(|layer| layer.looking(&cx));
                let looking = shown.into_iter().find(|looking| !looking.is_empty()).unwrap_or_default();
                let outcome = screens::looking::act(action, looking, &mut cx);
                self.follow(outcome);
            }
        }
    }
}

/// Takes back one's own last change, or does it again; says which.
fn undo(action: Action, cx: &mut Cx) -> Notice {
    let now = cx.now;
    let done = if action == Action::Undo { cx.session.undo(now) } else { cx.session.redo(now) };
    let wrong = |error: SessionError| cx.reading().with_names(error.message(), None);
    done.map_err(wrong).map_or_else(Notice::refused, |made| Notice::undone(&made, cx))
}

/// A page about the whole book.
fn page(action: Action, cx: &Cx) -> Option<Box<dyn Layer>> {
    match action {
        Action::Check => Some(Box::new(screens::checks::Checks::new(cx))),
        Action::Calendar => Some(Box::new(screens::due::Calendar::new(cx))),
        Action::Coverage => Some(Box::new(screens::coverage::Coverage::new(cx))),
        Action::Import => Some(Box::new(screens::file_pick::FilePick::import(cx))),
        Action::Methods => Some(Box::new(screens::rules::Rules::new(cx))),
        _ => None,
    }
}
