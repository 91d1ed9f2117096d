//! Clauses as forms, checks and people name them: `E:6.1.2`, `S:8.2`, or the number alone.

/// The number of a clause, without the standard it is of.
pub fn clause_number(clause: &str) -> &str {
    clause.split_once(':').map_or(clause, |(_, number)| number)
}

/// The numbers of a clause, by which 10.2 comes behind 6.1.2.
pub fn clause_order(clause: &str) -> Vec<u32> {
    clause_number(clause).split('.').map(|part| part.parse().unwrap_or(u32::MAX)).collect()
}

/// The clauses that somebody named in a field, whatever stands between them.
pub fn clauses_named(said: &str) -> impl Iterator<Item = &str> {
    let apart = |c: char| c.is_whitespace() || ",;/、，；".contains(c);
    said.split(apart).filter(|clause| !clause.is_empty())
}
