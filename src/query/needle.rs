//! Finding words in text: as typed, or by pinyin, so that nobody needs an input method for a quick look.

use std::ops::Range;
use std::sync::LazyLock;

use ib_matcher::matcher::{IbMatcher, PinyinMatchConfig};
use ib_matcher::pinyin::{PinyinData, PinyinNotation};
use ib_matcher::unicode::case::StrCaseExt;

/// Full syllables and first letters: `huozai` and `hz` both find 火灾.
const NOTATIONS: PinyinNotation = PinyinNotation::Ascii.union(PinyinNotation::AsciiFirstLetter);

static READINGS: LazyLock<PinyinData> = LazyLock::new(|| PinyinData::new(NOTATIONS));

/// Words to look for, without regard to case; letters also stand for the pinyin of Chinese characters,
/// every reading of them.
pub struct Needle {
    words: String,
    lower: String,
    matcher: Option<IbMatcher<'static>>,
}

impl Needle {
    /// Makes a needle of what was typed; full-width letters and digits are narrowed.
    pub fn new(words: &str) -> Self {
        let words: String = words.trim().chars().map(narrow_letter).collect();
        // The matcher folds case itself and takes for granted that this changes no byte lengths.
        let lower = words.to_lowercase().to_simple_fold_case();
        let matcher = (!words.is_empty()).then(|| {
            // Pinyin is written in small letters, so the words are too.
            let readings = PinyinMatchConfig::builder(NOTATIONS).data(&READINGS).build();
            IbMatcher::builder(lower.as_str()).is_pattern_partial(true).pinyin(readings).build()
        });
        Self { words, lower, matcher }
    }

    /// What is looked for.
    pub fn words(&self) -> &str {
        &self.words
    }

    /// Whether it stands anywhere in `text`. Nothing is found everywhere.
    pub fn matches(&self, text: &str) -> bool {
        let Some(matcher) = &self.matcher else { return true };
        if text.is_ascii() {
            return self.lower.is_ascii() && contains_ascii(text, &self.lower).is_some();
        }
        matcher.is_match(text)
    }

    /// Where it first stands in `text`, in bytes.
    pub fn find(&self, text: &str) -> Option<Range<usize>> {
        let Some(matcher) = &self.matcher else { return Some(0..0) };
        if text.is_ascii() {
            return if self.lower.is_ascii() { contains_ascii(text, &self.lower) } else { None };
        }
        matcher.find(text).map(|found| found.start()..found.end())
    }
}

impl Needle {
    /// Every place where it stands in `text`, in bytes, without overlap.
    pub fn find_all(&self, text: &str) -> Vec<Range<usize>> {
        let (mut places, mut from) = (Vec::new(), 0);
        while let Some(rest) = text.get(from..)
            && let Some(found) = self.find(rest).filter(|found| !found.is_empty())
        {
            places.push(from + found.start..from + found.end);
            from += found.end;
        }
        places
    }
}

impl std::fmt::Debug for Needle {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_tuple("Needle").field(&self.words).finish()
    }
}

fn narrow_letter(c: char) -> char {
    let narrow = crate::text::narrow(c);
    if narrow.is_ascii_alphanumeric() { narrow } else { c }
}

fn contains_ascii(text: &str, lower: &str) -> Option<Range<usize>> {
    let (text, lower) = (text.as_bytes(), lower.as_bytes());
    let first = lower.first()?;
    let last = text.len().checked_sub(lower.len())?;
    let begins = |at: &usize| {
        text.get(*at).is_some_and(|byte| byte.eq_ignore_ascii_case(first))
            && text.get(*at..*at + lower.len()).is_some_and(|part| part.eq_ignore_ascii_case(lower))
    };
    let at = (0..=last).find(begins)?;
    Some(at..at + lower.len())
}

#[cfg(test)]
mod tests {
    use super::Needle;

    #[test]
    fn finds_by_characters_pinyin_and_initials() {
        for (needle, text) in [
            ("火灾", "潜在火灾"),
            ("huozai", "潜在火灾"),
            ("hz", "潜在火灾"),
            ("HZ", "潜在火灾"),
            ("huoz", "潜在火灾"),
            ("火z", "潜在火灾"),
            ("cq", "重庆"),
            ("zq", "重庆"),
            ("ea-0002", "EA-0002"),
            ("ＥＡ", "EA-0002"),
            ("", "x"),
        ] {
            assert!(Needle::new(needle).matches(text), "{needle} in {text}");
        }
        for (needle, text) in [("hz", "废旧墨盒"), ("水", "fire"), ("ea-1", "EA-0002")] {
            assert!(!Needle::new(needle).matches(text), "{needle} in {text}");
        }
        assert_eq!(Needle::new("fei").find("口罩的废弃"), Some(9..12));
        assert_eq!(Needle::new("fei").find_all("废纸和废油"), [0..3, 9..12]);
        assert!(Needle::new("").find_all("废纸").is_empty());
    }

    #[test]
    fn letters_whose_case_folds_to_another_length_are_survived() {
        for words in ["\u{17f}火", "火\u{17f}", "\u{212a}火", "\u{130}火"] {
            let found = Needle::new(words).find("潜在火灾\u{17f}\u{212a}");
            assert!(found.is_none_or(|at| at.end <= 20));
        }
    }
}
