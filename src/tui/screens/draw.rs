//! Drawing a sample: how many, of which list, narrowed by what; then the page of what was drawn.

use super::super::layer::{Cx, Outcome};
use super::super::notice::Notice;
use super::super::theme::Role;
use super::ask::{Ask, Asking, Take};
use super::detail::Line;
use super::page::{self, Page};
use crate::catalogue::{DrawError, DrawWanted, Looking, USUAL, seed_of};
use crate::wording::message;

/// Draws what is asked for.
pub struct Draw;

impl Draw {
    /// The question what to draw, with what is on screen filled in.
    pub fn asking(looking: &Looking, cx: &Cx) -> Asking<Self> {
        let first = || cx.session.definitions().registers().first().map(|register| register.id.clone());
        let entry = || {
            let entry = cx.session.book().entry(*looking.entries.first()?)?;
            Some(cx.session.book().register_id(entry.register).to_owned())
        };
        let list = Some(looking.list.clone()).filter(|list| !list.is_empty()).or_else(entry).or_else(first);
        let (list, query) = (list.unwrap_or_default(), looking.filter.clone());
        let wanted = DrawWanted { count: USUAL, list, query, seed: None };
        Asking::new(Ask::filled(message!("draw-words"), &wanted.words()), Self)
    }
}

/// The page of a sample, drawn as the words say.
pub fn page(words: &str, cx: &Cx) -> Result<Page, DrawError> {
    let reading = cx.reading();
    let made = seed_of(cx.now.timestamp_nanos_opt().unwrap_or_default());
    let mut drawn = reading.draw(DrawWanted::read(words)?, made, cx.today())?;
    drawn.as_of = cx.session.again(drawn.by_day, cx.now);
    let mut lines = Vec::new();
    for (key, number) in drawn.keys.iter().zip(1..) {
        let Some(entry) = reading.book.entry(*key) else { continue };
        let level = reading
            .evaluation(entry)
            .map(|evaluation| format!("  {} {}", reading.sign(entry).mark(), reading.level_text(evaluation)));
        let text =
            format!("{}  {}{}", reading.book.serial(*key), reading.title(*key), level.unwrap_or_default());
        let label = format!("{number:>2}");
        lines.push(Line { target: Some(*key), ..Line::new(&label, text) });
    }
    lines.push(Line::default());
    lines.extend(reading.draw_note(&drawn).into_iter().map(|line| Line::new("", line).role(Role::Dim)));
    Ok(page::drawn(reading.draw_title(&drawn), lines, reading.draw_looking(&drawn)))
}

impl Take for Draw {
    fn take(&mut self, words: &str, cx: &mut Cx) -> Outcome {
        match page(words, cx) {
            Ok(page) => Outcome::Replace(Box::new(page)),
            Err(error) => Outcome::Say(Notice::wrong(&error)),
        }
    }
}
