//! What can stand in a column: a field, or something derived from the entry.

use super::Register;
use crate::wording::Label;

/// A column that a table can show, a query can name and a list can be ordered by.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Column {
    /// A field, by its index in the register.
    Field(usize),
    /// Something every entry of the register has without anyone typing it.
    Derived(Derived),
}

/// What follows from an entry.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Derived {
    /// The record serial, e.g. `EA-0001`.
    Serial,
    /// The score of its evaluation.
    Score,
    /// The level of its evaluation.
    Level,
    /// Whether the verdict puts it on the significant or major list.
    Listed,
    /// Why it has its level.
    Reason,
    /// The method and edition of its evaluation.
    Method,
    /// The day of its evaluation.
    EvaluatedOn,
    /// The score with the controls in place.
    ResidualScore,
    /// The level with the controls in place.
    ResidualLevel,
    /// Whether its evaluation rests on a rule that is in force no longer.
    Outdated,
    /// Whether something changed on which it rests, and nobody looked at it since.
    Stale,
    /// Required fields that are still open.
    Open,
    /// When it was last changed.
    Changed,
}

impl Derived {
    /// Every derived column with the name commands use, its heading and the other words for it.
    pub const ALL: &'static [(Derived, &'static str, &'static str, &'static str, &'static [&'static str])] =
        &[
            (Derived::Serial, "id", "编号", "id", &["serial", "no"]),
            (Derived::Score, "score", "分值", "score", &["合计", "D", "得分"]),
            (Derived::Level, "level", "级别", "level", &["等级", "风险等级"]),
            (Derived::Listed, "listed", "列入", "listed", &["重要", "重大", "significant", "major"]),
            (Derived::Reason, "reason", "理由", "reason", &["原因", "why"]),
            (Derived::Method, "method", "评价方法", "method", &["方法"]),
            (Derived::EvaluatedOn, "evaluated", "评价日期", "evaluated", &["评价日"]),
            (Derived::ResidualScore, "residual-score", "剩余分值", "residual score", &["剩余D", "残余分值"]),
            (Derived::ResidualLevel, "residual-level", "剩余级别", "residual level", &["残余级别"]),
            (Derived::Outdated, "outdated", "旧版", "outdated", &["旧版评价", "旧规则"]),
            (Derived::Stale, "stale", "待复核", "stale", &["待看", "look again", "to look at"]),
            (Derived::Open, "open", "待填", "open", &["缺项", "incomplete"]),
            (Derived::Changed, "changed", "修改日期", "changed", &["最近修改"]),
        ];

    /// The name commands, files and JSON use.
    pub fn id(self) -> &'static str {
        Derived::ALL.iter().find(|row| row.0 == self).map_or("", |row| row.1)
    }

    /// The heading people see.
    pub fn name(self) -> Label {
        Derived::ALL
            .iter()
            .find(|row| row.0 == self)
            .map_or_else(Label::default, |row| Label::new(row.2, row.3))
    }

    /// Whether it exists only where a register is scored.
    pub fn needs_evaluation(self) -> bool {
        !matches!(self, Derived::Serial | Derived::Stale | Derived::Open | Derived::Changed)
    }

    /// Whether people may mean it by `word`.
    pub fn answers_to(self, word: &str) -> bool {
        Derived::ALL.iter().any(|(derived, id, zh, en, also)| {
            *derived == self
                && (id.eq_ignore_ascii_case(word)
                    || *zh == word
                    || en.eq_ignore_ascii_case(word)
                    || also.iter().any(|also| also.eq_ignore_ascii_case(word)))
        })
    }
}

impl Register {
    /// The column a person means by `word`: an id, a label in either language, or another word for it.
    /// Fields come before derived columns, ids before labels.
    pub fn column(&self, word: &str) -> Option<Column> {
        let word = word.trim();
        if let Some(index) = self.field_index(word) {
            return Some(Column::Field(index));
        }
        if let Some(index) = self.fields.iter().position(|field| field.answers_to(word)) {
            return Some(Column::Field(index));
        }
        self.derived().find(|derived| derived.answers_to(word)).map(Column::Derived)
    }

    /// The derived columns this register has.
    pub fn derived(&self) -> impl Iterator<Item = Derived> + '_ {
        let (scored, marked) = (self.evaluation().is_some(), self.features.looks.stale.is_some());
        let has = move |derived: &Derived| match derived {
            Derived::Stale => marked,
            derived => scored || !derived.needs_evaluation(),
        };
        Derived::ALL.iter().map(|row| row.0).filter(has)
    }

    /// Every column, fields first.
    pub fn columns(&self) -> impl Iterator<Item = Column> + '_ {
        (0..self.fields.len()).map(Column::Field).chain(self.derived().map(Column::Derived))
    }

    /// The name commands, files and JSON use for a column.
    pub fn column_id(&self, column: Column) -> &str {
        match column {
            Column::Field(index) => self.fields.get(index).map_or("", |field| field.id.as_str()),
            Column::Derived(derived) => derived.id(),
        }
    }

    /// The heading people see over a column.
    pub fn column_name(&self, column: Column) -> Label {
        match column {
            Column::Field(index) => {
                self.fields.get(index).map_or_else(Label::default, |field| field.name.clone())
            }
            Column::Derived(derived) => derived.name(),
        }
    }

    /// Every word by which a column can be named, for suggestions.
    pub fn column_words(&self) -> Vec<String> {
        let mut words = Vec::new();
        for field in &self.fields {
            words.extend([field.id.clone(), field.name.zh().to_owned(), field.name.en().to_owned()]);
            words.extend(field.also.iter().cloned());
        }
        for derived in self.derived() {
            let name = derived.name();
            words.extend([derived.id().to_owned(), name.zh().to_owned(), name.en().to_owned()]);
        }
        words
    }
}
