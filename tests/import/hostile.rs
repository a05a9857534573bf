//! Files that nobody can make a plan of, and files that were made to do harm.

use crate::expected::Expected;
use std::fs;
use std::io::{Cursor, Write as _};
use std::path::Path;
use std::process::{Command, Stdio};
use tempfile::TempDir;
use zip::write::SimpleFileOptions;

/// The program may have so much memory, in KiB, of which its own code and threads take some.
const MEMORY: &str = "1500000";
/// It may take so many seconds of the processor: a tenth would do.
const SECONDS: &str = "60";

/// Runs the program on a document within bounds, and gives how it ended and what it said.
fn bounded(document: &Path, into: &Path) -> (Option<i32>, String) {
    let limited = format!("ulimit -v {MEMORY}; ulimit -t {SECONDS}; exec \"$0\" import \"$1\" --as it");
    let output = Command::new("sh")
        .env_clear()
        .current_dir(into)
        .stdin(Stdio::null())
        .args(["-c", &limited, env!("CARGO_BIN_EXE_plan")])
        .arg(document)
        .output()
        .expect("a shell");
    (output.status.code(), String::from_utf8_lossy(&output.stderr).into_owned())
}

/// Files of some hundred kilobytes of which each once took minutes, or all memory there was.
pub(crate) fn costly() -> Vec<(&'static str, String)> {
    let one = |text: &str| format!("No,Recommendation,Owner\n1,\"{text}\",NPCC\n");
    let head = "No,Recommendation,Owner\n";
    let columns: Vec<String> = (0..900).map(|n| format!("Column {n}")).collect();
    let cells = vec!["x"; 900].join(",");
    vec![
        ("nested lists", one(&format!("{}Do.", "<ul><li>a".repeat(15_000)))),
        ("brackets", one(&"[a ".repeat(300_000))),
        ("ampersands", one(&"&a ".repeat(300_000))),
        ("open tags", one(&"<a <script> <!-- <p x=' ".repeat(20_000))),
        ("many deadlines", one(&"By 1 May 2025, do it and by 2 June 2026, ".repeat(4_000))),
        ("one long owner", format!("{head}1,Do it.,{}\n", "x".repeat(300_000))),
        ("many owners", format!("{head}1,Do it.,\"{}NPCC\"\n", "a and ".repeat(30_000))),
        ("rows alike", format!("{head}{}", "1,Do it.,NPCC\n".repeat(2_000))),
        (
            "many columns",
            format!(
                "No,Recommendation,Owner,{}\n{}",
                columns.join(","),
                format!("1,Do,NPCC,{cells}\n").repeat(50)
            ),
        ),
    ]
}

/// Word documents of some megabytes that ask for much: by what they hold, and what is in a paragraph of them.
fn costly_in_word() -> Vec<(&'static str, String)> {
    let run = "<w:r><w:t>a</w:t></w:r>";
    let open = r#"<w:r><w:fldChar w:fldCharType="begin"/><w:fldChar w:fldCharType="separate"/></w:r>"#;
    let link = |address: &str| format!(r#"<w:fldSimple w:instr="HYPERLINK &quot;http://{address}&quot;">"#);
    let moved =
        r#"<w:moveFrom><w:r><w:t>a</w:t></w:r></w:moveFrom><w:moveTo><w:r><w:t>b</w:t></w:r></w:moveTo>"#;
    vec![
        ("paragraphs", "</w:p><w:p>".repeat(1_900_000)),
        ("attributes", r#"<w:a b=""/>"#.repeat(3_900_000)),
        ("fields that are never closed", (open.to_owned() + run).repeat(100_000)),
        (
            "one long address",
            format!("{}{}</w:fldSimple>", link(&"x".repeat(1_000_000)), run.repeat(100_000)),
        ),
        ("one address often", format!("{}{}</w:fldSimple>", link(&"x".repeat(4_000)), run.repeat(400_000))),
        ("moves", moved.repeat(200_000)),
        ("moves in moves", "<w:moveTo>".repeat(200) + &run.repeat(300_000) + &"</w:moveTo>".repeat(200)),
        ("objects", r#"<w:r><w:object><w:OLEObject/></w:object></w:r>"#.repeat(200_000)),
        ("symbols", (0..100_000).map(|n| format!(r#"<w:r><w:sym w:char="{n}z"/></w:r>"#)).collect()),
    ]
}

/// A Word document with a small plan and this behind it, packed as little as possible: what packs too well is refused.
fn word(inside: &str) -> Vec<u8> {
    let row = |cells: [&str; 3]| {
        let cells = cells.map(|text| format!("<w:tc><w:p><w:r><w:t>{text}</w:t></w:r></w:p></w:tc>"));
        format!("<w:tr>{}</w:tr>", cells.concat())
    };
    let table = row(["No", "Recommendation", "Owner"]) + &row(["1", "Do it.", "NPCC"]);
    let text =
        format!(r#"<w:d xmlns:w="w"><w:body><w:tbl>{table}</w:tbl><w:p>{inside}</w:p></w:body></w:d>"#);
    let mut zip = zip::ZipWriter::new(Cursor::new(Vec::new()));
    let stored = SimpleFileOptions::default().compression_method(zip::CompressionMethod::Stored);
    zip.start_file("word/document.xml", stored).expect("a part begins");
    zip.write_all(text.as_bytes()).expect("a part is written");
    zip.finish().expect("an archive").into_inner()
}

/// What costly files do that they must not.
pub(crate) fn cost() -> Vec<String> {
    let mut differences = Vec::new();
    let texts = costly().into_iter().map(|(what, text)| (what, "t.csv", text.into_bytes()));
    let documents = costly_in_word().into_iter().map(|(what, inside)| (what, "t.docx", word(&inside)));
    for (what, name, bytes) in texts.chain(documents) {
        let scratch = TempDir::new().expect("a folder");
        let document = scratch.path().join(name);
        fs::write(&document, bytes).expect("a file");
        match bounded(&document, scratch.path()) {
            (Some(0), _) => {}
            (Some(2), told) if told.starts_with("error: ") => {}
            (status, told) => differences.push(format!("{what}: {status:?} {told}")),
        }
    }
    differences
}

/// What odd files do that they must not: end otherwise than as they must, leave something behind, or say nothing.
pub(crate) fn differences(folder: &Path) -> Vec<String> {
    let mut differences = Vec::new();
    for (name, must_fail) in Expected::read(folder).odd() {
        let scratch = TempDir::new().expect("a folder");
        let (status, told) = bounded(&folder.join(name), scratch.path());
        let left = fs::read_dir(scratch.path()).expect("a folder").count();
        match status {
            Some(0) if !must_fail => {}
            Some(2) if left > 0 => differences.push(format!("{name}: something is left")),
            Some(2) if told.starts_with("error: ") && told.lines().count() == 1 => {}
            status => differences.push(format!("{name}: {status:?} {told}")),
        }
    }
    differences
}
