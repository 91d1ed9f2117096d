//! A form as plain text, for a terminal and for `lp`: cells wrap and are never cut, wide characters stand in their columns.

use super::paper::{Cell, MARK, Paper, Part, Shown, Table};
use crate::text::{clean, pad_end, pad_start, width, wrap};

/// The narrowest column: one wide character.
const NARROWEST: usize = 2;
/// Words longer than this are not read in a column that is narrower than [`LEGIBLE`].
const LONG: usize = 24;
/// See [`LONG`].
const LEGIBLE: usize = 8;
/// The longest word that is kept whole.
const LONGEST_WORD: usize = 11;

/// The lines of a form in so many columns.
pub fn plain(paper: &Paper, columns: usize) -> Vec<String> {
    let columns = columns.max(40);
    let mut out = Vec::new();
    if let Some(banner) = &paper.banner {
        out.push("!".repeat(columns));
        out.extend(
            wrapped(banner, columns - 6).into_iter().map(|line| middle(&format!("!! {line} !!"), columns)),
        );
        out.push("!".repeat(columns));
    }
    out.extend(wrapped(&paper.title, columns).into_iter().map(|line| middle(&line, columns)));
    let above = paper.above.iter().map(|words| clean(words).into_owned()).collect::<Vec<_>>().join("    ");
    out.extend(wrapped(&above, columns));
    for part in &paper.parts {
        match part {
            Part::Heading(words) => {
                out.push(String::new());
                out.extend(wrapped(&format!("[ {} ]", clean(words)), columns));
            }
            Part::Under(words) => {
                out.push(String::new());
                out.extend(wrapped(words, columns));
            }
            Part::Line(words) => out.extend(wrapped(words, columns)),
            Part::Pairs(lines) => pairs(&mut out, lines, columns),
            Part::Table(table) => {
                let table = gathered(table);
                match fitted(&table, columns) {
                    Some(widths) => put(&mut out, &table, &widths),
                    None => cards(&mut out, &table, columns),
                }
            }
        }
    }
    for note in &paper.notes {
        out.extend(wrapped(note, columns));
    }
    out.push(String::new());
    signatures(&mut out, &paper.signed, columns);
    out.iter().map(|line| line.trim_end().to_owned()).collect()
}

/// Who signs, beside each other where there is room for all of them.
fn signatures(out: &mut Vec<String>, signed: &[(String, String)], columns: usize) {
    let room = (columns / signed.len().max(1)).saturating_sub(1);
    let signed: Vec<String> = signed.iter().map(|(who, name)| format!("{who} {name}")).collect();
    if signed.iter().all(|signer| width(signer) <= room) {
        let signed: Vec<String> = signed.iter().map(|signer| pad_end(signer, room)).collect();
        return out.push(signed.join(" "));
    }
    out.extend(signed.iter().flat_map(|signer| wrapped(signer, columns)));
}

fn wrapped(text: &str, columns: usize) -> Vec<String> {
    let text: Vec<_> = text.split('\n').map(clean).collect();
    let text = text.join("\n");
    wrap(&text, columns.max(2)).into_iter().map(|range| text.get(range).unwrap_or("").to_owned()).collect()
}

fn middle(line: &str, columns: usize) -> String {
    format!("{}{line}", " ".repeat(columns.saturating_sub(width(line)) / 2))
}

/// Labels and words in lines of a table of two columns for each pair.
fn pairs(out: &mut Vec<String>, lines: &[Vec<(String, String)>], columns: usize) {
    out.push("-".repeat(columns));
    labelled(out, lines, columns);
    out.push("-".repeat(columns));
}

fn labelled(out: &mut Vec<String>, lines: &[Vec<(String, String)>], columns: usize) {
    let label = lines.iter().flatten().map(|(label, _)| width(label)).max().unwrap_or(8).min(columns / 4);
    for line in lines {
        let room = (columns + 2) / line.len().max(1) - 2;
        let cells: Vec<Vec<String>> = line
            .iter()
            .map(|(name, words)| {
                let (names, words) = (wrapped(name, label), wrapped(words, room.saturating_sub(label + 2)));
                let at = |lines: &[String], at: usize| lines.get(at).cloned().unwrap_or_default();
                let height = names.len().max(words.len());
                (0..height)
                    .map(|row| format!("{}  {}", pad_end(&at(&names, row), label), at(&words, row)))
                    .collect()
            })
            .collect();
        beside(out, &cells, &vec![room; line.len()], "  ");
    }
}

/// Cells of several lines beside each other.
fn beside(out: &mut Vec<String>, cells: &[Vec<String>], widths: &[usize], between: &str) {
    let height = cells.iter().map(Vec::len).max().unwrap_or(0);
    for at in 0..height {
        let parts = cells
            .iter()
            .zip(widths)
            .map(|(lines, width)| pad_end(lines.get(at).map_or("", String::as_str), *width));
        out.push(parts.collect::<Vec<_>>().join(between).trim_end().to_owned());
    }
}

/// Columns of marks under one heading as one column that names what is marked: on paper there is room for them, in text
/// there is none.
fn gathered(table: &Table) -> Table {
    let marks = |at: usize| {
        let cells = table.rows.iter().filter_map(|row| row.get(at));
        cells.clone().all(|cell| cell.shown == Shown::Middle && (cell.text.is_empty() || cell.text == MARK))
    };
    let mut gathered = Table { rows: vec![Vec::new(); table.rows.len()], ..Table::default() };
    let mut at = 0;
    while let Some(head) = table.heads.get(at) {
        let over = table.over.get(at).map_or("", String::as_str);
        let run =
            (at..table.heads.len()).take_while(|at| table.over.get(*at).is_some_and(|other| other == over));
        let run = run.filter(|_| !over.is_empty()).count();
        let together = run > 1 && (at..at + run).all(marks);
        let columns = if together { at..at + run } else { at..at + 1 };
        gathered.over.push(if together { String::new() } else { over.to_owned() });
        gathered.heads.push(if together { over.to_owned() } else { head.clone() });
        gathered.widths.push(table.widths.get(at).copied().unwrap_or(4).max(if together { 6 } else { 2 }));
        for (row, into) in table.rows.iter().zip(&mut gathered.rows) {
            let cell = |at: usize| row.get(at).cloned();
            if !together {
                into.extend(cell(at));
                continue;
            }
            let marked = columns.clone().filter(|at| cell(*at).is_some_and(|cell| cell.text == MARK));
            let words: Vec<&str> = marked.filter_map(|at| table.heads.get(at).map(String::as_str)).collect();
            into.push(Cell { text: words.join("\n"), shown: Shown::Left, down: 1 });
        }
        at = columns.end;
    }
    gathered
}

/// A stretch of the head: one column, or several under one heading.
struct Stretch<'a> {
    over: &'a str,
    leaves: Vec<(&'a str, usize)>,
}

impl Stretch<'_> {
    fn width(&self) -> usize {
        self.leaves.iter().map(|(_, width)| width + 3).sum::<usize>().saturating_sub(3)
    }

    /// The line of a head: what stands over several columns, the rule under it, and what stands below, or the heading of
    /// one column that goes through all of them.
    fn line(&self, row: usize, upper: usize) -> String {
        let padded = |lines: &[String], row: usize, width: usize| {
            format!(" {} ", pad_end(lines.get(row).map_or("", String::as_str), width))
        };
        if let ([(head, width)], "") = (self.leaves.as_slice(), self.over) {
            return padded(&wrapped(head, *width), row, *width);
        }
        if row < upper {
            let lines = wrapped(self.over, self.width());
            let text = lines.get(row).map_or("", String::as_str);
            let left = self.width().saturating_sub(width(text)) / 2;
            return format!(" {} ", pad_end(&format!("{}{text}", " ".repeat(left)), self.width()));
        }
        if row == upper {
            let parts: Vec<String> = self.leaves.iter().map(|(_, width)| "-".repeat(*width + 2)).collect();
            return parts.join("+");
        }
        let cells =
            self.leaves.iter().map(|(leaf, width)| padded(&wrapped(leaf, *width), row - upper - 1, *width));
        cells.collect::<Vec<_>>().join("|")
    }
}

/// The head: what stands over several columns stands there once, with a rule under it.
fn heads(out: &mut Vec<String>, table: &Table, widths: &[usize]) {
    let mut stretches: Vec<Stretch> = Vec::new();
    for ((head, over), width) in table.heads.iter().zip(&table.over).zip(widths) {
        match stretches.last_mut().filter(|last| !over.is_empty() && last.over == over) {
            Some(last) => last.leaves.push((head, *width)),
            None => stretches.push(Stretch { over, leaves: vec![(head, *width)] }),
        }
    }
    let over = || stretches.iter().filter(|stretch| !stretch.over.is_empty());
    let alone =
        stretches.iter().filter(|stretch| stretch.over.is_empty()).flat_map(|stretch| &stretch.leaves);
    let tall = |(head, width): &(&str, usize)| wrapped(head, *width).len();
    let alone = alone.map(tall).max().unwrap_or(0);
    let upper = over().map(|stretch| wrapped(stretch.over, stretch.width()).len()).max();
    let lower = over().flat_map(|stretch| &stretch.leaves).map(tall).max().unwrap_or(0);
    let total = alone.max(upper.map_or(0, |upper| upper + 1 + lower));
    let rule: Vec<String> = widths.iter().map(|width| "-".repeat(*width + 2)).collect();
    out.push(format!("+{}+", rule.join("+")));
    for row in 0..total {
        let mut line = String::new();
        let mut ruled = false;
        for stretch in &stretches {
            let here = !stretch.over.is_empty() && Some(row) == upper;
            line.push(if here || ruled { '+' } else { '|' });
            line.push_str(&stretch.line(row, upper.unwrap_or(0)));
            ruled = here;
        }
        line.push(if ruled { '+' } else { '|' });
        out.push(line);
    }
    out.push(format!("+{}+", rule.join("+")));
}

/// A ruled table.
fn put(out: &mut Vec<String>, table: &Table, widths: &[usize]) {
    let rule = |open: &dyn Fn(usize) -> bool| {
        let parts: Vec<String> = widths
            .iter()
            .enumerate()
            .map(|(at, width)| if open(at) { " ".repeat(*width + 2) } else { "-".repeat(*width + 2) })
            .collect();
        format!("+{}+", parts.join("+"))
    };
    let line = |cells: &[String]| {
        let parts: Vec<String> = cells.iter().map(|cell| format!(" {cell} ")).collect();
        format!("|{}|", parts.join("|"))
    };
    heads(out, table, widths);
    for (number, row) in table.rows.iter().enumerate() {
        let cells: Vec<Vec<String>> = row
            .iter()
            .zip(widths)
            .map(|(cell, width)| if cell.down == 0 { Vec::new() } else { wrapped(&cell.text, *width) })
            .collect();
        let height = cells.iter().map(Vec::len).max().unwrap_or(1).max(1);
        for at in 0..height {
            let padded: Vec<String> = cells
                .iter()
                .zip(row)
                .zip(widths)
                .map(|((lines, cell), width)| {
                    let text = lines.get(at).map_or("", String::as_str);
                    match cell.shown {
                        Shown::Left => pad_end(text, *width),
                        Shown::Right => pad_start(text, *width),
                        Shown::Middle => {
                            let left = width.saturating_sub(crate::text::width(text)) / 2;
                            pad_end(&format!("{}{text}", " ".repeat(left)), *width)
                        }
                    }
                })
                .collect();
            out.push(line(&padded));
        }
        // No rule goes through a cell that reaches further down.
        let next = table.rows.get(number + 1);
        out.push(rule(&|at| next.and_then(|row| row.get(at)).is_some_and(|cell| cell.down == 0)));
    }
}

/// A table that is wider than the paper: each row by itself, its cells behind their heads.
fn cards(out: &mut Vec<String>, table: &Table, columns: usize) {
    out.push("-".repeat(columns));
    let mut above: Vec<String> = vec![String::new(); table.heads.len()];
    for row in &table.rows {
        let mut cells: Vec<(String, String)> = Vec::new();
        let mut under = "";
        for (at, cell) in row.iter().enumerate() {
            if cell.down > 0
                && let Some(text) = above.get_mut(at)
            {
                text.clone_from(&cell.text);
            }
            let head = table.heads.get(at).map_or("", String::as_str);
            let over = table.over.get(at).map_or("", String::as_str);
            let text = above.get(at).map_or("", String::as_str);
            // What stands under one heading stays together.
            match cells.last_mut().filter(|_| !over.is_empty() && over == under) {
                Some((_, words)) if !text.is_empty() => {
                    let blank = if words.is_empty() { "" } else { "  " };
                    *words = format!("{words}{blank}{head} {text}");
                }
                Some(_) => {}
                None if over.is_empty() => cells.push((head.to_owned(), text.to_owned())),
                None if text.is_empty() => cells.push((over.to_owned(), String::new())),
                None => cells.push((over.to_owned(), format!("{head} {text}"))),
            }
            under = over;
        }
        cells.retain(|(_, text)| !text.is_empty());
        labelled(out, &two_by_two(cells, columns), columns);
        out.push("-".repeat(columns));
    }
}

/// Short ones two in a line, as long as they follow each other.
fn two_by_two(cells: Vec<(String, String)>, columns: usize) -> Vec<Vec<(String, String)>> {
    let room = (columns / 2).saturating_sub(columns / 4 + 4);
    let mut lines: Vec<Vec<(String, String)>> = Vec::new();
    for cell in cells {
        let short = |(_, text): &(String, String)| !text.contains('\n') && width(text) <= room;
        match lines.last_mut() {
            Some(line) if line.len() == 1 && line.iter().all(short) && short(&cell) => line.push(cell),
            _ => lines.push(vec![cell]),
        }
    }
    lines
}

/// How wide each column is: in the proportions of the form, within the columns that there are, none wider than it needs.
/// Nothing where they would be too narrow to be read.
fn fitted(table: &Table, columns: usize) -> Option<Vec<usize>> {
    let count = table.heads.len();
    let room = room_of(columns, count).max(count * NARROWEST);
    let needs: Vec<usize> = (0..count)
        .map(|at| {
            let cells = table.rows.iter().filter_map(|row| row.get(at)).map(|cell| cell.text.as_str());
            let heads = [table.heads.get(at), table.over.get(at)].into_iter().flatten().map(String::as_str);
            cells.chain(heads).flat_map(str::lines).map(width).max().unwrap_or(1).max(1)
        })
        .collect();
    // A number or a short word is not torn, as long as there is room.
    let words = |at: usize| {
        let cells = table.rows.iter().filter_map(|row| row.get(at)).map(|cell| cell.text.as_str());
        let heads = table.heads.get(at).into_iter().map(String::as_str);
        let words = cells.chain(heads).flat_map(str::split_whitespace).filter(|word| word.is_ascii());
        words.map(width).filter(|width| *width <= LONGEST_WORD).max().unwrap_or(0).max(NARROWEST)
    };
    let whole: Vec<usize> = (0..count).map(words).collect();
    // Where there is not room for all words, longer ones are torn first.
    let capped = |cap: usize| whole.iter().map(|word| (*word).min(cap)).collect::<Vec<usize>>();
    let caps = (NARROWEST..=LONGEST_WORD).rev();
    let least = caps.map(capped).find(|least| least.iter().sum::<usize>() <= room);
    let least = least.unwrap_or_else(|| vec![NARROWEST; count]);
    let wanted: Vec<usize> = table.widths.iter().map(|width| usize::from(*width)).collect();
    let all: usize = wanted.iter().sum::<usize>().max(1);
    let mut widths: Vec<usize> = (needs.iter().zip(&wanted).zip(&least))
        .map(|((need, wanted), least)| (wanted * room / all).max(*least).min((*need).max(*least)))
        .collect();
    // What some do not need goes to those that need most.
    loop {
        let used: usize = widths.iter().sum();
        let short = widths.iter().zip(&needs).enumerate().filter(|(_, (width, need))| width < need);
        let Some((at, _)) = short.max_by_key(|(_, (width, need))| *need - *width) else { break };
        if used >= room {
            break;
        }
        if let Some(width) = widths.get_mut(at) {
            *width += 1;
        }
    }
    while widths.iter().sum::<usize>() > room {
        let above = widths.iter_mut().zip(&least).filter(|(width, least)| **width > **least);
        let Some((widest, _)) = above.max_by_key(|(width, _)| **width) else { break };
        *widest -= 1;
    }
    let fits = widths.iter().sum::<usize>() <= room_of(columns, count);
    let torn = widths.iter().zip(&needs).any(|(width, need)| *width < LEGIBLE && *need > LONG);
    (fits && !torn).then_some(widths)
}

/// What the rules of a table leave of the columns that there are.
fn room_of(columns: usize, count: usize) -> usize {
    columns.saturating_sub(count * 3 + 1)
}
