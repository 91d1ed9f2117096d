//! Which columns of a table are on the screen, and how wide.

use crate::catalogue::Listing;
use crate::definition::{Column, Derived, Kind, Register};
use crate::query;
use crate::wording::Lang;

/// A column on the screen.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Placed {
    /// The column.
    pub column: Column,
    /// Where it begins.
    pub x: u16,
    /// How wide it is.
    pub width: u16,
    /// Its place in the list's columns.
    pub index: usize,
}

/// Whether a column never leaves the screen: the id, the name, score and level.
fn stays(register: &Register, column: Column) -> bool {
    match column {
        Column::Field(index) => index == register.title,
        Column::Derived(derived) => matches!(derived, Derived::Serial | Derived::Score | Derived::Level),
    }
}

fn width(register: &Register, column: Column, lang: Lang) -> u16 {
    let narrow = lang == Lang::Zh;
    let own = match column {
        Column::Field(index) => register.fields.get(index).map_or(8, |field| match field.kind {
            Kind::Choice(_) | Kind::YesNo if !narrow => field.width.max(9),
            _ => field.width,
        }),
        Column::Derived(Derived::Serial) => u16::try_from(register.serial.make(2000, 1).len()).unwrap_or(11),
        Column::Derived(Derived::Score | Derived::Open) => 5,
        Column::Derived(Derived::Level) if narrow => 7,
        Column::Derived(Derived::Level) => 13,
        Column::Derived(Derived::ResidualScore | Derived::ResidualLevel) => 9,
        Column::Derived(Derived::Reason) => 30,
        Column::Derived(_) => 10,
    };
    let heading = register.column_name(column);
    let heading = u16::try_from(crate::text::width(heading.get(lang))).unwrap_or(0);
    own.max(heading.min(16))
}

/// Places the columns in `room` so that the column under the cursor is among them; the first `left` that may
/// leave have left to the left, as many more or fewer as that takes. Gives how many, too.
pub fn place_with(
    register: &Register,
    columns: &[Column],
    room: u16,
    (left, cursor): (usize, usize),
    lang: Lang,
) -> (usize, Vec<Placed>) {
    let leaves = |column: &&Column| !stays(register, **column);
    let before = columns.iter().take(cursor).filter(leaves).count();
    let mut left = left.min(before);
    loop {
        let placed = place(register, columns, room, left, lang);
        if left >= before || placed.iter().any(|column| column.index == cursor) {
            return (left, placed);
        }
        left += 1;
    }
}

fn place(register: &Register, columns: &[Column], room: u16, left: usize, lang: Lang) -> Vec<Placed> {
    const GAP: u16 = 2;
    let kept: u16 = columns
        .iter()
        .filter(|column| stays(register, **column))
        .map(|column| width(register, *column, lang) + GAP)
        .sum();
    let mut rest = room.saturating_sub(kept + 1);
    let mut passed = 0;
    let mut chosen = Vec::new();
    let mut full = false;
    for (index, column) in columns.iter().enumerate() {
        let wide = width(register, *column, lang);
        if stays(register, *column) {
            chosen.push((index, *column, wide));
            continue;
        }
        passed += 1;
        if passed <= left || full {
            continue;
        }
        if wide + GAP > rest {
            full = true;
            continue;
        }
        rest -= wide + GAP;
        chosen.push((index, *column, wide));
    }
    // What is left over goes to the name, then to other words, then to the name again.
    let title = Column::Field(register.title);
    chosen.sort_by_key(|(_, column, _)| *column != title);
    for round in 0..2 {
        for (_, column, wide) in chosen.iter_mut().filter(|(_, column, _)| round == 0 || *column == title) {
            let more = rest.min(spare(register, *column));
            *wide += more;
            rest -= more;
        }
    }
    chosen.sort_by_key(|(index, _, _)| *index);
    let mut x = 1;
    let mut placed = Vec::new();
    for (index, column, wide) in chosen {
        let wide = wide.min(room.saturating_sub(x));
        if wide == 0 {
            break;
        }
        placed.push(Placed { column, x, width: wide, index });
        x += wide + GAP;
    }
    placed
}

/// How much wider than its own width words can use.
fn spare(register: &Register, column: Column) -> u16 {
    let Column::Field(index) = column else { return 0 };
    match register.fields.get(index).map(|field| &field.kind) {
        _ if index == register.title => 8,
        Some(Kind::Text { .. } | Kind::Links { .. } | Kind::Choices(_) | Kind::Rows(_)) => 12,
        _ => 0,
    }
}

/// The columns that a table offers besides the list's own: those its opening filter speaks of, and behind them
/// all others.
pub fn offer(listing: &mut Listing, opened: &str) {
    // What one came to look at is shown.
    if let Ok(node) = query::parse(opened) {
        let named = |word: &str| listing.register.column(word);
        let columns = node.terms().into_iter().filter_map(|term| named(&term.path.first()?.word));
        let hidden: Vec<Column> = columns.filter(|column| !shows(listing, *column)).collect();
        let at = listing.table.columns.len().min(3);
        listing.table.columns.splice(at..at, hidden);
    }
    // Behind the list's own columns come all others.
    let fields = listing.register.fields.iter().enumerate();
    let words = fields.filter(|(_, field)| !matches!(field.kind, Kind::Evaluation { .. } | Kind::Files));
    let others: Vec<Column> = words.map(|(at, _)| Column::Field(at)).collect();
    let others = others.into_iter().filter(|column| !listing.table.columns.contains(column));
    let others: Vec<Column> = others.collect();
    listing.table.columns.extend(others);
}

/// Whether a list shows a column, be it by what follows from it.
fn shows(listing: &Listing, column: Column) -> bool {
    let columns = &listing.table.columns;
    match column {
        Column::Derived(Derived::Listed) => columns.contains(&Column::Derived(Derived::Level)),
        Column::Field(at) if listing.register.evaluation().is_some_and(|(field, _)| field == at) => {
            columns.contains(&Column::Derived(Derived::Level))
        }
        column => columns.contains(&column),
    }
}
