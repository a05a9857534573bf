//! Workbooks of a few cells, written here.

use super::*;
use std::fmt::Write as _;
use std::io::Write as _;
use zip::ZipWriter;
use zip::write::SimpleFileOptions;

const MAIN: &str = "xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\"";
const OFFICE: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
const PACKAGE: &str = "xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\"";

/// A workbook of these sheets: the name of each, whether it is hidden, and its rows as XML.
fn workbook(sheets: &[(&str, bool, &str)]) -> Vec<u8> {
    let (mut listed, mut relations) = (String::new(), String::new());
    let mut parts: Vec<(String, String)> = vec![
        (
            "_rels/.rels".to_owned(),
            format!(
                "<Relationships {PACKAGE}><Relationship Id=\"a\" Type=\"{OFFICE}/officeDocument\" Target=\"xl/workbook.xml\"/></Relationships>"
            ),
        ),
        (
            "xl/styles.xml".to_owned(),
            format!(
                "<styleSheet {MAIN}><numFmts count=\"1\"><numFmt numFmtId=\"164\" formatCode=\"&quot;R&quot;00\"/></numFmts>\
                 <fonts count=\"2\"><font/><font><strike/></font></fonts><fills count=\"1\"><fill/></fills><borders count=\"1\"><border/></borders>\
                 <cellXfs count=\"3\"><xf numFmtId=\"0\"/><xf numFmtId=\"164\" applyNumberFormat=\"1\"/>\
                 <xf numFmtId=\"0\" fontId=\"1\" applyFont=\"1\"/></cellXfs></styleSheet>"
            ),
        ),
    ];
    for (n, (name, is_hidden, rows)) in sheets.iter().enumerate() {
        let state = if *is_hidden { " state=\"hidden\"" } else { "" };
        let _ = write!(listed, "<sheet name=\"{name}\" sheetId=\"{}\" r:id=\"s{n}\"{state}/>", n + 1);
        let _ = write!(
            relations,
            "<Relationship Id=\"s{n}\" Type=\"{OFFICE}/worksheet\" Target=\"worksheets/sheet{n}.xml\"/>"
        );
        parts.push((format!("xl/worksheets/sheet{n}.xml"), format!("<worksheet {MAIN}>{rows}</worksheet>")));
    }
    let styles = format!("<Relationship Id=\"t\" Type=\"{OFFICE}/styles\" Target=\"styles.xml\"/>");
    parts.push((
        "xl/_rels/workbook.xml.rels".to_owned(),
        format!("<Relationships {PACKAGE}>{relations}{styles}</Relationships>"),
    ));
    let workbook = format!("<workbook {MAIN} xmlns:r=\"{OFFICE}\"><sheets>{listed}</sheets></workbook>");
    parts.push(("xl/workbook.xml".to_owned(), workbook));
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, text) in parts {
        zip.start_file(name, SimpleFileOptions::default()).expect("a part");
        zip.write_all(text.as_bytes()).expect("its text");
    }
    zip.finish().expect("an archive").into_inner()
}

/// What is read of a workbook, a row a line; what a cell covers, and its colour, behind it.
fn told(sheets: &[(&str, bool, &str)]) -> String {
    let document = read(&workbook(sheets)).expect("it is read");
    let mut told = String::new();
    for block in &document.blocks {
        let Block::Table(table) = block else { continue };
        let _ = writeln!(told, "{}", table.name);
        for row in &table.rows {
            let cell = |cell: &Cell| {
                let across =
                    if cell.across > 1 { format!(" (covers {})", cell.across) } else { String::new() };
                let above = if cell.continues { "^" } else { "" };
                format!("{above}{}{across}", cell.text())
            };
            let cells: Vec<String> = row.cells.iter().map(cell).collect();
            let _ = writeln!(told, "  {}: {}", row.place, cells.join(" | "));
        }
    }
    for remark in document.remarks {
        let _ = writeln!(told, "{remark}");
    }
    told
}

#[test]
fn cells_are_read_as_the_sheet_shows_them() {
    let rows = "<sheetData>\
        <row r=\"1\"><c r=\"A1\" t=\"inlineStr\"><is><t>Ref</t></is></c><c r=\"B1\" t=\"inlineStr\"><is><t>Days</t></is></c></row>\
        <row r=\"3\"><c r=\"A3\" s=\"1\"><v>7</v></c><c r=\"B3\"><f>1+1</f><v>2</v></c></row>\
        <row r=\"4\"><c r=\"A4\" s=\"1\"><v>8</v></c><c r=\"B4\"><f>1+1</f></c><c r=\"AB4\"><f>NOW()</f><v></v></c></row>\
        </sheetData><mergeCells count=\"1\"><mergeCell ref=\"A3:A4\"/></mergeCells>";
    insta::assert_snapshot!(told(&[("Plan", false, rows), ("Drafts", true, rows)]), @r#"
    sheet Plan
      row 1: Ref | Days
      row 3: R07 | 2
      row 4: ^R08 | 
    left out: the hidden sheet "Drafts"
    uncertain: 2 formulas have no result in the file (Plan!B4, Plan!AB4): read as blank; open the file in Excel and save it
    "#);
}

#[test]
fn what_is_struck_through_is_left_out_beside_other_text_and_told() {
    let text = |place: &str, style: u8, text: &str| {
        format!("<c r=\"{place}\" s=\"{style}\" t=\"inlineStr\"><is>{text}</is></c>")
    };
    let plain = |text: &str| format!("<t>{text}</t>");
    let rich = "<r><rPr><strike/></rPr><t>Supt Old</t></r><r><t xml:space=\"preserve\"> Supt New</t></r>";
    let rows = [
        text("A1", 0, &plain("1")) + &text("B1", 0, rich),
        text("A2", 2, &plain("2")) + &text("B2", 2, &plain("Supt Old")),
        text("A3", 0, &plain("3")) + &text("B3", 2, &plain("Supt Old")),
    ];
    let rows = rows.iter().enumerate().map(|(n, row)| format!("<row r=\"{}\">{row}</row>", n + 1));
    let rows = format!("<sheetData>{}</sheetData>", rows.collect::<String>());
    insta::assert_snapshot!(told(&[("Plan", false, &rows)]), @r#"
    sheet Plan
      row 1: 1 | Supt New
      row 2: 2 | Supt Old
      row 3: 3 | Supt Old
    left out: sheet Plan, row 1: struck through: "Supt Old"
    uncertain: sheet Plan, row 2 is struck through, and read all the same
    uncertain: sheet Plan, row 3: struck through, and read all the same: "Supt Old"
    "#);
}

#[test]
fn what_a_part_of_a_text_says_of_its_strike_goes_before_its_cell() {
    let text = |place: &str, style: u8, text: &str| {
        format!("<c r=\"{place}\" s=\"{style}\" t=\"inlineStr\"><is>{text}</is></c>")
    };
    let typed_on = "<r><t>Supt Old</t></r><r><rPr><b/></rPr><t xml:space=\"preserve\"> Supt New</t></r>";
    let (on_hold, both) = (
        "<r><rPr><strike/></rPr><t>On hold.</t></r>",
        "<r><rPr><b/></rPr><t xml:space=\"preserve\"> Begun.</t></r>",
    );
    let unstruck = "<r><rPr><i/></rPr><t>On hold.</t></r>";
    let row = text("A1", 2, typed_on)
        + &text("B1", 0, &format!("{on_hold}{both}"))
        + &text("C1", 0, &format!("{unstruck}{both}"));
    insta::assert_snapshot!(told(&[("Plan", false, &format!("<sheetData><row r=\"1\">{row}</row></sheetData>"))]), @r#"
    sheet Plan
      row 1: Supt New | On hold. Begun. | On hold. Begun.
    uncertain: "On hold. Begun." is struck through in part in some cells: it is read whole in all
    left out: sheet Plan, row 1: struck through: "Supt Old"
    "#);
}

#[test]
fn what_is_hidden_in_a_sheet_is_named() {
    let rows = "<cols><col min=\"1\" max=\"1\" width=\"9\"/><col min=\"2\" max=\"2\" hidden=\"1\"/>\
        <col min=\"27\" max=\"16384\" hidden=\"true\"/></cols>\
        <sheetData><row r=\"1\" hidden=\"1\"><c r=\"A1\"><v>7</v></c></row></sheetData>";
    insta::assert_snapshot!(told(&[("Plan", false, rows)]), @r"
    sheet Plan
      row 1: 7
    uncertain: hidden rows or columns (column B, columns AA to XFD, row 1) are read too: look whether they may be in the plan
    ");
}

#[test]
fn a_cell_where_no_sheet_has_one_is_refused() {
    for place in ["ABCDEFG1", "A12345678901"] {
        let rows = format!("<sheetData><row r=\"1\"><c r=\"{place}\"><v>7</v></c></row></sheetData>");
        let error = read(&workbook(&[("Plan", false, &rows)])).expect_err("no such cell");
        assert!(error.to_string().contains("a cell stands where no sheet has one"), "{error}");
    }
}
