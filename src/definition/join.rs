//! What leads from one definition file into others: the rules by which registers are looked over, chains, and
//! what marks entries.

use std::collections::BTreeMap;

use super::chain::links;
use super::check_load::load_rule;
use super::clause::clause_order;
use super::load::Loaded;
use super::sheet::sheet;
use super::stale::causes;
use super::{Register, Rule, SourceFile, SourceKind};
use crate::source::{Problem, Source};
use crate::wording::message;

/// Reads the sheets, whose templates lie in other registers.
pub fn join_sheets(read: &mut [(&SourceFile, Loaded)]) -> Result<(), Problem> {
    let registers: Vec<&Register> = read.iter().map(|(_, loaded)| &loaded.register).collect();
    let of = |(file, loaded): &(&SourceFile, Loaded)| {
        let raw = loaded.sheet.as_ref();
        raw.map(|raw| sheet(&Source::new(&file.path(), &file.text), &loaded.register, raw, &registers))
            .transpose()
    };
    let sheets: Vec<_> = read.iter().map(of).collect::<Result<_, _>>()?;
    for ((_, loaded), sheet) in read.iter_mut().zip(sheets) {
        loaded.register.features.sheet = sheet;
    }
    Ok(())
}

/// Reads what marks entries in one register when others change.
pub fn join_causes(read: &mut [(&SourceFile, Loaded)]) -> Result<(), Problem> {
    let registers: Vec<&Register> = read.iter().map(|(_, loaded)| &loaded.register).collect();
    let of = |(file, loaded): &(&SourceFile, Loaded)| {
        let (raw, path) = (loaded.stale.as_ref(), file.path());
        let source = Source::new(&path, &file.text);
        raw.map(|raw| causes(&source, &loaded.register, raw, &registers)).transpose()
    };
    let all: Vec<_> = read.iter().map(of).collect::<Result<_, _>>()?;
    for ((_, loaded), stale) in read.iter_mut().zip(all) {
        loaded.register.features.looks.stale = stale;
    }
    Ok(())
}

/// Reads the steps that lead from one register to another.
pub fn join_chains(read: &mut [(&SourceFile, Loaded)]) -> Result<(), Problem> {
    let registers: Vec<&Register> = read.iter().map(|(_, loaded)| &loaded.register).collect();
    let of = |(file, loaded): &(&SourceFile, Loaded)| {
        links(&Source::new(&file.path(), &file.text), &loaded.register, &loaded.chain, &registers)
    };
    let chains: Vec<_> = read.iter().map(of).collect::<Result<_, _>>()?;
    for ((_, loaded), chain) in read.iter_mut().zip(chains) {
        loaded.register.features.chain = chain;
    }
    Ok(())
}

/// Reads the rules; ids of checks are unique among all of them.
pub fn rules<'a>(
    files: impl Iterator<Item = &'a SourceFile>,
    read: &[(&SourceFile, Loaded)],
) -> Result<Vec<Rule>, Problem> {
    let registers: Vec<&Register> = read.iter().map(|(_, loaded)| &loaded.register).collect();
    let (mut rules, mut taken): (Vec<Rule>, BTreeMap<String, String>) = (Vec::new(), BTreeMap::new());
    for file in files.filter(|file| file.kind == SourceKind::Check) {
        let path = file.path();
        let loaded = load_rule(&path, &file.text, &registers)?;
        for id in &loaded.ids {
            if let Some(by) = taken.insert(id.get_ref().clone(), path.clone()) {
                let what = message!("definition-check-taken", said = id.get_ref().clone(), by = by);
                return Err(Source::new(&path, &file.text).problem(id.span(), what));
            }
        }
        rules.push(loaded.rule);
    }
    let order = |rule: &Rule| (rule.clauses.first().map(|clause| clause_order(clause)), rule.id.clone());
    rules.sort_by_cached_key(order);
    Ok(rules)
}
