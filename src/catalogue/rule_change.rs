//! What a new edition of a method would say: every entry that the method judged, held against it.
//!
//! Nothing here changes anything. The same comparison serves trying an edition and, once it is in force, carrying
//! the evaluations over to it where the factors allow.

use std::collections::BTreeMap;

use chrono::NaiveDate;

use super::Reading;
use crate::book::{Edit, EntryKey, Value};
use crate::definition::{Field, Register};
use crate::scoring::{Evaluation, Given, Judgement, Method, Rule, Warning};
use crate::wording::{Message, Tell, message};

/// What a new edition makes of an entry.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Turn {
    /// It becomes significant or major.
    Listed,
    /// It leaves the list.
    Dropped,
    /// It has another level, on the list or off it as before.
    Level,
    /// Only the score, what remains with the controls, or the reason is another.
    Score,
    /// Nothing is another.
    Same,
    /// It was judged directly, and the edition has no say.
    Direct,
    /// Nothing follows: factors are missing or unknown, or values make no sense.
    Undecided,
}

impl Turn {
    /// Every turn, what wants a look first.
    pub const ALL: [Turn; 7] =
        [Turn::Listed, Turn::Dropped, Turn::Level, Turn::Undecided, Turn::Score, Turn::Same, Turn::Direct];

    /// Its name in JSON.
    pub fn id(self) -> &'static str {
        match self {
            Turn::Listed => "listed",
            Turn::Dropped => "dropped",
            Turn::Level => "level",
            Turn::Score => "score",
            Turn::Same => "same",
            Turn::Direct => "direct",
            Turn::Undecided => "undecided",
        }
    }

    /// Whether the level or the list changes, which wants a reason.
    pub fn flips(self) -> bool {
        matches!(self, Turn::Listed | Turn::Dropped | Turn::Level)
    }
}

/// One entry under a new edition.
#[derive(Debug, Clone)]
pub struct Case {
    /// The entry.
    pub entry: EntryKey,
    /// The field of its evaluation.
    pub field: String,
    /// The evaluation as it stands.
    pub before: Evaluation,
    /// What it would be; nothing where nothing follows.
    pub after: Option<Evaluation>,
    /// What becomes of it.
    pub turn: Turn,
    /// Why a person has to evaluate it; empty where it carries over.
    pub by_hand: Vec<Message>,
}

/// Every entry that a method judged, under a new edition.
#[derive(Debug, Clone)]
pub struct RuleChange {
    /// The entries: what wants a look first, each kind in the order of the registers.
    pub cases: Vec<Case>,
}

impl RuleChange {
    /// The entries with one turn.
    pub fn with(&self, turn: Turn) -> impl Iterator<Item = &Case> {
        self.cases.iter().filter(move |case| case.turn == turn)
    }

    /// How many have a turn.
    pub fn count(&self, turn: Turn) -> usize {
        self.with(turn).count()
    }

    /// Those that stay on a list only because nothing but law or concern fell; the new edition keeps them there.
    pub fn kept(&self) -> usize {
        let kept = |case: &&Case| case.after.as_ref().is_some_and(|after| after.rule == Rule::Kept);
        self.cases.iter().filter(kept).count()
    }

    /// Those that carry over, and those that a person has to evaluate.
    pub fn by_hand(&self) -> (Vec<&Case>, Vec<&Case>) {
        self.cases.iter().partition(|case| case.by_hand.is_empty() && case.after.is_some())
    }

    /// The edits that carry over what carries over.
    pub fn edits(&self) -> Vec<Edit> {
        let edit = |case: &&Case| {
            let value = Value::Evaluation(Box::new(case.after.clone()?));
            Some(Edit::Set { entry: case.entry, fields: vec![(case.field.clone(), Some(value))] })
        };
        self.by_hand().0.iter().filter_map(edit).collect()
    }
}

/// Who carries evaluations over, and the day; nobody where an edition is only tried.
pub type By<'a> = (&'a [String], NaiveDate);

impl Reading<'_> {
    /// Every entry that a method judged, under another edition of it.
    pub fn rule_change(&self, new: &Method, by: By) -> RuleChange {
        let mut cases: Vec<Case> = self
            .judged_by(&new.id)
            .map(|(entry, field, before)| case(new, (entry, field, before), by))
            .collect();
        let place = |turn: Turn| Turn::ALL.iter().position(|other| *other == turn);
        cases.sort_by_key(|case| place(case.turn));
        RuleChange { cases }
    }

    /// The entries whose evaluation rests on an older edition of a method than the one in force.
    pub fn left_behind(&self, method: &Method, by: By) -> RuleChange {
        let mut change = self.rule_change(method, by);
        change.cases.retain(|case| case.before.edition < method.edition);
        change
    }

    /// How many evaluations each method has, and how many of them rest on an older edition than the one in force.
    pub fn judgements(&self) -> BTreeMap<&str, (usize, usize)> {
        let mut counts: BTreeMap<&str, (usize, usize)> = BTreeMap::new();
        for (_, _, evaluation) in self.judged() {
            let count = counts.entry(&evaluation.method).or_default();
            count.0 += 1;
            count.1 += usize::from(!self.definitions.methods().is_newest(&evaluation.judged));
        }
        counts
    }

    /// Every evaluation by a method, whatever the edition.
    fn judged_by<'r>(&'r self, id: &'r str) -> impl Iterator<Item = (EntryKey, &'r Field, &'r Evaluation)> {
        self.judged().filter(move |(_, _, evaluation)| evaluation.method == id)
    }

    /// Every evaluation with the field it stands in.
    fn judged(&self) -> impl Iterator<Item = (EntryKey, &Field, &Evaluation)> {
        let fields = |register| Some((register, Register::evaluation(register)?.1));
        self.definitions.registers().iter().filter_map(fields).flat_map(move |(register, field)| {
            let slot = self.book.slot(&register.id, &field.id);
            let keys = self.book.entries(&register.id).iter();
            keys.filter_map(move |key| Some((*key, field, self.book.entry(*key)?.cell(slot?).evaluation()?)))
        })
    }
}

fn case(new: &Method, (entry, field, before): (EntryKey, &Field, &Evaluation), (by, on): By) -> Case {
    let given = Given { factors: before.factors.clone(), direct: before.direct.clone() };
    let judgement = Judgement {
        by: by.to_vec(),
        on,
        basis: before.occasion.basis.clone(),
        residual: before.residual.as_ref().map(|residual| residual.factors.clone()),
        released: false,
    };
    let made = Evaluation::make(new, given, judgement, Some(before));
    let (after, turn, mut by_hand) = match made {
        Err(error) => (None, Turn::Undecided, vec![error.message()]),
        Ok((after, warnings)) => {
            let off_scale = |warning: &Warning| match warning {
                Warning::OffScale { .. } => Some(warning.message()),
                Warning::ResidualAbove => None,
            };
            let turn = turn(before, &after);
            (Some(after), turn, warnings.iter().filter_map(off_scale).collect())
        }
    };
    // What is kept on a list against its score leaves it by a person's word only, whatever the edition says.
    if before.rule == Rule::Kept && turn == Turn::Dropped {
        by_hand.push(message!("rule-was-kept"));
    }
    Case { entry, field: field.id.clone(), before: before.clone(), after, turn, by_hand }
}

fn turn(before: &Evaluation, after: &Evaluation) -> Turn {
    let residual = |evaluation: &Evaluation| {
        evaluation.residual.as_ref().map(|residual| (residual.score, residual.level.clone(), residual.listed))
    };
    match (before.listed, after.listed) {
        (false, true) => Turn::Listed,
        (true, false) => Turn::Dropped,
        _ if before.level != after.level => Turn::Level,
        _ if matches!(after.rule, Rule::Direct { .. }) && before.rule == after.rule => Turn::Direct,
        _ if before.score != after.score || before.rule != after.rule => Turn::Score,
        _ if residual(before) != residual(after) => Turn::Score,
        _ => Turn::Same,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::scoring::{Decimal, Factors, builtin};

    const DAY: NaiveDate = NaiveDate::from_ymd_opt(2022, 5, 13).unwrap();

    fn method(change: &[(&str, &str)]) -> Method {
        let (_, text) = builtin().iter().find(|(name, _)| *name == "aspect-sum6.toml").unwrap();
        let text = change.iter().fold((*text).to_owned(), |text, (from, to)| {
            assert!(text.contains(from), "{from}");
            text.replace(from, to)
        });
        Method::load("m.toml", &text).unwrap()
    }

    fn factors(values: [i64; 6]) -> Factors {
        ["A", "B", "C", "D", "E", "F"]
            .iter()
            .zip(values)
            .map(|(id, v)| ((*id).to_owned(), v.into()))
            .collect()
    }

    fn judged(values: [i64; 6], direct: Option<&str>, previous: Option<&Evaluation>) -> Evaluation {
        let given = match direct {
            Some(code) => Given { factors: Factors::new(), direct: Some(code.to_owned()) },
            None => Given { factors: factors(values), direct: None },
        };
        let judgement = Judgement { by: vec![], on: DAY, basis: "x".into(), residual: None, released: false };
        Evaluation::make(&method(&[]), given, judgement, previous).unwrap().0
    }

    fn of(new: &Method, before: &Evaluation) -> Case {
        let definitions = crate::definition::Definitions::builtin().unwrap();
        let field = definitions.register("aspects").unwrap().evaluation().unwrap().1.clone();
        case(new, (EntryKey(1), &field, before), (&["甲".to_owned()], DAY))
    }

    #[test]
    fn a_higher_bound_drops_what_lies_below_it_and_keeps_factors() {
        let new = method(&[("edition = 1", "edition = 2"), ("from = \"15\"", "from = \"17\"")]);
        let case16 = of(&new, &judged([3, 2, 3, 2, 3, 3], None, None));
        assert_eq!((case16.turn, case16.by_hand.len()), (Turn::Dropped, 0));
        let after = case16.after.unwrap();
        assert_eq!((after.edition, after.score, after.occasion.by.len()), (2, Some(Decimal::from(16)), 1));
        assert_eq!(after.occasion.basis, "x");
        assert_eq!(of(&new, &judged([3, 3, 3, 3, 3, 3], None, None)).turn, Turn::Same);
        let lower = method(&[("edition = 1", "edition = 2"), ("from = \"15\"", "from = \"12\"")]);
        assert_eq!(of(&lower, &judged([3, 2, 2, 2, 2, 2], None, None)).turn, Turn::Listed);
    }

    #[test]
    fn what_is_judged_directly_is_untouched_unless_its_code_is() {
        let direct = judged([0; 6], Some("I"), None);
        let new = method(&[("edition = 1", "edition = 2"), ("from = \"15\"", "from = \"17\"")]);
        assert_eq!(of(&new, &direct).turn, Turn::Direct);
        let gone = method(&[("edition = 1", "edition = 2"), ("code = \"I\"", "code = \"A1\"")]);
        let case = of(&gone, &direct);
        assert_eq!((case.turn, case.by_hand.len()), (Turn::Undecided, 1));
    }

    #[test]
    fn values_off_the_new_scale_and_other_factors_are_left_to_a_person() {
        let step = "    { value = \"3\", zh = \"每月\", en = \"monthly\" },\n";
        let new = method(&[("edition = 1", "edition = 2"), (step, "")]);
        let before = judged([3, 2, 3, 2, 3, 3], None, None);
        let case = of(&new, &before);
        assert_eq!((case.turn, case.by_hand.len()), (Turn::Same, 1));
        let renamed = [
            ("edition = 1", "edition = 2"),
            ("id = \"A\"", "id = \"X\""),
            ("formula = \"A", "formula = \"X"),
        ];
        let case = of(&method(&renamed), &before);
        assert!(case.turn == Turn::Undecided && case.after.is_none() && case.by_hand.len() == 1);
        let change = RuleChange {
            cases: vec![case, of(&new, &before), of(&method(&[("edition = 1", "edition = 2")]), &before)],
        };
        assert_eq!((change.by_hand().0.len(), change.by_hand().1.len(), change.edits().len()), (1, 2, 1));
    }

    #[test]
    fn what_is_kept_on_the_list_stays_there_under_a_new_edition() {
        let listed = judged([3, 2, 3, 2, 3, 3], None, None);
        let kept = judged([3, 2, 3, 1, 2, 3], None, Some(&listed));
        assert!(kept.listed && kept.rule == Rule::Kept);
        let higher = method(&[("edition = 1", "edition = 2"), ("from = \"15\"", "from = \"17\"")]);
        let case = of(&higher, &kept);
        assert_eq!((case.turn, case.by_hand.len()), (Turn::Same, 0));
        assert!(case.after.is_some_and(|after| after.listed && after.rule == Rule::Kept));
        // An edition in which nothing is of concern would let it go: that is a person's word then.
        let blind = method(&[("edition = 1", "edition = 2"), ("concern = true\n", "")]);
        let case = of(&blind, &kept);
        assert_eq!((case.turn, case.by_hand.len()), (Turn::Dropped, 1));
    }
}
