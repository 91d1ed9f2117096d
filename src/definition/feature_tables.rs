//! Reading the tables `[clock]`, `[windows]`, `[problems]` and `[kept]`: each name in them must be a field or a column of
//! the right kind.

use serde::Deserialize;
use toml::Spanned;

use super::audit::{Audit, RawAudit, RawRecord, Recorded};
use super::due_table::RawDeadline;
use super::features::{Again, Clock, Features, Gate, Kept, Problems, Raise, Stamps, Step, Unfilled, Windows};
use super::found::RawFound;
use super::read::{unknown_choice, unknown_column};
use super::stale::{Looks, RawLooks, Stale, looked};
use super::yearly::RawYearly;
use super::{Field, Found, Kind, Yearly};
use crate::source::{Problem, RawLabel, Source};
use crate::wording::message;

/// A word with its place.
pub type Word = Spanned<String>;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RawClock {
    pub day: Word,
    pub start: Option<Word>,
    pub end: Option<Word>,
    pub planned: Option<Word>,
    pub actual: Option<Word>,
    pub rows: Word,
    pub step: Word,
    pub time: Word,
    pub note: Word,
    pub target: Option<Word>,
    pub steps: Spanned<Vec<RawStep>>,
    #[serde(default)]
    pub graded: Vec<Word>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RawStep {
    pub zh: Word,
    pub en: Word,
    pub target: Option<u32>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RawWindows {
    pub of: Word,
    pub every: Word,
    pub since: Option<Word>,
    pub day: Word,
    pub held: Word,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RawProblems {
    pub day: Word,
    pub rows: Word,
    pub problem: Word,
    pub measure: Word,
    pub owner: Word,
    pub due: Word,
    pub closed: Word,
    pub confirmed: Word,
    pub retest: Word,
    pub check: Option<Word>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RawGate {
    pub field: Word,
    pub code: Word,
    pub needs: Vec<Word>,
    #[serde(default)]
    pub apart: Vec<Spanned<Vec<Word>>>,
    #[serde(default)]
    pub order: Vec<Spanned<Vec<Word>>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RawRaise {
    pub title: Word,
    pub day: Word,
    pub about: Word,
    pub department: Word,
    pub clause: Option<Word>,
    pub source: Option<Word>,
    pub found: Option<Word>,
    pub audited: Option<Word>,
    pub audit: Option<Word>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RawKept {
    pub fields: Vec<Word>,
    #[serde(default)]
    pub entries: bool,
    pub from: Option<Word>,
    #[serde(default)]
    pub frozen: Vec<Word>,
    pub end: Option<Spanned<Vec<Word>>>,
    pub instead: RawLabel,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RawAgain {
    pub day: Word,
    pub fresh: Vec<Word>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RawUnfilled {
    pub field: Word,
    pub why: Word,
}

/// The tables as they are written.
pub struct Raw {
    pub dues: Vec<Spanned<RawDeadline>>,
    pub raise: Option<RawRaise>,
    pub gates: Vec<RawGate>,
    pub clock: Option<RawClock>,
    pub windows: Option<RawWindows>,
    pub problems: Option<RawProblems>,
    pub kept: Option<RawKept>,
    pub yearly: Option<RawYearly>,
    pub again: Option<RawAgain>,
    pub found: Option<RawFound>,
    pub audit: Option<RawAudit>,
    pub record: Option<RawRecord>,
    pub unfilled: Vec<RawUnfilled>,
    pub looks: RawLooks,
}

/// A field of linked registers that a table names: what is said, and the kind it must have.
pub struct Far {
    /// What is said.
    pub word: Word,
    /// The kind.
    pub kind: &'static str,
    /// The registers that must have it.
    pub to: Vec<String>,
}

/// As many digits as there are to stamp by.
const MOST_STEPS: usize = 9;

/// The features of a register with these fields, and what other registers must have for them.
pub fn read(source: &Source, fields: &[Field], raw: Raw) -> Result<(Features, Vec<Far>), Problem> {
    let names = Names { source, fields };
    let mut far = Vec::new();
    let clock = raw.clock.map(|raw| names.clock(&raw)).transpose()?;
    let problems = raw.problems.map(|raw| names.problems(&raw)).transpose()?;
    let windows = raw.windows.map(|raw| names.windows(raw, &mut far)).transpose()?;
    let gates = raw.gates.iter().map(|raw| names.gate(raw)).collect::<Result<_, _>>()?;
    let raise = raw.raise.map(|raw| names.raise(&raw)).transpose()?;
    let kept = raw.kept.map(|raw| names.kept(&raw)).transpose()?;
    let dues = raw.dues.iter().map(|raw| names.deadline(raw)).collect::<Result<_, _>>()?;
    let yearly = raw.yearly.map(|raw| Yearly::read(&names, &raw)).transpose()?;
    let found = raw.found.map(|raw| Found::read(&names, &raw)).transpose()?;
    let again = raw.again.map(|raw| names.again(&raw)).transpose()?;
    let audit = raw.audit.map(|raw| Audit::read(&names, &raw)).transpose()?;
    let record = raw.record.as_ref().map(|raw| Recorded::read(&names, raw)).transpose()?;
    let unfilled = |raw: &RawUnfilled| {
        Ok(Unfilled { field: names.id(&raw.field, "")?, why: names.id(&raw.why, "text")? })
    };
    let unfilled = raw.unfilled.iter().map(unfilled).collect::<Result<_, _>>()?;
    let quiet = raw.looks.quiet.iter().map(|said| names.id(said, "")).collect::<Result<_, _>>()?;
    let looked = raw.looks.looked.map(|raw| looked(&names, &raw)).transpose()?;
    let looks = Looks { quiet, stale: raw.looks.marked.then(Stale::default), looked };
    // Steps of a chain, templates of sheets and what marks entries lie in other registers, and are read when those
    // are known.
    let (chain, sheet) = (Vec::new(), None);
    let features = Features {
        clock,
        windows,
        problems,
        gates,
        raise,
        chain,
        dues,
        kept,
        sheet,
        found,
        again,
        yearly,
        audit,
        record,
        unfilled,
        looks,
    };
    Ok((features, far))
}

/// Fields that may be named.
pub(super) struct Names<'a> {
    pub source: &'a Source<'a>,
    pub fields: &'a [Field],
}

impl<'a> Names<'a> {
    /// The field that is named; it must be of a kind.
    pub fn field(&self, said: &Word, kind: &str) -> Result<&'a Field, Problem> {
        let ids = self.fields.iter().map(|field| field.id.as_str());
        let found = self.fields.iter().find(|field| field.id == *said.get_ref());
        let field = found.ok_or_else(|| unknown_column(self.source, said.get_ref(), said.span(), ids))?;
        check_kind(self.source, said, field, kind)?;
        Ok(field)
    }

    /// The id of the field that is named.
    pub fn id(&self, said: &Word, kind: &str) -> Result<String, Problem> {
        self.field(said, kind).map(|field| field.id.clone())
    }

    /// The same where one is named.
    pub fn maybe(&self, said: Option<&Word>, kind: &str) -> Result<Option<String>, Problem> {
        said.map(|said| self.id(said, kind)).transpose()
    }

    /// The columns of the rows field that is named.
    pub fn columns(&self, said: &Word) -> Result<Names<'a>, Problem> {
        let fields = match &self.field(said, "rows")?.kind {
            Kind::Rows(columns) => columns.as_slice(),
            _ => &[],
        };
        Ok(Names { source: self.source, fields })
    }

    fn clock(&self, raw: &RawClock) -> Result<Clock, Problem> {
        let columns = self.columns(&raw.rows)?;
        let heads = match (&raw.planned, &raw.actual) {
            (Some(planned), Some(actual)) => Some([self.id(planned, "number")?, self.id(actual, "number")?]),
            (None, None) => None,
            (Some(half), None) | (None, Some(half)) => {
                return Err(self.source.problem(half.span(), message!("definition-half-heads")));
            }
        };
        let ends = [raw.start.as_ref(), raw.end.as_ref()];
        let [start, end] = ends.map(|end| self.maybe(end, "time"));
        let graded = self.source.lines(&raw.graded)?;
        raw.graded.iter().try_for_each(|said| self.field(said, "choice").map(|_| ()))?;
        let into = Stamps {
            rows: raw.rows.get_ref().clone(),
            step: columns.id(&raw.step, "text")?,
            time: columns.id(&raw.time, "time")?,
            note: columns.id(&raw.note, "text")?,
            target: columns.maybe(raw.target.as_ref(), "number")?,
        };
        let (day, steps) = (self.id(&raw.day, "date")?, self.steps(&raw.steps)?);
        Ok(Clock { day, ends: [start?, end?], heads, into, steps, graded })
    }

    fn steps(&self, raw: &Spanned<Vec<RawStep>>) -> Result<Vec<Step>, Problem> {
        let mut steps: Vec<Step> = Vec::new();
        for said in raw.get_ref() {
            for word in [&said.zh, &said.en] {
                if steps.iter().any(|step| step.answers_to(word.get_ref())) {
                    let what = message!("source-twice", said = word.get_ref().clone());
                    return Err(self.source.problem(word.span(), what));
                }
            }
            steps.push(Step { name: self.source.label_of(&said.zh, &said.en)?, target: said.target });
        }
        if (1..=MOST_STEPS).contains(&steps.len()) {
            return Ok(steps);
        }
        let what = message!("definition-steps", count = steps.len(), most = MOST_STEPS);
        Err(self.source.problem(raw.span(), what))
    }

    fn windows(&self, raw: RawWindows, far: &mut Vec<Far>) -> Result<Windows, Problem> {
        let to = match &self.field(&raw.of, "links")?.kind {
            Kind::Links { to, .. } => to.clone(),
            _ => Vec::new(),
        };
        let windows = Windows {
            of: raw.of.get_ref().clone(),
            every: raw.every.get_ref().clone(),
            since: raw.since.as_ref().map(|since| since.get_ref().clone()),
            day: self.id(&raw.day, "date")?,
            held: raw.held.get_ref().clone(),
        };
        self.field(&raw.held, "")?;
        far.push(Far { word: raw.every, kind: "choice", to: to.clone() });
        far.extend(raw.since.map(|word| Far { word, kind: "date", to }));
        Ok(windows)
    }

    fn gate(&self, raw: &RawGate) -> Result<Gate, Problem> {
        let (field, code) = self.coded((&raw.field, &raw.code))?;
        let pairs = |said: &[Spanned<Vec<Word>>], kind: &str| {
            said.iter().map(|pair| self.pair(pair, kind)).collect::<Result<Vec<_>, _>>()
        };
        Ok(Gate {
            field,
            code,
            needs: raw.needs.iter().map(|said| self.id(said, "")).collect::<Result<_, _>>()?,
            apart: pairs(&raw.apart, "text")?,
            order: pairs(&raw.order, "date")?,
        })
    }

    fn raise(&self, raw: &RawRaise) -> Result<Raise, Problem> {
        let source = |code: &Option<Word>| {
            raw.source.as_ref().zip(code.as_ref()).map(|pair| self.coded(pair)).transpose()
        };
        Ok(Raise {
            title: self.id(&raw.title, "text")?,
            day: self.id(&raw.day, "date")?,
            about: self.id(&raw.about, "links")?,
            department: self.id(&raw.department, "links")?,
            clause: self.maybe(raw.clause.as_ref(), "text")?,
            found: source(&raw.found)?,
            audited: source(&raw.audited)?,
            audit: self.maybe(raw.audit.as_ref(), "links")?,
        })
    }

    /// A choice field with one of its codes.
    pub fn coded(&self, (field, code): (&Word, &Word)) -> Result<(String, String), Problem> {
        let field = self.field(field, "choice")?;
        match field.choice(code.get_ref()) {
            Some(_) => Ok((field.id.clone(), code.get_ref().clone())),
            None => Err(unknown_choice(self.source, code, field.kind.choices())),
        }
    }

    /// Two fields of a kind.
    fn pair(&self, said: &Spanned<Vec<Word>>, kind: &str) -> Result<[String; 2], Problem> {
        match said.get_ref().as_slice() {
            [one, other] => Ok([self.id(one, kind)?, self.id(other, kind)?]),
            _ => Err(self.source.problem(said.span(), message!("definition-pair"))),
        }
    }

    fn again(&self, raw: &RawAgain) -> Result<Again, Problem> {
        let fresh: Result<_, _> = raw.fresh.iter().map(|said| self.id(said, "")).collect();
        Ok(Again { day: self.id(&raw.day, "date")?, fresh: fresh? })
    }

    fn kept(&self, raw: &RawKept) -> Result<Kept, Problem> {
        let fields: Result<_, _> = raw.fields.iter().map(|said| self.id(said, "")).collect();
        let frozen: Result<_, _> = raw.frozen.iter().map(|said| self.id(said, "")).collect();
        let end = raw.end.as_ref().map(|said| match said.get_ref().as_slice() {
            [field, code] => self.coded((field, code)),
            _ => Err(self.source.problem(said.span(), message!("definition-end"))),
        });
        Ok(Kept {
            fields: fields?,
            entries: raw.entries,
            from: self.maybe(raw.from.as_ref(), "")?,
            end: end.transpose()?,
            frozen: frozen?,
            instead: self.source.label(&raw.instead)?,
        })
    }

    fn problems(&self, raw: &RawProblems) -> Result<Problems, Problem> {
        let columns = self.columns(&raw.rows)?;
        Ok(Problems {
            day: self.id(&raw.day, "date")?,
            rows: raw.rows.get_ref().clone(),
            problem: columns.id(&raw.problem, "text")?,
            measure: columns.id(&raw.measure, "text")?,
            owner: columns.id(&raw.owner, "text")?,
            due: columns.id(&raw.due, "date")?,
            closed: columns.id(&raw.closed, "date")?,
            confirmed: columns.id(&raw.confirmed, "text")?,
            retest: columns.id(&raw.retest, "links")?,
            check: columns.maybe(raw.check.as_ref(), "text")?,
        })
    }
}

/// A field must be of the kind that is asked for; any will do where none is.
pub fn check_kind(source: &Source, said: &Word, field: &Field, kind: &str) -> Result<(), Problem> {
    let is = match &field.kind {
        Kind::Text { time: true, .. } => "time",
        other => other.name(),
    };
    if is == kind || kind.is_empty() {
        return Ok(());
    }
    let kind = if kind == "time" { "text (time = true)" } else { kind };
    let (name, is) = (said.get_ref().clone(), is.to_owned());
    Err(source.problem(said.span(), message!("definition-other-kind", said = name, is = is, kind = kind)))
}
