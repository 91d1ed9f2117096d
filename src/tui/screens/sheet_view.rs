//! How a sheet looks: what is to be looked at, how it went the last time, how it goes now.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use super::super::layer::Cx;
use super::super::paint::{Painter, title};
use super::super::theme::Role;
use super::sheet::CheckSheet;
use crate::catalogue::{Blank, Item};
use crate::definition::Choice;
use crate::text::width;
use crate::wording::message;

/// Where the items begin, and the first line of them.
const ITEMS: u16 = 2;
const FIRST: u16 = 3;

/// Where the columns stand.
struct Columns {
    /// How wide an item may be.
    item: u16,
    /// Where the last result begins.
    before: u16,
    /// Where this one begins.
    now: u16,
}

/// Draws it.
pub fn draw(sheet: &mut CheckSheet, buffer: &mut Buffer, area: Rect, cx: &Cx) {
    let mut painter = Painter::new(buffer, area);
    painter.clear();
    let Some(blank) = sheet.blank(cx) else { return };
    heading(sheet, &blank, &mut painter, cx);
    let results = CheckSheet::results(&blank);
    let columns = columns(results, painter.width(), cx);
    heads(&mut painter, &columns, cx);
    let height = usize::from(painter.height().saturating_sub(FIRST + 2));
    let tall = |sheet: &CheckSheet, at: usize| 1 + usize::from(problem(sheet, &blank, at).is_some());
    sheet.top = sheet.top.min(sheet.cursor);
    while sheet.top < sheet.cursor
        && (sheet.top..=sheet.cursor).map(|at| tall(sheet, at)).sum::<usize>() > height
    {
        sheet.top += 1;
    }
    let (mut y, last) = (FIRST, painter.height().saturating_sub(2));
    for (at, item) in blank.items.iter().enumerate().skip(sheet.top) {
        if y >= last {
            break;
        }
        row(sheet, (at, item), results, (&columns, y), &mut painter, cx);
        y += 1;
        if let Some(words) = problem(sheet, &blank, at).filter(|_| y < last) {
            let room = painter.width().saturating_sub(ITEMS + 3);
            painter.put_within(ITEMS + 2, y, room, &words, cx.desk.theme.style(Role::Accent));
            y += 1;
        }
    }
    if let Some(words) = before(sheet, &blank, cx) {
        painter.put_within(
            ITEMS,
            last,
            painter.width().saturating_sub(ITEMS + 1),
            &words,
            cx.desk.theme.style(Role::Dim),
        );
    }
    if blank.items.is_empty() {
        painter.put(ITEMS, FIRST, &cx.say("sheet-empty"), cx.desk.theme.style(Role::Dim));
    }
}

fn heading(sheet: &CheckSheet, blank: &Blank, painter: &mut Painter, cx: &Cx) {
    let reading = cx.reading();
    let name = format!("{} {}", reading.book.serial(blank.template), reading.title(blank.template));
    let done = sheet.answers.iter().filter(|answer| answer.result.is_some()).count();
    let counted = format!("{done} / {}", sheet.answers.len());
    let state = match (sheet.restored, blank.before) {
        (true, _) => format!("{}  {counted}", cx.say("draft-restored")),
        _ => format!("{}  {counted}", blank.day),
    };
    title(painter, &format!("{}  {name}", cx.say("sheet")), "", &state, cx);
}

/// The item takes what the results leave.
fn columns(results: &[Choice], wide: u16, cx: &Cx) -> Columns {
    let label = |choice: &Choice| u16::try_from(width(choice.label.get(cx.lang()))).unwrap_or(0);
    let widest = results.iter().map(label).max().unwrap_or(0);
    let now: u16 = results.iter().map(|choice| label(choice) + 4).sum();
    let now = wide.saturating_sub(now + 1);
    let before = now.saturating_sub(widest + 2);
    Columns { item: before.saturating_sub(ITEMS + 2), before, now }
}

fn heads(painter: &mut Painter, columns: &Columns, cx: &Cx) {
    let style = cx.desk.theme.style(Role::Header);
    let room = usize::from(painter.width().saturating_sub(ITEMS + 1));
    painter.put(ITEMS, FIRST - 1, &crate::text::pad_end(&cx.say("sheet-item"), room), style);
    painter.put(columns.before, FIRST - 1, &cx.say("sheet-before"), style);
    painter.put(columns.now + 1, FIRST - 1, &cx.say("sheet-now"), style);
}

/// What is wrong with an item, where it is not as it should be.
fn problem(sheet: &CheckSheet, blank: &Blank, at: usize) -> Option<String> {
    let answer = sheet.answers.get(at)?;
    (blank.fails(answer) && !answer.problem.is_empty()).then(|| answer.problem.clone())
}

fn row(
    sheet: &CheckSheet,
    (at, item): (usize, &Item),
    results: &[Choice],
    (columns, y): (&Columns, u16),
    painter: &mut Painter,
    cx: &Cx,
) {
    let style = |role| cx.desk.theme.style(role);
    let reading = cx.reading();
    let focused = at == sheet.cursor;
    let serials: Vec<&str> = item.of.iter().map(|key| reading.book.serial(*key)).collect();
    let words = format!("{}  {}", item.words, serials.join(" "));
    painter.put(0, y, if focused { ">" } else { " " }, style(Role::Title));
    let role = if focused { Role::Title } else { Role::Text };
    painter.put_within(ITEMS, y, columns.item, words.trim(), style(role));
    let label = |code: &str| {
        let choice = results.iter().find(|choice| choice.code == code);
        choice.map_or("", |choice| choice.label.get(cx.lang()))
    };
    if let Some((code, _)) = &item.before {
        painter.put(columns.before, y, label(code), style(Role::Dim));
    }
    let now = sheet.answers.get(at).and_then(|answer| answer.result.as_deref());
    if !focused {
        painter.put(columns.now + 1, y, now.map_or("--", label), style(Role::Text));
        return;
    }
    let mut x = columns.now;
    for (digit, choice) in (1..).zip(results) {
        let taken = now == Some(choice.code.as_str());
        let name = choice.label.get(cx.lang());
        let words = if taken { format!("[{digit} {name}]") } else { format!(" {digit} {name} ") };
        x = painter.put(x, y, &words, style(if taken { Role::Title } else { Role::Text }));
    }
}

/// What is said below of the row under the cursor: what was wrong with it the last time.
fn before(sheet: &CheckSheet, blank: &Blank, cx: &Cx) -> Option<String> {
    let (_, problem) = blank.items.get(sheet.cursor)?.before.clone()?;
    let last = cx.reading().book.serial(blank.before?).to_owned();
    let said = || cx.render(&message!("sheet-last-problem", sheet = last, problem = problem.clone()));
    (!problem.is_empty()).then(said)
}
