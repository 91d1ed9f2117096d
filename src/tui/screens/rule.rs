//! One rule: the edition in force with what older editions left behind, or a new one and what it would say.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use super::super::action::{Action, Scope};
use super::super::layer::{Answer, Cx, Layer, Outcome};
use super::super::notice::Notice;
use super::super::theme::Role;
use super::ask::Ask;
use super::detail::Line;
use super::page::{self, Page};
use super::page_why;
use super::rules::{ask_file, tried};
use crate::book::Way;
use crate::catalogue::{Case, RuleChange, Turn};
use crate::scoring::Method;
use crate::share::{Approval, NewRule, RuleError, SessionError, flips};
use crate::wording::message;

/// One rule.
pub struct Rule {
    what: What,
    page: Page,
    asked: Asked,
    /// Whether older editions left anything behind.
    left: bool,
}

enum What {
    /// The edition of a method that is in force.
    InForce(String),
    /// A new edition that is only tried.
    Trial(Box<NewRule>),
}

/// What the question above it was about.
enum Asked {
    File,
    /// Why the rule is changed.
    Why,
    /// Who approved it, once the reason is known.
    Approver(String),
    /// Why levels change by carrying over.
    Carry,
}

impl Rule {
    /// The edition of a method that is in force.
    pub fn in_force(id: &str, cx: &Cx) -> Self {
        Self::new(What::InForce(id.to_owned()), cx)
    }

    /// A new edition that is only tried.
    pub fn trial(rule: NewRule, cx: &Cx) -> Self {
        Self::new(What::Trial(Box::new(rule)), cx)
    }

    fn new(what: What, cx: &Cx) -> Self {
        let mut rule = Self { what, page: page::lines(), asked: Asked::File, left: false };
        rule.read(cx);
        rule
    }

    fn read(&mut self, cx: &Cx) {
        let methods = cx.session.definitions().methods();
        match &self.what {
            What::InForce(id) => {
                let Some(method) = methods.get(id) else { return };
                let heading = format!("{}  {}", cx.say("rules"), method.name.get(cx.lang()));
                let left = cx.session.left_behind(&method.id, &[], cx.today()).ok();
                let left = left.filter(|left| !left.cases.is_empty());
                self.left = left.is_some();
                self.page.say(heading, in_force_lines(method, left.as_ref(), cx));
            }
            What::Trial(rule) => {
                let from = methods.get(&rule.method.id).map_or(0, |now| now.edition);
                let (method, path) = (rule.method.name.clone(), rule.path.clone());
                let to = rule.method.edition;
                let head = message!("rule-head", method = method, from = from, to = to, path = path);
                let change = cx.session.try_rule(&rule.method, cx.now);
                self.page.say(cx.render(&head), trial_lines(&change, &rule.method, cx));
            }
        }
    }

    fn ask(&mut self, asked: Asked) -> Outcome {
        let question = match &asked {
            Asked::File => message!("rule-ask-file"),
            Asked::Why => message!("rule-ask-why"),
            Asked::Approver(_) => message!("rule-ask-approver"),
            Asked::Carry => message!("rule-ask-carry"),
        };
        self.asked = asked;
        Outcome::Push(Box::new(Ask::text(question)))
    }

    /// Puts the tried edition in force; the page is then that of the rule in force.
    fn adopt(&mut self, why: String, by: String, cx: &mut Cx) -> Outcome {
        let What::Trial(rule) = &self.what else { return Outcome::Stay };
        let (now, on, lang) = (cx.now, cx.today(), cx.lang());
        let approval = Approval { by, on, why };
        let commit = match cx.session.put_in_force(rule, &approval, (Way::Screen, lang), now) {
            Ok(commit) => commit,
            Err(error) => return Outcome::Say(Notice::wrong(&error)),
        };
        let (id, method) = (rule.method.id.clone(), rule.method.name.clone());
        let left = cx.session.left_behind(&id, &[], on).map_or(0, |left| left.cases.len());
        let (edition, place, seq) = (rule.method.edition, rule.place(), commit.seq);
        let done = message!(
            "rule-applied",
            method = method,
            edition = edition,
            place = place,
            seq = seq,
            count = left
        );
        self.what = What::InForce(id);
        self.page = page::lines();
        Outcome::Say(Notice::said(done))
    }

    /// Carries over what carries over; asks why where levels change by it.
    fn carry(&mut self, why: Option<String>, cx: &mut Cx) -> Outcome {
        let What::InForce(id) = &self.what else { return Outcome::Stay };
        let (id, now, on) = (id.clone(), cx.now, cx.today());
        let by = [cx.session.shown_name().to_owned()];
        let carried = cx.session.left_behind(&id, &by, on).and_then(|change| {
            let commit = cx.session.carry(&id, &change, (Way::Screen, why), now)?;
            Ok((change, commit))
        });
        let (change, commit) = match carried {
            Ok(carried) => carried,
            Err(SessionError::Rule(RuleError::WithoutReason { .. })) => return self.ask(Asked::Carry),
            Err(error) => return Outcome::Say(Notice::wrong(&error)),
        };
        let flipped = change.by_hand().0.iter().filter(|case| case.turn.flips()).count();
        let edition = cx.session.definitions().methods().get(&id).map_or(0, |method| method.edition);
        let count = commit.changes.len();
        let done =
            message!("rule-carried", count = count, edition = edition, flips = flipped, seq = commit.seq);
        Outcome::Say(Notice::said(done))
    }
}

/// The whole rule, and the entries that older editions left behind.
fn in_force_lines(method: &Method, left: Option<&RuleChange>, cx: &Cx) -> Vec<Line> {
    let mut lines = Vec::new();
    page_why::rule_lines(&mut lines, method, cx);
    lines.push(Line::default());
    if let Some(left) = left {
        let (over, by_hand) = left.by_hand();
        let counts = message!("rule-left", count = left.cases.len(), over = over.len());
        lines.push(Line::new("", cx.render(&counts)).role(Role::Accent));
        if flips(left) {
            lines.push(Line::new("", cx.say("rule-left-flips")).role(Role::Accent));
        }
        for case in over.into_iter().chain(by_hand) {
            case_lines(&mut lines, case, method, cx);
        }
        lines.push(Line::default());
    }
    for factor in &method.factors {
        let concern = if factor.concern { cx.say("rule-concern") } else { String::new() };
        let head = format!("{} {}  {concern}", factor.id, factor.name.get(cx.lang()));
        lines.push(Line::new("", head.trim_end()).role(Role::Title));
        for step in &factor.scale {
            let value = crate::text::pad_start(&step.value.normalize().to_string(), 6);
            lines.push(Line::new("", format!("{value}  {}", step.label.get(cx.lang()))));
        }
    }
    for direct in &method.direct {
        let level = direct.band.as_deref().and_then(|band| method.band(band));
        let level = level.map_or("", |band| band.label.get(cx.lang()));
        let words = format!("{}  {}", direct.label.get(cx.lang()), level);
        lines.push(Line::new(&direct.code, words.trim_end()));
    }
    lines
}

/// What a new edition would say: how many of each kind, and by name what is not as it was.
fn trial_lines(change: &RuleChange, new: &Method, cx: &Cx) -> Vec<Line> {
    let reading = cx.reading();
    let mut lines = vec![Line::new("", reading.rule_counts(change)), Line::default()];
    for turn in Turn::ALL {
        let these: Vec<&Case> = change.with(turn).collect();
        let quiet = matches!(turn, Turn::Same | Turn::Direct);
        let named: Vec<&Case> =
            these.iter().copied().filter(|case| !quiet || !case.by_hand.is_empty()).collect();
        if these.is_empty() {
            continue;
        }
        let role = if turn.flips() { Role::Accent } else { Role::Title };
        lines.push(Line::new("", reading.turn_words(turn, these.len())).role(role));
        for case in named {
            case_lines(&mut lines, case, new, cx);
        }
    }
    lines
}

/// One entry: its name and levels, the reason before and after where they differ, and why a person is needed.
fn case_lines(lines: &mut Vec<Line>, case: &Case, new: &Method, cx: &Cx) {
    let reading = cx.reading();
    let words = reading.case_words(case, new);
    let serial = reading.book.serial(case.entry).to_owned();
    let text = format!("{}  {}", reading.title(case.entry), words.levels);
    lines.push(Line { target: Some(case.entry), ..Line::new(&serial, text) });
    let reasons = if words.after.is_empty() || words.after == words.before {
        words.before
    } else {
        format!("{}  ->  {}", words.before, words.after)
    };
    if case.turn != Turn::Same {
        lines.push(Line::new("", format!("  {reasons}")).role(Role::Dim));
    }
    if !words.by_hand.is_empty() {
        lines.push(Line::new("", format!("  {}", words.by_hand)).role(Role::Wrong));
    }
}

impl Layer for Rule {
    fn scope(&self) -> Scope {
        Scope::Rules
    }

    fn refresh(&mut self, cx: &mut Cx) {
        self.read(cx);
    }

    fn act(&mut self, action: Action, count: Option<usize>, cx: &mut Cx) -> Outcome {
        match action {
            Action::TryRule => {
                self.asked = Asked::File;
                ask_file()
            }
            Action::Adopt => match self.what {
                What::Trial(_) => self.ask(Asked::Why),
                What::InForce(_) => Outcome::Stay,
            },
            Action::Carry => self.carry(None, cx),
            Action::Methods => Outcome::Stay,
            Action::Edit | Action::Evaluate | Action::Delete => Outcome::Pass,
            action => self.page.act(action, count, cx),
        }
    }

    fn answered(&mut self, answer: Answer, cx: &mut Cx) -> Outcome {
        let Answer::Text(text) = answer else { return Outcome::Stay };
        match std::mem::replace(&mut self.asked, Asked::File) {
            Asked::File => tried(&text, cx),
            Asked::Why => self.ask(Asked::Approver(text)),
            Asked::Approver(why) => self.adopt(why, text, cx),
            Asked::Carry => self.carry(Some(text), cx),
        }
    }

    fn draw(&mut self, buffer: &mut Buffer, area: Rect, cx: &Cx) {
        self.page.draw(buffer, area, cx);
    }

    fn hints(&self, _cx: &Cx) -> Vec<Action> {
        match &self.what {
            What::Trial(_) => vec![Action::Adopt, Action::Open, Action::PageDown, Action::Back],
            What::InForce(_) => {
                let carry = self.left.then_some(Action::Carry);
                let rest = [Action::TryRule, Action::Open, Action::PageDown, Action::Back];
                carry.into_iter().chain(rest).collect()
            }
        }
    }
}
