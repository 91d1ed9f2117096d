//! What stands in the lines of home: what wants an answer, the registers, levels, departments and months.

use super::super::draft::Draft;
use super::super::layer::Cx;
use super::grade;
use super::home::{Figure, Opens, Row, What};
use super::{home_view, review_draft};
use crate::book::{EntryKey, Months};
use crate::catalogue::{ASIDE, Due, QUESTIONS, QUESTIONS_OPEN, REVIEW, REVIEWED, Summary};
use crate::definition::{Column, Derived, Kind, Register};
use crate::query::{column_word, value_word};
use crate::review::{REVIEWS, Round};
use crate::scoring::Method;
use crate::wording::{Lang, Message, message};

/// How many registers have a line of their own: those that an office lives in. The others share lines.
const FIRST: usize = 3;
/// How many registers a digit opens.
const DIGITS: usize = 9;
/// How many columns the registers that share a line may take.
const LINE: usize = 78;

/// Everything that is counted, from top to bottom.
pub fn counted(summaries: &[Summary], due: Due, cx: &Cx) -> Vec<Row> {
    let mut rows: Vec<Row> = open_reviews(cx).into_iter().collect();
    rows.extend(summaries.iter().flat_map(|summary| due_rows(summary, due, cx)));
    rows.extend(stale_row(cx));
    rows.extend(summaries.iter().take(FIRST).map(|summary| register_row(summary, cx)));
    let others = summaries.get(FIRST..).unwrap_or(&[]);
    rows.extend(other_rows(others, cx));
    rows.extend(summaries.iter().flat_map(|summary| level_rows(summary, cx)));
    rows.extend(department_row(summaries, cx));
    rows.extend(month_row(cx));
    rows
}

/// How many entries of each register are to be looked at again.
fn stale_row(cx: &Cx) -> Option<Row> {
    let reading = cx.reading();
    let stale = reading.stale().registers();
    let registers = reading.definitions.registers().iter();
    let figures = registers.filter_map(|register| {
        // English names are long; the word that commands use says as much.
        let name = if cx.lang() == Lang::Zh { register.name.get(Lang::Zh) } else { &register.id };
        Some(Figure {
            opens: Opens::List(register.id.clone(), reading.query_words(register, "stale:yes")),
            label: name.to_owned(),
            count: Some(stale.get(&register.id)?.len()),
            listed: true,
        })
    });
    let figures: Vec<Figure> = figures.collect();
    let list = stale.keys().next()?.clone();
    Some(Row { list, what: What::Stale { text: cx.say("due-stale") }, figures })
}

/// Rounds that were begun and not ended.
fn open_reviews(cx: &Cx) -> Option<Row> {
    let count = Round::open(&cx.reading()).len();
    let figure = Figure {
        opens: Opens::List(REVIEWS.to_owned(), cx.reading().query_of(REVIEWS, "ended:-")),
        label: String::new(),
        count: Some(count),
        listed: true,
    };
    let what = What::Due { text: cx.say("due-rounds") };
    (count > 0).then(|| Row { list: REVIEWS.to_owned(), what, figures: vec![figure] })
}

/// The registers that a digit opens besides the first ones, as many in each line as fit; behind them the page of all.
fn other_rows(summaries: &[Summary], cx: &Cx) -> Vec<Row> {
    let figure = |summary: &Summary| Figure {
        opens: Opens::List(summary.register.id.clone(), String::new()),
        label: summary.register.name.get(cx.lang()).to_owned(),
        count: Some(summary.entries),
        listed: false,
    };
    let mut figures: Vec<Figure> = summaries.iter().take(DIGITS - FIRST).map(figure).collect();
    figures.push(Figure {
        opens: Opens::Registers,
        label: cx.say("registers-all"),
        count: Some(cx.session.definitions().registers().len()),
        listed: false,
    });
    let (mut rows, mut line, mut taken) = (Vec::new(), Vec::new(), 0);
    for figure in figures {
        // Its digit, its name, what it holds, and the air behind it.
        let count = figure.count.unwrap_or(0).to_string();
        let wide = 2 + crate::text::width(&figure.label) + 1 + count.len() + 3;
        if taken + wide > LINE + 3 && !line.is_empty() {
            rows.push(other_row(std::mem::take(&mut line)));
            taken = 0;
        }
        taken += wide;
        line.push(figure);
    }
    rows.extend((!line.is_empty()).then(|| other_row(line)));
    rows
}

/// Registers that share a line.
fn other_row(figures: Vec<Figure>) -> Row {
    let list = figures.iter().find_map(|figure| match &figure.opens {
        Opens::List(list, _) => Some(list.clone()),
        _ => None,
    });
    Row { list: list.unwrap_or_default(), what: What::Others, figures }
}

/// How many entries on the list of each register lie with each department.
fn department_row(summaries: &[Summary], cx: &Cx) -> Option<Row> {
    let figures: Vec<Figure> = summaries.iter().flat_map(|summary| by_department(summary, cx)).collect();
    let list = summaries.first().map(|summary| summary.register.id.clone()).unwrap_or_default();
    (!figures.is_empty()).then_some(Row { list, what: What::Departments, figures })
}

/// The figures of one register, the first of them with its name.
fn by_department(summary: &Summary, cx: &Cx) -> Vec<Figure> {
    let (register, reading) = (summary.register, cx.reading());
    let Some(field) = register.department_field() else { return Vec::new() };
    // English names are long; the word that commands use says as much.
    let name = if cx.lang() == Lang::Zh { register.name.get(Lang::Zh) } else { &register.id };
    let figure = |(at, (department, count)): (usize, &(EntryKey, usize))| {
        let query = format!("listed:yes {}={}", field.id, value_word(reading.book.serial(*department)));
        let title = reading.title(*department);
        Figure {
            opens: Opens::List(register.id.clone(), reading.query_words(register, &query)),
            label: if at == 0 { format!("{name} {title}") } else { title },
            count: Some(*count),
            listed: true,
        }
    };
    summary.departments.iter().enumerate().map(figure).collect()
}

/// How much was done in each of the twelve months up to today's.
fn month_row(cx: &Cx) -> Option<Row> {
    let months = cx.session.book().months();
    let last = Months::number(cx.today());
    let figure = |number: i32| Figure {
        opens: Opens::Month(number),
        label: String::new(),
        count: usize::try_from(months.get(number).commits).ok(),
        listed: false,
    };
    let figures: Vec<Figure> = (last - 11..=last).map(figure).collect();
    let name = |number: i32| format!("{:04}-{:02}", number.div_euclid(12), number.rem_euclid(12) + 1);
    let what = What::Months { first: name(last - 11), last: name(last) };
    figures.iter().any(|figure| figure.count > Some(0)).then(|| Row { list: String::new(), what, figures })
}

pub fn draft_row(draft: &Draft, cx: &Cx) -> Row {
    let Draft { sheet, at, fields, .. } = draft;
    let reading = cx.reading();
    let register = reading.definitions.register(&sheet.register);
    let name = register.map_or("", |register| register.name.get(cx.lang()));
    let key = sheet.entry.as_ref().and_then(|serial| reading.book.key_of(serial));
    let mut text = match (&sheet.entry, key) {
        (Some(_), _) if !sheet.others.is_empty() => {
            cx.render(&message!("form-bulk", count = sheet.others.len() + 1))
        }
        (Some(serial), Some(key)) if !sheet.copy => format!("{serial} {}", reading.title(key)),
        _ => {
            let title = register.map(|register| &register.title_field().id);
            let typed = fields.iter().find(|field| Some(&field.id) == title);
            let typed = typed.and_then(|field| field.typed.as_str()).unwrap_or_default();
            format!("{}  {typed}", cx.render(&message!("form-new", register = name)))
        }
    };
    let field = sheet.field.as_ref().and_then(|id| register?.field(id));
    if let Some(field) = field {
        text = format!("{text}  {}", field.name.get(cx.lang()));
    }
    if sheet.field.as_deref() == Some(grade::SHEET) {
        text = format!("{text}  {}", cx.say("grade"));
    }
    if sheet.field.as_deref() == Some(super::noting::SHEET) {
        text = format!("{text}  {}", cx.say("audit-note-new"));
    }
    if sheet.field.as_deref() == Some(super::sheet::SHEET) {
        text = format!("{text}  {}", cx.say("sheet"));
    }
    if review_draft::is_of_review(sheet) {
        text = format!("{text}  {}", cx.say("review"));
    }
    Row {
        list: sheet.register.clone(),
        what: What::Draft { sheet: sheet.clone(), at: *at, text },
        figures: Vec::new(),
    }
}

/// What wants an answer in a register; each opens the entries meant.
fn due_rows(summary: &Summary, due: Due, cx: &Cx) -> Vec<Row> {
    let register = summary.register;
    let name = || register.name.clone();
    let evaluation = register.evaluation().map_or("", |(_, field)| field.name.get(cx.lang()));
    let open = register.column_name(Column::Derived(Derived::Open));
    let asked = (register.id == QUESTIONS).then(|| cx.reading().listing(QUESTIONS_OPEN).ok()).flatten();
    let unanswered = asked.as_ref().map_or(0, |listing| cx.reading().count(listing, cx.today()));
    let asked = asked.map(|listing| cx.reading().query_words(register, &listing.query)).unwrap_or_default();
    let outdated = register.column_name(Column::Derived(Derived::Outdated));
    let outdated = format!("{}:{}", column_word(outdated.get(cx.lang())), cx.say("yes"));
    let all: [(usize, String, Message); 5] = [
        (unanswered, asked, message!("due-questions", register = name())),
        (summary.review, due_query(register, due, cx), message!("due-review", register = name())),
        (
            summary.unrated,
            format!("{}:-", column_word(evaluation)),
            message!("due-evaluation", register = name()),
        ),
        (summary.outdated, outdated, message!("due-outdated", register = name())),
        (
            summary.open,
            format!("{}>0", column_word(open.get(cx.lang()))),
            message!("due-open", register = name()),
        ),
    ];
    let wanting = all.into_iter().filter(|(count, _, _)| *count > 0);
    let row = |(count, query, text): (usize, String, Message)| Row {
        list: register.id.clone(),
        what: What::Due { text: cx.render(&text) },
        figures: vec![Figure {
            opens: Opens::List(register.id.clone(), query),
            label: String::new(),
            count: Some(count),
            listed: true,
        }],
    };
    wanting.map(row).collect()
}

/// Selects what counts as due, with the columns by their names.
fn due_query(register: &Register, due: Due, cx: &Cx) -> String {
    let Due { until, limit } = due;
    let mut parts = Vec::new();
    if register.field(REVIEW).is_some() {
        parts.push(format!("review<{until}"));
    }
    if register.evaluation().is_some() {
        let look = if register.field(REVIEWED).is_some() {
            format!("(evaluated<{limit} (reviewed:- | reviewed<{limit}))")
        } else {
            format!("evaluated<{limit}")
        };
        let look = if register.field(ASIDE).is_some() {
            format!("({look} (aside:- | aside<{until}))")
        } else {
            look
        };
        parts.push(look);
    }
    cx.reading().query_words(register, &parts.join(" | "))
}

fn register_row(summary: &Summary, cx: &Cx) -> Row {
    let reading = cx.reading();
    let changed = summary.changed.map_or_else(String::new, |stamp| {
        format!("{}  {}", home_view::when(cx, stamp.at), reading.book.text(stamp.by))
    });
    let column = |derived| {
        let name = summary.register.column_name(Column::Derived(derived));
        column_word(name.get(cx.lang())).into_owned()
    };
    let evaluation = summary.register.evaluation().map_or("", |(_, field)| field.name.get(cx.lang()));
    let figure = |query: String, count: Option<usize>, listed: bool| Figure {
        opens: Opens::List(summary.register.id.clone(), query),
        label: String::new(),
        count,
        listed,
    };
    let scored = |count: usize| summary.scored.then_some(count);
    let mut figures = vec![figure(String::new(), Some(summary.entries), false)];
    if summary.scored {
        let listed = format!("{}:{}", column(Derived::Listed), cx.say("yes"));
        figures.push(figure(listed, scored(summary.listed), true));
        figures.push(figure(format!("{}:-", column_word(evaluation)), scored(summary.unrated), false));
    }
    let name = summary.register.name.get(cx.lang()).to_owned();
    Row { list: summary.register.id.clone(), what: What::Register { name, changed }, figures }
}

/// How many entries lie at each level, where there are more than two; with the controls where any has a residual.
fn level_rows(summary: &Summary, cx: &Cx) -> Vec<Row> {
    let Some(method) = main_method(summary.register, cx).filter(|method| method.bands.len() > 2) else {
        return Vec::new();
    };
    let side = |(side, name, column): (usize, &'static str, Derived)| {
        let counts = method.bands.iter().map(|band| {
            let count = summary.at_level(&band.code).get(side).copied().unwrap_or(0);
            let label = band.short.get(cx.lang()).to_owned();
            let column = summary.register.column_name(Column::Derived(column));
            let query = format!("{}={}", column_word(column.get(cx.lang())), value_word(&label));
            let opens = Opens::List(summary.register.id.clone(), query);
            Figure { opens, label, count: Some(count), listed: band.listed }
        });
        let figures: Vec<Figure> = counts.collect();
        let name_of = summary.register.name.get(cx.lang()).to_owned();
        let what = What::Levels { name: if side == 0 { name_of } else { String::new() }, side: name };
        (figures.iter().any(|figure| figure.count > Some(0))).then(|| Row {
            list: summary.register.id.clone(),
            what,
            figures,
        })
    };
    let sides = [(0, "initial", Derived::Level), (1, "residual", Derived::ResidualLevel)];
    sides.into_iter().filter_map(side).collect()
}

/// The method that serves most entries of a register: the first it names.
fn main_method<'a>(register: &Register, cx: &'a Cx) -> Option<&'a Method> {
    let (_, field) = register.evaluation()?;
    let Kind::Evaluation { methods } = &field.kind else { return None };
    cx.session.definitions().methods().get(&methods.first()?.method)
}
