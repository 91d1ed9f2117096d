//! The arguments: one table of commands, from which help, completions and the manual page follow.

use std::ffi::OsString;
use std::io::Write;
use std::path::PathBuf;

use clap::error::{ContextKind, ErrorKind};
use clap::{Arg, ArgAction, ArgMatches, Command};

use super::error::{CliError, Exit};
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
}

/// Stands before a query word that begins with `-`, so that it is not taken for an option.
const SHIELD: char = '\u{f8ff}';

fn flag(name: &'static str) -> Arg {
    Arg::new(name).long(name).action(ArgAction::SetTrue)
}

fn option(name: &'static str, value: &'static str) -> Arg {
    Arg::new(name).long(name).value_name(value).num_args(1).allow_hyphen_values(true)
}

fn word(name: &'static str, value: &'static str) -> Arg {
    Arg::new(name).value_name(value).required(true)
}

fn words(name: &'static str, value: &'static str) -> Arg {
    Arg::new(name).value_name(value).num_args(0..).action(ArgAction::Append)
}

/// The whole command line in a language.
pub fn command(lang: Lang) -> Command {
    let wording = lang.wording();
    let sub = |name: &'static str| Command::new(name).about(wording.say_dynamic("command", name));
    let json = || flag("json");
    Command::new("taizhang")
        .version(env!("CARGO_PKG_VERSION"))
        .about(wording.say_dynamic("command", "taizhang"))
        .disable_help_subcommand(false)
        .arg(option("book", "DIR").global(true).value_parser(clap::value_parser!(PathBuf)))
        .arg(option("lang", "zh|en").global(true).value_parser(["zh", "en"]))
        .arg(option("theme", "NAME").global(true))
        .subcommand(
            sub("init")
                .arg(
                    Arg::new("sample")
                        .long("sample")
                        .num_args(0..=1)
                        .require_equals(true)
                        .default_missing_value("found")
                        .value_parser(["found"]),
                )
                .arg(flag("empty"))
                .arg(option("organisation", "NAME")),
        )
        .subcommand(sub("path"))
        .subcommand(sub("registers").arg(json()))
        .subcommand(sub("fields").arg(word("register", "REGISTER")).arg(json()))
        .subcommand(sub("views").arg(json()))
        .subcommand(sub("methods").arg(Arg::new("id").value_name("ID")).arg(json()))
        .subcommand(
            sub("list")
                .arg(word("list", "REGISTER|VIEW"))
                .arg(words("query", "QUERY"))
                .arg(option("columns", "A,B"))
                .arg(option("sort", "COLUMN"))
                .arg(option("limit", "N").value_parser(clap::value_parser!(usize)))
                .arg(json())
                .arg(flag("csv")),
        )
        .subcommand(sub("find").arg(words("query", "QUERY")).arg(json()))
        .subcommand(sub("show").arg(word("id", "ID")).arg(flag("history")).arg(json()))
        .subcommand(
            sub("add")
                .arg(word("register", "REGISTER"))
                .arg(words("values", "FIELD=VALUE"))
                .arg(flag("stdin"))
                .arg(option("why", "TEXT"))
                .arg(json()),
        )
        .subcommand(
            sub("set")
                .arg(word("id", "ID"))
                .arg(words("values", "FIELD=VALUE"))
                .arg(option("why", "TEXT"))
                .arg(json()),
        )
        .subcommand(
            sub("evaluate")
                .arg(word("id", "ID"))
                .arg(words("values", "FACTOR=VALUE"))
                .arg(option("method", "M"))
                .arg(option("on", "DATE"))
                .arg(option("by", "NAMES"))
                .arg(option("basis", "TEXT"))
                .arg(option("direct", "I"))
                .arg(option("why", "TEXT"))
                .arg(flag("residual"))
                .arg(flag("release"))
                .arg(json()),
        )
        .subcommand(sub("delete").arg(word("id", "ID")).arg(option("why", "TEXT").required(true)).arg(json()))
        .subcommand(sub("undo").arg(json()))
        .subcommand(sub("redo").arg(json()))
        .subcommand(
            sub("score")
                .arg(word("method", "METHOD[@EDITION]"))
                .arg(words("values", "FACTOR=VALUE"))
                .arg(option("direct", "I"))
                .arg(json()),
        )
        .subcommand(sub("verify").arg(json()))
        .subcommand(sub("completions").arg(word("shell", "SHELL").value_parser([
            "bash",
            "zsh",
            "fish",
            "elvish",
            "powershell",
        ])))
        .subcommand(sub("man"))
}

/// What was called, or what is wrong with the call. Help and version come back as text to print.
pub fn parse(
    args: impl IntoIterator<Item = OsString>,
    lang: Lang,
) -> Result<Result<Parsed, String>, CliError> {
    let args: Vec<OsString> = args.into_iter().collect();
    // The language decides in which words help and errors come, so it is looked for first.
    let lang = said_lang(&args).unwrap_or(lang);
    let matches = match command(lang).try_get_matches_from(shield(args, lang)) {
        Ok(matches) => matches,
        Err(error) if matches!(error.kind(), ErrorKind::DisplayHelp | ErrorKind::DisplayVersion) => {
            return Ok(Err(error.to_string()));
        }
        Err(error) => return Err(usage(&error)),
    };
    let (name, inner) = match matches.subcommand() {
        Some((name, inner)) => (name.to_owned(), inner.clone()),
        None => (String::new(), matches.clone()),
    };
    let text = |id: &str| {
        matches
            .try_get_one::<String>(id)
            .ok()
            .flatten()
            .or_else(|| inner.try_get_one::<String>(id).ok().flatten())
    };
    let book = inner
        .try_get_one::<PathBuf>("book")
        .ok()
        .flatten()
        .or_else(|| matches.get_one::<PathBuf>("book"))
        .cloned();
    let lang = text("lang").and_then(|lang| Lang::named(lang));
    let theme = text("theme").cloned();
    Ok(Ok(Parsed { name, matches: inner, book, lang, theme }))
}

fn said_lang(args: &[OsString]) -> Option<Lang> {
    let at = args.iter().position(|arg| arg == "--lang");
    let next = at.and_then(|at| args.get(at + 1)).and_then(|arg| arg.to_str());
    let joined = args.iter().filter_map(|arg| arg.to_str()).find_map(|arg| arg.strip_prefix("--lang="));
    Lang::named(next.or(joined)?)
}

/// Shields words of a query that begin with `-` and are no option of the command line.
fn shield(args: Vec<OsString>, lang: Lang) -> Vec<OsString> {
    let command = command(lang);
    let mut known: Vec<String> = Vec::new();
    for command in std::iter::once(&command).chain(command.get_subcommands()) {
        known.extend(command.get_arguments().filter_map(Arg::get_long).map(|long| format!("--{long}")));
    }
    known.extend(["--help", "-h", "--version", "-V", "--"].map(str::to_owned));
    let mut queries = false;
    let mut shielded = Vec::new();
    for arg in args {
        let word = arg.to_str().unwrap_or("").to_owned();
        queries |= word == "list" || word == "find";
        let option = known.iter().any(|known| word == *known || word.starts_with(&format!("{known}=")));
        // Two dashes are a mistyped option; nobody excludes what begins with a dash.
        if queries && word.starts_with('-') && !word.starts_with("--") && !option {
            shielded.push(OsString::from(format!("{SHIELD}{word}")));
        } else {
            shielded.push(arg);
        }
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
            Some((name, value)) => Ok((name.trim().to_owned(), value.to_owned())),
            None => Err(CliError::new(Exit::Usage, message!("cli-not-a-pair", said = word.clone()))),
        })
        .collect()
}

fn usage(error: &clap::Error) -> CliError {
    let context = |kind| error.get(kind).map(ToString::to_string).unwrap_or_default();
    let near = {
        let argument = context(ContextKind::SuggestedArg);
        if argument.is_empty() { context(ContextKind::SuggestedSubcommand) } else { argument }
    };
    let near = near.trim_matches(['[', ']', '"']).to_owned();
    let what = match error.kind() {
        ErrorKind::InvalidSubcommand => {
            message!("cli-unknown-command", said = context(ContextKind::InvalidSubcommand), nearest = near)
        }
        ErrorKind::UnknownArgument => {
            message!("cli-unknown-argument", said = context(ContextKind::InvalidArg), nearest = near)
        }
        ErrorKind::MissingRequiredArgument => {
            message!("cli-missing", what = context(ContextKind::InvalidArg))
        }
        ErrorKind::InvalidValue | ErrorKind::ValueValidation => message!(
            "cli-bad-value",
            argument = context(ContextKind::InvalidArg),
            said = context(ContextKind::InvalidValue),
            known = context(ContextKind::ValidValue)
        ),
        _ => message!("cli-plain", said = error.to_string()),
    };
    CliError::new(Exit::Usage, what)
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
