//! An audit from the auditor's chair: laid out by its clauses, noted in, and told as a record from data alone.
#![allow(clippy::unwrap_used, clippy::indexing_slicing, clippy::panic, clippy::string_slice)]

mod common;
#[path = "common/office.rs"]
mod office;
#[path = "common/terminal.rs"]
mod terminal;

use office::{ESC, F2, Office};
use serde_json::Value as Json;
use taizhang::text::width;

fn done(office: &Office, lang: &str, args: &[&str]) -> String {
    let (out, wrong, code) = office.run(lang, args);
    assert_eq!(code, 0, "{args:?}: {wrong}");
    out
}

fn json(office: &Office, args: &[&str]) -> Json {
    serde_json::from_str(&done(office, "en", &[args, &["--json"]].concat())).unwrap()
}

/// Markdown as it is read: without its escapes.
fn read(marked: &str) -> String {
    let mut out = String::new();
    let mut chars = marked.chars();
    while let Some(c) = chars.next() {
        out.push(if c == '\\' { chars.next().unwrap() } else { c });
    }
    out.replace("<br>", "\n")
}

/// The parts of a record by what they are called, in their order.
fn parts(record: &str) -> Vec<(String, String)> {
    let parts = record.split("\n## ").enumerate().map(|(at, part)| {
        let (head, body) = part.split_once('\n').unwrap_or((part, ""));
        (if at == 0 { String::new() } else { head.to_owned() }, body.to_owned())
    });
    parts.collect()
}

fn part<'p>(parts: &'p [(String, String)], name: &str) -> &'p str {
    let found = parts.iter().find(|(head, _)| head.split(' ').next() == Some(name));
    &found
        .unwrap_or_else(|| {
            panic!("no part {name} in {:?}", parts.iter().map(|(head, _)| head).collect::<Vec<_>>())
        })
        .1
}

/// Words that stand in this order.
fn in_order(text: &str, words: &[&str]) {
    let mut from = 0;
    for word in words {
        let at = text[from..].find(word);
        from +=
            at.unwrap_or_else(|| panic!("{word} is not there, or not in its place:\n{text}")) + word.len();
    }
}

/// The real audit record, sentence by sentence: the part it stands in, what the sentence says, and by which words that is
/// found there.
const FACTS: &[(&str, &str, &[&str])] = &[
    ("", "one day, the technical department", &["2022-05-13", "DP-001 技术部"]),
    (
        "",
        "the parties by role, and the time",
        &["主管领导：技术部经理", "陪同人员：", "审核员：审核员", "09:00", "16:30"],
    ),
    ("", "both standards, six clauses", &["ISO14001 ISO45001", "ES5.3 ES6.1.2 ES8.1 ES8.2 ES9.1.1 ES10.2"]),
    (
        "ES5.3",
        "the department includes services and sales",
        &["含技术服务和销售", "部门经理管理技术服务和销售"],
    ),
    ("ES5.3", "duty 1", &["1 技术服务方案与整个服务项目的控制"]),
    ("ES5.3", "duty 2", &["2 组织设计阶段评审和交付后的更改"]),
    ("ES5.3", "duty 3", &["3 准确收集业务数据，与其他部门沟通"]),
    ("ES5.3", "duty 4", &["4 服务过程的监视和测量"]),
    ("ES5.3", "duty 5", &["5 开发、过程标识、顾客财产和产品防护"]),
    ("ES5.3", "duty 6", &["6 不合格的识别、处理、评审和处置，监督纠正措施"]),
    ("ES5.3", "duty 7", &["7 识别本部门环境因素和危险源并加以控制"]),
    ("ES5.3", "defined in the manual", &["OC-0015 | 管理手册"]),
    ("ES5.3", "the manager's answers agree", &["现场回答的职责与《管理手册》一致"]),
    ("ES5.3", "staff know their duties", &["员工知道自己的职责"]),
    (
        "ES6.1.2",
        "three procedures in force",
        &[
            "危险源、环境因素识别和评价控制程序",
            "环境和职业健康安全目标指标和管理方案控制程序",
            "健康安全与环境运行控制程序",
        ],
    ),
    ("ES6.1.2", "register 1 with its form number", &["环境因素影响评价表  ZKDG/JL-BG-04"]),
    (
        "ES6.1.2",
        "evaluated by state, tense, impact, score, category, level, with controls",
        &["| 环境因素 | 状态 | 时态 | 环境影响 | 分值 | 类别 | 级别 | 控制措施 |"],
    ),
    (
        "ES6.1.2",
        "aspects of office work",
        &[
            "废旧纸张的排放",
            "废旧墨盒的排放",
            "废塑料制品排放",
            "废旧灯管的排放",
            "生活垃圾的排放",
            "电的消耗",
            "潜在火灾",
        ],
    ),
    ("ES6.1.2", "aspects of travel", &["AC-002 外出过程", "车辆油品的泄露"]),
    (
        "ES6.1.2",
        "aspects of the service",
        &["AC-003 应用软件的技术服务过程", "废弃方案的丢弃", "技术服务设计中资源的浪费"],
    ),
    ("ES6.1.2", "register 2, of the company", &["重要环境因素清单  公司级，3 条"]),
    (
        "ES6.1.2",
        "each with its impact and controls",
        &["| 环境因素 | 环境影响 | 控制措施 | 控制文件 | 应急预案 |", "设专用带盖垃圾桶"],
    ),
    (
        "ES6.1.2",
        "register 3, of the epidemic",
        &[
            "疫情期间环境因素影响评价表",
            "口罩的消耗",
            "口罩的废弃",
            "酒精棉球的消耗",
            "酒精棉球的废弃",
            "抑菌洗手液的消耗",
            "消毒液的消耗",
            "消毒液包装的废弃",
        ],
    ),
    ("ES6.1.2", "register 4 with its form number", &["危险源辩识和评价表  ZKDG-ESJL-43"]),
    (
        "ES6.1.2",
        "risk level rated, measures proposed",
        &["| 危险源 | 事故 | 分值 | 级别 | 剩余级别 | 控制措施 |"],
    ),
    (
        "ES6.1.2",
        "hazards of office work",
        &[
            "打印机辐射",
            "| 火灾 |",
            "电脑的辐射",
            "漏电",
            "短路",
            "开水溅出",
            "长期采用固定姿势",
            "交通事故",
            "新冠病毒疾病感染与传播",
        ],
    ),
    (
        "ES6.1.2",
        "hazards at customers'",
        &[
            "AC-005 顾客现场参观、服务活动",
            "产品搬运不当",
            "粉尘吸入",
            "往返交通工具选择不当",
            "未按要求做安全检查",
            "未进行技术安全交底",
        ],
    ),
    (
        "ES6.1.2",
        "register 5: fire and electric shock",
        &["重大危险源清单  公司级，2 条", "漏电 | 触电", "火灾 | 火灾"],
    ),
    ("ES6.1.2", "its means of control", &["运行控制 应急预案 制定管理方案"]),
    ("ES6.1.2", "the infrastructure has no vehicle", &["基础设施清单  6 条", "配电箱"]),
    ("ES6.1.2", "observation 1", &["「车辆油品的泄露」以有车辆为前提，基础设施清单上没有车辆", "EA-0008"]),
    (
        "ES6.1.2",
        "observation 2, and the like",
        &["「产品搬运不当」等不符合软件服务的业务", "按实际作业识别", "HZ-0010"],
    ),
    ("ES6.1.2", "dust is a question", &["「粉尘吸入」是不是也不符合实际", "HZ-0011"]),
    (
        "ES8.1",
        "control documents",
        &[
            "技术服务人员操作行为规范",
            "技术服务前期客户服务作业指导书",
            "废弃物管理办法",
            "安全事故应急预案",
            "节能降耗管理办法",
        ],
    ),
    ("ES8.1", "tidy", &["工作场所整洁"]),
    ("ES8.1", "hazardous waste", &["危险废物定点收集，交有资质单位处理"]),
    ("ES8.1", "recyclables", &["可回收物交回收单位"]),
    ("ES8.1", "other waste", &["保洁每周清运", "物业的指定点"]),
    ("ES8.1", "saving", &["节约用电用水，下班断电"]),
    ("ES8.1", "fire", &["按应急预案演练", "物业检查消火栓、烟感和喷淋，公司配合", "禁烟标识"]),
    ("ES8.1", "electricity", &["用电：有培训，配电箱装漏电保护器，有标识，定期检查"]),
    ("ES8.1", "outgoing staff", &["外出人员和相关方遵守公司和顾客的规定"]),
    ("ES8.1", "daily check", &["每天上班前、下班时做环境和安全检查，自查自纠"]),
    ("ES8.1", "work from home", &["多数员工居家办公"]),
    ("ES8.1", "four contracts", &["销售管理：服务合同四份", "### 合同  4 条"]),
    ("ES8.1", "contract 1", &["| CT-001 | 2021年KJZX字第0008号 | -- | 2021-09 | 积分商城建设和运营服务 |"]),
    (
        "ES8.1",
        "contract 2, no number",
        &["| CT-002 | 无 | 合同上写「无」 | 2021-12-23 | 2022年手机银行开门红活动 |"],
    ),
    (
        "ES8.1",
        "contract 3, no number",
        &["| CT-003 | 无 | 合同上写「无」 | 2022-03-18 | 手机银行月末冲刺活动 |"],
    ),
    (
        "ES8.1",
        "contract 4, not filled in",
        &["| CT-004 | 无 | 合同上没有填 | 2022-03 | 数字人民币营销专区 |"],
    ),
    (
        "ES8.1",
        "two reviews sampled, on their form",
        &["抽查两份", "技术服务要求评审表  ZKDG-8.2-001", "RR-2021-01", "RR-2021-02"],
    ),
    ("ES8.1", "customer requirements", &["| 技术 |", "| 质量 |", "| 支持服务 |", "| 价格 |"]),
    (
        "ES8.1",
        "six lines of law",
        &[
            "| 《中国软件行业基本公约》 |",
            "| 商用密码管理条例 |",
            "智能终端软件平台测试规范第2部分：应用与服务",
            "《信息技术 软件生存周期过程》",
            "| 中国软件行业基本公约 |",
            "《中华人民共和国保守国家秘密法》",
        ],
    ),
    (
        "ES8.1",
        "the department's opinion, by another than its manager",
        &["部门意见：技术和人员能够满足。", "意见签署人：技术部项目经理"],
    ),
    ("ES8.1", "the management's decision", &["公司领导意见：同意签订。", "决定人：总经理"]),
    (
        "ES8.1",
        "who filled in each part and when",
        &["要求填写人：", "法规填写人：", "决定日期：2021-11-21", "决定日期：2021-08-25"],
    ),
    ("ES8.1", "the office takes part", &["参加部门：DP-001 技术部; DP-002 综合办公室"]),
    (
        "ES8.1",
        "article 3, clauses 4 and 5",
        &[
            "第三条 4 乙方提供的服务应符合国家安全、环境保护标准和信息安全要求",
            "第三条 5 乙方应采取必要的安全防护措施，防止人员和财产受到损害",
        ],
    ),
    (
        "ES8.1",
        "response times of one",
        &["| 上线前准备 | 1 | 个月 |", "| 故障定位 | 30 | 分钟 |", "| 故障解决 | 1 | 小时 |"],
    ),
    (
        "ES8.1",
        "response times of the other",
        &["请求的响应 | 1 | 小时 |", "请求的解决 | 12 | 小时 |", "| 建设服务30内完成 | 30 |  |"],
    ),
    (
        "ES8.1",
        "a year, two managers, around the clock",
        &["| 运营服务期 | 1 | 年 |", "| 项目经理，至少 | 2 | 名 |", "| 顾客请求受理 | 24 | 小时 |", "24小时"],
    ),
    ("ES8.1", "monthly reports, stages, confidentiality", &["每月向甲方报告", "分阶段验收", "另签保密协议"]),
    (
        "ES8.1",
        "observation 3: one contract",
        &["没有评审环境要求和安全要求", "第三条第 4、5 款", "信息安全", "CT-002", "RR-2021-02"],
    ),
    (
        "ES8.1",
        "the other two were not sampled",
        &["另两份合同的评审没有抽看（CT-003 手机银行月末冲刺活动; CT-004 数字人民币营销专区）"],
    ),
    (
        "ES8.2",
        "procedure and plans",
        &["应急准备和响应管理程序", "安全事故应急处理预案", "新冠肺炎疫情、群体性不明原因疾病事件应急预案"],
    ),
    (
        "ES8.2",
        "drills by the office, whose record describes them",
        &[
            "综合办公室组织应急培训和演练，技术部参加",
            "DR-2022-01",
            "火灾疏散演练",
            "原件存放：综合办公室档案柜",
        ],
    ),
    ("ES8.2", "no fire, no injury", &["没有发生过火灾和人员伤害"]),
    ("ES9.1.1", "procedures", &["监视和测量程序", "合规性评价控制程序"]),
    ("ES9.1.1", "monthly inspection", &["每月检查本部门重要环境因素的控制和职业健康安全运行情况，并作考核"]),
    ("ES9.1.1", "the office supervises", &["综合办公室随时监督各部门"]),
    ("ES9.1.1", "care of equipment", &["监视设备有日常维护"]),
    (
        "ES10.2",
        "procedures",
        &["不合格品控制程序", "纠正措施控制程序", "预防措施控制程序", "安全事故应急预案"],
    ),
    ("ES10.2", "investigation, report, handling", &["调查、报告、处理"]),
    ("ES10.2", "inputs", &["管理评审、内部审核、其他评价、合规性评价、与相关方的沟通"]),
    ("ES10.2", "cause, measures, follow-up", &["分析原因，采取纠正和预防措施防止再次发生，并跟踪"]),
];

#[test]
fn the_record_of_the_sample_has_every_fact_of_the_real_one() {
    let office = Office::with_sample();
    let (out, beside, code) = office.run("zh", &["audit", "record", "AU-2022-01"]);
    assert!(code == 0 && beside.is_empty(), "{beside}");
    let record = read(&out);
    let parts = parts(&record);
    for (name, fact, words) in FACTS {
        let stands = if name.is_empty() { parts[0].1.as_str() } else { part(&parts, name) };
        for word in *words {
            assert!(stands.contains(word), "{name} {fact}: {word} is not in\n{stands}");
        }
    }
    // The company's list holds what the department's table does not; the major list goes by what can happen.
    let aspects = part(&parts, "ES6.1.2").split("### 重要环境因素清单").next().unwrap();
    assert!(!aspects.contains("口罩的废弃"), "{aspects}");
    // What is significant by fire has its control, its plan and a drill of it.
    in_order(part(&parts, "ES6.1.2"), &["### 重要环境因素清单", "| 潜在火灾 |", "OC-0004", "EP-001"]);
    in_order(part(&parts, "ES8.2"), &["火灾疏散演练", "EP-001 安全事故应急处理预案"]);
}

#[test]
fn the_record_is_in_the_order_of_one_on_paper() {
    let office = Office::with_sample();
    for (lang, clause, registers, kinds, end) in [
        (
            "zh",
            "ES6.1.2 环境因素；危险源辨识和风险评价",
            [
                "### 现行文件",
                "### 环境因素影响评价表",
                "### 重要环境因素清单",
                "### 疫情期间环境因素影响评价表",
                "### 危险源辩识和评价表",
                "### 重大危险源清单",
            ],
            ["### 出示", "### 所见", "### 观察项", "### 未抽到"],
            [
                "## 观察项和不符合",
                "| 1 | ES6.1.2 |",
                "EA-0008",
                "| 2 | ES6.1.2 |",
                "HZ-0010",
                "| 3 | ES8.1 |",
                "## 结论",
                "三个观察项",
            ],
        ),
        (
            "en",
            "ES6.1.2 Environmental aspects; hazards and OH&S risks",
            [
                "### Documents in force",
                "### Environmental aspect evaluation",
                "### Significant aspects",
                "### Aspects of the epidemic period",
                "### Hazard identification and evaluation",
                "### Major hazards",
            ],
            ["### shown", "### seen in practice", "### observation", "### not sampled"],
            [
                "## Observations and nonconformities",
                "| 1 | ES6.1.2 |",
                "EA-0008",
                "| 2 | ES6.1.2 |",
                "HZ-0010",
                "| 3 | ES8.1 |",
                "## conclusion",
                "三个观察项",
            ],
        ),
    ] {
        let record = read(&done(&office, lang, &["audit", "record", "AU-2022-01"]));
        in_order(&record, &["## ES5.3", "## ES6.1.2", "## ES8.1", "## ES8.2", "## ES9.1.1", "## ES10.2"]);
        in_order(&record, &[&[format!("## {clause}").as_str()][..], &registers].concat());
        in_order(part(&parts(&record), "ES8.1"), &kinds);
        in_order(&record, &end);
        // In a register the activities stand in the order of its rows.
        in_order(&record, &["AC-001 办公活动", "AC-002 外出过程", "AC-003 应用软件的技术服务过程"]);
    }
}

#[test]
fn plain_text_stands_in_columns_and_a_file_is_what_is_printed() {
    let office = Office::with_sample();
    for lang in ["zh", "en"] {
        let told = done(&office, lang, &["audit", "record", "AU-2022-01", "--format", "plain"]);
        let wide: Vec<&str> = told.lines().filter(|line| width(line) > 80).collect();
        assert!(wide.is_empty(), "{wide:#?}");
        // Under the heads, a line of dashes tells where each column begins, and every row of it keeps to that.
        let lines: Vec<&str> = told.lines().collect();
        let at = lines.iter().position(|line| line.starts_with("CT-001 ")).unwrap();
        let rule = lines[..at].iter().rfind(|line| line.starts_with("---")).unwrap();
        assert!(rule.starts_with("------  -"), "{rule}");
        assert_eq!(width(lines[at].split_once("2021年").unwrap().0), 8, "{}", lines[at]);
        let file = office.folder.path().join("record.txt");
        for name in ["record.txt", "record.md"] {
            drop(std::fs::remove_file(office.folder.path().join(name)));
        }
        let out = done(&office, lang, &["audit", "record", "AU-2022-01", "--output", "record.txt"]);
        assert!(out.contains("record.txt"), "{out}");
        assert_eq!(std::fs::read_to_string(&file).unwrap(), told);
        done(&office, lang, &["audit", "record", "AU-2022-01", "--output", "record.md"]);
        // What is there already is not written over.
        let (_, wrong, code) = office.run("en", &["audit", "record", "AU-2022-01", "--output", "record.md"]);
        assert!(code == 2 && wrong.contains("there already"), "{code} {wrong}");
        let marked = done(&office, lang, &["audit", "record", "AU-2022-01"]);
        assert_eq!(std::fs::read_to_string(office.folder.path().join("record.md")).unwrap(), marked);
    }
    let (_, wrong, code) =
        office.run("en", &["audit", "record", "AU-2022-01", "--output", "not/there/record.md"]);
    assert!(code == 5 && wrong.contains("not/there/record.md"), "{code} {wrong}");
}

/// A print shop with two departments, audited by a customer for the environment alone.
fn print_shop() -> Office {
    let office = Office::new();
    done(&office, "zh", &["init", "--empty", "--organisation", "青山印刷厂"]);
    for args in [
        &["add", "departments", "title=印刷车间", "head=车间主任", "duties=识别危险源"][..],
        &["add", "departments", "title=仓库", "head=仓库主管"],
        &["add", "activities", "title=上墨", "department=印刷车间"],
        &["add", "documents", "title=油墨使用规定", "number=QS-07", "clauses=E:8.1", "status=current"],
        &["add", "documents", "title=旧规定", "clauses=8.1", "status=withdrawn"],
        &[
            "add",
            "aspects",
            "aspect=废油墨 | 抹布",
            "activity=上墨",
            "department=印刷车间",
            "impact=固废",
            "controls=专桶",
        ],
        &["add", "aspects", "aspect=包装废料", "department=仓库", "impact=固废"],
        &[
            "add",
            "audits",
            "title=客户验厂",
            "type=customer",
            "standards=E",
            "date=2024-03-04",
            "end=2024-03-05",
            "clauses=E:8.1、6.1.2",
            "departments=印刷车间",
            "auditors=客户代表",
        ],
    ] {
        done(&office, "zh", args);
    }
    office
}

#[test]
fn another_company_has_its_own_record() {
    let office = print_shop();
    let note = |args: &[&str]| done(&office, "zh", &[&["audit", "note", "AU-2024-01"], args].concat());
    let told = note(&["8.1", "所见", "抹布 | 油墨 <混放> *在* #3 桶，见 EA-0001"]);
    assert!(
        told.contains("E8.1") && told.contains("EA-0001 废油墨 | 抹布") && !told.contains("6.1.2"),
        "{told}"
    );
    note(&["E:6.1.2", "nonconformity", "没有评价", "--entries", "EA-0001"]);
    note(&["9.2", "面谈", "没打算审的条款"]);
    let marked = done(&office, "zh", &["audit", "record", "AU-2024-01"]);
    assert!(marked.contains(r"抹布 \| 油墨 \<混放\> \*在\* #3 桶"), "{marked}");
    let record = read(&marked);
    // Its clauses as they are named, of one standard, and behind them what was noted besides.
    in_order(
        &record,
        &[
            "客户验厂",
            "青山印刷厂",
            "## E8.1 ",
            "## E6.1.2 ",
            "## E9.2 ",
            "## 观察项和不符合",
            "没有评价",
            "## 结论",
            "没有填",
        ],
    );
    in_order(&record, &["QS-07", "### 所见", "EA-0001 废油墨 | 抹布"]);
    in_order(&record, &["受审部门 1 条，全部 2 条", "AC-001 上墨", "废油墨"]);
    for alien in ["旧规定", "包装废料", "## ES", "技术部", "CT-001"] {
        assert!(!record.contains(alien), "{alien} in\n{record}");
    }
    // Every row of a table has as many cells as its heads, whatever stands in them.
    let cells = |line: &str| line.replace("\\\\", "").replace("\\|", "").matches('|').count();
    let mut before = None;
    for line in marked.lines() {
        let count = line.starts_with('|').then(|| cells(line));
        assert!(before.is_none() || count.is_none() || before == count, "{line}");
        before = count;
    }
    // The same of both departments tells both, and says whose a note is.
    done(&office, "zh", &["set", "AU-2024-01", "departments=印刷车间,仓库"]);
    note(&["8.1", "practice", "货架稳固", "--department", "仓库"]);
    let record = read(&done(&office, "zh", &["audit", "record", "AU-2024-01"]));
    assert!(record.contains("包装废料") && record.contains("- 仓库  货架稳固"), "{record}");
}

#[test]
fn wrong_calls_are_told() {
    let office = Office::with_sample();
    for (args, exit, said) in [
        (&["audit", "record", "AU-2029-01"][..], 1, "AU-2029-01"),
        (&["audit", "record", "EA-0001"], 2, "EA-0001 is no audit"),
        (&["audit", "show", "EA-0001"], 2, "Audits"),
        (&["audit", "note", "AU-2022-01", "eight", "practice", "x"], 2, "6.1.2 8.1"),
        (&["audit", "note", "AU-2022-01", "8.1", "practise", "x"], 2, "seen in practice"),
        (&["audit", "note", "AU-2022-01", "8.1", "practice", " "], 2, "wants words"),
        (
            &["audit", "note", "AU-2022-01", "8.1", "practice", "x", "--entries", "EA-9999"],
            2,
            "\"EA-9999\" in any register",
        ),
        (
            &["audit", "note", "AU-2022-01", "8.1", "practice", "x", "--department", "DP-002"],
            2,
            "is not audited here",
        ),
        (&["audit", "record", "AU-2022-01", "--format", "pdf"], 2, "markdown"),
    ] {
        let (out, wrong, code) = office.run("en", args);
        assert!(code == exit && wrong.contains(said) && out.is_empty(), "{args:?}: {code} {wrong}{out}");
    }
    let before = json(&office, &["show", "AU-2022-01"])["fields"]["notes"].as_array().unwrap().len();
    assert_eq!(before, 30);
    // A clause that was not planned is said to be one, and stands where it belongs; a dash is the screen.
    let (_, wrong, code) =
        office.run("en", &["audit", "note", "AU-2022-01", "7.2", "question", "who trains?"]);
    assert!(code == 0 && wrong.contains("7.2 is not among those"), "{code} {wrong}");
    let shown = json(&office, &["audit", "show", "AU-2022-01"]);
    let clauses: Vec<&str> = shown["clauses"]
        .as_array()
        .unwrap()
        .iter()
        .map(|clause| clause["clause"].as_str().unwrap())
        .collect();
    assert_eq!(clauses, ["5.3", "6.1.2", "7.2", "8.1", "8.2", "9.1.1", "10.2"]);
    let record = done(&office, "en", &["audit", "record", "AU-2022-01", "--output", "-"]);
    assert!(record.starts_with("# "), "{record}");
}

#[test]
fn what_was_shown_is_told_as_of_the_day_that_is_asked_for() {
    let office = Office::new();
    done(&office, "zh", &["init", "--sample=mended"]);
    let (now, beside, _) = office.run("zh", &["audit", "record", "AU-2022-01"]);
    assert!(beside.contains("--as-of 2022-05-13"), "{beside}");
    // The note still says what it rests on, and that this is gone.
    assert!(read(&now).contains("EA-0008 车辆油品的泄露（已删除）"), "{now}");
    assert!(!read(&now).contains("| EA-0008 | 车辆油品的泄露 |"), "{now}");
    let (then, beside, _) = office.run("zh", &["audit", "record", "AU-2022-01", "--as-of", "2022-05-13"]);
    assert!(read(&then).contains("| EA-0008 | 车辆油品的泄露 |") && beside.is_empty(), "{beside}{then}");
    let found = Office::with_sample();
    assert_eq!(then, done(&found, "zh", &["audit", "record", "AU-2022-01"]));
}

/// Moves down until the cursor is on the line with these words.
fn go_to(terminal: &mut terminal::Terminal, words: &str) {
    terminal.press_until("j", |terminal| {
        let row = terminal.screen().lines().position(|line| line.contains(words));
        row.is_some_and(|row| terminal.reversed(u16::try_from(row).unwrap(), 1))
    });
}

#[test]
fn a_note_by_key_is_on_disk_and_in_the_record() {
    for (lang, size, home, asked, kind, saved) in [
        ("zh", (80, 24), "要办的事", "按数字定种类", "面谈", "已存 AU-2022-01"),
        ("en", (120, 40), "To do", "a digit says what it is", "interview", "saved AU-2022-01"),
    ] {
        let office = Office::with_sample();
        let mut terminal = office.start(lang, size, &[]);
        // From anywhere into the audit in progress, down to its second clause; a digit, the words, Enter.
        terminal.wait(home).press("O", "AU-2022-01").press("\tn", asked).wait("ES6.1.2").press("3", kind);
        terminal.press("two printers, see AS-0003", "see AS-0003").press("\r", saved);
        // Nothing of it is lost when the program is killed.
        terminal.signal("-9");
        drop(terminal);
        let record = read(&done(&office, lang, &["audit", "record", "AU-2022-01"]));
        assert!(part(&parts(&record), "ES6.1.2").contains("two printers, see AS-0003"), "{record}");
        let notes = json(&office, &["show", "AU-2022-01"])["fields"]["notes"].clone();
        let note = &notes.as_array().unwrap()[30];
        assert_eq!(
            (&note["clause"], &note["kind"]["code"]),
            (&Json::from("6.1.2"), &Json::from("interview"))
        );
        assert_eq!(
            (&note["entries"][0]["id"], &note["department"][0]["id"]),
            (&Json::from("AS-0003"), &Json::from("DP-001"))
        );
        done(&office, lang, &["verify"]);
    }
}

#[test]
fn entries_are_picked_and_the_clause_is_turned() {
    let office = Office::with_sample();
    let mut terminal = office.start("zh", (80, 24), &[]);
    terminal.wait("要办的事").press("O", "AU-2022-01").press("n", "按数字定种类").wait("ES5.3 岗位");
    // Up from the first clause is the last one.
    terminal.press("\u{1b}[A", "ES10.2 不符合").press("1", "Tab 选条目").press("报告", "报告");
    terminal
        .press("\t", "关联")
        .press("mohe", "EA-0002")
        .press("\r", "EA-0002 废旧墨盒的排放")
        .press("\r", "已存 AU-2022-01");
    // Where an entry is on the screen, a note takes it along, with the clause of its register.
    terminal.send(ESC);
    terminal
        .wait("要办的事")
        .press("3", "DR-2022-01")
        .press("n", "按数字定种类")
        .wait("ES8.2")
        .press("2", "DR-2022-01");
    terminal.press("有签到表\r", "已存 AU-2022-01").press("u", "已撤销").press("q", "");
    assert_eq!(terminal.end(), 0);
    let notes = json(&office, &["show", "AU-2022-01"])["fields"]["notes"].clone();
    let notes = notes.as_array().unwrap();
    assert_eq!(notes.len(), 31);
    assert_eq!(
        (&notes[30]["clause"], &notes[30]["entries"][0]["id"]),
        (&Json::from("10.2"), &Json::from("EA-0002"))
    );
}

#[test]
fn an_observation_becomes_a_nonconformity_and_a_question_is_of_the_audit() {
    let office = Office::with_sample();
    let mut terminal = office.start("zh", (80, 24), &[]);
    terminal.wait("要办的事").press("O", "AU-2022-01").press("\t", "ES6.1.2");
    // Only what is to be put right is raised.
    go_to(&mut terminal, "出示  重要环境因素");
    terminal.press("N", "光标移到一条记录上");
    go_to(&mut terminal, "「车辆油品的泄露」以有车辆为前提");
    terminal.press("N", "不符合与纠正措施").wait("EA-0008");
    // In whatever words it is kept, the note names it, in one commit; a second N goes there.
    terminal.send("\u{15}没有车辆却列了车辆油品").press(F2, "已存 NC-2022-01 等 2 条");
    terminal.press("N", "NC-2022-01  没有车辆却列了车辆油品").send(ESC).wait("ES6.1.2");
    go_to(&mut terminal, "-> NC-2022-01");
    terminal.press("Q", "审核问题").press("谁开车？", "谁开车？").press("\r", "已存 QU-2022-01");
    terminal.press("Y", "审核记录  AU-2022-01").press("G", "NC-2022-01");
    // A file that is there is not written over.
    let file = office.folder.path().join("a.md");
    let typed = format!("\u{15}{}\r", file.display());
    terminal
        .press(F2, "AU-2022-01.md")
        .press(&typed, "已写到")
        .press(F2, "存成文件")
        .press(&typed, "已经有了");
    terminal.press("q", "");
    assert_eq!(terminal.end(), 0);
    let fields = json(&office, &["show", "NC-2022-01"])["fields"].clone();
    assert_eq!(
        (&fields["audit"][0]["id"], &fields["source"]["code"]),
        (&Json::from("AU-2022-01"), &Json::from("audit"))
    );
    assert_eq!(
        (&fields["clause"], &fields["about"][0]["id"]),
        (&Json::from("6.1.2"), &Json::from("EA-0008"))
    );
    assert_eq!(fields["department"][0]["id"], "DP-001");
    let question = json(&office, &["show", "QU-2022-01"])["fields"].clone();
    assert_eq!(
        (&question["audit"][0]["id"], &question["clause"]),
        (&Json::from("AU-2022-01"), &Json::from("6.1.2"))
    );
    done(&office, "zh", &["set", "QU-2022-01", "status=answered", "answer=没有人开，见 AS-0001"]);
    // Both are in the record: the question under its clause with its answer, the nonconformity at the end.
    let record = read(&done(&office, "zh", &["audit", "record", "AU-2022-01"]));
    in_order(
        part(&parts(&record), "ES6.1.2"),
        &["### 问题", "QU-2022-01 谁开车？  已答", "答复：没有人开，见 AS-0001", "### 观察项"],
    );
    in_order(&record, &["## 观察项和不符合", "| 不符合 |", "| NC-2022-01 |", "NC-2022-01", "## 结论"]);
    let shown = json(&office, &["audit", "show", "AU-2022-01"]);
    let clause =
        shown["clauses"].as_array().unwrap().iter().find(|clause| clause["clause"] == "6.1.2").unwrap();
    assert_eq!(
        (&clause["standards"], &clause["evidence"]["clause"]),
        (&Json::from("ES"), &Json::from("6.1.2"))
    );
    let notes = clause["notes"].as_array().unwrap();
    let raised = notes.iter().find(|note| !note["nonconformity"].is_null()).unwrap();
    assert_eq!(
        (&raised["kind"], &raised["nonconformity"], &raised["entries"][0]),
        (&Json::from("observation"), &Json::from("NC-2022-01"), &Json::from("EA-0008"))
    );

    // The file was written before the question had its answer.
    assert!(read(&std::fs::read_to_string(&file).unwrap()).contains("QU-2022-01 谁开车？  待答"));
}

#[test]
fn from_the_list_of_audits_a_finding_is_raised_as_from_its_page() {
    let office = Office::with_sample();
    let mut terminal = office.start("zh", (80, 40), &[]);
    terminal.wait("要办的事").open_list("audits", "AU-2022-01").press("N", "出自审核");
    let screen = terminal.screen();
    let line = |label: &str| screen.lines().find(|line| line.contains(label)).unwrap().to_owned();
    // The audit is where it was found, not what it is about.
    assert!(line("来源").contains("审核") && line("出自审核").contains("AU-2022-01"), "{screen}");
    assert!(line("涉及").contains("EA-0008") && !line("涉及").contains("AU-"), "{screen}");
}

#[test]
fn without_an_audit_one_is_begun_and_an_old_one_is_opened_from_its_row() {
    let office = print_shop();
    let mut terminal = office.start("en", (80, 24), &[]);
    // Of an empty audit the usual clauses are meant.
    terminal
        .wait("To do")
        .press("O", "No audit is in progress")
        .press("year audit", "year audit")
        .press(F2, "saved AU-");
    terminal.press("O", "ES5.3").wait("ES6.1.2").send(ESC);
    terminal.wait("To do").press(":", "Commands").press("Audits", "list").press("\r", "客户验厂");
    terminal.press("G", "").press("O", "E8.1").wait("客户验厂");
    // What is withdrawn is not shown.
    assert!(!terminal.screen().contains("旧规定"), "{}", terminal.screen());
    terminal.send("q");
    assert_eq!(terminal.end(), 0);
}

#[test]
fn any_register_can_hold_audits() {
    let office = print_shop();
    // No standards, no departments of notes, no kind for questions, and kinds of its own.
    let register = r#"
id = "visits"
name = { zh = "走访", en = "Visits" }
serial = "VS-{000}"
title = "title"
columns = ["id", "title", "day"]

[audit]
day = "day"
departments = "where"
clauses = "clauses"
usual = ["10.2", "8.1"]
head = ["day", "where"]
conclusion = "note"

[audit.notes]
rows = "seen"
clause = "clause"
kind = "kind"
text = "words"
entries = "of"
shown = "paper"

[[fields]]
id = "title"
name = { zh = "名称", en = "title" }
kind = "text"

[[fields]]
id = "day"
name = { zh = "日期", en = "day" }
kind = "date"

[[fields]]
id = "where"
name = { zh = "部门", en = "where" }
kind = "links"
to = ["departments"]
many = true

[[fields]]
id = "clauses"
name = { zh = "条款", en = "clauses" }
kind = "text"

[[fields]]
id = "seen"
name = { zh = "看到的", en = "seen" }
kind = "rows"
fields = [
    { id = "clause", name = { zh = "条款", en = "clause" }, kind = "text" },
    { id = "kind", name = { zh = "种类", en = "kind" }, kind = "choice", choices = [
        { code = "good", zh = "亮点", en = "good" },
        { code = "paper", zh = "纸面", en = "paper" },
    ] },
    { id = "words", name = { zh = "内容", en = "words" }, kind = "text" },
    { id = "of", name = { zh = "涉及", en = "of" }, kind = "links", to = ["aspects"], many = true },
]

[[fields]]
id = "note"
name = { zh = "备注", en = "note" }
kind = "text"
"#;
    std::fs::create_dir_all(office.book().join("registers")).unwrap();
    std::fs::write(office.book().join("registers/visits.toml"), register).unwrap();
    done(&office, "zh", &["add", "visits", "title=走访车间", "day=2024-04-01", "note=好"]);
    done(&office, "zh", &["audit", "note", "VS-001", "8.1", "亮点", "干净，见 EA-0001、OC-0001"]);
    done(&office, "zh", &["audit", "note", "VS-001", "8.1", "纸面", "看了", "--entries", "EA-0002"]);
    let note = &json(&office, &["show", "VS-001"])["fields"]["seen"][0];
    // Only what its links may lead to is taken up.
    assert_eq!(note["of"].as_array().unwrap().len(), 1, "{note}");
    let record = read(&done(&office, "zh", &["audit", "record", "VS-001"]));
    in_order(
        &record,
        &[
            "# 走访  VS-001  走访车间",
            "## ES10.2",
            "## ES8.1",
            "### 亮点",
            "### 纸面",
            "EA-0002 包装废料",
            "责任部门：DP-002 仓库",
            "## 备注",
            "好",
        ],
    );
    // However clauses are written, each is audited once, by the standards that are named.
    done(&office, "zh", &["set", "VS-001", "clauses=E8.1，ES5.3；s:8.1/5.4 9.9"]);
    let record = read(&done(&office, "zh", &["audit", "record", "VS-001"]));
    in_order(&record, &["## ES8.1 ", "## ES5.3 ", "## S5.4 ", "## ES9.9"]);
}
