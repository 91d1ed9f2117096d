//! What keys and answers do in a review round.

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};

use super::super::action::{Action, Scope};
use super::super::layer::{Answer, Cx, Layer, Outcome};
use super::super::terminal::{Code, Key};
use super::ask::Ask;
use super::filling::{Filling, by_digit};
use super::review::{Asked, Review};
use super::review_since::since;
use super::review_values::set;
use super::review_view;
use crate::book::Date;
use crate::catalogue::Looking;
use crate::review::{Mark, Round, Settled};
use crate::scoring::Decimal;
use crate::wording::{Tell, message};

impl Layer for Review {
    fn scope(&self) -> Scope {
        Scope::Review
    }

    fn act(&mut self, action: Action, count: Option<usize>, cx: &mut Cx) -> Outcome {
        self.asked = Asked::Nothing;
        let warned = std::mem::take(&mut self.warned);
        let last =
            self.row.filling.as_ref().map_or(0, |filling| filling.method.factors.len().saturating_sub(1));
        // What is being typed is not left behind unsaid.
        if matches!(action, Action::Previous | Action::Next)
            && let Some(outcome @ Outcome::Say(_)) = self.take_typed()
        {
            return outcome;
        }
        match (action, &mut self.row.filling) {
            (Action::Open | Action::Save, _) => return self.confirm(warned, cx),
            (Action::Previous, _) => return self.go(self.at.saturating_sub(count.unwrap_or(1)), cx),
            (Action::Next, _) => return self.forth(count.unwrap_or(1), cx),
            (Action::Up | Action::Down, Some(filling)) => {
                let at = filling.cursor;
                if let Some(outcome @ Outcome::Say(_)) = self.take_typed() {
                    return outcome;
                }
                if let Some(filling) = &mut self.row.filling {
                    filling.cursor =
                        if action == Action::Up { at.saturating_sub(1) } else { (at + 1).min(last) };
                }
            }
            (Action::Residual, Some(filling)) => {
                filling.with_controls = !filling.with_controls;
                filling.typed.set("");
            }
            (Action::Left, _) => return self.step(false),
            (Action::Right, _) => return self.step(true),
            (Action::StepBack | Action::Back, Some(filling)) if !filling.typed.text().is_empty() => {
                filling.typed.set("");
            }
            (Action::StepBack, Some(filling)) => filling.step_back(),
            (Action::Back, _) => return self.leave(cx),
            (action, _) => return self.wanted(action, cx),
        }
        Outcome::Stay
    }

    fn key(&mut self, key: Key, _cx: &mut Cx) -> Outcome {
        (self.warned, self.asked) = (false, Asked::Nothing);
        let Some(filling) = &mut self.row.filling else { return Outcome::Stay };
        let Some(by_digit) = filling.factor().map(by_digit) else { return Outcome::Stay };
        match (key.code, key.typed()) {
            (Code::Backspace, _) => {
                filling.typed.key(key);
            }
            (_, Some(' ' | '\u{3000}')) => return self.take_typed().unwrap_or(Outcome::Stay),
            (_, Some(c @ '0'..='9')) if by_digit && filling.typed.text().is_empty() => {
                return set(filling, Decimal::from(c.to_digit(10).unwrap_or(0)));
            }
            (_, Some('0'..='9' | '.')) => {
                filling.typed.key(key);
            }
            _ => {}
        }
        Outcome::Stay
    }

    fn answered(&mut self, answer: Answer, cx: &mut Cx) -> Outcome {
        match (std::mem::replace(&mut self.asked, Asked::Nothing), answer) {
            (Asked::Note, Answer::Text(note)) => self.note(note, cx),
            (Asked::Flip(evaluation), Answer::Text(reason)) => {
                self.row.note = reason;
                return self.evaluated(*evaluation, cx);
            }
            (Asked::AsideWhy, Answer::Text(why)) => {
                self.asked = Asked::AsideTo(why);
                let ask = Ask::text(message!("ask-review-aside-to")).optional();
                return Outcome::Push(Box::new(ask.kept(&self.sheet(cx), "aside-to", cx)));
            }
            (Asked::AsideTo(why), Answer::Text(to)) => {
                self.asked = Asked::AsideUntil(why, to);
                let ask = Ask::text(message!("ask-review-aside-until")).optional();
                return Outcome::Push(Box::new(ask.kept(&self.sheet(cx), "aside-until", cx)));
            }
            (Asked::AsideUntil(reason, to), Answer::Text(until)) => {
                let until = match Date::typed(&until, cx.today()) {
                    _ if until.is_empty() => None,
                    Ok(day) => Some(day),
                    Err(why) => {
                        self.asked = Asked::AsideUntil(reason, to);
                        cx.desk.drafts.forget_field(&self.sheet(cx), "aside-until");
                        let error = crate::catalogue::EntryError::NotADate { said: until, why };
                        let question = message!("ask-review-aside-until-again", what = error.message());
                        return Outcome::Push(Box::new(Ask::text(question).optional()));
                    }
                };
                return self.settle(&Settled { aside: true, reason, to, until, ..Settled::default() }, cx);
            }
            (Asked::Rest, Answer::Text(said)) => return self.rest(&said, cx),
            (Asked::Evaluation, Answer::Evaluation(evaluation)) => {
                self.row.whole = true;
                self.keep(cx);
                return self.evaluated(*evaluation, cx);
            }
            _ => {}
        }
        Outcome::Stay
    }

    fn refresh(&mut self, cx: &mut Cx) {
        self.round.refresh(&cx.reading());
        self.elsewhere = Round::waiting_elsewhere(&cx.reading(), Some(self.round.key));
        // What somebody else, the form or an undo changed is looked at again; what is filled in stays.
        let stands = |filling: &Filling| {
            let entry = self.item().and_then(|item| cx.reading().book.entry(item.entry));
            entry.and_then(|entry| cx.reading().evaluation(entry).cloned()) == filling.previous
        };
        let elsewhere = matches!(self.asked, Asked::Evaluation);
        if !elsewhere && self.row.filling.as_ref().is_some_and(stands) {
            self.row.since = None;
        } else {
            self.load(cx);
        }
    }

    fn is_gone(&self, cx: &Cx) -> bool {
        !Round::is_open(&cx.reading(), self.round.key)
    }

    fn after_frame(&mut self, cx: &mut Cx) -> Option<Outcome> {
        if let Some(waiting) = self.waiting.take() {
            return Some(self.write(waiting, cx));
        }
        let shown = self.row.shown.is_some() && self.row.since.is_none();
        let item = self.item().copied().filter(|item| shown && !item.gone)?;
        // What is told of it may take the place of factors that were on the screen without it.
        (self.row.since, self.row.shown) = (Some(since(item.entry, cx)), None);
        Some(Outcome::Stay)
    }

    fn looking(&self, _cx: &Cx) -> Looking {
        self.item().map(|item| Looking::at(item.entry)).unwrap_or_default()
    }

    fn one_key_a_frame(&self) -> bool {
        true
    }

    fn draw(&mut self, buffer: &mut Buffer, area: Rect, cx: &Cx) {
        let shown = review_view::draw(self, buffer, area, cx);
        self.note_seen(&shown);
    }

    fn cursor(&self) -> Option<Position> {
        None
    }

    fn hints(&self, _cx: &Cx) -> Vec<Action> {
        if self.is_typing() {
            return vec![Action::Open, Action::Back, Action::Down, Action::Residual];
        }
        let first = if self.anew() && self.unseen().is_none() { Action::Save } else { Action::Open };
        let done = self.item().is_some_and(|item| item.mark != Mark::Pending);
        let mut hints = vec![first, Action::Right];
        hints.extend((done && !self.is_settled()).then_some(Action::Next));
        hints.extend(self.anew().then_some(Action::StepBack));
        hints.extend([
            Action::Note,
            Action::Aside,
            Action::Previous,
            Action::Back,
            Action::Residual,
            Action::Edit,
        ]);
        hints
    }

    fn hint(&self, action: Action) -> Option<&'static str> {
        match action {
            Action::Open if self.is_typing() => Some("take"),
            Action::Back if self.is_typing() => Some("drop"),
            Action::Open if self.is_settled() && self.is_at_end() => Some("save-closing"),
            Action::Open if self.is_settled() => Some("next"),
            Action::Open if self.unseen().is_some() => Some("unseen"),
            Action::Open if self.row.note != self.row.said && !self.is_pending() => Some("save"),
            _ => None,
        }
    }

    fn keep_draft(&mut self, cx: &mut Cx) {
        self.keep(cx);
    }
}
