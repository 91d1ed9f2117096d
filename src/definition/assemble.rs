//! All definitions of a book together: names that cross files are resolved, editions are kept.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use serde::Deserialize;
use sha2::{Digest, Sha256};
use toml::Spanned;

use super::join::{join_causes, join_chains, join_sheets, rules};
use super::load::Loaded;
use super::load_all::load_all;
use super::{Check, Field, Kind, Register, Rule, builtin};
use crate::scoring::{Judged, Method, Methods};
use crate::source::{Problem, Source, decode, nearest};
use crate::wording::{Message, message};

/// The text of one definition file, as it lies in the program or beside the book.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SourceFile {
    /// What it defines.
    pub kind: SourceKind,
    /// The file's name without folder, e.g. `aspects.toml`; the same name replaces an earlier one.
    pub name: String,
    /// The text.
    pub text: String,
}

/// What a definition file defines.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum SourceKind {
    /// A register with its views.
    Register,
    /// A method of evaluation.
    Method,
    /// A rule by which the book is looked over.
    Check,
}

impl SourceFile {
    /// The file with these bytes; refuses what is too large or not UTF-8.
    pub fn read(kind: SourceKind, name: String, bytes: Vec<u8>) -> Result<Self, Problem> {
        let text = decode(&format!("{}/{name}", kind.folder()), bytes)?;
        Ok(Self { kind, name, text })
    }

    /// Its name with its folder, e.g. `registers/aspects.toml`.
    pub fn path(&self) -> String {
        format!("{}/{}", self.kind.folder(), self.name)
    }
}

impl SourceKind {
    /// Every kind.
    pub const ALL: [Self; 3] = [SourceKind::Register, SourceKind::Method, SourceKind::Check];

    /// The folder such files lie in, beside the book and in the program's own data.
    pub fn folder(self) -> &'static str {
        match self {
            SourceKind::Register => "registers",
            SourceKind::Method => "methods",
            SourceKind::Check => "checks",
        }
    }
}

/// Every register, method and rule in force, checked as a whole.
#[derive(Debug, Clone)]
pub struct Definitions {
    registers: Vec<Register>,
    methods: Methods,
    rules: Vec<Rule>,
    sources: Vec<SourceFile>,
    hash: String,
}

impl Definitions {
    /// The definitions the program brings along.
    pub fn builtin() -> Result<Self, Problem> {
        Self::assemble(Vec::new())
    }

    /// The built-in definitions with the organisation's own over them: the same file name replaces, a new one adds.
    pub fn assemble(own: Vec<SourceFile>) -> Result<Self, Problem> {
        let named = own.iter().map(|file| (file.kind, file.name.clone())).collect();
        let mut files: BTreeMap<(SourceKind, String), String> = BTreeMap::new();
        for file in builtin().into_iter().chain(own) {
            files.insert((file.kind, file.name), file.text);
        }
        let files = files.into_iter().map(|((kind, name), text)| SourceFile { kind, name, text });
        Self::read(files.collect(), &named)
    }

    /// Exactly these files, nothing built in: how a past state's definitions come back from the journal.
    pub fn from_files(sources: Vec<SourceFile>) -> Result<Self, Problem> {
        Self::read(sources, &BTreeSet::new())
    }

    /// Of two files that claim one name, the organisation's own is told.
    fn read(sources: Vec<SourceFile>, own: &BTreeSet<(SourceKind, String)>) -> Result<Self, Problem> {
        let mut files: Vec<&SourceFile> = sources.iter().collect();
        files.sort_by_key(|file| own.contains(&(file.kind, file.name.clone())));
        let of = |kind: SourceKind| files.iter().copied().filter(move |file| file.kind == kind);
        let mut read = load_all(&of(SourceKind::Register).collect::<Vec<_>>())?;
        let mut methods = Methods::default();
        for file in of(SourceKind::Method) {
            insert(&mut methods, file)?;
        }
        check_names(&read)?;
        for (file, loaded) in &read {
            check_references(file, loaded, &read, &methods)?;
            check_far(file, loaded, &read)?;
        }
        let rules = rules(files.iter().copied(), &read)?;
        join_chains(&mut read)?;
        join_sheets(&mut read)?;
        join_causes(&mut read)?;
        let mut registers: Vec<Register> = read.into_iter().map(|(_, loaded)| loaded.register).collect();
        registers.sort_by(|a, b| (a.order, &a.id).cmp(&(b.order, &b.id)));
        resolve_anywhere(&mut registers);
        let hash = hash(&sources);
        Ok(Self { registers, methods, rules, sources, hash })
    }

    /// A problem `offset` bytes into what stands at a place of a definition file.
    pub fn problem(&self, path: &str, at: &Range<usize>, offset: usize, what: Message) -> Problem {
        let file = self.sources.iter().find(|file| file.path() == path);
        let source = Source::new(path, file.map_or("", |file| &file.text));
        source.problem(source.inside(at, offset), what)
    }

    /// The rules by which the book is looked over, in the order of their clauses.
    pub fn rules(&self) -> &[Rule] {
        &self.rules
    }

    /// The check with this id.
    pub fn check(&self, id: &str) -> Option<&Check> {
        self.rules.iter().flat_map(|rule| &rule.checks).find(|check| check.id == id)
    }

    /// The registers in the order of the home page.
    pub fn registers(&self) -> &[Register] {
        &self.registers
    }

    /// The register with this id.
    pub fn register(&self, id: &str) -> Option<&Register> {
        self.registers.iter().find(|register| register.id == id)
    }

    /// The register a person means by an id, a name in either language, or another word for it.
    pub fn register_meant(&self, word: &str) -> Option<&Register> {
        self.register(word).or_else(|| self.registers.iter().find(|register| register.answers_to(word)))
    }

    /// The methods, every edition.
    pub fn methods(&self) -> &Methods {
        &self.methods
    }

    /// The methods by which a field may be evaluated: those its rules name, then others that judge the same.
    pub fn methods_fit_for(&self, field: &Field) -> Vec<&Method> {
        let Kind::Evaluation { methods: rules } = &field.kind else { return Vec::new() };
        let mut fit: Vec<&Method> = Vec::new();
        for method in rules.iter().filter_map(|rule| self.methods.get(&rule.method)) {
            if !fit.iter().any(|known| known.id == method.id) {
                fit.push(method);
            }
        }
        let subjects: Vec<&str> = fit.iter().filter_map(|method| method.subject.as_deref()).collect();
        let judges_this = |method: &&Method| match method.subject.as_deref() {
            Some(subject) => subjects.is_empty() || subjects.contains(&subject),
            None => true,
        };
        let named = |method: &&Method| rules.iter().any(|rule| rule.method == method.id);
        let others = self.methods.newest().filter(|method| !named(method) && judges_this(method));
        fit.extend(others.collect::<Vec<_>>());
        fit
    }

    /// Keeps methods that were in force once, so that evaluations made by their editions can be shown and
    /// proved. A text that cannot be read any longer is left out.
    pub fn remember(&mut self, past: &[String]) {
        for method in past.iter().filter_map(|text| Method::load("", text).ok()) {
            self.methods.remember(method);
        }
    }

    /// These definitions with one file in place of that of the same name, or besides; what was in force once is
    /// kept to show and to prove what rests on it.
    pub fn with(&self, file: SourceFile) -> Result<Self, Problem> {
        let own = BTreeSet::from([(file.kind, file.name.clone())]);
        let mut sources = self.sources.clone();
        let key = |file: &SourceFile| (file.kind, file.name.clone());
        sources.retain(|other| key(other) != key(&file));
        sources.push(file);
        sources.sort_by_key(key);
        let mut definitions = Self::read(sources, &own)?;
        definitions.methods.remember_all(&self.methods);
        Ok(definitions)
    }

    /// The text of the file that defines an edition in force.
    pub fn text_of(&self, method: &Method) -> Option<&str> {
        self.file_of(method).map(|file| file.text.as_str())
    }

    /// The file that defines an edition in force.
    pub fn file_of(&self, method: &Method) -> Option<&SourceFile> {
        let methods = self.sources.iter().filter(|file| file.kind == SourceKind::Method);
        let mut read = methods.filter_map(|file| Some((file, Method::load("", &file.text).ok()?)));
        let found = read.find(|(_, other)| (&other.id, other.edition) == (&method.id, method.edition));
        found.map(|(file, _)| file)
    }

    /// Whether a judgement of an entry rests on a rule that is in force no longer: its method has a newer edition or
    /// is gone, or the register gives the entry to another of its methods. A method that a person chose, which the
    /// register does not name, is left alone. `holds` says whether a field of the entry has a code.
    pub fn is_outdated(&self, field: &Field, judged: &Judged, holds: impl Fn(&str, &str) -> bool) -> bool {
        !self.methods.is_newest(judged)
            || field.names_method(&judged.method)
                && field.method(holds).is_some_and(|method| method != judged.method)
    }

    /// The files they were read from.
    pub fn sources(&self) -> &[SourceFile] {
        &self.sources
    }

    /// SHA-256 over kind, name and text of every file, in hex: it changes when any of them does.
    pub fn hash(&self) -> &str {
        &self.hash
    }
}

/// Stands for every register that has its line on the home page, where a link says what it leads to.
pub const ANYWHERE: &str = "*";

fn resolve_anywhere(registers: &mut [Register]) {
    let own = registers.iter().filter(|register| register.home);
    let all: Vec<String> = own.map(|register| register.id.clone()).collect();
    let anywhere = |field: &mut Field| match &mut field.kind {
        Kind::Links { to, .. } if to.iter().any(|id| id == ANYWHERE) => to.clone_from(&all),
        _ => {}
    };
    for field in registers.iter_mut().flat_map(|register| &mut register.fields) {
        match &mut field.kind {
            Kind::Rows(columns) => columns.iter_mut().for_each(&anywhere),
            _ => anywhere(field),
        }
    }
}

fn hash(sources: &[SourceFile]) -> String {
    let mut sha = Sha256::new();
    for file in sources {
        for part in [file.kind.folder(), &file.name, &file.text] {
            sha.update((part.len() as u64).to_be_bytes());
            sha.update(part);
        }
    }
    sha.finalize().iter().fold(String::new(), |hex, byte| hex + &format!("{byte:02x}"))
}

/// Takes in a method; an edition may stand in one file only.
fn insert(methods: &mut Methods, file: &SourceFile) -> Result<(), Problem> {
    #[derive(Deserialize)]
    struct Id {
        id: Spanned<String>,
    }
    let path = file.path();
    let method = Method::load(&path, &file.text)?;
    if methods.edition(&method.id, method.edition).is_some() {
        let source = Source::new(&path, &file.text);
        let at = source.parse::<Id>()?.id.span();
        return Err(source.problem(at, message!("method-taken", said = method.id, edition = method.edition)));
    }
    methods.insert(method);
    Ok(())
}

/// Registers and views share one space of names, because commands take either; series of serials are apart.
fn check_names(read: &[(&SourceFile, Loaded)]) -> Result<(), Problem> {
    // What a word means, and the file that says so.
    let mut taken: BTreeMap<String, (&str, String)> = BTreeMap::new();
    let mut series: BTreeMap<(String, String), String> = BTreeMap::new();
    for (file, loaded) in read {
        let path = file.path();
        let refuse = |at: Range<usize>, what| Err(Source::new(&path, &file.text).problem(at, what));
        let ids = loaded.ids.iter().map(|id| (id, None));
        let words = loaded.words.iter().map(|(word, owner)| (word, Some(owner)));
        for (word, owner) in ids.chain(words) {
            let (said, means) = (word.get_ref(), owner.unwrap_or(word.get_ref()));
            match taken.get(&said.to_lowercase()) {
                // The same thing may be called the same twice, but for its id.
                Some((other, _)) if owner.is_some() && other == means => {}
                Some((_, by)) => {
                    let replaces = owner.is_none() && *said == loaded.register.id && *by != path;
                    let (said, by) = (said.clone(), by.clone());
                    let what = if replaces {
                        message!("definition-id-taken", said = said, by = by)
                    } else {
                        message!("definition-name-taken", said = said, by = by)
                    };
                    return refuse(word.span(), what);
                }
                None => {
                    taken.insert(said.to_lowercase(), (means, path.clone()));
                }
            }
        }
        let serial = &loaded.register.serial;
        if let Some(by) = series.insert(serial.series(), path.clone()) {
            let what = message!("definition-serial-taken", said = serial.pattern(), by = by);
            return refuse(loaded.serial.clone(), what);
        }
    }
    Ok(())
}

fn check_references(
    file: &SourceFile,
    loaded: &Loaded,
    read: &[(&SourceFile, Loaded)],
    methods: &Methods,
) -> Result<(), Problem> {
    let registers: Vec<&str> = read.iter().map(|(_, other)| other.register.id.as_str()).collect();
    let methods: Vec<&str> = methods.ids().collect();
    let unknown = |words: &[Spanned<String>], known: &[&str]| {
        words.iter().find(|word| !known.contains(&word.get_ref().as_str())).cloned()
    };
    let near = |said: &str, known: &[&str]| nearest(said, known.iter().copied()).unwrap_or("").to_owned();
    let (at, what) =
        if let Some(unknown) = unknown(&loaded.to, &registers).filter(|to| to.get_ref() != ANYWHERE) {
            let (said, near) = (unknown.get_ref().clone(), near(unknown.get_ref(), &registers));
            let known = registers.join(", ");
            let what = message!("definition-unknown-register", said = said, nearest = near, known = known);
            (unknown.span(), what)
        } else if let Some(unknown) = unknown(&loaded.methods, &methods) {
            let (said, near) = (unknown.get_ref().clone(), near(unknown.get_ref(), &methods));
            let known = methods.join(", ");
            let what = message!("definition-unknown-method", said = said, nearest = near, known = known);
            (unknown.span(), what)
        } else {
            return Ok(());
        };
    Err(Source::new(&file.path(), &file.text).problem(at, what))
}

/// What a feature reads of the entries linked to, their registers must have.
fn check_far(file: &SourceFile, loaded: &Loaded, read: &[(&SourceFile, Loaded)]) -> Result<(), Problem> {
    let path = file.path();
    let source = Source::new(&path, &file.text);
    for far in &loaded.far {
        let registers = read.iter().map(|(_, other)| &other.register);
        for register in registers.filter(|register| far.to.contains(&register.id)) {
            let ids = || register.fields.iter().map(|field| field.id.as_str());
            let said = far.word.get_ref();
            let field = register
                .field(said)
                .ok_or_else(|| super::read::unknown_column(&source, said, far.word.span(), ids()))?;
            super::feature_tables::check_kind(&source, &far.word, field, far.kind)?;
        }
    }
    // Where a finding says that it was found, the register that it goes into knows that.
    let raises = read.iter().filter_map(|(_, other)| {
        let (field, _) = other.register.features.raise.as_ref()?.found.as_ref()?;
        other.register.field(field)
    });
    for (said, field) in loaded.source.iter().flat_map(|said| raises.clone().map(move |field| (said, field)))
    {
        if field.choice(said.get_ref()).is_none() {
            return Err(super::read::unknown_choice(&source, said, field.kind.choices()));
        }
    }
    Ok(())
}
