//! A sheet made of a checklist: a line for each thing to look at, with how it went the last time; a digit says how it
//! went now, and `A` passes the rest. It is saved whole, and kept as a draft before.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use serde_json::{Value as Json, json};

use super::super::action::{Action, Scope};
use super::super::draft::{DraftField, Sheet};
use super::super::layer::{Answer as Given, Cx, Layer, Outcome};
use super::super::notice::Notice;
use super::super::terminal::{Code, Key};
use super::ask::Ask;
use super::sheet_view;
use crate::book::{Edit, EntryKey, Proposal, Value, Way};
use crate::catalogue::{Answer, Blank};
use crate::definition::{Choice, Kind};
use crate::wording::message;

/// What a draft of a sheet is of, in place of a field; no field has such an id.
pub const SHEET: &str = "sheet.items";

/// A sheet that is being filled in.
pub struct CheckSheet {
    pub(super) template: EntryKey,
    sheet: Sheet,
    /// What is looked at, as it was when the answers were given.
    words: Vec<String>,
    pub(super) answers: Vec<Answer>,
    pub(super) cursor: usize,
    pub(super) top: usize,
    /// What stood where before each key.
    steps: Vec<(usize, Answer)>,
    pub(super) restored: bool,
    asking: Option<Asked>,
}

/// What a question in the last line is about.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Asked {
    /// What is wrong with an item.
    Problem(usize),
    /// What is said of the whole.
    Assessment,
}

impl CheckSheet {
    /// The sheet of a template; none where nothing is made of it, or it lists nothing. It goes on with its draft.
    pub fn open(template: EntryKey, cx: &Cx) -> Option<Self> {
        let blank = cx.reading().blank(template, cx.today())?;
        let sheet = Sheet {
            register: blank.register.id.clone(),
            entry: Some(cx.reading().book.serial(template).to_owned()),
            field: Some(SHEET.to_owned()),
            ..Sheet::default()
        };
        let (cursor, top, steps, asking) = (0, 0, Vec::new(), None);
        let (words, answers) = (Vec::new(), Vec::new());
        let mut filling =
            Self { template, sheet, words, answers, cursor, top, steps, restored: false, asking };
        filling.lay_out(&blank, cx);
        filling.cursor = filling.next_open(0).unwrap_or(0);
        Some(filling)
    }

    /// It is opened; says so where the month has one already.
    pub fn shown(self, cx: &Cx) -> Outcome {
        let reading = cx.reading();
        let made = self.blank(cx).and_then(|blank| blank.this_month(&reading));
        match made.filter(|_| !self.restored) {
            Some((key, on)) => {
                let serial = reading.book.serial(key).to_owned();
                let said = message!("sheet-this-month", serial = serial, on = on.to_string());
                Outcome::PushSaying(Box::new(self), Notice::said(said))
            }
            None => Outcome::Push(Box::new(self)),
        }
    }

    /// The sheet that a draft is of.
    pub fn reopen(sheet: &Sheet, cx: &Cx) -> Option<Self> {
        let template = sheet.entry.as_ref().filter(|_| sheet.field.as_deref() == Some(SHEET))?;
        Self::open(cx.session.book().key_of(template)?, cx)
    }

    /// The sheet as the book has it now: what is significant may have changed meanwhile.
    pub(super) fn blank<'a>(&self, cx: &'a Cx) -> Option<Blank<'a>> {
        cx.reading().blank(self.template, cx.today())
    }

    /// A line for each item; goes on with a draft, where each answer finds its item by its words.
    fn lay_out(&mut self, blank: &Blank, cx: &Cx) {
        self.words = blank.items.iter().map(|item| item.words.clone()).collect();
        self.answers = vec![Answer::default(); blank.items.len()];
        self.steps.clear();
        for field in cx.desk.drafts.find(&self.sheet).into_iter().flat_map(|draft| draft.fields) {
            let at = blank.items.iter().position(|item| item.words == field.id);
            let Some(answer) = at.and_then(|at| self.answers.get_mut(at)) else { continue };
            let word = |name: &str| field.typed.get(name).and_then(Json::as_str).map(str::to_owned);
            *answer = Answer { result: word("result"), problem: word("problem").unwrap_or_default() };
            self.restored = true;
        }
    }

    /// How an item may have gone.
    pub(super) fn results<'a>(blank: &Blank<'a>) -> &'a [Choice] {
        let rows = blank.register.field(&blank.sheet.items.rows);
        match rows.map(|rows| &rows.kind) {
            Some(Kind::Rows(columns)) => {
                let column = columns.iter().find(|column| column.id == blank.sheet.items.result);
                column.map_or(&[], |column| column.kind.choices())
            }
            _ => &[],
        }
    }

    fn next_open(&self, from: usize) -> Option<usize> {
        let open = |at: &usize| self.answers.get(*at).is_some_and(|answer| answer.result.is_none());
        (from..self.answers.len()).find(open).or_else(|| (0..from).find(open))
    }

    fn go(&mut self, to: usize) {
        self.cursor = to.min(self.answers.len().saturating_sub(1));
    }

    fn answer(&mut self, at: usize, answer: Answer) {
        if let Some(here) = self.answers.get_mut(at) {
            self.steps.push((at, std::mem::replace(here, answer)));
        }
    }

    /// Says how the item under the cursor went; one that is not as it should be asks for the problem.
    fn choose(&mut self, code: String, cx: &Cx) -> Outcome {
        let Some(blank) = self.blank(cx) else { return Outcome::Close };
        let at = self.cursor;
        let before = self.answers.get(at).map(|answer| answer.problem.clone()).unwrap_or_default();
        let answer = Answer { result: Some(code), problem: before.clone() };
        let fails = blank.fails(&answer);
        self.answer(at, answer);
        if fails {
            self.asking = Some(Asked::Problem(at));
            let item = blank.items.get(at).map(|item| item.words.clone()).unwrap_or_default();
            let item = crate::text::cut(&item, 30).into_owned();
            return Outcome::Push(Box::new(Ask::filled(message!("sheet-ask-problem", item = item), &before)));
        }
        self.go(at + 1);
        Outcome::Stay
    }

    /// Everything that nobody looked at yet is as it should be.
    fn pass_rest(&mut self, cx: &Cx) -> Outcome {
        let Some(blank) = self.blank(cx) else { return Outcome::Close };
        let open =
            (0..self.answers.len()).filter(|at| self.answers.get(*at).is_some_and(|a| a.result.is_none()));
        let open: Vec<usize> = open.collect();
        for at in &open {
            let result = Some(blank.sheet.items.pass.clone());
            self.answer(*at, Answer { result, problem: String::new() });
        }
        Outcome::Say(Notice::said(message!("sheet-passed-rest", count = open.len())))
    }

    /// What is left open is said; else the assessment is asked for, and then the whole is saved.
    fn finish(&mut self, cx: &mut Cx) -> Outcome {
        let Some(blank) = self.blank(cx) else { return Outcome::Close };
        if let Some(at) = self.next_open(0) {
            let open = self.answers.iter().filter(|answer| answer.result.is_none()).count();
            self.go(at);
            return Outcome::Say(Notice::said(message!("sheet-open", count = open)));
        }
        let lacks = |answer: &Answer| blank.fails(answer) && answer.problem.is_empty();
        if let Some(at) = self.answers.iter().position(lacks) {
            self.go(at);
            return Outcome::Say(Notice::said(message!("sheet-no-problem")));
        }
        if blank.sheet.assessment.is_none() {
            return self.save("", cx);
        }
        let failed = self.answers.iter().filter(|answer| blank.fails(answer)).count();
        let likely = cx.render(&message!("sheet-assessed", count = failed));
        self.asking = Some(Asked::Assessment);
        Outcome::Push(Box::new(Ask::filled(message!("sheet-ask-assessment"), &likely)))
    }

    fn save(&mut self, assessment: &str, cx: &mut Cx) -> Outcome {
        let Some(blank) = self.blank(cx) else { return Outcome::Close };
        let reading = cx.reading();
        let mut fields = blank.fields(&reading, &self.answers, assessment);
        // Whoever is not named by the template is the one who fills it in.
        let by = blank.sheet.copies.iter().map(|(here, _)| here);
        let lacking = by.filter(|here| !fields.iter().any(|(field, _)| field == *here));
        let text = |id: &&String| {
            blank
                .register
                .field(id)
                .is_some_and(|field| field.required && matches!(field.kind, Kind::Text { .. }))
        };
        let name = cx.session.shown_name().to_owned();
        let own: Vec<_> = lacking.filter(text).map(|id| (id.clone(), Value::Text(name.clone()))).collect();
        fields.extend(own);
        let edits = vec![Edit::Add { register: blank.register.id.clone(), fields }];
        let now = cx.now;
        match cx.session.commit(Proposal { way: Way::Screen, why: None, edits }, now) {
            Ok(commit) => {
                cx.desk.drafts.forget(&self.sheet);
                let made = commit.changes.first().map(|change| change.entry);
                Outcome::Saved(Notice::saved(&commit, cx), made)
            }
            Err(error) => Outcome::Say(Notice::wrong(&error)),
        }
    }

    fn step_back(&mut self) {
        let Some((at, answer)) = self.steps.pop() else { return };
        self.cursor = at;
        if let Some(here) = self.answers.get_mut(at) {
            *here = answer;
        }
    }

    fn keep(&self, cx: &Cx) {
        let field = |(words, answer): (&String, &Answer)| DraftField {
            id: words.clone(),
            typed: json!({ "result": answer.result, "problem": answer.problem }),
            over: Json::Null,
        };
        let filled = self.words.iter().zip(&self.answers).filter(|(_, answer)| answer.result.is_some());
        let fields: Vec<DraftField> = filled.map(field).collect();
        if fields.is_empty() {
            return cx.desk.drafts.forget(&self.sheet);
        }
        cx.desk.drafts.keep(self.sheet.clone(), cx.now.timestamp(), fields);
    }

    fn touched(&self) -> bool {
        self.answers.iter().any(|answer| answer.result.is_some())
    }
}

impl Layer for CheckSheet {
    fn scope(&self) -> Scope {
        Scope::Sheet
    }

    fn is_gone(&self, cx: &Cx) -> bool {
        cx.session.book().entry(self.template).is_none()
    }

    fn refresh(&mut self, cx: &mut Cx) {
        // Somebody may have changed what is significant: items come and go, and answers stay with theirs.
        let today = cx.today();
        let Some(blank) = cx.reading().blank(self.template, today) else { return };
        if !blank.items.iter().map(|item| &item.words).eq(&self.words) {
            self.keep(cx);
            self.lay_out(&blank, cx);
            self.go(self.cursor);
        }
    }

    fn act(&mut self, action: Action, count: Option<usize>, cx: &mut Cx) -> Outcome {
        let by = count.unwrap_or(1);
        match action {
            Action::Up => self.go(self.cursor.saturating_sub(by)),
            Action::Down | Action::Open => self.go(self.cursor + by),
            Action::StepBack | Action::Undo => self.step_back(),
            Action::PassRest => return self.pass_rest(cx),
            Action::Save => return self.finish(cx),
            Action::Back => {
                self.keep_draft(cx);
                let kept = || Outcome::CloseSaying(Notice::said(message!("draft-kept")));
                return if self.touched() { kept() } else { Outcome::Close };
            }
            _ => return Outcome::Pass,
        }
        Outcome::Stay
    }

    fn key(&mut self, key: Key, cx: &mut Cx) -> Outcome {
        if key.code == Code::Backspace {
            self.answer(self.cursor, Answer::default());
            return Outcome::Stay;
        }
        let digit = key.typed().and_then(|c| c.to_digit(10)).and_then(|digit| usize::try_from(digit).ok());
        let Some(blank) = self.blank(cx) else { return Outcome::Close };
        let chosen = digit.and_then(|digit| Self::results(&blank).get(digit.checked_sub(1)?));
        match chosen.map(|choice| choice.code.clone()) {
            Some(code) => self.choose(code, cx),
            None => Outcome::Stay,
        }
    }

    fn answered(&mut self, answer: Given, cx: &mut Cx) -> Outcome {
        let (Given::Text(text), Some(asked)) = (answer, self.asking.take()) else { return Outcome::Stay };
        match asked {
            Asked::Problem(at) => {
                if let Some(answer) = self.answers.get_mut(at) {
                    answer.problem = text;
                }
                self.go(at + 1);
                Outcome::Stay
            }
            Asked::Assessment => self.save(&text, cx),
        }
    }

    fn draw(&mut self, buffer: &mut Buffer, area: Rect, cx: &Cx) {
        sheet_view::draw(self, buffer, area, cx);
    }

    fn hints(&self, _cx: &Cx) -> Vec<Action> {
        vec![Action::PassRest, Action::Save, Action::Down, Action::StepBack, Action::Back]
    }

    fn keep_draft(&mut self, cx: &mut Cx) {
        self.keep(cx);
    }
}
