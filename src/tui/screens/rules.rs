//! The methods of evaluation: which edition is in force, on what it rests, and how many entries it judged.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use super::super::action::{Action, Scope};
use super::super::layer::{Answer, Cx, Layer, Outcome};
use super::super::notice::Notice;
use super::super::paint::{Painter, title};
use super::super::theme::Role;
use super::ask::Ask;
use super::rule::Rule;
use crate::scoring::Method;
use crate::wording::message;

/// Where the counts end, and where the approval begins.
const COUNTS: [u16; 3] = [40, 47, 54];
const APPROVED: u16 = 57;

/// The methods in force.
pub struct Rules {
    rows: Vec<Row>,
    cursor: usize,
    top: usize,
}

struct Row {
    id: String,
    name: String,
    /// Its edition, how many entries it judged, and how many of them by an older edition.
    counts: [usize; 3],
    approved: String,
    /// The document it rests on, and why it was changed.
    basis: String,
    why: String,
}

impl Rules {
    /// The methods as they are now.
    pub fn new(cx: &Cx) -> Self {
        let mut rules = Self { rows: Vec::new(), cursor: 0, top: 0 };
        rules.read(cx);
        rules
    }

    fn read(&mut self, cx: &Cx) {
        let reading = cx.reading();
        let judged = reading.judgements();
        let row = |method: &Method| {
            let (used, outdated) = judged.get(method.id.as_str()).copied().unwrap_or_default();
            let approved = method.approved.as_ref().map(|(by, on)| format!("{on} {by}"));
            Row {
                id: method.id.clone(),
                name: method.name.get(cx.lang()).to_owned(),
                counts: [usize::try_from(method.edition).unwrap_or(0), used, outdated],
                approved: approved.unwrap_or_default(),
                basis: method.basis.get(cx.lang()).to_owned(),
                why: method.why.clone().unwrap_or_default(),
            }
        };
        self.rows = reading.definitions.methods().newest().map(row).collect();
        // Those with something left behind come first, then those that judge most.
        self.rows
            .sort_by_key(|Row { counts: [_, used, outdated], .. }| std::cmp::Reverse((*outdated, *used)));
        self.go(self.cursor);
    }

    fn go(&mut self, to: usize) -> Outcome {
        self.cursor = to.min(self.rows.len().saturating_sub(1));
        Outcome::Stay
    }
}

/// Tries the file a person named: what it would say, or what is wrong with it.
pub fn tried(path: &str, cx: &Cx) -> Outcome {
    match cx.session.new_rule(path) {
        Ok(rule) => Outcome::Push(Box::new(Rule::trial(rule, cx))),
        Err(error) => Outcome::Say(Notice::wrong(&error)),
    }
}

/// Asks for the file of a new edition.
pub fn ask_file() -> Outcome {
    Outcome::Push(Box::new(Ask::text(message!("rule-ask-file"))))
}

impl Layer for Rules {
    fn scope(&self) -> Scope {
        Scope::Rules
    }

    fn refresh(&mut self, cx: &mut Cx) {
        self.read(cx);
    }

    fn act(&mut self, action: Action, count: Option<usize>, cx: &mut Cx) -> Outcome {
        let by = count.unwrap_or(1);
        match action {
            Action::Up => self.go(self.cursor.saturating_sub(by)),
            Action::Down => self.go(self.cursor + by),
            Action::Top | Action::PageUp => self.go(0),
            Action::Bottom | Action::PageDown => self.go(usize::MAX),
            Action::Open => match self.rows.get(self.cursor) {
                Some(row) => Outcome::Push(Box::new(Rule::in_force(&row.id, cx))),
                None => Outcome::Stay,
            },
            Action::TryRule => ask_file(),
            Action::Adopt | Action::Carry | Action::Methods => Outcome::Stay,
            _ => Outcome::Pass,
        }
    }

    fn answered(&mut self, answer: Answer, cx: &mut Cx) -> Outcome {
        match answer {
            Answer::Text(path) => tried(&path, cx),
            _ => Outcome::Stay,
        }
    }

    fn draw(&mut self, buffer: &mut Buffer, area: Rect, cx: &Cx) {
        let mut painter = Painter::new(buffer, area);
        let style = |role| cx.desk.theme.style(role);
        let count = cx.render(&message!("rules-count", count = self.rows.len()));
        title(&mut painter, &cx.say("rules"), &count, "", cx);
        let width = painter.width();
        painter.put(1, 2, &" ".repeat(usize::from(width.saturating_sub(2))), style(Role::Header));
        painter.put(1, 2, &cx.say("rules-method"), style(Role::Header));
        for (right, id) in COUNTS.into_iter().zip(["rules-edition", "rules-used", "rules-outdated"]) {
            painter.put_right(right, 2, &cx.say(id), style(Role::Header));
        }
        painter.put(APPROVED, 2, &cx.say("rules-approved"), style(Role::Header));
        let end = painter.height().saturating_sub(3);
        let page = usize::from(end.saturating_sub(3)).max(1);
        self.top = self.top.min(self.cursor).max((self.cursor + 1).saturating_sub(page));
        for (y, (index, row)) in (3..end).zip(self.rows.iter().enumerate().skip(self.top)) {
            let [_, _, outdated] = row.counts;
            painter.put_within(1, y, 33, &row.name, style(Role::Text));
            for (at, (right, count)) in COUNTS.into_iter().zip(row.counts).enumerate() {
                let wants = at == 2 && outdated > 0;
                let look = style(if wants { Role::Accent } else { Role::Text });
                painter.put_right(right, y, &count.to_string(), look);
            }
            painter.put(APPROVED, y, &row.approved, style(Role::Dim));
            if index == self.cursor {
                painter.restyle(0, y, width, style(Role::Cursor));
            }
        }
        if let Some(row) = self.rows.get(self.cursor) {
            let basis = format!("{}  {}", cx.say("basis"), row.basis);
            painter.put(1, end, &basis, style(Role::Text));
            let key = cx.desk.keymap.keys(Scope::Rules, Action::TryRule).first().cloned().unwrap_or_default();
            let how = || cx.render(&message!("rules-how", id = row.id.clone(), key = key));
            let second = if row.why.is_empty() { how() } else { row.why.clone() };
            painter.put(1, end + 1, &second, style(Role::Dim));
        }
    }

    fn hints(&self, _cx: &Cx) -> Vec<Action> {
        vec![Action::Open, Action::TryRule, Action::Back]
    }
}
