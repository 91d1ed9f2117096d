//! The neutral form of text that anyone may have typed: shown, it can neither move the cursor nor turn
//! the line around nor take another width than it was measured with.
//!
//! What a character becomes depends on nothing but what stands before it, so that measuring, cutting and
//! showing read the same text the same way. Each visible character keeps columns of its own, also where
//! a script or a joiner makes one cluster of several: terminals agree over characters, over clusters they do
//! not. So a family of joined emoji is shown as its members side by side, of which none is lost. What is kept
//! and exported is the text as it was typed.

use std::borrow::Cow;

use unicode_width::UnicodeWidthChar;

/// Combining marks that one character may carry; more would reach into other lines.
const MOST_MARKS: u8 = 3;
/// Carries marks that have nothing to stand on.
const CIRCLE: char = '\u{25cc}';
/// Stands for what would act, and for a text that would not be seen at all.
const UNSHOWN: char = '?';

/// The neutral form for display. Harmless text comes back as it is; each character that is not becomes
/// one that is seen, or goes where it could not be seen at all. A neutral form is its own neutral form.
pub fn clean(text: &str) -> Cow<'_, str> {
    if super::plain_width(text).is_some() {
        return Cow::Borrowed(text);
    }
    let mut shown = Shown::default();
    if text.chars().all(|c| matches!(shown.form(c), Form::Itself(_))) {
        return Cow::Borrowed(text);
    }
    let mut shown = Shown::default();
    let mut neutral = String::with_capacity(text.len());
    for c in text.chars() {
        match shown.form(c) {
            Form::Itself(_) => neutral.push(c),
            Form::Instead(other) => neutral.push(other),
            Form::OnCircle => neutral.extend([CIRCLE, c]),
            Form::Nothing => {}
        }
    }
    if neutral.is_empty() {
        neutral.push(UNSHOWN);
    }
    Cow::Owned(neutral)
}

/// Whether a character does something to a terminal instead of standing on it: controls, line ends, whatever turns
/// the direction of writing.
pub fn acts(c: char) -> bool {
    c.is_control() || is_turning(c) || matches!(c, '\u{2028}' | '\u{2029}')
}

/// Whether nobody would see anything of a text: no words are in it.
pub fn shows_nothing(text: &str) -> bool {
    text.chars().all(|c| {
        let blank = c.is_whitespace() || c == '\u{2800}';
        blank || matches!(Kind::of(c), Kind::Invisible | Kind::Blank | Kind::Acting)
    })
}

/// What is shown for one character.
#[derive(Debug, Clone, Copy)]
pub(super) enum Form {
    /// The character, in so many columns: none for a mark on the character before.
    Itself(usize),
    /// Another, narrow character.
    Instead(char),
    /// The character on a dotted circle.
    OnCircle,
    /// Nothing.
    Nothing,
}

impl Form {
    /// Columns that it takes.
    pub(super) fn width(self) -> usize {
        match self {
            Self::Itself(width) => width,
            Self::Instead(_) | Self::OnCircle => 1,
            Self::Nothing => 0,
        }
    }
}

/// The last visible character of what was shown so far, with what bears on the next one.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Shown {
    /// None where a mark would have nothing to stand on.
    base: Option<char>,
    marks: u8,
}

impl Shown {
    /// What is shown for the next character.
    pub(super) fn form(&mut self, c: char) -> Form {
        let on_emoji = self.base.is_some_and(is_emoji);
        match Kind::of(c) {
            // Terminals differ over whether a tone colours the emoji or stands beside it.
            Kind::Tone if on_emoji => Form::Nothing,
            Kind::Visible(width) => {
                *self = Self { base: Some(c), ..Self::default() };
                Form::Itself(width)
            }
            Kind::Mark if self.base.is_none() => {
                *self = Self { base: Some(CIRCLE), marks: 1 };
                Form::OnCircle
            }
            Kind::Mark if self.marks < MOST_MARKS => {
                self.marks += 1;
                Form::Itself(0)
            }
            Kind::Mark | Kind::Invisible => Form::Nothing,
            Kind::Blank => {
                *self = Self::default();
                Form::Instead(' ')
            }
            Kind::Region(letter) => self.instead(letter),
            Kind::Tone | Kind::Acting => self.instead(UNSHOWN),
        }
    }

    fn instead(&mut self, other: char) -> Form {
        *self = Self { base: Some(other), ..Self::default() };
        Form::Instead(other)
    }
}

/// How a character behaves on a terminal.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    /// Takes one or two columns.
    Visible(usize),
    /// Stands on the character before.
    Mark,
    /// Takes no room and means nothing in a register.
    Invisible,
    /// Gives an emoji another colour.
    Tone,
    /// Half a flag, and its letter: terminals differ over what a pair takes and what a single one does.
    Region(char),
    /// Moves the cursor to another line or column.
    Blank,
    /// Does something else, or is as wide as the terminal likes.
    Acting,
}

impl Kind {
    fn of(c: char) -> Self {
        match c {
            ' '..='~' => Self::Visible(1),
            // The most of Chinese text, without a look into the tables.
            '\u{4e00}'..='\u{9fff}' | '\u{3001}'..='\u{3029}' | '\u{ff01}'..='\u{ff60}' => Self::Visible(2),
            '\t' | '\n' | '\r' | '\u{85}' | '\u{2028}' | '\u{2029}' => Self::Blank,
            '\u{1f3fb}'..='\u{1f3ff}' => Self::Tone,
            '\u{1f1e6}'..='\u{1f1ff}' => Self::Region(region(c)),
            c if is_invisible(c) => Self::Invisible,
            c if is_turning(c) || is_format(c) => Self::Acting,
            c => match c.width() {
                Some(0) => Self::Mark,
                Some(width @ 1..=2) => Self::Visible(width),
                _ => Self::Acting,
            },
        }
    }
}

/// The letter of a regional indicator.
fn region(c: char) -> char {
    char::from_u32(u32::from(c) - 0x1f1e6 + u32::from('A')).unwrap_or(UNSHOWN)
}

/// Pictures that a tone may colour. Letters never are, whatever they stand next to.
fn is_emoji(c: char) -> bool {
    matches!(c, '\u{2190}'..='\u{2bff}' | '\u{1f000}'..='\u{1faff}') && !c.is_alphanumeric()
}

/// Characters that turn the direction of writing.
fn is_turning(c: char) -> bool {
    matches!(c, '\u{61c}' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

/// Signs that lay out the digits or glyphs around them: terminals differ over their width.
fn is_format(c: char) -> bool {
    matches!(c, '\u{600}'..='\u{605}' | '\u{6dd}' | '\u{70f}' | '\u{890}' | '\u{891}' | '\u{8e2}')
        || matches!(c, '\u{110bd}' | '\u{110cd}' | '\u{13430}'..='\u{1343f}')
}

/// Characters that take no room and mean nothing in a register.
fn is_invisible(c: char) -> bool {
    matches!(
        c,
        '\u{ad}' | '\u{34f}' | '\u{115f}' | '\u{1160}' | '\u{17b4}' | '\u{17b5}' | '\u{180b}'..='\u{180f}'
    ) || matches!(c, '\u{200b}'..='\u{200d}' | '\u{2060}'..='\u{2065}' | '\u{206a}'..='\u{206f}' | '\u{3164}')
        || matches!(c, '\u{fe00}'..='\u{fe0f}' | '\u{feff}' | '\u{ffa0}' | '\u{fff0}'..='\u{fffb}')
        || matches!(c, '\u{1bca0}'..='\u{1bca3}' | '\u{1d173}'..='\u{1d17a}' | '\u{e0000}'..='\u{e0fff}')
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::text::{graphemes, width};

    #[test]
    fn leaves_harmless_text_alone() {
        for text in [
            "",
            "plain",
            "废旧墨盒、硒鼓（HW12）",
            "é e\u{301}",
            "👨",
            "\u{20000}",
            "=cmd|' /C calc'!A0",
            "\u{e19}\u{e33}\u{e49}",
            "\u{915}\u{94d}\u{937}\u{93f}",
            "\u{b95}\u{bca}",
            "\u{1100}\u{1161}\u{11a8}\u{1100}\u{1100}",
            "\u{ff76}\u{ff9e}",
        ] {
            assert!(matches!(clean(text), Cow::Borrowed(same) if same == text), "{text:?}");
        }
    }

    #[test]
    fn takes_the_sting_out_of_the_rest() {
        assert_eq!(clean("a\u{1b}[31mb"), "a?[31mb");
        assert_eq!(clean("a\u{202e}b"), "a?b");
        assert_eq!(clean("a\tb\nc"), "a b c");
        assert_eq!(clean("a\u{200b}b\u{feff}"), "ab");
        assert_eq!(clean("👨\u{200d}👩\u{200d}👧 👍🏽"), "👨👩👧 👍");
        assert_eq!(clean("👩\u{1f3fd}\u{200d}🚒 ❤\u{fe0f}\u{200d}🔥 a\u{200d}b"), "👩🚒 ❤🔥 ab");
        assert_eq!(clean("\u{9b}31m\u{7f}\u{0}"), "?31m??");
        assert_eq!(clean(&format!("z{}", "\u{301}".repeat(50))).chars().count(), 1 + usize::from(MOST_MARKS));
    }

    #[test]
    fn keeps_each_letter_of_a_joined_cluster() {
        for (text, columns) in [
            ("\u{e19}\u{e33}\u{e49}", 2),
            ("\u{915}\u{94d}\u{937}\u{93f}", 3),
            ("\u{b95}\u{bca}\u{b95}", 3),
            ("\u{1100}\u{1100}", 4),
            ("\u{ff76}\u{ff9e}", 2),
        ] {
            assert_eq!(clean(text), text);
            assert_eq!(width(text), columns, "{text:?}");
        }
        assert_eq!(clean("\u{600}\u{627}"), "?\u{627}");
        assert_eq!(clean("👨\u{200d}\u{1f130}"), "👨\u{1f130}");
    }

    #[test]
    fn breaks_no_line_by_a_separator() {
        for line_end in ['\u{85}', '\u{2028}', '\u{2029}'] {
            assert_eq!(clean(&line_end.to_string()), " ");
            assert_eq!(clean(&format!("一{line_end}二")), "一 二");
            assert_eq!(clean(&format!("a{line_end}\u{301}")), "a \u{25cc}\u{301}");
        }
    }

    #[test]
    fn shows_a_flag_as_its_letters() {
        assert_eq!(clean("🇨🇳🇺🇸"), "CNUS");
        assert_eq!(clean("🇨\u{200b}🇳🇺"), "CNU");
        assert_eq!(clean("👍\u{200b}🏽🏽 🏽"), "👍 ?");
    }

    #[test]
    fn shows_that_there_is_something() {
        assert_eq!(clean("\u{200b}"), "?");
        assert_eq!(clean("\u{fe0f}\u{200d}\u{e0041}"), "?");
        assert_eq!(clean("\u{301}"), "\u{25cc}\u{301}");
        assert_eq!(clean("\u{200b}\u{1161}\u{11a8}a"), "\u{25cc}\u{1161}\u{11a8}a");
    }

    #[test]
    fn knows_each_character_as_the_tables_do() {
        for c in (0..=0x0010_ffff).filter_map(char::from_u32) {
            if let Kind::Visible(width) = Kind::of(c) {
                assert_eq!(c.width(), Some(width), "{c:?}");
            }
            let alone = clean(c.encode_utf8(&mut [0; 4])).into_owned();
            assert_eq!(clean(&alone), alone, "{c:?}");
            assert_neutral(&alone);
        }
    }

    fn assert_neutral(clean: &str) {
        for c in clean.chars() {
            let acts = c.is_control() || is_turning(c) || is_invisible(c) || is_format(c);
            assert!(!acts && !matches!(c, '\u{2028}' | '\u{2029}'), "{clean:?}");
        }
        for (unit, width) in graphemes(clean) {
            let mut widths = unit.chars().map(|c| c.width().unwrap_or(9));
            assert_eq!(widths.next(), Some(width), "{unit:?} in {clean:?}");
            assert!(matches!(width, 1 | 2) && widths.all(|width| width == 0), "{unit:?} in {clean:?}");
            assert!(unit.chars().count() <= 1 + usize::from(MOST_MARKS), "{unit:?} in {clean:?}");
        }
    }

    /// Characters that have broken a layout somewhere.
    const HOSTILE: [(char, char); 26] = [
        ('\u{0}', '\u{1f}'),
        ('\u{7f}', '\u{9f}'),
        (' ', '~'),
        ('\u{ad}', '\u{ad}'),
        ('\u{300}', '\u{36f}'),
        ('\u{5d0}', '\u{5ea}'),
        ('\u{600}', '\u{64f}'),
        ('\u{8e0}', '\u{8e5}'),
        ('\u{900}', '\u{965}'),
        ('\u{b82}', '\u{bcd}'),
        ('\u{d3e}', '\u{d57}'),
        ('\u{e01}', '\u{e4e}'),
        ('\u{1100}', '\u{11ff}'),
        ('\u{1780}', '\u{17d8}'),
        ('\u{200b}', '\u{200f}'),
        ('\u{2028}', '\u{202e}'),
        ('\u{2060}', '\u{206f}'),
        ('\u{2640}', '\u{2642}'),
        ('\u{4e00}', '\u{4e20}'),
        ('\u{ac00}', '\u{ac20}'),
        ('\u{fe0e}', '\u{fe0f}'),
        ('\u{ff70}', '\u{ffa0}'),
        ('\u{1f1e6}', '\u{1f1ff}'),
        ('\u{1f3f4}', '\u{1f480}'),
        ('\u{20000}', '\u{20010}'),
        ('\u{e0061}', '\u{e007f}'),
    ];

    fn hostile() -> impl Strategy<Value = String> {
        let among =
            (0..HOSTILE.len()).prop_flat_map(|at| proptest::char::range(HOSTILE[at].0, HOSTILE[at].1));
        let joining = prop_oneof![
            Just('\u{200d}'),
            Just('\u{fe0f}'),
            Just('\u{94d}'),
            Just('👩'),
            Just('🏽'),
            Just('🇨'),
            Just('\u{301}'),
        ];
        let one = prop_oneof![6 => among, 4 => joining, 1 => any::<char>()];
        proptest::collection::vec(one, 0..16).prop_map(String::from_iter)
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(2000))]

        #[test]
        fn nothing_that_acts_is_left(text in hostile()) {
            let clean = clean(&text);
            assert_neutral(&clean);
            prop_assert_eq!(clean.is_empty(), text.is_empty());
            prop_assert_eq!(super::clean(&clean), clean.clone());
        }

        #[test]
        fn every_letter_is_still_there(text in hostile()) {
            let clean = clean(&text);
            let mut left = clean.chars();
            let is_letter = |c: &char| {
                c.is_alphabetic() && !is_invisible(*c) && c.width().is_some_and(|width| width > 0)
            };
            for letter in text.chars().filter(is_letter) {
                prop_assert!(left.any(|c| c == letter), "{letter:?} of {text:?} in {clean:?}");
            }
        }

        #[test]
        fn is_measured_as_it_is_shown(text in hostile()) {
            let clean = clean(&text);
            let sum = |text: &str| graphemes(text).map(|(_, width)| width).sum::<usize>();
            prop_assert_eq!(width(&clean), clean.chars().filter_map(UnicodeWidthChar::width).sum::<usize>());
            prop_assert_eq!(sum(&clean), width(&clean));
            prop_assert_eq!(sum(&text), width(&text));
            prop_assert_eq!(width(&text), width(&clean));
            prop_assert_eq!(graphemes(&text).map(|(unit, _)| unit).collect::<String>(), text);
        }
    }
}
