//! A page with what changed between a point in time and now.

use super::super::layer::Cx;
use super::super::theme::Role;
use super::detail::Line;
use super::page::{Page, listed};
use crate::catalogue::{Became, NetEntry, Tally};
use crate::store::StoreError;
use crate::wording::message;

/// What changed after the commit `since` until now.
pub fn page(since: u64, cx: &Cx) -> Result<Page, StoreError> {
    let present = cx.session.present();
    let until = present.book().seq();
    let entries = cx.session.net(since, until, None)?.entries();
    let reading = present.reading(cx.lang());
    let mut lines = Vec::new();
    for (register, entries) in reading.by_register(&entries) {
        let id = entries.first().map_or("", |entry| entry.register.as_str());
        let name = register.map_or(id, |register| register.name.get(cx.lang()));
        let tally = reading.tally(&Tally::of(entries.iter().copied()));
        lines.push(Line::new("", format!("{name}   {tally}")).role(Role::Header));
        for entry in entries {
            tell(&mut lines, entry, cx);
        }
        lines.push(Line::default());
    }
    if lines.is_empty() {
        lines.push(Line::new("", cx.say("changes-none")));
    }
    let day = |seq: u64| {
        let commit = cx.session.commit_at(seq).ok()?;
        Some(commit.origin.utc.with_timezone(&reading.zone).date_naive().to_string())
    };
    let from = format!("#{since} {}", day(since).unwrap_or_default());
    let to = format!("#{until} {}", day(until).unwrap_or_default());
    let heading = message!("changes-title", since = from.trim_end(), until = to.trim_end());
    Ok(listed(cx.render(&heading), lines))
}

fn tell(lines: &mut Vec<Line>, entry: &NetEntry, cx: &Cx) {
    let reading = cx.session.present().reading(cx.lang());
    let label = format!("{} {}", entry.became.sign(), entry.serial);
    let kind = cx.desk.wording().say_dynamic("net", entry.became.id());
    let flipped = if entry.flipped { cx.say("net-flipped-mark") } else { String::new() };
    let words = format!("{}  {kind} {flipped}", reading.net_title(entry));
    let text = format!("{}  {}", words.trim_end(), reading.doing(&entry.last));
    let role = if entry.flipped { Role::Accent } else { Role::Text };
    lines.push(Line { target: Some(entry.entry), ..Line::new(&label, text).role(role) });
    if entry.became != Became::Changed {
        return;
    }
    for field in &entry.fields {
        let (name, from, to) = reading.net_field(entry, field);
        let other = if field.last == entry.last {
            String::new()
        } else {
            format!("  {}", reading.doing(&field.last))
        };
        lines.push(Line::new("", format!("  {name}  {from} -> {to}{other}")).role(Role::Dim));
    }
}
