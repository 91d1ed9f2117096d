//! What a round came to.

use std::collections::BTreeMap;

use serde_json::{Value as Json, json};

use super::round::{Mark, Round, Tally};
use super::{Answer, Answers, REVIEWS, Standing};
use crate::book::{Cell, Date, Entry, EntryKey, Value};
use crate::catalogue::{REVIEW, Reading};
use crate::wording::message;

/// How an entry stood before and after, and what was said.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Changed {
    /// The entry.
    pub entry: EntryKey,
    /// Serial and title, as they were when the round began.
    pub title: String,
    /// How it stood before.
    pub before: Standing,
    /// How it stands after.
    pub after: Standing,
    /// What was said.
    pub reason: String,
    /// Who is to see to it, and until when.
    pub left: (String, Option<Date>),
}

/// What a round came to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Report {
    /// The round.
    pub key: EntryKey,
    /// How many came to what.
    pub tally: Tally,
    /// Outcomes that the round began with and that are there no longer.
    pub lost: usize,
    /// What came of each entry, in the order of the round.
    pub outcomes: Vec<(Mark, Changed)>,
    /// The significant or major list of the registers in the round, as it is now.
    pub listed: Vec<EntryKey>,
    /// What came onto it in this round.
    pub added: Vec<EntryKey>,
    /// What left it in this round.
    pub dropped: Vec<EntryKey>,
    /// The days of the next reviews of what is in the round, and of how many entries each is.
    pub next: BTreeMap<Date, usize>,
    /// What was asked at the end: the words of the topic and of the answer.
    pub asked: Vec<(String, String)>,
}

impl Report {
    /// The report of a round.
    pub fn of(reading: &Reading, round: &Round) -> Self {
        let mut report = Self {
            key: round.key,
            tally: round.tally(),
            lost: begun_with(reading, round.key).saturating_sub(round.items.len()),
            outcomes: Vec::new(),
            listed: listed(reading, round),
            added: Vec::new(),
            dropped: Vec::new(),
            next: BTreeMap::new(),
            asked: asked(reading, round.key),
        };
        for item in &round.items {
            let Some(outcome) = reading.book.entry(item.outcome) else { continue };
            let line = read(reading, outcome, item.entry);
            match (line.before.listed(), line.after.listed()) {
                _ if item.mark == Mark::Pending || item.mark == Mark::Aside => {}
                (false, true) => report.added.push(item.entry),
                (true, false) => report.dropped.push(item.entry),
                _ => {}
            }
            report.outcomes.push((item.mark, line));
            let entry = reading.book.entry(item.entry);
            if let Some(Cell::Date(day)) = entry.map(|entry| reading.book.cell(entry, REVIEW)) {
                *report.next.entry(*day).or_default() += 1;
            }
        }
        report
    }

    /// As one object: the same in every language.
    pub fn json(&self, reading: &Reading) -> Json {
        let mut round = reading.book.entry(self.key).map_or(Json::Null, |entry| reading.json(entry));
        let link = |key: &EntryKey| json!({ "id": reading.book.serial(*key), "title": reading.title(*key) });
        let line = |(mark, line): &(Mark, Changed)| {
            json!({
                "id": reading.book.serial(line.entry),
                "title": reading.title(line.entry),
                "outcome": mark.code(),
                "before": line.before.to_string(),
                "after": line.after.to_string(),
                "flipped": line.before.flips(&line.after),
                "reason": line.reason,
                "to": line.left.0,
                "until": line.left.1.map(|until| until.to_string()),
            })
        };
        let links = |keys: &[EntryKey]| keys.iter().map(link).collect::<Json>();
        let Tally { total, kept, changed, aside, unseen, gone } = self.tally;
        if let Json::Object(round) = &mut round {
            let pending = self.tally.pending();
            round.insert(
                "counts".to_owned(),
                json!({
                    "total": total, "kept": kept, "changed": changed, "aside": aside, "unseen": unseen,
                    "deleted": gone, "pending": pending, "lost": self.lost,
                }),
            );
            round.insert("outcomes".to_owned(), self.outcomes.iter().map(line).collect());
            round.insert("listed".to_owned(), links(&self.listed));
            round.insert("added".to_owned(), links(&self.added));
            round.insert("dropped".to_owned(), links(&self.dropped));
            let next = self.next.iter().map(|(day, count)| json!({ "date": day, "count": count }));
            round.insert("next".to_owned(), next.collect());
        }
        round
    }

    /// In lines: what each is about, the words, and the entry it is about.
    pub fn lines(&self, reading: &Reading) -> Vec<(String, String, Option<EntryKey>)> {
        let say = |id: &'static str| reading.wording.say(id);
        let mut lines = self.head(reading);
        for (mark, id) in [
            (Mark::Changed, "review-changed"),
            (Mark::Aside, "review-aside"),
            (Mark::Unseen, "review-unseen"),
        ] {
            let marked = self.outcomes.iter().filter(|(other, _)| *other == mark);
            for (at, (_, line)) in marked.enumerate() {
                let label = if at == 0 { say(id) } else { String::new() };
                lines.push((label, Self::line(reading, line), Some(line.entry)));
            }
        }
        lines.push(Default::default());
        let mut list = self.listed.clone();
        list.extend(self.dropped.iter().filter(|key| !self.listed.contains(key)));
        let count = message!(
            "review-listed",
            count = self.listed.len(),
            added = self.added.len(),
            dropped = self.dropped.len()
        );
        lines.push((say("review-list"), reading.wording.render(&count), None));
        for key in list {
            let sign = match (self.added.contains(&key), self.dropped.contains(&key)) {
                (true, _) => "+",
                (_, true) => "-",
                _ => " ",
            };
            let words = format!("{sign} {}  {}", reading.book.serial(key), reading.title(key));
            lines.push((String::new(), words, Some(key)));
        }
        lines.push(Default::default());
        for (at, (day, count)) in self.next.iter().enumerate() {
            let label = if at == 0 { say("review-next") } else { String::new() };
            let words =
                reading.wording.render(&message!("review-next-day", day = day.to_string(), count = *count));
            lines.push((label, words, None));
        }
        for (at, (topic, answer)) in self.asked.iter().enumerate() {
            let label = if at == 0 { say("review-asked") } else { String::new() };
            lines.push((label, format!("{topic}  {answer}"), None));
        }
        lines
    }

    fn head(&self, reading: &Reading) -> Vec<(String, String, Option<EntryKey>)> {
        let say = |id: &'static str| reading.wording.say(id);
        let words = |field: &str| {
            let register = reading.definitions.register(REVIEWS);
            let field = register.and_then(|register| register.field(field));
            let cell = reading.book.entry(self.key).zip(field);
            cell.map(|(entry, field)| reading.field(field, entry).text).unwrap_or_default()
        };
        let Tally { total, kept, changed, aside, unseen, gone } = self.tally;
        let ended =
            Some(words("ended")).filter(|ended| !ended.is_empty()).unwrap_or_else(|| say("review-open"));
        let counts = message!(
            "review-counts",
            done = self.tally.done(),
            total = total,
            kept = kept,
            changed = changed,
            aside = aside,
            unseen = unseen
        );
        let mut lines = vec![
            (say("review-when"), format!("{} - {ended}", words("begun")), None),
            (say("by"), words("participants"), None),
            (say("review-result"), reading.wording.render(&counts), None),
        ];
        let pending = self.tally.pending();
        let besides = [
            (gone, message!("review-gone-count", count = gone)),
            (self.lost, message!("review-lost-count", count = self.lost)),
            (pending, message!("review-pending-count", count = pending)),
        ];
        let besides = besides.into_iter().filter(|(count, _)| *count > 0);
        lines.extend(besides.map(|(_, words)| (String::new(), reading.wording.render(&words), None)));
        lines.push(Default::default());
        lines
    }

    fn line(reading: &Reading, line: &Changed) -> String {
        let mut words = line.title.clone();
        if line.before == line.after {
            words = format!("{words}  {}", line.before.words(reading));
        } else {
            words = format!("{words}  {} -> {}", line.before.words(reading), line.after.words(reading));
        }
        if line.before.flips(&line.after) {
            words = format!("{words}  {}", reading.wording.say("review-flipped"));
        }
        if !line.reason.is_empty() {
            words = format!("{words}  {}", line.reason);
        }
        let (to, until) = &line.left;
        if !to.is_empty() || until.is_some() {
            let until = until.map(|until| until.to_string()).unwrap_or_default();
            let left = message!("review-left", to = to.clone(), until = until);
            words = format!("{words}  {}", reading.wording.render(&left));
        }
        words
    }
}

fn read(reading: &Reading, outcome: &Entry, entry: EntryKey) -> Changed {
    let words = |field: &str| match reading.book.value(outcome, field) {
        Some(Value::Text(words)) => words,
        _ => String::new(),
    };
    let until = match reading.book.cell(outcome, "until") {
        Cell::Date(until) => Some(*until),
        _ => None,
    };
    let before: Standing = words("before").parse().unwrap_or_default();
    let after = words("after").parse().unwrap_or_else(|()| before.clone());
    Changed {
        entry,
        title: words("title"),
        before,
        after,
        reason: words("reason"),
        left: (words("to"), until),
    }
}

/// What is listed now in the registers that have entries in the round, the worst first.
fn listed(reading: &Reading, round: &Round) -> Vec<EntryKey> {
    let mut registers: Vec<&str> = Vec::new();
    for entry in round.items.iter().filter_map(|item| reading.book.entry(item.entry)) {
        let register = reading.book.register_id(entry.register);
        if !registers.contains(&register) {
            registers.push(register);
        }
    }
    let mut all = Vec::new();
    for listing in registers.into_iter().filter_map(|register| reading.listing(register).ok()) {
        let mut keys = reading.book.entries(&listing.register.id).to_vec();
        let is_listed = |key: &EntryKey| {
            let entry = reading.book.entry(*key);
            entry.and_then(|entry| reading.evaluation(entry)).is_some_and(|evaluation| evaluation.listed)
        };
        keys.retain(is_listed);
        reading.order(listing.register, &listing.table.sort, &mut keys);
        all.extend(keys);
    }
    all
}

/// How many entries a round began with.
fn begun_with(reading: &Reading, round: EntryKey) -> usize {
    let count = reading.book.entry(round).and_then(|round| reading.book.value(round, "count"));
    match count {
        Some(Value::Number(count)) => count.to_string().parse().unwrap_or(0),
        _ => 0,
    }
}

/// What was answered at the end of a round, in words.
fn asked(reading: &Reading, round: EntryKey) -> Vec<(String, String)> {
    let field = reading.definitions.register(REVIEWS).and_then(|register| register.field("asked"));
    let line = |answer: Answer| {
        let words = if answer.found? {
            format!("{} {}", reading.wording.say("review-found"), answer.what)
        } else {
            reading.wording.say("review-none")
        };
        Some((answer.topic_words(field, reading.lang), words.trim_end().to_owned()))
    };
    Answers::of(reading, round).rows.into_iter().filter_map(line).collect()
}
