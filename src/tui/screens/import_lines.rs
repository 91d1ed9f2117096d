//! The three steps of an import in lines: the columns, the rows, and what it all comes to.

use std::collections::BTreeMap;

use super::super::layer::Cx;
use super::super::theme::Role;
use super::detail::Line;
use crate::definition::Register;
use crate::exchange::import::{Fate, Import, Plan, Planned, Target, Verdict, telling};
use crate::wording::message;

/// How many rows that want nothing are told.
const MOST: usize = 300;
/// How much of the first cells of a column is shown.
const SAMPLE: usize = 26;

/// A step of an import.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Step {
    /// What the columns hold.
    Columns,
    /// What is odd about the rows.
    Check,
    /// What it comes to.
    Write,
}

impl Step {
    const ALL: [(Step, &'static str); 3] = [
        (Step::Columns, "import-step-columns"),
        (Step::Check, "import-step-check"),
        (Step::Write, "import-step-write"),
    ];

    /// The step before it.
    pub fn before(self) -> Self {
        match self {
            Step::Write => Step::Check,
            Step::Check | Step::Columns => Step::Columns,
        }
    }

    /// The step after it; after the last the first.
    pub fn next(self) -> Self {
        match self {
            Step::Columns => Step::Check,
            Step::Check => Step::Write,
            Step::Write => Step::Columns,
        }
    }
}

/// What a line is about.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Item {
    /// The sheet.
    Sheet,
    /// The register.
    Register,
    /// The method.
    Method,
    /// A column, by its place.
    Column(usize),
    /// A row, by its place in the plan.
    Row(usize),
    /// A cell of a row that could not be read.
    Unread(usize, usize),
    /// What a row states of its evaluation and what follows.
    Differs(usize),
    /// The entries that a row may be.
    Like(usize),
    /// Entries that are not in the file.
    Missing,
    /// To another step.
    Step(Step),
}

/// Lines with what they are about.
#[derive(Default)]
struct Said {
    lines: Vec<Line>,
    items: BTreeMap<usize, Item>,
}

impl Said {
    fn say(&mut self, line: Line) {
        self.lines.push(line);
    }

    fn about(&mut self, item: Item, line: Line) {
        self.items.insert(self.lines.len(), item);
        self.lines.push(line);
    }

    fn gap(&mut self) {
        self.lines.push(Line::default());
    }
}

/// The heading, the lines of a step, and what they are about.
pub fn lines(
    import: &Import,
    plan: &Plan,
    step: Step,
    cx: &Cx,
) -> (String, Vec<Line>, BTreeMap<usize, Item>) {
    let mut said = Said::default();
    let steps: Vec<String> = Step::ALL
        .iter()
        .map(
            |(other, id)| {
                if *other == step { format!("[{}]", cx.say(id)) } else { format!(" {} ", cx.say(id)) }
            },
        )
        .collect();
    said.say(Line::new("", steps.join("  ")).role(Role::Accent));
    said.gap();
    match step {
        Step::Columns => columns(&mut said, import, plan, cx),
        Step::Check => check(&mut said, import, plan, cx),
        Step::Write => write(&mut said, import, plan, cx),
    }
    let heading = cx.render(&message!("import-heading", name = import.name.clone(), rows = plan.rows.len()));
    (heading, said.lines, said.items)
}

fn columns(said: &mut Said, import: &Import, plan: &Plan, cx: &Cx) {
    let reading = cx.reading();
    let Some(register) = reading.definitions.register(&import.layout.register) else { return };
    if !import.sheet.name.is_empty() {
        said.about(Item::Sheet, Line::new(&cx.say("import-sheet"), import.sheet.name.clone()));
        if let Some(others) = telling::others(import) {
            said.about(Item::Sheet, Line::new("", cx.render(&others)).role(Role::Accent));
            said.about(Item::Sheet, Line::new("", cx.say("import-pick-others")).role(Role::Dim));
        }
    }
    said.about(Item::Register, Line::new(&cx.say("import-register"), register.name.get(cx.lang())));
    if let Some(pick) = &plan.pick {
        let share = plan.shares.iter().find(|(other, _)| other == pick).map(|(_, share)| *share);
        let words = telling::share(pick, share.unwrap_or_default(), register, &reading);
        said.about(Item::Method, Line::new(&cx.say("import-method"), cx.render(&words)));
        for (word, level) in telling::learned(plan, &reading) {
            said.say(
                Line::new("", cx.render(&message!("import-learned", word = word, level = level)))
                    .role(Role::Dim),
            );
        }
    }
    for told in telling::besides(import) {
        said.say(Line::new("", cx.render(&told)).role(Role::Dim));
    }
    said.gap();
    column_lines(said, import, register, cx);
    said.gap();
    said.about(Item::Step(Step::Check), Line::new("", cx.say("import-to-check")).role(Role::Dim));
}

/// Each column: its letter, its heading, what it holds, and what stands first in it.
fn column_lines(said: &mut Said, import: &Import, register: &Register, cx: &Cx) {
    let reading = cx.reading();
    let widths = (
        import
            .layout
            .columns
            .iter()
            .map(|column| crate::text::width(&column.heading.words()))
            .max()
            .unwrap_or(0)
            .clamp(8, 22),
        import
            .layout
            .columns
            .iter()
            .map(|column| crate::text::width(&column.target.words(register, &reading)))
            .max()
            .unwrap_or(0)
            .clamp(8, 20),
    );
    for column in &import.layout.columns {
        let cut = |text: &str, width: usize| crate::text::pad_end(&crate::text::cut(text, width), width);
        let sample: Vec<&str> = import
            .body
            .entries()
            .map(|row| row.line.text(column.at))
            .filter(|text| !text.is_empty())
            .take(3)
            .collect();
        let sample = crate::text::cut(&sample.join(" | "), SAMPLE).into_owned();
        let target = column.target.words(register, &reading);
        let text =
            format!("{}  {}  {sample}", cut(&column.heading.words(), widths.0), cut(&target, widths.1));
        let role = match (&column.target, column.sure) {
            (Target::Note, _) => Role::Accent,
            (Target::Nothing, _) => Role::Dim,
            _ => Role::Text,
        };
        said.about(
            Item::Column(column.at),
            Line::new(&telling::letter(column.at), text.trim_end()).role(role),
        );
    }
}

fn check(said: &mut Said, import: &Import, plan: &Plan, cx: &Cx) {
    let reading = cx.reading();
    let wants = |row: &Planned| {
        row.fate == Fate::Doubled
            || row.is_taken()
                && (!row.taken.problems.is_empty()
                    || row.strange
                    || matches!(row.verdict, Verdict::Differs(_) | Verdict::Unworked(_))
                    || row.known.entry.is_none() && !row.known.like.is_empty()
                    || !telling::off_scale(row, &reading).is_empty())
    };
    let odd: Vec<usize> =
        plan.rows.iter().enumerate().filter(|(_, row)| wants(row)).map(|(at, _)| at).collect();
    let undecided = plan.counts().undecided;
    let head = message!("import-odd", count = odd.len(), undecided = undecided);
    said.say(Line::new("", cx.render(&head)).role(Role::Title));
    for at in &odd {
        if let Some(row) = plan.rows.get(*at) {
            odd_lines(said, *at, row, import, cx);
        }
    }
    said.gap();
    let rest: Vec<usize> = (0..plan.rows.len()).filter(|at| !odd.contains(at)).collect();
    said.say(Line::new("", cx.render(&message!("import-rest", count = rest.len()))).role(Role::Title));
    for at in rest.iter().take(MOST) {
        if let Some(row) = plan.rows.get(*at) {
            row_line(said, *at, row, import, cx);
        }
    }
    if rest.len() > MOST {
        said.say(
            Line::new("", cx.render(&message!("evidence-more", count = rest.len() - MOST))).role(Role::Dim),
        );
    }
    if !plan.others.is_empty() {
        said.gap();
        said.say(Line::new("", cx.say("import-others")).role(Role::Title));
        for (line, kind, words) in plan.others.iter().take(MOST) {
            said.say(Line::new("", cx.render(&telling::other(line, *kind, words))).role(Role::Dim));
        }
    }
}

/// A row that wants a look, with all that is odd about it.
fn odd_lines(said: &mut Said, at: usize, row: &Planned, import: &Import, cx: &Cx) {
    let reading = cx.reading();
    row_line(said, at, row, import, cx);
    if row.fate == Fate::Doubled {
        let told = telling::twice(row).map(|told| cx.render(&told)).unwrap_or_default();
        return said.about(Item::Row(at), Line::new("", format!("  {told}")).role(Role::Wrong));
    }
    for (number, cell) in row.taken.problems.iter().enumerate() {
        let words = format!("  {}", cx.render(&telling::unread(row, cell, import)));
        said.about(Item::Unread(at, number), Line::new("", words).role(Role::Wrong));
    }
    if let Some(difference) = telling::difference(row, &reading) {
        let words = format!("  {}", cx.render(&difference));
        said.about(Item::Differs(at), Line::new("", words).role(Role::Wrong));
        let role = if row.keep.is_none() { Role::Accent } else { Role::Dim };
        let keep = format!("  -> {}", cx.render(&telling::keep(row)));
        said.about(Item::Differs(at), Line::new("", keep).role(role));
    } else if let Some(words) = telling::row(row, &reading) {
        said.about(Item::Row(at), Line::new("", format!("  {}", cx.render(&words))).role(Role::Wrong));
    }
    for odd in telling::off_scale(row, &reading) {
        said.about(Item::Row(at), Line::new("", format!("  {}", cx.render(&odd))).role(Role::Wrong));
    }
    if row.known.entry.is_none() && !row.known.like.is_empty() {
        let like: Vec<String> = row
            .known
            .like
            .iter()
            .map(|key| format!("{} {}", reading.book.serial(*key), reading.title(*key)))
            .collect();
        let words = cx.render(&message!("import-like", entries = like.join(", ")));
        said.about(Item::Like(at), Line::new("", format!("  {words}")).role(Role::Accent));
    }
}

/// A row in one line: where it stands, what happens to it, its name, its level.
fn row_line(said: &mut Said, at: usize, row: &Planned, import: &Import, cx: &Cx) {
    let reading = cx.reading();
    let fate = match row.fate {
        Fate::New => cx.say("import-fate-new"),
        Fate::Changed => cx.say("import-fate-changed"),
        Fate::Same => cx.say("import-fate-same"),
        Fate::Twice | Fate::Doubled => cx.say("import-fate-twice"),
        Fate::LeftOut => cx.say("import-fate-left"),
    };
    let serial = row.known.entry.map_or("", |key| reading.book.serial(key));
    // What of an entry changes is seen before it is asked for.
    let fields = reading.definitions.register(&import.layout.register).filter(|_| row.fate == Fate::Changed);
    let fields = fields.map(|register| telling::changes(row, register, &reading)).unwrap_or_default();
    let fields: Vec<String> = fields.into_iter().map(|(name, ..)| name).collect();
    let fields = if fields.is_empty() { String::new() } else { format!("({})", fields.join(" ")) };
    let text = [fate.as_str(), serial, &row.title, &fields]
        .into_iter()
        .filter(|part| !part.is_empty())
        .collect::<Vec<_>>()
        .join("  ");
    let role = match row.fate {
        Fate::New | Fate::Changed => Role::Text,
        _ => Role::Dim,
    };
    said.about(Item::Row(at), Line::new(&row.place, text).role(role));
}

fn write(said: &mut Said, import: &Import, plan: &Plan, cx: &Cx) {
    let reading = cx.reading();
    let counts = plan.counts();
    for (id, count) in [
        ("import-sum-new", counts.new),
        ("import-sum-changed", counts.changed),
        ("import-sum-same", counts.same),
        ("import-sum-left", counts.left),
        ("import-sum-unread", counts.unread),
        ("import-sum-differs", counts.differs),
        ("import-sum-bare", counts.bare),
    ] {
        if count > 0 || matches!(id, "import-sum-new" | "import-sum-changed") {
            said.say(Line::new(&cx.say(id), count.to_string()));
        }
    }
    for told in telling::makes(plan, &reading).into_iter().chain(telling::foreign(plan)) {
        said.say(Line::new("", cx.render(&told)));
    }
    if !plan.missing.is_empty() {
        let go = import.decisions.delete_missing;
        let role = if go { Role::Wrong } else { Role::Text };
        let serials: Vec<&str> = plan.missing.iter().map(|key| reading.book.serial(*key)).collect();
        let (count, go) = (serials.len(), usize::from(go));
        let words = message!("import-missing-here", count = count, serials = serials.join(" "), go = go);
        said.about(Item::Missing, Line::new(&cx.say("import-sum-missing"), cx.render(&words)).role(role));
    }
    said.gap();
    if counts.doubled > 0 {
        let words = message!("import-sum-doubled", count = counts.doubled);
        said.about(Item::Step(Step::Check), Line::new("", cx.render(&words)).role(Role::Wrong));
    }
    if counts.undecided > 0 {
        let words = message!("import-sum-undecided", count = counts.undecided);
        said.about(Item::Step(Step::Check), Line::new("", cx.render(&words)).role(Role::Wrong));
    } else if counts.new + counts.changed + plan.makes.len() == 0 && counts.doubled == 0 {
        let id = if counts.same == 0 { "import-no-row" } else { "import-nothing-new" };
        said.say(Line::new("", cx.say(id)));
    } else if counts.doubled == 0 {
        said.say(Line::new("", cx.say("import-ready")).role(Role::Accent));
    }
}

/// All that a row brings, field by field.
pub fn whole(row: &Planned, import: &Import, cx: &Cx) -> (String, Vec<Line>) {
    let reading = cx.reading();
    let mut said = Vec::new();
    if let Some(register) = reading.definitions.register(&import.layout.register) {
        for (field, from, to) in telling::changes(row, register, &reading) {
            let text = if row.fate == Fate::Changed { format!("{from}  ->  {to}") } else { to };
            said.push(Line::new(&field, text));
        }
    }
    if let Some(words) = telling::row(row, &reading) {
        said.push(Line::default());
        said.push(Line::new("", cx.render(&words)).role(Role::Wrong));
    }
    if said.is_empty() {
        said.push(Line::new("", cx.say("import-fate-same")));
    }
    let heading = message!("import-row-heading", line = row.place.clone(), title = row.title.clone());
    (cx.render(&heading), said)
}
