//! The only YAML reader and writer of [`Value`](super::Value) trees, as strict as the one of JSON.
//!
//! Scalars are kept as they are written: what is not written as JSON writes it is text. Unknown tags,
//! members that come twice and names that are no text are refused. Errors name a place and never quote
//! the document, which may hold secrets.

mod document;
mod error;
mod node;
mod read;
mod scalar;
mod tag;
mod write;

#[cfg(test)]
mod tests;

pub use document::{parse, parse_many, parse_texts};
pub use error::{YamlError, YamlProblem};
pub use tag::UnknownTag;
pub use write::{write, write_list};
