//! Every sentence the program says, in Chinese and in English.
//!
//! Sentences live in `data/lang/LANG/*.ftl` (Fluent) and nowhere else. Code names a sentence and gives
//! its parts as a [`Message`]; a face renders it in the person's language. `tests/messages.rs` holds
//! both languages to the same names and the code to names that exist.

mod label;
mod message;
mod system;

use std::sync::LazyLock;

use fluent_bundle::concurrent::FluentBundle;
use fluent_bundle::{FluentArgs, FluentResource, FluentValue};
use serde::{Deserialize, Serialize};

pub use crate::message;
pub use label::Label;
pub use message::{Arg, Message, Tell, sentences};

/// A language the program speaks.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Lang {
    /// Chinese, simplified.
    Zh,
    /// English.
    En,
}

impl Lang {
    /// The language named `zh` or `en`.
    pub fn named(name: &str) -> Option<Self> {
        match name {
            "zh" => Some(Lang::Zh),
            "en" => Some(Lang::En),
            _ => None,
        }
    }

    /// The language of a locale such as `zh_CN.UTF-8`; English for any that is not Chinese.
    pub fn from_locale(locale: &str) -> Self {
        if locale.to_ascii_lowercase().starts_with("zh") { Lang::Zh } else { Lang::En }
    }

    /// Its short name.
    pub fn code(self) -> &'static str {
        match self {
            Lang::Zh => "zh",
            Lang::En => "en",
        }
    }

    /// The other language.
    #[must_use]
    pub fn other(self) -> Self {
        match self {
            Lang::Zh => Lang::En,
            Lang::En => Lang::Zh,
        }
    }
}

macro_rules! sentences {
    ($($room:literal),* $(,)?) => {
        /// The files of sentences, one a room: its name, the Chinese and the English.
        pub const SENTENCES: &[(&str, &str, &str)] = &[$((
            $room,
            include_str!(concat!("../../data/lang/zh/", $room, ".ftl")),
            include_str!(concat!("../../data/lang/en/", $room, ".ftl")),
        )),*];
    };
}

sentences![
    "audit",
    "common",
    "source",
    "scoring",
    "definition",
    "book",
    "query",
    "store",
    "cli",
    "tui",
    "keys",
    "exchange",
    "help",
    "review",
    "drill",
    "sheet",
    "record",
];

/// The sentences of one language.
pub struct Wording {
    lang: Lang,
    bundle: FluentBundle<FluentResource>,
}

impl Wording {
    fn new(lang: Lang) -> Self {
        let mut bundle = FluentBundle::new_concurrent(vec![unic_langid::LanguageIdentifier::default()]);
        // Marks around parts would be characters that terminals show at widths of their own.
        bundle.set_use_isolating(false);
        for (_, zh, en) in SENTENCES {
            let text = if lang == Lang::Zh { zh } else { en };
            // A broken sentence is dropped; the tests hold that there is none.
            let resource =
                FluentResource::try_new((*text).to_owned()).unwrap_or_else(|(resource, _)| resource);
            let _ = bundle.add_resource(resource);
        }
        Self { lang, bundle }
    }

    /// The language.
    pub fn lang(&self) -> Lang {
        self.lang
    }

    /// The sentence with this name; the name itself where there is none.
    pub fn say(&self, id: &str) -> String {
        self.format(id, None)
    }

    /// The sentence `FAMILY-NAME`, for names that come from a table.
    pub fn say_dynamic(&self, family: &str, name: &str) -> String {
        self.format(&format!("{family}-{name}"), None)
    }

    /// Whether there is a sentence with this name.
    pub fn has(&self, id: &str) -> bool {
        self.bundle.has_message(id)
    }

    /// A message in this language.
    pub fn render(&self, message: &Message) -> String {
        let mut args = FluentArgs::new();
        for (name, arg) in &message.args {
            let value = match arg {
                // Sentences choose between a part and its absence by the variant `none`; but what a person said
                // is told as it was, also where that was nothing.
                Arg::Text(text) if text.is_empty() && *name != "said" => FluentValue::from("none"),
                Arg::Text(text) => FluentValue::from(text.clone()),
                Arg::Number(number) => FluentValue::from(*number),
                Arg::Message(inner) => FluentValue::from(self.render(inner)),
                Arg::Label(label) => FluentValue::from(label.get(self.lang).to_owned()),
            };
            args.set(*name, value);
        }
        self.format(message.id, Some(&args))
    }

    fn format(&self, id: &str, args: Option<&FluentArgs>) -> String {
        let Some(pattern) = self.bundle.get_message(id).and_then(|message| message.value()) else {
            return id.to_owned();
        };
        let mut errors = Vec::new();
        self.bundle.format_pattern(pattern, args, &mut errors).into_owned()
    }
}

static CHINESE: LazyLock<Wording> = LazyLock::new(|| Wording::new(Lang::Zh));
static ENGLISH: LazyLock<Wording> = LazyLock::new(|| Wording::new(Lang::En));

impl Lang {
    /// The sentences of this language, read at the first use.
    pub fn wording(self) -> &'static Wording {
        match self {
            Lang::Zh => &CHINESE,
            Lang::En => &ENGLISH,
        }
    }
}

/// A message in English, for `Display` of errors and for logs.
pub fn english(message: &Message) -> String {
    ENGLISH.render(message)
}
