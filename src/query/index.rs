//! What the entries of a book say, made flat for searching.
//!
//! Whatever a person may search for is a *word*: a text of the book, or the shown form of something else
//! (a choice's labels, a number, a date, a level). Each distinct word is searched once; an entry is a run of
//! numbers of words in one long table, so that looking at a hundred thousand of them is a walk through memory.

use std::cell::OnceCell;
use std::sync::Arc;

use hashbrown::HashMap;

use super::bits::Bits;
use super::needle::Needle;
use super::stale::Stale;
use crate::book::{Book, Cell, Date, Entry, EntryKey, Plain, TextId, Texts};
use crate::definition::{Definitions, Field, Kind};
use crate::scoring::{Evaluation, Judged};

/// A word of an entry and the field it stands in, packed: kind in 2 bits, field in 6, number in 24. So an
/// index holds 16 million different words; fields beyond the last bit pattern share it.
#[derive(Debug, Clone, Copy)]
struct Word(u32);

/// A text of the book.
const TEXT: usize = 0;
/// The shown form of something else.
const SHOWN: usize = 1;
/// Another entry, meant by its serial or title.
const ENTRY: usize = 2;
/// The place of the serial among the fields.
const SERIAL: usize = 62;
const LAST_FIELD: usize = 61;

impl Word {
    fn pack(kind: usize, field: usize, number: u32) -> Option<Self> {
        let head = u32::try_from(kind << 6 | field).ok()?;
        (number < 1 << 24).then_some(Self(head << 24 | number))
    }

    fn number(self) -> usize {
        (self.0 & 0xff_ffff) as usize
    }

    fn field(self) -> usize {
        (self.0 >> 24 & 0x3f) as usize
    }

    fn kind(self) -> usize {
        (self.0 >> 30) as usize
    }
}

/// What is worked out of a whole book when it is first needed: the index of its words, and what is to be looked at.
#[derive(Debug, Default)]
pub struct Words {
    index: OnceCell<Index>,
    stale: OnceCell<Stale>,
}

impl Words {
    /// The index, which is made of this book now where it was not yet.
    pub fn of(&self, book: &Book, definitions: &Definitions) -> &Index {
        self.index.get_or_init(|| Index::new(book, definitions))
    }

    /// The entries that are to be looked at again, which is worked out of this book now where it was not yet.
    pub fn stale(&self, book: &Book, definitions: &Definitions) -> &Stale {
        self.stale.get_or_init(|| Stale::of(book, definitions, self))
    }

    /// Brings the index, where there is one, up to a book in which these entries changed.
    pub fn update(
        &mut self,
        book: &Book,
        definitions: &Definitions,
        changed: impl Iterator<Item = EntryKey>,
    ) {
        self.stale = OnceCell::new();
        if let Some(index) = self.index.get_mut() {
            index.update(book, definitions, changed);
        }
    }
}

/// The fields of a register with the slots where the book keeps them.
struct Fields<'a>(Vec<(&'a Field, Option<usize>)>);

impl<'a> Fields<'a> {
    fn of(id: &str, book: &Book, definitions: &'a Definitions) -> Self {
        let fields = definitions.register(id).map_or(&[][..], |register| &register.fields);
        Self(fields.iter().map(|field| (field, book.slot(id, &field.id))).collect())
    }
}

/// The title of an entry, where it has one.
pub fn title(entry: &Entry, book: &Book, definitions: &Definitions) -> Option<TextId> {
    let register = definitions.register(book.register_id(entry.register))?;
    match book.cell(entry, &register.title_field().id) {
        Cell::Text(id) => Some(*id),
        _ => None,
    }
}

/// The words of every entry of a book.
#[derive(Debug, Default)]
pub struct Index {
    /// Shown forms that are no texts of the book.
    shown: Texts,
    /// The words of all entries, one run behind the other.
    words: Vec<Word>,
    /// Where the run of each key lies: from, to.
    runs: Vec<(u32, u32)>,
    /// Words in runs that are out of date.
    stale: usize,
    /// Entries that others link to.
    targets: Vec<EntryKey>,
    is_target: Bits,
    /// Shown forms by what they were made of: the address stands for what the book keeps once.
    levels: HashMap<usize, TextId>,
    occasions: HashMap<usize, TextId>,
    dates: HashMap<Date, TextId>,
    choices: HashMap<(usize, TextId), [TextId; 2]>,
}

/// Which words hold what a needle says, by kind.
#[derive(Debug, Default)]
pub struct Hits {
    all: bool,
    tables: [Bits; 3],
}

impl Hits {
    fn holds(&self, word: Word) -> bool {
        self.at(word.kind(), word.number())
    }

    fn at(&self, kind: usize, number: usize) -> bool {
        self.all || self.tables.get(kind).is_some_and(|table| table.get(number))
    }

    /// Whether a text of the book is among them.
    pub fn text(&self, id: TextId) -> bool {
        self.at(TEXT, id.index())
    }
}

impl Index {
    /// The index of a book.
    pub fn new(book: &Book, definitions: &Definitions) -> Self {
        let mut index = Self::default();
        for id in book.registers() {
            let fields = Fields::of(id, book, definitions);
            let entries = book.entries(id).iter().filter_map(|key| book.entry(*key));
            entries.for_each(|entry| index.take_in(entry, &fields, (book, definitions)));
        }
        index.words.shrink_to_fit();
        index
    }

    /// Brings it up to a book in which these entries changed.
    pub fn update(
        &mut self,
        book: &Book,
        definitions: &Definitions,
        changed: impl Iterator<Item = EntryKey>,
    ) {
        for key in changed {
            match book.entry(key) {
                Some(entry) => {
                    let fields = Fields::of(book.register_id(entry.register), book, definitions);
                    self.take_in(entry, &fields, (book, definitions));
                }
                None => self.put(key, self.words.len()),
            }
        }
        if self.stale > self.words.len() / 2 {
            *self = Self::new(book, definitions);
        }
    }

    /// The words that hold what the needle says.
    pub fn hits(&self, needle: &Needle, book: &Book, definitions: &Definitions) -> Hits {
        if needle.words().is_empty() {
            return Hits { all: true, tables: Default::default() };
        }
        let search = |texts: &Texts| {
            let found = texts.from(0).enumerate().filter(|(_, text)| needle.matches(text));
            found.map(|(number, _)| number).collect::<Bits>()
        };
        let hits = Hits { all: false, tables: [search(book.texts()), search(&self.shown), Bits::default()] };
        let named = |id: TextId| hits.text(id);
        let meant = |key: &&EntryKey| match book.entry(**key) {
            Some(entry) => named(entry.serial) || title(entry, book, definitions).is_some_and(named),
            None => needle.matches(book.serial(**key)),
        };
        let entries = self.targets.iter().filter(meant).map(|key| key.0 as usize).collect();
        let [texts, shown, _] = hits.tables;
        Hits { all: false, tables: [texts, shown, entries] }
    }

    /// Whether any word of an entry is among the hits.
    pub fn anywhere(&self, key: EntryKey, hits: &Hits) -> bool {
        hits.all || self.run(key).iter().any(|word| hits.holds(*word))
    }

    /// Whether any word in one field of an entry is among the hits.
    pub fn in_field(&self, key: EntryKey, field: usize, hits: &Hits) -> bool {
        let field = field.min(LAST_FIELD);
        let mut words = self.run(key).iter().filter(|word| word.field() == field);
        words.any(|word| hits.holds(*word))
    }

    /// Whether the level of a judgement is among the hits.
    pub fn level(&self, judged: &Arc<Judged>, hits: &Hits) -> bool {
        let level = self.levels.get(&Arc::as_ptr(judged).addr());
        level.is_some_and(|id| hits.at(SHOWN, id.index()))
    }

    /// Whether a needle stands in an entry's words, or in those of one field, without a search through all of them.
    pub fn says(
        &self,
        (key, field): (EntryKey, Option<usize>),
        needle: &Needle,
        ground: (&Book, &Definitions),
    ) -> bool {
        let field = field.map(|field| field.min(LAST_FIELD));
        let mut words = self.run(key).iter().filter(|word| field.is_none_or(|field| word.field() == field));
        let anywhere = field.is_none() && needle.words().is_empty();
        anywhere || words.any(|word| self.word_says(*word, needle, ground))
    }

    fn word_says(&self, word: Word, needle: &Needle, (book, definitions): (&Book, &Definitions)) -> bool {
        let says = |texts: &Texts, number: u32| {
            texts.numbered(number).is_some_and(|id| needle.matches(texts.get(id)))
        };
        let number = word.0 & 0xff_ffff;
        match word.kind() {
            TEXT => says(book.texts(), number),
            SHOWN => says(&self.shown, number),
            _ => match book.entry(EntryKey(number)) {
                Some(entry) => {
                    let title = title(entry, book, definitions);
                    needle.matches(book.text(entry.serial))
                        || title.is_some_and(|id| needle.matches(book.text(id)))
                }
                None => needle.matches(book.serial(EntryKey(number))),
            },
        }
    }

    /// Whether a needle stands in the level of a judgement.
    pub fn level_says(&self, judged: &Arc<Judged>, needle: &Needle) -> bool {
        let level = self.levels.get(&Arc::as_ptr(judged).addr());
        level.is_some_and(|id| needle.matches(self.shown.get(*id)))
    }

    fn run(&self, key: EntryKey) -> &[Word] {
        let run = self.runs.get(key.0 as usize);
        run.and_then(|(from, to)| self.words.get(*from as usize..*to as usize)).unwrap_or(&[])
    }

    fn take_in(&mut self, entry: &Entry, fields: &Fields, ground: (&Book, &Definitions)) {
        let begin = self.words.len();
        self.push(TEXT, SERIAL, entry.serial.number());
        for (at, (field, slot)) in fields.0.iter().enumerate() {
            if let Some(slot) = slot {
                self.cell(at.min(LAST_FIELD), field, entry.cell(*slot), ground);
            }
        }
        self.put(entry.key, begin);
    }

    /// The run of a key goes from `begin` to the end of the table.
    fn put(&mut self, key: EntryKey, begin: usize) {
        let at = key.0 as usize;
        if self.runs.len() <= at {
            self.runs.resize(at + 1, (0, 0));
        }
        let short = |at: usize| u32::try_from(at).unwrap_or(u32::MAX);
        let run = (short(begin), short(self.words.len()));
        if let Some(place) = self.runs.get_mut(at) {
            self.stale += (place.1 - place.0) as usize;
            *place = run;
        }
    }

    fn push(&mut self, kind: usize, at: usize, number: u32) {
        self.words.extend(Word::pack(kind, at, number));
    }

    fn show(&mut self, at: usize, text: &str) -> TextId {
        let id = self.shown.intern(text);
        self.push(SHOWN, at, id.number());
        id
    }

    fn cell(&mut self, at: usize, field: &Field, cell: &Cell, (book, definitions): (&Book, &Definitions)) {
        match cell {
            Cell::Empty => {}
            Cell::Text(id) => self.push(TEXT, at, id.number()),
            Cell::Number(number) => _ = self.show(at, &number.to_string()),
            Cell::Date(date) => self.date(at, *date),
            Cell::YesNo(yes) => _ = self.show(at, if *yes { "yes\n是" } else { "no\n否" }),
            Cell::Choice(code) => self.kept_choice(at, field, *code, book),
            Cell::Choices(codes) => codes.iter().for_each(|code| self.kept_choice(at, field, *code, book)),
            Cell::Links(keys) => keys.iter().for_each(|key| self.link(at, *key)),
            Cell::Evaluation(evaluation) => self.evaluation(at, evaluation, definitions),
            Cell::Rows(rows) => {
                let Kind::Rows(columns) = &field.kind else { return };
                for (id, plain) in rows.iter().flat_map(|row| &row.0) {
                    if let Some(column) = columns.iter().find(|column| column.id == *id) {
                        self.plain(at, column, plain);
                    }
                }
            }
            Cell::Files(files) => files.iter().for_each(|file| _ = self.show(at, &file.name)),
        }
    }

    fn plain(&mut self, at: usize, column: &Field, plain: &Plain) {
        match plain {
            Plain::Text(text) => _ = self.show(at, text),
            Plain::Number(number) => _ = self.show(at, &number.to_string()),
            Plain::Date(date) => self.date(at, *date),
            Plain::YesNo(yes) => _ = self.show(at, if *yes { "yes\n是" } else { "no\n否" }),
            Plain::Choice(code) => _ = self.choice(at, column, code),
            Plain::Choices(codes) => codes.iter().for_each(|code| _ = self.choice(at, column, code)),
            Plain::Links(keys) => keys.iter().for_each(|key| self.link(at, *key)),
        }
    }

    fn date(&mut self, at: usize, date: Date) {
        if let Some(id) = self.dates.get(&date) {
            self.push(SHOWN, at, id.number());
        } else {
            let id = self.show(at, &date.to_string());
            self.dates.insert(date, id);
        }
    }

    fn kept_choice(&mut self, at: usize, field: &Field, code: TextId, book: &Book) {
        let known = (std::ptr::from_ref(field).addr(), code);
        if let Some(labels) = self.choices.get(&known) {
            for label in *labels {
                self.push(SHOWN, at, label.number());
            }
            return;
        }
        let labels = self.choice(at, field, book.text(code));
        self.choices.insert(known, labels);
    }

    /// A choice is found by either label; a former one by its code, which is all that is left of it.
    fn choice(&mut self, at: usize, field: &Field, code: &str) -> [TextId; 2] {
        match field.choice(code) {
            Some(choice) => [choice.label.zh(), choice.label.en()].map(|label| self.show(at, label)),
            None => [self.show(at, code); 2],
        }
    }

    fn link(&mut self, at: usize, key: EntryKey) {
        let place = key.0 as usize;
        if !self.is_target.get(place) {
            self.is_target.set(place);
            self.targets.push(key);
        }
        self.push(ENTRY, at, key.0);
    }

    fn evaluation(&mut self, at: usize, evaluation: &Evaluation, definitions: &Definitions) {
        let judged = Arc::as_ptr(&evaluation.judged).addr();
        if let Some(id) = self.levels.get(&judged) {
            self.push(SHOWN, at, id.number());
        } else {
            let method = definitions.methods().edition(&evaluation.method, evaluation.edition);
            let band = method.and_then(|method| method.band(&evaluation.level));
            let words = band.map_or_else(
                || evaluation.level.clone(),
                |band| {
                    [&band.label, &band.short]
                        .map(|label| format!("{}\n{}", label.zh(), label.en()))
                        .join("\n")
                },
            );
            let id = self.show(at, &words);
            self.levels.insert(judged, id);
        }
        let occasion = Arc::as_ptr(&evaluation.occasion).addr();
        if let Some(id) = self.occasions.get(&occasion) {
            self.push(SHOWN, at, id.number());
        } else {
            let words = format!("{}\n{}", evaluation.occasion.by.join("\n"), evaluation.occasion.basis);
            let id = self.show(at, &words);
            self.occasions.insert(occasion, id);
        }
    }
}
