//! How home looks.

use chrono::Datelike;
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use super::super::layer::Cx;
use super::super::paint::{Painter, title};
use super::super::theme::Role;
use super::home::{Figure, Home, Latest, Opens, Row, What};
use crate::wording::message;

/// Where the counts of a register end, and where its last change begins.
const COUNTS: [u16; 3] = [31, 41, 51];
const CHANGED: u16 = 55;
/// Where the counts by level begin.
const LEVELS: u16 = 24;
/// How wide the number of a month stands.
const MONTH: u16 = 4;

/// Draws it.
pub fn draw(home: &Home, buffer: &mut Buffer, area: Rect, cx: &Cx) {
    let mut painter = Painter::new(buffer, area);
    let today = cx.today();
    let weekday = today.weekday().number_from_monday().to_string();
    let mut day = format!("{today} {}", cx.desk.wording().say_dynamic("weekday", &weekday));
    if cx.session.is_date_fixed() && cx.session.past().is_none() {
        day = format!("{}  {day}", cx.say("date-fixed"));
    }
    let right = match cx.session.read_only() {
        Some(_) => day,
        None => format!("{}  {day}", cx.session.shown_name()),
    };
    title(&mut painter, &cx.session.settings().organisation, "", &right, cx);
    let lines = lines(home);
    let shown = lines.len();
    let room = usize::from(painter.height().saturating_sub(3));
    let at = lines.iter().position(|line| matches!(line, Line::Row(index, _) if *index == home.cursor));
    let hidden = (at.unwrap_or(0) + 1).saturating_sub(room);
    let numbers: Vec<(usize, usize)> = home.registers().collect();
    for (y, line) in (2..painter.height() - 1).zip(lines.into_iter().skip(hidden)) {
        match line {
            Line::Gap => {}
            Line::Due => heading(&mut painter, y, &cx.say("home-due"), cx),
            Line::Registers => register_heading(&mut painter, y, cx),
            Line::Latest => heading(&mut painter, y, &cx.say("home-latest"), cx),
            Line::Row(index, row) => {
                let chosen = (index == home.cursor).then_some(home.figure);
                if let (What::Change(at), here) = (&row.what, chosen.is_some()) {
                    draw_change(&mut painter, y, (home.latest.get(*at), here), cx);
                    continue;
                }
                let number = numbers.iter().position(|(row, _)| *row == index).map_or(0, |at| at + 1);
                draw_row(&mut painter, y, (row, number), chosen, cx);
            }
        }
    }
    draw_beginning(&mut painter, u16::try_from(shown + 3).unwrap_or(u16::MAX), cx);
}

/// In a book that holds nothing yet: how to begin.
fn draw_beginning(painter: &mut Painter, y: u16, cx: &Cx) {
    let registers = cx.session.definitions().registers();
    if registers.iter().any(|register| !cx.session.book().entries(&register.id).is_empty()) {
        return;
    }
    let ends = painter.height().saturating_sub(1);
    for (y, id) in (y..ends).zip(["home-empty", "home-empty-import", "home-empty-add"]) {
        painter.put(1, y, &cx.say(id), cx.desk.theme.style(Role::Dim));
    }
}

enum Line<'a> {
    Gap,
    Due,
    Registers,
    Latest,
    Row(usize, &'a Row),
}

/// The lines of home from top to bottom; a part that is empty has none.
fn lines(home: &Home) -> Vec<Line<'_>> {
    let mut lines = Vec::new();
    let rows = |holds: fn(&What) -> bool| {
        let rows = home.rows.iter().enumerate().filter(move |(_, row)| holds(&row.what));
        rows.map(|(index, row)| Line::Row(index, row)).collect::<Vec<_>>()
    };
    let parts = [
        (
            Some(Line::Due),
            rows(|what| matches!(what, What::Draft { .. } | What::Due { .. } | What::Stale { .. })),
        ),
        (Some(Line::Registers), rows(|what| matches!(what, What::Register { .. } | What::Others))),
        (None, rows(|what| matches!(what, What::Levels { .. } | What::Departments | What::Months { .. }))),
        (Some(Line::Latest), rows(|what| matches!(what, What::Change(_)))),
    ];
    for (heading, part) in parts.into_iter().filter(|(_, part)| !part.is_empty()) {
        // A part without a heading goes on with the one before.
        if heading.is_some() && !lines.is_empty() {
            lines.push(Line::Gap);
        }
        lines.extend(heading);
        lines.extend(part);
    }
    lines
}

fn heading(painter: &mut Painter, y: u16, text: &str, cx: &Cx) {
    let room = usize::from(painter.width().saturating_sub(2));
    painter.put(1, y, &crate::text::pad_end(text, room), cx.desk.theme.style(Role::Header));
}

fn register_heading(painter: &mut Painter, y: u16, cx: &Cx) {
    heading(painter, y, &cx.say("home-registers"), cx);
    let style = cx.desk.theme.style(Role::Header);
    for (right, id) in COUNTS.into_iter().zip(["home-entries", "home-listed", "home-unrated"]) {
        painter.put_right(right, y, &cx.say(id), style);
    }
    painter.put(CHANGED, y, &cx.say("home-changed"), style);
}

/// Draws a row; `chosen` is the figure under the cursor, where the row is.
fn draw_row(painter: &mut Painter, y: u16, (row, number): (&Row, usize), chosen: Option<usize>, cx: &Cx) {
    let style = |role| cx.desk.theme.style(role);
    let places = match &row.what {
        What::Draft { at, text, .. } => {
            let end = painter.put(3, y, &cx.say("draft"), style(Role::Accent));
            let (from, when) = (end.max(5) + 2, when(cx, *at));
            let taken = u16::try_from(crate::text::width(&when)).unwrap_or(0) + 3;
            let room = painter.width().saturating_sub(from + taken);
            painter.put_within(from, y, room, text, style(Role::Text));
            painter.put_right(painter.width() - 1, y, &when, style(Role::Dim));
            Vec::new()
        }
        What::Due { text } => {
            painter.put(7, y, text, style(Role::Text));
            draw_counts(painter, y, &row.figures, &[5], cx)
        }
        What::Stale { text } => {
            let begin = painter.put(7, y, text, style(Role::Text)) + 2;
            draw_named(painter, (begin, y), &row.figures, cx)
        }
        What::Register { name, changed } => {
            painter.put(1, y, &format!("{number} {name}"), style(Role::Text));
            painter.put(CHANGED, y, changed, style(Role::Dim));
            draw_counts(painter, y, &row.figures, &COUNTS, cx)
        }
        What::Levels { name, side } => {
            painter.put(3, y, name, style(Role::Dim));
            painter.put(14, y, &cx.say(side), style(Role::Dim));
            draw_levels(painter, (LEVELS, y), &row.figures, cx)
        }
        What::Departments => {
            painter.put(3, y, &cx.say("home-listed"), style(Role::Dim));
            draw_levels(painter, (14, y), &row.figures, cx)
        }
        What::Change(_) => Vec::new(),
        What::Others => draw_others(painter, y, number, &row.figures, cx),
        What::Months { first, last } => {
            painter.put(3, y, &cx.say("home-months"), style(Role::Dim));
            painter.put(14, y, first, style(Role::Dim));
            let places = draw_months(painter, y, &row.figures, cx);
            painter.put(LEVELS + 12 * MONTH, y, last, style(Role::Dim));
            places
        }
    };
    let Some(figure) = chosen else { return };
    match places.get(figure) {
        Some((from, to)) if figure > 0 || !matches!(row.what, What::Register { .. } | What::Due { .. }) => {
            painter.restyle(*from, y, to - from, style(Role::Cursor));
        }
        _ => painter.restyle(0, y, painter.width(), style(Role::Cursor)),
    }
}

/// The figures of a row right-aligned under its heading; gives where each stands.
fn draw_counts(painter: &mut Painter, y: u16, figures: &[Figure], ends: &[u16], cx: &Cx) -> Vec<(u16, u16)> {
    let style = |role| cx.desk.theme.style(role);
    let mut places = Vec::new();
    for (at, end) in ends.iter().enumerate() {
        let Some(Figure { count: Some(count), listed, .. }) = figures.get(at) else {
            painter.put_right(*end, y, "--", style(Role::Dim));
            continue;
        };
        let warns = *listed && *count > 0;
        let words = if warns && ends.len() > 1 { format!("! {count}") } else { count.to_string() };
        let begin = painter.put_right(*end, y, &words, style(if warns { Role::Accent } else { Role::Text }));
        places.push((begin, *end));
    }
    places
}

/// The figures of a row with their names, side by side; gives where each stands.
fn draw_levels(painter: &mut Painter, (x, y): (u16, u16), figures: &[Figure], cx: &Cx) -> Vec<(u16, u16)> {
    let style = |role| cx.desk.theme.style(role);
    let mut places = Vec::new();
    let mut x = x;
    for figure in figures {
        let count = figure.count.unwrap_or(0);
        let warns = figure.listed && count > 0;
        let words = format!("{} {}{count}", figure.label, if warns { "! " } else { "" });
        let role = match (warns, count) {
            (true, _) => Role::Accent,
            (false, 0) => Role::Dim,
            (false, _) => Role::Text,
        };
        let end = painter.put(x, y, &words, style(role));
        places.push((x, end));
        x = (x + 11).max(end + 2);
    }
    places
}

/// The figures of a row, each behind its name; gives where each stands.
fn draw_named(painter: &mut Painter, (x, y): (u16, u16), figures: &[Figure], cx: &Cx) -> Vec<(u16, u16)> {
    let style = |role| cx.desk.theme.style(role);
    let mut places = Vec::new();
    let mut x = x;
    for figure in figures {
        let end = painter.put(x, y, &format!("{} ", figure.label), style(Role::Text));
        let end = painter.put(end, y, &figure.count.unwrap_or(0).to_string(), style(Role::Accent));
        places.push((x, end));
        x = end + 3;
    }
    places
}

/// Registers that share a line, each with its number; gives where each stands.
fn draw_others(painter: &mut Painter, y: u16, number: usize, figures: &[Figure], cx: &Cx) -> Vec<(u16, u16)> {
    let style = |role| cx.desk.theme.style(role);
    let mut places = Vec::new();
    let mut x = 1;
    for (figure, number) in figures.iter().zip(number..) {
        let begin = x;
        let digit = if matches!(figure.opens, Opens::Registers) { 0 } else { number };
        x = painter.put(x, y, &format!("{digit} {} ", figure.label), style(Role::Text));
        x = painter.put(x, y, &figure.count.unwrap_or(0).to_string(), style(Role::Dim));
        places.push((begin, x));
        x += 3;
    }
    places
}

/// Twelve numbers in columns; gives where each stands.
fn draw_months(painter: &mut Painter, y: u16, figures: &[Figure], cx: &Cx) -> Vec<(u16, u16)> {
    let mut places = Vec::new();
    for (figure, at) in figures.iter().zip(0..) {
        let (end, count) = (LEVELS + (at + 1) * MONTH - 2, figure.count.unwrap_or(0));
        let role = if count == 0 { Role::Dim } else { Role::Text };
        let begin = painter.put_right(end, y, &count.to_string(), cx.desk.theme.style(role));
        places.push((begin, end));
    }
    places
}

fn draw_change(painter: &mut Painter, y: u16, (latest, here): (Option<&Latest>, bool), cx: &Cx) {
    if let Some(latest) = latest {
        draw_latest(painter, y, latest, cx);
    }
    if here {
        painter.restyle(0, y, painter.width(), cx.desk.theme.style(Role::Cursor));
    }
}

fn draw_latest(painter: &mut Painter, y: u16, latest: &Latest, cx: &Cx) {
    let style = |role| cx.desk.theme.style(role);
    let book = cx.reading().book;
    let width = painter.width();
    let title = cx.reading().link(latest.key);
    painter.put(3, y, &when(cx, latest.stamp.at), style(Role::Dim));
    let who = painter.put_right(width.saturating_sub(1), y, book.text(latest.stamp.by), style(Role::Dim));
    let room = width.saturating_sub(30) / 2;
    let serial = book.serial(latest.key);
    painter.put_within(16, y, room, &format!("{serial} {title}"), style(Role::Text));
    let at = 16 + room + 2;
    painter.put_within(at, y, who.saturating_sub(at + 2), &latest.gist, style(Role::Text));
}

/// A moment in few columns: the time of today, yesterday and its time, the day of this year, or the day.
pub fn when(cx: &Cx, seconds: i64) -> String {
    let at = cx.reading().local(seconds);
    let day = at.date_naive();
    let time = at.format("%H:%M").to_string();
    let today = cx.today();
    match day {
        _ if day == today => time,
        _ if today.pred_opt() == Some(day) => cx.render(&message!("yesterday", time = time)),
        _ if day.year() == today.year() => at.format("%m-%d %H:%M").to_string(),
        _ => at.format("%Y-%m-%d").to_string(),
    }
}
