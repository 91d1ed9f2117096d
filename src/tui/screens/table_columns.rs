//! Which columns of a table are on the screen, and how wide.

use crate::definition::{Column, Derived, Kind, Register};
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

/// Places the columns in `room`; the first `left` that may leave have left to the left.
pub fn place(register: &Register, columns: &[Column], room: u16, left: usize, lang: Lang) -> Vec<Placed> {
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
    // What is left over goes to the name.
    let mut x = 1;
    let mut placed = Vec::new();
    for (index, column, wide) in chosen {
        let wide = if column == Column::Field(register.title) { wide + rest.min(16) } else { wide };
        let wide = wide.min(room.saturating_sub(x));
        if wide == 0 {
            break;
        }
        placed.push(Placed { column, x, width: wide, index });
        x += wide + GAP;
    }
    placed
}

/// How many columns may leave the screen.
pub fn movable(register: &Register, columns: &[Column]) -> usize {
    columns.iter().filter(|column| !stays(register, **column)).count()
}
