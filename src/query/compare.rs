//! How numbers, days and truth values stand to what is asked of them.

use chrono::NaiveDate;

use super::compile::Ask;
use super::parse::Op;
use crate::scoring::Decimal;

/// Whether yes or no, or nothing, answers what is asked.
pub fn ask_yes_no(ask: &Ask, yes: Option<bool>) -> bool {
    match (ask, yes) {
        (Ask::Empty, yes) => yes.is_none(),
        (Ask::YesNo(wanted), Some(yes)) => wanted.contains(&yes),
        (_, yes) => yes.is_some(),
    }
}

/// Whether a number stands so to one of the bounds.
pub fn compare_numbers(op: Op, number: Decimal, bounds: &[Decimal]) -> bool {
    bounds.iter().any(|bound| match op {
        Op::Less => number < *bound,
        Op::AtMost => number <= *bound,
        Op::More => number > *bound,
        Op::AtLeast => number >= *bound,
        _ => number == *bound,
    })
}

/// A month spans its days: it is before a day when all of it is, and in a month when it begins there.
pub fn compare_days(
    op: Op,
    (first, last): (NaiveDate, NaiveDate),
    bounds: &[(NaiveDate, NaiveDate)],
) -> bool {
    bounds.iter().any(|(from, to)| match op {
        Op::Less => first < *from,
        Op::AtMost => first <= *to,
        Op::More => last > *to,
        Op::AtLeast => last >= *from,
        _ => first >= *from && first <= *to,
    })
}
