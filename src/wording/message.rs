//! A sentence by name, with its parts, not yet in any language.

use super::Label;

/// A sentence by name, with its parts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Message {
    /// Its name in the files of sentences.
    pub id: &'static str,
    /// Its parts by name.
    pub args: Vec<(&'static str, Arg)>,
}

/// A part of a sentence.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Arg {
    /// Words as they are.
    Text(String),
    /// A count.
    Number(i64),
    /// Another sentence.
    Message(Box<Message>),
    /// A name that data gives in both languages.
    Label(Label),
}

impl From<String> for Arg {
    fn from(text: String) -> Self {
        Arg::Text(text)
    }
}

impl From<&str> for Arg {
    fn from(text: &str) -> Self {
        Arg::Text(text.to_owned())
    }
}

impl From<usize> for Arg {
    fn from(number: usize) -> Self {
        Arg::Number(i64::try_from(number).unwrap_or(i64::MAX))
    }
}

impl From<u64> for Arg {
    fn from(number: u64) -> Self {
        Arg::Number(i64::try_from(number).unwrap_or(i64::MAX))
    }
}

impl From<u32> for Arg {
    fn from(number: u32) -> Self {
        Arg::Number(i64::from(number))
    }
}

impl From<Message> for Arg {
    fn from(message: Message) -> Self {
        Arg::Message(Box::new(message))
    }
}

impl From<Label> for Arg {
    fn from(label: Label) -> Self {
        Arg::Label(label)
    }
}

/// Sentences one behind the other: each but the first begins as one.
pub fn sentences(parts: &[String]) -> String {
    let mut all = String::new();
    for part in parts {
        if all.is_empty() {
            all.push_str(part);
            continue;
        }
        let mut letters = part.chars();
        all.push(' ');
        all.extend(letters.next().into_iter().flat_map(char::to_uppercase));
        all.push_str(letters.as_str());
    }
    all
}

/// What can be told to a person: errors above all.
pub trait Tell {
    /// The sentence.
    fn message(&self) -> Message;
}

/// A [`Message`]: `message!("book-no-title", field = name)`.
#[macro_export]
macro_rules! message {
    ($id:literal $(, $name:ident = $value:expr)* $(,)?) => {
        $crate::wording::Message {
            id: $id,
            args: vec![$((stringify!($name), $crate::wording::Arg::from($value))),*],
        }
    };
}

#[cfg(test)]
mod tests {
    #[test]
    fn sentences_begin_as_sentences() {
        let words = ["A=3 is odd.", "the residual is above.", "它高。"].map(str::to_owned);
        assert_eq!(super::sentences(&words), "A=3 is odd. The residual is above. 它高。");
    }
}
