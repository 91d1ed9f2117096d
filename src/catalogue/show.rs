//! What stands in a cell, in words.

use super::Reading;
use crate::book::{Cell, Entry, EntryKey, Plain, Row, Value};
use crate::definition::{Column, Derived, Field, Kind, Register};
use crate::scoring::{Decimal, Evaluation};
use crate::wording::{Arg, Message, message};

/// A cell in words, with what its look depends on.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Shown {
    /// The words.
    pub text: String,
    /// The sign before a level.
    pub sign: Sign,
    /// Numbers stand at the right.
    pub right: bool,
}

/// The sign that says without colour what a level means.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Sign {
    /// Nothing to say.
    #[default]
    None,
    /// Significant or major.
    Listed,
    /// Not evaluated.
    Open,
}

impl Sign {
    /// The sign itself, one column wide.
    pub fn mark(self) -> &'static str {
        match self {
            Sign::None => " ",
            Sign::Listed => "!",
            Sign::Open => "-",
        }
    }
}

/// What is shown where a score is missing.
pub const UNSCORED: &str = "--";

impl Reading<'_> {
    /// What stands in a column of an entry.
    pub fn column(&self, register: &Register, entry: &Entry, column: Column) -> Shown {
        match column {
            Column::Field(index) => match register.fields.get(index) {
                Some(field) => self.shown(register, field, entry),
                None => Shown::default(),
            },
            Column::Derived(derived) => {
                let sign = match derived {
                    Derived::Level => self.sign(entry),
                    _ => Sign::None,
                };
                let right = matches!(derived, Derived::Score | Derived::ResidualScore | Derived::Open);
                Shown { text: self.derived_text(entry, derived), sign, right }
            }
        }
    }

    /// What stands in a field of an entry.
    pub fn field(&self, field: &Field, entry: &Entry) -> Shown {
        self.register(entry).map_or_else(Shown::default, |register| self.shown(register, field, entry))
    }

    /// The same of a register that is known: looking it up costs more than most cells.
    fn shown(&self, register: &Register, field: &Field, entry: &Entry) -> Shown {
        let cell = self.book.cell(entry, &field.id);
        let right = matches!(field.kind, Kind::Number { .. });
        let sign = if cell.evaluation().is_some() { self.sign(entry) } else { Sign::None };
        let text =
            if cell.is_empty() { self.unfilled(register, field, entry) } else { self.cell(field, cell) };
        Shown { text, sign, right }
    }

    /// What stands where a field is empty: that there is none, where it is said why; that it is open, where that ought to
    /// be said.
    pub fn unfilled(&self, register: &Register, field: &Field, entry: &Entry) -> String {
        let known = register.features.unfilled.iter().find(|known| known.field == field.id);
        let Some(known) = known else { return String::new() };
        if self.book.cell(entry, &known.why).is_empty() {
            Sign::Open.mark().to_owned()
        } else {
            self.wording.say("unfilled-none")
        }
    }

    /// The sign of an entry's level.
    pub fn sign(&self, entry: &Entry) -> Sign {
        if self.register(entry).and_then(Register::evaluation).is_none() {
            return Sign::None;
        }
        match self.evaluation(entry) {
            Some(evaluation) if evaluation.listed => Sign::Listed,
            Some(_) => Sign::None,
            None => Sign::Open,
        }
    }

    /// A cell in words.
    pub fn cell(&self, field: &Field, cell: &Cell) -> String {
        match cell {
            Cell::Empty => String::new(),
            Cell::Text(id) => self.book.text(*id).to_owned(),
            Cell::Choice(id) => self.choice_label(field, self.book.text(*id)),
            Cell::Choices(ids) => {
                let labels: Vec<String> =
                    ids.iter().map(|id| self.choice_label(field, self.book.text(*id))).collect();
                labels.join(" ")
            }
            Cell::Evaluation(evaluation) => self.level_text(evaluation),
            other => {
                other.value(self.book.texts()).map(|value| self.value(field, &value)).unwrap_or_default()
            }
        }
    }

    /// A travelling value in words.
    pub fn value(&self, field: &Field, value: &Value) -> String {
        self.words_of(Some(field), value)
    }

    /// What an entry keeps in fields that left the definition: their ids, and the values in words.
    pub fn former(&self, entry: &Entry) -> Vec<(String, String)> {
        let register = self.register(entry);
        let left = |id: &str| register.is_none_or(|register| register.field(id).is_none());
        let cells = self.book.fields(entry).filter(|(id, _)| left(id));
        let words = |(id, cell): (&str, &Cell)| {
            Some((id.to_owned(), self.former_value(&cell.value(self.book.texts())?)))
        };
        cells.filter_map(words).collect()
    }

    /// A value of a field that left the definition, in words.
    pub fn former_value(&self, value: &Value) -> String {
        self.words_of(None, value)
    }

    fn words_of(&self, field: Option<&Field>, value: &Value) -> String {
        let label = |code: &String| match field {
            Some(field) => self.choice_label(field, code),
            None => self.former_choice(code),
        };
        match value {
            Value::Text(text) => {
                let known = field.and_then(|field| {
                    field.known.iter().find(|label| label.zh() == text || label.en() == text)
                });
                known.map_or_else(|| text.clone(), |label| label.get(self.lang).to_owned())
            }
            Value::Number(number) => {
                field.map_or_else(|| number.to_string(), |field| with_unit(field, *number))
            }
            Value::Date(date) => date.to_string(),
            Value::YesNo(yes) => self.wording.say(if *yes { "yes" } else { "no" }),
            Value::Choice(code) => label(code),
            Value::Choices(codes) => codes.iter().map(label).collect::<Vec<_>>().join(" "),
            Value::Links(keys) => keys.iter().map(|key| self.link(*key)).collect::<Vec<_>>().join("; "),
            Value::Evaluation(evaluation) => self.level_text(evaluation),
            Value::Rows(rows) => {
                rows.iter().map(|row| self.row_of(field, row)).collect::<Vec<_>>().join("; ")
            }
            Value::Files(files) => files.iter().map(|file| file.name.clone()).collect::<Vec<_>>().join("; "),
        }
    }

    /// One row of a small table in words.
    pub fn row(&self, field: &Field, row: &Row) -> String {
        self.row_of(Some(field), row)
    }

    fn row_of(&self, field: Option<&Field>, row: &Row) -> String {
        let columns = match field.map(|field| &field.kind) {
            Some(Kind::Rows(columns)) => columns.as_slice(),
            _ => &[],
        };
        let cells = row.0.iter().map(|(id, cell)| {
            let column = columns.iter().find(|column| column.id == *id);
            self.words_of(column, &cell.clone().into())
        });
        cells.collect::<Vec<_>>().join("  ")
    }

    /// A cell of a row in words.
    pub fn plain(&self, column: &Field, cell: &Plain) -> String {
        self.value(column, &cell.clone().into())
    }

    /// A linked entry in words: its title, and that it was deleted where it was.
    pub fn link(&self, key: EntryKey) -> String {
        if self.book.tombstone(key).is_some() {
            let gone = self.wording.render(&message!("link-deleted", title = self.title(key)));
            return gone.trim_start().to_owned();
        }
        self.title(key)
    }

    /// The label of a choice; a code that left the list says so.
    pub fn choice_label(&self, field: &Field, code: &str) -> String {
        match field.choice(code) {
            Some(choice) => choice.label.get(self.lang).to_owned(),
            None => self.former_choice(code),
        }
    }

    fn former_choice(&self, code: &str) -> String {
        self.wording.render(&message!("choice-former", code = code.to_owned()))
    }

    /// A derived column in words.
    pub fn derived_text(&self, entry: &Entry, derived: Derived) -> String {
        match derived {
            Derived::Serial => return self.book.text(entry.serial).to_owned(),
            Derived::Changed => return self.local(entry.edited.at).format("%Y-%m-%d").to_string(),
            Derived::Stale => {
                return self.wording.say(if self.stale().holds(entry.key) { "yes" } else { "no" });
            }
            Derived::Open => {
                let open = self.open_fields(entry).count();
                return if open == 0 { String::new() } else { open.to_string() };
            }
            _ => {}
        }
        let Some(evaluation) = self.evaluation(entry) else {
            return match derived {
                Derived::Score => UNSCORED.to_owned(),
                Derived::Level => self.wording.say("unscored"),
                _ => String::new(),
            };
        };
        match derived {
            Derived::Score => score(evaluation.score),
            Derived::Level => self.level_text(evaluation),
            Derived::Listed => self.wording.say(if evaluation.listed { "yes" } else { "no" }),
            Derived::Outdated => {
                self.wording.say(if self.is_outdated(entry) == Some(true) { "yes" } else { "no" })
            }
            Derived::Reason => self.reason(evaluation),
            Derived::Method => format!("{}@{}", evaluation.method, evaluation.edition),
            Derived::EvaluatedOn => evaluation.occasion.on.to_string(),
            Derived::ResidualScore => {
                evaluation.residual.as_ref().map(|residual| score(residual.score)).unwrap_or_default()
            }
            Derived::ResidualLevel => {
                let residual = evaluation.residual.as_ref();
                residual.map(|residual| self.level_label(evaluation, &residual.level)).unwrap_or_default()
            }
            Derived::Serial | Derived::Changed | Derived::Stale | Derived::Open => String::new(),
        }
    }

    /// The level of an evaluation in a word.
    pub fn level_text(&self, evaluation: &Evaluation) -> String {
        self.level_label(evaluation, &evaluation.level)
    }

    /// Why an evaluation has its level.
    pub fn reason(&self, evaluation: &Evaluation) -> String {
        match self.method(evaluation) {
            Some(method) => evaluation.reason(method, self.lang),
            None => String::new(),
        }
    }

    /// The evaluation of an entry in one line: score, level, why, the factors and the residual.
    pub fn evaluated(&self, entry: &Entry) -> String {
        let field = self.register(entry).and_then(Register::evaluation);
        let Some(evaluation) = field.and_then(|(_, field)| self.book.cell(entry, &field.id).evaluation())
        else {
            return format!("{UNSCORED} {}", self.wording.say("unscored"));
        };
        let residual = self.residual_text(evaluation);
        format!(
            "{} {} {}: {} ({}){}",
            score(evaluation.score),
            self.sign(entry).mark(),
            self.level_text(evaluation),
            self.reason(evaluation),
            evaluation.factor_words(self.method(evaluation)),
            residual.map_or_else(String::new, |residual| format!(", {residual}"))
        )
    }

    /// A sentence that calls a field by its name instead of its id: of this register, or of the entry it names.
    pub fn with_names(&self, mut message: Message, register: Option<&str>) -> Message {
        let text = |arg: &Arg| if let Arg::Text(text) = arg { Some(text.clone()) } else { None };
        let serial = message.args.iter().find(|(name, _)| *name == "serial").and_then(|(_, arg)| text(arg));
        let entry = serial.and_then(|serial| self.book.entry(self.book.key_of(&serial)?));
        let known = register.and_then(|id| self.definitions.register(id));
        let Some(register) = known.or_else(|| self.register(entry?)) else { return message };
        for (_, arg) in message.args.iter_mut().filter(|(name, _)| *name == "field") {
            if let Some(field) = text(arg).and_then(|id| register.field(&id)) {
                *arg = Arg::Label(field.name.clone());
            }
        }
        message
    }

    /// What remains with the controls in place, in words.
    pub fn residual_text(&self, evaluation: &Evaluation) -> Option<String> {
        let residual = evaluation.residual.as_ref()?;
        let score = residual.score.map(|score| score.normalize().to_string()).unwrap_or_default();
        let level = self.level_label(evaluation, &residual.level);
        Some(self.wording.render(&message!("verdict-residual", score = score, level = level)))
    }

    fn level_label(&self, evaluation: &Evaluation, code: &str) -> String {
        let band = self.method(evaluation).and_then(|method| method.band(code));
        band.map_or_else(|| code.to_owned(), |band| band.short.get(self.lang).to_owned())
    }
}

fn score(score: Option<Decimal>) -> String {
    score.map_or_else(|| UNSCORED.to_owned(), |score| score.normalize().to_string())
}

fn with_unit(field: &Field, number: Decimal) -> String {
    match &field.kind {
        Kind::Number { unit: Some(unit), .. } => format!("{number} {unit}"),
        _ => number.to_string(),
    }
}
