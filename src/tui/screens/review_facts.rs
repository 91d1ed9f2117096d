//! What is known of an entry that is reviewed, in as many lines as there are: what happened since gives way first,
//! then the longest words. Whatever is left out is counted.

use super::super::layer::Cx;
use super::detail::Line;
use crate::book::{Cell, EntryKey};
use crate::catalogue::REVIEWED;
use crate::definition::{Field, Kind};
use crate::review::{Item, Standing};
use crate::text;
use crate::wording::message;

/// Something known, with the lines that it takes.
struct Fact {
    label: String,
    lines: Vec<String>,
    part: Part,
}

#[derive(PartialEq, Clone, Copy)]
enum Part {
    /// What takes few words, together.
    First,
    /// What takes a line of its own.
    Own,
    Last,
    Since,
}

/// What is known of the entry, in at most `room` lines of `width` columns: label and words of each. The first line has
/// no label.
pub fn lines(item: &Item, since: &[Line], (room, width): (usize, usize), cx: &Cx) -> Vec<(String, String)> {
    let mut facts = facts(item, since, width, cx);
    let total = |facts: &[Fact]| facts.iter().map(|fact| fact.lines.len()).sum::<usize>();
    for fact in facts.iter_mut().filter(|fact| fact.part == Part::Since) {
        shorten(fact, 1, width);
    }
    let over = total(&facts).saturating_sub(room);
    leave_out(&mut facts, Part::Since, (over, 1), width, cx);
    while total(&facts) > room
        && let Some(longest) = facts.iter_mut().max_by_key(|fact| fact.lines.len())
        && longest.lines.len() > 1
    {
        shorten(longest, longest.lines.len() - 1, width);
    }
    let over = total(&facts).saturating_sub(room);
    leave_out(&mut facts, Part::Own, (over, 0), width, cx);
    let lines = facts.into_iter().flat_map(|fact| {
        let label = std::iter::once(fact.label).chain(std::iter::repeat(String::new()));
        label.zip(fact.lines).collect::<Vec<_>>()
    });
    lines.take(room).collect()
}

/// A fact in so many lines; the last of them says that there was more.
fn shorten(fact: &mut Fact, to: usize, width: usize) {
    if fact.lines.len() > to {
        let rest = fact.lines.split_off(to.saturating_sub(1)).concat();
        fact.lines.push(text::cut(&rest, width).into_owned());
    }
}

/// Leaves the last `over` facts of a part out, all but so many, and counts them on the line before.
fn leave_out(facts: &mut Vec<Fact>, part: Part, (over, but): (usize, usize), width: usize, cx: &Cx) {
    let all = facts.iter().filter(|fact| fact.part == part).count();
    let count = over.min(all.saturating_sub(but));
    if count == 0 {
        return;
    }
    let stays = all - count;
    let mut at = 0;
    facts.retain(|fact| {
        at += usize::from(fact.part == part);
        fact.part != part || at <= stays
    });
    let before = facts.iter_mut().rfind(|fact| fact.part == part || (stays == 0 && fact.part == Part::First));
    if let Some(line) = before.and_then(|fact| fact.lines.last_mut()) {
        let more = cx.render(&message!("review-more", count = count));
        let room = width.saturating_sub(text::width(&more) + 2);
        *line = format!("{}  {more}", text::cut(line, room));
    }
}

fn facts(item: &Item, since: &[Line], width: usize, cx: &Cx) -> Vec<Fact> {
    let reading = cx.reading();
    let Some(entry) = reading.book.entry(item.entry) else { return Vec::new() };
    let Some(register) = reading.register(entry) else { return Vec::new() };
    let broken = |words: &str| {
        let lines = text::wrap(words, width).into_iter();
        lines.map(|line| words.get(line).unwrap_or("").to_owned()).collect::<Vec<_>>()
    };
    let fact = |part, label: String, words: &str| Fact { label, lines: broken(words), part };
    let title = &register.title_field().id;
    let (mut single, mut facts) = (Vec::new(), Vec::new());
    for field in register.fields.iter().filter(|field| field.id != *title && field.id != REVIEWED) {
        let words = reading.field(field, entry).text;
        match place(field) {
            _ if words.is_empty() => {}
            Some(Part::First) => single.push(words),
            Some(part) => {
                let name = field.name.get(cx.lang()).to_owned();
                facts.push(fact(part, name, &words.replace('\n', " ")));
            }
            None => {}
        }
    }
    let first = single.join(&cx.say("review-comma"));
    facts.insert(0, Fact { label: String::new(), lines: vec![first], part: Part::First });
    facts.push(fact(Part::Last, cx.say("review-last"), &last(item.entry, cx)));
    for (at, line) in since.iter().enumerate() {
        let label = if at == 0 { cx.say("review-then") } else { String::new() };
        facts.push(fact(Part::Since, label, &format!("{}  {}", line.label, line.text)));
    }
    facts
}

/// Where a field is told; none where it is told elsewhere on the screen, or of no use here.
fn place(field: &Field) -> Option<Part> {
    match &field.kind {
        Kind::Choice(_) | Kind::Links { many: false, .. } => Some(Part::First),
        Kind::Choices(_)
        | Kind::Links { many: true, .. }
        | Kind::Rows(_)
        | Kind::Text { lines: true, .. } => Some(Part::Own),
        _ => None,
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
