//! Every figure of home and of the risk matrix opens exactly the entries it counts, by keys.
#![allow(clippy::unwrap_used, clippy::indexing_slicing, clippy::panic)]

mod common;

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use taizhang::book::{Date, Edit, Proposal, Value, Way};
use taizhang::tui::keymap::Keymap;
use taizhang::tui::terminal::{Depth, Input};
use taizhang::tui::theme::Theme;
use taizhang::tui::{App, Desk, Drafts, Habits, Looks, Start};
use taizhang::wording::Lang;

const AREA: Rect = Rect { x: 0, y: 0, width: 100, height: 40 };

fn app(lang: Lang, folder: &std::path::Path) -> App {
    let mut session = common::sample(&folder.join("book"));
    // Never evaluated, though somebody looked at it long ago: it wants an evaluation, not a review.
    let today = session.today(common::moment());
    let fields = vec![
        ("aspect".to_owned(), Value::Text("噪声的排放".to_owned())),
        ("reviewed".to_owned(), Value::Date(Date::typed("2019-01-01", today).unwrap())),
    ];
    let edits = vec![Edit::Add { register: "aspects".to_owned(), fields }];
    session.record(Proposal { way: Way::Screen, why: None, edits }, common::moment()).unwrap();
    let desk = Desk {
        lang,
        theme: Theme::builtin("mono").unwrap(),
        keymap: Keymap::default(),
        pane: true,
        drafts: Drafts::default(),
        filters: Vec::new(),
        steady: None,
        config: None,
        habits: Habits::default(),
        looks: Looks::default(),
    };
    let start = Start { session, desk, notes: Vec::new(), depth: Depth::None, clock: common::moment };
    let mut app = App::new(start);
    app.settle();
    app
}

fn press(app: &mut App, key: &str) {
    app.input(Input::Key(key.parse().unwrap()));
}

/// The screen, line by line, and the reversed words.
fn look(app: &mut App) -> (Vec<String>, String) {
    let mut buffer = Buffer::empty(AREA);
    app.draw(&mut buffer);
    let (mut lines, mut reversed) = (Vec::new(), String::new());
    for row in buffer.content.chunks(usize::from(AREA.width)) {
        lines.push(row.iter().map(ratatui::buffer::Cell::symbol).collect());
        for cell in row.iter().filter(|cell| cell.modifier.contains(ratatui::style::Modifier::REVERSED)) {
            reversed.push_str(cell.symbol());
        }
    }
    (lines, reversed)
}

/// The number in a figure: its last digits.
fn number(figure: &str) -> Option<usize> {
    let digits: String = figure.trim().chars().rev().take_while(char::is_ascii_digit).collect();
    digits.chars().rev().collect::<String>().parse().ok()
}

/// The number that a whole line opens: what is to be done begins with it, a register has it behind its name.
fn of_line(line: &str) -> Option<usize> {
    let mut words = line.split_whitespace();
    let first = words.next()?.parse().ok()?;
    if line.starts_with("   ") { Some(first) } else { words.find_map(|word| word.parse().ok()) }
}

/// How many rows the list says it shows: `rows` or `rows / of`.
fn rows(title: &str, word: &str) -> Option<usize> {
    let before = title.split(word).next()?.trim_end();
    let mut numbers = before.split([' ', '/', 'f']).filter_map(|part| part.parse().ok());
    let all: Vec<usize> = numbers.by_ref().collect();
    match all.as_slice() {
        [.., shown, _] if before.contains('/') || before.contains(" of ") => Some(*shown),
        [.., only] => Some(*only),
        [] => None,
    }
}

#[test]
fn a_figure_of_home_opens_what_it_counts() {
    for (lang, word) in [(Lang::Zh, "条"), (Lang::En, "row")] {
        let folder = tempfile::tempdir().unwrap();
        let mut app = app(lang, folder.path());
        let (mut opened, mut wanting) = (0, 0);
        for row in 0..14 {
            for figure in 0..12 {
                press(&mut app, "Home");
                (0..row).for_each(|_| press(&mut app, "Down"));
                (0..figure).for_each(|_| press(&mut app, "Right"));
                let (home, reversed) = look(&mut app);
                press(&mut app, "Enter");
                let (lines, _) = look(&mut app);
                if lines[0] == home[0] {
                    continue;
                }
                press(&mut app, "Esc");
                // The first figure of a line stands for the line; what it counts stands in its own place.
                let whole = reversed.trim_end().len() > 30;
                let counted = if whole { of_line(&reversed) } else { number(&reversed) };
                wanting += usize::from(whole && counted.is_some() && reversed.starts_with("   "));
                if let Some(counted) = counted {
                    let shown =
                        rows(&lines[0], word).or_else(|| number(lines[0].trim_end_matches([' ', '次'])));
                    assert_eq!(shown, Some(counted), "{reversed}: {}", lines[0]);
                    opened += 1;
                }
            }
        }
        assert!(opened > 40, "only {opened} figures were opened");
        assert!(wanting > 4, "only {wanting} lines of what is to be done were opened");
    }
}

#[test]
fn a_cell_of_the_matrix_opens_what_it_counts() {
    let folder = tempfile::tempdir().unwrap();
    let mut app = app(Lang::Zh, folder.path());
    for (register, cells) in [("1", 12), ("2", 15)] {
        press(&mut app, register);
        press(&mut app, "m");
        let mut opened = std::collections::BTreeSet::new();
        for down in 0..20 {
            for right in 0..6 {
                press(&mut app, "m");
                (0..30).for_each(|_| press(&mut app, "Up"));
                (0..10).for_each(|_| press(&mut app, "Left"));
                (0..down).for_each(|_| press(&mut app, "Down"));
                (0..right).for_each(|_| press(&mut app, "Right"));
                let (before, reversed) = look(&mut app);
                press(&mut app, "Enter");
                let (lines, _) = look(&mut app);
                assert_ne!(lines[0], before[0], "nothing opens from {reversed}");
                assert_eq!(rows(&lines[0], "条"), number(&reversed), "{reversed}: {}", lines[0]);
                opened.insert(lines[0].clone());
                press(&mut app, "Esc");
            }
        }
        assert!(opened.len() >= cells, "{}", opened.len());
        press(&mut app, "Esc");
        press(&mut app, "Esc");
    }
}
