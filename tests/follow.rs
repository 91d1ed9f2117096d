//! What the checks came to is brought up to date commit by commit, and is always exactly what a look at everything
//! finds.
#![allow(clippy::unwrap_used, clippy::indexing_slicing, clippy::panic)]

mod common;

use std::collections::{BTreeMap, BTreeSet};

use chrono::{Days, FixedOffset, NaiveDate};
use taizhang::audit::{ACCEPTED, Finding, Follow, Looked, accept, look_over};
use taizhang::book::{Book, Commit, Date, Edit, EntryKey, Plain, Proposal, Row, Value, Way};
use taizhang::catalogue::Reading;
use taizhang::definition::{Definitions, Field, Kind};
use taizhang::query::{Changes, Followed, Words};
use taizhang::scoring::Decimal;
use taizhang::wording::Lang;

/// Words that checks look for, people, titles that are nearly another, and others.
const WORDS: [&str; 16] = [
    "车辆油品的泄露",
    "产品搬运不当",
    "粉尘吸入",
    "废旧灯管的排放",
    "驾驶、往返交通",
    "技术部经理",
    "综合办公室主任、外来人员",
    "预防措施控制程序",
    "危险废物管理办法",
    "危险废物管理方法",
    "危险源的识别",
    "E:6.1.2、E:8.1",
    "建设服务30内完成",
    "乙方负责现场作业安全和废弃物清运\n保护数据安全",
    "技术部",
    "10",
];

/// Registers that checks of others rest on, or that others rest on most.
const LEANT_ON: [&str; 14] = [
    "aspects",
    "hazards",
    "departments",
    "documents",
    "plans",
    "drills",
    "inspections",
    "activities",
    "assets",
    "roles",
    "contracts",
    "requirements",
    "nonconformities",
    "meters",
];

/// The same numbers each time (the step of `SplitMix64`).
struct Dice(u64);

impl Dice {
    fn below(&mut self, bound: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        usize::try_from((mixed ^ (mixed >> 31)) % bound as u64).unwrap()
    }

    fn of<'a, T>(&mut self, things: &'a [T]) -> &'a T {
        &things[self.below(things.len())]
    }
}

/// A book that is changed at random.
struct Office {
    book: Book,
    definitions: Definitions,
    words: Words,
    dice: Dice,
    commits: Vec<Commit>,
}

fn today() -> NaiveDate {
    "2022-05-13".parse().unwrap()
}

impl Office {
    /// The sample, and as many entries more.
    fn new(seed: u64, more: usize) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let session = common::sample(&folder.path().join("book"));
        let (book, definitions) = (session.book().clone(), Definitions::builtin().unwrap());
        let (words, dice, commits) = (Words::default(), Dice(seed), Vec::new());
        let mut office = Self { book, definitions, words, dice, commits };
        let before = office.book.len();
        while office.book.len() < before + more {
            let edit = office.another();
            office.commit(vec![edit]);
        }
        office
    }

    fn reading(&self, lang: Lang) -> Reading<'_> {
        let zone = FixedOffset::east_opt(28_800).unwrap();
        Reading::new((&self.book, &self.definitions, &self.words), lang, zone)
    }

    /// Makes a change, if the book takes it.
    fn commit(&mut self, edits: Vec<Edit>) -> bool {
        let proposal = Proposal { way: Way::Screen, why: None, edits };
        let origin = common::origin(common::moment());
        let Ok(commit) = self.book.admit(proposal, &self.definitions, origin) else { return false };
        self.book.apply(&commit).unwrap();
        self.words.update(&self.book, &self.definitions, commit.changes.iter().map(|change| change.entry));
        self.commits.push(commit);
        true
    }

    fn entry(&mut self) -> EntryKey {
        loop {
            let registers: Vec<String> = self.book.registers().map(str::to_owned).collect();
            let any = self.dice.of(&registers).clone();
            let register = if self.dice.below(4) == 0 { any } else { (*self.dice.of(&LEANT_ON)).to_owned() };
            let keys = self.book.entries(&register).to_vec();
            if !keys.is_empty() && self.definitions.register(&register).is_some() {
                return *self.dice.of(&keys);
            }
        }
    }

    fn fields(&self, key: EntryKey) -> Vec<Field> {
        let register = self.book.register_id(self.book.entry(key).unwrap().register);
        self.definitions.register(register).unwrap().fields.clone()
    }

    /// An entry like another one, with some of it otherwise.
    fn another(&mut self) -> Edit {
        let key = self.entry();
        let entry = self.book.entry(key).unwrap();
        let register = self.book.register_id(entry.register).to_owned();
        let mut fields = BTreeMap::new();
        for field in self.fields(key) {
            let like = self.book.value(self.book.entry(key).unwrap(), &field.id);
            let value = if self.dice.below(4) == 0 { self.value(&field, key) } else { like };
            fields.extend(value.map(|value| (field.id, value)));
        }
        Edit::Add { register, fields: fields.into_iter().collect() }
    }

    fn set(&mut self) -> Edit {
        let entry = self.entry();
        let all = self.fields(entry);
        let mut fields = BTreeMap::new();
        for _ in 0..=self.dice.below(3) {
            let field = self.dice.of(&all).clone();
            let value = self.value(&field, entry);
            fields.insert(field.id, value);
        }
        Edit::Set { entry, fields: fields.into_iter().collect() }
    }

    /// What may stand in a field: what stands there in another entry, nothing, or something else.
    fn value(&mut self, field: &Field, like: EntryKey) -> Option<Value> {
        let register = self.book.register_id(self.book.entry(like).unwrap().register).to_owned();
        let other = *self.dice.of(self.book.entries(&register));
        let there = self.book.value(self.book.entry(other).unwrap(), &field.id);
        match self.dice.below(6) {
            0 => return None,
            1 | 2 => return there,
            _ => {}
        }
        let day = |dice: &mut Dice| {
            let begins = today().checked_sub_days(Days::new(420)).unwrap();
            Date::day(begins.checked_add_days(Days::new(dice.below(480) as u64)).unwrap())
        };
        Some(match &field.kind {
            Kind::Text { .. } => Value::Text((*self.dice.of(&WORDS)).to_owned()),
            Kind::Number { .. } => Value::Number(Decimal::from(self.dice.below(40))),
            Kind::Date if self.dice.below(5) == 0 => Value::Date("2022-03".parse().unwrap()),
            Kind::Date => Value::Date(day(&mut self.dice)),
            Kind::YesNo => Value::YesNo(self.dice.below(2) == 0),
            Kind::Choice(choices) => Value::Choice(self.dice.of(choices).code.clone()),
            Kind::Choices(choices) => Value::Choices(vec![self.dice.of(choices).code.clone()]),
            Kind::Links { to, .. } => {
                let keys: Vec<EntryKey> = to.iter().flat_map(|id| self.book.entries(id)).copied().collect();
                if keys.is_empty() {
                    return None;
                }
                Value::Links(vec![*self.dice.of(&keys)])
            }
            Kind::Rows(_) => {
                let Some(Value::Rows(mut rows)) = there else { return None };
                let at = self.dice.below(rows.len());
                match self.dice.below(3) {
                    0 => drop(rows.remove(at)),
                    1 => rows.push(Row(rows[at].0.clone())),
                    _ => {
                        let cell = self.dice.below(rows[at].0.len().max(1));
                        if cell < rows[at].0.len() {
                            rows[at].0.remove(cell);
                        }
                    }
                }
                Value::Rows(rows)
            }
            Kind::Evaluation { .. } | Kind::Files => return there,
        })
    }

    /// One commit more, of one kind or another.
    fn step(&mut self) {
        let edits = match self.dice.below(20) {
            0..=9 => vec![self.set()],
            10..=11 => (0..4).map(|_| self.set()).collect(),
            12..=13 => vec![self.another()],
            14 => vec![Edit::Delete { entry: self.entry() }],
            15..=17 if !self.commits.is_empty() => {
                let at = self.commits.len() - 1 - self.dice.below(self.commits.len().min(12));
                self.commits[at].inverse()
            }
            _ => self.accepting().into_iter().collect(),
        };
        if !edits.is_empty() {
            self.commit(edits);
        }
    }

    fn accepting(&mut self) -> Option<Edit> {
        let reading = self.reading(Lang::Zh);
        let looked = look_over(&reading, today());
        let all: Vec<(usize, EntryKey)> = (0..)
            .zip(&looked)
            .flat_map(|(at, looked)| looked.found.iter().map(move |finding| (at, finding.entry)))
            .collect();
        let mut dice = Dice(self.dice.0);
        let (at, entry) = *dice.of(&all);
        let until = Date::day(if dice.below(4) == 0 { today().pred_opt()? } else { today() });
        let edit = accept(&reading, (looked[at].check, entry), ("查过", "体系专员"), until);
        self.dice = dice;
        Some(edit)
    }
}

/// What a look came to, check by check.
type Came = Vec<(String, usize, Vec<Finding>, Vec<Finding>)>;

fn came(looked: &[Looked]) -> Came {
    let one = |looked: &Looked| {
        (looked.check.id.clone(), looked.of, looked.found.to_vec(), looked.accepted.to_vec())
    };
    looked.iter().map(one).collect()
}

fn same(follow: &Follow, reading: &Reading, today: NaiveDate) -> Came {
    let (followed, whole) = (came(&follow.looked(reading)), came(&look_over(reading, today)));
    for (followed, whole) in followed.iter().zip(&whole) {
        assert_eq!(followed, whole, "after commit {}", reading.book.seq());
    }
    assert_eq!(followed.len(), whole.len());
    whole
}

/// Follows so many changes; gives the checks that came to something else meanwhile.
fn follows(seed: u64, more: usize, steps: usize) -> BTreeSet<String> {
    let mut office = Office::new(seed, more);
    let mut follow = Follow::default();
    let (mut moved, mut before) = (BTreeSet::new(), Came::new());
    let first = office.book.seq();
    for _ in 0..steps {
        office.step();
        // Now and then several commits are followed at once.
        if office.dice.below(5) == 0 {
            continue;
        }
        let reading = office.reading(Lang::Zh);
        follow.follow(&reading, today());
        let now = same(&follow, &reading, today());
        let otherwise = now.iter().zip(&before).filter(|(now, before)| now != before);
        moved.extend(otherwise.map(|(now, _)| now.0.clone()));
        before = now;
    }
    // A book that hardly changes proves nothing.
    assert!(office.book.seq() > first + steps as u64 / 2, "{} of {steps}", office.book.seq() - first);
    moved
}

#[test]
fn what_is_followed_is_what_a_look_at_everything_finds() {
    let mut moved = follows(3, 0, 110);
    moved.extend(follows(1, 0, 110));
    moved.extend(follows(5, 250, 60));
    // One of each kind that rests on more than its own entries; the dice do not meet every one of them.
    let kinds = [
        "aspect-without-asset",
        "asset-without-aspect",
        "terms-not-reviewed",
        "aspect-owner-unknown",
        "document-title-twice",
        "plan-not-drilled",
        "aspect-to-look-at",
        "laws-copied",
        "no-emergency-aspect",
        "aspect-by-withdrawn",
    ];
    let met = kinds.iter().filter(|check| moved.contains(**check)).count();
    assert!(met >= 8, "only {met} of {kinds:?} came to something else: {moved:?}");
}

/// What an entry links to is changed, and the entry is not.
#[test]
fn what_stands_elsewhere_is_minded() {
    let mut office = Office::new(2, 0);
    let text = |words: &str| Plain::Text(words.to_owned());
    let date = |day: &str| Plain::Date(day.parse().unwrap());
    let drills = office.book.entries("drills").to_vec();
    let like = |field: &str| office.book.value(office.book.entry(drills[0]).unwrap(), field);
    let problem = [
        ("problem", text("东侧楼梯门锁闭")),
        ("measure", text("装推杆锁")),
        ("owner", text("综合办公室主任")),
        ("due", date("2022-04-30")),
        ("closed", date("2022-04-25")),
        ("confirmed", text("技术部经理")),
        ("retest", Plain::Links(vec![drills[1]])),
    ];
    let problem = Row(problem.map(|(column, value)| (column.to_owned(), value)).to_vec());
    let day = |day: &str| Some(Value::Date(day.parse().unwrap()));
    let set = |entry, fields: &[(&str, Option<Value>)]| {
        let fields = fields.iter().map(|(field, value)| ((*field).to_owned(), value.clone())).collect();
        Edit::Set { entry, fields }
    };
    let again = [("plan", like("plan")), ("conclusion", like("conclusion")), ("date", day("2022-05-10"))];
    let first =
        set(drills[0], &[("problems", Some(Value::Rows(vec![problem]))), ("date", day("2022-04-20"))]);
    let tried = vec![set(drills[1], &again), first];
    assert!(office.commit(tried));
    let contracts = office.book.entries("contracts").to_vec();
    let signed = contracts.iter().map(|contract| set(*contract, &[("signed", day("2020-01-01"))])).collect();
    let choice = |code: &str| Value::Choice(code.to_owned());
    let department = Value::Links(vec![office.book.entries("departments")[0]]);
    let early = [
        ("title", Value::Text("一月检查".to_owned())),
        ("date", day("2022-01-10").unwrap()),
        ("kind", choice("monthly")),
        ("department", department),
        ("by", Value::Text("技术部经理".to_owned())),
        ("result", choice("problems")),
    ];
    let early = early.map(|(field, value)| (field.to_owned(), value)).into_iter().collect();
    let early = vec![Edit::Add { register: "inspections".to_owned(), fields: early }];
    let mut follow = Follow::default();
    follow.follow(&office.reading(Lang::Zh), today());
    let mut before = same(&follow, &office.reading(Lang::Zh), today());
    for (check, edits) in [
        ("review-late", signed),
        ("month-not-inspected", early),
        ("drill-problem-open", vec![set(drills[1], &[("date", None)])]),
        ("drill-problem-open", vec![set(drills[1], &[("date", day("2022-05-10"))])]),
        ("drill-problem-open", vec![Edit::Delete { entry: drills[1] }]),
    ] {
        assert!(office.commit(edits), "{check}");
        follow.follow(&office.reading(Lang::Zh), today());
        let now = same(&follow, &office.reading(Lang::Zh), today());
        let of = |came: &Came| came.iter().find(|(id, ..)| id == check).unwrap().2.clone();
        assert_ne!(of(&before), of(&now), "{check}");
        before = now;
    }
}

#[test]
fn another_day_language_or_earlier_book_is_looked_at_anew() {
    let mut office = Office::new(9, 40);
    let early = (office.book.clone(), office.book.seq());
    for _ in 0..10 {
        office.step();
    }
    let mut follow = Follow::default();
    follow.follow(&office.reading(Lang::Zh), today());
    let whole = follow.effort();
    for (lang, day) in [(Lang::En, "2022-05-13"), (Lang::En, "2023-05-13"), (Lang::Zh, "2022-05-13")] {
        let day = day.parse().unwrap();
        let reading = office.reading(lang);
        follow.follow(&reading, day);
        assert_eq!(follow.effort(), whole, "{lang:?} {day}: the registers are as large as before");
        same(&follow, &reading, day);
        follow.follow(&reading, day);
        assert_eq!(follow.effort(), 0, "nothing happened");
        same(&follow, &reading, day);
    }
    office.words = Words::default();
    office.book = early.0;
    follow.follow(&office.reading(Lang::Zh), today());
    assert_eq!(follow.seq(), early.1);
    same(&follow, &office.reading(Lang::Zh), today());
}

#[test]
fn only_what_a_commit_can_have_changed_is_looked_at_again() {
    let mut office = Office::new(21, 0);
    let aspect = office.book.entries("aspects")[0];
    let fields = |office: &Office, key: EntryKey| {
        let all = office.fields(key).into_iter();
        let value = |id: &str| office.book.value(office.book.entry(key).unwrap(), id);
        all.filter_map(|field| Some((value(&field.id)?, field.id)))
            .map(|(value, id)| (id, value))
            .collect::<Vec<_>>()
    };
    let like = fields(&office, aspect);
    for _ in 0..6 {
        let add = |_| Edit::Add { register: "aspects".to_owned(), fields: like.clone() };
        assert!(office.commit((0..50).map(add).collect()));
    }
    let mut follow = Follow::default();
    follow.follow(&office.reading(Lang::Zh), today());
    let whole = follow.effort();
    let aspects = office.book.entries("aspects").len();
    assert!(aspects > 300 && whole > 10 * aspects, "{whole}");
    let of = |register: &str| {
        let rules = office.definitions.rules().iter().flat_map(|rule| &rule.checks);
        rules.filter(|check| check.register == register).count()
    };
    let own = of("aspects");
    // One of three hundred: each check of aspects looks at it, and others ask it a few times what it says of theirs.
    let text = |words: &str| Some(Value::Text(words.to_owned()));
    let set = |entry, field: &str, value| vec![Edit::Set { entry, fields: vec![(field.to_owned(), value)] }];
    assert!(office.commit(set(aspect, "note", text("看过"))));
    follow.follow(&office.reading(Lang::Zh), today());
    assert!(follow.effort() >= own && follow.effort() < 4 * own, "{} for {own} checks", follow.effort());
    same(&follow, &office.reading(Lang::Zh), today());
    // What nothing rests on costs nothing.
    let view = vec![
        ("title".to_owned(), Value::Text("要看的".to_owned())),
        ("register".to_owned(), Value::Text("aspects".to_owned())),
        ("query".to_owned(), Value::Text("level:high".to_owned())),
    ];
    assert!(office.commit(vec![Edit::Add { register: "views".to_owned(), fields: view }]));
    follow.follow(&office.reading(Lang::Zh), today());
    assert_eq!(follow.effort(), 0);
    same(&follow, &office.reading(Lang::Zh), today());
    // An acceptance moves one finding and looks at no entry but its own.
    let accepting = office.accepting().unwrap();
    assert!(office.commit(vec![accepting]));
    follow.follow(&office.reading(Lang::Zh), today());
    assert!(follow.effort() < 10, "{}", follow.effort());
    let now = same(&follow, &office.reading(Lang::Zh), today());
    assert!(now.iter().map(|(.., accepted)| accepted.len()).sum::<usize>() <= 1);
    assert_eq!(office.book.entries(ACCEPTED).len(), 1);
}

#[test]
fn a_query_that_is_followed_answers_as_one_that_is_asked_anew() {
    let mut office = Office::new(33, 150);
    let queries = [
        ("aspects", "部门:技术部"),
        ("aspects", "department=技术部"),
        ("aspects", "jishubu | 灯管 | EP-001"),
        ("aspects", "-jsb level:一般"),
        ("aspects", "plans.drills.date>=-12m documents:*"),
        ("hazards", "documents:管理办法 | controls:工程"),
        ("hazards", "-inspections.department.head:经理"),
        ("departments", "aspects.documents.status=current"),
        ("departments", "-aspects.condition=emergency (hazards.listed:yes | drills.plan.title:应急)"),
        ("plans", "-aspects.aspect:* -hazards.hazard:*"),
        ("documents", "id:1 | aspects.id:2"),
        ("inspections", "department.title=技术部 | items.result=fail"),
        ("requirements", "items.control:安全 | items.value:*"),
        ("audits", "-notes.entries:EA notes.kind=observation"),
        ("nonconformities", "again.status=closed | 技术部"),
        ("aspects", "stale:yes condition=normal"),
        ("departments", "aspects.stale:yes | hazards.stale:yes"),
    ];
    let filter = |office: &Office, (register, query): (&str, &str)| {
        let known = office.definitions.register(register).unwrap();
        office.reading(Lang::Zh).filter(known, query, today()).unwrap()
    };
    let ground = |office: &'_ Office, keys: &mut Vec<EntryKey>, asked: (&str, &str)| {
        let ground = (&office.book, &office.definitions, &office.words);
        Followed::begin(filter(office, asked), asked.0, ground, keys)
    };
    let mut followed: Vec<(Followed, BTreeSet<EntryKey>)> = Vec::new();
    for asked in queries {
        let mut keys = office.book.entries(asked.0).to_vec();
        let query = ground(&office, &mut keys, asked);
        followed.push((query, keys.into_iter().collect()));
    }
    let (mut seq, mut turned) = (office.book.seq(), BTreeSet::new());
    for _ in 0..300 {
        office.step();
        let (book, definitions, words) = (&office.book, &office.definitions, &office.words);
        let now = Changes::since(seq, book, definitions, words);
        seq = book.seq();
        for (asked, (query, known)) in queries.iter().zip(&mut followed) {
            let dirty = query.follow(&now);
            let here = |key: &&EntryKey| {
                book.entry(**key).is_some_and(|entry| book.register_id(entry.register) == asked.0)
            };
            let mut keys: Vec<EntryKey> = dirty.iter().filter(here).copied().collect();
            query.keep(&mut keys, &now);
            let before = known.clone();
            known.retain(|key| !dirty.contains(key));
            known.extend(keys);
            if before != *known {
                turned.insert(asked.1);
            }
            let filter = filter(&office, *asked);
            let mut whole = book.entries(asked.0).to_vec();
            filter.prepare(book, definitions, words).keep(asked.0, &mut whole);
            assert_eq!(known.iter().copied().collect::<Vec<_>>(), whole, "{asked:?} after commit {seq}");
        }
    }
    assert!(turned.len() >= queries.len() * 2 / 3, "only these came to something else: {turned:?}");
}
