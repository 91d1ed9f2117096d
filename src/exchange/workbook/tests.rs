use std::fmt::Write as _;
use std::io::Write as _;

use super::*;

fn packed(parts: &[(&str, &[u8])]) -> Vec<u8> {
    let mut archive = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    for (name, bytes) in parts {
        let options = zip::write::SimpleFileOptions::default();
        archive.start_file(*name, options).unwrap();
        archive.write_all(bytes).unwrap();
    }
    archive.finish().unwrap().into_inner()
}

/// A workbook of one sheet with this content between `<sheetData>` and what follows it.
fn xlsx(data: &str, after: &str) -> Vec<u8> {
    let sheet = format!(
        "<?xml version=\"1.0\"?><worksheet xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\"><sheetData>{data}</sheetData>{after}</worksheet>"
    );
    let relations = |name: &str, target: &str, kind: &str| {
        format!(
            "<?xml version=\"1.0\"?><Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\"><Relationship Id=\"{name}\" Type=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships/{kind}\" Target=\"{target}\"/></Relationships>"
        )
    };
    packed(&[
        ("[Content_Types].xml", b"<?xml version=\"1.0\"?><Types xmlns=\"http://schemas.openxmlformats.org/package/2006/content-types\"/>"),
        ("_rels/.rels", relations("r1", "xl/workbook.xml", "officeDocument").as_bytes()),
        ("xl/workbook.xml", b"<?xml version=\"1.0\"?><workbook xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\" xmlns:r=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships\"><sheets><sheet name=\"S\" sheetId=\"1\" r:id=\"r1\"/></sheets></workbook>"),
        ("xl/_rels/workbook.xml.rels", relations("r1", "worksheets/sheet1.xml", "worksheet").as_bytes()),
        ("xl/worksheets/sheet1.xml", sheet.as_bytes()),
    ])
}

fn texts(sheet: &Sheet) -> Vec<(usize, Vec<&str>)> {
    sheet
        .lines
        .iter()
        .map(|line| (line.number, (0..line.cells.len()).map(|at| line.text(at)).collect()))
        .collect()
}

#[test]
fn separated_values_in_any_encoding_and_with_any_separator() {
    let (gb, _, _) = encoding_rs::GB18030.encode("编号,名称\r\n1,\"纸，\r\n墨\"\r\n");
    for bytes in [
        "编号,名称\r\n1,\"纸，\r\n墨\"\r\n".as_bytes().to_vec(),
        "\u{feff}编号\t名称\n1\t\"纸，\r\n墨\"\n".as_bytes().to_vec(),
        "编号;名称\n1;\"纸，\r\n墨\"\n".as_bytes().to_vec(),
        gb.into_owned(),
        [0xff_u8, 0xfe]
            .into_iter()
            .chain("编号\t名称\n1\t\"纸，\r\n墨\"\n".encode_utf16().flat_map(u16::to_le_bytes))
            .collect(),
    ] {
        let book = Workbook::read(&bytes).unwrap();
        assert_eq!(texts(&book.sheets[0]), [(1, vec!["编号", "名称"]), (2, vec!["1", "纸，\r\n墨"])]);
    }
    assert_eq!(Workbook::read(b"\xff\xff\xff,\x80"), Err(WorkbookError::Encoding));
    assert_eq!(Workbook::read(b" \n\t "), Err(WorkbookError::Empty));
}

#[test]
fn formulas_are_text_or_their_last_result() {
    let book = Workbook::read(b"a,b\n'=cmd|x,=1+1\n").unwrap();
    assert_eq!(texts(&book.sheets[0])[1].1, ["=cmd|x", "=1+1"]);
    let cells = "<row r=\"1\"><c r=\"A1\"><f>1+1</f><v>2</v></c><c r=\"B1\" t=\"e\"><f>A9/0</f><v>#DIV/0!</v></c><c r=\"C1\" t=\"inlineStr\"><is><t>=cmd</t></is></c><c r=\"D1\"><v>0.30000000000000004</v></c></row>";
    let book = Workbook::read(&xlsx(cells, "")).unwrap();
    let line = &book.sheets[0].lines[0];
    assert_eq!(texts(&book.sheets[0])[0].1, ["2", "#DIV/0!", "=cmd", "0.3"]);
    assert_eq!(line.cells[1].kind, CellKind::Error);
}

#[test]
fn cells_that_are_one_are_filled_down() {
    let cells = "<row r=\"2\"><c r=\"A2\" t=\"inlineStr\"><is><t>x</t></is></c><c r=\"B2\"><v>1</v></c></row><row r=\"3\"><c r=\"B3\"><v>2</v></c></row>";
    let mut book =
        Workbook::read(&xlsx(cells, "<mergeCells><mergeCell ref=\"A2:A3\"/></mergeCells>")).unwrap();
    book.sheets[0].spread(1..=9);
    assert_eq!(texts(&book.sheets[0]), [(2, vec!["x", "1"]), (3, vec!["x", "2"])]);
}

#[test]
fn json_and_json_lines_become_lines() {
    let own = r#"[{"id":"EA-1","register":"aspects","fields":{"aspect":"纸","impact":[{"code":"air"},{"code":"water"}],"items":[{"a":1}]}}]"#;
    let book = Workbook::read(own.as_bytes()).unwrap();
    assert_eq!(
        texts(&book.sheets[0]),
        [(0, vec!["id", "aspect", "impact", "items"]), (1, vec!["EA-1", "纸", "air\nwater", "[{\"a\":1}]"])]
    );
    let book = Workbook::read(b"{\"a\":1}\n{\"b\":true}\n").unwrap();
    assert_eq!(texts(&book.sheets[0]), [(0, vec!["a", "b"]), (1, vec!["1"]), (2, vec!["", "true"])]);
    assert_eq!(Workbook::read(b"[{\"a\":1},\n3,"), Err(WorkbookError::Json(2)));
    assert_eq!(Workbook::read(b"{\"a\":1}\n{\"b\n"), Err(WorkbookError::Json(2)));
}

#[test]
fn wrecks_and_other_things_get_a_sentence() {
    let sound = xlsx("<row r=\"1\"><c r=\"A1\"><v>1</v></c></row>", "");
    assert!(Workbook::read(&sound).is_ok());
    for cut in [30, sound.len() / 2, sound.len() - 5] {
        assert!(matches!(Workbook::read(&sound[..cut]), Err(WorkbookError::Broken)), "{cut}");
    }
    for (bytes, kind) in
        [(&b"%PDF-1.7"[..], "PDF"), (b"<html><table>", "HTML"), (b"\xef\xbb\xbf<?xml version='1.0'?>", "XML")]
    {
        assert_eq!(Workbook::read(bytes), Err(WorkbookError::Other(kind)));
    }
    assert_eq!(Workbook::read(&packed(&[("word/document.xml", b"x")])), Err(WorkbookError::Other("Word")));
    assert_eq!(Workbook::read(&packed(&[("a.txt", b"x")])), Err(WorkbookError::Other("ZIP")));
    // A sheet whose data end nowhere.
    let torn = packed(&[("xl/workbook.xml", b"<workbook"), ("[Content_Types].xml", b"")]);
    assert!(matches!(Workbook::read(&torn), Err(WorkbookError::Broken)));
}

#[test]
fn bombs_cost_a_sentence() {
    // Two corners of a sheet: nothing between them is laid out.
    let far = "<row r=\"1\"><c r=\"A1\"><v>1</v></c></row><row r=\"1048576\"><c r=\"A1048576\"><v>2</v></c><c r=\"XFD1048576\"><v>2</v></c></row>";
    let book = Workbook::read(&xlsx(far, "")).unwrap();
    assert_eq!(texts(&book.sheets[0]), [(1, vec!["1"]), (1_048_576, vec!["2"])]);
    let zeros = vec![0_u8; 4 << 20];
    let parts: Vec<(String, &[u8])> = (0..40).map(|at| (format!("p{at}"), zeros.as_slice())).collect();
    let parts: Vec<(&str, &[u8])> = parts.iter().map(|(name, bytes)| (name.as_str(), *bytes)).collect();
    assert_eq!(Workbook::read(&packed(&parts)), Err(WorkbookError::Unpacks));
    // One row of sixteen thousand cells, written once and repeated a million times.
    let row = "<table:table-row table:number-rows-repeated=\"1000000\"><table:table-cell table:number-columns-repeated=\"16384\" office:value-type=\"float\" office:value=\"1\"><text:p>1</text:p></table:table-cell></table:table-row>";
    let content = format!(
        "<office:document-content><table:table table:name=\"S\">{row}</table:table></office:document-content>"
    );
    let ods = packed(&[
        ("mimetype", b"application/vnd.oasis.opendocument.spreadsheet"),
        ("content.xml", content.as_bytes()),
    ]);
    assert_eq!(Workbook::read(&ods), Err(WorkbookError::Cells));
    let manifest = b"<manifest><manifest:encryption-data/></manifest>";
    let closed = packed(&[("mimetype", b""), ("content.xml", b"x"), ("META-INF/manifest.xml", manifest)]);
    assert_eq!(Workbook::read(&closed), Err(WorkbookError::Encrypted));
}

#[test]
fn a_formula_without_a_result_is_not_nothing() {
    let cells = "<row r=\"1\"><c r=\"A1\"><f>1+1</f><v>2</v></c><c r=\"B1\"><f>A1*2</f></c><c r=\"C1\" t=\"str\"><f>\"\"</f><v></v></c><c r=\"D1\" s=\"1\"/></row>";
    let book = Workbook::read(&xlsx(cells, "")).unwrap();
    let line = &book.sheets[0].lines[0];
    assert_eq!(texts(&book.sheets[0]), [(1, vec!["2", "=A1*2"])]);
    assert_eq!((line.cells[0].kind, line.cells[1].kind), (CellKind::Number, CellKind::Error));
}

#[test]
fn cells_behind_the_last_column_are_kept_in_mind() {
    let cells = "<row r=\"3\"><c r=\"A3\"><v>1</v></c><c r=\"XFD3\"><v>7</v></c></row>";
    let book = Workbook::read(&xlsx(cells, "")).unwrap();
    assert_eq!(book.sheets[0].beyond, std::collections::BTreeMap::from([(3, "7".to_owned())]));
    // Objects that share no key would be as wide as they are many.
    let mut many = String::new();
    for at in 0..2_000 {
        let _ = writeln!(many, "{{\"k{at}\":1}}");
    }
    assert_eq!(Workbook::read(many.as_bytes()), Err(WorkbookError::Cells));
}
