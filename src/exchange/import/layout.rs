//! Where the head of a table is, for which register the table is, and what each column holds.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use super::heading::{Heading, Names, Sure, Target};
use super::words::{plain, words};
use crate::definition::{Definitions, Register};
use crate::exchange::workbook::{CellKind, Line, Sheet};
use crate::scoring::Method;

/// In how many lines from the top the head is looked for.
const DEEPEST: usize = 40;
/// How many lines a head may have.
const TALLEST: usize = 3;
/// How many lines below the head tell whether a column holds numbers.
const TELLING: usize = 60;

/// What was recognised of a table.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Layout {
    /// The register.
    pub register: String,
    /// The lines of the head, by their place in the sheet.
    pub head: Range<usize>,
    /// The columns, from left to right.
    pub columns: Vec<Column>,
}

/// One column of a table.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Column {
    /// Its place in a line.
    pub at: usize,
    /// Its heading.
    pub heading: Heading,
    /// What it holds.
    pub target: Target,
    /// How sure that is; none where it was chosen or is not known.
    pub sure: Option<Sure>,
}

impl Layout {
    /// Recognises a table; `register` is that for which it is, where that is known. The merged cells of the head are
    /// filled. Nothing where no line has a heading of a register's title.
    pub fn recognise(sheet: &Sheet, definitions: &Definitions, register: Option<&Register>) -> Option<Self> {
        let candidates: Vec<&Register> = match register {
            Some(register) => vec![register],
            None => definitions.registers().iter().filter(|register| !by_program(register)).collect(),
        };
        let mut filled = sheet.clone();
        filled.lines.truncate(DEEPEST + TALLEST + TELLING);
        let last = filled.lines.last().map_or(0, |line| line.number);
        filled.spread(0..=last);
        let mut best: Option<(u32, Layout)> = None;
        for register in candidates {
            let names = Names::of(register, methods(definitions, register));
            for head in heads(sheet, &filled, &names) {
                let Some((worth, layout)) = laid_out(&filled, &names, head) else { continue };
                let worth = worth + named(sheet, layout.head.start, register);
                if best.as_ref().is_none_or(|(most, _)| worth > *most) {
                    best = Some((worth, layout));
                }
            }
        }
        best.map(|(_, layout)| layout)
    }

    /// The column that holds something, where one does.
    pub fn column(&self, target: &Target) -> Option<&Column> {
        self.columns.iter().find(|column| column.target == *target)
    }

    /// What tells the form of the table from others: its register and headings.
    pub fn shape(&self) -> String {
        let heads: Vec<String> = self.columns.iter().map(|column| plain(&column.heading.words())).collect();
        format!("{} {}", self.register, heads.join("|"))
    }
}

/// Whether only the program adds entries to a register.
pub fn by_program(register: &Register) -> bool {
    register.features.kept.as_ref().is_some_and(|kept| kept.entries)
}

/// The methods that may judge entries of a register.
pub fn methods<'d>(definitions: &'d Definitions, register: &Register) -> Vec<&'d Method> {
    register.evaluation().map(|(_, field)| definitions.methods_fit_for(field)).unwrap_or_default()
}

/// Every run of lines that may be a head: each of its lines has two cells at least, the first two words, and one of its
/// cells can stand over the names of entries.
fn heads(sheet: &Sheet, filled: &Sheet, names: &Names) -> Vec<Range<usize>> {
    let words = |line: &Line| line.filled().filter(|(_, cell)| cell.kind == CellKind::Text).count() >= 2;
    let lines = filled.lines.iter().take(DEEPEST + TALLEST);
    let titled: Vec<bool> =
        lines.map(|line| line.filled().any(|(_, cell)| names.is_title(&cell.text))).collect();
    // A line of one cell below the head stands over a section.
    let several = |line: &Line| line.filled().count() >= 2;
    let fits = |head: &Range<usize>| {
        titled.get(head.clone()).is_some_and(|lines| lines.contains(&true))
            && sheet.lines.get(head.clone()).is_some_and(|lines| lines.iter().all(several))
    };
    let firsts = filled.lines.iter().enumerate().take(DEEPEST).filter(|(_, line)| words(line));
    firsts.flat_map(|(at, _)| (1..=TALLEST).map(move |tall| at..at + tall)).filter(fits).collect()
}

/// The columns of a table under a head, and how much of it was recognised.
fn laid_out(sheet: &Sheet, names: &Names, head: Range<usize>) -> Option<(u32, Layout)> {
    let register = names.register();
    let lines = sheet.lines.get(head.clone())?;
    let width = lines.iter().map(|line| line.cells.len()).max()?;
    let headings: Vec<Heading> = (0..width).map(|at| Heading::of(&over(lines, at))).collect();
    let body = sheet.lines.get(head.end..).unwrap_or_default();
    let body = body.get(..body.len().min(TELLING)).unwrap_or_default();
    let mut wanted: Vec<(Sure, usize, Target)> = Vec::new();
    for (at, heading) in headings.iter().enumerate().filter(|(_, heading)| !heading.leaf.is_empty()) {
        let means = names.meanings(heading).into_iter();
        wanted.extend(
            means.filter(|(target, _)| fits(target, body, at)).map(|(target, sure)| (sure, at, target)),
        );
    }
    // The surest first; of equals the one further to the left.
    wanted.sort_by(|(one, at, _), (other, there, _)| other.cmp(one).then(at.cmp(there)));
    let mut taken: BTreeMap<usize, (Target, Sure)> = BTreeMap::new();
    let mut used: BTreeSet<Target> = BTreeSet::new();
    for (sure, at, target) in wanted {
        let target = second(target, &used);
        if taken.contains_key(&at) || target != Target::Nothing && used.contains(&target) {
            continue;
        }
        used.insert(target.clone());
        taken.insert(at, (target, sure));
    }
    let title =
        taken.iter().find(|(_, (target, _))| *target == Target::Field(register.title)).map(|(at, _)| *at)?;
    // A line of entries below the head would pass for a part of it: the title's own column has one heading.
    if head.len() > 1
        && lines
            .iter()
            .skip(1)
            .any(|line| differs(line.text(title), lines.first().map_or("", |line| line.text(title))))
    {
        return None;
    }
    let worth = taken.values().map(|(target, sure)| worth(target, *sure)).sum::<u32>();
    let columns =
        headings.into_iter().enumerate().filter(|(at, heading)| !heading.leaf.is_empty() || holds(body, *at));
    let columns = columns.map(|(at, heading)| {
        let found = taken.get(&at);
        let target = found.map_or(Target::Note, |(target, _)| target.clone());
        Column { at, heading, target, sure: found.map(|(_, sure)| *sure) }
    });
    let layout = Layout { register: register.id.clone(), head: head.clone(), columns: columns.collect() };
    // Of heads that say the same the shorter one.
    Some((worth * 4 + u32::try_from(TALLEST - head.len()).unwrap_or(0), layout))
}

/// What stands over a column, from top to bottom: a heading over several columns stands over each of them.
fn over(lines: &[Line], at: usize) -> Vec<&str> {
    let mut texts = Vec::new();
    for (depth, line) in lines.iter().enumerate() {
        let below = lines.get(depth + 1..).unwrap_or_default();
        let here = line.text(at);
        let text = if here.is_empty() && below.iter().any(|line| !line.text(at).is_empty()) {
            // Without a mark of merging, what stands to the left reaches here as long as it has columns of its own below.
            let left = (0..at).rev().find(|left| !line.text(*left).is_empty());
            let shared = |left: &usize| {
                below.iter().any(|line| {
                    !line.text(*left).is_empty()
                        && line.text(*left) != lines.first().map_or("", |line| line.text(*left))
                })
            };
            left.filter(shared).map_or("", |left| line.text(left))
        } else {
            here
        };
        texts.push(text);
    }
    texts
}

/// The second column of a factor, score or level is the one with the controls in place.
fn second(target: Target, used: &BTreeSet<Target>) -> Target {
    if !used.contains(&target) {
        return target;
    }
    match target {
        Target::Factor(label) => Target::Residual(label),
        Target::Score => Target::ResidualScore,
        Target::Level => Target::ResidualLevel,
        other => other,
    }
}

/// Whether what stands below a heading can be what it is taken for: factors and scores are numbers.
fn fits(target: &Target, body: &[Line], at: usize) -> bool {
    if *target == Target::Listed {
        let filled = || body.iter().map(|line| line.text(at)).filter(|text| !text.is_empty());
        let marks = filled().filter(|text| words().mark(text).is_some()).count();
        return marks * 2 >= filled().count();
    }
    let numeric =
        matches!(target, Target::Factor(_) | Target::Residual(_) | Target::Score | Target::ResidualScore);
    if !numeric {
        return true;
    }
    let filled = || body.iter().map(|line| line.text(at)).filter(|text| !text.is_empty());
    let numbers = filled().filter(|text| number(text)).count();
    numbers * 2 >= filled().count()
}

fn number(text: &str) -> bool {
    let narrow: String = text.chars().map(crate::text::narrow).collect();
    narrow.trim().parse::<f64>().is_ok()
}

fn holds(body: &[Line], at: usize) -> bool {
    body.iter().any(|line| !line.text(at).is_empty())
}

fn differs(below: &str, above: &str) -> bool {
    !below.is_empty() && below != above
}

/// How much a recognised column says of the table being one of the register.
fn worth(target: &Target, sure: Sure) -> u32 {
    let certain = match sure {
        Sure::Exact => 4,
        Sure::Word => 3,
        Sure::Part => 2,
        Sure::Near => 1,
    };
    match target {
        Target::Nothing | Target::Note => 0,
        // Factors tell the scored registers from all others.
        Target::Factor(_) => certain + 2,
        _ => certain,
    }
}

/// How much the title over the table, or the sheet's name, speaks for a register.
fn named(sheet: &Sheet, head: usize, register: &Register) -> u32 {
    // A title stands alone in its line; other lines above are entries of the page before.
    let titles = sheet.lines.iter().take(head).filter(|line| line.filled().count() <= 3);
    let above = titles.flat_map(|line| line.filled().map(|(_, cell)| plain(&cell.text)));
    let said: Vec<String> = above.chain([plain(&sheet.name)]).filter(|said| !said.is_empty()).collect();
    let title = register.form.title.as_ref();
    let names = [register.name.zh(), register.name.en()].into_iter();
    let names = names.chain(title.into_iter().flat_map(|title| [title.zh(), title.en()]));
    let views = register.views.iter().flat_map(|view| [view.name.zh(), view.name.en()]);
    let names = names
        .chain(views)
        .chain(register.also.iter().map(String::as_str))
        .map(plain)
        .filter(|name| name.chars().count() > 2);
    let called = names.filter(|name| said.iter().any(|said| said.contains(name.as_str()))).count();
    let numbered = register.form.number.as_ref().map(|number| plain(number));
    let numbered = numbered.is_some_and(|number| said.iter().any(|said| said.contains(&number)));
    u32::from(called > 0) * 24 + u32::from(numbered) * 16
}
