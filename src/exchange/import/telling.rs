//! An import in words: what was recognised, what differs, what was left, for both faces.

use super::body::RowKind;
use super::heading::Target;
use super::judge::{Part, Pick, Verdict};
use super::plan::{Counts, Fate, Plan, Planned, Share};
use super::take::Unread;
use super::{Column, Import, Keep};
use crate::catalogue::Reading;
use crate::definition::Register;
use crate::scoring::Evaluation;
use crate::wording::{Message, Tell as _, message};

/// How many of the entries that are made besides are named.
const MADE: usize = 6;

/// The letter of a column as a spreadsheet shows it: `A`, `Z`, `AA`.
pub fn letter(at: usize) -> String {
    let (above, rest) = (at / 26, u8::try_from(at % 26).unwrap_or(0));
    let last = char::from(b'A' + rest);
    if above == 0 { last.to_string() } else { format!("{}{last}", letter(above - 1)) }
}

impl Target {
    /// What a column holds, in words.
    pub fn words(&self, register: &Register, reading: &Reading) -> String {
        let field = |index: &usize| {
            register.fields.get(*index).map_or("", |field| field.name.get(reading.lang)).to_owned()
        };
        let say = |id| reading.wording.say(id);
        let render = |message| reading.wording.render(&message);
        match self {
            Target::Serial => say("import-serial"),
            Target::Field(index) => field(index),
            Target::Tick(index, code) => {
                let choice = register.fields.get(*index).and_then(|field| field.choice(code));
                let label = choice.map_or(code.as_str(), |choice| choice.label.get(reading.lang));
                format!("{} = {label}", field(index))
            }
            Target::Factor(label) => render(message!("import-factor", label = label.clone())),
            Target::Residual(label) => render(message!("import-residual", label = label.clone())),
            Target::Score => say("import-score"),
            Target::Level => say("import-level"),
            Target::Listed => say("import-listed"),
            Target::ResidualScore => say("import-residual-score"),
            Target::ResidualLevel => say("import-residual-level"),
            Target::Direct => say("import-direct"),
            Target::Method => say("import-method"),
            Target::On => say("import-on"),
            Target::By => say("import-by"),
            Target::Basis => say("import-from"),
            Target::Nothing => say("import-nothing"),
            Target::Note => say("import-to-note"),
        }
    }
}

impl Pick {
    /// The method in words.
    pub fn words(&self, register: &Register, reading: &Reading) -> String {
        let methods = reading.definitions.methods();
        let name = |id: &str| methods.get(id).map_or("", |method| method.name.get(reading.lang)).to_owned();
        match self {
            Pick::Method(id) => name(id),
            Pick::Own => {
                let field = register.evaluation().map(|(_, field)| &field.kind);
                let Some(crate::definition::Kind::Evaluation { methods }) = field else {
                    return String::new();
                };
                let names: Vec<String> = methods.iter().map(|rule| name(&rule.method)).collect();
                match names.as_slice() {
                    [only] => only.clone(),
                    _ => reading.wording.render(&message!("import-own", methods = names.join("、"))),
                }
            }
        }
    }
}

/// What was recognised: the register, the lines of the head, and how many entries stand below it.
pub fn recognised(import: &Import, plan: &Plan, register: &Register) -> Message {
    let head = import.sheet.lines.get(import.layout.head.clone()).unwrap_or_default();
    let head = match (head.first(), head.last()) {
        (Some(first), Some(last)) if first.number != last.number => {
            format!("{}-{}", first.number, last.number)
        }
        (first, _) => first.map_or(0, |line| line.number).to_string(),
    };
    let rows = plan.rows.len();
    message!(
        "import-recognised",
        name = import.name.clone(),
        register = register.name.clone(),
        head = head,
        rows = rows
    )
}

/// The entries that are not in the file, where its rows are known by their serials.
pub fn missing(import: &Import, plan: &Plan, reading: &Reading) -> Option<Message> {
    let serials: Vec<&str> = plan.missing.iter().map(|key| reading.book.serial(*key)).collect();
    let go = usize::from(import.decisions.delete_missing);
    let message = || message!("import-missing", count = serials.len(), serials = serials.join(" "), go = go);
    (!serials.is_empty()).then(message)
}

/// That a row is not taken because another is the same entry, or has its serial.
pub fn twice(row: &Planned) -> Option<Message> {
    let (line, title) = (row.place.clone(), row.title.clone());
    let serial = || row.taken.serial.clone().unwrap_or_default();
    match row.fate {
        Fate::Twice => Some(message!("import-twice", line = line, title = title)),
        Fate::Doubled => Some(message!("import-doubled", line = line, title = title, serial = serial())),
        _ => None,
    }
}

/// The serials that rows name and the register has not: new entries get them.
pub fn foreign(plan: &Plan) -> Option<Message> {
    let rows = plan.rows.iter().filter(|row| row.is_taken() && row.known.foreign);
    let serials: Vec<&str> = rows.filter_map(|row| row.taken.serial.as_deref()).collect();
    let first: Vec<&str> = serials.iter().take(MADE).copied().collect();
    let more = serials.len().saturating_sub(MADE);
    let message =
        || message!("import-foreign", count = serials.len(), serials = first.join(" "), more = more);
    (!serials.is_empty()).then(message)
}

/// What is odd about the evaluation of a row, and what is kept of it.
pub fn row(row: &Planned, reading: &Reading) -> Option<Message> {
    let (line, title) = (row.place.clone(), row.title.clone());
    if let Some(difference) = difference(row, reading) {
        return Some(message!("import-row", line = line, title = title, what = difference, keep = keep(row)));
    }
    if row.strange {
        let level = row.taken.stated.level.clone().unwrap_or_default();
        return Some(message!("import-strange", line = line, title = title, level = level));
    }
    let Verdict::Unworked(error) = &row.verdict else { return None };
    Some(message!("import-unworked", line = line, title = title, why = error.message()))
}

/// How far a method agrees.
pub fn share(pick: &Pick, share: Share, register: &Register, reading: &Reading) -> Message {
    message!(
        "import-share",
        method = pick.words(register, reading),
        agree = share.agree,
        of = share.of,
        worked = share.worked
    )
}

/// How many entries go because they are not in the file.
pub fn gone(import: &Import, plan: &Plan) -> usize {
    if import.decisions.delete_missing { plan.missing.len() } else { 0 }
}

/// A plan in numbers, in one sentence.
pub fn counts(counts: Counts) -> Message {
    message!(
        "import-counts",
        new = counts.new,
        changed = counts.changed,
        same = counts.same,
        left = counts.left
    )
}

/// A line that is no entry.
pub fn other(line: &str, kind: RowKind, words: &str) -> Message {
    let what = match kind {
        RowKind::Entry => message!("import-line-entry"),
        RowKind::Section => message!("import-line-section"),
        RowKind::Head => message!("import-line-head"),
        RowKind::Signed => message!("import-line-signed"),
        RowKind::Total => message!("import-line-total"),
        RowKind::Remark => message!("import-line-remark"),
        RowKind::Untitled => message!("import-line-untitled"),
        RowKind::Above => message!("import-line-above"),
        RowKind::Astray => {
            return message!("import-astray", of = line.to_owned(), words = words.to_owned());
        }
        RowKind::Beyond => message!("import-line-beyond"),
    };
    message!("import-line", line = line, what = what, words = crate::text::cut(words, 60).into_owned())
}

/// A cell as a spreadsheet names it: `C7`, `行政部!C7`.
fn cell_place(place: &str, at: usize) -> String {
    match place.rsplit_once('!') {
        Some((sheet, line)) => format!("{sheet}!{}{line}", letter(at)),
        None => format!("{}{place}", letter(at)),
    }
}

/// Other sheets of the same form, which are not taken.
pub fn others(import: &Import) -> Option<Message> {
    let (count, sheets) = (import.others.len(), import.others.join("、"));
    (count > 0).then(|| message!("import-others-alike", count = count, sheets = sheets))
}

/// What else there is to know of what was recognised: sheets that were not taken, the day of the signatures, where the
/// meaning of the columns comes from.
pub fn besides(import: &Import) -> Vec<Message> {
    let unlike = import.unlike.join("、");
    let unlike = (!unlike.is_empty()).then(|| message!("import-unlike", sheets = unlike));
    let judged = import.layout.columns.iter().any(|column| matches!(column.target, Target::Factor(_)));
    let signed = import.body.signed.filter(|_| judged && import.layout.column(&Target::On).is_none());
    let signed = signed.map(|day| message!("import-signed-day", day = day.to_string()));
    let remembered = import.remembered.then(|| message!("import-remembered"));
    [unlike, signed, remembered].into_iter().flatten().collect()
}

/// A cell that could not be read, with the mend.
pub fn unread(row: &Planned, cell: &Unread, import: &Import) -> Message {
    let why = cell.why.message();
    if cell.at == usize::MAX {
        return message!("import-unread", place = row.place.clone(), heading = cell.of.clone(), why = why);
    }
    let column = import.layout.columns.iter().find(|column| column.at == cell.at);
    let heading = column.map(|column: &Column| column.heading.words()).unwrap_or_default();
    let heading = if heading.is_empty() { letter(cell.at) } else { heading };
    message!("import-unread", place = cell_place(&row.place, cell.at), heading = heading, why = why)
}

/// Score and level in words.
fn level(evaluation: &Evaluation, reading: &Reading) -> String {
    let method = reading.method(evaluation);
    let label =
        method.and_then(|method| method.band(&evaluation.level)).map(|band| band.label.get(reading.lang));
    let score = evaluation.score.map(|score| score.normalize().to_string());
    [score.as_deref(), label].into_iter().flatten().collect::<Vec<_>>().join(" ")
}

/// An evaluation in words that tell it from another of the same level.
fn evaluated(evaluation: &Evaluation, reading: &Reading) -> String {
    let factors = evaluation.factor_words(reading.method(evaluation));
    let on = evaluation.occasion.on.to_string();
    let residual = reading.residual_text(evaluation).unwrap_or_default();
    [level(evaluation, reading), factors, residual, on]
        .into_iter()
        .filter(|part| !part.is_empty())
        .collect::<Vec<_>>()
        .join("  ")
}

/// Factors of a row that are not on the scale of the method: that is allowed, and said.
pub fn off_scale(row: &Planned, reading: &Reading) -> Vec<Message> {
    let evaluation = match &row.verdict {
        Verdict::Agrees(evaluation) => Some(&**evaluation),
        Verdict::Differs(difference) => difference.computed.as_ref().ok(),
        _ => None,
    };
    let Some((evaluation, method)) = evaluation.and_then(|one| Some((one, reading.method(one)?))) else {
        return Vec::new();
    };
    let warns = |(id, value): (&String, &crate::scoring::Decimal)| {
        method
            .factor(id)
            .and_then(|factor| factor.judge(*value).ok().flatten())
            .map(|warning| warning.message())
    };
    let warnings: Vec<Message> = evaluation.factors.iter().filter_map(warns).collect();
    let told =
        |what| message!("import-off-scale", line = row.place.clone(), title = row.title.clone(), what = what);
    warnings.into_iter().map(told).collect()
}

/// The entries that are made because rows name them: of each register their number and the first of them.
pub fn makes(plan: &Plan, reading: &Reading) -> Vec<Message> {
    let mut by_register: std::collections::BTreeMap<&str, Vec<&str>> = std::collections::BTreeMap::new();
    for (register, title) in &plan.makes {
        by_register.entry(register).or_default().push(title);
    }
    let told = |(register, titles): (&str, Vec<&str>)| {
        let name =
            reading.definitions.register(register).map(|register| register.name.clone()).unwrap_or_default();
        let first: Vec<&str> = titles.iter().take(MADE).copied().collect();
        let more = titles.len().saturating_sub(MADE);
        message!(
            "import-makes",
            register = name,
            count = titles.len(),
            titles = first.join("、"),
            more = more
        )
    };
    by_register.into_iter().map(told).collect()
}

/// What of a row differs: what the list states, and what follows.
pub fn difference(row: &Planned, reading: &Reading) -> Option<Message> {
    let Verdict::Differs(difference) = &row.verdict else { return None };
    let said: Vec<String> = difference.parts.iter().map(|part| said(part, row, reading)).collect();
    let follows = match &difference.computed {
        Ok(evaluation) => {
            let reason = reading.method(evaluation).map(|method| evaluation.reason(method, reading.lang));
            message!(
                "import-follows",
                level = level(evaluation, reading),
                factors = evaluation.factor_words(reading.method(evaluation)),
                reason = reason.unwrap_or_default()
            )
        }
        Err(error) => {
            let why = reading.wording.render(&error.message());
            message!("import-follows-not", why = why.trim_end_matches(['。', '.']).to_owned())
        }
    };
    let said = said.join(" ");
    if said.is_empty() {
        return Some(follows);
    }
    Some(message!("import-differs", said = said, follows = follows))
}

fn said(part: &Part, row: &Planned, reading: &Reading) -> String {
    let say = |id| reading.wording.say(id);
    match part {
        Part::Score(score, _) => format!("{} {}", say("import-score"), score.normalize()),
        Part::Level(level) => format!("{} {level}", say("import-level")),
        Part::Listed(listed) => {
            let word = if *listed { "yes" } else { "no" };
            format!("{} {}", say("import-listed"), say(word))
        }
        Part::Unworked => {
            let stated = &row.taken.stated;
            let score = stated.score.map(|score| score.normalize().to_string());
            let listed = stated.listed.filter(|listed| *listed);
            let listed = listed.map(|_| format!("{} {}", say("import-listed"), say("yes")));
            [score, stated.level.clone(), listed].into_iter().flatten().collect::<Vec<_>>().join(" ")
        }
    }
}

/// What is kept of a row that differs.
pub fn keep(row: &Planned) -> Message {
    let unworked = matches!(&row.verdict, Verdict::Differs(difference) if difference.computed.is_err());
    match row.keep {
        None => message!("import-keep-undecided"),
        Some(Keep::Stated) => message!("import-keep-stated"),
        Some(Keep::Computed) if unworked => message!("import-keep-unworked"),
        Some(Keep::Computed) => message!("import-keep-computed"),
        Some(Keep::Open) => message!("import-keep-open"),
    }
}

/// What stands and what shall stand in the fields that a row changes.
pub fn changes(row: &Planned, register: &Register, reading: &Reading) -> Vec<(String, String, String)> {
    use super::take::{Leads, Meant};
    let entry = row.known.entry.and_then(|key| reading.book.entry(key));
    let told = |(id, meant): &(String, Option<Meant>)| {
        let field = register.field(id)?;
        let from = entry.and_then(|entry| reading.book.value(entry, id));
        let value = |value: &crate::book::Value| match value {
            crate::book::Value::Evaluation(evaluation) => evaluated(evaluation, reading),
            other => reading.value(field, other),
        };
        let from = from.as_ref().map(value).unwrap_or_default();
        let lead = |lead: &Leads| match lead {
            Leads::There(key) => reading.title(*key),
            Leads::New(_, title) => title.clone(),
        };
        let to = match meant {
            None => String::new(),
            Some(Meant::Value(given)) => value(given),
            Some(Meant::Links(leads)) => leads.iter().map(lead).collect::<Vec<_>>().join(" "),
        };
        Some((field.name.get(reading.lang).to_owned(), from, to))
    };
    row.changes.iter().filter_map(told).collect()
}

/// What the levels of the list were taken for: the word of the list and the level.
pub fn learned(plan: &Plan, reading: &Reading) -> Vec<(String, String)> {
    let band = |((method, word), code): (&(String, String), &String)| {
        let band = reading.definitions.methods().get(method)?.band(code)?;
        Some((word.clone(), band.label.get(reading.lang).to_owned()))
    };
    plan.learned.iter().filter_map(band).collect()
}
