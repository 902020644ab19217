//! A tree of values as it stands in a document: JSON's shape, with every text held as a
//! [`Secret`](crate::secret::Secret).
//!
//! This module does not know whether a text may be shown: the type catalogue decides that by field.

mod document;
pub mod json;
mod number;
mod tree;
pub mod yaml;

pub use document::{DocumentError, parse_document};
pub use tree::{Object, Value};
