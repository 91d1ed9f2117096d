//! A question in the last lines for a point in time: as of when, or since when.

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};

use super::super::action::{Action, Scope};
use super::super::edit::Editor;
use super::super::layer::{Cx, Layer, Outcome};
use super::super::notice::Notice;
use super::super::paint::Painter;
use super::super::terminal::Key;
use super::super::theme::Role;
use super::changes;
use crate::book::{Commit, Point};
use crate::share::SessionError;
use crate::wording::{Lang, message};

/// The question.
pub struct Since {
    asked: Asked,
    editor: Editor,
    /// What is usually meant: the words, and the day they stand for.
    offers: Vec<(&'static str, String)>,
    taken: Option<usize>,
    place: Option<Position>,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Asked {
    AsOf,
    Changes,
}

/// Asks as of when the book is to be shown.
pub fn as_of(cx: &Cx) -> Since {
    Since::new(Asked::AsOf, cx)
}

/// Asks since when changes are to be shown.
pub fn changes(cx: &Cx) -> Since {
    Since::new(Asked::Changes, cx)
}

/// Says after which commit the book is shown.
pub fn stepped(commit: &Commit, cx: &Cx) -> Notice {
    let reading = cx.reading();
    let at = commit.origin.utc.with_timezone(&reading.zone).format("%Y-%m-%d %H:%M").to_string();
    let what = match commit.changes.as_slice() {
        [] => cx.say("past-definitions"),
        [change] => format!("{} {}", change.serial, reading.gist(change)),
        changes => cx.render(&message!("rows", count = changes.len())),
    };
    let what = crate::text::cut(&what, 40).into_owned();
    Notice::said(message!("past-at", seq = commit.seq, at = at, by = commit.origin.name.clone(), what = what))
}

/// Says what is shown after a point was asked for.
pub fn arrived(cx: &mut Cx) -> Notice {
    let Some(shown) = cx.session.past() else { return Notice::said(message!("past-left")) };
    let (seq, day) = (shown.seq, shown.day.to_string());
    if shown.other_definitions {
        return Notice::refused(message!("past-other-definitions"));
    }
    if seq == 0 {
        let first = shown.begins().map(|utc| utc.with_timezone(&cx.session.zone()).date_naive().to_string());
        return Notice::said(message!("past-nothing", day = day, first = first.unwrap_or_default()));
    }
    match cx.session.commit_at(seq) {
        Ok(commit) => stepped(&commit, cx),
        Err(error) => Notice::wrong(&error),
    }
}

impl Since {
    fn new(asked: Asked, cx: &Cx) -> Self {
        let present = cx.session.present();
        let (reading, today) = (present.reading(cx.lang()), present.today(cx.now));
        let day = |point: &Point| match point {
            Point::Day(day) => day.to_string(),
            Point::Moment(utc) => utc.with_timezone(&reading.zone).date_naive().to_string(),
            Point::Commit(seq) => format!("#{seq}"),
        };
        let offer = |said| Some((said, day(&reading.since(said, today).ok()?)));
        let (audit, review) = match cx.lang() {
            Lang::Zh => ("内审", "复评"),
            Lang::En => ("audit", "review"),
        };
        let offers = [audit, review, "-3m", "-1y"].into_iter().filter_map(offer).collect();
        Self { asked, editor: Editor::default(), offers, taken: None, place: None }
    }

    /// What is typed, or what is usually meant.
    fn said(&self) -> &str {
        match self.editor.text().trim() {
            "" => self.offers.first().map_or("", |(said, _)| said),
            said => said,
        }
    }

    fn point(&self, cx: &Cx) -> Result<Point, SessionError> {
        let present = cx.session.present();
        Ok(present.reading(cx.lang()).since(self.said(), present.today(cx.now))?)
    }

    fn answer(&self, cx: &mut Cx) -> Outcome {
        let shows_past = cx.session.past().is_some();
        if self.asked == Asked::AsOf && shows_past && self.editor.text().trim().is_empty() {
            return Self::leave(cx);
        }
        let now = cx.now;
        let done = self.point(cx).and_then(|point| match self.asked {
            Asked::AsOf => cx.session.go_back(&point, now).map(|()| Outcome::CloseSaying(arrived(cx))),
            Asked::Changes => {
                let since = cx.session.seq_at(&point, now)?;
                Ok(Outcome::Replace(Box::new(changes::page(since, cx)?)))
            }
        });
        done.unwrap_or_else(|error| Outcome::Say(Notice::wrong(&error)))
    }

    fn leave(cx: &mut Cx) -> Outcome {
        if cx.session.come_back() {
            return Outcome::CloseSaying(Notice::said(message!("past-left")));
        }
        Outcome::Close
    }

    fn offer(&mut self, on: bool) {
        let count = self.offers.len();
        let next = match self.taken {
            None => 0,
            Some(at) if on => at + 1,
            Some(at) => at + count.saturating_sub(1),
        };
        let at = next.checked_rem(count);
        if let Some((said, _)) = at.and_then(|at| self.offers.get(at)) {
            self.editor.set(said);
            self.taken = at;
        }
    }
}

impl Layer for Since {
    fn scope(&self) -> Scope {
        Scope::Line
    }

    fn act(&mut self, action: Action, _count: Option<usize>, cx: &mut Cx) -> Outcome {
        match action {
            Action::Open | Action::Save => self.answer(cx),
            Action::Back if self.asked == Asked::AsOf => Self::leave(cx),
            Action::Back => Outcome::Close,
            Action::Complete | Action::Later => {
                self.offer(true);
                Outcome::Stay
            }
            Action::Earlier => {
                self.offer(false);
                Outcome::Stay
            }
            Action::Quit | Action::Redraw => Outcome::Pass,
            _ => Outcome::Stay,
        }
    }

    fn key(&mut self, key: Key, _cx: &mut Cx) -> Outcome {
        self.editor.key(key);
        Outcome::Stay
    }

    fn paste(&mut self, text: &str, _cx: &mut Cx) -> Outcome {
        self.editor.paste(text);
        Outcome::Stay
    }

    fn draw(&mut self, buffer: &mut Buffer, area: Rect, cx: &Cx) {
        let part = Rect { y: area.height.saturating_sub(4), height: 3, ..area };
        let mut painter = Painter::new(buffer, part);
        painter.clear();
        let style = |role| cx.desk.theme.style(role);
        let today = self.asked == Asked::AsOf && cx.session.past().is_some();
        let empty = match self.offers.first() {
            _ if today => cx.say("since-today"),
            Some((said, day)) => cx.render(&message!("since-empty", said = *said, day = day.clone())),
            None => String::new(),
        };
        let question = cx.say(if self.asked == Asked::AsOf { "ask-as-of" } else { "ask-since" });
        painter.put(1, 0, &format!("{question}  {empty}"), style(Role::Title));
        self.place = Some(painter.put_typed(
            (3, 1),
            part.width.saturating_sub(4),
            &self.editor,
            style(Role::Text),
            (&[], style(Role::Text)),
        ));
        let offers: Vec<String> = self.offers.iter().map(|(said, day)| format!("{said} {day}")).collect();
        painter.put(3, 2, &offers.join("   "), style(Role::Dim));
    }

    fn cursor(&self) -> Option<Position> {
        self.place
    }

    fn is_popup(&self) -> bool {
        true
    }

    fn hints(&self, _cx: &Cx) -> Vec<Action> {
        vec![Action::Open, Action::Complete, Action::Back]
    }
}
