//! How an entry stood: enough of its evaluation to say it in words and to compare, in one line of text.

use std::fmt;
use std::str::FromStr;

use crate::catalogue::{Reading, UNSCORED};
use crate::scoring::{Decimal, Evaluation};

/// How an entry stood. Written `17 significant ! aspect-sum6@1`, or `--` where it was not evaluated.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Standing {
    judged: Option<Judged>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
struct Judged {
    score: Option<Decimal>,
    level: String,
    listed: bool,
    method: String,
    edition: u32,
}

impl Standing {
    /// How an entry with this evaluation stands.
    pub fn of(evaluation: Option<&Evaluation>) -> Self {
        let judged = evaluation.map(|evaluation| Judged {
            score: evaluation.score,
            level: evaluation.level.clone(),
            listed: evaluation.listed,
            method: evaluation.method.clone(),
            edition: evaluation.edition,
        });
        Self { judged }
    }

    /// Whether it was on the significant or major list.
    pub fn listed(&self) -> bool {
        self.judged.as_ref().is_some_and(|judged| judged.listed)
    }

    /// Whether the list has it now and had it not, or the other way round.
    pub fn flips(&self, after: &Standing) -> bool {
        self.listed() != after.listed()
    }

    /// Score, sign and level in words: `17 ! 重要`.
    pub fn words(&self, reading: &Reading) -> String {
        let Some(judged) = &self.judged else { return UNSCORED.to_owned() };
        let method = reading.definitions.methods().edition(&judged.method, judged.edition);
        let band = method.and_then(|method| method.band(&judged.level));
        let level = band.map_or(judged.level.as_str(), |band| band.short.get(reading.lang));
        let sign = if judged.listed { "! " } else { "" };
        format!("{} {sign}{level}", number(judged.score))
    }
}

fn number(score: Option<Decimal>) -> String {
    score.map_or_else(|| UNSCORED.to_owned(), |score| score.normalize().to_string())
}

impl fmt::Display for Standing {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Some(Judged { score, level, listed, method, edition }) = &self.judged else {
            return f.write_str(UNSCORED);
        };
        let sign = if *listed { " !" } else { "" };
        write!(f, "{} {level}{sign} {method}@{edition}", number(*score))
    }
}

impl FromStr for Standing {
    type Err = ();

    fn from_str(text: &str) -> Result<Self, ()> {
        if text == UNSCORED {
            return Ok(Self::default());
        }
        let words: Vec<&str> = text.split_whitespace().collect();
        let (score, level, listed, method) = match words.as_slice() {
            [score, level, "!", method] => (score, level, true, method),
            [score, level, method] => (score, level, false, method),
            _ => return Err(()),
        };
        let score = if *score == UNSCORED { None } else { Some(score.parse().map_err(|_| ())?) };
        let (method, edition) = method.split_once('@').ok_or(())?;
        let edition = edition.parse().map_err(|_| ())?;
        let (level, method) = ((*level).to_owned(), method.to_owned());
        Ok(Self { judged: Some(Judged { score, level, listed, method, edition }) })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn is_read_as_it_is_written() {
        for text in ["--", "17 significant ! aspect-sum6@1", "0.5 general lec@2", "-- significant ! lec@1"] {
            assert_eq!(text.parse::<Standing>().unwrap().to_string(), text);
        }
        for wrong in ["", "17", "x general lec@1", "17 general lec", "17 general lec@x"] {
            assert_eq!(wrong.parse::<Standing>(), Err(()), "{wrong}");
        }
    }
}
