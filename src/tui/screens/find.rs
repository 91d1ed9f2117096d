//! Finding anything: entries, what once stood in them, registers, views, clauses and commands, best first.

use std::collections::HashSet;

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};

use super::super::action::{Action, Scope};
use super::super::chooser::Chooser;
use super::super::layer::{Cx, Layer, Outcome};
use super::super::notice::Notice;
use super::super::terminal::Key;
use super::clause::ClausePage;
use super::table::Table;
use super::{find_view, page, page_round, palette};
use crate::book::{Entry, EntryKey};
use crate::catalogue::{Clause, Listing, LookUp, Looking, Rank, Was, clause, clause_said};
use crate::definition::clause_number;
use crate::query::QueryProblem;
use crate::wording::message;

/// At most this many hits are shown.
const MOST: usize = 500;

/// So many commits are read before a key is looked for again.
const STEP: usize = 1000;

/// Finding anything.
pub struct Find {
    pub(super) chooser: Chooser,
    /// The screen below, whose commands are found too.
    below: Scope,
    pub(super) hits: Vec<Hit>,
    pub(super) look: Option<LookUp>,
    pub(super) problem: Option<QueryProblem>,
    pub(super) preview: bool,
    /// What once stood in entries was not looked at yet.
    unread: bool,
    /// The look-up that was brought back, counted from the latest.
    recalled: Option<usize>,
}

/// Something found.
pub(super) struct Hit {
    pub left: String,
    pub title: String,
    pub right: String,
    pub to: To,
}

/// What is behind a hit.
#[derive(Clone)]
pub(super) enum To {
    Entry(EntryKey),
    /// What once stood in an entry: the field by its name, and the words.
    Past(EntryKey, String),
    List(String),
    /// The page of a clause.
    Clause(&'static Clause),
    Command(Action),
    /// Something that was looked for before.
    LookUp(String),
}

impl Find {
    /// Nothing typed yet.
    pub fn new(below: Scope, cx: &Cx) -> Self {
        let mut find = Self {
            chooser: Chooser::default(),
            below,
            hits: Vec::new(),
            look: None,
            problem: None,
            preview: false,
            unread: false,
            recalled: None,
        };
        find.look(cx);
        find
    }

    fn look(&mut self, cx: &Cx) {
        let text = self.chooser.editor.text().trim();
        let reading = cx.reading();
        if text.is_empty() {
            (self.look, self.problem, self.unread) = (None, None, false);
            self.hits = used(cx);
            self.hits.extend(reading.listings().iter().map(|listing| list_hit("list", listing, cx)));
        } else {
            match reading.look_up(text, cx.today()) {
                Err(problem) => self.problem = Some(problem),
                Ok(look) => {
                    self.hits = found(text, &look, self.below, cx);
                    (self.look, self.problem, self.unread) = (Some(look), None, true);
                }
            }
        }
        self.chooser.cursor = self.chooser.cursor.min(self.hits.len().saturating_sub(1));
    }

    /// Looks at what once stood in entries too.
    fn look_back(&mut self, cx: &Cx) -> bool {
        // One letter would find half of whatever was written.
        let Some(look) = self.look.as_ref().filter(|look| look.needle.words().len() > 1) else {
            return false;
        };
        let known = self.hits.iter().filter_map(|hit| match hit.to {
            To::Entry(key) => Some(key),
            _ => None,
        });
        let known: HashSet<EntryKey> = known.collect();
        let Some(past) = cx.session.past_texts() else { return false };
        let found = cx.reading().found_before(look, past, |key| known.contains(&key));
        let room = MOST.saturating_sub(self.hits.len());
        self.hits.extend(found.into_iter().take(room).map(|was| past_hit(&was, cx)));
        true
    }

    fn here(&self) -> Option<&Hit> {
        self.hits.get(self.chooser.cursor)
    }

    /// The entry under the cursor.
    pub(super) fn entry(&self) -> Option<EntryKey> {
        match self.here()?.to {
            To::Entry(key) | To::Past(key, _) => Some(key),
            _ => None,
        }
    }

    fn open(&mut self, cx: &mut Cx) -> Outcome {
        let Some(to) = self.here().map(|hit| hit.to.clone()) else { return Outcome::Stay };
        if !matches!(to, To::LookUp(_)) {
            cx.desk.habits.look_ups.remember(self.chooser.editor.text());
        }
        match to {
            To::Entry(key) => Outcome::Push(Box::new(page_round::entry(key, cx))),
            To::Past(key, _) => Outcome::Push(Box::new(page::history(key, cx))),
            To::List(list) => Outcome::Replace(Box::new(Table::open(&list, "", cx))),
            To::Clause(clause) => Outcome::Replace(Box::new(ClausePage::new(clause, cx))),
            To::Command(action) => Outcome::Do(action),
            To::LookUp(text) => {
                self.chooser.editor.set(&text);
                self.chooser.cursor = 0;
                self.look(cx);
                Outcome::Stay
            }
        }
    }

    /// Brings an earlier look-up back into the line, each time an older one.
    fn recall(&mut self, cx: &Cx) -> Outcome {
        let shown = cx.desk.habits.look_ups.shown();
        let at = self.recalled.map_or(0, |at| at + 1);
        let latest =
            shown.iter().filter(|(pinned, _)| !pinned).chain(shown.iter().filter(|(pinned, _)| *pinned));
        if let Some((_, text)) = latest.into_iter().nth(at) {
            self.recalled = Some(at);
            self.chooser.editor.set(text);
            self.look(cx);
        }
        Outcome::Stay
    }

    /// Pins what is typed, or the look-up under the cursor, or lets it go again.
    fn pin(&mut self, cx: &mut Cx) -> Outcome {
        let typed = self.chooser.editor.text().trim().to_owned();
        let text = match self.here().map(|hit| &hit.to) {
            Some(To::LookUp(text)) => text.clone(),
            _ => typed,
        };
        if text.is_empty() {
            return Outcome::Stay;
        }
        let pinned = cx.desk.habits.look_ups.pin(&text);
        Outcome::Say(Notice::said(if pinned {
            message!("look-up-pinned", text = text)
        } else {
            message!("look-up-unpinned", text = text)
        }))
    }
}

/// What was looked for before, pinned ones first.
fn used(cx: &Cx) -> Vec<Hit> {
    let hit = |(pinned, text): (bool, String)| {
        let left = cx.say(if pinned { "look-up-kept" } else { "look-up-used" });
        Hit { left, title: text.clone(), right: String::new(), to: To::LookUp(text) }
    };
    cx.desk.habits.look_ups.shown().into_iter().map(hit).collect()
}

/// Whatever is there now, best first: registers of a clause that is named, entries that carry the words in number
/// or name, lists with that name, entries that only mention them, commands.
fn found(text: &str, look: &LookUp, below: Scope, cx: &Cx) -> Vec<Hit> {
    let reading = cx.reading();
    let mut hits: Vec<Hit> = Vec::new();
    // A bare number is more often part of a serial than a clause.
    let page = clause_said(text).filter(|(standard, number)| standard.is_some() || number.contains('.'));
    hits.extend(page.and_then(|(_, number)| clause(&number)).map(|clause| clause_hit(clause, cx)));
    let clauses = reading.serving(text);
    let clauses = clauses.iter().filter(|_| text.contains('.') || text.contains([':', '：']));
    hits.extend(clauses.map(|listing| list_hit("clause", listing, cx)));
    let mut entries = reading.found(look);
    entries.truncate(MOST);
    let named = entries.iter().position(|(rank, _)| *rank == Rank::Field).unwrap_or(entries.len());
    let (named, mentioning) = entries.split_at_checked(named).unwrap_or((&entries, &[]));
    hits.extend(named.iter().map(|(_, key)| entry_hit(*key, cx)));
    let has =
        |listing: &Listing| look.needle.matches(reading.name(listing)) || look.needle.matches(&listing.id);
    let lists = reading.listings();
    hits.extend(lists.iter().filter(|listing| has(listing)).map(|listing| list_hit("list", listing, cx)));
    hits.extend(mentioning.iter().map(|(_, key)| entry_hit(*key, cx)));
    let commands = palette::commands(below, &look.needle, cx);
    hits.extend(commands.into_iter().map(|action| command_hit(action, below, cx)));
    hits.truncate(MOST);
    hits
}

/// The page of a clause.
pub(super) fn clause_hit(clause: &'static Clause, cx: &Cx) -> Hit {
    let (left, title) = (clause.number.clone(), clause.name.get(cx.lang()).to_owned());
    Hit { left, title, right: cx.say("evidence-clause"), to: To::Clause(clause) }
}

fn list_hit(what: &'static str, listing: &Listing, cx: &Cx) -> Hit {
    let reading = cx.reading();
    let count = cx.render(&message!("rows", count = reading.count(listing, cx.today())));
    let form = listing.register.form.number.as_deref().filter(|_| what == "clause").unwrap_or("");
    let indent = if what == "clause" && listing.id != listing.register.id { "  " } else { "" };
    let title = format!("{indent}{}", reading.name(listing));
    let right = format!("{form}  {count}").trim_start().to_owned();
    let left = match what {
        "clause" => clauses(listing),
        _ => cx.say("list"),
    };
    Hit { left, title, right, to: To::List(listing.id.clone()) }
}

/// The clauses of a list's form, each number once.
fn clauses(listing: &Listing) -> String {
    let mut numbers: Vec<&str> = Vec::new();
    for clause in &listing.register.form.clauses {
        let number = clause_number(clause);
        numbers.extend((!numbers.contains(&number)).then_some(number));
    }
    numbers.join(" ")
}

fn entry_hit(key: EntryKey, cx: &Cx) -> Hit {
    let reading = cx.reading();
    let entry = reading.book.entry(key);
    let name = entry.and_then(|entry| reading.register(entry)).map_or("", |r| r.name.get(cx.lang()));
    let level = |entry: &Entry| {
        let level = reading.level_text(reading.evaluation(entry)?);
        Some(format!("  {} {level}", reading.sign(entry).mark()))
    };
    let level = entry.and_then(level).unwrap_or_default();
    let (left, title) = (reading.book.serial(key).to_owned(), reading.title(key));
    Hit { left, title, right: format!("{name}{level}"), to: To::Entry(key) }
}

/// What once stood in an entry, until when.
fn past_hit(was: &Was, cx: &Cx) -> Hit {
    let reading = cx.reading();
    let title = reading.link(was.entry);
    let until = reading.local(was.at).format("%Y-%m-%d").to_string();
    let right = cx.render(&message!("until", day = until));
    let left = reading.book.serial(was.entry).to_owned();
    Hit { left, title, right, to: To::Past(was.entry, was.text.replace('\n', " ")) }
}

fn command_hit(action: Action, below: Scope, cx: &Cx) -> Hit {
    let title = cx.desk.wording().say_dynamic("action", action.id());
    let right = cx.desk.keymap.keys(below, action).join("  ");
    Hit { left: cx.say("commands"), title, right, to: To::Command(action) }
}

impl Layer for Find {
    fn scope(&self) -> Scope {
        Scope::Pick
    }

    fn refresh(&mut self, cx: &mut Cx) {
        self.look(cx);
    }

    fn act(&mut self, action: Action, _count: Option<usize>, cx: &mut Cx) -> Outcome {
        let empty = self.chooser.editor.text().is_empty() || self.recalled.is_some();
        if action == Action::Up && self.chooser.cursor == 0 && empty {
            return self.recall(cx);
        }
        if self.chooser.moved(action, self.hits.len()) {
            return Outcome::Stay;
        }
        match action {
            Action::Open => self.open(cx),
            Action::Pin => self.pin(cx),
            Action::Pane => {
                self.preview = !self.preview;
                Outcome::Stay
            }
            Action::Back => Outcome::Close,
            _ => Outcome::Pass,
        }
    }

    fn key(&mut self, key: Key, cx: &mut Cx) -> Outcome {
        if self.chooser.typed(key) {
            self.recalled = None;
            self.look(cx);
        }
        Outcome::Stay
    }

    fn paste(&mut self, text: &str, cx: &mut Cx) -> Outcome {
        self.chooser.paste(text);
        self.look(cx);
        Outcome::Stay
    }

    fn looking(&self, _cx: &Cx) -> Looking {
        self.entry().map(Looking::at).unwrap_or_default()
    }

    fn later(&mut self, cx: &mut Cx) -> bool {
        if !self.unread {
            return false;
        }
        // The journal is read in steps, between which keys are answered.
        let more = cx.session.read_past(STEP).unwrap_or(false);
        self.unread = more;
        more || self.look_back(cx)
    }

    fn draw(&mut self, buffer: &mut Buffer, area: Rect, cx: &Cx) {
        find_view::draw(self, buffer, area, cx);
    }

    fn cursor(&self) -> Option<Position> {
        self.chooser.place()
    }

    fn hints(&self, _cx: &Cx) -> Vec<Action> {
        let mut hints = vec![Action::Open, Action::Pane, Action::Pin];
        if self.entry().is_some() {
            hints.extend([Action::Why, Action::Question]);
        }
        hints.push(Action::Back);
        hints
    }
}
