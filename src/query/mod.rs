//! Questions about many credentials: which ones, in which order, which part of them, which columns.
//!
//! Everything here is read from text that a user gave and is judged before anything is looked at.
//! Nothing here looks at the value of a secret field, so no question can be used to guess one.

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

pub use filter::Filter;
pub use include::Include;
pub use order::Order;
pub use page::{Asked, Cut, Page};
pub use selection::Selection;

/// A query parameter that cannot be understood.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{}{reason}", .column.map(|column| format!("column {column}: ")).unwrap_or_default())]
pub struct QueryError {
    /// `limit`, `continue`, `filter`, `include`, `orderBy`, `from` or `size`.
    pub parameter: &'static str,
    /// Where in the text, counted in characters from 1.
    pub column: Option<usize>,
    /// What is wrong. Of the user's own text it holds at most an unknown name, cut to 64 characters.
    pub reason: String,
}

impl QueryError {
    fn new(parameter: &'static str, reason: impl Into<String>) -> Self {
        Self { parameter, column: None, reason: reason.into() }
    }

    /// At the character that begins at a byte of the text.
    fn at(mut self, text: &str, byte: usize) -> Self {
        self.column = Some(text.get(..byte).unwrap_or(text).chars().count() + 1);
        self
    }
}

/// A name as a message may repeat it.
fn shown(name: &str) -> String {
    name.chars().take(64).map(|c| if c.is_control() { char::REPLACEMENT_CHARACTER } else { c }).collect()
}
