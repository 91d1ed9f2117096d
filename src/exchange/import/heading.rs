//! What a heading means: a field of the register, a factor, a score, or nothing that is known.

use pinyin::ToPinyin;

use super::words::{Words, plain, words};
use crate::definition::{Field, Kind, Register};
use crate::scoring::{Factor, Method};
use crate::source::distance;

/// How sure it is that a heading means something; the surer is the greater.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Sure {
    /// It sounds the same or differs in one letter.
    Near,
    /// The name is a part of it.
    Part,
    /// One of several names in it is the name.
    Word,
    /// It is the name.
    Exact,
}

/// What a column holds.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum Target {
    /// The record serial.
    Serial,
    /// A field, by its index.
    Field(usize),
    /// A mark that puts one choice of a field: the index of the field, the code.
    Tick(usize, String),
    /// A factor, as the heading calls it.
    Factor(String),
    /// The same with the controls in place.
    Residual(String),
    /// The score.
    Score,
    /// The level.
    Level,
    /// Whether it is significant or major.
    Listed,
    /// The score with the controls in place.
    ResidualScore,
    /// The level with the controls in place.
    ResidualLevel,
    /// The number of a direct judgement.
    Direct,
    /// The method.
    Method,
    /// The day of the evaluation.
    On,
    /// Who evaluated.
    By,
    /// What the evaluation rests on.
    Basis,
    /// The number of the line, or what follows from the rest: it is not kept.
    Nothing,
    /// Kept as words, with the heading before them, in the note.
    Note,
}

/// A heading as it is compared.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Heading {
    /// What stands over several columns, where there is such a line.
    pub over: String,
    /// What stands right over the column.
    pub leaf: String,
}

impl Heading {
    /// From the texts of the lines of the head, the upper first.
    pub fn of(texts: &[&str]) -> Self {
        let mut parts: Vec<&str> = Vec::new();
        for text in texts.iter().map(|text| text.trim()).filter(|text| !text.is_empty()) {
            if parts.last() != Some(&text) {
                parts.push(text);
            }
        }
        let leaf = parts.pop().unwrap_or("").to_owned();
        Self { over: parts.join(" "), leaf }
    }

    /// As people read it, in one line.
    pub fn words(&self) -> String {
        let one = |text: &str| text.split_whitespace().collect::<Vec<_>>().join(" ");
        if self.over.is_empty() {
            one(&self.leaf)
        } else {
            format!("{} / {}", one(&self.over), one(&self.leaf))
        }
    }

    /// What stands right over the column, without a word that it is of what remains: `剩余 L` is `L`.
    pub(super) fn bare(&self) -> &str {
        let leaf = self.leaf.trim();
        let rest = words().residual.iter().find_map(|word| {
            let begins = leaf.get(..word.len()).is_some_and(|begin| begin.eq_ignore_ascii_case(word));
            leaf.get(word.len()..).filter(|rest| begins && !rest.trim().is_empty())
        });
        rest.map_or(leaf, str::trim)
    }

    fn is_residual(&self) -> bool {
        let (over, leaf) = (plain(&self.over), plain(&self.leaf));
        words().residual.iter().any(|word| over.contains(word.as_str()) || leaf.starts_with(word.as_str()))
    }
}

/// The forms in which a heading may be a name: the whole, then what it falls into.
fn forms(text: &str) -> Vec<String> {
    let narrow: String = text.chars().map(crate::text::narrow).collect();
    let mut forms = vec![plain(text)];
    let mut add = |part: &str| {
        let part = plain(part);
        if !part.is_empty() && !forms.contains(&part) {
            forms.push(part);
        }
    };
    if let Some((before, rest)) = narrow.split_once('(') {
        add(before);
        if let Some((inside, _)) = rest.split_once(')') {
            add(inside);
        }
    }
    narrow.split(['/', '、', '\n', '=', '或']).for_each(&mut add);
    forms
}

/// A name as headings are compared with it.
#[derive(Debug, Clone)]
struct Name {
    plain: String,
    sounds: String,
    letters: usize,
    /// Long enough to be seen inside another word.
    long: bool,
}

impl Name {
    fn of(name: &str) -> Self {
        let plain = plain(name);
        let letters = plain.chars().count();
        let long = letters >= if plain.is_ascii() { 4 } else { 2 };
        Self { sounds: sounds(&plain), letters, long, plain }
    }
}

/// A heading as it is compared with names.
struct Forms {
    all: Vec<String>,
    sounds: String,
    letters: usize,
}

impl Forms {
    fn of(text: &str) -> Self {
        let forms = forms(text);
        let whole = forms.first().map_or("", String::as_str);
        Self { sounds: sounds(whole), letters: whole.chars().count(), all: forms }
    }

    fn whole(&self) -> &str {
        self.all.first().map_or("", String::as_str)
    }

    /// Whether it says a name, and how surely.
    fn says(&self, name: &Name) -> Option<Sure> {
        let whole = self.whole();
        if whole == name.plain {
            return Some(Sure::Exact);
        }
        if self.all.contains(&name.plain) {
            return Some(Sure::Word);
        }
        if name.long && whole.contains(&name.plain) {
            return Some(Sure::Part);
        }
        let alike = name.letters >= 3 && self.letters.abs_diff(name.letters) <= 1;
        let near = name.long && self.sounds == name.sounds || alike && distance(whole, &name.plain) == 1;
        near.then_some(Sure::Near)
    }

    fn surest<'a>(&self, names: impl IntoIterator<Item = &'a Name>) -> Option<Sure> {
        names.into_iter().filter_map(|name| self.says(name)).max()
    }
}

/// How a word sounds: Chinese by its syllables.
fn sounds(text: &str) -> String {
    text.chars()
        .map(|c| c.to_pinyin().map_or_else(|| c.to_string(), |syllable| syllable.plain().to_owned()))
        .collect()
}

/// What the columns of a register's lists are called.
pub struct Names<'r> {
    register: &'r Register,
    methods: Vec<&'r Method>,
    /// The names of each field, by its index; none of those that no column fills.
    fields: Vec<(usize, Vec<Name>)>,
    /// The names of what belongs to an evaluation.
    judged: Vec<(Target, Vec<Name>)>,
    serial: Vec<Name>,
    /// The names of fields that no column fills.
    idle: Vec<Name>,
}

impl<'r> Names<'r> {
    /// The names of a register; `methods` may judge its entries.
    pub fn of(register: &'r Register, methods: Vec<&'r Method>) -> Self {
        let heads = words().heads.get(&register.id);
        // The names of entries often stand under the name of the list: 部门, contract.
        let listed = [register.name.zh(), register.name.en()];
        let title = |field: &Field| register.title_field().id == field.id;
        let named = |field: &Field| -> Vec<Name> {
            let heads =
                heads.and_then(|heads| heads.get(&field.id)).into_iter().flatten().map(String::as_str);
            let own = [field.id.as_str(), field.name.zh(), field.name.en()];
            let also = field.also.iter().map(String::as_str);
            let listed = listed.into_iter().filter(|_| title(field));
            own.into_iter().chain(also).chain(heads).chain(listed).map(Name::of).collect()
        };
        let fields = register.fields.iter().enumerate();
        // An evaluation comes from its factors, a file from its own bytes: columns of their names say nothing.
        let idle = |field: &Field| matches!(field.kind, Kind::Evaluation { .. } | Kind::Files);
        let list = |words: &[String]| words.iter().map(|word| Name::of(word)).collect::<Vec<Name>>();
        let words: &Words = words();
        let symbols =
            methods.iter().flat_map(|method| [method.symbol.zh(), method.symbol.en()]).map(Name::of);
        let score = list(&words.score).into_iter().chain(symbols).collect();
        let judged = vec![
            (Target::Score, score),
            (Target::Level, list(&words.level)),
            (Target::Listed, list(&words.listed)),
            (Target::Direct, list(&words.direct)),
            (Target::Method, list(&words.method)),
            (Target::On, list(&words.on)),
            (Target::By, list(&words.by)),
            (Target::Basis, list(&words.basis)),
            (Target::Nothing, list(&words.reason)),
        ];
        Self {
            fields: fields
                .clone()
                .filter(|(_, field)| !idle(field))
                .map(|(index, field)| (index, named(field)))
                .collect(),
            idle: fields.filter(|(_, field)| idle(field)).flat_map(|(_, field)| named(field)).collect(),
            judged: if methods.is_empty() { Vec::new() } else { judged },
            serial: list(&words.serial),
            register,
            methods,
        }
    }

    /// The register.
    pub fn register(&self) -> &'r Register {
        self.register
    }

    /// Whether a text can be the heading of the names of entries.
    pub fn is_title(&self, text: &str) -> bool {
        let forms = Forms::of(text);
        let title = self.fields.iter().find(|(index, _)| *index == self.register.title);
        title.is_some_and(|(_, names)| forms.surest(names).is_some())
    }

    /// Everything that a heading may mean, the surest first.
    pub fn meanings(&self, heading: &Heading) -> Vec<(Target, Sure)> {
        let (leaf, over) = (Forms::of(heading.bare()), Forms::of(&heading.over));
        let mut found: Vec<(Target, Sure)> = Vec::new();
        if leaf.all.iter().any(|form| words().number.contains(form)) {
            found.push((Target::Nothing, Sure::Exact));
        }
        self.judgements(heading, &leaf, &mut found);
        for (index, names) in &self.fields {
            let Some(field) = self.register.fields.get(*index) else { continue };
            if !heading.over.is_empty()
                && over.surest(names).is_some()
                && let Some(code) = tick(field, &leaf)
            {
                found.push((Target::Tick(*index, code), Sure::Word));
            }
            if let Some(sure) = leaf.surest(names) {
                found.push((Target::Field(*index), sure));
            }
        }
        if leaf.surest(&self.idle).is_some_and(|sure| sure >= Sure::Word) {
            found.push((Target::Nothing, Sure::Word));
        }
        if let Some(sure) = leaf.surest(&self.serial).filter(|sure| *sure >= Sure::Word) {
            found.push((Target::Serial, sure));
        }
        found.sort_by(|(_, one), (_, other)| other.cmp(one));
        found
    }

    /// What belongs to an evaluation.
    fn judgements(&self, heading: &Heading, leaf: &Forms, found: &mut Vec<(Target, Sure)>) {
        let residual = heading.is_residual();
        if self.methods.iter().any(|method| factor_meant(method, heading.bare()).is_some()) {
            // Methods call different things by one letter: which factor it is follows once the method is known.
            let label = heading.bare().to_owned();
            found.push((if residual { Target::Residual(label) } else { Target::Factor(label) }, Sure::Exact));
        }
        for (target, names) in &self.judged {
            let target = match target {
                Target::Score if residual => Target::ResidualScore,
                Target::Level if residual => Target::ResidualLevel,
                other => other.clone(),
            };
            if let Some(sure) = leaf.surest(names) {
                found.push((target, sure));
            }
        }
    }
}

/// The choice that a column of marks stands for: its heading is the choice, and what stands over it the field.
fn tick(field: &Field, leaf: &Forms) -> Option<String> {
    let said = |word: &str| {
        let word = plain(word);
        let begins = || leaf.all.iter().any(|form| form.starts_with(&word));
        leaf.all.contains(&word) || word.chars().count() > 1 && begins()
    };
    let mut choices = field.kind.choices().iter();
    let choice =
        choices.find(|choice| said(choice.label.zh()) || said(choice.label.en()) || said(&choice.code));
    choice.map(|choice| choice.code.clone())
}

/// The factor of a method that a heading names: by its letter, its name, or both.
pub fn factor_meant<'m>(method: &'m Method, heading: &str) -> Option<&'m Factor> {
    let forms = forms(heading);
    let whole = forms.first()?;
    let named = |factor: &&Factor| {
        let (id, zh, en) = (plain(&factor.id), plain(factor.name.zh()), plain(factor.name.en()));
        let both = [
            format!("{id}{zh}"),
            format!("{zh}{id}"),
            format!("{id}{en}"),
            format!("{id}值"),
            format!("{id}分"),
        ];
        forms.iter().any(|form| *form == id || *form == zh || *form == en || both.contains(form))
            || zh.chars().count() > 2 && whole.contains(&zh)
    };
    // Letters first: `E` is a factor whatever else is called so.
    let lettered = method.factors.iter().find(|factor| plain(&factor.id) == *whole);
    let named = lettered.or_else(|| method.factors.iter().find(named));
    // `频率` for 发生频率: where only one factor is called so.
    named.or_else(|| {
        let cut = |factor: &&Factor| {
            let zh = plain(factor.name.zh());
            whole.chars().count() > 1 && (zh.starts_with(whole.as_str()) || zh.ends_with(whole.as_str()))
        };
        let mut found = method.factors.iter().filter(cut);
        found.next().filter(|_| found.next().is_none())
    })
}
