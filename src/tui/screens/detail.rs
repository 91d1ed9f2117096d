//! One entry in words: beside the table, on its page, and the two quiet lines that say why.

use super::super::layer::Cx;
use super::super::paint::Painter;
use super::super::theme::Role;
use super::detail_rows::row_lines;
use crate::audit;
use crate::book::{Cell, Entry, EntryKey};
use crate::catalogue::Sign;
use crate::definition::{Field, Kind, Register};
use crate::scoring::{Evaluation, Factor, Factors, Method};
use crate::wording::{Message, message};

/// A line of an entry in words.
#[derive(Debug, Clone, Default)]
pub struct Line {
    /// What it is about, at the left.
    pub label: String,
    /// The words.
    pub text: String,
    /// Their look.
    pub role: Option<Role>,
    /// What Enter on it opens.
    pub target: Option<EntryKey>,
    /// Which change it tells of.
    pub place: Option<Place>,
    /// Which problem of the entry it tells of.
    pub problem: Option<usize>,
}

/// A change in the history of an entry.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Place {
    /// The number of its commit.
    pub seq: u64,
    /// Which of its fields, or all of it.
    pub field: Option<usize>,
}

impl Line {
    /// Words about something.
    pub fn new(label: &str, text: impl Into<String>) -> Self {
        Self { label: label.to_owned(), text: text.into(), ..Self::default() }
    }

    /// With another look.
    #[must_use]
    pub fn role(self, role: Role) -> Self {
        Self { role: Some(role), ..self }
    }
}

/// Columns that labels take.
pub const LABELS: usize = 14;

/// Columns that the labels of these lines take: as many as the widest needs, at most two fifths of all. Where there are
/// no words behind a label, it takes the whole line.
pub fn label_room(lines: &[Line], width: usize) -> usize {
    let behind = lines.iter().filter(|line| !line.text.is_empty());
    let widest = behind.map(|line| crate::text::width(&line.label) + 1).max().unwrap_or(0);
    widest.clamp(LABELS, (width * 2 / 5).max(LABELS))
}

/// The two lines about the entry under the cursor: why it has its level, and by which method, when, by whom.
pub fn why(key: EntryKey, width: usize, cx: &Cx) -> Vec<(Role, String)> {
    let reading = cx.reading();
    let Some(entry) = reading.book.entry(key) else { return Vec::new() };
    let open: Vec<&str> = reading.open_fields(entry).map(|field| field.name.get(cx.lang())).collect();
    let open = if open.is_empty() {
        String::new()
    } else {
        cx.render(&message!("open-fields", fields = open.join(" "), count = open.len()))
    };
    let edited = cx.render(&message!(
        "edited",
        at = reading.local(entry.edited.at).format("%Y-%m-%d %H:%M").to_string(),
        by = reading.book.text(entry.edited.by)
    ));
    let Some(evaluation) = reading.evaluation(entry) else {
        let first = match standing(entry, cx) {
            Some(first) => first,
            None => (Role::Text, if open.is_empty() { reading.title(key) } else { open.clone() }),
        };
        let second = if first.1 == open { edited } else { format!("{edited}  {open}").trim_end().to_owned() };
        return vec![first, stale_before(key, second, cx)];
    };
    let sign = reading.sign(entry);
    let level = reading.level_text(evaluation);
    let reason = reading.reason(evaluation);
    let factors = evaluation.factor_words(reading.method(evaluation));
    let mark = sign.mark();
    let mut first = cx.render(&if factors.is_empty() {
        message!("verdict-plain", sign = mark, level = level, reason = reason)
    } else {
        message!("verdict", sign = mark, level = level, reason = reason, factors = factors)
    });
    if let Some(residual) = reading.residual_text(evaluation) {
        first = format!("{first}  {residual}");
    }
    let name = reading.method(evaluation).map(|method| method.name.clone()).unwrap_or_default();
    let by = evaluation.occasion.by.join(&cx.say("list-comma"));
    let by = if by.is_empty() { by } else { cx.render(&message!("verdict-by", by = by)) };
    let mut second = cx.render(&message!(
        "verdict-method",
        method = name,
        edition = evaluation.edition,
        on = evaluation.occasion.on.to_string()
    ));
    second.push_str(&by);
    if reading.is_outdated(entry) == Some(true) {
        second = format!("{}  {second}", cx.say("outdated"));
    }
    let second = if open.is_empty() { second } else { format!("{second}  {open}") };
    let role = if sign == Sign::Listed { Role::Accent } else { Role::Text };
    vec![(role, crate::text::cut(first.trim(), width).into_owned()), stale_before(key, second, cx)]
}

/// The second line with, before all else, why the entry is to be looked at again.
fn stale_before(key: EntryKey, second: String, cx: &Cx) -> (Role, String) {
    match audit::causes_in_short(&cx.reading(), key) {
        Some(causes) => {
            (Role::Accent, format!("{}  {second}", cx.render(&message!("stale-line", causes = causes))))
        }
        None => (Role::Dim, second),
    }
}

/// Why an entry is to be looked at again, each cause on a line that leads to it.
pub fn stale_lines(key: EntryKey, cx: &Cx) -> Vec<Line> {
    let reading = cx.reading();
    let line = |(at, cause): (usize, &crate::query::Cause)| {
        let label = if at == 0 { cx.say("stale-label") } else { String::new() };
        let words = audit::cause_words(&reading, cause);
        Line { target: Some(cause.entry), ..Line::new(&label, words).role(Role::Accent) }
    };
    reading.stale().causes(key).enumerate().map(line).collect()
}

/// How an entry stands: the windows of a plan, the same month of the year before, or the problems of a drill; none where it
/// has none of them.
fn standing(entry: &Entry, cx: &Cx) -> Option<(Role, String)> {
    let (reading, today) = (cx.reading(), cx.today());
    if let Some(plan) = audit::windows_of(&reading, entry, today) {
        let role = if plan.due < today { Role::Accent } else { Role::Text };
        return Some((role, plan.words(&reading, today)));
    }
    if let Some(before) = reading.year_before(entry) {
        return Some((Role::Text, cx.render(&before.words())));
    }
    let problems = audit::problems_of(&reading, entry, today);
    let open: Vec<_> = problems.iter().filter(|problem| problem.standing.is_open()).collect();
    let first = open.first()?;
    let first = cx.render(&problem_line(first, cx));
    let words = message!("problems-open", open = open.len(), count = problems.len(), first = first);
    Some((Role::Accent, cx.render(&words)))
}

/// A problem and how far it is.
pub fn problem_line(problem: &audit::Problem, cx: &Cx) -> Message {
    let how = problem.standing.message(&cx.reading());
    message!("problem-line", words = problem.words.clone(), how = how)
}

/// The same with each problem on a line of its own, for the page of the entry.
fn standing_lines(lines: &mut Vec<Line>, entry: &Entry, cx: &Cx) {
    let (reading, today) = (cx.reading(), cx.today());
    if let Some(plan) = audit::windows_of(&reading, entry, today) {
        lines.push(Line::new(&cx.say("page-windows"), plan.words(&reading, today)));
    }
    for problem in audit::problems_of(&reading, entry, today) {
        let role = if problem.standing.is_open() { Role::Accent } else { Role::Text };
        let line = Line::new(&cx.say("page-standing"), cx.render(&problem_line(&problem, cx))).role(role);
        lines.push(Line { problem: Some(problem.row), ..line });
    }
}

/// Draws an entry into a part of the screen.
pub fn draw(painter: &mut Painter, key: EntryKey, cx: &Cx) {
    let style = |role| cx.desk.theme.style(role);
    let reading = cx.reading();
    let heading = format!("{}  {}", reading.book.serial(key), reading.title(key));
    painter.put(0, 0, &heading, style(Role::Title));
    let width = usize::from(painter.width());
    let labels = label_room(&lines(key, (width, width), cx), width);
    // What labels take beyond the usual is not there for the words.
    let room = width.saturating_sub(labels).max(10);
    let lines = lines(key, (width - (labels - LABELS).min(width), room), cx);
    let mut y = 2;
    for line in lines {
        let look = style(line.role.unwrap_or(Role::Text));
        let at = u16::try_from(labels).unwrap_or(0);
        if line.text.is_empty() {
            painter.put(0, y, &line.label, look);
        } else {
            painter.put_within(0, y, at.saturating_sub(1), &line.label, style(Role::Dim));
        }
        let parts = crate::text::wrap(&line.text, room);
        for part in &parts {
            painter.put(at, y, line.text.get(part.clone()).unwrap_or(""), look);
            y += 1;
        }
        y += u16::from(parts.is_empty());
    }
}

/// Everything about an entry in lines of so many columns, tables in so many behind their labels.
pub fn lines(key: EntryKey, (width, table): (usize, usize), cx: &Cx) -> Vec<Line> {
    let reading = cx.reading();
    let Some(entry) = reading.book.entry(key) else { return Vec::new() };
    let Some(register) = reading.register(entry) else { return Vec::new() };
    let room = width.saturating_sub(LABELS + 1).max(10);
    let mut lines = stale_lines(key, cx);
    for field in &register.fields {
        field_lines(&mut lines, register, entry, field, (room, table), cx);
    }
    for (id, words) in reading.former(entry) {
        let label = cx.render(&message!("former-field", field = id));
        lines.push(Line::new(&label, words).role(Role::Dim));
    }
    standing_lines(&mut lines, entry, cx);
    let at = reading.local(entry.edited.at).format("%Y-%m-%d %H:%M").to_string();
    let edited = cx.render(&message!("edited", at = at, by = reading.book.text(entry.edited.by)));
    lines.push(Line::default());
    lines.push(Line::new("", edited).role(Role::Dim));
    lines
}

fn field_lines(
    lines: &mut Vec<Line>,
    register: &Register,
    entry: &Entry,
    field: &Field,
    (room, table): (usize, usize),
    cx: &Cx,
) {
    let reading = cx.reading();
    let label = field.name.get(cx.lang());
    let cell = reading.book.cell(entry, &field.id);
    match cell {
        Cell::Empty if field.required => {
            let what = if matches!(field.kind, Kind::Evaluation { .. }) {
                cx.say("unscored")
            } else {
                cx.say("to-fill")
            };
            lines.push(Line::new(label, format!("- {what}")).role(Role::Dim));
        }
        Cell::Empty => {
            let none = reading.unfilled(register, field, entry);
            if !none.is_empty() {
                lines.push(Line::new(label, none).role(Role::Dim));
            }
        }
        Cell::Evaluation(evaluation) => {
            if let Some(method) = reading.method(evaluation) {
                evaluation_lines(lines, (label, room), evaluation, method, cx);
                lines.extend(outdated_line(entry, cx));
            }
        }
        Cell::Links(keys) => {
            for (index, key) in keys.iter().enumerate() {
                let text = format!("{} {}", reading.book.serial(*key), reading.link(*key));
                let label = if index == 0 { label } else { "" };
                lines.push(Line { target: Some(*key), ..Line::new(label, text) });
            }
        }
        Cell::Rows(rows) => {
            row_lines(lines, field, rows, table, cx);
        }
        cell => {
            let text = reading.cell(field, cell);
            let title = register.title_field().id == field.id;
            let before = lines.len();
            wrapped(lines, label, &text, room);
            if title && let Some(line) = lines.get_mut(before) {
                line.role = Some(Role::Title);
            }
        }
    }
}

/// That an evaluation rests on a rule that is in force no longer, where it does.
pub fn outdated_line(entry: &Entry, cx: &Cx) -> Option<Line> {
    Some(Line::new("", cx.reading().outdated_words(entry)?).role(Role::Accent))
}

fn wrapped(lines: &mut Vec<Line>, label: &str, text: &str, room: usize) {
    for (index, range) in crate::text::wrap(text, room).into_iter().enumerate() {
        lines.push(Line::new(if index == 0 { label } else { "" }, text.get(range).unwrap_or("")));
    }
}

/// An evaluation: the words of every value, the verdict and its reason, the residual.
pub fn evaluation_lines(
    lines: &mut Vec<Line>,
    (label, room): (&str, usize),
    evaluation: &Evaluation,
    method: &Method,
    cx: &Cx,
) {
    let lang = cx.lang();
    let head = format!(
        "{} {}  {}",
        method.name.get(lang),
        cx.render(&message!("edition", edition = method.edition)),
        evaluation.occasion.on
    );
    lines.push(Line::new(label, head));
    factor_lines(lines, &evaluation.factors, (method, room), cx);
    let sign = if evaluation.listed { Sign::Listed } else { Sign::None };
    let role = if evaluation.listed { Role::Accent } else { Role::Text };
    let level = method.band(&evaluation.level).map_or("", |band| band.label.get(lang));
    let verdict = cx.render(&message!(
        "verdict-plain",
        sign = sign.mark(),
        level = level,
        reason = evaluation.reason(method, lang)
    ));
    lines.push(Line::new("", verdict.trim_start().to_owned()).role(role));
    if let Some(residual) = &evaluation.residual {
        let score = residual.score.map(|score| score.normalize().to_string()).unwrap_or_default();
        let value = |id: &str| residual.factors.get(id).map(|value| format!("{id} {}", value.normalize()));
        let factors: Vec<String> = method.factors.iter().filter_map(|factor| value(&factor.id)).collect();
        let level = method.band(&residual.level).map_or("", |band| band.short.get(lang));
        lines.push(Line::new(
            &format!("  {}", cx.say("residual")),
            format!("{} = {score}  {level}", factors.join("  ")),
        ));
    }
    if !evaluation.occasion.basis.is_empty() {
        lines.push(Line::new(&format!("  {}", cx.say("basis")), evaluation.occasion.basis.clone()));
    }
    if !evaluation.occasion.by.is_empty() {
        lines.push(Line::new(
            &format!("  {}", cx.say("by")),
            evaluation.occasion.by.join(&cx.say("list-comma")),
        ));
    }
}

/// The factors with the words of their values; where room is scarce their names make room for those.
fn factor_lines(lines: &mut Vec<Line>, factors: &Factors, (method, room): (&Method, usize), cx: &Cx) {
    const AMPLE: usize = 50;
    let name = |factor: &Factor| format!("{} {}", factor.id, factor.name.get(cx.lang()));
    let wide = method.factors.iter().map(|factor| crate::text::width(&name(factor))).max().unwrap_or(0);
    let off = || cx.say("off-scale");
    let words = |factor: &Factor, value| {
        factor.on_scale(value).map_or_else(off, |step| step.label.get(cx.lang()).to_owned())
    };
    let chosen = || method.factors.iter().filter_map(|factor| Some((factor, *factors.get(&factor.id)?)));
    for (factor, value) in chosen() {
        let figure = crate::text::pad_start(&value.normalize().to_string(), 4);
        let text = format!("{figure}  {}", words(factor, value));
        if room >= AMPLE {
            lines.push(Line::new("", format!("{} {text}", crate::text::pad_end(&name(factor), wide))));
            continue;
        }
        // A name that is too long for a label is read whole where the line has room for both.
        let name = name(factor);
        let long = crate::text::width(&name).max(LABELS - 3);
        let line = format!("  {} {text}", crate::text::pad_end(&name, long));
        if crate::text::width(&line) <= room.saturating_add(LABELS) {
            lines.push(Line::new(&line, "").role(Role::Text));
        } else if crate::text::width(&name) + 2 < LABELS {
            lines.push(Line::new(&format!("  {name}"), text));
        } else {
            lines.extend([Line::new(&format!("  {name}"), "").role(Role::Dim), Line::new("", text)]);
        }
    }
}
