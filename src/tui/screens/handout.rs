//! Handing out what is on screen: as a workbook that comes back, on the company's form, or as another file.

use std::path::{Path, PathBuf};

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};

use super::super::action::{Action, Scope};
use super::super::chooser::Chooser;
use super::super::layer::{Cx, Layer, Outcome};
use super::super::notice::Notice;
use super::super::paint::{Painter, title};
use super::super::terminal::Key;
use super::super::theme::Role;
use super::ask::{Ask, Asking, Take};
use crate::book::EntryKey;
use crate::catalogue::Looking;
use crate::exchange::export::{Format, Tongue};
use crate::exchange::handout::{HandoutError, Thing, in_full, on_paper, paper_of, save};
use crate::query::Needle;
use crate::wording::message;

/// A way to hand a thing out: the name of its message, whether it is on the form, in both languages, the ending.
type Way = (&'static str, bool, bool, &'static str);

/// The ways for a list.
const LIST: &[Way] = &[
    ("handout-xlsx", false, false, "xlsx"),
    ("handout-form-html", true, false, "html"),
    ("handout-form-xlsx", true, false, "xlsx"),
    ("handout-form-txt", true, false, "txt"),
    ("handout-csv", false, false, "csv"),
    ("handout-json", false, false, "json"),
    ("handout-md", false, false, "md"),
    ("handout-form-both", true, true, "html"),
    ("handout-both", false, true, "xlsx"),
];
/// The ways for one record.
const RECORD: &[Way] = &[
    ("handout-form-html", true, false, "html"),
    ("handout-form-xlsx", true, false, "xlsx"),
    ("handout-form-txt", true, false, "txt"),
    ("handout-form-both", true, true, "html"),
];

/// What is handed out.
#[derive(Clone)]
enum What {
    /// A list: its id, and what narrows it.
    List(String, String),
    /// One record.
    Record(EntryKey),
}

/// The choice of a way.
pub struct Handout {
    thing: What,
    name: String,
    ways: &'static [Way],
    shown: Vec<usize>,
    chooser: Chooser,
}

impl Handout {
    /// What is on screen; nothing where there is neither a list nor a record.
    pub fn new(looking: &Looking, cx: &Cx) -> Option<Self> {
        let reading = cx.reading();
        let (thing, name, ways) = if looking.list.is_empty() {
            let key = *looking.entries.first()?;
            (What::Record(key), format!("{} {}", reading.book.serial(key), reading.title(key)), RECORD)
        } else {
            let listing = reading.listing(&looking.list).ok()?;
            let name = reading.name(&listing).to_owned();
            (What::List(looking.list.clone(), looking.filter.clone()), name, LIST)
        };
        let mut handout = Self { thing, name, ways, shown: Vec::new(), chooser: Chooser::default() };
        handout.narrow(cx);
        Some(handout)
    }

    fn narrow(&mut self, cx: &Cx) {
        let needle = Needle::new(self.chooser.editor.text());
        let named = |at: &usize| {
            self.ways
                .get(*at)
                .is_some_and(|(name, .., ending)| needle.matches(&cx.say(name)) || needle.matches(ending))
        };
        self.shown = (0..self.ways.len()).filter(named).collect();
    }

    /// Asks where to; a name that is likely stands there.
    fn ask(&self, cx: &Cx) -> Outcome {
        let way = self.shown.get(self.chooser.cursor).and_then(|at| self.ways.get(*at));
        let Some((_, on_form, both, ending)) = way else { return Outcome::Stay };
        let plain: String =
            self.name.chars().map(|c| if c.is_alphanumeric() || c == '-' { c } else { '_' }).collect();
        let path = format!("~/{plain}-{}.{ending}", cx.today());
        let taker = Writing { thing: self.thing.clone(), on_form: *on_form, both: *both, ending };
        Outcome::Replace(Box::new(Asking::new(Ask::filled(message!("handout-where"), &path), taker)))
    }
}

/// Writes what is handed out where the words say.
struct Writing {
    thing: What,
    on_form: bool,
    both: bool,
    ending: &'static str,
}

impl Writing {
    fn write(&self, path: &Path, cx: &Cx) -> Result<usize, HandoutError> {
        let reading = cx.reading();
        let tongue = if self.both { Tongue::Both } else { Tongue::One(cx.lang()) };
        let format = Format::of(path)?;
        // What was chosen is what is written.
        if !path.extension().is_some_and(|end| end.eq_ignore_ascii_case(self.ending)) {
            return Err(HandoutError::Told(message!("handout-ending", ending = self.ending)));
        }
        let paper = |thing| paper_of(cx.session, &reading, thing, tongue, cx.now);
        let (bytes, count) = match &self.thing {
            What::Record(key) => {
                let Some(entry) = reading.book.entry(*key) else { return Ok(0) };
                let (paper, count) = paper(Thing::Record(entry))?;
                (on_paper(&paper, format, tongue)?, count)
            }
            What::List(id, filter) => {
                let Ok(listing) = reading.listing(id) else { return Ok(0) };
                let keys = reading.entries(&listing, filter, cx.today()).unwrap_or_default();
                let bytes = if self.on_form {
                    on_paper(&paper(Thing::List(&listing, &keys, filter))?.0, format, tongue)?
                } else {
                    in_full(&reading, (&listing, &keys), (format, tongue))?
                };
                (bytes, keys.len())
            }
        };
        save(path, &bytes, false)?;
        Ok(count)
    }
}

/// A path as a person types it: `~` is one's own folder.
pub fn typed(words: &str) -> PathBuf {
    // A path may be pasted with the quotes of a shell around it.
    let words = words.trim().trim_matches(['\'', '"']);
    match (words.strip_prefix("~/"), std::env::var_os("HOME")) {
        (Some(rest), Some(home)) => Path::new(&home).join(rest),
        _ => PathBuf::from(words),
    }
}

impl Take for Writing {
    fn take(&mut self, words: &str, cx: &mut Cx) -> Outcome {
        let path = typed(words);
        match self.write(&path, cx) {
            Ok(count) => {
                let done = message!("export-written", count = count, file = path.display().to_string());
                Outcome::CloseSaying(Notice::said(done))
            }
            Err(HandoutError::Exists(file)) => {
                Outcome::Say(Notice::refused(message!("handout-exists", file = file)))
            }
            Err(error) => Outcome::Say(Notice::wrong(&error)),
        }
    }
}

impl Layer for Handout {
    fn scope(&self) -> Scope {
        Scope::Pick
    }

    fn act(&mut self, action: Action, _count: Option<usize>, cx: &mut Cx) -> Outcome {
        if self.chooser.moved(action, self.shown.len()) {
            return Outcome::Stay;
        }
        match action {
            Action::Open => self.ask(cx),
            Action::Back => Outcome::Close,
            _ => Outcome::Pass,
        }
    }

    fn key(&mut self, key: Key, cx: &mut Cx) -> Outcome {
        if self.chooser.typed(key) {
            self.narrow(cx);
        }
        Outcome::Stay
    }

    fn paste(&mut self, text: &str, cx: &mut Cx) -> Outcome {
        self.chooser.paste(text);
        self.narrow(cx);
        Outcome::Stay
    }

    fn draw(&mut self, buffer: &mut Buffer, area: Rect, cx: &Cx) {
        let mut painter = Painter::new(buffer, area);
        painter.clear();
        let style = |role| cx.desk.theme.style(role);
        title(&mut painter, &cx.say("handout"), &self.name, "", cx);
        self.chooser.draw_line(&mut painter, ">", (&[], style(Role::Text)), cx);
        let rows = (self.shown.len(), area.height.saturating_sub(2));
        let (shown, ways) = (&self.shown, self.ways);
        self.chooser.draw_rows(&mut painter, rows, cx, |at| {
            let (name, .., ending) = shown.get(at).and_then(|at| ways.get(*at))?;
            Some((cx.say(name), format!(".{ending}")))
        });
    }

    fn cursor(&self) -> Option<Position> {
        self.chooser.place()
    }

    fn hints(&self, _cx: &Cx) -> Vec<Action> {
        vec![Action::Open, Action::Back]
    }
}
