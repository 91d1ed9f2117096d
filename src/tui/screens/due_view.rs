//! How the calendar of what is due looks.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use super::super::layer::Cx;
use super::super::paint::{Painter, title};
use super::super::theme::Role;
use super::due::{Calendar, Group, Row};
use crate::audit::{Due, Duty, month_name};
use crate::text::width;
use crate::wording::message;

/// Columns of the day, of the days that are left, and of the id.
const DAY: u16 = 10;
const LEFT: u16 = 6;
const ID: u16 = 11;
/// The most columns of who answers for it.
const WHO: u16 = 18;

/// What stands in the first line at the left.
pub(super) fn title_words(calendar: &Calendar, cx: &Cx) -> String {
    let today = cx.today();
    let count = calendar.duties().count();
    let late = calendar.duties().filter(|due| due.days(today).is_some_and(|days| days < 0)).count();
    format!("{}  {}", cx.say("due-heading"), cx.render(&message!("due-count", count = count, late = late)))
}

/// What the lines below have in common.
pub(super) fn heading(group: Group, count: usize, cx: &Cx) -> String {
    let name = match group {
        Group::Overdue => cx.say("due-overdue"),
        Group::Month(number) => month_name(number),
        Group::Dayless => cx.say("due-dayless"),
    };
    format!("{name}  {count}")
}

/// Draws it.
pub(super) fn draw(calendar: &mut Calendar, buffer: &mut Buffer, area: Rect, cx: &Cx) {
    let mut painter = Painter::new(buffer, area);
    painter.clear();
    let style = |role| cx.desk.theme.style(role);
    let reading = cx.reading();
    let department = calendar.department.map(|key| reading.title(key));
    let days = match calendar.days() {
        Some(days) => cx.render(&message!("due-within", days = days)),
        None => cx.say("due-all"),
    };
    let narrowed = [Some(days), calendar.person.clone(), department];
    let narrowed: Vec<String> = narrowed.into_iter().flatten().collect();
    title(&mut painter, &title_words(calendar, cx), "", &narrowed.join("  "), cx);
    calendar.height = usize::from(area.height.saturating_sub(6)).max(1);
    // The heading above the first duty stays in sight.
    let first = if calendar.cursor <= 1 { 0 } else { calendar.cursor };
    calendar.top = calendar.top.min(first).max((calendar.cursor + 1).saturating_sub(calendar.height));
    let who = calendar.duties().map(|due| width(&due.who)).max().unwrap_or(0);
    let who = u16::try_from(who).unwrap_or(WHO).min(if painter.width() < 100 { WHO } else { 2 * WHO });
    let rows = calendar.rows.iter().enumerate().skip(calendar.top).take(calendar.height);
    for (y, (at, row)) in (2..).zip(rows) {
        match row {
            Row::Heading(group, count) => {
                let role = if *group == Group::Overdue { Role::Accent } else { Role::Title };
                painter.put(1, y, &heading(*group, *count, cx), style(role));
            }
            Row::Duty(due) => duty(&mut painter, y, due, who, cx),
        }
        if at == calendar.cursor {
            painter.restyle(0, y, painter.width(), style(Role::Cursor));
        }
    }
    let last = painter.height().saturating_sub(3);
    match calendar.here() {
        Some(due) => quiet(&mut painter, last, due, cx),
        None => {
            painter.put(1, 2, &cx.say("due-nothing"), style(Role::Dim));
        }
    }
}

/// One duty in its line.
fn duty(painter: &mut Painter, y: u16, due: &Due, who: u16, cx: &Cx) {
    let style = |role| cx.desk.theme.style(role);
    let (reading, today) = (cx.reading(), cx.today());
    let days = due.days(today);
    let role = if days.is_some_and(|days| days < 0) { Role::Accent } else { Role::Text };
    let dash = || "--".to_owned();
    painter.put_within(1, y, DAY, &due.on.map_or_else(dash, |on| on.to_string()), style(role));
    let left = days.map_or_else(dash, |days| days.to_string());
    painter.put_right(1 + DAY + LEFT, y, &left, style(role));
    let id = 1 + DAY + LEFT + 2;
    painter.put_within(id, y, ID, reading.book.serial(due.entry), style(Role::Text));
    let begin = painter.width().saturating_sub(who + 1);
    let room = begin.saturating_sub(id + ID + 3);
    painter.put_within(id + ID + 1, y, room, &cx.render(&due.message(&reading, today)), style(Role::Text));
    painter.put_within(begin, y, who, &due.who, style(Role::Dim));
}

/// Everything about the duty under the cursor, and how it is done.
fn quiet(painter: &mut Painter, y: u16, due: &Due, cx: &Cx) {
    let style = |role| cx.desk.theme.style(role);
    let reading = cx.reading();
    painter.put(1, y, &cx.render(&due.message(&reading, cx.today())), style(Role::Text));
    let who = (!due.who.is_empty()).then(|| cx.render(&message!("due-more-who", who = due.who.clone())));
    let departments: Vec<String> = due.departments.iter().map(|key| reading.title(*key)).collect();
    let departments = (!departments.is_empty()).then(|| departments.join(&cx.say("list-comma")));
    let departments =
        departments.map(|departments| message!("due-more-department", departments = departments));
    let how = match &due.what {
        Duty::Dated(dated) => dated.done.as_ref().map(|field| {
            let register = reading.book.entry(due.entry).and_then(|entry| reading.register(entry));
            let name = register.and_then(|register| register.field(field)).map(|field| field.name.clone());
            cx.render(&message!("due-how-date", field = name.unwrap_or_default()))
        }),
        Duty::Problem(_) => Some(cx.say("due-how-problem")),
        Duty::Month(_) => Some(cx.say("due-how-month")),
        Duty::Review => Some(cx.say("due-done-review")),
        Duty::Drill(_) => Some(cx.say("due-done-drill")),
    };
    let more = [who, departments.map(|message| cx.render(&message)), how];
    let more: Vec<String> = more.into_iter().flatten().collect();
    painter.put(1, y + 1, &more.join("  "), style(Role::Dim));
}
