//! What a row of a list states of its evaluation.

use super::heading::Target;
use super::words::words;
use crate::book::Date;
use crate::catalogue::EntryError;
use crate::exchange::workbook::Cell;
use crate::scoring::Decimal;

/// What a row says of its evaluation.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Stated {
    /// Factors by heading.
    pub factors: Vec<(String, Decimal)>,
    /// The same with the controls in place.
    pub residual: Vec<(String, Decimal)>,
    /// The score.
    pub score: Option<Decimal>,
    /// The level, as it is called there.
    pub level: Option<String>,
    /// Whether it is marked as significant or major.
    pub listed: Option<bool>,
    /// That it is marked, one way or the other, is said in so many words.
    pub marked: bool,
    /// The score with the controls in place.
    pub residual_score: Option<Decimal>,
    /// The level with the controls in place.
    pub residual_level: Option<String>,
    /// The number of a direct judgement.
    pub direct: Option<String>,
    /// The method.
    pub method: Option<String>,
    /// The day.
    pub on: Option<Date>,
    /// Who took part.
    pub by: Vec<String>,
    /// What it rests on.
    pub basis: Option<String>,
}

impl Stated {
    /// Takes in a cell; says why it cannot be read.
    pub fn take(&mut self, target: &Target, cell: &Cell) -> Option<EntryError> {
        let text = cell.text.trim();
        let nothing = text.is_empty() || matches!(text, "-" | "--" | "—" | "——" | "/" | "\\" | "无");
        if nothing && !matches!(target, Target::Listed) {
            return None;
        }
        let word = || Some(text.to_owned());
        match target {
            Target::Factor(label) => match decimal(text) {
                Ok(value) => self.factors.push((label.clone(), value)),
                Err(why) => return Some(why),
            },
            Target::Residual(label) => match decimal(text) {
                Ok(value) => self.residual.push((label.clone(), value)),
                Err(why) => return Some(why),
            },
            Target::Score => match decimal(text) {
                Ok(value) => self.score = Some(value),
                Err(why) => return Some(why),
            },
            Target::ResidualScore => match decimal(text) {
                Ok(value) => self.residual_score = Some(value),
                Err(why) => return Some(why),
            },
            Target::Level => self.level = word(),
            Target::ResidualLevel => self.residual_level = word(),
            Target::Listed => match words().mark(text) {
                Some(marked) => (self.listed, self.marked) = (Some(marked), true),
                // An empty cell of a column of marks says no.
                None if text.is_empty() => self.listed = Some(false),
                None => self.level = self.level.take().or_else(word),
            },
            Target::Direct => self.direct = word(),
            Target::Method => self.method = word(),
            Target::On => match super::take::date(cell) {
                Ok(date) => self.on = Some(date),
                Err(why) => return Some(why),
            },
            Target::By => {
                let names = text.split(['、', '，', ',', ';', '；', '\n']).map(str::trim);
                self.by = names.filter(|name| !name.is_empty()).map(str::to_owned).collect();
            }
            Target::Basis => self.basis = word(),
            _ => {}
        }
        None
    }

    /// Whether it says anything of a score or level.
    pub fn says(&self) -> bool {
        self.score.is_some() || self.level.is_some() || self.listed == Some(true) || self.marked
    }
}

/// A number as lists write it.
fn decimal(text: &str) -> Result<Decimal, EntryError> {
    let narrow: String = text.chars().map(crate::text::narrow).filter(|c| *c != ',').collect();
    let number = Some(narrow.trim()).filter(|number| !number.contains('_'));
    let number = number.and_then(|number| number.parse::<Decimal>().ok());
    number.map(|number| number.normalize()).ok_or_else(|| EntryError::NotANumber(text.to_owned()))
}
