//! The filter of a table: narrowing with every key, completing words, remembering what was used.

use chrono::NaiveDate;

use super::super::action::Action;
use super::super::edit::Editor;
use crate::book::EntryKey;
use crate::catalogue::{Listing, Reading};
use crate::definition::Column;
use crate::query::{self, Filter, Needle, Node, QueryProblem};
use crate::wording::{Lang, Message};

/// A filter, and what it leaves of the rows.
#[derive(Default)]
pub struct Filtering {
    /// The one the table was opened with, to which Esc goes back.
    pub opened: String,
    /// The one in force.
    pub kept: String,
    /// The one being typed.
    pub typing: Option<Editor>,
    /// What is wrong with it.
    pub problem: Option<QueryProblem>,
    /// Why nothing is found, where that can be told.
    pub hint: Option<Message>,
    /// What marks the words found.
    pub matcher: Option<Filter>,
    /// What the rows shown answer.
    answered: Option<Node>,
}

impl Filtering {
    /// The filter that a table is opened with.
    pub fn with(filter: &str) -> Self {
        Self { opened: filter.to_owned(), kept: filter.to_owned(), ..Self::default() }
    }

    /// The filter to look by.
    fn text(&self) -> &str {
        self.typing.as_ref().map_or(self.kept.as_str(), Editor::text)
    }

    /// The rows are others now.
    pub fn forget(&mut self) {
        self.answered = None;
    }

    /// Narrows all rows to those that match; a mistake leaves what was shown.
    pub fn narrow(
        &mut self,
        (all, keys): (&[EntryKey], &mut Vec<EntryKey>),
        listing: &Listing,
        (reading, today): (&Reading, NaiveDate),
    ) {
        let query = self.text();
        let compiled = query::parse(query)
            .and_then(|node| Ok((reading.compiled(listing.register, &node, today)?, node)));
        match compiled {
            Ok((matcher, node)) => {
                // What is typed on mostly narrows what is shown: then only that is looked at again.
                let narrows = self.answered.as_ref().is_some_and(|before| node.narrows(before));
                if !narrows {
                    keys.clear();
                    keys.extend_from_slice(all);
                }
                if !query.trim().is_empty() {
                    let prepared = matcher.prepare(reading.book, reading.definitions, reading.words);
                    prepared.keep(&listing.register.id, keys);
                }
                self.hint =
                    if keys.is_empty() { reading.choice_missing(listing.register, &node) } else { None };
                (self.matcher, self.answered, self.problem) = (Some(matcher), Some(node), None);
            }
            Err(problem) => (self.problem, self.hint) = (Some(problem), None),
        }
    }

    /// Begins to type.
    pub fn begin(&mut self) {
        self.typing = Some(Editor::new(&self.kept, false));
    }

    /// Takes what is typed into force, and remembers it.
    pub fn keep(&mut self, used: &mut Vec<String>) {
        let Some(editor) = self.typing.take() else { return };
        editor.text().trim().clone_into(&mut self.kept);
        if !self.kept.is_empty() && used.last() != Some(&self.kept) {
            used.push(self.kept.clone());
        }
    }

    /// An earlier or later filter that was used.
    pub fn recall(&mut self, action: Action, used: &[String]) {
        let Some(editor) = &mut self.typing else { return };
        let at = used.iter().position(|used| used == editor.text());
        let step = match (action, at) {
            (Action::Earlier, None) => used.len().checked_sub(1),
            (Action::Earlier, Some(at)) => at.checked_sub(1),
            (_, at) => at.map(|at| at + 1),
        };
        if let Some(used) = step.and_then(|at| used.get(at)) {
            editor.set(used);
        }
    }

    /// Completes the word before the cursor: a column, or a choice behind `column:`.
    pub fn complete(&mut self, listing: &Listing, lang: Lang) {
        let Some(editor) = &mut self.typing else { return };
        let before = editor.text().get(..editor.cursor()).unwrap_or("");
        let begin = before.rfind([' ', '(', '|', '-']).map_or(0, |at| at + 1);
        let word: String = before.get(begin..).unwrap_or("").chars().map(crate::text::narrow).collect();
        let completed = match word.split_once(':') {
            None if word.is_empty() => None,
            None => {
                let needle = Needle::new(&word);
                let mut names = listing.register.columns().map(|column| listing.register.column_name(column));
                let name = names.find(|name| needle.matches(name.get(lang)));
                name.map(|name| format!("{}:", name.get(lang)))
            }
            Some((name, value)) => {
                let needle = Needle::new(value);
                let field = match listing.register.column(name) {
                    Some(Column::Field(index)) => listing.register.fields.get(index),
                    _ => None,
                };
                let choices = field.map(|field| field.kind.choices()).unwrap_or_default();
                let mut labels = choices.iter().map(|choice| choice.label.get(lang));
                let label = labels.find(|label| *label != value && needle.matches(label));
                label.map(|label| format!("{name}:{label}"))
            }
        };
        if let Some(completed) = completed {
            editor.replace(begin..editor.cursor(), &completed);
        }
    }
}
