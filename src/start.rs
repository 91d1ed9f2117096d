//! What the surroundings say, and how the screen starts.

use std::env;
use std::fs;
use std::io::IsTerminal;
use std::path::PathBuf;
use std::time::Duration;

use chrono::Utc;
use etcetera::BaseStrategy;
use taizhang::cli::{self, CliError, Exit, Parsed, Surroundings, open};
use taizhang::share::{Session, Who};
use taizhang::source::decode;
use taizhang::store::{Folder, Standing};
use taizhang::tui::keymap::Keymap;
use taizhang::tui::terminal::{Depth, Unfit, fit};
use taizhang::tui::theme::Theme;
use taizhang::tui::{
    App, Choice, Desk, Drafts, Habits, Leave, LookUps, Looks, Screen, Start, Welcome, welcome,
};
use taizhang::wording::{Lang, Message, Tell};

fn variable(name: &str) -> Option<String> {
    env::var(name).ok().filter(|value| !value.is_empty())
}

/// The locale in force.
fn locale() -> String {
    ["LC_ALL", "LC_CTYPE", "LANG"].iter().find_map(|name| variable(name)).unwrap_or_default()
}

/// The language of messages: a person may read Chinese in a locale whose dates are English.
fn language() -> Lang {
    let said = ["LC_ALL", "LC_MESSAGES", "LANG"].iter().find_map(|name| variable(name)).unwrap_or_default();
    Lang::from_locale(&said)
}

fn config() -> Option<PathBuf> {
    etcetera::choose_base_strategy().ok().map(|base| base.config_dir().join("taizhang"))
}

/// The name of the system user, by the id of the process.
fn user() -> String {
    let id = rustix::process::getuid().as_raw().to_string();
    let passwd = fs::read_to_string("/etc/passwd").unwrap_or_default();
    let named = passwd.lines().find_map(|line| {
        let mut parts = line.split(':');
        let (name, _, uid) = (parts.next()?, parts.next()?, parts.next()?);
        (uid == id).then(|| name.to_owned())
    });
    named.unwrap_or(id)
}

/// What the surroundings say.
pub fn surroundings() -> Surroundings {
    let data = etcetera::choose_base_strategy().map(|base| base.data_dir().join("taizhang"));
    // A folder may be called by bytes that are no text: overlooked, another book would be opened.
    let own = env::var_os("TAIZHANG_BOOK").filter(|value| !value.is_empty()).map(PathBuf::from);
    let named = own.is_some();
    let book = own.or(data.ok());
    let host = rustix::system::uname().nodename().to_string_lossy().into_owned();
    let remembered = config().and_then(|folder| fs::read_to_string(folder.join("language")).ok());
    let lang = remembered.and_then(|lang| Lang::named(lang.trim())).unwrap_or_else(language);
    Surroundings {
        lang,
        book: book.unwrap_or_else(|| PathBuf::from("taizhang")),
        named,
        who: Who { user: user(), host },
        now: Utc::now(),
        offset: chrono::Local::now().offset().local_minus_utc(),
    }
}

/// The language in which errors are said: a locale that is not UTF-8 would show Chinese as noise.
pub fn spoken(lang: Lang) -> Lang {
    if fit(true, Some("any"), &locale()) == Err(Unfit::NotUtf8) { Lang::En } else { lang }
}

/// Shows the screen until it is left; gives the code to exit with.
pub fn screen(parsed: &Parsed, surroundings: &Surroundings) -> Result<u8, CliError> {
    let lang = parsed.lang.unwrap_or(surroundings.lang);
    let folder = cli::place(parsed, surroundings)?;
    let standing = folder.standing()?;
    // A folder that was named and is no book is a slip of the finger; only the usual place welcomes.
    if standing == Standing::Other {
        folder.settings()?;
    }
    let term = variable("TERM");
    let terminal = std::io::stdin().is_terminal() && std::io::stdout().is_terminal();
    fit(terminal, term.as_deref(), &locale()).map_err(|error| CliError::usage(&error))?;
    let no_color = variable("NO_COLOR").is_some();
    let depth =
        Depth::detect(no_color, &variable("COLORTERM").unwrap_or_default(), &term.unwrap_or_default());
    let theme = theme(parsed, no_color)?;
    let keymap = keymap()?;
    // An Esc that a slow line tore from its sequence arrives later over SSH.
    let remote = variable("SSH_TTY").is_some() || variable("SSH_CONNECTION").is_some();
    let esc_wait = Duration::from_millis(if remote { 100 } else { 30 });
    let (session, notes) = if standing == Standing::Book {
        let opened = open(&folder, &surroundings.who, surroundings.now, surroundings.offset, Duration::ZERO)?;
        let notes: Vec<Message> = opened.notes.iter().map(Tell::message).collect();
        (Session::new(opened, surroundings.who.clone()), notes)
    } else {
        let screen = Screen::open(esc_wait)?;
        let mut first = Welcome::new(lang, folder.path().to_owned(), theme.clone());
        let Some(session) = choose(&mut first, depth, &screen, &folder, surroundings)? else { return Ok(0) };
        let desk = desk(first.lang, theme, keymap, &folder);
        let place = folder.path().display().to_string();
        let note = match session.settings().today {
            Some(today) => taizhang::message!("sample-note", today = today.to_string(), folder = place),
            None => taizhang::message!("empty-note", folder = place),
        };
        let start = Start { session, desk, notes: vec![note], depth, clock: Utc::now };
        return Ok(code(App::run(start, &screen)?));
    };
    let mut desk = desk(lang, theme, keymap, &folder);
    if session.read_only().is_some() {
        // The drafts are those of the process that writes.
        desk.drafts = Drafts::default();
    }
    let screen = Screen::open(esc_wait)?;
    Ok(code(App::run(Start { session, desk, notes, depth, clock: Utc::now }, &screen)?))
}

/// Lets the person choose until a book is made or the welcome is left.
fn choose(
    first: &mut Welcome,
    depth: Depth,
    screen: &Screen,
    folder: &Folder,
    surroundings: &Surroundings,
) -> Result<Option<Session>, CliError> {
    loop {
        let made = match welcome(first, depth, screen)? {
            None | Some(Choice::Leave) => return Ok(None),
            Some(Choice::Sample) => cli::make_sample(folder, &surroundings.who),
            Some(Choice::Empty) => {
                let name = first.lang.wording().say("organisation");
                let marker = cli::empty_marker(&name, surroundings.now.date_naive(), surroundings.offset);
                folder.create(&marker).map_err(CliError::from).and_then(|()| {
                    let opened = open(
                        folder,
                        &surroundings.who,
                        surroundings.now,
                        surroundings.offset,
                        Duration::ZERO,
                    )?;
                    Ok(Session::new(opened, surroundings.who.clone()))
                })
            }
        };
        match made {
            Ok(session) => return Ok(Some(session)),
            Err(error) => first.wrong = Some(error.message),
        }
    }
}

fn desk(lang: Lang, theme: Theme, keymap: Keymap, folder: &Folder) -> Desk {
    let base = etcetera::choose_base_strategy().ok();
    let state = base.and_then(|base| base.state_dir().map(|folder| folder.join("taizhang")));
    let book = folder.path().canonicalize().unwrap_or_else(|_| folder.path().to_owned());
    let book = book.display().to_string();
    let look_ups = LookUps::new(state.clone(), book.clone());
    let habits = Habits { tmux: variable("TMUX").is_some(), copied: None, look_ups };
    let drafts = Drafts::new(state, book);
    Desk {
        lang,
        theme,
        keymap,
        pane: true,
        drafts,
        filters: Vec::new(),
        steady: None,
        config: config(),
        habits,
        looks: Looks::default(),
    }
}

/// The look that was asked for; one that was named and is not there is an error, also where no colour is shown.
pub fn theme(parsed: &Parsed, no_color: bool) -> Result<Theme, CliError> {
    let config = config();
    let own = config.as_ref().and_then(|folder| fs::read_to_string(folder.join("theme")).ok());
    let name = parsed
        .theme
        .clone()
        .or_else(|| variable("TAIZHANG_THEME"))
        .or_else(|| own.map(|name| name.trim().to_owned()));
    let name = name.unwrap_or_else(|| "default".to_owned());
    if no_color && parsed.theme.is_none() {
        return Ok(Theme::mono());
    }
    let file = config.map(|folder| folder.join("themes").join(format!("{name}.toml")));
    if let Some(bytes) = file.as_ref().and_then(|file| fs::read(file).ok()) {
        let file = format!("{name}.toml");
        let own = decode(&file, bytes).and_then(|text| Theme::parse(&file, &text));
        let own = own.map_err(|problem| CliError::usage(&problem))?;
        return Ok(if no_color { Theme::mono() } else { own });
    }
    let known = Theme::builtin(&name).map(|known| if no_color { Theme::mono() } else { known });
    known.ok_or_else(|| {
        let known = "default, mono, light, high-contrast";
        CliError::new(
            Exit::Usage,
            taizhang::message!("cli-unknown-theme", said = name.clone(), known = known),
        )
    })
}

fn keymap() -> Result<Keymap, CliError> {
    let file = config().map(|folder| folder.join("keys.toml"));
    match file.as_ref().and_then(|file| fs::read(file).ok()) {
        Some(bytes) => decode("keys.toml", bytes)
            .and_then(|text| Keymap::with_own("keys.toml", &text))
            .map_err(|problem| CliError::usage(&problem)),
        None => Ok(Keymap::default()),
    }
}

fn code(leave: Leave) -> u8 {
    match leave {
        Leave::Quit => 0,
        Leave::Signal(signal) => u8::try_from(128 + signal).unwrap_or(1),
        Leave::Gone => 129,
    }
}
