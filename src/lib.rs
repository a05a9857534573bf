//! Keeps official delivery plans as plain text: one TOML file a recommendation, everything else
//! derived from it.
//!
//! # The map
//!
//! | module | what it is for |
//! |---|---|
//! | [`source`] | a file's text, spans, lines and columns |
//! | [`visible`] | characters that do not show, and how to show them all the same |
//! | [`diagnostic`] | what is wrong with a file, as data |
//! | [`syntax`] | TOML as a tree with every span, whatever is wrong with the text |
//! | [`model`] | what a plan is: types that hold its invariants |
//! | [`wording`] | how dates, numbers and a plan's words are put into sentences |
//! | [`suggest`] | "did you mean" |
//! | [`parse`] | a file's text to what it says and every fault in it; never stops at the first |
//! | [`resolve`] | words to what they mean in their plan; the only place that makes a [`model::Plan`] |
//! | [`gaps`] | what is missing from a plan only because it could not be read |
//! | [`ownership`] | who owns what: alone, jointly, through a collective |
//! | [`standing`] | how a recommendation stands on a date: phase, due, overdue, what is implied |
//! | [`moved`] | which plan is which other one, whose folder has another name now |
//! | [`store`] | where plans are kept; folders to plans, one at a time; `store::write` changes them, `store::create` begins them |
//! | [`git`] | a repository's commits and trees; the only place that knows git |
//! | [`rules`] | the rules that a plan is held to, a file each, and their runner |
//! | [`query`] | which recommendations are meant, in which order and groups, and what is shown of each |
//! | [`summary`] | counts |
//! | [`diff`] | what changed between two states of a plan, and what a board asks of the time between |
//! | [`edit`] | a text and what is to change of it, to the changed text; the canonical form |
//! | [`import`] | a Word document, a workbook, CSV or text, to a plan and an account of it |
//! | [`history`] | what each commit changed of the plans, and how they stood in between |
//! | [`report`] | what a page for the board or the public says; what the public may see |
//! | [`assign`] | what an analyst types, to what is to change of a recommendation |
//! | [`wire`] | the JSON documents |
//! | [`render`] | data to text, a file a format |
//! | [`cli`] | arguments, dispatch, streams; a file a command |
//!
//! A command finds the root, lists its plans, and loads them one at a time, in parallel; of each it
//! keeps rows, counts or findings and drops the rest, so that a national root of a hundred thousand
//! files fits in little memory.
//!
//! # Invariants
//!
//! - Imports point one way: `cli` → `render`, `wire` → `report` → `history`, `import` → `diff` → `rules`, `query`, `summary`, `edit`, `git` → `store` →
//!   `standing`, `ownership`, `gaps` → `resolve` → `parse` → `syntax`, `model` → `diagnostic`, `source`.
//!   clap stays in [`cli`], comfy-table and annotate-snippets in [`render`]; anyhow is in [`cli`] alone.
//! - Findings are data, failures are errors, and the two are never mixed.
//! - The core is pure: no I/O outside [`store`], [`git`] and [`cli`]; the clock and the environment are
//!   read once, in `cli/ui.rs` (clippy's `disallowed-methods` holds it). Only [`git`] knows git.
//! - The model carries no spans and is not serialised. A rule gives places in the plan's terms; the
//!   runner turns them into lines while the texts are at hand.
//! - Logic looks at what a word means (outlook, phase), never at the word.
//! - Reading never writes: of the commands only those do that change plans, and `init`, `import`, `man` and `report`,
//!   each only what it names. Plan files are changed by [`store::write`] and nothing else: under a lock, each old or new
//!   whatever happens, and never in the place of what somebody else saved meanwhile.
//! - A page for the public is made of what [`report::public`] lists, and of no other plan.
//! - Text from a plan reaches a terminal only through [`visible`].

pub mod assign;
pub mod cli;
pub mod diagnostic;
pub mod diff;
pub mod edit;
pub mod gaps;
pub mod git;
pub mod history;
pub mod import;
pub mod model;
pub mod moved;
pub mod ownership;
pub mod parse;
pub mod query;
pub mod render;
pub mod report;
pub mod resolve;
pub mod rules;
pub mod source;
pub mod standing;
pub mod store;
pub mod suggest;
pub mod summary;
pub mod syntax;
pub mod visible;
pub mod wire;
pub mod wording;
