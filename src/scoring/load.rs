//! Reading a method from its TOML file. Everything is checked here, with its place in the file.

use std::ops::Range;

use chrono::NaiveDate;
use toml::Spanned;

use super::Decimal;
use super::formula::{Formula, FormulaError};
use super::method::{Band, Bound, Direct, Factor, Method, ScaleValue, Veto};
use super::raw::{RawBand, RawDirect, RawFactor, RawMethod, RawVeto};
use crate::source::{Problem, Source, nearest};
use crate::wording::{Message, message};

/// The largest value of a scale.
const LARGEST_VALUE: Decimal = Decimal::from_parts(1_000_000, 0, 0, false, 0);

/// The highest edition: room for a date such as 20220513, and for one more after it.
const HIGHEST_EDITION: u32 = 999_999_999;

/// Ranks lie below the thousand by which the order of a list sets listed entries before the others.
const HIGHEST_RANK: u32 = 99;

impl Method {
    /// Reads the method in `text`; `file` is only named in problems.
    pub fn load(file: &str, text: &str) -> Result<Self, Problem> {
        let source = Source::new(file, text);
        let raw: RawMethod = source.parse()?;
        source.identifier(&raw.id)?;
        if *raw.edition.get_ref() == 0 {
            return Err(source.problem(raw.edition.span(), message!("method-edition-zero")));
        }
        if *raw.edition.get_ref() > HIGHEST_EDITION {
            let what = message!("method-edition-high", most = HIGHEST_EDITION);
            return Err(source.problem(raw.edition.span(), what));
        }
        raw.subject.iter().try_for_each(|subject| source.identifier(subject))?;
        let approved = read_approval(&source, &raw)?;
        let (factors, ids) = read_factors(&source, raw.factors)?;
        let formula = read_formula(&source, &raw.formula, &factors)?;
        let bands = read_bands(&source, raw.bands)?;
        let vetoes = read_vetoes(&source, &raw.vetoes, &factors, &bands)?;
        let method = Self {
            id: raw.id.into_inner(),
            edition: raw.edition.into_inner(),
            subject: raw.subject.map(Spanned::into_inner),
            name: source.label(&raw.name)?,
            basis: source.label(&raw.basis)?,
            approved,
            why: raw.why.as_ref().map(|why| source.line(why)).transpose()?,
            symbol: source.label(&raw.symbol)?,
            direct: read_direct(&source, &raw.direct, &bands)?,
            factors,
            formula,
            bands,
            vetoes,
        };
        method.check_use(&source, &ids, raw.formula.span())?;
        Ok(method)
    }

    /// Every factor counts for something, and the highest score is still exact.
    fn check_use(&self, source: &Source, ids: &[Range<usize>], formula: Range<usize>) -> Result<(), Problem> {
        let asked = self.formula.factors();
        for (factor, at) in self.factors.iter().zip(ids) {
            let counts = asked.iter().any(|(id, _)| *id == factor.id)
                || self.vetoes.iter().any(|veto| veto.factor == factor.id);
            if !counts {
                let what = message!("method-unused-factor", said = factor.id.clone());
                return Err(source.problem(at.clone(), what));
            }
        }
        let highest = self.factors.iter().filter_map(|factor| {
            Some((factor.id.clone(), factor.scale.iter().map(|step| step.value).max()?))
        });
        match self.formula.work_out(&highest.collect()) {
            Some(_) => Ok(()),
            None => Err(source.problem(formula, message!("method-too-large"))),
        }
    }
}

/// Who approved it and when: both or neither.
fn read_approval(source: &Source, raw: &RawMethod) -> Result<Option<(String, NaiveDate)>, Problem> {
    let half = |at, key: &str| Err(source.problem(at, message!("method-half-approval", key = key)));
    match (&raw.approved_by, &raw.approved_on) {
        (None, None) => Ok(None),
        (Some(by), None) => half(by.span(), "approved_on"),
        (None, Some(on)) => half(on.span(), "approved_by"),
        (Some(by), Some(on)) => {
            let said = match on.get_ref() {
                toml::Value::String(text) => text.clone(),
                other => other.to_string(),
            };
            let day = said
                .parse()
                .map_err(|_| source.problem(on.span(), message!("method-bad-date", said = said.clone())))?;
            Ok(Some((source.line(by)?, day)))
        }
    }
}

/// The factors, and where their ids stand.
fn read_factors(
    source: &Source,
    raw: Spanned<Vec<RawFactor>>,
) -> Result<(Vec<Factor>, Vec<Range<usize>>), Problem> {
    let (mut factors, mut ids): (Vec<Factor>, _) = (Vec::new(), Vec::new());
    if raw.get_ref().is_empty() {
        return Err(source.problem(raw.span(), message!("method-no-factors")));
    }
    for factor in raw.into_inner() {
        let (at, id) = (factor.id.span(), factor.id.get_ref().clone());
        let fits = id.starts_with(|c: char| c.is_ascii_alphabetic())
            && id.chars().all(|c| c.is_ascii_alphanumeric());
        if !fits || id.eq_ignore_ascii_case("max") {
            return Err(source.problem(at, message!("method-bad-factor", said = id)));
        }
        if factors.iter().any(|other| other.id.eq_ignore_ascii_case(&id)) {
            return Err(source.problem(at, message!("source-twice", said = id)));
        }
        let (name, scale) = (source.label(&factor.name)?, read_scale(source, &factor)?);
        factors.push(Factor { id, name, concern: factor.concern, scale });
        ids.push(at);
    }
    Ok((factors, ids))
}

/// Values that only rise or only fall, as a form shows them.
fn read_scale(source: &Source, factor: &RawFactor) -> Result<Vec<ScaleValue>, Problem> {
    let mut scale: Vec<ScaleValue> = Vec::new();
    for step in factor.scale.get_ref() {
        let (at, value) = (step.value.span(), *step.value.get_ref());
        let said = || value.to_string();
        if value < Decimal::ZERO || value > LARGEST_VALUE {
            return Err(source.problem(at, message!("method-bad-value", said = said())));
        }
        if scale.iter().any(|other| other.value == value) {
            return Err(source.problem(at, message!("source-twice", said = said())));
        }
        if let [first, .., last] = scale.as_slice()
            && (first.value < last.value) != (last.value < value)
        {
            return Err(source.problem(at, message!("method-scale-order", said = said())));
        }
        scale.push(ScaleValue { value, label: source.label_of(&step.zh, &step.en)? });
    }
    if scale.is_empty() {
        let what = message!("method-empty-scale", factor = factor.id.get_ref().clone());
        return Err(source.problem(factor.scale.span(), what));
    }
    Ok(scale)
}

fn read_formula(source: &Source, raw: &Spanned<String>, factors: &[Factor]) -> Result<Formula, Problem> {
    let formula = Formula::parse(raw.get_ref()).map_err(|FormulaError(at)| {
        let said = raw.get_ref().get(at..).and_then(|rest| rest.trim_start().chars().next());
        let said = said.map(String::from).unwrap_or_default();
        source.problem(source.inside(&raw.span(), at), message!("method-bad-formula", sign = said))
    })?;
    let unknown = formula.factors().into_iter().find(|(id, _)| !factors.iter().any(|known| known.id == *id));
    if let Some((id, at)) = unknown {
        return Err(source.problem(source.inside(&raw.span(), at), unknown_factor(id, factors)));
    }
    Ok(formula)
}

fn read_bands(source: &Source, raw: Spanned<Vec<RawBand>>) -> Result<Vec<Band>, Problem> {
    let mut bands: Vec<Band> = Vec::new();
    let (whole, count) = (raw.span(), raw.get_ref().len());
    let mut above: Option<Decimal> = None;
    for (index, band) in raw.into_inner().into_iter().enumerate() {
        source.code(&band.code)?;
        let code = band.code.get_ref().clone();
        if bands.iter().any(|other| other.code == code) {
            return Err(source.problem(band.code.span(), message!("source-twice", said = code)));
        }
        let rank = *band.rank.get_ref();
        if rank > HIGHEST_RANK {
            return Err(source.problem(band.rank.span(), message!("method-rank-high", most = HIGHEST_RANK)));
        }
        if bands.last().is_some_and(|worse| worse.rank <= rank) {
            return Err(source.problem(band.rank.span(), message!("method-rank-order")));
        }
        if band.listed && bands.last().is_some_and(|worse| !worse.listed) {
            return Err(source.problem(band.code.span(), message!("method-listed-order")));
        }
        let bound = read_bound(source, &band, above, index + 1 == count)?;
        above = bound.map(Bound::at);
        let label = source.label_of(&band.zh, &band.en)?;
        let short = band.short.as_ref().map(|short| source.label(short)).transpose()?;
        let short = short.unwrap_or_else(|| label.clone());
        bands.push(Band { code, label, short, rank, listed: band.listed, bound });
    }
    if bands.is_empty() {
        return Err(source.problem(whole, message!("method-no-bands")));
    }
    Ok(bands)
}

/// Where a band begins: below the one above it; the lowest has no beginning, so that no score is without level.
fn read_bound(
    source: &Source,
    band: &RawBand,
    above: Option<Decimal>,
    last: bool,
) -> Result<Option<Bound>, Problem> {
    let (bound, place) = match (&band.from, &band.over) {
        (Some(_), Some(over)) => {
            return Err(source.problem(over.span(), message!("method-band-two-bounds")));
        }
        (Some(from), None) => (Bound::From(*from.get_ref()), from),
        (None, Some(over)) => (Bound::Over(*over.get_ref()), over),
        (None, None) if last => return Ok(None),
        (None, None) => {
            return Err(source.problem(band.code.span(), message!("method-band-without-bound")));
        }
    };
    let begins = *place.get_ref();
    let what = if last {
        message!("method-lowest-band")
    } else if above.is_some_and(|above| begins >= above) {
        message!("method-band-order")
    } else if begins <= Decimal::ZERO {
        message!("method-band-below", said = begins.to_string())
    } else {
        return Ok(Some(bound));
    };
    Err(source.problem(place.span(), what))
}

fn read_vetoes(
    source: &Source,
    raw: &[RawVeto],
    factors: &[Factor],
    bands: &[Band],
) -> Result<Vec<Veto>, Problem> {
    let mut vetoes = Vec::new();
    for veto in raw {
        let band = known_band(source, &veto.band, bands)?;
        let at = *veto.at.get_ref();
        if veto.factors.get_ref().is_empty() {
            return Err(source.problem(veto.factors.span(), message!("method-empty-veto")));
        }
        for factor in veto.factors.get_ref() {
            let Some(known) = factors.iter().find(|known| known.id == *factor.get_ref()) else {
                return Err(source.problem(factor.span(), unknown_factor(factor.get_ref(), factors)));
            };
            if known.on_scale(at).is_none() {
                let (said, factor) = (at.to_string(), known.id.clone());
                let what = message!("method-veto-off-scale", said = said, factor = factor);
                return Err(source.problem(veto.at.span(), what));
            }
            vetoes.push(Veto { factor: known.id.clone(), at, band: band.clone() });
        }
    }
    Ok(vetoes)
}

fn read_direct(source: &Source, raw: &[RawDirect], bands: &[Band]) -> Result<Vec<Direct>, Problem> {
    let mut all: Vec<Direct> = Vec::new();
    for direct in raw {
        source.code(&direct.code)?;
        let code = direct.code.get_ref().clone();
        if all.iter().any(|other| other.code.eq_ignore_ascii_case(&code)) {
            return Err(source.problem(direct.code.span(), message!("source-twice", said = code)));
        }
        let band = direct.band.as_ref().map(|band| known_band(source, band, bands)).transpose()?;
        all.push(Direct { code, label: source.label_of(&direct.zh, &direct.en)?, band });
    }
    Ok(all)
}

fn unknown_factor(said: &str, factors: &[Factor]) -> Message {
    let known: Vec<&str> = factors.iter().map(|factor| factor.id.as_str()).collect();
    let near = nearest(said, known.iter().copied()).unwrap_or("").to_owned();
    message!("method-unknown-factor", said = said.to_owned(), nearest = near, known = known.join(", "))
}

fn known_band(source: &Source, band: &Spanned<String>, bands: &[Band]) -> Result<String, Problem> {
    if bands.iter().any(|known| known.code == *band.get_ref()) {
        return Ok(band.get_ref().clone());
    }
    let known: Vec<&str> = bands.iter().map(|band| band.code.as_str()).collect();
    let near = nearest(band.get_ref(), known.iter().copied()).unwrap_or("").to_owned();
    let (said, known) = (band.get_ref().clone(), known.join(", "));
    let what = message!("method-unknown-band", said = said, nearest = near, known = known);
    Err(source.problem(band.span(), what))
}
