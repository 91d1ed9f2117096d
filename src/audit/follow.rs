//! What every check came to, brought up to date with a book: after a commit only that is looked at again which it can
//! have changed.

use std::borrow::Cow;
use std::collections::BTreeSet;

use chrono::NaiveDate;

use super::accept::{ACCEPTED, Accepted};
use super::check::{Finding, Looked, Looker};
use super::ground::{Ground, followed};
use crate::book::EntryKey;
use crate::catalogue::Reading;
use crate::definition::{Check, Rule};
use crate::query::{Changes, Followed};
use crate::wording::Lang;

/// What every check came to at the last look. It is always exactly what [`super::look_over`] finds.
#[derive(Default)]
pub struct Follow {
    seen: Option<Seen>,
    /// The number of the last commit that is in it.
    seq: u64,
    accepted: Accepted,
    /// By the order of the checks.
    kept: Vec<Kept>,
    effort: usize,
}

/// What a look holds for: on another day, by other definitions or in another language all is looked at anew.
#[derive(PartialEq, Eq)]
struct Seen {
    today: NaiveDate,
    lang: Lang,
    definitions: String,
}

/// What one check came to.
struct Kept {
    /// Which entries it looks at, where it is not all of its register.
    of: Option<(Followed, BTreeSet<EntryKey>)>,
    ground: Ground,
    found: Vec<Finding>,
    accepted: Vec<Finding>,
}

impl Follow {
    /// Brings it up to a book, which is the one of the last look, later; of an earlier state of it all is looked at anew.
    pub fn follow(&mut self, reading: &Reading, today: NaiveDate) {
        let definitions = reading.definitions.hash().to_owned();
        let seen = Some(Seen { today, lang: reading.lang, definitions });
        let seq = reading.book.seq();
        if self.seen != seen || seq < self.seq {
            *self = Self::begin(reading, today);
            self.seen = seen;
        } else if seq > self.seq {
            self.go_on(reading, today);
        } else {
            self.effort = 0;
        }
        self.seq = seq;
    }

    fn begin(reading: &Reading, today: NaiveDate) -> Self {
        let (looker, accepted) = (Looker { reading, today }, Accepted::on(reading, today));
        let kept: Vec<Kept> =
            checks(reading).map(|(_, check)| Kept::begin(&looker, check, &accepted)).collect();
        let looked_at = checks(reading).zip(&kept).map(|((_, check), kept)| kept.of(reading, check));
        let effort = looked_at.sum();
        Self { accepted, kept, effort, ..Self::default() }
    }

    fn go_on(&mut self, reading: &Reading, today: NaiveDate) {
        let looker = Looker { reading, today };
        let now = Changes::since(self.seq, reading.book, reading.definitions, reading.words);
        let turned = if now.of(ACCEPTED).is_empty() {
            std::collections::BTreeMap::new()
        } else {
            let before = std::mem::replace(&mut self.accepted, Accepted::on(reading, today));
            self.accepted.turned(&before)
        };
        let none = BTreeSet::new();
        for ((_, check), kept) in checks(reading).zip(&mut self.kept) {
            let turned = turned.get(&check.id).unwrap_or(&none);
            kept.go_on((&looker, &self.accepted), check, &now, turned);
        }
        self.effort = now.effort();
    }

    /// What every check came to, in the order of the rules; `reading` is that of the last look.
    pub fn looked<'a>(&'a self, reading: &Reading<'a>) -> Vec<Looked<'a>> {
        let looked = |((rule, check), kept): ((&'a Rule, &'a Check), &'a Kept)| Looked {
            rule,
            check,
            of: kept.of(reading, check),
            found: Cow::Borrowed(&kept.found),
            accepted: Cow::Borrowed(&kept.accepted),
        };
        checks(reading).zip(&self.kept).map(looked).collect()
    }

    /// The number of the last commit that is in it; 0 before the first look.
    pub fn seq(&self) -> u64 {
        self.seq
    }

    /// How many entries the last look looked at, one as often as checks wanted it.
    pub fn effort(&self) -> usize {
        self.effort
    }
}

fn checks<'d>(reading: &Reading<'d>) -> impl Iterator<Item = (&'d Rule, &'d Check)> + use<'d> {
    let rules = reading.definitions.rules().iter();
    rules.flat_map(|rule| rule.checks.iter().map(move |check| (rule, check)))
}

impl Kept {
    fn begin(looker: &Looker, check: &Check, accepted: &Accepted) -> Self {
        let mut keys = looker.reading.book.entries(&check.register).to_vec();
        let of = followed(looker, &check.register, check.of.as_ref(), &mut keys);
        let (ground, found) = Ground::begin(looker, check, &keys);
        let of = of.map(|of| (of, keys.into_iter().collect()));
        let mut kept = Self { of, ground, found: Vec::new(), accepted: Vec::new() };
        kept.part(found, |entry| accepted.holds(check, entry, looker.reading));
        kept
    }

    /// How many entries it looks at.
    fn of(&self, reading: &Reading, check: &Check) -> usize {
        self.of.as_ref().map_or_else(|| reading.book.entries(&check.register).len(), |(_, keys)| keys.len())
    }

    /// Tells what is accepted from what is not.
    fn part(&mut self, found: Vec<Finding>, holds: impl Fn(EntryKey) -> bool) {
        (self.accepted, self.found) = found.into_iter().partition(|finding| holds(finding.entry));
    }

    /// Looks again at what changed; `turned` are entries that are accepted or no longer.
    fn go_on(
        &mut self,
        (looker, accepted): (&Looker, &Accepted),
        check: &Check,
        now: &Changes,
        turned: &BTreeSet<EntryKey>,
    ) {
        let book = looker.reading.book;
        let holds = |entry: EntryKey| accepted.holds(check, entry, looker.reading);
        let mut dirty: BTreeSet<EntryKey> = now.of(&check.register).iter().copied().collect();
        dirty.extend(self.of.iter_mut().flat_map(|(of, _)| of.follow(now)));
        let all = self.ground.follow(looker, check, now, &mut dirty);
        // Links may lead here from one register and elsewhere from the other.
        let here = |key: &EntryKey| {
            book.entry(*key).is_some_and(|entry| book.register_id(entry.register) == check.register)
        };
        let mut live: Vec<EntryKey> = dirty.iter().copied().filter(here).collect();
        if let Some((of, keys)) = &mut self.of {
            of.keep(&mut live, now);
            for key in &dirty {
                keys.remove(key);
            }
            keys.extend(&live);
        }
        if all || self.ground.is_whole() && !turned.is_empty() {
            let keys = match &self.of {
                Some((_, keys)) => keys.iter().copied().collect(),
                None => book.entries(&check.register).to_vec(),
            };
            let found = self.ground.found_again(looker, check, keys, now);
            return self.part(found, holds);
        }
        let found = self.ground.found_again(looker, check, live, now);
        let mut found = found.into_iter().peekable();
        for key in dirty {
            let finding = found.next_if(|finding| finding.entry == key);
            self.settle(key, finding, holds(key));
        }
        for key in turned {
            let finding = find(&self.found, *key).or_else(|| find(&self.accepted, *key));
            self.settle(*key, finding, holds(*key));
        }
    }

    /// Puts what was found in an entry into its place, by key, and takes away what was.
    fn settle(&mut self, key: EntryKey, finding: Option<Finding>, accepted: bool) {
        let (here, there) = if accepted {
            (&mut self.accepted, &mut self.found)
        } else {
            (&mut self.found, &mut self.accepted)
        };
        if let Ok(at) = place(there, key) {
            there.remove(at);
        }
        match (place(here, key), finding) {
            (Ok(at), Some(finding)) => here.get_mut(at).into_iter().for_each(|old| *old = finding.clone()),
            (Ok(at), None) => _ = here.remove(at),
            (Err(at), Some(finding)) => here.insert(at, finding),
            (Err(_), None) => {}
        }
    }
}

fn place(findings: &[Finding], key: EntryKey) -> Result<usize, usize> {
    findings.binary_search_by_key(&key, |finding| finding.entry)
}

fn find(findings: &[Finding], key: EntryKey) -> Option<Finding> {
    findings.get(place(findings, key).ok()?).cloned()
}
