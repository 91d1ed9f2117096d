//! Text as a terminal shows it: how wide, where to cut, where to break, in which order.
//!
//! Nobody else measures text. Everything here counts columns of the terminal as the neutral form of a
//! text takes them, by visible character; byte lengths and character counts are never layout.

mod clean;
pub mod collate;
mod wrap;

use std::borrow::Cow;

use clean::Shown;
pub use clean::{acts, clean, shows_nothing};
pub use collate::CollationKey;
pub use wrap::wrap;

/// What takes columns of its own, one or two, with its width: a visible character and the marks on it.
/// A letter that a script joins to the one before counts for itself, and so does a joined emoji. What is not
/// shown goes with what stands before it, at the beginning of a text with what comes behind.
pub fn graphemes(text: &str) -> impl Iterator<Item = (&str, usize)> {
    let mut rest = text;
    std::iter::from_fn(move || {
        let (length, width) = first(rest)?;
        let (grapheme, behind) = rest.split_at_checked(length)?;
        rest = behind;
        Some((grapheme, width))
    })
}

/// The columns of the characters that most texts are made of: each stands for itself, whatever is beside it
/// short of a mark. For others nothing is said.
fn plain(c: char) -> Option<usize> {
    match c {
        ' '..='~' => Some(1),
        '\u{3001}'..='\u{3003}'
        | '\u{3008}'..='\u{3011}'
        | '\u{4e00}'..='\u{9fff}'
        | '\u{ff01}'..='\u{ff5e}' => Some(2),
        _ => None,
    }
}

/// The columns of a text of plain characters.
fn plain_width(text: &str) -> Option<usize> {
    text.chars().try_fold(0, |columns, c| Some(columns + plain(c)?))
}

/// The bytes and the columns of the first grapheme.
fn first(text: &str) -> Option<(usize, usize)> {
    let mut next = text.chars();
    if let Some(c) = next.next()
        && let Some(columns) = plain(c)
        && next.next().is_none_or(|behind| plain(behind).is_some())
    {
        return Some((c.len_utf8(), columns));
    }
    let mut shown = Shown::default();
    let mut columns = 0;
    for (at, c) in text.char_indices() {
        match shown.form(c).width() {
            0 => {}
            _ if columns > 0 => return Some((at, columns)),
            width => columns = width,
        }
    }
    (!text.is_empty()).then_some((text.len(), columns.max(1)))
}

/// Columns that a text takes once it is neutral: the width of `clean(text)` is that of `text`. So a
/// control character takes the one column of what stands for it, a line end too.
pub fn width(text: &str) -> usize {
    if text.is_empty() { 0 } else { among(text).max(1) }
}

/// Columns that a text takes with others beside it: marks alone go with those, and take none.
fn among(text: &str) -> usize {
    plain_width(text).unwrap_or_else(|| {
        let mut shown = Shown::default();
        text.chars().map(|c| shown.form(c).width()).sum()
    })
}

/// The text in at most `columns`; what does not fit is cut and ends in `>`.
pub fn cut(text: &str, columns: usize) -> Cow<'_, str> {
    if width(text) <= columns {
        return Cow::Borrowed(text);
    }
    let mut kept = String::new();
    let mut used = 0;
    for (grapheme, width) in graphemes(text) {
        if used + width + 1 > columns {
            break;
        }
        kept.push_str(grapheme);
        used += width;
    }
    if columns > 0 {
        kept.push('>');
    }
    Cow::Owned(kept)
}

/// The text in exactly `columns`, at the left.
pub fn pad_end(text: &str, columns: usize) -> String {
    let text = cut(text, columns);
    let blank = columns.saturating_sub(among(&text));
    format!("{text}{:blank$}", "")
}

/// The text in exactly `columns`, at the right.
pub fn pad_start(text: &str, columns: usize) -> String {
    let text = cut(text, columns);
    let blank = columns.saturating_sub(among(&text));
    format!("{:blank$}{text}", "")
}

/// The ASCII character that a full-width one from a Chinese keyboard stands for; others as they are.
pub fn narrow(c: char) -> char {
    match c {
        '\u{ff01}'..='\u{ff5e}' => char::from_u32(u32::from(c) - 0xfee0).unwrap_or(c),
        '\u{3000}' => ' ',
        '。' => '.',
        '、' => ',',
        '“' | '”' | '「' | '」' => '"',
        '‘' | '’' => '\'',
        '【' => '[',
        '】' => ']',
        '—' | '–' => '-',
        other => other,
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn plain_characters_are_what_the_whole_rule_says() {
        let all = (0..=0x1_ffff).filter_map(char::from_u32);
        for (c, columns) in all.filter_map(|c| Some((c, plain(c)?))) {
            assert!(
                matches!(Shown::default().form(c), clean::Form::Itself(width) if width == columns),
                "{c}"
            );
        }
    }

    #[test]
    fn counts_columns_of_the_terminal() {
        for (text, columns) in [
            ("", 0),
            ("abc", 3),
            ("汉字", 4),
            ("e\u{301}", 1),
            ("\u{20000}", 2),
            ("👨\u{200d}👩\u{200d}👧", 6),
            ("🇨🇳", 2),
            ("❤\u{fe0f}", 1),
        ] {
            assert_eq!(width(text), columns, "{text}");
        }
    }

    #[test]
    fn measures_a_control_character_as_what_stands_for_it() {
        for text in ["a\r\n", "\u{7f}", "a\tb", "一\r\n", "é\u{7f}", "\u{202e}一", "\u{200b}", "\u{2028}"]
        {
            assert_eq!(width(text), width(&clean(text)), "{text:?}");
            assert_eq!(width(text), graphemes(text).map(|(_, width)| width).sum::<usize>(), "{text:?}");
        }
        assert_eq!(width("a\r\n"), 3);
        assert_eq!(width("\u{7f}"), 1);
    }

    #[test]
    fn cuts_between_characters_and_says_so() {
        assert_eq!(cut("汉字输入", 8), "汉字输入");
        assert_eq!(cut("汉字输入", 7), "汉字输>");
        assert_eq!(cut("汉字输入", 6), "汉字>");
        assert_eq!(cut("汉字", 1), ">");
        assert_eq!(cut("汉字", 0), "");
        assert_eq!(pad_end("汉字输入", 6), "汉字> ");
        assert_eq!(pad_start("12", 4), "  12");
        // A mark alone stands on the blank beside it.
        for padded in [pad_end("\u{180b}", 2), pad_start("\u{180b}", 2), pad_end("\u{180b}", 1)] {
            assert_eq!(width(&padded), padded.matches(' ').count(), "{padded:?}");
        }
    }

    #[test]
    fn narrows_what_a_chinese_keyboard_types() {
        let narrowed: String = "：／？＞＝１ａ　（）".chars().map(narrow).collect();
        assert_eq!(narrowed, ":/?>=1a ()");
    }

    proptest! {
        #[test]
        fn a_cut_text_fits_and_is_a_beginning(text in "\\PC{0,40}", columns in 0usize..50) {
            let cut = cut(&text, columns);
            prop_assert!(width(&cut) <= columns);
            let kept = cut.strip_suffix('>').unwrap_or(&cut);
            prop_assert!(text.starts_with(kept));
            prop_assert_eq!(width(&pad_end(&text, columns)), columns);
        }
    }
}
