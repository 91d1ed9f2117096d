//! Finding anything: entries of every register, views, registers and commands, in one list, best first.

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};

use super::super::action::{Action, Scope};
use super::super::chooser::Chooser;
use super::super::layer::{Cx, Layer, Outcome};
use super::super::paint::{Painter, title};
use super::super::terminal::Key;
use super::super::theme::Role;
use super::table::Table;
use super::{detail, page, palette};
use crate::book::{Entry, EntryKey};
use crate::catalogue::Reading;
use crate::query::{self, Filter, Needle, QueryProblem};
use crate::wording::message;

/// At most this many hits are shown.
const MOST: usize = 500;
/// From this width on the preview stands beside the hits, else below them.
const WIDE: u16 = 120;

/// Finding anything.
pub struct Find {
    chooser: Chooser,
    /// The screen below, whose commands are found too.
    below: Scope,
    hits: Vec<Hit>,
    filter: Option<Filter>,
    problem: Option<QueryProblem>,
    preview: bool,
}

struct Hit {
    left: String,
    title: String,
    right: String,
    to: To,
}

#[derive(Clone)]
enum To {
    Entry(EntryKey),
    List(String),
    Command(Action),
}

impl Find {
    /// Nothing typed yet.
    pub fn new(below: Scope, cx: &Cx) -> Self {
        let chooser = Chooser::default();
        let mut find = Self { chooser, below, hits: Vec::new(), filter: None, problem: None, preview: false };
        find.look(cx);
        find
    }

    fn look(&mut self, cx: &Cx) {
        let text = self.chooser.editor.text().trim();
        let reading = cx.reading();
        let compiled =
            query::parse(text).and_then(|node| query::compile(&node, reading.definitions, None, cx.today()));
        match compiled {
            Err(problem) => self.problem = Some(problem),
            Ok(filter) => {
                let needle = Needle::new(text);
                self.hits = lists(&needle, cx);
                if !text.is_empty() {
                    let mut entries = entries(&filter, &needle, text, cx);
                    // An entry that carries the words in its name comes before lists, one that only mentions them after.
                    let named = entries.iter().take_while(|(rank, _)| *rank < 3).count();
                    let mentioning = entries.split_off(named);
                    let lists = std::mem::take(&mut self.hits);
                    let hit = |(_, key): &(u8, EntryKey)| entry_hit(*key, cx);
                    self.hits = entries.iter().map(hit).collect();
                    self.hits.extend(lists);
                    self.hits.extend(mentioning.iter().map(hit));
                    let commands = palette::commands(self.below, &needle, cx);
                    self.hits.extend(commands.into_iter().map(|action| command_hit(action, self.below, cx)));
                    self.hits.truncate(MOST);
                }
                (self.filter, self.problem) = (Some(filter), None);
            }
        }
        self.chooser.cursor = self.chooser.cursor.min(self.hits.len().saturating_sub(1));
    }

    fn here(&self) -> Option<&Hit> {
        self.hits.get(self.chooser.cursor)
    }

    fn draw_hit(&self, painter: &mut Painter, y: u16, hit: &Hit, cx: &Cx) {
        let style = |role| cx.desk.theme.style(role);
        painter.put_within(1, y, 12, &hit.left, style(Role::Dim));
        let begin = painter.put_right(painter.width() - 1, y, &hit.right, style(Role::Dim));
        let spans = |text: &str| self.filter.as_ref().map(|filter| filter.spans(text)).unwrap_or_default();
        let (named, mark) = (spans(&hit.title), style(Role::Match));
        let room = begin.saturating_sub(16);
        let end = painter.put_marked((14, y), room, &hit.title, style(Role::Text), (&named, mark));
        let To::Entry(key) = hit.to else { return };
        if !named.is_empty() || end + 8 >= begin {
            return;
        }
        // Where else the words stand.
        if let Some(words) = mention(key, spans, cx) {
            let room = begin.saturating_sub(end + 4);
            painter.put_marked((end + 2, y), room, &words, style(Role::Dim), (&spans(&words), mark));
        }
    }
}

/// Registers and views that are named by what is typed.
fn lists(needle: &Needle, cx: &Cx) -> Vec<Hit> {
    let reading = cx.reading();
    let named = reading.listings().into_iter().filter_map(|listing| {
        let title = reading.name(&listing).to_owned();
        if !needle.matches(&title) && !needle.matches(&listing.id) {
            return None;
        }
        let count = reading.entries(&listing, "", cx.today()).map_or(0, |keys| keys.len());
        let right = cx.render(&message!("rows", count = count));
        Some(Hit { left: cx.say("list"), title, right, to: To::List(listing.id) })
    });
    named.collect()
}

/// Entries that match, best first: by their serial, by their name, by anything they hold.
fn entries(filter: &Filter, needle: &Needle, text: &str, cx: &Cx) -> Vec<(u8, EntryKey)> {
    let reading = cx.reading();
    let prepared = filter.prepare(reading.book, reading.definitions, reading.words);
    let mut found = Vec::new();
    for register in reading.definitions.registers() {
        let mut keys = reading.book.entries(&register.id).to_vec();
        prepared.keep(&register.id, &mut keys);
        found.extend(keys.into_iter().map(|key| (rank(key, needle, text, &reading), key)));
    }
    found.sort_by_key(|(rank, _)| *rank);
    found.truncate(MOST);
    found
}

fn rank(key: EntryKey, needle: &Needle, text: &str, reading: &Reading) -> u8 {
    let (serial, title) = (reading.book.serial(key), reading.title(key));
    match () {
        () if serial.eq_ignore_ascii_case(text) => 0,
        () if needle.matches(serial) || title.contains(text) => 1,
        () if needle.matches(&title) => 2,
        () => 3,
    }
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

fn command_hit(action: Action, below: Scope, cx: &Cx) -> Hit {
    let title = cx.desk.wording().say_dynamic("action", action.id());
    let right = cx.desk.keymap.keys(below, action).join("  ");
    Hit { left: cx.say("commands"), title, right, to: To::Command(action) }
}

/// The words around the first place outside its name where an entry matches.
fn mention(key: EntryKey, spans: impl Fn(&str) -> Vec<std::ops::Range<usize>>, cx: &Cx) -> Option<String> {
    let reading = cx.reading();
    let entry = reading.book.entry(key)?;
    let fields = &reading.register(entry)?.fields;
    let (text, start) = fields.iter().find_map(|field| {
        let text = reading.field(field, entry).text.replace('\n', " ");
        let start = spans(&text).first()?.start;
        Some((text, start))
    })?;
    let before = text.get(..start).unwrap_or("");
    let kept: Vec<&str> = crate::text::graphemes(before).map(|(grapheme, _)| grapheme).collect();
    let skipped = kept.len().saturating_sub(4);
    let lead: String = kept.iter().skip(skipped).copied().collect();
    let dots = if skipped > 0 { "..." } else { "" };
    Some(format!("{dots}{lead}{}", text.get(start..).unwrap_or("")))
}

impl Layer for Find {
    fn scope(&self) -> Scope {
        Scope::Pick
    }

    fn refresh(&mut self, cx: &mut Cx) {
        self.look(cx);
    }

    fn act(&mut self, action: Action, _count: Option<usize>, cx: &mut Cx) -> Outcome {
        if self.chooser.moved(action, self.hits.len()) {
            return Outcome::Stay;
        }
        match action {
            Action::Open => match self.here().map(|hit| hit.to.clone()) {
                Some(To::Entry(key)) => Outcome::Push(Box::new(page::entry(key, cx))),
                Some(To::List(list)) => Outcome::Replace(Box::new(Table::open(&list, "", cx))),
                Some(To::Command(action)) => Outcome::Do(action),
                None => Outcome::Stay,
            },
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
            self.look(cx);
        }
        Outcome::Stay
    }

    fn paste(&mut self, text: &str, cx: &mut Cx) -> Outcome {
        self.chooser.paste(text);
        self.look(cx);
        Outcome::Stay
    }

    fn draw(&mut self, buffer: &mut Buffer, area: Rect, cx: &Cx) {
        let mut painter = Painter::new(buffer, area);
        let style = |role| cx.desk.theme.style(role);
        title(&mut painter, &cx.say("find"), &self.hits.len().to_string(), "", cx);
        let spans: Vec<_> = self.problem.iter().map(|problem| problem.span.clone()).collect();
        self.chooser.draw_line(&mut painter, ">", (&spans, style(Role::Wrong)), cx);
        let (mut end, mut width) = (area.height.saturating_sub(2), area.width);
        if self.preview {
            let pane = if area.width >= WIDE {
                width = area.width * 3 / 5;
                Rect { x: width + 2, y: 3, width: area.width - width - 3, height: end.saturating_sub(3) }
            } else {
                end = 3 + (end.saturating_sub(3)) / 3;
                Rect { x: 1, y: end + 1, width: area.width - 2, height: area.height.saturating_sub(end + 2) }
            };
            if let Some(Hit { to: To::Entry(key), .. }) = self.here() {
                detail::draw(&mut painter.part(pane), *key, cx);
            }
        }
        let mut left = painter.part(Rect { x: 0, y: 0, width, height: area.height });
        for (y, at) in self.chooser.window(&mut left, (self.hits.len(), end), cx) {
            let Some(hit) = self.hits.get(at) else { continue };
            self.draw_hit(&mut left, y, hit, cx);
            if at == self.chooser.cursor {
                left.restyle(0, y, width, style(Role::Cursor));
            }
        }
        if let Some(problem) = &self.problem {
            painter.put(1, area.height - 2, &cx.render(&problem.what), style(Role::Wrong));
        }
    }

    fn cursor(&self) -> Option<Position> {
        self.chooser.place()
    }

    fn hints(&self, _cx: &Cx) -> Vec<Action> {
        vec![Action::Open, Action::Pane, Action::Back]
    }
}
