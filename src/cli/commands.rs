//! The table of commands, from which help, completions and the manual page follow.

mod exchanging;

use std::path::PathBuf;

use clap::{Arg, ArgAction, Command};

use crate::wording::{Lang, Wording};

/// The whole command line in a language.
pub fn command(lang: Lang) -> Command {
    let table = Table { wording: lang.wording() };
    let root = table
        .command("taizhang")
        .version(env!("CARGO_PKG_VERSION"))
        .disable_help_flag(true)
        .disable_version_flag(true)
        .disable_help_subcommand(true)
        .subcommand_help_heading(table.wording.say("usage-commands"))
        .subcommand_value_name(table.wording.say("usage-command"))
        .arg(everywhere(table.option("book", "DIR")).value_parser(clap::value_parser!(PathBuf)))
        .arg(everywhere(table.option("lang", "zh|en")).value_parser(["zh", "en"]))
        .arg(everywhere(table.option("theme", "NAME")))
        .arg(everywhere(table.flag("allow-network-disk")))
        .arg(everywhere(table.flag("help")).short('h').action(ArgAction::Help))
        .arg(table.flag("version").short('V').action(ArgAction::Version).display_order(900));
    root.subcommands(table.making())
        .subcommands(table.reading())
        .subcommands(table.auditing())
        .subcommands(table.writing())
        .subcommands(table.exchanging())
        .subcommands(table.proving())
        .subcommands(table.telling())
}

/// A number of things, also in the wide digits of a Chinese keyboard.
fn count(said: &str) -> Result<usize, std::num::ParseIntError> {
    said.trim().chars().map(crate::text::narrow).collect::<String>().parse()
}

/// Before or after any command, and told after what is its own.
fn everywhere(arg: Arg) -> Arg {
    arg.global(true).display_order(900)
}

struct Table {
    wording: &'static Wording,
}

impl Table {
    fn making(&self) -> Vec<Command> {
        let sample = self.named(Arg::new("sample").long("sample"), "sample");
        let sample = sample.num_args(0..=1).require_equals(true).default_missing_value("found");
        let sample =
            sample.value_parser(["found", "mended"]).hide_possible_values(true).value_name("found|mended");
        vec![
            self.command("init")
                .arg(sample)
                .arg(self.flag("empty").conflicts_with("sample"))
                .arg(self.option("organisation", "NAME").conflicts_with("sample")),
            self.command("path").arg(self.flag("json")),
        ]
    }

    fn reading(&self) -> Vec<Command> {
        let as_of = || self.option("as-of", "DATE|#N").allow_hyphen_values(true);
        let history = self.named(Arg::new("history").long("history").value_name("FIELD"), "history");
        let history = history.num_args(0..=1).require_equals(true).default_missing_value("");
        vec![
            self.command("registers").arg(as_of()).arg(self.flag("json")),
            self.command("fields").arg(self.word("register", "REGISTER")).arg(as_of()).arg(self.flag("json")),
            self.command("views").arg(as_of()).arg(self.flag("json")),
            self.methods(),
            self.command("list")
                .arg(self.word("list", "REGISTER|VIEW"))
                .arg(self.words("query", "QUERY", "query"))
                .arg(self.option("columns", "A,B"))
                .arg(self.option("sort", "COLUMN").allow_hyphen_values(true))
                .arg(self.option("limit", "N").value_parser(count).allow_negative_numbers(true))
                .arg(as_of())
                .arg(self.flag("json"))
                .arg(self.flag("csv").conflicts_with("json")),
            self.command("due")
                .arg(self.named(Arg::new("all").long("all").action(ArgAction::SetTrue), "due-all"))
                .arg(self.option("days", "N").value_parser(count).conflicts_with("all"))
                .arg(self.option("person", "NAME"))
                .arg(self.option("department", "DEPARTMENT"))
                .arg(self.flag("ics").conflicts_with("json"))
                .arg(self.option("output", "FILE").requires("ics").value_parser(clap::value_parser!(PathBuf)))
                .arg(as_of())
                .arg(self.flag("json")),
            self.command("find")
                .arg(self.words("query", "QUERY", "query"))
                .arg(as_of())
                .arg(self.flag("json")),
            self.command("draw")
                .arg(self.word("list", "REGISTER|VIEW"))
                .arg(self.words("query", "QUERY", "query"))
                .arg(self.option("count", "N").value_parser(count).allow_negative_numbers(true))
                .arg(self.option("seed", "S"))
                .arg(self.flag("note").conflicts_with("as-of"))
                .arg(as_of())
                .arg(self.flag("json")),
            self.command("questions")
                .arg(self.words("query", "QUERY", "query"))
                .arg(self.flag("open"))
                .arg(as_of())
                .arg(self.flag("json")),
            self.command("show").arg(self.word("id", "ID")).arg(history).arg(as_of()).arg(self.flag("json")),
            self.changes(),
            self.command("status")
                .arg(self.flag("line"))
                .arg(as_of())
                .arg(self.flag("json").conflicts_with("line")),
            self.command("reviews").arg(as_of()).arg(self.flag("json")),
            self.command("review").arg(self.word("id", "ID")).arg(as_of()).arg(self.flag("json")),
        ]
    }

    /// What an auditor would ask for, and find.
    fn auditing(&self) -> Vec<Command> {
        let as_of = || self.option("as-of", "DATE|#N").allow_hyphen_values(true);
        vec![
            self.command("check")
                .arg(self.option("clause", "CLAUSE"))
                .arg(self.option("register", "REGISTER"))
                .arg(as_of())
                .arg(self.flag("json")),
            self.command("chain").arg(self.word("id", "ID")).arg(as_of()).arg(self.flag("json")),
            self.command("evidence")
                .arg(self.named(Arg::new("clause").value_name("CLAUSE").required(true), "evidence-clause"))
                .arg(self.option("department", "DEPARTMENT"))
                .arg(as_of())
                .arg(self.flag("json")),
            self.command("coverage").arg(as_of()).arg(self.flag("json")),
            self.command("terms").arg(self.word("id", "ID")).arg(as_of()).arg(self.flag("json")),
            self.audit(),
            self.command("stale")
                .arg(self.option("register", "REGISTER"))
                .arg(as_of())
                .arg(self.flag("json")),
        ]
    }

    /// An audit from the auditor's side.
    fn audit(&self) -> Command {
        let as_of = || self.option("as-of", "DATE|#N").allow_hyphen_values(true);
        let plain = |name: &'static str| {
            self.command_called(name, &format!("audit-{name}")).disable_help_subcommand(true)
        };
        let id = || self.named(Arg::new("id").value_name("ID").required(true), "audit-id");
        let department = Arg::new("department").long("department").value_name("DEPARTMENT").num_args(1);
        let note = plain("note")
            .arg(id())
            .arg(self.named(Arg::new("clause").value_name("CLAUSE").required(true), "evidence-clause"))
            .arg(self.named(Arg::new("kind").value_name("KIND").required(true), "audit-kind"))
            .arg(self.named(Arg::new("text").value_name("TEXT").required(true), "audit-text"))
            .arg(self.option("entries", "ID,ID"))
            .arg(self.named(department, "audit-department"))
            .arg(self.flag("json"));
        let record = plain("record")
            .arg(id())
            .arg(self.option("format", "markdown|plain").value_parser(["markdown", "plain"]))
            .arg(self.option("output", "FILE"))
            .arg(as_of());
        self.command("audit")
            .subcommand_required(true)
            .disable_help_subcommand(true)
            .subcommand_help_heading(self.wording.say("usage-commands"))
            .subcommand_value_name(self.wording.say("usage-command"))
            .subcommands([plain("show").arg(id()).arg(as_of()).arg(self.flag("json")), note, record])
    }

    /// `methods [ID]` looks; its own commands change a rule.
    fn methods(&self) -> Command {
        let file = || self.word("file", "FILE");
        let why = || self.option("why", "TEXT").allow_hyphen_values(true);
        self.command("methods")
            .args_conflicts_with_subcommands(true)
            .disable_help_subcommand(true)
            .subcommand_help_heading(self.wording.say("usage-commands"))
            .subcommand_value_name(self.wording.say("usage-command"))
            .arg(self.word("method", "ID").required(false))
            .arg(self.option("as-of", "DATE|#N").allow_hyphen_values(true))
            .arg(self.flag("toml").requires("method").conflicts_with("json"))
            .arg(self.flag("json"))
            .subcommand(self.command("try").arg(file()).arg(self.flag("json")))
            .subcommand(
                self.command("apply")
                    .arg(file())
                    .arg(why().required(true))
                    .arg(self.option("approved-by", "NAME").required(true))
                    .arg(self.option("on", "DATE"))
                    .arg(self.flag("json")),
            )
            .subcommand(
                self.command("carry")
                    .arg(self.word("method", "ID"))
                    .arg(why())
                    .arg(self.option("by", "NAMES"))
                    .arg(self.option("on", "DATE"))
                    .arg(self.flag("json")),
            )
    }

    fn changes(&self) -> Command {
        let point = |name| self.option(name, "DATE|#N").allow_hyphen_values(true);
        let since = self.option("since", "DATE|#N|audit|review").allow_hyphen_values(true);
        self.command("changes")
            .arg(self.words("registers", "REGISTER", "registers"))
            .arg(since.required(true))
            .arg(point("until"))
            .arg(self.named(Arg::new("by").long("by").value_name("NAME").num_args(1), "changes-by"))
            .arg(self.flag("json"))
    }

    fn writing(&self) -> Vec<Command> {
        let why = || self.option("why", "TEXT").allow_hyphen_values(true);
        vec![
            self.command("add")
                .arg(self.word("register", "REGISTER"))
                .arg(self.words("values", "FIELD=VALUE", "values"))
                .arg(self.flag("stdin").conflicts_with("values"))
                .arg(why())
                .arg(self.flag("json")),
            self.command("set")
                .arg(self.word("id", "ID"))
                .arg(self.words("values", "FIELD=VALUE", "values"))
                .arg(why())
                .arg(self.flag("json")),
            self.command("evaluate")
                .arg(self.word("id", "ID"))
                .arg(self.words("values", "FACTOR=VALUE", "factors"))
                .arg(self.option("method", "M"))
                .arg(self.option("on", "DATE"))
                .arg(self.option("by", "NAMES"))
                .arg(self.option("basis", "TEXT"))
                .arg(self.option("direct", "I"))
                .arg(why())
                .arg(self.flag("residual"))
                .arg(self.flag("release"))
                .arg(self.flag("json")),
            self.command("accept")
                .arg(self.word("check", "CHECK"))
                .arg(self.word("id", "ID"))
                .arg(why().required(true))
                .arg(
                    self.named(
                        Arg::new("until").long("until").value_name("DATE").num_args(1),
                        "accept-until",
                    ),
                ),
            self.confirm(),
            self.command("unchanged")
                .arg(self.words("ids", "ID", "ids").required(true).num_args(1..))
                .arg(why().required(true))
                .arg(self.named(Arg::new("by").long("by").value_name("NAME").num_args(1), "unchanged-by"))
                .arg(self.named(Arg::new("on").long("on").value_name("DATE").num_args(1), "unchanged-on")),
            self.command("delete")
                .arg(self.word("id", "ID"))
                .arg(why().required(true))
                .arg(self.flag("json")),
            self.drill(),
            self.sheet(),
            self.command("restore")
                .arg(self.word("id", "ID"))
                .arg(self.option("field", "FIELD"))
                .arg(self.option("from", "DATE|#N").allow_hyphen_values(true))
                .arg(why().required(true))
                .arg(self.flag("json")),
            self.command("undo").arg(self.flag("json")),
            self.command("redo").arg(self.flag("json")),
        ]
    }

    /// What a reviewer says of a line of a contract.
    fn confirm(&self) -> Command {
        let applies = ["owner", "control", "requirement"];
        self.command("confirm")
            .arg(self.word("id", "ID"))
            .arg(
                self.named(Arg::new("line").value_name("LINE"), "confirm-line")
                    .required_unless_present("none")
                    .value_parser(count),
            )
            .arg(self.option("kind", "KIND"))
            .arg(self.option("owner", "NAME"))
            .arg(self.option("control", "IDS"))
            .arg(self.option("requirement", "TEXT").allow_hyphen_values(true))
            .arg(self.option("no-effect", "TEXT").allow_hyphen_values(true).conflicts_with_all(applies))
            .arg(
                self.flag("none")
                    .conflicts_with_all(applies)
                    .conflicts_with("no-effect")
                    .conflicts_with("line"),
            )
            .arg(self.named(Arg::new("by").long("by").value_name("NAME").num_args(1), "confirm-by"))
    }

    /// The clock by commands.
    fn drill(&self) -> Command {
        let at = || self.option("at", "TIME");
        let plain = |name: &'static str| {
            self.command_called(name, &format!("drill-{name}")).disable_help_subcommand(true)
        };
        let start = plain("start")
            .arg(self.named(Arg::new("id").value_name("PLAN|ID").required(true), "drill-start-id"))
            .arg(self.option("title", "TEXT"))
            .arg(self.option("planned", "N").allow_negative_numbers(true))
            .arg(self.flag("another"))
            .arg(at())
            .arg(self.flag("json"));
        let stamp = plain("stamp")
            .arg(self.word("id", "ID"))
            .arg(self.word("step", "STEP"))
            .arg(at())
            .arg(self.flag("anyway"))
            .arg(self.flag("json"));
        let note = plain("note")
            .arg(self.word("id", "ID"))
            .arg(self.word("text", "TEXT"))
            .arg(at())
            .arg(self.flag("json"));
        let end = plain("end")
            .arg(self.word("id", "ID"))
            .arg(self.words("values", "FIELD=VALUE", "values"))
            .arg(at())
            .arg(self.flag("anyway"))
            .arg(self.flag("json"));
        self.command("drill")
            .subcommand_required(true)
            .disable_help_subcommand(true)
            .subcommand_help_heading(self.wording.say("usage-commands"))
            .subcommand_value_name(self.wording.say("usage-command"))
            .subcommands([start, stamp, note, end])
    }

    /// A check by a checklist.
    fn sheet(&self) -> Command {
        let many = |name: &'static str, value: &'static str| {
            self.option(name, value).action(ArgAction::Append).num_args(1)
        };
        self.command("sheet")
            .arg(self.word("id", "ID"))
            .arg(many("fail", "N=TEXT"))
            .arg(many("none", "N"))
            .arg(self.flag("pass-rest"))
            .arg(self.option("assessment", "TEXT"))
            .arg(self.named(Arg::new("on").long("on").value_name("DATE").num_args(1), "sheet-on"))
            .arg(self.flag("json"))
    }

    fn proving(&self) -> Vec<Command> {
        vec![
            self.command("score")
                .arg(self.word("method", "METHOD[@EDITION]"))
                .arg(self.words("values", "FACTOR=VALUE", "factors"))
                .arg(self.option("direct", "I"))
                .arg(self.flag("json")),
            self.command("verify").arg(self.flag("json")),
        ]
    }

    fn telling(&self) -> Vec<Command> {
        let shells = ["bash", "zsh", "fish", "elvish", "powershell"];
        vec![
            self.command("completions").arg(self.word("shell", "SHELL").value_parser(shells)),
            self.command("man"),
            self.command("help").arg(self.word("command", "COMMAND").required(false).num_args(0..)),
        ]
    }

    fn command(&self, name: &'static str) -> Command {
        self.command_called(name, name)
    }

    /// A command that is told of by another name than it is called by.
    fn command_called(&self, name: &'static str, what: &str) -> Command {
        // The heads that clap itself would set are English; groups and this template carry ours.
        let head = self.wording.say("usage-head");
        let template = format!("{{about-with-newline}}\n{head}: {{usage}}\n\n{{all-args}}");
        Command::new(name).about(self.wording.say_dynamic("command", what)).help_template(template)
    }

    fn named(&self, arg: Arg, what: &str) -> Arg {
        let group = if arg.is_positional() { "usage-arguments" } else { "usage-options" };
        arg.help(self.wording.say_dynamic("option", what)).help_heading(self.wording.say(group))
    }

    fn flag(&self, name: &'static str) -> Arg {
        self.named(Arg::new(name).long(name).action(ArgAction::SetTrue), name)
    }

    fn option(&self, name: &'static str, value: &'static str) -> Arg {
        let option = Arg::new(name).long(name).value_name(value).num_args(1);
        self.named(option.hide_possible_values(true), name)
    }

    fn word(&self, name: &'static str, value: &'static str) -> Arg {
        let word = Arg::new(name).value_name(value).required(true).hide_possible_values(true);
        self.named(word, name)
    }

    fn words(&self, name: &'static str, value: &'static str, what: &str) -> Arg {
        self.named(Arg::new(name).value_name(value).num_args(0..).action(ArgAction::Append), what)
    }
}
