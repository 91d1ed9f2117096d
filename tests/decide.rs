//! What is decided of an import row by row comes to what a new plan of it would be, and no row that a file names is missing.
#![allow(clippy::unwrap_used, clippy::indexing_slicing)]

mod common;

use std::fmt::Write as _;

use proptest::prelude::*;
use proptest::test_runner::TestCaseError;
use taizhang::exchange::import::{Fate, Import, Keep, Plan, read};
use taizhang::wording::Lang;

/// An edited list of hazards: rows of the book with other factors, twice the same, serials twice, and new ones.
fn list(rows: &[(u8, u8)]) -> String {
    let mut text = String::from("编号,活动,危险源,事故,L,E,C,D,级别\r\n");
    for (which, how) in rows {
        let (serial, title) = match which % 8 {
            0..4 => (format!("HZ-{:04}", which % 8 + 1), "改过的名字".to_owned()),
            4 => (String::new(), "新的危险源".to_owned()),
            _ => (String::new(), format!("另一个危险源{which}")),
        };
        let (l, d) = ([1, 3, 6][usize::from(how % 3)], [3, 9, 270][usize::from(how / 3 % 3)]);
        let _ = write!(text, "{serial},办公活动,{title},触电,{l},3,1,{d},\r\n");
    }
    text
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(32))]

    #[test]
    fn what_is_decided_row_by_row_is_what_a_new_plan_says(
        rows in proptest::collection::vec((any::<u8>(), any::<u8>()), 1..9),
        steps in proptest::collection::vec((any::<u8>(), 0usize..9), 1..12),
    ) {
        let folder = tempfile::tempdir().unwrap();
        let session = common::sample(&folder.path().join("book"));
        let path = folder.path().join("list.csv");
        std::fs::write(&path, list(&rows)).unwrap();
        let definitions = session.definitions().clone();
        let workbook = read(&path).map_err(|error| TestCaseError::fail(error.to_string()))?;
        let hazards = definitions.register("hazards");
        let mut import =
            Import::of((&path, &workbook), &definitions, (hazards, None), (None, folder.path())).unwrap();
        let (reading, today) = (session.reading(Lang::Zh), session.today(common::moment()));
        let mut plan = Plan::of(&import, &reading, today);
        for (what, row) in steps {
            let line = plan.rows[row % plan.rows.len()].line;
            let keep = [Keep::Stated, Keep::Computed, Keep::Open][usize::from(what / 4) % 3];
            match what % 4 {
                0 => {
                    import.decisions.all = Some(keep);
                    plan.decide(&import, &reading, |_| true);
                }
                1 => {
                    import.decisions.each.insert(line, keep);
                    plan.decide(&import, &reading, |row| row.line == line);
                }
                _ => {
                    if !import.decisions.left_out.remove(&line) {
                        import.decisions.left_out.insert(line);
                    }
                    plan.decide(&import, &reading, |row| row.line == line);
                }
            }
            prop_assert_eq!(&plan, &Plan::of(&import, &reading, today));
        }
        for row in plan.rows.iter().filter(|row| row.fate == Fate::LeftOut) {
            prop_assert!(row.known.entry.is_none_or(|entry| !plan.missing.contains(&entry)));
        }
    }
}
