//! Drawing a sample: how many, of which list, narrowed by what; then the page of what was drawn.

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};

use super::super::action::{Action, Scope};
use super::super::layer::{Answer, Cx, Layer, Outcome};
use super::super::notice::Notice;
use super::super::terminal::Key;
use super::super::theme::Role;
use super::ask::Ask;
use super::detail::Line;
use super::page::{self, Page};
use crate::catalogue::{DrawError, DrawWanted, Looking, USUAL, seed_of};
use crate::wording::message;

/// The question what to draw.
pub struct Draw {
    ask: Ask,
}

impl Draw {
    /// With what is on screen filled in.
    pub fn new(looking: &Looking, cx: &Cx) -> Self {
        let first = || cx.session.definitions().registers().first().map(|register| register.id.clone());
        let entry = || {
            let entry = cx.session.book().entry(*looking.entries.first()?)?;
            Some(cx.session.book().register_id(entry.register).to_owned())
        };
        let list = Some(looking.list.clone()).filter(|list| !list.is_empty()).or_else(entry).or_else(first);
        let (list, query) = (list.unwrap_or_default(), looking.filter.clone());
        let wanted = DrawWanted { count: USUAL, list, query, seed: None };
        Self { ask: Ask::filled(message!("draw-words"), &wanted.words()) }
    }
}

/// The page of a sample, drawn as the words say.
pub fn page(words: &str, cx: &Cx) -> Result<Page, DrawError> {
    let reading = cx.reading();
    let made = seed_of(cx.now.timestamp_nanos_opt().unwrap_or_default());
    let mut drawn = reading.draw(DrawWanted::read(words)?, made, cx.today())?;
    drawn.as_of = cx.session.past().map(|shown| shown.typed(cx.session.zone()));
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

impl Layer for Draw {
    fn scope(&self) -> Scope {
        self.ask.scope()
    }

    fn act(&mut self, action: Action, count: Option<usize>, cx: &mut Cx) -> Outcome {
        match self.ask.act(action, count, cx) {
            Outcome::Answer(Answer::Text(words)) => match page(&words, cx) {
                Ok(page) => Outcome::Replace(Box::new(page)),
                Err(error) => Outcome::Say(Notice::wrong(&error)),
            },
            outcome => outcome,
        }
    }

    fn key(&mut self, key: Key, cx: &mut Cx) -> Outcome {
        self.ask.key(key, cx)
    }

    fn paste(&mut self, text: &str, cx: &mut Cx) -> Outcome {
        self.ask.paste(text, cx)
    }

    fn draw(&mut self, buffer: &mut Buffer, area: Rect, cx: &Cx) {
        self.ask.draw(buffer, area, cx);
    }

    fn cursor(&self) -> Option<Position> {
        self.ask.cursor()
    }

    fn is_popup(&self) -> bool {
        true
    }

    fn hints(&self, cx: &Cx) -> Vec<Action> {
        self.ask.hints(cx)
    }
}
