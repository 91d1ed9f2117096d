//! Figures for a page: where two factors cross, and the levels of each department. They are SVG, drawn from the entries.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use crate::book::{Entry, EntryKey, Value};
use crate::catalogue::{Listing, Reading};
use crate::exchange::export::{Tongue, escaped};
use crate::scoring::{Band, Decimal, Evaluation, Factor, Method};

/// How large a cell of the matrix is, in points.
const CELL: usize = 46;
/// Room for names at the left, and for those above.
const NAMES: usize = 150;
/// See [`NAMES`].
const ABOVE: usize = 40;
/// How wide a bar may get.
const LONGEST: usize = 360;
/// How high a bar is.
const BAR: usize = 18;
/// Colours from the least level to the worst; the words beside them say the same.
const COLOURS: &[&str] = &["#9bc3e6", "#f7dd72", "#f2a65a", "#d9534f", "#8e2a2a"];

/// The figures of a list: none where its entries are not scored.
pub fn figures(reading: &Reading, listing: &Listing, keys: &[EntryKey], tongue: Tongue) -> Vec<String> {
    let entries: Vec<&Entry> = keys.iter().filter_map(|key| reading.book.entry(*key)).collect();
    let mut by_method: BTreeMap<(&str, u32), Vec<(&Entry, &Evaluation)>> = BTreeMap::new();
    for entry in &entries {
        if let Some(evaluation) = reading.evaluation(entry) {
            by_method.entry((&evaluation.method, evaluation.edition)).or_default().push((entry, evaluation));
        }
    }
    let mut figures = Vec::new();
    for ((id, edition), evaluated) in by_method {
        let Some(method) = reading.definitions.methods().edition(id, edition) else { continue };
        let drawing = Drawing { reading, listing, method, evaluated: &evaluated, tongue };
        figures.extend(drawing.matrix());
        figures.extend(drawing.levels());
    }
    figures
}

struct Drawing<'a> {
    reading: &'a Reading<'a>,
    listing: &'a Listing<'a>,
    method: &'a Method,
    evaluated: &'a [(&'a Entry, &'a Evaluation)],
    tongue: Tongue,
}

impl Drawing<'_> {
    fn colour(&self, band: &Band) -> &'static str {
        let ranks = self.method.bands.iter().filter(|other| other.rank < band.rank).count();
        let steps = self.method.bands.len().saturating_sub(1).max(1);
        let at = (ranks * (COLOURS.len() - 1)).div_ceil(steps);
        COLOURS.get(at).copied().unwrap_or("#ccc")
    }

    /// How many entries stand where the first and the last factor cross.
    fn matrix(&self) -> Option<String> {
        let (across, up) = (self.method.factors.first()?, self.method.factors.last()?);
        if across.id == up.id {
            return None;
        }
        let steps = |factor: &Factor| {
            let mut steps: Vec<Decimal> = factor.scale.iter().map(|step| step.value).collect();
            steps.sort();
            steps
        };
        let (columns, rows) = (steps(across), steps(up));
        let mut counts: BTreeMap<(Decimal, Decimal), (usize, u32, &str)> = BTreeMap::new();
        for (_, evaluation) in self.evaluated {
            let (Some(x), Some(y)) = (evaluation.factors.get(&across.id), evaluation.factors.get(&up.id))
            else {
                continue;
            };
            let Some(band) = self.method.band(&evaluation.level) else { continue };
            let here = counts.entry((x.normalize(), y.normalize())).or_insert((0, 0, ""));
            here.0 += 1;
            // The worst level that stands there.
            if band.rank >= here.1 {
                (here.1, here.2) = (band.rank, self.colour(band));
            }
        }
        let title =
            format!("{}: {} x {}", self.tongue.label(&self.method.name), self.named(up), self.named(across));
        let (width, height) = (NAMES + columns.len() * CELL + 10, ABOVE + (rows.len() + 1) * CELL);
        let mut svg = begin(width, height, &title);
        for (line, y) in rows.iter().rev().enumerate() {
            let top = ABOVE + line * CELL;
            label(&mut svg, (NAMES - 8, top + CELL / 2 + 4), "end", &format!("{} {}", up.id, y.normalize()));
            for (at, x) in columns.iter().enumerate() {
                let left = NAMES + at * CELL;
                let here = counts.get(&(x.normalize(), y.normalize()));
                let fill = here.map_or("#fff", |(_, _, colour)| colour);
                let _ = write!(
                    svg,
                    "<rect x=\"{left}\" y=\"{top}\" width=\"{CELL}\" height=\"{CELL}\" fill=\"{fill}\" stroke=\"#666\"/>"
                );
                if let Some((count, ..)) = here {
                    label(&mut svg, (left + CELL / 2, top + CELL / 2 + 4), "middle", &count.to_string());
                }
            }
        }
        for (at, x) in columns.iter().enumerate() {
            let place = (NAMES + at * CELL + CELL / 2, ABOVE + rows.len() * CELL + 16);
            label(&mut svg, place, "middle", &format!("{} {}", across.id, x.normalize()));
        }
        svg.push_str("</svg>");
        Some(svg)
    }

    fn named(&self, factor: &Factor) -> String {
        format!("{} {}", factor.id, self.tongue.label(&factor.name))
    }

    /// How many entries of each level every department has.
    fn levels(&self) -> Option<String> {
        let field = self.listing.register.department_field()?;
        let mut by_department: BTreeMap<String, BTreeMap<&str, usize>> = BTreeMap::new();
        for (entry, evaluation) in self.evaluated {
            let value = self.reading.book.value(entry, &field.id);
            let name = match value {
                Some(Value::Links(keys)) => {
                    keys.first().map(|key| self.reading.title(*key)).unwrap_or_default()
                }
                _ => self.tongue.say("form-no-department"),
            };
            *by_department.entry(name).or_default().entry(evaluation.level.as_str()).or_default() += 1;
        }
        let most = by_department.values().map(|levels| levels.values().sum::<usize>()).max()?.max(1);
        let title =
            format!("{}: {}", self.tongue.label(&self.listing.name), self.tongue.say("form-by-department"));
        let rows = by_department.len();
        let height = ABOVE + rows * (BAR + 10) + 30;
        let mut svg = begin(NAMES + LONGEST + 60, height, &title);
        for (line, (name, levels)) in by_department.iter().enumerate() {
            let top = ABOVE + line * (BAR + 10);
            label(&mut svg, (NAMES - 8, top + BAR - 5), "end", name);
            let mut left = NAMES;
            for band in &self.method.bands {
                let Some(count) = levels.get(band.code.as_str()) else { continue };
                let width = (count * LONGEST / most).max(14);
                let _ = write!(
                    svg,
                    "<rect x=\"{left}\" y=\"{top}\" width=\"{width}\" height=\"{BAR}\" fill=\"{}\" stroke=\"#666\"/>",
                    self.colour(band)
                );
                label(&mut svg, (left + width / 2, top + BAR - 5), "middle", &count.to_string());
                left += width;
            }
        }
        let mut left = NAMES;
        let top = ABOVE + rows * (BAR + 10) + 6;
        for band in &self.method.bands {
            let name = self.tongue.label(&band.label);
            let _ = write!(
                svg,
                "<rect x=\"{left}\" y=\"{top}\" width=\"12\" height=\"12\" fill=\"{}\" stroke=\"#666\"/>",
                self.colour(band)
            );
            label(&mut svg, (left + 16, top + 10), "start", &name);
            left += 26 + crate::text::width(&name) * 7;
        }
        svg.push_str("</svg>");
        Some(svg)
    }
}

fn begin(width: usize, height: usize, title: &str) -> String {
    let mut svg = format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{width}\" height=\"{height}\" viewBox=\"0 0 {width} {height}\" font-size=\"12\" font-family=\"sans-serif\" role=\"img\">"
    );
    let _ = write!(
        svg,
        "<title>{0}</title><text x=\"4\" y=\"18\" font-weight=\"600\">{0}</text>",
        escaped(title)
    );
    svg
}

fn label(svg: &mut String, (x, y): (usize, usize), anchor: &str, words: &str) {
    let _ = write!(svg, "<text x=\"{x}\" y=\"{y}\" text-anchor=\"{anchor}\">{}</text>", escaped(words));
}
