//! The risk matrix: how many entries stand at each level, initial and with the controls in place.

use std::collections::BTreeMap;

use super::super::layer::Cx;
use super::super::theme::Role;
use super::detail::Line;
use super::page::{Page, still};
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
        let head = format!(
            "{}{}{}",
            crate::text::pad_end("", 20),
            crate::text::pad_start(&cx.say("initial"), 10),
            crate::text::pad_start(&cx.say("residual"), 12)
        );
        lines.push(Line::new("", head).role(Role::Header));
        for band in &method.bands {
            let initial = evaluations.iter().filter(|evaluation| evaluation.level == band.code).count();
            let residual = evaluations.iter().filter(|evaluation| {
                let level =
                    evaluation.residual.as_ref().map_or(&evaluation.level, |residual| &residual.level);
                *level == band.code
            });
            let mark = if band.listed && initial > 0 { "! " } else { "  " };
            let name = crate::text::pad_end(&format!("{mark}{}", band.label.get(cx.lang())), 20);
            let numbers = format!(
                "{}{}",
                crate::text::pad_start(&initial.to_string(), 10),
                crate::text::pad_start(&residual.count().to_string(), 12)
            );
            let role = if band.listed && initial > 0 { Role::Accent } else { Role::Text };
            lines.push(Line::new("", format!("{name}{numbers}")).role(role));
        }
        lines.push(Line::default());
    }
    let unrated = keys.len() - evaluations.len();
    lines.push(Line::new("", cx.render(&message!("matrix-unrated", count = unrated, total = keys.len()))));
    still(format!("{}  {}", reading.name(&listing), cx.say("matrix")), lines)
}
