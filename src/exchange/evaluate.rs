//! Evaluating an entry from what was given by name, as commands and the sample do.

use chrono::NaiveDate;

use crate::book::{Entry, Value};
use crate::catalogue::Reading;
use crate::definition::{Field, Register};
use crate::scoring::{Evaluation, Factors, Given, Judgement, Method, ScoringError, UnknownMethod, Warning};
use crate::wording::{Label, Message, Tell, english, message};

/// What was given.
#[derive(Debug, Clone, Default)]
pub struct Wanted {
    /// The method, where not the one that the register picks.
    pub method: Option<String>,
    /// Values of factors by name; case does not matter.
    pub factors: Vec<(String, String)>,
    /// A direct judgement.
    pub direct: Option<String>,
    /// The day; today where none is given.
    pub on: Option<NaiveDate>,
    /// Who took part.
    pub by: Vec<String>,
    /// What it rests on.
    pub basis: Option<String>,
    /// Values with the controls in place; where none are given, those that stand stay.
    pub residual: Option<Vec<(String, String)>>,
    /// Take it off the list although only law or concern fell.
    pub release: bool,
}

/// Why there is no evaluation.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{}", english(&self.message()))]
pub enum EvaluateError {
    /// The register is not scored.
    NotScored(Label),
    /// No method serves it.
    NoMethod,
    /// The method judges something else.
    Unfit {
        /// The method.
        method: String,
        /// The register.
        register: Label,
        /// The methods that fit.
        fitting: String,
    },
    /// There is no such method.
    UnknownMethod(#[from] UnknownMethod),
    /// A value is not a number.
    NotANumber {
        /// The factor.
        factor: String,
        /// What was said.
        said: String,
    },
    /// A factor is given twice.
    Twice(String),
    /// The method refuses.
    Scoring(#[from] ScoringError),
    /// A residual was given before there was an evaluation.
    NothingToAddTo,
}

impl Tell for EvaluateError {
    fn message(&self) -> Message {
        match self {
            EvaluateError::NotScored(register) => {
                message!("evaluate-not-scored", register = register.clone())
            }
            EvaluateError::NoMethod => message!("evaluate-no-method"),
            EvaluateError::Unfit { method, register, fitting } => message!(
                "evaluate-unfit",
                method = method.clone(),
                register = register.clone(),
                fitting = fitting.clone()
            ),
            EvaluateError::UnknownMethod(error) => error.message(),
            EvaluateError::NotANumber { factor, said } => {
                message!("evaluate-not-a-number", factor = factor.clone(), said = said.clone())
            }
            EvaluateError::Twice(factor) => message!("evaluate-twice", factor = factor.clone()),
            EvaluateError::Scoring(error) => error.message(),
            EvaluateError::NothingToAddTo => message!("evaluate-nothing-to-add-to"),
        }
    }
}

/// Factors by the method's own names.
pub fn factors(method: &Method, given: &[(String, String)]) -> Result<Factors, EvaluateError> {
    let mut factors = Factors::new();
    for (name, said) in given {
        let id = method.factor(name).map_or_else(|| name.clone(), |factor| factor.id.clone());
        let number: String = said.chars().map(crate::text::narrow).collect();
        // What reads numbers passes over underscores.
        let value =
            Some(number.trim()).filter(|number| !number.contains('_')).and_then(|number| number.parse().ok());
        let value =
            value.ok_or_else(|| EvaluateError::NotANumber { factor: id.clone(), said: said.clone() })?;
        if factors.insert(id.clone(), value).is_some() {
            return Err(EvaluateError::Twice(id));
        }
    }
    Ok(factors)
}

/// The method a person means by its id, where it judges what the register holds.
fn method_meant<'a>(
    reading: &Reading<'a>,
    register: &Register,
    field: &Field,
    said: &str,
) -> Result<&'a Method, EvaluateError> {
    let method = reading.definitions.methods().meant(said)?;
    let fit: Vec<&str> =
        reading.definitions.methods_fit_for(field).into_iter().map(|method| method.id.as_str()).collect();
    if fit.contains(&method.id.as_str()) {
        return Ok(method);
    }
    let (method, register, fitting) = (method.id.clone(), register.name.clone(), fit.join(", "));
    Err(EvaluateError::Unfit { method, register, fitting })
}

/// Evaluates an entry; gives the field and its new value. With only residual values given, the evaluation
/// that stands gets them; with none given, it keeps those it has, as on the screen.
pub fn evaluate(
    reading: &Reading,
    register: &Register,
    entry: Option<&Entry>,
    kind: impl Fn(&str) -> Option<String>,
    (wanted, today): (&Wanted, NaiveDate),
) -> Result<(String, Value, Vec<Warning>), EvaluateError> {
    let (_, field) = register.evaluation().ok_or_else(|| EvaluateError::NotScored(register.name.clone()))?;
    let previous = entry.and_then(|entry| reading.book.cell(entry, &field.id).evaluation());
    let residual_only = wanted.factors.is_empty() && wanted.direct.is_none();
    let method = match (&wanted.method, previous) {
        (Some(said), _) => method_meant(reading, register, field, said)?,
        (None, Some(previous)) if residual_only => reading.method(previous).ok_or(EvaluateError::NoMethod)?,
        (None, _) => reading.method_for(field, kind).ok_or(EvaluateError::NoMethod)?,
    };
    let (given, judgement) = if residual_only {
        let previous = previous.ok_or(EvaluateError::NothingToAddTo)?;
        let given = Given { factors: previous.factors.clone(), direct: previous.direct.clone() };
        let by = if wanted.by.is_empty() { previous.occasion.by.clone() } else { wanted.by.clone() };
        let basis = wanted.basis.clone().unwrap_or_else(|| previous.occasion.basis.clone());
        (
            given,
            Judgement { by, on: wanted.on.unwrap_or(today), basis, residual: None, released: wanted.release },
        )
    } else {
        let given = Given { factors: factors(method, &wanted.factors)?, direct: wanted.direct.clone() };
        let basis = wanted.basis.clone().unwrap_or_default();
        let on = wanted.on.unwrap_or(today);
        (given, Judgement { by: wanted.by.clone(), on, basis, residual: None, released: wanted.release })
    };
    let stands = previous.filter(|previous| previous.method == method.id);
    let residual = match &wanted.residual {
        Some(given) if given.is_empty() => {
            let all = method.factors.iter().map(|factor| factor.id.clone()).collect();
            return Err(ScoringError::Missing(all).into());
        }
        Some(given) => Some(factors(method, given)?),
        None => stands.and_then(|stands| stands.residual.as_ref()).map(|kept| kept.factors.clone()),
    };
    let judgement = Judgement { residual, ..judgement };
    let (evaluation, warnings) = Evaluation::make(method, given, judgement, previous)?;
    Ok((field.id.clone(), Value::Evaluation(Box::new(evaluation)), warnings))
}
