//! Changes: what a face proposes, and what the journal keeps.
//!
//! There is one way to change a book. A key, a command, an import, an undo or the sample makes a
//! [`Proposal`]; [`super::Book::admit`] checks it and makes the [`Commit`]; the store writes it; then
//! [`super::Book::apply`] makes it true.

use chrono::{DateTime, FixedOffset, NaiveDate, NaiveTime, TimeZone, Utc};
use serde::{Deserialize, Serialize};

use super::{EntryKey, Value};

/// What someone wants to change, before it is checked.
#[derive(Debug, Clone, PartialEq)]
pub struct Proposal {
    /// By which way it comes.
    pub way: Way,
    /// The reason given.
    pub why: Option<String>,
    /// The changes; all of them happen or none.
    pub edits: Vec<Edit>,
}

/// One wanted change.
#[derive(Debug, Clone, PartialEq)]
pub enum Edit {
    /// A new entry; its serial is given when it is admitted.
    Add {
        /// The register's id.
        register: String,
        /// Field ids and what shall stand there.
        fields: Vec<(String, Value)>,
    },
    /// Other values in an entry; `None` clears a field. The field `id` renumbers it.
    Set {
        /// The entry.
        entry: EntryKey,
        /// Field ids and what shall stand there.
        fields: Vec<(String, Option<Value>)>,
    },
    /// The entry goes; its key and serial are never given again.
    Delete {
        /// The entry.
        entry: EntryKey,
    },
    /// A deleted entry comes back with these values.
    Restore {
        /// The entry.
        entry: EntryKey,
        /// Field ids and what shall stand there.
        fields: Vec<(String, Value)>,
    },
}

/// Who changes something, when and where; it always enters from outside.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Origin {
    /// The moment, in UTC. Where the book's date is fixed, it is on that day.
    pub utc: DateTime<Utc>,
    /// The book's offset from UTC at that moment, in seconds to the east.
    pub offset: i32,
    /// The system user.
    pub user: String,
    /// The name shown for that user.
    pub name: String,
    /// The host it was done on.
    pub host: String,
    /// The version of the program.
    pub program: String,
    /// The moment of the host's clock, where `utc` is that of a book whose date is fixed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub real: Option<DateTime<Utc>>,
}

impl Origin {
    /// The moment on the clock of the book.
    pub fn local(&self) -> DateTime<FixedOffset> {
        local(self.utc, self.offset)
    }

    /// The same in a book whose date is fixed: at this time of that day, and never before the last commit, which was
    /// made at `last`, in seconds since 1970. The host's own moment is kept beside it.
    #[must_use]
    pub fn on(self, day: NaiveDate, last: i64) -> Self {
        let time = self.local().time();
        let zone = *self.local().offset();
        let at = |time: NaiveTime| zone.from_local_datetime(&day.and_time(time)).single();
        let Some(fixed) = at(time).map(|fixed| fixed.to_utc()) else { return self };
        let utc = if fixed.timestamp() < last {
            // A second after the last one, and on the day, as long as the last one is on it.
            let next = DateTime::from_timestamp(last.saturating_add(1), 0).unwrap_or(fixed);
            let end = NaiveTime::from_hms_opt(23, 59, 59).and_then(at).map_or(next, |end| end.to_utc());
            if end.timestamp() >= last { next.min(end) } else { next }
        } else {
            fixed
        };
        Self { utc, real: Some(self.utc), ..self }
    }
}

/// A moment on the clock of a book that is so many seconds to the east.
pub(super) fn local(utc: DateTime<Utc>, offset: i32) -> DateTime<FixedOffset> {
    let none = FixedOffset::east_opt(0).unwrap_or_else(|| unreachable!("zero is a valid offset"));
    utc.with_timezone(&FixedOffset::east_opt(offset).unwrap_or(none))
}

/// By which way a change came.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Way {
    /// Keys on the screen.
    Screen,
    /// A command of the shell.
    Command,
    /// An import of several entries.
    Import,
    /// The sample.
    Sample,
    /// The program itself, e.g. to journal new definitions.
    Program,
    /// The undoing of the commit with this number.
    UndoOf(u64),
    /// The redoing of the commit with this number.
    RedoOf(u64),
    /// What the commit with this number had written, brought back.
    RestoreOf(u64),
}

/// One atomic change of a book, as it is journalled.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Commit {
    /// Its number; the first is 1 and none is left out. The order of the chain is the order of time.
    pub seq: u64,
    /// Who, when and where.
    pub origin: Origin,
    /// The host's clock stood before the commit that precedes this one.
    #[serde(default)]
    pub clock_went_back: bool,
    /// By which way.
    pub way: Way,
    /// The reason given.
    pub why: Option<String>,
    /// Hash of the definitions in force.
    pub definitions: String,
    /// What changed.
    pub changes: Vec<Change>,
}

/// What happened to one entry.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Change {
    /// The entry.
    pub entry: EntryKey,
    /// The register it lies in.
    pub register: String,
    /// Its serial after the change (before it, where it was deleted).
    pub serial: String,
    /// What was done.
    pub act: Act,
    /// The fields, from what to what.
    pub fields: Vec<FieldChange>,
}

/// What was done to an entry.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Act {
    /// It is new.
    Add,
    /// Fields have other values.
    Set,
    /// It is gone.
    Delete,
    /// It came back.
    Restore,
}

/// One field of one entry, from what to what.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct FieldChange {
    /// The field's id; `id` is the serial.
    pub field: String,
    /// What stood there.
    pub from: Option<Value>,
    /// What stands there now.
    pub to: Option<Value>,
}

/// The name under which a serial changes in a commit.
pub const SERIAL: &str = "id";

impl Commit {
    /// The number of the commit that this one undid, where it is an undo.
    pub fn undoes(&self) -> Option<u64> {
        match self.way {
            Way::UndoOf(seq) => Some(seq),
            _ => None,
        }
    }

    /// The proposal that takes this commit back.
    pub fn inverse(&self) -> Vec<Edit> {
        self.changes.iter().rev().map(Change::inverse).collect()
    }
}

impl Change {
    fn inverse(&self) -> Edit {
        let entry = self.entry;
        match self.act {
            Act::Add | Act::Restore => Edit::Delete { entry },
            Act::Set => {
                let back = |change: &FieldChange| (change.field.clone(), change.from.clone());
                Edit::Set { entry, fields: self.fields.iter().map(back).collect() }
            }
            Act::Delete => {
                let back = |change: &FieldChange| Some((change.field.clone(), change.from.clone()?));
                Edit::Restore { entry, fields: self.fields.iter().filter_map(back).collect() }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_fixed_day_takes_the_time_of_the_host_and_never_goes_back() {
        let utc = |text: &str| DateTime::parse_from_rfc3339(text).unwrap().to_utc();
        let word = String::new;
        let at = |host: &str, last: &str| {
            let (utc, last) = (utc(host), utc(last).timestamp());
            let origin = Origin {
                utc,
                offset: 28_800,
                user: word(),
                name: word(),
                host: word(),
                program: word(),
                real: None,
            };
            let fixed = origin.on(NaiveDate::from_ymd_opt(2022, 5, 13).unwrap(), last);
            assert_eq!(fixed.real, Some(utc));
            fixed.local().format("%Y-%m-%d %H:%M:%S").to_string()
        };
        for (host, last, there) in [
            ("2026-11-26T17:30:05+08:00", "2022-05-12T16:20:00+08:00", "2022-05-13 17:30:05"),
            // Past midnight of the host's it is still that day, after what was done before.
            ("2026-11-27T00:10:00+08:00", "2022-05-13T17:30:05+08:00", "2022-05-13 17:30:06"),
            ("2026-11-27T00:10:00+08:00", "2022-05-13T23:59:59+08:00", "2022-05-13 23:59:59"),
            // A book from the time of two clocks goes on behind them.
            ("2026-11-27T08:00:00+08:00", "2026-11-26T17:30:05+08:00", "2026-11-26 17:30:06"),
        ] {
            assert_eq!(at(host, last), there, "{host} {last}");
        }
    }
}
