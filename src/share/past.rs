//! Looking at the book as it was.
//!
//! A past is a session like any other, made from the journal: book and definitions of that day, and a `today` that is
//! that day. It cannot be written. On the screen it takes the place of the present one, which it holds
//! meanwhile, so every screen shows a past day without knowing it.

use std::cell::OnceCell;
use std::sync::Arc;

use chrono::{DateTime, FixedOffset, NaiveDate, Utc};

use super::{Session, SessionError};
use crate::book::{Book, Commit, NoPoint, Point, Proposal};
use crate::catalogue::Net;
use crate::definition::{Definitions, SourceFile};
use crate::query::Words;
use crate::store::{Access, Past, StoreError, Timeline};
use crate::wording::message;

/// The past that is shown.
pub struct Shown {
    /// The last commit that is in it; 0 before the first.
    pub seq: u64,
    /// The day that counts as today.
    pub day: NaiveDate,
    /// The point that it is as of.
    point: Point,
    /// The definitions of that day cannot be read by this program, so the present ones are in force.
    pub other_definitions: bool,
    timeline: Arc<Timeline>,
}

impl Shown {
    /// The first commit of all, where there is any: when it was made.
    pub fn begins(&self) -> Option<DateTime<Utc>> {
        self.timeline.mark(1).map(|mark| mark.utc)
    }

    /// What it is as of, for people: a moment is named with its time.
    pub fn of(&self, zone: FixedOffset) -> String {
        match self.point {
            Point::Moment(utc) => utc.with_timezone(&zone).format("%Y-%m-%d %H:%M").to_string(),
            Point::Day(_) | Point::Commit(_) => self.day.to_string(),
        }
    }

    /// The same as a command takes it, to see exactly this again.
    pub fn typed(&self, zone: FixedOffset) -> String {
        match self.point {
            Point::Moment(utc) => utc.with_timezone(&zone).format("%Y-%m-%d %H:%M:%S").to_string(),
            Point::Day(day) => day.to_string(),
            Point::Commit(seq) => format!("#{seq}"),
        }
    }

    /// The number of the last commit of the present.
    pub fn last(&self) -> u64 {
        self.timeline.seq()
    }
}

impl Session {
    /// The past that is shown, where it is not the present.
    pub fn past(&self) -> Option<&Shown> {
        self.shown.as_ref()
    }

    /// The present, also while a past is shown.
    pub fn present(&self) -> &Session {
        self.present.as_deref().unwrap_or(self)
    }

    /// Makes a change of the present book, also while a past is shown; what is shown stays.
    pub fn commit_now(&mut self, proposal: Proposal, now: DateTime<Utc>) -> Result<Commit, SessionError> {
        match self.present.as_deref_mut() {
            Some(present) => present.commit(proposal, now),
            None => self.commit(proposal, now),
        }
    }

    /// How exactly this is seen again, as a command takes it: after its last commit, or at its moment where the day
    /// counts too.
    pub fn again(&self, by_day: bool, now: DateTime<Utc>) -> String {
        match &self.shown {
            _ if !by_day => format!("#{}", self.book.seq()),
            Some(shown) => shown.typed(self.zone()),
            None => self.origin(now).local().format("%Y-%m-%d %H:%M:%S").to_string(),
        }
    }

    /// The book as it was at a point, to be read only.
    pub fn as_of(&self, point: &Point, now: DateTime<Utc>) -> Result<Session, SessionError> {
        let present = self.present();
        let timeline = self.timeline()?;
        let seq = present.seq_of(point, &timeline, now)?;
        let zone = present.zone();
        let moment = |utc: DateTime<Utc>| utc.with_timezone(&zone).date_naive();
        let day = match point {
            Point::Day(day) => *day,
            Point::Moment(utc) => moment(*utc),
            // Before the first commit is the day of it.
            Point::Commit(seq) => {
                timeline.mark((*seq).max(1)).map_or_else(|| present.today(now), |mark| moment(mark.utc))
            }
        };
        present.at(timeline, seq, (day, *point))
    }

    /// The book after a commit as it was seen on a day, which may be later than that of the commit.
    pub fn after(&self, seq: u64, day: NaiveDate, now: DateTime<Utc>) -> Result<Session, SessionError> {
        let (present, timeline, point) = (self.present(), self.timeline()?, Point::Commit(seq));
        let seq = present.seq_of(&point, &timeline, now)?;
        present.at(timeline, seq, (day, point))
    }

    /// The number of the last commit at a point.
    pub fn seq_at(&self, point: &Point, now: DateTime<Utc>) -> Result<u64, SessionError> {
        Ok(self.present().seq_of(point, &*self.timeline()?, now)?)
    }

    fn seq_of(&self, point: &Point, timeline: &Timeline, now: DateTime<Utc>) -> Result<u64, NoPoint> {
        let last = timeline.seq();
        let made = timeline.mark(last).map(|mark| mark.utc.with_timezone(&self.zone()).date_naive());
        let latest = made.map_or(self.today(now), |made| made.max(self.today(now)));
        match point {
            Point::Commit(seq) if *seq > last => return Err(NoPoint::Commit { seq: *seq, last }),
            Point::Day(day) if *day > latest => return Err(NoPoint::Future(day.to_string())),
            Point::Moment(utc) if utc.with_timezone(&self.zone()).date_naive() > latest => {
                return Err(NoPoint::Future(utc.with_timezone(&self.zone()).date_naive().to_string()));
            }
            _ => {}
        }
        Ok(timeline.seq_at(point, self.zone()))
    }

    /// Shows the past in the place of the present, which is held meanwhile.
    pub fn go_back(&mut self, point: &Point, now: DateTime<Utc>) -> Result<(), SessionError> {
        let past = self.as_of(point, now)?;
        self.show(past);
        Ok(())
    }

    /// Shows the present again; says whether a past was shown.
    pub fn come_back(&mut self) -> bool {
        match self.present.take() {
            Some(present) => {
                *self = *present;
                true
            }
            None => false,
        }
    }

    /// Shows the past after the commit before the one shown, or after the next one. Gives that commit; none
    /// where there is none further.
    pub fn step(&mut self, on: bool) -> Result<Option<Commit>, SessionError> {
        let here = self.shown.as_ref().map_or(self.book.seq(), |shown| shown.seq);
        let Some(to) = (if on { here.checked_add(1) } else { here.checked_sub(1) }) else { return Ok(None) };
        let timeline = self.timeline()?;
        let mark = timeline.mark(to.max(1)).filter(|_| to <= timeline.seq());
        let Some(day) = mark.map(|mark| mark.utc.with_timezone(&self.zone()).date_naive()) else {
            return Ok(None);
        };
        let commit = if to == 0 { None } else { Some(timeline.commit_at(to, None)?) };
        let past = self.present().at(timeline, to, (day, Point::Commit(to)))?;
        self.show(past);
        Ok(commit)
    }

    fn show(&mut self, mut past: Session) {
        let present = self.present.take();
        std::mem::swap(self, &mut past);
        // What was shown until now is the present, or a past that is done with.
        self.present = Some(present.unwrap_or_else(|| Box::new(past)));
    }

    /// The line of time: that of the past which is shown, as long as nothing was written since.
    pub(super) fn timeline(&self) -> Result<Arc<Timeline>, StoreError> {
        let present = self.present();
        match (&self.access, &present.access) {
            (_, Access::Past { timeline, .. }) => Ok(Arc::clone(timeline)),
            (Access::Past { timeline, .. }, _) if timeline.seq() == present.book.seq() => {
                Ok(Arc::clone(timeline))
            }
            _ => Ok(Arc::new(Timeline::read(present.access.journal(), present.book.seq())?)),
        }
    }

    fn at(
        &self,
        timeline: Arc<Timeline>,
        seq: u64,
        (day, point): (NaiveDate, Point),
    ) -> Result<Session, SessionError> {
        // The last commit needs no reading: the present is there.
        let present = seq > 0 && seq == self.book.seq();
        let book = if present { self.book.clone() } else { timeline.book_at(seq)? };
        let (definitions, other_definitions) = self.definitions_at(&timeline, seq)?;
        let mut settings = self.settings.clone();
        settings.today = Some(day);
        let why = message!("past-read-only", day = day.to_string());
        let access = Access::Past { timeline: Arc::clone(&timeline), seq, why };
        Ok(Session {
            book,
            words: Words::default(),
            counts: OnceCell::new(),
            definitions,
            settings,
            access,
            who: self.who.clone(),
            fixed: self.fixed,
            damaged: self.damaged,
            past: None,
            shown: Some(Shown { seq, day, point, other_definitions, timeline }),
            present: None,
        })
    }

    /// The definitions in force after a commit; the present ones where this program cannot read those, and
    /// before there were any.
    fn definitions_at(&self, timeline: &Timeline, seq: u64) -> Result<(Arc<Definitions>, bool), StoreError> {
        let (defined, past) = timeline.defined_at(seq)?;
        let files: Vec<SourceFile> =
            defined.into_iter().map(|((kind, name), text)| SourceFile { kind, name, text }).collect();
        if files.is_empty() || files == self.definitions.sources() {
            return Ok((Arc::clone(&self.definitions), false));
        }
        match Definitions::from_files(files) {
            Ok(mut definitions) => {
                definitions.remember(&past);
                Ok((Arc::new(definitions), false))
            }
            Err(_) => Ok((Arc::clone(&self.definitions), true)),
        }
    }
}

impl Session {
    /// What added the entry that has or had this serial at the end, whenever that was.
    pub fn added(&self, serial: &str) -> Result<Option<Past>, StoreError> {
        let timeline = self.timeline()?;
        let last = timeline.seq();
        let Some(key) = timeline.book_at(last)?.key_of(serial) else { return Ok(None) };
        Ok(timeline.history(key, last)?.into_iter().next())
    }

    /// The number of the last commit of the present.
    pub fn last_seq(&self) -> Result<u64, StoreError> {
        Ok(self.timeline()?.seq())
    }

    /// The book after a commit, without anything around it.
    pub fn book_at(&self, seq: u64) -> Result<Book, StoreError> {
        self.timeline()?.book_at(seq)
    }

    /// The commits after `since` up to `until` summed up; of one person only, where a name is given.
    pub fn net(&self, since: u64, until: u64, by: Option<&str>) -> Result<Net, StoreError> {
        let by = by.map(str::to_lowercase);
        let mut net = Net::default();
        self.timeline()?.commits((since, until), |commit| {
            let who = [&commit.origin.name, &commit.origin.user];
            if by.as_ref().is_none_or(|by| who.iter().any(|name| name.to_lowercase() == *by)) {
                net.take(&commit);
            }
        })?;
        Ok(net)
    }
}
