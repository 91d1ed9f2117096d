//! What a form's columns mean, kept beside the book by the form's shape: the next list of the same form is read so at once.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use super::heading::Target;
use super::judge::Pick;
use super::words::plain;
use super::{Body, Import};
use crate::definition::Register;
use crate::source::{Problem, decode, parse};
use crate::store::hex;

/// The folder of the mappings, in the folder of the book.
const FOLDER: &str = "imports";

/// What the columns of a form mean.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Mapping {
    /// The register.
    pub register: String,
    /// The method by which its rows are worked out, where one was picked.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub method: Option<String>,
    /// What each heading means: the id of a field, `field=code` for a column of marks, or one of `factor`, `residual`,
    /// `score`, `level`, `listed`, `residual-score`, `residual-level`, `direct`, `method`, `evaluated`, `by`, `basis`,
    /// `id`, `extra` (kept as words in the note) and `-` (not taken).
    pub columns: BTreeMap<String, String>,
    /// What stands for a text of a column instead, by heading.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub texts: BTreeMap<String, BTreeMap<String, String>>,
}

/// Targets with a name of their own.
const NAMED: &[(Target, &str)] = &[
    (Target::Serial, "id"),
    (Target::Score, "score"),
    (Target::Level, "level"),
    (Target::Listed, "listed"),
    (Target::ResidualScore, "residual-score"),
    (Target::ResidualLevel, "residual-level"),
    (Target::Direct, "direct"),
    (Target::Method, "method"),
    (Target::On, "evaluated"),
    (Target::By, "by"),
    (Target::Basis, "basis"),
    (Target::Nothing, "-"),
    (Target::Note, "extra"),
];

impl Target {
    /// The name of a target in a mapping.
    fn name(&self, register: &Register) -> String {
        let field = |index: &usize| register.fields.get(*index).map_or("", |field| field.id.as_str());
        match self {
            Target::Field(index) => field(index).to_owned(),
            Target::Tick(index, code) => format!("{}={code}", field(index)),
            Target::Factor(_) => "factor".to_owned(),
            Target::Residual(_) => "residual".to_owned(),
            other => NAMED.iter().find(|(target, _)| target == other).map_or("", |(_, name)| name).to_owned(),
        }
    }

    /// The target of this name, under a heading.
    fn named(name: &str, leaf: &str, register: &Register) -> Option<Self> {
        if let Some((target, _)) = NAMED.iter().find(|(_, known)| *known == name) {
            return Some(target.clone());
        }
        if let Some((field, code)) = name.split_once('=') {
            let index = register.field_index(field)?;
            register.fields.get(index)?.choice(code)?;
            return Some(Target::Tick(index, code.to_owned()));
        }
        match name {
            "factor" => Some(Target::Factor(leaf.to_owned())),
            "residual" => Some(Target::Residual(leaf.to_owned())),
            field => register.field_index(field).map(Target::Field),
        }
    }
}

impl Mapping {
    /// What was recognised and decided of an import.
    pub fn of(import: &Import, register: &Register) -> Self {
        let heading = |at: usize| {
            let column = import.layout.columns.iter().find(|column| column.at == at);
            column.map(|column| column.heading.words()).unwrap_or_default()
        };
        let columns = import.layout.columns.iter();
        let columns = columns.map(|column| (column.heading.words(), column.target.name(register))).collect();
        let mut texts: BTreeMap<String, BTreeMap<String, String>> = BTreeMap::new();
        for ((at, text), mend) in &import.decisions.mends {
            texts.entry(heading(*at)).or_default().insert(text.clone(), mend.clone());
        }
        let method = match &import.decisions.pick {
            Some(Pick::Method(id)) => Some(id.clone()),
            _ => None,
        };
        Self { register: register.id.clone(), method, columns, texts }
    }

    /// Reads a mapping's file.
    pub fn read(name: &str, text: &str) -> Result<Self, Problem> {
        parse(name, text)
    }

    /// Takes the columns of an import for what they mean here; headings of which nothing is said stay as recognised.
    pub fn apply(&self, import: &mut Import, register: &Register) {
        for column in &mut import.layout.columns {
            let words = column.heading.words();
            let said = self.columns.get(&words).or_else(|| {
                let alike = self.columns.iter().find(|(heading, _)| plain(heading) == plain(&words));
                alike.map(|(_, said)| said)
            });
            if let Some(target) = said.and_then(|said| Target::named(said, column.heading.bare(), register)) {
                (column.target, column.sure) = (target, None);
            }
            for (text, mend) in self.texts.get(&words).into_iter().flatten() {
                import.decisions.mends.insert((column.at, text.clone()), mend.clone());
            }
        }
        import.decisions.pick = self.method.clone().map(Pick::Method).or(import.decisions.pick.take());
        import.body = Body::of(&import.sheet, &import.layout, register);
    }

    /// The mapping that is kept for the shape of an import; one that cannot be read is none.
    pub fn kept(book: &Path, import: &Import) -> Option<Self> {
        let bytes = std::fs::read(Self::place(book, import)).ok()?;
        Self::read(FOLDER, &decode(FOLDER, bytes).ok()?).ok()
    }

    /// Keeps it for the shape of an import; a folder that cannot be written keeps nothing, and the import stands.
    pub fn keep(&self, book: &Path, import: &Import) {
        let Ok(text) = toml::to_string(self) else { return };
        if std::fs::create_dir_all(book.join(FOLDER)).is_ok() {
            let _ = std::fs::write(Self::place(book, import), text);
        }
    }

    fn place(book: &Path, import: &Import) -> PathBuf {
        let hash = Sha256::digest(import.shape.as_bytes());
        let hex = hex(hash.get(..8).unwrap_or(&hash));
        book.join(FOLDER).join(format!("{hex}.toml"))
    }
}
