//! Checks: rules by which a book is looked over, as data.
//!
//! A file of `checks/` is one rule; each `[[checks]]` in it is one thing that the rule looks for in the entries of one
//! register. What it looks for is a query, or one of a handful of questions that the query language cannot put
//! ([`Finds`]). Every name is resolved when the file is read.

use std::ops::Range;

use super::clause::clause_number;
use crate::scoring::Decimal;
use crate::wording::Label;

/// One rule: what is looked for, for which clauses.
#[derive(Debug, Clone)]
pub struct Rule {
    /// Its id, e.g. `r19`.
    pub id: String,
    /// The file it was read from, e.g. `checks/r19.toml`.
    pub file: String,
    /// What it is about.
    pub name: Label,
    /// Clauses of ISO 14001 (`E:`) and ISO 45001 (`S:`).
    pub clauses: Vec<String>,
    /// What it looks for.
    pub checks: Vec<Check>,
}

impl Rule {
    /// Whether it is for a clause of this number, of either standard.
    pub fn is_for(&self, number: &str) -> bool {
        self.clauses.iter().any(|clause| clause_number(clause) == number)
    }
}

/// One thing that is looked for in the entries of one register.
#[derive(Debug, Clone)]
pub struct Check {
    /// Its id, unique among all checks.
    pub id: String,
    /// The register it looks at.
    pub register: String,
    /// Which of its entries; all where there is no query.
    pub of: Option<Asked>,
    /// How much it weighs.
    pub severity: Severity,
    /// What it finds.
    pub finds: Finds,
    /// What is said of an entry that is found, behind its name.
    pub says: Label,
    /// What to do about it.
    pub mend: Label,
    /// The field to go to.
    pub field: Option<String>,
    /// Where to go instead: to an entry that leads here, a new one where there is none.
    pub goes: Option<Goes>,
}

/// An entry of another register that leads to the one that is found, and where it is mended. Names are ids.
#[derive(Debug, Clone)]
pub struct Goes {
    /// The register.
    pub register: String,
    /// Its field that leads here.
    pub link: String,
    /// The field to go to.
    pub field: String,
}

/// How much a finding weighs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Severity {
    /// What has to be there is not.
    Missing,
    /// Two things that are there do not go together.
    Contradiction,
    /// It may be right: somebody has to say so.
    Question,
}

impl Severity {
    /// Every one with its id.
    pub const ALL: [(Self, &'static str); 3] =
        [(Self::Missing, "missing"), (Self::Contradiction, "contradiction"), (Self::Question, "question")];

    /// The name files and JSON use.
    pub fn id(self) -> &'static str {
        Self::ALL.iter().find(|(severity, _)| *severity == self).map_or("", |(_, id)| id)
    }
}

/// A query with its place in the file.
#[derive(Debug, Clone)]
pub struct Asked {
    /// The query.
    pub query: String,
    /// Where it stands.
    pub at: Range<usize>,
}

/// What a check finds. Names are ids of fields, or of columns of rows.
#[derive(Debug, Clone)]
pub enum Finds {
    /// Entries that answer a query.
    Query(Asked),
    /// A date that is there and says no day.
    Vague(String),
    /// A date that lies behind the date of what the entry links to.
    Late {
        /// The date of the entry.
        date: String,
        /// The link.
        link: String,
        /// The date there.
        than: String,
    },
    /// A row with some columns filled and another empty.
    Row {
        /// The rows.
        rows: String,
        /// What is filled.
        filled: Vec<String>,
        /// What is not.
        empty: String,
        /// A choice column, and the code that it has; any row where there is none.
        is: Option<(String, String)>,
    },
    /// A number without its unit: digits right before one of these words.
    Bare {
        /// The rows.
        rows: String,
        /// The column of text.
        text: String,
        /// Words that stand behind a unit and never behind a bare number, such as 内.
        before: Vec<String>,
    },
    /// The same words in two rows.
    Twice {
        /// The rows.
        rows: String,
        /// The column.
        text: String,
    },
    /// Rows that are those of another entry, word for word.
    Copied {
        /// The rows.
        rows: String,
        /// The column.
        text: String,
    },
    /// The same words in a field of another entry.
    Same(String),
    /// An evaluation that does not follow from its factors.
    Unproved,
    /// An evaluation that fewer people made.
    Judges(usize),
    /// A window of the year in which nothing was held.
    Window,
    /// A problem that is open beyond its day.
    Overdue,
    /// Something changed on which the entry rests, and nobody looked at it since.
    Stale,
    /// A month in which no entry of another register that links here has its date.
    Months(Months),
    /// Words in a text, which entries of another register have to take up.
    Terms(Box<Terms>),
    /// Words in a text that presuppose something, which another register does not have.
    Presupposed(Presupposed),
    /// Something of a kind, of which no entry of another register speaks.
    Uncovered(Uncovered),
    /// People whom no entry of other registers stands for.
    Unnamed(Unnamed),
    /// Two entries of one month and one thing.
    Repeated,
    /// More that went out than came in.
    Balance(Balance),
    /// An amount that rose by more per cent against the same month of the year before.
    Rose(Decimal),
    /// Entries for which another register has nothing of the last months.
    Lapsed(Lapsed),
    /// A title that is nearly another one, so that one of the two may be a slip.
    Near {
        /// The text.
        text: String,
        /// The registers whose titles count besides its own.
        registers: Vec<String>,
    },
}

/// Words in a text, which entries of another register that link here have to take up, or put aside by name.
#[derive(Debug, Clone)]
pub struct Terms {
    /// The text.
    pub text: String,
    /// The register whose entries take them up.
    pub register: String,
    /// Its field that links here.
    pub link: String,
    /// Its rows.
    pub rows: String,
    /// The choice column of the rows.
    pub kind: String,
    /// What the words are about.
    pub subjects: Vec<Subject>,
    /// Words that are about another matter: they are shown, and nobody has to take them up.
    pub apart: Vec<Subject>,
    /// How each passage is confirmed; where nothing says so, one row of the kind takes all of them up.
    pub confirmed: Option<Confirmed>,
}

/// How a reviewer confirms a passage: with a row that quotes it, says what is required, who sees to it and by what.
/// Names are columns of the rows.
#[derive(Debug, Clone)]
pub struct Confirmed {
    /// The words of the passage.
    pub quote: String,
    /// What is required.
    pub says: String,
    /// Who sees to it.
    pub owner: String,
    /// By what it is controlled.
    pub control: String,
    /// Where passages stand that have no effect.
    pub without: Without,
}

/// Rows with the passages that have no effect, each with the reason. Names but the first are columns of them.
#[derive(Debug, Clone)]
pub struct Without {
    /// The rows.
    pub rows: String,
    /// What the passage is about.
    pub kind: String,
    /// The words of the passage.
    pub quote: String,
    /// Why it has no effect.
    pub reason: String,
    /// Who says so.
    pub by: String,
    /// When.
    pub on: String,
}

/// Words about one thing.
#[derive(Debug, Clone)]
pub struct Subject {
    /// The code that says a row takes them up.
    pub is: String,
    /// The field that says that there is nothing to take up.
    pub none: Option<String>,
    /// The words.
    pub words: Vec<String>,
    /// Next to one of these they mean something else.
    pub not_beside: Vec<String>,
}

/// Words that presuppose something of a kind, which has to stand in another register.
#[derive(Debug, Clone)]
pub struct Presupposed {
    /// The text.
    pub text: String,
    /// The other register.
    pub register: String,
    /// Its choice field that says of which kind something is.
    pub kind: String,
    /// Which of its entries count.
    pub of: Option<Asked>,
    /// The kinds, with the words that presuppose each.
    pub needs: Vec<(String, Vec<String>)>,
}

/// Something of a kind, of which entries of another register have to speak.
#[derive(Debug, Clone)]
pub struct Uncovered {
    /// The choice field here that says of which kind something is.
    pub kind: String,
    /// The other register.
    pub register: String,
    /// Its text.
    pub text: String,
    /// The kinds, with the words of which one has to stand there.
    pub needs: Vec<(String, Vec<String>)>,
}

/// What goes in and out, and what must not go below nothing. Names are ids of fields.
#[derive(Debug, Clone)]
pub struct Balance {
    /// The choice field, and the code by which something goes out.
    pub out: (String, String),
    /// How much.
    pub amount: String,
    /// What has to be the same to be reckoned together.
    pub same: Vec<String>,
    /// The day.
    pub date: String,
}

/// What somebody has to see to again and again, all over the company.
#[derive(Debug, Clone)]
pub struct Lapsed {
    /// The register in which it is written down.
    pub register: String,
    /// The date there.
    pub date: String,
    /// Which of its entries count; all where there is no query.
    pub of: Option<Asked>,
    /// How many months it holds.
    pub months: u32,
}

/// People whom entries of other registers have to stand for, by their titles.
#[derive(Debug, Clone)]
pub struct Unnamed {
    /// The text: one or several people.
    pub text: String,
    /// The registers.
    pub registers: Vec<String>,
    /// Which entries of the first of them count; all where there is no query.
    pub of: Option<Asked>,
}

/// What has to be there month by month, from the first time on up to the month that is over.
#[derive(Debug, Clone)]
pub struct Months {
    /// The register whose entries count.
    pub register: String,
    /// Its field that links here.
    pub link: String,
    /// Its date.
    pub date: String,
    /// Which of its entries count.
    pub of: Option<Asked>,
}
