//! Any command by name: what the keys do, by words or pinyin.

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};

use super::super::action::{Action, Scope};
use super::super::chooser::Chooser;
use super::super::layer::{Cx, Layer, Outcome};
use super::super::notice::Notice;
use super::super::paint::{Painter, title};
use super::super::terminal::Key;
use super::super::theme::Role;
use super::clause::ClausePage;
use super::draw;
use super::plain::Plain;
use super::table::Table;
use crate::catalogue::{Clause, QUESTIONS, clause, clause_said};
use crate::query::Needle;

/// The commands that work on the screen below.
pub struct Palette {
    scope: Scope,
    chooser: Chooser,
    shown: Vec<Item>,
}

enum Item {
    Action(Action),
    /// A sample, as the words behind the command say.
    Draw(String),
    List(String, String),
    Clause(&'static Clause),
    /// The page of the closing meeting.
    Closing,
}

/// The name that the page of the closing meeting is found by in any language, beside its own.
const CLOSING: &str = "closing";

impl Palette {
    /// The commands of a scope.
    pub fn new(scope: Scope, cx: &Cx) -> Self {
        let mut palette = Self { scope, chooser: Chooser::default(), shown: Vec::new() };
        palette.narrow(cx);
        palette
    }

    fn narrow(&mut self, cx: &Cx) {
        if let Some(words) = drawn(self.chooser.editor.text(), cx) {
            self.shown = vec![Item::Draw(words)];
            return;
        }
        let needle = Needle::new(self.chooser.editor.text());
        let said = clause_said(self.chooser.editor.text());
        let clause = said.and_then(|(_, number)| clause(&number)).map(Item::Clause);
        let mut shown: Vec<Item> = clause.into_iter().collect();
        shown.extend(commands(self.scope, &needle, cx).into_iter().map(Item::Action));
        let reading = cx.reading();
        let there = reading.definitions.register(QUESTIONS).is_some();
        if there && (needle.matches(&cx.say("closing-meeting")) || needle.matches(CLOSING)) {
            shown.push(Item::Closing);
        }
        for listing in reading.listings() {
            let name = reading.name(&listing).to_owned();
            if needle.matches(&name) || needle.matches(&listing.id) {
                shown.push(Item::List(listing.id, name));
            }
        }
        self.shown = shown;
    }
}

/// The commands of a scope that are named by what is typed; moving is none.
pub fn commands(scope: Scope, needle: &Needle, cx: &Cx) -> Vec<Action> {
    let mut actions = cx.desk.keymap.actions(scope);
    actions.retain(|action| {
        !matches!(action, Action::Up | Action::Down | Action::Left | Action::Right)
            && (needle.matches(&cx.desk.wording().say_dynamic("action", action.id()))
                || needle.matches(action.id()))
    });
    actions
}

/// The words behind `draw`, by its id or by its short name in the language.
fn drawn(text: &str, cx: &Cx) -> Option<String> {
    let (command, words) = text.trim_start().split_once(char::is_whitespace)?;
    let name = cx.desk.wording().say_dynamic("hint", Action::Draw.id());
    let meant = [Action::Draw.id(), name.as_str()].iter().any(|name| command.eq_ignore_ascii_case(name));
    (meant && !words.trim().is_empty()).then(|| words.trim().to_owned())
}

impl Layer for Palette {
    fn scope(&self) -> Scope {
        Scope::Pick
    }

    fn act(&mut self, action: Action, _count: Option<usize>, cx: &mut Cx) -> Outcome {
        if self.chooser.moved(action, self.shown.len()) {
            return Outcome::Stay;
        }
        match action {
            Action::Open => match self.shown.get(self.chooser.cursor) {
                Some(Item::Action(action)) => Outcome::Do(*action),
                Some(Item::Draw(words)) => match draw::page(words, cx) {
                    Ok(page) => Outcome::Replace(Box::new(page)),
                    Err(error) => Outcome::Say(Notice::wrong(&error)),
                },
                Some(Item::Clause(clause)) => Outcome::Replace(Box::new(ClausePage::new(clause, cx))),
                Some(Item::List(id, _)) => Outcome::Replace(Box::new(Table::open(id, "", cx))),
                Some(Item::Closing) => {
                    Plain::closing(cx).map_or(Outcome::Stay, |page| Outcome::Replace(Box::new(page)))
                }
                None => Outcome::Stay,
            },
            Action::Back => Outcome::Close,
            _ => Outcome::Pass,
        }
    }

    fn key(&mut self, key: Key, cx: &mut Cx) -> Outcome {
        if self.chooser.typed(key) {
            self.narrow(cx);
        }
        Outcome::Stay
    }

    fn paste(&mut self, text: &str, cx: &mut Cx) -> Outcome {
        self.chooser.paste(text);
        self.narrow(cx);
        Outcome::Stay
    }

    fn draw(&mut self, buffer: &mut Buffer, area: Rect, cx: &Cx) {
        let mut painter = Painter::new(buffer, area);
        painter.clear();
        let style = |role| cx.desk.theme.style(role);
        title(&mut painter, &cx.say("commands"), "", "", cx);
        self.chooser.draw_line(&mut painter, ":", (&[], style(Role::Text)), cx);
        let rows = (self.shown.len(), area.height.saturating_sub(2));
        let (shown, scope) = (&self.shown, self.scope);
        self.chooser.draw_rows(&mut painter, rows, cx, |at| {
            Some(match shown.get(at)? {
                Item::Action(action) => {
                    let keys = cx.desk.keymap.keys(scope, *action).join("  ");
                    (cx.desk.wording().say_dynamic("action", action.id()), keys)
                }
                Item::Draw(words) => {
                    let keys = cx.desk.keymap.keys(scope, Action::Draw).join("  ");
                    let name = cx.desk.wording().say_dynamic("action", Action::Draw.id());
                    (format!("{name}  {words}"), keys)
                }
                Item::List(_, name) => (name.clone(), cx.say("list")),
                Item::Clause(clause) => {
                    let words = format!("{}  {}", clause.number, clause.name.get(cx.lang()));
                    (words, cx.say("evidence-clause"))
                }
                Item::Closing => (cx.say("closing-meeting"), String::new()),
            })
        });
    }

    fn cursor(&self) -> Option<Position> {
        self.chooser.place()
    }

    fn hints(&self, _cx: &Cx) -> Vec<Action> {
        vec![Action::Open, Action::Back]
    }
}
