//! Breaking text into lines.

use std::ops::Range;

use unicode_segmentation::UnicodeSegmentation;

use super::graphemes;

/// Characters that no line begins with.
const NOT_FIRST: &str = "，。、；：！？）】》」』”’,.;:!?)]}>%";
/// Characters that no line ends with.
const NOT_LAST: &str = "（【《「『“‘([{<";
/// What goes unseen at the end of a line.
const BLANK: [char; 3] = [' ', '\t', '\r'];

/// The lines of `text` in `columns`, as ranges of bytes. Chinese breaks anywhere but where a mark would
/// begin or end a line wrongly, other words break at spaces, words longer than a line break where they
/// must, and only what would not fit by itself breaks at a mark. A line that the text ends itself stays;
/// an empty text is one empty line.
pub fn wrap(text: &str, columns: usize) -> Vec<Range<usize>> {
    let columns = columns.max(2);
    let mut lines = Vec::new();
    let mut start = 0;
    for line in text.split('\n') {
        wrap_line(line, start, columns, &mut lines);
        start += line.len() + 1;
    }
    lines
}

/// A place in a line: bytes and columns before it.
type Place = (usize, usize);

fn wrap_line(line: &str, offset: usize, columns: usize, lines: &mut Vec<Range<usize>>) {
    let (mut from, mut at): (Place, Place) = ((0, 0), (0, 0));
    // The last places where this line may break, the good one and the one within a word.
    let (mut good, mut poor): (Option<Place>, Option<Place>) = (None, None);
    for (length, width, joint) in joints(line) {
        match joint {
            Joint::Good => (good, poor) = (Some(at), None),
            Joint::Poor => poor = Some(at),
            Joint::None | Joint::Space => {}
        }
        while joint != Joint::Space && at.1 + width > from.1 + columns && at.0 > from.0 {
            // Behind a good place a poor one may be left for the line to come.
            let to = good.take().or_else(|| poor.take()).unwrap_or(at);
            lines.push(offset + from.0..offset + trim_end(line, from.0, to.0));
            from = to;
        }
        at = (at.0 + length, at.1 + width);
    }
    lines.push(offset + from.0..offset + line.len());
}

fn trim_end(line: &str, from: usize, to: usize) -> usize {
    from + line.get(from..to).map_or(0, |part| part.trim_end_matches(BLANK).len())
}

/// What a break before a character would be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Joint {
    /// Where a reader expects it.
    Good,
    /// Within a word.
    Poor,
    /// Wrong: a mark would begin or end a line, or what is written as one would be torn.
    None,
    /// Before a space, that stays at the end of its line whether there is room or not.
    Space,
}

/// The bytes and columns of each grapheme, and what a break before it would be.
fn joints(line: &str) -> impl Iterator<Item = (usize, usize, Joint)> {
    let mut clusters = line.grapheme_indices(true).map(|(at, _)| at).peekable();
    let mut at = 0;
    let mut spaced = false;
    // The first character of the last grapheme that is no space, and whether that is wide.
    let mut before: Option<(char, bool)> = None;
    graphemes(line).map(move |(grapheme, width)| {
        while clusters.next_if(|start| *start < at).is_some() {}
        let torn = clusters.peek() != Some(&at);
        at += grapheme.len();
        let first = grapheme.chars().next().unwrap_or(' ');
        if grapheme.len() == 1 && BLANK.contains(&first) {
            spaced = true;
            return (grapheme.len(), width, Joint::Space);
        }
        let wide = width > 1;
        let joint = match before {
            None if !spaced => Joint::None,
            _ if torn || NOT_FIRST.contains(first) => Joint::None,
            Some((last, _)) if NOT_LAST.contains(last) => Joint::None,
            Some((_, last_wide)) if !spaced && !wide && !last_wide => Joint::Poor,
            _ => Joint::Good,
        };
        (before, spaced) = (Some((first, wide)), false);
        (grapheme.len(), width, joint)
    })
}

#[cfg(test)]
#[expect(clippy::string_slice, reason = "a wrong range must fail the test")]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::text::width;

    fn lines(text: &str, columns: usize) -> Vec<&str> {
        wrap(text, columns).into_iter().map(|range| &text[range]).collect()
    }

    #[test]
    fn breaks_chinese_anywhere_but_before_a_mark() {
        assert_eq!(lines("更换时由办公室收回，定点存放", 18), ["更换时由办公室收", "回，定点存放"]);
        assert_eq!(lines("（甲）乙丙", 6), ["（甲）", "乙丙"]);
        assert_eq!(lines("甲，abc", 4), ["甲，", "abc"]);
    }

    #[test]
    fn begins_and_ends_no_line_with_a_mark_behind_a_space() {
        assert_eq!(lines("甲乙 ，丙", 5), ["甲", "乙 ，", "丙"]);
        assert_eq!(lines("甲乙丙 。", 6), ["甲乙", "丙 。"]);
        assert_eq!(lines("word ，", 6), ["wor", "d ，"]);
        assert_eq!(lines("甲（ 乙丙", 5), ["甲", "（ 乙", "丙"]);
        assert_eq!(lines("abcdefgh，", 8), ["abcdefg", "h，"]);
        assert_eq!(lines("，，，", 4), ["，，", "，"]);
    }

    #[test]
    fn breaks_words_at_spaces_and_long_ones_where_it_must() {
        assert_eq!(lines("the quick brown fox", 10), ["the quick", "brown fox"]);
        assert_eq!(lines("abcdefghij", 4), ["abcd", "efgh", "ij"]);
        assert_eq!(lines("a\n\nb", 10), ["a", "", "b"]);
        assert_eq!(lines("", 10), [""]);
        assert_eq!(lines("word\r\nword", 4), ["word\r", "word"]);
    }

    #[test]
    fn tears_no_cluster_that_fits() {
        let (thai, hindi) = ("\u{e19}\u{e33}\u{e49}", "\u{915}\u{94d}\u{937}\u{93f}");
        assert_eq!(lines(&thai.repeat(2), 3), [thai, thai]);
        assert_eq!(lines(&hindi.repeat(3), 7), [hindi.repeat(2), hindi.to_owned()]);
        assert_eq!(lines(hindi, 2), ["\u{915}\u{94d}\u{937}", "\u{93f}"]);
    }

    /// Whether a line may break between two characters, whatever spaces are in between.
    fn may_break(last: char, first: char) -> bool {
        !NOT_FIRST.contains(first) && !NOT_LAST.contains(last)
    }

    /// Whether a line could have broken somewhere in this part of a text.
    fn has_joint(part: &str) -> bool {
        let seen: Vec<char> = part.chars().filter(|c| *c != ' ').collect();
        let leading = part.starts_with(' ') && seen.first().is_some_and(|first| !NOT_FIRST.contains(*first));
        leading || seen.windows(2).any(|pair| may_break(pair[0], pair[1]))
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(2000))]

        #[test]
        fn every_line_fits_and_nothing_is_lost(text in "[a-z 汉字，。（）\u{301}\u{e33}\u{93f}\n]{0,60}", columns in 2usize..30) {
            let ranges = wrap(&text, columns);
            let mut at = 0;
            for range in ranges {
                prop_assert!(width(text[range.clone()].trim_end()) <= columns.max(2), "{:?}", &text[range.clone()]);
                prop_assert!(text[at..range.start].chars().all(|c| c == ' ' || c == '\n'));
                at = range.end;
            }
            prop_assert!(text[at..].trim().is_empty());
        }

        #[test]
        fn no_line_begins_or_ends_wrongly_that_could_do_otherwise(text in "[a-z 汉字，。、（《,(\n]{0,60}", columns in 2usize..30) {
            for pair in wrap(&text, columns).windows(2) {
                let (line, next) = (&text[pair[0].clone()], &text[pair[1].clone()]);
                let between = &text[pair[0].end..pair[1].start];
                let (Some(last), Some(first)) = (line.trim_end().chars().last(), next.chars().next()) else { continue };
                prop_assert!(between.contains('\n') || first != ' ', "{text:?}: {next:?}");
                if !between.contains('\n') && !may_break(last, first) {
                    prop_assert!(!has_joint(line), "{text:?}: {line:?} before {next:?}");
                }
            }
        }
    }
}
