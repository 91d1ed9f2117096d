//! The real input is in the sample, and the lists come out of it by the methods alone.
#![allow(clippy::unwrap_used, clippy::indexing_slicing)]

mod common;

use taizhang::book::{Cell, Edit, Proposal, Value, Way};
use taizhang::catalogue::{Due, REVIEW, REVIEWED, Reading};
use taizhang::share::Session;
use taizhang::wording::Lang;

fn titles(session: &Session, list: &str, field: &str) -> Vec<String> {
    let reading: Reading = session.reading(Lang::Zh);
    let listing = reading.listing(list).unwrap();
    let keys = reading.entries(&listing, "", session.today(common::moment())).unwrap();
    let field = listing.register.field(field).unwrap();
    keys.iter().map(|key| reading.field(field, reading.book.entry(*key).unwrap()).text).collect()
}

#[test]
fn holds_every_row_of_the_record() {
    let folder = tempfile::tempdir().unwrap();
    let session = common::sample(&folder.path().join("book"));
    let count = |register: &str| session.book().entries(register).len();
    assert_eq!((count("aspects"), count("hazards"), count("drills")), (17, 14, 2));
    let aspects = titles(&session, "aspects", "aspect");
    for row in [
        "废旧纸张的排放",
        "废旧墨盒的排放",
        "废塑料制品排放",
        "废旧灯管的排放",
        "生活垃圾的排放",
        "电的消耗",
        "潜在火灾",
        "车辆油品的泄露",
        "废弃方案的丢弃",
        "技术服务设计中资源的浪费",
        "口罩的消耗",
        "口罩的废弃",
        "酒精棉球的消耗",
        "酒精棉球的废弃",
        "抑菌洗手液的消耗",
        "消毒液的消耗",
        "消毒液包装的废弃",
    ] {
        assert!(aspects.iter().any(|title| title == row), "{row}");
    }
    let hazards = titles(&session, "hazards", "hazard");
    for row in [
        "打印机辐射",
        "火灾",
        "电脑的辐射",
        "漏电",
        "短路",
        "开水溅出",
        "长期采用固定姿势",
        "交通事故",
        "新冠病毒疾病感染与传播",
        "产品搬运不当",
        "粉尘吸入",
        "往返交通工具选择不当",
        "未按要求做安全检查",
        "未进行技术安全交底",
    ] {
        assert!(hazards.iter().any(|title| title == row), "{row}");
    }
}

#[test]
fn the_lists_follow_from_the_methods() {
    let folder = tempfile::tempdir().unwrap();
    let session = common::sample(&folder.path().join("book"));
    assert_eq!(
        titles(&session, "significant-aspects", "aspect"),
        ["潜在火灾", "口罩的废弃", "废旧墨盒的排放"]
    );
    assert_eq!(titles(&session, "重要环境因素清单", "activity"), ["办公活动", "疫情防控", "办公活动"]);
    assert_eq!(titles(&session, "major-hazards", "accident"), ["触电", "火灾"]);
    assert_eq!(titles(&session, "epidemic-aspects", "aspect").len(), 7);
    let reading = session.reading(Lang::Zh);
    let mut scores = Vec::new();
    for serial in
        ["EA-0001", "EA-0005", "EA-0006", "EA-0010", "EA-0007", "HZ-0004", "HZ-0002", "HZ-0009", "HZ-0001"]
    {
        let entry = reading.book.entry(reading.book.key_of(serial).unwrap()).unwrap();
        let evaluation = reading.evaluation(entry).unwrap();
        scores.push((serial, evaluation.score.unwrap().normalize().to_string(), reading.reason(evaluation)));
    }
    let words = |words: [(&'static str, &str, &str); 9]| {
        words.map(|(a, b, c)| (a, b.to_owned(), c.to_owned())).to_vec()
    };
    assert_eq!(
        scores,
        words([
            ("EA-0001", "11", "合计 11 < 15"),
            ("EA-0005", "14", "合计 14 < 15"),
            ("EA-0006", "6", "合计 6 < 7"),
            ("EA-0010", "4", "合计 4 < 7"),
            ("EA-0007", "17", "合计 17 >= 15"),
            ("HZ-0004", "270", "D 270 >= 160"),
            ("HZ-0002", "240", "D 240 >= 160"),
            ("HZ-0009", "126", "D 126 >= 70"),
            ("HZ-0001", "3", "D 3 < 20"),
        ])
    );
}

#[test]
fn history_has_something_to_show() {
    let folder = tempfile::tempdir().unwrap();
    let session = common::sample(&folder.path().join("book"));
    let key = session.book().key_of("EA-0002").unwrap();
    let past = session.history(key).unwrap();
    let level = |at: usize| {
        let change = past[at].change.fields.iter().find(|change| change.field == "evaluation").unwrap();
        let value = Cell::keep(change.to.as_ref().unwrap(), &mut taizhang::book::Pool::default());
        value.evaluation().unwrap().level.clone()
    };
    assert_eq!((level(0).as_str(), level(past.len() - 1).as_str()), ("general", "significant"));
    let gone = session.book().key_of("EA-0018").unwrap();
    assert!(session.book().entry(gone).is_none() && session.book().tombstone(gone).is_some());
    assert_eq!(session.today(common::moment()).to_string(), "2022-05-13");
}

#[test]
fn home_counts_what_its_figures_open() {
    let folder = tempfile::tempdir().unwrap();
    let mut session = common::sample(&folder.path().join("book"));
    // One aspect and one hazard that want everything.
    let add = |register: &str, field: &str| Edit::Add {
        register: register.to_owned(),
        fields: vec![(field.to_owned(), Value::Text("半成品".to_owned()))],
    };
    let edits = vec![add("aspects", "aspect"), add("hazards", "hazard")];
    session.commit(Proposal { way: Way::Screen, why: None, edits }, common::moment()).unwrap();
    let today = session.today(common::moment());
    // What is kept with every commit is what counting everything anew gives.
    let kept = session.counts().clone();
    let fields = vec![("controls".to_owned(), None), ("review".to_owned(), None)];
    let entry = session.book().key_of("EA-0007").unwrap();
    let edits =
        vec![Edit::Set { entry, fields }, Edit::Delete { entry: session.book().key_of("HZ-0002").unwrap() }];
    session.commit(Proposal { way: Way::Screen, why: None, edits }, common::moment()).unwrap();
    assert_ne!(session.counts(), &kept);
    assert_eq!(session.counts(), &session.reading(Lang::En).counts());
    session.undo(common::moment()).unwrap();
    assert_eq!(session.counts(), &session.reading(Lang::En).counts());
    let reading = session.reading(Lang::En);
    let due = session.due(common::moment());
    let summaries = reading.summary(session.counts(), due);
    assert_eq!(session.counts().latest().len(), 8);
    for summary in &summaries {
        let listing = reading.listing(&summary.register.id).unwrap();
        let count = |query: &str| reading.entries(&listing, query, today).unwrap().len();
        assert_eq!(summary.entries, count(""), "{}", listing.id);
        assert_eq!(summary.open, count("open>0"), "{}", listing.id);
        if !summary.scored {
            continue;
        }
        let Due { until, limit } = due;
        let query = format!("{REVIEW}<{until} | (evaluated<{limit} ({REVIEWED}:- | {REVIEWED}<{limit}))");
        assert_eq!(summary.review, count(&query), "{}", listing.id);
        for (department, listed) in &summary.departments {
            let query = format!("listed:yes department={}", session.book().serial(*department));
            assert_eq!(*listed, count(&query), "{query}");
        }
        assert_eq!((summary.listed, summary.unrated), (count("listed:yes"), count("evaluation:-")));
        for level in ["significant", "general", "extreme", "high", "marked", "ordinary", "slight"] {
            let counted = [count(&format!("level={level}")), count(&format!("residual-level={level}"))];
            assert_eq!(summary.at_level(level), counted, "{} {level}", listing.id);
        }
    }
    let wanting: Vec<usize> = summaries.iter().map(|summary| summary.unrated).collect();
    assert_eq!(wanting.iter().sum::<usize>(), 2);
}
