//! Keeps official delivery plans as plain text.

pub mod cli;
pub mod diagnostic;
pub mod model;
pub mod ownership;
pub mod parse;
pub mod query;
pub mod render;
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
