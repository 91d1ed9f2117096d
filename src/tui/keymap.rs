//! Which key does what: the table of actions, changed by the person's `keys.toml`.

use std::collections::BTreeMap;

use serde::Deserialize;
use toml::Spanned;

use super::action::{Action, Scope};
use super::terminal::Key;
use crate::source::{Problem, Source, nearest};
use crate::wording::message;

/// The keys in force.
#[derive(Debug, Clone)]
pub struct Keymap {
    bindings: BTreeMap<(Scope, Vec<Key>), Action>,
}

/// What a key means after those before it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Meaning {
    /// This action.
    Action(Action),
    /// The beginning of a longer sequence.
    Begun,
    /// Nothing.
    Nothing,
}

#[derive(Deserialize)]
#[serde(transparent)]
struct File(BTreeMap<Spanned<String>, Actions>);

/// The keys of each action, as the file has them.
type Actions = BTreeMap<Spanned<String>, Vec<Spanned<String>>>;

impl Default for Keymap {
    fn default() -> Self {
        let mut bindings = BTreeMap::new();
        for action in Action::ALL {
            for (scope, keys) in action.defaults() {
                for key in *keys {
                    bindings.insert((*scope, sequence(key).unwrap_or_default()), *action);
                }
            }
        }
        Self { bindings }
    }
}

impl Keymap {
    /// The keys with the person's own: `[table]`, then `open = ["Enter", "o"]` for each action to change.
    /// An action named there has only the keys given there.
    pub fn with_own(file: &str, text: &str) -> Result<Self, Problem> {
        let source = Source::new(file, text);
        let own: File = source.parse()?;
        let mut keymap = Self::default();
        let mut given: BTreeMap<(Scope, Vec<Key>), &str> = BTreeMap::new();
        for (scope_said, actions) in &own.0 {
            let scope =
                Scope::ALL.iter().find(|scope| scope.id() == scope_said.get_ref()).copied().ok_or_else(
                    || {
                        unknown(
                            &source,
                            scope_said,
                            "keys-unknown-scope",
                            Scope::ALL.iter().map(|scope| scope.id()),
                        )
                    },
                )?;
            for (said, keys) in actions {
                let action = Action::named(said.get_ref()).ok_or_else(|| {
                    unknown(
                        &source,
                        said,
                        "keys-unknown-action",
                        Action::ALL.iter().map(|action| action.id()),
                    )
                })?;
                keymap.bindings.retain(|(at, _), bound| !(*at == scope && *bound == action));
                for key in keys {
                    let bad = || message!("keys-unknown-key", said = key.get_ref().clone());
                    let keys = sequence(key.get_ref()).ok_or_else(|| source.problem(key.span(), bad()))?;
                    if let Some(other) = given.insert((scope, keys.clone()), action.id()) {
                        let what =
                            message!("keys-twice", key = key.get_ref().clone(), other = other.to_owned());
                        return Err(source.problem(key.span(), what));
                    }
                    keymap.bindings.insert((scope, keys), action);
                }
            }
        }
        Ok(keymap)
    }

    /// What the last of `keys` means in a scope.
    pub fn meaning(&self, scope: Scope, keys: &[Key]) -> Meaning {
        let scopes = [Some(scope), scope.takes_everywhere().then_some(Scope::Everywhere)];
        for scope in scopes.into_iter().flatten() {
            if let Some(action) = self.bindings.get(&(scope, keys.to_vec())) {
                return Meaning::Action(*action);
            }
        }
        let begun = scopes.into_iter().flatten().any(|scope| {
            self.bindings
                .keys()
                .any(|(at, longer)| *at == scope && longer.len() > keys.len() && longer.starts_with(keys))
        });
        if begun { Meaning::Begun } else { Meaning::Nothing }
    }

    /// The keys that do `action` in a scope, the shortest first.
    pub fn keys(&self, scope: Scope, action: Action) -> Vec<String> {
        let at = |at: Scope| {
            let bound =
                self.bindings.iter().filter(move |((scope, _), bound)| *scope == at && **bound == action);
            bound.map(|((_, keys), _)| keys.clone())
        };
        let mut all: Vec<Vec<Key>> = at(scope).collect();
        if all.is_empty() && scope.takes_everywhere() {
            all = at(Scope::Everywhere).collect();
        }
        let default = |keys: &Vec<Key>| {
            let written = written(keys);
            let here = action.defaults().iter().find(|(at, _)| *at == scope || *at == Scope::Everywhere);
            here.and_then(|(_, keys)| keys.iter().position(|key| *key == written)).unwrap_or(usize::MAX)
        };
        all.sort_by_key(default);
        all.iter().map(|keys| written(keys)).collect()
    }

    /// Every action that works in a scope, in the order of the help.
    pub fn actions(&self, scope: Scope) -> Vec<Action> {
        Action::ALL.iter().copied().filter(|action| !self.keys(scope, *action).is_empty()).collect()
    }
}

/// The keys of `g g` or `Ctrl-p`.
fn sequence(text: &str) -> Option<Vec<Key>> {
    let keys: Option<Vec<Key>> = text.split_whitespace().map(|key| key.parse().ok()).collect();
    keys.filter(|keys| !keys.is_empty())
}

fn written(keys: &[Key]) -> String {
    keys.iter().map(ToString::to_string).collect::<Vec<_>>().join(" ")
}

fn unknown<'a>(
    source: &Source,
    said: &Spanned<String>,
    id: &'static str,
    known: impl Iterator<Item = &'a str>,
) -> Problem {
    let near = nearest(said.get_ref(), known).unwrap_or("").to_owned();
    let word = said.get_ref().clone();
    let what = match id {
        "keys-unknown-scope" => message!("keys-unknown-scope", said = word, nearest = near),
        _ => message!("keys-unknown-action", said = word, nearest = near),
    };
    source.problem(said.span(), what)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_key_is_bound_twice_in_a_scope() {
        let mut seen: BTreeMap<(Scope, &str), Action> = BTreeMap::new();
        for action in Action::ALL {
            for (scope, keys) in action.defaults() {
                for key in *keys {
                    assert!(sequence(key).is_some(), "{key} of {action} is no key");
                    let other = seen.insert((*scope, key), *action);
                    assert_eq!(other, None, "{key} does two things in {scope:?}");
                }
            }
        }
    }

    #[test]
    fn every_function_is_reachable_without_ctrl_and_alt() {
        for action in Action::ALL.iter().filter(|action| !matches!(action, Action::Redraw | Action::Suspend))
        {
            for (scope, keys) in action.defaults() {
                let plain = keys.iter().any(|key| !key.contains("Ctrl-") && !key.contains("Alt-"));
                let leaves = *action == Action::Quit && (scope.is_text() || *scope == Scope::Evaluate);
                assert!(plain || leaves, "{action} in {scope:?} needs Ctrl");
            }
        }
    }

    #[test]
    fn own_keys_replace_the_defaults_of_their_action_only() {
        let keymap = Keymap::with_own("keys.toml", "[table]\ndown = [\"n\"]\n").unwrap();
        let key = |text: &str| sequence(text).unwrap();
        assert_eq!(keymap.meaning(Scope::Table, &key("n")), Meaning::Action(Action::Down));
        assert_eq!(keymap.meaning(Scope::Table, &key("j")), Meaning::Nothing);
        assert_eq!(keymap.meaning(Scope::Home, &key("j")), Meaning::Action(Action::Down));
    }

    #[test]
    fn a_wrong_file_says_where_and_what() {
        for (text, at) in [
            ("[tabel]\n", (1, 2)),
            ("[table]\ndonw = [\"n\"]\n", (2, 1)),
            ("[table]\ndown = [\"Ctrl-Nope\"]\n", (2, 9)),
            ("[table]\ndown = [\"n\"]\nup = [\"n\"]\n", (3, 7)),
        ] {
            let problem = Keymap::with_own("keys.toml", text).unwrap_err();
            assert_eq!((problem.line, problem.column), at, "{text}: {problem}");
        }
    }

    #[test]
    fn a_sequence_waits_for_its_end() {
        let keymap = Keymap::default();
        assert_eq!(keymap.meaning(Scope::Table, &sequence("g").unwrap()), Meaning::Begun);
        assert_eq!(keymap.meaning(Scope::Table, &sequence("g g").unwrap()), Meaning::Action(Action::Top));
    }
}
