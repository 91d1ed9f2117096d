//! The audit pack: what an auditor takes along, and what `sha256sum` says of it.
#![allow(clippy::unwrap_used, clippy::indexing_slicing, clippy::panic, clippy::string_slice)]

mod common;
#[path = "common/office.rs"]
mod office;
#[path = "common/terminal.rs"]
mod terminal;

use std::process::Command;

use office::Office;

fn done(office: &Office, args: &[&str]) -> String {
    let (out, wrong, code) = office.run("zh", args);
    assert_eq!(code, 0, "{args:?}: {out}{wrong}");
    out
}

fn read(office: &Office, path: &str) -> String {
    std::fs::read_to_string(office.folder.path().join(path)).unwrap_or_else(|error| panic!("{path}: {error}"))
}

#[test]
fn a_pack_is_checked_without_the_program() {
    let office = Office::with_sample();
    std::fs::write(office.folder.path().join("签到表.jpg"), "photo").unwrap();
    done(&office, &["attach", "DR-2022-01", "签到表.jpg"]);
    done(&office, &["add", "health", "title=体检"]);
    done(&office, &["pack", "pack"]);
    let folder = office.folder.path().join("pack");
    let sums = Command::new("sha256sum")
        .args(["-c", "--quiet", "SHA256SUMS"])
        .current_dir(&folder)
        .output()
        .unwrap();
    assert!(sums.status.success(), "{}", String::from_utf8_lossy(&sums.stdout));
    // Evidence by clause, one page each, leading to lists and files.
    let index = read(&office, "pack/index.html");
    for part in
        ["clauses/8.2.html", "lists/aspects.html", "lists/aspects.xlsx", "changes.html", "findings.html"]
    {
        assert!(index.contains(&format!("href=\"{part}\"")) && folder.join(part).is_file(), "{part}");
    }
    let clause = read(&office, "pack/clauses/8.2.html");
    assert!(
        clause.contains("../lists/drills.html") && clause.contains("files/DR-2022-01/签到表.jpg"),
        "{clause}"
    );
    assert_eq!(read(&office, "pack/files/DR-2022-01/签到表.jpg"), "photo");
    // A record stands on its form, and a page leads back.
    assert!(clause.contains("../records/DR-2022-01.html") && clause.contains("../index.html"), "{clause}");
    assert!(read(&office, "pack/records/DR-2022-01.html").contains("东侧楼梯门锁闭"));
    // So does an audit, clause by clause.
    let audit = read(&office, "pack/records/AU-2022-01.html");
    assert!(audit.contains("<h2>ES8.2") && audit.contains("技术部七项"), "{audit}");
    // It does not lie in the book, and of a day before the book there is none.
    for (args, said) in [
        (&["pack", "book/pack"][..], "在账簿的文件夹里"),
        (&["pack", "old", "--as-of", "2001-01-01"], "没有可打包的"),
    ] {
        let (_, wrong, code) = office.run("zh", args);
        assert!(code == 2 && wrong.contains(said), "{args:?}: {wrong}");
        assert!(!office.folder.path().join(args[1]).exists());
    }
    assert!(read(&office, "pack/findings.html").contains("EA-0008"));
    assert!(read(&office, "pack/changes.html").contains("EA-0007"));
    assert!(read(&office, "pack/README.txt").contains("sha256sum -c SHA256SUMS"));
    // Every link leads to something.
    for page in ["index.html", "clauses/8.2.html", "clauses/6.1.2.html", "clauses/10.2.html"] {
        let text = read(&office, &format!("pack/{page}"));
        let base = folder.join(page);
        for link in text.split("href=\"").skip(1).map(|rest| rest.split('"').next().unwrap()) {
            assert!(base.parent().unwrap().join(link).is_file(), "{page}: {link}");
        }
    }
    // What is personal stays out unless it is asked for.
    assert!(
        !folder.join("lists/health.html").exists() && !read(&office, "pack/changes.html").contains("体检")
    );
    done(
        &office,
        &[
            "issue",
            "health",
            "--number",
            "H",
            "--prepared-by",
            "甲",
            "--prepared",
            "2022-05-10",
            "--checked-by",
            "乙",
            "--checked",
            "2022-05-11",
            "--approved-by",
            "丙",
            "--approved",
            "2022-05-12",
        ],
    );
    done(&office, &["pack", "again"]);
    assert!(
        !folder.with_file_name("again").join("issued").exists(),
        "a list of what is personal is personal"
    );
    done(&office, &["pack", "personal", "--personal"]);
    assert!(read(&office, "personal/lists/health.html").contains("体检"));
    assert!(read(&office, "personal/issued/IS-0001.html").contains("体检"));
    done(&office, &["pack", "whole.zip", "--personal"]);
    let (out, ..) = office.run("zh", &["pack", "verify", "whole.zip"]);
    assert!(out.contains("0 个对不上"), "{out}");
}

#[test]
fn the_same_data_are_the_same_bytes_and_a_change_is_named() {
    let office = Office::with_sample();
    done(&office, &["pack", "a.zip"]);
    done(&office, &["pack", "b.zip"]);
    let bytes = |name: &str| std::fs::read(office.folder.path().join(name)).unwrap();
    assert!(bytes("a.zip") == bytes("b.zip"));
    done(&office, &["pack", "p"]);
    let folder = office.folder.path().join("p");
    std::fs::write(folder.join("index.html"), "x").unwrap();
    std::fs::remove_file(folder.join("changes.html")).unwrap();
    std::fs::write(folder.join("lists/new.html"), "x").unwrap();
    let (out, _, code) = office.run("zh", &["pack", "verify", "p"]);
    assert_eq!(code, 3);
    for line in ["被改过  index.html", "不见了  changes.html", "多出来的  lists/new.html", "3 个对不上"]
    {
        assert!(out.contains(line), "{line}: {out}");
    }
    // What is there is not written over, and what is no pack is told.
    let (_, wrong, code) = office.run("zh", &["pack", "a.zip"]);
    assert!(code == 2 && wrong.contains("不覆盖"), "{wrong}");
    std::fs::write(office.folder.path().join("c.zip"), "PK").unwrap();
    let (_, wrong, code) = office.run("zh", &["pack", "verify", "c.zip"]);
    assert!(code == 3 && wrong.contains("不是完整的资料包"), "{wrong}");
    let (_, wrong, code) = office.run("zh", &["pack", "verify", "nothing.zip"]);
    assert!(code == 2 && wrong.contains("没有 nothing.zip"), "{wrong}");
    std::fs::create_dir(office.folder.path().join("empty")).unwrap();
    let (_, wrong, code) = office.run("en", &["pack", "verify", "empty"]);
    assert!(code == 2 && wrong.contains("no SHA256SUMS"), "{wrong}");
}

#[test]
fn files_called_alike_are_both_there_and_one_that_is_gone_is_told() {
    let office = Office::with_sample();
    std::fs::create_dir(office.folder.path().join("other")).unwrap();
    std::fs::write(office.folder.path().join("签到表.txt"), "one").unwrap();
    std::fs::write(office.folder.path().join("other/签到表.txt"), "two").unwrap();
    done(&office, &["attach", "DR-2022-01", "签到表.txt", "other/签到表.txt"]);
    done(&office, &["pack", "p"]);
    let mut held =
        ["签到表.txt", "签到表-2.txt"].map(|name| read(&office, &format!("p/files/DR-2022-01/{name}")));
    held.sort();
    assert_eq!(held, ["one", "two"]);
    for name in ["签到表.txt", "签到表-2.txt"] {
        assert!(read(&office, "p/index.html").contains(&format!("files/DR-2022-01/{name}")));
    }
    // So they are when they are copied out.
    done(&office, &["files", "DR-2022-01", "--to", "out"]);
    assert_eq!(
        (read(&office, "out/签到表.txt"), read(&office, "out/签到表-2.txt")),
        ("one".into(), "two".into())
    );
    for stored in std::fs::read_dir(office.book().join("files")).unwrap().flatten() {
        if std::fs::read(stored.path()).is_ok_and(|bytes| bytes == b"two") {
            std::fs::remove_file(stored.path()).unwrap();
        }
    }
    let (out, _, code) = office.run("zh", &["pack", "q"]);
    assert!(code == 3 && out.contains("附件的内容不在了或被改过"), "{out}");
}

#[test]
fn nothing_is_written_beside_a_pack_and_nothing_read_beside_it() {
    let office = Office::with_sample();
    let place = |path: &str| office.folder.path().join(path);
    std::fs::create_dir(place("here")).unwrap();
    std::fs::write(place("index.html"), "mine").unwrap();
    std::fs::write(place("evil.html"), "mine").unwrap();
    // Without a place there is no pack.
    assert_eq!(office.run("zh", &["pack"]).2, 2);
    assert_eq!(read(&office, "index.html"), "mine");
    // An id and a name are names, not ways to somewhere else, and a link leads to a file of any name.
    std::fs::write(place("3#车间 50%?.txt"), "x").unwrap();
    done(&office, &["add", "drills", "id=../../evil", "title=演练", "date=2022-05-01", "plan=EP-001"]);
    done(&office, &["attach", "../../evil", "3#车间 50%?.txt"]);
    done(&office, &["pack", "here/p"]);
    assert_eq!(read(&office, "evil.html"), "mine");
    assert_eq!(std::fs::read_dir(place("here")).unwrap().count(), 1);
    assert!(read(&office, "here/p/index.html").contains("3%23车间%2050%25_.txt"));
    assert_eq!(office.run("zh", &["pack", "verify", "here/p"]).2, 0);
    // What a killed run left beside, and a folder that is not there, are told.
    std::fs::create_dir(place("here/q.part")).unwrap();
    let (_, wrong, code) = office.run("zh", &["pack", "here/q"]);
    assert!(code == 2 && wrong.contains("q.part"), "{wrong}");
    for name in ["nowhere/r", "nowhere/r.zip"] {
        let (_, wrong, code) = office.run("zh", &["pack", name]);
        assert!(code == 2 && wrong.contains("没有 nowhere"), "{wrong}");
    }
    // A link is not the file that was packed, and nothing behind one is opened.
    std::fs::remove_file(place("here/p/findings.html")).unwrap();
    std::os::unix::fs::symlink("/dev/zero", place("here/p/findings.html")).unwrap();
    std::os::unix::fs::symlink("/", place("here/p/root")).unwrap();
    let (out, _, code) = office.run("zh", &["pack", "verify", "here/p"]);
    assert!(code == 3 && out.contains("不见了  findings.html") && out.contains("多出来的  root"), "{out}");
}

#[test]
fn a_list_of_sums_is_read_as_sha256sum_reads_it() {
    let office = Office::with_sample();
    done(&office, &["pack", "p"]);
    let sums = read(&office, "p/SHA256SUMS");
    let kept = |text: &str| {
        std::fs::write(office.folder.path().join("p/SHA256SUMS"), text).unwrap();
        office.run("zh", &["pack", "verify", "p"])
    };
    let binary = sums.replace("  ", " *");
    assert_eq!(kept(&binary).2, 0);
    let upper: String = sums.lines().map(|line| line[..64].to_uppercase() + &line[64..] + "\n").collect();
    assert_eq!(kept(&upper).2, 0);
    for doubtful in [format!("{sums}x\n"), format!("{sums}{}\n", sums.lines().next().unwrap())] {
        let (out, _, code) = kept(&doubtful);
        assert!(code == 3 && out.contains("被改过  SHA256SUMS"), "{out}");
    }
    let (_, wrong, code) = kept("\n");
    assert!(code == 2 && wrong.contains("不是审核资料包"), "{wrong}");
    // Two files of one name in one archive: which of them is meant nobody knows.
    done(&office, &["pack", "twice.zip"]);
    let path = office.folder.path().join("twice.zip");
    let bytes = std::fs::read(&path).unwrap();
    // Names are as long, so no other place in the archive moves.
    std::fs::write(&path, replaced(&bytes, b"lists/waste.html", b"lists/waste.xlsx")).unwrap();
    let (_, wrong, code) = office.run("zh", &["pack", "verify", "twice.zip"]);
    assert!(code == 3 && wrong.contains("两个同名的文件"), "{wrong}");
}

/// Bytes with one text in the place of another as long.
fn replaced(bytes: &[u8], from: &[u8], to: &[u8]) -> Vec<u8> {
    let mut bytes = bytes.to_vec();
    let places: Vec<usize> =
        bytes.windows(from.len()).enumerate().filter(|(_, part)| *part == from).map(|(at, _)| at).collect();
    for at in places {
        bytes[at..at + to.len()].copy_from_slice(to);
    }
    bytes
}

#[test]
fn only_what_is_asked_for_and_as_of_a_day() {
    let office = Office::with_sample();
    done(
        &office,
        &["pack", "p", "--as-of", "2021-08-01", "--clauses", "6.1.2,8.2", "--departments", "技术部"],
    );
    let pages = std::fs::read_dir(office.folder.path().join("p/clauses")).unwrap().count();
    assert_eq!(pages, 2);
    let index = read(&office, "p/index.html");
    assert!(index.contains("截至 2021-08-01"), "{index}");
    assert!(index.contains("部门 技术部 的清单、附件和证据") && index.contains("条款 6.1.2、8.2"), "{index}");
    // The aspects of the epidemic came later, and are another department's.
    let aspects = read(&office, "p/lists/aspects.html");
    assert!(aspects.contains("潜在火灾") && !aspects.contains("口罩"), "{aspects}");
    let (_, wrong, code) = office.run("zh", &["pack", "q", "--clauses", "99.9"]);
    assert!(code == 2 && wrong.contains("99.9"), "{wrong}");
    let (_, wrong, code) = office.run("zh", &["pack", "q", "--departments", "没有的部门"]);
    assert!(code == 1 && wrong.contains("没有的部门"), "{wrong}");
}

#[test]
fn by_keys_of_now_and_of_a_past_day() {
    let office = Office::with_sample();
    let mut terminal = office.start("zh", (80, 24), &[]);
    terminal.wait("要办的事").press("Z", "资料包写到哪里").send("\u{15}~/now.zip").press("\r", "审核资料包");
    terminal.wait("now.zip").press("@", "").send("2021-08-01\r").wait("2021-08-01").press("Z", "写到哪里");
    terminal.send("\u{15}~/then\r").wait("个文件").send("q");
    assert_eq!(terminal.end(), 0);
    assert!(read(&office, "then/README.txt").contains("截至 2021-08-01"));
    assert!(done(&office, &["pack", "verify", "now.zip"]).contains("0 个对不上"));
}

/// Every file of a folder as text, with its path.
fn everything(folder: &std::path::Path) -> Vec<(String, String)> {
    let mut found = Vec::new();
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            found.extend(everything(&path));
        } else if path.extension().is_some_and(|end| end == "xlsx") {
            let book = taizhang::exchange::Workbook::open(&path).unwrap_or_default();
            let cells = book.sheets.iter().flat_map(|sheet| &sheet.lines).flat_map(|line| &line.cells);
            let text: Vec<&str> = cells.map(|cell| cell.text.as_str()).collect();
            found.push((path.display().to_string(), text.join("\n")));
        } else {
            let text = String::from_utf8_lossy(&std::fs::read(&path).unwrap()).into_owned();
            found.push((path.display().to_string(), text));
        }
    }
    found
}

#[test]
fn what_is_personal_is_on_no_page_of_a_pack() {
    let office = Office::with_sample();
    let secret = "某人复查";
    done(&office, &["add", "health", &format!("title={secret}"), "department=DP-001", "measures=调离岗位"]);
    done(&office, &["audit", "note", "AU-2022-01", "9.1.1", "出示", "看了体检", "--entries", "HE-2022-01"]);
    done(&office, &["pack", "plain"]);
    for (path, text) in everything(&office.folder.path().join("plain")) {
        assert!(!text.contains(secret) && !text.contains("调离岗位"), "{path}");
    }
    assert!(read(&office, "plain/README.txt").contains("个人资料不在包里"));
    done(&office, &["pack", "all", "--personal"]);
    assert!(read(&office, "all/README.txt").contains("个人资料也在包里"));
    assert!(read(&office, "all/records/AU-2022-01.html").contains(secret));
}

#[test]
fn a_pack_says_who_changed_what_and_which_part_it_is() {
    let office = Office::with_sample();
    std::fs::write(office.folder.path().join("照片.jpg"), "photo").unwrap();
    done(&office, &["attach", "DR-2022-01", "照片.jpg", "--why", "补照片"]);
    done(&office, &["pack", "whole"]);
    let changes = read(&office, "whole/changes.html");
    let row = changes.lines().find(|line| line.contains("照片.jpg")).unwrap();
    assert!(row.contains("补照片"), "{row}");
    let index = read(&office, "whole/index.html");
    assert!(
        index.contains("records/AU-2022-01.html") && index.contains("records/DR-2022-01.html"),
        "{index}"
    );
    // Of one department: the lists say so, and a file that is left out is not called lost.
    done(&office, &["pack", "part", "--departments", "技术部"]);
    let drills = read(&office, "part/lists/drills.html");
    assert!(drills.contains("只含：技术部"), "{drills}");
    for (path, text) in everything(&office.folder.path().join("part")) {
        assert!(!text.contains("内容不在了"), "{path}");
    }
    // The clause page and the list are of the same drills.
    let clause = read(&office, "part/clauses/8.2.html");
    assert_eq!(clause.contains("DR-2022-01"), drills.contains("火灾疏散演练"), "{clause}");
}
