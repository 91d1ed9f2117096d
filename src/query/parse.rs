//! Reading a query.

use std::ops::Range;

use super::QueryProblem;
use crate::text::narrow;
use crate::wording::message;

/// A query as a tree.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Node {
    /// All of these; none is everything.
    All(Vec<Node>),
    /// Any of these.
    Any(Vec<Node>),
    /// Not this.
    Not(Box<Node>),
    /// One condition.
    Term(Term),
}

/// One condition.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Term {
    /// The field, with hops over links before it; empty for a bare word.
    pub path: Vec<Piece>,
    /// How it is compared.
    pub op: Op,
    /// With what; any of them will do. Empty while it is still being typed.
    pub values: Vec<Piece>,
    /// Where it stands.
    pub span: Range<usize>,
}

/// A word with its place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Piece {
    /// The word.
    pub word: String,
    /// Where it stands, in bytes.
    pub span: Range<usize>,
}

/// How a field is compared.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Op {
    /// `:` contains.
    Contains,
    /// `=` is.
    Equal,
    /// `<` is less or earlier.
    Less,
    /// `<=` is at most.
    AtMost,
    /// `>` is more or later.
    More,
    /// `>=` is at least.
    AtLeast,
    /// `:-` is empty.
    Empty,
    /// `:*` is filled in.
    Filled,
}

impl Node {
    /// Every term, from left to right.
    pub fn terms(&self) -> Vec<&Term> {
        match self {
            Node::All(parts) | Node::Any(parts) => parts.iter().flat_map(Node::terms).collect(),
            Node::Not(inner) => inner.terms(),
            Node::Term(term) => vec![term],
        }
    }

    /// The same with every term made anew.
    #[must_use]
    pub fn map(self, each: &impl Fn(Term) -> Term) -> Self {
        match self {
            Node::All(parts) => Node::All(parts.into_iter().map(|part| part.map(each)).collect()),
            Node::Any(parts) => Node::Any(parts.into_iter().map(|part| part.map(each)).collect()),
            Node::Not(inner) => Node::Not(Box::new(inner.map(each))),
            Node::Term(term) => Node::Term(each(term)),
        }
    }
}

/// How many conditions one query may have: more were never typed, and each is held against every entry.
const MOST_TERMS: usize = 1_000;
/// How deep parentheses may stand in each other.
const DEEPEST: usize = 64;

/// Reads a query.
pub fn parse(text: &str) -> Result<Node, QueryProblem> {
    let mut reader = Reader { text, at: 0, depth: 0, terms: 0 };
    let node = reader.any()?;
    reader.blanks();
    match reader.peek() {
        None => Ok(node),
        Some(_) => Err(reader.problem(1, message!("query-stray-paren"))),
    }
}

struct Reader<'a> {
    text: &'a str,
    at: usize,
    depth: usize,
    terms: usize,
}

impl<'a> Reader<'a> {
    fn rest(&self) -> &'a str {
        self.text.get(self.at..).unwrap_or("")
    }

    /// The next character, narrowed.
    fn peek(&self) -> Option<char> {
        self.rest().chars().next().map(narrow)
    }

    fn step(&mut self) {
        self.at += self.rest().chars().next().map_or(0, char::len_utf8);
    }

    fn blanks(&mut self) {
        while self.peek().is_some_and(char::is_whitespace) {
            self.step();
        }
    }

    fn problem(&self, length: usize, what: crate::wording::Message) -> QueryProblem {
        let end = self.rest().char_indices().nth(length).map_or(self.text.len(), |(at, _)| self.at + at);
        QueryProblem { span: self.at..end, what }
    }

    fn any(&mut self) -> Result<Node, QueryProblem> {
        let mut parts = vec![self.all()?];
        while self.takes_or() {
            parts.push(self.all()?);
        }
        Ok(if parts.len() == 1 { parts.remove(0) } else { Node::Any(parts) })
    }

    fn all(&mut self) -> Result<Node, QueryProblem> {
        let mut parts = Vec::new();
        loop {
            self.blanks();
            match self.peek() {
                None | Some(')' | '|') => break,
                _ if self.word_ahead(&["or", "或"]) => break,
                _ => parts.push(self.not()?),
            }
        }
        Ok(if parts.len() == 1 { parts.remove(0) } else { Node::All(parts) })
    }

    fn takes_or(&mut self) -> bool {
        self.blanks();
        if self.peek() == Some('|') {
            self.step();
            return true;
        }
        self.take_word(&["or", "或"])
    }

    fn not(&mut self) -> Result<Node, QueryProblem> {
        let next = self.rest().chars().nth(1).map(narrow);
        let minus = self.peek() == Some('-')
            && next.is_some_and(|next| !next.is_whitespace() && !")|".contains(next));
        if minus {
            self.step();
        } else if !self.take_word(&["not", "非"]) {
            return self.part();
        }
        self.blanks();
        self.deeper(|reader| Ok(Node::Not(Box::new(reader.not()?))))
    }

    fn part(&mut self) -> Result<Node, QueryProblem> {
        self.blanks();
        if self.peek() != Some('(') {
            return self.term().map(Node::Term);
        }
        let open = self.problem(1, message!("query-open-paren"));
        self.step();
        let inside = self.deeper(Self::any)?;
        self.blanks();
        if self.peek() != Some(')') {
            return Err(open);
        }
        self.step();
        Ok(inside)
    }

    fn deeper<T>(
        &mut self,
        read: impl FnOnce(&mut Self) -> Result<T, QueryProblem>,
    ) -> Result<T, QueryProblem> {
        self.depth += 1;
        if self.depth > DEEPEST {
            return Err(self.problem(1, message!("query-too-deep")));
        }
        let read = read(self);
        self.depth -= 1;
        read
    }

    /// Whether one of these words stands here as a whole word.
    fn word_ahead(&self, words: &[&str]) -> bool {
        let rest = self.rest();
        let end = rest
            .find(|c: char| c.is_whitespace() || narrow(c) == '(' || narrow(c) == ')')
            .unwrap_or(rest.len());
        // At the very end it is a word still being typed.
        end < rest.len()
            && words.iter().any(|word| rest.get(..end).is_some_and(|said| said.eq_ignore_ascii_case(word)))
    }

    fn take_word(&mut self, words: &[&str]) -> bool {
        let ahead = self.word_ahead(words);
        if ahead {
            let rest = self.rest();
            self.at +=
                rest.find(|c: char| c.is_whitespace() || narrow(c) == '(' || narrow(c) == ')').unwrap_or(0);
        }
        ahead
    }

    fn term(&mut self) -> Result<Term, QueryProblem> {
        let begin = self.at;
        self.terms += 1;
        if self.terms > MOST_TERMS {
            return Err(self.problem(1, message!("query-too-many", most = MOST_TERMS)));
        }
        let (path, name, end) = self.path()?;
        let bare = |values| Term { path: Vec::new(), op: Op::Contains, values, span: begin..end };
        if !self.peek().is_some_and(compares) {
            // A word or a phrase; what stands behind it is read next.
            self.at = end;
            return Ok(bare(vec![name]));
        }
        let op = match (self.peek(), name.word.is_empty()) {
            (Some('≤'), false) => {
                self.step();
                Op::AtMost
            }
            (Some('≥'), false) => {
                self.step();
                Op::AtLeast
            }
            (Some(sign @ (':' | '=' | '<' | '>')), false) => {
                self.step();
                let equal = matches!(sign, '<' | '>') && self.peek() == Some('=');
                if equal {
                    self.step();
                }
                match (sign, equal) {
                    ('=', _) => Op::Equal,
                    ('<', false) => Op::Less,
                    ('<', true) => Op::AtMost,
                    ('>', false) => Op::More,
                    ('>', true) => Op::AtLeast,
                    _ => Op::Contains,
                }
            }
            (Some(_), true) => return Err(self.problem(1, message!("query-no-field"))),
            _ => return Ok(bare(vec![name])),
        };
        let values = self.values()?;
        let (op, values) = match (op, values.as_slice()) {
            (Op::Contains | Op::Equal, [only]) if only.word == "-" => (Op::Empty, Vec::new()),
            (Op::Contains | Op::Equal, [only]) if only.word == "*" => (Op::Filled, Vec::new()),
            _ => (op, values),
        };
        Ok(Term { path, op, values, span: begin..self.at })
    }

    /// A field with the hops before it, each in quotes where it has blanks; and the first word or phrase of it with the
    /// place behind that.
    fn path(&mut self) -> Result<(Vec<Piece>, Piece, usize), QueryProblem> {
        let (mut path, mut first): (Vec<Piece>, Option<(Piece, usize)>) = (Vec::new(), None);
        loop {
            let quoted = self.peek() == Some('"');
            let word = if quoted { self.quoted()? } else { self.plain(compares) };
            let (name, end) = first.get_or_insert_with(|| (word.clone(), self.at)).clone();
            let goes_on = if quoted {
                path.push(word);
                let point = self.rest().starts_with(['.', '．']);
                if point {
                    self.step();
                }
                point
            } else {
                path.extend(split(&word, '.'));
                // `plans."drill window"`: what stands behind the point is in quotes.
                let hop = path.len() > 1 && path.last().is_some_and(|piece| piece.word.is_empty());
                let hop = hop && self.peek() == Some('"');
                if hop {
                    path.pop();
                }
                hop
            };
            if !goes_on {
                return Ok((path, name, end));
            }
        }
    }

    fn values(&mut self) -> Result<Vec<Piece>, QueryProblem> {
        let mut values = Vec::new();
        loop {
            let piece = if self.peek() == Some('"') { self.quoted()? } else { self.plain(|c| c == ',') };
            if !piece.word.is_empty() {
                values.push(piece);
            }
            if self.peek() != Some(',') {
                return Ok(values);
            }
            self.step();
        }
    }

    /// Characters up to a blank, a parenthesis, `|`, or what `ends` says.
    fn plain(&mut self, ends: impl Fn(char) -> bool) -> Piece {
        let begin = self.at;
        while let Some(c) = self.peek() {
            if c.is_whitespace() || matches!(c, '(' | ')' | '|' | '"') || ends(c) {
                break;
            }
            self.step();
        }
        Piece { word: self.text.get(begin..self.at).unwrap_or("").to_owned(), span: begin..self.at }
    }

    fn quoted(&mut self) -> Result<Piece, QueryProblem> {
        let open = self.problem(1, message!("query-open-quote"));
        self.step();
        let begin = self.at;
        while let Some(c) = self.peek() {
            if c == '"' {
                let word = self.text.get(begin..self.at).unwrap_or("").to_owned();
                let piece = Piece { word, span: begin..self.at };
                self.step();
                return Ok(piece);
            }
            self.step();
        }
        Err(open)
    }
}

/// Whether a character begins a comparison.
fn compares(c: char) -> bool {
    matches!(c, ':' | '=' | '<' | '>' | '≤' | '≥')
}

fn split(piece: &Piece, at: char) -> Vec<Piece> {
    let mut parts = Vec::new();
    let mut begin = piece.span.start;
    for word in piece.word.split(|c| narrow(c) == at && c != '。') {
        let end = begin + word.len();
        parts.push(Piece { word: word.to_owned(), span: begin..end });
        // The separator may be a wide one.
        let behind = piece.word.get(end - piece.span.start..).and_then(|rest| rest.chars().next());
        begin = end + behind.map_or(0, char::len_utf8);
    }
    parts
}
