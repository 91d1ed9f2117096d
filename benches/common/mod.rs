//! Registers of any size for the benchmarks: made up, deterministic, and as repetitive as real ones.
#![allow(clippy::unwrap_used, clippy::indexing_slicing, missing_docs)]

pub mod looks;

use std::io;
use std::path::Path;
use std::time::Duration;

use chrono::{DateTime, Days, NaiveDate, TimeDelta, Utc};
use taizhang::book::{Date, Edit, EntryKey, Origin, Proposal, Value, Way};
use taizhang::definition::Definitions;
use taizhang::scoring::{Decimal, Evaluation, Factors, Given, Judgement, Method};
use taizhang::share::{Session, Who};
use taizhang::store::{self, Disk, Folder, Head, Journal, Position, RealDisk};

const MARKER: &str = "format = 1\norganisation = \"甲公司\"\ncreated = \"2024-01-01\"\nzone = \"+08:00\"\n";
const DEPARTMENTS: [&str; 12] = [
    "表面处理车间",
    "涂装车间",
    "注塑车间",
    "总装车间",
    "动力站房",
    "污水处理站",
    "危险废物暂存库",
    "化学品仓库",
    "研发实验室",
    "行政办公楼",
    "职工食堂",
    "设备维修部",
];
const ACTIVITIES: [&str; 10] = [
    "喷漆作业",
    "烘干固化",
    "酸洗",
    "焊接",
    "清洗线排水",
    "设备保养",
    "冲床作业",
    "车间照明",
    "化学品装卸",
    "动火作业",
];
const ASPECTS: [&str; 40] = [
    "有机废气的排放",
    "漆雾的排放",
    "苯系物的逸散",
    "氯化氢废气的排放",
    "硫酸雾的排放",
    "氮氧化物的排放",
    "碱雾的排放",
    "焊接烟尘的排放",
    "金属粉尘的排放",
    "锅炉烟气的排放",
    "含磷废水的排放",
    "含油废水的排放",
    "含镍废水的排放",
    "生活污水的排放",
    "废矿物油的产生",
    "废活性炭的产生",
    "含重金属污泥的产生",
    "废包装桶的产生",
    "废硒鼓的产生",
    "生活垃圾的产生",
    "厂界噪声的排放",
    "设备运行噪声",
    "夜间突发噪声",
    "电能的消耗",
    "天然气的消耗",
    "新鲜水的消耗",
    "压缩空气的泄漏",
    "纸张的消耗",
    "硫酸的泄漏",
    "油品的泄漏",
    "盐酸储罐的渗漏",
    "溶剂的洒漏",
    "消防废水的产生",
    "有毒气体的释放",
    "燃烧烟气的排放",
    "电离辐射",
    "制冷剂的泄漏",
    "农药的残留",
    "施工扬尘",
    "铬酸雾的排放",
];
const CONTROLS: [&str; 12] = [
    "沸石转轮吸附加焚烧，每日点检",
    "干式过滤加活性炭吸附，每季度更换活性炭",
    "密闭收集，负压监控，在线监测",
    "碱液喷淋塔处理达标后排放（15m 排气筒）",
    "移动式焊烟净化器，滤芯半年更换",
    "进厂区污水处理站，在线监测",
    "隔油池加气浮预处理后纳管",
    "暂存库分类存放，委托有资质单位处置，执行转移联单",
    "隔声罩加减振垫，厂界噪声季度监测",
    "人走灯灭，月度考核",
    "围堰加防渗层，液位报警，每周巡检",
    "动火审批，专人监护",
];
const EXTRA: [&str; 8] = [
    "",
    "",
    "",
    "（见《运行控制程序》）",
    "；责任人每班记录",
    "；技改项目已立项",
    "，参照 GB 16297-1996",
    "；执行“三同时”制度",
];
const IMPACTS: [&str; 4] = ["air", "water", "waste", "noise"];

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

    fn of<'a>(&mut self, words: &[&'a str]) -> &'a str {
        words[self.below(words.len())]
    }
}

pub fn now() -> DateTime<Utc> {
    DateTime::from_timestamp(1_732_400_000, 0).unwrap()
}

pub fn who() -> Who {
    Who { user: "bench".to_owned(), host: "bench".to_owned() }
}

fn origin() -> Origin {
    let word = |word: &str| word.to_owned();
    Origin {
        utc: now(),
        offset: 28_800,
        user: word("bench"),
        name: word("bench"),
        host: word("bench"),
        program: word("0"),
        real: None,
    }
}

/// Opens a book for writing.
pub fn open(folder: &Path) -> Session {
    let opened = store::open(&Folder::at(folder), &origin(), Duration::from_secs(5)).unwrap();
    Session::new(opened, who())
}

fn add(session: &mut Session, register: &str, entries: Vec<Vec<(String, Value)>>) {
    let edits = entries.into_iter().map(|fields| Edit::Add { register: register.to_owned(), fields });
    session.commit(Proposal { way: Way::Import, why: None, edits: edits.collect() }, now()).unwrap();
}

fn field(id: &str, value: Value) -> (String, Value) {
    (id.to_owned(), value)
}

fn text(words: &str) -> Value {
    Value::Text(words.to_owned())
}

/// A book in `folder` with so many environmental aspects, all of them evaluated.
pub fn make(folder: &Path, rows: usize) {
    Folder::at(folder).create(MARKER).unwrap();
    let mut session = open(folder);
    add(&mut session, "departments", DEPARTMENTS.map(|name| vec![field("title", text(name))]).to_vec());
    add(&mut session, "activities", ACTIVITIES.map(|name| vec![field("title", text(name))]).to_vec());
    let keys = |register: &str| session.book().entries(register).to_vec();
    let (departments, activities) = (keys("departments"), keys("activities"));
    let method = Definitions::builtin().unwrap().methods().get("aspect-max").unwrap().clone();
    let mut dice = Dice(7);
    let mut left = rows;
    while left > 0 {
        let some = left.min(2_000);
        let entries = (0..some).map(|_| aspect(&mut dice, &method, &departments, &activities));
        add(&mut session, "aspects", entries.collect());
        left -= some;
    }
}

fn aspect(
    dice: &mut Dice,
    method: &Method,
    departments: &[EntryKey],
    activities: &[EntryKey],
) -> Vec<(String, Value)> {
    let begins = NaiveDate::from_ymd_opt(2021, 1, 4).unwrap();
    let on = begins.checked_add_days(Days::new(dice.below(1_400) as u64)).unwrap();
    let mut factors = Factors::new();
    for factor in &method.factors {
        factors.insert(factor.id.clone(), Decimal::from([1, 1, 2, 2, 3, 3, 4, 5][dice.below(8)]));
    }
    let by = vec![dice.of(&DEPARTMENTS).replace("车间", "主任"), "体系专员".to_owned()];
    let judgement = Judgement { by, on, basis: String::new(), residual: None, released: false };
    let (evaluation, _) = Evaluation::make(method, Given { factors, direct: None }, judgement, None).unwrap();
    let controls = format!("{}{}", dice.of(&CONTROLS), dice.of(&EXTRA));
    let owner = format!("{}负责人", dice.of(&DEPARTMENTS));
    vec![
        field("activity", Value::Links(vec![activities[dice.below(activities.len())]])),
        field("aspect", text(dice.of(&ASPECTS))),
        field("kind", Value::Choice("pollution".to_owned())),
        field(
            "condition",
            Value::Choice(dice.of(&["normal", "normal", "normal", "abnormal", "emergency"]).to_owned()),
        ),
        field(
            "tense",
            Value::Choice(dice.of(&["present", "present", "present", "past", "future"]).to_owned()),
        ),
        field("impact", Value::Choices(vec![dice.of(&IMPACTS).to_owned()])),
        field("evaluation", Value::Evaluation(Box::new(evaluation))),
        field("controls", text(&controls)),
        field("department", Value::Links(vec![departments[dice.below(departments.len())]])),
        field("owner", text(&owner)),
        field("review", Value::Date(Date::day(on.checked_add_days(Days::new(365)).unwrap()))),
    ]
}

/// A disk that waits for nothing, to make a long past in a short time.
#[derive(Default)]
struct Hasty(RealDisk);

impl Disk for Hasty {
    fn list(&self, folder: &Path) -> io::Result<Vec<String>> {
        self.0.list(folder)
    }

    fn read(&self, file: &Path) -> io::Result<Vec<u8>> {
        self.0.read(file)
    }

    fn append(&mut self, file: &Path, bytes: &[u8]) -> io::Result<()> {
        self.0.append(file, bytes)
    }

    fn sync(&mut self, _: &Path) -> io::Result<()> {
        Ok(())
    }

    fn sync_folder(&mut self, _: &Path) -> io::Result<()> {
        Ok(())
    }

    fn truncate(&mut self, file: &Path, length: u64) -> io::Result<()> {
        self.0.truncate(file, length)
    }

    fn is_same(&self, _: &Path, _: u64) -> io::Result<bool> {
        Ok(true)
    }
}

/// A book in `folder` with so many environmental aspects and so many commits, a quarter of an hour apart.
pub fn make_past(folder: &Path, rows: usize, commits: u64) {
    make(folder, rows);
    let store::Opened { mut book, definitions, .. } = store::read(&Folder::at(folder)).unwrap();
    let journal = folder.join("journal");
    let whole = (Position::default(), Head::default());
    let end = store::replay(&journal, &RealDisk::default(), whole, |_, _, _| Ok(())).unwrap();
    let mut journal = Journal::new(journal, Box::new(Hasty::default()), end.head, end.next);
    let keys = |register: &str| book.entries(register).to_vec();
    let (departments, activities, aspects) = (keys("departments"), keys("activities"), keys("aspects"));
    let method = definitions.methods().get("aspect-max").unwrap().clone();
    let mut dice = Dice(11);
    while book.seq() < commits {
        let fields = aspect(&mut dice, &method, &departments, &activities);
        let wanted = dice.of(&["evaluation", "controls", "owner", "controls", "review", "condition"]);
        let mut fields: Vec<_> =
            fields.into_iter().filter(|(id, _)| id == wanted).map(|(id, value)| (id, Some(value))).collect();
        if dice.below(3) == 0 {
            fields.push(("note".to_owned(), Some(text(&format!("第 {} 次", book.seq())))));
        }
        let edits = vec![Edit::Set { entry: aspects[dice.below(aspects.len())], fields }];
        let utc = now() + TimeDelta::minutes(15 * i64::try_from(book.seq()).unwrap());
        let proposal = Proposal { way: Way::Screen, why: None, edits };
        if let Ok(commit) = book.admit(proposal, &definitions, Origin { utc, ..origin() }) {
            journal.append(&commit, &[]).unwrap();
            book.apply(&commit).unwrap();
        }
    }
}
