//! A screen is a stack of layers; the top one gets the keys.
//!
//! A new dialog is one new file that implements [`Layer`]. Layers never call each other: they answer an
//! action with an [`Outcome`], and the app does what it says.

use std::cell::Cell;
use std::time::Duration;

use chrono::{DateTime, NaiveDate, Utc};
use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};

use super::action::{Action, Scope};
use super::keymap::Keymap;
use super::notice::Notice;
use super::steady::Steady;
use super::terminal::Key;
use super::theme::Theme;
use crate::audit::{Follow, Looked};
use crate::catalogue::{Looking, Reading};
use crate::share::Session;
use crate::wording::{Lang, Message, Wording};

/// What every layer may use while it answers.
pub struct Cx<'a> {
    /// The book and the way to change it.
    pub session: &'a mut Session,
    /// What outlives a key: looks and habits of the person.
    pub desk: &'a mut Desk,
    /// The moment of the key.
    pub now: DateTime<Utc>,
}

/// Looks and habits of the person, for as long as the program runs.
pub struct Desk {
    /// The language.
    pub lang: Lang,
    /// The look.
    pub theme: Theme,
    /// The keys.
    pub keymap: Keymap,
    /// Whether the pane beside the table is shown where there is room.
    pub pane: bool,
    /// Where drafts are kept.
    pub drafts: super::draft::Drafts,
    /// Filters used before, the latest last.
    pub filters: Vec<String>,
    /// The clock of the drill that was stamped last, which a change of the host's clock does not bend.
    pub steady: Option<Steady>,
    /// Where the person's own settings lie.
    pub config: Option<std::path::PathBuf>,
    /// What else is known of the person and the terminal.
    pub habits: Habits,
    /// What the checks came to, for every screen that shows it.
    pub looks: Looks,
}

/// What every check came to: in the present, and in the past that was shown last.
#[derive(Default)]
pub struct Looks {
    present: Cell<Follow>,
    past: Cell<Follow>,
}

impl Looks {
    /// Forgets all of it: the book was read anew.
    pub fn forget(&mut self) {
        *self = Self::default();
    }
}

/// What a screen was read from: as long as this is the same, so is all that was reckoned from the whole book.
#[derive(Debug, PartialEq, Eq)]
pub struct Basis {
    seq: u64,
    past: bool,
    today: NaiveDate,
    lang: Lang,
    definitions: String,
}

/// What is known of the person and the terminal, for copying and looking up.
#[derive(Debug, Clone, Default)]
pub struct Habits {
    /// Whether the terminal is inside tmux, which hands a clipboard on only when it is told to, and that was not
    /// said yet.
    pub tmux: bool,
    /// The entry of which the last key copied something, and which part that was.
    pub copied: Option<(crate::book::EntryKey, usize)>,
    /// What was looked for.
    pub look_ups: super::lookups::LookUps,
}

impl Desk {
    /// The sentences of the language.
    pub fn wording(&self) -> &'static Wording {
        self.lang.wording()
    }

    /// Keeps language and theme for the next start; a folder that cannot be written keeps nothing.
    pub fn remember(&self) {
        if let Some(folder) = &self.config {
            let _ = std::fs::create_dir_all(folder);
            let _ = std::fs::write(folder.join("language"), self.lang.code());
            let _ = std::fs::write(folder.join("theme"), self.theme.name());
        }
    }
}

impl Cx<'_> {
    /// The book seen in the language of the person.
    pub fn reading(&self) -> Reading<'_> {
        self.session.reading(self.desk.lang)
    }

    /// The day from which whatever is due is reckoned.
    pub fn today(&self) -> NaiveDate {
        self.session.today(self.now)
    }

    /// Hands on what every check comes to now. Only that is looked at which changed since anybody asked; a past that is
    /// shown is looked at whole.
    pub fn looked<T>(&self, tell: impl for<'r> FnOnce(&Reading<'r>, &[Looked<'r>]) -> T) -> T {
        let (reading, past) = (self.reading(), self.session.past().is_some());
        let looks = if past { &self.desk.looks.past } else { &self.desk.looks.present };
        let mut follow = looks.take();
        if past && follow.seq() != reading.book.seq() {
            follow = Follow::default();
        }
        follow.follow(&reading, self.today());
        let told = tell(&reading, &follow.looked(&reading));
        looks.set(follow);
        told
    }

    /// What is seen now, against which a screen knows whether it is still right.
    pub fn basis(&self) -> Basis {
        Basis {
            seq: self.session.book().seq(),
            past: self.session.past().is_some(),
            today: self.today(),
            lang: self.lang(),
            definitions: self.session.definitions().hash().to_owned(),
        }
    }

    /// Whether an action is one for this book: nothing leads to a change of one that can only be looked at, but a
    /// question about a past is kept in the present.
    pub fn may(&self, action: Action) -> bool {
        let (session, present) = (&self.session, self.session.present());
        let asks = action == Action::Question && session.past().is_some() && present.read_only().is_none();
        asks || !action.writes() || session.read_only().is_none()
    }

    /// The language.
    pub fn lang(&self) -> Lang {
        self.desk.lang
    }

    /// A sentence.
    pub fn say(&self, id: &'static str) -> String {
        self.desk.wording().say(id)
    }

    /// A sentence with its parts.
    pub fn render(&self, message: &Message) -> String {
        self.desk.wording().render(message)
    }
}

/// What a layer wants after an action.
pub enum Outcome {
    /// Nothing but to be drawn again.
    Stay,
    /// The action is not for this layer; the app may have an answer.
    Pass,
    /// To go, and the layer below it to look at the book again.
    Close,
    /// To go, and a sentence to be shown.
    CloseSaying(Notice),
    /// To go because something was saved, and the layer below to go to that entry.
    Saved(Notice, Option<crate::book::EntryKey>),
    /// Another layer above it.
    Push(Box<dyn Layer>),
    /// Put another layer on top, and say something.
    PushSaying(Box<dyn Layer>, Notice),
    /// Another layer in its place.
    Replace(Box<dyn Layer>),
    /// The same, and say something.
    ReplaceSaying(Box<dyn Layer>, Notice),
    /// A sentence to be shown in the last line.
    Say(Notice),
    /// The layer below to be handed this, after this one has gone.
    Answer(Answer),
    /// An action of another layer's to be done as if its key had been pressed.
    Do(Action),
}

/// What a layer hands down when it goes.
pub enum Answer {
    /// A text.
    Text(String),
    /// Position of a row that was picked.
    Picked(usize),
    /// Entries that were picked.
    Entries(Vec<crate::book::EntryKey>),
    /// An evaluation.
    Evaluation(Box<crate::scoring::Evaluation>),
}

/// One layer of the screen.
pub trait Layer {
    /// Where its keys are looked up.
    fn scope(&self) -> Scope;

    /// Answers an action. `count` is the number typed before it, or 1.
    fn act(&mut self, action: Action, count: Option<usize>, cx: &mut Cx) -> Outcome;

    /// Takes a key that is bound to nothing: a letter of a text, a digit of an evaluation.
    fn key(&mut self, key: Key, cx: &mut Cx) -> Outcome {
        let _ = (key, cx);
        Outcome::Pass
    }

    /// Takes pasted text.
    fn paste(&mut self, text: &str, cx: &mut Cx) -> Outcome {
        let _ = (text, cx);
        Outcome::Stay
    }

    /// Takes what the layer above handed down.
    fn answered(&mut self, answer: Answer, cx: &mut Cx) -> Outcome {
        let _ = (answer, cx);
        Outcome::Stay
    }

    /// Looks at the book again: it has changed, or this layer is on top again.
    fn refresh(&mut self, cx: &mut Cx) {
        let _ = cx;
    }

    /// Goes to an entry that was just saved, where it shows it.
    fn go_to(&mut self, entry: crate::book::EntryKey) {
        let _ = entry;
    }

    /// Whether what it shows is there no longer; then it is taken away.
    fn is_gone(&self, cx: &Cx) -> bool {
        let _ = cx;
        false
    }

    /// What is looked at: the entry under the cursor, and the list with what narrows it.
    fn looking(&self, cx: &Cx) -> Looking {
        let _ = cx;
        Looking::default()
    }

    /// Does what the frame just drawn need not wait for, while no key is waiting; says whether anything is to be
    /// drawn anew.
    fn later(&mut self, cx: &mut Cx) -> bool {
        let _ = cx;
        false
    }

    /// Draws itself. A layer that does not cover the screen draws only its part.
    fn draw(&mut self, buffer: &mut Buffer, area: Rect, cx: &Cx);

    /// Where the real cursor stands after drawing, so that an input method opens there.
    fn cursor(&self) -> Option<Position> {
        None
    }

    /// Whether the layer below shows around it.
    fn is_popup(&self) -> bool {
        false
    }

    /// The actions worth a hint in the last line, most useful first.
    fn hints(&self, cx: &Cx) -> Vec<Action> {
        let _ = cx;
        Vec::new()
    }

    /// The word for what an action does at this moment, where that is not its usual one: it is the end of the id of a
    /// hint.
    fn hint(&self, action: Action) -> Option<&'static str> {
        let _ = action;
        None
    }

    /// Whether a digit starts a count here (and is not text or a value).
    fn counts(&self) -> bool {
        matches!(self.scope(), Scope::Table | Scope::Page | Scope::Due | Scope::Matrix)
    }

    /// Does what waits until the frame is on the screen, a little at a time; none where nothing waits.
    fn after_frame(&mut self, cx: &mut Cx) -> Option<Outcome> {
        let _ = cx;
        None
    }

    /// Whether each key wants its own frame before the next is answered: what a key confirms was on the screen.
    fn one_key_a_frame(&self) -> bool {
        false
    }

    /// Takes note of an entry that the layer above saved.
    fn saved(&mut self, entry: crate::book::EntryKey, cx: &mut Cx) {
        let _ = (entry, cx);
    }

    /// In how long it wants to be drawn again though nothing came in; nothing but a running clock does.
    fn wake(&self) -> Option<Duration> {
        None
    }

    /// Keeps what was typed, because the line may be lost.
    fn keep_draft(&mut self, cx: &mut Cx) {
        let _ = cx;
    }
}

/// In how long one of the layers that are seen wants to be drawn again though nothing came in.
pub fn wake(layers: &[Box<dyn Layer>]) -> Option<Duration> {
    let seen = layers.iter().rposition(|layer| !layer.is_popup()).unwrap_or(0);
    layers.iter().skip(seen).filter_map(|layer| layer.wake()).min()
}
