//! Fields and what may stand in them.

use crate::scoring::Decimal;
use crate::wording::Label;

/// A column of a register.
#[derive(Debug, Clone)]
pub struct Field {
    /// The name used by commands, queries and the journal.
    pub id: String,
    /// The heading people see.
    pub name: Label,
    /// Other words by which people search it (影响 for 环境影响).
    pub also: Vec<String>,
    /// What may stand in it.
    pub kind: Kind,
    /// Whether an entry counts as incomplete without it; it can be saved all the same.
    pub required: bool,
    /// What a new entry starts with, written as a person would type it.
    pub default: Option<String>,
    /// Where the default stands in its file, for messages about it.
    pub default_at: std::ops::Range<usize>,
    /// How to fill it in, shown by F1.
    pub help: Option<Label>,
    /// Usual words of a text, shown in the language of who reads whichever was written.
    pub known: Vec<Label>,
    /// Preferred width in a table, in columns of the terminal.
    pub width: u16,
}

/// What may stand in a field.
#[derive(Debug, Clone)]
pub enum Kind {
    /// Words.
    Text {
        /// Whether it may have several lines.
        lines: bool,
        /// Whether it is a time of day, such as `10:00` or `10:00:41`.
        time: bool,
    },
    /// An exact decimal.
    Number {
        /// The unit, where the field has one.
        unit: Option<String>,
        /// The least value that makes sense.
        min: Option<Decimal>,
        /// The greatest value that makes sense.
        max: Option<Decimal>,
    },
    /// A day, a month or a year; the value says which.
    Date,
    /// Yes or no.
    YesNo,
    /// One of a list.
    Choice(Vec<Choice>),
    /// Any of a list.
    Choices(Vec<Choice>),
    /// Other entries.
    Links {
        /// Ids of the registers they may lie in.
        to: Vec<String>,
        /// Whether there may be more than one.
        many: bool,
        /// Whether what happens behind the link may change the evaluation: a review shows it.
        watch: bool,
    },
    /// Factors chosen by a method, with score, level and reason.
    Evaluation {
        /// Which method serves which entry; the first whose condition holds.
        methods: Vec<MethodRule>,
    },
    /// A small table inside the entry; its columns are plain.
    Rows(Vec<Field>),
    /// Names of files kept beside the book.
    Files,
}

/// One entry of a choice list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Choice {
    /// What is stored; it never changes while a label may.
    pub code: String,
    /// What people see.
    pub label: Label,
}

/// Which method serves an entry.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MethodRule {
    /// Id of the method.
    pub method: String,
    /// The choice field and the code it must hold, or nothing: then it serves any entry.
    pub when: Option<(String, String)>,
}

impl Kind {
    /// The name of the kind in definition files and in the journal.
    pub fn name(&self) -> &'static str {
        match self {
            Kind::Text { .. } => "text",
            Kind::Number { .. } => "number",
            Kind::Date => "date",
            Kind::YesNo => "yes-no",
            Kind::Choice(_) => "choice",
            Kind::Choices(_) => "choices",
            Kind::Links { .. } => "links",
            Kind::Evaluation { .. } => "evaluation",
            Kind::Rows(_) => "rows",
            Kind::Files => "files",
        }
    }

    /// The choices of a choice list; empty for every other kind.
    pub fn choices(&self) -> &[Choice] {
        match self {
            Kind::Choice(choices) | Kind::Choices(choices) => choices,
            _ => &[],
        }
    }
}

impl Choice {
    /// Whether people may mean this choice by `word`.
    pub fn answers_to(&self, word: &str) -> bool {
        self.code.eq_ignore_ascii_case(word)
            || self.label.zh() == word
            || self.label.en().eq_ignore_ascii_case(word)
    }
}

impl Field {
    /// The choice with this code.
    pub fn choice(&self, code: &str) -> Option<&Choice> {
        self.kind.choices().iter().find(|choice| choice.code == code)
    }

    /// The choice a person means by a code or by either label.
    pub fn choice_meant(&self, word: &str) -> Option<&Choice> {
        let word = word.trim();
        self.choice(word).or_else(|| self.kind.choices().iter().find(|choice| choice.answers_to(word)))
    }

    /// The id of the method that serves an entry; `holds` says whether a field of it has a code.
    pub fn method(&self, holds: impl Fn(&str, &str) -> bool) -> Option<&str> {
        let Kind::Evaluation { methods } = &self.kind else { return None };
        let serves = |rule: &&MethodRule| match &rule.when {
            None => true,
            Some((field, code)) => holds(field, code),
        };
        methods.iter().find(serves).map(|rule| rule.method.as_str())
    }

    /// Whether it names a method for some entries.
    pub fn names_method(&self, id: &str) -> bool {
        matches!(&self.kind, Kind::Evaluation { methods } if methods.iter().any(|rule| rule.method == id))
    }

    /// Whether people may mean this field by `word`.
    pub fn answers_to(&self, word: &str) -> bool {
        self.id.eq_ignore_ascii_case(word)
            || self.name.zh() == word
            || self.name.en().eq_ignore_ascii_case(word)
            || self.also.iter().any(|also| also.eq_ignore_ascii_case(word))
    }
}
