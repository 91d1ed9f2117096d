//! How finding looks: what matched is underlined wherever it stands.

use std::ops::Range;

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use super::super::layer::Cx;
use super::super::paint::{Painter, title};
use super::super::theme::Role;
use super::detail;
use super::find::{Find, Hit, To};
use crate::book::{Cell, EntryKey};
use crate::wording::message;

/// From this width on the preview stands beside the hits, else below them.
const WIDE: u16 = 120;

/// Draws it.
pub fn draw(find: &mut Find, buffer: &mut Buffer, area: Rect, cx: &Cx) {
    let mut painter = Painter::new(buffer, area);
    let style = |role| cx.desk.theme.style(role);
    title(&mut painter, &cx.say("find"), &find.hits.len().to_string(), "", cx);
    let spans: Vec<_> = find.problem.iter().map(|problem| problem.span.clone()).collect();
    find.chooser.draw_line(&mut painter, ">", (&spans, style(Role::Wrong)), cx);
    let (mut end, mut width) = (area.height.saturating_sub(2), area.width);
    if find.preview {
        let pane = if area.width >= WIDE {
            width = area.width * 3 / 5;
            Rect { x: width + 2, y: 3, width: area.width - width - 3, height: end.saturating_sub(3) }
        } else {
            end = 3 + (end.saturating_sub(3)) / 3;
            Rect { x: 1, y: end + 1, width: area.width - 2, height: area.height.saturating_sub(end + 2) }
        };
        if let Some(key) = find.entry() {
            detail::draw(&mut painter.part(pane), key, cx);
        }
    }
    let mut left = painter.part(Rect { x: 0, y: 0, width, height: area.height });
    for (y, at) in find.chooser.window(&mut left, (find.hits.len(), end), cx) {
        let Some(hit) = find.hits.get(at) else { continue };
        draw_hit(find, &mut left, y, hit, cx);
        if at == find.chooser.cursor {
            left.restyle(0, y, width, style(Role::Cursor));
        }
    }
    if let Some(problem) = &find.problem {
        painter.put(1, area.height - 2, &cx.render(&problem.what), style(Role::Wrong));
    }
}

fn draw_hit(find: &Find, painter: &mut Painter, y: u16, hit: &Hit, cx: &Cx) {
    let style = |role| cx.desk.theme.style(role);
    let spans = |text: &str| find.look.as_ref().map(|look| look.filter.spans(text)).unwrap_or_default();
    let mark = style(Role::Match);
    // Only what was looked at is underlined: a heading such as `list` was not.
    let numbered = matches!(hit.to, To::Entry(_) | To::Past(..));
    let left = if numbered { spans(&hit.left) } else { Vec::new() };
    painter.put_marked((1, y), 12, &hit.left, style(Role::Dim), (&left, mark));
    let begin = painter.put_right(painter.width() - 1, y, &hit.right, style(Role::Dim));
    let named = if matches!(hit.to, To::Past(..)) { Vec::new() } else { spans(&hit.title) };
    let room = begin.saturating_sub(16);
    let end = painter.put_marked((14, y), room, &hit.title, style(Role::Text), (&named, mark));
    if end + 8 >= begin {
        return;
    }
    // Where else the words stand, or once stood.
    let words = match &hit.to {
        To::Entry(key) if named.is_empty() && left.is_empty() => mention(*key, &spans, cx),
        To::Past(_, text) => {
            let start = spans(text).first().map_or(0, |span| span.start);
            Some(cx.render(&message!("was", value = around(text, start))))
        }
        _ => None,
    };
    if let Some(words) = words {
        let room = begin.saturating_sub(end + 4);
        painter.put_marked((end + 2, y), room, &words, style(Role::Dim), (&spans(&words), mark));
    }
}

/// The words around the first place outside its name where an entry matches.
fn mention(key: EntryKey, spans: &impl Fn(&str) -> Vec<Range<usize>>, cx: &Cx) -> Option<String> {
    let reading = cx.reading();
    let entry = reading.book.entry(key)?;
    let fields = &reading.register(entry)?.fields;
    fields.iter().find_map(|field| {
        // Of links their numbers may be what was asked for.
        let text = match reading.book.cell(entry, &field.id) {
            Cell::Links(_) => reading.words_at(entry, &field.id),
            _ => reading.field(field, entry).text.replace('\n', " "),
        };
        let start = spans(&text).first()?.start;
        Some(around(&text, start))
    })
}

/// A text from shortly before a place on.
fn around(text: &str, start: usize) -> String {
    let before = text.get(..start).unwrap_or("");
    let kept: Vec<&str> = crate::text::graphemes(before).map(|(grapheme, _)| grapheme).collect();
    let skipped = kept.len().saturating_sub(4);
    let lead: String = kept.iter().skip(skipped).copied().collect();
    let dots = if skipped > 0 { "..." } else { "" };
    format!("{dots}{lead}{}", text.get(start..).unwrap_or(""))
}
