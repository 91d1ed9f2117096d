//! What was done in a month, commit by commit.

use super::super::layer::Cx;
use super::detail::Line;
use crate::book::{Commit, Months, Way};
use crate::wording::message;

/// The heading and the commits of people in a month, the oldest first; Enter opens the first entry of each.
pub fn lines(number: i32, cx: &Cx) -> (String, Vec<Line>) {
    let month = cx.session.book().months().get(number);
    let commits: Vec<Commit> = (month.first..=month.last)
        .filter(|seq| *seq > 0)
        .filter_map(|seq| cx.session.commit_at(seq).ok())
        .filter(|commit| commit.way != Way::Program)
        .filter(|commit| Months::number(commit.origin.local().date_naive()) == number)
        .collect();
    let name = format!("{:04}-{:02}", number.div_euclid(12), number.rem_euclid(12) + 1);
    let heading = cx.render(&message!("month-changes", month = name, count = commits.len()));
    (heading, commits.iter().map(|commit| line(commit, cx)).collect())
}

fn line(commit: &Commit, cx: &Cx) -> Line {
    let at = commit.origin.local().format("%m-%d %H:%M").to_string();
    let first = commit.changes.first();
    let what = first.map(|change| format!("{} {}", change.serial, cx.reading().gist(change)));
    let more = match commit.changes.len() {
        0 | 1 => String::new(),
        count => format!("  {}", cx.render(&message!("and-more-entries", count = count - 1))),
    };
    let why =
        commit.why.as_ref().map(|why| format!("  {}", cx.render(&message!("because", why = why.clone()))));
    let words =
        format!("{}  {}{more}{}", commit.origin.name, what.unwrap_or_default(), why.unwrap_or_default());
    Line { target: first.map(|change| change.entry), ..Line::new(&at, words) }
}
