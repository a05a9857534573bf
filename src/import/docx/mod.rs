//! Word documents: Office Open XML, as ECMA-376 has it.

mod body;
mod fields;
mod inline;
mod notes;
mod numbering;
mod objects;
mod package;
mod styles;
mod symbols;
mod tables;
mod theme;

use super::document::Document;
use super::error::ImportError;
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
    let mut remarks = reader.remarks();
    remarks.extend(package.remarks()?);
    Ok(Document { blocks, remarks })
}
