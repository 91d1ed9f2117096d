//! Writing an import: one commit, or nothing at all.

use chrono::{DateTime, Utc};

use super::Import;
use super::mapping::Mapping;
use super::plan::Plan;
use crate::book::{Commit, Edit, Proposal, Refusal, Way};
use crate::share::{Session, SessionError};
use crate::wording::{Lang, Message, Tell, english, message};

/// Why an import is not written. Nothing has changed then.
#[derive(Debug, thiserror::Error)]
#[error("{}", english(&self.message()))]
pub enum ImportError {
    /// Statements that differ are not decided.
    Undecided(usize),
    /// The book has all of it already.
    Nothing,
    /// A row is refused.
    Row {
        /// Its line in the file.
        line: usize,
        /// Why.
        why: Box<Refusal>,
    },
    /// The book or the store refuses.
    Session(#[from] SessionError),
}

impl Tell for ImportError {
    fn message(&self) -> Message {
        match self {
            ImportError::Undecided(count) => message!("import-undecided", count = *count),
            ImportError::Nothing => message!("import-nothing-new"),
            ImportError::Row { line, why } => message!("import-refused", line = *line, why = why.message()),
            ImportError::Session(error) => error.message(),
        }
    }
}

/// Carries a plan out and keeps what the columns mean for the next list of the same form.
pub fn carry_out(
    session: &mut Session,
    import: &Import,
    plan: &Plan,
    why: Option<String>,
    (lang, now): (Lang, DateTime<Utc>),
) -> Result<Commit, ImportError> {
    let counts = plan.counts();
    if counts.undecided > 0 {
        return Err(ImportError::Undecided(counts.undecided));
    }
    let definitions = std::sync::Arc::clone(session.definitions());
    let register = definitions.register(&import.layout.register).ok_or(ImportError::Nothing)?;
    let title_of = |id: &str| definitions.register(id).map(|register| register.title_field().id.clone());
    let edits = plan.edits(import, session.book(), register, title_of);
    if edits.edits.is_empty() {
        return Err(ImportError::Nothing);
    }
    let usual = || lang.wording().render(&message!("import-why", name = import.name.clone()));
    let why = Some(why.unwrap_or_else(usual));
    let proposal = Proposal { way: Way::Import, why, edits: edits.edits.clone() };
    let commit = session.commit(proposal, now).map_err(|error| culprit(session, &edits, now, error))?;
    Mapping::of(import, register).keep(session.folder().path(), import);
    Ok(commit)
}

/// The line that is refused, where one alone is.
fn culprit(session: &Session, edits: &super::Edits, now: DateTime<Utc>, error: SessionError) -> ImportError {
    if !matches!(error, SessionError::Refused(_)) {
        return error.into();
    }
    // What a row names is made first; with that, each row is asked alone.
    let besides: Vec<Edit> = edits
        .edits
        .iter()
        .zip(&edits.lines)
        .filter(|(_, line)| line.is_none())
        .map(|(edit, _)| edit.clone())
        .collect();
    let alone = |edit: &Edit| {
        let edits = besides.iter().chain([edit]).cloned().collect();
        session.may(Proposal { way: Way::Import, why: None, edits }, now)
    };
    let rows = edits.edits.iter().zip(&edits.lines).filter_map(|(edit, line)| Some((edit, (*line)?)));
    for (edit, line) in rows {
        if let Err(why) = alone(edit) {
            return ImportError::Row { line, why: Box::new(why) };
        }
    }
    error.into()
}
