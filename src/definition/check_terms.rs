//! Reading how the terms of contracts are looked through: by which words, and how each passage is confirmed.

use super::Register;
use super::check::{Confirmed, Subject, Terms, Without};
use super::check_load::Known;
use super::check_raw::{RawConfirmed, RawSubject, RawTerms, Word};
use crate::source::Problem;

impl<'a> Known<'a> {
    pub(super) fn terms(&self, here: &'a Register, raw: &RawTerms) -> Result<Terms, Problem> {
        let register = self.register(&raw.register)?;
        self.leads(register, &raw.link, &here.id)?;
        let kind = self.column(register, &raw.rows, &raw.kind, "choice")?;
        let subject = |raw: &RawSubject| {
            let none = raw.none.as_ref().map(|said| self.field(register, said, "")).transpose()?;
            Ok(Subject {
                is: self.code(kind, &raw.is)?,
                none: none.map(|field| field.id.clone()),
                words: self.words(&raw.words)?,
                not_beside: self.words(&raw.not_beside)?,
            })
        };
        let subjects = |raw: &[RawSubject]| raw.iter().map(subject).collect::<Result<Vec<_>, Problem>>();
        let confirmed = raw.confirmed.as_ref().map(|confirmed| self.confirmed(register, raw, confirmed));
        Ok(Terms {
            text: self.field(here, &raw.text, "text")?.id.clone(),
            register: register.id.clone(),
            link: raw.link.get_ref().clone(),
            rows: raw.rows.get_ref().clone(),
            kind: kind.id.clone(),
            subjects: subjects(&raw.subjects)?,
            apart: subjects(&raw.apart)?,
            confirmed: confirmed.transpose()?,
        })
    }

    /// How passages are confirmed; every kind that is asked for can be put aside too.
    fn confirmed(
        &self,
        register: &'a Register,
        terms: &RawTerms,
        raw: &RawConfirmed,
    ) -> Result<Confirmed, Problem> {
        let column = |rows: &Word, said: &Word, kind: &str| {
            self.column(register, rows, said, kind).map(|column| column.id.clone())
        };
        let without = &raw.without;
        let kind = self.column(register, &without.rows, &without.kind, "choice")?;
        for subject in &terms.subjects {
            self.code(kind, &subject.is)?;
        }
        let text = |said: &Word| column(&without.rows, said, "text");
        Ok(Confirmed {
            quote: column(&terms.rows, &raw.quote, "text")?,
            says: column(&terms.rows, &raw.says, "text")?,
            owner: column(&terms.rows, &raw.owner, "text")?,
            control: column(&terms.rows, &raw.control, "links")?,
            without: Without {
                rows: without.rows.get_ref().clone(),
                kind: kind.id.clone(),
                quote: text(&without.quote)?,
                reason: text(&without.reason)?,
                by: text(&without.by)?,
                on: column(&without.rows, &without.on, "date")?,
            },
        })
    }
}
