//! The reasons to refuse a JSON text. They name a place and never quote the text, which may hold secrets.

/// The reason why a text is not JSON as we take it, and its place.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("line {line}, column {column}: {problem}")]
pub struct JsonError {
    /// The line; the first is 1.
    pub line: usize,
    /// The column in bytes; the first is 1, and 0 is the end of the line before.
    pub column: usize,
    /// The problem, in words of our own.
    pub problem: Problem,
}

/// The problems of a JSON text.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum Problem {
    /// A text that is not JSON.
    #[error("not valid JSON")]
    Syntax,
    /// A text that ends too early.
    #[error("the JSON text ends in the middle")]
    Truncated,
    /// A member that stands twice in one object.
    #[error("a member appears twice in one object")]
    Duplicate,
    /// A number that a double cannot keep exactly.
    #[error("a number has too many digits to be kept exactly; write it as a text")]
    Number,
    /// More values than a record may have.
    #[error("there are more than {MAX_VALUES} values in one record")]
    TooMany,
    /// A member that has the wrong shape or is unknown.
    #[error("a member is unknown, missing or of the wrong shape")]
    Shape,
}

/// The most values in one record of a vault. A value takes up to forty times the room of its text. So the
/// number of values, and not the size of the file, must bound the memory.
pub const MAX_VALUES: usize = 16 * 1024;

/// The error of a reader that met more values.
pub(crate) const TOO_MANY: &str = "too many values";
pub(super) const DUPLICATE: &str = "duplicate member";
pub(super) const INEXACT: &str = "inexact number";

impl From<serde_json::Error> for JsonError {
    fn from(error: serde_json::Error) -> Self {
        use serde_json::error::Category;
        let problem = match error.classify() {
            Category::Eof => Problem::Truncated,
            Category::Syntax | Category::Io => Problem::Syntax,
            // serde carries an error of ours as text only
            Category::Data => match error.to_string() {
                text if text.starts_with(DUPLICATE) => Problem::Duplicate,
                text if text.starts_with(INEXACT) => Problem::Number,
                text if text.starts_with(TOO_MANY) => Problem::TooMany,
                _ => Problem::Shape,
            },
        };
        Self { line: error.line(), column: error.column(), problem }
    }
}
