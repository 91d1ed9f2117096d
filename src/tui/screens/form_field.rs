//! One field of a form: what stands in it, and how keys change it.

use super::super::edit::Editor;
use super::super::layer::Cx;
use super::super::terminal::Key;
use super::form_rows;
use crate::book::Value;
use crate::definition::{Field, Kind};
use crate::query::Needle;
use crate::wording::{Lang, Message, Tell, message};

/// A field while it is filled in.
#[derive(Clone)]
pub struct FormField {
    /// What it is.
    pub field: Field,
    /// What stood in it when the form was opened.
    pub original: Option<Value>,
    /// What stands in it; for words, what they last meant.
    pub value: Option<Value>,
    /// The words being typed.
    pub editor: Editor,
    /// The choice under the caret.
    pub caret: usize,
    /// What is wrong with what was typed.
    pub error: Option<Message>,
    /// What somebody else wrote there since the draft was typed.
    pub overtaken: Option<Message>,
    /// What it does to several entries, where it is of several.
    pub bulk: Option<Bulk>,
    /// The words of the original.
    before: String,
}

/// A field of several entries: it is left as it is in each of them until something is typed or it is cleared.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Bulk {
    /// How many of them hold something there.
    pub held: usize,
    /// Whether that is to go.
    pub clear: bool,
}

/// How a field is filled in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Way {
    /// By typing.
    Words,
    /// By choosing from a list in place.
    Choosing,
    /// By picking entries.
    Picking,
    /// By evaluating.
    Evaluating,
    /// Not here.
    Nothing,
}

impl FormField {
    /// A field with what stands in it now and what the form starts with.
    pub fn new(field: &Field, original: Option<Value>, start: Option<Value>, cx: &Cx) -> Self {
        let lines = matches!(field.kind, Kind::Text { lines: true, .. } | Kind::Rows(_) | Kind::Files);
        let mut made = Self {
            field: field.clone(),
            original,
            value: start,
            editor: Editor::new("", lines),
            caret: 0,
            error: None,
            overtaken: None,
            bulk: None,
            before: String::new(),
        };
        made.before = made.words(made.original.as_ref(), cx);
        made.show(cx);
        made
    }

    /// A value as it is typed.
    fn words(&self, value: Option<&Value>, cx: &Cx) -> String {
        match value {
            Some(Value::Text(text)) => text.clone(),
            Some(Value::Number(number)) => number.to_string(),
            Some(Value::Date(date)) => date.to_string(),
            Some(Value::Rows(rows)) => form_rows::text(&self.field, rows, cx),
            Some(Value::Files(files)) => form_rows::names(files),
            _ => String::new(),
        }
    }

    /// Whether it holds this value and nothing else, as it is typed.
    pub fn holds(&self, value: Option<&Value>, cx: &Cx) -> bool {
        match self.way() {
            Way::Words => self.editor.text() == self.words(value, cx),
            _ => self.value.as_ref() == value,
        }
    }

    /// Puts the value into words again.
    fn show(&mut self, cx: &Cx) {
        let text = self.words(self.value.as_ref(), cx);
        self.editor.set(&text);
        self.caret = match &self.value {
            Some(Value::Choice(code)) => {
                self.options(cx.lang()).iter().position(|(known, _)| known == code).unwrap_or(0)
            }
            Some(Value::YesNo(yes)) => usize::from(!*yes),
            _ => 0,
        };
    }

    /// Goes one line up or down in words of several lines; says whether there was one.
    pub fn by_line(&mut self, down: bool) -> bool {
        self.way() == Way::Words && self.editor.by_line(down)
    }

    /// How it is filled in.
    pub fn way(&self) -> Way {
        match self.field.kind {
            Kind::Text { .. } | Kind::Number { .. } | Kind::Date | Kind::Rows(_) | Kind::Files => Way::Words,
            Kind::Choice(_) | Kind::Choices(_) | Kind::YesNo => Way::Choosing,
            Kind::Links { .. } => Way::Picking,
            Kind::Evaluation { .. } => Way::Evaluating,
        }
    }

    /// How it is filled in, in its own words, else by its kind; of rows how they are written.
    pub fn help(&self, cx: &Cx) -> Message {
        match (&self.field.kind, &self.field.help) {
            (Kind::Rows(columns), _) => form_rows::help(columns, cx),
            (_, Some(help)) => message!("field-help", help = help.clone()),
            _ => self.by_kind(),
        }
    }

    /// How it is filled in, by its kind.
    fn by_kind(&self) -> Message {
        match self.field.kind {
            Kind::Date => message!("field-help-date"),
            Kind::Text { time: true, .. } => message!("field-help-time"),
            Kind::Number { .. } => message!("field-help-number"),
            Kind::Choice(_) | Kind::Choices(_) | Kind::YesNo => message!("field-help-choice"),
            Kind::Links { .. } => message!("field-help-links"),
            Kind::Evaluation { .. } => message!("field-help-evaluation"),
            Kind::Files => message!("field-help-files"),
            _ => message!("field-no-help"),
        }
    }

    /// Whether something else stands in it than when the form was opened.
    pub fn changed(&self) -> bool {
        if self.bulk.is_some_and(|bulk| bulk.clear) {
            return true;
        }
        let empty = |value: &Option<Value>| value.as_ref().is_none_or(Value::is_empty);
        if self.way() == Way::Words && self.editor.text().trim() != self.before.trim() {
            return true;
        }
        self.value != self.original && !(empty(&self.value) && empty(&self.original))
    }

    /// Another value, as if it had been typed.
    pub fn put(&mut self, value: Option<Value>, cx: &Cx) {
        self.value = value.filter(|value| !value.is_empty());
        self.error = None;
        self.clear(false);
        self.show(cx);
    }

    /// Whether nothing is typed or chosen in it.
    pub fn is_blank(&self) -> bool {
        self.value.is_none() && self.editor.text().is_empty()
    }

    /// Says of a field of several entries whether what they hold there is to go.
    pub fn clear(&mut self, clear: bool) {
        if let Some(bulk) = &mut self.bulk {
            bulk.clear = clear;
        }
    }

    /// Reads what was typed; what cannot be read stays and says why. Of a choice only its begin was typed.
    pub fn settle(&mut self, cx: &Cx) {
        if self.way() != Way::Words {
            return self.editor.set("");
        }
        let text = self.editor.text().to_owned();
        let read = match &self.field.kind {
            Kind::Rows(columns) => form_rows::read(columns, &text, cx).map(Some),
            Kind::Files => form_rows::files(&text, self.value.as_ref(), cx).map(Some),
            _ => cx.reading().enter(&self.field, &text, cx.today()).map_err(|error| error.message()),
        };
        match read {
            Ok(value) => {
                self.value = value.filter(|value| !value.is_empty());
                self.error = None;
                // A date such as +3m is shown as the day it means.
                if matches!(self.field.kind, Kind::Date | Kind::Number { .. } | Kind::Text { time: true, .. })
                {
                    self.show(cx);
                }
            }
            Err(error) => self.error = Some(error),
        }
    }

    /// Takes a key that types.
    pub fn key(&mut self, key: Key, cx: &Cx) -> bool {
        self.clear(false);
        match self.way() {
            Way::Words => {
                // While it is being mended nobody is scolded; leaving the field reads it again.
                self.error = None;
                self.editor.key(key)
            }
            Way::Choosing => match key.narrowed().typed() {
                Some(c) => self.choose_typed(c, cx),
                None => true,
            },
            _ => key.typed().is_none(),
        }
    }

    /// Goes to the choice with this number, or whose name begins with what was typed so far; pinyin is as good.
    /// Says whether there is one.
    fn choose_typed(&mut self, c: char, cx: &Cx) -> bool {
        let options = self.options(cx.lang());
        if let Some(at) = c.to_digit(10).and_then(|number| (number as usize).checked_sub(1)) {
            if at < options.len() {
                self.caret = at;
                self.choose(cx);
            }
            return at < options.len();
        }
        let found = |typed: &str| {
            let needle = Needle::new(typed);
            let begins = |label: &str| needle.find(label).is_some_and(|span| span.start == 0);
            let at = options.iter().position(|(_, label)| begins(label));
            at.or_else(|| options.iter().position(|(_, label)| needle.matches(label)))
        };
        let on = format!("{}{c}", self.editor.text());
        let tries = [on, String::from(c)];
        let Some((at, typed)) = tries.iter().find_map(|typed| Some((found(typed)?, typed))) else {
            self.editor.set("");
            return false;
        };
        self.caret = at;
        if matches!(self.field.kind, Kind::Choice(_) | Kind::YesNo) {
            self.take();
        }
        self.editor.set(typed);
        true
    }

    /// Takes pasted words: those of a choice choose it. Says what is wrong with them.
    pub fn paste(&mut self, text: &str, cx: &Cx) -> Option<Message> {
        self.clear(false);
        match self.way() {
            Way::Words => {
                self.editor.paste(text);
                self.settle(cx);
                None
            }
            Way::Choosing => match cx.reading().enter(&self.field, text, cx.today()) {
                Ok(value) => {
                    self.put(value, cx);
                    None
                }
                Err(error) => Some(error.message()),
            },
            _ => Some(self.by_kind()),
        }
    }

    /// Why a key that types does nothing here.
    pub fn not_typed(&self, key: Key, cx: &Cx) -> Message {
        if self.way() != Way::Choosing {
            return self.by_kind();
        }
        let labels: Vec<String> = self.options(cx.lang()).into_iter().map(|(_, label)| label).collect();
        let said = key.typed().map(String::from).unwrap_or_default();
        let column = self.field.name.clone();
        message!("filter-no-choice", column = column, said = said, choices = labels.join(" "))
    }

    /// Moves the caret among the choices.
    pub fn move_caret(&mut self, by: isize, cx: &Cx) {
        self.clear(false);
        self.editor.set("");
        let last = self.options(cx.lang()).len().saturating_sub(1);
        let fresh = self.value.is_none();
        self.caret = self.caret.saturating_add_signed(by).min(last);
        // One of a list: moving is choosing.
        if matches!(self.field.kind, Kind::Choice(_) | Kind::YesNo) {
            if fresh && by > 0 {
                self.caret = 0;
            }
            self.take();
        }
    }

    /// Takes the choice under the caret, or leaves it where it was taken.
    pub fn choose(&mut self, cx: &Cx) {
        self.clear(false);
        self.editor.set("");
        let Some((code, _)) = self.options(cx.lang()).get(self.caret).cloned() else { return };
        match (&self.field.kind, &mut self.value) {
            (Kind::Choices(_), Some(Value::Choices(codes))) => {
                match codes.iter().position(|taken| *taken == code) {
                    Some(at) => {
                        codes.remove(at);
                    }
                    None => codes.push(code),
                }
                let order: Vec<&str> =
                    self.field.kind.choices().iter().map(|choice| choice.code.as_str()).collect();
                codes.sort_by_key(|code| order.iter().position(|known| known == code));
                if codes.is_empty() {
                    self.value = None;
                }
            }
            (Kind::Choices(_), _) => self.value = Some(Value::Choices(vec![code])),
            (Kind::Choice(_), Some(Value::Choice(taken))) if *taken == code && !self.field.required => {
                self.value = None;
            }
            _ => self.take(),
        }
    }

    fn take(&mut self) {
        self.value = match &self.field.kind {
            Kind::YesNo => Some(Value::YesNo(self.caret == 0)),
            kind => kind.choices().get(self.caret).map(|choice| Value::Choice(choice.code.clone())),
        };
    }

    pub(super) fn options(&self, lang: Lang) -> Vec<(String, String)> {
        match &self.field.kind {
            Kind::YesNo => {
                let wording = lang.wording();
                vec![("yes".to_owned(), wording.say("yes")), ("no".to_owned(), wording.say("no"))]
            }
            kind => kind
                .choices()
                .iter()
                .map(|choice| (choice.code.clone(), choice.label.get(lang).to_owned()))
                .collect(),
        }
    }

    pub(super) fn is_taken(&self, code: &str) -> bool {
        match &self.value {
            Some(Value::Choice(taken)) => taken == code,
            Some(Value::Choices(taken)) => taken.iter().any(|taken| taken == code),
            Some(Value::YesNo(yes)) => (code == "yes") == *yes,
            _ => false,
        }
    }
}
