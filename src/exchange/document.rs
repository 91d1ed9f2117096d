//! A record as a document: Markdown, which any office turns into paper, or plain text in columns.
//!
//! Both hold the same words in the same order. What the book holds is text and stays text: nothing in it can begin a
//! heading, end a cell, or hide behind markup.

use std::fmt::Write as _;

use crate::audit::Block;
use crate::text::{clean, pad_end, width, wrap};
use crate::wording::{Wording, message};

/// Columns between two columns of a table.
const GAP: usize = 2;
/// The least a column is made narrower to.
const NARROWEST: usize = 8;
/// A column wider than this is long: where the table is too wide, it stands under its row rather than narrower than this.
const LONG: usize = 28;
/// What stands before what stands under a row.
const UNDER: &str = "    ";

/// A document in Markdown with tables (GFM).
pub fn markdown(blocks: &[Block], wording: &Wording) -> String {
    let mut out = String::new();
    let mut before: Option<&Block> = None;
    for block in blocks {
        // Items of one list follow each other; everything else stands apart.
        let listed = |block: &Block| matches!(block, Block::Item(_) | Block::Said(..));
        let goes_on = before.is_some_and(|before| listed(before) && listed(block));
        if before.is_some() && !goes_on {
            out.push('\n');
        }
        let (mark, words) = match block {
            Block::Title(words) => ("# ", words.clone()),
            Block::Part(words) => ("## ", words.clone()),
            Block::Heading(words) => ("### ", words.clone()),
            Block::Group(words) => ("#### ", words.clone()),
            Block::Said(label, words) => ("- ", said(label, words, wording)),
            Block::Item(words) => ("- ", words.clone()),
            Block::Line(words) => ("", words.clone()),
            Block::Table(heads, rows) => {
                row(&mut out, heads);
                let rule: Vec<&str> = heads.iter().map(|_| "---").collect();
                let _ = writeln!(out, "| {} |", rule.join(" | "));
                for cells in rows {
                    row(&mut out, cells);
                }
                before = Some(block);
                continue;
            }
        };
        let _ = writeln!(out, "{mark}{}", escaped(&words, true));
        before = Some(block);
    }
    out
}

/// A label with its words; the label alone over what follows.
fn said(label: &str, words: &str, wording: &Wording) -> String {
    if words.is_empty() {
        return label.to_owned();
    }
    wording.render(&message!("labelled", label = label.to_owned(), text = words.to_owned()))
}

fn row(out: &mut String, cells: &[String]) {
    let cells: Vec<String> = cells.iter().map(|cell| escaped(cell, false)).collect();
    let _ = writeln!(out, "| {} |", cells.join(" | "));
}

/// Text that Markdown takes for text: what would be markup is escaped, and a line end is a break. Where a line of the
/// document begins with it, so is what would begin a heading, a list or a rule.
fn escaped(text: &str, begins: bool) -> String {
    let mut out = String::new();
    for (at, part) in text.split('\n').enumerate() {
        if at > 0 {
            out.push_str("<br>");
        }
        let part = clean(part);
        let part = part.trim();
        let digits = part.bytes().take_while(u8::is_ascii_digit).count();
        for (index, c) in part.char_indices() {
            let first = index == 0 && "#+-=".contains(c) || digits > 0 && index == digits && ".)".contains(c);
            if "\\`*_[]<>|~&$^".contains(c) || begins && at == 0 && first {
                out.push('\\');
            }
            out.push(c);
        }
    }
    out
}

/// A document in plain text of so many columns, aligned as a terminal shows it.
pub fn plain(blocks: &[Block], wording: &Wording, columns: usize) -> Vec<String> {
    let mut out: Vec<String> = Vec::new();
    for block in blocks {
        let apart = matches!(block, Block::Part(_) | Block::Heading(_) | Block::Group(_) | Block::Table(..));
        if apart && out.last().is_some_and(|last| !last.is_empty()) {
            out.push(String::new());
        }
        match block {
            Block::Title(words) => under(&mut out, words, '=', columns),
            Block::Part(words) => under(&mut out, words, '-', columns),
            Block::Heading(words) => put(&mut out, "** ", words, columns),
            Block::Group(words) => put(&mut out, "* ", words, columns),
            Block::Said(label, words) => {
                put(&mut out, "  ", &said(label, words, wording), columns);
            }
            Block::Item(words) => put(&mut out, "- ", words, columns),
            Block::Line(words) => put(&mut out, "", words, columns),
            Block::Table(heads, rows) => aligned(&mut out, heads, rows, wording, columns),
        }
    }
    out
}

/// A heading with a line of signs under it.
fn under(out: &mut Vec<String>, words: &str, sign: char, columns: usize) {
    let from = out.len();
    put(out, "", words, columns);
    let widest = out.iter().skip(from).map(|line| width(line)).max().unwrap_or(0);
    out.push(sign.to_string().repeat(widest));
}

/// Words behind a mark, wrapped with the mark's room before each further line.
fn put(out: &mut Vec<String>, mark: &str, words: &str, columns: usize) {
    for (at, line) in lines(words, columns.saturating_sub(mark.len())).into_iter().enumerate() {
        let before = if at == 0 { mark.to_owned() } else { " ".repeat(mark.len()) };
        out.push(format!("{before}{line}").trim_end().to_owned());
    }
}

/// A text in lines of so many columns, its own line ends kept.
fn lines(text: &str, columns: usize) -> Vec<String> {
    let clean: Vec<_> = text.split('\n').map(clean).collect();
    let text = clean.join("\n");
    wrap(&text, columns).into_iter().map(|range| text.get(range).unwrap_or("").to_owned()).collect()
}

/// A table whose cells are wrapped within their columns; the heads stand over it and a line of `-` under them. Where it is
/// too wide, what is long stands under its row, with its head before it.
fn aligned(out: &mut Vec<String>, heads: &[String], rows: &[Vec<String>], wording: &Wording, columns: usize) {
    let (under, beside) = parted(&widths(heads, rows), columns);
    let pick = |cells: &[String], which: &[usize]| -> Vec<String> {
        which.iter().map(|at| cells.get(*at).cloned().unwrap_or_default()).collect()
    };
    let grid: Vec<Vec<String>> = rows.iter().map(|row| pick(row, &beside)).collect();
    let heads_beside = pick(heads, &beside);
    let widths = fitted(&heads_beside, &grid, columns);
    tell(out, &heads_beside, &widths);
    tell(out, &widths.iter().map(|width| "-".repeat(*width)).collect::<Vec<_>>(), &widths);
    for (row, cells) in rows.iter().zip(&grid) {
        tell(out, cells, &widths);
        for at in &under {
            let cell = |cells: &[String]| cells.get(*at).cloned().unwrap_or_default();
            put(out, UNDER, &said(&cell(heads), &cell(row), wording), columns);
        }
    }
}

/// The columns that stand under their rows, and those that stand beside each other: the widest goes under where it would
/// have to be wrapped too narrow.
fn parted(widths: &[usize], columns: usize) -> (Vec<usize>, Vec<usize>) {
    let mut beside: Vec<(usize, usize)> = widths.iter().copied().enumerate().collect();
    let mut under = Vec::new();
    loop {
        let all = beside.iter().map(|(_, width)| width).sum::<usize>() + GAP * beside.len().saturating_sub(1);
        let Some((at, widest)) = beside.iter().copied().max_by_key(|(_, width)| *width) else { break };
        if all <= columns || (widest + columns).saturating_sub(all) >= LONG || widest <= LONG {
            break;
        }
        beside.retain(|(other, _)| *other != at);
        under.push(at);
    }
    under.sort_unstable();
    (under, beside.into_iter().map(|(at, _)| at).collect())
}

/// A row of cells, each in its width and as many lines as it takes.
fn tell(out: &mut Vec<String>, cells: &[String], widths: &[usize]) {
    let cells: Vec<Vec<String>> = cells.iter().zip(widths).map(|(cell, width)| lines(cell, *width)).collect();
    let height = cells.iter().map(Vec::len).max().unwrap_or(0);
    for at in 0..height {
        let part =
            |(cell, width): (&Vec<String>, &usize)| pad_end(cell.get(at).map_or("", String::as_str), *width);
        let parts: Vec<String> = cells.iter().zip(widths).map(part).collect();
        out.push(parts.join(&" ".repeat(GAP)).trim_end().to_owned());
    }
}

/// How wide each column is: as its widest line.
fn widths(heads: &[String], rows: &[Vec<String>]) -> Vec<usize> {
    let widest = |at: usize| {
        let cells = rows.iter().filter_map(|row| row.get(at)).chain(heads.get(at));
        cells.flat_map(|cell| cell.split('\n')).map(width).max().unwrap_or(1)
    };
    (0..heads.len()).map(widest).collect()
}

/// The same within so many columns: the widest give way first, none of them below its longest word while others can.
fn fitted(heads: &[String], rows: &[Vec<String>], columns: usize) -> Vec<usize> {
    let mut widths = widths(heads, rows);
    let room = columns.saturating_sub(GAP * heads.len().saturating_sub(1));
    let word = |at: usize| {
        let cells = rows.iter().filter_map(|row| row.get(at)).chain(heads.get(at));
        let words = cells.flat_map(|cell| cell.split_whitespace()).filter(|word| word.is_ascii());
        words.map(width).max().unwrap_or(0).max(NARROWEST)
    };
    let words: Vec<usize> = (0..heads.len()).map(word).collect();
    for least in [words, heads.iter().map(|_| NARROWEST).collect()] {
        while widths.iter().sum::<usize>() > room {
            let above = widths.iter_mut().zip(&least).filter(|(width, least)| **width > **least);
            let Some((widest, _)) = above.max_by_key(|(width, _)| **width) else { break };
            *widest -= 1;
        }
    }
    widths
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::wording::Lang;

    fn words(words: &[&str]) -> Vec<String> {
        words.iter().map(|word| (*word).to_owned()).collect()
    }

    #[test]
    fn nothing_in_a_cell_is_markup() {
        let evil = "a | b\n# *x* <script> [l](u) `c` \\";
        let table = Block::Table(words(&["head"]), vec![words(&[evil])]);
        let told = markdown(&[Block::Item("- 1. x".to_owned()), table], Lang::En.wording());
        assert_eq!(
            told,
            "- \\- 1. x\n\n| head |\n| --- |\n| a \\| b<br># \\*x\\* \\<script\\> \\[l\\](u) \\`c\\` \\\\ |\n"
        );
        assert_eq!(escaped("12. x", true), "12\\. x");
        assert_eq!(escaped("2022-05-13", true), "2022-05-13");
        assert_eq!(escaped("-- a", false), "-- a");
    }

    #[test]
    fn columns_stand_under_each_other_in_any_width() {
        let rows = vec![
            words(&["EA-0001", "废旧纸张的排放，双面打印", "x"]),
            words(&["EA-0002", "short", "两行\n在一格"]),
        ];
        for columns in [30, 40, 80] {
            let told = plain(
                &[Block::Table(words(&["编号", "环境因素", "备注"]), rows.clone())],
                Lang::Zh.wording(),
                columns,
            );
            assert!(told.iter().all(|line| width(line) <= columns), "{columns}: {told:#?}");
            // Whatever stands in the last column begins where its head does.
            let starts = |line: &str, word: &str| line.find(word).map(|at| width(line.get(..at).unwrap()));
            let head = starts(told.first().unwrap(), "备注").unwrap();
            assert!(told.iter().any(|line| starts(line, "两行") == Some(head)), "{told:#?}");
            assert!(told.iter().any(|line| starts(line, "在一格") == Some(head)), "{told:#?}");
        }
    }
}
