//! A register or a view: rows, the reason of the one under the cursor, and a filter as one types.

use std::collections::BTreeSet;

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};

use super::super::action::{Action, Scope};
use super::super::edit::Editor;
use super::super::layer::{Answer, Cx, Layer, Outcome};
use super::super::notice::Notice;
use super::super::paint::{Painter, title};
use super::super::terminal::Key;
use super::super::theme::Role;
use super::ask::Ask;
use super::evaluate::Evaluate;
use super::form::Form;
use super::table_columns::{Placed, place_with};
use super::{detail, matrix, page, pick};
use crate::book::{Edit, EntryKey, Proposal, Value, Way};
use crate::catalogue::{Listing, Sign, VIEWS};
use crate::definition::{Column, Derived, SortBy};
use crate::query::{self, Filter, Node, QueryProblem};
use crate::wording::message;

/// From this width on the entry stands beside the table.
const WIDE: u16 = 120;

/// A table of entries.
pub struct Table {
    list: String,
    name: String,
    /// The filter it was opened with, to which Esc goes back.
    opened: String,
    /// The filter in force.
    filter: String,
    /// The filter being typed.
    typing: Option<Editor>,
    problem: Option<QueryProblem>,
    matcher: Option<Filter>,
    sort: Option<Vec<SortBy>>,
    /// The whole list in its order, and the commit at which it was read.
    all: (Vec<EntryKey>, Option<u64>),
    keys: Vec<EntryKey>,
    /// What the keys answer.
    answered: Option<Node>,
    view: View,
    marked: BTreeSet<EntryKey>,
    asked: Asked,
}

/// Where the eye is.
#[derive(Default)]
struct View {
    cursor: usize,
    top: usize,
    /// Columns that have left to the left.
    left: usize,
    /// The column under the column cursor, by its place in the list.
    column: usize,
    page: usize,
    width: u16,
    place: Option<Position>,
}

/// What the layer above was asked for.
enum Asked {
    Nothing,
    Delete,
    Sort,
    Bulk,
    SaveView,
}

impl Table {
    /// The list with this id, narrowed by a filter.
    pub fn open(list: &str, filter: &str, cx: &Cx) -> Self {
        let mut table = Self {
            list: list.to_owned(),
            name: String::new(),
            opened: filter.to_owned(),
            filter: filter.to_owned(),
            typing: None,
            problem: None,
            matcher: None,
            sort: None,
            all: (Vec::new(), None),
            keys: Vec::new(),
            answered: None,
            view: View { page: 10, ..View::default() },
            marked: BTreeSet::new(),
            asked: Asked::Nothing,
        };
        table.read(cx);
        table
    }

    fn listing<'a>(&self, cx: &'a Cx) -> Option<Listing<'a>> {
        let mut listing = cx.reading().listing(&self.list).ok()?;
        if let Some(sort) = &self.sort {
            listing.table.sort.clone_from(sort);
        }
        // What one came to look at is shown.
        if let Ok(node) = query::parse(&self.opened) {
            let named = |word: &str| listing.register.column(word);
            let columns = node.terms().into_iter().filter_map(|term| named(&term.path.first()?.word));
            let hidden: Vec<Column> = columns.filter(|column| !shows(&listing, *column)).collect();
            let at = listing.table.columns.len().min(3);
            listing.table.columns.splice(at..at, hidden);
        }
        Some(listing)
    }

    /// Looks at the book again; the cursor stays on its entry where that is still shown.
    fn read(&mut self, cx: &Cx) {
        let here = self.here();
        let Some(listing) = self.listing(cx) else { return };
        let reading = cx.reading();
        reading.name(&listing).clone_into(&mut self.name);
        let query = self.typing.as_ref().map_or(self.filter.as_str(), Editor::text).to_owned();
        if self.all.1 != Some(reading.book.seq()) {
            let all = reading.entries(&listing, "", cx.today()).unwrap_or_default();
            (self.all, self.answered) = ((all, Some(reading.book.seq())), None);
        }
        match query::parse(&query)
            .and_then(|node| Ok((reading.compiled(listing.register, &node, cx.today())?, node)))
        {
            Ok((matcher, node)) => {
                // What is typed on mostly narrows what is shown: then only that is looked at again.
                let narrows = self.answered.as_ref().is_some_and(|before| node.narrows(before));
                if !narrows {
                    self.keys.clone_from(&self.all.0);
                }
                if !query.trim().is_empty() {
                    let prepared = matcher.prepare(reading.book, reading.definitions, reading.words);
                    prepared.keep(&listing.register.id, &mut self.keys);
                }
                (self.matcher, self.answered, self.problem) = (Some(matcher), Some(node), None);
            }
            Err(problem) => self.problem = Some(problem),
        }
        self.marked.retain(|key| reading.book.entry(*key).is_some());
        if let Some(at) = here.and_then(|here| self.keys.iter().position(|key| *key == here)) {
            self.view.cursor = at;
        }
        self.view.cursor = self.view.cursor.min(self.keys.len().saturating_sub(1));
    }

    fn here(&self) -> Option<EntryKey> {
        self.keys.get(self.view.cursor).copied()
    }

    /// The marked rows, or the one under the cursor.
    fn chosen(&self) -> Vec<EntryKey> {
        if self.marked.is_empty() {
            self.here().into_iter().collect()
        } else {
            self.marked.iter().copied().collect()
        }
    }

    fn go(&mut self, to: usize) -> Outcome {
        self.view.cursor = to.min(self.keys.len().saturating_sub(1));
        Outcome::Stay
    }

    fn column(&self, cx: &Cx) -> Option<Column> {
        self.listing(cx)?.table.columns.get(self.view.column).copied()
    }

    fn moved(&mut self, action: Action, count: Option<usize>, cx: &Cx) -> Option<Outcome> {
        let (at, by) = (self.view.cursor, count.unwrap_or(1));
        Some(match action {
            Action::Up => self.go(at.saturating_sub(by)),
            Action::Down => self.go(at + by),
            Action::PageUp => self.go(at.saturating_sub(self.view.page * by)),
            Action::PageDown => self.go(at + self.view.page * by),
            Action::Top => self.go(count.map_or(0, |row| row.saturating_sub(1))),
            Action::Bottom => self.go(count.map_or(usize::MAX, |row| row.saturating_sub(1))),
            Action::Left => {
                self.view.column = self.view.column.saturating_sub(by);
                Outcome::Stay
            }
            Action::Right => {
                let columns = self.listing(cx).map_or(0, |listing| listing.table.columns.len());
                self.view.column = (self.view.column + by).min(columns.saturating_sub(1));
                Outcome::Stay
            }
            _ => return None,
        })
    }

    fn wanted(&mut self, action: Action, cx: &mut Cx) -> Outcome {
        let push = |layer: Option<Box<dyn Layer>>| layer.map_or(Outcome::Stay, Outcome::Push);
        let here = self.here();
        match action {
            Action::Open => push(here.map(|key| Box::new(page::entry(key, cx)) as Box<dyn Layer>)),
            Action::Edit if self.marked.is_empty() => {
                push(here.and_then(|key| Form::edit(key, cx)).map(|form| Box::new(form) as _))
            }
            Action::EditCell => {
                let column = self.column(cx);
                match (here, column) {
                    (Some(key), Some(Column::Field(index))) => {
                        push(Form::cell(key, index, cx).map(|form| Box::new(form) as _))
                    }
                    (Some(key), Some(Column::Derived(derived))) if derived.needs_evaluation() => {
                        push(Evaluate::entry(key, cx).map(|layer| Box::new(layer) as _))
                    }
                    _ => Outcome::Say(Notice::said(message!("cell-not-editable"))),
                }
            }
            Action::Add => {
                let register =
                    self.listing(cx).map(|listing| listing.register.id.clone()).unwrap_or_default();
                push(Form::add(&register, cx).map(|form| Box::new(form) as _))
            }
            Action::CopyAsNew => {
                push(here.and_then(|key| Form::copy(key, cx)).map(|form| Box::new(form) as _))
            }
            Action::Evaluate => match here.and_then(|key| Evaluate::entry(key, cx)) {
                Some(layer) => Outcome::Push(Box::new(layer)),
                None => Outcome::Say(Notice::said(message!("not-scored"))),
            },
            Action::Delete => {
                self.asked = Asked::Delete;
                let keys = self.chosen();
                if keys.is_empty() { Outcome::Stay } else { Outcome::Push(Box::new(Ask::delete(&keys, cx))) }
            }
            Action::History => push(here.map(|key| Box::new(page::history(key, cx)) as Box<dyn Layer>)),
            Action::Why => match here.and_then(|key| page::why(key, cx)) {
                Some(page) => Outcome::Push(Box::new(page)),
                None => Outcome::Say(Notice::said(message!("not-scored"))),
            },
            Action::Matrix
                if self.listing(cx).is_some_and(|listing| listing.register.evaluation().is_none()) =>
            {
                Outcome::Say(Notice::said(message!("not-scored")))
            }
            Action::Matrix => Outcome::Push(Box::new(matrix::page(&self.list, cx))),
            Action::Views => Outcome::Push(Box::new(pick::views(cx))),
            Action::Sort => {
                self.asked = Asked::Sort;
                push(self.listing(cx).map(|listing| Box::new(pick::columns(&listing, cx)) as _))
            }
            Action::Bulk | Action::Edit => {
                self.asked = Asked::Bulk;
                push(self.listing(cx).map(|listing| Box::new(pick::fields(&listing, cx)) as _))
            }
            Action::SaveView if self.filter.trim().is_empty() => {
                Outcome::Say(Notice::said(message!("view-needs-filter")))
            }
            Action::SaveView => {
                self.asked = Asked::SaveView;
                Outcome::Push(Box::new(Ask::text(message!("ask-view-name", query = self.filter.clone()))))
            }
            Action::Copy => match here {
                Some(key) => {
                    let line = page::as_line(key, cx);
                    super::super::notice::clipboard(&line);
                    Outcome::Say(Notice::said(message!("copied", what = line)))
                }
                None => Outcome::Stay,
            },
            _ => Outcome::Pass,
        }
    }

    fn marks(&mut self, action: Action) -> Option<Outcome> {
        match action {
            Action::Mark => {
                if let Some(key) = self.here()
                    && !self.marked.remove(&key)
                {
                    self.marked.insert(key);
                }
                Some(self.go(self.view.cursor + 1))
            }
            Action::MarkAll => {
                let all = self.keys.iter().all(|key| self.marked.contains(key));
                self.marked = if all { BTreeSet::new() } else { self.keys.iter().copied().collect() };
                Some(Outcome::Stay)
            }
            _ => None,
        }
    }

    fn typed(&mut self, action: Action, cx: &mut Cx) -> Outcome {
        let Some(editor) = &mut self.typing else { return Outcome::Pass };
        match action {
            Action::Open => {
                if let Some(problem) = &self.problem {
                    return Outcome::Say(Notice::refused(problem.what.clone()));
                }
                self.filter = editor.text().trim().to_owned();
                if !self.filter.is_empty() && cx.desk.filters.last() != Some(&self.filter) {
                    cx.desk.filters.push(self.filter.clone());
                }
                self.typing = None;
            }
            Action::Back => self.typing = None,
            Action::Earlier | Action::Later => {
                let at = cx.desk.filters.iter().position(|used| used == editor.text());
                let step = match (action, at) {
                    (Action::Earlier, None) => cx.desk.filters.len().checked_sub(1),
                    (Action::Earlier, Some(at)) => at.checked_sub(1),
                    (_, Some(at)) => Some(at + 1),
                    (_, None) => None,
                };
                if let Some(used) = step.and_then(|at| cx.desk.filters.get(at)) {
                    editor.set(used);
                }
            }
            Action::SaveView => {
                self.filter = editor.text().trim().to_owned();
                self.typing = None;
                self.read(cx);
                return self.wanted(Action::SaveView, cx);
            }
            Action::Complete => self.complete(cx),
            _ => return Outcome::Pass,
        }
        self.read(cx);
        Outcome::Stay
    }

    /// Completes the word before the cursor: a column, or a choice behind `column:`.
    fn complete(&mut self, cx: &Cx) {
        let Some(listing) = self.listing(cx) else { return };
        let Some(editor) = &mut self.typing else { return };
        let before = editor.text().get(..editor.cursor()).unwrap_or("");
        let begin = before.rfind([' ', '(', '|', '-']).map_or(0, |at| at + 1);
        let word: String = before.get(begin..).unwrap_or("").chars().map(crate::text::narrow).collect();
        let lang = cx.desk.lang;
        let completed = match word.split_once(':') {
            None => {
                let needle = query::Needle::new(&word);
                let names = listing.register.columns().map(|column| listing.register.column_name(column));
                let mut names = names.map(|name| name.get(lang).to_owned());
                names.find(|name| !word.is_empty() && needle.matches(name)).map(|name| format!("{name}:"))
            }
            Some((name, value)) => {
                let needle = query::Needle::new(value);
                let field = match listing.register.column(name) {
                    Some(Column::Field(index)) => listing.register.fields.get(index),
                    _ => None,
                };
                let labels = field
                    .map(|field| field.kind.choices())
                    .unwrap_or_default()
                    .iter()
                    .map(|choice| choice.label.get(lang));
                let mut labels = labels.filter(|label| *label != value);
                labels.find(|label| needle.matches(label)).map(|label| format!("{name}:{label}"))
            }
        };
        if let Some(completed) = completed {
            editor.replace(begin..editor.cursor(), &completed);
        }
    }

    fn commit(cx: &mut Cx, why: Option<String>, edits: Vec<Edit>) -> Outcome {
        let now = cx.now;
        match cx.session.commit(Proposal { way: Way::Screen, why, edits }, now) {
            Ok(commit) => Outcome::Say(Notice::saved(&commit, cx)),
            Err(error) => Outcome::Say(Notice::wrong(&error)),
        }
    }

    fn draw_rows(&self, painter: &mut Painter, placed: &[Placed], listing: &Listing, cx: &Cx) {
        let style = |role| cx.desk.theme.style(role);
        let reading = cx.reading();
        let room = usize::from(painter.width().saturating_sub(2));
        painter.put(1, 1, &crate::text::pad_end("", room), style(Role::Header));
        for column in placed {
            let name = listing.register.column_name(column.column);
            let words = name.get(cx.desk.lang);
            let mut look = style(Role::Header);
            if column.index == self.view.column {
                look = look.patch(style(Role::Title));
            }
            if right(listing, column.column) {
                let from = painter.width().min(column.x + column.width);
                painter.put_right(from, 1, &crate::text::cut(words, usize::from(column.width)), look);
            } else {
                painter.put_within(column.x, 1, column.width, words, look);
            }
        }
        for (line, key) in self.keys.iter().skip(self.view.top).take(self.view.page).enumerate() {
            let y = 2 + u16::try_from(line).unwrap_or(u16::MAX);
            let Some(entry) = reading.book.entry(*key) else { continue };
            let row_look = if self.marked.contains(key) { style(Role::Marked) } else { style(Role::Text) };
            if self.marked.contains(key) {
                painter.put(0, y, "*", style(Role::Accent));
            }
            for column in placed {
                let shown = reading.column(listing.register, entry, column.column);
                let level = matches!(column.column, Column::Derived(Derived::Level));
                let words = if level { format!("{} {}", shown.sign.mark(), shown.text) } else { shown.text };
                let look = if level && shown.sign == Sign::Listed { style(Role::Accent) } else { row_look };
                if shown.right {
                    // A number that is cut off reads like another number.
                    let fits = crate::text::width(&words) <= usize::from(column.width);
                    let words = if fits { words } else { "#".repeat(usize::from(column.width)) };
                    painter.put_right(column.x + column.width, y, &words, look);
                } else {
                    let spans =
                        self.matcher.as_ref().map(|matcher| matcher.spans(&words)).unwrap_or_default();
                    painter.put_marked(
                        (column.x, y),
                        column.width,
                        &words,
                        look,
                        (&spans, style(Role::Match)),
                    );
                }
            }
            if self.view.top + line == self.view.cursor {
                painter.restyle(0, y, painter.width(), style(Role::Cursor));
                let cell = placed.iter().find(|column| column.index == self.view.column);
                if let Some(cell) = cell.filter(|cell| cell.index > 0) {
                    painter.restyle(cell.x, y, cell.width, style(Role::Match));
                }
            }
        }
        if self.keys.is_empty() {
            let words = if self.all.0.is_empty() { "table-empty" } else { "table-nothing-matches" };
            painter.put(1, 3, &cx.say(words), style(Role::Dim));
        }
    }

    fn draw_filter(&mut self, painter: &mut Painter, cx: &Cx) {
        let y = painter.height().saturating_sub(2);
        let style = |role| cx.desk.theme.style(role);
        painter.part(Rect { x: 0, y, width: painter.width(), height: 1 }).clear();
        let Some(editor) = &self.typing else { return };
        let count = match self.problem {
            Some(_) => "--".to_owned(),
            None => cx.render(&message!("rows", count = self.keys.len())),
        };
        let right = painter.put_right(painter.width().saturating_sub(1), y, &count, style(Role::Dim));
        let spans: Vec<_> = self.problem.iter().map(|problem| problem.span.clone()).collect();
        let room = right.saturating_sub(3);
        let mark = (spans.as_slice(), style(Role::Wrong));
        self.view.place = Some(painter.put_typed((1, y), room, editor, style(Role::Text), mark));
        if let Some(problem) = &self.problem {
            painter.part(Rect { x: 0, y: y - 1, width: painter.width(), height: 1 }).clear();
            painter.put(1, y - 1, &cx.render(&problem.what), style(Role::Wrong));
        }
    }
}

/// Whether a list shows a column, be it by what follows from it.
fn shows(listing: &Listing, column: Column) -> bool {
    let columns = &listing.table.columns;
    match column {
        Column::Derived(Derived::Listed) => columns.contains(&Column::Derived(Derived::Level)),
        Column::Field(at) if listing.register.evaluation().is_some_and(|(field, _)| field == at) => {
            columns.contains(&Column::Derived(Derived::Level))
        }
        column => columns.contains(&column),
    }
}

fn right(listing: &Listing, column: Column) -> bool {
    match column {
        Column::Field(index) => matches!(
            listing.register.fields.get(index).map(|field| &field.kind),
            Some(crate::definition::Kind::Number { .. })
        ),
        Column::Derived(derived) => {
            matches!(derived, Derived::Score | Derived::ResidualScore | Derived::Open)
        }
    }
}

impl Layer for Table {
    fn scope(&self) -> Scope {
        if self.typing.is_some() { Scope::Line } else { Scope::Table }
    }

    fn refresh(&mut self, cx: &mut Cx) {
        self.read(cx);
    }

    fn go_to(&mut self, entry: EntryKey) {
        // What was marked has been done.
        self.marked.clear();
        if let Some(at) = self.keys.iter().position(|key| *key == entry) {
            self.view.cursor = at;
        }
    }

    fn is_gone(&self, cx: &Cx) -> bool {
        self.listing(cx).is_none()
    }

    fn act(&mut self, action: Action, count: Option<usize>, cx: &mut Cx) -> Outcome {
        if self.typing.is_some() {
            return self.typed(action, cx);
        }
        if let Some(outcome) = self.moved(action, count, cx).or_else(|| self.marks(action)) {
            return outcome;
        }
        match action {
            Action::Filter => {
                self.typing = Some(Editor::new(&self.filter, false));
                Outcome::Stay
            }
            Action::Back if !self.marked.is_empty() => {
                self.marked.clear();
                Outcome::Stay
            }
            Action::Back if self.filter != self.opened => {
                self.filter.clone_from(&self.opened);
                self.read(cx);
                Outcome::Stay
            }
            Action::Pane if self.view.width < WIDE => {
                Outcome::Say(Notice::said(message!("pane-needs-room", columns = u32::from(WIDE))))
            }
            Action::Pane => {
                cx.desk.pane = !cx.desk.pane;
                Outcome::Stay
            }
            action => self.wanted(action, cx),
        }
    }

    fn key(&mut self, key: Key, cx: &mut Cx) -> Outcome {
        if let Some(editor) = &mut self.typing
            && editor.key(key)
        {
            self.read(cx);
        }
        Outcome::Stay
    }

    fn paste(&mut self, text: &str, cx: &mut Cx) -> Outcome {
        if let Some(editor) = &mut self.typing {
            editor.paste(text);
            self.read(cx);
        }
        Outcome::Stay
    }

    fn answered(&mut self, answer: Answer, cx: &mut Cx) -> Outcome {
        let asked = std::mem::replace(&mut self.asked, Asked::Nothing);
        match (asked, answer) {
            (Asked::Delete, Answer::Text(why)) => {
                let edits = self.chosen().into_iter().map(|entry| Edit::Delete { entry }).collect();
                self.marked.clear();
                Self::commit(cx, Some(why), edits)
            }
            (Asked::Sort, Answer::Picked(at)) => {
                let column = self.listing(cx).and_then(|listing| pick::sortable(&listing).get(at).copied());
                if let Some(column) = column {
                    let before = self.listing(cx).map(|listing| listing.table.sort).unwrap_or_default();
                    let same =
                        self.sort.as_ref().and_then(|sort| sort.first()).filter(|by| by.column == column);
                    let scored = matches!(
                        column,
                        Column::Derived(
                            Derived::Score | Derived::Level | Derived::Changed | Derived::EvaluatedOn
                        )
                    );
                    let descending = same.map_or(scored, |by| !by.descending);
                    // What it was ordered by before orders those that are equal.
                    let rest = before.into_iter().filter(|by| by.column != column).take(2);
                    self.sort = Some(std::iter::once(SortBy { column, descending }).chain(rest).collect());
                    self.all.1 = None;
                    self.read(cx);
                }
                Outcome::Stay
            }
            (Asked::Bulk, Answer::Picked(at)) => {
                let keys = self.chosen();
                Form::bulk(&keys, at, cx).map_or(Outcome::Stay, |form| Outcome::Push(Box::new(form)))
            }
            (Asked::SaveView, Answer::Text(name)) => {
                let register =
                    self.listing(cx).map(|listing| listing.register.id.clone()).unwrap_or_default();
                let mut query = self.filter.clone();
                if let Some(listing) = self.listing(cx).filter(|listing| !listing.query.is_empty()) {
                    query = format!("({}) {query}", listing.query);
                }
                let words = |text: String| Value::Text(text);
                let fields = vec![
                    ("title".to_owned(), words(name)),
                    ("register".to_owned(), words(register)),
                    ("query".to_owned(), words(query)),
                ];
                Self::commit(cx, None, vec![Edit::Add { register: VIEWS.to_owned(), fields }])
            }
            _ => Outcome::Stay,
        }
    }

    fn draw(&mut self, buffer: &mut Buffer, area: Rect, cx: &Cx) {
        let mut painter = Painter::new(buffer, area);
        let Some(listing) = self.listing(cx) else { return };
        (self.view.place, self.view.width) = (None, area.width);
        self.view.page = usize::from(area.height.saturating_sub(5)).max(1);
        let (cursor, page) = (self.view.cursor, self.view.page);
        if cursor < self.view.top {
            self.view.top = cursor;
        } else if cursor >= self.view.top + page {
            self.view.top = cursor + 1 - page;
        }
        let count = if self.keys.len() == self.all.0.len() {
            cx.render(&message!("rows", count = self.all.0.len()))
        } else {
            cx.render(&message!("rows-of", count = self.keys.len(), total = self.all.0.len()))
        };
        let marked = if self.marked.is_empty() {
            String::new()
        } else {
            cx.render(&message!("marked", count = self.marked.len()))
        };
        let filter = if self.filter.is_empty() || self.typing.is_some() {
            String::new()
        } else {
            format!("/ {}", self.filter)
        };
        let middle = [count, marked, filter]
            .iter()
            .filter(|part| !part.is_empty())
            .cloned()
            .collect::<Vec<_>>()
            .join("   ");
        let sorted = listing.table.sort.first().map(|by| {
            let name = listing.register.column_name(by.column);
            cx.render(&if by.descending {
                message!("sorted-down", column = name)
            } else {
                message!("sorted-up", column = name)
            })
        });
        let mut right = sorted.unwrap_or_default();
        if let Some(today) = cx.session.settings().today {
            right = format!("{right}  {today}");
        }
        if cx.session.read_only().is_some() {
            right = format!("{right}  {}", cx.say("read-only"));
        }
        title(&mut painter, &self.name, &middle, &right, cx);
        let beside = cx.desk.pane && area.width >= WIDE;
        let room = if beside { area.width * 3 / 5 } else { area.width };
        let place = (self.view.left, self.view.column);
        let (left, placed) = place_with(listing.register, &listing.table.columns, room, place, cx.desk.lang);
        self.view.left = left;
        let mut rows = painter.part(Rect { x: 0, y: 0, width: room, height: area.height });
        self.draw_rows(&mut rows, &placed, &listing, cx);
        if let Some(key) = self.here() {
            if beside {
                let pane = Rect {
                    x: room + 2,
                    y: 1,
                    width: area.width - room - 3,
                    height: area.height.saturating_sub(5),
                };
                detail::draw(&mut painter.part(pane), key, cx);
            }
            let lines = detail::why(key, usize::from(area.width.saturating_sub(2)), cx);
            for (y, (role, line)) in (area.height - 3..).zip(lines) {
                painter.put(1, y, &line, cx.desk.theme.style(role));
            }
        }
        if self.typing.is_some() {
            self.draw_filter(&mut painter, cx);
        }
    }

    fn cursor(&self) -> Option<Position> {
        self.view.place
    }

    fn hints(&self, cx: &Cx) -> Vec<Action> {
        if self.typing.is_some() {
            return vec![Action::Complete, Action::Earlier, Action::SaveView, Action::Open, Action::Back];
        }
        if !self.marked.is_empty() {
            return vec![Action::Bulk, Action::Delete, Action::Mark, Action::MarkAll, Action::Back];
        }
        let scored = self.listing(cx).is_some_and(|listing| listing.register.evaluation().is_some());
        let mut hints = vec![Action::Open, Action::Edit, Action::Add];
        hints.extend(scored.then_some(Action::Evaluate));
        hints.extend([Action::Filter, Action::Sort, Action::Views, Action::History, Action::Undo]);
        hints.extend((self.view.width >= WIDE).then_some(Action::Pane));
        hints.push(Action::Back);
        hints
    }
}
