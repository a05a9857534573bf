//! `plan`: keeps official delivery plans as plain text.

use std::process::ExitCode;

fn main() -> ExitCode {
    plan::cli::main()
}
