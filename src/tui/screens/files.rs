//! The files of an entry: to attach one, to copy one out, to open one.

use std::process::{Command, Stdio};

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use super::super::action::{Action, Scope};
use super::super::layer::{Answer, Basis, Cx, Layer, Outcome};
use super::super::notice::Notice;
use super::super::theme::Role;
use super::ask::Ask;
use super::detail::Line;
use super::file_pick::FilePick;
use super::handout::typed;
use super::page::{self, Page};
use crate::book::{Edit, EntryKey, Proposal, Way};
use crate::catalogue::Looking;
use crate::exchange::attached::{AttachError, Attached, attach, attached, copy_out, detach, size};
use crate::wording::{Message, message};

/// The files of an entry.
pub struct Files {
    key: EntryKey,
    all: Vec<Attached>,
    page: Page,
    /// Whether a path that is asked for is one to attach; else it is where to.
    attaching: bool,
    /// What the list rests on in the book.
    basis: Basis,
}

impl Files {
    /// Lists them.
    pub fn new(key: EntryKey, cx: &Cx) -> Self {
        let mut files =
            Self { key, all: Vec::new(), page: page::lines(), attaching: false, basis: cx.basis() };
        files.read(cx);
        files
    }

    fn read(&mut self, cx: &Cx) {
        self.basis = cx.basis();
        let reading = cx.reading();
        self.all = attached(cx.session, &reading, self.key).unwrap_or_default();
        let mut said: Vec<Line> = self.all.iter().map(|file| line(file, cx)).collect();
        if said.is_empty() {
            said.push(Line::new("", cx.say("files-none")).role(Role::Dim));
        }
        let entry = format!("{} {}", reading.book.serial(self.key), reading.title(self.key));
        self.page.say(cx.render(&message!("files-heading", entry = entry)), said);
    }

    fn here(&self) -> Option<&Attached> {
        self.all.get(self.page.said_here()?)
    }

    fn attach(&mut self, path: &str, cx: &mut Cx) -> Outcome {
        let edit = attach(cx.session, &cx.reading(), self.key, &[typed(path)]);
        self.commit(edit, cx).unwrap_or_else(|error| {
            Outcome::PushSaying(Box::new(FilePick::attach(path, cx)), Notice::wrong(&error))
        })
    }

    /// Takes the file under the cursor off the entry; undo brings it back.
    fn detach(&mut self, cx: &mut Cx) -> Outcome {
        let Some(file) = self.here() else { return Outcome::Stay };
        let edit = detach(&cx.reading(), self.key, &file.file.sha256);
        self.commit(edit, cx).unwrap_or_else(|error| Outcome::Say(Notice::wrong(&error)))
    }

    fn commit(&mut self, edit: Result<Edit, AttachError>, cx: &mut Cx) -> Result<Outcome, AttachError> {
        let edit = edit?;
        let (proposal, now) = (Proposal { way: Way::Screen, why: None, edits: vec![edit] }, cx.now);
        let done = cx.session.commit(proposal, now);
        self.read(cx);
        Ok(Outcome::Say(done.map_or_else(|error| Notice::wrong(&error), |commit| Notice::saved(&commit, cx))))
    }

    /// Hands a file to the program that the system opens such files with, where there is a screen for that.
    fn open(&self, cx: &Cx) -> Outcome {
        let Some(file) = self.here() else { return Outcome::Stay };
        let shown = ["DISPLAY", "WAYLAND_DISPLAY"].iter().any(|name| std::env::var_os(name).is_some());
        let opener = if cfg!(target_os = "macos") { "open" } else { "xdg-open" };
        if !shown && !cfg!(target_os = "macos") {
            return Outcome::Say(Notice::said(message!("files-no-opener")));
        }
        let folder = std::env::temp_dir().join(format!("taizhang-{}", std::process::id()));
        let copied = std::fs::create_dir_all(&folder)
            .ok()
            .map(|()| folder.join(&file.file.sha256))
            .and_then(|folder| std::fs::create_dir_all(&folder).ok().map(|()| folder))
            .map(|folder| {
                let there =
                    folder.join(std::path::Path::new(&file.file.name).file_name().unwrap_or_default());
                if there.is_file() { Ok(there) } else { copy_out(cx.session, &file.file, &folder) }
            });
        let quiet = |path| {
            Command::new(opener)
                .arg(path)
                .stdin(Stdio::null())
                .stdout(Stdio::null())
                .stderr(Stdio::null())
                .spawn()
        };
        match copied.map(|copied| copied.map(quiet)) {
            Some(Ok(Ok(_))) => {
                Outcome::Say(Notice::said(message!("files-opened", name = file.file.name.clone())))
            }
            Some(Err(error)) => Outcome::Say(Notice::wrong(&error)),
            _ => Outcome::Say(Notice::said(message!("files-no-opener"))),
        }
    }
}

/// Asks once more, with what was typed, and says why.
fn ask(question: Message, typed: &str, why: Notice) -> Outcome {
    Outcome::PushSaying(Box::new(Ask::filled(question, typed)), why)
}

fn line(file: &Attached, cx: &Cx) -> Line {
    let (by, at) = file.added.clone().unwrap_or_default();
    let state = if file.whole { String::new() } else { cx.say("files-lost") };
    let hash = file.file.sha256.chars().take(12).collect::<String>();
    let words = message!(
        "files-line",
        name = file.file.name.clone(),
        size = size(file.file.size),
        at = at,
        by = by,
        hash = hash,
        state = state
    );
    Line::new("", cx.render(&words)).role(if file.whole { Role::Text } else { Role::Wrong })
}

impl Layer for Files {
    fn scope(&self) -> Scope {
        Scope::Files
    }

    fn refresh(&mut self, cx: &mut Cx) {
        // To read it is to hash every file.
        if self.basis != cx.basis() {
            self.read(cx);
        }
    }

    fn is_gone(&self, cx: &Cx) -> bool {
        cx.session.book().entry(self.key).is_none()
    }

    fn act(&mut self, action: Action, count: Option<usize>, cx: &mut Cx) -> Outcome {
        match action {
            Action::Attach => {
                self.attaching = true;
                Outcome::Push(Box::new(FilePick::attach("", cx)))
            }
            Action::Open if self.here().is_some() => {
                self.attaching = false;
                Outcome::Push(Box::new(Ask::filled(message!("files-where"), "~/")))
            }
            Action::OpenFile => self.open(cx),
            Action::TakeOff if self.here().is_some() => self.detach(cx),
            Action::Up | Action::Down | Action::Top | Action::Bottom | Action::PageUp | Action::PageDown => {
                self.page.act(action, count, cx)
            }
            Action::Back => Outcome::Close,
            _ => Outcome::Pass,
        }
    }

    fn answered(&mut self, answer: Answer, cx: &mut Cx) -> Outcome {
        let Answer::Text(path) = answer else { return Outcome::Stay };
        if self.attaching {
            return self.attach(&path, cx);
        }
        let Some(file) = self.here() else { return Outcome::Stay };
        let why = match copy_out(cx.session, &file.file, &typed(&path)) {
            Ok(path) => {
                return Outcome::Say(Notice::said(message!(
                    "files-copied",
                    file = path.display().to_string()
                )));
            }
            Err(crate::exchange::handout::HandoutError::Exists(file)) => {
                Notice::refused(message!("handout-exists", file = file))
            }
            Err(error) => Notice::wrong(&error),
        };
        ask(message!("files-where"), &path, why)
    }

    fn looking(&self, _cx: &Cx) -> Looking {
        Looking::at(self.key)
    }

    fn draw(&mut self, buffer: &mut Buffer, area: Rect, cx: &Cx) {
        self.page.draw(buffer, area, cx);
    }

    fn hints(&self, _cx: &Cx) -> Vec<Action> {
        let mut hints = vec![Action::Attach];
        if self.here().is_some() {
            hints.extend([Action::Open, Action::OpenFile, Action::TakeOff]);
        }
        hints.push(Action::Back);
        hints
    }

    fn hint(&self, action: Action) -> Option<&'static str> {
        (action == Action::Open).then_some("copy-out")
    }
}
