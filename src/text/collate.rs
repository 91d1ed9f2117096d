//! The order in which people look things up: Chinese by pinyin, numbers inside text by value.

use pinyin::ToPinyin;

/// What a text is ordered by; compares byte by byte.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct CollationKey(Box<[u8]>);

/// The key of a text: letters without case, Chinese characters by their syllable, digits by the value of
/// their run. Texts that only differ in these respects are kept apart by their characters.
pub fn key(text: &str) -> CollationKey {
    let mut bytes = Vec::with_capacity(text.len() * 2);
    let mut rest = text;
    while let Some(first) = rest.chars().next() {
        if first.is_ascii_digit() {
            let end = rest.find(|c: char| !c.is_ascii_digit()).unwrap_or(rest.len());
            let (digits, after) = rest.split_at(end);
            let value = digits.trim_start_matches('0');
            // A digit sorts before letters; a longer number after a shorter one.
            bytes.push(b'0');
            bytes.extend(u16::try_from(value.len()).unwrap_or(u16::MAX).to_be_bytes());
            bytes.extend(value.bytes());
            rest = after;
            continue;
        }
        rest = rest.get(first.len_utf8()..).unwrap_or("");
        match first.to_pinyin() {
            Some(syllable) => {
                bytes.push(b'~');
                bytes.extend(syllable.plain().bytes());
                bytes.push(1);
                bytes.extend(u32::from(first).to_be_bytes());
            }
            None => first.to_lowercase().for_each(|c| bytes.extend(c.encode_utf8(&mut [0; 4]).bytes())),
        }
    }
    bytes.push(0);
    bytes.extend(text.bytes());
    CollationKey(bytes.into())
}

#[cfg(test)]
mod tests {
    use super::key;

    #[test]
    fn sorts_as_people_look_up() {
        let mut words = vec!["重庆", "EA-10", "安全", "EA-2", "北京", "ea-3", "潜在火灾", "EA-0002"];
        words.sort_by_key(|word| key(word));
        assert_eq!(words, ["EA-0002", "EA-2", "ea-3", "EA-10", "安全", "北京", "潜在火灾", "重庆"]);
    }
}
