//! `import FILE`: a list of another program becomes entries, in one commit; `--try` only says what it would do.

use std::io::Write;
use std::path::Path;

use clap::ArgMatches;
use serde_json::{Value as Json, json};

use super::definitions::register_said;
use super::error::{CliError, Exit};
use super::{Call, output};
use crate::book::{Proposal, Way};
use crate::catalogue::Reading;
use crate::definition::Register;
use crate::exchange::import::{Fate, Import, Keep, Plan, telling};
use crate::exchange::{Sheet, Workbook, WorkbookError};
use crate::share::Session;
use crate::wording::{Message, Tell as _, message};

/// `import FILE`
pub fn import(call: &Call, matches: &ArgMatches, out: &mut dyn Write) -> Result<Exit, CliError> {
    let only_try = matches.get_flag("try");
    let mut session = if only_try { call.read()? } else { call.write()? };
    let path = matches.get_one::<String>("file").map_or(Path::new(""), Path::new);
    let book = Workbook::open(path).map_err(|error| unreadable(path, &error))?;
    let mut import = recognised(call, &session, matches, path, &book)?;
    import.decisions.all = matches.get_one::<String>("verdicts").map(|said| match said.as_str() {
        "stated" => Keep::Stated,
        "computed" => Keep::Computed,
        _ => Keep::Open,
    });
    import.decisions.delete_missing = matches.get_flag("delete-missing");
    let today = session.today(call.surroundings.now);
    let reading = call.reading(&session);
    let plan = Plan::of(&import, &reading, today);
    if matches.get_flag("json") {
        output::json(out, &as_json(&import, &plan, &reading))?;
    } else {
        tell(&import, &plan, &reading, out)?;
    }
    let counts = plan.counts();
    if only_try {
        return Ok(if counts.differs > 0 { Exit::Unknown } else { Exit::Done });
    }
    if counts.undecided > 0 {
        return Err(CliError::new(Exit::Unknown, message!("import-undecided", count = counts.undecided)));
    }
    write(call, &mut session, matches, &import, &plan)
}

fn unreadable(path: &Path, error: &WorkbookError) -> CliError {
    let exit = if matches!(error, WorkbookError::Refused(_)) { Exit::InputOutput } else { Exit::Usage };
    CliError::new(exit, message!("import-file", file = path.display().to_string(), why = error.message()))
}

/// The sheet that is asked for, or the first that is recognised.
fn recognised(
    call: &Call,
    session: &Session,
    matches: &ArgMatches,
    path: &Path,
    book: &Workbook,
) -> Result<Import, CliError> {
    let reading = call.reading(session);
    let wanted = matches.get_one::<String>("register");
    let wanted = wanted.map(|said| register_said(reading.definitions, said)).transpose()?;
    let sheets: Vec<&Sheet> = match matches.get_one::<String>("sheet") {
        Some(said) => vec![book.sheet(said).map_err(|error| unreadable(path, &error))?],
        None => book.sheets.iter().collect(),
    };
    let file = path.file_name().map_or_else(String::new, |name| name.to_string_lossy().into_owned());
    let several = book.sheets.len() > 1;
    let name = |sheet: &Sheet| if several { format!("{file} {}", sheet.name) } else { file.clone() };
    let found =
        sheets.iter().find_map(|sheet| Import::recognise(&name(sheet), sheet, reading.definitions, wanted));
    found.ok_or_else(|| {
        let register = wanted.map(|register| register.name.get(call.lang).to_owned()).unwrap_or_default();
        CliError::new(Exit::Usage, message!("import-not-recognised", file = file, register = register))
    })
}

fn write(
    call: &Call,
    session: &mut Session,
    matches: &ArgMatches,
    import: &Import,
    plan: &Plan,
) -> Result<Exit, CliError> {
    let definitions = std::sync::Arc::clone(session.definitions());
    let Some(register) = definitions.register(&import.layout.register) else { return Ok(Exit::Done) };
    let title_of = |id: &str| definitions.register(id).map(|register| register.title_field().id.clone());
    let edits = plan.edits(import, session.book(), register, title_of);
    if edits.edits.is_empty() {
        call.say(&message!("import-nothing-new"));
        return Ok(Exit::Done);
    }
    let why = matches.get_one::<String>("why").cloned();
    let why = why
        .unwrap_or_else(|| call.lang.wording().render(&message!("import-why", name = import.name.clone())));
    let proposal = Proposal { way: Way::Import, why: Some(why), edits: edits.edits };
    let done = session.commit(proposal, call.surroundings.now)?;
    call.say(&message!("import-done", seq = done.seq, count = done.changes.len()));
    Ok(Exit::Done)
}

/// What is told of an import: what was recognised, what it changes, what is odd, and what it leaves.
fn tell(import: &Import, plan: &Plan, reading: &Reading, out: &mut dyn Write) -> Result<(), CliError> {
    let Some(register) = reading.definitions.register(&import.layout.register) else { return Ok(()) };
    let teller = Teller { import, plan, reading, register };
    let parts = [teller.recognised(), teller.changed(), teller.odd(), teller.left()];
    for line in parts.iter().flatten() {
        output::line(out, line)?;
    }
    Ok(())
}

struct Teller<'a> {
    import: &'a Import,
    plan: &'a Plan,
    reading: &'a Reading<'a>,
    register: &'a Register,
}

impl Teller<'_> {
    fn render(&self, message: &Message) -> String {
        self.reading.wording.render(message)
    }

    fn under(&self, message: &Message) -> String {
        format!("  {}", self.render(message))
    }

    fn recognised(&self) -> Vec<String> {
        let (import, plan) = (self.import, self.plan);
        let mut lines = vec![self.render(&telling::recognised(import, plan, self.register))];
        for column in &import.layout.columns {
            let heading = crate::text::pad_end(&column.heading.words(), 24);
            let target = column.target.words(self.register, self.reading);
            lines.push(format!("  {:>3}  {heading}  {target}", telling::letter(column.at)));
        }
        if plan.pick.is_none() {
            return lines;
        }
        for (pick, share) in &plan.shares {
            let mark = if plan.pick.as_ref() == Some(pick) { "*" } else { " " };
            let share = self.render(&telling::share(pick, *share, self.register, self.reading));
            lines.push(format!("{mark} {share}"));
        }
        for (word, level) in telling::learned(plan, self.reading) {
            lines.push(self.under(&message!("import-learned", word = word, level = level)));
        }
        lines
    }

    fn changed(&self) -> Vec<String> {
        let (plan, reading) = (self.plan, self.reading);
        let mut lines = vec![self.render(&telling::counts(plan.counts()))];
        for row in plan.rows.iter().filter(|row| row.fate == Fate::Changed) {
            let serial = row.known.entry.map_or("", |key| reading.book.serial(key));
            let changes = telling::changes(row, self.register, reading).into_iter();
            lines.extend(changes.map(|(field, from, to)| format!("  {serial}  {field}: {from} -> {to}")));
        }
        for (register, title) in &plan.makes {
            let register = reading.definitions.register(register);
            let name = register.map(|register| register.name.clone()).unwrap_or_default();
            lines.push(self.under(&message!("import-makes", register = name, title = title.clone())));
        }
        lines.extend(telling::missing(self.import, plan, reading).map(|missing| self.render(&missing)));
        lines
    }

    fn odd(&self) -> Vec<String> {
        let (plan, reading, counts) = (self.plan, self.reading, self.plan.counts());
        let mut lines = Vec::new();
        let rows = || plan.rows.iter().filter(|row| row.is_taken());
        if counts.unread > 0 {
            lines.push(self.render(&message!("import-unread-count", count = counts.unread)));
        }
        for row in rows() {
            let cells = row.taken.problems.iter();
            lines.extend(cells.map(|cell| self.under(&telling::unread(row, cell, self.import))));
        }
        if counts.differs > 0 {
            lines.push(self.render(&message!("import-differs-count", count = counts.differs)));
        }
        for row in rows() {
            lines.extend(telling::row(row, reading).map(|row| self.under(&row)));
        }
        if counts.bare > 0 {
            lines.push(self.render(&message!("import-bare", count = counts.bare)));
        }
        lines
    }

    fn left(&self) -> Vec<String> {
        let twice = self.plan.rows.iter().filter(|row| row.fate == Fate::Twice);
        let twice = twice
            .map(|row| self.under(&message!("import-twice", line = row.line, title = row.title.clone())));
        let others = self.plan.others.iter();
        twice
            .chain(others.map(|(line, kind, words)| self.under(&telling::other(*line, *kind, words))))
            .collect()
    }
}

fn as_json(import: &Import, plan: &Plan, reading: &Reading) -> Json {
    let counts = plan.counts();
    let register = reading.definitions.register(&import.layout.register);
    let words = |message: &Message| reading.wording.render(message);
    let fate = |fate: Fate| match fate {
        Fate::New => "new",
        Fate::Changed => "changed",
        Fate::Same => "same",
        Fate::Twice => "twice",
        Fate::LeftOut => "left-out",
    };
    let columns: Vec<Json> = import
        .layout
        .columns
        .iter()
        .map(|column| {
            let target = register.map(|register| column.target.words(register, reading));
            json!({ "column": telling::letter(column.at), "heading": column.heading.words(), "target": target })
        })
        .collect();
    let rows: Vec<Json> = plan
        .rows
        .iter()
        .map(|row| {
            json!({
                "line": row.line,
                "title": row.title,
                "fate": fate(row.fate),
                "id": row.known.entry.map(|key| reading.book.serial(key)),
                "unread": row.taken.problems.iter().map(|cell| words(&telling::unread(row, cell, import))).collect::<Vec<_>>(),
                "differs": telling::difference(row, reading).map(|message| words(&message)),
            })
        })
        .collect();
    json!({
        "register": import.layout.register,
        "columns": columns,
        "counts": {
            "new": counts.new, "changed": counts.changed, "same": counts.same, "left": counts.left,
            "unread": counts.unread, "differs": counts.differs, "undecided": counts.undecided, "bare": counts.bare,
        },
        "rows": rows,
    })
}
