//! What a round writes: each deed is one proposal, through the same door as any other change.

use chrono::{Months, NaiveDate};

use super::round::{Item, Mark, Round};
use super::{Answers, OUTCOMES, REVIEWS, Scope, Standing};
use crate::book::{Date, Edit, EntryKey, Value};
use crate::catalogue::{ASIDE, REVIEW, REVIEWED, Reading};
use crate::scoring::{Decimal, Evaluation};

/// A round that is to begin.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Begin {
    /// Its name.
    pub title: String,
    /// What it looks at.
    pub scope: Scope,
    /// Who leads it.
    pub by: String,
    /// Who takes part.
    pub participants: String,
}

/// When and by whom an entry is looked at, and after how many months again.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Asked<'a> {
    /// The day.
    pub on: NaiveDate,
    /// Who.
    pub by: &'a str,
    /// The cadence in months.
    pub months: u32,
}

/// What came of an entry.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Settled {
    /// The new evaluation; none where the one before stands.
    pub evaluation: Option<Box<Evaluation>>,
    /// It is set aside.
    pub aside: bool,
    /// What is said about it: the reason of a flip, a note, why it is set aside.
    pub reason: String,
    /// Who is to see to it.
    pub to: String,
    /// Until when.
    pub until: Option<Date>,
}

fn text(words: &str) -> Option<Value> {
    (!words.trim().is_empty()).then(|| Value::Text(words.trim().to_owned()))
}

fn named(id: &str, value: Option<Value>) -> Option<(String, Value)> {
    Some((id.to_owned(), value?))
}

/// The round and an outcome, still open, for each entry in it. The round is the first of the new entries.
pub fn begin(reading: &Reading, round: &Begin, members: &[EntryKey], today: NaiveDate) -> Vec<Edit> {
    let key = reading.book.next_key();
    let fields = [
        named("title", text(&round.title)),
        named("begun", Some(Value::Date(Date::day(today)))),
        named("list", text(&round.scope.list)),
        named("query", text(&round.scope.query)),
        named("count", Some(Value::Number(Decimal::from(members.len())))),
        named("by", text(&round.by)),
        named("participants", text(&round.participants)),
    ];
    let first = Edit::Add { register: REVIEWS.to_owned(), fields: fields.into_iter().flatten().collect() };
    let outcome = |entry: &EntryKey| {
        let title = format!("{} {}", reading.book.serial(*entry), reading.title(*entry));
        let fields = [
            named("title", text(&title)),
            named("review", Some(Value::Links(vec![key]))),
            named("entry", Some(Value::Links(vec![*entry]))),
            named("outcome", Some(Value::Choice(Mark::Pending.code().to_owned()))),
            named("before", text(&standing(reading, *entry).to_string())),
        ];
        Edit::Add { register: OUTCOMES.to_owned(), fields: fields.into_iter().flatten().collect() }
    };
    std::iter::once(first).chain(members.iter().map(outcome)).collect()
}

/// What came of one entry: its outcome, and in the entry itself the new evaluation where there is one, the day
/// of the review and the day of the next.
pub fn settle(reading: &Reading, item: &Item, settled: &Settled, asked: Asked) -> Vec<Edit> {
    let after = match &settled.evaluation {
        Some(evaluation) => Standing::of(Some(evaluation)),
        None => standing(reading, item.entry),
    };
    let mark = match (settled.aside, &settled.evaluation) {
        (true, _) => Mark::Aside,
        // Changed, and back to what it was before the round.
        (false, Some(_)) if item.mark == Mark::Changed && before(reading, item) == after => Mark::Kept,
        (false, Some(_)) => Mark::Changed,
        // What was evaluated anew in this round stays so when it is passed again.
        (false, None) if item.mark == Mark::Changed => Mark::Changed,
        (false, None) => Mark::Kept,
    };
    let mut edits = Vec::new();
    if mark == Mark::Aside {
        edits.extend(settled.until.and_then(|until| put_off(reading, item.entry, until)));
    } else {
        edits.extend(reviewed(reading, item.entry, settled.evaluation.clone(), asked));
    }
    let mut fields = marked(reading, item, (mark, &after), asked);
    fields.push(("reason".to_owned(), text(&settled.reason)));
    fields.push(("to".to_owned(), text(&settled.to)));
    fields.push(("until".to_owned(), settled.until.map(Value::Date)));
    edits.push(Edit::Set { entry: item.outcome, fields });
    edits
}

/// Keeps the evaluations of all that is still open, without a look at each, and says so of each.
pub fn rest(reading: &Reading, round: &Round, reason: &str, asked: Asked) -> Vec<Edit> {
    let waits = |item: &&Item| item.mark == Mark::Pending && !item.gone;
    let mut edits = Vec::new();
    for item in round.items.iter().filter(waits) {
        let after = standing(reading, item.entry);
        edits.extend(reviewed(reading, item.entry, None, asked));
        let mut fields = marked(reading, item, (Mark::Unseen, &after), asked);
        fields.push(("reason".to_owned(), text(reason)));
        edits.push(Edit::Set { entry: item.outcome, fields });
    }
    edits
}

/// What a round keeps of what was asked at its end.
pub fn answered(round: EntryKey, answers: &Answers) -> Vec<Edit> {
    vec![Edit::Set { entry: round, fields: vec![("asked".to_owned(), answers.value())] }]
}

/// Ends a round.
pub fn close(round: EntryKey, today: NaiveDate) -> Vec<Edit> {
    let fields = vec![("ended".to_owned(), Some(Value::Date(Date::day(today))))];
    vec![Edit::Set { entry: round, fields }]
}

fn standing(reading: &Reading, entry: EntryKey) -> Standing {
    Standing::of(reading.book.entry(entry).and_then(|entry| reading.evaluation(entry)))
}

/// How an entry stood when the round began.
fn before(reading: &Reading, item: &Item) -> Standing {
    let outcome = reading.book.entry(item.outcome);
    match outcome.and_then(|outcome| reading.book.value(outcome, "before")) {
        Some(Value::Text(words)) => words.parse().unwrap_or_default(),
        _ => Standing::default(),
    }
}

/// The fields of an outcome that say what it is, when and by whom.
fn marked(
    reading: &Reading,
    item: &Item,
    (mark, after): (Mark, &Standing),
    asked: Asked,
) -> Vec<(String, Option<Value>)> {
    let flipped = before(reading, item).flips(after).then_some(Value::YesNo(true));
    vec![
        ("outcome".to_owned(), Some(Value::Choice(mark.code().to_owned()))),
        ("after".to_owned(), text(&after.to_string())),
        ("flipped".to_owned(), flipped),
        ("on".to_owned(), Some(Value::Date(Date::day(asked.on)))),
        ("by".to_owned(), text(asked.by)),
    ]
}

/// What is set aside until some day is due again on that day.
fn put_off(reading: &Reading, key: EntryKey, until: Date) -> Option<Edit> {
    let register = reading.register(reading.book.entry(key)?)?;
    let known = [REVIEW, ASIDE].into_iter().filter(|id| register.field(id).is_some());
    let fields: Vec<_> = known.map(|id| (id.to_owned(), Some(Value::Date(until)))).collect();
    (!fields.is_empty()).then_some(Edit::Set { entry: key, fields })
}

/// The entry as it is after a look at it: only fields that its register has are set.
fn reviewed(
    reading: &Reading,
    key: EntryKey,
    evaluation: Option<Box<Evaluation>>,
    asked: Asked,
) -> Option<Edit> {
    let register = reading.register(reading.book.entry(key)?)?;
    let next = asked.on.checked_add_months(Months::new(asked.months)).unwrap_or(asked.on);
    let mut fields = Vec::new();
    if let (Some((_, field)), Some(evaluation)) = (register.evaluation(), evaluation) {
        fields.push((field.id.clone(), Some(Value::Evaluation(evaluation))));
    }
    for (id, day) in [(REVIEWED, asked.on), (REVIEW, next)] {
        if register.field(id).is_some() {
            fields.push((id.to_owned(), Some(Value::Date(Date::day(day)))));
        }
    }
    if register.field(ASIDE).is_some() {
        fields.push((ASIDE.to_owned(), None));
    }
    (!fields.is_empty()).then_some(Edit::Set { entry: key, fields })
}
