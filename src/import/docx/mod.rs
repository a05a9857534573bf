//! Word documents: Office Open XML, as ECMA-376 has it.

mod body;
mod fields;
mod inline;
mod margins;
mod notes;
mod numbering;
mod objects;
mod ole;
mod package;
mod remarks;
mod styles;
mod symbols;
mod tables;
#[cfg(test)]
mod testing;
mod theme;
mod words;

use super::document::Document;
use super::error::ImportError;
use super::struck;
use body::Reader;
use package::Package;

/// Reads a `.docx`.
///
/// # Errors
/// Where it is no Word document, is broken, or goes beyond a limit.
pub fn read(bytes: &[u8]) -> Result<Document, ImportError> {
    let mut package = Package::open(bytes)?;
    let body = package.main()?;
    let mut reader = Reader::new(&mut package)?;
    let blocks = reader.body(&body);
    let mut remarks = reader.remarks.lines();
    remarks.extend(margins::remarks(&mut package)?);
    let mut document = Document { blocks, remarks };
    struck::settle(&mut document);
    Ok(document)
}
