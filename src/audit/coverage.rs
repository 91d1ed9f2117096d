//! Every clause by department: how much there is, what was found, who answers for it, and where there is nothing.

use std::collections::BTreeMap;

use super::check::Looked;
use super::departments::{answers_for, departments_of};
use super::evidence::{DOCUMENTS, names, serves};
use crate::book::EntryKey;
use crate::catalogue::{Clause, Reading, clauses};

/// A clause with what there is for it.
#[derive(Debug, Clone)]
pub struct Covered {
    /// The clause.
    pub clause: &'static Clause,
    /// What there is in all; it is answered for where any department does.
    pub all: Cover,
    /// The same of each department.
    pub of: Vec<Cover>,
}

/// What there is for a clause, in all or of a department.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Cover {
    /// Pieces of evidence: documents and entries.
    pub pieces: usize,
    /// What the checks found.
    pub findings: usize,
    /// Whether somebody answers for it.
    pub answers: bool,
}

impl Cover {
    /// Whether somebody answers for it who has nothing to show.
    pub fn is_hole(self) -> bool {
        self.answers && self.pieces == 0
    }

    /// It as it is told in a table: `*` where it is answered for, findings in brackets, `!` where there is nothing.
    pub fn words(self) -> String {
        let mark = match (self.is_hole(), self.answers) {
            (true, _) => "!*",
            (false, true) => "*",
            (false, false) => "",
        };
        match (self.pieces, self.findings) {
            (0, 0) if !self.answers => "--".to_owned(),
            (pieces, 0) => format!("{mark}{pieces}"),
            (pieces, findings) => format!("{mark}{pieces} ({findings})"),
        }
    }
}

/// How many there are, in all and by department.
#[derive(Clone)]
struct Tally {
    all: usize,
    of: Vec<usize>,
}

/// Counts by department.
struct Teller<'r, 'd> {
    reading: &'r Reading<'d>,
    places: BTreeMap<EntryKey, usize>,
}

impl Teller<'_, '_> {
    fn tally(&self, keys: impl Iterator<Item = EntryKey>) -> Tally {
        let mut tally = Tally { all: 0, of: vec![0; self.places.len()] };
        for key in keys {
            tally.all += 1;
            for department in departments_of(self.reading, key) {
                if let Some(counted) = self.places.get(&department).and_then(|at| tally.of.get_mut(*at)) {
                    *counted += 1;
                }
            }
        }
        tally
    }

    /// Documents that name the clause, the register of documents where it serves it, and what other registers have.
    fn pieces(&self, number: &str, registers: &BTreeMap<&str, Tally>) -> Tally {
        let book = self.reading.book;
        let documents = book.entries(DOCUMENTS).iter().filter_map(|key| book.entry(*key));
        let naming = documents.filter(|entry| names(self.reading, entry, number));
        let naming = self.tally(naming.map(|entry| entry.key));
        let mut pieces = naming.clone();
        let serving = self.reading.definitions.registers().iter().filter(|register| serves(register, number));
        for register in serving {
            let Some(has) = registers.get(register.id.as_str()) else { continue };
            // Documents that name the clause stand for their register.
            let counts = |naming: usize| register.id != DOCUMENTS || naming == 0;
            pieces.all += if counts(naming.all) { has.all } else { 0 };
            for ((sum, has), naming) in pieces.of.iter_mut().zip(&has.of).zip(&naming.of) {
                *sum += if counts(*naming) { *has } else { 0 };
            }
        }
        pieces
    }

    /// The entries of every register, counted once.
    fn registers(&self) -> BTreeMap<&str, Tally> {
        let registers = self.reading.definitions.registers().iter();
        let tally = |id: &str| self.tally(self.reading.book.entries(id).iter().copied());
        registers.map(|register| (register.id.as_str(), tally(&register.id))).collect()
    }
}

fn teller<'r, 'd>(reading: &'r Reading<'d>, departments: &[EntryKey]) -> Teller<'r, 'd> {
    Teller { reading, places: departments.iter().copied().zip(0..).collect() }
}

/// How many pieces of evidence each of these departments has for a clause.
pub fn pieces_of(reading: &Reading, clause: &Clause, departments: &[EntryKey]) -> Vec<(EntryKey, usize)> {
    let teller = teller(reading, departments);
    let pieces = teller.pieces(&clause.number, &teller.registers());
    departments.iter().copied().zip(pieces.of).collect()
}

/// Every clause, in all and by department; `looked` is what every check came to.
pub fn coverage(reading: &Reading, departments: &[EntryKey], looked: &[Looked]) -> Vec<Covered> {
    let teller = teller(reading, departments);
    let registers = teller.registers();
    let row = |clause: &'static Clause| {
        let pieces = teller.pieces(&clause.number, &registers);
        let found = looked.iter().filter(|looked| looked.rule.is_for(&clause.number));
        let found = teller.tally(found.flat_map(|looked| looked.found.iter().map(|finding| finding.entry)));
        let cover = |((pieces, findings), department): ((&usize, &usize), &EntryKey)| {
            let answers = answers_for(reading, *department, &clause.number);
            Cover { pieces: *pieces, findings: *findings, answers }
        };
        let of: Vec<Cover> = pieces.of.iter().zip(&found.of).zip(departments).map(cover).collect();
        let answers = of.iter().any(|cover| cover.answers);
        Covered { clause, all: Cover { pieces: pieces.all, findings: found.all, answers }, of }
    };
    clauses().iter().map(row).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cell_says_who_answers_and_where_nothing_is() {
        let words = |pieces, findings, answers| Cover { pieces, findings, answers }.words();
        assert_eq!(words(0, 0, false), "--");
        assert_eq!(words(6, 1, false), "6 (1)");
        assert_eq!(words(6, 0, true), "*6");
        assert_eq!(words(0, 0, true), "!*0");
        assert_eq!(words(0, 2, true), "!*0 (2)");
        assert!(!Cover { pieces: 0, findings: 3, answers: false }.is_hole());
    }
}
