//! The order in which people look things up: Chinese by pinyin, numbers inside text by value.

use std::cmp::Ordering;

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

/// The order of two texts, as their keys have it. Serials mostly differ in one run of digits; that is seen at
/// once.
pub fn compare(a: &str, b: &str) -> Ordering {
    let same = a.bytes().zip(b.bytes()).take_while(|(a, b)| a == b).count();
    let digits = a.bytes().take(same).rev().take_while(u8::is_ascii_digit).count();
    let begin = same - digits;
    if let (Some(left), Some(right)) = (a.as_bytes().get(begin..), b.as_bytes().get(begin..))
        && left.len() == right.len()
        && left.iter().chain(right).all(u8::is_ascii_digit)
    {
        return left.cmp(right);
    }
    key(a).cmp(&key(b))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::{compare, key};

    proptest! {
        #[test]
        fn comparing_agrees_with_the_keys(a in "(EA-|安全|x)?[0-9]{0,4}[a-z安]?", b in "(EA-|安全|x)?[0-9]{0,4}[a-z安]?") {
            prop_assert_eq!(compare(&a, &b), key(&a).cmp(&key(&b)));
        }
    }

    #[test]
    fn sorts_as_people_look_up() {
        let mut words = vec!["重庆", "EA-10", "安全", "EA-2", "北京", "ea-3", "潜在火灾", "EA-0002"];
        words.sort_by_key(|word| key(word));
        assert_eq!(words, ["EA-0002", "EA-2", "ea-3", "EA-10", "安全", "北京", "潜在火灾", "重庆"]);
    }
}
