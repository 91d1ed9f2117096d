//! How an entry stands: a digit sets it; a question is then answered in the same breath.

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};

use super::super::action::{Action, Scope};
use super::super::edit::Editor;
use super::super::layer::{Cx, Layer, Outcome};
use super::super::notice::Notice;
use super::super::paint::Painter;
use super::super::terminal::Key;
use super::super::theme::Role;
use super::form::Form;
use crate::book::{EntryKey, Proposal, Value, Way};
use crate::catalogue::{QUESTIONS, STATUS};
use crate::definition::{Choice, Kind, Register};
use crate::wording::{Tell as _, message};

/// Setting how entries stand.
pub struct Settle {
    keys: Vec<EntryKey>,
    choices: Vec<Choice>,
    /// Whether an answer belongs to it.
    answers: bool,
    /// The code that was chosen, and the answer being typed.
    chosen: Option<(String, Editor)>,
    place: Option<Position>,
}

impl Settle {
    /// For entries of one register; none where its entries do not stand in any way.
    pub fn new(keys: Vec<EntryKey>, cx: &Cx) -> Option<Self> {
        let reading = cx.reading();
        let of = |key: &EntryKey| reading.book.entry(*key).and_then(|entry| reading.register(entry));
        let register: &Register = keys.first().and_then(of)?;
        let Kind::Choice(choices) = &register.field(STATUS)?.kind else { return None };
        let answers = register.id == QUESTIONS && keys.len() == 1;
        Some(Self { keys, choices: choices.clone(), answers, chosen: None, place: None })
    }

    fn choose(&mut self, at: usize, cx: &mut Cx) -> Outcome {
        let Some(code) = self.choices.get(at).map(|choice| choice.code.clone()) else { return Outcome::Stay };
        if !self.answers {
            return self.save(&code, "", cx);
        }
        let reading = cx.reading();
        let entry = self.keys.first().and_then(|key| reading.book.entry(*key));
        let answer = entry.map(|entry| reading.words_at(entry, "answer")).unwrap_or_default();
        self.chosen = Some((code, Editor::new(&answer, false)));
        Outcome::Stay
    }

    fn save(&self, code: &str, answer: &str, cx: &mut Cx) -> Outcome {
        let (now, today) = (cx.now, cx.today());
        let by = cx.session.shown_name().to_owned();
        let edits = cx.reading().settled(&self.keys, (code, answer), (today, &by));
        match cx.session.commit(Proposal { way: Way::Screen, why: None, edits }, now) {
            Ok(commit) => Outcome::Saved(Notice::saved(&commit, cx), self.keys.first().copied()),
            Err(error) => {
                let reading = cx.reading();
                let entry = self.keys.first().and_then(|key| reading.book.entry(*key));
                let register = entry.map(|entry| reading.book.register_id(entry.register));
                let said = Notice::refused(reading.with_names(error.message(), register));
                match self.fill(code, cx) {
                    Some(form) => Outcome::ReplaceSaying(Box::new(form), said),
                    None => Outcome::Say(said),
                }
            }
        }
    }

    /// Where fields are missing without which the choice may not be taken: the form with the choice taken, on the first.
    fn fill(&self, code: &str, cx: &Cx) -> Option<Form> {
        let [key] = self.keys.as_slice() else { return None };
        let reading = cx.reading();
        let entry = reading.book.entry(*key)?;
        let gates = reading.register(entry)?.features.gates.iter();
        let mut gates = gates.filter(|gate| gate.field == STATUS && gate.code == code);
        let missing = |id: &&String| reading.book.cell(entry, id).is_empty();
        let first = gates.find_map(|gate| gate.needs.iter().find(missing))?;
        let chosen = [(STATUS, Value::Choice(code.to_owned()))];
        Form::edit_towards(*key, &chosen, cx).map(|form| form.at(first))
    }
}

impl Layer for Settle {
    fn scope(&self) -> Scope {
        Scope::Line
    }

    fn act(&mut self, action: Action, _count: Option<usize>, cx: &mut Cx) -> Outcome {
        match (action, &self.chosen) {
            (Action::Open | Action::Save, Some((code, editor))) => {
                let (code, answer) = (code.clone(), editor.text().trim().to_owned());
                self.save(&code, &answer, cx)
            }
            (Action::Back, Some(_)) => {
                (self.chosen, self.place) = (None, None);
                Outcome::Stay
            }
            (Action::Back, None) => Outcome::Close,
            (Action::Quit | Action::Redraw, _) => Outcome::Pass,
            _ => Outcome::Stay,
        }
    }

    fn key(&mut self, key: Key, cx: &mut Cx) -> Outcome {
        if let Some((_, editor)) = &mut self.chosen {
            editor.key(key);
            return Outcome::Stay;
        }
        let digit = key.narrowed().typed().and_then(|c| c.to_digit(10));
        let at = digit.and_then(|digit| usize::try_from(digit).ok()?.checked_sub(1));
        at.map_or(Outcome::Stay, |at| self.choose(at, cx))
    }

    fn paste(&mut self, text: &str, _cx: &mut Cx) -> Outcome {
        if let Some((_, editor)) = &mut self.chosen {
            editor.paste(text);
        }
        Outcome::Stay
    }

    fn draw(&mut self, buffer: &mut Buffer, area: Rect, cx: &Cx) {
        let part = Rect { y: area.height.saturating_sub(5), height: 4, ..area };
        let mut painter = Painter::new(buffer, part);
        painter.clear();
        let style = |role| cx.desk.theme.style(role);
        let reading = cx.reading();
        let first = self.keys.first().copied().unwrap_or(EntryKey(0));
        let heading = match self.keys.len() {
            1 => format!("{} {}", reading.book.serial(first), reading.title(first)),
            count => cx.render(&message!("form-bulk", count = count)),
        };
        painter.put(1, 1, &heading, style(Role::Title));
        let Some((code, editor)) = &self.chosen else {
            let mut x = 3;
            for (choice, number) in self.choices.iter().zip(1..) {
                x = painter.put(
                    x,
                    2,
                    &format!("{number} {}", choice.label.get(cx.lang())),
                    style(Role::Text),
                ) + 3;
            }
            return;
        };
        let label = self.choices.iter().find(|choice| choice.code == *code).map(|choice| &choice.label);
        let label = label.map_or("", |label| label.get(cx.lang()));
        let end = painter.put(1, 2, label, style(Role::Accent)) + 2;
        painter.put(end, 2, &cx.say("settle-answer"), style(Role::Dim));
        let room = part.width.saturating_sub(4);
        self.place =
            Some(painter.put_typed((3, 3), room, editor, style(Role::Text), (&[], style(Role::Text))));
    }

    fn cursor(&self) -> Option<Position> {
        self.place
    }

    fn is_popup(&self) -> bool {
        true
    }

    fn hints(&self, _cx: &Cx) -> Vec<Action> {
        if self.chosen.is_some() { vec![Action::Open, Action::Back] } else { vec![Action::Back] }
    }
}
