//! The commands, for scripts, screen readers and tests.
//!
//! Exit codes: 0 (also for an empty result), 1 unknown entry or a check that failed, 2 usage, 3 damaged
//! data, 4 locked, 5 input or output. Errors go to stderr and say what, where and the mend.

mod args;
mod audit;
mod chain;
mod check;
mod commands;
mod definitions;
mod drill;
mod due;
mod error;
mod evidence;
mod export;
mod files;
mod finding;
mod import;
mod issue;
mod noting;
mod output;
mod pack;
mod proving;
mod reading;
mod reviews;
mod rules;
mod sheet;
mod stale;
mod status;
mod terms;
mod time;
mod usage;
mod values;
mod writing;

use std::cell::RefCell;
use std::io::Write as _;
use std::path::PathBuf;
use std::time::Duration;

use chrono::{DateTime, Utc};

pub use args::{Parsed, parse, said_lang};
pub use error::{CliError, Exit};

use crate::book::Origin;
use crate::catalogue::Reading;
use crate::definition::Field;
use crate::exchange::{MENDED_MARKER, SAMPLE_MARKER, Sample, SampleError};
use crate::share::{Session, Who};
use crate::store::{self, Damage, Folder, Note, Opened};
use crate::wording::{Lang, Message, Tell, message};

/// What the surroundings say; it enters from `main`.
#[derive(Debug, Clone)]
pub struct Surroundings {
    /// The language of the locale.
    pub lang: Lang,
    /// The folder of the book where the call names none.
    pub book: PathBuf,
    /// That folder was named by the environment; it is not the usual place.
    pub named: bool,
    /// Who calls.
    pub who: Who,
    /// The moment.
    pub now: DateTime<Utc>,
    /// The host's offset from UTC, in seconds to the east.
    pub offset: i32,
}

/// How long a command waits for another one to be done with the book.
const PATIENCE: Duration = Duration::from_secs(2);

/// Runs a command; what it prints goes to `out`.
pub fn run(
    parsed: &Parsed,
    surroundings: &Surroundings,
    out: &mut dyn std::io::Write,
) -> Result<Exit, CliError> {
    let lang = parsed.lang.unwrap_or(surroundings.lang);
    let call = Call { parsed, surroundings, lang, damaged: RefCell::new(None) };
    let done = call.run(out);
    // What was read of a damaged book may be less than there was.
    match done {
        Ok(Exit::Done) if call.is_damaged() => Ok(Exit::Damaged),
        Err(error) if call.is_damaged() && error.exit == Exit::Unknown => {
            Err(CliError { exit: Exit::Damaged, ..error })
        }
        done => done,
    }
}

/// The folder of the book that was called for. Only the usual place may be made with all its parents.
pub fn place(parsed: &Parsed, surroundings: &Surroundings) -> Result<Folder, store::StoreError> {
    let folder = Folder::at(parsed.book.as_ref().unwrap_or(&surroundings.book)).on_network(parsed.network);
    if parsed.book.is_some() || surroundings.named {
        folder.demand_parent()?;
    }
    Ok(folder)
}

/// Says something on stderr, in one line of which nothing acts on the terminal, whatever the call or the book put
/// into it. Where nobody listens, the program goes on.
pub fn say(what: &Message, lang: Lang) {
    let words = lang.wording().render(what);
    let _ = writeln!(std::io::stderr(), "taizhang: {}", crate::text::clean(&words));
}

/// A field by its name in a language, with its id.
fn named(field: &Field, lang: Lang) -> String {
    beside(field.name.get(lang), &field.id, lang)
}

/// A name with the id beside it, where that is another word.
fn beside(name: &str, id: &str, lang: Lang) -> String {
    if name == id {
        return id.to_owned();
    }
    lang.wording().render(&message!("field-named", label = name, id = id))
}

/// A command with its surroundings.
struct Call<'a> {
    parsed: &'a Parsed,
    surroundings: &'a Surroundings,
    lang: Lang,
    /// What is damaged in the journal that was read.
    damaged: RefCell<Option<Damage>>,
}

impl Call<'_> {
    fn run(&self, out: &mut dyn std::io::Write) -> Result<Exit, CliError> {
        let (call, matches) = (self, &self.parsed.matches);
        match &*self.parsed.name {
            "init" => writing::init(call, matches, out),
            "path" => reading::path(call, matches, out),
            "registers" => definitions::registers(call, matches, out),
            "fields" => definitions::fields(call, matches, out),
            "views" => definitions::views(call, matches, out),
            "methods" => definitions::methods(call, matches, out),
            "methods try" => rules::try_rule(call, matches, out),
            "methods apply" => rules::apply(call, matches, out),
            "methods carry" => rules::carry(call, matches, out),
            "list" => reading::list(call, matches, out),
            "find" => finding::find(call, matches, out),
            "draw" => noting::draw(call, matches, out),
            "questions" => noting::questions(call, matches, out),
            "show" => reading::show(call, matches, out),
            "status" => status::status(call, matches, out),
            "reviews" => reviews::reviews(call, matches, out),
            "review" => reviews::review(call, matches, out),
            "changes" => time::changes(call, matches, out),
            "restore" => time::restore(call, matches, out),
            "score" => proving::score(call, matches, out),
            "verify" => proving::verify(call, matches, out),
            "add" => writing::add(call, matches, out),
            "export" => export::export(call, matches, out),
            "print" => export::print(call, matches, out),
            "issue" => issue::issue(call, matches, out),
            "issued" => issue::issued(call, matches, out),
            "pack" => pack::pack(call, matches, out),
            "pack verify" => pack::verify(call, matches, out),
            "attach" => files::attach(call, matches, out),
            "files" => files::files(call, matches, out),
            "import" => import::import(call, matches, out),
            "set" => writing::set(call, matches, out),
            "evaluate" => writing::evaluate(call, matches, out),
            "delete" => writing::delete(call, matches, out),
            "undo" | "redo" => writing::undo(call, &self.parsed.name, matches, out),
            "check" => check::check(call, matches, out),
            "chain" => chain::chain(call, matches, out),
            "evidence" => evidence::evidence(call, matches, out),
            "coverage" => evidence::coverage(call, matches, out),
            "accept" => check::accept(call, matches, out),
            "terms" => terms::terms(call, matches, out),
            "confirm" => terms::confirm(call, matches, out),
            "due" => due::due(call, matches, out),
            "sheet" => sheet::sheet(call, matches, out),
            "stale" => stale::stale(call, matches, out),
            "unchanged" => stale::unchanged(call, matches, out),
            "completions" => args::completions(matches, call.lang, out),
            "man" => args::man(call.lang, out),
            name if name.starts_with("audit") => {
                audit::audit(call, name.strip_prefix("audit ").unwrap_or_default(), matches, out)
            }
            name => drill::drill(call, name.strip_prefix("drill ").unwrap_or_default(), matches, out),
        }
    }

    fn is_damaged(&self) -> bool {
        self.damaged.borrow().is_some()
    }

    fn folder(&self) -> Result<Folder, CliError> {
        Ok(place(self.parsed, self.surroundings)?)
    }

    /// The book for reading, as of the point that is asked for.
    fn read(&self) -> Result<Session, CliError> {
        let said = self.parsed.matches.try_get_one::<String>("as-of").ok().flatten();
        said.map_or_else(|| self.read_now(), |said| time::as_of(self, said))
    }

    /// The book for reading; no lock is needed. Of a damaged one what can be read.
    fn read_now(&self) -> Result<Session, CliError> {
        let opened = store::read(&self.folder()?)?;
        self.tell(&opened.notes);
        *self.damaged.borrow_mut() = opened.notes.iter().find_map(|note| match note {
            Note::Damaged(damage) => Some(damage.clone()),
            _ => None,
        });
        Ok(Session::new(opened, self.surroundings.who.clone()))
    }

    /// The book for writing, or the reason why not.
    fn write(&self) -> Result<Session, CliError> {
        self.write_at(self.surroundings.now)
    }

    fn write_at(&self, now: DateTime<Utc>) -> Result<Session, CliError> {
        let opened = open(&self.folder()?, &self.surroundings.who, now, self.surroundings.offset, PATIENCE)?;
        if let Some(why) = opened.access.read_only() {
            let exit = opened.notes.iter().find_map(|note| match note {
                Note::Locked(_) => Some(Exit::Locked),
                Note::Damaged(_) | Note::Newer(_) => Some(Exit::Damaged),
                _ => None,
            });
            return Err(CliError::new(exit.unwrap_or(Exit::InputOutput), why.clone()));
        }
        self.tell(&opened.notes);
        Ok(Session::new(opened, self.surroundings.who.clone()))
    }

    /// What the person should know stands beside what was asked for.
    fn tell(&self, notes: &[Note]) {
        for note in notes {
            self.say(&note.message());
        }
    }

    /// Says something on stderr.
    fn say(&self, what: &Message) {
        say(what, self.lang);
    }

    fn reading<'s>(&self, session: &'s Session) -> Reading<'s> {
        session.reading(self.lang)
    }
}

/// Opens a book for someone at a moment.
pub fn open(
    folder: &Folder,
    who: &Who,
    now: DateTime<Utc>,
    offset: i32,
    wait: Duration,
) -> Result<Opened, store::StoreError> {
    let settings = folder.settings()?;
    let name = settings.people.get(&who.user).unwrap_or(&who.user).clone();
    let origin = Origin {
        utc: now,
        offset: settings.zone.local_minus_utc(),
        user: who.user.clone(),
        name,
        host: who.host.clone(),
        program: env!("CARGO_PKG_VERSION").to_owned(),
        real: None,
    };
    let _ = offset;
    store::open(folder, &origin, wait)
}

/// `book.toml` of a new, empty book.
pub fn empty_marker(organisation: &str, today: chrono::NaiveDate, offset: i32) -> String {
    let sign = if offset < 0 { '-' } else { '+' };
    let minutes = offset.abs() / 60;
    let quoted = toml::Value::String(organisation.to_owned());
    format!(
        "format = 1\norganisation = {quoted}\ncreated = \"{today}\"\nzone = \"{sign}{:02}:{:02}\"\n\n[people]\n",
        minutes / 60,
        minutes % 60
    )
}

/// Makes a book with the sample in it.
pub fn make_sample(folder: &Folder, who: &Who) -> Result<Session, CliError> {
    make_sample_of(folder, who, SAMPLE_MARKER, Sample::lay_out)
}

/// Makes a book with the sample in which something was done about what an auditor found.
fn make_mended(folder: &Folder, who: &Who) -> Result<Session, CliError> {
    make_sample_of(folder, who, MENDED_MARKER, Sample::lay_out_mended)
}

fn make_sample_of(
    folder: &Folder,
    who: &Who,
    marker: &str,
    lay_out: fn(&mut Session) -> Result<(), SampleError>,
) -> Result<Session, CliError> {
    folder.create(marker)?;
    let opened = open(folder, who, Sample::begins(), 0, PATIENCE)?;
    let mut session = Session::new(opened, who.clone());
    lay_out(&mut session).map_err(|error| CliError::plain(Exit::Damaged, &error.to_string()))?;
    Ok(session)
}
