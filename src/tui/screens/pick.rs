//! Picking from a list, which narrows while one types.

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};

use super::super::action::{Action, Scope};
use super::super::chooser::Chooser;
use super::super::layer::{Answer, Cx, Layer, Outcome};
use super::super::notice::Notice;
use super::super::paint::{Painter, title};
use super::super::terminal::{Code, Key};
use super::super::theme::Role;
use super::ask::Ask;
use super::form::Form;
use super::table::Table;
use crate::book::{Edit, EntryKey, Proposal, Way};
use crate::catalogue::{Listing, VIEWS};
use crate::definition::{Column, Kind};
use crate::query::Needle;
use crate::scoring::{Direct, Method};

/// One row to pick.
pub struct Item {
    /// The words at the left.
    pub left: String,
    /// The words after them.
    pub middle: String,
    /// The words at the right.
    pub right: String,
    /// What picking it means.
    pub then: Then,
}

/// What picking a row means.
#[derive(Clone)]
pub enum Then {
    /// The layer below is told this position.
    Position(usize),
    /// This list is opened.
    List(String),
    /// This entry is taken or left.
    Entry(EntryKey),
}

/// A list to pick from.
pub struct Pick {
    heading: String,
    items: Vec<Item>,
    chooser: Chooser,
    shown: Vec<usize>,
    /// Whether all that has something beside it is as short as the number of an entry.
    short: bool,
    /// Entries taken so far, where several may be.
    taken: Vec<EntryKey>,
    many: bool,
    /// Entries were taken or left by Space: then Enter takes no other besides.
    marked: bool,
    /// The registers whose entries are picked.
    registers: Vec<String>,
    /// Of views: the register that is looked at.
    here: Option<String>,
}

/// Every register and view; where one is looked at, that with its views first.
pub fn views(here: Option<&str>, cx: &Cx) -> Pick {
    let reading = cx.reading();
    let item = |listing: Listing| {
        let count = reading
            .entries(&listing, "", cx.today())
            .map_or_else(|_| String::new(), |keys| keys.len().to_string());
        let own = listing.id == listing.register.id;
        let left =
            if own { reading.name(&listing).to_owned() } else { format!("  {}", reading.name(&listing)) };
        let (middle, right) = (reading.query_words(listing.register, &listing.query), count);
        Item { left, middle, right, then: Then::List(listing.id) }
    };
    let mut listings = reading.listings();
    listings.sort_by_key(|listing| here != Some(listing.register.id.as_str()));
    let mut pick = Pick::new(cx.say("views"), listings.into_iter().map(item).collect());
    pick.here = here.map(str::to_owned);
    pick
}

/// The columns of a list.
pub fn columns(listing: &Listing, cx: &Cx) -> Pick {
    let name = |column: &Column| listing.register.column_name(*column).get(cx.lang()).to_owned();
    let items = sortable(listing).iter().enumerate().map(|(at, column)| plain(name(column), at)).collect();
    Pick::new(cx.say("sort-by"), items)
}

/// The columns that a list can be ordered by: those it shows, then all others.
pub fn sortable(listing: &Listing) -> Vec<Column> {
    let mut columns = listing.table.columns.clone();
    let others = listing.register.columns().filter(|column| !listing.table.columns.contains(column));
    columns.extend(others);
    columns
}

/// The fields that may be changed for several entries at once.
pub fn fields(listing: &Listing, cx: &Cx) -> Pick {
    let fields = listing.register.fields.iter().enumerate();
    let able = fields.filter(|(_, field)| !matches!(field.kind, Kind::Evaluation { .. } | Kind::Files));
    let items = able.map(|(at, field)| plain(field.name.get(cx.lang()).to_owned(), at)).collect();
    Pick::new(cx.say("bulk-field"), items)
}

/// The direct judgements of a method.
pub fn direct(method: &Method, cx: &Cx) -> Pick {
    let item = |(at, direct): (usize, &Direct)| Item {
        middle: direct.label.get(cx.lang()).to_owned(),
        ..plain(direct.code.clone(), at)
    };
    Pick::new(cx.say("direct-judgement"), method.direct.iter().enumerate().map(item).collect())
}

/// Names, one of which is meant.
pub fn names(heading: String, names: &[&str]) -> Pick {
    Pick::new(heading, names.iter().enumerate().map(|(at, name)| plain((*name).to_owned(), at)).collect())
}

/// Methods.
pub fn methods<'a>(methods: impl Iterator<Item = &'a Method>, cx: &Cx) -> Pick {
    let item = |(at, method): (usize, &Method)| Item {
        right: method.id.clone(),
        ..plain(method.name.get(cx.lang()).to_owned(), at)
    };
    Pick::new(cx.say("other-method"), methods.enumerate().map(item).collect())
}

/// Entries of registers, of which one or several may be taken.
pub fn entries(registers: &[String], taken: Vec<EntryKey>, many: bool, cx: &Cx) -> Pick {
    let items = entry_items(registers, cx);
    // On what is linked already: Enter at once changes nothing.
    let linked = |item: &Item| matches!(item.then, Then::Entry(key) if taken.contains(&key));
    let cursor = items.iter().position(linked).unwrap_or(0);
    let registers = registers.to_vec();
    Pick { chooser: Chooser::on(cursor), taken, many, registers, ..Pick::new(cx.say("link-to"), items) }
}

fn entry_items(registers: &[String], cx: &Cx) -> Vec<Item> {
    let reading = cx.reading();
    let mut items = Vec::new();
    for register in registers {
        let name = reading.definitions.register(register).map_or("", |register| register.name.get(cx.lang()));
        for key in reading.book.entries(register) {
            let (left, middle) = (reading.book.serial(*key).to_owned(), reading.title(*key));
            items.push(Item { left, middle, right: name.to_owned(), then: Then::Entry(*key) });
        }
    }
    items
}

fn plain(left: String, at: usize) -> Item {
    Item { left, middle: String::new(), right: String::new(), then: Then::Position(at) }
}

fn are_short(items: &[Item]) -> bool {
    let mut beside = items.iter().filter(|item| !item.middle.is_empty());
    beside.all(|item| crate::text::width(&item.left) < 8)
}

impl Pick {
    /// Rows under a heading.
    pub fn new(heading: String, items: Vec<Item>) -> Self {
        let (shown, short) = ((0..items.len()).collect(), are_short(&items));
        let chooser = Chooser::default();
        Self {
            heading,
            items,
            chooser,
            shown,
            short,
            taken: Vec::new(),
            many: false,
            marked: false,
            registers: Vec::new(),
            here: None,
        }
    }

    /// Types words ahead.
    pub fn paste_text(&mut self, text: &str) {
        self.chooser.paste(text);
        self.narrow();
    }

    fn narrow(&mut self) {
        self.short = are_short(&self.items);
        let needle = Needle::new(self.chooser.editor.text());
        // At the right stands the id of a method, and what belongs to many rows at once.
        let id = |item: &Item| matches!(item.then, Then::Position(_)) && needle.matches(&item.right);
        let fits = |item: &Item| needle.matches(&item.left) || needle.matches(&item.middle) || id(item);
        self.shown = (0..self.items.len()).filter(|at| self.items.get(*at).is_some_and(fits)).collect();
    }

    fn here(&self) -> Option<&Item> {
        self.items.get(*self.shown.get(self.chooser.cursor)?)
    }

    /// The saved view under the cursor, which can be deleted here.
    fn saved_view(&self, cx: &Cx) -> Option<EntryKey> {
        let Then::List(list) = &self.here()?.then else { return None };
        let book = cx.session.book();
        let key = book.key_of(list)?;
        (book.register_id(book.entry(key)?.register) == VIEWS).then_some(key)
    }

    fn open(&mut self, cx: &Cx) -> Outcome {
        let Some(item) = self.here() else {
            return if self.many {
                Outcome::Answer(Answer::Entries(self.taken.clone()))
            } else {
                Outcome::Stay
            };
        };
        match item.then.clone() {
            Then::Position(at) => Outcome::Answer(Answer::Picked(at)),
            Then::List(list) => Outcome::Replace(Box::new(Table::open(&list, "", cx))),
            Then::Entry(key) => {
                if self.many {
                    if !self.marked && !self.taken.contains(&key) {
                        self.taken.push(key);
                    }
                    Outcome::Answer(Answer::Entries(self.taken.clone()))
                } else {
                    Outcome::Answer(Answer::Entries(vec![key]))
                }
            }
        }
    }
}

impl Layer for Pick {
    fn scope(&self) -> Scope {
        Scope::Pick
    }

    fn refresh(&mut self, cx: &mut Cx) {
        if !self.registers.is_empty() {
            self.items = entry_items(&self.registers, cx);
            self.narrow();
        }
    }

    fn go_to(&mut self, entry: EntryKey) {
        // An entry that was made here is what one wants to link to.
        self.chooser.editor.set("");
        self.narrow();
        let is = |at: &usize| matches!(self.items.get(*at), Some(Item { then: Then::Entry(key), .. }) if *key == entry);
        self.chooser.cursor = self.shown.iter().position(is).unwrap_or(0);
    }

    fn act(&mut self, action: Action, _count: Option<usize>, cx: &mut Cx) -> Outcome {
        if self.chooser.moved(action, self.shown.len()) {
            return Outcome::Stay;
        }
        match action {
            Action::Open => self.open(cx),
            Action::Back => Outcome::Close,
            Action::Create => {
                let form = self.registers.first().and_then(|register| Form::add(register, cx));
                form.map_or(Outcome::Stay, |form| {
                    Outcome::Push(Box::new(form.with_title(self.chooser.editor.text(), cx)))
                })
            }
            _ => Outcome::Pass,
        }
    }

    fn answered(&mut self, answer: Answer, cx: &mut Cx) -> Outcome {
        let (Answer::Text(why), Some(entry)) = (answer, self.saved_view(cx)) else { return Outcome::Stay };
        let now = cx.now;
        let proposal = Proposal { way: Way::Screen, why: Some(why), edits: vec![Edit::Delete { entry }] };
        let done = cx.session.commit(proposal, now);
        self.items = views(self.here.as_deref(), cx).items;
        self.narrow();
        self.chooser.cursor = self.chooser.cursor.min(self.shown.len().saturating_sub(1));
        Outcome::Say(done.map_or_else(|error| Notice::wrong(&error), |commit| Notice::saved(&commit, cx)))
    }

    fn key(&mut self, key: Key, cx: &mut Cx) -> Outcome {
        if let (Code::Delete, Some(view)) = (key.code, self.saved_view(cx)) {
            return Outcome::Push(Box::new(Ask::delete(&[view], cx)));
        }
        let space = key.typed() == Some(' ') || key.typed() == Some('\u{3000}');
        if self.many
            && space
            && let Some(Item { then: Then::Entry(key), .. }) = self.here()
        {
            let key = *key;
            self.marked = true;
            match self.taken.iter().position(|taken| *taken == key) {
                Some(at) => {
                    self.taken.remove(at);
                }
                None => self.taken.push(key),
            }
            return Outcome::Stay;
        }
        if self.chooser.typed(key) {
            self.narrow();
        }
        Outcome::Stay
    }

    fn paste(&mut self, text: &str, _cx: &mut Cx) -> Outcome {
        self.paste_text(text);
        Outcome::Stay
    }

    fn draw(&mut self, buffer: &mut Buffer, area: Rect, cx: &Cx) {
        let mut painter = Painter::new(buffer, area);
        painter.clear();
        let style = |role| cx.desk.theme.style(role);
        let delete = self.saved_view(cx).map(|_| cx.say("views-delete")).unwrap_or_default();
        title(&mut painter, &self.heading, &self.shown.len().to_string(), &delete, cx);
        self.chooser.draw_line(&mut painter, ">", (&[], style(Role::Text)), cx);
        let needle = Needle::new(self.chooser.editor.text());
        let rows = (self.shown.len(), area.height.saturating_sub(2));
        for (y, line) in self.chooser.window(&mut painter, rows, cx) {
            let Some(item) = self.shown.get(line).and_then(|at| self.items.get(*at)) else { continue };
            let taken = matches!(item.then, Then::Entry(key) if self.taken.contains(&key));
            painter.put(1, y, if taken { "*" } else { " " }, style(Role::Accent));
            let spans = |text: &str| {
                needle.find(text).filter(|span| !span.is_empty()).into_iter().collect::<Vec<_>>()
            };
            let mark = style(Role::Match);
            let right = u16::try_from(crate::text::width(&item.right)).unwrap_or(0);
            // What has nothing in the middle may take the room of that.
            let half = painter.width() / 2;
            let whole = painter.width().saturating_sub(right + 6);
            let room = if item.middle.is_empty() { whole } else { half };
            let end =
                painter.put_marked((3, y), room, &item.left, style(Role::Text), (&spans(&item.left), mark));
            let begin = painter.put_right(painter.width() - 1, y, &item.right, style(Role::Dim));
            let at = if self.short { 12 } else { (end + 3).max(36) };
            painter.put_marked(
                (at, y),
                begin.saturating_sub(at + 2),
                &item.middle,
                style(Role::Text),
                (&spans(&item.middle), mark),
            );
            if line == self.chooser.cursor {
                painter.restyle(0, y, painter.width(), style(Role::Cursor));
            }
        }
    }

    fn cursor(&self) -> Option<Position> {
        self.chooser.place()
    }

    fn hints(&self, _cx: &Cx) -> Vec<Action> {
        if self.registers.is_empty() {
            return vec![Action::Open, Action::Back];
        }
        vec![Action::Open, Action::Create, Action::Back]
    }
}
