//! A sample that anyone can draw again.
//!
//! Each entry of the population gets the SHA-256 of three lines: [`RULE`], the seed and its serial, joined by
//! single line feeds, without one at the end. The entries with the least digests are drawn, in that order. So the
//! same seed draws the same entries of the same state on any machine, and who doubts it needs no more than
//! `printf 'taizhang-draw-1\n42\nHZ-0004' | sha256sum`.

use chrono::NaiveDate;
use serde_json::{Value as Json, json};
use sha2::{Digest, Sha256};

use super::{Listing, ListingError, Looking, Reading};
use crate::book::EntryKey;
use crate::query::QueryProblem;
use crate::source::code_point;
use crate::text::{clean, shows_nothing};
use crate::wording::{Message, Tell, message};

/// The name of the rule; another rule would have another name.
pub const RULE: &str = "taizhang-draw-1";
/// How many are drawn where nobody says it.
pub const USUAL: usize = 5;
/// The longest seed, in characters: it is read out and written down.
pub const LONGEST_SEED: usize = 100;
/// Stands before a seed among the words of a draw.
const SEED: char = '#';

/// What is to be drawn, as a person says it: `5 hazards 部门:技术部 #42`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DrawWanted {
    /// How many.
    pub count: usize,
    /// The register or view.
    pub list: String,
    /// What narrows it.
    pub query: String,
    /// The seed; none lets the program make one.
    pub seed: Option<String>,
}

/// A sample that was drawn.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Drawn {
    /// What was asked for, with the list by its id and the seed that was used.
    pub wanted: DrawWanted,
    /// The name of the list.
    pub name: String,
    /// How many entries it was drawn from.
    pub population: usize,
    /// The number of the book's last commit.
    pub commit: u64,
    /// The day that relative dates count from.
    pub today: NaiveDate,
    /// Whether other rows would be drawn on the day of that commit, because the query counts from today.
    pub by_day: bool,
    /// The point that it was drawn at, as a command takes it: whatever is changed later, it draws the same rows again.
    pub as_of: String,
    /// The folder of the book, where the call named it: whoever makes the draw again must name it too.
    pub book: Option<String>,
    /// The entries, in the order in which they were drawn.
    pub keys: Vec<EntryKey>,
}

/// Why nothing was drawn.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{}", crate::wording::english(&self.message()))]
pub enum DrawError {
    /// The words do not begin with how many of which list.
    Words,
    /// None is not a number to draw.
    None,
    /// Nobody could write the seed down and type it again, for this reason.
    Seed(Unfit),
    /// The same of the query, which has this character in it.
    Unseen(char),
    /// There is no such list.
    List(#[from] ListingError),
    /// The query is wrong.
    Query(#[from] QueryProblem),
}

/// Why a text is no seed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Unfit {
    /// There is nothing to be seen of it.
    Blank,
    /// It has so many characters, more than [`LONGEST_SEED`].
    Long(usize),
    /// This character of it is not seen as it is.
    Unseen(char),
}

impl Tell for DrawError {
    fn message(&self) -> Message {
        match self {
            DrawError::Words => message!("draw-words"),
            DrawError::None => message!("draw-none"),
            DrawError::Seed(Unfit::Blank) => message!("draw-seed-blank"),
            DrawError::Seed(Unfit::Long(count)) => {
                message!("draw-seed-long", count = *count, most = LONGEST_SEED)
            }
            DrawError::Seed(Unfit::Unseen(c)) => message!("draw-seed-unseen", code = code_point(*c)),
            DrawError::Unseen(c) => message!("draw-query-unseen", code = code_point(*c)),
            DrawError::List(error) => error.message(),
            DrawError::Query(error) => error.message(),
        }
    }
}

impl DrawWanted {
    /// Reads the words; the number and the seed may be left out.
    pub fn read(words: &str) -> Result<Self, DrawError> {
        let mut rest: Vec<&str> = words.split_whitespace().collect();
        let seed = rest.last().and_then(|word| word.strip_prefix(SEED)).filter(|seed| !seed.is_empty());
        if seed.is_some() {
            rest.pop();
        }
        let narrow = |word: &&str| word.chars().map(crate::text::narrow).collect::<String>();
        let count = rest.first().map(narrow).and_then(|word| word.parse::<usize>().ok());
        if count.is_some() {
            rest.remove(0);
        }
        let (list, query) = rest.split_first().ok_or(DrawError::Words)?;
        Ok(Self {
            count: count.unwrap_or(USUAL),
            list: (*list).to_owned(),
            query: query.join(" "),
            seed: seed.map(str::to_owned),
        })
    }

    /// The words again.
    pub fn words(&self) -> String {
        let seed = self.seed.as_ref().map(|seed| format!("{SEED}{seed}"));
        let parts = [Some(self.count.to_string()), Some(self.list.clone()), Some(self.query.clone()), seed];
        parts.into_iter().flatten().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" ")
    }
}

/// The first character that is shown as something else, or not at all; a draw that names it could not be read
/// off and made again.
fn unseen(text: &str) -> Option<char> {
    let shown = clean(text);
    let mut left = shown.chars();
    if shown == text { None } else { text.chars().find(|c| left.next() != Some(*c)) }
}

/// What a seed must be: words or figures of some length that are seen as they are.
fn check_seed(seed: &str) -> Result<(), Unfit> {
    let count = seed.chars().count();
    match unseen(seed) {
        _ if shows_nothing(seed) => Err(Unfit::Blank),
        _ if count > LONGEST_SEED => Err(Unfit::Long(count)),
        Some(c) => Err(Unfit::Unseen(c)),
        None => Ok(()),
    }
}

/// The seed that is made of a moment: six digits, so that it can be read out and written down.
pub fn seed_of(nanoseconds: i64) -> String {
    let digest = Sha256::digest(nanoseconds.to_be_bytes());
    let number = digest.iter().take(8).fold(0_u64, |number, byte| number << 8 | u64::from(*byte));
    format!("{:06}", number % 1_000_000)
}

/// Draws by the rule of this module.
pub fn draw<T>(seed: &str, population: impl Iterator<Item = (T, String)>, count: usize) -> Vec<T> {
    let digest = |serial: &str| Sha256::digest(format!("{RULE}\n{seed}\n{serial}"));
    let mut all: Vec<_> = population.map(|(entry, serial)| (digest(&serial), serial, entry)).collect();
    all.sort_by(|a, b| (&a.0, &a.1).cmp(&(&b.0, &b.1)));
    all.into_iter().take(count).map(|(_, _, entry)| entry).collect()
}

impl Drawn {
    /// The command that draws it again, as a shell takes it.
    fn command(&self) -> String {
        let DrawWanted { count, list, query, seed } = &self.wanted;
        let mut parts = vec![format!("taizhang draw {list}")];
        // What begins with a dash is an option, unless it stands behind two of them.
        let (behind, before): (Option<&String>, _) = match query {
            query if query.starts_with('-') => (Some(query), None),
            query => (None, Some(query).filter(|query| !query.is_empty())),
        };
        parts.extend(before.map(|query| quoted(query)));
        parts.push(format!("--count {count}"));
        parts.extend(seed.as_ref().map(|seed| option("seed", seed)));
        parts.push(option("as-of", &self.as_of));
        parts.extend(self.book.as_ref().map(|book| option("book", book)));
        parts.extend(behind.map(|query| format!("-- {}", quoted(query))));
        parts.join(" ")
    }
}

/// A word for the shell: what it would take for something else stands in quotes.
fn quoted(word: &str) -> String {
    let plain = !word.is_empty() && word.bytes().all(|byte| byte.is_ascii_alphanumeric());
    if plain { word.to_owned() } else { format!("'{}'", word.replace('\'', "'\\''")) }
}

/// An option with its value; a value that begins with a dash stands behind `=`.
fn option(name: &str, value: &str) -> String {
    let between = if value.starts_with('-') { '=' } else { ' ' };
    format!("--{name}{between}{}", quoted(value))
}

impl Reading<'_> {
    /// Draws a sample of a list; `made` is the seed where none is wanted.
    pub fn draw(&self, mut wanted: DrawWanted, made: String, today: NaiveDate) -> Result<Drawn, DrawError> {
        if wanted.count == 0 {
            return Err(DrawError::None);
        }
        wanted.seed.as_deref().map_or(Ok(()), check_seed).map_err(DrawError::Seed)?;
        let blanks = |c: char| if "\t\r\n".contains(c) { ' ' } else { c };
        wanted.query = wanted.query.chars().map(blanks).collect();
        if let Some(c) = unseen(&wanted.query) {
            return Err(DrawError::Unseen(c));
        }
        let listing: Listing = self.listing(&wanted.list)?;
        let keys = self.entries(&listing, &wanted.query, today)?;
        let seed = wanted.seed.take().unwrap_or(made);
        let (population, commit) = (keys.len(), self.book.seq());
        let last = self.local(self.book.last_utc()).date_naive();
        let by_day = last != today && self.entries(&listing, &wanted.query, last)? != keys;
        // Where the day does not count, it is that of the commit, as whoever draws it again will see it.
        let today = if by_day || commit == 0 { today } else { last };
        let serials = keys.into_iter().map(|key| (key, self.book.serial(key).to_owned()));
        let keys = draw(&seed, serials, wanted.count);
        let name = self.name(&listing).to_owned();
        let wanted = DrawWanted { list: listing.id, seed: Some(seed), ..wanted };
        let as_of = format!("#{commit}");
        let drawn = Drawn { wanted, name, population, commit, today, by_day, as_of, book: None, keys };
        Ok(drawn)
    }

    /// What was drawn of what, in one line.
    pub fn draw_title(&self, drawn: &Drawn) -> String {
        let of = message!(
            "draw-title",
            count = drawn.keys.len(),
            population = drawn.population,
            list = drawn.name.clone()
        );
        format!("{}  {}", self.wording.render(&of), drawn.wanted.query).trim_end().to_owned()
    }

    /// How it was drawn, and how it is drawn again; before that, where fewer were there than were wanted.
    pub fn draw_note(&self, drawn: &Drawn) -> Vec<String> {
        let seed = drawn.wanted.seed.clone().unwrap_or_default();
        let (wanted, population) = (drawn.wanted.count, drawn.population);
        let few = message!("draw-few", wanted = wanted, population = population);
        let how = message!("draw-how", seed = seed, commit = drawn.commit, today = drawn.today.to_string());
        let again = message!("draw-again", command = drawn.command());
        let lines = [Some(few).filter(|_| wanted > population), Some(how), Some(again)];
        lines.into_iter().flatten().map(|line| self.wording.render(&line)).collect()
    }

    /// A draw as JSON.
    pub fn draw_json(&self, drawn: &Drawn) -> Json {
        let entries = drawn.keys.iter().filter_map(|key| self.book.entry(*key));
        json!({
            "rule": RULE,
            "list": drawn.wanted.list,
            "query": drawn.wanted.query,
            "count": drawn.wanted.count,
            "seed": drawn.wanted.seed,
            "population": drawn.population,
            "commit": drawn.commit,
            "today": drawn.today.to_string(),
            "as_of": drawn.as_of,
            "entries": entries.map(|entry| self.json(entry)).collect::<Vec<_>>(),
        })
    }

    /// A draw as something that was looked at: it is kept as a question like any other.
    pub fn draw_looking(&self, drawn: &Drawn) -> Looking {
        Looking {
            entries: drawn.keys.clone(),
            list: drawn.wanted.list.clone(),
            filter: drawn.wanted.query.clone(),
            words: self.draw_title(drawn),
            note: self.draw_note(drawn).join("\n"),
            ..Looking::default()
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_rule_never_changes() {
        let serials = || (1..=14).map(|at| (at, format!("HZ-{at:04}")));
        assert_eq!(draw("42", serials(), 5), GOLDEN_42);
        assert_eq!(draw("2022-05-13", serials(), 3), GOLDEN_DAY);
        assert_eq!(seed_of(1_652_400_000_000_000_000), GOLDEN_SEED);
        // The order in which the entries come is nothing to it, and more of them are the same ones first.
        let backwards = serials().collect::<Vec<_>>().into_iter().rev();
        assert_eq!(draw("42", backwards, 5), GOLDEN_42);
        assert_eq!(draw("42", serials(), 20)[..5], GOLDEN_42);
    }

    #[test]
    fn words_are_read_and_written() {
        let read = |words: &str| DrawWanted::read(words).unwrap();
        let whole = read("5 hazards 部门:技术部 -状态:紧急 #42");
        assert_eq!(whole.words(), "5 hazards 部门:技术部 -状态:紧急 #42");
        assert_eq!((whole.count, whole.query.as_str()), (5, "部门:技术部 -状态:紧急"));
        assert_eq!(read("３ hazards").count, 3);
        assert_eq!((read("hazards").count, read("hazards").seed), (USUAL, None));
        assert_eq!(DrawWanted::read(" 5 "), Err(DrawError::Words));
    }

    const GOLDEN_42: [i32; 5] = [3, 12, 10, 13, 14];
    const GOLDEN_DAY: [i32; 3] = [7, 14, 8];
    const GOLDEN_SEED: &str = "983063";
}
