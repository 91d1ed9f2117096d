//! Writing a query again, as a person would type it: what is printed is read as the same query.

use std::borrow::Cow;
use std::fmt;

use super::parse::{Node, Op, Term};
use crate::text::narrow;

/// The name of a column as it is written in a query: in quotes where it would fall into pieces or be read as a no.
pub fn column_word(name: &str) -> Cow<'_, str> {
    let negates = name.starts_with(|first| narrow(first) == '-');
    quoted(name, negates || name.contains(|c| is_special(c) || narrow(c) == '.'))
}

/// A value as it is written in a query: in quotes where it would fall into pieces or mean something else.
pub fn value_word(value: &str) -> Cow<'_, str> {
    let reserved = ["or", "或", "not", "非", "-", "*"].contains(&value.to_lowercase().as_str());
    let odd = value.contains(is_special) || value.starts_with(|first| narrow(first) == '-');
    quoted(value, value.is_empty() || reserved || odd)
}

fn is_special(c: char) -> bool {
    c.is_whitespace() || matches!(narrow(c), '(' | ')' | '|' | ',' | ':' | '=' | '<' | '>' | '≤' | '≥' | '"')
}

fn quoted(word: &str, quote: bool) -> Cow<'_, str> {
    if quote { format!("\"{word}\"").into() } else { word.into() }
}

impl fmt::Display for Node {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let join = |f: &mut fmt::Formatter<'_>, parts: &[Node], between: &str| {
            for (index, part) in parts.iter().enumerate() {
                if index > 0 {
                    f.write_str(between)?;
                }
                match part {
                    Node::Term(_) | Node::Not(_) => write!(f, "{part}")?,
                    Node::All(_) | Node::Any(_) => write!(f, "({part})")?,
                }
            }
            Ok(())
        };
        match self {
            Node::All(parts) => join(f, parts, " "),
            Node::Any(parts) => join(f, parts, " | "),
            Node::Not(inner) => match &**inner {
                Node::Term(_) => write!(f, "-{inner}"),
                _ => write!(f, "-({inner})"),
            },
            Node::Term(term) => write!(f, "{term}"),
        }
    }
}

impl fmt::Display for Term {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (index, piece) in self.path.iter().enumerate() {
            let point = if index > 0 { "." } else { "" };
            write!(f, "{point}{}", column_word(&piece.word))?;
        }
        f.write_str(match self.op {
            Op::Contains if self.path.is_empty() => "",
            Op::Contains => ":",
            Op::Equal => "=",
            Op::Less => "<",
            Op::AtMost => "<=",
            Op::More => ">",
            Op::AtLeast => ">=",
            Op::Empty => ":-",
            Op::Filled => ":*",
        })?;
        for (index, value) in self.values.iter().enumerate() {
            let comma = if index > 0 { "," } else { "" };
            write!(f, "{comma}{}", value_word(&value.word))?;
        }
        Ok(())
    }
}
