//! A question in the last lines, answered by a text.
//!
//! [`Ask`] hands the text to the layer that asked. [`Asking`] does something with it itself, and stays with what was
//! typed where that is refused.

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};

use super::super::action::{Action, Scope};
use super::super::draft::{DraftField, Sheet};
use super::super::edit::Editor;
use super::super::layer::{Answer, Cx, Layer, Outcome};
use super::super::notice::Notice;
use super::super::paint::Painter;
use super::super::terminal::Key;
use super::super::theme::Role;
use crate::book::EntryKey;
use crate::wording::{Message, message};

/// A question.
pub struct Ask {
    question: Message,
    editor: Editor,
    /// Whether nothing is an answer too.
    optional: bool,
    /// Where what is typed is kept as a draft.
    draft: Option<Slot>,
    place: Option<Position>,
}

/// A field in a draft.
struct Slot {
    sheet: Sheet,
    id: String,
    /// What stood there first: that alone is no draft.
    first: String,
}

impl Ask {
    /// Asks why entries are to be deleted: which, and how many others link to them.
    pub fn delete(keys: &[EntryKey], cx: &Cx) -> Self {
        let reading = cx.reading();
        let name = |key: &EntryKey| format!("{} {}", reading.book.serial(*key), reading.title(*key));
        let what = match keys {
            [key] => name(key),
            keys => keys.iter().map(|key| reading.book.serial(*key)).collect::<Vec<_>>().join(" "),
        };
        let what = crate::text::cut(&what, 40).into_owned();
        let (count, links) = (keys.len(), reading.linking(keys));
        Self::text(message!("ask-delete", what = what, count = count, links = links))
    }

    /// Asks for a text, which must not be empty.
    pub fn text(question: Message) -> Self {
        Self::filled(question, "")
    }

    /// The same with words there already, where they are likely or to be mended: Enter alone takes them.
    pub fn filled(question: Message, words: &str) -> Self {
        Self { question, editor: Editor::new(words, false), optional: false, draft: None, place: None }
    }

    /// Takes an empty text for an answer too.
    #[must_use]
    pub fn optional(self) -> Self {
        Self { optional: true, ..self }
    }

    /// Keeps what is typed in a field of a draft, and goes on with what stands there. Who asked forgets it.
    #[must_use]
    pub fn kept(mut self, sheet: &Sheet, id: &str, cx: &Cx) -> Self {
        let first = self.editor.text().to_owned();
        if let Some(words) = cx.desk.drafts.words(sheet, id) {
            self.editor.set(&words);
        }
        Self { draft: Some(Slot { sheet: sheet.clone(), id: id.to_owned(), first }), ..self }
    }

    fn keep(&self, cx: &Cx) {
        let Some(Slot { sheet, id, first }) = &self.draft else { return };
        if self.editor.text() == first {
            return cx.desk.drafts.forget_field(sheet, id);
        }
        let typed = serde_json::Value::from(self.editor.text());
        let field = DraftField { id: id.clone(), typed, over: serde_json::Value::Null };
        cx.desk.drafts.keep_field(sheet, cx.now.timestamp(), field);
    }
}

impl Layer for Ask {
    fn scope(&self) -> Scope {
        Scope::Line
    }

    fn act(&mut self, action: Action, _count: Option<usize>, cx: &mut Cx) -> Outcome {
        let text = self.editor.text().trim();
        if matches!(action, Action::Open | Action::Save | Action::Back) {
            self.keep(cx);
        }
        match action {
            Action::Open | Action::Save if crate::text::shows_nothing(text) && !self.optional => {
                Outcome::Say(Notice::said(message!("ask-something")))
            }
            Action::Open | Action::Save => Outcome::Answer(Answer::Text(text.to_owned())),
            Action::Back => Outcome::Close,
            Action::Quit | Action::Redraw | Action::Help => Outcome::Pass,
            _ => Outcome::Stay,
        }
    }

    fn key(&mut self, key: Key, _cx: &mut Cx) -> Outcome {
        self.editor.key(key);
        Outcome::Stay
    }

    fn paste(&mut self, text: &str, _cx: &mut Cx) -> Outcome {
        self.editor.paste(text);
        Outcome::Stay
    }

    fn draw(&mut self, buffer: &mut Buffer, area: Rect, cx: &Cx) {
        let question = cx.render(&self.question);
        let lines = crate::text::wrap(&question, usize::from(area.width.saturating_sub(2)).max(10));
        let height = u16::try_from(lines.len()).unwrap_or(1).min(area.height.saturating_sub(4));
        let part = Rect { y: area.height.saturating_sub(height + 3), height: height + 2, ..area };
        let mut painter = Painter::new(buffer, part);
        painter.clear();
        for (y, line) in (0..height).zip(lines) {
            painter.put(1, y, question.get(line).unwrap_or(""), cx.desk.theme.style(Role::Title));
        }
        let (room, style) = (part.width.saturating_sub(4), cx.desk.theme.style(Role::Text));
        self.place = Some(painter.put_typed((3, height), room, &self.editor, style, (&[], style)));
    }

    fn cursor(&self) -> Option<Position> {
        self.place
    }

    fn is_popup(&self) -> bool {
        true
    }

    fn hints(&self, _cx: &Cx) -> Vec<Action> {
        vec![Action::Open, Action::Back]
    }

    fn keep_draft(&mut self, cx: &mut Cx) {
        self.keep(cx);
    }
}

/// What is done with the words of a question.
pub trait Take {
    /// Takes the words; the question stays as it is unless the outcome closes it.
    fn take(&mut self, words: &str, cx: &mut Cx) -> Outcome;

    /// Whether what it was about is no longer there.
    fn is_gone(&self, _cx: &Cx) -> bool {
        false
    }
}

/// A question whose answer is taken where it stands: what is refused can be mended.
pub struct Asking<T> {
    ask: Ask,
    taker: T,
}

impl<T: Take> Asking<T> {
    /// The question, and who takes the answer.
    pub fn new(ask: Ask, taker: T) -> Self {
        Self { ask, taker }
    }
}

impl<T: Take> Layer for Asking<T> {
    fn scope(&self) -> Scope {
        self.ask.scope()
    }

    fn is_gone(&self, cx: &Cx) -> bool {
        self.taker.is_gone(cx)
    }

    fn act(&mut self, action: Action, count: Option<usize>, cx: &mut Cx) -> Outcome {
        match self.ask.act(action, count, cx) {
            Outcome::Answer(Answer::Text(words)) => self.taker.take(&words, cx),
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
        self.ask.is_popup()
    }

    fn hints(&self, cx: &Cx) -> Vec<Action> {
        self.ask.hints(cx)
    }

    fn keep_draft(&mut self, cx: &mut Cx) {
        self.ask.keep_draft(cx);
    }
}
