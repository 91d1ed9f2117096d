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
    narrow.split(['/', '、', '\n', '或']).for_each(&mut add);
    forms
}

/// Whether a heading's forms say a name, already plain.
fn says(forms: &[String], name: &str) -> Option<Sure> {
    let whole = forms.first()?;
    if whole == name {
        return Some(Sure::Exact);
    }
    if forms.iter().any(|form| form == name) {
        return Some(Sure::Word);
    }
    let long = |word: &str| word.chars().count() >= if word.is_ascii() { 4 } else { 2 };
    if long(name) && whole.contains(name) {
        return Some(Sure::Part);
    }
    let near = name.chars().count() >= 3 && distance(whole, name) == 1
        || long(name) && sounds(whole) == sounds(name);
    near.then_some(Sure::Near)
}

/// How a word sounds: Chinese by its syllables.
fn sounds(text: &str) -> String {
    text.chars()
        .map(|c| c.to_pinyin().map_or_else(|| c.to_string(), |syllable| syllable.plain().to_owned()))
        .collect()
}

fn surest<'a>(forms: &[String], names: impl Iterator<Item = &'a str>) -> Option<Sure> {
    names.filter_map(|name| says(forms, &plain(name))).max()
}

/// The names of a field.
fn names<'a>(register: &'a Register, field: &'a Field) -> impl Iterator<Item = &'a str> {
    let heads = words().heads.get(&register.id).and_then(|heads| heads.get(&field.id));
    let heads = heads.into_iter().flatten().map(String::as_str);
    [field.id.as_str(), field.name.zh(), field.name.en()]
        .into_iter()
        .chain(field.also.iter().map(String::as_str))
        .chain(heads)
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
    lettered.or_else(|| method.factors.iter().find(named))
}

/// Everything that a heading may mean in a register, the surest first; `methods` may judge its entries.
pub fn meanings(heading: &Heading, register: &Register, methods: &[&Method]) -> Vec<(Target, Sure)> {
    let leaf = forms(&heading.leaf);
    let mut found: Vec<(Target, Sure)> = Vec::new();
    let words = words();
    if words.number.contains(leaf.first().unwrap_or(&String::new())) {
        found.push((Target::Nothing, Sure::Exact));
    }
    if !methods.is_empty() {
        judged(heading, &leaf, methods, &mut found);
    }
    for (index, field) in register.fields.iter().enumerate() {
        if matches!(field.kind, Kind::Evaluation { .. } | Kind::Files) {
            continue;
        }
        if let Some(code) = tick(heading, register, field, &leaf) {
            found.push((Target::Tick(index, code), Sure::Word));
        }
        if let Some(sure) = surest(&leaf, names(register, field)) {
            // The field that names an entry wins over others that sound like it.
            found.push((Target::Field(index), sure));
        }
    }
    if let Some(sure) =
        surest(&leaf, words.serial.iter().map(String::as_str)).filter(|sure| *sure >= Sure::Word)
    {
        found.push((Target::Serial, sure));
    }
    found.sort_by(|(_, one), (_, other)| other.cmp(one));
    found
}

/// What belongs to an evaluation.
fn judged(heading: &Heading, leaf: &[String], methods: &[&Method], found: &mut Vec<(Target, Sure)>) {
    let residual = heading.is_residual();
    if methods.iter().any(|method| factor_meant(method, &heading.leaf).is_some()) {
        // Methods call different things by one letter: which factor it is follows once the method is known.
        let label = heading.leaf.clone();
        found.push((if residual { Target::Residual(label) } else { Target::Factor(label) }, Sure::Exact));
    }
    let words: &Words = words();
    let (score, level) = if residual {
        (Target::ResidualScore, Target::ResidualLevel)
    } else {
        (Target::Score, Target::Level)
    };
    let symbols = methods.iter().flat_map(|method| [method.symbol.zh(), method.symbol.en()]);
    if let Some(sure) = surest(leaf, words.score.iter().map(String::as_str).chain(symbols)) {
        found.push((score, sure));
    }
    for (list, target) in [
        (&words.level, level),
        (&words.listed, Target::Listed),
        (&words.direct, Target::Direct),
        (&words.method, Target::Method),
        (&words.on, Target::On),
        (&words.by, Target::By),
        (&words.basis, Target::Basis),
        (&words.reason, Target::Nothing),
    ] {
        if let Some(sure) = surest(leaf, list.iter().map(String::as_str)) {
            found.push((target, sure));
        }
    }
}

/// The choice that a column of marks stands for: its heading is the choice, and what stands over it the field.
fn tick(heading: &Heading, register: &Register, field: &Field, leaf: &[String]) -> Option<String> {
    let over = forms(&heading.over);
    surest(&over, names(register, field)).filter(|_| !heading.over.is_empty())?;
    let choices = field.kind.choices();
    let said = |word: &str| {
        let word = plain(word);
        leaf.contains(&word) || word.chars().count() > 1 && leaf.iter().any(|form| form.starts_with(&word))
    };
    let choice = choices
        .iter()
        .find(|choice| said(choice.label.zh()) || said(choice.label.en()) || said(&choice.code));
    choice.map(|choice| choice.code.clone())
}
