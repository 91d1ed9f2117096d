//! What there is for a clause, in lines: the same on the screen and in print.

use super::check_words::severity_of;
use super::evidence::Evidence;
use crate::book::{Cell, EntryKey};
use crate::catalogue::{Reading, STATUS};
use crate::wording::message;

/// How many findings of one check are told by name.
const MOST: usize = 6;

/// A line of what there is, and where it leads.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EvidenceLine {
    /// What it is about; empty where it goes on.
    pub label: String,
    /// The words.
    pub words: String,
    /// Where it leads.
    pub to: Leads,
}

/// Where a line leads.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Leads {
    /// Nowhere: it is to be read.
    Nowhere,
    /// To an entry.
    Entry(EntryKey),
    /// To a register or a view.
    List(String),
    /// To what the checks found.
    Checks,
}

impl Evidence<'_> {
    /// Everything there is, a line each.
    pub fn lines(&self, reading: &Reading) -> Vec<EvidenceLine> {
        let mut lines = Vec::new();
        let mut put = |label: String, words: String, to: Leads| lines.push(EvidenceLine { label, words, to });
        for (standard, asks) in &self.clause.asks {
            put(standard.to_string(), asks.get(reading.lang).to_owned(), Leads::Nowhere);
        }
        put(
            reading.wording.say("evidence-show"),
            self.clause.show.get(reading.lang).to_owned(),
            Leads::Nowhere,
        );
        self.answering(reading, &mut put);
        put(String::new(), String::new(), Leads::Nowhere);
        lines.extend(self.held(reading));
        lines
    }

    /// What there is, without what the clause asks for.
    pub fn held(&self, reading: &Reading) -> Vec<EvidenceLine> {
        let mut lines = Vec::new();
        let mut put = |label: String, words: String, to: Leads| lines.push(EvidenceLine { label, words, to });
        self.documents(reading, &mut put);
        self.records(reading, &mut put);
        self.findings(reading, &mut put);
        let mut label = reading.wording.say("evidence-questions");
        for key in &self.questions {
            let stands = reading.book.entry(*key).map(|entry| reading.book.cell(entry, STATUS));
            let stands = match stands {
                Some(Cell::Choice(code)) => choice(reading, *key, reading.book.text(*code)),
                _ => String::new(),
            };
            let words = format!("{}  {}  {stands}", reading.book.serial(*key), reading.title(*key));
            put(std::mem::take(&mut label), words.trim_end().to_owned(), Leads::Entry(*key));
        }
        lines
    }

    /// Who answers for it, and who of them has nothing to show; nothing where no department says so.
    fn answering(&self, reading: &Reading, put: &mut impl FnMut(String, String, Leads)) {
        let mut label = reading.wording.say("evidence-answering");
        for (department, pieces) in &self.answering {
            let name = format!("{}  {}", reading.book.serial(*department), reading.title(*department));
            let what = message!("evidence-answers", name = name, pieces = *pieces);
            put(std::mem::take(&mut label), reading.wording.render(&what), Leads::Entry(*department));
        }
    }

    fn documents(&self, reading: &Reading, put: &mut impl FnMut(String, String, Leads)) {
        let mut label = reading.wording.say("evidence-documents");
        if self.documents.is_empty() {
            put(label, reading.wording.say("evidence-none"), Leads::Nowhere);
            return;
        }
        for key in &self.documents {
            let words = format!("{}  {}", reading.book.serial(*key), reading.title(*key));
            put(std::mem::take(&mut label), words, Leads::Entry(*key));
        }
    }

    fn records(&self, reading: &Reading, put: &mut impl FnMut(String, String, Leads)) {
        let mut label = reading.wording.say("evidence-records");
        if self.served.is_empty() {
            put(std::mem::take(&mut label), reading.wording.say("evidence-none"), Leads::Nowhere);
        }
        for served in &self.served {
            let last = served.last.map(|last| reading.local(last).format("%Y-%m-%d").to_string());
            let name = served.register.name.get(reading.lang);
            let what = message!(
                "evidence-register",
                name = name,
                count = served.entries,
                last = last.unwrap_or_default()
            );
            put(
                std::mem::take(&mut label),
                reading.wording.render(&what),
                Leads::List(served.register.id.clone()),
            );
            for (listing, count) in served.views.iter().filter(|(_, count)| *count > 0) {
                let words = format!("  {}  {count}", reading.name(listing));
                put(String::new(), words, Leads::List(listing.id.clone()));
            }
        }
    }

    fn findings(&self, reading: &Reading, put: &mut impl FnMut(String, String, Leads)) {
        let mut label = reading.wording.say("check-heading");
        if self.found.is_empty() {
            let said = if self.looked == 0 { "check-nothing-asked" } else { "check-nothing" };
            put(label, reading.wording.say(said), Leads::Checks);
            return;
        }
        for looked in &self.found {
            let severity = reading.wording.say(severity_of(looked.check.severity));
            let words = format!("{severity}  {}", looked.check.says.get(reading.lang));
            put(std::mem::take(&mut label), words, Leads::Checks);
            for finding in looked.found.iter().take(MOST) {
                put(String::new(), format!("  {}", finding.words(reading)), Leads::Entry(finding.entry));
            }
            if let Some(more) = looked.found.len().checked_sub(MOST).filter(|more| *more > 0) {
                let words = reading.wording.render(&message!("evidence-more", count = more));
                put(String::new(), format!("  {words}"), Leads::Checks);
            }
        }
    }
}

fn choice(reading: &Reading, key: EntryKey, code: &str) -> String {
    let entry = reading.book.entry(key);
    let field = entry.and_then(|entry| reading.register(entry)).and_then(|register| register.field(STATUS));
    let choice = field.and_then(|field| field.choice(code));
    choice.map_or_else(|| code.to_owned(), |choice| choice.label.get(reading.lang).to_owned())
}
