//! Matching entries, fast: each distinct text is searched once.

use std::collections::BTreeSet;
use std::ops::Range;
use std::rc::Rc;

use chrono::{NaiveDate, TimeZone, Utc};

use super::bits::Bits;
use super::compare::{ask_yes_no, compare_days, compare_numbers};
use super::compile::{Ask, Filter, Test};
use super::index::{Words, title};
use super::search::Search;
use super::stale::Stale;
use super::tally::Tally;
use crate::book::{Book, Cell, Entry, EntryKey, TextId};
use crate::definition::{Column, Definitions, Derived, Field, Kind};
use crate::scoring::{Decimal, Evaluation};

/// A filter made ready for one state of a book.
pub struct Prepared<'a> {
    pub(super) filter: &'a Filter,
    pub(super) book: &'a Book,
    pub(super) definitions: &'a Definitions,
    /// What is needed of each register, by its position in the book.
    pub(super) rooms: Rc<[Room<'a>]>,
    /// What is asked of the entries of each register, by its position in the book.
    tests: Vec<Option<&'a Test>>,
    /// The words of the book; nothing where no needle is.
    pub(super) search: Option<Search<'a>>,
    /// Entries that answer a test over links, by the number of the test.
    pub(super) reached: Vec<Tally<EntryKey>>,
    /// The entries that are to be looked at again, where that is asked.
    pub(super) stale: Option<&'a Stale>,
    /// Those that are now and were not, or the other way round, where a filter is followed.
    pub(super) turned: BTreeSet<EntryKey>,
}

/// A register's fields with the slots where the book keeps them.
pub(super) struct Room<'a> {
    pub(super) fields: &'a [Field],
    slots: Vec<Option<usize>>,
}

impl<'a> Room<'a> {
    /// Those of every register of a book, by its position there.
    pub(super) fn all(book: &'a Book, definitions: &'a Definitions) -> Rc<[Self]> {
        let room = |id: &'a str| {
            let fields = definitions.register(id).map_or(&[][..], |register| &register.fields);
            Self { fields, slots: fields.iter().map(|field| book.slot(id, &field.id)).collect() }
        };
        book.registers().map(room).collect()
    }

    /// What stands in a field of an entry, by its index in the register.
    pub(super) fn cell<'e>(&self, entry: &'e Entry, index: usize) -> &'e Cell {
        self.slots.get(index).copied().flatten().map_or(&Cell::Empty, |slot| entry.cell(slot))
    }
}

impl Filter {
    /// Makes it ready for a book.
    pub fn prepare<'a>(
        &'a self,
        book: &'a Book,
        definitions: &'a Definitions,
        words: &'a Words,
    ) -> Prepared<'a> {
        let stale = self.asks_stale.then(|| words.stale(book, definitions));
        self.prepare_with(stale, book, definitions, words)
    }

    /// The same where it is known what is to be looked at again; without that, nothing is.
    pub(super) fn prepare_with<'a>(
        &'a self,
        stale: Option<&'a Stale>,
        book: &'a Book,
        definitions: &'a Definitions,
        words: &'a Words,
    ) -> Prepared<'a> {
        let search = (!self.needles.is_empty()).then(|| Search::whole(self, (book, definitions), words));
        let mut prepared = self.over((book, definitions), Room::all(book, definitions), search);
        prepared.stale = stale;
        prepared.reach_all(false);
        prepared
    }

    /// The same before anything is known of what it reaches over links.
    pub(super) fn over<'a>(
        &'a self,
        (book, definitions): (&'a Book, &'a Definitions),
        rooms: Rc<[Room<'a>]>,
        search: Option<Search<'a>>,
    ) -> Prepared<'a> {
        let test = |id: &str| self.registers.iter().find(|(known, _)| known == id).map(|(_, test)| test);
        let tests = book.registers().map(test).collect();
        let (reached, stale, turned) = (Vec::new(), None, BTreeSet::new());
        Prepared { filter: self, book, definitions, rooms, tests, search, reached, stale, turned }
    }

    /// The parts of a shown text to underline.
    pub fn spans(&self, text: &str) -> Vec<Range<usize>> {
        let mut spans = Vec::new();
        for (_, test) in &self.registers {
            self.collect_spans(test, text, &mut spans);
        }
        spans.sort_by_key(|span| (span.start, span.end));
        spans.dedup();
        spans
    }

    fn collect_spans(&self, test: &Test, text: &str, spans: &mut Vec<Range<usize>>) {
        let mut find = |number: &usize| {
            let found = self.needles.get(*number).map(|needle| needle.find_all(text));
            spans.extend(found.into_iter().flatten());
        };
        match test {
            Test::All(tests) | Test::Any(tests) => {
                for test in tests {
                    self.collect_spans(test, text, spans);
                }
            }
            Test::Words(number) => find(number),
            Test::Column(_, Ask::Contains(numbers)) | Test::Row(_, _, Ask::Contains(numbers)) => {
                numbers.iter().for_each(find);
            }
            // What an entry links to is shown in it by number and name.
            Test::Forward(_, _, targets) => {
                for (_, inner) in targets {
                    self.collect_spans(inner, text, spans);
                }
            }
            _ => {}
        }
    }
}

impl Prepared<'_> {
    /// Whether an entry matches.
    pub fn matches(&self, entry: &Entry) -> bool {
        let test = self.tests.get(usize::from(entry.register)).copied().flatten();
        test.is_some_and(|test| self.test(test, entry.key))
    }

    fn room(&self, entry: &Entry) -> Option<&Room<'_>> {
        self.rooms.get(usize::from(entry.register))
    }

    /// A field of an entry, by its index in the register, with what stands in it.
    pub(super) fn at<'e>(&self, entry: &'e Entry, index: usize) -> Option<(&Field, &'e Cell)> {
        let room = self.room(entry)?;
        Some((room.fields.get(index)?, room.cell(entry, index)))
    }

    /// Every field of an entry with what stands in it.
    fn cells<'s, 'e: 's>(&'s self, entry: &'e Entry) -> impl Iterator<Item = (&'s Field, &'e Cell)> {
        (0..self.room(entry).map_or(0, |room| room.fields.len()))
            .filter_map(move |index| self.at(entry, index))
    }

    /// Of some entries of a register, which are live, keeps those that match.
    pub fn keep(&self, register: &str, keys: &mut Vec<EntryKey>) {
        let test = self.book.registers().position(|id| id == register).and_then(|at| self.tests.get(at));
        let Some(test) = test.copied().flatten() else { return keys.clear() };
        let all = self.book.entries(register);
        if keys.len() < all.len() / 4 {
            return keys.retain(|key| self.test(test, *key));
        }
        // Many are looked at in the order in which they lie in memory.
        let mut kept = Bits::default();
        all.iter().filter(|key| self.test(test, **key)).for_each(|key| kept.set(key.0 as usize));
        keys.retain(|key| kept.get(key.0 as usize));
    }

    pub(super) fn test(&self, test: &Test, key: EntryKey) -> bool {
        match test {
            Test::All(tests) => tests.iter().all(|test| self.test(test, key)),
            Test::Any(tests) => tests.iter().any(|test| self.test(test, key)),
            Test::Not(inner) => !self.test(inner, key),
            Test::Words(number) => self.says(*number, key, None),
            Test::Column(Column::Field(index), Ask::Contains(numbers)) => {
                numbers.iter().any(|number| self.says(*number, key, Some(*index)))
            }
            Test::Column(Column::Field(index), ask) => {
                let cell = self.book.entry(key).and_then(|entry| self.at(entry, *index));
                cell.is_some_and(|(field, cell)| self.cell(field, cell, ask))
            }
            Test::Column(Column::Derived(derived), ask) => {
                self.book.entry(key).is_some_and(|entry| self.derived(*derived, entry, ask))
            }
            Test::Factor(id, ask) => {
                let evaluation = self.book.entry(key).and_then(|entry| self.evaluation(entry));
                self.filter.ask_number(ask, evaluation.and_then(|one| one.factors.get(id)).copied())
            }
            Test::Row(index, column, ask) => {
                let cell = self.book.entry(key).and_then(|entry| self.at(entry, *index));
                let Some((Field { kind: Kind::Rows(columns), .. }, Cell::Rows(rows))) = cell else {
                    return false;
                };
                let field = columns.iter().find(|field| field.id == *column);
                field.is_some_and(|field| rows.iter().any(|row| self.plain(field, row.get(column), ask)))
            }
            Test::Forward(hop, index, _) => {
                let cell = self.book.entry(key).and_then(|entry| self.at(entry, *index));
                let Some((_, Cell::Links(keys))) = cell else { return false };
                self.reached.get(*hop).is_some_and(|tally| keys.iter().any(|key| tally.has(key)))
            }
            Test::Backward(hop, ..) => self.reached.get(*hop).is_some_and(|tally| tally.has(&key)),
            Test::Nothing => false,
            Test::Everything => true,
        }
    }

    fn level_labels(&self, method: &str, edition: u32, level: &str) -> impl Iterator<Item = &str> {
        let method = self.definitions.methods().edition(method, edition);
        let band = method.and_then(|method| method.band(level));
        let labels = band.into_iter().flat_map(|band| [&band.label, &band.short]);
        labels.flat_map(|label| [label.zh(), label.en()])
    }

    fn cell(&self, field: &Field, cell: &Cell, ask: &Ask) -> bool {
        match ask {
            Ask::Empty => cell.is_empty(),
            Ask::Filled => !cell.is_empty(),
            // Answered from the words of the book.
            Ask::Contains(_) => false,
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

    /// Whether an entry's number or title is one that is looked for.
    pub(super) fn link_is(&self, key: EntryKey, is: impl Fn(&str) -> bool) -> bool {
        let title = self.book.entry(key).and_then(|entry| title(entry, self.book, self.definitions));
        is(self.book.serial(key)) || title.is_some_and(|id| is(self.book.text(id)))
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
            Cell::Links(keys) => keys.iter().any(|key| self.link_is(*key, same)),
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

    fn evaluation<'e>(&self, entry: &'e Entry) -> Option<&'e Evaluation> {
        self.cells(entry).find_map(|(_, cell)| cell.evaluation())
    }

    /// Whether the evaluation of an entry rests on a rule that is in force no longer.
    fn outdated(&self, entry: &Entry) -> Option<bool> {
        let (field, evaluation) =
            self.cells(entry).find_map(|(field, cell)| Some((field, cell.evaluation()?)))?;
        let holds = |id: &str, code: &str| {
            self.cells(entry).any(|(field, cell)| {
                field.id == id && matches!(cell, Cell::Choice(here) if self.book.text(*here) == code)
            })
        };
        Some(self.definitions.is_outdated(field, &evaluation.judged, holds))
    }

    fn derived(&self, derived: Derived, entry: &Entry, ask: &Ask) -> bool {
        let evaluation = self.evaluation(entry);
        match derived {
            Derived::Serial => match ask {
                Ask::Contains(numbers) => numbers.iter().any(|number| self.says_text(*number, entry.serial)),
                Ask::Is(words) => words.contains(&self.book.text(entry.serial).to_lowercase()),
                Ask::Empty => false,
                _ => true,
            },
            Derived::Changed => {
                let day = Utc.timestamp_opt(entry.edited.at, 0).single().unwrap_or_default().date_naive();
                self.filter.ask_day(ask, Some(day))
            }
            Derived::Open => {
                let open =
                    self.cells(entry).filter(|(field, cell)| field.required && cell.is_empty()).count();
                match ask {
                    Ask::Empty => open == 0,
                    Ask::Filled => open > 0,
                    ask => self.filter.ask_number(ask, Some(Decimal::from(open))),
                }
            }
            Derived::Score => self.filter.ask_number(ask, evaluation.and_then(|evaluation| evaluation.score)),
            Derived::ResidualScore => self.filter.ask_number(
                ask,
                evaluation
                    .and_then(|evaluation| evaluation.residual.as_ref())
                    .and_then(|residual| residual.score),
            ),
            Derived::EvaluatedOn => {
                self.filter.ask_day(ask, evaluation.map(|evaluation| evaluation.occasion.on))
            }
            Derived::Listed => ask_yes_no(ask, evaluation.map(|evaluation| evaluation.listed)),
            Derived::Outdated => ask_yes_no(ask, self.outdated(entry)),
            Derived::Stale => ask_yes_no(ask, Some(self.stale.is_some_and(|stale| stale.holds(entry.key)))),
            Derived::Level => self.ask_level(ask, evaluation.map(|e| (e, e.level.as_str()))),
            Derived::ResidualLevel => {
                let residual = evaluation.and_then(|e| Some((e, e.residual.as_ref()?.level.as_str())));
                self.ask_level(ask, residual)
            }
            Derived::Method => self
                .filter
                .ask_words(ask, evaluation.map(|e| format!("{}@{}", e.method, e.edition)).as_deref()),
            // The reason in words needs the method; its figures and code are what is searched.
            Derived::Reason => self
                .filter
                .ask_words(ask, evaluation.map(|evaluation| evaluation.factor_words(None)).as_deref()),
        }
    }

    fn ask_level(&self, ask: &Ask, level: Option<(&Evaluation, &str)>) -> bool {
        match (ask, level) {
            (Ask::Empty, level) => level.is_none(),
            (Ask::Filled, Some(_)) => true,
            (Ask::Is(words), Some((evaluation, level))) => {
                self.is_level(&evaluation.method, evaluation.edition, level, words)
            }
            (Ask::Contains(numbers), Some((evaluation, level))) if evaluation.level == level => {
                numbers.iter().any(|number| self.says_level(*number, &evaluation.judged))
            }
            (Ask::Contains(numbers), Some((evaluation, level))) => self
                .level_labels(&evaluation.method, evaluation.edition, level)
                .any(|label| self.filter.contains(numbers, label)),
            _ => false,
        }
    }
}

impl Filter {
    pub(super) fn contains(&self, numbers: &[usize], text: &str) -> bool {
        numbers.iter().filter_map(|number| self.needles.get(*number)).any(|needle| needle.matches(text))
    }

    fn ask_words(&self, ask: &Ask, text: Option<&str>) -> bool {
        match (ask, text) {
            (Ask::Empty, text) => text.is_none(),
            (_, None) => false,
            (Ask::Contains(numbers), Some(text)) => self.contains(numbers, text),
            (Ask::Is(words), Some(text)) => words.contains(&text.to_lowercase()),
            (_, Some(_)) => true,
        }
    }

    fn ask_number(&self, ask: &Ask, number: Option<Decimal>) -> bool {
        match (ask, number) {
            (Ask::Empty, number) => number.is_none(),
            (_, None) => false,
            (Ask::Number(op, numbers), Some(number)) => compare_numbers(*op, number, numbers),
            (ask, Some(number)) => self.ask_words(ask, Some(&number.normalize().to_string())),
        }
    }

    fn ask_day(&self, ask: &Ask, day: Option<NaiveDate>) -> bool {
        match (ask, day) {
            (Ask::Empty, day) => day.is_none(),
            (_, None) => false,
            (Ask::Day(op, days), Some(day)) => compare_days(*op, (day, day), days),
            (ask, Some(day)) => self.ask_words(ask, Some(&day.to_string())),
        }
    }
}
