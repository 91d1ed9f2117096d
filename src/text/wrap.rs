//! Breaking text into lines.

use std::ops::Range;

use super::graphemes;

/// Characters that no line begins with.
const NOT_FIRST: &str = "，。、；：！？）】》」』”’,.;:!?)]}>%";
/// Characters that no line ends with.
const NOT_LAST: &str = "（【《「『“‘([{<";

/// The lines of `text` in `columns`, as ranges of bytes. Chinese breaks anywhere but where a mark would
/// begin or end a line wrongly, other words break at spaces, words longer than a line break where they
/// must. A line that the text ends itself stays; an empty text is one empty line.
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

fn wrap_line(line: &str, offset: usize, columns: usize, lines: &mut Vec<Range<usize>>) {
    let pieces = pieces(line);
    let (mut from, mut used, mut at) = (0, 0, 0);
    for (length, width, is_space) in pieces {
        if used + width > columns && used > 0 && !is_space {
            lines.push(offset + from..offset + trim_end(line, from, at));
            (from, used) = (at, 0);
        }
        if width > columns {
            // A single piece wider than the line: break it where the line is full.
            let piece = line.get(at..at + length).unwrap_or("");
            let mut inside = at;
            for (grapheme, width) in graphemes(piece) {
                if used + width > columns && used > 0 {
                    lines.push(offset + from..offset + inside);
                    (from, used) = (inside, 0);
                }
                used += width;
                inside += grapheme.len();
            }
        } else {
            used += width;
        }
        at += length;
    }
    lines.push(offset + from..offset + line.len());
}

fn trim_end(line: &str, from: usize, to: usize) -> usize {
    from + line.get(from..to).map_or(0, |part| part.trim_end_matches(' ').len())
}

/// What stays together: a word, a wide character with the marks that cling to it, or a run of spaces.
fn pieces(line: &str) -> Vec<(usize, usize, bool)> {
    let mut pieces: Vec<(usize, usize, bool)> = Vec::new();
    let mut before: Option<(&str, bool)> = None;
    for (grapheme, width) in graphemes(line) {
        let is_space = grapheme == " ";
        let wide = width > 1;
        let clings = match before {
            None => false,
            Some((last, _)) if NOT_LAST.contains(last) => true,
            Some((last, last_wide)) => {
                NOT_FIRST.contains(grapheme) && last != " "
                    || !wide && !last_wide && is_space == (last == " ") && !is_space
                    || is_space && last == " "
            }
        };
        match pieces.last_mut() {
            Some(piece) if clings => {
                piece.0 += grapheme.len();
                piece.1 += width;
            }
            _ => pieces.push((grapheme.len(), width, is_space)),
        }
        before = Some((grapheme, wide && !NOT_FIRST.contains(grapheme)));
    }
    pieces
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
    }

    #[test]
    fn breaks_words_at_spaces_and_long_ones_where_it_must() {
        assert_eq!(lines("the quick brown fox", 10), ["the quick", "brown fox"]);
        assert_eq!(lines("abcdefghij", 4), ["abcd", "efgh", "ij"]);
        assert_eq!(lines("a\n\nb", 10), ["a", "", "b"]);
        assert_eq!(lines("", 10), [""]);
    }

    proptest! {
        #[test]
        fn every_line_fits_and_nothing_is_lost(text in "[a-z 汉字，。（）\n]{0,60}", columns in 2usize..30) {
            let ranges = wrap(&text, columns);
            let mut at = 0;
            for range in ranges {
                prop_assert!(width(text[range.clone()].trim_end()) <= columns.max(2), "{:?}", &text[range.clone()]);
                prop_assert!(text[at..range.start].chars().all(|c| c == ' ' || c == '\n'));
                at = range.end;
            }
            prop_assert!(text[at..].trim().is_empty());
        }
    }
}
