//! What kind of file it is, from what stands in it: an ending may lie, and many an `.xls` is none.

use super::archive::Archive;
use super::document::{Document, Remark};
use super::error::ImportError;
use super::{delimited, docx, text, workbook};
use crate::wording::count;

/// A file may be so large.
pub const MOST_BYTES: u64 = 64 << 20;

/// Reads a file whatever its format. `name` is only looked at to tell a table of separated values from text.
///
/// # Errors
/// Where it is of a kind that is not read, is broken, or goes beyond a limit.
pub fn read(name: &str, bytes: &[u8]) -> Result<Document, ImportError> {
    let mut document = of_kind(name, bytes)?;
    match document.clean() {
        0 => {}
        taken => document.remarks.push(Remark::LeftOut(format!(
            "{} that do not show, such as marks of direction",
            count(taken, "character", "characters")
        ))),
    }
    Ok(document)
}

fn of_kind(name: &str, bytes: &[u8]) -> Result<Document, ImportError> {
    if bytes.len() as u64 > MOST_BYTES {
        return Err(ImportError::limit(format!("it is larger than {} MiB", MOST_BYTES >> 20)));
    }
    if bytes.starts_with(b"PK") {
        return packed(bytes);
    }
    if let Some(error) = not_read(bytes) {
        return Err(error);
    }
    let (text, remark) = decoded(bytes)?;
    if text.trim().is_empty() {
        return Err(ImportError::kind("an empty file", "there is nothing in it to import"));
    }
    let start: String = text.trim_start().chars().take(200).collect::<String>().to_lowercase();
    if start.starts_with("<!doctype html") || start.starts_with("<html") {
        return Err(ImportError::kind(
            "a web page",
            "open it in Word or Excel and save it as .docx or .xlsx",
        ));
    }
    let ending = name.rsplit_once('.').map(|(_, ending)| ending.to_lowercase()).unwrap_or_default();
    let mut document = match ending.as_str() {
        "csv" | "tsv" | "tab" => delimited::read(&text)?,
        _ => text::read(&text),
    };
    document.remarks.extend(remark);
    Ok(document)
}

/// An archive: a Word document, a workbook, or something else.
fn packed(bytes: &[u8]) -> Result<Document, ImportError> {
    let mut archive = Archive::open(bytes)?;
    let has = |archive: &Archive<'_>, start: &str| archive.names().any(|name| name.starts_with(start));
    let kind = archive.read("mimetype")?.map(|kind| String::from_utf8_lossy(&kind).into_owned());
    match kind.as_deref().map(str::trim) {
        Some(kind) if kind.contains("opendocument.spreadsheet") => {
            return Err(ImportError::kind(
                "an OpenDocument spreadsheet",
                "save it as .xlsx (File > Save As)",
            ));
        }
        Some(kind) if kind.contains("opendocument") => {
            return Err(ImportError::kind("an OpenDocument text", "save it as .docx (File > Save As)"));
        }
        _ => {}
    }
    match () {
        () if has(&archive, "word/") => docx::read(bytes),
        () if has(&archive, "xl/workbook.bin") => {
            Err(ImportError::kind("a binary Excel workbook (.xlsb)", "save it as .xlsx (File > Save As)"))
        }
        () if has(&archive, "xl/") => workbook::read(bytes),
        () if has(&archive, "ppt/") => {
            Err(ImportError::kind("a PowerPoint presentation", "copy its table into a Word document"))
        }
        // A Word document may call its folder otherwise; its reader knows where to look.
        () if has(&archive, "[content_types].xml") => docx::read(bytes),
        () => Err(ImportError::kind("an archive", "unpack it, and import the document in it")),
    }
}

/// Why a file that is neither an archive nor text is not read.
fn not_read(bytes: &[u8]) -> Option<ImportError> {
    let start = &bytes[..bytes.len().min(1024)];
    if bytes.starts_with(&[0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1]) {
        return Some(old(bytes));
    }
    if start.windows(5).any(|w| w == b"%PDF-") {
        return Some(ImportError::kind(
            "a PDF, in which there are no tables, only places on a page",
            "ask for the Word or Excel file that it was made from",
        ));
    }
    if bytes.starts_with(b"{\\rtf") {
        return Some(ImportError::kind("a Rich Text file", "open it in Word and save it as .docx"));
    }
    let images: [&[u8]; 3] = [b"\x89PNG", b"\xFF\xD8\xFF", b"GIF8"];
    if images.iter().any(|sign| bytes.starts_with(sign)) {
        return Some(ImportError::kind("a picture", "ask for the Word or Excel file behind it"));
    }
    None
}

/// A compound file: Word and Excel of before 2007, or a newer one behind a password.
fn old(bytes: &[u8]) -> ImportError {
    let holds = |name: &str| {
        let name: Vec<u8> = name.encode_utf16().flat_map(u16::to_le_bytes).collect();
        bytes.windows(name.len()).any(|window| window == name)
    };
    match () {
        () if holds("EncryptedPackage") => ImportError::kind(
            "a file behind a password",
            "open it, take the password off (File > Info > Protect), and save it anew",
        ),
        () if holds("WordDocument") => {
            ImportError::kind("a Word document of before 2007 (.doc)", "open it in Word and save it as .docx")
        }
        () if holds("Workbook") || holds("Book") => ImportError::kind(
            "an Excel workbook of before 2007 (.xls)",
            "open it in Excel and save it as .xlsx",
        ),
        () => ImportError::kind(
            "a file of an old Office program",
            "open it there and save it as .docx or .xlsx",
        ),
    }
}

/// The text of a file: UTF-8, UTF-16 that says so, or the Windows code page that Excel writes in Britain.
fn decoded(bytes: &[u8]) -> Result<(String, Option<Remark>), ImportError> {
    let binary = || ImportError::kind("no text and no document", "import a .docx, .xlsx, .csv or plain text");
    if let Some((encoding, start)) = encoding_rs::Encoding::for_bom(bytes) {
        let (text, had_errors) = encoding.decode_without_bom_handling(&bytes[start..]);
        return if had_errors || text.contains('\0') { Err(binary()) } else { Ok((text.into_owned(), None)) };
    }
    if let Some(encoding) = unmarked(bytes) {
        let (text, had_errors) = encoding.decode_without_bom_handling(bytes);
        let remark = "the text is read as UTF-16, which it does not say";
        return if had_errors {
            Err(binary())
        } else {
            Ok((text.into_owned(), Some(Remark::Read(remark.to_owned()))))
        };
    }
    if bytes.contains(&0) {
        return Err(binary());
    }
    if let Ok(text) = std::str::from_utf8(bytes) {
        return Ok((text.to_owned(), None));
    }
    let (text, _) = encoding_rs::WINDOWS_1252.decode_without_bom_handling(bytes);
    // What is neither: control characters that no text has.
    let odd = text.chars().filter(|c| c.is_control() && !matches!(c, '\n' | '\r' | '\t')).count();
    if odd * 50 > text.chars().count() {
        return Err(binary());
    }
    let remark = "the text is no UTF-8: it is read as Windows-1252, as Excel saves it in Western Europe";
    Ok((text.into_owned(), Some(Remark::Read(remark.to_owned()))))
}

/// UTF-16 that does not say so: every other byte of a text in a European language is nought, and no byte beside it is.
fn unmarked(bytes: &[u8]) -> Option<&'static encoding_rs::Encoding> {
    let noughts = |from: usize| bytes.iter().skip(from).step_by(2).filter(|byte| **byte == 0).count();
    let (first, second) = (noughts(0), noughts(1));
    let most =
        |count: usize| bytes.len() >= 4 && bytes.len().is_multiple_of(2) && count * 10 >= bytes.len() * 4;
    match (first, second) {
        (0, second) if most(second) => Some(encoding_rs::UTF_16LE),
        (first, 0) if most(first) => Some(encoding_rs::UTF_16BE),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What is said of a file, or the text of its cells.
    fn told(name: &str, bytes: &[u8]) -> String {
        match read(name, bytes) {
            Ok(document) => {
                let remarks: Vec<String> = document.remarks.iter().map(Remark::to_string).collect();
                format!("{} {remarks:?}", document.blocks.len())
            }
            Err(error) => error.to_string(),
        }
    }

    #[test]
    fn files_are_known_by_what_stands_in_them() {
        let utf_16 = |text: &str, little: bool| -> Vec<u8> {
            text.encode_utf16()
                .flat_map(|unit| if little { unit.to_le_bytes() } else { unit.to_be_bytes() })
                .collect()
        };
        let csv = "No,Text\n1,Do it\n";
        let files: &[(&str, Vec<u8>)] = &[
            ("plan.docx", b"%PDF-1.7".to_vec()),
            ("plan.pdf", csv.into()),
            ("plan.csv", utf_16(csv, true)),
            ("plan.csv", utf_16(csv, false)),
            ("plan.csv", [b"\xFF\xFE".to_vec(), utf_16(csv, true)].concat()),
            ("plan.csv", b"No,Text\n1,caf\xE9\n".to_vec()),
            ("plan.csv", b"No\0,Text".to_vec()),
            ("plan.csv", b"\x01\x02\xFF\xFE\x03".to_vec()),
            ("plan.csv", b" \n".to_vec()),
            ("plan.doc", b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1".to_vec()),
            (
                "plan.doc",
                [b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1".to_vec(), utf_16("WordDocument", true)].concat(),
            ),
            ("plan.xls", b"<html><table>".to_vec()),
            ("plan.rtf", b"{\\rtf1".to_vec()),
            ("plan.png", b"\x89PNG".to_vec()),
            ("plan.zip", b"PK\x03\x04".to_vec()),
        ];
        let told: Vec<String> =
            files.iter().map(|(name, bytes)| format!("{name}: {}\n", told(name, bytes))).collect();
        insta::assert_snapshot!(told.concat(), @r#"
        plan.docx: this is a PDF, in which there are no tables, only places on a page: ask for the Word or Excel file that it was made from
        plan.pdf: 2 []
        plan.csv: 1 ["the text is read as UTF-16, which it does not say"]
        plan.csv: 1 ["the text is read as UTF-16, which it does not say"]
        plan.csv: 1 []
        plan.csv: 1 ["the text is no UTF-8: it is read as Windows-1252, as Excel saves it in Western Europe"]
        plan.csv: this is no text and no document: import a .docx, .xlsx, .csv or plain text
        plan.csv: this is no text and no document: import a .docx, .xlsx, .csv or plain text
        plan.csv: this is an empty file: there is nothing in it to import
        plan.doc: this is a file of an old Office program: open it there and save it as .docx or .xlsx
        plan.doc: this is a Word document of before 2007 (.doc): open it in Word and save it as .docx
        plan.xls: this is a web page: open it in Word or Excel and save it as .docx or .xlsx
        plan.rtf: this is a Rich Text file: open it in Word and save it as .docx
        plan.png: this is a picture: ask for the Word or Excel file behind it
        plan.zip: the file is broken (its archive cannot be opened: invalid Zip archive: Could not find EOCD): open it in the program that made it, and save it anew
        "#);
    }
}
