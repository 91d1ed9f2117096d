//! The neutral form of text that anyone may have typed: shown, it can neither move the cursor nor turn
//! the line around nor take another width than it was measured with.

use std::borrow::Cow;

use unicode_segmentation::UnicodeSegmentation;
use unicode_width::UnicodeWidthChar;

/// Combining marks that one character may carry; more would reach into other lines.
const MOST_MARKS: usize = 3;

/// The neutral form for display. Harmless text comes back as it is; each character that is not becomes
/// one that is seen, or goes where it could not be seen at all.
pub fn clean(text: &str) -> Cow<'_, str> {
    if text.bytes().all(|byte| (0x20..0x7f).contains(&byte)) || text.graphemes(true).all(is_harmless) {
        return Cow::Borrowed(text);
    }
    let mut neutral = String::with_capacity(text.len());
    for grapheme in text.graphemes(true) {
        if is_harmless(grapheme) {
            neutral.push_str(grapheme);
        } else {
            let before = neutral.len();
            neutralise(grapheme, &mut neutral);
            debug_assert!(neutral.is_char_boundary(before));
        }
    }
    Cow::Owned(neutral)
}

/// One visible character with a few marks: the only clusters that every terminal shows equally wide.
fn is_harmless(grapheme: &str) -> bool {
    let mut chars = grapheme.chars();
    let Some(first) = chars.next() else { return true };
    is_visible(first) && chars.clone().count() <= MOST_MARKS && chars.all(is_mark)
}

fn neutralise(grapheme: &str, neutral: &mut String) {
    let (mut seen, mut marks) = (false, 0);
    for c in grapheme.chars() {
        match c {
            '\t' | '\n' | '\r' | '\u{2028}' | '\u{2029}' | '\u{85}' => neutral.push(' '),
            // Of joined emoji the first is shown: terminals differ over the rest.
            c if is_visible(c) && seen => {}
            c if is_visible(c) => {
                seen = true;
                neutral.push(c);
            }
            c if is_mark(c) && seen && marks < MOST_MARKS => {
                marks += 1;
                neutral.push(c);
            }
            // Marks beyond a few, and what is never seen, are left out; what would act is shown as `?`.
            c if is_mark(c) || is_invisible(c) => {}
            _ => neutral.push('?'),
        }
    }
}

fn is_visible(c: char) -> bool {
    !c.is_control() && !is_invisible(c) && !is_turning(c) && c.width().is_some_and(|width| width > 0)
}

fn is_mark(c: char) -> bool {
    !c.is_control() && !is_invisible(c) && !is_turning(c) && c.width() == Some(0)
}

/// Characters that turn the direction of writing.
fn is_turning(c: char) -> bool {
    matches!(c, '\u{61c}' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

/// Characters that take no room and mean nothing in a register.
fn is_invisible(c: char) -> bool {
    matches!(c, '\u{fe00}'..='\u{fe0f}')
        || matches!(c, '\u{ad}' | '\u{200b}' | '\u{200c}' | '\u{200d}' | '\u{2060}'..='\u{2064}' | '\u{feff}' | '\u{fff9}'..='\u{fffb}' | '\u{e0000}'..='\u{e007f}')
        || matches!(c, '\u{115f}' | '\u{1160}' | '\u{3164}' | '\u{ffa0}' | '\u{180e}')
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::text::{graphemes, width};

    #[test]
    fn leaves_harmless_text_alone() {
        for text in ["plain", "废旧墨盒、硒鼓（HW12）", "é e\u{301}", "👨", "\u{20000}", "=cmd|' /C calc'!A0"]
        {
            assert!(matches!(clean(text), Cow::Borrowed(same) if same == text), "{text:?}");
        }
    }

    #[test]
    fn takes_the_sting_out_of_the_rest() {
        assert_eq!(clean("a\u{1b}[31mb"), "a?[31mb");
        assert_eq!(clean("a\u{202e}b"), "a?b");
        assert_eq!(clean("a\tb\nc"), "a b c");
        assert_eq!(clean("a\u{200b}b\u{feff}"), "ab");
        assert_eq!(clean("👨\u{200d}👩\u{200d}👧 👍🏽"), "👨 👍");
        assert_eq!(clean("\u{9b}31m\u{7f}\u{0}"), "?31m??");
        assert_eq!(clean(&format!("z{}", "\u{301}".repeat(50))).chars().count(), 1 + MOST_MARKS);
    }

    proptest! {
        #[test]
        fn nothing_that_acts_is_left(text in any::<String>()) {
            let clean = clean(&text);
            prop_assert!(!clean.chars().any(|c| c.is_control() || is_turning(c)));
            prop_assert_eq!(width(&clean), graphemes(&clean).map(|(_, width)| width).sum::<usize>());
        }
    }
}
