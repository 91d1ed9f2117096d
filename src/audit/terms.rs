//! Words in a text, as checks look for them: exactly, without regard to case, by what stands beside them.

/// The words that stand in a text, each once; not where they follow or precede one of `not_beside` at once. Words that
/// overlap, as in 安全防护措施, are one there.
pub fn standing(text: &str, words: &[String], not_beside: &[String]) -> Vec<String> {
    let found = places(text, words, not_beside);
    words.iter().filter(|word| found.iter().any(|(_, found)| found == word)).cloned().collect()
}

/// A word and where it begins.
type Placed<'w> = (usize, &'w String);

/// The same with each place: at which character of the text, from 1, the word begins.
pub fn places<'w>(text: &str, words: &'w [String], not_beside: &[String]) -> Vec<Placed<'w>> {
    let text = text.to_lowercase();
    let mut places: Vec<(usize, usize, &String)> = Vec::new();
    for word in words {
        let lower = word.to_lowercase();
        places.extend(text.match_indices(&lower).map(|(at, _)| (at, at + lower.len(), word)));
    }
    places.sort_unstable();
    let mut spans: Vec<(usize, usize, Vec<Placed>)> = Vec::new();
    for (at, end, word) in places {
        match spans.last_mut() {
            Some((_, until, joined)) if at < *until => {
                *until = end.max(*until);
                joined.push((at, word));
            }
            _ => spans.push((at, end, vec![(at, word)])),
        }
    }
    let beside = |at: usize, end: usize| {
        let before = text.get(..at).unwrap_or_default().trim_end();
        let behind = text.get(end..).unwrap_or_default().trim_start();
        let other = |word: &String| {
            let word = word.to_lowercase();
            before.ends_with(&word) || behind.starts_with(&word)
        };
        not_beside.iter().any(other)
    };
    spans.retain(|(at, end, _)| !beside(*at, *end));
    let character = |at: usize| text.get(..at).unwrap_or_default().chars().count() + 1;
    spans.into_iter().flat_map(|(_, _, words)| words).map(|(at, word)| (character(at), word)).collect()
}

/// A number that one of the words follows at once, where a unit should stand between them.
pub fn bare_number(text: &str, before: &[String]) -> Option<String> {
    let mut rest = text;
    while let Some(at) = rest.find(|c: char| c.is_ascii_digit()) {
        let from = rest.get(at..).unwrap_or_default();
        let end = from.find(|c: char| !c.is_ascii_digit()).unwrap_or(from.len());
        let (number, behind) = from.split_at_checked(end).unwrap_or((from, ""));
        if let Some(word) = before.iter().find(|word| behind.starts_with(word.as_str())) {
            return Some(format!("{number}{word}"));
        }
        rest = behind;
    }
    None
}

/// A title without what people write one way or another: brackets, blanks, case.
pub fn same_words(text: &str) -> String {
    let kept = text.chars().filter(|c| !c.is_whitespace() && !"《》〈〉<>\"“”（）()".contains(*c));
    kept.flat_map(char::to_lowercase).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words(words: &[&str]) -> Vec<String> {
        words.iter().map(|word| (*word).to_owned()).collect()
    }

    #[test]
    fn a_word_means_something_else_beside_another() {
        let (safety, not) = (words(&["安全防护", "人身"]), words(&["信息", "网络"]));
        let found = |text: &str| standing(text, &safety, &not);
        assert_eq!(found("采取必要的安全防护措施，保护人身财产"), safety);
        assert_eq!(found("网络安全防护、信息安全防护"), words(&[]));
        assert_eq!(
            standing("数据安全防护措施", &words(&["安全防护", "防护措施"]), &words(&["数据"])),
            words(&[])
        );
        assert_eq!(found("信息安全防护之外，另做安全防护"), words(&["安全防护"]));
        assert_eq!(
            standing("Data protective, PROTECTIVE gear", &words(&["protective"]), &words(&["data"])).len(),
            1
        );
        assert_eq!(standing("data protective", &words(&["protective"]), &words(&["data"])), words(&[]));
    }

    #[test]
    fn each_word_has_its_place() {
        let (safety, not) = (words(&["安全防护", "防护措施", "人身"]), words(&["信息"]));
        let found = places("采取安全防护措施，信息安全防护；保护人身", &safety, &not);
        let found: Vec<(usize, &str)> = found.iter().map(|(at, word)| (*at, word.as_str())).collect();
        assert_eq!(found, [(3, "安全防护"), (5, "防护措施"), (19, "人身")]);
    }

    #[test]
    fn a_number_without_a_unit_is_told_from_one_with() {
        let before = words(&["以内", "内"]);
        let bare = |text: &str| bare_number(text, &before);
        assert_eq!(bare("建设服务30内完成"), Some("30内".to_owned()));
        assert_eq!(bare("故障 30 分钟内排查，1小时内解决，24小时响应"), None);
        assert_eq!(bare("第3条第4款，2022年内"), None);
        assert_eq!(bare("15以内"), Some("15以内".to_owned()));
    }

    #[test]
    fn a_title_is_the_same_with_and_without_brackets() {
        assert_eq!(same_words("《中国软件行业基本公约》"), same_words("中国软件 行业基本公约"));
        assert_ne!(same_words("劳动法"), same_words("劳动合同法"));
    }
}
