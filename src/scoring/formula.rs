//! The formula of a method: factors, numbers, `+`, `*`, `max(...)` and parentheses, in exact decimals.

use std::collections::BTreeMap;

use super::Decimal;

/// How deep a formula may be nested.
const DEEPEST: u32 = 32;

/// A formula, ready to be worked out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Formula {
    text: String,
    root: Node,
}

#[derive(Debug, Clone, PartialEq, Eq)]
enum Node {
    Number(Decimal),
    /// A factor, and where it stands.
    Factor(String, usize),
    Sum(Vec<Node>),
    Product(Vec<Node>),
    Max(Vec<Node>),
}

/// Where a formula cannot be read, in bytes from its beginning.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct FormulaError(pub usize);

impl Formula {
    /// Reads a formula.
    pub fn parse(text: &str) -> Result<Self, FormulaError> {
        let mut reader = Reader { text, at: 0, depth: 0 };
        let root = reader.sum()?;
        reader.blanks();
        if reader.at < text.len() {
            return Err(FormulaError(reader.at));
        }
        Ok(Self { text: text.to_owned(), root })
    }

    /// The factors it speaks of, and where they stand, in bytes from its beginning.
    pub fn factors(&self) -> Vec<(&str, usize)> {
        fn collect<'a>(node: &'a Node, all: &mut Vec<(&'a str, usize)>) {
            match node {
                Node::Number(_) => {}
                Node::Factor(id, at) => all.push((id, *at)),
                Node::Sum(parts) | Node::Product(parts) | Node::Max(parts) => {
                    for part in parts {
                        collect(part, all);
                    }
                }
            }
        }
        let mut all = Vec::new();
        collect(&self.root, &mut all);
        all
    }

    /// The score, or nothing where a factor is missing or the number grows beyond what is exact.
    pub fn work_out(&self, factors: &BTreeMap<String, Decimal>) -> Option<Decimal> {
        self.root.work_out(factors)
    }
}

impl std::fmt::Display for Formula {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.text)
    }
}

impl Node {
    fn work_out(&self, factors: &BTreeMap<String, Decimal>) -> Option<Decimal> {
        let all =
            |parts: &[Node]| parts.iter().map(|part| part.work_out(factors)).collect::<Option<Vec<_>>>();
        match self {
            Node::Number(number) => Some(*number),
            Node::Factor(id, _) => factors.get(id).copied(),
            Node::Sum(parts) => all(parts)?.into_iter().try_fold(Decimal::ZERO, Decimal::checked_add),
            Node::Product(parts) => all(parts)?.into_iter().try_fold(Decimal::ONE, Decimal::checked_mul),
            Node::Max(parts) => all(parts)?.into_iter().max(),
        }
    }
}

struct Reader<'a> {
    text: &'a str,
    at: usize,
    depth: u32,
}

impl Reader<'_> {
    fn rest(&self) -> &str {
        self.text.get(self.at..).unwrap_or("")
    }

    fn blanks(&mut self) {
        self.at += self.rest().len() - self.rest().trim_start().len();
    }

    fn take(&mut self, sign: char) -> bool {
        self.blanks();
        let found = self.rest().starts_with(sign);
        self.at += if found { sign.len_utf8() } else { 0 };
        found
    }

    fn sum(&mut self) -> Result<Node, FormulaError> {
        let first = self.product()?;
        let mut parts = vec![first];
        while self.take('+') {
            parts.push(self.product()?);
        }
        Ok(single(parts, Node::Sum))
    }

    fn product(&mut self) -> Result<Node, FormulaError> {
        let first = self.part()?;
        let mut parts = vec![first];
        while self.take('*') {
            parts.push(self.part()?);
        }
        Ok(single(parts, Node::Product))
    }

    fn part(&mut self) -> Result<Node, FormulaError> {
        self.depth += 1;
        if self.depth > DEEPEST {
            return Err(FormulaError(self.at));
        }
        let part = if self.take('(') { self.inside() } else { self.word() };
        self.depth -= 1;
        part
    }

    fn inside(&mut self) -> Result<Node, FormulaError> {
        let inside = self.sum()?;
        if self.take(')') { Ok(inside) } else { Err(FormulaError(self.at)) }
    }

    fn word(&mut self) -> Result<Node, FormulaError> {
        self.blanks();
        let rest = self.rest();
        let end = rest.find(|c: char| !(c.is_ascii_alphanumeric() || c == '.')).unwrap_or(rest.len());
        let word = rest.get(..end).unwrap_or("").to_owned();
        let begin = self.at;
        if word.is_empty() {
            return Err(FormulaError(begin));
        }
        self.at += end;
        if word == "max" {
            if !self.take('(') {
                return Err(FormulaError(self.at));
            }
            let mut parts = vec![self.sum()?];
            while self.take(',') {
                parts.push(self.sum()?);
            }
            return if self.take(')') { Ok(Node::Max(parts)) } else { Err(FormulaError(self.at)) };
        }
        if word.starts_with(|c: char| c.is_ascii_digit()) {
            return word.parse().map(Node::Number).map_err(|_| FormulaError(begin));
        }
        Ok(Node::Factor(word, begin))
    }
}

fn single(mut parts: Vec<Node>, several: impl Fn(Vec<Node>) -> Node) -> Node {
    match (parts.len(), parts.pop()) {
        (1, Some(only)) => only,
        (_, last) => several(parts.into_iter().chain(last).collect()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn works_out_what_it_says() {
        let factors = [("a", 4), ("b", 2), ("c", 5)].map(|(id, n)| (id.to_owned(), Decimal::from(n))).into();
        for (text, score) in [("a + b + c", 11), ("a * max(b, c)", 20), ("(a + b) * c", 30), ("a + b * 2", 8)]
        {
            assert_eq!(
                Formula::parse(text).unwrap().work_out(&factors),
                Some(Decimal::from(score)),
                "{text}"
            );
        }
        assert_eq!(Formula::parse("a * d").unwrap().work_out(&factors), None);
    }

    #[test]
    fn says_where_it_cannot_be_read() {
        for (text, at) in
            [("", 0), ("a +", 3), ("a b", 2), ("max a", 4), ("(a", 2), ("a - b", 2), ("1.2.3", 0)]
        {
            assert_eq!(Formula::parse(text), Err(FormulaError(at)), "{text}");
        }
        assert!(Formula::parse(&"(".repeat(5000)).is_err());
    }
}
