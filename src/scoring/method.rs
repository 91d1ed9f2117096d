//! What a method is: factors with their scales, a formula, bands, vetoes and direct judgements.

use std::collections::BTreeMap;

use chrono::NaiveDate;

use super::Decimal;
use super::evaluation::Judged;
use super::formula::Formula;
use crate::wording::{Label, Message, Tell, message};

/// A method of evaluation in one edition.
#[derive(Debug, Clone)]
pub struct Method {
    /// Its id, e.g. `lec`.
    pub id: String,
    /// Its edition, from 1; another edition is another method for old evaluations.
    pub edition: u32,
    /// What it judges, e.g. `aspect`; none where it says nothing of that and may judge anything.
    pub subject: Option<String>,
    /// Its name.
    pub name: Label,
    /// The document it rests on.
    pub basis: Label,
    /// Who approved it and when, where the organisation has said so.
    pub approved: Option<(String, NaiveDate)>,
    /// Why this edition differs from the one before, where it was said.
    pub why: Option<String>,
    /// What the score is called, e.g. `D`.
    pub symbol: Label,
    /// The factors in the order of the form.
    pub factors: Vec<Factor>,
    /// How the score follows from the factors.
    pub formula: Formula,
    /// The bands of the score, the worst first.
    pub bands: Vec<Band>,
    /// Factors that decide alone.
    pub vetoes: Vec<Veto>,
    /// Direct judgements.
    pub direct: Vec<Direct>,
}

/// A factor and its scale.
#[derive(Debug, Clone)]
pub struct Factor {
    /// The letter in the formula.
    pub id: String,
    /// What it measures.
    pub name: Label,
    /// A matter of law or of concern to interested parties: it may raise an environmental verdict, never lower it.
    pub concern: bool,
    /// The values in the order of the form.
    pub scale: Vec<ScaleValue>,
}

/// One value of a scale.
#[derive(Debug, Clone)]
pub struct ScaleValue {
    /// The value.
    pub value: Decimal,
    /// What it means.
    pub label: Label,
}

/// A band of the score.
#[derive(Debug, Clone)]
pub struct Band {
    /// The code kept in evaluations.
    pub code: String,
    /// The name of the level.
    pub label: Label,
    /// The name in a narrow column.
    pub short: Label,
    /// How bad it is; higher is worse, whatever number the paper gives it.
    pub rank: u32,
    /// Whether it puts an entry on the significant or major list.
    pub listed: bool,
    /// Where it begins; the lowest band has no beginning.
    pub bound: Option<Bound>,
}

/// Where a band begins.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Bound {
    /// At this score.
    From(Decimal),
    /// Above this score.
    Over(Decimal),
}

/// A factor that decides alone.
#[derive(Debug, Clone)]
pub struct Veto {
    /// The factor.
    pub factor: String,
    /// From this value on.
    pub at: Decimal,
    /// The band it decides for.
    pub band: String,
}

/// A direct judgement.
#[derive(Debug, Clone)]
pub struct Direct {
    /// Its number, e.g. `I`.
    pub code: String,
    /// The criterion.
    pub label: Label,
    /// The band it decides for; none where the score decides.
    pub band: Option<String>,
}

impl Bound {
    /// The score at or above which it begins.
    pub fn at(self) -> Decimal {
        match self {
            Bound::From(bound) | Bound::Over(bound) => bound,
        }
    }

    /// Whether a score lies in the band.
    pub fn holds(self, score: Decimal) -> bool {
        match self {
            Bound::From(bound) => score >= bound,
            Bound::Over(bound) => score > bound,
        }
    }

    /// The bound as people write it: `>= 160`.
    pub fn words(self) -> String {
        match self {
            Bound::From(bound) => format!(">= {}", bound.normalize()),
            Bound::Over(bound) => format!("> {}", bound.normalize()),
        }
    }

    /// What lies below it, as people write it: `< 160`.
    pub fn words_below(self) -> String {
        match self {
            Bound::From(bound) => format!("< {}", bound.normalize()),
            Bound::Over(bound) => format!("<= {}", bound.normalize()),
        }
    }
}

impl Method {
    /// The factor with this id; case does not matter.
    pub fn factor(&self, id: &str) -> Option<&Factor> {
        self.factors.iter().find(|factor| factor.id.eq_ignore_ascii_case(id))
    }

    /// The band with this code.
    pub fn band(&self, code: &str) -> Option<&Band> {
        self.bands.iter().find(|band| band.code == code)
    }

    /// The band a score lies in.
    pub fn band_of(&self, score: Decimal) -> Option<&Band> {
        self.bands.iter().find(|band| band.bound.is_none_or(|bound| bound.holds(score)))
    }

    /// The direct judgement with this number.
    pub fn direct(&self, code: &str) -> Option<&Direct> {
        self.direct.iter().find(|direct| direct.code.eq_ignore_ascii_case(code))
    }

    /// The same method with every bound inclusive or exclusive, for an organisation that reads its table so.
    #[must_use]
    pub fn with_bounds(mut self, inclusive: bool) -> Self {
        for band in &mut self.bands {
            band.bound = band.bound.map(|bound| match bound {
                Bound::From(at) | Bound::Over(at) if inclusive => Bound::From(at),
                Bound::From(at) | Bound::Over(at) => Bound::Over(at),
            });
        }
        self
    }
}

impl Factor {
    /// The value of the scale, where it is one.
    pub fn on_scale(&self, value: Decimal) -> Option<&ScaleValue> {
        self.scale.iter().find(|step| step.value == value)
    }
}

/// Methods by id and edition.
type Editions = BTreeMap<String, BTreeMap<u32, Method>>;

/// Every method in every edition in force, and editions that were in force once.
#[derive(Debug, Clone, Default)]
pub struct Methods {
    now: Editions,
    past: Editions,
}

/// There is no such method.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{}", crate::wording::english(&self.message()))]
pub struct UnknownMethod {
    /// What was said.
    pub said: String,
    /// The nearest id, or nothing.
    pub nearest: String,
}

impl Tell for UnknownMethod {
    fn message(&self) -> Message {
        message!("scoring-unknown-method", said = self.said.clone(), nearest = self.nearest.clone())
    }
}

impl Methods {
    /// Takes in a method; the same edition replaces.
    pub fn insert(&mut self, method: Method) {
        self.now.entry(method.id.clone()).or_default().insert(method.edition, method);
    }

    /// Takes in a method that was in force once; it is found by its edition alone.
    pub fn remember(&mut self, method: Method) {
        if self.edition(&method.id, method.edition).is_none() {
            self.past.entry(method.id.clone()).or_default().insert(method.edition, method);
        }
    }

    /// Takes in every edition of another set that this one has not got, as ones that were in force once.
    pub fn remember_all(&mut self, other: &Methods) {
        for editions in [&other.now, &other.past] {
            editions.values().flat_map(BTreeMap::values).cloned().for_each(|method| self.remember(method));
        }
    }

    /// Whether a judgement rests on the newest edition of a method that is in force.
    pub fn is_newest(&self, judged: &Judged) -> bool {
        self.get(&judged.method).is_some_and(|method| method.edition <= judged.edition)
    }

    /// The ids.
    pub fn ids(&self) -> impl Iterator<Item = &str> {
        self.now.keys().map(String::as_str)
    }

    /// The newest edition of every method.
    pub fn newest(&self) -> impl Iterator<Item = &Method> {
        self.now.values().filter_map(|editions| editions.values().next_back())
    }

    /// Every edition of every method.
    pub fn all(&self) -> impl Iterator<Item = &Method> {
        self.now.values().flat_map(BTreeMap::values)
    }

    /// The newest edition of a method.
    pub fn get(&self, id: &str) -> Option<&Method> {
        self.now.get(id)?.values().next_back()
    }

    /// One edition of a method, in force or not.
    pub fn edition(&self, id: &str, edition: u32) -> Option<&Method> {
        [&self.now, &self.past].into_iter().find_map(|methods| methods.get(id)?.get(&edition))
    }

    /// The method a person means by `lec` or `lec@1`.
    pub fn meant(&self, said: &str) -> Result<&Method, UnknownMethod> {
        let found = match said.split_once('@') {
            Some((id, edition)) => edition.parse().ok().and_then(|edition| self.edition(id, edition)),
            None => self.get(said),
        };
        found.ok_or_else(|| UnknownMethod {
            said: said.to_owned(),
            nearest: crate::source::nearest(said, self.ids()).unwrap_or("").to_owned(),
        })
    }
}
