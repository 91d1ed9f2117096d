//! Proving a book: the chain, the state, and every evaluation.

use super::error::StoreError;
use super::folder::Folder;
use super::journal::{Damage, Head};
use super::load::replay_all;
use crate::definition::{Definitions, SourceFile};
use crate::scoring::Mismatch;
use crate::wording::{Message, Tell, message};

/// What proving a book came to.
#[derive(Debug)]
pub struct Report {
    /// The last sound commit.
    pub head: Head,
    /// Live entries.
    pub entries: usize,
    /// Evaluations that were worked out again.
    pub evaluations: usize,
    /// What does not hold.
    pub findings: Vec<Finding>,
}

/// Something that does not hold.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Finding {
    /// The journal is damaged.
    Journal(Damage),
    /// An evaluation does not follow from its factors.
    Evaluation {
        /// The entry's serial.
        serial: String,
        /// What is kept and what follows.
        mismatch: Mismatch,
    },
    /// The method of an evaluation is not defined any longer, so it cannot be proved.
    NoMethod {
        /// The entry's serial.
        serial: String,
        /// The method and its edition.
        method: String,
    },
}

impl Tell for Finding {
    fn message(&self) -> Message {
        match self {
            Finding::Journal(damage) => {
                let (file, line, what) = (damage.file.clone(), damage.line, damage.what.clone());
                StoreError::Damaged { file, line, what }.message()
            }
            Finding::Evaluation { serial, mismatch } => message!(
                "finding-evaluation",
                serial = serial.clone(),
                kept = mismatch.kept.clone(),
                follows = mismatch.follows.clone()
            ),
            Finding::NoMethod { serial, method } => {
                message!("finding-no-method", serial = serial.clone(), method = method.clone())
            }
        }
    }
}

/// Walks the chain, replays it, and works out every evaluation again.
pub fn verify(folder: &Folder) -> Result<Report, StoreError> {
    folder.settings()?;
    let (book, replayed) = replay_all(&folder.join("journal"))?;
    let files = replayed.defined.into_iter().map(|((kind, name), text)| SourceFile { kind, name, text });
    let definitions = Definitions::from_files(files.collect())?;
    let mut report =
        Report { head: replayed.head, entries: book.len(), evaluations: 0, findings: Vec::new() };
    report.findings.extend(replayed.damage.map(Finding::Journal));
    for key in book.registers().flat_map(|register| book.entries(register)) {
        let Some(entry) = book.entry(*key) else { continue };
        for (_, cell) in book.fields(entry) {
            let Some(evaluation) = cell.evaluation() else { continue };
            let serial = book.serial(*key).to_owned();
            report.evaluations += 1;
            let Some(method) = definitions.methods().edition(&evaluation.method, evaluation.edition) else {
                let method = format!("{}@{}", evaluation.method, evaluation.edition);
                report.findings.push(Finding::NoMethod { serial, method });
                continue;
            };
            let proved = evaluation.prove(method);
            report.findings.extend(proved.err().map(|mismatch| Finding::Evaluation { serial, mismatch }));
        }
    }
    Ok(report)
}
