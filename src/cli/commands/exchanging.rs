//! What comes in from other programs and goes out to them.

use clap::{Arg, Command};

use super::Table;

impl Table {
    /// In which language a file is written; the whole command speaks its own.
    fn tongue(&self) -> Arg {
        let tongue = Arg::new("lang").long("lang").value_name("zh|en|both").num_args(1);
        self.named(tongue.value_parser(["zh", "en", "both"]).hide_possible_values(true), "export-lang")
    }

    /// Issuing a list, all at once or from a draft.
    fn issue(&self) -> Command {
        let names = [
            "number",
            "edition",
            "prepared-by",
            "prepared",
            "checked-by",
            "checked",
            "approved-by",
            "approved",
        ];
        let value = |name: &str| match name {
            "prepared" | "checked" | "approved" => "DATE",
            "number" | "edition" => "TEXT",
            _ => "NAME",
        };
        self.command("issue")
            .arg(self.named(Arg::new("list").value_name("REGISTER|VIEW|ID").required(true), "issue-what"))
            .args(names.map(|name| self.option(name, value(name))))
            .arg(self.flag("json"))
    }

    /// What an auditor takes along.
    fn pack(&self) -> Command {
        let path = || self.named(Arg::new("path").value_name("DIR|FILE.zip"), "pack-path");
        let listed = |name: &'static str, value| {
            self.named(Arg::new(name).long(name).value_name(value).num_args(1), &format!("pack-{name}"))
        };
        self.command("pack")
            .args_conflicts_with_subcommands(true)
            .disable_help_subcommand(true)
            .subcommand_help_heading(self.wording.say("usage-commands"))
            .subcommand_value_name(self.wording.say("usage-command"))
            .subcommand_negates_reqs(true)
            .arg(path().required(true))
            .arg(listed("departments", "A,B"))
            .arg(listed("clauses", "8.2,9.1.1"))
            .arg(listed("since", "DATE|#N").allow_hyphen_values(true))
            .arg(self.option("as-of", "DATE|#N").allow_hyphen_values(true))
            .arg(self.flag("personal"))
            .subcommand(self.command_called("verify", "pack-verify").arg(path().required(true)))
    }

    /// Files in and out.
    pub(super) fn exchanging(&self) -> Vec<Command> {
        let verdicts = Arg::new("verdicts").long("verdicts").value_name("stated|computed|open").num_args(1);
        let verdicts = self.named(verdicts, "verdicts").value_parser(["stated", "computed", "open"]);
        let register = Arg::new("register").long("register").value_name("REGISTER").num_args(1);
        vec![
            self.command("import")
                .arg(self.named(Arg::new("file").value_name("FILE").required(true), "import-file"))
                .arg(self.named(register, "import-register"))
                .arg(self.option("sheet", "SHEET"))
                .arg(self.option("map", "FILE"))
                .arg(verdicts.hide_possible_values(true))
                .arg(self.flag("delete-missing"))
                .arg(self.flag("try"))
                .arg(self.option("why", "TEXT").allow_hyphen_values(true).conflicts_with("try"))
                .arg(self.flag("json")),
            self.issue(),
            self.pack(),
            self.command("issued")
                .arg(self.named(Arg::new("list").value_name("REGISTER|VIEW"), "issued-what"))
                .arg(self.flag("json")),
            self.command("attach")
                .arg(self.word("id", "ID"))
                .arg(self.named(
                    Arg::new("files").value_name("FILE").num_args(1..).required_unless_present("remove"),
                    "attach-files",
                ))
                .arg(self.option("remove", "NAME").conflicts_with("files"))
                .arg(self.option("why", "TEXT").allow_hyphen_values(true))
                .arg(self.flag("json")),
            self.command("files")
                .arg(self.word("id", "ID"))
                .arg(self.named(Arg::new("to").long("to").value_name("FOLDER").num_args(1), "files-to"))
                .arg(self.option("as-of", "DATE|#N").allow_hyphen_values(true))
                .arg(self.flag("json")),
            self.command("export")
                .arg(self.word("list", "REGISTER|VIEW"))
                .arg(self.words("query", "QUERY", "query"))
                .arg(self.option("to", "FILE").required(true))
                .arg(self.tongue())
                .arg(self.option("as-of", "DATE|#N").allow_hyphen_values(true))
                .arg(self.flag("form"))
                .arg(self.flag("overwrite")),
            self.command("print")
                .arg(self.named(Arg::new("list").value_name("REGISTER|VIEW|ID").required(true), "print-what"))
                .arg(self.words("query", "QUERY", "query"))
                .arg(self.option("to", "FILE"))
                .arg(self.option("width", "N").value_parser(super::count).allow_negative_numbers(true))
                .arg(self.tongue())
                .arg(self.option("as-of", "DATE|#N").allow_hyphen_values(true))
                .arg(self.flag("overwrite")),
        ]
    }
}
