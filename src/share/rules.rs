//! Changing a rule: a new edition of a method is read, tried, put in force, and evaluations carried over to it.

use std::path::{Path, PathBuf};

use chrono::{DateTime, NaiveDate, Utc};

use super::{Session, SessionError};
use crate::book::{Commit, Proposal, Way};
use crate::catalogue::{RuleChange, Turn};
use crate::definition::{SourceFile, SourceKind};
use crate::scoring::{Method, UnknownMethod, approve};
use crate::source::{Problem, decode};
use crate::store::{StoreError, defined, read_definition};
use crate::wording::{Lang, Message, Tell, message};

/// A new edition of a method, read and checked against everything in force; nothing has changed by it.
#[derive(Debug, Clone)]
pub struct NewRule {
    /// The file as it was named.
    pub path: String,
    /// The text as it was written.
    text: String,
    /// The name it will have among the book's own methods.
    name: String,
    /// What it says.
    pub method: Method,
}

/// What a person says when a rule is changed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Approval {
    /// Who approved it.
    pub by: String,
    /// When.
    pub on: NaiveDate,
    /// Why it is changed.
    pub why: String,
}

/// Why a rule is not changed, or evaluations not carried over.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{}", crate::wording::english(&self.message()))]
pub enum RuleError {
    /// There is no such file.
    NoFile(String),
    /// That is a folder.
    Folder(String),
    /// That is a pipe or a device.
    Stream(String),
    /// What is wrong in the file.
    Problem(#[from] Box<Problem>),
    /// Its edition is not above the one in force.
    NotHigher {
        /// The method.
        method: String,
        /// The edition of the file.
        said: u32,
        /// The edition in force.
        now: u32,
    },
    /// It judges something else than the edition in force.
    OtherSubject {
        /// The method in force.
        method: String,
    },
    /// There is no such method.
    Unknown(#[from] UnknownMethod),
    /// No evaluation rests on an older edition, or none carries over.
    NothingToCarry {
        /// The method.
        method: String,
        /// How many a person has to evaluate.
        by_hand: usize,
    },
    /// Levels change by carrying over, and no reason was given.
    WithoutReason {
        /// The entries whose level changes.
        serials: String,
        /// How many there are.
        count: usize,
    },
}

impl Tell for RuleError {
    fn message(&self) -> Message {
        match self {
            RuleError::NoFile(path) => message!("rule-no-file", path = path.clone()),
            RuleError::Folder(path) => message!("rule-folder", path = path.clone()),
            RuleError::Stream(path) => message!("rule-stream", path = path.clone()),
            RuleError::Problem(problem) => problem.message(),
            RuleError::NotHigher { method, said, now } => {
                message!(
                    "rule-not-higher",
                    method = method.clone(),
                    said = *said,
                    now = *now,
                    next = now.saturating_add(1)
                )
            }
            RuleError::OtherSubject { method } => message!("rule-other-subject", method = method.clone()),
            RuleError::Unknown(error) => error.message(),
            RuleError::NothingToCarry { method, by_hand } => {
                message!("rule-nothing-to-carry", method = method.clone(), count = *by_hand)
            }
            RuleError::WithoutReason { serials, count } => {
                message!("rule-carry-why", serials = serials.clone(), count = *count)
            }
        }
    }
}

impl From<Problem> for RuleError {
    fn from(problem: Problem) -> Self {
        RuleError::Problem(Box::new(problem))
    }
}

impl Session {
    /// Reads a new edition of a method from a file, named as it lies or within the book's folder. Nothing changes.
    pub fn new_rule(&self, path: &str) -> Result<NewRule, SessionError> {
        let path = path.trim();
        let inside = self.folder().join(path);
        let places = [PathBuf::from(path), inside];
        let found = places.iter().find(|path| path.is_file());
        let found = found.ok_or_else(|| match places.iter().find(|path| path.exists()) {
            Some(there) if there.is_dir() => RuleError::Folder(path.to_owned()),
            Some(_) => RuleError::Stream(path.to_owned()),
            None => RuleError::NoFile(path.to_owned()),
        })?;
        let text = decode(path, read_definition(found)?).map_err(RuleError::from)?;
        let method = Method::load(path, &text).map_err(RuleError::from)?;
        if let Some(now) = self.definitions().methods().get(&method.id).map(|now| now.edition)
            && method.edition <= now
        {
            return Err(RuleError::NotHigher { method: method.id, said: method.edition, now }.into());
        }
        let now = self.definitions().methods().get(&method.id);
        if now.is_some_and(|now| now.subject != method.subject && now.subject.is_some()) {
            return Err(RuleError::OtherSubject { method: method.id }.into());
        }
        let name = self.place_of(&method);
        let rule = NewRule { path: path.to_owned(), text, name, method };
        self.definitions().with(rule.file(rule.text.clone())).map_err(RuleError::from)?;
        Ok(rule)
    }

    /// The file of the edition in force, which the new one replaces; a new method gets a file of its own.
    fn place_of(&self, new: &Method) -> String {
        let definitions = self.definitions();
        let now = definitions.methods().get(&new.id).and_then(|now| definitions.file_of(now));
        let own = format!("{}.toml", new.id);
        let taken = |file: &SourceFile| file.kind == SourceKind::Method && file.name == own;
        match now {
            Some(file) => file.name.clone(),
            None if definitions.sources().iter().any(taken) => format!("{}-{}.toml", new.id, new.edition),
            None => own,
        }
    }

    /// Puts a new edition in force: it is laid aside, journalled with its reason and approver, and put in place.
    /// From here on everything is read by it.
    pub fn put_in_force(
        &mut self,
        rule: &NewRule,
        approval: &Approval,
        (way, lang): (Way, Lang),
        now: DateTime<Utc>,
    ) -> Result<Commit, SessionError> {
        if let Some(why) = self.read_only() {
            return Err(StoreError::ReadOnly(why).into());
        }
        let text = approve(&rule.path, &rule.text, (&approval.by, approval.on), &approval.why)
            .map_err(RuleError::from)?;
        let file = rule.file(text);
        let definitions = self.definitions().with(file.clone()).map_err(RuleError::from)?;
        let folder = self.folder();
        folder.lay_aside(&file)?;
        let before = defined(self.definitions().sources());
        let (origin, why) = (self.origin(now), self.reason(rule, approval, lang));
        let commit = self.define((&before, definitions), origin, (way, Some(why)))?;
        // The journal has it: what the disk refuses now, the next opening makes good.
        let _ = folder.settle(&defined(self.definitions().sources()));
        Ok(commit)
    }

    /// The reason as the commit keeps it: why, from which edition to which, and who approved it.
    fn reason(&self, rule: &NewRule, approval: &Approval, lang: Lang) -> String {
        let before = self.definitions().methods().get(&rule.method.id);
        lang.wording().render(&message!(
            "rule-reason",
            why = approval.why.clone(),
            method = rule.method.name.clone(),
            from = before.map_or(0, |before| before.edition),
            to = rule.method.edition,
            by = approval.by.clone(),
            on = approval.on.to_string()
        ))
    }

    /// What a new edition would say of every entry that the method judged.
    pub fn try_rule(&self, method: &Method, now: DateTime<Utc>) -> RuleChange {
        self.reading(Lang::Zh).rule_change(method, (&[], self.today(now)))
    }

    /// The entries that the edition in force left behind, as they would be carried over by somebody on a day.
    pub fn left_behind(&self, id: &str, by: &[String], on: NaiveDate) -> Result<RuleChange, SessionError> {
        let methods = self.definitions().methods();
        let method =
            methods.meant(id).and_then(|method| methods.meant(&method.id)).map_err(RuleError::from)?;
        Ok(self.reading(Lang::Zh).left_behind(method, (by, on)))
    }

    /// Carries over what carries over, as one commit. Where a level changes by it, a reason is asked for.
    pub fn carry(
        &mut self,
        id: &str,
        change: &RuleChange,
        (way, why): (Way, Option<String>),
        now: DateTime<Utc>,
    ) -> Result<Commit, SessionError> {
        let (over, by_hand) = change.by_hand();
        if over.is_empty() {
            let by_hand = by_hand.len();
            return Err(RuleError::NothingToCarry { method: id.to_owned(), by_hand }.into());
        }
        let flips = over.iter().filter(|case| case.turn.flips()).map(|case| self.book().serial(case.entry));
        let flips: Vec<&str> = flips.collect();
        if !flips.is_empty() && why.as_ref().is_none_or(|why| crate::text::shows_nothing(why)) {
            let (serials, count) = (flips.join(" "), flips.len());
            return Err(RuleError::WithoutReason { serials, count }.into());
        }
        self.commit(Proposal { way, why, edits: change.edits() }, now)
    }
}

impl NewRule {
    fn file(&self, text: String) -> SourceFile {
        SourceFile { kind: SourceKind::Method, name: self.name.clone(), text }
    }

    /// Where it will lie in the book's folder.
    pub fn place(&self) -> String {
        Path::new(SourceKind::Method.folder()).join(&self.name).display().to_string()
    }
}

/// Whether carrying over would change a level or a list.
pub fn flips(change: &RuleChange) -> bool {
    change.by_hand().0.iter().any(|case| Turn::flips(case.turn))
}
