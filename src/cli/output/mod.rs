//! The output of one answer, in the form that was asked for. Callers decide what may be shown.

mod column;
mod credential;
mod escape;
mod file;
mod fit;
mod fold;
mod form;
mod layout;
mod list;
mod long;
mod merge;
mod moment;
mod pairs;
pub mod sanitize;
mod separated;
mod size;
mod stdout;
mod table;
mod view;

pub use credctl::store::document::{access, full, metadata};
pub use escape::{json, serialized};
pub use file::{Existing, OutArgs, OutTarget, apart, spare};
pub use fold::folded;
pub use form::{
    Columns, HIDDEN, changed, document, is_for_people, items, lines, message, nothing, object, raw, resident,
    rows, text,
};
pub use list::{List, ListEntry, PageInfo, count_of};
pub use merge::merge;
pub use moment::{Clock, date, distance};
pub use size::size;
pub use stdout::{bytes, paged, with_stdout};
pub use view::{CredentialView, Names, view};
