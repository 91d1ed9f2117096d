use super::*;
use crate::wording::Lang;

fn methods() -> Methods {
    let mut methods = Methods::default();
    for (file, text) in builtin() {
        methods.insert(Method::load(file, text).unwrap_or_else(|problem| panic!("{problem}")));
    }
    methods
}

fn given(factors: &[(&str, &str)]) -> Given {
    let factors = factors.iter().map(|(id, value)| ((*id).to_owned(), value.parse().unwrap())).collect();
    Given { factors, direct: None }
}

/// Six digits for A to F.
fn six(digits: &str) -> Given {
    let factors = ["A", "B", "C", "D", "E", "F"].iter().zip(digits.chars());
    Given {
        factors: factors.map(|(id, c)| ((*id).to_owned(), c.to_digit(10).unwrap().into())).collect(),
        direct: None,
    }
}

fn lec(l: &str, e: &str, c: &str) -> Given {
    given(&[("L", l), ("E", e), ("C", c)])
}

#[test]
fn every_lec_product_is_exact_and_in_its_band() {
    let methods = methods();
    let method = methods.get("lec").unwrap();
    let scale = |id: &str| method.factor(id).unwrap().scale.iter().map(|step| step.value).collect::<Vec<_>>();
    let (mut count, mut at_bounds) = (0, 0);
    let exclusive = method.clone().with_bounds(false);
    for l in scale("L") {
        for e in scale("E") {
            for c in scale("C") {
                // Tenths, so that the expected value is a whole number of a thousandth.
                let tenths = |value: Decimal| i64::try_from(value * Decimal::from(10)).unwrap();
                let thousandths = tenths(l) * tenths(e) * tenths(c);
                let given = Given {
                    factors: [("L", l), ("E", e), ("C", c)].map(|(id, v)| (id.to_owned(), v)).into(),
                    direct: None,
                };
                let verdict = method.evaluate(&given).unwrap();
                assert_eq!(verdict.score, Some(Decimal::new(thousandths, 3)));
                let level = match thousandths {
                    320_000.. => "extreme",
                    160_000.. => "high",
                    70_000.. => "marked",
                    20_000.. => "ordinary",
                    _ => "slight",
                };
                assert_eq!((verdict.level.as_str(), verdict.listed), (level, thousandths >= 160_000));
                count += 1;
                at_bounds += usize::from(exclusive.evaluate(&given).unwrap().level != level);
                assert!(thousandths != 160_000 && thousandths != 320_000);
            }
        }
    }
    // Only these depend on which side of a bound is in: D = 70 twice, D = 20 five times.
    assert_eq!((count, at_bounds), (252, 7));
}

#[test]
fn both_conventions_at_the_bounds() {
    let methods = methods();
    for (id, l, e, c, from, over) in [
        ("lec", "10", "1", "7", "marked", "ordinary"),
        ("lec", "1", "0.5", "40", "ordinary", "slight"),
        ("lec-en", "10", "0.5", "40", "high", "substantial"),
        ("lec-en", "10", "1", "40", "very-high", "high"),
    ] {
        let method = methods.get(id).unwrap();
        let level = |inclusive| method.clone().with_bounds(inclusive).evaluate(&lec(l, e, c)).unwrap().level;
        assert_eq!((level(true).as_str(), level(false).as_str()), (from, over), "{id} {l} {e} {c}");
    }
    // Kinney's table says "over 400": as it ships, 400 itself is high.
    assert_eq!(methods.get("lec-en").unwrap().evaluate(&lec("10", "1", "40")).unwrap().level, "high");
    let exact = methods.get("lec").unwrap().evaluate(&lec("0.2", "6", "100")).unwrap();
    assert_eq!(exact.score.unwrap().to_string(), "120.0");
}

#[test]
fn every_ls_product_is_in_its_band() {
    let methods = methods();
    let mut products = std::collections::BTreeSet::new();
    for l in 1..=5_u32 {
        for s in 1..=5_u32 {
            let verdict =
                methods.get("ls").unwrap().evaluate(&given(&[("L", &l.to_string()), ("S", &s.to_string())]));
            let level = match l * s {
                1..=8 => "low",
                9..=12 => "ordinary",
                15..=16 => "larger",
                _ => "major",
            };
            assert_eq!(verdict.unwrap().level, level, "{l} x {s}");
            products.insert(l * s);
        }
    }
    assert_eq!(products.len(), 14);
}

#[test]
fn aspects_by_sum_and_by_veto() {
    let methods = methods();
    let sum6 = methods.get("aspect-sum6").unwrap();
    for (digits, score, listed, reason) in [
        ("135332", 17, true, "合计 17 >= 15"),
        ("323233", 16, true, "合计 16 >= 15"),
        ("522422", 17, true, "合计 17 >= 15"),
        ("521231", 14, false, "合计 14 < 15"),
        ("124231", 13, false, "合计 13 < 15"),
        ("111151", 10, true, "E=5 单项判定为重要"),
        ("111115", 10, true, "F=5 单项判定为重要"),
        ("511111", 10, false, "合计 10 < 15"),
    ] {
        let verdict = sum6.evaluate(&six(digits)).unwrap();
        assert_eq!((verdict.score, verdict.listed), (Some(Decimal::from(score)), listed), "{digits}");
        assert_eq!(sum6.reason(&verdict.rule, verdict.score, &verdict.level, Lang::Zh), reason, "{digits}");
    }
    let listed = |id: &str, factors: &[(&str, &str)]| {
        methods.get(id).unwrap().evaluate(&given(factors)).unwrap().listed
    };
    assert!(
        listed("aspect-use", &[("G", "3"), ("H", "5")]) && !listed("aspect-use", &[("G", "3"), ("H", "3")])
    );
    assert!(listed("aspect-max", &[("a", "4"), ("b", "5"), ("c", "1"), ("d", "1"), ("e", "1")]));
    assert!(!listed("aspect-max", &[("a", "4"), ("b", "4"), ("c", "1"), ("d", "1"), ("e", "1")]));
    let five = |digits: &str| {
        given(
            &["a", "b", "c", "d", "e"]
                .iter()
                .zip(digits.split(' '))
                .map(|(i, d)| (*i, d))
                .collect::<Vec<_>>(),
        )
    };
    let level = |digits: &str| methods.get("aspect-146").unwrap().evaluate(&five(digits)).unwrap().level;
    // 20 and 21 both occur: "over 20" matters; e = 6 and e = 4 decide alone.
    assert_eq!(level("6 6 1 6 1"), "general");
    assert_eq!(level("4 4 6 6 1"), "significant");
    assert_eq!(level("1 1 1 1 6"), "significant");
    assert_eq!(level("1 1 1 1 4"), "general");
    assert_eq!(level("1 1 1 1 1"), "slight");
}

#[test]
fn direct_judgement_takes_a_number_or_factors_never_both() {
    let methods = methods();
    let lec_method = methods.get("lec").unwrap();
    let direct =
        |code: &str, factors: Given| lec_method.evaluate(&Given { direct: Some(code.to_owned()), ..factors });
    let one = direct("I", Given::default()).unwrap();
    assert_eq!((one.score, one.level.as_str(), one.listed), (None, "high", true));
    assert!(matches!(direct("I", lec("1", "6", "7")), Err(ScoringError::DirectWithFactors(_))));
    assert_eq!(direct("V", lec("1", "6", "7")).unwrap().level, "ordinary");
    assert!(
        matches!(direct("V", Given::default()), Err(ScoringError::Missing(missing)) if missing.len() == 3)
    );
    assert!(matches!(direct("VI", Given::default()), Err(ScoringError::UnknownDirect(_))));
}

#[test]
fn off_scale_is_allowed_with_a_word_and_nonsense_is_not() {
    let methods = methods();
    let method = methods.get("lec").unwrap();
    let odd = method.evaluate(&lec("5", "3", "10")).unwrap();
    assert_eq!(odd.score, Some(Decimal::from(150)));
    assert_eq!(odd.warnings.len(), 2);
    for nonsense in ["0", "-1", "0.05", "10.5", "3615"] {
        assert!(
            matches!(method.evaluate(&lec(nonsense, "1", "1")), Err(ScoringError::Nonsense { .. })),
            "{nonsense}"
        );
    }
}

fn judged(released: bool) -> Judgement {
    let basis = if released { "the neighbours have moved away" } else { "" }.to_owned();
    Judgement { by: vec![], on: chrono::NaiveDate::default(), basis, residual: None, released }
}

fn judged_as(evaluation: &Evaluation, change: impl FnOnce(&mut Judged)) -> Evaluation {
    let mut judged = Judged::clone(&evaluation.judged);
    change(&mut judged);
    Evaluation { judged: judged.into(), ..evaluation.clone() }
}

#[test]
fn law_and_concern_never_lower_a_verdict() {
    let methods = methods();
    let method = methods.get("aspect-sum6").unwrap();
    let (before, _) = Evaluation::make(method, six("323233"), judged(false), None).unwrap();
    assert!(before.listed);
    let again =
        |digits, released| Evaluation::make(method, six(digits), judged(released), Some(&before)).unwrap().0;
    let law_fell = again("323213", false);
    assert_eq!(
        (law_fell.score, law_fell.listed, &law_fell.rule),
        (Some(Decimal::from(14)), true, &Rule::Kept)
    );
    law_fell.prove(method).unwrap();
    assert!(!again("323213", true).listed);
    let wordless = Judgement { basis: " ".to_owned(), ..judged(true) };
    let refused = Evaluation::make(method, six("323213"), wordless, Some(&before));
    assert!(matches!(refused, Err(ScoringError::ReleaseWithoutReason)));
    // Saved again, with nothing fallen since or more of the law: it stays, until somebody takes it off.
    let saved_again = |digits, released| {
        Evaluation::make(method, six(digits), judged(released), Some(&law_fell)).unwrap().0
    };
    for digits in ["323213", "323113"] {
        let again = saved_again(digits, false);
        assert_eq!((again.listed, &again.rule), (true, &Rule::Kept));
    }
    assert!(!saved_again("323213", true).listed);
    assert!(!saved_again("223213", false).listed);
    // Severity fell too: the score decides.
    assert!(!again("322213", false).listed);
}

#[test]
fn a_changed_evaluation_is_not_proved() {
    let methods = methods();
    let method = methods.get("lec").unwrap();
    let judgement = Judgement { residual: Some(lec("0.5", "6", "15").factors), ..judged(false) };
    let (evaluation, warnings) = Evaluation::make(method, lec("3", "6", "15"), judgement, None).unwrap();
    assert_eq!((evaluation.score, warnings.len()), (Some(Decimal::from(270)), 0));
    evaluation.prove(method).unwrap();
    let wrong = judged_as(&evaluation, |judged| judged.level = "slight".to_owned());
    assert!(wrong.prove(method).is_err());
    let wrong = judged_as(&evaluation, |judged| judged.score = Some(Decimal::from(42)));
    assert!(wrong.prove(method).is_err());
}

/// Rows as published; the score of each must come out, and the level where the source prints its bands.
#[test]
fn published_rows() {
    let methods = methods();
    let lec_method = methods.get("lec").unwrap();
    let (mut scored, mut direct) = (0, 0);
    for line in include_str!("../../tests/vectors/lec_vectors.csv").lines().skip(1) {
        let columns: Vec<&str> = line.split(',').collect();
        let [source, hazard, l, e, c, d, _level] = columns.as_slice() else { panic!("{line}") };
        if d.is_empty() {
            let code = if source.contains("判别依据IV") { "IV" } else { "I" };
            let given = Given { direct: Some(code.to_owned()), ..Given::default() };
            assert!(lec_method.evaluate(&given).unwrap().listed, "{hazard}");
            direct += 1;
            continue;
        }
        let verdict = lec_method.evaluate(&lec(l, e, c)).unwrap();
        assert_eq!(verdict.score, Some(d.parse().unwrap()), "{hazard}");
        assert_eq!(
            source.contains("非标准取值") && !verdict.warnings.is_empty(),
            source.contains("非标准取值") && (*l == "5" || *c == "10"),
            "{hazard}"
        );
        scored += 1;
    }
    assert_eq!((scored, direct), (28, 4));
    for line in include_str!("../../tests/vectors/aspect_vectors.csv").lines().skip(1) {
        let line = line.replace("\"sum5 High18-25/Medium10-17; effiqiso.com/2024/12/what-are-significance-ratings (severity,frequency,legal,stakeholder,improvement)\"", "sum5 High");
        let columns: Vec<&str> = line.split(',').collect();
        let [source, aspect, rest @ ..] = columns.as_slice() else { panic!("{line}") };
        let (values, printed) = rest.split_at(6);
        let given: Vec<(String, &str)> = ["A", "B", "C", "D", "E", "F"]
            .iter()
            .zip(values)
            .filter(|(_, v)| !v.is_empty())
            .map(|(id, v)| ((*id).to_owned(), *v))
            .collect();
        let formula = if source.starts_with("product3") { "A * B * C" } else { "A + B + C + D + E" };
        let factors = given.into_iter().map(|(id, value)| (id, value.parse().unwrap())).collect();
        let score = formula::Formula::parse(formula).unwrap().work_out(&factors).unwrap();
        assert_eq!(score, printed[0].parse().unwrap(), "{aspect}");
        if source.starts_with("sum5 High") {
            // This source prints its bands: high 18-25, medium 10-17.
            assert_eq!(if score >= Decimal::from(18) { "High" } else { "Medium" }, printed[1]);
        }
    }
}

/// Tables as published contradict themselves; the program does not follow them.
#[test]
fn published_mistakes() {
    let methods = methods();
    let lec_method = methods.get("lec").unwrap();
    assert_eq!(
        lec_method.evaluate(&lec("3", "3", "7")).unwrap().score,
        Some(Decimal::from(63)),
        "printed as 42"
    );
    let once = lec_method.evaluate(&lec("1", "3", "15")).unwrap();
    let twice = lec_method.evaluate(&lec("3", "1", "15")).unwrap();
    assert_eq!(
        (once.level.as_str(), once.level == twice.level),
        ("ordinary", true),
        "D=45 printed as two levels"
    );
    assert_eq!(
        lec_method.evaluate(&lec("1", "6", "3")).unwrap().level,
        "slight",
        "D=18 printed as level 3 and 5"
    );
    let sum6 = methods.get("aspect-sum6").unwrap();
    for digits in ["211111", "111211"] {
        let verdict = sum6.evaluate(&six(digits)).unwrap();
        assert_eq!(
            (verdict.score, verdict.listed),
            (Some(Decimal::from(7)), false),
            "printed as significant"
        );
    }
}

proptest::proptest! {
    #[test]
    fn whatever_is_given_there_is_an_answer_that_can_be_proved(values in proptest::collection::vec(-10i64..2_000_000_000, 6), scale in 0u32..4) {
        let methods = methods();
        let method = methods.get("aspect-sum6").unwrap();
        let factors = ["A", "B", "C", "D", "E", "F"].iter().zip(&values).map(|(id, n)| ((*id).to_owned(), Decimal::new(*n, scale))).collect();
        if let Ok((evaluation, _)) = Evaluation::make(method, Given { factors, direct: None }, judged(false), None) {
            proptest::prop_assert!(evaluation.prove(method).is_ok());
        }
    }
}
