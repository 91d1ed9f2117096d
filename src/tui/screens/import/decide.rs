//! What is decided of a list before it is written: what stands for a text, what is kept, what is left out.

use std::collections::BTreeMap;

use super::super::super::layer::{Cx, Outcome};
use super::super::super::notice::Notice;
use super::super::ask::Ask;
use super::super::import_lines::Item;
use super::super::import_pick as choose;
use super::super::page;
use super::{Asked, ImportScreen};
use crate::exchange::import::{ALL, Decisions, Import, Keep, Layout, OpenError, Planned, Verdict};
use crate::wording::message;

/// What a person decided, step by step.
#[derive(Default)]
pub(super) struct Deeds {
    /// What was decided last of a row.
    pub(super) kept: Option<Keep>,
    /// What was decided before each step, to be taken back.
    pub(super) before: Vec<(Decisions, Layout)>,
}

impl ImportScreen {
    /// Asks what stands for a text that cannot be read.
    pub(super) fn mend(&mut self, row: usize, problem: usize, cx: &Cx) -> Outcome {
        let cell = self.plan.rows.get(row).and_then(|row| row.taken.problems.get(problem));
        let Some(cell) = cell.cloned().filter(|cell| cell.at != usize::MAX) else { return Outcome::Stay };
        // One of a list is picked; anything else is typed.
        let choices =
            self.import.as_ref().map(|import| choose::choices(import, cell.at, cx)).unwrap_or_default();
        if !choices.is_empty() {
            let pick = choose::named("import-which-choice", &choices, cx);
            self.asked = Some(Asked::Choice(cell.at, cell.said, choices));
            return Outcome::Push(Box::new(pick));
        }
        let ask = Ask::filled(message!("import-mend", text = cell.said.clone()), &cell.said);
        self.asked = Some(Asked::Mend(cell.at, cell.said));
        Outcome::Push(Box::new(ask))
    }

    /// All that a row brings.
    pub(super) fn whole(&self, row: usize, cx: &Cx) -> Outcome {
        let (Some(import), Some(row)) = (&self.import, self.plan.rows.get(row)) else { return Outcome::Stay };
        let (heading, said) = super::super::import_lines::whole(row, import, cx);
        Outcome::Push(Box::new(page::still(heading, said)))
    }

    /// To the next row that nobody has decided, after the last to the first.
    pub(super) fn next_undecided(&mut self) {
        let open = |item: &Item| match item {
            Item::Differs(row) => {
                self.plan.rows.get(*row).is_some_and(|row| row.is_taken() && row.keep.is_none())
            }
            _ => false,
        };
        let open: BTreeMap<usize, Item> =
            self.items.iter().filter(|(_, item)| open(item)).map(|(at, item)| (*at, item.clone())).collect();
        if !open.is_empty() {
            self.page.next_of(&open);
        }
    }

    /// Works out the rows again that something was decided about.
    fn decided(&mut self, about: impl Fn(&Planned) -> bool, cx: &Cx) {
        if let Some(import) = &self.import {
            self.plan.decide(import, &cx.reading(), about);
            self.touched = true;
        }
        self.tell(cx);
    }

    /// Decides what is kept of the row under the cursor.
    pub(super) fn keep(&mut self, keep: Keep, cx: &Cx) -> Outcome {
        let line = self.row().and_then(|row| self.plan.rows.get(row));
        let line = line.filter(|row| matches!(row.verdict, Verdict::Differs(_)));
        let (Some(line), Some(import)) = (line.map(|row| row.line), self.import.as_mut()) else {
            return Outcome::Say(Notice::said(message!("import-keep-where")));
        };
        self.deeds.before.push(import.decided());
        import.decisions.each.insert(line, keep);
        self.deeds.kept = Some(keep);
        self.decided(|row| row.line == line, cx);
        self.next_undecided();
        Outcome::Stay
    }

    /// What was decided last, or of the row under the cursor, holds for all that are not decided.
    pub(super) fn keep_rest(&mut self, cx: &Cx) -> Outcome {
        let keep = self.row().and_then(|row| self.plan.rows.get(row)?.keep).or(self.deeds.kept);
        let (Some(keep), Some(import)) = (keep, self.import.as_mut()) else {
            return Outcome::Say(Notice::said(message!("import-keep-rest-where")));
        };
        let open = self.plan.counts().undecided;
        self.deeds.before.push(import.decided());
        import.decisions.all = Some(keep);
        self.decided(|row| matches!(row.verdict, Verdict::Differs(_)), cx);
        Outcome::Say(Notice::said(message!("import-kept-rest", count = open)))
    }

    /// Takes the row under the cursor out, or back in.
    pub(super) fn leave_out(&mut self, cx: &Cx) -> Outcome {
        let line = self.row().and_then(|row| self.plan.rows.get(row)).map(|row| row.line);
        let (Some(line), Some(import)) = (line, self.import.as_mut()) else { return Outcome::Stay };
        self.deeds.before.push(import.decided());
        if !import.decisions.left_out.remove(&line) {
            import.decisions.left_out.insert(line);
        }
        self.decided(|row| row.line == line, cx);
        // The row may stand elsewhere now; the cursor goes with it.
        let row = self.plan.rows.iter().position(|row| row.line == line);
        let here: BTreeMap<usize, Item> = self
            .items
            .iter()
            .filter(|(_, item)| row.is_some_and(|row| **item == Item::Row(row)))
            .map(|(at, item)| (*at, item.clone()))
            .collect();
        if !here.is_empty() {
            self.page.first_of(&here);
        }
        Outcome::Stay
    }

    /// Before something is decided: so that it can be taken back.
    pub(super) fn remember(&mut self) {
        if let Some(import) = &self.import {
            self.deeds.before.push(import.decided());
        }
    }

    /// Takes the last decision back.
    pub(super) fn undo(&mut self, cx: &Cx) -> Outcome {
        let Some(((decisions, layout), import)) = self.deeds.before.pop().zip(self.import.as_mut()) else {
            return Outcome::Say(Notice::said(message!("import-nothing-back")));
        };
        let register = cx.session.definitions().register(&layout.register);
        if let Some(register) = register {
            import.restore(decisions, layout, register);
        }
        self.again(cx);
        Outcome::Stay
    }

    /// What was picked of what was offered.
    pub(super) fn picked(&mut self, at: usize, cx: &mut Cx) -> Outcome {
        let asked = self.asked.take();
        let register = self.import.as_ref().map(|import| import.layout.register.clone());
        let definitions = std::sync::Arc::clone(cx.session.definitions());
        let refused = |error: OpenError| Outcome::Say(Notice::wrong(&error));
        if !matches!(asked, Some(Asked::Sheet | Asked::Register(_))) {
            self.remember();
        }
        match (asked, self.import.as_mut()) {
            (Some(Asked::Sheet), _) => {
                let behind = at >= self.workbook.sheets.len();
                let number = if behind { ALL.to_owned() } else { (at + 1).to_string() };
                return self.recognise(None, Some(&number), cx).map_or_else(refused, |()| Outcome::Stay);
            }
            (Some(Asked::Register(ids)), import) => {
                let name = |import: &mut Import| match import.sheet.parts.as_slice() {
                    [] => import.sheet.name.clone(),
                    _ => ALL.to_owned(),
                };
                let name = import.map(name).unwrap_or_default();
                let sheet = (!name.is_empty()).then_some(name.as_str());
                let id = ids.get(at).map(String::as_str);
                return self.recognise(id, sheet, cx).map_or_else(refused, |()| Outcome::Stay);
            }
            (Some(Asked::Method(picks)), Some(import)) => import.decisions.pick = picks.get(at).cloned(),
            (Some(Asked::Column(column, targets)), Some(import)) => {
                if let (Some(target), Some(register)) =
                    (targets.get(at), register.and_then(|id| definitions.register(&id).cloned()))
                {
                    import.set(column, target, &register);
                }
            }
            (Some(Asked::Choice(column, said, choices)), Some(import)) => {
                let label = choices.get(at).cloned().unwrap_or_default();
                import.decisions.mends.insert((column, said), label);
            }
            (Some(Asked::Same(line, keys)), Some(import)) => {
                let entry = at.checked_sub(1).and_then(|at| keys.get(at)).copied();
                import.decisions.same_as.insert(line, entry);
            }
            _ => {}
        }
        self.touched = true;
        self.again(cx);
        Outcome::Stay
    }
}
