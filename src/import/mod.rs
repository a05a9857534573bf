//! Plans in Word, Excel, CSV and plain text, to a plan in files.
//!
//! One reader a format gives a [`Document`]: paragraphs and tables. What they mean is the same question
//! whatever the file was, and [`understand()`] answers it; [`files`] writes the answer as a plan's files.

mod archive;
pub mod delimited;
pub mod document;
pub mod docx;
mod error;
mod files;
mod kind;
mod lists;
mod markup;
mod prose;
mod struck;
pub mod text;
pub mod understand;
pub mod workbook;
mod xml;

pub use document::Document;
pub use error::ImportError;
pub use files::{PlanFile, files};
pub use kind::{MOST_BYTES, read};
pub use understand::{Options, Understood, understand};
