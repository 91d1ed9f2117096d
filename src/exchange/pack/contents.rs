//! What lies in a pack.

mod first;
mod telling;

use std::fmt::Write as _;

use chrono::{DateTime, Utc};

use super::{Files, Wanted};
use crate::audit::{EvidenceLine, Leads, Looked, evidence, is_shown, look_for};
use crate::book::{EntryKey, FileRef, Value};
use crate::catalogue::{Clause, Listing, Reading, clauses};
use crate::definition::{Kind, Register};
use crate::exchange::attached::{distinct, place};
use crate::exchange::export::{Format, Tongue, escaped, page};
use crate::exchange::form::{Forms, Paper};
use crate::exchange::handout::{
    HandoutError, file_name, in_full, issued_paper, list_paper, on_paper, record_paper,
};
use crate::exchange::issue::{ISSUED, Issued};
use crate::share::{Session, SessionError};
use crate::wording::{Lang, message};

/// Makes the files of a pack from a session, which may be a past one; `present` is the book as it is now. With them come
/// the files whose content is gone.
pub fn pack(
    (session, present): (&Session, &Session),
    wanted: &Wanted,
    lang: Lang,
    now: DateTime<Utc>,
) -> Result<(Files, Vec<String>), PackingError> {
    if session.book().seq() == 0 {
        return Err(PackingError::Nothing);
    }
    if session.is_damaged() {
        return Err(PackingError::Damaged);
    }
    let reading = Reading { veiled: !wanted.personal, ..session.reading(lang) };
    let today = session.today(now);
    let looked = look_for(&reading, today, |rule, _| {
        wanted.clauses.is_empty() || wanted.clauses.iter().any(|clause| rule.is_for(clause))
    });
    let forms = Forms::of(&reading, Some(present.folder().path()));
    // A pack holds every form.
    forms.sound(None).map_err(HandoutError::from)?;
    let packer =
        Packer { session, present, reading: &reading, wanted, lang, now, looked: &looked, forms: &forms };
    let mut files = Files::new();
    packer.registers(&mut files)?;
    packer.issued(&mut files)?;
    packer.records(&mut files)?;
    let lost = packer.attached(&mut files);
    files.insert("changes.html".to_owned(), packer.changes()?.into_bytes());
    files.insert("findings.html".to_owned(), packer.findings().into_bytes());
    let mut index = String::new();
    for clause in clauses().iter().filter(|clause| packer.is_wanted(clause)) {
        let (name, text) = packer.clause(clause, &files);
        let _ = writeln!(
            index,
            "<tr><td>{}</td><td><a href=\"{name}\">{}</a></td></tr>",
            clause.number,
            escaped(clause.name.get(lang))
        );
        files.insert(name, text.into_bytes());
    }
    let index = packer.index(&index, &files);
    files.insert("index.html".to_owned(), index.into_bytes());
    files.insert("README.txt".to_owned(), packer.readme().into_bytes());
    Ok((files, lost))
}

/// Why there is no pack.
#[derive(Debug, thiserror::Error)]
pub enum PackingError {
    /// A form or a list cannot be made.
    #[error(transparent)]
    Handout(#[from] HandoutError),
    /// The past cannot be read.
    #[error(transparent)]
    Session(#[from] SessionError),
    /// The journal is damaged: the pack would look whole.
    #[error("{}", crate::wording::english(&message!("pack-damaged")))]
    Damaged,
    /// The book held nothing yet.
    #[error("{}", crate::wording::english(&message!("pack-nothing")))]
    Nothing,
}

struct Packer<'a> {
    session: &'a Session,
    present: &'a Session,
    reading: &'a Reading<'a>,
    wanted: &'a Wanted,
    lang: Lang,
    now: DateTime<Utc>,
    looked: &'a [Looked<'a>],
    forms: &'a Forms,
}

impl Packer<'_> {
    fn tongue(&self) -> Tongue {
        Tongue::One(self.lang)
    }

    fn say(&self, id: &'static str) -> String {
        self.reading.wording.say(id)
    }

    fn is_wanted(&self, clause: &Clause) -> bool {
        self.wanted.clauses.is_empty() || self.wanted.clauses.contains(&clause.number)
    }

    fn is_shown(&self, register: &str) -> bool {
        let register = self.reading.definitions.register(register);
        self.wanted.personal || register.is_none_or(|register| !register.form.personal)
    }

    /// The registers that hold anything.
    fn shown(&self) -> impl Iterator<Item = &Register> {
        let holds = |register: &&Register| !self.reading.book.entries(&register.id).is_empty();
        self.reading
            .definitions
            .registers()
            .iter()
            .filter(holds)
            .filter(|register| self.is_shown(&register.id))
    }

    /// Each register and its views on their forms, and the register as a workbook.
    fn registers(&self, files: &mut Files) -> Result<(), PackingError> {
        for register in self.shown() {
            let listings =
                self.reading.listings().into_iter().filter(|listing| listing.register.id == register.id);
            for listing in listings {
                let keys = self.listed(&listing);
                let mut paper = list_paper(self.reading, (&listing, &keys), self.forms, self.tongue());
                self.scope(&mut paper, keys.len());
                let html = on_paper(&paper, Format::Html, self.tongue())?;
                files.insert(format!("lists/{}.html", listing.id), html);
                if listing.id == register.id {
                    let workbook = in_full(self.reading, (&listing, &keys), (Format::Xlsx, self.tongue()))?;
                    files.insert(format!("lists/{}.xlsx", listing.id), workbook);
                }
            }
        }
        Ok(())
    }

    /// The entries of a list that concern the departments that are asked for.
    fn listed(&self, listing: &Listing) -> Vec<EntryKey> {
        let today = self.session.today(self.now);
        let mut keys = self.reading.entries(listing, "", today).unwrap_or_default();
        let concerns = |key: &EntryKey| {
            let entry = self.reading.book.entry(*key);
            entry.is_some_and(|entry| is_shown(self.reading, entry, &self.wanted.departments))
        };
        keys.retain(concerns);
        keys
    }

    /// What a list on paper says of itself where only some departments are asked for, or nothing is in it.
    fn scope(&self, paper: &mut Paper, count: usize) {
        if !self.wanted.departments.is_empty() {
            let departments: Vec<String> =
                self.wanted.departments.iter().map(|key| self.reading.title(*key)).collect();
            let only = message!("pack-only", departments = departments.join("、"));
            paper.above.push(self.reading.wording.render(&only));
        }
        if count == 0 {
            paper.notes.push(self.say("pack-empty"));
        }
    }

    /// Each issued list as it was issued.
    fn issued(&self, files: &mut Files) -> Result<(), PackingError> {
        for key in self.reading.book.entries(ISSUED) {
            let issued = self.reading.book.entry(*key).and_then(|entry| Issued::of(self.reading, entry));
            // One whose view is gone is nobody's secret.
            let personal = |issued: &Issued| {
                let listing = self.reading.listing(&issued.view);
                listing.is_ok_and(|listing| !self.is_shown(&listing.register.id))
            };
            let issued = issued.filter(|issued| issued.at.is_some() && !personal(issued));
            let Some(issued) = issued else { continue };
            let tongue = (self.tongue(), self.reading.veiled);
            let paper = issued_paper(self.session, &issued, self.forms, tongue, self.now)?;
            files.insert(self.issue_at(*key), on_paper(&paper.0, Format::Html, self.tongue())?);
        }
        Ok(())
    }

    /// Where a file lies in the pack: under its entry and name.
    fn attached_at(&self, key: EntryKey) -> Vec<(String, Option<Vec<u8>>)> {
        let entry = self.reading.book.entry(key);
        let field = entry.and_then(|entry| self.reading.register(entry)).and_then(place);
        let value = entry.zip(field).and_then(|(entry, field)| self.reading.book.value(entry, &field.id));
        let Some(Value::Files(all)) = value else { return Vec::new() };
        let folder = self.present.folder();
        let serial = self.named(key);
        let place =
            |(file, name): (&FileRef, String)| (format!("files/{serial}/{name}"), folder.content(file));
        all.iter().zip(distinct(all.iter())).map(place).collect()
    }

    /// Every attached file; returns those whose content is gone.
    fn attached(&self, files: &mut Files) -> Vec<String> {
        let mut lost = Vec::new();
        for register in self
            .shown()
            .filter(|register| register.fields.iter().any(|field| matches!(field.kind, Kind::Files)))
        {
            for key in self.entries(register) {
                for (path, content) in self.attached_at(key) {
                    match content {
                        Some(content) => _ = files.insert(path, content),
                        None => lost.push(path),
                    }
                }
            }
        }
        lost
    }

    /// Each record that the company has a form for.
    fn records(&self, files: &mut Files) -> Result<(), PackingError> {
        let today = self.session.today(self.now);
        for register in self.shown().filter(|register| self.forms.record(&register.id).is_some()) {
            for key in self.entries(register) {
                let Some(entry) = self.reading.book.entry(key) else { continue };
                let paper = record_paper(self.reading, entry, self.forms, (self.tongue(), today));
                files.insert(self.record_at(key), on_paper(&paper, Format::Html, self.tongue())?);
            }
        }
        Ok(())
    }

    fn issue_at(&self, key: EntryKey) -> String {
        format!("issued/{}.html", self.named(key))
    }

    fn record_at(&self, key: EntryKey) -> String {
        format!("records/{}.html", self.named(key))
    }

    /// The entries of a register that are asked for.
    fn entries(&self, register: &Register) -> Vec<EntryKey> {
        let listing = self.reading.listing(&register.id);
        listing.map(|listing| self.listed(&listing)).unwrap_or_default()
    }

    /// An entry as the name of a file or folder; a serial may hold what would lead elsewhere.
    fn named(&self, key: EntryKey) -> String {
        let serial = self.reading.book.serial(key);
        let name = file_name(serial);
        if name == serial { name } else { format!("{name}-{key}") }
    }

    fn titled(&self, title: &str, body: &str) -> String {
        page(title, &format!("<h1>{}</h1>\n{body}", escaped(title)), self.tongue())
    }

    /// A page behind the first, which it leads back to.
    fn behind(&self, title: &str, body: &str, root: &str) -> String {
        let back = escaped(&self.say("pack-back"));
        self.titled(title, &format!("<p class=\"note\"><a href=\"{root}index.html\">{back}</a></p>\n{body}"))
    }

    /// The evidence of a clause: each line leads to the list, or names the entry and its files.
    fn clause(&self, clause: &'static Clause, files: &Files) -> (String, String) {
        let mut body = String::new();
        let departments: Vec<Option<EntryKey>> = if self.wanted.departments.is_empty() {
            vec![None]
        } else {
            self.wanted.departments.iter().copied().map(Some).collect()
        };
        let today = self.session.today(self.now);
        let looked: Vec<Looked> =
            self.looked.iter().filter(|looked| looked.rule.is_for(&clause.number)).cloned().collect();
        for department in departments {
            if let Some(department) = department {
                let _ = writeln!(body, "<h2>{}</h2>", escaped(&self.reading.title(department)));
            }
            let evidence = evidence(self.reading, clause, department, (today, &looked));
            body.push_str("<table>\n");
            for line in evidence.lines(self.reading) {
                let (label, words) = (escaped(&line.label), self.line(&line, files));
                let _ = writeln!(body, "<tr><th>{label}</th><td>{words}</td></tr>");
            }
            body.push_str("</table>\n");
        }
        let title = format!("{} {}", clause.number, clause.name.get(self.lang));
        (format!("clauses/{}.html", clause.number), self.behind(&title, &body, "../"))
    }

    fn line(&self, line: &EvidenceLine, files: &Files) -> String {
        let words = escaped(&line.words);
        match &line.to {
            Leads::List(id) if self.shown_list(id) => link(&format!("../lists/{id}.html"), &words),
            Leads::Entry(key) => {
                let register =
                    self.reading.book.entry(*key).map(|entry| self.reading.book.register_id(entry.register));
                let Some(register) = register.filter(|register| self.is_shown(register)) else {
                    return words;
                };
                let record = self.record_at(*key);
                let page =
                    if files.contains_key(&record) { record } else { format!("lists/{register}.html") };
                let mut words = link(&format!("../{page}"), &words);
                for (path, content) in self.attached_at(*key) {
                    let name = escaped(path.rsplit('/').next().unwrap_or(""));
                    words += "<br>";
                    let state = match content {
                        Some(_) if files.contains_key(&path) => {
                            words += &link(&format!("../{path}"), &name);
                            continue;
                        }
                        Some(_) => "pack-not-in",
                        None => "files-lost",
                    };
                    let _ = write!(words, "{name} {}", escaped(&self.say(state)));
                }
                words
            }
            _ => words,
        }
    }

    fn shown_list(&self, id: &str) -> bool {
        self.reading.listing(id).is_ok_and(|listing| {
            self.is_shown(&listing.register.id) && !self.reading.book.entries(&listing.register.id).is_empty()
        })
    }
}

/// A link to a file of the pack; `words` are what a page takes for text already.
fn link(path: &str, words: &str) -> String {
    let mut href = String::new();
    for c in path.chars() {
        if c.is_ascii() && !c.is_ascii_alphanumeric() && !matches!(c, '.' | '/' | '-' | '_') {
            let _ = write!(href, "%{:02X}", u32::from(c));
        } else {
            href.push(c);
        }
    }
    format!("<a href=\"{href}\">{words}</a>")
}
