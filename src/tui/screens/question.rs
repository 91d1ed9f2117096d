//! What an auditor asks, noted in a few keys with whatever is on screen.

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};

use super::super::action::{Action, Scope};
use super::super::draft::{DraftField, Sheet};
use super::super::edit::Editor;
use super::super::layer::{Cx, Layer, Outcome};
use super::super::notice::Notice;
use super::super::paint::Painter;
use super::super::terminal::Key;
use super::super::theme::Role;
use crate::book::{Edit, EntryKey, Proposal, Value, Way};
use crate::catalogue::{Looking, QUESTIONS, STATUS};
use crate::wording::message;

/// Where what is typed begins.
const TYPED: u16 = 10;

/// A question being noted.
pub struct Question {
    looking: Looking,
    /// Whose draft it is: each question has one of its own, so that no two are ever mixed.
    sheet: Sheet,
    /// Whether it goes on with one that was not saved.
    restored: bool,
    clause: Editor,
    words: Editor,
    /// The clause is typed, not the words.
    on_clause: bool,
    place: Option<Position>,
}

impl Question {
    /// A question about what is on screen; its clause is guessed.
    pub fn new(mut looking: Looking, cx: &Cx) -> Self {
        let clause = Editor::new(&cx.reading().clause_of(&looking), false);
        let words = Editor::new(&given(&looking, cx), false);
        as_of(&mut looking, cx);
        let moment = cx.now.timestamp_micros().to_string();
        let sheet = Sheet { register: QUESTIONS.to_owned(), others: vec![moment], ..Sheet::default() };
        Self { looking, sheet, restored: false, clause, words, on_clause: false, place: None }
    }

    /// Goes on with one that was not saved, with what was on screen then; none where the draft is not of one that
    /// was asked here.
    pub fn restore(sheet: &Sheet, cx: &Cx) -> Option<Self> {
        if sheet.register != QUESTIONS || sheet.entry.is_some() || sheet.others.is_empty() {
            return None;
        }
        let draft = cx.desk.drafts.find(sheet)?;
        let typed = |id: &str| draft.fields.iter().find(|field| field.id == id).map(|field| &field.typed);
        let words = |id: &str| typed(id).and_then(|typed| typed.as_str()).unwrap_or_default().to_owned();
        let shown = typed("shown").and_then(|typed| serde_json::from_value::<Value>(typed.clone()).ok());
        let live = |key: &EntryKey| cx.session.book().entry(*key).is_some();
        let entries = match shown {
            Some(Value::Links(keys)) => keys.into_iter().filter(live).collect(),
            _ => Vec::new(),
        };
        let (list, filter, note) = (words("list"), words("filter"), words("note"));
        let looking = Looking { entries, list, filter, note, ..Looking::default() };
        let (clause, words) = (Editor::new(&words("clause"), false), Editor::new(&words("title"), false));
        let sheet = sheet.clone();
        Some(Self { looking, sheet, restored: true, clause, words, on_clause: false, place: None })
    }

    fn editor(&mut self) -> &mut Editor {
        if self.on_clause { &mut self.clause } else { &mut self.words }
    }

    fn edit(&self, cx: &Cx) -> Edit {
        // What was only given is kept without the colon that waited for more.
        let words = if self.is_typed(cx) { self.words.text().trim() } else { self.looking.words.as_str() };
        let clause = self.clause.text().trim();
        let present = cx.session.present();
        let reading = present.reading(cx.lang());
        let time = reading.local(cx.now.timestamp()).format("%H:%M").to_string();
        reading.question((clause, words), &self.looking, (present.today(cx.now), &time))
    }

    fn is_typed(&self, cx: &Cx) -> bool {
        let words = self.words.text().trim();
        !words.is_empty() && words != given(&self.looking, cx).trim()
    }

    fn save(&self, cx: &mut Cx) -> Outcome {
        if self.words.text().trim().is_empty() {
            return Outcome::Say(Notice::said(message!("ask-something")));
        }
        let (now, edits) = (cx.now, vec![self.edit(cx)]);
        match cx.session.commit_now(Proposal { way: Way::Screen, why: None, edits }, now) {
            Ok(commit) => {
                cx.desk.drafts.forget(&self.sheet);
                Outcome::CloseSaying(Notice::saved(&commit, cx))
            }
            // What was typed stays; it can be saved again when the cause is gone.
            Err(error) => Outcome::Say(Notice::wrong(&error)),
        }
    }

    /// What is taken along, in words.
    fn taken(&self, cx: &Cx) -> String {
        let reading = cx.reading();
        let entry = self.looking.entries.first().map(|key| {
            let more = match self.looking.entries.len() {
                0 | 1 => String::new(),
                count => format!(" {}", cx.render(&message!("and-more-entries", count = count - 1))),
            };
            format!("{} {}{more}", reading.book.serial(*key), reading.title(*key))
        });
        let list = reading.listing(&self.looking.list).ok().map(|listing| reading.name(&listing).to_owned());
        let filter = Some(self.looking.filter.clone()).filter(|filter| !filter.is_empty());
        let parts = [entry, list, filter].into_iter().flatten().collect::<Vec<_>>();
        if parts.is_empty() { cx.say("question-alone") } else { parts.join("  ") }
    }
}

impl Layer for Question {
    fn scope(&self) -> Scope {
        Scope::Line
    }

    fn act(&mut self, action: Action, _count: Option<usize>, cx: &mut Cx) -> Outcome {
        match action {
            Action::Open | Action::Save => self.save(cx),
            Action::Complete | Action::Earlier | Action::Later => {
                self.on_clause = !self.on_clause;
                Outcome::Stay
            }
            Action::Back if self.is_typed(cx) => {
                self.keep_draft(cx);
                Outcome::CloseSaying(Notice::said(message!("draft-kept-many")))
            }
            Action::Back => {
                cx.desk.drafts.forget(&self.sheet);
                Outcome::Close
            }
            Action::Quit | Action::Redraw => Outcome::Pass,
            _ => Outcome::Stay,
        }
    }

    fn key(&mut self, key: Key, _cx: &mut Cx) -> Outcome {
        self.editor().key(key);
        Outcome::Stay
    }

    fn paste(&mut self, text: &str, _cx: &mut Cx) -> Outcome {
        self.editor().paste(text);
        Outcome::Stay
    }

    fn draw(&mut self, buffer: &mut Buffer, area: Rect, cx: &Cx) {
        let part = Rect { y: area.height.saturating_sub(6), height: 5, ..area };
        let mut painter = Painter::new(buffer, part);
        painter.clear();
        let style = |role| cx.desk.theme.style(role);
        let draft = if self.restored { "draft-restored" } else { "question-new" };
        let end = painter.put(1, 1, &cx.say(draft), style(Role::Title));
        painter.put(end + 2, 1, &self.taken(cx), style(Role::Dim));
        let room = part.width.saturating_sub(TYPED + 1);
        for (y, id, editor, typed) in [
            (2, "question-clause", &self.clause, self.on_clause),
            (3, "question-words", &self.words, !self.on_clause),
        ] {
            painter.put(1, y, &cx.say(id), style(Role::Dim));
            let place =
                painter.put_typed((TYPED, y), room, editor, style(Role::Text), (&[], style(Role::Text)));
            if typed {
                self.place = Some(place);
            } else {
                painter.put_right(part.width - 1, y, "Tab", style(Role::Dim));
            }
        }
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

    /// What was asked is not lost with the line: home goes on with it.
    fn keep_draft(&mut self, cx: &mut Cx) {
        let Edit::Add { fields, .. } = self.edit(cx) else { return };
        if !self.is_typed(cx) {
            return;
        }
        let field = |(id, value): (String, Value)| {
            let typed = match &value {
                Value::Text(text) => serde_json::Value::from(text.as_str()),
                Value::Date(date) => serde_json::Value::from(date.to_string()),
                value => serde_json::to_value(value).unwrap_or_default(),
            };
            DraftField { id, typed, over: serde_json::Value::Null }
        };
        let fields = fields.into_iter().filter(|(id, _)| id != STATUS).map(field).collect();
        cx.desk.drafts.keep(self.sheet.clone(), cx.now.timestamp(), fields);
    }
}

/// What is asked about a past is kept in the present: of which day it is stands in the note, with what is there no
/// longer.
fn as_of(looking: &mut Looking, cx: &Cx) {
    let Some(shown) = cx.session.past() else { return };
    let (reading, present) = (cx.reading(), cx.session.present());
    let day = message!("question-as-of", day = shown.of(reading.zone), seq = shown.seq);
    let gone = |key: &EntryKey| present.book().entry(*key).is_none();
    let name = |key: &EntryKey| format!("{} {}", reading.book.serial(*key), reading.title(*key));
    let left = looking.entries.iter().filter(|key| gone(key)).map(name);
    let before = Some(std::mem::take(&mut looking.note)).filter(|note| !note.is_empty());
    let lines: Vec<String> = std::iter::once(cx.render(&day)).chain(left).chain(before).collect();
    looking.entries.retain(|key| !gone(key));
    looking.note = lines.join("\n");
}

/// What stands in the line before anything is typed: words of what is looked at, and a colon after them.
fn given(looking: &Looking, cx: &Cx) -> String {
    let words = looking.words.clone();
    if words.is_empty() { words } else { cx.render(&message!("question-of", what = words)) }
}
