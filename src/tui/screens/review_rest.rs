//! All that is open in a round, kept at once without a look at each.

use super::super::layer::{Cx, Outcome};
use super::super::notice::Notice;
use super::ask::Ask;
use super::review::{Asked, Review, Waiting};
use crate::review::{Asked as Asking, Mark, rest};
use crate::wording::message;

impl Review {
    /// Keeps all that is open without a look at each: how many they are, and why.
    pub(super) fn rest(&mut self, said: &str, cx: &Cx) -> Outcome {
        let pending = self.round.tally().pending();
        let (count, why) = said.split_once(char::is_whitespace).unwrap_or((said, ""));
        if count.trim().parse() != Ok(pending) || why.trim().is_empty() {
            self.asked = Asked::Rest;
            return Outcome::Push(Box::new(Ask::filled(
                message!("review-rest-wrong", count = pending),
                said,
            )));
        }
        let months = cx.session.settings().review_months;
        let asking = Asking { on: cx.today(), by: cx.session.shown_name(), months };
        let edits = rest(&cx.reading(), &self.round, why.trim(), asking);
        let ask = Ask::filled(message!("ask-review-rest", count = pending), said);
        let (at, why) = (self.at, Some(why.trim().to_owned()));
        self.waiting = Some(Waiting { at, edits, why, left: None, asked: Some((Asked::Rest, ask)) });
        Outcome::Stay
    }

    /// Says which entry that is still open has something filled in and not confirmed.
    pub(super) fn unsaved(&self, cx: &Cx) -> Option<Notice> {
        self.keep(cx);
        let open = self.round.items.iter().filter(|item| item.mark == Mark::Pending && !item.gone);
        let drafted = open.into_iter().find(|item| Self::is_draft(item, cx))?;
        let serial = cx.session.book().serial(drafted.entry).to_owned();
        Some(Notice::refused(message!("review-rest-unsaved", serial = serial)))
    }
}
