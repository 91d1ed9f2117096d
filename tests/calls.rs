//! How the program is called: help, mistakes in a call, and folders that are none.
#![allow(clippy::unwrap_used, clippy::indexing_slicing, clippy::panic)]

mod common;
#[path = "common/terminal.rs"]
mod terminal;

use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::os::unix::process::CommandExt;
use std::path::Path;
use std::process::Command;

use terminal::Terminal;

fn call(home: &Path, lang: &str, args: &[&str]) -> (i32, String, String) {
    let mut command = Command::new(env!("CARGO_BIN_EXE_taizhang"));
    command.env_clear().env("HOME", home).env("LC_ALL", "C.UTF-8").args(["--lang", lang]).args(args);
    said(&mut command)
}

fn said(command: &mut Command) -> (i32, String, String) {
    let output = command.output().unwrap();
    let text = |bytes: &[u8]| String::from_utf8(bytes.to_vec()).unwrap();
    (output.status.code().unwrap(), text(&output.stdout), text(&output.stderr))
}

/// The commands that a help lists.
fn listed(help: &str) -> Vec<String> {
    let list = help.split_once("\n命令:\n").map_or("", |(_, list)| list).split("\n\n").next().unwrap();
    let names = list.lines().filter(|line| line.starts_with("  ") && !line.starts_with("   "));
    names.map(|line| line.split_whitespace().next().unwrap().to_owned()).collect()
}

/// Every command of the program by its own help, those of a command too, with what the help of each says.
fn commands(home: &Path, above: &[String], all: &mut Vec<(Vec<String>, String)>) {
    let words = |last: &str| [above, &[last.to_owned()]].concat();
    let said = |args: Vec<String>| call(home, "zh", &args.iter().map(String::as_str).collect::<Vec<_>>()).1;
    let whole = said(words("--help"));
    for name in listed(&whole) {
        let command = words(&name);
        commands(home, &command, all);
        all.push((command.clone(), said([&command[..], &["--help".to_owned()]].concat())));
    }
}

/// Every option and argument is told, and in Chinese nothing of the reader's own English remains.
#[test]
fn help_speaks_the_language() {
    let home = tempfile::tempdir().unwrap();
    let whole = call(home.path(), "zh", &["--help"]).1;
    let mut all = Vec::new();
    commands(home.path(), &[], &mut all);
    let names: Vec<String> = all.iter().map(|(command, _)| command.join(" ")).collect();
    assert!(names.len() > 30 && names.iter().any(|name| name == "methods apply"), "{names:?}");
    let mut helps = vec![whole];
    for (command, help) in all {
        let args: Vec<&str> = ["help"].into_iter().chain(command.iter().map(String::as_str)).collect();
        assert_eq!(help, call(home.path(), "zh", &args).1, "{command:?}");
        helps.push(help);
    }
    for help in &helps {
        for english in ["Usage", "Options", "OPTIONS", "Arguments", "Commands:", "Print", "possible"] {
            assert!(!help.contains(english), "{english} in\n{help}");
        }
        assert!(help.contains("用法: taizhang") && help.contains("选项:"), "{help}");
        let told = |line: &&str| line.starts_with("  ");
        for line in help.lines().filter(told) {
            assert!(line.chars().any(|c| c > '\u{2e80}'), "not told: {line}");
        }
    }
    let help = call(home.path(), "en", &["list", "--help"]).1;
    assert!(
        help.contains("Usage: taizhang list [OPTIONS]") && help.contains("--allow-network-disk"),
        "{help}"
    );
    assert!(help.is_ascii() || help.contains("部门:技术部"), "{help}");
}

#[test]
fn a_wrong_call_is_told_in_the_language_and_leaves_with_2() {
    let home = tempfile::tempdir().unwrap();
    for (args, zh, en) in [
        (&["lst"][..], "没有命令「lst」，是「list」吗", "did you mean \"list\""),
        (&["help", "lst"], "没有命令「lst」，是「list」吗", "did you mean \"list\""),
        (&["list", "a", "--limt"], "没有选项「--limt」，是「--limit」吗", "did you mean \"--limit\""),
        (&["list", "a", "--limit"], "--limit <N> 后面要有值", "wants a value"),
        (&["list", "a", "--limit", "x"], "--limit <N> 不能是「x」", "cannot be \"x\""),
        (&["list", "a", "--columns", "--json"], "--columns <A,B> 后面要有值", "wants a value"),
        (&["list"], "还缺 <REGISTER|VIEW>", "is missing"),
        (&["list", "a", "--json", "--csv"], "不能一起用", "exclude each other"),
        (&["init", "--sample", "--empty"], "不能一起用", "exclude each other"),
        (&["list", "a", "--json", "--json"], "--json 只能写一次", "once only"),
        (&["path", "there"], "多了「there」", "\"there\" is not expected"),
        (&["completions", "xsh"], "可以是 bash", "it can be bash"),
        (&["path", "--theme", "pink"], "没有主题「pink」", "no theme \"pink\""),
        (&["--theme", "pink", "path"], "没有主题「pink」", "no theme \"pink\""),
    ] {
        for (lang, words) in [("zh", zh), ("en", en)] {
            let (code, out, wrong) = call(home.path(), lang, args);
            assert!(code == 2 && wrong.contains(words) && out.is_empty(), "{args:?}: {code} {wrong}");
            assert_eq!(wrong.lines().count(), 1, "{wrong}");
        }
    }
    assert_eq!(call(home.path(), "en", &["path", "--theme", "light"]).0, 0);
}

#[test]
fn a_folder_in_a_folder_that_is_not_there_is_a_slip() {
    let home = tempfile::tempdir().unwrap();
    let named = home.path().join("offce/book");
    let there = named.to_str().unwrap();
    let nearest = home.path().to_str().unwrap();
    for args in [
        &["--book", there][..],
        &["init", "--sample", "--book", there],
        &["init", "--empty", "--book", there],
        &["list", "aspects", "--book", there],
    ] {
        let (code, _, wrong) = call(home.path(), "en", args);
        assert!(code == 2 && wrong.contains(&format!("the nearest one is {nearest})")), "{args:?}: {wrong}");
    }
    let mut command = Command::new(env!("CARGO_BIN_EXE_taizhang"));
    command.env_clear().env("HOME", home.path()).env("LC_ALL", "C.UTF-8").env("TAIZHANG_BOOK", there);
    assert_eq!(said(command.args(["init", "--empty"])).0, 2);
    assert_eq!(fs::read_dir(home.path()).unwrap().count(), 0, "nothing is made");
    // Only the usual place is made with all its parents.
    assert_eq!(call(home.path(), "en", &["init", "--empty"]).0, 0);
    assert!(home.path().join(".local/share/taizhang/book.toml").exists());
}

/// Somebody else's folder is not "no book yet". As root the program runs as nobody, else the rights are taken.
#[test]
fn a_folder_that_cannot_be_read_is_not_taken_for_an_empty_one() {
    let home = tempfile::tempdir().unwrap();
    let book = home.path().join("book");
    drop(common::sample(&book));
    let mode = |path: &Path, mode| fs::set_permissions(path, fs::Permissions::from_mode(mode)).unwrap();
    let root = rustix::process::getuid().is_root();
    let program = home.path().join("taizhang");
    fs::copy(env!("CARGO_BIN_EXE_taizhang"), &program).unwrap();
    mode(&program, 0o755);
    mode(home.path(), 0o755);
    mode(&book, if root { 0o700 } else { 0 });
    for args in
        [&[][..], &["list", "aspects"], &["init", "--sample"], &["score", "lec", "L=3", "E=6", "C=15"]]
    {
        let mut command = Command::new(&program);
        command.env_clear().env("HOME", home.path()).env("LC_ALL", "C.UTF-8").arg("--book").arg(&book);
        if root {
            command.uid(65_534).gid(65_534);
        }
        let (code, out, wrong) = said(command.args(["--lang", "en"]).args(args));
        assert!(code == 5 && out.is_empty(), "{args:?}: {code} {wrong}");
        assert!(wrong.contains("you have no right to it") && wrong.lines().count() == 1, "{args:?}: {wrong}");
    }
    mode(&book, 0o700);
}

#[test]
fn a_locale_that_shows_no_chinese_is_told_in_english() {
    let home = tempfile::tempdir().unwrap();
    let config = home.path().join(".config/taizhang");
    fs::create_dir_all(&config).unwrap();
    fs::write(config.join("language"), "zh").unwrap();
    let locale = [("LC_ALL", "zh_CN.GBK"), ("LANG", "zh_CN.GBK")];
    for args in [&[][..], &["--lang", "zh"]] {
        let mut terminal = Terminal::start(home.path(), (80, 24), &locale, args);
        terminal.wait("the locale is not UTF-8");
        assert_eq!(terminal.end(), 2);
        assert!(terminal.bytes().is_ascii(), "{}", terminal.screen());
    }
}
