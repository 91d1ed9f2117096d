//! A form as a page made for printing: it needs nothing besides, repeats its heads, and stands on A4 across.

use std::fmt::Write as _;

use super::paper::{Cell, Paper, Part, Shown, Table};
use crate::exchange::export::{Tongue, escaped, page};

/// The page of a form.
pub fn html(paper: &Paper, tongue: Tongue) -> String {
    page(&paper.title, &body(paper), tongue)
}

/// What stands on the page.
pub(crate) fn body(paper: &Paper) -> String {
    let mut body = String::new();
    if let Some(banner) = &paper.banner {
        let _ = writeln!(body, "<p class=\"late\">{}</p>", escaped(banner));
    }
    let _ = writeln!(body, "<h1>{}</h1>", escaped(&paper.title));
    let above: Vec<String> =
        paper.above.iter().map(|words| format!("<span>{}</span>", escaped(words))).collect();
    let _ = writeln!(body, "<div class=\"head\">{}</div>", above.concat());
    for part in &paper.parts {
        match part {
            Part::Heading(words) => {
                let _ = writeln!(body, "<h2>{}</h2>", escaped(words));
            }
            Part::Under(words) => {
                let _ = writeln!(body, "<h3>{}</h3>", escaped(words));
            }
            Part::Line(words) => {
                let _ = writeln!(body, "<p class=\"line\">{}</p>", escaped(words));
            }
            Part::Pairs(lines) => pairs(&mut body, lines),
            Part::Table(table) => put(&mut body, table),
        }
    }
    for figure in &paper.figures {
        let _ = writeln!(body, "{figure}");
    }
    for note in &paper.notes {
        let _ = writeln!(body, "<p class=\"note\">{}</p>", escaped(note));
    }
    let signed =
        paper.signed.iter().map(|(who, name)| format!("<span>{}　{}</span>", escaped(who), escaped(name)));
    let _ = writeln!(body, "<div class=\"sign\">{}</div>", signed.collect::<String>());
    body
}

fn pairs(body: &mut String, lines: &[Vec<(String, String)>]) {
    let most = lines.iter().map(Vec::len).max().unwrap_or(1);
    body.push_str("<table>\n");
    for line in lines {
        body.push_str("<tr>");
        for (at, (label, words)) in line.iter().enumerate() {
            // What stands alone in its line has the room of all.
            let across = if at + 1 == line.len() { (most - at) * 2 - 1 } else { 1 };
            let _ =
                write!(body, "<th>{}</th><td colspan=\"{across}\">{}</td>", escaped(label), escaped(words));
        }
        body.push_str("</tr>\n");
    }
    body.push_str("</table>\n");
}

fn put(body: &mut String, table: &Table) {
    let all: u32 = table.widths.iter().map(|width| u32::from(*width)).sum::<u32>().max(1);
    body.push_str("<table>\n<colgroup>");
    for width in &table.widths {
        let _ = write!(body, "<col style=\"width:{:.1}%\">", f64::from(*width) * 100.0 / f64::from(all));
    }
    body.push_str("</colgroup>\n<thead>\n<tr>");
    let two = table.over.iter().any(|over| !over.is_empty());
    let mut at = 0;
    while let Some(head) = table.heads.get(at) {
        let over = table.over.get(at).map_or("", String::as_str);
        if two && !over.is_empty() {
            let across = table.over.iter().skip(at).take_while(|other| *other == over).count();
            let _ = write!(body, "<th colspan=\"{across}\">{}</th>", escaped(over));
            at += across;
        } else {
            let down = if two { " rowspan=\"2\"" } else { "" };
            let _ = write!(body, "<th{down}>{}</th>", escaped(head));
            at += 1;
        }
    }
    body.push_str("</tr>\n");
    if two {
        body.push_str("<tr>");
        for (head, _) in table.heads.iter().zip(&table.over).filter(|(_, over)| !over.is_empty()) {
            let _ = write!(body, "<th>{}</th>", escaped(head));
        }
        body.push_str("</tr>\n");
    }
    body.push_str("</thead>\n<tbody>\n");
    for row in &table.rows {
        body.push_str("<tr>");
        for Cell { text, shown, down } in row.iter().filter(|cell| cell.down > 0) {
            let class = match shown {
                Shown::Left => "",
                Shown::Middle => " class=\"c\"",
                Shown::Right => " class=\"n\"",
            };
            let span = if *down > 1 { format!(" rowspan=\"{down}\"") } else { String::new() };
            let _ = write!(body, "<td{class}{span}>{}</td>", escaped(text));
        }
        body.push_str("</tr>\n");
    }
    body.push_str("</tbody>\n</table>\n");
}
