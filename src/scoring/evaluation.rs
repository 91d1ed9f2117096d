//! What is kept of an evaluation, and how it is proved again.

use std::collections::BTreeMap;
use std::ops::Deref;
use std::sync::Arc;

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::{Decimal, Given, Method, Rule, ScoringError, Warning};
use crate::wording::Lang;

/// Values of factors by factor id.
pub type Factors = BTreeMap<String, Decimal>;

/// An evaluation as it stands in an entry: what was chosen, what came out, by which edition, by whom, when.
///
/// Its parts are shared: registers repeat themselves, and a hundred thousand entries hold far fewer
/// different judgements. [`Judged`]'s fields are read as if they were its own.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(from = "Flat", into = "Flat")]
pub struct Evaluation {
    /// What was chosen and what came out.
    pub judged: Arc<Judged>,
    /// Who did it, when, resting on what.
    pub occasion: Arc<Occasion>,
    /// The same with the controls in place.
    pub residual: Option<Arc<Residual>>,
}

/// What was chosen and what came out.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Judged {
    /// The method.
    pub method: String,
    /// Its edition.
    pub edition: u32,
    /// The values chosen.
    pub factors: Factors,
    /// The number of a direct judgement.
    pub direct: Option<String>,
    /// The score; none for a direct judgement.
    pub score: Option<Decimal>,
    /// The code of the level.
    pub level: String,
    /// Whether it puts the entry on the significant or major list.
    pub listed: bool,
    /// The rule that fired.
    pub rule: Rule,
}

/// Who evaluated, when, resting on what.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Occasion {
    /// The people who took part.
    pub by: Vec<String>,
    /// The day.
    pub on: NaiveDate,
    /// What the choice rests on.
    pub basis: String,
}

/// The evaluation with the controls in place.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Residual {
    /// The values chosen.
    pub factors: Factors,
    /// The score.
    pub score: Option<Decimal>,
    /// The code of the level.
    pub level: String,
    /// Whether it would be listed still.
    pub listed: bool,
}

/// An evaluation as it is written down: one level, whatever is shared in memory.
#[derive(Serialize, Deserialize)]
struct Flat {
    method: String,
    edition: u32,
    factors: Factors,
    direct: Option<String>,
    score: Option<Decimal>,
    level: String,
    listed: bool,
    rule: Rule,
    by: Vec<String>,
    on: NaiveDate,
    basis: String,
    residual: Option<Residual>,
}

impl From<Flat> for Evaluation {
    fn from(flat: Flat) -> Self {
        let Flat { method, edition, factors, direct, score, level, listed, rule, by, on, basis, residual } =
            flat;
        let judged = Judged { method, edition, factors, direct, score, level, listed, rule };
        let occasion = Occasion { by, on, basis };
        Self { judged: judged.into(), occasion: occasion.into(), residual: residual.map(Arc::new) }
    }
}

impl From<Evaluation> for Flat {
    fn from(evaluation: Evaluation) -> Self {
        let Judged { method, edition, factors, direct, score, level, listed, rule } =
            Arc::unwrap_or_clone(evaluation.judged);
        let Occasion { by, on, basis } = Arc::unwrap_or_clone(evaluation.occasion);
        let residual = evaluation.residual.map(Arc::unwrap_or_clone);
        Self { method, edition, factors, direct, score, level, listed, rule, by, on, basis, residual }
    }
}

impl Deref for Evaluation {
    type Target = Judged;

    fn deref(&self) -> &Judged {
        &self.judged
    }
}

/// What a person says besides the factors.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Judgement {
    /// The people who took part.
    pub by: Vec<String>,
    /// The day.
    pub on: NaiveDate,
    /// What the choice rests on.
    pub basis: String,
    /// The values with the controls in place.
    pub residual: Option<Factors>,
    /// A listed aspect is taken off although only law or concern fell; the basis says why.
    pub released: bool,
}

/// An evaluation as another list states it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StatedVerdict {
    /// The score that is stated.
    pub score: Option<Decimal>,
    /// The code of the level that is stated.
    pub level: String,
    /// Whether it is stated to be significant or major.
    pub listed: bool,
    /// What follows from the factors: score and code of the level.
    pub follows: Option<(Option<Decimal>, String)>,
}

/// A kept evaluation does not follow from its factors.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mismatch {
    /// What is kept: score and level.
    pub kept: String,
    /// What follows from the factors.
    pub follows: String,
}

impl Evaluation {
    /// Evaluates what was given; `previous` is the evaluation that stood before.
    pub fn make(
        method: &Method,
        given: Given,
        judgement: Judgement,
        previous: Option<&Evaluation>,
    ) -> Result<(Self, Vec<Warning>), ScoringError> {
        let mut verdict = method.evaluate(&given)?;
        let mut warnings = std::mem::take(&mut verdict.warnings);
        let kept = !verdict.listed
            && previous.is_some_and(|previous| lowered_only_by_concern(method, previous, &given.factors));
        if kept && judgement.released && judgement.basis.trim().is_empty() {
            return Err(ScoringError::ReleaseWithoutReason);
        }
        if kept
            && !judgement.released
            && let Some(band) = previous.and_then(|previous| method.band(&previous.level))
        {
            (verdict.level, verdict.listed, verdict.rule) = (band.code.clone(), band.listed, Rule::Kept);
        }
        let residual = match judgement.residual {
            Some(factors) if !factors.is_empty() => {
                let residual = method.evaluate(&Given { factors: factors.clone(), direct: None })?;
                warnings.extend(residual.warnings);
                if residual.score > verdict.score && verdict.score.is_some() {
                    warnings.push(Warning::ResidualAbove);
                }
                Some(Residual {
                    factors,
                    score: residual.score,
                    level: residual.level,
                    listed: residual.listed,
                })
            }
            _ => None,
        };
        let judged = Judged {
            method: method.id.clone(),
            edition: method.edition,
            factors: given.factors,
            direct: given.direct,
            score: verdict.score,
            level: verdict.level,
            listed: verdict.listed,
            rule: verdict.rule,
        };
        let occasion = Occasion { by: judgement.by, on: judgement.on, basis: judgement.basis };
        let residual = residual.map(Arc::new);
        let evaluation = Self { judged: judged.into(), occasion: occasion.into(), residual };
        Ok((evaluation, warnings))
    }

    /// Takes over what another list states, against what follows or with nothing from which anything would follow; it
    /// says so wherever its reason is told. A residual that does not work out is left out.
    pub fn stated(method: &Method, factors: Factors, verdict: StatedVerdict, judgement: Judgement) -> Self {
        let StatedVerdict { score, level, listed, follows } = verdict;
        let residual = judgement.residual.and_then(|factors| {
            let verdict = method.evaluate(&Given { factors: factors.clone(), direct: None }).ok()?;
            let (score, level, listed) = (verdict.score, verdict.level, verdict.listed);
            Some(Arc::new(Residual { factors, score, level, listed }))
        });
        let (follows_score, follows_level) =
            follows.map_or((None, None), |(score, level)| (score, Some(level)));
        let judged = Judged {
            method: method.id.clone(),
            edition: method.edition,
            factors,
            direct: None,
            score,
            level,
            listed,
            rule: Rule::Stated { score: follows_score, level: follows_level },
        };
        let occasion = Occasion { by: judgement.by, on: judgement.on, basis: judgement.basis };
        Self { judged: judged.into(), occasion: occasion.into(), residual }
    }

    /// The same resting on something else.
    #[must_use]
    pub fn resting_on(self, basis: &str) -> Self {
        let occasion = Occasion { basis: basis.trim().to_owned(), ..Arc::unwrap_or_clone(self.occasion) };
        Self { occasion: occasion.into(), ..self }
    }

    /// Works it out again and compares; `method` is the edition it names.
    pub fn prove(&self, method: &Method) -> Result<(), Mismatch> {
        let words = |score: Option<Decimal>, level: &str, listed: bool| {
            let score = score.map_or_else(|| "--".to_owned(), |score| score.normalize().to_string());
            format!("{score} {level}{}", if listed { " !" } else { "" })
        };
        let given = Given { factors: self.factors.clone(), direct: self.direct.clone() };
        let kept = words(self.score, &self.level, self.listed);
        let follows = match method.evaluate(&given) {
            // Taken over as it was stated: it follows from nothing, and its level is one of the method's.
            _ if matches!(self.rule, Rule::Stated { .. }) && method.band(&self.level).is_some() => {
                kept.clone()
            }
            // Kept on the list against the score: the level is that of a listed band.
            Ok(verdict) if self.rule == Rule::Kept => {
                let listed = method.band(&self.level).is_some_and(|band| band.listed);
                words(verdict.score, &self.level, listed)
            }
            Ok(verdict) => words(verdict.score, &verdict.level, verdict.listed),
            Err(error) => error.to_string(),
        };
        let residual_holds = self.residual.as_ref().is_none_or(|residual| {
            let given = Given { factors: residual.factors.clone(), direct: None };
            method.evaluate(&given).is_ok_and(|verdict| {
                verdict.score == residual.score
                    && verdict.level == residual.level
                    && verdict.listed == residual.listed
            })
        });
        if kept == follows && residual_holds { Ok(()) } else { Err(Mismatch { kept, follows }) }
    }

    /// Why it has its level, in words.
    pub fn reason(&self, method: &Method, lang: Lang) -> String {
        method.reason(&self.rule, self.score, &self.level, lang)
    }

    /// The factors in few words, in the order of the method: `L3 E6 C15`.
    pub fn factor_words(&self, method: Option<&Method>) -> String {
        let place =
            |id: &str| method.and_then(|method| method.factors.iter().position(|factor| factor.id == id));
        let mut factors: Vec<_> = self.factors.iter().collect();
        factors.sort_by_key(|(id, _)| place(id));
        let words: Vec<String> =
            factors.iter().map(|(id, value)| format!("{id}{}", value.normalize())).collect();
        words.join(" ")
    }
}

/// Whether a listed aspect would leave the list although nothing but law and concern fell: the criteria
/// may add those factors, never use them to lower a verdict (GB/T 24001-2016 A.6.1.2).
fn lowered_only_by_concern(method: &Method, previous: &Evaluation, factors: &Factors) -> bool {
    let concerns = method.factors.iter().any(|factor| factor.concern);
    if !concerns || !previous.listed || previous.method != method.id || previous.direct.is_some() {
        return false;
    }
    let fell = |id: &str| match (previous.factors.get(id), factors.get(id)) {
        (Some(before), Some(now)) => now < before,
        _ => true,
    };
    let mut fallen = method.factors.iter().filter(|factor| fell(&factor.id)).peekable();
    // What was kept once stays kept, also where nothing at all fell since.
    let any = fallen.peek().is_some() || previous.rule == Rule::Kept;
    any && fallen.all(|factor| factor.concern)
}
