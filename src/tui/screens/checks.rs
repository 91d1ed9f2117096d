//! What an auditor would find, clause by clause; each finding leads to its entry, and to the field to mend.

use std::collections::BTreeMap;

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use super::super::action::{Action, Scope};
use super::super::layer::{Answer, Basis, Cx, Layer, Outcome};
use super::super::notice::Notice;
use super::super::theme::Role;
use super::ask::{Ask, Asking, Take};
use super::detail::Line;
use super::form::Form;
use super::page::{self, Page};
use super::raise::{Found, raise};
use super::table::Table;
use crate::audit::{CheckSum, Finding, Looked, accept, clauses_in_short, usually_until};
use crate::book::{Date, EntryKey, Proposal, Value, Way};
use crate::catalogue::{Looking, Reading};
use crate::definition::{Check, Finds, Goes, Kind, Severity, clause_number};
use crate::query::Needle;
use crate::wording::{Tell, message};

/// How many entries of one check are told by name.
const MOST: usize = 40;

/// The findings.
pub struct Checks {
    page: Page,
    /// What was looked over.
    basis: Basis,
    /// Which check each line with an entry is of, and the row that is meant, by its number among the lines that are said.
    found_by: BTreeMap<usize, (String, Option<usize>)>,
    /// Words that narrow it.
    narrow: String,
}

impl Checks {
    /// Looks the book over.
    pub fn new(cx: &Cx) -> Self {
        let (basis, found_by, narrow) = (cx.basis(), BTreeMap::new(), String::new());
        let mut checks = Self { page: page::lines(), basis, found_by, narrow };
        checks.look(cx);
        checks.page.first_target();
        checks
    }

    fn look(&mut self, cx: &Cx) {
        cx.looked(|reading, looked| self.say(reading, looked, cx));
    }

    fn say(&mut self, reading: &Reading, looked: &[Looked], cx: &Cx) {
        let mut said = Vec::new();
        self.found_by.clear();
        let needles: Vec<Needle> = self.narrow.split_whitespace().map(Needle::new).collect();
        let (mut rule, mut shown) = ("", 0);
        for looked in looked {
            let found: Vec<&Finding> =
                looked.found.iter().filter(|finding| is_meant(reading, looked, finding, &needles)).collect();
            if found.is_empty() {
                continue;
            }
            shown += found.len();
            if rule != looked.rule.id {
                if !said.is_empty() {
                    said.push(Line::default());
                }
                let clauses = clauses_in_short(&looked.rule.clauses);
                said.push(Line::new(&clauses, looked.rule.name.get(cx.lang())).role(Role::Title));
                rule = &looked.rule.id;
            }
            self.tell(reading, (looked, &found), &mut said, cx);
        }
        if said.is_empty() {
            let idle = looked.iter().all(|looked| looked.of == 0);
            let narrow = message!("check-narrowed-none", words = self.narrow.clone());
            said.push(Line::new(
                "",
                match (needles.is_empty(), idle) {
                    (false, _) => cx.render(&narrow),
                    (true, true) => cx.say("check-nothing-asked"),
                    (true, false) => cx.say("check-nothing"),
                },
            ));
        }
        let sum = CheckSum::of(looked);
        let heading = if needles.is_empty() {
            sum.message()
        } else {
            let all = looked.iter().map(|looked| looked.found.len()).sum::<usize>();
            message!("check-narrowed", words = self.narrow.clone(), shown = shown, all = all)
        };
        self.page.say(format!("{}  {}", cx.say("check-heading"), cx.render(&heading)), said);
    }

    /// Asks for words that narrow it; none show all again.
    fn narrow(&self) -> Outcome {
        Outcome::Push(Box::new(Ask::filled(message!("check-narrow"), &self.narrow).optional()))
    }

    fn narrow_by(&mut self, words: &str, cx: &Cx) -> Outcome {
        words.trim().clone_into(&mut self.narrow);
        self.look(cx);
        self.page.first_target();
        Outcome::Stay
    }

    /// What a check found: how much of how many, each entry, and the mend.
    fn tell(
        &mut self,
        reading: &Reading,
        (looked, found): (&Looked, &[&Finding]),
        said: &mut Vec<Line>,
        cx: &Cx,
    ) {
        let role = match looked.check.severity {
            Severity::Question => Role::Dim,
            Severity::Missing | Severity::Contradiction => Role::Accent,
        };
        let says = looked.check.says.get(cx.lang());
        let line = format!("{says}  {}", cx.render(&looked.share(reading)));
        said.push(Line::new(&cx.say(looked.severity_name()), line).role(role));
        for finding in found.iter().take(MOST) {
            self.found_by.insert(said.len(), (looked.check.id.clone(), finding.row));
            let words = finding.words(reading);
            said.push(Line { target: Some(finding.entry), ..Line::new("", words) });
        }
        if let Some(more) = found.len().checked_sub(MOST).filter(|more| *more > 0) {
            self.found_by.insert(said.len(), (looked.check.id.clone(), None));
            said.push(Line::new("", cx.render(&message!("evidence-more", count = more))));
        }
        let mend = cx.render(&message!("check-mend", mend = looked.check.mend.clone()));
        said.push(Line::new("", mend).role(Role::Dim));
    }

    /// Into the entry under the cursor; where more were found than are told, into the list of all of them.
    fn open(&mut self, cx: &mut Cx) -> Outcome {
        let told = self.page.here().is_some_and(|line| line.target.is_some());
        let check = self.page.said_here().and_then(|at| self.found_by.get(&at)).filter(|_| !told);
        let Some(check) = check.and_then(|(id, _)| cx.session.definitions().check(id)) else {
            return self.page.act(Action::Open, None, cx);
        };
        let query = match &check.finds {
            Finds::Query(asked) => asked.query.as_str(),
            Finds::Stale => "stale:yes",
            _ => {
                return Outcome::Say(Notice::said(message!(
                    "check-all-by-command",
                    check = check.id.clone()
                )));
            }
        };
        let of = check.of.as_ref().map(|of| format!("({}) ", of.query)).unwrap_or_default();
        Outcome::Push(Box::new(Table::open(&check.register, &format!("{of}({query})"), cx)))
    }

    /// The form of the entry under the cursor, on the field that wants mending.
    fn mend(&self, cx: &Cx) -> Outcome {
        let Some((check, entry)) = self.here(cx) else { return nowhere() };
        let row = self.page.said_here().and_then(|at| self.found_by.get(&at)?.1);
        let form = match (&check.goes, &check.field) {
            (Some(goes), _) => elsewhere(goes, entry, cx),
            (None, Some(field)) => Form::edit(entry, cx).map(|form| form.at_row(field, row)),
            (None, None) => Form::edit(entry, cx),
        };
        form.map_or(Outcome::Stay, |form| Outcome::Push(Box::new(form)))
    }

    /// Asks why the finding under the cursor may stay as it is.
    fn accept(&self, cx: &Cx) -> Outcome {
        let Some((check, entry)) = self.here(cx) else { return nowhere() };
        let name = cx.session.book().serial(entry).to_owned();
        let until = usually_until(cx.today()).to_string();
        let ask = Ask::text(message!("check-accept", entry = name, until = until));
        let (check, entry) = (check.id.clone(), entry);
        Outcome::Push(Box::new(Asking::new(ask, Accepting { check, entry })))
    }

    /// A nonconformity of the finding under the cursor: the entry and which part of it, and what is said of it.
    fn raise(&self, cx: &Cx) -> Outcome {
        let Some((check, entry)) = self.here(cx) else { return nowhere() };
        let told = self.page.here().map_or("", |line| line.text.as_str());
        let told = told.strip_prefix(cx.session.book().serial(entry)).unwrap_or(told).trim();
        let rule = cx
            .session
            .definitions()
            .rules()
            .iter()
            .find(|rule| rule.checks.iter().any(|other| other.id == check.id));
        let clause = rule.and_then(|rule| rule.clauses.first()).map(|clause| clause_number(clause));
        let words = format!("{told}  {}", check.says.get(cx.lang()));
        let clause = clause.unwrap_or_default();
        raise(&[entry], Some(&Found { words: &words, clause, audit: None, department: None }), cx)
    }

    /// The check and the entry under the cursor.
    fn here<'c>(&self, cx: &'c Cx) -> Option<(&'c Check, EntryKey)> {
        let entry = self.page.here()?.target?;
        let (id, _) = self.found_by.get(&self.page.said_here()?)?;
        Some((cx.session.definitions().check(id)?, entry))
    }
}

impl Layer for Checks {
    fn scope(&self) -> Scope {
        Scope::Page
    }

    fn refresh(&mut self, cx: &mut Cx) {
        let basis = cx.basis();
        if self.basis != basis {
            self.basis = basis;
            self.look(cx);
        }
    }

    fn act(&mut self, action: Action, count: Option<usize>, cx: &mut Cx) -> Outcome {
        match action {
            Action::Open => self.open(cx),
            Action::Edit => self.mend(cx),
            Action::Accept => self.accept(cx),
            Action::Raise => self.raise(cx),
            Action::Check => Outcome::Stay,
            Action::Filter => self.narrow(),
            Action::Back if !self.narrow.is_empty() => self.narrow_by("", cx),
            action => self.page.act(action, count, cx),
        }
    }

    fn answered(&mut self, answer: Answer, cx: &mut Cx) -> Outcome {
        match answer {
            Answer::Text(words) => self.narrow_by(&words, cx),
            _ => Outcome::Stay,
        }
    }

    fn looking(&self, _cx: &Cx) -> Looking {
        self.page.here().and_then(|line| line.target).map_or_else(Looking::default, Looking::at)
    }

    fn draw(&mut self, buffer: &mut Buffer, area: Rect, cx: &Cx) {
        self.page.draw(buffer, area, cx);
    }

    fn hints(&self, _cx: &Cx) -> Vec<Action> {
        vec![Action::Open, Action::Edit, Action::Raise, Action::Accept, Action::Filter, Action::Back]
    }
}

/// Whether a finding is meant by words: of the entry, its department, the check, its rule and clauses, its weight.
fn is_meant(reading: &Reading, looked: &Looked, finding: &Finding, needles: &[Needle]) -> bool {
    if needles.is_empty() {
        return true;
    }
    let entry = reading.book.entry(finding.entry);
    let department = entry.and_then(|entry| {
        let field = reading.register(entry)?.department_field()?;
        Some(reading.words_at(entry, &field.id))
    });
    let severity = reading.wording.say(looked.severity_name());
    let register = reading.definitions.register(&looked.check.register);
    let texts = [
        finding.words(reading),
        looked.check.says.get(reading.lang).to_owned(),
        looked.rule.name.get(reading.lang).to_owned(),
        looked.rule.clauses.join(" "),
        looked.check.id.clone(),
        severity,
        register.map(|register| register.name.get(reading.lang).to_owned()).unwrap_or_default(),
        department.unwrap_or_default(),
    ];
    needles.iter().all(|needle| texts.iter().any(|text| needle.matches(text)))
}

/// The form of an entry that leads to one, on a field; of a new one where none does.
fn elsewhere(goes: &Goes, entry: EntryKey, cx: &Cx) -> Option<Form> {
    let (reading, book) = (cx.reading(), cx.session.book());
    let there = reading.definitions.register(&goes.register)?;
    let found = book.entry(entry)?;
    let leads = |to: &str| matches!(there.field(&goes.link).map(|field| &field.kind), Some(Kind::Links { to: all, .. }) if all.iter().any(|id| id == to));
    // Where it does not lead here, it leads to the department that this is of.
    let own = reading.register(found).and_then(|own| own.department_field());
    let entry = match own.filter(|_| !leads(book.register_id(found.register))) {
        Some(field) => book.cell(found, &field.id).links(None).next()?,
        None => entry,
    };
    if let Some(other) = book.naming(entry, &goes.register, &goes.link, None).last() {
        return Form::edit(*other, cx).map(|form| form.at(&goes.field));
    }
    let origin = format!("{} {}", book.serial(entry), goes.link);
    let values = [(goes.link.clone(), Value::Links(vec![entry]))];
    Form::filled(&goes.register, &origin, &values, cx).map(|form| form.at(&goes.field))
}

fn nowhere() -> Outcome {
    Outcome::Say(Notice::said(message!("check-on-entry")))
}

/// A finding that is to be accepted.
struct Accepting {
    check: String,
    entry: EntryKey,
}

impl Take for Accepting {
    /// A day before the reason is the last day.
    fn take(&mut self, words: &str, cx: &mut Cx) -> Outcome {
        let (today, now) = (cx.today(), cx.now);
        let (first, rest) = words.split_once(char::is_whitespace).unwrap_or((words, ""));
        let said = Date::typed(first, today).ok();
        if said.is_some() && rest.trim().is_empty() {
            return Outcome::Say(Notice::refused(message!("check-why-too")));
        }
        let (until, why) = said.map_or((usually_until(today), words), |until| (until, rest.trim()));
        if until.last() < today {
            return Outcome::Say(Notice::refused(message!("check-until-past", until = until.to_string())));
        }
        let reading = cx.reading();
        let Some(check) = reading.definitions.check(&self.check) else { return Outcome::Close };
        let by = cx.session.shown_name().to_owned();
        let edit = accept(&reading, (check, self.entry), (why, &by), until);
        let proposal = Proposal { way: Way::Screen, why: Some(why.to_owned()), edits: vec![edit] };
        match cx.session.commit(proposal, now) {
            Ok(_) => {
                let entry = cx.session.book().serial(self.entry).to_owned();
                let done = message!("check-accepted", entry = entry, until = until.to_string());
                Outcome::CloseSaying(Notice::said(done))
            }
            Err(error) => Outcome::Say(Notice::wrong(&error)),
        }
    }

    fn is_gone(&self, cx: &Cx) -> bool {
        cx.session.book().entry(self.entry).is_none()
    }
}
