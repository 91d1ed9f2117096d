//! A list of another program on its way into a register: what was recognised, what is odd, what it comes to. Nothing is
//! written before the last key.

mod coming;
mod decide;

use std::collections::BTreeMap;
use std::path::PathBuf;
use std::time::Duration;

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use coming::{Coming, Moved};
use decide::Deeds;

use super::super::action::{Action, Scope};
use super::super::layer::{Answer, Basis, Cx, Layer, Outcome};
use super::super::notice::Notice;
use super::super::theme::Role;
use super::ask::Ask;
use super::detail::Line;
use super::import_lines::{Item, Step, lines};
use super::import_pick as choose;
use super::page::{self, Page};
use super::table::Table;
use crate::exchange::Workbook;
use crate::exchange::import::{Import, Keep, OpenError, Pick, Plan, Target, carry_out, file_name, telling};
use crate::wording::{Tell as _, message};

/// How many of the entries that go are named.
const NAMED: usize = 6;
/// How often a file that is being read is asked for.
const GLANCE: Duration = Duration::from_millis(60);

/// A file on its way into a register.
pub struct ImportScreen {
    path: PathBuf,
    /// The file until it was looked through.
    coming: Option<Coming>,
    /// Its tables.
    workbook: Workbook,
    /// What was recognised and decided.
    import: Option<Import>,
    plan: Plan,
    step: Step,
    page: Page,
    /// What each line that is said is about.
    items: BTreeMap<usize, Item>,
    /// What the answer that is awaited is about.
    asked: Option<Asked>,
    /// What a person decided, step by step.
    deeds: Deeds,
    /// A person decided something that leaving loses and that was not said yet.
    touched: bool,
    /// What the plan rests on in the book.
    basis: Option<Basis>,
}

/// What an answer is about.
enum Asked {
    /// Another sheet.
    Sheet,
    /// Another register, by the ids offered.
    Register(Vec<String>),
    /// Another method, of those offered.
    Method(Vec<Pick>),
    /// Why entries that are not in the file go.
    Delete,
    /// What a column holds, of those offered.
    Column(usize, Vec<Target>),
    /// What stands for a text of a column.
    Mend(usize, String),
    /// The same where it is one of a list.
    Choice(usize, String, Vec<String>),
    /// Which entry a line is: those offered; the first means a new one.
    Same(usize, Vec<crate::book::EntryKey>),
}

impl ImportScreen {
    /// Begins to read a file; that is done beside the screen, and Esc leaves it.
    pub fn open(path: PathBuf, _cx: &Cx) -> Self {
        let coming = Some(Coming::begin(path.clone()));
        Self {
            path,
            coming,
            workbook: Workbook::default(),
            import: None,
            plan: Plan::default(),
            step: Step::Columns,
            page: page::lines(),
            items: BTreeMap::new(),
            asked: None,
            deeds: Deeds::default(),
            touched: false,
            basis: None,
        }
    }

    /// Recognises a sheet, the first one that is a register's or the one that is asked for.
    fn recognise(&mut self, register: Option<&str>, sheet: Option<&str>, cx: &Cx) -> Result<(), OpenError> {
        let definitions = cx.session.definitions();
        let register = register.and_then(|id| definitions.register(id));
        let folder = cx.session.folder();
        let import =
            Import::of((&self.path, &self.workbook), definitions, (register, sheet), (None, folder.path()))?;
        self.import = Some(import);
        self.deeds.before.clear();
        self.touched = false;
        self.again(cx);
        self.page.first_of(&self.items);
        Ok(())
    }

    /// Works the plan out again.
    fn again(&mut self, cx: &Cx) {
        self.basis = Some(cx.basis());
        if let Some(import) = &self.import {
            self.plan = Plan::of(import, &cx.reading(), cx.today());
        }
        self.tell(cx);
    }

    fn tell(&mut self, cx: &Cx) {
        let Some(import) = &self.import else {
            let file = file_name(&self.path);
            let here = self.coming.as_ref().is_some_and(Coming::is_here);
            let looking = || message!("import-looking", file = file_name(&self.path));
            let file = if here { looking() } else { message!("import-reading", file = file) };
            // A file that was refused has said why.
            if self.coming.is_some() {
                self.page.say(cx.render(&file), Vec::new());
            }
            return;
        };
        let (heading, said, items) = lines(import, &self.plan, self.step, cx);
        self.page.say(heading, said);
        self.items = items;
    }

    /// Says why nothing is imported. Of a table that was read a person may say which register it is for.
    fn refused(&mut self, error: &OpenError, cx: &Cx) {
        let mut said = vec![Line::new("", cx.render(&error.message())).role(Role::Wrong)];
        self.items.clear();
        if !self.workbook.sheets.is_empty() {
            said.push(Line::default());
            self.items.insert(said.len(), Item::Register);
            said.push(Line::new(&cx.say("import-register"), cx.say("import-say-register")));
            if self.workbook.sheets.len() > 1 {
                self.items.insert(said.len(), Item::Sheet);
                said.push(Line::new(&cx.say("import-sheet"), cx.say("import-say-sheet")));
            }
        }
        self.page.say(file_name(&self.path), said);
        self.page.first_of(&self.items);
    }

    /// To a step, onto its first line that wants anything.
    fn to(&mut self, step: Step, cx: &Cx) -> Outcome {
        self.step = step;
        // From its top, wherever one was in the step before.
        self.page = page::lines();
        self.tell(cx);
        // Never onto what deletes.
        let safe: BTreeMap<usize, Item> = self
            .items
            .iter()
            .filter(|(_, item)| **item != Item::Missing)
            .map(|(at, item)| (*at, item.clone()))
            .collect();
        self.page.first_of(&safe);
        Outcome::Stay
    }

    fn item(&self) -> Option<&Item> {
        self.items.get(&self.page.said_here()?)
    }

    /// The row that the cursor is on, or on a line of which.
    fn row(&self) -> Option<usize> {
        match self.item()? {
            Item::Row(row) | Item::Unread(row, _) | Item::Differs(row) | Item::Like(row) => Some(*row),
            _ => None,
        }
    }

    fn enter(&mut self, cx: &mut Cx) -> Outcome {
        let item = self.item().cloned();
        let (pick, asked) = match (item, self.import.as_mut()) {
            // Another sheet or register begins anew: that is said before.
            (Some(Item::Sheet | Item::Register), _) if self.touched => {
                self.touched = false;
                return Outcome::Say(Notice::said(message!("import-change")));
            }
            (Some(Item::Sheet), import) => {
                (choose::sheets(&self.workbook, import.as_deref(), cx), Asked::Sheet)
            }
            (Some(Item::Register), _) => {
                let (pick, ids) = choose::registers(cx);
                (pick, Asked::Register(ids))
            }
            (Some(item), Some(import)) => match item {
                Item::Method => {
                    let (pick, picks) = choose::methods(import, &self.plan, cx);
                    (pick, Asked::Method(picks))
                }
                Item::Column(at) => {
                    let (pick, targets) = choose::targets(import, at, cx);
                    (pick, Asked::Column(at, targets))
                }
                Item::Like(row) => match self.plan.rows.get(row) {
                    Some(row) => {
                        let (pick, keys) = choose::alike(row, cx);
                        (pick, Asked::Same(row.line, keys))
                    }
                    None => return Outcome::Stay,
                },
                Item::Unread(row, problem) => return self.mend(row, problem, cx),
                Item::Missing => {
                    self.deeds.before.push(import.decided());
                    import.decisions.delete_missing = !import.decisions.delete_missing;
                    self.touched = true;
                    self.tell(cx);
                    return Outcome::Stay;
                }
                Item::Row(row) | Item::Differs(row) => return self.whole(row, cx),
                Item::Step(step) => return self.to(step, cx),
                Item::Sheet | Item::Register => return Outcome::Stay,
            },
            _ => return Outcome::Stay,
        };
        self.asked = Some(asked);
        Outcome::Push(Box::new(pick))
    }

    /// Writes it, or goes to what stands in the way.
    fn write(&mut self, why: Option<String>, cx: &mut Cx) -> Outcome {
        let Some(import) = &self.import else { return Outcome::Stay };
        if let Some(why) = cx.session.read_only() {
            return Outcome::Say(Notice::refused(why));
        }
        if self.step != Step::Write {
            return self.to(Step::Write, cx);
        }
        let gone = telling::gone(import, &self.plan);
        if gone > 0 && why.is_none() {
            let book = cx.session.book();
            let serials: Vec<&str> =
                self.plan.missing.iter().take(NAMED).map(|key| book.serial(*key)).collect();
            let ask = message!("import-delete-why", count = gone, serials = serials.join(" "));
            self.asked = Some(Asked::Delete);
            return Outcome::Push(Box::new(Ask::text(ask)));
        }
        let (lang, now) = (cx.lang(), cx.now);
        match carry_out(cx.session, import, &self.plan, why, (lang, now)) {
            Ok(done) => {
                let counts = self.plan.counts();
                let (new, changed, made) = (counts.new, counts.changed, self.plan.makes.len());
                let said = message!(
                    "import-done-screen",
                    seq = done.seq,
                    new = new,
                    changed = changed,
                    made = made,
                    gone = gone
                );
                let table = Table::open(&import.layout.register, "", cx);
                Outcome::ReplaceSaying(Box::new(table), Notice::said(said))
            }
            Err(error) => {
                if self.plan.counts().doubled > 0 {
                    self.to(Step::Check, cx);
                    return Outcome::Say(Notice::wrong(&error));
                }
                let open = self.plan.counts().undecided;
                if open > 0 {
                    self.to(Step::Check, cx);
                    self.next_undecided();
                    return Outcome::Say(Notice::said(message!("import-undecided-screen", count = open)));
                }
                Outcome::Say(Notice::wrong(&error))
            }
        }
    }
}

impl Layer for ImportScreen {
    fn scope(&self) -> Scope {
        Scope::Import
    }

    fn refresh(&mut self, cx: &mut Cx) {
        if self.basis.as_ref() != Some(&cx.basis()) {
            self.again(cx);
        }
    }

    fn act(&mut self, action: Action, count: Option<usize>, cx: &mut Cx) -> Outcome {
        match action {
            // One step back, and out only from the first.
            Action::Back if self.import.is_some() && self.step != Step::Columns => {
                let before = self.step.before();
                self.to(before, cx)
            }
            Action::Back if self.touched => {
                self.touched = false;
                Outcome::Say(Notice::said(message!("import-leave")))
            }
            Action::Back => Outcome::Close,
            Action::Open => self.enter(cx),
            Action::NextPart if self.import.is_some() => self.to(self.step.next(), cx),
            Action::Save => self.write(None, cx),
            Action::Undo if self.import.is_some() => self.undo(cx),
            Action::KeepStated => self.keep(Keep::Stated, cx),
            Action::KeepComputed => self.keep(Keep::Computed, cx),
            Action::KeepOpen => self.keep(Keep::Open, cx),
            Action::KeepRest => self.keep_rest(cx),
            Action::LeaveOut => self.leave_out(cx),
            Action::Up | Action::Down | Action::PageUp | Action::PageDown | Action::Top | Action::Bottom => {
                self.page.act(action, count, cx)
            }
            _ => Outcome::Pass,
        }
    }

    fn answered(&mut self, answer: Answer, cx: &mut Cx) -> Outcome {
        match answer {
            Answer::Picked(at) => self.picked(at, cx),
            Answer::Text(text) => {
                let asked = self.asked.take();
                if matches!(asked, Some(Asked::Delete)) {
                    return self.write(Some(text), cx);
                }
                self.remember();
                if let (Some(Asked::Mend(at, said)), Some(import)) = (asked, self.import.as_mut()) {
                    import.decisions.mends.insert((at, said), text);
                    self.touched = true;
                    self.again(cx);
                }
                Outcome::Stay
            }
            _ => Outcome::Stay,
        }
    }

    fn later(&mut self, cx: &mut Cx) -> bool {
        let came = match self.coming.take().map(Coming::step) {
            None => return false,
            Some(Moved::Here(came)) => came,
            Some(Moved::Still(coming)) => {
                let is_here = coming.is_here();
                self.coming = Some(coming);
                return is_here;
            }
        };
        let recognised = came.and_then(|workbook| {
            self.workbook = workbook;
            self.recognise(None, None, cx)
        });
        if let Err(error) = recognised {
            self.refused(&error, cx);
        }
        true
    }

    fn wake(&self) -> Option<Duration> {
        self.coming.as_ref().map(|_| GLANCE)
    }

    fn draw(&mut self, buffer: &mut Buffer, area: Rect, cx: &Cx) {
        if self.coming.is_some() {
            self.tell(cx);
        }
        self.page.draw(buffer, area, cx);
    }

    fn hints(&self, _cx: &Cx) -> Vec<Action> {
        let differs =
            matches!(self.item(), Some(Item::Differs(_) | Item::Row(_))) && self.plan.counts().differs > 0;
        match self.step {
            _ if self.import.is_none() => vec![Action::Back],
            Step::Columns => vec![Action::Open, Action::NextPart, Action::Save, Action::Back],
            Step::Check if differs => vec![
                Action::KeepStated,
                Action::KeepComputed,
                Action::KeepOpen,
                Action::KeepRest,
                Action::LeaveOut,
                Action::NextPart,
            ],
            Step::Check => vec![Action::Open, Action::LeaveOut, Action::NextPart, Action::Save, Action::Back],
            Step::Write => vec![Action::Save, Action::NextPart, Action::Back],
        }
    }
}
