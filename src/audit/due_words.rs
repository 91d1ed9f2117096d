//! What is due, in words: the same on the screen, in print and in a calendar.

use chrono::NaiveDate;

use super::due::{Due, Duty};
use super::months::{kind_of, month_name};
use crate::catalogue::Reading;
use crate::wording::{Message, message};

/// What stands between names.
const BETWEEN: [char; 7] = ['、', ',', '，', ';', '；', '/', '\n'];

impl Due {
    /// What is to be done about which entry.
    pub fn message(&self, reading: &Reading, today: NaiveDate) -> Message {
        let title = reading.title(self.entry);
        match &self.what {
            Duty::Drill(plan) => {
                message!("due-drill-what", title = title, words = plan.words(reading, today))
            }
            Duty::Problem(problem) => {
                let how = problem.standing.message(reading);
                message!(
                    "due-problem-what",
                    words = problem.words.clone(),
                    owner = problem.owner.clone(),
                    how = how
                )
            }
            Duty::Review => message!("due-review-what", title = title),
            Duty::Dated(dated) => message!("due-dated-what", what = dated.what.clone(), title = title),
            Duty::Month(monthly) => {
                let kind = kind_of(reading, &monthly.counts).map(|(_, choice)| choice.label.clone());
                let register = reading.definitions.register(&monthly.counts.register);
                let name = kind.or_else(|| register.map(|register| register.name.clone()));
                let month = month_name(monthly.month);
                message!("due-month-what", what = name.unwrap_or_default(), month = month, title = title)
            }
        }
    }

    /// The kind of duty by the name scripts know it by.
    pub fn code(&self) -> &'static str {
        match &self.what {
            Duty::Drill(_) => "drill",
            Duty::Problem(_) => "problem",
            Duty::Review => "review",
            Duty::Dated(_) => "dated",
            Duty::Month(_) => "month",
        }
    }

    /// A name of the duty that stays the same for as long as it is the same duty, whatever its day.
    pub fn name(&self, reading: &Reading) -> String {
        let part = match &self.what {
            Duty::Drill(_) | Duty::Review => String::new(),
            Duty::Problem(problem) => problem.words.clone(),
            Duty::Dated(dated) => dated.date.clone(),
            Duty::Month(monthly) => format!("{} {}", monthly.check, month_name(monthly.month)),
        };
        format!("{} {} {part}", reading.book.serial(self.entry), self.code()).trim_end().to_owned()
    }

    /// Those who answer for it, one by one.
    pub fn people(&self) -> impl Iterator<Item = &str> {
        self.who.split(BETWEEN).map(str::trim).filter(|name| !name.is_empty())
    }

    /// Whether somebody of this name answers for it.
    pub fn is_of(&self, person: &str) -> bool {
        self.people().any(|name| name.to_lowercase() == person.trim().to_lowercase())
    }
}
