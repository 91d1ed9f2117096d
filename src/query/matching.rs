//! Matching entries, fast: each distinct text is searched once.

use std::cell::{Cell as Memo, RefCell};
use std::collections::{HashMap, HashSet};
use std::ops::Range;

use chrono::{NaiveDate, TimeZone, Utc};

use super::compile::{Ask, Filter, Test};
use super::needle::Needle;
use super::parse::Op;
use crate::book::{Book, Cell, Entry, EntryKey, TextId, Value};
use crate::definition::{Column, Derived, Field, Kind};
use crate::scoring::{Decimal, Evaluation};

/// A filter made ready for one state of a book.
pub struct Prepared<'a> {
    filter: &'a Filter,
    book: &'a Book,
    /// What is needed of each register, by its position in the book.
    rooms: Vec<Room<'a>>,
    /// What is known of each text, by needle.
    known: RefCell<HashMap<*const Needle, Vec<Memo<Known>>>>,
    /// Entries that answer a test over links, by test.
    reached: HashMap<*const Test, HashSet<EntryKey>>,
}

/// A register's fields with the slots where the book keeps them, and what is asked of its entries.
struct Room<'a> {
    fields: &'a [Field],
    slots: Vec<Option<usize>>,
    title: usize,
    test: Option<&'a Test>,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Known {
    Not,
    Yes,
    No,
}

impl Filter {
    /// Makes it ready for a book.
    pub fn prepare<'a>(&'a self, book: &'a Book) -> Prepared<'a> {
        let room = |id: &'a str| {
            let found = self.fields.iter().find(|(known, _, _)| known == id);
            let (fields, title) =
                found.map_or((&[][..], 0), |(_, fields, title)| (fields.as_slice(), *title));
            let slots = fields.iter().map(|field| book.slot(id, &field.id)).collect();
            let test = self.registers.iter().find(|(known, _)| known == id).map(|(_, test)| test);
            Room { fields, slots, title, test }
        };
        let rooms = book.registers().map(room).collect();
        let mut prepared =
            Prepared { filter: self, book, rooms, known: RefCell::default(), reached: HashMap::new() };
        for (_, test) in &self.registers {
            prepared.reach(test);
        }
        prepared
    }

    /// The parts of a shown text to underline.
    pub fn spans(&self, text: &str) -> Vec<Range<usize>> {
        let mut spans = Vec::new();
        for (_, test) in &self.registers {
            collect_spans(test, text, &mut spans);
        }
        spans.sort_by_key(|span| (span.start, span.end));
        spans.dedup();
        spans
    }
}

fn collect_spans(test: &Test, text: &str, spans: &mut Vec<Range<usize>>) {
    let mut find = |needle: &Needle| spans.extend(needle.find(text).filter(|span| !span.is_empty()));
    match test {
        Test::All(tests) | Test::Any(tests) => tests.iter().for_each(|test| collect_spans(test, text, spans)),
        Test::Words(needle) => find(needle),
        Test::Column(_, Ask::Contains(needles)) => needles.iter().for_each(find),
        _ => {}
    }
}

impl Prepared<'_> {
    /// Whether an entry matches.
    pub fn matches(&self, entry: &Entry) -> bool {
        self.room(entry).and_then(|room| room.test).is_some_and(|test| self.test(test, entry))
    }

    fn room(&self, entry: &Entry) -> Option<&Room<'_>> {
        self.rooms.get(usize::from(entry.register))
    }

    /// A field of an entry, by its index in the register, with what stands in it.
    fn at<'e>(&self, entry: &'e Entry, index: usize) -> Option<(&Field, &'e Cell)> {
        let room = self.room(entry)?;
        let cell = room.slots.get(index).copied().flatten().map_or(&Cell::Empty, |slot| entry.cell(slot));
        Some((room.fields.get(index)?, cell))
    }

    /// Every field of an entry with what stands in it.
    fn cells<'s, 'e: 's>(&'s self, entry: &'e Entry) -> impl Iterator<Item = (&'s Field, &'e Cell)> {
        (0..self.room(entry).map_or(0, |room| room.fields.len()))
            .filter_map(move |index| self.at(entry, index))
    }

    fn test(&self, test: &Test, entry: &Entry) -> bool {
        match test {
            Test::All(tests) => tests.iter().all(|test| self.test(test, entry)),
            Test::Any(tests) => tests.iter().any(|test| self.test(test, entry)),
            Test::Not(inner) => !self.test(inner, entry),
            Test::Words(needle) => self.anywhere(needle, entry),
            Test::Column(Column::Field(index), ask) => {
                self.at(entry, *index).is_some_and(|(field, cell)| self.cell(field, cell, ask))
            }
            Test::Column(Column::Derived(derived), ask) => self.derived(*derived, entry, ask),
            Test::Forward(index, _) => {
                let Some((_, Cell::Links(keys))) = self.at(entry, *index) else { return false };
                self.reached
                    .get(&std::ptr::from_ref(test))
                    .is_some_and(|set| keys.iter().any(|key| set.contains(key)))
            }
            Test::Backward(..) => {
                self.reached.get(&std::ptr::from_ref(test)).is_some_and(|set| set.contains(&entry.key))
            }
            Test::Nothing => false,
            Test::Everything => true,
        }
    }

    /// Works out, innermost first, which entries a test over links reaches.
    fn reach(&mut self, test: &Test) {
        match test {
            Test::All(tests) | Test::Any(tests) => tests.iter().for_each(|test| self.reach(test)),
            Test::Not(inner) => self.reach(inner),
            Test::Forward(_, targets) => {
                let mut keys = HashSet::new();
                for (register, inner) in targets {
                    self.reach(inner);
                    keys.extend(self.answering(register, inner).map(|entry| entry.key));
                }
                self.reached.insert(std::ptr::from_ref(test), keys);
            }
            Test::Backward(register, fields, inner) => {
                self.reach(inner);
                let mut keys = HashSet::new();
                for entry in self.answering(register, inner) {
                    for index in fields {
                        if let Some((_, Cell::Links(links))) = self.at(entry, *index) {
                            keys.extend(links.iter().copied());
                        }
                    }
                }
                self.reached.insert(std::ptr::from_ref(test), keys);
            }
            Test::Words(_) | Test::Column(..) | Test::Nothing | Test::Everything => {}
        }
    }

    fn answering<'s>(&'s self, register: &str, test: &'s Test) -> impl Iterator<Item = &'s Entry> {
        let entries = self.book.entries(register).iter().filter_map(|key| self.book.entry(*key));
        entries.filter(|entry| self.test(test, entry))
    }

    fn anywhere(&self, needle: &Needle, entry: &Entry) -> bool {
        if needle.words().is_empty() || self.text(needle, entry.serial) {
            return true;
        }
        self.cells(entry).any(|(field, cell)| self.contains(field, cell, needle))
    }

    /// Whether a text holds the words; each text is searched once.
    fn text(&self, needle: &Needle, id: TextId) -> bool {
        let mut known = self.known.borrow_mut();
        let table = known
            .entry(std::ptr::from_ref(needle))
            .or_insert_with(|| vec![Memo::new(Known::Not); self.book.texts().len()]);
        let Some(memo) = table.get(id.index()) else { return false };
        if memo.get() == Known::Not {
            memo.set(if needle.matches(self.book.text(id)) { Known::Yes } else { Known::No });
        }
        memo.get() == Known::Yes
    }

    fn contains(&self, field: &Field, cell: &Cell, needle: &Needle) -> bool {
        match cell {
            Cell::Empty => false,
            Cell::Text(id) => self.text(needle, *id),
            Cell::Choice(code) => self.choice(field, *code, needle),
            Cell::Choices(codes) => codes.iter().any(|code| self.choice(field, *code, needle)),
            Cell::Links(keys) => keys.iter().any(|key| self.linked(*key, needle)),
            Cell::Number(number) => needle.matches(&number.to_string()),
            Cell::Date(date) => needle.matches(&date.to_string()),
            Cell::YesNo(yes) => needle.matches(if *yes { "yes 是" } else { "no 否" }),
            Cell::Evaluation(evaluation) => {
                self.level(evaluation, needle)
                    || evaluation.occasion.by.iter().any(|name| needle.matches(name))
                    || needle.matches(&evaluation.occasion.basis)
            }
            Cell::Rows(rows) => {
                let Kind::Rows(columns) = &field.kind else { return false };
                rows.iter().flat_map(|row| &row.0).any(|(id, plain)| {
                    let column = columns.iter().find(|column| column.id == *id);
                    column.is_some_and(|column| self.plain(column, &plain.clone().into(), needle))
                })
            }
            Cell::Files(files) => files.iter().any(|file| needle.matches(&file.name)),
        }
    }

    fn plain(&self, column: &Field, value: &Value, needle: &Needle) -> bool {
        match value {
            Value::Text(text) => needle.matches(text),
            Value::Number(number) => needle.matches(&number.to_string()),
            Value::Date(date) => needle.matches(&date.to_string()),
            Value::Choice(code) => column
                .choice(code)
                .is_some_and(|choice| needle.matches(choice.label.zh()) || needle.matches(choice.label.en())),
            Value::Links(keys) => keys.iter().any(|key| self.linked(*key, needle)),
            _ => false,
        }
    }

    fn choice(&self, field: &Field, code: TextId, needle: &Needle) -> bool {
        let said = self.book.text(code);
        match field.choice(said) {
            Some(choice) => {
                needle.matches(choice.label.zh())
                    || needle.matches(choice.label.en())
                    || said.eq_ignore_ascii_case(needle.words())
            }
            None => self.text(needle, code),
        }
    }

    /// A link is meant by the serial or the title of what it leads to.
    fn linked(&self, key: EntryKey, needle: &Needle) -> bool {
        let Some(entry) = self.book.entry(key) else { return needle.matches(self.book.serial(key)) };
        self.text(needle, entry.serial)
            || matches!(self.title(entry), Some(Cell::Text(id)) if self.text(needle, *id))
    }

    fn title<'e>(&self, entry: &'e Entry) -> Option<&'e Cell> {
        let title = self.room(entry)?.title;
        self.at(entry, title).map(|(_, cell)| cell)
    }

    fn level(&self, evaluation: &Evaluation, needle: &Needle) -> bool {
        evaluation.level.eq_ignore_ascii_case(needle.words())
            || self
                .level_labels(&evaluation.method, evaluation.edition, &evaluation.level)
                .any(|label| needle.matches(label))
    }

    fn level_labels(&self, method: &str, edition: u32, level: &str) -> impl Iterator<Item = &str> {
        let found = self
            .filter
            .levels
            .iter()
            .find(move |(m, e, code, _)| m == method && *e == edition && code == level);
        found
            .into_iter()
            .flat_map(|(_, _, _, labels)| labels.iter().flat_map(|label| [label.zh(), label.en()]))
    }

    fn cell(&self, field: &Field, cell: &Cell, ask: &Ask) -> bool {
        match ask {
            Ask::Empty => cell.is_empty(),
            Ask::Filled => !cell.is_empty(),
            Ask::Contains(needles) => needles.iter().any(|needle| self.contains(field, cell, needle)),
            Ask::Is(words) => self.is(field, cell, words),
            Ask::Number(op, numbers) => match cell {
                Cell::Number(number) => compare_numbers(*op, *number, numbers),
                Cell::Evaluation(evaluation) => {
                    evaluation.score.is_some_and(|score| compare_numbers(*op, score, numbers))
                }
                _ => false,
            },
            Ask::Day(op, days) => match cell {
                Cell::Date(date) => compare_days(*op, (date.first(), date.last()), days),
                _ => false,
            },
            Ask::YesNo(wanted) => matches!(cell, Cell::YesNo(yes) if wanted.contains(yes)),
        }
    }

    fn is(&self, field: &Field, cell: &Cell, words: &[String]) -> bool {
        let same = |text: &str| words.contains(&text.to_lowercase());
        let code = |code: &TextId| {
            let said = self.book.text(*code);
            same(said)
                || field.choice(said).is_some_and(|choice| same(choice.label.zh()) || same(choice.label.en()))
        };
        match cell {
            Cell::Text(id) => same(self.book.text(*id)),
            Cell::Choice(id) => code(id),
            Cell::Choices(ids) => ids.iter().any(code),
            Cell::Links(keys) => keys.iter().any(|key| {
                same(self.book.serial(*key))
                    || self
                        .book
                        .entry(*key)
                        .and_then(|entry| self.title(entry))
                        .is_some_and(|title| matches!(title, Cell::Text(id) if same(self.book.text(*id))))
            }),
            Cell::Evaluation(evaluation) => {
                self.is_level(&evaluation.method, evaluation.edition, &evaluation.level, words)
            }
            Cell::Files(files) => files.iter().any(|file| same(&file.name)),
            _ => false,
        }
    }

    fn is_level(&self, method: &str, edition: u32, level: &str, words: &[String]) -> bool {
        let same = |text: &str| words.contains(&text.to_lowercase());
        same(level) || self.level_labels(method, edition, level).any(same)
    }

    fn derived(&self, derived: Derived, entry: &Entry, ask: &Ask) -> bool {
        let evaluation = self.cells(entry).find_map(|(_, cell)| cell.evaluation());
        match derived {
            Derived::Serial => match ask {
                Ask::Contains(needles) => needles.iter().any(|needle| self.text(needle, entry.serial)),
                Ask::Is(words) => words.contains(&self.book.text(entry.serial).to_lowercase()),
                Ask::Empty => false,
                _ => true,
            },
            Derived::Changed => {
                let day = Utc.timestamp_opt(entry.edited.at, 0).single().unwrap_or_default().date_naive();
                ask_day(ask, Some(day))
            }
            Derived::Open => {
                let open =
                    self.cells(entry).filter(|(field, cell)| field.required && cell.is_empty()).count();
                match ask {
                    Ask::Empty => open == 0,
                    Ask::Filled => open > 0,
                    ask => ask_number(ask, Some(Decimal::from(open))),
                }
            }
            Derived::Score => ask_number(ask, evaluation.and_then(|evaluation| evaluation.score)),
            Derived::ResidualScore => ask_number(
                ask,
                evaluation
                    .and_then(|evaluation| evaluation.residual.as_ref())
                    .and_then(|residual| residual.score),
            ),
            Derived::EvaluatedOn => ask_day(ask, evaluation.map(|evaluation| evaluation.occasion.on)),
            Derived::Listed => match ask {
                Ask::YesNo(wanted) => {
                    evaluation.is_some_and(|evaluation| wanted.contains(&evaluation.listed))
                }
                Ask::Empty => evaluation.is_none(),
                _ => evaluation.is_some(),
            },
            Derived::Level => self.ask_level(ask, evaluation.map(|e| (e, e.level.as_str()))),
            Derived::ResidualLevel => {
                let residual = evaluation.and_then(|e| Some((e, e.residual.as_ref()?.level.as_str())));
                self.ask_level(ask, residual)
            }
            Derived::Method => {
                ask_words(ask, evaluation.map(|e| format!("{}@{}", e.method, e.edition)).as_deref())
            }
            // The reason in words needs the method; its figures and code are what is searched.
            Derived::Reason => {
                ask_words(ask, evaluation.map(|evaluation| evaluation.factor_words(None)).as_deref())
            }
        }
    }

    fn ask_level(&self, ask: &Ask, level: Option<(&Evaluation, &str)>) -> bool {
        match (ask, level) {
            (Ask::Empty, level) => level.is_none(),
            (Ask::Filled, Some(_)) => true,
            (Ask::Is(words), Some((evaluation, level))) => {
                self.is_level(&evaluation.method, evaluation.edition, level, words)
            }
            (Ask::Contains(needles), Some((evaluation, level))) => needles.iter().any(|needle| {
                level.eq_ignore_ascii_case(needle.words())
                    || self
                        .level_labels(&evaluation.method, evaluation.edition, level)
                        .any(|label| needle.matches(label))
            }),
            _ => false,
        }
    }
}

fn ask_words(ask: &Ask, text: Option<&str>) -> bool {
    match (ask, text) {
        (Ask::Empty, text) => text.is_none(),
        (_, None) => false,
        (Ask::Contains(needles), Some(text)) => needles.iter().any(|needle| needle.matches(text)),
        (Ask::Is(words), Some(text)) => words.contains(&text.to_lowercase()),
        (_, Some(_)) => true,
    }
}

fn ask_number(ask: &Ask, number: Option<Decimal>) -> bool {
    match (ask, number) {
        (Ask::Empty, number) => number.is_none(),
        (_, None) => false,
        (Ask::Number(op, numbers), Some(number)) => compare_numbers(*op, number, numbers),
        (ask, Some(number)) => ask_words(ask, Some(&number.normalize().to_string())),
    }
}

fn ask_day(ask: &Ask, day: Option<NaiveDate>) -> bool {
    match (ask, day) {
        (Ask::Empty, day) => day.is_none(),
        (_, None) => false,
        (Ask::Day(op, days), Some(day)) => compare_days(*op, (day, day), days),
        (ask, Some(day)) => ask_words(ask, Some(&day.to_string())),
    }
}

fn compare_numbers(op: Op, number: Decimal, bounds: &[Decimal]) -> bool {
    bounds.iter().any(|bound| match op {
        Op::Less => number < *bound,
        Op::AtMost => number <= *bound,
        Op::More => number > *bound,
        Op::AtLeast => number >= *bound,
        _ => number == *bound,
    })
}

/// A month spans its days: it is before a day when all of it is, and in a month when it begins there.
fn compare_days(op: Op, (first, last): (NaiveDate, NaiveDate), bounds: &[(NaiveDate, NaiveDate)]) -> bool {
    bounds.iter().any(|(from, to)| match op {
        Op::Less => first < *from,
        Op::AtMost => first <= *to,
        Op::More => last > *to,
        Op::AtLeast => last >= *from,
        _ => first >= *from && first <= *to,
    })
}
