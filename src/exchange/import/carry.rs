//! Writing an import: one commit, or nothing at all.

use chrono::{DateTime, Utc};

use super::mapping::Mapping;
use super::plan::Plan;
use super::{Edits, Import};
use crate::book::{Commit, Edit, Proposal, Refusal, Way};
use crate::share::{Session, SessionError};
use crate::wording::{Lang, Message, Tell, english, message};

/// Why an import is not written. Nothing has changed then.
#[derive(Debug, thiserror::Error)]
#[error("{}", english(&self.message()))]
pub enum ImportError {
    /// Statements that differ are not decided.
    Undecided(usize),
    /// Rows have one serial.
    Doubled(usize),
    /// The book has all of it already.
    Nothing,
    /// No row of it can be taken.
    NoRow,
    /// A row is refused.
    Row {
        /// Its line in the file.
        line: String,
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
            ImportError::Doubled(count) => message!("import-doubled-rows", count = *count),
            ImportError::NoRow => message!("import-no-row"),
            ImportError::Nothing => message!("import-nothing-new"),
            ImportError::Row { line, why } => {
                message!("import-refused", line = line.clone(), why = why.message())
            }
            ImportError::Session(error) => error.message(),
        }
    }
}

/// Whether a plan can be carried out; nothing changes by asking.
pub fn may(session: &Session, import: &Import, plan: &Plan, now: DateTime<Utc>) -> Result<(), ImportError> {
    let edits = edits(session, import, plan)?;
    session
        .may(proposal(edits.edits.clone(), None), now)
        .map_err(|why| culprit(session, import, &edits, now, why))
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
    if counts.doubled > 0 {
        return Err(ImportError::Doubled(counts.doubled));
    }
    if counts.undecided > 0 {
        return Err(ImportError::Undecided(counts.undecided));
    }
    let edits = edits(session, import, plan)?;
    let usual = || lang.wording().render(&message!("import-why", name = import.name.clone()));
    let why = Some(why.unwrap_or_else(usual));
    let commit = session.commit(proposal(edits.edits.clone(), why), now).map_err(|error| match error {
        SessionError::Refused(why) => culprit(session, import, &edits, now, why),
        error => error.into(),
    })?;
    if let Some(register) = session.definitions().register(&import.layout.register) {
        Mapping::of(import, register).keep(session.folder().path(), import);
    }
    Ok(commit)
}

fn proposal(edits: Vec<Edit>, why: Option<String>) -> Proposal {
    Proposal { way: Way::Import, why, edits }
}

/// The edits of a plan; a refusal where there are none.
fn edits(session: &Session, import: &Import, plan: &Plan) -> Result<Edits, ImportError> {
    let definitions = session.definitions();
    let register = definitions.register(&import.layout.register).ok_or(ImportError::Nothing)?;
    let title_of = |id: &str| definitions.register(id).map(|register| register.title_field().id.clone());
    let edits = plan.edits(import, session.book(), register, title_of);
    match edits.edits.is_empty() {
        true if plan.counts().same == 0 => Err(ImportError::NoRow),
        true => Err(ImportError::Nothing),
        false => Ok(edits),
    }
}

/// The line that is refused: the first with which those before it are refused too.
fn culprit(
    session: &Session,
    import: &Import,
    edits: &Edits,
    now: DateTime<Utc>,
    why: Refusal,
) -> ImportError {
    let refusal = |count: usize| {
        let some = edits.edits.iter().take(count).cloned().collect();
        session.may(proposal(some, None), now).err().filter(|why| !matches!(why, Refusal::NothingChanged))
    };
    let (mut good, mut bad, mut why) = (0, edits.edits.len(), why);
    while good + 1 < bad {
        let half = usize::midpoint(good, bad);
        match refusal(half) {
            Some(found) => (bad, why) = (half, found),
            None => good = half,
        }
    }
    match edits.lines.get(good).copied().flatten() {
        Some(line) => ImportError::Row { line: import.sheet.place(line), why: Box::new(why) },
        None => SessionError::Refused(why).into(),
    }
}
