//! Plans in Word, Excel, CSV and plain text, to a plan in files.
//!
//! One reader a format gives a [`Document`]: paragraphs and tables. What they mean is the same question
//! whatever the file was.

mod archive;
pub mod delimited;
pub mod document;
pub mod docx;
mod error;
mod lists;
mod markup;
pub mod text;
pub mod workbook;
mod xml;

pub use document::Document;
pub use error::ImportError;
