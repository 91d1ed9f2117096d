//! Measuring a file before it is read: what it unpacks to, and how many cells it names.

use std::io::{Cursor, Read, copy, sink};

use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};
use zip::ZipArchive;
use zip::result::ZipError;

use super::{LAST_COLUMN, MOST_CELLS, MOST_UNPACKED, WorkbookError};

type Packed<'a> = ZipArchive<Cursor<&'a [u8]>>;

fn broken(error: &ZipError) -> WorkbookError {
    match error {
        ZipError::UnsupportedArchive(why) if why.contains("assword") => WorkbookError::Encrypted,
        _ => WorkbookError::Broken,
    }
}

/// The names of the parts of a packed file, once it is known what they come to: each is unpacked and thrown away, since
/// what the file says of their sizes may be wrong.
pub(super) fn unpacked(bytes: &[u8]) -> Result<Vec<String>, WorkbookError> {
    let mut archive = ZipArchive::new(Cursor::new(bytes)).map_err(|error| broken(&error))?;
    let (mut names, mut total) = (Vec::new(), 0_u64);
    for at in 0..archive.len() {
        let part = archive.by_index(at).map_err(|error| broken(&error))?;
        names.push(part.name().map_err(|error| broken(&error))?.into_owned());
        let room = MOST_UNPACKED - total;
        let read = copy(&mut part.take(room + 1), &mut sink());
        total += read.map_err(|_| WorkbookError::Broken)?;
        if total > MOST_UNPACKED {
            return Err(WorkbookError::Unpacks);
        }
    }
    Ok(names)
}

/// Whether a part can be found whose name the book's own list has; a list that names none is damaged.
pub(super) fn parts(bytes: &[u8]) -> Result<(), WorkbookError> {
    let mut archive = open(bytes)?;
    archive.by_name("[Content_Types].xml").map(|_| ()).map_err(|error| broken(&error))
}

/// An `OpenDocument` file says in its manifest that its parts are encrypted.
pub(super) fn encrypted_document(bytes: &[u8]) -> Result<(), WorkbookError> {
    let mut archive = open(bytes)?;
    let mut manifest = String::new();
    if let Ok(mut part) = archive.by_name("META-INF/manifest.xml") {
        // What is no text has no such word either.
        let _ = part.read_to_string(&mut manifest);
    }
    if manifest.contains("encryption-data") { Err(WorkbookError::Encrypted) } else { Ok(()) }
}

fn open(bytes: &[u8]) -> Result<Packed<'_>, WorkbookError> {
    ZipArchive::new(Cursor::new(bytes)).map_err(|error| broken(&error))
}

/// How many cells an `OpenDocument` sheet comes to once what is written once and repeated is laid out.
pub(super) fn repeats(bytes: &[u8]) -> Result<(), WorkbookError> {
    let mut archive = open(bytes)?;
    let mut content = String::new();
    let part = archive.by_name("content.xml").map_err(|error| broken(&error))?;
    part.take(MOST_UNPACKED).read_to_string(&mut content).map_err(|_| WorkbookError::Broken)?;
    let mut reader = Reader::from_str(&content);
    let mut all = 0_usize;
    // Of the row that is read: how often it stands there, its cells, and those of them up to the last that holds something.
    let (mut rows, mut cells, mut used) = (1_usize, 0_usize, 0_usize);
    loop {
        match reader.read_event() {
            Ok(Event::Start(start)) if start.name().as_ref() == "table:table-row" => {
                (rows, cells, used) = (repeated(&start, "table:number-rows-repeated"), 0, 0);
            }
            Ok(Event::Start(start)) if is_cell(&start) => {
                cells = cells.saturating_add(repeated(&start, "table:number-columns-repeated"));
                used = cells;
            }
            Ok(Event::Empty(start)) if is_cell(&start) => {
                cells = cells.saturating_add(repeated(&start, "table:number-columns-repeated"));
                if start.attributes().flatten().any(|other| other.key.as_ref().starts_with("office:")) {
                    used = cells;
                }
            }
            Ok(Event::End(end)) if end.name().as_ref() == "table:table-row" => {
                all = all.saturating_add(used.saturating_mul(rows));
                // Empty rows between others are laid out as wide as the widest.
                all = all.saturating_add(if used == 0 && rows < 1_000_000 { rows } else { 0 });
                if all > MOST_CELLS {
                    return Err(WorkbookError::Cells);
                }
            }
            Ok(Event::Eof) => return Ok(()),
            Ok(_) => {}
            Err(_) => return Err(WorkbookError::Broken),
        }
    }
}

fn is_cell(start: &BytesStart) -> bool {
    matches!(start.name().as_ref(), "table:table-cell" | "table:covered-table-cell")
}

fn repeated(start: &BytesStart, name: &str) -> usize {
    let attribute = start.attributes().flatten().find(|attribute| attribute.key.as_ref() == name);
    attribute.and_then(|attribute| attribute.value.parse().ok()).unwrap_or(1)
}

/// Records of the old Excel that name a cell, or several of one row.
const CELLS: &[u16] =
    &[0x0006, 0x00bd, 0x00be, 0x00d6, 0x00fd, 0x0201, 0x0203, 0x0204, 0x0205, 0x027e, 0x0406, 0x0206];

/// How large a block the cells of each sheet of the old Excel span: the reader lays the whole of it out.
pub(super) fn corners(stream: &mut impl Read) -> Result<(), WorkbookError> {
    let mut bytes = Vec::new();
    stream.read_to_end(&mut bytes).map_err(|_| WorkbookError::Broken)?;
    let word = |at: usize| {
        let pair = bytes.get(at..at + 2).and_then(|pair| <[u8; 2]>::try_from(pair).ok());
        pair.map(u16::from_le_bytes)
    };
    let (mut at, mut all) = (0, 0_usize);
    let mut corner: Option<(usize, usize, usize, usize)> = None;
    while let (Some(kind), Some(length)) = (word(at), word(at + 2)) {
        match kind {
            // A password: what follows cannot be read.
            0x002f => return Err(WorkbookError::Encrypted),
            kind if CELLS.contains(&kind) => {
                if let (Some(row), Some(column)) = (word(at + 4), word(at + 6)) {
                    let (row, column) = (usize::from(row), usize::from(column));
                    let (top, left, bottom, right) = corner.unwrap_or((row, column, row, column));
                    corner = Some((top.min(row), left.min(column), bottom.max(row), right.max(column)));
                }
            }
            // The end of a sheet.
            0x000a => {
                if let Some((top, left, bottom, right)) = corner.take() {
                    all = all.saturating_add((bottom - top + 1) * (right - left + 1));
                }
            }
            _ => {}
        }
        at += 4 + usize::from(length);
    }
    let most = MOST_CELLS.max(LAST_COLUMN);
    if all > most { Err(WorkbookError::Cells) } else { Ok(()) }
}
