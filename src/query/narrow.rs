//! Whether one query can only find less than another: what a person types mostly narrows what is shown,
//! and then only what is shown need be looked at again.

use super::parse::{Node, Op, Term};

impl Node {
    /// Whether every entry that matches this also matches `before`. False where that is not plain to see.
    pub fn narrows(&self, before: &Node) -> bool {
        match (self, before) {
            (Node::Any(now), Node::Any(before)) => {
                now.len() == before.len() && now.iter().zip(before).all(|(now, before)| now.narrows(before))
            }
            (Node::Not(_), Node::Not(_)) => same(self, before),
            (Node::Term(now), Node::Term(before)) => term(now, before),
            (Node::All(_), _) | (_, Node::All(_)) => {
                let (now, before) = (parts(self), parts(before));
                now.len() >= before.len() && now.iter().zip(before).all(|(now, before)| now.narrows(before))
            }
            _ => false,
        }
    }
}

fn parts(node: &Node) -> &[Node] {
    match node {
        Node::All(nodes) => nodes,
        other => std::slice::from_ref(other),
    }
}

fn term(now: &Term, before: &Term) -> bool {
    let path = |term: &Term| term.path.iter().map(|piece| piece.word.clone()).collect::<Vec<_>>();
    if now.op != before.op || path(now) != path(before) {
        return false;
    }
    // Nothing typed behind the sign yet is everything.
    if before.values.is_empty() && !matches!(now.op, Op::Empty | Op::Filled) {
        return true;
    }
    let longer = now.op == Op::Contains;
    now.values.len() == before.values.len()
        && now.values.iter().zip(&before.values).all(|(now, before)| {
            if longer { now.word.starts_with(&before.word) } else { now.word == before.word }
        })
}

fn same(a: &Node, b: &Node) -> bool {
    a.to_string() == b.to_string()
}
