//! From factors to a verdict that says why.

use serde::{Deserialize, Serialize};

use super::evaluation::Factors;
use super::{Decimal, Factor, Method};
use crate::wording::{Lang, Message, Tell, message};

/// What a person chose.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Given {
    /// The values of the factors.
    pub factors: Factors,
    /// The number of a direct judgement.
    pub direct: Option<String>,
}

/// What came out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Verdict {
    /// The score; none for a direct judgement.
    pub score: Option<Decimal>,
    /// The code of the level.
    pub level: String,
    /// Whether it puts the entry on the significant or major list.
    pub listed: bool,
    /// The rule that fired.
    pub rule: Rule,
    /// What is odd about it.
    pub warnings: Vec<Warning>,
}

/// The rule that decided a verdict.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Rule {
    /// The score lies in the band.
    Score,
    /// One factor decided alone.
    Veto {
        /// The factor.
        factor: String,
        /// Its value.
        value: Decimal,
    },
    /// A direct judgement decided.
    Direct {
        /// Its number.
        code: String,
    },
    /// It was listed before and nothing but law or concern fell since (GB/T 24001 A.6.1.2): it stays until
    /// a person takes it off with a reason.
    Kept,
    /// It was taken over from another list as it is stated there; what follows from its factors, where anything does.
    Stated {
        /// The score that follows.
        score: Option<Decimal>,
        /// The code of the level that follows.
        level: Option<String>,
    },
}

/// What is odd about a verdict; it is allowed all the same.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Warning {
    /// The value is not on the scale of the factor.
    OffScale {
        /// The factor.
        factor: String,
        /// The value.
        value: Decimal,
    },
    /// The residual score is above the initial one.
    ResidualAbove,
}

/// Why there is no verdict.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{}", crate::wording::english(&self.message()))]
pub enum ScoringError {
    /// Factors without a value.
    Missing(Vec<String>),
    /// The method has no such factor.
    UnknownFactor {
        /// What was said.
        said: String,
        /// The factors it has.
        known: String,
    },
    /// A value beyond the ends of the factor's scale, of which the method says nothing.
    Nonsense {
        /// The factor.
        factor: String,
        /// The value.
        value: Decimal,
        /// The least value of the scale.
        least: Decimal,
        /// The greatest value of the scale.
        most: Decimal,
    },
    /// The method has no such direct judgement.
    UnknownDirect(String),
    /// A direct judgement that decides, with factors besides.
    DirectWithFactors(String),
    /// An aspect is to be taken off the list although only law or concern fell, and no reason is given.
    ReleaseWithoutReason,
}

impl Tell for ScoringError {
    fn message(&self) -> Message {
        match self {
            ScoringError::Missing(factors) => message!("scoring-missing", factors = factors.join(", ")),
            ScoringError::UnknownFactor { said, known } => {
                message!("scoring-unknown-factor", said = said.clone(), known = known.clone())
            }
            ScoringError::Nonsense { factor, value, least, most } => message!(
                "scoring-nonsense",
                factor = factor.clone(),
                value = value.normalize().to_string(),
                least = least.normalize().to_string(),
                most = most.normalize().to_string()
            ),
            ScoringError::ReleaseWithoutReason => message!("scoring-release-without-reason"),
            ScoringError::UnknownDirect(said) => message!("scoring-unknown-direct", said = said.clone()),
            ScoringError::DirectWithFactors(code) => {
                message!("scoring-direct-with-factors", code = code.clone())
            }
        }
    }
}

impl Tell for Warning {
    fn message(&self) -> Message {
        match self {
            Warning::OffScale { factor, value } => {
                message!("scoring-off-scale", factor = factor.clone(), value = value.normalize().to_string())
            }
            Warning::ResidualAbove => message!("scoring-residual-above"),
        }
    }
}

impl Factor {
    /// Whether it may have a value: off the scale with a warning, beyond its ends never.
    pub fn judge(&self, value: Decimal) -> Result<Option<Warning>, ScoringError> {
        if self.on_scale(value).is_some() {
            return Ok(None);
        }
        let steps = || self.scale.iter().map(|step| step.value);
        match (steps().min(), steps().max()) {
            (Some(least), Some(most)) if least < value && value < most => {
                Ok(Some(Warning::OffScale { factor: self.id.clone(), value }))
            }
            (least, most) => Err(ScoringError::Nonsense {
                factor: self.id.clone(),
                value,
                least: least.unwrap_or_default(),
                most: most.unwrap_or_default(),
            }),
        }
    }
}

impl Method {
    /// The verdict over what was given.
    pub fn evaluate(&self, given: &Given) -> Result<Verdict, ScoringError> {
        if let Some(code) = &given.direct {
            let direct = self.direct(code).ok_or_else(|| ScoringError::UnknownDirect(code.clone()))?;
            if let Some(band) = direct.band.as_deref().and_then(|code| self.band(code)) {
                if !given.factors.is_empty() {
                    return Err(ScoringError::DirectWithFactors(direct.code.clone()));
                }
                let rule = Rule::Direct { code: direct.code.clone() };
                let (level, listed) = (band.code.clone(), band.listed);
                return Ok(Verdict { score: None, level, listed, rule, warnings: Vec::new() });
            }
        }
        let warnings = self.check_factors(&given.factors)?;
        let score = self.formula.work_out(&given.factors).ok_or_else(|| ScoringError::Missing(Vec::new()))?;
        let fired = self
            .vetoes
            .iter()
            .find(|veto| given.factors.get(&veto.factor).is_some_and(|value| *value >= veto.at));
        let by_score = self.band_of(score);
        let by_veto = fired.and_then(|veto| self.band(&veto.band));
        // The score's own reason stands where it would decide the same or worse.
        let (band, rule) = match (by_score, by_veto, fired) {
            (Some(score), Some(veto), Some(fired)) if veto.rank > score.rank => {
                let value = given.factors.get(&fired.factor).copied().unwrap_or_default();
                (veto, Rule::Veto { factor: fired.factor.clone(), value })
            }
            (Some(band), _, _) => (band, Rule::Score),
            (None, _, _) => return Err(ScoringError::Missing(Vec::new())),
        };
        Ok(Verdict { score: Some(score), level: band.code.clone(), listed: band.listed, rule, warnings })
    }

    fn check_factors(&self, factors: &Factors) -> Result<Vec<Warning>, ScoringError> {
        let mut warnings = Vec::new();
        for (id, value) in factors {
            let Some(factor) = self.factors.iter().find(|factor| factor.id == *id) else {
                let known: Vec<&str> = self.factors.iter().map(|factor| factor.id.as_str()).collect();
                return Err(ScoringError::UnknownFactor { said: id.clone(), known: known.join(", ") });
            };
            warnings.extend(factor.judge(*value)?);
        }
        let missing = self.factors.iter().filter(|factor| !factors.contains_key(&factor.id));
        let missing: Vec<String> = missing.map(|factor| factor.id.clone()).collect();
        if missing.is_empty() { Ok(warnings) } else { Err(ScoringError::Missing(missing)) }
    }

    /// Why a verdict is as it is, in words: the rule that fired, with figures.
    pub fn reason(&self, rule: &Rule, score: Option<Decimal>, level: &str, lang: Lang) -> String {
        let symbol = self.symbol.clone();
        let label = self.band(level).map(|band| band.label.clone()).unwrap_or_default();
        let message = match rule {
            Rule::Score => message!("reason-score", symbol = symbol, bound = self.bound_words(score)),
            Rule::Veto { factor, value } => message!(
                "reason-veto",
                factor = factor.clone(),
                value = value.normalize().to_string(),
                level = label
            ),
            Rule::Direct { code } => {
                let criterion = self.direct(code).map(|direct| direct.label.clone()).unwrap_or_default();
                message!("reason-direct", code = code.clone(), criterion = criterion, level = label)
            }
            Rule::Kept => message!("reason-kept", symbol = symbol, bound = self.bound_words(score)),
            Rule::Stated { score, level } => {
                let band = level.as_deref().and_then(|level| self.band(level));
                let follows = band.map(|band| band.label.get(lang).to_owned()).unwrap_or_default();
                let score = score.map(|score| score.normalize().to_string()).unwrap_or_default();
                message!("reason-stated", symbol = symbol, score = score, follows = follows)
            }
        };
        lang.wording().render(&message)
    }

    /// `16 >= 15`, or `13 < 15` for the lowest band.
    fn bound_words(&self, score: Option<Decimal>) -> String {
        let Some(score) = score else { return String::new() };
        let number = score.normalize();
        let band = self.band_of(score);
        if let Some(bound) = band.and_then(|band| band.bound) {
            return format!("{number} {}", bound.words());
        }
        let above = self.bands.iter().rev().find_map(|band| band.bound);
        above.map_or_else(|| number.to_string(), |bound| format!("{number} {}", bound.words_below()))
    }
}
