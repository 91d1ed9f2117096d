//! The first page of a pack, and what it says of itself.

use std::fmt::Write as _;

use super::{Packer, link};
use crate::exchange::export::escaped;
use crate::exchange::issue::ISSUED;
use crate::exchange::pack::Files;
use crate::wording::message;

impl Packer<'_> {
    /// The first page: clause by clause, and every other page.
    pub(super) fn index(&self, clauses: &str, files: &Files) -> String {
        let item = |path: &str, words: &str| format!("<li>{}</li>\n", link(path, &escaped(words)));
        let mut body = format!("<p>{}</p>\n<table>\n{clauses}</table>\n", escaped(&self.as_of()));
        let _ = writeln!(body, "<h2>{}</h2>\n<ul>", escaped(&self.say("pack-lists")));
        for listing in self.reading.listings().iter().filter(|listing| self.shown_list(&listing.id)) {
            let name = link(&format!("lists/{}.html", listing.id), &escaped(self.reading.name(listing)));
            let workbook = format!("lists/{}.xlsx", listing.id);
            let also = files.contains_key(&workbook).then(|| format!(" ({})", link(&workbook, "xlsx")));
            let _ = writeln!(body, "<li>{name}{}</li>", also.unwrap_or_default());
        }
        body.push_str("</ul>\n<ul>\n");
        for key in self.reading.book.entries(ISSUED) {
            let path = self.issue_at(*key);
            if let Some(entry) = self.reading.book.entry(*key).filter(|_| files.contains_key(&path)) {
                let field = |id: &&str| self.reading.register(entry)?.field(id);
                let fields = ["title", "number", "edition", "status"];
                let texts =
                    fields.iter().filter_map(field).map(|field| self.reading.field(field, entry).text);
                let words: Vec<String> =
                    std::iter::once(self.reading.book.serial(*key).to_owned()).chain(texts).collect();
                body.push_str(&item(&path, &words.join("  ")));
            }
        }
        body.push_str(&self.record_links(files));
        body.push_str(&item("changes.html", &self.say("pack-changes")));
        body.push_str(&item("findings.html", &self.say("check-heading")));
        body.push_str("</ul>\n");
        let attached: Vec<&String> = files.keys().filter(|path| path.starts_with("files/")).collect();
        if !attached.is_empty() {
            let _ = writeln!(body, "<h2>{}</h2>\n<ul>", escaped(&self.say("pack-attached")));
            for path in attached {
                body.push_str(&item(path, &path.trim_start_matches("files/").replace('/', "  ")));
            }
            body.push_str("</ul>\n");
        }
        let organisation = &self.present.settings().organisation;
        self.titled(&format!("{organisation}  {}", self.say("pack-title")), &body)
    }

    /// Every record that has a page, by its register.
    fn record_links(&self, files: &Files) -> String {
        let mut body = String::new();
        for register in self.shown() {
            let pages: Vec<String> = self
                .entries(register)
                .into_iter()
                .map(|key| (self.record_at(key), key))
                .filter(|(path, _)| files.contains_key(path))
                .map(|(path, key)| {
                    let words = format!("{} {}", self.reading.book.serial(key), self.reading.title(key));
                    link(&path, &escaped(&words))
                })
                .collect();
            if !pages.is_empty() {
                let name = escaped(register.name.get(self.lang));
                let _ = writeln!(body, "<li>{name}: {}</li>", pages.join("; "));
            }
        }
        body
    }

    pub(super) fn as_of(&self) -> String {
        let (day, seq) = (self.session.today(self.now).to_string(), self.reading.book.seq());
        let as_of = self.reading.wording.render(&message!("pack-as-of", day = day, seq = seq));
        let none = |words: Vec<String>| if words.is_empty() { "none".to_owned() } else { words.join("、") };
        let named = self.wanted.departments.iter().map(|key| self.reading.title(*key));
        let (departments, clauses) =
            (none(named.collect()), none(self.wanted.clauses.iter().cloned().collect()));
        if departments == "none" && clauses == "none" {
            return as_of;
        }
        let scope = message!("pack-scope", departments = departments, clauses = clauses);
        format!("{as_of}  {}", self.reading.wording.render(&scope))
    }

    pub(super) fn readme(&self) -> String {
        let personal = self.say(if self.wanted.personal { "pack-personal" } else { "pack-no-personal" });
        let organisation = &self.present.settings().organisation;
        format!("{organisation}\n{}\n\n{}\n{personal}\n", self.as_of(), self.say("pack-readme"))
    }
}
