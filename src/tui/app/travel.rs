//! Into the past and back: which book the screens show.

use super::super::action::{Action, Scope};
use super::super::layer::Cx;
use super::super::notice::Notice;
use super::super::screens::{changes, since};
use super::App;
use crate::wording::message;

impl App {
    /// Shows another point in time, or asks which one.
    pub(super) fn travel(&mut self, action: Action) {
        // What is being filled in belongs to the present.
        let looks =
            [Scope::Home, Scope::Table, Scope::Page, Scope::Matrix, Scope::Pick, Scope::Line, Scope::Filter];
        if action != Action::Changes && self.layers.iter().any(|layer| !looks.contains(&layer.scope())) {
            self.notice = Some(Notice::refused(message!("past-work-open")));
            return;
        }
        let mut cx = Cx { session: &mut self.session, desk: &mut self.desk, now: (self.clock)() };
        match action {
            Action::AsOf => self.layers.push(Box::new(since::as_of(&cx))),
            Action::Changes => match cx.session.past().map(|shown| shown.seq) {
                Some(seq) => match changes::page(seq, &cx) {
                    Ok(page) => self.layers.push(Box::new(page)),
                    Err(error) => self.notice = Some(Notice::wrong(&error)),
                },
                None => self.layers.push(Box::new(since::changes(&cx))),
            },
            _ => {
                let on = action == Action::CommitAfter;
                let stepped = cx.session.step(on);
                self.notice = Some(match stepped {
                    Ok(Some(commit)) => since::stepped(&commit, &cx),
                    Ok(None) if on => Notice::said(message!("past-last")),
                    Ok(None) => since::arrived(&mut cx),
                    Err(error) => Notice::wrong(&error),
                });
                self.refresh();
            }
        }
    }

    /// Comes back to today.
    pub(super) fn leave_past(&mut self) {
        if self.session.come_back() {
            self.notice = Some(Notice::said(message!("past-left")));
            self.refresh();
        }
    }
}
