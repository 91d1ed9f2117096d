//! Which file is meant: those that lie where one would have put them, the latest first; or any path, whose folders are
//! walked while it is typed.

use std::path::{Path, PathBuf};
use std::time::SystemTime;

use chrono::{DateTime, Local};
use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};

use super::super::action::{Action, Scope};
use super::super::chooser::Chooser;
use super::super::layer::{Answer, Cx, Layer, Outcome};
use super::super::notice::Notice;
use super::super::paint::{Painter, title};
use super::super::terminal::Key;
use super::super::theme::Role;
use super::handout::typed;
use super::import::ImportScreen;
use crate::exchange::attached::size;
use crate::query::Needle;
use crate::wording::message;

/// What lists end in.
const ENDINGS: &[&str] = &["xlsx", "xls", "ods", "csv", "tsv", "txt", "json", "jsonl"];
/// Folders below one's own where files arrive.
const ARRIVALS: &[&str] = &["", "Downloads", "下载", "Documents", "文档", "Desktop", "桌面"];
/// How many files are offered.
const MOST: usize = 200;

/// What a file is wanted for.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Purpose {
    /// A list is imported.
    Import,
    /// Whatever it is, it is attached: the path is the answer.
    Attach,
}

/// A choice of files.
pub struct FilePick {
    purpose: Purpose,
    /// Those that are offered while no path is typed.
    near: Vec<File>,
    shown: Vec<File>,
    chooser: Chooser,
}

#[derive(Clone, PartialEq, Eq)]
struct File {
    path: PathBuf,
    /// Its size; none of a folder.
    size: Option<u64>,
    changed: SystemTime,
}

impl FilePick {
    /// A list to import.
    pub fn import(cx: &Cx) -> Self {
        Self::new(Purpose::Import, "", cx)
    }

    /// A file to attach, with what was typed before.
    pub fn attach(words: &str, cx: &Cx) -> Self {
        Self::new(Purpose::Attach, words, cx)
    }

    /// What lies in the folder where the program was started, and where files arrive.
    fn new(purpose: Purpose, words: &str, cx: &Cx) -> Self {
        let home = std::env::var_os("HOME").map(PathBuf::from);
        let below = ARRIVALS.iter().filter_map(|name| Some(home.as_ref()?.join(name)));
        let folders = std::env::current_dir().into_iter().chain(below);
        let mut near: Vec<File> = folders.flat_map(|folder| lying(&folder, purpose)).collect();
        // Folders behind the files.
        let rank = |file: &File| (file.size.is_none(), std::cmp::Reverse(file.changed));
        near.sort_by(|one, other| rank(one).cmp(&rank(other)).then(one.path.cmp(&other.path)));
        near.dedup_by(|one, other| one.path == other.path);
        near.truncate(MOST);
        let mut choice = Self { purpose, near, shown: Vec::new(), chooser: Chooser::default() };
        choice.chooser.editor.set(words);
        choice.narrow(cx);
        choice
    }

    fn narrow(&mut self, _cx: &Cx) {
        let text = self.chooser.editor.text().trim();
        if let Some(path) = path_of(text) {
            self.shown = walked(&path, text.ends_with('/'), self.purpose);
            return;
        }
        let needle = Needle::new(text);
        let meant = |file: &&File| needle.matches(&file.path.display().to_string());
        self.shown = self.near.iter().filter(meant).cloned().collect();
    }

    fn open(&mut self, cx: &mut Cx) -> Outcome {
        let text = self.chooser.editor.text().trim().to_owned();
        let whole = path_of(&text).filter(|path| path.is_file());
        let path = match self.shown.get(self.chooser.cursor) {
            // What is typed to its end is meant, whatever begins so too.
            _ if self.chooser.cursor == 0 && whole.is_some() => whole.unwrap_or_default(),
            Some(folder) if folder.size.is_none() => {
                self.chooser.editor.set(&format!("{}/", folder.path.display()));
                self.chooser.cursor = 0;
                self.narrow(cx);
                return Outcome::Stay;
            }
            Some(file) => file.path.clone(),
            None if text.is_empty() => {
                return Outcome::Say(Notice::said(message!("import-which-path")));
            }
            None if typed(&text).is_dir() => {
                self.chooser.editor.set(&format!("{}/", text.trim_end_matches('/')));
                self.narrow(cx);
                return Outcome::Stay;
            }
            // That there is none is said where it would be read.
            None => typed(&text),
        };
        match self.purpose {
            Purpose::Import => Outcome::Replace(Box::new(ImportScreen::open(path, cx))),
            Purpose::Attach => Outcome::Answer(Answer::Text(path.display().to_string())),
        }
    }
}

/// The path that is typed, where it is one; `~` is one's own folder.
fn path_of(text: &str) -> Option<PathBuf> {
    let text = text.trim_matches(['\'', '"']);
    let text = if text == "~" { "~/" } else { text };
    (text.starts_with(['/', '~', '.']) || text.contains('/')).then(|| typed(text))
}

/// What lies on the way to a path, by name: folders first.
fn walked(path: &Path, whole: bool, purpose: Purpose) -> Vec<File> {
    let (folder, begin) = match path.parent() {
        Some(folder) if !whole => (folder, path.file_name().unwrap_or_default().to_string_lossy()),
        _ => (path, std::borrow::Cow::default()),
    };
    let folder = if folder.as_os_str().is_empty() { Path::new(".") } else { folder };
    let begin = begin.to_lowercase();
    let name = |file: &File| file.path.file_name().unwrap_or_default().to_string_lossy().to_lowercase();
    let mut found: Vec<File> = lying(folder, purpose);
    let needle = Needle::new(&begin);
    found.retain(|file| begin.is_empty() || name(file).starts_with(&begin) || needle.matches(&name(file)));
    found.sort_by_key(|file| (file.size.is_some(), name(file)));
    found.truncate(MOST);
    found
}

/// The files and folders in a folder, but for what is hidden.
fn lying(folder: &Path, purpose: Purpose) -> Vec<File> {
    let entries = std::fs::read_dir(folder).into_iter().flatten().flatten();
    let file = |entry: std::fs::DirEntry| {
        let path = entry.path();
        // What Excel has open leaves a file of this name beside it.
        if entry.file_name().to_string_lossy().starts_with(['~', '.']) {
            return None;
        }
        let about = std::fs::metadata(&path).ok()?;
        let changed = about.modified().unwrap_or(SystemTime::UNIX_EPOCH);
        if about.is_dir() {
            return Some(File { path, size: None, changed });
        }
        let ending = path.extension().map(|ending| ending.to_string_lossy().to_lowercase());
        let fits = purpose == Purpose::Attach || ending.is_some_and(|end| ENDINGS.contains(&end.as_str()));
        (about.is_file() && fits).then_some(File { path, size: Some(about.len()), changed })
    };
    entries.filter_map(file).collect()
}

impl Layer for FilePick {
    fn scope(&self) -> Scope {
        Scope::Pick
    }

    fn act(&mut self, action: Action, _count: Option<usize>, cx: &mut Cx) -> Outcome {
        if self.chooser.moved(action, self.shown.len()) {
            return Outcome::Stay;
        }
        match action {
            Action::Open => self.open(cx),
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
        let heading = match self.purpose {
            Purpose::Import => "import-which-file",
            Purpose::Attach => "files-which",
        };
        title(&mut painter, &cx.say(heading), "", "", cx);
        self.chooser.draw_line(&mut painter, ">", (&[], style(Role::Text)), cx);
        let end = area.height.saturating_sub(2);
        if self.near.is_empty() && self.chooser.editor.text().is_empty() {
            painter.put(3, 4, &cx.say("import-no-files"), style(Role::Dim));
        }
        let shown = &self.shown;
        self.chooser.draw_rows(&mut painter, (shown.len(), end), cx, |at| {
            let file = shown.get(at)?;
            let changed: DateTime<Local> = file.changed.into();
            let name = file.path.display();
            Some(match file.size {
                Some(bytes) => {
                    (name.to_string(), format!("{}  {}", size(bytes), changed.format("%Y-%m-%d %H:%M")))
                }
                None => (format!("{name}/"), String::new()),
            })
        });
    }

    fn cursor(&self) -> Option<Position> {
        self.chooser.place()
    }

    fn hints(&self, _cx: &Cx) -> Vec<Action> {
        vec![Action::Open, Action::Back]
    }
}
