//! One report, in the form that was asked for. What may be shown is decided before it comes here.

mod credential;
mod escape;
mod form;
pub mod sanitize;
mod table;

pub use credential::{METADATA, WIDE, full, metadata};
pub use escape::json;
pub use form::{Columns, changed, list, object, raw, rows, text, with_stdout};
