//! What keys work on a screen.

use super::super::action::Scope;
use super::super::layer::Cx;
use super::detail::Line;
use super::page::{Page, still};

/// A page with the keys that work in a scope.
pub fn help(scope: Scope, cx: &Cx) -> Page {
    let wording = cx.desk.wording();
    let mut lines = vec![Line::new("", wording.say_dynamic("scope-what", scope.id())), Line::default()];
    for action in cx.desk.keymap.actions(scope) {
        // The first key stands before what it does, the others behind it.
        let keys = cx.desk.keymap.keys(scope, action);
        let (first, others) = keys.split_first().map_or(("", &[][..]), |(first, others)| (first, others));
        let words = format!("{}   {}", wording.say_dynamic("action", action.id()), others.join("  "));
        lines.push(Line::new(first, words.trim_end()));
    }
    lines.push(Line::default());
    // A question is no filter.
    let filter = ["help-filter", "help-filter-words", "help-filter-more"];
    let filter = filter.into_iter().filter(|_| scope != Scope::Line);
    for id in filter.chain(["help-major", "help-saved"]) {
        lines.push(Line::new("", wording.say(id)));
    }
    still(wording.say("help-title"), lines)
}
