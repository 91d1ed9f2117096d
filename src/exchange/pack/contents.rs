//! What lies in a pack.

mod telling;

use std::fmt::Write as _;

use chrono::{DateTime, Utc};

use super::{Files, PERSONAL, Wanted};
use crate::audit::{EvidenceLine, Leads, Looked, evidence, look_over};
use crate::book::{EntryKey, FileRef, Value};
use crate::catalogue::{Clause, Reading, clauses};
use crate::definition::{Kind, Register};
use crate::exchange::attached::{distinct, place};
use crate::exchange::export::{Format, Tongue, escaped, page};
use crate::exchange::form::Forms;
use crate::exchange::handout::{HandoutError, in_full, issued_paper, list_paper, on_paper, record_paper};
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
    let reading = session.reading(lang);
    let today = session.today(now);
    let mut looked = look_over(&reading, today);
    // Of the clauses that are asked for.
    looked.retain(|looked| {
        wanted.clauses.is_empty() || wanted.clauses.iter().any(|clause| looked.rule.is_for(clause))
    });
    let forms = Forms::of(&reading, Some(present.folder().path())).map_err(HandoutError::from)?;
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
        let (name, text) = packer.clause(clause);
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
        self.wanted.personal || !PERSONAL.contains(&register)
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
        let today = self.session.today(self.now);
        let folder = self.present.folder();
        for register in self.shown() {
            let listings =
                self.reading.listings().into_iter().filter(|listing| listing.register.id == register.id);
            for listing in listings {
                let keys =
                    self.reading.entries(&listing, &self.narrowed(register), today).unwrap_or_default();
                let paper = list_paper(self.reading, (&listing, &keys), folder.path(), self.tongue())?;
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

    /// The query that leaves the entries of the departments that are asked for; of a register that names none, all.
    fn narrowed(&self, register: &Register) -> String {
        let Some(field) = register.department_field().filter(|_| !self.wanted.departments.is_empty()) else {
            return String::new();
        };
        let serials: Vec<&str> =
            self.wanted.departments.iter().map(|key| self.reading.book.serial(*key)).collect();
        format!("{}={}", field.id, serials.join(","))
    }

    /// Each issued list as it was issued.
    fn issued(&self, files: &mut Files) -> Result<(), PackingError> {
        for key in self.reading.book.entries(ISSUED) {
            let issued = self.reading.book.entry(*key).and_then(|entry| Issued::of(self.reading, entry));
            let Some(issued) = issued.filter(|issued| issued.at.is_some()) else { continue };
            let paper = issued_paper(self.session, &issued, (self.tongue(), self.lang), self.now)?;
            if let Some(paper) = paper {
                let name = format!("issued/{}.html", self.reading.book.serial(*key));
                files.insert(name, on_paper(&paper, Format::Html, self.tongue())?);
            }
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
        let serial = self.reading.book.serial(key);
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
            for key in self.reading.book.entries(&register.id) {
                for (path, content) in self.attached_at(*key) {
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
        let folder = self.present.folder();
        let today = self.session.today(self.now);
        for register in self.shown().filter(|register| self.has_form(&register.id)) {
            let Ok(listing) = self.reading.listing(&register.id) else { continue };
            for key in self.reading.entries(&listing, &self.narrowed(register), today).unwrap_or_default() {
                let Some(entry) = self.reading.book.entry(key) else { continue };
                let paper = record_paper(self.reading, entry, folder.path(), self.tongue())?;
                let html = on_paper(&paper, Format::Html, self.tongue())?;
                files.insert(format!("records/{}.html", self.reading.book.serial(key)), html);
            }
        }
        Ok(())
    }

    fn has_form(&self, register: &str) -> bool {
        self.forms.record(register).is_some()
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
    fn clause(&self, clause: &'static Clause) -> (String, String) {
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
                let _ =
                    writeln!(body, "<tr><th>{}</th><td>{}</td></tr>", escaped(&line.label), self.line(&line));
            }
            body.push_str("</table>\n");
        }
        let title = format!("{} {}", clause.number, clause.name.get(self.lang));
        (format!("clauses/{}.html", clause.number), self.behind(&title, &body, "../"))
    }

    fn line(&self, line: &EvidenceLine) -> String {
        let words = escaped(&line.words);
        match &line.to {
            Leads::List(id) if self.shown_list(id) => format!("<a href=\"../lists/{id}.html\">{words}</a>"),
            Leads::Entry(key) => {
                let register =
                    self.reading.book.entry(*key).map(|entry| self.reading.book.register_id(entry.register));
                let mut words = match register.filter(|register| self.is_shown(register)) {
                    Some(register) if self.has_form(register) => {
                        let serial = self.reading.book.serial(*key);
                        format!("<a href=\"../records/{serial}.html\">{words}</a>")
                    }
                    Some(register) => format!("<a href=\"../lists/{register}.html\">{words}</a>"),
                    None => words,
                };
                for (path, content) in self.attached_at(*key) {
                    let name = path.rsplit('/').next().unwrap_or("").to_owned();
                    let _ = match content {
                        Some(_) => {
                            write!(words, "<br><a href=\"../{0}\">{1}</a>", escaped(&path), escaped(&name))
                        }
                        None => write!(words, "<br>{} {}", escaped(&name), self.say("files-lost")),
                    };
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

    /// The first page: clause by clause, and every other page.
    fn index(&self, clauses: &str, files: &Files) -> String {
        let mut body = format!("<p>{}</p>\n<table>\n{clauses}</table>\n", escaped(&self.as_of()));
        let _ = writeln!(body, "<h2>{}</h2>\n<ul>", escaped(&self.say("pack-lists")));
        for listing in self.reading.listings().iter().filter(|listing| self.shown_list(&listing.id)) {
            let name = escaped(self.reading.name(listing));
            let workbook = format!("lists/{}.xlsx", listing.id);
            let also = if files.contains_key(&workbook) {
                format!(" (<a href=\"{workbook}\">xlsx</a>)")
            } else {
                String::new()
            };
            let _ = writeln!(body, "<li><a href=\"lists/{}.html\">{name}</a>{also}</li>", listing.id);
        }
        body.push_str("</ul>\n<ul>\n");
        for path in files.keys().filter(|path| path.starts_with("issued/")) {
            let serial = path.trim_start_matches("issued/").trim_end_matches(".html");
            let mut words = serial.to_owned();
            if let Some(entry) = self.reading.book.key_of(serial).and_then(|key| self.reading.book.entry(key))
            {
                for id in ["title", "number", "edition", "status"] {
                    let register = self.reading.register(entry).and_then(|register| register.field(id));
                    let text = register.map(|field| self.reading.field(field, entry).text);
                    words.extend(text.map(|text| format!("  {text}")));
                }
            }
            let _ = writeln!(body, "<li><a href=\"{path}\">{}</a></li>", escaped(&words));
        }
        for (path, name) in [("changes.html", "pack-changes"), ("findings.html", "check-heading")] {
            let _ = writeln!(body, "<li><a href=\"{path}\">{}</a></li>", escaped(&self.say(name)));
        }
        body.push_str("</ul>\n");
        let attached: Vec<&String> = files.keys().filter(|path| path.starts_with("files/")).collect();
        if !attached.is_empty() {
            let _ = writeln!(body, "<h2>{}</h2>\n<ul>", escaped(&self.say("pack-attached")));
            for path in attached {
                let name = path.trim_start_matches("files/").replace('/', "  ");
                let _ = writeln!(body, "<li><a href=\"{}\">{}</a></li>", escaped(path), escaped(&name));
            }
            body.push_str("</ul>\n");
        }
        let organisation = &self.present.settings().organisation;
        self.titled(&format!("{organisation}  {}", self.say("pack-title")), &body)
    }

    fn as_of(&self) -> String {
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

    fn readme(&self) -> String {
        format!("{}\n{}\n\n{}\n", self.present.settings().organisation, self.as_of(), self.say("pack-readme"))
    }
}
