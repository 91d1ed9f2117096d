//! Carrying something out: a drill leads to its clock, a plan to that of a new drill, whose title is asked first, and a
//! checklist to its sheet.

use super::super::action::Action;
use super::super::layer::{Cx, Outcome};
use super::super::notice::Notice;
use super::ask::{Ask, Asking, Take};
use super::clock::Clock;
use super::sheet::CheckSheet;
use crate::book::{Edit, EntryKey, Proposal, Way};
use crate::wording::message;

/// The clock of an entry, or the question that leads to a new one.
pub fn clock(entry: Option<EntryKey>, cx: &mut Cx) -> Outcome {
    let Some(entry) = entry else { return Outcome::Stay };
    if let Some(clock) = Clock::open(entry, cx) {
        return Outcome::Push(Box::new(clock));
    }
    if let Some(sheet) = CheckSheet::open(entry, cx) {
        return match cx.session.read_only() {
            Some(why) => Outcome::Say(Notice::refused(why)),
            None => sheet.shown(cx),
        };
    }
    let reading = cx.reading();
    let plan = reading.book.entry(entry).filter(|plan| reading.drilled_by(plan).is_some());
    if plan.is_none() {
        return Outcome::Say(Notice::said(message!("clock-none")));
    }
    // Who may only look is told before a title is typed in vain.
    if let Some(why) = cx.session.read_only() {
        return Outcome::Say(Notice::refused(why));
    }
    let serial = reading.book.serial(entry).to_owned();
    let time = reading.local(cx.now.timestamp()).time();
    let running = reading.running_of(entry, cx.today(), time);
    let ask = match running {
        Some(running) => {
            let running = reading.book.serial(running).to_owned();
            Ask::text(message!("drill-ask-running", plan = serial, drill = running)).optional()
        }
        None => Ask::filled(message!("drill-ask-title", plan = serial), &reading.drill_title(entry)),
    };
    Outcome::Push(Box::new(Asking::new(ask, StartDrill { plan: entry, running })))
}

/// The action that leads to a clock, where there is one.
pub fn hint(entry: Option<EntryKey>, cx: &Cx) -> Option<Action> {
    let reading = cx.reading();
    let entry = reading.book.entry(entry?)?;
    let timed = reading.course(entry).is_some() || reading.drilled_by(entry).is_some();
    let timed = timed || reading.made_of(entry).is_some();
    timed.then_some(Action::Clock)
}

/// Asks for the title of a new drill of a plan.
struct StartDrill {
    plan: EntryKey,
    /// A drill of the plan that runs: nothing typed goes on with it.
    running: Option<EntryKey>,
}

impl Take for StartDrill {
    fn take(&mut self, title: &str, cx: &mut Cx) -> Outcome {
        if let Some(running) = self.running.filter(|_| title.is_empty()) {
            return match Clock::open(running, cx) {
                Some(clock) => Outcome::Replace(Box::new(clock)),
                None => Outcome::Close,
            };
        }
        let (reading, now, today) = (cx.reading(), cx.now, cx.today());
        let found = reading.book.entry(self.plan).and_then(|plan| reading.drilled_by(plan));
        let Some((register, link)) = found else { return Outcome::Close };
        let Some(clock) = &register.features.clock else { return Outcome::Close };
        let fields = clock.begin((register, link), self.plan, title, today);
        let fields = fields.into_iter().filter_map(|(id, value)| Some((id, value?))).collect();
        let edits = vec![Edit::Add { register: register.id.clone(), fields }];
        let made = match cx.session.commit(Proposal { way: Way::Screen, why: None, edits }, now) {
            Ok(commit) => commit.changes.first().map(|change| change.entry),
            Err(error) => return Outcome::Say(Notice::wrong(&error)),
        };
        match made.and_then(|entry| Clock::open(entry, cx)) {
            Some(clock) => Outcome::Replace(Box::new(clock)),
            None => Outcome::Close,
        }
    }
}
