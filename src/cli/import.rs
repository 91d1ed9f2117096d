//! `import FILE`: a list of another program becomes entries, in one commit; `--try` only says what it would do.

use std::io::Write;
use std::path::Path;

use clap::ArgMatches;
use serde_json::{Value as Json, json};

use super::definitions::register_said;
use super::error::{CliError, Exit};
use super::{Call, output};
use crate::catalogue::Reading;
use crate::definition::Register;
use crate::exchange::WorkbookError;
use crate::exchange::import::{
    Fate, Import, ImportError, Keep, Mapping, OpenError, Plan, carry_out, may, read, telling,
};
use crate::share::Session;
use crate::store::StoreError;
use crate::wording::{Message, Tell as _, message, sentences};

/// `import FILE`
pub fn import(call: &Call, matches: &ArgMatches, out: &mut dyn Write) -> Result<Exit, CliError> {
    let only_try = matches.get_flag("try");
    let mut session = if only_try { call.read()? } else { call.write()? };
    let mut import = recognised(call, &session, matches)?;
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
    if only_try {
        return match may(&session, &import, &plan, call.surroundings.now) {
            Err(ImportError::Nothing | ImportError::NoRow) | Ok(())
                if plan.counts().differs + plan.counts().doubled > 0 =>
            {
                Ok(Exit::Unknown)
            }
            Err(ImportError::Nothing | ImportError::NoRow) | Ok(()) => Ok(Exit::Done),
            Err(refused) => Err(CliError::new(Exit::Unknown, refused.message())),
        };
    }
    let why = matches.get_one::<String>("why").cloned();
    match carry_out(&mut session, &import, &plan, why, (call.lang, call.surroundings.now)) {
        Ok(done) => {
            let (counts, gone) = (plan.counts(), telling::gone(&import, &plan));
            let (new, changed, made) = (counts.new, counts.changed, plan.makes.len());
            call.say(&message!(
                "import-done",
                seq = done.seq,
                new = new,
                changed = changed,
                made = made,
                gone = gone
            ));
        }
        Err(error @ (ImportError::Nothing | ImportError::NoRow)) => call.say(&error.message()),
        Err(ImportError::Session(error)) => return Err(error.into()),
        Err(error @ (ImportError::Undecided(_) | ImportError::Doubled(_))) => {
            return Err(CliError::new(Exit::Unknown, error.message()));
        }
        Err(error) => return Err(CliError::usage(&error)),
    }
    Ok(Exit::Done)
}

/// A file that cannot be read is the system's matter, all else is that of the call.
fn unreadable(call: &Call, error: &OpenError) -> CliError {
    if matches!(error, OpenError::NotRecognised { .. }) {
        let words = [error.message(), message!("import-say-which")];
        let words = words.map(|said| call.lang.wording().render(&said));
        return CliError::plain(Exit::Usage, &sentences(&words));
    }
    let system = matches!(error, OpenError::File { why: WorkbookError::Refused(_), .. });
    CliError::new(if system { Exit::InputOutput } else { Exit::Usage }, error.message())
}

/// The sheet that is asked for, or the first that is recognised.
fn recognised(call: &Call, session: &Session, matches: &ArgMatches) -> Result<Import, CliError> {
    let path = matches.get_one::<String>("file").map_or(Path::new(""), Path::new);
    let definitions = session.definitions();
    let register = matches.get_one::<String>("register");
    let register = register.map(|said| register_said(definitions, said)).transpose()?;
    let sheet = matches.get_one::<String>("sheet").map(String::as_str);
    let mapping = matches.get_one::<String>("map").map(|path| mapping(Path::new(path))).transpose()?;
    let workbook = read(path).map_err(|error| unreadable(call, &error))?;
    let known = (mapping.as_ref(), call.folder()?);
    let found = Import::of((path, &workbook), definitions, (register, sheet), (known.0, known.1.path()));
    found.map_err(|error| unreadable(call, &error))
}

/// A file that says what columns mean.
fn mapping(path: &Path) -> Result<Mapping, CliError> {
    let text = std::fs::read_to_string(path).map_err(|error| StoreError::io(path, error))?;
    Mapping::read(&path.display().to_string(), &text).map_err(|problem| CliError::usage(&problem))
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
        if let Some(others) = telling::others(import) {
            lines.push(self.under(&others));
            lines.push(self.under(&message!("import-take-others")));
        }
        lines.extend(telling::besides(import).iter().map(|told| self.under(told)));
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
        lines.extend(telling::makes(plan, reading).iter().map(|made| self.under(made)));
        lines.extend(telling::foreign(plan).map(|foreign| self.under(&foreign)));
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
        for row in rows() {
            lines.extend(telling::off_scale(row, reading).iter().map(|odd| self.under(odd)));
        }
        if counts.bare > 0 {
            lines.push(self.render(&message!("import-bare", count = counts.bare)));
        }
        lines
    }

    fn left(&self) -> Vec<String> {
        let twice = self.plan.rows.iter().filter_map(telling::twice).map(|told| self.under(&told));
        let others = self.plan.others.iter();
        twice
            .chain(others.map(|(line, kind, words)| self.under(&telling::other(line, *kind, words))))
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
        Fate::Doubled => "doubled",
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
                "line": row.place.parse::<usize>().map_or_else(|_| Json::from(row.place.clone()), Json::from),
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
            "doubled": counts.doubled, "unread": counts.unread, "differs": counts.differs, "undecided": counts.undecided, "bare": counts.bare,
        },
        "rows": rows,
    })
}
