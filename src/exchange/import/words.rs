//! The words by which lists of other programs are read, as data of the program's own.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use serde::Deserialize;

/// Word lists; each word as [`plain`] leaves it.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Words {
    pub number: Vec<String>,
    pub serial: Vec<String>,
    pub score: Vec<String>,
    pub level: Vec<String>,
    pub listed: Vec<String>,
    pub direct: Vec<String>,
    pub method: Vec<String>,
    pub on: Vec<String>,
    pub by: Vec<String>,
    pub basis: Vec<String>,
    pub reason: Vec<String>,
    pub residual: Vec<String>,
    pub department: Vec<String>,
    pub yes: Vec<String>,
    pub no: Vec<String>,
    pub signed: Vec<String>,
    pub remark: Vec<String>,
    pub total: Vec<String>,
    pub nothing: Vec<String>,
    pub offices: Vec<String>,
    /// By register and field.
    pub heads: BTreeMap<String, BTreeMap<String, Vec<String>>>,
}

static WORDS: LazyLock<Words> = LazyLock::new(|| {
    let mut words: Words = toml::from_str(include_str!("../../../data/import.toml")).unwrap_or_default();
    for list in words.lists() {
        for word in list {
            *word = plain(word);
        }
    }
    words
});

/// The word lists.
pub fn words() -> &'static Words {
    &WORDS
}

impl Words {
    fn lists(&mut self) -> impl Iterator<Item = &mut Vec<String>> {
        [
            &mut self.number,
            &mut self.serial,
            &mut self.score,
            &mut self.level,
            &mut self.listed,
            &mut self.direct,
            &mut self.method,
            &mut self.on,
            &mut self.by,
            &mut self.basis,
            &mut self.reason,
            &mut self.residual,
            &mut self.department,
            &mut self.signed,
            &mut self.remark,
            &mut self.total,
        ]
        .into_iter()
    }

    /// Whether a word is a verdict and no mere mark: a level `V` is none.
    pub fn verdict(&self, text: &str) -> Option<bool> {
        self.mark(text).filter(|_| !text.trim().is_ascii() || text.trim().len() > 1)
    }

    /// Whether a cell says that there is nothing.
    pub fn is_nothing(&self, text: &str) -> bool {
        let text = text.trim().to_lowercase();
        self.nothing.contains(&text)
    }

    /// What a cell that holds a mark says: yes, no, or something else.
    pub fn mark(&self, text: &str) -> Option<bool> {
        let text: String =
            text.trim().chars().map(crate::text::narrow).flat_map(char::to_lowercase).collect();
        // `是 / yes`: in both languages.
        let text = text.split_once(" / ").map_or(text.as_str(), |(first, _)| first).to_owned();
        let holds = |list: &[String]| list.contains(&text);
        if holds(&self.yes) {
            return Some(true);
        }
        holds(&self.no).then_some(false)
    }
}

/// A heading or word as it is compared: without blanks, without the signs people put around it, in small letters, wide
/// letters as narrow ones.
pub fn plain(text: &str) -> String {
    let letters = text.chars().map(crate::text::narrow).filter(|c| {
        !c.is_whitespace() && !matches!(c, ':' | '*' | '.' | '_' | '-' | '"' | '\'' | '、' | '，' | ',')
    });
    letters.flat_map(char::to_lowercase).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_lists_are_there_and_marks_are_told_apart() {
        assert!(words().heads.contains_key("hazards") && !words().signed.is_empty());
        for (text, said) in [
            ("√", Some(true)),
            ("Ｙ", Some(true)),
            ("否", Some(false)),
            (" ✓ ", Some(true)),
            ("×", Some(false)),
            ("3级", None),
            ("", None),
        ] {
            assert_eq!(words().mark(text), said, "{text}");
        }
        assert_eq!(plain(" 环境\n因素：（Ａ）"), "环境因素(a)");
    }
}
