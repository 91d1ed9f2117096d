//! The loop: input in, layers answer, one frame out.
//!
//! One thread owns everything that is shown. It sleeps until something comes in, answers all that has come,
//! and draws once. Nothing ticks but a layer that says when it wants to be drawn again: a running clock.

mod keys;
mod own;
mod travel;

use std::collections::VecDeque;
use std::sync::mpsc::{Receiver, RecvTimeoutError};
use std::time::{Duration, Instant};

use chrono::{DateTime, Utc};
use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};

use super::action::{Action, Scope};
use super::keymap::Meaning;
use super::layer::{Cx, Desk, Layer, Outcome, wake};
use super::notice::Notice;
use super::paint::{self, Painter};
use super::screen::{Leave, Screen, Shown, Start, put_out};
use super::screens::{self, home::Home};
use super::terminal::{Guard, Input, Key, Writer};
use super::theme::Role;
use crate::share::Session;
use crate::wording::{Message, message};

/// The smallest screen.
const SMALLEST: (u16, u16) = (60, 12);
/// After this long without a key what was typed is kept as a draft.
const PAUSE: Duration = Duration::from_millis(700);

/// The screen over one session.
pub struct App {
    session: Session,
    desk: Desk,
    layers: Vec<Box<dyn Layer>>,
    notice: Option<Notice>,
    /// What the person should know at once, one sentence after the other.
    notes: VecDeque<Message>,
    keys: Vec<Key>,
    count: Option<usize>,
    clock: fn() -> DateTime<Utc>,
    writer: Writer,
    leave: Option<Leave>,
    suspend: bool,
    shown: Shown,
}

impl App {
    /// An app with home on it.
    pub fn new(start: Start) -> Self {
        let Start { session, desk, notes, depth, clock } = start;
        let mut notes = VecDeque::from(notes);
        let mut app = Self {
            session,
            desk,
            layers: Vec::new(),
            notice: notes.pop_front().map(Notice::said),
            notes,
            keys: Vec::new(),
            count: None,
            clock,
            writer: Writer::new(depth),
            leave: None,
            suspend: false,
            shown: Shown::Nothing,
        };
        let cx = Cx { session: &mut app.session, desk: &mut app.desk, now: clock() };
        let home = Home::new(&cx);
        app.layers.push(Box::new(home));
        app
    }

    /// Runs on the screen until it is left.
    pub fn run(start: Start, screen: &Screen) -> std::io::Result<Leave> {
        Self::new(start).serve(&screen.came)
    }

    fn serve(&mut self, came: &Receiver<Input>) -> std::io::Result<Leave> {
        let mut typed: Option<Instant> = None;
        loop {
            let (columns, rows) = crossterm::terminal::size()?;
            let cold = self.shown == Shown::Nothing;
            let written = self.frame(columns, rows).to_owned();
            if !written.is_empty() && put_out(&written).is_err() {
                self.keep_drafts();
                return Ok(Leave::Gone);
            }
            if cold {
                self.settle();
                continue;
            }
            if self.after_frame() {
                continue;
            }
            let pause = typed.map(|typed| PAUSE.saturating_sub(typed.elapsed()));
            let first = match (came.try_recv(), pause.into_iter().chain(wake(&self.layers)).min()) {
                (Ok(input), _) => Ok(input),
                (Err(_), _) if self.later() => continue,
                (Err(_), Some(wait)) => came.recv_timeout(wait),
                (Err(_), None) => came.recv().map_err(|_| RecvTimeoutError::Disconnected),
            };
            match first {
                Ok(input) => {
                    self.input(input);
                    typed = Some(Instant::now());
                    // Whatever else has come is answered before anything is drawn.
                    while self.leave.is_none()
                        && !self.suspend
                        && !self.layers.last().is_some_and(|layer| layer.one_key_a_frame())
                        && let Ok(input) = came.try_recv()
                    {
                        self.input(input);
                    }
                }
                Err(RecvTimeoutError::Timeout) if typed.is_some_and(|typed| typed.elapsed() >= PAUSE) => {
                    self.keep_drafts();
                    typed = None;
                }
                Err(RecvTimeoutError::Timeout) => {}
                Err(RecvTimeoutError::Disconnected) => self.leave = Some(Leave::Gone),
            }
            if std::mem::take(&mut self.suspend) {
                self.stop()?;
            }
            if let Some(leave) = self.leave {
                self.keep_drafts();
                return Ok(leave);
            }
        }
    }

    /// Does what the first frame need not wait for.
    pub fn settle(&mut self) {
        self.session.warm();
        self.refresh();
    }

    /// Does what waits until the frame is on the screen; says whether there was anything.
    pub fn after_frame(&mut self) -> bool {
        let mut outcome = None;
        self.with(|layer, cx| {
            outcome = layer.after_frame(cx);
            Outcome::Stay
        });
        let Some(outcome) = outcome else { return false };
        self.follow(outcome);
        true
    }

    /// Does what can be done while no key is waiting; says whether anything is to be drawn anew.
    pub fn later(&mut self) -> bool {
        let mut cx = Cx { session: &mut self.session, desk: &mut self.desk, now: (self.clock)() };
        self.layers.last_mut().is_some_and(|top| top.later(&mut cx))
    }

    /// Gives the terminal back until the shell brings the program to the front again.
    fn stop(&mut self) -> std::io::Result<()> {
        Guard::leave();
        signal_hook::low_level::emulate_default_handler(signal_hook::consts::SIGTSTP)?;
        Guard::resume()?;
        self.writer.forget();
        Ok(())
    }

    /// The bytes that bring the terminal to the present frame.
    pub fn frame(&mut self, columns: u16, rows: u16) -> &str {
        let mut buffer = self.writer.blank(Rect::new(0, 0, columns, rows));
        let cursor = self.draw(&mut buffer);
        self.writer.frame(buffer, cursor)
    }

    /// Draws everything; gives the place of the real cursor.
    pub fn draw(&mut self, buffer: &mut Buffer) -> Option<Position> {
        let area = buffer.area;
        let cx = Cx { session: &mut self.session, desk: &mut self.desk, now: (self.clock)() };
        if area.width < SMALLEST.0 || area.height < SMALLEST.1 {
            screens::too_small(&mut Painter::new(buffer, area), SMALLEST, &cx);
            self.shown = Shown::TooSmall;
            return None;
        }
        self.shown = Shown::Layers;
        let bottom = self.layers.iter().rposition(|layer| !layer.is_popup()).unwrap_or(0);
        for layer in self.layers.iter_mut().skip(bottom) {
            layer.draw(buffer, area, &cx);
        }
        let top = self.layers.last()?;
        let mut painter = Painter::new(buffer, area);
        let last = area.height - 1;
        match (&self.notice, self.count) {
            (Some(notice), _) => notice.draw(&mut painter, &cx),
            (None, Some(count)) => {
                painter.part(Rect { x: 0, y: last, width: area.width, height: 1 }).clear();
                painter.put(1, last, &count.to_string(), cx.desk.theme.style(Role::Text));
            }
            (None, None) => {
                paint::hints(&mut painter, &**top, &cx);
            }
        }
        top.cursor()
    }

    /// Answers one input.
    pub fn input(&mut self, input: Input) {
        match input {
            // What cannot be seen is not changed: only leaving works.
            Input::Key(key) if self.shown == Shown::TooSmall => {
                let meaning = self.desk.keymap.meaning(Scope::Everywhere, &[key.narrowed()]);
                self.leave = (meaning == Meaning::Action(Action::Quit)).then_some(Leave::Quit).or(self.leave);
            }
            Input::Paste(_) if self.shown == Shown::TooSmall => {}
            Input::Key(key) => self.key(key),
            Input::Paste(text) => {
                self.notice = None;
                self.with_top(|layer, cx| layer.paste(&text, cx));
            }
            Input::Resize | Input::Back => self.writer.forget(),
            Input::Leave(signal) => self.leave = Some(Leave::Signal(signal)),
            Input::Gone => self.leave = Some(Leave::Gone),
        }
    }

    /// Whether the app is done.
    pub fn left(&self) -> Option<Leave> {
        self.leave
    }

    fn act(&mut self, action: Action, count: Option<usize>) {
        if action != Action::Copy {
            self.desk.habits.copied = None;
        }
        // Who may only look sees what others write, and is told before a form is filled in vain.
        if let Some(why) = self.session.read_only() {
            let cx = Cx { session: &mut self.session, desk: &mut self.desk, now: (self.clock)() };
            if !cx.may(action) {
                let free = self.session.is_free_again();
                self.notice = Some(Notice::refused(if free { message!("free-again") } else { why.clone() }));
                return;
            }
            if self.session.renew() {
                self.desk.looks.forget();
                self.refresh();
            }
        }
        let mut outcome = Outcome::Pass;
        self.with(|layer, cx| {
            outcome = layer.act(action, count, cx);
            Outcome::Stay
        });
        match outcome {
            Outcome::Pass => self.own(action),
            outcome => self.follow(outcome),
        }
    }

    fn with_top(&mut self, answer: impl FnOnce(&mut dyn Layer, &mut Cx) -> Outcome) {
        let outcome = self.with(answer);
        self.follow(outcome);
    }

    fn with(&mut self, answer: impl FnOnce(&mut dyn Layer, &mut Cx) -> Outcome) -> Outcome {
        let mut cx = Cx { session: &mut self.session, desk: &mut self.desk, now: (self.clock)() };
        match self.layers.last_mut() {
            Some(top) => answer(&mut **top, &mut cx),
            None => Outcome::Stay,
        }
    }

    fn follow(&mut self, outcome: Outcome) {
        match outcome {
            Outcome::Stay | Outcome::Pass => {}
            Outcome::Close => {
                self.layers.pop();
                self.refresh();
            }
            Outcome::CloseSaying(notice) => {
                self.layers.pop();
                self.notice = Some(notice);
                self.refresh();
            }
            Outcome::Saved(notice, entry) => {
                self.layers.pop();
                self.notice = Some(notice);
                self.refresh();
                if let Some(entry) = entry {
                    self.with(|layer, cx| {
                        layer.saved(entry, cx);
                        layer.go_to(entry);
                        Outcome::Stay
                    });
                }
            }
            Outcome::Push(layer) => self.layers.push(layer),
            Outcome::PushSaying(layer, notice) => {
                self.layers.push(layer);
                self.notice = Some(notice);
            }
            Outcome::Replace(layer) => {
                self.layers.pop();
                self.layers.push(layer);
            }
            Outcome::ReplaceSaying(layer, notice) => {
                self.layers.pop();
                self.layers.push(layer);
                self.notice = Some(notice);
            }
            Outcome::Say(notice) => {
                self.notice = Some(notice);
                self.refresh();
            }
            Outcome::Answer(answer) => {
                self.layers.pop();
                self.refresh();
                self.with_top(|layer, cx| layer.answered(answer, cx));
            }
            Outcome::Do(action) => {
                self.layers.pop();
                self.act(action, None);
            }
        }
        if self.layers.is_empty() {
            self.leave = Some(Leave::Quit);
        }
    }

    fn refresh(&mut self) {
        let mut cx = Cx { session: &mut self.session, desk: &mut self.desk, now: (self.clock)() };
        self.layers.retain(|layer| !layer.is_gone(&cx));
        for layer in &mut self.layers {
            layer.refresh(&mut cx);
        }
    }

    fn keep_drafts(&mut self) {
        let mut cx = Cx { session: &mut self.session, desk: &mut self.desk, now: (self.clock)() };
        for layer in &mut self.layers {
            layer.keep_draft(&mut cx);
        }
    }
}
