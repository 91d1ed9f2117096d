//! The chain of an entry: what hangs on it, each thing one key away; a missing link is filled from here.

use std::collections::BTreeMap;

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use super::super::action::{Action, Scope};
use super::super::layer::{Basis, Cx, Layer, Outcome};
use super::super::notice::Notice;
use super::super::theme::Role;
use super::detail::Line;
use super::form::Form;
use super::page::{self, Page};
use crate::audit::{Fill, chain};
use crate::book::EntryKey;
use crate::catalogue::Looking;

/// The chain of an entry.
pub struct Chain {
    entry: EntryKey,
    page: Page,
    /// What was read.
    basis: Basis,
    /// Lines that lead somewhere, by their numbers among those that are said, and how those that are holes are filled.
    leads: BTreeMap<usize, Option<Fill>>,
}

impl Chain {
    /// What hangs on this entry.
    pub fn new(entry: EntryKey, cx: &Cx) -> Self {
        let mut shown = Self { entry, page: page::lines(), basis: cx.basis(), leads: BTreeMap::new() };
        shown.read(cx);
        shown.page.first_target();
        shown
    }

    fn read(&mut self, cx: &Cx) {
        let lines = chain(&cx.reading(), self.entry, cx.today());
        self.leads.clear();
        let mut said = Vec::new();
        for line in lines.iter().skip(1) {
            let role = if line.fill.is_some() { Role::Accent } else { Role::Text };
            if line.fill.is_some() || line.entry.is_some() {
                self.leads.insert(said.len(), line.fill.clone());
            }
            // The first step stands at the left, those behind it go in.
            let (label, words) = match line.depth {
                0 | 1 => (line.name.clone(), line.words.clone()),
                depth => {
                    let name = if line.name.is_empty() { String::new() } else { format!("{}  ", line.name) };
                    (String::new(), format!("{}{name}{}", "  ".repeat(depth - 1), line.words))
                }
            };
            said.push(Line { target: line.entry, ..Line::new(&label, words) }.role(role));
        }
        if said.is_empty() {
            said.push(Line::new("", cx.say("chain-nothing")));
        }
        let name = lines.first().map(|line| line.words.clone()).unwrap_or_default();
        self.page.say(format!("{}  {name}", cx.say("chain-heading")), said);
    }

    /// Into what is there; where a link is missing, into the form that fills it.
    fn open(&mut self, cx: &mut Cx) -> Outcome {
        let form = match self.page.said_here().and_then(|at| self.leads.get(&at)) {
            Some(Some(Fill::Field(entry, field))) => Form::edit(*entry, cx).map(|form| form.at(field)),
            Some(Some(Fill::New { register, entry, values })) => {
                Form::filled(register, cx.session.book().serial(*entry), values, cx)
            }
            Some(None) | None => return self.page.act(Action::Open, None, cx),
        };
        if let Some(why) = cx.session.read_only() {
            return Outcome::Say(Notice::refused(why));
        }
        form.map_or(Outcome::Stay, |form| Outcome::Push(Box::new(form)))
    }
}

impl Layer for Chain {
    fn scope(&self) -> Scope {
        Scope::Page
    }

    fn refresh(&mut self, cx: &mut Cx) {
        let basis = cx.basis();
        if self.basis != basis {
            self.basis = basis;
            self.read(cx);
        }
    }

    fn is_gone(&self, cx: &Cx) -> bool {
        cx.session.book().entry(self.entry).is_none()
    }

    fn act(&mut self, action: Action, count: Option<usize>, cx: &mut Cx) -> Outcome {
        match action {
            Action::Open => self.open(cx),
            Action::NextPart => {
                self.page.next_of(&self.leads);
                Outcome::Stay
            }
            action => self.page.act(action, count, cx),
        }
    }

    fn looking(&self, _cx: &Cx) -> Looking {
        Looking::at(self.page.here().and_then(|line| line.target).unwrap_or(self.entry))
    }

    fn draw(&mut self, buffer: &mut Buffer, area: Rect, cx: &Cx) {
        self.page.draw(buffer, area, cx);
    }

    fn hints(&self, _cx: &Cx) -> Vec<Action> {
        vec![Action::Open, Action::NextPart, Action::Raise, Action::Question, Action::Plain, Action::Back]
    }
}
