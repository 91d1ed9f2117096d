//! The screens: one file each.

mod ask;
mod audit;
mod chain;
pub mod changes;
pub mod checks;
pub mod clause;
mod clock;
mod clock_ask;
mod clock_view;
pub mod coverage;
mod detail;
mod detail_rows;
mod draw;
pub mod due;
mod due_people;
mod due_view;
mod evaluate;
mod evaluate_view;
pub mod file_pick;
mod files;
mod filling;
mod filling_draft;
pub mod find;
mod find_view;
mod form;
mod form_field;
mod form_rows;
mod form_save;
mod form_target;
mod form_view;
mod grade;
mod handout;
mod history;
pub mod home;
mod home_due;
mod home_rows;
mod home_view;
mod import;
mod import_lines;
mod import_pick;
mod issue;
pub mod looking;
mod matrix;
mod noting;
mod pack;
pub mod page;
pub mod page_help;
mod page_hints;
mod page_month;
mod page_round;
mod page_why;
pub mod palette;
mod pick;
mod plain;
mod question;
mod raise;
mod registers;
mod remedy;
mod review;
mod review_close;
mod review_draft;
mod review_facts;
mod review_keys;
mod review_rest;
mod review_seen;
mod review_since;
mod review_start;
mod review_values;
mod review_view;
mod rule;
pub mod rules;
mod settle;
mod sheet;
mod sheet_view;
pub mod since;
mod start_drill;
mod table;
mod table_columns;
mod table_filter;
mod table_marks;
mod table_view;
mod terms;
mod unchanged;
mod welcome;

pub use welcome::{Choice, Welcome};

use super::layer::Cx;
use super::paint::Painter;
use super::theme::Role;
use crate::wording::message;

/// Says that the window is too small and waits.
pub fn too_small(painter: &mut Painter, (columns, rows): (u16, u16), cx: &Cx) {
    let style = cx.desk.theme.style(Role::Text);
    let (width, height) = (painter.width(), painter.height());
    let size = |x: u16, y: u16| format!("{x}x{y}");
    let what = message!("too-small", needed = size(columns, rows), now = size(width, height));
    let top = u16::from(height > 3);
    let left = u16::from(width > 20);
    let text = format!("{}\n{}", cx.render(&what), cx.say("too-small-wait"));
    let lines = crate::text::wrap(&text, usize::from(width.saturating_sub(left)).max(2));
    for (y, line) in (top..height).zip(lines) {
        painter.put(left, y, text.get(line).unwrap_or(""), style);
    }
}
