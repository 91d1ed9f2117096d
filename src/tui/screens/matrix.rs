//! The risk matrix: how many entries stand at each level, initial and with the controls in place.

use std::collections::BTreeMap;

use super::super::layer::Cx;
use super::super::theme::Role;
use super::detail::Line;
use super::page::{Page, still};
use crate::scoring::{Decimal, Evaluation, Factor, Method};
use crate::text::{pad_end, pad_start};
use crate::wording::message;

/// The levels of a list, method by method.
pub fn page(list: &str, cx: &Cx) -> Page {
    let reading = cx.reading();
    let Ok(listing) = reading.listing(list) else { return still(String::new(), Vec::new()) };
    let keys = reading.entries(&listing, "", cx.today()).unwrap_or_default();
    let evaluations: Vec<_> =
        keys.iter().filter_map(|key| reading.evaluation(reading.book.entry(*key)?)).collect();
    let mut lines = Vec::new();
    let mut by_method: BTreeMap<(&str, u32), Vec<_>> = BTreeMap::new();
    for evaluation in &evaluations {
        by_method.entry((&evaluation.method, evaluation.edition)).or_default().push(*evaluation);
    }
    for ((id, edition), evaluations) in by_method {
        let Some(method) = reading.definitions.methods().edition(id, edition) else { continue };
        lines.push(Line::new("", method.name.get(cx.lang())).role(Role::Title));
        levels(&mut lines, method, &evaluations, cx);
        lines.push(Line::default());
        grid(&mut lines, method, &evaluations, cx);
        lines.push(Line::default());
    }
    let unrated = keys.len() - evaluations.len();
    lines.push(Line::new("", cx.render(&message!("matrix-unrated", count = unrated, total = keys.len()))));
    still(format!("{}  {}", reading.name(&listing), cx.say("matrix")), lines)
}

/// How many lie at each level, as they are and with the controls in place.
fn levels(lines: &mut Vec<Line>, method: &Method, evaluations: &[&Evaluation], cx: &Cx) {
    let row = |name: &str, initial: &str, residual: &str| {
        format!("{}{}{}", pad_end(name, 20), pad_start(initial, 10), pad_start(residual, 12))
    };
    lines.push(Line::new("", row("", &cx.say("initial"), &cx.say("residual"))).role(Role::Header));
    for band in &method.bands {
        let initial = evaluations.iter().filter(|evaluation| evaluation.level == band.code).count();
        let residual = evaluations.iter().filter(|evaluation| {
            evaluation.residual.as_ref().is_some_and(|residual| residual.level == band.code)
        });
        let warns = band.listed && initial > 0;
        let name = format!("{}{}", if warns { "! " } else { "  " }, band.label.get(cx.lang()));
        let words = row(&name, &initial.to_string(), &residual.count().to_string());
        lines.push(Line::new("", words).role(if warns { Role::Accent } else { Role::Text }));
    }
}

/// How many lie where two factors cross: the first, and the third, which is the harm wherever there are three.
fn grid(lines: &mut Vec<Line>, method: &Method, evaluations: &[&Evaluation], cx: &Cx) {
    const LABEL: usize = 24;
    const CELL: usize = 6;
    let [first, .., last] = method.factors.as_slice() else { return };
    let across = method.factors.get(2).unwrap_or(last);
    let value = |evaluation: &Evaluation, factor: &Factor| evaluation.factors.get(&factor.id).copied();
    let steps = across.scale.iter().map(|step| step.value);
    let mut columns: Vec<Decimal> =
        steps.chain(evaluations.iter().filter_map(|one| value(one, across))).collect();
    columns.sort();
    columns.dedup();
    let mut head =
        pad_end(&format!("{} \\ {}", first.name.get(cx.lang()), across.name.get(cx.lang())), LABEL);
    head.extend(columns.iter().map(|value| pad_start(&value.normalize().to_string(), CELL)));
    lines.push(Line::new("", head).role(Role::Header));
    let mut rows: Vec<Decimal> = first.scale.iter().map(|step| step.value).collect();
    rows.extend(evaluations.iter().filter_map(|one| value(one, first)));
    rows.sort();
    rows.dedup();
    for row in rows.iter().rev() {
        let label = first.on_scale(*row).map_or("", |step| step.label.get(cx.lang()));
        let figure = pad_start(&row.normalize().to_string(), 5);
        let mut words = pad_end(&format!("{figure} {label}"), LABEL);
        for column in &columns {
            let here =
                |one: &&&Evaluation| (value(one, first), value(one, across)) == (Some(*row), Some(*column));
            let listed = evaluations.iter().filter(here).any(|one| one.listed);
            let count = evaluations.iter().filter(here).count();
            let cell = match count {
                0 => ".".to_owned(),
                count => format!("{}{count}", if listed { "! " } else { "" }),
            };
            words.push_str(&pad_start(&cell, CELL));
        }
        lines.push(Line::new("", words));
    }
}
