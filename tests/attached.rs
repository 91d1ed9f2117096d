//! Files of an entry: each content once, with who and when; what is gone or changed is named.
#![allow(clippy::unwrap_used, clippy::indexing_slicing, clippy::panic)]

mod common;
#[path = "common/office.rs"]
mod office;
#[path = "common/terminal.rs"]
mod terminal;

use office::{ESC, Office};
use serde_json::Value as Json;

fn write(office: &Office, name: &str, text: &str) {
    std::fs::write(office.folder.path().join(name), text).unwrap();
}

fn files(office: &Office, id: &str) -> (Vec<Json>, i32) {
    let (out, wrong, code) = office.run("zh", &["files", id, "--json"]);
    (serde_json::from_str(&out).unwrap_or_else(|_| panic!("{out}{wrong}")), code)
}

#[test]
fn a_file_is_kept_once_handed_out_and_proved() {
    let office = Office::with_sample();
    write(&office, "签到表.jpg", "photo");
    write(&office, "plan.pdf", "plan");
    let (out, wrong, code) = office.run("zh", &["attach", "DR-2022-01", "签到表.jpg", "plan.pdf"]);
    assert_eq!(code, 0, "{out}{wrong}");
    // The same content elsewhere takes no more room.
    assert_eq!(office.run("zh", &["attach", "EP-001", "plan.pdf"]).2, 0);
    assert_eq!(std::fs::read_dir(office.book().join("files")).unwrap().count(), 2);
    let (all, code) = files(&office, "DR-2022-01");
    assert_eq!((all.len(), code), (2, 0));
    assert_eq!(
        (&all[0]["name"], &all[0]["type"], &all[0]["size"]),
        (&"签到表.jpg".into(), &"JPG".into(), &5.into())
    );
    assert!(
        all[0]["by"].as_str().is_some() && all[0]["at"].as_str().unwrap().starts_with("2022-05-13"),
        "{all:?}"
    );
    // Nothing of the drill asks for another look because of it.
    assert!(!office.run("zh", &["stale"]).0.contains("DR-2022-01 火灾疏散演练 附件"));
    std::fs::create_dir(office.folder.path().join("out")).unwrap();
    assert_eq!(office.run("zh", &["files", "DR-2022-01", "--to", "out"]).2, 0);
    assert_eq!(std::fs::read_to_string(office.folder.path().join("out/签到表.jpg")).unwrap(), "photo");
    let (_, wrong, code) = office.run("zh", &["files", "DR-2022-01", "--to", "out"]);
    assert!(code == 2 && wrong.contains("已经有了"), "{wrong}");
    for (args, code, said) in [
        (["attach", "DR-2022-01", "plan.pdf"], 2, "已经附上了"),
        (["attach", "DR-2022-01", "nowhere.pdf"], 2, "nowhere.pdf"),
        (["attach", "DR-2022-01", "out"], 2, "out"),
        (["attach", "DP-001", "plan.pdf"], 2, "没有放附件"),
        (["attach", "DR-1999-01", "plan.pdf"], 1, "DR-1999-01"),
    ] {
        let (_, wrong, left) = office.run("zh", &args);
        assert!(left == code && wrong.contains(said), "{args:?}: {wrong}");
    }
    // A file is taken off by its name; the past keeps it.
    let (_, wrong, code) = office.run("zh", &["attach", "EP-001", "--remove", "nowhere.pdf"]);
    assert!(code == 2 && wrong.contains("有：plan.pdf"), "{wrong}");
    assert_eq!(office.run("zh", &["attach", "EP-001", "--remove", "plan.pdf"]).2, 0);
    assert_eq!(files(&office, "EP-001").0.len(), 0);
    assert!(office.book().join("files").join(all[1]["sha256"].as_str().unwrap()).is_file());
    // What is changed behind its back is named, by the list of files and by the proof.
    let hash = all[1]["sha256"].as_str().unwrap();
    std::fs::write(office.book().join("files").join(hash), "other").unwrap();
    let (out, _, code) = office.run("zh", &["files", "DR-2022-01"]);
    assert!(code == 3 && out.contains("plan.pdf") && out.contains("被改过"), "{out}");
    let (out, wrong, code) = office.run("zh", &["verify"]);
    assert!(code != 0 && format!("{out}{wrong}").contains("plan.pdf"), "{out}{wrong}");
}

#[test]
fn by_keys_on_a_page() {
    for (lang, home, heading, none, which, saved, where_to, copied) in [
        ("zh", "要办的事", "附件", "还没有附件", "附上哪个文件", "已存", "复制到哪里", "已复制到"),
        ("en", "To do", "Files", "no files yet", "Attach which file", "saved", "Copy it where", "copied to"),
    ] {
        let office = Office::with_sample();
        write(&office, "照片.png", "x");
        std::fs::create_dir(office.folder.path().join("near")).unwrap();
        write(&office, "near/plan.pdf", "plan");
        let mut terminal = office.start(lang, (80, 24), &[]);
        terminal.wait(home).press("1", "EA-0002").press("\r", "AC-001").press("f", none);
        // A path that leads nowhere stays to be mended.
        terminal.press("a", which).send("照.png").press("\r", "照.png").wait(which);
        // What lies near is offered, and a path is walked folder by folder.
        terminal.send("\u{15}").wait("照片.png").send("~/ne").press("\r", "plan.pdf").send("\u{15}照片");
        terminal.wait_gone("plan.pdf").press("\r", saved).wait("照片.png");
        terminal.press("\r", where_to).send("out.png\r").wait(copied);
        assert_eq!(std::fs::read_to_string(office.folder.path().join("out.png")).unwrap(), "x");
        // It is taken off and comes back.
        terminal.press("d", none);
        assert_eq!(files(&office, "EA-0002").0.len(), 0);
        terminal.press("u", "照片.png");
        // Nothing here has a screen to open it on.
        terminal.press("o", "Enter").send(ESC).wait_gone(heading).press("u", "").send("q");
        assert_eq!(terminal.end(), 0);
        assert_eq!(files(&office, "EA-0007").0.len(), 0);
    }
}

#[test]
fn what_is_lost_is_told_wherever_it_is_asked_for_and_can_be_mended() {
    let office = Office::with_sample();
    std::fs::create_dir(office.folder.path().join("more")).unwrap();
    write(&office, "照片.jpg", "one");
    write(&office, "more/照片.jpg", "two");
    assert_eq!(office.run("zh", &["attach", "DR-2022-01", "照片.jpg", "more/照片.jpg"]).2, 0);
    // Two are called so: which is said by its hash.
    let (_, wrong, code) = office.run("zh", &["attach", "DR-2022-01", "--remove", "照片.jpg"]);
    assert!(code == 2 && wrong.contains("几个附件都叫 照片.jpg"), "{wrong}");
    let (all, _) = files(&office, "DR-2022-01");
    let hashes: Vec<&str> = all.iter().map(|file| file["sha256"].as_str().unwrap()).collect();
    assert_eq!(office.run("zh", &["attach", "DR-2022-01", "--remove", hashes[0]]).2, 0);
    // What no entry names any longer the past still names, and the proof with it.
    std::fs::remove_file(office.book().join("files").join(hashes[0])).unwrap();
    let (out, wrong, code) = office.run("zh", &["verify"]);
    assert!(code != 0 && format!("{out}{wrong}").contains(hashes[0]), "{out}{wrong}");
    // The other is gone too: copying out says so, and adding it again mends it.
    std::fs::remove_file(office.book().join("files").join(hashes[1])).unwrap();
    let (out, wrong, code) = office.run("zh", &["files", "DR-2022-01", "--to", "out"]);
    assert!(code == 3 && wrong.contains("照片.jpg"), "{out}{wrong}");
    let (_, said, code) = office.run("zh", &["attach", "DR-2022-01", "more/照片.jpg"]);
    assert!(code == 0 && said.contains("补回来了"), "{said}");
    assert_eq!(files(&office, "DR-2022-01").1, 0);
    let (out, said, code) = office.run("zh", &["files", "EP-001"]);
    assert!(code == 0 && format!("{out}{said}").contains("没有附件"), "{out}{said}");
}
