//! Findings in the rows of an entry, and the entries that they become.

use super::Reading;
use crate::book::{Cell, Edit, Entry, EntryKey, Plain, Row, Value};
use crate::definition::{Found, Register};

/// A finding that nothing was made of yet.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OpenFinding {
    /// Its row, from 0.
    pub row: usize,
    /// What was found.
    pub words: String,
    /// The entries that it is of.
    pub of: Vec<EntryKey>,
}

impl Reading<'_> {
    /// The findings of an entry that nothing was made of yet, in their order.
    pub fn open_findings(&self, entry: &Entry) -> Vec<OpenFinding> {
        let found = self.register(entry).and_then(|register| register.features.found.as_ref());
        let Some(found) = found else { return Vec::new() };
        let rows = self.finding_rows(entry, found).iter().enumerate();
        let open = rows.filter(|(_, row)| is_open(row, found));
        let finding = |(at, row): (usize, &Row)| {
            let of = match found.of.as_ref().and_then(|of| row.get(of)) {
                Some(Plain::Links(keys)) => keys.clone(),
                _ => Vec::new(),
            };
            OpenFinding { row: at, words: words(row, found).to_owned(), of }
        };
        open.map(finding).collect()
    }

    /// What became of the last of its findings.
    pub fn became(&self, entry: &Entry) -> Option<EntryKey> {
        let found = self.register(entry).and_then(|register| register.features.found.as_ref())?;
        self.finding_rows(entry, found).iter().rev().find_map(|row| match row.get(&found.becomes) {
            Some(Plain::Links(keys)) => keys.iter().copied().find(|key| self.book.entry(*key).is_some()),
            _ => None,
        })
    }

    /// What besides a new entry is written when it is made of findings: each row that says the same, or as was said when
    /// it was begun, names it; where it is about an entry with one finding alone that is open, that one. `fields` are
    /// those of the new entry, which gets the next key of the book.
    pub fn taken_up(
        &self,
        register: &Register,
        fields: &[(String, Value)],
        begun: Option<&str>,
    ) -> Vec<Edit> {
        let Some(raise) = &register.features.raise else { return Vec::new() };
        let said = |id: &String| fields.iter().find(|(field, _)| field == id).map(|(_, value)| value);
        let links = |id: Option<&String>| match id.and_then(said) {
            Some(Value::Links(keys)) => keys.as_slice(),
            _ => &[],
        };
        let title = match said(&raise.title) {
            Some(Value::Text(title)) => title.trim(),
            _ => return Vec::new(),
        };
        let words = [Some(title), begun.map(str::trim)];
        let about = links(Some(&raise.about)).iter().map(|key| self.taken_up_in(*key, words, true));
        // What an audit found besides is another matter.
        let audits = links(raise.audit.as_ref()).iter().map(|key| self.taken_up_in(*key, words, false));
        about.chain(audits).flatten().collect()
    }

    /// The edit by which the row of a finding names the new entry.
    fn taken_up_in(&self, key: EntryKey, words: [Option<&str>; 2], alone: bool) -> Option<Edit> {
        let entry = self.book.entry(key)?;
        let found = self.register(entry)?.features.found.as_ref()?;
        let open = self.open_findings(entry);
        let meant = open.iter().find(|finding| words.contains(&Some(finding.words.trim())));
        let meant = meant.or_else(|| open.first().filter(|_| alone && open.len() == 1))?;
        let mut rows = self.finding_rows(entry, found).to_vec();
        let link = (found.becomes.clone(), Plain::Links(vec![self.book.next_key()]));
        rows.get_mut(meant.row)?.0.push(link);
        Some(Edit::Set { entry: key, fields: vec![(found.rows.clone(), Some(Value::Rows(rows)))] })
    }

    fn finding_rows<'e>(&self, entry: &'e Entry, found: &Found) -> &'e [Row] {
        match self.book.cell(entry, &found.rows) {
            Cell::Rows(rows) => rows,
            _ => &[],
        }
    }
}

fn words<'r>(row: &'r Row, found: &Found) -> &'r str {
    match row.get(&found.problem) {
        Some(Plain::Text(words)) => words,
        _ => "",
    }
}

fn is_open(row: &Row, found: &Found) -> bool {
    let failed = match &found.failed {
        Some((column, codes)) => matches!(row.get(column), Some(Plain::Choice(said)) if codes.contains(said)),
        None => true,
    };
    failed && !words(row, found).trim().is_empty() && row.get(&found.becomes).is_none()
}
