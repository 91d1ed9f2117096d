//! Every screen as it looks: both languages, the smallest usual size and a wide one, and without colour.
//!
//! A change of look is accepted with `INSTA_UPDATE=always cargo test --test look`, after looking at it.
#![allow(clippy::unwrap_used, clippy::indexing_slicing, clippy::panic)]

mod common;

use std::fmt::Write as _;
use std::time::Duration;

use ratatui::buffer::{Buffer, Cell};
use ratatui::layout::Rect;
use ratatui::style::{Color, Modifier};
use taizhang::tui::keymap::Keymap;
use taizhang::tui::terminal::{Depth, Input};
use taizhang::tui::theme::Theme;
use taizhang::tui::{App, Desk, Drafts, Habits, Looks, Start, Welcome};
use taizhang::wording::Lang;
use unicode_width::UnicodeWidthStr;

/// Longer than an entry has to be on the screen before a key confirms it.
const SEEN: Duration = Duration::from_millis(250);

/// Each screen by the keys that lead to it from the one before.
const TOUR: [(&str, &str); 31] = [
    ("home", ""),
    ("a register", "1"),
    ("scrolled to the right", "l l l l l l"),
    ("marked rows", "0 Space Space"),
    ("a filter being typed", "Esc / f e i"),
    ("a mistake in a filter", "Ctrl-u 分 植 > 3"),
    ("an entry", "Esc g g Enter"),
    ("why", "w"),
    ("history", "Esc H"),
    ("a form", "Esc e Tab a"),
    ("an evaluation", "Esc v 5"),
    ("the other methods", "o"),
    ("views", "Esc Esc Esc V"),
    ("columns to order by", "Esc 1 s"),
    ("the matrix", "Esc Esc 2 m"),
    ("an evaluation with letters", "Esc v r b"),
    ("find", "Esc Esc F3 m h"),
    ("commands", "Esc 1 : p x"),
    ("help", "Esc v ?"),
    ("a question", "Esc Esc Q"),
    ("a sample", "Esc % Enter"),
    ("a plain view", "Y"),
    ("an audit", "Esc Esc O"),
    ("a note in an audit", "Tab n 2"),
    ("what to review", "Esc Esc Esc R"),
    ("a review", "Enter Enter 5"),
    ("the end of a review", "Enter Enter Enter"),
    ("a drill on its clock", "Esc Esc Esc Esc 3 t"),
    ("a grading", "v"),
    ("what is due", "Esc Esc C j j"),
    ("clauses by department", "# j j j l"),
];

fn look(lang: Lang, theme: &str, (columns, rows): (u16, u16)) -> String {
    let folder = tempfile::tempdir().unwrap();
    let session = common::sample(&folder.path().join("book"));
    let desk = Desk {
        lang,
        theme: Theme::builtin(theme).unwrap(),
        keymap: Keymap::default(),
        pane: true,
        drafts: Drafts::default(),
        filters: Vec::new(),
        steady: None,
        config: None,
        habits: Habits::default(),
        looks: Looks::default(),
    };
    let depth = Depth::None;
    let mut app = App::new(Start { session, desk, notes: Vec::new(), depth, clock: common::moment });
    app.settle();
    let mut said = String::new();
    let area = Rect::new(0, 0, columns, rows);
    let welcome = Welcome::new(lang, "~/.local/share/taizhang".into(), Theme::builtin(theme).unwrap());
    let mut buffer = Buffer::empty(area);
    welcome.draw(&mut buffer);
    tell(&mut said, "welcome", &buffer, theme == "mono");
    for (name, keys) in TOUR {
        for key in keys.split_whitespace() {
            // Nothing is confirmed that has not stood on the screen for a moment.
            std::thread::sleep(if name.contains("review") { SEEN } else { Duration::ZERO });
            app.input(Input::Key(key.parse().unwrap()));
            buffer = shown(&mut app, area);
        }
        if keys.is_empty() {
            buffer = shown(&mut app, area);
        }
        tell(&mut said, name, &buffer, theme == "mono");
    }
    said
}

/// The screen once nothing waits any longer.
fn shown(app: &mut App, area: Rect) -> Buffer {
    loop {
        let mut buffer = Buffer::empty(area);
        app.draw(&mut buffer);
        if !app.after_frame() && !app.later() {
            return buffer;
        }
    }
}

fn tell(said: &mut String, name: &str, buffer: &Buffer, looks: bool) {
    writeln!(said, "== {name}").unwrap();
    for row in buffer.content.chunks(usize::from(buffer.area.width)) {
        let (mut line, mut marks, mut skip) = (String::new(), String::new(), 0);
        for cell in row {
            if skip > 0 {
                skip -= 1;
                continue;
            }
            let width = cell.symbol().width().max(1);
            line.push_str(cell.symbol());
            if looks {
                marks.push_str(&mark(cell).to_string().repeat(width));
            }
            skip = width - 1;
        }
        writeln!(said, "|{}", line.trim_end()).unwrap();
        if !marks.trim_end().is_empty() {
            writeln!(said, ":{}", marks.trim_end()).unwrap();
        }
    }
}

/// How a cell looks besides its symbol.
fn mark(cell: &Cell) -> char {
    assert_eq!((cell.fg, cell.bg), (Color::Reset, Color::Reset), "there are no colours here");
    match cell.modifier {
        modifier if modifier.contains(Modifier::REVERSED) => 'r',
        modifier if modifier.contains(Modifier::UNDERLINED | Modifier::BOLD) => 'U',
        modifier if modifier.contains(Modifier::UNDERLINED) => 'u',
        modifier if modifier.contains(Modifier::BOLD) => 'b',
        modifier if modifier.contains(Modifier::DIM) => 'd',
        _ => ' ',
    }
}

macro_rules! looks {
    ($($name:ident: $lang:ident, $theme:literal, $size:expr;)*) => {
        $(#[test] fn $name() { insta::assert_snapshot!(look(Lang::$lang, $theme, $size)); })*
    };
}

looks! {
    chinese_80x24: Zh, "default", (80, 24);
    chinese_120x40: Zh, "default", (120, 40);
    english_80x24: En, "default", (80, 24);
    english_120x40: En, "default", (120, 40);
    mono_80x24: Zh, "mono", (80, 24);
    mono_120x40: En, "mono", (120, 40);
}
