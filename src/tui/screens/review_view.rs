//! How an entry looks while it is reviewed.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use super::super::layer::Cx;
use super::super::paint::{Painter, title};
use super::super::theme::Role;
use super::evaluate_view::{Steps, draw_factor, draw_heads};
use super::filling::Filling;
use super::filling_draft::Restored;
use super::review::Review;
use super::review_facts;
use crate::book::Value;
use crate::catalogue::Sign;
use crate::review::{Item, Mark, Standing};
use crate::scoring::Factor;
use crate::wording::{Tell, message};

/// Columns that labels take.
const LABELS: u16 = 12;
/// Where the words of a fact begin.
const WORDS: u16 = 3 + LABELS;
/// The line where what is known of the entry begins.
const TOP: u16 = 3;
/// The most lines that a factor can take.
const MOST: u16 = 20;

/// What of the factors was on the screen.
pub struct Shown {
    /// The first of them.
    pub top: usize,
    /// The one behind the last.
    pub end: usize,
}

/// Draws it; says which factors are shown.
pub fn draw(review: &Review, buffer: &mut Buffer, area: Rect, cx: &Cx) -> Shown {
    let mut painter = Painter::new(buffer, area);
    painter.clear();
    head(review, &mut painter, cx);
    let nothing = Shown { top: 0, end: usize::MAX };
    let Some(item) = review.item().copied() else { return nothing };
    let style = |role| cx.desk.theme.style(role);
    if item.gone {
        let serial = cx.reading().book.serial(item.entry).to_owned();
        painter.put(1, 2, &cx.render(&message!("review-gone", serial = serial)), style(Role::Dim));
        return nothing;
    }
    named(review, &item, &mut painter, cx);
    // From below: the note, the verdict, the factors; what is known of the entry takes the rest.
    let body = painter.height().saturating_sub(TOP + 1);
    let note = u16::from(!review.row.note.is_empty());
    let verdict = review.row.filling.as_ref().map(|filling| verdict(filling, cx));
    let lines = verdict.as_ref().map_or(0, |(words, _)| broken(words, painter.width()).len());
    let lines = u16::try_from(lines.min(2)).unwrap_or(0);
    let least = if body < 14 { 2 } else { 4 };
    let mut steps = Steps::All;
    let mut heights = heights(review.row.filling.as_ref(), painter.width(), cx);
    if least + heights.iter().sum::<u16>() + lines + note > body {
        steps = Steps::Taken;
        heights.fill(1);
    }
    let need: u16 = heights.iter().sum();
    let below = need + lines + note;
    let room = body.saturating_sub(below + 1).max(least);
    let since = review.row.since.as_deref().unwrap_or(&[]);
    let width = usize::from(painter.width().saturating_sub(WORDS + 1));
    let facts = review_facts::lines(&item, since, (usize::from(room), width), cx);
    let mut y = TOP;
    for (at, (label, words)) in facts.iter().enumerate() {
        painter.put_within(3, y, LABELS - 1, label, style(Role::Dim));
        painter.put(if at == 0 { 3 } else { WORDS }, y, words, style(Role::Text));
        y += 1;
    }
    let left = (TOP + body).saturating_sub(y + lines + note);
    // Lines to spare keep apart what is known from the factors, and say what their columns are.
    y += u16::from(left > need);
    let Some((filling, (words, role))) = review.row.filling.as_ref().zip(verdict) else {
        put_note(review, &mut painter, y, cx);
        return nothing;
    };
    if left > need + 1 {
        draw_heads(&mut painter, y, &filling.method, cx);
        y += 1;
    }
    let window = Window::of(&heights, left, (review.row.top, filling.cursor));
    y = factors((filling, steps), &mut painter, (y, left), &window, cx);
    for line in broken(&words, painter.width()).into_iter().take(2) {
        painter.put(1, y, words.get(line).unwrap_or(""), style(role));
        y += 1;
    }
    put_note(review, &mut painter, y, cx);
    Shown { top: window.top, end: window.end }
}

fn put_note(review: &Review, painter: &mut Painter, y: u16, cx: &Cx) {
    if !review.row.note.is_empty() {
        painter.put(1, y, &cx.say("review-note"), cx.desk.theme.style(Role::Dim));
        painter.put(WORDS, y, &review.row.note, cx.desk.theme.style(Role::Text));
    }
}

fn broken(words: &str, width: u16) -> Vec<std::ops::Range<usize>> {
    crate::text::wrap(words, usize::from(width.saturating_sub(2)).max(10))
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

/// How many lines each factor takes.
fn heights(filling: Option<&Filling>, width: u16, cx: &Cx) -> Vec<u16> {
    let Some(filling) = filling else { return Vec::new() };
    let height = |(at, factor): (usize, &Factor)| {
        let area = Rect { x: 0, y: 0, width, height: MOST };
        let (mut scratch, focused) = (Buffer::empty(area), at == filling.cursor);
        draw_factor((filling, Steps::All), &mut Painter::new(&mut scratch, area), 0, (focused, factor), cx)
    };
    filling.method.factors.iter().enumerate().map(height).collect()
}

/// The factors that fit.
struct Window {
    top: usize,
    end: usize,
    /// How many there are.
    all: usize,
}

impl Window {
    /// Those from `top` on, moved as far as it takes to show the one under the cursor, and no line left over.
    fn of(heights: &[u16], room: u16, (top, cursor): (usize, usize)) -> Self {
        let end = |top: usize| {
            let fits = |room: u16| {
                let mut taken = 0;
                let fit = heights.iter().skip(top).take_while(|height| {
                    taken += **height;
                    taken <= room
                });
                top + fit.count()
            };
            let room = room.saturating_sub(u16::from(top > 0));
            match fits(room) {
                end if end >= heights.len() => end,
                // One line says how many are below.
                _ => fits(room.saturating_sub(1)).max(top + 1),
            }
        };
        let mut top = top.min(cursor);
        while top < cursor && end(top) <= cursor {
            top += 1;
        }
        while top > 0 && end(top - 1) >= heights.len() {
            top -= 1;
        }
        Self { top, end: end(top).min(heights.len()), all: heights.len() }
    }
}

/// Draws the factors that fit, and says how many do not; gives the line below.
fn factors(
    (filling, steps): (&Filling, Steps),
    painter: &mut Painter,
    (y, room): (u16, u16),
    window: &Window,
    cx: &Cx,
) -> u16 {
    let style = cx.desk.theme.style(Role::Accent);
    let part = Rect { x: 0, y, width: painter.width(), height: room };
    let mut part = painter.part(part);
    let mut row = 0;
    if window.top > 0 {
        part.put(1, row, &cx.render(&message!("review-above", count = window.top)), style);
        row += 1;
    }
    let shown = filling.method.factors.iter().enumerate().skip(window.top);
    for (at, factor) in shown.take(window.end - window.top) {
        row = draw_factor((filling, steps), &mut part, row, (at == filling.cursor, factor), cx);
    }
    let below = window.all - window.end;
    if below > 0 {
        row = row.min(room.saturating_sub(1));
        part.part(Rect { x: 0, y: row, width: part.width(), height: 1 }).clear();
        part.put(1, row, &cx.render(&message!("review-below", count = below)), style);
        row += 1;
    }
    y + row.min(room)
}

/// The verdict with its reason, or what is missing.
fn verdict(filling: &Filling, cx: &Cx) -> (String, Role) {
    let (evaluation, _) = match filling.make(cx.today()) {
        Ok(made) => made,
        Err(error) => return (cx.render(&error.message()), Role::Dim),
    };
    let level = filling.method.band(&evaluation.level).map_or("", |band| band.label.get(cx.lang()));
    let sign = if evaluation.listed { Sign::Listed } else { Sign::None }.mark();
    let reason = evaluation.reason(&filling.method, cx.lang());
    let role = if evaluation.listed { Role::Accent } else { Role::Text };
    let verdict = message!("verdict-plain", sign = sign, level = level, reason = reason);
    let mut words = cx.render(&verdict).trim_start().to_owned();
    let before = filling.compared.as_ref();
    if let Some(before) = before.filter(|before| before.level != evaluation.level) {
        let was = Standing::of(Some(before)).words(&cx.reading());
        words = format!("{words}  {}", cx.render(&message!("was", value = was)));
    }
    if let Some(residual) = &evaluation.residual {
        let score = residual.score.map(|score| score.normalize().to_string()).unwrap_or_default();
        let level = filling.method.band(&residual.level).map(|band| band.short.clone()).unwrap_or_default();
        let residual = cx.render(&message!("verdict-residual", score = score, level = level));
        words = format!("{words}  {residual}");
    }
    if filling.with_controls {
        words = format!("{}  {words}", cx.say("residual-shown"));
    }
    (words, role)
}
