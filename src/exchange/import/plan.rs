//! What an import would change: every row with its fate, and every line that is no row.

use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;

use super::aside;
use super::body::RowKind;
use super::judge::{Pick, Verdict, picks};
use super::matching::{Known, Match};
use super::same::same;
use super::take::{Leads, Meant, Reader, Taken};
use super::work::{Judged, Work, Worked};
use super::{Import, Keep};
use crate::book::{EntryKey, Value};
use crate::catalogue::Reading;
use crate::definition::Register;

/// What an import would change.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Plan {
    /// The rows, from top to bottom.
    pub rows: Vec<Planned>,
    /// Lines that are no row: where, what they are, their words.
    pub others: Vec<(String, RowKind, String)>,
    /// Entries that are made because rows name them: register and title.
    pub makes: Vec<(String, String)>,
    /// Entries that are not in the file, where its rows are known by their serials.
    pub missing: Vec<EntryKey>,
    /// By which method the rows were worked out; none where nothing is.
    pub pick: Option<Pick>,
    /// How far each method agrees with what is stated.
    pub shares: Vec<(Pick, Share)>,
    /// What the levels of the list are called by the method: the word of the list, the method, its band.
    pub learned: BTreeMap<(String, String), String>,
}

/// How far a method agrees with what the rows state.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default)]
pub struct Share {
    /// Rows of which it agrees with all that is stated.
    pub agree: usize,
    /// Rows that state something and give it what it needs.
    pub of: usize,
    /// Rows that it can work out.
    pub worked: usize,
}

/// A row with its fate.
#[derive(Debug, Clone, PartialEq)]
pub struct Planned {
    /// Its line in the file.
    pub line: usize,
    /// The same as people find it.
    pub place: String,
    /// Its title.
    pub title: String,
    /// What it says.
    pub taken: Taken,
    /// What came of its evaluation.
    pub verdict: Verdict,
    /// The level that it names means nothing by the method.
    pub strange: bool,
    /// It says what an earlier row says, in every cell.
    pub repeats: bool,
    /// What is kept where its statement differs; none while that is not decided.
    pub keep: Option<Keep>,
    /// Which entry it is.
    pub known: Match,
    /// What happens to it.
    pub fate: Fate,
    /// The values it brings: fields and what shall stand there.
    pub changes: Vec<(String, Option<Meant>)>,
}

/// What happens to a row.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Fate {
    /// It becomes a new entry.
    New,
    /// An entry gets other values.
    Changed,
    /// The book has it so already.
    Same,
    /// An earlier line is the same entry.
    Twice,
    /// Another line has its serial: which of them is meant only a person knows.
    Doubled,
    /// It was taken out.
    LeftOut,
}

/// A plan in numbers.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Counts {
    /// Rows that become new entries.
    pub new: usize,
    /// Rows that change one.
    pub changed: usize,
    /// Rows that the book has so already.
    pub same: usize,
    /// Rows that are not taken, and lines without a name.
    pub left: usize,
    /// Cells that could not be read.
    pub unread: usize,
    /// Rows whose stated evaluation differs from what follows.
    pub differs: usize,
    /// Of those the ones that nobody has decided.
    pub undecided: usize,
    /// Rows whose evaluation is stated without factors.
    pub bare: usize,
    /// Rows whose serial another row has too.
    pub doubled: usize,
}

impl Plan {
    /// What an import would change in a book, on a day.
    pub fn of(import: &Import, reading: &Reading, today: NaiveDate) -> Self {
        let Some(register) = reading.definitions.register(&import.layout.register) else {
            return Self::default();
        };
        let reader = Reader {
            reading,
            register,
            today,
            mends: &import.decisions.mends,
            section: import.decisions.section,
            parts: &import.parts,
            above: &import.above,
            known: std::cell::RefCell::default(),
        };
        let taken: Vec<(usize, Taken)> =
            import.body.entries().map(|row| (row.line.number, reader.take(row, &import.layout))).collect();
        let mut plan = Self { others: aside::others(import), ..Self::default() };
        plan.others.extend(aside::astray(import, register, (&taken, reading.lang)));
        let loose = import.loose.iter();
        plan.others.extend(loose.map(|(line, words)| (line.to_string(), RowKind::Untitled, words.clone())));
        let (verdicts, strange) = plan.judged(import, register, reading, &taken, today);
        let repeats = aside::repeats(import);
        let known = Known::of(reading, register, taken.len()).find_all(&taken, import);
        let rows = taken.into_iter().zip(verdicts).zip(known);
        plan.rows = rows
            .map(|((row, judged), known)| planned(row, judged, known, (import, register, reading)))
            .collect();
        for (row, (strange, repeats)) in
            plan.rows.iter_mut().zip(strange.into_iter().chain(std::iter::repeat(false)).zip(repeats))
        {
            (row.strange, row.repeats) = (strange, repeats);
        }
        plan.decide(import, reading, |_| true);
        if plan.rows.iter().any(|row| row.known.by_serial) {
            // What a row names is in the file, whatever becomes of the row.
            let named: BTreeSet<EntryKey> = plan.rows.iter().filter_map(|row| row.known.entry).collect();
            let entries = reading.book.entries(&register.id).iter();
            plan.missing = entries.filter(|key| !named.contains(key)).copied().collect();
        }
        plan
    }

    /// The plan after it was decided what is kept of some rows, or whether they are taken: the same as a new one, but only
    /// those rows are worked out, and others that are the same entries. Anything else that is decided asks for a new plan.
    pub fn decide(&mut self, import: &Import, reading: &Reading, about: impl Fn(&Planned) -> bool) {
        let Some(register) = reading.definitions.register(&import.layout.register) else { return };
        let these = || self.rows.iter().filter(|row| about(row));
        let entries: BTreeSet<EntryKey> = these().filter_map(|row| row.known.entry).collect();
        let serials: BTreeSet<String> = these().filter_map(|row| row.taken.serial.clone()).collect();
        let twice = serials_twice(&self.rows, &import.decisions.left_out);
        let mut seen = BTreeSet::new();
        for row in &mut self.rows {
            let serial = row.taken.serial.as_ref();
            if about(row)
                || row.known.entry.is_some_and(|key| entries.contains(&key))
                || serial.is_some_and(|serial| serials.contains(serial))
            {
                row.decide(&twice, &mut seen, (import, register, reading));
            }
        }
        let makes: BTreeSet<_> = self.rows.iter().flat_map(Planned::leads).collect();
        self.makes = makes.into_iter().collect();
    }

    /// The verdict of each row by the method that was picked or fits most, with the field that it implies.
    fn judged(
        &mut self,
        import: &Import,
        register: &Register,
        reading: &Reading,
        taken: &[(usize, Taken)],
        today: NaiveDate,
    ) -> (Vec<Judged>, Vec<bool>) {
        let none = || (taken.iter().map(|_| (Verdict::None, None)).collect(), Vec::new());
        let says = taken.iter().any(|(_, taken)| {
            taken.stated.says() || !taken.stated.factors.is_empty() || taken.stated.direct.is_some()
        });
        if !says {
            return none();
        }
        let on = import.body.signed.map_or(today, crate::book::Date::last);
        let Some(work) = Work::of(import, register, reading, taken, on) else { return none() };
        let mut best: Option<(Pick, Worked)> = None;
        for pick in picks(reading, register) {
            let worked = work.all(&pick, taken);
            self.shares.push((pick.clone(), worked.share));
            let better = best.as_ref().is_none_or(|(_, known)| worked.share > known.share);
            let chosen = import.decisions.pick.as_ref();
            if chosen.map_or(better, |chosen| *chosen == pick) {
                best = Some((pick, worked));
            }
        }
        let Some((pick, worked)) = best else { return none() };
        self.shares.retain(|(pick, share)| share.worked > 0 || *pick == Pick::Own);
        self.pick = Some(pick);
        self.learned = worked.learned;
        (worked.verdicts, worked.strange)
    }

    /// The plan in numbers.
    pub fn counts(&self) -> Counts {
        let of = |fate: Fate| self.rows.iter().filter(|row| row.fate == fate).count();
        let taken = || self.rows.iter().filter(|row| row.is_taken());
        let untitled = self
            .others
            .iter()
            .filter(|(_, kind, _)| matches!(kind, RowKind::Untitled | RowKind::Astray))
            .count();
        let differs = || taken().filter(|row| matches!(row.verdict, Verdict::Differs(_)));
        Counts {
            new: of(Fate::New),
            changed: of(Fate::Changed),
            same: of(Fate::Same),
            left: of(Fate::Twice) + of(Fate::Doubled) + of(Fate::LeftOut) + untitled,
            doubled: of(Fate::Doubled),
            unread: taken().map(|row| row.taken.problems.len()).sum(),
            differs: differs().count(),
            undecided: differs().filter(|row| row.keep.is_none()).count(),
            bare: taken().filter(|row| matches!(row.verdict, Verdict::Bare(_))).count(),
        }
    }
}

impl Planned {
    /// Whether it is taken at all.
    pub fn is_taken(&self) -> bool {
        matches!(self.fate, Fate::New | Fate::Changed)
    }

    /// What is kept of it, what it changes, and what becomes of it. `seen` are the entries of the rows before.
    fn decide(
        &mut self,
        twice: &BTreeSet<String>,
        seen: &mut BTreeSet<EntryKey>,
        (import, register, reading): (&Import, &Register, &Reading),
    ) {
        let decisions = &import.decisions;
        let keep = decisions.each.get(&self.line).copied().or(decisions.all);
        self.keep = matches!(self.verdict, Verdict::Differs(_)).then_some(keep).flatten();
        let entry = self.known.entry;
        if decisions.left_out.contains(&self.line) {
            self.fate = Fate::LeftOut;
        } else if self.taken.serial.as_ref().is_some_and(|serial| twice.contains(serial)) {
            seen.extend(entry);
            self.fate = Fate::Doubled;
        } else if entry.is_some_and(|key| !seen.insert(key)) || entry.is_none() && self.repeats {
            self.fate = Fate::Twice;
        } else {
            self.changes = super::edits::brings(self, import, register, reading);
            let here = entry.and_then(|key| reading.book.entry(key));
            self.fate = if let Some(entry) = here {
                let stands = |id: &str| reading.book.value(entry, id);
                self.changes.retain(|(id, meant)| !same(stands(id).as_ref(), meant.as_ref(), import));
                if self.changes.is_empty() { Fate::Same } else { Fate::Changed }
            } else {
                self.changes.retain(|(_, meant)| meant.is_some());
                Fate::New
            };
            return;
        }
        self.changes.clear();
    }

    /// The entries that it names and nobody has.
    fn leads(&self) -> Vec<(String, String)> {
        if !self.is_taken() {
            return Vec::new();
        }
        let links = self.changes.iter().filter_map(|(_, meant)| match meant {
            Some(Meant::Links(leads)) => Some(leads),
            _ => None,
        });
        let new = links.flatten().filter_map(|lead| match lead {
            Leads::New(register, title) => Some((register.clone(), title.clone())),
            Leads::There(_) => None,
        });
        new.collect()
    }
}

/// A row with its verdict and the entry that it is; what is decided of it follows.
fn planned(
    (line, mut taken): (usize, Taken),
    (verdict, implied): Judged,
    found: Match,
    (import, register, reading): (&Import, &Register, &Reading),
) -> Planned {
    if let Some((field, code)) = implied.and_then(|(id, code)| Some((register.field_index(&id)?, code))) {
        taken.fields.entry(field).or_insert_with(|| Some(Meant::Value(Value::Choice(code))));
    }
    let verdict = stands(verdict, &found, import, register, reading);
    Planned {
        line,
        place: import.sheet.place(line),
        title: title(register, &taken),
        strange: false,
        repeats: false,
        keep: None,
        taken,
        verdict,
        known: found,
        fate: Fate::New,
        changes: Vec::new(),
    }
}

/// Serials that more than one row names, but for those that were taken out.
fn serials_twice(rows: &[Planned], left_out: &BTreeSet<usize>) -> BTreeSet<String> {
    let (mut once, mut twice) = (BTreeSet::new(), BTreeSet::new());
    let rows = rows.iter().filter(|row| !left_out.contains(&row.line));
    for serial in rows.filter_map(|row| row.taken.serial.as_ref()) {
        if !once.insert(serial) {
            twice.insert(serial.clone());
        }
    }
    twice
}

/// What was taken over as it is stated once, and comes back so, differs from nothing.
fn stands(
    verdict: Verdict,
    found: &Match,
    import: &Import,
    register: &Register,
    reading: &Reading,
) -> Verdict {
    let Verdict::Differs(difference) = &verdict else { return verdict };
    let here = || {
        let entry = reading.book.entry(found.entry?)?;
        reading.book.cell(entry, &register.evaluation()?.1.id).evaluation()
    };
    match (here(), &difference.stated) {
        (Some(here), Some(stated)) if super::same::same_evaluation(here, stated, import) => {
            Verdict::Agrees(Box::new(here.clone()))
        }
        _ => verdict,
    }
}

fn title(register: &Register, taken: &Taken) -> String {
    match taken.fields.get(&register.title) {
        Some(Some(Meant::Value(Value::Text(title)))) => title.clone(),
        _ => String::new(),
    }
}
