//! What the whole-program tests share.
#![allow(dead_code, clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)]

use std::path::Path;
use std::time::Duration;

use chrono::{DateTime, Utc};
use taizhang::book::Origin;
use taizhang::exchange::{SAMPLE_MARKER, Sample};
use taizhang::share::{Session, Who};
use taizhang::store::{self, Folder, Opened};

pub const EMPTY_MARKER: &str =
    "format = 1\norganisation = \"甲\"\ncreated = \"2022-01-01\"\nzone = \"+08:00\"\n";

pub fn origin(utc: DateTime<Utc>) -> Origin {
    let word = |word: &str| word.to_owned();
    Origin {
        utc,
        offset: 28_800,
        user: word("tester"),
        name: word("tester"),
        host: word("host"),
        program: word("0"),
        real: None,
    }
}

pub fn moment() -> DateTime<Utc> {
    DateTime::from_timestamp(1_652_400_000, 0).unwrap()
}

pub fn who() -> Who {
    Who { user: "tester".to_owned(), host: "host".to_owned() }
}

pub fn open_at(path: &Path, utc: DateTime<Utc>) -> Opened {
    store::open(&Folder::at(path), &origin(utc), Duration::from_secs(5))
        .unwrap_or_else(|error| panic!("{error}"))
}

pub fn open(path: &Path) -> Opened {
    open_at(path, moment())
}

/// A new book with nothing in it.
pub fn empty(path: &Path) -> Session {
    Folder::at(path).create(EMPTY_MARKER).unwrap();
    Session::new(open(path), who())
}

/// A new book with the sample.
pub fn sample(path: &Path) -> Session {
    Folder::at(path).create(SAMPLE_MARKER).unwrap();
    let mut session = Session::new(open_at(path, Sample::begins()), who());
    Sample::lay_out(&mut session).unwrap_or_else(|error| panic!("{error}"));
    session
}
