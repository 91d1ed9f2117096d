//! Links in the cells of a list: to entries that are there, and to those that are made because a row names them.

use super::take::{Leads, Reader};
use crate::catalogue::EntryError;

impl Reader<'_> {
    /// Links by serial or title; a title that nobody has is that of an entry to be made, where its register asks for no
    /// more than a title.
    pub(super) fn links(&self, to: &[String], many: bool, text: &str) -> Result<Vec<Leads>, EntryError> {
        let asked = (format!("{} {many}", to.join(" ")), text.to_owned());
        if let Some(known) = self.known.borrow().get(&asked) {
            return known.clone();
        }
        let found = self.look_up(to, many, text);
        self.known.borrow_mut().insert(asked, found.clone());
        found
    }

    fn look_up(&self, to: &[String], many: bool, text: &str) -> Result<Vec<Leads>, EntryError> {
        if let Ok(key) = self.reading.linked(to, text) {
            return Ok(vec![Leads::There(key)]);
        }
        // As an export writes them: a line each, the serial before the title, also of one that was deleted.
        let serials = text.lines().map(str::trim).filter(|line| !line.is_empty()).map(|line| {
            let key = self.reading.book.key_of(line.split_whitespace().next()?)?;
            let gone = self.reading.book.tombstone(key).is_some();
            (gone || self.reading.linked(to, self.reading.book.serial(key)).is_ok())
                .then_some(Leads::There(key))
        });
        if let Some(leads) = serials.collect::<Option<Vec<Leads>>>() {
            return Ok(leads);
        }
        let parts: Vec<&str> = if many {
            text.split(['、', '，', ',', ';', '；', '\n'])
                .map(str::trim)
                .filter(|part| !part.is_empty())
                .collect()
        } else {
            vec![text]
        };
        let one = |word: &str| {
            // `EA-0001 纸`: the serial before the title, as lists show it.
            let serial = word.split_whitespace().next().unwrap_or(word);
            match self
                .reading
                .linked(to, word)
                .or_else(|error| self.reading.linked(to, serial).map_err(|_| error))
            {
                Ok(key) => Ok(Leads::There(key)),
                Err(EntryError::NoSuchEntry { .. }) if self.may_make(to) && is_name(word) => {
                    let register = to.first().cloned().unwrap_or_default();
                    Ok(Leads::New(register, word.to_owned()))
                }
                Err(error) => Err(error),
            }
        };
        parts.into_iter().map(one).collect()
    }

    /// Whether an entry that is only named can be made: one register, of which nothing but the title is required.
    fn may_make(&self, to: &[String]) -> bool {
        let [only] = to else { return false };
        let register = self.reading.definitions.register(only);
        register.is_some_and(|register| {
            let title = &register.title_field().id;
            !super::layout::by_program(register)
                && register
                    .fields
                    .iter()
                    .all(|field| !field.required || field.id == *title || field.default.is_some())
        })
    }
}

/// Whether words can be the name of an entry that is to be made: one name, and no serial that leads nowhere.
fn is_name(word: &str) -> bool {
    let serial = word.split_whitespace().next().is_some_and(|first| {
        first.is_ascii() && first.contains('-') && first.ends_with(|c: char| c.is_ascii_digit())
    });
    let several = word.contains(['、', '，', ',', ';', '；', '/', '\n']);
    !serial && !several && word.chars().count() <= 60
}
