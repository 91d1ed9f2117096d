//! The plain view: no columns, no cursor, nothing cut; for selecting with the mouse, and to be copied as a whole.

use std::io::Write as _;
use std::path::Path;

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use super::super::action::{Action, Scope};
use super::super::layer::{Answer, Cx, Layer, Outcome};
use super::super::notice::{Notice, clipboard};
use super::super::paint::Painter;
use super::super::theme::Role;
use super::ask::Ask;
use super::detail::Line;
use super::looking::copied;
use crate::book::EntryKey;
use crate::catalogue::{Listing, Looking, QUESTIONS, Reading, UNSCORED};
use crate::definition::Column;
use crate::wording::{Tell as _, message};

/// At most this many entries of a list are told.
const MOST: usize = 2000;
/// How wide the page of the closing meeting is at most.
const CLOSING: usize = 80;

/// Text as it is.
pub struct Plain {
    said: Vec<String>,
    /// The same in as many lines as the width takes.
    lines: Vec<String>,
    width: u16,
    top: usize,
    height: usize,
    /// What it is kept as in a file: the usual name, and the same in Markdown.
    file: Option<(String, String)>,
}

impl Plain {
    /// Text in lines.
    pub fn new(said: Vec<String>) -> Self {
        Self { said, lines: Vec::new(), width: 0, top: 0, height: 1, file: None }
    }

    /// A document that can be kept as a file: in Markdown, or as it is where the name ends in `.txt`.
    pub fn document(said: Vec<String>, name: String, marked: String) -> Self {
        Self { file: Some((name, marked)), ..Self::new(said) }
    }

    /// Writes it into a file that is not there yet.
    fn keep(&self, path: &str) -> Outcome {
        let Some((_, marked)) = &self.file else { return Outcome::Stay };
        let file = Path::new(path);
        let text = file.extension().is_some_and(|end| end.eq_ignore_ascii_case("txt"));
        let words = if text { self.said.join("\n") + "\n" } else { marked.clone() };
        let new = std::fs::File::create_new(file);
        let written = new.and_then(|mut file| file.write_all(words.as_bytes()));
        let shown = std::path::absolute(file).unwrap_or_else(|_| file.to_owned()).display().to_string();
        Outcome::Say(match written {
            Ok(()) => Notice::said(message!("plain-kept", path = shown)),
            Err(error) if error.kind() == std::io::ErrorKind::AlreadyExists => {
                Notice::refused(message!("plain-there", path = shown))
            }
            Err(error) => Notice::refused(message!("plain-not-kept", path = shown, why = error.message())),
        })
    }

    /// What a page says, each thing behind its label.
    pub fn page(heading: &str, lines: &[Line], cx: &Cx) -> Self {
        let mut said = vec![heading.to_owned(), String::new()];
        // Blanks that only align columns are in the way when text is pasted elsewhere.
        let close = |text: &str| text.split_whitespace().collect::<Vec<_>>().join(" ");
        said.extend(lines.iter().map(|line| match line.label.trim() {
            "" => close(&line.text),
            label => cx.render(&message!("labelled", label = label, text = close(&line.text))),
        }));
        Self::new(said)
    }

    /// The entries of a list; what auditors asked as the page of the closing meeting.
    pub fn list(looking: &Looking, cx: &Cx) -> Option<Self> {
        let reading = cx.reading();
        let listing = reading.listing(&looking.list).ok()?;
        let keys = reading.entries(&listing, &looking.filter, cx.today()).ok()?;
        let count = cx.render(&message!("rows", count = keys.len()));
        let mut said = vec![format!("{}  {count}  {}", reading.name(&listing), looking.filter)];
        if listing.register.id == QUESTIONS {
            said.extend(reading.closing(&keys, CLOSING));
            return Some(Self::new(said));
        }
        said.push(String::new());
        let head = |column: &Column| listing.register.column_name(*column).get(cx.lang()).to_owned();
        said.push(listing.table.columns.iter().map(head).collect::<Vec<_>>().join("  "));
        said.extend(keys.iter().take(MOST).filter_map(|key| row(*key, &listing, &reading)));
        if let Some(over) = keys.len().checked_sub(MOST).filter(|over| *over > 0) {
            said.push(cx.render(&message!("and-more-entries", count = over)));
        }
        Some(Self::new(said))
    }

    /// The page of the closing meeting: whatever was asked, clause by clause, as the command `questions` prints it.
    pub fn closing(cx: &Cx) -> Option<Self> {
        let reading = cx.reading();
        let listing = reading.listing(QUESTIONS).ok()?;
        let mut keys = reading.entries(&listing, "", cx.today()).ok()?;
        reading.by_clause(&mut keys);
        let organisation = &cx.session.settings().organisation;
        let mut said = vec![format!("{}  {organisation}  {}", reading.name(&listing), cx.today())];
        said.extend(reading.closing(&keys, CLOSING));
        Some(Self::new(said))
    }

    fn lay_out(&mut self) {
        let room = usize::from(self.width).max(10);
        let wrapped = self.said.iter().flat_map(|text| {
            let ranges = crate::text::wrap(text, room);
            ranges.into_iter().map(|range| text.get(range).unwrap_or("").to_owned())
        });
        self.lines = wrapped.collect();
    }
}

/// What a list shows of an entry, in one line.
fn row(key: EntryKey, listing: &Listing, reading: &Reading) -> Option<String> {
    let entry = reading.book.entry(key)?;
    let cell = |column: &Column| {
        let shown = reading.column(listing.register, entry, *column);
        let text = format!("{} {}", shown.sign.mark(), shown.text.replace('\n', " "));
        // Each stands under its head, so none is left out.
        Some(text.trim().to_owned()).filter(|text| !text.is_empty()).unwrap_or_else(|| UNSCORED.to_owned())
    };
    Some(listing.table.columns.iter().map(cell).collect::<Vec<_>>().join("  "))
}

impl Layer for Plain {
    fn scope(&self) -> Scope {
        Scope::Page
    }

    fn act(&mut self, action: Action, count: Option<usize>, cx: &mut Cx) -> Outcome {
        let last = self.lines.len().saturating_sub(self.height);
        let by = count.unwrap_or(1);
        self.top = match action {
            Action::Up => self.top.saturating_sub(by),
            Action::Down => self.top + by,
            Action::PageUp => self.top.saturating_sub(self.height),
            Action::PageDown => self.top + self.height,
            Action::Top => 0,
            Action::Bottom => last,
            Action::Plain => return Outcome::Close,
            Action::Copy => {
                clipboard(&self.said.join("\n"));
                let what = cx.render(&message!("plain-lines", count = self.said.len()));
                return Outcome::Say(Notice::said(copied(what, None, cx)));
            }
            Action::Save => {
                let Some((name, _)) = &self.file else { return Outcome::Pass };
                return Outcome::Push(Box::new(Ask::filled(message!("plain-keep-as"), name)));
            }
            _ => return Outcome::Pass,
        }
        .min(last);
        Outcome::Stay
    }

    fn answered(&mut self, answer: Answer, _cx: &mut Cx) -> Outcome {
        match answer {
            Answer::Text(path) => self.keep(&path),
            _ => Outcome::Stay,
        }
    }

    fn draw(&mut self, buffer: &mut Buffer, area: Rect, cx: &Cx) {
        let mut painter = Painter::new(buffer, area);
        painter.clear();
        self.height = usize::from(area.height.saturating_sub(2)).max(1);
        if self.width != area.width {
            self.width = area.width;
            self.lay_out();
            self.top = self.top.min(self.lines.len().saturating_sub(self.height));
        }
        let style = cx.desk.theme.style(Role::Text);
        for (y, line) in (0..area.height.saturating_sub(2)).zip(self.lines.iter().skip(self.top)) {
            painter.put(0, y, line, style);
        }
    }

    fn hints(&self, _cx: &Cx) -> Vec<Action> {
        let save = self.file.as_ref().map(|_| Action::Save);
        let rest = [Action::Copy, Action::PageDown, Action::PageUp, Action::Back];
        save.into_iter().chain(rest).collect()
    }
}
