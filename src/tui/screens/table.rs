//! A register or a view: rows, the reason of the one under the cursor, and a filter as one types.

use std::collections::BTreeSet;

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};

use super::super::action::{Action, Scope};
use super::super::layer::{Answer, Cx, Layer, Outcome};
use super::super::notice::Notice;
use super::super::terminal::Key;
use super::ask::Ask;
use super::evaluate::Evaluate;
use super::form::Form;
use super::review_start::{From, ReviewStart};
use super::table_columns::offer;
use super::table_filter::Filtering;
use super::table_view::{self, View};
use super::{looking, matrix, page, page_round, pick, start_drill};
use crate::book::{Commit, Edit, EntryKey, Proposal, Value, Way};
use crate::catalogue::{Listing, Looking, STATUS, VIEWS};
use crate::definition::{Column, Derived, SortBy};
use crate::review::REVIEWS;
use crate::wording::message;

/// From this width on the entry stands beside the table.
pub(super) const WIDE: u16 = 120;

/// A table of entries.
pub struct Table {
    list: String,
    pub(super) name: String,
    pub(super) filtering: Filtering,
    sort: Option<Vec<SortBy>>,
    /// The whole list in its order, and the commit and the day at which it was read.
    pub(super) all: (Vec<EntryKey>, Option<(u64, chrono::NaiveDate)>),
    pub(super) keys: Vec<EntryKey>,
    pub(super) view: View,
    pub(super) marked: BTreeSet<EntryKey>,
    asked: Asked,
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
            filtering: Filtering::with(filter),
            sort: None,
            all: (Vec::new(), None),
            keys: Vec::new(),
            view: View { page: 10, ..View::default() },
            marked: BTreeSet::new(),
            asked: Asked::Nothing,
        };
        table.read(cx);
        table
    }

    pub(super) fn listing<'a>(&self, cx: &'a Cx) -> Option<Listing<'a>> {
        let mut listing = cx.reading().listing(&self.list).ok()?;
        if let Some(sort) = &self.sort {
            listing.table.sort.clone_from(sort);
        }
        offer(&mut listing, &self.filtering.opened);
        Some(listing)
    }

    /// Looks at the book again; the cursor stays on its entry where that is still shown.
    fn read(&mut self, cx: &Cx) {
        let here = self.here();
        let Some(listing) = self.listing(cx) else { return };
        let reading = cx.reading();
        reading.name(&listing).clone_into(&mut self.name);
        let at = Some((reading.book.seq(), cx.today()));
        if self.all.1 != at {
            let all = reading.entries(&listing, "", cx.today()).unwrap_or_default();
            self.all = (all, at);
            self.filtering.forget();
        }
        self.filtering.narrow((&self.all.0, &mut self.keys), &listing, (&reading, cx.today()));
        self.marked.retain(|key| reading.book.entry(*key).is_some());
        if let Some(at) = here.and_then(|here| self.keys.iter().position(|key| *key == here)) {
            self.view.cursor = at;
        }
        self.view.cursor = self.view.cursor.min(self.keys.len().saturating_sub(1));
    }

    /// Another layer over this one: to look, to change, to be asked.
    fn wanted(&mut self, action: Action, cx: &mut Cx) -> Outcome {
        let here = self.here();
        let not_scored = || Outcome::Say(Notice::said(message!("not-scored")));
        match action {
            Action::Open => push(here.map(|key| page_round::entry(key, cx))),
            Action::Edit if self.seen_marks().next().is_none() => {
                push(here.and_then(|key| Form::edit(key, cx)))
            }
            Action::EditCell => self.edit_cell(cx),
            Action::Add => {
                let listing = self.listing(cx);
                push(listing.and_then(|listing| Form::add(&listing.register.id, cx)))
            }
            Action::CopyAsNew => push(here.and_then(|key| Form::copy(key, cx))),
            Action::Evaluate => here.and_then(|key| Evaluate::entry(key, cx)).map_or_else(not_scored, pushed),
            Action::History => push(here.map(|key| page::history(key, cx))),
            Action::Review => self.review(cx),
            // Of marked rows still the one under the cursor is meant.
            Action::Why | Action::Copy => looking::act(action, here.map(Looking::at).unwrap_or_default(), cx),
            Action::Matrix => {
                let scored = self.listing(cx).is_some_and(|listing| listing.register.evaluation().is_some());
                if scored { pushed(matrix::Matrix::new(&self.list, cx)) } else { not_scored() }
            }
            Action::Clock => start_drill::clock(here, cx),
            Action::Views => {
                let listing = self.listing(cx);
                pushed(pick::views(listing.as_ref().map(|listing| listing.register.id.as_str()), cx))
            }
            action => self.ask(action, cx),
        }
    }

    /// A round over these rows, or the one under the cursor where these are rounds.
    fn review(&self, cx: &Cx) -> Outcome {
        let Some(listing) = self.listing(cx) else { return Outcome::Stay };
        if listing.register.id == REVIEWS {
            return page_round::review(self.here(), cx);
        }
        if listing.register.evaluation().is_none() {
            return Outcome::Say(Notice::said(message!("not-scored")));
        }
        let marked = if self.marked.is_empty() { Vec::new() } else { self.chosen() };
        let (list, filter) = (self.list.clone(), self.filtering.kept.clone());
        pushed(ReviewStart::new(From { list, filter, marked }, cx))
    }

    /// A question first, whose answer comes to [`Layer::answered`].
    fn ask(&mut self, action: Action, cx: &Cx) -> Outcome {
        match action {
            Action::Delete => {
                self.asked = Asked::Delete;
                let keys = self.chosen();
                if keys.is_empty() { Outcome::Stay } else { pushed(Ask::delete(&keys, cx)) }
            }
            Action::Sort => {
                self.asked = Asked::Sort;
                push(self.listing(cx).map(|listing| pick::columns(&listing, cx)))
            }
            Action::Bulk | Action::Edit => {
                self.asked = Asked::Bulk;
                push(self.listing(cx).map(|listing| pick::fields(&listing, cx)))
            }
            Action::SaveView if self.filtering.kept.trim().is_empty() => {
                Outcome::Say(Notice::said(message!("view-needs-filter")))
            }
            Action::SaveView => {
                self.asked = Asked::SaveView;
                let query = self.filtering.kept.clone();
                pushed(Ask::text(message!("ask-view-name", query = query)))
            }
            _ => Outcome::Pass,
        }
    }

    /// The one cell under the column cursor; a column that follows from the evaluation is evaluated.
    fn edit_cell(&self, cx: &Cx) -> Outcome {
        let column =
            self.listing(cx).and_then(|listing| listing.table.columns.get(self.view.column).copied());
        match (self.here(), column) {
            (Some(key), Some(Column::Field(index))) => push(Form::cell(key, index, cx)),
            (Some(key), Some(Column::Derived(derived))) if derived.needs_evaluation() => {
                push(Evaluate::entry(key, cx))
            }
            _ => Outcome::Say(Notice::said(message!("cell-not-editable"))),
        }
    }

    /// Orders by a column, the other way round where it is ordered by it already; what it was ordered by
    /// before orders those that are equal.
    fn sort_by(&mut self, at: usize, cx: &Cx) {
        let Some(listing) = self.listing(cx) else { return };
        let Some(column) = pick::sortable(&listing).get(at).copied() else { return };
        let first = listing.table.sort.first().filter(|by| by.column == column);
        let own = self.sort.is_some();
        let high_first = matches!(
            column,
            Column::Derived(Derived::Score | Derived::Level | Derived::Changed | Derived::EvaluatedOn)
        );
        let descending = first.filter(|_| own).map_or(high_first, |by| !by.descending);
        let rest = listing.table.sort.iter().copied().filter(|by| by.column != column).take(2);
        self.sort = Some(std::iter::once(SortBy { column, descending }).chain(rest).collect());
        self.all.1 = None;
        self.read(cx);
    }

    fn typed(&mut self, action: Action, cx: &mut Cx) -> Outcome {
        if let (Action::Open | Action::SaveView, Some(problem)) = (action, &self.filtering.problem) {
            return Outcome::Say(Notice::refused(problem.what.clone()));
        }
        match action {
            Action::Open | Action::SaveView => self.filtering.keep(&mut cx.desk.filters),
            Action::Back => self.filtering.typing = None,
            Action::Earlier | Action::Later => self.filtering.recall(action, &cx.desk.filters),
            Action::Complete => {
                if let Some(listing) = self.listing(cx) {
                    self.filtering.complete(&listing, cx.desk.lang);
                }
            }
            _ => return Outcome::Pass,
        }
        self.read(cx);
        if action == Action::SaveView { self.wanted(action, cx) } else { Outcome::Stay }
    }

    fn commit(cx: &mut Cx, why: Option<String>, edits: Vec<Edit>) -> Result<Commit, Notice> {
        let now = cx.now;
        let done = cx.session.commit(Proposal { way: Way::Screen, why, edits }, now);
        done.map_err(|error| Notice::wrong(&error))
    }
}

fn pushed(layer: impl Layer + 'static) -> Outcome {
    Outcome::Push(Box::new(layer))
}

fn push(layer: Option<impl Layer + 'static>) -> Outcome {
    layer.map_or(Outcome::Stay, pushed)
}

impl Layer for Table {
    fn scope(&self) -> Scope {
        if self.filtering.typing.is_some() { Scope::Filter } else { Scope::Table }
    }

    fn refresh(&mut self, cx: &mut Cx) {
        self.read(cx);
    }

    fn go_to(&mut self, entry: EntryKey) {
        // What was marked has been done.
        self.forget_seen_marks();
        if let Some(at) = self.keys.iter().position(|key| *key == entry) {
            self.view.cursor = at;
        }
    }

    fn looking(&self, _cx: &Cx) -> Looking {
        let (list, filter) = (self.list.clone(), self.filtering.kept.clone());
        Looking { entries: self.chosen(), list, filter, ..Looking::default() }
    }

    fn is_gone(&self, cx: &Cx) -> bool {
        self.listing(cx).is_none()
    }

    fn act(&mut self, action: Action, count: Option<usize>, cx: &mut Cx) -> Outcome {
        if self.filtering.typing.is_some() {
            return self.typed(action, cx);
        }
        let columns = match action {
            Action::Right => self.listing(cx).map_or(0, |listing| listing.table.columns.len()),
            _ => 0,
        };
        if self.view.moved(action, count, (self.keys.len(), columns)) || self.marks(action) {
            return Outcome::Stay;
        }
        if let (Action::Open, Some(_)) = (action, count) {
            self.view.moved(Action::Top, count, (self.keys.len(), 0));
        }
        match action {
            Action::Filter => {
                self.filtering.begin();
                Outcome::Stay
            }
            Action::Back if !self.marked.is_empty() => {
                self.marked.clear();
                Outcome::Stay
            }
            Action::Back if self.filtering.kept != self.filtering.opened => {
                self.filtering.kept.clone_from(&self.filtering.opened);
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
        if let Some(editor) = &mut self.filtering.typing
            && editor.key(key)
        {
            self.read(cx);
        }
        Outcome::Stay
    }

    fn paste(&mut self, text: &str, cx: &mut Cx) -> Outcome {
        if let Some(editor) = &mut self.filtering.typing {
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
                let done = Self::commit(cx, Some(why), edits);
                Outcome::Say(done.map_or_else(|wrong| wrong, |commit| Notice::saved(&commit, cx)))
            }
            (Asked::Sort, Answer::Picked(at)) => {
                self.sort_by(at, cx);
                Outcome::Stay
            }
            (Asked::Bulk, Answer::Picked(at)) => {
                let keys = self.chosen();
                Form::bulk(&keys, at, cx).map_or(Outcome::Stay, |form| Outcome::Push(Box::new(form)))
            }
            (Asked::SaveView, Answer::Text(name)) => {
                let register =
                    self.listing(cx).map(|listing| listing.register.id.clone()).unwrap_or_default();
                let mut query = self.filtering.kept.clone();
                if let Some(listing) = self.listing(cx).filter(|listing| !listing.query.is_empty()) {
                    query = format!("({}) {query}", listing.query);
                }
                let words = |text: String| Value::Text(text);
                let fields = vec![
                    ("title".to_owned(), words(name.clone())),
                    ("register".to_owned(), words(register)),
                    ("query".to_owned(), words(query)),
                ];
                let done = Self::commit(cx, None, vec![Edit::Add { register: VIEWS.to_owned(), fields }]);
                let key = cx.desk.keymap.keys(Scope::Table, Action::Views).into_iter().next();
                let saved = message!("view-saved", name = name, key = key.unwrap_or_default());
                done.map_or_else(Outcome::Say, |_| Outcome::Say(Notice::said(saved)))
            }
            _ => Outcome::Stay,
        }
    }

    fn draw(&mut self, buffer: &mut Buffer, area: Rect, cx: &Cx) {
        table_view::draw(self, buffer, area, cx);
    }

    fn cursor(&self) -> Option<Position> {
        self.view.place
    }

    fn hints(&self, cx: &Cx) -> Vec<Action> {
        if self.filtering.typing.is_some() {
            return vec![Action::Complete, Action::Earlier, Action::SaveView, Action::Open, Action::Back];
        }
        if !self.marked.is_empty() {
            return vec![Action::Bulk, Action::Delete, Action::Mark, Action::MarkAll, Action::Back];
        }
        let mut hints = vec![Action::Open, Action::Edit, Action::Add];
        let register = self.listing(cx).map(|listing| listing.register);
        hints.extend(register.and_then(|register| register.evaluation()).map(|_| Action::Evaluate));
        hints.extend(start_drill::hint(self.here(), cx));
        let stands = self.listing(cx).is_some_and(|listing| listing.register.field(STATUS).is_some());
        hints.extend(stands.then_some(Action::Settle));
        let stale = self.here().filter(|key| cx.reading().stale().holds(*key));
        hints.extend(stale.map(|_| Action::Unchanged));
        hints.extend([Action::Filter, Action::Sort, Action::Views, Action::History, Action::Undo]);
        hints.extend((self.view.width >= WIDE).then_some(Action::Pane));
        hints.push(Action::Back);
        hints
    }
}
