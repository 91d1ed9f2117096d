//! A review round, one entry at a time.
//!
//! One key where nothing changed: the next entry is drawn first, then the disk is asked, then the counter moves.
//! An entry is never confirmed that was not on the screen, however many keys have been typed ahead.

use std::collections::HashMap;
use std::time::{Duration, Instant};

use super::super::action::Action;
use super::super::layer::{Cx, Layer, Outcome};
use super::super::notice::Notice;
use super::ask::Ask;
use super::detail::Line;
use super::evaluate::{Evaluate, Subject};
use super::filling::Filling;
use super::filling_draft::{self, Restored, turned};
use super::form::Form;
use super::review_close::ReviewClose;
use super::{page, page_why, review_draft};
use crate::book::{Cell, Edit, EntryKey, Proposal, Value, Way};
use crate::review::{Asked as Asking, Item, Mark, Round, Settled, settle};
use crate::scoring::{Evaluation, Warning};
use crate::wording::{Tell, message};

/// How long an entry has to be on the screen before a key can confirm it: longer than a burst of keys takes and
/// shorter than a look.
pub(super) const SEEN: Duration = Duration::from_millis(50);

/// A round being gone through.
pub struct Review {
    pub(super) round: Round,
    /// Which entry is shown.
    pub(super) at: usize,
    pub(super) row: Row,
    /// What is to be written once the next entry is on the screen.
    pub(super) waiting: Option<Waiting>,
    pub(super) asked: Asked,
    /// What is odd about the evaluation has been said once.
    pub(super) warned: bool,
    /// Entries that wait in other open rounds too, and in which.
    pub(super) elsewhere: HashMap<EntryKey, EntryKey>,
}

/// What is shown of the entry.
#[derive(Default)]
pub(super) struct Row {
    /// Its evaluation, where it is scored.
    pub filling: Option<Filling>,
    /// What is said about it.
    pub note: String,
    /// What was said about it before.
    pub said: String,
    /// What happened since its last evaluation; none until it was looked up.
    pub since: Option<Vec<Line>>,
    /// Since when it has been on the screen.
    pub shown: Option<Instant>,
    /// The same of each factor.
    pub seen: Vec<Option<Instant>>,
    /// The first factor that is shown.
    pub top: usize,
    pub draft: Option<Restored>,
    /// The note was typed before and never confirmed.
    pub noted: bool,
    /// The evaluation was made on its own screen, which asks what it rests on.
    pub whole: bool,
}

pub(super) struct Waiting {
    pub at: usize,
    pub edits: Vec<Edit>,
    pub why: Option<String>,
    /// What stood on the screen, where it was left: it comes back where it cannot be written.
    pub left: Option<Row>,
    /// The question that led to it, with what was typed.
    pub asked: Option<(Asked, Ask)>,
}

/// What the layer above is asked for.
pub(super) enum Asked {
    Nothing,
    Note,
    Flip(Box<Evaluation>),
    AsideWhy,
    AsideTo(String),
    AsideUntil(String, String),
    Rest,
    Evaluation,
}

impl Review {
    /// Goes on with a round where it stopped; none where there is no such open round.
    pub fn open(key: EntryKey, cx: &Cx) -> Option<Self> {
        let reading = cx.reading();
        let round = Round::read(&reading, key).filter(|_| Round::is_open(&reading, key))?;
        let at = round.next_pending(0).unwrap_or(0);
        let row = Row::default();
        let elsewhere = Round::waiting_elsewhere(&reading, Some(key));
        let mut review =
            Self { round, at, row, waiting: None, asked: Asked::Nothing, warned: false, elsewhere };
        review.load(cx);
        Some(review)
    }

    /// The layer with which a round goes on: the next entry, or its end where each was looked at.
    pub fn resume(key: EntryKey, cx: &Cx) -> Option<Box<dyn Layer>> {
        let review = Self::open(key, cx)?;
        if review.round.tally().pending() == 0 {
            return Some(Box::new(ReviewClose::new(key, cx)));
        }
        Some(Box::new(review))
    }

    pub(super) fn item(&self) -> Option<&Item> {
        self.round.items.get(self.at)
    }

    /// Takes up the entry that is to be shown.
    pub(super) fn load(&mut self, cx: &Cx) {
        self.warned = false;
        self.row = Row::default();
        let Some(item) = self.item().copied() else { return };
        let reading = cx.reading();
        if let Some(Cell::Text(said)) =
            reading.book.entry(item.outcome).map(|outcome| reading.book.cell(outcome, "reason"))
        {
            reading.book.text(*said).clone_into(&mut self.row.note);
            self.row.said.clone_from(&self.row.note);
        }
        review_draft::restore(&mut self.row, &review_draft::row(item.outcome, cx), cx);
        let Some(entry) = reading.book.entry(item.entry) else { return };
        let Some(method) = reading.method_of(entry) else { return };
        let mut filling = Filling::new(method, reading.evaluation(entry), &cx.say("list-comma"));
        if let Some(Cell::Text(names)) =
            reading.book.entry(self.round.key).map(|round| reading.book.cell(round, "participants"))
        {
            filling.filled.by.set(reading.book.text(*names));
        }
        if let Some(sheet) = filling_draft::sheet(item.entry, cx) {
            self.row.draft = Some(filling_draft::restore(&mut filling, &sheet, cx));
        }
        if item.mark == Mark::Changed {
            filling.compared = before_round(&item, cx).or(filling.compared);
        }
        self.row.filling = Some(filling);
    }

    /// To another entry; what is filled in at this one and not confirmed stays as a draft.
    pub(super) fn go(&mut self, to: usize, cx: &Cx) -> Outcome {
        self.keep(cx);
        self.at = to.min(self.round.items.len().saturating_sub(1));
        self.load(cx);
        Outcome::Stay
    }

    /// Forth, and behind the last entry to the first that still waits, or to the end of the round.
    pub(super) fn forth(&mut self, by: usize, cx: &Cx) -> Outcome {
        if self.at + 1 < self.round.items.len() {
            return self.go(self.at + by, cx);
        }
        if let Some(next) = self.round.next_pending(0) {
            return self.go(next, cx);
        }
        self.keep(cx);
        Outcome::Push(Box::new(ReviewClose::new(self.round.key, cx)))
    }

    /// Whether it came to something in this round and nothing is other since.
    pub(super) fn is_settled(&self) -> bool {
        let mark = self.item().map(|item| item.mark);
        let settled = matches!(mark, Some(Mark::Kept | Mark::Changed | Mark::Unseen));
        settled && !self.anew() && self.row.note == self.row.said
    }

    /// Whether the evaluation is to be made anew: a factor was changed, there was none, or another edition is in force.
    pub(super) fn anew(&self) -> bool {
        self.row.filling.as_ref().is_some_and(Filling::is_other)
    }

    /// Confirms what is on the screen.
    pub(super) fn confirm(&mut self, warned: bool, cx: &Cx) -> Outcome {
        if let Some(outcome) = self.take_typed() {
            return outcome;
        }
        // What was typed ahead of what is on the screen confirms nothing.
        if self.waiting.is_some() || self.row.shown.is_none_or(|since| since.elapsed() < SEEN) {
            return Outcome::Stay;
        }
        let Some(item) = self.item().copied() else { return Outcome::Stay };
        if item.gone || self.is_settled() {
            return self.forth(1, cx);
        }
        // What was not on the screen is shown first.
        if self.show_unseen() {
            return Outcome::Stay;
        }
        if !self.anew() {
            return self.settle(&Settled { reason: self.row.note.clone(), ..Settled::default() }, cx);
        }
        let Some(filling) = &mut self.row.filling else { return Outcome::Stay };
        let (evaluation, warnings) = match filling.make(cx.today()) {
            Ok(made) => made,
            Err(error) => {
                filling.cursor = filling.row_of(&error).min(filling.method.factors.len().saturating_sub(1));
                return Outcome::Say(Notice::wrong(&error));
            }
        };
        if let Some(odd) = self.odd(&warnings, cx).filter(|_| !warned) {
            self.warned = true;
            return Outcome::Say(odd);
        }
        self.evaluated(evaluation, cx)
    }

    fn odd(&self, warnings: &[Warning], cx: &Cx) -> Option<Notice> {
        let mut words: Vec<String> =
            warnings.iter().map(Warning::message).map(|what| cx.render(&what)).collect();
        if self.row.draft == Some(Restored::Overtaken) {
            words.push(cx.say("draft-overtaken"));
        }
        let again = message!("odd-save-again", what = words.join(" "), key = "Enter");
        (!words.is_empty()).then(|| Notice::refused(again))
    }

    /// Takes a new evaluation; one with another level than before wants a reason of its own.
    pub(super) fn evaluated(&mut self, evaluation: Evaluation, cx: &Cx) -> Outcome {
        let before = self.row.filling.as_ref().and_then(|filling| filling.previous.as_ref());
        let said = !self.row.note.trim().is_empty() && self.row.note != self.row.said;
        if let Some(question) = turned(before, &evaluation, cx).filter(|_| !said) {
            self.asked = Asked::Flip(Box::new(evaluation));
            return Outcome::Push(Box::new(Ask::text(question).kept(&self.sheet(cx), "flip", cx)));
        }
        let reason = self.row.note.clone();
        let evaluation = if self.row.whole { evaluation } else { evaluation.resting_on(&reason) };
        self.settle(&Settled { evaluation: Some(Box::new(evaluation)), reason, ..Settled::default() }, cx)
    }

    /// Goes on to the next entry; what came of this one is written when that is on the screen.
    pub(super) fn settle(&mut self, settled: &Settled, cx: &Cx) -> Outcome {
        let Some(item) = self.item().copied() else { return Outcome::Stay };
        let (at, why) = (self.at, Some(settled.reason.clone()));
        let months = cx.session.settings().review_months;
        let asking = Asking { on: cx.today(), by: cx.session.shown_name(), months };
        let edits = settle(&cx.reading(), &item, settled, asking);
        let asked = settled.aside.then(|| {
            let until = settled.until.map(|day| day.to_string()).unwrap_or_default();
            let ask = Ask::filled(message!("ask-review-aside-until"), &until).optional();
            let ask = ask.kept(&self.sheet(cx), "aside-until", cx);
            (Asked::AsideUntil(settled.reason.clone(), settled.to.clone()), ask)
        });
        let next = self.round.next_pending(at + 1).filter(|next| *next != at);
        let left = next.map(|_| std::mem::take(&mut self.row));
        self.waiting = Some(Waiting { at, edits, why, left, asked });
        next.map_or(Outcome::Stay, |next| self.go(next, cx))
    }

    /// Writes what waits; the counter moves by what the book says then.
    pub(super) fn write(&mut self, waiting: Waiting, cx: &mut Cx) -> Outcome {
        let now = cx.now;
        let Waiting { at, edits, why, left, asked } = waiting;
        let proposal = Proposal { way: Way::Screen, why, edits };
        if let Err(error) = cx.session.record(proposal, now) {
            self.at = at;
            // What was typed is still there, to be confirmed again.
            self.row = Row { shown: None, ..left.unwrap_or_else(|| std::mem::take(&mut self.row)) };
            let Some((asked, ask)) = asked else { return Outcome::Say(Notice::wrong(&error)) };
            self.asked = asked;
            return Outcome::PushSaying(Box::new(ask), Notice::wrong(&error));
        }
        self.round.refresh(&cx.reading());
        if let Some(item) = self.round.items.get(at) {
            Self::forget(item, cx);
        }
        if matches!(asked, Some((Asked::Rest, _))) {
            cx.desk.drafts.forget(&review_draft::round(self.round.key, cx));
        }
        if self.round.tally().pending() == 0 {
            self.load(cx);
            return Outcome::Push(Box::new(ReviewClose::new(self.round.key, cx)));
        }
        Outcome::Stay
    }

    pub(super) fn ask_aside(&mut self, cx: &Cx) -> Outcome {
        self.asked = Asked::AsideWhy;
        let ask = Ask::text(message!("ask-review-aside")).kept(&self.sheet(cx), "aside-why", cx);
        Outcome::Push(Box::new(ask))
    }

    pub(super) fn leave(&mut self, cx: &mut Cx) -> Outcome {
        self.keep_draft(cx);
        let (tally, round) = (self.round.tally(), cx.session.book().serial(self.round.key).to_owned());
        Outcome::CloseSaying(Notice::said(message!(
            "review-stopped",
            round = round,
            pending = tally.pending(),
            total = tally.total
        )))
    }

    /// Another layer, or a question.
    pub(super) fn wanted(&mut self, action: Action, cx: &mut Cx) -> Outcome {
        let Some(item) = self.item().copied() else { return Outcome::Pass };
        match action {
            Action::Note => {
                self.asked = Asked::Note;
                let ask = Ask::filled(message!("ask-review-note"), &self.row.note).optional();
                Outcome::Push(Box::new(ask.kept(&self.sheet(cx), review_draft::NOTE_TYPED, cx)))
            }
            Action::Aside => self.ask_aside(cx),
            Action::ConfirmRest => {
                if let Some(unsaved) = self.unsaved(cx) {
                    return Outcome::Say(unsaved);
                }
                self.asked = Asked::Rest;
                let pending = self.round.tally().pending();
                let ask = Ask::text(message!("ask-review-rest", count = pending));
                let sheet = review_draft::round(self.round.key, cx);
                Outcome::Push(Box::new(ask.kept(&sheet, "rest", cx)))
            }
            Action::Edit => push(Form::edit(item.entry, cx)),
            Action::Evaluate => {
                // It goes on there with what is filled in here, and comes back with what is filled in there.
                self.keep(cx);
                self.asked = Asked::Evaluation;
                push(Self::evaluation(item.entry, cx))
            }
            Action::History => Outcome::Push(Box::new(page::history(item.entry, cx))),
            Action::Why => {
                let name = Self::name(item.entry, cx);
                let filled =
                    self.row.filling.as_ref().and_then(|filling| page_why::filled(&name, filling, cx));
                push(filled.or_else(|| page_why::why(item.entry, cx)))
            }
            _ => Outcome::Pass,
        }
    }

    fn name(key: EntryKey, cx: &Cx) -> String {
        format!("{}  {}", cx.reading().book.serial(key), cx.reading().title(key))
    }

    /// The whole evaluation, which comes back here to be confirmed.
    fn evaluation(key: EntryKey, cx: &Cx) -> Option<Evaluate> {
        let reading = cx.reading();
        let entry = reading.book.entry(key)?;
        let name = format!("{} {}", reading.book.serial(key), reading.title(key));
        let subject = Subject { entry: None, name, sheet: filling_draft::sheet(key, cx)? };
        Some(Evaluate::of(subject, reading.method_of(entry)?, reading.evaluation(entry), cx))
    }
}

/// The evaluation that stood when the round began.
fn before_round(item: &Item, cx: &Cx) -> Option<Evaluation> {
    let began = cx.session.history(item.outcome).ok()?.first()?.commit.seq;
    let past = cx.session.history(item.entry).ok()?;
    let before = past.iter().rev().filter(|past| past.commit.seq < began);
    before.flat_map(|past| &past.change.fields).find_map(|field| match &field.to {
        Some(Value::Evaluation(evaluation)) => Some(evaluation.as_ref().clone()),
        _ => None,
    })
}

fn push(layer: Option<impl Layer + 'static>) -> Outcome {
    layer.map_or(Outcome::Stay, |layer| Outcome::Push(Box::new(layer)))
}
