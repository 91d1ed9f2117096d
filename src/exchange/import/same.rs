//! Whether a row says what stands there already.

use super::Import;
use super::heading::Target;
use super::take::{Leads, Meant};
use crate::book::Value;
use crate::scoring::Evaluation;

/// Whether a row says what stands there already.
pub(super) fn same(stands: Option<&Value>, meant: Option<&Meant>, import: &Import) -> bool {
    match (stands, meant) {
        (Some(Value::Evaluation(one)), Some(Meant::Value(Value::Evaluation(other)))) => {
            same_evaluation(one, other, import)
        }
        (stands, Some(Meant::Value(value))) => match (stands, value) {
            (Some(Value::Number(one)), Value::Number(other)) => one == other,
            (stands, value) => stands == Some(value) || stands.is_none() && value.is_empty(),
        },
        (Some(Value::Links(keys)), Some(Meant::Links(leads))) => {
            leads.len() == keys.len()
                && leads.iter().all(|lead| matches!(lead, Leads::There(key) if keys.contains(key)))
        }
        (None, None) => true,
        (None, Some(Meant::Links(leads))) => leads.is_empty(),
        _ => false,
    }
}

/// Whether a list that does not say when, by whom and on what says the same evaluation.
pub(super) fn same_evaluation(one: &Evaluation, other: &Evaluation, import: &Import) -> bool {
    let has = |target: Target| import.layout.column(&target).is_some();
    let edition = !has(Target::Method) || one.edition == other.edition;
    let judged = one.method == other.method
        && edition
        && one.factors == other.factors
        && one.direct == other.direct
        && one.score == other.score
        && one.level == other.level
        && one.listed == other.listed;
    judged
        && (one.residual == other.residual
            || other.residual.is_none()
                && !import.layout.columns.iter().any(|column| matches!(column.target, Target::Residual(_))))
        && (!has(Target::On) || one.occasion.on == other.occasion.on)
        && (!has(Target::By) || one.occasion.by == other.occasion.by)
        && (!has(Target::Basis) || one.occasion.basis == other.occasion.basis)
}
