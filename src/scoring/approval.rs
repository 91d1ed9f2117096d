//! Writing into a method's file who approved it, when, and why it differs from the edition before.

use std::ops::Range;

use chrono::NaiveDate;

use super::raw::RawMethod;
use crate::source::{Problem, Source};

/// The text of a method's file with its approval in it. What the file said of an approval belonged to the
/// edition it was copied from, and is replaced; everything else stays as it was written.
pub fn approve(file: &str, text: &str, (by, on): (&str, NaiveDate), why: &str) -> Result<String, Problem> {
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    let raw: RawMethod = Source::new(file, text).parse()?;
    let quoted = |words: &str| toml::Value::String(words.to_owned()).to_string();
    let keys = [
        ("approved_by", raw.approved_by.map(|by| by.span()), quoted(by)),
        ("approved_on", raw.approved_on.map(|on| on.span()), quoted(&on.to_string())),
        ("why", raw.why.map(|why| why.span()), quoted(why)),
    ];
    // New keys stand in the line behind that of the edition, among those of the method itself.
    let edition = raw.edition.span().end;
    let behind = text.get(edition..).and_then(|rest| rest.find('\n')).map_or(text.len(), |at| edition + at);
    let mut edits: Vec<(Range<usize>, String)> = Vec::new();
    for (key, place, value) in keys {
        edits.push(match place {
            Some(place) => (place, value),
            None => (behind..behind, format!("\n{key} = {value}")),
        });
    }
    // From the end on, so that the places before stay true; those at one place in their order.
    edits.sort_by_key(|(place, _)| place.start);
    let mut approved = text.to_owned();
    for (place, words) in edits.into_iter().rev() {
        approved.replace_range(place, &words);
    }
    Ok(approved)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::scoring::{Method, builtin};

    #[test]
    fn an_approval_is_written_once_and_replaced_by_the_next() {
        let (_, text) = builtin().iter().find(|(name, _)| *name == "lec.toml").unwrap();
        let on = NaiveDate::from_ymd_opt(2022, 5, 13).unwrap();
        let once = approve("lec.toml", text, ("甲 \"总\"", on), "改门槛").unwrap();
        let method = Method::load("lec.toml", &once).unwrap();
        assert_eq!(
            (method.approved, method.why),
            (Some(("甲 \"总\"".to_owned(), on)), Some("改门槛".to_owned()))
        );
        assert_eq!(once.lines().count(), text.lines().count() + 3);
        let twice = approve("lec.toml", &once, ("乙", on), "又改").unwrap();
        let method = Method::load("lec.toml", &twice).unwrap();
        assert_eq!((method.approved, method.why), (Some(("乙".to_owned(), on)), Some("又改".to_owned())));
        assert_eq!(twice.lines().count(), once.lines().count());
        let wrong = approve("lec.toml", "id = 3", ("乙", on), "又改").unwrap_err();
        assert_eq!((wrong.line, wrong.column), (1, 6));
    }
}
