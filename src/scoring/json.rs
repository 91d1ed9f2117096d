//! An evaluation as JSON, the same in every language.

use serde_json::{Map, Value as Json, json};

use super::evaluation::Factors;
use super::{Decimal, Evaluation, Method};
use crate::wording::Lang;

/// A decimal as a JSON number.
pub fn json_number(number: Decimal) -> Json {
    let number = number.normalize();
    match i64::try_from(number) {
        Ok(whole) if Decimal::from(whole) == number => Json::from(whole),
        // Scales have a digit or two behind the point: the shortest decimal of the double is the same text.
        _ => number.to_string().parse::<f64>().map_or(Json::Null, Json::from),
    }
}

/// An evaluation with the words of its method.
pub fn to_json(evaluation: &Evaluation, method: &Method) -> Json {
    let level = |code: &str| match method.band(code) {
        Some(band) => json!({ "code": code, "zh": band.label.zh(), "en": band.label.en() }),
        None => json!({ "code": code }),
    };
    let score = |score: Option<Decimal>| score.map_or(Json::Null, json_number);
    let reason = |lang| evaluation.reason(method, lang);
    let residual = evaluation.residual.as_ref().map(|residual| {
        json!({
            "factors": factors(&residual.factors),
            "score": score(residual.score),
            "level": level(&residual.level),
            "listed": residual.listed,
        })
    });
    json!({
        "method": evaluation.method,
        "edition": evaluation.edition,
        "factors": factors(&evaluation.factors),
        "direct": evaluation.direct,
        "score": score(evaluation.score),
        "level": level(&evaluation.level),
        "listed": evaluation.listed,
        "reason": { "zh": reason(Lang::Zh), "en": reason(Lang::En) },
        "by": evaluation.occasion.by,
        "on": evaluation.occasion.on.to_string(),
        "basis": evaluation.occasion.basis,
        "residual": residual,
    })
}

fn factors(factors: &Factors) -> Json {
    let numbers = factors.iter().map(|(id, value)| (id.clone(), json_number(*value)));
    Json::Object(numbers.collect::<Map<_, _>>())
}
