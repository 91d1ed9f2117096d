//! A note in an audit: a digit says what it is, then its words, and the entries it rests on.

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
use super::pick;
use crate::audit::{AuditNote, Audited, audit_in_progress};
use crate::book::{EntryKey, Proposal, Way};
use crate::catalogue::Looking;
use crate::wording::message;

/// What a draft of a note is of, in place of a field; no field has such an id.
pub const SHEET: &str = "audit.note";

/// A note being taken.
pub struct Noting {
    audit: EntryKey,
    /// What its draft is of.
    sheet: Sheet,
    /// The numbers of the clauses it may be about, with what they are called, and which it is about.
    clauses: Vec<(String, String)>,
    clause: usize,
    /// The departments it may be about, none for all of them, and which it is about.
    departments: Vec<Option<EntryKey>>,
    department: usize,
    /// The codes of the kinds with what they are called, and which was chosen.
    kinds: Vec<(String, String)>,
    kind: Option<usize>,
    words: Editor,
    entries: Vec<EntryKey>,
    place: Option<Position>,
}

/// A note of what is on screen, in the audit whose page it is or that is in progress.
pub fn note(looking: Looking, cx: &Cx) -> Outcome {
    let reading = cx.reading();
    // The page of an audit, the audit under the cursor, or the one in progress.
    let here = || looking.entries.first().copied().filter(|key| Audited::read(&reading, *key).is_some());
    let audit = looking.audit.or_else(here).or_else(|| audit_in_progress(&reading, cx.today()));
    let Some(audit) = audit else {
        return Outcome::Say(Notice::said(message!("audit-none-now")));
    };
    let clause = reading.clause_of(&looking);
    let entries = looking.entries.into_iter().filter(|key| *key != audit).collect();
    let noting = Noting::new(audit, &clause, entries, cx);
    noting.map_or(Outcome::Stay, |noting| Outcome::Push(Box::new(noting)))
}

impl Noting {
    /// A note in an audit about a clause, with entries it rests on.
    pub fn new(audit: EntryKey, clause: &str, entries: Vec<EntryKey>, cx: &Cx) -> Option<Self> {
        let reading = cx.reading();
        let audited = Audited::read(&reading, audit)?;
        let named = |number: &str, short: String| {
            let name = crate::catalogue::clause(number).map_or("", |known| known.name.get(cx.lang()));
            (number.to_owned(), format!("{short} {name}").trim_end().to_owned())
        };
        let mut clauses: Vec<(String, String)> =
            audited.clauses.iter().map(|clause| named(&clause.number, clause.short())).collect();
        // What is on screen may be of a clause that nobody planned to audit.
        if !clause.is_empty() && !clauses.iter().any(|(number, _)| number == clause) {
            clauses.push(named(clause, clause.to_owned()));
        }
        let at = clauses.iter().position(|(number, _)| number == clause).unwrap_or(0);
        let departments = match audited.departments.as_slice() {
            [one] => vec![Some(*one)],
            all => std::iter::once(None).chain(all.iter().copied().map(Some)).collect(),
        };
        let kinds = audited.kinds().iter();
        let kinds = kinds.map(|choice| (choice.code.clone(), choice.label.get(cx.lang()).to_owned()));
        let entries = entries.into_iter().filter(|key| audited.may_rest_on(&reading, *key)).collect();
        let sheet = sheet(audit, cx);
        let mut noting = Self {
            audit,
            sheet,
            clauses,
            clause: at,
            departments,
            department: 0,
            kinds: kinds.collect(),
            kind: None,
            words: Editor::default(),
            entries,
            place: None,
        };
        noting.restore(cx);
        Some(noting)
    }

    /// The note that a draft is of.
    pub fn reopen(sheet: &Sheet, cx: &Cx) -> Option<Self> {
        let audit = sheet.entry.as_ref().filter(|_| sheet.field.as_deref() == Some(SHEET))?;
        Self::new(cx.session.book().key_of(audit)?, "", Vec::new(), cx)
    }

    /// Goes on with what was typed before the line dropped.
    fn restore(&mut self, cx: &Cx) {
        let word = |id: &str| cx.desk.drafts.words(&self.sheet, id).unwrap_or_default();
        let (text, kind, clause, entries) = (word("text"), word("kind"), word("clause"), word("entries"));
        if text.is_empty() {
            return;
        }
        self.words = Editor::new(&text, false);
        self.kind = self.kinds.iter().position(|(code, _)| *code == kind);
        self.clause = self.clauses.iter().position(|(number, _)| *number == clause).unwrap_or(self.clause);
        self.entries = entries.split_whitespace().filter_map(|id| cx.session.book().key_of(id)).collect();
    }

    fn keep(&self, cx: &Cx) {
        if crate::text::shows_nothing(self.words.text()) {
            return cx.desk.drafts.forget(&self.sheet);
        }
        let book = cx.session.book();
        let serials: Vec<&str> = self.entries.iter().map(|key| book.serial(*key)).collect();
        let kind = self.kind.and_then(|at| self.kinds.get(at)).map_or("", |(code, _)| code.as_str());
        let clause = self.clauses.get(self.clause).map_or("", |(number, _)| number.as_str());
        let fields = [("text", self.words.text()), ("kind", kind), ("clause", clause)]
            .map(|(id, text)| (id, text.to_owned()));
        let fields = fields.into_iter().chain([("entries", serials.join(" "))]);
        let fields = fields.map(|(id, text)| DraftField {
            id: id.to_owned(),
            typed: text.into(),
            over: serde_json::Value::Null,
        });
        cx.desk.drafts.keep(self.sheet.clone(), cx.now.timestamp(), fields.collect());
    }

    fn save(&self, cx: &mut Cx) -> Outcome {
        let text = self.words.text().trim();
        let Some((kind, _)) = self.kind.and_then(|at| self.kinds.get(at)) else { return Outcome::Stay };
        if crate::text::shows_nothing(text) {
            return Outcome::Say(Notice::said(message!("ask-something")));
        }
        let reading = cx.reading();
        let Some(audited) = Audited::read(&reading, self.audit) else { return Outcome::Close };
        let clause = self.clauses.get(self.clause).map(|(number, _)| number.clone()).unwrap_or_default();
        let note = AuditNote {
            row: 0,
            said: clause.clone(),
            clause,
            department: self.departments.get(self.department).copied().flatten(),
            kind: kind.clone(),
            text: text.to_owned(),
            entries: self.entries.clone(),
            became: None,
        };
        let (now, edits) = (cx.now, vec![audited.note(&reading, &note)]);
        match cx.session.commit(Proposal { way: Way::Screen, why: None, edits }, now) {
            Ok(commit) => {
                cx.desk.drafts.forget(&self.sheet);
                Outcome::CloseSaying(Notice::saved(&commit, cx))
            }
            // What was typed stays; it can be saved again when the cause is gone.
            Err(error) => Outcome::Say(Notice::wrong(&error)),
        }
    }

    /// The entries to pick from.
    fn pick(&self, cx: &Cx) -> Outcome {
        let reading = cx.reading();
        let Some(audited) = Audited::read(&reading, self.audit) else { return Outcome::Close };
        Outcome::Push(Box::new(pick::entries(audited.sources(), self.entries.clone(), true, cx)))
    }

    /// What it is about, in words.
    fn about(&self, cx: &Cx) -> String {
        let clause = self.clauses.get(self.clause).map(|(_, name)| name.clone());
        let department = self.departments.get(self.department).copied().flatten();
        let department = department.map(|key| cx.reading().link(key)).filter(|_| self.departments.len() > 1);
        let audit = Some(cx.session.book().serial(self.audit).to_owned());
        [audit, clause, department].into_iter().flatten().collect::<Vec<_>>().join("  ")
    }
}

/// What a draft of a note is of.
fn sheet(audit: EntryKey, cx: &Cx) -> Sheet {
    let book = cx.session.book();
    let register = book.entry(audit).map_or("", |entry| book.register_id(entry.register));
    Sheet {
        register: register.to_owned(),
        entry: Some(book.serial(audit).to_owned()),
        field: Some(SHEET.to_owned()),
        ..Sheet::default()
    }
}

fn turned(at: usize, on: bool, count: usize) -> usize {
    let count = count.max(1);
    if on { (at + 1) % count } else { (at + count - 1) % count }
}

impl Layer for Noting {
    fn scope(&self) -> Scope {
        Scope::Line
    }

    fn is_gone(&self, cx: &Cx) -> bool {
        cx.session.book().entry(self.audit).is_none()
    }

    fn act(&mut self, action: Action, _count: Option<usize>, cx: &mut Cx) -> Outcome {
        match (action, self.kind) {
            (Action::Open | Action::Save, Some(_)) => return self.save(cx),
            (Action::Complete, Some(_)) => return self.pick(cx),
            (Action::Complete, None) => {
                self.department = turned(self.department, true, self.departments.len());
            }
            (Action::Earlier | Action::Later, _) => {
                self.clause = turned(self.clause, action == Action::Later, self.clauses.len());
            }
            // The words stay for whichever kind is chosen then.
            (Action::Back, Some(_)) => (self.kind, self.place) = (None, None),
            (Action::Back, None) => {
                self.keep(cx);
                return Outcome::Close;
            }
            (Action::Quit | Action::Redraw | Action::Help, _) => return Outcome::Pass,
            _ => {}
        }
        Outcome::Stay
    }

    fn key(&mut self, key: Key, _cx: &mut Cx) -> Outcome {
        if self.kind.is_some() {
            self.words.key(key);
            return Outcome::Stay;
        }
        let digit = key.narrowed().typed().and_then(|c| c.to_digit(10));
        let at = digit.and_then(|digit| usize::try_from(digit).ok()?.checked_sub(1));
        self.kind = at.filter(|at| *at < self.kinds.len());
        Outcome::Stay
    }

    fn paste(&mut self, text: &str, _cx: &mut Cx) -> Outcome {
        if self.kind.is_some() {
            self.words.paste(text);
        }
        Outcome::Stay
    }

    fn answered(&mut self, answer: Answer, _cx: &mut Cx) -> Outcome {
        if let Answer::Entries(keys) = answer {
            self.entries = keys;
        }
        Outcome::Stay
    }

    fn draw(&mut self, buffer: &mut Buffer, area: Rect, cx: &Cx) {
        let part = Rect { y: area.height.saturating_sub(6), height: 5, ..area };
        let mut painter = Painter::new(buffer, part);
        painter.clear();
        let style = |role| cx.desk.theme.style(role);
        let end = painter.put(1, 1, &cx.say("audit-note-new"), style(Role::Title));
        painter.put(end + 2, 1, &self.about(cx), style(Role::Dim));
        let room = part.width.saturating_sub(4);
        let Some((_, kind)) = self.kind.and_then(|at| self.kinds.get(at)) else {
            let (mut x, mut y) = (3, 2);
            for ((_, name), number) in self.kinds.iter().zip(1..) {
                let kind = format!("{number} {name}");
                if usize::from(x) + crate::text::width(&kind) > usize::from(room) + 3 {
                    (x, y) = (3, y + 1);
                }
                x = painter.put(x, y, &kind, style(Role::Text)) + 3;
            }
            let how = if self.departments.len() > 1 { "audit-note-turn-both" } else { "audit-note-turn" };
            painter.put(3, 4, &cx.say(how), style(Role::Dim));
            return;
        };
        painter.put(1, 2, kind, style(Role::Accent));
        let entries = match Audited::named(&cx.reading(), &self.entries) {
            none if none.is_empty() => cx.say("audit-note-entries"),
            named => named,
        };
        painter.put_within(3, 4, room, &entries, style(Role::Dim));
        self.place =
            Some(painter.put_typed((3, 3), room, &self.words, style(Role::Text), (&[], style(Role::Text))));
    }

    fn keep_draft(&mut self, cx: &mut Cx) {
        self.keep(cx);
    }

    fn cursor(&self) -> Option<Position> {
        self.place
    }

    fn is_popup(&self) -> bool {
        true
    }

    fn hints(&self, _cx: &Cx) -> Vec<Action> {
        match self.kind {
            Some(_) => vec![Action::Open, Action::Complete, Action::Later, Action::Back],
            None => vec![Action::Later, Action::Back],
        }
    }

    fn hint(&self, action: Action) -> Option<&'static str> {
        match action {
            Action::Complete => Some("entries"),
            Action::Later => Some("other-clause"),
            _ => None,
        }
    }
}
