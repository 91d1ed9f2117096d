//! Finding anything: what is looked for, and in which order it is found.

use chrono::NaiveDate;

use super::{Listing, PastTexts, Reading, Was};
use crate::book::{EntryKey, SERIAL};
use crate::query::{self, Filter, Needle, Node, QueryProblem};
use crate::wording::message;

/// How near an entry is to what is looked for, the nearest first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Rank {
    /// Its serial is the words.
    Serial,
    /// Its serial has them.
    InSerial,
    /// Its title has them.
    Title,
    /// Its title has them by pinyin.
    TitlePinyin,
    /// They stand in another field, or it answers the conditions.
    Field,
}

/// Something to look for.
#[derive(Debug)]
pub struct LookUp {
    /// Whom it lets pass.
    pub filter: Filter,
    /// The whole of it as words.
    pub needle: Needle,
    /// The words that stand alone in it, in small letters and as needles.
    words: Vec<(String, Needle)>,
    /// The parts of a serial that is typed without its zeros.
    serial: Option<Vec<String>>,
    /// There are words only, no conditions.
    plain: bool,
    text: String,
}

/// The clause that is meant by `6.1.2`, `E:8.2` or `s：8.2`: for which standard, and its number.
pub fn clause_said(text: &str) -> Option<(Option<char>, String)> {
    let narrow: String = text.trim().chars().map(crate::text::narrow).collect();
    let (standard, number) = if let Some((standard, number)) = narrow.split_once(':') {
        let standard = standard.trim().to_ascii_uppercase();
        let known = ["E", "S"].contains(&standard.as_str());
        (Some(standard.chars().next().filter(|_| known)?), number.trim())
    } else {
        // `ES8.2` and `S8.1.4`, as records print them; both standards together are no one of them.
        let number = narrow.trim_start_matches(|c: char| "EeSs".contains(c));
        let said = narrow.strip_suffix(number).unwrap_or("").to_ascii_uppercase();
        match said.as_str() {
            "" | "ES" | "SE" => (None, number),
            "E" | "S" => (said.chars().next(), number),
            _ => return None,
        }
    };
    let part = |part: &str| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit());
    (number.split('.').all(part) && number.len() <= 12).then(|| (standard, number.to_owned()))
}

/// Letters and numbers of a serial, numbers without leading zeros; none where it has not both.
fn serial_parts(text: &str) -> Option<Vec<String>> {
    /// No serial is longer.
    const LONGEST: usize = 60;
    let mut parts: Vec<String> = Vec::new();
    let mut before = None;
    for c in text.chars().take(LONGEST).map(crate::text::narrow) {
        let kind = match c {
            '0'..='9' => Some(true),
            'a'..='z' | 'A'..='Z' => Some(false),
            '-' | '_' | '.' | '/' => None,
            _ => return None,
        };
        match (kind, parts.last_mut()) {
            (None, _) => {}
            (Some(number), Some(last)) if before == kind => {
                if number && last == "0" {
                    last.clear();
                }
                last.push(c.to_ascii_lowercase());
            }
            (Some(_), _) => parts.push(c.to_ascii_lowercase().to_string()),
        }
        before = kind;
    }
    let has =
        |number: bool| parts.iter().any(|part| part.starts_with(|c: char| c.is_ascii_digit()) == number);
    (has(true) && has(false)).then_some(parts)
}

/// The letter before a clause that stands for no standard.
fn no_standard(text: &str) -> Option<String> {
    let narrow: String = text.chars().map(crate::text::narrow).collect();
    let (letter, number) = narrow.split_once(':')?;
    let clause = letter.chars().count() == 1 && matches!(clause_said(number), Some((None, _)));
    clause.then(|| letter.to_owned())
}

impl<'a> Reading<'a> {
    /// Reads what is to be looked for.
    pub fn look_up(&self, text: &str, today: NaiveDate) -> Result<LookUp, QueryProblem> {
        let said = text.trim();
        let text = match clause_said(said) {
            Some((Some(_), number)) => number,
            _ => said.to_owned(),
        };
        let node = query::parse(&text)?;
        let filter = query::compile(&node, self.definitions, None, today);
        let filter = filter.map_err(|problem| match no_standard(said) {
            Some(letter) => QueryProblem { what: message!("find-no-standard", said = letter), ..problem },
            None => problem,
        })?;
        let terms = node.terms();
        let alone = terms.iter().filter(|term| term.path.is_empty());
        let words = alone.filter_map(|term| term.values.first()).map(|piece| &piece.word);
        let words = words.map(|word| (word.to_lowercase(), Needle::new(word))).collect();
        let plain = only_words(&node);
        let (needle, serial) = (Needle::new(said), serial_parts(said));
        Ok(LookUp { filter, needle, words, serial, plain, text: said.to_owned() })
    }

    /// The entries that are found, best first; those of one rank in the order of their registers. What only serves
    /// other registers comes last, unless its serial is asked for.
    pub fn found(&self, look: &LookUp) -> Vec<(Rank, EntryKey)> {
        let prepared = look.filter.prepare(self.book, self.definitions, self.words);
        let mut found = Vec::new();
        for register in self.definitions.registers() {
            let mut keys = self.book.entries(&register.id).to_vec();
            prepared.keep(&register.id, &mut keys);
            let ranked = keys.into_iter().map(|key| (self.rank(key, look), key));
            found.extend(ranked.map(|(rank, key)| (!register.home && rank > Rank::Serial, rank, key)));
        }
        let mut short = self.short(look);
        short.retain(|key| found.iter().all(|(_, _, known)| known != key));
        found.extend(short.into_iter().map(|key| (false, Rank::Serial, key)));
        found.sort_by_key(|(serves, rank, _)| (*serves, *rank));
        found.into_iter().map(|(_, rank, key)| (rank, key)).collect()
    }

    /// The entries whose serial is meant by one without zeros.
    fn short(&self, look: &LookUp) -> Vec<EntryKey> {
        let Some(parts) = &look.serial else { return Vec::new() };
        let mut keys: Vec<EntryKey> = self
            .book
            .serials()
            .filter(|(serial, _)| serial_parts(self.book.text(*serial)).as_ref() == Some(parts))
            .map(|(_, key)| key)
            .filter(|key| self.book.entry(*key).is_some())
            .collect();
        keys.sort_unstable();
        keys.dedup();
        keys
    }

    fn rank(&self, key: EntryKey, look: &LookUp) -> Rank {
        look.rank(self.book.serial(key), &self.title(key))
    }

    /// Entries in which the words stood once, latest first. Conditions are asked of the present only.
    pub fn found_before(
        &self,
        look: &LookUp,
        past: &PastTexts,
        known: impl Fn(EntryKey) -> bool,
    ) -> Vec<Was> {
        if !look.plain {
            return Vec::new();
        }
        let needles: Vec<Needle> = look.words.iter().map(|(word, _)| Needle::new(word)).collect();
        let mut found: Vec<Was> = self.gone(look).into_iter().filter(|was| !known(was.entry)).collect();
        let before = past.find(&needles, self, known);
        found.extend(
            before.into_iter().filter(|was| self.gone(look).is_none_or(|gone| gone.entry != was.entry)),
        );
        found
    }

    /// The deleted entry whose serial is the words.
    fn gone(&self, look: &LookUp) -> Option<Was> {
        let entry = self.book.key_of(&look.text)?;
        let at = self.book.tombstone(entry)?.deleted().at;
        Some(Was { entry, field: SERIAL.to_owned(), text: self.book.serial(entry).to_owned(), at })
    }

    /// The registers whose form serves a clause or a part of it, each followed by its views.
    pub fn serving(&self, text: &str) -> Vec<Listing<'a>> {
        let Some((standard, number)) = clause_said(text) else { return Vec::new() };
        let serves = |clause: &String| {
            let (of, own) = clause.split_once(':').unwrap_or(("", clause));
            let part = own.strip_prefix(&number).is_some_and(|rest| rest.is_empty() || rest.starts_with('.'));
            part && standard.is_none_or(|standard| of.starts_with(standard))
        };
        let mut all = self.listings();
        all.retain(|listing| listing.register.form.clauses.iter().any(serves));
        all
    }

    /// How many entries a list has.
    pub fn count(&self, listing: &Listing, today: NaiveDate) -> usize {
        let all = self.book.entries(&listing.register.id);
        if listing.query.trim().is_empty() {
            return all.len();
        }
        let mut keys = all.to_vec();
        let Ok(filter) = self.filter(listing.register, &listing.query, today) else { return 0 };
        filter.prepare(self.book, self.definitions, self.words).keep(&listing.register.id, &mut keys);
        keys.len()
    }
}

impl LookUp {
    /// How near a serial and a title are.
    pub fn rank(&self, serial: &str, title: &str) -> Rank {
        let every = |holds: &dyn Fn(&(String, Needle)) -> bool| {
            !self.words.is_empty() && self.words.iter().all(holds)
        };
        let (small, lower) = (serial.to_lowercase(), title.to_lowercase());
        let short = || self.serial.is_some() && serial_parts(serial) == self.serial;
        if serial.eq_ignore_ascii_case(&self.text) || short() {
            Rank::Serial
        } else if every(&|(word, _)| small.contains(word)) {
            Rank::InSerial
        } else if every(&|(word, _)| lower.contains(word)) {
            Rank::Title
        } else if every(&|(_, needle)| needle.matches(title)) {
            Rank::TitlePinyin
        } else {
            Rank::Field
        }
    }
}

/// Whether a query is nothing but words that all have to be there.
fn only_words(node: &Node) -> bool {
    match node {
        Node::All(parts) => parts.iter().all(only_words),
        Node::Term(term) => term.path.is_empty(),
        Node::Any(_) | Node::Not(_) => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::book::Book;
    use crate::definition::Definitions;
    use crate::query::Words;
    use crate::wording::Lang;

    #[test]
    fn the_nearest_comes_first() {
        let (book, words) = (Book::default(), Words::default());
        let definitions = Definitions::builtin().unwrap();
        let reading =
            Reading::new((&book, &definitions, &words), Lang::Zh, chrono::FixedOffset::east_opt(0).unwrap());
        let today = NaiveDate::from_ymd_opt(2022, 5, 13).unwrap();
        for (text, serial, title, rank) in [
            ("ea-0002", "EA-0002", "废旧墨盒的排放", Rank::Serial),
            ("ea2", "EA-0002", "废旧墨盒的排放", Rank::Serial),
            ("dr2022-2", "DR-2022-02", "疏散", Rank::Serial),
            ("dr2022", "DR-2022-02", "疏散", Rank::Field),
            ("0002", "EA-0002", "废旧墨盒的排放", Rank::InSerial),
            ("墨盒", "EA-0002", "废旧墨盒的排放", Rank::Title),
            ("墨盒 废旧", "EA-0002", "废旧墨盒的排放", Rank::Title),
            ("mh", "EA-0002", "废旧墨盒的排放", Rank::TitlePinyin),
            ("mh 废旧", "EA-0002", "废旧墨盒的排放", Rank::TitlePinyin),
            ("收集", "EA-0002", "废旧墨盒的排放", Rank::Field),
            ("状态:正常", "EA-0002", "废旧墨盒的排放", Rank::Field),
        ] {
            assert_eq!(reading.look_up(text, today).unwrap().rank(serial, title), rank, "{text}");
        }
    }

    #[test]
    fn a_clause_is_told_from_a_word() {
        for (text, said) in [
            ("6.1.2", Some((None, "6.1.2"))),
            (" E:8.2 ", Some((Some('E'), "8.2"))),
            ("s：8.2", Some((Some('S'), "8.2"))),
            ("10", Some((None, "10"))),
            ("X:8.2", None),
            ("8.", None),
            ("8.2a", None),
            ("", None),
        ] {
            let said = said.map(|(standard, number)| (standard, number.to_owned()));
            assert_eq!(clause_said(text), said, "{text}");
        }
    }
}
