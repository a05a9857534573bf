//! The formats that most commands write.

use clap::{Args, ValueEnum};

#[derive(Clone, Debug, Args)]
pub(super) struct FormatArgs {
    /// How to write it
    #[arg(long, value_name = "FORMAT", default_value = "table", hide_default_value = true)]
    pub(super) format: Format,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(super) enum Format {
    /// For people
    Table,
    /// One JSON document
    Json,
    /// For spreadsheets
    Csv,
    /// To paste into a pull request or a paper
    Markdown,
}
