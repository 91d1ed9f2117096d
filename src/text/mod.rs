//! Text as a terminal shows it: how wide, where to cut, where to break, in which order.
//!
//! Nobody else measures text. Everything here counts columns of the terminal by grapheme cluster; byte
//! lengths and character counts are never layout.

mod clean;
pub mod collate;
mod wrap;

use std::borrow::Cow;

use unicode_segmentation::UnicodeSegmentation;
use unicode_width::UnicodeWidthStr;

pub use clean::clean;
pub use collate::CollationKey;
pub use wrap::wrap;

/// The grapheme clusters of a text with their widths in columns.
pub fn graphemes(text: &str) -> impl DoubleEndedIterator<Item = (&str, usize)> {
    text.graphemes(true).map(|grapheme| (grapheme, grapheme_width(grapheme)))
}

/// Columns that a text takes.
pub fn width(text: &str) -> usize {
    if text.is_ascii() {
        return text.len();
    }
    graphemes(text).map(|(_, width)| width).sum()
}

/// A cluster takes one or two columns on a terminal, however many characters make it up.
fn grapheme_width(grapheme: &str) -> usize {
    UnicodeWidthStr::width(grapheme).min(2)
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
    let blank = columns.saturating_sub(width(&text));
    format!("{text}{:blank$}", "")
}

/// The text in exactly `columns`, at the right.
pub fn pad_start(text: &str, columns: usize) -> String {
    let text = cut(text, columns);
    let blank = columns.saturating_sub(width(&text));
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
    fn counts_columns_of_the_terminal() {
        for (text, columns) in [
            ("", 0),
            ("abc", 3),
            ("汉字", 4),
            ("e\u{301}", 1),
            ("\u{20000}", 2),
            ("👨\u{200d}👩\u{200d}👧", 2),
            ("🇨🇳", 2),
        ] {
            assert_eq!(width(text), columns, "{text}");
        }
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
