//! The output of one answer, in the form that was asked for. Callers decide what may be shown.

mod column;
mod credential;
mod escape;
mod file;
mod fit;
mod form;
mod list;
mod merge;
mod moment;
pub mod sanitize;
mod table;

pub use credctl::store::document::{access, full, metadata};
pub use escape::{json, serialized};
pub use file::{Existing, OutArgs, Target, apart, spare};
pub use form::{
    Columns, bytes, changed, document, is_for_people, items, message, nothing, object, raw, resident, rows,
    text, with_stdout, with_stdout_at_end,
};
pub use list::{Entry, List, Page, count_of};
pub use merge::merge;
