//! What changed in the period of a pack, and what a check finds.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use super::{Packer, PackingError};
use crate::audit::{CheckSum, clauses_in_short};
use crate::catalogue::Doing;
use crate::exchange::export::escaped;
use crate::share::SessionError;
use crate::wording::Tell as _;

impl Packer<'_> {
    /// What changed in the period: each entry with who and when, and its fields from what to what.
    pub(super) fn changes(&self) -> Result<String, PackingError> {
        let until = self.reading.book.seq();
        let net = self.present.net(self.wanted.since, until, None).map_err(SessionError::from)?;
        let entries = net.entries();
        let mut body = String::new();
        for (register, entries) in self.reading.by_register(&entries) {
            let id = entries.first().map_or("", |entry| entry.register.as_str());
            if !self.is_shown(id) {
                continue;
            }
            let name = register.map_or(id, |register| register.name.get(self.lang));
            let _ = writeln!(body, "<h2>{}</h2>\n<table>", escaped(name));
            for entry in entries {
                let title =
                    format!("{} {} {}", entry.became.sign(), entry.serial, self.reading.net_title(entry));
                // Each field stands with who changed it last, when and why.
                let mut told: BTreeMap<u64, (&Doing, Vec<String>)> = BTreeMap::new();
                told.insert(entry.last.seq, (&entry.last, Vec::new()));
                for field in &entry.fields {
                    let (name, from, to) = self.reading.net_field(entry, field);
                    let (name, to) = (escaped(&name), escaped(&to));
                    // Of a new entry there is no before.
                    let words = match field.from {
                        None => format!("{name}: {to}"),
                        Some(_) => format!("{name}: {} -&gt; {to}", escaped(&from)),
                    };
                    told.entry(field.last.seq).or_insert((&field.last, Vec::new())).1.push(words);
                }
                for (at, (doing, fields)) in told.into_values().enumerate() {
                    let title = if at == 0 { escaped(&title) } else { String::new() };
                    let who = escaped(&self.reading.doing(doing));
                    let fields = fields.join("<br>");
                    let _ = writeln!(body, "<tr><td>{title}</td><td>{who}</td><td>{fields}</td></tr>");
                }
            }
            body.push_str("</table>\n");
        }
        Ok(self.behind(&self.say("pack-changes"), &body, ""))
    }

    /// What a check finds.
    pub(super) fn findings(&self) -> String {
        let sum = self.reading.wording.render(&CheckSum::of(self.looked).message());
        let mut body = format!("<p>{}</p>\n<table>\n", escaped(&sum));
        for looked in self.looked.iter().filter(|looked| !looked.found.is_empty()) {
            let found: Vec<String> = looked
                .found
                .iter()
                .filter(|finding| {
                    let entry = self.reading.book.entry(finding.entry);
                    entry.is_some_and(|entry| self.is_shown(self.reading.book.register_id(entry.register)))
                })
                .map(|finding| escaped(&finding.words(self.reading)))
                .collect();
            let _ = writeln!(
                body,
                "<tr><td>{}</td><td>{}</td><td>{}</td><td>{}</td></tr>",
                clauses_in_short(&looked.rule.clauses),
                self.say(looked.severity_name()),
                escaped(looked.check.says.get(self.lang)),
                found.join("<br>")
            );
        }
        body.push_str("</table>\n");
        self.behind(&self.say("check-heading"), &body, "")
    }
}
