//! Resolving the names of a query against the definitions.

use std::cell::{Cell, RefCell};
use std::ops::Range;

use chrono::NaiveDate;

use super::QueryProblem;
use super::needle::Needle;
use super::parse::{Node, Op, Piece, Term};
use crate::book::{Date, shift};
use crate::definition::{Column, Definitions, Derived, Field, Kind, Register};
use crate::scoring::{Decimal, Factor};
use crate::source::nearest;
use crate::text::narrow;
use crate::wording::{Label, Message, message};

/// A query whose names are resolved.
#[derive(Debug)]
pub struct Filter {
    /// What it asks of the entries of each register it can match in.
    pub(super) registers: Vec<(String, Test)>,
    /// The words it looks for; tests hold their numbers.
    pub(super) needles: Vec<Needle>,
    /// Whether it asks what is to be looked at again.
    pub(super) asks_stale: bool,
    /// How many of its tests go over links; each has its number.
    pub(super) hops: usize,
}

/// What is asked of an entry.
#[derive(Debug)]
pub(super) enum Test {
    All(Vec<Test>),
    Any(Vec<Test>),
    Not(Box<Test>),
    /// The words stand anywhere in it.
    Words(usize),
    /// Something about one column.
    Column(Column, Ask),
    /// A row of this field, by its index, has such a cell in the column with this id.
    Row(usize, String, Ask),
    /// An entry it links to in this field answers the test of its register.
    Forward(Hop, usize, Vec<(String, Test)>),
    /// An entry of this register that links to it in one of these places answers the test.
    Backward(Hop, String, Vec<Place>, Box<Test>),
    /// The value chosen for this factor of its evaluation.
    Factor(String, Ask),
    Nothing,
    Everything,
}

/// The number of a test that goes over links.
pub(super) type Hop = usize;

/// A field of links, by its index, or a column of links in the rows of that field.
pub(super) type Place = (usize, Option<String>);

/// What is asked of a column.
#[derive(Debug)]
pub(super) enum Ask {
    Contains(Vec<usize>),
    Is(Vec<String>),
    Number(Op, Vec<Decimal>),
    Day(Op, Vec<(NaiveDate, NaiveDate)>),
    YesNo(Vec<bool>),
    Empty,
    Filled,
}

/// Resolves a query over one register, or over all of them: there, a field that a register lacks matches
/// nothing in it. `today` is the day from which relative dates count.
pub fn compile(
    node: &Node,
    definitions: &Definitions,
    register: Option<&Register>,
    today: NaiveDate,
) -> Result<Filter, QueryProblem> {
    let compiler = Compiler {
        definitions,
        today,
        needles: RefCell::default(),
        asks_stale: Cell::default(),
        hops: Cell::default(),
    };
    let over: Vec<&Register> = match register {
        Some(register) => vec![register],
        None => definitions.registers().iter().collect(),
    };
    let mut registers = Vec::new();
    let mut unknown = None;
    for register in &over {
        match compiler.node(node, register) {
            Ok(test) => registers.push((register.id.clone(), test)),
            Err(problem) => unknown = unknown.or(Some(problem)),
        }
    }
    // Over all registers a name has to mean something in one of them.
    if registers.is_empty()
        && let Some(problem) = unknown
    {
        return Err(problem);
    }
    let Compiler { needles, asks_stale, hops, .. } = compiler;
    let (needles, asks_stale, hops) = (needles.into_inner(), asks_stale.get(), hops.get());
    Ok(Filter { registers, needles, asks_stale, hops })
}

struct Compiler<'a> {
    definitions: &'a Definitions,
    today: NaiveDate,
    needles: RefCell<Vec<Needle>>,
    asks_stale: Cell<bool>,
    hops: Cell<Hop>,
}

impl Compiler<'_> {
    /// The number of a needle for these words.
    fn needle(&self, words: &str) -> usize {
        let mut needles = self.needles.borrow_mut();
        let needle = Needle::new(words);
        needles.iter().position(|known| known.words() == needle.words()).unwrap_or_else(|| {
            needles.push(needle);
            needles.len() - 1
        })
    }

    /// The number of one more test over links.
    fn hop(&self) -> Hop {
        self.hops.replace(self.hops.get() + 1)
    }

    fn node(&self, node: &Node, register: &Register) -> Result<Test, QueryProblem> {
        let all = |nodes: &[Node]| {
            nodes.iter().map(|node| self.node(node, register)).collect::<Result<Vec<_>, _>>()
        };
        Ok(match node {
            Node::All(nodes) => Test::All(all(nodes)?),
            Node::Any(nodes) => Test::Any(all(nodes)?),
            Node::Not(inner) => Test::Not(Box::new(self.node(inner, register)?)),
            Node::Term(term) if term.path.is_empty() => {
                Test::Words(self.needle(term.values.first().map_or("", |value| &value.word)))
            }
            Node::Term(term) => self.path(&term.path, term, register)?,
        })
    }

    fn path(&self, path: &[Piece], term: &Term, register: &Register) -> Result<Test, QueryProblem> {
        let Some((first, rest)) = path.split_first() else { return Ok(Test::Nothing) };
        let column = register.column(&first.word);
        if rest.is_empty() {
            return match column {
                Some(column) => self.column(column, register, term),
                None => self.factor(first, register, term),
            };
        }
        if let Some(Column::Field(index)) = column {
            match (register.fields.get(index).map(|field| &field.kind), rest) {
                (Some(Kind::Links { to, .. }), _) => return self.forward(index, to, rest, term),
                (Some(Kind::Rows(columns)), [within]) => return self.row(index, columns, within, term),
                _ => {}
            }
        }
        self.backward(first, rest, term, register)
    }

    /// A column of rows.
    fn row(&self, index: usize, columns: &[Field], said: &Piece, term: &Term) -> Result<Test, QueryProblem> {
        let column = columns.iter().find(|column| column.id == said.word || column.answers_to(&said.word));
        let column = column.ok_or_else(|| {
            let names = columns.iter().flat_map(|column| [column.name.zh(), column.name.en(), &column.id]);
            unknown(said, names)
        })?;
        let ask = self.ask(sort_of_field(column), term, || column.name.clone())?;
        Ok(ask.map_or(Test::Everything, |ask| Test::Row(index, column.id.clone(), ask)))
    }

    /// Over a link field, to what it leads to.
    fn forward(
        &self,
        index: usize,
        to: &[String],
        rest: &[Piece],
        term: &Term,
    ) -> Result<Test, QueryProblem> {
        let mut inner = Vec::new();
        let mut problem = None;
        for target in to.iter().filter_map(|id| self.definitions.register(id)) {
            match self.path(rest, term, target) {
                Ok(test) => inner.push((target.id.clone(), test)),
                Err(error) => problem = problem.or(Some(error)),
            }
        }
        match problem {
            Some(problem) if inner.is_empty() => Err(problem),
            _ => Ok(Test::Forward(self.hop(), index, inner)),
        }
    }

    /// To the entries of a register that link here.
    fn backward(
        &self,
        first: &Piece,
        rest: &[Piece],
        term: &Term,
        register: &Register,
    ) -> Result<Test, QueryProblem> {
        let from =
            self.definitions.register_meant(&first.word).ok_or_else(|| unknown_column(first, register))?;
        let leads_here =
            |field: &Field| matches!(&field.kind, Kind::Links { to, .. } if to.contains(&register.id));
        let places = from.fields.iter().enumerate().flat_map(|(index, field)| {
            let columns = match &field.kind {
                Kind::Rows(columns) => columns.as_slice(),
                _ => &[],
            };
            let own = leads_here(field).then_some((index, None));
            let within = columns.iter().filter(|column| leads_here(column));
            own.into_iter().chain(within.map(move |column| (index, Some(column.id.clone()))))
        });
        let places: Vec<Place> = places.collect();
        if places.is_empty() {
            return Err(unknown_column(first, register));
        }
        let inner = Box::new(self.path(rest, term, from)?);
        Ok(Test::Backward(self.hop(), from.id.clone(), places, inner))
    }

    /// A factor by its id or either name, of any method that serves the register; columns come before factors.
    fn factor(&self, said: &Piece, register: &Register, term: &Term) -> Result<Test, QueryProblem> {
        let rules = match register.evaluation().map(|(_, field)| &field.kind) {
            Some(Kind::Evaluation { methods }) => methods.as_slice(),
            _ => &[],
        };
        let methods = rules.iter().filter_map(|rule| self.definitions.methods().get(&rule.method));
        let named = |factor: &&Factor| {
            factor.id.eq_ignore_ascii_case(&said.word)
                || factor.name.zh() == said.word
                || factor.name.en().eq_ignore_ascii_case(&said.word)
        };
        let factor = methods.flat_map(|method| &method.factors).find(named);
        let id = factor.ok_or_else(|| unknown_column(said, register))?.id.clone();
        Ok(match term.op {
            Op::Empty => Test::Factor(id, Ask::Empty),
            Op::Filled => Test::Factor(id, Ask::Filled),
            _ if term.values.is_empty() => Test::Everything,
            Op::Contains => Test::Factor(id, Ask::Number(Op::Equal, numbers(&term.values)?)),
            op => Test::Factor(id, Ask::Number(op, numbers(&term.values)?)),
        })
    }

    fn column(&self, column: Column, register: &Register, term: &Term) -> Result<Test, QueryProblem> {
        let sort = sort_of(column, register);
        if column == Column::Derived(Derived::Stale) {
            self.asks_stale.set(true);
        }
        let ask = self.ask(sort, term, || register.column_name(column))?;
        Ok(ask.map_or(Test::Everything, |ask| Test::Column(column, ask)))
    }

    /// What is asked of a column; nothing yet where nothing is typed behind the sign yet.
    fn ask(
        &self,
        sort: Sort,
        term: &Term,
        name: impl FnOnce() -> Label,
    ) -> Result<Option<Ask>, QueryProblem> {
        Ok(Some(match term.op {
            Op::Empty => Ask::Empty,
            Op::Filled => Ask::Filled,
            _ if term.values.is_empty() => return Ok(None),
            Op::Contains | Op::Equal if sort == Sort::YesNo => {
                let read =
                    |value: &Piece| yes_no(&value.word).ok_or_else(|| at(value, message!("query-yes-no")));
                Ask::YesNo(term.values.iter().map(read).collect::<Result<_, _>>()?)
            }
            Op::Equal if sort == Sort::Number => Ask::Number(Op::Equal, numbers(&term.values)?),
            Op::Equal if sort == Sort::Date => Ask::Day(Op::Equal, self.days(&term.values)?),
            Op::Equal => Ask::Is(term.values.iter().map(|value| value.word.to_lowercase()).collect()),
            Op::Contains => Ask::Contains(term.values.iter().map(|value| self.needle(&value.word)).collect()),
            op => match sort {
                Sort::Number => Ask::Number(op, numbers(&term.values)?),
                Sort::Date => Ask::Day(op, self.days(&term.values)?),
                Sort::Words | Sort::YesNo => {
                    let what = message!("query-no-order", column = name());
                    return Err(QueryProblem { span: term.span.clone(), what });
                }
            },
        }))
    }

    fn days(&self, values: &[Piece]) -> Result<Vec<(NaiveDate, NaiveDate)>, QueryProblem> {
        values.iter().map(|value| self.day(value)).collect()
    }

    /// A date, `today`, or a distance from today; `30d` is 30 days on.
    fn day(&self, value: &Piece) -> Result<(NaiveDate, NaiveDate), QueryProblem> {
        let word: String = value.word.chars().map(narrow).collect();
        if let Some(day) = shift(self.today, &word, 1) {
            return Ok((day, day));
        }
        match Date::typed(&word, self.today) {
            Ok(date) => Ok((date.first(), date.last())),
            Err(_) => Err(at(value, message!("query-not-a-date", said = value.word.clone()))),
        }
    }
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Sort {
    Words,
    Number,
    Date,
    YesNo,
}

/// As what a column compares.
fn sort_of(column: Column, register: &Register) -> Sort {
    match column {
        Column::Field(index) => register.fields.get(index).map_or(Sort::Words, sort_of_field),
        Column::Derived(Derived::Score | Derived::ResidualScore | Derived::Open) => Sort::Number,
        Column::Derived(Derived::EvaluatedOn | Derived::Changed) => Sort::Date,
        Column::Derived(Derived::Listed | Derived::Outdated | Derived::Stale) => Sort::YesNo,
        Column::Derived(_) => Sort::Words,
    }
}

fn sort_of_field(field: &Field) -> Sort {
    match field.kind {
        Kind::Number { .. } | Kind::Evaluation { .. } => Sort::Number,
        Kind::Date => Sort::Date,
        Kind::YesNo => Sort::YesNo,
        _ => Sort::Words,
    }
}

fn numbers(values: &[Piece]) -> Result<Vec<Decimal>, QueryProblem> {
    let read = |value: &Piece| {
        let word: String = value.word.chars().map(narrow).collect();
        word.parse().map_err(|_| at(value, message!("query-not-a-number", said = value.word.clone())))
    };
    values.iter().map(read).collect()
}

fn yes_no(word: &str) -> Option<bool> {
    match word.to_lowercase().as_str() {
        "yes" | "y" | "true" | "1" | "是" | "有" | "重要" | "重大" => Some(true),
        "no" | "n" | "false" | "0" | "否" | "无" | "一般" => Some(false),
        _ => None,
    }
}

fn at(piece: &Piece, what: Message) -> QueryProblem {
    QueryProblem { span: span(piece), what }
}

fn span(piece: &Piece) -> Range<usize> {
    piece.span.clone()
}

fn unknown_column(piece: &Piece, register: &Register) -> QueryProblem {
    unknown(piece, register.column_words().iter().map(String::as_str))
}

fn unknown<'w>(piece: &Piece, words: impl Iterator<Item = &'w str>) -> QueryProblem {
    let near = nearest(&piece.word, words).unwrap_or("").to_owned();
    at(piece, message!("query-unknown-column", said = piece.word.clone(), nearest = near))
}
