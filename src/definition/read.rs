//! Reading the fields of a register: what each kind takes, and nothing else.

use std::ops::Range;

use toml::Spanned;

use super::raw::{RawChoice, RawField, RawRule};
use super::{Choice, Derived, Field, Kind, MethodRule};
use crate::scoring::Decimal;
use crate::source::{Problem, Source, nearest};
use crate::wording::message;

/// The choice field that a rule speaks of, and the code that it asks for.
pub type Condition = (Spanned<String>, Spanned<String>);

/// The widest column that a file may ask for.
const WIDEST: u16 = 200;

const KINDS: [&str; 10] =
    ["text", "number", "date", "yes-no", "choice", "choices", "links", "evaluation", "rows", "files"];

/// Fields as they are read, with the words in them that can be checked only later.
pub struct Reader<'a> {
    source: &'a Source<'a>,
    inside_rows: bool,
    pub fields: Vec<Field>,
    /// Registers that they link to.
    pub to: Vec<Spanned<String>>,
    /// Methods that they are evaluated by.
    pub methods: Vec<Spanned<String>>,
    /// When those serve.
    pub conditions: Vec<Condition>,
}

impl<'a> Reader<'a> {
    /// Reads the fields of a register.
    pub fn read(source: &'a Source<'a>, raw: Vec<RawField>) -> Result<Self, Problem> {
        let mut read = Self::inside(source, false);
        let ids: Vec<Spanned<String>> = raw.iter().map(|field| field.id.clone()).collect();
        for field in raw {
            read.field(field)?;
        }
        let scored = read.fields.iter().any(|field| matches!(field.kind, Kind::Evaluation { .. }));
        let derived =
            |id: &str| Derived::ALL.iter().any(|row| row.1 == id && (scored || !row.0.needs_evaluation()));
        match ids.iter().find(|id| derived(id.get_ref())) {
            Some(id) => {
                let what = message!("definition-reserved", said = id.get_ref().clone());
                Err(source.problem(id.span(), what))
            }
            None => Ok(read),
        }
    }

    fn inside(source: &'a Source<'a>, inside_rows: bool) -> Self {
        let (fields, to, methods, conditions) = Default::default();
        Self { source, inside_rows, fields, to, methods, conditions }
    }

    fn refuse<T>(&self, at: Range<usize>, what: crate::wording::Message) -> Result<T, Problem> {
        Err(self.source.problem(at, what))
    }

    fn field(&mut self, mut raw: RawField) -> Result<(), Problem> {
        let source = self.source;
        source.identifier(&raw.id)?;
        let (name, also) = (source.label(&raw.name)?, source.lines(&raw.also)?);
        self.words_free(&raw)?;
        let kind = raw.kind.get_ref().clone();
        if !KINDS.contains(&kind.as_str()) {
            let near = nearest(&kind, KINDS).unwrap_or("").to_owned();
            let what = message!("definition-unknown-kind", said = kind, nearest = near);
            return self.refuse(raw.kind.span(), what);
        }
        self.misplaced(&raw)?;
        let kind = self.kind(&mut raw)?;
        let width = match raw.width {
            None => default_width(&kind),
            Some(width) if (1..=WIDEST).contains(width.get_ref()) => width.into_inner(),
            Some(width) => {
                let what = message!("definition-width", said = width.get_ref().to_string());
                return self.refuse(width.span(), what);
            }
        };
        let help = raw.help.as_ref().map(|help| source.label(help)).transpose()?;
        if let Some(default) = &raw.default {
            source.line(default)?;
            default_choice(source, &kind, default)?;
        }
        let default_at = raw.default.as_ref().map_or(0..0, Spanned::span);
        let (id, required) = (raw.id.into_inner(), raw.required);
        let default = raw.default.map(Spanned::into_inner);
        let known = Vec::new();
        self.fields.push(Field { id, name, also, kind, required, default, default_at, help, known, width });
        Ok(())
    }

    /// No two fields answer to one word.
    fn words_free(&self, raw: &RawField) -> Result<(), Problem> {
        for word in [&raw.id, &raw.name.zh, &raw.name.en].into_iter().chain(&raw.also) {
            if let Some(other) = self.fields.iter().find(|other| other.answers_to(word.get_ref())) {
                let (said, by) = (word.get_ref().clone(), other.id.clone());
                if said == by {
                    return self.refuse(word.span(), message!("source-twice", said = said));
                }
                return self.refuse(word.span(), message!("definition-word-taken", said = said, by = by));
            }
        }
        Ok(())
    }

    /// A key that means nothing for the kind of its field is a mistake, not decoration.
    fn misplaced(&self, raw: &RawField) -> Result<(), Problem> {
        fn at<T>(value: Option<&Spanned<T>>) -> Option<Range<usize>> {
            value.map(Spanned::span)
        }
        let kind = raw.kind.get_ref().as_str();
        let typed = !self.inside_rows && !["evaluation", "rows", "files"].contains(&kind);
        let keys = [
            ("choices", at(raw.choices.as_ref()), ["choice", "choices"].contains(&kind)),
            ("to", at(raw.to.as_ref()), kind == "links"),
            ("many", at(raw.many.as_ref()), kind == "links"),
            ("watch", at(raw.watch.as_ref()), kind == "links"),
            ("methods", at(raw.methods.as_ref()), kind == "evaluation"),
            ("fields", at(raw.fields.as_ref()), kind == "rows"),
            ("lines", at(raw.lines.as_ref()), kind == "text"),
            ("time", at(raw.time.as_ref()), kind == "text"),
            ("unit", at(raw.unit.as_ref()), kind == "number"),
            ("min", at(raw.min.as_ref()), kind == "number"),
            ("max", at(raw.max.as_ref()), kind == "number"),
            ("default", at(raw.default.as_ref()), typed),
        ];
        for (key, at, allowed) in keys {
            if let (Some(at), false) = (at, allowed) {
                let what = message!("definition-misplaced", key = key, kind = kind);
                return self.refuse(at, what);
            }
        }
        Ok(())
    }

    fn kind(&mut self, raw: &mut RawField) -> Result<Kind, Problem> {
        let whole = raw.kind.span();
        Ok(match raw.kind.get_ref().as_str() {
            "evaluation" | "rows" | "files" if self.inside_rows => {
                return self.refuse(whole, message!("definition-rows-plain"));
            }
            "number" => self.number(raw)?,
            "date" => Kind::Date,
            "yes-no" => Kind::YesNo,
            "choice" => Kind::Choice(self.choices(raw.choices.take(), whole)?),
            "choices" => Kind::Choices(self.choices(raw.choices.take(), whole)?),
            "links" => self.links(raw)?,
            "evaluation" => self.evaluation(raw.methods.take(), whole)?,
            "rows" => Kind::Rows(self.rows(raw.fields.take(), whole)?),
            "files" => Kind::Files,
            _ => {
                let on = |key: &Option<Spanned<bool>>| key.as_ref().is_some_and(|on| *on.get_ref());
                Kind::Text { lines: on(&raw.lines), time: on(&raw.time) }
            }
        })
    }

    fn number(&self, raw: &RawField) -> Result<Kind, Problem> {
        let bound = |bound: &Option<Spanned<Decimal>>| bound.as_ref().map(|bound| *bound.get_ref());
        let (min, max) = (bound(&raw.min), bound(&raw.max));
        if let (Some(least), Some(most)) = (min, &raw.max)
            && least > *most.get_ref()
        {
            return self.refuse(most.span(), message!("definition-min-max"));
        }
        let unit = raw.unit.as_ref().map(|unit| self.source.line(unit)).transpose()?;
        Ok(Kind::Number { unit, min, max })
    }

    fn links(&mut self, raw: &mut RawField) -> Result<Kind, Problem> {
        let at = raw.to.as_ref().map_or(raw.kind.span(), Spanned::span);
        let to = raw.to.take().map(Spanned::into_inner).unwrap_or_default();
        if to.is_empty() {
            return self.refuse(at, message!("definition-links-nowhere"));
        }
        let registers = self.source.lines(&to)?;
        self.to.extend(to);
        let on = |key: &Option<Spanned<bool>>| key.as_ref().is_some_and(|on| *on.get_ref());
        Ok(Kind::Links { to: registers, many: on(&raw.many), watch: on(&raw.watch) })
    }

    fn choices(
        &self,
        raw: Option<Spanned<Vec<RawChoice>>>,
        kind: Range<usize>,
    ) -> Result<Vec<Choice>, Problem> {
        let at = raw.as_ref().map_or(kind, Spanned::span);
        let mut choices: Vec<Choice> = Vec::new();
        for raw in raw.map(Spanned::into_inner).unwrap_or_default() {
            self.source.code(&raw.code)?;
            let label = self.source.label_of(&raw.zh, &raw.en)?;
            for word in [&raw.code, &raw.zh, &raw.en] {
                if choices.iter().any(|other| other.answers_to(word.get_ref())) {
                    return self.refuse(word.span(), message!("source-twice", said = word.get_ref().clone()));
                }
            }
            choices.push(Choice { code: raw.code.into_inner(), label });
        }
        if choices.is_empty() {
            return self.refuse(at, message!("definition-no-choices"));
        }
        Ok(choices)
    }

    fn evaluation(
        &mut self,
        raw: Option<Spanned<Vec<RawRule>>>,
        kind: Range<usize>,
    ) -> Result<Kind, Problem> {
        if self.fields.iter().any(|field| matches!(field.kind, Kind::Evaluation { .. })) {
            return self.refuse(kind, message!("definition-one-evaluation"));
        }
        let at = raw.as_ref().map_or(kind, Spanned::span);
        let mut rules: Vec<MethodRule> = Vec::new();
        for rule in raw.map(Spanned::into_inner).unwrap_or_default() {
            if rules.last().is_some_and(|before| before.when.is_none()) {
                return self.refuse(rule.method.span(), message!("definition-rule-unreached"));
            }
            let when = match (rule.field, rule.is) {
                (Some(field), Some(is)) => {
                    let when = (field.get_ref().clone(), is.get_ref().clone());
                    self.conditions.push((field, is));
                    Some(when)
                }
                (None, None) => None,
                (Some(half), None) | (None, Some(half)) => {
                    return self.refuse(half.span(), message!("definition-half-rule"));
                }
            };
            rules.push(MethodRule { method: rule.method.get_ref().clone(), when });
            self.methods.push(rule.method);
        }
        if rules.is_empty() {
            return self.refuse(at, message!("definition-no-methods"));
        }
        Ok(Kind::Evaluation { methods: rules })
    }

    fn rows(
        &mut self,
        raw: Option<Spanned<Vec<RawField>>>,
        kind: Range<usize>,
    ) -> Result<Vec<Field>, Problem> {
        let at = raw.as_ref().map_or(kind, Spanned::span);
        let mut inner = Self::inside(self.source, true);
        for field in raw.map(Spanned::into_inner).unwrap_or_default() {
            inner.field(field)?;
        }
        if inner.fields.is_empty() {
            return self.refuse(at, message!("definition-rows-empty"));
        }
        self.to.extend(inner.to);
        Ok(inner.fields)
    }
}

/// A default of a choice field must be among its choices; what other kinds take, the catalogue knows.
fn default_choice(source: &Source, kind: &Kind, default: &Spanned<String>) -> Result<(), Problem> {
    let known = |word: &str| kind.choices().iter().any(|choice| choice.code == word);
    let fits = match kind {
        Kind::Choice(_) => known(default.get_ref()),
        Kind::Choices(_) => default.get_ref().split(',').all(|word| known(word.trim())),
        _ => true,
    };
    if fits { Ok(()) } else { Err(unknown_choice(source, default, kind.choices())) }
}

/// There is no such code among the choices.
pub fn unknown_choice(source: &Source, said: &Spanned<String>, choices: &[Choice]) -> Problem {
    let codes: Vec<&str> = choices.iter().map(|choice| choice.code.as_str()).collect();
    let near = nearest(said.get_ref(), codes.iter().copied()).unwrap_or("").to_owned();
    let (known, said_at) = (codes.join(", "), said.span());
    let said = said.get_ref().clone();
    let what = message!("definition-unknown-choice", said = said, nearest = near, known = known);
    source.problem(said_at, what)
}

/// There is no such column.
pub fn unknown_column<'w>(
    source: &Source,
    word: &str,
    at: Range<usize>,
    known: impl Iterator<Item = &'w str>,
) -> Problem {
    let near = nearest(word, known).unwrap_or("").to_owned();
    source.problem(at, message!("definition-unknown-column", said = word.to_owned(), nearest = near))
}

fn default_width(kind: &Kind) -> u16 {
    match kind {
        Kind::Text { lines: true, .. } | Kind::Rows(_) | Kind::Files => 24,
        Kind::Text { .. } => 20,
        Kind::Number { .. } | Kind::YesNo | Kind::Choice(_) => 8,
        Kind::Date | Kind::Links { .. } => 10,
        Kind::Choices(_) | Kind::Evaluation { .. } => 12,
    }
}
