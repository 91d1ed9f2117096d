//! Which file is to be imported: those lists that lie where one would have put them, the latest first, or any path.

use std::path::{Path, PathBuf};
use std::time::SystemTime;

use chrono::{DateTime, Local};
use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};

use super::super::action::{Action, Scope};
use super::super::chooser::Chooser;
use super::super::layer::{Cx, Layer, Outcome};
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

/// A choice of files.
pub struct ImportFile {
    files: Vec<File>,
    shown: Vec<usize>,
    chooser: Chooser,
}

struct File {
    path: PathBuf,
    size: u64,
    changed: SystemTime,
}

impl ImportFile {
    /// What lies in the folder where the program was started, and where files arrive.
    pub fn new(cx: &Cx) -> Self {
        let home = std::env::var_os("HOME").map(PathBuf::from);
        let below = ARRIVALS.iter().filter_map(|name| Some(home.as_ref()?.join(name)));
        let mut files: Vec<File> =
            std::env::current_dir().into_iter().chain(below).flat_map(|folder| lists(&folder)).collect();
        files.sort_by(|one, other| other.changed.cmp(&one.changed).then(one.path.cmp(&other.path)));
        files.dedup_by(|one, other| one.path == other.path);
        files.truncate(MOST);
        let mut choice = Self { files, shown: Vec::new(), chooser: Chooser::default() };
        choice.narrow(cx);
        choice
    }

    fn narrow(&mut self, _cx: &Cx) {
        let needle = Needle::new(self.chooser.editor.text());
        let name = |file: &File| file.path.display().to_string();
        self.shown = (0..self.files.len())
            .filter(|at| self.files.get(*at).is_some_and(|file| needle.matches(&name(file))))
            .collect();
    }

    /// The path that is typed, where it is one; `~` is one's own folder.
    fn typed(&self) -> Option<PathBuf> {
        let text = self.chooser.editor.text().trim();
        let path = typed(text);
        (!text.is_empty() && (path.is_file() || text.starts_with(['/', '~', '.']))).then_some(path)
    }
}

/// The lists that lie in a folder.
fn lists(folder: &Path) -> Vec<File> {
    let entries = std::fs::read_dir(folder).into_iter().flatten().flatten();
    let list = |entry: std::fs::DirEntry| {
        let path = entry.path();
        let ending = path.extension()?.to_string_lossy().to_lowercase();
        // What Excel has open leaves a file of this name beside it.
        let open = entry.file_name().to_string_lossy().starts_with(['~', '.']);
        let about = entry.metadata().ok().filter(std::fs::Metadata::is_file)?;
        let changed = about.modified().unwrap_or(SystemTime::UNIX_EPOCH);
        (ENDINGS.contains(&ending.as_str()) && !open).then_some(File { path, size: about.len(), changed })
    };
    entries.filter_map(list).collect()
}

impl Layer for ImportFile {
    fn scope(&self) -> Scope {
        Scope::Pick
    }

    fn act(&mut self, action: Action, _count: Option<usize>, cx: &mut Cx) -> Outcome {
        if self.chooser.moved(action, self.shown.len()) {
            return Outcome::Stay;
        }
        match action {
            Action::Open => {
                let here = self.shown.get(self.chooser.cursor).and_then(|at| self.files.get(*at));
                match self.typed().or_else(|| here.map(|file| file.path.clone())) {
                    Some(path) => Outcome::Replace(Box::new(ImportScreen::open(path, cx))),
                    None => Outcome::Say(Notice::said(message!("import-which-path"))),
                }
            }
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
        title(&mut painter, &cx.say("import-which-file"), "", "", cx);
        self.chooser.draw_line(&mut painter, ">", (&[], style(Role::Text)), cx);
        let end = area.height.saturating_sub(2);
        if self.files.is_empty() {
            painter.put(3, 4, &cx.say("import-no-files"), style(Role::Dim));
        }
        let (shown, files) = (&self.shown, &self.files);
        self.chooser.draw_rows(&mut painter, (shown.len(), end), cx, |at| {
            let file = shown.get(at).and_then(|at| files.get(*at))?;
            let changed: DateTime<Local> = file.changed.into();
            let about = format!("{}  {}", size(file.size), changed.format("%Y-%m-%d %H:%M"));
            Some((file.path.display().to_string(), about))
        });
    }

    fn cursor(&self) -> Option<Position> {
        self.chooser.place()
    }

    fn hints(&self, _cx: &Cx) -> Vec<Action> {
        vec![Action::Open, Action::Back]
    }
}
