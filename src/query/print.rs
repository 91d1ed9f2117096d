//! Writing a query again, as a person would type it: what is printed is read as the same query.

use std::fmt;

use super::parse::{Node, Op, Term};
use crate::text::narrow;

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
        let special = |c: char| {
            c.is_whitespace()
                || matches!(narrow(c), '(' | ')' | '|' | ',' | ':' | '=' | '<' | '>' | '≤' | '≥' | '"')
        };
        for (index, piece) in self.path.iter().enumerate() {
            let (point, word) = (if index > 0 { "." } else { "" }, &piece.word);
            let quote = word.contains(|c| special(c) || narrow(c) == '.');
            if quote { write!(f, "{point}\"{word}\"")? } else { write!(f, "{point}{word}")? }
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
            let word = &value.word;
            let reserved = ["or", "或", "not", "非", "-", "*"].contains(&word.to_lowercase().as_str());
            let quote = word.is_empty()
                || word.contains(special)
                || word.starts_with(|first| narrow(first) == '-')
                || reserved;
            let comma = if index > 0 { "," } else { "" };
            if quote { write!(f, "{comma}\"{word}\"")? } else { write!(f, "{comma}{word}")? }
        }
        Ok(())
    }
}
