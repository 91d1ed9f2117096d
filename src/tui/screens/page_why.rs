//! Why an entry has its level: the verdict and its reason, the whole rule, and the evaluations before this one.

use super::super::layer::Cx;
use super::super::theme::Role;
use super::detail::{self, Line};
use super::filling::Filling;
use super::page::{self, Page, Subject};
use crate::book::{EntryKey, Value};
use crate::scoring::{Evaluation, Method};
use crate::store::Past;
use crate::wording::message;

/// A page with why an entry has its level; none where it is not scored.
pub fn why(key: EntryKey, cx: &Cx) -> Option<Page> {
    let reading = cx.reading();
    reading.method_of(reading.book.entry(key)?)?;
    Some(Page::new(Subject::Why(key), cx))
}

/// A page with why an entry would have the level of what is filled in, where that is other than what stands; none
/// where nothing is, or something is missing.
pub fn filled(name: &str, filling: &Filling, cx: &Cx) -> Option<Page> {
    let (evaluation, _) = filling.make(cx.today()).ok().filter(|_| filling.is_other())?;
    let mut lines = Vec::new();
    detail::evaluation_lines(&mut lines, (&cx.say("now"), usize::MAX), &evaluation, &filling.method, cx);
    if let Some(before) = &filling.compared {
        lines.push(Line::default());
        let reading = cx.reading();
        let method = reading.method(before).unwrap_or(&filling.method);
        detail::evaluation_lines(&mut lines, (&cx.say("before"), usize::MAX), before, method, cx);
    }
    lines.push(Line::default());
    rule_lines(&mut lines, &filling.method, cx);
    Some(page::still(format!("{}  {name}", cx.say("why")), lines))
}

/// Why an entry has its level: the evaluation, the whole rule, and how it was evaluated before.
pub(super) fn why_lines(key: EntryKey, cx: &Cx) -> Vec<Line> {
    let reading = cx.reading();
    let mut lines = Vec::new();
    let Some(entry) = reading.book.entry(key) else { return lines };
    let evaluation = reading.evaluation(entry);
    let method =
        evaluation.and_then(|evaluation| reading.method(evaluation)).or_else(|| reading.method_of(entry));
    let Some(method) = method else { return lines };
    match evaluation {
        Some(evaluation) => {
            let label = cx.say("evaluation");
            detail::evaluation_lines(&mut lines, (&label, usize::MAX), evaluation, method, cx);
            lines.extend(detail::outdated_line(entry, cx));
        }
        None => lines.push(Line::new("", cx.say("unscored"))),
    }
    lines.push(Line::default());
    rule_lines(&mut lines, method, cx);
    earlier_lines(&mut lines, key, cx);
    lines
}

/// A method's whole rule.
pub(super) fn rule_lines(lines: &mut Vec<Line>, method: &Method, cx: &Cx) {
    let lang = cx.lang();
    let heading =
        format!("{} {}", method.name.get(lang), cx.render(&message!("edition", edition = method.edition)));
    lines.push(Line::new(&cx.say("rule"), heading).role(Role::Title));
    lines.push(Line::new("", format!("{} = {}", method.symbol.get(lang), method.formula)));
    for band in &method.bands {
        let bound = band.bound.map_or_else(|| "--".to_owned(), crate::scoring::Bound::words);
        let listed = if band.listed { cx.say("is-listed") } else { String::new() };
        lines.push(Line::new(
            "",
            format!("{}  {}  {listed}", crate::text::pad_end(&bound, 8), band.label.get(lang)),
        ));
    }
    for veto in &method.vetoes {
        let level = method.band(&veto.band).map_or("", |band| band.label.get(lang));
        let words = message!(
            "veto",
            factor = veto.factor.clone(),
            at = veto.at.normalize().to_string(),
            level = level
        );
        lines.push(Line::new("", cx.render(&words)));
    }
    if !method.basis.get(lang).is_empty() {
        lines.push(Line::new(&cx.say("basis"), method.basis.get(lang)));
    }
    if let Some((by, on)) = &method.approved {
        let approved = message!("rule-approved", by = by.clone(), on = on.to_string());
        lines.push(Line::new("", cx.render(&approved)));
    }
    if let Some(why) = &method.why {
        lines.push(Line::new(&cx.say("rule-why"), why.clone()));
    }
}

/// The evaluations before the present one, the latest first: when, by whom, what was chosen, and why.
fn earlier_lines(lines: &mut Vec<Line>, key: EntryKey, cx: &Cx) {
    let past = match cx.session.history(key) {
        Ok(past) => past,
        Err(error) => return lines.push(Line::new("", error.to_string()).role(Role::Wrong)),
    };
    let reading = cx.reading();
    let now = reading.book.entry(key).and_then(|entry| reading.evaluation(entry));
    let made = |past: &Past| {
        let mut fields = past.change.fields.iter();
        fields.find_map(|field| match &field.to {
            Some(Value::Evaluation(evaluation)) => Some(evaluation.clone()),
            _ => None,
        })
    };
    let mut earlier: Vec<(&Past, Box<Evaluation>)> =
        past.iter().rev().filter_map(|past| Some((past, made(past)?))).collect();
    // The latest is what stands there now, unless it was taken away since.
    if earlier.first().is_some_and(|(_, latest)| Some(latest.as_ref()) == now) {
        earlier.remove(0);
    }
    lines.push(Line::default());
    lines.push(
        Line::new(&cx.say("earlier"), cx.render(&message!("earlier-count", count = earlier.len())))
            .role(Role::Title),
    );
    for (past, evaluation) in earlier {
        let method = reading.method(&evaluation);
        let score = evaluation.score.map(|score| score.normalize().to_string()).unwrap_or_default();
        let sign = if evaluation.listed { "!" } else { " " };
        let by = evaluation.occasion.by.join(&cx.say("list-comma"));
        let on = evaluation.occasion.on.to_string();
        lines.push(Line::new(&on, format!("{score} {sign} {}  {by}", reading.level_text(&evaluation))));
        let name = method.map_or(evaluation.method.as_str(), |method| method.name.get(cx.lang()));
        let edition = cx.render(&message!("edition", edition = evaluation.edition));
        let factors = evaluation.factor_words(method);
        lines.push(
            Line::new("", format!("{}  {factors}  {name} {edition}", reading.reason(&evaluation)))
                .role(Role::Dim),
        );
        let why = past.commit.why.as_ref().map(|why| cx.render(&message!("because", why = why.clone())));
        let noted = [Some(evaluation.occasion.basis.clone()), why].into_iter().flatten();
        let noted = noted.filter(|words| !words.is_empty()).collect::<Vec<_>>().join("  ");
        if !noted.is_empty() {
            lines.push(Line::new("", noted).role(Role::Dim));
        }
    }
}
