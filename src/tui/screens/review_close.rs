//! The end of a round: what it came to, and what scoring again cannot find.
//!
//! Each answer is one commit, so that a dropped line asks only what is still open.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use super::super::action::{Action, Scope};
use super::super::layer::{Answer, Cx, Layer, Outcome};
use super::super::notice::Notice;
use super::super::paint::{Painter, title};
use super::super::theme::Role;
use super::ask::Ask;
use super::form::Form;
use super::{page, pick, review_draft};
use crate::book::{Edit, EntryKey, Proposal, Way};
use crate::review::{Answers, REVIEWS, Report, Round, answered, close, reviewable};
use crate::wording::message;

/// The end of a round.
pub struct ReviewClose {
    key: EntryKey,
    cursor: usize,
    /// Where the list of topics begins to be shown.
    top: usize,
    asked: Asked,
    /// Taking an answer back has been asked for once.
    again: bool,
    /// What the round came to: label and words of each line.
    report: Vec<(String, String)>,
}

/// What the layer above is asked for.
enum Asked {
    Nothing,
    /// What is new.
    What,
    /// In which register what is new belongs.
    Register,
    /// The entry of what is new.
    Entry,
}

/// Columns that labels take.
const LABELS: u16 = 12;

impl ReviewClose {
    /// The end of the round with this key.
    pub fn new(key: EntryKey, cx: &Cx) -> Self {
        let open = Answers::of(&cx.reading(), key).rows.iter().position(|row| row.found.is_none());
        let report = report(key, cx);
        Self { key, cursor: open.unwrap_or(0), top: 0, asked: Asked::Nothing, again: false, report }
    }

    /// Whether the topic under the cursor was answered with something new.
    fn says_something(&self, cx: &Cx) -> bool {
        let answers = Answers::of(&cx.reading(), self.key);
        answers.rows.get(self.cursor).is_some_and(|row| row.found == Some(true))
    }

    /// What is new about the topic under the cursor, while it is typed.
    fn typed(&self, cx: &Cx) -> String {
        let answers = Answers::of(&cx.reading(), self.key);
        let topic = answers.rows.get(self.cursor).map(|row| row.topic.as_str());
        format!("what-{}", topic.unwrap_or_default())
    }

    fn answer(&mut self, found: bool, what: &str, cx: &mut Cx) -> Outcome {
        let mut answers = Answers::of(&cx.reading(), self.key);
        let Some(row) = answers.rows.get_mut(self.cursor) else { return Outcome::Stay };
        (row.found, row.what) = (Some(found), what.to_owned());
        let outcome = commit(answered(self.key, &answers), cx);
        if matches!(outcome, Outcome::Stay) {
            self.report = report(self.key, cx);
            self.cursor = (self.cursor + 1).min(answers.rows.len().saturating_sub(1));
        }
        outcome
    }

    /// Ends the round once everything is answered.
    fn end(&mut self, cx: &mut Cx) -> Outcome {
        let answers = Answers::of(&cx.reading(), self.key);
        if let Some(open) = answers.rows.iter().position(|row| row.found.is_none()) {
            self.cursor = open;
            return Outcome::Say(Notice::refused(message!("review-answer-first")));
        }
        match commit(close(self.key, cx.today()), cx) {
            Outcome::Stay => {
                if let Some(round) = Round::read(&cx.reading(), self.key) {
                    review_draft::forget(self.key, &round.items, cx);
                }
                Outcome::Replace(Box::new(page::round(self.key, cx)))
            }
            refused => refused,
        }
    }

    fn add(&mut self, cx: &Cx) -> Outcome {
        let reading = cx.reading();
        let registers: Vec<&str> =
            reviewable(&reading).map(|register| register.name.get(cx.lang())).collect();
        self.asked = Asked::Register;
        Outcome::Push(Box::new(pick::names(cx.say("review-where"), &registers)))
    }
}

/// What a round came to, as it is now.
fn report(key: EntryKey, cx: &Cx) -> Vec<(String, String)> {
    let reading = cx.reading();
    let lines = Round::read(&reading, key).map(|round| Report::of(&reading, &round).lines(&reading));
    lines.unwrap_or_default().into_iter().map(|(label, words, _)| (label, words)).collect()
}

/// A report in at most so many lines: of each part as many as there is room for, and how many more there are.
fn shortened(report: &[(String, String)], room: usize, cx: &Cx) -> Vec<(String, String)> {
    if report.len() <= room {
        return report.to_vec();
    }
    let mut parts: Vec<Vec<(String, String)>> = Vec::new();
    for line in report.iter().filter(|(label, words)| !label.is_empty() || !words.is_empty()) {
        match parts.last_mut().filter(|_| line.0.is_empty()) {
            Some(part) => part.push(line.clone()),
            None => parts.push(vec![line.clone()]),
        }
    }
    let lines = |most: usize| parts.iter().map(|part| part.len().min(most)).sum::<usize>();
    let most = (1..report.len()).rev().find(|most| lines(*most) <= room).unwrap_or(1);
    // A part that is shortened says so in a line of its own where it has more than one.
    let short = |part: Vec<(String, String)>| {
        let (all, mut kept) = (part.len(), part.into_iter().take(most).collect::<Vec<_>>());
        if let Some(last) = kept.last_mut().filter(|_| all > most) {
            let own = most > 1;
            let more = cx.render(&message!("review-more", count = all - most + usize::from(own)));
            last.1 = if own { more } else { format!("{}  {more}", last.1) };
        }
        kept
    };
    let mut lines: Vec<_> = parts.into_iter().flat_map(short).collect();
    let over = lines.len().saturating_sub(room);
    if over > 0 {
        lines.truncate(room.saturating_sub(1));
        lines.push((String::new(), cx.render(&message!("review-more", count = over + 1))));
    }
    lines
}

fn commit(edits: Vec<Edit>, cx: &mut Cx) -> Outcome {
    let now = cx.now;
    match cx.session.record(Proposal { way: Way::Screen, why: None, edits }, now) {
        Ok(_) => Outcome::Stay,
        Err(error) => Outcome::Say(Notice::wrong(&error)),
    }
}

impl Layer for ReviewClose {
    fn scope(&self) -> Scope {
        Scope::Closing
    }

    fn act(&mut self, action: Action, _count: Option<usize>, cx: &mut Cx) -> Outcome {
        let last = Answers::of(&cx.reading(), self.key).rows.len().saturating_sub(1);
        if action != Action::Nothing {
            self.again = false;
        }
        match action {
            Action::Up => self.cursor = self.cursor.saturating_sub(1),
            Action::Down => self.cursor = (self.cursor + 1).min(last),
            Action::Nothing if self.says_something(cx) && !std::mem::replace(&mut self.again, true) => {
                return Outcome::Say(Notice::refused(message!("review-none-again")));
            }
            Action::Nothing => return self.answer(false, "", cx),
            Action::Note => {
                self.asked = Asked::What;
                let ask = Ask::text(message!("ask-review-what"));
                return Outcome::Push(Box::new(ask.kept(
                    &review_draft::round(self.key, cx),
                    &self.typed(cx),
                    cx,
                )));
            }
            Action::Add => return self.add(cx),
            Action::Save => return self.end(cx),
            Action::Open => return Outcome::Push(Box::new(page::round(self.key, cx))),
            _ => return Outcome::Pass,
        }
        Outcome::Stay
    }

    fn answered(&mut self, answer: Answer, cx: &mut Cx) -> Outcome {
        match (std::mem::replace(&mut self.asked, Asked::Nothing), answer) {
            (Asked::What, Answer::Text(what)) => {
                let typed = self.typed(cx);
                let outcome = self.answer(true, &what, cx);
                if matches!(outcome, Outcome::Stay) {
                    cx.desk.drafts.forget_field(&review_draft::round(self.key, cx), &typed);
                }
                outcome
            }
            (Asked::Register, Answer::Picked(at)) => {
                let register = reviewable(&cx.reading()).nth(at).map(|register| register.id.clone());
                self.asked = Asked::Entry;
                let form = register.and_then(|register| Form::add(&register, cx));
                form.map_or(Outcome::Stay, |form| Outcome::Push(Box::new(form)))
            }
            _ => Outcome::Stay,
        }
    }

    /// The entry that was made for what is new.
    fn saved(&mut self, entry: EntryKey, cx: &mut Cx) {
        if let Asked::Entry = std::mem::replace(&mut self.asked, Asked::Nothing) {
            let what = format!("{} {}", cx.reading().book.serial(entry), cx.reading().title(entry));
            let _ = self.answer(true, &what, cx);
        }
    }

    fn refresh(&mut self, cx: &mut Cx) {
        self.report = report(self.key, cx);
    }

    fn is_gone(&self, cx: &Cx) -> bool {
        !Round::is_open(&cx.reading(), self.key)
    }

    fn draw(&mut self, buffer: &mut Buffer, area: Rect, cx: &Cx) {
        let mut painter = Painter::new(buffer, area);
        painter.clear();
        let (reading, style) = (cx.reading(), |role| cx.desk.theme.style(role));
        let heading = format!("{}  {}", reading.book.serial(self.key), reading.title(self.key));
        title(&mut painter, &format!("{}  {heading}", cx.say("review-end")), "", "", cx);
        let answers = Answers::of(&reading, self.key);
        let rows = u16::try_from(answers.rows.len()).unwrap_or(0);
        // The topics are what is to be done here; the report takes the lines that are left above them.
        let room = painter.height().saturating_sub(rows + 6).max(1);
        let mut y = 2;
        for (label, words) in &shortened(&self.report, usize::from(room), cx) {
            painter.put_within(1, y, LABELS, label, style(Role::Dim));
            painter.put(1 + LABELS + 1, y, words, style(Role::Text));
            y += 1;
        }
        y += 1;
        let width = usize::from(painter.width().saturating_sub(2));
        painter.put(1, y, &crate::text::pad_end(&cx.say("review-else"), width), style(Role::Header));
        let shown = usize::from(painter.height().saturating_sub(y + 2)).max(1);
        self.top = self.top.min(self.cursor).max((self.cursor + 1).saturating_sub(shown));
        let field = reading.definitions.register(REVIEWS).and_then(|register| register.field("asked"));
        let words = |row: &crate::review::Answer| row.topic_words(field, cx.lang());
        let widest = answers.rows.iter().map(|row| crate::text::width(&words(row))).max().unwrap_or(0);
        let x = (u16::try_from(widest).unwrap_or(0) + 6).min(painter.width() / 2 + 8).max(38);
        for ((at, row), y) in answers.rows.iter().enumerate().skip(self.top).take(shown).zip(y + 1..) {
            painter.put_within(3, y, x - 5, &words(row), style(Role::Text));
            let (words, role) = match row.found {
                None => ("--".to_owned(), Role::Dim),
                Some(false) => (cx.say("review-none"), Role::Text),
                Some(true) => (format!("{}  {}", cx.say("review-found"), row.what), Role::Accent),
            };
            painter.put(x, y, &words, style(role));
            if at == self.cursor {
                painter.restyle(0, y, painter.width(), style(Role::Cursor));
            }
        }
    }

    fn hints(&self, cx: &Cx) -> Vec<Action> {
        let done = Answers::of(&cx.reading(), self.key).rows.iter().all(|row| row.found.is_some());
        let mut hints = vec![Action::Nothing, Action::Note, Action::Add, Action::Open, Action::Back];
        if done {
            hints.insert(0, Action::Save);
        }
        hints
    }
}
