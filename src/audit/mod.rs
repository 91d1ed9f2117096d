//! What is due, what was met by which evidence, and what is still open.
//!
//! Everything here is worked out from the book on a day given from outside, and says why.

mod accept;
mod audited;
mod audited_words;
mod chain;
mod check;
mod check_text;
mod check_words;
mod confirm;
mod coverage;
mod departments;
mod due;
mod due_words;
mod evidence;
mod evidence_words;
mod follow;
mod ground;
mod months;
mod passage_words;
mod passages;
mod problems;
mod record;
mod record_entry;
mod stale;
mod terms;
mod windows;

pub use accept::{ACCEPTED, Accepted, accept, usually_until};
pub use audited::{AuditNote, Audited, AuditedClause, audit_days, audit_in_progress};
pub use audited_words::{AuditLeads, AuditLine};
pub use chain::{ChainLine, Fill, chain};
pub use check::{Finding, Looked, look_for, look_over};
pub use check_words::{CheckSum, clauses_in_short};
pub use confirm::{Says, confirm, confirm_none, likely};
pub use coverage::{Cover, Covered, coverage};
pub use departments::{answering, answers_for, departments_of, head_of};
pub use due::{DRILL_AHEAD, Dated, Due, Duty, Monthly, Wanting, due, opening};
pub use evidence::{Evidence, Served, evidence, evidence_for, is_shown};
pub use evidence_words::{EvidenceLine, Leads};
pub use follow::Follow;
pub use months::{kind_of, month_name};
pub use passage_words::subject_name;
pub use passages::{Confirmation, NoneFound, Passage, none_found, passages, subject_label, term_checks};
pub use problems::{Lack, Problem, Standing, problems, problems_of, standing_of};
pub use record::{Block, record, record_of_clauses};
pub use stale::{UNCHANGED, Unchanged, cause_words, causes_in_short, not_looked_on, unchanged};
pub use windows::{Met, PlanWindows, Uncounted, Window, drill_windows, windows_of};
