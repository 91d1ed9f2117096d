//! Reading a method from its TOML file. Everything is checked here, with its place in the file.

use std::ops::Range;

use chrono::NaiveDate;
use serde::Deserialize;
use toml::Spanned;

use super::formula::{Formula, FormulaError};
use super::method::{Band, Bound, Direct, Factor, Method, ScaleValue, Veto};
use super::{Decimal, Given};
use crate::source::{Problem, Source, nearest};
use crate::wording::{Label, message};

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawMethod {
    id: Spanned<String>,
    edition: Spanned<u32>,
    name: Label,
    #[serde(default)]
    basis: Label,
    approved_by: Option<String>,
    approved_on: Option<NaiveDate>,
    symbol: Label,
    formula: Spanned<String>,
    factors: Vec<RawFactor>,
    bands: Vec<RawBand>,
    #[serde(default)]
    vetoes: Vec<RawVeto>,
    #[serde(default)]
    direct: Vec<RawDirect>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawFactor {
    id: Spanned<String>,
    name: Label,
    #[serde(default)]
    concern: bool,
    scale: Spanned<Vec<RawScale>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawScale {
    value: Spanned<Decimal>,
    #[serde(default)]
    zh: String,
    #[serde(default)]
    en: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawBand {
    code: Spanned<String>,
    zh: String,
    en: String,
    short: Option<Label>,
    rank: u32,
    #[serde(default)]
    listed: bool,
    from: Option<Spanned<Decimal>>,
    over: Option<Spanned<Decimal>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawVeto {
    factors: Vec<Spanned<String>>,
    at: Decimal,
    band: Spanned<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawDirect {
    code: String,
    zh: String,
    en: String,
    band: Option<Spanned<String>>,
}

impl Method {
    /// Reads the method in `text`; `file` is only named in problems.
    pub fn load(file: &str, text: &str) -> Result<Self, Problem> {
        let source = Source::new(file, text);
        let raw: RawMethod = source.parse()?;
        if *raw.edition.get_ref() == 0 {
            return Err(source.problem(raw.edition.span(), message!("method-edition-zero")));
        }
        let factors = read_factors(&source, raw.factors)?;
        let formula = read_formula(&source, &raw.formula, &factors)?;
        let bands = read_bands(&source, &raw.formula, raw.bands)?;
        let vetoes = read_vetoes(&source, raw.vetoes, &factors, &bands)?;
        let direct = read_direct(&source, raw.direct, &bands)?;
        let (name, basis, symbol) = (raw.name, raw.basis, raw.symbol);
        let approved = raw.approved_by.zip(raw.approved_on);
        let (id, edition) = (raw.id.into_inner(), raw.edition.into_inner());
        let method =
            Self { id, edition, name, basis, approved, symbol, factors, formula, bands, vetoes, direct };
        // A method whose scale gives no verdict at its lowest step would fail at first use.
        let lowest = method.factors.iter().filter_map(|factor| {
            Some((factor.id.clone(), factor.scale.iter().map(|step| step.value).min()?))
        });
        let given = Given { factors: lowest.collect(), direct: None };
        match method.evaluate(&given) {
            Ok(_) => Ok(method),
            Err(error) => {
                Err(source
                    .problem(raw.formula.span(), message!("method-no-verdict", why = error.to_string())))
            }
        }
    }
}

fn read_factors(source: &Source, raw: Vec<RawFactor>) -> Result<Vec<Factor>, Problem> {
    let mut factors: Vec<Factor> = Vec::new();
    for factor in raw {
        let id = factor.id.get_ref().clone();
        let fits = id.starts_with(|c: char| c.is_ascii_alphabetic())
            && id.chars().all(|c| c.is_ascii_alphanumeric());
        if !fits || id == "max" {
            return Err(source.problem(factor.id.span(), message!("method-bad-factor", said = id)));
        }
        if factors.iter().any(|other| other.id.eq_ignore_ascii_case(&id)) {
            return Err(source.problem(factor.id.span(), message!("method-twice", said = id)));
        }
        let at = factor.scale.span();
        let mut scale: Vec<ScaleValue> = Vec::new();
        for step in factor.scale.into_inner() {
            let (at, value) = (step.value.span(), step.value.into_inner());
            if scale.iter().any(|other| other.value == value) {
                return Err(source.problem(at, message!("method-twice", said = value.to_string())));
            }
            if value < Decimal::ZERO {
                return Err(source.problem(at, message!("method-negative", said = value.to_string())));
            }
            scale.push(ScaleValue { value, label: Label::new(&step.zh, &step.en) });
        }
        if scale.is_empty() {
            return Err(source.problem(at, message!("method-empty-scale", factor = id)));
        }
        factors.push(Factor { id, name: factor.name, concern: factor.concern, scale });
    }
    Ok(factors)
}

fn read_formula(source: &Source, raw: &Spanned<String>, factors: &[Factor]) -> Result<Formula, Problem> {
    let formula = Formula::parse(raw.get_ref()).map_err(|FormulaError(at)| {
        // The span has the quotes; the error counts from behind the first one.
        let at = raw.span().start + 1 + at;
        source.problem(at..at, message!("method-bad-formula"))
    })?;
    let ids = || factors.iter().map(|factor| factor.id.as_str());
    if let Some(unknown) = formula.factors().into_iter().find(|id| !ids().any(|known| known == *id)) {
        let near = nearest(unknown, ids()).unwrap_or("").to_owned();
        let what = message!("method-unknown-factor", said = unknown.to_owned(), nearest = near);
        return Err(source.problem(raw.span(), what));
    }
    Ok(formula)
}

fn read_bands(source: &Source, formula: &Spanned<String>, raw: Vec<RawBand>) -> Result<Vec<Band>, Problem> {
    let mut bands: Vec<Band> = Vec::new();
    let mut above: Option<Decimal> = None;
    let count = raw.len();
    for (index, band) in raw.into_iter().enumerate() {
        let at = band.code.span();
        let code = band.code.into_inner();
        if bands.iter().any(|other| other.code == code) {
            return Err(source.problem(at, message!("method-twice", said = code)));
        }
        let last = index + 1 == count;
        let (bound, place) = match (band.from, band.over) {
            (Some(from), None) => (Some(Bound::From(*from.get_ref())), from),
            (None, Some(over)) => (Some(Bound::Over(*over.get_ref())), over),
            (None, None) if last => (None, Spanned::new(at.clone(), Decimal::MIN)),
            (None, None) => return Err(source.problem(at, message!("method-band-without-bound"))),
            (Some(_), Some(_)) => return Err(source.problem(at, message!("method-band-two-bounds"))),
        };
        if last && bound.is_some() {
            return Err(source.problem(place.span(), message!("method-lowest-band")));
        }
        let value = *place.get_ref();
        if above.is_some_and(|above| value >= above) {
            return Err(source.problem(place.span(), message!("method-band-order")));
        }
        if bands.last().is_some_and(|worse| worse.rank <= band.rank) {
            return Err(source.problem(at, message!("method-rank-order")));
        }
        above = Some(value);
        let label = Label::new(&band.zh, &band.en);
        let short = band.short.unwrap_or_else(|| label.clone());
        bands.push(Band { code, label, short, rank: band.rank, listed: band.listed, bound });
    }
    if bands.is_empty() {
        return Err(source.problem(formula.span(), message!("method-no-bands")));
    }
    Ok(bands)
}

fn read_vetoes(
    source: &Source,
    raw: Vec<RawVeto>,
    factors: &[Factor],
    bands: &[Band],
) -> Result<Vec<Veto>, Problem> {
    let mut vetoes = Vec::new();
    for veto in raw {
        let band = known_band(source, &veto.band, bands)?;
        for factor in veto.factors {
            if !factors.iter().any(|known| known.id == *factor.get_ref()) {
                let near =
                    nearest(factor.get_ref(), factors.iter().map(|f| f.id.as_str())).unwrap_or("").to_owned();
                let said = factor.get_ref().clone();
                return Err(source
                    .problem(factor.span(), message!("method-unknown-factor", said = said, nearest = near)));
            }
            vetoes.push(Veto { factor: factor.into_inner(), at: veto.at, band: band.clone() });
        }
    }
    Ok(vetoes)
}

fn read_direct(source: &Source, raw: Vec<RawDirect>, bands: &[Band]) -> Result<Vec<Direct>, Problem> {
    let read = |direct: RawDirect| {
        let band = direct.band.map(|band| known_band(source, &band, bands)).transpose()?;
        Ok(Direct { code: direct.code, label: Label::new(&direct.zh, &direct.en), band })
    };
    raw.into_iter().map(read).collect()
}

fn known_band(source: &Source, band: &Spanned<String>, bands: &[Band]) -> Result<String, Problem> {
    if bands.iter().any(|known| known.code == *band.get_ref()) {
        return Ok(band.get_ref().clone());
    }
    let near = nearest(band.get_ref(), bands.iter().map(|band| band.code.as_str())).unwrap_or("").to_owned();
    let (at, said): (Range<usize>, _) = (band.span(), band.get_ref().clone());
    Err(source.problem(at, message!("method-unknown-band", said = said, nearest = near)))
}
