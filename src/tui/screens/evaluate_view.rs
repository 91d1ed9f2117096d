//! How an evaluation being made looks.

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};

use super::super::layer::Cx;
use super::super::paint::{Painter, title};
use super::super::theme::Role;
use super::evaluate::Evaluate;
use super::filling::{Filling, by_digit};
use super::filling_draft::Restored;
use crate::scoring::{Decimal, Evaluation, Factor, Factors, Method, Warning};
use crate::wording::{Tell, message, sentences};

/// Where the values end that stand now, and those from before; where the scale begins. Wide screens leave room
/// for the whole names of factors.
fn columns(width: u16, method: &Method, cx: &Cx) -> [u16; 3] {
    let name = |factor: &Factor| crate::text::width(&factor_name(factor, cx));
    let widest = method.factors.iter().map(name).max().unwrap_or(0);
    let room = if width >= 100 { u16::try_from(widest + 5).unwrap_or(u16::MAX) } else { 0 };
    let now = room.clamp(26, 44);
    [now, now + 8, now + 12]
}

fn factor_name(factor: &Factor, cx: &Cx) -> String {
    format!("{} {}", factor.id, factor.name.get(cx.lang()))
}

/// Draws it; gives the place of the real cursor where words are typed.
pub fn draw(screen: &Evaluate, buffer: &mut Buffer, area: Rect, cx: &Cx) -> Option<Position> {
    let [now, _, scale] = columns(area.width, &screen.filling.method, cx);
    let mut painter = Painter::new(buffer, area);
    painter.clear();
    let style = |role| cx.desk.theme.style(role);
    let side = if screen.filling.with_controls { "residual" } else { "initial" };
    let fresh = screen.draft == Restored::No;
    let draft = if fresh { String::new() } else { format!("   {}", cx.say("draft")) };
    let edition = cx.render(&message!("edition", edition = screen.filling.method.edition));
    let method = format!("{} {edition}", screen.filling.method.name.get(cx.lang()));
    let left = format!("{}  {}", cx.say("evaluate"), screen.subject.name);
    heading(&mut painter, &left, &format!("{}{draft}", cx.say(side)), &method, cx);
    draw_heads(&mut painter, 2, &screen.filling.method, cx);
    let factors = &screen.filling.method.factors;
    let how = match factors.get(screen.filling.cursor) {
        Some(factor) if by_digit(factor) => "scale-by-digit",
        Some(_) => "scale-by-letter",
        None => "scale",
    };
    painter.put(scale, 2, &cx.say(how), style(Role::Dim));
    let mut y = 3;
    // On a low screen the words that are being typed take the place of the factors.
    let typing = screen.filling.cursor >= screen.filling.basis_row();
    let shown = if typing && painter.height() < 18 { 0 } else { factors.len() };
    for (index, factor) in factors.iter().take(shown).enumerate() {
        y = draw_factor(
            (&screen.filling, Steps::Letters),
            &mut painter,
            y,
            (index == screen.filling.cursor, factor),
            cx,
        );
    }
    let direct = screen.filling.filled.direct.as_deref().and_then(|code| screen.filling.method.direct(code));
    if let Some(direct) = direct {
        let words = format!("{}  {}", direct.code, direct.label.get(cx.lang()));
        painter.put(1, y, &words, style(Role::Accent));
        y += 1;
    }
    y = draw_verdict(screen, &mut painter, y + 1, cx) + 1;
    let mut place = None;
    let words = [("basis", &screen.filling.filled.basis), ("by", &screen.filling.filled.by)];
    for (at, (id, editor)) in words.into_iter().enumerate() {
        let focused = screen.filling.cursor == screen.filling.basis_row() + at;
        painter.put(1, y, &cx.say(id), style(if focused { Role::Title } else { Role::Dim }));
        let (room, look) = (painter.width().saturating_sub(now), style(Role::Text));
        if focused {
            place = Some(painter.put_typed((now - 4, y), room, editor, look, (&[], look)));
        } else {
            painter.put_within(now - 4, y, room, editor.text(), look);
        }
        y += 1;
    }
    place
}

/// The first line: where it is narrow, first the method and then the entry make room for which side it is and
/// whether it is a draft.
fn heading(painter: &mut Painter, left: &str, middle: &str, method: &str, cx: &Cx) {
    const GAPS: usize = 7;
    let room = usize::from(painter.width()).saturating_sub(crate::text::width(middle) + GAPS);
    let most = room.saturating_sub(crate::text::width(left)).max(room / 3);
    let method = crate::text::cut(method, most);
    let left = crate::text::cut(left, room.saturating_sub(crate::text::width(&method)));
    title(painter, &left, middle, &method, cx);
}

fn number(value: Option<Decimal>) -> String {
    value.map_or_else(|| "--".to_owned(), |value| value.normalize().to_string())
}

/// The factors of an evaluation, with or without the controls.
fn side(evaluation: &Evaluation, with_controls: bool) -> Option<&Factors> {
    match (with_controls, &evaluation.residual) {
        (false, _) => Some(&evaluation.factors),
        (true, residual) => residual.as_ref().map(|residual| &residual.factors),
    }
}

/// Says which value of a factor stands now, and which stood before.
pub fn draw_heads(painter: &mut Painter, y: u16, method: &Method, cx: &Cx) {
    let ([now, past, _], dim) = (columns(painter.width(), method, cx), cx.desk.theme.style(Role::Dim));
    painter.put_right(now, y, &cx.say("now"), dim);
    painter.put_right(past, y, &cx.say("before"), dim);
}

/// What of its scale a factor shows where the cursor is.
#[derive(Clone, Copy, PartialEq)]
pub enum Steps {
    /// Every step, with the letters that choose it where digits do not.
    Letters,
    /// Every step.
    All,
    /// Only the step that is taken.
    Taken,
}

/// Draws a factor: its value now and before, the words of the scale where the cursor is; gives the row below it.
pub fn draw_factor(
    (filling, steps): (&Filling, Steps),
    painter: &mut Painter,
    y: u16,
    (focused, factor): (bool, &Factor),
    cx: &Cx,
) -> u16 {
    let [now, past, scale] = columns(painter.width(), &filling.method, cx);
    let style = |role| cx.desk.theme.style(role);
    let name = factor_name(factor, cx);
    painter.put_within(1, y, now - 5, &name, style(if focused { Role::Title } else { Role::Text }));
    let value = filling.factors().get(&factor.id).copied();
    let typed = filling.typed.text();
    let shown = if focused && !typed.is_empty() { typed.to_owned() } else { number(value) };
    painter.put_right(now, y, &shown, style(if focused { Role::Cursor } else { Role::Text }));
    let before = filling.compared.as_ref().filter(|previous| previous.method == filling.method.id);
    let before = before.and_then(|before| side(before, filling.with_controls)?.get(&factor.id).copied());
    painter.put_right(past, y, &number(before), style(Role::Dim));
    if !focused || steps == Steps::Taken {
        let step = value.and_then(|value| factor.on_scale(value));
        painter.put(scale, y, step.map_or("", |step| step.label.get(cx.lang())), style(Role::Dim));
        return y + 1;
    }
    let (by_digit, letters) = (by_digit(factor), steps == Steps::Letters);
    // A value a line, unless the screen is too low for that.
    let beside = by_digit || !letters || painter.height() < 18;
    let (mut row, mut x) = (y, scale);
    for (letter, step) in ('a'..='z').zip(&factor.scale) {
        let figure = step.value.normalize();
        let key = if by_digit || !letters {
            figure.to_string()
        } else if beside {
            format!("{letter} {figure}")
        } else {
            format!("{letter} {figure:>3}")
        };
        let taken = value == Some(step.value);
        let label = step.label.get(cx.lang());
        let words = if taken { format!("[{key} {label}]") } else { format!(" {key} {label} ") };
        let width = u16::try_from(crate::text::width(&words)).unwrap_or(0);
        if (x > scale && x + width >= painter.width()) || (!beside && letter > 'a') {
            (row, x) = (row + 1, scale);
        }
        x = painter.put(x, row, &words, style(if taken { Role::Title } else { Role::Text })) + 1;
    }
    row + 1
}

/// The score before, by the same method and on the same side; that of another says nothing here.
fn score_before(screen: &Evaluate) -> Option<Decimal> {
    let previous = screen.filling.previous.as_ref()?;
    let same = previous.method == screen.filling.method.id;
    let residual = || previous.residual.as_ref().and_then(|residual| residual.score);
    if screen.filling.with_controls { residual() } else { previous.score }.filter(|_| same)
}

fn draw_verdict(screen: &Evaluate, painter: &mut Painter, y: u16, cx: &Cx) -> u16 {
    let [now, past, scale] = columns(painter.width(), &screen.filling.method, cx);
    let style = |role| cx.desk.theme.style(role);
    painter.put(1, y, screen.filling.method.symbol.get(cx.lang()), style(Role::Text));
    let on = screen.filling.cursor == screen.filling.method.factors.len();
    painter.put(1, y + 1, &cx.say("level"), style(if on { Role::Title } else { Role::Text }));
    if screen.filling.previous.is_some() {
        painter.put_right(past, y, &number(score_before(screen)), style(Role::Dim));
    }
    let (evaluation, warnings) = match screen.filling.make(cx.today()) {
        Ok(made) => made,
        Err(error) => {
            painter.put_right(now, y, "--", style(Role::Dim));
            let words = cx.render(&error.message());
            let short = crate::text::width(&words) < usize::from(painter.width().saturating_sub(scale));
            let (x, at) = if short { (scale, y) } else { (1, y + 2) };
            painter.put(x, at, &words, style(Role::Dim));
            return y + if short { 2 } else { 3 };
        }
    };
    let initial = (evaluation.score, &evaluation.level, evaluation.listed);
    let residual = evaluation.residual.as_ref().map(|kept| (kept.score, &kept.level, kept.listed));
    let (shown, other) = match (residual, screen.filling.with_controls) {
        (Some(residual), true) => (Some(residual), Some(("initial", initial))),
        (None, true) => (None, Some(("initial", initial))),
        (residual, false) => (Some(initial), residual.map(|residual| ("residual", residual))),
    };
    let level = |(_, level, listed): (Option<Decimal>, &String, bool)| {
        let label = screen.filling.method.band(level).map_or("", |band| band.label.get(cx.lang()));
        format!("{}{label}", if listed { "! " } else { "" })
    };
    let role = |listed| if listed { Role::Accent } else { Role::Title };
    painter.put_right(now, y, &number(shown.and_then(|(score, ..)| score)), style(Role::Title));
    let (words, listed) = shown.map_or(("--".to_owned(), false), |shown| (level(shown), shown.2));
    let end = painter.put(now - 4, y + 1, &words, style(role(listed)));
    let reason = evaluation.reason(&screen.filling.method, cx.lang());
    let x = (end + 3).max(scale);
    let room = usize::from(painter.width().saturating_sub(x + 1));
    let lines = crate::text::wrap(&reason, room);
    if !screen.filling.with_controls {
        for (y, line) in (y + 1..).zip(lines.iter().take(2)) {
            painter.put(x, y, reason.get(line.clone()).unwrap_or(""), style(Role::Text));
        }
    }
    let below = y + 2 + u16::from(lines.len() > 1 && !screen.filling.with_controls);
    let warnings: Vec<String> = warnings.iter().map(Warning::message).map(|what| cx.render(&what)).collect();
    let warnings = sentences(&warnings);
    // Beside the score where there is room, else on a line of its own.
    let (x, at) = if crate::text::width(&warnings) <= room { (scale, y) } else { (1, below) };
    painter.put(x, at, &warnings, style(Role::Wrong));
    let below = below + u16::from(at == below);
    let Some((id, other)) = other else { return below };
    painter.put(1, below, &cx.say(id), style(Role::Dim));
    painter.put_right(now, below, &number(other.0), style(Role::Dim));
    painter.put(scale, below, &level(other), style(if other.2 { Role::Accent } else { Role::Dim }));
    below + 1
}
