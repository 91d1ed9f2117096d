//! What a file is, by its first bytes; its name may say anything.

use std::io::Cursor;

use super::WorkbookError;
use super::guard;

/// What can be read.
pub(super) enum Format {
    /// Excel since 2007.
    Xlsx,
    /// Excel before.
    Xls,
    /// `OpenDocument`.
    Ods,
    /// Separated values or JSON.
    Text,
}

/// Beginnings of files that are no table, with what they are.
const OTHERS: &[(&[u8], &str)] = &[
    (b"%PDF", "PDF"),
    (b"\x89PNG", "PNG"),
    (b"\xff\xd8\xff", "JPEG"),
    (b"GIF8", "GIF"),
    (b"{\\rtf", "RTF"),
    (b"7z\xbc\xaf", "7z"),
    (b"Rar!", "RAR"),
    (b"\x1f\x8b", "gzip"),
];

pub(super) fn format(bytes: &[u8]) -> Result<Format, WorkbookError> {
    if bytes.iter().all(u8::is_ascii_whitespace) {
        return Err(WorkbookError::Empty);
    }
    if bytes.starts_with(b"PK\x03\x04") {
        return packed(bytes);
    }
    if bytes.starts_with(&[0xd0, 0xcf, 0x11, 0xe0]) {
        return compound(bytes);
    }
    if let Some((_, kind)) = OTHERS.iter().find(|(begin, _)| bytes.starts_with(begin)) {
        return Err(WorkbookError::Other(kind));
    }
    // Systems of the authorities hand out web pages under the name of a workbook.
    let head = String::from_utf8_lossy(bytes.get(..bytes.len().min(600)).unwrap_or_default()).to_lowercase();
    if ["<html", "<!doctype html", "<table"].iter().any(|mark| head.contains(mark)) {
        return Err(WorkbookError::Other("HTML"));
    }
    if head.trim_start_matches('\u{feff}').trim_start().starts_with("<?xml") {
        return Err(WorkbookError::Other("XML"));
    }
    // A table of Markdown has a line of marks below its heads.
    let rule = |line: &str| line.contains("---") && line.chars().all(|c| "|-: ".contains(c));
    let more = bytes.get(..bytes.len().min(1 << 16)).unwrap_or_default();
    let more = String::from_utf8_lossy(more);
    if head.starts_with('|') || more.lines().any(|line| line.starts_with('|') && rule(line.trim())) {
        return Err(WorkbookError::Other("Markdown"));
    }
    Ok(Format::Text)
}

fn packed(bytes: &[u8]) -> Result<Format, WorkbookError> {
    let names = guard::unpacked(bytes)?;
    let has = |name: &str| names.iter().any(|other| other == name);
    if has("xl/workbook.xml") {
        guard::parts(bytes)?;
        Ok(Format::Xlsx)
    } else if has("content.xml") && has("mimetype") {
        guard::encrypted_document(bytes)?;
        guard::repeats(bytes)?;
        Ok(Format::Ods)
    } else if has("xl/workbook.bin") {
        Err(WorkbookError::Other("XLSB"))
    } else if names.iter().any(|name| name.starts_with("word/")) {
        Err(WorkbookError::Other("Word"))
    } else {
        Err(WorkbookError::Other("ZIP"))
    }
}

fn compound(bytes: &[u8]) -> Result<Format, WorkbookError> {
    let broken = |_: std::io::Error| WorkbookError::Broken;
    let mut file = cfb::CompoundFile::open(Cursor::new(bytes)).map_err(broken)?;
    let has = |name: &str| file.is_stream(name);
    if has("/EncryptedPackage") {
        return Err(WorkbookError::Encrypted);
    }
    let stream = ["/Workbook", "/Book"].into_iter().find(|name| has(name));
    let Some(stream) = stream else {
        return Err(WorkbookError::Other(if has("/WordDocument") { "Word" } else { "OLE" }));
    };
    guard::corners(&mut file.open_stream(stream).map_err(broken)?)?;
    Ok(Format::Xls)
}
