//! What stands in the terms of a contract: every line with words on environment or safety, those on information security
//! apart, and what its review says of each; a line is confirmed here.

use std::collections::BTreeMap;

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use super::super::action::{Action, Scope};
use super::super::layer::{Answer, Basis, Cx, Layer, Outcome};
use super::super::notice::Notice;
use super::super::theme::Role;
use super::ask::Ask;
use super::detail::Line;
use super::form::Form;
use super::page::{self, Page};
use super::pick;
use crate::audit::{
    NoneFound, Passage, Says, confirm, confirm_none, departments_of, head_of, likely, none_found, passages,
    subject_name, term_checks,
};
use crate::book::{Edit, EntryKey, Proposal, Value, Way};
use crate::catalogue::{Looking, Reading};
use crate::wording::{Message, message};

/// The terms of an entry.
pub struct TermsPage {
    entry: EntryKey,
    page: Page,
    basis: Basis,
    /// What lines are about, by their numbers among those that are said.
    leads: BTreeMap<usize, Lead>,
    /// What is being confirmed.
    asked: Option<Asked>,
}

/// What a line is about.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Lead {
    /// A passage: what it is about, and its words.
    Passage(String, String),
    /// A subject of which nothing stands there.
    None(String),
    /// The review that says so.
    Review(EntryKey),
}

/// What is being confirmed, and what was answered so far.
struct Asked {
    lead: Lead,
    step: Step,
    requirement: String,
    owner: String,
}

/// What is asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Step {
    Effect,
    Requirement,
    Owner,
    Control,
    Reason,
    Looker,
}

/// The page of an entry; none where no check looks for words in its register.
pub fn open(entry: EntryKey, cx: &Cx) -> Option<TermsPage> {
    let reading = cx.reading();
    let found = reading.book.entry(entry)?;
    term_checks(&reading, reading.book.register_id(found.register)).next()?;
    let (page, basis, leads) = (page::lines(), cx.basis(), BTreeMap::new());
    let mut shown = TermsPage { entry, page, basis, leads, asked: None };
    shown.read(cx);
    shown.page.next_of(&shown.leads);
    Some(shown)
}

impl TermsPage {
    fn read(&mut self, cx: &Cx) {
        let reading = cx.reading();
        let Some(entry) = reading.book.entry(self.entry) else { return };
        let (found, none) = (passages(&reading, entry), none_found(&reading, entry));
        self.leads.clear();
        let mut said = Vec::new();
        let mut last = None;
        for passage in &found {
            let head = (passage.check.id.as_str(), passage.subject.is.as_str(), passage.asked);
            if last != Some(head) {
                if last.is_some() {
                    said.push(Line::default());
                }
                said.push(Line::new("", cx.render(&heading(&reading, passage))).role(Role::Title));
                last = Some(head);
            }
            self.tell(passage, &mut said, cx);
        }
        if !none.is_empty() && !said.is_empty() {
            said.push(Line::default());
        }
        for none in &none {
            self.tell_none(none, &mut said, cx);
        }
        let open = found.iter().filter(|passage| passage.is_open()).count()
            + none.iter().filter(|none| none.said.is_none()).count();
        let counts = message!("terms-count", count = found.len(), open = open);
        let serial = reading.book.serial(self.entry);
        let heading = format!("{serial}  {}  {}", cx.say("terms-heading"), cx.render(&counts));
        self.page.say(heading, said);
    }

    /// A passage: where it stands, its words, the line, and what a review says of it.
    fn tell(&mut self, passage: &Passage, said: &mut Vec<Line>, cx: &Cx) {
        let reading = cx.reading();
        let label = cx.render(&message!("terms-line", line = passage.line));
        if passage.asked {
            let lead = Lead::Passage(passage.subject.is.clone(), passage.text.clone());
            self.leads.insert(said.len(), lead);
        }
        let words = passage.places(&reading);
        said.push(Line::new(&label, words).role(if passage.is_open() { Role::Accent } else { Role::Text }));
        said.push(Line::new("", passage.text.clone()).role(Role::Dim));
        let (target, state) = passage.said(&reading);
        if let Some(review) = target {
            self.leads.insert(said.len(), Lead::Review(review));
        }
        // What is only shown wants no word of anybody.
        if passage.asked {
            let role = if passage.is_open() { Role::Accent } else { Role::Text };
            said.push(Line { target, ..Line::new("", cx.render(&state)) }.role(role));
        }
    }

    fn tell_none(&mut self, none: &NoneFound, said: &mut Vec<Line>, cx: &Cx) {
        let reading = cx.reading();
        let label = subject_name(&reading, none.check, &none.subject.is);
        let (target, words) = (none.said.as_ref().map(|(review, _)| *review), none.message(&reading));
        let lead = target.map_or_else(|| Lead::None(none.subject.is.clone()), Lead::Review);
        self.leads.insert(said.len(), lead);
        let role = if target.is_none() { Role::Accent } else { Role::Text };
        said.push(Line { target, ..Line::new(&label, cx.render(&words)) }.role(role));
    }

    fn lead(&self) -> Option<&Lead> {
        self.page.said_here().and_then(|at| self.leads.get(&at))
    }

    /// Begins to confirm what the cursor is on.
    fn begin(&mut self, cx: &mut Cx) -> Outcome {
        let Some(lead) = self.lead().cloned() else {
            return Outcome::Say(Notice::said(message!("terms-where")));
        };
        if let Some(why) = cx.session.read_only() {
            return Outcome::Say(Notice::refused(why));
        }
        if let Some(form) = self.without_review(cx) {
            let notice = Notice::said(message!("terms-review-first"));
            return Outcome::PushSaying(Box::new(form), notice);
        }
        let step = match &lead {
            Lead::Review(review) => return Outcome::Push(Box::new(page::entry(*review, cx))),
            Lead::Passage(..) => Step::Effect,
            Lead::None(_) => Step::Looker,
        };
        self.asked = Some(Asked { lead, step, requirement: String::new(), owner: String::new() });
        self.ask(cx)
    }

    /// The form of a new review, where the entry has none that could say anything.
    fn without_review(&self, cx: &Cx) -> Option<Form> {
        let reading = cx.reading();
        let entry = reading.book.entry(self.entry)?;
        let (.., terms) = term_checks(&reading, reading.book.register_id(entry.register)).next()?;
        if !reading.book.naming(self.entry, &terms.register, &terms.link, None).is_empty() {
            return None;
        }
        let origin = format!("{} {}", reading.book.serial(self.entry), terms.link);
        let values = [(terms.link.clone(), Value::Links(vec![self.entry]))];
        Form::filled(&terms.register, &origin, &values, cx)
    }

    /// The passage that is being confirmed, as it is now.
    fn passage<'c>(&self, cx: &'c Cx) -> Option<Passage<'c>> {
        let Lead::Passage(is, text) = &self.asked.as_ref()?.lead else { return None };
        let reading = cx.reading();
        let all = passages(&reading, reading.book.entry(self.entry)?);
        all.into_iter().find(|passage| passage.asked && passage.subject.is == *is && passage.text == *text)
    }

    /// The question of the present step.
    fn ask(&mut self, cx: &Cx) -> Outcome {
        let Some(asked) = &self.asked else { return Outcome::Stay };
        if asked.step == Step::Looker {
            let name = cx.session.shown_name().to_owned();
            return push(Ask::filled(message!("terms-ask-looker"), &name));
        }
        let reading = cx.reading();
        let (Some(passage), Some(entry)) = (self.passage(cx), reading.book.entry(self.entry)) else {
            return Outcome::Say(Notice::refused(message!("terms-gone")));
        };
        let (requirement, owner, control) = likely(&reading, entry, &passage);
        match asked.step {
            Step::Effect => {
                let choices = [cx.say("terms-applies"), cx.say("terms-no-effect")];
                let choices: Vec<&str> = choices.iter().map(String::as_str).collect();
                push(pick::names(passage.text.clone(), &choices))
            }
            Step::Requirement => push(Ask::filled(message!("terms-ask-requirement"), &requirement)),
            Step::Owner => {
                let heads =
                    departments_of(&reading, self.entry).into_iter().map(|key| head_of(&reading, key));
                let head = heads.into_iter().find(|head| !head.is_empty()).unwrap_or_default();
                let owner = if owner.is_empty() { head } else { owner };
                push(Ask::filled(message!("terms-ask-owner"), &owner))
            }
            Step::Control => push(pick::entries(&passage.controls(&reading), control, true, cx)),
            Step::Reason => push(Ask::text(message!("terms-ask-reason"))),
            Step::Looker => Outcome::Stay,
        }
    }

    fn next(&mut self, step: Step, cx: &Cx) -> Outcome {
        if let Some(asked) = &mut self.asked {
            asked.step = step;
        }
        self.ask(cx)
    }

    /// Writes what was answered into the review.
    fn write(&mut self, says: &Says, cx: &mut Cx) -> Outcome {
        let reading = cx.reading();
        let by = cx.session.shown_name().to_owned();
        let edit = match (self.passage(cx), reading.book.entry(self.entry)) {
            (Some(passage), Some(entry)) => confirm(&reading, (entry, &passage), says, (&by, cx.today())),
            _ => Err(message!("terms-gone")),
        };
        self.commit(edit, cx)
    }

    fn write_none(&mut self, by: &str, cx: &mut Cx) -> Outcome {
        let reading = cx.reading();
        let Some(entry) = reading.book.entry(self.entry) else { return Outcome::Stay };
        let all = none_found(&reading, entry);
        let Some(Asked { lead: Lead::None(is), .. }) = &self.asked else { return Outcome::Stay };
        let meant: Vec<&NoneFound> = all.iter().filter(|none| none.subject.is == *is).collect();
        let edit = confirm_none(&reading, entry, &meant, (by, cx.today()));
        self.commit(edit, cx)
    }

    fn commit(&mut self, edit: Result<Edit, Message>, cx: &mut Cx) -> Outcome {
        self.asked = None;
        let edit = match edit {
            Ok(edit) => edit,
            Err(why) => return Outcome::Say(Notice::refused(why)),
        };
        let now = cx.now;
        match cx.session.commit(Proposal { way: Way::Screen, why: None, edits: vec![edit] }, now) {
            Ok(commit) => Outcome::Say(Notice::saved(&commit, cx)),
            Err(error) => Outcome::Say(Notice::wrong(&error)),
        }
    }
}

fn push(layer: impl Layer + 'static) -> Outcome {
    Outcome::Push(Box::new(layer))
}

/// What the passages below are about, and which words of which rule found them.
fn heading(reading: &Reading, passage: &Passage) -> Message {
    let subject = subject_name(reading, passage.check, &passage.subject.is);
    let (rule, file) = (passage.rule.id.to_uppercase(), passage.rule.file.clone());
    if passage.asked {
        message!("terms-subject", subject = subject, rule = rule, file = file)
    } else {
        message!("terms-apart", subject = subject, rule = rule, file = file)
    }
}

impl Layer for TermsPage {
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
            Action::Open | Action::Settle => self.begin(cx),
            Action::Edit => {
                let form = Form::edit(self.entry, cx);
                form.map_or(Outcome::Stay, |form| Outcome::Push(Box::new(form)))
            }
            Action::NextPart => {
                self.page.next_of(&self.leads);
                Outcome::Stay
            }
            Action::Terms => Outcome::Stay,
            action => self.page.act(action, count, cx),
        }
    }

    fn answered(&mut self, answer: Answer, cx: &mut Cx) -> Outcome {
        let Some(asked) = &mut self.asked else { return Outcome::Stay };
        match (asked.step, answer) {
            (Step::Effect, Answer::Picked(at)) => {
                self.next(if at == 0 { Step::Requirement } else { Step::Reason }, cx)
            }
            (Step::Requirement, Answer::Text(words)) => {
                asked.requirement = words;
                self.next(Step::Owner, cx)
            }
            (Step::Owner, Answer::Text(words)) => {
                asked.owner = words;
                self.next(Step::Control, cx)
            }
            (Step::Control, Answer::Entries(control)) => {
                let (requirement, owner) = (asked.requirement.clone(), asked.owner.clone());
                self.write(&Says::Applies { requirement, owner, control }, cx)
            }
            (Step::Reason, Answer::Text(reason)) => self.write(&Says::Without { reason }, cx),
            (Step::Looker, Answer::Text(by)) => self.write_none(&by, cx),
            _ => Outcome::Stay,
        }
    }

    fn looking(&self, _cx: &Cx) -> Looking {
        Looking::at(self.entry)
    }

    fn draw(&mut self, buffer: &mut Buffer, area: Rect, cx: &Cx) {
        self.page.draw(buffer, area, cx);
    }

    fn hints(&self, _cx: &Cx) -> Vec<Action> {
        vec![Action::Open, Action::NextPart, Action::Edit, Action::Chain, Action::Plain, Action::Back]
    }

    fn hint(&self, action: Action) -> Option<&'static str> {
        match (action, self.lead()) {
            (Action::Open, Some(Lead::Passage(..) | Lead::None(_))) => Some("confirm"),
            _ => None,
        }
    }
}
