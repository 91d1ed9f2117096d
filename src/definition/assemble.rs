//! All definitions of a book together: names that cross files are resolved, editions are kept.

use std::collections::BTreeMap;

use sha2::{Digest, Sha256};

use super::{Field, Kind, Register, builtin, load};
use crate::scoring::{Method, Methods};
use crate::source::{Problem, Source, nearest};
use crate::wording::message;

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
}

impl SourceKind {
    /// The folder such files lie in, beside the book and in the program's own data.
    pub fn folder(self) -> &'static str {
        match self {
            SourceKind::Register => "registers",
            SourceKind::Method => "methods",
        }
    }
}

/// Every register and method in force, checked as a whole.
#[derive(Debug, Clone)]
pub struct Definitions {
    registers: Vec<Register>,
    methods: Methods,
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
        let mut files: BTreeMap<(SourceKind, String), String> = BTreeMap::new();
        for file in builtin().into_iter().chain(own) {
            files.insert((file.kind, file.name), file.text);
        }
        Self::from_files(
            files.into_iter().map(|((kind, name), text)| SourceFile { kind, name, text }).collect(),
        )
    }

    /// Exactly these files, nothing built in: how a past state's definitions come back from the journal.
    pub fn from_files(sources: Vec<SourceFile>) -> Result<Self, Problem> {
        let mut registers: Vec<(Register, usize)> = Vec::new();
        let mut methods = Methods::default();
        for (index, file) in sources.iter().enumerate() {
            let path = path(file);
            match file.kind {
                SourceKind::Register => registers.push((load(&path, &file.text)?, index)),
                SourceKind::Method => methods.insert(Method::load(&path, &file.text)?),
            }
        }
        check_names(&registers, &sources)?;
        for (register, index) in &registers {
            check_references(register, &registers, &methods, sources.get(*index))?;
        }
        registers.sort_by(|(a, _), (b, _)| (a.order, &a.id).cmp(&(b.order, &b.id)));
        let registers = registers.into_iter().map(|(register, _)| register).collect();
        let hash = hash(&sources);
        Ok(Self { registers, methods, sources, hash })
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

    /// The files they were read from.
    pub fn sources(&self) -> &[SourceFile] {
        &self.sources
    }

    /// SHA-256 over kind, name and text of every file, in hex: it changes when any of them does.
    pub fn hash(&self) -> &str {
        &self.hash
    }
}

fn path(file: &SourceFile) -> String {
    format!("{}/{}", file.kind.folder(), file.name)
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

/// Registers and views share one space of names, because commands take either.
fn check_names(registers: &[(Register, usize)], sources: &[SourceFile]) -> Result<(), Problem> {
    let mut taken: BTreeMap<&str, &str> = BTreeMap::new();
    for (register, index) in registers {
        let ids = std::iter::once(&register.id).chain(register.views.iter().map(|view| &view.id));
        for id in ids {
            if let Some(other) = taken.insert(id, &register.id) {
                let (file, text) = sources
                    .get(*index)
                    .map_or_else(Default::default, |file| (path(file), file.text.as_str()));
                let source = Source::new(&file, text);
                let what = message!("definition-name-taken", said = id.clone(), by = other.to_owned());
                return Err(source.problem(find(text, id), what));
            }
        }
    }
    Ok(())
}

fn check_references(
    register: &Register,
    registers: &[(Register, usize)],
    methods: &Methods,
    file: Option<&SourceFile>,
) -> Result<(), Problem> {
    let (path, text) = file.map_or_else(Default::default, |file| (path(file), file.text.as_str()));
    let source = Source::new(&path, text);
    let registers: Vec<&str> = registers.iter().map(|(register, _)| register.id.as_str()).collect();
    for field in all_fields(register) {
        let (words, known): (Vec<&str>, Vec<&str>) = match &field.kind {
            Kind::Links { to, .. } => (to.iter().map(String::as_str).collect(), registers.clone()),
            Kind::Evaluation { methods: rules } => {
                (rules.iter().map(|rule| rule.method.as_str()).collect(), methods.ids().collect())
            }
            _ => continue,
        };
        if let Some(unknown) = words.into_iter().find(|word| !known.contains(word)) {
            let near = nearest(unknown, known).unwrap_or("").to_owned();
            let what = message!("definition-unknown-reference", said = unknown.to_owned(), nearest = near);
            return Err(source.problem(find(text, unknown), what));
        }
    }
    Ok(())
}

fn all_fields(register: &Register) -> impl Iterator<Item = &Field> {
    register.fields.iter().flat_map(|field| {
        let inner = match &field.kind {
            Kind::Rows(columns) => columns.as_slice(),
            _ => &[],
        };
        std::iter::once(field).chain(inner)
    })
}

/// Where `word` stands as a quoted string.
fn find(text: &str, word: &str) -> std::ops::Range<usize> {
    let quoted = format!("\"{word}\"");
    text.find(&quoted).map_or(0..0, |at| at..at + quoted.len())
}
