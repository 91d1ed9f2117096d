//! The actions worth a hint on a page, by what it is about.

use super::super::action::Action;
use super::super::layer::Cx;
use super::page::Subject;
use super::start_drill;
use crate::audit::problems_of;
use crate::catalogue::STATUS;

/// The most useful first.
pub fn of(subject: Subject, cx: &Cx) -> Vec<Action> {
    match subject {
        Subject::Entry(key) => {
            let entry = cx.session.book().entry(key);
            let scored = entry.is_some_and(|entry| cx.reading().method_of(entry).is_some());
            let judged = |action| scored.then_some(action);
            let timed = start_drill::hint(Some(key), cx);
            let register = entry.and_then(|entry| cx.reading().register(entry));
            let problems = entry.map(|entry| problems_of(&cx.reading(), entry, cx.today()));
            let open = problems.is_some_and(|all| all.iter().any(|one| one.standing.is_open()));
            let stands = register.is_some_and(|register| register.field(STATUS).is_some());
            let hints = [
                Some(Action::Edit),
                timed,
                judged(Action::Evaluate),
                cx.reading().stale().holds(key).then_some(Action::Unchanged),
                (stands || open).then_some(Action::Settle),
                Some(Action::History),
                judged(Action::Why),
                Some(Action::NextPart),
                Some(Action::Open),
                Some(Action::Delete),
                Some(Action::Back),
            ];
            hints.into_iter().flatten().collect()
        }
        Subject::Round(_) => {
            vec![Action::Open, Action::Edit, Action::History, Action::PageDown, Action::Back]
        }
        Subject::Month(_) | Subject::Listed => vec![Action::Open, Action::PageDown, Action::Back],
        Subject::History(_) => vec![Action::Open, Action::Restore, Action::PageDown, Action::Back],
        Subject::Why(_) => {
            vec![Action::Edit, Action::Evaluate, Action::PageDown, Action::Back]
        }
        Subject::Drawn => vec![Action::Open, Action::Question, Action::Plain, Action::Back],
        Subject::Lines | Subject::Still => vec![Action::PageDown, Action::PageUp, Action::Back],
    }
}
