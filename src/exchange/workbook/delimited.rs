//! Separated values, as spreadsheets and other systems write them.

use encoding_rs::{GB18030, UTF_8, UTF_16BE, UTF_16LE};

use super::{Cell, LAST_COLUMN, Line, MOST_CELLS, Sheet, WorkbookError};

/// What may stand between two cells.
const SEPARATORS: &[u8] = b",\t;|";
/// How many lines tell which of them it is.
const TELLING: usize = 40;

/// The text of a file: what its first bytes say, else UTF-8, else GB18030, of which GBK and GB 2312 are parts.
pub(super) fn decoded(bytes: &[u8]) -> Result<String, WorkbookError> {
    let marked = |encoding: &'static encoding_rs::Encoding| encoding.decode(bytes).0.into_owned();
    let text = match bytes {
        [0xef, 0xbb, 0xbf, ..] => marked(UTF_8),
        [0xff, 0xfe, ..] => marked(UTF_16LE),
        [0xfe, 0xff, ..] => marked(UTF_16BE),
        _ => {
            if let Ok(text) = std::str::from_utf8(bytes) {
                text.to_owned()
            } else {
                let (text, _, wrong) = GB18030.decode(bytes);
                if wrong {
                    return Err(WorkbookError::Encoding);
                }
                text.into_owned()
            }
        }
    };
    // A table has no such character; a program or a picture has.
    if text.contains('\0') { Err(WorkbookError::Encoding) } else { Ok(text) }
}

pub(super) fn sheet(text: &str) -> Result<Sheet, WorkbookError> {
    let separator = separator(text);
    let mut sheet = Sheet::default();
    let (mut cells, mut line, mut counted, mut long) = (0, 1, 0, false);
    for record in reader(text, separator).records() {
        let record = record.map_err(|_| WorkbookError::Broken)?;
        let begin = record.position().and_then(|place| usize::try_from(place.byte()).ok()).unwrap_or(0);
        // A record begins behind the end of the line before, of which a `\n` may be left.
        let ends = text.get(counted..=begin).or_else(|| text.get(counted..begin)).unwrap_or("");
        line += ends.matches('\n').count();
        counted += ends.len();
        let number = line;
        cells += record.len();
        if cells > MOST_CELLS {
            return Err(WorkbookError::Long);
        }
        let row = record.iter().take(LAST_COLUMN + 1).map(|text| Cell::text(plain(text))).collect();
        for text in record.iter().skip(LAST_COLUMN + 1) {
            sheet.put_beyond(number, text);
        }
        long = record.iter().next_back().is_some_and(|last| last.trim_end().contains('\n'));
        sheet.lines.push(Line { number, cells: row });
    }
    // A quote without an end takes in all lines behind it: the last cell of all has several, and the marks are odd.
    if long && text.get(counted..).is_some_and(|record| record.matches('"').count() % 2 == 1) {
        return Err(WorkbookError::Quote(line));
    }
    Ok(sheet)
}

/// Whether a spreadsheet would take a text for a formula, or for one that was made text by a `'`.
pub(crate) fn is_acting(text: &str) -> bool {
    text.trim_start_matches('\'').starts_with(['=', '+', '-', '@', '\t', '\r'])
}

/// What was written with a `'` before it so that no spreadsheet takes it for a formula.
fn plain(text: &str) -> &str {
    match text.strip_prefix('\'') {
        Some(rest) if is_acting(rest) => rest,
        _ => text,
    }
}

fn reader(text: &str, separator: u8) -> csv::Reader<&[u8]> {
    let mut builder = csv::ReaderBuilder::new();
    builder.delimiter(separator).has_headers(false).flexible(true).from_reader(text.as_bytes())
}

/// The separator by which most of the first lines fall into equally many parts, and into most.
fn separator(text: &str) -> u8 {
    let worth = |separator: u8| {
        let records = reader(text, separator).into_records().take(TELLING).flatten();
        let lengths: Vec<usize> = records.map(|record| record.len()).filter(|length| *length > 1).collect();
        let alike = |length: usize| lengths.iter().filter(|other| **other == length).count();
        lengths.iter().map(|length| (alike(*length), *length)).max().unwrap_or((0, 0))
    };
    // The first of equals: a comma.
    let best = SEPARATORS.iter().rev().copied().max_by_key(|separator| worth(*separator));
    best.unwrap_or(b',')
}
