//! What an auditor asks: noted with what was on screen, and told at the closing meeting clause by clause.

use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;

use super::Reading;
use crate::book::{Cell, Date, Edit, Entry, EntryKey, Value};
use crate::definition::{Kind, Register, clause_number, clauses_named};
use crate::text::collate;
use crate::wording::message;

/// The register of what auditors asked.
pub const QUESTIONS: &str = "questions";
/// The view of those that nobody has answered.
pub const QUESTIONS_OPEN: &str = "questions-open";
/// The register of audits.
pub const AUDITS: &str = "audits";
/// The field that says how an entry stands.
pub const STATUS: &str = "status";
/// The code of a question that nobody has answered.
const OPEN: &str = "open";
/// The code of one that has its answer.
const ANSWERED: &str = "answered";
/// The code of one that is asked no longer.
const WITHDRAWN: &str = "withdrawn";
/// The codes of what is left to be put right.
const FINDINGS: [&str; 2] = ["observation", "nonconformity"];
/// How far the lines below a question are indented.
const INDENT: usize = 4;

/// What is on screen.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Looking {
    /// The entries.
    pub entries: Vec<EntryKey>,
    /// The register or view; empty where there is none.
    pub list: String,
    /// What narrows it.
    pub filter: String,
    /// Words for it.
    pub words: String,
    /// What is to be known about it.
    pub note: String,
    /// The number of the clause whose page it is.
    pub clause: String,
    /// The audit whose page it is.
    pub audit: Option<EntryKey>,
}

impl Looking {
    /// An entry alone.
    pub fn at(entry: EntryKey) -> Self {
        Self { entries: vec![entry], ..Self::default() }
    }

    /// Whether nothing is looked at that has a name.
    pub fn is_empty(&self) -> bool {
        self.entries.is_empty() && self.list.is_empty() && self.clause.is_empty()
    }
}

/// The clauses that are named in a field; one empty where there is none.
fn clauses(said: &str) -> Vec<String> {
    let mut clauses: Vec<String> = clauses_named(said).map(str::to_owned).collect();
    clauses.dedup();
    if clauses.is_empty() { vec![String::new()] } else { clauses }
}

impl Reading<'_> {
    /// The clause that what is on screen gives evidence for: that of its register, else that of the question
    /// before; its number alone. Where nothing is looked at there is none.
    pub fn clause_of(&self, looking: &Looking) -> String {
        if !looking.clause.is_empty() {
            return looking.clause.clone();
        }
        let entry = looking.entries.first().and_then(|key| self.book.entry(*key));
        let listed = || self.listing(&looking.list).ok().map(|listing| listing.register);
        let register = entry.and_then(|entry| self.register(entry)).or_else(listed);
        let own = register.and_then(|register| register.form.clauses.first());
        if let Some(clause) = own {
            return clause_number(clause).to_owned();
        }
        if looking.is_empty() {
            return String::new();
        }
        let last = self.book.entries(QUESTIONS).last().and_then(|key| self.book.entry(*key));
        last.map(|entry| self.words_at(entry, "clause")).unwrap_or_default()
    }

    /// The audit in progress on a day: the latest that has begun and is not over.
    pub fn audit_on(&self, day: NaiveDate) -> Option<EntryKey> {
        let entries = self.book.entries(AUDITS).iter().filter_map(|key| self.book.entry(*key));
        let holds = |entry: &&Entry| {
            let date = |field: &str| match self.book.cell(entry, field) {
                Cell::Date(date) => Some(*date),
                _ => None,
            };
            let begin = date("date");
            let end = date("end").or(begin);
            begin.is_some_and(|begin| begin.first() <= day) && end.is_some_and(|end| day <= end.last())
        };
        let begin = |entry: &&Entry| match self.book.cell(entry, "date") {
            Cell::Date(date) => date.first(),
            _ => NaiveDate::MIN,
        };
        entries.filter(holds).max_by_key(begin).map(|entry| entry.key)
    }

    /// The edit that notes a question, asked at a moment of the book's clock.
    pub fn question(
        &self,
        (clause, words): (&str, &str),
        looking: &Looking,
        (day, time): (NaiveDate, &str),
    ) -> Edit {
        let text = |text: &str| Value::Text(text.to_owned());
        let in_audits = |key: &EntryKey| self.book.entries(AUDITS).contains(key);
        let audit = looking.audit.filter(in_audits).or_else(|| self.audit_on(day));
        let auditors = audit.and_then(|key| Some(self.words_at(self.book.entry(key)?, "auditors")));
        let fields = [
            ("title", text(words)),
            ("clause", text(clause)),
            ("asked", Value::Date(Date::day(day))),
            ("time", text(time)),
            ("asked-by", text(&auditors.unwrap_or_default())),
            (STATUS, Value::Choice(OPEN.to_owned())),
            ("shown", Value::Links(looking.entries.clone())),
            ("list", text(&looking.list)),
            ("filter", text(&looking.filter)),
            ("audit", Value::Links(audit.into_iter().collect())),
            ("note", text(&looking.note)),
        ];
        let register = self.definitions.register(QUESTIONS);
        // An organisation's own register may have fewer fields.
        let known = |id: &str| register.is_some_and(|register| register.field(id).is_some());
        let fields = fields.into_iter().filter(|(id, value)| known(id) && !value.is_empty());
        let fields = fields.map(|(id, value)| (id.to_owned(), value)).collect();
        Edit::Add { register: QUESTIONS.to_owned(), fields }
    }

    /// The edits that say how entries stand now. An answer is kept with its day and who gave it, and whatever it
    /// names by its number becomes evidence.
    pub fn settled(
        &self,
        keys: &[EntryKey],
        (status, answer): (&str, &str),
        (day, by): (NaiveDate, &str),
    ) -> Vec<Edit> {
        let settle = |key: &EntryKey| {
            let entry = self.book.entry(*key)?;
            let register = self.register(entry)?;
            let mut fields = vec![(STATUS.to_owned(), Some(Value::Choice(status.to_owned())))];
            let answers = register.id == QUESTIONS && !answer.is_empty();
            if answers && answer != self.words_at(entry, "answer") {
                let mut evidence = match self.book.cell(entry, "evidence") {
                    Cell::Links(keys) => keys.to_vec(),
                    _ => Vec::new(),
                };
                let named = self.named_in(answer).into_iter().filter(|named| named != key);
                evidence.extend(named.filter(|named| !evidence.contains(named)).collect::<Vec<_>>());
                fields.extend([
                    ("answer".to_owned(), Some(Value::Text(answer.to_owned()))),
                    ("answered".to_owned(), Some(Value::Date(Date::day(day)))),
                    ("answered-by".to_owned(), Some(Value::Text(by.to_owned()))),
                    ("evidence".to_owned(), Some(Value::Links(evidence))),
                ]);
            }
            fields.retain(|(id, _)| register.field(id).is_some());
            Some(Edit::Set { entry: *key, fields })
        };
        keys.iter().filter_map(settle).collect()
    }

    /// The live entries that a text names by their serials.
    pub fn named_in(&self, text: &str) -> Vec<EntryKey> {
        let mut named = Vec::new();
        let apart = |c: char| !(c.is_ascii_alphanumeric() || "-_./".contains(c));
        for word in text.split(apart).filter(|word| word.len() > 2) {
            let key = self.book.key_of(word).filter(|key| self.book.entry(*key).is_some());
            named.extend(key.filter(|key| !named.contains(key)));
        }
        named
    }

    /// Questions in the order of the closing meeting: clause by clause, then as they were asked.
    pub fn by_clause(&self, keys: &mut [EntryKey]) {
        let place = |key: &EntryKey| {
            let clause = self.book.entry(*key).map(|entry| self.words_at(entry, "clause"));
            let clause = clause.unwrap_or_default();
            (clause.is_empty(), collate::key(&clause), collate::key(self.book.serial(*key)))
        };
        keys.sort_by_cached_key(place);
    }

    /// The page of the closing meeting in lines of at most so many columns.
    pub fn closing(&self, keys: &[EntryKey], width: usize) -> Vec<String> {
        let mut keys = keys.to_vec();
        self.by_clause(&mut keys);
        let Some(register) = self.definitions.register(QUESTIONS) else { return Vec::new() };
        let audits: BTreeSet<String> = keys
            .iter()
            .filter_map(|key| self.book.entry(*key))
            .map(|entry| self.words_at(entry, "audit"))
            .collect();
        // Of one audit its name stands once, above all.
        let only = audits.first().filter(|audit| audits.len() == 1 && !audit.is_empty());
        let mut lines: Vec<String> = only.cloned().into_iter().collect();
        // What is asked of two clauses is told under each of them.
        let mut asked: Vec<(String, &Entry)> = Vec::new();
        for entry in keys.iter().filter_map(|key| self.book.entry(*key)) {
            asked.extend(clauses(&self.words_at(entry, "clause")).into_iter().map(|clause| (clause, entry)));
        }
        asked.sort_by_cached_key(|(clause, _)| (clause.is_empty(), collate::key(clause)));
        let mut clause = None;
        for (own, entry) in asked {
            if clause.as_ref() != Some(&own) {
                lines.push(String::new());
                lines.push(if own.is_empty() {
                    self.wording.say("questions-no-clause")
                } else {
                    own.clone()
                });
                clause = Some(own);
            }
            self.asked(register, entry, width, &mut lines);
        }
        lines.push(String::new());
        lines.push(self.closing_sum(&keys));
        lines
    }

    /// How many were asked, and how they stand.
    fn closing_sum(&self, keys: &[EntryKey]) -> String {
        let mut counts: BTreeMap<String, usize> = BTreeMap::new();
        for entry in keys.iter().filter_map(|key| self.book.entry(*key)) {
            if let Cell::Choice(code) = self.book.cell(entry, STATUS) {
                *counts.entry(self.book.text(*code).to_owned()).or_default() += 1;
            }
        }
        let of = |code: &str| counts.get(code).copied().unwrap_or(0);
        let [observations, nonconformities] = FINDINGS.map(of);
        self.wording.render(&message!(
            "questions-sum",
            count = keys.len(),
            open = of(OPEN),
            answered = of(ANSWERED),
            withdrawn = of(WITHDRAWN),
            observations = observations,
            nonconformities = nonconformities
        ))
    }

    fn asked(&self, register: &Register, entry: &Entry, width: usize, lines: &mut Vec<String>) {
        let words = |id: &str| self.words_at(entry, id);
        let when = format!("{} {}", words("asked").get(5..).unwrap_or(""), words("time"));
        let head =
            [self.book.text(entry.serial).to_owned(), when.trim().to_owned(), words(STATUS), words("title")];
        let mut put = |text: &str, indent: usize| {
            let room = width.saturating_sub(indent).max(10);
            for range in crate::text::wrap(text, room) {
                let line = format!("{}{}", " ".repeat(indent), text.get(range).unwrap_or(""));
                lines.push(line.trim_end().to_owned());
            }
        };
        put(&head.join("  "), 2);
        let listing = self.listing(&words("list")).map(|listing| self.name(&listing).to_owned());
        let list = [listing.unwrap_or_else(|_| words("list")), words("filter")].join(" ");
        let shown = [words("shown"), list.trim().to_owned()];
        let shown = shown.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" / ");
        let answered = format!("{} {}", words("answered"), words("answered-by"));
        let answer = [words("answer"), answered.trim().to_owned()];
        let answer = answer.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join("  ");
        for (id, text) in [
            ("shown", shown),
            ("answer", answer),
            ("evidence", words("evidence")),
            ("files", words("files")),
            ("note", words("note")),
        ] {
            let name = register.field(id).map_or("", |field| field.name.get(self.lang));
            if !text.is_empty() {
                put(&self.wording.render(&message!("labelled", label = name, text = text)), INDENT);
            }
        }
    }

    /// What stands in a field, in words, links with their serials; empty where there is no such field.
    pub fn words_at(&self, entry: &Entry, id: &str) -> String {
        let Some(field) = self.register(entry).and_then(|register| register.field(id)) else {
            return String::new();
        };
        match (&field.kind, self.book.cell(entry, id)) {
            (Kind::Links { .. }, Cell::Links(keys)) => {
                let named = |key: &EntryKey| format!("{} {}", self.book.serial(*key), self.link(*key));
                keys.iter().map(named).collect::<Vec<_>>().join("; ")
            }
            (_, cell) => self.cell(field, cell),
        }
    }
}
