//! Fills a form with a list or a record; a plain one where the company has none for it.

use chrono::NaiveDate;

use super::load::{Form, FormColumn, FormPart, What};
use super::paper::{Cell, MARK, Paper, Part, Shown, Table};
use super::told;
use crate::audit::{Audited, record_of_clauses};
use crate::book::{Entry, EntryKey, Value};
use crate::catalogue::{Listing, Reading};
use crate::definition::{Column, Field, Kind, Register};
use crate::exchange::export::{Tongue, factor_ids};
use crate::scoring::{Evaluation, Method};
use crate::wording::{Label, Lang, message};

/// The room for a name between its label and the day.
const ROOM: &str = "\u{3000}\u{3000}\u{3000}\u{3000}";

/// What fills a form.
struct Filler<'a> {
    reading: &'a Reading<'a>,
    register: &'a Register,
    tongue: Tongue,
}

/// A list on its form; a plain one where the company has none for it.
pub fn list(
    reading: &Reading,
    listing: &Listing,
    keys: &[EntryKey],
    form: Option<&Form>,
    tongue: Tongue,
) -> Paper {
    let filler = Filler { reading, register: listing.register, tongue };
    let mut keys = keys.to_vec();
    if let Some(form) = form.filter(|form| !form.sort.is_empty()) {
        reading.order(listing.register, &form.sort, &mut keys);
    }
    let entries: Vec<&Entry> = keys.iter().filter_map(|key| reading.book.entry(*key)).collect();
    let plain = FormColumn::plain(listing);
    let columns = form.map_or(plain.as_slice(), |form| form.columns.as_slice());
    let mut table = filler.table(columns, &entries);
    if let Some(group) = form.and_then(|form| form.group)
        && let Some(at) = table_column(columns, &factor_ids(reading, &entries), group)
    {
        table.merge(at);
    }
    let own = listing.id == listing.register.id;
    let of_register = listing.register.form.title.as_ref().filter(|_| own).unwrap_or(&listing.name);
    let title = form.and_then(|form| form.title.as_ref()).unwrap_or(of_register);
    let mut notes = Vec::new();
    if form.is_some_and(|form| form.criteria) {
        notes.extend(filler.criteria(&entries));
    }
    notes.extend(listing.note.as_ref().map(|note| tongue.label(note)));
    let signed = form.map_or_else(usual, |form| form.signed.clone());
    Paper {
        title: tongue.label(title),
        above: filler.above(form, &entries),
        banner: None,
        parts: vec![Part::Table(table)],
        notes,
        signed: tongue.signers(&signed),
        figures: Vec::new(),
    }
}

/// One record on its form; all of its fields where the company has none for it.
pub fn record(
    reading: &Reading,
    entry: &Entry,
    form: Option<&Form>,
    (tongue, today): (Tongue, NaiveDate),
) -> Option<Paper> {
    let register = reading.register(entry)?;
    let filler = Filler { reading, register, tongue };
    let plain = FormPart::plain(register);
    let parts = form.map_or(plain.as_slice(), |form| form.parts.as_slice());
    let title =
        form.and_then(|form| form.title.as_ref()).or(register.form.title.as_ref()).unwrap_or(&register.name);
    let mut above = filler.above(form, &[entry]);
    above.push(format!("{}{}{}", tongue.say("form-serial"), tongue.colon(), reading.book.text(entry.serial)));
    let signed = form.map_or_else(usual, |form| form.signed.clone());
    Some(Paper {
        title: tongue.label(title),
        above,
        banner: None,
        parts: parts.iter().flat_map(|part| filler.part(part, entry, today)).collect(),
        notes: Vec::new(),
        signed: tongue.signers(&signed),
        figures: Vec::new(),
    })
}

fn usual() -> Vec<String> {
    ["prepared", "checked", "approved"].map(str::to_owned).to_vec()
}

impl Tongue {
    /// The label of who signs: the name of a message `sign-NAME`.
    pub fn signer(self, who: &str) -> String {
        let of = |lang: Lang| lang.wording().say_dynamic("sign", who);
        match self {
            Tongue::One(lang) => of(lang),
            Tongue::Both => self.label(&Label::new(&of(Lang::Zh), &of(Lang::En))),
        }
    }

    /// Who signs, with room for the name and the day.
    fn signers(self, who: &[String]) -> Vec<(String, String)> {
        let day = format!("{ROOM}{}", self.signer("date"));
        who.iter().map(|who| (self.signer(who), day.clone())).collect()
    }

    /// What stands between a label and its words.
    pub fn colon(self) -> &'static str {
        match self {
            Tongue::One(Lang::En) => ": ",
            _ => "：",
        }
    }
}

/// Where a column of the register stands in the table.
fn table_column(columns: &[FormColumn], factors: &[String], wanted: Column) -> Option<usize> {
    let mut at = 0;
    for column in columns {
        if column.what == What::Column(wanted) {
            return Some(at);
        }
        at += if column.what == What::Factors { factors.len() } else { 1 };
    }
    None
}

impl Filler<'_> {
    fn table(&self, columns: &[FormColumn], entries: &[&Entry]) -> Table {
        let factors = factor_ids(self.reading, entries);
        let mut table = Table::default();
        for column in columns {
            let over = column.over.as_ref().map(|over| self.tongue.label(over)).unwrap_or_default();
            let heads = match (&column.what, &column.head) {
                (What::Factors, _) => factors.clone(),
                (_, Some(head)) => vec![self.tongue.label(head)],
                (what, None) => vec![self.head(what)],
            };
            for head in heads {
                table.over.push(over.clone());
                table.heads.push(head);
                table.widths.push(column.width);
            }
        }
        for (number, entry) in entries.iter().enumerate() {
            let cells =
                columns.iter().flat_map(|column| self.cells(&column.what, entry, number + 1, &factors));
            table.rows.push(cells.collect());
        }
        table
    }

    fn head(&self, what: &What) -> String {
        match what {
            What::Number => self.tongue.say("form-number"),
            What::Column(column) => self.tongue.label(&self.register.column_name(*column)),
            What::Tick(index, code) => {
                let choice = self.register.fields.get(*index).and_then(|field| field.choice(code));
                choice.map_or_else(|| code.clone(), |choice| self.tongue.label(&choice.label))
            }
            What::Factors => String::new(),
        }
    }

    fn cells(&self, what: &What, entry: &Entry, number: usize, factors: &[String]) -> Vec<Cell> {
        let cell = |text: String, shown| vec![Cell { text, shown, down: 1 }];
        match what {
            What::Number => cell(number.to_string(), Shown::Middle),
            What::Column(column) => {
                let shown = self.reading.column(self.register, entry, *column);
                let place = if shown.right { Shown::Right } else { Shown::Left };
                cell(self.text(entry, *column), place)
            }
            What::Tick(index, code) => {
                let value = self
                    .register
                    .fields
                    .get(*index)
                    .and_then(|field| self.reading.book.value(entry, &field.id));
                let holds = match value {
                    Some(Value::Choice(here)) => here == *code,
                    Some(Value::Choices(here)) => here.contains(code),
                    _ => false,
                };
                cell(if holds { MARK.to_owned() } else { String::new() }, Shown::Middle)
            }
            What::Factors => {
                let evaluation = self.reading.evaluation(entry);
                let value = |id: &String| {
                    let factors = evaluation.map(|evaluation| &evaluation.factors)?;
                    let (_, value) = factors.iter().find(|(known, _)| known.eq_ignore_ascii_case(id))?;
                    Some(value.normalize().to_string())
                };
                let cells = factors.iter().map(|id| Cell {
                    text: value(id).unwrap_or_default(),
                    shown: Shown::Middle,
                    down: 1,
                });
                cells.collect()
            }
        }
    }

    /// What stands in a column, in the language or in both.
    fn text(&self, entry: &Entry, column: Column) -> String {
        let field = match column {
            Column::Field(index) => self.register.fields.get(index),
            Column::Derived(_) => None,
        };
        if let Some(field) =
            field.filter(|field| matches!(field.kind, Kind::Rows(_) | Kind::Links { .. } | Kind::Files))
        {
            return self.field(field, entry);
        }
        let of = |lang: Lang| {
            let reading = Reading { lang, wording: lang.wording(), ..*self.reading };
            reading.column(self.register, entry, column).text
        };
        match self.tongue {
            Tongue::One(lang) => of(lang),
            Tongue::Both => self.tongue.label(&Label::new(&of(Lang::Zh), &of(Lang::En))),
        }
    }

    /// What stands in a field, a thing a line.
    fn field(&self, field: &Field, entry: &Entry) -> String {
        match self.reading.book.value(entry, &field.id) {
            Some(Value::Rows(rows)) => {
                let of = |lang: Lang| {
                    let reading = Reading { lang, wording: lang.wording(), ..*self.reading };
                    rows.iter().map(|row| reading.row(field, row)).collect::<Vec<_>>().join("\n")
                };
                match self.tongue {
                    Tongue::One(lang) => of(lang),
                    Tongue::Both => self.tongue.label(&Label::new(&of(Lang::Zh), &of(Lang::En))),
                }
            }
            Some(Value::Links(keys)) => {
                keys.iter().map(|key| self.reading.link(*key)).collect::<Vec<_>>().join("\n")
            }
            Some(Value::Files(files)) => {
                files.iter().map(|file| file.name.clone()).collect::<Vec<_>>().join("\n")
            }
            None => String::new(),
            Some(_) => match self.register.field_index(&field.id) {
                Some(index) => self.text(entry, Column::Field(index)),
                None => String::new(),
            },
        }
    }

    /// Form number, edition and the department that all entries lie with.
    fn above(&self, form: Option<&Form>, entries: &[&Entry]) -> Vec<String> {
        let said =
            |id: &'static str, words: &str| format!("{}{}{words}", self.tongue.say(id), self.tongue.colon());
        let of = &self.register.form;
        let number = form.and_then(|form| form.number.as_ref()).or(of.number.as_ref());
        let edition = form.and_then(|form| form.edition.as_ref()).or(of.edition.as_ref());
        let mut above: Vec<String> =
            number.into_iter().map(|number| said("form-form-number", number)).collect();
        above.extend(edition.map(|edition| said("form-edition", edition)));
        let department = self.register.department_field().and_then(|field| {
            let mut all = entries.iter().map(|entry| self.reading.book.value(entry, &field.id));
            let first = all.next()??;
            all.all(|other| other.as_ref() == Some(&first)).then(|| self.reading.value(field, &first))
        });
        above.extend(department.map(|department| said("form-department", &department)));
        above
    }

    /// The criteria of the methods by which these entries were evaluated.
    fn criteria(&self, entries: &[&Entry]) -> Vec<String> {
        let mut methods: Vec<&Method> = Vec::new();
        for evaluation in entries.iter().filter_map(|entry| self.reading.evaluation(entry)) {
            let method = self.reading.method(evaluation);
            let known = |method: &&Method| {
                methods.iter().any(|known| (&known.id, known.edition) == (&method.id, method.edition))
            };
            if let Some(method) = method.filter(|method| !known(method)) {
                methods.push(method);
            }
        }
        methods.into_iter().map(|method| self.criterion(method)).collect()
    }

    fn criterion(&self, method: &Method) -> String {
        let label = |label: &Label| self.tongue.label(label);
        let factors: Vec<String> =
            method.factors.iter().map(|factor| format!("{} {}", factor.id, label(&factor.name))).collect();
        let listed = |listed: bool| if listed { " !" } else { "" };
        let bands: Vec<String> = method
            .bands
            .iter()
            .map(|band| {
                let bound = band.bound.map(|bound| format!(" {}", bound.words())).unwrap_or_default();
                format!("{}{bound}{}", label(&band.label), listed(band.listed))
            })
            .collect();
        let vetoes: Vec<String> = method
            .vetoes
            .iter()
            .map(|veto| {
                let band = method.band(&veto.band).map(|band| label(&band.label)).unwrap_or_default();
                format!("{} >= {} -> {band}", veto.factor, veto.at.normalize())
            })
            .collect();
        let rest: Vec<String> = bands.into_iter().chain(vetoes).collect();
        let lang = self.tongue.lang();
        lang.wording().render(&message!(
            "form-criteria",
            method = label(&method.name),
            edition = method.edition,
            symbol = label(&method.symbol),
            formula = method.formula.to_string(),
            factors = factors.join("; "),
            bands = rest.join("; ")
        ))
    }

    fn part(&self, part: &FormPart, entry: &Entry, today: NaiveDate) -> Vec<Part> {
        let mut parts: Vec<Part> =
            part.head.iter().map(|head| Part::Heading(self.tongue.label(head))).collect();
        let pair = |index: &usize| {
            let field = self.register.fields.get(*index)?;
            let words = if matches!(field.kind, Kind::Evaluation { .. }) {
                self.reading
                    .evaluation(entry)
                    .map(|evaluation| self.evaluated(evaluation))
                    .unwrap_or_default()
            } else {
                self.field(field, entry)
            };
            Some((self.tongue.label(&field.name), words))
        };
        let lines: Vec<Vec<(String, String)>> =
            part.pairs.iter().map(|line| line.iter().filter_map(pair).collect()).collect();
        if !lines.is_empty() {
            parts.push(Part::Pairs(lines));
        }
        if part.record
            && let Some(audited) = Audited::read(self.reading, entry.key)
        {
            parts.extend(told::parts(record_of_clauses(self.reading, &audited, today)));
        }
        if let Some(field) = part.table.and_then(|index| self.register.fields.get(index)) {
            parts.push(Part::Table(self.inside(field, entry)));
        }
        parts
    }

    fn evaluated(&self, evaluation: &Evaluation) -> String {
        let score = evaluation.score.map(|score| score.normalize().to_string()).unwrap_or_default();
        let reason = self.reading.reason(evaluation);
        let method = self.reading.method(evaluation);
        let factors = evaluation.factor_words(method);
        let level = self.reading.level_text(evaluation);
        format!("{score} {level} ({reason})  {factors}").trim().to_owned()
    }

    /// The rows of a field as a table, numbered.
    fn inside(&self, field: &Field, entry: &Entry) -> Table {
        let Kind::Rows(columns) = &field.kind else { return Table::default() };
        let mut table = Table { over: vec![String::new(); columns.len() + 1], ..Table::default() };
        table.heads.push(self.tongue.say("form-number"));
        table.heads.extend(columns.iter().map(|column| self.tongue.label(&column.name)));
        table.widths.push(4);
        table.widths.extend(columns.iter().map(|column| column.width.max(6)));
        let rows = match self.reading.book.value(entry, &field.id) {
            Some(Value::Rows(rows)) => rows,
            _ => Vec::new(),
        };
        for (number, row) in rows.iter().enumerate() {
            let plain = |text: String, shown| Cell { text, shown, down: 1 };
            let cell = |column: &Field| {
                let text =
                    row.get(&column.id).map(|cell| self.reading.plain(column, cell)).unwrap_or_default();
                plain(text, Shown::Left)
            };
            let number = plain((number + 1).to_string(), Shown::Middle);
            table.rows.push(std::iter::once(number).chain(columns.iter().map(cell)).collect());
        }
        table
    }
}
