//! Lists that have a name: a register, a view of its definition, or a saved view.

use chrono::NaiveDate;

use super::Reading;
use super::{NO, YES};
use crate::book::{Cell, Entry, EntryKey, Plain};
use crate::definition::{Column, Derived, Field, Kind, Register, SortBy, Table};
use crate::query::{self, Filter, Needle, QueryProblem, Term};
use crate::source::nearest;
use crate::wording::{Label, Message, Tell, message};

/// The register whose entries are saved views.
pub const VIEWS: &str = "views";

/// A named list, ready to be shown.
#[derive(Debug, Clone)]
pub struct Listing<'a> {
    /// The register or view's id; the serial of a saved view.
    pub id: String,
    /// Its name.
    pub name: Label,
    /// The register its entries lie in.
    pub register: &'a Register,
    /// What it selects; empty for a whole register.
    pub query: String,
    /// Its columns and order.
    pub table: Table,
    /// A sentence to show with it.
    pub note: Option<Label>,
}

/// Why there is no such list.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{}", crate::wording::english(&self.message()))]
pub enum ListingError {
    /// Neither a register nor a view has this name.
    Unknown {
        /// What was said.
        said: String,
        /// The nearest name, or nothing.
        nearest: String,
    },
    /// It is the serial of no entry.
    NoEntry(String),
}

impl Tell for ListingError {
    fn message(&self) -> Message {
        let (said, nearest) = match self {
            ListingError::Unknown { said, nearest } => (said, nearest),
            ListingError::NoEntry(said) => return message!("book-unknown-entry", entry = said.clone()),
        };
        message!("list-unknown", said = said.clone(), nearest = nearest.clone())
    }
}

impl<'a> Reading<'a> {
    /// The register, view or saved view that a person means by a name.
    pub fn listing(&self, word: &str) -> Result<Listing<'a>, ListingError> {
        if let Some(register) = self.definitions.register(word) {
            return Ok(whole(register));
        }
        let all = self.listings();
        let meant = |listing: &&Listing| {
            listing.id.eq_ignore_ascii_case(word)
                || listing.name.zh() == word
                || listing.name.en().eq_ignore_ascii_case(word)
        };
        if let Some(listing) = all.iter().find(meant) {
            return Ok(listing.clone());
        }
        if let Some(register) = self.definitions.register_meant(word) {
            return Ok(whole(register));
        }
        let serial = |register: &Register| register.serial.may_be(word);
        if self.definitions.registers().iter().any(serial) {
            return Err(ListingError::NoEntry(word.to_owned()));
        }
        let words =
            all.iter().flat_map(|listing| [listing.id.as_str(), listing.name.zh(), listing.name.en()]);
        Err(ListingError::Unknown {
            said: word.to_owned(),
            nearest: nearest(word, words).unwrap_or("").to_owned(),
        })
    }

    /// Every register, followed by its views and the saved views over it.
    pub fn listings(&self) -> Vec<Listing<'a>> {
        let mut all = Vec::new();
        let saved = self.book.entries(VIEWS).iter().filter_map(|key| self.book.entry(*key));
        let saved: Vec<Listing> = saved.filter_map(|entry| self.saved(entry)).collect();
        for register in self.definitions.registers() {
            all.push(whole(register));
            all.extend(register.views.iter().map(|view| Listing {
                id: view.id.clone(),
                name: view.name.clone(),
                register,
                query: view.query.clone(),
                table: view.table.clone(),
                note: view.note.clone(),
            }));
            all.extend(saved.iter().filter(|view| view.register.id == register.id).cloned());
        }
        all
    }

    /// The saved view that an entry of the views register describes; columns it names wrongly fall out.
    fn saved(&self, entry: &Entry) -> Option<Listing<'a>> {
        let words = |field: &str| match self.book.cell(entry, field) {
            Cell::Text(id) => self.book.text(*id),
            _ => "",
        };
        let register = self.definitions.register_meant(words("register"))?;
        let listed =
            |field: &str| words(field).split([',', '，']).map(str::trim).filter(|word| !word.is_empty());
        let columns: Vec<Column> = listed("columns").filter_map(|word| register.column(word)).collect();
        let sort: Vec<SortBy> = listed("sort").filter_map(|word| sort_by(register, word)).collect();
        let table = Table {
            columns: if columns.is_empty() { register.table.columns.clone() } else { columns },
            sort: if sort.is_empty() { register.table.sort.clone() } else { sort },
        };
        let (id, title) = (self.book.text(entry.serial).to_owned(), words("title"));
        Some(Listing {
            id,
            name: Label::new(title, title),
            register,
            query: words("query").to_owned(),
            table,
            note: None,
        })
    }

    /// The filter of a query over a register.
    pub fn filter(&self, register: &Register, query: &str, today: NaiveDate) -> Result<Filter, QueryProblem> {
        self.compiled(register, &query::parse(query)?, today)
    }

    /// The filter of a query that is already read.
    pub fn compiled(
        &self,
        register: &Register,
        query: &query::Node,
        today: NaiveDate,
    ) -> Result<Filter, QueryProblem> {
        query::compile(query, self.definitions, Some(register), today)
    }

    /// The entries of a list that also match `filter`, in the order of the list.
    pub fn entries(
        &self,
        listing: &Listing,
        more: &str,
        today: NaiveDate,
    ) -> Result<Vec<EntryKey>, QueryProblem> {
        let mut keys = self.book.entries(&listing.register.id).to_vec();
        for query in [listing.query.as_str(), more] {
            if !query.trim().is_empty() {
                let filter = self.filter(listing.register, query, today)?;
                let prepared = filter.prepare(self.book, self.definitions, self.words);
                prepared.keep(&listing.register.id, &mut keys);
            }
        }
        self.order(listing.register, &listing.table.sort, &mut keys);
        Ok(keys)
    }

    /// The name of a list in the language of this reading.
    pub fn name<'l>(&self, listing: &'l Listing) -> &'l str {
        listing.name.get(self.lang)
    }
}

/// `score` or `-score`, as files and commands write an order.
pub fn sort_by(register: &Register, word: &str) -> Option<SortBy> {
    let (descending, word) = match word.strip_prefix('-') {
        Some(word) => (true, word),
        None => (false, word),
    };
    Some(SortBy { column: register.column(word)?, descending })
}

fn whole(register: &Register) -> Listing<'_> {
    Listing {
        id: register.id.clone(),
        name: register.name.clone(),
        register,
        query: String::new(),
        table: register.table.clone(),
        note: None,
    }
}

impl Reading<'_> {
    /// The same for a register by its id.
    pub fn query_of(&self, register: &str, query: &str) -> String {
        let register = self.definitions.register(register);
        register.map_or_else(|| query.to_owned(), |register| self.query_words(register, query))
    }

    /// A query with columns and choices by their names in the language; one that cannot be read as it is.
    pub fn query_words(&self, register: &Register, query: &str) -> String {
        let Ok(node) = crate::query::parse(query) else { return query.to_owned() };
        let named = |mut term: Term| {
            if let [rows, column] = term.path.as_mut_slice() {
                let Some((field, within)) = in_rows(register, &rows.word, &column.word) else { return term };
                field.name.get(self.lang).clone_into(&mut rows.word);
                within.name.get(self.lang).clone_into(&mut column.word);
                for value in &mut term.values {
                    if let Some(choice) = within.choice(&value.word) {
                        choice.label.get(self.lang).clone_into(&mut value.word);
                    }
                }
                return term;
            }
            let [column] = term.path.as_mut_slice() else { return term };
            let Some(known) = register.column(&column.word) else { return term };
            register.column_name(known).get(self.lang).clone_into(&mut column.word);
            let field = match known {
                Column::Field(index) => register.fields.get(index),
                Column::Derived(_) => None,
            };
            for value in &mut term.values {
                let choice = field.and_then(|field| field.choice(&value.word));
                if let Some(choice) = choice {
                    choice.label.get(self.lang).clone_into(&mut value.word);
                }
                if matches!(known, Column::Derived(Derived::Listed | Derived::Outdated | Derived::Stale)) {
                    let said = |words: &[&str]| words.contains(&value.word.as_str());
                    let word = if said(&YES) { Some("yes") } else { said(&NO).then_some("no") };
                    value.word = word.map_or_else(|| value.word.clone(), |word| self.wording.say(word));
                }
            }
            term
        };
        node.map(&named).to_string()
    }

    /// The same of a query in words, where it can be read.
    pub fn no_such_choice(&self, register: &Register, query: &str) -> Option<Message> {
        self.choice_missing(register, &query::parse(query).ok()?)
    }

    /// The first value of a query that no choice of its column has, with those that there are.
    pub fn choice_missing(&self, register: &Register, node: &query::Node) -> Option<Message> {
        node.terms().into_iter().find_map(|term| {
            let field = match term.path.as_slice() {
                [column] => match register.column(&column.word)? {
                    Column::Field(index) => register.fields.get(index)?,
                    Column::Derived(_) => return None,
                },
                [rows, column] => in_rows(register, &rows.word, &column.word)?.1,
                _ => return None,
            };
            if field.kind.choices().is_empty() {
                return None;
            }
            let known = |word: &str| {
                let needle = Needle::new(word);
                let choices = field.kind.choices().iter();
                let mut words =
                    choices.flat_map(|choice| [choice.label.zh(), choice.label.en(), &choice.code]);
                words.any(|label| needle.matches(label))
            };
            let value = term.values.iter().find(|value| !known(&value.word))?;
            let labels: Vec<&str> =
                field.kind.choices().iter().map(|choice| choice.label.get(self.lang)).collect();
            let (said, choices) = (value.word.clone(), labels.join(" "));
            Some(message!("filter-no-choice", column = field.name.clone(), said = said, choices = choices))
        })
    }

    /// How many entries link to any of these.
    pub fn linking(&self, keys: &[EntryKey]) -> usize {
        let all = self.book.registers().flat_map(|register| self.book.entries(register));
        let links = |entry: &Entry| {
            let leads = |to: &[EntryKey]| to.iter().any(|key| keys.contains(key));
            let within = |cell: &Plain| matches!(cell, Plain::Links(to) if leads(to));
            self.book.fields(entry).any(|(_, cell)| match cell {
                Cell::Links(to) => leads(to),
                Cell::Rows(rows) => rows.iter().any(|row| row.0.iter().any(|(_, cell)| within(cell))),
                _ => false,
            })
        };
        all.filter(|key| !keys.contains(key))
            .filter_map(|key| self.book.entry(*key))
            .filter(|entry| links(entry))
            .count()
    }
}

/// A field of rows and a column of them, by their names or ids.
fn in_rows<'d>(register: &'d Register, rows: &str, column: &str) -> Option<(&'d Field, &'d Field)> {
    let Column::Field(index) = register.column(rows)? else { return None };
    let field = register.fields.get(index)?;
    let Kind::Rows(columns) = &field.kind else { return None };
    let within = columns.iter().find(|known| known.id == column || known.answers_to(column))?;
    Some((field, within))
}
