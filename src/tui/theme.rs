//! The look: roles of text, and the styles a theme gives them.
//!
//! Colour is never the only sign. Every role has a modifier of its own or stands beside a sign, so a theme
//! without any colour loses nothing.

use std::collections::BTreeMap;
use std::str::FromStr;

use ratatui::style::{Color, Modifier, Style};
use serde::Deserialize;
use toml::Spanned;

use crate::source::{Problem, Source, nearest};
use crate::wording::message;

/// What a text is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Role {
    /// Ordinary text.
    Text,
    /// What steps back: labels, what is past.
    Dim,
    /// Where one is.
    Title,
    /// The heads of columns.
    Header,
    /// What the cursor is on.
    Cursor,
    /// Significant or major, or wants an answer; the one accent.
    Accent,
    /// A mistake.
    Wrong,
    /// What matched.
    Match,
    /// A marked row.
    Marked,
    /// The keys in the last line.
    Hint,
    /// A choice that is taken.
    Chosen,
}

const ROLES: [(&str, Role); 11] = [
    ("text", Role::Text),
    ("dim", Role::Dim),
    ("title", Role::Title),
    ("header", Role::Header),
    ("cursor", Role::Cursor),
    ("accent", Role::Accent),
    ("wrong", Role::Wrong),
    ("match", Role::Match),
    ("marked", Role::Marked),
    ("hint", Role::Hint),
    ("chosen", Role::Chosen),
];

/// The styles of all roles, under a name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Theme {
    name: String,
    styles: BTreeMap<Role, Style>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
#[expect(clippy::struct_excessive_bools, reason = "each is a key of the file")]
struct Raw {
    fg: Option<Spanned<String>>,
    bg: Option<Spanned<String>>,
    #[serde(default)]
    bold: bool,
    #[serde(default)]
    dim: bool,
    #[serde(default)]
    underline: bool,
    #[serde(default)]
    reverse: bool,
}

/// The themes the program brings along.
pub const BUILTIN: [(&str, &str); 4] = [
    ("default", include_str!("../../themes/default.toml")),
    ("mono", include_str!("../../themes/mono.toml")),
    ("light", include_str!("../../themes/light.toml")),
    ("high-contrast", include_str!("../../themes/high-contrast.toml")),
];

impl Theme {
    /// Reads a theme; a role it leaves out looks as in the mono theme.
    pub fn parse(file: &str, text: &str) -> Result<Self, Problem> {
        let source = Source::new(file, text);
        let raw: BTreeMap<Spanned<String>, Raw> = source.parse()?;
        let mut styles = if file == "mono" { BTreeMap::new() } else { Self::mono().styles };
        for (name, raw) in raw {
            let role = ROLES.iter().find(|(id, _)| id == name.get_ref()).map(|(_, role)| *role).ok_or_else(
                || {
                    let near =
                        nearest(name.get_ref(), ROLES.iter().map(|(id, _)| *id)).unwrap_or("").to_owned();
                    let said = name.get_ref().clone();
                    source.problem(name.span(), message!("theme-unknown-role", said = said, nearest = near))
                },
            )?;
            let colour = |said: Option<Spanned<String>>| match said {
                None => Ok(Color::Reset),
                Some(said) => Color::from_str(said.get_ref()).map_err(|_| {
                    source
                        .problem(said.span(), message!("theme-unknown-colour", said = said.get_ref().clone()))
                }),
            };
            let mut style = Style::new().fg(colour(raw.fg)?).bg(colour(raw.bg)?);
            for (on, modifier) in [
                (raw.bold, Modifier::BOLD),
                (raw.dim, Modifier::DIM),
                (raw.underline, Modifier::UNDERLINED),
                (raw.reverse, Modifier::REVERSED),
            ] {
                if on {
                    style = style.add_modifier(modifier);
                }
            }
            styles.insert(role, style);
        }
        Ok(Self { name: file.trim_end_matches(".toml").to_owned(), styles })
    }

    /// The theme without any colour.
    pub fn mono() -> Self {
        let text = BUILTIN.iter().find(|(name, _)| *name == "mono").map_or("", |(_, text)| text);
        Self::parse("mono", text).unwrap_or_else(|_| Self { name: String::new(), styles: BTreeMap::new() })
    }

    /// The built-in theme with this name.
    pub fn builtin(name: &str) -> Option<Self> {
        let (name, text) = BUILTIN.iter().find(|(builtin, _)| *builtin == name)?;
        Self::parse(name, text).ok()
    }

    /// The built-in theme after this one; the first after the last and after a person's own.
    #[must_use]
    pub fn next(&self) -> Self {
        let at = BUILTIN.iter().position(|(name, _)| *name == self.name).map_or(0, |at| at + 1);
        let name = BUILTIN.get(at % BUILTIN.len()).map_or("default", |(name, _)| name);
        Self::builtin(name).unwrap_or_else(Self::mono)
    }

    /// Its name.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// The style of a role.
    pub fn style(&self, role: Role) -> Style {
        self.styles.get(&role).copied().unwrap_or_default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_theme_is_sound_and_mono_has_no_colour() {
        for (name, text) in BUILTIN {
            let theme = Theme::parse(name, text).unwrap_or_else(|problem| panic!("{problem}"));
            for (_, role) in ROLES {
                let style = theme.style(role);
                if name == "mono" {
                    assert_eq!((style.fg, style.bg), (Some(Color::Reset), Some(Color::Reset)), "{role:?}");
                }
                let plain = matches!(role, Role::Text | Role::Hint);
                assert!(
                    plain || !style.add_modifier.is_empty(),
                    "{role:?} of {name} is told by colour alone"
                );
            }
        }
    }

    #[test]
    fn a_wrong_theme_says_where() {
        let problem = Theme::parse("mine.toml", "[acent]\nfg = \"red\"\n").unwrap_err();
        assert_eq!((problem.line, problem.column), (1, 2), "{problem}");
        assert!(problem.to_string().contains("accent"));
        assert_eq!(Theme::parse("mine.toml", "[accent]\nfg = \"redd\"\n").unwrap_err().line, 2);
    }
}
