//! What has to be there before a choice may be taken: a nonconformity is closed only with its cause, its action, and
//! somebody else's word that it worked.

use std::collections::BTreeMap;

use super::{FieldChange, Refusal, Value};
use crate::definition::{Gate, Register};
use crate::wording::Label;

/// What stands in the way of a choice.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Lack {
    /// These fields are empty.
    Empty(Label),
    /// One person did what two should.
    Alone(Label, Label),
    /// The second lies before the first.
    Early(Label, Label),
}

/// Whether an entry as it would be may pass the gates that its change touches; what was let through before is not
/// asked again.
pub fn passes(
    register: &Register,
    changed: &[FieldChange],
    after: &BTreeMap<String, Value>,
) -> Result<(), Refusal> {
    for gate in &register.features.gates {
        let stands = matches!(after.get(&gate.field), Some(Value::Choice(code)) if *code == gate.code);
        if !stands || !changed.iter().any(|change| gate.names().any(|name| *name == change.field)) {
            continue;
        }
        if let Some((lack, id)) = lack(register, gate, after) {
            let field = register.field(&gate.field);
            let choice = field.and_then(|field| field.choice(&gate.code)).map(|choice| choice.label.clone());
            return Err(Refusal::Gate(Box::new((choice.unwrap_or_default(), lack, id))));
        }
    }
    Ok(())
}

/// What stands in the way, and the first field that a person would mend.
fn lack(register: &Register, gate: &Gate, after: &BTreeMap<String, Value>) -> Option<(Lack, String)> {
    let name = |id: &String| register.field(id).map(|field| field.name.clone()).unwrap_or_default();
    let empty: Vec<&String> = gate.needs.iter().filter(|id| !after.contains_key(*id)).collect();
    if let Some(first) = empty.first() {
        let names: Vec<Label> = empty.iter().copied().map(name).collect();
        let words =
            |of: fn(&Label) -> &str, comma: &str| names.iter().map(of).collect::<Vec<_>>().join(comma);
        let names = Label::new(&words(Label::zh, "、"), &words(Label::en, ", "));
        return Some((Lack::Empty(names), (*first).clone()));
    }
    let both = |pair: &[String; 2]| {
        let [one, other] = pair;
        Some((after.get(one)?.clone(), after.get(other)?.clone()))
    };
    let text = |value: &Value| {
        if let Value::Text(text) = value { text.trim().to_lowercase() } else { String::new() }
    };
    let alone = gate.apart.iter().find(|pair| {
        both(pair).is_some_and(|(one, other)| !text(&one).is_empty() && text(&one) == text(&other))
    });
    if let Some([one, other]) = alone {
        return Some((Lack::Alone(name(one), name(other)), other.clone()));
    }
    let early = gate.order.iter().find(|pair| match both(pair) {
        Some((Value::Date(first), Value::Date(then))) => then.last() < first.first(),
        _ => false,
    });
    early.map(|[first, then]| (Lack::Early(name(first), name(then)), then.clone()))
}
