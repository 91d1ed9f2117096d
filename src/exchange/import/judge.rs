//! The verdict audit: each row is worked out again, and where its stated sum, level or verdict is another, both are named.

use std::collections::BTreeMap;

use chrono::NaiveDate;

use super::heading::factor_meant;
use super::stated::Stated;
use super::words::{plain, words};
use crate::book::Date;
use crate::catalogue::Reading;
use crate::definition::{Field, MethodRule};
use crate::definition::{Kind, Register};
use crate::scoring::{
    Band, Decimal, Evaluation, Factors, Given, Judgement, Method, ScoringError, StatedVerdict,
};

/// By which method the rows are worked out.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum Pick {
    /// By those that the register names, each for its kind of entries.
    Own,
    /// All by one method.
    Method(String),
}

/// What came of a row.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub enum Verdict {
    /// It says nothing of an evaluation.
    #[default]
    None,
    /// It is worked out, and nothing stated is against it.
    Agrees(Box<Evaluation>),
    /// Factors are there, but nothing follows from them, and nothing is stated.
    Unworked(ScoringError),
    /// A score or level is stated without factors.
    Bare(Box<Evaluation>),
    /// What is stated is not what follows.
    Differs(Box<Difference>),
}

/// What is stated, and what follows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Difference {
    /// As it is stated, kept so.
    pub stated: Option<Evaluation>,
    /// As it follows from the factors, or why nothing follows.
    pub computed: Result<Evaluation, ScoringError>,
    /// What differs: score, level, verdict.
    pub parts: Vec<Part>,
}

/// One thing that differs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Part {
    /// The score: stated, computed.
    Score(Decimal, Option<Decimal>),
    /// The level, as it is stated; it is another by the method.
    Level(String),
    /// It is marked as significant or major and is not, or the other way round.
    Listed(bool),
    /// Nothing follows from the factors.
    Unworked,
}

/// Works rows out.
pub struct Judge<'a> {
    /// The book and its methods.
    pub reading: &'a Reading<'a>,
    /// The field that holds the evaluation.
    pub field: &'a Field,
    /// By which method.
    pub pick: &'a Pick,
    /// What the levels of the list are called by the method, where they are no names of its own: method, level, band.
    pub learned: &'a BTreeMap<(String, String), String>,
    /// The day where a row has none.
    pub on: NaiveDate,
    /// What headings and levels mean by each method.
    pub meanings: &'a Meanings,
}

/// What the words of a list mean by each method: looked up once, asked of every row.
#[derive(Debug, Clone, Default)]
pub struct Meanings {
    /// By method and heading, the factor.
    factors: BTreeMap<String, BTreeMap<String, String>>,
    /// By method and word, the band.
    levels: BTreeMap<String, BTreeMap<String, String>>,
}

impl Meanings {
    /// Of these headings and these names of levels, by these methods.
    pub fn of(methods: &[&Method], labels: &[&str], levels: &[&str]) -> Self {
        let factors = |method: &Method| -> BTreeMap<String, String> {
            let meant = |label: &&str| Some(((*label).to_owned(), factor_meant(method, label)?.id.clone()));
            labels.iter().filter_map(meant).collect()
        };
        let bands = |method: &Method| -> BTreeMap<String, String> {
            let meant = |level: &&str| Some(((*level).to_owned(), band_named(method, level)?.code.clone()));
            levels.iter().filter_map(meant).collect()
        };
        // Editions of a method call their factors and bands alike.
        let by = |of: &dyn Fn(&Method) -> BTreeMap<String, String>| {
            methods.iter().map(|method| (method.id.clone(), of(method))).collect()
        };
        Self { factors: by(&factors), levels: by(&bands) }
    }

    fn factor(&self, method: &Method, label: &str) -> Option<&String> {
        self.factors.get(&method.id)?.get(label)
    }

    /// Whether a method that knows every factor of the list calls a band so: then the word is no list's own.
    fn is_elsewhere(&self, level: &str) -> bool {
        let most = self.factors.values().map(BTreeMap::len).max().unwrap_or(0);
        let mut whole = self.factors.iter().filter(|(_, factors)| factors.len() == most && most > 0);
        whole.any(|(method, _)| self.band(method, level).is_some())
    }

    /// The code of the band that a method itself calls so.
    pub fn band(&self, method: &str, level: &str) -> Option<&String> {
        self.levels.get(method)?.get(level)
    }
}

impl<'a> Judge<'a> {
    /// The method of a row: the one it names, the one picked, or that of its kind. Where the kind is not said it follows
    /// from the factors that are filled in; then the field and its code are named too.
    pub fn method(
        &self,
        stated: &Stated,
        kind: impl Fn(&str) -> Option<String>,
    ) -> Option<(&'a Method, Option<(String, String)>)> {
        let methods = self.reading.definitions.methods();
        if let Some(said) = &stated.method {
            let named = methods.all().find(|method| method.name.zh() == said || method.name.en() == said);
            return methods.meant(said).ok().or(named).map(|method| (method, None));
        }
        if let Pick::Method(id) = self.pick {
            return methods.meant(id).ok().map(|method| (method, None));
        }
        let Kind::Evaluation { methods: rules } = &self.field.kind else { return None };
        let complete = |rule: &&MethodRule| {
            methods.get(&rule.method).is_some_and(|method| {
                let has = |id: &str| {
                    stated.factors.iter().any(|(label, _)| {
                        self.meanings.factor(method, label).is_some_and(|known| known == id)
                    })
                };
                method.factors.iter().all(|factor| has(&factor.id))
            })
        };
        let unsaid =
            rules.iter().filter_map(|rule| rule.when.as_ref()).all(|(field, _)| kind(field).is_none());
        if unsaid && let Some(rule) = rules.iter().find(complete) {
            return methods.get(&rule.method).map(|method| (method, rule.when.clone()));
        }
        self.reading.method_for(self.field, kind).map(|method| (method, None))
    }

    /// What comes of a row by a method. `previous` is the evaluation that stands in the entry.
    pub fn judge(
        &self,
        stated: &Stated,
        method: &Method,
        basis: &str,
        previous: Option<&Evaluation>,
    ) -> Verdict {
        let (given, judgement) = self.given(stated, method, basis, previous);
        let residual_fits = judgement.residual.clone();
        let made = Evaluation::make(method, given.clone(), judgement.clone(), previous).map(|(made, _)| made);
        let nothing = given.factors.is_empty() && given.direct.is_none();
        let stands = || {
            let (level, listed) = self.level(stated, method)?;
            let follows = made.as_ref().ok().map(|made| (made.score, made.level.clone()));
            let verdict = StatedVerdict { score: stated.score, level, listed, follows };
            let judgement = Judgement { residual: residual_fits.clone(), ..judgement.clone() };
            Some(Evaluation::stated(method, given.factors.clone(), verdict, judgement))
        };
        let differs =
            |computed, parts| Verdict::Differs(Box::new(Difference { stated: stands(), computed, parts }));
        match &made {
            _ if nothing && !stated.says() => Verdict::None,
            _ if nothing => match stands() {
                Some(evaluation) => Verdict::Bare(Box::new(evaluation)),
                None => differs(Err(ScoringError::Missing(Vec::new())), vec![Part::Unworked]),
            },
            Err(error) if stated.says() => differs(Err(error.clone()), vec![Part::Unworked]),
            Err(error) => Verdict::Unworked(error.clone()),
            Ok(evaluation) => {
                let parts = self.parts(stated, method, evaluation);
                if parts.is_empty() {
                    Verdict::Agrees(Box::new(evaluation.clone()))
                } else {
                    differs(Ok(evaluation.clone()), parts)
                }
            }
        }
    }

    fn given(
        &self,
        stated: &Stated,
        method: &Method,
        basis: &str,
        previous: Option<&Evaluation>,
    ) -> (Given, Judgement) {
        let factors = |said: &[(String, Decimal)]| -> Factors {
            let meant = said
                .iter()
                .filter_map(|(label, value)| Some((self.meanings.factor(method, label)?.clone(), *value)));
            meant.collect()
        };
        let direct = stated.direct.as_ref().map(|said| direct_meant(method, said));
        let given = Given { factors: factors(&stated.factors), direct };
        // A row that says the same evaluation and not when, by whom or on what, leaves that as it is.
        let same = previous.filter(|one| {
            one.method == method.id && one.factors == given.factors && one.direct == given.direct
        });
        let before = same.map(|one| &one.occasion);
        let whole =
            |residual: &Factors| method.factors.iter().all(|factor| residual.contains_key(&factor.id));
        // Half of a residual is none; what stands is kept.
        let kept = || same.and_then(|one| one.residual.as_ref()).map(|residual| residual.factors.clone());
        let residual = Some(factors(&stated.residual)).filter(|residual| !residual.is_empty());
        let residual =
            if residual.as_ref().is_some_and(whole) { residual } else { residual.and_then(|_| kept()) };
        let on = stated.on.map(Date::last).or(before.map(|before| before.on)).unwrap_or(self.on);
        let by = match before {
            Some(before) if stated.by.is_empty() => before.by.clone(),
            _ => stated.by.clone(),
        };
        let rests = stated.basis.clone().or(before.map(|before| before.basis.clone()));
        let basis = rests.unwrap_or_else(|| basis.to_owned());
        (given, Judgement { by, on, basis, residual, released: false })
    }

    /// What of a statement is against what follows.
    fn parts(&self, stated: &Stated, method: &Method, made: &Evaluation) -> Vec<Part> {
        let mut parts = Vec::new();
        if let Some(score) =
            stated.score.filter(|score| Some(*score) != made.score.map(|score| score.normalize()))
        {
            parts.push(Part::Score(score, made.score));
        }
        if let Some(level) = &stated.level {
            match self.band(method, level) {
                Some(band) if band.code != made.level => parts.push(Part::Level(level.clone())),
                Some(_) => {}
                // A level of which only whether it is listed is known.
                None => match words().verdict(level) {
                    Some(listed) if listed != made.listed => parts.push(Part::Listed(listed)),
                    _ => {}
                },
            }
        }
        if let Some(listed) = stated.listed.filter(|listed| *listed != made.listed) {
            parts.push(Part::Listed(listed));
        }
        parts
    }

    /// The band that a level means: by its name, or as the list itself uses the word.
    pub fn band<'m>(&self, method: &'m Method, said: &str) -> Option<&'m Band> {
        let named = self.meanings.band(&method.id, said).and_then(|code| method.band(code));
        named.or_else(|| {
            let code = self.learned.get(&(method.id.clone(), plain(said)))?;
            method.band(code)
        })
    }

    /// Level and verdict as they are stated.
    fn level(&self, stated: &Stated, method: &Method) -> Option<(String, bool)> {
        let listed =
            stated.listed.or_else(|| stated.level.as_deref().and_then(|level| words().verdict(level)));
        let by_score = stated.score.and_then(|score| method.band_of(score));
        let named = stated.level.as_deref().and_then(|level| self.band(method, level));
        let fits = |band: &&Band| listed.is_none_or(|listed| band.listed == listed);
        // The bands go from the worst to the least: of those that are listed the last, of the others the first.
        let nearest = || {
            let mut bands = method.bands.iter();
            if listed? { bands.rev().find(|band| band.listed) } else { bands.find(|band| !band.listed) }
        };
        let band = named.or_else(|| by_score.filter(fits)).or_else(nearest)?;
        Some((band.code.clone(), listed.unwrap_or(band.listed)))
    }
}

/// The number of a direct judgement: `I`, `Ⅱ`, or the number before its words.
fn direct_meant(method: &Method, said: &str) -> String {
    let roman: String = said
        .trim()
        .chars()
        .map(|c| match c {
            'Ⅰ' => "I".to_owned(),
            'Ⅱ' => "II".to_owned(),
            'Ⅲ' => "III".to_owned(),
            'Ⅳ' => "IV".to_owned(),
            'Ⅴ' => "V".to_owned(),
            other => crate::text::narrow(other).to_string(),
        })
        .collect();
    method.direct(&roman).map_or(roman, |direct| direct.code.clone())
}

/// The band of a method that is called so, whole or with words around it (`重要环境因素`, `显著危险，需要整改`).
fn band_named<'m>(method: &'m Method, said: &str) -> Option<&'m Band> {
    let said = plain(said);
    let names = |band: &Band| -> Vec<String> {
        [band.code.as_str(), band.label.zh(), band.label.en(), band.short.zh(), band.short.en()]
            .map(plain)
            .to_vec()
    };
    let whole = method.bands.iter().find(|band| names(band).contains(&said));
    whole.or_else(|| {
        let begins = |band: &&Band| {
            names(band).iter().any(|name| name.chars().count() > 1 && said.starts_with(name.as_str()))
        };
        let mut found = method.bands.iter().filter(begins);
        found.next().filter(|_| found.next().is_none())
    })
}

/// What the levels of a list are called by a method: of the rows with one word, most lie in one band. `rows` gives the
/// word of each row and what follows from its factors.
pub fn learned(
    meanings: &Meanings,
    rows: impl Iterator<Item = (String, String, String)>,
) -> BTreeMap<(String, String), String> {
    let mut counts: BTreeMap<(String, String), BTreeMap<String, usize>> = BTreeMap::new();
    for (method, word, level) in rows {
        if meanings.band(&method, &word).is_none()
            && !meanings.is_elsewhere(&word)
            && words().verdict(&word).is_none()
        {
            *counts.entry((method, plain(&word))).or_default().entry(level).or_default() += 1;
        }
    }
    let most = |bands: BTreeMap<String, usize>| {
        let all: usize = bands.values().sum();
        let (code, count) = bands.into_iter().max_by_key(|(_, count)| *count)?;
        // One row alone would only prove itself.
        (count > 1 && count * 2 > all).then_some(code)
    };
    counts.into_iter().filter_map(|(word, bands)| Some((word, most(bands)?))).collect()
}

/// Every way to work the rows of a register out.
pub fn picks(reading: &Reading, register: &Register) -> Vec<Pick> {
    let Some((_, field)) = register.evaluation() else { return Vec::new() };
    let own = match &field.kind {
        Kind::Evaluation { methods } if methods.len() == 1 => {
            methods.first().map(|rule| rule.method.as_str())
        }
        _ => None,
    };
    let methods = reading.definitions.methods_fit_for(field).into_iter();
    let methods = methods.filter(|method| Some(method.id.as_str()) != own);
    std::iter::once(Pick::Own).chain(methods.map(|method| Pick::Method(method.id.clone()))).collect()
}
