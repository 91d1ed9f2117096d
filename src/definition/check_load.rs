//! Reading a rule from its TOML file, once the registers are known.

use std::ops::Range;

use toml::Spanned;

use super::check::{
    Asked, Balance, Check, Finds, Goes, Lapsed, Months, Presupposed, Rule, Severity, Uncovered, Unnamed,
};
use super::check_raw::{
    RawBalance, RawCheck, RawFinds, RawGoes, RawLapsed, RawLate, RawMonths, RawNamed, RawNeed,
    RawPresupposed, RawRow, RawRule, RawUncovered, Word,
};
use super::feature_tables::check_kind;
use super::load::clauses;
use super::read::{unknown_choice, unknown_column};
use super::{DEPARTMENTS, Field, Kind, Register};
use crate::source::{Problem, Source, nearest};
use crate::wording::message;

/// A rule with the places of its id and of the ids of its checks.
pub struct LoadedRule {
    /// The rule.
    pub rule: Rule,
    /// The ids, its own first.
    pub ids: Vec<Word>,
}

/// Reads the rule in `text`; `file` is named in problems.
pub fn load_rule(file: &str, text: &str, registers: &[&Register]) -> Result<LoadedRule, Problem> {
    let source = Source::new(file, text);
    let raw: RawRule = source.parse()?;
    source.identifier(&raw.id)?;
    let (id, name) = (raw.id.get_ref().clone(), source.label(&raw.name)?);
    let clauses = clauses(&source, &raw.clauses)?;
    let (mut ids, mut checks) = (vec![raw.id], Vec::new());
    let known = Known { source: &source, registers };
    for raw in raw.checks {
        checks.push(known.check(&raw)?);
        ids.push(raw.id);
    }
    Ok(LoadedRule { rule: Rule { id, file: file.to_owned(), name, clauses, checks }, ids })
}

/// A field, and the words for each of its codes.
type Needs = (String, Vec<(String, Vec<String>)>);

/// The registers that a rule may speak of.
pub(super) struct Known<'a> {
    pub(super) source: &'a Source<'a>,
    pub(super) registers: &'a [&'a Register],
}

impl<'a> Known<'a> {
    fn check(&self, raw: &RawCheck) -> Result<Check, Problem> {
        self.source.identifier(&raw.id)?;
        let register = self.register(&raw.register)?;
        let severity = Severity::ALL.iter().find(|(_, id)| *id == raw.severity.get_ref());
        let Some((severity, _)) = severity else {
            let said = raw.severity.get_ref().clone();
            let known = Severity::ALL.map(|(_, id)| id).join(" ");
            let what = message!("definition-unknown-severity", said = said, known = known);
            return Err(self.source.problem(raw.severity.span(), what));
        };
        let field = raw.field.as_ref().map(|said| self.field(register, said, "")).transpose()?;
        Ok(Check {
            id: raw.id.get_ref().clone(),
            register: register.id.clone(),
            of: asked(raw.of.as_ref()),
            severity: *severity,
            finds: self.finds(register, &raw.finds)?,
            says: self.source.label(&raw.says)?,
            mend: self.source.label(&raw.mend)?,
            field: field.map(|field| field.id.clone()),
            goes: raw.goes.as_ref().map(|raw| self.goes(register, raw)).transpose()?,
        })
    }

    fn goes(&self, here: &Register, raw: &RawGoes) -> Result<Goes, Problem> {
        let register = self.register(&raw.register)?;
        // What is of the same department leads there too.
        if here.department_field().is_none() || self.leads(register, &raw.link, DEPARTMENTS).is_err() {
            self.leads(register, &raw.link, &here.id)?;
        }
        let field = self.id(register, &raw.field, "")?;
        Ok(Goes { register: register.id.clone(), link: raw.link.get_ref().clone(), field })
    }

    /// What is looked for; one thing, not two.
    fn finds(&self, register: &'a Register, raw: &Spanned<RawFinds>) -> Result<Finds, Problem> {
        let (at, raw) = (raw.span(), raw.get_ref());
        let queries = raw.query.as_ref().map(|query| Ok(Finds::Query(Asked::of(query))));
        let found = [
            queries,
            raw.vague.as_ref().map(|date| Ok(Finds::Vague(self.id(register, date, "date")?))),
            raw.late.as_ref().map(|raw| self.late(register, raw)),
            raw.row.as_ref().map(|raw| self.row(register, raw)),
            raw.bare.as_ref().map(|raw| {
                let (rows, text) = self.rows(register, &raw.rows, &raw.text)?;
                Ok(Finds::Bare { rows, text, before: self.words(&raw.before)? })
            }),
            raw.twice.as_ref().map(|raw| {
                let (rows, text) = self.rows(register, &raw.rows, &raw.text)?;
                Ok(Finds::Twice { rows, text })
            }),
            raw.copied.as_ref().map(|raw| {
                let (rows, text) = self.rows(register, &raw.rows, &raw.text)?;
                Ok(Finds::Copied { rows, text })
            }),
            raw.same.as_ref().map(|text| Ok(Finds::Same(self.id(register, text, "text")?))),
            raw.unproved.as_ref().map(|at| {
                self.has(at.span(), register.evaluation().is_some(), "evaluation").map(|()| Finds::Unproved)
            }),
            raw.judges.as_ref().map(|least| {
                let scored = register.evaluation().is_some();
                self.has(least.span(), scored, "evaluation").map(|()| Finds::Judges(*least.get_ref()))
            }),
            raw.window.as_ref().map(|at| {
                let kept = |other: &&&Register| {
                    let of = other.features.windows.as_ref().and_then(|windows| other.field(&windows.of));
                    of.is_some_and(
                        |of| matches!(&of.kind, Kind::Links { to, .. } if to.contains(&register.id)),
                    )
                };
                let due = self.registers.iter().find(kept).is_some();
                self.has(at.span(), due, "[windows]").map(|()| Finds::Window)
            }),
            raw.overdue.as_ref().map(|at| {
                let keeps = register.features.problems.is_some();
                self.has(at.span(), keeps, "[problems]").map(|()| Finds::Overdue)
            }),
            raw.stale.as_ref().map(|at| {
                let marked = register.features.looks.stale.is_some();
                self.has(at.span(), marked, "[stale]").map(|()| Finds::Stale)
            }),
            raw.months.as_ref().map(|raw| self.months(register, raw)),
            raw.terms
                .as_ref()
                .map(|raw| self.terms(register, raw).map(|terms| Finds::Terms(Box::new(terms)))),
            raw.presupposed.as_ref().map(|raw| self.presupposed(register, raw).map(Finds::Presupposed)),
            raw.uncovered.as_ref().map(|raw| self.uncovered(register, raw).map(Finds::Uncovered)),
            raw.unnamed.as_ref().map(|raw| {
                let (text, registers) = self.named(register, raw)?;
                Ok(Finds::Unnamed(Unnamed { text, registers, of: asked(raw.of.as_ref()) }))
            }),
            raw.repeated.as_ref().map(|at| {
                let compares = register.features.yearly.is_some();
                self.has(at.span(), compares, "[yearly]").map(|()| Finds::Repeated)
            }),
            raw.lapsed.as_ref().map(|raw| self.lapsed(raw).map(Finds::Lapsed)),
            raw.balance.as_ref().map(|raw| self.balance(register, raw).map(Finds::Balance)),
            raw.rose.as_ref().map(|rose| {
                let compares = register.features.yearly.is_some();
                self.has(rose.span(), compares, "[yearly]").map(|()| Finds::Rose(*rose.get_ref()))
            }),
            raw.near.as_ref().map(|raw| {
                let (text, registers) = self.named(register, raw)?;
                Ok(Finds::Near { text, registers })
            }),
        ];
        let mut found = found.into_iter().flatten();
        match (found.next(), found.next()) {
            (Some(finds), None) => finds,
            _ => Err(self.source.problem(at, message!("definition-one-find"))),
        }
    }

    /// What is looked for is of a feature that the register must have.
    fn has(&self, at: Range<usize>, has: bool, what: &str) -> Result<(), Problem> {
        if has {
            return Ok(());
        }
        Err(self.source.problem(at, message!("definition-lacks-feature", what = what.to_owned())))
    }

    fn months(&self, here: &'a Register, raw: &RawMonths) -> Result<Finds, Problem> {
        let register = self.register(&raw.register)?;
        self.leads(register, &raw.link, &here.id)?;
        Ok(Finds::Months(Months {
            register: register.id.clone(),
            link: raw.link.get_ref().clone(),
            date: self.id(register, &raw.date, "date")?,
            of: asked(raw.of.as_ref()),
        }))
    }

    fn late(&self, register: &'a Register, raw: &RawLate) -> Result<Finds, Problem> {
        let (date, link) = (self.id(register, &raw.date, "date")?, self.id(register, &raw.link, "links")?);
        Ok(Finds::Late { date, link, than: self.far(register, &raw.link, &raw.than, "date")? })
    }

    fn row(&self, register: &'a Register, raw: &RawRow) -> Result<Finds, Problem> {
        let column = |said: &Word| self.column(register, &raw.rows, said, "").map(|column| column.id.clone());
        let coded = |[said, code]: &[Word; 2]| {
            let column = self.column(register, &raw.rows, said, "choice")?;
            Ok((column.id.clone(), self.code(column, code)?))
        };
        Ok(Finds::Row {
            rows: self.id(register, &raw.rows, "rows")?,
            filled: raw.filled.iter().map(column).collect::<Result<_, _>>()?,
            empty: column(&raw.empty)?,
            is: raw.is.as_ref().map(coded).transpose()?,
        })
    }

    /// Rows with one of their columns of text.
    fn rows(&self, register: &'a Register, rows: &Word, text: &Word) -> Result<(String, String), Problem> {
        let column = self.column(register, rows, text, "text")?;
        Ok((rows.get_ref().clone(), column.id.clone()))
    }

    pub(super) fn id(&self, register: &'a Register, said: &Word, kind: &str) -> Result<String, Problem> {
        self.field(register, said, kind).map(|field| field.id.clone())
    }

    fn presupposed(&self, here: &'a Register, raw: &RawPresupposed) -> Result<Presupposed, Problem> {
        let register = self.register(&raw.register)?;
        let (kind, needs) = self.needs(register, &raw.kind, &raw.needs)?;
        Ok(Presupposed {
            text: self.field(here, &raw.text, "text")?.id.clone(),
            register: register.id.clone(),
            kind,
            of: asked(raw.of.as_ref()),
            needs,
        })
    }

    fn uncovered(&self, here: &'a Register, raw: &RawUncovered) -> Result<Uncovered, Problem> {
        let register = self.register(&raw.register)?;
        let (kind, needs) = self.needs(here, &raw.kind, &raw.needs)?;
        let text = self.id(register, &raw.text, "text")?;
        Ok(Uncovered { kind, register: register.id.clone(), text, needs })
    }

    fn lapsed(&self, raw: &RawLapsed) -> Result<Lapsed, Problem> {
        let register = self.register(&raw.register)?;
        Ok(Lapsed {
            register: register.id.clone(),
            date: self.id(register, &raw.date, "date")?,
            of: asked(raw.of.as_ref()),
            months: raw.months.get(),
        })
    }

    fn balance(&self, register: &'a Register, raw: &RawBalance) -> Result<Balance, Problem> {
        let way = self.field(register, &raw.way, "choice")?;
        Ok(Balance {
            out: (way.id.clone(), self.code(way, &raw.out)?),
            amount: self.id(register, &raw.amount, "number")?,
            same: raw.same.iter().map(|said| self.id(register, said, "")).collect::<Result<_, _>>()?,
            date: self.id(register, &raw.date, "date")?,
        })
    }

    /// A choice field, of one or of many, with the words that stand for each of its codes.
    fn needs(&self, register: &'a Register, kind: &Word, needs: &[RawNeed]) -> Result<Needs, Problem> {
        let kind = match self.field(register, kind, "choices") {
            Ok(kind) => kind,
            Err(_) => self.field(register, kind, "choice")?,
        };
        let need = |need: &RawNeed| Ok((self.code(kind, &need.code)?, self.words(&need.words)?));
        let needs = needs.iter().map(need).collect::<Result<_, Problem>>()?;
        Ok((kind.id.clone(), needs))
    }

    /// A text here, and the registers whose titles it is held against.
    fn named(&self, here: &'a Register, raw: &RawNamed) -> Result<(String, Vec<String>), Problem> {
        let text = self.id(here, &raw.text, "text")?;
        let ids = raw.registers.iter().map(|said| self.register(said).map(|register| register.id.clone()));
        Ok((text, ids.collect::<Result<_, _>>()?))
    }

    pub(super) fn register(&self, said: &Word) -> Result<&'a Register, Problem> {
        let found = self.registers.iter().find(|register| register.id == *said.get_ref());
        found.copied().ok_or_else(|| {
            let ids: Vec<&str> = self.registers.iter().map(|register| register.id.as_str()).collect();
            let near = nearest(said.get_ref(), ids.iter().copied()).unwrap_or("").to_owned();
            let (said, at, known) = (said.get_ref().clone(), said.span(), ids.join(", "));
            let what = message!("definition-unknown-register", said = said, nearest = near, known = known);
            self.source.problem(at, what)
        })
    }

    /// A field of a register, of a kind; any will do where none is said.
    pub(super) fn field(
        &self,
        register: &'a Register,
        said: &Word,
        kind: &str,
    ) -> Result<&'a Field, Problem> {
        self.among(&register.fields, said, kind)
    }

    /// A column of rows.
    pub(super) fn column(
        &self,
        register: &'a Register,
        rows: &Word,
        said: &Word,
        kind: &str,
    ) -> Result<&'a Field, Problem> {
        match &self.field(register, rows, "rows")?.kind {
            Kind::Rows(columns) => self.among(columns, said, kind),
            _ => self.among(&[], said, kind),
        }
    }

    fn among(&self, fields: &'a [Field], said: &Word, kind: &str) -> Result<&'a Field, Problem> {
        let ids = fields.iter().map(|field| field.id.as_str());
        let found = fields.iter().find(|field| field.id == *said.get_ref());
        let field = found.ok_or_else(|| unknown_column(self.source, said.get_ref(), said.span(), ids))?;
        check_kind(self.source, said, field, kind)?;
        Ok(field)
    }

    /// A field that every register has to which a link leads.
    fn far(&self, register: &Register, link: &Word, said: &Word, kind: &str) -> Result<String, Problem> {
        let to = match register.field(link.get_ref()).map(|field| &field.kind) {
            Some(Kind::Links { to, .. }) => to.as_slice(),
            _ => &[],
        };
        for far in self.registers.iter().filter(|register| to.contains(&register.id)) {
            self.field(far, said, kind)?;
        }
        Ok(said.get_ref().clone())
    }

    /// A link field has to lead to a register.
    pub(super) fn leads(&self, register: &'a Register, link: &Word, to: &str) -> Result<(), Problem> {
        match &self.field(register, link, "links")?.kind {
            Kind::Links { to: all, .. } if all.iter().any(|id| id == to) => Ok(()),
            _ => {
                let (said, to) = (link.get_ref().clone(), to.to_owned());
                let what = message!("definition-leads-elsewhere", said = said, to = to);
                Err(self.source.problem(link.span(), what))
            }
        }
    }

    pub(super) fn code(&self, field: &Field, said: &Word) -> Result<String, Problem> {
        let choices = field.kind.choices();
        if choices.iter().any(|choice| choice.code == *said.get_ref()) {
            return Ok(said.get_ref().clone());
        }
        Err(unknown_choice(self.source, said, choices))
    }

    pub(super) fn words(&self, said: &[Word]) -> Result<Vec<String>, Problem> {
        self.source.lines(said)
    }
}

impl Asked {
    fn of(query: &Word) -> Self {
        Self { query: query.get_ref().clone(), at: query.span() }
    }
}

fn asked(query: Option<&Word>) -> Option<Asked> {
    query.map(Asked::of)
}
