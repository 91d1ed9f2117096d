//! How an entry looks while it is reviewed.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use super::super::layer::Cx;
use super::super::paint::{Painter, title};
use super::super::theme::Role;
use super::evaluate_view::{draw_factor, draw_heads};
use super::filling::Filling;
use super::filling_draft::Restored;
use super::review::Review;
use crate::book::{Cell, EntryKey, Value};
use crate::catalogue::REVIEWED;
use crate::catalogue::Sign;
use crate::definition::{Field, Kind};
use crate::review::{Item, Mark, Standing};
use crate::wording::{Tell, message};

/// Columns that labels take.
const LABELS: u16 = 12;
/// Where the words of a fact begin.
const WORDS: u16 = 3 + LABELS;

/// Draws it.
pub fn draw(review: &Review, buffer: &mut Buffer, area: Rect, cx: &Cx) {
    let mut painter = Painter::new(buffer, area);
    painter.clear();
    head(review, &mut painter, cx);
    let Some(item) = review.item().copied() else { return };
    let style = |role| cx.desk.theme.style(role);
    if item.gone {
        let serial = cx.reading().book.serial(item.entry).to_owned();
        painter.put(1, 2, &cx.render(&message!("review-gone", serial = serial)), style(Role::Dim));
        return;
    }
    named(review, &item, &mut painter, cx);
    // From below: the note, the verdict, the factors; what is known of the entry takes the rest.
    let factors = review.row.filling.as_ref().map_or(0, |filling| filling.method.factors.len());
    let below = u16::try_from(factors).unwrap_or(0) + 4;
    let room = painter.height().saturating_sub(2 + below).max(4);
    let mut y = facts(review, &item, &mut painter, room, cx);
    y = (y + 1).min(painter.height().saturating_sub(4));
    if let Some(filling) = &review.row.filling {
        // Where there is a line to spare, the columns of values say what they are.
        if y + below + 1 < painter.height() {
            draw_heads(&mut painter, y, &filling.method, cx);
            y += 1;
        }
        y = draw_filling(filling, &mut painter, y, cx);
    }
    if !review.row.note.is_empty() {
        painter.put(1, y, &cx.say("review-note"), style(Role::Dim));
        painter.put(WORDS, y, &review.row.note, style(Role::Text));
    }
}

/// The round, which entry of how many, and what came of how many.
fn head(review: &Review, painter: &mut Painter, cx: &Cx) {
    let reading = cx.reading();
    let tally = review.round.tally();
    let counts = message!(
        "review-tally",
        kept = tally.kept + tally.unseen,
        changed = tally.changed,
        aside = tally.aside
    );
    let serial = reading.book.serial(review.round.key);
    let left = format!("{}  {} / {}", cx.say("review"), review.at + 1, tally.total);
    let middle = format!("{serial} {}", reading.title(review.round.key));
    title(painter, &left, &middle, &cx.render(&counts), cx);
}

/// The entry, how it stands with what is filled in, and what came of it already.
fn named(review: &Review, item: &Item, painter: &mut Painter, cx: &Cx) {
    let (reading, style) = (cx.reading(), |role| cx.desk.theme.style(role));
    let Some(entry) = reading.book.entry(item.entry) else { return };
    let made = review.row.filling.as_ref().and_then(|filling| filling.make(cx.today()).ok());
    let standing = match made {
        Some((evaluation, _)) if review.anew() => Standing::of(Some(&evaluation)),
        _ => Standing::of(reading.evaluation(entry)),
    };
    let look = style(if standing.listed() { Role::Accent } else { Role::Title });
    let words = standing.words(&reading);
    let begin = painter.put_right(painter.width() - 1, 2, &words, look);
    let heading = format!("{}  {}", reading.book.serial(item.entry), reading.title(item.entry));
    let end = painter.put_within(1, 2, begin.saturating_sub(3), &heading, style(Role::Title));
    let done = match item.mark {
        Mark::Pending => {
            elsewhere(review, item, painter, cx);
            String::new()
        }
        Mark::Kept => cx.say("review-was-kept"),
        Mark::Changed => cx.say("review-was-changed"),
        Mark::Aside => aside(item, cx),
        Mark::Unseen => cx.say("review-was-unseen"),
    };
    let draft = matches!(review.row.draft, Some(Restored::Yes | Restored::Overtaken)) && review.anew();
    let draft = draft || review.row.noted && review.row.note != review.row.said;
    let words = if draft { cx.say("draft") } else { done };
    let look = style(if draft { Role::Accent } else { Role::Dim });
    painter.put_within(end + 3, 2, begin.saturating_sub(end + 5), &words, look);
}

/// To whom it was set aside, until when.
fn aside(item: &Item, cx: &Cx) -> String {
    let reading = cx.reading();
    let Some(outcome) = reading.book.entry(item.outcome) else { return String::new() };
    let words = |field: &str| match reading.book.value(outcome, field) {
        Some(Value::Text(words)) => words,
        Some(Value::Date(day)) => day.to_string(),
        _ => String::new(),
    };
    let (to, until) = (words("to"), words("until"));
    if to.is_empty() && until.is_empty() {
        return cx.say("review-was-aside");
    }
    format!("{}  {}", cx.say("review-was-aside"), cx.render(&message!("review-left", to = to, until = until)))
}

/// Says so where the entry waits in another open round too.
fn elsewhere(review: &Review, item: &Item, painter: &mut Painter, cx: &Cx) {
    if let Some(round) = review.elsewhere.get(&item.entry) {
        let round = cx.reading().book.serial(*round).to_owned();
        let words = cx.render(&message!("review-elsewhere", round = round));
        painter.put_right(painter.width() - 1, 1, &words, cx.desk.theme.style(Role::Wrong));
    }
}

/// What is known of the entry, in at most so many lines; gives the line below.
fn facts(review: &Review, item: &Item, painter: &mut Painter, room: u16, cx: &Cx) -> u16 {
    let (reading, style) = (cx.reading(), |role| cx.desk.theme.style(role));
    let Some(entry) = reading.book.entry(item.entry) else { return 3 };
    let Some(register) = reading.register(entry) else { return 3 };
    let title = &register.title_field().id;
    let mut lines: Vec<(String, String)> = Vec::new();
    let mut single = Vec::new();
    for field in register.fields.iter().filter(|field| field.id != *title && field.id != REVIEWED) {
        let words = reading.field(field, entry).text;
        match place(field) {
            _ if words.is_empty() => {}
            Place::Together => single.push(words),
            Place::Own => lines.push((field.name.get(cx.lang()).to_owned(), words.replace('\n', " "))),
            Place::Nowhere => {}
        }
    }
    lines.insert(0, (String::new(), single.join(&cx.say("review-comma"))));
    lines.push((cx.say("review-last"), last(item.entry, cx)));
    let since = review.row.since.as_deref().unwrap_or(&[]);
    for (at, line) in since.iter().enumerate() {
        let label = if at == 0 { cx.say("review-then") } else { String::new() };
        lines.push((label, format!("{}  {}", line.label, line.text)));
    }
    let width = usize::from(painter.width().saturating_sub(WORDS + 1));
    // What is longer than a line takes those that the others leave.
    let mut spare = usize::from(room).saturating_sub(lines.len());
    let mut y = 3;
    for (label, words) in lines {
        if y >= 3 + room {
            break;
        }
        if label.is_empty() && y == 3 {
            painter.put(3, y, &words, style(Role::Text));
            y += 1;
            continue;
        }
        painter.put_within(3, y, LABELS - 1, &label, style(Role::Dim));
        let broken = crate::text::wrap(&words, width);
        let more = broken.len().saturating_sub(1).min(spare);
        spare -= more;
        for (at, line) in broken.iter().take(more + 1).enumerate() {
            let rest = words.get(line.start..).unwrap_or("");
            let last = if at == more { rest } else { words.get(line.clone()).unwrap_or("") };
            painter.put(WORDS, y, &crate::text::cut(last, width), style(Role::Text));
            y += 1;
        }
    }
    y
}

enum Place {
    /// On the first line, with others of few words.
    Together,
    /// On a line of its own.
    Own,
    /// Told elsewhere on the screen, or of no use here.
    Nowhere,
}

fn place(field: &Field) -> Place {
    match &field.kind {
        Kind::Choice(_) | Kind::Links { many: false, .. } => Place::Together,
        Kind::Choices(_)
        | Kind::Links { many: true, .. }
        | Kind::Rows(_)
        | Kind::Text { lines: true, .. } => Place::Own,
        _ => Place::Nowhere,
    }
}

/// When, by whom and how it was last evaluated.
fn last(key: EntryKey, cx: &Cx) -> String {
    let reading = cx.reading();
    let Some(entry) = reading.book.entry(key) else { return String::new() };
    let Some(evaluation) = reading.evaluation(entry) else { return cx.say("unscored") };
    let by = evaluation.occasion.by.join(&cx.say("list-comma"));
    let mut words =
        format!("{}  {by}  {}", evaluation.occasion.on, Standing::of(Some(evaluation)).words(&reading));
    // A later look that kept it.
    if let Cell::Date(day) = reading.book.cell(entry, REVIEWED)
        && day.first() > evaluation.occasion.on
    {
        words = format!("{words}  {}", cx.render(&message!("review-confirmed", day = day.to_string())));
    }
    words
}

/// The factors, the verdict and its reason; gives the line below.
fn draw_filling(filling: &Filling, painter: &mut Painter, y: u16, cx: &Cx) -> u16 {
    let style = |role| cx.desk.theme.style(role);
    let room = usize::from(painter.height().saturating_sub(y + 4)).max(1);
    let first = (filling.cursor + 1).saturating_sub(room);
    let mut y = y;
    for (at, factor) in filling.method.factors.iter().enumerate().skip(first) {
        if y + 3 >= painter.height() && at > filling.cursor {
            break;
        }
        y = draw_factor((filling, false), painter, y, (at == filling.cursor, factor), cx);
    }
    match filling.make(cx.today()) {
        Ok((evaluation, _)) => {
            let level = filling.method.band(&evaluation.level).map_or("", |band| band.label.get(cx.lang()));
            let sign = if evaluation.listed { Sign::Listed } else { Sign::None }.mark();
            let reason = evaluation.reason(&filling.method, cx.lang());
            let role = if evaluation.listed { Role::Accent } else { Role::Text };
            let verdict = message!("verdict-plain", sign = sign, level = level, reason = reason);
            let mut words = cx.render(&verdict).trim_start().to_owned();
            let before = filling.previous.as_ref();
            if let Some(before) = before.filter(|before| before.level != evaluation.level) {
                let was = Standing::of(Some(before)).words(&cx.reading());
                words = format!("{words}  {}", cx.render(&message!("was", value = was)));
            }
            if let Some(residual) = &evaluation.residual {
                let score = residual.score.map(|score| score.normalize().to_string()).unwrap_or_default();
                let level =
                    filling.method.band(&residual.level).map(|band| band.short.clone()).unwrap_or_default();
                let residual = cx.render(&message!("verdict-residual", score = score, level = level));
                words = format!("{words}  {residual}");
            }
            if filling.with_controls {
                words = format!("{}  {words}", cx.say("residual-shown"));
            }
            painter.put(1, y, &words, style(role));
        }
        Err(error) => {
            painter.put(1, y, &cx.render(&error.message()), style(Role::Dim));
        }
    }
    y + 1
}
