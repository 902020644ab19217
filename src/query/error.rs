//! The error of every question, and the form in which it may repeat a name.

/// A query parameter that cannot be understood.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{}{reason}", .column.map(|column| format!("column {column}: ")).unwrap_or_default())]
pub struct QueryError {
    /// `limit`, `continue`, `filter`, `include`, `orderBy`, `from` or `size`.
    pub parameter: &'static str,
    /// The place in the text, counted in characters from 1.
    pub column: Option<usize>,
    /// The fault. Of the user's own text it holds at most an unknown name, cut to 64 characters.
    pub reason: String,
    /// True if a name is the fault, which an own type of a vault may have.
    pub is_about_a_name: bool,
}

impl QueryError {
    pub(super) fn new(parameter: &'static str, reason: impl Into<String>) -> Self {
        Self { parameter, column: None, reason: reason.into(), is_about_a_name: false }
    }

    /// Says that a name is the fault.
    pub(super) fn about_a_name(self) -> Self {
        Self { is_about_a_name: true, ..self }
    }

    /// Sets the column to the character that begins at a byte of the text.
    pub(super) fn at(mut self, text: &str, byte: usize) -> Self {
        self.column = Some(text.get(..byte).unwrap_or(text).chars().count() + 1);
        self
    }
}

/// Returns a name in the form in which a message may repeat it.
pub(super) fn shown(name: &str) -> String {
    name.chars().take(64).map(|c| if c.is_control() { char::REPLACEMENT_CHARACTER } else { c }).collect()
}
