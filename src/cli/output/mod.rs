//! The output of one answer, in the form that was asked for. Callers decide what may be shown.

mod credential;
mod escape;
mod file;
mod form;
mod list;
mod merge;
pub mod sanitize;
mod table;

pub use credctl::store::document::{access, full, metadata};
pub use escape::{json, serialized};
pub use file::{Existing, OutArgs, Target, apart, spare};
pub use form::{
    Columns, bytes, changed, document, items, message, object, raw, resident, rows, text, with_stdout,
    with_stdout_at_end,
};
pub use list::{List, Page};
pub use merge::merge;
