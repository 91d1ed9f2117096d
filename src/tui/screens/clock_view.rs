//! How the drill clock looks.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use super::super::layer::Cx;
use super::super::paint::{Painter, title};
use super::super::theme::Role;
use super::clock::Clock;
use crate::audit::problems_of;
use crate::catalogue::{Course, Stamped, duration, time_of_day};
use crate::scoring::Decimal;
use crate::text::width;
use crate::wording::{Message, message};

/// Where the names of the steps begin, and the least columns they take.
const NAMES: u16 = 5;
const LEAST: usize = 14;

/// Draws it; says whether it runs.
pub fn draw(clock: &Clock, buffer: &mut Buffer, area: Rect, cx: &Cx) -> bool {
    let mut painter = Painter::new(buffer, area);
    painter.clear();
    let reading = cx.reading();
    let Some(course) = clock.course(cx) else { return false };
    let (today, time) = clock.moment(cx);
    let gone = course.gone(today, time);
    let state = match (gone, course.took()) {
        (Some(gone), _) => message!("clock-gone", time = long(gone)),
        (None, Some(took)) => message!("clock-took", time = long(took)),
        (None, None) => message!("clock-waiting"),
    };
    let heading = format!("{}  {}", reading.book.serial(clock.entry), reading.title(clock.entry));
    title(&mut painter, &heading, "", &cx.render(&state), cx);
    let names = course.steps.iter().map(|one| width(one.step.name.get(cx.lang())));
    let names = u16::try_from(names.max().unwrap_or(0).max(LEAST)).unwrap_or(20);
    let mut y = 2;
    // On a low screen the steps above the cursor make room for it.
    let room = usize::from(painter.height().saturating_sub(6)).max(1);
    let hidden = (clock.cursor + 1).saturating_sub(room).min(course.steps.len().saturating_sub(room));
    for (at, one) in course.steps.iter().enumerate().skip(hidden).take(room) {
        draw_step(&mut painter, y, (at, one, names), cx);
        if at == clock.cursor {
            painter.restyle(0, y, painter.width(), cx.desk.theme.style(Role::Cursor));
        }
        y += 1;
    }
    if course.clock.heads.is_some() {
        draw_heads(&mut painter, y + 1, &course, cx);
        if clock.cursor >= course.steps.len() {
            painter.restyle(0, y + 1, painter.width(), cx.desk.theme.style(Role::Cursor));
        }
        y += 2;
    }
    draw_rest(clock, &mut painter, y + 1, &course, cx);
    if !course.is_over() {
        let words = cx.render(&message!("clock-digits", last = course.steps.len()));
        painter.put(1, painter.height().saturating_sub(2), &words, cx.desk.theme.style(Role::Dim));
    }
    gone.is_some()
}

/// A running time of one width: `03:32`, `1:03:32`.
fn long(seconds: i64) -> String {
    let short = duration(seconds);
    if short.len() == 4 { format!("0{short}") } else { short }
}

fn draw_step(painter: &mut Painter, y: u16, (at, one, names): (usize, &Stamped, u16), cx: &Cx) {
    let style = |role| cx.desk.theme.style(role);
    painter.put_right(NAMES - 1, y, &(at + 1).to_string(), style(Role::Dim));
    painter.put_within(NAMES, y, names, one.step.name.get(cx.lang()), style(Role::Text));
    let x = NAMES + names + 3;
    let time = one.time.map_or_else(|| "--".to_owned(), time_of_day);
    painter.put(x, y, &time, style(if one.time.is_some() { Role::Title } else { Role::Dim }));
    let (over, before) = (one.over(), one.after.is_some_and(|after| after < 0));
    let look = if over.is_some() || before { style(Role::Accent) } else { style(Role::Text) };
    if let Some(after) = one.after.filter(|after| at > 0 || *after != 0) {
        let sign = if before { "" } else { "+" };
        painter.put_right(x + 18, y, &format!("{sign}{}", duration(after)), look);
    }
    let mut x = x + 22;
    if let Some(target) = one.target {
        let words = cx.render(&message!("clock-target", within = duration(target)));
        x = painter.put(x, y, &words, style(Role::Dim)) + 3;
    }
    let words = match over {
        Some(over) => Some(message!("clock-over", by = duration(over))),
        None => before.then(|| message!("clock-before")),
    };
    if let Some(words) = words {
        painter.put(x, y, &format!("! {}", cx.render(&words)), look);
    }
}

fn draw_heads(painter: &mut Painter, y: u16, course: &Course, cx: &Cx) {
    let [planned, actual] = course.heads;
    let count =
        |count: Option<Decimal>| count.map_or_else(|| "--".to_owned(), |count| count.normalize().to_string());
    let missing = planned.zip(actual).map(|(planned, actual)| planned - actual);
    let wanting = missing.is_some_and(|missing| missing > Decimal::ZERO);
    let words: [(Message, bool); 3] = [
        (message!("clock-planned", count = count(planned)), false),
        (message!("clock-actual", count = count(actual)), false),
        (message!("clock-missing", count = count(missing)), wanting),
    ];
    let mut x = NAMES - 2;
    // Nobody guesses how the number that is expected is typed.
    let how = planned.is_none().then(|| cx.say("clock-heads-how"));
    for (words, wanting) in words {
        let role = if wanting { Role::Accent } else { Role::Text };
        x = painter.put(x, y, &cx.render(&words), cx.desk.theme.style(role)) + 6;
    }
    painter.put(x, y, &how.unwrap_or_default(), cx.desk.theme.style(Role::Dim));
}

/// Notes and problems, as many of the latest as there is room for.
fn draw_rest(clock: &Clock, painter: &mut Painter, top: u16, course: &Course, cx: &Cx) {
    let style = |role| cx.desk.theme.style(role);
    let reading = cx.reading();
    let entry = reading.book.entry(clock.entry);
    let problems = entry.map_or_else(Vec::new, |entry| problems_of(&reading, entry, cx.today()));
    let mut lines: Vec<(Role, String)> = Vec::new();
    if !course.notes.is_empty() {
        lines.push((Role::Dim, cx.say("clock-notes")));
        let note = |note: &crate::catalogue::Noted| format!("{:<8}   {}", note.time, note.words);
        lines.extend(course.notes.iter().map(|one| (Role::Text, note(one))));
    }
    if !problems.is_empty() {
        lines.push((Role::Dim, cx.say("clock-problems")));
        lines.extend(problems.iter().map(|problem| {
            let open = problem.standing.is_open();
            let mark = if open { "! " } else { "  " };
            (if open { Role::Accent } else { Role::Text }, format!("{mark}{}", problem.words))
        }));
    }
    let room = usize::from(painter.height().saturating_sub(2 + top));
    let hidden = lines.len().saturating_sub(room);
    for (y, (role, words)) in (top..).zip(lines.into_iter().skip(hidden)) {
        painter.put(NAMES - 2, y, &words, style(role));
    }
}
