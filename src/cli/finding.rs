//! `find`: anything there is a word for, best first.

use std::collections::HashSet;
use std::io::Write;

use clap::ArgMatches;
use serde_json::{Value as Json, json};

use super::args::query;
use super::error::{CliError, Exit};
use super::{Call, output};
use crate::book::EntryKey;
use crate::catalogue::{Listing, Reading, Was};
use crate::wording::message;

/// Everything that was found.
struct Found<'a> {
    entries: Vec<EntryKey>,
    was: Vec<Was>,
    lists: Vec<(Listing<'a>, usize)>,
}

/// `find QUERY…`
pub fn find(call: &Call, matches: &ArgMatches, out: &mut dyn Write) -> Result<Exit, CliError> {
    let mut session = call.read()?;
    session.read_past(usize::MAX)?;
    let reading = call.reading(&session);
    let today = session.today(call.surroundings.now);
    let text = query(matches);
    let look = reading.look_up(&text, today).map_err(|error| CliError::usage(&error))?;
    let entries: Vec<EntryKey> = reading.found(&look).into_iter().map(|(_, key)| key).collect();
    let known: HashSet<EntryKey> = entries.iter().copied().collect();
    let past = session.past_texts();
    let was = past.map(|past| reading.found_before(&look, past, |key| known.contains(&key)));
    let was = was.unwrap_or_default();
    let mut lists = reading.serving(&text);
    let named = |listing: &Listing| {
        !text.trim().is_empty()
            && (look.needle.matches(reading.name(listing)) || look.needle.matches(&listing.id))
    };
    let others = reading.listings().into_iter().filter(named);
    let others: Vec<_> =
        others.filter(|listing| lists.iter().all(|served| served.id != listing.id)).collect();
    lists.extend(others);
    let counted = lists.into_iter().map(|listing| {
        let count = reading.count(&listing, today);
        (listing, count)
    });
    let lists = counted.collect();
    let found = Found { entries, was, lists };
    if matches.get_flag("json") { as_json(&reading, &found, out) } else { as_table(&reading, &found, out) }
}

/// Entries as everywhere, those of the past with what stood there; lists have no fields but a count.
fn as_json(reading: &Reading, found: &Found, out: &mut dyn Write) -> Result<Exit, CliError> {
    let entry = |key: EntryKey| reading.book.entry(key).map(|entry| reading.json(entry));
    let was = found.was.iter().map(|was| {
        let gone = || json!({ "id": reading.book.serial(was.entry), "deleted": true });
        let mut shown = entry(was.entry).unwrap_or_else(gone);
        if let Json::Object(shown) = &mut shown {
            let until = reading.local(was.at).to_rfc3339();
            shown.insert("was".to_owned(), json!({ "field": was.field, "text": was.text, "until": until }));
        }
        shown
    });
    let lists = found.lists.iter().map(|(listing, count)| {
        let name = json!({ "zh": listing.name.zh(), "en": listing.name.en() });
        json!({ "list": listing.id, "register": listing.register.id, "name": name, "count": count })
    });
    let entries = found.entries.iter().filter_map(|key| entry(*key));
    Ok(output::json(out, &entries.chain(was).chain(lists).collect())?)
}

fn as_table(reading: &Reading, found: &Found, out: &mut dyn Write) -> Result<Exit, CliError> {
    let wording = reading.wording;
    let register = |key: EntryKey| {
        let register = reading.book.entry(key).and_then(|entry| reading.register(entry));
        register.map_or("", |register| register.name.get(reading.lang)).to_owned()
    };
    let entry = |key: &EntryKey| {
        let entry = reading.book.entry(*key)?;
        let level = reading
            .evaluation(entry)
            .map(|evaluation| format!("{} {}", reading.sign(entry).mark(), reading.level_text(evaluation)));
        let serial = reading.book.serial(*key).to_owned();
        Some(vec![serial, reading.title(*key), register(*key), level.unwrap_or_default()])
    };
    let was = |was: &Was| {
        let serial = reading.book.serial(was.entry).to_owned();
        let text = crate::text::cut(&was.text, 40).into_owned();
        let until = reading.local(was.at).format("%Y-%m-%d").to_string();
        let said = wording.render(&message!("was-until", text = text, until = until));
        vec![serial, reading.link(was.entry), register(was.entry), said]
    };
    let list = |(listing, count): &(Listing, usize)| {
        let name = reading.name(listing).to_owned();
        vec![listing.id.clone(), name, wording.say("list"), wording.render(&message!("rows", count = *count))]
    };
    let heads = ["cli-id", "cli-title", "cli-register", "cli-level"].map(|id| wording.say(id));
    let rows = found.entries.iter().filter_map(entry);
    let rows = rows.chain(found.was.iter().map(was)).chain(found.lists.iter().map(list));
    Ok(output::table(out, &heads, &rows.collect::<Vec<_>>())?)
}
