//! Who has changed anything in a book.

use super::Session;
use crate::store::StoreError;

impl Session {
    /// The names of everybody who has changed anything, or might by what the book says of its people: each once, in
    /// the order of their first change, the names shown before those of system users.
    pub fn authors(&self) -> Result<Vec<String>, StoreError> {
        let (mut names, mut users): (Vec<String>, Vec<String>) = (Vec::new(), Vec::new());
        let take = |all: &mut Vec<String>, one: &str| {
            if !all.iter().any(|known| known == one) {
                all.push(one.to_owned());
            }
        };
        let timeline = self.timeline()?;
        timeline.commits((0, timeline.seq()), |commit| {
            take(&mut names, &commit.origin.name);
            take(&mut users, &commit.origin.user);
        })?;
        for (user, name) in &self.settings.people {
            take(&mut names, name);
            take(&mut users, user);
        }
        take(&mut names, self.shown_name());
        take(&mut users, &self.who.user);
        users.retain(|user| !names.contains(user));
        names.append(&mut users);
        Ok(names)
    }
}
