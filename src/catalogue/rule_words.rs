//! What a new edition would say, in words and as JSON: the same on the screen and in commands.

use serde_json::{Value as Json, json};

use super::{Case, Reading, RuleChange, Turn};
use crate::book::Entry;
use crate::scoring::{Evaluation, Method, Rule, json_number};
use crate::wording::{Lang, message};

/// One entry under a new edition, in words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CaseWords {
    /// Its serial and title.
    pub name: String,
    /// The level before and after.
    pub levels: String,
    /// Why it has its level now.
    pub before: String,
    /// Why it would have the other.
    pub after: String,
    /// Why a person has to evaluate it.
    pub by_hand: String,
}

impl Reading<'_> {
    /// One entry under a new edition, in words.
    pub fn case_words(&self, case: &Case, new: &Method) -> CaseWords {
        let old = self.method(&case.before);
        let level = |evaluation: &Evaluation, method: Option<&Method>| {
            let label = method.and_then(|method| method.band(&evaluation.level));
            let label = label.map_or(evaluation.level.as_str(), |band| band.short.get(self.lang));
            format!("{}{label}", if evaluation.listed { "! " } else { "" })
        };
        let by_hand: Vec<String> = case.by_hand.iter().map(|what| self.wording.render(what)).collect();
        let (before, after) =
            (level(&case.before, old), case.after.as_ref().map(|after| level(after, Some(new))));
        CaseWords {
            name: format!("{}  {}", self.book.serial(case.entry), self.title(case.entry)),
            levels: match after {
                Some(after) if after == before => before,
                after => format!("{before} -> {}", after.as_deref().unwrap_or(super::UNSCORED)),
            },
            before: self.reason(&case.before),
            after: case.after.as_ref().map(|after| after.reason(new, self.lang)).unwrap_or_default(),
            by_hand: by_hand.join(" "),
        }
    }

    /// That an evaluation rests on a rule that is in force no longer; nothing where it does not.
    pub fn outdated_words(&self, entry: &Entry) -> Option<String> {
        let evaluation = self.evaluation(entry).filter(|_| self.is_outdated(entry) == Some(true))?;
        let now = self.definitions.methods().get(&evaluation.method);
        let newer = now.filter(|now| now.edition > evaluation.edition);
        Some(self.wording.render(&match (newer, self.method_of(entry)) {
            (Some(now), _) => message!("rule-outdated", edition = evaluation.edition, now = now.edition),
            (None, Some(serving)) => message!("rule-other", method = serving.name.clone()),
            (None, None) => message!("rule-other", method = "--"),
        }))
    }

    /// How many entries there are and what becomes of them; the parts add up to the whole.
    pub fn rule_counts(&self, change: &RuleChange) -> String {
        let count = |turn| change.count(turn);
        let total = change.cases.len();
        let mut words = self.wording.render(&message!(
            "rule-counts",
            total = total,
            listed = count(Turn::Listed),
            dropped = count(Turn::Dropped),
            level = count(Turn::Level),
            undecided = count(Turn::Undecided),
            score = count(Turn::Score),
            same = count(Turn::Same),
            direct = count(Turn::Direct)
        ));
        let kept = change.kept();
        if kept > 0 {
            words.push_str(&self.wording.render(&message!("rule-kept", count = kept)));
        }
        words
    }

    /// The heading over entries with one turn.
    pub fn turn_words(&self, turn: Turn, count: usize) -> String {
        self.wording.render(&match turn {
            Turn::Listed => message!("rule-listed", count = count),
            Turn::Dropped => message!("rule-dropped", count = count),
            Turn::Level => message!("rule-level", count = count),
            Turn::Undecided => message!("rule-undecided", count = count),
            Turn::Score => message!("rule-score", count = count),
            Turn::Same => message!("rule-same", count = count),
            Turn::Direct => message!("rule-direct", count = count),
        })
    }

    /// A comparison as JSON, the same in every language.
    pub fn rule_json(&self, change: &RuleChange, new: &Method) -> Json {
        let counts = Turn::ALL.map(|turn| (turn.id().to_owned(), Json::from(change.count(turn))));
        let before = self.definitions.methods().get(&new.id);
        json!({
            "method": new.id,
            "edition": new.edition,
            "in_force": before.map(|before| before.edition),
            "entries": change.cases.len(),
            "counts": Json::Object(counts.into_iter().collect()),
            "kept": change.kept(),
            "cases": change.cases.iter().map(|case| self.case_json(case, new)).collect::<Vec<_>>(),
        })
    }

    fn case_json(&self, case: &Case, new: &Method) -> Json {
        let side = |evaluation: &Evaluation, method: Option<&Method>| {
            let reason = |lang| method.map(|method| evaluation.reason(method, lang));
            json!({
                "edition": evaluation.edition,
                "score": evaluation.score.map(json_number),
                "level": evaluation.level,
                "listed": evaluation.listed,
                "kept": evaluation.rule == Rule::Kept,
                "reason": { "zh": reason(Lang::Zh), "en": reason(Lang::En) },
            })
        };
        let words = |lang: Lang| {
            let all = case.by_hand.iter().map(|what| lang.wording().render(what));
            all.collect::<Vec<_>>().join(" ")
        };
        json!({
            "id": self.book.serial(case.entry),
            "title": self.title(case.entry),
            "turn": case.turn.id(),
            "before": side(&case.before, self.method(&case.before)),
            "after": case.after.as_ref().map(|after| side(after, Some(new))),
            "by_hand": (!case.by_hand.is_empty()).then(|| json!({ "zh": words(Lang::Zh), "en": words(Lang::En) })),
        })
    }
}
