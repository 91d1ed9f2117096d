//! Beginning a review round: what to look at, how many entries that is, and who takes part. A round that was
//! not brought to its end stands first.

use chrono::{Datelike, Months};
use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};

use super::super::action::{Action, Scope as Keys};
use super::super::layer::{Answer, Cx, Layer, Outcome};
use super::super::notice::Notice;
use super::super::terminal::Key;
use super::ask::Ask;
use super::pick::{self, Pick};
use super::review::Review;
use crate::book::{Cell, Date, EntryKey, Proposal, Way};
use crate::definition::DEPARTMENTS;
use crate::query::value_word;
use crate::review::{Begin, REVIEWS, Round, Scope, begin, due};
use crate::wording::{Tell, message};

/// From where a round is begun.
#[derive(Debug, Clone, Default)]
pub struct From {
    /// The list on screen; empty on home.
    pub list: String,
    /// The filter in force there.
    pub filter: String,
    /// The rows marked there.
    pub marked: Vec<EntryKey>,
}

/// What can be reviewed, to pick from.
pub struct ReviewStart {
    from: From,
    pick: Pick,
    /// What each row of the list leads to.
    then: Vec<Then>,
    asked: Asked,
}

struct Item {
    left: String,
    right: String,
    then: Then,
}

#[derive(Clone)]
enum Then {
    /// A round goes on.
    Resume(EntryKey),
    /// A round over these begins.
    Begin(Chosen),
    /// First a day is asked for.
    Since,
}

#[derive(Clone)]
struct Chosen {
    name: String,
    scope: Scope,
    members: Vec<EntryKey>,
}

/// What the layer above is asked for.
enum Asked {
    Nothing,
    Since,
    Participants(Chosen),
}

impl ReviewStart {
    /// What can be reviewed from here.
    pub fn new(from: From, cx: &Cx) -> Self {
        let mut scopes = scopes(&from, cx);
        // Who marked rows means those; else a round that was not brought to its end comes first.
        let marked = scopes.drain(..usize::from(!from.marked.is_empty()).min(scopes.len()));
        let mut items: Vec<Item> = marked.collect();
        items.extend(resumable(cx));
        items.extend(scopes);
        let (rows, then) = items.into_iter().enumerate().map(|(at, item)| item.row(at)).unzip();
        Self { from, pick: Pick::new(cx.say("review-what"), rows), then, asked: Asked::Nothing }
    }

    fn picked(&mut self, at: usize, cx: &Cx) -> Outcome {
        match self.then.get(at).cloned() {
            None => Outcome::Stay,
            Some(Then::Resume(key)) => Review::resume(key, cx).map_or(Outcome::Stay, Outcome::Replace),
            Some(Then::Begin(chosen)) => self.ask_participants(chosen, cx),
            Some(Then::Since) => {
                self.asked = Asked::Since;
                Outcome::Push(Box::new(Ask::text(message!("ask-review-since"))))
            }
        }
    }

    fn ask_participants(&mut self, chosen: Chosen, cx: &Cx) -> Outcome {
        if chosen.members.is_empty() {
            return Outcome::Say(Notice::said(message!("review-nothing")));
        }
        let months = Months::new(cx.session.settings().review_months);
        let next = cx.today().checked_add_months(months).unwrap_or(cx.today());
        let waiting = Round::waiting_elsewhere(&cx.reading(), None);
        let elsewhere: Vec<_> = chosen.members.iter().filter_map(|member| waiting.get(member)).collect();
        let other = elsewhere.first().map_or("", |round| cx.reading().book.serial(**round)).to_owned();
        let question = message!(
            "ask-review-participants",
            name = chosen.name.clone(),
            count = chosen.members.len(),
            next = next.to_string(),
            elsewhere = elsewhere.len(),
            round = other
        );
        let before = last_participants(cx).unwrap_or_else(|| cx.session.shown_name().to_owned());
        self.asked = Asked::Participants(chosen);
        Outcome::Push(Box::new(Ask::filled(question, &before)))
    }

    /// A round over what changed since a day.
    fn since(&mut self, said: &str, cx: &Cx) -> Outcome {
        let day = match Date::typed(said, cx.today()) {
            Ok(day) => day,
            Err(why) => {
                let error = crate::catalogue::EntryError::NotADate { said: said.to_owned(), why };
                self.asked = Asked::Since;
                return Outcome::Push(Box::new(Ask::filled(error.message(), said)));
            }
        };
        let name = cx.render(&message!("review-changed-since", day = day.to_string()));
        let scope = Scope { list: self.from.list.clone(), query: format!("changed>={day}") };
        match item(name, scope, cx).map(|item| item.then) {
            Some(Then::Begin(chosen)) => self.ask_participants(chosen, cx),
            _ => Outcome::Stay,
        }
    }

    fn begin(chosen: Chosen, participants: String, cx: &mut Cx) -> Outcome {
        let list = match cx.reading().listing(&chosen.scope.list) {
            Ok(listing) => cx.reading().name(&listing).to_owned(),
            Err(_) => cx.say("review-every-register"),
        };
        let title =
            message!("review-title", year = cx.today().year().to_string(), name = chosen.name, list = list);
        let round = Begin {
            title: cx.render(&title),
            scope: chosen.scope,
            by: cx.session.shown_name().to_owned(),
            participants,
        };
        let edits = begin(&cx.reading(), &round, &chosen.members, cx.today());
        let now = cx.now;
        match cx.session.record(Proposal { way: Way::Screen, why: None, edits }, now) {
            Ok(commit) => {
                let key = commit
                    .changes
                    .iter()
                    .find(|change| change.register == REVIEWS)
                    .map(|change| change.entry);
                let review = key.and_then(|key| Review::open(key, cx));
                review.map_or(Outcome::Close, |review| Outcome::Replace(Box::new(review)))
            }
            Err(error) => Outcome::Say(Notice::wrong(&error)),
        }
    }
}

fn scopes(from: &From, cx: &Cx) -> Vec<Item> {
    let months = cx.session.settings().review_months;
    let list = |query: &str| Scope { list: from.list.clone(), query: query.to_owned() };
    let mut wanted = Vec::new();
    if !from.marked.is_empty() {
        let serials = from.marked.iter().map(|key| cx.reading().book.serial(*key));
        let serials = serials.map(value_word).collect::<Vec<_>>().join(",");
        wanted.push((cx.say("review-marked"), list(&format!("id={serials}"))));
    }
    if !from.filter.trim().is_empty() {
        let name = cx.render(&message!("review-filter", filter = from.filter.clone()));
        wanted.push((name, list(&from.filter)));
    }
    wanted.push((cx.say("review-listed-ones"), list("listed:yes")));
    wanted.push((
        cx.render(&message!("review-due", months = months)),
        list(&due(&cx.reading(), &from.list, cx.today(), months)),
    ));
    wanted.push((cx.say("review-stale"), list("stale:yes")));
    wanted.push((cx.say("review-all"), list("")));
    let item = |(name, scope)| item(name, scope, cx);
    let mut items: Vec<Item> = std::mem::take(&mut wanted).into_iter().filter_map(item).collect();
    items.push(Item { left: cx.say("review-since"), right: String::new(), then: Then::Since });
    for department in cx.reading().book.entries(DEPARTMENTS) {
        let (serial, name) = (cx.reading().book.serial(*department), cx.reading().title(*department));
        wanted.push((name, list(&format!("department.id={}", value_word(serial)))));
    }
    items.extend(wanted.into_iter().filter_map(item));
    items
}

fn item(name: String, scope: Scope, cx: &Cx) -> Option<Item> {
    let reading = cx.reading();
    let members = scope.members(&reading, cx.today()).ok()?;
    // Only what is scored can be looked at again.
    let scored =
        |key: &EntryKey| reading.book.entry(*key).is_some_and(|entry| reading.method_of(entry).is_some());
    let members: Vec<EntryKey> = members.into_iter().filter(scored).collect();
    let right = members.len().to_string();
    let then = Then::Begin(Chosen { name: name.clone(), scope, members });
    Some(Item { left: name, right, then })
}

fn resumable(cx: &Cx) -> Vec<Item> {
    let reading = cx.reading();
    let item = |key: EntryKey| {
        let tally = Round::read(&reading, key)?.tally();
        let name = format!("{} {}", reading.book.serial(key), reading.title(key));
        let right = cx.render(&message!("review-to-go", pending = tally.pending(), total = tally.total));
        let left = cx.render(&message!("review-resume", name = name));
        Some(Item { left, right, then: Then::Resume(key) })
    };
    Round::open(&reading).into_iter().filter_map(item).collect()
}

/// Who took part in the round before.
fn last_participants(cx: &Cx) -> Option<String> {
    let reading = cx.reading();
    let last = reading.book.entry(*reading.book.entries(REVIEWS).last()?)?;
    match reading.book.cell(last, "participants") {
        Cell::Text(id) => Some(reading.book.text(*id).to_owned()),
        _ => None,
    }
}

impl Item {
    fn row(self, at: usize) -> (pick::Item, Then) {
        let Item { left, right, then } = self;
        (pick::Item { left, middle: String::new(), right, then: pick::Then::Position(at) }, then)
    }
}

impl Layer for ReviewStart {
    fn scope(&self) -> Keys {
        self.pick.scope()
    }

    fn act(&mut self, action: Action, count: Option<usize>, cx: &mut Cx) -> Outcome {
        match self.pick.act(action, count, cx) {
            Outcome::Answer(Answer::Picked(at)) => self.picked(at, cx),
            outcome => outcome,
        }
    }

    fn key(&mut self, key: Key, cx: &mut Cx) -> Outcome {
        self.pick.key(key, cx)
    }

    fn paste(&mut self, text: &str, cx: &mut Cx) -> Outcome {
        self.pick.paste(text, cx)
    }

    fn answered(&mut self, answer: Answer, cx: &mut Cx) -> Outcome {
        match (std::mem::replace(&mut self.asked, Asked::Nothing), answer) {
            (Asked::Since, Answer::Text(day)) => self.since(&day, cx),
            (Asked::Participants(chosen), Answer::Text(names)) => Self::begin(chosen, names, cx),
            _ => Outcome::Stay,
        }
    }

    fn draw(&mut self, buffer: &mut Buffer, area: Rect, cx: &Cx) {
        self.pick.draw(buffer, area, cx);
    }

    fn cursor(&self) -> Option<Position> {
        self.pick.cursor()
    }

    fn hints(&self, cx: &Cx) -> Vec<Action> {
        self.pick.hints(cx)
    }
}
