//! What an auditor would find, clause by clause; each finding leads to its entry, and to the field to mend.

use std::collections::BTreeMap;

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use super::super::action::{Action, Scope};
use super::super::layer::{Cx, Layer, Outcome};
use super::super::notice::Notice;
use super::super::theme::Role;
use super::detail::Line;
use super::form::Form;
use super::page::{self, Page};
use crate::audit::{CheckSum, Looked, clauses_in_short, look_over};
use crate::catalogue::Looking;
use crate::definition::Severity;
use crate::wording::{Tell, message};

/// The findings.
pub struct Checks {
    page: Page,
    /// Where to mend what a line says: its number among the lines that are said, and the field.
    fields: BTreeMap<usize, String>,
}

impl Checks {
    /// Looks the book over.
    pub fn new(cx: &Cx) -> Self {
        let mut checks = Self { page: page::lines(), fields: BTreeMap::new() };
        checks.look(cx);
        checks.page.first_target();
        checks
    }

    fn look(&mut self, cx: &Cx) {
        let looked = look_over(&cx.reading(), cx.today());
        let mut said = Vec::new();
        self.fields.clear();
        let mut rule = "";
        for looked in looked.iter().filter(|looked| !looked.found.is_empty()) {
            if rule != looked.rule.id {
                if !said.is_empty() {
                    said.push(Line::default());
                }
                let clauses = clauses_in_short(&looked.rule.clauses);
                said.push(Line::new(&clauses, looked.rule.name.get(cx.lang())).role(Role::Title));
                rule = &looked.rule.id;
            }
            self.tell(looked, &mut said, cx);
        }
        if said.is_empty() {
            said.push(Line::new("", cx.say("check-nothing")));
        }
        let heading = format!("{}  {}", cx.say("check-heading"), cx.render(&CheckSum::of(&looked).message()));
        self.page.say(heading, said);
    }

    /// What a check found: how much of how many, each entry, and the mend.
    fn tell(&mut self, looked: &Looked, said: &mut Vec<Line>, cx: &Cx) {
        let reading = cx.reading();
        let role = match looked.check.severity {
            Severity::Question => Role::Dim,
            Severity::Missing | Severity::Contradiction => Role::Accent,
        };
        let says = looked.check.says.get(cx.lang());
        let line = format!("{says}  {}", cx.render(&looked.share(&reading)));
        said.push(Line::new(&cx.say(looked.severity_name()), line).role(role));
        for finding in &looked.found {
            if let Some(field) = &looked.check.field {
                self.fields.insert(said.len(), field.clone());
            }
            let words = finding.words(&reading);
            said.push(Line { target: Some(finding.entry), ..Line::new("", words) });
        }
        let mend = cx.render(&message!("check-mend", mend = looked.check.mend.clone()));
        said.push(Line::new("", mend).role(Role::Dim));
    }

    /// The form of the entry under the cursor, on the field that wants mending.
    fn mend(&self, cx: &Cx) -> Outcome {
        let Some(entry) = self.page.here().and_then(|line| line.target) else {
            return Outcome::Say(Notice::said(message!("check-on-entry")));
        };
        let Some(form) = Form::edit(entry, cx) else { return Outcome::Stay };
        let field = self.page.said_here().and_then(|at| self.fields.get(&at));
        Outcome::Push(Box::new(match field {
            Some(field) => form.at(field),
            None => form,
        }))
    }
}

impl Layer for Checks {
    fn scope(&self) -> Scope {
        Scope::Page
    }

    fn refresh(&mut self, cx: &mut Cx) {
        self.look(cx);
    }

    fn act(&mut self, action: Action, count: Option<usize>, cx: &mut Cx) -> Outcome {
        match action {
            Action::Edit => self.mend(cx),
            Action::Check => Outcome::Stay,
            action => self.page.act(action, count, cx),
        }
    }

    fn looking(&self, _cx: &Cx) -> Looking {
        self.page.here().and_then(|line| line.target).map_or_else(Looking::default, Looking::at)
    }

    fn draw(&mut self, buffer: &mut Buffer, area: Rect, cx: &Cx) {
        self.page.draw(buffer, area, cx);
    }

    fn hints(&self, _cx: &Cx) -> Vec<Action> {
        vec![Action::Open, Action::Edit, Action::NextPart, Action::Question, Action::Plain, Action::Back]
    }
}
