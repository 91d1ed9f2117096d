//! What is wrong with a call, in our own words.

use clap::error::{ContextKind, ContextValue, ErrorKind};

use super::error::{CliError, Exit};
use crate::wording::message;

/// What the reader of arguments refused, as a sentence; `empty` says that one of them has nothing in it.
pub fn usage(error: &clap::Error, empty: bool) -> CliError {
    let context = |kind| error.get(kind).map(ToString::to_string).unwrap_or_default();
    let near = || {
        let argument = context(ContextKind::SuggestedArg);
        let near = if argument.is_empty() { context(ContextKind::SuggestedSubcommand) } else { argument };
        near.trim_matches(['[', ']', '"']).to_owned()
    };
    let (argument, value) = (context(ContextKind::InvalidArg), context(ContextKind::InvalidValue));
    let what = match error.kind() {
        ErrorKind::InvalidSubcommand if context(ContextKind::InvalidSubcommand).is_empty() => {
            message!("cli-empty-command")
        }
        ErrorKind::InvalidSubcommand => {
            message!("cli-unknown-command", said = context(ContextKind::InvalidSubcommand), nearest = near())
        }
        ErrorKind::MissingSubcommand => {
            message!("cli-missing-command", known = context(ContextKind::ValidSubcommand))
        }
        ErrorKind::UnknownArgument if argument.starts_with('-') => {
            message!("cli-unknown-argument", said = argument, nearest = near())
        }
        ErrorKind::UnknownArgument if argument.is_empty() => message!("cli-empty-unexpected"),
        ErrorKind::UnknownArgument => message!("cli-unexpected", said = argument),
        ErrorKind::MissingRequiredArgument => message!("cli-missing", what = argument),
        ErrorKind::InvalidValue | ErrorKind::ValueValidation if value.is_empty() && empty => {
            message!("cli-empty", argument = argument)
        }
        ErrorKind::InvalidValue if value.is_empty() => {
            message!("cli-no-value", argument = argument, known = context(ContextKind::ValidValue))
        }
        ErrorKind::InvalidValue | ErrorKind::ValueValidation => message!(
            "cli-bad-value",
            argument = argument,
            said = value,
            known = context(ContextKind::ValidValue)
        ),
        ErrorKind::ArgumentConflict => match error.get(ContextKind::PriorArg) {
            Some(ContextValue::String(other)) if *other != argument => {
                message!("cli-conflict", argument = argument, other = other.clone())
            }
            Some(ContextValue::Strings(others)) => {
                message!("cli-conflict", argument = argument, other = others.join(", "))
            }
            _ => message!("cli-twice", argument = argument),
        },
        _ => message!("cli-wrong-call"),
    };
    CliError::new(Exit::Usage, what)
}
