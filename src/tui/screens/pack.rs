//! The audit pack of the book that is shown: now, or as of a past day.

use std::path::Path;

use super::super::layer::{Cx, Layer, Outcome};
use super::super::notice::Notice;
use super::ask::{Ask, Asking, Take};
use super::handout::typed;
use crate::exchange::pack::{PackError, PackingError, Wanted, pack, write};
use crate::wording::{Message, Tell as _, message};

/// Asks where to.
pub fn asking(cx: &Cx) -> Box<dyn Layer> {
    let path = format!("~/{}-{}.zip", cx.say("pack-title"), cx.today());
    Box::new(Asking::new(Ask::filled(message!("pack-where"), &path), Packing))
}

struct Packing;

impl Take for Packing {
    fn take(&mut self, words: &str, cx: &mut Cx) -> Outcome {
        let path = typed(words);
        match packed(&path, cx) {
            Ok((count, lost)) if lost.is_empty() => {
                let done = message!("pack-written", count = count, file = path.display().to_string());
                Outcome::CloseSaying(Notice::said(done))
            }
            Ok((_, lost)) => {
                let file = lost.join("、");
                Outcome::CloseSaying(Notice::refused(message!("pack-lost", file = file)))
            }
            Err(message) => Outcome::Say(Notice::refused(message)),
        }
    }
}

fn packed(path: &Path, cx: &Cx) -> Result<(usize, Vec<String>), Message> {
    if path.exists() {
        return Err(PackError::Exists(path.display().to_string()).message());
    }
    let year = cx.today().checked_sub_months(chrono::Months::new(12)).unwrap_or_default();
    let since = cx.session.seq_at(&crate::book::Point::Day(year), cx.now).unwrap_or(0);
    let wanted = Wanted { since, ..Wanted::default() };
    let files = pack((cx.session, cx.session.present()), &wanted, cx.lang(), cx.now);
    let (files, lost) = files.map_err(|error| match error {
        PackingError::Handout(error) => error.message(),
        PackingError::Session(error) => error.message(),
        PackingError::Damaged => message!("pack-damaged"),
        PackingError::Nothing => message!("pack-nothing"),
    })?;
    let count = files.len() + 1;
    write(path, files, cx.session.folder().path()).map_err(|error| error.message())?;
    Ok((count, lost))
}
