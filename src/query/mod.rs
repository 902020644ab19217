//! Questions about many credentials: which ones, in which order, which part of them, which columns.
//!
//! Everything here is read from text that a user gave and is judged before anything is looked at.
//! Nothing here looks at the value of a secret field, so no question can be used to guess one.

mod condition;
mod error;
mod filter;
mod grammar;
mod include;
mod member;
mod meta;
mod order;
mod page;
mod selection;
#[cfg(test)]
mod tests;
mod words;

pub use error::QueryError;
pub use filter::Filter;
pub use include::Column;
pub use member::{NAME_LISTS, in_list};
pub use order::Order;
pub use page::{Asked, Page, PageSlice};
pub use selection::Selection;
pub use words::Words;
