//! The program as its users run it: whole outputs, exit statuses, good input and bad.

mod agenda;
mod at;
mod common;
mod completions;
mod diff;
mod findings;
mod hostile;
mod import;
mod init;
mod list;
mod log;
mod man;
mod names;
mod real_plan;
mod repo;
mod report;
mod show;
mod since;
mod streams;
mod summary;
mod trend;
mod write;
