//! The arguments: what was called, and the texts made from the table of commands.

use std::collections::BTreeMap;
use std::ffi::OsString;
use std::io::Write;
use std::path::PathBuf;

use chrono::NaiveDate;
use clap::ArgMatches;
use clap::error::ErrorKind;

use super::commands::command;
use super::error::{CliError, Exit};
use super::usage::usage;
use crate::book::Date;
use crate::source::{code_point, nearest};
use crate::text::{acts, shows_nothing};
use crate::wording::{Lang, message};

/// What was called.
#[derive(Debug)]
pub struct Parsed {
    /// The command; empty for the screen.
    pub name: String,
    /// Its arguments.
    pub matches: ArgMatches,
    /// The folder named by `--book`.
    pub book: Option<PathBuf>,
    /// The language named by `--lang`.
    pub lang: Option<Lang>,
    /// The theme named by `--theme`.
    pub theme: Option<String>,
    /// A network disk is allowed.
    pub network: bool,
}

/// Stands before a query word that begins with `-`, so that it is not taken for an option.
const SHIELD: char = '\u{f8ff}';

/// What was called, or what is wrong with the call. Help and version come back as text to print.
pub fn parse(
    args: impl IntoIterator<Item = OsString>,
    lang: Lang,
) -> Result<Result<Parsed, String>, CliError> {
    let args: Vec<OsString> = args.into_iter().collect();
    // The language decides in which words help and errors come, so it is looked for first.
    let lang = said_lang(args.iter().cloned()).unwrap_or(lang);
    // A folder may be called by any bytes; nothing else may.
    let odd = args.iter().find(|arg| arg.to_str().is_none()).map(|arg| arg.to_string_lossy().into_owned());
    let empty = args.iter().any(|arg| arg.is_empty() || arg.to_string_lossy().ends_with('='));
    let matches = match command(lang).try_get_matches_from(shield(args, lang)) {
        Ok(matches) => matches,
        Err(error) if matches!(error.kind(), ErrorKind::DisplayHelp | ErrorKind::DisplayVersion) => {
            return Ok(Err(in_words(&error.to_string(), lang)));
        }
        Err(error) if error.kind() == ErrorKind::InvalidUtf8 => {
            let what = message!("cli-not-utf8", said = odd.unwrap_or_default());
            return Err(CliError::new(Exit::Usage, what));
        }
        Err(error) => return Err(usage(&error, empty)),
    };
    let (name, inner) = match matches.subcommand() {
        Some(("help", inner)) => return help(inner, lang).map(Err),
        Some((name, inner)) => (name.to_owned(), inner.clone()),
        None => (String::new(), matches.clone()),
    };
    // `methods try FILE`: the command is the deepest that was named.
    let (name, inner) = match inner.subcommand() {
        Some((deeper, matches)) => (format!("{name} {deeper}"), matches.clone()),
        None => (name, inner),
    };
    filled(&name, &inner, lang)?;
    let text = |id: &str| inner.get_one::<String>(id).cloned();
    let book = inner.get_one::<PathBuf>("book").cloned();
    let lang = text("lang").and_then(|lang| Lang::named(&lang));
    let (theme, network) = (text("theme"), inner.get_flag("allow-network-disk"));
    Ok(Ok(Parsed { name, matches: inner, book, lang, theme, network }))
}

/// What may be said in nothing: a query that narrows nothing, the history of every field; or is told of elsewhere:
/// pairs, the words of a note.
const MAY_BE_EMPTY: [&str; 4] = ["query", "values", "history", "text"];

/// Holds that whatever was said says something. A script that fills in nothing is told which place it left empty.
fn filled(name: &str, matches: &ArgMatches, lang: Lang) -> Result<(), CliError> {
    let said = |id: &str| matches.try_get_raw(id).ok().flatten().into_iter().flatten();
    let empty = |id: &str| said(id).any(|said| shows_nothing(&said.to_string_lossy()));
    let left = matches.ids().find(|id| !MAY_BE_EMPTY.contains(&id.as_str()) && empty(id.as_str()));
    let Some(left) = left else { return Ok(()) };
    let mut whole = command(lang);
    whole.build();
    let mut deepest = Some(&whole);
    for part in name.split_whitespace() {
        deepest = deepest.and_then(|command| command.find_subcommand(part));
    }
    let arg = deepest.and_then(|command| command.get_arguments().find(|arg| arg.get_id() == left));
    let argument = arg.map_or_else(|| format!("--{left}"), ToString::to_string);
    let what = if left == "why" {
        message!("cli-why-empty", argument = argument)
    } else {
        message!("cli-empty", argument = argument)
    };
    Err(CliError::new(Exit::Usage, what))
}

/// `help [COMMAND]`
fn help(matches: &ArgMatches, lang: Lang) -> Result<String, CliError> {
    let mut whole = command(lang);
    whole.build();
    // A command may have commands of its own.
    let mut found = &mut whole;
    for said in matches.get_many::<String>("command").into_iter().flatten() {
        let near = nearest(said, found.get_subcommands().map(clap::Command::get_name));
        let near = near.unwrap_or("").to_owned();
        let unknown = match said.as_str() {
            "" => message!("cli-empty-command"),
            said => message!("cli-unknown-command", said = said.to_owned(), nearest = near),
        };
        found = found.find_subcommand_mut(said).ok_or_else(|| CliError::new(Exit::Usage, unknown))?;
    }
    Ok(in_words(&found.render_help().to_string(), lang))
}

/// Help in the language: one word of it clap does not let one choose.
fn in_words(help: &str, lang: Lang) -> String {
    match lang {
        Lang::En => help.to_owned(),
        Lang::Zh => help.replace("[OPTIONS]", &format!("[{}]", lang.wording().say("usage-options"))),
    }
}

/// The language that arguments name, even where something else in them is wrong.
pub fn said_lang(args: impl IntoIterator<Item = OsString>) -> Option<Lang> {
    let args: Vec<OsString> = args.into_iter().collect();
    let at = args.iter().position(|arg| arg == "--lang");
    let next = at.and_then(|at| args.get(at + 1)).and_then(|arg| arg.to_str());
    let joined = args.iter().filter_map(|arg| arg.to_str()).find_map(|arg| arg.strip_prefix("--lang="));
    Lang::named(next.or(joined)?)
}

/// Shields words of a query that begin with `-` and are neither an option of the command line nor its value.
fn shield(args: Vec<OsString>, lang: Lang) -> Vec<OsString> {
    let command = command(lang);
    let mut known: BTreeMap<String, bool> = BTreeMap::new();
    for command in std::iter::once(&command).chain(command.get_subcommands()) {
        for arg in command.get_arguments() {
            let valued = arg.get_action().takes_values();
            known.extend(arg.get_long().map(|long| (format!("--{long}"), valued)));
            known.extend(arg.get_short().map(|short| (format!("-{short}"), valued)));
        }
    }
    let (mut queries, mut value_due) = (false, false);
    let mut shielded = Vec::new();
    for arg in args {
        let word = arg.to_str().unwrap_or("").to_owned();
        let option = known.get(word.split('=').next().unwrap_or("")).filter(|_| !value_due);
        // Two dashes are a mistyped option; nobody excludes what begins with a dash.
        let excludes = word.starts_with('-') && !word.starts_with("--") && option.is_none();
        if queries && !value_due && excludes {
            shielded.push(OsString::from(format!("{SHIELD}{word}")));
        } else {
            shielded.push(arg);
        }
        queries |= !value_due && ["list", "find", "draw", "questions"].contains(&word.as_str());
        value_due = option == Some(&true) && !word.contains('=');
    }
    shielded
}

/// The words of a query.
pub fn query(matches: &ArgMatches) -> String {
    let words = matches.get_many::<String>("query").into_iter().flatten();
    words.map(|word| word.trim_start_matches(SHIELD)).collect::<Vec<_>>().join(" ")
}

/// `NAME=VALUE` pairs.
pub fn pairs(matches: &ArgMatches) -> Result<Vec<(String, String)>, CliError> {
    let words = matches.get_many::<String>("values").into_iter().flatten();
    words
        .map(|word| match word.split_once('=') {
            _ if matches!(word.trim_start().chars().next(), None | Some('=')) => {
                Err(CliError::new(Exit::Usage, message!("cli-empty-pair")))
            }
            Some((name, value)) => Ok((name.trim().to_owned(), value.to_owned())),
            None => Err(CliError::new(Exit::Usage, message!("cli-not-a-pair", said = word.clone()))),
        })
        .collect()
}

/// The people that `--by` names; none where it is not given.
pub fn people(matches: &ArgMatches) -> Result<Vec<String>, CliError> {
    let Some(said) = matches.get_one::<String>("by") else { return Ok(Vec::new()) };
    if let Some(c) = said.chars().find(|c| acts(*c)) {
        let what = message!("cli-unseen", argument = "--by", code = code_point(c));
        return Err(CliError::new(Exit::Usage, what));
    }
    let names = said.split([',', '，', '、']).map(str::trim);
    let names: Vec<String> = names.filter(|name| !shows_nothing(name)).map(str::to_owned).collect();
    if names.is_empty() {
        return Err(CliError::new(Exit::Usage, message!("cli-empty", argument = "--by <NAMES>")));
    }
    Ok(names)
}

/// The day that `--on` names; none where it is not given.
pub fn on(matches: &ArgMatches, today: NaiveDate) -> Result<Option<NaiveDate>, CliError> {
    day(matches, "on", today)
}

/// The day that an option names, where it is given.
pub fn day(matches: &ArgMatches, option: &str, today: NaiveDate) -> Result<Option<NaiveDate>, CliError> {
    let Some(said) = matches.get_one::<String>(option) else { return Ok(None) };
    match Date::typed(said, today) {
        Ok(date) if date.is_day() => Ok(Some(date.first())),
        _ => Err(CliError::new(Exit::Usage, message!("cli-not-a-day", said = said.clone()))),
    }
}

/// Prints completions for a shell.
pub fn completions(matches: &ArgMatches, lang: Lang, out: &mut dyn Write) -> Result<Exit, CliError> {
    use clap_complete::{Shell, generate};
    let shell = match matches.get_one::<String>("shell").map_or("", String::as_str) {
        "zsh" => Shell::Zsh,
        "fish" => Shell::Fish,
        "elvish" => Shell::Elvish,
        "powershell" => Shell::PowerShell,
        _ => Shell::Bash,
    };
    let mut text = Vec::new();
    generate(shell, &mut command(lang), "taizhang", &mut text);
    out.write_all(&text)?;
    Ok(Exit::Done)
}

/// Prints the manual page.
pub fn man(lang: Lang, out: &mut dyn Write) -> Result<Exit, CliError> {
    let mut text = Vec::new();
    clap_mangen::Man::new(command(lang)).render(&mut text)?;
    out.write_all(&text)?;
    Ok(Exit::Done)
}
