//! What is filled in while an evaluation is made: values, words, the way back.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::super::edit::Editor;
use super::super::terminal::Key;
use crate::scoring::{
    Decimal, Evaluation, Factor, Factors, Given, Judgement, Method, Rule, ScoringError, Warning,
};

/// An evaluation being filled in.
pub struct Filling {
    /// By which method.
    pub method: Method,
    /// The evaluation that stands.
    pub previous: Option<Evaluation>,
    /// The evaluation before, to compare with: the one that stands, unless that was made just now.
    pub compared: Option<Evaluation>,
    /// What is filled in.
    pub filled: Filled,
    /// Whether the residual is being given.
    pub with_controls: bool,
    /// A value being typed.
    pub typed: Editor,
    /// The row: a factor, the verdict, what it rests on, or who took part.
    pub cursor: usize,
    /// What stood before each key that changed it.
    before: Vec<Step>,
    /// What was filled in under other methods.
    others: BTreeMap<String, Filled>,
}

/// What a person fills in.
#[derive(Clone, PartialEq, Default)]
pub struct Filled {
    /// The values of the factors.
    pub initial: Factors,
    /// The values with the controls in place.
    pub residual: Factors,
    /// A direct judgement.
    pub direct: Option<String>,
    /// Taken off the list though only law or concern fell.
    pub released: bool,
    /// What it rests on.
    pub basis: Editor,
    /// Who took part.
    pub by: Editor,
}

struct Step {
    method: Method,
    filled: Filled,
    cursor: usize,
}

/// What a draft keeps.
#[derive(Serialize, Deserialize)]
pub struct Kept {
    /// The method.
    pub method: String,
    initial: Factors,
    residual: Factors,
    direct: Option<String>,
    released: bool,
    basis: String,
    by: String,
}

impl Filled {
    /// What stands in the evaluation before, where it was by the same method.
    fn from(method: &Method, previous: Option<&Evaluation>, comma: &str) -> Self {
        let same = previous.filter(|previous| previous.method == method.id);
        let residual = same.and_then(|same| same.residual.as_ref()).map(|residual| residual.factors.clone());
        let by = previous.map(|previous| previous.occasion.by.join(comma));
        Self {
            initial: same.map(|same| same.factors.clone()).unwrap_or_default(),
            residual: residual.unwrap_or_default(),
            direct: same.and_then(|same| same.direct.clone()),
            released: false,
            basis: Editor::new(previous.map_or("", |previous| &previous.occasion.basis), false),
            by: Editor::new(&by.unwrap_or_default(), false),
        }
    }

    fn side(&mut self, with_controls: bool) -> &mut Factors {
        if with_controls { &mut self.residual } else { &mut self.initial }
    }
}

impl Filling {
    /// Begins with what stands; `comma` is put between the names of who took part.
    pub fn new(method: &Method, previous: Option<&Evaluation>, comma: &str) -> Self {
        Self {
            method: method.clone(),
            previous: previous.cloned(),
            compared: previous.cloned(),
            filled: Filled::from(method, previous, comma),
            with_controls: false,
            typed: Editor::default(),
            cursor: 0,
            before: Vec::new(),
            others: BTreeMap::new(),
        }
    }

    /// What a draft keeps of it.
    pub fn kept(&self) -> Kept {
        let filled = self.filled.clone();
        Kept {
            method: self.method.id.clone(),
            initial: filled.initial,
            residual: filled.residual,
            direct: filled.direct,
            released: filled.released,
            basis: filled.basis.text().to_owned(),
            by: filled.by.text().to_owned(),
        }
    }

    /// Goes on with what a draft kept; one step back is without it.
    pub fn restore(&mut self, kept: Kept, method: &Method) {
        self.note();
        self.method = method.clone();
        self.filled = Filled {
            initial: kept.initial,
            residual: kept.residual,
            direct: kept.direct,
            released: kept.released,
            basis: Editor::new(&kept.basis, false),
            by: Editor::new(&kept.by, false),
        };
    }

    /// Notes what stands before a key changes it.
    pub fn note(&mut self) {
        let (method, filled) = (self.method.clone(), self.filled.clone());
        self.before.push(Step { method, filled, cursor: self.cursor });
    }

    /// Takes the last change back.
    pub fn step_back(&mut self) {
        if let Some(Step { method, filled, cursor }) = self.before.pop() {
            (self.method, self.filled, self.cursor) = (method, filled, cursor);
        }
    }

    /// Whether anything is other than it began.
    pub fn changed(&self) -> bool {
        let other = |first: &Step| first.filled != self.filled || first.method.id != self.method.id;
        self.before.first().is_some_and(other)
    }

    /// Whether it comes to something other than what stands: a value was changed, is being typed, or there was none.
    pub fn is_other(&self) -> bool {
        let stands = |previous: &Evaluation| {
            (&previous.method, previous.edition) == (&self.method.id, self.method.edition)
        };
        !self.previous.as_ref().is_some_and(stands) || self.changed() || self.typing().is_some()
    }

    /// The values of the side that is being given.
    pub fn factors(&self) -> &Factors {
        if self.with_controls { &self.filled.residual } else { &self.filled.initial }
    }

    /// The factor under the cursor.
    pub fn factor(&self) -> Option<&Factor> {
        self.method.factors.get(self.cursor)
    }

    /// Gives the factor under the cursor a value and goes on to the next row. A value that means nothing is
    /// refused and stays typed.
    pub fn set(&mut self, value: Decimal) -> Result<(), ScoringError> {
        let Some(factor) = self.factor() else { return Ok(()) };
        factor.judge(value)?;
        let id = factor.id.clone();
        self.note();
        self.filled.side(self.with_controls).insert(id, value);
        // The residual of a direct judgement leaves the judgement as it is.
        if !self.with_controls {
            self.filled.direct = None;
        }
        self.typed.set("");
        self.cursor += 1;
        Ok(())
    }

    /// Takes the value of the factor under the cursor away.
    pub fn unset(&mut self) {
        let Some(id) = self.factor().map(|factor| factor.id.clone()) else { return };
        self.note();
        self.filled.side(self.with_controls).remove(&id);
    }

    /// The row of what it rests on, behind the factors and the verdict.
    pub fn basis_row(&self) -> usize {
        self.method.factors.len() + 1
    }

    /// The last row: who took part.
    pub fn last_row(&self) -> usize {
        self.basis_row() + 1
    }

    /// The words under the cursor.
    pub fn words(&mut self) -> Option<&mut Editor> {
        match self.cursor.checked_sub(self.basis_row()) {
            Some(0) => Some(&mut self.filled.basis),
            Some(_) => Some(&mut self.filled.by),
            None => None,
        }
    }

    /// Types into the words under the cursor; a key that changed nothing is nothing to step back over.
    pub fn type_words(&mut self, key: Key) {
        self.note();
        if let Some(editor) = self.words() {
            editor.key(key);
        }
        if self.before.last().is_some_and(|step| step.filled == self.filled) {
            self.before.pop();
        }
    }

    /// The value being typed, where it is a number.
    pub fn typing(&self) -> Option<Decimal> {
        let said: String = self.typed.text().chars().map(crate::text::narrow).collect();
        said.trim().parse().ok()
    }

    /// What is filled in, with the value that is being typed as if it were confirmed.
    fn as_typed(&self) -> Filled {
        let mut filled = self.filled.clone();
        if let (Some(value), Some(factor)) = (self.typing(), self.factor()) {
            filled.side(self.with_controls).insert(factor.id.clone(), value);
            filled.direct = filled.direct.filter(|_| self.with_controls);
        }
        filled
    }

    /// What follows from what is filled in.
    pub fn make(&self, today: NaiveDate) -> Result<(Evaluation, Vec<Warning>), ScoringError> {
        let filled = self.as_typed();
        let given = Given { factors: filled.initial, direct: filled.direct };
        let names = filled.by.text().split([',', '，', '、', ';']).map(|name| name.trim().to_owned());
        let judgement = Judgement {
            by: names.filter(|name| !name.is_empty()).collect(),
            on: today,
            basis: filled.basis.text().trim().to_owned(),
            residual: (!filled.residual.is_empty()).then_some(filled.residual),
            released: filled.released,
        };
        Evaluation::make(&self.method, given, judgement, self.previous.as_ref())
    }

    /// Whether it stays on the list only because nothing but law or concern fell, or was taken off it.
    pub fn may_release(&self, today: NaiveDate) -> bool {
        let kept = |made: (Evaluation, _)| made.0.rule == Rule::Kept;
        self.filled.released || self.make(today).is_ok_and(kept)
    }

    /// Takes it off the list, or leaves it there again; the cursor goes to the reason, which is to be new.
    pub fn release(&mut self) {
        self.note();
        self.filled.released = !self.filled.released;
        if self.filled.released {
            let old = self.previous.as_ref().map(|previous| previous.occasion.basis.as_str());
            if old == Some(self.filled.basis.text()) {
                self.filled.basis.set("");
            }
            self.cursor = self.basis_row();
        }
    }

    /// The row in which a mistake is mended.
    pub fn row_of(&self, error: &ScoringError) -> usize {
        let factors = &self.method.factors;
        match error {
            ScoringError::Missing(missing) => {
                factors.iter().position(|factor| missing.contains(&factor.id)).unwrap_or(0)
            }
            ScoringError::ReleaseWithoutReason => self.basis_row(),
            _ => self.cursor,
        }
    }

    /// Goes on by another method; what was filled in under this one comes back with it.
    pub fn switch(&mut self, method: &Method, comma: &str) {
        if method.id == self.method.id {
            return;
        }
        self.note();
        let (basis, by) = (self.filled.basis.clone(), self.filled.by.clone());
        let known = self.others.remove(&method.id);
        let next = known.unwrap_or_else(|| Filled::from(method, self.previous.as_ref(), comma));
        let left = std::mem::replace(&mut self.filled, Filled { basis, by, ..next });
        let method = std::mem::replace(&mut self.method, method.clone());
        self.others.insert(method.id, left);
        (self.cursor, self.with_controls) = (0, false);
        self.typed.set("");
    }

    /// Takes a direct judgement by its place; the one that goes by the score takes none.
    pub fn judge(&mut self, at: usize) {
        let Some(direct) = self.method.direct.get(at) else { return };
        let code = direct.band.is_some().then(|| direct.code.clone());
        self.note();
        if code.is_some() {
            self.filled.initial.clear();
        }
        self.filled.direct = code;
    }
}

/// Whether the values are 1, 2, 3 … so that a digit can be pressed for them.
pub fn by_digit(factor: &Factor) -> bool {
    factor.scale.iter().all(|step| step.value.is_integer() && step.value < Decimal::TEN)
}
